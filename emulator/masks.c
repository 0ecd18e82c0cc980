#include "emulator/masks.h"

#include "base/alike.h"
#include "policy/reading.h"

#include <stdlib.h>
#include <string.h>

#define MASK_FIT                                                                                   \
    0.75 /* a line that holds a secret as nearly as this is masked: OCR may have misread it */
#define MASK_LETTERS_MIN 3
#define MASK_TEXT        "{{secret}}"

void masks_typed(struct masks *m, const struct step *step, struct rect place)
{
    m->typed = true;
    const char *label = step && step->target.text ? step->target.text : "";
    for (int i = 0; i < m->field_count; i++)
        if (strcmp(m->fields[i].label, label) == 0 && rect_overlap(m->fields[i].box, place) > 0.5)
            return;
    if (m->field_count == MASK_FIELDS_MAX) { /* the oldest has most likely left the screen */
        free(m->fields[0].label);
        memmove(m->fields, m->fields + 1, (MASK_FIELDS_MAX - 1) * sizeof *m->fields);
        m->field_count--;
    }
    m->fields[m->field_count++] = (struct mask_field){mem_text(label), place};
}

static void mask_add(struct masks *m, struct rect box)
{
    if (m->count == MASKS_MAX) /* too many to tell apart: one that holds the rest */
        m->rects[MASKS_MAX - 1] = rect_union(m->rects[MASKS_MAX - 1], box);
    else
        m->rects[m->count++] = box;
}

static bool is_masked_field(const struct masks *m, const struct element *e)
{
    if (!role_is_field(e->role))
        return false;
    if (e->value && strlen(e->value) >= 4 && reading_is_hidden(e->value))
        return true;
    for (int i = 0; i < m->field_count; i++)
        if (rect_overlap(m->fields[i].box, e->box) > 0.3 ||
            (m->fields[i].label[0] && alike_equal(m->fields[i].label, e->label)))
            return true;
    return false;
}

static bool reads_like_a_secret(const struct data *secrets, const char *text)
{
    for (int i = 0; secrets && i < secrets->count; i++) {
        const char *secret = secrets->items[i].value;
        if (strlen(secret) >= MASK_LETTERS_MIN &&
            (strstr(text, secret) || alike_within(text, secret) >= MASK_FIT))
            return true;
    }
    return false;
}

bool masks_allow(void *self, const char *line)
{
    const struct masks *m = self;
    return !m->typed && !reads_like_a_secret(m->secrets, line);
}

static void mask_words(struct masks *m, const struct scene *scene)
{
    struct line_reader lines = {.scene = scene};
    while (line_next(&lines))
        if (reads_like_a_secret(m->secrets, buf_text(&lines.text)))
            mask_add(m, rect_grow(lines.box, 2));
    line_finish(&lines);
}

static void mask_element(const struct masks *m, struct element *e)
{
    if (e->value && e->value[0] &&
        (is_masked_field(m, e) || reads_like_a_secret(m->secrets, e->value)))
        e->value = MASK_TEXT;
    if (e->text[0] && (is_masked_field(m, e) || reads_like_a_secret(m->secrets, e->text)))
        e->text = MASK_TEXT;
    if (reads_like_a_secret(m->secrets, e->label))
        e->label = MASK_TEXT;
}

void masks_find(struct masks *m, const struct scene *scene)
{
    m->count = 0;
    if (!m->secrets || !m->secrets->count)
        return;
    for (int i = 0; i < scene->element_count; i++)
        if (is_masked_field(m, &scene->elements[i]))
            mask_add(m, scene->elements[i].box);
    for (int i = 0; i < m->field_count; i++)
        if (!rect_empty(m->fields[i].box))
            mask_add(m, m->fields[i].box);
    mask_words(m, scene);
}

void masks_apply(struct masks *m, const struct scene *scene, struct scene *out)
{
    masks_find(m, scene);
    *out = *scene;
    if (!m->secrets || !m->secrets->count)
        return;
    if (m->capacity < scene->element_count) {
        m->capacity = 2 * scene->element_count;
        m->elements = mem_resize(m->elements, (size_t)m->capacity * sizeof *m->elements);
    }
    out->elements = m->elements;
    for (int i = 0; i < scene->element_count; i++) {
        out->elements[i] = scene->elements[i];
        mask_element(m, &out->elements[i]);
    }
}

bool masks_hide(const struct masks *m, struct rect box)
{
    for (int i = 0; i < m->count; i++)
        if (!rect_empty(rect_common(m->rects[i], box)))
            return true;
    return false;
}

void masks_finish(struct masks *m)
{
    for (int i = 0; i < m->field_count; i++)
        free(m->fields[i].label);
    free(m->elements);
    m->elements = NULL;
    m->field_count = m->count = m->capacity = 0;
}
