/*
 * Composite steps on real widgets of GTK 3, Qt 5 and Chromium: tests/widgets/steps.txt says which,
 * and the programs themselves say what they hold then. HEM_WIDGETS_ROUNDS=20 does each so many
 * times, on other values, and prints how many of them were right; HEM_WIDGETS_ONLY=qt does one
 * program.
 */
#include "tests/programs.h"

#include <limits.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define ROWS_MAX   32
#define VALUES_MAX 8
#define ROUNDS     1
#define TRIES      2 /* of all rows, until each was right once: not all are right each time yet */

struct row {
    char *step, *held; /* owned, as are the values; {} stands for one of them */
    char *typed[VALUES_MAX], *shown[VALUES_MAX];
    int value_count;
    int right, tried;
};

struct page {
    char *name, *program; /* owned */
    struct row rows[ROWS_MAX];
    int row_count;
};

static char *trimmed(const char *begin, size_t length)
{
    while (length && *begin == ' ')
        begin++, length--;
    while (length && begin[length - 1] == ' ')
        length--;
    return mem_text_n(begin, length);
}

/* `Ham, Olives = Ham,Olives; Basil`: what is given, and what is held then where that is not the
 * same. */
static void values_read(struct row *row, const char *text)
{
    for (; *text; text += strcspn(text, ";"), text += *text == ';') {
        size_t length = strcspn(text, ";"), typed = length;
        const char *equals = strstr(text, " = ");
        if (equals && equals < text + length)
            typed = (size_t)(equals - text);
        row->typed[row->value_count] = trimmed(text, typed);
        row->shown[row->value_count] =
            typed == length ? trimmed(text, length) : trimmed(equals + 3, length - typed - 3);
        row->value_count++;
    }
    if (!row->value_count) {
        row->typed[0] = mem_text("");
        row->shown[0] = mem_text("");
        row->value_count = 1;
    }
}

static void row_read(struct page *page, const char *line)
{
    struct row *row = &page->rows[page->row_count++];
    size_t step = (size_t)(strstr(line, " | ") - line);
    const char *held = line + step + 3;
    size_t length = strcspn(held, "|");
    row->step = trimmed(line, step);
    row->held = trimmed(held, length);
    values_read(row, held[length] == '|' && held[length + 1] ? held + length + 2 : "");
}

/* The rows of one program. */
static void page_read(struct page *page, const char *name)
{
    char *text = file_text("tests/widgets", "steps.txt");
    bool ours = false;
    for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n")) {
        char *end = strchr(line, ']');
        if (*line == '[' && end) {
            ours = (size_t)(end - line - 1) == strlen(name) &&
                   strncmp(line + 1, name, strlen(name)) == 0;
            if (ours)
                page->program = trimmed(end + 1, strlen(end + 1));
        } else if (ours && *line != '#')
            row_read(page, line);
    }
    free(text);
    page->name = mem_text(name);
    assert_non_null(page->program);
}

static void page_finish(struct page *page)
{
    for (int i = 0; i < page->row_count; i++) {
        struct row *row = &page->rows[i];
        free(row->step);
        free(row->held);
        for (int k = 0; k < row->value_count; k++) {
            free(row->typed[k]);
            free(row->shown[k]);
        }
    }
    free(page->name);
    free(page->program);
}

/* PATTERN with its {} filled in, and HERE with this folder. */
static char *filled(const char *pattern, const char *value)
{
    char here[PATH_MAX];
    struct buf out = {0};
    if (!realpath("tests/widgets", here))
        abort();
    for (const char *c = pattern; *c;) {
        bool hole = strncmp(c, "{}", 2) == 0, folder = strncmp(c, "HERE", 4) == 0;
        const char *script = strstr(c, ".py");
        if (hole)
            buf_add(&out, value);
        else if (folder)
            buf_add(&out, here);
        else {
            if (script == c + strcspn(c, " .") && c > pattern && c[-1] == ' ')
                buf_addf(&out, "%s/", here);
            buf_add_char(&out, *c);
        }
        c += hole ? 2 : folder ? 4 : 1;
    }
    return buf_take(&out);
}

/* One thing to be done: row and round. */
static const struct row *turn_row(const struct page *page, int turn, int *value)
{
    const struct row *row = &page->rows[turn % page->row_count];
    *value = turn / page->row_count % row->value_count;
    return row;
}

static void task_write(const struct page *page, int from, int to, const char *folder)
{
    struct buf task = {0};
    char *program = filled(page->program, "");
    buf_addf(&task, "program: %s\nscreen: 1024x768\nlimits: {seconds: 900, turns: 9000}\nsteps:\n",
             program);
    for (int i = from; i < to; i++) {
        int value;
        const struct row *row = turn_row(page, i, &value);
        char *step = filled(row->step, row->typed[value]);
        buf_addf(&task, "  - %s\n  - press F9\n", step);
        free(step);
    }
    write_file(folder, "task.yaml", buf_text(&task));
    free(program);
    buf_finish(&task);
}

