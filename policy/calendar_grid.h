/*
 * calendar_grid: numbers that stand in rows of seven and count on from row to row: the days of a
 * month. Days of the months before and after, and the numbers of weeks, do not count on.
 */
#ifndef POLICY_CALENDAR_GRID_H
#define POLICY_CALENDAR_GRID_H

#include "base/scene.h"

#include <stdbool.h>
#include <stdint.h>

struct calendar_grid {
    int day;             /* one that was read, at `at`; all others are counted from it */
    struct point at;     /* its middle */
    int wide, high;      /* from day to day, and from row to row */
    int first_column;    /* of its seven, counted from `at` */
    uint32_t seen;       /* bit N - 1: day N stands where it should */
    struct rect numbers; /* the words of all that were seen */
};

/* The grid of AREA in which the most days are seen, but for words that lie in one of the COUNT
 * grids in TAKEN. False when there is none. */
bool calendar_grid_find(const struct scene *scene, struct rect area,
                        const struct calendar_grid *taken, int count, struct calendar_grid *out);

/* Which of the seven columns a day stands in, 0..6; and its cell. */
int calendar_grid_column(const struct calendar_grid *g, int day);
struct rect calendar_grid_cell(const struct calendar_grid *g, int day);

#endif
