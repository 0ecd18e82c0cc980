/* What makes a task a regression case. */
#include "emulator/task_parts.h"

#include "base/buf.h"
#include "emulator/rows.h"
#include "emulator/textfile.h"

#include <stdlib.h>
#include <string.h>

#define RETRIES_MAX 100
#define ROWS_MAX    100000

bool tags_take(struct reading *r, const struct node *value, struct err *e)
{
    return value_texts(r, value, &r->task->test.tags, e);
}

bool retries_take(struct reading *r, const struct node *value, struct err *e)
{
    double retries = r->task->test.retries;
    if (!value_number(r, value, 0, RETRIES_MAX, &retries, e))
        return false;
    r->task->test.retries = (int)retries;
    return retries == (int)retries ||
           reading_fail(r, value->line, e, "retries must be a whole number, not \"%s\"",
                        value->text);
}

bool ignore_failure_take(struct reading *r, const struct node *value, struct err *e)
{
    return (value->kind == NODE_TEXT && text_yes(value->text, &r->task->test.ignore_failure)) ||
           reading_fail(r, value->line, e, "ignore_failure must be yes or no");
}

bool skip_take(struct reading *r, const struct node *value, struct err *e)
{
    return value_text(r, value, &r->task->test.skip, e);
}

bool timeout_take(struct reading *r, const struct node *value, struct err *e)
{
    return value_number(r, value, 0.001, TASK_SECONDS_MAX, &r->task->limits.seconds, e);
}

static void row_add(struct test_traits *test, const struct data *row)
{
    test->rows = mem_resize(test->rows, ((size_t)test->row_count + 1) * sizeof *test->rows);
    test->rows[test->row_count] = (struct data){0};
    data_copy(&test->rows[test->row_count++], row);
}

/* The rows of a CSV file. */
static bool table_take(struct reading *r, const struct node *value, struct err *e)
{
    struct test_traits *test = &r->task->test;
    struct data row = {0};
    struct err why = {0};
    int more = -1;
    test->rows_path = textfile_path(r->task->directory, value->text);
    struct rows *rows = rows_open(test->rows_path, &why);
    while (rows && (more = rows_next(rows, &row, &why)) > 0 && test->row_count < ROWS_MAX)
        row_add(test, &row);
    if (more > 0)
        err_set(&why, ERR_USAGE, "%s has more than %d rows", test->rows_path, ROWS_MAX);
    data_finish(&row);
    rows_close(rows);
    return more == 0 || reading_fail(r, value->line, e, "%s", why.text);
}

/* One row that stands in the task; all have the names of the first. */
static bool row_take(struct reading *r, const struct node *item, struct err *e)
{
    struct test_traits *test = &r->task->test;
    struct data row = {0};
    if (item->kind != NODE_MAP)
        return reading_fail(r, item->line, e,
                            "a row must be a map, such as {user: Ada, city: Rome}, not %s",
                            node_kind_name(item->kind));
    bool fine = true;
    for (int i = 0; fine && i < item->count; i++) {
        const struct node *cell = &item->items[i];
        if (cell->kind != NODE_TEXT)
            fine = reading_fail(r, cell->line, e, "%.80s must be a text, not %s", cell->key,
                                node_kind_name(cell->kind));
        else if (test->row_count && !data_get(&test->rows[0], cell->key))
            fine = reading_fail(r, cell->key_line, e, "the first row has no \"%.80s\"", cell->key);
        else
            data_add(&row, cell->key, cell->null ? "" : cell->text);
    }
    if (fine && test->row_count && row.count < test->rows[0].count)
        fine = reading_fail(r, item->line, e, "this row has fewer names than the first");
    if (fine)
        row_add(test, &row);
    data_finish(&row);
    return fine;
}

bool data_take(struct reading *r, const struct node *value, struct err *e)
{
    bool fine = true;
    if (value->kind == NODE_MAP)
        return reading_fail(r, value->line, e,
                            "data must be a list of rows, or the path of a CSV file");
    if (value->kind == NODE_TEXT && !value->null && *value->text)
        fine = table_take(r, value, e);
    for (int i = 0; fine && value->kind == NODE_LIST && i < value->count; i++)
        fine = row_take(r, &value->items[i], e);
    return fine && (r->task->test.row_count ||
                    reading_fail(r, value->line, e, "data has no row; then there is no case"));
}

bool task_is_case(const char *path, bool *out, struct err *e)
{
    struct buf text = {0};
    struct node root = {0};
    bool read = textfile_read(path, TASK_FILE_MAX_BYTES, &text, e) &&
                document_read(path, buf_text(&text), text.length, &root, e);
    *out = false;
    for (int i = 0; read && root.kind == NODE_MAP && i < root.count; i++) {
        const struct node *item = &root.items[i];
        if (strcmp(item->key, "steps") == 0)
            *out = true;
        if (strcmp(item->key, "policy") == 0 && item->kind == NODE_TEXT &&
            strcmp(item->text, "skill") == 0) {
            *out = false;
            break;
        }
    }
    document_finish(&root);
    buf_finish(&text);
    return read;
}

void traits_copy(struct test_traits *to, const struct test_traits *from)
{
    to->retries = from->retries;
    to->ignore_failure = from->ignore_failure;
    to->skip = mem_text(from->skip);
    for (int i = 0; i < from->tags.count; i++)
        texts_add(&to->tags, from->tags.items[i]);
}

void traits_finish(struct test_traits *t)
{
    texts_finish(&t->tags);
    for (int i = 0; i < t->row_count; i++)
        data_finish(&t->rows[i]);
    free(t->rows);
    free(t->rows_path);
    free(t->skip);
    *t = (struct test_traits){0};
}
