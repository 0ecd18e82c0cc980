#include "vision/labels.h"

#include "base/buf.h"
#include "vision/colour.h"
#include "vision/prompts.h"
#include "vision/sides.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define SURE_LEAST    0.4f
#define LINE_GAP      0.7 /* of a line's height, between the lines of a label */
#define LINE_GAP_WIDE 1.0
#define LINE_GAP_MAX  12  /* pixels */
#define LINE_ALIKE    1.2 /* lines of one text are as high as each other, but for misread letters */

bool label_is_required(const char *label)
{
    size_t length = strlen(label);
    while (length && (label[length - 1] == ':' || label[length - 1] == ' '))
        length--;
    if (length && (label[length - 1] == '*' || label[0] == '*'))
        return true;
    const char *word = strcasestr(label, "required");
    return word && (word == label || !isalpha((unsigned char)word[-1])) &&
           !(word - label >= 4 && strncasecmp(word - 4, "not ", 4) == 0);
}

/* One possible label. */
struct fit {
    int control, phrase;
    enum side side;
    double score;
};

static int compare_fit(const void *a, const void *b)
{
    const struct fit *p = a, *q = b;
    if (p->score != q->score)
        return p->score < q->score ? 1 : -1;
    return p->control != q->control ? p->control - q->control : p->phrase - q->phrase;
}

void claims_find(struct view *v)
{
    for (int i = 0; i < v->control_count; i++)
        if (v->controls[i].sure < SURE_LEAST) /* no name could make it sure */
            v->controls[i].role = ROLE_NONE;
    for (int i = 0; i < v->phrase_count; i++) {
        struct phrase *p = &v->phrases[i];
        long least = 0;
        for (int j = 0; j < v->control_count; j++) {
            const struct control *c = &v->controls[j];
            if (c->role == ROLE_NONE || role_is_checkable(c->role) || c->role == ROLE_SLIDER ||
                (role_is_field(c->role) && !(c->states & STATE_MULTILINE) &&
                 phrase_is_speck(p, c->box)) ||
                !rect_holds(c->box, rect_center(p->box)))
                continue;
            if (p->control < 0 || rect_area(c->box) < least) {
                p->control = j;
                least = rect_area(c->box);
            }
        }
        /* a label may interrupt the upper border of its field */
        if (p->control >= 0 && role_is_field(v->controls[p->control].role) &&
            abs(p->box.y + p->box.height / 2 - v->controls[p->control].box.y) <= 6) {
            phrase_cut_border(v, p, v->controls[p->control].box);
            p->control = -1;
        }
    }
}

static bool takes_label(const struct control *c)
{
    return role_is_field(c->role) || role_is_checkable(c->role) || c->role == ROLE_PROGRESSBAR;
}

/* Does its last word end with this? */
static bool ends_with(const struct view *v, const struct phrase *p, char end)
{
    const char *last = v->scene->words[p->first + p->count - 1].text;
    return last[strlen(last) - 1] == end;
}

struct fits {
    struct fit *items; /* owned */
    int count, capacity;
};

static void collect(const struct view *v, struct fits *f)
{
    for (int i = 0; i < v->control_count; i++) {
        const struct control *c = &v->controls[i];
        if (!takes_label(c) || c->label >= 0)
            continue;
        const struct phrase *prompt = prompt_find(v, i);
        for (int j = 0; j < v->phrase_count; j++)
            for (int side = SIDE_ABOVE; side < SIDE_COUNT; side++) {
                const struct phrase *p = &v->phrases[j];
                if (p->control >= 0)
                    continue;
                double score = role_is_checkable(c->role)
                                   ? side_fits_mark(v, c, p, (enum side)side)
                                   : side_fits_field(v, c, p, (enum side)side);
                if (score <= 0 || (prompt && prompt_outdoes(v, prompt, p)))
                    continue;
                if (f->count == f->capacity) {
                    f->capacity = f->capacity ? f->capacity * 2 : 256;
                    f->items = mem_resize(f->items, (size_t)f->capacity * sizeof *f->items);
                }
                f->items[f->count++] = (struct fit){i, j, (enum side)side, score};
            }
    }
}

/* Forms put their labels on one side: the side that most fields would choose gets a little more
 * weight. */
static void agree(const struct view *v, struct fits *f)
{
    int votes[SIDE_COUNT] = {0};
    for (int i = 0; i < v->control_count; i++) {
        double best = 0;
        enum side side = SIDE_NONE;
        if (role_is_checkable(v->controls[i].role))
            continue;
        for (int k = 0; k < f->count; k++)
            if (f->items[k].control == i && f->items[k].score > best) {
                best = f->items[k].score;
                side = f->items[k].side;
            }
        votes[side]++;
    }
    enum side common = votes[SIDE_ABOVE] >= votes[SIDE_LEFT] ? SIDE_ABOVE : SIDE_LEFT;
    for (int k = 0; k < f->count; k++)
        if (!role_is_checkable(v->controls[f->items[k].control].role) && f->items[k].side == common)
            f->items[k].score += 0.12;
}

/* Does a control stand beside the line that is another than the one that the label P names, and not
 * behind that? */
