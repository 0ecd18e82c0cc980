/*
 * hem learn and skills, with real programs: what was done once is done again with other data, and
 * on a page that was changed since it is done right or stopped before anything wrong is filled in.
 * What arrived is told by the programs themselves.
 */
#include "tests/programs.h"

#include <cjson/cJSON.h>
#include <limits.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static char folder[64];

/* Tells every value that a control gets, and when. */
static const char page_tells[] =
    "<script>document.addEventListener('change', (event) => console.log(\n"
    "  `given: ${event.target.name}=${event.target.value};`));</script></body>";

static void replace(struct buf *text, const char *from, const char *to)
{
    char *old = buf_take(text), *at = strstr(old, from);
    if (!at)
        fail_msg("the page has no \"%s\"", from);
    buf_addf(text, "%.*s%s%s", (int)(at - old), old, to, at + strlen(from));
    free(old);
}

/* The club's page in the test's folder, with CHANGES: what is replaced by what, in pairs. */
static void page_write(const char *const *changes)
{
    struct buf page = {0}, script = {0};
    char here[PATH_MAX], *text = file_text("tests/learn", "club.html");
    assert_non_null(realpath("tests/forms/received.js", here));
    buf_add(&page, text);
    buf_addf(&script, "src=\"file://%s\"", here);
    replace(&page, "src=\"../forms/received.js\"", buf_text(&script));
    for (; changes && changes[0]; changes += 2)
        replace(&page, changes[0], changes[1]);
    replace(&page, "</body>", page_tells);
    write_file(folder, "club.html", buf_text(&page));
    buf_finish(&page);
    buf_finish(&script);
    free(text);
}

static void copy(const char *name)
{
    char *text = file_text("tests/learn", name);
    write_file(folder, name, text);
    free(text);
}

/* hem run FOLDER/TASK on ROWS; the records go to FOLDER/OUT. LEARN may be NULL. */
static int run(struct buf *text, const char *task, const char *rows, const char *out,
               const char *learn)
{
    char paths[4][128];
    const char *names[] = {task, rows, out, learn ? learn : ""};
    for (int i = 0; i < 4; i++)
        snprintf(paths[i], sizeof paths[i], "%s/%s", folder, names[i]);
    return learn ? hem(text, "run", paths[0], "--rows", paths[1], "--out", paths[2], "--learn",
                       paths[3], NULL)
                 : hem(text, "run", paths[0], "--rows", paths[1], "--out", paths[2], NULL);
}

static char *row_text(const char *out, int row, const char *name)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s/row-%06d", folder, out, row);
    return file_text(path, name);
}

