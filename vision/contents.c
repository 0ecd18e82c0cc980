#include "vision/contents.h"

#include "base/ints.h"
#include "base/utf8.h"
#include "vision/colour.h"
#include "vision/glyphs.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define WORD_SURE 0.8f
#define ICON_GAP  12 /* pixels from the text of a low field to the icon at its end */

static void cover(struct rect *all, struct rect r)
{
    *all = rect_empty(*all) ? r : rect_union(*all, r);
}

/* The ground of selected text: about as high as a line and filled with
 * it? */
bool contents_is_selection(const struct view *v, int i)
{
    const struct box *b = &v->boxes->items[i];
    if (b->parent < 0)
        return false;
    const struct box *parent = &v->boxes->items[b->parent];
    if (b->rect.height > 36 || parent->rect.height > 72 || b->thickness > 1 ||
        colour_distance(b->border, b->fill) >= 8 || parent->thickness == 0 ||
        b->rect.width + 2 * parent->rect.height > parent->rect.width + 24)
        return false;
    for (int p = 0; p < v->phrase_count; p++) {
        const struct phrase *text = &v->phrases[p];
        if (text->frame == i && text->box.width + 8 >= b->inner.width &&
            text->box.height * 2 >= b->inner.height)
            return true;
    }
    return false;
}

static void read_boxes(const struct view *v, int index, struct contents *c)
{
    const struct box *parent = &v->boxes->items[index];
    for (int i = index + 1; i < v->boxes->count; i++) {
        const struct box *b = &v->boxes->items[i];
        if (v->uses[i] < 0 || !rect_inside(b->rect, rect_grow(parent->rect, 1)))
            continue;
        if (b->kind != BOX_FRAME)
            c->marks += b->kind != BOX_RULE;
        else if (b->parent == index && contents_is_selection(v, i))
            c->selected = true;
        else if (v->uses[i] > 0 && v->controls[v->uses[i] - 1].role != ROLE_NONE)
            c->controls++;
        else if (b->rect.width >= 12 && b->rect.height >= 12)
            c->frames++;
    }
}

/* Around the words of a phrase but those that were read from the sign: an arrow looks like a
 * letter. */
static struct rect text_box(const struct view *v, const struct phrase *p, struct rect sign)
{
    struct rect all = {0};
    for (int i = p->first; i < p->first + p->count; i++)
        if (!view_is_drawing(v, i, sign))
            cover(&all, v->scene->words[i].box);
    return all;
}

static void read_phrases(const struct view *v, int index, struct contents *c)
{
    int bottom = -1;
    for (int i = 0; i < v->phrase_count; i++) {
        const struct phrase *p = &v->phrases[i];
        if (p->frame < 0 || (p->frame != index && !(v->boxes->items[p->frame].parent == index &&
                                                    contents_is_selection(v, p->frame))))
            continue;
        struct rect text = text_box(v, p, c->sign);
        bool line = v->boxes->items[index].rect.height <= LINE_HEIGHT_MAX;
        if (rect_empty(text) || (line && phrase_is_speck(p, v->boxes->items[index].rect)))
            continue;
        if (c->phrases++ == 0)
            c->first = i;
        if (text.y + text.height / 2 > bottom) {
            if (++c->rows == 2)
                c->second = i;
            bottom = text.y + text.height;
        }
        cover(&c->text, text);
    }
    if (c->phrases)
        cover(&c->drawn, c->text);
}

/* At the right end, about as far in as the box is high, and not at its upper or lower side. */
static bool is_at_end(struct rect in, struct rect ink)
{
    int reach = in.height * 3 / 2 > 64 ? 64 : in.height * 3 / 2;
    if (reach < 26)
        reach = 26;
    return ink.x + ink.width > in.x + in.width - reach && ink.x > in.x + in.width / 3;
}

struct signs {
    struct rect down, up, plus, minus, pair;
};

/* A part of a word, not a drawing read as one; or letters that touch and were surely read. */
static bool is_lettered(const struct view *v, struct rect ink)
{
    for (int i = 0; i < v->scene->word_count; i++) {
        const struct word *word = &v->scene->words[i];
        bool sure = word->confidence >= WORD_SURE && utf8_length(word->text) > 1;
        if (rect_holds(word->box, rect_center(ink)) &&
            (word->box.width * 2 > ink.width * 3 || sure))
            return true;
    }
    return false;
}

static bool read_sign(const struct view *v, struct rect ink, struct signs *s)
{
    struct rect *const kinds[GLYPH_COUNT] = {
        [GLYPH_OTHER] = NULL,       [GLYPH_DOWN] = &s->down, [GLYPH_UP] = &s->up,
        [GLYPH_UP_DOWN] = &s->pair, [GLYPH_PLUS] = &s->plus, [GLYPH_MINUS] = &s->minus};
    struct rect *kind =
        ink.width < 4 || is_lettered(v, ink) ? NULL : kinds[glyph_read(v->frame, ink)];
    if (kind)
        *kind = ink;
    return kind != NULL;
}

