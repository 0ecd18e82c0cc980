#include "emulator/video.h"

#include "base/stop.h"
#include "emulator/keeper.h"
#include "emulator/video_marks.h"
#include "trajectory/disk.h"
#include "vision/picture.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define ARGUMENTS_MAX 64
#define SAID_MAX      600 /* bytes of what ffmpeg said, in an error */

extern char **environ;

struct video {
    const struct video_request *request;
    struct recording recording; /* owned */
    struct timeline timeline;   /* owned */
    bool webm;
    char *part;                  /* owned; the video while it is not finished yet */
    struct draft captions;       /* the WebVTT file */
    struct frame picture, drawn; /* owned */
    const char *shown;           /* which picture that is; NULL: none */

    struct keeper *keeper; /* owned */
    pid_t encoder;
    int pixels; /* to it; -1: none */
    FILE *said; /* owned; its standard error */
};

/* ---- the encoder ---- */

struct arguments {
    const char *items[ARGUMENTS_MAX];
    int count;
};

static void add(struct arguments *a, const char *const *more)
{
    for (; *more && a->count < ARGUMENTS_MAX - 1; more++)
        a->items[a->count++] = *more;
    a->items[a->count] = NULL;
}

#define ADD(a, ...) add(a, (const char *const[]){__VA_ARGS__, NULL})

static bool encoder_start(struct video *v, struct err *e)
{
    int ends[2];
    char size[32], rate[16];
    struct buf captions = {0}, out = {0};
    struct arguments a = {0};
    snprintf(size, sizeof size, "%dx%d", v->recording.width, v->recording.height);
    snprintf(rate, sizeof rate, "%d", v->request->fps);
    buf_addf(&captions, "file:%s", v->captions.part_path); /* whatever else is in the name */
    buf_addf(&out, "file:%s", v->part);
    ADD(&a, "ffmpeg", "-hide_banner", "-nostdin", "-loglevel", "error", "-y");
    ADD(&a, "-f", "rawvideo", "-pix_fmt", "bgr0", "-s", size, "-r", rate, "-i", "pipe:3");
    if (v->timeline.caption_count)
        ADD(&a, "-f", "webvtt", "-i", buf_text(&captions), "-map", "0:v", "-map", "1:s");
    ADD(&a, "-vf", "pad=ceil(iw/2)*2:ceil(ih/2)*2", "-pix_fmt", "yuv420p");
    if (v->webm)
        ADD(&a, "-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-row-mt", "1",
            "-crf", "32", "-b:v", "0", "-c:s", "webvtt", "-f", "webm");
    else
        ADD(&a, "-c:v", "libx264", "-preset", "veryfast", "-crf", "23", "-c:s", "mov_text",
            "-movflags", "+faststart", "-f", "mp4");
    ADD(&a, buf_text(&out));
    v->said = tmpfile();
    v->keeper = keeper_create((const char *const[KEEPER_DIRECTORIES_MAX]){NULL}, e);
    bool started = v->keeper && v->said && pipe2(ends, O_CLOEXEC) == 0;
    if (started) {
        struct keeper_start what = {.argv = a.items,
                                    .environment = environ,
                                    .out = -1,
                                    .error = fileno(v->said),
                                    .passed = ends[0]};
        started = keeper_start(v->keeper, &what, &v->encoder, e) ||
                  (errno == ENOENT && err_append(e, " (Debian's package ffmpeg has it)"));
        close(ends[0]);
        v->pixels = ends[1];
    } else if (v->keeper) {
        err_set(e, ERR_IO, "cannot start ffmpeg: %s", strerror(errno));
    }
    buf_finish(&captions);
    buf_finish(&out);
    return started;
}

static bool encoder_failed(struct video *v, struct err *e)
{
    char text[SAID_MAX + 1] = "";
    rewind(v->said);
    size_t length = fread(text, 1, SAID_MAX, v->said);
    while (length > 0 && text[length - 1] == '\n')
        length--;
    text[length] = '\0';
    return err_set(e, ERR_PROGRAM, "ffmpeg failed%s%s", length ? ": " : "", text);
}

static bool stopped(struct err *e)
{
    return err_set(e, ERR_STOPPED, "%s", stop_reason());
}

/* What it is still to do takes as long as it takes. */
static bool encoder_end(struct video *v, struct err *e)
{
    int status = 0;
    close(v->pixels);
    v->pixels = -1;
    while (!keeper_ended(v->keeper, v->encoder, &status)) {
        struct pollfd fds[] = {{keeper_fd(v->keeper), POLLIN, 0}, {stop_fd(), POLLIN, 0}};
        if (stop_requested())
            return stopped(e);
        poll(fds, 2, -1);
    }
    return status == 0 || encoder_failed(v, e);
}

static bool frame_send(struct video *v, struct err *e)
{
    const char *at = (const char *)v->drawn.pixels;
    size_t left = (size_t)v->drawn.width * (size_t)v->drawn.height * sizeof *v->drawn.pixels;
    while (left > 0) {
        ssize_t n = write(v->pixels, at, left);
        if (stop_requested())
            return stopped(e);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return encoder_failed(v, e);
        at += n;
        left -= (size_t)n;
    }
    return true;
}

/* ---- the pictures ---- */

