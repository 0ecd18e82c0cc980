#include "vision/icons.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "vision/colour.h"
#include "vision/view.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define SIDE_MAX    48 /* pixels */
#define SIDE_MIN    5
#define PIECE_GAP   2 /* between the strokes of one drawing */
#define STACK_GAP   6
#define STROKE_MAX  5
#define WORD_GAP    12 /* no words of a text stand as far from each other */
#define FRAME_LEAST 20 /* a frame as large as this is a button's, not a drawing */
#define FRAME_HIGH  64 /* of a single button */
#define FRAME_WIDE  120
#define SURE_LEAST  0.5f /* of a letter */
#define WORD_SURE   0.8f

static bool is_all(const char *text, int (*is)(int))
{
    for (; *text; text++)
        if (!is((unsigned char)*text))
            return false;
    return true;
}

/* What stands between words, from entry to entry, or for the rest of them. */
static bool is_stroke(const char *text)
{
    static const char *const strokes[] = {"/", "|", "\\", "...", "..", "…"};
    for (size_t i = 0; i < sizeof strokes / sizeof *strokes; i++)
        if (strcmp(text, strokes[i]) == 0)
            return true;
    return false;
}

/* Far from the other words of its line, a letter or three, about as wide as high: as likely a
 * drawing. Digits are read well, and stand alone often. */
static bool is_doubtful(const struct scene *s, int word)
{
    const struct word *w = &s->words[word], *before = w - 1, *after = w + 1;
    int apart = w->box.height > WORD_GAP ? WORD_GAP : w->box.height;
    bool first = word == 0 || before->line != w->line ||
                 w->box.x - before->box.x - before->box.width >= apart;
    bool last = word + 1 == s->word_count || after->line != w->line ||
                after->box.x - w->box.x - w->box.width >= apart;
    size_t letters = utf8_length(w->text);
    bool number = letters > 1 && w->text[strcspn(w->text, "0123456789")];
    bool sure = number || (letters > 1 && is_all(w->text, isalnum) && w->confidence >= WORD_SURE);
    return first && last && letters <= 3 && !sure && !is_all(w->text, isdigit) &&
           !is_stroke(w->text) && w->box.width <= 2 * w->box.height + 8 &&
           w->box.height <= SIDE_MAX;
}

/* The words that each ink is in: -1 for none, -2 for one that is text. */
static void mark_text(const struct view *v, int *words)
{
    const struct rects *inks = &v->edges->inks;
    for (int i = 0; i < inks->count; i++)
        words[i] = -1;
    for (int w = 0; w < v->scene->word_count; w++) {
        struct rect box = rect_grow(v->scene->words[w].box, 1);
        int mark = is_doubtful(v->scene, w) ? w : -2, low = 0, high = inks->count;
        while (low < high) {
            int middle = (low + high) / 2;
            if (inks->items[middle].y < box.y)
                low = middle + 1;
            else
                high = middle;
        }
        for (int i = low; i < inks->count && inks->items[i].y < box.y + box.height; i++)
            if (words[i] == -1 && rect_inside(inks->items[i], rect_grow(box, 1)))
                words[i] = mark;
    }
}

/* The border of a button or a field. */
static bool is_border(const struct view *v, struct rect r)
{
    if (r.width < FRAME_LEAST || r.height < FRAME_LEAST)
        return false;
    for (int i = 0; i < v->boxes->count; i++)
        if (v->boxes->items[i].kind == BOX_FRAME && rect_overlap(v->boxes->items[i].rect, r) > 0.75)
            return true;
    return false;
}

struct piece {
    struct rect box; /* of all that hang on it */
    int word, parent;
};

static int root_of(struct piece *p, int i)
{
    while (p[i].parent != i)
        i = p[i].parent = p[p[i].parent].parent;
    return i;
}

/* The inks that may be strokes of drawings, by their tops. */
static int take_pieces(const struct view *v, const int *words, struct piece *pieces)
{
    int count = 0;
    for (int i = 0; i < v->edges->inks.count; i++) {
        struct rect r = v->edges->inks.items[i];
        if (words[i] == -2 || r.width > SIDE_MAX || r.height > SIDE_MAX || is_border(v, r))
            continue;
        pieces[count] = (struct piece){.box = r, .word = words[i], .parent = count};
        count++;
    }
    return count;
}

/* Strokes or dots of one size, one above the other: the sign for a menu. */
static bool is_stacked(struct rect a, struct rect b)
{
    int gap = b.y - a.y - a.height;
    return abs(a.x - b.x) <= 1 && abs(a.width - b.width) <= 1 && a.width <= GLYPH_SIDE_MAX &&
           gap > 0 && gap <= STACK_GAP && b.height <= STROKE_MAX;
}

/* Strokes that all but touch are one drawing, unless it would be too large. */
static void join_pieces(struct piece *p, int count)
{
    for (int i = 0; i < count; i++)
        for (int j = i + 1; j < count && p[j].box.y <= p[i].box.y + SIDE_MAX; j++) {
            int a = root_of(p, i), b = root_of(p, j);
            bool stacked = is_stacked(p[a].box, p[b].box);
            if (a == b ||
                (!stacked && rect_empty(rect_common(rect_grow(p[a].box, PIECE_GAP), p[b].box))))
                continue;
            struct rect all = rect_union(p[a].box, p[b].box);
            if (all.width > SIDE_MAX || all.height > SIDE_MAX)
                continue;
            p[b].parent = a;
            p[a].box = all;
            p[a].word = p[a].word < 0 ? p[b].word : p[a].word;
        }
}

static bool is_blank(const struct word *w)
{
    for (const char *c = w->text; *c; c++)
        if (isalnum((unsigned char)*c) ||
            (unsigned char)*c >= 0xe0) /* from the third alphabet on */
            return w->confidence < SURE_LEAST;
    return true;
}

