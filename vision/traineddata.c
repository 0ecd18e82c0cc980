#include "vision/traineddata.h"

#include <limits.h>
#include <string.h>

/* A place in the file, and what is left from there. Once something was not there, nothing is. */
struct bytes {
    const uint8_t *at;
    size_t left;
    bool failed;
};

static const uint8_t *bytes_take(struct bytes *b, size_t count)
{
    if (b->failed || count > b->left) {
        b->failed = true;
        return NULL;
    }
    const uint8_t *at = b->at;
    b->at += count;
    b->left -= count;
    return at;
}

static uint64_t take_number(struct bytes *b, int size)
{
    const uint8_t *at = bytes_take(b, (size_t)size);
    uint64_t value = 0;
    for (int i = 0; at && i < size; i++)
        value |= (uint64_t)at[i] << (8 * i);
    return value;
}

static int take_byte(struct bytes *b)
{
    return (int)take_number(b, 1);
}

static int32_t take_int(struct bytes *b)
{
    return (int32_t)(uint32_t)take_number(b, 4);
}

static void pass_over(struct bytes *b, size_t count, size_t size)
{
    if (count > b->left / size)
        b->failed = true;
    else
        bytes_take(b, count * size);
}

/* A text with its length before it. */
static struct bytes take_text(struct bytes *b)
{
    size_t length = (size_t)take_number(b, 4);
    const uint8_t *at = bytes_take(b, length);
    return (struct bytes){at, at ? length : 0, !at};
}

static bool fail(struct err *e, const char *why)
{
    return err_set(e, ERR_IO, "%s", why);
}

/* The parts of the file, by Tesseract's numbers. */
enum part { PART_NETWORK = 17, PART_CHARACTERS = 21, PART_CODES = 22 };

#define PARTS_MAX 64

/* The file is a count, the offset of each part (-1 for none), and the parts one after another. */
static bool part_find(const void *file, size_t size, enum part part, struct bytes *out)
{
    struct bytes head = {file, size, false};
    uint32_t count = (uint32_t)take_number(&head, 4);
    uint64_t start = 0, end = size;
    if (count > PARTS_MAX || (uint32_t)part >= count)
        return false;
    for (uint32_t i = 0; i < count; i++) {
        uint64_t offset = take_number(&head, 8);
        if (i == (uint32_t)part)
            start = offset;
        else if (i > (uint32_t)part && offset <= size && offset < end)
            end = offset;
    }
    if (head.failed || start < (uint64_t)(head.at - (const uint8_t *)file) || start >= end)
        return false;
    *out = (struct bytes){(const uint8_t *)file + start, (size_t)(end - start), false};
    return true;
}

/* Kinds of layers, by Tesseract's numbers; and one that it writes by name when it is new. */
enum kind {
    KIND_INPUT = 1,
    KIND_CONVOLVE = 2,
    KIND_MAXPOOL = 3,
    KIND_SERIES = 9,
    KIND_REVERSED = 11,
    KIND_TRANSPOSED = 13,
    KIND_LSTM = 14,
    KIND_SUMMARY = 15,
    KIND_TANH = 19,
    KIND_SOFTMAX = 22,
};

static const char *const kind_names[] = {
    [KIND_INPUT] = "Input",     [KIND_CONVOLVE] = "Convolve",    [KIND_MAXPOOL] = "Maxpool",
    [KIND_SERIES] = "Series",   [KIND_REVERSED] = "RTLReversed", [KIND_TRANSPOSED] = "XYTranspose",
    [KIND_LSTM] = "LSTM",       [KIND_SUMMARY] = "SummLSTM",     [KIND_TANH] = "Tanh",
    [KIND_SOFTMAX] = "Softmax",
};

static int take_kind(struct bytes *b)
{
    int kind = take_byte(b);
    if (kind)
        return kind;
    struct bytes name = take_text(b);
    for (size_t i = 1; i < sizeof kind_names / sizeof *kind_names; i++)
        if (kind_names[i] && name.left == strlen(kind_names[i]) &&
            memcmp(name.at, kind_names[i], name.left) == 0)
            return (int)i;
    return 0;
}

#define FLAG_RATES 64 /* a layer of layers is followed by their rates of learning */

/* What stands before each layer. */
struct head {
    int kind, flags, inputs, outputs;
};

static struct head take_head(struct bytes *b)
{
    struct head h = {.kind = take_kind(b)};
    pass_over(b, 2, 1); /* whether it was learning, whether it told the layer before */
    h.flags = take_int(b);
    h.inputs = take_int(b);
    h.outputs = take_int(b);
    pass_over(b, 1, 4); /* how many weights */
    take_text(b);       /* its name */
    return h;
}

#define MODE_BYTES    1   /* weights of one byte */
#define MODE_DOUBLES  128 /* with scales of eight */
#define MODE_TRAINING 64

float traineddata_scale(const struct traineddata_matrix *m, int row)
{
    struct bytes b = {m->scales + (size_t)row * 8, 8, false};
    uint64_t bits = take_number(&b, 8);
    double scale;
    memcpy(&scale, &bits, sizeof scale);
    return (float)(scale / 127);
}

