#include "vision/view.h"

#include "base/buf.h"
#include "vision/colour.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* A wider gap than this many tenths of the height separates: spaces are a quarter to a half of it.
 */
#define GAP_TENTHS      8
#define GAP_TENTHS_MENU 4 /* the same between "File" and "Edit" */

#define SPECK_SHARE 6 /* text is higher than one of so many parts of its field */

#define LINK_GAP 55 /* the same in hundredths, between links */

#define SATURATION_COLOURED 70 /* text with more of it is coloured, not black, grey or white */
#define SATURATION_ON_DARK  50 /* on a dark ground colours are pale */
#define DARK                96
#define UNDERLINE_UP        4 /* pixels from the foot of a text, with or without a g, to its underline */
#define LINE_STEP           3 /* pixels from one that is compared to the next */
#define LINE_EDGE           3 /* of the colour, from one row of pixels to the next */
#define UNDERLINE_DOWN      3

bool phrase_is_coloured(const struct phrase *p)
{
    int least = colour_luma(p->ground) < DARK ? SATURATION_ON_DARK : SATURATION_COLOURED;
    return colour_saturation(p->ink) >= least && colour_distance(p->ink, p->ground) >= 48 &&
           colour_saturation(p->ground) < 48;
}

/* The share of the pixels from X0 to X1 in row Y that have the ink's colour, in hundredths. */
static int inked(const struct view *v, const struct phrase *p, int x0, int x1, int y)
{
    int drawn = 0;
    for (int x = x0; x < x1; x++)
        drawn += colour_distance(colour_at(v->frame, x, y), p->ink) < 64;
    return x1 > x0 ? drawn * 100 / (x1 - x0) : 0;
}

bool phrase_is_underlined(const struct view *v, const struct phrase *p)
{
    int bottom = p->box.y + p->box.height, left = p->box.x, right = left + p->box.width;
    for (int y = bottom - UNDERLINE_UP; y <= bottom + UNDERLINE_DOWN; y++)
        if (inked(v, p, left, right, y) >= 85 && inked(v, p, left - 6, left - 2, y) <= 25 &&
            inked(v, p, right + 2, right + 6, y) <= 25)
            return true;
    return false;
}

bool phrase_is_speck(const struct phrase *p, struct rect box)
{
    return p->box.height * SPECK_SHARE < box.height;
}

bool phrase_is_sentence(const struct view *v, const struct phrase *p)
{
    const struct word *words = v->scene->words + p->first;
    const char *last = words[p->count - 1].text;
    for (int i = 0; i + 1 < p->count; i++)
        if (words[i].text[strlen(words[i].text) - 1] == ':')
            return true;
    return last[strlen(last) - 1] == '.';
}

bool phrase_is_parted(const struct view *v, const struct phrase *p, struct rect below)
{
    int count = (below.width + LINE_STEP - 1) / LINE_STEP;
    for (int y = p->box.y + p->box.height + 3; y < below.y; y++) {
        int differ = 0;
        for (int x = below.x; x < below.x + below.width; x += LINE_STEP)
            differ += colour_distance(colour_at(v->frame, x, y), colour_at(v->frame, x, y - 1)) >=
                      LINE_EDGE;
        if (differ * 20 >= count * 19)
            return true;
    }
    return false;
}

int phrase_contrast(const struct phrase *p)
{
    return abs(colour_luma(p->ink) - colour_luma(p->ground));
}

double phrase_weight(const struct view *v, const struct phrase *p)
{
    int drawn = 0, runs = 0, least = colour_distance(p->ink, p->ground) / 2;
    for (int y = p->box.y; y < p->box.y + p->box.height; y++) {
        bool before = false;
        for (int x = p->box.x; x < p->box.x + p->box.width; x++) {
            bool ink = colour_distance(colour_at(v->frame, x, y), p->ground) > least;
            drawn += ink;
            runs += ink && !before;
            before = ink;
        }
    }
    return runs ? (double)drawn / runs / p->box.height : 0;
}

bool phrase_is_dim(const struct view *v, const struct phrase *p)
{
    int most = 0;
    for (int i = 0; i < v->phrase_count; i++) {
        const struct phrase *other = &v->phrases[i];
        if (abs(colour_luma(other->ground) - colour_luma(p->ground)) < 40 &&
            phrase_contrast(other) > most)
            most = phrase_contrast(other);
    }
    int contrast = abs(colour_luma(p->rest) - colour_luma(p->ground));
    return contrast * 100 < most * 74;
}

