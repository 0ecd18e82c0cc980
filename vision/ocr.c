#include "vision/ocr.h"

#include "base/buf.h"

#include <leptonica/allheaders.h>
#include <omp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tesseract/capi.h>
#include <unistd.h>

#define LANGUAGE_SIZE 256

struct ocr {
    TessBaseAPI *engine; /* owned */
};

struct ocr *ocr_create(const char *language, struct err *e)
{
    struct ocr *o = mem_zero(1, sizeof *o);
    omp_set_max_active_levels(0);
    o->engine = TessBaseAPICreate();
    char *names[] = {"tessedit_do_invert", "debug_file"};
    char *values[] = {"0", "/dev/null"};
    if (TessBaseAPIInit4(o->engine, NULL, language, OEM_LSTM_ONLY, NULL, 0, names, values, 2, 0)) {
        err_set(e, ERR_USAGE, "cannot start the reader for %s", language);
        ocr_destroy(o);
        return NULL;
    }
    TessBaseAPISetPageSegMode(o->engine, PSM_SINGLE_LINE);
    return o;
}

void ocr_destroy(struct ocr *o)
{
    if (!o)
        return;
    TessBaseAPIEnd(o->engine);
    TessBaseAPIDelete(o->engine);
    free(o);
}

static struct ocr_word *words_add(struct ocr_words *w)
{
    if (w->count == w->capacity) {
        w->capacity = w->capacity ? w->capacity * 2 : 32;
        w->items = mem_resize(w->items, (size_t)w->capacity * sizeof *w->items);
    }
    struct ocr_word *word = &w->items[w->count++];
    *word = (struct ocr_word){0};
    return word;
}

bool ocr_read(struct ocr *o, const struct plane *line, struct ocr_words *words, struct err *e)
{
    (void)e;
    words->count = 0;
    TessBaseAPISetImage(o->engine, line->pixels, line->width, line->height, 1, line->width);
    TessBaseAPISetSourceResolution(o->engine, 192);
    if (TessBaseAPIRecognize(o->engine, NULL))
        return true;
    TessResultIterator *it = TessBaseAPIGetIterator(o->engine);
    if (!it)
        return true;
    do {
        char *text = TessResultIteratorGetUTF8Text(it, RIL_WORD);
        int l, t, r, b;
        if (text && *text &&
            TessPageIteratorBoundingBox(TessResultIteratorGetPageIterator(it), RIL_WORD, &l, &t, &r,
                                        &b)) {
            struct ocr_word *w = words_add(words);
            snprintf(w->text, sizeof w->text, "%s", text);
            w->box = (struct rect){l, t, r - l, b - t};
            w->confidence = TessResultIteratorConfidence(it, RIL_WORD) / 100;
        }
        TessDeleteText(text);
    } while (TessResultIteratorNext(it, RIL_WORD));
    TessResultIteratorDelete(it);
    return true;
}

void ocr_words_finish(struct ocr_words *words)
{
    free(words->items);
    *words = (struct ocr_words){0};
}
