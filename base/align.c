#include "base/align.h"

#include "base/buf.h"
#include "base/change.h"
#include "base/confusion.h"

#include <stdlib.h>
#include <string.h>

/* A word that changes by more than this part of it is another word; sentences get more patience
 * than names. */
#define WORD_LIMIT        0.12
#define WORD_LIMIT_LONG   0.2
#define LONG_TEXT_LETTERS 20

#define CELLS_MAX   (16 << 20) /* bounds the time: some 0.2 s */
#define BAND_MARGIN 64         /* how far off the diagonal a path may go */

#define COST_LIMIT 0.3f /* of the letters: what differs more is not worth knowing how much */

#define CAP_WORD   0.55
#define CAP_NUMBER 0.5
#define CURVE_KNEE 0.125

/* The best way to a place of the table. */
struct cell {
    float cost;
    float word_a, word_b; /* of it, what fell on the words that are not over yet */
    bool word_off, number_off;
    int start; /* WITHIN: where in A it began */
};

struct table {
    const struct folded *a, *b;
    enum align_mode mode;
    double word_limit;
    float cost_limit;     /* ways that cost more are not followed */
    struct cell *rows[3]; /* of A's characters i - 2, i - 1 and i; B's across */
};

static const struct cell nowhere = {.cost = (float)ALIGN_NEVER};

static bool is_space(const struct fold_char *c)
{
    return c->letter == ' ';
}

static int letters_in(const struct folded *f, int start, int end)
{
    int n = 0;
    for (int i = start; i < end; i++)
        n += !is_space(&f->chars[i]);
    return n;
}

/* A word of F ended before END: was too much of it changed? */
static void word_over(const struct table *t, struct cell *c, const struct folded *f, int end)
{
    float *cost = f == t->a ? &c->word_a : &c->word_b;
    int first = f == t->a ? c->start : 0;
    int start = end;
    while (start > first && !is_space(&f->chars[start - 1]))
        start--;
    if (end > start && *cost > t->word_limit * (end - start))
        c->word_off = true;
    *cost = 0;
}

/* Takes the way that comes to the place I, J over the last DI characters of A and DJ of B, if it is
 * the cheapest yet. */
static void way(struct table *t, int i, int j, int di, int dj, struct change by)
{
    if (t->mode == ALIGN_EXACT && !by.likely)
        return;
    struct cell *to = &t->rows[2][j];
    const struct cell *from = &t->rows[2 - di][j - dj];
    float cost = from->cost + (float)by.cost;
    if (cost >= to->cost)
        return;
    *to = *from;
    to->cost = cost;
    to->word_a += (float)by.cost;
    to->word_b += (float)by.cost;
    to->number_off |= by.number;
    if (di && is_space(&t->a->chars[i - 1]))
        word_over(t, to, t->a, i - 1);
    if (dj && is_space(&t->b->chars[j - 1]))
        word_over(t, to, t->b, j - 1);
}

static void way_of_two(struct table *t, int i, int j, int di, int dj, const struct fold_char *two,
                       const struct fold_char *one)
{
    double cost = confusion_of_two(two, one);
    if (cost < CONFUSION_NONE)
        way(t, i, j, di, dj, (struct change){cost, false, true});
}

/* Can the way from DI characters of A and DJ of B before still be the best one here? */
static bool is_promising(const struct table *t, int j, int di, int dj)
{
    float cost = t->rows[2 - di][j - dj].cost;
    return cost < t->rows[2][j].cost && cost <= t->cost_limit;
}

/* Fills the place of A's first I and B's first J characters from those before it. */
static void place_fill(struct table *t, int i, int j)
{
    const struct fold_char *a = t->a->chars + i, *b = t->b->chars + j; /* behind the last ones */
    if (i > 0 && j > 0 && is_promising(t, j, 1, 1) &&
        (t->mode != ALIGN_EXACT || !change_spoils(a - 1, t->b, j - 1)))
        way(t, i, j, 1, 1, change_pair(a - 1, b - 1, t->mode != ALIGN_EXACT));
    if (i > 0 && is_promising(t, j, 1, 0))
        way(t, i, j, 1, 0, change_lone(t->a, i - 1));
    if (j > 0 && is_promising(t, j, 0, 1))
        way(t, i, j, 0, 1, change_lone(t->b, j - 1));
    if (i > 1 && j > 0 && is_promising(t, j, 2, 1))
        way_of_two(t, i, j, 2, 1, a - 2, b - 1);
    if (i > 0 && j > 1 && is_promising(t, j, 1, 2))
        way_of_two(t, i, j, 1, 2, b - 2, a - 1);
}

/* Does the sign at I join what stands on both sides of it: e-mail, O'Brien, 3.5, ada@example.org?
 */
static bool is_joint(const struct folded *f, int i)
{
    if (i <= 0 || i + 1 >= f->count)
        return false;
    const struct fold_char *c = &f->chars[i], *next = c + 1;
    if (!fold_is_word(c - 1) || !fold_is_word(next) || c->letter >= 128)
        return false;
    if (fold_is_digit(c - 1) && fold_is_digit(next))
        return strchr("-'._@,:/", (int)c->letter) != NULL;
    if (c->letter == '.') /* a sentence may begin right behind its dot */
        return next->shape == next->letter;
    return strchr("-'_@", (int)c->letter) != NULL;
}

/* May a word begin or end between the characters I - 1 and I? */
static bool is_border(const struct folded *f, int i)
{
    if (i <= 0 || i >= f->count)
        return true;
    uint32_t c = f->chars[i].letter;
    if (fold_is_word(&f->chars[i - 1]) && (fold_is_word(&f->chars[i]) || c == '+' || c == '#'))
        return false; /* C++ and C# are no C */
    return !is_joint(f, i - 1) && !is_joint(f, i) && !sign_in_number(f, i - 1) &&
           !sign_is_minus(f, i);
}

