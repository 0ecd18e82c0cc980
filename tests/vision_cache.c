/*
 * What is kept of lines on disk: found again, by other processes too; and whatever is done to the
 * file, never anything that was not read.
 */
#include "base/buf.h"
#include "vision/cache.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define WIDTH  200
#define HEIGHT 20

static char folder[] = "/tmp/hem-cache-XXXXXX";
static const struct digest rules = {1, 2};

static int make_folder(void **state)
{
    (void)state;
    if (!mkdtemp(folder))
        return -1;
    return setenv("HEM_CACHE", folder, 1);
}

/* Calls VISIT for each file of the cache, with its path; returns how many there are. */
static int each_file(void (*visit)(const char *path))
{
    char path[512];
    int count = 0;
    DIR *list = opendir(folder);
    assert_non_null(list);
    for (struct dirent *d; (d = readdir(list));)
        if (d->d_name[0] != '.') {
            snprintf(path, sizeof path, "%s/%s", folder, d->d_name);
            count++;
            if (visit)
                visit(path);
        }
    closedir(list);
    return count;
}

static void file_remove(const char *path)
{
    unlink(path);
}

static int empty_folder(void **state)
{
    (void)state;
    setenv("HEM_CACHE", folder, 1);
    each_file(file_remove);
    return 0;
}

static int drop_folder(void **state)
{
    empty_folder(state);
    return rmdir(folder);
}

static struct page_key key_of(unsigned line)
{
    return (struct page_key){digest_of(&line, sizeof line, 0), WIDTH, HEIGHT};
}

/* What the line with this number says: COUNT words of its own. */
static void words_make(struct words *w, unsigned line, int count)
{
    words_reset(w);
    for (int i = 0; i < count; i++) {
        words_add(w, (struct rect){i % 50 - 1, 1, 3 + i % 40, 9}, (float)(i % 9) / 8);
        buf_addf(&w->text, "%u\xC3\xA9%d", line, i);
        buf_add_char(&w->text, '\0');
    }
}

static bool words_equal(const struct words *a, const struct words *b)
{
    bool same = a->count == b->count;
    for (int i = 0; same && i < a->count; i++)
        same = memcmp(&a->items[i].box, &b->items[i].box, sizeof a->items[i].box) == 0 &&
               a->items[i].confidence == b->items[i].confidence &&
               strcmp(a->text.text + a->items[i].text, b->text.text + b->items[i].text) == 0;
    return same;
}

static int count_of(unsigned line)
{
    return (int)(line % 13);
}

static void keep(struct cache *c, unsigned line)
{
    struct words w = {0};
    words_make(&w, line, count_of(line));
    cache_keep(c, key_of(line), &w);
    words_finish(&w);
}

/* Is the line known? Then it must say what was kept, and nothing else. */
static bool is_found(struct cache *c, unsigned line)
{
    struct words want = {0}, got = {0};
    bool found = cache_find(c, key_of(line), &got);
    words_make(&want, line, count_of(line));
    bool same = !found || words_equal(&got, &want);
    words_finish(&want);
    words_finish(&got);
    assert_true(same);
    return found;
}

static int found_of(struct cache *c, unsigned first, unsigned count)
{
    int found = 0;
    for (unsigned i = first; i < first + count; i++)
        found += is_found(c, i);
    return found;
}

static struct cache *opened(void)
{
    struct cache *c = cache_open(rules);
    assert_non_null(c);
    return c;
}

static void what_is_kept_is_found(void **state)
{
    (void)state;
    struct cache *c = opened();
    assert_int_equal(found_of(c, 0, 1000), 0);
    for (unsigned i = 0; i < 1000; i++)
        keep(c, i);
    assert_int_equal(found_of(c, 0, 1000), 1000);
    cache_close(c);
    c = opened(); /* as another process would */
    assert_int_equal(found_of(c, 0, 1000), 1000);
    assert_int_equal(found_of(c, 1000, 1000), 0);
    cache_close(c);
    c = cache_open((struct digest){1, 3}); /* other rules */
    assert_int_equal(found_of(c, 0, 1000), 0);
    cache_close(c);
}

