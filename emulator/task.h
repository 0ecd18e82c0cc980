/*
 * task: a file that says which program, which goal, fields or steps, which limits. YAML (and so
 * JSON), see docs/tasks.md.
 *
 * Reading checks everything before anything starts: an unknown key, a misspelt verb, a wrong type
 * is ERR_USAGE with "file:line: ", the thing, and what would be right.
 */
#ifndef EMULATOR_TASK_H
#define EMULATOR_TASK_H

#include "base/data.h"
#include "base/err.h"
#include "base/step.h"
#include "policy/guard.h"

#include <stdbool.h>

#define TASK_FILE_MAX_BYTES (4 << 20)

struct texts {
    char **items; /* owned, each owned; ends with NULL once it is not NULL itself */
    int count;
};

struct limits {
    double seconds;     /* wall clock of one episode; default 300 */
    int turns;          /* default 1000 */
    double dollars;     /* for models; default 1.0 */
    double run_dollars; /* for all rows together; default: negative, none */
};

/* Where a step stands. */
struct step_place {
    int line;
    int source; /* of the task's sources, from 1; 0: the task's own file */
};

/* What counts only where the task is a regression case. */
struct test_traits {
    struct texts tags;
    char *skip;          /* owned; why it is not tried; NULL: it is */
    int retries;         /* how often it is tried again; below 0: it does not say */
    bool ignore_failure; /* its failure is told, but does not count */
    struct data *rows;   /* owned; one case each; NULL: it is one case */
    int row_count;
    char *rows_path; /* owned; the table that they come from; NULL: they stand in the task */
};

/* A file that is there when the program starts, in its HOME. */
struct task_file {
    char *name; /* owned; seen from HOME */
    char *text; /* owned; what it holds; NULL: a copy of */
    char *from; /* owned; this file */
};

/* A {{name}} in one of the file's texts. */
struct task_hole {
    char *name; /* owned */
    int line;
    bool in_fields; /* in a value of `fields`, where fields' own names mean nothing */
    bool in_work;   /* in the goal or a step */
};

struct task {
    char *path;                     /* owned; where it was read; NULL for one made of arguments */
    char *directory;                /* owned, absolute; {{here}} */
    char *name;                     /* owned; default: the file's name without its ending */
    struct texts program;           /* argv; empty: no program */
    struct texts environment;       /* NAME=value */
    int width, height;              /* default 1280x800 */
    char *window_manager;           /* owned; NULL: the default */
    char *goal;                     /* owned or NULL */
    struct data fields;             /* in the file's order; a list gives one datum an item */
    struct texts steps;             /* lines of the step language, checked */
    struct step_place *step_places; /* owned; where each step stands; NULL: made of a goal */
    struct texts after; /* steps that are done when the others have ended, however they did */
    struct step_place *after_places; /* owned; as many */
    struct texts sources;            /* paths of step files */
    double *pauses_ms;   /* owned; how long a skill waits before each step; NULL: it doesn't */
    char *submit;        /* owned or NULL; the text on a button */
    struct texts expect; /* each what stands after `expect` in a step: `"Thank you"` */
    char *policy;        /* owned; auto form literal script skill skill:FILE
                            model:PROVIDER/NAME */
    char *key;           /* owned or NULL; for the model's server, resolved like a secret */
    char *model;         /* owned or NULL; PROVIDER/NAME of who goes on where others can't */
    char *skill;         /* owned or NULL; the file of a skill that is tried first */
    struct data secrets; /* resolved values (env:NAME, file:PATH) */
    struct texts secret_names_of_fields; /* fields of that name get the secret of that name */
    struct limits limits;
    struct texts close; /* each what stands after `click` in a step: it closes what covers things */
    struct guard_rules guard;
    char *language;  /* owned; Tesseract's; NULL: eng */
    char *paste;     /* owned; the keys that long texts may be pasted with; NULL: none may */
    char *stop_file; /* owned; the run ends when it is there (base/stop.h); NULL: none */
    struct task_file *files; /* owned */
    int file_count;
    struct test_traits test;
    bool repeatable;         /* a row that may have been sent may be sent again */
    struct task_hole *holes; /* owned; all of the file but {{secret:...}} */
    int hole_count;

    /* Of a filled task: all that a hole may name, {{here}} first; what the task works on; and, name
     * for name, the hole that stands for each value: "{{First name}}", "" for what is the same in
     * every row. */
    struct data names, data, data_holes;
};

bool task_read(const char *path, struct task *out, struct err *e);

/* A task of arguments: a goal and a program. ARGV may be NULL or empty. */
void task_from_goal(const char *goal, char *const argv[], struct task *out);

/*
 * A copy with every {{column}} of ROW (NULL: none) and {{here}} filled in, in all texts; fields'
 * own names may stand everywhere but in fields. A name that is nowhere is ERR_USAGE with file and
 * line. {{secret:name}} stays but in environment; a cell that holds {{ is refused, for what stands
 * in a table must not name a secret. A form (by its policy, or because something is submitted)
 * without fields takes the row's columns for its fields. A literal goal with holes becomes steps
 * (and the policy script), so that what stands in a table never is part of the instruction.
 * ERR_USAGE, too, when there is nothing to do: no fields, steps, goal or expect.
 */
bool task_fill(const struct task *t, const struct data *row, struct task *out, struct err *e);

/* Checks that every {{name}} of the task is a column of HEADER (names without values), before
 * anything starts. */
bool task_check_columns(const struct task *t, const char *csv_path, const struct data *header,
                        struct err *e);

/*
 * Is the file in PATH one of those that are cases where a whole folder is tested? A map with
 * `steps` in it, but no skill. ERR_USAGE when it is no YAML.
 */
bool task_is_case(const char *path, bool *out, struct err *e);

/* "file" of a step's place. */
const char *step_place_path(const struct task *t, struct step_place place);

/* Puts "file:line: " of step I before what E says, where the task came of a file and has PLACES
 * (step_places, after_places); returns false. */
bool step_place_blame(const struct task *t, const struct step_place *places, int i, struct err *e);

void task_finish(struct task *t);

#endif
