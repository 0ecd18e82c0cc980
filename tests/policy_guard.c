/* guard: who is let through. Each case is a scene, a set of rules, what is tried, and the verdict;
 * many are what somebody would try who wants to get around a rule. */
#include "policy/guard.h"
#include "tests/scenes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

/* A rule for each verdict at most; a text alone is RULE_TEXT. */
#define RULE_TEXT(t)                                                                               \
    {                                                                                              \
        .text = (char *)(t)                                                                        \
    }

struct rules {
    const char *name;
    struct guard_rule deny[3], ask[2], allow[4]; /* each ends with a rule without conditions */
    enum verdict otherwise;
};

enum rules_id {
    RULES_SHOP,
    RULES_NONE,
    RULES_DELETE,
    RULES_BUTTON,
    RULES_TOP,
    RULES_BANK,
    RULES_NO_TYPING,
    RULES_NO_KEYS,
    RULES_NO_DRAG,
    RULES_CLOSE_TAB,
    RULES_NO_RETURN,
    RULES_NO_SCROLL,
    RULES_ALT,
    RULES_ONLY_NAME,
    RULES_ONLY_LEFT,
    RULES_ONLY_BANK,
    RULES_ASK_ALL,
};

static const struct rules all_rules[] = {
    [RULES_SHOP] = {"shop", .deny = {RULE_TEXT("Close account"), {.window = (char *)"Bank"}},
                    .ask = {RULE_TEXT("Pay"), RULE_TEXT("Delete")}},
    [RULES_NONE] = {"none", .otherwise = VERDICT_ALLOW},
    [RULES_DELETE] = {"delete", .deny = {RULE_TEXT("Delete")}},
    [RULES_BUTTON] = {"button", .deny = {{.text = (char *)"Delete", .role = ROLE_BUTTON}}},
    [RULES_TOP] = {"top", .deny = {{.region = {0, 0, 800, 150}}}},
    [RULES_BANK] = {"bank", .deny = {{.window = (char *)"Bank"}}},
    [RULES_NO_TYPING] = {"no typing", .deny = {{.deed = DEED_TYPE}}},
    [RULES_NO_KEYS] = {"no keys", .deny = {{.deed = DEED_PRESS}}},
    [RULES_NO_DRAG] = {"no drag", .deny = {{.deed = DEED_DRAG}}},
    [RULES_CLOSE_TAB] = {"close tab", .deny = {{.keys = (char *)"Ctrl+W"}}},
    [RULES_NO_RETURN] = {"no return", .deny = {{.keys = (char *)"Enter"}}},
    [RULES_NO_SCROLL] = {"no scroll", .deny = {{.deed = DEED_SCROLL}, {.deed = DEED_MOVE}}},
    [RULES_ALT] = {"alt", .deny = {{.keys = (char *)"Alt"}}},
    [RULES_ONLY_NAME] = {"only name",
                         .allow = {RULE_TEXT("First name"), RULE_TEXT("Next"), RULE_TEXT("Notes")},
                         .otherwise = VERDICT_DENY},
    [RULES_ONLY_LEFT] = {"only left", .allow = {{.region = {0, 0, 400, 600}}},
                         .otherwise = VERDICT_DENY},
    [RULES_ONLY_BANK] = {"only bank", .allow = {{.window = (char *)"Bank"}},
                         .otherwise = VERDICT_ASK},
    [RULES_ASK_ALL] = {"ask all", .otherwise = VERDICT_ASK},
};

enum scene_id { SCENE_SHOP, SCENE_FORM, SCENE_SAFE_FORM, SCENE_MENU, SCENE_LIST };

