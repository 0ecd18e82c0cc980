/*
 * number: numbers as they stand on screens: "70", "70 %", "$1,250.00", "-3°".
 */
#ifndef POLICY_NUMBER_H
#define POLICY_NUMBER_H

#include <stdbool.h>

/* The number that TEXT is, with at most a sign of currency before it and a unit of three letters
 * behind. False when it is anything else. */
bool number_read(const char *text, double *out);

/* The same, for a place where a number stands for sure: letters are the digits that they look like.
 */
bool number_guess(const char *text, double *out);

#endif
