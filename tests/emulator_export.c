/*
 * export: folders of every format are what their trainers' loaders read (tests/export/check.py),
 * say what was done, and are made as a whole or not at all.
 */
#include "tests/export_check.h"
#include "tests/programs.h"
#include "trajectory/export.h"
#include "trajectory/trajectory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[64];

/* ---- folders ---- */

/* What is done, in which step. */
struct deed {
    const char *action, *step;
};

static const char *goal = "Do <image> it";

/* An episode in FOLDER/NAME with these actions, each on a picture of its own. */
static void episode_write_on(int width, int height, const char *name, const char *outcome,
                             const struct deed *deeds, int count)
{
    struct err e = {0};
    char *dir = path_in(folder, name);
    struct frame frame = {0};
    struct episode episode = {
        .task = "t", .goal = goal, .policy = "script", .width = width, .height = height};
    struct trajectory *t = trajectory_create(dir, &episode, NULL, &e);
    if (!t)
        fail_msg("%s", e.text);
    frame_resize(&frame, width, height);
    for (int i = 0; i <= count; i++) {
        struct trajectory_turn turn = {.number = i + 1,
                                       .step = i < count ? deeds[i].step : "",
                                       .action = i < count ? deeds[i].action : "done",
                                       .outcome = i < count ? "acted" : "done",
                                       .frame = &frame};
        frame_paint(&frame, frame_rect(&frame), (uint32_t)i * 0x101010);
        frame.serial = (uint64_t)i + 1;
        assert_true(trajectory_turn(t, &turn, &e));
    }
    assert_true(trajectory_close(t, outcome, NULL, NULL, NULL, 1, &e));
    frame_finish(&frame);
    free(dir);
}

static void episode_write(const char *name, const char *outcome, const struct deed *deeds,
                          int count)
{
    episode_write_on(100, 50, name, outcome, deeds, count);
}

static struct export_prompt prompts[WORDS_KINDS] = {{"how", "{}"}, {"how", NULL}, {"how", NULL}};

static bool export_to(const struct export_request *asked, const char *out,
                      struct export_report *report, struct err *e)
{
    struct export_request request = *asked;
    char *dir = path_in(folder, "run"), *to = path_in(folder, out);
    const char *dirs[] = {dir};
    request.dirs = dirs;
    request.dir_count = 1;
    request.out = to;
    request.prompts = prompts;
    bool written = export_write(&request, report, e);
    free(dir);
    free(to);
    return written;
}

static int lines_of(const char *name)
{
    char *path = path_in(folder, name);
    FILE *file = fopen(path, "re");
    int lines = 0;
    for (int c = file ? getc(file) : EOF; c != EOF; c = getc(file))
        lines += c == '\n';
    if (file)
        fclose(file);
    free(path);
    return lines;
}

static bool is_there(const char *name)
{
    char *path = path_in(folder, name);
    bool there = access(path, F_OK) == 0;
    free(path);
    return there;
}

/* Nothing beside it but what was there: no half of an export. */
static int entries(void)
{
    struct buf command = {0};
    int count = 0;
    buf_addf(&command, "ls -A %s | wc -l", folder);
    FILE *pipe = popen(buf_text(&command), "re");
    assert_int_equal(fscanf(pipe, "%d", &count), 1);
    pclose(pipe);
    buf_finish(&command);
    return count;
}

#define SAVE "click \"Save\""

static const struct deed some[] = {
    {"click left at 99,49", SAVE}, {"type \"<image>\"", SAVE}, {"mouse_down left at 1,1", SAVE}};

static int folder_make(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/hem-test-XXXXXX");
    if (!mkdtemp(folder))
        return -1;
    episode_write("run/row-000001", "done", some, 3);
    episode_write("run/row-000002", "failed", some, 2);
    episode_write("run/row-000003", "done", some, 1);
    return 0;
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *where)
{
    (void)st;
    (void)kind;
    (void)where;
    return remove(path);
}

