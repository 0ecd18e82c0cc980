/*
 * watcher: when did the screen change last? A thread of its own that compares all pixels of the
 * framebuffer every few milliseconds, so that it can tell on the eyes: it shares nothing with them.
 *
 * What moves by itself (a caret, a spinner) is learned before anything is done, and then left out.
 */
#ifndef BENCH_WATCHER_H
#define BENCH_WATCHER_H

#include "base/err.h"

struct watcher;

/* FRAMEBUFFER: the path of the file that Xvfb draws in. */
struct watcher *watcher_start(const char *framebuffer, struct err *e);
void watcher_stop(struct watcher *w); /* takes NULL */

/* Everything that changes until watcher_learned moves by itself, a few pixels around it too. */
void watcher_learn(struct watcher *w);
void watcher_learned(struct watcher *w);

/* The pixels of the screen that move by themselves. */
long watcher_masked(struct watcher *w);

/* Of the changes in the last seconds the one before AT_MS and the one after it, when they were at
 * the earliest (clock_ms; the watcher sees them a few milliseconds later); 0: there was none. */
void watcher_around(struct watcher *w, double at_ms, double *before_ms, double *after_ms);

#endif
