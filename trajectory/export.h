/*
 * export: recorded episodes as data for training: which formats there are, in which words the
 * actions are written, and which pixels or parts of a picture the numbers count. docs/training.md
 * describes each.
 */
#ifndef TRAJECTORY_EXPORT_H
#define TRAJECTORY_EXPORT_H

#include "base/err.h"
#include "trajectory/words.h"

/* What a model is told before, for the words of each kind. */
struct export_prompt {
    const char *system;
    const char *function; /* JSON: the function that it is to call; NULL: none */
};

struct export_request {
    const char *const *dirs; /* folders with episodes: found.h */
    int dir_count;
    const char *out;     /* the folder to be made */
    const char *goal;    /* of episodes that have none; NULL: what they are called */
    const char *format;  /* "llamafactory" */
    const char *actions; /* the words: "qwen"; NULL: the format's own */
    const char *coords;  /* "px", "unit", "thousand", "smart28", "smart32"; NULL: the same */
    long pixels_min, pixels_max; /* of smart28 and smart32; 0: the format's own */
    long shard_bytes;            /* of webdataset; 0: 1 GiB */
    const char *split;           /* "train=0.9,val=0.1"; NULL: all is "train" */
    const char *const *filters;  /* "outcome=done", "policy=form", "task=registration" */
    int filter_count;
    const struct export_prompt *prompts; /* WORDS_KINDS of them */
};

struct export_report {
    int episodes, samples, pictures;
    int filtered;  /* episodes that the filters left out */
    int left_out;  /* actions ... */
    char why[256]; /* ... and why the first of them */
};

/*
 * Writes REQUEST's folder, which is there as a whole afterwards or not at all. ERR_USAGE: what is
 * asked for makes no sense, or a trainer would misread it; no episodes; a record that can't be read
 * (of one that the filters leave out, its episode.json). ERR_TASK: the filters leave nothing, or
 * nothing was done in the episodes. ERR_STOPPED.
 */
bool export_write(const struct export_request *request, struct export_report *report,
                  struct err *e);

#endif
