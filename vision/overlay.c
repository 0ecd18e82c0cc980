#include "vision/overlay.h"

#include <errno.h>
#include <leptonica/allheaders.h>
#include <stdio.h>
#include <string.h>

#define TAG_ROOM    60 /* pixels of a box beside its tag */
#define FONT_POINTS 4  /* the smallest that Leptonica has built in; they are 4, 6 ... 20 */
#define TAG_SIZE    64

struct paint {
    unsigned char red, green, blue;
};

/* A colour for each sort of control, so that a wrong role is seen at a glance. */
static struct paint paint_of(enum role role)
{
    switch (role) {
    case ROLE_BUTTON:
        return (struct paint){214, 40, 40};
    case ROLE_TEXTBOX:
    case ROLE_SPINBUTTON:
        return (struct paint){0, 110, 220};
    case ROLE_COMBOBOX:
        return (struct paint){130, 40, 200};
    case ROLE_CHECKBOX:
    case ROLE_RADIO:
    case ROLE_SWITCH:
        return (struct paint){0, 140, 60};
    case ROLE_LINK:
    case ROLE_TAB:
    case ROLE_MENUITEM:
        return (struct paint){200, 110, 0};
    case ROLE_SLIDER:
        return (struct paint){0, 140, 150};
    default:
        return (struct paint){120, 120, 120};
    }
}

static PIX *pix_from(const struct frame *frame)
{
    PIX *pix = pixCreate(frame->width, frame->height, 32);
    if (!pix)
        return NULL;
    l_uint32 *data = pixGetData(pix);
    size_t words = (size_t)pixGetWpl(pix);
    for (int y = 0; y < frame->height; y++)
        for (int x = 0; x < frame->width; x++)
            data[(size_t)y * words + (size_t)x] =
                frame->pixels[(size_t)y * (size_t)frame->stride + (size_t)x] << 8;
    return pix;
}

static void draw_tag(PIX *pix, L_BMF *font, const struct element *e, struct paint paint)
{
    char tag[TAG_SIZE];
    snprintf(tag, sizeof tag, "%d %s%s", e->id, role_name(e->role),
             e->states & STATE_CHECKED ? "+" : "");
    l_int32 width = 0, height = 9, overflow;
    bmfGetStringWidth(font, tag, &width);
    /* At the right end of a wide box, where labels and values seldom are; above a small one. */
    bool wide = e->box.width > width + TAG_ROOM;
    int x = wide ? e->box.x + e->box.width - width - 6 : e->box.x;
    int y = wide ? e->box.y - height / 2 : e->box.y - height;
    y = y < 0 ? 0 : y;
    BOX *ground = boxCreate(x, y, width + 2, height);
    if (!ground)
        return;
    pixBlendInRect(pix, ground, 0xffffff00, 0.8f);
    l_uint32 colour;
    composeRGBPixel(paint.red, paint.green, paint.blue, &colour);
    pixSetTextline(pix, font, tag, colour, x + 1, y + 8, NULL, &overflow);
    boxDestroy(&ground);
}

static void draw_element(PIX *pix, L_BMF *font, const struct element *e)
{
    struct paint paint = paint_of(e->role);
    BOX *box = boxCreate(e->box.x, e->box.y, e->box.width, e->box.height);
    if (!box)
        return;
    pixRenderBoxArb(pix, box, 1, paint.red, paint.green, paint.blue);
    boxDestroy(&box);
    if (font && !role_is_cell(e->role)) /* too many for tags */
        draw_tag(pix, font, e, paint);
}

static bool write_file(const char *path, const void *data, size_t size)
{
    FILE *file = fopen(path, "wb");
    if (!file)
        return false;
    bool written = fwrite(data, 1, size, file) == size;
    return fclose(file) == 0 && written;
}

bool overlay_write(const char *path, const struct frame *frame, const struct scene *scene,
                   struct err *e)
{
    PIX *pix = pix_from(frame);
    if (!pix)
        return err_set(e, ERR_IO, "cannot draw %s: no memory", path);
    L_BMF *font = bmfCreate(NULL, FONT_POINTS);
    for (int i = 0; i < scene->element_count; i++)
        draw_element(pix, font, &scene->elements[i]);
    bmfDestroy(&font);
    l_uint8 *data = NULL;
    size_t size = 0;
    bool packed = pixWriteMem(&data, &size, pix, IFF_PNG) == 0;
    pixDestroy(&pix);
    bool written = packed && write_file(path, data, size);
    if (!written)
        err_set(e, ERR_IO, "cannot write %s: %s", path, strerror(packed ? errno : ENOMEM));
    lept_free(data);
    return written;
}
