/*
 * scribe: writes down what a person does, as it comes: leaves out the hotkeys, holds back a key
 * until it is known that it was nothing secret, and keeps the order of all.
 *
 * Threads: every function may be called from any.
 */
#ifndef EMULATOR_SCRIBE_H
#define EMULATOR_SCRIBE_H

#include "base/data.h"
#include "base/err.h"
#include "base/event.h"
#include "emulator/focuses.h"
#include "trajectory/events.h"

#include <stdbool.h>

struct scribe;

struct scribe_options {
    const char *directory;
    struct events_head head;
    const char *pause_key, *stop_key; /* "Ctrl+Alt+P" */
};

/* How it stands. */
struct scribe_state {
    long events; /* of hands, told so far */
    long secret; /* of those: without saying which key it was */
    int unsure;  /* how often it could not be known where keys went */
    bool paused;
    bool stopped;      /* by the hotkey */
    double waits_ms;   /* since when a key waits for a look; 0: none does */
    double hands_ms;   /* when hands last did anything */
    double busy_ms;    /* when they last typed or turned the wheel */
    double moved_ms;   /* when the pointer last moved or a button was pressed */
    struct err failed; /* what could not be written; ERR_NONE */
};

struct scribe *scribe_create(const struct scribe_options *options, struct err *e);

/* An event of the ear's; SELF: the scribe. */
void scribe_hear(void *self, const struct event *event);

/* Notes what is no hands' event: its kind, times and what the kind has. */
void scribe_note(struct scribe *s, const struct event *event);

/* What the eyes saw: keys that waited for it are told. */
void scribe_look(struct scribe *s, const struct focus_look *look);

/* Where was the last click that may have moved the focus, as of MS? False: it was no click. */
bool scribe_clicked(struct scribe *s, double ms, struct point *out);

/* Keys that have waited since before MS wait no more: it isn't told which they were. */
void scribe_give_up(struct scribe *s, double ms);

/* Adds what was typed and must be shown nowhere. */
void scribe_secrets(struct scribe *s, struct data *out);

void scribe_state(struct scribe *s, struct scribe_state *out);

/* Writes what still waits, the last line with WHY, and ends. False: something could not be written.
 * Frees. Takes NULL. */
bool scribe_close(struct scribe *s, const char *why, struct err *e);

#endif
