/* read: trajectories from disk, whole, cut and wrong. */
#include "trajectory/read.h"

#include "base/buf.h"

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

#define EPISODE                                                                                    \
    "{\"schema\":\"hem-trajectory/1\",\"task\":\"t\",\"policy\":\"form\",\"outcome\":\"done\"}"
#define MS "\"ms\":{\"settle\":1,\"capture\":2,\"read\":3.5,\"decide\":4,\"act\":5}"

#define TURN_BYTES (sizeof("{\"turn\":1," MS "}") - 1)

struct sample {
    const char *what;
    const char *episode; /* NULL: no such file */
    const char *turns;
    size_t turns_size; /* 0: up to the terminator */
    int count;         /* of turns; -1: an error */
    bool cut;
    const char *error; /* how it begins, behind the directory */
};

static const struct sample samples[] = {
    {"no turns", EPISODE, "", 0, 0, false, NULL},
    {"one", EPISODE, "{\"turn\":1," MS "}\n", 0, 1, false, NULL},
    {"members of a later hem", EPISODE, "{\"turn\":1," MS ",\"new\":[{}]}\n", 0, 1, false, NULL},
    {"spaces, CR", EPISODE, " {\"turn\":1, " MS "} \r\n", 0, 1, false, NULL},
    {"cut", EPISODE, "{\"turn\":1," MS "}\n{\"turn\":2,\"st", 0, 1, true, NULL},
    {"cut before the newline", EPISODE, "{\"turn\":1," MS "}", 0, 1, false, NULL},
    {"cut and only that", EPISODE, "{", 0, 0, true, NULL},
    {"zeros at the end", EPISODE, "{\"turn\":1," MS "}\n\0\0\0", TURN_BYTES + 4, 1, true, NULL},
    {"cut in the middle", EPISODE, "{\"turn\":1," MS "}\n{\"tu\n{\"turn\":3," MS "}\n", 0, -1,
     false, "trajectory.jsonl:2: not JSON from character "},
    {"cut but with a newline", EPISODE, "{\"turn\":1,\n", 0, -1, false,
     "trajectory.jsonl:1: not JSON from character "},
    {"an empty line", EPISODE, "\n", 0, -1, false, "trajectory.jsonl:1: not JSON from character "},
    {"zeros in a line", EPISODE, "{\"turn\":1," MS "}\0\n", TURN_BYTES + 2, -1, false,
     "trajectory.jsonl:1: not JSON from character "},
    {"more behind it", EPISODE, "{\"turn\":1," MS "} {}\n", 0, -1, false,
     "trajectory.jsonl:1: not JSON from character "},
    {"a list", EPISODE, "[]\n", 0, -1, false, "trajectory.jsonl:1: a turn is an object"},
    {"no number", EPISODE, "{" MS "}\n", 0, -1, false,
     "trajectory.jsonl:1: \"turn\" is missing or not a number from 1"},
    {"number 0", EPISODE, "{\"turn\":0," MS "}\n", 0, -1, false,
     "trajectory.jsonl:1: \"turn\" is missing or not a number from 1"},
    {"a broken number", EPISODE, "{\"turn\":1.5," MS "}\n", 0, -1, false,
     "trajectory.jsonl:1: \"turn\" is missing or not a number from 1"},
    {"a huge number", EPISODE, "{\"turn\":1e300," MS "}\n", 0, -1, false,
     "trajectory.jsonl:1: \"turn\" is missing or not a number from 1"},
    {"a number as text", EPISODE, "{\"turn\":\"1\"," MS "}\n", 0, -1, false,
     "trajectory.jsonl:1: \"turn\" is not a number"},
    {"a step that is none", EPISODE, "{\"turn\":1,\"step\":7," MS "}\n", 0, -1, false,
     "trajectory.jsonl:1: \"step\" is not a text"},
    {"no times", EPISODE, "{\"turn\":1}\n", 0, -1, false,
     "trajectory.jsonl:1: \"ms\" is missing or not an object"},
    {"a time that is none", EPISODE, "{\"turn\":1,\"ms\":{\"read\":\"x\"}}\n", 0, -1, false,
     "trajectory.jsonl:1: \"read\" is not a number"},
    {"a picture elsewhere", EPISODE, "{\"turn\":1,\"frame\":\"/etc/passwd\"," MS "}\n", 0, -1,
     false, "trajectory.jsonl:1: \"frame\" is not a file in frames/"},
    {"a picture outside", EPISODE, "{\"turn\":1,\"frame\":\"frames/../../x\"," MS "}\n", 0, -1,
     false, "trajectory.jsonl:1: \"frame\" is not a file in frames/"},
    {"no picture's name", EPISODE, "{\"turn\":1,\"frame\":\"frames/\"," MS "}\n", 0, -1, false,
     "trajectory.jsonl:1: \"frame\" is not a file in frames/"},

    {"no episode", NULL, "", 0, -1, false, "episode.json: cannot open: No such file or directory"},
    {"no turns' file", EPISODE, NULL, 0, -1, false,
     "trajectory.jsonl: cannot open: No such file or directory"},
    {"an empty episode", "", "", 0, -1, false, "episode.json: not JSON from character "},
    {"half an episode", "{\"schema\":", "", 0, -1, false, "episode.json: not JSON from character "},
    {"something else", "{\"name\":\"x\"}", "", 0, -1, false,
     "episode.json: not an episode: it has no \"schema\""},
    {"a list for an episode", "[1]", "", 0, -1, false,
     "episode.json: not an episode: it has no \"schema\""},
    {"another schema", "{\"schema\":\"hem-trajectory/2\"}", "", 0, -1, false,
     "episode.json: the schema is \"hem-trajectory/2\"; this hem reads \"hem-trajectory/1\""},
    {"no outcome", "{\"schema\":\"hem-trajectory/1\"}", "", 0, -1, false,
     "episode.json: \"outcome\" is missing"},
    {"an outcome that is none", "{\"schema\":\"hem-trajectory/1\",\"outcome\":1}", "", 0, -1, false,
     "episode.json: \"outcome\" is not a text"},
};

