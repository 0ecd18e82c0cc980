#include "commands/export.h"

#include "commands/commands.h"
#include "commands/exit.h"
#include "policy/chat_way.h"
#include "trajectory/export.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

#define FILTERS_MAX 16

enum {
    OPTION_FORMAT = 256,
    OPTION_OUT,
    OPTION_GOAL,
    OPTION_ACTIONS,
    OPTION_COORDS,
    OPTION_MIN,
    OPTION_MAX,
    OPTION_SPLIT,
    OPTION_SHARD,
    OPTION_FILTER
};

static const struct option options[] = {{"format", required_argument, NULL, OPTION_FORMAT},
                                        {"out", required_argument, NULL, OPTION_OUT},
                                        {"goal", required_argument, NULL, OPTION_GOAL},
                                        {"actions", required_argument, NULL, OPTION_ACTIONS},
                                        {"coords", required_argument, NULL, OPTION_COORDS},
                                        {"min-pixels", required_argument, NULL, OPTION_MIN},
                                        {"max-pixels", required_argument, NULL, OPTION_MAX},
                                        {"split", required_argument, NULL, OPTION_SPLIT},
                                        {"shard", required_argument, NULL, OPTION_SHARD},
                                        {"filter", required_argument, NULL, OPTION_FILTER},
                                        {NULL, 0, NULL, 0}};

/* A model that was trained is asked as it was told. */
static const struct export_prompt *prompts(void)
{
    static struct export_prompt of[WORDS_KINDS];
    static const enum chat_way_kind ways[] = {
        [WORDS_QWEN] = CHAT_QWEN, [WORDS_UI_TARS] = CHAT_UI_TARS, [WORDS_OPENCUA] = CHAT_OPENCUA};
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        of[i] = (struct export_prompt){chat_ways[ways[i]].how, chat_ways[ways[i]].function};
    return of;
}

static bool whole_read(const char *text, long *out)
{
    char *end;
    errno = 0;
    *out = strtol(text, &end, 10);
    return errno == 0 && end != text && !*end && *out > 0;
}

static bool option_take(int option, const char *value, struct export_request *r,
                        const char *filters[FILTERS_MAX])
{
    long mib;
    switch (option) {
    case OPTION_FORMAT:
        r->format = value;
        return true;
    case OPTION_OUT:
        r->out = value;
        return true;
    case OPTION_GOAL:
        r->goal = value;
        return true;
    case OPTION_ACTIONS:
        r->actions = value;
        return true;
    case OPTION_COORDS:
        r->coords = value;
        return true;
    case OPTION_MIN:
        return whole_read(value, &r->pixels_min);
    case OPTION_MAX:
        return whole_read(value, &r->pixels_max);
    case OPTION_SPLIT:
        r->split = value;
        return true;
    case OPTION_SHARD:
        r->shard_bytes = whole_read(value, &mib) && mib < 1 << 20 ? mib << 20 : 0;
        return r->shard_bytes > 0;
    case OPTION_FILTER:
        if (r->filter_count == FILTERS_MAX)
            return false;
        filters[r->filter_count++] = value;
        return true;
    default:
        return false;
    }
}

static void report_tell(const struct export_request *request, const struct export_report *r)
{
    printf("exported  %s: %d samples of %d episodes, %d pictures\n", request->out, r->samples,
           r->episodes, r->pictures);
    if (r->filtered)
        printf("filtered  %d episodes\n", r->filtered);
    if (r->left_out)
        printf("left out  %d actions; the first: %s\n", r->left_out, r->why);
}

int command_export(int argc, char **argv)
{
    const char *filters[FILTERS_MAX];
    struct export_request request = {.filters = filters, .prompts = prompts()};
    struct export_report report;
    struct err e = {0};
    int option;
    optind = 1;
    opterr = 0;
    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        if (option == '?')
            return command_bad_option("export", argv[optind - 1]);
        if (!option_take(option, optarg, &request, filters))
            return command_misused("export", "\"%s\" is no number from 1, or a filter too many",
                                   optarg);
    }
    request.dirs = (const char *const *)argv + optind;
    request.dir_count = argc - optind;
    if (request.dir_count == 0)
        return command_misused("export", "the folder of an episode is needed");
    if (!request.format || !request.out)
        return command_misused("export", "%s is needed", request.format ? "--out" : "--format");
    if (!export_write(&request, &report, &e))
        return exit_with(&e);
    report_tell(&request, &report);
    return EXIT_DONE;
}
