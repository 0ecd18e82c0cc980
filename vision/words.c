#include "vision/words.h"

#include "base/utf8.h"
#include "vision/mending.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Parts of an em. */
#define SPACE_SURE     0.28 /* a gap this wide is a space, whatever the line is like */
#define SPACE_FEW      0.25 /* the same among few letters, where it stands out */
#define SPACE_MIN      0.19 /* and less than this is none where the reader saw none */
#define SPACE_DOUBTFUL 0.13 /* less than this is none even where the reader saw one */

/* How many times as wide a gap must be beside a sign that joins words. */
#define SPACE_JOINT 1.6

/* A place between two parts of the strip. */
struct gap {
    int left, right; /* columns without ink */
    int before;      /* the letter that follows it, when it is a space; else -1 */
};

/* What is less likely is rather a drawing. */
#define SHORT_MIN  0.6f /* each letter of one or two */
#define LETTER_MIN 0.4f /* each letter of more */

#define GAPS_MAX 512

struct gaps {
    struct gap items[GAPS_MAX];
    int count;
};

static double gap_middle(const struct gap *g)
{
    return (g->left + g->right) / 2.0;
}

static int gap_width(const struct gap *g)
{
    return g->right - g->left;
}

static void gaps_find(struct gaps *gaps, const struct strip *s)
{
    gaps->count = 0;
    for (int i = 1; i < s->part_count && gaps->count < GAPS_MAX; i++) {
        struct rect a = s->parts[i - 1].box;
        if (!s->parts[i - 1].bullet)
            gaps->items[gaps->count++] = (struct gap){a.x + a.width, s->parts[i].box.x, -1};
    }
}

/* To the strip's columns. */
static void letters_place(struct letters *g, const struct strip *s, double scale, int margin)
{
    for (int i = 0; i < g->count; i++) {
        g->items[i].left = s->box.x + (int)lround((g->items[i].left - margin) / scale);
        g->items[i].right = s->box.x + (int)lround((g->items[i].right - margin) / scale);
    }
}

/* The em of the line's font, by how high its ink is and which characters are in it. */
static double letters_em(const struct letters *g, int height)
{
    double above = 0.54, below = 0;
    for (int i = 0; i < g->count; i++) {
        unsigned char c = (unsigned char)g->items[i].text[0];
        if (c >= 0x80 || !strchr("acegmnopqrsuvwxyz.,:;-_+=~<>", c))
            above = 0.74;
        if (strchr("gjpqyQ,;()[]{}|/\\_@$", c))
            below = 0.21;
    }
    return height / (above + below);
}

static bool is_joint(const struct letters *g, int i)
{
    return g->items[i].text[0] && strchr("._@/:-\\", g->items[i].text[0]);
}

/*
 * Each space that the reader saw takes the widest gap near it, from left to right. Where there is
 * none wide enough, it is taken back beside a sign that joins ("mail. com"), and else believed:
 * slanted letters lean over their gaps.
 */
static void spaces_match(struct gaps *gaps, struct letters *g, double em)
{
    int next = 0;
    for (int i = 1; i < g->count; i++) {
        if (!g->items[i].spaced)
            continue;
        double at = (g->items[i - 1].right + g->items[i].left) / 2.0, best_score = 0;
        int best = -1;
        for (int k = next; k < gaps->count; k++) {
            struct gap *gap = &gaps->items[k];
            double away = fabs(gap_middle(gap) - at), score = gap_width(gap) - 0.4 * away;
            if (away < 0.8 * em && (best < 0 || score > best_score)) {
                best = k;
                best_score = score;
            }
        }
        if (best < 0)
            continue;
        if (gap_width(&gaps->items[best]) < SPACE_DOUBTFUL * em) {
            g->items[i].spaced = !is_joint(g, i - 1) && !is_joint(g, i);
            continue;
        }
        gaps->items[best].before = i;
        next = best + 1;
    }
}

static int by_size(const void *a, const void *b)
{
    return *(const int *)a - *(const int *)b;
}

/*
 * How wide a gap must be to be a space that the reader missed: nearly as wide as those that it saw;
 * where it saw none, clearly wider than what is between the letters.
 */
