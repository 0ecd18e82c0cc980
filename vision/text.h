/*
 * text: reading lines: from the pixels of a line to its words, through a memory keyed by those
 * pixels, so that what was read once, here or in another process (cache), is not read again.
 */
#ifndef VISION_TEXT_H
#define VISION_TEXT_H

#include "base/err.h"
#include "base/scene.h"
#include "vision/lines.h"
#include "vision/plane.h"

struct text;

/* LANGUAGE is Tesseract's ("eng", "eng+deu"); NULL: "eng". ERR_USAGE when its data is not
 * installed, saying which Debian package has it. */
struct text *text_create(const char *language, struct err *e);
void text_destroy(struct text *t);

/*
 * From now on, what a line says is told to other processes, by way of the disk, only when ALLOWED
 * says so; NULL, as in the beginning: always.
 */
void text_share_if(struct text *t, bool (*allowed)(void *self, const char *line), void *self);

/* Reads the lines of GRAY and adds their words to SCENE (word.line counts on from the words already
 * there). */
bool text_read(struct text *t, const struct plane *gray, const struct lines *lines,
               struct scene *scene, struct err *e);

#endif
