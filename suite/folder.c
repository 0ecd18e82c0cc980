#include "suite/folder.h"

#include "emulator/home.h"
#include "trajectory/disk.h"
#include "trajectory/results.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool is_empty(const char *path)
{
    DIR *dir = opendir(path);
    const struct dirent *entry;
    bool empty = dir != NULL;
    while (empty && (entry = readdir(dir)))
        empty = strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0;
    if (dir)
        closedir(dir);
    return empty;
}

/* Only what runs leave there: somebody may have put other things beside it. */
static void old_remove(const char *path)
{
    static const char *const files[] = {"results.jsonl", "junit.xml", "report.html", "report.tap",
                                        "run.json"};
    char *cases = disk_path(path, "cases");
    directory_remove(cases);
    free(cases);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char *file = disk_path(path, files[i]);
        unlink(file);
        free(file);
    }
}

bool folder_begin(const char *path, struct err *e)
{
    struct run_facts old;
    if (!disk_make_directories(path, e))
        return false;
    if (is_empty(path))
        return true;
    if (!run_facts_read(path, &old, NULL))
        return err_set(e, ERR_USAGE,
                       "%s is not empty, and not of a test run: nothing is removed; name another "
                       "folder with --output",
                       path);
    run_facts_finish(&old);
    old_remove(path);
    return true;
}
