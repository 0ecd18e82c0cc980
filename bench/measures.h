/*
 * measures: one function for each part of the benchmark. Each adds its rows to the table, with a
 * note where something could not be measured; none asserts anything. FOLDER is an empty one for
 * files in between.
 */
#ifndef BENCH_MEASURES_H
#define BENCH_MEASURES_H

#include "bench/table.h"

#define BENCH_WIDTH  1280
#define BENCH_HEIGHT 800
#define BENCH_PAGE   "examples/registration/registration.html"
#define BENCH_TASK   "examples/registration/registration.yaml"
#define BENCH_HEM    "build/hem"

/* Capturing, reading a frame that is new, and waiting after a click, on the registration page in
 * Chromium. */
void measure_looking(struct table *t, const char *folder);

/* From the damage that a key did to the scene, and of a frame that has not changed, in Chromium and
 * in GTK 3. */
void measure_changing(struct table *t, const char *folder);

/* When the screen is taken for still after a click, beside when it really was, in Chromium and in
 * GTK 3, with a blinking caret, and with things that move without end. */
void measure_stillness(struct table *t, const char *folder);

/* Typing and pasting into GTK 3, GTK 4, Qt 5, Chromium, Tk and xterm. */
void measure_typing(struct table *t, const char *folder);

/* How soon a desktop is ready, and what one emulator costs in memory. */
void measure_living(struct table *t, const char *folder);

/* A whole form against the keystroke-level model of a person. */
void measure_form(struct table *t, const char *folder);

/* A regression case beside the same flow as a script with the pauses that make it pass. */
void measure_regression(struct table *t, const char *folder);

/* How often something is to be tried: TRIALS of the environment, or USUAL. */
int measures_trials(int usual);

/* A row for a part that could not be begun at all. */
void measure_failed(struct table *t, const char *what, const struct err *e);

#endif
