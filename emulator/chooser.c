#include "emulator/chooser.h"

#include "policy/address.h"
#include "policy/api_key.h"
#include "policy/literal.h"

#include <stdlib.h>
#include <string.h>

static const char *chooser_auto(const struct task *task)
{
    return task->steps.count                                                           ? "script"
           : task->fields.count || (task->secret_names_of_fields.count && !task->goal) ? "form"
           : task->goal                                                                ? "literal"
           : task->expect.count                                                        ? "script"
                                                                                       : NULL;
}

static bool chooser_name(struct chooser *c, const struct task *task, struct err *e)
{
    static const char *const built[] = {"form", "script", "literal"};
    const char *wanted = task->policy ? task->policy : "auto";
    if (strcmp(wanted, "auto") == 0)
        wanted = chooser_auto(task);
    if (!wanted)
        return err_set(e, ERR_USAGE, "%s: nothing to do: give it fields, steps or a goal",
                       task->path ? task->path : task->name);
    if (strncmp(wanted, "model:", 6) == 0) {
        c->policy = "model";
        return model_name_parse(wanted + 6, &c->model, e);
    }
    for (int i = 0; i < 3; i++)
        if (strcmp(wanted, built[i]) == 0)
            c->policy = built[i];
    return c->policy ||
           err_set(e, ERR_USAGE,
                   "there is no policy %s: form, script, literal or model:PROVIDER/NAME is meant",
                   wanted);
}

static void chooser_fields(struct chooser *c, const struct task *task)
{
    data_copy(&c->fields, &task->fields);
    for (int i = 0; i < task->secret_names_of_fields.count; i++) {
        struct buf hole = {0};
        buf_addf(&hole, "{{secret:%s}}", task->secret_names_of_fields.items[i]);
        data_add(&c->fields, task->secret_names_of_fields.items[i], buf_text(&hole));
        buf_finish(&hole);
    }
}

static bool chooser_steps(struct chooser *c, const struct task *task, struct err *e)
{
    c->steps = mem_zero((size_t)task->steps.count, sizeof *c->steps);
    for (; c->step_count < task->steps.count; c->step_count++)
        if (!step_parse(task->steps.items[c->step_count], &c->steps[c->step_count], e))
            return false;
    return true;
}

static bool chooser_goal(struct chooser *c, const struct task *task, struct err *e)
{
    struct literal literal;
    if (!task->goal)
        return err_set(e, ERR_USAGE, "the literal policy needs a goal");
    if (!literal_parse(task->goal, &literal, e))
        return false;
    c->steps = literal.steps; /* taken over */
    c->step_count = literal.count;
    return true;
}

/* A text that must be seen, or what stands after `expect` in a step. */
static void chooser_expect(struct chooser *c, const struct task *task)
{
    c->expect = mem_zero((size_t)task->expect.count, sizeof *c->expect);
    for (; c->expect_count < task->expect.count; c->expect_count++) {
        const char *text = task->expect.items[c->expect_count];
        struct step *step = &c->expect[c->expect_count];
        struct buf line = {0};
        buf_addf(&line, "expect %s", text);
        if (!step_parse(buf_text(&line), step, NULL))
            *step = (struct step){.verb = STEP_EXPECT,
                                  .target = {.kind = TARGET_TEXT, .text = mem_text(text)}};
        buf_finish(&line);
    }
}

/* What a model's server wants: where it is, whose key, what for. */
static bool chooser_server(struct chooser *c, const struct task *task, struct err *e)
{
    const struct model_name *model = &c->model;
    struct address address;
    if (!task->goal)
        return err_set(e, ERR_USAGE, "a model needs a goal");
    return address_read(model->base, &address, e) &&
           api_key_find(&address, task->key, &c->key, e) &&
           prices_find(model->provider->name, model->name, address.local, &c->price, e);
}

bool chooser_prepare(struct chooser *c, const struct task *task, struct err *e)
{
    *c = (struct chooser){0};
    if (!chooser_name(c, task, e))
        return false;
    chooser_expect(c, task);
    chooser_fields(c, task);
    if (strcmp(c->policy, "script") == 0)
        return chooser_steps(c, task, e);
    if (strcmp(c->policy, "literal") == 0)
        return chooser_goal(c, task, e);
    return strcmp(c->policy, "model") != 0 || chooser_server(c, task, e);
}

bool chooser_pictures(const struct chooser *c, const struct task *task, struct gallery *gallery,
                      struct err *e)
{
    for (int i = 0; i < c->step_count; i++) {
        if (gallery_read(gallery, &c->steps[i], e))
            continue;
        return task->path && task->step_lines
                   ? err_prefix(e, "%s:%d: ", task->path, task->step_lines[i])
                   : false;
    }
    for (int i = 0; i < c->expect_count; i++)
        if (!gallery_read(gallery, &c->expect[i], e))
            return task->path ? err_prefix(e, "%s: ", task->path) : false;
    return true;
}

static struct policy *chooser_model(struct chooser *c, const struct task *task,
                                    const struct policy_context *context,
                                    const struct chooser_lent *lent)
{
    c->wallet = wallet_create(&c->price, task->limits.dollars, lent->run);
    const struct model_task model = {.name = &c->model,
                                     .key = buf_text(&c->key),
                                     .goal = task->goal,
                                     .expect = c->expect,
                                     .expect_count = c->expect_count,
                                     .camera = lent->camera,
                                     .deadline = lent->deadline,
                                     .wallet = c->wallet,
                                     .answer = lent->answer,
                                     .self = lent->self};
    return policy_create(context, model_decider(context, &model));
}

struct policy *chooser_policy(struct chooser *c, const struct task *task,
                              const struct policy_context *context, const struct chooser_lent *lent)
{
    if (strcmp(c->policy, "model") == 0)
        return chooser_model(c, task, context, lent);
    if (strcmp(c->policy, "form") == 0) {
        struct form_task form = {&c->fields, task->submit, c->expect, c->expect_count};
        return form_create(context, &form);
    }
    return script_create(context, c->steps, c->step_count, c->expect, c->expect_count,
                         task->submit);
}

void chooser_finish(struct chooser *c)
{
    for (int i = 0; i < c->step_count; i++)
        step_finish(&c->steps[i]);
    for (int i = 0; i < c->expect_count; i++)
        step_finish(&c->expect[i]);
    free(c->steps);
    free(c->expect);
    data_finish(&c->fields);
    model_name_finish(&c->model);
    if (c->key.text)
        explicit_bzero(c->key.text, c->key.capacity);
    buf_finish(&c->key);
    wallet_destroy(c->wallet);
    *c = (struct chooser){0};
}
