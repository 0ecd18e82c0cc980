/* emulator/keeper, descendants: what was started is there, ends when it should, and nothing else is
 * left. */
#include "base/buf.h"
#include "base/clock.h"
#include "emulator/descendants.h"
#include "emulator/home.h"
#include "emulator/keeper.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define PATIENCE_MS 20000 /* for a machine that has much to do; nothing waits for so long */

extern char **environ;

static bool process_there(pid_t pid)
{
    return kill(pid, 0) == 0 || errno != ESRCH;
}

/* Waits until the process (not a child of ours) is gone. */
static bool process_goes(pid_t pid)
{
    struct deadline deadline = deadline_in(PATIENCE_MS);
    while (process_there(pid) && !deadline_passed(deadline))
        poll(NULL, 0, 2);
    return !process_there(pid);
}

struct room {
    char path[64]; /* a directory that the keeper removes */
    struct keeper *keeper;
};

static void room_open(struct room *r)
{
    struct err e = {0};
    snprintf(r->path, sizeof r->path, "/tmp/hem-keeper-XXXXXX");
    assert_non_null(mkdtemp(r->path));
    const char *directories[KEEPER_DIRECTORIES_MAX] = {r->path};
    r->keeper = keeper_create(directories, &e);
    assert_non_null(r->keeper);
}

/* Starts a shell command in the room. Its output goes to the file OUT there. */
static pid_t room_start(struct room *r, const char *command)
{
    struct err e = {0};
    pid_t pid = 0;
    const char *argv[] = {"sh", "-c", command, NULL};
    struct buf path = {0};
    buf_addf(&path, "%s/out", r->path);
    int out = log_open(buf_text(&path), &e);
    struct keeper_start what = {.argv = argv,
                                .environment = environ,
                                .directory = r->path,
                                .out = out,
                                .error = -1,
                                .passed = -1,
                                .death_signal = SIGKILL};
    if (!keeper_start(r->keeper, &what, &pid, &e))
        fail_msg("%s", e.text);
    close(out);
    buf_finish(&path);
    return pid;
}

static int room_wait(struct room *r, pid_t pid)
{
    struct deadline deadline = deadline_in(PATIENCE_MS);
    int status = -1;
    while (!keeper_ended(r->keeper, pid, &status)) {
        struct pollfd fd = {keeper_fd(r->keeper), POLLIN, 0};
        assert_false(deadline_passed(deadline));
        poll(&fd, 1, deadline_left_ms(deadline));
    }
    return status;
}

static void room_text(struct room *r, char *out, size_t size)
{
    struct buf path = {0};
    buf_addf(&path, "%s/out", r->path);
    int file = open(buf_text(&path), O_RDONLY);
    ssize_t n = read(file, out, size - 1);
    assert_true(n >= 0);
    out[n] = '\0';
    close(file);
    buf_finish(&path);
}

/* Waits until the file NAME is in the room, and reads the number in it. */
static pid_t room_number(struct room *r, const char *name)
{
    struct deadline deadline = deadline_in(PATIENCE_MS);
    struct buf path = {0};
    char text[32] = "";
    buf_addf(&path, "%s/%s", r->path, name);
    while (!strchr(text, '\n')) {
        int file = open(buf_text(&path), O_RDONLY);
        ssize_t n = file >= 0 ? read(file, text, sizeof text - 1) : 0;
        text[n > 0 ? n : 0] = '\0';
        if (file >= 0)
            close(file);
        assert_false(deadline_passed(deadline));
        poll(NULL, 0, 2);
    }
    buf_finish(&path);
    return (pid_t)atol(text);
}

/* ---- starting ---- */

static void test_status(void **state)
{
    (void)state;
    struct room r;
    room_open(&r);
    int status = room_wait(&r, room_start(&r, "exit 3"));
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 3);
    status = room_wait(&r, room_start(&r, "kill -SEGV $$"));
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGSEGV);
    pid_t pid = room_start(&r, "sleep 1000");
    assert_false(keeper_ended(r.keeper, pid, &status));
    keeper_destroy(r.keeper);
    assert_false(process_there(pid));
}

/* More than are remembered at a time, each asked for when it ends. */
static void test_many(void **state)
{
    (void)state;
    struct room r;
    room_open(&r);
    for (int i = 0; i < 100; i++)
        assert_int_equal(room_wait(&r, room_start(&r, "exit 0")), 0);
    struct process left[8];
    assert_int_equal(descendants_list(keeper_pid(r.keeper), left, 8), 0); /* no zombies either */
    keeper_destroy(r.keeper);
}

