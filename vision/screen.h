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

/*
 * The same FRAME should be passed to all that follows: it is brought up to date in place, only
 * where something was drawn, and it is all the memory of the screen that is kept. Another one is
 * compared as a whole. Nothing is copied, and nothing allocated, where nothing was drawn. `changed`
 * and `serial` compare with what FRAME held before.
 */

/* The pixels now. */
bool screen_capture(struct screen *s, struct frame *frame, struct err *e);

/*
 * Waits until the screen is still, at most TIMEOUT_MS, then captures. How long nothing must change
 * is stillness's affair (vision/stillness.h; 80 ms after the last change as a rule); carets,
 * spinners and the like don't count. It is not promised that the program has finished: a page that
 * is silent while it loads is still, too, and so is one that shows "Loading..."; only waiting for
 * what is to appear helps there. ERR_STOPPED when a stop is asked for; ERR_DISPLAY when the display
 * is gone.
 */
bool screen_settle(struct screen *s, int timeout_ms, struct frame *frame, struct err *e);

/*
 * The same, when something was last done to the screen at SINCE_MS (clock_ms) and not just now:
 * rest that lies behind counts. On a screen that nothing was drawn on since it last rested, this
 * returns at once.
 */
bool screen_settle_since(struct screen *s, double since_ms, int timeout_ms, struct frame *frame,
                         struct err *e);

/* What ended the last settle? */
enum settled {
    SETTLED_STILL,    /* nothing moves but a caret */
    SETTLED_BESIDE,   /* nothing moves but a caret, and what moves without end */
    SETTLED_DEADLINE, /* it still moved when the time was over */
};
enum settled screen_settled(const struct screen *s);
bool screen_was_still(const struct screen *s); /* not SETTLED_DEADLINE */

double screen_settle_ms(const struct screen *s);  /* how long it waited */
double screen_capture_ms(const struct screen *s); /* how long the last capture took after that */

#define SCREEN_CHANGES_MAX 32

/*
 * The places in which the frame that was given last differs from the one before, each by itself,
 * but for those of a caret and of what moves without end. Returns how many.
 */
int screen_changes(const struct screen *s, struct rect out[SCREEN_CHANGES_MAX]);

/*
 * Waits until the screen differs from FRAME, the one that was given last, which is left as it is
 * (blinking carets and the like don't count), at most TIMEOUT_MS; false in CHANGED when it did not.
 * ERR_STOPPED and ERR_DISPLAY as above.
 */
bool screen_wait_change(struct screen *s, int timeout_ms, const struct frame *frame, bool *changed,
                        struct err *e);

#endif
