#include "emulator/effect.h"

#include "base/alike.h"
#include "base/utf8.h"
#include "policy/reading.h"
#include "vision/scaled.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define NEAR            6 /* pixels around a thing that belong to it: a shadow, a ring */
#define STRIP_NEAR      16
#define CARET_WIDTH     3   /* pixels */
#define ROW_HEIGHT      80  /* what is lit up under the pointer is not higher */
#define SCROLLED        60  /* pixels, width and height: less is what the pointer lights up */
#define TEXT_FIT        0.8 /* among other words */
#define OTHER_TEXT      0.6 /* as alike_score says */
#define UNREADABLE_MOST 2   /* letters: so few may not be made out at all */

/* ---- before ---- */

static void glimpse_take(struct glimpse *g, const struct element *e)
{
    buf_reset(&g->text);
    g->box = e ? e->box : (struct rect){0};
    g->states = e ? e->states : 0;
    if (e)
        reading_of(e, &g->text);
}

/* What is lit up while the pointer is AT. */
static struct rect spot_at(const struct scene *scene, struct point at, struct rect place)
{
    const struct element *e = scene_element_at(scene, at);
    if (e && e->box.height <= ROW_HEIGHT)
        return e->box;
    return rect_holds(place, at) ? place : (struct rect){at.x, at.y, 1, 1};
}

static void strip_keep(struct effect *f, const struct frame *frame)
{
    struct rect box = f->spot;
    int reach = box.height + STRIP_NEAR;
    struct rect strip = {0, box.y - reach, frame->width, box.height + 2 * reach};
    f->strip = rect_common(strip, frame_rect(frame));
    scaled_frame(frame, f->strip, f->strip.width, f->strip.height, &f->kept);
}

void effect_begin(struct effect *f, const struct action *action, const struct scene *scene,
                  const struct frame *frame, struct rect place, struct point pointer)
{
    f->awaited = true;
    f->kind = action->kind;
    f->from = pointer;
    f->at = action->has_at ? action->at : pointer;
    f->look = f->strip = (struct rect){0};
    f->place = !action->has_at || rect_holds(place, f->at) ? place : (struct rect){0};
    f->spot = spot_at(scene, f->at, f->place);
    f->left = spot_at(scene, f->from, (struct rect){0});
    glimpse_take(&f->target, scene_element_at(scene, f->at));
    glimpse_take(&f->focus, scene_focused(scene));
    buf_reset(&f->text);
    f->hidden = action->shown != NULL;
    if (action->kind == ACTION_TYPE)
        buf_add(&f->text, action->text);
    if (action->kind == ACTION_CLICK)
        strip_keep(f, frame);
}

void effect_finish(struct effect *f)
{
    frame_finish(&f->kept);
    buf_finish(&f->target.text);
    buf_finish(&f->focus.text);
    buf_finish(&f->text);
    *f = (struct effect){0};
}

/* ---- what is no answer ---- */

static bool is_of_time(const char *text)
{
    return text[strspn(text, "0123456789:.")] == '\0';
}

/* Does LINE hold a time of day, in one word or in pieces? */
static bool has_time(const struct scene *scene, int line)
{
    bool colon = false, digits = false;
    for (int i = 0; i < scene->word_count; i++) {
        const struct word *w = &scene->words[i];
        if (w->line != line || !is_of_time(w->text))
            continue;
        const char *at = strchr(w->text, ':');
        colon = colon || (at && (at > w->text || digits));
        digits = digits || isdigit((unsigned char)w->text[0]);
    }
    return colon;
}

static bool is_clock(const struct scene *scene, struct rect change)
{
    bool any = false;
    for (int i = 0; i < scene->word_count; i++) {
        const struct word *w = &scene->words[i];
        if (rect_empty(rect_common(w->box, change)))
            continue;
        if (!is_of_time(w->text) || !has_time(scene, w->line))
            return false;
        any = true;
    }
    return any;
}

