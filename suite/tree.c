#include "suite/tree.h"

#include "trajectory/disk.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static bool entry_copy(const char *from, const char *to, struct err *e)
{
    struct stat st;
    if (lstat(from, &st) != 0)
        return err_set(e, ERR_IO, "cannot read %s: %s", from, strerror(errno));
    if (S_ISDIR(st.st_mode))
        return tree_copy(from, to, e);
    return !S_ISREG(st.st_mode) || disk_link(from, to, e);
}

bool tree_copy(const char *from, const char *to, struct err *e)
{
    DIR *dir = opendir(from);
    const struct dirent *entry;
    if (!dir)
        return err_set(e, ERR_IO, "cannot read the folder %s: %s", from, strerror(errno));
    bool fine = disk_make_directories(to, e);
    while (fine && (entry = readdir(dir))) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        char *one = disk_path(from, entry->d_name), *other = disk_path(to, entry->d_name);
        fine = entry_copy(one, other, e);
        free(one);
        free(other);
    }
    closedir(dir);
    return fine;
}
