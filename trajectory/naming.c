#include "trajectory/naming.h"

#include "base/alike.h"

#include <stdlib.h>
#include <string.h>

#define SLACK          3   /* pixels: a click just beside its edge is meant for it, too */
#define NEIGHBOUR_MAX  250 /* pixels to what names a thing that has no name */
#define REFINED_LABEL  0.75
#define SAME_PLACE     0.8 /* so much of one another do two looks at one thing hold */
#define WORDS_MAX      8   /* more are a text, and no name of something */
#define ROW_CENTER_MAX 6   /* pixels between the middles of a row's cells and its things */

static const struct scene *scene_at(const struct recording *r, int scene)
{
    return scene >= 0 && scene < r->scene_count ? &r->scenes[scene] : NULL;
}

char *naming_text(const struct element *el)
{
    bool labelled = role_is_field(el->role) || role_is_checkable(el->role);
    const char *text = labelled || !el->text[0] ? element_own_label(el) : el->text;
    size_t n = strcspn(text, "\n");
    while (n > 0 && strchr("*: ", text[n - 1]))
        n--;
    while (n > 0 && strchr("* ", *text)) {
        text++;
        n--;
    }
    return mem_text_n(text, n);
}

static bool is_named(const struct element *el, const char *name)
{
    char *own = naming_text(el);
    bool same = alike_equal(own, name);
    free(own);
    return same;
}

const struct element *naming_at(const struct recording *r, int scene, struct point at)
{
    static const struct point around[] = {{0, 0}, {0, -SLACK}, {0, SLACK}, {-SLACK, 0}, {SLACK, 0}};
    const struct scene *s = scene_at(r, scene);
    const struct element *found = NULL;
    for (int i = 0; s && !found && i < 5; i++)
        found = scene_element_at(s, (struct point){at.x + around[i].x, at.y + around[i].y});
    return found;
}

static long distance(struct rect a, struct rect b)
{
    struct point p = rect_center(a), q = rect_center(b);
    return labs((long)p.x - q.x) + labs((long)p.y - q.y);
}

const struct element *naming_again(const struct recording *r, int scene, const struct element *el)
{
    const struct scene *s = scene_at(r, scene);
    const struct element *best = NULL, *there = NULL;
    char *name = naming_text(el);
    for (int i = 0; s && i < s->element_count; i++) {
        const struct element *other = &s->elements[i];
        if (other->role != el->role)
            continue;
        if (rect_overlap(other->box, el->box) > SAME_PLACE)
            there = other;
        if (is_named(other, name) &&
            (!best || distance(other->box, el->box) < distance(best->box, el->box)))
            best = other;
    }
    free(name);
    return best ? best : there;
}

/* Is there another of the same role and name, on this scene, or under another heading on any? */
static bool has_double(const struct recording *r, int scene, const struct element *el)
{
    bool found = false;
    char *name = naming_text(el);
    for (int s = 0; s < r->scene_count && !found; s++)
        for (int i = 0; i < r->scenes[s].element_count && !found; i++) {
            const struct element *other = &r->scenes[s].elements[i];
            if (other == el || other->role != el->role || !is_named(other, name))
                continue;
            found = s == scene ||
                    (other->group[0] && el->group[0] && !alike_equal(other->group, el->group));
        }
    free(name);
    return found;
}

static void relate(struct target *t, enum relation relation, const char *text)
{
    t->relation = relation;
    t->of = mem_zero(1, sizeof *t->of);
    *t->of = (struct target){.kind = TARGET_TEXT, .text = mem_text(text)};
}

/* What a row of a table begins with: the leftmost named thing that stands level with EL. */
static const struct element *row_head(const struct scene *s, const struct element *el)
{
    const struct element *head = NULL;
    for (int i = 0; i < s->element_count; i++) {
        const struct element *other = &s->elements[i];
        int apart = rect_center(other->box).y - rect_center(el->box).y;
        if (other == el || abs(apart) > ROW_CENTER_MAX || !other->text[0] ||
            other->role == el->role || (head && other->box.x >= head->box.x))
            continue;
        head = other;
    }
    return head;
}

/* Which of those of its role and name it is, from top left to bottom right. */
static int ordinal_of(const struct scene *s, const struct element *el)
{
    int before = 0;
    char *name = naming_text(el);
    for (int i = 0; i < s->element_count; i++) {
        const struct element *other = &s->elements[i];
        if (other != el && other->role == el->role && is_named(other, name))
            before += other->box.y + other->box.height / 2 < el->box.y ||
                      (other->box.x < el->box.x && other->box.y <= rect_center(el->box).y);
    }
    free(name);
    return before + 1;
}

