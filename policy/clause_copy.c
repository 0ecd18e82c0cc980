/* Clauses whose value is made first: copied from elsewhere on the screen, or put in other letters.
 */
#include "policy/clause_build.h"

#include "base/buf.h"
#include "base/utf8.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <wctype.h>

enum fit build_copy(struct talk *talk, const struct match *m, enum step_verb verb,
                    struct steps *out)
{
    struct thing from = {0}, to = {0};
    struct span source = m->slots[0].span;
    if (span_ends(source, "file|files|folder|directory|document|picture|image|row|page|selection"))
        return refuse_span(talk, source, "can be copied in more than one way: say what to click");
    enum fit fit = phrase_thing(talk, source, &from);
    const struct target *it = talk->it;
    talk->it = fit == FIT_YES ? &from.target : it; /* "... into the second one" */
    if (fit == FIT_YES)
        fit = phrase_thing(talk, m->slots[1].span, &to);
    talk->it = it;
    if (fit != FIT_YES) {
        target_finish(&from.target);
        return fit;
    }
    struct step *copy = steps_add(out, verb);
    copy->target = from.target;
    copy->second = to.target;
    return FIT_YES;
}

/* TEXT in small or capital letters, owned by the caller. */
static char *letters_change(const char *text, bool capital)
{
    struct buf out = {0};
    locale_t locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    while (*text) {
        wint_t letter = utf8_next(&text);
        utf8_put(capital ? towupper_l(letter, locale) : towlower_l(letter, locale), &out);
    }
    freelocale(locale);
    return buf_take(&out);
}

enum fit build_type_case(struct talk *talk, const struct match *m, enum step_verb verb,
                         struct steps *out)
{
    static const char small[] = "lower_case|lowercase|lower-case|small|minuscule|minuscules";
    static const char capital[] = "upper_case|uppercase|upper-case|capital|capitals|caps";
    struct span c = match_slot(m, 'c')->span;
    c = span_rest(c, span_begins(c, "all|only"));
    int ending = span_ends(c, "letters|characters|case");
    if (ending < c.count)
        c = span_part(c, 0, c.count - ending);
    bool up = span_is(c, capital);
    if (!up && !span_is(c, small))
        return FIT_NO;
    int from = out->count;
    enum fit fit = build_type(talk, m, verb, out);
    for (int i = from; fit == FIT_YES && i < out->count; i++) {
        char *text = out->items[i].text;
        if (strstr(text, "{{"))
            return refuse_span(talk, c, "cannot be told of a value that is filled in later");
        out->items[i].text = letters_change(text, up);
        free(text);
    }
    return fit;
}
