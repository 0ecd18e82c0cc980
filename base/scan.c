#include "base/scan.h"

#include "base/buf.h"
#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define SECONDS_MAX  86400
#define NUMBER_SIZE  10 /* digits that surely fit an int, and the terminator */
#define SHOWN_LENGTH 40 /* bytes of the user's text in an error */

/* The typographic double quotes: U+201C to U+201F share their first two bytes. */
#define CURLY_SIZE  3
#define CURLY_LEFT  "\xe2\x80\x9c"
#define CURLY_RIGHT "\xe2\x80\x9d"
#define CURLY_LOW   "\xe2\x80\x9e"
#define CURLY_HIGH  "\xe2\x80\x9f"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static bool at_curly(const char *at)
{
    return strncmp(at, CURLY_LEFT, 2) == 0 && (unsigned char)at[2] >= 0x9c &&
           (unsigned char)at[2] <= 0x9f;
}

static bool in_word(const char *at)
{
    unsigned char c = (unsigned char)*at;
    return is_digit(*at) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           c == '-' || (c >= 0x80 && !at_curly(at));
}

static void pass_spaces(struct scan *s)
{
    while (is_space(*s->at))
        s->at++;
}

bool scan_begin(struct scan *s, const char *line, struct err *e)
{
    *s = (struct scan){.line = line, .at = line, .e = e};
    size_t length = strnlen(line, SCAN_LINE_MAX + 1);
    if (length > SCAN_LINE_MAX)
        return err_set(e, ERR_USAGE, "a step of more than %d bytes", SCAN_LINE_MAX);
    size_t bad;
    if (!utf8_valid(line, length, &bad)) {
        s->at = line + bad;
        return scan_fail(s, "this is not UTF-8 (byte 0x%02x)", (unsigned char)line[bad]);
    }
    return true;
}

bool scan_end(struct scan *s)
{
    pass_spaces(s);
    return *s->at == '\0';
}

bool scan_word(struct scan *s, const char *keyword)
{
    pass_spaces(s);
    const char *at = s->at;
    for (const char *k = keyword; *k; k++) {
        if (*k == ' ') {
            if (!is_space(*at))
                return false;
            while (is_space(*at))
                at++;
        } else if (strncasecmp(at, k, 1) == 0) {
            at++;
        } else {
            return false;
        }
    }
    if (in_word(at))
        return false;
    s->at = at;
    return true;
}

bool scan_char(struct scan *s, char c)
{
    pass_spaces(s);
    if (*s->at != c || c == '\0')
        return false;
    s->at++;
    return true;
}

bool scan_at_text(struct scan *s)
{
    pass_spaces(s);
    return *s->at == '"' || at_curly(s->at);
}

/* Does the text that was opened by OPEN end at AT? The length of the closing quote in bytes, or 0.
 */
static int closing_quote(const char *open, const char *at)
{
    if (*open == '"')
        return *at == '"';
    if (!at_curly(at))
        return 0;
    bool low = strncmp(open, CURLY_LOW, CURLY_SIZE) == 0; /* closed by the left one in German */
    bool left = strncmp(at, CURLY_LEFT, CURLY_SIZE) == 0;
    bool right = strncmp(at, CURLY_RIGHT, CURLY_SIZE) == 0;
    return right || (low && left) ? CURLY_SIZE : 0;
}

static int hex_digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* A control character as action_print writes it: \x1b. */
static bool hex_resolve(struct scan *s, struct buf *out)
{
    int high = s->at[1] == 'x' ? hex_digit(s->at[2]) : -1;
    int low = high >= 0 ? hex_digit(s->at[3]) : -1;
    int c = 16 * high + low;
    if (low < 0 || c == 0 || (c >= ' ' && c != 127))
        return false;
    buf_add_char(out, (char)c);
    s->at += 4;
    return true;
}

static bool escape_resolve(struct scan *s, struct buf *out)
{
    static const char written[] = "\"\\ntr";
    static const char meant[] = "\"\\\n\t\r";

    if (hex_resolve(s, out))
        return true;
    const char *found = s->at[1] ? strchr(written, s->at[1]) : NULL;
    if (!found)
        return scan_fail(
            s, "unknown escape \\%.*s; there are \\\" \\\\ \\n \\t \\r, and a backslash is \\\\",
            (unsigned char)s->at[1] < 0x80, s->at + 1);
    buf_add_char(out, meant[found - written]);
    s->at += 2;
    return true;
}

