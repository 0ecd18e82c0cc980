#include "base/clock.h"
#include "base/stop.h"
#include "base/utf8.h"
#include "bench/measures.h"
#include "bench/program.h"
#include "bench/stage.h"

#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define LENGTH     1000
#define LINE       50
#define ARRIVAL_MS 10000
#define GIVE_UP_MS 120000

/* xterm's shell writes what is typed into FOLDER/typed.1, after an end of file into typed.2, and so
 * on. */
struct typist {
    struct stage stage;
    const char *folder;
    int number;
    char path[PATH_MAX]; /* of the file that is written now */
    char text_path[PATH_MAX];
};

static void make_text(char text[LENGTH + 1])
{
    static const char letters[] =
        "The quick brown Fox jumps over the LAZY dog; 0123456789 (it's [a] {test}) #$%&! ";
    for (int i = 0; i < LENGTH; i++)
        text[i] = i % LINE == LINE - 1 ? '\n' : letters[i % (int)(sizeof letters - 1)];
    text[LENGTH] = '\0';
}

static long file_size(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 ? (long)st.st_size : -1;
}

static bool file_is(const char *path, const char *text)
{
    char bytes[LENGTH * 4 + 1];
    FILE *file = fopen(path, "re");
    if (!file)
        return false;
    size_t n = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    return n == strlen(text) && memcmp(bytes, text, n) == 0;
}

/* Until the file has SIZE bytes; false when it has not in time. */
static bool wait_size(const char *path, long size, int timeout_ms)
{
    struct deadline deadline = deadline_in(timeout_ms);
    while (file_size(path) < size) {
        if (deadline_passed(deadline) || stop_requested())
            return false;
        poll(NULL, 0, 1);
    }
    return true;
}

/* The shell waits for the next text. */
static bool next_file(struct typist *t, struct err *e)
{
    const struct action end = {.kind = ACTION_KEY, .keys = "Ctrl+D", .repeat = 1};
    if (t->number > 0 && !input_perform(t->stage.input, &end, e))
        return false;
    snprintf(t->path, sizeof t->path, "%s/typed.%d", t->folder, ++t->number);
    return wait_size(t->path, 0, ARRIVAL_MS) || err_set(e, ERR_TASK, "xterm takes no text");
}

static bool type_with_hem(struct typist *t, const char *text, double *ms, bool *exact,
                          struct err *e)
{
    const struct action type = {.kind = ACTION_TYPE, .text = text};
    if (!next_file(t, e))
        return false;
    double begin = clock_ms();
    if (!input_perform(t->stage.input, &type, e))
        return false;
    wait_size(t->path, (long)strlen(text), ARRIVAL_MS);
    *ms = clock_ms() - begin;
    *exact = file_is(t->path, text);
    return true;
}

static bool type_with_xdotool(struct typist *t, const char *text, double *ms, bool *exact,
                              struct err *e)
{
    const char *const xdotool[] = {"xdotool", "type", "--file", t->text_path, NULL};
    FILE *file = fopen(t->text_path, "we");
    if (!next_file(t, e) || !file || fputs(text, file) < 0 || fclose(file) != 0)
        return err_set(e, ERR_IO, "cannot write %s", t->text_path);
    double begin = clock_ms();
    bool ended = program_time(xdotool, NULL, GIVE_UP_MS) >= 0;
    wait_size(t->path, (long)strlen(text), ended ? 2000 : 0);
    *ms = clock_ms() - begin;
    *exact = file_is(t->path, text);
    return true;
}

static bool measure_text(struct table *table, struct typist *t, const char *what, const char *text,
                         struct err *e)
{
    struct row *r = table_add(table, what, "ms", "xdotool type, default delay");
    bool exact;
    if (!type_with_hem(t, text, &r->hem, &exact, e))
        return false;
    row_note(r, "hem: %s", exact ? "exact" : "NOT exact");
    if (!program_is_there("xdotool")) {
        row_note(r, "xdotool is not installed");
        return true;
    }
    if (!type_with_xdotool(t, text, &r->instead, &exact, e))
        return false;
    row_note(r, "xdotool: %s", exact ? "exact" : "NOT exact");
    return true;
}

static bool type_into_xterm(struct table *table, struct typist *t, struct err *e)
{
    char shell[PATH_MAX + 64], text[LENGTH + 1];
    snprintf(shell, sizeof shell, "for i in 1 2 3 4 5; do cat >'%s'/typed.$i; done", t->folder);
    const char *const xterm[] = {"xterm", "-u8", "-e", "sh", "-c", shell, NULL};
    snprintf(t->text_path, sizeof t->text_path, "%s/text", t->folder);
    make_text(text);
    return stage_open(&t->stage, xterm, e) &&
           measure_text(table, t, "typing 1,000 ASCII characters", text, e) &&
           measure_text(table, t, "typing 40 characters of 6 scripts",
                        "Grüße, Žluť, Ελλάς, Привет, 日本語, 😀 €\n", e);
}

void measure_typing(struct table *table, const char *folder)
{
    struct typist t = {.folder = folder};
    struct err e = {0};
    if (!type_into_xterm(table, &t, &e))
        measure_failed(table, "typing into xterm", &e);
    stage_close(&t.stage);
}
