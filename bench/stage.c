#include "bench/stage.h"

#include "bench/measures.h"

#include <stdlib.h>

#define START_MS  30000
#define SETTLE_MS 5000

bool stage_open(struct stage *s, const char *const argv[], struct err *e)
{
    const struct desktop_options options = {.width = BENCH_WIDTH, .height = BENCH_HEIGHT};
    *s = (struct stage){0};
    s->desktop = desktop_start(&options, e);
    if (!s->desktop)
        return false;
    Display *display = desktop_display(s->desktop);
    s->screen = screen_open(display, desktop_framebuffer(s->desktop), e);
    s->input = s->screen ? input_open(display, e) : NULL;
    if (!s->input)
        return false;
    setenv("DISPLAY", desktop_name(s->desktop), 1);
    setenv("XAUTHORITY", desktop_authority(s->desktop), 1);
    return desktop_run(s->desktop, (char *const *)argv, NULL, START_MS, e) && stage_settle(s, e);
}

void stage_close(struct stage *s)
{
    input_close(s->input);
    screen_close(s->screen);
    desktop_stop(s->desktop);
    frame_finish(&s->frame);
    scene_finish(&s->scene);
    *s = (struct stage){0};
}

bool stage_settle(struct stage *s, struct err *e)
{
    return screen_settle(s->screen, SETTLE_MS, &s->frame, e);
}

const struct element *stage_textbox(const struct stage *s)
{
    for (int i = 0; i < s->scene.element_count; i++)
        if (s->scene.elements[i].role == ROLE_TEXTBOX)
            return &s->scene.elements[i];
    return NULL;
}
