/*
 * auto: several deciders, one after the other: when one can't go on the next one does, and when the
 * screen is again what an earlier one needs, that one goes on.
 */
#ifndef POLICY_AUTO_H
#define POLICY_AUTO_H

#include "policy/decider.h"

#define AUTO_PARTS_MAX 4

/* Takes the COUNT PARTS over, in the order in which they are tried. NOTE (copied; NULL or "": none)
 * is what a person should know of it. */
struct decider auto_decider(const struct decider *parts, int count, const char *note);

#endif
