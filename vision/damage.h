/*
 * damage: where the server says that something was drawn, through the XDamage extension. A hint:
 * what was drawn may look as before; but what is not in it did not change..
 *
 * It takes only events of its own from the connection and leaves those of others in the queue.
 */
#ifndef VISION_DAMAGE_H
#define VISION_DAMAGE_H

#include "base/rect.h"

#include <X11/Xlib.h>
#include <stdbool.h>

#define DAMAGE_RECTS_MAX 64

struct damage;

/* NULL when the server has no XDamage. At first everything is damaged. */
struct damage *damage_open(Display *display);
void damage_close(struct damage *d); /* takes NULL */

/* Is something damaged? Takes what has arrived, without asking the server. */
bool damage_pending(struct damage *d);

/* Takes the rects that were drawn in since the last time, as many as fit (else their bounds), and
 * returns how many. What is drawn from then on will be pending again. */
int damage_take(struct damage *d, struct rect rects[DAMAGE_RECTS_MAX]);

#endif
