/* From deeds to steps: what people do with several movements is one step. */
#include "base/utf8.h"
#include "trajectory/lesson_parts.h"
#include "trajectory/naming.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* A control that is being given its value by clicks and keys. */
struct hand {
    const struct element *el; /* borrowed from a scene; NULL: none */
    const struct deed *begun;
    struct buf text; /* typed so far */
    bool typed;      /* any was, or it was emptied */
    bool selected;   /* the next key replaces all */
    bool edited;     /* with keys that say not what came of it */
    bool chose;      /* something was clicked in its list */
};

struct fold {
    const struct recording *r;
    const struct deeds *deeds;
    struct lesson *out;
    struct hand hand;
};

static bool add_named(struct fold *f, enum step_verb verb, const char *text,
                      const struct element *el, const struct deed *begun, const struct deed *done,
                      struct err *e)
{
    struct step step = {.verb = verb, .text = mem_text(text)};
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

static void hand_open(struct fold *f, const struct element *el, const struct deed *d)
{
    f->hand = (struct hand){.el = el, .begun = d, .text = f->hand.text};
    buf_reset(&f->hand.text);
}

/* What it holds on a scene; NULL when it is not seen there. */
static const char *hand_value(const struct fold *f, int scene)
{
    const struct element *now = naming_again(f->r, scene, f->hand.el);
    return now ? now->value : NULL;
}

static bool hand_is_list(const struct hand *h)
{
    return h->el && (h->el->role == ROLE_COMBOBOX || h->el->role == ROLE_SLIDER);
}

/* The control has its value: SCENE shows it. */
static bool hand_close_on(struct fold *f, int scene, struct err *e)
{
    struct hand *h = &f->hand;
    const struct element *el = h->el;
    if (!el)
        return true;
    const char *value = hand_value(f, scene);
    const char *text = h->edited && value && *value ? value : buf_text(&h->text);
    h->el = NULL;
    if (el->role == ROLE_COMBOBOX || el->role == ROLE_SLIDER) {
        bool changed = value && *value && strcmp(value, el->value ? el->value : "") != 0;
        if (!changed && h->chose)
            return err_set(e, ERR_TASK, "turn %d: what was chosen in \"%.80s\" was not seen",
                           h->begun->turn, el->label);
        return !changed || add_named(f, el->role == ROLE_SLIDER ? STEP_SET : STEP_CHOOSE, value, el,
                                     h->begun, h->begun, e);
    }
    if (!h->typed)
        return true;
    return add_named(f,
                     !*text                        ? STEP_CLEAR
                     : el->role == ROLE_SPINBUTTON ? STEP_SET
                                                   : STEP_TYPE,
                     *text ? text : NULL, el, h->begun, h->begun, e);
}

static bool hand_close(struct fold *f, const struct deed *next, struct err *e)
{
    return hand_close_on(f, next->before, e);
}

/* A box to check: what counts is how it stands afterwards. */
static bool fold_check(struct fold *f, const struct element *el, const struct deed *d,
                       struct err *e)
{
    const struct element *now = naming_again(f->r, d->after, el);
    bool was = el->states & STATE_CHECKED, is = now && now->states & STATE_CHECKED;
    if (!now)
        return !d->effect || add_named(f, STEP_CLICK, NULL, el, d, d, e);
    return is == was || add_named(f, is ? STEP_CHECK : STEP_UNCHECK, NULL, el, d, d, e);
}

/* Did an element stand where it does before the list was opened? */
static bool was_there(const struct fold *f, const struct element *el)
{
    const struct element *before = el ? naming_again(f->r, f->hand.begun->before, el) : NULL;
    return before && rect_overlap(before->box, el->box) > 0.9;
}

static bool fold_click(struct fold *f, const struct deed *d, struct err *e)
{
    struct hand *h = &f->hand;
    const struct element *el = naming_at(f->r, d->before, d->at);
    const char *value = hand_is_list(h) ? hand_value(f, d->before) : NULL;
    bool same = value && strcmp(value, h->el->value ? h->el->value : "") == 0;
    if (hand_is_list(h) && (!value || same) && !was_there(f, el)) {
        h->chose = true; /* its list is open, perhaps over itself: this is the choice */
        return true;
    }
    if (h->el && el && !hand_is_list(h) && naming_again(f->r, d->before, h->el) == el) {
        h->selected = d->step.verb == STEP_DOUBLE_CLICK; /* its word, mostly all there is */
        return true;
    }
    if (!hand_close(f, d, e))
        return false;
    if (!el && !d->effect)
        return true;
    if (!el)
        return err_set(e, ERR_TASK, "turn %d: nothing with a name was seen at %d,%d, where it %ss",
                       d->turn, d->at.x, d->at.y, step_verb_name(d->step.verb));
    if (d->step.verb == STEP_CLICK && role_is_checkable(el->role))
        return fold_check(f, el, d, e);
    if (role_is_field(el->role) && d->step.verb <= STEP_DOUBLE_CLICK) {
        hand_open(f, el, d);
        return true;
    }
    return !d->effect || add_named(f, d->step.verb, NULL, el, d, d, e);
}

/* The field that has the focus on a scene. */
static const struct element *focused(const struct recording *r, int scene)
{
    const struct scene *s = scene >= 0 ? &r->scenes[scene] : NULL;
    for (int i = 0; s && i < s->element_count; i++)
        if (s->elements[i].states & STATE_FOCUSED && role_is_field(s->elements[i].role))
            return &s->elements[i];
    return NULL;
}

static bool fold_as_is(struct fold *f, const struct deed *d, struct err *e)
{
    struct step step;
    if (!hand_close(f, d, e))
        return false;
    step_copy(&step, &d->step);
    lesson_add(f->out, &step, d, d, NULL);
    return true;
}

static bool fold_type(struct fold *f, const struct deed *d, struct err *e)
{
    struct hand *h = &f->hand;
    const struct element *el = focused(f->r, d->before);
    if (hand_is_list(h))
        return true; /* what is typed at an open list chooses in it */
    if (!h->el && el)
        hand_open(f, el, d);
    if (!h->el)
        return fold_as_is(f, d, e);
    if (h->selected)
        buf_reset(&h->text);
    buf_add(&h->text, d->step.text);
    h->typed = true;
    h->selected = false;
    return true;
}

static void buf_cut_characters(struct buf *b, int count)
{
    for (; count > 0 && b->length > 0; count--) {
        while (b->length > 0 && ((unsigned char)b->text[b->length - 1] & 0xc0) == 0x80)
            b->length--;
        if (b->length > 0)
            b->length--;
        b->text[b->length] = '\0';
    }
}

static bool is_key(const struct deed *d, const char *const *names)
{
    for (; *names; names++)
        if (strcasecmp(d->step.text, *names) == 0)
            return true;
    return false;
}

/* Does what follows say itself where it is done, so that Tab need not be pressed to get there? */
static bool place_follows(const struct fold *f, int i)
{
    static const char *const tabs[] = {"Tab", "Shift+Tab", NULL};
    for (i++; i < f->deeds->count; i++) {
        const struct deed *d = &f->deeds->items[i];
        if (d->step.verb == STEP_PRESS && is_key(d, tabs))
            continue;
        return !d->bare || d->has_at || (d->step.verb == STEP_TYPE && focused(f->r, d->before));
    }
    return true;
}

static bool fold_press(struct fold *f, int i, struct err *e)
{
    static const char *const all[] = {"Ctrl+A", NULL};
    static const char *const tabs[] = {"Tab", "Shift+Tab", NULL};
    static const char *const erasing[] = {"BackSpace", "Delete", NULL};
    static const char *const moving[] = {"Left", "Right",  "Home",   "End",    "Up",
                                         "Down", "Ctrl+V", "Ctrl+X", "Ctrl+Z", NULL};
    const struct deed *d = &f->deeds->items[i];
    struct hand *h = &f->hand;
    if (is_key(d, tabs))
        return place_follows(f, i) ? hand_close_on(f, d->after, e) : fold_as_is(f, d, e);
    if (hand_is_list(h))
        return true;
    if (h->el && is_key(d, all)) {
        h->selected = true;
    } else if (h->el && is_key(d, erasing)) {
        if (h->selected)
            buf_reset(&h->text);
        else if (strcasecmp(d->step.text, "BackSpace") == 0 && h->text.length)
            buf_cut_characters(&h->text, d->step.count > 0 ? d->step.count : 1);
        else
            h->edited = true;
        h->typed = true;
        h->selected = false;
    } else if (h->el && is_key(d, moving)) {
        h->edited = h->typed = true;
    } else {
        return fold_as_is(f, d, e);
    }
    return true;
}

static bool fold_drag(struct fold *f, const struct deed *d, struct err *e)
{
    const struct element *from = naming_at(f->r, d->before, d->step.target.at),
                         *to = naming_at(f->r, d->before, d->step.second.at);
    struct step step = {.verb = STEP_DRAG};
    if (from && from->role == ROLE_SLIDER) {
        hand_open(f, from, d);
        return hand_close_on(f, d->after, e);
    }
    if (!from || !to || !naming_target(f->r, d->before, from, &step.target) ||
        !naming_target(f->r, d->before, to, &step.second)) {
        step_finish(&step);
        return err_set(e, ERR_TASK, "turn %d: nothing names both ends of what was dragged",
                       d->turn);
    }
    lesson_add(f->out, &step, d, d, from);
    return true;
}

/* A step that names its target itself: it may still say the role and section. */
static bool fold_step(struct fold *f, const struct deed *d, struct err *e)
{
    struct step step;
    if (!hand_close(f, d, e))
        return false;
    bool scrolls = d->step.verb == STEP_SCROLL && d->step.target.kind == TARGET_NONE;
    if (scrolls || d->step.verb == STEP_WAIT)
        return true; /* what comes next is looked for, and waited for, in any case */
    const struct element *el = d->has_at ? naming_at(f->r, d->before, d->at) : NULL;
    step_copy(&step, &d->step);
    if (step.target.kind == TARGET_ID || step.target.kind == TARGET_AT) {
        const struct element *meant = el;
        if (step.target.kind == TARGET_ID && d->before >= 0)
            meant = scene_element(&f->r->scenes[d->before], step.target.id);
        target_finish(&step.target);
        if (!meant || !naming_target(f->r, d->before, meant, &step.target)) {
            step_finish(&step);
            return err_set(e, ERR_TASK, "turn %d: nothing names what it was done to", d->turn);
        }
        el = meant;
    } else if (el) {
        naming_refine(f->r, d->before, el, &step.target);
    }
    lesson_add(f->out, &step, d, d, el);
    return true;
}

static bool fold_deed(struct fold *f, int i, struct err *e)
{
    const struct deed *d = &f->deeds->items[i];
    if (!d->bare)
        return fold_step(f, d, e);
    switch (d->step.verb) {
    case STEP_TYPE:
        return fold_type(f, d, e);
    case STEP_PRESS:
        return fold_press(f, i, e);
    case STEP_DRAG:
        return hand_close(f, d, e) && fold_drag(f, d, e);
    case STEP_CLICK:
    case STEP_DOUBLE_CLICK:
    case STEP_RIGHT_CLICK:
    case STEP_MIDDLE_CLICK:
    case STEP_HOVER:
        return fold_click(f, d, e);
    default: /* `type "x" into at 1,2` and its like */
        return fold_step(f, d, e);
    }
}

bool lesson_fold(const struct recording *r, const struct deeds *deeds, struct lesson *out,
                 struct err *e)
{
    struct fold f = {.r = r, .deeds = deeds, .out = out};
    bool folded = true;
    for (int i = 0; i < deeds->count && folded; i++)
        folded = fold_deed(&f, i, e);
    folded = folded && hand_close_on(&f, r->turn_count ? r->turns[r->turn_count - 1].scene : -1, e);
    buf_finish(&f.hand.text);
    return folded;
}
