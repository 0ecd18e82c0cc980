#include "vision/ocr.h"

#include "base/buf.h"
#include "vision/languages.h"
#include "vision/trial.h"

#include <dlfcn.h>
#include <malloc.h>
#include <omp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tesseract/capi.h>
#include <tesseract/version.h>

struct ocr {
    TessBaseAPI *engine; /* owned */
};

/*
 * Tesseract is loaded when it is needed for the first time, which it seldom is: with the libraries
 * that it brings along hem would take three times as long to start, and 3 MB more for each process.
 */
/* clang-format off */
#define FUNCTIONS(F) \
    F(TessBaseAPIClear) F(TessBaseAPICreate) F(TessBaseAPIDelete) F(TessBaseAPIEnd) \
    F(TessBaseAPIGetIterator) F(TessBaseAPIInit4) F(TessBaseAPIInit5) F(TessBaseAPIRecognize) \
    F(TessBaseAPISetImage) F(TessBaseAPISetPageSegMode) F(TessBaseAPISetSourceResolution) \
    F(TessDeleteText) F(TessPageIteratorBoundingBox) F(TessPageIteratorIsAtBeginningOf) \
    F(TessResultIteratorConfidence) F(TessResultIteratorDelete) \
    F(TessResultIteratorGetPageIterator) F(TessResultIteratorGetUTF8Text) \
    F(TessResultIteratorNext)
/* clang-format on */

#define POINTER(name)  __typeof__(&(name)) name; /* NOLINT(bugprone-macro-parentheses) */
#define AS_TEXT(x)     #x
#define LIBRARY(major) "libtesseract.so." AS_TEXT(major)

static struct tesseract {
    FUNCTIONS(POINTER)
} tesseract;

