#include "vision/strip.h"

#include "base/buf.h"
#include "base/ints.h"
#include "vision/lines.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MARGIN 2 /* pixels around the line that tell the ground's colour */
#define GROUND_STEP                                                                                \
    24 /* gray levels: a ground that differs by more is another one (selected text) */
#define CONTRAST_MIN 12  /* gray levels between ground and text */
#define SCALE_MAX    3.0 /* more does not help small text */

bool strip_take(struct strip *s, const struct plane *gray, struct rect line)
{
    struct rect screen = {0, 0, gray->width, gray->height};
    line = rect_common(line, screen);
    if (rect_empty(line) || line.height > STRIP_HEIGHT_MAX || line.width > LINE_WIDTH_MAX + 64)
        return false;
    s->place = rect_grow(line, MARGIN);
    plane_resize(&s->gray, s->place.width, s->place.height);
    for (int y = 0; y < s->place.height; y++) {
        int from_y = min_int(max_int(s->place.y + y, 0), gray->height - 1);
        const uint8_t *from = gray->pixels + (size_t)from_y * (size_t)gray->width;
        uint8_t *to = s->gray.pixels + (size_t)y * (size_t)s->place.width;
        for (int x = 0; x < s->place.width; x++)
            to[x] = from[min_int(max_int(s->place.x + x, 0), gray->width - 1)];
    }
    return true;
}

/* The most frequent value; of several the darkest. */
static int histogram_peak(const int histogram[256])
{
    int best = 0;
    for (int i = 1; i < 256; i++)
        if (histogram[i] > histogram[best])
            best = i;
    return best;
}

static int by_byte(const void *a, const void *b)
{
    return *(const uint8_t *)a - *(const uint8_t *)b;
}

/* The ground of one column: the middle of the pixels above and below the line. */
static int column_ground(const struct plane *g, int x)
{
    uint8_t margin[2 * MARGIN];
    for (int i = 0; i < MARGIN; i++) {
        margin[2 * i] = g->pixels[(size_t)i * (size_t)g->width + (size_t)x];
        margin[2 * i + 1] = g->pixels[(size_t)(g->height - 1 - i) * (size_t)g->width + (size_t)x];
    }
    qsort(margin, sizeof margin, 1, by_byte);
    return (margin[MARGIN - 1] + margin[MARGIN]) / 2;
}

/* The ground of the columns from LEFT to RIGHT: what stands most often around the text. */
static int span_ground(const struct plane *g, int left, int right)
{
    int histogram[256] = {0};
    for (int i = 0; i < MARGIN; i++) {
        const uint8_t *above = g->pixels + (size_t)i * (size_t)g->width;
        const uint8_t *below = g->pixels + (size_t)(g->height - 1 - i) * (size_t)g->width;
        for (int x = left; x < right; x++) {
            histogram[above[x]]++;
            histogram[below[x]]++;
        }
    }
    return histogram_peak(histogram);
}

/* The gray level that is beyond all but a hundredth of the pixels, from the dark or the bright end.
 */
static int extreme(const int histogram[256], int count, bool bright)
{
    int seen = 0, level = bright ? 255 : 0;
    for (;; level += bright ? -1 : 1) {
        seen += histogram[level];
        if (seen * 100 > count || level == (bright ? 0 : 255))
            return level;
    }
}

/* How many pixels are about as LEVEL. */
static int share_near(const int histogram[256], int level)
{
    int share = 0;
    for (int i = max_int(0, level - GROUND_STEP); i <= min_int(255, level + GROUND_STEP); i++)
        share += histogram[i];
    return share;
}

/* Ink of the columns from LEFT to RIGHT, which have one ground: text is what differs most from it.
 */
