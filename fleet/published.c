#include "fleet/published.h"

#include "base/buf.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SHELF 1000 /* places in one folder */

struct published {
    char *directory; /* owned */
    char *attempt;   /* owned */
};

static bool io_fail(const char *path, struct err *e)
{
    return err_set(e, ERR_IO, "%s: %s", path, strerror(errno));
}

struct published *published_open(const char *directory, const char *attempt, struct err *e)
{
    if (mkdir(directory, 0777) != 0 && errno != EEXIST) {
        io_fail(directory, e);
        return NULL;
    }
    struct published *p = mem_zero(1, sizeof *p);
    p->directory = mem_text(directory);
    p->attempt = mem_text(attempt);
    return p;
}

void published_close(struct published *p)
{
    if (!p)
        return;
    free(p->directory);
    free(p->attempt);
    free(p);
}

/* ---- paths ---- */

/* Owned by the caller. */
static char *shelf_path(const struct published *p, int number)
{
    struct buf path = {0};
    buf_addf(&path, "%s/%04d", p->directory, number / SHELF);
    return buf_take(&path);
}

static char *place_path(const struct published *p, int number)
{
    struct buf path = {0};
    buf_addf(&path, "%s/%04d/%06d", p->directory, number / SHELF, number);
    return buf_take(&path);
}

/* No other process writes there. */
static char *draft_path(const struct published *p, int number)
{
    struct buf path = {0};
    buf_addf(&path, "%s/%04d/.%06d.%s", p->directory, number / SHELF, number, p->attempt);
    return buf_take(&path);
}

/* ---- reading ---- */

static bool file_read(const char *path, struct buf *out)
{
    char part[4096];
    size_t got;
    FILE *file = fopen(path, "re");
    if (!file)
        return false;
    while ((got = fread(part, 1, sizeof part, file)) > 0)
        buf_add_bytes(out, part, got);
    bool fine = !ferror(file);
    fclose(file);
    return fine;
}

/* Takes the file's first line apart; the text lies in IN. */
static bool place_parse(struct buf *in, const char *path, struct published_row *out, struct err *e)
{
    static const char *const words[] = {"sending ", "result ", "sent "};
    char *text = in->text, *end = text ? strchr(text, '\n') : NULL;
    for (int i = 0; end && i < 3; i++) {
        size_t length = strlen(words[i]);
        if (strncmp(text, words[i], length) != 0)
            continue;
        *end = '\0';
        out->state = i == 0 ? PUBLISHED_SENDING : PUBLISHED_RESULT;
        out->sent = i == 2;
        out->attempt = text + length;
        out->text = end + 1;
        return true;
    }
    return err_set(e, ERR_IO, "%s is not what hem has written", path);
}

static bool place_read(const char *path, struct buf *in, struct published_row *out, struct err *e)
{
    buf_reset(in);
    if (file_read(path, in))
        return place_parse(in, path, out, e);
    out->state = PUBLISHED_NOTHING;
    return errno == ENOENT || io_fail(path, e);
}

static bool number_read(const struct published *p, int number, struct buf *in,
                        struct published_row *out, struct err *e)
{
    char *path = place_path(p, number);
    out->number = number;
    bool ok = place_read(path, in, out, e);
    free(path);
    return ok;
}

bool published_look(struct published *p, int number, enum published_state *out, struct err *e)
{
    struct buf in = {0};
    struct published_row row = {0};
    bool ok = number_read(p, number, &in, &row, e);
    if (ok)
        *out = row.state;
    buf_finish(&in);
    return ok;
}

static bool is_being_sent_by_us(struct published *p, int number, bool *out, struct err *e)
{
    struct buf in = {0};
    struct published_row row = {0};
    bool ok = number_read(p, number, &in, &row, e);
    *out = ok && row.state == PUBLISHED_SENDING && strcmp(row.attempt, p->attempt) == 0;
    buf_finish(&in);
    return ok;
}

/* ---- writing ---- */

static bool all_written(int fd, const char *text, size_t left)
{
    while (left) {
        ssize_t n = write(fd, text, left);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return false;
        text += n;
        left -= (size_t)n;
    }
    return fsync(fd) == 0;
}

/* A name in it is on disk only when the folder is. */
static bool folder_sync(const char *path, struct err *e)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool ok = fd >= 0 && fsync(fd) == 0;
    if (!ok)
        io_fail(path, e);
    if (fd >= 0)
        close(fd);
    return ok;
}

static bool shelf_make(const struct published *p, int number, struct err *e)
{
    char *path = shelf_path(p, number);
    bool made = mkdir(path, 0777) == 0;
    bool ok = made || errno == EEXIST || io_fail(path, e);
    if (made)
        ok = folder_sync(p->directory, e);
    free(path);
    return ok;
}

static bool shelf_sync(const struct published *p, int number, struct err *e)
{
    char *path = shelf_path(p, number);
    bool ok = folder_sync(path, e);
    free(path);
    return ok;
}

