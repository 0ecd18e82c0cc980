/*
 * guard: may this happen? It judges every action before it is performed, whoever decided it, by
 * what stands under it on the screen as well as by what the step says: a click at bare coordinates
 * on "Pay" is a click on Pay.
 */
#ifndef POLICY_GUARD_H
#define POLICY_GUARD_H

#include "base/action.h"
#include "base/scene.h"
#include "base/step.h"

enum verdict { VERDICT_ALLOW, VERDICT_ASK, VERDICT_DENY };

/* Lists of texts (each ends with NULL; NULL: none); borrowed. Deny goes before ask. */
struct guard {
    char *const *ask, *const *deny;                 /* a target's text, label or words */
    char *const *windows_ask, *const *windows_deny; /* the active window's title */
};

#define GUARD_WHY_SIZE 256

/*
 * STEP may be NULL. WHY gets what was matched, for people: `"Pay" (button at 40,120)`. Looking,
 * waiting and moving the pointer are always allowed.
 */
enum verdict guard_judge(const struct guard *guard, const struct step *step,
                         const struct action *action, const struct scene *scene,
                         char why[GUARD_WHY_SIZE]);

#endif
