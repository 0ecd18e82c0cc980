#include "vision/baseline.h"

#include "vision/beside.h"
#include "vision/caret.h"
#include "vision/picture.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

/* Two carets of the frame find room behind the masks. */
#define MASKS_READ_MAX (BASELINE_MASKS_MAX - 2 * CARETS_MAX)

bool baseline_is(const char *json)
{
    cJSON *root = cJSON_Parse(json);
    bool is = cJSON_HasObjectItem(root, "colour") || cJSON_HasObjectItem(root, "pixels");
    cJSON_Delete(root);
    return is;
}

static bool number_take(const cJSON *map, const char *name, double most, double *out)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(map, name);
    if (cJSON_IsNumber(item))
        *out = item->valuedouble;
    return !item || (cJSON_IsNumber(item) && *out >= 0 && *out <= most);
}

static bool mask_take(struct baseline *b, const cJSON *item)
{
    double x = -1, y = -1, width = 0, height = 0;
    const cJSON *type = cJSON_GetObjectItemCaseSensitive(item, "type");
    if (!cJSON_IsString(type) || strcmp(type->valuestring, "exclude") != 0 ||
        b->mask_count == MASKS_READ_MAX || !number_take(item, "xpos", FRAME_SIDE_MAX, &x) ||
        !number_take(item, "ypos", FRAME_SIDE_MAX, &y) ||
        !number_take(item, "width", FRAME_SIDE_MAX, &width) ||
        !number_take(item, "height", FRAME_SIDE_MAX, &height) || x < 0 || y < 0)
        return false;
    b->masks[b->mask_count++] = (struct rect){(int)x, (int)y, (int)width, (int)height};
    return true;
}

static bool json_take(struct baseline *b, const char *path, const char *json, struct err *e)
{
    cJSON *root = cJSON_Parse(json);
    const cJSON *item;
    double pixels = 0;
    b->colour = BASELINE_COLOUR;
    bool fine = number_take(root, "colour", 100, &b->colour) &&
                number_take(root, "pixels", FRAME_PIXELS_MAX, &pixels);
    b->pixels = (int)pixels;
    if (!fine)
        err_set(e, ERR_USAGE, "%s: colour is a number from 0 to 100, pixels one from 0", path);
    cJSON_ArrayForEach(item, cJSON_GetObjectItemCaseSensitive(root, "area"))
    {
        if (fine && !mask_take(b, item))
            fine = err_set(e, ERR_USAGE,
                           "%s: area %d needs the type exclude, xpos, ypos, width and height, and "
                           "there are at most %d",
                           path, b->mask_count + 1, MASKS_READ_MAX);
    }
    cJSON_Delete(root);
    return fine;
}

/* A caret blinks: where one stands, in either picture, nothing counts. */
static int carets_mask(const struct frame *frame, struct rect *masks, int count)
{
    struct carets carets = {0};
    struct rect whole = frame_rect(frame);
    carets_find(&carets, frame, &whole);
    for (int i = 0; i < carets.count && count < BASELINE_MASKS_MAX; i++)
        masks[count++] = rect_grow(carets.carets[i], 1);
    carets_finish(&carets);
    return count;
}

struct baseline *baseline_read(const char *path, struct err *e)
{
    char *beside = beside_path(path);
    struct buf json = {0};
    struct baseline *b = mem_zero(1, sizeof *b);
    bool read = beside_read(beside, &json, e) && json_take(b, beside, buf_text(&json), e) &&
                picture_read(path, &b->picture, e);
    if (read)
        b->mask_count = carets_mask(&b->picture, b->masks, b->mask_count);
    free(beside);
    buf_finish(&json);
    if (read)
        return b;
    baseline_destroy(b);
    return NULL;
}

void baseline_destroy(struct baseline *b)
{
    if (b)
        frame_finish(&b->picture);
    free(b);
}

bool baseline_compare(const struct baseline *b, const struct frame *frame, const char *name,
                      struct frame *drawn, struct err *e)
{
    struct comparison c;
    struct rect masks[BASELINE_MASKS_MAX];
    const struct frame *p = &b->picture;
    if (p->width != frame->width || p->height != frame->height)
        return err_set(e, ERR_TASK,
                       "the screen is not like \"%s\": it has %dx%d pixels, and the picture %dx%d",
                       name, frame->width, frame->height, p->width, p->height);
    memcpy(masks, b->masks, (size_t)b->mask_count * sizeof *masks);
    int count = carets_mask(frame, masks, b->mask_count);
    comparison_make(p, frame, masks, count, b->colour, &c, drawn);
    return c.differing <= b->pixels ||
           err_set(e, ERR_TASK,
                   "the screen is not like \"%s\": %ld pixels have another colour, at most %d may; "
                   "all are within %d,%d (%dx%d), and the worst is %.0f %% off (%g %% may be)",
                   name, c.differing, b->pixels, c.box.x, c.box.y, c.box.width, c.box.height,
                   c.worst, b->colour);
}

void baseline_json(struct buf *out)
{
    buf_addf(out, "{\"colour\": %d, \"pixels\": 0, \"area\": []}\n", BASELINE_COLOUR);
}
