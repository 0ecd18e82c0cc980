/*
 * screen: capture and stillness, on one connection for a whole run and without a child process.
 *
 * The Display is lent by emulator/ and used from one thread. Three ways to capture, the fastest
 * that works is taken: the mapped framebuffer file of an Xvfb of our own (-fbdir; XWD), MIT-SHM,
 * XGetImage.
 */
#ifndef VISION_SCREEN_H
#define VISION_SCREEN_H

#include "base/err.h"
#include "base/frame.h"

#include <X11/Xlib.h>
#include <stdbool.h>

struct screen;

/*
 * FRAMEBUFFER: the path of Xvfb's Xvfb_screen0, or NULL. ERR_DISPLAY when nothing can be captured.
 * The X error handlers should be ones that return (emulator/ sets them), as a server may refuse
 * shared memory by an X error.
 */
struct screen *screen_open(Display *display, const char *framebuffer, struct err *e);
void screen_close(struct screen *s); /* takes NULL; the Display stays open */

const char *screen_method(const struct screen *s); /* "framebuffer", "shm" or "getimage" */

/* The pixels now. `changed` and `serial` compare with what FRAME held before (the same FRAME should
 * be passed again). */
bool screen_capture(struct screen *s, struct frame *frame, struct err *e);

/*
 * Waits until nothing has changed for a quiet time (SCREEN_QUIET_MS, after a change of much of the
 * screen SCREEN_QUIET_LARGE_MS, as pages and windows come in stages; blinking carets and the like
 * don't count), at most TIMEOUT_MS, then captures. It is not promised that the program has
 * finished: a page that is silent while it loads is still, too. ERR_STOPPED when a stop is asked
 * for; ERR_DISPLAY when the display is gone.
 */
#define SCREEN_QUIET_MS       80
#define SCREEN_QUIET_LARGE_MS 200
bool screen_settle(struct screen *s, int timeout_ms, struct frame *frame, struct err *e);

/* Did the last settle see stillness (true), or its deadline? And how long did it wait, capture
 * apart? */
bool screen_was_still(const struct screen *s);
double screen_settle_ms(const struct screen *s);
double screen_capture_ms(const struct screen *s);

/*
 * Waits until the screen differs from the frame that was given last (blinking carets and the like
 * don't count), at most TIMEOUT_MS; false in CHANGED when it did not. ERR_STOPPED and ERR_DISPLAY
 * as above.
 */
bool screen_wait_change(struct screen *s, int timeout_ms, bool *changed, struct err *e);

#endif
