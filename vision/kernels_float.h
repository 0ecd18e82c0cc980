/*
 * kernels_float: the loops over floats, written once. Each file of kernels compiles them for its
 * own kind of processor, which is why they are here and not in a .c file.
 */
#ifndef VISION_KERNELS_FLOAT_H
#define VISION_KERNELS_FLOAT_H

#include "vision/kernels.h"

#include <stddef.h>

#define KERNEL static inline __attribute__((always_inline))

/* Loops over lanes and blocks must be unrolled, or their sums don't stay in registers. */
#ifdef __clang__
#define UNROLL _Pragma("unroll")
#else
#define UNROLL _Pragma("GCC unroll 8")
#endif

/* As many floats as the processor takes at once; the file that includes this says how many. */
#ifndef FLOATS
#define FLOATS 4
#endif
typedef float floats __attribute__((vector_size(FLOATS * 4), aligned(4), may_alias));
typedef int32_t ints __attribute__((vector_size(FLOATS * 4), aligned(4), may_alias));
typedef int8_t bytes __attribute__((vector_size(FLOATS), aligned(1), may_alias));

/* Vectors are passed by reference: how they are passed by value depends on the processor. */

KERNEL void floats_greater(const floats *a, floats *b)
{
    ints more = *a > *b;
    *b = (floats)(((ints)*a & more) | ((ints)*b & ~more));
}

KERNEL void floats_limit(floats *x, float limit)
{
    floats least = (floats){0} - limit, other;
    floats_greater(&least, x);
    other = -*x;
    floats_greater(&least, &other);
    *x = -other;
}

/* To the next whole number, and the number: adding 1.5 * 2^23 leaves no room for a fraction. */
KERNEL void floats_round(floats *x, ints *whole)
{
    const float shift = 12582912;
    floats shifted = *x + shift;
    *whole = (ints)shifted - 0x4B400000;
    *x = shifted - shift;
}

/* e^x, for -80 to 80, to 2 parts in 10^7: 2^whole by its exponent, 2^rest by a polynomial. */
KERNEL void floats_exp(floats *x)
{
    ints whole;
    floats t = *x * 1.44269504f, near = t;
    floats_round(&near, &whole);
    floats r = t - near;
    floats p = r * 1.3333558e-3f + 9.6181291e-3f;
    p = p * r + 5.5504109e-2f;
    p = p * r + 2.4022651e-1f;
    p = p * r + 6.9314718e-1f;
    p = p * r + 1.0f;
    *x = p * (floats)((whole + 127) << 23);
}

KERNEL void floats_scaled(const int32_t *sums, const float *scales, float limit, floats *out)
{
    *out = __builtin_convertvector(*(const ints *)sums, floats) * *(const floats *)scales;
    floats_limit(out, limit);
}

KERNEL void floats_to_bytes(const floats *x, int8_t *out)
{
    floats scaled = *x * 127.0f;
    ints whole;
    floats_round(&scaled, &whole);
    *(bytes *)out = __builtin_convertvector(whole, bytes);
}

#define GATE_LIMIT  20  /* beyond, gates are as good as open or shut */
#define STATE_LIMIT 100 /* as when the network was trained */

/* With a = e^-2c, i = e^-i, f = e^-f, the new state s * sigmoid(f) + tanh(c) * sigmoid(i) needs
 * only one division. */
