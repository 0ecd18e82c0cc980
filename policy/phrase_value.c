/* What is to be typed or chosen. Unquoted, it is taken exactly as it stands, when it is clear where
 * it ends. */
#include "policy/phrase.h"

#include "base/buf.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* Words that say what kind of value follows. */
#define VALUE_NOUNS                                                                                \
    "text|word|words|value|phrase|string|number|following|following_text|the_text|the_word|"       \
    "the_words|the_value|the_phrase|the_string|the_number|the_following|the_following_text|"       \
    "the_following_words|the_letters|the_letter|the_characters|the_digits"

bool phrase_is_data(struct span s)
{
    if (span_is_quoted(s))
        return true;
    return s.count == 1 && s.at->kind == TOKEN_WORD && strpbrk(s.at->text, "0123456789@");
}

static bool is_key(struct span s)
{
    struct talk quiet = {0};
    struct values keys = {0};
    bool key = phrase_keys(&quiet, s, &keys) == FIT_YES;
    values_finish(&keys);
    return key;
}

/* Could a step begin at this word? */
static bool may_be_step(const struct token *t, bool open)
{
    if (t->kind != TOKEN_WORD)
        return false;
    return lexicon_is_verb(t->lower) || (open && !token_is_capital(t)) ||
           is_key((struct span){t, 1});
}

/* Is it clear that all these words belong to the value? */
static enum fit extent_check(struct talk *talk, struct span s, bool open)
{
    for (int i = 0; i < s.count; i++) {
        const struct token *t = &s.at[i];
        bool joint = t->kind == TOKEN_COMMA || token_is(t, "and|then|or");
        if (t->kind == TOKEN_COLON || t->kind == TOKEN_ARROW || t->kind == TOKEN_STOP)
            return refuse_span(talk, s, "may be more than the text: put the text in quotes");
        if (t->kind == TOKEN_QUOTED || (joint && i + 1 == s.count))
            return FIT_NO;
        if ((joint && may_be_step(t + 1, open)) || (t->ends && i + 1 < s.count))
            return refuse_span(talk, s, "may be more than the text: put the text in quotes");
        bool odd = !token_is_capital(t) && (lexicon_is_condition(t->lower) || token_is(t, "into"));
        if (open && odd)
            return refuse_span(talk, s, "may be more than the text: put the text in quotes");
    }
    return FIT_YES;
}

/* Does it stand for something that only the reader can tell: "your name", "it", "any number"? */
static enum fit meaning_check(struct talk *talk, struct span s, enum value_use use, bool open)
{
    if (s.at->kind != TOKEN_WORD)
        return FIT_YES;
    bool small = !token_is_capital(s.at), word = s.count > 1 && s.at[1].kind == TOKEN_WORD;
    if (small && lexicon_is_preposition(s.at->lower))
        return FIT_NO;
    bool option = s.count == 1 && span_is(s, "no|none|other");
    if (small && !option &&
        ((word && lexicon_is_determiner(s.at->lower)) || lexicon_is_judgement(s.at->lower)))
        return refuse_span(talk, s, "does not say what exactly (or put it in quotes)");
    if (s.count == 1 && small && lexicon_is_pronoun(s.at->lower))
        return refuse_span(talk, s, "does not say what is meant");
    if (use == VALUE_TYPED && open && s.count == 1 && is_key(s))
        return refuse_span(talk, s, "may be a text or a key: write press, or put it in quotes");
    return FIT_YES;
}

/* Without what only says what kind of value it is: `the word "Ada"`, `the following text: Ada`,
 * `the code "12"`. */
