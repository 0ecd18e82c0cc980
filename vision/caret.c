#include "vision/caret.h"

#include "base/buf.h"
#include "vision/colour.h"
#include "vision/uprights.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define CARET_HEIGHT_MIN 12 /* pixels; of selections, too */
#define CARET_HEIGHT_MAX 48
#define CHANGE_REACH     64  /* how far a change may turn something into a caret, or out of it */
#define STEM_HEIGHT      14  /* a letter's stem of one pixel is lower than this */
#define RISE             2   /* pixels above the letters beside it that no stem reaches */
#define INK_REACH        160 /* how far letters beside a caret are looked at */
#define INK_GAP          14  /* a gap wider than this ends the text */
#define CORNER_REACH     3   /* how far from its side a field's round corner may still show */
#define SIDE_REACH       8   /* pixels of a box's upper and lower side that are looked at */
#define SELECTION_WIDTH  5   /* at least */
#define ROUND_CORNER     4  /* of a button, a ticked box: pixels in, its side is as high as it is */
#define SELECTION_ROOM   5  /* of plain ground on its right */
#define SELECTION_COLOUR 40 /* saturation: greys are buttons and borders */
#define LETTER_REACH     3  /* from a selection's edge to the letters beside it */
#define SELECTION_MARGIN 4  /* between its edge and the text in it, at most */

struct search {
    const struct frame *frame;
    struct carets *found;
    struct band band;
};

/* How much of the column X beside the run is ground, in hundredths. */
static int ground_share(const struct frame *f, int x, int top, int bottom, uint32_t ground)
{
    int n = 0;
    for (int y = top; y < bottom; y++)
        n += pixel_is(f, x, y, ground);
    return n * 100 / (bottom - top);
}

/* Is the column X a side of the field, or the edge of a selection: inked wherever the caret is? */
static bool is_border(const struct frame *f, struct rect caret, int x, uint32_t ground)
{
    for (int y = caret.y - 1; y <= caret.y + caret.height; y++)
        if (pixel_is(f, x, y, ground))
            return false;
    return true;
}

/* Is there a border a few columns on? Its corners are no letters. */
static bool nears_border(const struct frame *f, struct rect caret, int x, int step, uint32_t ground)
{
    for (int i = 1; i <= CORNER_REACH; i++)
        if (is_border(f, caret, x + i * step, ground))
            return true;
    return false;
}

/* The rows that letters beside a caret take up. */
struct letters {
    int top, bottom;
    int base; /* the end of the rows that much of their ink is in: tails hang below */
};

/* The last of the COUNT rows that has a good part of what the fullest one has. */
static int last_full_row(const int *rows, int count)
{
    int most = 0, last = count - 1;
    for (int i = 0; i < count; i++)
        most = rows[i] > most ? rows[i] : most;
    while (last > 0 && rows[last] * 4 < most)
        last--;
    return last;
}

/*
 * The rows of letters left (STEP -1) or right of the caret, looking a row beyond it at either end;
 * false: there are none near.
 */
static bool ink_rows(const struct frame *f, struct rect caret, int step, uint32_t ground,
                     struct letters *out)
{
    int gap = 0, x = step < 0 ? caret.x - 1 : caret.x + caret.width;
    int rows[CARET_HEIGHT_MAX + 2] = {0}; /* their ink, from the row above the caret on */
    out->top = out->bottom = -1;
    for (int i = 0; i < INK_REACH && gap <= INK_GAP; i++, x += step) {
        bool inked = false;
        if (is_border(f, caret, x, ground))
            break;
        int beyond = nears_border(f, caret, x, step, ground) ? 0 : 1;
        for (int y = caret.y - beyond; y < caret.y + caret.height + beyond; y++) {
            if (x < 0 || x >= f->width || y < 0 || y >= f->height || pixel_is(f, x, y, ground))
                continue;
            inked = true;
            rows[y - caret.y + 1]++;
            out->top = out->top < 0 || y < out->top ? y : out->top;
            out->bottom = y >= out->bottom ? y + 1 : out->bottom;
        }
        gap = inked ? 0 : gap + 1;
    }
    out->base = caret.y + last_full_row(rows, caret.height + 2);
    return out->bottom > out->top;
}

/* Nothing is joined to its end: the row Y beside it is ground. The side of a box ends in a corner.
 */
static bool is_free_end(const struct frame *f, struct rect caret, int y, uint32_t ground)
{
    for (int x = caret.x - 1; x <= caret.x + caret.width; x++)
        if (!pixel_is(f, x, y, ground))
            return false;
    return true;
}