KERNEL void cells_all(int size, const float *scales, const int32_t *sums, float *state, int8_t *out)
{
    for (int k = 0; k < size; k += FLOATS) {
        floats a, i, f, o, *s = (floats *)(state + k);
        floats_scaled(sums + k, scales + k, GATE_LIMIT / 2, &a);
        floats_scaled(sums + size + k, scales + size + k, GATE_LIMIT, &i);
        floats_scaled(sums + 2 * size + k, scales + 2 * size + k, GATE_LIMIT, &f);
        floats_scaled(sums + 3 * size + k, scales + 3 * size + k, GATE_LIMIT, &o);
        a *= -2.0f;
        i = -i;
        f = -f;
        o = -o;
        floats_exp(&a);
        floats_exp(&i);
        floats_exp(&f);
        floats_exp(&o);
        floats in = (1.0f + a) * (1.0f + i);
        floats next = (*s * in + (1.0f - a) * (1.0f + f)) / (in * (1.0f + f));
        floats_limit(&next, STATE_LIMIT);
        *s = next;
        floats_limit(&next, GATE_LIMIT / 2);
        next *= -2.0f;
        floats_exp(&next);
        floats h = (1.0f - next) / ((1.0f + next) * (1.0f + o));
        floats_to_bytes(&h, out + k);
    }
}

KERNEL void softmax_all(int count, const float *scales, const int32_t *sums, float *out)
{
    float most = (float)sums[0] * scales[0], total = 0;
    for (int k = 0; k < count; k += FLOATS)
        *(floats *)(out + k) = __builtin_convertvector(*(const ints *)(sums + k), floats) *
                               *(const floats *)(scales + k);
    for (int k = 1; k < count; k++)
        most = out[k] > most ? out[k] : most;
    for (int k = 0; k < count; k += FLOATS) {
        floats x = *(floats *)(out + k) - most;
        floats_limit(&x, 80);
        floats_exp(&x);
        *(floats *)(out + k) = x;
    }
    for (int k = 0; k < count; k++)
        total += out[k];
    float share = 1 / total;
    for (int k = 0; k < count; k += FLOATS)
        *(floats *)(out + k) *= share;
}

KERNEL void convolve_row(const float *at, int stride, const float weights[10], floats *sum)
{
    *sum = *(const floats *)at * weights[0] + weights[9];
    UNROLL
    for (int i = 1; i < 9; i++)
        *sum += *(const floats *)(at + (ptrdiff_t)(i % 3) * stride + i / 3) * weights[i];
}

KERNEL void convolve_all(const float *rows, int stride, int width, const float weights[10],
                         float *out)
{
    for (int x = 0; x < width; x += FLOATS) {
        floats first, second, third;
        convolve_row(rows + x, stride, weights, &first);
        convolve_row(rows + stride + x, stride, weights, &second);
        convolve_row(rows + 2 * (ptrdiff_t)stride + x, stride, weights, &third);
        floats_greater(&first, &third);
        floats_greater(&second, &third);
        *(floats *)(out + x) = third;
    }
}

KERNEL void squash_all(int size, const float *in, int8_t *out)
{
    for (int k = 0; k < size; k += FLOATS) {
        floats x = *(const floats *)(in + k);
        floats_limit(&x, GATE_LIMIT / 2);
        x *= -2.0f;
        floats_exp(&x);
        x = (1.0f - x) / (1.0f + x);
        floats_to_bytes(&x, out + k);
    }
}

/* Defines the functions of a struct kernels over floats, each with ATTRIBUTES. */
#define KERNELS_FLOAT(attributes)                                                                  \
    attributes static void cells(int size, const float *scales, const int32_t *sums, float *state, \
                                 int8_t *out)                                                      \
    {                                                                                              \
        cells_all(size, scales, sums, state, out);                                                 \
    }                                                                                              \
    attributes static void softmax(int count, const float *scales, const int32_t *sums,            \
                                   float *out)                                                     \
    {                                                                                              \
        softmax_all(count, scales, sums, out);                                                     \
    }                                                                                              \
    attributes static void convolve(const float *rows, int stride, int width,                      \
                                    const float weights[10], float *out)                           \
    {                                                                                              \
        convolve_all(rows, stride, width, weights, out);                                           \
    }                                                                                              \
    attributes static void squash(int size, const float *in, int8_t *out)                          \
    {                                                                                              \
        squash_all(size, in, out);                                                                 \
    }

#endif
