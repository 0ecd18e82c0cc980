#include "emulator/task_parts.h"

#include "base/alike.h"
#include "base/buf.h"

#include <stdlib.h>
#include <string.h>

struct search {
    struct reading *reading;
    struct texts secrets_used;
    bool in_fields;
};

static bool texts_hold(const struct texts *texts, const char *text)
{
    for (int i = 0; i < texts->count; i++)
        if (strcmp(texts->items[i], text) == 0)
            return true;
    return false;
}

/* The names of DATA that come near NAME, and all of them, for an error. */
static bool secret_unknown(const struct reading *r, int line, const char *name, struct err *e)
{
    const struct data *secrets = &r->task->secrets;
    const char **names = mem_zero((size_t)secrets->count + 1, sizeof *names);
    for (int i = 0; i < secrets->count; i++)
        names[i] = secrets->items[i].name;
    const char *near = alike_nearest(name, names, secrets->count);
    free(names);
    return reading_fail(r, line, e, "there is no secret \"%.80s\" in this task%s%s%s", name,
                        near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : "");
}

static void hole_add(struct task *t, const char *name, int line, bool in_fields)
{
    t->holes = mem_resize(t->holes, ((size_t)t->hole_count + 1) * sizeof *t->holes);
    t->holes[t->hole_count++] =
        (struct task_hole){.name = mem_text(name), .line = line, .in_fields = in_fields};
}

/* One hole; NAME is what stands between the braces, without the spaces at its ends. */
static bool hole_take(struct search *s, char *name, int line, struct err *e)
{
    struct reading *r = s->reading;
    static const char prefix[] = "secret:";
    if (strncmp(name, prefix, sizeof prefix - 1) != 0) {
        hole_add(r->task, name, line, s->in_fields);
        return true;
    }
    name += sizeof prefix - 1;
    name += strspn(name, " \t");
    if (!data_get(&r->task->secrets, name))
        return secret_unknown(r, line, name, e);
    texts_add(&s->secrets_used, name);
    return true;
}

static bool text_search(struct search *s, const char *text, int line, struct err *e)
{
    for (const char *open = strstr(text, "{{"); open; open = strstr(open, "{{")) {
        open += 2;
        const char *close = strstr(open, "}}");
        if (!close)
            return reading_fail(s->reading, line, e, "a {{ is not closed by }}");
        size_t begin = strspn(open, " \t"), end = (size_t)(close - open);
        while (end > begin && strchr(" \t", open[end - 1]))
            end--;
        if (end <= begin)
            return reading_fail(s->reading, line, e, "{{}} without a name in it");
        char *name = mem_text_n(open + begin, end - begin);
        bool taken = hole_take(s, name, line, e);
        free(name);
        if (!taken)
            return false;
        open = close + 2;
    }
    return true;
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
        s->in_fields = strcmp(root->items[i].key, "fields") == 0;
        if (strcmp(root->items[i].key, "secrets") != 0 && !node_search(s, &root->items[i], e))
            return false;
    }
    return true;
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
    if (strcmp(t->policy, "script") == 0 && t->steps.count == 0 && t->expect.count == 0)
        return reading_fail(r, line, e, "the policy script needs steps");
    if ((strcmp(t->policy, "literal") == 0 || strncmp(t->policy, "model:", 6) == 0) && !t->goal)
        return reading_fail(r, line, e, "the policy %.80s needs a goal", t->policy);
    return true;
}

bool task_check(struct reading *r, struct err *e)
{
    struct search search = {.reading = r};
    bool fine = policy_check(r, e) && holes_search(&search, e);
    if (fine)
        secret_fields_find(&search);
    texts_finish(&search.secrets_used);
    return fine;
}