static void only_the_user_may_look(void **state)
{
    (void)state;
    struct stat status;
    char inside[512], path[1024];
    snprintf(inside, sizeof inside, "%s/new", folder);
    setenv("HEM_CACHE", inside, 1);
    cache_close(opened());
    assert_int_equal(stat(inside, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0700);
    snprintf(path, sizeof path, "%s/lines-%016x%016x", inside, 2, 1);
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    chmod(path, 0620); /* somebody else may have written to it */
    assert_null(cache_open(rules));
    unlink(path);
    rmdir(inside);
}

/* The file grows no further than its pages, whatever is kept: the oldest lines go. */
static void is_bounded(void **state)
{
    (void)state;
    struct stat status;
    char path[512];
    struct cache *c = opened();
    const unsigned count = 60 * CACHE_PAGES;
    for (unsigned i = 0; i < count; i++)
        keep(c, i);
    snprintf(path, sizeof path, "%s/lines-%016x%016x", folder, 2, 1);
    assert_int_equal(stat(path, &status), 0);
    assert_true(status.st_size <= (off_t)CACHE_PAGES * PAGE_BYTES);
    assert_true(found_of(c, count - 4000, 4000) == 4000);
    assert_true(found_of(c, 0, 4000) < 400);
    cache_close(c);
}

static void old_files_go(void **state)
{
    (void)state;
    for (uint64_t i = 0; i < 10; i++)
        cache_close(cache_open((struct digest){i, 7}));
    assert_int_equal(each_file(NULL), CACHE_FILES_MAX);
}

static void long_lines_are_let_go(void **state)
{
    (void)state;
    struct cache *c = opened();
    struct words w = {0}, got = {0};
    int most = 0;
    for (int count = 0; count < 300; count++) {
        words_make(&w, 5, count);
        cache_keep(c, key_of(5), &w);
        if (cache_find(c, key_of(5), &got) && words_equal(&w, &got))
            most = count;
    }
    assert_in_range(most, 120, 250);
    words_finish(&w);
    words_finish(&got);
    cache_close(c);
}

/* A word that could not have been read there is not kept. */
static void nonsense_is_not_kept(void **state)
{
    (void)state;
    static const struct {
        struct rect box;
        float confidence;
        const char *text;
    } cases[] = {
        {{-3, 0, 9, 9}, 1, "left of it"},
        {{0, 0, WIDTH + 3, 9}, 1, "right of it"},
        {{0, 0, 0, 9}, 1, "empty"},
        {{100000, 0, 9, 9}, 1, "far away"},
        {{65536, 0, 9, 9}, 1, "as far as round"},
        {{0, 0, 9, 9}, 1.5f, "too sure"},
        {{0, 0, 9, 9}, -1, "less than unsure"},
        {{0, 0, 9, 9}, 0.0f / 0.0f, "no number"},
        {{0, 0, 9, 9}, 1, ""},
        {{0, 0, 9, 9}, 1, "\xC3"},
    };
    struct cache *c = opened();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct words w = {0}, got = {0};
        words_make(&w, 5, 1);
        words_add(&w, cases[i].box, cases[i].confidence);
        buf_add(&w.text, cases[i].text);
        buf_add_char(&w.text, '\0');
        cache_keep(c, key_of(5), &w);
        if (cache_find(c, key_of(5), &got))
            fail_msg("kept: %s", cases[i].text);
        words_finish(&w);
        words_finish(&got);
    }
    cache_close(c);
}

/* One bit that changed, anywhere: the page says nothing. */
static void changed_pages_are_empty(void **state)
{
    (void)state;
    struct page p, changed;
    struct words w = {0};
    words_make(&w, 5, 12);
    assert_true(page_add(&p, 3, NULL, key_of(5), &w));
    assert_true(page_is_whole(&p, 3));
    assert_false(page_is_whole(&p, 4)); /* it belongs elsewhere */
    for (size_t bit = 0; bit < 8 * PAGE_BYTES; bit++) {
        changed = p;
        changed.bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
        assert_false(page_is_whole(&changed, 3));
    }
    memset(&changed, 0, sizeof changed);
    assert_false(page_is_whole(&changed, 0));
    words_finish(&w);
}

