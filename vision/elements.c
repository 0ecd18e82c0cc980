#include "vision/elements.h"

#include "base/buf.h"
#include "vision/blanks.h"
#include "vision/colour.h"
#include "vision/view.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define SURE_LEAST 0.5f /* what is less likely is not told */
#define CELL_SURE  0.6f
#define FIELD_SIDE 4 /* pixels: the border of a field, its round corners included */

struct elements {
    struct view view;
    struct buf text;
};

struct elements *elements_create(void)
{
    return mem_zero(1, sizeof(struct elements));
}

void elements_destroy(struct elements *e)
{
    if (!e)
        return;
    view_finish(&e->view);
    buf_finish(&e->text);
    free(e);
}

/* "mm/dd/yyyy", "TT.MM.JJJJ", "--:-- --": what a date or time field shows while it is empty. */
static bool is_pattern(const char *text)
{
    int letters = 0, marks = 0;
    for (const char *c = text; *c; c++) {
        if (strchr("dDmMyYhHjJtTaAs", *c))
            letters++;
        else if (strchr("/.-: ", *c))
            marks += *c != ' ';
        else
            return false;
    }
    return marks >= 2 && (letters >= 6 || letters == 0);
}

struct inside {
    int first, count; /* phrases in it; the first of them */
};

static struct inside look_inside(struct view *v, int control)
{
    struct inside in = {.first = -1};
    for (int i = 0; i < v->phrase_count; i++) {
        const struct phrase *p = &v->phrases[i];
        if (p->control == control && !p->label && *view_text(v, p) && in.count++ == 0)
            in.first = i;
    }
    return in;
}

/* The phrases of the control from FIRST on, lines apart. */
static const char *join(struct elements *e, int control, int first)
{
    struct view *v = &e->view;
    buf_reset(&e->text);
    int line = -1;
    for (int i = first; i >= 0 && i < v->phrase_count; i++) {
        const struct phrase *p = &v->phrases[i];
        if (p->control != control || p->label)
            continue;
        const char *text = view_text(v, p);
        int now = v->scene->words[p->first].line;
        if (!*text)
            continue;
        if (e->text.length)
            buf_add_char(&e->text, line == now || line < 0 ? ' ' : '\n');
        line = now;
        buf_add(&e->text, text);
    }
    return arena_text(&v->scene->arena, buf_text(&e->text));
}

static void read_field(struct elements *e, int index)
{
    struct view *v = &e->view;
    struct control *c = &v->controls[index];
    struct inside in = look_inside(v, index);
    c->text = in.count ? join(e, index, in.first) : "";
    c->value = c->text;
    if (!in.count && c->role == ROLE_TEXTBOX && !(c->states & STATE_MULTILINE)) {
        int end = c->box.x + c->box.width;
        c->value =
            blanks_read(v->frame, c->box, rect_empty(c->sign) ? end - FIELD_SIDE : c->sign.x);
    }
    if (!in.count || c->role == ROLE_SLIDER)
        return;
    struct phrase *first = &v->phrases[in.first];
    if (c->role != ROLE_COMBOBOX && !(c->states & STATE_DISABLED) && phrase_is_dim(v, first) &&
        !is_pattern(c->text)) {
        c->value = "";
        if (c->label < 0)
            c->name = c->text;
    }
}

static void read_controls(struct elements *e)
{
    struct view *v = &e->view;
    for (int i = 0; i < v->control_count; i++) {
        struct control *c = &v->controls[i];
        if (role_is_field(c->role)) {
            read_field(e, i);
            continue;
        }
        struct inside in = look_inside(v, i);
        if (!c->text)
            c->text = in.count ? join(e, i, in.first) : "";
        if (!c->name)
            c->name = c->text;
    }
}

static void tell(struct scene *scene, const struct control *c)
{
    struct element *out = scene_add_element(scene);
    out->role = c->role;
    out->box = c->box;
    out->text = c->text ? c->text : "";
    out->label = c->name ? c->name : "";
    bool shown = role_is_field(c->role) || c->role == ROLE_PROGRESSBAR || c->role == ROLE_SCROLLBAR;
    out->value = shown && c->role != ROLE_SLIDER ? c->value : NULL;
    out->group = c->group ? c->group : "";
    out->states = c->states;
    out->confidence = c->label >= 0 && c->sure < 0.9f ? c->sure + 0.1f : c->sure;
}

static void tell_cell(struct scene *scene, const struct cell *c)
{
    struct element *out = scene_add_element(scene);
    out->role = c->head ? ROLE_COLUMNHEADER : ROLE_CELL;
    out->box = c->box;
    out->text = out->label = c->text;
    out->confidence = CELL_SURE;
}

