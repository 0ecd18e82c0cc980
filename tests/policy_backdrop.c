#include "policy/backdrop.h"
#include "tests/scenes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* A window from 0,0 to 400,300 with a control at 100,100; what opened changed all of it, or so the
 * rect of what has changed says. */
static const struct rect window = {0, 0, 400, 300}, control = {100, 100, 200, 30};

struct line {
    int x, y;
    const char *text;
};

static void scene_of(struct scene *s, const struct line *lines)
{
    scene_reset(s, 400, 300);
    for (; lines->text; lines++)
        scene_line(s, lines->x, lines->y, lines->text);
}

static void test_cut(void **state)
{
    (void)state;
    static const struct line before[] = {{150, 2, "Window"},
                                         {20, 40, "File"},
                                         {60, 40, "Export"},
                                         {20, 107, "Size:"},
                                         {106, 107, "Red"},
                                         {20, 200, "Name"},
                                         {0}};
    static const struct {
        const char *what;
        struct line after[8];
        struct rect left;
    } cases[] = {
        {"over all but the labels",
         {{20, 40, "File"}, {20, 107, "Size:"}, {106, 107, "Blue"}, {106, 137, "Red"}},
         {52, 0, 348, 300}},
        {"half of a word is left",
         {{20, 40, "File"}, {60, 40, "Exp"}, {20, 107, "Size:"}},
         {84, 0, 316, 300}},
        {"under the control, and wider than it",
         {{150, 2, "Window"},
          {20, 40, "File"},
          {60, 40, "Export"},
          {20, 107, "Size:"},
          {20, 160, "A long entry"}},
         {0, 123, 400, 177}},
        {"the same word elsewhere", {{106, 180, "Red"}, {20, 230, "Name"}}, {0, 0, 400, 300}},
        {"another word begins in its place",
         {{20, 200, "Na"}, {60, 200, "Lisbon"}, {20, 40, "Fit"}},
         {0, 0, 400, 300}},
        {"the same word in the middle of what is new",
         {{20, 150, "Oslo"}, {20, 200, "Name"}, {20, 250, "Rome"}},
         {0, 0, 400, 300}},
        {"another word in its place", {{20, 200, "Game"}}, {0, 0, 400, 300}},
        {"what the control says is not asked", {{106, 107, "Red"}}, {0, 0, 400, 300}},
    };
    struct backdrop b = {0};
    struct scene s = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        scene_of(&s, before);
        backdrop_take(&b, &s);
        scene_of(&s, cases[i].after);
        struct rect r = backdrop_cut(&b, &s, control, window), w = cases[i].left;
        if (r.x != w.x || r.y != w.y || r.width != w.width || r.height != w.height)
            fail_msg("%s: %d,%d %dx%d", cases[i].what, r.x, r.y, r.width, r.height);
    }
    scene_finish(&s);
    backdrop_finish(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_cut)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
