#include "vision/view.h"

#include "base/utf8.h"
#include "vision/colour.h"

#include <stdlib.h>
#include <string.h>

#define SATURATION_RING 60
#define GREYED_CONTRAST 130 /* of 255: greyed text has lost about half of what it can have */

static bool is_boxed_field(const struct view *v, const struct control *c)
{
    return c->source >= 0 && role_is_field(c->role) && c->role != ROLE_SLIDER && c->sure >= 0.5f &&
           v->boxes->items[c->source].kind != BOX_SLIDER;
}

/* How many fields have a border like this one's? */
static int count_alike(const struct view *v, uint32_t border)
{
    int count = 0;
    for (int i = 0; i < v->control_count; i++)
        if (is_boxed_field(v, &v->controls[i]))
            count += colour_distance(v->boxes->items[v->controls[i].source].border, border) < 16;
    return count;
}

static bool is_red(uint32_t c)
{
    int red = (int)(c >> 16 & 255), green = (int)(c >> 8 & 255), blue = (int)(c & 255);
    return red > green + 60 && red > blue + 60;
}

/* The field whose border is unlike the others': coloured, or thicker. Red is for what is wrong. */
static void find_focus(struct view *v)
{
    int best = -1, fields = 0, score = 0;
    for (int i = 0; i < v->control_count; i++)
        fields += is_boxed_field(v, &v->controls[i]);
    for (int i = 0; i < v->control_count; i++) {
        struct control *c = &v->controls[i];
        if (!is_boxed_field(v, c))
            continue;
        const struct box *b = &v->boxes->items[c->source];
        bool ring = colour_saturation(b->border) >= SATURATION_RING && !is_red(b->border) &&
                    colour_distance(b->border, b->fill) >= 24 &&
                    (fields < 2 || count_alike(v, b->border) == 1);
        int now = (c->states & STATE_FOCUSED ? 4 : 0) + (ring ? 2 : 0);
        c->states &= ~(unsigned)STATE_FOCUSED;
        if (now > score) {
            score = now;
            best = i;
        }
    }
    if (best >= 0)
        v->controls[best].states |= STATE_FOCUSED;
}

/* Of each control the text that tells whether it is greyed: its own or its label; NULL for none. */
static const struct phrase **texts_find(const struct view *v)
{
    size_t size = (size_t)(v->control_count + 1) * sizeof(struct phrase *);
    const struct phrase **texts = memset(arena_alloc(&v->scene->arena, size), 0, size);
    for (int i = v->phrase_count - 1; i >= 0; i--)
        if (v->phrases[i].control >= 0)
            texts[v->phrases[i].control] = &v->phrases[i];
    return texts;
}

/* Greyed: clearly paler than the text of the palest third of its like is. */
static void find_disabled(struct view *v)
{
    const struct phrase **texts = texts_find(v);
    for (int i = 0; i < v->control_count; i++) {
        struct control *c = &v->controls[i];
        const struct phrase *own = texts[i];
        bool mark = role_is_checkable(c->role);
        bool sign = own && utf8_length(view_text(v, own)) == 1; /* a cross is gray as it is */
        if (!own || sign || phrase_contrast(own) > GREYED_CONTRAST ||
            (!mark && c->role != ROLE_BUTTON && c->role != ROLE_MENUITEM) ||
            colour_saturation(own->ink) > 60 || colour_saturation(own->ground) > 60)
            continue;
        int stronger = 0, alike = 0;
        for (int j = 0; j < v->control_count; j++) {
            const struct phrase *other = j == i ? NULL : texts[j];
            if (!other || v->controls[j].role != c->role ||
                abs(colour_luma(other->ground) - colour_luma(own->ground)) > 40)
                continue;
            stronger += phrase_contrast(own) * 100 < phrase_contrast(other) * 70;
            alike += abs(phrase_contrast(own) - phrase_contrast(other)) < 12;
        }
        if (stronger > alike)
            c->states |= STATE_DISABLED;
    }
}

static const struct phrase *value_of(const struct view *v, int control)
{
    for (int i = 0; i < v->phrase_count; i++)
        if (v->phrases[i].control == control && !v->phrases[i].label)
            return &v->phrases[i];
    return NULL;
}

/* Fields of another fill and a paler border than most, with pale text if any. */
static void find_disabled_fields(struct view *v)
{
    for (int i = 0; i < v->control_count; i++) {
        struct control *c = &v->controls[i];
        const struct phrase *own = value_of(v, i);
        int paler = 0, others = 0;
        if (!is_boxed_field(v, c) || c->states & STATE_FOCUSED ||
            colour_distance(v->boxes->items[c->source].border, v->boxes->items[c->source].fill) < 8)
            continue;
        const struct box *b = &v->boxes->items[c->source];
        for (int j = 0; j < v->control_count; j++) {
            if (j == i || !is_boxed_field(v, &v->controls[j]))
                continue;
            const struct box *other = &v->boxes->items[v->controls[j].source];
            int mine = colour_distance(b->border, b->ground);
            others++;
            paler += mine + 12 < colour_distance(other->border, other->ground) &&
                     colour_distance(b->fill, other->fill) >= COLOUR_STEP;
        }
        if (others >= 2 && paler * 3 >= others * 2 && (!own || phrase_contrast(own) < 175))
            c->states |= STATE_DISABLED;
    }
}

void states_find(struct view *v)
{
    find_focus(v);
    find_disabled(v);
    find_disabled_fields(v);
}
