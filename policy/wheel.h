/*
 * wheel: turning the wheel over a page to see the rest of it.
 */
#ifndef POLICY_WHEEL_H
#define POLICY_WHEEL_H

#include "policy/decider.h"

#define WHEEL_PAGE 4   /* notches: part of a page, so that nothing is missed between two looks */
#define WHEEL_TOP  100 /* notches that go back to the beginning of any page */

/* A step that turns it over no control, which it might change. */
void wheel_plan(const struct scene *scene, enum direction direction, int notches, struct plan *out);

/* Did the last turn move anything worth the name (a hovered button may light up)? */
bool wheel_moved(const struct scene *scene);

#endif