/* A caret, a dot that was drawn a shade otherwise, a clock. */
static bool is_nothing(const struct scene *scene, struct rect change)
{
    return change.width <= CARET_WIDTH || is_clock(scene, change);
}

static bool holds_the_same(const struct glimpse *g, const struct element *e)
{
    struct buf now = {0};
    reading_of(e, &now);
    bool same = alike_score(buf_text(&now), buf_text(&g->text)) >= OTHER_TEXT ||
                (!now.length && !g->text.length);
    buf_finish(&now);
    return same;
}

/* What had the focus, and only shows that it has no more. */
static bool is_lost_focus(const struct effect *f, const struct scene *scene, struct rect change)
{
    if (!rect_inside(change, rect_grow(f->focus.box, NEAR)) || rect_holds(f->focus.box, f->at))
        return false;
    const struct element *now = scene_element_at(scene, rect_center(f->focus.box));
    return now && holds_the_same(&f->focus, now);
}

static bool touches(struct rect change, struct rect box)
{
    return !rect_empty(rect_common(change, rect_grow(box, NEAR)));
}

/* What the pointer has left. */
static bool is_left_behind(const struct effect *f, struct rect change)
{
    return change.height <= ROW_HEIGHT && touches(change, f->left) && !touches(change, f->spot);
}

/* What the pointer has come to: the target, or all of its row. */
static bool is_under_pointer(const struct effect *f, struct rect change)
{
    return rect_inside(change, f->strip) && touches(change, f->spot) && !touches(change, f->left);
}

/* ---- after ---- */

static bool target_differs(const struct effect *f, const struct scene *scene)
{
    const unsigned told = STATE_CHECKED | STATE_MIXED | STATE_FOCUSED | STATE_EXPANDED;
    const struct element *now = scene_element_at(scene, f->at);
    if (rect_empty(f->target.box) || !now || rect_overlap(now->box, f->target.box) < 0.5)
        return false;
    if ((now->states & told) != (f->target.states & told))
        return true;
    /* under the pointer a text may not be made out at all */
    return f->target.text.length && now->text[0] && !holds_the_same(&f->target, now);
}

static enum effect_seen see_click(struct effect *f, const struct scene *scene,
                                  const struct rect *changes, int count)
{
    if (target_differs(f, scene))
        return EFFECT_SEEN;
    for (int i = 0; i < count; i++) {
        if (is_nothing(scene, changes[i]) || is_lost_focus(f, scene, changes[i]) ||
            is_left_behind(f, changes[i]))
            continue;
        if (!is_under_pointer(f, changes[i]))
            return EFFECT_SEEN;
        f->look = rect_union(f->look, changes[i]);
    }
    return rect_empty(f->look) ? EFFECT_NOT_SEEN : EFFECT_LOOK;
}

static enum effect_seen see_any(const struct effect *f, const struct scene *scene,
                                const struct rect *changes, int count)
{
    const struct element *focus = scene_focused(scene);
    bool seen = f->kind == ACTION_KEY && focus && rect_overlap(focus->box, f->focus.box) < 0.5;
    for (int i = 0; i < count; i++)
        seen = seen || (!is_nothing(scene, changes[i]) &&
                        (f->kind != ACTION_SCROLL ||
                         (changes[i].width >= SCROLLED && changes[i].height >= SCROLLED)));
    return seen ? EFFECT_SEEN : EFFECT_NOT_SEEN;
}

/* ---- typed ---- */

/* The text ends with what is meant. */
static bool ends_with(const char *read, const char *meant)
{
    size_t letters = utf8_length(meant), all = utf8_length(read);
    for (; all > letters; all--)
        utf8_next(&read);
    return reading_shows(read, meant, NULL);
}

