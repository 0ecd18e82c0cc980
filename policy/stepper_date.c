/* set on a field that shows a date or a time: one part after the other is double-clicked, which
 * selects it in a text and in a field of parts alike, and typed, until all show what was meant. */
#include "policy/stepping.h"

#include "policy/date.h"

#include <stdio.h>
#include <string.h>

#define TRIES_MAX    14
#define BEHIND       40 /* pixels: what is selected is not seen as text */
#define BUTTON_WIDTH 30 /* at the right end of a field */

/* What the field shows, and where in it each letter stands. */
static void date_text(const struct stepper *s, const struct scene *scene, struct buf *text)
{
    for (int i = 0; i < scene->word_count; i++)
        if (rect_holds(s->field, rect_center(scene->words[i].box)))
            buf_addf(text, "%s%s", text->length ? " " : "", scene->words[i].text);
}

static struct point date_place(const struct stepper *s, const struct scene *scene,
                               const struct date_group *group)
{
    size_t at = 0;
    for (int i = 0; i < scene->word_count; i++) {
        const struct word *w = &scene->words[i];
        size_t length = strlen(w->text);
        if (!rect_holds(s->field, rect_center(w->box)))
            continue;
        if (group->start < at + length) {
            double middle = (double)(group->start - at) + (double)group->length / 2;
            return (struct point){w->box.x + (int)(w->box.width * middle / (double)length),
                                  rect_center(w->box).y};
        }
        at += length + 1;
    }
    return rect_center(s->field);
}

/* The part that is selected may not be readable: a click behind the text leaves none selected. */
static enum stepped date_unselect(struct stepper *s, const struct scene *scene, struct action *out)
{
    struct rect text = {s->field.x, s->field.y, 0, s->field.height};
    for (int i = 0; i < scene->word_count; i++)
        if (rect_holds(s->field, rect_center(scene->words[i].box)))
            text = rect_union(text, scene->words[i].box);
    int x = text.x + text.width + BEHIND, most = s->field.x + s->field.width - BUTTON_WIDTH;
    struct point at = {x < most ? x : most, rect_center(s->field).y};
    s->keys++;
    return stepping_go(s, out, stepping_click(at, 1), PHASE_VERIFY);
}

/* The field no longer shows a date: the whole is typed at once. */
static enum stepped date_whole(struct stepper *s, const struct scene *scene, struct action *out,
                               struct err *e)
{
    s->mode = MODE_TYPE;
    s->phase = PHASE_FIND;
    s->plan.place = s->field;
    return stepping_type(s, scene, out, e);
}

static enum stepped date_next(struct stepper *s, const struct scene *scene, struct action *out,
                              struct err *e)
{
    if (s->phase != PHASE_FIND && stepping_calendar_opened(s, scene, s->field))
        return stepping_calendar(s, scene, out, e);
    struct date_group groups[DATE_GROUPS_MAX];
    struct buf text = {0};
    date_text(s, scene, &text);
    int count = date_groups(buf_text(&text), groups);
    char shown[ERR_TEXT_SIZE / 4];
    snprintf(shown, sizeof shown, "%s", buf_text(&text));
    const struct date_group *wrong =
        count ? date_first_wrong(buf_text(&text), groups, count, s->plan.step.text) : NULL;
    buf_reset(&s->text);
    if (wrong)
        date_group_text(buf_text(&text), groups, count, wrong, s->plan.step.text, &s->text);
    struct point at = wrong ? date_place(s, scene, wrong) : (struct point){0};
    buf_finish(&text);
    if (count && !wrong)
        return stepping_done(s);
    bool seen = s->phase == PHASE_FIND || !rect_empty(rect_common(scene->changed, s->field));
    if (!seen && stepping_wait(s, out, STEPPER_TOUCH_MS) == STEPPED_ACT)
        return STEPPED_ACT;
    int year, month, day;
    if (!seen && s->tries == 1 && date_read(s->plan.step.text, &year, &month, &day)) {
        s->mode = MODE_CALENDAR; /* it takes no keys */
        s->phase = PHASE_FIND;
        s->plan.place = s->field;
        return stepping_calendar(s, scene, out, e);
    }
    if (!count && s->keys == 0)
        return date_unselect(s, scene, out);
    if (!count)
        return date_whole(s, scene, out, e);
    if (s->tries++ >= TRIES_MAX)
        return stepping_fail(s, e, "shows \"%s\", not \"%s\"", shown, s->plan.step.text);
    return stepping_go(s, out, stepping_click(at, 2), PHASE_ACT);
}

enum stepped stepping_date(struct stepper *s, const struct scene *scene, struct action *out,
                           struct err *e)
{
    if (s->phase == PHASE_ACT && !stepping_calendar_opened(s, scene, s->field)) {
        s->keys = 0;
        return stepping_go(s, out, (struct action){.kind = ACTION_TYPE, .text = buf_text(&s->text)},
                           PHASE_VERIFY);
    }
    if (s->mode == MODE_CALENDAR)
        return stepping_calendar(s, scene, out, e);
    if (s->phase == PHASE_FIND)
        s->field = s->place = s->plan.place;
    return date_next(s, scene, out, e);
}
