/* lesson: what recorded turns teach. The turns are written here line by line, as hem writes them.
 */
#include "trajectory/lesson.h"

#include "base/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MS "\"ms\":{\"settle\":1,\"capture\":1,\"read\":1,\"decide\":1,\"act\":1}"

/* A scene: its elements, each "role|label|x,y,w,h" and, where there are, "|value|states|group". */
#define FORM                                                                                       \
    "textbox|Name *|100,100,200,30||required|Guest;textbox|Town|100,150,200,30|||Guest;"           \
    "checkbox|I agree|100,200,17,17;combobox|Boat|100,250,200,30|None||Guest;"                     \
    "button|Send|100,300,80,30"
#define AGREED                                                                                     \
    "textbox|Name *|100,100,200,30||required|Guest;textbox|Town|100,150,200,30|||Guest;"           \
    "checkbox|I agree|100,200,17,17||checked;combobox|Boat|100,250,200,30|None||Guest;"            \
    "button|Send|100,300,80,30"
#define LIST "option|Dinghy|100,282,200,20;option|Yacht|100,304,200,20"
#define YACHT                                                                                      \
    "textbox|Name *|100,100,200,30||required|Guest;combobox|Boat|100,250,200,30|Yacht||Guest;"     \
    "button|Send|100,300,80,30"
#define TWO                                                                                        \
    "textbox|Street|100,100,200,30|||Home;textbox|Street|100,200,200,30|||Work;"                   \
    "text|Ada|100,300,60,20;button|Delete|300,300,60,20;text|Bea|100,340,60,20;"                   \
    "button|Delete|300,340,60,20"
#define FOCUS_TOWN                                                                                 \
    "textbox|Name *|100,100,200,30|Ada|required|Guest;textbox|Town|100,150,200,30||focused|Guest;" \
    "button|Send|100,300,80,30"
#define HELP "text|Help|100,100,60,20;button|Close|100,300,80,30"

#define ADA_LOVELACE                                                                               \
    "textbox|Name *|100,100,200,30|Ada Lovelace|focused|Guest;textbox|Town|100,150,200,30|||Guest"
#define NOTE "textbox|Note|100,100,200,90||focused\",\"multiline"

struct turn {
    const char *scene; /* NULL: the same as before */
    const char *ended; /* a step that ended with this look; NULL: none */
    const char *step, *action;
    bool missed; /* the look shows nothing of the action before */
};

struct sample {
    const char *what;
    struct turn turns[10];
    const char *steps; /* a line each; or, after "!", a part of the error */
};

