#include "emulator/task.h"

#include "base/alike.h"
#include "base/buf.h"
#include "emulator/task_parts.h"

#include <stdlib.h>
#include <string.h>

#define HERE           "here"
#define LIST_MAX_BYTES 400 /* of names in an error */

static void names_add(struct data *to, const struct data *from)
{
    for (int i = 0; from && i < from->count; i++)
        data_add(to, from->items[i].name, from->items[i].value);
}

/* The names of DATA, as many as an error has room for. */
static void names_list(const struct data *data, struct buf *out)
{
    for (int i = 0; i < data->count; i++) {
        if (out->length > LIST_MAX_BYTES) {
            buf_add(out, " ...");
            return;
        }
        buf_addf(out, "%s%s", i ? ", " : "", data->items[i].name);
    }
}

static const char *name_near(const struct data *names, const char *name)
{
    const char **all = mem_zero((size_t)names->count + 1, sizeof *all);
    for (int i = 0; i < names->count; i++)
        all[i] = names->items[i].name;
    const char *near = alike_nearest(name, all, names->count);
    free(all);
    return near;
}

static bool hole_fail(const struct task *t, const struct task_hole *hole, const char *csv_path,
                      const struct data *columns, const struct data *known, struct err *e)
{
    struct buf text = {0};
    if (csv_path)
        buf_addf(&text, "%.300s has no column \"%.80s\"", csv_path, hole->name);
    else if (columns)
        buf_addf(&text, "the row has no column \"%.80s\"", hole->name);
    else
        buf_addf(&text, "nothing fills {{%.80s}}: no table of rows is given", hole->name);
    if (!hole->in_fields)
        buf_add(&text,
                columns ? ", nor has the task such a field" : ", and the task has no such field");
    const char *near = name_near(known, hole->name);
    if (near)
        buf_addf(&text, "; did you mean \"%.80s\"?", near);
    if (columns && columns->count > 0) {
        buf_add(&text, near ? " The columns are: " : "; the columns are: ");
        names_list(columns, &text);
    }
    err_set(e, ERR_USAGE, "%s:%d: %s", t->path, hole->line, buf_text(&text));
    buf_finish(&text);
    return false;
}

/* Is every hole of the file a column (COLUMNS NULL: there are none), a field where those may stand,
 * or {{here}}? */
static bool holes_check(const struct task *t, const char *csv_path, const struct data *columns,
                        struct err *e)
{
    struct data outside = {0}, all = {0};
    data_add(&outside, HERE, "");
    names_add(&outside, columns);
    data_copy(&all, &outside);
    names_add(&all, &t->fields);
    bool fine = true;
    for (int i = 0; fine && i < t->hole_count; i++) {
        const struct data *known = t->holes[i].in_fields ? &outside : &all;
        if (!data_get(known, t->holes[i].name))
            fine = hole_fail(t, &t->holes[i], csv_path, columns, known, e);
    }
    data_finish(&outside);
    data_finish(&all);
    return fine;
}

bool task_check_columns(const struct task *t, const char *csv_path, const struct data *header,
                        struct err *e)
{
    return holes_check(t, csv_path, header, e);
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

/* TEXT with NAMES filled in, owned by the caller; NULL stays NULL. */
static bool text_fill(const struct data *names, const char *text, char **out, struct err *e)
{
    struct buf filled = {0};
    *out = NULL;
    if (!text)
        return true;
    if (!data_fill(names, NULL, text, &filled, e)) {
        buf_finish(&filled);
        return false;
    }
    *out = buf_take(&filled);
    return true;
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

static bool texts_fill(const struct data *names, const struct texts *from, struct texts *to,
                       struct err *e)
{
    for (int i = 0; i < from->count; i++) {
        char *text;
        if (!text_fill(names, from->items[i], &text, e))
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

/*
 * A line of the step language behind PREFIX. It is filled in part by part, not as a line: a value
 * with a quotation mark in it would end the text that it stands in.
 */
static bool line_fill(const struct data *names, const char *prefix, const char *line,
                      struct texts *to, struct err *e)
{
    struct buf whole = {0};
    struct step step;
    buf_addf(&whole, "%s%s", prefix, line);
    bool filled = step_parse(buf_text(&whole), &step, e);
    buf_reset(&whole);
    if (filled) {
        filled = target_fill(names, &step.target, e) && target_fill(names, &step.second, e) &&
                 text_refill(names, &step.text, e) && text_refill(names, &step.name, e);
        if (filled) {
            step_print(&step, &whole);
            texts_add(to, buf_text(&whole) + strlen(prefix));
        }
        step_finish(&step);
    }
    buf_finish(&whole);
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

/* In a form without fields of its own, the table's columns are the fields. */
static bool row_is_form(const struct task *t)
{
    return t->fields.count == 0 &&
           (strcmp(t->policy, "form") == 0 ||
            (strcmp(t->policy, "auto") == 0 && t->steps.count == 0 && !t->goal));
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
    if (!t->step_lines || t->steps.count == 0)
        return;
    size_t size_bytes = (size_t)t->steps.count * sizeof *t->step_lines;
    out->step_lines = mem_alloc(size_bytes);
    memcpy(out->step_lines, t->step_lines, size_bytes);
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
    return text_fill(names, t->name, &out->name, e) &&
           text_fill(names, t->window_manager, &out->window_manager, e) &&
           text_fill(names, t->goal, &out->goal, e) &&
           text_fill(names, t->submit, &out->submit, e) &&
           text_fill(names, t->policy, &out->policy, e) &&
           texts_fill(names, &t->program, &out->program, e) &&
           texts_fill(names, &t->environment, &out->environment, e) &&
           texts_fill(names, &t->guard_ask, &out->guard_ask, e) &&
           texts_fill(names, &t->guard_deny, &out->guard_deny, e) &&
           texts_fill(names, &t->guard_windows_ask, &out->guard_windows_ask, e) &&
           texts_fill(names, &t->guard_windows_deny, &out->guard_windows_deny, e) &&
           lines_fill(names, "", &t->steps, &out->steps, e) &&
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
    data_add(&names, HERE, t->directory);
    names_add(&names, row);
    bool done = fields_fill(t, &names, row, &filled, e);
    names_add(&names, &filled.fields);
    done = done && rest_fill(t, &names, &filled, e) && work_check(&filled, e);
    data_finish(&names);
    if (done)
        *out = filled;
    else
        task_finish(&filled);
    return done;
}
