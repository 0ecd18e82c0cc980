#include "input/keyboard.h"

#include "base/buf.h"
#include "base/stop.h"
#include "base/utf8.h"
#include "input/chord.h"
#include "input/keys.h"
#include "input/pace.h"
#include "input/spare.h"

#include <X11/XKBlib.h>
#include <stdlib.h>
#include <string.h>

#define STRETCH 64 /* characters between two looks at whether a stop is asked for */

struct keyboard {
    Display *display;      /* borrowed */
    struct held *held;     /* borrowed */
    struct keymap *keymap; /* owned */
    struct spare spare;
    struct keys keys;
    unsigned modifiers; /* which of the modifiers that choose levels are down */
    bool caps_off;      /* we have unlocked Caps Lock */
    struct pace pace;
};

struct keyboard *keyboard_create(Display *display, struct held *held, struct err *e)
{
    struct keymap *keymap = keymap_create(display, e);
    if (!keymap)
        return NULL;
    struct keyboard *kb = mem_zero(1, sizeof *kb);
    kb->display = kb->keys.display = display;
    kb->held = held;
    kb->keymap = keymap;
    kb->pace.display = display;
    return kb;
}

void keyboard_destroy(struct keyboard *kb)
{
    if (!kb)
        return;
    keymap_destroy(kb->keymap);
    free(kb);
}

/* ---- keys ---- */

/*
 * Modifiers are synced before a key follows: GTK 3 looks at the state of the keyboard, not of the
 * event, and loses capitals otherwise.
 */
static void set_modifiers(struct keyboard *kb, unsigned wanted)
{
    if (kb->modifiers == wanted)
        return;
    for (unsigned bit = 1; bit < 256; bit <<= 1) {
        uint8_t code = keymap_modifier(kb->keymap, bit);
        if (kb->modifiers & ~wanted & bit)
            keys_release(&kb->keys, code);
        else if (wanted & ~kb->modifiers & bit && !keys_are_down(&kb->keys, code))
            keys_press(&kb->keys, code);
    }
    kb->modifiers = wanted;
    XSync(kb->display, False);
}

static void tap(struct keyboard *kb, struct stroke s)
{
    set_modifiers(kb, s.modifiers);
    keys_press(&kb->keys, s.keycode);
    keys_release(&kb->keys, s.keycode);
}

static void note_caps(struct keyboard *kb, bool off)
{
    kb->caps_off = kb->held->note.caps = off;
    held_write(kb->held);
}

void keyboard_up(struct keyboard *kb)
{
    keys_release_all(&kb->keys);
    kb->modifiers = 0;
    if (kb->caps_off) {
        XkbLockModifiers(kb->display, XkbUseCoreKbd, LockMask, LockMask);
        note_caps(kb, false);
    }
    XSync(kb->display, False);
}

/* Reads the keyboard anew: somebody may have switched the layout. */
static bool begin(struct keyboard *kb, struct err *e)
{
    if (!keymap_refresh(kb->keymap, e))
        return false;
    spare_check(&kb->spare, kb->keymap);
    pace_begin(&kb->pace);
    return true;
}

/* Until keyboard_up. */
static void suspend_caps_lock(struct keyboard *kb)
{
    if (!keymap_caps_locked(kb->keymap))
        return;
    note_caps(kb, true);
    XkbLockModifiers(kb->display, XkbUseCoreKbd, LockMask, 0);
}

/* ---- free keys ---- */

/* Empties the free keys, in our books only: the server hears of it with the next commit. */
static bool make_room(struct keyboard *kb, struct err *e)
{
    XSync(kb->display, False);
    if (!pace_wait(&kb->pace, true, e))
        return false;
    spare_clear(&kb->spare);
    return true;
}

/*
 * Binds what was added. Programs read the keyboard anew when they hear of it: Chromium loses the
 * first key that follows too closely.
 */
static bool commit(struct keyboard *kb, struct err *e)
{
    if (!kb->spare.changed)
        return true;
    if (!spare_commit(&kb->spare, kb->keymap, kb->held, e))
        return false;
    kb->pace.behind++;
    return pace_wait(&kb->pace, true, e);
}

static bool find_stroke(const struct keyboard *kb, uint32_t keysym, uint32_t character,
                        struct stroke *out)
{
    return (character && keymap_character(kb->keymap, character, out)) ||
           keymap_keysym(kb->keymap, keysym, out) ||
           spare_find(&kb->spare, kb->keymap, keysym, out);
}

/* ---- text ---- */