static int folder_remove(void **state)
{
    (void)state;
    return nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static void test_splits(void **state)
{
    (void)state;
    struct err e = {0};
    struct export_report report;
    struct export_request request = {.format = "ui-tars", .split = "train=0.7,val=0.3"};
    assert_true(export_to(&request, "a", &report, &e));
    assert_int_equal(report.episodes, 3);
    assert_int_equal(report.samples, 7); /* 2 and the end, 2, 1 and the end */
    assert_int_equal(report.left_out, 1);
    assert_non_null(strstr(report.why, "turn 3: ui-tars has no words for: mouse_down left at 1,1"));
    assert_int_equal(lines_of("a/train.jsonl") + lines_of("a/val.jsonl"), 7);
    assert_true(lines_of("a/train.jsonl") > 0 && lines_of("a/val.jsonl") > 0);
    assert_true(export_to(&request, "b", &report, &e)); /* the same again */
    assert_int_equal(lines_of("a/val.jsonl"), lines_of("b/val.jsonl"));
}

static void test_filter(void **state)
{
    (void)state;
    static const char *const filters[] = {"outcome=done", "policy=script"};
    struct err e = {0};
    struct export_report report;
    struct export_request request = {.format = "hem", .filters = filters, .filter_count = 2};
    assert_true(export_to(&request, "done", &report, &e));
    assert_int_equal(report.episodes, 2);
    assert_int_equal(report.filtered, 1);
    assert_int_equal(lines_of("done/train.jsonl"), 6);
}

/* What a model is asked is the episode's own goal, then what is said for those without, then what
 * the task is called. */
static void test_goal(void **state)
{
    (void)state;
    static const struct {
        const char *own, *said, *goal;
    } cases[] = {{"Own", "Said", "\"goal\":\"Own\""},
                 {NULL, "Said", "\"goal\":\"Said\""},
                 {NULL, NULL, "\"goal\":\"t\""}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct err e = {0};
        struct export_report report;
        struct export_request request = {.format = "hem", .goal = cases[i].said};
        char *run = path_in(folder, "run"), *out = path_in(folder, "goal");
        remove_folder(run);
        remove_folder(out);
        goal = cases[i].own;
        episode_write("run/one", "done", some, 1);
        assert_true(export_to(&request, "goal", &report, &e));
        char *rows = file_text(out, "train.jsonl");
        assert_non_null(strstr(rows, cases[i].goal));
        free(rows);
        free(run);
        free(out);
    }
    goal = "Do <image> it";
}

/* What is refused, and that nothing is left of it. */
static void test_refused(void **state)
{
    (void)state;
    static const char *const none[] = {"policy=model"}, *const odd[] = {"colour=red"};
    static const struct {
        struct export_request request;
        const char *out, *error;
    } cases[] = {
        {{.format = "llamafactry"},
         "x",
         "the format \"llamafactry\" is not known; did you mean "
         "llamafactory?"},
        {{.format = "llamafactory", .coords = "px"}, "x", "would be misread"},
        {{.format = "qwen", .coords = "unit"}, "x", "would be misread"},
        {{.format = "hem", .coords = "smart30"}, "x", "the coordinates \"smart30\" is not known"},
        {{.format = "hem", .actions = "qwen"}, "x", "hem has no actions in the words of qwen"},
        {{.format = "hem", .split = "a=0.5,a=0.5"}, "x", "there are two splits a"},
        {{.format = "hem", .split = "a=0.5"}, "x", "the shares of the splits come to 0.5"},
        {{.format = "hem", .split = "../a=1"}, "x", "the name of a split has letters"},
        {{.format = "hem", .split = "a=x"}, "x", "the share of a is not between 0 and 1"},
        {{.format = "hem", .filters = none, .filter_count = 1},
         "x",
         "none of 3 episodes passes the filter"},
        {{.format = "hem", .filters = odd, .filter_count = 1},
         "x",
         "the filter \"colour\" is not known"},
        {{.format = "ms-swift", .coords = "thousand"}, "x", "would be misread"},
        {{.format = "opencua", .coords = "px"}, "x", "would be misread"},
        {{.format = "osworld", .coords = "unit"}, "x", "would be misread"},
        {{.format = "trl", .coords = "px"}, "x", "would be misread"},
        {{.format = "trl", .pixels_max = 5}, "x", "matters to smart28 and smart32 only"},
        {{.format = "hem"}, "run", "is not empty"},
        {{.format = "llamafactory", .coords = "smart28", .pixels_max = 100},
         "x",
         "say --max-pixels 5000 here and image_max_pixels: 5000 there"},
    };
    int before = entries();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct err e = {0};
        struct export_report report;
        struct export_request request = cases[i].request;
        assert_false(export_to(&request, cases[i].out, &report, &e));
        if (!strstr(e.text, cases[i].error))
            fail_msg("%s\nnot %s", e.text, cases[i].error);
        assert_false(is_there("x"));
        assert_int_equal(entries(), before);
    }
}

/* A picture that a killed run did not come to write is no sample. */
static void test_missing_picture(void **state)
{
    (void)state;
    struct err e = {0};
    struct export_report report;
    struct export_request request = {.format = "hem"};
    char *picture = path_in(folder, "run/row-000003/frames/000001.png");
    assert_int_equal(unlink(picture), 0);
    assert_true(export_to(&request, "missing", &report, &e));
    assert_int_equal(report.samples, 7);
    assert_int_equal(report.left_out, 1);
    assert_non_null(strstr(report.why, "its picture is missing"));
    assert_int_equal(symlink("/etc/passwd", picture), 0); /* nor is one that lies elsewhere */
    assert_true(export_to(&request, "linked", &report, &e));
    assert_int_equal(report.samples, 7);
    free(picture);
}

/* ---- what the trainers' loaders say ---- */

