/*
 * keyboard: typing. Keys go down and up through XTest; what is down is remembered, so that it comes
 * up again.
 *
 * Characters of the active layout are typed with their keys, all others with free keys that are
 * bound to them. A text comes out the same with Caps Lock on. Used from one thread.
 */
#ifndef INPUT_KEYBOARD_H
#define INPUT_KEYBOARD_H

#include "base/err.h"
#include "input/held.h"

#include <X11/Xlib.h>
#include <stdbool.h>
#include <stdint.h>

struct keyboard;

/* HELD (borrowed) gets what is bound, and that Caps Lock is off for a while; keys are noted by the
 * caller. */
struct keyboard *keyboard_create(Display *display, struct held *held, struct err *e);
void keyboard_destroy(struct keyboard *kb); /* takes NULL; frees memory only: release first */

/* Is it UTF-8 without control characters but for newline, carriage return and tab? ERR_USAGE,
 * saying what and where. */
bool keyboard_can_type(const char *text, struct err *e);

/* Does the layout have a key for each of its characters? */
bool keyboard_has_all(struct keyboard *kb, const char *text);

/* Does the keyboard have, or can it be made to have, all keys of the chord? ERR_USAGE with the key
 * that it has not. */
bool keyboard_can_press(struct keyboard *kb, const char *chord, struct err *e);

/* Types it, as fast as the program takes it, and returns when it has, as far as that can be told
 * (pace.h). ERR_TASK when it does not, or when its window goes away meanwhile. Nothing is held
 * afterwards, whatever happens. */
bool keyboard_type(struct keyboard *kb, const char *text, struct err *e);

/* Presses the chord's keys in order and releases them in reverse, REPEAT times. */
bool keyboard_press(struct keyboard *kb, const char *chord, int repeat, struct err *e);

/* Presses the keys of a chord and holds them for the time of a gesture; keyboard_up lets go of all
 * but those that are kept. */
bool keyboard_hold(struct keyboard *kb, const char *chord, struct err *e);
void keyboard_up(struct keyboard *kb);

/*
 * Presses the keys of a chord and keeps them down through all that is done afterwards, until
 * keyboard_let_go or keyboard_release. Letting go of a key that is not kept does nothing.
 * ERR_USAGE when too many are kept.
 */
bool keyboard_keep(struct keyboard *kb, const char *chord, struct err *e);
bool keyboard_let_go(struct keyboard *kb, const char *chord, struct err *e);

/* The keys that are kept, as bits by keycode. */
void keyboard_kept(const struct keyboard *kb, uint32_t keys[8]);

/* Gives back what another hem has left when it was killed. */
void keyboard_give_back(struct keyboard *kb, const struct held_note *left);

/*
 * Lets go of all keys, restores Caps Lock, and gives the free keys back after waiting until the
 * program has taken what was typed with them. With HURRY it does not wait.
 */
bool keyboard_release(struct keyboard *kb, bool hurry, struct err *e);

#endif
