/* The command line of `hem test`. */
#include "commands/test.h"

#include "commands/commands.h"
#include "commands/exit.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RETRIES_MAX 100
#define SCALE_MAX   1000
#define SECONDS_MAX (7 * 24 * 3600)

enum {
    OPTION_TAG = 256,
    OPTION_SHARD,
    OPTION_LAST_FAILED,
    OPTION_LIST,
    OPTION_RETRIES,
    OPTION_REPEAT,
    OPTION_MAX_FAILURES,
    OPTION_FLAKY,
    OPTION_SCALE,
    OPTION_GLOBAL,
    OPTION_REPORTER,
    OPTION_OUTPUT,
    OPTION_TRACE,
    OPTION_UPDATE,
};

static const struct option test_long_options[] = {
    {"tag", required_argument, NULL, OPTION_TAG},
    {"shard", required_argument, NULL, OPTION_SHARD},
    {"last-failed", no_argument, NULL, OPTION_LAST_FAILED},
    {"list", no_argument, NULL, OPTION_LIST},
    {"retries", required_argument, NULL, OPTION_RETRIES},
    {"repeat-each", required_argument, NULL, OPTION_REPEAT},
    {"max-failures", required_argument, NULL, OPTION_MAX_FAILURES},
    {"fail-on-flaky", no_argument, NULL, OPTION_FLAKY},
    {"timeout-scale", required_argument, NULL, OPTION_SCALE},
    {"global-timeout", required_argument, NULL, OPTION_GLOBAL},
    {"reporter", required_argument, NULL, OPTION_REPORTER},
    {"output", required_argument, NULL, OPTION_OUTPUT},
    {"trace", required_argument, NULL, OPTION_TRACE},
    {"update", required_argument, NULL, OPTION_UPDATE},
    {NULL, 0, NULL, 0},
};

static bool take_number(const char *text, int least, int most, int *out)
{
    char *end;
    long number = strtol(text, &end, 10);
    *out = (int)number;
    return *text && !*end && number >= least && number <= most;
}

static bool take_seconds(const char *text, double most, double *out)
{
    char *end;
    *out = strtod(text, &end);
    return *text && !*end && *out > 0 && *out <= most;
}

static bool take_shard(const char *text, struct selection *s)
{
    int n = 0;
    return sscanf(text, "%6d/%6d%n", &s->shard, &s->shards, &n) == 2 && !text[n] && s->shard >= 1 &&
           s->shard <= s->shards;
}

static bool take_keep(const char *text, enum keep *out)
{
    static const char *const names[] = {"on", "off", "retain-on-failure", "on-first-retry"};
    for (int i = 0; i < 4; i++)
        if (strcmp(text, names[i]) == 0) {
            *out = (enum keep)i;
            return true;
        }
    return false;
}

static bool take_update(const char *text, enum screens_update *out)
{
    static const char *const names[] = {"none", "missing", "changed", "all"};
    for (int i = 0; i < 4; i++)
        if (strcmp(text, names[i]) == 0) {
            *out = (enum screens_update)(SCREENS_NONE + i);
            return true;
        }
    return false;
}

static bool take_tag(const char *text, struct selection *s)
{
    if (s->tag_count == SELECTION_TAGS_MAX || !text[*text == '!'])
        return false;
    s->tags[s->tag_count++] = text;
    return true;
}

/* NULL: taken. Else what is meant. */
static const char *take_value(struct test_options *o, int option, const char *value)
{
    struct run_order *order = &o->order;
    switch (option) {
    case 'j':
        return take_number(value, 1, WORKERS_MAX, &order->workers) ? NULL : "a number from 1 to 64";
    case OPTION_TAG:
        return take_tag(value, &o->selection) ? NULL : "a tag, at most 16 times";
    case OPTION_SHARD:
        return take_shard(value, &o->selection) ? NULL : "a part such as 1/4";
    case OPTION_RETRIES:
        return take_number(value, 0, RETRIES_MAX, &order->retries) ? NULL : "a number to 100";
    case OPTION_REPEAT:
        return take_number(value, 1, 100000, &o->selection.repeat) ? NULL : "a number of times";
    case OPTION_MAX_FAILURES:
        return take_number(value, 1, 1000000, &order->max_failures) ? NULL : "a number from 1";
    case OPTION_SCALE:
        return take_seconds(value, SCALE_MAX, &order->timeout_scale) ? NULL : "a factor such as 2";
    case OPTION_GLOBAL:
        return take_seconds(value, SECONDS_MAX, &order->global_seconds) ? NULL : "seconds";
    case OPTION_TRACE:
        return take_keep(value, &order->trace) ? NULL
                                               : "on, off, retain-on-failure or on-first-retry";
    case OPTION_UPDATE:
        return take_update(value, &order->screens) ? NULL : "none, missing, changed or all";
    default:
        return "an option of it, with its value";
    }
}

static bool take_flag(struct test_options *o, int option, const char *value)
{
    switch (option) {
    case 'g':
        o->selection.pattern = value;
        return true;
    case 'x':
        o->order.max_failures = 1;
        return true;
    case OPTION_LIST:
        return o->list = true;
    case OPTION_LAST_FAILED:
        return o->last_failed = true;
    case OPTION_FLAKY:
        return o->fail_on_flaky = true;
    case OPTION_OUTPUT:
        o->order.directory = value;
        return *value;
    default:
        return false;
    }
}

int test_parse(int argc, char **argv, struct test_options *o)
{
    int option;
    struct err e = {0};
    const char *reporter = "list";
    *o = (struct test_options){.order = {.directory = "test-results",
                                         .workers = 1,
                                         .timeout_scale = 1,
                                         .screens = SCREENS_NONE}};
    optind = 1;
    opterr = 0;
    while ((option = getopt_long(argc, argv, "j:g:x", test_long_options, NULL)) != -1) {
        if (option == OPTION_REPORTER) {
            reporter = optarg;
        } else if (!take_flag(o, option, optarg)) {
            const char *meant = take_value(o, option, optarg);
            if (meant)
                return command_misused("test", "%s: %s is meant", argv[optind - 1], meant);
        }
    }
    if (optind >= argc)
        return command_misused("test", "which cases? A file or a folder is needed");
    o->paths = argv + optind;
    o->path_count = argc - optind;
    return reporting_choose(reporter, &o->reporting, &e) ? 0 : exit_with(&e);
}