static void test_what_cannot_be_started(void **state)
{
    (void)state;
    struct err e = {0};
    pid_t pid;
    struct keeper *k = keeper_create(NULL, &e);
    const char *missing[] = {"hem-no-such-program", NULL}, *fine[] = {"true", NULL};
    struct keeper_start what = {
        .argv = missing, .environment = environ, .out = -1, .error = -1, .passed = -1};
    assert_false(keeper_start(k, &what, &pid, &e));
    assert_int_equal(errno, ENOENT);
    assert_int_equal(e.kind, ERR_PROGRAM);
    assert_non_null(strstr(e.text, "hem-no-such-program"));
    what.argv = fine;
    what.directory = "/nonexistent";
    assert_false(keeper_start(k, &what, &pid, &e));
    assert_non_null(strstr(e.text, "/nonexistent"));
    /* the PATH that counts is the program's own */
    char path[] = "PATH=/nonexistent", *empty[] = {path, NULL};
    what.directory = NULL;
    what.environment = empty;
    assert_false(keeper_start(k, &what, &pid, &e));
    what.environment = environ;
    assert_true(keeper_start(k, &what, &pid, &e));
    keeper_destroy(k);
}

/* A program gets nothing of ours: no descriptors, no ignored or blocked signals, and not our
 * session. */
static void test_clean_start(void **state)
{
    (void)state;
    struct room r;
    char text[4096];
    sigset_t blocked, before;
    void (*old)(int) = signal(SIGPIPE, SIG_IGN);
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGUSR1);
    sigprocmask(SIG_BLOCK, &blocked, &before);
    room_open(&r);
    pid_t pid = room_start(&r, "ls /proc/self/fd; grep -E 'SigBlk|SigIgn' /proc/self/status; "
                               "cat >/dev/null; pwd; echo done; sleep 1000");
    struct deadline deadline = deadline_in(PATIENCE_MS);
    do {
        room_text(&r, text, sizeof text);
        poll(NULL, 0, 2);
    } while (!strstr(text, "done") && !deadline_passed(deadline));
    assert_memory_equal(text, "0\n1\n2\n3\n", 8); /* 3 is the directory that ls reads */
    assert_non_null(strstr(text, "SigBlk:\t0000000000000000"));
    const char *ignored = strstr(text, "SigIgn:\t");
    assert_non_null(ignored);
    /* 32 and 33 are glibc's own: its posix_spawn, by which make starts programs, leaves them
     * ignored. */
    assert_int_equal(strtoull(ignored + 8, NULL, 16) & ~0x180000000ull, 0);
    assert_non_null(strstr(text, r.path));
    assert_int_equal(getsid(pid), pid);
    assert_int_equal(getsid(keeper_pid(r.keeper)), keeper_pid(r.keeper));
    keeper_destroy(r.keeper);
    sigprocmask(SIG_SETMASK, &before, NULL);
    signal(SIGPIPE, old);
}

static void test_large_arguments(void **state)
{
    (void)state;
    struct room r;
    char text[64];
    struct buf command = {0};
    room_open(&r);
    buf_add(&command, "x='");
    for (int i = 0; i < 100000; i++) /* one argument may have 128 KiB on Linux */
        buf_add_char(&command, 'a');
    buf_add(&command, "'; echo ${#x}");
    room_wait(&r, room_start(&r, buf_text(&command)));
    room_text(&r, text, sizeof text);
    assert_string_equal(text, "100000\n");
    buf_finish(&command);
    keeper_destroy(r.keeper);
}

/* ---- ending ---- */

/* A daemon that has left its parent, its group and its session, and one that takes no hint. */
static const char stubborn[] =
    "(setsid sh -c 'echo $$ >daemon.new; mv daemon.new daemon; exec sleep 1000' &) "
    "; trap '' TERM HUP INT; echo $$ >stubborn; while :; do sleep 1000; done";

static void test_ends_everything(void **state)
{
    (void)state;
    struct room r;
    room_open(&r);
    room_start(&r, stubborn);
    pid_t daemon = room_number(&r, "daemon"), shell = room_number(&r, "stubborn");
    assert_true(process_there(daemon) && process_there(shell));
    keeper_destroy(r.keeper);
    assert_false(process_there(daemon));
    assert_false(process_there(shell));
    assert_int_not_equal(access(r.path, F_OK), 0);
}

static void test_removes_what_is_closed(void **state)
{
    (void)state;
    struct room r;
    room_open(&r);
    room_wait(
        &r, room_start(&r, "mkdir -p a/b; touch a/b/c; ln -s / a/root; chmod 0500 a/b; chmod 0 a"));
    keeper_destroy(r.keeper);
    assert_int_not_equal(access(r.path, F_OK), 0);
    assert_int_equal(access("/etc", F_OK), 0);
}

