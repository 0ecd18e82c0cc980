#include "vision/view.h"

#include "base/buf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct control *view_add_control(struct view *v, enum role role, struct rect box, int source)
{
    if (v->control_count == v->control_capacity) {
        v->control_capacity = v->control_capacity ? v->control_capacity * 2 : 64;
        v->controls = mem_resize(v->controls, (size_t)v->control_capacity * sizeof *v->controls);
    }
    struct control *c = &v->controls[v->control_count++];
    *c = (struct control){.role = role, .box = box, .source = source, .sure = 0.5f, .label = -1};
    if (source >= 0)
        v->uses[source] = v->control_count;
    return c;
}

bool view_is_drawing(const struct view *v, int word, struct rect sign)
{
    return !rect_empty(sign) &&
           rect_holds(rect_grow(sign, 2), rect_center(v->scene->words[word].box));
}

const char *view_text(struct view *v, const struct phrase *p)
{
    struct rect sign = {0};
    size_t length = 1;
    if (p->control >= 0 && !p->label)
        sign = v->controls[p->control].sign;
    for (int i = 0; i < p->count; i++)
        length += strlen(v->scene->words[p->first + i].text) + 1;
    char *text = arena_alloc(&v->scene->arena, length);
    char *end = text;
    for (int i = p->first; i < p->first + p->count; i++) {
        const char *word = v->scene->words[i].text;
        size_t size = strlen(word);
        if (view_is_drawing(v, i, sign))
            continue;
        if (end != text)
            *end++ = ' ';
        memcpy(end, word, size);
        end += size;
    }
    *end = '\0';
    return text;
}

const char *view_join(struct view *v, const char *before, const char *behind)
{
    if (!*before || !*behind)
        return *before ? before : behind;
    size_t size = strlen(before) + strlen(behind) + 2;
    char *both = arena_alloc(&v->scene->arena, size);
    snprintf(both, size, "%s %s", before, behind);
    return both;
}

bool view_is_menu_button(const struct view *v, const struct control *c)
{
    struct rect text = {0};
    for (int i = 0; i < v->phrase_count; i++) {
        const struct phrase *p = &v->phrases[i];
        for (int j = p->first; j < p->first + p->count; j++) {
            struct rect word = v->scene->words[j].box;
            if (rect_inside(word, c->box) && !view_is_drawing(v, j, c->sign))
                text = rect_empty(text) ? word : rect_union(text, word);
        }
    }
    int left = text.x - c->box.x, gap = c->sign.x - text.x - text.width;
    int right = c->box.x + c->box.width - c->sign.x - c->sign.width;
    return !rect_empty(c->sign) && !rect_empty(text) && left >= 9 && abs(left - right) <= 6 &&
           gap <= 16;
}

void view_finish(struct view *v)
{
    free(v->phrases);
    free(v->icons);
    free(v->controls);
    free(v->uses);
    *v = (struct view){0};
}
