#include "policy/calendar.h"

#include "base/month.h"
#include "policy/calendar_grid.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define TITLE_ABOVE 5 /* rows of days, from the first one up to the title */
#define YEAR_LEAST  1000
#define YEAR_MOST   2999
#define ARROW_WIDE  64 /* pixels; of an arrow's button */
#define ARROWS_SEEN 12
#define ROW_OFF     8 /* from the middle of the title to that of an arrow */

/* The month and the year that a word names; 0 for what it does not. */
static void title_word(const char *text, int *month, int *year)
{
    size_t letters = 0;
    int first = 0, second = 0, n = 0;
    while (isalpha((unsigned char)text[letters]))
        letters++;
    *month = month_of(text, letters);
    *year = 0;
    if (letters && !*month)
        return;
    const char *rest = text + letters + strspn(text + letters, " ,.'-/");
    if (!letters && sscanf(rest, "%4d%*1[/.-]%4d%n", &first, &second, &n) == 2 && !rest[n]) {
        *month = first <= 12 ? first : second; /* 05/2026, 2026-05 */
        *year = first <= 12 ? second : first;
        return;
    }
    size_t digits = strspn(rest, "0123456789");
    int number = digits == 4 ? atoi(rest) : 0;
    if (number >= YEAR_LEAST && number <= YEAR_MOST)
        *year = number;
}

/* Does BOX name the days rather than what was taken for that: in a lower row, or nearer to their
 * middle? */
static bool is_nearer(struct rect box, struct rect taken, int middle)
{
    bool lower = box.y > taken.y + taken.height, higher = box.y + box.height < taken.y;
    int far = abs(rect_center(box).x - middle), taken_far = abs(rect_center(taken).x - middle);
    return rect_empty(taken) || lower || (!higher && far < taken_far);
}

/* The name of the month and the year nearest above the days. */
static bool title_find(const struct scene *scene, const struct calendar_grid *g, struct rect area,
                       struct calendar *out)
{
    struct rect days = g->numbers;
    int reach = TITLE_ABOVE * g->high, middle = rect_center(days).x;
    struct rect above = {days.x - 2 * g->wide, days.y - reach, days.width + 4 * g->wide, reach};
    above = rect_common(above, area);
    for (int i = 0; i < scene->word_count; i++) {
        struct rect box = scene->words[i].box;
        int month, year;
        title_word(scene->words[i].text, &month, &year);
        if (!rect_holds(above, rect_center(box)))
            continue;
        if (month && is_nearer(box, out->month_name, middle)) {
            out->month = month;
            out->month_name = box;
        }
        if (year && is_nearer(box, out->year_name, middle)) {
            out->year = year;
            out->year_name = box;
        }
    }
    return out->month >= 1 && out->month <= 12 && out->year >= YEAR_LEAST && out->year <= YEAR_MOST;
}

/* The day of the week that a heading names; 0 is Sunday, -1: it names none for sure. */
static int weekday_of(const char *text)
{
    static const char *const days[] = {"su", "mo", "tu", "we", "th", "fr", "sa"};
    for (int i = 0; i < 7; i++) {
        bool alone = i == 1 || i == 3 || i == 5; /* T and S are two days' */
        if (strncasecmp(text, days[i], 2) == 0 ||
            (alone && strncasecmp(text, days[i], 1) == 0 && !text[1]))
            return i;
    }
    return -1;
}

/* Do the headings of the columns say that weeks begin with that day? True when nothing is read. */
static bool weeks_begin(const struct scene *scene, const struct calendar_grid *g,
                        const struct calendar *c, int weekday)
{
    int right = 0, wrong = 0, top = c->month_name.y + c->month_name.height;
    struct rect first = calendar_grid_cell(g, 1);
    for (int i = 0; i < scene->word_count; i++) {
        struct point at = rect_center(scene->words[i].box);
        int day = weekday_of(scene->words[i].text);
        int column = at.x - first.x + calendar_grid_column(g, 1) * g->wide;
        if (day < 0 || at.y < top || at.y >= g->numbers.y || column < 0 || column >= 7 * g->wide)
            continue;
        right += (column / g->wide + weekday) % 7 == day;
        wrong += (column / g->wide + weekday) % 7 != day;
    }
    return right >= wrong;
}

/* Does its first day stand where it should, with weeks that begin on a Saturday, Sunday or Monday,
 * and has it no more days than that month? */
static bool is_that_month(const struct scene *scene, const struct calendar_grid *g,
                          const struct calendar *c)
{
    int begins = (month_weekday(c->year, c->month) - calendar_grid_column(g, 1) + 7) % 7;
    uint32_t beyond = g->seen & ~(uint32_t)((1ull << month_days(c->year, c->month)) - 1);
    return (begins == 0 || begins == 1 || begins == 6) && !beyond &&
           weeks_begin(scene, g, c, begins);
}

static bool is_sign(const char *text)
{
    size_t length = strlen(text);
    for (const char *c = text; *c; c++)
        if (isdigit((unsigned char)*c))
            return false;
    return length <= 3 && (!isalpha((unsigned char)text[0]) || length == 1);
}

