/*
 * hem fold: a log that is written here, beside a picture of a real form: what was done has the
 * names that the eyes saw, with other limits it is something else, and nothing is lost.
 */
#include "tests/programs.h"

#include <limits.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include <cmocka.h>

#define HEAD                                                                                       \
    "{\"schema\":\"hem-events/1\",\"hem\":\"0\",\"screen\":[1280,800],"                            \
    "\"started\":\"2026-11-26T11:00:00.000Z\",\"program\":\"app --new\","                          \
    "\"argv\":[\"app\",\"--new\"],\"directory\":\"/srv\"}\n"

/* docs/form.png: "Phone" at 808,409, the radio button "Student" at 421,756. */
static const char events[] =
    "{\"n\":1,\"kind\":\"frame\",\"mono\":1.0,\"file\":\"frames/000001.png\",\"still\":true}\n"
    "{\"n\":2,\"kind\":\"motion\",\"mono\":2.0,\"server\":2000,\"x\":600,\"y\":400}\n"
    "{\"n\":3,\"kind\":\"motion\",\"mono\":2.1,\"server\":2100,\"x\":808,\"y\":409}\n"
    "{\"n\":4,\"kind\":\"button down\",\"mono\":2.3,\"server\":2300,\"x\":808,\"y\":409,"
    "\"code\":1}\n"
    "{\"n\":5,\"kind\":\"button up\",\"mono\":2.4,\"server\":2400,\"x\":808,\"y\":409,"
    "\"code\":1}\n"
    "{\"n\":6,\"kind\":\"button down\",\"mono\":3.0,\"server\":3000,\"x\":808,\"y\":409,"
    "\"code\":1}\n"
    "{\"n\":7,\"kind\":\"button up\",\"mono\":3.1,\"server\":3100,\"x\":808,\"y\":409,"
    "\"code\":1}\n"
    "{\"n\":8,\"kind\":\"key down\",\"mono\":4.0,\"server\":4000,\"x\":808,\"y\":409,\"state\":4,"
    "\"code\":39,\"keysym\":\"s\",\"text\":\"\"}\n"
    "{\"n\":9,\"kind\":\"key up\",\"mono\":4.1,\"server\":4100,\"x\":808,\"y\":409,\"state\":4,"
    "\"code\":39,\"keysym\":\"s\",\"text\":\"\"}\n"
    "{\"n\":10,\"kind\":\"motion\",\"mono\":5.0,\"server\":5000,\"x\":900,\"y\":700}\n"
    "{\"n\":11,\"kind\":\"stop\",\"mono\":6.0,\"wall\":\"2026-11-26T11:00:05.000Z\","
    "\"why\":\"signal\"}\n";

static const char *folder;

static int make(void **state)
{
    (void)state;
    char picture[PATH_MAX], frames[128], here[PATH_MAX];
    struct buf log = {0};
    folder = new_folder();
    snprintf(frames, sizeof frames, "%s/frames", folder);
    snprintf(picture, sizeof picture, "%s/frames/000001.png", folder);
    buf_addf(&log, "%s%s", HEAD, events);
    write_file(folder, "events.jsonl", buf_text(&log));
    buf_finish(&log);
    if (mkdir(frames, 0700) != 0 || !realpath("docs/form.png", here) || symlink(here, picture) != 0)
        return -1;
    return 0;
}

static int remove_all(void **state)
{
    (void)state;
    remove_folder(folder);
    return 0;
}

static void check_has(const char *name, const char *const *parts)
{
    char *text = file_text(folder, name);
    for (; *parts; parts++)
        if (!strstr(text, *parts))
            fail_msg("%s has no %s:\n%s", name, *parts, text);
    free(text);
}

static void folds(void **state)
{
    (void)state;
    static const char *const turns[] = {"\"step\":\"click textbox \\\"Phone\\\"",
                                        "\"action\":\"click left at 808,409\"",
                                        "\"events\":[2,5]",
                                        "\"events\":[6,7]",
                                        "\"step\":\"press Ctrl+S\"",
                                        NULL};
    static const char *const episode[] = {"\"policy\":\"person\"",
                                          "\"outcome\":\"done\"",
                                          "\"argv\":[\"app\",\"--new\"]",
                                          "\"directory\":\"/srv\"",
                                          "\"double_click_ms\":500",
                                          "{\"events\":[10,10],\"what\":\"hover\"}",
                                          NULL};
    struct buf text = {0};
    if (hem(&text, "fold", folder, NULL) != 0 ||
        !strstr(buf_text(&text), "9 events: 8 in 3 actions of 3 steps, 1 in none"))
        fail_msg("%s", buf_text(&text));
    check_has("trajectory.jsonl", turns);
    check_has("episode.json", episode);
    buf_finish(&text);
}

static void folds_again_otherwise(void **state)
{
    (void)state;
    static const char *const turns[] = {"\"action\":\"double-click left at 808,409\"",
                                        "\"events\":[2,7]", NULL};
    static const char *const episode[] = {"\"double_click_ms\":900", "\"double_click_px\":3",
                                          "\"drag_px\":20", NULL};
    struct buf text = {0};
    if (hem(&text, "fold", folder, "--double-click", "900,3", "--drag", "20", NULL) != 0 ||
        !strstr(buf_text(&text), "in 2 actions of 2 steps"))
        fail_msg("%s", buf_text(&text));
    check_has("trajectory.jsonl", turns);
    check_has("episode.json", episode);
    buf_finish(&text);
}

/* A log that was broken off is folded as far as it goes. */
static void folds_what_is_left(void **state)
{
    (void)state;
    static const char *const episode[] = {"\"outcome\":\"stopped\"",
                                          "\"why\":\"the recording was broken off\"", NULL};
    struct buf text = {0}, log = {0};
    buf_addf(&log, "%s%.*s", HEAD, (int)(strstr(events, "{\"n\":6") - events) + 20, events);
    write_file(folder, "events.jsonl", buf_text(&log));
    if (hem(&text, "fold", folder, NULL) != 0 ||
        !strstr(buf_text(&text), "click textbox \"Phone\""))
        fail_msg("%s", buf_text(&text));
    check_has("episode.json", episode);
    buf_finish(&text);
    buf_finish(&log);
}

static void refuses_what_is_none(void **state)
{
    (void)state;
    struct buf text = {0};
    assert_int_equal(hem(&text, "fold", "docs", NULL), 2);
    assert_int_equal(hem(&text, "fold", folder, "--drag", "far", NULL), 2);
    assert_int_equal(hem(&text, "fold", folder, "--double-click", "500", NULL), 2);
    assert_int_equal(hem(&text, "fold", NULL), 2);
    buf_finish(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(folds),
        cmocka_unit_test(folds_again_otherwise),
        cmocka_unit_test(folds_what_is_left),
        cmocka_unit_test(refuses_what_is_none),
    };
    return cmocka_run_group_tests(tests, make, remove_all);
}