/* The picture of M, on the whole screen: what it does not cover is black. One that a killed run did
 * not come to write is left out: the one before stays. */
static bool picture_take(struct video *v, const struct moment *m, struct err *e)
{
    struct frame read = {0};
    char *path = *m->frame ? disk_path(v->request->dir, m->frame) : NULL;
    bool there = path && access(path, F_OK) == 0;
    bool taken = !there || picture_read(path, &read, e);
    if (taken && there) {
        frame_resize(&v->picture, v->recording.width, v->recording.height);
        frame_paint(&v->picture, frame_rect(&v->picture), 0);
        for (int y = 0; y < read.height && y < v->picture.height; y++)
            memcpy(v->picture.pixels + (size_t)y * (size_t)v->picture.stride,
                   read.pixels + (size_t)y * (size_t)read.stride,
                   sizeof *read.pixels *
                       (size_t)(read.width < v->picture.width ? read.width : v->picture.width));
    }
    v->shown = m->frame;
    frame_finish(&read);
    free(path);
    return taken;
}

/* The first that there is: a film does not begin in the dark. */
static bool picture_first(struct video *v, struct err *e)
{
    for (int i = 0; i < v->timeline.moment_count && !v->picture.pixels; i++)
        if (!picture_take(v, &v->timeline.moments[i], e))
            return false;
    return v->picture.pixels || err_set(e, ERR_TASK, "%s has no pictures", v->request->dir);
}

static bool frames_send(struct video *v, struct err *e)
{
    const struct timeline *t = &v->timeline;
    int count = (int)(t->seconds * v->request->fps + 0.5), now = 0;
    for (int i = 0; i < count || i == 0; i++) {
        double seconds = (double)i / v->request->fps;
        while (now < t->moment_count - 1 && t->moments[now].end_s <= seconds)
            now++;
        if (t->moments[now].frame != v->shown && !picture_take(v, &t->moments[now], e))
            return false;
        frame_copy(&v->drawn, &v->picture);
        video_marks_draw(&v->drawn, t, seconds);
        if (!frame_send(v, e))
            return false;
    }
    return true;
}

/* ---- the whole ---- */

static char *joined(const char *path, size_t length, const char *end)
{
    struct buf out = {0};
    buf_addf(&out, "%.*s%s", (int)length, path, end);
    return buf_take(&out);
}

static bool paths_make(struct video *v, struct err *e)
{
    const char *path = v->request->path, *dot = strrchr(path, '.');
    v->webm = dot && strcmp(dot, ".webm") == 0;
    if (!v->webm && (!dot || strcmp(dot, ".mp4") != 0))
        return err_set(e, ERR_USAGE, "%s: a video is called .mp4 or .webm", path);
    v->part = joined(path, strlen(path), ".part");
    return true;
}

static bool episode_read(struct video *v, struct err *e)
{
    const struct recording *r = &v->recording;
    if (!recording_read(v->request->dir, &v->recording, e))
        return false;
    if (!frame_may_be(r->width, r->height))
        return err_set(e, ERR_USAGE, "%s: a screen of %dx%d", v->request->dir, r->width, r->height);
    return timeline_make(r, &v->request->pace, &v->timeline, e) ||
           err_prefix(e, "%s: ", v->request->dir);
}

/* The encoder reads them before they have their name. */
static bool captions_write(struct video *v, struct err *e)
{
    struct buf text = {0};
    const char *path = v->request->path;
    char *captions = joined(path, (size_t)(strrchr(path, '.') - path), ".vtt");
    bool written = draft_open(&v->captions, captions, e);
    timeline_vtt(&v->timeline, &text);
    if (written) {
        written = (fwrite(buf_text(&text), 1, text.length, v->captions.file) == text.length &&
                   fflush(v->captions.file) == 0) ||
                  err_set(e, ERR_IO, "cannot write %s: %s", captions, strerror(errno));
    }
    buf_finish(&text);
    free(captions);
    return written;
}

static bool publish(struct video *v, struct err *e)
{
    if (!draft_commit(&v->captions, false, e))
        return false;
    return rename(v->part, v->request->path) == 0 ||
           err_set(e, ERR_IO, "cannot put %s in its place: %s", v->request->path, strerror(errno));
}

static void video_finish(struct video *v)
{
    if (v->pixels >= 0)
        close(v->pixels);
    keeper_destroy(v->keeper);
    if (v->said)
        fclose(v->said);
    if (v->part)
        unlink(v->part);
    free(v->part);
    draft_drop(&v->captions);
    frame_finish(&v->picture);
    frame_finish(&v->drawn);
    timeline_finish(&v->timeline);
    recording_finish(&v->recording);
}

bool video_make(const struct video_request *request, struct video_report *report, struct err *e)
{
    struct video v = {.request = request, .pixels = -1};
    bool made = paths_make(&v, e) && episode_read(&v, e) && picture_first(&v, e) &&
                captions_write(&v, e) && encoder_start(&v, e) && frames_send(&v, e) &&
                encoder_end(&v, e) && publish(&v, e);
    if (made)
        *report = (struct video_report){.seconds = v.timeline.seconds,
                                        .captions = v.timeline.caption_count,
                                        .width = v.recording.width,
                                        .height = v.recording.height};
    video_finish(&v);
    return made;
}
