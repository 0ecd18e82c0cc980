/*
 * video: what ffprobe and the pixels say of a film, and what is in its captions.
 */
#include "emulator/video.h"

#include "base/ints.h"
#include "tests/programs.h"
#include "trajectory/trajectory.h"
#include "vision/picture.h"

#include <math.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define WIDTH  321 /* odd, as no film may be */
#define HEIGHT 201

static char folder[64];

static const struct {
    const char *action, *step;
    const char
        *before; /* why the step before ended: "" well; NULL: it did not, or that is not said */
} turns[] = {
    {"click left at 100,50", "click \"Save <all> & go\"", NULL},
    {"wait for a change, 100 ms at most", "click \"Save <all> & go\"", NULL},
    {"drag left from 200,100 to 300,150", "", NULL},
    {"scroll down 3 at 20,100", "scroll down 3", NULL},
    {"key Ctrl+S", "press Ctrl+S", NULL},
    {"key Ctrl+S", "press Ctrl+S", ""}, /* once more */
    {"done", "", "there is no \"Ctrl+S\"\nhere"},
};

#define TURNS (int)(sizeof turns / sizeof *turns)

/* Each picture is of one colour. */
static int episode_make(void **state)
{
    (void)state;
    struct err e = {0};
    struct frame frame = {0};
    struct episode episode = {.task = "t", .policy = "script", .width = WIDTH, .height = HEIGHT};
    snprintf(folder, sizeof folder, "%s", new_folder());
    char *dir = path_in(folder, "run");
    struct trajectory *t = trajectory_create(dir, &episode, NULL, &e);
    if (!t)
        fail_msg("%s", e.text);
    frame_resize(&frame, WIDTH, HEIGHT);
    for (int i = 0; i < TURNS; i++) {
        struct ended ended = {0};
        if (turns[i].before)
            ended_add(&ended, turns[i - 1].step, *turns[i].before ? turns[i].before : NULL,
                      (struct rect){0});
        struct trajectory_turn turn = {.number = i + 1,
                                       .step = turns[i].step,
                                       .action = turns[i].action,
                                       .outcome = strcmp(turns[i].action, "done") == 0 ? "done"
                                                  : strncmp(turns[i].action, "wait", 4) == 0
                                                      ? "waited"
                                                      : "acted",
                                       .ended = &ended,
                                       .frame = &frame};
        frame_paint(&frame, frame_rect(&frame), 0x202020u + (uint32_t)i * 0x202020u);
        frame.serial = (uint64_t)i + 1;
        assert_true(trajectory_turn(t, &turn, &e));
        ended_finish(&ended);
    }
    assert_true(trajectory_close(t, "failed", NULL, NULL, NULL, 1, &e));
    frame_finish(&frame);
    free(dir);
    return 0;
}

static int episode_remove(void **state)
{
    (void)state;
    remove_folder(folder);
    return 0;
}

/* Five actions of a second each, and a second of what came of them. */
static bool make(const char *name, struct video_report *report, struct err *e)
{
    char *dir = path_in(folder, "run"), *path = path_in(folder, name);
    struct video_request request = {
        .dir = dir, .path = path, .pace = {.speed = 1000, .least_s = 1, .ending_s = 1}, .fps = 10};
    bool made = video_make(&request, report, e);
    free(dir);
    free(path);
    return made;
}

/* What ffprobe says of it: lines NAME=VALUE. */
static void probe(const char *name, struct buf *text)
{
    char *path = path_in(folder, name);
    char *argv[] = {"ffprobe",
                    "-v",
                    "error",
                    "-show_entries",
                    "format=duration:stream=codec_name,width,height,r_frame_rate",
                    "-of",
                    "default=nk=0",
                    path,
                    NULL};
    if (program_run(argv, text) != 0)
        fail_msg("%s", buf_text(text));
    free(path);
}

static void test_films(void **state)
{
    (void)state;
    static const struct {
        const char *name, *video, *captions;
    } films[] = {
        {"a.mp4", "codec_name=h264\nwidth=322\nheight=202\nr_frame_rate=10/1",
         "codec_name=mov_text"},
        {"b.webm", "codec_name=vp9\nwidth=322\nheight=202\nr_frame_rate=10/1", "codec_name=webvtt"},
    };
    for (size_t i = 0; i < sizeof films / sizeof *films; i++) {
        struct err e = {0};
        struct video_report report;
        struct buf text = {0};
        if (!make(films[i].name, &report, &e))
            fail_msg("%s", e.text);
        assert_int_equal(report.captions, 5);
        assert_true(fabs(report.seconds - 6) < 0.1);
        probe(films[i].name, &text);
        if (!strstr(buf_text(&text), films[i].video) || !strstr(buf_text(&text), films[i].captions))
            fail_msg("%s", buf_text(&text));
        const char *duration = strstr(buf_text(&text), "duration=");
        assert_non_null(duration);
        assert_true(fabs(strtod(duration + 9, NULL) - report.seconds) < 0.2);
        buf_finish(&text);
    }
}

