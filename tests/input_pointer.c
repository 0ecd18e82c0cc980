/* The mouse on a real X server: which events a window gets, in which order and where. */
#include "base/stop.h"
#include "tests/hands.h"

static const char *events(void)
{
    assert_true(recorder_read(&recorder));
    return buf_text(&recorder.log);
}

/* Each test begins with the pointer here and an empty record. */
static int at_home(void **state)
{
    (void)state;
    struct action a = {.kind = ACTION_MOVE, .has_at = true, .at = {300, 200}};
    return input_perform(in, &a, &error) && recorder_read(&recorder) ? 0 : -1;
}

static struct action click_at(int x, int y)
{
    return (struct action){
        .kind = ACTION_CLICK, .has_at = true, .at = {x, y}, .button = BUTTON_LEFT, .count = 1};
}

static void test_clicks_at_exact_pixels(void **state)
{
    (void)state;
    static const struct point places[] = {{0, 0},
                                          {SCREEN_WIDTH - 1, SCREEN_HEIGHT - 1},
                                          {0, SCREEN_HEIGHT - 1},
                                          {SCREEN_WIDTH - 1, 0},
                                          {123, 45}};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        char wanted[64];
        int x = places[i].x, y = places[i].y;
        perform(click_at(x, y));
        snprintf(wanted, sizeof wanted, "m%d,%d +1@%d,%d -1@%d,%d ", x, y, x, y, x, y);
        assert_string_equal(events(), wanted);
        struct point at = input_pointer(in);
        assert_int_equal(at.x, x);
        assert_int_equal(at.y, y);
    }
}

static void test_buttons_and_modifiers(void **state)
{
    (void)state;
    struct action a = click_at(300, 200);
    a.button = BUTTON_RIGHT;
    perform(a);
    assert_string_equal(events(), "m300,200 +3@300,200 -3@300,200 ");
    a.button = BUTTON_FORWARD;
    a.has_at = false;
    perform(a);
    assert_string_equal(events(), "+9@300,200 -9@300,200 ");
    a.button = BUTTON_MIDDLE;
    snprintf(a.keys, sizeof a.keys, "Ctrl+Shift");
    perform(a);
    assert_string_equal(events(), "+Control_L +Shift_L +Ctrl+Shift+2@300,200 -Ctrl+Shift+2@300,200 "
                                  "-Shift_L -Control_L ");
    assert_false(anything_held(display));
}

/* One gesture: near in time, but not at the same moment, which some toolkits take for one click
 * seen twice. */
static void test_double_and_triple_click(void **state)
{
    (void)state;
    for (int count = 2; count <= 3; count++) {
        struct action a = click_at(100 * count, 50);
        a.count = count;
        perform(a);
        assert_true(recorder_read(&recorder));
        assert_int_equal(recorder.time_count, count);
        for (int i = 1; i < count; i++)
            assert_true(recorder.times[i] > recorder.times[i - 1]);
    }
}

/* Two clicks are two clicks, however quickly they are asked for. */
static void test_two_clicks_are_no_double_click(void **state)
{
    (void)state;
    perform(click_at(40, 40));
    perform(click_at(42, 41));
    assert_true(recorder_read(&recorder));
    assert_int_equal(recorder.time_count, 2);
    assert_true(recorder.times[1] - recorder.times[0] >= 500);
}

static void test_hold_and_release(void **state)
{
    (void)state;
    struct action down = {
        .kind = ACTION_MOUSE_DOWN, .has_at = true, .at = {10, 10}, .button = BUTTON_LEFT};
    struct action up = {
        .kind = ACTION_MOUSE_UP, .has_at = true, .at = {20, 10}, .button = BUTTON_LEFT};
    perform(down);
    assert_true(anything_held(display));
    struct action again = click_at(11, 11);
    assert_false(input_perform(in, &again, &error)); /* it is down: a click of it can't be done */
    assert_int_equal(error.kind, ERR_USAGE);
    perform(up);
    assert_string_equal(events(), "m10,10 +1@10,10 m20,10 -1@20,10 ");
    perform(down);
    assert_true(input_release(in, &error));
    assert_false(anything_held(display));
    assert_string_equal(events(), "m10,10 +1@10,10 -1@10,10 ");
}

