/*
 * ear: what a person does on a display, through the RECORD extension: every event of keyboard and
 * pointer, whoever gets it, once and in the server's order.
 *
 * What counts are the server's device events. Events as programs get them would tell more of some
 * and nothing of most: those of XInput 2 are not recorded whole, and what nobody asked for is not
 * delivered. While a program or the window manager keeps the server from handing events on, the
 * device events lack modifiers and the place of keys; the ear then knows these from what came
 * before.
 */
#ifndef INPUT_EAR_H
#define INPUT_EAR_H

#include "base/err.h"
#include "base/event.h"

#include <X11/Xlib.h>
#include <stdbool.h>

struct ear;

/*
 * From when this returns on, HEARD is told of every event, on a thread of the ear's own. The
 * server waits for nobody: what HEARD takes long over is kept in memory meanwhile. Events have
 * no number. CONTROL and DATA are two connections to the same display; both are the ear's
 * alone until it is closed. ERR_DISPLAY without RECORD or XKB.
 */
struct ear *ear_open(Display *control, Display *data,
                     void (*heard)(void *self, const struct event *event), void *self,
                     struct err *e);

/* What was done before this call is told before it returns. Frees; the Displays stay open. Takes
 * NULL. False with ERR_DISPLAY when the display went away: then DATA must be left as it is, as Xlib
 * may wait for ever in XCloseDisplay for whoever found that out. */
bool ear_close(struct ear *ear, struct err *e);

/* Has it ended by itself, because the display went away? */
bool ear_is_deaf(struct ear *ear);

#endif
