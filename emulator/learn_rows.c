/* Which row of a table a demonstration was of. */
#include "emulator/learn_parts.h"
#include "emulator/rows.h"

#include "base/alike.h"

#include <string.h>

/* Does TEXT say what a cell says, or a part of it? */
static bool says(const char *text, const char *cell)
{
    return text && *cell && (alike_equal(text, cell) || strstr(text, cell));
}

static bool is_said(const struct lesson *l, const char *cell)
{
    for (int i = 0; i < l->count; i++) {
        const struct step *s = &l->steps[i].step;
        const struct target *of = s->target.of;
        if (says(s->text, cell) || says(s->target.text, cell) || (of && says(of->text, cell)))
            return true;
    }
    return false;
}

static int said_count(const struct lesson *l, const struct data *row)
{
    int count = 0;
    for (int i = 0; i < row->count; i++)
        count += is_said(l, row->items[i].value);
    return count;
}

/* Of the row only what was said: the other columns are of no concern here. */
static void row_take(struct recording *r, const struct lesson *l, const struct data *row)
{
    for (int i = 0; i < row->count; i++) {
        struct buf hole = {0};
        if (!is_said(l, row->items[i].value))
            continue;
        buf_addf(&hole, "{{%s}}", row->items[i].name);
        data_add(&r->data, row->items[i].name, row->items[i].value);
        data_add(&r->holes, row->items[i].name, buf_text(&hole));
        buf_finish(&hole);
    }
}

bool learn_rows(struct learning *l, const char *csv_path, struct err *e)
{
    struct data best[SLOTS_EPISODES_MAX] = {0}, row = {0};
    int said[SLOTS_EPISODES_MAX] = {0}, got = 0;
    struct rows *rows = rows_open(csv_path, e);
    if (!rows)
        return false;
    while ((got = rows_next(rows, &row, e)) > 0)
        for (int k = 0; k < l->count; k++) {
            int count = said_count(&l->lessons[k], &row);
            if (count <= said[k])
                continue;
            said[k] = count;
            data_finish(&best[k]);
            data_copy(&best[k], &row);
        }
    rows_close(rows);
    data_finish(&row);
    bool found = got == 0;
    for (int k = 0; k < l->count; k++) {
        if (found && said[k] == 0)
            found = err_set(e, ERR_TASK, "no row of %.300s has what was done in episode %d",
                            csv_path, k + 1);
        if (found)
            row_take(&l->recordings[k], &l->lessons[k], &best[k]);
        data_finish(&best[k]);
    }
    return found;
}
