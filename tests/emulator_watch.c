/* hem record, with a person at real programs: nothing lost, nothing secret told, nothing late. */
#include "tests/watched.h"
#include "vision/picture.h"

#include <dirent.h>
#include <signal.h>
#include <sys/mount.h>

#define HOTKEY_DOWN 3 /* keys; and they go up, unless the display has gone by then */

/* ---- what was sent, and what was told ---- */

/* All that hands did is told, once and in order. */
static void same_events(const struct event_log *log, const char *sent)
{
    int at = 0;
    for (const char *line = sent; *line; line += strcspn(line, "\n"), line += *line == '\n') {
        char kind[16];
        int a, b = 0;
        if (sscanf(line, "%15[a-z ] %d,%d", kind, &a, &b) < 2)
            fail_msg("%.40s", line);
        kind[strlen(kind) - (kind[strlen(kind) - 1] == ' ')] = '\0';
        while (at < log->count && !event_is_hands(log->items[at].kind))
            at++;
        if (at == log->count) { /* the rest is the hotkey that ended it */
            int rest = 0;
            for (; *line; line++)
                rest += *line == '\n';
            assert_in_range(rest, HOTKEY_DOWN, 2 * HOTKEY_DOWN);
            return;
        }
        const struct event *e = &log->items[at++];
        bool same = strcmp(event_name(e->kind), kind) == 0;
        if (e->kind == EVENT_MOTION)
            same = same && e->at.x == a && e->at.y == b;
        else if (!e->secret)
            same = same && e->code == (unsigned)a;
        if (!same)
            fail_msg("event %ld is %s, and sent was %.40s", e->number, event_name(e->kind), line);
    }
    fail_msg("no hotkey was sent");
}

/* A line for all that hands did. */
static void hands(const struct event_log *log, struct buf *out)
{
    for (int i = 0; i < log->count; i++) {
        const struct event *e = &log->items[i];
        if (event_is_hands(e->kind))
            buf_addf(out, "%s %s %u at %d,%d %u\n", event_name(e->kind), e->keysym, e->code,
                     e->at.x, e->at.y, e->server_ms);
    }
}

/* The text of all keys. */
static void typed(const struct event_log *log, struct buf *out)
{
    for (int i = 0; i < log->count; i++)
        if (log->items[i].kind == EVENT_KEY_DOWN)
            buf_add(out, log->items[i].text);
}

static int secret_keys(const struct event_log *log)
{
    int count = 0;
    for (int i = 0; i < log->count; i++)
        count += log->items[i].kind == EVENT_KEY_DOWN && log->items[i].secret;
    return count;
}

/* ---- pictures ---- */

static void picture_of(const char *folder, const char *file, struct frame *out)
{
    struct buf path = {0};
    struct err e = {0};
    buf_addf(&path, "%s/%s", folder, file);
    if (!picture_read(buf_text(&path), out, &e))
        fail_msg("%s", e.text);
    buf_finish(&path);
}

static bool is_orange(const struct frame *f, struct point at)
{
    return (f->pixels[at.y * f->stride + at.x] & 0xFFFFFF) == 0xFFAA00;
}

/* The last still picture before the pointer began to move to where event PRESS is. */
static const struct event *picture_before(const struct event_log *log, int press)
{
    const struct event *best = NULL;
    double begun = log->items[press].mono_ms;
    for (int i = press - 1;
         i >= 0 && (!event_is_hands(log->items[i].kind) || log->items[i].kind == EVENT_MOTION); i--)
        if (log->items[i].kind == EVENT_MOTION)
            begun = log->items[i].mono_ms;
    for (int i = 0; i < log->count; i++) {
        const struct event *e = &log->items[i];
        if (e->kind == EVENT_FRAME && e->still && e->mono_ms < begun &&
            (!best || e->mono_ms > best->mono_ms))
            best = e;
    }
    return best;
}

/* Before a click on a button that turns orange under the pointer there is a picture in which it has
 * not; and one in which it has, else this would prove nothing. */
