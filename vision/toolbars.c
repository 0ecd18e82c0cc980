/*
 * Three and more icons in a row, evenly spaced, are the buttons of a tool bar or of a window's
 * corner. Texts beside some of them are the labels of those. How large the buttons are shows in the
 * distances between them: their neighbours touch.
 */
#include "vision/view.h"

#include "vision/colour.h"
#include "vision/glyphs.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define ICONS_LEAST 3
#define GAP_MIN     5  /* pixels from icon to icon: letters stand nearer */
#define GAP_MAX     48 /* separators stand between groups */
#define STEP_MIN    18
#define OFF_MAX     5  /* between the middles of neighbours */
#define LABEL_GAP   12 /* from an icon to its text */
#define PAD_MIN     3  /* from an icon to the side of its button */
#define PAD_MAX     14
#define PAD_USUAL   7
#define ITEMS_MAX   64
#define FRAME_HIGH  64 /* of a single button */
#define FRAME_WIDE  120
#define FIELD_HIGH  44
#define GROUND_MAX  16
#define SURE_LEAST  0.5f
#define STEP_SLACK  3 /* steps that differ by this are even */

struct item {
    int icon;
    struct rect label; /* the text beside it; empty for none */
    struct rect cell;
    bool arrow;  /* it opens the menu of the button before it */
    bool framed; /* its button has a frame of its own */
};

struct bar {
    struct item items[ITEMS_MAX]; /* from left to right */
    int count;
    int side; /* of the largest icon */
    int pad;  /* from there to the sides of its button */
};

static int middle(struct rect r)
{
    return r.y + r.height / 2;
}

static int right_of(struct rect r)
{
    return r.x + r.width;
}

/* Is the word one that was read from an icon? */
static bool is_icon(const struct view *v, int word)
{
    for (int i = 0; i < v->icon_count; i++)
        if (v->icons[i].word == word)
            return true;
    return false;
}

/* Has it a small frame for itself? */
static bool is_framed(const struct view *v, int icon)
{
    int frame = v->icons[icon].frame;
    if (frame < 0)
        return false;
    struct rect r = v->boxes->items[frame].rect;
    if (r.height > FRAME_HIGH || r.width > FRAME_WIDE)
        return false;
    for (int i = 0; i < v->icon_count; i++)
        if (i != icon && v->icons[i].frame == frame)
            return false;
    return true;
}

/* The frame that its row is in; -1: none. */
static int frame_of(const struct view *v, int icon)
{
    int frame = v->icons[icon].frame;
    return is_framed(v, icon) ? v->boxes->items[frame].parent : frame;
}

static uint32_t ground_of(const struct view *v, int icon)
{
    struct rect r = rect_grow(v->icons[icon].box, 2);
    int right = right_of(r) - 1, bottom = r.y + r.height - 1;
    uint32_t corners[] = {colour_at(v->frame, r.x, r.y), colour_at(v->frame, right, r.y),
                          colour_at(v->frame, r.x, bottom), colour_at(v->frame, right, bottom)};
    return colour_commonest(corners, 4);
}

/* Is the ground above and below it plain, as that of controls is and that of photographs is not? */
static bool is_clear(const struct view *v, int icon)
{
    struct rect r = rect_grow(v->icons[icon].box, 3);
    int alike = 0;
    for (int x = r.x; x + 1 < r.x + r.width; x++)
        for (int y = r.y; y < r.y + r.height; y += r.height - 1)
            alike += colour_distance(colour_at(v->frame, x, y), colour_at(v->frame, x + 1, y)) == 0;
    return alike * 10 >= 2 * (r.width - 1) * 7;
}

/* Do the two lie on one ground, as far as their own frames let it be seen? */
static bool share_ground(const struct view *v, int a, int b)
{
    return frame_of(v, a) == frame_of(v, b) &&
           (is_framed(v, a) || is_framed(v, b) ||
            colour_distance(ground_of(v, a), ground_of(v, b)) <= GROUND_MAX);
}

static bool is_beside(struct rect a, struct rect b)
{
    int least = a.height < b.height ? a.height : b.height;
    int top = a.y > b.y ? a.y : b.y;
    int bottom = a.y + a.height < b.y + b.height ? a.y + a.height : b.y + b.height;
    return abs(middle(a) - middle(b)) <= OFF_MAX && (bottom - top) * 2 >= least;
}

