/* Several things in one breath: "A, B and C", "both X and Y", "the boxes A and B". */
#include "policy/phrase.h"

#include "base/buf.h"

#include <stdlib.h>
#include <string.h>

int phrase_split(struct span s, const char *conjunctions, struct span *parts, int max, int *commas)
{
    int count = 0, from = 0;
    *commas = 0;
    for (int i = 0; i < s.count;) {
        bool comma = s.at[i].kind == TOKEN_COMMA;
        int n = comma + span_begins(span_rest(s, i + comma), conjunctions);
        if (n == 0) {
            i++;
            continue;
        }
        if (i == from || count == max - 1)
            return 0;
        parts[count++] = span_part(s, from, i - from);
        *commas += comma || span_begins(span_rest(s, i), "then|and_then|followed_by");
        i = from = i + n;
    }
    if (from == s.count)
        return 0;
    parts[count++] = span_rest(s, from);
    return count;
}

void things_finish(struct things *t)
{
    for (int i = 0; i < t->count; i++)
        target_finish(&t->items[i].target);
    t->count = 0;
}

/* How a list is announced: "all of the boxes", "both", "the checkboxes labelled". */
struct announcement {
    bool made;
    const struct noun *noun; /* what all of them are; NULL for nothing */
};

static struct span announcement_strip(struct span s, struct announcement *out)
{
    bool article;
    int n = span_begins(s, "both|both_of|all|all_of|each_of");
    out->made = n > 0;
    s = phrase_strip(span_rest(s, n), &article);
    n = span_begins(s, "following");
    out->made = out->made || n > 0;
    s = span_rest(s, n);
    const struct noun *noun = noun_begins(s, &n);
    if (noun && noun->plural && (article || out->made || n < s.count)) {
        out->noun = noun;
        out->made = true;
        s = span_rest(s, n);
        s = span_rest(s, span_begins(s, "for|next_to|beside|" PHRASE_LABELLED));
    }
    if (out->made && s.count > 0 && s.at->kind == TOKEN_COLON)
        s = span_rest(s, 1);
    noun = out->noun ? NULL : noun_ends(s, &n);
    if (noun && noun->plural && (n < s.count || out->made)) {
        out->noun = noun;
        out->made = true;
        s = span_part(s, 0, s.count - n);
    }
    return s;
}

/* Has the part something that shows that it is a thing of its own: quotes, an article, a noun? */
static bool stands_alone(struct span part, const struct thing *thing)
{
    return part.at->kind == TOKEN_QUOTED || !thing->plain;
}

/* "click Save and reload": rather another step, whose verb is not known. */
static bool is_perhaps_step(struct span part)
{
    return part.at->kind == TOKEN_WORD && !token_is_capital(part.at) &&
           lexicon_is_verb(part.at->lower);
}

/* "the second" of "the second and the third checkbox". */
static int bare_ordinal(struct span part)
{
    bool article;
    part = phrase_strip(part, &article);
    return part.count == 1 && part.at->kind == TOKEN_WORD ? lexicon_ordinal(part.at->lower) : 0;
}

/* "the third checkbox" */
static bool is_counted(struct span part)
{
    bool article;
    part = phrase_strip(part, &article);
    return part.count > 1 && part.at->kind == TOKEN_WORD && lexicon_ordinal(part.at->lower);
}

/* Ordinals alone are said of what the last part, or the announcement, names. */
static enum fit counted_part(struct talk *talk, int ordinal, struct span last,
                             const struct announcement *a, struct thing *out)
{
    struct thing kind = {.noun = a->noun, .target = {.kind = TARGET_TEXT}};
    enum fit fit = a->noun ? FIT_YES : phrase_thing(talk, last, &kind);
    if (fit != FIT_YES)
        return fit;
    *out = kind;
    if (a->noun) {
        out->target.role = a->noun->role;
        out->target.field = a->noun->field;
    }
    out->target.ordinal = ordinal;
    return FIT_YES;
}

