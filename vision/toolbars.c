/*
 * Three and more icons in a row, evenly spaced, are the buttons of a tool bar or of a window's
 * corner. Texts beside some of them are the labels of those. How large the buttons are shows in the
 * distances between them: their neighbours touch.
 */
#include "vision/view.h"

#include "vision/colour.h"
#include <stdlib.h>

#define ICONS_LEAST    3
#define TOP            120 /* of a window, where the rows of its tool bars are */
#define GAP_MIN        5   /* pixels from icon to icon: letters stand nearer */
#define GAP_MAX        48  /* separators stand between groups */
#define HIGH_LEAST     6   /* of most icons: dashes are lower */
#define STEP_MIN       18
#define OFF_MAX        5  /* between the middles of neighbours */
#define LABEL_GAP      12 /* from an icon to its text */
#define PAD_MIN        3  /* from an icon to the side of its button */
#define PAD_MAX        14
#define PAD_USUAL      7 /* where the distances say nothing */
#define SIDE_USUAL     36
#define ROWS_MAX       16
#define ITEMS_MAX      64
#define LABELLED_LEAST 4
#define UNLIKE         48 /* colours of different drawings */
#define WINDOW_WIDE    300
#define WINDOW_HIGH    200
#define FIELD_HIGH     44
#define GROUND_MAX     16
#define STEP_SLACK     3 /* steps that differ by this are even */

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

/* The frame that its row is in; -1: none. */
static int frame_of(const struct view *v, int icon)
{
    int frame = v->icons[icon].frame;
    return v->icons[icon].framed ? v->boxes->items[frame].parent : frame;
}

/* Do the two lie on one ground, as far as their own frames let it be seen? */
static bool share_ground(const struct view *v, int a, int b)
{
    return frame_of(v, a) == frame_of(v, b) &&
           (v->icons[a].framed || v->icons[b].framed ||
            colour_distance(icon_ground(v, &v->icons[a]), icon_ground(v, &v->icons[b])) <=
                GROUND_MAX);
}

static bool is_beside(struct rect a, struct rect b)
{
    int least = a.height < b.height ? a.height : b.height;
    int top = a.y > b.y ? a.y : b.y;
    int bottom = a.y + a.height < b.y + b.height ? a.y + a.height : b.y + b.height;
    return abs(rect_center(a).y - rect_center(b).y) <= OFF_MAX && (bottom - top) * 2 >= least;
}

/* The text that begins right beside the icon, or with it: what is read from the icon may have been
 * taken for the beginning of the first word. */
static struct rect label_of(const struct view *v, struct rect icon)
{
    struct rect label = {0};
    int line = -1;
    for (int i = 0; i < v->scene->word_count; i++) {
        const struct word *w = &v->scene->words[i];
        bool first = line < 0 && v->letters[i] && w->box.x >= icon.x - 1 &&
                     w->box.x <= rect_right(icon) + LABEL_GAP &&
                     rect_right(w->box) > rect_right(icon) + LABEL_GAP && is_beside(icon, w->box);
        if (!first && (w->line != line || w->box.x - rect_right(label) > LABEL_GAP))
            continue;
        line = w->line;
        label = rect_empty(label) ? w->box : rect_union(label, w->box);
    }
    return label;
}

static int end_of(const struct view *v, const struct item *item)
{
    return rect_right(rect_empty(item->label) ? v->icons[item->icon].box : item->label);
}

/* Does a text stand between X0 and X1 at the height of the icon? */
static bool is_blocked(const struct view *v, struct rect icon, int x0, int x1)
{
    struct rect way = {x0, icon.y, x1 - x0, icon.height};
    for (int i = 0; i < v->scene->word_count; i++)
        if (v->letters[i] && !rect_empty(rect_common(way, v->scene->words[i].box)))
            return true;
    return false;
}

/* The icon that follows the item in its row; -1: none. */
static int next_of(const struct view *v, const struct item *item)
{
    struct rect a = v->icons[item->icon].box;
    int end = end_of(v, item), best = -1;
    for (int i = item->icon + 1; i < v->icon_count && best < 0; i++) {
        struct rect b = v->icons[i].box;
        if (b.x - end > GAP_MAX)
            break;
        if (b.x > a.x && is_beside(a, b))
            best = i;
    }
    if (best < 0 || v->icons[best].box.x - end < GAP_MIN ||
        rect_center(v->icons[best].box).x - rect_center(a).x < STEP_MIN ||
        !share_ground(v, item->icon, best))
        return -1;
    return is_blocked(v, a, end, v->icons[best].box.x) ? -1 : best;
}

/* How far from the middle of an item to that of the next, or where both have labels, from the one
 * to the other; 0: one has none, or a narrow arrow is between. */
