/* stop: files that ask for a stop. What signals do is seen in whole programs (hem_cli). */
#include "base/stop.h"

#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[] = "/tmp/hem-stop-XXXXXX";

enum made { MADE_FILE, MADE_FOLDER, MADE_DANGLING_LINK };

struct stopping {
    const char *watched, *made; /* paths in the folder; MADE NULL: nothing comes to be */
    enum made kind;
    bool stops;
};

static const struct stopping stoppings[] = {
    {"stop", "stop", MADE_FILE, true},          {"stop", "stop", MADE_FOLDER, true},
    {"stop", "stop", MADE_DANGLING_LINK, true}, {"later/stop", "later", MADE_FOLDER, false},
    {"file/stop", "file", MADE_FILE, false}, /* nothing can be there */
    {"stop", "stopp", MADE_FILE, false},        {"stop", NULL, MADE_FILE, false},
};

static const char *inside(const char *name)
{
    static char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static bool make(const struct stopping *s)
{
    switch (s->kind) {
    case MADE_FOLDER:
        return mkdir(inside(s->made), 0700) == 0;
    case MADE_DANGLING_LINK:
        return symlink("nowhere", inside(s->made)) == 0;
    default: {
        FILE *f = fopen(inside(s->made), "we");
        return f && fclose(f) == 0;
    }
    }
}

/* In a process of its own, as there is no way back: 0, or the line that says what is wrong. */
static int stopping_try(const struct stopping *s)
{
    stop_install();
    stop_watch_file(inside("another"));
    stop_watch_file(inside(s->watched));
    stop_watch_file(inside(s->watched)); /* twice is once */
    struct pollfd fd = {.fd = stop_fd(), .events = POLLIN};
    if (stop_requested() || strcmp(stop_reason(), "interrupted") != 0 || poll(&fd, 1, 0) != 0)
        return __LINE__;
    if (s->made && !make(s))
        return __LINE__;
    if (stop_requested() != s->stops)
        return __LINE__;
    if (!s->stops)
        return 0;
    char reason[256];
    snprintf(reason, sizeof reason, "stopped: %s is there", inside(s->watched));
    if (strcmp(stop_reason(), reason) != 0)
        return __LINE__;
    if (poll(&fd, 1, 20000) != 1) /* whoever sleeps is woken */
        return __LINE__;
    rmdir(inside(s->made));
    unlink(inside(s->made));
    return stop_requested() ? 0 : __LINE__; /* who has woken the sleepers stays asked for */
}

static void test_files_that_stop(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof stoppings / sizeof *stoppings; i++) {
        int status;
        pid_t pid = fork();
        if (pid == 0)
            _exit(stopping_try(&stoppings[i]) & 0xff);
        assert_int_equal(waitpid(pid, &status, 0), pid);
        if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
            fail_msg("%s watched: what is wrong is seen in line %d", stoppings[i].watched,
                     WEXITSTATUS(status));
        if (stoppings[i].made) {
            rmdir(inside(stoppings[i].made));
            unlink(inside(stoppings[i].made));
        }
    }
}

static int answering_try(void)
{
    stop_install();
    struct pollfd fd = {.fd = stop_fd(), .events = POLLIN};
    stop_request();
    if (!stop_requested() || poll(&fd, 1, 0) != 1)
        return __LINE__;
    stop_answered();
    if (stop_requested() || poll(&fd, 1, 0) != 0)
        return __LINE__;
    stop_request();
    return stop_requested() ? 0 : __LINE__;
}

static void test_what_was_answered(void **state)
{
    (void)state;
    int status;
    pid_t pid = fork();
    if (pid == 0)
        _exit(answering_try() & 0xff);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

static int folder_make(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int folder_remove(void **state)
{
    (void)state;
    return rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_files_that_stop),
                                       cmocka_unit_test(test_what_was_answered)};
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
