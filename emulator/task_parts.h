/*
 * task_parts: what the files behind task.h share. Nobody else includes it.
 */
#ifndef EMULATOR_TASK_PARTS_H
#define EMULATOR_TASK_PARTS_H

#include "emulator/document.h"
#include "emulator/task.h"

#include <stdbool.h>

/* A task file while it is read: where errors are, and what is filled in. */
struct reading {
    const char *path;
    struct task *task;
    const struct node *root;
    struct gallery *gallery; /* the pictures of the steps */
    int depth;  /* 0: the task's own file; else of step files that include one another */
    int source; /* of the task's sources, from 1; 0: the task's own file */
};

/* Steps that are being collected. */
struct step_list {
    struct texts *texts;
    struct step_place **places; /* as many */
};

/* ERR_USAGE with "path:line: ". Returns false. */
bool reading_fail(const struct reading *r, int line, struct err *e, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* The value of a key of the root; NULL when it is not in the file. */
const struct node *reading_key(const struct reading *r, const char *name);

/* A key that a map may have, and what takes its value. */
struct key {
    const char *name;
    bool (*take)(struct reading *r, const struct node *value, struct err *e);
};

/* Gives every value of MAP to its key. NAME is for errors: "limits"; NULL for the file's own keys.
 */
bool keys_take(struct reading *r, const struct node *map, const char *name, const struct key *keys,
               int count, struct err *e);

/* Values by type; VALUE's key is named in errors. A value that is not there (a key with nothing
 * behind it) leaves OUT as it is. */
bool value_text(struct reading *r, const struct node *value, char **out, struct err *e);
bool value_texts(struct reading *r, const struct node *value, struct texts *out, struct err *e);
bool value_number(struct reading *r, const struct node *value, double least, double most,
                  double *out, struct err *e);

/* Is TEXT yes, true, no or false? Else OUT stays as it is. */
bool text_yes(const char *text, bool *out);

/* Keys with a form of their own (task_values.c, task_secrets.c). */
bool program_take(struct reading *r, const struct node *value, struct err *e);
bool environment_take(struct reading *r, const struct node *value, struct err *e);
bool screen_take(struct reading *r, const struct node *value, struct err *e);
bool fields_take(struct reading *r, const struct node *value, struct err *e);
bool language_take(struct reading *r, const struct node *value, struct err *e);
bool paste_take(struct reading *r, const struct node *value, struct err *e);
bool repeatable_take(struct reading *r, const struct node *value, struct err *e);
bool secrets_take(struct reading *r, const struct node *value, struct err *e);
bool secret_take(const char *text, struct task *task, struct err *e); /* NAME=env:VARIABLE */
bool key_take(struct reading *r, const struct node *value, struct err *e);

/* Keys that say what is done, and who decides (task_steps.c). */
bool steps_take(struct reading *r, const struct node *value, struct err *e);
bool before_take(struct reading *r, const struct node *value, struct err *e);
bool after_take(struct reading *r, const struct node *value, struct err *e);
bool submit_take(struct reading *r, const struct node *value, struct err *e);
bool expect_take(struct reading *r, const struct node *value, struct err *e);
bool close_take(struct reading *r, const struct node *value, struct err *e);
bool policy_take(struct reading *r, const struct node *value, struct err *e);
bool skill_take(struct reading *r, const struct node *value, struct err *e);

/* One line: a step, with the holes of WITH (NULL: none) filled in, or an include. */
bool step_line_take(struct reading *r, const struct data *with, const char *line, int number,
                    struct step_list *list, struct err *e);
void step_places_copy(struct step_place **to, const struct step_place *from, int count);

/* Fills in the parts of a step, never its line: a value with a quotation mark in it would end the
 * text that it stands in. */
bool step_fill(const struct data *names, struct step *step, struct err *e);

/* Step files (task_include.c). */
bool is_include(const char *line);
bool include_take(struct reading *r, const struct data *with, const char *line, int number,
                  struct step_list *list, struct err *e);
int task_source(struct task *t, const char *path); /* its number among the task's sources, from 1 */

#define TASK_SECONDS_MAX (7 * 24 * 3600)

/* What makes it a regression case (task_case.c). */
bool tags_take(struct reading *r, const struct node *value, struct err *e);
bool retries_take(struct reading *r, const struct node *value, struct err *e);
bool ignore_failure_take(struct reading *r, const struct node *value, struct err *e);
bool skip_take(struct reading *r, const struct node *value, struct err *e);
bool timeout_take(struct reading *r, const struct node *value, struct err *e);
bool data_take(struct reading *r, const struct node *value, struct err *e);
void traits_copy(struct test_traits *to, const struct test_traits *from);
void traits_finish(struct test_traits *t);

/* Files for the program's HOME (task_files.c). */
bool files_take(struct reading *r, const struct node *value, struct err *e);
bool files_fill(const struct data *names, const struct task *from, struct task *to, struct err *e);
void files_finish(struct task *t);

/* TEXT with NAMES (and SECRETS, if not NULL) filled in, owned by the caller; NULL stays NULL. */
bool text_fill_all(const struct data *names, const struct data *secrets, const char *text,
                   char **out, struct err *e);

/* The guard's rules (task_guard.c); guard_fill copies them with their holes filled in. */
bool guard_take(struct reading *r, const struct node *value, struct err *e);
bool guard_fill(const struct data *names, const struct guard_rules *from, struct guard_rules *to,
                struct err *e);

/* When every key is taken (task_check.c): the holes and secrets of the whole file, and what no key
 * can see alone. */
bool task_check(struct reading *r, struct err *e);

/* The same for a task that was made of arguments; what is wrong in them task_fill will say. */
void holes_of_arguments(struct task *t);

/* Tells OUT, which T was filled into with ROW (NULL: none), what it works on. */
void task_data_take(const struct task *t, const struct data *row, bool row_is_form,
                    struct task *out);

#define HOLE_HERE "here" /* the name that every task has */

/* Is every hole of the file a column (COLUMNS NULL: no table is given), a field where those may
 * stand, or {{here}}? CSV_PATH names the table in errors; NULL: it has no name. */
bool holes_check(const struct task *t, const char *csv_path, const struct data *columns,
                 struct err *e);

void texts_add(struct texts *t, const char *text);
void texts_finish(struct texts *t);

#endif
