#include "emulator/replay.h"

#include "base/hole.h"
#include "emulator/task_parts.h"
#include "trajectory/lesson.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

/* ---- the task around the steps ---- */

/* The columns of the row that it was done for, as far as what it worked on tells. */
static void row_of(const struct recording *r, struct data *out)
{
    for (int i = 0; i < r->holes.count; i++) {
        char *name = hole_alone(r->holes.items[i].value);
        if (name)
            data_set(out, name, r->data.items[i].value);
        free(name);
    }
}

static bool task_recorded(const struct recording *r, struct task *out, struct err *e)
{
    if (*r->path && access(r->path, R_OK) == 0)
        return task_read(r->path, out, e);
    task_from_goal("replay", r->argv, out);
    return true;
}

/* What the task says is to be done gives way to what was done. */
static void work_drop(struct task *t)
{
    char **texts[] = {&t->goal, &t->model, &t->skill, &t->policy};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        free(*texts[i]);
        *texts[i] = NULL;
    }
    texts_finish(&t->steps);
    texts_finish(&t->expect);
    texts_finish(&t->secret_names_of_fields);
    free(t->step_places);
    t->step_places = NULL;
    data_finish(&t->fields);
    t->policy = mem_text("skill");
}

static void start_take(const struct recording *r, const struct replay_options *o, struct task *t)
{
    char *const *argv = o->program ? o->program : r->argv;
    if (argv)
        texts_finish(&t->program);
    for (int i = 0; argv && argv[i]; i++)
        texts_add(&t->program, argv[i]);
    if (!o->program && *r->directory) {
        free(t->directory);
        t->directory = mem_text(r->directory);
    }
    if (*r->task) {
        free(t->name);
        t->name = mem_text(r->task);
    }
    if (r->width && r->height) {
        t->width = r->width;
        t->height = r->height;
    }
}

/* ---- the steps ---- */

static bool has_part(const char *line, const char *part)
{
    for (; *line; line++)
        if (strncasecmp(line, part, strlen(part)) == 0)
            return true;
    return false;
}

/* How many steps are to be done; 0 and ERR_USAGE when there is no such step. */
static int steps_until(const struct lesson *l, const char *until, struct err *e)
{
    char *end;
    if (!until)
        return l->count;
    long number = strtol(until, &end, 10);
    if (*until && !*end && number >= 1 && number <= l->count)
        return (int)number;
    for (int i = 0; i < l->count && *until; i++) {
        struct buf line = {0};
        step_print(&l->steps[i].step, &line);
        bool here = has_part(buf_text(&line), until);
        buf_finish(&line);
        if (here)
            return i + 1;
    }
    err_set(e, ERR_USAGE, "there is no step \"%.80s\": %d were recorded", until, l->count);
    return 0;
}

static double turn_seconds(const struct recording *r, int number)
{
    for (int i = 0; i < r->turn_count; i++)
        if (r->turns[i].number == number)
            return r->turns[i].seconds;
    return 0;
}

static void lesson_steps(const struct recording *r, const struct lesson *l, int count, double speed,
                         struct task *t)
{
    double before = 0;
    if (speed > 0)
        t->pauses_ms = mem_zero((size_t)count + 1, sizeof *t->pauses_ms);
    for (int i = 0; i < count; i++) {
        struct buf line = {0};
        step_print(&l->steps[i].step, &line);
        texts_add(&t->steps, buf_text(&line));
        buf_finish(&line);
        double begun = turn_seconds(r, l->steps[i].turn);
        if (speed > 0 && i > 0 && begun > before)
            t->pauses_ms[i] = (begun - before) * 1000 / speed;
        before = begun;
    }
    for (int i = 0; i < l->left_count; i++)
        data_add(&t->fields, l->left[i], "");
}

/* Every secret that is to be typed must be there before anything is. */
static bool secrets_check(const struct task *t, struct err *e)
{
    for (int i = 0; i < t->steps.count; i++) {
        struct hole hole;
        for (const char *at = t->steps.items[i]; at && hole_next(at, &hole); at = hole.end) {
            if (!hole.secret)
                continue;
            char *name = hole_name(&hole);
            bool known = data_get(&t->secrets, name) != NULL;
            if (!known)
                err_set(e, ERR_USAGE,
                        "the secret \"%.80s\" is not in the recording: give it with --secret "
                        "'%.80s=env:VARIABLE'",
                        name, name);
            free(name);
            if (!known)
                return false;
        }
    }
    return true;
}

static void model_take(const struct recording *r, const char *model, struct task *t)
{
    struct buf goal = {0};
    if (!model)
        return;
    t->model = mem_text(strncmp(model, "model:", 6) == 0 ? model + 6 : model);
    if (*r->goal)
        buf_addf(&goal, "%s\n", r->goal);
    buf_add(&goal, "Do once more what was done before, in these steps:\n");
    for (int i = 0; i < t->steps.count; i++)
        buf_addf(&goal, "%d. %s\n", i + 1, t->steps.items[i]);
    t->goal = buf_take(&goal);
}

static bool work_take(const struct recording *r, const struct replay_options *o, struct task *t,
                      struct err *e)
{
    struct lesson lesson;
    if (!lesson_take(r, &lesson, e))
        return false;
    int count = 0;
    lesson_place_pictures(&lesson, o->dir);
    if (lesson.count)
        count = steps_until(&lesson, o->until, e);
    else
        err_set(e, ERR_TASK, "nothing was done in this recording");
    lesson_steps(r, &lesson, count, o->speed, t);
    lesson_finish(&lesson);
    if (!count || !secrets_check(t, e))
        return false;
    model_take(r, o->model, t);
    return true;
}

bool replay_place(const struct recording *r, const struct replay_options *o, struct task *out,
                  struct err *e)
{
    struct task recorded, task;
    struct data row = {0};
    if (!task_recorded(r, &recorded, e))
        return false;
    row_of(r, &row);
    bool placed = task_fill(&recorded, row.count ? &row : NULL, &task, e);
    data_finish(&row);
    task_finish(&recorded);
    if (!placed)
        return false;
    work_drop(&task);
    start_take(r, o, &task);
    for (int i = 0; i < o->secret_count && placed; i++)
        placed = secret_take(o->secrets[i], &task, e);
    if (placed)
        *out = task;
    else
        task_finish(&task);
    return placed;
}

bool replay_task(const struct recording *r, const struct replay_options *o, struct task *out,
                 struct err *e)
{
    struct task task;
    if (!replay_place(r, o, &task, e))
        return false;
    if (work_take(r, o, &task, e)) {
        *out = task;
        return true;
    }
    task_finish(&task);
    return false;
}

bool replay_end(const struct recording *r, const char *until, int *out, struct err *e)
{
    struct lesson lesson;
    if (!until)
        return true;
    if (!lesson_take(r, &lesson, e))
        return false;
    int count = steps_until(&lesson, until, e);
    for (int i = 0; i < r->turn_count && count > 0 && count < lesson.count; i++)
        if (r->turns[i].number == lesson.steps[count].turn) {
            *out = i;
            break;
        }
    lesson_finish(&lesson);
    return count > 0;
}
