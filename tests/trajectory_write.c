/* trajectory: what an episode leaves on disk: lines, pictures, episode.json; secrets, kills and
 * full disks. */
#include "trajectory/trajectory.h"

#include "base/buf.h"
#include "trajectory/picture.h"
#include "trajectory/read.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cjson/cJSON.h>
#include <cmocka.h>
#include <dirent.h>
#include <ftw.h>
#include <png.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char dir[64]; /* a new one for each test */

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
    (void)st;
    (void)type;
    (void)ftw;
    return remove(path);
}

static int dir_make(void **state)
{
    (void)state;
    strcpy(dir, "/tmp/hem-trajectory-XXXXXX");
    return mkdtemp(dir) ? 0 : -1;
}

static int dir_remove(void **state)
{
    (void)state;
    return nftw(dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

/* PATH is relative to the test's directory. Owned by the caller; NULL when there is no such file.
 */
static char *file_text(const char *path, size_t *size)
{
    char whole[256], chunk[4096];
    struct buf text = {0};
    snprintf(whole, sizeof whole, "%s/%s", dir, path);
    FILE *file = fopen(whole, "rb");
    if (!file)
        return NULL;
    for (size_t n = fread(chunk, 1, sizeof chunk, file); n > 0;
         n = fread(chunk, 1, sizeof chunk, file))
        buf_add_bytes(&text, chunk, n);
    fclose(file);
    if (size)
        *size = text.length;
    return buf_take(&text);
}

/* Line NUMBER (from 1) of trajectory.jsonl, as JSON; NULL when there is no such line. */
static cJSON *line_json(int number)
{
    char *text = file_text("run/trajectory.jsonl", NULL), *line = text;
    for (; number > 1 && line; number--) {
        line = strchr(line, '\n');
        line = line ? line + 1 : NULL;
    }
    char *end = line ? strchr(line, '\n') : NULL;
    cJSON *json = NULL;
    if (end) {
        *end = '\0';
        json = cJSON_Parse(line);
        assert_non_null(json);
    }
    free(text);
    return json;
}

static cJSON *episode_json(void)
{
    char *text = file_text("run/episode.json", NULL);
    assert_non_null(text);
    cJSON *json = cJSON_Parse(text);
    assert_non_null(json);
    free(text);
    return json;
}

static const char *member(const cJSON *json, const char *name)
{
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(json, name));
    return text ? text : "(none)";
}

static double number(const cJSON *json, const char *name)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(json, name);
    assert_true(cJSON_IsNumber(item));
    return item->valuedouble;
}

/* JSON as text; valid until the next call. */
static const char *printed(const cJSON *json)
{
    static char text[8192];
    assert_true(cJSON_PrintPreallocated((cJSON *)json, text, sizeof text, false));
    return text;
}

/* Pixels in which every place differs from its neighbours, with a stride beyond the width and dirt
 * in the top byte. */
static struct frame frame_make(int width, int height, uint64_t serial)
{
    struct frame f = {.width = width, .height = height, .stride = width + 5, .serial = serial};
    f.pixels = mem_zero((size_t)f.stride * (size_t)height, sizeof *f.pixels);
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
            f.pixels[y * f.stride + x] =
                0xAB000000u | ((uint32_t)(x * 7 + y * 13 + (int)serial) * 2654435761u >> 8);
    return f;
}

/* Reads the picture back with libpng and compares every pixel; inside of MASK all must be one and
 * the same colour. */