/* Changed by somebody who knows how to make its sum right: nothing that can't be is said, and the
 * page can be written again. */
static void forged_pages_do_no_harm(void **state)
{
    (void)state;
    static const uint8_t values[] = {0, 1, 0x7F, 0x80, 0xFF};
    struct page p, forged, again;
    struct words w = {0}, got = {0};
    words_make(&w, 6, 7);
    assert_true(page_add(&p, 0, NULL, key_of(6), &w));
    words_make(&w, 5, 12);
    assert_true(page_add(&again, 0, &p, key_of(5), &w));
    p = again;
    for (size_t at = 8; at < 1024; at++)
        for (size_t i = 0; i < sizeof values; i++) {
            forged = p;
            forged.bytes[at] = values[i];
            for (unsigned line = 4; line < 7; line++)
                if (page_find(&forged, key_of(line), &got))
                    for (int k = 0; k < got.count; k++) {
                        struct rect strip = {-2, -2, WIDTH + 4, HEIGHT + 4};
                        assert_true(rect_inside(got.items[k].box, strip));
                        assert_true(strlen(got.text.text + got.items[k].text) > 0);
                    }
            words_make(&w, 9, 3);
            assert_true(page_add(&again, 0, &forged, key_of(9), &w));
            assert_true(page_is_whole(&again, 0) && page_find(&again, key_of(9), &got));
            assert_true(words_equal(&w, &got));
        }
    words_finish(&w);
    words_finish(&got);
}

static void file_spoil(const char *path)
{
    uint8_t bytes[PAGE_BYTES];
    uint32_t seed = 7;
    int file = open(path, O_WRONLY);
    assert_true(file >= 0);
    for (int page = 0; page < CACHE_PAGES; page += 2) {
        for (size_t i = 0; i < sizeof bytes; i++)
            bytes[i] = (uint8_t)((seed = seed * 1664525u + 1013904223u) >> 16);
        assert_int_equal(pwrite(file, bytes, sizeof bytes, (off_t)page * PAGE_BYTES), sizeof bytes);
    }
    close(file);
}

static void file_cut(const char *path)
{
    assert_int_equal(truncate(path, 5 * PAGE_BYTES / 2), 0);
}

static void file_empty(const char *path)
{
    assert_int_equal(truncate(path, 0), 0);
}

/* While it is open, too. What is kept afterwards is found. */
static void spoiled_files_are_survived(void **state)
{
    (void)state;
    void (*const spoil[])(const char *path) = {file_spoil, file_cut, file_empty, file_remove};
    for (size_t i = 0; i < sizeof spoil / sizeof *spoil; i++) {
        struct cache *c = opened();
        for (unsigned line = 0; line < 500; line++)
            keep(c, line);
        each_file(spoil[i]);
        if (spoil[i] != file_remove)
            assert_true(found_of(c, 0, 500) < 450);
        for (unsigned line = 0; line < 500; line++)
            keep(c, line);
        assert_int_equal(found_of(c, 0, 500), 500);
        cache_close(c);
        empty_folder(NULL);
    }
}

/* Keeps lines of its own and looks for all, as another process does the same. */
static void child_work(unsigned first, unsigned count)
{
    struct cache *c = cache_open(rules);
    for (int round = 0; round < 5; round++)
        for (unsigned i = 0; i < count; i++) {
            keep(c, first + i);
            is_found(c, first + i);
            is_found(c, i);
        }
    cache_close(c);
}

