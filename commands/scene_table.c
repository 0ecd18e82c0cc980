#include "commands/scene_table.h"

#include "base/utf8.h"

#include <string.h>

#define CELL_MAX 40 /* characters; what is longer is cut */
#define COLUMNS  6

/* One line of at most CELL_MAX characters: new lines become spaces. */
static void add_cell(struct buf *out, const char *text)
{
    int count = 0;
    for (uint32_t c; (c = utf8_next(&text)) != 0 && count < CELL_MAX; count++) {
        if (count == CELL_MAX - 1 && *text)
            c = 0x2026; /* … */
        utf8_put(c < ' ' ? ' ' : c, out);
    }
}

static void fill_cell(const struct element *e, int column, struct buf *out)
{
    switch (column) {
    case 0:
        buf_addf(out, "#%d", e->id);
        break;
    case 1:
        buf_add(out, role_name(e->role));
        break;
    case 2:
        add_cell(out, e->label);
        break;
    case 3:
        if (e->value || strcmp(e->text, e->label) != 0)
            add_cell(out, e->value ? e->value : e->text);
        break;
    case 4:
        for (int i = 0; i < STATE_BITS; i++)
            if (e->states & 1u << i)
                buf_addf(out, "%s%s", out->length ? "," : "", state_name((enum state)(1u << i)));
        break;
    default:
        buf_addf(out, "%d,%d %dx%d", e->box.x, e->box.y, e->box.width, e->box.height);
    }
}

void scene_table(const struct scene *scene, struct buf *out)
{
    static const char *const heads[COLUMNS] = {"id", "role", "label", "value", "states", "box"};
    size_t widths[COLUMNS];
    struct buf cell = {0};
    for (int column = 0; column < COLUMNS; column++) {
        widths[column] = strlen(heads[column]);
        for (int i = 0; i < scene->element_count; i++) {
            if (scene->elements[i].role == ROLE_CELL)
                continue;
            buf_reset(&cell);
            fill_cell(&scene->elements[i], column, &cell);
            size_t length = utf8_length(buf_text(&cell));
            widths[column] = length > widths[column] ? length : widths[column];
        }
    }
    int cells = 0;
    for (int i = -1; i < scene->element_count; i++) {
        bool hidden = i >= 0 && scene->elements[i].role == ROLE_CELL;
        cells += hidden;
        for (int column = 0; column < COLUMNS && !hidden; column++) {
            buf_reset(&cell);
            if (i < 0)
                buf_add(&cell, heads[column]);
            else
                fill_cell(&scene->elements[i], column, &cell);
            size_t length = utf8_length(buf_text(&cell));
            buf_add(out, buf_text(&cell));
            int gap = column == COLUMNS - 1 ? 0 : (int)(widths[column] - length) + 2;
            buf_addf(out, "%*s%s", gap, "", column == COLUMNS - 1 ? "\n" : "");
        }
    }
    if (cells)
        buf_addf(out, "and %d cells of tables, which --json lists\n", cells);
    buf_finish(&cell);
}
