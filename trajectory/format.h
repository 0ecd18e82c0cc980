/*
 * format: what stands in the files of a trajectory, as JSON, in both directions.
 * docs/architecture.md describes it.
 *
 * Every text that is written has the values of SECRETS (NULL: none) replaced by their holes, and is
 * valid UTF-8.
 */
#ifndef TRAJECTORY_FORMAT_H
#define TRAJECTORY_FORMAT_H

#include "base/buf.h"
#include "trajectory/read.h"
#include "trajectory/trajectory.h"

#define FORMAT_SCHEMA       "hem-trajectory/1"
#define FORMAT_EPISODE_FILE "episode.json"
#define FORMAT_TURNS_FILE   "trajectory.jsonl"
#define FORMAT_FRAMES       "frames"
#define FORMAT_WALL_SIZE    32 /* of the wall clock, as a text */

/* What the record of a turn has beyond the turn. */
struct turn_stamp {
    double seconds;    /* since the episode began */
    const char *wall;  /* the wall clock */
    const char *frame; /* path of the picture that it was decided on; NULL: none */
    const char *scene; /* JSON; NULL: none */
};

/* How an episode stands. */
struct episode_state {
    const char *started, *ended; /* wall clock; NULL: not yet */
    double seconds;
    const char *outcome;
    const char *why;                 /* NULL: none */
    const struct data *values;       /* NULL: none */
    const struct phases *totals;     /* NULL: not known yet */
    const struct expenses *expenses; /* the same */
    int turns;
    const struct audit_end *audit; /* NULL: not known yet */
};

/* All append to OUT. ERR_IO only when there is no memory. */
bool format_scene(const struct scene *scene, const struct data *secrets, struct buf *out,
                  struct err *e);
bool format_turn(const struct trajectory_turn *turn, const struct turn_stamp *stamp,
                 const struct data *secrets, struct buf *out, struct err *e);
bool format_episode(const struct episode *episode, const struct episode_state *state,
                    const struct data *secrets, struct buf *out, struct err *e);

/* The line behind those that END is the end of. */
bool format_decision(const struct decision *d, const struct audit_end *end, const char *wall,
                     const struct data *secrets, struct buf *out, struct err *e);

/* What a turn's line says of its scene. */
enum format_scene {
    FORMAT_SCENE_NEW = 0,
    FORMAT_SCENE_NONE = -1,
    FORMAT_SCENE_SAME = -2, /* as the one before */
};

/* TEXT is one line of trajectory.jsonl. OUT's scene is one of enum format_scene, and what is new
 * goes into SCENE, which the caller finishes. ERR_USAGE with what is wrong with it; OUT and SCENE
 * are set on success only. */
bool format_read_turn(const char *text, size_t length_bytes, struct recorded_turn *out,
                      struct scene *scene, struct err *e);

/* A trajectory may come from elsewhere: its pictures lie in its own directory, and nowhere else. */
bool format_frame_path_may_be(const char *path);

struct read_decision {
    int line, turn;
    char before[AUDIT_HASH_SIZE];
};

/* One line of the audit. ERR_USAGE with what is wrong with it. */
bool format_read_decision(const char *text, size_t length_bytes, struct read_decision *out,
                          struct err *e);

/* ERR_USAGE; then OUT, which it fills but for the turns, is unchanged. */
bool format_read_episode(const char *text, size_t length_bytes, struct recording *out,
                         struct err *e);

#endif
