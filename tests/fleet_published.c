/* published: whoever comes first has the place, whoever else tries, dies or comes back. */
#include "fleet/published.h"

#include "base/buf.h"
#include "emulator/home.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define ROWS      300
#define ATTEMPTS  4
#define KILLINGS  20
#define FIRST_ROW 990 /* so that there are two folders */

static char root[] = "/tmp/hem-published-XXXXXX";

static struct published *attempt_open(const char *name)
{
    struct err e = {0};
    struct published *p = published_open(root, name, &e);
    if (!p)
        fail_msg("%s", e.text);
    return p;
}

static enum published_state state_of(struct published *p, int number)
{
    struct err e = {0};
    enum published_state state = PUBLISHED_NOTHING;
    if (!published_look(p, number, &state, &e))
        fail_msg("%s", e.text);
    return state;
}

static bool sending(struct published *p, int number)
{
    struct err e = {0};
    bool ours = false;
    if (!published_sending(p, number, "it goes", &ours, &e))
        fail_msg("%s", e.text);
    return ours;
}

static bool result(struct published *p, int number, const char *text)
{
    struct err e = {0};
    bool ours = false;
    if (!published_result(p, number, text, &ours, &e))
        fail_msg("%s", e.text);
    return ours;
}

/* What one attempt does is what the others find. */
static void test_one_after_the_other(void **state)
{
    (void)state;
    struct err e = {0};
    struct published *a = attempt_open("a"), *b = attempt_open("b");
    assert_int_equal(state_of(a, 1), PUBLISHED_NOTHING);
    assert_true(result(a, 1, "done"));
    assert_int_equal(state_of(b, 1), PUBLISHED_RESULT);
    assert_false(result(b, 1, "done, too"));
    assert_false(sending(b, 1));
    assert_false(result(a, 1, "once more")); /* not even ours is written over */

    assert_true(sending(a, 2));
    assert_true(sending(a, 2));
    assert_int_equal(state_of(b, 2), PUBLISHED_SENDING);
    assert_false(sending(b, 2));
    assert_false(result(b, 2, "failed"));
    assert_true(result(a, 2, "sent"));
    assert_int_equal(state_of(b, 2), PUBLISHED_RESULT);

    assert_true(published_release(b, 2, &e));
    assert_int_equal(state_of(a, 2), PUBLISHED_NOTHING);
    assert_true(sending(b, 2));
    assert_true(published_release(b, 2, &e));
    assert_true(published_release(b, 2, &e)); /* nothing there */
    published_close(a);
    published_close(b);
}

struct seen {
    int rows, last;
    bool whole; /* every text is what its attempt says */
};

static bool seen_add(void *self, const struct published_row *row, struct err *e)
{
    struct seen *s = self;
    char expected[32];
    int attempt = row->attempt[0] - '0';
    (void)e;
    snprintf(expected, sizeof expected, "%d by %s", row->number, row->attempt);
    s->whole = s->whole && row->state == PUBLISHED_RESULT && strcmp(row->text, expected) == 0 &&
               row->number > s->last && attempt >= 0 && attempt < ATTEMPTS;
    s->last = row->number;
    s->rows++;
    return true;
}

/* An attempt that wants every row. Prints which ones it got into OUT. */
static void attempt_run(int attempt, int out)
{
    char name[16], text[32];
    struct err e = {0};
    snprintf(name, sizeof name, "%d", attempt);
    struct published *p = published_open(root, name, &e);
    for (int i = 0; p && i < ROWS; i++) {
        int number = FIRST_ROW + (i + attempt * 7) % ROWS;
        bool ours = true;
        snprintf(text, sizeof text, "%d by %s", number, name);
        if (number % 2 && (!published_sending(p, number, "", &ours, &e) || !ours))
            continue;
        if (published_result(p, number, text, &ours, &e) && ours &&
            write(out, &number, sizeof number) != sizeof number)
            _exit(1);
    }
    published_close(p);
    _exit(e.kind == ERR_NONE ? 0 : 1);
}

