/*
 * selection: the process that owns the CLIPBOARD while a text is pasted. A selection is not stored
 * anywhere: its owner has to answer whoever pastes, and whoever takes it from an owner has to keep
 * what that one had. So this is a process with a connection of its own, which does nothing else.
 */
#ifndef INPUT_SELECTION_H
#define INPUT_SELECTION_H

#include <X11/Xlib.h>

enum selection_word {
    SELECTION_OWNED = 1, /* the text can be pasted */
    SELECTION_GIVEN,     /* it was given to WINDOW */
    SELECTION_BACK,      /* what was there before can be pasted again */
};

/* What it says on its pipe. */
struct selection_message {
    enum selection_word word;
    Window window;
};

/*
 * In a process of its own that owes nothing to its parent: keeps what the CLIPBOARD of the display
 * NAME has (unless that is very large or not given within a moment), gives TEXT to all who ask, and
 * says so on OUT. At a byte from IN it goes back to what was there, and without any gives the
 * CLIPBOARD up and ends. Ends, too, when somebody else takes the CLIPBOARD, when IN is closed, and
 * when the display goes away. PRIMARY is not touched.
 */
void selection_serve(const char *name, const char *text, int in, int out) __attribute__((noreturn));

#endif
