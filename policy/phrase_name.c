/* A thing by itself: its name, its noun, its ordinal. */
#include "policy/phrase.h"

#include "base/buf.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NAME_WORDS_MAX 16
#define NOWHERE        "page|screen|window|top|bottom|middle|center|centre|left|right|corner"

enum fit refuse(struct talk *talk, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vsnprintf(talk->refusal, sizeof talk->refusal, format, args);
    va_end(args);
    return FIT_REFUSED;
}

enum fit refuse_span(struct talk *talk, struct span s, const char *why)
{
    size_t bytes;
    const char *text = span_text(s, &bytes);
    return refuse(talk, "\"%.*s\" %s", bytes < 80 ? (int)bytes : 80, text, why);
}

struct span phrase_strip(struct span s, bool *had)
{
    *had = s.count > 1 && s.at->kind == TOKEN_WORD && !token_is_capital(s.at) &&
           lexicon_is_determiner(s.at->lower);
    return *had ? span_rest(s, 1) : s;
}

/* Words that make a name more than a name. */
static enum fit name_word_check(struct talk *talk, struct span s, int i)
{
    const struct token *t = &s.at[i];
    if (t->kind != TOKEN_WORD)
        return FIT_NO;
    if (token_is_capital(t))
        return FIT_YES;
    if (i == 0 && lexicon_is_preposition(t->lower))
        return FIT_NO;
    if (i == 0 && lexicon_is_pronoun(t->lower))
        return refuse_span(talk, s, "does not say what is meant");
    if (i == 0 && (lexicon_is_judgement(t->lower) || lexicon_is_look(t->lower)))
        return refuse_span(talk, s, "must be judged by looking (a name would stand in quotes)");
    if (lexicon_is_condition(t->lower))
        return refuse_span(talk, s, "is more than the name of something (or put it in quotes)");
    if (i > 0 && token_is(t, "into|onto|then|click|press|choose|uncheck|untick|scroll"))
        return refuse_span(talk, s, "may be more than a name: put the name in quotes");
    const struct token *next = i + 1 < s.count ? t + 1 : NULL;
    if (next && token_is(t, "to") && !token_is_capital(next) && lexicon_is_verb(next->lower))
        return refuse_span(talk, s, "may be more than a name: put the name in quotes");
    if (strcmp(t->lower, "and") == 0)
        return refuse_span(talk, s, "may be one thing or several: put each name in quotes");
    return FIT_YES;
}

/* A quoted or bare name, as it is written. */
enum fit phrase_name(struct talk *talk, struct span s, char **out)
{
    if (s.count == 0 || s.count > NAME_WORDS_MAX)
        return FIT_NO;
    for (int i = 0; i < s.count && !span_is_quoted(s); i++) {
        enum fit fit = name_word_check(talk, s, i);
        if (fit != FIT_YES)
            return fit;
    }
    if (span_is_quoted(s) && !*s.at->text)
        return FIT_NO;
    *out = span_copy(s);
    return FIT_YES;
}

/* "row of Ada", "Ada's row", "the same row as Ada", "row "Ada"": the name in it, empty when there
 * is none. */
static struct span row_name(struct span s, const char *rows)
{
    int n = span_begins(s, rows);
    if (n && n < s.count) {
        struct span name = span_rest(s, n);
        return span_rest(name, span_begins(name, "of|for|with|as|containing|that_contains|that_has|"
                                                 "where_it_says|" PHRASE_LABELLED));
    }
    n = span_ends(s, rows);
    return n && n < s.count ? span_part(s, 0, s.count - n) : span_part(s, 0, 0);
}

/* The name without the genitive of "Ada's row". */
static void genitive_strip(char *name)
{
    size_t n = strlen(name);
    const char *curly = "\xe2\x80\x99s";
    if (n > 2 && strcmp(name + n - 2, "'s") == 0)
        name[n - 2] = '\0';
    else if (n > 4 && strcmp(name + n - 4, curly) == 0)
        name[n - 4] = '\0';
}

