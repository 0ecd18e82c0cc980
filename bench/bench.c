/*
 * bench: hem beside what a user would use instead, in one run. Run from the root of the sources by
 * `make bench`; the table goes to standard output and as JSON to build/bench.json. Ratios count:
 * times are this machine's.
 *
 * With names of measures as arguments, only these; TRIALS in the environment says how often what is
 * tried many times is tried.
 */
#include "base/log.h"
#include "base/stop.h"
#include "bench/measures.h"
#include "bench/program.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RESULT "build/bench.json"

void measure_failed(struct table *t, const char *what, const struct err *e)
{
    struct row *r = table_add(t, what, "", NULL);
    row_note(r, "not measured: %s", e->text);
}

int measures_trials(int usual)
{
    const char *text = getenv("TRIALS");
    long trials = text ? strtol(text, NULL, 10) : 0;
    return trials <= 0 ? usual : trials < SAMPLES_MAX ? (int)trials : SAMPLES_MAX;
}

static bool is_wanted(const char *name, char *const names[])
{
    bool any = names[0];
    for (int i = 0; names[i]; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return !any;
}

int main(int count, char *arguments[])
{
    static const struct {
        const char *name;
        void (*measure)(struct table *, const char *);
    } measures[] = {{"looking", measure_looking},      {"changing", measure_changing},
                    {"stillness", measure_stillness},  {"typing", measure_typing},
                    {"living", measure_living},        {"form", measure_form},
                    {"regression", measure_regression}};
    static struct table table;
    struct err error = {0};
    char folder[] = "/tmp/hem-bench-XXXXXX";
    if (!mkdtemp(folder)) {
        fprintf(stderr, "hem-bench: cannot make %s: %s\n", folder, strerror(errno));
        return 3;
    }
    log_init();
    setenv("HEM_CACHE", "off", 1); /* what was read in an earlier run does not count */
    stop_install();
    for (size_t i = 0; i < sizeof measures / sizeof *measures && !stop_requested(); i++)
        if (is_wanted(measures[i].name, count > 0 ? arguments + 1 : arguments))
            measures[i].measure(&table, folder);

    const char *const remove[] = {"rm", "-rf", folder, NULL};
    program_time(remove, NULL, 10000);
    if (stop_requested())
        return 130;
    table_print(&table);
    if (!table_write(&table, RESULT, &error)) {
        fprintf(stderr, "hem-bench: %s\n", error.text);
        return 3;
    }
    return 0;
}