static int step_after(const struct view *v, const struct bar *bar, int i)
{
    const struct item *a = &bar->items[i], *b = &bar->items[i + 1];
    struct rect next = v->icons[b->icon].box;
    if (a->arrow || b->arrow || rect_empty(a->label) != rect_empty(b->label))
        return 0;
    if (!rect_empty(a->label))
        return next.x - rect_right(a->label);
    return rect_center(next).x - rect_center(v->icons[a->icon].box).x;
}

/* Are half of the steps as wide as each other? Separators make others wider. */
static bool is_even(const struct view *v, const struct bar *bar)
{
    int steps = 0, best = 0;
    for (int i = 0; i + 1 < bar->count; i++) {
        int step = step_after(v, bar, i), alike = 0;
        bool labelled = !rect_empty(bar->items[i].label);
        for (int j = 0; step && j + 1 < bar->count; j++)
            alike += abs(step_after(v, bar, j) - step) <= STEP_SLACK &&
                     labelled == !rect_empty(bar->items[j].label);
        steps += step > 0;
        best = alike > best ? alike : best;
    }
    return best * 2 >= steps;
}

/* Is it in a window? What stands in a row with texts on a page is navigation. */
static bool is_in_window(const struct view *v, int icon)
{
    for (int f = v->icons[icon].frame; f >= 0; f = v->boxes->items[f].parent) {
        struct rect r = v->boxes->items[f].rect;
        if (r.width >= WINDOW_WIDE && r.height >= WINDOW_HIGH && r.y > 0)
            return true;
    }
    return false;
}

/* Do they stand in a frame hardly larger than they are: a field with its signs, a spin button? */
static bool is_field(const struct view *v, int frame)
{
    if (frame < 0)
        return false;
    struct rect r = v->boxes->items[frame].rect;
    return r.height <= FIELD_HIGH && r.width <= 6 * r.height;
}

/* Do the two icons look the same? */
static bool is_alike(const struct view *v, struct rect a, struct rect b)
{
    if (abs(a.width - b.width) > 1 || abs(a.height - b.height) > 1)
        return false;
    int odd = 0;
    for (int y = 0; y < a.height; y++)
        for (int x = 0; x < a.width; x++)
            odd += colour_distance(colour_at(v->frame, a.x + x, a.y + y),
                                   colour_at(v->frame, b.x + x, b.y + y)) >= UNLIKE;
    return odd * 32 < a.width * a.height;
}

/* How many of the icons look like another: stars that rate, the squares of checkboxes. */
static int count_alike(const struct view *v, const struct bar *bar)
{
    int count = 0;
    for (int i = 0; i < bar->count; i++)
        for (int j = 0; j < bar->count; j++)
            if (i != j && !bar->items[i].framed &&
                is_alike(v, v->icons[bar->items[i].icon].box, v->icons[bar->items[j].icon].box)) {
                count++;
                break;
            }
    return count;
}

/* Icons with texts are a tool bar in a window, when they are many and few are alike. */
static bool is_labelled_bar(const struct view *v, const struct bar *bar, int first)
{
    if (bar->count < LABELLED_LEAST || !is_in_window(v, first) ||
        count_alike(v, bar) * 2 > bar->count)
        return false;
    for (int i = 0; i < bar->count; i++)
        if (v->icons[bar->items[i].icon].mark >= 0)
            return false;
    return true;
}

static bool take_bar(const struct view *v, int first, struct bar *bar)
{
    int drawn = 0, plain = 0, clear = 0, high = 0;
    *bar = (struct bar){0};
    for (int i = first; i >= 0 && !v->icons[i].taken && bar->count < ITEMS_MAX;
         i = next_of(v, &bar->items[bar->count - 1])) {
        const struct icon *icon = &v->icons[i];
        struct item *item = &bar->items[bar->count++];
        *item = (struct item){.icon = i, .label = label_of(v, icon->box)};
        item->framed = icon->framed;
        item->arrow =
            (icon->glyph == GLYPH_DOWN || icon->glyph == GLYPH_UP) && icon->box.width <= 16;
        int side = icon->box.width > icon->box.height ? icon->box.width : icon->box.height;
        bar->side = side > bar->side ? side : bar->side;
        drawn += icon->blank && icon->mark < 0;
        clear += icon_is_clear(v, icon);
        high += icon->box.height >= HIGH_LEAST;
        plain += rect_empty(item->label);
    }
    if (bar->count < ICONS_LEAST || is_field(v, frame_of(v, first)) || drawn < 2 ||
        clear * 2 < bar->count || high * 2 < bar->count || !is_even(v, bar))
        return false;
    return plain * 2 > bar->count ? count_alike(v, bar) * 2 < bar->count
                                  : is_labelled_bar(v, bar, first);
}

