/*
 * ocr: from the picture of one line, dark text on white, to its characters: the only user of
 * Tesseract.
 *
 * One engine is used from one thread and starts no threads of its own. It is heavy (100 ms and
 * 15 MB): create it when there is something to read.
 */
#ifndef VISION_OCR_H
#define VISION_OCR_H

#include "base/err.h"
#include "vision/plane.h"

#include <stdbool.h>

struct ocr;

#define OCR_GLYPH_SIZE 16 /* bytes, with the terminator */

struct ocr_glyph {
    char text[OCR_GLYPH_SIZE]; /* UTF-8, one character, rarely a few */
    int left, right;           /* about where in the picture; may be off by half a character */
    float confidence;          /* 0..1: of the word that it is in */
    bool spaced;               /* a space stands before it */
};

struct ocr_glyphs {
    struct ocr_glyph *items; /* owned; from left to right */
    int count, capacity;
};

/*
 * Is the data of LANGUAGE ("eng", "eng+deu") installed? ERR_USAGE when it is not, naming Debian's
 * package. Starts nothing.
 */
bool ocr_installed(const char *language, struct err *e);

/* ERR_USAGE or ERR_IO. */
struct ocr *ocr_create(const char *language, struct err *e);
void ocr_destroy(struct ocr *o); /* takes NULL */

/*
 * Refills GLYPHS with what LINE says; nothing at all is not an error. Either the engine looks for
 * the line in the picture, which is best for text among little marks; or the picture is RAW, taken
 * as it is, which misses nothing: neither strokes that look like rules nor underscores.
 */
void ocr_read(struct ocr *o, const struct plane *line, bool raw, struct ocr_glyphs *glyphs);

/* Gives back the memory that reading took: after the last line of a frame. */
void ocr_rest(struct ocr *o);

void ocr_glyphs_finish(struct ocr_glyphs *glyphs);

#endif
