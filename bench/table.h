/*
 * table: what was measured: hem beside what a user would use instead, as ratios; for people and as
 * JSON. What could not be measured stands in it as well, and says why.
 */
#ifndef BENCH_TABLE_H
#define BENCH_TABLE_H

#include "base/err.h"

#define TABLE_ROWS_MAX  128
#define TABLE_NOTE_SIZE 160
#define SAMPLES_MAX     256

struct row {
    const char *what; /* static text */
    const char *unit; /* "ms", "s", "MB" */
    double hem;       /* < 0: not measured */
    double instead;   /* < 0: not measured; 0: there is nothing to set beside it */
    const char *with; /* what was used instead, static text; NULL: nothing */
    double ratio;     /* 0: instead / hem */
    char note[TABLE_NOTE_SIZE];
};

struct table {
    struct row rows[TABLE_ROWS_MAX];
    int count;
};

/* A new row to be filled in, with nothing measured yet. When the table is full, the last one again.
 */
struct row *table_add(struct table *t, const char *what, const char *unit, const char *with);
void row_note(struct row *r, const char *format, ...) __attribute__((format(printf, 2, 3)));

void table_print(const struct table *t);
bool table_write(const struct table *t, const char *path, struct err *e);

/* Times of one thing done several times. Zero-initialised is empty. */
struct samples {
    double values[SAMPLES_MAX];
    int count;
};

void samples_add(struct samples *s, double value); /* more than SAMPLES_MAX are dropped */
double samples_at(struct samples *s,
                  double part); /* 0.5: the median; -1 without samples; sorts them */

#endif
