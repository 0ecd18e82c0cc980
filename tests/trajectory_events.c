/* The log of a demonstration: what is written is read back, and what must not stand there doesn't.
 */
#include "tests/programs.h"
#include "trajectory/events.h"

#include <setjmp.h>
#include <signal.h>
#include <stddef.h>
#include <sys/resource.h>

#include <cmocka.h>

static char *const words[] = {"yad", "--form", "--text=a \"b\"", NULL};
static const struct events_head head = {.program = "yad --form",
                                        .argv = words,
                                        .directory = "/srv",
                                        .display = ":5",
                                        .layout = "us",
                                        .width = 1280,
                                        .height = 800};

static struct err error;

static struct event key(const char *keysym, const char *text, bool secret)
{
    struct event e = {.kind = EVENT_KEY_DOWN,
                      .mono_ms = 1204.5,
                      .wall = "2026-11-22T06:07:02.123Z",
                      .server_ms = 54286485,
                      .at = {300, 285},
                      .state = 1,
                      .code = 38,
                      .secret = secret};
    snprintf(e.keysym, sizeof e.keysym, "%s", keysym);
    snprintf(e.text, sizeof e.text, "%s", text);
    return e;
}

static struct event noted(enum event_kind kind, const char *note)
{
    return (struct event){.kind = kind,
                          .mono_ms = 2000,
                          .wall = "2026-11-22T06:07:03.000Z",
                          .still = kind == EVENT_FRAME,
                          .box = {1, 2, 30, 4},
                          .note = note};
}

static void append(struct events *s, struct event event)
{
    if (!events_append(s, &event, &error))
        fail_msg("%s", error.text);
}

static struct events *begin(const char *folder, const struct data *secrets)
{
    struct events *s = events_create(folder, &head, secrets, &error);
    if (!s)
        fail_msg("%s", error.text);
    return s;
}

static struct event_log read_back(const char *folder)
{
    struct event_log log;
    if (!events_read(folder, &log, &error))
        fail_msg("%s", error.text);
    return log;
}

static void test_there_and_back(void **state)
{
    (void)state;
    const char *folder = new_folder();
    struct events *s = begin(folder, NULL);
    struct event motion = key("", "", false);
    motion.kind = EVENT_MOTION;
    motion.code = 0;
    append(s, motion);
    append(s, key("quotedbl", "\"", false));
    append(s, key("backslash", "\\", false));
    append(s, key("adiaeresis", "ä", false));
    append(s, noted(EVENT_FRAME, "frames/000001.png"));
    append(s, noted(EVENT_PAUSE, "hotkey"));
    append(s, noted(EVENT_RESUME, "hotkey"));
    append(s, noted(EVENT_WINDOW, "Notes \"new\"\n\x01"));
    append(s, noted(EVENT_SECRET, "Password"));
    append(s, noted(EVENT_STOP, "interrupted"));
    assert_true(events_close(s, &error));

    struct event_log log = read_back(folder);
    assert_int_equal(log.count, 10);
    assert_int_equal(log.head.width, 1280);
    assert_int_equal(log.head.height, 800);
    assert_string_equal(log.head.program, "yad --form");
    assert_string_equal(log.head.directory, "/srv");
    for (int i = 0; words[i]; i++)
        assert_string_equal(log.head.argv[i], words[i]);
    assert_null(log.head.argv[3]);
    assert_string_equal(log.head.layout, "us");
    assert_int_equal(log.items[0].kind, EVENT_MOTION);
    struct event *e = &log.items[1];
    assert_int_equal(e->number, 2);
    assert_int_equal(e->server_ms, 54286485);
    assert_true(e->mono_ms > 1204.49 && e->mono_ms < 1204.51);
    assert_string_equal(e->wall, "2026-11-22T06:07:02.123Z");
    assert_int_equal(e->at.x, 300);
    assert_int_equal(e->at.y, 285);
    assert_int_equal(e->state, 1);
    assert_int_equal(e->code, 38);
    assert_string_equal(e->keysym, "quotedbl");
    assert_string_equal(e->text, "\"");
    assert_string_equal(log.items[2].text, "\\");
    assert_string_equal(log.items[3].text, "ä");
    assert_string_equal(log.items[4].note, "frames/000001.png");
    assert_true(log.items[4].still);
    assert_string_equal(log.items[7].note, "Notes \"new\"\n\x01");
    assert_int_equal(log.items[8].box.width, 30);
    assert_string_equal(log.items[9].note, "interrupted");
    event_log_finish(&log);
    remove_folder(folder);
}

