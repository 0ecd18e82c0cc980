#include "emulator/task_parts.h"

#include "base/alike.h"
#include "base/buf.h"
#include "emulator/textfile.h"
#include "vision/gallery.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* An error of the step language, with the place in the file. */
static bool step_fail(const struct reading *r, int line, const struct err *why, struct err *e)
{
    return reading_fail(r, line, e, "%s", why->text);
}

/* Are its pictures there, as far as they are known before a row is? */
static bool pictures_check(const struct reading *r, const struct step *step, int line,
                           struct err *e)
{
    struct err why = {0};
    return gallery_read(r->gallery, step, &why) || step_fail(r, line, &why, e);
}

static void step_add(struct step_list *list, const char *line, struct step_place place)
{
    texts_add(list->texts, line);
    *list->places = mem_resize(*list->places, (size_t)list->texts->count * sizeof **list->places);
    (*list->places)[list->texts->count - 1] = place;
}

bool step_line_take(struct reading *r, const struct data *with, const char *line, int number,
                    struct step_list *list, struct err *e)
{
    struct step step;
    struct err why = {0};
    struct buf filled = {0};
    if (is_include(line))
        return include_take(r, with, line, number, list, e);
    if (!step_parse(line, &step, &why))
        return step_fail(r, number, &why, e);
    bool fine = (!with || step_fill(with, &step, &why) || step_fail(r, number, &why, e)) &&
                pictures_check(r, &step, number, e);
    if (fine && with)
        step_print(&step, &filled);
    if (fine)
        step_add(list, with ? buf_text(&filled) : line,
                 (struct step_place){.line = number, .source = r->source});
    step_finish(&step);
    buf_finish(&filled);
    return fine;
}

static bool list_take(struct reading *r, const struct node *value, struct step_list *list,
                      struct err *e)
{
    if (value->kind == NODE_TEXT && value->null)
        return true;
    if (value->kind != NODE_LIST)
        return reading_fail(r, value->line, e,
                            "%s is %s; it must be a list, each step on a line of its own behind "
                            "a dash, such as - click \"Save\"",
                            value->key, node_kind_name(value->kind));
    for (int i = 0; i < value->count; i++) {
        const struct node *item = &value->items[i];
        if (item->kind != NODE_TEXT)
            return reading_fail(
                r, item->line, e,
                "a step must be a line of text, not %s; put single quotes around it",
                node_kind_name(item->kind));
        if (!step_line_take(r, NULL, item->text, item->line, list, e))
            return false;
    }
    return true;
}

/* What stands before the steps becomes the first of them. */
bool steps_take(struct reading *r, const struct node *value, struct err *e)
{
    struct step_list list = {&r->task->steps, &r->task->step_places};
    const struct node *before = reading_key(r, "before");
    return (!before || list_take(r, before, &list, e)) && list_take(r, value, &list, e);
}

bool before_take(struct reading *r, const struct node *value, struct err *e)
{
    struct step_list list = {&r->task->steps, &r->task->step_places};
    return reading_key(r, "steps") || list_take(r, value, &list, e);
}

bool after_take(struct reading *r, const struct node *value, struct err *e)
{
    struct step_list list = {&r->task->after, &r->task->after_places};
    return list_take(r, value, &list, e);
}

void step_places_copy(struct step_place **to, const struct step_place *from, int count)
{
    if (!from || !count)
        return;
    *to = mem_alloc((size_t)count * sizeof **to);
    memcpy(*to, from, (size_t)count * sizeof **to);
}

int task_source(struct task *t, const char *path)
{
    for (int i = 0; i < t->sources.count; i++)
        if (strcmp(t->sources.items[i], path) == 0)
            return i + 1;
    texts_add(&t->sources, path);
    return t->sources.count;
}

const char *step_place_path(const struct task *t, struct step_place place)
{
    return place.source ? t->sources.items[place.source - 1] : t->path;
}

bool step_place_blame(const struct task *t, const struct step_place *places, int i, struct err *e)
{
    if (t->path && places)
        err_prefix(e, "%s:%d: ", step_place_path(t, places[i]), places[i].line);
    return false;
}

/* The text on the button; one in quotes or with its role is understood, too. */
bool submit_take(struct reading *r, const struct node *value, struct err *e)
{
    struct task *t = r->task;
    struct target target;
    if (!value_text(r, value, &t->submit, e))
        return false;
    if (!t->submit || !strchr(t->submit, '"') || !target_parse(t->submit, &target, NULL))
        return true;
    bool plain = target.kind == TARGET_TEXT && target.text && !target.ordinal && !target.of;
    if (plain) {
        free(t->submit);
        t->submit = mem_text(target.text);
    }
    target_finish(&target);
    return plain || reading_fail(r, value->line, e,
                                 "submit must be the text on a button, such as Send; for more, "
                                 "write steps");
}

/* A list of what stands behind the verb of a step, or of plain texts. */
struct entries {
    const char *verb;  /* "expect ", of this ... */
    struct step plain; /* ... or, for a plain text, this step with it as its target's */
    struct texts *out;
};

