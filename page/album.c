#include "page/album.h"

#include "base/base64.h"
#include "page/told.h"
#include "trajectory/picture.h"
#include "vision/picture.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

/* A picture whose predecessors are more than this is kept whole again: it takes that many to show
 * it. */
#define LAYERS_MAX 24

/* More of a screen than this is not worth a layer. */
#define LAYER_PART_MAX 0.7

struct album_key {
    XXH128_hash_t hash;
    int id;
};

void album_init(struct album *a, FILE *file, size_t room_bytes)
{
    *a = (struct album){.file = file, .room_bytes = room_bytes};
}

void album_finish(struct album *a)
{
    free(a->known);
    *a = (struct album){0};
}

void reel_finish(struct reel *r)
{
    frame_finish(&r->last);
    buf_finish(&r->layers);
    *r = (struct reel){0};
}

/* The hash of the pixels in R, and of its size. */
static XXH128_hash_t pixels_hash(const struct frame *f, struct rect r)
{
    XXH3_state_t *state = XXH3_createState();
    int size[2] = {r.width, r.height};
    XXH3_128bits_reset(state);
    XXH3_128bits_update(state, size, sizeof size);
    for (int y = r.y; y < r.y + r.height; y++)
        XXH3_128bits_update(state, f->pixels + (size_t)y * (size_t)f->stride + r.x,
                            (size_t)r.width * sizeof *f->pixels);
    XXH128_hash_t hash = XXH3_128bits_digest(state);
    XXH3_freeState(state);
    return hash;
}

static int known_find(const struct album *a, XXH128_hash_t hash)
{
    for (int i = 0; i < a->known_count; i++)
        if (XXH128_isEqual(a->known[i].hash, hash))
            return a->known[i].id;
    return -1;
}

static void known_add(struct album *a, XXH128_hash_t hash, int id)
{
    if (a->known_count == a->known_capacity) {
        a->known_capacity = a->known_capacity ? 2 * a->known_capacity : 256;
        a->known = mem_resize(a->known, (size_t)a->known_capacity * sizeof *a->known);
    }
    a->known[a->known_count++] = (struct album_key){hash, id};
}

/* Puts the bytes into the page; -1: no room. */
static int block_put(struct album *a, const char *bytes, size_t size_bytes)
{
    if (size_bytes / 3 * 4 > a->room_bytes)
        return -1;
    struct buf text = {0};
    base64_add(bytes, size_bytes, &text);
    fprintf(a->file, "<script type=\"text/plain\" id=\"asset-%d\">%s</script>\n", a->count,
            buf_text(&text));
    a->room_bytes -= text.length < a->room_bytes ? text.length : a->room_bytes;
    buf_finish(&text);
    return a->count++;
}

/* The block with what F has in R, a new one if there is none yet; -1: no room. */
static int layer_block(struct album *a, const struct frame *f, struct rect r)
{
    XXH128_hash_t hash = pixels_hash(f, r);
    int id = known_find(a, hash);
    if (id >= 0)
        return id;
    struct frame part = {.width = r.width,
                         .height = r.height,
                         .stride = f->stride,
                         .pixels = f->pixels + (size_t)r.y * (size_t)f->stride + r.x};
    struct buf png = {0};
    if (picture_encode(&part, PICTURE_SMALL, &png, NULL))
        id = block_put(a, buf_text(&png), png.length);
    buf_finish(&png);
    if (id >= 0)
        known_add(a, hash, id);
    return id;
}

static bool layer_add(struct album *a, struct reel *r, const struct frame *f, struct rect area)
{
    int id = layer_block(a, f, area);
    if (id < 0)
        return false;
    buf_addf(&r->layers, "%s[%d,%d,%d,%d,%d]", r->layer_count ? "," : "", id, area.x, area.y,
             area.width, area.height);
    r->layer_count++;
    return true;
}

/* What F adds to what is there already; {0} area: nothing. */
static bool reel_add(struct album *a, struct reel *r, const struct frame *f)
{
    struct rect whole = frame_rect(f), area = whole;
    if (r->layer_count)
        area = frame_difference(&r->last, f);
    if (rect_empty(area) && r->layer_count)
        return true;
    if (r->layer_count >= LAYERS_MAX ||
        (double)rect_area(area) > LAYER_PART_MAX * (double)rect_area(whole)) {
        buf_reset(&r->layers);
        r->layer_count = 0;
        area = whole;
    }
    return layer_add(a, r, f, area);
}

static void link_add(struct album *a, const char *link, struct buf *json)
{
    a->linked++;
    buf_add(json, "{\"link\":");
    told_text(link, json);
    buf_add_char(json, '}');
}

static void missing_add(const char *why, struct buf *json)
{
    buf_add(json, "{\"missing\":");
    told_text(why, json);
    buf_add_char(json, '}');
}

void album_add_picture(struct album *a, struct reel *r, const char *path, const char *link,
                       struct buf *json)
{
    struct frame frame = {0};
    struct err e = {0};
    if (!a->room_bytes) {
        link_add(a, link, json);
    } else if (!picture_read(path, &frame, &e)) {
        missing_add(e.text, json);
    } else if (reel_add(a, r, &frame)) {
        buf_addf(json, "{\"w\":%d,\"h\":%d,\"layers\":[%s]}", frame.width, frame.height,
                 buf_text(&r->layers));
        frame_finish(&r->last);
        r->last = frame;
        return;
    } else {
        link_add(a, link, json);
        a->room_bytes = 0;
        reel_finish(r);
    }
    frame_finish(&frame);
}

void album_add_file(struct album *a, const char *path, const char *link, const char *kind,
                    struct buf *json)
{
    struct buf bytes = {0};
    char chunk[1 << 16];
    size_t n;
    FILE *file = fopen(path, "rbe");
    if (!file) {
        missing_add(strerror(errno), json);
        return;
    }
    while (bytes.length <= a->room_bytes && (n = fread(chunk, 1, sizeof chunk, file)) > 0)
        buf_add_bytes(&bytes, chunk, n);
    fclose(file);
    int id = block_put(a, buf_text(&bytes), bytes.length);
    if (id < 0)
        link_add(a, link, json);
    else
        buf_addf(json, "{\"id\":%d,\"kind\":\"%s\"}", id, kind);
    buf_finish(&bytes);
}
