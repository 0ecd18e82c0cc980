#include "policy/date.h"

#include "base/month.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

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

/* How many bytes of VALUE are a date: 2025-12-24, December 24, 2025, 24 Dec 2025. */
static int date_parse(const char *value, struct moment *m)
{
    int n = 0;
    char word[16] = "";
    if (sscanf(value, "%4d-%2d-%2d%n", &m->year, &m->month, &m->day, &n) == 3 && n == 10)
        return n;
    n = 0;
    if (sscanf(value, "%15[A-Za-z]%*[. ]%2d%*[, ]%4d%n", word, &m->day, &m->year, &n) != 3)
        n = 0;
    if (n == 0 &&
        sscanf(value, "%2d%*[. ]%15[A-Za-z]%*[., ]%4d%n", &m->day, word, &m->year, &n) != 3)
        n = 0;
    m->month = n > 0 ? month_of(word, strlen(word)) : 0;
    return m->month ? n : 0;
}

/* AM or PM behind the hour, as people write it: its bytes, 0 for none. */
static int half_parse(const char *value, struct moment *m)
{
    static const char *const halves[] = {"am", "a.m.", "pm", "p.m."};
    size_t space = strspn(value, " ");
    for (size_t i = 0; i < sizeof halves / sizeof *halves; i++) {
        size_t n = strlen(halves[i]);
        if (strncasecmp(value + space, halves[i], n) != 0 || m->hour < 1 || m->hour > 12)
            continue;
        m->hour = m->hour % 12 + (i >= 2 ? 12 : 0);
        return (int)(space + n);
    }
    return 0;
}

