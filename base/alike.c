#include "base/alike.h"

#include "base/align.h"
#include "base/confusion.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

/* What may differ in a value that is still the same: little, and the less the shorter it is. */
#define VALUE_SLACK        0.14
#define VALUE_SLACK_LETTER 0.02

/* A stray sign at the ends of a reading: dirt, the edge of a box, a caret, the arrow of a list. */
#define SPECKS      ".,'\"|[]()_:▼▾⌄ˇ▲▴"
#define SPECKS_LOST ".,"

#define ICON_FACTOR    0.9 /* for a letter in front that may be an icon */
#define ICON_REST_MIN  3   /* letters behind it */
#define LENGTHS_FACTOR 2   /* texts so different in length are not compared letter by letter */

static bool is_space(const struct fold_char *c)
{
    return c->letter == ' ';
}

static int letters_of(const struct folded *f)
{
    int n = 0;
    for (int i = 0; i < f->count; i++)
        n += !is_space(&f->chars[i]);
    return n;
}

static bool same_but_spaces(const struct folded *a, const struct folded *b)
{
    int i = 0, j = 0;
    for (;; i++, j++) {
        while (i < a->count && is_space(&a->chars[i]))
            i++;
        while (j < b->count && is_space(&b->chars[j]))
            j++;
        if (i == a->count || j == b->count)
            return i == a->count && j == b->count;
        if (a->chars[i].letter != b->chars[j].letter || a->chars[i].mark != b->chars[j].mark)
            return false;
    }
}

bool alike_equal(const char *a, const char *b)
{
    struct folded fa, fb;
    fold_text(&fa, a);
    fold_text(&fb, b);
    fold_strip(&fa);
    fold_strip(&fb);
    bool same = same_but_spaces(&fa, &fb);
    fold_finish(&fa);
    fold_finish(&fb);
    return same;
}

/* Whichever order A and B come in, one order to compare them in: ways of equal cost are then chosen
 * alike. */
static bool in_order(const struct folded *a, const struct folded *b)
{
    if (a->count != b->count)
        return a->count > b->count;
    for (int i = 0; i < a->count; i++)
        if (a->chars[i].shape != b->chars[i].shape)
            return a->chars[i].shape < b->chars[i].shape;
    return true;
}

static double score_of(const struct folded *a, const struct folded *b)
{
    int na = letters_of(a), nb = letters_of(b);
    int more = na > nb ? na : nb, fewer = na > nb ? nb : na;
    if (!more || !fewer)
        return more == fewer ? 1 : 0;
    if (same_but_spaces(a, b))
        return 1;
    if (more > LENGTHS_FACTOR * fewer) { /* most of it is missing: only how much is of interest */
        struct alignment lacks = {.cost = more - fewer, .letters = more};
        return align_score(&lacks);
    }
    struct alignment al =
        in_order(a, b) ? align_best(a, b, ALIGN_WHOLE) : align_best(b, a, ALIGN_WHOLE);
    return align_score(&al);
}

/* A single sign or letter in front, as icons are read: "Q Search", "@ Settings". */
static bool has_icon(const struct folded *f)
{
    return f->count > ICON_REST_MIN + 1 && is_space(&f->chars[1]) && !fold_is_digit(&f->chars[0]);
}

static double score_without_icon(struct folded *a, const struct folded *b)
{
    struct fold_char *chars = a->chars;
    a->chars += 2;
    a->count -= 2;
    double score = score_of(a, b);
    a->chars = chars;
    a->count += 2;
    return ICON_FACTOR * score;
}

double alike_score(const char *a, const char *b)
{
    struct folded fa, fb;
    fold_text(&fa, a);
    fold_text(&fb, b);
    fold_strip(&fa);
    fold_strip(&fb);
    double score = score_of(&fa, &fb), rest = 0;
    if (score < ICON_FACTOR && has_icon(&fa) != has_icon(&fb))
        rest = has_icon(&fa) ? score_without_icon(&fa, &fb) : score_without_icon(&fb, &fa);
    fold_finish(&fa);
    fold_finish(&fb);
    return rest > score ? rest : score;
}

static bool is_one_of(const struct fold_char *c, const char *set)
{
    for (uint32_t one; (one = utf8_next(&set));)
        if (one == c->letter)
            return true;
    return false;
}

/* Is the sign at the beginning a part of the number behind it? */
static bool begins_number(const struct folded *f)
{
    return f->count > 1 && fold_is_digit(&f->chars[1]) && is_one_of(&f->chars[0], "-.,");
}