static void span_ink(struct strip *s, int left, int right)
{
    const struct plane *g = &s->gray;
    int ground = span_ground(g, left, right);
    int histogram[256] = {0}, count = 0;
    for (int y = MARGIN; y < g->height - MARGIN; y++)
        for (int x = max_int(left, MARGIN); x < min_int(right, g->width - MARGIN); x++, count++)
            histogram[g->pixels[(size_t)y * (size_t)g->width + (size_t)x]]++;
    if (share_near(histogram, ground) * 8 < count) /* around it is a border, not the ground */
        ground = histogram_peak(histogram);
    int dark = extreme(histogram, count, false), bright = extreme(histogram, count, true);
    bool inverse = bright - ground > ground - dark;
    int range = max_int(CONTRAST_MIN, inverse ? bright - ground : ground - dark);
    uint8_t ink[256];
    for (int v = 0; v < 256; v++) {
        int difference = inverse ? v - ground : ground - v;
        ink[v] = (uint8_t)(max_int(0, min_int(range, difference)) * 255 / range);
    }
    for (int y = MARGIN; y < g->height - MARGIN; y++)
        for (int x = max_int(left, MARGIN); x < min_int(right, g->width - MARGIN); x++) {
            size_t at = (size_t)y * (size_t)g->width + (size_t)x;
            s->ink.pixels[at] = ink[g->pixels[at]];
        }
}

/* Where the ground changes within the line, as it does around a selection, each side is judged
 * alone. */
static void ink_find(struct strip *s)
{
    const struct plane *g = &s->gray;
    plane_resize(&s->ink, g->width, g->height);
    memset(s->ink.pixels, 0, (size_t)g->width * (size_t)g->height);
    int start = 0;
    for (int x = 1; x <= g->width; x++) {
        bool change = x == g->width;
        /* Two columns of another ground at least: a glyph of the next line may come near. */
        if (!change && x + 1 < g->width && x - start >= 3) {
            int here = column_ground(g, x - 1);
            change = abs(column_ground(g, x) - here) > GROUND_STEP &&
                     abs(column_ground(g, x + 1) - here) > GROUND_STEP;
        }
        if (change) {
            span_ink(s, start, x);
            start = x;
        }
    }
}

static bool is_ink(const struct plane *ink, int x, int y)
{
    return x >= 0 && y >= 0 && x < ink->width && y < ink->height &&
           ink->pixels[(size_t)y * (size_t)ink->width + (size_t)x] >= STRIP_INK_MIN;
}

static int longest_run(const struct plane *ink, int y)
{
    int longest = 0, run = 0;
    for (int x = 0; x < ink->width; x++) {
        run = is_ink(ink, x, y) ? run + 1 : 0;
        longest = max_int(longest, run);
    }
    return longest;
}

/*
 * Rows of ink that are longer than any letter are an underline, or a rule above: they are erased,
 * with their pieces between descenders, but not where a letter comes up or down to them.
 */
static void rules_erase(struct plane *ink)
{
    for (int bottom = ink->height; bottom > 0; bottom--) {
        int top = bottom;
        while (top > 0 && longest_run(ink, top - 1) * 2 > ink->height * 3)
            top--;
        int letters = top + bottom > ink->height ? top - 1 : bottom; /* where they would be */
        for (int x = 0; x < ink->width && top < bottom; x++)
            if (!is_ink(ink, x, letters))
                for (int y = top; y < bottom; y++)
                    ink->pixels[(size_t)y * (size_t)ink->width + (size_t)x] = 0;
        bottom = top;
    }
}

static bool column_has_ink(const struct plane *ink, int x)
{
    for (int y = 0; y < ink->height; y++)
        if (ink->pixels[(size_t)y * (size_t)ink->width + (size_t)x] >= STRIP_INK_MIN)
            return true;
    return false;
}

/* Shrinks BOX to the rows that have ink. */
static struct rect rows_with_ink(const struct plane *ink, struct rect box)
{
    int top = box.y + box.height, bottom = box.y;
    for (int y = box.y; y < box.y + box.height; y++)
        for (int x = box.x; x < box.x + box.width; x++)
            if (ink->pixels[(size_t)y * (size_t)ink->width + (size_t)x] >= STRIP_INK_MIN) {
                top = min_int(top, y);
                bottom = y + 1;
            }
    return (struct rect){box.x, top, box.width, max_int(0, bottom - top)};
}