static bool is_scale(float scale)
{
    return scale >= 0 && scale <= 1000; /* and no NaN */
}

static bool take_matrix(struct bytes *b, int rows, int columns, struct traineddata_matrix *m)
{
    int mode = take_byte(b);
    m->rows = take_int(b);
    m->columns = take_int(b);
    pass_over(b, 1, 1); /* what an empty element would be */
    if (b->failed || !(mode & MODE_BYTES) || !(mode & MODE_DOUBLES) || m->rows != rows ||
        m->columns != columns)
        return false;
    m->weights = (const int8_t *)bytes_take(b, (size_t)rows * (size_t)columns);
    uint32_t scales = (uint32_t)take_number(b, 4);
    if (scales < (uint32_t)rows)
        return false;
    m->scales = b->at;
    pass_over(b, scales, 8);
    for (int i = 0; i < rows && !b->failed; i++)
        b->failed = !is_scale(traineddata_scale(m, i));
    return !b->failed;
}

/* One layer, or those in it, added to what is there already. */
static bool take_layer(struct bytes *b, struct traineddata *t, enum traineddata_kind direction,
                       int depth);

static bool take_layers(struct bytes *b, const struct head *h, struct traineddata *t,
                        enum traineddata_kind direction, int depth)
{
    uint32_t count = (uint32_t)take_number(b, 4);
    for (uint32_t i = 0; i < count; i++)
        if (b->failed || !take_layer(b, t, direction, depth + 1))
            return false;
    if (h->flags & FLAG_RATES)
        pass_over(b, (size_t)take_number(b, 4), 4);
    return !b->failed;
}

static bool take_input(struct bytes *b, struct traineddata *t)
{
    int batch = take_int(b), height = take_int(b), width = take_int(b), channels = take_int(b);
    pass_over(b, 1, 4); /* what the network is trained for */
    t->height = height;
    return !b->failed && batch <= 1 && width == 0 && channels == 1 && height >= 9 &&
           height <= TRAINEDDATA_HEIGHT_MAX && height % 3 == 0;
}

static bool take_convolve(struct bytes *b, const struct traineddata *t)
{
    int half_x = take_int(b), half_y = take_int(b);
    return half_x == 1 && half_y == 1 && t->height && !t->convolution.rows;
}

static bool take_maxpool(struct bytes *b, struct traineddata *t)
{
    int x = take_int(b), y = take_int(b);
    bool first = !t->pool;
    t->pool = x;
    return first && x == 3 && y == 3 && t->convolution.rows && !t->lstm_count;
}

static bool is_width(int n)
{
    return n > 0 && n <= TRAINEDDATA_WIDTH_MAX;
}

/* How many outputs there are so far. */
static int width_so_far(const struct traineddata *t)
{
    return t->lstm_count ? t->lstms[t->lstm_count - 1].outputs : t->convolution.rows;
}

static bool take_lstm(struct bytes *b, const struct head *h, struct traineddata *t,
                      enum traineddata_kind direction)
{
    struct traineddata_lstm *lstm = &t->lstms[t->lstm_count];
    int columns = take_int(b);
    bool first = t->lstm_count == 0;
    if (t->lstm_count == TRAINEDDATA_LSTMS_MAX || !t->pool || t->softmax.rows ||
        !is_width(h->outputs) || !is_width(h->inputs) || h->inputs != width_so_far(t) ||
        columns != h->inputs + h->outputs || first != (direction == TRAINEDDATA_COLUMN))
        return false;
    *lstm = (struct traineddata_lstm){direction, h->inputs, h->outputs, {{0}}};
    for (int i = 0; i < TRAINEDDATA_GATES; i++)
        if (!take_matrix(b, h->outputs, columns + 1, &lstm->gates[i]))
            return false;
    t->lstm_count++;
    return true;
}

#define DEPTH_MAX 8

static bool take_layer(struct bytes *b, struct traineddata *t, enum traineddata_kind direction,
                       int depth)
{
    struct head h = take_head(b);
    if (b->failed || depth > DEPTH_MAX)
        return false;
    switch (h.kind) {
    case KIND_INPUT:
        return depth == 1 && !t->height && take_input(b, t);
    case KIND_SERIES:
        return take_layers(b, &h, t, direction, depth);
    case KIND_CONVOLVE:
        return take_convolve(b, t);
    case KIND_TANH:
        return h.inputs == 9 && is_width(h.outputs) && t->height && !t->convolution.rows &&
               take_matrix(b, h.outputs, 10, &t->convolution);
    case KIND_MAXPOOL:
        return take_maxpool(b, t);
    case KIND_TRANSPOSED:
        return direction == TRAINEDDATA_FORWARD && take_layers(b, &h, t, TRAINEDDATA_COLUMN, depth);
    case KIND_REVERSED:
        return direction == TRAINEDDATA_FORWARD &&
               take_layers(b, &h, t, TRAINEDDATA_BACKWARD, depth);
    case KIND_SUMMARY:
        return direction == TRAINEDDATA_COLUMN && take_lstm(b, &h, t, direction);
    case KIND_LSTM:
        return direction != TRAINEDDATA_COLUMN && take_lstm(b, &h, t, direction);
    case KIND_SOFTMAX:
        return t->lstm_count && !t->softmax.rows && h.inputs == width_so_far(t) && h.outputs > 1 &&
               h.outputs <= TRAINEDDATA_CODES_MAX &&
               take_matrix(b, h.outputs, h.inputs + 1, &t->softmax);
    default:
        return false;
    }
}

