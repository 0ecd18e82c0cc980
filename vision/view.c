#include "vision/view.h"

#include "base/buf.h"

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

const char *view_text(struct view *v, const struct phrase *p)
{
    size_t length = 0;
    for (int i = 0; i < p->count; i++)
        length += strlen(v->scene->words[p->first + i].text) + 1;
    if (length == 0)
        return "";
    char *text = arena_alloc(&v->scene->arena, length);
    char *end = text;
    for (int i = 0; i < p->count; i++) {
        const char *word = v->scene->words[p->first + i].text;
        size_t size = strlen(word);
        if (i)
            *end++ = ' ';
        memcpy(end, word, size);
        end += size;
    }
    *end = '\0';
    return text;
}

void view_finish(struct view *v)
{
    free(v->phrases);
    free(v->controls);
    free(v->uses);
    *v = (struct view){0};
}
