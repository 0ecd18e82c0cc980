#include "vision/blobs.h"

#include "base/buf.h"
#include "base/ints.h"

#include <stdlib.h>
#include <string.h>

#define EDGE_ACROSS 1 /* differs from the pixel to the right */
#define EDGE_DOWN   2 /* differs from the pixel below */
#define EDGE_STRONG 4 /* and by so much that it is no shadow */
#define EDGE_BORDER 8 /* lies on the border of a barrier */

#define EDGE_STEP        9 /* gray levels; low enough to keep faint frames in one piece */
#define EDGE_STEP_STRONG 18

/* A straight edge of constant colour this long is no part of a glyph, in what is too big for one.
 */
#define RULE_LENGTH 13
/* What is thin and longer than this is a rule, no dash and no stem; or the caret of a field. */
#define RULE_WIDTH  40
#define RULE_HEIGHT 27
#define HAIR_HEIGHT 18 /* of one pixel */

#define CORNER_REACH 4 /* pixels from the end of a rule to that of the next one at its corner */

#define BIG_WIDTH     64 /* larger than this, or higher than a glyph: a frame, an underlined word */
#define HOLLOW_HIGH   16 /* letters as high as this have something inside */
#define OUTLINE_LEAST 10 /* pixels; what is lower may be all edges */
#define FRAME_DEPTH   4  /* a frame has nothing of its own further inside */

struct blob_run {
    int y, left, right;
    int parent; /* the run it hangs on; its part's number once the parts are counted */
};

struct blob_part {
    struct rect box;
    int strong;      /* pixels of strong edges */
    int inside;      /* pixels away from the sides of the box */
    int middle;      /* pixels in the middle of the box */
    int top, bottom; /* the longest straight edge along these sides */
    unsigned near;
    bool border; /* some lies on the border of a barrier */
    bool frame, cut;
};

static void *blobs_room(void *items, int need, int *capacity, size_t size)
{
    if (need <= *capacity)
        return items;
    *capacity = need + need / 2 + 256;
    return mem_resize(items, (size_t)*capacity * size);
}

static uint64_t eight_at(const uint8_t *bytes)
{
    uint64_t eight;
    memcpy(&eight, bytes, sizeof eight);
    return eight;
}

static uint8_t edge_at(uint8_t here, uint8_t right, uint8_t below)
{
    int across = abs(here - right), down = abs(here - below);
    bool strong = across > EDGE_STEP_STRONG || down > EDGE_STEP_STRONG;
    return (uint8_t)((across > EDGE_STEP ? EDGE_ACROSS : 0) | (down > EDGE_STEP ? EDGE_DOWN : 0) |
                     (strong ? EDGE_STRONG : 0));
}

static void edges_map(uint8_t *map, const struct plane *gray)
{
    int w = gray->width, h = gray->height;
    memset(map, 0, (size_t)w * (size_t)h);
    for (int y = 0; y < h; y++) {
        const uint8_t *row = gray->pixels + (size_t)y * (size_t)w;
        const uint8_t *below = y + 1 < h ? row + w : row;
        uint8_t *out = map + (size_t)y * (size_t)w;
        for (int x = 0; x + 1 < w; x++) {
            /* A screen is mostly plain. */
            while (x + 9 <= w && eight_at(row + x) == eight_at(row + x + 1) &&
                   eight_at(row + x) == eight_at(below + x))
                x += 8;
            if (x + 1 < w)
                out[x] = edge_at(row[x], row[x + 1], below[x]);
        }
    }
}

/* Keeps of the edges in R only the bits of AND, and sets those of OR. */
static void edges_change(struct blobs *b, struct rect screen, struct rect r, uint8_t and,
                         uint8_t or)
{
    r = rect_common(r, screen);
    for (int y = r.y; y < r.y + r.height; y++) {
        uint8_t *row = b->map + (size_t)y * (size_t)screen.width;
        for (int x = r.x; x < r.x + r.width; x++)
            row[x] = row[x] & and? (row[x] & and) | or : 0;
    }
}

