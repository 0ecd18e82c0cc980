/*
 * keys: which keys of the keyboard are down. Some are kept from one action to the next; the others
 * go up with the gesture that they belong to. Keys are X11's keycodes. Used from one thread.
 */
#ifndef INPUT_KEYS_H
#define INPUT_KEYS_H

#include <X11/Xlib.h>
#include <stdbool.h>
#include <stdint.h>

#define KEYS_DOWN_MAX 32
#define KEYS_KEPT_MAX 16

/* Zero-initialised but for the display is valid. */
struct keys {
    Display *display;            /* borrowed */
    uint8_t down[KEYS_DOWN_MAX]; /* in the order of pressing */
    int count;
    int kept; /* so many of the first are kept */
};

bool keys_are_down(const struct keys *k, uint8_t code);

/* Nothing is synced. */
void keys_press(struct keys *k, uint8_t code);
void keys_release(struct keys *k, uint8_t code); /* nothing when it is kept, or is not down */
void keys_release_last(struct keys *k);          /* of those that are not kept */
void keys_release_all(struct keys *k);           /* that are not kept, the last one first */

/* What is down now is kept. False when that is too much; then nothing has changed. */
bool keys_keep(struct keys *k);
void keys_let_go(struct keys *k, uint8_t code); /* nothing when it is not kept */

/* As bits by keycode. */
void keys_kept(const struct keys *k, uint32_t codes[8]);

/* Releases those of CODES that are down on the server, whoever has pressed them. */
void keys_give_back(Display *display, const uint32_t codes[8]);

#endif
