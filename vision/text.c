#include "vision/text.h"

#include "base/buf.h"
#include "vision/ocr.h"

#include <leptonica/allheaders.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct text {
    char language[256];
    struct ocr *ocr;
    struct ocr_words words;
    struct plane strip;
};

struct text *text_create(const char *language, struct err *e)
{
    (void)e;
    struct text *t = mem_zero(1, sizeof *t);
    snprintf(t->language, sizeof t->language, "%s", language ? language : "eng");
    return t;
}

void text_destroy(struct text *t)
{
    if (!t)
        return;
    ocr_destroy(t->ocr);
    ocr_words_finish(&t->words);
    plane_finish(&t->strip);
    free(t);
}
static int envi(const char *n, int d)
{
    const char *v = getenv(n);
    return v ? atoi(v) : d;
}

static float kernel(float x)
{
    x = fabsf(x);
    float a = -0.5f;
    if (x < 1)
        return (a + 2) * x * x * x - (a + 3) * x * x + 1;
    if (x < 2)
        return a * x * x * x - 5 * a * x * x + 8 * a * x - 4 * a;
    return 0;
}

static void strip_make(struct plane *out, const struct plane *g, struct rect b, int s, int pad)
{
    int w = b.width, h = b.height;
    uint8_t *cr = mem_alloc((size_t)w * h);
    int hist[256] = {0};
    for (int y = 0; y < h; y++)
        for (int x = 0; x < w; x++)
            hist[cr[y * w + x] = g->pixels[(size_t)(b.y + y) * g->width + b.x + x]]++;
    int bg = 0;
    for (int q = 0; q < 256; q++)
        if (hist[q] > hist[bg])
            bg = q;
    int n = w * h, lo, hi, acc = 0;
    for (lo = 0; lo < 256; lo++) {
        acc += hist[lo];
        if (acc * 100 > n)
            break;
    }
    acc = 0;
    for (hi = 255; hi > 0; hi--) {
        acc += hist[hi];
        if (acc * 100 > n)
            break;
    }
    int inv = (hi - bg) > (bg - lo), T = inv ? hi : lo, range = abs(bg - T);
    if (range < 8)
        range = 8;
    for (int q = 0; q < n; q++) {
        int d = inv ? cr[q] - bg : bg - cr[q];
        d = d < 0 ? 0 : d * 255 / range;
        cr[q] = (uint8_t)(255 - (d > 255 ? 255 : d));
    }
    plane_resize(out, w * s + 2 * pad, h * s + 2 * pad);
    memset(out->pixels, 255, (size_t)out->width * out->height);
    float *tmp = mem_alloc(sizeof(float) * (size_t)w * s * h);
    for (int x = 0; x < w * s; x++) {
        float c = ((float)x + .5f) / (float)s - .5f;
        int bb = (int)floorf(c);
        for (int y = 0; y < h; y++) {
            float v = 0;
            for (int i = 0; i < 4; i++) {
                int q = bb - 1 + i;
                float p = q < 0 || q >= w ? 255 : cr[y * w + q];
                v += p * kernel(c - (float)(bb - 1 + i));
            }
            tmp[y * w * s + x] = v;
        }
    }
    for (int y = 0; y < h * s; y++) {
        float c = ((float)y + .5f) / (float)s - .5f;
        int bb = (int)floorf(c);
        for (int x = 0; x < w * s; x++) {
            float v = 0;
            for (int i = 0; i < 4; i++) {
                int q = bb - 1 + i;
                float p = q < 0 || q >= h ? 255 : tmp[q * w * s + x];
                v += p * kernel(c - (float)(bb - 1 + i));
            }
            out->pixels[(size_t)(y + pad) * out->width + x + pad] = (uint8_t)(v < 0     ? 0
                                                                              : v > 255 ? 255
                                                                                        : v + .5f);
        }
    }
    free(tmp);
    free(cr);
}

bool text_read(struct text *t, const struct plane *gray, const struct lines *lines,
               struct scene *scene, struct err *e)
{
    if (!t->ocr && !(t->ocr = ocr_create(t->language, e)))
        return false;
    int line = scene->word_count ? scene->words[scene->word_count - 1].line + 1 : 0;
    int s = envi("SC", 2), pad = envi("PAD", 10);
    for (int i = 0; i < lines->count; i++) {
        struct rect b = lines->boxes[i];
        if (b.height < 5 || b.width < 2)
            continue;
        strip_make(&t->strip, gray, b, s, pad);
        if (!ocr_read(t->ocr, &t->strip, &t->words, e))
            return false;
        for (int k = 0; k < t->words.count; k++) {
            struct ocr_word *o = &t->words.items[k];
            struct word *w = scene_add_word(scene);
            w->text = arena_text(&scene->arena, o->text);
            w->box = (struct rect){b.x + (o->box.x - pad) / s, b.y + (o->box.y - pad) / s,
                                   o->box.width / s, o->box.height / s};
            w->confidence = o->confidence;
            w->line = line;
        }
        if (t->words.count)
            line++;
    }
    return true;
}
