#include "base/data.h"

#include "base/alike.h"
#include "base/hole.h"

#include <stdlib.h>
#include <string.h>

#define HOLE_OPEN        "{{"
#define SECRET_BYTES_MIN 3 /* shorter ones stand in every text and say nothing */

void data_add(struct data *d, const char *name, const char *value)
{
    if (d->count == d->capacity) {
        d->capacity = d->capacity ? d->capacity * 2 : 16;
        d->items = mem_resize(d->items, (size_t)d->capacity * sizeof *d->items);
    }
    d->items[d->count++] = (struct datum){mem_text(name), mem_text(value ? value : "")};
}

static struct datum *datum_find(const struct data *d, const char *name, size_t length)
{
    for (int i = 0; i < d->count; i++)
        if (strncmp(d->items[i].name, name, length) == 0 && !d->items[i].name[length])
            return &d->items[i];
    return NULL;
}

void data_set(struct data *d, const char *name, const char *value)
{
    struct datum *old = datum_find(d, name, strlen(name));
    if (!old) {
        data_add(d, name, value);
        return;
    }
    char *copy = mem_text(value ? value : ""); /* before the free: VALUE may be the old one */
    free(old->value);
    old->value = copy;
}

const char *data_get(const struct data *d, const char *name)
{
    const struct datum *found = datum_find(d, name, strlen(name));
    return found ? found->value : NULL;
}

void data_copy(struct data *to, const struct data *from)
{
    *to = (struct data){0};
    for (int i = 0; i < from->count; i++)
        data_add(to, from->items[i].name, from->items[i].value);
}

void data_finish(struct data *d)
{
    for (int i = 0; i < d->count; i++) {
        free(d->items[i].name);
        free(d->items[i].value);
    }
    free(d->items);
    *d = (struct data){0};
}

/* The error for a hole that nothing fills, with the names that there are. */
static bool hole_unknown(const struct hole *h, const struct data *d, struct err *e)
{
    char *name = hole_name(h);
    const char **names = mem_alloc(((size_t)d->count + 1) * sizeof *names);
    for (int i = 0; i < d->count; i++)
        names[i] = d->items[i].name;
    err_set(e, ERR_USAGE, "there is no %s called \"%s\"", h->secret ? "secret" : "value", name);
    const char *near = alike_nearest(name, names, d->count);
    if (near)
        err_append(e, "; did you mean \"%s\"?", near);
    else if (d->count == 0)
        err_append(e, " (there are none at all)");
    free(names);
    free(name);
    return false;
}

bool data_fill(const struct data *d, const struct data *secrets, const char *text, struct buf *out,
               struct err *e)
{
    struct hole h = {0};
    size_t before = out->length;
    for (; hole_next(text, &h); text = h.end) {
        buf_add_bytes(out, text, (size_t)(h.start - text));
        if (!h.end) {
            err_set(e, ERR_USAGE, "a {{ is not closed by }}");
            break;
        }
        if (h.read || (h.secret && !secrets)) {
            buf_add_bytes(out, h.start, (size_t)(h.end - h.start));
            continue;
        }
        const struct data *source = h.secret ? secrets : d;
        const struct datum *found = datum_find(source, h.name, h.length);
        if (!found) {
            hole_unknown(&h, source, e);
            break;
        }
        buf_add(out, found->value);
    }
    if (h.start) { /* left by an error: what was appended is taken back */
        out->length = before;
        if (out->text)
            out->text[before] = '\0';
        return false;
    }
    buf_add(out, text);
    return true;
}

bool data_fill_read(const struct data *read, const char *text, struct buf *out, struct err *e)
{
    struct hole h = {0};
    for (; hole_next(text, &h) && h.end; text = h.end) {
        const struct datum *found = h.read ? datum_find(read, h.name, h.length) : NULL;
        buf_add_bytes(out, text, (size_t)((h.read ? h.start : h.end) - text));
        if (h.read && !found)
            return err_set(e, ERR_TASK, "nothing was read as \"%.*s\"", (int)h.length, h.name);
        if (found && strstr(found->value, HOLE_OPEN))
            return err_set(e, ERR_TASK, "what was read as \"%s\" holds {{", found->name);
        buf_add(out, found ? found->value : "");
    }
    buf_add(out, text);
    return true;
}

bool data_has_read(const char *text)
{
    struct hole h;
    for (; hole_next(text, &h) && h.end; text = h.end)
        if (h.read)
            return true;
    return false;
}

bool data_has_secret(const char *text)
{
    struct hole h;
    for (; hole_next(text, &h) && h.end; text = h.end)
        if (h.secret)
            return true;
    return false;
}

/* The secret whose value stands at TEXT, the longest of several; NULL for none. */
static const struct datum *secret_at(const struct data *secrets, const char *text)
{
    const struct datum *best = NULL;
    size_t best_length = SECRET_BYTES_MIN - 1;
    for (int i = 0; i < secrets->count; i++) {
        const struct datum *s = &secrets->items[i];
        size_t length = strlen(s->value);
        if (length > best_length && strncmp(text, s->value, length) == 0) {
            best = s;
            best_length = length;
        }
    }
    return best;
}

void data_redact(const struct data *secrets, const char *text, struct buf *out)
{
    while (*text) {
        const struct datum *s = secrets ? secret_at(secrets, text) : NULL;
        if (s) {
            buf_addf(out, "{{secret:%s}}", s->name);
            text += strlen(s->value);
        } else {
            buf_add_char(out, *text++);
        }
    }
}