static double space_width(const struct gaps *gaps, int letter_count, double em)
{
    int widths[GAPS_MAX], count = 0, least = 0;
    for (int i = 0; i < gaps->count; i++) {
        int width = gap_width(&gaps->items[i]);
        if (gaps->items[i].before < 0)
            widths[count++] = width;
        else if (!least || width < least)
            least = width;
    }
    qsort(widths, (size_t)count, sizeof *widths, by_size);
    bool few = count < 4;
    if (count < 2 || (few && gaps->count + 1 != letter_count))
        return SPACE_SURE * em;
    int middle = widths[few ? (count - 1) / 2 : count / 2];
    if (few) /* but a gap for each letter: none touch */
        return fmin(SPACE_SURE * em, fmax(SPACE_FEW * em, 2.5 * middle + 1));
    if (least)
        return fmax(fmax(0.75 * least, SPACE_MIN * em), 1.6 * middle);
    int letters = widths[(count - 1) * 3 / 4]; /* the widest may be the space */
    return fmax(SPACE_MIN * em, fmax(2.2 * letters, letters + 2));
}

static bool is_of(const struct letter *g, const char *set)
{
    return g->text[0] && strchr(set, g->text[0]);
}

/*
 * How much wider than elsewhere a gap before letter I must be. Digits are as wide as each other,
 * and "1" leaves much of that free, as strokes do in fonts for code.
 */
static double space_factor(const struct letters *g, int i)
{
    const struct letter *a = &g->items[i - 1], *b = &g->items[i];
    const char *digits = "0123456789.,:/-+";
    if ((is_of(a, "1.,:") || is_of(b, "1.,:")) && is_of(a, digits) && is_of(b, digits))
        return 1.6;
    double joint = is_joint(g, i - 1) || is_joint(g, i) ? SPACE_JOINT : 1;
    return joint * (is_of(a, "lI|!ij") || is_of(b, "lI|!ij") ? 1.2 : 1);
}

/* About how wide a character is, in tenths of an em. */
static int letter_width(const struct letter *g)
{
    unsigned char c = (unsigned char)g->text[0];
    if (strchr("ilI|!.,:;'j", c) && c)
        return 3;
    if (strchr("frt1()[]{}-\"*/\\", c) && c)
        return 4;
    if (strchr("mwMW@%", c) && c)
        return 9;
    return c >= 'A' && c <= 'Z' ? 7 : 6;
}

/*
 * The letter of those from FIRST to END that GAP, with LEFT pixels of ink before it and RIGHT
 * pixels behind it, stands before: by their usual widths, and by the reader's own places, as each
 * alone may be off by one.
 */
static int letter_behind(const struct letters *g, int first, int end, const struct gap *gap,
                         int left, int right, double em)
{
    int total = 0, sum = 0, best = first;
    double least = -1;
    for (int i = first; i < end; i++)
        total += letter_width(&g->items[i]);
    for (int i = first + 1; i < end; i++) {
        sum += letter_width(&g->items[i - 1]);
        double by_width = (double)sum / total * (left + right) - left;
        double by_place = (g->items[i - 1].right + g->items[i].left) / 2.0 - gap_middle(gap);
        double off = fabs(by_width) + fabs(by_place);
        if (fabs(by_place) < em && (least < 0 || off < least)) {
            least = off;
            best = i;
        }
    }
    return best;
}

/* Adds the spaces that the reader missed, between two that it saw (or the ends of the line). */
static void spaces_add(struct gaps *gaps, struct letters *g, const struct strip *s, double em)
{
    double least = space_width(gaps, g->count, em);
    int first = 0, left = s->box.x;
    for (int k = 0; k < gaps->count; k++) {
        struct gap *gap = &gaps->items[k];
        if (gap->before < 0 && gap_width(gap) >= least) {
            int j = k + 1;
            while (j < gaps->count && gaps->items[j].before < 0)
                j++;
            int end = j < gaps->count ? gaps->items[j].before : g->count;
            int right = j < gaps->count ? gaps->items[j].left : s->box.x + s->box.width;
            int i = letter_behind(g, first, end, gap, gap->left - left, right - gap->right, em);
            if (i == first || gap_width(gap) < least * space_factor(g, i))
                continue;
            g->items[i].spaced = true;
            gap->before = i;
        }
        if (gap->before >= 0) {
            first = gap->before;
            left = gap->right;
        }
    }
}

void words_reset(struct words *w)
{
    w->count = 0;
    buf_reset(&w->text);
}

void words_add(struct words *w, struct rect box, float confidence)
{
    if (w->count == w->capacity) {
        w->capacity = w->capacity ? w->capacity * 2 : 32;
        w->items = mem_resize(w->items, (size_t)w->capacity * sizeof *w->items);
    }
    w->items[w->count++] = (struct words_item){(int)w->text.length, box, confidence, confidence};
}

/* The ink between two columns. */
static struct rect ink_between(const struct strip *s, int left, int right)
{
    struct rect box = {0};
    for (int i = 0; i < s->part_count; i++) {
        struct rect part = s->parts[i].box;
        int middle = part.x + part.width / 2;
        if (!s->parts[i].bullet && middle >= left && middle < right)
            box = rect_union(box, part);
    }
    return box;
}

