/*
 * input: the hands: actions become X events through the XTest extension.
 *
 * The Display is lent by emulator/ and used from one thread. Everything that is held down (buttons,
 * modifiers, keys) or bound (spare keycodes) is given back by input_release, by input_close, and
 * when the process ends by exit or by a signal that base/stop handles. What a hem that was killed
 * has left is given back by the next input_open on that display (held.h).
 *
 * Other people's windows are asked whether they have taken what was typed, and may vanish
 * meanwhile: the owner of the Display has set X error handlers that return.
 */
#ifndef INPUT_INPUT_H
#define INPUT_INPUT_H

#include "base/action.h"
#include "base/err.h"

#include <X11/Xlib.h>

struct input;

struct input *input_open(Display *display, struct err *e); /* ERR_DISPLAY without XTest or XKB */
void input_close(struct input *in); /* takes NULL; releases; the Display stays open */

/*
 * From now on texts that are long, or have characters that the keyboard layout lacks, are pasted
 * with the keys CHORD ("Ctrl+V"), as they stand, where the program takes it (paste.h); what was in
 * the CLIPBOARD is there again afterwards. Never what must not be shown. NULL: nothing is, as at
 * first. ERR_USAGE: no such key.
 */
bool input_allow_paste(struct input *in, const char *chord, struct err *e);

/*
 * Performs it and returns when the server has it all, and of a text when the program has taken it;
 * that it has acted on it is for the eyes to see. ERR_TASK when a text is not taken: the program
 * hangs or is gone. ERR_USAGE for a point outside the screen or an unknown key, before anything is
 * sent; ERR_STOPPED when a stop is asked for in the middle of a long text; ERR_DISPLAY when the
 * display is gone. On every way out nothing stays held, but for what MOUSE_DOWN and KEY_DOWN have
 * pressed. WAIT, SCREENSHOT and others that are not hands' work: ERR_USAGE. A click right where the
 * last one was waits until programs no longer take the two for a double click.
 */
bool input_perform(struct input *in, const struct action *a, struct err *e);

/* Lets go of everything that is held and restores the keyboard mapping. */
bool input_release(struct input *in, struct err *e);

/* Where the pointer is. */
struct point input_pointer(struct input *in);

#endif