/* The text that begins right beside the icon. */
static struct rect label_of(const struct view *v, struct rect icon)
{
    struct rect label = {0};
    int line = -1;
    for (int i = 0; i < v->scene->word_count; i++) {
        const struct word *w = &v->scene->words[i];
        int gap = w->box.x - right_of(rect_empty(label) ? icon : label);
        bool first =
            line < 0 && gap >= 0 && gap <= LABEL_GAP && is_beside(icon, w->box) && !is_icon(v, i);
        if (!first && w->line != line)
            continue;
        line = w->line;
        label = rect_union(label, w->box);
    }
    return label;
}

/* Does a text stand between X0 and X1 at the height of the icon? */
static bool is_blocked(const struct view *v, struct rect icon, int x0, int x1)
{
    struct rect way = {x0, icon.y, x1 - x0, icon.height};
    for (int i = 0; i < v->scene->word_count; i++)
        if (!rect_empty(rect_common(way, v->scene->words[i].box)) && !is_icon(v, i))
            return true;
    return false;
}

/* The icon that follows the item in its row; -1: none. */
static int next_of(const struct view *v, const struct item *item)
{
    struct rect a = v->icons[item->icon].box;
    int end = right_of(rect_empty(item->label) ? a : item->label), best = -1;
    for (int i = 0; i < v->icon_count; i++) {
        struct rect b = v->icons[i].box;
        int gap = b.x - end;
        if (i != item->icon && b.x > a.x && gap <= GAP_MAX && is_beside(a, b) &&
            (best < 0 || b.x < v->icons[best].box.x))
            best = i;
    }
    if (best < 0 || v->icons[best].box.x - end < GAP_MIN ||
        rect_center(v->icons[best].box).x - rect_center(a).x < STEP_MIN ||
        !share_ground(v, item->icon, best))
        return -1;
    return is_blocked(v, a, end, v->icons[best].box.x) ? -1 : best;
}

/* How far from the middle of an item to that of the next; 0: a label or a narrow arrow is between.
 */
static int step_after(const struct view *v, const struct bar *bar, int i)
{
    const struct item *a = &bar->items[i], *b = &bar->items[i + 1];
    if (a->arrow || b->arrow || !rect_empty(a->label))
        return 0;
    return rect_center(v->icons[b->icon].box).x - rect_center(v->icons[a->icon].box).x;
}

/* Are half of the steps as wide as each other? Separators make others wider. */
static bool is_even(const struct view *v, const struct bar *bar)
{
    int steps = 0, best = 0;
    for (int i = 0; i + 1 < bar->count; i++) {
        int step = step_after(v, bar, i), alike = 0;
        for (int j = 0; step && j + 1 < bar->count; j++)
            alike += abs(step_after(v, bar, j) - step) <= STEP_SLACK;
        steps += step > 0;
        best = alike > best ? alike : best;
    }
    return best * 2 >= steps;
}

/* Do they stand in a frame hardly larger than they are: a field with its signs, a spin button? */
static bool is_field(const struct view *v, int frame)
{
    if (frame < 0)
        return false;
    struct rect r = v->boxes->items[frame].rect;
    return r.height <= FIELD_HIGH && r.width <= 6 * r.height;
}

/* No letter nor digit, or one that was hardly read: most likely a drawing. */
static bool says_nothing(const struct view *v, int word)
{
    const struct word *w = &v->scene->words[word];
    for (const char *c = w->text; *c; c++)
        if (isalnum((unsigned char)*c) ||
            (unsigned char)*c >= 0xe0) /* from the third alphabet on */
            return w->confidence < SURE_LEAST;
    return true;
}

static bool take_bar(const struct view *v, const bool *taken, int first, struct bar *bar)
{
    int drawn = 0, plain = 0, clear = 0;
    *bar = (struct bar){0};
    for (int i = first; i >= 0 && !taken[i] && bar->count < ITEMS_MAX;
         i = next_of(v, &bar->items[bar->count - 1])) {
        const struct icon *icon = &v->icons[i];
        struct item *item = &bar->items[bar->count++];
        *item = (struct item){.icon = i, .label = label_of(v, icon->box)};
        enum glyph glyph = glyph_read(v->frame, icon->box);
        item->framed = is_framed(v, i);
        item->arrow = (glyph == GLYPH_DOWN || glyph == GLYPH_UP) && icon->box.width <= 16;
        int side = icon->box.width > icon->box.height ? icon->box.width : icon->box.height;
        bar->side = side > bar->side ? side : bar->side;
        drawn += (icon->word < 0 || says_nothing(v, icon->word)) && icon->mark < 0;
        clear += is_clear(v, i);
        plain += rect_empty(item->label);
    }
    return bar->count >= ICONS_LEAST && !is_field(v, frame_of(v, first)) && drawn >= 2 &&
           clear * 2 >= bar->count && plain * 2 > bar->count && is_even(v, bar);
}

