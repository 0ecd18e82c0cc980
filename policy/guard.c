#include "policy/guard.h"

#include "base/alike.h"
#include "policy/reading.h"

#include <stdio.h>
#include <string.h>

#define GUARD_FIT 0.85 /* a text as near as this to a guarded one, as whole words, is that one */

/* The texts that an action touches. */
struct touched {
    const char *texts[16];
    int count;
    struct buf words; /* what is written under it */
};

static void touch(struct touched *t, const char *text)
{
    if (text && *text && t->count < 16)
        t->texts[t->count++] = text;
}

static void touch_element(struct touched *t, const struct element *e)
{
    if (!e)
        return;
    touch(t, e->text);
    touch(t, e->label);
}

static void touch_point(struct touched *t, const struct scene *scene, struct point at)
{
    const struct element *e = scene_element_at(scene, at);
    touch_element(t, e);
    struct rect around =
        e && rect_area(e->box) < 40000 ? e->box : (struct rect){at.x - 40, at.y - 8, 80, 16};
    if (t->words.length)
        buf_add_char(&t->words, ' ');
    reading_inside(scene, around, &t->words);
}

static bool acts(const struct action *a)
{
    switch (a->kind) {
    case ACTION_NONE:
    case ACTION_WAIT:
    case ACTION_MOVE:
    case ACTION_SCROLL:
    case ACTION_SCREENSHOT:
    case ACTION_ZOOM:
    case ACTION_CURSOR:
    case ACTION_DONE:
        return false;
    default:
        return true;
    }
}

/* Keys go to what has the focus. */
static void touch_focus(struct touched *t, const struct scene *scene)
{
    for (int i = 0; i < scene->element_count; i++)
        if (scene->elements[i].states & STATE_FOCUSED)
            touch_element(t, &scene->elements[i]);
}

static void touch_all(struct touched *t, const struct step *step, const struct action *a,
                      const struct scene *scene)
{
    if (step) {
        touch(t, step->target.text);
        touch(t, step->second.text);
        if (step->verb == STEP_CHOOSE)
            touch(t, step->text);
    }
    if (a->kind == ACTION_DRAG && a->path_count > 0) {
        touch_point(t, scene, a->path[0]);
        touch_point(t, scene, a->path[a->path_count - 1]);
    } else if (a->has_at)
        touch_point(t, scene, a->at);
    if (action_is_keys(a->kind))
        touch_focus(t, scene);
    touch(t, buf_text(&t->words));
}

static bool guard_matches(char *const *list, const struct touched *t, char why[GUARD_WHY_SIZE])
{
    for (; list && *list; list++)
        for (int i = 0; i < t->count; i++)
            if (alike_within(t->texts[i], *list) >= GUARD_FIT) {
                snprintf(why, GUARD_WHY_SIZE, "\"%s\" (on \"%.100s\")", *list, t->texts[i]);
                return true;
            }
    return false;
}

static bool guard_window(char *const *list, const char *title, char why[GUARD_WHY_SIZE])
{
    for (; list && *list; list++)
        if (alike_within(title, *list) >= GUARD_FIT) {
            snprintf(why, GUARD_WHY_SIZE, "the window \"%.100s\" (\"%s\")", title, *list);
            return true;
        }
    return false;
}

enum verdict guard_judge(const struct guard *guard, const struct step *step,
                         const struct action *action, const struct scene *scene,
                         char why[GUARD_WHY_SIZE])
{
    why[0] = '\0';
    if (!acts(action))
        return VERDICT_ALLOW;
    struct touched t = {0};
    touch_all(&t, step, action, scene);
    enum verdict verdict = VERDICT_ALLOW;
    if (guard_matches(guard->deny, &t, why) ||
        guard_window(guard->windows_deny, scene->window, why))
        verdict = VERDICT_DENY;
    else if (guard_matches(guard->ask, &t, why) ||
             guard_window(guard->windows_ask, scene->window, why))
        verdict = VERDICT_ASK;
    buf_finish(&t.words);
    return verdict;
}
