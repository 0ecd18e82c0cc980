#include "emulator/secrecy.h"

#include "base/alike.h"
#include "base/buf.h"
#include "policy/reading.h"

#include <stdio.h>
#include <string.h>

#define SAME_NAME       0.8
#define PROMPT_MAX      60 /* bytes; a longer line speaks of passwords and asks for none */
#define SAME_PLACE      0.3
#define PLACE_GROWN     3 /* pixels: the ring around a field, and what eyes may be off */
#define HIDDEN_SURE_MIN 4 /* bytes of it; less may be a letter that was read wrongly */

/* What people call what they keep to themselves. */
static const char *const names[] = {
    "password", "passphrase", "passcode", "pass word", "pin",          "security code",
    "cvv",      "cvc",        "passwort", "kennwort",  "mot de passe", "contraseña",
    "senha",    "wachtwoord", "hasło",    "пароль",    "lösenord",     "salasana",
};

static bool is_secret_name(const char *label)
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (alike_within(label, names[i]) >= SAME_NAME)
            return true;
    return false;
}

/* Dots stand in the field as words; what it holds may say nothing of them. */
static bool shows_dots(const struct scene *scene, const struct element *e)
{
    const char *value = e->value ? e->value : e->text;
    if (reading_is_masked(value) || (strlen(value) >= HIDDEN_SURE_MIN && reading_is_hidden(value)))
        return true;
    for (int i = 0; i < scene->word_count; i++)
        if (rect_inside(scene->words[i].box, e->box) && reading_is_masked(scene->words[i].text))
            return true;
    return false;
}

static bool is_declared(const struct secrecy *s, const struct element *e)
{
    for (int i = 0; i < s->terms.label_count; i++)
        if (alike_label(e->label, s->terms.labels[i]) >= SAME_NAME ||
            alike_label(element_own_label(e), s->terms.labels[i]) >= SAME_NAME)
            return true;
    for (int i = 0; i < s->terms.region_count; i++)
        if (!rect_empty(rect_common(s->terms.regions[i], e->box)))
            return true;
    return false;
}

static struct secret_field *field_known(struct secrecy *s, const struct element *e)
{
    for (int i = 0; i < s->count; i++)
        if (rect_overlap(s->fields[i].box, e->box) > SAME_PLACE &&
            alike_equal(s->fields[i].label, e->label))
            return &s->fields[i];
    return NULL;
}

static void field_add(struct secrecy *s, const struct element *e)
{
    struct secret_field *known = field_known(s, e);
    if (!known && s->count == SECRECY_FIELDS_MAX) { /* the oldest has most likely left the screen */
        memmove(s->fields, s->fields + 1, (SECRECY_FIELDS_MAX - 1) * sizeof *s->fields);
        s->count--;
    }
    if (!known)
        known = &s->fields[s->count++];
    known->box = e->box;
    known->there = true;
    snprintf(known->label, sizeof known->label, "%s", e->label);
}

static bool is_field(const struct element *e)
{
    return role_is_field(e->role) && e->role != ROLE_SLIDER;
}

/* A short line of text that asks for a password: of a terminal, or of a field that was not seen. */
static bool speaks_of_one(const struct scene *scene)
{
    struct line_reader lines = {.scene = scene};
    bool speaks = false;
    while (!speaks && line_next(&lines))
        speaks = lines.text.length <= PROMPT_MAX && is_secret_name(buf_text(&lines.text));
    line_finish(&lines);
    return speaks;
}

/* The field itself was not made out: dots that run out of it are read as anything. Is what names it
 * still there, or, where nothing did, something at its place? */
static bool is_left(const struct secret_field *field, const struct scene *scene)
{
    bool left = false;
    struct line_reader lines = {.scene = scene};
    for (int i = 0; !*field->label && i < scene->element_count && !left; i++)
        left = rect_overlap(scene->elements[i].box, field->box) > SAME_PLACE;
    while (*field->label && !left && line_next(&lines))
        left = alike_within(buf_text(&lines.text), field->label) >= SAME_NAME;
    line_finish(&lines);
    return left;
}