/* The way that ends at the place I, J (the last of B), as a result. */
static struct alignment ended(const struct table *t, int i, int letters_b)
{
    struct cell c = t->rows[2][t->b->count];
    word_over(t, &c, t->a, i);
    word_over(t, &c, t->b, t->b->count);
    int letters_a = letters_in(t->a, c.start, i);
    return (struct alignment){.cost = c.cost,
                              .letters = letters_a > letters_b ? letters_a : letters_b,
                              .word_off = c.word_off,
                              .number_off = c.number_off,
                              .start = c.start,
                              .end = i};
}

static void rows_turn(struct table *t)
{
    struct cell *oldest = t->rows[0];
    t->rows[0] = t->rows[1];
    t->rows[1] = t->rows[2];
    t->rows[2] = oldest;
}

/* Forgets what the row held before, as far as it is looked at again. */
static void row_clear(struct table *t, int from, int to)
{
    for (int j = from > 0 ? from : 0; j <= to && j <= t->b->count; j++)
        t->rows[2][j] = nowhere;
}

static struct alignment whole(struct table *t, int letters_b)
{
    struct alignment none = {.cost = ALIGN_NEVER};
    int na = t->a->count, nb = t->b->count;
    int band = abs(na - nb) + BAND_MARGIN, dead_rows = 0;
    if ((double)na * (nb < 2 * band ? nb : 2 * band) > CELLS_MAX)
        return none;
    for (int i = 0; i <= na; i++) {
        int from = i > band ? i - band : 0, to = i + band < nb ? i + band : nb;
        if (i)
            rows_turn(t);
        row_clear(t, from - 2, to + 1);
        if (i == 0)
            t->rows[2][0] = (struct cell){0};
        bool alive = false;
        for (int j = from; j <= to; j++) {
            place_fill(t, i, j);
            alive |= t->rows[2][j].cost <= t->cost_limit;
        }
        dead_rows = alive ? 0 : dead_rows + 1;
        if (dead_rows > 1) /* no way leads over two of them */
            return none;
    }
    return t->rows[2][nb].cost < ALIGN_NEVER ? ended(t, na, letters_b) : none;
}

static struct alignment within(struct table *t, int letters_b)
{
    struct alignment best = {.cost = ALIGN_NEVER};
    const struct folded *a = t->a;
    int nb = t->b->count, na = a->count;
    if ((double)na * nb > CELLS_MAX)
        na = CELLS_MAX / nb;
    double best_score = -1;
    int reach[2] = {0, 0}; /* the last promising places of the two rows before */
    for (int i = 0; i <= na; i++) {
        if (i)
            rows_turn(t);
        row_clear(t, 0, nb);
        if (i < a->count && !is_space(&a->chars[i]) && is_border(a, i))
            t->rows[2][0] = (struct cell){.start = i};
        int now_reach = 0;
        for (int j = 1; j <= nb; j++) {
            if (j > reach[0] + 2 && j > reach[1] + 2 && t->rows[2][j - 1].cost > t->cost_limit)
                break; /* nothing leads there */
            place_fill(t, i, j);
            if (t->rows[2][j].cost <= t->cost_limit)
                now_reach = j;
        }
        reach[0] = reach[1];
        reach[1] = now_reach;
        if (i == 0 || is_space(&a->chars[i - 1]) || !is_border(a, i) ||
            t->rows[2][nb].cost > (float)letters_b)
            continue;
        struct alignment now = ended(t, i, letters_b);
        double score = align_score(&now);
        if (now.end > now.start && score > best_score) {
            best = now;
            best_score = score;
        }
    }
    return best;
}

struct alignment align_best(const struct folded *a, const struct folded *b, enum align_mode mode)
{
    struct cell room[3 * (FOLD_ROOM + 1)];
    struct cell *cells = room;
    size_t width = (size_t)b->count + 1;
    if (width > FOLD_ROOM + 1)
        cells = mem_alloc(3 * width * sizeof *cells);
    struct table t = {a, b, mode, WORD_LIMIT, 0, {cells, cells + width, cells + 2 * width}};
    for (size_t i = 0; i < 3 * width; i++)
        cells[i] = nowhere;
    int letters_b = letters_in(b, 0, b->count);
    if (letters_b >= LONG_TEXT_LETTERS)
        t.word_limit = WORD_LIMIT_LONG;
    int letters_a = mode == ALIGN_WITHIN ? 0 : letters_in(a, 0, a->count);
    t.cost_limit = 1 + COST_LIMIT * (float)(letters_a > letters_b ? letters_a : letters_b);
    struct alignment best = b->count == 0          ? (struct alignment){.cost = ALIGN_NEVER}
                            : mode == ALIGN_WITHIN ? within(&t, letters_b)
                                                   : whole(&t, letters_b);
    if (cells != room)
        free(cells);
    return best;
}

double align_score(const struct alignment *al)
{
    if (al->cost >= ALIGN_NEVER)
        return 0;
    double part = al->cost / (al->letters > 0 ? al->letters : 1);
    double score = part <= CURVE_KNEE ? 1 - part * 0.5 / CURVE_KNEE
                   : part < 1         ? 0.5 * (1 - part) / (1 - CURVE_KNEE)
                                      : 0;
    if (al->word_off && score > CAP_WORD)
        score = CAP_WORD;
    if (al->number_off && score > CAP_NUMBER)
        score = CAP_NUMBER;
    return score;
}
