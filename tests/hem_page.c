/*
 * hem report, with records that hem made of real programs, opened in a headless Chromium as a
 * reader does (tests/page/look.js).
 */
#include "tests/programs.h"

#include <cjson/cJSON.h>
#include <limits.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include <cmocka.h>

#define HOSTILE "</script><img src=x onerror=alert(1)><b>Ada</b>"

static char folder[64];

static void make_folder(const char *name)
{
    struct buf path = {0};
    buf_addf(&path, "%s/%s", folder, name);
    assert_return_code(mkdir(buf_text(&path), 0777), 0);
    buf_finish(&path);
}

static char *path_of(const char *name)
{
    static char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static void record(const char *name, const char *steps, int status)
{
    struct buf task = {0}, text = {0};
    char out[PATH_MAX];
    buf_addf(&task,
             "program: [zenity, --forms, --title=Contact, --text=Who are you?, --add-entry=Name, "
             "--add-entry=Town]\nscreen: 640x480\nsteps:\n%s",
             steps);
    write_file(folder, "task.yaml", buf_text(&task));
    snprintf(out, sizeof out, "%s/run/%s", folder, name);
    int got = hem(&text, "run", path_of("task.yaml"), "--out", out, NULL);
    if (got != status)
        fail_msg("%s", buf_text(&text));
    buf_finish(&task);
    buf_finish(&text);
}

/* A run as `hem test` leaves it, with texts in it that want to be more. */
static int make_run(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "%s", new_folder());
    make_folder("run");
    record("good", "  - type \"" HOSTILE "\" into \"Name\"\n  - click \"OK\"\n", 0);
    record("bad", "  - type \"Ada\" into \"Name\"\n  - expect \"Saved\" within 100 ms\n", 1);
    write_file(
        folder, "run/run.json",
        "{\"schema\":\"hem-test/1\",\"host\":\"ci\",\"started\":\"2026-11-26T11:00:00.000Z\","
        "\"ended\":\"2026-11-26T11:00:09.000Z\",\"shard\":[1,4],\"workers\":2}");
    write_file(
        folder, "run/results.jsonl",
        "{\"case\":\"form/"
        "contact\",\"file\":\"form.yaml\",\"name\":\"n\",\"tags\":[\"smoke\"],\"try\":1,"
        "\"outcome\":\"passed\",\"seconds\":1.2,\"trajectory\":\"good\"}\n"
        "{\"case\":\"form/saved " HOSTILE
        "\",\"file\":\"form.yaml\",\"name\":\"n\",\"tags\":[\"smoke\",\"form\"],"
        "\"try\":1,\"outcome\":\"failed\",\"why\":\"no Saved\\n" HOSTILE "\\nthe last line\","
        "\"line\":7,\"seconds\":1.5,\"trajectory\":\"bad\"}\n"
        "{\"case\":\"form/"
        "again\",\"file\":\"form.yaml\",\"name\":\"n\",\"tags\":[\"form\"],\"try\":1,\"outcome\":"
        "\"failed\",\"why\":\"once\",\"trajectory\":\"bad\"}\n"
        "{\"case\":\"form/"
        "again\",\"file\":\"form.yaml\",\"name\":\"n\",\"tags\":[\"form\"],\"try\":2,\"outcome\":"
        "\"passed\",\"trajectory\":\"good\"}\n"
        "{\"case\":\"picture\",\"file\":\"picture.yaml\",\"name\":\"n\",\"try\":1,\"outcome\":"
        "\"failed\","
        "\"why\":\"it differs\",\"trajectory\":\"../../etc\",\"pictures\":[{\"name\":\"main\","
        "\"expected\":\"good/frames/000001.png\",\"actual\":\"bad/frames/000001.png\","
        "\"difference\":\"bad/frames/000003.png\"}]}\n"
        "{\"case\":\"none\",\"file\":\"picture.yaml\",\"name\":\"n\",\"try\":1,\"outcome\":"
        "\"skipped\"}\n"
        "{\"case\":\"cut");
    return 0;
}

static int remove_all(void **state)
{
    (void)state;
    remove_folder(folder);
    return 0;
}

/* What a reader finds in the page at PATH; the caller deletes it. */
static cJSON *read_page(const char *path)
{
    struct buf text = {0}, url = {0};
    char real[PATH_MAX], *script = file_text("tests/page", "look.js");
    assert_non_null(realpath(path, real));
    buf_addf(&url, "file://%s", real);
    char *argv[] = {"python3", "tests/page/browser.py", url.text, script, NULL};
    int status = program_run(argv, &text);
    cJSON *json = cJSON_Parse(buf_text(&text));
    if (status != 0 || !json)
        fail_msg("the browser: %s", buf_text(&text));
    free(script);
    buf_finish(&text);
    buf_finish(&url);
    return json;
}

