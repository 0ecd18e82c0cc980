#include "vision/find.h"

#include "base/alike.h"
#include "vision/candidates.h"
#include "vision/gallery.h"
#include "vision/nearest.h"
#include "vision/relations.h"

#include <stdio.h>
#include <string.h>

#define MARGIN_EQUAL 0.03 /* ranks nearer than this are equally good */
#define MARGIN_COUNTED                                                                             \
    0.08 /* and with "2nd" all that a person would count, misread ones and plain words, too */
#define DISTANCE_EQUAL 3 /* pixels */
#define GROUP_FIT      0.8
#define ROW_LINES      8   /* a cell is at most so many lines high; what is higher is no row */
#define ROW_REACH      0.5 /* of the anchor: how far its row reaches up and down */
#define LISTED_MAX     5   /* in an error */

#define TEXT_SIZE 2048

/* What there is to find things in. */
struct sight {
    const struct scene *scene;
    struct gallery *gallery; /* NULL: no pictures */
};

static bool is_same_thing(const struct candidate *a, const struct candidate *b)
{
    if (a->picture || b->picture)
        return a->picture == b->picture && rect_overlap(a->box, b->box) > 0.5;
    if (a->element || b->element)
        return a->element == b->element;
    return a->first_word < b->end_word && b->first_word < a->end_word;
}

/* What a person takes for the row of an anchor: as high as the table cell or list item that it
 * stands in; without one, taller than its text. */
static struct rect row_of(const struct scene *scene, struct rect anchor)
{
    int reach = (int)(ROW_REACH * anchor.height);
    struct rect row = {anchor.x, anchor.y - reach, anchor.width, anchor.height + 2 * reach};
    long best = 0;
    for (int i = 0; i < scene->element_count; i++) {
        const struct element *e = &scene->elements[i];
        bool holder = role_is_cell(e->role) || e->role == ROLE_LISTITEM || e->role == ROLE_OPTION;
        if (!holder || !rect_holds(e->box, rect_center(anchor)) ||
            e->box.height > ROW_LINES * anchor.height || (best && rect_area(e->box) >= best))
            continue;
        best = rect_area(e->box);
        row.y = e->box.y;
        row.height = e->box.height;
    }
    return row;
}

static bool is_in_group(const struct element *e, const struct target *of)
{
    return e && e->group && e->group[0] && of->text &&
           (alike_score(e->group, of->text) >= GROUP_FIT ||
            alike_within(e->group, of->text) >= GROUP_FIT);
}

/* A field of another group, where there are some of this one, is not in this one. */
static bool is_in_other(const struct scene *scene, const struct element *e, const struct target *of)
{
    if (!e || !role_is_field(e->role) || !e->group[0])
        return false;
    for (int i = 0; i < scene->element_count; i++)
        if (role_is_field(scene->elements[i].role) && is_in_group(&scene->elements[i], of))
            return true;
    return false;
}

/* Is C where the target's relation says? The nearest of the anchors counts. */
static bool is_related(const struct scene *scene, const struct target *t, struct candidate *c,
                       const struct candidates *anchors)
{
    bool holds = false;
    if (t->relation == RELATION_IN && is_in_group(c->element, t->of)) {
        c->distance = 0;
        return true;
    }
    if (t->relation == RELATION_IN && is_in_other(scene, c->element, t->of))
        return false;
    for (int i = 0; i < anchors->count; i++) {
        const struct candidate *anchor = &anchors->items[i];
        struct rect box = anchor->box;
        double distance = 0;
        if (is_same_thing(c, anchor))
            continue;
        if (t->relation == RELATION_IN_ROW)
            box = row_of(scene, box);
        if (!relation_holds(t->relation, c->box, box, &distance))
            continue;
        if (!holds || distance < c->distance)
            c->distance = distance;
        holds = true;
    }
    return holds;
}

static void keep_related(const struct scene *scene, const struct target *t, struct candidates *c,
                         const struct candidates *anchors)
{
    int kept = 0;
    for (int i = 0; i < c->count; i++)
        if (is_related(scene, t, &c->items[i], anchors))
            c->items[kept++] = c->items[i];
    c->count = kept;
}

static void keep_nearest(struct candidates *c)
{
    int kept = 0;
    double nearest = 0;
    for (int i = 0; i < c->count; i++)
        if (i == 0 || c->items[i].distance < nearest)
            nearest = c->items[i].distance;
    for (int i = 0; i < c->count; i++)
        if (c->items[i].distance <= nearest + DISTANCE_EQUAL)
            c->items[kept++] = c->items[i];
    c->count = kept;
}

