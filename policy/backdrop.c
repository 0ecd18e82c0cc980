#include "policy/backdrop.h"

#include "base/buf.h"

#include <stdlib.h>
#include <string.h>

#define OFF   1 /* pixels that a word may be off its place */
#define TOUCH 8 /* from the area to the anchor */

void backdrop_take(struct backdrop *b, const struct scene *scene)
{
    if (scene->word_count > b->capacity) {
        b->capacity = scene->word_count;
        b->words = mem_resize(b->words, (size_t)b->capacity * sizeof *b->words);
    }
    arena_reset(&b->arena);
    b->count = scene->word_count;
    for (int i = 0; i < b->count; i++) {
        b->words[i] = scene->words[i];
        b->words[i].text = arena_text(&b->arena, scene->words[i].text);
    }
}

void backdrop_finish(struct backdrop *b)
{
    free(b->words);
    arena_finish(&b->arena);
    *b = (struct backdrop){0};
}

/* The same word, or what is left of it beside something that covers the rest. */
static bool is_rest_of(const struct word *now, const struct word *before)
{
    size_t length = strlen(now->text), whole = strlen(before->text);
    bool left = abs(now->box.x - before->box.x) <= OFF;
    bool right = abs(rect_right(now->box) - rect_right(before->box)) <= OFF;
    if (abs(now->box.y - before->box.y) > OFF || length > whole || (!left && !right))
        return false;
    return (left && memcmp(now->text, before->text, length) == 0) ||
           (right && strcmp(now->text, before->text + whole - length) == 0);
}

static bool stood_there(const struct backdrop *b, const struct word *word)
{
    for (int i = 0; i < b->count; i++)
        if (is_rest_of(word, &b->words[i]))
            return true;
    return false;
}

/* How many new words are in the area. */
static int count_new(const struct scene *scene, const bool *old, struct rect area)
{
    int count = 0;
    for (int i = 0; i < scene->word_count; i++)
        count += !old[i] && rect_holds(area, rect_center(scene->words[i].box));
    return count;
}

/* The largest part of AREA beside WORD that reaches the anchor and keeps all new words; all of it,
 * when there is none: then the word is a new one that says the same. */
static struct rect cut_off(const struct scene *scene, const bool *old, struct rect area,
                           struct rect word, struct rect anchor)
{
    int right = rect_right(area), bottom = area.y + area.height, under = word.y + word.height;
    struct rect parts[] = {
        {rect_right(word), area.y, right - rect_right(word), area.height},
        {area.x, area.y, word.x - area.x, area.height},
        {area.x, under, area.width, bottom - under},
        {area.x, area.y, area.width, word.y - area.y},
    };
    struct rect best = {0};
    int most = count_new(scene, old, area);
    for (int i = 0; i < 4; i++)
        if (!rect_empty(rect_common(parts[i], rect_grow(anchor, TOUCH))) &&
            count_new(scene, old, parts[i]) == most && rect_area(parts[i]) > rect_area(best))
            best = parts[i];
    return rect_empty(best) ? area : best;
}

struct rect backdrop_cut(const struct backdrop *b, const struct scene *scene, struct rect anchor,
                         struct rect area)
{
    bool *old = mem_zero((size_t)scene->word_count + 1, sizeof *old);
    for (int i = 0; i < scene->word_count; i++)
        old[i] = stood_there(b, &scene->words[i]);
    for (int i = 0; i < scene->word_count; i++) {
        struct rect word = scene->words[i].box;
        struct point middle = rect_center(word);
        if (old[i] && rect_holds(area, middle) && !rect_holds(anchor, middle))
            area = cut_off(scene, old, area, word, anchor);
    }
    free(old);
    return area;
}