static int compare_top(const void *a, const void *b)
{
    const struct element *p = a, *q = b;
    int top = (2 * p->box.y + p->box.height) - (2 * q->box.y + q->box.height);
    return top ? top : p->box.x - q->box.x;
}

static int compare_left(const void *a, const void *b)
{
    const struct element *p = a, *q = b;
    return p->box.x != q->box.x ? p->box.x - q->box.x : p->box.y - q->box.y;
}

/* Rows from top to bottom, each from left to right. What a row's first element is beside is in that
 * row. */
static void order(struct scene *s)
{
    if (s->element_count == 0)
        return;
    qsort(s->elements, (size_t)s->element_count, sizeof *s->elements, compare_top);
    for (int start = 0; start < s->element_count;) {
        struct rect r = s->elements[start].box;
        int end = start + 1;
        while (end < s->element_count &&
               rect_center(s->elements[end].box).y < r.y + (r.height < 40 ? r.height : 40))
            end++;
        qsort(s->elements + start, (size_t)(end - start), sizeof *s->elements, compare_left);
        start = end;
    }
    for (int i = 0; i < s->element_count; i++)
        s->elements[i].id = i + 1;
}

/* What was read from the drawing of a mark or from an arrow is no word. */
static void drop_drawings(const struct view *v, struct scene *s)
{
    int kept = 0;
    for (int i = 0; i < s->word_count; i++) {
        bool drawn = false;
        for (int j = 0; j < s->element_count && !drawn; j++) {
            const struct element *e = &s->elements[j];
            bool mark = role_is_checkable(e->role);
            drawn = (mark && rect_inside(s->words[i].box, rect_grow(e->box, 2)));
        }
        for (int j = 0; j < v->control_count && !drawn; j++)
            drawn = v->controls[j].role != ROLE_NONE && view_is_drawing(v, i, v->controls[j].sign);
        if (!drawn)
            s->words[kept++] = s->words[i];
    }
    s->word_count = kept;
}

/* An unsure field is told when something names it. */
static bool is_told(const struct control *c)
{
    bool named = c->label >= 0 && c->sure >= 0.4f;
    return c->role != ROLE_NONE && (c->sure >= SURE_LEAST || named);
}

/* What is not told holds no text: that may be something else's. */
static void drop_untold(struct view *v)
{
    for (int i = 0; i < v->control_count; i++)
        if (!is_told(&v->controls[i]))
            v->controls[i].role = ROLE_NONE;
    for (int i = 0; i < v->phrase_count; i++) {
        struct phrase *p = &v->phrases[i];
        if (p->control >= 0 && v->controls[p->control].role == ROLE_NONE)
            p->control = -1;
    }
}

static void begin(struct view *v, const struct boxes *boxes)
{
    v->control_count = v->phrase_count = v->cell_count = 0;
    if (boxes->count > v->use_capacity) {
        v->use_capacity = boxes->count * 2;
        v->uses = mem_resize(v->uses, (size_t)v->use_capacity * sizeof *v->uses);
    }
    if (boxes->count)
        memset(v->uses, 0, (size_t)boxes->count * sizeof *v->uses);
}

void elements_find(struct elements *e, const struct frame *frame, const struct edges *edges,
                   const struct boxes *boxes, const struct carets *carets, struct scene *scene)
{
    struct view *v = &e->view;
    v->scene = scene;
    v->frame = frame;
    v->edges = edges;
    v->boxes = boxes;
    v->carets = carets;
    begin(v, boxes);
    icons_find(v);
    scrollbars_find(v);
    toolbars_find(v);
    lone_find(v);
    calendars_find(v);
    icons_drop_words(v);
    phrases_find(v);
    progress_find(v);
    controls_find(v);
    parts_drop(v);
    badges_drop(v);
    questions_find(v);
    lists_find(v);
    chosen_find(v);
    joins_find(v);
    underlines_find(v);
    menus_find(v);
    typing_find(v);
    editors_find(v);
    claims_find(v);
    openers_find(v);
    tabs_find(v);
    bars_find(v);
    columns_find(v);
    floating_find(v);
    labels_find(v);
    drop_untold(v);
    groups_find(v);
    sections_find(v);
    flats_find(v);
    links_find(v);
    states_find(v);
    read_controls(e);
    filters_find(v);
    numbers_find(v);
    tables_find(v);
    dialogs_find(v);
    windows_find(v);
    for (int i = 0; i < v->control_count; i++)
        if (is_told(&v->controls[i]))
            tell(scene, &v->controls[i]);
    drop_drawings(v, scene);
    for (int i = 0; i < v->cell_count; i++)
        tell_cell(scene, &v->cells[i]);
    order(scene);
}
