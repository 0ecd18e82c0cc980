#include "vision/text.h"

#include "base/buf.h"
#include "base/stop.h"
#include "base/utf8.h"
#include "vision/memo.h"
#include "vision/ocr.h"
#include "vision/strip.h"
#include "vision/words.h"

#include <stdlib.h>

/* How a strip is drawn for the reader. */
struct drawing {
    int height; /* of the ink, pixels */
    int white;  /* pixels around it */
    bool raw;
};
static const struct drawing ordinary = {32, 10, false};
static const struct drawing smaller = {22, 10, false};
static const struct drawing whole = {28, 4, true}; /* 36 in all: what the network takes */

#define CONFIDENT     0.8f /* below, a line is read again: one in sixteen */
#define CONFIDENT_RAW 0.5f /* the same where only one way to read sees all that there is */

/* With less, what was read is a drawing. Of 5,700 words on 81 screens these limits lose 6 and keep
 * out 80 others. */
#define WORD_MIN  0.1f
#define SHORT_MIN 0.5f /* of one or two characters */

struct text {
    char *language;  /* owned, as all that follows */
    struct ocr *ocr; /* NULL until there is something to read */
    struct memo *memo;
    struct strip strip;
    struct plane picture; /* of the strip, for the reader */
    struct ocr_glyphs glyphs;
    struct words words, again;
};

struct text *text_create(const char *language, struct err *e)
{
    if (!language)
        language = "eng";
    if (!ocr_installed(language, e))
        return NULL;
    struct text *t = mem_zero(1, sizeof *t);
    t->language = mem_text(language);
    t->memo = memo_create();
    return t;
}

void text_destroy(struct text *t)
{
    if (!t)
        return;
    free(t->language);
    ocr_destroy(t->ocr);
    memo_destroy(t->memo);
    strip_finish(&t->strip);
    plane_finish(&t->picture);
    ocr_glyphs_finish(&t->glyphs);
    words_finish(&t->words);
    words_finish(&t->again);
    free(t);
}

static void strip_read(struct text *t, struct drawing d, struct words *words)
{
    double scale = strip_render(&t->strip, d.height, d.white, &t->picture);
    ocr_read(t->ocr, &t->picture, d.raw, &t->glyphs);
    words_compose(words, &t->strip, &t->glyphs, scale, d.white);
}

/* Reads the strip, and badly read, once more. What is surer counts. */
static const struct words *line_read(struct text *t)
{
    strip_prepare(&t->strip);
    t->glyphs.count = 0;
    if (!strip_has_text(&t->strip)) {
        words_compose(&t->words, &t->strip, &t->glyphs, 1, 0);
        return &t->words;
    }
    bool raw = strip_has_underscore(&t->strip);
    strip_read(t, raw ? whole : ordinary, &t->words);
    if (words_confidence(&t->words) >= (raw ? CONFIDENT_RAW : CONFIDENT))
        return &t->words;
    strip_read(t, raw ? ordinary : smaller, &t->again);
    return words_confidence(&t->again) > words_confidence(&t->words) ? &t->again : &t->words;
}

static bool is_word(const char *text, float confidence)
{
    return confidence >= (utf8_length(text) <= 2 ? SHORT_MIN : WORD_MIN);
}

static void line_tell(const struct words *words, struct rect place, int line, struct scene *scene)
{
    for (int i = 0; i < words->count; i++) {
        const struct words_item *item = &words->items[i];
        const char *text = words->text.text + item->text;
        if (!is_word(text, item->confidence))
            continue;
        struct word *word = scene_add_word(scene);
        word->text = arena_text(&scene->arena, text);
        word->box = (struct rect){place.x + item->box.x, place.y + item->box.y, item->box.width,
                                  item->box.height};
        word->confidence = item->confidence;
        word->line = line;
    }
}

bool text_read(struct text *t, const struct plane *gray, const struct lines *lines,
               struct scene *scene, struct err *e)
{
    int line = scene->word_count ? scene->words[scene->word_count - 1].line + 1 : 0;
    bool read = false;
    for (int i = 0; i < lines->count; i++) {
        if (!strip_take(&t->strip, gray, lines->boxes[i]))
            continue;
        const struct words *words = memo_find(t->memo, &t->strip.gray);
        if (!words) {
            if (stop_requested())
                return err_set(e, ERR_STOPPED, "stopped");
            if (!t->ocr && !(t->ocr = ocr_create(t->language, e)))
                return false;
            words = line_read(t);
            memo_keep(t->memo, words);
            read = true;
        }
        if (words->count)
            line_tell(words, t->strip.place, line++, scene);
    }
    if (read)
        ocr_rest(t->ocr);
    return true;
}
