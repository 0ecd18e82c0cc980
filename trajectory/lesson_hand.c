/* A control that is given its value by several movements. */
#include "base/alike.h"
#include "trajectory/gestures.h"
#include "trajectory/lesson_parts.h"
#include "trajectory/naming.h"

#include <stdlib.h>
#include <string.h>

#define REACH_ASIDE 120 /* pixels from a slider at which its number may stand */
#define REACH_OVER  30

/* ---- steps ---- */

/* What was typed into EL (NULL: not known), with the name of the secret that it was. */
static char *text_told(const char *text, const struct element *el)
{
    struct buf out = {0};
    const char *hidden = text ? strstr(text, GESTURE_SECRET) : NULL;
    if (!hidden)
        return mem_text(text);
    char *name = el ? naming_text(el) : mem_text("");
    for (char *c = name; *c; c++)
        if (*c == '{' || *c == '}')
            *c = ' ';
    buf_add_bytes(&out, text, (size_t)(hidden - text));
    buf_addf(&out, "{{secret:%s}}", *name ? name : "Secret");
    buf_add(&out, hidden + strlen(GESTURE_SECRET));
    free(name);
    return buf_take(&out);
}

bool lesson_add_named(struct fold *f, enum step_verb verb, const char *text,
                      const struct element *el, const struct deed *begun, const struct deed *done,
                      struct err *e)
{
    struct step step = {.verb = verb, .text = text_told(text, el)};
    if (!naming_target(f->r, begun->before, el, &step.target)) {
        step_finish(&step);
        return err_set(e, ERR_TASK,
                       "turn %d: nothing names the %s at %d,%d: neither a text nor what is beside "
                       "it",
                       begun->turn, role_name(el->role), el->box.x, el->box.y);
    }
    lesson_add(f->out, &step, begun, done, el);
    return true;
}

/* Do several lines of words stand in it, as in a menu that was seen as one box? */
static bool has_lines(const struct scene *s, struct rect box)
{
    const struct word *first = NULL;
    for (int i = 0; i < s->word_count; i++) {
        const struct word *w = &s->words[i];
        if (!rect_holds(box, rect_center(w->box)))
            continue;
        if (first && abs(first->box.y - w->box.y) > first->box.height)
            return true;
        first = first ? first : w;
    }
    return false;
}

/* Gives a target at a bare place its name, if what stands there has one. */
static const struct element *target_name(const struct fold *f, const struct deed *d,
                                         struct target *t)
{
    struct target named;
    const struct element *el = t->kind == TARGET_AT ? naming_at(f->r, d->before, t->at) : NULL;
    if (t->kind != TARGET_AT)
        return NULL;
    bool several = el && has_lines(&f->r->scenes[d->before], el->box);
    bool by_words = (!el || several) && naming_words(f->r, d->before, t->at, &named);
    bool by_element = !by_words && el && naming_target(f->r, d->before, el, &named);
    if (!by_words && !by_element && !naming_words(f->r, d->before, t->at, &named))
        return NULL;
    target_finish(t);
    *t = named;
    return by_element ? el : NULL;
}

void lesson_add_plain(struct fold *f, const struct deed *d)
{
    struct step step;
    step_copy(&step, &d->step);
    free(step.text);
    step.text = text_told(d->step.text, NULL);
    const struct element *el = target_name(f, d, &step.target);
    bool within = el && rect_holds(el->box, step.second.at); /* itself says not where it ends */
    if (step.verb == STEP_DRAG && !within)
        target_name(f, d, &step.second);
    lesson_add(f->out, &step, d, d, el);
}

/* ---- the hand ---- */

void hand_open(struct fold *f, const struct element *el, const struct deed *d)
{
    f->hand = (struct hand){.el = el, .begun = d, .text = f->hand.text};
    buf_reset(&f->hand.text);
    hand_select(f, d);
}

void hand_select(struct fold *f, const struct deed *d)
{
    const char *value = f->hand.el->value;
    bool word = d->step.verb == STEP_DOUBLE_CLICK; /* mostly all there is */
    f->hand.selected =
        d->step.verb == STEP_TRIPLE_CLICK || (word && !(value && strchr(value, ' ')));
    f->hand.edited = f->hand.edited || (word && !f->hand.selected);
}

const char *hand_value(const struct fold *f, int scene)
{
    const struct element *now = naming_again(f->r, scene, f->hand.el);
    return now ? now->value : NULL;
}

bool hand_is_list(const struct hand *h)
{
    return h->el && (h->el->role == ROLE_COMBOBOX || h->el->role == ROLE_SLIDER);
}

