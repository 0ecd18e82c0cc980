#include "commands/fold.h"

#include "commands/commands.h"
#include "commands/exit.h"
#include "emulator/fold.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

#define LIMIT_MAX 1e6

/* COUNT numbers with commas between them. */
static bool numbers_take(const char *text, double *out, int count)
{
    for (int i = 0; i < count; i++) {
        char *end;
        out[i] = strtod(text, &end);
        if (end == text || *end != (i + 1 < count ? ',' : '\0') || !(out[i] >= 0) ||
            out[i] > LIMIT_MAX)
            return false;
        text = end + 1;
    }
    return true;
}

static bool fold_take(struct fold_options *o, int option, const char *value)
{
    struct gesture_limits *l = &o->limits;
    double n[2] = {0};
    if (option == 'L') {
        o->language = value;
        return true;
    }
    if (!numbers_take(value, n, option == 'c' ? 2 : 1))
        return false;
    switch (option) {
    case 'c':
        l->double_click_ms = n[0];
        l->double_click_px = (int)n[1];
        return true;
    case 'd':
        l->drag_px = (int)n[0];
        return true;
    case 't':
        l->type_gap_ms = n[0];
        return true;
    case 's':
        l->scroll_gap_ms = n[0];
        return true;
    case 'r':
        l->rest_ms = n[0];
        return true;
    default:
        return false;
    }
}

static void fold_tell(const struct fold_report *r)
{
    for (int i = 0; i < r->step_count; i++)
        printf("%4d  %s\n", i + 1, r->steps[i]);
    printf("folded   %d events: %d in %d actions of %d steps, %d in none\n", r->events,
           r->events - r->noise, r->actions, r->step_count, r->noise);
}

int command_fold(int argc, char **argv)
{
    static const struct option options[] = {
        {"double-click", required_argument, NULL, 'c'},
        {"drag", required_argument, NULL, 'd'},
        {"type-gap", required_argument, NULL, 't'},
        {"scroll-gap", required_argument, NULL, 's'},
        {"rest", required_argument, NULL, 'r'},
        {"lang", required_argument, NULL, 'L'},
        {NULL, 0, NULL, 0},
    };
    struct fold_options o = {.limits = gesture_limits_default};
    struct fold_report report;
    struct err e = {0};
    int option;
    optind = 1;
    opterr = 0;
    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1)
        if (option == '?' || !fold_take(&o, option, optarg))
            return command_misused("fold", "%s is not an option of it, or not with this value",
                                   argv[optind - 1]);
    if (optind + 1 != argc)
        return command_misused("fold", "the folder of one demonstration is needed");
    if (!fold_demonstration(argv[optind], &o, &report, &e))
        return exit_with(&e);
    fold_tell(&report);
    fold_report_finish(&report);
    return EXIT_DONE;
}