static void test_captions(void **state)
{
    (void)state;
    struct err e = {0};
    struct video_report report;
    assert_true(make("c.mp4", &report, &e));
    char *vtt = file_text(folder, "c.vtt");
    /* The wait took nothing at this speed, and belongs to the click. */
    assert_string_equal(vtt, "WEBVTT\n\n1\n00:00:00.000 --> 00:00:01.000\n"
                             "click \"Save &lt;all&gt; &amp; go\"\n\n2\n"
                             "00:00:01.000 --> 00:00:02.000\ndrag left from 200,100 to 300,150\n\n"
                             "3\n00:00:02.000 --> 00:00:03.000\nscroll down 3\n\n"
                             "4\n00:00:03.000 --> 00:00:04.000\npress Ctrl+S\n\n"
                             "5\n00:00:04.000 --> 00:00:05.000\npress Ctrl+S\n"
                             "failed: there is no \"Ctrl+S\" here\n");
    free(vtt);
}

/* One picture of the film. */
static void look(const char *name, const char *seconds, struct frame *out)
{
    char *path = path_in(folder, name), *png = path_in(folder, "look.png");
    char *argv[] = {"ffmpeg", "-v", "error",     "-y", "-ss", (char *)seconds,
                    "-i",     path, "-frames:v", "1",  png,   NULL};
    struct buf text = {0};
    struct err e = {0};
    if (program_run(argv, &text) != 0 || !picture_read(png, out, &e))
        fail_msg("%s %s", buf_text(&text), e.text);
    assert_non_null(out->pixels);
    buf_finish(&text);
    free(path);
    free(png);
}

/* Is it red (or violet, ...) rather than gray within REACH of there? */
static int coloured_near(const struct frame *f, int x, int y, int reach)
{
    int count = 0;
    for (int row = max_int(0, y - reach); f->pixels && row < min_int(f->height, y + reach); row++)
        for (int column = max_int(0, x - reach); column < min_int(f->width, x + reach); column++) {
            uint32_t p = f->pixels[row * f->stride + column];
            int red = (int)(p >> 16 & 255), green = (int)(p >> 8 & 255);
            count += red - green > 20;
        }
    return count;
}

static int gray_at(const struct frame *f, int x, int y)
{
    return f->pixels ? (int)(f->pixels[y * f->stride + x] >> 8 & 255) : -1;
}

/* The click is seen where it is, while it is done, on the picture that it was decided on. */
static void test_marks(void **state)
{
    (void)state;
    static const struct {
        const char *seconds;
        int gray; /* of the picture, roughly */
        int x, y; /* where something is coloured */
        bool marked;
    } cases[] = {
        {"0.1", 0x20, 100, 50, false}, {"0.8", 0x20, 100, 50, true},
        {"1.1", 0x60, 100, 50, true}, /* still seen */
        {"1.5", 0x60, 100, 50, false}, {"1.9", 0x60, 220, 110, true},
        {"2.9", 0x80, 20, 135, true},
    };
    struct err e = {0};
    struct video_report report;
    assert_true(make("d.mp4", &report, &e));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct frame f = {0};
        look("d.mp4", cases[i].seconds, &f);
        assert_in_range(gray_at(&f, 300, 20), cases[i].gray - 8, cases[i].gray + 8);
        if ((coloured_near(&f, cases[i].x, cases[i].y, 30) > 10) != cases[i].marked)
            fail_msg("at %s s: %d coloured pixels", cases[i].seconds,
                     coloured_near(&f, cases[i].x, cases[i].y, 30));
        frame_finish(&f);
    }
}

/* Pictures that are missing, an encoder that is. Nothing is left of a film that was not made. */
static void test_wrong(void **state)
{
    (void)state;
    struct err e = {0};
    struct video_report report;
    assert_false(make("x.avi", &report, &e));
    assert_int_equal(e.kind, ERR_USAGE);

    char *search = mem_text(getenv("PATH"));
    setenv("PATH", "/nonexistent", 1);
    assert_false(make("x.mp4", &report, &e));
    setenv("PATH", search, 1);
    assert_int_equal(e.kind, ERR_PROGRAM);
    assert_non_null(strstr(e.text, "Debian's package ffmpeg"));
    free(search);

    char *frames = path_in(folder, "run/frames");
    remove_folder(frames);
    assert_false(make("x.mp4", &report, &e));
    assert_int_equal(e.kind, ERR_TASK);
    free(frames);

    struct buf text = {0};
    char *argv[] = {"ls", "-A", folder, NULL};
    program_run(argv, &text);
    assert_string_equal(buf_text(&text), "run\n");
    buf_finish(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_films, episode_make, episode_remove),
        cmocka_unit_test_setup_teardown(test_captions, episode_make, episode_remove),
        cmocka_unit_test_setup_teardown(test_marks, episode_make, episode_remove),
        cmocka_unit_test_setup_teardown(test_wrong, episode_make, episode_remove),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
