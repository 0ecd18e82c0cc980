/*
 * keeper_message: what hem and its keeper say to each other, over a socket pair that keeps messages
 * apart (SOCK_SEQPACKET). For keeper.c and keeper_process.c only.
 *
 * hem sends a request with descriptors: a memfd with the argument and environment strings, each
 * terminated; the working directory; input, output and error; and perhaps one more. The end of the
 * connection means: end everything.
 */
#ifndef EMULATOR_KEEPER_MESSAGE_H
#define EMULATOR_KEEPER_MESSAGE_H

#include <stdbool.h>
#include <sys/types.h>

enum keeper_descriptor {
    KEEPER_STRINGS,
    KEEPER_DIRECTORY,
    KEEPER_IN,
    KEEPER_OUT,
    KEEPER_ERROR,
    KEEPER_PASSED, /* may be missing */
    KEEPER_DESCRIPTORS
};

struct keeper_request {
    int argument_count, environment_count;
    int death_signal;
    bool last;
};

enum keeper_report_kind {
    KEEPER_STARTED, /* answers a request; value: 0, or the errno of why not */
    KEEPER_ENDED    /* value: the wait status */
};

struct keeper_report {
    enum keeper_report_kind kind;
    pid_t pid;
    int value;
};

/* What the keeper's process does. SOCKET and PARENT (a pidfd, or -1) are its own. Never returns. */
void keeper_process(int socket, int parent, const char *const *directories, int directory_count)
    __attribute__((noreturn));

#endif