void hand_type(struct hand *h, const char *text)
{
    bool kept = h->el->value && *h->el->value && !h->typed && !h->selected;
    h->edited = h->edited || kept; /* it goes in somewhere among what is there */
    if (h->selected)
        buf_reset(&h->text);
    buf_add(&h->text, text);
    h->typed = true;
    h->selected = false;
}

/* Of all that was done with the hand, each by itself. */
static bool hand_spell(struct fold *f, const struct deed *begun)
{
    for (const struct deed *d = begun; d < &f->deeds->items[f->at]; d++)
        lesson_add_plain(f, d);
    return true;
}

/* What stands in the field in the end: what was typed, if that can be told from it. */
static const char *hand_text(const struct hand *h, const struct element *el, const char *value,
                             struct buf *whole)
{
    const char *typed = buf_text(&h->text);
    if (!h->edited || !value || !*value || strstr(typed, GESTURE_SECRET))
        return typed;
    buf_addf(whole, "%s%s", el->value ? el->value : "", typed);
    return *typed && alike_equal(value, typed)   ? typed
           : alike_equal(value, buf_text(whole)) ? buf_text(whole)
                                                 : value;
}

static bool is_number(const char *text)
{
    char *end;
    strtod(text, &end);
    return end != text && strspn(end, "%") == strlen(end);
}

/* The number beside a slider that has changed with it; NULL when there is none, or more than one.
 */
static const char *slider_number(const struct recording *r, const struct element *el, int before,
                                 int after)
{
    struct rect near = {el->box.x - REACH_ASIDE, el->box.y - REACH_OVER,
                        el->box.width + 2 * REACH_ASIDE, el->box.height + 2 * REACH_OVER};
    const char *found = NULL;
    if (before < 0 || after < 0)
        return NULL;
    for (int i = 0; i < r->scenes[after].word_count; i++) {
        const struct word *now = &r->scenes[after].words[i], *was = NULL;
        if (!rect_holds(near, rect_center(now->box)) || !is_number(now->text))
            continue;
        for (int k = 0; k < r->scenes[before].word_count && !was; k++)
            if (rect_holds(r->scenes[before].words[k].box, rect_center(now->box)))
                was = &r->scenes[before].words[k];
        if (!was || strcmp(was->text, now->text) == 0)
            continue;
        if (found)
            return NULL;
        found = now->text;
    }
    return found;
}

static bool list_close(struct fold *f, const struct element *el, const char *value, struct err *e)
{
    struct hand *h = &f->hand;
    bool changed = value && *value && strcmp(value, el->value ? el->value : "") != 0;
    if (!changed && f->all)
        return hand_spell(f, h->begun);
    if (!changed && h->chose)
        return err_set(e, ERR_TASK, "turn %d: what was chosen in \"%.80s\" was not seen",
                       h->begun->turn, el->label);
    return !changed || lesson_add_named(f, el->role == ROLE_SLIDER ? STEP_SET : STEP_CHOOSE, value,
                                        el, h->begun, h->begun, e);
}

static bool field_close(struct fold *f, const struct element *el, const char *value, struct err *e)
{
    struct hand *h = &f->hand;
    struct buf whole = {0};
    if (!h->typed)
        return !f->all || hand_spell(f, h->begun);
    const char *text = hand_text(h, el, value, &whole);
    const char *before = el->value ? el->value : "";
    bool came_to_nothing = buf_text(&h->text)[0] == '\0' && value && strcmp(value, before) == 0;
    bool unknown = h->edited && *before && (!value || !*value) && !strstr(text, GESTURE_SECRET);
    bool added = f->all && (came_to_nothing || unknown)
                     ? hand_spell(f, h->begun)
                     : lesson_add_named(f,
                                        !*text                        ? STEP_CLEAR
                                        : el->role == ROLE_SPINBUTTON ? STEP_SET
                                                                      : STEP_TYPE,
                                        *text ? text : NULL, el, h->begun, h->begun, e);
    buf_finish(&whole);
    return added;
}

bool hand_close_on(struct fold *f, int scene, struct err *e)
{
    struct hand *h = &f->hand;
    const struct element *el = h->el;
    if (!el)
        return true;
    const char *value = hand_value(f, scene);
    if (el->role == ROLE_SLIDER && (!value || !*value))
        value = slider_number(f->r, el, h->begun->before, scene);
    h->el = NULL;
    if (f->all && !naming_known(f->r, h->begun->before, el))
        return hand_spell(f, h->begun);
    return el->role == ROLE_COMBOBOX || el->role == ROLE_SLIDER ? list_close(f, el, value, e)
                                                                : field_close(f, el, value, e);
}

bool hand_close(struct fold *f, const struct deed *next, struct err *e)
{
    return hand_close_on(f, next->before, e);
}
