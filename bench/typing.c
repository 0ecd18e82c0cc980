#include "base/stop.h"
#include "base/utf8.h"
#include "bench/measures.h"
#include "bench/program.h"
#include "bench/stage.h"
#include "tests/typed.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define ASCII       2000
#define MIXED       500
#define PASTED      20000
#define PART        500 /* of the ASCII, and 100 of the mixed: what xdotool is given, at 12 ms each */
#define PART_MIXED  100
#define ARRIVAL_MS  5000 /* without anything new */
#define GIVE_UP_MS  120000
#define START_TRIES 100

/* A real program that keeps what was typed into it in a file (tests/typing/typed.py). */
struct typist {
    struct stage stage;
    const char *program;
    char path[PATH_MAX];      /* of what it has received */
    char text_path[PATH_MAX]; /* of what xdotool is to type */
    struct buf came;
};

static bool empty_field(struct typist *t, struct err *e)
{
    const struct action f5 = {.kind = ACTION_KEY, .keys = "F5", .repeat = 1};
    return input_perform(t->stage.input, &f5, e) &&
           (typed_wait(t->path, "", ARRIVAL_MS, &t->came) ||
            err_set(e, ERR_TASK, "the field is not emptied"));
}

static bool open_field(struct typist *t, struct err *e)
{
    const struct action x = {.kind = ACTION_KEY, .keys = "x", .repeat = 1};
    const char *const argv[] = {"/usr/bin/python3", TYPED_LISTENER, t->program, t->path, NULL};
    unlink(t->path);
    if (!stage_open(&t->stage, argv, e))
        return false;
    for (int i = 0; i < START_TRIES && t->came.length == 0; i++) {
        if (!input_perform(t->stage.input, &x, e))
            return false;
        typed_wait(t->path, "x", 200, &t->came);
    }
    return empty_field(t, e);
}

static double wall_ms(struct timespec t)
{
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    return wall_ms(t);
}

/* Waits for TEXT. Characters a second, from BEGIN on the wall clock until the program wrote down
 * the last. */
static double rate(struct typist *t, const char *text, double begin)
{
    struct stat st;
    typed_wait(t->path, text, ARRIVAL_MS, &t->came);
    if (stat(t->path, &st) != 0)
        return -1;
    return (double)utf8_length(buf_text(&t->came)) / (wall_ms(st.st_mtim) - begin) * 1e3;
}

static bool is_exact(const struct typist *t, const char *text)
{
    return strcmp(buf_text(&t->came), text) == 0;
}

static bool type_with_hem(struct typist *t, const char *text, double *cps, struct err *e)
{
    const struct action type = {.kind = ACTION_TYPE, .text = text};
    if (!empty_field(t, e))
        return false;
    double begin = now_ms();
    if (!input_perform(t->stage.input, &type, e))
        return false;
    *cps = rate(t, text, begin);
    return true;
}

static bool type_with_xdotool(struct typist *t, const char *text, double *cps, struct err *e)
{
    const char *const xdotool[] = {"xdotool", "type", "--file", t->text_path, NULL};
    FILE *file = fopen(t->text_path, "we");
    if (!file || fputs(text, file) < 0 || fclose(file) != 0)
        return err_set(e, ERR_IO, "cannot write %s", t->text_path);
    if (!empty_field(t, e))
        return false;
    double begin = now_ms();
    program_time(xdotool, NULL, GIVE_UP_MS);
    *cps = rate(t, text, begin);
    return true;
}

/* A row: TEXT by hem beside PART of it by xdotool. */
static bool measure_text(struct table *table, struct typist *t, const char *what, const char *text,
                         const char *part, struct err *e)
{
    struct row *r = table_add(table, what, "1/s", "xdotool type, default delay");
    if (!type_with_hem(t, text, &r->hem, e))
        return false;
    row_note(r, "hem: %s", is_exact(t, text) ? "exact" : "NOT exact");
    if (!program_is_there("xdotool")) {
        row_note(r, "xdotool is not installed");
        return true;
    }
    if (!type_with_xdotool(t, part, &r->instead, e))
        return false;
    r->ratio = r->hem / r->instead;
    row_note(r, "xdotool: %s", is_exact(t, part) ? "exact" : "NOT exact");
    return true;
}

/* What is typed and pasted into one program. */
struct rows {
    const char *program, *ascii, *mixed, *pasted; /* pasted NULL: it takes no paste */
};

static bool measure_program(struct table *table, struct typist *t, const struct rows *rows,
                            struct err *e)
{
    struct buf ascii = {0}, mixed = {0}, part = {0}, part_mixed = {0}, pasted = {0};
    t->program = rows->program;
    typed_ascii(&ascii, ASCII);
    typed_mixed(&mixed, MIXED);
    typed_ascii(&part, PART);
    typed_mixed(&part_mixed, PART_MIXED);
    typed_ascii(&pasted, PASTED);
    bool ok = open_field(t, e) &&
              measure_text(table, t, rows->ascii, buf_text(&ascii), buf_text(&part), e) &&
              measure_text(table, t, rows->mixed, buf_text(&mixed), buf_text(&part_mixed), e) &&
              (!rows->pasted ||
               (input_allow_paste(t->stage.input, "Ctrl+V", e) &&
                measure_text(table, t, rows->pasted, buf_text(&pasted), buf_text(&part), e)));
    stage_close(&t->stage);
    buf_finish(&t->came);
    buf_finish(&ascii);
    buf_finish(&mixed);
    buf_finish(&part);
    buf_finish(&part_mixed);
    buf_finish(&pasted);
    return ok;
}

#define ROWS(program, name)                                                                        \
    {                                                                                              \
        program, "typing 2,000 ASCII into " name, "typing 500 mixed into " name,                   \
            "pasting 20,000 into " name                                                            \
    }

void measure_typing(struct table *table, const char *folder)
{
    static const struct rows rows[] = {
        ROWS("gtk3", "GTK 3"),
        ROWS("gtk4", "GTK 4"),
        ROWS("qt5", "Qt 5"),
        ROWS("chromium", "Chromium"),
        ROWS("tk", "Tk"),
        {"xterm", "typing 2,000 ASCII into xterm", "typing 500 mixed into xterm", NULL}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows && !stop_requested(); i++) {
        struct typist t = {0};
        struct err e = {0};
        snprintf(t.path, sizeof t.path, "%s/received", folder);
        snprintf(t.text_path, sizeof t.text_path, "%s/text", folder);
        if (!measure_program(table, &t, &rows[i], &e))
            measure_failed(table, rows[i].ascii, &e);
    }
}
