/*
 * bench: hem beside what a user would use instead, in one run. Run from the root of the sources by
 * `make bench`; the table goes to standard output and as JSON to build/bench.json. Ratios count:
 * times are this machine's.
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

int main(void)
{
    static struct table table;
    struct err error = {0};
    char folder[] = "/tmp/hem-bench-XXXXXX";
    if (!mkdtemp(folder)) {
        fprintf(stderr, "hem-bench: cannot make %s: %s\n", folder, strerror(errno));
        return 3;
    }
    log_init();
    stop_install();
    void (*const measures[])(struct table *, const char *) = {measure_looking, measure_typing,
                                                              measure_living, measure_form};
    for (size_t i = 0; i < sizeof measures / sizeof *measures && !stop_requested(); i++)
        measures[i](&table, folder);

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
