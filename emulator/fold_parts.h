/*
 * fold_parts: what the files behind fold.h share. Nobody else includes it.
 */
#ifndef EMULATOR_FOLD_PARTS_H
#define EMULATOR_FOLD_PARTS_H

#include "emulator/fold.h"
#include "trajectory/events.h"
#include "trajectory/lesson.h"
#include "vision/vision.h"

/* A picture of the log. */
struct still {
    int event;         /* of the log */
    double ms;         /* when it was taken */
    int scene;         /* of the recording's scenes; -1: not read yet, or unreadable */
    const char *title; /* of the active window; borrowed */
};

/* A gesture with what stood on the screen around it. */
struct moment {
    int before;  /* stills; -1: none. The last one before the pointer began to move, */
    int after;   /* the first one after it, */
    int settled; /* and the last one before whatever came next */
    int done;    /* the event that ended it: the last press of a key, or release of a button */
};

struct folding {
    const char *dir;
    const struct fold_options *options;
    struct event_log log; /* owned, as is all that follows */
    struct gestures gestures;
    struct still *stills;
    int still_count;
    struct moment *moments;     /* name for name with the gestures */
    struct recording recording; /* two turns a gesture: what was done, and what came of it */
    struct lesson lesson;       /* all that was done, in steps */
    struct vision *vision;
    struct frame frame;
};

/* When an event of the log was, on the clock that all of them have. */
double fold_ms(const struct folding *f, int event);

/* Which pictures belong to which gesture (fold_moments.c). Reads those that this depends on. */
void fold_moments(struct folding *f);

/* The scene of a picture (-1: none), an index of the recording's; it is read once. -1: there is
 * none. */
int fold_scene(struct folding *f, int still);

/* The pixels of a picture. ERR_USAGE: it is missing, as the last one after a kill. */
bool fold_load(const struct folding *f, int still, struct frame *out, struct err *e);

/* What is left without a name gets a picture of it in the folder (fold_pictures.c), where that is
 * seen nowhere else. ERR_IO. */
bool fold_pictures(struct folding *f, struct err *e);

/* Was all read that was to be? After a stop nothing is, and what has no scene has no name:
 * ERR_STOPPED. */
bool fold_all_read(struct err *e);

/* The picture's file, relative to the folder; NULL for none. */
const char *fold_file(const struct folding *f, int still);

/* The trajectory (fold_write.c). STEPS: of the lesson, for each gesture, -1 for none; LINES: of all
 * steps of the lesson. Returns how many turns it has; 0: ERR_IO, ERR_STOPPED. */
int fold_write(struct folding *f, const int *steps, char *const *lines, struct err *e);

#endif
