/*
 * sheet: fragments in rows and columns, on the way to a table. For vision/tables.c.
 */
#ifndef VISION_SHEET_H
#define VISION_SHEET_H

#include "vision/fragments.h"

#define SHEET_ROWS    160
#define SHEET_COLUMNS 40

struct span {
    int from, to; /* half open */
};

struct sheet {
    struct span rows[SHEET_ROWS], columns[SHEET_COLUMNS]; /* around what stands in them */
    int row_count, column_count;
    bool headed; /* the first row names the columns */
};

/* Gives fragments that may be of one table the same set: the index of one of them. */
void squares_find(const struct view *v, struct fragments *p);

/* Rows and columns of the fragments of SET. False when there are too many. */
bool sheet_make(struct sheet *g, const struct fragments *p, int set);

/* The row or column that the middle of a fragment is in; -1: none. */
int sheet_row(const struct sheet *g, const struct fragment *p);
int sheet_column(const struct sheet *g, const struct fragment *p);

/* Adds columns that stand beside the rows in other lines than theirs: cells of several lines. */
void sheet_widen(struct sheet *g, struct fragments *p, int set);

/* Looks for the names of the columns: a first row that looks otherwise, or one above all. */
void sheet_find_head(struct sheet *g, const struct view *v, struct fragments *p, int set);

#endif
