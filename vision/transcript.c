#include "vision/transcript.h"

#include "base/buf.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define BEGINNINGS_MAX 8      /* that are followed */
#define CHANCE_MIN     0.002f /* a code that is less likely is not tried */
#define CODES_MAX      16     /* that are tried at one place */
#define WORD_MAX       256    /* letters; what is longer is noise, and rating it is quadratic */

/* A character at the end of a beginning. */
struct node {
    int before; /* the node that it follows; node 0 is the empty text */
    int code;
    int first, last; /* places where it is the likeliest way to go on */
};

/* A beginning of the text, and how likely it is when its last place says nothing, or says its last
 * character. */
struct beginning {
    int node;
    float open, closed;
};

struct beginnings {
    struct beginning items[BEGINNINGS_MAX * (CODES_MAX + 1)];
    int count;
};

struct transcript {
    struct node *nodes; /* owned */
    int node_count, node_capacity;
    struct beginnings now, next;
    int *text;   /* the nodes of the likeliest text; owned */
    float *ways; /* room to rate a word: owned */
    int text_capacity, ways_capacity;
};

struct transcript *transcript_create(void)
{
    return mem_zero(1, sizeof(struct transcript));
}

void transcript_destroy(struct transcript *t)
{
    if (!t)
        return;
    free(t->nodes);
    free(t->text);
    free(t->ways);
    free(t);
}

static int node_add(struct transcript *t, int before, int code, int place)
{
    if (t->node_count == t->node_capacity) {
        t->node_capacity = t->node_capacity ? t->node_capacity * 2 : 1024;
        t->nodes = mem_resize(t->nodes, (size_t)t->node_capacity * sizeof *t->nodes);
    }
    t->nodes[t->node_count] = (struct node){before, code, place, place};
    return t->node_count++;
}

/* The beginning NODE among the next ones. */
static struct beginning *next_of(struct transcript *t, int node)
{
    struct beginnings *b = &t->next;
    for (int i = 0; i < b->count; i++)
        if (b->items[i].node == node)
            return &b->items[i];
    b->items[b->count] = (struct beginning){node, 0, 0};
    return &b->items[b->count++];
}

/* The node that follows NODE with CODE: one that is followed already, or a new one. */
static int node_behind(struct transcript *t, int node, int code, int place)
{
    for (int k = 0; k < 2; k++) {
        const struct beginnings *b = k ? &t->now : &t->next;
        for (int i = 0; i < b->count; i++) {
            int known = b->items[i].node;
            if (known && t->nodes[known].before == node && t->nodes[known].code == code)
                return known;
        }
    }
    return node_add(t, node, code, place);
}

static int by_chance(const void *a, const void *b)
{
    const struct beginning *one = a, *two = b;
    float x = one->open + one->closed, y = two->open + two->closed;
    return (x < y) - (x > y);
}

/* Keeps the likeliest, with the best one's chance as 1: the whole line's would be too small. */
static void beginnings_turn(struct transcript *t)
{
    struct beginnings *b = &t->next;
    qsort(b->items, (size_t)b->count, sizeof *b->items, by_chance);
    if (b->count > BEGINNINGS_MAX)
        b->count = BEGINNINGS_MAX;
    float best = b->items[0].open + b->items[0].closed;
    t->now.count = 0;
    for (int i = 0; i < b->count; i++) {
        struct beginning *item = &b->items[i];
        item->open /= best;
        item->closed /= best;
        if (item->open + item->closed >= 1e-5f)
            t->now.items[t->now.count++] = *item;
    }
}

/* One beginning goes on at PLACE with nothing, with its last character once more, or with CODES. */
static void beginning_follow(struct transcript *t, const struct beginning *from,
                             const float *chances, int blank, const int *codes, int code_count,
                             int place)
{
    float all = from->open + from->closed;
    int last = from->node ? t->nodes[from->node].code : -1;
    struct beginning *same = next_of(t, from->node);
    same->open += all * chances[blank];
    if (last >= 0) {
        same->closed += from->closed * chances[last];
        if (chances[last] > 0.5f && t->nodes[from->node].last == place - 1)
            t->nodes[from->node].last = place;
    }
    for (int i = 0; i < code_count; i++) {
        float chance = (codes[i] == last ? from->open : all) * chances[codes[i]];
        if (chance >= 1e-6f)
            next_of(t, node_behind(t, from->node, codes[i], place))->closed += chance;
    }
}

static int codes_find(const float *chances, int count, int blank, int codes[CODES_MAX])
{
    int found = 0;
    for (int i = 0; i < count && found < CODES_MAX; i++)
        if (chances[i] >= CHANCE_MIN && i != blank)
            codes[found++] = i;
    return found;
}

static void line_follow(struct transcript *t, const struct traineddata_alphabet *a,
                        const struct network_line *line, int stride)
{
    t->node_count = 0;
    node_add(t, 0, -1, 0);
    t->now.count = 1;
    t->now.items[0] = (struct beginning){0, 1, 0};
    for (int place = 0; place < line->steps; place++) {
        const float *chances = line->chances + (size_t)place * (size_t)stride;
        int codes[CODES_MAX], count = codes_find(chances, a->count, a->blank, codes);
        t->next.count = 0;
        for (int i = 0; i < t->now.count; i++)
            beginning_follow(t, &t->now.items[i], chances, a->blank, codes, count, place);
        beginnings_turn(t);
    }
}

