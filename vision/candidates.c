#include "vision/candidates.h"

#include "base/alike.h"
#include "base/utf8.h"
#include "vision/passages.h"

#include <stdlib.h>
#include <string.h>

/* A part of a text is worth less than a whole one, and the less the more there is beside it. */
#define PART_SCORE_MIN 0.8
#define PART_RANK      0.7
#define PART_COVERAGE  0.2 /* by how much of the whole it is */

#define FACTOR_GROUP   0.97 /* "Billing address Country" */
#define FACTOR_VALUE   0.9  /* what a control holds is not its name */
#define FACTOR_DIALOG  0.9  /* its title is meant, when that is seen */
#define FACTOR_WORDS   0.94 /* plain words beside elements of the same text */
#define FACTOR_TYPED   0.95 /* words that stand in a field */
#define FACTOR_MEANING 0.8  /* a label that only means the same */
#define FACTOR_KIN     0.95

#define KIN_RANK_MIN 0.9
#define MEANING_MIN  0.75

#define SAME_PLACE 0.8 /* of the smaller box lies in the other */
#define SAME_RANK  0.1

/* How far a field's label may stand from it. */
#define LABEL_LEFT  400
#define LABEL_ABOVE 60
#define LABEL_RIGHT 40

#define SHOWN_BYTES 60 /* of a text in an error */

struct candidate *candidates_add(struct candidates *c)
{
    if (c->count == c->capacity) {
        c->capacity = c->capacity ? c->capacity * 2 : 32;
        c->items = mem_resize(c->items, (size_t)c->capacity * sizeof *c->items);
    }
    struct candidate *added = &c->items[c->count++];
    *added = (struct candidate){0};
    return added;
}

void candidates_finish(struct candidates *c)
{
    free(c->items);
    *c = (struct candidates){0};
}

/* How well WANT names something called HAVE, and in SCORE how well the text itself agrees. */
static double name_rank(const char *have, const char *want, double *score)
{
    *score = 0;
    if (!have || !have[0])
        return 0;
    double whole = alike_score(have, want);
    *score = whole;
    double part = whole < PART_RANK + PART_COVERAGE ? alike_within(have, want) : 0;
    if (part < PART_SCORE_MIN)
        return whole;
    double coverage = (double)utf8_length(want) / (double)utf8_length(have);
    double rank = part * (PART_RANK + PART_COVERAGE * (coverage < 1 ? coverage : 1));
    if (rank <= whole)
        return whole;
    *score = part;
    return rank;
}

static void better(struct candidate *c, const char *have, const char *want, double factor)
{
    double score, rank = factor * name_rank(have, want, &score);
    if (rank > c->rank) {
        c->rank = rank;
        c->score = score;
    }
}

/* Does it hold something that is not its name? */
static bool holds_value(const struct element *e)
{
    return e->value || role_is_field(e->role);
}

/* A page of text, of which any word may be meant, and not the whole? */
static bool is_page(const struct element *e)
{
    return e->states & STATE_MULTILINE || e->role == ROLE_DIALOG;
}

static struct candidate element_candidate(const struct element *e, const struct target *t)
{
    struct candidate c = {.element = e, .box = e->box};
    if (!t->text || !t->text[0]) {
        c.rank = c.score = 1;
        return c;
    }
    bool named = e->label && e->label[0];
    better(&c, e->label, t->text, 1);
    bool page =
        is_page(e) && t->role == ROLE_NONE && !t->field; /* its words speak for themselves */
    if (!page && (!named || !e->text || strcmp(e->label, e->text) != 0))
        better(&c, e->text, t->text, holds_value(e) ? FACTOR_VALUE : 1);
    if (!page)
        better(&c, e->value, t->text, FACTOR_VALUE);
    if (named && e->group && e->group[0]) {
        struct buf both = {0};
        buf_addf(&both, "%s %s", e->group, element_own_label(e));
        better(&c, buf_text(&both), t->text, FACTOR_GROUP);
        better(&c, element_own_label(e), t->text, 1);
        buf_finish(&both);
    }
    /* A person who says that it is a field may call it by another word. */
    bool field = t->field || role_is_field(t->role) || role_is_checkable(t->role);
    double means =
        field && named && c.rank < CANDIDATE_RANK_MIN ? alike_label(e->label, t->text) : 0;
    if (means >= MEANING_MIN)
        c.rank = c.score = FACTOR_MEANING * means;
    if (e->role == ROLE_TEXT || role_is_cell(e->role))
        c.rank *= FACTOR_WORDS;
    if (e->role == ROLE_DIALOG)
        c.rank *= FACTOR_DIALOG;
    return c;
}

