/*
 * The cache of lines that processes share: what one has seen another sees alike, whatever has
 * happened to the file; and no secret gets into it.
 */
#include "tests/programs.h"

#include <dirent.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include <cmocka.h>

#define PICTURE "tests/data/elements/web.png"

/* The one file in the cache's folder; false when there is none. */
static bool cache_file(const char *folder, struct buf *path)
{
    buf_reset(path);
    DIR *list = opendir(folder);
    if (!list)
        return false;
    for (struct dirent *d; (d = readdir(list));)
        if (d->d_name[0] != '.')
            buf_addf(path, "%s/%s", folder, d->d_name);
    closedir(list);
    return path->length > 0;
}

static bool file_holds(const char *path, const char *text)
{
    static char bytes[64 << 20];
    FILE *file = fopen(path, "re");
    assert_non_null(file);
    size_t size = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    return memmem(bytes, size, text, strlen(text)) != NULL;
}

/* What is seen, without how long it took. */
static void see(struct buf *text)
{
    assert_int_equal(hem(text, "see", "--image", PICTURE, "--json", NULL), 0);
    char *ms = strstr(text->text, "\"ms\"");
    assert_non_null(ms);
    *ms = '\0';
}

/* Every byte of the file becomes another. */
static void file_spoil(const char *path)
{
    struct stat status;
    assert_int_equal(stat(path, &status), 0);
    FILE *file = fopen(path, "r+e");
    assert_non_null(file);
    for (off_t i = 0; i < status.st_size; i++)
        fputc((int)(i * 7 % 251), file);
    fclose(file);
}

static void test_seen_alike(void **state)
{
    (void)state;
    const char *folder = new_folder();
    struct buf first = {0}, text = {0}, path = {0};
    setenv("HEM_CACHE", "off", 1);
    see(&first);
    setenv("HEM_CACHE", folder, 1);
    for (int i = 0; i < 4; i++) {
        see(&text);
        assert_string_equal(buf_text(&text), buf_text(&first));
        assert_true(cache_file(folder, &path));
        if (i == 1)
            file_spoil(buf_text(&path));
    }
    assert_true(file_holds(buf_text(&path), "Email"));
    setenv("HEM_CACHE", "/proc/nothing", 1);
    see(&text);
    assert_string_equal(buf_text(&text), buf_text(&first));
    setenv("HEM_CACHE", "off", 1);
    remove_folder(folder);
    buf_finish(&first);
    buf_finish(&text);
    buf_finish(&path);
}

/* It is typed into a plain field, which shows a piece of it only. */
static void test_no_secrets(void **state)
{
    (void)state;
    const char *folder = new_folder();
    struct buf text = {0}, path = {0}, out = {0};
    static const char *const pieces[] = {"marma", "malad", "accor", "ordio", "walru", "alrus"};
    buf_addf(&out, "%s/out", folder);
    buf_addf(&path, "%s/cache", folder);
    char *cache = mem_text(buf_text(&path));
    setenv("HEM_CACHE", cache, 1);
    setenv("HEM_TEST_PHRASE", "marmalade-accordion-walrus", 1);
    int status = hem(&text, "run", "tests/data/phrase.yaml", "--out", buf_text(&out), NULL);
    if (status != 0)
        fail_msg("status %d\n%s", status, buf_text(&text));
    assert_true(cache_file(cache, &path));
    free(cache);
    assert_true(file_holds(buf_text(&path), "Speak"));
    assert_false(file_holds(buf_text(&path), "Come"));
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++)
        if (file_holds(buf_text(&path), pieces[i]))
            fail_msg("the cache holds \"%s\"", pieces[i]);
    setenv("HEM_CACHE", "off", 1);
    remove_folder(folder);
    buf_finish(&text);
    buf_finish(&path);
    buf_finish(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_seen_alike),
                                       cmocka_unit_test(test_no_secrets)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
