/* Files that are there when the program starts: `files: {notes.txt: Hello, a.png: {from: a.png}}`.
 */
#include "emulator/task_parts.h"

#include "emulator/textfile.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Inside HOME, and nowhere else. */
static bool name_is_inside(const char *name)
{
    if (!*name || *name == '/')
        return false;
    for (const char *part = name; *part;) {
        size_t length = strcspn(part, "/");
        if (!length || (length <= 2 && strncmp(part, "..", length) == 0))
            return false;
        part += length + (part[length] == '/');
    }
    return name[strlen(name) - 1] != '/';
}

static struct task_file *file_add(struct task *t, const char *name)
{
    t->files = mem_resize(t->files, ((size_t)t->file_count + 1) * sizeof *t->files);
    struct task_file *file = &t->files[t->file_count++];
    *file = (struct task_file){.name = mem_text(name)};
    return file;
}

/* `{from: PATH}` */
static bool from_take(struct reading *r, const struct node *item, struct task_file *file,
                      struct err *e)
{
    const struct node *from = item->items;
    if (item->count != 1 || strcmp(from->key, "from") != 0)
        return reading_fail(r, item->line, e,
                            "%.80s must be a text, what the file holds, or {from: FILE}",
                            item->key);
    if (!value_text(r, from, &file->from, e))
        return false;
    if (!file->from || strstr(file->from, "{{"))
        return file->from || reading_fail(r, from->line, e, "from is empty");
    char *path = textfile_path(r->task->directory, file->from);
    bool there = access(path, R_OK) == 0 ||
                 reading_fail(r, from->line, e, "cannot open %s: %s", path, strerror(errno));
    free(path);
    return there;
}

bool files_take(struct reading *r, const struct node *value, struct err *e)
{
    if (value->kind == NODE_TEXT && value->null)
        return true;
    if (value->kind != NODE_MAP)
        return reading_fail(r, value->line, e, "files must be a map of names and contents, not %s",
                            node_kind_name(value->kind));
    for (int i = 0; i < value->count; i++) {
        const struct node *item = &value->items[i];
        if (!name_is_inside(item->key))
            return reading_fail(r, item->key_line, e,
                                "\"%.80s\" must be a path inside the program's HOME, without ..",
                                item->key);
        struct task_file *file = file_add(r->task, item->key);
        if (item->kind == NODE_LIST)
            return reading_fail(r, item->line, e, "%.80s must be a text, or {from: FILE}",
                                item->key);
        if (item->kind == NODE_TEXT)
            file->text = mem_text(item->null ? "" : item->text);
        else if (!from_take(r, item, file, e))
            return false;
    }
    return true;
}

bool files_fill(const struct data *names, const struct task *from, struct task *to, struct err *e)
{
    for (int i = 0; i < from->file_count; i++) {
        const struct task_file *file = &from->files[i];
        char *path;
        struct task_file *filled = file_add(to, file->name);
        if (!text_fill_all(names, &from->secrets, file->text, &filled->text, e) ||
            !text_fill_all(names, NULL, file->from, &path, e))
            return false;
        filled->from = path ? textfile_path(from->directory, path) : NULL;
        free(path);
    }
    return true;
}

void files_finish(struct task *t)
{
    for (int i = 0; i < t->file_count; i++) {
        free(t->files[i].name);
        free(t->files[i].text);
        free(t->files[i].from);
    }
    free(t->files);
}
