#include "commands/test.h"

#include "base/clock.h"
#include "base/stop.h"
#include "commands/commands.h"
#include "commands/exit.h"
#include "suite/folder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void tried(void *self, const struct result *r)
{
    reporting_tried(self, r);
}

static void cases_print(const struct cases *cases)
{
    for (int i = 0; i < cases->count; i++) {
        const struct test_case *c = &cases->items[i];
        printf("%s\t%s", c->id, c->task->path);
        for (int k = 0; k < c->task->test.tags.count; k++)
            printf("%s%s", k ? "," : "\t", c->task->test.tags.items[k]);
        putchar('\n');
    }
}

static void facts_begin(const struct test_options *o, int argc, char **argv, int selected,
                        struct run_facts *out)
{
    char host[256] = "", wall[32];
    gethostname(host, sizeof host - 1);
    clock_wall(wall, sizeof wall);
    *out = (struct run_facts){.hem = mem_text(HEM_VERSION),
                              .host = mem_text(host),
                              .started = mem_text(wall),
                              .command = mem_zero((size_t)argc + 1, sizeof(char *)),
                              .command_count = argc + 1,
                              .shard = {o->selection.shard, o->selection.shards},
                              .workers = o->order.workers,
                              .selected = selected};
    out->command[0] = mem_text("hem");
    for (int i = 0; i < argc; i++)
        out->command[i + 1] = mem_text(argv[i]);
}

/* What is said about a run that was not done to its end; NULL for one that was. */
static char *end_text(enum run_end end, const struct test_options *o, const struct err *e)
{
    struct buf text = {0};
    switch (end) {
    case RUN_COMPLETE:
        return NULL;
    case RUN_FAILURES:
        buf_addf(&text, "ended after %d that did not pass", o->order.max_failures);
        break;
    case RUN_TIMEOUT:
        buf_addf(&text, "the global timeout of %g seconds is reached", o->order.global_seconds);
        break;
    case RUN_STOPPED:
        buf_add(&text, stop_reason());
        break;
    case RUN_BROKEN:
        buf_add(&text, e->text);
        break;
    }
    return buf_take(&text);
}

int test_status(const struct results *all, bool fail_on_flaky)
{
    struct result_counts counts;
    results_count(all, &counts);
    if (counts.by[CASE_FAILED] || (fail_on_flaky && counts.by[CASE_FLAKY]))
        return EXIT_TASK;
    return counts.by[CASE_BROKEN] ? EXIT_ENVIRONMENT : EXIT_DONE;
}

static int end_status(enum run_end end, const struct results *all, const struct test_options *o)
{
    switch (end) {
    case RUN_STOPPED:
        return EXIT_STOPPED;
    case RUN_TIMEOUT:
        return EXIT_LIMIT;
    case RUN_BROKEN:
        return EXIT_ENVIRONMENT;
    default:
        return test_status(all, o->fail_on_flaky);
    }
}

/* Tries what is selected, and tells it. */
static int test_run(struct test_options *o, int argc, char **argv, const struct cases *selected)
{
    struct err e = {0};
    struct results all = {0};
    char wall[32];
    facts_begin(o, argc, argv, selected->count, &all.run);
    if (!folder_begin(o->order.directory, &e) ||
        !run_facts_write(o->order.directory, &all.run, &e)) {
        results_finish(&all);
        return exit_with(&e);
    }
    o->order.cases = selected;
    o->order.tried = tried;
    o->order.self = &o->reporting;
    enum run_end end = run_cases(&o->order, &all, &e);
    clock_wall(wall, sizeof wall);
    all.run.ended = mem_text(wall);
    all.run.stopped = end_text(end, o, &e);
    results_group(&all);
    int status = end_status(end, &all, o);
    if (!run_facts_write(o->order.directory, &all.run, &e) ||
        !reporting_finish(&o->reporting, o->order.directory, &all, &e))
        status = exit_with(&e);
    results_finish(&all);
    return status;
}

int command_test(int argc, char **argv)
{
    struct test_options o;
    struct err e = {0};
    struct cases all = {0}, selected = {0};
    struct results before = {0};
    int status = test_parse(argc, argv, &o);
    if (status)
        return status;
    bool fine = !o.last_failed || results_read(o.order.directory, &before, &e);
    if (o.last_failed)
        o.selection.failed = &before;
    fine = fine && cases_read(o.paths, o.path_count, &all, &e) &&
           selection_take(&o.selection, &all, &selected, &e);
    if (!fine) {
        status = exit_with(&e);
    } else if (!selected.count) {
        fprintf(stderr, "hem: no case is selected, of %d\n", all.count);
        status = EXIT_NOTHING;
    } else if (o.list) {
        cases_print(&selected);
    } else {
        status = test_run(&o, argc, argv, &selected);
    }
    results_finish(&before);
    cases_finish(&selected);
    cases_finish(&all);
    return status;
}
