/* Clauses that give a value to something: type, set, choose. */
#include "policy/clause_build.h"

#include "base/buf.h"

#include <stdlib.h>
#include <string.h>

/* Labels end in the names of things that hold no text: Website link, First option. Then the noun is
 * part of the name. */
static enum fit field_thing(struct talk *talk, struct span s, struct thing *out)
{
    bool article;
    enum fit fit = phrase_thing(talk, s, out);
    if (fit != FIT_YES)
        return fit;
    const struct target *t = &out->target;
    bool holds = t->role == ROLE_NONE || role_is_field(t->role) || t->role == ROLE_CELL ||
                 role_is_checkable(t->role);
    if (holds || t->kind != TARGET_TEXT)
        return FIT_YES;
    struct target name = {.kind = TARGET_TEXT};
    fit = t->of || t->ordinal || !t->text
              ? FIT_NO
              : phrase_name(talk, phrase_strip(s, &article), &name.text);
    target_finish(&out->target);
    out->target = name;
    out->noun = NULL;
    return fit;
}

/* Takes TARGET over. */
static enum fit value_add(struct talk *talk, const struct slot *v, enum step_verb verb,
                          struct target *target, struct steps *out)
{
    char *text = NULL;
    enum fit fit = v ? phrase_value(talk, v->span, VALUE_TYPED, v->open, &text) : FIT_NO;
    if (fit != FIT_YES) {
        target_finish(target);
        return fit;
    }
    struct step *step = steps_add(out, verb);
    step->text = text;
    step->target = *target;
    return FIT_YES;
}

/* "into both fields", "into each of the fields A and B": the same into every one. */
static enum fit type_each(struct talk *talk, const struct match *m, enum step_verb verb,
                          struct steps *out)
{
    struct things things = {0};
    enum fit fit = phrase_things(talk, match_slot(m, 't')->span, &things);
    for (int i = 0; i < things.count && fit == FIT_YES; i++) {
        fit = value_add(talk, match_slot(m, 'v'), verb, &things.items[i].target, out);
        things.items[i].target = (struct target){0};
    }
    things_finish(&things);
    return fit;
}

enum fit build_type(struct talk *talk, const struct match *m, enum step_verb verb,
                    struct steps *out)
{
    struct thing thing = {0};
    const struct slot *t = match_slot(m, 't');
    if (t && span_begins(t->span, "both|all|each|the_two|the_three|two|three"))
        return type_each(talk, m, verb, out);
    enum fit fit = t ? field_thing(talk, t->span, &thing) : FIT_YES;
    return fit == FIT_YES ? value_add(talk, match_slot(m, 'v'), verb, &thing.target, out) : fit;
}

/* "Enter username admin" is hardly the text "username admin". */
enum fit build_type_open(struct talk *talk, const struct match *m, enum step_verb verb,
                         struct steps *out)
{
    struct span v = match_slot(m, 'v')->span;
    if (v.count == 1 || token_is_capital(v.at) || span_begins(v, "the"))
        return build_type(talk, m, verb, out);
    return refuse_span(talk, v,
                       "does not show what is the text and what the field: put it in quotes");
}

/* Is it as good as certain that the words behind in, as or for are a field, and the text ends
 * before them? */
static bool ends_clearly(struct span value, struct span field, const struct thing *thing)
{
    const struct token *link = &value.at[value.count];
    if (phrase_is_data(value) || thing->noun || span_is_quoted(field))
        return true;
    if (token_is(link, "as") && (!thing->plain || value.count == 1))
        return true;
    return value.count == 1 && (token_is_capital(value.at) || token_is_capital(field.at));
}

enum fit build_type_weak(struct talk *talk, const struct match *m, enum step_verb verb,
                         struct steps *out)
{
    struct thing thing = {0};
    const struct slot *v = match_slot(m, 'v'), *t = match_slot(m, 't');
    enum fit fit = field_thing(talk, t->span, &thing);
    if (fit != FIT_YES)
        return fit;
    bool described = v->span.count > 1 && v->span.at[v->span.count - 1].kind == TOKEN_QUOTED;
    if (described || ends_clearly(v->span, t->span, &thing))
        return value_add(talk, v, verb, &thing.target, out);
    target_finish(&thing.target);
    return refuse_span(talk, (struct span){v->span.at, v->span.count + 1 + t->span.count},
                       "does not show where the text ends: put it in quotes");
}

enum fit build_type_there(struct talk *talk, const struct match *m, enum step_verb verb,
                          struct steps *out)
{
    struct target target = {0};
    if (!talk->it)
        return refuse(talk, "it does not say where");
    target_copy(&target, talk->it);
    return value_add(talk, match_slot(m, 'v'), verb, &target, out);
}

/* `the username "ada"`, `the date 12/31/2024`: is it a field and its value, and not some sort of
 * value? */
static bool is_field_value(struct span t, struct span q)
{
    bool article;
    struct span name = phrase_strip(t, &article);
    bool quoted = span_is_quoted(q);
    if (!phrase_is_data(q) || span_has(t, TOKEN_QUOTED) || (!quoted && !article))
        return false;
    return !span_ends(t, "in|into|as|for|with|to|of") &&
           !span_is(name, "text|word|words|value|phrase|string|number|following|letter|letters|"
                          "digit|characters|label");
}

enum fit build_field_value(struct talk *talk, const struct match *m, enum step_verb verb,
                           struct steps *out)
{
    struct thing thing = {0};
    struct talk quiet = {.it = talk->it};
    const struct slot *t = match_slot(m, 't'), *q = match_slot(m, 'q');
    if (!is_field_value(t->span, q->span) || field_thing(&quiet, t->span, &thing) != FIT_YES)
        return FIT_NO;
    return value_add(talk, q, verb, &thing.target, out);
}