static struct span kind_strip(struct span s, bool open)
{
    int n = span_begins(s, VALUE_NOUNS);
    struct span rest = span_rest(s, n);
    bool colon = rest.count > 1 && rest.at->kind == TOKEN_COLON;
    if (colon)
        return span_rest(rest, 1);
    if (rest.count == 1 && (span_is_quoted(rest) || (n > 0 && span_begins(s, "the"))))
        return rest;
    struct span last = span_rest(s, s.count - 1);
    bool described = !open && span_begins(s, "the|a|an") && span_is_quoted(last);
    for (int i = 0; i < s.count - 1; i++)
        described = described && s.at[i].kind == TOKEN_WORD;
    return described ? last : s;
}

/* "the France" is France; "the country" alone, or "a country", does not say which. */
static struct span option_strip(struct span s, bool open)
{
    bool article;
    struct span rest = phrase_strip(s, &article);
    bool says = span_is_quoted(rest) || token_is_capital(rest.at) || phrase_is_data(rest) || !open;
    return article && says && span_begins(s, "the") ? rest : s;
}

enum fit phrase_value(struct talk *talk, struct span s, enum value_use use, bool open, char **out)
{
    if (s.count == 0)
        return FIT_NO;
    if (use == VALUE_TYPED)
        s = kind_strip(s, open);
    else
        s = option_strip(s, open);
    if (!span_is_quoted(s)) {
        enum fit fit = meaning_check(talk, s, use, open);
        if (fit == FIT_YES)
            fit = extent_check(talk, s, open);
        if (fit != FIT_YES)
            return fit;
    }
    *out = span_copy(s);
    return FIT_YES;
}

/* Without "both", "the following options:"; MADE: there was such. */
static struct span announcement_strip(struct span s, bool *made)
{
    int n = span_begins(s, "both|all_of|options|the_options|both_options|the_following|"
                           "the_following_options");
    *made = n > 0 && n < s.count;
    s = span_rest(s, *made ? n : 0);
    return *made && s.count > 1 && s.at->kind == TOKEN_COLON ? span_rest(s, 1) : s;
}

/* Are several options clearly several? */
static enum fit options_check(struct talk *talk, struct span s, const struct span *parts, int count,
                              bool clear)
{
    for (int i = 1; i < count; i++) {
        bool inner = i + 1 < count && parts[i].count == 1; /* a list goes on behind it */
        bool verb = parts[i].at->kind == TOKEN_WORD && lexicon_is_verb(parts[i].at->lower);
        if (verb && !inner)
            return refuse_span(talk, parts[i],
                               "is no step that can be done without looking and judging");
        clear = clear || (span_is_quoted(parts[i]) && span_is_quoted(parts[i - 1]));
    }
    if (count > 1 && !clear)
        return refuse_span(talk, s, "may be one thing or several: put each name in quotes");
    return FIT_YES;
}

/* December 31, 2024 */
static bool is_date(struct span s)
{
    return s.count == 4 && s.at->kind == TOKEN_WORD && lexicon_is_month(s.at->lower) &&
           phrase_is_data(span_part(s, 1, 1)) && s.at[2].kind == TOKEN_COMMA &&
           phrase_is_data(span_part(s, 3, 1));
}

enum fit phrase_values(struct talk *talk, struct span s, bool open, struct values *out)
{
    struct span parts[VALUES_MAX];
    int commas;
    bool announced;
    s = announcement_strip(s, &announced);
    int count = phrase_split(s, "and|and_also|as_well_as", parts, VALUES_MAX, &commas);
    if (is_date(s)) {
        parts[0] = s;
        count = 1;
    }
    enum fit fit = count > 0 ? FIT_YES : FIT_NO;
    out->count = 0;
    for (int i = 0; i < count && fit == FIT_YES; i++) {
        fit = phrase_value(talk, parts[i], VALUE_CHOSEN, open, &out->items[i]);
        out->count += fit == FIT_YES;
    }
    if (fit == FIT_YES)
        fit = options_check(talk, s, parts, count, announced || commas > 0);
    if (fit != FIT_YES)
        values_finish(out);
    return fit;
}

void values_finish(struct values *v)
{
    for (int i = 0; i < v->count; i++)
        free(v->items[i]);
    v->count = 0;
}
