#include "base/terms.h"

#include <string.h>

#define WEIGHT_QUALIFIER 1.6
#define WEIGHT_LITTLE    0.35 /* a filler beside other words */
#define WEIGHT_PERSON    0.3
#define WEIGHT_VERB      0.4
#define WEIGHT_MOMENT    0.8
#define WEIGHT_ASIDE     0.2 /* in brackets */
#define WEIGHT_NUMBER    4   /* "Phone 2" is not "Phone" */
#define WEIGHT_FIRST     0.2 /* "Phone 1" nearly is */

static bool is_upper(const struct fold_char *c)
{
    return c->shape != c->letter;
}

/* Does a new word begin at I, in the middle of letters: firstName, address2, XMLFile? */
static bool is_hump(const struct folded *f, int i, bool humps)
{
    const struct fold_char *c = &f->chars[i];
    if (fold_is_digit(c) != fold_is_digit(c - 1))
        return i + 1 >= f->count || fold_is_digit(c) == fold_is_digit(c + 1) ||
               !fold_is_word(c + 1);
    if (!humps || fold_is_digit(c) || !is_upper(c))
        return false;
    return !is_upper(c - 1) || (i + 1 < f->count && fold_is_word(c + 1) && !is_upper(c + 1));
}

static int number_of(const struct fold_char *chars, int count)
{
    int n = 0;
    for (int i = 0; i < count; i++) {
        if (!fold_is_digit(&chars[i]) || n > 9999)
            return -1;
        n = n * 10 + (int)(chars[i].letter - '0');
    }
    return n;
}

/* Cuts the text into words, at HUMPS too; each term is one word yet. */
static void words_split(struct terms *t, bool humps)
{
    const struct folded *f = &t->text;
    bool aside = false, either = false;
    for (int i = 0; i < f->count && t->count < TERMS_MAX;) {
        uint32_t c = f->chars[i].letter;
        if (!fold_is_word(&f->chars[i])) {
            aside = c == '(' || (aside && c != ')');
            either |= c == '/' && !aside;
            i++;
            if (c != '#')
                continue;
            t->items[t->count++] = (struct term){.key = "no", .number = -1, .aside = aside};
            continue;
        }
        int end = i + 1;
        while (end < f->count && ((fold_is_word(&f->chars[end]) && !is_hump(f, end, humps)) ||
                                  (f->chars[end].letter == '\'' && end + 1 < f->count &&
                                   fold_is_word(&f->chars[end + 1]))))
            end++;
        struct term *w = &t->items[t->count++];
        *w = (struct term){.chars = &f->chars[i],
                           .count = end - i,
                           .number = number_of(&f->chars[i], end - i),
                           .aside = aside,
                           .either = either,
                           .cut = end < f->count && f->chars[end].letter == '.'};
        if (!meaning_key(w->chars, w->count, w->key))
            w->key[0] = '\0';
        either = false;
        i = end;
    }
}

/* The longest phrase of the vocabulary that begins with the word I; how many words it has, 0 for
 * none. */
static int phrase_at(const struct terms *t, int i, struct meaning *out, char key[MEANING_KEY_SIZE])
{
    int most = t->count - i < MEANING_WORDS_MAX ? t->count - i : MEANING_WORDS_MAX;
    for (int n = most; n > 0; n--) {
        const struct term *first = &t->items[i], *last = first + n - 1;
        if (n == 1)
            memcpy(key, first->key, MEANING_KEY_SIZE);
        else if (!first->chars || !last->chars ||
                 !meaning_key(first->chars, (int)(last->chars + last->count - first->chars), key))
            continue;
        if (n == 1 && first->number >= 0)
            continue; /* 1 looks like I, but it is a number */
        *out = meaning_of(key);
        if (out->group >= 0 && (!out->alone || n == t->count))
            return n;
    }
    return 0;
}

/* Joins words to the phrases that the vocabulary knows. */
static void phrases_join(struct terms *t)
{
    int count = 0;
    for (int i = 0; i < t->count;) {
        struct meaning meaning;
        char key[MEANING_KEY_SIZE];
        int n = phrase_at(t, i, &meaning, key);
        struct term *to = &t->items[count++];
        *to = t->items[i];
        if (n) {
            const struct term *last = &t->items[i + n - 1];
            if (n > 1)
                to->count = (int)(last->chars + last->count - to->chars);
            to->cut = last->cut;
            to->aside &= last->aside;
            to->meaning = meaning;
            to->number = -1;
            memcpy(to->key, key, sizeof to->key);
        } else {
            to->meaning = (struct meaning){MEANING_NONE, -1, false};
        }
        i += n ? n : 1;
    }
    t->count = count;
}

static void term_drop(struct terms *t, int i)
{
    bool either = t->items[i].either;
    t->count--;
    memmove(&t->items[i], &t->items[i + 1], (size_t)(t->count - i) * sizeof *t->items);
    if (i < t->count)
        t->items[i].either |= either;
}

