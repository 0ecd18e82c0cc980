/* Pictures as targets on a real program (Tk) whose buttons have no words; and what is said of
 * pictures that are not there, on the screen or on the disk. */
#include "tests/programs.h"

#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void test_clicks(void **state)
{
    (void)state;
    struct buf text = {0};
    const char *folder = new_folder();
    int status = hem(&text, "run", "tests/steps/pictures.yaml", "--out", folder, NULL);
    char *printed = file_text(folder, "program.out");
    if (status != 0)
        fail_msg("status %d\n%s\n%s", status, buf_text(&text), printed);
    assert_string_equal(printed, "plus\nright\nleft\nbin Grace\nbin Edsger\ncross\n");
    free(printed);
    remove_folder(folder);
    buf_finish(&text);
}

/* A step of a task beside the pictures and the program that shows them, and what hem says of it. */
static const struct {
    const char *step;
    int status;
    const char *said;
} wrongs[] = {
    {"click image \"bin.png\"", 1, "3 things on the screen may be meant by image \"bin.png\""},
    {"expect image \"heart.png\" within 100 ms", 1,
     "image \"heart.png\" is not on the screen; most like it is the place at"},
    {"click image \"plus.png\" in row \"Ada\"", 1, "elsewhere there is picture at"},
    {"click image \"none.png\"", 2, "task.yaml:4: cannot open"},
    {"drag image \"plus.png\" to image \"broken.png\"", 2, "task.yaml:4: cannot read"},
    {"click image \"flat.png\"", 2, "task.yaml:4: "},
    {"click image \"flat.png\"", 2, "has no detail"},
    {"expect screen \"plus\"", 0, ""},
    {"expect screen \"heart\" within 100 ms", 1,
     "the screen is not like \"heart\": the area at 0,0"},
    {"expect screen \"none\"", 2, "task.yaml:4: cannot open"},
    {"click image \"{{name}}.png\"", 2, "task.yaml:4: cannot open"},
};

/* The status of a task of one step; FOLDER holds the pictures. */
static int run_step(const char *folder, const char *step, struct buf *said)
{
    struct buf task = {0}, path = {0}, out = {0};
    buf_addf(&task,
             "program: [wish, \"{{here}}/pictures.tcl\"]\nfields: {name: nothing}\nsteps:\n"
             "  - %s\npolicy: script\n",
             step);
    write_file(folder, "task.yaml", buf_text(&task));
    buf_addf(&path, "%s/task.yaml", folder);
    buf_addf(&out, "%s/out", folder);
    int status = hem(said, "run", buf_text(&path), "--out", buf_text(&out), NULL);
    remove_folder(buf_text(&out));
    buf_finish(&task);
    buf_finish(&path);
    buf_finish(&out);
    return status;
}

static void folder_fill(const char *folder)
{
    struct buf text = {0};
    static const char script[] = "cp tests/steps/pictures.tcl tests/steps/pictures/*.png $0 && "
                                 "cp -r tests/steps/pictures $0";
    char *copy[] = {"sh", "-c", (char *)script, (char *)folder, NULL};
    assert_int_equal(program_run(copy, &text), 0);
    write_file(folder, "broken.png", "\x89PNG\r\n");
    buf_finish(&text);
}

static void test_wrong(void **state)
{
    (void)state;
    const char *folder = new_folder();
    int wrong = 0;
    folder_fill(folder);
    for (size_t i = 0; i < sizeof wrongs / sizeof *wrongs; i++) {
        struct buf said = {0};
        int status = run_step(folder, wrongs[i].step, &said);
        if (status != wrongs[i].status || !strstr(buf_text(&said), wrongs[i].said)) {
            print_error("%s: status %d, %s\n", wrongs[i].step, status, buf_text(&said));
            wrong++;
        }
        buf_finish(&said);
    }
    remove_folder(folder);
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_clicks), cmocka_unit_test(test_wrong)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