/* The one that is `last` is there until all others have gone. */
static void test_order(void **state)
{
    (void)state;
    struct room r;
    struct err e = {0};
    pid_t pid;
    char log[64], text[64];
    int file;
    room_open(&r);
    snprintf(log, sizeof log, "/tmp/hem-order-XXXXXX");
    file = mkstemp(log);
    const char *argv[] = {
        "sh", "-c", "trap 'echo last; exit' TERM; echo $$ >last; while :; do sleep 0.01; done",
        NULL};
    struct keeper_start what = {.argv = argv,
                                .environment = environ,
                                .directory = r.path,
                                .out = file,
                                .error = -1,
                                .passed = -1,
                                .death_signal = SIGTERM,
                                .last = true};
    assert_true(keeper_start(r.keeper, &what, &pid, &e));
    const char *other[] = {
        "sh", "-c", "trap 'echo other; exit' TERM; echo $$ >other; while :; do sleep 0.01; done",
        NULL};
    what.argv = other;
    what.last = false;
    assert_true(keeper_start(r.keeper, &what, &pid, &e));
    room_number(&r, "last");
    room_number(&r, "other");
    keeper_destroy(r.keeper);
    ssize_t n = pread(file, text, sizeof text - 1, 0);
    text[n > 0 ? n : 0] = '\0';
    assert_string_equal(text, "other\nlast\n");
    close(file);
    unlink(log);
}

/* Whoever has a keeper is killed. */
static void test_owner_is_killed(void **state)
{
    (void)state;
    int ends[2], leash[2];
    struct {
        char path[64];
        pid_t keeper, daemon, shell;
    } told;
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(pipe(leash), 0);
    pid_t owner = fork();
    if (owner == 0) {
        struct room r;
        close(leash[1]);
        room_open(&r);
        room_start(&r, stubborn);
        told.daemon = room_number(&r, "daemon");
        told.shell = room_number(&r, "stubborn");
        told.keeper = keeper_pid(r.keeper);
        memcpy(told.path, r.path, sizeof told.path);
        if (fork() ==
            0) { /* a fork of it holds all its descriptors, and lives on, until the test lets go */
            close(ends[1]);
            _exit(read(leash[0], told.path, 1) == 0 ? 0 : 1);
        }
        if (write(ends[1], &told, sizeof told) != sizeof told)
            _exit(1);
        for (;;)
            pause();
    }
    close(ends[1]);
    assert_int_equal(read(ends[0], &told, sizeof told), sizeof told);
    close(ends[0]);
    kill(owner, SIGKILL);
    waitpid(owner, NULL, 0);
    assert_true(process_goes(told.daemon));
    assert_true(process_goes(told.shell));
    struct deadline deadline = deadline_in(PATIENCE_MS);
    while (access(told.path, F_OK) == 0 && !deadline_passed(deadline))
        poll(NULL, 0, 2);
    assert_int_not_equal(access(told.path, F_OK), 0);
    close(leash[0]);
    close(leash[1]);
}

/* The keeper itself is killed: what it started directly goes, and we are told so. */
static void test_keeper_is_killed(void **state)
{
    (void)state;
    struct room r;
    int status;
    room_open(&r);
    pid_t pid = room_start(&r, "exec sleep 1000");
    kill(keeper_pid(r.keeper), SIGKILL);
    assert_true(process_goes(pid));
    status = room_wait(&r, pid);
    assert_true(WIFSIGNALED(status));
    const char *argv[] = {"true", NULL};
    struct keeper_start what = {
        .argv = argv, .environment = environ, .out = -1, .error = -1, .passed = -1};
    struct err e = {0};
    assert_false(keeper_start(r.keeper, &what, &pid, &e));
    assert_int_equal(e.kind, ERR_PROGRAM);
    keeper_destroy(r.keeper);
    assert_int_equal(rmdir(r.path) == 0 || errno == ENOTEMPTY, 1);
    struct buf out = {0};
    buf_addf(&out, "%s/out", r.path);
    unlink(buf_text(&out));
    rmdir(r.path);
    buf_finish(&out);
}

/* ---- descendants ---- */

static void test_descendants_with_odd_names(void **state)
{
    (void)state;
    int ends[2];
    char byte;
    struct process list[4];
    assert_int_equal(pipe(ends), 0);
    pid_t pid = fork();
    if (pid == 0) {
        prctl(PR_SET_NAME, ") Z 1 (x) ");
        if (write(ends[1], "", 1) != 1)
            _exit(1);
        for (;;)
            pause();
    }
    assert_int_equal(read(ends[0], &byte, 1), 1);
    assert_int_equal(descendants_list(getpid(), list, 4), 1);
    assert_int_equal(list[0].pid, pid);
    assert_int_equal(list[0].parent, getpid());
    assert_int_not_equal(list[0].state, 'Z');
    assert_int_equal(descendants_list(getpid(), list, 0), 0);
    kill(pid, SIGKILL);
    siginfo_t info;
    waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT);
    assert_int_equal(descendants_list(getpid(), list, 4), 1);
    assert_int_equal(list[0].state, 'Z');
    waitpid(pid, NULL, 0);
    close(ends[0]);
    close(ends[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_status),
        cmocka_unit_test(test_many),
        cmocka_unit_test(test_what_cannot_be_started),
        cmocka_unit_test(test_clean_start),
        cmocka_unit_test(test_large_arguments),
        cmocka_unit_test(test_ends_everything),
        cmocka_unit_test(test_removes_what_is_closed),
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_owner_is_killed),
        cmocka_unit_test(test_keeper_is_killed),
        cmocka_unit_test(test_descendants_with_odd_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
