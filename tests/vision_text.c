/*
 * Reading: pictures of real programs in tests/data/text, with what they say beside them: a point in
 * each line and its text, exactly. And what a reader must not do: read twice, or fall over.
 */
#include "base/buf.h"
#include "vision/lines.h"
#include "vision/picture.h"
#include "vision/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FOLDER "tests/data/text"

struct reading {
    struct text *text;
    struct frame frame;
    struct plane gray;
    struct lines lines;
    struct scene scene;
};

static int start(void **state)
{
    struct reading *r = mem_zero(1, sizeof *r);
    struct err e = {0};
    r->text = text_create(NULL, &e);
    if (!r->text)
        print_error("%s\n", e.text);
    *state = r;
    return r->text ? 0 : -1;
}

static int end(void **state)
{
    struct reading *r = *state;
    text_destroy(r->text);
    frame_finish(&r->frame);
    plane_finish(&r->gray);
    lines_finish(&r->lines);
    scene_finish(&r->scene);
    free(r);
    return 0;
}

static void read_gray(struct reading *r)
{
    struct err e = {0};
    lines_find(&r->lines, &r->gray, band_whole(r->gray.height), NULL, 0);
    lines_sort(&r->lines);
    scene_reset(&r->scene, r->gray.width, r->gray.height);
    if (!text_read(r->text, &r->gray, &r->lines, &r->scene, &e))
        fail_msg("%s", e.text);
}

static void read_picture(struct reading *r, const char *name)
{
    char path[512];
    struct err e = {0};
    snprintf(path, sizeof path, FOLDER "/%s", name);
    if (!picture_read(path, &r->frame, &e))
        fail_msg("%s", e.text);
    plane_gray(&r->gray, &r->frame, band_whole(r->frame.height));
    read_gray(r);
}

/* The words of the line that the point is in. */
static void line_at(const struct scene *s, struct point p, struct buf *out)
{
    int line = -1;
    buf_reset(out);
    for (int i = 0; i < s->word_count; i++) {
        struct rect box = s->words[i].box;
        /* The point may be between two words. */
        box = (struct rect){box.x - 8, box.y - 3, box.width + 16, box.height + 6};
        if (rect_holds(box, p))
            line = s->words[i].line;
    }
    for (int i = 0; i < s->word_count; i++)
        if (line >= 0 && s->words[i].line == line) {
            buf_add(out, out->length ? " " : "");
            buf_add(out, s->words[i].text);
        }
}

static int check_line(const struct reading *r, const char *name, char *line)
{
    struct point p;
    struct buf got = {0};
    line[strcspn(line, "\n")] = '\0';
    char *want = strchr(line, '\t');
    assert_int_equal(sscanf(line, "%d,%d", &p.x, &p.y), 2);
    assert_non_null(want);
    line_at(&r->scene, p, &got);
    bool same = strcmp(buf_text(&got), want + 1) == 0;
    if (!same)
        print_error("%s %d,%d: \"%s\", not \"%s\"\n", name, p.x, p.y, buf_text(&got), want + 1);
    buf_finish(&got);
    return !same;
}

static int check_picture(struct reading *r, const char *list)
{
    char path[512], name[256], line[512];
    int wrong = 0, count = 0;
    snprintf(path, sizeof path, FOLDER "/%s", list);
    snprintf(name, sizeof name, "%.*s.png", (int)(strlen(list) - 4), list);
    read_picture(r, name);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    while (fgets(line, sizeof line, file))
        if (line[0] != '#') {
            wrong += check_line(r, name, line);
            count++;
        }
    fclose(file);
    assert_true(count > 0);
    return wrong;
}

static void reads_what_programs_show(void **state)
{
    int wrong = 0, pictures = 0;
    DIR *folder = opendir(FOLDER);
    assert_non_null(folder);
    for (struct dirent *d; (d = readdir(folder));)
        if (strlen(d->d_name) > 4 && strcmp(d->d_name + strlen(d->d_name) - 4, ".txt") == 0) {
            wrong += check_picture(*state, d->d_name);
            pictures++;
        }
    closedir(folder);
    assert_true(pictures >= 3);
    assert_int_equal(wrong, 0);
}

/* All that a caller sees of the words, as one text. */
static void words_print(const struct scene *s, struct buf *out)
{
    buf_reset(out);
    for (int i = 0; i < s->word_count; i++) {
        const struct word *w = &s->words[i];
        buf_addf(out, "%s %d,%d %dx%d %.3f %d\n", w->text, w->box.x, w->box.y, w->box.width,
                 w->box.height, (double)w->confidence, w->line);
    }
}

static void words_are_in_place(void **state)
{
    struct reading *r = *state;
    read_picture(r, "web.png");
    assert_true(r->scene.word_count > 60);
    for (int i = 0; i < r->scene.word_count; i++) {
        const struct word *w = &r->scene.words[i], *last = i ? w - 1 : NULL;
        assert_true(rect_inside(w->box, frame_rect(&r->frame)));
        assert_true(w->confidence >= 0 && w->confidence <= 1);
        assert_true(strlen(w->text) > 0 && !strchr(w->text, ' '));
        assert_true(!last || w->line == last->line || w->line == last->line + 1);
        if (last && w->line == last->line)
            assert_true(w->box.x >= last->box.x + last->box.width - 2);
    }
}

