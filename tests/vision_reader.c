/*
 * Our reading beside that of Tesseract's engine, on the same lines of real programs; and how sure
 * of itself it is.
 */
#include "base/buf.h"
#include "vision/lines.h"
#include "vision/ocr.h"
#include "vision/picture.h"
#include "vision/reader.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LINES_MAX 256

struct oracle {
    struct reader *reader;
    struct ocr *engine;
    struct plane gray, picture;
    struct lines lines;
    struct strip strips[LINES_MAX];
    struct reader_line read[LINES_MAX];
    struct letters letters;
    struct words words;
    int count;
};

static int start(void **state)
{
    struct err e = {0};
    struct oracle *o = mem_zero(1, sizeof *o);
    o->reader = reader_create("eng", &e);
    o->engine = ocr_create("eng", &e);
    *state = o;
    return o->reader && o->engine ? 0 : -1;
}

static int end(void **state)
{
    struct oracle *o = *state;
    for (int i = 0; i < LINES_MAX; i++) {
        strip_finish(&o->strips[i]);
        words_finish(&o->read[i].words);
    }
    reader_destroy(o->reader);
    ocr_destroy(o->engine);
    plane_finish(&o->gray);
    plane_finish(&o->picture);
    lines_finish(&o->lines);
    letters_finish(&o->letters);
    words_finish(&o->words);
    free(o);
    return 0;
}

static void picture_lines(struct oracle *o, const char *path)
{
    struct frame frame = {0};
    struct err e = {0};
    if (!picture_read(path, &frame, &e))
        fail_msg("%s", e.text);
    plane_gray(&o->gray, &frame, band_whole(frame.height));
    lines_find(&o->lines, &o->gray, band_whole(frame.height), NULL, 0);
    lines_sort(&o->lines);
    o->count = 0;
    for (int i = 0; i < o->lines.count && o->count < LINES_MAX; i++)
        if (strip_take(&o->strips[o->count], &o->gray, o->lines.boxes[i])) {
            o->read[o->count].strip = &o->strips[o->count];
            o->count++;
        }
    frame_finish(&frame);
}

static const char *item_text(const struct words *w, int i)
{
    return w->text.text + w->items[i].text;
}

static void engine_read(struct oracle *o, struct strip *s)
{
    static const struct strip_drawing drawing = {32, 10, 0};
    o->words.count = 0;
    if (!strip_has_text(s))
        return;
    double scale = strip_render(s, &drawing, &o->picture);
    ocr_read(o->engine, &o->picture, false, &o->letters);
    words_compose(&o->words, s, &o->letters, scale, drawing.margin);
}

static void agrees_with_tesseract(void **state)
{
    struct oracle *o = *state;
    static const char *const pictures[] = {"gtk", "tk", "web"};
    int words = 0, same = 0, sure = 0, sure_same = 0;
    for (int p = 0; p < 3; p++) {
        char path[64];
        struct err e = {0};
        snprintf(path, sizeof path, "tests/data/text/%s.png", pictures[p]);
        picture_lines(o, path);
        assert_true(reader_read(o->reader, o->read, o->count, &e));
        for (int i = 0; i < o->count; i++) {
            const struct words *ours = &o->read[i].words;
            engine_read(o, &o->strips[i]);
            for (int k = 0; k < o->words.count; k++, words++) {
                bool agree =
                    k < ours->count && strcmp(item_text(ours, k), item_text(&o->words, k)) == 0;
                bool is_sure = k < ours->count && ours->items[k].confidence >= 0.9f;
                same += agree;
                sure += is_sure;
                sure_same += is_sure && agree;
            }
        }
    }
    print_message("%d words, %d the same; %d sure, %d of them the same\n", words, same, sure,
                  sure_same);
    assert_true(words > 120);
    assert_true(same * 100 >= words * 92);
    assert_true(sure * 100 >= words * 80);
    assert_true(sure_same * 100 >= sure * 95);
}

static void reads_the_same_alone_and_together(void **state)
{
    struct oracle *o = *state;
    struct err e = {0};
    picture_lines(o, "tests/data/text/web.png");
    assert_true(reader_read(o->reader, o->read, o->count, &e));
    for (int i = 0; i < o->count; i++) {
        struct reader_line alone = {.strip = &o->strips[i]};
        assert_true(reader_read(o->reader, &alone, 1, &e));
        assert_int_equal(alone.words.count, o->read[i].words.count);
        for (int k = 0; k < alone.words.count; k++)
            assert_string_equal(item_text(&alone.words, k), item_text(&o->read[i].words, k));
        words_finish(&alone.words);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_tesseract),
        cmocka_unit_test(reads_the_same_alone_and_together),
    };
    return cmocka_run_group_tests(tests, start, end);
}
