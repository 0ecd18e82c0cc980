/*
 * typed: the texts that are typed into real programs, and what these programs
 * (tests/typing/typed.py) say that they received. For tests and the benchmark.
 */
#ifndef TESTS_TYPED_H
#define TESTS_TYPED_H

#include "base/buf.h"
#include "base/clock.h"
#include "base/utf8.h"

#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define TYPED_LISTENER "tests/typing/typed.py"
#define TYPED_LINE     80

/* LENGTH characters: all of ASCII that prints, in an order without a pattern, in lines, with tabs.
 */
static inline void typed_ascii(struct buf *out, int length)
{
    uint32_t random = 1;
    for (int i = 0; i < length; i++) {
        random = random * 1664525u + 1013904223u;
        if (i % TYPED_LINE == TYPED_LINE - 1)
            buf_add_char(out, '\n');
        else if (i % TYPED_LINE == TYPED_LINE / 2)
            buf_add_char(out, '\t');
        else
            buf_add_char(out, (char)(' ' + (random >> 16) % 95));
    }
}

/* LENGTH characters, about as many of each script; few keyboards have any of them. */
static inline void typed_mixed(struct buf *out, int length)
{
    static const char *const scripts[] = {
        "Ångström naïve façade œuvre Žluťoučký kůň Łódź ñandú ß ÿ İı «»¿¡",
        "Ξεσκεπάζω την ψυχοφθόρα βδελυγμία ΑΒΓΔΩ",
        "Съешь ещё этих мягких французских булок, ЖЩЭЮЯ Ґ Є Ї",
        "日本語のテキスト、中文字符，한국어 문장。",
        "😀🎉🚀👩‍💻🇪🇺❤️",
        "e\u0301a\u0300o\u0308n\u0303 u\u030c\u0301",
        "“–—…•™≤≠→∑€£¥§",
    };
    enum { SCRIPTS = sizeof scripts / sizeof *scripts };
    const char *rest[SCRIPTS];
    memcpy(rest, scripts, sizeof rest);
    for (int i = 0; i < length; i++) {
        int script = i / 10 % SCRIPTS;
        if (!*rest[script])
            rest[script] = scripts[script];
        utf8_put(i % TYPED_LINE == TYPED_LINE - 1 ? '\n' : utf8_next(&rest[script]), out);
    }
}

/* What the program has received by now. */
static inline void typed_read(const char *path, struct buf *out)
{
    char bytes[65536];
    buf_reset(out);
    FILE *file = fopen(path, "re");
    if (!file)
        return;
    for (size_t n; (n = fread(bytes, 1, sizeof bytes, file)) > 0;)
        buf_add_bytes(out, bytes, n);
    fclose(file);
}

/* Waits until the program has received TEXT; false when it has not although it has received nothing
 * new for TIMEOUT_MS. OUT: what it has. */
static inline bool typed_wait(const char *path, const char *text, int timeout_ms, struct buf *out)
{
    struct deadline deadline = deadline_in(timeout_ms);
    size_t last = SIZE_MAX;
    for (;;) {
        typed_read(path, out);
        if (strcmp(buf_text(out), text) == 0)
            return true;
        if (out->length != last)
            deadline = deadline_in(timeout_ms);
        else if (deadline_passed(deadline))
            return false;
        last = out->length;
        poll(NULL, 0, 1);
    }
}

/* Where two texts part, for people: `at 812: "..." came of "..."`. */
static inline void typed_difference(const char *came, const char *text, struct buf *out)
{
    size_t at = 0;
    while (came[at] && came[at] == text[at])
        at++;
    while (at > 0 && ((unsigned char)text[at] & 0xC0) == 0x80)
        at--;
    buf_addf(out, "%zu bytes of %zu; at %zu: \"%.40s\" came of \"%.40s\"", strlen(came),
             strlen(text), at, came + at, text + at);
}

#endif
