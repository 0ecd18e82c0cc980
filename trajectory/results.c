#include "trajectory/results.h"

#include "trajectory/disk.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

void results_add(struct results *all, struct result *r)
{
    /* room for 1, 3, 7, 15 ... */
    if (((all->count + 1) & all->count) == 0)
        all->items = mem_resize(all->items, (size_t)(2 * all->count + 1) * sizeof *all->items);
    all->items[all->count++] = *r;
    *r = (struct result){0};
}

static bool lines_read(const char *path, FILE *file, struct results *out, struct err *e)
{
    struct buf line = {0};
    bool fine = true;
    enum line kind = LINE_WHOLE;
    for (int number = 1; fine; number++) {
        struct result r;
        kind = disk_line(file, &line, e);
        if (kind != LINE_WHOLE)
            break;
        fine = result_parse(buf_text(&line), &r, e) || err_prefix(e, "%s:%d: ", path, number);
        if (fine)
            results_add(out, &r);
    }
    buf_finish(&line);
    return fine && kind != LINE_FAILED;
}

bool results_read(const char *dir, struct results *out, struct err *e)
{
    char *path = disk_path(dir, RESULTS_FILE);
    struct results all = {0};
    bool fine = run_facts_read(dir, &all.run, e);
    FILE *file = fine ? fopen(path, "re") : NULL;
    if (fine && !file)
        fine = err_set(e, ERR_USAGE, "cannot open %s: %s", path, strerror(errno));
    fine = fine && lines_read(path, file, &all, e);
    if (file)
        fclose(file);
    free(path);
    if (fine)
        *out = all;
    else
        results_finish(&all);
    return fine;
}

/* ---- cases ---- */

/* Numbers in ids by their value: row 2 before row 10. */
static int result_order(const void *a, const void *b)
{
    const struct result *x = *(const struct result *const *)a,
                        *y = *(const struct result *const *)b;
    int order = strverscmp(x->id, y->id);
    return order ? order : x->try - y->try;
}

static enum case_verdict verdict_of(const struct result_case *c)
{
    static const enum case_verdict verdicts[] = {[RESULT_PASSED] = CASE_PASSED,
                                                 [RESULT_FAILED] = CASE_FAILED,
                                                 [RESULT_SKIPPED] = CASE_SKIPPED,
                                                 [RESULT_BROKEN] = CASE_BROKEN};
    enum case_verdict last = verdicts[c->tries[c->count - 1]->outcome];
    for (int i = 0; i < c->count - 1; i++)
        if (last == CASE_PASSED && c->tries[i]->outcome != RESULT_PASSED)
            return CASE_FLAKY;
    return last;
}

static void cases_finish(struct results *all)
{
    if (all->cases && all->case_count)
        free(all->cases[0].tries);
    free(all->cases);
    all->cases = NULL;
    all->case_count = 0;
}

void results_group(struct results *all)
{
    cases_finish(all);
    if (!all->count)
        return;
    const struct result **sorted = mem_zero((size_t)all->count, sizeof(void *));
    for (int i = 0; i < all->count; i++)
        sorted[i] = &all->items[i];
    qsort(sorted, (size_t)all->count, sizeof(void *), result_order);
    all->cases = mem_zero((size_t)all->count, sizeof *all->cases);
    for (int i = 0; i < all->count; i++) {
        if (!i || strcmp(sorted[i]->id, sorted[i - 1]->id) != 0)
            all->cases[all->case_count++].tries = sorted + i;
        all->cases[all->case_count - 1].count++;
    }
    for (int i = 0; i < all->case_count; i++)
        all->cases[i].verdict = verdict_of(&all->cases[i]);
}

const struct result *result_case_last(const struct result_case *c)
{
    return c->tries[c->count - 1];
}

void results_count(const struct results *all, struct result_counts *out)
{
    *out = (struct result_counts){0};
    for (int i = 0; i < all->case_count; i++) {
        const struct result_case *c = &all->cases[i];
        bool bad = c->verdict == CASE_FAILED || c->verdict == CASE_BROKEN;
        if (bad && result_case_last(c)->ignored)
            out->ignored++;
        else
            out->by[c->verdict]++;
    }
}

const char *case_verdict_name(enum case_verdict verdict)
{
    static const char *const names[] = {"passed", "failed", "flaky", "skipped", "broken"};
    return names[verdict];
}

void results_finish(struct results *all)
{
    cases_finish(all);
    for (int i = 0; i < all->count; i++)
        result_finish(&all->items[i]);
    free(all->items);
    run_facts_finish(&all->run);
    *all = (struct results){0};
}
