#include "policy/auto.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct automatic {
    struct decider parts[AUTO_PARTS_MAX]; /* owned */
    int count, now;
    bool gave; /* the last step is not known to have failed */
    bool any;  /* something was done that can't be begun again from the start */
    bool sent; /* the data may have been sent: nobody may do it again */
    enum step_verb verb;
    bool sends;      /* of the last step */
    struct buf note; /* for the next step's plan */
    struct buf who;  /* "skill, form" */
};

static void who_add(struct automatic *a)
{
    const char *name = a->parts[a->now].name, *last = strrchr(buf_text(&a->who), ' ');
    last = last ? last + 1 : buf_text(&a->who);
    if (strcmp(last, name) != 0)
        buf_addf(&a->who, "%s%s", a->who.length ? ", " : "", name);
}

/* The next that can go on from here; false: nobody may. */
static bool auto_hand_on(struct automatic *a, const struct err *e)
{
    for (int i = a->now + 1; !a->sent && i < a->count; i++) {
        if (a->any && !a->parts[i].anywhere)
            continue;
        buf_addf(&a->note, "%s; %s goes on\n", e->text, a->parts[i].name);
        a->now = i;
        return true;
    }
    return false;
}

/* An earlier one that can go on again. */
static void auto_hand_back(struct automatic *a, const struct scene *scene,
                           const struct history *history)
{
    for (int i = 0; i < a->now; i++) {
        struct decider *part = &a->parts[i];
        if (!part->back || !part->back(part->self, scene, history))
            continue;
        buf_addf(&a->note, "%s goes on again\n", part->name);
        a->now = i;
    }
}

static void auto_settle_last(struct automatic *a)
{
    a->any = a->any || (a->gave && a->verb != STEP_SCROLL);
    a->sent = a->sent || (a->gave && a->sends);
    a->gave = false;
}

static enum next auto_next(void *self, const struct scene *scene, const struct history *history,
                           struct plan *out, struct err *e)
{
    struct automatic *a = self;
    bool helped = a->gave; /* what failed has helped nobody */
    auto_settle_last(a);
    if (helped)
        auto_hand_back(a, scene, history);
    for (;;) {
        struct decider *part = &a->parts[a->now];
        struct err why = {0};
        enum next next = part->next(part->self, scene, history, out, &why);
        if (next == NEXT_FAILED && auto_hand_on(a, &why))
            continue;
        if (next == NEXT_FAILED && e)
            *e = why;
        if (next == NEXT_STEP || next == NEXT_ACTION)
            who_add(a);
        if (next == NEXT_ACTION) {
            a->any = a->gave = true;
            a->verb = STEP_VERB_COUNT;
            a->sends = false;
            a->sent = a->sent || out->sends;
        }
        if (next != NEXT_STEP)
            return next;
        a->gave = true;
        a->verb = out->step.verb;
        a->sends = out->sends;
        if (a->note.length)
            out->note = buf_take(&a->note);
        return next;
    }
}

static bool auto_failed(void *self, const struct step *step, struct err *e)
{
    struct automatic *a = self;
    struct decider *part = &a->parts[a->now];
    if (step->verb != STEP_SCROLL && step->verb != STEP_CLICK) { /* part of it may be done */
        a->any = true;
        a->sent = a->sent || a->sends;
    }
    a->gave = false;
    return (part->failed && part->failed(part->self, step, e)) || auto_hand_on(a, e);
}

static const char *auto_who(void *self)
{
    struct automatic *a = self;
    return buf_text(&a->who);
}

static void auto_destroy(void *self)
{
    struct automatic *a = self;
    for (int i = 0; i < a->count; i++)
        a->parts[i].destroy(a->parts[i].self);
    buf_finish(&a->note);
    buf_finish(&a->who);
    free(a);
}

struct decider auto_decider(const struct decider *parts, int count, const char *note)
{
    struct automatic *a = mem_zero(1, sizeof *a);
    assert(count > 0 && count <= AUTO_PARTS_MAX);
    memcpy(a->parts, parts, (size_t)count * sizeof *parts);
    a->count = count;
    if (note && *note)
        buf_addf(&a->note, "%s\n", note);
    return (struct decider){.name = "auto",
                            .next = auto_next,
                            .failed = auto_failed,
                            .who = auto_who,
                            .anywhere = true,
                            .destroy = auto_destroy,
                            .self = a};
}
