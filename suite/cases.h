/*
 * cases: the regression cases of a run. A case is a task file (docs/tasks.md), or one of its rows.
 */
#ifndef SUITE_CASES_H
#define SUITE_CASES_H

#include "emulator/task.h"

struct test_case {
    char *id; /* owned; "form/contact[row 2]": unique, and the same in every run of these paths */
    char *place;             /* owned; the same as the name of a folder: "form-contact-row-2" */
    char *name;              /* owned */
    const struct task *task; /* borrowed from the cases; not filled in */
    const struct data *row;  /* borrowed from there; NULL: it has none */
    int row_number;          /* from 1; 0: none */
    int repeat;              /* from 1; 0: it is tried once */
};

struct cases {
    struct test_case *items; /* owned */
    int count;
    struct task **tasks; /* owned, each owned */
    int task_count;
};

/*
 * Reads all cases of PATHS: files, and folders, in which every *.yaml and *.yml counts that has
 * `steps` and is no skill. Everything that can be wrong with a case is said here, before anything
 * starts: ERR_USAGE with file and line.
 */
bool cases_read(char *const *paths, int count, struct cases *out, struct err *e);
void cases_finish(struct cases *c);

/* Adds a copy of C, as repetition REPEAT (0: none). */
void cases_add(struct cases *to, const struct test_case *c, int repeat);

#endif
