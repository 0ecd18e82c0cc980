#include "policy/wire.h"

#include "base/base64.h"
#include "base/utf8.h"

#include <string.h>

#define TOKENS_MOST 16384

struct json *wire_add_text(struct json *parts, const char *type, const char *name, const char *text)
{
    struct json *part = json_add_object(parts, NULL);
    json_add_text(part, "type", type);
    json_add_text(part, name, text);
    return part;
}

void wire_data_url(const struct buf *png, struct buf *out)
{
    buf_add(out, "data:image/png;base64,");
    base64_add(png->text, png->length, out);
}

struct json *wire_read(const char *body)
{
    if (strstr(body, "\\u0000"))
        return NULL;
    struct buf clean = {0};
    utf8_clean(body, &clean);
    struct json *json = json_parse(buf_text(&clean));
    buf_finish(&clean);
    return json;
}

bool wire_is_type(const struct json *object, const char *type)
{
    const char *its = json_text(object, "type");
    return its && strcmp(its, type) == 0;
}

enum taken wire_cut(struct conversation *c, struct err *e)
{
    err_set(e, ERR_REPLY, "the answer was cut after %ld tokens", c->tokens_max);
    if (c->tokens_max >= TOKENS_MOST)
        return TAKEN_NOT;
    c->tokens_max *= 2;
    return TAKEN_AGAIN;
}

bool wire_lacks(struct conversation *c, unsigned lack)
{
    bool known = c->lacks & lack;
    c->lacks |= lack;
    return !known;
}

void wire_usage(const struct json *usage, const char *read, const char *read_details,
                const char *written, struct usage *out)
{
    const struct json *details = json_member(usage, read_details);
    out->cached = json_whole(details, "cached_tokens");
    out->cache_written = json_whole(details, "cache_write_tokens");
    out->input = json_whole(usage, read) - out->cached - out->cache_written;
    out->input = out->input < 0 ? 0 : out->input;
    out->output = json_whole(usage, written);
    out->dollars = json_number(usage, "cost", -1);
}

static bool is_missing(const struct json *j)
{
    return !j || json_is_null(j);
}

bool wire_place(const struct json *x, const struct json *y, struct place *out)
{
    *out = (struct place){json_is_number(x) && json_is_number(y), json_double(x), json_double(y)};
    return out->known || (is_missing(x) && is_missing(y));
}

bool wire_chord(const struct json *keys, struct buf *out)
{
    bool fine = json_is_list(keys);
    if (json_string(keys))
        buf_add(out, json_string(keys));
    for (const struct json *key = json_first(keys); key && fine; key = json_next(key)) {
        fine = json_string(key) != NULL;
        if (fine)
            buf_addf(out, "%s%s", out->length ? "+" : "", json_string(key));
    }
    return out->length && (fine || json_string(keys));
}

const char *wire_result(const struct call *call)
{
    if (!call || !call->result)
        return REPLY_HALTED;
    return *call->result ? call->result : call->failed ? "It failed." : "Done.";
}

bool wire_failed(const struct call *call)
{
    return !call || !call->result || call->failed;
}

void wire_results(const struct reply *r, struct buf *out)
{
    for (int i = 0; i < r->count; i++) {
        const struct call *call = &r->calls[i];
        if (!call->id && call->result)
            buf_addf(out, "%s: %s%s\n", call->name ? call->name : "result",
                     call->failed ? "Error: " : "", call->result);
    }
}

void wire_without_thoughts(const char *text, struct buf *out)
{
    const char *end = strstr(text, "</think>");
    const char *begin = strstr(text, "<think>");
    if (end && (!begin || begin > end)) { /* some servers leave out how it begins */
        wire_without_thoughts(end + 8, out);
        return;
    }
    if (!begin) {
        buf_add(out, text);
        return;
    }
    buf_add_bytes(out, text, (size_t)(begin - text));
    if (end)
        wire_without_thoughts(end + 8, out);
}

void wire_print(struct json *j, struct buf *out)
{
    json_print(j, out);
    json_destroy(j);
}
