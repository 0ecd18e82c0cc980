#include "policy/literal.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "policy/clause.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SENTENCE_WORDS_MAX 600
#define ATTEMPTS_MAX       4000 /* clauses tried in one sentence */
#define SHOWN_BYTES        160  /* of a clause in an error */

/* What announces steps or data: "Fill in the form with these values:", "Do the following:" */
#define INTRO_WORDS                                                                                \
    "fill|in|out|enter|use|type|the|this|form|with|following|data|values|details|information|"     \
    "as|follows|these|fields|field|it|using|below|complete|do|please|perform|steps|step|task|"     \
    "goal|instructions|here|is|are|what|to|actions|follow|your|carry|then|and|of"

/* Where the reading of a sentence got stuck. */
struct failure {
    int from, to;               /* tokens of the clause */
    char refusal[REFUSAL_SIZE]; /* "" when the clause is not understood at all */
    bool found;
};

struct sentence {
    struct span s;
    struct steps *steps; /* borrowed; those before it included */
    bool data;           /* names and values follow: "Name: Ada" */
    int attempts;
    struct failure refused, unknown; /* the furthest of each kind */
};

static int separator(struct span s, int i)
{
    if (i < s.count && s.at[i].kind == TOKEN_COMMA)
        return 1;
    return i < s.count ? span_begins(span_rest(s, i), "and|then|and_then|followed_by|but") : 0;
}

static void failure_note(struct failure *f, int from, int to, const char *refusal)
{
    if (f->found && from <= f->from)
        return;
    *f = (struct failure){.from = from, .to = to, .found = true};
    snprintf(f->refusal, sizeof f->refusal, "%s", refusal);
}

/* The end of the clause that begins at FROM, as a person would see it: where another verb begins.
 */
static int clause_end(struct span s, int from)
{
    for (int j = from + 1; j < s.count; j++) {
        int n = separator(s, j);
        if (n && j + n < s.count && lexicon_is_verb(s.at[j + n].lower))
            return j;
    }
    return s.count;
}

/* "Name: Ada" where data was announced. */
static enum fit pair_parse(struct talk *talk, struct span s, struct steps *out)
{
    struct thing thing;
    char *value;
    int k = 1;
    while (k < s.count && s.at[k].kind != TOKEN_COLON)
        k++;
    if (k + 1 >= s.count)
        return FIT_NO;
    enum fit fit = phrase_thing(talk, span_part(s, 0, k), &thing);
    if (fit != FIT_YES)
        return fit;
    fit = phrase_value(talk, span_rest(s, k + 1), VALUE_TYPED, false, &value);
    if (fit != FIT_YES) {
        target_finish(&thing.target);
        return fit;
    }
    struct step *step = steps_add(out, STEP_SET);
    step->target = thing.target;
    step->text = value;
    return FIT_YES;
}

/* What was spoken of last: the target of the last step that has one. False for nothing. */
static bool last_target(const struct steps *steps, struct target *out)
{
    for (int i = steps->count - 1; i >= 0; i--) {
        const struct step *step = &steps->items[i];
        const struct target *t = step->verb == STEP_SCROLL && step->second.kind != TARGET_NONE
                                     ? &step->second
                                     : &step->target;
        if (t->kind != TARGET_NONE) {
            target_copy(out, t);
            return true;
        }
    }
    return false;
}

static enum fit one_clause(struct sentence *p, int from, int to, const struct pattern *before,
                           const struct pattern **used)
{
    struct target it = {0};
    struct talk talk = {.it = last_target(p->steps, &it) ? &it : NULL,
                        .after = span_rest(p->s, to)};
    struct span s = span_part(p->s, from, to - from);
    enum fit fit = p->data ? pair_parse(&talk, s, p->steps) : FIT_NO;
    if (fit == FIT_NO)
        fit = clause_parse(&talk, s, before, p->steps, used);
    if (fit == FIT_REFUSED)
        failure_note(&p->refused, from, to, talk.refusal);
    target_finish(&it);
    return fit;
}

/* Reads the clauses from token I on. The shortest that make sense to the end of the sentence are
 * meant. */
/* NOLINTNEXTLINE(misc-no-recursion): a sentence is at most SENTENCE_WORDS_MAX long */
static bool clauses_from(struct sentence *p, int i, const struct pattern *before)
{
    for (int n; (n = separator(p->s, i)) > 0;)
        i += n;
    if (i >= p->s.count)
        return true;
    for (int j = i + 1; j <= p->s.count; j++) {
        const struct pattern *used = NULL;
        int steps = p->steps->count;
        if (j < p->s.count && !separator(p->s, j) && !p->s.at[j - 1].ends)
            continue;
        if (++p->attempts > ATTEMPTS_MAX)
            return false;
        if (one_clause(p, i, j, before, &used) != FIT_YES)
            continue;
        if (clauses_from(p, j, used))
            return true;
        steps_cut(p->steps, steps);
    }
    failure_note(&p->unknown, i, clause_end(p->s, i), "");
    return false;
}

