#include "base/scene.h"

#include "base/buf.h"

#include <stdlib.h>
#include <string.h>

static const char *const role_names[ROLE_COUNT] = {
    [ROLE_NONE] = "none",
    [ROLE_BUTTON] = "button",
    [ROLE_TEXTBOX] = "textbox",
    [ROLE_CHECKBOX] = "checkbox",
    [ROLE_RADIO] = "radio",
    [ROLE_COMBOBOX] = "combobox",
    [ROLE_LINK] = "link",
    [ROLE_TAB] = "tab",
    [ROLE_SLIDER] = "slider",
    [ROLE_SWITCH] = "switch",
    [ROLE_SPINBUTTON] = "spinbutton",
    [ROLE_OPTION] = "option",
    [ROLE_MENUITEM] = "menuitem",
    [ROLE_LISTITEM] = "listitem",
    [ROLE_CELL] = "cell",
    [ROLE_COLUMNHEADER] = "columnheader",
    [ROLE_IMAGE] = "image",
    [ROLE_SCROLLBAR] = "scrollbar",
    [ROLE_PROGRESSBAR] = "progressbar",
    [ROLE_DIALOG] = "dialog",
    [ROLE_TEXT] = "text",
};

static const char *const state_names[STATE_BITS] = {
    "checked",  "selected",  "disabled", "focused", "expanded",
    "required", "multiline", "modal",    "mixed",
};

void scene_reset(struct scene *s, int width, int height)
{
    s->width = width;
    s->height = height;
    s->element_count = s->word_count = 0;
    s->window = "";
    s->changed = (struct rect){0};
    s->capture_ms = s->read_ms = 0;
    arena_reset(&s->arena);
}

void scene_finish(struct scene *s)
{
    free(s->elements);
    free(s->words);
    arena_finish(&s->arena);
    *s = (struct scene){0};
}

/* Returns ITEMS with room for one more than COUNT. */
static void *grown(void *items, int count, int *capacity, size_t size)
{
    if (count < *capacity)
        return items;
    *capacity = *capacity ? *capacity * 2 : 64;
    return mem_resize(items, (size_t)*capacity * size);
}

struct element *scene_add_element(struct scene *s)
{
    s->elements = grown(s->elements, s->element_count, &s->element_capacity, sizeof *s->elements);
    struct element *e = &s->elements[s->element_count++];
    *e = (struct element){.id = s->element_count, .text = "", .label = "", .group = ""};
    return e;
}

struct word *scene_add_word(struct scene *s)
{
    s->words = grown(s->words, s->word_count, &s->word_capacity, sizeof *s->words);
    struct word *w = &s->words[s->word_count++];
    *w = (struct word){.text = ""};
    return w;
}

const char *element_own_label(const struct element *e)
{
    size_t group = strlen(e->group);
    bool begins = group && strncmp(e->label, e->group, group) == 0 && e->label[group] == ' ';
    return begins ? e->label + group + 1 : e->label;
}

const struct element *scene_element(const struct scene *s, int id)
{
    for (int i = 0; i < s->element_count; i++)
        if (s->elements[i].id == id)
            return &s->elements[i];
    return NULL;
}

const struct element *scene_focused(const struct scene *s)
{
    for (int i = 0; i < s->element_count; i++)
        if (s->elements[i].states & STATE_FOCUSED)
            return &s->elements[i];
    return NULL;
}

const struct element *scene_element_at(const struct scene *s, struct point p)
{
    const struct element *best = NULL;
    for (int i = 0; i < s->element_count; i++) {
        const struct element *e = &s->elements[i];
        if (!role_is_cell(e->role) && rect_holds(e->box, p) &&
            (!best || rect_area(e->box) < rect_area(best->box)))
            best = e;
    }
    return best;
}

const char *role_name(enum role role)
{
    return role_names[role];
}

enum role role_from_name(const char *name)
{
    for (int i = 1; i < ROLE_COUNT; i++)
        if (strcmp(name, role_names[i]) == 0)
            return (enum role)i;
    return ROLE_NONE;
}

const char *state_name(enum state state)
{
    for (int i = 0; i < STATE_BITS; i++)
        if (state == 1u << i)
            return state_names[i];
    return "none";
}

unsigned state_from_name(const char *name)
{
    for (int i = 0; i < STATE_BITS; i++)
        if (strcmp(name, state_names[i]) == 0)
            return 1u << i;
    return 0;
}

bool role_is_checkable(enum role role)
{
    return role == ROLE_CHECKBOX || role == ROLE_RADIO || role == ROLE_SWITCH;
}

bool role_is_cell(enum role role)
{
    return role == ROLE_CELL || role == ROLE_COLUMNHEADER;
}

bool role_is_field(enum role role)
{
    return role == ROLE_TEXTBOX || role == ROLE_COMBOBOX || role == ROLE_SPINBUTTON ||
           role == ROLE_SLIDER;
}
