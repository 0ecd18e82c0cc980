/*
 * keymap: the server's keyboard as it is now: which key gives which character, which keys are free,
 * and binding free keys to what the layout lacks. Characters are Unicode code points; keysyms are
 * X11's numbers. Used from one thread.
 *
 * Keys of the number pad are found by their keysyms only: a digit in a text is typed on the row
 * above the letters.
 */
#ifndef INPUT_KEYMAP_H
#define INPUT_KEYMAP_H

#include "base/err.h"

#include <X11/Xlib.h>
#include <stdbool.h>
#include <stdint.h>

/* One key and the modifiers (X11's bits: ShiftMask, Mod5Mask ...) that have to be down for the
 * level that is meant. */
struct stroke {
    uint8_t keycode;
    uint8_t modifiers;
};

struct keymap;

struct keymap *keymap_create(Display *display,
                             struct err *e); /* ERR_DISPLAY without XKB; reads the keyboard */
void keymap_destroy(struct keymap *k);       /* takes NULL; unbinds nothing */

/* Reads mapping and state anew: somebody may have switched the layout. ERR_DISPLAY when the display
 * is gone. */
bool keymap_refresh(struct keymap *k, struct err *e);

/* How to get it in the layout that is active, without bound keys. False when the layout lacks it.
 */
bool keymap_character(const struct keymap *k, uint32_t character, struct stroke *out);
bool keymap_keysym(const struct keymap *k, uint32_t keysym, struct stroke *out);

/* What KEYCODE gives while the modifiers and locks of STATE (as X11's events have it, with the
 * group) are on; 0: nothing. */
uint32_t keymap_read(const struct keymap *k, unsigned keycode, unsigned state);

/* The modifiers that KEYCODE sets: while it is down, or, LOCKS being true then, from one press to
 * the next. */
unsigned keymap_sets(const struct keymap *k, unsigned keycode, bool *locks);

/* The key that sets the modifier BIT while it is down; 0 for none. */
uint8_t keymap_modifier(const struct keymap *k, unsigned bit);

bool keymap_caps_locked(const struct keymap *k); /* at the last refresh */

/*
 * Free keys, for what the layout lacks. A slot is a place for one keysym: each free key has
 * SLOT_LEVELS of them, fewer where the keyboard lacks the modifiers. Slots of level 0, which need
 * no modifier, come first.
 */
#define SLOT_MAX 256
int keymap_slots(const struct keymap *k);
struct stroke keymap_slot(const struct keymap *k, int slot);
uint32_t keymap_slot_keysym(const struct keymap *k,
                            int slot); /* what the server has there now; 0: nothing */

/*
 * Makes the slots give these keysyms (SLOT_MAX entries, 0: nothing), in one request, so that
 * programs are told once. Keys that have nothing left are free again. Whoever changes or empties a
 * slot first waits until the programs have taken the events of it: they look up a key when they
 * come to it, not when it was pressed.
 */
bool keymap_bind(struct keymap *k, const uint32_t keysyms[SLOT_MAX], struct err *e);

/*
 * KEYCODE was bound to KEYSYM by a hem that was killed: if it still is, the key is ours again, and
 * the next keymap_bind decides what becomes of it.
 */
void keymap_adopt(struct keymap *k, uint32_t keycode, uint32_t keysym);

/* Names, as base/key.h has them ("Page_Up", "a", "U20AC", "XF86AudioPlay"), and characters as
 * keysyms; 0: unknown. */
uint32_t keysym_from_name(const char *name);
uint32_t keysym_from_character(uint32_t character);
uint32_t
keysym_character(uint32_t keysym);      /* 0 for keys that give none, and for the number pad's */
uint32_t keysym_text(uint32_t keysym);  /* what it types: of the number pad, too */
uint32_t keysym_small(uint32_t keysym); /* the small letter of a capital; else the same */
bool keysym_is_modifier(uint32_t keysym);
void keysym_name(uint32_t keysym, char *out, size_t size_bytes); /* "a", "Return"; "" for none */

#endif