static bool moment_parse(const char *value, struct moment *m)
{
    *m = (struct moment){0};
    int n = date_parse(value, m);
    m->date = n > 0;
    value += n;
    if (m->date && (*value == 'T' || *value == ' '))
        value++;
    n = 0;
    if (sscanf(value, "%2d:%2d%n", &m->hour, &m->minute, &n) == 2 && n >= 4) {
        m->time = true;
        value += n;
        value += half_parse(value, m);
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

/* 12/23/2016: the month stands first, as in America, unless it can't be one. */
static bool slashes_parse(const char *value, struct moment *m)
{
    int n = 0, first = 0, second = 0;
    *m = (struct moment){.date = true};
    if (sscanf(value, "%2d/%2d/%4d%n", &first, &second, &m->year, &n) != 3 || value[n] ||
        m->year < 1000)
        return false;
    m->month = first > 12 ? second : first;
    m->day = first > 12 ? first : second;
    return true;
}

bool date_read(const char *value, int *year, int *month, int *day)
{
    struct moment m;
    if ((!moment_parse(value, &m) && !slashes_parse(value, &m)) || !m.date || m.time ||
        m.month < 1 || m.month > 12 || m.day < 1 || m.day > month_days(m.year, m.month))
        return false;
    *year = m.year;
    *month = m.month;
    *day = m.day;
    return true;
}

bool date_has_time(const char *value)
{
    struct moment m;
    return moment_parse(value, &m) && m.time && m.date;
}

/* What a date that stands on the screen is made of. */

static int group_number(const char *shown, const struct date_group *g)
{
    int n = 0;
    for (size_t i = 0; i < g->length; i++)
        n = n * 10 + (shown[g->start + i] - '0');
    return n;
}

/* The word at TEXT as a month or the half of the day; false when it is neither. */
static bool word_group(const char *text, struct date_group *g)
{
    while (isalpha((unsigned char)text[g->start + g->length]))
        g->length++;
    const char *word = text + g->start;
    g->named = month_of(word, g->length) != 0;
    bool half =
        g->length == 2 && (strncasecmp(word, "am", 2) == 0 || strncasecmp(word, "pm", 2) == 0);
    g->kind = g->named ? DATE_MONTH : DATE_HALF;
    return g->named || half;
}

/* Times are joined with colons; what has four digits is a year. */
static bool number_group(const char *text, struct date_group *g, const struct date_group *before)
{
    while (isdigit((unsigned char)text[g->start + g->length]))
        g->length++;
    bool joined = g->start > 0 && text[g->start - 1] == ':' && before;
    if (joined && before->kind == DATE_HOUR)
        g->kind = DATE_MINUTE;
    else if (joined && before->kind == DATE_MINUTE)
        g->kind = DATE_SECOND;
    else if (text[g->start + g->length] == ':')
        g->kind = DATE_HOUR;
    else
        g->kind = g->length == 4 ? DATE_YEAR : DATE_UNKNOWN;
    return g->length <= 2 || g->kind == DATE_YEAR;
}

/* Day or month? By a month's name, the year's place, numbers beyond twelve, and the separator. */
static void tell_day_from_month(const char *text, struct date_group *groups, int count)
{
    struct date_group *unknown[2] = {NULL, NULL};
    bool year_first = false, named = false;
    int n = 0;
    for (int i = 0; i < count; i++) {
        year_first = year_first || (groups[i].kind == DATE_YEAR && n == 0);
        named = named || groups[i].named;
        if (groups[i].kind == DATE_UNKNOWN && n < 2)
            unknown[n++] = &groups[i];
    }
    if (n == 1 && named)
        unknown[0]->kind = DATE_DAY;
    if (n < 2)
        return;
    char separator = text[unknown[0]->start + unknown[0]->length];
    bool day_first = group_number(text, unknown[0]) > 12 ||
                     (group_number(text, unknown[1]) <= 12 && separator != '/');
    day_first = day_first && !year_first;
    unknown[0]->kind = day_first ? DATE_DAY : DATE_MONTH;
    unknown[1]->kind = day_first ? DATE_MONTH : DATE_DAY;
}

static int group_shown(const char *shown, const struct date_group *g)
{
    if (g->kind == DATE_HALF)
        return tolower((unsigned char)shown[g->start]) == 'p';
    return g->named ? month_of(shown + g->start, g->length) : group_number(shown, g);
}

int date_groups(const char *shown, struct date_group groups[DATE_GROUPS_MAX])
{
    unsigned kinds = 0;
    int count = 0;
    for (size_t i = 0; shown[i];) {
        struct date_group g = {.start = i};
        if (strchr(" ,./-:", shown[i])) {
            i++;
            continue;
        }
        bool number = isdigit((unsigned char)shown[i]) != 0;
        if (count == DATE_GROUPS_MAX || (!number && !isalpha((unsigned char)shown[i])) ||
            !(number ? number_group(shown, &g, count ? &groups[count - 1] : NULL)
                     : word_group(shown, &g)))
            return 0;
        groups[count++] = g;
        i += g.length;
    }
    tell_day_from_month(shown, groups, count);
    for (int i = 0; i < count; i++) {
        int most = groups[i].kind == DATE_MONTH ? 12 : groups[i].kind == DATE_DAY ? 31 : 9999;
        if (group_shown(shown, &groups[i]) > most)
            return 0;
        kinds |= 1u << groups[i].kind;
    }
    unsigned date = 1u << DATE_YEAR | 1u << DATE_MONTH | 1u << DATE_DAY;
    unsigned time = 1u << DATE_HOUR | 1u << DATE_MINUTE;
    bool whole = (kinds & date) == date || ((kinds & date) == 0 && (kinds & time) == time);
    return whole && !(kinds & 1u << DATE_UNKNOWN) ? count : 0;
}

bool date_is_value(const char *value)
{
    struct moment m;
    return moment_parse(value, &m);
}

static bool has_half(const struct date_group *groups, int count)
{
    for (int i = 0; i < count; i++)
        if (groups[i].kind == DATE_HALF)
            return true;
    return false;
}

/* What a group should be; -1: the value says nothing about it. */
static int group_meant(const struct moment *m, enum date_kind kind, bool half)
{
    switch (kind) {
    case DATE_YEAR:
        return m->date ? m->year : -1;
    case DATE_MONTH:
        return m->date ? m->month : -1;
    case DATE_DAY:
        return m->date ? m->day : -1;
    case DATE_HOUR:
        return !m->time ? -1 : !half ? m->hour : m->hour % 12 ? m->hour % 12 : 12;
    case DATE_MINUTE:
        return m->time ? m->minute : -1;
    case DATE_SECOND:
        return m->time ? 0 : -1;
    case DATE_HALF:
        return m->time ? m->hour >= 12 : -1;
    default:
        return -1;
    }
}

const struct date_group *date_first_wrong(const char *shown, const struct date_group *groups,
                                          int count, const char *value)
{
    struct moment m;
    if (!moment_parse(value, &m))
        return NULL;
    for (int kind = 0; kind < DATE_UNKNOWN;
         kind++) /* a day hangs on its month, and that on its year */
        for (int i = 0; i < count; i++) {
            int meant = group_meant(&m, groups[i].kind, has_half(groups, count));
            if ((int)groups[i].kind == kind && meant >= 0 &&
                meant != group_shown(shown, &groups[i]))
                return &groups[i];
        }
    return NULL;
}

void date_group_text(const char *shown, const struct date_group *groups, int count,
                     const struct date_group *group, const char *value, struct buf *out)
{
    struct moment m;
    if (!moment_parse(value, &m))
        return;
    int meant = group_meant(&m, group->kind, has_half(groups, count));
    if (group->kind == DATE_HALF)
        buf_add(out, meant ? "PM" : "AM");
    else if (group->named && meant >= 1 && meant <= 12) {
        buf_addf(out, "%.*s", group->length > 3 ? 9 : 3, month_name(meant));
    } else
        buf_addf(out, "%0*d", shown[group->start] == '0' ? (int)group->length : 1, meant);
}
