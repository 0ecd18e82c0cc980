/*
 * request_check: what the checkers of requests share: a request is judged as its provider would,
 * and the first thing that is wrong with it is told.
 */
#ifndef TESTS_REQUEST_CHECK_H
#define TESTS_REQUEST_CHECK_H

#include "base/utf8.h"
#include "policy/json.h"

#include <stdio.h>
#include <string.h>

struct check {
    char wrong[256]; /* "" while nothing is */
};

/* Is it FINE? If not, that is what is wrong, unless something was before. */
static inline bool want(struct check *k, bool fine, const char *wrong)
{
    if (!fine && !k->wrong[0])
        snprintf(k->wrong, sizeof k->wrong, "%s", wrong);
    return fine;
}

static inline bool has_text(const struct json *object, const char *name)
{
    const char *text = json_text(object, name);
    return text && text[strspn(text, " \t\r\n")];
}

static inline bool is(const struct json *object, const char *name, const char *value)
{
    const char *text = json_text(object, name);
    return text && strcmp(text, value) == 0;
}

/* Has OBJECT these members only? NAMES are separated, begun and ended by spaces. */
static inline bool only(const struct json *object, const char *names)
{
    const struct json *copy = object;
    int known = 0;
    for (const char *at = names; *at == ' ' && at[1];) {
        char name[64];
        size_t length = strcspn(at + 1, " ");
        snprintf(name, sizeof name, "%.*s", (int)length, at + 1);
        known += json_member(copy, name) != NULL;
        at += 1 + length;
    }
    return json_is_object(object) && known == json_count(object);
}

/* The size of a PNG in base64; false: it is none, or has line breaks in it. */
static inline bool picture_size(const char *base64, int *width, int *height)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    unsigned char bytes[24];
    size_t length = base64 ? strlen(base64) : 0, count = 0;
    unsigned long bits = 0;
    for (size_t i = 0; i < length; i++) {
        const char *digit = strchr(digits, base64[i]);
        if (!digit && !(base64[i] == '=' && i + 2 >= length))
            return false;
        bits = bits << 6 | (digit ? (unsigned long)(digit - digits) : 0);
        if (i % 4 == 3)
            for (int shift = 16; shift >= 0; shift -= 8)
                if (count < sizeof bytes)
                    bytes[count++] = (unsigned char)(bits >> shift);
    }
    if (length % 4 || count < sizeof bytes || memcmp(bytes, "\x89PNG\r\n\x1a\n", 8) != 0)
        return false;
    *width = bytes[18] << 8 | bytes[19];
    *height = bytes[22] << 8 | bytes[23];
    return true;
}

/* Names of functions, as all providers take them. */
static inline bool is_name(const char *name)
{
    return name && *name && strlen(name) <= 64 &&
           !name[strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")];
}

#endif
