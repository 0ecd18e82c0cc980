/* Clauses that say what is to be reached, and not by which fields: searches, logging in. */
#include "policy/clause_build.h"

#include "base/buf.h"

#include <stdlib.h>
#include <string.h>

#define WORKS                                                                                      \
    "movie|movies|film|films|book|books|novel|novels|song|songs|album|albums|game|games|"          \
    "video_games|series|shows|tv_shows|music|podcasts|comics"
#define QUALIFIERS "by|from|in|of|called|titled|named|starring|with|and|that_are|released"

/* Takes TEXT over. */
static void set_add(struct steps *out, enum step_verb verb, const char *name, bool field,
                    char *text)
{
    struct step *step = steps_add(out, verb);
    step->target = (struct target){.kind = TARGET_TEXT, .field = field, .text = mem_text(name)};
    step->text = text;
}

/* "search for "cats"", but hardly "search for cheap flights from Paris": that is more than one
 * thing to fill in. */
enum fit build_search(struct talk *talk, const struct match *m, enum step_verb verb,
                      struct steps *out)
{
    const struct slot *v = match_slot(m, 'v');
    for (int i = 0; i < v->span.count && !span_is_quoted(v->span); i++)
        if (v->span.count > 3 || v->span.at[i].kind != TOKEN_WORD ||
            lexicon_is_preposition(v->span.at[i].lower))
            return FIT_NO;
    char *text = NULL;
    enum fit fit = phrase_value(talk, v->span, VALUE_TYPED, v->open, &text);
    if (fit == FIT_YES)
        set_add(out, verb, "Search", true, text);
    struct span after = talk->after;
    after = span_rest(after, after.count && after.at->kind == TOKEN_COMMA);
    after = span_rest(after, span_begins(after, "and|then|and_then"));
    if (fit != FIT_YES || span_begins(after, "click|press|hit|push|tap|submit"))
        return fit;
    struct step *press = steps_add(out, STEP_PRESS);
    press->text = mem_text("Enter");
    press->count = 1;
    return FIT_YES;
}

/* A qualifier's value: the words up to the next one that is none of them. */
static int value_length(struct span s)
{
    int n = 1;
    while (n < s.count && !span_begins(span_rest(s, n), QUALIFIERS) &&
           !(n + 1 < s.count && token_is(&s.at[n + 1], "by")))
        n++;
    return n;
}

/* "directed by Mejia", "from year 1995", "called X": what the field is called, and how many words
 * say so; 0 for none. */
static int qualifier(struct span s, struct buf *name)
{
    int n = 0;
    if (s.count > 2 && s.at->kind == TOKEN_WORD && token_is(&s.at[1], "by")) {
        buf_addf(name, "%s by", s.at->lower);
        return 2;
    }
    if ((n = span_begins(s,
                         "from_the_year|from_year|of_the_year|in_the_year|released_in|from|in|of")))
        buf_add(name, "year");
    else if ((n = span_begins(s, "called|titled|named")))
        buf_add(name, "title");
    else if ((n = span_begins(s, "starring")))
        buf_add(name, "actor");
    return n;
}

/* Only a year is what works are from. */
static bool is_year(struct span s)
{
    return s.count == 1 && s.at->kind == TOKEN_WORD && strlen(s.at->text) == 4 &&
           strspn(s.at->text, "0123456789") == 4;
}

/* "search for crime movies directed by Curry from year 1995": what is said of books, films and the
 * like are the fields to fill in. */
enum fit build_search_works(struct talk *talk, const struct match *m, enum step_verb verb,
                            struct steps *out)
{
    struct span s = match_slot(m, 'v')->span;
    int genre = 0, n = 0;
    while (genre < s.count && !(n = span_begins(span_rest(s, genre), WORKS)))
        genre++;
    if (n == 0 || genre > 2 || genre + n == s.count)
        return FIT_NO;
    if (genre)
        set_add(out, verb, "genre", false, span_copy(span_part(s, 0, genre)));
    for (s = span_rest(s, genre + n); s.count > 0;) {
        struct buf name = {0};
        int said = qualifier(s, &name);
        s = span_rest(s, said);
        int length = said && s.count ? value_length(s) : 0;
        struct span value = span_part(s, 0, length);
        bool year = strcmp(buf_text(&name), "year") == 0;
        if (!length || (year && !is_year(value))) {
            buf_finish(&name);
            steps_cut(out, 0);
            return refuse_span(talk, s.count ? s : match_slot(m, 'v')->span,
                               "does not show which field is meant");
        }
        set_add(out, verb, buf_text(&name), false, span_copy(value));
        buf_finish(&name);
        s = span_rest(s, length);
        s = span_rest(s, span_begins(s, "and"));
    }
    struct step *search = steps_add(out, STEP_CLICK);
    search->target = (struct target){.kind = TARGET_TEXT, .text = mem_text("Search")};
    return FIT_YES;
}

enum fit build_login(struct talk *talk, const struct match *m, enum step_verb verb,
                     struct steps *out)
{
    const struct slot *x = match_slot(m, 'x'), *y = match_slot(m, 'y');
    char *user = NULL, *password = NULL;
    if (x->span.count > 1 || y->span.count > 1)
        return FIT_NO;
    enum fit fit = phrase_value(talk, x->span, VALUE_TYPED, false, &user);
    if (fit == FIT_YES)
        fit = phrase_value(talk, y->span, VALUE_TYPED, y->open, &password);
    if (fit != FIT_YES) {
        free(user);
        return fit;
    }
    set_add(out, verb, "username", false, user);
    set_add(out, verb, "password", false, password);
    struct span after = talk->after;
    after = span_rest(after, after.count && after.at->kind == TOKEN_COMMA);
    after = span_rest(after, span_begins(after, "and|then|and_then"));
    if (span_begins(after, "click|press|hit|push|tap|submit"))
        return fit;
    struct step *login = steps_add(out, STEP_CLICK);
    login->target = (struct target){.kind = TARGET_TEXT, .text = mem_text("Log in")};
    return fit;
}
