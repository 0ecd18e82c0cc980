#include "vision/caret.h"

#include "base/buf.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define CARET_HEIGHT_MIN 12 /* pixels */
#define CARET_HEIGHT_MAX 48
#define STEM_HEIGHT      14  /* a letter's stem of one pixel is lower than this */
#define CONTRAST         60  /* of a colour channel, between caret and ground */
#define ALIKE            10  /* colours this near are one */
#define INK_REACH        160 /* how far letters beside a caret are looked at */
#define INK_GAP          14  /* a gap wider than this ends the text */

/* A run down a column of one colour with another one colour on its right. */
struct run {
    int top; /* -1: none */
    uint32_t ink, ground;
};

static int channel_distance(uint32_t a, uint32_t b)
{
    int most = 0;
    for (int shift = 0; shift < 24; shift += 8) {
        int d = abs((int)(a >> shift & 255) - (int)(b >> shift & 255));
        most = d > most ? d : most;
    }
    return most;
}

static uint32_t pixel(const struct frame *f, int x, int y)
{
    return f->pixels[(size_t)y * (size_t)f->stride + (size_t)x];
}

static bool is_ground(const struct frame *f, int x, int y, uint32_t ground)
{
    return x >= 0 && y >= 0 && x < f->width && y < f->height &&
           channel_distance(pixel(f, x, y), ground) <= ALIKE;
}

/* How much of the column X beside the run is ground, in hundredths. */
static int ground_share(const struct frame *f, int x, int top, int bottom, uint32_t ground)
{
    int n = 0;
    for (int y = top; y < bottom; y++)
        n += is_ground(f, x, y, ground);
    return n * 100 / (bottom - top);
}

/* Is the column X a side of the field, or the edge of a selection: inked wherever the caret is? */
static bool is_border(const struct frame *f, struct rect caret, int x, uint32_t ground)
{
    for (int y = caret.y; y < caret.y + caret.height; y++)
        if (is_ground(f, x, y, ground))
            return false;
    return true;
}

/*
 * The rows that letters left (STEP -1) or right of the caret take up, looking a row beyond it at
 * either end; false: there are none near.
 */
static bool ink_rows(const struct frame *f, struct rect caret, int step, uint32_t ground, int *top,
                     int *bottom)
{
    int gap = 0, x = step < 0 ? caret.x - 1 : caret.x + caret.width;
    *top = *bottom = -1;
    for (int i = 0; i < INK_REACH && gap <= INK_GAP; i++, x += step) {
        bool inked = false;
        if (is_border(f, caret, x, ground))
            break;
        for (int y = caret.y - 1; y <= caret.y + caret.height; y++) {
            if (x < 0 || x >= f->width || y < 0 || y >= f->height || is_ground(f, x, y, ground))
                continue;
            inked = true;
            *top = *top < 0 || y < *top ? y : *top;
            *bottom = y >= *bottom ? y + 1 : *bottom;
        }
        gap = inked ? 0 : gap + 1;
    }
    return *bottom > *top;
}

/* Nothing is joined to its end: the row Y beside it is ground. The side of a box ends in a corner.
 */
static bool is_free_end(const struct frame *f, struct rect caret, int y, uint32_t ground)
{
    for (int x = caret.x - 1; x <= caret.x + caret.width; x++)
        if (!is_ground(f, x, y, ground))
            return false;
    return true;
}

/* Is it taller than the letters beside it? */
static bool outgrows_letters(const struct frame *f, struct rect caret, uint32_t ground)
{
    int top, bottom, end = caret.y + caret.height;
    if (!ink_rows(f, caret, -1, ground, &top, &bottom) &&
        !ink_rows(f, caret, 1, ground, &top, &bottom))
        return true;
    if (end >= bottom + 1 && caret.y <= top)
        return true;
    return caret.width == 1 && caret.height >= STEM_HEIGHT && caret.y <= top && end >= bottom - 1;
}

/* Decides on a run that ended at BOTTOM in column X (its right one); fills CARET. */
static bool run_is_caret(const struct frame *f, int x, const struct run *run, int bottom,
                         struct rect *caret)
{
    int height = bottom - run->top;
    if (height < CARET_HEIGHT_MIN || height > CARET_HEIGHT_MAX || x < 3 || x + 2 >= f->width)
        return false;
    int width = 1;
    while (width <= 2 && ground_share(f, x - width, run->top, bottom, run->ink) == 100)
        width++;
    *caret = (struct rect){x - width + 1, run->top, width, height};
    if (width > 2 || ground_share(f, x + 2, run->top, bottom, run->ground) < 90 ||
        ground_share(f, caret->x - 1, run->top, bottom, run->ground) < 50)
        return false;
    return is_free_end(f, *caret, run->top - 1, run->ground) &&
           is_free_end(f, *caret, bottom, run->ground) && outgrows_letters(f, *caret, run->ground);
}

int carets_find(const struct frame *frame, struct rect carets[CARETS_MAX])
{
    struct run *runs = mem_alloc((size_t)frame->width * sizeof *runs);
    int count = 0;
    for (int x = 0; x < frame->width; x++)
        runs[x].top = -1;
    for (int y = 0; y <= frame->height; y++)
        for (int x = 0; x + 1 < frame->width; x++) {
            struct run *run = &runs[x];
            uint32_t ink = y < frame->height ? pixel(frame, x, y) & 0xffffff : 0;
            uint32_t ground = y < frame->height ? pixel(frame, x + 1, y) & 0xffffff : 0;
            if (run->top >= 0 && y < frame->height && ink == run->ink && ground == run->ground)
                continue;
            if (run->top >= 0 && y - run->top >= CARET_HEIGHT_MIN && count < CARETS_MAX &&
                run_is_caret(frame, x, run, y, &carets[count]))
                count++;
            run->top = -1;
            if (ink != ground && channel_distance(ink, ground) >= CONTRAST)
                *run = (struct run){y, ink, ground};
        }
    free(runs);
    return count;
}

void caret_erase(struct frame *frame, struct rect caret)
{
    int ground = caret.x + caret.width;
    for (int y = caret.y; y < caret.y + caret.height; y++) {
        uint32_t *row = frame->pixels + (size_t)y * (size_t)frame->stride;
        for (int x = caret.x; x < ground; x++)
            row[x] = row[ground];
    }
}
