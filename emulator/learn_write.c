/* What was learned, as a task file. */
#include "base/hole.h"
#include "emulator/document_print.h"
#include "emulator/learn.h"
#include "emulator/learn_parts.h"
#include "emulator/task.h"
#include "emulator/task_parts.h"
#include "emulator/textfile.h"
#include "trajectory/disk.h"

#include <ctype.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>

/* The name of a datum as the data has it: that of its column, where it is a column's value alone.
 */
static char *datum_name(const struct recording *r, int i)
{
    char *column = hole_alone(r->holes.items[i].value);
    return column ? column : mem_text(r->data.items[i].name);
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

static void member_print(const char *key, const char *text, struct buf *out)
{
    buf_addf(out, "%s: ", key);
    document_print_text(text, out);
    buf_add_char(out, '\n');
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
    static const char *const keys[] = {"goal",   "fields", "before", "steps",
                                       "policy", "skill",  "here"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (strcmp(key, keys[i]) == 0)
            return true;
    return false;
}

/* Everything of the task's file but what is to be done. */
static bool file_print(const struct learning *l, const struct task *task, struct buf *out,
                       struct err *e)
{
    struct buf text = {0};
    struct node root = {0};
    if (!textfile_read(l->task, TASK_FILE_MAX_BYTES, &text, e) ||
        !document_read(l->task, buf_text(&text), text.length, &root, e)) {
        buf_finish(&text);
        return false;
    }
    bool named = false;
    for (int i = 0; i < root.count; i++) {
        named = named || strcmp(root.items[i].key, "name") == 0;
        if (!is_replaced(root.items[i].key))
            document_print_member(&root.items[i], out);
    }
    if (!named)
        member_print("name", task->name, out);
    document_finish(&root);
    buf_finish(&text);
    return true;
}

/* What is known of the place where there was no file: the program, and the screen. */
static void place_print(const struct recording *r, struct buf *out)
{
    member_print("name", r->task, out);
    buf_add(out, "program: [");
    for (int i = 0; r->argv[i]; i++) {
        buf_add(out, i ? ", " : "");
        document_print_text(r->argv[i], out);
    }
    buf_addf(out, "]\nscreen: %dx%d\n", r->width, r->height);
}

/* Secrets that a person typed: the environment is to say them. */
static void secrets_print(const struct lesson *l, struct buf *out)
{
    struct data names = {0};
    for (int i = 0; i < l->count; i++) {
        const char *text = l->steps[i].step.text;
        struct hole hole;
        for (; text && hole_next(text, &hole); text = hole.end) {
            char *name = hole.secret ? hole_name(&hole) : NULL;
            if (name)
                data_set(&names, name, "");
            free(name);
        }
    }
    if (names.count)
        buf_add(out, "secrets:\n");
    for (int i = 0; i < names.count; i++) {
        buf_add(out, "  ");
        document_print_text(names.items[i].name, out);
        buf_add(out, ": env:");
        for (const char *c = names.items[i].name; *c; c++)
            buf_add_char(out, isalnum((unsigned char)*c) ? (char)toupper((unsigned char)*c) : '_');
        buf_add_char(out, '\n');
    }
    data_finish(&names);
}

/* The task's file, or what stands for it, with the steps in the place of what was to be done. */
static bool skill_print(const struct learning *l, const struct task *task, const char *directory,
                        struct buf *out, struct err *e)
{
    const struct recording *r = &l->recordings[0];
    struct data fixed = {0};
    const char *here = task ? task->directory : r->directory,
               *what = task ? "run" : "demonstration";
    buf_addf(out,
             "# Learned by hem from %d %s%s of %s. It is a task like any other:\n# read it, change "
             "it, run it with data: hem run FILE --rows DATA.csv\n",
             l->count, what, l->count == 1 ? "" : "s", task ? task->name : r->task);
    if (*here && strcmp(directory, here) != 0)
        member_print("here", here, out);
    if (task && !file_print(l, task, out, e))
        return false;
    if (!task) {
        place_print(r, out);
        secrets_print(&l->lessons[0], out);
    }
    fixed_collect(l, &fixed);
    fixed_print(&fixed, out);
    buf_add(out, "policy: skill\nsteps:\n");
    for (int i = 0; i < learn_steps_count(&l->lessons[0]); i++) {
        buf_add(out, "  - ");
        step_print(&l->lessons[0].steps[i].step, out);
        buf_add_char(out, '\n');
    }
    data_finish(&fixed);
    return true;
}

/* What was written must read as what was meant, before it takes the place of what was there. */
static bool skill_check(const struct learning *l, const char *path, struct err *e)
{
    struct task task;
    if (!task_read(path, &task, e))
        return false;
    bool same = task.steps.count == learn_steps_count(&l->lessons[0]);
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

bool learn_write(const struct learning *l, const char *path, struct err *e)
{
    struct task task = {0};
    struct buf text = {0};
    bool file = *l->task != '\0';
    if (file && !task_read(l->task, &task, e))
        return false;
    char *directory = directory_of(path);
    bool saved =
        skill_print(l, file ? &task : NULL, directory, &text, e) && skill_write(l, path, &text, e);
    free(directory);
    buf_finish(&text);
    task_finish(&task);
    return saved;
}
