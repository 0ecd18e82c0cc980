/*
 * date: dates and times as a field wants them. Data says 1815-12-10 and 14:30 (ISO 8601); what a
 * date field shows while it is empty ("mm/dd/yyyy", "tt.mm.jjjj", "--:-- --") tells the order in
 * which it takes them.
 */
#ifndef POLICY_DATE_H
#define POLICY_DATE_H

#include "base/buf.h"

#include <stdbool.h>

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

#endif
