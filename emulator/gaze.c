#include "emulator/gaze.h"

#include "base/buf.h"
#include "base/clock.h"
#include "base/thread.h"
#include "emulator/masks.h"
#include "trajectory/disk.h"
#include "trajectory/frames.h"
#include "vision/vision.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SHOTS      6
#define PLACES_MAX (MASKS_MAX + SECRECY_FIELDS_MAX)

struct shot {
    struct frame frame; /* owned; untouched when `same` */
    double taken_ms;
    char wall[EVENT_WALL_SIZE], title[FOCUS_TITLE_SIZE];
    bool same, still, picture;
};

struct gaze {
    const struct gaze_options *options; /* borrowed */
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;

    /* Under the lock: */
    struct shot shots[SHOTS]; /* a ring; what is in it is the thread's */
    int first, count;
    bool stopping;
    struct err failed;
    int pictures;

    /* The caller's: */
    uint64_t serial;

    /* The thread's: */
    struct vision *vision; /* owned */
    struct scene scene;
    struct frames *frames; /* owned */
    struct secrecy secrecy;
    struct masks masks;
    struct rect told[SECRECY_FIELDS_MAX]; /* places of secret fields that the scribe knows of */
    char title[FOCUS_TITLE_SIZE];         /* the same */
};

/* ---- looking ---- */

static void tell_place(struct gaze *g, const struct shot *shot, int i)
{
    const struct secret_field *field = &g->secrecy.fields[i];
    if (!field->there || memcmp(&g->told[i], &field->box, sizeof field->box) == 0)
        return;
    struct event event = {
        .kind = EVENT_SECRET, .mono_ms = shot->taken_ms, .note = field->label, .box = field->box};
    memcpy(event.wall, shot->wall, sizeof event.wall);
    scribe_note(g->options->scribe, &event);
    g->told[i] = field->box;
}

static void tell_title(struct gaze *g, const struct shot *shot)
{
    struct event event = {.kind = EVENT_WINDOW, .mono_ms = shot->taken_ms, .note = shot->title};
    if (strcmp(g->title, shot->title) == 0)
        return;
    memcpy(event.wall, shot->wall, sizeof event.wall);
    scribe_note(g->options->scribe, &event);
    memcpy(g->title, shot->title, sizeof g->title);
}

static void tell_focus(struct gaze *g, const struct shot *shot)
{
    struct focus_look look = {.taken_ms = shot->taken_ms, .applies = secrecy_applies(&g->secrecy)};
    struct point at;
    bool clicked = scribe_clicked(g->options->scribe, shot->taken_ms, &at);
    look.focus = secrecy_focus(&g->secrecy, &g->scene, clicked ? &at : NULL);
    memcpy(look.title, shot->title, sizeof look.title);
    for (int i = 0; look.focus == FOCUS_SECRET && i < g->secrecy.count && !*look.name; i++)
        if (g->secrecy.fields[i].there)
            snprintf(look.name, sizeof look.name, "%s", g->secrecy.fields[i].label);
    scribe_look(g->options->scribe, &look);
}

/* ---- pictures ---- */

static int places_to_mask(struct gaze *g, struct rect *out)
{
    struct data secrets = {0};
    int count = secrecy_places(&g->secrecy, out, SECRECY_FIELDS_MAX);
    scribe_secrets(g->options->scribe, &secrets);
    g->masks.secrets = &secrets;
    masks_find(&g->masks, &g->scene);
    memcpy(out + count, g->masks.rects, (size_t)g->masks.count * sizeof *out);
    g->masks.secrets = NULL;
    data_finish(&secrets);
    return count + g->masks.count;
}

static bool picture_keep(struct gaze *g, const struct shot *shot, struct err *e)
{
    struct rect places[PLACES_MAX];
    char name[32];
    int count = places_to_mask(g, places);
    struct event event = {
        .kind = EVENT_FRAME, .mono_ms = shot->taken_ms, .note = name, .still = shot->still};
    snprintf(name, sizeof name, "frames/%06d.png", g->pictures + 1);
    char *path = disk_path(g->options->directory, name);
    frames_put(g->frames, path, &shot->frame, places, count);
    free(path);
    memcpy(event.wall, shot->wall, sizeof event.wall);
    scribe_note(g->options->scribe, &event);
    return frames_check(g->frames, e);
}

/* A look that fails tells nothing of where keys go, and so they are not told. */
static bool shot_look(struct gaze *g, struct shot *shot, struct err *e)
{
    tell_title(g, shot);
    if (!shot->same) {
        if (!vision_read(g->vision, &shot->frame, &g->scene, e))
            return false;
        secrecy_look(&g->secrecy, &g->scene);
        for (int i = 0; i < g->secrecy.count; i++)
            tell_place(g, shot, i);
    }
    tell_focus(g, shot);
    return !shot->picture || picture_keep(g, shot, e);
}

/* ---- the thread ---- */

