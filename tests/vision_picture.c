/* Reading PNGs of every kind, and refusing what is none. */
#include "base/buf.h"
#include "vision/picture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <png.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char path[] = "/tmp/hem-picture-XXXXXX";

static int make_path(void **state)
{
    (void)state;
    int fd = mkstemp(path);
    if (fd >= 0)
        close(fd);
    return fd >= 0 ? 0 : -1;
}

static int drop_path(void **state)
{
    (void)state;
    return unlink(path);
}

static void file_write(const void *bytes, size_t size)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    fclose(file);
}

static size_t file_read(uint8_t *bytes, size_t room)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    size_t size = fread(bytes, 1, room, file);
    fclose(file);
    return size;
}

struct kind {
    int type, depth;
    bool interlaced;
    const char *row; /* one row of pixels, as bytes of the file */
    int row_size, width;
    uint32_t want[4]; /* what the pixels are */
};

static const png_color palette[4] = {{255, 0, 0}, {0, 255, 0}, {0, 0, 255}, {18, 52, 86}};
static const png_byte palette_alpha[4] = {255, 255, 255, 0};

static const struct kind kinds[] = {
    {PNG_COLOR_TYPE_RGB, 8, false, "\xff\x00\x00\x12\x34\x56", 6, 2, {0xff0000, 0x123456}},
    {PNG_COLOR_TYPE_RGB, 8, true, "\xff\x00\x00\x12\x34\x56", 6, 2, {0xff0000, 0x123456}},
    {PNG_COLOR_TYPE_RGBA,
     8,
     false,
     "\x12\x34\x56\xff\x00\x00\x00\x00\x00\x00\x00\x80",
     12,
     3,
     {0x123456, 0xffffff, 0x7f7f7f}},
    {PNG_COLOR_TYPE_GRAY, 8, false, "\x00\x80\xff", 3, 3, {0x000000, 0x808080, 0xffffff}},
    {PNG_COLOR_TYPE_GRAY, 1, false, "\xa0", 1, 3, {0xffffff, 0x000000, 0xffffff}},
    {PNG_COLOR_TYPE_GRAY, 4, true, "\x0f\x80", 2, 3, {0x000000, 0xffffff, 0x888888}},
    {PNG_COLOR_TYPE_GRAY,
     16,
     false,
     "\x00\x00\x80\x80\xff\xff",
     6,
     3,
     {0x000000, 0x808080, 0xffffff}},
    {PNG_COLOR_TYPE_GRAY_ALPHA, 8, false, "\x00\xff\x00\x00", 4, 2, {0x000000, 0xffffff}},
    {PNG_COLOR_TYPE_RGB, 16, false, "\xff\xff\x00\x00\x00\x00", 6, 1, {0xff0000}},
    {PNG_COLOR_TYPE_RGBA, 16, true, "\x00\x00\x00\x00\x00\x00\x00\x00", 8, 1, {0xffffff}},
    {PNG_COLOR_TYPE_PALETTE, 2, false, "\x1b", 1, 4, {0xff0000, 0x00ff00, 0x0000ff, 0xffffff}},
    {PNG_COLOR_TYPE_PALETTE, 8, true, "\x02\x01\x03", 3, 3, {0x0000ff, 0x00ff00, 0xffffff}},
};

static void kind_write(const struct kind *k, int height)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png_create_info_struct(png);
    assert_false(setjmp(png_jmpbuf(png)));
    png_init_io(png, file);
    png_set_IHDR(png, info, (png_uint_32)k->width, (png_uint_32)height, k->depth, k->type,
                 k->interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_BASE, PNG_FILTER_TYPE_BASE);
    if (k->type == PNG_COLOR_TYPE_PALETTE) {
        png_set_PLTE(png, info, palette, 4);
        png_set_tRNS(png, info, palette_alpha, 4, NULL);
    }
    png_write_info(png, info);
    int passes = png_set_interlace_handling(png);
    for (int pass = 0; pass < passes; pass++)
        for (int y = 0; y < height; y++)
            png_write_row(png, (png_const_bytep)k->row);
    png_write_end(png, info);
    png_destroy_write_struct(&png, &info);
    fclose(file);
}

static void reads_every_kind(void **state)
{
    (void)state;
    struct frame f = {0};
    struct err e = {0};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        const struct kind *k = &kinds[i];
        kind_write(k, 5);
        if (!picture_read(path, &f, &e))
            fail_msg("kind %zu: %s", i, e.text);
        assert_int_equal(f.width, k->width);
        assert_int_equal(f.height, 5);
        for (int y = 0; y < 5; y++)
            for (int x = 0; x < k->width; x++)
                if ((f.pixels[y * f.stride + x] & 0xffffff) != k->want[x])
                    fail_msg("kind %zu at %d,%d: %06x", i, x, y, f.pixels[y * f.stride + x]);
    }
    frame_finish(&f);
}

