/*
 * The file of a language: what is in the installed one, and that no bytes, however cut or changed,
 * make its reader fall over (run it with SAN=1, too).
 */
#include "base/buf.h"
#include "vision/network.h"
#include "vision/traineddata.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "tests/traineddata_file.h"

#define NETWORK    17
#define CHARACTERS 21
#define CODES      22

static struct traineddata parsed; /* too large for a stack */

static int start(void **state)
{
    static struct traineddata_file file;
    file = traineddata_file_make("eng");
    *state = &file;
    return file.bytes ? 0 : -1;
}

static int end(void **state)
{
    free(((struct traineddata_file *)*state)->bytes);
    return 0;
}

/* From memory that ends with the bytes, so that a sanitizer sees each look beyond them. */
static bool parse(const uint8_t *bytes, size_t size, struct err *e)
{
    uint8_t *exact = mem_alloc(size ? size : 1);
    memcpy(exact, bytes, size);
    bool ok = traineddata_parse(&parsed, exact, size, e);
    if (ok) { /* what was taken for good must work */
        struct plane picture = {0};
        struct network_line line = {.picture = &picture};
        plane_resize(&picture, 31, parsed.height);
        memset(picture.pixels, 200, (size_t)picture.width * (size_t)picture.height);
        struct network *n = network_create(&parsed, kernels_best());
        network_read(n, &line, 1);
        assert_int_equal(line.steps, 10);
        network_destroy(n);
        plane_finish(&picture);
    }
    free(exact);
    return ok;
}

static void english_is_understood(void **state)
{
    const struct traineddata_file *f = *state;
    struct err e = {0};
    bool seen[128] = {false};
    if (!parse(f->bytes, f->size, &e))
        fail_msg("%s", e.text);
    assert_int_equal(parsed.height, 36);
    assert_int_equal(parsed.lstms[0].kind, TRAINEDDATA_COLUMN);
    assert_int_equal(parsed.lstms[2].kind, TRAINEDDATA_BACKWARD);
    for (int i = 0; i < parsed.alphabet.count; i++)
        if (!parsed.alphabet.texts[i][1])
            seen[parsed.alphabet.texts[i][0] & 127] = true;
    for (int c = ' '; c < 127; c++)
        if (!strchr("`^", c) && !seen[c])
            fail_msg("it can't write \"%c\"", c);
    assert_string_equal(parsed.alphabet.texts[parsed.alphabet.blank], "");
}

static void what_is_cut_off_is_refused(void **state)
{
    const struct traineddata_file *f = *state;
    for (size_t size = 0; size < f->size; size += size < 1500 || size + 2500 > f->size ? 7 : 4093)
        assert_false(parse(f->bytes, size, NULL));
}

static uint32_t draw(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

/* Bytes of the heads, of each part's beginning, or of anywhere are changed. */
static void what_is_changed_is_survived(void **state)
{
    const struct traineddata_file *f = *state;
    static const uint8_t values[] = {0, 1, 0x7F, 0x80, 0xFF};
    size_t places[] = {0, f->parts[NETWORK], f->parts[CHARACTERS], f->parts[CODES]};
    uint8_t *bytes = mem_alloc(f->size);
    uint32_t seed = 1;
    int refused = 0;
    for (int round = 0; round < 600; round++) {
        memcpy(bytes, f->bytes, f->size);
        for (int i = 0; i <= round % 4; i++) {
            size_t reach = round % 5 ? 400 : f->size;
            size_t at = (places[draw(&seed) % 4] + draw(&seed) % reach) % f->size;
            bytes[at] = round % 3 ? values[draw(&seed) % 5] : (uint8_t)draw(&seed);
        }
        refused += !parse(bytes, f->size, NULL);
    }
    assert_true(refused > 100);
    free(bytes);
}

/* The bytes TO instead of the first FROM behind a part's beginning. */
static bool parse_with(const struct traineddata_file *f, int part, const char *from, const char *to,
                       size_t size, struct err *e)
{
    uint8_t *bytes = mem_alloc(f->size);
    memcpy(bytes, f->bytes, f->size);
    uint8_t *at = memmem(bytes + f->parts[part], f->size - f->parts[part], from, size);
    assert_non_null(at);
    memcpy(at, to, size);
    bool ok = parse(bytes, f->size, e);
    free(bytes);
    return ok;
}

static void other_shapes_are_refused(void **state)
{
    const struct traineddata_file *f = *state;
    struct err e = {0};
    /* An LSTM along the line where one up the columns should be: SummLSTM is 15, LSTM is 14. */
    char summary[] = "Lfys48", other[] = "Lfys49";
    assert_true(parse_with(f, NETWORK, summary, other, 6, &e)); /* only its name */
    /* A character of two codes: its count stands behind a byte of 1. */
    assert_false(parse_with(f, CODES, "\1\1\0\0\0\3", "\1\2\0\0\0\3", 6, &e));
    assert_non_null(strstr(e.text, "several codes"));
    /* "é" becomes an Aleph. */
    assert_false(parse_with(f, CHARACTERS, "\n\xC3\xA9 ", "\n\xD7\x90 ", 4, &e));
    assert_non_null(strstr(e.text, "right to left"));
    /* A pool of 2. */
    assert_false(parse_with(f, NETWORK, "\3\0\0\0\3\0\0\0", "\2\0\0\0\2\0\0\0", 8, &e));
    assert_non_null(strstr(e.text, "shape"));
    assert_false(traineddata_parse(&parsed, "", 0, &e));
}

/* A scale that is no number would spoil every reading. */
static void scales_are_numbers(void **state)
{
    const struct traineddata_file *f = *state;
    uint8_t *bytes = mem_alloc(f->size);
    assert_true(parse(f->bytes, f->size, NULL));
    traineddata_parse(&parsed, f->bytes, f->size, NULL);
    size_t at = (size_t)(parsed.softmax.scales - f->bytes);
    memcpy(bytes, f->bytes, f->size);
    memset(bytes + at, 0xFF, 8);
    assert_false(parse(bytes, f->size, NULL));
    free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(english_is_understood),       cmocka_unit_test(what_is_cut_off_is_refused),
        cmocka_unit_test(what_is_changed_is_survived), cmocka_unit_test(other_shapes_are_refused),
        cmocka_unit_test(scales_are_numbers),
    };
    return cmocka_run_group_tests(tests, start, end);
}
