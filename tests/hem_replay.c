/*
 * hem replay, with a real program: what was done once is done again on another screen, in another
 * look, in a window that lies elsewhere and is called otherwise; where the page is another one it
 * stops before anything wrong is done, and says why.
 */
#include "tests/programs.h"

#include <limits.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static char folder[64];

static void page_write(const char *name, const char *from, const char *to)
{
    struct buf page = {0};
    char here[PATH_MAX], *text = file_text("tests/learn", "club.html");
    const char *const changes[][2] = {{"src=\"../forms/", NULL}, {from, to}};
    assert_non_null(realpath("tests/forms", here));
    const char *rest = text;
    for (;;) {
        const char *at = NULL;
        size_t which = 0;
        for (size_t i = 0; i < 2; i++) {
            const char *found = changes[i][0] ? strstr(rest, changes[i][0]) : NULL;
            if (found && (!at || found < at)) {
                at = found;
                which = i;
            }
        }
        if (!at)
            break;
        buf_add_bytes(&page, rest, (size_t)(at - rest));
        if (which == 0)
            buf_addf(&page, "src=\"file://%s/", here);
        else
            buf_add(&page, to);
        rest = at + strlen(changes[which][0]);
    }
    buf_add(&page, rest);
    write_file(folder, name, buf_text(&page));
    buf_finish(&page);
    free(text);
}

static int record(void **state)
{
    (void)state;
    struct buf text = {0};
    char task[128], out[128];
    snprintf(folder, sizeof folder, "%s", new_folder());
    page_write("club.html", NULL, NULL);
    write_file(folder, "club.yaml",
               "program: [chromium, '--app=file://{{here}}/club.html', --start-maximized, "
               "--enable-logging=stderr]\n"
               "fields: {First name: Ada, Last name: Lovelace, Phone: 020 7946 0958, "
               "Boat: Dinghy, Harbour: North}\n"
               "submit: Join now\nexpect: [Received]\n");
    snprintf(task, sizeof task, "%s/club.yaml", folder);
    snprintf(out, sizeof out, "%s/first", folder);
    int status = hem(&text, "run", task, "--out", out, NULL);
    if (status != 0)
        print_error("status %d\n%s", status, buf_text(&text));
    buf_finish(&text);
    return status;
}

static int remove_all(void **state)
{
    (void)state;
    remove_folder(folder);
    return 0;
}

/* How it is done again: another page in the place of what was recorded, other options. */
struct again {
    const char *what;
    const char *from, *to; /* a change of the page */
    const char *options[8];
    const char *window; /* Chromium's; NULL: as recorded */
    int status;
    const char *says;    /* a part of what hem says; NULL: nothing is asked for */
    const char *arrives; /* a part of what the page gets; NULL: nothing is sent */
};

#define ALL "{\"first\":\"Ada\",\"last\":\"Lovelace\",\"phone\":\"020 7946 0958\""

static const struct again agains[] = {
    {"as it was", NULL, NULL, {NULL}, NULL, 0, NULL, ALL},
    {"on a smaller screen", NULL, NULL, {"--screen", "900x760"}, NULL, 0, NULL, ALL},
    {"on a larger screen", NULL, NULL, {"--screen", "1600x1000"}, NULL, 0, NULL, ALL},
    {"in a window that lies elsewhere",
     NULL,
     NULL,
     {NULL},
     "--window-position=420,60 --window-size=760,730",
     0,
     NULL,
     ALL},
    {"in another look",
     "color: #222; }",
     "color: #eee; background: #223; color-scheme: dark } input, select, button { color: inherit "
     "!important; background: #334 !important; border-radius: 8px }",
     {NULL},
     NULL,
     0,
     NULL,
     ALL},
    {"under another title", "<title>Sailing club", "<title>Rowing", {NULL}, NULL, 0, NULL, ALL},
    {"with what is before it at other places",
     "<h1>Join the club</h1>",
     "<h1>Join the club</h1><p>We sail since 1871,<br>in all weathers.</p>",
     {NULL},
     NULL,
     0,
     NULL,
     ALL},
    {"up to a step by its text",
     NULL,
     NULL,
     {"--until", "\"phone\""},
     NULL,
     0,
     "020 7946 0958",
     NULL},
    {"up to a step by its number", NULL, NULL, {"--until", "2"}, NULL, 0, "Lovelace", NULL},
    {"up to a step that is not there",
     NULL,
     NULL,
     {"--until", "Pay"},
     NULL,
     2,
     "there is no step \"Pay\": 7 were recorded",
     NULL},
    {"at a tenth of the pauses", NULL, NULL, {"--speed", "10"}, NULL, 0, NULL, ALL},
    {"blindly", NULL, NULL, {"--blind"}, NULL, 0, "click left at", ALL},
    {"blindly on another screen",
     NULL,
     NULL,
     {"--blind", "--screen", "800x600"},
     NULL,
     2,
     "the screen has 800x600 pixels and the recorded one had 1280x800",
     NULL},
    {"on a page without the field",
     ">Phone<",
     ">Age<",
     {NULL},
     NULL,
     1,
     "expected textbox \"Phone\" in \"Member\"",
     NULL},
    {"at another speed than any",
     NULL,
     NULL,
     {"--speed", "fast"},
     NULL,
     2,
     "fast is not an option",
     NULL},
    {"with a secret that is said wrongly",
     NULL,
     NULL,
     {"--secret", "Password"},
     NULL,
     2,
     "NAME=env:VARIABLE",
     NULL},
};