/* Passes over what only announces: "Do the following:". True when there was such. */
static bool intro_pass(struct span *s)
{
    int k = 0;
    while (k < s->count && s->at[k].kind != TOKEN_COLON)
        if (!token_is(&s->at[k++], INTRO_WORDS))
            return false;
    if (k == 0 || k == s->count)
        return false;
    *s = span_rest(*s, k + 1);
    return true;
}

static bool fail(struct span clause, const char *why, struct err *e)
{
    size_t bytes = 0;
    const char *text = clause.count ? span_text(clause, &bytes) : "";
    bool cut = bytes > SHOWN_BYTES;
    if (cut)
        for (bytes = SHOWN_BYTES; ((unsigned char)text[bytes] & 0xc0) == 0x80;)
            bytes--;
    return err_set(e, ERR_USAGE, "\"%.*s%s\" cannot be done by the letter: %s", (int)bytes, text,
                   cut ? "..." : "", why);
}

/* An unknown verb is told before what became of it when it was taken for part of a name. */
static bool sentence_fail(const struct sentence *p, struct err *e)
{
    const struct failure *f = &p->refused;
    struct span unknown = span_rest(p->s, p->unknown.from);
    bool verb = p->unknown.found && p->unknown.from > 0 && unknown.at->kind == TOKEN_WORD &&
                !token_is_capital(unknown.at);
    if (!f->found || (verb && p->unknown.from > f->from))
        f = &p->unknown;
    struct span clause = f->found ? span_part(p->s, f->from, f->to - f->from) : p->s;
    return fail(clause, *f->refusal ? f->refusal : "it is not understood", e);
}

static bool sentence_parse(struct span s, bool *data, struct steps *steps, struct err *e)
{
    if (intro_pass(&s))
        *data = true;
    if (s.count == 0)
        return true;
    if (s.count > SENTENCE_WORDS_MAX)
        return fail(span_part(s, 0, 12), "the sentence is too long", e);
    if (span_ends(s, "and|then|and_then|but|followed_by"))
        return fail(s, "it breaks off", e);
    struct sentence p = {.s = s, .steps = steps, .data = *data};
    if (!clauses_from(&p, 0, NULL))
        return sentence_fail(&p, e);
    return steps->count <= LITERAL_STEPS_MAX || fail(s, "these are too many steps", e);
}

static bool sentences_parse(const struct tokens *tokens, struct steps *steps, struct err *e)
{
    bool data = false;
    for (int from = 0, i = 0; i < tokens->count; i++) {
        if (tokens->items[i].kind != TOKEN_STOP)
            continue;
        struct span s = {tokens->items + from, i - from};
        if (s.count > 0 && !sentence_parse(s, &data, steps, e))
            return false;
        from = i + 1;
    }
    if (steps->count > 0)
        return true;
    return err_set(e, ERR_USAGE, "the instruction says nothing that is to be done");
}

static bool instruction_parse(const char *instruction, struct steps *steps, struct err *e)
{
    struct tokens tokens;
    size_t bad, bytes = strnlen(instruction, LITERAL_BYTES_MAX + 1);
    if (bytes > LITERAL_BYTES_MAX)
        return err_set(e, ERR_USAGE, "the instruction is longer than %d bytes", LITERAL_BYTES_MAX);
    if (!utf8_valid(instruction, bytes, &bad))
        return err_set(e, ERR_USAGE, "the instruction is not UTF-8 (byte %zu)", bad);
    bool fine = tokens_read(instruction, &tokens, e) && sentences_parse(&tokens, steps, e);
    tokens_finish(&tokens);
    return fine;
}

bool literal_parse(const char *instruction, struct literal *out, struct err *e)
{
    struct steps steps = {0};
    if (!instruction_parse(instruction, &steps, e)) {
        steps_finish(&steps);
        return err_append(e, ". Nothing was done. A model can read freer instructions: "
                             "--policy model:PROVIDER/NAME");
    }
    *out = (struct literal){.steps = steps.items, .count = steps.count};
    return true;
}

void literal_finish(struct literal *l)
{
    for (int i = 0; i < l->count; i++)
        step_finish(&l->steps[i]);
    free(l->steps);
    *l = (struct literal){0};
}