/* Pressed at the first point, past the threshold at which drags begin, through all others, released
 * at the last. */
static void test_drag(void **state)
{
    (void)state;
    struct action a = {.kind = ACTION_DRAG,
                       .button = BUTTON_LEFT,
                       .path = {{100, 100}, {200, 100}, {200, 180}},
                       .path_count = 3,
                       .keys = "Shift"};
    perform(a);
    const char *log = events();
    const char *begin = "+Shift_L m100,100 +Shift+1@100,100 ";
    const char *end = "m200,180 -Shift+1@200,180 -Shift_L ";
    if (strncmp(log, begin, strlen(begin)) != 0 || !strstr(log, "m200,100 ") ||
        strlen(log) < strlen(end) || strcmp(log + strlen(log) - strlen(end), end) != 0)
        fail_msg("%s", log);
    int motions = 0;
    for (const char *m = log; (m = strchr(m, 'm')); m++)
        motions++;
    assert_true(motions >= 10);
    assert_false(anything_held(display));
}

/* A number below END, the same ones in every run. Every eighth is 0 or the last. */
static int number(int end)
{
    static uint32_t state = 20261126;
    state = state * 1664525 + 1013904223;
    uint32_t n = state >> 8;
    return n % 16 == 0 ? 0 : n % 16 == 1 ? end - 1 : (int)(n / 16 % (uint32_t)end);
}

static struct point any_point(void)
{
    return (struct point){number(SCREEN_WIDTH), number(SCREEN_HEIGHT)};
}

static void test_500_clicks(void **state)
{
    (void)state;
    static const enum button buttons[] = {BUTTON_LEFT, BUTTON_MIDDLE, BUTTON_RIGHT, BUTTON_BACK,
                                          BUTTON_FORWARD};
    struct point before = {300, 200};
    for (int i = 0; i < 500; i++) {
        struct point p = any_point();
        struct action a = click_at(p.x, p.y);
        struct buf wanted = {0};
        a.button = buttons[i % 5];
        perform(a);
        if (p.x != before.x || p.y != before.y)
            buf_addf(&wanted, "m%d,%d ", p.x, p.y);
        buf_addf(&wanted, "+%d@%d,%d -%d@%d,%d ", a.button, p.x, p.y, a.button, p.x, p.y);
        assert_string_equal(events(), buf_text(&wanted));
        buf_finish(&wanted);
        before = p;
    }
}

/* Pressed at the first point, through every other one in their order, released at the last. */
static void assert_dragged(const char *log, const struct action *a)
{
    char text[64];
    const struct point *p = a->path, *last = &p[a->path_count - 1];
    snprintf(text, sizeof text, "+1@%d,%d ", p->x, p->y);
    const char *at = strstr(log, text);
    for (int i = 1; at && i < a->path_count; i++) {
        snprintf(text, sizeof text, "m%d,%d ", p[i].x, p[i].y);
        at = strstr(at, text);
    }
    snprintf(text, sizeof text, "m%d,%d -1@%d,%d ", last->x, last->y, last->x, last->y);
    size_t end = strlen(text), length = strlen(log);
    if (!at || length < end || strcmp(log + length - end, text) != 0)
        fail_msg("from %d,%d to %d,%d: %s", p->x, p->y, last->x, last->y, log);
}

static void test_100_drags(void **state)
{
    (void)state;
    for (int i = 0; i < 100; i++) {
        struct action a = {.kind = ACTION_DRAG, .button = BUTTON_LEFT, .path_count = 2 + i % 3};
        for (int k = 0; k < a.path_count; k++)
            a.path[k] = any_point();
        perform(a);
        assert_dragged(events(), &a);
        assert_false(anything_held(display));
    }
}

