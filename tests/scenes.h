/* scenes: building scenes by hand, for tests of what decides on them. */
#ifndef TESTS_SCENES_H
#define TESTS_SCENES_H

#include "base/scene.h"

#include <string.h>

#define SCENE_LETTER 8 /* pixels a letter of the made-up font */

/* Adds the words of TEXT as one line at X,Y, 16 pixels high. */
static inline void scene_line(struct scene *s, int x, int y, const char *text)
{
    int line = s->word_count ? s->words[s->word_count - 1].line + 1 : 0;
    while (*text) {
        size_t n = strcspn(text, " ");
        struct word *w = scene_add_word(s);
        w->text = arena_text_n(&s->arena, text, n);
        w->box = (struct rect){x, y, (int)n * SCENE_LETTER, 16};
        w->confidence = 0.95f;
        w->line = line;
        x += ((int)n + 1) * SCENE_LETTER;
        text += n + strspn(text + n, " ");
    }
}

/* Adds a control with its value as words inside it; VALUE NULL: it has none. */
static inline struct element *scene_control(struct scene *s, enum role role, struct rect box,
                                            const char *label, const char *value)
{
    struct element *e = scene_add_element(s);
    e->role = role;
    e->box = box;
    e->label = arena_text(&s->arena, label);
    e->value = arena_text(&s->arena, value);
    e->confidence = 0.9f;
    if (value && *value)
        scene_line(s, box.x + 6, box.y + (box.height - 16) / 2, value);
    return e;
}

static inline struct element *scene_button(struct scene *s, struct rect box, const char *text)
{
    struct element *e = scene_control(s, ROLE_BUTTON, box, text, NULL);
    e->text = e->label;
    scene_line(s, box.x + 10, box.y + (box.height - 16) / 2, text);
    return e;
}

#endif
