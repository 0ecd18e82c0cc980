#include "trajectory/frames.h"

#include "base/buf.h"
#include "base/thread.h"
#include "trajectory/picture.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define MASK_COLOUR 0x808080u

struct frames {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;

    /* Under the lock: */
    bool waiting;  /* the picture below is to be written, and is the thread's until it is */
    bool stopping; /* end when nothing waits */
    bool failed;   /* `error` says why */
    struct err error;

    /* The caller's while nothing is waiting: */
    struct frame picture;
    char *path; /* owned */
};

/* Called and left with the lock held. */
static void picture_take(struct frames *f)
{
    struct err error = {0};
    pthread_mutex_unlock(&f->lock);
    bool written = picture_write(f->path, &f->picture, &error);
    pthread_mutex_lock(&f->lock);
    if (!written && !f->failed) {
        f->failed = true;
        f->error = error;
    }
    f->waiting = false;
    pthread_cond_signal(&f->changed);
}

static void *frames_main(void *self)
{
    struct frames *f = self;
    pthread_mutex_lock(&f->lock);
    while (f->waiting || !f->stopping) {
        if (f->waiting)
            picture_take(f);
        else
            pthread_cond_wait(&f->changed, &f->lock);
    }
    pthread_mutex_unlock(&f->lock);
    return NULL;
}

static void frames_free(struct frames *f)
{
    pthread_cond_destroy(&f->changed);
    pthread_mutex_destroy(&f->lock);
    frame_finish(&f->picture);
    free(f->path);
    free(f);
}

struct frames *frames_start(struct err *e)
{
    struct frames *f = mem_zero(1, sizeof *f);
    pthread_mutex_init(&f->lock, NULL);
    pthread_cond_init(&f->changed, NULL);
    int failure = thread_start(&f->thread, frames_main, f);
    if (failure == 0)
        return f;
    err_set(e, ERR_IO, "cannot start the thread that writes pictures: %s", strerror(failure));
    frames_free(f);
    return NULL;
}

void frames_put(struct frames *f, const char *path, const struct frame *frame,
                const struct rect *masks, int mask_count)
{
    pthread_mutex_lock(&f->lock);
    while (f->waiting)
        pthread_cond_wait(&f->changed, &f->lock);
    pthread_mutex_unlock(&f->lock);

    frame_copy(&f->picture, frame);
    for (int i = 0; i < mask_count; i++)
        frame_paint(&f->picture, masks[i], MASK_COLOUR);
    free(f->path);
    f->path = mem_text(path);

    pthread_mutex_lock(&f->lock);
    f->waiting = true;
    pthread_cond_signal(&f->changed);
    pthread_mutex_unlock(&f->lock);
}

bool frames_check(struct frames *f, struct err *e)
{
    pthread_mutex_lock(&f->lock);
    bool failed = f->failed;
    if (failed)
        err_set(e, f->error.kind, "%s", f->error.text);
    f->failed = false;
    pthread_mutex_unlock(&f->lock);
    return !failed;
}

bool frames_stop(struct frames *f, struct err *e)
{
    if (!f)
        return true;
    pthread_mutex_lock(&f->lock);
    f->stopping = true;
    pthread_cond_signal(&f->changed);
    pthread_mutex_unlock(&f->lock);
    pthread_join(f->thread, NULL);
    bool written = frames_check(f, e);
    frames_free(f);
    return written;
}