struct arrows {
    struct rect box[ARROWS_SEEN]; /* from left to right */
    int count;
};

static void arrows_add(struct arrows *a, const struct calendar *c, struct rect row, struct rect box)
{
    struct point at = rect_center(box);
    bool title =
        !rect_empty(rect_common(box, c->month_name)) || !rect_empty(rect_common(box, c->year_name));
    if (title || !rect_holds(row, at) || box.width > ARROW_WIDE || a->count == ARROWS_SEEN)
        return;
    for (int i = 0; i < a->count; i++)
        if (!rect_empty(rect_common(a->box[i], box)))
            return;
    int i = a->count++;
    for (; i > 0 && a->box[i - 1].x > box.x; i--)
        a->box[i] = a->box[i - 1];
    a->box[i] = box;
}

/* What stands in the row of the title and is no text. */
static void arrows_find(const struct scene *scene, const struct calendar_grid *g,
                        const struct calendar *c, struct arrows *a)
{
    struct rect title = rect_union(c->month_name, c->year_name);
    struct rect row = {g->numbers.x - 2 * g->wide, title.y - ROW_OFF,
                       g->numbers.width + 4 * g->wide, title.height + 2 * ROW_OFF};
    a->count = 0;
    for (int i = 0; i < scene->element_count; i++)
        if (scene->elements[i].role == ROLE_BUTTON || scene->elements[i].role == ROLE_LINK)
            arrows_add(a, c, row, scene->elements[i].box);
    for (int i = 0; i < scene->word_count; i++)
        if (is_sign(scene->words[i].text))
            arrows_add(a, c, row, scene->words[i].box);
}

/*
 * Arrows between month and year are of those: `< May >  < 2026 >`. Else the nearest at both sides
 * go by months and those beyond them by years: `<< < May 2026 > >>`; or both stand at one side,
 * the one back first.
 */
static void arrows_tell(const struct arrows *a, struct calendar *c)
{
    bool month_first = c->month_name.x <= c->year_name.x;
    struct rect left = month_first ? c->month_name : c->year_name;
    struct rect right = month_first ? c->year_name : c->month_name;
    int before = 0, between = 0;
    while (before < a->count && a->box[before].x < left.x)
        before++;
    while (before + between < a->count && a->box[before + between].x < right.x)
        between++;
    int behind = before + between, count = a->count - behind;
    const struct rect *at = a->box;
    struct rect *back = &c->arrows[CALENDAR_BACK], *on = &c->arrows[CALENDAR_ON];
    struct rect *year_back = &c->arrows[CALENDAR_YEAR_BACK],
                *year_on = &c->arrows[CALENDAR_YEAR_ON];
    if (between >= 2 || (between == 1 && before && count)) {
        struct rect one[] = {before ? at[before - 1] : (struct rect){0}, at[before]};
        struct rect other[] = {at[behind - 1], count ? at[behind] : (struct rect){0}};
        *back = month_first ? one[0] : other[0];
        *on = month_first ? one[1] : other[1];
        *year_back = month_first ? other[0] : one[0];
        *year_on = month_first ? other[1] : one[1];
        return;
    }
    if (before && count) {
        *back = at[before - 1];
        *on = at[behind];
        if (before > 1 && count > 1) {
            *year_back = at[before - 2];
            *year_on = at[behind + 1];
        }
    } else if (count >= 2) {
        *back = at[behind];
        *on = at[behind + 1];
    } else if (before >= 2) {
        *back = at[before - 2];
        *on = at[before - 1];
    } else if (before)
        *back = at[0];
    else if (count)
        *on = at[behind];
}

static bool calendar_read(const struct scene *scene, const struct calendar_grid *g,
                          struct rect area, struct calendar *out)
{
    *out = (struct calendar){0};
    if (!title_find(scene, g, area, out) || !is_that_month(scene, g, out))
        return false;
    out->box = rect_union(rect_union(out->month_name, out->year_name), g->numbers);
    for (int day = 1; day <= month_days(out->year, out->month); day++) {
        out->days[day - 1] = calendar_grid_cell(g, day);
        out->box = rect_union(out->box, out->days[day - 1]);
    }
    struct arrows arrows;
    arrows_find(scene, g, out, &arrows);
    arrows_tell(&arrows, out);
    for (int i = 0; i < CALENDAR_ARROWS; i++)
        out->box = rect_union(out->box, out->arrows[i]);
    return true;
}

static int by_place(const void *a, const void *b)
{
    struct rect p = ((const struct calendar *)a)->box, q = ((const struct calendar *)b)->box;
    return p.y + p.height <= q.y ? -1 : q.y + q.height <= p.y ? 1 : p.x - q.x;
}

int calendars_read(const struct scene *scene, struct rect area,
                   struct calendar calendars[CALENDARS_MAX])
{
    struct calendar_grid grids[CALENDARS_MAX] = {{0}};
    int count = 0;
    for (int found = 0; found < CALENDARS_MAX; found++) {
        if (!calendar_grid_find(scene, area, grids, found, &grids[found]))
            break;
        count += calendar_read(scene, &grids[found], area, &calendars[count]);
    }
    qsort(calendars, (size_t)count, sizeof *calendars, by_place);
    return count;
}