/* Where things lie in each of them. */
static void scene_build(struct scene *s, enum scene_id id)
{
    scene_reset(s, 800, 600);
    s->window = "Shop - Chromium";
    switch (id) {
    case SCENE_SHOP:
        scene_button(s, (struct rect){100, 100, 80, 30}, "Pay now");
        scene_button(s, (struct rect){100, 200, 160, 30}, "Close account");
        scene_button(s, (struct rect){100, 300, 80, 30}, "Payload");
        scene_button(s, (struct rect){100, 400, 80, 30}, "Back");
        scene_line(s, 400, 400, "Delete everything"); /* words that are no element */
        break;
    case SCENE_FORM: /* of a page that also has a button to delete */
        scene_button(s, (struct rect){500, 200, 160, 30}, "Delete account");
        scene_control(s, ROLE_RADIO, (struct rect){100, 300, 20, 20}, "Keep it", NULL);
        scene_control(s, ROLE_RADIO, (struct rect){100, 340, 20, 20}, "Delete it", NULL);
        /* fall through */
    case SCENE_SAFE_FORM:
        scene_control(s, ROLE_TEXTBOX, (struct rect){100, 100, 200, 30}, "First name", "");
        scene_control(s, ROLE_TEXTBOX, (struct rect){100, 400, 200, 90}, "Notes", "")->states =
            STATE_MULTILINE;
        scene_control(s, ROLE_COMBOBOX, (struct rect){100, 520, 200, 30}, "What to do", "");
        scene_button(s, (struct rect){100, 200, 100, 30}, "Next");
        break;
    case SCENE_MENU: {
        const char *const items[] = {"Open", "Delete", "Rename"};
        for (int i = 0; i < 3; i++) {
            struct element *e = scene_control(s, ROLE_MENUITEM,
                                              (struct rect){100, 100 + 30 * i, 200, 30}, "", NULL);
            e->text = items[i];
        }
        break;
    }
    case SCENE_LIST: /* a row with a small picture to click in it */
        scene_control(s, ROLE_LISTITEM, (struct rect){100, 100, 600, 40}, "", NULL)->text =
            "Delete of last year";
        scene_control(s, ROLE_IMAGE, (struct rect){650, 110, 20, 20}, "", NULL);
        scene_control(s, ROLE_LISTITEM, (struct rect){100, 140, 600, 40}, "", NULL)->text = "Other";
        break;
    }
}

#define CLICK(X, Y)                                                                                \
    {                                                                                              \
        .kind = ACTION_CLICK, .has_at = true, .at = {X, Y}, .button = BUTTON_LEFT, .count = 1      \
    }
#define CLICK_WHERE_IT_IS                                                                          \
    {                                                                                              \
        .kind = ACTION_CLICK, .button = BUTTON_LEFT, .count = 1                                    \
    }
#define KEY(KEYS)                                                                                  \
    {                                                                                              \
        .kind = ACTION_KEY, .keys = {KEYS}, .repeat = 1                                            \
    }
#define TYPE(TEXT)                                                                                 \
    {                                                                                              \
        .kind = ACTION_TYPE, .text = (TEXT)                                                        \
    }
#define DRAG(X, Y, X2, Y2)                                                                         \
    {                                                                                              \
        .kind = ACTION_DRAG, .path = {{X, Y}, {X2, Y2}}, .path_count = 2, .button = BUTTON_LEFT    \
    }

struct trial {
    const char *what;
    enum rules_id rules;
    enum scene_id scene;
    struct action action;
    enum verdict verdict;
    const char *step;        /* NULL: none */
    const char *focus;       /* label or text of what has the focus; NULL: nothing */
    struct point pointer;    /* where it is */
    const char *window;      /* the active one, if another than the shop */
    const char *under;       /* the window under the pointer */
    struct action before[2]; /* what was done before */
};

