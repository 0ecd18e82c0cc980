#include "emulator/keepsakes.h"

#include "base/log.h"
#include "trajectory/picture.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define OUTPUT_MAX_BYTES (1 << 20)
#define PLACE_AROUND     120 /* pixels that are shown around a place */
#define PLACE_MIN        24  /* a place is drawn at least so large */
#define PLACE_EDGE       3
#define PLACE_COLOUR     0xd00000

/* Writes a part of the frame, which is inside of it. */
static bool part_write(const char *path, const struct frame *frame, struct rect part, struct err *e)
{
    struct frame of = *frame;
    of.width = part.width;
    of.height = part.height;
    of.pixels += (size_t)part.y * (size_t)frame->stride + (size_t)part.x;
    return picture_write(path, &of, e);
}

/* A copy, with nothing on it that must not be seen. */
static void masked_copy(struct frame *copy, const struct frame *frame, const struct rect *masks,
                        int mask_count)
{
    *copy = (struct frame){0};
    frame_copy(copy, frame);
    for (int i = 0; i < mask_count; i++)
        frame_paint(copy, masks[i], 0);
}

bool keepsake_picture(const char *directory, const char *name, const struct frame *frame,
                      struct rect region, const struct rect *masks, int mask_count, struct err *e)
{
    if (!rect_inside(region, frame_rect(frame)))
        return err_set(e, ERR_TASK, "there is no region %d,%d %dx%d on a screen of %dx%d", region.x,
                       region.y, region.width, region.height, frame->width, frame->height);
    struct buf path = {0};
    struct frame copy;
    buf_addf(&path, "%s/%s.png", directory ? directory : ".", name);
    for (char *c = path.text + path.length - strlen(name) - 4; *c; c++)
        if (*c == '/')
            *c = '_';
    masked_copy(&copy, frame, masks, mask_count);
    bool written = part_write(buf_text(&path), &copy, region, e);
    frame_finish(&copy);
    buf_finish(&path);
    return written;
}

bool keepsake_place(const char *path, const struct frame *frame, struct rect place,
                    const struct rect *masks, int mask_count, struct err *e)
{
    struct frame copy;
    struct rect whole = frame_rect(frame), part = whole;
    masked_copy(&copy, frame, masks, mask_count);
    if (!rect_empty(rect_common(place, whole))) {
        struct rect r = rect_grow(place, PLACE_EDGE);
        if (r.width < PLACE_MIN || r.height < PLACE_MIN)
            r = rect_grow(r, PLACE_MIN / 2);
        part = rect_common(rect_grow(r, PLACE_AROUND), whole);
        int right = r.x + r.width, bottom = r.y + r.height;
        frame_paint(&copy, (struct rect){r.x, r.y, r.width, PLACE_EDGE}, PLACE_COLOUR);
        frame_paint(&copy, (struct rect){r.x, bottom - PLACE_EDGE, r.width, PLACE_EDGE},
                    PLACE_COLOUR);
        frame_paint(&copy, (struct rect){r.x, r.y, PLACE_EDGE, r.height}, PLACE_COLOUR);
        frame_paint(&copy, (struct rect){right - PLACE_EDGE, r.y, PLACE_EDGE, r.height},
                    PLACE_COLOUR);
    }
    bool written = part_write(path, &copy, part, e);
    frame_finish(&copy);
    return written;
}

static void keep_file(const char *directory, const char *name, const char *from,
                      const struct data *secrets)
{
    struct buf path = {0}, text = {0};
    FILE *in = from ? fopen(from, "re") : NULL;
    char *bytes = mem_alloc(OUTPUT_MAX_BYTES + 1);
    size_t n = in ? fread(bytes, 1, OUTPUT_MAX_BYTES, in) : 0;
    bytes[n] = '\0';
    if (in)
        fclose(in);
    data_redact(secrets, bytes, &text);
    buf_addf(&path, "%s/%s", directory, name);
    FILE *out = text.length ? fopen(buf_text(&path), "we") : NULL;
    if (out && (fwrite(buf_text(&text), 1, text.length, out) != text.length || fclose(out) != 0))
        log_warn("cannot write %s: %s", buf_text(&path), strerror(errno));
    free(bytes);
    buf_finish(&path);
    buf_finish(&text);
}

void keepsake_output(const char *directory, const char *out_path, const char *err_path,
                     const struct data *secrets)
{
    keep_file(directory, "program.out", out_path, secrets);
    keep_file(directory, "program.err", err_path, secrets);
}
