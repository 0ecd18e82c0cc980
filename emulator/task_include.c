/* Step files: `include "login.steps" with user "Ada"` stands for the steps of that file. */
#include "emulator/task_parts.h"

#include "base/hole.h"
#include "base/scan.h"
#include "emulator/textfile.h"

#include <libgen.h>
#include <stdlib.h>
#include <string.h>

#define INCLUDE_DEPTH_MAX 8
#define STEPS_MAX_BYTES   (1 << 20)

/* What such a line says. */
struct include {
    char *file; /* owned */
    struct data with;
};

static void include_finish(struct include *i)
{
    free(i->file);
    data_finish(&i->with);
}

/* `user "Ada", password "..."`; a name may stand in quotes, too. */
static bool with_scan(struct scan *s, struct data *out)
{
    do {
        char *name = scan_at_text(s) ? scan_text(s, "a name") : scan_bare(s);
        if (!name || !*name) {
            free(name);
            return scan_fail(s, "expected a name and its text, such as user \"Ada\"");
        }
        char *value = scan_text(s, "the text for it");
        bool fresh = value && (!data_get(out, name) || scan_fail(s, "%.80s is given twice", name));
        if (fresh)
            data_add(out, name, value);
        free(name);
        free(value);
        if (!fresh)
            return false;
    } while (scan_char(s, ',') || scan_word(s, "and"));
    return true;
}

/* LINE begins with the word include. */
static bool include_parse(const char *line, struct include *out, struct err *e)
{
    struct scan s;
    char shown[SCAN_SHOWN_SIZE];
    *out = (struct include){0};
    if (!scan_begin(&s, line, e))
        return false;
    scan_word(&s, "include");
    out->file = scan_text(&s, "the file with the steps");
    if (!out->file)
        return false;
    if (scan_word(&s, "with") && !with_scan(&s, &out->with))
        return false;
    return scan_end(&s) ||
           scan_fail(&s, "expected with or the end of the line, found %s", scan_shown(&s, shown));
}

/* Does TEXT have the hole {{name}}? It is asked of every {{: a comment may leave one open. */
static bool has_hole(const char *text, const char *name)
{
    struct hole h;
    for (; hole_next(text, &h) && h.end; text = h.start + 2)
        if (!h.secret && !h.read && h.length == strlen(name) &&
            strncmp(h.name, name, h.length) == 0)
            return true;
    return false;
}

/* What is given must be of use: a name that is misspelt is not passed over. */
static bool with_check(const struct reading *r, int line, const struct include *i, const char *text,
                       struct err *e)
{
    for (int k = 0; k < i->with.count; k++)
        if (!has_hole(text, i->with.items[k].name))
            return reading_fail(r, line, e, "%s has no {{%.80s}}", i->file, i->with.items[k].name);
    return true;
}

/* Each line of the file. R->path is the file's. */
static bool lines_take(struct reading *r, const struct data *with, char *text,
                       struct step_list *list, struct err *e)
{
    char *rest = text, *line;
    for (int number = 1; (line = strsep(&rest, "\n")); number++) {
        line += strspn(line, " \t\r");
        for (size_t n = strlen(line); n && strchr(" \t\r", line[n - 1]);)
            line[--n] = '\0';
        if (*line && *line != '#' && !step_line_take(r, with, line, number, list, e))
            return false;
    }
    return true;
}

bool is_include(const char *line)
{
    struct scan s;
    return scan_begin(&s, line, NULL) && scan_word(&s, "include");
}

/* What is given to the file may hold what was given to the one that includes it. */
static bool with_fill(const struct data *with, struct include *i, struct err *e)
{
    struct buf value = {0};
    bool filled = true;
    for (int k = 0; filled && with && k < i->with.count; k++) {
        buf_reset(&value);
        filled = data_fill(with, NULL, i->with.items[k].value, &value, e);
        if (filled)
            data_set(&i->with, i->with.items[k].name, buf_text(&value));
    }
    buf_finish(&value);
    return filled;
}

/* Step files lie where the file lies that names them. Owned by the caller. */
static char *include_path(const struct reading *r, const char *file)
{
    char *copy = mem_text(r->path), *folder = dirname(copy);
    char *path = strcmp(folder, ".") == 0 ? mem_text(file) : textfile_path(folder, file);
    free(copy);
    return path;
}

static bool file_take(struct reading *r, int number, struct include *i, struct step_list *list,
                      struct err *e)
{
    struct buf text = {0};
    struct err why = {0};
    char *path = include_path(r, i->file);
    struct reading inner = *r;
    inner.path = path;
    bool read = textfile_read(path, STEPS_MAX_BYTES, &text, &why) ||
                reading_fail(r, number, e, "%s", why.text);
    char *content = buf_take(&text);
    bool fine = read && with_check(r, number, i, content, e);
    if (fine) {
        inner.depth++;
        inner.source = task_source(r->task, path);
        data_add(&i->with, HOLE_HERE, "{{" HOLE_HERE "}}"); /* the case's */
        fine = lines_take(&inner, &i->with, content, list, e);
    }
    free(content);
    free(path);
    return fine;
}

bool include_take(struct reading *r, const struct data *with, const char *line, int number,
                  struct step_list *list, struct err *e)
{
    struct include i;
    struct err why = {0};
    bool fine = include_parse(line, &i, &why) && with_fill(with, &i, &why);
    if (!fine)
        reading_fail(r, number, e, "%s", why.text);
    else if (r->depth == INCLUDE_DEPTH_MAX)
        fine = reading_fail(r, number, e, "files that include one another, more than %d deep",
                            INCLUDE_DEPTH_MAX);
    fine = fine && file_take(r, number, &i, list, e);
    include_finish(&i);
    return fine;
}
