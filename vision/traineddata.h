/*
 * traineddata: what the file of a language (Tesseract's *.traineddata) holds: a network that reads
 * lines of text and the characters that it writes. Kept is the one shape that all of Debian's
 * languages have: a convolution of 3x3, its maximum over 3x3, an LSTM up the columns, LSTMs along
 * the line in either direction, and a softmax, all with weights of one byte.
 *
 * Each byte of the file is taken for hostile. What makes no sense, or has another shape, or writes
 * from right to left, or needs several codes for a character, is refused: it is for Tesseract
 * itself.
 */
#ifndef VISION_TRAINEDDATA_H
#define VISION_TRAINEDDATA_H

#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

/* One row of weights for each output; the last column is the bias, whose input is 127. */
struct traineddata_matrix {
    int rows, columns;
    const int8_t *weights; /* borrowed, as are the scales: rows * columns */
    const uint8_t *scales; /* rows doubles; read them by traineddata_scale */
};

enum traineddata_kind {
    TRAINEDDATA_COLUMN,   /* LSTM from top to bottom of each column; its end is the output */
    TRAINEDDATA_FORWARD,  /* LSTM along the line */
    TRAINEDDATA_BACKWARD, /* LSTM from the line's end */
};

#define TRAINEDDATA_GATES 4 /* cell input, input gate, forget gate, output gate */

struct traineddata_lstm {
    enum traineddata_kind kind;
    int inputs, outputs; /* a matrix has outputs rows, and inputs + outputs + 1 columns */
    struct traineddata_matrix gates[TRAINEDDATA_GATES];
};

#define TRAINEDDATA_LSTMS_MAX  8
#define TRAINEDDATA_CODES_MAX  1024
#define TRAINEDDATA_WIDTH_MAX  2048 /* inputs or outputs of a layer */
#define TRAINEDDATA_HEIGHT_MAX 96
#define TRAINEDDATA_TEXT_SIZE  16 /* bytes of a character, with the terminator */

/* What the network writes: a code at each place. */
struct traineddata_alphabet {
    int count;                                                /* rows of the softmax */
    int blank;                                                /* the code that says nothing */
    char texts[TRAINEDDATA_CODES_MAX][TRAINEDDATA_TEXT_SIZE]; /* UTF-8; "" for none */
};

struct traineddata {
    int height;                            /* rows of the picture of a line; a multiple of 3 */
    struct traineddata_matrix convolution; /* of 3x3 pixels, column by column */
    int pool;                              /* its greatest values over 3x3 go on */
    struct traineddata_lstm lstms[TRAINEDDATA_LSTMS_MAX]; /* the first is a COLUMN, no other is */
    int lstm_count;
    struct traineddata_matrix softmax;
    struct traineddata_alphabet alphabet;
};

/* Fills T from the BYTES of a file, which it borrows. False, with the reason, when it is not ours
 * to read. */
bool traineddata_parse(struct traineddata *t, const void *bytes, size_t size, struct err *e);

/* What the sum of products of a row is multiplied by: finite, not negative. */
float traineddata_scale(const struct traineddata_matrix *m, int row);

#endif
