/*
 * WebDataset: tar archives of some size, in which the files of one sample stand side by side and
 * are called alike up to the first point.
 */
#include "trajectory/export_parts.h"

#include "trajectory/disk.h"

#include <archive.h>
#include <archive_entry.h>
#include <dlfcn.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define SHARD_BYTES (1L << 30)

/* Loaded when a shard is written: it brings a dozen libraries along, and hem starts often. */
#define LIBRARY "libarchive.so.13"
/* clang-format off */
#define FUNCTIONS(F) \
    F(archive_write_new) F(archive_write_set_format_pax_restricted) \
    F(archive_write_open_filename) F(archive_write_header) F(archive_write_data) \
    F(archive_write_close) F(archive_write_free) F(archive_error_string) F(archive_entry_new) \
    F(archive_entry_free) F(archive_entry_set_pathname_utf8) F(archive_entry_set_filetype) \
    F(archive_entry_set_perm) F(archive_entry_set_size) F(archive_entry_set_mtime)
/* clang-format on */

#define POINTER(name) __typeof__(&(name)) name; /* NOLINT(bugprone-macro-parentheses) */

static struct {
    FUNCTIONS(POINTER)
} lib;

static bool library_load(struct err *e)
{
    static void *library;
    if (library)
        return true;
    void *opened = dlopen(LIBRARY, RTLD_LAZY | RTLD_LOCAL);
    if (!opened)
        return err_set(e, ERR_PROGRAM, "%s (Debian's package libarchive13 has it)", dlerror());
#define TAKE(name)                                                                                 \
    if (!(lib.name = (__typeof__(lib.name))dlsym(opened, #name)))                                  \
        return err_set(e, ERR_PROGRAM, "%s", dlerror());
    FUNCTIONS(TAKE)
    library = opened;
    return true;
}

struct shard {
    struct archive *archive; /* owned */
    char *path;              /* owned; in the export */
    long bytes;
    int number;
};

static bool shard_failed(const struct shard *s, struct err *e)
{
    return err_set(e, ERR_IO, "cannot write %s: %s", s->path, lib.archive_error_string(s->archive));
}

static bool shard_close(struct shard *s, struct err *e)
{
    bool closed = !s->archive || lib.archive_write_close(s->archive) == ARCHIVE_OK;
    if (!closed)
        shard_failed(s, e);
    if (s->archive)
        lib.archive_write_free(s->archive);
    free(s->path);
    s->archive = NULL;
    s->path = NULL;
    return closed;
}

static bool shard_open(struct export *x, struct shard *s, struct err *e)
{
    struct buf name = {0};
    buf_addf(&name, "%s-%06d.tar", x->split->name, s->number++);
    char *path = tree_make(&x->tree, buf_text(&name), e);
    s->path = buf_take(&name);
    s->bytes = 0;
    if (!path)
        return false;
    s->archive = lib.archive_write_new();
    bool opened = s->archive &&
                  lib.archive_write_set_format_pax_restricted(s->archive) == ARCHIVE_OK &&
                  lib.archive_write_open_filename(s->archive, path) == ARCHIVE_OK;
    free(path);
    return opened || shard_failed(s, e);
}

bool shard_begin(struct export *x, struct err *e)
{
    x->shard = mem_zero(1, sizeof *x->shard);
    return library_load(e) && shard_open(x, x->shard, e);
}

bool shard_end(struct export *x, struct err *e)
{
    bool closed = !x->shard || shard_close(x->shard, e);
    free(x->shard);
    x->shard = NULL;
    return closed;
}

/* The same bytes whenever it is made. */
static bool entry_add(struct shard *s, const char *name, const char *bytes, size_t size,
                      struct err *e)
{
    struct archive_entry *entry = lib.archive_entry_new();
    lib.archive_entry_set_pathname_utf8(entry, name);
    lib.archive_entry_set_filetype(entry, AE_IFREG);
    lib.archive_entry_set_perm(entry, 0644);
    lib.archive_entry_set_size(entry, (la_int64_t)size);
    lib.archive_entry_set_mtime(entry, 0, 0);
    bool added = lib.archive_write_header(s->archive, entry) == ARCHIVE_OK &&
                 lib.archive_write_data(s->archive, bytes, size) == (la_ssize_t)size;
    lib.archive_entry_free(entry);
    s->bytes += (long)size;
    return added || shard_failed(s, e);
}

static bool picture_read(const char *path, struct buf *out, struct err *e)
{
    struct err why = {0};
    return disk_read(path, SIZE_MAX, out, &why) || err_set(e, ERR_IO, "%s: %s", path, why.text);
}

static bool sample_add(struct export *x, const struct sample *s, const struct buf *picture,
                       struct err *e)
{
    struct buf name = {0};
    char *json = record_text(x, s, NULL, NULL);
    buf_addf(&name, "%s-%06d", s->episode->id, s->number);
    size_t key = name.length;
    buf_add(&name, ".png");
    bool added = json && entry_add(x->shard, buf_text(&name), picture->text, picture->length, e);
    name.length = key;
    buf_add(&name, ".json");
    added = added && entry_add(x->shard, buf_text(&name), json, strlen(json), e);
    buf_finish(&name);
    free(json);
    return added;
}

static bool shard_write(struct export *x, const struct sample *s, struct err *e)
{
    struct buf picture = {0};
    long most = x->request->shard_bytes ? x->request->shard_bytes : SHARD_BYTES;
    bool written = picture_read(s->source, &picture, e);
    if (written && x->shard->bytes > 0 && x->shard->bytes + (long)picture.length > most)
        written = shard_close(x->shard, e) && shard_open(x, x->shard, e);
    written = written && sample_add(x, s, &picture, e);
    buf_finish(&picture);
    x->report.samples++;
    x->report.pictures++;
    return written;
}

bool shard_episode(struct export *x, const struct exported *episode, struct err *e)
{
    return export_samples(x, episode, shard_write, e);
}
