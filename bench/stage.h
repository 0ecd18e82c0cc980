/*
 * stage: a desktop with one program on it, eyes and hands, as the emulator has them.
 */
#ifndef BENCH_STAGE_H
#define BENCH_STAGE_H

#include "base/err.h"
#include "base/frame.h"
#include "base/scene.h"
#include "emulator/desktop.h"
#include "input/input.h"
#include "vision/screen.h"
#include "vision/vision.h"

struct stage {
    struct desktop *desktop; /* all owned */
    struct screen *screen;
    struct input *input;
    struct frame frame;
    struct scene scene;
};

/* Starts a desktop and ARGV on it, and sets DISPLAY and XAUTHORITY for the programs that hem is
 * measured against. */
bool stage_open(struct stage *s, const char *const argv[], struct err *e);
void stage_close(struct stage *s); /* also after a stage_open that failed */

bool stage_settle(struct stage *s, struct err *e);

/* The first text field of the scene; NULL for none. */
const struct element *stage_textbox(const struct stage *s);

#endif
