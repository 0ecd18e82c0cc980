#include "base/shot.h"

#include <math.h>

static int in_patches(int pixels, int patch)
{
    return (pixels + patch - 1) / patch;
}

static bool fits(const struct shot_rule *rule, int width, int height)
{
    int longest = width > height ? width : height;
    if (rule->patch) {
        long patches = (long)in_patches(width, rule->patch) * in_patches(height, rule->patch);
        longest = in_patches(longest, rule->patch) * rule->patch;
        if (rule->patches_max && patches > rule->patches_max)
            return false;
    }
    return (!rule->side_max || longest <= rule->side_max) &&
           (!rule->pixels_max || (long)width * height <= rule->pixels_max);
}

static int at_least_one(double pixels)
{
    return pixels < 1 ? 1 : (int)pixels;
}

/* As the processors of Qwen's models and their kin do it, halves to even. */
static void fit_multiple(const struct shot_rule *rule, struct shot *s)
{
    double f = rule->multiple, w = s->screen_width, h = s->screen_height;
    double width = fmax(f, rint(w / f) * f), height = fmax(f, rint(h / f) * f);
    if (rule->pixels_max && width * height > (double)rule->pixels_max) {
        double by = sqrt(w * h / (double)rule->pixels_max);
        width = fmax(f, floor(w / by / f) * f);
        height = fmax(f, floor(h / by / f) * f);
    } else if (width * height < (double)rule->pixels_min) {
        double by = sqrt((double)rule->pixels_min / (w * h));
        width = ceil(w * by / f) * f;
        height = ceil(h * by / f) * f;
    }
    s->width = (int)width;
    s->height = (int)height;
}

void shot_fit(const struct shot_rule *rule, int screen_width, int screen_height, struct shot *out)
{
    *out = (struct shot){.space = rule->space,
                         .width = screen_width,
                         .height = screen_height,
                         .screen_width = screen_width,
                         .screen_height = screen_height};
    if (rule->multiple) {
        fit_multiple(rule, out);
        return;
    }
    bool wide = screen_width >= screen_height;
    int longest = wide ? screen_width : screen_height;
    int shortest = wide ? screen_height : screen_width;
    for (int side = longest; side > 0 && !fits(rule, out->width, out->height); side--) {
        int other = at_least_one(rint((double)side * shortest / longest));
        out->width = wide ? side : other;
        out->height = wide ? other : side;
    }
}

/* From a place along a side, 0 <= V <= 1, to its pixel. */
static int pixel_of(double v, int pixels)
{
    int at = (int)floor(v * pixels);
    return at < pixels ? at : pixels - 1;
}

bool shot_point(const struct shot *s, double x, double y, struct point *out, struct err *e)
{
    double width = s->space == SHOT_PIXELS ? s->width : s->space == SHOT_THOUSAND ? 1000 : 1;
    double height = s->space == SHOT_PIXELS ? s->height : width;
    /* The last pixel is one below the side; the last thousandth is the side itself. */
    bool inside = isfinite(x) && isfinite(y) && x >= 0 && y >= 0 && x <= width && y <= height &&
                  (s->space != SHOT_PIXELS || (x < width && y < height));
    if (!inside)
        return err_set(e, ERR_REPLY, "%g,%g is outside the picture: x is 0 to %g, y is 0 to %g", x,
                       y, s->space == SHOT_PIXELS ? width - 1 : width,
                       s->space == SHOT_PIXELS ? height - 1 : height);
    if (s->space == SHOT_PIXELS) { /* the middle of the pixel that is meant */
        x = floor(x) + 0.5;
        y = floor(y) + 0.5;
    }
    out->x = pixel_of(x / width, s->screen_width);
    out->y = pixel_of(y / height, s->screen_height);
    return true;
}

/* The nearest of COUNT parts of a side; of two the first, so that of 1000 pixels each is its own.
 */
static double part_of(double v, double count)
{
    return ceil(v * count - 0.5 - 1e-9);
}

static double number_of(const struct shot *s, int at, int screen, int picture)
{
    double v = ((double)at + 0.5) / screen;
    return s->space == SHOT_PIXELS     ? floor(v * picture)
           : s->space == SHOT_THOUSAND ? part_of(v, 1000)
                                       : part_of(v, 10000) / 10000;
}

void shot_numbers(const struct shot *s, struct point at, double *x, double *y)
{
    *x = number_of(s, at.x, s->screen_width, s->width);
    *y = number_of(s, at.y, s->screen_height, s->height);
}
