#include "emulator/task_parts.h"

#include "base/alike.h"
#include "base/buf.h"
#include "base/data.h"
#include "base/hole.h"
#include "base/step.h"

#include <stdlib.h>
#include <string.h>

#define LIST_MAX_BYTES 400 /* of names in an error */

struct search {
    struct reading *reading;
    struct texts secrets_used;
    const char *key; /* of the root, whose texts are looked through */
};

static bool texts_hold(const struct texts *texts, const char *text)
{
    for (int i = 0; i < texts->count; i++)
        if (strcmp(texts->items[i], text) == 0)
            return true;
    return false;
}

static const char *name_near(const struct data *names, const char *name)
{
    const char **all = mem_zero((size_t)names->count + 1, sizeof *all);
    for (int i = 0; i < names->count; i++)
        all[i] = names->items[i].name;
    const char *near = alike_nearest(name, all, names->count);
    free(all);
    return near;
}

static bool secret_unknown(const struct reading *r, int line, const char *name, struct err *e)
{
    const char *near = name_near(&r->task->secrets, name);
    return reading_fail(r, line, e, "there is no secret \"%.80s\" in this task%s%s%s", name,
                        near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : "");
}

static void hole_add(struct task *t, const char *name, int line, const char *key)
{
    t->holes = mem_resize(t->holes, ((size_t)t->hole_count + 1) * sizeof *t->holes);
    t->holes[t->hole_count++] =
        (struct task_hole){.name = mem_text(name),
                           .line = line,
                           .in_fields = strcmp(key, "fields") == 0,
                           .in_work = strcmp(key, "goal") == 0 || strcmp(key, "before") == 0 ||
                                      strcmp(key, "steps") == 0};
}

static bool step_reads(const struct task *t, const char *name)
{
    bool reads = false;
    for (int i = 0; i < t->steps.count && !reads; i++) {
        struct step step;
        if (!step_parse(t->steps.items[i], &step, NULL))
            continue;
        reads = step.verb == STEP_READ && strcmp(step.name, name) == 0;
        step_finish(&step);
    }
    return reads;
}

/* {{read:name}} is filled in while the steps are done. */
static bool read_hole_check(const struct search *s, const char *name, int line, struct err *e)
{
    if (strcmp(s->key, "before") != 0 && strcmp(s->key, "steps") != 0 &&
        strcmp(s->key, "expect") != 0)
        return reading_fail(s->reading, line, e, "what was read is known to steps only");
    return step_reads(s->reading->task, name) ||
           reading_fail(s->reading, line, e, "no step reads \"%.80s\"", name);
}

static bool hole_take(struct search *s, const struct hole *hole, const char *name, int line,
                      struct err *e)
{
    struct reading *r = s->reading;
    if (hole->read)
        return read_hole_check(s, name, line, e);
    if (!hole->secret) {
        hole_add(r->task, name, line, s->key);
        return true;
    }
    if (strcmp(s->key, "program") == 0)
        return reading_fail(r, line, e,
                            "a secret in program could be read by every user of this machine; hand "
                            "it over in environment");
    if (!data_get(&r->task->secrets, name))
        return secret_unknown(r, line, name, e);
    texts_add(&s->secrets_used, name);
    return true;
}

static bool text_search(struct search *s, const char *text, int line, struct err *e)
{
    struct hole hole;
    for (; hole_next(text, &hole); text = hole.end) {
        if (!hole.end)
            return reading_fail(s->reading, line, e, "a {{ is not closed by }}");
        if (!hole.length && !hole.secret && !hole.read)
            return reading_fail(s->reading, line, e, "{{}} without a name in it");
        char *name = hole_name(&hole);
        bool taken = hole_take(s, &hole, name, line, e);
        free(name);
        if (!taken)
            return false;
    }
    return true;
}

void holes_of_arguments(struct task *t)
{
    struct reading reading = {.task = t};
    struct search search = {.reading = &reading, .key = "goal"};
    if (t->goal)
        text_search(&search, t->goal, 0, NULL);
    for (int i = 0; i < t->program.count; i++)
        text_search(&search, t->program.items[i], 0, NULL);
    texts_finish(&search.secrets_used);
}

/* Looks through all texts under NODE. The document is bounded in depth. */
static bool node_search(struct search *s, const struct node *node, struct err *e)
{
    if (node->kind == NODE_TEXT)
        return text_search(s, node->text, node->line, e);
    for (int i = 0; i < node->count; i++) {
        const struct node *item = &node->items[i];
        if ((item->key && !text_search(s, item->key, item->key_line, e)) ||
            !node_search(s, item, e))
            return false;
    }
    return true;
}

static bool holes_search(struct search *s, struct err *e)
{
    const struct node *root = s->reading->root;
    for (int i = 0; i < root->count; i++) {
        s->key = root->items[i].key;
        if (strcmp(s->key, "secrets") != 0 && strcmp(s->key, "key") != 0 &&
            !node_search(s, &root->items[i], e))
            return false;
    }
    return true;
}