static bool is_another_field(const struct secrecy *s, const struct scene *scene, int known)
{
    for (int i = 0; i < scene->element_count; i++)
        if (is_field(&scene->elements[i]) && *scene->elements[i].label &&
            rect_overlap(scene->elements[i].box, s->fields[known].box) > SAME_PLACE)
            return true;
    return false;
}

void secrecy_look(struct secrecy *s, const struct scene *scene)
{
    bool seen = false;
    for (int i = 0; i < s->count; i++)
        s->fields[i].there = false;
    for (int i = 0; i < scene->element_count; i++) {
        const struct element *e = &scene->elements[i];
        if (is_field(e) && (shows_dots(scene, e) || is_secret_name(e->label) || is_declared(s, e) ||
                            field_known(s, e)))
            field_add(s, e);
    }
    for (int i = 0; i < s->count; i++) {
        struct secret_field *field = &s->fields[i];
        field->there = field->there || (!is_another_field(s, scene, i) && is_left(field, scene));
        seen = seen || field->there;
    }
    s->doubtful = !seen && speaks_of_one(scene);
}

static bool has_fields(const struct secrecy *s)
{
    for (int i = 0; i < s->count; i++)
        if (s->fields[i].there)
            return true;
    return false;
}

bool secrecy_applies(const struct secrecy *s)
{
    return has_fields(s) || s->doubtful || s->terms.region_count > 0;
}

static bool is_secret_place(const struct secrecy *s, struct rect box)
{
    for (int i = 0; i < s->count; i++)
        if (s->fields[i].there && !rect_empty(rect_common(s->fields[i].box, box)))
            return true;
    for (int i = 0; i < s->terms.region_count; i++)
        if (!rect_empty(rect_common(s->terms.regions[i], box)))
            return true;
    return false;
}

/* The smallest field at P. */
static const struct element *field_at(const struct scene *scene, struct point p)
{
    const struct element *best = NULL;
    for (int i = 0; i < scene->element_count; i++) {
        const struct element *e = &scene->elements[i];
        if (is_field(e) && rect_holds(e->box, p) &&
            (!best || rect_area(e->box) < rect_area(best->box)))
            best = e;
    }
    return best;
}

static const struct element *field_focused(const struct scene *scene)
{
    for (int i = 0; i < scene->element_count; i++)
        if (is_field(&scene->elements[i]) && scene->elements[i].states & STATE_FOCUSED)
            return &scene->elements[i];
    return NULL;
}

enum focus secrecy_focus(const struct secrecy *s, const struct scene *scene,
                         const struct point *clicked)
{
    if (!secrecy_applies(s))
        return FOCUS_OPEN;
    const struct element *at = clicked ? field_at(scene, *clicked) : NULL;
    const struct element *focused = field_focused(scene);
    struct rect pixel = clicked ? (struct rect){clicked->x, clicked->y, 1, 1} : (struct rect){0};
    if ((at && is_secret_place(s, at->box)) || (focused && is_secret_place(s, focused->box)) ||
        (clicked && is_secret_place(s, pixel)))
        return FOCUS_SECRET;
    bool elsewhere = clicked && !s->doubtful && !has_fields(s); /* than the declared regions */
    return at || focused || elsewhere ? FOCUS_OPEN : FOCUS_UNSURE;
}

int secrecy_places(const struct secrecy *s, struct rect *out, int max)
{
    int count = 0;
    for (int i = 0; i < s->count + s->terms.region_count; i++) {
        bool field = i < s->count;
        if (field && !s->fields[i].there)
            continue;
        struct rect place =
            field ? rect_grow(s->fields[i].box, PLACE_GROWN) : s->terms.regions[i - s->count];
        if (count == max)
            out[max - 1] = rect_union(out[max - 1], place);
        else
            out[count++] = place;
    }
    return count;
}