static void picture_check(const char *path, const struct frame *f, struct rect mask)
{
    char whole[256];
    png_image image = {.version = PNG_IMAGE_VERSION};
    snprintf(whole, sizeof whole, "%s/%s", dir, path);
    assert_true(png_image_begin_read_from_file(&image, whole));
    image.format = PNG_FORMAT_RGB;
    assert_int_equal(image.width, f->width);
    assert_int_equal(image.height, f->height);
    unsigned char *bytes = mem_alloc((size_t)f->width * (size_t)f->height * 3);
    assert_true(png_image_finish_read(&image, NULL, bytes, 0, NULL));
    long wrong = 0, masked = -1;
    for (int y = 0; y < f->height; y++) {
        for (int x = 0; x < f->width; x++) {
            const unsigned char *p = bytes + 3L * ((long)y * f->width + x);
            long is = p[0] << 16 | p[1] << 8 | p[2];
            long want = f->pixels[y * f->stride + x] & 0xFFFFFF;
            if (rect_holds(mask, (struct point){x, y})) {
                masked = masked < 0 ? is : masked;
                want = masked;
            }
            wrong += is != want;
        }
    }
    assert_int_equal(wrong, 0);
    free(bytes);
}

static struct trajectory *begin(const struct data *secrets)
{
    char path[128];
    struct err e = {0};
    static char *const argv[] = {"chromium", "", "--app=\xFF", NULL};
    struct episode episode = {.task = "contact form",
                              .path = "tasks/contact.yaml",
                              .goal = "Fill it in",
                              .policy = "form",
                              .program = "chromium --app=x",
                              .argv = argv,
                              .width = 1280,
                              .height = 800,
                              .row = 3};
    snprintf(path, sizeof path, "%s/run", dir);
    struct trajectory *t = trajectory_create(path, &episode, secrets, &e);
    if (!t)
        fail_msg("%s", e.text);
    return t;
}

static void turn_write(struct trajectory *t, const struct trajectory_turn *turn)
{
    struct err e = {0};
    if (!trajectory_turn(t, turn, &e))
        fail_msg("%s", e.text);
}

static void end(struct trajectory *t, const char *outcome)
{
    struct err e = {0};
    if (!trajectory_close(t, outcome, NULL, NULL, NULL, 1, &e))
        fail_msg("%s", e.text);
}

