#include "vision/nearest.h"

#include "base/alike.h"
#include "base/fold.h"
#include "base/utf8.h"

#include <string.h>

#define NEAREST_COUNT 3
#define NEAREST_MIN   0.4 /* what is less like it helps nobody */

#define FACTOR_PART  0.9 /* it is a part of what is there */
#define FACTOR_MEANS 0.8

#define PAIRS_MAX                                                                                  \
    512 /* of neighbouring letters of a text; the rest of a longer one is not looked at */

/* Which pairs of neighbouring letters a text has: a measure of likeness that is quick and forgives
 * everything. */
struct pairs {
    uint16_t items[PAIRS_MAX];
    int count;
};

static void pairs_read(struct pairs *p, const char *text)
{
    uint32_t before = ' ';
    p->count = 0;
    for (uint32_t c; p->count < PAIRS_MAX && (c = fold_lower(utf8_next(&text)));) {
        if (c != ' ')
            p->items[p->count++] = (uint16_t)(before * 251 + c);
        before = c;
    }
}

static int pairs_common(const struct pairs *a, const struct pairs *b)
{
    int common = 0;
    for (int i = 0; i < a->count; i++) {
        int j = 0;
        while (j < b->count && b->items[j] != a->items[i])
            j++;
        common += j < b->count;
    }
    return common;
}

/* Far more lenient than what decides: this is only told. */
static double likeness(const char *have, const char *want, const struct pairs *want_pairs)
{
    struct pairs pairs;
    if (!have || !have[0] || !want_pairs->count)
        return 0;
    pairs_read(&pairs, have);
    int common = pairs_common(want_pairs, &pairs);
    double both = 2.0 * common / (want_pairs->count + pairs.count);
    double part = FACTOR_PART * common / want_pairs->count;
    double means = FACTOR_MEANS * alike_label(have, want);
    double best = both > part ? both : part;
    return means > best ? means : best;
}

/* Puts C among the best, unless its text is there already. */
static void offer(const struct scene *scene, struct candidates *best, const struct candidate *c)
{
    if (c->rank < NEAREST_MIN)
        return;
    struct buf text = {0};
    candidate_text(scene, c, &text);
    int at = best->count;
    bool known = false;
    for (int i = best->count - 1; i >= 0; i--) {
        struct buf other = {0};
        candidate_text(scene, &best->items[i], &other);
        known |= alike_equal(buf_text(&text), buf_text(&other));
        buf_finish(&other);
        if (best->items[i].rank < c->rank)
            at = i;
    }
    buf_finish(&text);
    if (known || at >= NEAREST_COUNT)
        return;
    candidates_add(best);
    memmove(&best->items[at + 1], &best->items[at],
            (size_t)(best->count - 1 - at) * sizeof *best->items);
    best->items[at] = *c;
    if (best->count > NEAREST_COUNT)
        best->count = NEAREST_COUNT;
}

static void nearest_elements(const struct scene *scene, const char *want, const struct pairs *pairs,
                             struct candidates *best)
{
    for (int i = 0; i < scene->element_count; i++) {
        const struct element *e = &scene->elements[i];
        double by_label = likeness(e->label, want, pairs), by_text = likeness(e->text, want, pairs);
        struct candidate c = {
            .element = e, .box = e->box, .rank = by_label > by_text ? by_label : by_text};
        offer(scene, best, &c);
    }
}

static void nearest_lines(const struct scene *scene, const char *want, const struct pairs *pairs,
                          struct candidates *best)
{
    for (int i = 0; i < scene->word_count;) {
        struct candidate c = {.first_word = i};
        int line = scene->words[i].line;
        for (; i < scene->word_count && scene->words[i].line == line; i++)
            c.box = rect_union(c.box, scene->words[i].box);
        c.end_word = i;
        struct buf text = {0};
        candidate_text(scene, &c, &text);
        c.rank = likeness(buf_text(&text), want, pairs);
        buf_finish(&text);
        offer(scene, best, &c);
    }
}

static void list(const struct scene *scene, const struct candidates *c, struct buf *out)
{
    for (int i = 0; i < c->count && i < NEAREST_COUNT; i++) {
        buf_add(out, i ? ", " : "");
        candidate_print(scene, &c->items[i], out);
    }
}

void nearest_explain(const struct scene *scene, const struct target *target,
                     const struct candidates *elsewhere, struct err *e)
{
    if (!e)
        return;
    struct buf name = {0}, seen = {0};
    struct candidates best = {0};
    target_print(target, &name);
    if (elsewhere->count) {
        list(scene, elsewhere, &seen);
        err_set(e, ERR_TASK, "there is no %s; elsewhere there is %s", buf_text(&name),
                buf_text(&seen));
    } else if (!scene->element_count && !scene->word_count) {
        err_set(e, ERR_TASK, "there is no %s: the screen shows no text at all", buf_text(&name));
    } else {
        if (target->text && target->text[0]) {
            struct pairs pairs;
            pairs_read(&pairs, target->text);
            nearest_elements(scene, target->text, &pairs, &best);
            nearest_lines(scene, target->text, &pairs, &best);
        }
        list(scene, &best, &seen);
        err_set(e, ERR_TASK, "there is no %s on the screen%s%s", buf_text(&name),
                best.count ? "; nearest is " : ", and nothing like it",
                best.count ? buf_text(&seen) : "");
    }
    candidates_finish(&best);
    buf_finish(&name);
    buf_finish(&seen);
}
