/*
 * sections: what stands over several fields, so that the Country in the "Billing address" is told
 * from that in the "Shipping address": the legend in the border of the frame around them, or the
 * nearest heading above.
 */
#include "vision/view.h"

#include <stdlib.h>
#include <string.h>

#define LARGER      1.15 /* than the labels, is a heading, */
#define BOLDER      1.25 /* or so much bolder and not smaller */
#define SMALLER     0.95
#define WORDS_MAX   7
#define ASIDE       12 /* pixels that a heading may begin right of what is under it */
#define ABOVE_MAX   640
#define BORDER      6 /* pixels from the middle of a legend to the border that it interrupts */
#define IN_ROW_MOST 1 /* a row with more texts beside a heading is a bar */
#define HEADER_MAX                                                                                 \
    24 /* pixels from the text in the head of a card down to the line that ends it                 \
        */

struct style {
    double line, weight;
};

/* How the labels of the fields are drawn: as most of them. */
static struct style label_style(const struct view *v)
{
    double lines[16], weights[16];
    int count = 0;
    for (int i = 0; i < v->control_count && count < 16; i++) {
        const struct control *c = &v->controls[i];
        if (!role_is_field(c->role) || c->label < 0)
            continue;
        const struct phrase *p = &v->phrases[c->label];
        double line = phrase_line(v, p), weight = phrase_weight(v, p);
        int at = count++;
        for (; at > 0 && lines[at - 1] > line; at--) {
            lines[at] = lines[at - 1];
            weights[at] = weights[at - 1];
        }
        lines[at] = line;
        weights[at] = weight;
    }
    return count ? (struct style){lines[count / 2], weights[count / 2]} : (struct style){0};
}

/* More than a few texts in a row are the entries of a bar, or of a table. */
static bool is_in_bar(const struct view *v, const struct phrase *p)
{
    int beside = 0, middle = p->box.y + p->box.height / 2;
    for (int i = 0; i < v->phrase_count; i++) {
        struct rect r = v->phrases[i].box;
        beside += &v->phrases[i] != p && v->phrases[i].frame == p->frame && middle >= r.y &&
                  middle < r.y + r.height;
    }
    return beside > IN_ROW_MOST;
}

static bool is_free(const struct view *v, const struct phrase *p)
{
    return !p->label && p->control < 0 && p->count <= WORDS_MAX && !phrase_is_sentence(v, p) &&
           !is_in_bar(v, p);
}

static bool is_heading(const struct view *v, const struct phrase *p, struct style labels)
{
    if (!is_free(v, p) || phrase_is_coloured(p))
        return false;
    double larger = phrase_line(v, p) / labels.line;
    return larger >= LARGER || (larger >= SMALLER && phrase_weight(v, p) >= BOLDER * labels.weight);
}

/* Is it the text in the head of the frame, over a line? */
static bool is_header(const struct view *v, const struct phrase *p, struct rect frame)
{
    int bottom = p->box.y + p->box.height;
    return is_free(v, p) && p->box.y - frame.y <= HEADER_MAX &&
           phrase_is_parted(v, p,
                            (struct rect){frame.x, bottom + HEADER_MAX, frame.width, HEADER_MAX});
}

/* All that the field is, with its label. */
static struct rect whole(const struct view *v, const struct control *c)
{
    return c->label < 0 ? c->box : rect_union(c->box, v->phrases[c->label].box);
}

/* The heading nearest above the field, inside SCOPE; -1 for none. */
static int find_heading(const struct view *v, const struct control *c, struct rect scope,
                        const bool *headings)
{
    struct rect field = whole(v, c);
    int best = -1, least = ABOVE_MAX;
    for (int i = 0; i < v->phrase_count; i++) {
        struct rect r = v->phrases[i].box;
        int above = field.y - r.y - r.height, aside = field.x - r.x;
        int far = above + (aside > 0 ? aside / 2 : 0);
        if (above >= 0 && aside >= -ASIDE && far < least && rect_inside(r, scope) &&
            (headings[i] || is_header(v, &v->phrases[i], scope))) {
            least = far;
            best = i;
        }
    }
    return best;
}

/* The text that interrupts the upper border of the frame; -1 for none. */
static int find_legend(const struct view *v, struct rect frame)
{
    for (int i = 0; i < v->phrase_count; i++) {
        const struct phrase *p = &v->phrases[i];
        if (!p->label && p->control < 0 && abs(p->box.y + p->box.height / 2 - frame.y) <= BORDER &&
            p->box.x >= frame.x && p->box.x + p->box.width <= frame.x + frame.width)
            return i;
    }
    return -1;
}

static int find_section(const struct view *v, const struct control *c, const bool *headings)
{
    struct rect field = whole(v, c);
    for (int i = v->boxes->count - 1; i >= 0; i--) { /* smaller ones are behind larger ones */
        const struct box *b = &v->boxes->items[i];
        if (b->kind != BOX_FRAME || i == c->source || v->uses[i] < 0 ||
            !rect_inside(field, b->inner))
            continue;
        int section = b->open ? find_legend(v, b->rect) : -1;
        if (section < 0)
            section = find_heading(v, c, b->inner, headings);
        if (section >= 0)
            return section;
    }
    return find_heading(v, c, (struct rect){0, 0, v->frame->width, v->frame->height}, headings);
}

void sections_find(struct view *v)
{
    struct style labels = label_style(v);
    if (labels.line <= 0)
        return;
    bool *headings = arena_alloc(&v->scene->arena, (size_t)v->phrase_count + 1);
    for (int i = 0; i < v->phrase_count; i++)
        headings[i] = is_heading(v, &v->phrases[i], labels);
    for (int i = 0; i < v->control_count; i++) {
        struct control *c = &v->controls[i];
        int section = role_is_field(c->role) && !c->group ? find_section(v, c, headings) : -1;
        if (section >= 0)
            c->group = view_text(v, &v->phrases[section]);
    }
}
