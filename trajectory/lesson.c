#include "trajectory/lesson.h"

#include "base/alike.h"
#include "trajectory/disk.h"
#include "trajectory/lesson_parts.h"

#include <stdlib.h>
#include <string.h>

void lesson_add(struct lesson *l, const struct step *step, const struct deed *begun,
                const struct deed *done, const struct element *el)
{
    if (l->count == l->capacity) {
        l->capacity = l->capacity ? 2 * l->capacity : 16;
        l->steps = mem_resize(l->steps, (size_t)l->capacity * sizeof *l->steps);
    }
    l->steps[l->count++] = (struct lesson_step){.step = *step,
                                                .turn = begun->turn,
                                                .before = begun->before,
                                                .after = done->after,
                                                .group = mem_text(el ? el->group : "")};
}

static void lesson_drop(struct lesson *l, int i)
{
    step_finish(&l->steps[i].step);
    free(l->steps[i].group);
    l->count--;
    memmove(&l->steps[i], &l->steps[i + 1], (size_t)(l->count - i) * sizeof *l->steps);
}

/* Gives a control its value, and a later one of the same control makes it as if it had not been. */
static bool gives_value(const struct step *s)
{
    switch (s->verb) {
    case STEP_TYPE:
    case STEP_CLEAR:
    case STEP_SET:
    case STEP_CHECK:
    case STEP_UNCHECK:
        return s->target.kind != TARGET_NONE;
    case STEP_CHOOSE: /* of a list several may be chosen */
        return s->target.role == ROLE_COMBOBOX || s->target.role == ROLE_TEXTBOX;
    default:
        return false;
    }
}

static bool same_target(const struct step *a, const struct step *b)
{
    struct buf left = {0}, right = {0};
    target_print(&a->target, &left);
    target_print(&b->target, &right);
    bool same = strcmp(buf_text(&left), buf_text(&right)) == 0;
    buf_finish(&left);
    buf_finish(&right);
    return same;
}

/* Is step I made undone by a later one, with nothing between that might have taken its value? */
static bool is_overruled(const struct lesson *l, int i)
{
    if (!gives_value(&l->steps[i].step))
        return false;
    for (int k = i + 1; k < l->count && gives_value(&l->steps[k].step); k++)
        if (same_target(&l->steps[i].step, &l->steps[k].step))
            return true;
    return false;
}

static bool scene_same(const struct scene *a, const struct scene *b)
{
    if (strcmp(a->window, b->window) != 0 || a->element_count != b->element_count)
        return false;
    for (int i = 0; i < a->element_count; i++) {
        const struct element *x = &a->elements[i], *y = &b->elements[i];
        bool values = !x->value == !y->value && (!x->value || strcmp(x->value, y->value) == 0);
        if (x->role != y->role || strcmp(x->label, y->label) != 0 ||
            strcmp(x->text, y->text) != 0 || !values ||
            (x->states ^ y->states) & (STATE_CHECKED | STATE_MIXED) ||
            rect_overlap(x->box, y->box) < 0.9)
            return false;
    }
    return true;
}

/* What only takes one back. */
static bool is_way_back(const struct step *s)
{
    static const char *const words[] = {"Cancel", "Close", "Back", "Dismiss", "No", "\u00d7", "x"};
    if (s->verb == STEP_PRESS)
        return strcmp(s->text, "Escape") == 0;
    if (s->verb != STEP_CLICK || !s->target.text)
        return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (alike_equal(s->target.text, words[i]))
            return true;
    return false;
}

/* From which step on nothing came of all up to STEP, which took it back: the screen looks as it did
 * before; -1: it did not. */
static int taken_back_from(const struct recording *r, const struct lesson *l, int step)
{
    int after = l->steps[step].after;
    if (!is_way_back(&l->steps[step].step) || after < 0)
        return -1;
    for (int i = step - 1; i >= 0; i--) {
        int before = l->steps[i].before;
        if (l->steps[i].step.verb == STEP_CLICK && before >= 0 &&
            scene_same(&r->scenes[before], &r->scenes[after]))
            return i;
    }
    return -1;
}

