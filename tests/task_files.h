/*
 * task_files: task files in a directory of the test's own, and tasks as text to compare. Included
 * by the tests of emulator/task only.
 */
#ifndef TESTS_TASK_FILES_H
#define TESTS_TASK_FILES_H

#include "emulator/task.h"

#include "base/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Without a slash at its end; the file of task_read. */
static char dir[64], task_path[80];

static void file_write(const char *path, const char *bytes, size_t size)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
    (void)st;
    (void)type;
    (void)ftw;
    return remove(path);
}

static int dir_make(void **state)
{
    (void)state;
    char path[128];
    strcpy(dir, "/tmp/hem-task-XXXXXX");
    if (!mkdtemp(dir))
        return -1;
    snprintf(task_path, sizeof task_path, "%s/form.yaml", dir);
    snprintf(path, sizeof path, "%s/secret.txt", dir);
    file_write(path, "hunter2\n", 8);
    snprintf(path, sizeof path, "%s/empty.txt", dir);
    file_write(path, "\n", 1);
    snprintf(path, sizeof path, "%s/login.skill", dir);
    file_write(path, "", 0);
    setenv("HEM_TEST_SECRET", "s3cret", 1);
    setenv("HEM_TEST_EMPTY", "", 1);
    setenv("HEM_TEST_LATIN", "caf\xE9", 1);
    unsetenv("HEM_TEST_UNSET");
    return 0;
}

static int dir_remove(void **state)
{
    (void)state;
    return nftw(dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static void text_dump(struct buf *out, const char *name, const char *text)
{
    if (text)
        buf_addf(out, "%s=%s\n", name, text);
}

static void texts_dump(struct buf *out, const char *name, const struct texts *texts)
{
    for (int i = 0; i < texts->count; i++)
        text_dump(out, name, texts->items[i]);
    if (texts->items)
        assert_null(texts->items[texts->count]);
}

static void data_dump(struct buf *out, const char *name, const struct data *data)
{
    for (int i = 0; i < data->count; i++)
        buf_addf(out, "%s %s=%s\n", name, data->items[i].name, data->items[i].value);
}

static void rules_dump(struct buf *out, const struct guard_rules *rules)
{
    for (int v = 0; v < VERDICT_COUNT; v++)
        for (int i = 0; i < rules->lists[v].count; i++) {
            buf_addf(out, "%s ", verdict_name((enum verdict)v));
            guard_rule_print(&rules->lists[v].rules[i], out);
            buf_add_char(out, '\n');
        }
    if (rules->otherwise != VERDICT_ALLOW)
        buf_addf(out, "otherwise %s\n", verdict_name(rules->otherwise));
}

/* All that is not the default, a line each. */
static void task_dump(const struct task *t, struct buf *out)
{
    if (strcmp(t->name, "form") != 0)
        text_dump(out, "name", t->name);
    texts_dump(out, "program", &t->program);
    texts_dump(out, "environment", &t->environment);
    if (t->width != 1280 || t->height != 800)
        buf_addf(out, "screen=%dx%d\n", t->width, t->height);
    text_dump(out, "window_manager", t->window_manager);
    text_dump(out, "goal", t->goal);
    data_dump(out, "field", &t->fields);
    for (int i = 0; i < t->steps.count; i++)
        buf_addf(out, "step %d=%s\n", t->step_places ? t->step_places[i].line : 0,
                 t->steps.items[i]);
    text_dump(out, "submit", t->submit);
    texts_dump(out, "expect", &t->expect);
    if (strcmp(t->policy, "auto") != 0)
        text_dump(out, "policy", t->policy);
    data_dump(out, "secret", &t->secrets);
    texts_dump(out, "secret field", &t->secret_names_of_fields);
    if (t->limits.seconds != 300)
        buf_addf(out, "seconds=%g\n", t->limits.seconds);
    if (t->limits.turns != 1000)
        buf_addf(out, "turns=%d\n", t->limits.turns);
    if (t->limits.dollars != 1)
        buf_addf(out, "dollars=%g\n", t->limits.dollars);
    if (t->limits.run_dollars >= 0)
        buf_addf(out, "run dollars=%g\n", t->limits.run_dollars);
    text_dump(out, "key", t->key);
    rules_dump(out, &t->guard);
    text_dump(out, "language", t->language);
    text_dump(out, "paste", t->paste);
    text_dump(out, "stop_file", t->stop_file);
}

/* Replaces DIR by the test's directory. */
static void dir_fill(const char *text, struct buf *out)
{
    for (const char *at = strstr(text, "DIR/"); at; at = strstr(text, "DIR/")) {
        buf_add_bytes(out, text, (size_t)(at - text));
        buf_add(out, dir);
        text = at + 3;
    }
    buf_add(out, text);
}

#endif
