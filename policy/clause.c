#include "policy/clause.h"

#include "base/buf.h"

#include <stdlib.h>
#include <string.h>

#define CLAUSE_WORDS_MAX 200

/* Politeness and order, which change nothing. */
#define OPENERS                                                                                    \
    "please|kindly|just|simply|now|then|next|also|and|finally|lastly|afterwards|after_that|so|"    \
    "firstly|secondly|thirdly|can_you|could_you|would_you|will_you|i_want_you_to|"                 \
    "i_would_like_you_to|i'd_like_you_to|you_should|you_must|you_need_to|you_have_to|"             \
    "go_ahead_and|let's|lets|to_begin|to_start|to_start_with|to_finish|once_done|when_done|"       \
    "use_the_mouse_to|use_the_keyboard_to|using_the_mouse|using_the_keyboard|with_the_mouse|"      \
    "your_task_is_to|the_task_is_to|try_to|once_that_is_done|when_that_is_done|last_but_not_least"
#define CLOSERS "please|for_me|as_well|thanks|thank_you"
#define TYPING  "type|write|enter|input|put|fill"

struct step *steps_add(struct steps *s, enum step_verb verb)
{
    if (s->count == s->capacity) {
        s->capacity = s->capacity ? s->capacity * 2 : 16;
        s->items = mem_resize(s->items, (size_t)s->capacity * sizeof *s->items);
    }
    struct step *step = &s->items[s->count++];
    *step = (struct step){.verb = verb};
    return step;
}

void steps_cut(struct steps *s, int count)
{
    while (s->count > count)
        step_finish(&s->items[--s->count]);
}

void steps_finish(struct steps *s)
{
    steps_cut(s, 0);
    free(s->items);
    *s = (struct steps){0};
}

static enum fit patterns_try(struct talk *talk, struct span s, struct steps *out,
                             const struct pattern **used)
{
    enum fit fit = FIT_NO;
    for (int i = 0; i < pattern_count && fit == FIT_NO; i++) {
        fit = pattern_try(talk, s, &patterns[i], false, out);
        if (fit == FIT_YES)
            *used = &patterns[i];
    }
    return fit;
}

static bool begins_with_verb(struct span s)
{
    return s.at->kind == TOKEN_WORD && !token_is_capital(s.at) && lexicon_is_verb(s.at->lower);
}

static struct span politeness_strip(struct span s)
{
    for (int n = 1; n > 0 && s.count > 0;) {
        bool first = span_begins(s, "first|second|third") && s.count > 1 &&
                     (s.at[1].kind == TOKEN_COMMA || lexicon_is_verb(s.at[1].lower));
        n = first ? 1 : span_begins(s, OPENERS);
        s = span_rest(s, n);
        while (n && s.count > 0 && s.at->kind == TOKEN_COMMA)
            s = span_rest(s, 1);
    }
    int n = span_ends(s, CLOSERS);
    bool comma = n && n + 1 < s.count && s.at[s.count - n - 1].kind == TOKEN_COMMA;
    if (n && n < s.count && (comma || !span_begins(s, TYPING))) /* "type yes please" */
        s = span_part(s, 0, s.count - n - comma);
    return s;
}

/* "In the File menu choose Save": the menu is opened first. */
static void menu_open(struct steps *steps, struct thing *menu)
{
    struct step *item = steps_add(steps, STEP_CLICK);
    struct step *choose = item - 1;
    item->target = (struct target){.kind = TARGET_TEXT, .text = choose->text};
    *choose = (struct step){.verb = STEP_CLICK, .target = menu->target};
    choose->target.role = ROLE_NONE;
}

/* "In the Country field": where a step that gives a value does not say itself. */
static enum fit front_target(struct talk *talk, struct span front, struct steps *steps, int i)
{
    struct thing thing;
    struct step *step = &steps->items[i];
    enum fit fit = phrase_thing(talk, span_rest(front, 1), &thing);
    if (fit != FIT_YES)
        return fit;
    bool menu = thing.target.role == ROLE_MENUITEM && thing.target.text;
    if (menu && step->verb == STEP_CHOOSE && i + 1 == steps->count)
        menu_open(steps, &thing);
    else
        step->target = thing.target;
    return FIT_YES;
}

/* "In the row of Ada": adds it to what the step says of its target. */
static enum fit front_place(struct talk *talk, struct span front, struct step *step)
{
    enum relation relation = RELATION_NONE;
    struct target place = {0};
    if (step->target.kind != TARGET_TEXT)
        return refuse_span(talk, front, "does not go with what follows");
    enum fit fit = phrase_place(talk, front, &relation, &place);
    if (fit != FIT_YES || relation == RELATION_NONE) {
        target_finish(&place);
        return fit;
    }
    return phrase_relate(talk, &step->target, relation, &place);
}

static enum fit front_apply(struct talk *talk, struct span front, struct steps *steps, int from)
{
    enum fit fit = FIT_YES;
    int count = steps->count;
    for (int i = from; i < count && fit == FIT_YES; i++) {
        struct step *step = &steps->items[i];
        bool takes_value = step->verb == STEP_TYPE || step->verb == STEP_CHOOSE;
        if (takes_value && step->target.kind == TARGET_NONE &&
            span_begins(front, "in|into|inside|for|from|under|at|on"))
            fit = front_target(talk, front, steps, i);
        else
            fit = front_place(talk, front, step);
    }
    return fit;
}

