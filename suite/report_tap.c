/* TAP, version 14, which readers of version 13 understand, too. */
#include "suite/reporters.h"

#include "base/target.h"

/* A description ends at a # that is not escaped. */
static void description_print(const char *text, FILE *out)
{
    for (; *text; text++) {
        if (*text == '#' || *text == '\\')
            fputc('\\', out);
        fputc(*text == '\n' ? ' ' : *text, out);
    }
}

static void text_put(const char *name, const char *text, FILE *out)
{
    struct buf quoted = {0};
    if (!text)
        return;
    text_print(text, &quoted);
    fprintf(out, "  %s: %s\n", name, buf_text(&quoted));
    buf_finish(&quoted);
}

static void diagnosis_print(const char *dir, const struct result_case *c, FILE *out)
{
    const struct result *r = result_case_last(c);
    struct buf place = {0}, kept = {0};
    buf_addf(&place, "%s", r->source ? r->source : r->file);
    if (r->line)
        buf_addf(&place, ":%d", r->line);
    fputs("  ---\n", out);
    text_put("message", r->why, out);
    text_put("severity", r->outcome == RESULT_BROKEN ? "error" : "fail", out);
    text_put("step", r->step, out);
    text_put("at", buf_text(&place), out);
    fprintf(out, "  tries: %d\n", c->count);
    if (r->trajectory) {
        buf_addf(&kept, "%s/%s", dir, r->trajectory);
        text_put("kept", buf_text(&kept), out);
    }
    fputs("  ...\n", out);
    buf_finish(&place);
    buf_finish(&kept);
}

void report_tap_finish(const char *dir, const struct results *all, FILE *out)
{
    fprintf(out, "TAP version 14\n1..%d\n", all->case_count);
    for (int i = 0; i < all->case_count; i++) {
        const struct result_case *c = &all->cases[i];
        const struct result *r = result_case_last(c);
        bool bad = c->verdict == CASE_FAILED || c->verdict == CASE_BROKEN;
        fprintf(out, "%s %d - ", bad ? "not ok" : "ok", i + 1);
        description_print(r->id, out);
        if (c->verdict == CASE_SKIPPED) {
            fputs(" # SKIP ", out);
            description_print(r->why ? r->why : "", out);
        } else if (r->ignored) {
            fputs(" # TODO its failure does not count", out);
        }
        fputc('\n', out);
        if (bad)
            diagnosis_print(dir, c, out);
        else if (c->verdict == CASE_FLAKY)
            fprintf(out, "# flaky: passed at try %d\n", c->count);
    }
    if (all->run.stopped)
        fprintf(out, "Bail out! %s\n", all->run.stopped);
}