static void episode_is_written(void **state)
{
    (void)state;
    struct frame first = frame_make(101, 47, 1), second = frame_make(101, 47, 2);
    struct trajectory *t = begin(NULL);
    struct trajectory_turn turn = {.number = 1,
                                   .step = "click \"Säve\"",
                                   .action = "click left at 40,20",
                                   .verdict = "allow",
                                   .outcome = "acted",
                                   .at = {40, 20},
                                   .has_at = true,
                                   .phases = {80.25, 0.5, 12.125, 0.0625, 1},
                                   .still = true,
                                   .frame = &first};
    cJSON *json = episode_json();
    assert_string_equal(member(json, "outcome"), "running");
    assert_string_equal(member(json, "ended"), "(none)");
    cJSON_Delete(json);
    turn_write(t, &turn);
    turn = (struct trajectory_turn){.number = 2, .frame = &first, .still = true, .moving = true};
    turn_write(t, &turn);
    turn = (struct trajectory_turn){.number = 3, .frame = &second, .outcome = "done"};
    turn_write(t, &turn);
    turn = (struct trajectory_turn){.number = 4};
    turn_write(t, &turn);

    struct data values = {0};
    struct err e = {0};
    data_add(&values, "total", "12");
    data_add(&values, "total", "13");
    data_add(&values, "empty", "");
    struct phases totals = {1, 2, 3, 4, 5};
    assert_true(trajectory_close(t, "done", "all fields hold", &values, &totals, 2.5, &e));

    json = line_json(1);
    assert_int_equal(number(json, "turn"), 1);
    assert_true(number(json, "time") >= 0);
    assert_int_equal(strlen(member(json, "wall")), strlen("2026-11-22T06:07:02.123Z"));
    assert_string_equal(member(json, "step"), "click \"Säve\"");
    assert_string_equal(member(json, "action"), "click left at 40,20");
    assert_string_equal(member(json, "verdict"), "allow");
    assert_string_equal(member(json, "outcome"), "acted");
    assert_string_equal(member(json, "frame"), "frames/000001.png");
    assert_string_equal(printed(cJSON_GetObjectItem(json, "at")), "[40,20]");
    assert_string_equal(printed(cJSON_GetObjectItem(json, "still")), "true");
    assert_null(cJSON_GetObjectItem(json, "moving"));
    assert_string_equal(
        printed(cJSON_GetObjectItem(json, "ms")),
        "{\"settle\":80.25,\"capture\":0.5,\"read\":12.125,\"decide\":0.063,\"act\":1}");
    cJSON_Delete(json);
    json = line_json(2);
    assert_string_equal(member(json, "frame"), "frames/000001.png");
    assert_null(cJSON_GetObjectItem(json, "at"));
    assert_null(cJSON_GetObjectItem(json, "step"));
    assert_string_equal(printed(cJSON_GetObjectItem(json, "moving")), "true");
    cJSON_Delete(json);
    json = line_json(3);
    assert_string_equal(member(json, "frame"), "frames/000003.png");
    cJSON_Delete(json);
    json = line_json(4);
    assert_null(cJSON_GetObjectItem(json, "frame"));
    cJSON_Delete(json);
    assert_null(line_json(5));
    assert_null(file_text("run/frames/000002.png", NULL));
    picture_check("run/frames/000001.png", &first, (struct rect){0});
    picture_check("run/frames/000003.png", &second, (struct rect){0});

    json = episode_json();
    assert_string_equal(member(json, "schema"), "hem-trajectory/1");
    assert_string_equal(member(json, "hem"), HEM_VERSION);
    assert_string_equal(member(json, "task"), "contact form");
    assert_string_equal(member(json, "path"), "tasks/contact.yaml");
    assert_string_equal(member(json, "goal"), "Fill it in");
    assert_string_equal(member(json, "policy"), "form");
    assert_string_equal(member(json, "program"), "chromium --app=x");
    assert_string_equal(printed(cJSON_GetObjectItem(json, "argv")),
                        "[\"chromium\",\"\",\"--app=\uFFFD\"]");
    assert_int_equal(number(json, "row"), 3);
    assert_string_equal(printed(cJSON_GetObjectItem(json, "screen")), "[1280,800]");
    assert_string_equal(member(json, "outcome"), "done");
    assert_string_equal(member(json, "why"), "all fields hold");
    assert_true(number(json, "seconds") == 2.5);
    assert_int_equal(number(json, "turns"), 4);
    assert_string_equal(printed(cJSON_GetObjectItem(json, "values")),
                        "{\"total\":\"13\",\"empty\":\"\"}");
    assert_string_equal(printed(cJSON_GetObjectItem(json, "ms")),
                        "{\"settle\":1,\"capture\":2,\"read\":3,\"decide\":4,\"act\":5}");
    cJSON_Delete(json);
    data_finish(&values);
    frame_finish(&first);
    frame_finish(&second);
}

static void element_fill(struct scene *s, enum role role, const char *label, const char *value)
{
    struct element *el = scene_add_element(s);
    el->id = s->element_count;
    el->role = role;
    el->box = (struct rect){10, 20 * s->element_count, 30, 15};
    el->label = arena_text(&s->arena, label);
    el->value = arena_text(&s->arena, value);
}

