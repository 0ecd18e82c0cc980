/* Every verb of the step language on a real program (Tk), and `hem do` and `hem see` on a display
 * that is there. */
#include "tests/programs.h"

#include <setjmp.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* What the program must have printed, in this order. */
static const char *const happened[] = {"down\ndown\ndown\ncontrol-t\n",
                                       "agree 1\n",
                                       "news 0\n",
                                       "save Grace Hopper/Rome/17\n",
                                       "entered\n",
                                       "double\n",
                                       "middle\n",
                                       "right\n",
                                       "dropped\n",
                                       "vanished\n",
                                       "ready\n"};

static void test_every_verb(void **state)
{
    (void)state;
    struct buf text = {0};
    const char *folder = new_folder();
    int status = hem(&text, "run", "tests/steps/verbs.yaml", "--out", folder, NULL);
    char *printed = file_text(folder, "program.out"), *at = printed;
    char *picture = file_text(folder, "after.png");
    if (status != 0)
        fail_msg("status %d\n%s\n%s", status, buf_text(&text), printed);
    for (size_t i = 0; i < sizeof happened / sizeof *happened; i++) {
        char *found = strstr(at, happened[i]);
        at = found ? found : at;
        if (!found)
            fail_msg("no \"%s\" in its turn in:\n%s", happened[i], printed);
    }
    assert_non_null(strstr(buf_text(&text), "12.50"));
    assert_memory_equal(picture, "\x89PNG", 4);
    free(printed);
    free(picture);
    remove_folder(folder);
    buf_finish(&text);
}

/* The record says of every action whether anything was seen to come of it. */
static void test_effects(void **state)
{
    (void)state;
    struct buf text = {0}, task = {0};
    const char *folder = new_folder();
    write_file(folder, "task.yaml",
               "program: [xterm, -e, cat]\nsteps:\n  - type \"Ada\\n\"\n  - click at 2,2\n"
               "  - wait 1 ms\n");
    buf_addf(&task, "%s/task.yaml", folder);
    int status = hem(&text, "run", buf_text(&task), "--out", folder, NULL);
    char *record = file_text(folder, "trajectory.jsonl");
    char *seen = strstr(record, "\"last_effect\":\"confirmed\"");
    char *missed = strstr(record, "\"last_effect\":\"no effect seen\"");
    if (status != 0 || !seen || !missed || missed < seen)
        fail_msg("status %d\n%s\n%s", status, buf_text(&text), record);
    free(record);
    remove_folder(folder);
    buf_finish(&text);
    buf_finish(&task);
}

/* Runs a task: its status and what it must print. */
static void check_task(const char *path, int status, const char *const says[3])
{
    struct buf text = {0};
    const char *folder = new_folder();
    bool right = hem(&text, "run", path, "--out", folder, NULL) == status;
    for (int i = 0; i < 3 && says[i]; i++)
        right = right && strstr(buf_text(&text), says[i]);
    if (!right)
        fail_msg("not status %d\n%s", status, buf_text(&text));
    remove_folder(folder);
    buf_finish(&text);
}

/* A page in Chromium that is still before it is done: steps that name its content wait for it. */
static void test_content_that_comes_late(void **state)
{
    (void)state;
    check_task("tests/steps/late.yaml", 0, (const char *[3]){"before: 12.50", "after: 40.75"});
}

/* What cells say; a caret that touches the text; a button with letters that touch. */
static void test_cells(void **state)
{
    (void)state;
    check_task("tests/steps/stock.yaml", 0,
               (const char *[3]){"boxes: 7\n", "price: 1.20\n", "all: 7 2.35 Hall B\n"});
}

/* The selection is lost before it is typed over: "02" is no 2. */
static void test_what_is_kept_is_replaced(void **state)
{
    (void)state;
    check_task("tests/steps/kept.yaml", 0,
               (const char *[3]){"1  set \"Guests\"", "2  expect \"Total for 2 guests\"", "done"});
}

/* The wheel is turned until the target is seen; it ends when the target is nowhere. */
static void test_scroll_to(void **state)
{
    (void)state;
    check_task("tests/steps/long.yaml", 1,
               (const char *[3]){"5  scroll down to", "scrolled from one end to the other"});
}

