#include "commands/merge.h"

#include "commands/commands.h"
#include "commands/exit.h"
#include "commands/test.h"
#include "suite/merge.h"

#include <getopt.h>

static const struct option merge_long_options[] = {
    {"output", required_argument, NULL, 'o'},
    {"reporter", required_argument, NULL, 'r'},
    {"fail-on-flaky", no_argument, NULL, 'f'},
    {NULL, 0, NULL, 0},
};

/* The reports of one run anew, or several joined. */
static int merge(char **dirs, int count, const char *output, const struct reporting *reporting,
                 bool fail_on_flaky)
{
    struct results all;
    struct err e = {0};
    bool anew = count == 1 && !output;
    const char *dir = anew ? dirs[0] : output ? output : "test-results";
    if (!(anew ? results_read(dir, &all, &e) : merge_runs(dirs, count, dir, &all, &e)))
        return exit_with(&e);
    results_group(&all);
    for (int i = 0; i < all.count; i++)
        reporting_tried(reporting, &all.items[i]);
    int status = reporting_finish(reporting, dir, &all, &e) ? test_status(&all, fail_on_flaky)
                                                            : exit_with(&e);
    results_finish(&all);
    return status;
}

int command_merge(int argc, char **argv)
{
    const char *output = NULL, *names = "list";
    struct reporting reporting;
    struct err e = {0};
    bool fail_on_flaky = false;
    int option;
    optind = 1;
    opterr = 0;
    while ((option = getopt_long(argc, argv, "", merge_long_options, NULL)) != -1) {
        if (option == 'o')
            output = optarg;
        else if (option == 'r')
            names = optarg;
        else if (option == 'f')
            fail_on_flaky = true;
        else
            return command_bad_option("merge", argv[optind - 1]);
    }
    if (optind == argc)
        return command_misused("merge", "the results in which folders?");
    if (!reporting_choose(names, &reporting, &e))
        return exit_with(&e);
    return merge(argv + optind, argc - optind, output, &reporting, fail_on_flaky);
}
