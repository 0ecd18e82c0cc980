/*
 * message: what the supervisor of a batch and its emulators tell each other over a stream socket.
 * A message is a kind, what is said about it, and the cells of a row or the values that were read.
 */
#ifndef FLEET_MESSAGE_H
#define FLEET_MESSAGE_H

#include "base/data.h"
#include "base/err.h"

enum message_kind {
    MESSAGE_ROW,        /* to the emulator: do this row */
    MESSAGE_PLACED,     /* from it: the program is there */
    MESSAGE_COMMITTING, /* from it: the next action may send the row away; it waits for the answer
                         */
    MESSAGE_GO,         /* the answer: that is on disk, do it */
    MESSAGE_NO,         /* the answer: don't */
    MESSAGE_ENDED,      /* from it: how the row ended */
    MESSAGE_KINDS
};

struct message {
    enum message_kind kind;
    struct data about, cells;
};

/* Names and values of ABOUT. */
void message_say(struct message *m, const char *name, const char *value);
void message_number(struct message *m, const char *name, double value);
const char *message_text(const struct message *m, const char *name); /* "" for none */
double message_value(const struct message *m, const char *name);     /* 0 for none */
void message_finish(struct message *m);

/* Sends all of it, waiting for room. False: there is nobody any more. */
bool message_send(int socket, const struct message *m);

/* Adds what has come, without waiting, to INFLOW. False at its end. */
bool message_receive(int socket, struct buf *inflow);

/* The first message that INFLOW begins with, which is taken out of it: 1, 0 not all of it has come
 * yet, -1 that is no message. OUT is to be finished. */
int message_take(struct buf *inflow, struct message *out);

#endif
