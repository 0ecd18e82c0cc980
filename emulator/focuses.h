/*
 * focuses: what is known of where keys went, from one moment at which the focus may have moved to
 * the next. The eyes look now and then, and see a screen that has caught up with the hands or not:
 * a key's place is known when a look between those moments shows it, and one after the key, too.
 *
 * Times are clock_ms.
 */
#ifndef EMULATOR_FOCUSES_H
#define EMULATOR_FOCUSES_H

#include "emulator/secrecy.h"

#define FOCUSES_MAX       64
#define FOCUS_TITLE_SIZE  128
#define FOCUS_NAME_SIZE   64
#define FOCUS_CATCH_UP_MS 150 /* until a program shows where the focus has gone */
#define FOCUS_ECHO_MS     100 /* until it shows what was typed, or a dot for it */

/* What the eyes saw. */
struct focus_look {
    double taken_ms;
    enum focus focus;
    bool applies;                 /* something secret is on the screen */
    char title[FOCUS_TITLE_SIZE]; /* of the active window */
    char name[FOCUS_NAME_SIZE];   /* of the secret field that has the focus; "" for none */
};

struct focus_span {
    int id; /* from 1; 0: free */
    double since_ms;
    bool clicked; /* the focus moved by a click */
    struct point at;
    bool seen; /* a look has shown it */
    enum focus worst;
    char name[FOCUS_NAME_SIZE];
    struct focus_look before; /* the last look before it; taken_ms 0: none */
};

/* Zero-initialised is valid. */
struct focuses {
    struct focus_span spans[FOCUSES_MAX]; /* by id */
    int now;                              /* id of the one that lasts; 0: none yet */
    struct focus_look last;
};

/* The focus may have moved. CLICKED: by a click there; NULL: by a key, or nobody knows. */
void focuses_move(struct focuses *f, double ms, const struct point *clicked);

/* Takes a look into account. They come in order. */
void focuses_look(struct focuses *f, const struct focus_look *look);

/* Where did a key go at MS, while span ID lasted? False when that isn't known yet: no look came
 * that was taken after it. */
bool focuses_tell(const struct focuses *f, int id, double ms, enum focus *out);

/* The span that lasted at MS; NULL: none is known any more. */
const struct focus_span *focuses_at(const struct focuses *f, double ms);
const struct focus_span *focuses_span(const struct focuses *f, int id);

#endif
