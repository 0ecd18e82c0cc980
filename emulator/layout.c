#include "emulator/layout.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#define FILE_MAX_BYTES (64u << 20)

static bool file_read(const char *path, struct buf *out, struct err *e)
{
    char chunk[65536];
    size_t n;
    FILE *file = fopen(path, "re");
    if (!file)
        return err_set(e, ERR_USAGE, "cannot open %s: %s", path, strerror(errno));
    while (out->length <= FILE_MAX_BYTES && (n = fread(chunk, 1, sizeof chunk, file)) > 0)
        buf_add_bytes(out, chunk, n);
    bool failed = ferror(file);
    fclose(file);
    if (failed)
        return err_set(e, ERR_USAGE, "cannot read %s", path);
    return out->length <= FILE_MAX_BYTES ||
           err_set(e, ERR_USAGE, "%s is larger than %u bytes", path, FILE_MAX_BYTES);
}

bool layout_write(struct desktop *d, const struct task *task, struct err *e)
{
    bool fine = true;
    for (int i = 0; fine && i < task->file_count; i++) {
        const struct task_file *file = &task->files[i];
        struct buf bytes = {0};
        if (file->from)
            fine = file_read(file->from, &bytes, e);
        else
            buf_add(&bytes, file->text);
        fine = fine && desktop_lay_out(d, file->name, buf_text(&bytes), bytes.length, e);
        buf_finish(&bytes);
    }
    return fine;
}
