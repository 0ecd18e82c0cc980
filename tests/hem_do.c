/* `hem do` as a shell and a program use it: chains, lines of JSON, and what is held when it ends.
 */
#include "base/rect.h"
#include "tests/programs.h"
#include "tests/recorder.h"

#include <cjson/cJSON.h>
#include <setjmp.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct xserver server;
static Display *display;
static pid_t program;

static int open_all(void **state)
{
    (void)state;
    struct buf text = {0};
    if (!xserver_start(&server) || !(display = XOpenDisplay(NULL)))
        return -1;
    program = child_fork();
    if (program == 0) {
        execlp("wish", "wish", "tests/data/book.tcl", "--", "/dev/null", NULL);
        _exit(127);
    }
    int status = hem(&text, "do", "wait for \"Sign\" within 30 s", NULL);
    buf_finish(&text);
    return status;
}

static int close_all(void **state)
{
    (void)state;
    child_end(program);
    XCloseDisplay(display);
    child_end(server.pid);
    return 0;
}

/* ---- one line of JSON ---- */

static bool is_ok(const cJSON *answer)
{
    return cJSON_IsTrue(cJSON_GetObjectItem(answer, "ok"));
}

static const char *text_of(const cJSON *answer, const char *name)
{
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItem(answer, name));
    return text ? text : "";
}

static void assert_answer(const cJSON *answer, int number, const char *step, bool ok)
{
    assert_non_null(answer);
    assert_string_equal(text_of(answer, "event"), "step");
    assert_int_equal((int)cJSON_GetNumberValue(cJSON_GetObjectItem(answer, "number")), number);
    assert_string_equal(text_of(answer, "step"), step);
    assert_true(cJSON_GetNumberValue(cJSON_GetObjectItem(answer, "ms")) >= 0);
    if (is_ok(answer) != ok || ok == (*text_of(answer, "error") != '\0'))
        fail_msg("%s: %s", step, text_of(answer, "error"));
}

static const char *value_of(const cJSON *answer, const char *name)
{
    return text_of(cJSON_GetObjectItem(answer, "values"), name);
}

static void test_chain(void **state)
{
    (void)state;
    static const char *const steps[] = {"type \"Ada\" into \"Name\"", "click button \"Sign\"",
                                        "expect \"Thank you, Ada\"", "read \"Name\" as name",
                                        "expect \"Thank you, Bob\" within 0.1 s"};
    struct buf text = {0};
    int status = hem(&text, "do", "--json", steps[0], steps[1], steps[2], steps[3], steps[4],
                     "press Tab", NULL);
    assert_int_equal(status, 1);
    char *rest = text.text, *line;
    for (int i = 0; i < 5; i++) {
        line = strsep(&rest, "\n");
        assert_non_null(line);
        cJSON *answer = cJSON_Parse(line);
        assert_answer(answer, i + 1, steps[i], i < 4);
        if (i == 1) {
            cJSON *actions = cJSON_GetObjectItem(answer, "actions");
            cJSON *at = cJSON_GetObjectItem(answer, "at");
            assert_int_equal(cJSON_GetArraySize(actions), 1);
            assert_int_equal(cJSON_GetArraySize(at), 2);
            assert_string_equal(text_of(answer, "effect"), "confirmed");
            assert_int_equal(cJSON_GetArraySize(cJSON_GetObjectItem(answer, "effects")), 1);
            assert_ptr_equal(strstr(cJSON_GetStringValue(cJSON_GetArrayItem(actions, 0)), "click"),
                             cJSON_GetStringValue(cJSON_GetArrayItem(actions, 0)));
        }
        if (i == 3)
            assert_string_equal(value_of(answer, "name"), "Ada");
        cJSON_Delete(answer);
    }
    assert_string_equal(rest, ""); /* after a step that failed no other is done */
    buf_finish(&text);
}

