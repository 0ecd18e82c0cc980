/*
 * reader: from strips to words: by the network of the language's own file, several lines at a time;
 * what it doubts is read again, drawn in another way, and what it still doubts by Tesseract, as are
 * languages whose network has another shape.
 */
#ifndef VISION_READER_H
#define VISION_READER_H

#include "base/err.h"
#include "vision/digest.h"
#include "vision/strip.h"
#include "vision/words.h"

struct reader;

/* ERR_USAGE when the data of LANGUAGE ("eng", "eng+deu") is not installed. Starts quickly:
 * Tesseract itself is started when it is needed for the first time. */
struct reader *reader_create(const char *language, struct err *e);
void reader_destroy(struct reader *r); /* takes NULL */

/* What all that decides a reading, but the line, comes down to: the eyes' own rules, the languages'
 * data, Tesseract. False when that can't be told. */
bool reader_rules(const struct reader *r, struct digest *out);

struct reader_line {
    struct strip *strip; /* taken, not yet prepared; borrowed */
    struct words words;  /* out; owned by the caller, refilled */
};

/* Reads COUNT lines. ERR_STOPPED when that was asked for meanwhile. */
bool reader_read(struct reader *r, struct reader_line *lines, int count, struct err *e);

#endif