unsigned contents_signs(const struct view *v, struct rect in)
{
    struct signs s = {0};
    const struct rects *inks = &v->edges->inks;
    for (int i = 0; i < inks->count; i++) {
        struct rect r = inks->items[i];
        if (rect_inside(r, in) && !read_sign(v, r, &s) && r.width > 1 && r.height > 1)
            return 0; /* letters */
    }
    return (rect_empty(s.down) ? 0 : SIGN_DOWN) | (rect_empty(s.up) ? 0 : SIGN_UP) |
           (rect_empty(s.plus) ? 0 : SIGN_PLUS) | (rect_empty(s.minus) ? 0 : SIGN_MINUS) |
           (rect_empty(s.pair) ? 0 : SIGN_UP | SIGN_DOWN);
}

static void judge_signs(struct rect in, const struct signs *s, struct contents *c)
{
    if (!rect_empty(s->pair)) {
        c->spins = true;
        c->sign = s->pair;
    } else if (!rect_empty(s->down) && !rect_empty(s->up) && s->up.y < s->down.y &&
               abs(2 * s->up.x + s->up.width - 2 * s->down.x - s->down.width) <= 4) {
        c->spins = true;
        c->sign = rect_union(s->down, s->up);
    } else if (!rect_empty(s->plus) && !rect_empty(s->minus)) {
        c->spins = true;
        c->sign = rect_union(s->plus, s->minus);
    } else if (!rect_empty(s->down) &&
               abs(2 * (s->down.y - in.y) + s->down.height - in.height) <= 4 + in.height / 5) {
        c->opens = true;
        c->sign = s->down;
    }
}

/* A small drawing at the end of a long field; it may have been read as one letter, but not as a
 * word or number. */
static bool is_icon(const struct view *v, struct rect in, struct rect end)
{
    if (in.height > 64 || in.width < 3 * in.height || end.width > 30 || end.height > 30 ||
        end.width < 6 || end.height < 6)
        return false;
    for (int i = 0; i < v->scene->word_count; i++) {
        const struct word *w = &v->scene->words[i];
        if (rect_holds(end, rect_center(w->box)) &&
            (utf8_length(w->text) > 1 || isdigit((unsigned char)w->text[0])))
            return false;
    }
    return true;
}

void contents_read_sign(const struct view *v, struct rect in, struct contents *c)
{
    struct signs signs = {0};
    const struct rects *inks = &v->edges->inks;
    for (int i = 0; i < inks->count; i++)
        if (rect_inside(inks->items[i], in) && is_at_end(in, inks->items[i]))
            read_sign(v, inks->items[i], &signs);
    judge_signs(in, &signs, c);
}

/* The drawings in it that are of no box in it. */
static void read_inks(const struct view *v, int index, struct contents *c)
{
    struct rect in = v->boxes->items[index].inner;
    struct rect end = {0};
    const struct rects *inks = &v->edges->inks;
    contents_read_sign(v, in, c);
    for (int i = 0; i < inks->count; i++) {
        struct rect ink = inks->items[i];
        if (!rect_inside(ink, in) || (!rect_empty(c->sign) && rect_inside(ink, c->sign)))
            continue;
        bool corner = in.x + in.width - ink.x - ink.width <= 5 &&
                      in.y + in.height - ink.y - ink.height <= 5 && ink.width <= 18 &&
                      ink.height <= 18 && in.height >= 28;
        if (corner) {
            c->grip = true;
            c->sign = rect_empty(c->sign) ? ink : c->sign;
        } else if (ink.width > 1 && ink.height > 1 && !rect_inside(in, rect_grow(ink, 2)))
            cover(in.x + in.width - ink.x <= in.height * 3 / 2 ? &end : &c->drawn, ink);
    }
    if (rect_empty(end))
        return;
    int gap = end.x - c->drawn.x - c->drawn.width;
    int least = in.height > 32 ? in.height / 2 : min_int(ICON_GAP, in.height * 2 / 3);
    bool apart = rect_empty(c->drawn) || gap >= least;
    if (apart && is_icon(v, in, end) && rect_empty(c->sign)) {
        c->icon = true;
        c->sign = end;
    } else
        cover(&c->drawn, end);
}

void contents_read(const struct view *v, int index, struct contents *c)
{
    *c = (struct contents){.first = -1, .second = -1};
    read_boxes(v, index, c);
    read_inks(v, index, c);
    read_phrases(v, index, c);
}