/* A step that is not understood: none is done. */
static void test_bad_chain(void **state)
{
    (void)state;
    struct buf text = {0};
    assert_int_equal(hem(&text, "do", "type \"Eve\" into \"City\"", "clik \"x\"", NULL), 2);
    assert_non_null(strstr(buf_text(&text), "clik"));
    assert_int_equal(hem(&text, "do", "read \"City\" as city", NULL), 0);
    assert_null(strstr(buf_text(&text), "Eve"));
    assert_int_equal(hem(&text, "do", "-", "press Tab", NULL), 2);
    assert_int_equal(hem(&text, "do", NULL), 2);
    assert_int_equal(hem(&text, "do", "-", NULL), 5); /* nothing comes in */
    assert_int_equal(hem(&text, "do", "--display", ":987", "-", NULL), 3);
    buf_finish(&text);
}

/* ---- a program that drives hem ---- */

struct talk {
    pid_t pid;
    int in;
    FILE *out;
};

static struct talk talk_start(void)
{
    int in[2], out[2];
    assert_int_equal(pipe(in), 0);
    assert_int_equal(pipe(out), 0);
    struct talk t = {.pid = child_fork(), .in = in[1], .out = fdopen(out[0], "r")};
    if (t.pid == 0) {
        dup2(in[0], STDIN_FILENO);
        dup2(out[1], STDOUT_FILENO);
        close(in[1]);
        close(out[0]);
        execl(hem_path(), hem_path(), "do", "-", NULL);
        _exit(127);
    }
    close(in[0]);
    close(out[1]);
    return t;
}

static void talk_say(struct talk *t, const char *line, size_t length)
{
    assert_int_equal(write(t->in, line, length), (ssize_t)length);
}

/* The next answer; NULL at the end. */
static cJSON *talk_hear(struct talk *t)
{
    char *line = NULL;
    size_t size = 0;
    cJSON *answer = getline(&line, &size, t->out) > 0 ? cJSON_Parse(line) : NULL;
    free(line);
    return answer;
}

/* Each is answered before the next is said. */
static cJSON *talk_ask(struct talk *t, const char *line)
{
    talk_say(t, line, strlen(line));
    talk_say(t, "\n", 1);
    return talk_hear(t);
}

