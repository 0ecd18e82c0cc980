#include "vision/gallery.h"

#include "base/buf.h"
#include "vision/baseline.h"
#include "vision/beside.h"
#include "vision/needle.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FOUND_COLOUR  0x00a000 /* around an area of a needle that is there */
#define MISSED_COLOUR 0xe00000 /* where one should be */
#define BEST_COLOUR   0xf0c000 /* and what is most like it */

struct picture {
    char *name;                /* owned; as the step names it */
    struct needle *needle;     /* owned */
    struct baseline *baseline; /* owned; neither: it is not there */
};

struct gallery {
    char *directory;           /* owned */
    const struct frame *frame; /* borrowed or NULL */
    struct picture *pictures;  /* owned */
    int count;
    bool may_miss;              /* screens */
    struct sightings sightings; /* the last ones */
};

struct gallery *gallery_create(const char *directory, const struct frame *frame)
{
    struct gallery *g = mem_zero(1, sizeof *g);
    g->directory = mem_text(directory);
    g->frame = frame;
    return g;
}

void gallery_destroy(struct gallery *g)
{
    if (!g)
        return;
    for (int i = 0; i < g->count; i++) {
        free(g->pictures[i].name);
        needle_destroy(g->pictures[i].needle);
        baseline_destroy(g->pictures[i].baseline);
    }
    free(g->pictures);
    free(g->directory);
    free(g);
}

static char *path_of(const struct gallery *g, const char *name)
{
    struct buf path = {0};
    if (*name != '/')
        buf_addf(&path, "%s/", g->directory);
    buf_add(&path, name);
    return buf_take(&path);
}

static struct picture *picture_get(struct gallery *g, const char *name)
{
    for (int i = 0; i < g->count; i++)
        if (strcmp(g->pictures[i].name, name) == 0)
            return &g->pictures[i];
    return NULL;
}

static struct picture *picture_add(struct gallery *g, const char *name)
{
    g->pictures = mem_resize(g->pictures, (size_t)(g->count + 1) * sizeof *g->pictures);
    g->pictures[g->count] = (struct picture){.name = mem_text(name)};
    return &g->pictures[g->count++];
}

/* The picture of that name, read when it is the first time. */
static const struct needle *gallery_get(struct gallery *g, const char *name, struct err *e)
{
    const struct picture *known = picture_get(g, name);
    if (known && known->needle)
        return known->needle;
    char *path = path_of(g, name);
    struct needle *n = needle_read(path, e);
    free(path);
    if (n)
        picture_add(g, name)->needle = n;
    return n;
}

static bool is_baseline(const char *path)
{
    struct buf json = {0};
    char *beside = beside_path(path);
    bool is = beside_read(beside, &json, NULL) && baseline_is(buf_text(&json));
    free(beside);
    buf_finish(&json);
    return is;
}

/* A screen is named as its picture, or without the ending. */
static void screen_file(const char *name, struct buf *out)
{
    size_t length = strlen(name);
    bool ended = length > 4 && strcasecmp(name + length - 4, ".png") == 0;
    buf_addf(out, "%s%s", name, ended ? "" : ".png");
}

char *gallery_screen_path(const struct gallery *g, const char *name)
{
    struct buf file = {0};
    screen_file(name, &file);
    char *path = path_of(g, buf_text(&file));
    buf_finish(&file);
    return path;
}

/* Reads it when it is the first time. NULL: E says why. */
static const struct picture *gallery_get_screen(struct gallery *g, const char *name, struct err *e)
{
    const struct picture *known = picture_get(g, name);
    if (known)
        return known;
    char *path = gallery_screen_path(g, name);
    struct picture p = {0};
    bool missing = g->may_miss && access(path, F_OK) != 0;
    if (!missing && is_baseline(path))
        p.baseline = baseline_read(path, e);
    else if (!missing)
        p.needle = needle_read(path, e);
    free(path);
    if (!missing && !p.baseline && !p.needle)
        return NULL;
    struct picture *added = picture_add(g, name);
    added->baseline = p.baseline;
    added->needle = p.needle;
    return added;
}

void gallery_allow_missing(struct gallery *g)
{
    g->may_miss = true;
}

enum gallery_kind gallery_screen_kind(struct gallery *g, const char *name)
{
    const struct picture *p = gallery_get_screen(g, name, NULL);
    return !p || (!p->needle && !p->baseline) ? GALLERY_MISSING
           : p->needle                        ? GALLERY_NEEDLE
                                              : GALLERY_BASELINE;
}

static bool target_read(struct gallery *g, const struct target *target, struct err *e)
{
    for (; target; target = target->of)
        if (target->kind == TARGET_IMAGE && !strstr(target->text, "{{") &&
            !gallery_get(g, target->text, e))
            return false;
    return true;
}

bool gallery_read(struct gallery *g, const struct step *step, struct err *e)
{
    if (step->verb == STEP_EXPECT_SCREEN && !strstr(step->text, "{{"))
        return gallery_get_screen(g, step->text, e) != NULL;
    return target_read(g, &step->target, e) && target_read(g, &step->second, e);
}