static const struct sample samples[] = {
    {"steps of a policy get role and section",
     {{FORM, NULL, "type \"Ada\" into \"Name\"", "click left at 200,115", false},
      {NULL, NULL, "type \"Ada\" into \"Name\"", "type \"Ada\"", false},
      {NULL, "type \"Ada\" into \"Name\"", "click \"Send\"", "click left at 140,315", false},
      {NULL, "click \"Send\"", NULL, NULL, false}},
     "type \"Ada\" into textbox \"Name\" in \"Guest\"\nclick button \"Send\"\n"},
    {"clicks and texts are one step",
     {{FORM, NULL, NULL, "click left at 200,115", false},
      {NULL, NULL, NULL, "type \"A\"", false},
      {NULL, NULL, NULL, "type \"da\"", false},
      {NULL, NULL, NULL, "click left at 140,315", false},
      {HELP, NULL, NULL, NULL, false}},
     "type \"Ada\" into textbox \"Name\" in \"Guest\"\nclick button \"Send\"\n"},
    {"what was erased was not typed",
     {{FORM, NULL, NULL, "click left at 200,115", false},
      {NULL, NULL, NULL, "type \"Adam\"", false},
      {NULL, NULL, NULL, "key BackSpace", false},
      {NULL, NULL, NULL, "click left at 200,165", false},
      {NULL, NULL, NULL, "type \"Graz\"", false},
      {NULL, NULL, NULL, "key Ctrl+A", false},
      {NULL, NULL, NULL, "type \"Linz\"", false}},
     "type \"Ada\" into textbox \"Name\" in \"Guest\"\n"
     "type \"Linz\" into textbox \"Town\" in \"Guest\"\n"},
    {"Tab leads to the field that has the focus then",
     {{FORM, NULL, NULL, "click left at 200,115", false},
      {NULL, NULL, NULL, "type \"Ada\"", false},
      {NULL, NULL, NULL, "key Tab", false},
      {FOCUS_TOWN, NULL, NULL, "type \"Linz\"", false}},
     "type \"Ada\" into textbox \"Name\" in \"Guest\"\n"
     "type \"Linz\" into textbox \"Town\" in \"Guest\"\n"},
    {"Return stays", {{FORM, NULL, NULL, "key Return", false}}, "press Return\n"},
    {"a box is checked",
     {{FORM, NULL, NULL, "click left at 108,208", false}, {AGREED, NULL, NULL, NULL, false}},
     "check checkbox \"I agree\"\n"},
    {"a box that was clicked twice is as it was",
     {{FORM, NULL, NULL, "click left at 108,208", false},
      {AGREED, NULL, NULL, "click left at 108,208", false},
      {FORM, NULL, NULL, NULL, false}},
     "uncheck checkbox \"I agree\"\n"},
    {"two clicks in a list are a choice",
     {{FORM, NULL, NULL, "click left at 200,265", false},
      {LIST, NULL, NULL, "click left at 150,314", false},
      {YACHT, NULL, NULL, "click left at 140,315", false}},
     "choose \"Yacht\" in combobox \"Boat\" in \"Guest\"\nclick button \"Send\"\n"},
    {"a list that was opened and nothing seen of the choice",
     {{FORM, NULL, NULL, "click left at 200,265", false},
      {LIST, NULL, NULL, "click left at 150,314", false},
      {FORM, NULL, NULL, NULL, false}},
     "!turn 1: what was chosen in \"Boat\" was not seen"},
    {"what had no effect is left out",
     {{FORM, NULL, NULL, "click left at 140,315", false},
      {NULL, NULL, NULL, "click left at 108,208", true},
      {AGREED, NULL, NULL, NULL, false}},
     "check checkbox \"I agree\"\n"},
    {"what was overruled is left out",
     {{FORM, NULL, NULL, "click left at 200,115", false},
      {NULL, NULL, NULL, "type \"Bea\"", false},
      {NULL, NULL, NULL, "click left at 200,165", false},
      {NULL, NULL, NULL, "type \"Linz\"", false},
      {NULL, NULL, NULL, "click left at 200,115", false},
      {NULL, NULL, NULL, "type \"Ada\"", false}},
     "type \"Linz\" into textbox \"Town\" in \"Guest\"\n"
     "type \"Ada\" into textbox \"Name\" in \"Guest\"\n"},
    {"a way there and back is left out",
     {{FORM, NULL, NULL, "click left at 140,315", false},
      {HELP, NULL, NULL, "click left at 140,315", false},
      {FORM, NULL, NULL, "click left at 108,208", false},
      {AGREED, NULL, NULL, NULL, false}},
     "check checkbox \"I agree\"\n"},
    {"two of a name are told apart by section and row",
     {{TWO, NULL, NULL, "click left at 200,215", false},
      {NULL, NULL, NULL, "type \"Ring 1\"", false},
      {NULL, NULL, NULL, "click left at 330,350", false},
      {HELP, NULL, NULL, NULL, false}},
     "type \"Ring 1\" into textbox \"Street\" in \"Work\"\nclick button \"Delete\" in row "
     "\"Bea\"\n"},
    {"scrolling and waiting are the skill's own business",
     {{FORM, NULL, "scroll down 4", "scroll down 4 at 300,300", false},
      {NULL, "scroll down 4", "wait 2 s", "wait 2000 ms", false},
      {NULL, "wait 2 s", NULL, "scroll up 3 at 300,300", false},
      {NULL, NULL, NULL, "click left at 140,315", false},
      {HELP, NULL, NULL, NULL, false}},
     "click button \"Send\"\n"},
    {"numbers of elements mean nothing later",
     {{FORM, NULL, "click #5", "click left at 140,315", false},
      {HELP, "click #5", NULL, NULL, false}},
     "click button \"Send\"\n"},
    {"a click on nothing",
     {{FORM, NULL, NULL, "click left at 700,500", false}, {HELP, NULL, NULL, NULL, false}},
     "!turn 1: nothing with a name was seen at 700,500"},
    {"what no step says",
     {{FORM, NULL, NULL, "mouse_down left at 140,315", false}},
     "!turn 1: no step says"},
};

