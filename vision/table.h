/*
 * table: a sheet of fragments that was found to be a table: its cells and what is written in them.
 */
#ifndef VISION_TABLE_H
#define VISION_TABLE_H

#include "vision/sheet.h"

struct table {
    struct sheet sheet;
    struct rect box;
    int set; /* of the fragments in it */
};

/* Where a row or column begins, and the last of them ends. */
int table_row_top(const struct table *t, int row);
int table_column_left(const struct table *t, int column);

/* What is written in a cell, line by line, but for fields' values; in the scene's arena. */
const char *table_text(struct view *v, const struct fragments *p, const struct table *t, int row,
                       int column);

#endif