static void scene_is_summarised(void **state)
{
    (void)state;
    struct scene s = {0};
    struct trajectory *t = begin(NULL);
    scene_reset(&s, 1280, 800);
    s.window = "Form \xFF\xC3";
    element_fill(&s, ROLE_TEXTBOX, "Name", "Ada");
    s.elements[0].states = STATE_FOCUSED | STATE_REQUIRED;
    element_fill(&s, ROLE_BUTTON, "", NULL);
    struct trajectory_turn turn = {.number = 1, .scene = &s};
    turn_write(t, &turn);
    turn.number = 2;
    turn_write(t, &turn);
    turn = (struct trajectory_turn){.number = 3};
    turn_write(t, &turn);
    turn = (struct trajectory_turn){.number = 4, .scene = &s};
    turn_write(t, &turn);
    s.elements[1].states = STATE_DISABLED;
    turn.number = 5;
    turn_write(t, &turn);
    for (int i = 0; i < 300; i++)
        element_fill(&s, ROLE_CELL, "", NULL);
    turn.number = 6;
    turn_write(t, &turn);
    end(t, "done");

    cJSON *json = line_json(1);
    assert_string_equal(printed(cJSON_GetObjectItem(json, "scene")),
                        "{\"window\":\"Form ��\",\"elements\":["
                        "{\"id\":1,\"role\":\"textbox\",\"label\":\"Name\",\"value\":\"Ada\","
                        "\"states\":[\"focused\",\"required\"],\"box\":[10,20,30,15]},"
                        "{\"id\":2,\"role\":\"button\",\"box\":[10,40,30,15]}]}");
    cJSON_Delete(json);
    for (int i = 2; i <= 4; i++) {
        json = line_json(i);
        assert_string_equal(member(json, "scene"), i == 3 ? "(none)" : "same");
        cJSON_Delete(json);
    }
    json = line_json(5);
    assert_non_null(strstr(printed(cJSON_GetObjectItem(json, "scene")), "[\"disabled\"]"));
    cJSON_Delete(json);
    json = line_json(6);
    const cJSON *scene = cJSON_GetObjectItem(json, "scene");
    assert_int_equal(cJSON_GetArraySize(cJSON_GetObjectItem(scene, "elements")), 200);
    assert_int_equal(number(scene, "more"), 102);
    cJSON_Delete(json);
    scene_finish(&s);
}

#define SECRET "hunter\"2\nx"

/* No file under the run's directory holds the secret, as it is or as JSON writes it. */
static int secret_look(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
    (void)st;
    (void)ftw;
    if (type != FTW_F)
        return 0;
    size_t size;
    char *bytes = file_text(path + strlen(dir) + 1, &size);
    assert_null(memmem(bytes, size, "hunter", strlen("hunter")));
    free(bytes);
    return 0;
}

static void secrets_stay_out(void **state)
{
    (void)state;
    struct data secrets = {0}, values = {0};
    struct scene s = {0};
    struct frame frame = frame_make(64, 64, 1);
    struct rect masks[] = {{-10, 5, 30, 20}, {60, 60, 100, 100}, {5, 5, 0, 10}};
    struct err e = {0};
    data_add(&secrets, "Password", SECRET);
    data_add(&values, "seen", "it is " SECRET "!");
    scene_reset(&s, 64, 64);
    s.window = SECRET " - Editor";
    element_fill(&s, ROLE_TEXTBOX, "a " SECRET, SECRET);
    s.elements[0].text = SECRET SECRET;
    s.elements[0].group = SECRET;
    struct trajectory *t = begin(&secrets);
    struct trajectory_turn turn = {.number = 1,
                                   .step = "type \"" SECRET "\"",
                                   .action = SECRET,
                                   .verdict = "deny: " SECRET,
                                   .outcome = "failed: " SECRET,
                                   .scene = &s,
                                   .frame = &frame,
                                   .masks = masks,
                                   .mask_count = 3};
    turn_write(t, &turn);
    assert_true(trajectory_close(t, "failed", "saw " SECRET, &values, NULL, 1, &e));
    assert_int_equal(nftw(dir, secret_look, 16, FTW_PHYS), 0);
    cJSON *json = line_json(1);
    assert_string_equal(member(json, "step"), "type \"{{secret:Password}}\"");
    const cJSON *scene = cJSON_GetObjectItem(json, "scene");
    assert_string_equal(member(scene, "window"), "{{secret:Password}} - Editor");
    cJSON_Delete(json);
    /* Nothing but the masked pixels is changed, and the caller's frame is not at all. */
    struct frame again = frame_make(64, 64, 1);
    assert_true(rect_empty(frame_difference(&frame, &again)));
    for (int y = 60; y < 64; y++)
        for (int x = 60; x < 64; x++)
            frame.pixels[y * frame.stride + x] = 0x808080;
    picture_check("run/frames/000001.png", &frame, (struct rect){0, 5, 20, 20});
    frame_finish(&again);
    frame_finish(&frame);
    scene_finish(&s);
    data_finish(&secrets);
    data_finish(&values);
}

