#include "base/utf8.h"

/* How many continuation bytes follow this first byte, 0 for ASCII, -1 for none that may begin a
 * character. */
static int utf8_tail(unsigned char first)
{
    if (first < 0x80)
        return 0;
    if (first >= 0xC2 && first <= 0xDF)
        return 1;
    if (first >= 0xE0 && first <= 0xEF)
        return 2;
    if (first >= 0xF0 && first <= 0xF4)
        return 3;
    return -1;
}

static bool utf8_is_character(uint32_t c)
{
    return c <= 0x10FFFF && (c < 0xD800 || c > 0xDFFF);
}

/* The length of the character at BYTES, of which SIZE_BYTES may be read; 0 when there is none. */
static size_t utf8_decode(const char *bytes, size_t size_bytes, uint32_t *character)
{
    /* The smallest character of each length: anything below it is an overlong spelling. */
    static const uint32_t least[] = {0, 0x80, 0x800, 0x10000};
    static const unsigned char first_bits[] = {0x7F, 0x1F, 0x0F, 0x07};
    int tail = utf8_tail((unsigned char)bytes[0]);
    if (tail < 0 || (size_t)tail >= size_bytes)
        return 0;
    uint32_t c = (unsigned char)bytes[0] & first_bits[tail];
    for (int i = 1; i <= tail; i++) {
        unsigned char next = (unsigned char)bytes[i];
        if ((next & 0xC0) != 0x80)
            return 0;
        c = c << 6 | (next & 0x3F);
    }
    if (c < least[tail] || !utf8_is_character(c))
        return 0;
    *character = c;
    return (size_t)tail + 1;
}

uint32_t utf8_next(const char **text)
{
    if (!**text)
        return 0;
    /* The terminator is no continuation byte: decoding stops at it and never reads past. */
    uint32_t c = 0;
    size_t length = utf8_decode(*text, 4, &c);
    *text += length ? length : 1;
    return length ? c : UTF8_INVALID;
}

void utf8_put(uint32_t c, struct buf *out)
{
    char bytes[4];
    if (!c || !utf8_is_character(c))
        c = UTF8_INVALID;
    if (c < 0x80) {
        buf_add_char(out, (char)c);
    } else if (c < 0x800) {
        bytes[0] = (char)(0xC0 | c >> 6);
        bytes[1] = (char)(0x80 | (c & 0x3F));
        buf_add_bytes(out, bytes, 2);
    } else if (c < 0x10000) {
        bytes[0] = (char)(0xE0 | c >> 12);
        bytes[1] = (char)(0x80 | (c >> 6 & 0x3F));
        bytes[2] = (char)(0x80 | (c & 0x3F));
        buf_add_bytes(out, bytes, 3);
    } else {
        bytes[0] = (char)(0xF0 | c >> 18);
        bytes[1] = (char)(0x80 | (c >> 12 & 0x3F));
        bytes[2] = (char)(0x80 | (c >> 6 & 0x3F));
        bytes[3] = (char)(0x80 | (c & 0x3F));
        buf_add_bytes(out, bytes, 4);
    }
}

size_t utf8_length(const char *text)
{
    size_t n = 0;
    while (utf8_next(&text))
        n++;
    return n;
}

bool utf8_valid(const char *bytes, size_t size_bytes, size_t *bad_at)
{
    for (size_t i = 0; i < size_bytes;) {
        uint32_t c = 0;
        size_t length = utf8_decode(bytes + i, size_bytes - i, &c);
        if (!length || !c) {
            if (bad_at)
                *bad_at = i;
            return false;
        }
        i += length;
    }
    return true;
}

void utf8_clean(const char *text, struct buf *out)
{
    for (uint32_t c; (c = utf8_next(&text)) != 0;)
        utf8_put(c, out);
}
