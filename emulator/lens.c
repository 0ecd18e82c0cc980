#include "emulator/lens.h"

#include "trajectory/picture.h"
#include "vision/scaled.h"

static bool lens_picture(void *self, struct rect region, int width, int height, struct buf *out,
                         struct err *e)
{
    struct lens *l = self;
    if (!rect_inside(region, frame_rect(l->frame)))
        return err_set(e, ERR_TASK, "there is no region %d,%d %dx%d on a screen of %dx%d", region.x,
                       region.y, region.width, region.height, l->frame->width, l->frame->height);
    masks_find(l->masks, l->scene);
    frame_copy(&l->copy, l->frame);
    for (int i = 0; i < l->masks->count; i++)
        frame_paint(&l->copy, l->masks->rects[i], 0);
    scaled_frame(&l->copy, region, width, height, &l->scaled);
    return picture_encode(&l->scaled, PICTURE_FAST, out, e);
}

static bool lens_hides(void *self, struct rect box)
{
    struct lens *l = self;
    masks_find(l->masks, l->scene);
    return masks_hide(l->masks, box);
}

struct camera lens_camera(struct lens *l)
{
    return (struct camera){lens_picture, lens_hides, l};
}

void lens_finish(struct lens *l)
{
    frame_finish(&l->copy);
    frame_finish(&l->scaled);
}
