/* set or choose with a path on what opens a file dialog: open it, type the path, which GTK's and
 * Qt's dialogs take wherever they are, and see that the dialog closes. */
#include "policy/stepping.h"

#include "base/alike.h"

#include <stdlib.h>
#include <string.h>

#define DIALOG_WIDTH    300 /* pixels that change, at least, when a dialog opens */
#define DIALOG_HEIGHT   150
#define DIALOG_OPENS_MS 4000
#define REACH           400 /* pixels from a label to the button behind it */

struct rect stepping_behind(const struct scene *scene, const struct match *match)
{
    struct rect label = match->box, best = label;
    int nearest = REACH;
    if (match->element &&
        (match->element->role == ROLE_BUTTON || role_is_field(match->element->role)))
        return label;
    for (int i = 0; i < scene->element_count; i++) {
        const struct element *e = &scene->elements[i];
        int gap = e->box.x - label.x - label.width, middle = rect_center(label).y;
        if ((e->role == ROLE_BUTTON || role_is_field(e->role)) && gap >= 0 && gap < nearest &&
            middle >= e->box.y && middle < e->box.y + e->box.height) {
            nearest = gap;
            best = e->box;
        }
    }
    return best;
}

static enum stepped file_open(struct stepper *s, const struct scene *scene, struct action *out,
                              struct err *e)
{
    struct match match;
    enum stepped found = stepping_find(s, scene, &s->plan.step.target, &match, out, e);
    if (found == STEPPED_DONE)
        found = stepping_enabled(s, match.element, out, e);
    if (found != STEPPED_DONE)
        return found;
    s->place = stepping_behind(scene, &match);
    buf_reset(&s->shown);
    buf_add(&s->shown, scene->window);
    return stepping_go(s, out, stepping_click(rect_center(s->place), 1), PHASE_SEARCH);
}

static bool dialog_is_open(struct stepper *s, const struct scene *scene)
{
    s->list = rect_union(s->list, scene->changed);
    return s->list.width >= DIALOG_WIDTH && s->list.height >= DIALOG_HEIGHT &&
           strcmp(scene->window, buf_text(&s->shown)) != 0;
}

static enum stepped file_type(struct stepper *s, const struct scene *scene, struct action *out,
                              struct err *e)
{
    if (!dialog_is_open(s, scene)) {
        const struct element *control = stepping_control(s, scene);
        bool text = control && control->states & STATE_FOCUSED; /* a field for a path has a caret */
        if (!text && stepping_wait(s, out, DIALOG_OPENS_MS) == STEPPED_ACT)
            return STEPPED_ACT;
        if (s->plan.step.verb == STEP_CHOOSE && !text)
            return stepping_fail(s, e, "no file dialog opened");
        s->mode = MODE_TYPE;
        s->phase = PHASE_FIND;
        s->plan.place = s->place;
        return stepping_type(s, scene, out, e);
    }
    s->list = (struct rect){0};
    struct action type = {.kind = ACTION_TYPE, .text = s->plan.step.text};
    return stepping_go(s, out, type, PHASE_ACT);
}

/* The dialog's button; Return, where none is known by its name: in some dialogs that cancels. */
static struct action file_confirmation(struct stepper *s, const struct scene *scene)
{
    static const char *const names[] = {"Open", "Select", "Choose", "OK", "Upload", "Save"};
    struct finder f = s->context->finder;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct target button = {.kind = TARGET_TEXT, .role = ROLE_BUTTON, .text = (char *)names[i]};
        struct match match;
        if (f.find(f.self, scene, &button, &match, NULL) == FOUND_ONE && match.element &&
            match.element->role == ROLE_BUTTON && alike_equal(match.text, names[i]))
            return stepping_click(rect_center(match.box), 1);
    }
    return stepping_key("Return");
}

/* The path stands somewhere in the dialog before it is sent. */
static enum stepped file_send(struct stepper *s, const struct scene *scene, struct action *out,
                              struct err *e)
{
    const char *slash = strrchr(s->plan.step.text, '/'), *name = slash + 1;
    struct rect place;
    struct buf line = {0};
    bool seen = stepping_option(scene, (struct rect){0, 0, scene->width, scene->height}, name,
                                &place, &line) ||
                stepping_option(scene, (struct rect){0, 0, scene->width, scene->height},
                                s->plan.step.text, &place, &line);
    buf_finish(&line);
    if (!seen && stepping_wait(s, out, STEPPER_SHOW_MS) == STEPPED_ACT)
        return STEPPED_ACT;
    if (!seen)
        return stepping_fail(s, e, "the dialog does not show the path that was typed");
    return stepping_go(s, out, file_confirmation(s, scene), PHASE_VERIFY);
}

static enum stepped file_verify(struct stepper *s, const struct scene *scene, struct action *out,
                                struct err *e)
{
    if (strcmp(scene->window, buf_text(&s->shown)) == 0)
        return stepping_done(s);
    if (stepping_wait(s, out, s->tries ? DIALOG_OPENS_MS : STEPPER_TOUCH_MS) == STEPPED_ACT)
        return STEPPED_ACT;
    if (s->tries++ == 0) /* the first click may only have shut a list of suggestions */
        return stepping_go(s, out, file_confirmation(s, scene), PHASE_VERIFY);
    return stepping_fail(s, e, "the file dialog stays open after \"%s\" was typed",
                         s->plan.step.text);
}

enum stepped stepping_file(struct stepper *s, const struct scene *scene, struct action *out,
                           struct err *e)
{
    switch (s->phase) {
    case PHASE_SEARCH:
        return file_type(s, scene, out, e);
    case PHASE_ACT:
        return file_send(s, scene, out, e);
    case PHASE_VERIFY:
        return file_verify(s, scene, out, e);
    default:
        return file_open(s, scene, out, e);
    }
}
