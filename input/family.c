#include "input/family.h"

#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PROCESSES_MAX 4096

struct process {
    pid_t id, parent;
};

/* The parent of a process; 0 when it is gone. */
static pid_t parent_of(pid_t process)
{
    char path[64], line[512];
    long parent = 0;
    snprintf(path, sizeof path, "/proc/%ld/stat", (long)process);
    FILE *file = fopen(path, "re");
    if (!file)
        return 0;
    /* The name stands in parentheses, and may have some itself. */
    const char *rest = fgets(line, sizeof line, file) ? strrchr(line, ')') : NULL;
    if (!rest || sscanf(rest, ") %*c %ld", &parent) != 1)
        parent = 0;
    fclose(file);
    return (pid_t)parent;
}

static int list_all(struct process all[PROCESSES_MAX])
{
    int count = 0;
    DIR *folder = opendir("/proc");
    struct dirent *entry;
    while (folder && count < PROCESSES_MAX && (entry = readdir(folder))) {
        pid_t id = (pid_t)strtol(entry->d_name, NULL, 10);
        if (id > 0)
            all[count++] = (struct process){id, parent_of(id)};
    }
    if (folder)
        closedir(folder);
    return count;
}

int family_list(pid_t process, pid_t members[FAMILY_MAX])
{
    static struct process all[PROCESSES_MAX];
    int all_count = list_all(all), count = 1;
    members[0] = process;
    for (int i = 0; i < count; i++) {
        for (int k = 0; k < all_count && count < FAMILY_MAX; k++) {
            if (all[k].parent == members[i])
                members[count++] = all[k].id;
        }
    }
    return count;
}
