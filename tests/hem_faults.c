/*
 * What a regression case catches and what it tolerates: one flow through a till (tests/faults) with
 * each of ten faults planted in it, as docs/testing.md says.
 */
#include "tests/programs.h"

#include <cjson/cJSON.h>
#include <limits.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include <cmocka.h>

static const struct {
    const char *fault;
    const char *outcome;
    const char *step; /* that failed */
    const char *why;  /* what is said of it */
} faults[] = {
    {"none", "passed", "", ""},
    {"moved", "passed", "", ""}, /* found by sight, wherever it is */
    {"slow", "passed", "", ""},  /* awaited */
    {"label", "failed", "expect \"Price\" is \"4.50\"", "Price"},
    {"outside", "failed", "click \"Add up\"", "there is no \"Add up\""},
    {"sum", "failed", "expect \"Total: 13.50\"", "Total: 13.60"},
    {"dialog", "failed", "expect \"Paid. Thank you.\"", "there is no \"Paid. Thank you.\""},
    {"colour", "failed", "expect screen", "lamp.png"},
    {"frozen", "failed", "expect \"Total: 13.50\"", "Total: 13.50"},
    {"crash", "failed", "expect \"Total: 13.50\"", "wish exited with status 3"},
    {"focus", "failed", "expect \"Price\" is \"4.50\"", "4.50"},
    {"text", "failed", "expect \"Apples from the orchard behind the mill\"", "Apples"},
};

static char folder[64];
static struct buf results;

static void replace(struct buf *text, const char *from, const char *to)
{
    char *old = buf_take(text), *rest = old;
    for (char *at; (at = strstr(rest, from)); rest = at + strlen(from))
        buf_addf(text, "%.*s%s", (int)(at - rest), rest, to);
    buf_add(text, rest);
    free(old);
}

static int try_all(void **state)
{
    (void)state;
    char here[PATH_MAX], suite[PATH_MAX], out[PATH_MAX],
        *flow = file_text("tests/faults", "till.yaml");
    snprintf(folder, sizeof folder, "%s", new_folder());
    snprintf(suite, sizeof suite, "%s/suite", folder);
    snprintf(out, sizeof out, "%s/out", folder);
    if (!realpath("tests/faults", here) || mkdir(suite, 0777) != 0)
        return -1;
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        struct buf task = {0}, name = {0};
        buf_add(&task, flow);
        replace(&task, "HERE", here);
        replace(&task, "FAULT", faults[i].fault);
        buf_addf(&name, "%s.yaml", faults[i].fault);
        write_file(suite, buf_text(&name), buf_text(&task));
        buf_finish(&task);
        buf_finish(&name);
    }
    free(flow);
    struct buf text = {0};
    int status =
        hem(&text, "test", suite, "--output", out, "-j", "2", "--timeout-scale", "0.6", NULL);
    if (status != 1)
        print_error("status %d\n%s", status, buf_text(&text));
    buf_finish(&text);
    char *lines = file_text(out, "results.jsonl");
    buf_add(&results, lines);
    free(lines);
    return status == 1 ? 0 : -1;
}

static int remove_all(void **state)
{
    (void)state;
    remove_folder(folder);
    buf_finish(&results);
    return 0;
}

/* The line of the case of that name; the caller deletes it. */
static cJSON *result_find(const char *id)
{
    char *lines = mem_text(buf_text(&results)), *rest = lines, *line;
    cJSON *found = NULL;
    while (!found && (line = strsep(&rest, "\n"))) {
        cJSON *json = cJSON_Parse(line);
        const char *name = cJSON_GetStringValue(cJSON_GetObjectItem(json, "case"));
        if (name && strcmp(name, id) == 0)
            found = json;
        else
            cJSON_Delete(json);
    }
    free(lines);
    if (!found)
        fail_msg("no result of %s", id);
    return found;
}

static const char *text_of(const cJSON *json, const char *name)
{
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItem(json, name));
    return text ? text : "";
}

static void each_is_caught_or_tolerated(void **state)
{
    (void)state;
    int wrong = 0;
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        cJSON *json = result_find(faults[i].fault);
        const char *outcome = text_of(json, "outcome"), *step = text_of(json, "step"),
                   *why = text_of(json, "why");
        if (strcmp(outcome, faults[i].outcome) != 0 || !strstr(step, faults[i].step) ||
            !strstr(why, faults[i].why)) {
            print_error("%s: %s at %s: %s\n", faults[i].fault, outcome, step, why);
            wrong++;
        }
        cJSON_Delete(json);
    }
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_is_caught_or_tolerated)};
    return cmocka_run_group_tests(tests, try_all, remove_all);
}
