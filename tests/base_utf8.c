/* Characters of UTF-8, well formed and not. */
#include "base/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(a) (sizeof(a) / sizeof *(a))

static const struct {
    const char *bytes;
    uint32_t characters[6]; /* up to a 0 */
    int bad_at;             /* -1: valid */
} rows[] = {
    {"", {0}, -1},
    {"Az", {'A', 'z'}, -1},
    {"\xC3\xA9", {0xE9}, -1},
    {"\xE2\x82\xAC!", {0x20AC, '!'}, -1},
    {"\xF0\x9F\x98\x80", {0x1F600}, -1},
    {"\xEF\xBF\xBD", {0xFFFD}, -1}, /* the replacement character itself is valid */
    {"\xF4\x8F\xBF\xBF", {0x10FFFF}, -1},
    {"a\x80z", {'a', UTF8_INVALID, 'z'}, 1},                         /* a lone continuation */
    {"\xC3", {UTF8_INVALID}, 0},                                     /* cut */
    {"a\xE2\x82", {'a', UTF8_INVALID, UTF8_INVALID}, 1},             /* cut */
    {"\xF0\x9F\x98", {UTF8_INVALID, UTF8_INVALID, UTF8_INVALID}, 0}, /* cut */
    {"\xC3(", {UTF8_INVALID, '('}, 0},                               /* no continuation */
    {"\xC0\xAF", {UTF8_INVALID, UTF8_INVALID}, 0},                   /* overlong */
    {"\xE0\x80\xAF", {UTF8_INVALID, UTF8_INVALID, UTF8_INVALID}, 0}, /* overlong */
    {"\xED\xA0\x80", {UTF8_INVALID, UTF8_INVALID, UTF8_INVALID}, 0}, /* a surrogate */
    {"\xF4\x90\x80\x80", {UTF8_INVALID, UTF8_INVALID, UTF8_INVALID, UTF8_INVALID}, 0}, /* beyond */
    {"ok\xFF", {'o', 'k', UTF8_INVALID}, 2},
};

static void test_next(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        /* In memory of its own, so that a byte read past the end is seen by the sanitizer. */
        char *copy = mem_text(rows[i].bytes);
        const char *at = copy;
        size_t n = 0;
        for (; rows[i].characters[n]; n++)
            assert_int_equal(utf8_next(&at), rows[i].characters[n]);
        assert_int_equal(utf8_next(&at), 0);
        assert_int_equal(utf8_next(&at), 0); /* stays at the end */
        assert_ptr_equal(at, copy + strlen(copy));
        assert_int_equal(utf8_length(copy), n);
        free(copy);
    }
}

static void test_valid(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        size_t bad = 99, length = strlen(rows[i].bytes);
        assert_int_equal(utf8_valid(rows[i].bytes, length, &bad), rows[i].bad_at < 0);
        assert_int_equal(utf8_valid(rows[i].bytes, length, NULL), rows[i].bad_at < 0);
        assert_int_equal(bad, rows[i].bad_at < 0 ? 99 : rows[i].bad_at);
    }
    size_t bad = 99;
    assert_false(utf8_valid("a\0b", 3, &bad));
    assert_int_equal(bad, 1);
    assert_false(utf8_valid("\xC3\xA9", 1, &bad)); /* cut by the size, not by a terminator */
    assert_int_equal(bad, 0);
}

/* Every character there is, there and back. */
static void test_put(void **state)
{
    (void)state;
    struct buf b = {0};
    for (uint32_t c = 1; c <= 0x10FFFF; c += c < 0x3000 ? 1 : 97) {
        if (c >= 0xD800 && c <= 0xDFFF)
            continue;
        buf_reset(&b);
        utf8_put(c, &b);
        const char *at = buf_text(&b);
        assert_int_equal(utf8_next(&at), c);
        assert_int_equal(*at, 0);
        assert_true(utf8_valid(b.text, b.length, NULL));
    }
    static const uint32_t none[] = {0, 0xD800, 0xDFFF, 0x110000, 0xFFFFFFFF};
    for (size_t i = 0; i < COUNT(none); i++) {
        buf_reset(&b);
        utf8_put(none[i], &b);
        assert_string_equal(buf_text(&b), "\xEF\xBF\xBD");
    }
    buf_finish(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_next),
        cmocka_unit_test(test_valid),
        cmocka_unit_test(test_put),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
