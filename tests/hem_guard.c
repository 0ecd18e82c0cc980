/* What keeps hem from doing what it must not, in whole programs: the stop file. */
#include "tests/programs.h"

#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include <cmocka.h>

/* ---- the stop file ---- */

enum named { NAMED_BY_TASK, NAMED_BY_OPTION, NAMED_BY_ENVIRONMENT, NAMED_COUNT };

/* A run whose program makes the file as soon as its button is clicked; then there would be a minute
 * to wait. */
static int stopped_run(const char *folder, enum named named, struct buf *text)
{
    struct buf task = {0}, stop = {0}, path = {0}, out = {0};
    buf_addf(&stop, "%s/stop", folder);
    buf_addf(&task,
             "program: [wish, '{{here}}/stop.tcl']\nscreen: 640x480\n%s"
             "steps: [click \"Halt\", wait 60 s]\n",
             named == NAMED_BY_TASK ? "stop_file: stop\n" : "");
    write_file(folder, "t.yaml", buf_text(&task));
    buf_addf(&path, "%s/t.yaml", folder);
    buf_addf(&out, "%s/out", folder);
    if (named == NAMED_BY_ENVIRONMENT)
        setenv("HEM_STOP_FILE", stop.text, 1);
    int status = hem(text, "run", path.text, "--out", out.text,
                     named == NAMED_BY_OPTION ? "--stop-file" : NULL, stop.text, NULL);
    unsetenv("HEM_STOP_FILE");
    buf_finish(&task);
    buf_finish(&stop);
    buf_finish(&path);
    buf_finish(&out);
    return status;
}

static void test_stop_file(void **state)
{
    (void)state;
    struct buf text = {0};
    for (int named = 0; named < NAMED_COUNT; named++) {
        const char *folder = new_folder();
        write_file(
            folder, "stop.tcl",
            "button .b -text Halt -command {close [open [file dirname [info script]]/stop w]}\n"
            "pack .b -padx 80 -pady 80\n");
        int status = stopped_run(folder, named, &text);
        if (status != 130 || !strstr(buf_text(&text), "stopped: "))
            fail_msg("the file named in way %d: status %d\n%s", named, status, buf_text(&text));
        char *episode = file_text(folder, "out/episode.json");
        assert_non_null(strstr(episode, "\"outcome\":\"stopped\""));
        assert_non_null(strstr(episode, "/stop is there"));
        free(episode);
        /* It is still there: nothing is started at all. */
        struct stat there;
        struct buf out = {0};
        buf_addf(&out, "%s/out", folder);
        remove_folder(out.text);
        assert_int_equal(stopped_run(folder, named, &text), 130);
        assert_int_not_equal(stat(out.text, &there), 0);
        buf_finish(&out);
        remove_folder(folder);
    }
    buf_finish(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_stop_file)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