static bool takes(const struct target *t, const struct element *e)
{
    if (t->field)
        return role_is_field(e->role) || role_is_checkable(e->role);
    return t->role == ROLE_NONE || t->role == e->role;
}

/* Roles that people, and eyes, don't keep apart. */
static bool takes_kin(const struct target *t, const struct element *e)
{
    static const unsigned kin[] = {
        1u << ROLE_BUTTON | 1u << ROLE_LINK | 1u << ROLE_TAB | 1u << ROLE_MENUITEM,
        1u << ROLE_OPTION | 1u << ROLE_MENUITEM | 1u << ROLE_LISTITEM | 1u << ROLE_CELL |
            1u << ROLE_LINK,
        1u << ROLE_CHECKBOX | 1u << ROLE_RADIO | 1u << ROLE_SWITCH,
        1u << ROLE_TEXTBOX | 1u << ROLE_COMBOBOX | 1u << ROLE_SPINBUTTON,
        1u << ROLE_CELL | 1u << ROLE_COLUMNHEADER | 1u << ROLE_TEXT,
    };
    for (size_t i = 0; i < sizeof kin / sizeof *kin; i++)
        if (kin[i] & 1u << t->role && kin[i] & 1u << e->role)
            return true;
    return false;
}

/* May plain words be what the target asks for? */
static bool takes_words(const struct target *t, enum candidate_roles roles)
{
    if (t->field || !t->text || !t->text[0])
        return false;
    if (t->role == ROLE_NONE || t->role == ROLE_TEXT)
        return true;
    return roles == ROLES_KIN && !role_is_field(t->role) && !role_is_checkable(t->role) &&
           t->role != ROLE_IMAGE && t->role != ROLE_SCROLLBAR && t->role != ROLE_PROGRESSBAR &&
           t->role != ROLE_DIALOG;
}

static void collect_elements(struct candidates *c, const struct scene *scene,
                             const struct target *t, enum candidate_roles roles)
{
    for (int i = 0; i < scene->element_count; i++) {
        const struct element *e = &scene->elements[i];
        if (!(roles == ROLES_STRICT ? takes(t, e) : takes_kin(t, e)))
            continue;
        struct candidate found = element_candidate(e, t);
        if (roles == ROLES_KIN && found.rank >= KIN_RANK_MIN)
            found.rank *= FACTOR_KIN;
        else if (roles == ROLES_KIN || found.rank < CANDIDATE_RANK_MIN)
            continue;
        *candidates_add(c) = found;
    }
}

static bool is_near_left(struct rect words, struct rect e)
{
    int gap = e.x - (words.x + words.width), middle = rect_center(words).y;
    return gap >= -4 && gap <= LABEL_LEFT && middle >= e.y - 4 && middle <= e.y + e.height + 4;
}

static bool is_near_above(struct rect words, struct rect e)
{
    int gap = e.y - (words.y + words.height);
    return gap >= -4 && gap <= LABEL_ABOVE && words.x < e.x + e.width &&
           words.x + words.width > e.x - LABEL_RIGHT;
}

static bool is_near_right(struct rect words, struct rect e)
{
    int gap = words.x - (e.x + e.width), middle = rect_center(words).y;
    return gap >= -4 && gap <= LABEL_RIGHT && middle >= e.y - 4 && middle <= e.y + e.height + 4;
}

/* Are the words a part of the element, or the label beside it? */
static bool belongs(const struct candidate *words, const struct element *e, const char *text)
{
    if (!is_page(e) && rect_holds(rect_grow(e->box, 2), rect_center(words->box)))
        return true;
    if (!e->label || !e->label[0] || alike_within(e->label, text) < PART_SCORE_MIN)
        return false;
    return role_is_checkable(e->role)
               ? is_near_right(words->box, e->box) || is_near_left(words->box, e->box)
               : is_near_left(words->box, e->box) || is_near_above(words->box, e->box);
}

static bool belongs_to_any(const struct candidate *words, const struct scene *scene,
                           const char *text)
{
    for (int i = 0; i < scene->element_count; i++)
        if (scene->elements[i].role != ROLE_DIALOG && scene->elements[i].role != ROLE_TEXT &&
            belongs(words, &scene->elements[i], text))
            return true;
    return false;
}