enum fit phrase_row(struct talk *talk, struct span s, const char *rows, struct target *out)
{
    bool article;
    struct span name = row_name(s, rows);
    if (name.count == 0)
        return FIT_NO;
    bool genitive = name.count == 2 && name.at->kind == TOKEN_QUOTED && token_is(&name.at[1], "'s");
    name = genitive ? span_part(name, 0, 1) : phrase_strip(name, &article);
    if (name.count == 1 && name.at->kind == TOKEN_WORD &&
        (lexicon_ordinal(name.at->lower) || lexicon_number(name.at->lower)))
        return refuse(talk, "rows can't be counted: say what stands in the row");
    *out = (struct target){.kind = TARGET_TEXT};
    enum fit fit = phrase_name(talk, name, &out->text);
    if (fit == FIT_YES && !span_is_quoted(name))
        genitive_strip(out->text);
    return fit;
}

static void noun_apply(struct thing *t, const struct noun *noun, bool named)
{
    bool any = noun->use == NOUN_GROUP || (named && noun->vague && !noun->field);
    t->noun = noun;
    t->target.role = any ? ROLE_NONE : noun->role;
    t->target.field = noun->field;
}

/*
 * Is the noun at the end just part of the name? Labels end in such words: Job title, Age group,
 * Credit card, Mailing list. Where groups are looked for ("in the Billing section") they are no
 * part of it.
 */
static bool noun_is_name(const struct noun *noun, struct span name, bool definite, bool place)
{
    if (noun->role || noun->field || span_is_quoted(name))
        return false;
    if (noun->vague)
        return true;
    if (noun->use == NOUN_GROUP)
        return !place;
    return noun->use == NOUN_BOTH && !definite && !place;
}

/* "Save button", "the button", "First name field" */
static enum fit noun_last(struct talk *talk, struct span s, bool definite, bool place,
                          struct thing *out)
{
    int n;
    const struct noun *noun = noun_ends(s, &n);
    if (!noun || noun->plural)
        return FIT_NO;
    struct span name = span_part(s, 0, s.count - n);
    if (name.count == 0 && token_is_capital(s.at))
        return FIT_NO;
    if (name.count == 0 && (!definite || noun->vague) && !(noun->role || noun->field))
        return FIT_NO;
    if (name.count > 0 && noun_is_name(noun, name, definite, place))
        return FIT_NO;
    noun_apply(out, noun, name.count > 0);
    return name.count == 0 ? FIT_YES : phrase_name(talk, name, &out->target.text);
}

/* "button "Save"", "the field called First name", "the checkbox for Newsletter" */
static enum fit noun_first(struct talk *talk, struct span s, struct thing *out)
{
    int n;
    bool article;
    const struct noun *noun = noun_begins(s, &n);
    if (!noun || n == s.count)
        return FIT_NO;
    struct span name = span_rest(s, n);
    int labelled = span_begins(name, PHRASE_LABELLED);
    int for_what = noun->role || noun->field ? span_begins(name, "for|of") : 0;
    bool direct =
        span_is_quoted(name) || (noun->vague && phrase_is_data(name)) ||
        ((noun->role || noun->field) && !token_is_capital(s.at) && token_is_capital(name.at));
    if (!labelled && !for_what && !direct)
        return FIT_NO;
    noun_apply(out, noun, true);
    name = span_rest(name, labelled ? labelled : for_what);
    return phrase_name(talk, labelled ? name : phrase_strip(name, &article), &out->target.text);
}

/* "the second", "the last one", "the one": what was spoken of last, another of its kind. */
static enum fit same_kind(struct talk *talk, struct span s, int ordinal, struct thing *out)
{
    if (!talk->it || (talk->it->kind != TARGET_TEXT && talk->it->kind != TARGET_IMAGE))
        return refuse_span(talk, s, "does not say which kind of thing is meant");
    target_finish(&out->target);
    out->target = *talk->it;
    out->target.text = mem_text(talk->it->text);
    out->target.ordinal = ordinal;
    out->target.relation = RELATION_NONE;
    out->target.of = NULL;
    return FIT_YES;
}

/* First and last stand in the names of fields, too. */
static bool is_name_of_person(struct span s)
{
    static const char names[] = "name|names|initial|initials";
    return span_begins(s, "first|last|second") && s.count > 1 && token_is(&s.at[1], names);
}

