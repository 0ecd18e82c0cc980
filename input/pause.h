/*
 * pause: waiting in the middle of an action. A stop that is asked for ends it.
 */
#ifndef INPUT_PAUSE_H
#define INPUT_PAUSE_H

#include <stdbool.h>

/* Waits MS. For gestures of the hand, which take their time, and for what nothing can be asked
 * about. False: a stop. */
bool pause_ms(double ms);

/* Waits until FD can be read, at most TIMEOUT_MS; FD -1: none. False when a stop is asked for. */
bool pause_until_readable(int fd, int timeout_ms);

#endif
