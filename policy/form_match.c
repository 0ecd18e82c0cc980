/* Which datum is meant by which field: all pairs are rated, the best is taken first, each field and
 * datum once. */
#include "policy/form.h"

#include "base/alike.h"

#include <stdlib.h>
#include <string.h>

struct pair {
    struct control control;
    int datum;
};

static int better_pair(const void *a, const void *b)
{
    const struct pair *p = a, *q = b;
    if (p->control.fit > q->control.fit || p->control.fit < q->control.fit)
        return p->control.fit > q->control.fit ? -1 : 1;
    if (p->control.element != q->control.element)
        return p->control.element < q->control.element ? -1 : 1;
    return p->datum - q->datum;
}

/* Every pair that may be: returns how many; PAIRS is owned by the caller. */
static int rate_pairs(struct form *f, const struct scene *scene, struct pair **pairs)
{
    int count = 0, capacity = 64;
    *pairs = mem_alloc((size_t)capacity * sizeof **pairs);
    for (int d = 0; d < f->task.fields->count; d++) {
        const struct datum *datum = &f->task.fields->items[d];
        for (int i = 0; i < scene->element_count; i++) {
            struct control c = control_fit(scene, &scene->elements[i], datum->name, datum->value);
            if (c.fit < CONTROL_FIT_WEAK)
                continue;
            if (count == capacity)
                *pairs = mem_resize(*pairs, (size_t)(capacity *= 2) * sizeof **pairs);
            (*pairs)[count++] = (struct pair){c, d};
        }
    }
    qsort(*pairs, (size_t)count, sizeof **pairs, better_pair);
    return count;
}

static bool field_taken(const struct form *f, const struct element *e)
{
    for (int d = 0; d < f->task.fields->count; d++)
        if (f->items[d].control.element == e)
            return true;
    return false;
}

/* Another field, free and elsewhere on the screen, that fits this datum as well as its own. */
static bool has_rival(const struct form *f, int datum, const struct pair *pairs, int count)
{
    const struct control *own = &f->items[datum].control;
    for (int i = 0; i < count; i++) {
        const struct control *c = &pairs[i].control;
        if (pairs[i].datum == datum && c->element != own->element &&
            own->fit - c->fit < CONTROL_FIT_SAME && !field_taken(f, c->element) &&
            rect_empty(rect_common(c->element->box, own->element->box)))
            return true;
    }
    return false;
}

static bool is_known(const struct form *f, const char *label)
{
    for (int i = 0; i < f->required_count; i++)
        if (alike_equal(f->required[i], label))
            return true;
    return false;
}

/* Required fields that are empty and that no datum fits at all are remembered until the form is to
 * be sent. */
static void note_required(struct form *f, const struct scene *scene, const struct pair *pairs,
                          int count)
{
    for (int i = 0; i < scene->element_count; i++) {
        const struct element *e = &scene->elements[i];
        bool empty = role_is_field(e->role)
                         ? e->value && !e->value[0]
                         : e->role == ROLE_CHECKBOX && !(e->states & STATE_CHECKED);
        bool fits = false;
        for (int p = 0; p < count && !fits; p++)
            fits = pairs[p].control.element == e;
        if (!(e->states & STATE_REQUIRED) || !empty || fits || !e->label[0] ||
            is_known(f, e->label))
            continue;
        f->required =
            mem_resize(f->required, (size_t)(f->required_count + 1) * sizeof *f->required);
        f->required[f->required_count++] = mem_text(e->label);
    }
}

void form_match(struct form *f, const struct scene *scene)
{
    struct pair *pairs;
    int count = rate_pairs(f, scene, &pairs);
    for (int d = 0; d < f->task.fields->count; d++) {
        f->items[d].control = (struct control){0};
        f->items[d].ambiguous = false;
    }
    for (int i = 0; i < count; i++) {
        struct form_item *item = &f->items[pairs[i].datum];
        if (!item->control.element && !field_taken(f, pairs[i].control.element))
            item->control = pairs[i].control;
    }
    for (int d = 0; d < f->task.fields->count; d++)
        if (f->items[d].control.element)
            f->items[d].ambiguous = has_rival(f, d, pairs, count);
    note_required(f, scene, pairs, count);
    free(pairs);
}

void form_required(struct form *f)
{
    for (int i = 0; i < f->required_count; i++)
        buf_addf(&f->problems, "%srequired field \"%s\" is empty and the data has nothing for it",
                 f->problems.length ? "; " : "", f->required[i]);
    for (int i = 0; i < f->required_count; i++)
        free(f->required[i]);
    f->required_count = 0;
}

void form_forget(struct form *f)
{
    for (int i = 0; i < f->required_count; i++)
        free(f->required[i]);
    free(f->required);
}
