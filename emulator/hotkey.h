/*
 * hotkey: a key with modifiers that a person presses to tell hem something, "Ctrl+Alt+P".
 */
#ifndef EMULATOR_HOTKEY_H
#define EMULATOR_HOTKEY_H

#include "base/err.h"
#include "base/event.h"

#include <stdbool.h>

struct hotkey {
    unsigned modifiers; /* X11's bits: Shift, Ctrl, Alt, Super */
    char keysym[EVENT_KEYSYM_SIZE];
};

/* ERR_USAGE: no such chord, or one without a modifier, which would be typed by accident. */
bool hotkey_parse(const char *chord, struct hotkey *out, struct err *e);

/* Does this key that goes down complete it? Capitals or not. */
bool hotkey_pressed(const struct hotkey *h, const struct event *event);

/* The bits that a modifier's keysym sets: "Control_L"; 0 for a key that is none. */
unsigned hotkey_modifier(const char *keysym);

#endif
