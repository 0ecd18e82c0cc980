/*
 * Tesseract with data that was cut or changed: refused, or good to read with; but it brings nobody
 * down.
 */
#include "vision/languages.h"
#include "vision/ocr.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/traineddata_file.h"

static char folder[] = "/tmp/hem-ocr-XXXXXX", path[64];
static uint8_t *bytes;
static size_t size;

static int start(void **state)
{
    char installed[LANGUAGES_PATH_SIZE];
    (void)state;
    if (!mkdtemp(folder) || !languages_path("eng", installed))
        return -1;
    bytes = file_read(installed, &size);
    snprintf(path, sizeof path, "%s/eng.traineddata", folder);
    setenv("TESSDATA_PREFIX", folder, 1);
    return bytes ? 0 : -1;
}

static int end(void **state)
{
    (void)state;
    free(bytes);
    unlink(path);
    return rmdir(folder);
}

/* Is there an engine for the first COUNT bytes? One that there is reads a picture. */
static bool starts_with(size_t count)
{
    struct err e = {0};
    struct plane picture = {0};
    struct letters letters = {0};
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, count, file), count);
    fclose(file);
    assert_false(languages_are_systems("eng"));
    struct ocr *o = ocr_create("eng", &e);
    if (!o) {
        assert_int_equal(e.kind, ERR_IO);
        assert_non_null(strstr(e.text, "damaged"));
        return false;
    }
    plane_resize(&picture, 100, 36);
    memset(picture.pixels, 255, 100 * 36);
    ocr_read(o, &picture, true, &letters);
    plane_finish(&picture);
    letters_finish(&letters);
    ocr_destroy(o);
    return true;
}

static void test_whole(void **state)
{
    (void)state;
    assert_true(starts_with(size));
    unsetenv("TESSDATA_PREFIX");
    assert_true(languages_are_systems("eng"));
    assert_false(languages_are_systems("eng+none"));
    setenv("TESSDATA_PREFIX", folder, 1);
}

static void test_cut(void **state)
{
    (void)state;
    const size_t sizes[] = {0, 3, 100, 1000, size / 20, size / 5, size / 2};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        assert_false(starts_with(sizes[i]));
}

/* A byte at the beginning of the network, its characters or their codes. */
static void test_changed(void **state)
{
    (void)state;
    static const int parts[] = {17, 21, 22};
    int refused = 0;
    for (int i = 0; i < 18; i++) {
        size_t at = (size_t)offset_of(bytes, parts[i % 3]) + (size_t)(i * i);
        uint8_t was = bytes[at];
        bytes[at] = i % 2 ? 0xFF : 0x7F;
        refused += !starts_with(size);
        bytes[at] = was;
    }
    assert_true(refused >= 6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_whole),
        cmocka_unit_test(test_cut),
        cmocka_unit_test(test_changed),
    };
    return cmocka_run_group_tests(tests, start, end);
}
