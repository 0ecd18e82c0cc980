#include "policy/orders.h"

#include "base/alike.h"
#include "policy/reading.h"

#include <stdlib.h>
#include <string.h>

/* ---- what was seen at a place ---- */

static const char *name_of(const struct element *e)
{
    return e->label[0] ? e->label : e->text;
}

static struct spot spot_of(const struct scene *scene, struct point at)
{
    const struct element *e = scene_element_at(scene, at);
    return (struct spot){.known = true,
                         .at = at,
                         .role = e ? e->role : ROLE_NONE,
                         .name = mem_text(e ? name_of(e) : "")};
}

bool spot_is_there(const struct spot *s, const struct scene *scene, struct buf *why)
{
    if (!s->known)
        return true;
    const struct element *e = scene_element_at(scene, s->at);
    enum role role = e ? e->role : ROLE_NONE;
    const char *name = e ? name_of(e) : "";
    if (role == s->role && alike_equal(name, s->name))
        return true;
    buf_addf(why, "the screen has changed at %d,%d: %s \"%s\" was there, now it is %s \"%s\"",
             s->at.x, s->at.y, s->role ? role_name(s->role) : "nothing", s->name,
             role ? role_name(role) : "nothing", name);
    return false;
}

/* ---- steps for actions ---- */

static struct target target_at(struct point at)
{
    return (struct target){.kind = TARGET_AT, .at = at};
}

static bool click_as_step(const struct action *a, struct step *out)
{
    if (!a->has_at || a->keys[0])
        return false;
    if (a->button == BUTTON_LEFT)
        out->verb = a->count == 3   ? STEP_TRIPLE_CLICK
                    : a->count == 2 ? STEP_DOUBLE_CLICK
                                    : STEP_CLICK;
    else if (a->button == BUTTON_RIGHT && a->count == 1)
        out->verb = STEP_RIGHT_CLICK;
    else if (a->button == BUTTON_MIDDLE && a->count == 1)
        out->verb = STEP_MIDDLE_CLICK;
    else
        return false;
    out->target = target_at(a->at);
    return true;
}

/* The step that says the same; false when there is none. */
static bool action_as_step(const struct action *a, struct step *out)
{
    *out = (struct step){0};
    switch (a->kind) {
    case ACTION_CLICK:
        return click_as_step(a, out);
    case ACTION_MOVE:
        *out = (struct step){.verb = STEP_HOVER, .target = target_at(a->at)};
        return a->has_at;
    case ACTION_TYPE:
        *out = (struct step){.verb = STEP_TYPE, .text = mem_text(a->text)};
        return true;
    case ACTION_KEY:
        *out = (struct step){.verb = STEP_PRESS, .text = mem_text(a->keys), .count = a->repeat};
        return true;
    case ACTION_WAIT:
        *out = (struct step){.verb = STEP_WAIT, .seconds = a->ms / 1000.0};
        return a->ms > 0;
    case ACTION_DRAG:
        if (a->path_count != 2 || a->keys[0] || a->button != BUTTON_LEFT)
            return false;
        *out = (struct step){
            .verb = STEP_DRAG, .target = target_at(a->path[0]), .second = target_at(a->path[1])};
        return true;
    default:
        return false;
    }
}

/* ---- taking apart ---- */

static struct order *add(struct orders *o, int call)
{
    o->items = mem_resize(o->items, (size_t)(o->count + 1) * sizeof *o->items);
    struct order *order = &o->items[o->count++];
    *order = (struct order){.call = call};
    return order;
}

/* A drag from where the pointer is: the hands know where that is. */
static void take_drag(struct orders *o, int index, const struct action *drag)
{
    struct action action = {.kind = ACTION_MOUSE_DOWN, .button = drag->button};
    add(o, index)->action = action;
    add(o, index)->action =
        (struct action){.kind = ACTION_MOVE, .has_at = true, .at = drag->path[0]};
    action.kind = ACTION_MOUSE_UP;
    add(o, index)->action = action;
}

static void take_action(struct orders *o, int index, struct call *call, const struct scene *scene)
{
    if (call->action.kind == ACTION_DRAG && call->action.path_count == 1) {
        take_drag(o, index, &call->action);
        return;
    }
    struct order *order = add(o, index);
    call->action.text = call->text;
    order->action = call->action;
    order->is_step = action_as_step(&call->action, &order->step);
    if (call->action.kind == ACTION_DRAG)
        order->spot = spot_of(scene, call->action.path[0]);
    else if (call->action.has_at)
        order->spot = spot_of(scene, call->action.at);
}

/* From the model's numbers to the screen, in a target and in what it is relative to. */
static bool place_target(struct target *t, const struct shot *shot, struct err *e)
{
    for (; t; t = t->of)
        if (t->kind == TARGET_AT && !shot_point(shot, t->at.x, t->at.y, &t->at, e))
            return false;
    return true;
}

static bool take_line(struct orders *o, int index, const char *line, const struct shot *shot,
                      const struct scene *scene, struct err *e)
{
    struct step step;
    if (!step_parse(line, &step, e))
        return false;
    if (!place_target(&step.target, shot, e) || !place_target(&step.second, shot, e)) {
        step_finish(&step);
        return false;
    }
    struct order *order = add(o, index);
    order->is_step = true;
    order->step = step;
    if (step.target.kind == TARGET_AT)
        order->spot = spot_of(scene, step.target.at);
    return true;
}

static void drop_after(struct orders *o, int count)
{
    while (o->count > count) {
        struct order *order = &o->items[--o->count];
        step_finish(&order->step);
        free(order->spot.name);
    }
}

/* All lines of a call, or none of them: half a plan is not what the model meant. */
static void take_steps(struct orders *o, int index, struct call *call, const struct shot *shot,
                       const struct scene *scene)
{
    struct err why = {0};
    char *copy = mem_text(call->text), *save;
    int before = o->count;
    bool fine = true;
    for (char *line = strtok_r(copy, "\n", &save); line && fine; line = strtok_r(NULL, "\n", &save))
        if (line[strspn(line, " \t\r")] != '\0')
            fine = take_line(o, index, line, shot, scene, &why);
    free(copy);
    if (fine && o->count > before)
        return;
    drop_after(o, before);
    call_spoil(call, "nothing of this was done: %s", fine ? "there is no step in it" : why.text);
    add(o, index);
}

void orders_of(struct reply *r, const struct shot *shot, const struct scene *scene,
               struct orders *out)
{
    orders_finish(out);
    for (int i = 0; i < r->count; i++) {
        struct call *call = &r->calls[i];
        if (call->kind == CALL_ACTION)
            take_action(out, i, call, scene);
        else if (call->kind == CALL_STEPS)
            take_steps(out, i, call, shot, scene);
        else
            add(out, i);
        out->items[out->count - 1].last = true;
    }
}

void orders_finish(struct orders *o)
{
    drop_after(o, 0);
    free(o->items);
    *o = (struct orders){0};
}
