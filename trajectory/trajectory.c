#include "trajectory/trajectory.h"

#include "base/clock.h"
#include "trajectory/disk.h"
#include "trajectory/format.h"
#include "trajectory/frames.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FRAME_NAME_SIZE 48 /* "frames/000001.png" */

struct trajectory {
    char *dir;                  /* owned */
    struct episode episode;     /* its texts are owned */
    const struct data *secrets; /* borrowed; NULL: none */
    double start_ms;
    char started[FORMAT_WALL_SIZE];

    struct journal turns; /* trajectory.jsonl */
    int turn_count;
    struct audit audit;

    struct frames *frames;       /* owned */
    char frame[FRAME_NAME_SIZE]; /* the newest picture; "": none yet */
    uint64_t frame_serial;       /* of that picture */
    struct expenses expenses;
    struct buf scene, scene_before; /* the newest summary, and the last one that was written */
};

/* The episode's texts are the caller's, and may be gone when it ends. */
static void episode_copy(struct episode *to, const struct episode *from)
{
    *to = *from;
    to->task = mem_text(from->task);
    to->path = mem_text(from->path);
    to->goal = mem_text(from->goal);
    to->policy = mem_text(from->policy);
    to->program = mem_text(from->program);
}

static void episode_finish(struct episode *episode)
{
    free((char *)episode->task);
    free((char *)episode->path);
    free((char *)episode->goal);
    free((char *)episode->policy);
    free((char *)episode->program);
}

static bool episode_write(const struct trajectory *t, const struct episode_state *state,
                          struct err *e)
{
    struct buf text = {0};
    char *path = disk_path(t->dir, FORMAT_EPISODE_FILE);
    bool written = format_episode(&t->episode, state, t->secrets, &text, e) &&
                   disk_write(path, &text, true, e);
    free(path);
    buf_finish(&text);
    return written;
}

static bool turns_open(struct trajectory *t, struct err *e)
{
    struct err why = {0};
    char *path = disk_path(t->dir, FORMAT_TURNS_FILE);
    bool opened = journal_open(&t->turns, path, &why);
    free(path);
    if (!opened && why.kind == ERR_USAGE)
        err_set(e, ERR_USAGE, "%s already holds a trajectory: name another directory", t->dir);
    else if (!opened)
        err_set(e, why.kind, "%s", why.text);
    return opened;
}

/* What was begun is taken back, so that the same directory can be used again. */
static bool directory_begin(struct trajectory *t, struct err *e)
{
    if (!disk_make_directories(t->dir, e) || !turns_open(t, e))
        return false;
    char *frames = disk_path(t->dir, FORMAT_FRAMES);
    bool begun =
        disk_make_directories(frames, e) && audit_open(&t->audit, t->dir, e) &&
        episode_write(t, &(struct episode_state){.started = t->started, .outcome = "running"}, e);
    if (!begun) {
        journal_drop(&t->turns);
        journal_drop(&t->audit.journal);
        rmdir(frames);
    }
    free(frames);
    return begun;
}

static void trajectory_free(struct trajectory *t)
{
    episode_finish(&t->episode);
    buf_finish(&t->scene);
    buf_finish(&t->scene_before);
    free(t->dir);
    free(t);
}

struct trajectory *trajectory_create(const char *dir, const struct episode *episode,
                                     const struct data *secrets, struct err *e)
{
    struct trajectory *t = mem_zero(1, sizeof *t);
    t->dir = mem_text(dir);
    t->secrets = secrets;
    t->start_ms = clock_ms();
    clock_wall(t->started, sizeof t->started);
    episode_copy(&t->episode, episode);
    t->frames = frames_start(e);
    if (t->frames && directory_begin(t, e))
        return t;
    frames_stop(t->frames, NULL);
    trajectory_free(t);
    return NULL;
}

/* The name of the picture that the turn was decided on: a new one, or the last when nothing has
 * changed since. */
static const char *frame_record(struct trajectory *t, const struct trajectory_turn *turn)
{
    const struct frame *frame = turn->frame;
    if (!frame)
        return NULL;
    if (!*t->frame || frame->serial != t->frame_serial) {
        snprintf(t->frame, sizeof t->frame, "%s/%06d.png", FORMAT_FRAMES, turn->number);
        t->frame_serial = frame->serial;
        char *path = disk_path(t->dir, t->frame);
        frames_put(t->frames, path, frame, turn->masks, turn->mask_count);
        free(path);
    }
    return t->frame;
}

/* The scene as JSON, or the word "same"; *OUT is NULL without a scene. */
static bool scene_record(struct trajectory *t, const struct scene *scene, const char **out,
                         struct err *e)
{
    *out = NULL;
    if (!scene)
        return true;
    buf_reset(&t->scene);
    if (!format_scene(scene, t->secrets, &t->scene, e))
        return false;
    *out = strcmp(buf_text(&t->scene), buf_text(&t->scene_before)) == 0 ? "\"same\""
                                                                        : buf_text(&t->scene);
    return true;
}

static bool turn_write(struct trajectory *t, const struct trajectory_turn *turn, struct err *e)
{
    char wall[FORMAT_WALL_SIZE];
    struct turn_stamp stamp = {.seconds = (clock_ms() - t->start_ms) / 1000, .wall = wall};
    struct buf line = {0};
    clock_wall(wall, sizeof wall);
    stamp.frame = frame_record(t, turn);
    bool written = scene_record(t, turn->scene, &stamp.scene, e) &&
                   format_turn(turn, &stamp, t->secrets, &line, e) &&
                   journal_append(&t->turns, &line, e);
    buf_finish(&line);
    if (!written)
        return false;
    t->turn_count++;
    if (turn->scene) {
        struct buf before = t->scene_before;
        t->scene_before = t->scene;
        t->scene = before;
    }
    return true;
}

bool trajectory_turn(struct trajectory *t, const struct trajectory_turn *turn, struct err *e)
{
    /* A picture that could not be written is no reason to lose the line as well. */
    bool pictures = frames_check(t->frames, e);
    if (!pictures)
        *t->frame = '\0'; /* try again, should the screen still be the same */
    return turn_write(t, turn, pictures ? e : NULL) && pictures;
}

void trajectory_spent(struct trajectory *t, const struct expenses *expenses)
{
    if (t)
        t->expenses = *expenses;
}

bool trajectory_audit(struct trajectory *t, const struct decision *d, struct err *e)
{
    return audit_add(&t->audit, d, t->secrets, e);
}

bool trajectory_close(struct trajectory *t, const char *outcome, const char *why,
                      const struct data *values, const struct phases *totals, double seconds,
                      struct err *e)
{
    if (!t)
        return true;
    char ended[FORMAT_WALL_SIZE];
    clock_wall(ended, sizeof ended);
    struct episode_state state = {.started = t->started,
                                  .ended = ended,
                                  .seconds = seconds,
                                  .outcome = outcome,
                                  .why = why,
                                  .values = values,
                                  .totals = totals,
                                  .expenses = &t->expenses,
                                  .turns = t->turn_count,
                                  .audit = &t->audit.end};
    bool pictures = frames_stop(t->frames, e);
    bool lines = journal_close(&t->turns, pictures ? e : NULL);
    bool audit = journal_close(&t->audit.journal, pictures && lines ? e : NULL);
    bool episode = episode_write(t, &state, pictures && lines && audit ? e : NULL);
    trajectory_free(t);
    return pictures && lines && audit && episode;
}