/* The right side of a box: its first and its last row run on to the left as lines of its colour. */
static bool is_side(const struct frame *f, struct rect caret, uint32_t ink)
{
    int last = caret.y + caret.height - 1;
    for (int i = 1; i <= SIDE_REACH; i++)
        if (!pixel_is(f, caret.x - i, caret.y, ink) || !pixel_is(f, caret.x - i, last, ink))
            return false;
    return true;
}

/* Is it taller than the letters beside it? It may be GLUED to one of them: stems are, too. */
static bool outgrows_letters(const struct frame *f, struct rect caret, uint32_t ground, bool glued)
{
    struct letters l;
    int end = caret.y + caret.height;
    if (!ink_rows(f, caret, -1, ground, &l) && !ink_rows(f, caret, 1, ground, &l))
        return true;
    if (end >= l.bottom + 1 && caret.y <= l.top)
        return true;
    if (caret.y <= l.top - RISE && end >= l.bottom && end > l.base + 1)
        return true; /* no letter both rises above the others and reaches down to their tails */
    bool fits =
        glued ? caret.y < l.top && end >= l.bottom : caret.y <= l.top && end >= l.bottom - 1;
    return fits && caret.width == 1 && caret.height >= STEM_HEIGHT;
}

/* Is the edge the right side of a caret? Fills CARET. */
static bool is_caret(const struct frame *f, const struct upright *u, struct rect *caret)
{
    int width = 1, height = u->bottom - u->top;
    if (u->x < 3 || u->x + 2 >= f->width)
        return false;
    while (width <= 2 && ground_share(f, u->x - width, u->top, u->bottom, u->ink) == 100)
        width++;
    *caret = (struct rect){u->x - width + 1, u->top, width, height};
    if (width > 2 || ground_share(f, u->x + 2, u->top, u->bottom, u->ground) < 90)
        return false;
    int left = ground_share(f, caret->x - 1, u->top, u->bottom, u->ground);
    return left >= 20 && is_free_end(f, *caret, u->top - 1, u->ground) &&
           is_free_end(f, *caret, u->bottom, u->ground) && !is_side(f, *caret, u->ink) &&
           outgrows_letters(f, *caret, u->ground, left < 50);
}

/* How far in from its left (STEP 1) or right (-1) side the rect's first ink stands; its width when
 * there is none. */
static int ink_margin(const struct frame *f, struct rect r, int step, uint32_t ground)
{
    int x = step > 0 ? r.x : r.x + r.width - 1;
    for (int i = 0; i < r.width; i++, x += step)
        if (ground_share(f, x, r.y, r.y + r.height, ground) < 100)
            return i;
    return r.width;
}

/* Is there a gap between letters in it, which a tick has not? */
static bool has_letters(const struct frame *f, struct rect r, uint32_t ground)
{
    int left = ink_margin(f, r, 1, ground), right = r.width - ink_margin(f, r, -1, ground);
    for (int x = left; x < right; x++)
        if (ground_share(f, r.x + x, r.y, r.y + r.height, ground) == 100)
            return true;
    return false;
}

/* Do letters stand right beside it, as none do beside a ticked box? */
static bool joins_letters(const struct frame *f, const struct selection *s)
{
    for (int i = 1; i <= LETTER_REACH; i++)
        for (int side = 0; side < 2; side++) {
            int x = side ? s->box.x - i : s->box.x + s->box.width - 1 + i;
            int share = ground_share(f, x, s->box.y, s->box.y + s->box.height, s->ground);
            if (share >= 50 && share < 100) /* a ring around it takes up all of the column */
                return true;
        }
    return false;
}

/* Does its text fill it from end to end, on a ground of one colour? */
static bool is_filled_by_text(const struct frame *f, struct rect box, uint32_t lit)
{
    int fill = 0;
    for (int x = box.x; x < box.x + box.width; x++)
        fill += ground_share(f, x, box.y, box.y + box.height, lit);
    return fill >= 50 * box.width && fill <= 97 * box.width &&
           ink_margin(f, box, 1, lit) <= SELECTION_MARGIN &&
           ink_margin(f, box, -1, lit) <= SELECTION_MARGIN;
}

/* The columns of a caret on the left of a selection, in whatever colours it is drawn over it; the
 * side of a field reaches farther up and down. */
