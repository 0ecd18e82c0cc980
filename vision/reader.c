#include "vision/reader.h"

#include "base/buf.h"
#include "base/stop.h"
#include "base/utf8.h"
#include "vision/languages.h"
#include "vision/network.h"
#include "vision/ocr.h"
#include "vision/traineddata.h"
#include "vision/transcript.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define LANGUAGES_MAX 4

/* A language with a network of the shape that is ours. */
struct language {
    struct traineddata_alphabet *alphabet; /* owned, as the network */
    struct network *network;
    int height; /* of its pictures */
};

struct reader {
    char *name; /* of the languages; owned, as all that follows */
    struct language languages[LANGUAGES_MAX];
    int language_count; /* 0: for Tesseract alone */
    struct digest rules;
    bool rules_known;
    struct ocr *ocr; /* NULL until it is needed */
    struct plane pictures[NETWORK_LINES];
    struct transcript *transcript;
    struct letters letters;
    struct words words, merged;
    int *order; /* the lines, by width */
    int order_capacity;
};

/* How a strip is drawn for the network, first and when it is doubtful; and for Tesseract. */
static const struct strip_drawing drawings[] = {{24, 2, 36}, {20, 4, 36}, {28, 4, 36}};
static const struct strip_drawing for_engine = {32, 10, 0}, again_for_engine = {22, 10, 0},
                                  whole = {28, 4, 0};
#define DRAWING_COUNT ((int)(sizeof drawings / sizeof *drawings))

/* A line with a word that is less likely than this is read in the next drawing, too. */
static const float doubtful[DRAWING_COUNT] = {0.95f, 0.8f, 0.1f};

#define ENGINE_DOUBTFUL 0.8f /* the same for the second drawing for Tesseract */
#define ENGINE_RAW      0.5f /* where only one way to read sees all that there is */

/* Of the lines that are doubtful to the end, Tesseract reads only those that are text for sure:
 * that have a word as likely as this. It makes no more of icons and of lines that were cut badly.
 */
#define SURE         0.9f
#define ENGINE_TRUST 0.7f /* its confidence in such lines is too high */

#define FILE_MAX (64 << 20)

/* The bytes of a file; NULL when it can't be read. */
static void *file_map(const char *path, size_t *size)
{
    struct stat status;
    void *bytes = MAP_FAILED;
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file >= 0 && fstat(file, &status) == 0 && status.st_size > 0 &&
        status.st_size <= FILE_MAX) {
        *size = (size_t)status.st_size;
        bytes = mmap(NULL, *size, PROT_READ, MAP_PRIVATE, file, 0);
    }
    if (file >= 0)
        close(file);
    return bytes == MAP_FAILED ? NULL : bytes;
}

static bool language_take(struct language *l, const void *bytes, size_t size)
{
    struct traineddata *t = mem_alloc(sizeof *t);
    bool ours = traineddata_parse(t, bytes, size, NULL);
    if (ours) {
        l->network = network_create(t, kernels_best());
        l->height = t->height;
        l->alphabet = mem_alloc(sizeof *l->alphabet);
        *l->alphabet = t->alphabet;
    }
    free(t);
    return ours;
}

static void languages_close(struct reader *r)
{
    for (int i = 0; i < r->language_count; i++) {
        network_destroy(r->languages[i].network);
        free(r->languages[i].alphabet);
    }
    r->language_count = 0;
}

static void rules_add(struct reader *r, const void *bytes, size_t size)
{
    r->rules = digest_of(bytes, size, r->rules.low);
}

/* All of them, or none. */
static void languages_open(struct reader *r)
{
    char name[LANGUAGES_NAME_SIZE], path[LANGUAGES_PATH_SIZE];
    bool ours = true;
    for (const char *rest = r->name; *rest && languages_next(&rest, name);) {
        size_t size;
        void *bytes = languages_path(name, path) ? file_map(path, &size) : NULL;
        if (!bytes) {
            ours = r->rules_known = false;
            break;
        }
        rules_add(r, bytes, size);
        ours = ours && r->language_count < LANGUAGES_MAX &&
               language_take(&r->languages[r->language_count], bytes, size);
        r->language_count += ours;
        munmap(bytes, size);
    }
    if (!ours)
        languages_close(r);
}

