/* expect_text: what a program said, with the whole of it where a part is missing. */
#ifndef TESTS_EXPECT_TEXT_H
#define TESTS_EXPECT_TEXT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static inline void expect_text(const char *text, const char *part)
{
    if (!strstr(text, part))
        fail_msg("no \"%s\" in:\n%s", part, text);
}

#endif
