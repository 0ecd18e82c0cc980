#include "vision/needle.h"

#include "base/buf.h"
#include "vision/beside.h"
#include "vision/picture.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MATCH_DEFAULT  96 /* per cent */
#define MARGIN_DEFAULT 50
#define AREAS_MAX      64

struct reading {
    const char *path;      /* of the JSON */
    struct frame *picture; /* 0xAARRGGBB; what is excluded becomes transparent */
    struct needle *needle;
};

static bool reading_fail(const struct reading *r, int area, struct err *e, const char *what)
{
    return err_set(e, ERR_USAGE, "%s: area %d %s", r->path, area + 1, what);
}

/* A number, also as a text: openQA's Perl takes and writes either. */
static bool number_of(const cJSON *item, int *out)
{
    char *end = NULL;
    const char *text = cJSON_GetStringValue(item);
    long number = text ? strtol(text, &end, 10) : 0;
    *out = cJSON_IsNumber(item) ? item->valueint : (int)number;
    return cJSON_IsNumber(item) ||
           (text && end != text && !*end && number >= 0 && number <= FRAME_SIDE_MAX);
}

/* A whole number from LEAST to MOST; NAME may be missing where there is a DEFAULT (not below 0). */
static bool number_take(const cJSON *map, const char *name, int least, int most, int standard,
                        int *out)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(map, name);
    *out = standard;
    if (!item)
        return standard >= 0;
    return number_of(item, out) && *out >= least && *out <= most;
}

static bool box_take(const struct reading *r, const cJSON *item, int area, struct rect *box,
                     struct err *e)
{
    if (!number_take(item, "xpos", 0, FRAME_SIDE_MAX, -1, &box->x) ||
        !number_take(item, "ypos", 0, FRAME_SIDE_MAX, -1, &box->y) ||
        !number_take(item, "width", 1, FRAME_SIDE_MAX, -1, &box->width) ||
        !number_take(item, "height", 1, FRAME_SIDE_MAX, -1, &box->height))
        return reading_fail(r, area, e, "needs xpos, ypos, width and height, in pixels");
    if (!rect_inside(*box, frame_rect(r->picture)))
        return reading_fail(r, area, e, "is not inside the picture");
    return true;
}

static const char *type_of(const cJSON *item)
{
    const cJSON *type = cJSON_GetObjectItemCaseSensitive(item, "type");
    return !type ? "match" : cJSON_IsString(type) ? type->valuestring : "";
}

/* Where it is to be clicked; the first of the picture counts. */
static bool click_take(const struct reading *r, const cJSON *item, int area, bool *clicked,
                       struct err *e)
{
    struct needle *n = r->needle;
    struct rect box = n->areas[n->count - 1].box;
    const cJSON *click = cJSON_GetObjectItemCaseSensitive(item, "click_point");
    struct point at = {box.width / 2, box.height / 2};
    bool center = cJSON_IsString(click) && strcmp(click->valuestring, "center") == 0;
    if (click && !center &&
        (!number_take(click, "xpos", 0, box.width - 1, -1, &at.x) ||
         !number_take(click, "ypos", 0, box.height - 1, -1, &at.y)))
        return reading_fail(r, area, e,
                            "needs a click_point in it: \"center\", or xpos and ypos in the area");
    if (*clicked)
        return true;
    *clicked = click != NULL;
    n->clicked = n->count - 1;
    n->click = at;
    return true;
}

static bool match_take(const struct reading *r, const cJSON *item, int index, bool *clicked,
                       struct err *e)
{
    struct needle *n = r->needle;
    struct needle_area area = {0};
    int match;
    char what[64];
    if (!box_take(r, item, index, &area.box, e))
        return false;
    if (!number_take(item, "match", 1, 100, MATCH_DEFAULT, &match) ||
        !number_take(item, "margin", 0, FRAME_SIDE_MAX, MARGIN_DEFAULT, &area.margin))
        return reading_fail(r, index, e, "needs a match of 1 to 100 and a margin in pixels");
    area.least = match / 100.0;
    snprintf(what, sizeof what, "area %d", index + 1);
    area.template = template_cut(r->picture, area.box, what, e);
    if (!area.template)
        return err_prefix(e, "%s: ", r->path);
    n->areas[n->count++] = area;
    return click_take(r, item, index, clicked, e);
}

static bool exclude_take(const struct reading *r, const cJSON *item, int index, struct err *e)
{
    struct rect box;
    if (!box_take(r, item, index, &box, e))
        return false;
    for (int y = box.y; y < box.y + box.height; y++)
        for (int x = box.x; x < box.x + box.width; x++)
            r->picture->pixels[(size_t)y * (size_t)r->picture->stride + (size_t)x] &= 0xffffff;
    return true;
}

/* What is excluded comes first: it is cut out of all areas. */
static bool areas_take(const struct reading *r, const cJSON *list, struct err *e)
{
    bool clicked = false;
    int index = 0;
    const cJSON *item;
    cJSON_ArrayForEach(item, list)
    {
        const char *type = type_of(item);
        if (strcmp(type, "match") != 0 && strcmp(type, "exclude") != 0 && strcmp(type, "ocr") != 0)
            return reading_fail(r, index, e, "has no type of match, exclude or ocr");
        if (strcmp(type, "exclude") == 0 && !exclude_take(r, item, index, e))
            return false;
        index++;
    }
    index = 0;
    cJSON_ArrayForEach(item, list)
    {
        if (strcmp(type_of(item), "match") == 0 && !match_take(r, item, index, &clicked, e))
            return false;
        index++;
    }
    return r->needle->count || err_set(e, ERR_USAGE, "%s has no area of type match", r->path);
}

static bool json_take(const struct reading *r, const char *text, struct err *e)
{
    cJSON *root = cJSON_Parse(text);
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(root, "area");
    int count = cJSON_GetArraySize(list);
    bool taken = cJSON_IsArray(list) && count <= AREAS_MAX;
    if (taken) {
        r->needle->areas = mem_zero((size_t)count + 1, sizeof *r->needle->areas);
        taken = areas_take(r, list, e);
    } else {
        err_set(e, ERR_USAGE, "%s is not a needle: JSON with a list named area, of at most %d",
                r->path, AREAS_MAX);
    }
    cJSON_Delete(root);
    return taken;
}

/* The whole picture, anywhere. */
static bool whole_take(struct needle *n, const struct frame *picture, const char *path,
                       struct err *e)
{
    struct rect box = frame_rect(picture);
    struct template *t = template_cut(picture, box, path, e);
    if (!t)
        return false;
    n->areas = mem_zero(1, sizeof *n->areas);
    n->areas[n->count++] = (struct needle_area){t, box, -1, TEMPLATE_ALIKE};
    n->click = rect_center(box);
    return true;
}

struct needle *needle_read(const char *path, struct err *e)
{
    struct frame picture = {0};
    struct buf json = {0};
    struct needle *n = mem_zero(1, sizeof *n);
    char *beside = beside_path(path);
    struct reading r = {beside, &picture, n};
    bool read =
        picture_read_alpha(path, &picture, e) && beside_read(beside, &json, e) &&
        (json.length ? json_take(&r, buf_text(&json), e) : whole_take(n, &picture, path, e));
    free(beside);
    buf_finish(&json);
    frame_finish(&picture);
    if (read)
        return n;
    needle_destroy(n);
    return NULL;
}

void needle_destroy(struct needle *n)
{
    if (!n)
        return;
    for (int i = 0; i < n->count; i++)
        template_destroy(n->areas[i].template);
    free(n->areas);
    free(n);
}
