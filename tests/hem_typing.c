/* hem run on programs that ignore what is typed, hang or end in the middle of it: each is told as
 * that. */
#include "tests/programs.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const struct {
    const char *end, *told;
} cases[] = {
    {"ignores", "the field stays empty"},
    {"freezes", "it hangs"},
    {"spins", "it hangs"},
    {"dies", "the window went away"},
};

static void test_ends(void **state)
{
    (void)state;
    struct buf text = {0}, task = {0}, path = {0}, out = {0};
    const char *folder = new_folder();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        buf_reset(&task);
        buf_addf(&task,
                 "program: [/usr/bin/python3, '%s/tests/typing/ending.py', %s]\n"
                 "steps: ['type \"Ada Lovelace, Countess\" into \"Name\"']\n",
                 getenv("PWD"), cases[i].end);
        write_file(folder, "task.yaml", buf_text(&task));
        buf_reset(&path);
        buf_reset(&out);
        buf_addf(&path, "%s/task.yaml", folder);
        buf_addf(&out, "%s/%s", folder, cases[i].end);
        int status = hem(&text, "run", buf_text(&path), "--out", buf_text(&out), NULL);
        if (status != 1 || !strstr(buf_text(&text), cases[i].told))
            fail_msg("%s: status %d\n%s", cases[i].end, status, buf_text(&text));
    }
    remove_folder(folder);
    buf_finish(&text);
    buf_finish(&task);
    buf_finish(&path);
    buf_finish(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_ends)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