static void refused(const char *tells)
{
    struct frame f = {0};
    struct err e = {0};
    assert_false(picture_read(path, &f, &e));
    assert_int_equal(e.kind, ERR_USAGE);
    assert_non_null(strstr(e.text, path));
    assert_non_null(strstr(e.text, tells));
    frame_finish(&f);
}

/* Cut anywhere, a picture is refused; it never crashes and never shows what is not there. */
static void refuses_what_is_cut(void **state)
{
    (void)state;
    uint8_t bytes[4096];
    kind_write(&kinds[2], 40);
    size_t size = file_read(bytes, sizeof bytes);
    for (size_t cut = 0; cut + 12 < size; cut++) { /* the last twelve only say that it ends */
        file_write(bytes, cut);
        refused("");
    }
}

/* A real one, of a screen: in the middle of its pixels, too. */
static void refuses_a_screen_that_is_cut(void **state)
{
    (void)state;
    static uint8_t bytes[1 << 20];
    FILE *file = fopen("tests/data/elements/web.png", "rb");
    assert_non_null(file);
    size_t size = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    assert_true(size > 10000 && size < sizeof bytes);
    for (size_t cut = 0; cut + 12 < size; cut += cut < 200 || cut + 300 > size ? 7 : 977) {
        file_write(bytes, cut);
        refused("");
    }
}

/* Some of them begin as a PNG does. */
static void refuses_random_bytes(void **state)
{
    (void)state;
    static const uint8_t beginning[16] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
    uint8_t bytes[1000];
    uint32_t seed = 5;
    for (int round = 0; round < 200; round++) {
        for (size_t i = 0; i < sizeof bytes; i++)
            bytes[i] = (uint8_t)((seed = seed * 1664525u + 1013904223u) >> 16);
        if (round % 2)
            memcpy(bytes, beginning, sizeof beginning);
        file_write(bytes, sizeof bytes);
        refused("");
    }
}

static void refuses_what_is_changed(void **state)
{
    (void)state;
    uint8_t bytes[4096];
    kind_write(&kinds[10], 40);
    size_t size = file_read(bytes, sizeof bytes);
    for (size_t i = 0; i < size; i++) {
        struct frame f = {0};
        struct err e = {0};
        bytes[i] ^= 0x5a;
        file_write(bytes, size);
        if (!picture_read(path, &f, &e))
            assert_int_equal(e.kind, ERR_USAGE);
        bytes[i] ^= 0x5a;
        frame_finish(&f);
    }
}

static void refuses_what_is_no_picture(void **state)
{
    (void)state;
    file_write("P6 1 1 255\n\0\0\0", 14);
    refused("PNG");
    file_write("", 0);
    refused("PNG");
    struct frame f = {0};
    struct err e = {0};
    assert_false(picture_read("/nonexistent/a.png", &f, &e));
    assert_int_equal(e.kind, ERR_USAGE);
    assert_non_null(strstr(e.text, "/nonexistent/a.png"));
    assert_false(picture_read("/tmp", &f, &e));
}

static void refuses_what_is_too_large(void **state)
{
    (void)state;
    static char row[FRAME_SIDE_MAX + 1];
    struct kind wide = {PNG_COLOR_TYPE_GRAY, 8, false, row, sizeof row, sizeof row, {0}};
    kind_write(&wide, 1);
    refused("16385x1");
    struct kind high = {PNG_COLOR_TYPE_GRAY, 8, false, row, 1, 1, {0}};
    kind_write(&high, FRAME_SIDE_MAX + 1);
    refused("1x16385");
    struct kind square = {PNG_COLOR_TYPE_GRAY, 1, false, row, sizeof row, FRAME_SIDE_MAX, {0}};
    kind_write(&square, FRAME_SIDE_MAX);
    refused("16384x16384");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_every_kind),
        cmocka_unit_test(refuses_what_is_cut),
        cmocka_unit_test(refuses_a_screen_that_is_cut),
        cmocka_unit_test(refuses_random_bytes),
        cmocka_unit_test(refuses_what_is_changed),
        cmocka_unit_test(refuses_what_is_no_picture),
        cmocka_unit_test(refuses_what_is_too_large),
    };
    return cmocka_run_group_tests(tests, make_path, drop_path);
}
