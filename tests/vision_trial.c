/* A child dies of it; this process does not. */
#include "base/buf.h"
#include "vision/trial.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

static bool goes_well(void *self)
{
    *(int *)self = 1;
    return true;
}

static bool says_no(void *self)
{
    (void)self;
    return false;
}

static bool aborts(void *self)
{
    (void)self;
    abort();
}

/* As wild pointers do; cmocka would catch it and go on. */
static bool faults(void *self)
{
    (void)self;
    raise(SIGSEGV);
    return true;
}

static bool is_killed(void *self)
{
    (void)self;
    raise(SIGKILL);
    return true;
}

static bool ends(void *self)
{
    (void)self;
    exit(3);
}

static bool never_ends(void *self)
{
    (void)self;
    while (pause() != 0)
        ;
    return true;
}

static bool takes_all_memory(void *self)
{
    (void)self;
    char *volatile more = malloc((size_t)TRIAL_SIZE_MAX + 1);
    bool taken = more != NULL;
    free(more);
    return taken;
}

static void test_what_passes(void **state)
{
    (void)state;
    int seen = 0;
    assert_true(trial_passed(goes_well, &seen, 20));
    assert_int_equal(seen, 0);
}

static void test_what_fails(void **state)
{
    (void)state;
    bool (*const all[])(void *self) = {says_no, aborts, faults, is_killed, ends, takes_all_memory};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        assert_false(trial_passed(all[i], NULL, 20));
    assert_false(trial_passed(never_ends, NULL, 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_what_passes),
                                       cmocka_unit_test(test_what_fails)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
