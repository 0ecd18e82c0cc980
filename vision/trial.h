/*
 * trial: what may bring a process down is tried by a child of it first.
 */
#ifndef VISION_TRIAL_H
#define VISION_TRIAL_H

#include <stdbool.h>

#define TRIAL_SIZE_MAX (2L << 30) /* bytes of memory that it may add to the process's */

/*
 * Does TRIED return true? It is called in a fork: what it changes, writes and prints is gone
 * afterwards, but for files and the like. False, too, when it crashes, takes longer than SECONDS or
 * too much memory, or when there can be no fork.
 */
bool trial_passed(bool (*tried)(void *self), void *self, unsigned seconds);

#endif
