/* From deeds to steps: what people do with several movements is one step. */
#include "trajectory/lesson_parts.h"
#include "trajectory/naming.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* A box to check: what counts is how it stands afterwards. */
static bool fold_check(struct fold *f, const struct element *el, const struct deed *d,
                       struct err *e)
{
    const struct element *now = naming_again(f->r, d->after, el);
    bool was = el->states & STATE_CHECKED, is = now && now->states & STATE_CHECKED;
    if (!now)
        return !d->effect || lesson_add_named(f, STEP_CLICK, NULL, el, d, d, e);
    if (is == was && f->all) {
        lesson_add_plain(f, d);
        return true;
    }
    return is == was || lesson_add_named(f, is ? STEP_CHECK : STEP_UNCHECK, NULL, el, d, d, e);
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
    if (hand_is_list(h) && !h->chose && (!value || same) && !was_there(f, el)) {
        h->chose = true; /* its list is open, perhaps over itself: this is the choice */
        return true;
    }
    if (h->el && el && !hand_is_list(h) && naming_again(f->r, d->before, h->el) == el) {
        hand_select(f, d);
        return true;
    }
    if (!hand_close(f, d, e))
        return false;
    if (!el && !d->effect)
        return true;
    if (f->all && !naming_known(f->r, d->before, el)) {
        lesson_add_plain(f, d);
        return true;
    }
    if (!el)
        return err_set(e, ERR_TASK, "turn %d: nothing with a name was seen at %d,%d, where it %ss",
                       d->turn, d->at.x, d->at.y, step_verb_name(d->step.verb));
    if (d->step.verb == STEP_CLICK && role_is_checkable(el->role))
        return fold_check(f, el, d, e);
    if (role_is_field(el->role) && d->step.verb <= STEP_TRIPLE_CLICK) {
        hand_open(f, el, d);
        return true;
    }
    return !d->effect || lesson_add_named(f, d->step.verb, NULL, el, d, d, e);
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
    if (!hand_close(f, d, e))
        return false;
    lesson_add_plain(f, d);
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
    hand_type(h, d->step.text);
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

static const char *const all_keys[] = {"Ctrl+A", NULL};
static const char *const erasing_keys[] = {"BackSpace", "Delete", NULL};
static const char *const moving_keys[] = {"Left", "Right",  "Home",   "End",    "Up",
                                          "Down", "Ctrl+V", "Ctrl+X", "Ctrl+Z", NULL};

static bool edits(const struct deed *d)
{
    return is_key(d, all_keys) || is_key(d, erasing_keys) || is_key(d, moving_keys);
}

/* Does what follows say itself where it is done, so that Tab need not be pressed to get there? */
static bool place_follows(const struct fold *f, int i)
{
    static const char *const tabs[] = {"Tab", "Shift+Tab", NULL};
    for (i++; i < f->deeds->count; i++) {
        const struct deed *d = &f->deeds->items[i];
        if (d->step.verb == STEP_PRESS && is_key(d, tabs))
            continue;
        bool keys = d->step.verb == STEP_TYPE || (d->step.verb == STEP_PRESS && edits(d));
        return !d->bare || d->has_at || (keys && focused(f->r, d->before));
    }
    return true;
}

static bool fold_press(struct fold *f, int i, struct err *e)
{
    static const char *const tabs[] = {"Tab", "Shift+Tab", NULL};
    static const char *const ending[] = {"Return", "KP_Enter", NULL};
    const struct deed *d = &f->deeds->items[i];
    struct hand *h = &f->hand;
    if (h->el && h->el->states & STATE_MULTILINE && is_key(d, ending)) {
        for (int n = 0; n < (d->step.count > 0 ? d->step.count : 1); n++)
            hand_type(h, "\n");
        return true;
    }
    if (is_key(d, tabs))
        return place_follows(f, i) ? hand_close_on(f, d->after, e) : fold_as_is(f, d, e);
    if (hand_is_list(h))
        return true;
    if (!h->el && edits(d) && focused(f->r, d->before))
        hand_open(f, focused(f->r, d->before), d);
    if (h->el && is_key(d, all_keys)) {
        h->selected = true;
    } else if (h->el && is_key(d, erasing_keys)) {
        if (h->selected)
            buf_reset(&h->text);
        else if (strcasecmp(d->step.text, "BackSpace") == 0 && h->text.length)
            buf_cut_characters(&h->text, d->step.count > 0 ? d->step.count : 1);
        else
            h->edited = true;
        h->typed = true;
        h->selected = false;
    } else if (h->el && is_key(d, moving_keys)) {
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
    if (from && from->role == ROLE_SLIDER) {
        hand_open(f, from, d);
        f->at++; /* it ends with this one */
        bool closed = hand_close_on(f, d->after, e);
        f->at--;
        return closed;
    }
    if (!f->all && (!naming_known(f->r, d->before, from) || !naming_known(f->r, d->before, to)))
        return err_set(e, ERR_TASK, "turn %d: nothing names both ends of what was dragged",
                       d->turn);
    lesson_add_plain(f, d);
    return true;
}

/* A step that names its target itself: it may still say the role and section. */
static bool fold_step(struct fold *f, const struct deed *d, struct err *e)
{
    struct step step;
    if (!hand_close(f, d, e))
        return false;
    bool scrolls = d->step.verb == STEP_SCROLL && d->step.target.kind == TARGET_NONE;
    if (!f->all && (scrolls || d->step.verb == STEP_WAIT))
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
    case STEP_TRIPLE_CLICK:
    case STEP_RIGHT_CLICK:
    case STEP_MIDDLE_CLICK:
    case STEP_HOVER:
        return fold_click(f, d, e);
    default: /* `type "x" into at 1,2` and its like */
        return fold_step(f, d, e);
    }
}

bool lesson_fold(struct fold *f, struct err *e)
{
    const struct recording *r = f->r;
    bool folded = true;
    for (f->at = 0; f->at < f->deeds->count && folded; f->at++)
        folded = fold_deed(f, f->at, e);
    folded = folded && hand_close_on(f, r->turn_count ? r->turns[r->turn_count - 1].scene : -1, e);
    buf_finish(&f->hand.text);
    return folded;
}
