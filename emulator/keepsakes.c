#include "emulator/keepsakes.h"

#include "base/log.h"
#include "trajectory/picture.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define OUTPUT_MAX_BYTES (1 << 20)

bool keepsake_picture(const char *directory, const char *name, const struct frame *frame,
                      struct rect region, const struct rect *masks, int mask_count, struct err *e)
{
    if (!rect_inside(region, frame_rect(frame)))
        return err_set(e, ERR_TASK, "there is no region %d,%d %dx%d on a screen of %dx%d", region.x,
                       region.y, region.width, region.height, frame->width, frame->height);
    struct buf path = {0};
    struct frame copy = {0};
    buf_addf(&path, "%s/%s.png", directory ? directory : ".", name);
    for (char *c = path.text + path.length - strlen(name) - 4; *c; c++)
        if (*c == '/')
            *c = '_';
    frame_copy(&copy, frame);
    for (int i = 0; i < mask_count; i++)
        frame_paint(&copy, masks[i], 0);
    struct frame part = copy;
    part.width = region.width;
    part.height = region.height;
    part.pixels += (size_t)region.y * (size_t)copy.stride + (size_t)region.x;
    bool written = picture_write(buf_text(&path), &part, e);
    frame_finish(&copy);
    buf_finish(&path);
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
