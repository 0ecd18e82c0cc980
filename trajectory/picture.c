#include "trajectory/picture.h"

#include "trajectory/disk.h"

#include <endian.h>
#include <errno.h>
#include <png.h>
#include <setjmp.h>
#include <string.h>
#include <zlib.h>

struct failure {
    jmp_buf back;
    char text[160];
    int reason; /* errno */
};

static void png_failed(png_structp png, png_const_charp text)
{
    struct failure *failure = png_get_error_ptr(png);
    failure->reason = errno;
    snprintf(failure->text, sizeof failure->text, "%s", text);
    longjmp(failure->back, 1);
}

static void png_warned(png_structp png, png_const_charp text)
{
    (void)png;
    (void)text;
}

/* Where it goes: one of them. */
struct sink {
    FILE *file;
    struct buf *bytes;
    enum picture_effort effort;
};

static void bytes_write(png_structp png, png_bytep bytes, png_size_t size)
{
    buf_add_bytes(png_get_io_ptr(png), bytes, size);
}

static void bytes_flush(png_structp png)
{
    (void)png;
}

/* libpng leaves by longjmp when something fails: nothing is owned here, and no local outlives the
 * jump. */
static bool rows_write(png_structp png, png_infop info, const struct sink *sink,
                       const struct frame *frame, struct failure *failure)
{
    if (setjmp(failure->back))
        return false;
    if (sink->file)
        png_init_io(png, sink->file);
    else
        png_set_write_fn(png, sink->bytes, bytes_write, bytes_flush);
    png_set_IHDR(png, info, (png_uint_32)frame->width, (png_uint_32)frame->height, 8,
                 PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
                 PNG_FILTER_TYPE_DEFAULT);
    png_set_compression_level(png, sink->effort == PICTURE_FAST ? Z_BEST_SPEED : 6);
    png_set_filter(png, PNG_FILTER_TYPE_BASE, PNG_FILTER_NONE);
    png_write_info(png, info);
#if BYTE_ORDER == LITTLE_ENDIAN
    png_set_bgr(png);
    png_set_filler(png, 0, PNG_FILLER_AFTER);
#else
    png_set_filler(png, 0, PNG_FILLER_BEFORE);
#endif
    for (int y = 0; y < frame->height; y++)
        png_write_row(png, (png_const_bytep)(frame->pixels + (size_t)y * (size_t)frame->stride));
    png_write_end(png, info);
    return true;
}

static bool png_write(const struct sink *sink, const struct frame *frame, struct failure *failure)
{
    png_structp png =
        png_create_write_struct(PNG_LIBPNG_VER_STRING, failure, png_failed, png_warned);
    if (!png)
        return false;
    png_infop info = png_create_info_struct(png);
    bool written = info && rows_write(png, info, sink, frame, failure);
    png_destroy_write_struct(&png, &info);
    return written;
}

bool picture_write(const char *path, const struct frame *frame, struct err *e)
{
    if (!frame_may_be(frame->width, frame->height))
        return err_set(e, ERR_IO, "cannot write %s: a picture of %dx%d pixels", path, frame->width,
                       frame->height);
    struct draft draft;
    if (!draft_open(&draft, path, e))
        return false;
    struct failure failure = {.text = "out of memory"};
    errno = 0;
    if (png_write(&(struct sink){.file = draft.file}, frame, &failure))
        return draft_commit(&draft, false, e);
    draft_drop(&draft);
    return err_set(e, ERR_IO, "cannot write %s: %s", path,
                   failure.reason ? strerror(failure.reason) : failure.text);
}

bool picture_encode(const struct frame *frame, enum picture_effort effort, struct buf *out,
                    struct err *e)
{
    struct failure failure = {.text = "out of memory"};
    return png_write(&(struct sink){.bytes = out, .effort = effort}, frame, &failure) ||
           err_set(e, ERR_IO, "cannot make a PNG: %s", failure.text);
}
