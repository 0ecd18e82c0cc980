/*
 * What stands beside the name of a month, over a grid of days, and is no text are its arrows: to
 * the month before and the next.
 */
#include "vision/view.h"

#include "base/month.h"

#include <ctype.h>
#include <stdlib.h>

#define SIDE_MIN   7 /* pixels; of an arrow: the longer side */
#define SIDE_MAX   32
#define LOW_MAX    6 /* from the middle of the name to that of an arrow */
#define REACH      420
#define BELOW      120 /* from the name to the first row of days */
#define DAYS_LEAST 5   /* in a row of days that is seen */
#define DAYS_HIGH  4   /* from the middle of one to that of the next */
#define PAD        4

static bool is_month(const struct word *w)
{
    size_t letters = 0;
    while (isalpha((unsigned char)w->text[letters]))
        letters++;
    return month_of(w->text, letters) != 0;
}

static bool is_day(const struct word *w)
{
    int day = atoi(w->text);
    return isdigit((unsigned char)w->text[0]) && day >= 1 && day <= 31;
}

/* The span of a row of days under the name; empty when there is none. */
static struct rect days_under(const struct scene *s, struct rect name)
{
    struct rect area = {name.x - REACH, name.y + name.height, 2 * REACH, BELOW};
    for (int i = 0; i < s->word_count; i++) {
        struct rect row = {0};
        int count = 0, middle = rect_center(s->words[i].box).y;
        if (!is_day(&s->words[i]) || !rect_holds(area, rect_center(s->words[i].box)))
            continue;
        for (int j = 0; j < s->word_count; j++) {
            struct point at = rect_center(s->words[j].box);
            if (!is_day(&s->words[j]) || !rect_holds(area, at) || abs(at.y - middle) > DAYS_HIGH)
                continue;
            row = rect_union(row, s->words[j].box);
            count++;
        }
        if (count >= DAYS_LEAST)
            return row;
    }
    return (struct rect){0};
}

/* One that points down opens a list: of months, of years. */
static bool is_arrow(const struct icon *icon, struct rect row)
{
    struct rect r = icon->box;
    int side = r.width > r.height ? r.width : r.height;
    bool opens = icon->glyph == GLYPH_DOWN || icon->glyph == GLYPH_UP_DOWN;
    return !icon->taken && icon->blank && !opens && side >= SIDE_MIN && side <= SIDE_MAX &&
           abs(rect_center(r).y - rect_center(row).y) <= LOW_MAX && r.x + r.width > row.x &&
           r.x < rect_right(row);
}

void calendars_find(struct view *v)
{
    for (int i = 0; i < v->scene->word_count; i++) {
        struct rect name = v->scene->words[i].box, days;
        if (!is_month(&v->scene->words[i]) || rect_empty(days = days_under(v->scene, name)))
            continue;
        int aside = days.width / 4; /* a column of the numbers of weeks, and some */
        struct rect row = {days.x - aside, name.y, days.width + 2 * aside, name.height};
        for (int k = 0; k < v->icon_count; k++)
            if (is_arrow(&v->icons[k], row)) {
                struct rect box = rect_grow(v->icons[k].box, PAD);
                view_add_control(v, ROLE_BUTTON, box, -1)->sure = 0.6f;
                icon_take(v, &v->icons[k]);
            }
    }
}
