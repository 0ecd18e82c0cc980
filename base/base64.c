#include "base/base64.h"

#include <stdint.h>
#include <string.h>

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/* Three bytes are four digits. */
static void group_put(char *to, const uint8_t *bytes)
{
    uint32_t bits = (uint32_t)bytes[0] << 16 | (uint32_t)bytes[1] << 8 | bytes[2];
    for (int i = 0; i < 4; i++)
        to[i] = digits[bits >> (18 - 6 * i) & 63];
}

void base64_add(const void *bytes, size_t size_bytes, struct buf *out)
{
    char text[4 * 1024];
    const uint8_t *from = bytes, *end = from + size_bytes;
    size_t length = 0;
    for (; end - from >= 3; from += 3) {
        group_put(text + length, from);
        length += 4;
        if (length == sizeof text) {
            buf_add_bytes(out, text, length);
            length = 0;
        }
    }
    size_t rest = (size_t)(end - from);
    if (rest > 0) {
        uint8_t last[3] = {0};
        memcpy(last, from, rest);
        group_put(text + length, last);
        memset(text + length + rest + 1, '=', 3 - rest);
        length += 4;
    }
    buf_add_bytes(out, text, length);
}
