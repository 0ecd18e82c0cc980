/*
 * allocations: how often memory was asked for in this process so far, by whomever; for tests that
 * say that nothing is. Included by one file of a program.
 */
#ifndef TESTS_ALLOCATIONS_H
#define TESTS_ALLOCATIONS_H

#include <stdlib.h>

#ifndef __SANITIZE_ADDRESS__ /* which has a malloc of its own: then there are always 0 */
static long allocations;

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);

void *malloc(size_t size)
{
    allocations++;
    return __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    allocations++;
    return __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
    allocations++;
    return __libc_realloc(old, size);
}
#else
static const long allocations;
#endif

#endif
