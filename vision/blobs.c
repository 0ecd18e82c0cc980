#include "vision/blobs.h"

#include "base/buf.h"

#include <stdlib.h>
#include <string.h>

#define EDGE_ACROSS 1 /* differs from the pixel to the right */
#define EDGE_DOWN   2 /* differs from the pixel below */

#define EDGE_STEP 20 /* gray levels; less is a shadow or a gradient */
#define RULE_LENGTH                                                                                \
    16 /* a straight edge of constant colour this long is no glyph's, in what is too big for one   \
        */

#define BIG_WIDTH   64 /* larger than this: a frame, a rule, an underlined word */
#define BIG_HEIGHT  48
#define FRAME_DEPTH 5 /* a frame has nothing of its own further inside */

struct blob_run {
    int y, left, right;
    int parent; /* the run it hangs on; its part's number once the parts are counted */
};

static void *blobs_room(void *items, int need, int *capacity, size_t size)
{
    if (need <= *capacity)
        return items;
    *capacity = need + need / 2 + 256;
    return mem_resize(items, (size_t)*capacity * size);
}

static void edges_find(uint8_t *map, const struct plane *gray)
{
    int w = gray->width, h = gray->height;
    for (int y = 0; y < h; y++) {
        const uint8_t *row = gray->pixels + (size_t)y * (size_t)w;
        const uint8_t *below = y + 1 < h ? row + w : row;
        uint8_t *out = map + (size_t)y * (size_t)w;
        for (int x = 0; x + 1 < w; x++)
            out[x] = (uint8_t)((abs(row[x] - row[x + 1]) > EDGE_STEP ? EDGE_ACROSS : 0) |
                               (abs(row[x] - below[x]) > EDGE_STEP ? EDGE_DOWN : 0));
        out[w - 1] = 0;
    }
}

static void edges_clear(uint8_t *map, const struct plane *gray, struct rect r)
{
    r = rect_common(r, (struct rect){0, 0, gray->width, gray->height});
    for (int y = r.y; y < r.y + r.height; y++)
        memset(map + (size_t)y * (size_t)gray->width + r.x, 0, (size_t)r.width);
}

/* Edges are marked left of and above where colours change, so the cut is one pixel wider there. */
static void edges_cut(uint8_t *map, const struct plane *gray, struct rect b)
{
    int right = b.x + b.width, bottom = b.y + b.height;
    edges_clear(map, gray, (struct rect){b.x - 2, b.y - 2, b.width + 4, 4});
    edges_clear(map, gray, (struct rect){b.x - 2, bottom - 2, b.width + 4, 4});
    edges_clear(map, gray, (struct rect){b.x - 2, b.y - 2, 4, b.height + 4});
    edges_clear(map, gray, (struct rect){right - 2, b.y - 2, 4, b.height + 4});
}

/* Straight edges of constant colour: at least RULE_LENGTH pixels without an edge in the other
 * direction. */
static void rules_erase(struct blobs *b, int w, int h)
{
    for (int y = 0; y < h; y++) {
        uint8_t *row = b->map + (size_t)y * (size_t)w;
        for (int x = 0; x < w;) {
            int start = x;
            while (x < w && row[x] == EDGE_DOWN)
                x++;
            if (x - start >= RULE_LENGTH)
                memset(row + start, 0, (size_t)(x - start));
            else if (x == start)
                x++;
        }
    }
    b->columns = blobs_room(b->columns, w, &b->columns_size, 1);
    memset(b->columns, 0, (size_t)w);
    for (int y = 0; y <= h; y++) {
        uint8_t *row = y < h ? b->map + (size_t)y * (size_t)w : NULL;
        for (int x = 0; x < w; x++) {
            if (row && row[x] == EDGE_ACROSS) {
                if (b->columns[x] < UINT8_MAX)
                    b->columns[x]++;
                continue;
            }
            if (b->columns[x] >= RULE_LENGTH) {
                /* A column that counted to the end goes on above; the rest is found again as it is
                 * erased. */
                uint8_t *up = b->map + (size_t)(y - 1) * (size_t)w + x;
                for (int k = y - 1; k >= 0 && *up == EDGE_ACROSS; k--, up -= w)
                    *up = 0;
            }
            b->columns[x] = 0;
        }
    }
}

static int run_root(struct blob_run *runs, int i)
{
    while (runs[i].parent != i)
        i = runs[i].parent = runs[runs[i].parent].parent;
    return i;
}

static void runs_join(struct blob_run *runs, int i, int j)
{
    i = run_root(runs, i);
    j = run_root(runs, j);
    if (i < j)
        runs[j].parent = i;
    else
        runs[i].parent = j;
}

