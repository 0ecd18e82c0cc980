/* What nothing names has a picture: it is found again by its looks. */
#include "emulator/fold_parts.h"

#include "trajectory/disk.h"
#include "trajectory/picture.h"
#include "vision/find.h"
#include "vision/gallery.h"
#include "vision/scaled.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PICTURES     "targets"
#define AROUND       24 /* pixels each way: the picture has the place in its middle */
#define NEAR_ENOUGH  4  /* pixels from where it was done */
#define PICTURE_SIZE 48 /* bytes of its name */

static bool picture_keep(struct folding *f, struct rect cut, const char *name, struct err *e)
{
    struct frame part = {0};
    char *path = disk_path(f->dir, name), *folder = disk_path(f->dir, PICTURES);
    scaled_frame(&f->frame, cut, cut.width, cut.height, &part);
    bool kept = disk_make_directories(folder, e) && picture_write(path, &part, e);
    frame_finish(&part);
    free(folder);
    free(path);
    return kept;
}

/* Is it seen once, and there? */
static bool is_only_there(const struct folding *f, int scene, const struct step *step,
                          struct point at)
{
    struct match match;
    struct err why = {0};
    struct gallery *gallery = gallery_create(f->dir, &f->frame);
    bool only =
        gallery_read(gallery, step, &why) &&
        find_target(gallery, &f->recording.scenes[scene], &step->target, &match, &why) == FOUND_ONE;
    only = only && abs(rect_center(match.box).x - at.x) <= NEAR_ENOUGH &&
           abs(rect_center(match.box).y - at.y) <= NEAR_ENOUGH;
    gallery_destroy(gallery);
    return only;
}

/* Gives a step at a bare place the picture of that place, if it is seen nowhere else. */
static bool step_picture(struct folding *f, struct lesson_step *taught, int still, struct err *e)
{
    struct step *step = &taught->step;
    struct point at = step->target.at;
    char name[PICTURE_SIZE];
    struct err why = {0};
    struct rect cut = {at.x - AROUND, at.y - AROUND, 2 * AROUND, 2 * AROUND};
    if (!fold_load(f, still, &f->frame, &why) || !rect_inside(cut, frame_rect(&f->frame)))
        return true;
    snprintf(name, sizeof name, PICTURES "/%06d.png", taught->turn);
    struct step seen = {.verb = step->verb,
                        .target = {.kind = TARGET_IMAGE, .text = mem_text(name)}};
    bool kept = picture_keep(f, cut, name, e);
    if (kept && is_only_there(f, taught->before, &seen, at)) {
        target_finish(&step->target);
        step->target = seen.target;
    } else {
        char *path = disk_path(f->dir, name);
        unlink(path);
        free(path);
        step_finish(&seen);
    }
    return kept;
}

bool fold_pictures(struct folding *f, struct err *e)
{
    for (int i = 0; i < f->lesson.count; i++) {
        struct lesson_step *taught = &f->lesson.steps[i];
        int still = f->moments[(taught->turn - 1) / 2].before;
        bool bare = taught->step.target.kind == TARGET_AT && taught->step.verb <= STEP_HOVER;
        if (bare && taught->before >= 0 && !step_picture(f, taught, still, e))
            return false;
    }
    return true;
}
