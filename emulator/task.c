#include "emulator/task.h"

#include "base/alike.h"
#include "base/buf.h"
#include "emulator/task_parts.h"
#include "emulator/textfile.h"
#include "vision/gallery.h"

#include <errno.h>
#include <libgen.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define KEYS_MAX    48
#define TURNS_MAX   1000000
#define DOLLARS_MAX 1000000

bool reading_fail(const struct reading *r, int line, struct err *e, const char *format, ...)
{
    char text[ERR_TEXT_SIZE];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    return err_set(e, ERR_USAGE, "%s:%d: %s", r->path, line, text);
}

const struct node *reading_key(const struct reading *r, const char *name)
{
    for (int i = 0; i < r->root->count; i++)
        if (strcmp(r->root->items[i].key, name) == 0)
            return &r->root->items[i];
    return NULL;
}

static bool key_unknown(const struct reading *r, const struct node *item, const char *in,
                        const struct key *keys, int count, struct err *e)
{
    const char *names[KEYS_MAX];
    struct buf text = {0};
    for (int i = 0; i < count && i < KEYS_MAX; i++)
        names[i] = keys[i].name;
    buf_addf(&text, "unknown key \"%.80s\"", item->key);
    if (in)
        buf_addf(&text, " in %s", in);
    const char *near = alike_nearest(item->key, names, count);
    if (near)
        buf_addf(&text, "; did you mean \"%s\"?", near);
    else
        buf_add(&text, "; there are: ");
    for (int i = 0; !near && i < count; i++)
        buf_addf(&text, "%s%s", i ? ", " : "", names[i]);
    reading_fail(r, item->key_line, e, "%s", buf_text(&text));
    buf_finish(&text);
    return false;
}

bool keys_take(struct reading *r, const struct node *map, const char *name, const struct key *keys,
               int count, struct err *e)
{
    if (map->kind == NODE_TEXT && map->null)
        return true;
    if (map->kind != NODE_MAP)
        return reading_fail(r, map->line, e, "%s is %s; it must be a map, such as {%s: ...}",
                            name ? name : "the task", node_kind_name(map->kind), keys[0].name);
    for (int i = 0; i < map->count; i++) {
        const struct node *item = &map->items[i];
        int k = 0;
        while (k < count && strcmp(keys[k].name, item->key) != 0)
            k++;
        if (k == count)
            return key_unknown(r, item, name, keys, count, e);
        if (!keys[k].take(r, item, e))
            return false;
    }
    return true;
}

static bool name_take(struct reading *r, const struct node *value, struct err *e)
{
    return value_text(r, value, &r->task->name, e);
}

static bool window_manager_take(struct reading *r, const struct node *value, struct err *e)
{
    return value_text(r, value, &r->task->window_manager, e);
}

static bool stop_file_take(struct reading *r, const struct node *value, struct err *e)
{
    return value_text(r, value, &r->task->stop_file, e);
}

/* It is known by now: other keys' paths are seen from there, wherever it stands in the file. */
static bool directory_is_taken(struct reading *r, const struct node *value, struct err *e)
{
    (void)r;
    (void)value;
    (void)e;
    return true;
}

static bool model_take(struct reading *r, const struct node *value, struct err *e)
{
    return value_text(r, value, &r->task->model, e);
}

static bool goal_take(struct reading *r, const struct node *value, struct err *e)
{
    return value_text(r, value, &r->task->goal, e);
}

static bool seconds_take(struct reading *r, const struct node *value, struct err *e)
{
    return value_number(r, value, 0.001, TASK_SECONDS_MAX, &r->task->limits.seconds, e);
}

static bool turns_take(struct reading *r, const struct node *value, struct err *e)
{
    double turns = r->task->limits.turns;
    if (!value_number(r, value, 1, TURNS_MAX, &turns, e))
        return false;
    r->task->limits.turns = (int)turns;
    return turns == (int)turns ||
           reading_fail(r, value->line, e, "turns must be a whole number, not \"%s\"", value->text);
}

static bool dollars_take(struct reading *r, const struct node *value, struct err *e)
{
    return value_number(r, value, 0, DOLLARS_MAX, &r->task->limits.dollars, e);
}

static bool run_dollars_take(struct reading *r, const struct node *value, struct err *e)
{
    return value_number(r, value, 0, DOLLARS_MAX, &r->task->limits.run_dollars, e);
}

static bool limits_take(struct reading *r, const struct node *value, struct err *e)
{
    static const struct key keys[] = {
        {"seconds", seconds_take},
        {"turns", turns_take},
        {"dollars", dollars_take},
        {"run_dollars", run_dollars_take},
    };
    return keys_take(r, value, "limits", keys, 4, e);
}

static const struct key TASK_KEYS[] = {
    {"name", name_take},
    {"program", program_take},
    {"environment", environment_take},
    {"screen", screen_take},
    {"window_manager", window_manager_take},
    {"goal", goal_take},
    {"fields", fields_take},
    {"steps", steps_take},
    {"before", before_take},
    {"after", after_take},
    {"submit", submit_take},
    {"expect", expect_take},
    {"policy", policy_take},
    {"skill", skill_take},
    {"model", model_take},
    {"here", directory_is_taken},
    {"secrets", secrets_take},
    {"key", key_take},
    {"limits", limits_take},
    {"close", close_take},
    {"guard", guard_take},
    {"language", language_take},
    {"paste", paste_take},
    {"stop_file", stop_file_take},
    {"files", files_take},
    {"data", data_take},
    {"tags", tags_take},
    {"timeout", timeout_take},
    {"retries", retries_take},
    {"ignore_failure", ignore_failure_take},
    {"skip", skip_take},
    {"repeatable", repeatable_take},
};

