#include "emulator/task.h"

#include "base/buf.h"
#include "emulator/task_parts.h"
#include "emulator/textfile.h"
#include "policy/literal.h"

#include <stdlib.h>
#include <string.h>

static void names_add(struct data *to, const struct data *from)
{
    for (int i = 0; from && i < from->count; i++)
        data_add(to, from->items[i].name, from->items[i].value);
}

/* What stands in a table is data: it must not be able to name a secret. */
static bool row_check(const struct data *row, struct err *e)
{
    for (int i = 0; row && i < row->count; i++)
        if (strstr(row->items[i].value, "{{"))
            return err_set(e, ERR_USAGE,
                           "the cell of column \"%.80s\" holds {{, which begins a hole; only the "
                           "task may have holes",
                           row->items[i].name);
    return true;
}

bool text_fill_all(const struct data *names, const struct data *secrets, const char *text,
                   char **out, struct err *e)
{
    struct buf filled = {0};
    *out = NULL;
    if (!text)
        return true;
    if (!data_fill(names, secrets, text, &filled, e)) {
        buf_finish(&filled);
        return false;
    }
    *out = buf_take(&filled);
    return true;
}

static bool text_fill(const struct data *names, const char *text, char **out, struct err *e)
{
    return text_fill_all(names, NULL, text, out, e);
}

/* The same in place. */
static bool text_refill(const struct data *names, char **text, struct err *e)
{
    char *filled;
    if (!text_fill(names, *text, &filled, e))
        return false;
    free(*text);
    *text = filled;
    return true;
}

static bool texts_fill(const struct data *names, const struct data *secrets,
                       const struct texts *from, struct texts *to, struct err *e)
{
    for (int i = 0; i < from->count; i++) {
        char *text;
        if (!text_fill_all(names, secrets, from->items[i], &text, e))
            return false;
        texts_add(to, text);
        free(text);
    }
    return true;
}

static bool target_fill(const struct data *names, struct target *target, struct err *e)
{
    for (; target; target = target->of)
        if (!text_refill(names, &target->text, e))
            return false;
    return true;
}

bool step_fill(const struct data *names, struct step *step, struct err *e)
{
    return target_fill(names, &step->target, e) && target_fill(names, &step->second, e) &&
           text_refill(names, &step->text, e) && text_refill(names, &step->name, e);
}

/* The step's line without LESS, which it begins with. */
static void step_add(const struct step *step, const char *less, struct texts *to)
{
    struct buf line = {0};
    step_print(step, &line);
    texts_add(to, buf_text(&line) + strlen(less));
    buf_finish(&line);
}

/* A line of the step language; PREFIX is what it lacks to be a whole step. */
static bool line_fill(const struct data *names, const char *prefix, const char *line,
                      struct texts *to, struct err *e)
{
    struct buf whole = {0};
    struct step step;
    buf_addf(&whole, "%s%s", prefix, line);
    bool parsed = step_parse(buf_text(&whole), &step, e);
    buf_finish(&whole);
    if (!parsed)
        return false;
    bool filled = step_fill(names, &step, e);
    if (filled)
        step_add(&step, prefix, to);
    step_finish(&step);
    return filled;
}

static bool lines_fill(const struct data *names, const char *prefix, const struct texts *from,
                       struct texts *to, struct err *e)
{
    for (int i = 0; i < from->count; i++)
        if (!line_fill(names, prefix, from->items[i], to, e))
            return false;
    return true;
}

/* Is the goal an instruction that is followed to the letter? */
static bool goal_is_literal(const struct task *t)
{
    return t->goal && (strcmp(t->policy, "literal") == 0 ||
                       (strcmp(t->policy, "auto") == 0 && t->steps.count == 0 &&
                        t->fields.count == 0 && t->secret_names_of_fields.count == 0));
}

/*
 * An instruction with holes is understood first and filled in afterwards, as steps: what stands in
 * a table is data, and must not become part of the instruction ("Ada, then click Delete").
 */
static bool goal_fill(const struct data *names, const struct task *t, struct task *out,
                      struct err *e)
{
    struct literal literal;
    if (!text_fill(names, t->goal, &out->goal, e))
        return false;
    if (!goal_is_literal(t) || !strstr(t->goal, "{{"))
        return true;
    if (!literal_parse(t->goal, &literal, e))
        return t->path ? err_prefix(e, "%s: ", t->path) : false;
    bool filled = true;
    for (int i = 0; filled && i < literal.count; i++)
        filled = step_fill(names, &literal.steps[i], e);
    for (int i = 0; filled && i < literal.count; i++)
        step_add(&literal.steps[i], "", &out->steps);
    literal_finish(&literal);
    free(out->policy);
    out->policy = mem_text("script");
    return filled;
}

