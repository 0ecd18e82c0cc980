#include "emulator/skill_file.h"

#include "base/hole.h"
#include "emulator/task_parts.h"

#include <stdlib.h>
#include <string.h>

static bool has_value(const struct data *d, const char *name, const char *value)
{
    for (int i = 0; i < d->count; i++)
        if (strcmp(d->items[i].name, name) == 0 && strcmp(d->items[i].value, value) == 0)
            return true;
    return false;
}

/* Are all values that A has of a name among those that B has? */
static bool are_among(const struct data *a, const struct data *b, const char *name)
{
    for (int i = 0; i < a->count; i++)
        if (strcmp(a->items[i].name, name) == 0 && !has_value(b, name, a->items[i].value))
            return false;
    return true;
}

bool skill_holds(const struct task *skill, const struct data *names, struct err *e)
{
    for (int i = 0; i < skill->fields.count; i++) {
        const char *name = skill->fields.items[i].name;
        if (data_get(names, name) &&
            (!are_among(&skill->fields, names, name) || !are_among(names, &skill->fields, name)))
            return err_set(e, ERR_USAGE, "it was learned for another value of \"%.80s\"", name);
    }
    return true;
}

static bool is_hole_of(const struct task *skill, const char *name)
{
    for (int i = 0; i < skill->hole_count; i++)
        if (skill->holes[i].in_work && strcmp(skill->holes[i].name, name) == 0)
            return true;
    return data_get(&skill->fields, name) != NULL;
}

/* Are all names of the holes in TEXT known to the skill? Secrets are the task's business. */
static bool knows_holes(const struct task *skill, const char *text)
{
    struct hole hole;
    for (; hole_next(text, &hole); text = hole.end) {
        char *name = hole.end ? hole_name(&hole) : NULL;
        bool known = name && (hole.secret || (!hole.read && is_hole_of(skill, name)));
        free(name);
        if (!known)
            return false;
    }
    return true;
}

static bool knows_data(const struct task *skill, const struct task *task, struct err *e)
{
    for (int i = 0; i < task->data.count; i++) {
        const char *name = task->data.items[i].name, *hole = task->data_holes.items[i].value;
        bool known = is_hole_of(skill, name) || (*hole && knows_holes(skill, hole));
        if (!known)
            return err_set(e, ERR_USAGE, "it knows nothing of \"%.80s\"", name);
    }
    return true;
}

/* What fills the skill's holes: all names of the task, but for secrets, which stay holes. */
static void row_of(const struct task *task, struct data *out)
{
    for (int i = 0; i < task->names.count; i++) {
        const struct datum *d = &task->names.items[i];
        if (strcmp(d->name, HOLE_HERE) != 0 && !strstr(d->value, "{{"))
            data_add(out, d->name, d->value);
    }
}

bool skill_load(const char *path, const struct task *task, struct task *out, struct err *e)
{
    struct task skill;
    struct data row = {0};
    struct err why = {0};
    if (!task_read(path, &skill, &why))
        return err_set(e, ERR_USAGE, "the skill can't be read: %s", why.text);
    row_of(task, &row);
    bool loaded = knows_data(&skill, task, &why) && skill_holds(&skill, &row, &why) &&
                  task_fill(&skill, &row, out, &why);
    data_finish(&row);
    task_finish(&skill);
    return loaded || err_set(e, ERR_USAGE, "the skill %s does not fit: %s", path, why.text);
}