/* Is there ink in the whole column, from the top of the box to its bottom? */
static bool column_is_full(const struct plane *ink, struct rect box, int x)
{
    for (int y = box.y; y < box.y + box.height; y++)
        if (!is_ink(ink, x, y))
            return false;
    return true;
}

/* The rows of ink in the box outside of the columns from LEFT to RIGHT. */
static struct rect rows_beside(const struct plane *ink, struct rect box, int left, int right)
{
    struct rect before = rows_with_ink(ink, (struct rect){box.x, box.y, left - box.x, box.height});
    struct rect behind =
        rows_with_ink(ink, (struct rect){right, box.y, box.x + box.width - right, box.height});
    return before.height && behind.height ? rect_union(before, behind)
           : before.height                ? before
                                          : behind;
}

static bool column_has_ink(const struct plane *ink, int x);

static bool is_blank(const struct plane *ink, int left, int right)
{
    for (int x = max_int(0, left); x < min_int(right, ink->width); x++)
        if (column_has_ink(ink, x))
            return false;
    return true;
}

/*
 * Erases a caret: an upright stroke of a pixel or two, with nothing on one side, that stands out of
 * all other ink above and below. No letter does (but for the thorn).
 */
static bool caret_erase(struct plane *ink, struct rect box)
{
    for (int x = box.x; x < box.x + box.width; x++) {
        int left = x;
        while (x < box.x + box.width && column_is_full(ink, box, x))
            x++;
        if (x == left || x - left > 2 ||
            (!is_blank(ink, left - 2, left) && !is_blank(ink, x, x + 2)))
            continue;
        struct rect rest = rows_beside(ink, box, left, x);
        int above = rest.y - box.y, below = box.y + box.height - rest.y - rest.height;
        if (!rest.height || above < 1 || below < 1 || (above + below) * 7 < box.height)
            continue;
        for (int y = box.y; y < box.y + box.height; y++)
            memset(ink->pixels + (size_t)y * (size_t)ink->width + left, 0, (size_t)(x - left));
        return true;
    }
    return false;
}

static void parts_add(struct strip *s, int left, int right)
{
    if (s->part_count == s->part_capacity) {
        s->part_capacity = s->part_capacity ? s->part_capacity * 2 : 128;
        s->parts = mem_resize(s->parts, (size_t)s->part_capacity * sizeof *s->parts);
    }
    struct rect box = rows_with_ink(&s->ink, (struct rect){left, 0, right - left, s->ink.height});
    s->parts[s->part_count++] = (struct strip_part){.box = box};
}

static void parts_find(struct strip *s)
{
    s->part_count = 0;
    int start = -1;
    for (int x = 0; x <= s->ink.width; x++) {
        bool ink = x < s->ink.width && column_has_ink(&s->ink, x);
        if (ink && start < 0)
            start = x;
        if (!ink && start >= 0) {
            parts_add(s, start, x);
            start = -1;
        }
    }
    s->box = (struct rect){0};
    for (int i = 0; i < s->part_count; i++)
        s->box = rect_union(s->box, s->parts[i].box);
}

/* How much of a column of the box is ink, 0..1. */
static double column_fill(const struct strip *s, struct rect box, int x)
{
    long sum = 0;
    for (int y = box.y; y < box.y + box.height; y++)
        sum += s->ink.pixels[(size_t)y * (size_t)s->ink.width + (size_t)x];
    return (double)sum / (255.0 * box.height);
}

static bool is_disc_wide(int width, int height)
{
    return width * 2 >= height && width * 8 <= height * 9;
}

/*
 * The next disc in BOX from column FROM on: full in its middle, not so at its sides, as wide as
 * high. Sets its left and right (where it is half as high); false when what comes is no disc.
 */
static bool disc_next(const struct strip *s, struct rect box, int from, int *left, int *right)
{
    double most = 0;
    int x = from, end = box.x + box.width;
    while (x < end && column_fill(s, box, x) < 0.5)
        x++;
    *left = x;
    for (; x < end && column_fill(s, box, x) >= 0.5; x++)
        most = fmax(most, column_fill(s, box, x));
    *right = x;
    double middle = column_fill(s, box, (*left + x - 1) / 2);
    return most >= 0.8 && middle >= 0.8 && is_disc_wide(*right - *left, box.height);
}

