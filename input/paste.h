/*
 * paste: long texts through the CLIPBOARD, where that is allowed, and where the program takes it:
 * one that asks for the CLIPBOARD after the keys were pressed has pasted, one that does not has
 * not. PRIMARY is left alone.
 */
#ifndef INPUT_PASTE_H
#define INPUT_PASTE_H

#include "base/action.h"
#include "input/clipboard.h"
#include "input/keyboard.h"

/* Zero-initialised but for the display is valid: nothing may be pasted. */
struct paste {
    Display *display;            /* borrowed */
    char keys[ACTION_KEYS_SIZE]; /* what makes programs paste: "Ctrl+V"; empty: not allowed */
    Window refused;              /* where it was tried in vain */
    struct clipboard clipboard;
};

enum pasted {
    PASTED,
    PASTED_NOT, /* the program takes no paste; what the keys have done there is not known */
    PASTED_ERROR,
};

/* Should it be pasted? When it is long, or has what the keyboard has no keys for. */
bool paste_is_better(const struct paste *p, struct keyboard *kb, const char *text);

/* Line ends become newlines. Returns when the program has the text. ERR_TASK when it hangs,
 * ERR_STOPPED. */
enum pasted paste_text(struct paste *p, struct keyboard *kb, const char *text, struct err *e);

void paste_close(struct paste *p); /* gives back */

#endif
