/*
 * month: the months of the calendar: their (English) names, how long they are, on which day of the
 * week they begin.
 */
#ifndef BASE_MONTH_H
#define BASE_MONTH_H

#include <stddef.h>

/* The month (1..12) whose name begins with these letters, three at least; 0: none. */
int month_of(const char *letters, size_t length);

const char *month_name(int month); /* "January", for 1..12 */
int month_days(int year, int month);
int month_weekday(int year, int month); /* of its first day; 0 is Sunday */

#endif