/* Is the box as high above its middle as below it? A disc is; letters hardly ever are. */
static bool is_symmetric(const struct strip *s, struct rect box)
{
    long sum = 0, off = 0;
    for (int y = 0; y < box.height / 2; y++)
        for (int x = box.x; x < box.x + box.width; x++) {
            size_t top = (size_t)(box.y + y) * (size_t)s->ink.width + (size_t)x;
            size_t bottom = (size_t)(box.y + box.height - 1 - y) * (size_t)s->ink.width + (size_t)x;
            sum += s->ink.pixels[top] + s->ink.pixels[bottom];
            off += abs(s->ink.pixels[top] - s->ink.pixels[bottom]);
        }
    return off * 4 <= sum;
}

#define DISC_MIN 4 /* pixels; what is smaller may be a full stop */
#define DISC_MAX 24

/* A row of equal discs, equally far from each other: a password. They become the parts. */
static bool discs_find(struct strip *s)
{
    struct rect box = s->box;
    if (box.height < DISC_MIN || box.height > DISC_MAX || !is_symmetric(s, box))
        return false;
    int left, right, first_left = 0, width = 0, pitch = 0, count = 0;
    for (int x = box.x; x < box.x + box.width; x = right, count++) {
        if (!disc_next(s, box, x, &left, &right) && left < box.x + box.width)
            return false;
        if (left >= box.x + box.width)
            break;
        if (count == 0) {
            width = right - left;
            first_left = left;
        }
        if (count == 1)
            pitch = left - first_left;
        if (abs(right - left - width) > 1 || (count && pitch > 3 * box.height) ||
            (count && abs(left - first_left - count * pitch) > 1 + count / 2))
            return false;
    }
    s->part_count = 0;
    for (int i = 0; i < count; i++) {
        int x = first_left + i * pitch;
        parts_add(s, x, min_int(x + width, s->ink.width));
        s->parts[i].bullet = true;
    }
    return count > 0;
}

/* A disc before the text, at half its height: of a list. */
static void bullet_find(struct strip *s)
{
    if (s->part_count < 2)
        return;
    struct rect b = s->parts[0].box, next = s->parts[1].box;
    int left, right, off = abs(2 * b.y + b.height - 2 * s->box.y - s->box.height);
    s->parts[0].bullet = b.height >= DISC_MIN && abs(b.width - b.height) <= 1 &&
                         b.height * 5 <= s->box.height * 3 && off * 3 <= s->box.height &&
                         next.x - (b.x + b.width) > b.width / 2 && is_symmetric(s, b) &&
                         disc_next(s, b, b.x, &left, &right);
}

void strip_prepare(struct strip *s)
{
    ink_find(s);
    rules_erase(&s->ink);
    parts_find(s);
    if (caret_erase(&s->ink, s->box))
        parts_find(s);
    if (!discs_find(s))
        bullet_find(s);
}

bool strip_has_text(const struct strip *s)
{
    return s->part_count && !s->parts[s->part_count - 1].bullet;
}

/* The first row with ink in a column of the box; its end for none. */
static int column_top(const struct strip *s, int x)
{
    int y = s->box.y, end = s->box.y + s->box.height;
    while (y < end && !is_ink(&s->ink, x, y))
        y++;
    return y;
}

bool strip_has_underscore(const struct strip *s)
{
    int end = s->box.y + s->box.height, low = end - max_int(4, s->box.height * 3 / 10);
    for (int x = s->box.x; x < s->box.x + s->box.width; x++) {
        int start = x, top = column_top(s, x);
        if (top < low || top == end)
            continue;
        while (x < s->box.x + s->box.width && abs(column_top(s, x) - top) <= 1)
            x++;
        /* The foot of an L is as flat, but hangs on the L. */
        bool apart = !is_ink(&s->ink, start - 1, top) && !is_ink(&s->ink, x, top);
        if (apart && (x - start) * 5 >= s->box.height * 2 && x - start >= 4)
            return true;
    }
    return false;
}