static void no_hover_before(const char *folder, const struct event_log *log, struct rect buttons)
{
    int presses = 0, orange = 0;
    struct frame frame = {0};
    for (int i = 0; i < log->count; i++) {
        const struct event *e = &log->items[i];
        if (e->kind != EVENT_BUTTON_DOWN || !rect_holds(buttons, e->at))
            continue;
        struct point corner = {e->at.x, buttons.y + 8}; /* where no letter is */
        const struct event *before = picture_before(log, i);
        assert_non_null(before);
        picture_of(folder, before->note, &frame);
        assert_false(is_orange(&frame, corner));
        for (int j = 0; j < log->count; j++) {
            if (log->items[j].kind != EVENT_FRAME)
                continue;
            picture_of(folder, log->items[j].note, &frame);
            orange += is_orange(&frame, corner);
        }
        presses++;
    }
    frame_finish(&frame);
    assert_int_equal(presses, 2);
    assert_true(orange > 0);
}

/* ---- secrets ---- */

/* What the eyes read in all pictures. */
static void read_pictures(const char *folder, const struct event_log *log, struct buf *out)
{
    for (int i = 0; i < log->count; i++) {
        struct buf path = {0}, text = {0};
        if (log->items[i].kind != EVENT_FRAME)
            continue;
        buf_addf(&path, "%s/%s", folder, log->items[i].note);
        hem(&text, "see", "--json", "--image", buf_text(&path), NULL);
        buf_add(out, buf_text(&text));
        buf_finish(&path);
        buf_finish(&text);
    }
}

/* Is TEXT in a file of FOLDER? */
static bool found_in_files(const char *folder, const char *text)
{
    struct buf said = {0};
    char *argv[] = {"grep", "-r", "-a", "-l", "-F", (char *)text, (char *)folder, NULL};
    int status = program_run(argv, &said);
    buf_finish(&said);
    return status != 1;
}

static void test_a_password(void **state)
{
    (void)state;
    static const char script[] = "to 150,98\nclick\ntype ada\npress Tab\ntype Qz7xWkV9\npress Tab\n"
                                 "type plain\nto 90,335\nclick\nrest 400\nto 150,170\nclick\n"
                                 "type 4Jm\nrest 600\nto 290,335\nclick\nrest 600\n"
                                 "press Ctrl+Alt+q\n";
    char here[PATH_MAX], log_path[] = "/tmp/hem-test-sent-XXXXXX";
    const char *folder = new_folder();
    struct watched w;
    struct buf page = {0}, text = {0}, seen = {0};
    if (!getcwd(here, sizeof here))
        abort();
    buf_addf(&page, "--app=file://%s/tests/record/signin.html", here);
    close(mkstemp(log_path));
    watched_start(&w, (char *[]){(char *)folder, "--", "chromium", page.text, NULL});
    watched_person(&w, script, log_path);
    int status = watched_end(&w);
    if (status != 0)
        fail_msg("status %d: %s", status, buf_text(&w.said));
    struct event_log log = watched_log(folder);
    char *sent = file_text("/tmp", log_path + strlen("/tmp/"));
    same_events(&log, sent);
    assert_string_equal(log.head.argv[0], "chromium");
    assert_string_equal(log.head.directory, here);
    typed(&log, &text);
    assert_string_equal(buf_text(&text), "adaplain");
    assert_true(secret_keys(&log) >= (int)strlen("Qz7xWkV9"
                                                 "4Jm"));
    no_hover_before(folder, &log, (struct rect){40, 315, 320, 30});
    read_pictures(folder, &log, &seen);
    static const char *const pieces[] = {"Qz7xWkV9", "Qz7xW", "z7xWkV", "kV9"};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        assert_false(found_in_files(folder, pieces[i]));
        assert_null(strcasestr(buf_text(&seen), pieces[i]));
    }
    assert_non_null(strstr(buf_text(&seen), "Welcome")); /* the eyes did read */
    char *turns = file_text(folder, "trajectory.jsonl");
    assert_non_null(strstr(turns, "type \\\"ada\\\" into")); /* it was made steps of */
    free(turns);
    free(sent);
    unlink(log_path);
    event_log_finish(&log);
    remove_folder(folder);
    buf_finish(&page);
    buf_finish(&text);
    buf_finish(&seen);
    buf_finish(&w.said);
}