static const struct trial trials[] = {
    /* what is under the click */
    {"a guarded button", RULES_SHOP, SCENE_SHOP, CLICK(120, 110), .verdict = VERDICT_ASK},
    {"deny goes before ask", RULES_SHOP, SCENE_SHOP, CLICK(120, 210), .verdict = VERDICT_DENY},
    {"whole words only", RULES_SHOP, SCENE_SHOP, CLICK(120, 310), .verdict = VERDICT_ALLOW},
    {"another button", RULES_SHOP, SCENE_SHOP, CLICK(120, 410), .verdict = VERDICT_ALLOW},
    {"words that are no element", RULES_SHOP, SCENE_SHOP, CLICK(420, 408), .verdict = VERDICT_ASK},
    {"a click where the pointer is already", RULES_SHOP, SCENE_SHOP, CLICK_WHERE_IT_IS,
     .verdict = VERDICT_DENY, .pointer = {120, 210}},
    {"the button is pressed and kept",
     RULES_SHOP,
     SCENE_SHOP,
     {.kind = ACTION_MOUSE_DOWN, .has_at = true, .at = {120, 210}},
     .verdict = VERDICT_DENY},
    {"the button is released",
     RULES_SHOP,
     SCENE_SHOP,
     {.kind = ACTION_MOUSE_UP},
     .verdict = VERDICT_DENY,
     .pointer = {120, 210}},
    {"a picture in a row of a list", RULES_DELETE, SCENE_LIST, CLICK(660, 120),
     .verdict = VERDICT_DENY},
    {"the row beside it", RULES_DELETE, SCENE_LIST, CLICK(660, 160), .verdict = VERDICT_ALLOW},
    {"no rules", RULES_NONE, SCENE_SHOP, CLICK(120, 210), .verdict = VERDICT_ALLOW},

    /* what the step says */
    {"a step that says what it is", RULES_SHOP, SCENE_SHOP, CLICK(5, 5), .verdict = VERDICT_DENY,
     .step = "click \"Close account\""},
    {"what is chosen", RULES_DELETE, SCENE_FORM, CLICK(5, 5), .verdict = VERDICT_DENY,
     .step = "choose \"Delete\" in \"What to do\""},
    {"what a list is set to", RULES_DELETE, SCENE_FORM, TYPE("Del"), .verdict = VERDICT_DENY,
     .step = "set \"What to do\" to \"Delete it\"", .focus = "What to do"},
    {"what a text field is set to is text", RULES_DELETE, SCENE_SAFE_FORM, TYPE("Delete it"),
     .verdict = VERDICT_ALLOW, .step = "set \"First name\" to \"Delete it\"",
     .focus = "First name"},
    {"a step that lies", RULES_SHOP, SCENE_SHOP, CLICK(120, 210), .verdict = VERDICT_DENY,
     .step = "click \"Back\""},
    {"moving there is no harm",
     RULES_SHOP,
     SCENE_SHOP,
     {.kind = ACTION_MOVE, .has_at = true, .at = {120, 210}},
     .verdict = VERDICT_ALLOW,
     .step = "hover \"Close account\""},

    /* drags */
    {"a drag from there", RULES_SHOP, SCENE_SHOP, DRAG(120, 210, 5, 5), .verdict = VERDICT_DENY},
    {"a drag to there", RULES_SHOP, SCENE_SHOP, DRAG(5, 5, 120, 210), .verdict = VERDICT_DENY},
    {"a drag elsewhere", RULES_SHOP, SCENE_SHOP, DRAG(5, 5, 9, 500), .verdict = VERDICT_ALLOW},
    {"no drags", RULES_NO_DRAG, SCENE_SHOP, DRAG(5, 5, 9, 500), .verdict = VERDICT_DENY},
    {"a drag in pieces",
     RULES_NO_DRAG,
     SCENE_SHOP,
     {.kind = ACTION_MOUSE_UP, .has_at = true, .at = {5, 5}},
     .verdict = VERDICT_DENY},
    {"clicks are no drags", RULES_NO_DRAG, SCENE_SHOP, CLICK(5, 5), .verdict = VERDICT_ALLOW},

    /* role, region, window */
    {"a role", RULES_BUTTON, SCENE_FORM, CLICK(520, 210), .verdict = VERDICT_DENY},
    {"another role", RULES_BUTTON, SCENE_FORM, CLICK(110, 350), .verdict = VERDICT_ALLOW},
    {"in a region", RULES_TOP, SCENE_SHOP, CLICK(5, 149), .verdict = VERDICT_DENY},
    {"below a region", RULES_TOP, SCENE_SHOP, CLICK(5, 150), .verdict = VERDICT_ALLOW},
    {"a drag into a region", RULES_TOP, SCENE_SHOP, DRAG(5, 500, 5, 5), .verdict = VERDICT_DENY},
    {"typing into a region", RULES_TOP, SCENE_SAFE_FORM, TYPE("x"), .verdict = VERDICT_DENY,
     .focus = "First name"},
    {"typing outside of a region", RULES_TOP, SCENE_SAFE_FORM, TYPE("x"), .verdict = VERDICT_ALLOW,
     .focus = "Notes"},
    {"a window", RULES_SHOP, SCENE_SHOP, CLICK(120, 410), .verdict = VERDICT_DENY,
     .window = "My Bank - Chromium"},
    {"part of a word of a title", RULES_SHOP, SCENE_SHOP, CLICK(120, 410), .verdict = VERDICT_ALLOW,
     .window = "Banksy"},
    {"a window that is not active", RULES_BANK, SCENE_SHOP, CLICK(120, 410),
     .verdict = VERDICT_DENY, .under = "My Bank"},

    /* kinds */
    {"typing", RULES_NO_TYPING, SCENE_SAFE_FORM, TYPE("x"), .verdict = VERDICT_DENY},
    {"typing letter by letter", RULES_NO_TYPING, SCENE_SAFE_FORM, KEY("x"),
     .verdict = VERDICT_DENY},
    {"pasting", RULES_NO_TYPING, SCENE_SAFE_FORM, KEY("Ctrl+V"), .verdict = VERDICT_DENY},
    {"pasting with the other keys", RULES_NO_TYPING, SCENE_SAFE_FORM, KEY("shift+insert"),
     .verdict = VERDICT_DENY},
    {"pasting with the mouse",
     RULES_NO_TYPING,
     SCENE_SAFE_FORM,
     {.kind = ACTION_CLICK, .has_at = true, .at = {110, 110}, .button = BUTTON_MIDDLE},
     .verdict = VERDICT_DENY},
    {"a click is not typing", RULES_NO_TYPING, SCENE_SAFE_FORM, CLICK(110, 110),
     .verdict = VERDICT_ALLOW},
    {"a command is not typing", RULES_NO_TYPING, SCENE_SAFE_FORM, KEY("Ctrl+x"),
     .verdict = VERDICT_ALLOW},
    {"keys", RULES_NO_KEYS, SCENE_SAFE_FORM, KEY("F5"), .verdict = VERDICT_DENY},
    {"a key that is held",
     RULES_NO_KEYS,
     SCENE_SAFE_FORM,
     {.kind = ACTION_HOLD, .keys = "F5", .ms = 10},
     .verdict = VERDICT_DENY},
    {"a text with Return in it", RULES_NO_KEYS, SCENE_SAFE_FORM, TYPE("a\n"),
     .verdict = VERDICT_DENY, .focus = "First name"},
    {"a text", RULES_NO_KEYS, SCENE_SAFE_FORM, TYPE("a b"), .verdict = VERDICT_ALLOW,
     .focus = "First name"},
    {"a key may be let go",
     RULES_NO_KEYS,
     SCENE_SAFE_FORM,
     {.kind = ACTION_KEY_UP, .keys = "a"},
     .verdict = VERDICT_ALLOW},
    {"scrolling",
     RULES_NO_SCROLL,
     SCENE_SHOP,
     {.kind = ACTION_SCROLL, .has_at = true, .at = {5, 5}, .dy = 1},
     .verdict = VERDICT_DENY},
    {"moving",
     RULES_NO_SCROLL,
     SCENE_SHOP,
     {.kind = ACTION_MOVE, .has_at = true, .at = {5, 5}},
     .verdict = VERDICT_DENY},
    {"the wheel over a list changes it",
     RULES_TOP,
     SCENE_SAFE_FORM,
     {.kind = ACTION_SCROLL, .has_at = true, .at = {110, 110}, .dy = 1},
     .verdict = VERDICT_ALLOW},
    {"waiting",
     RULES_ASK_ALL,
     SCENE_SHOP,
     {.kind = ACTION_WAIT, .ms = 10},
     .verdict = VERDICT_ALLOW},
    {"looking", RULES_ASK_ALL, SCENE_SHOP, {.kind = ACTION_SCREENSHOT}, .verdict = VERDICT_ALLOW},
    {"the rest", RULES_ASK_ALL, SCENE_SHOP, CLICK(5, 5), .verdict = VERDICT_ASK},
    {"the wheel over a list",
     RULES_ASK_ALL,
     SCENE_SAFE_FORM,
     {.kind = ACTION_SCROLL, .has_at = true, .at = {110, 530}, .dy = 1},
     .verdict = VERDICT_ASK},
    {"the wheel over a page",
     RULES_ASK_ALL,
     SCENE_SAFE_FORM,
     {.kind = ACTION_SCROLL, .has_at = true, .at = {5, 5}, .dy = 1},
     .verdict = VERDICT_ALLOW},

    /* keys by any name */
    {"a chord", RULES_CLOSE_TAB, SCENE_SHOP, KEY("Ctrl+W"), .verdict = VERDICT_DENY},
    {"small", RULES_CLOSE_TAB, SCENE_SHOP, KEY("ctrl+w"), .verdict = VERDICT_DENY},
    {"the other Ctrl", RULES_CLOSE_TAB, SCENE_SHOP, KEY("Control_R w"), .verdict = VERDICT_DENY},
    {"by code point", RULES_CLOSE_TAB, SCENE_SHOP, KEY("Ctrl+U0077"), .verdict = VERDICT_DENY},
    {"with Shift", RULES_CLOSE_TAB, SCENE_SHOP, KEY("Ctrl+Shift+W"), .verdict = VERDICT_DENY},
    {"another letter", RULES_CLOSE_TAB, SCENE_SHOP, KEY("Ctrl+V"), .verdict = VERDICT_ALLOW},
    {"without Ctrl", RULES_CLOSE_TAB, SCENE_SHOP, KEY("w"), .verdict = VERDICT_ALLOW},
    {"the letter while Ctrl is kept down", RULES_CLOSE_TAB, SCENE_SHOP, KEY("w"),
     .verdict = VERDICT_DENY, .before = {{.kind = ACTION_KEY_DOWN, .keys = "Ctrl"}}},
    {"a text while Ctrl is kept down", RULES_CLOSE_TAB, SCENE_SHOP, TYPE("xyw"),
     .verdict = VERDICT_DENY, .before = {{.kind = ACTION_KEY_DOWN, .keys = "Ctrl"}}},
    {"Ctrl was let go", RULES_CLOSE_TAB, SCENE_SHOP, TYPE("xyw"), .verdict = VERDICT_ALLOW,
     .before = {{.kind = ACTION_KEY_DOWN, .keys = "Ctrl"},
                {.kind = ACTION_KEY_UP, .keys = "Control_R"}}},
    {"pressing one while the other is down",
     RULES_CLOSE_TAB,
     SCENE_SHOP,
     {.kind = ACTION_KEY_DOWN, .keys = "Ctrl"},
     .verdict = VERDICT_DENY,
     .before = {{.kind = ACTION_KEY_DOWN, .keys = "W"}}},
    {"Return", RULES_NO_RETURN, SCENE_SHOP, KEY("Return"), .verdict = VERDICT_DENY},
    {"Return of the number pad", RULES_NO_RETURN, SCENE_SHOP, KEY("KP_Enter"),
     .verdict = VERDICT_DENY},
    {"Return by code point", RULES_NO_RETURN, SCENE_SHOP, KEY("U000D"), .verdict = VERDICT_DENY},
    {"Return in a text", RULES_NO_RETURN, SCENE_SAFE_FORM, TYPE("a\r"), .verdict = VERDICT_DENY,
     .focus = "First name"},
    {"any chord with Alt", RULES_ALT, SCENE_SHOP, KEY("Alt+F4"), .verdict = VERDICT_DENY},
    {"a click with Alt",
     RULES_ALT,
     SCENE_SHOP,
     {.kind = ACTION_CLICK, .has_at = true, .at = {5, 5}, .keys = "Alt"},
     .verdict = VERDICT_DENY},
    {"keys that nobody knows", RULES_CLOSE_TAB, SCENE_SHOP, KEY("Ctrl+Foo"),
     .verdict = VERDICT_DENY},

    /* what keys press */
    {"Return on a button that has the focus", RULES_SHOP, SCENE_SHOP, KEY("Return"),
     .verdict = VERDICT_DENY, .focus = "Close account"},
    {"the space bar, too", RULES_SHOP, SCENE_SHOP, KEY("space"), .verdict = VERDICT_DENY,
     .focus = "Close account"},
    {"no eye sees what has the focus", RULES_DELETE, SCENE_FORM, KEY("space"),
     .verdict = VERDICT_DENY},
    {"nor with Return", RULES_DELETE, SCENE_FORM, KEY("Return"), .verdict = VERDICT_DENY},
    {"nothing to delete", RULES_DELETE, SCENE_SAFE_FORM, KEY("Return"), .verdict = VERDICT_ALLOW},
    {"Return in a form with such a button", RULES_DELETE, SCENE_FORM, KEY("Return"),
     .verdict = VERDICT_DENY, .focus = "First name"},
    {"as the end of a text", RULES_DELETE, SCENE_FORM, TYPE("Ada\n"), .verdict = VERDICT_DENY,
     .focus = "First name"},
    {"a text with spaces in a field", RULES_DELETE, SCENE_FORM, TYPE("Ada L"),
     .verdict = VERDICT_ALLOW, .focus = "First name"},
    {"lines in a field of several", RULES_DELETE, SCENE_FORM, TYPE("a\nb c"),
     .verdict = VERDICT_ALLOW, .focus = "Notes"},
    {"Ctrl+Return in it sends", RULES_DELETE, SCENE_FORM, KEY("Ctrl+Return"),
     .verdict = VERDICT_DENY, .focus = "Notes"},
    {"a tab leaves the field, a space presses", RULES_DELETE, SCENE_FORM, TYPE("Ada\t "),
     .verdict = VERDICT_DENY, .focus = "First name"},
    {"Tab was pressed before", RULES_DELETE, SCENE_FORM, KEY("space"), .verdict = VERDICT_DENY,
     .focus = "First name", .before = {KEY("Tab")}},
    {"a tab was typed before", RULES_DELETE, SCENE_FORM, TYPE("a b"), .verdict = VERDICT_DENY,
     .focus = "First name", .before = {TYPE("x\t")}},
    {"a click came after it", RULES_DELETE, SCENE_FORM, TYPE("a b"), .verdict = VERDICT_ALLOW,
     .focus = "First name", .before = {KEY("Tab"), CLICK(110, 110)}},
    {"clearing a field leaves the focus", RULES_DELETE, SCENE_FORM, TYPE("a b"),
     .verdict = VERDICT_ALLOW, .focus = "First name", .before = {KEY("Ctrl+A"), KEY("BackSpace")}},
    {"an arrow key chooses among radios", RULES_DELETE, SCENE_FORM, KEY("Down"),
     .verdict = VERDICT_DENY},
    {"an arrow key in a field", RULES_DELETE, SCENE_FORM, KEY("Down"), .verdict = VERDICT_ALLOW,
     .focus = "First name"},
    {"Alt and a letter of it", RULES_DELETE, SCENE_FORM, KEY("Alt+D"), .verdict = VERDICT_DENY,
     .focus = "First name"},
    {"Alt and another letter", RULES_DELETE, SCENE_FORM, KEY("Alt+X"), .verdict = VERDICT_ALLOW,
     .focus = "First name"},
    {"a letter in a menu", RULES_DELETE, SCENE_MENU, KEY("d"), .verdict = VERDICT_DENY},
    {"typed into a menu", RULES_DELETE, SCENE_MENU, TYPE("xd"), .verdict = VERDICT_DENY},
    {"another letter in a menu", RULES_DELETE, SCENE_MENU, TYPE("xp"), .verdict = VERDICT_ALLOW},
    {"typing chooses in a list", RULES_DELETE, SCENE_SAFE_FORM, TYPE("Delete"),
     .verdict = VERDICT_DENY, .focus = "What to do"},

    /* allowed is what is listed */
    {"what is listed", RULES_ONLY_NAME, SCENE_FORM, CLICK(110, 110), .verdict = VERDICT_ALLOW},
    {"what is not", RULES_ONLY_NAME, SCENE_FORM, CLICK(520, 210), .verdict = VERDICT_DENY},
    {"nothing there", RULES_ONLY_NAME, SCENE_FORM, CLICK(5, 5), .verdict = VERDICT_DENY},
    {"a step does not make it so", RULES_ONLY_NAME, SCENE_FORM, CLICK(520, 210),
     .verdict = VERDICT_DENY, .step = "click \"Next\""},
    {"more than the word", RULES_ONLY_NAME, SCENE_SHOP, CLICK(120, 110), .verdict = VERDICT_DENY,
     .step = "click \"Next\""},
    {"both ends of a drag", RULES_ONLY_NAME, SCENE_FORM, DRAG(110, 110, 520, 210),
     .verdict = VERDICT_DENY},
    {"into a listed field", RULES_ONLY_NAME, SCENE_FORM, TYPE("Ada L"), .verdict = VERDICT_ALLOW,
     .focus = "First name"},
    {"Return may press what is not listed", RULES_ONLY_NAME, SCENE_FORM, KEY("Return"),
     .verdict = VERDICT_DENY, .focus = "First name"},
    {"where all that Return may press is listed", RULES_ONLY_NAME, SCENE_SAFE_FORM, KEY("Return"),
     .verdict = VERDICT_ALLOW, .focus = "First name"},
    {"nobody knows where the text goes", RULES_ONLY_NAME, SCENE_FORM, TYPE("x"),
     .verdict = VERDICT_DENY},
    {"scrolling is free",
     RULES_ONLY_NAME,
     SCENE_FORM,
     {.kind = ACTION_SCROLL, .has_at = true, .at = {5, 5}, .dy = 1},
     .verdict = VERDICT_ALLOW},
    {"a region", RULES_ONLY_LEFT, SCENE_FORM, CLICK(399, 5), .verdict = VERDICT_ALLOW},
    {"its edge", RULES_ONLY_LEFT, SCENE_FORM, CLICK(400, 5), .verdict = VERDICT_DENY},
    {"a window's", RULES_ONLY_BANK, SCENE_FORM, CLICK(5, 5), .verdict = VERDICT_ALLOW,
     .window = "Bank"},
    {"a click into another window", RULES_ONLY_BANK, SCENE_FORM, CLICK(5, 5),
     .verdict = VERDICT_ASK, .window = "Bank", .under = "Shop"},
};

