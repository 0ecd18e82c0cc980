#include "emulator/chooser.h"

#include "emulator/learn.h"
#include "emulator/skill_file.h"
#include "policy/address.h"
#include "policy/api_key.h"
#include "policy/auto.h"
#include "policy/literal.h"
#include "policy/skill.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *chooser_auto(const struct task *task)
{
    return task->steps.count                                                           ? "script"
           : task->fields.count || (task->secret_names_of_fields.count && !task->goal) ? "form"
           : task->goal                                                                ? "literal"
           : task->expect.count                                                        ? "script"
                                                                                       : NULL;
}

static bool is_skill(const struct task *task)
{
    return strcmp(task->policy, "skill") == 0 || strncmp(task->policy, "skill:", 6) == 0;
}

/* The policy that decides where no skill does. */
static bool chooser_base(struct chooser *c, const struct task *task, struct err *e)
{
    static const char *const built[] = {"form", "script", "literal"};
    const char *wanted = task->policy;
    if (is_skill(task))
        return true;
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
    return c->policy || err_set(e, ERR_USAGE,
                                "there is no policy %s: form, script, literal, skill:FILE or "
                                "model:PROVIDER/NAME is meant",
                                wanted);
}

/* With policy auto: who is asked when nobody else knows how to go on. */
static bool chooser_helper(struct chooser *c, const struct task *task, struct err *e)
{
    if (!task->model || !task->goal ||
        (strcmp(task->policy, "auto") != 0 && strcmp(task->policy, "skill") != 0))
        return true;
    c->helped = true;
    return model_name_parse(task->model, &c->model, e);
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

/* Nothing is to be chosen: the datum is empty. */
static bool chooses_nothing(const struct step *s)
{
    bool toggles = s->verb == STEP_CHECK || s->verb == STEP_UNCHECK;
    return ((s->verb == STEP_CHOOSE || s->verb == STEP_SET) && !*s->text) ||
           (toggles && s->target.text && !*s->target.text);
}

/* The steps of a skill: TASK's own, or those of a file that was filled in. */
static bool skill_steps(struct chooser *c, const struct task *skill, struct err *e)
{
    c->has_skill = true;
    c->skill = mem_zero((size_t)skill->steps.count, sizeof *c->skill);
    if (skill->pauses_ms)
        c->pauses_ms = mem_zero((size_t)skill->steps.count, sizeof *c->pauses_ms);
    for (int i = 0; i < skill->steps.count; i++) {
        struct step *step = &c->skill[c->skill_count];
        if (!step_parse(skill->steps.items[i], step, e))
            return false;
        if (c->pauses_ms && skill->pauses_ms)
            c->pauses_ms[c->skill_count] = skill->pauses_ms[i];
        if (chooses_nothing(step))
            step_finish(step);
        else
            c->skill_count++;
    }
    data_copy(&c->known, &skill->fields);
    return true;
}

static bool skill_take_file(struct chooser *c, const char *path, const struct task *task,
                            struct err *e)
{
    struct task skill;
    if (!skill_load(path, task, &skill, e))
        return false;
    bool taken = skill_steps(c, &skill, e);
    task_finish(&skill);
    return taken;
}

/* A skill that is only tried first is done without when it does not fit. */
static void skill_try(struct chooser *c, const char *path, const struct task *task)
{
    struct err why = {0};
    if (access(path, R_OK) != 0 || skill_take_file(c, path, task, &why))
        return;
    snprintf(c->note, sizeof c->note, "%s", why.text);
}

static bool chooser_skill(struct chooser *c, const struct task *task, struct err *e)
{
    if (strcmp(task->policy, "skill") == 0)
        return skill_holds(task, &task->names, e) && skill_steps(c, task, e);
    if (is_skill(task))
        return skill_take_file(c, task->policy + strlen("skill:"), task, e);
    if (task->skill)
        skill_try(c, task->skill, task);
    else if (strcmp(task->policy, "auto") == 0 && task->path && task->steps.count == 0) {
        char *beside = skill_beside(task->path);
        skill_try(c, beside, task);
        free(beside);
    }
    return true;
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

static bool chooser_close(struct chooser *c, const struct task *task, struct err *e)
{
    bool parsed = true;
    c->close = mem_zero((size_t)task->close.count, sizeof *c->close);
    for (int i = 0; i < task->close.count && parsed; i++) {
        struct buf line = {0};
        buf_addf(&line, "click %s", task->close.items[i]);
        parsed = step_parse(buf_text(&line), &c->close[i], e);
        c->close_count += parsed;
        buf_finish(&line);
    }
    return parsed;
}

bool chooser_prepare(struct chooser *c, const struct task *task, struct err *e)
{
    struct err why = {0};
    *c = (struct chooser){0};
    if (!chooser_base(c, task, e) || !chooser_helper(c, task, e) || !chooser_skill(c, task, e))
        return false;
    chooser_expect(c, task);
    if (!chooser_close(c, task, e))
        return false;
    chooser_fields(c, task);
    if (!c->policy) {
        c->policy = "skill";
        return !c->helped || chooser_server(c, task, e);
    }
    if (strcmp(c->policy, "script") == 0 && !chooser_steps(c, task, e))
        return false;
    if (strcmp(c->policy, "literal") == 0 && !chooser_goal(c, task, &why)) {
        c->policy = "model"; /* which reads freer instructions */
        if (!c->helped && e)
            *e = why;
        if (!c->helped)
            return false;
    }
    bool asks = c->helped || strcmp(c->policy, "model") == 0;
    return !asks || chooser_server(c, task, e);
}

bool chooser_pictures(const struct chooser *c, const struct task *task, struct gallery *gallery,
                      struct err *e)
{
    for (int i = 0; i < c->step_count; i++)
        if (!gallery_read(gallery, &c->steps[i], e))
            return step_place_blame(task, task->step_places, i, e);
    const struct step *last[] = {c->skill, c->expect, c->close};
    const int counts[] = {c->skill_count, c->expect_count, c->close_count};
    for (int k = 0; k < 3; k++)
        for (int i = 0; i < counts[k]; i++)
            if (!gallery_read(gallery, &last[k][i], e))
                return task->path ? err_prefix(e, "%s: ", task->path) : false;
    return true;
}

const char *chooser_name(const struct chooser *c)
{
    bool alone = !c->helped && (strcmp(c->policy, "skill") == 0 || !c->has_skill);
    return alone || (!c->has_skill && strcmp(c->policy, "model") == 0) ? c->policy : "auto";
}

static struct decider chooser_model(struct chooser *c, const struct task *task,
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
    return model_decider(context, &model);
}

struct policy *chooser_policy(struct chooser *c, const struct task *task,
                              const struct policy_context *context, const struct chooser_lent *lent)
{
    struct decider parts[AUTO_PARTS_MAX];
    int count = 0;
    if (c->has_skill) {
        struct skill_task skill = {c->skill,        c->skill_count, &c->known,   c->expect,
                                   c->expect_count, task->submit,   c->pauses_ms};
        parts[count++] = skill_decider(context, &skill);
    }
    if (strcmp(c->policy, "form") == 0) {
        struct form_task form = {&c->fields, task->submit, c->expect, c->expect_count};
        parts[count++] = form_decider(context, &form);
    } else if (strcmp(c->policy, "script") == 0 || strcmp(c->policy, "literal") == 0) {
        parts[count++] = script_decider(c->policy, c->steps, c->step_count, c->expect,
                                        c->expect_count, task->submit);
    }
    if (c->helped || strcmp(c->policy, "model") == 0)
        parts[count++] = chooser_model(c, task, context, lent);
    return policy_create(context, count == 1 && !c->note[0] ? parts[0]
                                                            : auto_decider(parts, count, c->note));
}

void chooser_finish(struct chooser *c)
{
    for (int i = 0; i < c->step_count; i++)
        step_finish(&c->steps[i]);
    for (int i = 0; i < c->skill_count; i++)
        step_finish(&c->skill[i]);
    for (int i = 0; i < c->expect_count; i++)
        step_finish(&c->expect[i]);
    for (int i = 0; i < c->close_count; i++)
        step_finish(&c->close[i]);
    free(c->steps);
    free(c->skill);
    free(c->pauses_ms);
    free(c->expect);
    free(c->close);
    data_finish(&c->fields);
    data_finish(&c->known);
    model_name_finish(&c->model);
    if (c->key.text)
        explicit_bzero(c->key.text, c->key.capacity);
    buf_finish(&c->key);
    wallet_destroy(c->wallet);
    *c = (struct chooser){0};
}