static bool text_shows(const char *read, const char *meant)
{
    const char *last = strrchr(meant, '\n');
    return reading_shows(read, meant, NULL) || reading_shows_part(read, meant) ||
           ends_with(read, meant) || alike_within(read, last ? last + 1 : meant) >= TEXT_FIT;
}

static bool area_shows(const struct effect *f, const struct scene *scene, struct rect area,
                       const char *meant)
{
    struct buf read = {0};
    reading_inside(scene, area, &read);
    bool shows = read.length && text_shows(buf_text(&read), meant);
    const struct element *e = scene_element_at(scene, rect_center(area));
    if (!shows && e && rect_inside(e->box, rect_grow(area, NEAR))) {
        buf_reset(&read);
        reading_of(e, &read);
        shows = (read.length || !*meant) && (text_shows(buf_text(&read), meant) ||
                                             (f->hidden && reading_is_hidden(buf_text(&read))));
    }
    buf_finish(&read);
    return shows;
}

/* What can't be read back is known by its having appeared. */
static bool is_unreadable(const struct effect *f, const char *meant)
{
    return f->hidden || utf8_length(meant) <= UNREADABLE_MOST || reading_is_foreign(meant);
}

static bool shows_typed(const struct effect *f, const struct scene *scene,
                        const struct rect *changes, int count, const char *meant)
{
    const struct element *focus = scene_focused(scene);
    struct rect field = focus ? focus->box : f->place;
    bool shown = (focus && area_shows(f, scene, focus->box, meant)) ||
                 (!rect_empty(f->place) && area_shows(f, scene, f->place, meant));
    for (int i = 0; i < count && !shown; i++) {
        struct rect inside = rect_empty(field) ? changes[i] : rect_common(changes[i], field);
        shown = area_shows(f, scene, rect_grow(changes[i], 2 * NEAR), meant) ||
                (is_unreadable(f, meant) && inside.width > CARET_WIDTH);
    }
    return shown;
}

/* A text with its Return or Tab may have left the field. */
static enum effect_seen see_text(const struct effect *f, const struct scene *scene,
                                 const struct rect *changes, int count, const char *shown)
{
    const char *text = buf_text(&f->text);
    size_t length = f->text.length;
    while (length && strchr("\r\n\t", text[length - 1]))
        length--;
    bool leaves = length < f->text.length;
    char *meant = shown && *shown ? mem_text(shown) : mem_text_n(text, length);
    bool seen = length && shows_typed(f, scene, changes, count, meant);
    for (int i = 0; i < count && leaves && !seen; i++)
        seen = !is_nothing(scene, changes[i]) &&
               !rect_inside(changes[i], rect_grow(f->focus.box, NEAR));
    free(meant);
    return seen ? EFFECT_SEEN : EFFECT_NOT_SEEN;
}

enum effect_seen effect_see(struct effect *f, const struct scene *scene, const struct rect *changes,
                            int count, const char *shown)
{
    switch (f->kind) {
    case ACTION_CLICK:
    case ACTION_MOUSE_DOWN:
    case ACTION_MOUSE_UP:
        return see_click(f, scene, changes, count);
    case ACTION_TYPE:
        return see_text(f, scene, changes, count, shown);
    default:
        return see_any(f, scene, changes, count);
    }
}

bool effect_stays(const struct effect *f, const struct frame *frame)
{
    struct rect r = rect_common(rect_common(f->look, f->strip), frame_rect(frame));
    const struct frame old = {.width = r.width,
                              .height = r.height,
                              .stride = f->kept.stride,
                              .pixels = f->kept.pixels +
                                        (size_t)(r.y - f->strip.y) * (size_t)f->kept.stride +
                                        (r.x - f->strip.x)};
    const struct frame new = {.width = r.width,
                              .height = r.height,
                              .stride = frame->stride,
                              .pixels = frame->pixels + (size_t)r.y * (size_t)frame->stride + r.x};
    return rect_empty(r) || frame_difference(&old, &new).width > CARET_WIDTH;
}