/* Takes specks from the ends of A that B has not. Returns what that costs. */
static double specks_off(struct folded *a, const struct folded *b, const char *specks)
{
    double cost = 0;
    while (a->count > 1 && is_one_of(&a->chars[a->count - 1], specks) &&
           a->chars[a->count - 1].letter != b->chars[b->count - 1].letter) {
        a->count--;
        cost += CONFUSION_WEAK;
        if (is_space(&a->chars[a->count - 1]))
            a->count--;
    }
    return cost;
}

static double specks_off_front(struct folded *read, const struct folded *meant)
{
    if (read->count < 2 || !is_one_of(&read->chars[0], SPECKS) || begins_number(read) ||
        read->chars[0].letter == meant->chars[0].letter)
        return 0;
    int off = read->count > 2 && is_space(&read->chars[1]) ? 2 : 1;
    read->count -= off;
    memmove(read->chars, read->chars + off, (size_t)read->count * sizeof *read->chars);
    return CONFUSION_WEAK;
}

static bool value_same(struct folded *read, struct folded *meant)
{
    if (!read->count || !meant->count)
        return read->count == meant->count;
    double cost = specks_off(read, meant, SPECKS) + specks_off(meant, read, SPECKS_LOST) +
                  specks_off_front(read, meant);
    struct alignment al = align_best(read, meant, ALIGN_EXACT);
    cost += al.cost;
    return cost <= VALUE_SLACK + VALUE_SLACK_LETTER * al.letters;
}

bool alike_value(const char *read, const char *meant)
{
    struct folded r, m;
    fold_text(&r, read);
    fold_text(&m, meant);
    bool same = value_same(&r, &m);
    fold_finish(&r);
    fold_finish(&m);
    return same;
}

double alike_find(const char *haystack, const char *needle, size_t *start, size_t *end)
{
    struct folded hay, need;
    fold_text(&hay, haystack);
    fold_text(&need, needle);
    fold_strip(&need);
    struct alignment al = {.cost = ALIGN_NEVER};
    if (need.count <= LENGTHS_FACTOR * hay.count) /* else most of it can't be there */
        al = align_best(&hay, &need, ALIGN_WITHIN);
    bool found = al.cost < ALIGN_NEVER;
    if (start)
        *start = found ? hay.chars[al.start].at : 0;
    if (end)
        *end = found ? fold_end(&hay, al.end - 1) : 0;
    fold_finish(&hay);
    fold_finish(&need);
    return align_score(&al);
}

double alike_within(const char *haystack, const char *needle)
{
    return alike_find(haystack, needle, NULL, NULL);
}

#define NEAREST_LETTERS 48 /* a longer word is not a slip of the keys */

/* How many slips of the keys lie between two words: letters wrong, missing, too many, or swapped.
 */
static int slips(const struct folded *a, const struct folded *b)
{
    int rows[3][NEAREST_LETTERS + 1] = {{0}};
    for (int j = 0; j <= b->count; j++)
        rows[0][j] = j;
    for (int i = 1; i <= a->count; i++) {
        int *now = rows[i % 3], *before = rows[(i + 2) % 3], *earlier = rows[(i + 1) % 3];
        now[0] = i;
        for (int j = 1; j <= b->count; j++) {
            uint32_t x = a->chars[i - 1].letter, y = b->chars[j - 1].letter;
            int best = before[j - 1] + (x != y);
            best = before[j] + 1 < best ? before[j] + 1 : best;
            best = now[j - 1] + 1 < best ? now[j - 1] + 1 : best;
            if (i > 1 && j > 1 && x == b->chars[j - 2].letter && y == a->chars[i - 2].letter &&
                earlier[j - 2] + 1 < best)
                best = earlier[j - 2] + 1;
            now[j] = best;
        }
    }
    return rows[a->count % 3][b->count];
}

const char *alike_nearest(const char *word, const char *const *words, int count)
{
    const char *best = NULL;
    int best_slips = 0;
    struct folded a;
    fold_text(&a, word);
    for (int i = 0; i < count && a.count <= NEAREST_LETTERS; i++) {
        struct folded b;
        fold_text(&b, words[i]);
        int longer = a.count > b.count ? a.count : b.count;
        int most = longer < 3 ? 0 : longer < 6 ? 1 : longer / 3;
        int n = b.count <= NEAREST_LETTERS ? slips(&a, &b) : most + 1;
        fold_finish(&b);
        if (n <= most && (!best || n < best_slips)) {
            best = words[i];
            best_slips = n;
        }
    }
    fold_finish(&a);
    return best;
}
