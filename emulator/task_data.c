/* What a filled task works on: names, values, and the holes that stand for them. */
#include "emulator/task_parts.h"

#include <string.h>

static int count_of(const struct data *data, const char *name)
{
    int n = 0;
    for (int i = 0; i < data->count; i++)
        n += strcmp(data->items[i].name, name) == 0;
    return n;
}

static void datum_add(struct task *out, const char *name, const char *value, const char *hole)
{
    data_add(&out->data, name, value);
    data_add(&out->data_holes, name, hole);
}

static void named_add(struct task *out, const char *prefix, const char *name, const char *value)
{
    struct buf hole = {0};
    buf_addf(&hole, "{{%s%s}}", prefix, name);
    datum_add(out, name, value ? value : buf_text(&hole), buf_text(&hole));
    buf_finish(&hole);
}

/* With a table, what its fields do not take from it is the same in every row; without one each
 * field is data. */
static void fields_take_data(const struct task *t, const struct data *row, struct task *out)
{
    for (int i = 0; i < t->fields.count; i++) {
        const struct datum *filled = &out->fields.items[i];
        const char *pattern = t->fields.items[i].value;
        if (strstr(pattern, "{{"))
            datum_add(out, filled->name, filled->value, pattern);
        else if (row || count_of(&t->fields, t->fields.items[i].name) > 1)
            datum_add(out, filled->name, filled->value, "");
        else
            named_add(out, "", filled->name, filled->value);
    }
}

/* Does the goal or a step name this column, or may whoever follows the goal need it? */
static bool column_counts(const struct task *t, const char *name)
{
    bool any = false;
    for (int i = 0; i < t->hole_count; i++) {
        any = any || t->holes[i].in_work;
        if (t->holes[i].in_work && strcmp(t->holes[i].name, name) == 0)
            return true;
    }
    return !any && t->goal && t->fields.count == 0;
}

void task_data_take(const struct task *t, const struct data *row, bool row_is_form,
                    struct task *out)
{
    fields_take_data(t, row, out);
    for (int i = 0; row && i < row->count; i++)
        if (row_is_form || column_counts(t, row->items[i].name))
            named_add(out, "", row->items[i].name, row->items[i].value);
    for (int i = 0; i < t->secret_names_of_fields.count; i++)
        named_add(out, "secret:", t->secret_names_of_fields.items[i], NULL);
}