static void collect_words(struct candidates *c, const struct scene *scene, const struct target *t,
                          enum candidate_roles roles)
{
    int kept = c->count, from = c->count;
    passages_collect(c, scene, t->text);
    for (int i = from; i < c->count; i++) {
        struct candidate *w = &c->items[i];
        const struct element *around = scene_element_at(scene, rect_center(w->box));
        if (around && role_is_field(around->role))
            w->rank *= FACTOR_TYPED;
        if (roles == ROLES_KIN) /* the last resort: words that stand for themselves */
            w->rank *= w->rank < KIN_RANK_MIN || belongs_to_any(w, scene, t->text) ? 0 : FACTOR_KIN;
        if (w->rank >= CANDIDATE_RANK_MIN)
            c->items[kept++] = *w;
    }
    c->count = kept;
}

void candidates_collect(struct candidates *c, const struct scene *scene,
                        const struct target *target, enum candidate_roles roles)
{
    collect_elements(c, scene, target, roles);
    if (takes_words(target, roles))
        collect_words(c, scene, target, roles);
}

void candidates_keep_best(struct candidates *c, double margin)
{
    double best = 0;
    int kept = 0;
    for (int i = 0; i < c->count; i++)
        best = c->items[i].rank > best ? c->items[i].rank : best;
    for (int i = 0; i < c->count; i++)
        if (c->items[i].rank >= best - margin)
            c->items[kept++] = c->items[i];
    c->count = kept;
}

/* Is A nothing but another sight of B, which is the better one to keep? */
static bool is_shadow(const struct candidate *a, const struct candidate *b, const char *text)
{
    if (!a->element && b->element)
        return a->rank <= b->rank && belongs(a, b->element, text);
    long common = rect_area(rect_common(a->box, b->box));
    long area_a = rect_area(a->box), area_b = rect_area(b->box);
    if ((double)common < SAME_PLACE * (double)(area_a < area_b ? area_a : area_b))
        return false;
    if (!a->element || !b->element) /* two runs that share words */
        return !a->element && !b->element && a->rank <= b->rank;
    return area_b < area_a && b->rank >= a->rank - SAME_RANK; /* a link in its cell */
}

void candidates_unite(struct candidates *c, const char *text)
{
    for (int i = 0; i < c->count;) {
        bool gone = false;
        for (int j = 0; j < c->count && !gone; j++)
            gone = j != i && is_shadow(&c->items[i], &c->items[j], text);
        if (!gone) {
            i++;
            continue;
        }
        c->count--;
        memmove(&c->items[i], &c->items[i + 1], (size_t)(c->count - i) * sizeof *c->items);
    }
}

static int order_down(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    return rect_center(x->box).y - rect_center(y->box).y;
}

static int order_right(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    return x->box.x - y->box.x;
}

void candidates_sort(struct candidates *c)
{
    if (!c->count)
        return;
    qsort(c->items, (size_t)c->count, sizeof *c->items, order_down);
    for (int start = 0; start < c->count;) {
        struct rect row = c->items[start].box;
        int end = start + 1;
        while (end < c->count && rect_center(c->items[end].box).y < row.y + row.height)
            end++;
        qsort(&c->items[start], (size_t)(end - start), sizeof *c->items, order_right);
        start = end;
    }
}

const char *candidate_name(const struct element *e)
{
    const char *names[] = {e->text, e->label, e->value};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i] && names[i][0])
            return names[i];
    return "";
}

void candidate_text(const struct scene *scene, const struct candidate *c, struct buf *out)
{
    if (c->element)
        buf_add(out, candidate_name(c->element));
    for (int i = c->first_word; i < c->end_word && i < scene->word_count; i++)
        buf_addf(out, "%s%s", i > c->first_word ? " " : "", scene->words[i].text);
}

void candidate_print(const struct scene *scene, const struct candidate *c, struct buf *out)
{
    const struct element *e = c->element;
    struct buf text = {0};
    if (e && e->label && e->label[0]) /* a field is told by its label, not by what it holds */
        buf_add(&text, e->label);
    else
        candidate_text(scene, c, &text);
    if (text.length > SHOWN_BYTES) {
        text.length = SHOWN_BYTES;
        while (text.length && ((unsigned char)text.text[text.length] & 0xC0) == 0x80)
            text.length--;
        text.text[text.length] = '\0';
        buf_add(&text, "...");
    }
    buf_addf(out, "%s", e ? role_name(e->role) : c->picture ? "picture" : "text");
    if (text.length)
        buf_addf(out, " \"%s\"", buf_text(&text));
    buf_addf(out, " at %d,%d (%dx%d)", c->box.x, c->box.y, c->box.width, c->box.height);
    buf_finish(&text);
}