static void check_again(const struct again *a, int number)
{
    struct buf text = {0}, page = {0}, window = {0};
    char dir[128], out[128];
    page_write("club.html", a->from, a->to);
    snprintf(dir, sizeof dir, "%s/first", folder);
    snprintf(out, sizeof out, "%s/again-%d", folder, number);
    char *argv[PROGRAM_ARGUMENTS_MAX] = {(char *)hem_path(), "replay", dir};
    int n = 3;
    bool blind = false;
    for (int i = 0; a->options[i]; i++) {
        argv[n++] = (char *)a->options[i];
        blind = blind || strcmp(a->options[i], "--blind") == 0;
    }
    if (!blind) {
        argv[n++] = "--out";
        argv[n++] = out;
    }
    buf_addf(&page, "--app=file://%s/club.html", folder);
    buf_add(&window, a->window ? a->window : "");
    if (a->window) {
        char *space = strchr(window.text, ' ');
        *space = '\0';
        char *const program[] = {"--",        "chromium", page.text, "--enable-logging=stderr",
                                 window.text, space + 1};
        for (size_t i = 0; i < sizeof program / sizeof *program; i++)
            argv[n++] = program[i];
    }
    int status = program_run(argv, &text);
    char *arrived = file_text(out, "program.err");
    bool sent = strstr(arrived, "first") != NULL;
    if (status != a->status || (a->says && !strstr(buf_text(&text), a->says)) ||
        (!blind && (a->arrives ? !strstr(arrived, a->arrives) : sent)))
        fail_msg("%s: status %d\n%s\narrived:\n%s", a->what, status, buf_text(&text), arrived);
    free(arrived);
    buf_finish(&text);
    buf_finish(&page);
    buf_finish(&window);
}

static void done_again(void **state)
{
    (void)state;
    for (int i = 0; i < (int)(sizeof agains / sizeof *agains); i++)
        check_again(&agains[i], i);
}

/* The record of a replay is a trajectory like any other. */
static void replays_the_replay(void **state)
{
    (void)state;
    struct buf text = {0};
    char dir[128], out[128];
    page_write("club.html", NULL, NULL);
    snprintf(dir, sizeof dir, "%s/again-0", folder);
    snprintf(out, sizeof out, "%s/again-again", folder);
    if (hem(&text, "replay", dir, "--out", out, NULL) != 0)
        fail_msg("%s", buf_text(&text));
    char *arrived = file_text(out, "program.err");
    assert_non_null(strstr(arrived, ALL));
    free(arrived);
    buf_finish(&text);
}

static void refuses_what_is_none(void **state)
{
    (void)state;
    struct buf text = {0};
    assert_int_equal(hem(&text, "replay", folder, NULL), 2);
    assert_int_equal(hem(&text, "replay", NULL), 2);
    buf_finish(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(done_again),
        cmocka_unit_test(replays_the_replay),
        cmocka_unit_test(refuses_what_is_none),
    };
    return cmocka_run_group_tests(tests, record, remove_all);
}
