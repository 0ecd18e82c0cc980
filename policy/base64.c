#include "policy/base64.h"

#include <nettle/base64.h>
#include <stdlib.h>

void base64_add(const void *bytes, size_t size_bytes, struct buf *out)
{
    size_t length = BASE64_ENCODE_RAW_LENGTH(size_bytes);
    char *text = mem_alloc(length + 1);
    base64_encode_raw(text, size_bytes, bytes);
    buf_add_bytes(out, text, length);
    free(text);
}