/* In a form without fields of its own, the table's columns are the fields. A form is what says so,
 * or is submitted. */
static bool row_is_form(const struct task *t)
{
    return t->fields.count == 0 &&
           (strcmp(t->policy, "form") == 0 ||
            (strcmp(t->policy, "auto") == 0 && t->steps.count == 0 && !t->goal && t->submit));
}

static bool fields_fill(const struct task *t, const struct data *names, const struct data *row,
                        struct task *out, struct err *e)
{
    if (row && row_is_form(t))
        names_add(&out->fields, row);
    for (int i = 0; i < t->fields.count; i++) {
        char *name, *value = NULL;
        bool filled = text_fill(names, t->fields.items[i].name, &name, e) &&
                      text_fill(names, t->fields.items[i].value, &value, e);
        if (filled)
            data_add(&out->fields, name, value);
        free(name);
        free(value);
        if (!filled)
            return false;
    }
    for (int i = 0; i < t->secret_names_of_fields.count; i++)
        texts_add(&out->secret_names_of_fields, t->secret_names_of_fields.items[i]);
    return true;
}

static void numbers_copy(const struct task *t, struct task *out)
{
    out->width = t->width;
    out->height = t->height;
    out->limits = t->limits;
    traits_copy(&out->test, &t->test);
    step_places_copy(&out->step_places, t->step_places, t->steps.count);
    step_places_copy(&out->after_places, t->after_places, t->after.count);
    for (int i = 0; i < t->sources.count; i++)
        texts_add(&out->sources, t->sources.items[i]);
}

/* It lies where the task lies, unless its path says otherwise. */
static bool stop_file_fill(const struct task *t, const struct data *names, struct task *out,
                           struct err *e)
{
    char *path;
    if (!text_fill(names, t->stop_file, &path, e))
        return false;
    out->stop_file = path ? textfile_path(t->directory, path) : NULL;
    free(path);
    return true;
}

/* Everything but the fields. */
static bool rest_fill(const struct task *t, const struct data *names, struct task *out,
                      struct err *e)
{
    numbers_copy(t, out);
    data_copy(&out->secrets, &t->secrets);
    out->path = mem_text(t->path);
    out->directory = mem_text(t->directory);
    out->language = mem_text(t->language);
    out->paste = mem_text(t->paste);
    out->key = mem_text(t->key);
    return text_fill(names, t->name, &out->name, e) &&
           text_fill(names, t->window_manager, &out->window_manager, e) &&
           text_fill(names, t->submit, &out->submit, e) && stop_file_fill(t, names, out, e) &&
           text_fill(names, t->policy, &out->policy, e) &&
           text_fill(names, t->skill, &out->skill, e) &&
           text_fill(names, t->model, &out->model, e) && goal_fill(names, t, out, e) &&
           texts_fill(names, NULL, &t->program, &out->program, e) &&
           texts_fill(names, &t->secrets, &t->environment, &out->environment, e) &&
           files_fill(names, t, out, e) && guard_fill(names, &t->guard, &out->guard, e) &&
           lines_fill(names, "", &t->steps, &out->steps, e) &&
           lines_fill(names, "", &t->after, &out->after, e) &&
           lines_fill(names, "click ", &t->close, &out->close, e) &&
           lines_fill(names, "expect ", &t->expect, &out->expect, e);
}

static bool work_check(const struct task *t, struct err *e)
{
    bool any = t->fields.count || t->secret_names_of_fields.count || t->steps.count || t->goal ||
               t->expect.count || strncmp(t->policy, "skill:", 6) == 0;
    return any ||
           err_set(e, ERR_USAGE, "%s: nothing to do: the task has no fields, steps, goal or expect",
                   t->path ? t->path : t->name);
}

bool task_fill(const struct task *t, const struct data *row, struct task *out, struct err *e)
{
    struct data names = {0};
    struct task filled = {0};
    if (!holes_check(t, NULL, row, e) || !row_check(row, e))
        return false;
    /* The first of a name counts: {{here}} goes before a column, and a column before a field. */
    data_add(&names, HOLE_HERE, t->directory);
    names_add(&names, row);
    bool done = fields_fill(t, &names, row, &filled, e);
    names_add(&names, &filled.fields);
    done = done && rest_fill(t, &names, &filled, e) && work_check(&filled, e);
    filled.names = names;
    if (done)
        task_data_take(t, row, row_is_form(t), &filled);
    if (done)
        *out = filled;
    else
        task_finish(&filled);
    return done;
}