static char dir[64];

static void file_write(const char *name, const char *bytes, size_t size)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", dir, name);
    unlink(path);
    if (!bytes)
        return;
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

static int dir_make(void **state)
{
    (void)state;
    strcpy(dir, "/tmp/hem-read-XXXXXX");
    return mkdtemp(dir) ? 0 : -1;
}

static int dir_remove(void **state)
{
    (void)state;
    file_write("episode.json", NULL, 0);
    file_write("trajectory.jsonl", NULL, 0);
    return rmdir(dir);
}

static void sample_check(const struct sample *s)
{
    struct recording r = {.turn_count = 12345}, untouched = r;
    struct err e = {0};
    bool read = recording_read(dir, &r, &e);
    if (read != (s->count >= 0))
        fail_msg("%s: %s", s->what, read ? "was read" : e.text);
    if (!read) {
        if (strncmp(e.text, dir, strlen(dir)) != 0 || e.text[strlen(dir)] != '/' ||
            strncmp(e.text + strlen(dir) + 1, s->error, strlen(s->error)) != 0)
            fail_msg("%s: says \"%s\"", s->what, e.text);
        assert_int_equal(e.kind, ERR_USAGE);
        assert_memory_equal(&r, &untouched, sizeof r);
        return;
    }
    if (r.turn_count != s->count || r.cut != s->cut)
        fail_msg("%s: %d turns, cut: %d", s->what, r.turn_count, r.cut);
    assert_int_equal(e.kind, ERR_NONE);
    recording_finish(&r);
}

static void samples_are_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        const struct sample *s = &samples[i];
        file_write("episode.json", s->episode, s->episode ? strlen(s->episode) : 0);
        file_write("trajectory.jsonl", s->turns,
                   s->turns_size ? s->turns_size
                   : s->turns    ? strlen(s->turns)
                                 : 0);
        sample_check(s);
    }
}

