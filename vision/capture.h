/*
 * capture: the pixels of a part of the screen, in the fastest way that works: the mapped
 * framebuffer file of an Xvfb of our own, MIT-SHM, XGetImage.
 *
 * Only screens with 8 bits each of red, green and blue in 32-bit pixels are read: TrueColor of
 * depth 24 or 32, which is what X servers have had for twenty years.
 */
#ifndef VISION_CAPTURE_H
#define VISION_CAPTURE_H

#include "base/err.h"
#include "base/rect.h"

#include <X11/Xlib.h>
#include <stdbool.h>
#include <stdint.h>

enum capture_method { CAPTURE_FRAMEBUFFER, CAPTURE_SHM, CAPTURE_GETIMAGE };

struct capture;

/*
 * FRAMEBUFFER: the path of an XWD file that the server draws in, or NULL. SLOWEST bars the ways
 * that are faster (for tests; CAPTURE_FRAMEBUFFER bars none). ERR_DISPLAY when the screen's kind of
 * pixels can't be read. An X error handler that returns should be set: a server on another machine
 * refuses shared memory by an X error.
 */
struct capture *capture_open(Display *display, const char *framebuffer, enum capture_method slowest,
                             struct err *e);
void capture_close(struct capture *c); /* takes NULL */

enum capture_method capture_method(const struct capture *c);
struct rect capture_screen(const struct capture *c); /* the whole, from 0,0 */

/* Asks the server for the screen's size again. */
bool capture_resize(struct capture *c, struct err *e);

/* Pixels that are borrowed until the next call; from the framebuffer they may change at any time.
 */
struct capture_view {
    const uint32_t *pixels; /* of the top left; 0x??RRGGBB in native order */
    int stride;             /* pixels */
};

/* False when AREA could not be read: it lies outside the screen, which may have got smaller, or the
 * display is gone. */
bool capture_read(struct capture *c, struct rect area, struct capture_view *out);

#endif
