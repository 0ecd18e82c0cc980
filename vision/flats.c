/*
 * Buttons without a frame: a word with an arrow down behind it; a word that stands beside a framed
 * button as far away as the margins of two buttons make it.
 */
#include "vision/view.h"

#include "base/utf8.h"
#include "vision/contents.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define WORDS_MAX   3
#define HEIGHT_MAX  30
#define ARROW_REACH 22 /* pixels from the text to the end of its arrow */
#define PAD         6
#define GAP_MAX     36 /* between a button and the text beside it */
#define PAD_USUAL   14
#define HEAD_HIGH   64 /* pixels, of a window with buttons in its title */
#define HEAD_PAD    8
#define HEAD_GAP    24 /* from a text to the next button */
#define WINDOW_WIDE 300
#define WINDOW_HIGH 200
#define BETWEEN_MAX 12 /* pixels between two buttons */

static const char *word_of(const struct view *v, const struct phrase *p, int i)
{
    return v->scene->words[p->first + i].text;
}

static bool is_free(const struct phrase *p)
{
    return p->control < 0 && !p->label && p->count <= WORDS_MAX + 1 && p->box.height <= HEIGHT_MAX;
}

static struct control *make(struct view *v, int phrase, struct rect box)
{
    v->phrases[phrase].control = v->control_count;
    struct control *c =
        view_add_control(v, ROLE_BUTTON, rect_common(box, frame_rect(v->frame)), -1);
    c->sure = 0.6f;
    return c;
}

/* The text of a phrase without the letter that its arrow was read as. */
static struct rect text_before(const struct view *v, const struct phrase *p, struct rect sign)
{
    struct rect text = {0};
    for (int i = p->first; i < p->first + p->count; i++)
        if (!view_is_drawing(v, i, sign)) {
            struct rect word = v->scene->words[i].box;
            text = rect_empty(text) ? word : rect_union(text, word);
        }
    return text;
}

/* In a sentence, words begin small. */
static bool is_small(const char *text)
{
    return islower((unsigned char)*text) != 0;
}

void openers_find(struct view *v)
{
    for (int i = 0; i < v->phrase_count; i++) {
        struct phrase *p = &v->phrases[i];
        if (!is_free(p) || utf8_length(word_of(v, p, 0)) < 2 || is_small(word_of(v, p, 0)))
            continue;
        struct rect in = {p->box.x, p->box.y - PAD, p->box.width + ARROW_REACH,
                          p->box.height + 2 * PAD};
        struct contents c = {0};
        contents_read_sign(v, in, &c);
        struct rect text = text_before(v, p, c.sign);
        int gap = c.sign.x - text.x - text.width;
        if (!c.opens || gap < 2 || gap > text.height * 3 / 2 ||
            c.sign.height * 10 > text.height * 7)
            continue; /* the last, a V */
        struct rect all = rect_union(text, c.sign);
        make(v, i, (struct rect){all.x - PAD, in.y, all.width + 2 * PAD, in.height})->sign = c.sign;
    }
}

static bool is_capital(const char *text)
{
    for (const char *c = text; *c; c++)
        if (islower((unsigned char)*c))
            return false;
    return utf8_length(text) >= 2;
}

/* "Cancel", "SAVE DRAFT": what a button says. */
static bool is_command(const struct view *v, const struct phrase *p)
{
    const char *first = word_of(v, p, 0), *last = word_of(v, p, p->count - 1);
    if (p->count > WORDS_MAX ||
        !(isupper((unsigned char)*first) || (unsigned char)*first >= 0x80) ||
        utf8_length(first) < 2 || ispunct((unsigned char)last[strlen(last) - 1]))
        return false;
    for (int i = 0; i < p->count; i++)
        if (strpbrk(word_of(v, p, i), "0123456789@$%/"))
            return false;
    return true;
}

/* The text in button C; NULL when it has none, or more than a line. */
static const struct phrase *text_in(const struct view *v, int control)
{
    const struct phrase *text = NULL;
    for (int i = 0; i < v->phrase_count; i++)
        if (v->phrases[i].control == control) {
            if (text)
                return NULL;
            text = &v->phrases[i];
        }
    return text;
}