struct reader *reader_create(const char *language, struct err *e)
{
    if (!languages_installed(language, e))
        return NULL;
    struct reader *r = mem_zero(1, sizeof *r);
    r->name = mem_text(language);
    r->transcript = transcript_create();
    r->rules_known = true;
    rules_add(r, EYES_VERSION, strlen(EYES_VERSION));
    rules_add(r, ocr_version(), strlen(ocr_version()));
    rules_add(r, language, strlen(language));
    languages_open(r);
    return r;
}

bool reader_rules(const struct reader *r, struct digest *out)
{
    *out = r->rules;
    return r->rules_known;
}

void reader_destroy(struct reader *r)
{
    if (!r)
        return;
    languages_close(r);
    free(r->name);
    ocr_destroy(r->ocr);
    transcript_destroy(r->transcript);
    for (int i = 0; i < NETWORK_LINES; i++)
        plane_finish(&r->pictures[i]);
    letters_finish(&r->letters);
    words_finish(&r->words);
    words_finish(&r->merged);
    free(r->order);
    free(r);
}

static void words_swap(struct words *a, struct words *b)
{
    struct words was = *a;
    *a = *b;
    *b = was;
}

/* How likely all words are what was read, together. */
static double line_chance(const struct words *w)
{
    double chance = w->count > 0;
    for (int i = 0; i < w->count; i++)
        chance *= w->items[i].confidence;
    return chance;
}

/* Are they as many words at the same places? */
static bool words_match(const struct words *a, const struct words *b)
{
    bool match = a->count == b->count;
    for (int i = 0; i < a->count && match; i++) {
        struct rect one = a->items[i].box, two = b->items[i].box;
        int common = rect_common(one, two).width;
        match = 2 * common > one.width && 2 * common > two.width;
    }
    return match;
}

/* Of each word the surer reading, where both have the same words; else the surer line. */
static void words_offer(struct reader *r, struct words *best)
{
    struct words *other = &r->words;
    if (best->count && words_match(best, other))
        words_merge(&r->merged, best, other);
    else if (!best->count || line_chance(other) > line_chance(best))
        words_swap(&r->merged, other);
    else
        return;
    words_swap(best, &r->merged);
}

/* Reads the lines that ORDER names, at most NETWORK_LINES, in one language. */
static void language_read(struct reader *r, const struct language *l, struct strip_drawing d,
                          struct reader_line *lines, const int *order, int count)
{
    struct network_line drawn[NETWORK_LINES];
    double scales[NETWORK_LINES];
    d.ink = d.ink * l->height / 36;
    d.height = l->height;
    for (int i = 0; i < count; i++) {
        scales[i] = strip_render(lines[order[i]].strip, &d, &r->pictures[i]);
        drawn[i] = (struct network_line){.picture = &r->pictures[i]};
    }
    network_read(l->network, drawn, count);
    for (int i = 0; i < count; i++) {
        struct reader_line *line = &lines[order[i]];
        transcript_write(r->transcript, l->alphabet, &drawn[i], network_stride(l->network),
                         &r->letters);
        words_compose(&r->words, line->strip, &r->letters, scales[i], d.margin);
        words_offer(r, &line->words);
    }
}

static bool all_read(struct reader *r, struct strip_drawing d, struct reader_line *lines,
                     const int *order, int count, struct err *e)
{
    for (int first = 0; first < count; first += NETWORK_LINES) {
        int some = count - first < NETWORK_LINES ? count - first : NETWORK_LINES;
        if (stop_requested())
            return err_set(e, ERR_STOPPED, "stopped");
        for (int i = 0; i < r->language_count; i++)
            language_read(r, &r->languages[i], d, lines, order + first, some);
    }
    return true;
}

