/*
 * export_parts: what the files of export share.
 */
#ifndef TRAJECTORY_EXPORT_PARTS_H
#define TRAJECTORY_EXPORT_PARTS_H

#include "trajectory/acts.h"
#include "trajectory/export.h"
#include "trajectory/read.h"
#include "trajectory/tree.h"
#include "trajectory/words.h"

#define SPLITS_MAX 8
#define SIZES_MAX  32 /* of screens, in one export */

enum space { SPACE_PX, SPACE_UNIT, SPACE_THOUSAND, SPACE_SMART28, SPACE_SMART32, SPACES };

extern const char *const space_names[]; /* in the order of the kinds, ended by NULL */

/* One episode, read, with all that a format may want of it. */
struct exported {
    const char *id, *dir; /* borrowed */
    struct recording recording;
    struct acts acts;
    struct shot shot;
    char *goal; /* owned; what a model is asked to do; never "" */
    bool ends;  /* it is done, and there is a picture of that */
};

/* One picture and what is to be done: an act, or the end. */
struct sample {
    const struct exported *episode;
    const struct act *act; /* NULL: the goal is reached */
    int turn;              /* of the recording's turns, from 0: the act's, else the last */
    const char *step;      /* what is to be done, in words, or that the goal is reached; "" */
    int number;            /* in the episode, from 1 */
    const char *source;    /* path of the picture on disk */
    const char *picture;   /* path that it has in the export: images/ID/000001.png */
};

struct split {
    char name[32];
    double share;
    int episodes, samples;
};

struct export
{
    const struct export_request *request;
    const struct export_format *format;
    enum words_kind words;
    enum space space;
    struct shot_rule rule;
    long shrinks_at; /* as the format's, unless the trainer is told otherwise */
    struct split splits[SPLITS_MAX];
    int split_count;

    struct tree tree;
    struct export_report report;
    struct shot sizes[SIZES_MAX]; /* each that there was */
    int size_count;
    struct split *split; /* the one that is written */

    /* The formats' own, while they write: */
    FILE *rows;
    char *rows_path;     /* owned */
    struct shard *shard; /* owned */
    const char *folder;  /* of an episode, in the export */
    struct buf steps;    /* of an episode, as JSON */
    int step;            /* how many there are */
};

/* What the row of a conversation looks like. */
enum chat_row {
    CHAT_MESSAGES,      /* messages, and images beside them */
    CHAT_OBJECTS,       /* the same, and the places beside them */
    CHAT_PARTS,         /* messages of parts, and images */
    CHAT_CONVERSATIONS, /* only people and models, and one image */
};

/* Any of the functions may be NULL. */
struct export_format {
    const char *name;
    unsigned words_allowed;      /* bits of enum words_kind; 0: a form of its own */
    enum words_kind words;       /* unless others are asked for */
    unsigned spaces_allowed;     /* bits of enum space */
    enum space space;            /* unless another is asked for */
    const char *why;             /* no other space */
    long pixels_min, pixels_max; /* of the smart spaces: what its trainer begins with */
    long shrinks_at;             /* its trainer makes larger pictures smaller by a rule of its own,
                                    before the model's processor has its turn; 0: it does not */
    enum chat_row chat;          /* of chat_episode */
    bool (*split_begin)(struct export *x, struct err *e);
    bool (*episode)(struct export *x, const struct exported *episode, struct err *e);
    bool (*split_end)(struct export *x, struct err *e);
    bool (*finish)(struct export *x, struct err *e);
};

extern const struct export_format export_table[]; /* ends with a NULL name */

/* What REQUEST says, understood. ERR_USAGE. */
bool export_plan(struct export *x, const struct export_request *request, struct err *e);

/* Does it pass REQUEST's filters? They were checked. */
bool export_passes(const struct export_request *request, const struct recording *r);

/* How many of COUNT episodes each split gets, into its `episodes`. */
void export_share(struct export *x, int count);

/* Calls EACH for every sample of EPISODE that has a picture; what has none is counted as left out.
 * The picture itself is linked by who wants it: export_picture. */
bool export_samples(struct export *x, const struct exported *episode,
                    bool (*each)(struct export *x, const struct sample *s, struct err *e),
                    struct err *e);
bool export_picture(struct export *x, const char *source, const char *path, struct err *e);

/* One more action that is left out, and why. */
void export_left(struct export *x, const struct sample *s, const char *why);

/* The words of a sample, which the caller finishes. False: there are none, and it is left out. */
bool export_words(struct export *x, const struct sample *s, bool marks, struct words *out);

/* JSON (freed; NULL when there was no memory for it) as a line of `rows`. */
bool export_row(struct export *x, char *json, struct err *e);

/* A file of the export, opened as `rows` and closed again: PATH, or SPLIT.jsonl for the first. */
bool export_open(struct export *x, const char *path, struct err *e);
bool export_rows_begin(struct export *x, struct err *e);
bool export_rows_end(struct export *x, struct err *e);

/* ---- the families ---- */

bool chat_episode(struct export *x, const struct exported *episode, struct err *e);
bool chat_llamafactory_finish(struct export *x, struct err *e);
bool record_episode(struct export *x, const struct exported *episode, struct err *e);
bool imagefolder_begin(struct export *x, struct err *e);
bool imagefolder_episode(struct export *x, const struct exported *episode, struct err *e);
bool shard_begin(struct export *x, struct err *e);
bool shard_episode(struct export *x, const struct exported *episode, struct err *e);
bool shard_end(struct export *x, struct err *e);
bool agentnet_episode(struct export *x, const struct exported *episode, struct err *e);
bool osworld_episode(struct export *x, const struct exported *episode, struct err *e);

/* A row with everything (owned by the caller; NULL: no memory), the PICTURE's path in MEMBER (NULL:
 * in none). */
char *record_text(const struct export *x, const struct sample *s, const char *member,
                  const char *picture);

#endif