static void directory_is_taken_once(void **state)
{
    (void)state;
    struct err e = {0};
    struct episode episode = {.task = "t", .policy = "form", .width = 64, .height = 64};
    char path[128];
    snprintf(path, sizeof path, "%s/a/b//c/", dir);
    struct trajectory *t = trajectory_create(path, &episode, NULL, &e);
    assert_non_null(t);
    end(t, "done");
    assert_null(trajectory_create(path, &episode, NULL, &e));
    assert_int_equal(e.kind, ERR_USAGE);
    assert_non_null(strstr(e.text, "already holds a trajectory"));
    snprintf(path, sizeof path, "%s/a/b/c/episode.json/d", dir);
    e = (struct err){0};
    assert_null(trajectory_create(path, &episode, NULL, &e));
    assert_int_equal(e.kind, ERR_IO);
    assert_non_null(strstr(e.text, "episode.json: Not a directory"));
    assert_true(trajectory_close(NULL, "done", NULL, NULL, NULL, 0, &e));
}

/* Writes turns until it is killed; says so after the tenth. */
static void write_forever(int notice)
{
    struct frame f = frame_make(640, 480, 1);
    struct scene s = {0};
    struct trajectory *t = begin(NULL);
    scene_reset(&s, 640, 480);
    for (int i = 1;; i++) {
        char step[64];
        snprintf(step, sizeof step, "type \"%d\"", i);
        element_fill(&s, ROLE_CELL, step, NULL);
        f.serial = (uint64_t)i;
        struct trajectory_turn turn = {.number = i, .step = step, .scene = &s, .frame = &f};
        if (!trajectory_turn(t, &turn, NULL))
            _exit(1);
        if (i == 10 && write(notice, "x", 1) != 1)
            _exit(2);
    }
}

static void kill_leaves_whole_lines(void **state)
{
    (void)state;
    int pipe_ends[2], status;
    char path[128], byte;
    struct recording r;
    struct err e = {0};
    assert_int_equal(pipe(pipe_ends), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0)
        write_forever(pipe_ends[1]);
    close(pipe_ends[1]);
    assert_int_equal(read(pipe_ends[0], &byte, 1), 1);
    kill(child, SIGKILL);
    waitpid(child, &status, 0);
    close(pipe_ends[0]);
    assert_true(WIFSIGNALED(status));
    snprintf(path, sizeof path, "%s/run", dir);
    if (!recording_read(path, &r, &e))
        fail_msg("%s", e.text);
    assert_string_equal(r.outcome, "running");
    assert_true(r.turn_count >= 10);
    for (int i = 0; i < r.turn_count; i++) {
        char step[64];
        snprintf(step, sizeof step, "type \"%d\"", i + 1);
        assert_int_equal(r.turns[i].number, i + 1);
        assert_string_equal(r.turns[i].step, step);
    }
    recording_finish(&r);
}

/* In a child of its own, as such a limit cannot be taken back: files end at LIMIT bytes, as on a
 * full disk. */
static void with_full_disk(rlim_t limit_bytes, void (*act)(void))
{
    int status;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        signal(SIGXFSZ, SIG_IGN);
        setrlimit(RLIMIT_FSIZE, &(struct rlimit){limit_bytes, limit_bytes});
        act();
        exit(0); /* not _exit: leaks are to be found, too */
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

#define MUST(condition)                                                                            \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            fprintf(stderr, "line %d: not so: %s\n", __LINE__, #condition);                        \
            _exit(1);                                                                              \
        }                                                                                          \
    } while (0)

