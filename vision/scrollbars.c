/*
 * Scroll bars, upright and across: two arrows that point away from each other with a plain strip
 * between them, or a thumb in a plain strip that ends at both its sides. How far the thumb is on
 * its way is the value; without a thumb there is nothing to scroll.
 */
#include "vision/view.h"

#include "vision/colour.h"
#include "vision/glyphs.h"

#include <stdio.h>
#include <stdlib.h>

#define ARROW_MIN    3 /* pixels */
#define ARROW_MAX    16
#define LENGTH_MIN   32 /* between the arrows */
#define OFF_MAX      1  /* between the middles of both arrows */
#define SAME         8  /* colours nearer than this are one surface */
#define RUN_LEAST    4  /* pixels of one colour: more than a border */
#define PLAIN_PART   70 /* hundredths of the strip that such stretches must have */
#define THUMB_ACROSS 5
#define ACROSS_MAX   16
#define THUMB_LONG   18
#define BORDER       3
#define SIDE         9   /* from the middle of a thumb to beyond the side of its strip */
#define WIDE         8   /* half of how wide a bar is, where nothing shows it */
#define SLACK        4   /* from the end of a strip to the thumb at the end of its way */
#define CROSSING     0.1 /* of two bars at their corner, less */
#define SURE         0.7f

/* A frame seen upright or, for bars across, along its rows. */
struct sight {
    const struct frame *frame;
    bool across;
};

struct run {
    int from, end;
    uint32_t colour;
};

struct bar {
    int middle, from, end; /* across, and along */
    struct run thumb;      /* empty for none */
};

static uint32_t look(const struct sight *s, int across, int along)
{
    return s->across ? colour_at(s->frame, along, across) : colour_at(s->frame, across, along);
}

static struct rect turned(struct rect r, bool across)
{
    return across ? (struct rect){r.y, r.x, r.height, r.width} : r;
}

/* An arrow that points to the left is one that points up, seen along the rows. */
static enum glyph arrow_of(const struct sight *s, struct rect r)
{
    uint32_t pixels[(ARROW_MAX + 2) * (ARROW_MAX + 2)];
    struct frame f = {.width = r.width + 2, .height = r.height + 2, .stride = r.width + 2};
    if (!s->across)
        return glyph_read(s->frame, r);
    f.pixels = pixels;
    for (int y = 0; y < f.height; y++)
        for (int x = 0; x < f.width; x++)
            pixels[y * f.stride + x] = look(s, r.x - 1 + x, r.y - 1 + y);
    return glyph_read(&f, (struct rect){1, 1, r.width, r.height});
}

/* The next stretch of one colour from AT on, before END; false when there is none. */
static bool next_run(const struct sight *s, int middle, int at, int end, struct run *out)
{
    while (at < end) {
        *out = (struct run){at, at, look(s, middle, at)};
        while (out->end < end && colour_distance(look(s, middle, out->end), out->colour) < SAME)
            out->end++;
        if (out->end - out->from >= RUN_LEAST)
            return true;
        at = out->end;
    }
    return false;
}

/* Has it sides within the strip: a pill? */
static bool is_pill(const struct sight *s, int middle, const struct run *r)
{
    int along = (r->from + r->end) / 2, sides = 0;
    for (int step = -1; step <= 1; step += 2)
        for (int i = 2; i <= THUMB_ACROSS; i++)
            if (colour_distance(look(s, middle + step * i, along), r->colour) >= SAME) {
                sides++;
                break;
            }
    return sides == 2;
}

/* Which of two neighbours is the thumb: the pill, or the lighter one, which stands out. */
static bool is_thumb(const struct sight *s, int middle, const struct run *a, const struct run *b)
{
    bool pill = is_pill(s, middle, a), other = is_pill(s, middle, b);
    return pill != other ? pill : colour_luma(a->colour) > colour_luma(b->colour);
}

/* The thumb between two arrows; false when what is there is no plain strip. */
static bool read_strip(const struct sight *s, struct bar *b)
{
    struct run runs[4];
    int count = 0, plain = 0;
    for (int at = b->from; count < 4 && next_run(s, b->middle, at, b->end, &runs[count]); count++) {
        at = runs[count].end;
        plain += runs[count].end - runs[count].from;
    }
    b->thumb = (struct run){0};
    if (count < 1 || count > 3 || plain * 100 < PLAIN_PART * (b->end - b->from))
        return false;
    b->from = runs[0].from; /* behind the border of the arrow's button */
    b->end = runs[count - 1].end;
    if (count == 3) {
        b->thumb = runs[1];
        return colour_distance(runs[0].colour, runs[2].colour) < 2 * SAME &&
               colour_distance(runs[0].colour, runs[1].colour) >= SAME;
    }
    if (count == 2)
        b->thumb = runs[is_thumb(s, b->middle, &runs[1], &runs[0])];
    return true;
}

static void drop_inside(struct view *v, struct rect bar)
{
    for (int i = 0; i < v->boxes->count; i++)
        if (v->boxes->items[i].kind != BOX_RULE &&
            rect_inside(v->boxes->items[i].rect, rect_grow(bar, BORDER)))
            v->uses[i] = USE_ALONE;
    for (int i = 0; i < v->icon_count; i++)
        if (rect_holds(bar, rect_center(v->icons[i].box))) {
            icon_take(v, &v->icons[i]);
            v->icons[i].scrolls = true;
        }
}

