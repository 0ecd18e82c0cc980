#include "policy/spoken.h"

#include "base/buf.h"
#include "base/utf8.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define DEPTH_MAX 8 /* of brackets in a value */

static bool is_name(char c)
{
    return isalnum((unsigned char)c) || c == '_' || c == '.';
}

static const char *skip(const char *at)
{
    return at + strspn(at, " \t\r\n");
}

static const char *read_name(const char *at, char *out, size_t size)
{
    size_t length = 0;
    while (is_name(at[length]))
        length++;
    if (length == 0 || length >= size || isdigit((unsigned char)*at))
        return NULL;
    memcpy(out, at, length);
    out[length] = '\0';
    return at + length;
}

static bool ends_text(const char *after)
{
    after += strspn(after, " \t\r\n");
    return *after == ',' || *after == ')' || *after == ']' || *after == '\0';
}

/* \xNN, as Python writes a character that would be mistaken as it stands. How many bytes of AT,
 * behind the backslash, it takes; 0: it is none. */
static int read_hex(const char *at, struct buf *out)
{
    if (at[0] != 'x' || !isxdigit((unsigned char)at[1]) || !isxdigit((unsigned char)at[2]))
        return 0;
    unsigned long c = strtoul((char[]){at[1], at[2], '\0'}, NULL, 16);
    utf8_put((uint32_t)c, out);
    return 3;
}

/* From behind the opening quote to behind the closing one; NULL when there is none. */
static const char *read_text(const char *at, char quote, struct buf *out)
{
    for (; *at; at++) {
        if (*at == quote && ends_text(at + 1))
            return at + 1;
        if (*at != '\\' || !at[1]) {
            buf_add_char(out, *at);
            continue;
        }
        at++;
        switch (*at) {
        case 'n':
            buf_add_char(out, '\n');
            break;
        case 't':
            buf_add_char(out, '\t');
            break;
        case 'r':
            buf_add_char(out, '\r');
            break;
        case '\\':
        case '\'':
        case '"':
            buf_add_char(out, *at);
            break;
        default: {
            int hex = read_hex(at, out);
            if (!hex) {
                buf_add_char(out, '\\');
                buf_add_char(out, *at);
            } else {
                at += hex - 1;
            }
        }
        }
    }
    return NULL;
}

/* A number, a word, or something in brackets, as it stands. */
static const char *read_plain(const char *at, struct buf *out)
{
    int depth = 0;
    for (; *at && *at != '\n'; at++) {
        if (depth == 0 && (*at == ',' || *at == ')'))
            break;
        depth += *at == '(' || *at == '[';
        depth -= *at == ')' || *at == ']';
        if (depth < 0 || depth > DEPTH_MAX)
            return NULL;
        buf_add_char(out, *at);
    }
    while (out->length && isspace((unsigned char)out->text[out->length - 1]))
        out->text[--out->length] = '\0';
    return depth == 0 ? at : NULL;
}

static const char *read_value(const char *at, struct buf *out)
{
    return *at == '\'' || *at == '"' ? read_text(at + 1, *at, out) : read_plain(at, out);
}

static const char *read_argument(const char *at, struct spoken_argument *out)
{
    struct buf value = {0};
    char name[sizeof out->name];
    const char *behind = read_name(at, name, sizeof name);
    const char *equals = behind ? skip(behind) : NULL;
    *out = (struct spoken_argument){0};
    if (equals && *equals == '=') {
        memcpy(out->name, name, sizeof name);
        at = skip(equals + 1);
    }
    at = read_value(at, &value);
    out->value = buf_take(&value);
    return at;
}

static const char *read_arguments(const char *at, struct spoken *out)
{
    at = skip(at);
    while (*at != ')') {
        if (out->count == SPOKEN_ARGUMENTS_MAX)
            return NULL;
        at = read_argument(at, &out->arguments[out->count++]);
        if (!at)
            return NULL;
        at = skip(at);
        if (*at == ',')
            at = skip(at + 1);
        else if (*at != ')')
            return NULL;
    }
    return at + 1;
}

const char *spoken_read(const char *at, struct spoken *out)
{
    *out = (struct spoken){0};
    at = read_name(skip(at), out->name, sizeof out->name);
    if (!at || *at != '(')
        return NULL;
    at = read_arguments(at + 1, out);
    if (!at)
        spoken_finish(out);
    return at;
}

const char *spoken_read_xml(const char *at, struct spoken *s)
{
    *s = (struct spoken){0};
    at = strstr(at, "<function=");
    if (!at)
        return NULL;
    at += strlen("<function=");
    const char *end = strstr(at, "</function>");
    size_t length = strcspn(at, ">\n");
    if (at[length] != '>' || length >= sizeof s->name)
        return NULL;
    memcpy(s->name, at, length);
    s->name[length] = '\0';
    end = end ? end : at + strlen(at);
    for (at = strstr(at, "<parameter="); at && at < end && s->count < SPOKEN_ARGUMENTS_MAX;) {
        struct spoken_argument *a = &s->arguments[s->count];
        const char *close = strstr(at, "</parameter>");
        at += strlen("<parameter=");
        length = strcspn(at, ">");
        if (!close || close > end || at + length >= close || length >= sizeof a->name)
            break;
        memcpy(a->name, at, length);
        a->name[length] = '\0';
        at = skip(at + length + 1);
        while (close > at && isspace((unsigned char)close[-1]))
            close--;
        a->value = mem_text_n(at, close > at ? (size_t)(close - at) : 0);
        s->count++;
        at = strstr(close, "<parameter=");
    }
    return end;
}

const char *spoken_value(const struct spoken *s, const char *name, int position)
{
    int seen = 0;
    for (int i = 0; i < s->count; i++) {
        const struct spoken_argument *a = &s->arguments[i];
        if (a->name[0] ? strcmp(a->name, name) == 0 : seen++ == position)
            return a->value;
    }
    return NULL;
}

int spoken_numbers(const char *value, double *out, int max)
{
    int count = 0;
    while (value && *value && count < max) {
        char *end;
        bool begins =
            isdigit((unsigned char)*value) || (*value == '-' && isdigit((unsigned char)value[1]));
        if (!begins) {
            value++;
            continue;
        }
        out[count++] = strtod(value, &end);
        value = end;
    }
    return count;
}

int spoken_items(const char *value, char *out[SPOKEN_LIST_MAX])
{
    int count = 0;
    if (*value != '[') {
        out[0] = mem_text(value);
        return 1;
    }
    for (value = skip(value + 1); *value && *value != ']' && count < SPOKEN_LIST_MAX;) {
        struct buf item = {0};
        if (*value == '\'' || *value == '"') {
            value = read_text(value + 1, *value, &item);
        } else {
            size_t length = strcspn(value, ",]");
            buf_add_bytes(&item, value, length);
            value += length;
        }
        out[count++] = buf_take(&item);
        if (!value)
            break;
        value = skip(value);
        value += *value == ',';
        value = skip(value);
    }
    return count;
}

void spoken_finish(struct spoken *s)
{
    for (int i = 0; i < s->count; i++)
        free(s->arguments[i].value);
    s->count = 0;
}
