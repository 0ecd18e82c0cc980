/* JUnit's XML, as GitLab and Jenkins read it: tries that failed before one passed are flakyFailure
 * (or flakyError), those after the first that failed are rerunFailure; pictures are attachments. */
#include "suite/reporters.h"

#include "trajectory/disk.h"
#include "trajectory/found.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Characters that XML has no way to write are left out. */
static void text_put(const char *text, FILE *out)
{
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        if (c == '&')
            fputs("&amp;", out);
        else if (c == '<')
            fputs("&lt;", out);
        else if (c == '>')
            fputs("&gt;", out);
        else if (c == '"')
            fputs("&quot;", out);
        else if (c == '\n')
            fputs("&#10;", out); /* an attribute would lose it */
        else if (c >= ' ' || c == '\t')
            fputc(c, out);
    }
}

static void attribute_put(const char *name, const char *text, FILE *out)
{
    fprintf(out, " %s=\"", name);
    text_put(text, out);
    fputc('"', out);
}

static bool counts(const struct result *r)
{
    return !r->ignored && (r->outcome == RESULT_FAILED || r->outcome == RESULT_BROKEN);
}

/* What went wrong, and where: GitLab shows this and not the attribute. */
static void story_put(const struct result *r, FILE *out)
{
    char line[32] = "";
    if (r->line)
        snprintf(line, sizeof line, ":%d", r->line);
    text_put(r->source ? r->source : r->file, out);
    fprintf(out, "%s\n", line);
    if (r->step) {
        text_put(r->step, out);
        fputc('\n', out);
    }
    text_put(r->why ? r->why : "", out);
}

static void failure_put(const struct result *r, const char *element, bool rerun, FILE *out)
{
    fprintf(out, "      <%s", element);
    attribute_put("message", r->why ? r->why : "", out);
    attribute_put("type", result_outcome_name(r->outcome), out);
    fputs(rerun ? "><stackTrace>" : ">", out);
    story_put(r, out);
    fprintf(out, "%s</%s>\n", rerun ? "</stackTrace>" : "", element);
}

static void tries_put(const struct result_case *c, FILE *out)
{
    bool first = true;
    for (int i = 0; i < c->count; i++) {
        const struct result *r = c->tries[i];
        bool broken = r->outcome == RESULT_BROKEN;
        if (!counts(r))
            continue;
        if (c->verdict == CASE_FLAKY)
            failure_put(r, broken ? "flakyError" : "flakyFailure", true, out);
        else if (first)
            failure_put(r, broken ? "error" : "failure", false, out);
        else
            failure_put(r, broken ? "rerunError" : "rerunFailure", true, out);
        first = false;
    }
}

/* The attachments' paths are those that the run's folder was named with: both servers look from
 * where the job ran. */
static void attachment_put(const char *dir, const char *path, FILE *out)
{
    if (!path)
        return;
    fputs("[[ATTACHMENT|", out);
    text_put(dir, out);
    fputc('/', out);
    text_put(path, out);
    fputs("]]\n", out);
}

/* The screen as it was last seen. */
static void frame_put(const char *dir, const struct result *r, FILE *out)
{
    char *record = disk_path(dir, r->trajectory), *newest = found_picture(record);
    char *path = newest ? disk_path(r->trajectory, newest) : NULL;
    attachment_put(dir, path, out);
    free(record);
    free(newest);
    free(path);
}

static void attachments_put(const char *dir, const struct result_case *c, FILE *out)
{
    const struct result *r = result_case_last(c);
    for (int i = 0; i < c->count && r->outcome == RESULT_PASSED; i++)
        if (c->tries[i]->outcome != RESULT_PASSED)
            r = c->tries[i]; /* of a flaky one, what went wrong */
    if (r->outcome == RESULT_PASSED || r->outcome == RESULT_SKIPPED)
        return;
    fputs("      <system-out>", out);
    for (int i = 0; i < r->picture_count; i++) {
        attachment_put(dir, r->pictures[i].actual, out);
        attachment_put(dir, r->pictures[i].expected, out);
        attachment_put(dir, r->pictures[i].difference, out);
    }
    if (r->trajectory)
        frame_put(dir, r, out);
    attachment_put(dir, r->video, out);
    attachment_put(dir, r->output, out);
    fputs("</system-out>\n", out);
}

static double case_seconds(const struct result_case *c)
{
    double seconds = 0;
    for (int i = 0; i < c->count; i++)
        seconds += c->tries[i]->seconds;
    return seconds;
}

static void case_put(const char *dir, const struct result_case *c, FILE *out)
{
    const struct result *r = result_case_last(c);
    fputs("    <testcase", out);
    attribute_put("name", r->id, out);
    attribute_put("classname", r->file, out);
    fprintf(out, " time=\"%.3f\">\n", case_seconds(c));
    if (r->outcome == RESULT_SKIPPED || r->ignored) {
        fputs("      <skipped", out);
        attribute_put("message", r->why ? r->why : "", out);
        fputs("/>\n", out);
    }
    tries_put(c, out);
    attachments_put(dir, c, out);
    fputs("    </testcase>\n", out);
}

struct sums {
    int tests, failures, errors, skipped;
    double seconds;
};

static void sums_add(struct sums *s, const struct result_case *c)
{
    bool ignored = result_case_last(c)->ignored;
    s->tests++;
    s->failures += c->verdict == CASE_FAILED && !ignored;
    s->errors += c->verdict == CASE_BROKEN && !ignored;
    s->skipped += c->verdict == CASE_SKIPPED || ignored;
    s->seconds += case_seconds(c);
}

static void sums_put(const struct sums *s, FILE *out)
{
    fprintf(out, " tests=\"%d\" failures=\"%d\" errors=\"%d\" time=\"%.3f\"", s->tests, s->failures,
            s->errors, s->seconds);
}

static void property_put(const char *name, const char *value, FILE *out)
{
    fputs("      <property", out);
    attribute_put("name", name, out);
    attribute_put("value", value, out);
    fputs("/>\n", out);
}

/* The cases of one file, from FIRST on, are a suite. */
static int suite_put(const char *dir, const struct results *all, int first, FILE *out)
{
    const struct result *r = all->cases[first].tries[0];
    struct sums sums = {0};
    int end = first;
    for (; end < all->case_count && strcmp(all->cases[end].tries[0]->file, r->file) == 0; end++)
        sums_add(&sums, &all->cases[end]);
    fputs("  <testsuite", out);
    attribute_put("name", r->file, out);
    sums_put(&sums, out);
    fprintf(out, " skipped=\"%d\"", sums.skipped);
    attribute_put("timestamp", r->started ? r->started : "", out);
    attribute_put("hostname", all->run.host ? all->run.host : "", out);
    fputs(">\n    <properties>\n", out);
    property_put("hem", all->run.hem ? all->run.hem : "", out);
    for (int i = 0; i < r->tag_count; i++)
        property_put("tag", r->tags[i], out);
    fputs("    </properties>\n", out);
    for (int i = first; i < end; i++)
        case_put(dir, &all->cases[i], out);
    fputs("  </testsuite>\n", out);
    return end;
}

void report_junit_finish(const char *dir, const struct results *all, FILE *out)
{
    struct sums sums = {0};
    for (int i = 0; i < all->case_count; i++)
        sums_add(&sums, &all->cases[i]);
    fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"hem test\"", out);
    sums_put(&sums, out);
    fputs(">\n", out);
    for (int i = 0; i < all->case_count;)
        i = suite_put(dir, all, i, out);
    fputs("</testsuites>\n", out);
}