static int caret_beside(const struct frame *f, const struct selection *s)
{
    int top = s->box.y, bottom = s->box.y + s->box.height, width = 0;
    for (int x = s->box.x - 1; x > 0 && width <= 2; x--, width++)
        if (ground_share(f, x, top, bottom, s->ground) > 0 || !pixel_is(f, x, top - 1, s->ground) ||
            !pixel_is(f, x, bottom, s->ground))
            break;
    return width <= 2 ? width : 0;
}

/* Is there plain ground on its right, though letters may stand there? A list's row has none. */
static bool has_room(const struct frame *f, const struct upright *u)
{
    int clear = 0;
    for (int x = u->x + 1; x <= u->x + SELECTION_ROOM; x++)
        clear += pixel_is(f, x, u->top, u->ground) && pixel_is(f, x, u->bottom - 1, u->ground);
    return clear == SELECTION_ROOM ||
           ground_share(f, u->x + SELECTION_ROOM, u->top, u->bottom, u->ground) >= 90;
}

/* Is the edge the right side of a selection? Tk's have a bevel, which is one pixel of another
 * colour. */
static bool is_selection(const struct frame *f, const struct upright *u, struct selection *s)
{
    int right = u->x, bottom = u->bottom;
    *s = (struct selection){.lit = u->ink, .ground = u->ground};
    if (right > 1 && !pixel_is(f, right - 1, u->top, u->ink)) {
        *s = (struct selection){
            .lit = colour_at(f, --right, u->top), .ground = u->ground, .bevelled = true};
        bottom--;
    }
    int width = 0, whole = 0, last = bottom - 1;
    for (bool up = true, down = true; up || down; width += up || down, whole += up && down) {
        up = pixel_is(f, right - width, u->top, s->lit); /* letters may touch one of its sides */
        down = pixel_is(f, right - width, last, s->lit);
    }
    s->box = (struct rect){right - width + 1, u->top, width, bottom - u->top};
    s->caret = caret_beside(f, s);
    bool square = abs(width - s->box.height) <= 5; /* a ticked box is one, too */
    square = square && !has_letters(f, s->box, s->lit) && !joins_letters(f, s);
    bool open = false; /* it goes on up or down: right here, or beside a round corner */
    for (int in = 0; in <= ROUND_CORNER && !open; in += ROUND_CORNER)
        open =
            pixel_is(f, right - in, u->top - 1, s->lit) || pixel_is(f, right - in, bottom, s->lit);
    return width >= SELECTION_WIDTH && whole * 10 >= width * 7 && !square && !open &&
           has_room(f, u) && colour_saturation(s->lit) >= SELECTION_COLOUR &&
           is_filled_by_text(f, s->box, s->lit);
}

static void visit_edge(void *self, const struct upright *u)
{
    struct search *s = self;
    struct carets *c = s->found;
    struct rect caret;
    struct selection selection;
    if (c->count < CARETS_MAX && is_caret(s->frame, u, &caret) && band_holds(s->band, caret))
        c->carets[c->count++] = caret;
    else if (c->selection_count < CARETS_MAX && is_selection(s->frame, u, &selection) &&
             band_holds(s->band, selection.box))
        c->selections[c->selection_count++] = selection;
}

static bool knows_caret(const struct carets *c, const struct rect *caret)
{
    for (int i = 0; i < c->count; i++)
        if (memcmp(&c->carets[i], caret, sizeof *caret) == 0)
            return true;
    return false;
}

static bool knows_selection(const struct carets *c, const struct selection *s)
{
    for (int i = 0; i < c->selection_count; i++)
        if (memcmp(&c->selections[i].box, &s->box, sizeof s->box) == 0 &&
            c->selections[i].lit == s->lit)
            return true;
    return false;
}

/* Grows CHANGED by those of A that are not in B. */
static void add_missing(const struct carets *a, const struct carets *b, struct rect *changed)
{
    for (int i = 0; i < a->count; i++)
        if (!knows_caret(b, &a->carets[i]))
            *changed = rect_union(*changed, a->carets[i]);
    for (int i = 0; i < a->selection_count; i++)
        if (!knows_selection(b, &a->selections[i]))
            *changed = rect_union(*changed, rect_grow(a->selections[i].box, 1));
}

/* Drops those that will be found again. */
static void keep_outside(struct carets *c, struct band band)
{
    int count = c->count, selections = c->selection_count;
    c->count = c->selection_count = 0;
    for (int i = 0; i < count; i++)
        if (!band_holds(band, c->carets[i]))
            c->carets[c->count++] = c->carets[i];
    for (int i = 0; i < selections; i++)
        if (!band_holds(band, c->selections[i].box))
            c->selections[c->selection_count++] = c->selections[i];
}