static void row_runs(struct blobs *b, const uint8_t *row, int w, int y)
{
    for (int x = 0; x < w;) {
        uint64_t eight;
        while (x + 8 <= w && (memcpy(&eight, row + x, 8), eight == 0))
            x += 8;
        if (x < w && row[x]) {
            int start = x;
            while (x < w && row[x])
                x++;
            b->runs = blobs_room(b->runs, b->run_count + 1, &b->run_capacity, sizeof *b->runs);
            b->runs[b->run_count] = (struct blob_run){y, start, x, b->run_count};
            b->run_count++;
        } else {
            x++;
        }
    }
}

/* Labels the connected edges of the map, eight neighbours: afterwards run.parent is the part's
 * number. */
static void parts_find(struct blobs *b, int w, int h)
{
    b->run_count = b->part_count = 0;
    int above = 0, above_end = 0;
    for (int y = 0; y < h; y++) {
        int start = b->run_count;
        row_runs(b, b->map + (size_t)y * (size_t)w, w, y);
        for (int k = start, i = above; k < b->run_count; k++) {
            while (i < above_end && b->runs[i].right < b->runs[k].left)
                i++;
            for (int j = i; j < above_end && b->runs[j].left <= b->runs[k].right; j++)
                runs_join(b->runs, k, j);
        }
        above = start;
        above_end = b->run_count;
    }
    b->parts = blobs_room(b->parts, b->run_count, &b->part_capacity, sizeof *b->parts);
    for (int i = 0; i < b->run_count; i++) {
        struct blob_run *r = &b->runs[i];
        struct rect box = {r->left, r->y, r->right - r->left, 1};
        /* A root is always its part's first run, so a parent's number is known by now. */
        if (r->parent == i) {
            r->parent = b->part_count;
            b->parts[b->part_count++] = (struct blob){box, box.width};
        } else {
            r->parent = b->runs[r->parent].parent;
            struct blob *part = &b->parts[r->parent];
            part->box = rect_union(part->box, box);
            part->edges += box.width;
        }
    }
}

static bool part_is_big(const struct blob *part)
{
    return part->box.width > BIG_WIDTH || part->box.height > BIG_HEIGHT;
}

static bool part_is_glyph(const struct blob *part)
{
    struct rect box = part->box;
    return part->edges >= 2 && box.height <= BLOB_HEIGHT_MAX &&
           !(box.height <= 3 && box.width > 40);
}

static void blobs_add(struct blobs *b, const struct blob *part)
{
    if (b->count >= BLOBS_MAX || !part_is_glyph(part))
        return;
    b->items = blobs_room(b->items, b->count + 1, &b->capacity, sizeof *b->items);
    b->items[b->count++] = *part;
}

/* Counts the edges that each big part has inside its own frame; `edges` becomes that. */
static void frames_measure(struct blobs *b)
{
    for (int i = 0; i < b->part_count; i++)
        if (part_is_big(&b->parts[i]))
            b->parts[i].edges = 0;
    for (int i = 0; i < b->run_count; i++) {
        const struct blob_run *r = &b->runs[i];
        struct blob *part = &b->parts[r->parent];
        if (!part_is_big(part))
            continue;
        struct rect inner = rect_grow(part->box, -FRAME_DEPTH);
        part->edges +=
            rect_common((struct rect){r->left, r->y, r->right - r->left, 1}, inner).width;
    }
}

/* Takes what is small enough for a glyph, and leaves on the map what is big and no empty frame. */
static void parts_sort(struct blobs *b, int w)
{
    frames_measure(b);
    for (int i = 0; i < b->run_count; i++) {
        const struct blob_run *r = &b->runs[i];
        const struct blob *part = &b->parts[r->parent];
        if (!part_is_big(part) || part->edges * 40 < part->box.width + part->box.height)
            memset(b->map + (size_t)r->y * (size_t)w + r->left, 0, (size_t)(r->right - r->left));
    }
    for (int i = 0; i < b->part_count; i++)
        if (!part_is_big(&b->parts[i]))
            blobs_add(b, &b->parts[i]);
}

void blobs_find(struct blobs *b, const struct plane *gray, const struct rect *barriers,
                int barrier_count)
{
    int w = gray->width, h = gray->height;
    if (b->map_size < (size_t)w * (size_t)h) {
        b->map_size = (size_t)w * (size_t)h;
        b->map = mem_resize(b->map, b->map_size);
    }
    b->count = 0;
    edges_find(b->map, gray);
    for (int i = 0; i < barrier_count; i++)
        edges_cut(b->map, gray, barriers[i]);
    parts_find(b, w, h);
    parts_sort(b, w);
    rules_erase(b, w, h);
    parts_find(b, w, h);
    for (int i = 0; i < b->part_count; i++)
        blobs_add(b, &b->parts[i]);
}

void blobs_finish(struct blobs *b)
{
    free(b->items);
    free(b->map);
    free(b->columns);
    free(b->runs);
    free(b->parts);
    *b = (struct blobs){0};
}