/* What it says of itself; NULL when all is there. */
static const char *tesseract_load(void)
{
    static void *library;
    if (library)
        return NULL;
    void *opened = dlopen(LIBRARY(TESSERACT_MAJOR_VERSION), RTLD_LAZY | RTLD_LOCAL);
    if (!opened)
        return dlerror();
#define TAKE(name)                                                                                 \
    if (!(tesseract.name = (__typeof__(tesseract.name))dlsym(opened, #name)))                      \
        return dlerror();
    FUNCTIONS(TAKE)
    library = opened;
    return NULL;
}

/*
 * Tesseract's data file is a count, an offset for each part (-1 for none), and the parts. The words
 * of the language are the largest part of it, 3.7 of 4.1 MB, which would be held in memory and
 * improve nothing: what stands on a screen is names, numbers and labels as often as words (93.9 %
 * of 820 lines were read right without, 93.8 % with). No option turns them off before 5.4.
 */
#define DATA_PARTS_MAX 64
#define DATA_WORDS     19 /* TESSDATA_LSTM_SYSTEM_DAWG */
#define DATA_SIZE_MAX  (64 << 20)

#define TRIAL_SECONDS 20 /* to start with a language and to read a picture */

struct data_head {
    uint32_t count;
    int64_t offsets[DATA_PARTS_MAX];
};

static bool data_head_read(FILE *file, struct data_head *head)
{
    return fread(&head->count, sizeof head->count, 1, file) == 1 && head->count > DATA_WORDS &&
           head->count <= DATA_PARTS_MAX &&
           fread(head->offsets, sizeof *head->offsets, head->count, file) == head->count;
}

/* How much of the file is the words; 0 when it has none or makes no sense. */
static int64_t data_words_size(const struct data_head *head, int64_t file_size)
{
    int64_t start = head->offsets[DATA_WORDS], end = file_size;
    for (uint32_t i = head->count - 1; i > DATA_WORDS; i--)
        if (head->offsets[i] >= 0)
            end = head->offsets[i];
    return start > 0 && end >= start && end <= file_size ? end - start : 0;
}

/* The file without its words; NULL when it is not as expected. */
static char *data_without_words(FILE *file, int *size)
{
    struct data_head head;
    if (!data_head_read(file, &head) || fseek(file, 0, SEEK_END) != 0)
        return NULL;
    long file_size = ftell(file);
    int64_t words = data_words_size(&head, file_size), start = head.offsets[DATA_WORDS];
    long head_size = (long)(sizeof head.count + head.count * sizeof *head.offsets);
    if (words == 0 || file_size > DATA_SIZE_MAX || start < head_size)
        return NULL;
    head.offsets[DATA_WORDS] = -1;
    for (uint32_t i = DATA_WORDS + 1; i < head.count; i++)
        head.offsets[i] -= head.offsets[i] >= 0 ? words : 0;
    *size = (int)(file_size - words);
    char *data = mem_alloc((size_t)*size);
    size_t before = (size_t)start, after = (size_t)*size - before;
    rewind(file);
    if (fread(data, 1, before, file) != before ||
        fseek(file, (long)(start + words), SEEK_SET) != 0 ||
        fread(data + before, 1, after, file) != after) {
        free(data);
        return NULL;
    }
    memcpy(data + sizeof head.count, head.offsets, head.count * sizeof *head.offsets);
    return data;
}

/* Options that must be there when the engine starts: no trial of inverted lines, no messages. */
static char option_invert[] = "tessedit_do_invert", option_file[] = "debug_file";
static char value_off[] = "0", value_nowhere[] = "/dev/null";
static char *options[] = {option_invert, option_file}, *values[] = {value_off, value_nowhere};

/* One language alone can be started from memory. */
static bool start_from_memory(TessBaseAPI *engine, const char *language)
{
    char path[LANGUAGES_PATH_SIZE];
    FILE *file =
        !strchr(language, '+') && languages_path(language, path) ? fopen(path, "rb") : NULL;
    if (!file)
        return false;
    int size;
    char *data = data_without_words(file, &size);
    fclose(file);
    bool ok = data && tesseract.TessBaseAPIInit5(engine, data, size, language, OEM_LSTM_ONLY, NULL,
                                                 0, options, values, 2, 0) == 0;
    free(data);
    return ok;
}

static bool start_from_files(TessBaseAPI *engine, const char *language)
{
    char first[LANGUAGES_NAME_SIZE], path[LANGUAGES_PATH_SIZE];
    const char *rest = language;
    if (!languages_next(&rest, first) || !languages_path(first, path))
        return false;
    *strrchr(path, '/') = '\0';
    return tesseract.TessBaseAPIInit4(engine, path, language, OEM_LSTM_ONLY, NULL, 0, options,
                                      values, 2, 0) == 0;
}

const char *ocr_version(void)
{
    return TESSERACT_VERSION_STR;
}

static struct ocr *ocr_start(const char *language)
{
    struct ocr *o = mem_zero(1, sizeof *o);
    o->engine = tesseract.TessBaseAPICreate();
    if (start_from_memory(o->engine, language) || start_from_files(o->engine, language))
        return o;
    ocr_destroy(o);
    return NULL;
}

/* Strokes, and dots: whatever its network makes of them, it has to write. */
static bool is_usable(void *language)
{
    struct ocr *o = ocr_start(language);
    struct plane picture = {0};
    struct letters letters = {0};
    plane_resize(&picture, 600, 36);
    unsigned seed = 1;
    for (int i = 0; i < picture.width * picture.height; i++) {
        int x = i % picture.width;
        seed = seed * 1664525u + 1013904223u;
        bool ink = x % 200 < 100 ? x % 11 < 3 : seed >> 28 == 0;
        picture.pixels[i] = ink ? 0 : 255;
    }
    for (int raw = 0; o && raw < 2; raw++)
        ocr_read(o, &picture, raw, &letters);
    return o != NULL;
}

struct ocr *ocr_create(const char *language, struct err *e)
{
    if (!languages_installed(language, e))
        return NULL;
    const char *missing = tesseract_load();
    if (missing) {
        err_set(e, ERR_IO, "cannot load Tesseract: %s", missing);
        return NULL;
    }
    /* Tesseract aborts at data that it finds odd, or worse. */
    char *name = mem_text(language);
    bool usable = languages_are_systems(name) || trial_passed(is_usable, name, TRIAL_SECONDS);
    struct ocr *o = usable ? ocr_start(name) : NULL;
    free(name);
    if (!o)
        err_set(e, ERR_IO, "cannot start the reader for \"%s\": its data is damaged", language);
    return o;
}

void ocr_destroy(struct ocr *o)
{
    if (!o)
        return;
    tesseract.TessBaseAPIEnd(o->engine);
    tesseract.TessBaseAPIDelete(o->engine);
    free(o);
}

static void letter_take(TessResultIterator *it, struct letters *letters)
{
    TessPageIterator *place = tesseract.TessResultIteratorGetPageIterator(it); /* the same object */
    struct letter letter = {0};
    int top, bottom;
    char *text = tesseract.TessResultIteratorGetUTF8Text(it, RIL_SYMBOL);
    if (text && *text && strlen(text) < sizeof letter.text &&
        tesseract.TessPageIteratorBoundingBox(place, RIL_SYMBOL, &letter.left, &top, &letter.right,
                                              &bottom)) {
        memcpy(letter.text, text, strlen(text) + 1);
        /* A single character's is always high. */
        letter.confidence = tesseract.TessResultIteratorConfidence(it, RIL_WORD) / 100;
        letter.written = letter.confidence;
        letter.spaced =
            letters->count && tesseract.TessPageIteratorIsAtBeginningOf(place, RIL_WORD);
        letters_add(letters, &letter);
    }
    tesseract.TessDeleteText(text);
}

void ocr_read(struct ocr *o, const struct plane *line, bool raw, struct letters *letters)
{
    letters->count = 0;
    /*
     * Tesseract asks for four threads by name, which neither a program's own choice of threads
     * nor, once the library is loaded, the environment can lower; it is slower with them. Nothing
     * runs in parallel below level nought, though.
     */
    omp_set_max_active_levels(0);
    tesseract.TessBaseAPISetPageSegMode(o->engine, raw ? PSM_RAW_LINE : PSM_SINGLE_LINE);
    tesseract.TessBaseAPISetImage(o->engine, line->pixels, line->width, line->height, 1,
                                  line->width);
    tesseract.TessBaseAPISetSourceResolution(o->engine, 192);
    if (tesseract.TessBaseAPIRecognize(o->engine, NULL) != 0)
        return;
    TessResultIterator *it = tesseract.TessBaseAPIGetIterator(o->engine);
    if (!it)
        return;
    do
        letter_take(it, letters);
    while (tesseract.TessResultIteratorNext(it, RIL_SYMBOL));
    tesseract.TessResultIteratorDelete(it);
}

void ocr_rest(struct ocr *o)
{
    tesseract.TessBaseAPIClear(o->engine);
    malloc_trim(0);
}
