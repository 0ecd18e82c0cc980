/*
 * date: dates and times as a field wants them. Data says 1815-12-10 and 14:30 (ISO 8601); what a
 * date field shows while it is empty ("mm/dd/yyyy", "tt.mm.jjjj", "--:-- --") tells the order in
 * which it takes them.
 */
#ifndef POLICY_DATE_H
#define POLICY_DATE_H

#include "base/buf.h"

#include <stdbool.h>
#include <stddef.h>

/* Is this the pattern of a date or time field: letters d, m, y (t, j) or h, m, s, or "--" in
 * groups? */
bool date_is_pattern(const char *text);

/*
 * Appends what a field with that pattern shows for a value: an ISO date (1815-12-10) or time
 * (14:30) in the pattern's order and separators. Any other value is appended as it is.
 */
void date_to_pattern(const char *value, const char *pattern, struct buf *out);

/*
 * Appends what is to be typed so that the field shows SHOWN. A pattern with "--" is a browser's own
 * field of several parts: there a space would open its calendar and a tab leads from the date to
 * the time.
 */
void date_to_keys(const char *shown, const char *pattern, struct buf *out);

/* Is the value an ISO time alone (14:30)? Or a date with a time? */
bool date_is_time(const char *value);
bool date_has_time(const char *value);

/* The parts of a date that stands alone and is one of the calendar: 2025-12-24, December 24, 2025,
 * 12/24/2025 (the month first, unless it can't be one); else false. */
bool date_read(const char *value, int *year, int *month, int *day);

/* Do the words and numbers of SHOWN say the date, in whichever order: "Sun, 17 May", "17.05.2026",
 * "5/17/26"? Which of day and month comes first is not asked: the date was picked by its names. */
bool date_shows(const char *shown, const char *value);

/* Is the value an ISO date, time, or both? */
bool date_is_value(const char *value);

/* In the order in which they are set: a day hangs on its month, and that on its year. */
enum date_kind {
    DATE_YEAR,
    DATE_MONTH,
    DATE_DAY,
    DATE_HOUR,
    DATE_MINUTE,
    DATE_SECOND,
    DATE_HALF, /* AM or PM */
    DATE_UNKNOWN
};

/* One part of a date or a time that is shown. */
struct date_group {
    enum date_kind kind;
    bool named;           /* a month in (English) letters */
    size_t start, length; /* in the shown text */
};

#define DATE_GROUPS_MAX 8

/* The parts of SHOWN; 0 when it is neither a date nor a time. What could be day or month is told by
 * the other parts, and by the separator at last: a slash stands between month and day. */
int date_groups(const char *shown, struct date_group groups[DATE_GROUPS_MAX]);

/* The first part that is to be set so that all shows VALUE, an ISO date or time; NULL: none. */
const struct date_group *date_first_wrong(const char *shown, const struct date_group *groups,
                                          int count, const char *value);

/* Appends what is to be typed in place of one of the parts. */
void date_group_text(const char *shown, const struct date_group *groups, int count,
                     const struct date_group *group, const char *value, struct buf *out);

#endif
