#include "vision/labels.h"

/* A small or pale line over the value, both inside, is a label that has floated up. */
void floating_find(struct view *v)
{
    for (int i = 0; i < v->control_count; i++) {
        struct control *c = &v->controls[i];
        int first = -1, second = -1;
        if (!role_is_field(c->role) || c->box.height < 40)
            continue;
        for (int j = 0; j < v->phrase_count; j++) {
            const struct phrase *p = &v->phrases[j];
            if (p->control != i || rect_holds(rect_grow(c->sign, 2), rect_center(p->box)))
                continue;
            if (first < 0)
                first = j;
            else if (second < 0 &&
                     p->box.y >= v->phrases[first].box.y + v->phrases[first].box.height - 2)
                second = j;
        }
        if (second < 0 || v->phrases[first].box.height > v->phrases[second].box.height + 1 ||
            (c->states & STATE_MULTILINE &&
             !phrase_is_paler(&v->phrases[first], &v->phrases[second])))
            continue;
        c->label = first;
        c->name = view_text(v, &v->phrases[first]);
        v->phrases[first].label = true;
        if (label_is_required(c->name))
            c->states |= STATE_REQUIRED;
    }
}
