#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *mem_or_die(void *memory)
{
    if (memory)
        return memory;
    fputs("hem: out of memory\n", stderr);
    exit(3);
}

void *mem_alloc(size_t size_bytes)
{
    return mem_or_die(malloc(size_bytes ? size_bytes : 1));
}

void *mem_zero(size_t count, size_t size_bytes)
{
    return mem_or_die(calloc(count ? count : 1, size_bytes ? size_bytes : 1));
}

void *mem_resize(void *memory, size_t size_bytes)
{
    return mem_or_die(realloc(memory, size_bytes ? size_bytes : 1));
}

char *mem_text(const char *text)
{
    return text ? mem_text_n(text, strlen(text)) : NULL;
}

char *mem_text_n(const char *text, size_t length_bytes)
{
    char *copy = mem_alloc(length_bytes + 1);
    memcpy(copy, text, length_bytes);
    copy[length_bytes] = '\0';
    return copy;
}

static void buf_reserve(struct buf *b, size_t extra)
{
    size_t need = b->length + extra + 1;
    if (need <= b->capacity)
        return;
    size_t capacity = b->capacity ? b->capacity : 64;
    while (capacity < need)
        capacity *= 2;
    b->text = mem_resize(b->text, capacity);
    b->capacity = capacity;
}

void buf_add_bytes(struct buf *b, const void *bytes, size_t size_bytes)
{
    buf_reserve(b, size_bytes);
    if (size_bytes)
        memcpy(b->text + b->length, bytes, size_bytes);
    b->length += size_bytes;
    b->text[b->length] = '\0';
}

void buf_add(struct buf *b, const char *text)
{
    buf_add_bytes(b, text, strlen(text));
}

void buf_add_char(struct buf *b, char c)
{
    buf_add_bytes(b, &c, 1);
}

void buf_addf(struct buf *b, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (n <= 0)
        return;
    buf_reserve(b, (size_t)n);
    va_start(args, format);
    vsnprintf(b->text + b->length, (size_t)n + 1, format, args);
    va_end(args);
    b->length += (size_t)n;
}

void buf_reset(struct buf *b)
{
    b->length = 0;
    if (b->text)
        b->text[0] = '\0';
}

void buf_finish(struct buf *b)
{
    free(b->text);
    *b = (struct buf){0};
}

const char *buf_text(const struct buf *b)
{
    return b->text ? b->text : "";
}

char *buf_take(struct buf *b)
{
    char *text = b->text ? b->text : mem_text("");
    *b = (struct buf){0};
    return text;
}