static void entry_plain(const struct entries *n, const char *text)
{
    struct buf line = {0};
    struct step step = n->plain;
    step.target.text = (char *)text;
    step_print(&step, &line);
    texts_add(n->out, buf_text(&line) + strlen(n->verb));
    buf_finish(&line);
}

/*
 * `Thank you` is a text, `"Name" is "Ada"` and `no "Error"` are what a step says. Without a
 * quotation mark it can't be the latter; with one at the beginning it can't be anything else.
 */
static bool entry_take(struct reading *r, const struct entries *n, const char *text, int line,
                       struct err *e)
{
    struct step step;
    struct err why = {0};
    struct buf whole = {0};
    bool quote = *text == '"' || strncmp(text, "“", strlen("“")) == 0;
    bool quotes = strchr(text, '"') || strstr(text, "“");
    buf_addf(&whole, "%s%s", n->verb, text);
    bool parsed = quotes && step_parse(buf_text(&whole), &step, &why);
    buf_reset(&whole);
    bool there = !parsed || pictures_check(r, &step, line, e);
    if (parsed) {
        step_print(&step, &whole);
        step_finish(&step);
        texts_add(n->out, buf_text(&whole) + strlen(n->verb));
    } else if (!quote) {
        entry_plain(n, text);
    }
    buf_finish(&whole);
    return parsed ? there : !quote || step_fail(r, line, &why, e);
}

static bool entries_take(struct reading *r, const struct entries *n, const struct node *value,
                         struct err *e)
{
    struct texts texts = {0};
    bool taken = value_texts(r, value, &texts, e);
    for (int i = 0; taken && i < texts.count; i++)
        taken = entry_take(r, n, texts.items[i],
                           value->kind == NODE_LIST ? value->items[i].line : value->line, e);
    texts_finish(&texts);
    return taken;
}

bool expect_take(struct reading *r, const struct node *value, struct err *e)
{
    const struct entries expect = {
        "expect ", {.verb = STEP_EXPECT, .target = {.kind = TARGET_TEXT}}, &r->task->expect};
    return entries_take(r, &expect, value, e);
}

bool close_take(struct reading *r, const struct node *value, struct err *e)
{
    const struct entries close = {
        "click ",
        {.verb = STEP_CLICK, .target = {.kind = TARGET_TEXT, .role = ROLE_BUTTON}},
        &r->task->close};
    return entries_take(r, &close, value, e);
}

/* What follows the colon of `skill:FILE` or `model:NAME`; NULL when the policy is another. */
static const char *policy_rest(const char *policy, const char *kind)
{
    size_t length = strlen(kind);
    return strncmp(policy, kind, length) == 0 && policy[length] == ':' ? policy + length + 1 : NULL;
}

/* The path of a skill, which lies where the task lies, unless it says otherwise; owned by the
 * caller. NULL: it is not there. */
static char *skill_path(struct reading *r, const struct node *value, const char *file,
                        struct err *e)
{
    char *path = textfile_path(r->task->directory, file);
    if (access(path, R_OK) == 0)
        return path;
    reading_fail(r, value->line, e, "cannot open the skill %s: %s", path, strerror(errno));
    free(path);
    return NULL;
}

static bool policy_skill(struct reading *r, const struct node *value, const char *file,
                         struct err *e)
{
    struct buf policy = {0};
    if (strstr(file, "{{"))
        return true; /* not known before it is filled in */
    char *path = skill_path(r, value, file, e);
    if (!path)
        return false;
    buf_addf(&policy, "skill:%s", path);
    free(path);
    free(r->task->policy);
    r->task->policy = buf_take(&policy);
    return true;
}

bool skill_take(struct reading *r, const struct node *value, struct err *e)
{
    char *file = NULL;
    if (!value_text(r, value, &file, e))
        return false;
    if (!file)
        return true;
    r->task->skill = skill_path(r, value, file, e);
    free(file);
    return r->task->skill != NULL;
}

bool policy_take(struct reading *r, const struct node *value, struct err *e)
{
    static const char *const names[] = {"auto", "form", "literal", "script", "skill", "model"};
    if (!value_text(r, value, &r->task->policy, e))
        return false;
    const char *policy = r->task->policy;
    if (!policy)
        return true;
    for (int i = 0; i < 5; i++)
        if (strcmp(policy, names[i]) == 0)
            return true;
    const char *skill = policy_rest(policy, "skill"), *model = policy_rest(policy, "model");
    if (skill && *skill)
        return policy_skill(r, value, skill, e);
    if (model && *model)
        return true;
    if (skill)
        return reading_fail(r, value->line, e,
                            "skill: needs a file behind it; alone it means the task's own steps");
    if (model || strcmp(policy, "model") == 0)
        return reading_fail(r, value->line, e,
                            "the policy model needs a name: model:PROVIDER/NAME");
    const char *near = alike_nearest(policy, names, 6);
    return reading_fail(r, value->line, e,
                        "unknown policy \"%.80s\"%s%s%s; there are auto, form, literal, script, "
                        "skill, skill:FILE and model:PROVIDER/NAME",
                        policy, near ? "; did you mean \"" : "", near ? near : "",
                        near ? "\"?" : "");
}