/* Only what is called by its label alone: `the link "Home"` is a link. */
enum fit build_pick_value(struct talk *talk, const struct match *m, enum step_verb verb,
                          struct steps *out)
{
    struct thing thing = {0};
    struct talk quiet = {.it = talk->it};
    const struct slot *t = match_slot(m, 't'), *q = match_slot(m, 'q');
    if (!is_field_value(t->span, q->span) || phrase_thing(&quiet, t->span, &thing) != FIT_YES)
        return FIT_NO;
    if (!thing.noun && thing.target.text)
        return value_add(talk, q, verb, &thing.target, out);
    target_finish(&thing.target);
    return FIT_NO;
}

enum fit build_set(struct talk *talk, const struct match *m, enum step_verb verb, struct steps *out)
{
    struct thing thing = {0};
    const struct slot *v = match_slot(m, 'v'), *q = match_slot(m, 'q');
    if (q && !phrase_is_data(q->span))
        return FIT_NO;
    enum fit fit = field_thing(talk, match_slot(m, 't')->span, &thing);
    return fit == FIT_YES ? value_add(talk, v ? v : q, verb, &thing.target, out) : fit;
}

enum fit build_replace(struct talk *talk, const struct match *m, enum step_verb verb,
                       struct steps *out)
{
    (void)verb;
    (void)out;
    return refuse_span(talk, match_slot(m, 'q')->span,
                       "is a part of a text: say what the whole shall be");
}

static enum fit set_as(struct talk *talk, const struct slot *t, struct slot v, enum step_verb verb,
                       struct steps *out)
{
    struct thing thing = {0};
    enum fit fit = field_thing(talk, t->span, &thing);
    v.open = false;
    return fit == FIT_YES ? value_add(talk, &v, verb, &thing.target, out) : fit;
}

/* "set France as the country", "set the country as France": only the article, or data, shows which
 * is which. */
enum fit build_set_either(struct talk *talk, const struct match *m, enum step_verb verb,
                          struct steps *out)
{
    const struct slot *x = match_slot(m, 'x'), *y = match_slot(m, 'y');
    bool x_article, y_article;
    phrase_strip(x->span, &x_article);
    phrase_strip(y->span, &y_article);
    bool x_data = phrase_is_data(x->span), y_data = phrase_is_data(y->span);
    if (x_article == y_article && x_data == y_data)
        return refuse(talk, "it does not show which is the field and which the value");
    bool value_first = x_article == y_article ? x_data : y_article;
    return value_first ? set_as(talk, y, *x, verb, out) : set_as(talk, x, *y, verb, out);
}

/* "enter Ada as first name", but also "enter the first name as Ada" */
enum fit build_set_as(struct talk *talk, const struct match *m, enum step_verb verb,
                      struct steps *out)
{
    const struct slot *x = match_slot(m, 'x'), *y = match_slot(m, 'y');
    bool x_article, y_article;
    phrase_strip(x->span, &x_article);
    phrase_strip(y->span, &y_article);
    bool value_last = x_article && !y_article && !span_is_quoted(x->span);
    return value_last ? set_as(talk, x, *y, verb, out) : set_as(talk, y, *x, verb, out);
}

enum fit build_slide(struct talk *talk, const struct match *m, enum step_verb verb,
                     struct steps *out)
{
    struct thing thing = {0};
    struct talk quiet = {.it = talk->it};
    const struct slot *q = match_slot(m, 'q');
    if (!phrase_is_data(q->span))
        return FIT_NO;
    enum fit fit = phrase_thing(&quiet, match_slot(m, 't')->span, &thing);
    if (fit == FIT_YES && thing.target.role == ROLE_SLIDER)
        return value_add(talk, q, verb, &thing.target, out);
    target_finish(&thing.target);
    return FIT_NO;
}

/* A menu is opened and its item clicked; anything else is chosen in. */
static void choose_add(const char *option, const struct thing *in, struct steps *out)
{
    bool menu = in->target.role == ROLE_MENUITEM && in->target.text;
    if (menu) {
        struct step *open = steps_add(out, STEP_CLICK);
        target_copy(&open->target, &in->target);
        open->target.role = ROLE_NONE; /* how it is drawn does not matter */
        struct step *item = steps_add(out, STEP_CLICK);
        item->target = (struct target){.kind = TARGET_TEXT, .text = mem_text(option)};
        return;
    }
    struct step *choose = steps_add(out, STEP_CHOOSE);
    choose->text = mem_text(option);
    if (in->target.kind != TARGET_NONE)
        target_copy(&choose->target, &in->target);
}

/* "select gender Male": hardly the option "gender Male". */
static bool names_field(struct span s)
{
    bool capital = false;
    for (int i = 1; i < s.count; i++)
        capital = capital || token_is_capital(&s.at[i]);
    return s.at->kind == TOKEN_WORD && !token_is_capital(s.at) && capital;
}

enum fit build_choose(struct talk *talk, const struct match *m, enum step_verb verb,
                      struct steps *out)
{
    struct thing in = {0};
    struct values options = {0};
    const struct slot *o = match_slot(m, 'o'), *t = match_slot(m, 't');
    (void)verb;
    if (!t && names_field(o->span) && !span_begins(o->span, "the|both|options") &&
        !span_has(o->span, TOKEN_COMMA))
        return refuse_span(talk, o->span, "does not show what is the option: put it in quotes");
    enum fit fit = phrase_values(talk, o->span, o->open, &options);
    if (fit == FIT_YES && t)
        fit = phrase_thing(talk, t->span, &in);
    for (int i = 0; i < options.count && fit == FIT_YES; i++)
        choose_add(options.items[i], &in, out);
    target_finish(&in.target);
    values_finish(&options);
    return fit;
}
