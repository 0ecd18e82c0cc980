/*
 * template: a picture that is looked for on the screen.
 *
 * What is transparent in the picture does not count. The similarity of a place to it is 1 where
 * every pixel is the same. Else it is 1 less the share of the picture's variation (the squared
 * distances of its pixels from their mean, all colours) that the place does not have, after both
 * are blurred a little and laid over each other to a fraction of a pixel, so that antialiasing
 * counts for nothing; a slightly lighter or darker ground counts for nothing, too, but a paler
 * picture on the same ground does. Where the worst part of it (8 by 8 pixels) lacks more than
 * four times that share, the worst part decides, at a quarter of its weight: one other letter makes
 * it another text. So 0.96 means: 4 % of the whole may be otherwise, and 16 % of no part.
 */
#ifndef VISION_TEMPLATE_H
#define VISION_TEMPLATE_H

#include "base/err.h"
#include "base/frame.h"

#include <stdint.h>

#define TEMPLATE_ALIKE    0.96      /* what is less similar is another picture */
#define TEMPLATE_AREA_MAX (8 << 20) /* pixels */
#define TEMPLATE_BLOCK    4         /* pixels; a part is 2 by 2 blocks */
#define COLOURS           3

struct template
{
    int width, height;
    uint32_t *pixels; /* owned; 0x00RRGGBB */
    uint8_t *counts;  /* owned; one a pixel: is it compared? */
    uint8_t *near;    /* owned; one a pixel: which neighbours count, enum template_near */
    float *weights;   /* owned; one a pixel: what its blurred value is to be multiplied with */
    float *soft;      /* owned; COLOURS planes: blurred, less their means */
    float *parts;     /* owned; one a block: the variation of the part that begins there */
    float mean[COLOURS];
    double variation; /* of the whole */
    int counted;      /* pixels that count */
};

enum template_near { NEAR_LEFT = 1, NEAR_RIGHT = 2, NEAR_ABOVE = 4, NEAR_BELOW = 8 };

/* From a part of a picture with 0xAARRGGBB, which must lie inside. ERR_USAGE with WHAT it is: it is
 * too large, or hardly a pixel of it counts, or it is all one colour, which is everywhere and
 * nowhere. */
struct template *template_cut(const struct frame *picture, struct rect part, const char *what,
                              struct err *e);
void template_destroy(struct template *t); /* takes NULL */

/*
 * Blurs one colour of the template's size at IN (one value a pixel) into OUT as the template itself
 * was blurred: only with pixels that count. ROWS is scratch of the same size.
 */
void template_blur(const struct template *t, const float *in, float *rows, float *out);

/* How many blocks lie side by side in so many pixels, and how many parts begin there. */
int template_blocks(int pixels);
int template_parts(int pixels);

#endif