/* A thing without article, ordinal and relations. */
static enum fit noun_or_name(struct talk *talk, struct span s, bool definite, bool place,
                             struct thing *out)
{
    bool quoted = s.count > 1 && s.at[s.count - 1].kind == TOKEN_QUOTED;
    enum fit fit = quoted ? noun_first(talk, s, out) : noun_last(talk, s, definite, place, out);
    if (fit == FIT_NO)
        fit = quoted ? noun_last(talk, s, definite, place, out) : noun_first(talk, s, out);
    if (fit != FIT_NO)
        return fit;
    out->noun = NULL;
    out->target.role = ROLE_NONE;
    out->target.field = false;
    out->plain = !definite && !span_is_quoted(s);
    return phrase_name(talk, s, &out->target.text);
}

static enum fit ordinal_thing(struct talk *talk, struct span s, int ordinal, struct thing *out)
{
    struct span rest = span_rest(s, 1);
    if (rest.count == 0 || span_is(rest, "one"))
        return same_kind(talk, s, ordinal, out);
    enum fit fit = noun_or_name(talk, rest, true, false, out);
    if (fit != FIT_YES)
        return fit;
    if (!out->noun && !span_is_quoted(rest) && !token_is_capital(rest.at))
        return refuse_span(talk, s, "may be a name or one of several: put the name in quotes");
    out->target.ordinal = ordinal;
    return FIT_YES;
}

static int ordinal_of(const struct token *t)
{
    bool digit = t->kind == TOKEN_WORD && isdigit((unsigned char)*t->text);
    return t->kind == TOKEN_WORD && (digit || !token_is_capital(t)) ? lexicon_ordinal(t->lower) : 0;
}

/* "Ada's row" */
static bool is_genitive_row(struct span s)
{
    const char *name = s.count > 1 ? s.at[s.count - 2].lower : "";
    size_t n = strlen(name);
    return span_ends(s, "row") && n >= 2 && strcmp(name + n - 2, "'s") == 0;
}

/* What the words mean, when they are neither a plain name nor a noun. FIT_NO: they are. */
static enum fit special_thing(struct talk *talk, struct span s, bool definite, struct thing *out)
{
    static const struct noun row = {.phrases = "row"};
    int ordinal = ordinal_of(s.at), nowhere = span_begins(s, NOWHERE);
    bool row_said = is_genitive_row(s) || (!token_is_capital(s.at) && span_begins(s, "row"));
    if (!definite && !ordinal && !row_said)
        return FIT_NO;
    if (span_is(s, "row"))
        return refuse_span(talk, s, "does not say which one is meant");
    if (definite && nowhere && (nowhere == s.count || token_is(&s.at[nowhere], "of")))
        return refuse_span(talk, s, "is no thing to act on");
    if (definite && span_is(s, "one"))
        return same_kind(talk, s, 0, out);
    if (ordinal && !is_name_of_person(s))
        return ordinal_thing(talk, s, ordinal, out);
    out->noun = &row;
    enum fit fit = phrase_row(talk, s, "row|table_row", &out->target);
    return fit == FIT_NO && row_said ? refuse_span(talk, s, "does not say which one is meant")
                                     : fit;
}

enum fit phrase_core(struct talk *talk, struct span s, bool place, struct thing *out)
{
    bool definite, any = span_begins(s, "a|an") && !token_is_capital(s.at);
    *out = (struct thing){.target.kind = TARGET_TEXT};
    s = phrase_strip(s, &definite);
    if (s.count == 0)
        return FIT_NO;
    bool special = !place || ordinal_of(s.at); /* "in the second dropdown" */
    enum fit fit = special ? special_thing(talk, s, definite, out) : FIT_NO;
    if (fit == FIT_NO)
        fit = noun_or_name(talk, s, definite, place, out);
    if (fit == FIT_YES && any && !out->noun && !span_is_quoted(s) && !token_is_capital(s.at))
        fit = refuse_span(talk, s, "does not say which one is meant");
    if (fit != FIT_YES)
        target_finish(&out->target);
    return fit;
}