static bool draft_write(struct published *p, int number, const char *draft, const char *state,
                        const char *text, struct err *e)
{
    struct buf all = {0};
    if (!shelf_make(p, number, e))
        return false;
    buf_addf(&all, "%s %s\n%s", state, p->attempt, text);
    int fd = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    bool ok = fd >= 0 && all_written(fd, all.text, all.length);
    if (!ok)
        io_fail(draft, e);
    if (fd >= 0 && close(fd) != 0 && ok)
        ok = io_fail(draft, e);
    buf_finish(&all);
    return ok;
}

/* Over NFS the answer to a link that was made may be lost, and repeating it says that the name is
 * there: then our draft has two names. */
static bool is_linked(const char *draft)
{
    struct stat file;
    return stat(draft, &file) == 0 && file.st_nlink == 2;
}

/* Puts the draft into a place that is free. */
static bool place_take(struct published *p, int number, const char *draft, bool *ours,
                       struct err *e)
{
    char *path = place_path(p, number);
    *ours = link(draft, path) == 0 || is_linked(draft);
    bool ok = *ours || errno == EEXIST || io_fail(path, e);
    free(path);
    return ok && (!*ours || shelf_sync(p, number, e));
}

/* Puts the draft into a place that is ours. */
static bool place_replace(struct published *p, int number, const char *draft, struct err *e)
{
    char *path = place_path(p, number);
    bool ok = rename(draft, path) == 0 || io_fail(path, e);
    free(path);
    return ok && shelf_sync(p, number, e);
}

bool published_sending(struct published *p, int number, const char *text, bool *ours, struct err *e)
{
    char *draft = draft_path(p, number);
    bool ok = draft_write(p, number, draft, "sending", text, e) &&
              place_take(p, number, draft, ours, e) &&
              (*ours || is_being_sent_by_us(p, number, ours, e));
    unlink(draft);
    free(draft);
    return ok;
}

bool published_result(struct published *p, int number, const char *text, bool *ours, struct err *e)
{
    char *draft = draft_path(p, number);
    bool sending = false;
    bool ok = is_being_sent_by_us(p, number, &sending, e) &&
              draft_write(p, number, draft, sending ? "sent" : "result", text, e);
    if (ok && sending)
        ok = *ours = place_replace(p, number, draft, e);
    else if (ok)
        ok = place_take(p, number, draft, ours, e);
    unlink(draft);
    free(draft);
    return ok;
}

bool published_release(struct published *p, int number, struct err *e)
{
    struct stat there;
    struct buf aside = {0};
    char *path = place_path(p, number), *shelf = shelf_path(p, number);
    for (int i = 1; i == 1 || stat(buf_text(&aside), &there) == 0; i++) {
        buf_reset(&aside);
        buf_addf(&aside, "%s/.%06d.released-%d", shelf, number, i);
    }
    bool ok = rename(path, buf_text(&aside)) == 0 || errno == ENOENT || io_fail(path, e);
    ok = ok && (access(shelf, F_OK) != 0 || shelf_sync(p, number, e));
    buf_finish(&aside);
    free(path);
    free(shelf);
    return ok;
}

/* ---- all of them ---- */

static int is_number(const struct dirent *d)
{
    size_t digits = strspn(d->d_name, "0123456789");
    return digits > 0 && digits < 10 && !d->d_name[digits];
}

static int number_compare(const struct dirent **a, const struct dirent **b)
{
    long x = strtol((*a)->d_name, NULL, 10), y = strtol((*b)->d_name, NULL, 10);
    return (x > y) - (x < y);
}

/* The numbers that name something in a folder, sorted; -1: an error. OUT is the caller's. */
static int numbers_list(const char *path, int **out, struct err *e)
{
    struct dirent **found = NULL;
    int count = scandir(path, &found, is_number, number_compare);
    if (count < 0) {
        io_fail(path, e);
        return -1;
    }
    *out = mem_zero((size_t)count + 1, sizeof **out);
    for (int i = 0; i < count; i++) {
        (*out)[i] = (int)strtol(found[i]->d_name, NULL, 10);
        free(found[i]);
    }
    free(found);
    return count;
}

static bool shelf_each(const struct published *p, int shelf,
                       bool (*take)(void *self, const struct published_row *row, struct err *e),
                       void *self, struct err *e)
{
    int *numbers = NULL;
    char *path = shelf_path(p, shelf * SHELF);
    int count = numbers_list(path, &numbers, e);
    struct buf in = {0};
    bool ok = count >= 0;
    for (int i = 0; ok && i < count; i++) {
        struct published_row row = {0};
        ok = number_read(p, numbers[i], &in, &row, e) &&
             (row.state == PUBLISHED_NOTHING || take(self, &row, e));
    }
    buf_finish(&in);
    free(numbers);
    free(path);
    return ok;
}

bool published_each(const char *directory,
                    bool (*take)(void *self, const struct published_row *row, struct err *e),
                    void *self, struct err *e)
{
    struct published p = {.directory = mem_text(directory)};
    int *shelves = NULL;
    int count = numbers_list(directory, &shelves, e);
    bool ok = count >= 0;
    for (int i = 0; ok && i < count; i++)
        ok = shelf_each(&p, shelves[i], take, self, e);
    free(shelves);
    free(p.directory);
    return ok;
}
