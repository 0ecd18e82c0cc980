#include "emulator/after.h"

#include <stdlib.h>

bool after_prepare(struct after *a, const struct task *task, struct gallery *gallery, struct err *e)
{
    *a = (struct after){.steps = mem_zero((size_t)task->after.count + 1, sizeof *a->steps)};
    for (int i = 0; i < task->after.count; i++) {
        bool fine = step_parse(task->after.items[i], &a->steps[i], e);
        a->count += fine;
        fine = fine && gallery_read(gallery, &a->steps[i], e);
        if (!fine)
            return step_place_blame(task, task->after_places, i, e);
    }
    return true;
}

struct policy *after_policy(const struct after *a, const struct policy_context *context)
{
    return script_create(context, a->steps, a->count, NULL, 0, NULL);
}

void after_blame(const struct err *late, struct err *e)
{
    if (late->kind == ERR_NONE)
        return;
    if (e->kind != ERR_NONE) {
        err_append(e, "; and after it: %s", late->text);
        return;
    }
    *e = *late;
    err_prefix(e, "after: ");
}

void after_finish(struct after *a)
{
    for (int i = 0; i < a->count; i++)
        step_finish(&a->steps[i]);
    free(a->steps);
    *a = (struct after){0};
}