char *scan_text(struct scan *s, const char *what)
{
    if (!scan_at_text(s)) {
        char shown[SCAN_SHOWN_SIZE];
        bool bare = in_word(s->at);
        scan_fail(s, "expected %s in double quotes, found %s%s", what, scan_shown(s, shown),
                  *s->at == '\'' || bare ? "; texts stand in double quotes: \"...\"" : "");
        return NULL;
    }
    const char *open = s->at;
    struct buf text = {0};
    s->at += *open == '"' ? 1 : CURLY_SIZE;
    while (*s->at) {
        int quote = closing_quote(open, s->at);
        if (quote) {
            s->at += quote;
            return buf_take(&text);
        }
        if (*s->at != '\\')
            buf_add_char(&text, *s->at++);
        else if (!escape_resolve(s, &text))
            goto failed;
    }
    s->at = open;
    scan_fail(s, "this quote is never closed");
failed:
    buf_finish(&text);
    return NULL;
}

char *scan_bare(struct scan *s)
{
    pass_spaces(s);
    const char *from = s->at;
    while (*s->at && !is_space(*s->at))
        s->at++;
    return s->at == from ? NULL : mem_text_n(from, (size_t)(s->at - from));
}

/* Takes at most SIZE - 1 digits. False when there are none or more. */
static bool digits_take(struct scan *s, char *out, size_t size)
{
    size_t n = 0;
    while (is_digit(s->at[n]) && n < size - 1) {
        out[n] = s->at[n];
        n++;
    }
    out[n] = '\0';
    if (n == 0 || is_digit(s->at[n]))
        return false;
    s->at += n;
    return true;
}

bool scan_number(struct scan *s, int min, int max, int *out)
{
    char digits[NUMBER_SIZE];
    char shown[SCAN_SHOWN_SIZE];
    pass_spaces(s);
    const char *from = s->at;
    long value = digits_take(s, digits, sizeof digits) ? strtol(digits, NULL, 10) : -1;
    if (value < min || value > max) {
        s->at = from;
        return scan_fail(s, "expected a number from %d to %d, found %s", min, max,
                         scan_shown(s, shown));
    }
    *out = (int)value;
    return true;
}

/* Takes a unit of time. Its length in milliseconds; 0 when there is none. */
static int unit_take(struct scan *s)
{
    static const struct {
        const char *name;
        int ms;
    } units[] = {{"s", 1000},    {"sec", 1000},     {"second", 1000},   {"seconds", 1000},
                 {"ms", 1},      {"msec", 1},       {"millisecond", 1}, {"milliseconds", 1},
                 {"min", 60000}, {"minute", 60000}, {"minutes", 60000}};

    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (scan_word(s, units[i].name))
            return units[i].ms;
    return 0;
}

/* Thousandths behind the point. False when there are none or more than three digits. */
static bool thousandths_take(struct scan *s, int *out)
{
    char digits[4] = "";
    *out = 0;
    if (*s->at != '.')
        return true;
    s->at++;
    if (!digits_take(s, digits, sizeof digits))
        return false;
    *out = (int)strtol(digits, NULL, 10);
    for (size_t n = strlen(digits); n < 3; n++)
        *out *= 10;
    return true;
}

bool scan_seconds(struct scan *s, double *out)
{
    char digits[NUMBER_SIZE];
    char shown[SCAN_SHOWN_SIZE];
    pass_spaces(s);
    const char *from = s->at;
    int thousandths;
    if (!digits_take(s, digits, sizeof digits) || !thousandths_take(s, &thousandths)) {
        s->at = from;
        return scan_fail(s, "expected a time such as 2 s, 1.5 s or 500 ms, found %s",
                         scan_shown(s, shown));
    }
    int unit = unit_take(s);
    if (!unit)
        return scan_fail(s, "expected s, ms or min after the number, found %s",
                         scan_shown(s, shown));
    long long thousandth_ms = (strtoll(digits, NULL, 10) * 1000 + thousandths) * unit;
    if (thousandth_ms % 1000 || thousandth_ms > SECONDS_MAX * 1000000LL) {
        s->at = from;
        return scan_fail(s, "expected whole milliseconds and at most a day, found %s",
                         scan_shown(s, shown));
    }
    *out = (double)thousandth_ms / 1e6;
    return true;
}

static int column(const struct scan *s)
{
    int n = 1;
    for (const char *at = s->line; at < s->at; at++)
        n += ((unsigned char)*at & 0xc0) != 0x80; /* characters, not bytes */
    return n;
}

bool scan_fail(struct scan *s, const char *format, ...)
{
    char text[ERR_TEXT_SIZE / 2];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    pass_spaces(s);
    return err_set(s->e, ERR_USAGE, "column %d: %s", column(s), text);
}

const char *scan_shown(struct scan *s, char out[SCAN_SHOWN_SIZE])
{
    if (scan_end(s))
        return "the end of the line";
    size_t n = strcspn(s->at, " \t\r\n");
    bool quoted = *s->at == '"';
    if (n > SHOWN_LENGTH)
        for (n = SHOWN_LENGTH; n > 0 && ((unsigned char)s->at[n] & 0xc0) == 0x80;)
            n--; /* not through a character */
    snprintf(out, SCAN_SHOWN_SIZE, quoted ? "%.*s" : "\"%.*s\"", (int)n, s->at);
    return out;
}