static bool is_anothers(const struct view *v, const struct phrase *p, struct rect line)
{
    struct rect own = v->controls[p->control].box;
    for (int i = 0; i < v->control_count; i++) {
        const struct control *c = &v->controls[i];
        int middle = c->box.y + c->box.height / 2;
        if (takes_label(c) && middle > line.y - 4 && middle < line.y + line.height + 4 &&
            (line.x > own.x || c->box.x < own.x + own.width) &&
            (role_is_checkable(c->role) || own.y != c->box.y))
            return true;
    }
    return false;
}

/* Are they lines of one text, Q under P: as far left (or right, when the text ends at the field on
 * its right), in the same letters and colour? What stands under each other at the right of marks
 * may be labels of other marks, so that these lines must be close. */
static bool is_under(const struct view *v, const struct phrase *p, const struct phrase *q,
                     enum side side)
{
    int gap = q->box.y - p->box.y - p->box.height;
    double line = phrase_line(v, p), other = phrase_line(v, q);
    double most = side == SIDE_LEFT ? LINE_GAP_WIDE * line : LINE_GAP * p->box.height;
    bool aligned =
        abs(q->box.x - p->box.x) <= 3 ||
        (side == SIDE_LEFT && abs(q->box.x + q->box.width - p->box.x - p->box.width) <= 3);
    return aligned && gap >= -3 && gap <= most && gap <= LINE_GAP_MAX &&
           line <= other * LINE_ALIKE && other <= line * LINE_ALIKE &&
           colour_distance(p->ink, q->ink) <= 40 && q->frame == p->frame && !ends_with(v, p, ':') &&
           !ends_with(v, p, '.');
}

/* Is Q the next line of the label P, and nobody else's? */
static bool is_next_line(const struct view *v, const struct phrase *p, const struct phrase *q,
                         enum side side)
{
    return q->control < 0 && !q->label && is_under(v, p, q, side) && !is_anothers(v, p, q->box);
}

/* The whole label: the words in another colour behind it, and the lines under it. */
static const char *label_text(struct view *v, int phrase, enum side side)
{
    struct buf text = {0};
    int control = v->phrases[phrase].control, line = phrase;
    buf_add(&text, view_text(v, &v->phrases[phrase]));
    for (int i = phrase; i < v->phrase_count; i++) {
        struct phrase *p = &v->phrases[i];
        bool behind = i > phrase && v->phrases[i - 1].goes_on &&
                      v->phrases[i - 1].control == control && p->control < 0;
        bool under = i > phrase && !behind && (side == SIDE_LEFT || side == SIDE_RIGHT) &&
                     is_next_line(v, &v->phrases[line], p, side);
        if (!behind && !under)
            continue;
        if (under)
            line = i;
        p->label = true;
        p->control = control;
        buf_add_char(&text, ' ');
        buf_add(&text, view_text(v, p));
    }
    const char *kept = arena_text(&v->scene->arena, buf_text(&text));
    buf_finish(&text);
    return kept;
}

/* A label of two lines beside its field: the upper one, where the lower one is nearer to the
 * field's middle. */
static int first_line(const struct view *v, int phrase, const struct control *c)
{
    const struct phrase *p = &v->phrases[phrase];
    for (int i = 0; i < phrase; i++) {
        const struct phrase *q = &v->phrases[i];
        if (q->control < 0 && !q->label && q->box.y + q->box.height > c->box.y &&
            is_under(v, q, p, SIDE_LEFT))
            return i;
    }
    return phrase;
}

/* Between a label and its field there may be a hint, paler than the label: then the line above is
 * what names it. */
static int above_hint(const struct view *v, int hint)
{
    const struct phrase *p = &v->phrases[hint];
    for (int i = 0; i < hint; i++) {
        const struct phrase *q = &v->phrases[i];
        int gap = p->box.y - q->box.y - q->box.height;
        if (q->control < 0 && abs(q->box.x - p->box.x) <= 3 && gap >= -3 && gap <= 12 &&
            phrase_is_paler(p, q))
            return i;
    }
    return hint;
}

static void assign(struct view *v, const struct fits *f)
{
    for (int k = 0; k < f->count; k++) {
        const struct fit *fit = &f->items[k];
        struct control *c = &v->controls[fit->control];
        if (c->label >= 0 || v->phrases[fit->phrase].control >= 0)
            continue;
        int phrase = fit->side == SIDE_ABOVE  ? above_hint(v, fit->phrase)
                     : fit->side == SIDE_LEFT ? first_line(v, fit->phrase, c)
                                              : fit->phrase;
        struct phrase *p = &v->phrases[phrase];
        c->label = phrase;
        p->control = fit->control;
        p->label = true;
        c->name = label_text(v, phrase, fit->side);
        if (label_is_required(c->name))
            c->states |= STATE_REQUIRED;
    }
}

void labels_find(struct view *v)
{
    struct fits fits = {0};
    collect(v, &fits);
    agree(v, &fits);
    if (fits.count)
        qsort(fits.items, (size_t)fits.count, sizeof *fits.items, compare_fit);
    assign(v, &fits);
    free(fits.items);
}
