/*
 * Badges: what a row of a table is in ("Paid", "Late"), painted like a small button.
 */
#include "vision/view.h"

#include <stdlib.h>
#include <string.h>

#define COLUMN_MAX 64

/* The first text in the box that a control is made of; NULL for none. */
static const struct phrase *text_of(const struct view *v, const struct control *c)
{
    for (int i = 0; c->source >= 0 && i < v->phrase_count; i++)
        if (v->phrases[i].frame == c->source)
            return &v->phrases[i];
    return NULL;
}

/* How much wider than its text it is; -1 for what is no button, or a wide one. */
static int padding_of(const struct view *v, const struct control *c)
{
    const struct phrase *text = c->role == ROLE_BUTTON ? text_of(v, c) : NULL;
    int padding = text ? c->box.width - text->box.width : -1;
    return padding <= 2 * c->box.height ? padding : -1;
}

static bool says_same(const struct view *v, const struct control *a, const struct control *b)
{
    const struct word *words = v->scene->words;
    return strcmp(words[text_of(v, a)->first].text, words[text_of(v, b)->first].text) == 0;
}

/* The buttons that are painted under or over C as badges are: of one height and padding, beginning
 * at one X; with C. Their number, at most COLUMN_MAX. */
static int column_of(const struct view *v, const struct control *c, int column[COLUMN_MAX])
{
    int count = 0, padding = padding_of(v, c);
    for (int j = 0; padding >= 0 && j < v->control_count && count < COLUMN_MAX; j++) {
        const struct control *other = &v->controls[j];
        bool alike =
            abs(other->box.x - c->box.x) <= 2 && abs(other->box.height - c->box.height) <= 2;
        int its = alike ? padding_of(v, other) : -1;
        if (its >= 0 && abs(its - padding) <= 4)
            column[count++] = j;
    }
    return count;
}

/* How many of the column say what most of them say. */
static int commonest(const struct view *v, const int *column, int count)
{
    int most = 0;
    for (int i = 0; i < count; i++) {
        int same = 0;
        for (int j = 0; j < count; j++)
            same += says_same(v, &v->controls[column[i]], &v->controls[column[j]]);
        most = same > most ? same : most;
    }
    return most;
}

/* Painted words one under the other, each as wide as its text: where they differ, what they say are
 * states, not buttons. */
void badges_drop(struct view *v)
{
    int column[COLUMN_MAX];
    for (int i = 0; i < v->control_count; i++) {
        struct control *c = &v->controls[i];
        int count = column_of(v, c, column);
        bool varied = count >= 3 && commonest(v, column, count) * 8 <= count * 7;
        bool hugs = padding_of(v, c) <= c->box.height;
        for (int j = 0; j < count && !hugs; j++) /* or follow their texts, at least */
            hugs = abs(v->controls[column[j]].box.width - c->box.width) > 3;
        if (varied && hugs)
            c->sure = 0.1f;
    }
}