/* Does P stand beside the button as the text of another one would? */
static bool stands_beside(const struct view *v, const struct phrase *p, const struct control *c,
                          const struct phrase *text)
{
    int pad = text->box.x - c->box.x;
    int left = c->box.x - p->box.x - p->box.width, right = p->box.x - c->box.x - c->box.width;
    int gap = left > right ? left : right;
    if (phrase_is_coloured(p) && !is_capital(word_of(v, p, 0)))
        return false; /* a link */
    return gap * 2 >= pad && gap <= pad + BETWEEN_MAX && gap <= GAP_MAX &&
           abs(rect_center(p->box).y - rect_center(text->box).y) <= 2 &&
           abs(p->box.height - text->box.height) <= 3 &&
           is_capital(word_of(v, p, 0)) == is_capital(word_of(v, text, 0));
}

/* "Choose file" and "No file chosen" are one control. */
static bool says_file(const struct view *v, const struct phrase *p)
{
    for (int i = 0; i < p->count; i++)
        if (strncasecmp(word_of(v, p, i), "file", 4) == 0)
            return true;
    return false;
}

/* The control that "Choose file" and what was chosen make together, in one frame or in none. */
static void take_file(struct view *v, int button, int phrase)
{
    struct control *c = &v->controls[button];
    struct rect both = rect_union(c->box, v->phrases[phrase].box);
    for (int i = 0; i < v->control_count; i++) {
        struct control *around = &v->controls[i];
        if (i != button && around->role == ROLE_TEXTBOX && rect_inside(both, around->box)) {
            both = around->box;
            around->role = ROLE_NONE;
        }
    }
    c->box = both;
    v->phrases[phrase].control = button;
}

/* Words one under the other that differ are a column of data. */
static void drop_data(struct view *v, int first)
{
    for (int i = first; i < v->control_count; i++) {
        int stacked = 0, others = 0;
        const struct phrase *text = text_in(v, i);
        for (int j = first; text && j < v->control_count; j++) {
            const struct phrase *other = text_in(v, j);
            if (!other || abs(rect_center(other->box).x - rect_center(text->box).x) > 4)
                continue;
            stacked++;
            others += strcmp(word_of(v, other, 0), word_of(v, text, 0)) != 0;
        }
        if (stacked >= 3 && others)
            v->controls[i].sure = 0.1f;
    }
}

/* The window that a place in its head is in; empty: it is in none. */
static struct rect window_at(const struct view *v, struct point at)
{
    struct rect best = {0};
    for (int i = 0; i < v->boxes->count; i++) {
        struct rect r = v->boxes->items[i].rect;
        if (v->boxes->items[i].kind == BOX_FRAME && r.width >= WINDOW_WIDE &&
            r.height >= WINDOW_HIGH && r.y > 0 && rect_holds(r, at) && at.y - r.y <= HEAD_HIGH)
            best = r;
    }
    return best;
}

/* A word beside a button with an icon, in the head of a window: its buttons have no frames. A
 * title stands apart, or has several words. */
static void find_heads(struct view *v)
{
    int count = v->control_count;
    for (int i = 0; i < v->phrase_count; i++) {
        const struct phrase *p = &v->phrases[i];
        if (p->count > 1 || !is_free(p) || !is_command(v, p) ||
            rect_empty(window_at(v, rect_center(p->box))))
            continue;
        for (int j = 0; j < count; j++) {
            const struct control *c = &v->controls[j];
            int left = c->box.x - p->box.x - p->box.width,
                right = p->box.x - c->box.x - c->box.width;
            int gap = left > right ? left : right;
            if (c->role != ROLE_BUTTON || c->source >= 0 || text_in(v, j) || gap < HEAD_PAD ||
                gap > HEAD_GAP || abs(rect_center(p->box).y - rect_center(c->box).y) > 3)
                continue;
            make(v, i,
                 (struct rect){p->box.x - PAD_USUAL, c->box.y, p->box.width + 2 * PAD_USUAL,
                               c->box.height});
            break;
        }
    }
}

void flats_find(struct view *v)
{
    find_heads(v);
    int first = v->control_count;
    for (int i = 0; i < v->control_count; i++) { /* those that are made here are looked at, too */
        struct control c = v->controls[i];
        const struct phrase *text = c.role == ROLE_BUTTON && c.sure >= 0.5f ? text_in(v, i) : NULL;
        if (!text || !is_command(v, text) || text->box.x <= c.box.x)
            continue;
        int pad = text->box.x - c.box.x;
        for (int j = 0; j < v->phrase_count; j++) {
            const struct phrase *p = &v->phrases[j];
            if (!is_free(p) || !is_command(v, p) || !stands_beside(v, p, &c, text))
                continue;
            if (says_file(v, p)) {
                take_file(v, i, j);
                continue;
            }
            make(v, j,
                 (struct rect){p->box.x - pad, c.box.y, p->box.width + 2 * pad, c.box.height});
        }
    }
    drop_data(v, first);
}
