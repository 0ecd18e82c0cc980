/*
 * ocr: one line of dark text on white to words: the only user of Tesseract's C API.
 *
 * One engine is used from one thread and starts no thread of its own. It is heavy (some 100 ms and
 * 15 MB): create it when there is something to read.
 */
#ifndef VISION_OCR_H
#define VISION_OCR_H

#include "base/err.h"
#include "base/rect.h"
#include "vision/plane.h"

#include <stdbool.h>

#define OCR_WORD_SIZE 256 /* bytes, with the terminator; a longer word is cut between characters   \
                           */

struct ocr;

struct ocr_word {
    char text[OCR_WORD_SIZE]; /* UTF-8, without spaces */
    struct rect
        box; /* about where it stands in the picture that was read; may be a few pixels off */
    float confidence; /* 0..1: of its least certain character */
};

struct ocr_words {
    struct ocr_word *items; /* owned */
    int count, capacity;
};

/* ERR_USAGE when the data of LANGUAGE ("eng", "eng+deu") is not installed, naming Debian's package.
 * Starts nothing. */
bool ocr_available(const char *language, struct err *e);

struct ocr *ocr_create(const char *language, struct err *e);
void ocr_destroy(struct ocr *o); /* takes NULL */

/* Refills WORDS with what LINE says, left to right; none is not an error. */
bool ocr_read(struct ocr *o, const struct plane *line, struct ocr_words *words, struct err *e);

void ocr_words_finish(struct ocr_words *words);

#endif
