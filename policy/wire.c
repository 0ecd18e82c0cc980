#include "policy/wire.h"

#include "policy/base64.h"

#include <string.h>

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
