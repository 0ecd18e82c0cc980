#include "policy/date.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

static bool pattern_letter(char c)
{
    return c && strchr("dmytjhs-", tolower((unsigned char)c));
}

bool date_is_pattern(const char *text)
{
    int groups = 0;
    size_t length = strlen(text);
    if (length < 5 || length > 24)
        return false;
    for (const char *c = text; *c;) {
        if (!pattern_letter(*c)) {
            if (!strchr("/.-: ,", *c))
                return false;
            c++;
            continue;
        }
        int run = 0;
        char first = (char)tolower((unsigned char)*c);
        for (; tolower((unsigned char)*c) == first; c++)
            run++;
        if (first == '-' && run == 1)
            continue; /* a separator */
        if (run != 2 && run != 4 && run != 3)
            return false;
        groups++;
    }
    return groups >= 2;
}

struct moment {
    int year, month, day, hour, minute;
    bool date, time;
};

static bool moment_parse(const char *value, struct moment *m)
{
    int n = 0;
    *m = (struct moment){0};
    if (sscanf(value, "%4d-%2d-%2d%n", &m->year, &m->month, &m->day, &n) == 3 && n == 10) {
        m->date = true;
        value += n;
        if (*value == 'T' || *value == ' ')
            value++;
    }
    n = 0;
    if (sscanf(value, "%2d:%2d%n", &m->hour, &m->minute, &n) == 2 && n >= 4) {
        m->time = true;
        value += n;
    }
    return *value == '\0' && (m->date || m->time);
}

/* The number that a group of the pattern stands for; -1 for one that is none (am/pm). M is a month
 * unless hours were. */
static int moment_part(const struct moment *m, char letter, int dashes, bool *hours_seen)
{
    switch (letter) {
    case 'y':
    case 'j':
        return m->year;
    case 'd':
    case 't':
        return m->day;
    case 'h':
        *hours_seen = true;
        return m->hour;
    case 'm':
        return *hours_seen ? m->minute : m->month;
    case 's':
        return 0;
    default:
        return dashes == 0 ? m->hour : dashes == 1 ? m->minute : -1;
    }
}

/* "--:-- --" and "hh:mm am" have a third group for the half of the day. */
static bool pattern_has_half(const char *pattern)
{
    const char *colon = strchr(pattern, ':');
    return colon && strstr(colon, " --");
}

void date_to_pattern(const char *value, const char *pattern, struct buf *out)
{
    struct moment m;
    if (!moment_parse(value, &m)) {
        buf_add(out, value);
        return;
    }
    bool half = pattern_has_half(pattern), hours_seen = false, afternoon = m.hour >= 12;
    if (half)
        m.hour = m.hour % 12 ? m.hour % 12 : 12;
    int dashes = 0;
    for (const char *c = pattern; *c;) {
        int run = 1;
        char letter = (char)tolower((unsigned char)*c);
        while (c[run] && tolower((unsigned char)c[run]) == letter)
            run++;
        if (!pattern_letter(*c) || (letter == '-' && run == 1)) {
            buf_add_char(out, *c++);
            continue;
        }
        int part = moment_part(&m, letter, dashes, &hours_seen);
        if (letter == '-')
            dashes++;
        if (part < 0)
            buf_add(out, afternoon ? "PM" : "AM");
        else
            buf_addf(out, "%0*d", run, run == 2 ? part % 100 : part);
        c += run;
    }
}

void date_to_keys(const char *shown, const char *pattern, struct buf *out)
{
    bool parts = strstr(pattern, "--") != NULL;
    for (const char *c = shown; *c; c++) {
        if (parts && *c == ',')
            buf_add_char(out, '\t');
        else if (!parts || *c != ' ')
            buf_add_char(out, *c);
    }
}

bool date_is_time(const char *value)
{
    struct moment m;
    return moment_parse(value, &m) && m.time && !m.date;
}

bool date_has_time(const char *value)
{
    struct moment m;
    return moment_parse(value, &m) && m.time && m.date;
}