static int gap_before(const struct gaps *gaps, int letter, bool right)
{
    for (int k = 0; k < gaps->count; k++)
        if (gaps->items[k].before == letter)
            return right ? gaps->items[k].right : gaps->items[k].left;
    return -1;
}

/* Does an upright stroke end where the letters of the line do? An "I" does; a "|" goes deeper. */
static bool stands_on_line(const struct strip *s, struct rect stroke)
{
    int bottoms[GAPS_MAX], count = 0;
    for (int i = 0; i < s->part_count && count < GAPS_MAX; i++) {
        struct rect part = s->parts[i].box;
        if (part.x != stroke.x && part.height * 2 >= stroke.height)
            bottoms[count++] = part.y + part.height;
    }
    if (!count)
        return false;
    qsort(bottoms, (size_t)count, sizeof *bottoms, by_size);
    return stroke.y + stroke.height <= bottoms[count / 2] + 1;
}

/* Letters FIRST to END are one word. */
static void word_compose(struct words *w, const struct strip *s, const struct gaps *gaps,
                         const struct letters *g, int first, int end, double em)
{
    int left = first ? gap_before(gaps, first, true) : (int)fmax(0, g->items[0].left - em);
    int right = end < g->count ? gap_before(gaps, end, false) : g->items[end - 1].right + (int)em;
    left = left >= 0 ? left : g->items[first].left;
    right = right >= 0 ? right : g->items[end - 1].right;
    struct rect box = ink_between(s, left, right);
    if (rect_empty(box))
        box = (struct rect){left, s->box.y, right > left ? right - left : 1, s->box.height};
    float confidence = 1, written = 1;
    for (int i = first; i < end; i++) {
        confidence = fminf(confidence, g->items[i].confidence);
        written = fminf(written, g->items[i].written);
    }
    words_add(w, rect_grow(box, 1), confidence);
    w->items[w->count - 1].written = written;
    bool stroke = end - first == 1 && strcmp(g->items[first].text, "|") == 0;
    for (int i = first; i < end; i++)
        buf_add(&w->text, stroke && stands_on_line(s, box) ? "I" : g->items[i].text);
    buf_add_char(&w->text, '\0');
}

static void bullets_compose(struct words *w, const struct strip *s)
{
    struct rect box = {0};
    int count = 0;
    for (; count < s->part_count && s->parts[count].bullet; count++)
        box = rect_union(box, s->parts[count].box);
    if (!count)
        return;
    words_add(w, box, 1);
    for (int i = 0; i < count; i++)
        buf_add(&w->text, "\xE2\x80\xA2");
    buf_add_char(&w->text, '\0');
}

void words_compose(struct words *out, const struct strip *strip, struct letters *letters,
                   double scale, int margin)
{
    words_reset(out);
    bullets_compose(out, strip);
    if (!letters->count)
        return;
    struct gaps gaps;
    gaps_find(&gaps, strip);
    letters_place(letters, strip, scale, margin);
    double em = letters_em(letters, strip->box.height);
    spaces_match(&gaps, letters, em);
    spaces_add(&gaps, letters, strip, em);
    mending_do(letters, strip);
    for (int first = 0, end; first < letters->count; first = end) {
        for (end = first + 1; end < letters->count && !letters->items[end].spaced; end++)
            ;
        word_compose(out, strip, &gaps, letters, first, end, em);
    }
}

void words_merge(struct words *out, const struct words *a, const struct words *b)
{
    words_reset(out);
    for (int i = 0; i < a->count; i++) {
        const struct words *from = b->items[i].confidence > a->items[i].confidence ? b : a;
        words_add(out, from->items[i].box, from->items[i].confidence);
        out->items[i].written = from->items[i].written;
        buf_add(&out->text, from->text.text + from->items[i].text);
        buf_add_char(&out->text, '\0');
    }
}

float words_confidence(const struct words *w)
{
    float least = w->count ? 1 : 0;
    for (int i = 0; i < w->count; i++)
        least = fminf(least, w->items[i].confidence);
    return least;
}

static bool is_written(const char *text, float written)
{
    int length = utf8_length(text);
    return powf(written, 1.0f / (float)length) >= (length <= 2 ? SHORT_MIN : LETTER_MIN);
}

void words_drop_drawn(struct words *w)
{
    int kept = 0;
    for (int i = 0; i < w->count; i++)
        if (is_written(w->text.text + w->items[i].text, w->items[i].written))
            w->items[kept++] = w->items[i];
    w->count = kept;
}

void words_finish(struct words *w)
{
    free(w->items);
    buf_finish(&w->text);
    *w = (struct words){0};
}