static bool has_frame(const struct gallery *g, struct err *e)
{
    return (g->frame && g->frame->pixels) ||
           err_set(e, ERR_USAGE, "there is no screen to look for a picture on");
}

static long distance(struct rect a, struct rect b)
{
    return labs((long)a.x - b.x) + labs((long)a.y - b.y);
}

/* Looks where the area was: of several that are as similar, the nearest is it. */
static void area_look(struct gallery *g, const struct needle_area *a)
{
    struct sightings *s = &g->sightings;
    struct rect within = a->margin < 0 ? frame_rect(g->frame) : rect_grow(a->box, a->margin);
    sightings_find(s, a->template, g->frame, within, a->least, SIGHTINGS_BEST);
    for (int i = 1; i < s->count && s->items[i].similarity >= s->items[0].similarity; i++)
        if (distance(s->items[i].box, a->box) < distance(s->items[0].box, a->box))
            s->items[0] = s->items[i];
    s->count = s->count > 0;
}

const struct sightings *gallery_find(struct gallery *g, const char *name,
                                     enum sightings_wanted wanted, struct point *click,
                                     struct err *e)
{
    const struct needle *n = gallery_get(g, name, e);
    if (!n || !has_frame(g, e))
        return NULL;
    const struct needle_area *a = &n->areas[n->clicked];
    *click = n->click;
    if (a->margin >= 0 && wanted == SIGHTINGS_BEST) {
        area_look(g, a);
        if (g->sightings.count)
            return &g->sightings;
    }
    sightings_find(&g->sightings, a->template, g->frame, frame_rect(g->frame), a->least, wanted);
    return &g->sightings;
}

/* Says which area of the screen NAME is not there, and how near BEST comes; false. */
static bool unlike_explain(const char *name, const struct needle_area *a,
                           const struct sighting *best, struct err *e)
{
    struct rect b = a->box;
    if (rect_empty(best->box))
        return err_set(
            e, ERR_TASK,
            "the screen is not like \"%s\": it is too small for the area at %d,%d (%dx%d)", name,
            b.x, b.y, b.width, b.height);
    return err_set(e, ERR_TASK,
                   "the screen is not like \"%s\": the area at %d,%d (%dx%d) is found at %d,%d at "
                   "best, %.3f similar, and %.2f is needed",
                   name, b.x, b.y, b.width, b.height, best->box.x, best->box.y, best->similarity,
                   a->least);
}

static bool needle_compare(struct gallery *g, const char *name, const struct needle *n,
                           struct rect *box, struct err *e)
{
    const struct needle_area *worst = NULL;
    struct sighting best = {0};
    for (int i = 0; i < n->count; i++) {
        const struct needle_area *a = &n->areas[i];
        area_look(g, a);
        if (g->sightings.count && i == 0)
            *box = g->sightings.items[0].box;
        struct sighting here = g->sightings.best; /* nowhere where there is no room for it */
        if (g->sightings.count ||
            (worst && !rect_empty(here.box) && here.similarity >= best.similarity))
            continue;
        worst = a;
        best = here;
    }
    return !worst || unlike_explain(name, worst, &best, e);
}

bool gallery_compare(struct gallery *g, const char *name, struct rect *box, struct err *e)
{
    const struct picture *p = gallery_get_screen(g, name, e);
    if (!p || !has_frame(g, e))
        return false;
    if (p->needle)
        return needle_compare(g, name, p->needle, box, e);
    *box = frame_rect(g->frame);
    return p->baseline ? baseline_compare(p->baseline, g->frame, name, NULL, e)
                       : err_set(e, ERR_TASK, "there is no picture of the screen \"%s\" yet", name);
}

/* The outline of R. */
static void outline_draw(struct frame *f, struct rect r, uint32_t colour)
{
    frame_paint(f, (struct rect){r.x, r.y, r.width, 2}, colour);
    frame_paint(f, (struct rect){r.x, r.y + r.height - 2, r.width, 2}, colour);
    frame_paint(f, (struct rect){r.x, r.y, 2, r.height}, colour);
    frame_paint(f, (struct rect){r.x + r.width - 2, r.y, 2, r.height}, colour);
}

bool gallery_draw(struct gallery *g, const char *name, const struct frame *frame,
                  struct frame *drawn)
{
    const struct picture *p = gallery_get_screen(g, name, NULL);
    if (p && p->baseline) {
        baseline_compare(p->baseline, frame, name, drawn, NULL);
        return drawn->pixels != NULL;
    }
    if (!p || !p->needle)
        return false;
    frame_copy(drawn, frame);
    for (int i = 0; i < p->needle->count; i++) {
        const struct needle_area *a = &p->needle->areas[i];
        area_look(g, a);
        outline_draw(drawn, a->box, g->sightings.count ? FOUND_COLOUR : MISSED_COLOUR);
        if (!g->sightings.count)
            outline_draw(drawn, g->sightings.best.box, BEST_COLOUR);
    }
    return true;
}