/* Called and left with the lock held. */
static void shot_take(struct gaze *g)
{
    struct err e = {0};
    struct shot *shot = &g->shots[g->first];
    pthread_mutex_unlock(&g->lock);
    bool fine = shot_look(g, shot, &e);
    pthread_mutex_lock(&g->lock);
    g->pictures += fine && shot->picture;
    if (!fine && g->failed.kind == ERR_NONE)
        g->failed = e;
    g->first = (g->first + 1) % SHOTS;
    g->count--;
    pthread_cond_broadcast(&g->changed);
}

static void *gaze_main(void *self)
{
    struct gaze *g = self;
    pthread_mutex_lock(&g->lock);
    while (g->count || !g->stopping) {
        if (g->count)
            shot_take(g);
        else
            pthread_cond_wait(&g->changed, &g->lock);
    }
    pthread_mutex_unlock(&g->lock);
    return NULL;
}

/* A free place at the end of the ring: the caller's until shot_shown. */
static struct shot *shot_new(struct gaze *g, double ms, const char *title)
{
    pthread_mutex_lock(&g->lock);
    while (g->count == SHOTS)
        pthread_cond_wait(&g->changed, &g->lock);
    struct shot *shot = &g->shots[(g->first + g->count) % SHOTS];
    pthread_mutex_unlock(&g->lock);
    shot->taken_ms = ms;
    clock_wall_at(ms, shot->wall, sizeof shot->wall);
    snprintf(shot->title, sizeof shot->title, "%s", title);
    return shot;
}

static void shot_shown(struct gaze *g)
{
    pthread_mutex_lock(&g->lock);
    g->count++;
    pthread_cond_broadcast(&g->changed);
    pthread_mutex_unlock(&g->lock);
}

void gaze_show(struct gaze *g, const struct frame *frame, struct rect changed, const char *title,
               bool still, bool picture)
{
    struct shot *shot = shot_new(g, frame->time_ms, title);
    frame_copy(&shot->frame, frame);
    shot->frame.serial = ++g->serial;
    shot->frame.changed = changed;
    shot->still = still;
    shot->picture = picture;
    shot->same = false;
    shot_shown(g);
}

void gaze_same(struct gaze *g, double ms, const char *title)
{
    struct shot *shot = shot_new(g, ms, title);
    shot->same = true;
    shot->picture = false;
    shot_shown(g);
}

bool gaze_check(struct gaze *g, struct err *e)
{
    pthread_mutex_lock(&g->lock);
    bool fine = g->failed.kind == ERR_NONE;
    if (!fine)
        *e = g->failed;
    pthread_mutex_unlock(&g->lock);
    return fine;
}

int gaze_pictures(struct gaze *g)
{
    pthread_mutex_lock(&g->lock);
    int pictures = g->pictures;
    pthread_mutex_unlock(&g->lock);
    return pictures;
}

/* ---- starting and stopping ---- */

static void gaze_free(struct gaze *g)
{
    frames_stop(g->frames, NULL);
    vision_destroy(g->vision);
    scene_finish(&g->scene);
    masks_finish(&g->masks);
    for (int i = 0; i < SHOTS; i++)
        frame_finish(&g->shots[i].frame);
    pthread_cond_destroy(&g->changed);
    pthread_mutex_destroy(&g->lock);
    free(g);
}

static bool gaze_run(struct gaze *g, struct err *e)
{
    int failure = thread_start(&g->thread, gaze_main, g);
    return failure == 0 || err_set(e, ERR_IO, "cannot start to look: %s", strerror(failure));
}

static bool frames_make(const struct gaze *g, struct err *e)
{
    char *path = disk_path(g->options->directory, "frames");
    bool made = disk_make_directories(path, e);
    free(path);
    return made;
}

struct gaze *gaze_start(const struct gaze_options *options, struct err *e)
{
    struct gaze *g = mem_zero(1, sizeof *g);
    g->options = options;
    g->secrecy.terms = options->secret;
    g->masks.typed = true; /* what is read here may be part of a secret: nobody else is told */
    pthread_mutex_init(&g->lock, NULL);
    pthread_cond_init(&g->changed, NULL);
    g->vision = vision_create(options->language, e);
    g->frames = g->vision && frames_make(g, e) ? frames_start(e) : NULL;
    if (g->frames) {
        vision_share_if(g->vision, masks_allow, &g->masks);
        if (gaze_run(g, e))
            return g;
    }
    gaze_free(g);
    return NULL;
}

bool gaze_stop(struct gaze *g, struct err *e)
{
    if (!g)
        return true;
    pthread_mutex_lock(&g->lock);
    g->stopping = true;
    pthread_cond_broadcast(&g->changed);
    pthread_mutex_unlock(&g->lock);
    pthread_join(g->thread, NULL);
    bool fine = gaze_check(g, e);
    bool written = frames_stop(g->frames, fine ? e : NULL);
    g->frames = NULL;
    gaze_free(g);
    return fine && written;
}
