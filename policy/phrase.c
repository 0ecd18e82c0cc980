/* A thing with where it is: in a row, in a group, beside something else. */
#include "policy/phrase.h"

#include "base/buf.h"

#include <stdlib.h>
#include <string.h>

#define GENERIC                                                                                    \
    "page|screen|form|window|website|site|browser|app|application|list|top|bottom|middle|left|"    \
    "right|top_of_the_page|bottom_of_the_page|top_of_the_form|bottom_of_the_form|"                 \
    "top_of_the_screen|bottom_of_the_screen|top_left|top_right|bottom_left|bottom_right|"          \
    "top_left_corner|top_right_corner|bottom_left_corner|bottom_right_corner|left_side|right_side"

/* A longer phrase wins; those that are a relation only to some things are told apart by place_of.
 */
static const struct {
    const char *phrases;
    enum relation relation;
} relations[] = {
    {"to_the_left_of|on_the_left_of|left_of|on_the_left_side_of", RELATION_LEFT_OF},
    {"to_the_right_of|on_the_right_of|right_of|on_the_right_side_of", RELATION_RIGHT_OF},
    {"above", RELATION_ABOVE},
    {"below|under|underneath|beneath", RELATION_BELOW},
    {"next_to|right_next_to|beside|near|near_to|close_to|adjacent_to|alongside", RELATION_NEAR},
    {"in|inside|inside_of|within|of|on|at|from", RELATION_IN},
};

/* What stands behind in, of, on ...: a row, a group, or a place that says nothing. */
static enum fit place_of(struct talk *talk, struct span s, bool explicit_left,
                         enum relation *relation, struct target *out)
{
    bool article;
    struct span name = phrase_strip(s, &article);
    *out = (struct target){0};
    *relation = RELATION_NONE;
    if ((article || span_is(s, "top|bottom")) && span_is(name, GENERIC))
        return FIT_YES;
    enum fit fit = phrase_row(talk, name, "row|line|same_row|same_line|table_row", out);
    if (fit != FIT_NO) {
        *relation = RELATION_IN_ROW;
        return fit;
    }
    struct thing group;
    fit = phrase_core(talk, s, true, &group);
    if (fit != FIT_YES)
        return fit;
    bool is_group = group.noun && group.noun->use != NOUN_CONTROL;
    if (!is_group && !explicit_left && !span_is_quoted(s)) {
        target_finish(&group.target);
        return FIT_NO;
    }
    *out = group.target;
    if (is_group) {
        out->role = ROLE_NONE;
        out->field = false;
    }
    bool said = out->text || (!is_group && (out->role || out->field));
    *relation = said ? RELATION_IN : RELATION_NONE; /* "in the dialog" says nothing more */
    return FIT_YES;
}

/* The longest phrase for a relation at the beginning of S: how many tokens; 0 for none. */
static int relation_begins(struct span s, enum relation *out)
{
    int best = 0;
    for (size_t i = 0; i < sizeof relations / sizeof relations[0]; i++) {
        int n = span_begins(s, relations[i].phrases);
        if (n > best) {
            best = n;
            *out = relations[i].relation;
        }
    }
    return best;
}

static enum fit related(struct talk *talk, struct span right, bool explicit_left,
                        enum relation *relation, struct target *out)
{
    struct thing thing;
    if (*relation == RELATION_IN)
        return place_of(talk, right, explicit_left, relation, out);
    enum fit fit = phrase_thing(talk, right, &thing);
    if (fit == FIT_YES)
        *out = thing.target;
    return fit;
}

enum fit phrase_place(struct talk *talk, struct span s, enum relation *relation, struct target *out)
{
    int n = relation_begins(s, relation);
    return n == 0 || n == s.count ? FIT_NO : related(talk, span_rest(s, n), true, relation, out);
}

/* What stands next to something that holds a value is its label. */
static bool is_label(const struct thing *left, enum relation relation, const struct target *right)
{
    return relation == RELATION_NEAR && !left->target.text && !left->target.ordinal &&
           (left->target.field || role_is_field(left->target.role) ||
            role_is_checkable(left->target.role)) &&
           right->text && !right->role && !right->field && !right->ordinal;
}

enum fit phrase_relate(struct talk *talk, struct target *left, enum relation relation,
                       struct target *right)
{
    int relations_count = 1;
    struct target *end = left;
    for (; end->of; end = end->of)
        relations_count++;
    end->relation = relation;
    end->of = mem_alloc(sizeof *end->of);
    *end->of = *right;
    for (const struct target *t = right; t->of; t = t->of)
        relations_count++;
    return relations_count > TARGET_DEPTH_MAX
               ? refuse(talk, "it is described by too many other things")
               : FIT_YES;
}

/* "the button in the dialog labelled OK": what is said of the dialog is meant of the button. */
static bool label_moves(struct thing *left, struct span right, struct target *of)
{
    bool nameless = left->noun && left->target.role && !left->target.text && !left->target.ordinal;
    for (int i = 1; i + 1 < right.count && nameless && of->kind == TARGET_TEXT && of->text; i++) {
        if (!span_begins(span_rest(right, i), "labelled|labeled|saying|that_says|marked|"
                                              "with_the_label|with_the_text|with_label|which_says"))
            continue;
        left->target.text = of->text;
        of->text = NULL;
        return true;
    }
    return false;
}