static int learn_club(void **state)
{
    (void)state;
    struct buf text = {0};
    snprintf(folder, sizeof folder, "%s", new_folder());
    copy("club.yaml");
    copy("club.csv");
    page_write(NULL);
    write_file(folder, "grace.csv",
               "First,Last,Phone,Boat,Harbour\nGrace,Hopper,020 7946 0111,Yacht,South\n");
    int status = run(&text, "club.yaml", "club.csv", "taught", "club.skill.yaml");
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

/* The first row is done by the form, and only that one. */
static void one_row_teaches_the_others(void **state)
{
    (void)state;
    static const char *const arrived[] = {
        "{\\\"first\\\":\\\"Ada\\\",\\\"last\\\":\\\"Lovelace\\\",\\\"phone\\\":\\\"020 7946 "
        "0958\\\","
        "\\\"boat\\\":\\\"Dinghy\\\",\\\"harbour\\\":\\\"North\\\"}",
        "{\\\"first\\\":\\\"Grace\\\",\\\"last\\\":\\\"Hopper\\\",\\\"phone\\\":\\\"020 7946 "
        "0111\\\","
        "\\\"boat\\\":\\\"Yacht\\\",\\\"harbour\\\":\\\"South\\\"}",
        "{\\\"first\\\":\\\"Alan\\\",\\\"last\\\":\\\"Turing\\\",\\\"phone\\\":\\\"01908 "
        "640404\\\","
        "\\\"boat\\\":\\\"None\\\",\\\"harbour\\\":\\\"North\\\"}"};
    for (int row = 1; row <= 3; row++) {
        char *output = row_text("taught", row, "program.err"),
             *record = row_text("taught", row, "trajectory.jsonl"),
             *episode = row_text("taught", row, "episode.json");
        struct buf plain = {0};
        for (const char *c = arrived[row - 1]; *c; c++)
            if (*c != '\\')
                buf_add_char(&plain, *c);
        if (!strstr(output, buf_text(&plain)))
            fail_msg("row %d: %s has not arrived:\n%s", row, buf_text(&plain), output);
        bool by_skill = strstr(record, "into textbox \\\"First name\\\" in \\\"Member\\\"");
        bool by_form = strstr(record, "into \\\"First name *\\\"");
        assert_true(row == 1 ? by_form && !by_skill : by_skill && !by_form);
        assert_non_null(strstr(episode, row == 1 ? "\"policy\":\"form\"" : "\"policy\":\"auto\""));
        free(output);
        free(record);
        free(episode);
        buf_finish(&plain);
    }
}

/* policy: auto looks for the skill beside the task, and hem learn puts it there. */
static void skill_beside_the_task_is_used(void **state)
{
    (void)state;
    struct buf text = {0};
    char record[128], beside[128];
    snprintf(record, sizeof record, "%s/taught/row-000001", folder);
    snprintf(beside, sizeof beside, "%s/club.skill.yaml", folder);
    unlink(beside);
    page_write(NULL);
    if (hem(&text, "learn", record, NULL) != 0 || access(beside, R_OK) != 0)
        fail_msg("%s", buf_text(&text));
    int status = run(&text, "club.yaml", "grace.csv", "beside", NULL);
    char *turns = row_text("beside", 1, "trajectory.jsonl");
    if (status != 0 || !strstr(turns, "into textbox \\\"First name\\\" in \\\"Member\\\""))
        fail_msg("status %d\n%s", status, buf_text(&text));
    free(turns);
    buf_finish(&text);
}

static void skill_reads_as_a_task(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "policy: skill\n",
        "  - type \"{{First}}\" into textbox \"First name\" in \"Member\"\n",
        "  - choose \"{{Boat}}\" in combobox \"Boat\" in \"Member\"\n",
        "  - choose \"{{Harbour}}\" in \"Harbour\"\n",
        "  - click button \"Join now\"\n",
        "expect:\n  - Received\n",
        "guard: {deny: [Leave the club, {role: link, text: Pay}], ask: [Delete]}\n",
        "submit: Join now\n",
    };
    char *text = file_text(folder, "club.skill.yaml");
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        if (!strstr(text, lines[i]))
            fail_msg("there is no %sin\n%s", lines[i], text);
    free(text);
}

/* ---- a page that was changed ---- */

#define FIRST                                                                                      \
    "  <label for=\"first\">First name <span class=\"star\">*</span></label>"                      \
    "<input type=\"text\" id=\"first\" name=\"first\" required>\n"
#define LAST                                                                                       \
    "  <label for=\"last\">Last name <span class=\"star\">*</span></label>"                        \
    "<input type=\"text\" id=\"last\" name=\"last\" required>\n"
#define PHONE                                                                                      \
    "  <label for=\"phone\">Phone</label><input type=\"text\" id=\"phone\" name=\"phone\">\n"

struct change {
    const char *what;
    const char *changes[5]; /* pairs; ends with NULL */
    const char *stops;      /* a part of what hem says; NULL: it is done */
};

