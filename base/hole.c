#include "base/hole.h"

#include "base/buf.h"

#include <string.h>

#define OPEN   "{{"
#define CLOSE  "}}"
#define SECRET "secret:"
#define READ   "read:"

static bool is_space(char c)
{
    return c == ' ' || c == '\t';
}

bool hole_next(const char *text, struct hole *h)
{
    *h = (struct hole){.start = strstr(text, OPEN)};
    if (!h->start)
        return false;
    const char *name = h->start + strlen(OPEN), *close = strstr(name, CLOSE);
    if (!close)
        return true;
    h->end = close + strlen(CLOSE);
    while (name < close && is_space(*name))
        name++;
    h->secret = strncmp(name, SECRET, strlen(SECRET)) == 0;
    h->read = strncmp(name, READ, strlen(READ)) == 0;
    if (h->secret)
        name += strlen(SECRET);
    else if (h->read)
        name += strlen(READ);
    while (name < close && is_space(*name))
        name++;
    while (close > name && is_space(close[-1]))
        close--;
    h->name = name;
    h->length = (size_t)(close - name);
    return true;
}

char *hole_name(const struct hole *h)
{
    return mem_text_n(h->name, h->length);
}

char *hole_alone(const char *text)
{
    struct hole h;
    bool alone = hole_next(text, &h) && h.start == text && h.end && !*h.end && h.length &&
                 !h.secret && !h.read;
    return alone ? hole_name(&h) : NULL;
}