/* What step files say; their holes that are a row's came with what was given to them. */
static bool sources_search(struct search *s, const char *key, const struct texts *steps,
                           const struct step_place *places, struct err *e)
{
    struct reading *outer = s->reading, inner = *outer;
    bool fine = true;
    s->key = key;
    s->reading = &inner;
    for (int i = 0; fine && i < steps->count; i++) {
        inner.path = step_place_path(outer->task, places[i]);
        fine = !places[i].source || text_search(s, steps->items[i], places[i].line, e);
    }
    s->reading = outer;
    return fine;
}

/* A secret that the task names nowhere is the value of the field of its name. */
static void secret_fields_find(struct search *s)
{
    struct task *t = s->reading->task;
    for (int i = 0; i < t->secrets.count; i++) {
        const char *name = t->secrets.items[i].name;
        if (!texts_hold(&s->secrets_used, name) && !data_get(&t->fields, name))
            texts_add(&t->secret_names_of_fields, name);
    }
}

static int key_line(const struct reading *r, const char *name)
{
    const struct node *node = reading_key(r, name);
    return node ? node->key_line : 1;
}

/* Does the file have what its policy works on? What a table may still bring is task_fill's
 * business. */
static bool policy_check(const struct reading *r, struct err *e)
{
    const struct task *t = r->task;
    int line = key_line(r, "policy");
    if (strcmp(t->policy, "auto") == 0 && t->steps.count > 0 && t->fields.count > 0)
        return reading_fail(r, key_line(r, "steps"), e,
                            "there are steps and fields; say which decide: policy: script or "
                            "policy: form");
    if (strcmp(t->policy, "skill") == 0 && t->steps.count == 0)
        return reading_fail(r, line, e, "the policy skill needs steps, or a file: skill:FILE");
    if (strcmp(t->policy, "script") == 0 && t->steps.count == 0 && t->expect.count == 0)
        return reading_fail(r, line, e, "the policy script needs steps");
    if ((strcmp(t->policy, "literal") == 0 || strncmp(t->policy, "model:", 6) == 0) && !t->goal)
        return reading_fail(r, line, e, "the policy %.80s needs a goal", t->policy);
    return true;
}

bool task_check(struct reading *r, struct err *e)
{
    struct search search = {.reading = r};
    struct task *t = r->task;
    bool fine = policy_check(r, e) && holes_search(&search, e) &&
                sources_search(&search, "steps", &t->steps, t->step_places, e) &&
                sources_search(&search, "after", &t->after, t->after_places, e);
    if (fine)
        secret_fields_find(&search);
    texts_finish(&search.secrets_used);
    return fine;
}

/* The names of DATA, as many as an error has room for. */
static void names_list(const struct data *data, struct buf *out)
{
    for (int i = 0; i < data->count; i++) {
        if (out->length > LIST_MAX_BYTES) {
            buf_add(out, " ...");
            return;
        }
        buf_addf(out, "%s%s", i ? ", " : "", data->items[i].name);
    }
}

static bool hole_fail(const struct task *t, const struct task_hole *hole, const char *csv_path,
                      const struct data *columns, const struct data *known, struct err *e)
{
    struct buf text = {0};
    if (csv_path)
        buf_addf(&text, "%.300s has no column \"%.80s\"", csv_path, hole->name);
    else if (columns)
        buf_addf(&text, "the row has no column \"%.80s\"", hole->name);
    else
        buf_addf(&text, "nothing fills {{%.80s}}: no table of rows is given", hole->name);
    if (!hole->in_fields)
        buf_add(&text,
                columns ? ", nor has the task such a field" : ", and the task has no such field");
    const char *near = name_near(known, hole->name);
    if (near)
        buf_addf(&text, "; did you mean \"%.80s\"?", near);
    if (columns && columns->count > 0) {
        buf_add(&text, near ? " The columns are: " : "; the columns are: ");
        names_list(columns, &text);
    }
    err_set(e, ERR_USAGE, "%s", buf_text(&text));
    if (t->path)
        err_prefix(e, "%s:%d: ", t->path, hole->line);
    buf_finish(&text);
    return false;
}

/* Is every hole of the file a column (COLUMNS NULL: there are none), a field where those may stand,
 * or {{here}}? */
bool holes_check(const struct task *t, const char *csv_path, const struct data *columns,
                 struct err *e)
{
    struct data outside = {0}, all = {0};
    data_add(&outside, HOLE_HERE, "");
    for (int i = 0; columns && i < columns->count; i++)
        data_add(&outside, columns->items[i].name, "");
    data_copy(&all, &outside);
    for (int i = 0; i < t->fields.count; i++)
        data_add(&all, t->fields.items[i].name, "");
    bool fine = true;
    for (int i = 0; fine && i < t->hole_count; i++) {
        const struct data *known = t->holes[i].in_fields ? &outside : &all;
        if (!data_get(known, t->holes[i].name))
            fine = hole_fail(t, &t->holes[i], csv_path, columns, known, e);
    }
    data_finish(&outside);
    data_finish(&all);
    return fine;
}

bool task_check_columns(const struct task *t, const char *csv_path, const struct data *header,
                        struct err *e)
{
    return holes_check(t, csv_path, header, e);
}
