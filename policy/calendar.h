/*
 * calendar: a month as a grid of days, as a person sees it: numbers in rows of seven under the name
 * of the month and the year, and arrows beside these. It is believed only when its first day stands
 * where it does in that month of that year.
 */
#ifndef POLICY_CALENDAR_H
#define POLICY_CALENDAR_H

#include "base/scene.h"

#include <stdbool.h>

enum calendar_arrow {                /* by how it moves: */
                      CALENDAR_BACK, /* a month */
                      CALENDAR_ON,
                      CALENDAR_YEAR_BACK,
                      CALENDAR_YEAR_ON,
                      CALENDAR_ARROWS
};

#define CALENDAR_DAYS 31

struct calendar {
    int year, month;                     /* 1..12 */
    struct rect box;                     /* of all of it: title, arrows and days */
    struct rect days[CALENDAR_DAYS];     /* the cell of each; empty beyond the month's last */
    struct rect month_name, year_name;   /* in its title; one and the same where they touch */
    struct rect arrows[CALENDAR_ARROWS]; /* empty: none is seen */
};

#define CALENDARS_MAX 3 /* on the screen at once */

/* The calendars that are seen in AREA, in reading order; returns how many. */
int calendars_read(const struct scene *scene, struct rect area,
                   struct calendar calendars[CALENDARS_MAX]);

#endif