bool phrase_is_paler(const struct phrase *p, const struct phrase *than)
{
    return phrase_contrast(p) * 100 < phrase_contrast(than) * 85;
}

double phrase_line(const struct view *v, const struct phrase *p)
{
    bool up = false, down = false;
    for (int i = p->first; i < p->first + p->count; i++)
        for (const char *c = v->scene->words[i].text; *c; c++) {
            up |= isupper((unsigned char)*c) || isdigit((unsigned char)*c) ||
                  strchr("bdfhiklt()[]/", *c);
            down |= strchr("gjpqy()[]", *c) != NULL;
        }
    return p->box.height * (up ? 1 : 1.35) * (down ? 1 : 1.27);
}

void phrase_cut_border(const struct view *v, struct phrase *p, struct rect frame)
{
    while (p->count > 1 && v->scene->words[p->first].box.x <= frame.x + 6) {
        p->first++;
        p->count--;
    }
    p->box = v->scene->words[p->first].box;
    for (int i = 1; i < p->count; i++)
        p->box = rect_union(p->box, v->scene->words[p->first + i].box);
}

static struct phrase *add(struct view *v)
{
    if (v->phrase_count == v->phrase_capacity) {
        v->phrase_capacity = v->phrase_capacity ? v->phrase_capacity * 2 : 128;
        v->phrases = mem_resize(v->phrases, (size_t)v->phrase_capacity * sizeof *v->phrases);
    }
    return &v->phrases[v->phrase_count++];
}

static bool is_menu_word(const char *text)
{
    static const char *const words[] = {"File",    "Edit",      "View",     "Help",  "Tools",
                                        "Window",  "Format",    "Insert",   "Go",    "Search",
                                        "Options", "Bookmarks", "Settings", "Image", "Document"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(text, words[i]) == 0)
            return true;
    return false;
}

bool phrase_is_menu(const struct view *v, const struct phrase *p)
{
    return p->count == 1 && is_menu_word(v->scene->words[p->first].text);
}

/* Does the line of WORD say "File", "Edit" or the like twice, and stand all its words too far apart
 * for a sentence? */
static bool is_menu_line(const struct view *v, int word)
{
    const struct word *words = v->scene->words;
    int said = 0, first = word, line = words[word].line;
    while (first > 0 && words[first - 1].line == line)
        first--;
    for (int i = first; i < v->scene->word_count && words[i].line == line; i++) {
        said += is_menu_word(words[i].text);
        int gap = i == first ? words[i].box.height
                             : words[i].box.x - words[i - 1].box.x - words[i - 1].box.width;
        if (gap * 10 <= words[i].box.height * GAP_TENTHS_MENU)
            return false;
    }
    return said >= 2;
}

static bool is_near(const struct view *v, const struct phrase *p, int word)
{
    const struct word *a = &v->scene->words[word - 1], *b = &v->scene->words[word];
    int height = p->box.height > b->box.height ? p->box.height : b->box.height;
    int gap = b->box.x - (a->box.x + a->box.width);
    bool menus = gap * 10 > height * GAP_TENTHS_MENU &&
                 ((is_menu_word(a->text) && is_menu_word(b->text)) || is_menu_line(v, word));
    return a->line == b->line && gap * 10 <= height * (menus ? GAP_TENTHS_MENU : GAP_TENTHS);
}

/* The ground is what is common around the letters; the ink is what is farthest from it among them.
 */
static void measure(const struct view *v, struct phrase *p)
{
    struct rect r = p->box;
    uint32_t around[24];
    for (int i = 0; i < 12; i++) {
        int x = r.x + (r.width - 1) * i / 11;
        around[2 * i] = colour_at(v->frame, x, r.y - 1);
        around[2 * i + 1] = colour_at(v->frame, x, r.y + r.height);
    }
    p->ground = p->ink = colour_commonest(around, 24);
    int most = 0;
    for (int y = r.y; y < r.y + r.height; y++)
        for (int x = r.x; x < r.x + r.width; x++) {
            uint32_t c = colour_at(v->frame, x, y);
            int d = colour_distance(c, p->ground);
            if (d > most) {
                most = d;
                p->ink = c;
            }
        }
}

