#include "vision/labels.h"

#include "base/buf.h"
#include "vision/colour.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define LEFT_MAX   320 /* pixels from a label's end to its field: columns of labels are wide */
#define ABOVE_MAX  30
#define SURE_LEAST 0.4f
#define ROW_MAX    640 /* from a label at the left end of a row to the switch at its right end */

static bool is_mark(enum role role)
{
    return role == ROLE_CHECKBOX || role == ROLE_RADIO || role == ROLE_SWITCH;
}

/* A slider's value beside it is no label. */
static bool is_number(const struct view *v, const struct phrase *p)
{
    const char *text = v->scene->words[p->first].text;
    return p->count == 1 && text[strspn(text, "-+.,%0123456789")] == '\0';
}

/* Is there a control or another phrase (but a number) on the way from X0 to X1 at height Y? */
static bool is_blocked(const struct view *v, int x0, int x1, int y)
{
    struct rect way = {x0, y - 1, x1 - x0, 3};
    if (way.width <= 0)
        return false;
    for (int i = 0; i < v->control_count; i++)
        if (v->controls[i].role != ROLE_NONE && v->controls[i].sure >= 0.5f &&
            !rect_empty(rect_common(way, v->controls[i].box)))
            return true;
    for (int i = 0; i < v->phrase_count; i++)
        if (!rect_empty(rect_common(way, v->phrases[i].box)) && !is_number(v, &v->phrases[i]))
            return true;
    return false;
}

double label_fits_field(const struct view *v, const struct control *c, const struct phrase *p,
                        enum side side)
{
    if (c->role == ROLE_SLIDER && is_number(v, p))
        return 0;
    struct rect b = c->box, t = p->box;
    int top = b.y, height = b.height > 44 ? 44 : b.height; /* of a text area, its first line */
    if (side == SIDE_ABOVE) {
        int gap = top - t.y - t.height, shift = t.x - b.x;
        if (gap < -t.height || gap > ABOVE_MAX || shift < -14 || t.x > b.x + b.width / 2 ||
            t.y >= top)
            return 0;
        return 1 - fabs((double)gap - 2) / 50 - abs(shift) / 120.0;
    }
    if (side == SIDE_LEFT) {
        int gap = b.x - t.x - t.width;
        int off = abs(t.y + t.height / 2 - (top + height / 2));
        if (gap < -1 || gap > LEFT_MAX || off > height / 2 + 2 ||
            is_blocked(v, t.x + t.width + 1, b.x - 1, t.y + t.height / 2))
            return 0;
        return 1 - gap / 500.0 - off / 60.0;
    }
    return 0;
}

/* Is there more text in its row, far to the right, as in a table? */
static bool goes_on_in_row(const struct view *v, const struct phrase *p)
{
    for (int i = 0; i < v->phrase_count; i++) {
        struct rect r = v->phrases[i].box;
        int gap = r.x - p->box.x - p->box.width;
        if (gap > 2 * p->box.height &&
            abs(2 * r.y + r.height - 2 * p->box.y - p->box.height) <= p->box.height)
            return true;
    }
    return false;
}

