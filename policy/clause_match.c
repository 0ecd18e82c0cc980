/* Matching a clause against one pattern: every way to fill the slots is tried, and what each means
 * compared. */
#include "policy/clause.h"

#include "base/buf.h"

#include <string.h>

const struct slot *match_slot(const struct match *m, char kind)
{
    for (int i = 0; i < m->count; i++)
        if (m->slots[i].kind == kind)
            return &m->slots[i];
    return NULL;
}

/* One pattern on one clause: every way to fill its slots is tried. */
struct trial {
    struct talk *talk;
    const struct pattern *pattern;
    struct match match;
    struct steps steps; /* of the first reading; owned */
    struct buf lines;   /* the same as text; owned */
    enum fit fit;
    int readings;
    bool twofold; /* there is a second reading, and it differs */
};

static void lines_print(const struct steps *s, struct buf *out)
{
    for (int i = 0; i < s->count; i++) {
        buf_add(out, i ? "; " : "");
        step_print(&s->items[i], out);
    }
}

static void reading_take(struct trial *t)
{
    struct steps steps = {0};
    struct buf lines = {0};
    enum fit fit = t->pattern->build(t->talk, &t->match, t->pattern->verb, &steps);
    if (fit == FIT_YES)
        lines_print(&steps, &lines);
    if (fit == FIT_YES && t->fit == FIT_YES && strcmp(buf_text(&lines), buf_text(&t->lines)) != 0) {
        t->twofold = true;
        refuse(t->talk, "it may mean %.100s, or %.100s: put texts and names in quotes",
               buf_text(&t->lines), buf_text(&lines));
    }
    if (fit == FIT_YES && t->fit != FIT_YES) {
        t->steps = steps;
        t->lines = lines;
    } else {
        steps_finish(&steps);
        buf_finish(&lines);
    }
    if (fit == FIT_YES || t->fit == FIT_NO)
        t->fit = fit;
    t->readings += fit == FIT_YES;
}

static void match_rest(struct trial *t, const char *text, struct span rest);

static void match_slots(struct trial *t, char kind, const char *text, struct span rest)
{
    if (t->match.count == SLOTS_MAX)
        return;
    struct slot *slot = &t->match.slots[t->match.count++];
    for (int n = 1; n <= rest.count && !t->twofold; n++) {
        *slot = (struct slot){kind, n == rest.count, span_part(rest, 0, n)};
        match_rest(t, text, span_rest(rest, n));
    }
    t->match.count--;
}

/* The pattern's next element, without brackets. Its length; OPTIONAL, and what follows. */
static size_t element_next(const char **text, bool *optional, const char **after)
{
    *text += strspn(*text, " ");
    *optional = **text == '[';
    *text += *optional;
    size_t n = strcspn(*text, *optional ? "]" : " ");
    *after = *text + n + *optional;
    return n;
}

/* How many tokens are one of PHRASES; one that ends in |, takes a comma, too. */
static int words_match(struct span rest, const char *phrases)
{
    size_t n = strlen(phrases);
    if (rest.count > 0 && rest.at->kind == TOKEN_COMMA)
        return n > 0 && phrases[n - 1] == ',';
    if (strcmp(phrases, ":") == 0)
        return rest.count > 0 && rest.at->kind == TOKEN_COLON;
    return span_begins(rest, phrases);
}

/* NOLINTNEXTLINE(misc-no-recursion): as deep as the pattern is long */
static void match_element(struct trial *t, const char *element, size_t n, const char *after,
                          struct span rest)
{
    char phrases[512];
    const char *slot = memchr(element, '<', n);
    if (slot == element) {
        match_slots(t, element[1], after, rest);
        return;
    }
    size_t bytes = slot ? (size_t)(slot - element) - 1 : n; /* [up_to <s>] */
    if (bytes >= sizeof phrases)
        return;
    memcpy(phrases, element, bytes);
    phrases[bytes] = '\0';
    int words = words_match(rest, phrases);
    if (words && slot)
        match_slots(t, slot[1], after, span_rest(rest, words));
    else if (words)
        match_rest(t, after, span_rest(rest, words));
}

/* NOLINTNEXTLINE(misc-no-recursion): as deep as the pattern is long */
static void match_rest(struct trial *t, const char *text, struct span rest)
{
    bool optional;
    const char *after;
    size_t n = element_next(&text, &optional, &after);
    if (n == 0) {
        if (rest.count == 0)
            reading_take(t);
        return;
    }
    int readings = t->readings;
    match_element(t, text, n, after, rest);
    if (optional &&
        t->readings == readings) /* where it makes sense it is not part of what follows */
        match_rest(t, after, rest);
}

/* The pattern without its verb, and without what may be left out behind it. */
static const char *verbless(const char *text)
{
    bool optional;
    const char *after;
    element_next(&text, &optional, &after);
    for (text = after; element_next(&text, &optional, &after) && optional;)
        text = after;
    return text;
}

enum fit pattern_try(struct talk *talk, struct span s, const struct pattern *pattern,
                     bool without_verb, struct steps *out)
{
    struct trial t = {.talk = talk, .pattern = pattern};
    match_rest(&t, without_verb ? verbless(pattern->text) : pattern->text, s);
    enum fit fit = t.twofold ? FIT_REFUSED : t.fit;
    for (int i = 0; i < t.steps.count && fit == FIT_YES; i++) {
        struct step *to = steps_add(out, t.steps.items[i].verb);
        *to = t.steps.items[i];
    }
    if (fit == FIT_YES)
        t.steps.count = 0;
    steps_finish(&t.steps);
    buf_finish(&t.lines);
    return fit;
}