static void lesson_forget_detours(const struct recording *r, struct lesson *l)
{
    for (int i = 1; i < l->count; i++) {
        int from = taken_back_from(r, l, i);
        if (from < 0)
            continue;
        for (; i >= from; i--)
            lesson_drop(l, i);
    }
}

static bool is_named_empty(const struct lesson *l, const char *label)
{
    for (int i = 0; i < l->left_count; i++)
        if (alike_equal(l->left[i], label))
            return true;
    for (int i = 0; i < l->count; i++) {
        const char *text = l->steps[i].step.target.text;
        if (text && (alike_label(label, text) >= 0.75 || alike_equal(l->steps[i].group, label)))
            return true;
    }
    return false;
}

/* Required fields that nobody filled in though they were empty: the page does not insist. */
static void lesson_left(const struct recording *r, struct lesson *l)
{
    for (int s = 0; s < r->scene_count; s++)
        for (int i = 0; i < r->scenes[s].element_count; i++) {
            const struct element *el = &r->scenes[s].elements[i];
            bool empty = role_is_field(el->role)
                             ? el->value && !*el->value
                             : el->role == ROLE_CHECKBOX && !(el->states & STATE_CHECKED);
            if (!(el->states & STATE_REQUIRED) || !empty || !el->label[0] ||
                is_named_empty(l, el->label))
                continue;
            l->left = mem_resize(l->left, ((size_t)l->left_count + 1) * sizeof *l->left);
            l->left[l->left_count++] = mem_text(el->label);
        }
}

bool lesson_take(const struct recording *r, struct lesson *out, struct err *e)
{
    struct deeds deeds;
    struct lesson lesson = {0};
    if (!deeds_take(r, &deeds, e))
        return false;
    struct fold fold = {.r = r, .deeds = &deeds, .out = &lesson};
    lesson.expected = deeds.expected;
    bool taken = lesson_fold(&fold, e);
    deeds_finish(&deeds);
    if (!taken) {
        lesson_finish(&lesson);
        return false;
    }
    lesson_forget_detours(r, &lesson);
    for (int i = lesson.count - 1; i >= 0; i--)
        if (is_overruled(&lesson, i))
            lesson_drop(&lesson, i);
    lesson_left(r, &lesson);
    *out = lesson;
    return true;
}

bool lesson_tell(const struct recording *r, struct lesson *out, struct err *e)
{
    struct deeds deeds;
    struct lesson lesson = {0};
    if (!deeds_take_all(r, &deeds, e))
        return false;
    struct fold fold = {.r = r, .deeds = &deeds, .out = &lesson, .all = true};
    bool told = lesson_fold(&fold, e);
    deeds_finish(&deeds);
    if (told)
        *out = lesson;
    else
        lesson_finish(&lesson);
    return told;
}

static void picture_place(struct target *t, const char *dir)
{
    if (t->kind != TARGET_IMAGE || *t->text == '/')
        return;
    char *path = disk_path(dir, t->text), *real = realpath(path, NULL);
    if (real) {
        free(t->text);
        t->text = mem_text(real);
    }
    free(real);
    free(path);
}

void lesson_place_pictures(struct lesson *l, const char *dir)
{
    for (int i = 0; i < l->count; i++) {
        picture_place(&l->steps[i].step.target, dir);
        picture_place(&l->steps[i].step.second, dir);
    }
}

void lesson_finish(struct lesson *l)
{
    for (int i = 0; i < l->count; i++) {
        step_finish(&l->steps[i].step);
        free(l->steps[i].group);
    }
    for (int i = 0; i < l->left_count; i++)
        free(l->left[i]);
    free(l->steps);
    free(l->left);
    *l = (struct lesson){0};
}
