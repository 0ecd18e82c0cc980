/* script: the steps of a file, or of a plain instruction, one after the other. */
#include "policy/decider.h"

#include "base/alike.h"

#include <stdlib.h>
#include <string.h>

struct script {
    const struct step *steps, *expect; /* borrowed */
    int step_count, expect_count;
    const char *submit; /* borrowed or NULL */
    int next;
};

/* Without a name for it, anything that may send a form counts as sending it. */
bool step_commits(const struct step *step, const char *submit)
{
    if (submit)
        return step->verb == STEP_CLICK && step->target.text &&
               alike_equal(step->target.text, submit);
    switch (step->verb) {
    case STEP_CLICK:
    case STEP_DOUBLE_CLICK:
    case STEP_TRIPLE_CLICK:
        return true;
    case STEP_PRESS:
        return strstr(step->text, "Return") || strstr(step->text, "Enter");
    case STEP_TYPE:
        return strchr(step->text, '\n') != NULL;
    default:
        return false;
    }
}

static enum next script_next(void *self, const struct scene *scene, const struct history *history,
                             struct plan *out, struct err *e)
{
    struct script *s = self;
    (void)scene;
    (void)history;
    (void)e;
    if (s->next >= s->step_count + s->expect_count)
        return NEXT_DONE;
    int i = s->next++;
    const struct step *step = i < s->step_count ? &s->steps[i] : &s->expect[i - s->step_count];
    step_copy(&out->step, step);
    out->commits = step_commits(step, s->submit);
    out->sends = s->submit && out->commits;
    return NEXT_STEP;
}

struct decider script_decider(const char *name, const struct step *steps, int step_count,
                              const struct step *expect, int expect_count, const char *submit)
{
    struct script *s = mem_zero(1, sizeof *s);
    *s = (struct script){steps, expect, step_count, expect_count, submit, 0};
    return (struct decider){.name = name, .next = script_next, .destroy = free, .self = s};
}

struct policy *script_create(const struct policy_context *context, const struct step *steps,
                             int step_count, const struct step *expect, int expect_count,
                             const char *submit)
{
    return policy_create(context,
                         script_decider("script", steps, step_count, expect, expect_count, submit));
}