/* Half of what the commonest least step leaves clear beside the largest icon. */
static int pad_of(const struct view *v, const struct bar *bar)
{
    int least = 10000;
    for (int i = 0; i + 1 < bar->count; i++) {
        int step = step_after(v, bar, i);
        if (step >= bar->side && step < least)
            least = step;
    }
    int pad = (least - bar->side) / 2;
    return pad > PAD_MAX ? PAD_USUAL : pad < PAD_MIN ? PAD_MIN : pad;
}

static void lay_out(const struct view *v, struct bar *bar)
{
    bar->pad = pad_of(v, bar);
    int side = bar->side + 2 * bar->pad;
    for (int i = 0; i < bar->count; i++) {
        struct item *item = &bar->items[i];
        struct rect icon = v->icons[item->icon].box;
        struct point at = rect_center(icon);
        item->cell = (struct rect){at.x - side / 2, middle(icon) - side / 2, side, side};
        if (!rect_empty(item->label))
            item->cell.width = right_of(item->label) + bar->pad - item->cell.x;
    }
    for (int i = 0; i < bar->count; i++) { /* arrows have what the others leave them */
        struct item *item = &bar->items[i];
        int left = item->cell.x, right = right_of(item->cell);
        if (!item->arrow)
            continue;
        if (i > 0 && right_of(bar->items[i - 1].cell) > left)
            left = right_of(bar->items[i - 1].cell);
        if (i + 1 < bar->count && bar->items[i + 1].cell.x < right)
            right = bar->items[i + 1].cell.x;
        item->cell.x = left;
        item->cell.width = right - left;
    }
}

static void make_buttons(struct view *v, const struct bar *bar)
{
    for (int i = 0; i < bar->count; i++) {
        const struct item *item = &bar->items[i];
        struct rect box = rect_common(item->cell, frame_rect(v->frame));
        if (item->framed)
            continue;
        struct control *c = view_add_control(v, ROLE_BUTTON, box, -1);
        c->sure = 0.7f;
        if (item->arrow)
            c->sign = v->icons[item->icon].box;
    }
}

/* Boxes that were seen in an icon are strokes of it, and what holds two of the
 * buttons and little else is none. */
static void leave_boxes(struct view *v, const struct bar *bar)
{
    for (int j = 0; j < v->boxes->count; j++) {
        int held = 0;
        for (int i = 0; i < bar->count; i++) {
            struct rect icon = v->icons[bar->items[i].icon].box;
            if (rect_inside(v->boxes->items[j].rect, rect_grow(icon, 1)))
                v->uses[j] = USE_ALONE;
            held += rect_inside(icon, v->boxes->items[j].rect);
        }
        if (held > 1 && v->boxes->items[j].rect.height <= 2 * bar->items[0].cell.height)
            v->uses[j] = USE_ALONE;
    }
}

static void drop_words(struct view *v, const bool *taken)
{
    struct scene *s = v->scene;
    int kept = 0;
    for (int i = 0; i < s->word_count; i++) {
        bool drawn = false;
        for (int j = 0; j < v->icon_count; j++)
            if (taken[j] && v->icons[j].word == i) {
                v->icons[j].word = -1;
                drawn = true;
            } else if (v->icons[j].word == i)
                v->icons[j].word = kept;
        if (!drawn)
            s->words[kept++] = s->words[i];
    }
    s->word_count = kept;
}

void toolbars_find(struct view *v)
{
    size_t count = (size_t)v->icon_count + 1;
    bool *taken = arena_alloc(&v->scene->arena, count);
    memset(taken, 0, count);
    struct bar bar;
    for (int i = 0; i < v->icon_count; i++) {
        if (taken[i] || !take_bar(v, taken, i, &bar))
            continue;
        lay_out(v, &bar);
        make_buttons(v, &bar);
        leave_boxes(v, &bar);
        for (int j = 0; j < bar.count; j++)
            taken[bar.items[j].icon] = !bar.items[j].framed;
    }
    drop_words(v, taken);
}
