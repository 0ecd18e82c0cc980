#include "policy/wheel.h"

#define MOVED 60 /* pixels of change each way; less is a control that lights up */

/* A place where the wheel turns no control by accident: over no element, as near to the controls as
 * can be. */
static struct rect wheel_place(const struct scene *scene)
{
    struct rect all = {0};
    for (int i = 0; i < scene->element_count; i++)
        if (scene->elements[i].role != ROLE_LINK && scene->elements[i].role != ROLE_MENUITEM)
            all = rect_union(all, scene->elements[i].box);
    if (rect_empty(all))
        all = (struct rect){0, 0, scene->width, scene->height};
    struct point middle = rect_center(all);
    for (int i = 0; i < 400; i++) {
        int dx = (i % 20 + 1) / 2 * (i % 2 ? -1 : 1), dy = (i / 20 + 1) / 2 * (i / 20 % 2 ? -1 : 1);
        struct point p = {middle.x + dx * all.width / 22, middle.y + dy * all.height / 22};
        bool free_place = true;
        for (int k = 0; k < scene->element_count && free_place; k++)
            free_place = role_is_cell(scene->elements[k].role) ||
                         !rect_holds(rect_grow(scene->elements[k].box, 6), p);
        if (free_place)
            return (struct rect){p.x, p.y, 1, 1};
    }
    return (struct rect){middle.x, middle.y, 1, 1};
}

void wheel_plan(const struct scene *scene, enum direction direction, int notches, struct plan *out)
{
    out->step = (struct step){.verb = STEP_SCROLL, .direction = direction, .count = notches};
    out->place = wheel_place(scene);
}

bool wheel_moved(const struct scene *scene)
{
    return scene->changed.width > MOVED && scene->changed.height > MOVED;
}
