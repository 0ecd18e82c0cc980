/*
 * video: a recorded episode as a film: its pictures, with the pointer and its presses drawn in, and
 * the steps as captions, in a track of it and as WebVTT in a file beside it. ffmpeg makes it.
 */
#ifndef EMULATOR_VIDEO_H
#define EMULATOR_VIDEO_H

#include "base/err.h"
#include "trajectory/timeline.h"

struct video_request {
    const char *dir;  /* of the episode */
    const char *path; /* .mp4 or .webm; the captions go beside it, as .vtt */
    struct pace pace;
    int fps;
};

struct video_report {
    double seconds;
    int captions, width, height;
};

/* Both files are there in the end, or as they were before. ERR_USAGE: no episode, or another kind
 * of file; ERR_TASK: it has no pictures; ERR_PROGRAM: ffmpeg is missing (with its package) or
 * failed; ERR_IO; ERR_STOPPED. */
bool video_make(const struct video_request *request, struct video_report *report, struct err *e);

#endif
