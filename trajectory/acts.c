#include "trajectory/acts.h"

#include <stdlib.h>
#include <string.h>

static bool turn_acted(const struct recorded_turn *t)
{
    return strcmp(t->outcome, "acted") == 0 || strcmp(t->outcome, "waited") == 0;
}

/* For pictures, and for the places of the mouse, these are nothing that was done. */
static bool is_act(enum action_kind kind)
{
    return kind != ACTION_NONE && kind != ACTION_SCREENSHOT && kind != ACTION_ZOOM &&
           kind != ACTION_CURSOR && kind != ACTION_DONE;
}

static struct act *act_add(struct acts *a)
{
    if (a->count == a->capacity) {
        a->capacity = a->capacity ? 2 * a->capacity : 32;
        a->items = mem_resize(a->items, (size_t)a->capacity * sizeof *a->items);
    }
    return &a->items[a->count++];
}

static const char *frame_after(const struct recording *r, int turn)
{
    return turn + 1 < r->turn_count ? r->turns[turn + 1].frame : "";
}

/* hem's own waits for a change say so in words that are no action. */
static bool is_own_look(const char *line)
{
    return !*line || strcmp(line, action_name(ACTION_NONE)) == 0 ||
           strncmp(line, "wait for ", 9) == 0;
}

bool acts_take(const struct recording *r, struct acts *out, struct err *e)
{
    struct acts acts = {.last_frame = r->turn_count ? r->turns[r->turn_count - 1].frame : ""};
    for (int i = 0; i < r->turn_count; i++) {
        const struct recorded_turn *turn = &r->turns[i];
        struct action action;
        struct err why = {0};
        char *text = NULL;
        if (!turn_acted(turn) || is_own_look(turn->action))
            continue;
        if (action_parse(turn->action, &action, &text, &why) != ACTION_PARSED) {
            acts_finish(&acts);
            return err_set(e, ERR_USAGE, "turn %d: %s", turn->number, why.text);
        }
        if (!is_act(action.kind)) {
            free(text);
            continue;
        }
        *act_add(&acts) = (struct act){.action = action,
                                       .text = text,
                                       .turn = i,
                                       .step = turn->step,
                                       .frame = turn->frame,
                                       .after = frame_after(r, i)};
    }
    *out = acts;
    return true;
}

void acts_finish(struct acts *a)
{
    for (int i = 0; i < a->count; i++)
        free(a->items[i].text);
    free(a->items);
    *a = (struct acts){0};
}
