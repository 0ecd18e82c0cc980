#include "vision/edges.h"

#include "base/buf.h"
#include "vision/colour.h"

#include <leptonica/allheaders.h>
#include <stdlib.h>
#include <string.h>

#define FLAT_SIDE_MIN 5 /* pixels; the counters of letters are smaller than any control */

void rects_add(struct rects *r, struct rect rect)
{
    if (r->count == r->capacity) {
        r->capacity = r->capacity ? r->capacity * 2 : 256;
        r->items = mem_resize(r->items, (size_t)r->capacity * sizeof *r->items);
    }
    r->items[r->count++] = rect;
}

static int compare_places(const void *a, const void *b)
{
    const struct rect *p = a, *q = b;
    int d = p->y - q->y;
    d = d ? d : p->x - q->x;
    d = d ? d : p->height - q->height;
    return d ? d : p->width - q->width;
}

void rects_sort(struct rects *r)
{
    if (r->count)
        qsort(r->items, (size_t)r->count, sizeof *r->items, compare_places);
}

static int compare_sizes(const void *a, const void *b)
{
    long p = rect_area(*(const struct rect *)a), q = rect_area(*(const struct rect *)b);
    return p != q ? (p < q) - (p > q) : compare_places(a, b);
}

/* Sorted by their places; only the largest when there are too many. */
static bool rects_bound(struct rects *r, int most)
{
    bool crowded = r->count > most;
    if (crowded) {
        qsort(r->items, (size_t)r->count, sizeof *r->items, compare_sizes);
        r->count = most;
    }
    rects_sort(r);
    return crowded;
}

void rects_finish(struct rects *r)
{
    free(r->items);
    *r = (struct rects){0};
}

static bool differs(uint32_t a, uint32_t b)
{
    return ((a ^ b) & 0xFFFFFF) && colour_distance(a, b) >= COLOUR_STEP;
}

static void map_row(uint32_t *bits, const uint32_t *row, const uint32_t *below, int width)
{
    for (int x = 0; x < width; x += 32) {
        uint32_t word = 0;
        int end = width - x < 32 ? width - x : 32;
        for (int i = 0; i < end; i++) {
            int px = x + i;
            bool edge = (px + 1 < width && differs(row[px], row[px + 1])) ||
                        (below && differs(row[px], below[px]));
            word |= (uint32_t)edge << (31 - i);
        }
        bits[x / 32] = word;
    }
}

static void make_room(struct edges *e, int width, int height)
{
    e->width = width;
    e->height = height;
    e->words = (width + 31) / 32;
    size_t need = (size_t)e->words * (size_t)height;
    if (need <= e->capacity)
        return;
    e->bits = mem_resize(e->bits, need * sizeof *e->bits);
    e->spare = mem_resize(e->spare, need * sizeof *e->spare);
    e->capacity = need;
}

/* Adds the boxes of the components of the band's BITS with both sides of at least SIDE_MIN. */
static void components(struct edges *e, uint32_t *bits, int connectivity, int side_min)
{
    e->found.count = 0;
    PIX *pix = pixCreateHeader(e->width, e->band.bottom - e->band.top, 1);
    if (!pix)
        return;
    pixSetData(pix, bits + (size_t)e->band.top * (size_t)e->words);
    BOXA *boxes = pixConnCompBB(pix, connectivity);
    int count = boxes ? boxaGetCount(boxes) : 0;
    for (int i = 0; i < count; i++) {
        struct rect r;
        if (boxaGetBoxGeometry(boxes, i, &r.x, &r.y, &r.width, &r.height) == 0 &&
            r.width >= side_min && r.height >= side_min) {
            r.y += e->band.top;
            rects_add(&e->found, r);
        }
    }
    boxaDestroy(&boxes);
    pixSetData(pix, NULL); /* the bits are ours */
    pixDestroy(&pix);
}

/* The edge's left and upper side lies outside the shape. */
static struct rect ink_of(const struct edges *e, struct rect r)
{
    (void)e;
    return (struct rect){r.x + 1, r.y + 1, r.width - 1, r.height - 1};
}

/* The surface's last column and row are edge. */
static struct rect flat_of(const struct edges *e, struct rect r)
{
    r.width += r.x + r.width < e->width;
    r.height += r.y + r.height < e->height;
    return r;
}

/* Takes those of KNOWN that the band holds out and adds what was found in it. */
static void renew(struct edges *e, struct rects *known,
                  struct rect (*place_of)(const struct edges *e, struct rect component))
{
    int kept = 0;
    for (int i = 0; i < known->count; i++)
        if (!band_holds(e->band, known->items[i]))
            known->items[kept++] = known->items[i];
    known->count = kept;
    for (int i = 0; i < e->found.count; i++) {
        struct rect r = place_of(e, e->found.items[i]);
        if (band_holds(e->band, r))
            rects_add(known, r);
    }
}

/* One for each SHARE pixels of the frame. */
static int bound_of(const struct edges *e, int share, int most)
{
    int bound = e->width * e->height / share + 1;
    return bound < most ? bound : most;
}

void edges_find(struct edges *e, const struct frame *frame, struct band band)
{
    make_room(e, frame->width, frame->height);
    e->band = band;
    for (int y = band.top; y < band.bottom; y++) {
        const uint32_t *row = frame->pixels + (size_t)y * (size_t)frame->stride;
        const uint32_t *below = y + 1 < e->height ? row + frame->stride : NULL;
        map_row(e->bits + (size_t)y * (size_t)e->words, row, below, e->width);
    }
    size_t end = (size_t)e->words * (size_t)band.bottom;
    for (size_t i = (size_t)e->words * (size_t)band.top; i < end; i++)
        e->spare[i] = ~e->bits[i];
    components(e, e->spare, 4, FLAT_SIDE_MIN);
    renew(e, &e->flats, flat_of);
    rects_bound(&e->flats, bound_of(e, EDGES_FLAT_PIXELS, EDGES_FLATS_MAX));
    components(e, e->bits, 8, 1);
    renew(e, &e->inks, ink_of);
    bool whole = band.top == 0 && band.bottom == e->height;
    bool crowded = rects_bound(&e->inks, bound_of(e, EDGES_INK_PIXELS, EDGES_INKS_MAX));
    e->crowded = crowded || (e->crowded && !whole);
}

void edges_finish(struct edges *e)
{
    free(e->bits);
    free(e->spare);
    rects_finish(&e->inks);
    rects_finish(&e->flats);
    rects_finish(&e->found);
    *e = (struct edges){0};
}

bool edges_at(const struct edges *e, int x, int y)
{
    if (x < 0 || y < 0 || x >= e->width || y >= e->height)
        return false;
    return e->bits[(size_t)y * (size_t)e->words + (size_t)(x / 32)] >> (31 - x % 32) & 1;
}

int edges_count(const struct edges *e, struct rect r)
{
    r = rect_common(r, (struct rect){0, 0, e->width, e->height});
    int count = 0;
    for (int y = r.y; y < r.y + r.height; y++) {
        const uint32_t *row = e->bits + (size_t)y * (size_t)e->words;
        for (int x = r.x; x < r.x + r.width;) {
            int from = x % 32, length = r.x + r.width - x;
            if (length > 32 - from)
                length = 32 - from;
            uint32_t mask = (length == 32 ? ~0u : ((1u << length) - 1)) << (32 - from - length);
            count += __builtin_popcount(row[x / 32] & mask);
            x += length;
        }
    }
    return count;
}
