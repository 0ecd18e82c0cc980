#include "vision/grid.h"

#include "base/buf.h"

#include <stdlib.h>
#include <string.h>

void grid_reset(struct grid *g, int width, int height)
{
    g->columns = width / GRID_WIDTH + 1;
    g->rows = height / GRID_HEIGHT + 1;
    g->count = 0;
    int need = g->columns * g->rows;
    if (need > g->cell_capacity) {
        g->cells = mem_resize(g->cells, (size_t)need * sizeof *g->cells);
        g->cell_capacity = need;
    }
    memset(g->cells, -1, (size_t)need * sizeof *g->cells);
}

static int cell_at(int place, int side, int count)
{
    int cell = place < 0 ? 0 : place / side;
    return cell < count ? cell : count - 1;
}

static void cell_add(struct grid *g, int *cell, int number)
{
    if (*cell >= 0 && g->entries[*cell].number == number)
        return;
    if (g->count == g->capacity) {
        g->capacity = g->capacity ? g->capacity * 2 : 1024;
        g->entries = mem_resize(g->entries, (size_t)g->capacity * sizeof *g->entries);
    }
    g->entries[g->count] = (struct grid_entry){number, *cell};
    *cell = g->count++;
}

void grid_add(struct grid *g, struct rect place, int number)
{
    int left = cell_at(place.x, GRID_WIDTH, g->columns),
        top = cell_at(place.y, GRID_HEIGHT, g->rows);
    int right = cell_at(place.x + place.width - 1, GRID_WIDTH, g->columns);
    int bottom = cell_at(place.y + place.height - 1, GRID_HEIGHT, g->rows);
    for (int row = top; row <= bottom; row++)
        for (int column = left; column <= right; column++)
            cell_add(g, &g->cells[row * g->columns + column], number);
}

int grid_first(const struct grid *g, int x, int y)
{
    int row = cell_at(y, GRID_HEIGHT, g->rows), column = cell_at(x, GRID_WIDTH, g->columns);
    return g->cells[row * g->columns + column];
}

void grid_finish(struct grid *g)
{
    free(g->cells);
    free(g->entries);
    *g = (struct grid){0};
}