/* Does the word I say nothing where it stands? */
static bool is_nothing(const struct terms *t, int i)
{
    const struct term *w = &t->items[i];
    bool last = i > 0 && i + 1 == t->count;
    switch (w->meaning.kind) {
    case MEANING_STOP:
    case MEANING_SPEECH:
        return !(last && w->count == 1); /* "Plan A", "Phase I" */
    case MEANING_PREPOSITION:            /* "Date from", "Date to" */
        return !(last && (strcmp(w->key, "from") == 0 || strcmp(w->key, "to") == 0));
    case MEANING_ORDER:
        return i == 0;
    default:
        return false;
    }
}

/* Can a text be about this word? */
static bool is_thing(const struct term *w)
{
    enum meaning_kind kind = w->meaning.kind;
    return (kind == MEANING_NONE || kind == MEANING_FIELD || kind == MEANING_MOMENT ||
            kind == MEANING_ORDER) &&
           w->number < 0 && !w->aside;
}

/* Takes out what says nothing, and marks the head: the last thing before a preposition or brackets.
 */
static void terms_thin(struct terms *t)
{
    int head = -1;
    bool over = false;
    for (int i = 0; i < t->count;) {
        struct term *w = &t->items[i];
        enum meaning_kind kind = w->meaning.kind;
        t->speech |= kind == MEANING_SPEECH || (kind == MEANING_VERB && i == 0);
        over |= w->aside || (kind == MEANING_PREPOSITION && i > 0);
        if (!is_nothing(t, i)) {
            if (is_thing(w) && (!over || head < 0))
                head = i;
            i++;
            continue;
        }
        bool or_else = strcmp(w->key, "or") == 0;
        term_drop(t, i);
        if (or_else && i < t->count)
            t->items[i].either = true;
    }
    if (head >= 0 && !t->speech)
        t->items[head].head = true;
}

/* What each term is worth, which depends on what stands beside it. */
static void terms_weigh(struct terms *t)
{
    bool things = false, named = false;
    for (int i = 0; i < t->count; i++) {
        enum meaning_kind kind = t->items[i].meaning.kind;
        things |= is_thing(&t->items[i]);
        named |= kind == MEANING_FILLER;
    }
    for (int i = 0; i < t->count; i++) {
        struct term *w = &t->items[i];
        enum meaning_kind kind = w->meaning.kind;
        w->worth = w->against = 1;
        if (kind == MEANING_QUALIFIER || kind == MEANING_PREPOSITION)
            w->worth = w->against = WEIGHT_QUALIFIER;
        else if (kind == MEANING_FILLER && things)
            w->worth = w->against = WEIGHT_LITTLE;
        else if (kind == MEANING_PERSON && (things || named))
            w->worth = w->against = WEIGHT_PERSON;
        else if (kind == MEANING_VERB && things)
            w->against = WEIGHT_VERB;
        else if (kind == MEANING_MOMENT)
            w->against = WEIGHT_MOMENT;
        else if (w->number >= 0 && w->number <= TERM_TOP_DIGIT)
            w->worth = w->against = w->number == 1 ? WEIGHT_FIRST : WEIGHT_NUMBER;
        if (w->aside && kind != MEANING_QUALIFIER)
            w->worth = w->against = WEIGHT_ASIDE;
    }
}

/* Drops all but the first of terms that mean the same: "Zip / Postal code". */
static void terms_unite(struct terms *t)
{
    for (int i = 0; i < t->count; i++) {
        for (int j = i + 1; j < t->count;) {
            struct term *a = &t->items[i], *b = &t->items[j];
            if (a->meaning.group < 0 || a->meaning.group != b->meaning.group) {
                j++;
                continue;
            }
            a->head |= b->head;
            a->aside &= b->aside;
            term_drop(t, j);
        }
    }
}

void terms_read(struct terms *t, const char *text, bool humps)
{
    t->count = 0;
    t->speech = false;
    fold_text(&t->text, text);
    words_split(t, humps);
    phrases_join(t);
    struct term all[TERMS_MAX];
    int count = t->count;
    memcpy(all, t->items, sizeof *all * (size_t)count);
    terms_thin(t);
    if (t->count == 0) { /* "To", "Type": nothing but little words, so they must be the matter */
        memcpy(t->items, all, sizeof *all * (size_t)count);
        t->count = count;
    }
    terms_unite(t);
    terms_weigh(t);
}

bool terms_has_humps(const struct terms *t)
{
    const struct folded *f = &t->text;
    for (int i = 1; i < f->count; i++)
        if (fold_is_word(&f->chars[i]) && fold_is_word(&f->chars[i - 1]) &&
            is_hump(f, i, true) != is_hump(f, i, false))
            return true;
    return false;
}

void terms_finish(struct terms *t)
{
    fold_finish(&t->text);
}