static void list_build(struct guard_list *list, const struct guard_rule *rules, int max)
{
    static const struct guard_rule none;
    for (int i = 0; i < max && memcmp(&rules[i], &none, sizeof none) != 0; i++) {
        struct guard_rule *rule = guard_list_add(list);
        *rule = rules[i];
        rule->text = mem_text(rules[i].text);
        rule->window = mem_text(rules[i].window);
        rule->keys = mem_text(rules[i].keys);
    }
}

static void rules_build(struct guard_rules *to, const struct rules *from)
{
    *to = (struct guard_rules){.otherwise = from->otherwise};
    list_build(&to->lists[VERDICT_DENY], from->deny, 3);
    list_build(&to->lists[VERDICT_ASK], from->ask, 2);
    list_build(&to->lists[VERDICT_ALLOW], from->allow, 4);
}

static void focus_put(struct scene *s, const char *name)
{
    for (int i = 0; name && i < s->element_count; i++)
        if (strcmp(s->elements[i].label, name) == 0 || strcmp(s->elements[i].text, name) == 0) {
            s->elements[i].states |= STATE_FOCUSED;
            return;
        }
    if (name)
        fail_msg("nothing is called %s", name);
}

static void trial_judge(const struct trial *trial, struct judgement *out)
{
    struct scene s = {0};
    struct step step;
    struct guard_rules rules;
    scene_build(&s, trial->scene);
    focus_put(&s, trial->focus);
    if (trial->window)
        s.window = trial->window;
    rules_build(&rules, &all_rules[trial->rules]);
    if (trial->step)
        assert_true(step_parse(trial->step, &step, NULL));
    struct guard guard = {.rules = &rules};
    for (int i = 0; i < 2 && trial->before[i].kind != ACTION_NONE; i++)
        guard_note(&guard, &trial->before[i]);
    struct attempt attempt = {.step = trial->step ? &step : NULL,
                              .action = &trial->action,
                              .scene = &s,
                              .pointer = trial->pointer,
                              .window = trial->under ? trial->under : ""};
    guard_judge(&guard, &attempt, out);
    if (trial->step)
        step_finish(&step);
    guard_rules_finish(&rules);
    scene_finish(&s);
}