/* Half of what the commonest least step leaves clear beside the largest icon. */
static int pad_of(const struct view *v, const struct bar *bar)
{
    int least = 10000;
    for (int i = 0; i + 1 < bar->count; i++) {
        bool labelled = !rect_empty(bar->items[i].label);
        int step = step_after(v, bar, i), free = labelled ? step : step - bar->side;
        if (step > 0 && free >= 0 && free < least)
            least = free;
    }
    int pad = least / 2;
    int usual = bar->side < SIDE_USUAL - 2 * PAD_USUAL ? (SIDE_USUAL - bar->side) / 2 : PAD_USUAL;
    return pad > PAD_MAX ? usual : pad < PAD_MIN ? PAD_MIN : pad;
}

static void place(const struct view *v, struct bar *bar)
{
    int side = bar->side + 2 * bar->pad;
    for (int i = 0; i < bar->count; i++) {
        struct item *item = &bar->items[i];
        struct rect icon = v->icons[item->icon].box;
        struct point at = rect_center(icon);
        item->cell = (struct rect){at.x - side / 2, rect_center(icon).y - side / 2, side, side};
        if (!rect_empty(item->label))
            item->cell.width = rect_right(item->label) + bar->pad - item->cell.x;
    }
}

/* Arrows have what the others leave them. */
static void place_arrows(struct bar *bar)
{
    for (int i = 0; i < bar->count; i++) {
        struct item *item = &bar->items[i];
        int left = item->cell.x, right = rect_right(item->cell);
        if (!item->arrow)
            continue;
        if (i > 0 && rect_right(bar->items[i - 1].cell) > left)
            left = rect_right(bar->items[i - 1].cell);
        if (i + 1 < bar->count && bar->items[i + 1].cell.x < right)
            right = bar->items[i + 1].cell.x;
        item->cell.x = left;
        item->cell.width = right - left;
    }
}

static void make_button(struct view *v, const struct item *item)
{
    struct icon *icon = &v->icons[item->icon];
    if (item->framed)
        return;
    struct rect box = rect_common(item->cell, frame_rect(v->frame));
    struct control *c = view_add_control(v, ROLE_BUTTON, box, -1);
    c->sure = 0.7f;
    if (item->arrow)
        c->sign = icon->box;
    icon_take(v, icon);
}

/* What holds two of the buttons and little else is none. */
static void leave_frame(struct view *v, const struct bar *bar)
{
    for (int j = 0; j < v->boxes->count; j++) {
        int held = 0;
        for (int i = 0; i < bar->count; i++)
            held += rect_inside(v->icons[bar->items[i].icon].box, v->boxes->items[j].rect);
        if (held > 1 && v->boxes->items[j].rect.height <= 2 * bar->items[0].cell.height)
            v->uses[j] = USE_ALONE;
    }
}

struct row {
    int icon; /* one of them */
    int side, pad;
};

/* Is it in the frame of the row, at its height, and about as large as the others? */
static bool is_companion(const struct view *v, const struct row *row, int icon)
{
    const struct icon *it = &v->icons[icon];
    struct rect r = it->box;
    int side = r.width > r.height ? r.width : r.height, frame = frame_of(v, icon);
    if (it->taken || it->framed || frame < 0 || frame != frame_of(v, row->icon) ||
        abs(rect_center(r).y - rect_center(v->icons[row->icon].box).y) > OFF_MAX ||
        r.height < HIGH_LEAST || side * 2 > row->side * 3 + 4 || side * 5 < row->side * 2 ||
        !icon_is_clear(v, it))
        return false;
    return rect_center(r).y - v->boxes->items[frame].rect.y <= TOP &&
           !is_blocked(v, r, r.x - LABEL_GAP, r.x);
}

/* What stands alone in the row of a bar is a button of it. */
static void find_companions(struct view *v, const struct row *row)
{
    struct bar bar = {.side = row->side, .pad = row->pad};
    for (int i = 0; i < v->icon_count && bar.count < ITEMS_MAX; i++)
        if (is_companion(v, row, i))
            bar.items[bar.count++] =
                (struct item){.icon = i, .label = label_of(v, v->icons[i].box)};
    place(v, &bar);
    for (int i = 0; i < bar.count; i++)
        make_button(v, &bar.items[i]);
}

void toolbars_find(struct view *v)
{
    struct row rows[ROWS_MAX];
    struct bar bar;
    int count = 0;
    for (int i = 0; i < v->icon_count; i++) {
        if (v->icons[i].taken || !take_bar(v, i, &bar))
            continue;
        bar.pad = pad_of(v, &bar);
        place(v, &bar);
        place_arrows(&bar);
        leave_frame(v, &bar);
        for (int j = 0; j < bar.count; j++)
            make_button(v, &bar.items[j]);
        if (count < ROWS_MAX)
            rows[count++] = (struct row){i, bar.side, bar.pad};
    }
    for (int i = 0; i < count; i++)
        find_companions(v, &rows[i]);
}
