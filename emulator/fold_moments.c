/* What stood on the screen before a gesture and after it. */
#include "emulator/fold_parts.h"

#include "trajectory/disk.h"
#include "trajectory/naming.h"
#include "vision/picture.h"

#include <stdlib.h>

#define HOVER_MARGIN 12 /* pixels around an element that its looks under the pointer may take */

double fold_ms(const struct folding *f, int event)
{
    return f->log.items[event].mono_ms;
}

/* ---- pictures ---- */

static void stills_take(struct folding *f)
{
    const char *title = "";
    f->stills = mem_zero((size_t)f->log.count + 1, sizeof *f->stills);
    for (int i = 0; i < f->log.count; i++) {
        const struct event *event = &f->log.items[i];
        if (event->kind == EVENT_WINDOW && event->note)
            title = event->note;
        if (event->kind == EVENT_FRAME && event->still)
            f->stills[f->still_count++] = (struct still){i, event->mono_ms, -1, title};
    }
}

/* The last one that was taken up to MS; -1: none. */
static int still_until(const struct folding *f, double ms)
{
    int found = -1;
    for (int i = 0; i < f->still_count && f->stills[i].ms <= ms; i++)
        found = i;
    return found;
}

const char *fold_file(const struct folding *f, int still)
{
    return still < 0 ? NULL : f->log.items[f->stills[still].event].note;
}

bool fold_load(const struct folding *f, int still, struct frame *out, struct err *e)
{
    char *path = disk_path(f->dir, fold_file(f, still));
    bool loaded = picture_read(path, out, e);
    free(path);
    return loaded;
}

/* The scene of a picture, read once. One that is missing, as after a kill, has none. */
int fold_scene(struct folding *f, int still)
{
    struct recording *r = &f->recording;
    struct err why = {0};
    if (still < 0)
        return -1;
    struct still *s = &f->stills[still];
    if (s->scene >= 0 || !fold_load(f, still, &f->frame, &why))
        return s->scene;
    struct scene scene = {0};
    f->frame.serial = 0; /* it follows no other: it is read as a whole */
    if (!vision_read(f->vision, &f->frame, &scene, &why)) {
        scene_finish(&scene);
        return -1;
    }
    scene.window = arena_text(&scene.arena, s->title);
    r->scenes = mem_resize(r->scenes, ((size_t)r->scene_count + 1) * sizeof *r->scenes);
    r->scenes[r->scene_count] = scene;
    return s->scene = r->scene_count++;
}

/* ---- the screen before a gesture ---- */

/* What was under the pointer when the gesture's button was pressed, on a still. */
static const struct element *under(struct folding *f, const struct gesture *g, int still)
{
    return naming_at(&f->recording, fold_scene(f, still), f->log.items[g->pressed].at);
}

static int motion_before(const struct folding *f, int event, int end)
{
    for (event--; event >= end; event--)
        if (f->log.items[event].kind == EVENT_MOTION)
            return event;
    return -1;
}

/* Where the pointer came to the element: not where it moved within. */
static void way_lengthen(struct folding *f, struct gesture *g, int end)
{
    for (;;) {
        int rest = motion_before(f, g->first, end);
        const struct element *el =
            rest < 0 ? NULL : under(f, g, still_until(f, fold_ms(f, g->first)));
        if (!el || !rect_holds(el->box, f->log.items[rest].at))
            return;
        int first = gestures_way(&f->log, &f->options->limits, rest, end);
        g->first = first < rest ? first : rest;
    }
}

/* Has nothing but the look of what is under the pointer changed from one picture to the other? */
static bool only_hover(struct folding *f, const struct gesture *g, int from, int to)
{
    struct frame a = {0}, b = {0};
    const struct element *el = under(f, g, from);
    bool only = el && fold_load(f, from, &a, NULL) && fold_load(f, to, &b, NULL);
    if (only) {
        struct rect changed = frame_difference(&a, &b);
        only = rect_empty(changed) || rect_inside(changed, rect_grow(el->box, HOVER_MARGIN));
    }
    frame_finish(&a);
    frame_finish(&b);
    return only;
}

/* Whoever is faster than the screen comes to rest sees what comes while the pointer is on its way.
 */
static int still_before(struct folding *f, const struct gesture *g, double done_ms)
{
    int before = still_until(f, fold_ms(f, g->first));
    int pressed = still_until(f, fold_ms(f, g->pressed));
    bool stale = before >= 0 && f->stills[before].ms < done_ms;
    if (before == pressed || (before >= 0 && !stale))
        return before;
    return before >= 0 && only_hover(f, g, before, pressed) ? before : pressed;
}

static int done_event(const struct folding *f, const struct gesture *g)
{
    int i = g->last;
    while (i > g->pressed && f->log.items[i].kind != EVENT_KEY_DOWN &&
           f->log.items[i].kind != EVENT_BUTTON_UP)
        i--;
    return i;
}

void fold_moments(struct folding *f)
{
    stills_take(f);
    int count = f->gestures.count, end = 0;
    double done_ms = 0;
    f->moments = mem_zero((size_t)count + 1, sizeof *f->moments);
    for (int i = 0; i < count; i++) {
        struct gesture *g = &f->gestures.items[i];
        struct moment *m = &f->moments[i];
        if (g->action.has_at || g->action.kind == ACTION_DRAG)
            way_lengthen(f, g, end);
        m->before = still_before(f, g, done_ms);
        m->done = done_event(f, g);
        done_ms = fold_ms(f, m->done);
        end = g->last + 1;
    }
    for (int i = 0; i < count; i++) {
        struct moment *m = &f->moments[i];
        m->settled = i + 1 < count ? f->moments[i + 1].before : f->still_count - 1;
        m->after = still_until(f, fold_ms(f, m->done)) + 1;
        if (m->after > m->settled || m->after >= f->still_count)
            m->after = m->settled;
    }
}