/* What is hard to write down, or to read back. */
static const struct deed hard[] = {
    {"click left at 0,0", SAVE},
    {"click left at 99,49", ""},
    {"double-click left at 17,3", "double-click \"a <b> <image> <|im_end|>\""},
    {"triple-click left at 50,20", "type \"x\" into \"Action: y\""},
    {"type \"<image> <video> <|im_end|> </tool_call> <bbox>\"", "type \"<image>\" into \"Name\""},
    {"type \"Action: click(start_box='(1,2)')\\n\\nThought: point=\"", SAVE},
    {"type \"'); os.system('x')\\n```\\n\"", SAVE},
    {"type \"\\\\ \\\" ' \\t \\x07\\x1b[0m \\x7f\"", SAVE},
    {"type \"Grüße, 東京 🙂 e\xCC\x81 \xE2\x80\xA8 \xC2\x85\"",
     "type \"東京\" into \"Straße\""},
    {"type \"{{secret:Password}}\"", "type \"{{secret:Password}}\" into \"Password\""},
    {"type \"{\\\"name\\\": \\\"computer_use\\\"}\"", SAVE},
    {"click right at 99,0", SAVE},
    {"click middle at 0,49", SAVE},
    {"move at 33,33", "hover \"Save\""},
    {"drag left from 1,2 to 98,48", "drag \"a\" to \"b\""},
    {"scroll down 5 at 50,25", "scroll down 5"},
    {"scroll up 10 at 0,0", "scroll up 10"},
    {"scroll right 2 at 99,49", SAVE},
    {"key Return", "press Return"},
    {"key Down 3 times", "press Down 3 times"},
    {"key Ctrl+Shift+T", "press Ctrl+Shift+T"},
    {"key Ctrl++", SAVE},
    {"key Page_Down", SAVE},
    {"key F5", SAVE},
    {"wait 1500 ms", "wait 1500 ms"},
};

#define HARD_COUNT (int)(sizeof hard / sizeof *hard)
#define HUGE_BYTES 60000 /* a line of hem has at most 65536 */

static int hard_make(void **state)
{
    (void)state;
    static char huge[HUGE_BYTES + 16];
    struct deed deeds[HARD_COUNT + 1];
    snprintf(folder, sizeof folder, "/tmp/hem-test-XXXXXX");
    if (!mkdtemp(folder))
        return -1;
    int begun = snprintf(huge, sizeof huge, "type \"");
    memset(huge + begun, 'x', HUGE_BYTES);
    snprintf(huge + begun + HUGE_BYTES, 2, "\"");
    memcpy(deeds, hard, sizeof hard);
    deeds[HARD_COUNT] = (struct deed){huge, SAVE};
    episode_write("run/a.b c", "done", deeds, HARD_COUNT + 1);
    episode_write_on(1366, 768, "run/wide", "done", hard, HARD_COUNT);
    episode_write_on(1000, 1400, "run/high", "failed", hard, HARD_COUNT);
    return 0;
}

static void test_formats(void **state)
{
    (void)state;
    static const struct export_request requests[] = {
        {.format = "hem"}, /* what the others are compared with */
        {.format = "hem", .coords = "unit"},
        {.format = "hem", .coords = "thousand"},
        {.format = "hem", .coords = "smart28"},
        {.format = "hem", .coords = "smart32", .pixels_max = 200000},
        {.format = "llamafactory"},
        {.format = "llamafactory", .coords = "unit"},
        {.format = "llamafactory", .actions = "ui-tars"},
        {.format = "llamafactory", .actions = "opencua", .coords = "unit"},
        {.format = "llamafactory", .coords = "smart28", .pixels_max = 1400000},
        {.format = "llamafactory", .coords = "smart32", .pixels_max = 1400000},
        {.format = "qwen"},
        {.format = "qwen", .coords = "smart28", .pixels_max = 2000000},
        {.format = "ui-tars"},
        {.format = "ui-tars", .coords = "thousand"},
        {.format = "ms-swift"},
        {.format = "ms-swift", .coords = "unit"},
        {.format = "trl"},
        {.format = "trl", .coords = "smart28"},
        {.format = "trl", .actions = "ui-tars", .coords = "smart32"},
        {.format = "opencua"},
        {.format = "osworld"},
        {.format = "webdataset"},
        {.format = "webdataset", .coords = "thousand", .shard_bytes = 1 << 16},
        {.format = "imagefolder"},
        {.format = "imagefolder", .coords = "smart28"},
    };
    for (size_t i = 0; i < sizeof requests / sizeof *requests; i++) {
        struct err e = {0};
        struct export_report report;
        char name[16];
        snprintf(name, sizeof name, i ? "%s-%zu" : "%s", "hem", i);
        if (!export_to(&requests[i], name, &report, &e))
            fail_msg("%s: %s", requests[i].format, e.text);
        export_check(folder, name);
    }
    assert_true(is_there("hem-23/train-000001.tar")); /* it needed more than one */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_splits, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(test_filter, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(test_goal, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(test_refused, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(test_formats, hard_make, folder_remove),
        cmocka_unit_test_setup_teardown(test_missing_picture, folder_make, folder_remove),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