/* Leaves the one that "2nd" or "last" counts to. */
static bool keep_counted(const struct target *t, struct candidates *c, struct err *e)
{
    int index = t->ordinal < 0 ? c->count + t->ordinal : t->ordinal - 1;
    if (index < 0 || index >= c->count) {
        struct buf name = {0};
        target_print(t, &name);
        err_set(e, ERR_TASK, "there is no %s: only %d like it %s on the screen", buf_text(&name),
                c->count, c->count == 1 ? "is" : "are");
        buf_finish(&name);
        return false;
    }
    c->items[0] = c->items[index];
    c->count = 1;
    return true;
}

/* Says how near to it the screen comes. */
static void picture_explain(const struct target *t, const struct sightings *s, struct err *e)
{
    struct rect b = s->best.box;
    struct buf name = {0};
    target_print(&(struct target){.kind = TARGET_IMAGE, .text = t->text}, &name);
    if (rect_empty(b))
        err_set(e, ERR_TASK, "%s is larger than the screen", buf_text(&name));
    else
        err_set(e, ERR_TASK,
                "%s is not on the screen; most like it is the place at %d,%d (%dx%d), by %.3f, and "
                "%.2f is needed",
                buf_text(&name), b.x, b.y, b.width, b.height, s->best.similarity, s->least);
    buf_finish(&name);
}

static bool has_gallery(const struct sight *v, struct err *e)
{
    return v->gallery || err_set(e, ERR_USAGE, "there is no screen to look for a picture on");
}

/* ROLES_STRICT: only exact ones where there are, if the target isn't counted. */
static void collect_pictures(const struct sight *v, const struct target *t,
                             enum candidate_roles roles, struct candidates *out, struct err *e)
{
    bool all = roles != ROLES_STRICT || t->ordinal;
    const struct sightings *s = NULL;
    struct point click = {0};
    if (has_gallery(v, e))
        s = gallery_find(v->gallery, t->text, all ? SIGHTINGS_ALL : SIGHTINGS_BEST, &click, e);
    for (int i = 0; s && i < s->count; i++)
        *candidates_add(out) = (struct candidate){.box = s->items[i].box,
                                                  .picture = true,
                                                  .click = click,
                                                  .score = s->items[i].similarity,
                                                  .rank = s->items[i].similarity};
    if (s && !s->count)
        picture_explain(t, s, e);
}

static enum found find_all(const struct sight *v, const struct target *t, int depth,
                           struct candidates *out, struct err *e);

/* Everything that fits what the target says, its place included. */
static enum found find_named(const struct sight *v, const struct target *t, int depth,
                             struct candidates *out, struct err *e)
{
    const struct scene *scene = v->scene;
    struct candidates anchors = {0}, elsewhere = {0};
    bool picture = t->kind == TARGET_IMAGE;
    bool placed = t->relation != RELATION_NONE && t->of;
    enum found found = FOUND_NONE;
    struct err why = {0}, unseen = {0};
    /* As a landmark both a field and the words of its label will do; only what is counted must be
     * told apart. */
    bool anchor = depth > 0 && !t->ordinal;
    if (placed && find_all(v, t->of, depth + 1, &anchors, &why) == FOUND_NONE &&
        t->relation != RELATION_IN) {
        if (e)
            *e = why;
        goto out;
    }
    /* A picture that is nowhere was looked for leniently at once. */
    int last = picture && !placed ? ROLES_STRICT : ROLES_KIN;
    for (int roles = ROLES_STRICT; roles <= last && !out->count; roles++) {
        if (picture)
            collect_pictures(v, t, (enum candidate_roles)roles, out, &unseen);
        else
            candidates_collect(out, scene, t, (enum candidate_roles)roles);
        if (!anchor && !picture)
            candidates_unite(out, t->text ? t->text : "");
        if (!placed)
            continue;
        if (!elsewhere.count)
            for (int i = 0; i < out->count; i++)
                *candidates_add(&elsewhere) = out->items[i];
        keep_related(scene, t, out, &anchors);
    }
    if (!out->count) {
        if (placed && !anchors.count && e)
            *e = why;
        else if (picture && !elsewhere.count && e)
            *e = unseen;
        else
            nearest_explain(scene, t, &elsewhere, e);
        goto out;
    }
    candidates_keep_best(out, t->ordinal || anchor ? MARGIN_COUNTED : MARGIN_EQUAL);
    candidates_sort(out);
    if (t->ordinal && !keep_counted(t, out, e))
        goto out;
    if (placed && !t->ordinal)
        keep_nearest(out);
    found = out->count == 1 ? FOUND_ONE : FOUND_AMBIGUOUS;
out:
    candidates_finish(&anchors);
    candidates_finish(&elsewhere);
    return found;
}

