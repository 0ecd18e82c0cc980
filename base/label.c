/*
 * alike_label: how well a datum's name fits the label of a field. Both are taken apart into terms,
 * the terms are paired in any order, and what is left over on either side speaks against.
 */
#include "base/align.h"
#include "base/alike.h"
#include "base/terms.h"

#include <string.h>

/* How much a left-over word speaks against, as part of what fits: on the label, on the datum's
 * name, and on both at once, when they name different things; and how much more when it is what the
 * text is about ("Company size"). */
#define AGAINST_LABEL 0.3
#define AGAINST_NAME  0.5
#define AGAINST_BOTH  1.1
#define HEAD_FACTOR   4

#define CAP_OTHER      0.45 /* each asks for something that the other does not */
#define CAP_OPPOSITE   0.4  /* one of them says "not" */
#define CAP_NUMBER     0.3  /* two numbers, and not the same */
#define SAME_GROUP     0.95
#define WORD_PLURAL    0.95
#define WORD_CUT       0.9 /* "Dept." */
#define WORD_LIKE_MIN  0.6
#define EITHER_FACTOR  0.9  /* one of "Email or username" */
#define EXACT_PART     0.04 /* of the score is for being the same to the letter */
#define READ_BADLY_MIN 0.8  /* as a whole alike enough to be the same text, misread */

static bool is_plural(const char *one, const char *many)
{
    size_t n = strlen(one);
    return n > 2 && strncmp(one, many, n) == 0 && strcmp(many + n, "s") == 0;
}

/* "Dept." and "Department": the same beginning, and the dot says that it is cut. */
static bool is_cut(const struct term *cut, const struct term *whole)
{
    size_t n = strlen(cut->key);
    return cut->cut && n >= 2 && strncmp(cut->key, whole->key, n) == 0;
}

static double words_alike(const struct term *a, const struct term *b)
{
    if (!a->chars || !b->chars)
        return 0;
    struct folded fa, fb;
    fa.chars = (struct fold_char *)a->chars; /* only looked at */
    fb.chars = (struct fold_char *)b->chars;
    fa.count = a->count;
    fb.count = b->count;
    struct alignment al = align_best(&fa, &fb, ALIGN_WHOLE);
    double score = align_score(&al);
    return score >= WORD_LIKE_MIN ? score * SAME_GROUP : 0;
}

/* How much two terms mean the same, 0..1. */
static double terms_same(const struct term *a, const struct term *b)
{
    if (a->number >= 0 || b->number >= 0)
        return a->number == b->number ? 1 : 0;
    bool same_key = a->key[0] && strcmp(a->key, b->key) == 0;
    if (a->meaning.group >= 0 && b->meaning.group >= 0)
        return same_key ? 1
               : a->meaning.group == b->meaning.group
                   ? SAME_GROUP
                   : meaning_near(a->meaning.group, b->meaning.group);
    if (same_key)
        return 1;
    if (is_plural(a->key, b->key) || is_plural(b->key, a->key))
        return WORD_PLURAL;
    if (is_cut(a, b) || is_cut(b, a))
        return WORD_CUT;
    return words_alike(a, b);
}

/* What is left over on one side. */
struct rest {
    double weight;
    double full; /* with fillers counted like other words */
    bool thing;  /* something that makes another thing of it */
    bool number, negation;
};

static struct rest rest_of(const struct term *items, int count)
{
    struct rest r = {0};
    for (int i = 0; i < count; i++) {
        const struct term *w = &items[i];
        if (w->taken)
            continue;
        bool little = w->aside || w->meaning.kind == MEANING_VERB || w->number == 1;
        bool heavy = w->head && w->meaning.kind != MEANING_MOMENT;
        r.weight += heavy ? HEAD_FACTOR * w->against : w->against;
        r.full += little || w->against > 1 ? w->against : 1;
        r.thing |= !little;
        r.number |= w->number >= 0 && !w->aside;
        r.negation |= w->meaning.kind == MEANING_NOT;
    }
    return r;
}