/* The nodes of the likeliest text in their order; returns how many. */
static int text_trace(struct transcript *t)
{
    int count = 0, at = t->now.items[0].node;
    for (int node = at; node; node = t->nodes[node].before)
        count++;
    if (count > t->text_capacity) {
        t->text_capacity = count * 2;
        t->text = mem_resize(t->text, (size_t)t->text_capacity * sizeof *t->text);
    }
    for (int i = count; i > 0; i--, at = t->nodes[at].before)
        t->text[i - 1] = at;
    return count;
}

/*
 * How likely the word of the text from FIRST to END is at the places from FROM to TO: the sum over
 * all the ways to write it. Way 2i is between letters i - 1 and i, way 2i + 1 is on letter i.
 * Around the word there may be spaces.
 */
static float word_chance(struct transcript *t, const struct traineddata_alphabet *a,
                         const struct network_line *line, int stride, int first, int end, int from,
                         int to, int space)
{
    int count = end - first, ways = 2 * count + 1;
    if (2 * ways > t->ways_capacity) {
        t->ways_capacity = 4 * ways;
        t->ways = mem_resize(t->ways, (size_t)t->ways_capacity * sizeof *t->ways);
    }
    float *now = t->ways, *next = t->ways + ways;
    memset(now, 0, (size_t)ways * sizeof *now);
    now[0] = 1;
    for (int place = from; place < to; place++) {
        const float *chances = line->chances + (size_t)place * (size_t)stride;
        for (int i = 0; i < ways; i++) {
            int code = i % 2 ? t->nodes[t->text[first + i / 2]].code : a->blank;
            float sum = now[i] + (i ? now[i - 1] : 0);
            if (i % 2 && i > 1 && t->nodes[t->text[first + i / 2 - 1]].code != code)
                sum += now[i - 2];
            float chance = chances[code];
            if ((i == 0 || i == ways - 1) && space >= 0)
                chance += chances[space];
            next[i] = sum * chance;
        }
        float *was = now;
        now = next;
        next = was;
    }
    return now[ways - 1] + now[ways - 2];
}

/* The code of a text; -1 for none. */
static int code_of(const struct traineddata_alphabet *a, const char *text)
{
    for (int i = 0; i < a->count; i++)
        if (strcmp(a->texts[i], text) == 0)
            return i;
    return -1;
}

/* The others of the set that the character is of; NULL: none looks like it. */
static const char *lookalikes(const char *text)
{
    static const char *const sets[] = {"0Oo", "Cc", "Kk", "Pp", "Ss", "Uu", "Ww", "Zz"};
    for (size_t i = 0; i < sizeof sets / sizeof *sets && !text[1]; i++)
        if (strchr(sets[i], text[0]))
            return sets[i];
    return NULL;
}

/*
 * How likely it is that the only letter of the line is it or another that looks the same: what
 * tells these apart is how high others are beside it.
 */
static float alone_chance(struct transcript *t, const struct traineddata_alphabet *a,
                          const struct network_line *line, int stride, int space)
{
    struct node *node = &t->nodes[t->text[0]];
    int code = node->code;
    const char *set = lookalikes(a->texts[code]);
    float sum = 0;
    for (int i = 0; set && set[i]; i++) {
        node->code = code_of(a, (char[]){set[i], '\0'});
        if (node->code >= 0)
            sum += word_chance(t, a, line, stride, 0, 1, 0, line->steps, space);
    }
    node->code = code;
    return sum < 1 ? sum : 1;
}

/* Between two letters is the middle of what neither of them has. */
static void letter_add(struct transcript *t, const struct traineddata_alphabet *a, int i,
                       bool spaced, float confidence, float written, struct letters *letters)
{
    const struct node *node = &t->nodes[t->text[i]];
    struct letter letter = {.left = node->first * NETWORK_STEP,
                            .right = (node->last + 1) * NETWORK_STEP,
                            .confidence = confidence,
                            .written = written,
                            .spaced = spaced && letters->count};
    memcpy(letter.text, a->texts[node->code], sizeof letter.text);
    if (letters->count && !letter.spaced) {
        struct letter *before = &letters->items[letters->count - 1];
        letter.left = before->right = (before->right + letter.left) / 2;
    }
    letters_add(letters, &letter);
}

void transcript_write(struct transcript *t, const struct traineddata_alphabet *a,
                      const struct network_line *line, int stride, struct letters *letters)
{
    letters->count = 0;
    if (!line->steps)
        return;
    line_follow(t, a, line, stride);
    int count = text_trace(t), space = code_of(a, " "), from = 0;
    for (int first = 0, end; first < count; first = end + 1) {
        for (end = first; end < count && t->nodes[t->text[end]].code != space; end++)
            ;
        int to = end < count ? t->nodes[t->text[end]].last + 1 : line->steps;
        if (end > first) {
            float chance = end - first <= WORD_MAX
                               ? word_chance(t, a, line, stride, first, end, from, to, space)
                               : 0;
            float alone = count == 1 ? alone_chance(t, a, line, stride, space) : 0;
            chance = chance < 1 ? chance : 1;
            for (int i = first; i < end; i++)
                letter_add(t, a, i, i == first, chance, fmaxf(chance, alone), letters);
        }
        from = end < count ? t->nodes[t->text[end]].first : to;
    }
}