/* The same along the four sides of BOX, two pixels to either side of them. */
static void border_change(struct blobs *b, struct rect screen, struct rect box, uint8_t and,
                          uint8_t or)
{
    int right = box.x + box.width, bottom = box.y + box.height;
    struct rect sides[4] = {
        {box.x - 2, box.y - 2, box.width + 4, 4},
        {box.x - 2, bottom - 2, box.width + 4, 4},
        {box.x - 2, box.y - 2, 4, box.height + 4},
        {right - 2, box.y - 2, 4, box.height + 4},
    };
    for (int i = 0; i < 4; i++)
        edges_change(b, screen, sides[i], and, or);
}

static bool edge_is(uint8_t edges, uint8_t direction)
{
    return (edges & (EDGE_ACROSS | EDGE_DOWN)) == direction;
}

/* Erases straight edges of constant colour: RULE_LENGTH pixels and more without an edge in the
 * other direction. */
static void rules_erase_across(struct blobs *b, int w, int h)
{
    for (int y = 0; y < h; y++) {
        uint8_t *row = b->map + (size_t)y * (size_t)w;
        for (int x = 0; x < w; x++) {
            while (x + 8 <= w && eight_at(row + x) == 0)
                x += 8;
            int start = x;
            while (x < w && edge_is(row[x], EDGE_DOWN))
                x++;
            if (x - start >= RULE_LENGTH)
                memset(row + start, 0, (size_t)(x - start));
        }
    }
}

/* From X, Y on to both sides: what is left of the rules that end at the corner of a frame, as
 * beside its legend. */
static void corner_erase(struct blobs *b, int w, int h, int x, int y)
{
    for (int row = max_int(0, y - CORNER_REACH); row < min_int(h, y + CORNER_REACH + 1); row++) {
        uint8_t *at = b->map + (size_t)row * (size_t)w;
        for (int step = -1; step <= 1; step += 2) {
            int from = x + step, end = x + step * CORNER_REACH;
            while (from != end && from > 0 && from + 1 < w && !edge_is(at[from], EDGE_DOWN))
                from += step;
            for (; from > 0 && from + 1 < w && edge_is(at[from], EDGE_DOWN); from += step)
                at[from] = 0;
        }
    }
}

static void rule_erase_up(struct blobs *b, int w, int h, int x, int bottom)
{
    int top = bottom;
    while (top > 0 && edge_is(b->map[(size_t)(top - 1) * (size_t)w + (size_t)x], EDGE_ACROSS))
        b->map[(size_t)--top * (size_t)w + (size_t)x] = 0;
    if (bottom - top < RULE_HEIGHT)
        return;
    corner_erase(b, w, h, x, top);
    corner_erase(b, w, h, x, bottom);
}

