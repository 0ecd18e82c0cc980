#include "policy/controls.h"

#include "base/alike.h"
#include "base/buf.h"
#include "policy/reading.h"

#include <string.h>
#include <strings.h>

#define LEGEND_REACH 160 /* pixels above its first option at most */
#define OPTION_FIT   0.8 /* a label as near as this to the value is that option */

bool control_says(const char *value, bool *yes)
{
    static const char *const says_yes[] = {"yes", "true", "on", "1", "x", "y", "checked", "\u2713"};
    static const char *const says_no[] = {"no", "false", "off", "0", "", "n", "unchecked"};
    for (size_t i = 0; i < sizeof says_yes / sizeof *says_yes; i++)
        if (strcasecmp(value, says_yes[i]) == 0)
            return *yes = true;
    *yes = false;
    for (size_t i = 0; i < sizeof says_no / sizeof *says_no; i++)
        if (strcasecmp(value, says_no[i]) == 0)
            return true;
    return false;
}

/* A question may stand above or left of its options without any frame that makes them a group. */
static double legend_fit(const struct scene *scene, const struct element *option, const char *name)
{
    double best = 0;
    struct line_reader lines = {.scene = scene};
    while (line_next(&lines)) {
        struct rect box = lines.box;
        bool above = box.y + box.height <= option->box.y + option->box.height / 2 &&
                     box.y + box.height > option->box.y - LEGEND_REACH &&
                     box.x < option->box.x + option->box.width + LEGEND_REACH;
        bool left = box.x + box.width <= option->box.x &&
                    box.y < option->box.y + option->box.height &&
                    box.y + box.height > option->box.y;
        if (!above && !left)
            continue;
        double fit = 0.9 * alike_label(buf_text(&lines.text), name);
        if (fit > best)
            best = fit;
    }
    line_finish(&lines);
    return best;
}

static double option_fit(const struct scene *scene, const struct element *e, const char *name,
                         const char *value)
{
    double same = alike_score(element_own_label(e), value);
    if (same < OPTION_FIT)
        return 0;
    double group = e->group[0] ? alike_label(e->group, name) : 0;
    bool sure = element_own_label(e) != e->label; /* it says itself what it is about */
    if (group < CONTROL_FIT_STRONG && !sure) {
        double legend = legend_fit(scene, e, name);
        group = legend > group ? legend : group;
    }
    return group < same ? group : same;
}

/* The label may need its group to say which it is: "Country" of the "Billing address". */
static double label_fit(const struct element *e, const char *name)
{
    double fit = alike_label(e->label, name);
    if (!e->group[0] || !e->label[0])
        return fit;
    struct buf both = {0};
    buf_addf(&both, "%s %s", e->group, element_own_label(e));
    double with_group = alike_label(buf_text(&both), name);
    buf_finish(&both);
    return with_group > fit ? with_group : fit;
}

/* Whether it is disabled or not. */
static struct control fit_any(const struct scene *scene, const struct element *e, const char *name,
                              const char *value)
{
    struct control c = {.element = e};
    bool yes;
    if (role_is_field(e->role)) {
        c.use = CONTROL_VALUE;
        c.fit = label_fit(e, name);
    } else if (role_is_checkable(e->role)) {
        c.use = CONTROL_OPTION;
        c.fit = option_fit(scene, e, name, value);
        double toggle =
            control_says(value, &yes) && (yes || e->role != ROLE_RADIO) ? label_fit(e, name) : 0;
        if (toggle > c.fit) {
            c.use = CONTROL_TOGGLE;
            c.fit = toggle;
        }
    }
    return c;
}

struct control control_fit(const struct scene *scene, const struct element *e, const char *name,
                           const char *value)
{
    return e->states & STATE_DISABLED ? (struct control){.element = e}
                                      : fit_any(scene, e, name, value);
}

const struct element *control_barred(const struct scene *scene, const char *name, const char *value)
{
    const struct element *barred = NULL;
    double best = CONTROL_FIT_STRONG;
    for (int i = 0; i < scene->element_count; i++) {
        const struct element *e = &scene->elements[i];
        double fit = e->states & STATE_DISABLED ? fit_any(scene, e, name, value).fit : 0;
        if (fit >= best) {
            best = fit;
            barred = e;
        }
    }
    return barred;
}

struct control control_find(const struct scene *scene, const char *name, const char *value,
                            struct control *rival)
{
    struct control best = {0}, second = {0};
    for (int i = 0; i < scene->element_count; i++) {
        struct control c = control_fit(scene, &scene->elements[i], name, value);
        if (c.fit > best.fit) {
            second = best;
            best = c;
        } else if (c.fit > second.fit)
            second = c;
    }
    if (rival)
        *rival = second;
    if (best.fit < CONTROL_FIT_WEAK)
        best.element = NULL;
    return best;
}

const struct element *control_lone(const struct scene *scene)
{
    const struct element *lone = NULL;
    for (int i = 0; i < scene->element_count; i++) {
        const struct element *e = &scene->elements[i];
        if (!role_is_field(e->role))
            continue;
        if (lone || e->label[0] || (e->states & STATE_DISABLED))
            return NULL;
        lone = e;
    }
    return lone;
}

const struct element *control_empty(const struct scene *scene, enum role role)
{
    const struct element *only = NULL;
    for (int i = 0; i < scene->element_count; i++) {
        const struct element *e = &scene->elements[i];
        bool meant = role ? e->role == role : role_is_field(e->role);
        if (!meant || (e->value && e->value[0]) || e->states & STATE_DISABLED)
            continue;
        if (only)
            return NULL;
        only = e;
    }
    return only;
}
