#include "vision/view.h"

#include "base/utf8.h"
#include "vision/colour.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* Punctuation, arrows, bullets and other signs of Unicode. */
#define SIGNS_FIRST 0x2000u
#define SIGNS_LAST  0x2BFFu

/* Something that a person would read: a word of two characters, a page's number. */
static bool is_wordy(const struct view *v, const struct phrase *p)
{
    int letters = 0, digits = 0;
    float sure = 0;
    for (int i = p->first; i < p->first + p->count; i++) {
        const struct word *w = &v->scene->words[i];
        sure = w->confidence > sure ? w->confidence : sure;
        for (const char *at = w->text; *at;) {
            uint32_t c = utf8_next(&at);
            digits += c < 0x80 && isdigit((int)c);
            letters += c < 0x80 ? isalpha((int)c) != 0 : c < SIGNS_FIRST || c > SIGNS_LAST;
        }
    }
    return (letters > 1 || digits > 0) && sure >= 0.5f && p->box.height >= 6;
}

static const char *first_word(const struct view *v, int phrase)
{
    return v->scene->words[v->phrases[phrase].first].text;
}

/* A column of words of which some come again, but not one alone: what state each row is in. */
static bool is_state(const struct view *v, int phrase)
{
    struct rect r = v->phrases[phrase].box;
    int stacked = 0, same = 0;
    for (int i = 0; i < v->phrase_count; i++) {
        struct rect other = v->phrases[i].box;
        bool left = abs(other.x - r.x) <= 2,
             centred = abs(rect_center(other).x - rect_center(r).x) <= 2;
        if (!(left || centred) || !phrase_is_coloured(&v->phrases[i]) ||
            abs(other.height - r.height) > 4)
            continue;
        stacked++;
        same += strcmp(first_word(v, i), first_word(v, phrase)) == 0;
    }
    return stacked >= 4 && same > 1 && same < stacked;
}

/* Does it interrupt the upper border of a frame? */
static bool is_legend(const struct view *v, const struct phrase *p)
{
    struct point middle = rect_center(p->box);
    for (int i = 0; i < v->boxes->count; i++) {
        const struct box *b = &v->boxes->items[i];
        if (b->kind == BOX_FRAME && b->open && abs(middle.y - b->rect.y) <= p->box.height / 2 &&
            middle.x > b->rect.x && middle.x < b->rect.x + b->rect.width)
            return true;
    }
    return false;
}

void links_find(struct view *v)
{
    for (int i = 0; i < v->phrase_count; i++) {
        struct phrase *p = &v->phrases[i];
        if (p->control >= 0 || p->label || !(phrase_is_coloured(p) || phrase_is_underlined(v, p)) ||
            !is_wordy(v, p) || is_state(v, i) || is_legend(v, p))
            continue;
        p->control = v->control_count;
        view_add_control(v, ROLE_LINK, rect_grow(p->box, 1), -1)->sure = 0.6f;
    }
}