/* Warm and moved, everything is the same, and nothing is allocated. */
static void reads_nothing_twice(void **state)
{
    struct reading *r = *state;
    struct buf cold = {0}, warm = {0};
    read_picture(r, "tk.png");
    words_print(&r->scene, &cold);
    read_gray(r);
    size_t before = mallinfo2().uordblks;
    read_gray(r);
    assert_int_equal(mallinfo2().uordblks, before);
    words_print(&r->scene, &warm);
    assert_string_equal(buf_text(&warm), buf_text(&cold));
    buf_finish(&cold);
    buf_finish(&warm);
}

static bool asked_and_answered(void *self, const char *line)
{
    int *asked = self;
    ++*asked;
    return strstr(line, "First") == NULL;
}

/* Another reader, perhaps of another process: all that it need not read itself is known to it. */
static int read_elsewhere(const char *picture, struct buf *words)
{
    struct reading *r;
    int asked = 0;
    assert_int_equal(start((void **)&r), 0);
    text_share_if(r->text, asked_and_answered, &asked);
    read_picture(r, picture);
    words_print(&r->scene, words);
    end((void **)&r);
    return asked;
}

/* What was read once is not read again by others, and is the same there; but for what may not be
 * told. */
static void shares_what_it_may(void **state)
{
    (void)state;
    char folder[] = "/tmp/hem-text-XXXXXX", path[512];
    struct buf first = {0}, again = {0};
    assert_non_null(mkdtemp(folder));
    setenv("HEM_CACHE", folder, 1);
    assert_true(read_elsewhere("web.png", &first) > 30);
    assert_in_range(read_elsewhere("web.png", &again), 1, 3); /* First name */
    assert_string_equal(buf_text(&again), buf_text(&first));
    DIR *list = opendir(folder);
    for (struct dirent *d; (d = readdir(list));) {
        snprintf(path, sizeof path, "%s/%s", folder, d->d_name);
        unlink(path);
    }
    closedir(list);
    assert_int_equal(rmdir(folder), 0);
    setenv("HEM_CACHE", "off", 1);
    buf_finish(&first);
    buf_finish(&again);
}

static void plane_fill(struct plane *p, int width, int height, unsigned *seed)
{
    plane_resize(p, width, height);
    for (size_t i = 0; i < (size_t)width * (size_t)height; i++) {
        if (seed)
            *seed = *seed * 1103515245u + 12345u;
        p->pixels[i] = seed ? (uint8_t)(*seed >> 16) : 255;
    }
}

static void survives_what_is_no_text(void **state)
{
    struct reading *r = *state;
    static const int sizes[][2] = {{1, 1}, {1, 300}, {300, 1}, {640, 480}, {16384, 3}, {3, 16384}};
    unsigned seed = 1;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        plane_fill(&r->gray, sizes[i][0], sizes[i][1], NULL);
        read_gray(r);
        assert_int_equal(r->scene.word_count, 0);
        plane_fill(&r->gray, sizes[i][0], sizes[i][1], &seed);
        read_gray(r);
    }
}

/* Boxes that no lines_find would give. */
static void survives_hostile_boxes(void **state)
{
    struct reading *r = *state;
    struct rect boxes[] = {{-5, -5, 20, 20},   {0, 0, 0, 0},     {710, 460, 100, 100},
                           {5000, 5000, 9, 9}, {0, 0, 720, 470}, {100, 100, -3, 8}};
    struct lines lines = {.boxes = boxes, .count = sizeof boxes / sizeof *boxes};
    struct err e = {0};
    read_picture(r, "web.png");
    scene_reset(&r->scene, r->gray.width, r->gray.height);
    assert_true(text_read(r->text, &r->gray, &lines, &r->scene, &e));
}

static void names_the_missing_package(void **state)
{
    (void)state;
    static const struct {
        const char *language, *tells;
    } cases[] = {
        {"xyz", "tesseract-ocr-xyz"}, {"eng+chi_xyz", "tesseract-ocr-chi-xyz"},
        {"../eng", "no language"},    {"", "no language"},
        {"eng++deu", "no language"},  {"*", "no language"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct err e = {0};
        assert_null(text_create(cases[i].language, &e));
        assert_int_equal(e.kind, ERR_USAGE);
        assert_non_null(strstr(e.text, cases[i].tells));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_what_programs_show), cmocka_unit_test(words_are_in_place),
        cmocka_unit_test(reads_nothing_twice),      cmocka_unit_test(survives_what_is_no_text),
        cmocka_unit_test(survives_hostile_boxes),   cmocka_unit_test(names_the_missing_package),
        cmocka_unit_test(shares_what_it_may),
    };
    return cmocka_run_group_tests(tests, start, end);
}
