/*
 * A list that is chosen from above a table often says by itself what it chooses by, and has no
 * other label: "All statuses", "Any state".
 */
#include "vision/view.h"

#include <string.h>
#include <strings.h>

#define NOUN_MAX 48 /* bytes; what is longer is a sentence */

/* What comes after "All" or "Any"; NULL without these. */
static const char *noun_of(const char *text)
{
    static const char *const before[] = {"all ", "any ", "every "};
    for (size_t i = 0; i < sizeof before / sizeof *before; i++)
        if (strncasecmp(text, before[i], strlen(before[i])) == 0)
            return text + strlen(before[i]);
    return NULL;
}

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text), size = strlen(end);
    return length > size && strcasecmp(text + length - size, end) == 0;
}

/* "statuses" -> "status", "categories" -> "category", "states" -> "state". */
static void make_singular(char *noun)
{
    static const char *const hissing[] = {"sses", "uses", "xes", "ches", "shes"};
    size_t length = strlen(noun);
    if (ends_with(noun, "ies")) {
        noun[length - 3] = 'y';
        noun[length - 2] = '\0';
        return;
    }
    for (size_t i = 0; i < sizeof hissing / sizeof *hissing; i++)
        if (ends_with(noun, hissing[i])) {
            noun[length - 2] = '\0';
            return;
        }
    if (ends_with(noun, "s") && !ends_with(noun, "ss") && !ends_with(noun, "us"))
        noun[length - 1] = '\0';
}

void filters_find(struct view *v)
{
    for (int i = 0; i < v->control_count; i++) {
        struct control *c = &v->controls[i];
        const char *noun = c->role == ROLE_COMBOBOX && c->value ? noun_of(c->value) : NULL;
        char name[NOUN_MAX];
        if (!noun || !*noun || c->label >= 0 || strlen(noun) >= sizeof name || strchr(noun, '\n'))
            continue;
        strcpy(name, noun);
        if (strncasecmp(c->value, "all", 3) == 0)
            make_singular(name);
        c->name = arena_text(&v->scene->arena, name);
    }
}