static const cJSON *member(const cJSON *json, const char *name)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(json, name);
    if (!item) {
        char *text = cJSON_Print(json);
        print_error("%s\n", text);
        cJSON_free(text);
        fail_msg("no \"%s\"", name);
    }
    return item;
}

static int number(const cJSON *json, const char *name)
{
    return (int)cJSON_GetNumberValue(member(json, name));
}

static const char *text_of(const cJSON *json, const char *name)
{
    return cJSON_GetStringValue(member(json, name));
}

static void is_without_errors(const cJSON *page)
{
    const cJSON *error;
    cJSON_ArrayForEach(error, member(page, "errors"))
        print_error("%s\n", cJSON_GetStringValue(error));
    assert_int_equal(cJSON_GetArraySize(member(page, "errors")), 0);
}

static void report(const char *name, int status, const char *says)
{
    struct buf text = {0};
    int got = hem(&text, "report", path_of(name), NULL);
    if (got != status || (says && !strstr(buf_text(&text), says)))
        fail_msg("status %d: %s", got, buf_text(&text));
    buf_finish(&text);
}

static void all_of_a_run_is_there(void **state)
{
    (void)state;
    report("run", 0, "6 shown");
    cJSON *page = read_page(path_of("run/report.html"));
    is_without_errors(page);
    assert_int_equal(cJSON_GetArraySize(member(page, "requests")), 0);
    const cJSON *told = member(page, "result");
    assert_string_equal(text_of(told, "ready"), "yes");
    assert_string_equal(text_of(told, "verdict"), "2 of 5 cases went wrong");
    assert_int_equal(number(told, "cases"), 5);
    assert_true(number(told, "assets") > 3);
    assert_int_equal(number(told, "decoded"), number(told, "assets"));
    assert_true(number(told, "looks") > 10);
    assert_int_equal(number(told, "drawn"), number(told, "looks"));
    assert_true(number(told, "boxes") > number(told, "looks"));
    assert_true(number(told, "spots") >= 4);
    assert_int_equal(number(told, "foreign"), 0);
    assert_int_equal(number(told, "nameless"), 0);
    assert_string_equal(text_of(told, "focus"), "filter");
    const cJSON *filtered = member(told, "filtered"), *chips = member(told, "chips");
    assert_int_equal(number(filtered, "word"), 1);
    assert_int_equal(number(filtered, "tag"), 2);
    assert_int_equal(number(filtered, "two"), 1);
    assert_int_equal(number(filtered, "none"), 0);
    assert_int_equal(number(filtered, "back"), 5);
    assert_int_equal(number(chips, "failed"), 2);
    assert_int_equal(number(chips, "flaky"), 1);
    assert_int_equal(number(chips, "tag"), 2);
    assert_string_equal(text_of(told, "slider"), "inset(0px 80% 0px 0px)");
    assert_int_equal(cJSON_GetArraySize(member(told, "sides")), 3);
    const cJSON *message, *messages = member(told, "messages");
    bool whole = false;
    cJSON_ArrayForEach(message, messages) whole =
        whole || strcmp(cJSON_GetStringValue(message), "no Saved\n" HOSTILE "\nthe last line") == 0;
    assert_true(whole);
    cJSON_Delete(page);
}

/* Without room pictures are shown from where they lie, and from nowhere else. */
static void pictures_without_room_are_linked(void **state)
{
    (void)state;
    struct buf text = {0}, beside = {0};
    int status = hem(&text, "report", path_of("run"), "--room", "0", NULL);
    assert_int_equal(status, 0);
    assert_non_null(strstr(buf_text(&text), "0 pictures in it"));
    cJSON *page = read_page(path_of("run/report.html"));
    is_without_errors(page);
    const cJSON *told = member(page, "result"), *request;
    assert_int_equal(number(told, "assets"), 0);
    assert_int_equal(number(told, "drawn"), number(told, "looks"));
    buf_addf(&beside, "file://%s/run/", folder);
    cJSON_ArrayForEach(request, member(page, "requests"))
        assert_memory_equal(cJSON_GetStringValue(request), beside.text, beside.length);
    cJSON_Delete(page);
    buf_finish(&text);
    buf_finish(&beside);
}

