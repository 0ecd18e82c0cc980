#include "vision/passages.h"

#include "base/alike.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

#define SCORE_MIN     0.8
#define WORD_MIN      0.6
#define RANK_WHOLE    0.94 /* plain words stand behind elements of the same text */
#define RANK_CAPTION  0.9  /* the words before a colon */
#define RANK_PART     0.66
#define RANK_COVERAGE 0.2  /* by how much of the line it is */
#define LINE_ENOUGH   0.85 /* a text found as well as this on one line is not sought over several */
#define LINES_MAX     4    /* over which a text may be broken */
#define WORDS_MAX     256  /* of such a paragraph */

/* The words of one or more lines, joined by single spaces. */
struct passage {
    struct buf text;
    int words[WORDS_MAX];     /* of the scene */
    size_t starts[WORDS_MAX]; /* where each begins in the text */
    int count;
};

/* One line of the scene: words that stand together. */
struct line {
    int first, end; /* half open */
    struct rect box;
};

struct lines_of_scene {
    struct line *items; /* owned */
    int count;
};

static void lines_read(struct lines_of_scene *l, const struct scene *s)
{
    l->count = 0;
    l->items = mem_alloc(((size_t)s->word_count + 1) * sizeof *l->items);
    for (int i = 0; i < s->word_count; i++) {
        const struct word *w = &s->words[i];
        struct line *last = l->count ? &l->items[l->count - 1] : NULL;
        if (!last || s->words[i - 1].line != w->line) {
            last = &l->items[l->count++];
            *last = (struct line){i, i, w->box};
        }
        last->end = i + 1;
        last->box = rect_union(last->box, w->box);
    }
}

static void passage_add(struct passage *p, const struct scene *s, const struct line *line)
{
    for (int i = line->first; i < line->end && p->count < WORDS_MAX; i++) {
        if (p->text.length)
            buf_add_char(&p->text, ' ');
        p->words[p->count] = i;
        p->starts[p->count++] = p->text.length;
        buf_add(&p->text, s->words[i].text);
    }
}

static void passage_reset(struct passage *p)
{
    buf_reset(&p->text);
    p->count = 0;
}

/* The first word that reaches over the offset. */
static int word_at(const struct passage *p, size_t offset)
{
    int i = 0;
    while (i + 1 < p->count && p->starts[i + 1] <= offset)
        i++;
    return i;
}

/* Adds the words FIRST to LAST (of the passage) that the text was found in. */
static struct candidate *add_run(struct candidates *c, const struct scene *s,
                                 const struct passage *p, int first, int last)
{
    struct candidate *found = candidates_add(c);
    found->first_word = p->words[first];
    found->end_word = p->words[last] + 1;
    for (int i = first; i <= last; i++)
        found->box = rect_union(found->box, s->words[p->words[i]].box);
    return found;
}

static double run_rank(const struct passage *p, const char *text, size_t start, size_t end)
{
    const char *whole = buf_text(&p->text);
    /* A caption: "Total: 45" is called Total. */
    if (start == 0 && (whole[end] == ':' || (end > 0 && whole[end - 1] == ':')))
        return RANK_CAPTION;
    double coverage = (double)utf8_length(text) / (double)utf8_length(whole);
    return RANK_PART + RANK_COVERAGE * (coverage < 1 ? coverage : 1);
}

/* Every place between two offsets of a single line. */
static void search_line(struct candidates *c, const struct scene *s, const struct passage *p,
                        const char *text, size_t from, size_t to)
{
    size_t start, end;
    char *part = mem_text_n(buf_text(&p->text) + from, to - from);
    double score = alike_find(part, text, &start, &end);
    free(part);
    if (score < SCORE_MIN || end <= start)
        return;
    start += from;
    end += from;
    struct candidate *found = add_run(c, s, p, word_at(p, start), word_at(p, end - 1));
    bool all = found->end_word - found->first_word == p->count &&
               alike_score(buf_text(&p->text), text) >= SCORE_MIN;
    found->score = score;
    found->rank = score * (all ? RANK_WHOLE : run_rank(p, text, start, end));
    /* It may stand there more than once: the best was found, not the first. */
    search_line(c, s, p, text, from, start);
    search_line(c, s, p, text, end, to);
}

/* The line that goes on with the text of LINE; NULL for none. */
static const struct line *line_below(const struct lines_of_scene *l, const struct line *line)
{
    const struct rect a = line->box;
    const struct line *best = NULL;
    for (int i = 0; i < l->count; i++) {
        const struct rect b = l->items[i].box;
        int gap = b.y - (a.y + a.height), higher = a.height > b.height ? a.height : b.height;
        bool same_size = 2 * a.height >= b.height && 2 * b.height >= a.height;
        bool aligned =
            abs(a.x - b.x) < 3 * higher || abs(rect_center(a).x - rect_center(b).x) < 3 * higher;
        if (&l->items[i] == line || !same_size || !aligned || gap < -higher / 3 || gap > higher)
            continue;
        if (!best || b.y < best->box.y)
            best = &l->items[i];
    }
    return best;
}

/* The text where it begins on the first line of a paragraph and ends on a later one. */
static void search_paragraph(struct candidates *c, const struct scene *s, struct passage *p,
                             const struct lines_of_scene *l, const struct line *line,
                             const char *text)
{
    /* The break falls into the text, so it holds the word before the break. */
    if (alike_within(text, s->words[line->end - 1].text) < WORD_MIN)
        return;
    passage_reset(p);
    passage_add(p, s, line);
    size_t first_line_end = p->text.length;
    size_t enough = first_line_end + 2 * strlen(text);
    for (int n = 1; n < LINES_MAX && p->text.length < enough && (line = line_below(l, line)); n++)
        passage_add(p, s, line);
    size_t start, end;
    double score = alike_find(buf_text(&p->text), text, &start, &end);
    if (score < SCORE_MIN || start >= first_line_end || end <= first_line_end)
        return;
    struct candidate *found = add_run(c, s, p, word_at(p, start), word_at(p, end - 1));
    found->score = score;
    found->rank = score * run_rank(p, text, start, end);
}

void passages_collect(struct candidates *c, const struct scene *scene, const char *text)
{
    struct lines_of_scene l;
    struct passage p = {0};
    int before = c->count;
    double best = 0;
    lines_read(&l, scene);
    for (int i = 0; i < l.count; i++) {
        passage_reset(&p);
        passage_add(&p, scene, &l.items[i]);
        search_line(c, scene, &p, text, 0, p.text.length);
    }
    for (int i = before; i < c->count; i++)
        best = c->items[i].score > best ? c->items[i].score : best;
    for (int i = 0; i < l.count && best < LINE_ENOUGH && strchr(text, ' '); i++)
        search_paragraph(c, scene, &p, &l, &l.items[i], text);
    buf_finish(&p.text);
    free(l.items);
}