static const struct change changes[] = {
    {"a field has moved", {FIRST LAST, LAST FIRST, NULL}, NULL},
    {"a label is reworded", {">Last name ", ">Surname ", NULL}, NULL},
    {"a field more",
     {PHONE, PHONE "<label for=x>Club</label><input id=x name=x type=text>", NULL},
     NULL},
    {"a section more, with a field of that name",
     {"<h2>Member</h2>",
      "<h2>Next of kin</h2><label for=x>First name</label><input id=x name=kin type=text>"
      "<h2>Member</h2>",
      NULL},
     NULL},
    {"a label says something else",
     {">Phone<", ">Emergency contact phone<", NULL},
     "expected textbox \"Phone\" in \"Member\"; seen \"Emergency contact phone\""},
    {"a field more that must be filled in",
     {PHONE,
      PHONE "<label for=x>Club <span class=star>*</span></label>"
            "<input id=x name=x type=text required>",
      NULL},
     "the form asks for \"Club *\", which the skill knows nothing of"},
    {"a field is in another section now",
     {PHONE, "<h2>Next of kin</h2>" PHONE, NULL},
     "expected textbox \"Phone\" in \"Member\"; seen one in \"Next of kin\""},
    {"another kind of control",
     {"<select id=\"boat\" name=\"boat\"><option>None</option><option>Dinghy</option><option>Yacht"
      "</option></select>",
      "<input type=text id=boat name=boat>", NULL},
     "expected combobox \"Boat\" in \"Member\"; seen a textbox"},
    {"two of a name",
     {PHONE, PHONE "<label for=x>Phone</label><input id=x name=x type=text>", NULL},
     "2 things on the screen may be meant"},
    {"a dialog in between",
     {"<form>",
      "<div id=over style=\"position:fixed;inset:0;background:rgba(0,0,0,.5)\"><div "
      "style=\"margin:160px auto;width:400px;background:#fff;padding:40px\"><b>We use "
      "cookies</b><br><button type=button onclick=\"over.remove()\">Accept</button></div>"
      "</div><form>",
      NULL},
     "the skill stopped"},
    {"a step before it",
     {"<form>",
      "<p>Read our rules.</p><button type=button onclick=\"document.forms[0].hidden="
      "false;this.remove()\">Continue</button><form hidden>",
      NULL},
     "expected textbox \"First name\" in \"Member\""},
    {"another word on the button", {">Join now<", ">Pay<", NULL}, "expected button \"Join now\""},
};

/* Whatever was given to a control is what this row has for it. */
static void check_given(const char *what, const char *output)
{
    static const char *const right[] = {"first=Grace;", "last=Hopper;",   "phone=020 7946 0111;",
                                        "boat=Yacht;",  "harbour=South;", NULL};
    for (const char *at = strstr(output, "given: "); at; at = strstr(at + 1, "given: ")) {
        bool fits = false;
        for (int i = 0; right[i] && !fits; i++)
            fits = strncmp(at + strlen("given: "), right[i], strlen(right[i])) == 0;
        if (!fits)
            fail_msg("%s: filled in wrongly: %.80s", what, at);
    }
}

static void check_change(const struct change *c, int number)
{
    struct buf text = {0};
    char out[32];
    snprintf(out, sizeof out, "changed-%d", number);
    page_write(c->changes);
    int status = run(&text, "club.skill.yaml", "grace.csv", out, NULL);
    char *output = row_text(out, 1, "program.err");
    bool arrived = strstr(output, "received: ");
    if (status != (c->stops ? 1 : 0) || arrived == !!c->stops ||
        (c->stops && !strstr(buf_text(&text), c->stops)))
        fail_msg("%s: status %d, %s\n%s", c->what, status, arrived ? "sent" : "not sent",
                 buf_text(&text));
    check_given(c->what, output);
    if (!c->stops)
        assert_non_null(strstr(output, "given: "));
    free(output);
    buf_finish(&text);
}

static void changed_page_is_handled_or_stopped(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++)
        check_change(&changes[i], (int)i);
}

