#include "vision/vision.h"

#include "base/buf.h"
#include "base/clock.h"
#include "vision/boxes.h"
#include "vision/caret.h"
#include "vision/colour.h"
#include "vision/edges.h"
#include "vision/elements.h"
#include "vision/identity.h"
#include "vision/lines.h"
#include "vision/plane.h"
#include "vision/text.h"

#include <stdlib.h>
#include <string.h>

#define LABEL_HALF      10 /* pixels */
#define CORNER_MAX      26
#define CORNER_REACH    5   /* pixels from the outside of a border to a piece of it */
#define RING_HEIGHT_MAX 260 /* of a field or list whose border is painted over */
#define BAND_MARGIN     24  /* around what has changed */

struct vision {
    struct text *text; /* owned, as all that follows */
    struct elements *elements;
    struct identity *identity;
    struct edges edges;
    struct boxes boxes;
    struct plane gray;
    struct lines lines;
    struct rects barriers;
    struct carets carets;
    uint64_t serial;           /* of the frame that was read last; 0: none, or unknown */
    int width, height;         /* its size */
    const struct scene *scene; /* what it was read into; compared, not used */
};

struct vision *vision_create(const char *language, struct err *e)
{
    struct text *text = text_create(language, e);
    if (!text)
        return NULL;
    struct vision *v = mem_zero(1, sizeof *v);
    v->text = text;
    v->elements = elements_create();
    v->identity = identity_create();
    return v;
}

void vision_destroy(struct vision *v)
{
    if (!v)
        return;
    text_destroy(v->text);
    elements_destroy(v->elements);
    identity_destroy(v->identity);
    edges_finish(&v->edges);
    boxes_finish(&v->boxes);
    plane_finish(&v->gray);
    lines_finish(&v->lines);
    rects_finish(&v->barriers);
    carets_finish(&v->carets);
    free(v);
}

void vision_share_if(struct vision *v, bool (*allowed)(void *self, const char *line), void *self)
{
    text_share_if(v->text, allowed, self);
}

void vision_forget(struct vision *v)
{
    v->serial = 0;
    v->scene = NULL;
    identity_reset(v->identity);
}

/* The label that interrupts an upper border stands half in the frame. */
static struct rect below_label(struct rect r)
{
    return (struct rect){r.x, r.y + LABEL_HALF, r.width, r.height - LABEL_HALF};
}

/* Text never crosses the side of a control. Frames too small for a line of text may be the insides
 * of letters. */
static void find_barriers(struct vision *v)
{
    v->barriers.count = 0;
    for (int i = 0; i < v->boxes.count; i++) {
        const struct box *b = &v->boxes.items[i];
        if (box_is_mark(b) || b->kind == BOX_FILL ||
            (b->kind == BOX_FRAME && b->rect.width >= 24 && b->rect.height >= 16))
            rects_add(&v->barriers, b->open ? below_label(b->rect) : b->rect);
    }
}

static void paint(struct plane *gray, struct rect r, int shade)
{
    r = rect_common(r, (struct rect){0, 0, gray->width, gray->height});
    for (int y = r.y; y < r.y + r.height; y++)
        memset(gray->pixels + (size_t)y * (size_t)gray->width + r.x, shade, (size_t)r.width);
}

/* A thick border, as the focus draws around a field, stands so close to the text that it is read
 * with it: it gets the colour of the field, its round corners too. */
static void paint_border(struct plane *gray, const struct box *b)
{
    struct rect r = b->rect, in = b->inner;
    int right = in.x + in.width, bottom = in.y + in.height, shade = colour_luma(b->fill);
    paint(gray, (struct rect){r.x, r.y, r.width, in.y - r.y}, shade);
    paint(gray, (struct rect){r.x, bottom, r.width, r.y + r.height - bottom}, shade);
    paint(gray, (struct rect){r.x, r.y, in.x - r.x, r.height}, shade);
    paint(gray, (struct rect){right, r.y, r.x + r.width - right, r.height}, shade);
    for (int i = 0; i < 2; i++) {
        int y = i ? bottom - 1 : in.y, next = i ? y - 1 : y + 1;
        paint(gray, (struct rect){in.x, y, 2, 1}, shade);
        paint(gray, (struct rect){right - 2, y, 2, 1}, shade);
        paint(gray, (struct rect){in.x, next, 1, 1}, shade);
        paint(gray, (struct rect){right - 1, next, 1, 1}, shade);
    }
}

static void paint_borders(struct vision *v)
{
    for (int i = 0; i < v->boxes.count; i++) {
        const struct box *b = &v->boxes.items[i];
        if (b->kind == BOX_FRAME && b->thickness > 1 && !b->open && b->rect.width >= 24 &&
            b->rect.height >= 16 && b->rect.height <= RING_HEIGHT_MAX)
            paint_border(&v->gray, b);
    }
}

/* A piece of a frame's border: an end as high as the frame, a round corner, the grip in the lower
 * right one. A lone digit in another corner of a narrow field lies within its border. */
static bool is_border(struct rect line, const struct box *b)
{
    struct rect r = b->rect;
    if (b->kind != BOX_FRAME || !rect_inside(line, rect_grow(r, 2)))
        return false;
    bool left = line.x <= r.x + CORNER_REACH,
         right = line.x + line.width >= r.x + r.width - CORNER_REACH;
    bool top = line.y <= r.y + CORNER_REACH,
         bottom = line.y + line.height >= r.y + r.height - CORNER_REACH;
    bool fills = line.height * 2 >= b->inner.height; /* a digit does, a corner does not */
    bool grip = right && bottom;
    if (b->thickness > 0 && fills && !grip && rect_inside(line, rect_grow(b->inner, 1)))
        return false;
    if (!grip && line.width * 2 > line.height * 3)
        return false; /* the first entry of a list */
    return (left || right) && (top || bottom) && line.width * 10 <= r.height * 6 &&
           line.width <= CORNER_MAX && r.height >= 18;
}