static bool take_network(struct bytes *b, struct traineddata *t)
{
    if (!take_layer(b, t, TRAINEDDATA_FORWARD, 0) || !t->softmax.rows)
        return false;
    take_text(b);       /* the network's shape in words */
    pass_over(b, 3, 4); /* flags and counts of its training */
    t->alphabet.count = t->softmax.rows;
    t->alphabet.blank = take_int(b);
    return !b->failed && t->alphabet.blank >= 0 && t->alphabet.blank < t->alphabet.count;
}

/* Is there a letter that is written from right to left? */
static bool is_backward(const uint8_t *text, size_t length)
{
    for (size_t i = 0; i + 1 < length; i++) {
        bool hebrew_to_thaana = text[i] >= 0xD6 && text[i] <= 0xDE; /* U+0590 .. U+07BF */
        bool shapes = text[i] == 0xEF && text[i + 1] >= 0xAC && text[i + 1] <= 0xBB &&
                      text[i + 1] != 0xB8; /* U+FB00 .. U+FEFF, without the marks of CJK */
        bool latin = text[i] == 0xEF && text[i + 1] == 0xAC && i + 2 < length &&
                     text[i + 2] < 0x9D; /* U+FB00 .. U+FB1C: ligatures */
        if (hebrew_to_thaana || (shapes && !latin))
            return true;
    }
    return false;
}

/* The next line of the text, without its end. */
static struct bytes take_line(struct bytes *b)
{
    const uint8_t *end = b->left ? memchr(b->at, '\n', b->left) : NULL;
    size_t length = end ? (size_t)(end - b->at) : b->left;
    struct bytes line = {b->at, length, false};
    bytes_take(b, length + (end != NULL));
    return line;
}

/* The characters are lines: each begins with what is written. The first ones are notes of
 * Tesseract's own, such as "|Broken|0|1"; "NULL" is the space. */
static bool character_take(struct bytes *b, int number, const uint8_t **text, size_t *length)
{
    if (!b->left)
        return false;
    struct bytes line = take_line(b);
    const uint8_t *end = line.left ? memchr(line.at, ' ', line.left) : NULL;
    *text = line.at;
    *length = end ? (size_t)(end - line.at) : line.left;
    if (number == 0 && *length == 4 && memcmp(*text, "NULL", 4) == 0) {
        *text = (const uint8_t *)" ";
        *length = 1;
    }
    if (number == 1 || number == 2)
        *length = 0;
    return true;
}

static bool is_text(const uint8_t *text, size_t length)
{
    if (length >= TRAINEDDATA_TEXT_SIZE)
        return false;
    for (size_t i = 0; i < length; i++)
        if (text[i] < 0x20)
            return false;
    return true;
}

/* The code of the next character; -1 when it has several. */
static int take_code(struct bytes *b)
{
    pass_over(b, 1, 1);
    return take_int(b) == 1 ? take_int(b) : -1;
}

static bool take_alphabet(struct bytes *characters, struct bytes *codes,
                          struct traineddata_alphabet *a, struct err *e)
{
    take_line(characters); /* their number */
    uint32_t count = (uint32_t)take_number(codes, 4);
    for (uint32_t i = 0; i < count && !codes->failed; i++) {
        const uint8_t *text;
        size_t length;
        int code = take_code(codes);
        if (!character_take(characters, (int)(i < INT_MAX ? i : INT_MAX), &text, &length))
            return fail(e, "it has fewer characters than codes");
        if (code < 0 || code >= a->count)
            return fail(e, "it has characters of several codes");
        if (!is_text(text, length))
            return fail(e, "it has a character that is none");
        if (is_backward(text, length))
            return fail(e, "it is written from right to left");
        if (length && code != a->blank && !a->texts[code][0])
            memcpy(a->texts[code], text, length);
    }
    return !codes->failed || fail(e, "its codes are cut off");
}

bool traineddata_parse(struct traineddata *t, const void *bytes, size_t size, struct err *e)
{
    struct bytes network, characters, codes;
    memset(t, 0, sizeof *t);
    if (!part_find(bytes, size, PART_NETWORK, &network) ||
        !part_find(bytes, size, PART_CHARACTERS, &characters) ||
        !part_find(bytes, size, PART_CODES, &codes))
        return fail(e, "it lacks a network, its characters or their codes");
    if (!take_network(&network, t))
        return fail(e, "its network has another shape");
    return take_alphabet(&characters, &codes, &t->alphabet, e);
}