static int talk_end(struct talk *t)
{
    int status;
    close(t->in);
    assert_null(talk_hear(t));
    fclose(t->out);
    waitpid(t->pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static void test_talk(void **state)
{
    (void)state;
    struct talk t = talk_start();
    cJSON *a = talk_ask(&t, "type \"Grace\" into \"City\"");
    assert_answer(a, 1, "type \"Grace\" into \"City\"", true);
    cJSON_Delete(a);
    a = talk_ask(&t, "  read \"City\" as city \r");
    assert_answer(a, 2, "read \"City\" as city", true);
    assert_string_equal(value_of(a, "city"), "Grace");
    cJSON_Delete(a);
    talk_say(&t, "\n  \n# a note\n", 13);
    a = talk_ask(&t, "see");
    assert_string_equal(text_of(a, "event"), "scene");
    assert_true(is_ok(a));
    assert_true(
        cJSON_GetArraySize(cJSON_GetObjectItem(cJSON_GetObjectItem(a, "scene"), "elements")) >= 3);
    cJSON_Delete(a);
    assert_int_equal(talk_end(&t), 0);
}

static struct point pointer(void)
{
    Window root, child;
    struct point at = {0};
    int x, y;
    unsigned mask;
    XQueryPointer(display, DefaultRootWindow(display), &root, &child, &at.x, &at.y, &x, &y, &mask);
    return at;
}

/* Actions at pixels are done at once; what is kept down stays so from line to line. */
static void test_actions(void **state)
{
    (void)state;
    static const struct {
        const char *line;
        bool held; /* then */
    } cases[] = {
        {"move at 0,479", false},
        {"key_down Shift", true},
        {"mouse_down left at 300,400", true},
        {"key_up Shift", true},
        {"move at 639,0", true},
        {"mouse_up left", false},
        {"hold_key Right for 10 ms", false},
        {"scroll down 120 pixels", false},
        {"triple-click left at 300,470 holding Ctrl", false},
        {"key TAB 2 times", false},
        {"drag left from 0,400 to 639,479 to 5,7", false},
    };
    struct talk t = talk_start();
    int number = 0;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cJSON *a = talk_ask(&t, cases[i].line);
        cJSON *done = cJSON_GetArrayItem(cJSON_GetObjectItem(a, "actions"), 0);
        assert_answer(a, ++number, cases[i].line, true);
        assert_string_equal(cJSON_GetStringValue(done), cases[i].line);
        assert_int_equal(anything_held(display), cases[i].held);
        cJSON_Delete(a);
    }
    assert_int_equal(pointer().x, 5);
    assert_int_equal(pointer().y, 7);
    cJSON *a = talk_ask(&t, "cursor_position");
    cJSON *at = cJSON_GetObjectItem(a, "at");
    assert_int_equal((int)cJSON_GetNumberValue(cJSON_GetArrayItem(at, 0)), 5);
    assert_int_equal((int)cJSON_GetNumberValue(cJSON_GetArrayItem(at, 1)), 7);
    cJSON_Delete(a);
    a = talk_ask(&t, "click left at 640,3");
    assert_false(is_ok(a));
    assert_non_null(strstr(text_of(a, "error"), "outside the screen"));
    cJSON_Delete(a);
    cJSON_Delete(talk_ask(&t, "mouse_down right at 3,3"));
    assert_int_equal(talk_end(&t), 2);
    assert_false(anything_held(display)); /* at the end of the input */
}

/* Pictures of the screen and of a part of it, in the current folder. */
static void test_pictures(void **state)
{
    (void)state;
    const char *folder = new_folder();
    char here[4096], *hem_there = realpath(hem_path(), NULL);
    static const struct {
        const char *action, *file;
        int width, height;
    } cases[] = {
        {"screenshot as \"all\"", "all.png", SCREEN_WIDTH, SCREEN_HEIGHT},
        {"zoom 10,20 30x40 as \"part\"", "part.png", 30, 40},
        {"zoom 0,0 640x480", "screenshot.png", SCREEN_WIDTH, SCREEN_HEIGHT},
    };
    assert_non_null(getcwd(here, sizeof here));
    assert_int_equal(chdir(folder), 0);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(run(hem_there, "do", cases[i].action, NULL), 0);
        unsigned char *png = (unsigned char *)file_text(folder, cases[i].file);
        assert_memory_equal(png, "\x89PNG", 4);
        assert_int_equal(png[18] << 8 | png[19], cases[i].width);
        assert_int_equal(png[22] << 8 | png[23], cases[i].height);
        free(png);
    }
    assert_int_equal(run(hem_there, "do", "zoom 600,0 41x10", NULL), 1);
    assert_int_equal(chdir(here), 0);
    free(hem_there);
    remove_folder(folder);
}

