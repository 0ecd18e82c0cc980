/*
 * batch_arguments: what the command line of `hem batch` said.
 */
#ifndef COMMANDS_BATCH_ARGUMENTS_H
#define COMMANDS_BATCH_ARGUMENTS_H

#include <stdbool.h>

#define BATCH_ROWS_MAX 64 /* that `retry` can be given by their numbers */

struct batch_arguments {
    const char *words[BATCH_ROWS_MAX + 2]; /* what is no option */
    int word_count;
    const char *rows, *run, *learn;
    const char *engine, *image; /* NULL: this machine; the usual */
    int emulators, tries;       /* 0: auto, the default */
    int chunk;                  /* rows; 0: the usual */
    double memory_mb;
    bool keep_failed, json, sent;
};

/* The numbers of rows that `retry` was given: word I, from 2. False: it is none (said in E). */
struct err;
bool batch_row_number(const char *word, int *out, struct err *e);

#endif