static void all_members_are_read(void **state)
{
    (void)state;
    static const char turn[] =
        "{\"turn\":7,\"step\":\"click \\\"Sa\\u0308ve\\\"\",\"action\":\"click left at 1,2\","
        "\"verdict\":\"allow\",\"outcome\":\"acted\",\"frame\":\"frames/000007.png\"," MS "}\n";
    static const char episode[] =
        "{\"schema\":\"hem-trajectory/1\",\"task\":\"form\",\"policy\":\"script\","
        "\"outcome\":\"failed\",\"why\":\"no \\\"Save\\\"\"}\n";
    struct recording r;
    struct err e = {0};
    file_write("episode.json", episode, sizeof episode - 1);
    file_write("trajectory.jsonl", turn, sizeof turn - 1);
    assert_true(recording_read(dir, &r, &e));
    assert_string_equal(r.task, "form");
    assert_string_equal(r.policy, "script");
    assert_string_equal(r.outcome, "failed");
    assert_string_equal(r.why, "no \"Save\"");
    assert_int_equal(r.turns[0].number, 7);
    assert_string_equal(r.turns[0].step, "click \"Sa\xCC\x88ve\"");
    assert_string_equal(r.turns[0].action, "click left at 1,2");
    assert_string_equal(r.turns[0].verdict, "allow");
    assert_string_equal(r.turns[0].outcome, "acted");
    assert_string_equal(r.turns[0].frame, "frames/000007.png");
    assert_true(r.turns[0].settle_ms == 1 && r.turns[0].capture_ms == 2 &&
                r.turns[0].read_ms == 3.5 && r.turns[0].decide_ms == 4 && r.turns[0].act_ms == 5);
    recording_finish(&r);
}

#define SEEN                                                                                       \
    "\"ended\":[{\"step\":\"click \\\"a\\\"\",\"place\":[1,2,30,40]},"                             \
    "{\"step\":\"click \\\"b\\\"\",\"failed\":\"no b\"}],\"at\":[16,22],"                          \
    "\"last_effect\":\"confirmed\",\"scene\":{\"window\":\"W\",\"elements\":[{\"id\":3,"           \
    "\"role\":\"textbox\",\"label\":\"Name\",\"group\":\"G\",\"states\":[\"focused\","             \
    "\"required\"],"                                                                               \
    "\"box\":[1,2,30,40]},{\"id\":4,\"role\":\"button\",\"text\":\"Send\",\"box\":[5,6,7,8]}]}"

#define DATA_EPISODE                                                                               \
    "{\"schema\":\"hem-trajectory/1\",\"task\":\"t\",\"path\":\"t.yaml\",\"outcome\":\"done\","    \
    "\"screen\":[640,480],\"data\":[{\"name\":\"N\",\"value\":\"Ada\",\"hole\":\"{{N}}\"},"        \
    "{\"name\":\"N\",\"value\":\"Bea\"}]}"

