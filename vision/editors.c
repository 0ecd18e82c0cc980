/*
 * Numbers that count up under each other as close as lines are: the lines of an editor, which often
 * has no frame. What is right of them, and they themselves, are one text box.
 */
#include "vision/view.h"

#include <stdlib.h>
#include <string.h>

#define LINES_LEAST 3
#define LINE_TENTHS 22 /* from line to line, for the height of a digit */
#define ALIGN_MAX   3
#define GUTTER_MAX  96 /* pixels from a number to the text */
#define GUTTER_PAD  8
#define TEXT_MAX    60 /* from the side of the text to where its lines begin */
#define BODY_WIDE   120
#define TOUCH       3
#define TOP_SLACK   24 /* the line with the caret may have a surface of its own */

/* The number that a phrase is; 0: none. */
static int number_of(const struct view *v, int phrase)
{
    const struct phrase *p = &v->phrases[phrase];
    const char *text = v->scene->words[p->first].text;
    size_t digits = strspn(text, "0123456789");
    return p->count == 1 && digits && digits <= 5 && !text[digits] ? atoi(text) : 0;
}

/* The number of the next line, under P; -1: none. */
static int next_line(const struct view *v, int p)
{
    struct rect r = v->phrases[p].box;
    for (int i = p + 1; i < v->phrase_count; i++) {
        struct rect other = v->phrases[i].box;
        int step = rect_center(other).y - rect_center(r).y;
        if (step > 0 && step * 10 <= r.height * LINE_TENTHS &&
            abs(rect_right(other) - rect_right(r)) <= ALIGN_MAX &&
            abs(other.height - r.height) <= 3 && number_of(v, i) == number_of(v, p) + 1)
            return i;
    }
    return -1;
}

/* Does a text begin at the left of the body in the line of a number? */
static bool has_text(const struct view *v, struct rect body, struct rect number)
{
    for (int i = 0; i < v->phrase_count; i++) {
        struct rect r = v->phrases[i].box;
        if (abs(rect_center(r).y - rect_center(number).y) * 4 <= number.height &&
            r.x >= body.x - TOUCH && r.x <= body.x + TEXT_MAX)
            return true;
    }
    return false;
}

/* The column of numbers that begins with P; empty when they are too few. In a BODY, when that is
 * not empty, they are the numbers of its lines. */
static struct rect take_numbers(const struct view *v, int p, struct rect body)
{
    struct rect all = {0};
    int count = 0, texts = 0;
    for (int next = p; next >= 0; next = next_line(v, next)) {
        struct rect r = v->phrases[next].box;
        all = rect_empty(all) ? r : rect_union(all, r);
        count++;
        texts += has_text(v, body, r);
    }
    bool lines = rect_empty(body) || texts * 2 >= count;
    return count >= LINES_LEAST && lines ? all : (struct rect){0};
}

/* The largest surface beside the numbers that begins right of them; empty: none. */
static struct rect find_body(const struct view *v, int first, struct rect numbers)
{
    struct rect best = {0};
    for (int i = 0; i < v->boxes->count; i++) {
        struct rect r = v->boxes->items[i].rect;
        if (v->boxes->items[i].kind == BOX_FRAME && r.x >= rect_right(numbers) - 1 &&
            r.x <= rect_right(numbers) + GUTTER_MAX && r.width >= BODY_WIDE &&
            r.y <= numbers.y + TOP_SLACK && r.y + r.height >= numbers.y + numbers.height - 2 &&
            rect_area(r) > rect_area(best))
            best = r;
    }
    return rect_empty(take_numbers(v, first, best)) ? (struct rect){0} : best;
}

/* What a line at the right margin of the text cuts off, and the ground of the numbers. */
static struct rect add_sides(const struct view *v, struct rect body, struct rect numbers)
{
    struct rect all = body;
    for (int i = 0; i < v->boxes->count; i++) {
        struct rect r = v->boxes->items[i].rect;
        bool right = abs(r.x - rect_right(all)) <= TOUCH && abs(r.y - body.y) <= TOUCH &&
                     abs(r.height - body.height) <= TOUCH;
        bool left = rect_inside(numbers, rect_grow(r, 1)) && rect_right(r) <= body.x + TOUCH &&
                    abs(r.y + r.height - body.y - body.height) <= TOUCH;
        if (v->boxes->items[i].kind != BOX_FRAME || rect_inside(r, all) || (!right && !left))
            continue;
        all = rect_union(all, r);
        i = -1;
    }
    struct rect ground = rect_grow(numbers, GUTTER_PAD);
    ground.y = numbers.y;
    ground.height = numbers.height;
    return rect_union(all, ground);
}

void editors_find(struct view *v)
{
    for (int i = 0; i < v->phrase_count; i++) {
        if (!number_of(v, i))
            continue;
        struct rect numbers = take_numbers(v, i, (struct rect){0});
        struct rect body = rect_empty(numbers) ? numbers : find_body(v, i, numbers);
        if (rect_empty(body))
            continue;
        struct rect box = add_sides(v, body, numbers);
        bool known = false;
        for (int j = 0; j < v->control_count; j++) {
            struct control *c = &v->controls[j];
            known |= c->role == ROLE_TEXTBOX && c->sure >= 0.7f && rect_overlap(c->box, box) > 0.5;
        }
        if (known)
            continue;
        for (int j = 0; j < v->control_count; j++)
            if (rect_inside(v->controls[j].box, rect_grow(box, TOUCH)))
                v->controls[j].role = ROLE_NONE;
        struct control *c = view_add_control(v, ROLE_TEXTBOX, box, -1);
        c->sure = 0.8f;
        c->states |= STATE_MULTILINE;
    }
}