/* Cubic convolution (a = -1/2). Straight interpolation reads 1 % fewer lines. */
static float cubic(float x)
{
    x = fabsf(x);
    if (x < 1)
        return (1.5f * x - 2.5f) * x * x + 1;
    return x < 2 ? ((-0.5f * x + 2.5f) * x - 4) * x + 2 : 0;
}

/* The source pixels that make one pixel, and their weights. Outside is ground: it has no weight. */
#define TAPS_MAX 32
struct taps {
    int first, count;
    float weights[TAPS_MAX];
};

static void taps_make(struct taps *t, int at, double scale)
{
    float spread = scale < 1 ? (float)(1 / scale) : 1; /* of the kernel, when it is made smaller */
    float middle = (float)((at + 0.5) / scale - 0.5), sum = 0;
    t->first = (int)floorf(middle - 2 * spread) + 1;
    t->count = min_int(TAPS_MAX, (int)ceilf(4 * spread));
    for (int i = 0; i < t->count; i++)
        sum += t->weights[i] = cubic((middle - (float)(t->first + i)) / spread);
    for (int i = 0; i < t->count; i++)
        t->weights[i] /= sum;
}

static float taps_sum(const struct taps *t, const float *from, int count, int step)
{
    float sum = 0;
    for (int i = 0; i < t->count; i++)
        if (t->first + i >= 0 && t->first + i < count)
            sum += t->weights[i] * from[(size_t)(t->first + i) * (size_t)step];
    return sum;
}

static bool column_is_bullet(const struct strip *s, int x)
{
    for (int i = 0; i < s->part_count && s->parts[i].bullet; i++)
        if (x >= s->parts[i].box.x && x < s->parts[i].box.x + s->parts[i].box.width)
            return true;
    return false;
}

static double drawing_scale(const struct strip *s, const struct strip_drawing *d)
{
    return fmin((double)d->ink / max_int(1, s->box.height), SCALE_MAX);
}

int strip_width(const struct strip *s, const struct strip_drawing *d)
{
    return max_int(1, (int)lround(s->box.width * drawing_scale(s, d))) + 2 * d->margin;
}

double strip_render(struct strip *s, const struct strip_drawing *d, struct plane *out)
{
    int w = s->box.width, h = s->box.height, margin = d->margin;
    double scale = drawing_scale(s, d);
    int width = strip_width(s, d) - 2 * margin;
    int height = max_int(1, (int)lround(h * scale));
    int above = d->height ? (d->height - height) / 2 : margin;
    if (s->rows_capacity < h * (w + width)) {
        s->rows_capacity = h * (w + width);
        s->rows = mem_resize(s->rows, (size_t)s->rows_capacity * sizeof *s->rows);
    }
    float *source = s->rows, *wide = s->rows + (size_t)h * (size_t)w;
    struct taps taps;
    for (int x = 0; x < w; x++) {
        bool bullet = column_is_bullet(s, s->box.x + x);
        for (int y = 0; y < h; y++)
            source[y * w + x] =
                bullet ? 0
                       : (float)s->ink.pixels[(size_t)(s->box.y + y) * (size_t)s->ink.width +
                                              (size_t)(s->box.x + x)];
    }
    for (int x = 0; x < width; x++) {
        taps_make(&taps, x, scale);
        for (int y = 0; y < h; y++)
            wide[y * width + x] = taps_sum(&taps, source + y * w, w, 1);
    }
    plane_resize(out, width + 2 * margin, d->height ? d->height : height + 2 * margin);
    memset(out->pixels, 255, (size_t)out->width * (size_t)out->height);
    for (int y = 0; y < height; y++) {
        taps_make(&taps, y, scale);
        uint8_t *row = out->pixels + (size_t)(y + above) * (size_t)out->width + margin;
        for (int x = 0; x < width; x++)
            row[x] =
                (uint8_t)(255 - lrintf(fminf(255, fmaxf(0, taps_sum(&taps, wide + x, h, width)))));
    }
    return scale;
}

void strip_finish(struct strip *s)
{
    plane_finish(&s->gray);
    plane_finish(&s->ink);
    free(s->parts);
    free(s->rows);
    *s = (struct strip){0};
}