double label_fits_mark(const struct view *v, const struct control *c, const struct phrase *p,
                       enum side side)
{
    struct rect b = c->box, t = p->box;
    int off = abs(2 * t.y + t.height - 2 * b.y - b.height) / 2;
    if (p->frame >= 0 && !rect_holds(v->boxes->items[p->frame].rect, rect_center(b)))
        return 0; /* in another cell */
    if (phrase_is_coloured(p) && goes_on_in_row(v, p))
        return 0; /* a link in a table */
    int tall = t.height > b.height ? t.height : b.height;
    if (off * 10 > tall * 7)
        return 0;
    if (side == SIDE_RIGHT) {
        int gap = t.x - b.x - b.width;
        return gap < 0 || gap > 2 * b.height + 12 ? 0 : 1 - gap / 200.0 - off / 50.0;
    }
    if (side == SIDE_LEFT) {
        int gap = b.x - t.x - t.width;
        int reach = c->role == ROLE_SWITCH ? ROW_MAX : LEFT_MAX / 2;
        if (gap < 0 || gap > reach || is_blocked(v, t.x + t.width + 1, b.x - 1, t.y + t.height / 2))
            return 0;
        return 0.8 - gap / 1000.0 - off / 50.0;
    }
    return 0;
}

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
            if (c->role == ROLE_NONE || is_mark(c->role) || c->role == ROLE_SLIDER ||
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

static bool is_paler(const struct phrase *p, const struct phrase *than)
{
    return phrase_contrast(p) * 100 < phrase_contrast(than) * 85;
}

/* A small or pale line over the value, both inside, is a label that has floated up. */
static void find_floating(struct view *v)
{
    for (int i = 0; i < v->control_count; i++) {
        struct control *c = &v->controls[i];
        int first = -1, second = -1;
        if (!role_is_field(c->role) || c->box.height < 40)
            continue;
        for (int j = 0; j < v->phrase_count; j++) {
            const struct phrase *p = &v->phrases[j];
            if (p->control != i || rect_holds(rect_grow(c->sign, 2), rect_center(p->box)))
                continue;
            if (first < 0)
                first = j;
            else if (second < 0 &&
                     p->box.y >= v->phrases[first].box.y + v->phrases[first].box.height - 2)
                second = j;
        }
        if (second < 0 || v->phrases[first].box.height > v->phrases[second].box.height + 1 ||
            (c->states & STATE_MULTILINE && !is_paler(&v->phrases[first], &v->phrases[second])))
            continue;
        c->label = first;
        c->name = view_text(v, &v->phrases[first]);
        v->phrases[first].label = true;
        if (label_is_required(c->name))
            c->states |= STATE_REQUIRED;
    }
}

static bool takes_label(const struct control *c)
{
    return role_is_field(c->role) || is_mark(c->role);
}

/* A field may say itself what belongs in it, as a placeholder. */
static const struct phrase *placeholder_of(const struct view *v, int control)
{
    for (int i = 0; i < v->phrase_count; i++)
        if (v->phrases[i].control == control && !v->phrases[i].label)
            return phrase_is_dim(v, &v->phrases[i]) ? &v->phrases[i] : NULL;
    return NULL;
}

/* The height of the line, from the top of an h to the foot of a g, whichever letters are in it. */
static double line_height(const struct view *v, const struct phrase *p)
{
    bool up = false, down = false;
    for (int i = p->first; i < p->first + p->count; i++)
        for (const char *c = v->scene->words[i].text; *c; c++) {
            up |= isupper((unsigned char)*c) || isdigit((unsigned char)*c) || strchr("bdfhklt", *c);
            down |= strchr("gjpqy", *c) != NULL;
        }
    return p->box.height * (up ? 1 : 1.35) * (down ? 1 : 1.27);
}

/* A heading, a sentence, a statement ("Total: 9.50"): over a field, but not its label. */
static bool is_passage(const struct view *v, const struct phrase *p, const struct phrase *inside)
{
    const struct word *words = v->scene->words + p->first;
    const char *last = words[p->count - 1].text;
    if (line_height(v, p) > 1.3 * line_height(v, inside) || last[strlen(last) - 1] == '.')
        return true;
    for (int i = 0; i + 1 < p->count; i++)
        if (words[i].text[strlen(words[i].text) - 1] == ':')
            return true;
    return false;
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
        const struct phrase *placeholder = c->role == ROLE_TEXTBOX ? placeholder_of(v, i) : NULL;
        for (int j = 0; j < v->phrase_count; j++)
            for (int side = SIDE_ABOVE; side < SIDE_COUNT; side++) {
                const struct phrase *p = &v->phrases[j];
                if (p->control >= 0 || (placeholder && is_passage(v, p, placeholder)))
                    continue;
                double score = is_mark(c->role) ? label_fits_mark(v, c, p, (enum side)side)
                                                : label_fits_field(v, c, p, (enum side)side);
                if (score <= 0)
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
        if (is_mark(v->controls[i].role))
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
        if (!is_mark(v->controls[f->items[k].control].role) && f->items[k].side == common)
            f->items[k].score += 0.12;
}

/* Is Q the next line of the label P: right under it, as far left, in the same colour, and nobody
 * else's? */
static bool is_next_line(const struct view *v, const struct phrase *p, const struct phrase *q)
{
    int gap = q->box.y - p->box.y - p->box.height;
    bool aligned = abs(q->box.x - p->box.x) <= 3 ||
                   abs(q->box.x + q->box.width - p->box.x - p->box.width) <= 3;
    if (q->control >= 0 || q->label || !aligned || gap < -3 || gap * 10 > p->box.height * 7 ||
        gap > 10 || colour_distance(p->ink, q->ink) > 40 || q->frame != p->frame)
        return false;
    for (int i = 0; i < v->control_count; i++) { /* a line with a mark of its own */
        const struct control *c = &v->controls[i];
        int middle = c->box.y + c->box.height / 2;
        if (takes_label(c) && middle > q->box.y - 4 && middle < q->box.y + q->box.height + 4 &&
            (is_mark(c->role) || v->controls[p->control].box.y != c->box.y))
            return false;
    }
    return true;
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
                     is_next_line(v, &v->phrases[line], p);
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

/* Between a label and its field there may be a hint, paler than the label: then the line above is
 * what names it. */
static int above_hint(const struct view *v, int hint)
{
    const struct phrase *p = &v->phrases[hint];
    for (int i = 0; i < hint; i++) {
        const struct phrase *q = &v->phrases[i];
        int gap = p->box.y - q->box.y - q->box.height;
        if (q->control < 0 && abs(q->box.x - p->box.x) <= 3 && gap >= -3 && gap <= 12 &&
            is_paler(p, q))
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
        bool above = fit->side == SIDE_ABOVE;
        int phrase = above ? above_hint(v, fit->phrase) : fit->phrase;
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
    find_floating(v);
    collect(v, &fits);
    agree(v, &fits);
    if (fits.count)
        qsort(fits.items, (size_t)fits.count, sizeof *fits.items, compare_fit);
    assign(v, &fits);
    free(fits.items);
}
