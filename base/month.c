#include "base/month.h"

#include <stdbool.h>
#include <strings.h>

#define LETTERS_MIN 3

static const char *const names[] = {"January",   "February", "March",    "April",
                                    "May",       "June",     "July",     "August",
                                    "September", "October",  "November", "December"};

int month_of(const char *letters, size_t length)
{
    for (int i = 0; length >= LETTERS_MIN && i < 12; i++)
        if (strncasecmp(letters, names[i], length) == 0)
            return i + 1;
    return 0;
}

const char *month_name(int month)
{
    return names[month - 1];
}

int month_days(int year, int month)
{
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 ? 28 + leap : 30 + (month + month / 8) % 2;
}

/* Counted from 1 January of year 1, a Monday. */
int month_weekday(int year, int month)
{
    long before = year - 1, days = 365 * before + before / 4 - before / 100 + before / 400;
    for (int m = 1; m < month; m++)
        days += month_days(year, m);
    return (int)((days + 1) % 7);
}
