#include "policy/clause_build.h"

#include "base/buf.h"

#include <stdlib.h>
#include <string.h>

#define REPEAT_MAX  20
#define SCROLL_MOST 1000 /* notches: to the end of any page */

#define CHECKED "checked|ticked|selected|on|enabled|active|turned_on|switched_on|marked"
#define UNCHECKED                                                                                  \
    "unchecked|unticked|unselected|deselected|off|turned_off|switched_off|unmarked|not_checked|"   \
    "not_ticked|not_selected|not_on|not_enabled|not_active|not_marked"

/* How often slot n says; 1 when there is none, 0 when it says something else. */
static int count_of(const struct match *m, int max)
{
    int count = 1;
    const struct slot *n = match_slot(m, 'n');
    if (n && !phrase_count(n->span, &count))
        return 0;
    return count <= max ? count : 0;
}

/* "twice" and "3 times" are no part of a name. */
static bool ends_in_count(struct span s)
{
    int count;
    return (s.count > 1 && phrase_count(span_rest(s, s.count - 1), &count)) ||
           (s.count > 2 && phrase_count(span_rest(s, s.count - 2), &count));
}

static void step_add(struct steps *out, enum step_verb verb, struct target *target)
{
    struct step *step = steps_add(out, verb);
    step->target = *target;
    *target = (struct target){0};
}

enum fit build_each(struct talk *talk, const struct match *m, enum step_verb verb,
                    struct steps *out)
{
    struct things things = {0};
    const struct slot *slot = match_slot(m, 'a') ? match_slot(m, 'a') : match_slot(m, 't');
    int count = count_of(m, REPEAT_MAX);
    if (count == 0 || ends_in_count(slot->span))
        return FIT_NO;
    enum fit fit = phrase_things(talk, slot->span, &things);
    if (fit != FIT_YES)
        return fit;
    for (int i = 0; i < things.count; i++) {
        for (int again = 1; again < count; again++) {
            struct target copy;
            target_copy(&copy, &things.items[i].target);
            step_add(out, verb, &copy);
        }
        step_add(out, verb, &things.items[i].target);
    }
    return FIT_YES;
}

enum fit build_keys(struct talk *talk, const struct match *m, enum step_verb verb,
                    struct steps *out)
{
    struct values keys = {0};
    int count = count_of(m, 100);
    if (count == 0)
        return FIT_NO;
    enum fit fit = phrase_keys(talk, match_slot(m, 'k')->span, &keys);
    if (fit == FIT_YES && keys.count > 1 && count > 1)
        fit = refuse(talk, "it does not say which of the keys is pressed %d times", count);
    for (int i = 0; i < keys.count && fit == FIT_YES; i++) {
        struct step *step = steps_add(out, verb);
        step->text = mem_text(keys.items[i]);
        step->count = count;
    }
    values_finish(&keys);
    return fit;
}

/* Files, programs and places on the web are opened in more than one way. */
static enum fit openable_check(struct talk *talk, struct span s, const struct thing *t)
{
    static const char others[] = "file|folder|directory|document|app|application|program|website|"
                                 "site|browser|page|url|address|terminal|desktop|dialog|window";
    const char *text = t->target.text;
    bool address =
        text && !strchr(text, ' ') && (strstr(text, "://") || strncmp(text, "www.", 4) == 0);
    for (int i = 0; i < s.count; i++)
        if (address || (!token_is_capital(&s.at[i]) && token_is(&s.at[i], others)))
            return refuse_span(talk, s, "can be opened in more than one way: say what to click");
    return FIT_YES;
}

enum fit build_open(struct talk *talk, const struct match *m, enum step_verb verb,
                    struct steps *out)
{
    struct thing thing = {0};
    const struct slot *slot = match_slot(m, 't');
    enum fit fit = phrase_thing(talk, slot->span, &thing);
    if (fit == FIT_YES)
        fit = openable_check(talk, slot->span, &thing);
    if (fit == FIT_YES)
        step_add(out, verb, &thing.target);
    target_finish(&thing.target);
    return fit;
}

/* One name of a menu path, without the bracket that may stand before the first or behind the last.
 */
static enum fit path_name(struct talk *talk, struct span s, char **out)
{
    bool article;
    if (s.count > 1 && strcmp(s.at->lower, "(") == 0)
        s = span_rest(s, 1);
    if (s.count > 1 && strcmp(s.at[s.count - 1].lower, ")") == 0)
        s = span_part(s, 0, s.count - 1);
    return phrase_name(talk, phrase_strip(s, &article), out);
}

enum fit build_path(struct talk *talk, const struct match *m, enum step_verb verb,
                    struct steps *out)
{
    struct span s = match_slot(m, 'p')->span;
    if (!span_has(s, TOKEN_ARROW))
        return FIT_NO;
    for (int from = 0, i = 0; i <= s.count; i++) {
        if (i < s.count && s.at[i].kind != TOKEN_ARROW)
            continue;
        struct target name = {.kind = TARGET_TEXT};
        enum fit fit = path_name(talk, span_part(s, from, i - from), &name.text);
        if (fit != FIT_YES) {
            steps_cut(out, 0);
            return fit;
        }
        step_add(out, verb, &name);
        from = i + 1;
    }
    return FIT_YES;
}

