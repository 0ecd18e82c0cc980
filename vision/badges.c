/*
 * Badges: what a row of a table is in ("Paid", "Late"), painted like a small button.
 */
#include "vision/view.h"

#include <stdlib.h>
#include <string.h>

#define COLUMN_MAX 64

struct painted {
    const struct view *view;
    const struct phrase **texts; /* the first text in each box; NULL for none */
};

static struct painted painted_find(const struct view *v)
{
    size_t size = (size_t)(v->boxes->count + 1) * sizeof(struct phrase *);
    struct painted p = {v, memset(arena_alloc(&v->scene->arena, size), 0, size)};
    for (int i = v->phrase_count - 1; i >= 0; i--)
        if (v->phrases[i].frame >= 0)
            p.texts[v->phrases[i].frame] = &v->phrases[i];
    return p;
}

/* The first text in the box that a control is made of; NULL for none. */
static const struct phrase *text_of(const struct painted *p, const struct control *c)
{
    return c->source >= 0 ? p->texts[c->source] : NULL;
}

/* How much wider than its text it is; -1 for what is no button, or a wide one. */
static int padding_of(const struct painted *p, const struct control *c)
{
    const struct phrase *text = c->role == ROLE_BUTTON ? text_of(p, c) : NULL;
    int padding = text ? c->box.width - text->box.width : -1;
    return padding <= 2 * c->box.height ? padding : -1;
}

static bool says_same(const struct painted *p, const struct control *a, const struct control *b)
{
    const struct word *words = p->view->scene->words;
    return strcmp(words[text_of(p, a)->first].text, words[text_of(p, b)->first].text) == 0;
}

/* The buttons that are painted under or over C as badges are: of one height and padding, beginning
 * at one X; with C. Their number, at most COLUMN_MAX. */
static int column_of(const struct painted *p, const struct control *c, int column[COLUMN_MAX])
{
    const struct view *v = p->view;
    int count = 0, padding = padding_of(p, c);
    for (int j = 0; padding >= 0 && j < v->control_count && count < COLUMN_MAX; j++) {
        const struct control *other = &v->controls[j];
        bool alike =
            abs(other->box.x - c->box.x) <= 2 && abs(other->box.height - c->box.height) <= 2;
        int its = alike ? padding_of(p, other) : -1;
        if (its >= 0 && abs(its - padding) <= 4)
            column[count++] = j;
    }
    return count;
}

/* How many of the column say what most of them say. */
static int commonest(const struct painted *p, const int *column, int count)
{
    const struct control *controls = p->view->controls;
    int most = 0;
    for (int i = 0; i < count; i++) {
        int same = 0;
        for (int j = 0; j < count; j++)
            same += says_same(p, &controls[column[i]], &controls[column[j]]);
        most = same > most ? same : most;
    }
    return most;
}

/* Is C as wide as another of its column whose text is clearly shorter or longer? Badges follow
 * their texts; keys of a keypad don't. */
static bool has_own_width(const struct painted *p, const struct control *c)
{
    const struct phrase *text = text_of(p, c);
    for (int j = 0; text && j < p->view->control_count; j++) {
        const struct control *other = &p->view->controls[j];
        const struct phrase *its = other->role == c->role ? text_of(p, other) : NULL;
        if (its && other->box.x == c->box.x && other->box.width == c->box.width &&
            other->box.height == c->box.height && abs(its->box.width - text->box.width) > 6)
            return true;
    }
    return false;
}

/* Painted words one under the other, each as wide as its text: where they differ, what they say are
 * states, not buttons. */
void badges_drop(struct view *v)
{
    struct painted p = painted_find(v);
    int column[COLUMN_MAX];
    for (int i = 0; i < v->control_count; i++) {
        struct control *c = &v->controls[i];
        int count = column_of(&p, c, column);
        bool varied = count >= 3 && commonest(&p, column, count) * 8 <= count * 7;
        bool hugs = padding_of(&p, c) <= c->box.height;
        for (int j = 0; j < count && !hugs; j++) /* or follow their texts, at least */
            hugs = abs(v->controls[column[j]].box.width - c->box.width) > 3;
        if (varied && hugs && !has_own_width(&p, c))
            c->sure = 0.1f;
    }
}
