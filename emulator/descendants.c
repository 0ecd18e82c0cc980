#include "emulator/descendants.h"

#include "base/buf.h"

#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct table {
    struct process *items; /* owned */
    int count, capacity;
};

static bool process_read(int proc, const char *pid, struct process *out)
{
    char path[64], text[512];
    snprintf(path, sizeof path, "%s/stat", pid);
    int file = openat(proc, path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return false; /* it has ended meanwhile */
    ssize_t size = read(file, text, sizeof text - 1);
    close(file);
    if (size <= 0)
        return false;
    text[size] = '\0';
    /* "7 (a) name) S 1 ...": a name may hold anything */
    const char *after = strrchr(text, ')');
    if (!after || after[1] != ' ' || !after[2])
        return false;
    out->pid = (pid_t)strtol(pid, NULL, 10);
    out->state = after[2];
    out->parent = (pid_t)strtol(after + 3, NULL, 10);
    return true;
}

static void table_read(struct table *t)
{
    DIR *proc = opendir("/proc");
    if (!proc)
        return;
    struct dirent *entry;
    struct process p;
    while ((entry = readdir(proc))) {
        if (!isdigit((unsigned char)entry->d_name[0]) ||
            !process_read(dirfd(proc), entry->d_name, &p))
            continue;
        if (t->count == t->capacity) {
            t->capacity = t->capacity ? 2 * t->capacity : 256;
            t->items = mem_resize(t->items, (size_t)t->capacity * sizeof *t->items);
        }
        t->items[t->count++] = p;
    }
    closedir(proc);
}

int descendants_list(pid_t root, struct process *out, int max)
{
    struct table t = {0};
    int count = 0;
    table_read(&t);
    for (int done = -1; done < count; done++) {
        pid_t parent = done < 0 ? root : out[done].pid;
        for (int i = 0; i < t.count && count < max; i++)
            if (t.items[i].parent == parent)
                out[count++] = t.items[i];
    }
    free(t.items);
    return count;
}