enum fit build_submit(struct talk *talk, const struct match *m, enum step_verb verb,
                      struct steps *out)
{
    (void)talk;
    (void)m;
    struct target button = {.kind = TARGET_TEXT, .text = mem_text("Submit")};
    step_add(out, verb, &button);
    return FIT_YES;
}

/* An option in something is chosen there; anything else is clicked or checked, as it is made for.
 */
static enum fit pick_one(struct talk *talk, struct thing *thing, struct steps *out)
{
    struct target *t = &thing->target;
    if (t->role == ROLE_OPTION) {
        bool elsewhere = t->of && t->relation != RELATION_IN;
        if (t->ordinal && t->of && !elsewhere)
            return refuse(talk, "options that are not seen yet can't be counted: say which one");
        if (t->ordinal || !t->text || elsewhere) {
            step_add(out, STEP_CLICK, t);
            return FIT_YES;
        }
        struct step *step = steps_add(out, STEP_CHOOSE);
        step->text = mem_text(t->text);
        if (t->of)
            target_copy(&step->target, t->of);
        return FIT_YES;
    }
    bool check = role_is_checkable(t->role) || (t->field && thing->noun->vague);
    step_add(out, check ? STEP_CHECK : STEP_CLICK, t);
    return FIT_YES;
}

enum fit build_pick(struct talk *talk, const struct match *m, enum step_verb verb,
                    struct steps *out)
{
    (void)verb;
    struct things things = {0};
    struct talk quiet = {.it = talk->it};
    enum fit fit = phrase_things(&quiet, match_slot(m, 'a')->span, &things);
    bool called = fit == FIT_YES;
    for (int i = 0; i < things.count; i++)
        called = called && things.items[i].noun;
    for (int i = 0; i < things.count && called && fit == FIT_YES; i++)
        fit = pick_one(talk, &things.items[i], out);
    things_finish(&things);
    return called ? fit : FIT_NO; /* what has no noun may be an option */
}

enum fit build_clear(struct talk *talk, const struct match *m, enum step_verb verb,
                     struct steps *out)
{
    struct things things = {0};
    struct span s = match_slot(m, 'a')->span;
    enum fit fit = phrase_things(talk, s, &things);
    for (int i = 0; i < things.count && fit == FIT_YES; i++) {
        const struct thing *t = &things.items[i];
        bool check = t->target.role == ROLE_CHECKBOX || t->target.role == ROLE_SWITCH;
        if (t->noun && t->noun->vague)
            fit = refuse_span(talk, s, "may be a field to empty or a box to uncheck");
        else
            step_add(out, check ? STEP_UNCHECK : verb, &things.items[i].target);
    }
    things_finish(&things);
    return fit;
}

enum fit build_state(struct talk *talk, const struct match *m, enum step_verb verb,
                     struct steps *out)
{
    struct span state = match_slot(m, 'z')->span;
    if (span_is(state, "empty|blank"))
        return build_clear(talk, m, STEP_CLEAR, out);
    if (!span_is(state, CHECKED "|" UNCHECKED))
        return FIT_NO;
    return build_each(talk, m, span_is(state, CHECKED) ? verb : STEP_UNCHECK, out);
}

/* What something is dropped on or scrolled is often a group: "the Done column". */
static enum fit group_thing(struct talk *talk, struct span s, struct thing *out)
{
    enum fit fit = phrase_thing(talk, s, out);
    if (fit != FIT_YES || out->noun || out->target.kind != TARGET_TEXT || out->target.of)
        return fit;
    target_finish(&out->target);
    return phrase_core(talk, s, true, out);
}

/* "3 pages": how many; 0 when it is no such thing. */
static int pages_of(struct span s)
{
    bool pages = s.count == 2 && token_is(&s.at[1], "pages|page|screens|screen");
    return pages && s.at->kind == TOKEN_WORD ? lexicon_number(s.at->lower) : 0;
}

enum fit build_scroll(struct talk *talk, const struct match *m, enum step_verb verb,
                      struct steps *out)
{
    const struct slot *far = match_slot(m, 'w'), *in = match_slot(m, 't');
    struct thing thing = {0};
    enum direction direction;
    int notches = 0, pages = far ? pages_of(far->span) : 1;
    if (!phrase_direction(match_slot(m, 'd')->span, &direction) || pages > REPEAT_MAX)
        return FIT_NO;
    if (far && !pages && !phrase_notches(far->span, &notches))
        return FIT_NO;
    enum fit fit = in ? group_thing(talk, in->span, &thing) : FIT_YES;
    for (int i = 0; i < (pages ? pages : 1) && fit == FIT_YES; i++) {
        struct step *step = steps_add(out, verb);
        target_copy(&step->target, &thing.target);
        step->direction = direction;
        step->count = notches;
    }
    if (fit == FIT_YES)
        target_finish(&thing.target);
    return fit;
}

