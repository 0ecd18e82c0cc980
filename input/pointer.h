/*
 * pointer: moving, clicking, dragging, scrolling, through XTest. Buttons that are down are
 * remembered, so that they come up again. Points are checked by the caller. All functions return
 * when the server has the events. Used from one thread.
 */
#ifndef INPUT_POINTER_H
#define INPUT_POINTER_H

#include "base/action.h"
#include "base/err.h"

#include <X11/Xlib.h>
#include <stdbool.h>
#include <stdint.h>

#define POINTER_BUTTON_MAX 9

/* Zero-initialised but for the display is valid. */
struct pointer {
    Display *display;                  /* borrowed */
    bool down[POINTER_BUTTON_MAX + 1]; /* by button number */
    struct point pressed_at;           /* the last press of a gesture ... */
    double pressed_ms;                 /* ... on clock_ms; 0: none */
    enum button pressed_button;
};

struct point pointer_where(struct pointer *p);
void pointer_move(struct pointer *p, struct point to);

/*
 * Presses and releases COUNT times in one gesture, where the pointer is. It is a new gesture: when
 * the last click was just here, it waits until programs no longer take the two for a double click.
 * ERR_STOPPED while waiting.
 */
bool pointer_click(struct pointer *p, enum button button, int count, struct err *e);

void pointer_press(struct pointer *p, enum button button); /* nothing when it is down */
void pointer_release(struct pointer *p, enum button button);

/*
 * Presses at the first point, a new gesture as a click is, moves through the others with steps in
 * between that programs take for a hand's, releases at the last. COUNT >= 2. A drag to somewhere
 * near goes farther first, so that programs begin it. ERR_STOPPED: the button is up again.
 */
bool pointer_drag(struct pointer *p, enum button button, const struct point *path, int count,
                  struct err *e);

/* DX notches to the right and DY down (negative: left, up), where the pointer is. */
bool pointer_scroll(struct pointer *p, int dx, int dy, struct err *e);

void pointer_up(struct pointer *p); /* releases all buttons */

/* Buttons as bits by number: what is down, and releasing what another hem has left when it was
 * killed (what is up stays so). */
uint32_t pointer_down(const struct pointer *p);
void pointer_give_back(struct pointer *p, uint32_t buttons);

#endif
