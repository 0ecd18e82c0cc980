/*
 * grid: which of many rects are near a place: numbers in the cells of a picture that they touch.
 */
#ifndef VISION_GRID_H
#define VISION_GRID_H

#include "base/rect.h"

/* Cells are wider than high, as letters stand in rows. */
#define GRID_WIDTH  128
#define GRID_HEIGHT 64

struct grid_entry {
    int number;
    int next; /* in its cell; -1: it is the last */
};

struct grid {
    int columns, rows;
    int *cells; /* owned; the first entry of each; -1: none */
    int cell_capacity;
    struct grid_entry *entries; /* owned */
    int count, capacity;
};

/* Empty, for a picture of that size; keeps the memory. */
void grid_reset(struct grid *g, int width, int height);

/* Puts NUMBER into each cell that PLACE touches; what lies outside is in the cells at the side. */
void grid_add(struct grid *g, struct rect place, int number);

/* The first entry of the cell at a place; -1: none. */
int grid_first(const struct grid *g, int x, int y);

void grid_finish(struct grid *g);

#endif