enum fit build_scroll_end(struct talk *talk, const struct match *m, enum step_verb verb,
                          struct steps *out)
{
    (void)talk;
    const struct slot *d = match_slot(m, 'd'), *end = match_slot(m, 'e');
    bool up = span_is(end->span, "top|start|beginning|very_top");
    enum direction direction = up ? DIRECTION_UP : DIRECTION_DOWN;
    enum direction said = direction;
    if (!up && !span_is(end->span, "bottom|end|very_bottom|very_end"))
        return FIT_NO;
    if (d && (!phrase_direction(d->span, &said) || said != direction))
        return FIT_NO;
    struct step *step = steps_add(out, verb);
    step->direction = direction;
    step->count = SCROLL_MOST;
    return FIT_YES;
}

enum fit build_scroll_to(struct talk *talk, const struct match *m, enum step_verb verb,
                         struct steps *out)
{
    const struct slot *d = match_slot(m, 'd');
    enum direction direction = DIRECTION_DOWN;
    struct thing thing = {0};
    if (d && (!phrase_direction(d->span, &direction) ||
              (direction != DIRECTION_DOWN && direction != DIRECTION_UP)))
        return FIT_NO;
    enum fit fit = phrase_thing(talk, match_slot(m, 't')->span, &thing);
    if (fit != FIT_YES)
        return fit;
    struct step *step = steps_add(out, verb);
    step->direction = direction;
    step->second = thing.target;
    return FIT_YES;
}

enum fit build_expand(struct talk *talk, const struct match *m, enum step_verb verb,
                      struct steps *out)
{
    (void)talk;
    (void)m;
    steps_add(out, verb);
    return FIT_YES;
}

enum fit build_expand_all(struct talk *talk, const struct match *m, enum step_verb verb,
                          struct steps *out)
{
    (void)talk;
    (void)m;
    steps_add(out, verb)->count = EXPAND_ALL;
    return FIT_YES;
}

enum fit build_expand_to(struct talk *talk, const struct match *m, enum step_verb verb,
                         struct steps *out)
{
    struct thing thing = {0};
    enum fit fit = phrase_thing(talk, match_slot(m, 't')->span, &thing);
    if (fit != FIT_YES)
        return fit;
    target_copy(&steps_add(out, STEP_EXPAND)->second, &thing.target);
    if (verb == STEP_CLICK)
        step_add(out, verb, &thing.target);
    target_finish(&thing.target);
    return FIT_YES;
}

/* What is found may have to be looked for; what is one of several is counted where it is. */
enum fit build_find(struct talk *talk, const struct match *m, enum step_verb verb,
                    struct steps *out)
{
    struct thing thing = {0};
    enum fit fit = phrase_thing(talk, match_slot(m, 't')->span, &thing);
    if (fit != FIT_YES)
        return fit;
    bool file = thing.noun && thing.noun->use == NOUN_FILE; /* its folder may be closed */
    if (!thing.target.ordinal)
        target_copy(&steps_add(out, file ? STEP_EXPAND : STEP_SCROLL)->second, &thing.target);
    step_add(out, verb, &thing.target);
    return FIT_YES;
}

enum fit build_drag(struct talk *talk, const struct match *m, enum step_verb verb,
                    struct steps *out)
{
    struct thing from = {0}, to = {0};
    enum fit fit = phrase_thing(talk, m->slots[0].span, &from);
    if (fit == FIT_YES)
        fit = group_thing(talk, m->slots[1].span, &to);
    if (fit == FIT_YES) {
        step_add(out, verb, &from.target);
        out->items[out->count - 1].second = to.target;
        return FIT_YES;
    }
    target_finish(&from.target);
    return fit;
}

enum fit build_wait(struct talk *talk, const struct match *m, enum step_verb verb,
                    struct steps *out)
{
    double seconds;
    (void)talk;
    if (!phrase_seconds(match_slot(m, 's')->span, &seconds))
        return FIT_NO;
    steps_add(out, verb)->seconds = seconds;
    return FIT_YES;
}

enum fit build_screenshot(struct talk *talk, const struct match *m, enum step_verb verb,
                          struct steps *out)
{
    char *name = NULL;
    const struct slot *v = match_slot(m, 'v');
    enum fit fit = v ? phrase_value(talk, v->span, VALUE_TYPED, true, &name) : FIT_YES;
    if (fit == FIT_YES)
        steps_add(out, verb)->name = name;
    return fit;
}

enum fit build_nothing(struct talk *talk, const struct match *m, enum step_verb verb,
                       struct steps *out)
{
    (void)talk;
    (void)m;
    (void)verb;
    (void)out;
    return FIT_YES;
}
