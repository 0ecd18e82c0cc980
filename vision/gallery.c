#include "vision/gallery.h"

#include "base/buf.h"
#include "vision/needle.h"

#include <stdlib.h>
#include <string.h>

struct picture {
    char *name;            /* owned; as the step names it */
    struct needle *needle; /* owned */
};

struct gallery {
    char *directory;           /* owned */
    const struct frame *frame; /* borrowed or NULL */
    struct picture *pictures;  /* owned */
    int count;
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
    }
    free(g->pictures);
    free(g->directory);
    free(g);
}

/* The picture of that name, read when it is the first time. */
static const struct needle *gallery_get(struct gallery *g, const char *name, struct err *e)
{
    for (int i = 0; i < g->count; i++)
        if (strcmp(g->pictures[i].name, name) == 0)
            return g->pictures[i].needle;
    struct buf path = {0};
    if (*name != '/')
        buf_addf(&path, "%s/", g->directory);
    buf_add(&path, name);
    struct needle *n = needle_read(buf_text(&path), e);
    buf_finish(&path);
    if (!n)
        return NULL;
    g->pictures = mem_resize(g->pictures, (size_t)(g->count + 1) * sizeof *g->pictures);
    g->pictures[g->count++] = (struct picture){mem_text(name), n};
    return n;
}

/* A screen is named as its picture, or without the ending. */
static const struct needle *gallery_get_screen(struct gallery *g, const char *name, struct err *e)
{
    struct buf file = {0};
    size_t length = strlen(name);
    bool ended = length > 4 && strcasecmp(name + length - 4, ".png") == 0;
    buf_addf(&file, "%s%s", name, ended ? "" : ".png");
    const struct needle *n = gallery_get(g, buf_text(&file), e);
    buf_finish(&file);
    return n;
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

bool gallery_compare(struct gallery *g, const char *name, struct rect *box, struct err *e)
{
    const struct needle *n = gallery_get_screen(g, name, e);
    if (!n || !has_frame(g, e))
        return false;
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
