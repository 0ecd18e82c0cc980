/*
 * find: the question "which element does this target mean?", so that policy/ can ask it without
 * knowing vision/. vision/find.h answers it; emulator/ brings the two together.
 */
#ifndef BASE_FIND_H
#define BASE_FIND_H

#include "base/err.h"
#include "base/scene.h"
#include "base/step.h"

enum found {
    FOUND_ONE,
    FOUND_NONE,      /* nothing fits; the error says what came nearest */
    FOUND_AMBIGUOUS, /* several fit as well; the error lists them with their boxes */
};

struct match {
    const struct element *element; /* NULL when plain text, a place or a picture was meant; borrowed
                                      from the scene */
    struct rect box;  /* where it is: the element's, the words', the picture's, or a 1x1 rect at a
                         place or at the point where a picture is to be clicked */
    const char *text; /* what was read there; borrowed until the scene changes or the next find */
    double score;     /* 0..1 */
    bool part;        /* plain words of a longer line, such as a sentence */
};

struct finder {
    enum found (*find)(void *self, const struct scene *scene, const struct target *target,
                       struct match *out, struct err *e);
    void *self; /* borrowed */
};

#endif