static void test_secrets_are_left_out(void **state)
{
    (void)state;
    const char *folder = new_folder();
    struct data secrets = {0};
    struct events *s = begin(folder, &secrets);
    append(s, key("Q", "Q", true));
    data_add(&secrets, "Password", "hunter2");
    append(s, noted(EVENT_WINDOW, "it is hunter2!"));
    assert_true(events_close(s, &error));
    char *text = file_text(folder, EVENTS_FILE);
    assert_null(strstr(text, "Q"));
    assert_null(strstr(text, "\"code\""));
    assert_null(strstr(text, "\"state\""));
    assert_null(strstr(text, "hunter2"));
    assert_non_null(strstr(text, "it is {{secret:Password}}!"));
    struct event_log log = read_back(folder);
    assert_true(log.items[0].secret);
    assert_int_equal(log.items[0].kind, EVENT_KEY_DOWN);
    event_log_finish(&log);
    data_finish(&secrets);
    free(text);
    remove_folder(folder);
}

/* No second recording goes into the same place. */
static void test_one_recording_a_folder(void **state)
{
    (void)state;
    const char *folder = new_folder();
    struct events *s = begin(folder, NULL);
    assert_null(events_create(folder, &head, NULL, &error));
    assert_int_equal(error.kind, ERR_USAGE);
    assert_true(events_close(s, &error));
    remove_folder(folder);
}

/* As after a kill, and after a hand that has been in it. */
static void test_what_is_broken(void **state)
{
    (void)state;
    static const char first[] =
        "{\"schema\":\"hem-events/1\",\"screen\":[640,480],\"started\":\"\"}\n";
    static const struct {
        const char *text, *error; /* a part of it; NULL: it is read */
        int count;
        bool cut;
    } cases[] = {
        {"{\"n\":1,\"kind\":\"motion\"}\n{\"n\":2,\"kind\":\"mot", NULL, 1, true},
        {"{\"n\":1,\"kind\":\"motion\",\"new\":[1]}\n", NULL, 1, false},
        {"", NULL, 0, false},
        {"{\"n\":2,\"kind\":\"motion\"}\n", "jsonl:2: event 1 is missing", 0, false},
        {"{\"n\":1,\"kind\":\"dance\"}\n", "jsonl:2: the \"kind\"", 0, false},
        {"{\"n\":1,\"kind\":\"frame\",\"file\":\"frames/../x\"}\n", "jsonl:2: \"file\"", 0, false},
        {"what\n", "jsonl:2: it is no JSON object", 0, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *folder = new_folder();
        struct buf text = {0};
        struct event_log log;
        buf_addf(&text, "%s%s", first, cases[i].text);
        write_file(folder, EVENTS_FILE, buf_text(&text));
        bool fine = events_read(folder, &log, &error);
        assert_int_equal(fine, cases[i].error == NULL);
        if (!cases[i].error) {
            assert_int_equal(log.count, cases[i].count);
            assert_int_equal(log.cut, cases[i].cut);
            event_log_finish(&log);
        } else {
            assert_int_equal(error.kind, ERR_USAGE);
            assert_non_null(strstr(error.text, cases[i].error));
        }
        buf_finish(&text);
        remove_folder(folder);
    }
}

/* The file may not grow: what fits stays, whole lines and all. */
static void test_a_full_disk(void **state)
{
    (void)state;
    const char *folder = new_folder();
    struct rlimit before, small = {.rlim_cur = 1000, .rlim_max = RLIM_INFINITY};
    struct events *s = begin(folder, NULL);
    int count = 0;
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before);
    small.rlim_max = before.rlim_max;
    setrlimit(RLIMIT_FSIZE, &small);
    struct event e = key("a", "a", false);
    while (count < 1000 && events_append(s, &e, &error))
        count++;
    setrlimit(RLIMIT_FSIZE, &before);
    assert_in_range(count, 1, 20);
    assert_int_equal(error.kind, ERR_IO);
    append(s, e); /* there is room again */
    assert_true(events_close(s, &error));
    struct event_log log = read_back(folder);
    assert_int_equal(log.count, count + 1);
    assert_false(log.cut);
    event_log_finish(&log);
    remove_folder(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_there_and_back),
        cmocka_unit_test(test_secrets_are_left_out),
        cmocka_unit_test(test_one_recording_a_folder),
        cmocka_unit_test(test_what_is_broken),
        cmocka_unit_test(test_a_full_disk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