/* The form goes on where the skill can't, and what came out right is learned for the next time. */
static void others_go_on_and_it_is_learned_anew(void **state)
{
    (void)state;
    struct buf text = {0};
    char *old = file_text(folder, "club.skill.yaml");
    write_file(folder, "anew.yaml", old);
    page_write((const char *const[]){PHONE, "<h2>Next of kin</h2>" PHONE, NULL});
    int status = run(&text, "club.yaml", "club.csv", "anew", "anew.yaml");
    char *learned = file_text(folder, "anew.yaml"), *last = row_text("anew", 3, "trajectory.jsonl"),
         *output = row_text("anew", 3, "program.err");
    if (status != 0)
        fail_msg("status %d\n%s", status, buf_text(&text));
    assert_non_null(strstr(learned, "into textbox \"Phone\" in \"Next of kin\""));
    assert_non_null(strstr(last, "into textbox \\\"Phone\\\" in \\\"Next of kin\\\""));
    assert_null(strstr(last, "into \\\"First name *\\\""));
    assert_non_null(strstr(output, "01908 640404"));
    free(old);
    free(learned);
    free(last);
    free(output);
    buf_finish(&text);
}

/* ---- a program in GTK, and bare pixels ---- */

/* The actions of a record as steps that say where, but not on what. */
static void pixels_of(const char *record, const char *const values[][2], struct buf *steps)
{
    char *copied = mem_text(record), *save = NULL;
    for (char *line = strtok_r(copied, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
        cJSON *turn = cJSON_Parse(line);
        const char *action = cJSON_GetStringValue(cJSON_GetObjectItem(turn, "action"));
        const char *outcome = cJSON_GetStringValue(cJSON_GetObjectItem(turn, "outcome"));
        const char *at = action ? strstr(action, "click left at ") : NULL;
        if (outcome && strcmp(outcome, "acted") == 0 && at)
            buf_addf(steps, "  - click at %s\n", at + strlen("click left at "));
        for (int i = 0; action && values[i][0]; i++)
            if (strncmp(action, "type ", 5) == 0 && strstr(action, values[i][0]))
                buf_addf(steps, "  - type \"%s\"\n", values[i][1]);
        cJSON_Delete(turn);
    }
    free(copied);
}

static void pixels_become_a_skill(void **state)
{
    (void)state;
    static const char *const values[][2] = {
        {"Anne Bonny", "{{Name}}"}, {"Cork", "{{Town}}"}, {NULL, NULL}};
    struct buf text = {0}, task = {0};
    copy("crew.py");
    copy("crew.yaml");
    copy("crew.csv");
    int status = run(&text, "crew.yaml", "crew.csv", "crew", NULL);
    if (status != 0)
        fail_msg("status %d\n%s", status, buf_text(&text));
    char *record = row_text("crew", 1, "trajectory.jsonl");
    buf_add(&task, "program: [/usr/bin/python3, \"{{here}}/crew.py\"]\nscreen: 800x600\n"
                   "expect: [\"Saved: {{Name}}\"]\nsteps:\n  - wait for \"Town\"\n");
    pixels_of(record, values, &task);
    write_file(folder, "pixels.yaml", buf_text(&task));
    status = run(&text, "pixels.yaml", "crew.csv", "pixels", "crew.skill.yaml");
    char *learned = file_text(folder, "crew.skill.yaml"),
         *by_skill = row_text("pixels", 2, "trajectory.jsonl"),
         *printed = row_text("pixels", 2, "program.out");
    if (status != 0)
        fail_msg("status %d\n%s", status, buf_text(&text));
    assert_non_null(strstr(learned, "  - type \"{{Name}}\" into textbox \"Name\"\n"));
    assert_non_null(strstr(learned, "  - type \"{{Town}}\" into textbox \"Town\"\n"));
    assert_non_null(strstr(learned, "  - check checkbox \"Can swim\"\n"));
    assert_non_null(strstr(learned, "  - click button \"Save\"\n"));
    assert_null(strstr(by_skill, "click at "));
    if (!strstr(printed, "\"Name\": \"Ching Shih\", \"Town\": \"Canton\""))
        fail_msg("printed: %s", printed);
    free(record);
    free(learned);
    free(by_skill);
    free(printed);
    buf_finish(&text);
    buf_finish(&task);
}

/* A dialog of the program comes up in the middle: nothing is typed at it. */
static void dialog_of_a_program_stops_it(void **state)
{
    (void)state;
    struct buf text = {0}, program = {0};
    char *source = file_text("tests/learn", "crew.py");
    buf_add(&program, source);
    replace(&program, "window.connect(",
            "def warn(*_):\n"
            "    dialog = Gtk.MessageDialog(transient_for=window, modal=True, title=\"Disk\",\n"
            "                               text=\"It is full\", buttons=Gtk.ButtonsType.OK)\n"
            "    dialog.connect(\"response\", lambda *_: print(\"answered\", flush=True))\n"
            "    dialog.show_all()\n\n\n"
            "entries[\"Name\"].connect(\"changed\", lambda e: e.get_text() == \"Ching Shih\" and "
            "warn())\nwindow.connect(");
    write_file(folder, "crew.py", buf_text(&program));
    write_file(folder, "ching.csv", "Name,Town,Swims\nChing Shih,Canton,no\n");
    int status = run(&text, "crew.skill.yaml", "ching.csv", "dialog", NULL);
    char *turns = row_text("dialog", 1, "trajectory.jsonl"),
         *printed = row_text("dialog", 1, "program.out");
    if (status != 1 ||
        !strstr(buf_text(&text), "expected the window \"Crew\"; seen \"Disk\" in front of it"))
        fail_msg("status %d\n%s", status, buf_text(&text));
    assert_null(strstr(turns, "\"action\":\"type \\\"Canton"));
    assert_null(strstr(printed, "answered"));
    free(source);
    free(turns);
    free(printed);
    buf_finish(&text);
    buf_finish(&program);
}

/* ---- hem learn ---- */

static void what_did_not_come_out_right_teaches_nothing(void **state)
{
    (void)state;
    struct buf text = {0};
    char path[128], out[128];
    snprintf(path, sizeof path, "%s/plain.yaml", folder);
    snprintf(out, sizeof out, "%s/plain", folder);
    write_file(folder, "plain.yaml",
               "program: [/usr/bin/python3, \"{{here}}/crew.py\"]\nscreen: 800x600\nsteps:\n"
               "  - click \"Save\"\n");
    assert_int_equal(hem(&text, "run", path, "--out", out, NULL), 0);
    assert_int_equal(hem(&text, "learn", out, NULL), 1);
    assert_non_null(strstr(buf_text(&text), "no expectation says that it came out right"));
    assert_int_equal(hem(&text, "learn", folder, NULL), 2);
    assert_int_equal(hem(&text, "learn", NULL), 2);
    buf_finish(&text);
}

/* A skill for data that it was not learned for is not used. */
static void other_data_is_refused(void **state)
{
    (void)state;
    struct buf text = {0};
    write_file(folder, "none.csv", "First,Last\nGrace,Hopper\n");
    assert_int_equal(run(&text, "club.skill.yaml", "none.csv", "none", NULL), 2);
    assert_non_null(strstr(buf_text(&text), "has no column \"Phone\""));
    buf_finish(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_row_teaches_the_others),
        cmocka_unit_test(skill_reads_as_a_task),
        cmocka_unit_test(skill_beside_the_task_is_used),
        cmocka_unit_test(changed_page_is_handled_or_stopped),
        cmocka_unit_test(others_go_on_and_it_is_learned_anew),
        cmocka_unit_test(pixels_become_a_skill),
        cmocka_unit_test(dialog_of_a_program_stops_it),
        cmocka_unit_test(what_did_not_come_out_right_teaches_nothing),
        cmocka_unit_test(other_data_is_refused),
    };
    return cmocka_run_group_tests(tests, learn_club, remove_all);
}
