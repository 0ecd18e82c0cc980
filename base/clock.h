/*
 * clock: time that never jumps, in milliseconds since some moment before the program began, and
 * deadlines on it. Wall-clock time is for people and records only.
 */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdbool.h>
#include <stddef.h>

double clock_ms(void);

/* The wall clock as "2026-11-22T06:07:02.123Z". SIZE of 32 is enough. */
void clock_wall(char *out, size_t size_bytes);
void clock_wall_at(double ms, char *out, size_t size_bytes); /* the same of a moment of clock_ms */

struct deadline {
    double at_ms; /* on clock_ms */
};

struct deadline deadline_in(double ms); /* a negative or huge MS is never */
bool deadline_passed(struct deadline d);

/* What is left, rounded up to whole milliseconds, 0 when passed: fit for poll(). At most an hour.
 */
int deadline_left_ms(struct deadline d);

#endif
