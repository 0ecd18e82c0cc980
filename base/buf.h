/*
 * buf: a string that grows. Zero-initialised is empty and valid; `text` is always terminated once
 * it is not NULL. Running out of memory ends the program (there is nothing sensible left to do, and
 * no half-done state outside).
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stddef.h>

struct buf {
    char *text;      /* owned; NULL while nothing was ever added */
    size_t length;   /* bytes, without the terminator */
    size_t capacity; /* bytes */
};

void buf_add(struct buf *b, const char *text);
void buf_add_bytes(struct buf *b, const void *bytes, size_t size_bytes);
void buf_add_char(struct buf *b, char c);
void buf_addf(struct buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buf_reset(struct buf *b);  /* empty, keeps the memory */
void buf_finish(struct buf *b); /* frees; empty and valid again */

/* The text, never NULL ("" when empty). Borrowed until the next change. */
const char *buf_text(const struct buf *b);

/* The text, owned by the caller (free); the buf is empty afterwards. Never NULL. */
char *buf_take(struct buf *b);

/* malloc, realloc and strdup that never return NULL. */
void *mem_alloc(size_t size_bytes);
void *mem_zero(size_t count, size_t size_bytes);
void *mem_resize(void *memory, size_t size_bytes);
char *mem_text(const char *text);                        /* a copy; NULL gives NULL */
char *mem_text_n(const char *text, size_t length_bytes); /* a terminated copy of the first bytes */

#endif