static void engine_draw(struct reader *r, struct reader_line *line, const struct strip_drawing *d,
                        bool raw)
{
    double scale = strip_render(line->strip, d, &r->pictures[0]);
    ocr_read(r->ocr, &r->pictures[0], raw, &r->letters);
    words_compose(&r->words, line->strip, &r->letters, scale, d->margin);
    for (int i = 0; i < r->words.count && r->language_count; i++)
        r->words.items[i].written = r->words.items[i].confidence *= ENGINE_TRUST;
    words_offer(r, &line->words);
}

/* Tesseract sees no underscores unless it takes the picture as it is, which misses other things. */
static bool engine_read(struct reader *r, struct reader_line *lines, const int *order, int count,
                        struct err *e)
{
    for (int i = 0; i < count; i++) {
        struct reader_line *line = &lines[order[i]];
        if (stop_requested())
            return err_set(e, ERR_STOPPED, "stopped");
        if (!r->ocr && !(r->ocr = ocr_create(r->name, e)))
            return false;
        bool raw = strip_has_underscore(line->strip);
        engine_draw(r, line, raw ? &whole : &for_engine, raw);
        if (words_confidence(&line->words) < (raw ? ENGINE_RAW : ENGINE_DOUBTFUL))
            engine_draw(r, line, raw ? &for_engine : &again_for_engine, !raw);
    }
    if (count && r->ocr)
        ocr_rest(r->ocr);
    return true;
}

static int by_width(const void *a, const void *b, void *lines)
{
    const struct reader_line *one = (const struct reader_line *)lines + *(const int *)a,
                             *two = (const struct reader_line *)lines + *(const int *)b;
    return strip_width(one->strip, &drawings[0]) - strip_width(two->strip, &drawings[0]);
}

/* Puts those of the first COUNT lines that are less sure than LIMIT to the front of the order. */
static int order_doubtful(struct reader *r, const struct reader_line *lines, int count, float limit)
{
    int kept = 0;
    for (int i = 0; i < count; i++)
        if (words_confidence(&lines[r->order[i]].words) < limit)
            r->order[kept++] = r->order[i];
    return kept;
}

/* Has the line a word that is sure, and one that is not, both longer than what icons are read as?
 */
static bool is_text(const struct words *w)
{
    bool sure = false, unsure = false;
    for (int i = 0; i < w->count; i++)
        if (utf8_length(w->text.text + w->items[i].text) > 2) {
            sure |= w->items[i].confidence >= SURE;
            unsure |= w->items[i].confidence < doubtful[DRAWING_COUNT - 1];
        }
    return sure && unsure;
}

static int order_text(struct reader *r, const struct reader_line *lines, int count)
{
    int kept = 0;
    for (int i = 0; i < count; i++)
        if (is_text(&lines[r->order[i]].words))
            r->order[kept++] = r->order[i];
    return kept;
}

/* Prepares the lines; the order is of those that have text, from the narrowest on. */
static int lines_prepare(struct reader *r, struct reader_line *lines, int count)
{
    int kept = 0;
    if (count > r->order_capacity) {
        r->order_capacity = count;
        r->order = mem_resize(r->order, (size_t)count * sizeof *r->order);
    }
    r->letters.count = 0;
    for (int i = 0; i < count; i++) {
        strip_prepare(lines[i].strip);
        lines[i].words.count = 0;
        if (strip_has_text(lines[i].strip))
            r->order[kept++] = i;
        else
            words_compose(&lines[i].words, lines[i].strip, &r->letters, 1, 0);
    }
    qsort_r(r->order, (size_t)kept, sizeof *r->order, by_width, lines);
    return kept;
}

bool reader_read(struct reader *r, struct reader_line *lines, int count, struct err *e)
{
    int left = lines_prepare(r, lines, count);
    for (int i = 0; i < DRAWING_COUNT && r->language_count; i++) {
        if (!all_read(r, drawings[i], lines, r->order, left, e))
            return false;
        left = order_doubtful(r, lines, left, doubtful[i]);
    }
    if (r->language_count)
        left = order_text(r, lines, left);
    return engine_read(r, lines, r->order, left, e);
}