/* One record is a report, too; its broken ends are shown as that. */
static void a_record_alone_is_shown(void **state)
{
    (void)state;
    char *turns = file_text(path_of("run/bad"), "trajectory.jsonl");
    make_folder("killed");
    make_folder("killed/frames"); /* without the pictures */
    write_file(folder, "killed/episode.json",
               "{\"schema\":\"hem-trajectory/1\",\"task\":\"t\",\"outcome\":\"running\"}");
    turns[strlen(turns) - 20] = '\0';
    write_file(folder, "killed/trajectory.jsonl", turns);
    struct buf text = {0};
    if (hem(&text, "video", path_of("run/good"), NULL) != 0)
        fail_msg("%s", buf_text(&text));
    buf_finish(&text);
    report("run/good", 0, "1 shown");
    report("killed", 0, "1 shown, 0 pictures");
    cJSON *good = read_page(path_of("run/good/report.html")),
          *killed = read_page(path_of("killed/report.html"));
    is_without_errors(good);
    is_without_errors(killed);
    assert_string_equal(text_of(member(good, "result"), "verdict"), "done");
    assert_int_equal(number(member(good, "result"), "drawn"),
                     number(member(good, "result"), "looks"));
    assert_string_equal(text_of(member(good, "result"), "video"), "at the last step");
    assert_int_equal(number(member(good, "result"), "apart"), 0);
    assert_string_equal(text_of(member(good, "result"), "full"), "0,true");
    assert_string_equal(text_of(member(killed, "result"), "verdict"), "running");
    assert_int_equal(number(member(killed, "result"), "drawn"), 0);
    assert_true(number(member(killed, "result"), "looks") > 0);
    cJSON_Delete(good);
    cJSON_Delete(killed);
    free(turns);
}

/* hem test makes the page of what it has tried. */
static void a_test_run_leaves_its_report(void **state)
{
    (void)state;
    struct buf text = {0};
    char out[PATH_MAX];
    make_folder("suite");
    write_file(folder, "suite/good.yaml",
               "program: [zenity, --info, --text=All is well.]\nscreen: 640x480\ntags: smoke\n"
               "steps:\n  - expect \"All is well.\"\n");
    write_file(folder, "suite/bad.yaml",
               "program: [zenity, --info, --text=All is well.]\nscreen: 640x480\n"
               "steps:\n  - expect \"Nothing is\" within 100 ms\n");
    snprintf(out, sizeof out, "%s/results", folder);
    int status = hem(&text, "test", path_of("suite"), "--output", out, "--reporter", "list,html",
                     "-j", "2", NULL);
    if (status != 1)
        fail_msg("status %d: %s", status, buf_text(&text));
    cJSON *page = read_page(path_of("results/report.html"));
    is_without_errors(page);
    const cJSON *told = member(page, "result");
    assert_string_equal(text_of(told, "verdict"), "1 of 2 cases went wrong");
    assert_int_equal(cJSON_GetArraySize(member(page, "requests")), 0);
    assert_true(number(told, "drawn") > 1);
    assert_int_equal(number(told, "drawn"), number(told, "looks"));
    assert_int_equal(number(member(told, "filtered"), "tag"), 1);
    cJSON_Delete(page);
    buf_finish(&text);
}

/* JSON has a way to write numbers of which nothing can be written again. */
static void endless_numbers_are_none(void **state)
{
    (void)state;
    make_folder("endless");
    write_file(folder, "endless/run.json", "{\"schema\":\"hem-test/1\"}");
    write_file(folder, "endless/results.jsonl",
               "{\"case\":\"a\",\"file\":\"f\",\"name\":\"n\",\"try\":1,\"outcome\":\"failed\","
               "\"seconds\":1e999}\n");
    make_folder("episode");
    write_file(folder, "episode/episode.json",
               "{\"outcome\":\"failed\",\"seconds\":1e999,\"row\":1e999}");
    report("endless", 0, "1 shown");
    report("episode", 0, "1 shown");
    cJSON *run = read_page(path_of("endless/report.html")),
          *episode = read_page(path_of("episode/report.html"));
    is_without_errors(run);
    is_without_errors(episode);
    assert_string_equal(text_of(member(run, "result"), "verdict"), "1 of 1 cases went wrong");
    assert_string_equal(text_of(member(episode, "result"), "verdict"), "failed");
    cJSON_Delete(run);
    cJSON_Delete(episode);
}

static void what_is_no_record_is_told(void **state)
{
    (void)state;
    make_folder("empty");
    make_folder("torn");
    write_file(folder, "torn/run.json", "{\"schema\":\"hem-test/1\"}");
    write_file(folder, "torn/results.jsonl",
               "{\"case\":\"a\",\"file\":\"f\",\"name\":\"n\",\"try\":1,\"outcome\":\"passed\"}"
               "\nnot JSON\n");
    report("empty", 2, "neither results.jsonl nor an episode.json");
    report("nowhere", 2, "nowhere");
    report("torn", 2, "results.jsonl:2: not ");
    struct buf text = {0};
    assert_int_equal(hem(&text, "report", NULL), 2);
    assert_int_equal(hem(&text, "report", path_of("run"), "--room", "much", NULL), 2);
    assert_int_equal(hem(&text, "report", path_of("run"), "--out", "/nowhere/page.html", NULL), 3);
    buf_finish(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_of_a_run_is_there),
        cmocka_unit_test(pictures_without_room_are_linked),
        cmocka_unit_test(a_record_alone_is_shown),
        cmocka_unit_test(a_test_run_leaves_its_report),
        cmocka_unit_test(endless_numbers_are_none),
        cmocka_unit_test(what_is_no_record_is_told),
    };
    return cmocka_run_group_tests(tests, make_run, remove_all);
}
