#include "emulator/learn.h"

#include "base/alike.h"
#include "emulator/learn_parts.h"

#include <stdlib.h>
#include <string.h>

/* ---- the episodes ---- */

/* A person ends it where it came out right. */
static bool by_person(const struct recording *r)
{
    return strcmp(r->policy, "person") == 0;
}

static bool episode_check(const char *dir, const struct recording *r, const struct lesson *l,
                          struct err *e)
{
    if (strcmp(r->outcome, "done") != 0)
        return err_set(e, ERR_TASK, "%s: nothing to learn: its outcome is \"%.40s\"", dir,
                       r->outcome);
    if (l->expected == 0 && !by_person(r))
        return err_set(e, ERR_TASK,
                       "%s: nothing to learn: no expectation says that it came out right", dir);
    if (l->count == 0)
        return err_set(e, ERR_TASK, "%s: nothing to learn: nothing was done", dir);
    if (!*r->path && !r->argv)
        return err_set(e, ERR_TASK,
                       "%s: nothing to learn: it was done without a task file, and its program is "
                       "not known",
                       dir);
    return true;
}

static bool episodes_read(struct learning *l, const char *const *dirs, int count, struct err *e)
{
    if (count > SLOTS_EPISODES_MAX)
        return err_set(e, ERR_USAGE, "%d trajectories are too many: at most %d are compared", count,
                       SLOTS_EPISODES_MAX);
    for (int i = 0; i < count; i++) {
        if (!recording_read(dirs[i], &l->recordings[i], e))
            return false;
        l->count = l->slots.count = i + 1;
        if (!lesson_take(&l->recordings[i], &l->lessons[i], e))
            return err_prefix(e, "%s: ", dirs[i]);
        lesson_place_pictures(&l->lessons[i], dirs[i]);
        if (!episode_check(dirs[i], &l->recordings[i], &l->lessons[i], e))
            return false;
        if (strcmp(l->recordings[i].path, l->recordings[0].path) != 0)
            return err_set(e, ERR_TASK, "%s and %s are of different tasks", dirs[0], dirs[i]);
    }
    l->slots.recordings = l->recordings;
    l->task = l->recordings[0].path;
    return true;
}

static bool is_toggle(enum step_verb verb)
{
    return verb == STEP_CHECK || verb == STEP_UNCHECK;
}

static bool differ(const struct learning *l, int with, int step, struct err *e)
{
    struct buf a = {0}, b = {0};
    step_print(&l->lessons[0].steps[step].step, &a);
    step_print(&l->lessons[with].steps[step].step, &b);
    err_set(e, ERR_TASK, "the episodes did different things: at step %d, one has %s and another %s",
            step + 1, buf_text(&a), buf_text(&b));
    buf_finish(&a);
    buf_finish(&b);
    return false;
}

static bool episodes_match(const struct learning *l, struct err *e)
{
    const struct lesson *first = &l->lessons[0];
    for (int k = 1; k < l->count; k++) {
        if (l->lessons[k].count != first->count)
            return err_set(e, ERR_TASK, "the episodes did different things: %d steps, and %d",
                           first->count, l->lessons[k].count);
        for (int i = 0; i < first->count; i++) {
            const struct step *a = &first->steps[i].step, *b = &l->lessons[k].steps[i].step;
            bool same = a->verb == b->verb || (is_toggle(a->verb) && is_toggle(b->verb));
            if (!same || a->target.kind != b->target.kind || a->target.role != b->target.role ||
                a->target.relation != b->target.relation || !a->text != !b->text)
                return differ(l, k, i, e);
        }
    }
    return true;
}

/* ---- holes ---- */

/* May data name such a thing? A button that is called like a value is a button all the same. */
static bool is_named_by_data(enum role role)
{
    return role == ROLE_OPTION || role == ROLE_RADIO || role == ROLE_CHECKBOX ||
           role == ROLE_LISTITEM || role == ROLE_MENUITEM || role == ROLE_LINK || role == ROLE_CELL;
}

/* One text of a step: PLACE gives the address of it in the step of each episode. */
static bool text_learn(struct learning *l, int step, char **(*place)(struct step *),
                       const char *label, struct err *e)
{
    const char *texts[SLOTS_EPISODES_MAX];
    struct buf text = {0};
    for (int k = 0; k < l->count; k++)
        texts[k] = *place(&l->lessons[k].steps[step].step);
    if (!slots_text(&l->slots, texts, label, &text, e)) {
        buf_finish(&text);
        return false;
    }
    char **first = place(&l->lessons[0].steps[step].step);
    free(*first);
    *first = buf_take(&text);
    return true;
}

