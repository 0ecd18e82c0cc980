#include "emulator/learn.h"

#include "base/alike.h"
#include "emulator/document_print.h"
#include "emulator/slots.h"
#include "emulator/task.h"
#include "emulator/task_parts.h"
#include "emulator/textfile.h"
#include "trajectory/disk.h"
#include "trajectory/lesson.h"

#include <libgen.h>
#include <stdlib.h>
#include <string.h>

/* What is learned from: the lessons of the episodes, side by side. */
struct learning {
    struct recording recordings[SLOTS_EPISODES_MAX]; /* owned */
    struct lesson lessons[SLOTS_EPISODES_MAX];       /* owned */
    int count;
    struct slots slots;
    const char *task; /* path of its file; borrowed */
};

/* ---- the episodes ---- */

static bool episode_check(const char *dir, const struct recording *r, const struct lesson *l,
                          struct err *e)
{
    if (strcmp(r->outcome, "done") != 0)
        return err_set(e, ERR_TASK, "%s: nothing to learn: its outcome is \"%.40s\"", dir,
                       r->outcome);
    if (l->expected == 0)
        return err_set(e, ERR_TASK,
                       "%s: nothing to learn: no expectation says that it came out right", dir);
    if (l->count == 0)
        return err_set(e, ERR_TASK, "%s: nothing to learn: nothing was done", dir);
    if (!*r->path)
        return err_set(e, ERR_TASK, "%s: nothing to learn: it was done without a task file", dir);
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

/* What stands after the last thing done are the task's own expectations, which it keeps. */
static int steps_count(const struct lesson *l)
{
    int count = l->count;
    while (count > 0 && l->steps[count - 1].step.verb >= STEP_EXPECT &&
           l->steps[count - 1].step.verb <= STEP_EXPECT_SCREEN)
        count--;
    return count;
}

/* ---- the file ---- */

/* The name of a datum as the data has it: that of its column, where it is a column's value alone.
 */
static char *datum_name(const struct recording *r, int i)
{
    const char *hole = r->holes.items[i].value;
    size_t n = strlen(hole);
    if (n > 4 && strncmp(hole, "{{", 2) == 0 && strstr(hole, "}}") == hole + n - 2 &&
        strncmp(hole, "{{secret:", 9) != 0)
        return mem_text_n(hole + 2, n - 4);
    return mem_text(r->data.items[i].name);
}

/* Data that no step takes from a hole: the skill holds for these values only. What it knows to be
 * left empty stands there, too. */
static void fixed_collect(const struct learning *l, struct data *out)
{
    const struct recording *r = &l->recordings[0];
    for (int i = 0; i < r->data.count; i++) {
        const char *hole = r->holes.items[i].value;
        if (*hole && slots_uses(&l->slots, hole))
            continue;
        char *name = datum_name(r, i);
        data_add(out, name, r->data.items[i].value);
        free(name);
    }
    for (int i = 0; i < l->lessons[0].left_count; i++)
        if (!data_get(out, l->lessons[0].left[i]))
            data_add(out, l->lessons[0].left[i], "");
}

static bool is_first_of_name(const struct data *d, int i)
{
    for (int k = 0; k < i; k++)
        if (strcmp(d->items[k].name, d->items[i].name) == 0)
            return false;
    return true;
}

static void fixed_print(const struct data *fixed, struct buf *out)
{
    if (fixed->count)
        buf_add(out, "# It was learned for these values, which no step takes from the data.\n"
                     "fields:\n");
    for (int i = 0; i < fixed->count; i++) {
        if (!is_first_of_name(fixed, i))
            continue;
        int same = 0;
        struct buf list = {0};
        for (int k = i; k < fixed->count; k++) {
            if (strcmp(fixed->items[k].name, fixed->items[i].name) != 0)
                continue;
            buf_add(&list, same++ ? ", " : "");
            document_print_text(fixed->items[k].value, &list);
        }
        buf_add(out, "  ");
        document_print_text(fixed->items[i].name, out);
        buf_addf(out, same > 1 ? ": [%s]\n" : ": %s\n", buf_text(&list));
        buf_finish(&list);
    }
}

/* Keys of the task that say what is to be done; the steps stand for them. */
static bool is_replaced(const char *key)
{
    static const char *const keys[] = {"goal", "fields", "steps", "policy", "skill", "here"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (strcmp(key, keys[i]) == 0)
            return true;
    return false;
}

/* The task's file with the steps in the place of what was to be done. */
static bool skill_print(const struct learning *l, const struct task *task, const char *directory,
                        struct buf *out, struct err *e)
{
    struct buf text = {0};
    struct node root = {0};
    struct data fixed = {0};
    if (!textfile_read(l->task, TASK_FILE_MAX_BYTES, &text, e) ||
        !document_read(l->task, buf_text(&text), text.length, &root, e)) {
        buf_finish(&text);
        return false;
    }
    buf_addf(out,
             "# Learned by hem from %d %s of %s. It is a task like any other:\n# read it, change "
             "it, run it with data: hem run FILE --rows DATA.csv\n",
             l->count, l->count == 1 ? "run" : "runs", task->name);
    if (strcmp(directory, task->directory) != 0) {
        buf_add(out, "here: ");
        document_print_text(task->directory, out);
        buf_add_char(out, '\n');
    }
    bool named = false;
    for (int i = 0; i < root.count; i++) {
        named = named || strcmp(root.items[i].key, "name") == 0;
        if (!is_replaced(root.items[i].key))
            document_print_member(&root.items[i], out);
    }
    if (!named) {
        buf_add(out, "name: ");
        document_print_text(task->name, out);
        buf_add_char(out, '\n');
    }
    fixed_collect(l, &fixed);
    fixed_print(&fixed, out);
    buf_add(out, "policy: skill\nsteps:\n");
    for (int i = 0; i < steps_count(&l->lessons[0]); i++) {
        buf_add(out, "  - ");
        step_print(&l->lessons[0].steps[i].step, out);
        buf_add_char(out, '\n');
    }
    data_finish(&fixed);
    document_finish(&root);
    buf_finish(&text);
    return true;
}

/* What was written must read as what was meant, before it takes the place of what was there. */
static bool skill_check(const struct learning *l, const char *path, struct err *e)
{
    struct task task;
    if (!task_read(path, &task, e))
        return false;
    bool same = task.steps.count == steps_count(&l->lessons[0]);
    for (int i = 0; i < task.steps.count && same; i++) {
        struct step step;
        same = step_parse(task.steps.items[i], &step, e);
        if (same) {
            same = step_equal(&step, &l->lessons[0].steps[i].step);
            step_finish(&step);
        }
    }
    task_finish(&task);
    return same || err_set(e, ERR_TASK, "what was learned can't be written as a task file");
}

static bool skill_write(const struct learning *l, const char *path, const struct buf *text,
                        struct err *e)
{
    struct draft draft;
    char *copy = mem_text(path);
    bool made = disk_make_directories(dirname(copy), e) && draft_open(&draft, path, e);
    free(copy);
    if (!made)
        return false;
    fwrite(buf_text(text), 1, text->length, draft.file);
    if (fflush(draft.file) != 0 || !skill_check(l, draft.part_path, e)) {
        draft_drop(&draft);
        return false;
    }
    return draft_commit(&draft, true, e);
}

char *skill_beside(const char *task_path)
{
    struct buf path = {0};
    const char *slash = strrchr(task_path, '/'), *dot = strrchr(task_path, '.');
    bool ending = dot && dot > (slash ? slash + 1 : task_path);
    buf_add_bytes(&path, task_path, ending ? (size_t)(dot - task_path) : strlen(task_path));
    buf_add(&path, ".skill.yaml");
    return buf_take(&path);
}

static char *directory_of(const char *path)
{
    char *copy = mem_text(path);
    char *real = realpath(dirname(copy), NULL);
    free(copy);
    return real ? real : mem_text("");
}

static bool skill_save(const struct learning *l, const char *path, struct err *e)
{
    struct task task;
    struct buf text = {0};
    if (!task_read(l->task, &task, e))
        return false;
    char *directory = directory_of(path);
    bool saved = skill_print(l, &task, directory, &text, e) && skill_write(l, path, &text, e);
    free(directory);
    buf_finish(&text);
    task_finish(&task);
    return saved;
}

static bool learn_all(struct learning *l, const char *const *dirs, int count, struct err *e)
{
    if (!episodes_read(l, dirs, count, e) || !episodes_match(l, e))
        return false;
    for (int i = 0; i < steps_count(&l->lessons[0]); i++)
        if (!step_learn(l, i, e))
            return err_prefix(e, "step %d: ", i + 1);
    return true;
}

bool learn_skill(const char *const *dirs, int count, const char *out, struct learned *learned,
                 struct err *e)
{
    struct learning *l = mem_zero(1, sizeof *l);
    bool done = learn_all(l, dirs, count, e);
    char *path = !done ? NULL : out ? mem_text(out) : skill_beside(l->task);
    done = done && skill_save(l, path, e);
    if (done)
        *learned = (struct learned){path, steps_count(&l->lessons[0]), l->slots.used.count};
    else
        free(path);
    for (int i = 0; i < l->count; i++) {
        recording_finish(&l->recordings[i]);
        lesson_finish(&l->lessons[i]);
    }
    data_finish(&l->slots.used);
    free(l);
    return done;
}

void learned_finish(struct learned *l)
{
    free(l->path);
    *l = (struct learned){0};
}
