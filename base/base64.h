/*
 * base64: bytes as text, without line ends.
 */
#ifndef BASE_BASE64_H
#define BASE_BASE64_H

#include "base/buf.h"

void base64_add(const void *bytes, size_t size_bytes, struct buf *out);

#endif
