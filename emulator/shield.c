#include "emulator/shield.h"

#include "base/utf8.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

/*
 * What means something to YAML, each hidden as one of Unicode's noncharacters, which are there for
 * a program's own use inside and stand in no text.
 */
static const char HIDDEN[] = "{}[],:#";
#define HIDING_FIRST 0xFDD0u

#define HOLE_MAX_BYTES 256

static void char_hide(char c, struct buf *out)
{
    const char *at = c ? strchr(HIDDEN, c) : NULL;
    if (at)
        utf8_put(HIDING_FIRST + (uint32_t)(at - HIDDEN), out);
    else
        buf_add_char(out, c);
}

/* The length of the hole that TEXT begins with; 0 for none. No quotes in it: those are YAML's, or
 * JSON's. */
static size_t hole_length(const char *text)
{
    if (text[0] != '{' || text[1] != '{')
        return 0;
    size_t name = strcspn(text + 2, "{}\"\r\n");
    if (name == 0 || name > HOLE_MAX_BYTES || text[2 + name] != '}' || text[3 + name] != '}')
        return 0;
    return name + 4;
}

/* The length of what stands between the quotes that TEXT begins with, both counted; 0 when it does
 * not end here. */
static size_t quotes_length(const char *text)
{
    for (size_t i = 1; text[i] && text[i] != '\r' && text[i] != '\n'; i++) {
        if (text[i] == '\\' && text[i + 1])
            i++;
        else if (text[i] == '"')
            return i + 1;
    }
    return 0;
}

static const char *spaces_skip(const char *text)
{
    return text + strspn(text, " \t");
}

/* Behind a plain key and its colon, or TEXT itself when there is no key. */
static const char *key_skip(const char *text)
{
    size_t plain = strcspn(text, "\"'{}[]#\r\n");
    for (size_t i = 0; i + 1 < plain; i++)
        if (text[i] == ':' && text[i + 1] == ' ')
            return spaces_skip(text + i + 1);
    return text;
}

/* Where the words of a line begin, behind dashes and a key; NULL when its content is not plain
 * words. */
static const char *words_begin(const char *line, bool *item)
{
    const char *at = spaces_skip(line);
    *item = false;
    while (at[0] == '-' && at[1] == ' ') {
        *item = true;
        at = spaces_skip(at + 1);
    }
    at = key_skip(at);
    return isalpha((unsigned char)*at) || (unsigned char)*at >= 0x80 ? at : NULL;
}

/* One line, its end included; returns where the next begins. */
static const char *line_hide(const char *line, struct buf *out)
{
    bool item;
    const char *end = line + strcspn(line, "\n");
    const char *words = words_begin(line, &item);
    for (const char *at = line; at < end;) {
        size_t length = hole_length(at);
        if (length == 0 && words && at >= words && *at == '"')
            length = quotes_length(at);
        if (length == 0 && item && at[0] == '#' && isdigit((unsigned char)at[1]))
            length = 1; /* click #12 */
        if (length == 0)
            buf_add_char(out, *at++);
        for (; length > 0; length--)
            char_hide(*at++, out);
    }
    if (*end)
        buf_add_char(out, *end++);
    return end;
}

void shield_put(const char *text, struct buf *out)
{
    while (*text)
        text = line_hide(text, out);
}

/* Which of HIDDEN the first bytes stand for; -1 for none. All of them are EF B7 9x in UTF-8. */
static int hidden_at(const char *bytes, size_t length_bytes)
{
    if (length_bytes < 3 || memcmp(bytes, "\xEF\xB7", 2) != 0)
        return -1;
    int which = (unsigned char)bytes[2] - 0x90;
    return which >= 0 && which < (int)sizeof HIDDEN - 1 ? which : -1;
}

bool shield_fits(const char *text)
{
    for (const char *at = strchr(text, '\xEF'); at; at = strchr(at + 1, '\xEF'))
        if (hidden_at(at, strnlen(at, 3)) >= 0)
            return false;
    return true;
}

void shield_take(const char *text, size_t length_bytes, struct buf *out)
{
    for (size_t i = 0; i < length_bytes; i++) {
        int which = hidden_at(text + i, length_bytes - i);
        if (which < 0) {
            buf_add_char(out, text[i]);
        } else {
            buf_add_char(out, HIDDEN[which]);
            i += 2;
        }
    }
}
