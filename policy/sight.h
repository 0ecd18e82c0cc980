/*
 * sight: is the screen what a skill expects for its next step? For policy/skill.c.
 */
#ifndef POLICY_SIGHT_H
#define POLICY_SIGHT_H

#include "policy/skill.h"

enum sight {
    SIGHT_FOUND, /* the target, and where it is */
    SIGHT_AWAY,  /* it is not in sight: it may be further down, or still to come */
    SIGHT_OTHER, /* something is otherwise than the skill expects */
};

/* FOUND: PLACE is the target's. Else E says what was expected and what is seen. */
enum sight sight_target(const struct finder *finder, const struct scene *scene,
                        const struct step *step, struct rect *place, struct err *e);

/* Nothing lies over PLACE (empty: over the page), and no field that the skill does not know must be
 * filled in. */
bool sight_clear(const struct skill_task *task, const struct scene *scene, struct rect place,
                 struct err *e);

#endif