/* The picture fails, the lines do not. */
static void picture_fails(void)
{
    struct err e = {0};
    struct frame f = frame_make(400, 400, 1);
    struct trajectory *t = begin(NULL);
    struct trajectory_turn turn = {.number = 1, .step = "one", .frame = &f};
    MUST(trajectory_turn(t, &turn, &e));
    /* The second picture waits for the first: then it is known that that one failed. */
    f.serial = turn.number = 2;
    bool told = !trajectory_turn(t, &turn, &e);
    turn = (struct trajectory_turn){.number = 3, .step = "three"};
    MUST(told || !trajectory_turn(t, &turn, &e));
    MUST(e.kind == ERR_IO && strstr(e.text, "frames/000001.png") && strstr(e.text, "too large"));
    if (told)
        trajectory_turn(t, &turn, NULL);
    /* The same screen is tried again, and fails again. */
    turn = (struct trajectory_turn){.number = 4, .step = "last", .frame = &f};
    trajectory_turn(t, &turn, &e);
    e = (struct err){0};
    MUST(!trajectory_close(t, "failed", NULL, NULL, NULL, 1, &e));
    MUST(e.kind == ERR_IO && strstr(e.text, ".png"));
    frame_finish(&f);
}

static void full_disk_is_reported(void **state)
{
    (void)state;
    char path[128];
    struct err e = {0};
    struct recording r;
    struct stat st;
    with_full_disk(65536, picture_fails);
    snprintf(path, sizeof path, "%s/run", dir);
    assert_true(recording_read(path, &r, &e));
    assert_string_equal(r.outcome, "failed");
    assert_string_equal(r.turns[0].step, "one");
    assert_int_equal(r.turn_count, 4);
    assert_string_equal(r.turns[2].step, "three");
    recording_finish(&r);
    snprintf(path, sizeof path, "%s/run/frames/000001.png.part", dir);
    assert_int_not_equal(stat(path, &st), 0); /* no litter */
}

static void lines_fail(void)
{
    struct err e = {0};
    struct trajectory *t = begin(NULL);
    struct trajectory_turn turn = {.number = 1, .step = "a step of some length"};
    while (trajectory_turn(t, &turn, &e))
        turn.number++;
    MUST(turn.number > 5);
    MUST(e.kind == ERR_IO && strstr(e.text, "trajectory.jsonl"));
    trajectory_close(t, "failed", NULL, NULL, NULL, 1, &e);
}

static void full_disk_leaves_whole_lines(void **state)
{
    (void)state;
    char path[128];
    struct err e = {0};
    struct recording r;
    with_full_disk(2000, lines_fail);
    snprintf(path, sizeof path, "%s/run", dir);
    assert_true(recording_read(path, &r, &e));
    assert_false(r.cut);
    assert_true(r.turn_count >= 5);
    recording_finish(&r);
}

static void begin_fails(void)
{
    struct err e = {0};
    char path[128];
    struct episode episode = {.task = "t", .policy = "form", .width = 64, .height = 64};
    snprintf(path, sizeof path, "%s/run", dir);
    MUST(!trajectory_create(path, &episode, NULL, &e));
    MUST(e.kind == ERR_IO && strstr(e.text, "episode.json"));
}

static void full_disk_at_the_start(void **state)
{
    (void)state;
    with_full_disk(10, begin_fails);
    end(begin(NULL), "done"); /* the directory can still be used */
}

static void picture_refuses_nonsense(void **state)
{
    (void)state;
    struct err e = {0};
    char path[128];
    snprintf(path, sizeof path, "%s/x.png", dir);
    assert_false(picture_write(path, &(struct frame){0}, &e));
    assert_int_equal(e.kind, ERR_IO);
    struct frame f = frame_make(1, 1, 1);
    assert_false(picture_write("/nowhere/at/all.png", &f, &e));
    assert_non_null(strstr(e.text, "/nowhere/at/all.png"));
    assert_true(picture_write(path, &f, &e));
    picture_check("x.png", &f, (struct rect){0});
    frame_finish(&f);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, dir_make, dir_remove)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(episode_is_written),
        TEST(scene_is_summarised),
        TEST(secrets_stay_out),
        TEST(directory_is_taken_once),
        TEST(kill_leaves_whole_lines),
        TEST(full_disk_is_reported),
        TEST(full_disk_leaves_whole_lines),
        TEST(full_disk_at_the_start),
        TEST(picture_refuses_nonsense),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