static char **place_text(struct step *s)
{
    return &s->text;
}

static char **place_target(struct step *s)
{
    return &s->target.text;
}

static char **place_row(struct step *s)
{
    return &s->target.of->text;
}

static bool same_targets(const struct learning *l, int step, char **(*place)(struct step *))
{
    const char *first = *place(&l->lessons[0].steps[step].step);
    for (int k = 1; k < l->count; k++)
        if (!alike_equal(*place(&l->lessons[k].steps[step].step), first))
            return false;
    return true;
}

/* A box that is checked or not as a datum says is `set`. False: it does not depend on the data. */
static bool toggle_learn(struct learning *l, int step)
{
    bool checked[SLOTS_EPISODES_MAX];
    struct buf text = {0};
    struct step *first = &l->lessons[0].steps[step].step;
    for (int k = 0; k < l->count; k++)
        checked[k] = l->lessons[k].steps[step].step.verb == STEP_CHECK;
    bool depends =
        first->target.text && slots_toggle(&l->slots, checked, first->target.text, &text);
    if (depends) {
        first->verb = STEP_SET;
        first->text = mem_text(buf_text(&text));
    }
    buf_finish(&text);
    return depends;
}

/* A name that comes from the data may stand elsewhere, too. */
static void group_add(struct target *t, const char *group)
{
    t->relation = RELATION_IN;
    t->of = mem_zero(1, sizeof *t->of);
    *t->of = (struct target){.kind = TARGET_TEXT, .text = mem_text(group)};
}

static bool step_learn(struct learning *l, int i, struct err *e)
{
    struct lesson_step *taught = &l->lessons[0].steps[i];
    struct step *s = &taught->step;
    bool toggled = is_toggle(s->verb) && same_targets(l, i, place_target) && toggle_learn(l, i);
    if (!toggled && s->target.text) {
        bool named = is_named_by_data(s->target.role) || s->verb == STEP_EXPECT;
        if (named && !text_learn(l, i, place_target, taught->group, e))
            return false;
        if (named && strstr(s->target.text, "{{") && *taught->group && !s->target.of)
            group_add(&s->target, taught->group);
        if (!named && !same_targets(l, i, place_target))
            return differ(l, 1, i, e);
    }
    if (s->target.relation == RELATION_IN_ROW && s->target.of->text &&
        !text_learn(l, i, place_row, "", e))
        return false;
    bool data = s->text && !toggled && s->verb != STEP_PRESS && s->verb != STEP_EXPECT_SCREEN;
    return !data || text_learn(l, i, place_text, s->target.text ? s->target.text : "", e);
}

int learn_steps_count(const struct lesson *l)
{
    int count = l->count;
    while (count > 0 && l->steps[count - 1].step.verb >= STEP_EXPECT &&
           l->steps[count - 1].step.verb <= STEP_EXPECT_SCREEN)
        count--;
    return count;
}

static bool learn_all(struct learning *l, const struct learn_options *o, struct err *e)
{
    if (!episodes_read(l, o->dirs, o->count, e) || !episodes_match(l, e) ||
        (o->rows && !learn_rows(l, o->rows, e)))
        return false;
    for (int i = 0; i < learn_steps_count(&l->lessons[0]); i++)
        if (!step_learn(l, i, e))
            return err_prefix(e, "step %d: ", i + 1);
    return true;
}

/* Where it goes: beside the task's file, or into the folder of the first demonstration. */
static char *path_choose(const struct learning *l, const struct learn_options *o)
{
    struct buf path = {0};
    if (o->out)
        return mem_text(o->out);
    if (*l->task)
        return skill_beside(l->task);
    buf_addf(&path, "%s/task.yaml", o->dirs[0]);
    return buf_take(&path);
}

bool learn_skill(const struct learn_options *o, struct learned *learned, struct err *e)
{
    struct learning *l = mem_zero(1, sizeof *l);
    bool done = learn_all(l, o, e);
    char *path = done ? path_choose(l, o) : NULL;
    done = done && learn_write(l, path, e);
    if (done)
        *learned = (struct learned){path, learn_steps_count(&l->lessons[0]), l->slots.used.count};
    else
        free(path);
    for (int i = 0; i < l->count; i++) {
        recording_finish(&l->recordings[i]);
        lesson_finish(&l->lessons[i]);
    }
    data_finish(&l->slots.used);
    data_finish(&l->slots.made);
    free(l);
    return done;
}

void learned_finish(struct learned *l)
{
    free(l->path);
    *l = (struct learned){0};
}
