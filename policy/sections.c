#include "policy/sections.h"

#include <string.h>

#define BAR_SHAPE 3 /* times as wide as it is high, at least */

/* Around all words in the box; empty for none. */
static struct rect words_in(const struct scene *scene, struct rect box)
{
    struct rect all = {0};
    for (int i = 0; i < scene->word_count; i++) {
        struct rect word = scene->words[i].box;
        if (rect_holds(box, rect_center(word)))
            all = rect_empty(all) ? word : rect_union(all, word);
    }
    return all;
}

bool section_is_sign(const char *text)
{
    static const char *const signs[] = {"+", "\xe2\x96\xb6", "\xe2\x96\xb8", "\xe2\x80\xba"};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (strcmp(text, signs[i]) == 0)
            return true;
    return false;
}

const char *section_name(const struct element *e)
{
    return e->label[0] ? e->label : e->text;
}

bool section_is_tab(const struct element *e)
{
    return e->role == ROLE_TAB && e->label[0] && !(e->states & (STATE_SELECTED | STATE_DISABLED));
}

bool section_is_closed(const struct scene *scene, const struct element *e)
{
    /* a bar in a pale colour looks like a field that nothing names */
    bool bar = e->role == ROLE_TEXTBOX && !e->label[0] && e->text[0];
    if ((e->role != ROLE_BUTTON && !bar) || e->states & (STATE_EXPANDED | STATE_DISABLED))
        return false;
    struct rect text = words_in(scene, e->box);
    if (section_is_sign(section_name(e)))
        return true;
    int left = text.x - e->box.x, right = rect_right(e->box) - rect_right(text);
    return !rect_empty(text) && e->box.width >= BAR_SHAPE * e->box.height && 2 * left < right;
}