static void what_was_seen_is_read(void **state)
{
    (void)state;
    struct recording r;
    struct err e = {0};
    const char *turns = "{\"turn\":1," MS "}\n{\"turn\":2," SEEN "," MS
                        "}\n{\"turn\":3,\"scene\":\"same\"," MS "}\n";
    file_write("episode.json", DATA_EPISODE, strlen(DATA_EPISODE));
    file_write("trajectory.jsonl", turns, strlen(turns));
    assert_true(recording_read(dir, &r, &e));
    assert_string_equal(r.path, "t.yaml");
    assert_int_equal(r.width, 640);
    assert_int_equal(r.data.count, 2);
    assert_string_equal(r.data.items[1].value, "Bea");
    assert_string_equal(r.holes.items[0].value, "{{N}}");
    assert_string_equal(r.holes.items[1].value, "");
    assert_int_equal(r.turns[0].scene, -1);
    assert_int_equal(r.turns[1].scene, 0);
    assert_int_equal(r.turns[2].scene, 0);
    assert_int_equal(r.scene_count, 1);
    const struct scene *scene = &r.scenes[0];
    assert_int_equal(scene->height, 480);
    assert_string_equal(scene->window, "W");
    assert_int_equal(scene->element_count, 2);
    assert_int_equal(scene->elements[0].role, ROLE_TEXTBOX);
    assert_int_equal(scene->elements[0].states, STATE_FOCUSED | STATE_REQUIRED);
    assert_string_equal(scene->elements[0].value, "");
    assert_string_equal(scene->elements[0].group, "G");
    assert_null(scene->elements[1].value);
    assert_int_equal(scene_element(scene, 4)->box.width, 7);
    const struct recorded_turn *turn = &r.turns[1];
    assert_true(turn->has_at && turn->at.x == 16 && turn->at.y == 22);
    assert_string_equal(turn->last_effect, "confirmed");
    assert_int_equal(turn->ended.count, 2);
    assert_string_equal(turn->ended.items[0].line, "click \"a\"");
    assert_null(turn->ended.items[0].failed);
    assert_int_equal(turn->ended.items[0].place.height, 40);
    assert_string_equal(turn->ended.items[1].failed, "no b");
    recording_finish(&r);
}

static void many_turns_are_read(void **state)
{
    (void)state;
    struct buf text = {0};
    struct recording r;
    struct err e = {0};
    for (int i = 1; i <= 1000; i++)
        buf_addf(&text, "{\"turn\":%d," MS "}\n", i);
    file_write("episode.json", EPISODE, strlen(EPISODE));
    file_write("trajectory.jsonl", text.text, text.length);
    assert_true(recording_read(dir, &r, &e));
    assert_int_equal(r.turn_count, 1000);
    assert_int_equal(r.turns[999].number, 1000);
    assert_string_equal(r.turns[999].step, "");
    assert_string_equal(r.why, "");
    recording_finish(&r);
    buf_finish(&text);
}

/* Any byte of a good file changed or any tail cut off: an error or turns, never more than that. */
static void damage_is_survived(void **state)
{
    (void)state;
    static const char good[] = "{\"turn\":1,\"step\":\"a\",\"frame\":\"frames/1.png\"," MS
                               "}\n{\"turn\":2," SEEN "," MS "}\n";
    char bad[sizeof good];
    file_write("episode.json", DATA_EPISODE, strlen(DATA_EPISODE));
    for (size_t i = 0; i < 3 * (sizeof good - 1); i++) {
        size_t at = i / 3, size = sizeof good - 1;
        struct recording r;
        struct err e = {0};
        memcpy(bad, good, sizeof good);
        bad[at] = "\0}\xFF"[i % 3];
        file_write("trajectory.jsonl", bad, i % 3 == 1 ? at : size);
        if (!recording_read(dir, &r, &e)) {
            assert_int_equal(e.kind, ERR_USAGE);
            continue;
        }
        assert_in_range(r.turn_count, 0, 2);
        recording_finish(&r);
    }
}

static void endless_line_is_refused(void **state)
{
    (void)state;
    struct recording r;
    struct err e = {0};
    char path[128];
    file_write("episode.json", EPISODE, strlen(EPISODE));
    file_write("trajectory.jsonl", "", 0);
    snprintf(path, sizeof path, "%s/trajectory.jsonl", dir);
    assert_int_equal(truncate(path, 20 << 20), 0);
    assert_false(recording_read(dir, &r, &e));
    assert_non_null(strstr(e.text, "trajectory.jsonl:1: a line of more than 16 MiB"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(samples_are_read),        cmocka_unit_test(all_members_are_read),
        cmocka_unit_test(many_turns_are_read),     cmocka_unit_test(damage_is_survived),
        cmocka_unit_test(endless_line_is_refused), cmocka_unit_test(what_was_seen_is_read),
    };
    return cmocka_run_group_tests(tests, dir_make, dir_remove);
}
