/*
 * date: dates and times as a field wants them. Data says 1815-12-10 and 14:30 (ISO 8601); what a date field shows while
 * it is empty ("mm/dd/yyyy", "tt.mm.jjjj", "--:-- --") tells the order in which it takes them.
 */
#ifndef POLICY_DATE_H
#define POLICY_DATE_H

#include "base/buf.h"

#include <stdbool.h>

/* Is this the pattern of a date or time field: letters d, m, y (t, j) or h, m, s, or "--" in groups? */
bool date_is_pattern(const char *text);

/*
 * Appends the value to be typed into a field with that pattern: an ISO date (1815-12-10) or time (14:30) in the
 * pattern's order and separators. Any other value is appended as it is.
 */
void date_to_pattern(const char *value, const char *pattern, struct buf *out);

#endif
