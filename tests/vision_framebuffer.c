/* vision/framebuffer: files that are what they should be, and files that are not. The real thing is
 * in vision_screen. */
#include "vision/framebuffer.h"

#include <X11/X.h>
#include <X11/Xmd.h>

#include <X11/XWDFile.h>
#include <endian.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define WIDTH  64
#define HEIGHT 16

static XWDFileHeader good_header(void)
{
    return (XWDFileHeader){
        .header_size = sizeof(XWDFileHeader),
        .file_version = XWD_FILE_VERSION,
        .pixmap_width = WIDTH,
        .pixmap_height = HEIGHT,
        .byte_order = __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? LSBFirst : MSBFirst,
        .bits_per_pixel = 32,
        .bytes_per_line = WIDTH * 4,
        .red_mask = 0xff0000,
        .green_mask = 0xff00,
        .blue_mask = 0xff,
        .ncolors = 256,
    };
}

/* Writes the header big-endian and SIZE_BYTES in all; is that taken for a framebuffer? */
static bool opens(const XWDFileHeader *header, size_t size_bytes)
{
    char path[] = "/tmp/hem-framebuffer-XXXXXX";
    size_t room = sizeof *header + 256 * sz_XWDColor + WIDTH * HEIGHT * 4;
    unsigned char *bytes = calloc(1, room);
    uint32_t words[sizeof *header / 4];
    struct framebuffer f;
    struct err e = {0};
    memcpy(words, header, sizeof words);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        words[i] = htobe32(words[i]);
    memcpy(bytes, words, sizeof words);
    memcpy(bytes + sizeof words + 256 * sz_XWDColor, "\x33\x22\x11", 4);
    int file = mkstemp(path);
    assert_true(file >= 0);
    assert_int_equal(write(file, bytes, size_bytes), (ssize_t)size_bytes);
    close(file);
    bool ok = framebuffer_open(&f, path, &e);
    if (ok) {
        assert_int_equal(f.width, WIDTH);
        assert_int_equal(f.height, HEIGHT);
        assert_memory_equal(f.pixels, "\x33\x22\x11", 4);
    } else {
        assert_int_equal(e.kind, ERR_DISPLAY);
        assert_null(f.memory);
    }
    framebuffer_close(&f);
    unlink(path);
    free(bytes);
    return ok;
}

static void test_good(void **state)
{
    (void)state;
    XWDFileHeader h = good_header();
    assert_true(opens(&h, sizeof h + 256 * sz_XWDColor + WIDTH * HEIGHT * 4));
}

static void test_cut(void **state)
{
    (void)state;
    XWDFileHeader h = good_header();
    size_t whole = sizeof h + 256 * sz_XWDColor + WIDTH * HEIGHT * 4;
    const size_t sizes[] = {0, 1, sizeof h - 1, sizeof h, whole - 1};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        assert_false(opens(&h, sizes[i]));
}

static void test_other_kinds(void **state)
{
    (void)state;
    const size_t fields[] = {
        offsetof(XWDFileHeader, file_version),   offsetof(XWDFileHeader, pixmap_width),
        offsetof(XWDFileHeader, pixmap_height),  offsetof(XWDFileHeader, byte_order),
        offsetof(XWDFileHeader, bits_per_pixel), offsetof(XWDFileHeader, bytes_per_line),
        offsetof(XWDFileHeader, red_mask),       offsetof(XWDFileHeader, ncolors),
        offsetof(XWDFileHeader, header_size),
    };
    const CARD32 values[] = {0xffffffff, 0x7fffffff, 0x10000000, 3};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        for (size_t k = 0; k < sizeof values / sizeof *values; k++) {
            XWDFileHeader h = good_header();
            memcpy((char *)&h + fields[i], &values[k], sizeof values[k]);
            /* three colours only: the pixels then start earlier, which the file can't tell */
            if (fields[i] == offsetof(XWDFileHeader, ncolors) && values[k] == 3)
                continue;
            if (fields[i] == offsetof(XWDFileHeader, pixmap_width) && values[k] == 3)
                continue; /* narrow, with long rows: as good */
            if (fields[i] == offsetof(XWDFileHeader, pixmap_height) && values[k] == 3)
                continue;
            if (opens(&h, sizeof h + 256 * sz_XWDColor + WIDTH * HEIGHT * 4))
                fail_msg("field at %zu with %u was taken", fields[i], values[k]);
        }
    }
}

static void test_missing(void **state)
{
    (void)state;
    struct framebuffer f;
    struct err e = {0};
    assert_false(framebuffer_open(&f, "/nonexistent/Xvfb_screen0", &e));
    assert_int_equal(e.kind, ERR_DISPLAY);
    assert_non_null(strstr(e.text, "/nonexistent/Xvfb_screen0"));
    assert_false(framebuffer_open(&f, "/tmp", &e));
    framebuffer_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_good),
        cmocka_unit_test(test_cut),
        cmocka_unit_test(test_other_kinds),
        cmocka_unit_test(test_missing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