static void test_pause_and_signal(void **state)
{
    (void)state;
    const char *folder = new_folder();
    struct watched w;
    struct buf text = {0};
    watched_start(&w, (char *[]){(char *)folder, "--secret", "Account", "--", "yad", "--form",
                                 "--field=Name", "--field=Account", NULL});
    watched_person(&w,
                   "to 640,370\nclick\ntype Ada\npress Ctrl+Alt+p\ntype unsaid\n"
                   "press Ctrl+Alt+p\nrest 300\ntype Bo\npress Tab\nrest 400\ntype 12\nrest 600\n",
                   NULL);
    kill(w.pid, SIGTERM);
    assert_int_equal(watched_end(&w), 0);
    struct event_log log = watched_log(folder);
    typed(&log, &text);
    assert_string_equal(buf_text(&text), "AdaBo");
    assert_int_equal(secret_keys(&log), 2);
    for (int i = 0; i < log.count; i++) /* the hotkeys are no part of it */
        assert_false(event_is_key(log.items[i].kind) &&
                     (strncmp(log.items[i].keysym, "Control", 7) == 0 ||
                      strncmp(log.items[i].keysym, "Alt", 3) == 0));
    assert_int_equal(log.items[log.count - 1].kind, EVENT_STOP);
    assert_string_equal(log.items[log.count - 1].note, "signal");
    assert_non_null(strstr(buf_text(&w.said), "paused"));
    assert_non_null(strstr(buf_text(&w.said), "recording again"));
    event_log_finish(&log);
    remove_folder(folder);
    buf_finish(&text);
    buf_finish(&w.said);
}

/* A display that is there, and that somebody else watches, too: both have heard the same. */
static void test_a_display_that_is_there(void **state)
{
    (void)state;
    char *folder = mem_text(new_folder()), *other = mem_text(new_folder());
    struct watched own, joined;
    struct buf one = {0}, two = {0};
    watched_start(&own, (char *[]){folder, "--", "yad", "--form", "--field=Name", NULL});
    watched_start(&joined, (char *[]){other, "--display", own.display, NULL});
    assert_string_equal(own.display, joined.display);
    watched_person(&own, "to 640,385\nclick\ntype Bo Peep\nrest 500\npress Ctrl+Alt+q\n", NULL);
    assert_int_equal(watched_end(&joined), 0);
    assert_int_equal(watched_end(&own), 0);
    struct event_log a = watched_log(folder), b = watched_log(other);
    hands(&a, &one);
    hands(&b, &two);
    assert_string_equal(buf_text(&one), buf_text(&two));
    assert_non_null(strstr(buf_text(&one), "key down P "));
    event_log_finish(&a);
    event_log_finish(&b);
    remove_folder(folder);
    remove_folder(other);
    free(folder);
    free(other);
    buf_finish(&one);
    buf_finish(&two);
    buf_finish(&own.said);
    buf_finish(&joined.said);
}

/* A disk with room for a few pictures. */
static void test_a_full_disk(void **state)
{
    (void)state;
    const char *folder = new_folder();
    struct watched w;
    struct buf inside = {0};
    if (mount("tmpfs", folder, "tmpfs", 0, "size=80k") != 0) {
        remove_folder(folder);
        skip(); /* only root may */
    }
    buf_addf(&inside, "%s/made", folder);
    watched_start(&w, (char *[]){inside.text, "--", "yad", "--form", "--field=Name", NULL});
    pid_t person = person_start(w.display,
                                "to 640,380\nclick\ntype Ada Lovelace, Countess\nrest 400\n"
                                "to 700,420\nrest 400\nto 640,380\nrest 400\nto 600,420\n"
                                "rest 400\ntype and so on and on and on and on\n",
                                NULL, 3);
    int status = watched_end(&w);
    kill(person, SIGKILL);
    person_end(person);
    if (status != 3 || !strstr(buf_text(&w.said), "No space left on device"))
        fail_msg("status %d: %s", status, buf_text(&w.said));
    struct event_log log = watched_log(buf_text(&inside));
    assert_true(log.count > 3);
    assert_false(log.cut);
    event_log_finish(&log);
    umount2(folder, MNT_DETACH);
    remove_folder(folder);
    buf_finish(&inside);
    buf_finish(&w.said);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_password),
        cmocka_unit_test(test_pause_and_signal),
        cmocka_unit_test(test_a_display_that_is_there),
        cmocka_unit_test(test_a_full_disk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