static void processes_work_at_once(void **state)
{
    (void)state;
    enum { PROCESSES = 4, LINES = 2000 };
    pid_t children[PROCESSES];
    for (unsigned i = 0; i < PROCESSES; i++) {
        children[i] = fork();
        if (children[i] == 0) {
            child_work(i * LINES / 2, LINES); /* half of them are another's, too */
            _exit(0);
        }
    }
    for (unsigned i = 0; i < PROCESSES; i++) {
        int status;
        waitpid(children[i], &status, 0);
        assert_int_equal(status, 0);
    }
    struct cache *c = opened();
    int found = found_of(c, 0, LINES * (PROCESSES + 1) / 2);
    assert_true(found > LINES * (PROCESSES + 1) / 2 * 95 / 100); /* few were written over */
    cache_close(c);
}

static void off_is_off(void **state)
{
    (void)state;
    struct words w = {0};
    setenv("HEM_CACHE", "off", 1);
    assert_null(cache_open(rules));
    assert_false(cache_find(NULL, key_of(1), &w));
    cache_keep(NULL, key_of(1), &w);
    setenv("HEM_CACHE", "/dev/null", 1);
    assert_null(cache_open(rules));
    setenv("HEM_CACHE", "/proc/none/of/this", 1);
    assert_null(cache_open(rules));
    assert_int_equal(each_file(NULL), 0);
    words_finish(&w);
}

/* A value that begins with a plus is inside of the folder. */
static void set_variable(const char *name, const char *value)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", folder, value && *value ? value + 1 : "");
    if (value)
        setenv(name, *value == '+' ? path : value, 1);
    else
        unsetenv(name);
}

/* In the places that the XDG specification names; a HOME that is none is not used. */
static void is_where_caches_are(void **state)
{
    (void)state;
    static const struct {
        const char *own, *cache, *home, *made;
    } cases[] = {
        {"+v/w", "+x", "+y", "v/w"},      {NULL, "+x", "+y", "x/hem"},
        {"", NULL, "+y", "y/.cache/hem"}, {NULL, "relative", "+y", "y/.cache/hem"},
        {NULL, NULL, "relative", NULL},   {NULL, NULL, "", NULL},
        {NULL, NULL, NULL, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char path[1024];
        set_variable("HEM_CACHE", cases[i].own);
        set_variable("XDG_CACHE_HOME", cases[i].cache);
        set_variable("HOME", cases[i].home);
        struct cache *c = cache_open(rules);
        assert_int_equal(c != NULL, cases[i].made != NULL);
        cache_close(c);
        if (!cases[i].made)
            continue;
        snprintf(path, sizeof path, "%s/%s/lines-%016x%016x", folder, cases[i].made, 2, 1);
        assert_int_equal(unlink(path), 0);
        for (*strrchr(path, '/') = '\0'; strcmp(path, folder) != 0; *strrchr(path, '/') = '\0')
            assert_int_equal(rmdir(path), 0);
    }
}

/* A process that may not write so far would be killed for it. */
static void limits_are_kept(void **state)
{
    (void)state;
    pid_t child = fork();
    if (child == 0) {
        setrlimit(RLIMIT_FSIZE, &(struct rlimit){PAGE_BYTES, PAGE_BYTES});
        struct cache *c = cache_open(rules);
        for (unsigned i = 0; i < 100; i++)
            keep(c, i);
        _exit(found_of(c, 0, 100) ? 1 : 0);
    }
    int status;
    waitpid(child, &status, 0);
    assert_int_equal(status, 0);
}

#define TEST(name) cmocka_unit_test_setup(name, empty_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_is_kept_is_found),
        TEST(only_the_user_may_look),
        TEST(is_bounded),
        TEST(old_files_go),
        TEST(long_lines_are_let_go),
        TEST(nonsense_is_not_kept),
        TEST(changed_pages_are_empty),
        TEST(forged_pages_do_no_harm),
        TEST(spoiled_files_are_survived),
        TEST(processes_work_at_once),
        TEST(off_is_off),
        TEST(is_where_caches_are),
        TEST(limits_are_kept),
    };
    return cmocka_run_group_tests(tests, make_folder, drop_folder);
}
