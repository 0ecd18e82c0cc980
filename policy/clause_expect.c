/* Clauses that say what must be seen. */
#include "policy/clause_build.h"

#include "base/buf.h"

#include <stdlib.h>
#include <string.h>

static enum fit seen(struct talk *talk, const struct match *m, enum step_verb verb, bool negated,
                     struct steps *out)
{
    const struct slot *t = match_slot(m, 't'), *v = match_slot(m, 'v'), *s = match_slot(m, 's');
    struct thing thing = {.target.kind = TARGET_TEXT};
    double seconds = 0;
    if (s && !phrase_seconds(s->span, &seconds))
        return FIT_NO;
    enum fit fit = t ? phrase_thing(talk, t->span, &thing)
                     : phrase_value(talk, v->span, VALUE_TYPED, v->open, &thing.target.text);
    if (fit != FIT_YES)
        return fit;
    struct step *step = steps_add(out, verb);
    step->target = thing.target;
    step->negated = negated;
    step->seconds = seconds;
    return FIT_YES;
}

enum fit build_see(struct talk *talk, const struct match *m, enum step_verb verb, struct steps *out)
{
    return seen(talk, m, verb, false, out);
}

enum fit build_not_see(struct talk *talk, const struct match *m, enum step_verb verb,
                       struct steps *out)
{
    return seen(talk, m, verb, true, out);
}

enum fit build_expect_state(struct talk *talk, const struct match *m, enum step_verb verb,
                            struct steps *out)
{
    static const struct {
        const char *words;
        enum state state;
        bool negated;
    } states[] = {
        {"checked|ticked|marked", STATE_CHECKED, false},
        {"unchecked|unticked|unmarked|not_checked|not_ticked", STATE_CHECKED, true},
        {"selected", STATE_SELECTED, false},
        {"not_selected|unselected", STATE_SELECTED, true},
        {"disabled|greyed_out|grayed_out|not_enabled|inactive", STATE_DISABLED, false},
        {"enabled|not_disabled|active", STATE_DISABLED, true},
        {"focused|in_focus", STATE_FOCUSED, false},
        {"not_focused", STATE_FOCUSED, true},
        {"expanded", STATE_EXPANDED, false},
        {"collapsed|not_expanded", STATE_EXPANDED, true},
    };
    struct things things = {0};
    size_t i = 0, count = sizeof states / sizeof states[0];
    while (i < count && !span_is(match_slot(m, 'z')->span, states[i].words))
        i++;
    enum fit fit = i < count ? phrase_things(talk, match_slot(m, 'a')->span, &things) : FIT_NO;
    for (int k = 0; k < things.count && fit == FIT_YES; k++) {
        struct step *step = steps_add(out, verb);
        step->target = things.items[k].target;
        step->state = states[i].state;
        step->negated = states[i].negated;
    }
    return fit;
}

enum fit build_expect_value(struct talk *talk, const struct match *m, enum step_verb verb,
                            struct steps *out)
{
    struct thing thing = {0};
    char *value = NULL;
    const struct slot *q = match_slot(m, 'q');
    if (!phrase_is_data(q->span))
        return FIT_NO;
    enum fit fit = phrase_thing(talk, match_slot(m, 't')->span, &thing);
    if (fit == FIT_YES)
        fit = phrase_value(talk, q->span, VALUE_TYPED, q->open, &value);
    if (fit != FIT_YES) {
        target_finish(&thing.target);
        return fit;
    }
    struct step *step = steps_add(out, verb);
    step->target = thing.target;
    step->text = value;
    return FIT_YES;
}

enum fit build_read(struct talk *talk, const struct match *m, enum step_verb verb,
                    struct steps *out)
{
    struct thing thing = {0};
    struct span name = match_slot(m, 'q')->span;
    if (name.count != 1)
        return FIT_NO;
    enum fit fit = phrase_thing(talk, match_slot(m, 't')->span, &thing);
    if (fit != FIT_YES)
        return fit;
    struct step *step = steps_add(out, verb);
    step->target = thing.target;
    step->name = span_copy(name);
    return FIT_YES;
}