static bool is_told(const struct view *v, struct rect bar)
{
    for (int i = 0; i < v->control_count; i++)
        if (rect_overlap(v->controls[i].box, bar) > CROSSING)
            return true;
    return false;
}

static void tell(struct view *v, const struct sight *s, const struct bar *b, int from, int end)
{
    struct rect box =
        turned((struct rect){b->middle - WIDE, from, 2 * WIDE, end - from}, s->across);
    box = rect_common(box, frame_rect(v->frame));
    if (is_told(v, box))
        return;
    drop_inside(v, box);
    if (b->thumb.end == b->thumb.from)
        return;
    int way = b->end - b->from - (b->thumb.end - b->thumb.from), gone = b->thumb.from - b->from;
    gone = gone < 0 ? 0 : gone > way ? way : gone;
    char value[16];
    snprintf(value, sizeof value, "%d %%", way > 0 ? (gone * 100 + way / 2) / way : 0);
    struct control *c = view_add_control(v, ROLE_SCROLLBAR, box, -1);
    c->value = arena_text(&v->scene->arena, value);
    c->text = c->name = "";
    c->sure = SURE;
}

static bool is_arrow_size(struct rect r)
{
    return r.width >= ARROW_MIN && r.width <= ARROW_MAX && r.height >= ARROW_MIN &&
           r.height <= r.width;
}

/* The nearest arrow beyond the one at R that points the other way; empty for none. */
static struct rect other_arrow(const struct view *v, const struct sight *s, struct rect r)
{
    struct rect best = {0};
    for (int i = 0; i < v->edges->inks.count; i++) {
        struct rect other = turned(v->edges->inks.items[i], s->across);
        if (other.y > r.y && abs(2 * other.x + other.width - 2 * r.x - r.width) <= 2 * OFF_MAX &&
            is_arrow_size(other) && abs(other.width - r.width) <= 2 &&
            (rect_empty(best) || other.y < best.y))
            best = other;
    }
    return !rect_empty(best) && arrow_of(s, best) == GLYPH_DOWN ? best : (struct rect){0};
}

static void find_between_arrows(struct view *v, const struct sight *s)
{
    for (int i = 0; i < v->edges->inks.count; i++) {
        struct rect r = turned(v->edges->inks.items[i], s->across), end;
        if (!is_arrow_size(r) || arrow_of(s, r) != GLYPH_UP ||
            rect_empty(end = other_arrow(v, s, r)) || end.y - r.y - r.height < LENGTH_MIN)
            continue;
        struct bar b = {.middle = rect_center(r).x, .from = r.y + r.height + 2, .end = end.y - 1};
        if (read_strip(s, &b))
            tell(v, s, &b, r.y - 2, end.y + end.height + 2);
    }
}

/* From AT on in direction STEP: how far the strip's colour goes on. */
static int strip_end(const struct sight *s, int middle, int at, int step)
{
    int end = s->across ? s->frame->width : s->frame->height;
    uint32_t colour = look(s, middle, at);
    while (at + step >= 0 && at + step < end &&
           colour_distance(look(s, middle, at + step), colour) < SAME / 2)
        at += step;
    return at;
}

/* Does the strip end at this side, all along, somewhere between the thumb and SIDE? */
static bool has_side(const struct sight *s, const struct bar *b, int edge, int step)
{
    for (int x = edge; abs(x - b->middle) <= SIDE + WIDE; x += step) {
        int differ = 0, count = 0;
        for (int along = b->from + BORDER; along < b->end - BORDER; along += 2, count++)
            differ += colour_distance(look(s, x, along), look(s, x + step, along)) >= COLOUR_STEP;
        if (differ * 20 >= count * 17) /* another bar may cross it at its end */
            return true;
        if (differ * 10 >= count)
            return false;
    }
    return false;
}

static bool is_thumb_size(struct rect r)
{
    return r.width >= THUMB_ACROSS && r.width <= ACROSS_MAX && r.height >= THUMB_LONG &&
           r.height * 2 >= r.width * 3;
}

static void find_in_strips(struct view *v, const struct sight *s)
{
    for (int i = 0; i < v->edges->inks.count; i++) {
        struct rect r = turned(v->edges->inks.items[i], s->across);
        struct bar b = {.middle = rect_center(r).x, .thumb = {r.y, r.y + r.height, 0}};
        struct run thumb;
        if (!is_thumb_size(r) || !next_run(s, b.middle, r.y + 1, r.y + r.height, &thumb) ||
            (thumb.end - thumb.from) * 10 < r.height * 8 || !is_pill(s, b.middle, &thumb))
            continue;
        b.from = strip_end(s, b.middle, r.y - 1, -1);
        b.end = strip_end(s, b.middle, r.y + r.height + 1, 1) + 1;
        if (b.end - b.from >= 2 * LENGTH_MIN && b.end - b.from > r.height + 2 * BORDER &&
            has_side(s, &b, r.x - 1, -1) && has_side(s, &b, r.x + r.width, 1)) {
            int from = b.from, end = b.end;
            b.from += SLACK;
            b.end -= SLACK;
            tell(v, s, &b, from, end);
        }
    }
}

void scrollbars_find(struct view *v)
{
    for (int across = 0; across < 2; across++) {
        struct sight s = {v->frame, across};
        find_between_arrows(v, &s);
        find_in_strips(v, &s);
    }
}
