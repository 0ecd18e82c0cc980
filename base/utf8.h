/*
 * utf8: characters of UTF-8 text. Invalid bytes are never read past.
 */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "base/buf.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define UTF8_INVALID 0xFFFDu

/* The character at *TEXT, stepping over it; 0 at the end (no step); UTF8_INVALID for an invalid
 * byte (one step). */
uint32_t utf8_next(const char **text);
void utf8_put(uint32_t character,
              struct buf *out);       /* what is no character is put as UTF8_INVALID */
size_t utf8_length(const char *text); /* characters */

/* Appends TEXT with UTF8_INVALID for what is not UTF-8. */
void utf8_clean(const char *text, struct buf *out);

/* BAD_AT, when given, gets the offset of the first bad byte. A NUL byte is bad, too. */
bool utf8_valid(const char *bytes, size_t size_bytes, size_t *bad_at);

#endif
