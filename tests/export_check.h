/* export_check: what hem export wrote, read as the trainers read it (tests/export/check.py). */
#ifndef TESTS_EXPORT_CHECK_H
#define TESTS_EXPORT_CHECK_H

#include "tests/programs.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* FOLDER/NAME by the trainers' rules, and beside what hem's own format, FOLDER/hem, says. */
static inline void export_check(const char *folder, const char *name)
{
    struct buf text = {0};
    char *path = path_in(folder, name), *own = path_in(folder, "hem");
    char *argv[] = {"python3", "tests/export/check.py", path, own, NULL};
    int status = program_run(argv, &text);
    if (status != 0)
        fail_msg("%s: %s", name, buf_text(&text));
    free(path);
    free(own);
    buf_finish(&text);
}

#endif