static void add(struct view *v, struct rect box, int word)
{
    if (v->icon_count == v->icon_capacity) {
        v->icon_capacity = v->icon_capacity ? v->icon_capacity * 2 : 64;
        v->icons = mem_resize(v->icons, (size_t)v->icon_capacity * sizeof *v->icons);
    }
    struct icon *icon = &v->icons[v->icon_count++];
    *icon = (struct icon){.box = box, .word = word, .mark = -1, .frame = -1};
    icon->glyph = glyph_read(v->frame, box);
    icon->blank = word < 0 || icon->glyph != GLYPH_OTHER || is_blank(&v->scene->words[word]);
    for (int i = 0; i < v->boxes->count; i++) {
        const struct box *b = &v->boxes->items[i];
        if (b->kind == BOX_FRAME && rect_inside(box, b->rect) &&
            (b->rect.width >= FRAME_LEAST || b->rect.height >= FRAME_LEAST) &&
            rect_overlap(b->rect, box) < 0.75)
            icon->frame = i;
        else if (b->kind != BOX_FRAME && b->kind != BOX_RULE && rect_overlap(b->rect, box) > 0.75)
            icon->mark = i;
    }
}

/* Which icons have a small frame for themselves? */
static void mark_framed(struct view *v)
{
    int *held = arena_alloc(&v->scene->arena, ((size_t)v->boxes->count + 1) * sizeof *held);
    memset(held, 0, ((size_t)v->boxes->count + 1) * sizeof *held);
    for (int i = 0; i < v->icon_count; i++)
        held[v->icons[i].frame + 1]++;
    for (int i = 0; i < v->icon_count; i++) {
        struct icon *icon = &v->icons[i];
        if (icon->frame < 0)
            continue;
        struct rect r = v->boxes->items[icon->frame].rect;
        icon->framed =
            held[icon->frame + 1] == 1 && r.height <= FRAME_HIGH && r.width <= FRAME_WIDE;
    }
}

static int by_left(const void *a, const void *b)
{
    const struct icon *p = a, *q = b;
    return p->box.x != q->box.x ? p->box.x - q->box.x : p->box.y - q->box.y;
}

void icons_find(struct view *v)
{
    v->icon_count = 0;
    if (v->edges->crowded) /* dots of noise are no drawings */
        return;
    size_t inks = (size_t)v->edges->inks.count + 1;
    int *words = arena_alloc(&v->scene->arena, inks * sizeof *words);
    struct piece *pieces = arena_alloc(&v->scene->arena, inks * sizeof *pieces);
    mark_text(v, words);
    int count = take_pieces(v, words, pieces);
    join_pieces(pieces, count);
    for (int i = 0; i < count; i++) {
        struct rect r = pieces[i].box;
        if (pieces[i].parent == i && (r.width >= SIDE_MIN || r.height >= SIDE_MIN) &&
            r.width <= 3 * r.height + 8 &&
            (r.height <= 3 * r.width || glyph_read(v->frame, r) == GLYPH_DOTS))
            add(v, r, pieces[i].word);
    }
    if (v->icon_count)
        qsort(v->icons, (size_t)v->icon_count, sizeof *v->icons, by_left);
    mark_framed(v);
    v->letters = arena_alloc(&v->scene->arena, (size_t)v->scene->word_count + 1);
    memset(v->letters, true, (size_t)v->scene->word_count + 1);
    for (int i = 0; i < v->icon_count; i++)
        if (v->icons[i].word >= 0)
            v->letters[v->icons[i].word] = false;
}

bool icon_is_clear(const struct view *v, const struct icon *icon)
{
    struct rect r = rect_grow(icon->box, 3);
    int alike = 0;
    for (int x = r.x; x + 1 < r.x + r.width; x++)
        for (int y = r.y; y < r.y + r.height; y += r.height - 1)
            alike += colour_distance(colour_at(v->frame, x, y), colour_at(v->frame, x + 1, y)) == 0;
    return alike * 10 >= 2 * (r.width - 1) * 7;
}

uint32_t icon_ground(const struct view *v, const struct icon *icon)
{
    struct rect r = rect_grow(icon->box, 2);
    int right = r.x + r.width - 1, bottom = r.y + r.height - 1;
    uint32_t corners[] = {colour_at(v->frame, r.x, r.y), colour_at(v->frame, right, r.y),
                          colour_at(v->frame, r.x, bottom), colour_at(v->frame, right, bottom)};
    return colour_commonest(corners, 4);
}

void icon_take(struct view *v, struct icon *icon)
{
    icon->taken = true;
    for (int i = 0; i < v->boxes->count; i++)
        if (rect_inside(v->boxes->items[i].rect, rect_grow(icon->box, 1)))
            v->uses[i] = USE_ALONE;
}

void icons_drop_words(struct view *v)
{
    struct scene *s = v->scene;
    int kept = 0;
    int *moved = arena_alloc(&s->arena, ((size_t)s->word_count + 1) * sizeof *moved);
    bool *drawn = arena_alloc(&s->arena, (size_t)s->word_count + 1);
    memset(drawn, false, (size_t)s->word_count + 1);
    for (int i = 0; i < v->icon_count; i++)
        if (v->icons[i].taken && v->icons[i].word >= 0)
            drawn[v->icons[i].word] = true;
    for (int i = 0; i < s->word_count; i++) {
        moved[i] = drawn[i] ? -1 : kept;
        if (!drawn[i])
            s->words[kept++] = s->words[i];
    }
    for (int i = 0; i < v->icon_count; i++)
        if (v->icons[i].word >= 0)
            v->icons[i].word = moved[v->icons[i].word];
    s->word_count = kept;
}
