#include "emulator/leftovers.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define PLACE "/tmp" /* where X servers put them, whatever TMPDIR says */

/* The process that a lock names; 0: none. */
static pid_t lock_owner(const char *path)
{
    char text[16] = "";
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    ssize_t n = file >= 0 ? read(file, text, sizeof text - 1) : -1;
    if (file >= 0)
        close(file);
    return n > 0 ? (pid_t)strtol(text, NULL, 10) : 0;
}

/* A newer server may have taken the number meanwhile. */
static bool is_answered(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int s = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
    bool answered = connect(s, (struct sockaddr *)&address, sizeof address) == 0;
    close(s);
    return answered;
}

void leftovers_remove(pid_t pid)
{
    char lock[64], socket_path[64];
    int number, end;
    DIR *place = opendir(PLACE);
    for (const struct dirent *d; place && (d = readdir(place));) {
        end = 0;
        if (sscanf(d->d_name, ".X%9d-lock%n", &number, &end) != 1 || !end || d->d_name[end])
            continue;
        snprintf(lock, sizeof lock, PLACE "/.X%d-lock", number);
        snprintf(socket_path, sizeof socket_path, PLACE "/.X11-unix/X%d", number);
        if (lock_owner(lock) != pid || is_answered(socket_path))
            continue;
        unlink(socket_path); /* first, as whoever has the lock may make it anew */
        unlink(lock);
    }
    if (place)
        closedir(place);
}