/* A tick or a dot is a drawing: not to be read. */
static void drop_marks(struct vision *v)
{
    int kept = 0;
    for (int i = 0; i < v->lines.count; i++) {
        bool drawn = false;
        for (int j = 0; j < v->boxes.count && !drawn; j++)
            drawn = (box_is_mark(&v->boxes.items[j]) &&
                     rect_inside(v->lines.boxes[i], rect_grow(v->boxes.items[j].rect, 2))) ||
                    is_border(v->lines.boxes[i], &v->boxes.items[j]);
        if (!drawn)
            v->lines.boxes[kept++] = v->lines.boxes[i];
    }
    v->lines.count = kept;
}

/* The smallest field that holds a caret or a selection has the focus, whatever its border looks
 * like. */
static void focus_at(struct scene *scene, struct rect caret)
{
    struct element *best = NULL;
    for (int i = 0; i < scene->element_count; i++) {
        struct element *e = &scene->elements[i];
        if (role_is_field(e->role) && rect_inside(caret, e->box) &&
            (!best || rect_area(e->box) < rect_area(best->box)))
            best = e;
    }
    for (int i = 0; best && i < scene->element_count; i++)
        scene->elements[i].states &= ~(unsigned)STATE_FOCUSED;
    if (best)
        best->states |= STATE_FOCUSED;
}

/* Must it be found again where CHANGED was? What lies clear around that is as it was. */
static bool is_touched(struct rect place, struct rect changed)
{
    return !rect_empty(rect_common(place, rect_grow(changed, 2))) &&
           !rect_inside(rect_grow(changed, 4), place);
}

static struct rect with_touched(struct rect all, const struct rect *places, int count,
                                struct rect changed)
{
    for (int i = 0; i < count; i++)
        if (is_touched(places[i], changed))
            all = rect_union(all, places[i]);
    return all;
}

/* The rows in which anything may be other than before. */
static struct band band_of(const struct vision *v, struct rect changed)
{
    struct rect all = changed;
    all = with_touched(all, v->edges.inks.items, v->edges.inks.count, changed);
    all = with_touched(all, v->edges.flats.items, v->edges.flats.count, changed);
    all = with_touched(all, v->lines.boxes, v->lines.count, changed);
    for (int i = 0; i < v->boxes.count; i++)
        if (is_touched(v->boxes.items[i].rect, changed))
            all = rect_union(all, v->boxes.items[i].rect);
    return band_around(all, BAND_MARGIN, v->height);
}

static bool read_plain(struct vision *v, const struct frame *frame, struct band band,
                       struct scene *scene, struct err *e)
{
    edges_find(&v->edges, frame, band);
    boxes_find(&v->boxes, frame, &v->edges);
    find_barriers(v);
    plane_gray(&v->gray, frame, band);
    paint_borders(v);
    lines_find(&v->lines, &v->gray, band, v->barriers.items, v->barriers.count);
    drop_marks(v);
    lines_sort(&v->lines);
    if (!text_read(v->text, &v->gray, &v->lines, scene, e))
        return false;
    elements_find(v->elements, frame, &v->edges, &v->boxes, &v->carets, scene);
    return true;
}

static bool read_changed(struct vision *v, struct frame *frame, struct rect changed,
                         struct scene *scene, struct err *e)
{
    struct carets *c = &v->carets;
    struct rect whole = frame_rect(frame);
    carets_find(c, frame, &changed);
    struct band band = memcmp(&changed, &whole, sizeof whole) == 0 ? band_whole(frame->height)
                                                                   : band_of(v, changed);
    carets_take_out(c, frame);
    bool read = read_plain(v, frame, band, scene, e);
    carets_put_back(c, frame);
    for (int i = 0; read && i < c->selection_count; i++)
        focus_at(scene, c->selections[i].box);
    for (int i = 0; read && i < c->count; i++)
        focus_at(scene, c->carets[i]);
    return read;
}

/* What differs from the frame that was read last: all of it, for all that we know, unless it is
 * the next one. */
static struct rect changed_since(const struct vision *v, const struct frame *frame)
{
    bool known = v->serial && frame->width == v->width && frame->height == v->height;
    if (known && frame->serial == v->serial)
        return (struct rect){0};
    return known && frame->serial == v->serial + 1 ? frame->changed : frame_rect(frame);
}

bool vision_read(struct vision *v, struct frame *frame, struct scene *scene, struct err *e)
{
    double start = clock_ms();
    struct rect changed = changed_since(v, frame);
    if (!rect_empty(changed) || scene != v->scene) {
        v->serial = 0; /* until all of it has been read */
        scene_reset(scene, frame->width, frame->height);
        if (!read_changed(v, frame, changed, scene, e))
            return false;
        if (!frame->serial)
            identity_reset(v->identity);
        identity_assign(v->identity, scene);
    }
    v->serial = frame->serial;
    v->width = frame->width;
    v->height = frame->height;
    v->scene = scene;
    scene->changed = frame->changed;
    scene->read_ms = clock_ms() - start;
    return true;
}
