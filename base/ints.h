/*
 * ints: the smaller and the larger of two.
 */
#ifndef BASE_INTS_H
#define BASE_INTS_H

static inline int min_int(int a, int b)
{
    return a < b ? a : b;
}

static inline int max_int(int a, int b)
{
    return a > b ? a : b;
}

#endif
