#include "base/step.h"

#include "base/target.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const verb_names[STEP_VERB_COUNT] = {
    [STEP_CLICK] = "click",
    [STEP_DOUBLE_CLICK] = "double-click",
    [STEP_TRIPLE_CLICK] = "triple-click",
    [STEP_RIGHT_CLICK] = "right-click",
    [STEP_MIDDLE_CLICK] = "middle-click",
    [STEP_HOVER] = "hover",
    [STEP_TYPE] = "type",
    [STEP_CLEAR] = "clear",
    [STEP_SET] = "set",
    [STEP_CHOOSE] = "choose",
    [STEP_CHECK] = "check",
    [STEP_UNCHECK] = "uncheck",
    [STEP_PRESS] = "press",
    [STEP_SCROLL] = "scroll",
    [STEP_EXPAND] = "expand",
    [STEP_COPY] = "copy",
    [STEP_DRAG] = "drag",
    [STEP_WAIT] = "wait",
    [STEP_WAIT_FOR] = "wait for",
    [STEP_EXPECT] = "expect",
    [STEP_EXPECT_VALUE] = "expect",
    [STEP_EXPECT_STATE] = "expect",
    [STEP_EXPECT_SCREEN] = "expect",
    [STEP_READ] = "read",
    [STEP_SCREENSHOT] = "screenshot",
};

const char *step_verb_name(enum step_verb verb)
{
    return verb_names[verb];
}

void step_copy(struct step *to, const struct step *from)
{
    *to = *from;
    target_copy(&to->target, &from->target);
    target_copy(&to->second, &from->second);
    to->text = mem_text(from->text);
    to->name = mem_text(from->name);
}

void step_finish(struct step *s)
{
    target_finish(&s->target);
    target_finish(&s->second);
    free(s->text);
    free(s->name);
    *s = (struct step){0};
}

static long milliseconds(double seconds)
{
    return lround(seconds * 1000);
}

static bool text_equal(const char *a, const char *b)
{
    return strcmp(a ? a : "", b ? b : "") == 0;
}

bool step_equal(const struct step *a, const struct step *b)
{
    return a->verb == b->verb && target_equal(&a->target, &b->target) &&
           target_equal(&a->second, &b->second) && text_equal(a->text, b->text) &&
           text_equal(a->name, b->name) && a->count == b->count && a->direction == b->direction &&
           milliseconds(a->seconds) == milliseconds(b->seconds) && a->state == b->state &&
           a->negated == b->negated;
}
