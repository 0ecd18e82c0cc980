#include "bench/watcher.h"

#include "base/buf.h"
#include "base/clock.h"
#include "base/rect.h"
#include "vision/framebuffer.h"

#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#define PERIOD_MS 3
#define AROUND    2    /* pixels around what moves by itself */
#define KEPT      1024 /* changes; more than there are in the seconds of a trial */
#define COLOR     0x00ffffffu

struct watcher {
    pthread_t thread;
    pthread_mutex_t lock; /* over all that follows `stop` */
    atomic_bool stop;
    struct framebuffer framebuffer;
    uint32_t *pixels; /* owned, as `masked`: what was there at the last look */
    bool *masked;     /* of each pixel */
    bool learning;
    double looked_ms;
    double changes_ms[KEPT]; /* a ring: since when each may have been there */
    unsigned change_count;
};

static void mask_around(struct watcher *w, int x, int y)
{
    struct rect whole = {0, 0, w->framebuffer.width, w->framebuffer.height};
    struct rect r = rect_common(rect_grow((struct rect){x, y, 1, 1}, AROUND), whole);
    for (int row = r.y; row < r.y + r.height; row++)
        memset(w->masked + (size_t)row * (size_t)whole.width + r.x, true,
               (size_t)r.width * sizeof *w->masked);
}

/* Has anything in this row changed that is not left out? Learns it otherwise, if it learns. */
static bool row_changed(struct watcher *w, int y)
{
    size_t width = (size_t)w->framebuffer.width, at = (size_t)y * width;
    const uint32_t *now =
        (const uint32_t *)(const void *)(w->framebuffer.pixels +
                                         (size_t)y * (size_t)w->framebuffer.stride_bytes);
    bool changed = false;
    if (memcmp(w->pixels + at, now, width * sizeof *now) == 0)
        return false;
    for (size_t x = 0; x < width; x++) {
        uint32_t pixel = now[x];
        if (((pixel ^ w->pixels[at + x]) & COLOR) && w->learning)
            mask_around(w, (int)x, y);
        changed |= ((pixel ^ w->pixels[at + x]) & COLOR) && !w->masked[at + x];
        w->pixels[at + x] = pixel;
    }
    return changed;
}

static void watcher_look(struct watcher *w)
{
    bool changed = false;
    pthread_mutex_lock(&w->lock);
    double begin = clock_ms();
    for (int y = 0; y < w->framebuffer.height; y++)
        changed |= row_changed(w, y);
    if (changed)
        w->changes_ms[w->change_count++ % KEPT] = w->looked_ms;
    w->looked_ms = begin;
    pthread_mutex_unlock(&w->lock);
}

static void *watcher_run(void *self)
{
    struct watcher *w = self;
    while (!atomic_load(&w->stop)) {
        watcher_look(w);
        poll(NULL, 0, PERIOD_MS);
    }
    return NULL;
}

struct watcher *watcher_start(const char *framebuffer, struct err *e)
{
    struct watcher *w = mem_zero(1, sizeof *w);
    if (!framebuffer_open(&w->framebuffer, framebuffer, e)) {
        free(w);
        return NULL;
    }
    size_t count = (size_t)w->framebuffer.width * (size_t)w->framebuffer.height;
    w->pixels = mem_zero(count, sizeof *w->pixels);
    w->masked = mem_zero(count, sizeof *w->masked);
    pthread_mutex_init(&w->lock, NULL);
    watcher_look(w);
    w->change_count = 0;
    pthread_create(&w->thread, NULL, watcher_run, w);
    return w;
}

void watcher_stop(struct watcher *w)
{
    if (!w)
        return;
    atomic_store(&w->stop, true);
    pthread_join(w->thread, NULL);
    pthread_mutex_destroy(&w->lock);
    framebuffer_close(&w->framebuffer);
    free(w->pixels);
    free(w->masked);
    free(w);
}

static void watcher_learning(struct watcher *w, bool learning)
{
    pthread_mutex_lock(&w->lock);
    w->learning = learning;
    pthread_mutex_unlock(&w->lock);
}

void watcher_learn(struct watcher *w)
{
    watcher_learning(w, true);
}

void watcher_learned(struct watcher *w)
{
    watcher_learning(w, false);
}

long watcher_masked(struct watcher *w)
{
    long count = 0;
    pthread_mutex_lock(&w->lock);
    for (long i = 0; i < (long)w->framebuffer.width * w->framebuffer.height; i++)
        count += w->masked[i];
    pthread_mutex_unlock(&w->lock);
    return count;
}

void watcher_around(struct watcher *w, double at_ms, double *before_ms, double *after_ms)
{
    *before_ms = *after_ms = 0;
    pthread_mutex_lock(&w->lock);
    unsigned kept = w->change_count < KEPT ? w->change_count : KEPT;
    for (unsigned i = w->change_count - kept; i < w->change_count; i++) {
        double ms = w->changes_ms[i % KEPT];
        if (ms <= at_ms)
            *before_ms = ms;
        else if (*after_ms == 0)
            *after_ms = ms;
    }
    pthread_mutex_unlock(&w->lock);
}