static bool is_control(uint32_t c)
{
    return (c < ' ' && c != '\n' && c != '\r' && c != '\t') || (c >= 127 && c < 160);
}

bool keyboard_can_type(const char *text, struct err *e)
{
    size_t bad_at = 0;
    if (!utf8_valid(text, strlen(text), &bad_at))
        return err_set(e, ERR_USAGE, "the text to type is not UTF-8 (byte %zu)", bad_at);
    const char *rest = text;
    for (uint32_t c; (c = utf8_next(&rest));) {
        if (is_control(c))
            return err_set(e, ERR_USAGE, "the text to type holds the control character U+%04X",
                           (unsigned)c);
    }
    return true;
}

/* The next character as the keysym of its key. "\r\n" is one Return. 0 at the end. */
static uint32_t next_keysym(const char **text, uint32_t *character)
{
    if ((*text)[0] == '\r' && (*text)[1] == '\n')
        (*text)++;
    uint32_t c = utf8_next(text);
    *character = 0;
    if (c == '\n' || c == '\r')
        return keysym_from_name("Return");
    if (c == '\t')
        return keysym_from_name("Tab");
    *character = c;
    return c ? keysym_from_character(c) : 0;
}

bool keyboard_has_all(struct keyboard *kb, const char *text)
{
    uint32_t character, keysym;
    struct stroke s;
    if (!keymap_refresh(kb->keymap, NULL))
        return true; /* who types will find out */
    while ((keysym = next_keysym(&text, &character))) {
        if (!(character && keymap_character(kb->keymap, character, &s)) &&
            !keymap_keysym(kb->keymap, keysym, &s))
            return false;
    }
    return true;
}

/* Binds free keys for as much of TEXT as fits. Returns where that ends; TEXT itself when nothing
 * fits. */
static const char *bind_ahead(struct keyboard *kb, const char *text)
{
    const char *rest = text;
    for (;;) {
        const char *at = rest;
        uint32_t character, keysym = next_keysym(&rest, &character);
        struct stroke s;
        if (!keysym)
            return rest;
        if (!find_stroke(kb, keysym, character, &s) && !spare_add(&kb->spare, kb->keymap, keysym))
            return at;
    }
}

static bool type_until(struct keyboard *kb, const char *text, const char *end, struct err *e)
{
    for (int n = 1; text < end; n++) {
        uint32_t character, keysym = next_keysym(&text, &character);
        struct stroke s;
        if (!keysym || !find_stroke(kb, keysym, character, &s))
            return err_set(e, ERR_TASK, "the keyboard has no key for U+%04X", (unsigned)character);
        tap(kb, s);
        pace_key(&kb->pace, !character);
        if (n % STRETCH == 0)
            XSync(kb->display, False);
        if (n % STRETCH == 0 && stop_requested())
            return err_set(e, ERR_STOPPED, "interrupted while typing");
        if (pace_is_due(&kb->pace) && !pace_check(&kb->pace, text < end, e))
            return false;
    }
    return true;
}

static bool type_all(struct keyboard *kb, const char *text, struct err *e)
{
    while (*text) {
        const char *end = bind_ahead(kb, text);
        if (end == text) {
            if (!make_room(kb, e))
                return false;
            end = bind_ahead(kb, text);
        }
        if (end == text)
            return err_set(e, ERR_TASK, "the keyboard has no free key for what its layout lacks");
        if (!commit(kb, e) || !type_until(kb, text, end, e))
            return false;
        text = end;
    }
    return true;
}

bool keyboard_type(struct keyboard *kb, const char *text, struct err *e)
{
    if (!keyboard_can_type(text, e))
        return false;
    if (!begin(kb, e))
        return false;
    suspend_caps_lock(kb);
    bool ok = type_all(kb, text, e);
    keyboard_up(kb);
    return ok && pace_finish(&kb->pace, e);
}

/* ---- chords ---- */

bool keyboard_can_press(struct keyboard *kb, const char *chord, struct err *e)
{
    struct chord c;
    return keymap_refresh(kb->keymap, e) && chord_parse(&c, chord, kb->keymap, e);
}

static bool chord_bind(struct keyboard *kb, const struct chord *c, struct err *e)
{
    struct stroke s;
    for (int i = 0; i < c->count; i++) {
        uint32_t keysym = c->keysyms[i];
        if (find_stroke(kb, keysym, keysym_character(keysym), &s) ||
            spare_add(&kb->spare, kb->keymap, keysym))
            continue;
        if (!make_room(kb, e))
            return false;
        if (!spare_add(&kb->spare, kb->keymap, keysym))
            return err_set(e, ERR_TASK, "the keyboard has no free key for what its layout lacks");
        i = -1; /* what was found among the free keys before is gone */
    }
    return commit(kb, e);
}