static enum fit fronted(struct talk *talk, struct span s, struct steps *out,
                        const struct pattern **used)
{
    int from = out->count;
    if (!span_begins(s, "in|into|inside|within|for|from|under|on|at|next_to|beside|near|below|"
                        "above|to_the_left_of|"
                        "to_the_right_of|left_of|right_of"))
        return FIT_NO;
    for (int k = 2; k < s.count; k++) {
        bool comma = s.at[k - 1].kind == TOKEN_COMMA;
        if (!lexicon_is_verb(s.at[k].lower) && !comma)
            continue;
        enum fit fit = patterns_try(talk, politeness_strip(span_rest(s, k)), out, used);
        if (fit == FIT_YES)
            fit = front_apply(talk, span_part(s, 0, k - comma), out, from);
        if (fit != FIT_NO) {
            if (fit == FIT_REFUSED)
                steps_cut(out, from);
            return fit;
        }
        steps_cut(out, from);
    }
    return FIT_NO;
}

/* "Save by pressing Ctrl+S": what is done stands behind "by", in another form. */
static enum fit by_doing(struct talk *talk, struct span s, struct steps *out,
                         const struct pattern **used)
{
    static const char *const forms[][2] = {
        {"clicking", "click"},
        {"pressing", "press"},
        {"typing", "type"},
        {"entering", "enter"},
        {"selecting", "select"},
        {"choosing", "choose"},
        {"picking", "pick"},
        {"checking", "check"},
        {"ticking", "tick"},
        {"writing", "write"},
        {"unchecking", "uncheck"},
        {"tapping", "tap"},
        {"setting", "set"},
        {"dragging", "drag"},
        {"hitting", "hit"},
        {"filling", "fill"},
        {"opening", "open"},
        {"scrolling", "scroll"},
        {"double-clicking", "double-click"},
    };
    for (int k = 1; k + 2 < s.count; k++) {
        for (size_t i = 0; i < sizeof forms / sizeof forms[0] && token_is(&s.at[k], "by"); i++) {
            if (!token_is(&s.at[k + 1], forms[i][0]))
                continue;
            struct span rest = span_rest(s, k + 1);
            struct token *copy = mem_alloc((size_t)rest.count * sizeof *copy);
            memcpy(copy, rest.at, (size_t)rest.count * sizeof *copy);
            copy->lower = forms[i][1];
            enum fit fit = patterns_try(talk, (struct span){copy, rest.count}, out, used);
            free(copy);
            return fit;
        }
    }
    return FIT_NO;
}

/* Is it clear that what is clicked or pressed has been named? */
static bool is_complete(struct span s)
{
    int n;
    struct talk quiet = {0};
    struct values keys = {0};
    struct span rest = span_rest(s, 1);
    if (rest.count == 0)
        return false;
    bool key = phrase_keys(&quiet, rest, &keys) == FIT_YES;
    values_finish(&keys);
    return key || s.at[s.count - 1].kind == TOKEN_QUOTED || noun_ends(rest, &n);
}

/* "Click the Send button to submit the form", "press "OK" again": what changes nothing behind what
 * is clicked. */
static struct span ending_strip(struct span s)
{
    if (!span_begins(s, "click|tap|press|push|hit|double-click|right-click|select"))
        return s;
    for (int k = 2; k + 1 < s.count; k++) {
        bool order = span_begins(span_rest(s, k), "in_order_to");
        bool verb = token_is(&s.at[k], "to") && lexicon_is_verb(s.at[k + 1].lower);
        if (order || (verb && is_complete(span_part(s, 0, k))))
            return span_part(s, 0, k);
    }
    int n = span_ends(s, "again|now|once_more|immediately");
    return n && n < s.count && is_complete(span_part(s, 0, s.count - n))
               ? span_part(s, 0, s.count - n)
               : s;
}

/* "To save the file, press Ctrl+S": what it is for stands before the comma. */
static struct span purpose_strip(struct span s)
{
    int to = span_begins(s, "to|in_order_to");
    if (!to || to == s.count || !lexicon_is_verb(s.at[to].lower))
        return s;
    for (int k = to + 1; k + 1 < s.count; k++)
        if (s.at[k].kind == TOKEN_COMMA && lexicon_is_verb(s.at[k + 1].lower))
            return span_rest(s, k + 1);
    return s;
}

/* The clause goes on with the verb of the one before, in the same form or in another. */
static enum fit elided(struct talk *talk, struct span s, const struct pattern *before,
                       struct steps *out, const struct pattern **used)
{
    enum fit fit = before->elidable ? pattern_try(talk, s, before, true, out) : FIT_NO;
    size_t verb = strcspn(before->text, " ") + 1;
    bool placed = strstr(before->text, "<t>") || strstr(before->text, "<y>"); /* else one text */
    *used = before;
    for (int i = 0; i < pattern_count && fit == FIT_NO && placed; i++) {
        if (!patterns[i].elidable || strncmp(patterns[i].text, before->text, verb) != 0)
            continue;
        fit = pattern_try(talk, s, &patterns[i], true, out);
        *used = &patterns[i];
    }
    return fit;
}

enum fit clause_parse(struct talk *talk, struct span s, const struct pattern *before,
                      struct steps *out, const struct pattern **used)
{
    s = ending_strip(purpose_strip(politeness_strip(s)));
    if (s.count == 0)
        return FIT_NO;
    if (s.count > CLAUSE_WORDS_MAX)
        return refuse(talk, "it is longer than %d words", CLAUSE_WORDS_MAX);
    enum fit fit = span_begins(s, TYPING) ? FIT_NO : by_doing(talk, s, out, used);
    if (fit == FIT_NO)
        fit = patterns_try(talk, s, out, used);
    if (fit == FIT_NO)
        fit = fronted(talk, s, out, used);
    if (fit == FIT_NO && before && !begins_with_verb(s))
        fit = elided(talk, s, before, out, used);
    return fit;
}
