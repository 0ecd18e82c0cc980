#include "emulator/layout.h"

#include "trajectory/disk.h"

#define FILE_MAX_BYTES ((size_t)64 << 20)

bool layout_write(struct desktop *d, const struct task *task, struct err *e)
{
    bool fine = true;
    for (int i = 0; fine && i < task->file_count; i++) {
        const struct task_file *file = &task->files[i];
        struct buf bytes = {0};
        if (file->from)
            fine = disk_read(file->from, FILE_MAX_BYTES, &bytes, e) ||
                   err_prefix(e, "%s: ", file->from);
        else
            buf_add(&bytes, file->text);
        fine = fine && desktop_lay_out(d, file->name, buf_text(&bytes), bytes.length, e);
        buf_finish(&bytes);
    }
    return fine;
}
