#include "emulator/task_parts.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "emulator/textfile.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define SECRET_MAX_BYTES 65536

/* A value must never get into an error: it may be the secret itself, written where it must not
 * stand. */
static bool secret_form_fail(struct reading *r, const struct node *item, struct err *e)
{
    return reading_fail(r, item->line, e,
                        "the secret \"%.80s\" must be env:NAME or file:PATH, so that it does not "
                        "stand in the task itself",
                        item->key);
}

static bool secret_env(struct reading *r, const struct node *item, const char *name, struct err *e)
{
    for (const char *at = name; *at; at++)
        if (!isalnum((unsigned char)*at) && *at != '_')
            return secret_form_fail(r, item, e);
    const char *value = getenv(name);
    if (!value || !*value)
        return reading_fail(r, item->line, e,
                            "the secret \"%.80s\": the environment variable %.80s is %s", item->key,
                            name, value ? "empty" : "not set");
    if (!utf8_valid(value, strlen(value), NULL))
        return reading_fail(r, item->line, e,
                            "the secret \"%.80s\": the environment variable %.80s is not UTF-8",
                            item->key, name);
    data_add(&r->task->secrets, item->key, value);
    return true;
}

/* The end of its last line is an editor's doing, not part of the secret. */
static bool secret_file(struct reading *r, const struct node *item, const char *name, struct err *e)
{
    struct buf text = {0};
    struct err why = {0};
    char *path = textfile_path(r->task->directory, name);
    bool read = textfile_read(path, SECRET_MAX_BYTES, &text, &why);
    free(path);
    if (read && text.length > 0 && text.text[text.length - 1] == '\n')
        text.text[--text.length] = '\0';
    if (read && text.length > 0 && text.text[text.length - 1] == '\r')
        text.text[--text.length] = '\0';
    if (!read)
        reading_fail(r, item->line, e, "the secret \"%.80s\": %s", item->key, why.text);
    else if (text.length == 0)
        read = reading_fail(r, item->line, e, "the secret \"%.80s\": %.200s is empty", item->key,
                            name);
    else
        data_add(&r->task->secrets, item->key, buf_text(&text));
    if (text.text)
        explicit_bzero(text.text, text.capacity);
    buf_finish(&text);
    return read;
}

bool secrets_take(struct reading *r, const struct node *value, struct err *e)
{
    if (value->kind == NODE_TEXT && value->null)
        return true;
    if (value->kind != NODE_MAP)
        return reading_fail(r, value->line, e,
                            "secrets is %s; it must be a map, such as {Password: env:MY_PASSWORD}",
                            node_kind_name(value->kind));
    for (int i = 0; i < value->count; i++) {
        const struct node *item = &value->items[i];
        bool text = item->kind == NODE_TEXT, taken;
        if (text && strncmp(item->text, "env:", 4) == 0 && item->text[4])
            taken = secret_env(r, item, item->text + 4, e);
        else if (text && strncmp(item->text, "file:", 5) == 0 && item->text[5])
            taken = secret_file(r, item, item->text + 5, e);
        else
            taken = secret_form_fail(r, item, e);
        if (!taken)
            return false;
    }
    return true;
}
