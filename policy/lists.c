#include "policy/lists.h"

#include "base/alike.h"
#include "base/buf.h"
#include "policy/reading.h"

#include <stdlib.h>
#include <string.h>

#define ENTRIES_MIN  3  /* short lines that look like a list */
#define ENTRY_LENGTH 40 /* bytes */
#define LINES_MIN    2
#define LINES_SURE   4
#define LINES_MAX    100
#define ALIGNED      6   /* pixels that lines of one list begin apart, at most */
#define REACH_BELOW  40  /* pixels from a label to the list under it */
#define REACH_SIDE   400 /* and to the list right of it */
#define REACH_UP     240 /* a label may stand in the middle of its list's height */
#define PAD          4

/* Is the box right of the label, in its rows, or close under it? */
static bool is_beside(struct rect label, struct rect box)
{
    struct point middle = rect_center(label);
    int right = box.x - label.x - label.width, down = box.y - label.y - label.height;
    bool aside = right >= -PAD && right <= REACH_SIDE && middle.y >= box.y - label.height &&
                 middle.y < box.y + box.height;
    bool under = down >= -PAD && down <= REACH_BELOW && abs(box.x - label.x) <= REACH_BELOW;
    return aside || under;
}

/* A box of several lines that was seen as one. */
static bool list_whole(const struct scene *scene, struct rect label, struct rect *list)
{
    for (int i = 0; i < scene->element_count; i++) {
        const struct element *e = &scene->elements[i];
        if (e->states & STATE_MULTILINE && is_beside(label, e->box)) {
            *list = e->box;
            return true;
        }
    }
    return false;
}

/* Rows that are cut by its sides are not seen, but belong to it. */
static struct rect with_cut_rows(struct rect rows, int height)
{
    rows.y -= height / 2;
    rows.height += height;
    return rows;
}

/* The longest column of LINES that begin at one place and stand at one distance, of which so many
 * as ROWS_MOST less one may be missing between two; how many lines it has. */
static int column_find(const struct rect *lines, int count, struct rect label, int rows_most,
                       struct rect *list)
{
    int most = 0;
    for (int i = 0; i < count; i++) {
        struct rect column = lines[i];
        int found = 1, pitch = 0, last = rect_center(column).y;
        for (int j = i + 1; j < count; j++) {
            int step = rect_center(lines[j]).y - last;
            if (abs(lines[j].x - column.x) > ALIGNED)
                continue;
            int rows = pitch > 0 ? (step + pitch / 2) / pitch : 1;
            bool apart = pitch > 0
                             ? rows < 1 || rows > rows_most || abs(step - rows * pitch) > pitch / 4
                             : step > 3 * lines[j].height;
            if (apart)
                break; /* another list may follow */
            pitch = pitch ? pitch : step;
            last += step;
            column = rect_union(column, lines[j]);
            found++;
        }
        if (found >= LINES_MIN && found > most && is_beside(label, column)) {
            *list = with_cut_rows(rect_grow(column, PAD), lines[i].height);
            most = found;
        }
    }
    return most;
}

/* Lines under each other; where few are in a row, one between them may not have been read. */
static bool list_of_lines(const struct scene *scene, struct rect label, struct rect *list)
{
    struct rect lines[LINES_MAX];
    struct line_reader reader = {
        .scene = scene, .within = {label.x, label.y - REACH_UP, scene->width, 2 * REACH_UP}};
    int count = 0;
    while (count < LINES_MAX && line_next(&reader))
        if (!rect_inside(reader.box, rect_grow(label, PAD)))
            lines[count++] = reader.box;
    line_finish(&reader);
    return column_find(lines, count, label, 1, list) >= LINES_SURE ||
           column_find(lines, count, label, 2, list) > 0;
}

/* Its rows, each by itself. */
static bool list_of_rows(const struct scene *scene, struct rect label, struct rect *list)
{
    struct rect rows = {0};
    int height = 0;
    for (int i = 0; i < scene->element_count; i++) {
        const struct element *e = &scene->elements[i];
        if (e->role != ROLE_OPTION && e->role != ROLE_LISTITEM)
            continue;
        bool next = !rect_empty(rows) && abs(e->box.x - rows.x) <= ALIGNED &&
                    e->box.y <= rows.y + rows.height + PAD;
        if (!next && !rect_empty(rows) && is_beside(label, rows))
            break;
        rows = next ? rect_union(rows, e->box) : e->box;
        height = e->box.height;
    }
    *list = with_cut_rows(rows, height);
    return !rect_empty(rows) && is_beside(label, rows);
}

bool list_beside(const struct scene *scene, struct rect label, struct rect *list)
{
    return list_whole(scene, label, list) || list_of_rows(scene, label, list) ||
           list_of_lines(scene, label, list);
}

bool list_says(const struct scene *scene, struct rect box, const char *text)
{
    struct line_reader lines = {.scene = scene, .within = box};
    char *first = mem_text_n(text, strcspn(text, ","));
    int count = 0;
    bool says = false, entries = !strchr(text, '\n');
    while (!says && line_next(&lines)) {
        const char *line = buf_text(&lines.text);
        says = alike_equal(line, text) || alike_equal(line, first);
        entries = entries && strlen(line) <= ENTRY_LENGTH;
        count++;
    }
    free(first);
    line_finish(&lines);
    return says || (entries && count >= ENTRIES_MIN);
}
