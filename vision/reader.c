#include "vision/reader.h"

#include "base/buf.h"
#include "base/stop.h"
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
    struct ocr *ocr;    /* NULL until it is needed */
    struct plane pictures[NETWORK_LINES];
    struct letters letters;
    struct words words;
    int *order; /* the lines, by width */
    int order_capacity;
};

/* How a strip is drawn: for the network, first and again; for Tesseract. Heights are parts of the
 * network's 36. */
static const struct strip_drawing ordinary = {24, 2, 36}, larger = {28, 2, 36};
static const struct strip_drawing for_engine = {32, 10, 0}, again_for_engine = {22, 10, 0},
                                  whole = {28, 4, 0};

#define CONFIDENT 0.9f /* below, a line is read again */
#define DOUBTFUL  0.3f /* below, Tesseract is asked */

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

static bool language_open(struct language *l, const char *name)
{
    char path[LANGUAGES_PATH_SIZE];
    size_t size;
    void *bytes = languages_path(name, path) ? file_map(path, &size) : NULL;
    if (!bytes)
        return false;
    struct traineddata *t = mem_alloc(sizeof *t);
    bool ours = traineddata_parse(t, bytes, size, NULL);
    if (ours) {
        l->network = network_create(t, kernels_best());
        l->height = t->height;
        l->alphabet = mem_alloc(sizeof *l->alphabet);
        *l->alphabet = t->alphabet;
    }
    free(t);
    munmap(bytes, size);
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

/* All of them, or none. */
static void languages_open(struct reader *r)
{
    char name[LANGUAGES_NAME_SIZE];
    for (const char *rest = r->name; *rest && languages_next(&rest, name);) {
        if (r->language_count == LANGUAGES_MAX ||
            !language_open(&r->languages[r->language_count], name)) {
            languages_close(r);
            return;
        }
        r->language_count++;
    }
}

struct reader *reader_create(const char *language, struct err *e)
{
    if (!languages_installed(language, e))
        return NULL;
    struct reader *r = mem_zero(1, sizeof *r);
    r->name = mem_text(language);
    languages_open(r);
    return r;
}

void reader_destroy(struct reader *r)
{
    if (!r)
        return;
    languages_close(r);
    free(r->name);
    ocr_destroy(r->ocr);
    for (int i = 0; i < NETWORK_LINES; i++)
        plane_finish(&r->pictures[i]);
    letters_finish(&r->letters);
    words_finish(&r->words);
    free(r->order);
    free(r);
}

/* Keeps what is surer. */
static void words_offer(struct words *best, struct words *other)
{
    if (best->count && words_confidence(other) <= words_confidence(best))
        return;
    struct words was = *best;
    *best = *other;
    *other = was;
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
        transcript_write(l->alphabet, &drawn[i], network_stride(l->network), &r->letters);
        words_compose(&r->words, line->strip, &r->letters, scales[i], d.margin);
        words_offer(&line->words, &r->words);
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
    words_offer(&line->words, &r->words);
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
        if (words_confidence(&line->words) < (raw ? 0.5f : CONFIDENT))
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
    return strip_width(one->strip, &ordinary) - strip_width(two->strip, &ordinary);
}

/* The lines among the first COUNT of the order that are less sure than LIMIT, put first. */
static int doubtful(struct reader *r, const struct reader_line *lines, int count, float limit)
{
    int kept = 0;
    for (int i = 0; i < count; i++)
        if (words_confidence(&lines[r->order[i]].words) < limit)
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
    if (r->language_count) {
        if (!all_read(r, ordinary, lines, r->order, left, e))
            return false;
        left = doubtful(r, lines, left, CONFIDENT);
        if (!all_read(r, larger, lines, r->order, left, e))
            return false;
        left = doubtful(r, lines, left, DOUBTFUL);
    }
    return engine_read(r, lines, r->order, left, e);
}