static void rules_erase_down(struct blobs *b, int w, int h)
{
    b->columns = blobs_room(b->columns, w, &b->columns_size, 1);
    memset(b->columns, 0, (size_t)w);
    for (int y = 0; y <= h; y++) {
        uint8_t *row = b->map + (size_t)y * (size_t)w;
        for (int x = 0; x < w; x++) {
            while (y < h && x + 8 <= w && eight_at(row + x) == 0 && eight_at(b->columns + x) == 0)
                x += 8;
            if (x == w)
                break;
            if (y < h && edge_is(row[x], EDGE_ACROSS)) {
                b->columns[x] += b->columns[x] < RULE_LENGTH;
                continue;
            }
            if (b->columns[x] == RULE_LENGTH)
                rule_erase_up(b, w, h, x, y);
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
        while (x + 8 <= w && eight_at(row + x) == 0)
            x += 8;
        int start = x;
        while (x < w && row[x])
            x++;
        if (x == start) {
            x++;
            continue;
        }
        b->runs = blobs_room(b->runs, b->run_count + 1, &b->run_capacity, sizeof *b->runs);
        b->runs[b->run_count] = (struct blob_run){y, start, x, b->run_count};
        b->run_count++;
    }
}

static void parts_count(struct blobs *b)
{
    b->part_count = 0;
    b->parts = blobs_room(b->parts, b->run_count, &b->part_capacity, sizeof *b->parts);
    for (int i = 0; i < b->run_count; i++) {
        struct blob_run *r = &b->runs[i];
        struct rect box = {r->left, r->y, r->right - r->left, 1};
        /* A root is its part's first run, and a parent comes before its runs: its number is known
         * by now. */
        if (r->parent == i) {
            r->parent = b->part_count;
            b->parts[b->part_count++] = (struct blob_part){.box = box};
        } else {
            r->parent = b->runs[r->parent].parent;
            b->parts[r->parent].box = rect_union(b->parts[r->parent].box, box);
        }
    }
}

/* Labels the connected edges of the map, eight neighbours: afterwards run.parent is the part's
 * number. */
static void parts_find(struct blobs *b, struct rect screen)
{
    b->run_count = 0;
    int above = 0, above_end = 0;
    for (int y = 0; y < screen.height; y++) {
        int start = b->run_count;
        row_runs(b, b->map + (size_t)y * (size_t)screen.width, screen.width, y);
        for (int k = start, i = above; k < b->run_count; k++) {
            while (i < above_end && b->runs[i].right < b->runs[k].left)
                i++;
            for (int j = i; j < above_end && b->runs[j].left <= b->runs[k].right; j++)
                runs_join(b->runs, k, j);
        }
        above = start;
        above_end = b->run_count;
    }
    parts_count(b);
}

/* Which sides and corners of its box a part comes near to. */
enum {
    NEAR_TOP = 1,
    NEAR_BOTTOM = 2,
    NEAR_LEFT = 4,
    NEAR_RIGHT = 8,
    NEAR_SIDES = 15,
    NEAR_CORNERS = 15 << 4,
};

/* A side that the screen cuts off is as good as there. */
static unsigned sides_outside(struct rect box, struct rect screen)
{
    return (box.y <= 0 ? NEAR_TOP : 0) | (box.x <= 0 ? NEAR_LEFT : 0) |
           (box.y + box.height >= screen.height - 1 ? NEAR_BOTTOM : 0) |
           (box.x + box.width >= screen.width - 1 ? NEAR_RIGHT : 0);
}

static unsigned run_nearness(const struct blob_run *r, struct rect box)
{
    int left = r->left - box.x, right = box.x + box.width - r->right;
    int top = r->y - box.y, bottom = box.y + box.height - 1 - r->y;
    unsigned near = 0;
    if (r->left - box.x <= box.width / 2 && r->right - box.x > box.width / 2)
        near |= (top <= 3 ? NEAR_TOP : 0) | (bottom <= 3 ? NEAR_BOTTOM : 0);
    if (abs(top - bottom) <= 2)
        near |= (left <= 3 ? NEAR_LEFT : 0) | (right <= 3 ? NEAR_RIGHT : 0);
    int depth[4] = {top + left, top + right, bottom + left, bottom + right};
    for (int i = 0; i < 4; i++)
        if (depth[i] * 8 <= box.height) /* rounded perhaps, but not as round as an O */
            near |= 1u << (4 + i);
    return near;
}

static int pixels_in(const struct blob_run *r, struct rect box)
{
    return rect_common((struct rect){r->left, r->y, r->right - r->left, 1}, box).width;
}

/* Where a ring or pill has nothing: its round ends are outside. */
static struct rect part_middle(struct rect box)
{
    int end = box.width / 4 < box.height / 2 ? box.width / 4 : box.height / 2;
    return (struct rect){box.x + end, box.y + box.height / 4, box.width - 2 * end, box.height / 2};
}

static void part_measure(struct blob_part *part, const struct blob_run *r, const uint8_t *row)
{
    struct rect box = part->box;
    int straight = 0, longest = 0;
    for (int x = r->left; x < r->right; x++) {
        straight = edge_is(row[x], EDGE_DOWN) ? straight + 1 : 0;
        longest = straight > longest ? straight : longest;
        part->strong += (row[x] & EDGE_STRONG) != 0;
        part->border = part->border || (row[x] & EDGE_BORDER);
    }
    if (r->y == box.y && longest > part->top)
        part->top = longest;
    if (r->y == box.y + box.height - 1 && longest > part->bottom)
        part->bottom = longest;
    part->near |= run_nearness(r, box);
    part->inside += pixels_in(r, rect_grow(box, -FRAME_DEPTH));
    part->middle += pixels_in(r, part_middle(box));
}

/* What lies in a ring. */
struct content {
    struct rect box; /* of all of it */
    int count;
    bool plain; /* each is but an outline, or too small to tell; and none lies beside another */
};

/* What begins inside a ring comes after it. */
static struct content ring_content(const struct blobs *b, const struct blob_part *ring)
{
    struct rect box = ring->box;
    struct content c = {.plain = true};
    for (const struct blob_part *p = ring + 1;
         p < b->parts + b->part_count && p->box.y < box.y + box.height; p++)
        if (rect_inside(p->box, rect_grow(box, -2)) && p->box.height * 5 >= box.height) {
            bool outline =
                p->box.height < OUTLINE_LEAST || p->middle * 4 <= rect_area(part_middle(p->box));
            bool below = c.count == 0 || p->box.y >= c.box.y + c.box.height - 1;
            c.plain = c.plain && outline && below;
            c.box = c.count++ ? rect_union(c.box, p->box) : p->box;
        }
    return c;
}

/* Is what lies in it all of its ground, the counters of an O, a D or a B? No stroke is as thick as
 * the room that is left above and below the text on a button. */
static bool ring_is_letter(const struct blob_part *ring, const struct content *c)
{
    int strokes = ring->box.height - c->box.height;
    return ring->box.height <= BLOB_HEIGHT_MAX && c->plain && c->count <= 2 &&
           strokes * 9 <= ring->box.height * 4;
}

static bool ring_has_content(const struct blobs *b, const struct blob_part *ring)
{
    struct content c = ring_content(b, ring);
    return c.count > 0 && !ring_is_letter(ring, &c);
}

/* Does the rest of it lie beyond an end of the band? */
static bool part_is_cut_off(const struct blobs *b, const struct blob_part *part)
{
    int top = b->band.top + part->box.y, bottom = top + part->box.height;
    return (top == b->band.top && top > 0) || (bottom == b->band.bottom && bottom < b->band.height);
}

/*
 * A frame is hollow and has all four sides; and, to tell it from an O, it has corners, or is wider
 * than any glyph, or stands around something. One that is cut off is just hollow, as are the sides
 * of a dotted one, of which some may not hang together.
 */
static bool part_is_frame(const struct blobs *b, const struct blob_part *part)
{
    int w = part->box.width, h = part->box.height;
    if (part_is_cut_off(b, part))
        return part->inside * 20 <= w + h;
    bool hollow = part->inside * 20 <= w + h;
    if (hollow && w > BIG_WIDTH && h >= HOLLOW_HIGH)
        return true;
    if (h < 12 || w < 14 || (part->near & NEAR_SIDES) != NEAR_SIDES)
        return false;
    bool corners = (part->near & NEAR_CORNERS) == NEAR_CORNERS;
    if (hollow && w >= 20 && (corners || w * 5 >= h * 9))
        return true;
    bool ring = h >= 18 && w * 10 >= h * 7 && part->middle == 0;
    return (ring || (hollow && corners)) && ring_has_content(b, part);
}

/*
 * A selection or the like, with text that touches its sides: above and below it is straight for
 * longer than the top of a letter is.
 */
static bool part_is_backdrop(const struct blob_part *part)
{
    int straight = part->box.height > RULE_LENGTH ? part->box.height : RULE_LENGTH;
    return part->box.height >= 10 && part->top >= straight && part->bottom >= straight;
}

static bool part_is_big(const struct blob_part *part)
{
    return part->box.width > BIG_WIDTH || part->box.height > BLOB_HEIGHT_MAX;
}

/* Is it neither inside of a barrier nor outside? */
static bool part_crosses(const struct blob_part *part, const struct rect *barriers, int count)
{
    for (int i = 0; i < count; i++)
        if (!rect_empty(rect_common(part->box, rect_grow(barriers[i], -2))) &&
            !rect_inside(part->box, rect_grow(barriers[i], 2)))
            return true;
    return false;
}

static bool part_is_rule(const struct blob_part *part)
{
    int w = part->box.width, h = part->box.height; /* both one more than the ink's */
    return (h <= 3 && w > RULE_WIDTH) || (w <= 3 && h > RULE_HEIGHT) || (w <= 2 && h > HAIR_HEIGHT);
}

static void blobs_add(struct blobs *b, const struct blob_part *part)
{
    if (b->count >= BLOBS_MAX || part->strong < 2 || part->box.height > BLOB_HEIGHT_MAX ||
        part_is_rule(part))
        return;
    b->boxes = blobs_room(b->boxes, b->count + 1, &b->capacity, sizeof *b->boxes);
    b->boxes[b->count++] = part->box;
}

static void parts_measure(struct blobs *b, struct rect screen)
{
    for (int i = 0; i < b->part_count; i++)
        b->parts[i].near = sides_outside(b->parts[i].box, screen);
    for (int i = 0; i < b->run_count; i++) {
        const struct blob_run *r = &b->runs[i];
        part_measure(&b->parts[r->parent], r, b->map + (size_t)r->y * (size_t)screen.width);
    }
}

static void backdrop_cut(struct blobs *b, struct rect screen, struct rect box)
{
    border_change(b, screen, box, 0, 0);
    b->backdrops = blobs_room(b->backdrops, b->backdrop_count + 1, &b->backdrop_capacity,
                              sizeof *b->backdrops);
    b->backdrops[b->backdrop_count++] =
        (struct rect){box.x + 2, box.y + 1, box.width - 3, box.height - 1};
}

/* Takes what is small enough for a glyph, and leaves on the map only what is to be taken apart. */
static void parts_sort(struct blobs *b, struct rect screen, const struct rect *barriers,
                       int barrier_count)
{
    parts_measure(b, screen);
    for (int i = 0; i < b->part_count; i++) {
        struct blob_part *part = &b->parts[i];
        part->frame = part_is_frame(b, part);
        part->cut = !part->frame &&
                    (part_is_big(part) || part_is_cut_off(b, part) || part_is_backdrop(part) ||
                     (part->border && part_crosses(part, barriers, barrier_count)));
        if (!part->frame && !part->cut)
            blobs_add(b, part);
    }
    for (int i = 0; i < b->run_count; i++) {
        const struct blob_run *r = &b->runs[i];
        if (!b->parts[r->parent].cut)
            memset(b->map + (size_t)r->y * (size_t)screen.width + r->left, 0,
                   (size_t)(r->right - r->left));
    }
    for (int i = 0; i < b->part_count; i++)
        if (b->parts[i].cut && part_is_backdrop(&b->parts[i]))
            backdrop_cut(b, screen, b->parts[i].box);
}

void blobs_find(struct blobs *b, const struct plane *gray, struct band band,
                const struct rect *barriers, int barrier_count)
{
    struct rect screen = {0, 0, gray->width, gray->height};
    b->map = blobs_room(b->map, gray->width * gray->height, &b->map_size, 1);
    b->count = b->backdrop_count = 0;
    b->band = band;
    edges_map(b->map, gray);
    for (int i = 0; i < barrier_count; i++)
        border_change(b, screen, barriers[i], UINT8_MAX, EDGE_BORDER);
    parts_find(b, screen);
    parts_sort(b, screen, barriers, barrier_count);
    for (int i = 0; i < barrier_count; i++)
        border_change(b, screen, barriers[i], 0, 0);
    rules_erase_across(b, screen.width, screen.height);
    rules_erase_down(b, screen.width, screen.height);
    parts_find(b, screen);
    parts_measure(b, screen);
    for (int i = 0; i < b->part_count; i++)
        blobs_add(b, &b->parts[i]);
}

void blobs_finish(struct blobs *b)
{
    free(b->boxes);
    free(b->backdrops);
    free(b->map);
    free(b->columns);
    free(b->runs);
    free(b->parts);
    *b = (struct blobs){0};
}