/* FITS is the worth of all that stands on both sides. */
static double rests_score(double fits, const struct rest *label, const struct rest *name)
{
    if (fits <= 0)
        return 0;
    bool other = label->thing && name->thing;
    double against = other ? AGAINST_BOTH * (label->full + name->full)
                           : AGAINST_LABEL * label->weight + AGAINST_NAME * name->weight;
    double score = fits / (fits + against), cap = other ? CAP_OTHER : 1;
    if (label->negation || name->negation)
        cap = CAP_OPPOSITE;
    if (label->number && name->number)
        cap = CAP_NUMBER;
    return score < cap ? score : cap;
}

/* What little words are worth depends on what stands beside them, so it is the less of both sides;
 * but a person alone is meant by name ("Patient" and "Patient name"). */
static double pair_worth(const struct term *a, const struct term *b)
{
    bool less = (a->worth < b->worth) != (a->meaning.kind == MEANING_PERSON);
    return less ? a->worth : b->worth;
}

/* Pairs the terms, the surest pairs first, and says how well the two texts fit. */
static double terms_score(struct term *label, int label_count, struct term *name, int name_count)
{
    double fits = 0, label_short = 0, name_short = 0;
    for (int i = 0; i < label_count; i++)
        label[i].taken = false;
    for (int i = 0; i < name_count; i++)
        name[i].taken = false;
    for (;;) {
        struct term *best_a = NULL, *best_b = NULL;
        double best = 0;
        for (int i = 0; i < label_count; i++)
            for (int j = 0; j < name_count && !label[i].taken; j++) {
                double same = name[j].taken ? 0 : terms_same(&label[i], &name[j]);
                if (same > best) {
                    best = same;
                    best_a = &label[i];
                    best_b = &name[j];
                }
            }
        if (!best_a)
            break;
        double both = best * pair_worth(best_a, best_b);
        best_a->taken = best_b->taken = true;
        fits += both;
        label_short += best_a->worth > both ? best_a->worth - both : 0;
        name_short += best_b->worth > both ? best_b->worth - both : 0;
    }
    struct rest label_rest = rest_of(label, label_count), name_rest = rest_of(name, name_count);
    label_rest.weight += label_short;
    name_rest.weight += name_short;
    return rests_score(fits, &label_rest, &name_rest);
}

/* "Email or username", "City / Town": each part by itself may be it. */
static double parts_score(struct terms *label, struct terms *name)
{
    double best = 0;
    for (int start = 0; start < label->count;) {
        int end = start + 1;
        while (end < label->count && !label->items[end].either)
            end++;
        if (end - start == label->count)
            return 0;
        double score = EITHER_FACTOR *
                       terms_score(label->items + start, end - start, name->items, name->count);
        best = score > best ? score : best;
        start = end;
    }
    return best;
}

static double label_score(struct terms *label, const char *name, bool humps, bool *has_humps)
{
    struct terms n;
    terms_read(&n, name, humps);
    *has_humps = terms_has_humps(&n);
    double score = 0;
    if (label->count && n.count) {
        double part = parts_score(label, &n);
        score = terms_score(label->items, label->count, n.items, n.count);
        score = part > score ? part : score;
    }
    terms_finish(&n);
    return score;
}

double alike_label(const char *label, const char *name)
{
    struct terms l;
    bool humps;
    terms_read(&l, label, false);
    double score = label_score(&l, name, false, &humps);
    if (humps) { /* firstName is two words, LinkedIn is one: whichever fits */
        double split = label_score(&l, name, true, &humps);
        score = split > score ? split : score;
    }
    double exact = l.count ? alike_score(label, name) : 0;
    terms_finish(&l);
    score = (1 - EXACT_PART) * score + EXACT_PART * exact;
    return exact >= READ_BADLY_MIN && exact > score ? exact : score;
}