/* The next line of values that the program printed. */
static char *next_report(char **at)
{
    char *begin = strstr(*at, "|"), *end = begin ? strstr(begin, "|\n") : NULL;
    char *quoted = begin ? strstr(begin, "|\", source:") : NULL;
    if (quoted && (!end || quoted < end))
        end = quoted;
    if (!begin || !end)
        return NULL;
    *at = strchr(end, '\n') ? strchr(end, '\n') : end + strlen(end);
    return mem_text_n(begin, (size_t)(end - begin) + 1);
}

/* Does what is left to be done until one step fails; returns how many were. */
static int run_from(struct page *page, int from, int to, struct buf *problems)
{
    struct buf text = {0};
    char folder[64], *report, *output = NULL;
    snprintf(folder, sizeof folder, "%s", new_folder());
    task_write(page, from, to, folder);
    struct buf task = {0};
    buf_addf(&task, "%s/task.yaml", folder);
    int status = hem(&text, "run", buf_text(&task), "--out", folder, NULL), i = from;
    output = file_text(folder, strstr(page->program, "chromium") ? "program.err" : "program.out");
    for (char *at = output; i < to && (report = next_report(&at)); i++) {
        int value;
        struct row *row = (struct row *)turn_row(page, i, &value);
        char *held = filled(row->held, row->shown[value]), whole[512];
        snprintf(whole, sizeof whole, "|%s|", held);
        row->tried++;
        if (strstr(report, whole))
            row->right++;
        else
            buf_addf(problems, "%s: after `%s` with \"%s\": %s\n", page->name, row->step,
                     row->typed[value], report);
        free(held);
        free(report);
    }
    if (status != 0 && i < to) {
        int value;
        struct row *row = (struct row *)turn_row(page, i++, &value);
        row->tried++;
        buf_addf(problems, "%s: `%s` with \"%s\": status %d\n%s\n", page->name, row->step,
                 row->typed[value], status, buf_text(&text));
    }
    if (i == from) {
        buf_addf(problems, "%s: nothing was reported\n%s\n", page->name, buf_text(&text));
        i = to;
    }
    free(output);
    remove_folder(folder);
    buf_finish(&task);
    buf_finish(&text);
    return i - from;
}

static bool all_were_right(const struct page *page)
{
    bool right = true;
    for (int i = 0; i < page->row_count; i++)
        right = right && page->rows[i].right > 0;
    return right;
}

static void run_page(const char *name)
{
    const char *rounds = getenv("HEM_WIDGETS_ROUNDS"), *only = getenv("HEM_WIDGETS_ONLY");
    if (only && strcmp(only, name) != 0)
        return;
    struct page page = {0};
    struct buf problems = {0};
    page_read(&page, name);
    int count = (rounds ? atoi(rounds) : ROUNDS) * page.row_count;
    bool fine = false;
    for (int tries = 0; tries < (rounds ? 1 : TRIES) && !fine; tries++) {
        for (int done = 0; done < count;)
            done += run_from(&page, done, count, &problems);
        fine = rounds ? problems.length == 0 : all_were_right(&page);
    }
    for (int i = 0; rounds && i < page.row_count; i++)
        printf("%-12s %-40s %2d of %2d\n", name, page.rows[i].step, page.rows[i].right,
               page.rows[i].tried);
    page_finish(&page);
    fprintf(stderr, "%s", buf_text(&problems)); /* cmocka's messages are short */
    buf_finish(&problems);
    assert_true(fine);
}

#define PAGE(function, name)                                                                       \
    static void function(void **state)                                                             \
    {                                                                                              \
        (void)state;                                                                               \
        run_page(name);                                                                            \
    }
PAGE(test_gtk, "gtk")
PAGE(test_gtk_lists, "gtk lists")
PAGE(test_gtk_dates, "gtk dates")
PAGE(test_qt, "qt")
PAGE(test_qt_lists, "qt lists")
PAGE(test_qt_dates, "qt dates")
PAGE(test_chromium, "chromium")
PAGE(test_chromium_own, "chromium own")
PAGE(test_chromium_dates, "chromium dates")

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_gtk),           cmocka_unit_test(test_gtk_lists),
        cmocka_unit_test(test_gtk_dates),     cmocka_unit_test(test_qt),
        cmocka_unit_test(test_qt_lists),      cmocka_unit_test(test_qt_dates),
        cmocka_unit_test(test_chromium),      cmocka_unit_test(test_chromium_own),
        cmocka_unit_test(test_chromium_dates)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
