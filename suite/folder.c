#include "suite/folder.h"

#include "emulator/home.h"
#include "suite/reporters.h"
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

static void file_remove(const char *path, const char *name)
{
    char *file = disk_path(path, name);
    unlink(file);
    free(file);
}

/* Only what runs leave there: somebody may have put other things beside it. */
static void old_remove(const char *path)
{
    char *cases = disk_path(path, "cases");
    directory_remove(cases);
    free(cases);
    file_remove(path, RESULTS_FILE);
    for (const struct reporter *r = reporters; r->name; r++)
        if (r->file)
            file_remove(path, r->file);
    file_remove(path, RESULTS_RUN_FILE);
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
