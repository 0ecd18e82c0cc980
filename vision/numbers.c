/*
 * A field for a number shows its arrows only while the pointer is over it, in browsers: then what
 * it asks for and what is in it tell.
 */
#include "vision/view.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#define DIGITS_MAX 4

/* What is counted or measured. A whole word, or the beginning of one where a letter is behind it.
 */
static const char *const counted[] = {
    "how many", "number of", "quantity", "qty",   "count",    "amount",   "minutes",  "min",
    "hours",    "days",      "nights",   "weeks", "months",   "years",    "seconds",  "sec",
    "guests",   "people",    "persons",  "seats", "adults",   "children", "rooms",    "copies",
    "percent",  "timeout",   "limit",    "age",   "interval", "width",    "height",   "weight",
    "scale",    "size",      "level",    "port",  "duration", "delay",    "capacity", "stock"};

static bool has_word(const char *text, const char *word)
{
    size_t length = strlen(word);
    for (const char *at = text; (at = strcasestr(at, word)); at++)
        if ((at == text || !isalpha((unsigned char)at[-1])) && !isalpha((unsigned char)at[length]))
            return true;
    return false;
}

static bool asks_for_number(const char *label)
{
    for (size_t i = 0; i < sizeof counted / sizeof *counted; i++)
        if (has_word(label, counted[i]))
            return true;
    return false;
}

static bool is_number(const char *value)
{
    size_t digits = 0;
    if (*value == '-')
        value++;
    for (; isdigit((unsigned char)*value) || (digits && strchr(".,", *value) && *value); value++)
        digits += isdigit((unsigned char)*value) != 0;
    return digits > 0 && digits <= DIGITS_MAX && *value == '\0';
}

void numbers_find(struct view *v)
{
    for (int i = 0; i < v->control_count; i++) {
        struct control *c = &v->controls[i];
        if (c->role == ROLE_TEXTBOX && !(c->states & STATE_MULTILINE) && c->name && c->value &&
            is_number(c->value) && asks_for_number(c->name))
            c->role = ROLE_SPINBUTTON;
    }
}
