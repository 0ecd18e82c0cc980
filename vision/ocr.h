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
#include "vision/letters.h"
#include "vision/plane.h"

#include <stdbool.h>

struct ocr;

const char *ocr_version(void); /* of Tesseract */

/*
 * ERR_USAGE, or ERR_IO when the data is damaged. Data that is not the system's (languages.h) is
 * tried in a child first (trial.h), as it may bring Tesseract down: that takes as long again.
 */
struct ocr *ocr_create(const char *language, struct err *e);
void ocr_destroy(struct ocr *o); /* takes NULL */

/*
 * Refills GLYPHS with what LINE says; nothing at all is not an error. Either the engine looks for
 * the line in the picture, which is best for text among little marks; or the picture is RAW, taken
 * as it is, which misses nothing: neither strokes that look like rules nor underscores.
 */
void ocr_read(struct ocr *o, const struct plane *line, bool raw, struct letters *letters);

/* Gives back the memory that reading took: after the last line of a frame. */
void ocr_rest(struct ocr *o);

#endif
