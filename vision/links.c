#include "vision/view.h"

#include "vision/colour.h"

#define SATURATION_LINK 70 /* of the text, more than its ground has */

/* Drawn in a colour where the rest is black, grey or white? */
static bool is_coloured(const struct phrase *p)
{
    return colour_saturation(p->ink) >= SATURATION_LINK &&
           colour_distance(p->ink, p->ground) >= 48 && colour_saturation(p->ground) < 48;
}

void links_find(struct view *v)
{
    for (int i = 0; i < v->phrase_count; i++) {
        struct phrase *p = &v->phrases[i];
        if (p->control >= 0 || !is_coloured(p))
            continue;
        p->control = v->control_count;
        view_add_control(v, ROLE_LINK, rect_grow(p->box, 1), -1)->sure = 0.6f;
    }
}