/* The same, and nothing is left out. */
static const struct sample tellings[] = {
    {"a text by several movements",
     {{FORM, NULL, NULL, "click left at 200,115", false},
      {NULL, NULL, NULL, "type \"Adam\"", false},
      {NULL, NULL, NULL, "key BackSpace", false},
      {NULL, NULL, NULL, "click left at 140,315", false},
      {HELP, NULL, NULL, NULL, false}},
     "type \"Ada\" into textbox \"Name\" in \"Guest\"\nclick button \"Send\"\n"},
    {"what stood there stays, and more is typed",
     {{FOCUS_TOWN, NULL, NULL, "click left at 200,115", false},
      {NULL, NULL, NULL, "type \" Lovelace\"", false},
      {ADA_LOVELACE, NULL, NULL, NULL, false}},
     "type \"Ada Lovelace\" into textbox \"Name\" in \"Guest\"\n"},
    {"what stood there is replaced",
     {{FOCUS_TOWN, NULL, NULL, "triple-click left at 200,115", false},
      {NULL, NULL, NULL, "type \"Bea\"", false},
      {ADA_LOVELACE, NULL, NULL, NULL, false}},
     "type \"Bea\" into textbox \"Name\" in \"Guest\"\n"},
    {"a field that was only clicked",
     {{FORM, NULL, NULL, "click left at 200,115", false},
      {NULL, NULL, NULL, "click left at 140,315", false},
      {HELP, NULL, NULL, NULL, false}},
     "click textbox \"Name\" in \"Guest\"\nclick button \"Send\"\n"},
    {"a list that was opened, and nothing came of it",
     {{FORM, NULL, NULL, "click left at 200,265", false},
      {LIST, NULL, NULL, "click left at 150,314", false},
      {FORM, NULL, NULL, NULL, false}},
     "click combobox \"Boat\" in \"Guest\"\nclick option \"Yacht\"\n"},
    {"a choice in a list",
     {{FORM, NULL, NULL, "click left at 200,265", false},
      {LIST, NULL, NULL, "click left at 150,314", false},
      {YACHT, NULL, NULL, NULL, false}},
     "choose \"Yacht\" in combobox \"Boat\" in \"Guest\"\n"},
    {"a box that stays as it is",
     {{FORM, NULL, NULL, "click left at 108,208", false}, {FORM, NULL, NULL, NULL, false}},
     "click checkbox \"I agree\"\n"},
    {"where nothing has a name",
     {{FORM, NULL, NULL, "click left at 700,500", false}, {HELP, NULL, NULL, NULL, false}},
     "click at 700,500\n"},
    {"what no step says is left to the action",
     {{FORM, NULL, NULL, "click left at 140,315 holding Ctrl", false},
      {NULL, NULL, NULL, "click left at 140,315", false},
      {HELP, NULL, NULL, NULL, false}},
     "click button \"Send\"\n"},
    {"scrolls and detours are told",
     {{FORM, NULL, NULL, "scroll down 4 at 300,300", false},
      {NULL, NULL, NULL, "click left at 140,315", false},
      {HELP, NULL, NULL, "click left at 140,315", false},
      {FORM, NULL, NULL, NULL, false}},
     "scroll down 4\nclick button \"Send\"\nclick button \"Close\"\n"},
    {"a secret has the name of its field",
     {{FORM, NULL, NULL, "click left at 200,115", false},
      {NULL, NULL, NULL, "type \"{{secret:?}}\"", false}},
     "type \"{{secret:Name}}\" into textbox \"Name\" in \"Guest\"\n"},
    {"several lines",
     {{NOTE, NULL, NULL, "type \"one\"", false},
      {NULL, NULL, NULL, "key Return", false},
      {NULL, NULL, NULL, "type \"two\"", false}},
     "type \"one\\ntwo\" into textbox \"Note\"\n"},
    {"Return ends a line",
     {{FORM, NULL, NULL, "click left at 200,115", false},
      {NULL, NULL, NULL, "type \"Ada\"", false},
      {NULL, NULL, NULL, "key Return", false}},
     "type \"Ada\" into textbox \"Name\" in \"Guest\"\npress Return\n"},
    {"all of it is selected after Tab",
     {{FORM, NULL, NULL, "click left at 200,115", false},
      {NULL, NULL, NULL, "type \"Ada\"", false},
      {NULL, NULL, NULL, "key Tab", false},
      {FOCUS_TOWN, NULL, NULL, "key Ctrl+A", false},
      {NULL, NULL, NULL, "type \"Linz\"", false}},
     "type \"Ada\" into textbox \"Name\" in \"Guest\"\n"
     "type \"Linz\" into textbox \"Town\" in \"Guest\"\n"},
};