/* Is answered with an error, and the next one is done all the same. */
static void test_bad_lines(void **state)
{
    (void)state;
    static const struct {
        const char *line;
        size_t length;
        const char *error;
    } cases[] = {
        {"clik \"Sign\"\n", 12, "click"},      {"\xff\xfe\n", 3, "UTF-8"},
        {"press\0 Tab\n", 11, "UTF-8"},        {"click \"\n", 8, "quote"},
        {"click #4711\n", 12, "4711"},         {"move at 3\n", 10, "comma"},
        {"click left at 3\n", 16, "column 7"}, {"click image \"none.png\"\n", 23, "none.png"},
    };
    struct talk t = talk_start();
    int number = 0;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        talk_say(&t, cases[i].line, cases[i].length);
        cJSON *a = talk_hear(&t);
        assert_false(is_ok(a));
        if (!strcasestr(text_of(a, "error"), cases[i].error))
            fail_msg("no \"%s\" in: %s", cases[i].error, text_of(a, "error"));
        cJSON_Delete(a);
        number++;
        a = talk_ask(&t, "press Shift");
        assert_answer(a, ++number, "press Shift", true);
        cJSON_Delete(a);
    }
    char *text = mem_alloc(200000);
    memset(text, 'x', 200000);
    talk_say(&t, text, 200000);
    free(text);
    cJSON *a = talk_ask(&t, "");
    assert_non_null(strstr(text_of(a, "error"), "too long"));
    cJSON_Delete(a);
    talk_say(&t, "press Shift", 11); /* the last line needs no end */
    close(t.in);
    a = talk_hear(&t);
    assert_answer(a, number + 2, "press Shift", true);
    cJSON_Delete(a);
    assert_int_equal(talk_end(&t), 2);
}

/* ---- ends ---- */

/* Signals end it in order, whether it waits for a line, with a key and a button down, or acts.
 * SECOND comes right after the first; 0: none does. */
static void end_with(int signal, int second, bool acts, int status)
{
    struct talk t = talk_start();
    if (acts)
        talk_say(&t, "hold_key Ctrl+Right for 60 s\n", 29);
    else {
        cJSON_Delete(talk_ask(&t, "key_down Ctrl"));
        cJSON_Delete(talk_ask(&t, "mouse_down left at 300,400"));
    }
    assert_true(soon_held(display));
    kill(t.pid, signal);
    if (second)
        kill(t.pid, second);
    cJSON_Delete(acts ? talk_hear(&t) : NULL);
    assert_int_equal(talk_end(&t), status);
}

static void test_signals(void **state)
{
    (void)state;
    static const int signals[] = {SIGTERM, SIGINT, SIGHUP};
    for (int i = 0; i < 6; i++) {
        end_with(signals[i / 2], 0, i % 2, 130);
        assert_false(anything_held(display));
        end_with(signals[i / 2], signals[(i / 2 + 1) % 3], i % 2, 130);
        assert_false(anything_held(display));
    }
}

/* Then the next one lets go. */
static void test_killed(void **state)
{
    (void)state;
    struct buf text = {0};
    for (int i = 0; i < 4; i++) {
        end_with(SIGKILL, 0, i % 2, 128 + SIGKILL);
        assert_true(anything_held(display));
        assert_int_equal(hem(&text, "do", "wait 1 ms", NULL), 0);
        assert_false(anything_held(display));
    }
    buf_finish(&text);
}

static void test_display_goes_away(void **state)
{
    (void)state;
    struct xserver other = {0};
    assert_true(xserver_start(&other));
    struct talk t = talk_start();
    cJSON *a = talk_ask(&t, "press Shift");
    assert_answer(a, 1, "press Shift", true);
    cJSON_Delete(a);
    kill(other.pid, SIGKILL);
    waitpid(other.pid, NULL, 0);
    a = talk_ask(&t, "press Shift");
    assert_answer(a, 2, "press Shift", false);
    cJSON_Delete(a);
    assert_int_equal(talk_end(&t), 3);
    setenv("DISPLAY", server.name, 1);
}

static void test_nobody_listens(void **state)
{
    (void)state;
    int status = -1;
    struct talk t = talk_start();
    fclose(t.out);
    talk_say(&t, "press Shift\n", 12);
    waitpid(t.pid, &status, 0);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 3);
    close(t.in);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_chain),
        cmocka_unit_test(test_bad_chain),
        cmocka_unit_test(test_talk),
        cmocka_unit_test(test_actions),
        cmocka_unit_test(test_pictures),
        cmocka_unit_test(test_bad_lines),
        cmocka_unit_test(test_signals),
        cmocka_unit_test(test_killed),
        cmocka_unit_test(test_display_goes_away),
        cmocka_unit_test(test_nobody_listens),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