static void task_init(struct task *t)
{
    *t = (struct task){.width = 1280,
                       .height = 800,
                       .limits = {.seconds = 300, .turns = 1000, .dollars = 1.0, .run_dollars = -1},
                       .test = {.retries = -1}};
}

static char *directory_absolute(const char *path)
{
    char *absolute = realpath(path, NULL);
    return absolute ? absolute : mem_text("/");
}

/* What the file's place says: the directory of {{here}}, and a name. A pipe has no place: there it
 * is ours. */
static void place_take(struct task *t)
{
    struct stat st;
    char *copy = mem_text(t->path);
    bool file = stat(t->path, &st) == 0 && S_ISREG(st.st_mode);
    t->directory = directory_absolute(file ? dirname(copy) : ".");
    free(copy);
    copy = mem_text(t->path);
    char *name = basename(copy), *dot = strrchr(name, '.');
    if (dot && dot != name)
        *dot = '\0';
    t->name = mem_text(name);
    free(copy);
}

/* Another folder for {{here}} than the file's own. */
static bool directory_take(struct reading *r, struct err *e)
{
    const struct node *value = r->root->kind == NODE_MAP ? reading_key(r, "here") : NULL;
    char *path = NULL;
    if (!value)
        return true;
    if (!value_text(r, value, &path, e))
        return false;
    char *full = path ? textfile_path(r->task->directory, path) : NULL;
    char *absolute = full ? realpath(full, NULL) : NULL;
    if (full && !absolute)
        reading_fail(r, value->line, e, "cannot open the folder %s: %s", full, strerror(errno));
    if (absolute) {
        free(r->task->directory);
        r->task->directory = absolute;
    }
    free(full);
    free(path);
    return absolute || !full;
}

static bool document_take(const char *path, const struct node *root, struct task *t, struct err *e)
{
    struct reading r = {.path = path, .task = t, .root = root};
    if (root->kind == NODE_TEXT && root->null)
        return reading_fail(&r, root->line, e, "the file is empty");
    if (!directory_take(&r, e))
        return false;
    r.gallery = gallery_create(t->directory, NULL);
    gallery_allow_missing(r.gallery); /* a screen's may be made by the run */
    bool taken = keys_take(&r, root, NULL, TASK_KEYS, sizeof TASK_KEYS / sizeof *TASK_KEYS, e);
    if (taken && !t->policy)
        t->policy = mem_text("auto");
    taken = taken && task_check(&r, e);
    gallery_destroy(r.gallery);
    return taken;
}

bool task_read(const char *path, struct task *out, struct err *e)
{
    struct buf text = {0};
    struct node root = {0};
    struct task t;
    task_init(&t);
    t.path = mem_text(path);
    bool read = textfile_read(path, TASK_FILE_MAX_BYTES, &text, e) &&
                document_read(path, buf_text(&text), text.length, &root, e);
    if (read) {
        place_take(&t);
        read = document_take(path, &root, &t, e);
    }
    document_finish(&root);
    buf_finish(&text);
    if (read)
        *out = t;
    else
        task_finish(&t);
    return read;
}

void task_from_goal(const char *goal, char *const argv[], struct task *out)
{
    task_init(out);
    out->directory = directory_absolute(".");
    out->name = mem_text("goal");
    out->goal = mem_text(goal);
    out->policy = mem_text("auto");
    for (int i = 0; argv && argv[i]; i++)
        texts_add(&out->program, argv[i]);
    holes_of_arguments(out);
}

void texts_add(struct texts *t, const char *text)
{
    /* room for 1, 3, 7, 15 ... and the NULL at the end */
    if (!t->items || ((t->count + 1) & t->count) == 0)
        t->items = mem_resize(t->items, (size_t)(2 * t->count + 2) * sizeof *t->items);
    t->items[t->count++] = mem_text(text);
    t->items[t->count] = NULL;
}

void texts_finish(struct texts *t)
{
    for (int i = 0; i < t->count; i++)
        free(t->items[i]);
    free(t->items);
    *t = (struct texts){0};
}

void task_finish(struct task *t)
{
    struct texts *lists[] = {
        &t->program, &t->environment, &t->steps,   &t->expect, &t->secret_names_of_fields,
        &t->close,   &t->after,       &t->sources, NULL};
    for (int i = 0; lists[i]; i++)
        texts_finish(lists[i]);
    char *texts[] = {t->path,   t->directory, t->name,  t->window_manager, t->goal,  t->submit,
                     t->policy, t->language,  t->paste, t->stop_file,      t->skill, t->model};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        free(texts[i]);
    for (int i = 0; i < t->hole_count; i++)
        free(t->holes[i].name);
    free(t->holes);
    if (t->key)
        explicit_bzero(t->key, strlen(t->key));
    free(t->key);
    free(t->step_places);
    free(t->after_places);
    free(t->pauses_ms);
    files_finish(t);
    traits_finish(&t->test);
    guard_rules_finish(&t->guard);
    data_finish(&t->fields);
    data_finish(&t->secrets);
    data_finish(&t->names);
    data_finish(&t->data);
    data_finish(&t->data_holes);
    *t = (struct task){0};
}
