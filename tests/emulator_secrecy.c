/* Which field is secret, where keys go, and what is known of that when; and hotkeys. */
#include "emulator/focuses.h"
#include "emulator/hotkey.h"
#include "emulator/secrecy.h"
#include "tests/scenes.h"

#include <X11/X.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

static const struct rect user_box = {100, 100, 200, 30}, word_box = {100, 150, 200, 30};

/* A form with two fields; WORD: what the second is called, VALUE: what it shows. */
static void form(struct scene *s, const char *word, const char *value, int focused)
{
    scene_reset(s, 800, 600);
    scene_line(s, 10, 105, "User");
    scene_control(s, ROLE_TEXTBOX, user_box, "User", "ada")->states |=
        focused == 1 ? STATE_FOCUSED : 0;
    scene_line(s, 10, 155, word);
    scene_control(s, ROLE_TEXTBOX, word_box, word, value)->states |=
        focused == 2 ? STATE_FOCUSED : 0;
}

static void test_which_field(void **state)
{
    (void)state;
    static const char *const account[] = {"Account number"};
    static const struct {
        const char *name, *value;
        bool declared, secret;
    } cases[] = {
        {"Password", "", false, true},
        {"Your password *", "", false, true},
        {"PIN", "", false, true},
        {"Passwort", "", false, true},
        {"Word", "•••••", false, true},
        {"Town", "London", false, false},
        {"Spinning", "", false, false},
        {"Account number", "12", false, false},
        {"Account number", "12", true, true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct scene scene = {0};
        struct secrecy s = {0};
        struct rect places[4];
        if (cases[i].declared)
            s.terms = (struct secrecy_terms){.labels = account, .label_count = 1};
        form(&scene, cases[i].name, cases[i].value, 0);
        secrecy_look(&s, &scene);
        if (secrecy_applies(&s) != cases[i].secret)
            fail_msg("%s: %d", cases[i].name, !cases[i].secret);
        assert_int_equal(secrecy_places(&s, places, 4), cases[i].secret);
        scene_finish(&scene);
    }
}

static void test_where_keys_go(void **state)
{
    (void)state;
    static const struct point in_user = {120, 110}, in_word = {120, 160}, beside = {500, 500};
    static const struct {
        const struct point *clicked;
        int focused;
        enum focus focus;
    } cases[] = {
        {NULL, 1, FOCUS_OPEN},       {NULL, 2, FOCUS_SECRET},     {NULL, 0, FOCUS_UNSURE},
        {&in_user, 0, FOCUS_OPEN},   {&in_word, 0, FOCUS_SECRET}, {&beside, 0, FOCUS_UNSURE},
        {&in_word, 1, FOCUS_SECRET}, {&in_user, 2, FOCUS_SECRET},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct scene scene = {0};
        struct secrecy s = {0};
        form(&scene, "Password", "", cases[i].focused);
        secrecy_look(&s, &scene);
        if (secrecy_focus(&s, &scene, cases[i].clicked) != cases[i].focus)
            fail_msg("case %zu", i);
        form(&scene, "Town", "", cases[i].focused);
        s = (struct secrecy){0};
        secrecy_look(&s, &scene);
        assert_int_equal(secrecy_focus(&s, &scene, cases[i].clicked), FOCUS_OPEN);
        scene_finish(&scene);
    }
}

/* A field stays secret when it shows what was typed, and when its dots are read as anything. */
static void test_once_secret(void **state)
{
    (void)state;
    struct scene scene = {0};
    struct secrecy s = {0};
    form(&scene, "Word", "••••", 0);
    secrecy_look(&s, &scene);
    form(&scene, "Word", "hunter", 0);
    secrecy_look(&s, &scene);
    assert_true(secrecy_applies(&s));
    scene_reset(&scene, 800, 600);
    scene_line(&scene, 10, 155, "Word");
    scene_button(&scene, word_box, "eeeoee");
    secrecy_look(&s, &scene);
    assert_int_equal(secrecy_focus(&s, &scene, &(struct point){120, 160}), FOCUS_SECRET);
    form(&scene, "Town", "London", 0); /* another page */
    secrecy_look(&s, &scene);
    assert_false(secrecy_applies(&s));
    scene_finish(&scene);
}

/* A field that nothing names: its dots are read beside what it is said to hold. */
static void test_only_dots(void **state)
{
    (void)state;
    struct scene scene = {0};
    struct secrecy s = {0};
    form(&scene, "", "", 2);
    secrecy_look(&s, &scene);
    assert_false(secrecy_applies(&s));
    scene_line(&scene, word_box.x + 6, word_box.y + 7, "•");
    secrecy_look(&s, &scene);
    assert_int_equal(secrecy_focus(&s, &scene, NULL), FOCUS_SECRET);
    scene_finish(&scene);
}

/* A terminal that asks for a password shows no field. */
static void test_a_prompt(void **state)
{
    (void)state;
    struct scene scene = {0};
    struct secrecy s = {0};
    scene_reset(&scene, 800, 600);
    scene_line(&scene, 10, 10, "[sudo] password for ada:");
    secrecy_look(&s, &scene);
    assert_int_equal(secrecy_focus(&s, &scene, NULL), FOCUS_UNSURE);
    scene_finish(&scene);
}

static void test_regions(void **state)
{
    (void)state;
    const struct rect region = {100, 150, 50, 30};
    struct scene scene = {0};
    struct rect places[4];
    struct secrecy s = {.terms = {.regions = &region, .region_count = 1}};
    form(&scene, "Town", "", 0);
    secrecy_look(&s, &scene);
    assert_int_equal(secrecy_focus(&s, &scene, &(struct point){110, 160}), FOCUS_SECRET);
    assert_int_equal(secrecy_focus(&s, &scene, &(struct point){110, 110}), FOCUS_OPEN);
    assert_int_equal(secrecy_focus(&s, &scene, &(struct point){600, 500}), FOCUS_UNSURE);
    assert_int_equal(secrecy_focus(&s, &scene, NULL), FOCUS_UNSURE);
    assert_int_equal(secrecy_places(&s, places, 4), 2); /* and the field that is in it */
    scene_finish(&scene);
}

/* ---- what is known when ---- */

static void look(struct focuses *f, double ms, enum focus focus, bool applies, const char *title)
{
    struct focus_look l = {.taken_ms = ms, .focus = focus, .applies = applies};
    snprintf(l.title, sizeof l.title, "%s", title);
    focuses_look(f, &l);
}

static void test_what_is_known(void **state)
{
    (void)state;
    struct focuses f = {0};
    enum focus focus;
    focuses_move(&f, 0, NULL);
    look(&f, 1000, FOCUS_OPEN, true, "a");
    assert_false(focuses_tell(&f, 1, 2000, &focus)); /* not looked at since */
    look(&f, 2020, FOCUS_OPEN, true, "a");
    assert_false(focuses_tell(&f, 1, 2000, &focus)); /* nothing may be shown of it yet */
    look(&f, 2100, FOCUS_OPEN, true, "a");
    assert_true(focuses_tell(&f, 1, 2000, &focus));
    assert_int_equal(focus, FOCUS_OPEN);

    focuses_move(&f, 3000, &(struct point){1, 2});
    look(&f, 3020, FOCUS_OPEN, true, "a"); /* the program may not have followed yet */
    assert_false(focuses_tell(&f, 2, 3010, &focus));
    look(&f, 3400, FOCUS_SECRET, true, "a");
    assert_true(focuses_tell(&f, 2, 3010, &focus));
    assert_int_equal(focus, FOCUS_SECRET);
    assert_int_equal(focuses_at(&f, 3500)->at.y, 2);
    assert_false(focuses_at(&f, 2999)->clicked);

    look(&f, 3600, FOCUS_OPEN, true, "a"); /* the worst of what was seen counts */
    assert_true(focuses_tell(&f, 2, 3500, &focus));
    assert_int_equal(focus, FOCUS_SECRET);
}

/* Three keys that move on, faster than eyes are. */
static void test_too_short_to_be_seen(void **state)
{
    (void)state;
    static const struct {
        const char *title;
        bool before, after;
        enum focus focus;
    } cases[] = {{"a", false, false, FOCUS_OPEN},
                 {"a", true, false, FOCUS_UNSURE},
                 {"a", false, true, FOCUS_UNSURE},
                 {"b", false, false, FOCUS_UNSURE}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct focuses f = {0};
        enum focus focus;
        focuses_move(&f, 0, NULL);
        look(&f, 500, FOCUS_OPEN, cases[i].before, "a");
        focuses_move(&f, 1000, NULL);
        focuses_move(&f, 1100, NULL);
        focuses_move(&f, 1200, NULL);
        look(&f, 1500, FOCUS_OPEN, cases[i].after, cases[i].title);
        assert_true(focuses_tell(&f, 3, 1150, &focus));
        assert_int_equal(focus, cases[i].focus);
    }
}

static void test_hotkeys(void **state)
{
    (void)state;
    struct hotkey h;
    struct err e = {0};
    struct event p = {.kind = EVENT_KEY_DOWN, .state = ControlMask | Mod1Mask, .keysym = "p"};
    assert_true(hotkey_parse("Ctrl+Alt+P", &h, &e));
    assert_true(hotkey_pressed(&h, &p));
    p.state |= Mod2Mask | LockMask; /* Num Lock, Caps Lock */
    snprintf(p.keysym, sizeof p.keysym, "P");
    assert_true(hotkey_pressed(&h, &p));
    p.state |= ShiftMask;
    assert_false(hotkey_pressed(&h, &p));
    p.state = ControlMask;
    assert_false(hotkey_pressed(&h, &p));
    assert_true(hotkey_parse("Super+F12", &h, &e));
    static const char *const bad[] = {"P", "Shift+P", "Ctrl+Alt", "Ctrl+Nokey", ""};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        e = (struct err){0};
        assert_false(hotkey_parse(bad[i], &h, &e));
        assert_int_equal(e.kind, ERR_USAGE);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_which_field),   cmocka_unit_test(test_where_keys_go),
        cmocka_unit_test(test_once_secret),   cmocka_unit_test(test_only_dots),
        cmocka_unit_test(test_a_prompt),      cmocka_unit_test(test_regions),
        cmocka_unit_test(test_what_is_known), cmocka_unit_test(test_too_short_to_be_seen),
        cmocka_unit_test(test_hotkeys),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
