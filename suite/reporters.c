#include "suite/reporters.h"

#include "base/alike.h"
#include "page/page.h"
#include "trajectory/disk.h"

#include <stdlib.h>
#include <string.h>

const struct reporter reporters[] = {
    {"list", NULL, true, report_list_tried, report_list_finish},
    {"tap", "report.tap", true, NULL, report_tap_finish},
    {"junit", "junit.xml", false, NULL, report_junit_finish},
    {"html", PAGE_FILE, false, NULL, report_html_finish},
    {"jsonl", NULL, true, report_jsonl_tried, NULL},
    {0},
};

static bool reporter_unknown(const char *name, struct err *e)
{
    const char *names[REPORTERS_MAX];
    struct buf all = {0};
    int count = 0;
    for (const struct reporter *r = reporters; r->name; r++) {
        buf_addf(&all, "%s%s", count ? ", " : "", r->name);
        names[count++] = r->name;
    }
    const char *near = alike_nearest(name, names, count);
    err_set(e, ERR_USAGE, "no reporter is called \"%.80s\"%s%s%s; there are: %s", name,
            near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : "", buf_text(&all));
    buf_finish(&all);
    return false;
}

static bool reporter_add(struct reporting *out, const char *name, struct err *e)
{
    for (const struct reporter *r = reporters; r->name; r++) {
        if (strcmp(r->name, name) != 0)
            continue;
        for (int i = 0; i < out->count; i++)
            if (out->chosen[i] == r)
                return true;
        out->chosen[out->count++] = r;
        return true;
    }
    return reporter_unknown(name, e);
}

bool reporting_choose(const char *names, struct reporting *out, struct err *e)
{
    char *copy = mem_text(names), *rest = copy, *name;
    bool fine = true;
    *out = (struct reporting){0};
    while (fine && (name = strsep(&rest, ",")))
        fine = reporter_add(out, name, e);
    free(copy);
    return fine;
}

/* Two that print would print into one another: list goes first, then who was named first. */
static bool prints(const struct reporting *r, const struct reporter *one)
{
    const struct reporter *first = NULL;
    for (int i = 0; i < r->count; i++)
        if (r->chosen[i]->prints && (!first || r->chosen[i] == reporters))
            first = r->chosen[i];
    return one == first;
}

void reporting_tried(const struct reporting *r, const struct result *result)
{
    for (int i = 0; i < r->count; i++)
        if (r->chosen[i]->tried && prints(r, r->chosen[i]))
            r->chosen[i]->tried(result, stdout);
    fflush(stdout);
}

static bool file_write(const struct reporter *r, const char *dir, const struct results *all,
                       struct err *e)
{
    struct draft draft;
    char *path = disk_path(dir, r->file);
    bool open = draft_open(&draft, path, e);
    if (open && r->finish)
        r->finish(dir, all, draft.file);
    free(path);
    return open && draft_commit(&draft, false, e);
}

bool reporting_finish(const struct reporting *r, const char *dir, const struct results *all,
                      struct err *e)
{
    bool fine = true;
    for (int i = 0; i < r->count; i++) {
        const struct reporter *one = r->chosen[i];
        if (prints(r, one) && one->finish)
            one->finish(dir, all, stdout);
        else if (one->file)
            fine = file_write(one, dir, all, e) && fine;
    }
    fflush(stdout);
    return fine;
}
