/*
 * klm: how long a person would need for what the hands did, by the keystroke-level model.
 *
 * Source: S. Card, T. Moran, A. Newell, "The keystroke-level model for user performance time with
 * interactive systems", Communications of the ACM 23(7), 1980; operator times as published there (K
 * for an average typist). Only what was acted on counts: looking for expectations, waiting and
 * settling cost the person nothing here.
 */
#ifndef EMULATOR_KLM_H
#define EMULATOR_KLM_H

#include "base/action.h"

#define KLM_K_S 0.28 /* a keystroke */
#define KLM_P_S 1.10 /* pointing with the mouse */
#define KLM_H_S 0.40 /* a hand from keyboard to mouse or back */
#define KLM_B_S 0.10 /* a mouse button, down or up */
#define KLM_M_S 1.35 /* preparing in mind: once for each step that acts */

struct klm {
    int k, p, h, b, m;
    bool on_mouse; /* where the hand is; it begins on the keyboard */
};

/* Counts one performed action; FIRST: it is the first one of its step. */
void klm_add(struct klm *klm, const struct action *action, bool first);
double klm_seconds(const struct klm *klm);

#endif