static const char *last_text(const struct view *v, const struct phrase *p)
{
    return v->scene->words[p->first + p->count - 1].text;
}

/* A number, alone, as pages have them. */
static bool is_page(const char *text)
{
    return isdigit((unsigned char)*text) && strspn(text, "0123456789") == strlen(text) &&
           strlen(text) <= 4;
}

/* What stands between two links: the way to a page, alternatives. */
static bool is_stroke(const char *text)
{
    static const char *const strokes[] = {"/", "|", ">", "»", "›", "•", "·"};
    for (size_t i = 0; i < sizeof strokes / sizeof *strokes; i++)
        if (strcmp(text, strokes[i]) == 0)
            return true;
    return false;
}

/* Coloured words in one line may be several links: pages, what a stroke is between, a question and
 * what follows it; and what stands further apart than a space is wide. */
static bool is_other_link(const struct view *v, const struct phrase *p, const struct phrase *next)
{
    const char *before = last_text(v, p), *behind = v->scene->words[next->first].text;
    int height = p->box.height > next->box.height ? p->box.height : next->box.height;
    int gap = next->box.x - p->box.x - p->box.width;
    bool ends = strchr("?!", before[strlen(before) - 1]) && isupper((unsigned char)*behind);
    bool pages = is_page(before) && (is_page(behind) || isupper((unsigned char)*behind));
    return is_stroke(before) || is_stroke(behind) || ends || pages ||
           (is_page(behind) && p->count == 1) || gap * 100 > height * LINK_GAP;
}

/* Two links side by side are apart where their underlines are; a link in a sentence has a colour of
 * its own. */
static bool is_alike(const struct view *v, const struct phrase *p, const struct phrase *next)
{
    bool coloured = phrase_is_coloured(p);
    if (coloured != phrase_is_coloured(next))
        return next->box.width < next->box.height || p->box.width < p->box.height; /* an asterisk */
    if (!coloured)
        return true;
    if (is_other_link(v, p, next))
        return false;
    int bottom = p->box.y + p->box.height, end = p->box.x + p->box.width;
    for (int y = bottom - UNDERLINE_UP; y <= bottom + UNDERLINE_DOWN; y++) {
        /* is the text underlined, and the space as well? */
        if (inked(v, p, p->box.x, end, y) >= 80 &&
            colour_distance(colour_at(v->frame, (end + next->box.x) / 2, y), p->ground) < 24)
            return false;
    }
    return true;
}

static int frame_around(const struct view *v, struct point at)
{
    for (int i = v->boxes->count - 1; i >= 0; i--) {
        const struct box *b = &v->boxes->items[i];
        if (b->kind == BOX_FRAME && v->uses[i] >= 0 && rect_holds(b->rect, at))
            return i;
    }
    return -1;
}

/* A frame that lies within a word is the inside of a letter. */
static void drop_letters(struct view *v)
{
    for (int i = 0; i < v->boxes->count; i++) {
        struct rect r = v->boxes->items[i].rect;
        for (int w = 0; w < v->scene->word_count && v->uses[i] == 0; w++) {
            struct rect word = v->scene->words[w].box;
            if (rect_inside(r, rect_grow(word, 1)) && r.width * 2 < word.width)
                v->uses[i] = -1;
        }
    }
}

void phrases_find(struct view *v)
{
    drop_letters(v);
    v->phrase_count = 0;
    struct phrase *p = NULL;
    for (int i = 0; i < v->scene->word_count; i++) {
        struct phrase word = {
            .box = v->scene->words[i].box, .first = i, .count = 1, .frame = -1, .control = -1};
        measure(v, &word);
        word.rest = word.ink;
        bool near = p && is_near(v, p, i);
        if (near && is_alike(v, p, &word)) {
            if (colour_distance(word.ink, p->ground) > colour_distance(p->ink, p->ground))
                p->ink = word.ink;
            if (p->count == 1 ||
                colour_distance(word.ink, p->ground) > colour_distance(p->rest, p->ground))
                p->rest = word.ink;
            p->box = rect_union(p->box, word.box);
            p->count++;
            continue;
        }
        if (near)
            p->goes_on = true;
        p = add(v);
        *p = word;
    }
    for (int i = 0; i < v->phrase_count; i++)
        v->phrases[i].frame = frame_around(v, rect_center(v->phrases[i].box));
}