static enum fit part_take(struct talk *talk, struct span part, struct span last,
                          const struct announcement *a, struct things *out)
{
    struct thing *thing = &out->items[out->count];
    int ordinal = bare_ordinal(part);
    if (ordinal && (a->noun || is_counted(last))) {
        enum fit counted = counted_part(talk, ordinal, last, a, thing);
        out->count += counted == FIT_YES;
        return counted;
    }
    if (is_perhaps_step(part))
        return refuse_span(talk, part, "is no step that can be done without looking and judging");
    if (out->count > 0 && part.count > 1 && span_begins(part, "on")) /* click on A and on B */
        part = span_rest(part, 1);
    const struct target *it = talk->it;
    talk->it = out->count > 0 ? &thing[-1].target : it; /* "... and the last one" */
    enum fit fit = phrase_thing(talk, part, thing);
    talk->it = it;
    if (fit != FIT_YES)
        return fit;
    out->count++;
    if (a->noun && !thing->noun) {
        thing->noun = a->noun;
        thing->target.role = a->noun->role;
        thing->target.field = a->noun->field;
    }
    return FIT_YES;
}

/* Is it clear that these are several things, and that what is said of the last is said of it alone?
 */
static enum fit list_check(struct talk *talk, struct span s, const struct span *parts, int commas,
                           const struct announcement *a, const struct things *t)
{
    bool clear = a->made || commas > 0 || bare_ordinal(parts[0]);
    for (int i = 0; i < t->count && !clear; i++)
        clear = i > 0 && stands_alone(parts[i], &t->items[i]) &&
                stands_alone(parts[i - 1], &t->items[i - 1]);
    if (!clear)
        return refuse_span(talk, s, "may be one thing or several: put each name in quotes");
    if (t->items[t->count - 1].target.of && !t->items[0].target.of)
        return refuse_span(talk, s, "does not say whether all of them are there");
    return FIT_YES;
}

static enum fit list_take(struct talk *talk, struct span s, const struct announcement *a,
                          struct things *out)
{
    struct span parts[THINGS_MAX];
    int commas;
    int count = phrase_split(s, "and|and_also|as_well_as|then|and_then|followed_by", parts,
                             THINGS_MAX, &commas);
    if (count == 0)
        return FIT_NO;
    for (int i = 0; i < count; i++) {
        enum fit fit = part_take(talk, parts[i], parts[count - 1], a, out);
        if (fit != FIT_YES)
            return fit;
    }
    return count == 1 ? FIT_YES : list_check(talk, s, parts, commas, a, out);
}

/* "both text fields", "all three boxes", "the two fields": the first of them, the second ... 0 when
 * it is no such thing. */
static int counted(struct span s, const struct noun **noun)
{
    int n, count = span_begins(s, "both") ? 2 : 0;
    bool all = span_begins(s, "both|all|each|each_of|all_of");
    s = span_rest(s, span_begins(s, "both|all|each|both_of|all_of|each_of"));
    s = span_rest(s, s.count > 1 ? span_begins(s, "the|of_the|of_your|your") : 0);
    if (count == 0 && s.count > 1 && s.at->kind == TOKEN_WORD)
        count = lexicon_number(s.at->lower);
    bool number = s.count > 1 && s.at->kind == TOKEN_WORD && lexicon_number(s.at->lower) == count;
    s = span_rest(s, number);
    *noun = noun_begins(s, &n);
    bool plural = *noun && n == s.count && (*noun)->plural && ((*noun)->role || (*noun)->field);
    return plural && (all || number) && count <= THINGS_MAX ? count : 0;
}

static void counted_take(int count, const struct noun *noun, struct things *out)
{
    for (int i = 0; i < count; i++) {
        struct target t = {.kind = TARGET_TEXT, .role = noun->role, .field = noun->field};
        t.ordinal = i + 1;
        out->items[i] = (struct thing){.target = t, .noun = noun};
    }
    out->count = count;
}

enum fit phrase_things(struct talk *talk, struct span s, struct things *out)
{
    struct announcement a = {0};
    const struct noun *noun;
    int count = counted(s, &noun);
    if (count > 1) {
        counted_take(count, noun, out);
        return FIT_YES;
    }
    struct span names = announcement_strip(s, &a);
    out->count = 0;
    if (a.made && names.count == 0)
        return refuse_span(talk, s, "does not name them");
    enum fit fit = FIT_NO;
    if (!a.made) /* also "the Delete button, the one below Ada" */
        fit = phrase_thing(talk, s, &out->items[0]);
    if (fit == FIT_YES)
        out->count = 1;
    else
        fit = list_take(talk, a.made ? names : s, &a, out);
    if (fit != FIT_YES)
        things_finish(out);
    return fit;
}