static enum found find_place(const struct scene *scene, struct point at, struct candidates *out,
                             struct err *e)
{
    if (!rect_holds((struct rect){0, 0, scene->width, scene->height}, at)) {
        err_set(e, ERR_TASK, "%d,%d is outside the screen of %dx%d", at.x, at.y, scene->width,
                scene->height);
        return FOUND_NONE;
    }
    *candidates_add(out) = (struct candidate){
        .element = scene_element_at(scene, at), .box = {at.x, at.y, 1, 1}, .score = 1, .rank = 1};
    return FOUND_ONE;
}

static enum found find_id(const struct scene *scene, int id, struct candidates *out, struct err *e)
{
    const struct element *element = scene_element(scene, id);
    if (!element) {
        err_set(e, ERR_TASK, "there is no element #%d: the screen has %d", id,
                scene->element_count);
        return FOUND_NONE;
    }
    *candidates_add(out) =
        (struct candidate){.element = element, .box = element->box, .score = 1, .rank = 1};
    return FOUND_ONE;
}

/* The whole screen, as long as it looks as it should. */
static enum found find_screen(const struct sight *v, const char *name, struct candidates *out,
                              struct err *e)
{
    struct rect box = {0};
    if (!has_gallery(v, e) || !gallery_compare(v->gallery, name, &box, e))
        return FOUND_NONE;
    *candidates_add(out) = (struct candidate){.box = box,
                                              .picture = true,
                                              .click = {box.width / 2, box.height / 2},
                                              .score = 1,
                                              .rank = 1};
    return FOUND_ONE;
}

/* All that the target may mean, in reading order; one unless it is ambiguous. */
static enum found find_all(const struct sight *v, const struct target *t, int depth,
                           struct candidates *out, struct err *e)
{
    if (depth > TARGET_DEPTH_MAX) {
        err_set(e, ERR_USAGE, "a target may be described by at most %d others", TARGET_DEPTH_MAX);
        return FOUND_NONE;
    }
    switch (t->kind) {
    case TARGET_TEXT:
    case TARGET_IMAGE:
        return find_named(v, t, depth, out, e);
    case TARGET_AT:
        return find_place(v->scene, t->at, out, e);
    case TARGET_ID:
        return find_id(v->scene, t->id, out, e);
    case TARGET_SCREEN:
        return find_screen(v, t->text, out, e);
    case TARGET_NONE:
        break;
    }
    err_set(e, ERR_USAGE, "there is no target to look for");
    return FOUND_NONE;
}

static void ambiguous_explain(const struct scene *scene, const struct target *t,
                              const struct candidates *c, struct err *e)
{
    struct buf name = {0}, list = {0};
    target_print(t, &name);
    for (int i = 0; i < c->count && i < LISTED_MAX; i++) {
        buf_add(&list, i ? ", " : "");
        candidate_print(scene, &c->items[i], &list);
    }
    if (c->count > LISTED_MAX)
        buf_addf(&list, " and %d more", c->count - LISTED_MAX);
    err_set(e, ERR_TASK,
            "%d things on the screen may be meant by %s: %s; say which, as in 2nd %s%s", c->count,
            buf_text(&name), buf_text(&list), buf_text(&name),
            t->relation ? "" : ", or by what is beside it (in row \"...\", below \"...\")");
    buf_finish(&name);
    buf_finish(&list);
}

/* Words have no string of their own in the scene: theirs is put together here. */
static const char *match_text(const struct scene *scene, const struct candidate *c)
{
    static _Thread_local char text[TEXT_SIZE];
    struct buf b = {0};
    const char *read = c->element ? candidate_name(c->element) : text;
    if (!c->element) {
        candidate_text(scene, c, &b);
        snprintf(text, sizeof text, "%s", buf_text(&b));
        buf_finish(&b);
    }
    return read;
}

/* Does its line go on before or behind it? */
static bool is_part(const struct scene *scene, const struct candidate *c)
{
    const struct word *words = scene->words;
    if (c->element || c->picture || c->end_word <= c->first_word)
        return false;
    int last = c->end_word - 1;
    return (c->first_word > 0 && words[c->first_word - 1].line == words[c->first_word].line) ||
           (c->end_word < scene->word_count && words[c->end_word].line == words[last].line);
}

enum found find_target(void *self, const struct scene *scene, const struct target *target,
                       struct match *out, struct err *e)
{
    struct sight sight = {scene, self};
    struct candidates c = {0};
    enum found found = find_all(&sight, target, 0, &c, e);
    if (found != FOUND_NONE) {
        const struct candidate *first = &c.items[0];
        struct rect box = first->box;
        if (first->picture && (first->click.x != box.width / 2 || first->click.y != box.height / 2))
            box = (struct rect){box.x + first->click.x, box.y + first->click.y, 1, 1};
        *out = (struct match){first->element, box, match_text(scene, first), first->score,
                              is_part(scene, first)};
    }
    if (found == FOUND_AMBIGUOUS)
        ambiguous_explain(scene, target, &c, e);
    candidates_finish(&c);
    return found;
}