/* Each key but the last is synced: it may be a modifier (see set_modifiers). */
static void chord_down(struct keyboard *kb, const struct chord *c)
{
    for (int i = 0; i < c->count; i++) {
        uint32_t keysym = c->keysyms[i];
        struct stroke s;
        if (!find_stroke(kb, keysym, keysym_character(keysym), &s))
            continue; /* chord_bind has seen to it */
        for (unsigned bit = 1; bit < 256; bit <<= 1) {
            uint8_t code = s.modifiers & bit ? keymap_modifier(kb->keymap, bit) : 0;
            if (code && !keys_are_down(&kb->keys, code)) {
                keys_press(&kb->keys, code);
                XSync(kb->display, False);
            }
        }
        if (!keys_are_down(&kb->keys, s.keycode))
            keys_press(&kb->keys, s.keycode);
        if (i + 1 < c->count)
            XSync(kb->display, False);
    }
}

static bool chord_begin(struct keyboard *kb, const char *text, struct chord *out, struct err *e)
{
    if (!begin(kb, e) || !chord_parse(out, text, kb->keymap, e))
        return false;
    if (!chord_has_lock(out))
        suspend_caps_lock(kb);
    return chord_bind(kb, out, e);
}

static void chord_up(struct keyboard *kb)
{
    keys_release_last(&kb->keys);
    XSync(kb->display, False);
    keys_release_all(&kb->keys);
}

bool keyboard_press(struct keyboard *kb, const char *chord, int repeat, struct err *e)
{
    struct chord c;
    bool ok = chord_begin(kb, chord, &c, e);
    for (int i = 0; ok && i < repeat; i++) {
        chord_down(kb, &c);
        chord_up(kb);
        pace_key(&kb->pace, true);
        if (stop_requested())
            ok = err_set(e, ERR_STOPPED, "interrupted while pressing %s", chord);
    }
    keyboard_up(kb);
    return ok;
}

bool keyboard_hold(struct keyboard *kb, const char *chord, struct err *e)
{
    struct chord c;
    if (!chord_begin(kb, chord, &c, e)) {
        keyboard_up(kb);
        return false;
    }
    chord_down(kb, &c);
    XSync(kb->display, False);
    return true;
}

bool keyboard_keep(struct keyboard *kb, const char *chord, struct err *e)
{
    bool ok = keyboard_hold(kb, chord, e);
    if (ok && !keys_keep(&kb->keys))
        ok = err_set(e, ERR_USAGE, "no more than %d keys can be kept down", KEYS_KEPT_MAX);
    keyboard_up(kb);
    return ok;
}

bool keyboard_let_go(struct keyboard *kb, const char *chord, struct err *e)
{
    struct chord c;
    struct stroke s;
    if (!begin(kb, e) || !chord_parse(&c, chord, kb->keymap, e))
        return false;
    for (int i = c.count - 1; i >= 0; i--) {
        if (!find_stroke(kb, c.keysyms[i], keysym_character(c.keysyms[i]), &s))
            continue; /* then it was never pressed */
        keys_let_go(&kb->keys, s.keycode);
        for (unsigned bit = 1; bit < 256; bit <<= 1) {
            if (s.modifiers & bit)
                keys_let_go(&kb->keys, keymap_modifier(kb->keymap, bit));
        }
    }
    XSync(kb->display, False);
    return true;
}

bool keyboard_release(struct keyboard *kb, bool hurry, struct err *e)
{
    kb->keys.kept = 0;
    keyboard_up(kb);
    if (!kb->spare.count)
        return true;
    pace_begin(&kb->pace);
    if (!hurry)
        pace_wait(&kb->pace, false, NULL);
    if (!begin(kb, e))
        return false;
    spare_clear(&kb->spare);
    return spare_commit(&kb->spare, kb->keymap, kb->held, e);
}

void keyboard_kept(const struct keyboard *kb, uint32_t keys[8])
{
    keys_kept(&kb->keys, keys);
}

void keyboard_give_back(struct keyboard *kb, const struct held_note *left)
{
    keys_give_back(kb->display, left->keys);
    if (left->caps)
        XkbLockModifiers(kb->display, XkbUseCoreKbd, LockMask, LockMask);
    spare_give_back(kb->keymap, left);
}
