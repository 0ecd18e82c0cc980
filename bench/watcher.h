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

/* The last change: it came after EARLIEST_MS and not after LATEST_MS (clock_ms). Both 0 when there
 * was none. */
void watcher_last(struct watcher *w, double *earliest_ms, double *latest_ms);

/* How long nothing had changed, and then did not, at AT_MS: between the changes before and after
 * it. 0 without one of these. */
double watcher_pause_ms(struct watcher *w, double at_ms);

#endif