/* All at once: each row is one attempt's, and nobody believes so of another's. */
static void test_all_at_once(void **state)
{
    (void)state;
    struct err e = {0};
    struct seen seen = {.whole = true};
    int ends[2], number, told = 0, status, times[FIRST_ROW + ROWS] = {0};
    assert_int_equal(pipe(ends), 0);
    for (int i = 0; i < ATTEMPTS; i++)
        if (fork() == 0)
            attempt_run(i, ends[1]);
    close(ends[1]);
    for (; read(ends[0], &number, sizeof number) == sizeof number; told++)
        times[number]++;
    close(ends[0]);
    for (int i = 0; i < ATTEMPTS; i++) {
        wait(&status);
        assert_int_equal(status, 0);
    }
    for (int i = 0; i < ROWS; i++)
        assert_int_equal(times[FIRST_ROW + i], 1);
    assert_true(published_each(root, seen_add, &seen, &e));
    assert_true(seen.whole);
    assert_int_equal(seen.rows, ROWS);
    assert_int_equal(told, ROWS);
}

static bool is_whole(void *self, const struct published_row *row, struct err *e)
{
    int *rows = self;
    bool fine = row->state == PUBLISHED_SENDING
                    ? row->number % 2 && !*row->text
                    : strlen(row->text) > 3 && strstr(row->text, row->attempt);
    ++*rows;
    return fine || err_set(e, ERR_IO, "row %d holds \"%s\"", row->number, row->text);
}

/* Whenever it is killed, what stands there is whole, and another attempt can do the rest. */
static void test_killed(void **state)
{
    (void)state;
    struct err e = {0};
    int nothing[2], rows = 0, left = 0;
    for (int i = 0; i < KILLINGS; i++) {
        assert_int_equal(pipe(nothing), 0);
        pid_t pid = fork();
        if (pid == 0)
            attempt_run(i % ATTEMPTS, nothing[1]);
        close(nothing[1]);
        for (int number, n = 0; n < i && read(nothing[0], &number, sizeof number) > 0;)
            n++;
        kill(pid, SIGKILL);
        waitpid(pid, NULL, 0);
        close(nothing[0]);
        rows = 0;
        if (!published_each(root, is_whole, &rows, &e))
            fail_msg("%s", e.text);
    }
    struct published *p = attempt_open("after");
    for (int i = 0; i < ROWS; i++)
        left +=
            state_of(p, FIRST_ROW + i) == PUBLISHED_NOTHING && result(p, FIRST_ROW + i, "after");
    published_close(p);
    assert_int_equal(rows + left, ROWS);
}

static void test_bad_folders(void **state)
{
    (void)state;
    struct err e = {0};
    struct buf path = {0};
    bool ours;
    int nothing = 0;
    assert_null(published_open("/proc/nowhere", "a", &e));
    assert_int_equal(e.kind, ERR_IO);
    assert_false(published_each("/nowhere", is_whole, &nothing, &e));
    struct published *p = attempt_open("a");
    buf_addf(&path, "%s/0000", root);
    FILE *file = fopen(buf_text(&path), "w"); /* where a folder should be */
    fclose(file);
    assert_false(published_sending(p, 1, "", &ours, &e));
    unlink(buf_text(&path));
    assert_true(result(p, 1, "done"));
    buf_add(&path, "/000001");
    file = fopen(buf_text(&path), "w");
    fputs("somebody else's", file);
    fclose(file);
    assert_false(published_each(root, is_whole, &nothing, &e));
    assert_non_null(strstr(e.text, "000001 is not what hem has written"));
    buf_finish(&path);
    published_close(p);
}

static int root_make(void **state)
{
    (void)state;
    strcpy(root + strlen(root) - 6, "XXXXXX");
    return mkdtemp(root) ? 0 : -1;
}

static int root_remove(void **state)
{
    (void)state;
    directory_remove(root);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_one_after_the_other, root_make, root_remove),
        cmocka_unit_test_setup_teardown(test_all_at_once, root_make, root_remove),
        cmocka_unit_test_setup_teardown(test_killed, root_make, root_remove),
        cmocka_unit_test_setup_teardown(test_bad_folders, root_make, root_remove),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