void carets_find(struct carets *c, const struct frame *frame, struct rect *changed)
{
    struct carets before = *c;
    struct search search = {frame, c, band_around(*changed, CHANGE_REACH, frame->height)};
    keep_outside(c, search.band);
    uprights_find(frame, search.band, CARET_HEIGHT_MIN, CARET_HEIGHT_MAX, visit_edge, &search);
    add_missing(&before, c, changed);
    add_missing(c, &before, changed);
    *changed = rect_common(*changed, frame_rect(frame));
}

static void caret_erase(struct frame *frame, struct rect caret)
{
    int ground = caret.x + caret.width;
    for (int y = caret.y; y < caret.y + caret.height; y++) {
        uint32_t *row = frame->pixels + (size_t)y * (size_t)frame->stride;
        for (int x = caret.x; x < ground; x++)
            row[x] = row[ground];
    }
}

/* A pixel of the selection on the ground around it: text stands out as far from that as it did from
 * the selection. */
static uint32_t unselected(uint32_t pixel, const struct selection *s)
{
    int ground = colour_luma(s->ground), from = colour_luma(s->lit),
        ink = colour_luma(pixel) - from;
    int range = ink > 0 ? 255 - from : from;
    int depth = range > 0 ? abs(ink) * 255 / range : 0;
    int shade =
        ground > 127 ? ground - ground * depth / 255 : ground + (255 - ground) * depth / 255;
    return colour_distance(pixel, s->lit) <= 10 ? s->ground : (uint32_t)shade * 0x010101u;
}

/* All that a selection paints over. */
static struct rect selection_area(const struct selection *s, const struct frame *frame)
{
    struct rect all = s->bevelled ? rect_grow(s->box, 1) : s->box;
    int left = s->box.x - s->caret < all.x ? all.x - s->box.x + s->caret : 0;
    all.x -= left;
    all.width += left;
    return rect_common(all, frame_rect(frame));
}

static void selection_erase(struct frame *frame, const struct selection *s)
{
    struct rect all = selection_area(s, frame);
    for (int y = all.y; y < all.y + all.height; y++)
        for (int x = all.x; x < all.x + all.width; x++) {
            uint32_t *pixel = &frame->pixels[(size_t)y * (size_t)frame->stride + (size_t)x];
            *pixel = rect_holds(s->box, (struct point){x, y}) ? unselected(*pixel, s) : s->ground;
        }
}

/* The area of number I: carets first, then selections. */
static struct rect area_of(const struct carets *c, int i, const struct frame *frame)
{
    return i < c->count ? c->carets[i] : selection_area(&c->selections[i - c->count], frame);
}

/* Copies a rect's pixels from the frame to KEPT, or back; returns how many. */
static size_t swap_pixels(struct frame *frame, struct rect r, uint32_t *kept, bool back)
{
    size_t width = (size_t)r.width;
    for (int y = 0; y < r.height; y++) {
        uint32_t *row = frame->pixels + (size_t)(r.y + y) * (size_t)frame->stride + r.x;
        uint32_t *copy = kept + (size_t)y * width;
        memcpy(back ? row : copy, back ? copy : row, width * sizeof *row);
    }
    return width * (size_t)r.height;
}

void carets_take_out(struct carets *c, struct frame *frame)
{
    size_t need = 0, kept = 0;
    int all = c->count + c->selection_count;
    for (int i = 0; i < all; i++)
        need += (size_t)rect_area(area_of(c, i, frame));
    if (need > c->pixel_capacity) {
        c->pixels = mem_resize(c->pixels, need * sizeof *c->pixels);
        c->pixel_capacity = need;
    }
    for (int i = 0; i < all; i++) { /* one after the other: areas may overlap */
        kept += swap_pixels(frame, area_of(c, i, frame), c->pixels + kept, false);
        if (i < c->count)
            caret_erase(frame, c->carets[i]);
        else
            selection_erase(frame, &c->selections[i - c->count]);
    }
}

void carets_put_back(const struct carets *c, struct frame *frame)
{
    int all = c->count + c->selection_count;
    size_t kept = 0;
    for (int i = 0; i < all; i++)
        kept += (size_t)rect_area(area_of(c, i, frame));
    for (int i = all - 1; i >= 0; i--) {
        struct rect area = area_of(c, i, frame);
        kept -= (size_t)rect_area(area);
        swap_pixels(frame, area, c->pixels + kept, true);
    }
}

void carets_finish(struct carets *c)
{
    free(c->pixels);
    *c = (struct carets){0};
}