/* Takes RIGHT over. */
static enum fit relate(struct talk *talk, struct thing *left, enum relation relation,
                       struct target *right)
{
    if (is_label(left, relation, right)) {
        left->target.text = right->text;
        left->target.relation = right->relation;
        left->target.of = right->of;
        return FIT_YES;
    }
    if (relation == RELATION_NONE) {
        target_finish(right);
        return FIT_YES;
    }
    return phrase_relate(talk, &left->target, relation, right);
}

/* Words between a thing and where it is: "the button that is below ...", ", the one in ...", "(the
 * one ...)". */
static int filler(struct span s)
{
    bool comma = s.count > 1 && (s.at->kind == TOKEN_COMMA || strcmp(s.at->lower, "(") == 0);
    int n = comma ? span_begins(span_rest(s, 1), "the_one|the_one_that_is") : 0;
    return n ? n + 1
             : span_begins(s, "that_is|which_is|that's|located|that_is_located|which_is_located|"
                              "directly|just|immediately|right|the_one");
}

/* Tries the thing with its relation at token K. FIT_NO: there is none. */
static enum fit split_at(struct talk *talk, struct span s, int k, struct thing *out)
{
    enum relation relation = RELATION_NONE;
    int skipped = filler(span_rest(s, k));
    int n = relation_begins(span_rest(s, k + skipped), &relation);
    if (n == 0 && skipped) {
        skipped = 0;
        n = relation_begins(span_rest(s, k), &relation);
    }
    if (n == 0 || k + skipped + n >= s.count)
        return FIT_NO;
    struct span left = span_part(s, 0, k), right = span_rest(s, k + skipped + n);
    bool bracketed = strcmp(s.at[k].lower, "(") == 0;
    if (bracketed && right.count > 1 && strcmp(right.at[right.count - 1].lower, ")") == 0)
        right.count--;
    bool idiom =
        span_ends(left, "log|sign|check|opt|zoom|logged|signed|sit|built|plug|clock|punch");
    enum fit fit = idiom ? FIT_NO : phrase_core(talk, left, false, out);
    if (fit != FIT_YES)
        return FIT_NO; /* the whole is judged as a name */
    struct target of = {0};
    bool explicit_left = out->noun || !out->target.text || span_has(left, TOKEN_QUOTED);
    bool in = !explicit_left && token_is(&s.at[k + skipped], "in");
    fit = related(talk, right, explicit_left, &relation, &of);
    bool article;
    bool other = span_is(phrase_strip(left, &article), "one") && of.text && out->target.text;
    if (fit == FIT_YES && other && strcmp(of.text, out->target.text) == 0) {
        free(out->target.text); /* "the one below it" is another of its kind */
        out->target.text = NULL;
    }
    if (fit == FIT_YES && label_moves(out, right, &of))
        target_finish(&of);
    else if (fit == FIT_YES)
        fit = relate(talk, out, relation, &of);
    else if (fit == FIT_NO && in)
        fit =
            refuse_span(talk, s, "may be one name, or something in something: put names in quotes");
    if (fit != FIT_YES)
        target_finish(&out->target);
    return fit;
}

static enum fit it(struct talk *talk, struct span s, struct thing *out)
{
    if (!talk->it)
        return refuse_span(talk, s, "does not say what is meant");
    *out = (struct thing){0};
    target_copy(&out->target, talk->it);
    return FIT_YES;
}

/* "the section" alone does not say which one. */
static enum fit thing_check(struct talk *talk, struct span s, enum fit fit, struct thing *out)
{
    const struct target *t = &out->target;
    if (fit != FIT_YES || t->kind != TARGET_TEXT || t->text || t->role || t->field)
        return fit;
    target_finish(&out->target);
    return refuse_span(talk, s, "does not say which one is meant");
}

/* "the textarea below" says where the reader finds it, not hem. */
static struct span pointing_strip(struct span s)
{
    int noun, n = span_ends(s, "below|above|shown_below|given_below|on_the_page|on_this_page|"
                               "listed_below|provided_below|shown_above");
    bool called = n && n < s.count && noun_ends(span_part(s, 0, s.count - n), &noun);
    return called ? span_part(s, 0, s.count - n) : s;
}

/* NOLINTNEXTLINE(misc-no-recursion): a relation's thing is shorter than the whole */
enum fit phrase_thing(struct talk *talk, struct span s, struct thing *out)
{
    s = pointing_strip(s);
    if (s.count == 0 || span_has(s, TOKEN_COLON) || span_has(s, TOKEN_ARROW))
        return FIT_NO;
    if (span_is(s, "it|that|this|that_one"))
        return it(talk, s, out);
    for (int k = 1; k < s.count - 1; k++) {
        enum fit fit = split_at(talk, s, k, out);
        if (fit != FIT_NO)
            return thing_check(talk, s, fit, out);
    }
    if (span_has(s, TOKEN_COMMA))
        return FIT_NO;
    return thing_check(talk, s, phrase_core(talk, s, false, out), out);
}