/* A plain instruction, all of it: sections that fold, copying, letters, a time and a date in words.
 */
static void test_plain_instruction(void **state)
{
    (void)state;
    check_task("tests/steps/plain.yaml", 0,
               (const char *[3]){"1  expand to \"Reference\"", "copy \"order number\"", "done"});
}

static void boxes_may_be_mixed_and_bars_go_away(void **state)
{
    (void)state;
    check_task("tests/steps/upload.yaml", 0,
               (const char *[3]){"uncheck \"All files\"", "no progressbar \"Upload\"", "done"});
}

/* An Xvfb of the test's own with a program on it; DISPLAY gets its name. */
static pid_t display_start(char display[32])
{
    int ends[2];
    char number[16] = "";
    if (pipe(ends) != 0)
        abort();
    pid_t pid = fork();
    if (pid == 0) {
        dup2(ends[1], 3);
        if (!freopen("/dev/null", "w", stderr))
            _exit(126);
        execlp("Xvfb", "Xvfb", "-displayfd", "3", "-screen", "0", "800x600x24", "-nolisten", "tcp",
               "-noreset", NULL);
        _exit(127);
    }
    close(ends[1]);
    if (read(ends[0], number, sizeof number - 1) <= 0)
        abort();
    close(ends[0]);
    snprintf(display, 32, ":%d", atoi(number));
    return pid;
}

/* One that answers: many servers begin at once here, and one may lose its number to another. */
static pid_t display_ready(char display[32])
{
    struct buf text = {0};
    pid_t pid = -1;
    for (int i = 0; i < 5; i++) {
        pid = display_start(display);
        if (hem(&text, "see", "--display", display, NULL) == 0)
            break;
        kill(pid, SIGTERM);
        waitpid(pid, NULL, 0);
    }
    buf_finish(&text);
    return pid;
}

static void test_do_and_see(void **state)
{
    (void)state;
    char display[32];
    struct buf done = {0}, missing = {0}, table = {0}, json = {0}, text = {0};
    int out;
    pid_t server = display_ready(display);
    char *argv[] = {"wish", "tests/data/book.tcl", "-display", display, "--", "/dev/null", NULL};
    pid_t program = program_start(argv, &out);
    int statuses[4] = {
        hem(&done, "do", "--display", display, "wait for \"Sign\"", "type \"Ada\" into \"Name\"",
            "click button \"Sign\"", "expect \"Thank you, Ada\"", "read \"Name\" as name", NULL),
        hem(&missing, "do", "--display", display, "expect \"Thank you, Bob\" within 100 ms", NULL),
        hem(&table, "see", "--display", display, NULL),
        hem(&json, "see", "--display", display, "--json", NULL),
    };
    kill(program, SIGTERM);
    program_end(program, out, &text);
    kill(server, SIGTERM);
    waitpid(server, NULL, 0);
    if (statuses[0] != 0 || strcmp(buf_text(&done), "Ada\n") != 0)
        fail_msg("status %d\n%s\n%s", statuses[0], buf_text(&done), buf_text(&text));
    assert_int_equal(statuses[1], 1);
    assert_non_null(strstr(buf_text(&missing), "Thank you, Bob"));
    assert_int_equal(statuses[2], 0);
    assert_non_null(strstr(buf_text(&table), "Sign"));
    assert_int_equal(statuses[3], 0);
    assert_non_null(strstr(buf_text(&json), "\"textbox\""));
    buf_finish(&done);
    buf_finish(&missing);
    buf_finish(&table);
    buf_finish(&json);
    buf_finish(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_every_verb),
                                       cmocka_unit_test(test_effects),
                                       cmocka_unit_test(test_what_is_kept_is_replaced),
                                       cmocka_unit_test(test_scroll_to),
                                       cmocka_unit_test(test_plain_instruction),
                                       cmocka_unit_test(boxes_may_be_mixed_and_bars_go_away),
                                       cmocka_unit_test(test_content_that_comes_late),
                                       cmocka_unit_test(test_cells),
                                       cmocka_unit_test(test_do_and_see)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
