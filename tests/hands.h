/*
 * hands: a display, a program on it that writes down what it gets, and the hands. For tests of
 * input/ whose program answers.
 */
#ifndef TESTS_HANDS_H
#define TESTS_HANDS_H

#include "input/input.h"
#include "tests/recorder.h"

#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct xserver server;
static struct recorder recorder;
static Display *display;
static struct input *in;
static struct err error;

static int open_all(void **state)
{
    (void)state;
    recorder = (struct recorder){.answers = true};
    error = (struct err){0};
    return xserver_start(&server) && recorder_start(&recorder) && (display = XOpenDisplay(NULL)) &&
                   (in = input_open(display, &error))
               ? 0
               : -1;
}

static int close_all(void **state)
{
    (void)state;
    input_close(in);
    XCloseDisplay(display);
    recorder_stop(&recorder);
    child_end(server.pid);
    return 0;
}

static void perform(struct action a)
{
    if (!input_perform(in, &a, &error))
        fail_msg("%s: %s", action_name(a.kind), error.text);
}

#endif