/* Fields always say their section where it is known: another section may get one of that name. */
static void place_it(const struct recording *r, int scene, const struct element *el,
                     struct target *t)
{
    const struct scene *s = scene_at(r, scene);
    bool doubled = has_double(r, scene, el);
    const struct element *head = doubled && s ? row_head(s, el) : NULL;
    if ((role_is_field(el->role) || el->role == ROLE_RADIO || doubled) && el->group[0])
        relate(t, RELATION_IN, el->group);
    else if (doubled && head)
        relate(t, RELATION_IN_ROW, head->text);
    else if (doubled && s)
        t->ordinal = ordinal_of(s, el);
}

/* What has no name of its own is called by what stands left of it, or above. NULL: nothing does. */
static const struct element *neighbour_of(const struct recording *r, int scene,
                                          const struct element *el, enum relation *relation)
{
    const struct scene *s = scene_at(r, scene);
    const struct element *best = NULL;
    for (int i = 0; s && i < s->element_count; i++) {
        const struct element *other = &s->elements[i];
        struct point middle = rect_center(other->box);
        bool level = middle.y >= el->box.y && middle.y < el->box.y + el->box.height &&
                     other->box.x + other->box.width <= el->box.x + SLACK;
        bool above = middle.x >= el->box.x && middle.x < el->box.x + el->box.width &&
                     other->box.y + other->box.height <= el->box.y + SLACK;
        if (other == el || !other->text[0] || (!level && !above) ||
            distance(other->box, el->box) > NEIGHBOUR_MAX ||
            (best && distance(other->box, el->box) >= distance(best->box, el->box)))
            continue;
        best = other;
        *relation = level ? RELATION_RIGHT_OF : RELATION_BELOW;
    }
    return best;
}

bool naming_target(const struct recording *r, int scene, const struct element *el,
                   struct target *out)
{
    char *name = naming_text(el);
    if (!*name) {
        enum relation relation;
        const struct element *beside = neighbour_of(r, scene, el, &relation);
        free(name);
        if (!beside)
            return false;
        *out = (struct target){.kind = TARGET_TEXT, .role = el->role};
        relate(out, relation, beside->text);
        return true;
    }
    *out = (struct target){.kind = TARGET_TEXT, .text = name};
    out->role = el->role == ROLE_TEXT ? ROLE_NONE : el->role;
    place_it(r, scene, el, out);
    return true;
}

/* Do two words of a line stand so near that they are read as one text? */
static bool are_joined(const struct word *left, const struct word *right)
{
    int gap = right->box.x - (left->box.x + left->box.width);
    return left->line == right->line && gap <= left->box.height && gap <= right->box.height;
}

bool naming_words(const struct recording *r, int scene, struct point at, struct target *out)
{
    const struct scene *s = scene_at(r, scene);
    int first = 0, last;
    while (s && first < s->word_count && !rect_holds(s->words[first].box, at))
        first++;
    if (!s || first == s->word_count)
        return false;
    for (last = first;
         last + 1 < s->word_count && are_joined(&s->words[last], &s->words[last + 1]);)
        last++;
    while (first > 0 && are_joined(&s->words[first - 1], &s->words[first]))
        first--;
    if (last - first >= WORDS_MAX)
        return false;
    struct buf text = {0};
    for (int i = first; i <= last; i++)
        buf_addf(&text, "%s%s", i > first ? " " : "", s->words[i].text);
    *out = (struct target){.kind = TARGET_TEXT, .text = buf_take(&text)};
    return true;
}

bool naming_known(const struct recording *r, int scene, const struct element *el)
{
    enum relation relation;
    char *name = el ? naming_text(el) : NULL;
    bool known = name && (*name || neighbour_of(r, scene, el, &relation));
    free(name);
    return known;
}

void naming_refine(const struct recording *r, int scene, const struct element *el, struct target *t)
{
    char *name = naming_text(el);
    bool plain = t->kind == TARGET_TEXT && t->text && !t->ordinal && !t->of;
    if (plain && *name && alike_label(name, t->text) >= REFINED_LABEL) {
        free(t->text);
        t->text = mem_text(name);
        t->role = el->role == ROLE_TEXT ? ROLE_NONE : el->role;
        t->field = false;
        place_it(r, scene, el, t);
    }
    free(name);
}