static void scene_add(const char *spec, struct buf *out)
{
    char *copy = mem_text(spec), *save, *inner;
    int id = 1;
    buf_add(out, ",\"scene\":{\"elements\":[");
    for (char *el = strtok_r(copy, ";", &save); el; el = strtok_r(NULL, ";", &save)) {
        const char *part[6] = {"", "", "", "", "", ""};
        inner = el;
        for (int i = 0; i < 6 && inner; i++)
            part[i] = strsep(&inner, "|");
        const char *name = strcmp(part[0], "button") == 0 || strcmp(part[0], "text") == 0 ||
                                   strcmp(part[0], "option") == 0
                               ? "text"
                               : "label";
        buf_addf(out,
                 "%s{\"id\":%d,\"role\":\"%s\",\"%s\":\"%s\",\"box\":[%s],\"value\":\"%s\","
                 "\"group\":\"%s\",\"states\":[%s%s%s]}",
                 id > 1 ? "," : "", id, part[0], name, part[1], part[2], part[3], part[5],
                 *part[4] ? "\"" : "", part[4], *part[4] ? "\"" : "");
        id++;
    }
    buf_add(out, "]}");
    free(copy);
}

static void quoted_add(const char *name, const char *text, struct buf *out)
{
    buf_addf(out, ",\"%s\":\"", name);
    for (; *text; text++)
        buf_addf(out, *text == '"' ? "\\%c" : "%c", *text);
    buf_add_char(out, '"');
}

static void turn_add(const struct turn *t, int number, struct buf *out)
{
    int x, y;
    buf_addf(out, "{\"turn\":%d," MS, number);
    if (t->ended) {
        struct buf step = {0};
        quoted_add("step", t->ended, &step);
        buf_addf(out, ",\"ended\":[{%s}]", buf_text(&step) + 1);
        buf_finish(&step);
    }
    if (t->step)
        quoted_add("step", t->step, out);
    const char *at = t->action ? strstr(t->action, " at ") : NULL;
    if (t->action)
        quoted_add("action", t->action, out);
    quoted_add("outcome", t->action && strncmp(t->action, "wait", 4) != 0 ? "acted" : "waited",
               out);
    if (at && sscanf(at, " at %d,%d", &x, &y) == 2)
        buf_addf(out, ",\"at\":[%d,%d]", x, y);
    if (number > 1)
        quoted_add("last_effect", t->missed ? "no effect seen" : "confirmed", out);
    if (t->scene)
        scene_add(t->scene, out);
    else
        buf_add(out, ",\"scene\":\"same\"");
    buf_add(out, "}\n");
}

static void file_write(const char *dir, const char *name, const char *text)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", dir, name);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    assert_true(fputs(text, f) >= 0);
    assert_int_equal(fclose(f), 0);
}

static void check(const char *dir, const struct sample *s,
                  bool (*take)(const struct recording *r, struct lesson *out, struct err *e))
{
    struct buf turns = {0}, lines = {0};
    struct recording r;
    struct lesson lesson;
    struct err e = {0};
    int count = 0;
    while (count < 10 && (s->turns[count].scene || s->turns[count].action || s->turns[count].ended))
        turn_add(&s->turns[count], count + 1, &turns), count++;
    file_write(dir, "trajectory.jsonl", buf_text(&turns));
    if (!recording_read(dir, &r, &e))
        fail_msg("%s: %s", s->what, e.text);
    if (take(&r, &lesson, &e)) {
        for (int i = 0; i < lesson.count; i++) {
            step_print(&lesson.steps[i].step, &lines);
            buf_add_char(&lines, '\n');
        }
        lesson_finish(&lesson);
    } else {
        buf_addf(&lines, "!%s", e.text);
    }
    bool error = *s->steps == '!';
    if (error ? strncmp(buf_text(&lines), s->steps, strlen(s->steps)) != 0
              : strcmp(buf_text(&lines), s->steps) != 0)
        fail_msg("%s:\n%s", s->what, buf_text(&lines));
    recording_finish(&r);
    buf_finish(&turns);
    buf_finish(&lines);
}

static void turns_teach_steps(void **state)
{
    (void)state;
    char dir[] = "/tmp/hem-lesson-XXXXXX", path[128];
    assert_non_null(mkdtemp(dir));
    file_write(dir, "episode.json",
               "{\"schema\":\"hem-trajectory/1\",\"outcome\":\"done\",\"screen\":[800,600]}\n");
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++)
        check(dir, &samples[i], lesson_take);
    for (size_t i = 0; i < sizeof tellings / sizeof *tellings; i++)
        check(dir, &tellings[i], lesson_tell);
    snprintf(path, sizeof path, "%s/episode.json", dir);
    unlink(path);
    snprintf(path, sizeof path, "%s/trajectory.jsonl", dir);
    unlink(path);
    rmdir(dir);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(turns_teach_steps)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