static void test_verdicts(void **state)
{
    (void)state;
    int wrong = 0;
    for (size_t i = 0; i < sizeof trials / sizeof *trials; i++) {
        struct judgement j;
        trial_judge(&trials[i], &j);
        if (j.verdict != trials[i].verdict) {
            print_error("%s (rules: %s): %s, not %s; %s\n", trials[i].what,
                        all_rules[trials[i].rules].name, verdict_name(j.verdict),
                        verdict_name(trials[i].verdict), j.why);
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
}

static void test_what_is_told(void **state)
{
    (void)state;
    struct judgement j;
    trial_judge(
        &(struct trial){"", RULES_SHOP, SCENE_SHOP, CLICK(120, 210), .verdict = VERDICT_DENY}, &j);
    assert_string_equal(j.rule, "\"Close account\"");
    assert_string_equal(j.under, "button \"Close account\" at 120,210");
    assert_string_equal(j.why, "\"Close account\" (on button \"Close account\" at 120,210)");
    assert_int_equal(j.place.x, 100);
    trial_judge(&(struct trial){"", RULES_BUTTON, SCENE_FORM, KEY("Return"),
                                .verdict = VERDICT_DENY, .focus = "First name"},
                &j);
    assert_string_equal(j.rule, "{text: \"Delete\", role: button}");
    assert_string_equal(j.under, "button \"Delete account\" at 580,215, Return may press it");
    trial_judge(&(struct trial){"", RULES_ASK_ALL, SCENE_FORM, CLICK(5, 5), .verdict = VERDICT_ASK},
                &j);
    assert_string_equal(j.why, "otherwise: something unknown at 5,5");
    trial_judge(
        &(struct trial){"", RULES_NONE, SCENE_SHOP, CLICK(120, 410), .verdict = VERDICT_ALLOW}, &j);
    assert_string_equal(j.rule, "");
    assert_string_equal(j.under, "button \"Back\" at 120,410");
    trial_judge(
        &(struct trial){
            "", RULES_NONE, SCENE_SHOP, {.kind = ACTION_WAIT}, .verdict = VERDICT_ALLOW},
        &j);
    assert_string_equal(j.under, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_verdicts),
                                       cmocka_unit_test(test_what_is_told)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
