#include "emulator/task_parts.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "emulator/textfile.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SECRET_MAX_BYTES 65536

/* A value that stands elsewhere: in the environment, or in a file of its own. */
struct secret {
    struct reading *reading;
    const struct node *node; /* env:NAME or file:PATH */
    const char *name;        /* for errors: what the secret "Password" is called here */
};

/* A value must never get into an error: it may be the secret itself, written where it must not
 * stand. */
static bool form_fail(const struct secret *s, struct err *e)
{
    return reading_fail(s->reading, s->node->line, e,
                        "%s must be env:NAME or file:PATH, so that it does not stand in the task "
                        "itself",
                        s->name);
}

static bool env_read(const struct secret *s, const char *variable, struct buf *out, struct err *e)
{
    int line = s->node->line;
    for (const char *at = variable; *at; at++)
        if (!isalnum((unsigned char)*at) && *at != '_')
            return form_fail(s, e);
    const char *value = getenv(variable);
    if (!value || !*value)
        return reading_fail(s->reading, line, e, "%s: the environment variable %.80s is %s",
                            s->name, variable, value ? "empty" : "not set");
    if (!utf8_valid(value, strlen(value), NULL))
        return reading_fail(s->reading, line, e, "%s: the environment variable %.80s is not UTF-8",
                            s->name, variable);
    buf_add(out, value);
    return true;
}

/* The end of its last line is an editor's doing, not part of the secret. */
static bool file_read(const struct secret *s, const char *name, struct buf *out, struct err *e)
{
    struct err why = {0};
    char *path = textfile_path(s->reading->task->directory, name);
    bool read = textfile_read(path, SECRET_MAX_BYTES, out, &why);
    free(path);
    if (!read)
        return reading_fail(s->reading, s->node->line, e, "%s: %s", s->name, why.text);
    if (out->length > 0 && out->text[out->length - 1] == '\n')
        out->text[--out->length] = '\0';
    if (out->length > 0 && out->text[out->length - 1] == '\r')
        out->text[--out->length] = '\0';
    if (out->length == 0)
        return reading_fail(s->reading, s->node->line, e, "%s: %.200s is empty", s->name, name);
    return true;
}

static bool secret_read(const struct secret *s, struct buf *out, struct err *e)
{
    const char *text = s->node->kind == NODE_TEXT ? s->node->text : "";
    if (strncmp(text, "env:", 4) == 0 && text[4])
        return env_read(s, text + 4, out, e);
    if (strncmp(text, "file:", 5) == 0 && text[5])
        return file_read(s, text + 5, out, e);
    return form_fail(s, e);
}

static void wipe(struct buf *text)
{
    if (text->text)
        explicit_bzero(text->text, text->capacity);
    buf_finish(text);
}

/* Reads the secret NAME and adds it to the task. */
static bool secret_add(struct reading *r, const char *key, const struct node *value, struct err *e)
{
    struct buf text = {0};
    char name[128];
    snprintf(name, sizeof name, "the secret \"%.80s\"", key);
    bool read = secret_read(&(struct secret){r, value, name}, &text, e);
    if (read)
        data_set(&r->task->secrets, key, buf_text(&text));
    wipe(&text);
    return read;
}

bool secret_take(const char *text, struct task *task, struct err *e)
{
    size_t n = strcspn(text, "=");
    struct node value = {.kind = NODE_TEXT, .line = 1};
    struct reading reading = {.path = "--secret", .task = task};
    if (n == 0 || !text[n])
        return err_set(e, ERR_USAGE, "--secret %.80s: NAME=env:VARIABLE or NAME=file:PATH is meant",
                       text);
    char *name = mem_text_n(text, n);
    value.text = (char *)text + n + 1;
    bool taken = secret_add(&reading, name, &value, e);
    free(name);
    return taken;
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
        if (!secret_add(r, value->items[i].key, &value->items[i], e))
            return false;
    }
    return true;
}

bool key_take(struct reading *r, const struct node *value, struct err *e)
{
    struct buf text = {0};
    if (value->kind == NODE_TEXT && value->null)
        return true;
    bool read = secret_read(&(struct secret){r, value, "key"}, &text, e);
    if (read)
        r->task->key = mem_text(buf_text(&text));
    wipe(&text);
    return read;
}
