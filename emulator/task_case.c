/* What makes a task a regression case. */
#include "emulator/task_parts.h"

#include "base/buf.h"
#include "emulator/textfile.h"

#include <stdlib.h>
#include <string.h>

#define RETRIES_MAX 100

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
    static const char *const words[] = {"no", "yes", "false", "true"};
    for (int i = 0; i < 4; i++)
        if (value->kind == NODE_TEXT && strcmp(value->text, words[i]) == 0) {
            r->task->test.ignore_failure = i % 2;
            return true;
        }
    return reading_fail(r, value->line, e, "ignore_failure must be yes or no");
}

bool skip_take(struct reading *r, const struct node *value, struct err *e)
{
    return value_text(r, value, &r->task->test.skip, e);
}

bool timeout_take(struct reading *r, const struct node *value, struct err *e)
{
    return value_number(r, value, 0.001, TASK_SECONDS_MAX, &r->task->limits.seconds, e);
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
    free(t->skip);
    *t = (struct test_traits){0};
}
