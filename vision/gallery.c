#include "vision/gallery.h"

#include "base/buf.h"

#include <stdlib.h>
#include <string.h>

struct picture {
    char *name;                /* owned; as the step names it */
    struct template *template; /* owned */
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
        template_destroy(g->pictures[i].template);
    }
    free(g->pictures);
    free(g->directory);
    free(g);
}

/* The picture of that name, read when it is the first time. */
static const struct template *gallery_get(struct gallery *g, const char *name, struct err *e)
{
    for (int i = 0; i < g->count; i++)
        if (strcmp(g->pictures[i].name, name) == 0)
            return g->pictures[i].template;
    struct buf path = {0};
    if (*name != '/')
        buf_addf(&path, "%s/", g->directory);
    buf_add(&path, name);
    struct template *t = template_read(buf_text(&path), e);
    buf_finish(&path);
    if (!t)
        return NULL;
    g->pictures = mem_resize(g->pictures, (size_t)(g->count + 1) * sizeof *g->pictures);
    g->pictures[g->count++] = (struct picture){mem_text(name), t};
    return t;
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
    return target_read(g, &step->target, e) && target_read(g, &step->second, e);
}

const struct sightings *gallery_find(struct gallery *g, const char *name,
                                     enum sightings_wanted wanted, struct err *e)
{
    const struct template *t = gallery_get(g, name, e);
    if (!t)
        return NULL;
    if (!g->frame || !g->frame->pixels) {
        err_set(e, ERR_USAGE, "there is no screen to look for a picture on");
        return NULL;
    }
    sightings_find(&g->sightings, t, g->frame, frame_rect(g->frame), TEMPLATE_ALIKE, wanted);
    return &g->sightings;
}
