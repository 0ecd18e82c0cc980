#include "vision/blanks.h"

#include "vision/colour.h"

#include <stdlib.h>

#define SIDE       4  /* pixels of the field's own side, round corners included */
#define INK_LEAST  48 /* of a dash, from its ground */
#define DASHES     6
#define DASH_LEAST 3 /* pixels long */

/* The dashes in one row: how long all of them are, and where each begins. */
struct row {
    int starts[DASHES];
    int count, length;
};

/* False where the row has something else than dashes of one length. */
static bool row_read(const struct frame *f, struct rect box, int end, int y, struct row *row)
{
    uint32_t ground = colour_at(f, box.x + SIDE, y);
    int run = 0;
    *row = (struct row){0};
    for (int x = box.x + SIDE; x <= end; x++) {
        bool ink = x < end && colour_distance(colour_at(f, x, y), ground) >= INK_LEAST;
        if (ink) {
            run++;
            continue;
        }
        if (run > 0) {
            if (row->count == DASHES || run < DASH_LEAST || run > box.height / 2 ||
                (row->length && abs(run - row->length) > 1))
                return false;
            row->length = row->count ? row->length : run;
            row->starts[row->count++] = x - run;
        }
        run = 0;
    }
    return row->count >= 4 && row->count % 2 == 0;
}

/* Is the gap behind dash I wider than that between the two of a pair? */
static bool is_wide(const struct row *row, int i)
{
    int pair = row->starts[1] - row->starts[0];
    return row->starts[i + 1] - row->starts[i] > pair + row->length / 2;
}

const char *blanks_read(const struct frame *frame, struct rect box, int end)
{
    struct row row;
    for (int y = box.y + box.height / 3; y < box.y + box.height * 2 / 3; y++)
        if (row_read(frame, box, end, y, &row) && !is_wide(&row, 0) && is_wide(&row, 1) &&
            !is_wide(&row, 2) && (row.count == 4 || (is_wide(&row, 3) && !is_wide(&row, 4))))
            return row.count == 4 ? "--:--" : "--:-- --";
    return "";
}
