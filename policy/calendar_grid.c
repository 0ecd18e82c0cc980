#include "policy/calendar_grid.h"

#include <ctype.h>
#include <stdlib.h>

#define NUMBERS_MAX 240
#define WIDE_MAX    160 /* pixels from day to day */
#define HIGH_MAX    120
#define DAYS_LEAST  21 /* that must be read: the others stand between these */

struct number {
    int n;
    struct rect box;
    struct point at;
};

static int day_of(const char *text)
{
    char *end;
    long n = isdigit((unsigned char)*text) ? strtol(text, &end, 10) : 0;
    return n >= 1 && n <= 31 && *end == '\0' ? (int)n : 0;
}

static int numbers_take(const struct scene *scene, struct rect area,
                        const struct calendar_grid *taken, int taken_count, struct number *numbers)
{
    int count = 0;
    for (int i = 0; i < scene->word_count && count < NUMBERS_MAX; i++) {
        struct rect box = scene->words[i].box;
        struct number word = {day_of(scene->words[i].text), box, rect_center(box)};
        bool free = word.n && rect_holds(area, word.at);
        for (int k = 0; k < taken_count; k++)
            free = free && !rect_holds(taken[k].numbers, word.at);
        if (free)
            numbers[count++] = word;
    }
    return count;
}

/* In whole cells from the middle of the grid's day; false when it stands between them. */
static bool cell_of(const struct calendar_grid *g, struct point at, int *column, int *row)
{
    int x = at.x - g->at.x, y = at.y - g->at.y;
    *column = (x + (x < 0 ? -g->wide : g->wide) / 2) / g->wide;
    *row = (y + (y < 0 ? -g->high : g->high) / 2) / g->high;
    return abs(x - *column * g->wide) * 3 <= g->wide && abs(y - *row * g->high) * 3 <= g->high;
}

static bool counts_on(const struct calendar_grid *g, const struct number *n, int *column)
{
    int row;
    return cell_of(g, n->at, column, &row) && n->n - g->day == 7 * row + *column &&
           abs(*column) < 7;
}

static int count_bits(uint32_t bits)
{
    return __builtin_popcount(bits);
}

/* Of the columns that begin at FIRST, the days that stand where they should. */
static uint32_t days_from(const struct calendar_grid *g, const struct number *numbers, int count,
                          int first, struct rect *box)
{
    uint32_t seen = 0;
    *box = (struct rect){0};
    for (int i = 0; i < count; i++) {
        int column;
        if (!counts_on(g, &numbers[i], &column) || column < first || column > first + 6)
            continue;
        seen |= 1u << (numbers[i].n - 1);
        *box = rect_union(*box, numbers[i].box);
    }
    return seen;
}

static void grid_fit(struct calendar_grid *g, const struct number *numbers, int count)
{
    for (int first = -6; first <= 0; first++) {
        struct rect box;
        uint32_t seen = days_from(g, numbers, count, first, &box);
        bool whole = box.width > 5 * g->wide; /* its first and last column are both seen */
        if (whole && count_bits(seen) > count_bits(g->seen)) {
            g->seen = seen;
            g->first_column = first;
            g->numbers = box;
        }
    }
}

/* With A, the day after it at its right and the day a week later under it. */
static void grid_from(const struct number *numbers, int count, const struct number *a,
                      struct calendar_grid *best)
{
    for (int i = 0; i < count; i++) {
        const struct number *right = &numbers[i];
        int wide = right->at.x - a->at.x;
        if (right->n != a->n + 1 || wide <= 0 || wide > WIDE_MAX ||
            abs(right->at.y - a->at.y) > a->box.height / 2)
            continue;
        for (int j = 0; j < count; j++) {
            const struct number *under = &numbers[j];
            int high = under->at.y - a->at.y;
            if (under->n != a->n + 7 || high <= 0 || high > HIGH_MAX ||
                abs(under->at.x - a->at.x) * 3 > wide)
                continue;
            struct calendar_grid g = {.day = a->n, .at = a->at, .wide = wide, .high = high};
            grid_fit(&g, numbers, count);
            if (count_bits(g.seen) > count_bits(best->seen))
                *best = g;
        }
    }
}

bool calendar_grid_find(const struct scene *scene, struct rect area,
                        const struct calendar_grid *taken, int count, struct calendar_grid *out)
{
    struct number numbers[NUMBERS_MAX];
    int found = numbers_take(scene, area, taken, count, numbers);
    *out = (struct calendar_grid){0};
    for (int i = 0; i < found; i++)
        grid_from(numbers, found, &numbers[i], out);
    return count_bits(out->seen) >= DAYS_LEAST;
}

static int floor_seventh(int n)
{
    return n >= 0 ? n / 7 : -((6 - n) / 7);
}

int calendar_grid_column(const struct calendar_grid *g, int day)
{
    int n = day - g->day - g->first_column;
    return n - 7 * floor_seventh(n);
}

struct rect calendar_grid_cell(const struct calendar_grid *g, int day)
{
    int row = floor_seventh(day - g->day - g->first_column);
    int column = g->first_column + calendar_grid_column(g, day);
    return (struct rect){g->at.x + column * g->wide - g->wide / 2,
                         g->at.y + row * g->high - g->high / 2, g->wide, g->high};
}
