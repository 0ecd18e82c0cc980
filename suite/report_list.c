/* What a person at a terminal reads: a line a try, and at the end what is to be looked at. */
#include "suite/reporters.h"

#include <stdlib.h>
#include <unistd.h>

#define ID_COLUMN 48

/* Colour only where a person looks. */
static const char *tint(const char *code)
{
    return isatty(STDOUT_FILENO) && !getenv("NO_COLOR") ? code : "";
}

static const char *outcome_tint(enum result_outcome outcome)
{
    static const char *const tints[] = {"\033[32m", "\033[31m", "\033[33m", "\033[35m"};
    return tint(tints[outcome]);
}

void report_list_tried(const struct result *r, FILE *out)
{
    fprintf(out, "%s%-8s%s %-*s %6.2f s", outcome_tint(r->outcome), result_outcome_name(r->outcome),
            tint("\033[0m"), ID_COLUMN, r->id, r->seconds);
    if (r->try > 1 || !r->last)
        fprintf(out, "  try %d%s", r->try, r->last ? "" : ", again");
    if (r->ignored && r->last)
        fputs("  does not count", out);
    if ((r->outcome == RESULT_SKIPPED || r->outcome == RESULT_PASSED) && r->why)
        fprintf(out, "  %s", r->why);
    fputc('\n', out);
}

/* One try that did not pass. */
static void trouble_print(const char *dir, const struct result *r, int tries, FILE *out)
{
    const char *file = r->source ? r->source : r->file;
    fprintf(out, "   %s", file);
    if (r->line)
        fprintf(out, ":%d", r->line);
    if (tries > 1)
        fprintf(out, "  (try %d of %d)", r->try, tries);
    fputc('\n', out);
    if (r->step)
        fprintf(out, "   %s\n", r->step);
    if (r->why)
        fprintf(out, "   %s%s%s\n", outcome_tint(r->outcome), r->why, tint("\033[0m"));
    for (int i = 0; i < r->picture_count; i++) {
        const struct result_picture *p = &r->pictures[i];
        const char *const paths[] = {p->expected, p->actual, p->difference};
        static const char *const names[] = {"expected", "actual", "difference"};
        for (int k = 0; k < 3; k++)
            if (paths[k])
                fprintf(out, "   %-10s %s/%s\n", names[k], dir, paths[k]);
    }
    if (r->trajectory)
        fprintf(out, "   kept in    %s/%s\n", dir, r->trajectory);
}

static void case_print(const char *dir, const struct result_case *c, int number, FILE *out)
{
    fprintf(out, "\n%d) %s  %s%s%s\n", number, c->tries[0]->id, tint("\033[1m"),
            case_verdict_name(c->verdict), tint("\033[0m"));
    for (int i = 0; i < c->count; i++)
        if (c->tries[i]->outcome != RESULT_PASSED)
            trouble_print(dir, c->tries[i], c->count, out);
}

void report_list_finish(const char *dir, const struct results *all, FILE *out)
{
    struct result_counts counts;
    int number = 0, told = 0;
    results_count(all, &counts);
    for (int i = 0; i < all->case_count; i++) {
        enum case_verdict v = all->cases[i].verdict;
        if (v == CASE_FAILED || v == CASE_BROKEN || v == CASE_FLAKY)
            case_print(dir, &all->cases[i], ++number, out);
    }
    fputc('\n', out);
    for (int i = 0; i < CASE_COUNT; i++)
        if (counts.by[i])
            fprintf(out, "%s%d %s", told++ ? ", " : "", counts.by[i],
                    case_verdict_name((enum case_verdict)i));
    if (counts.ignored)
        fprintf(out, "%s%d failed without counting", told++ ? ", " : "", counts.ignored);
    if (all->run.selected > all->case_count)
        fprintf(out, "%s%d not done", told++ ? ", " : "", all->run.selected - all->case_count);
    fprintf(out, "; results in %s\n", dir);
    if (all->run.stopped)
        fprintf(out, "%s\n", all->run.stopped);
}