static void test_scroll(void **state)
{
    (void)state;
    static const struct {
        int dx, dy;
        const char *log;
    } cases[] = {
        {0, 2, "+5@300,200 -5@300,200 +5@300,200 -5@300,200 "},
        {0, -1, "+4@300,200 -4@300,200 "},
        {1, 0, "+7@300,200 -7@300,200 "},
        {-1, 1, "+5@300,200 -5@300,200 +6@300,200 -6@300,200 "},
        {0, 0, ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        perform((struct action){.kind = ACTION_SCROLL, .dx = cases[i].dx, .dy = cases[i].dy});
        assert_string_equal(events(), cases[i].log);
    }
}

/* Refused before anything is sent. */
static void test_refused(void **state)
{
    (void)state;
    const struct action cases[] = {
        click_at(-1, 0),
        click_at(SCREEN_WIDTH, 0),
        click_at(0, SCREEN_HEIGHT),
        click_at(2000000000, 5),
        {.kind = ACTION_MOVE},
        {.kind = ACTION_CLICK, .button = BUTTON_LEFT, .count = 4},
        {.kind = ACTION_CLICK, .button = BUTTON_LEFT, .count = 0},
        {.kind = ACTION_CLICK, .button = (enum button)77, .count = 1},
        {.kind = ACTION_CLICK, .button = (enum button) - 1, .count = 1},
        {.kind = ACTION_CLICK, .button = BUTTON_LEFT, .count = 1, .keys = "Ctrl+Frobnicate"},
        {.kind = ACTION_MOUSE_UP, .button = (enum button)0},
        {.kind = ACTION_DRAG, .button = BUTTON_LEFT, .path = {{1, 1}}, .path_count = 1},
        {.kind = ACTION_DRAG, .button = BUTTON_LEFT, .path_count = ACTION_PATH_MAX + 1},
        {.kind = ACTION_DRAG, .button = BUTTON_LEFT, .path = {{1, 1}, {1, -1}}, .path_count = 2},
        {.kind = ACTION_SCROLL, .dy = 1000000},
        {.kind = ACTION_TYPE},
        {.kind = ACTION_KEY, .repeat = 1},
        {.kind = ACTION_NONE},
        {.kind = ACTION_WAIT, .ms = 1},
        {.kind = ACTION_DONE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        error = (struct err){0};
        if (input_perform(in, &cases[i], &error) || error.kind != ERR_USAGE)
            fail_msg("case %zu was not refused: %s", i, error.text);
        assert_false(anything_held(display));
    }
    assert_string_equal(events(), "");
}

/* In a process of its own: a stop in the middle of a drag with a key held. */
static void stopped_drag(void)
{
    Display *own = XOpenDisplay(NULL);
    struct input *hands = own ? input_open(own, &error) : NULL;
    struct action a = {
        .kind = ACTION_DRAG, .button = BUTTON_LEFT, .path_count = 30, .keys = "Ctrl"};
    if (!hands)
        _exit(2);
    for (int i = 0; i < a.path_count; i++)
        a.path[i] = (struct point){i % 2 ? 600 : 0, 10 * i};
    stop_install();
    terminate_in(100000);
    bool ok = input_perform(hands, &a, &error);
    _exit(ok ? 3 : error.kind != ERR_STOPPED ? 4 : anything_held(own) ? 5 : 0);
}

static void test_stop(void **state)
{
    (void)state;
    int status;
    pid_t pid = child_fork();
    if (pid == 0)
        stopped_drag();
    waitpid(pid, &status, 0);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    assert_false(anything_held(display));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_clicks_at_exact_pixels, at_home),
        cmocka_unit_test_setup(test_buttons_and_modifiers, at_home),
        cmocka_unit_test_setup(test_double_and_triple_click, at_home),
        cmocka_unit_test_setup(test_two_clicks_are_no_double_click, at_home),
        cmocka_unit_test_setup(test_hold_and_release, at_home),
        cmocka_unit_test_setup(test_drag, at_home),
        cmocka_unit_test_setup(test_500_clicks, at_home),
        cmocka_unit_test_setup(test_100_drags, at_home),
        cmocka_unit_test_setup(test_scroll, at_home),
        cmocka_unit_test_setup(test_refused, at_home),
        cmocka_unit_test_setup(test_stop, at_home),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
