/*
 * stroke: what one press of a key is for: to write, to do something, or to be held.
 */
#ifndef TRAJECTORY_STROKE_H
#define TRAJECTORY_STROKE_H

#include "base/buf.h"
#include "base/event.h"

bool stroke_is_modifier(const char *key); /* by the keysym's name */

/* Does it write something, rather than do something? */
bool stroke_writes(const struct event *h);

/* Appends what is held, as in a chord: "Ctrl+Shift"; nothing for nothing. */
void stroke_held(unsigned state, struct buf *out);

/* Appends the chord: "Ctrl+S", "Shift+Tab", "Down". Shift is said where the key's name does not. */
void stroke_chord(const struct event *h, struct buf *out);

#endif
