/* choose in a menu: open it; click the entry, or one after the other of `Export > PDF`. */
#include "policy/stepping.h"

#include <string.h>

#define MENU_OPENS_MS 1500

/* Takes the next part of the path; false when there is none left. */
static bool menu_take_part(struct stepper *s)
{
    const char *text = s->plan.step.text + s->part;
    text += strspn(text, "> ");
    if (!*text)
        return false;
    const char *end = strstr(text, " > ");
    buf_reset(&s->text);
    buf_addf(&s->text, "%.*s", (int)(end ? end - text : (ptrdiff_t)strlen(text)), text);
    s->part = (size_t)(text - s->plan.step.text) + s->text.length;
    return true;
}

static enum stepped menu_open(struct stepper *s, const struct scene *scene, struct action *out,
                              struct err *e)
{
    struct match match;
    enum stepped found = stepping_find(s, scene, &s->plan.step.target, &match, out, e);
    if (found != STEPPED_DONE)
        return found;
    menu_take_part(s);
    s->list = (struct rect){0};
    return stepping_go(s, out, stepping_click(rect_center(match.box), 1), PHASE_SEARCH);
}

/* Where a menu opened: what changed since the last click, which is higher than what was clicked. */
static bool menu_place(struct stepper *s, const struct scene *scene)
{
    s->list = rect_union(s->list, scene->changed);
    return s->list.height > 2 * s->place.height;
}

static enum stepped menu_search(struct stepper *s, const struct scene *scene, struct action *out,
                                struct err *e)
{
    struct rect place = {0};
    buf_reset(&s->shown);
    if (menu_place(s, scene) &&
        stepping_option(scene, s->list, buf_text(&s->text), &place, &s->shown)) {
        bool more = menu_take_part(s);
        s->place = place;
        s->list = (struct rect){0};
        s->searches = s->returns = 0;
        return stepping_go(s, out, stepping_click(rect_center(place), 1),
                           more ? PHASE_SEARCH : PHASE_VERIFY);
    }
    if (!s->searches && stepping_wait(s, out, MENU_OPENS_MS) == STEPPED_ACT)
        return STEPPED_ACT;
    if (s->list.height <= 2 * s->place.height)
        return stepping_fail(s, e, "no menu opened");
    if (stepping_search(s, scene, out) == STEPPED_ACT)
        return STEPPED_ACT;
    return stepping_go(s, out, stepping_key("Escape"), PHASE_CLOSE);
}

static enum stepped menu_verify(struct stepper *s, const struct scene *scene, struct action *out)
{
    if (rect_empty(scene->changed) && stepping_wait(s, out, STEPPER_TOUCH_MS) == STEPPED_ACT)
        return STEPPED_ACT;
    if (rect_empty(scene->changed))
        stepping_note(s, "nothing was seen to come of the click on \"%s\"", buf_text(&s->text));
    return stepping_done(s);
}

enum stepped stepping_menu(struct stepper *s, const struct scene *scene, struct action *out,
                           struct err *e)
{
    switch (s->phase) {
    case PHASE_SEARCH:
        return menu_search(s, scene, out, e);
    case PHASE_CLOSE:
        return stepping_fail(s, e, "no entry \"%s\" is in the menu", buf_text(&s->text));
    case PHASE_VERIFY:
        return menu_verify(s, scene, out);
    default:
        return menu_open(s, scene, out, e);
    }
}
