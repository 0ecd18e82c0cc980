#include "policy/sight.h"

#include "base/alike.h"
#include "policy/controls.h"

#include <string.h>

#define SAME_NAME   0.85 /* "Your e-mail" and "Email"; a "Work email" is another thing */
#define SAME_TEXT   0.8  /* so alike are two readings of one text */
#define SECTION_MIN 0.8  /* so alike are two names of one section */
#define KNOWN_MIN   0.75 /* so alike are two names of one field */
#define EDGE        6    /* pixels: what is cut by the edge of the screen is not judged */

/* Roles that are pressed all the same. */
static bool is_pressed(enum role role)
{
    return role == ROLE_BUTTON || role == ROLE_LINK || role == ROLE_TAB || role == ROLE_MENUITEM;
}

static bool same_kind(enum role meant, enum role seen)
{
    return meant == ROLE_NONE || meant == seen || (is_pressed(meant) && is_pressed(seen)) ||
           (meant == ROLE_LISTITEM && seen == ROLE_OPTION) ||
           (meant == ROLE_OPTION && seen == ROLE_LISTITEM);
}

static const char *article(const char *word)
{
    return strchr("aeiou", *word) ? "an" : "a";
}

static void expected(const struct step *step, struct err *e)
{
    struct buf target = {0};
    target_print(&step->target, &target);
    err_prefix(e, "expected %s; ", buf_text(&target));
    buf_finish(&target);
}

/* Is what was found of another section than the target's? Only what is said counts: the heading may
 * be out of sight. */
static bool other_section(const struct target *t, const struct element *el)
{
    return t->relation == RELATION_IN && t->of && t->of->text && el->group[0] &&
           alike_score(el->group, t->of->text) < SECTION_MIN &&
           alike_within(el->group, t->of->text) < SECTION_MIN;
}

/* Is it called what the target is called, and not more: a "Work phone" is no "Phone"? */
static bool same_name(const struct target *t, const struct match *m)
{
    if (t->kind != TARGET_TEXT || !t->text || !m->element)
        return t->kind != TARGET_TEXT || !t->text || m->score >= SAME_TEXT;
    const char *label = element_own_label(m->element), *text = m->element->text;
    return alike_label(label, t->text) >= SAME_NAME || alike_score(label, t->text) >= SAME_TEXT ||
           (!role_is_field(m->element->role) && alike_score(text, t->text) >= SAME_TEXT);
}

static enum sight judge(const struct step *step, const struct match *m, struct rect *place,
                        struct err *e)
{
    const struct target *t = &step->target;
    const struct element *el = m->element;
    if (!same_name(t, m)) {
        err_set(e, ERR_TASK, "seen \"%s\" at %d,%d, which is not surely the same",
                el && el->label[0] ? el->label : m->text, m->box.x, m->box.y);
        return SIGHT_AWAY;
    }
    if (el && other_section(t, el)) {
        err_set(e, ERR_TASK, "seen one in \"%s\"", el->group);
        return SIGHT_AWAY;
    }
    if (t->role != ROLE_NONE && t->role != ROLE_TEXT && !el) {
        err_set(e, ERR_TASK, "seen only the words \"%s\" at %d,%d", m->text, m->box.x, m->box.y);
        return SIGHT_AWAY;
    }
    if (el && !same_kind(t->role, el->role)) {
        err_set(e, ERR_TASK, "seen %s %s at %d,%d", article(role_name(el->role)),
                role_name(el->role), m->box.x, m->box.y);
        return SIGHT_OTHER;
    }
    *place = m->box;
    return SIGHT_FOUND;
}

/* `choose "Standard" in "Ticket"`: the name is that of a group, or of what chooses by its value. */
static bool by_value(const struct scene *scene, const struct step *step, struct rect *place)
{
    struct control rival;
    if ((step->verb != STEP_CHOOSE && step->verb != STEP_SET) || !step->target.text ||
        step->target.role != ROLE_NONE)
        return false;
    struct control c = control_find(scene, step->target.text, step->text, &rival);
    if (!c.element || c.fit < CONTROL_FIT_STRONG || c.fit - rival.fit <= CONTROL_FIT_SAME)
        return false;
    *place = c.element->box;
    return true;
}

enum sight sight_target(const struct finder *finder, const struct scene *scene,
                        const struct step *step, struct rect *place, struct err *e)
{
    struct target plain = step->target; /* without its section, which is judged apart */
    struct match match;
    struct err why = {0};
    *place = (struct rect){0};
    if (by_value(scene, step, place))
        return SIGHT_FOUND;
    if (plain.relation == RELATION_IN && plain.text)
        plain.relation = RELATION_NONE;
    enum found found = finder->find(finder->self, scene, &plain, &match, &why);
    if (found == FOUND_AMBIGUOUS && plain.relation != step->target.relation)
        found = finder->find(finder->self, scene, &step->target, &match, &why);
    enum sight sight = found == FOUND_NONE        ? SIGHT_AWAY
                       : found == FOUND_AMBIGUOUS ? SIGHT_OTHER
                                                  : judge(step, &match, place, &why);
    if (sight != SIGHT_FOUND) {
        expected(step, &why);
        if (e)
            *e = why;
    }
    return sight;
}

static bool dialog_over(const struct scene *scene, struct rect place, struct err *e)
{
    for (int i = 0; i < scene->element_count; i++) {
        const struct element *el = &scene->elements[i];
        bool meant = rect_empty(place) ? !(el->states & STATE_MODAL) /* keys may go to it */
                                       : rect_holds(el->box, rect_center(place));
        if (el->role != ROLE_DIALOG || meant)
            continue;
        err_set(e, ERR_TASK, "expected the page; seen the dialog \"%s\" over it",
                el->label[0] ? el->label : el->text);
        return true;
    }
    return false;
}

static bool is_known(const struct skill_task *task, const char *label)
{
    for (int i = 0; i < task->known->count; i++)
        if (alike_label(label, task->known->items[i].name) >= KNOWN_MIN)
            return true;
    for (int i = 0; i < task->step_count; i++) {
        const struct target *t = &task->steps[i].target;
        if ((t->text && alike_label(label, t->text) >= KNOWN_MIN) ||
            (t->of && t->of->text && alike_label(label, t->of->text) >= KNOWN_MIN))
            return true;
    }
    return false;
}

static bool must_be_filled_in(const struct scene *scene, const struct element *el)
{
    bool empty = role_is_field(el->role)
                     ? el->value && !el->value[0]
                     : el->role == ROLE_CHECKBOX && !(el->states & STATE_CHECKED);
    return el->states & STATE_REQUIRED && empty && el->label[0] && el->box.y > EDGE &&
           el->box.y + el->box.height < scene->height - EDGE;
}

bool sight_clear(const struct skill_task *task, const struct scene *scene, struct rect place,
                 struct err *e)
{
    if (dialog_over(scene, place, e))
        return false;
    for (int i = 0; i < scene->element_count; i++) {
        const struct element *el = &scene->elements[i];
        if (must_be_filled_in(scene, el) && !is_known(task, el->label))
            return err_set(e, ERR_TASK,
                           "the form asks for \"%s\", which the skill knows nothing of", el->label);
    }
    return true;
}
