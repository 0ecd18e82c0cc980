/* type and clear: find the field; click it; clear what is in it; type; read back; correct once. */
#include "policy/stepping.h"

#include "base/alike.h"
#include "base/utf8.h"
#include "policy/date.h"
#include "policy/reading.h"

#include <stdlib.h>
#include <string.h>

#define DOUBTFUL 0.7f /* words read with less confidence prove nothing */
#define UNREADABLE_LETTERS                                                                         \
    2 /* so few may not be made out at all, though they were seen to appear */
#define TOUCHED_WIDTH      4   /* pixels: a caret is narrower */
#define SUGGESTION_ASIDE   12  /* pixels that a list of suggestions may be wider than its field */
#define SUGGESTIONS_HEIGHT 420 /* under the field */
#define SUGGESTIONS_MS     300 /* in which they come at once; a person goes on then, too */
#define SUGGESTION_CLICKS  2   /* more, when it stays */
#define SUGGESTION_MOVES   2   /* pixels, as it is lit */
#define DOUBTFUL_FIT       0.8 /* ... but they must be near to what was typed */

/* What to type: the step's text with its secrets. False when a secret is not known. */
static bool field_prepare(struct stepper *s, struct err *e)
{
    static const struct data none;
    const char *text = s->plan.step.verb == STEP_CLEAR ? "" : s->plan.step.text;
    buf_reset(&s->text);
    buf_reset(&s->shown);
    s->hidden = data_has_secret(text);
    if (!data_fill(&none, s->context->secrets, text, &s->text, e))
        return false;
    buf_add(&s->shown, buf_text(&s->text));
    return true;
}

#define BROWSER_TIME                                                                               \
    "--:-- --" /* what Chromium's empty time fields show; thin dashes, seldom read */

static void field_use_pattern(struct stepper *s, const char *pattern)
{
    struct buf text = {0};
    buf_add(&text, buf_text(&s->text));
    buf_reset(&s->pattern);
    buf_add(&s->pattern, pattern);
    buf_reset(&s->shown);
    date_to_pattern(buf_text(&text), buf_text(&s->pattern), &s->shown);
    buf_reset(&s->text);
    date_to_keys(buf_text(&s->shown), buf_text(&s->pattern), &s->text);
    buf_finish(&text);
}

/* A date goes in as the field wants it; an empty date field shows how. */
static void field_take_pattern(struct stepper *s, const char *now)
{
    if (!date_is_pattern(now))
        return;
    struct buf pattern = {0};
    size_t date = strcspn(now, ", ");
    if (date_has_time(buf_text(&s->text)) && !strpbrk(now + date, "-hH"))
        buf_addf(&pattern, "%.*s, %s", (int)date, now, BROWSER_TIME);
    else
        buf_add(&pattern, now);
    field_use_pattern(s, buf_text(&pattern));
    buf_finish(&pattern);
}

/* The first group of a date field's pattern, so that typing begins there; else the middle of the
 * field. */
static struct point field_spot(const struct stepper *s, const struct scene *scene, struct rect box)
{
    struct point spot = rect_center(box);
    if (!s->pattern.length)
        return spot;
    spot.x = box.x + 10 < spot.x ? box.x + 10 : spot.x;
    for (int i = 0; i < scene->word_count; i++) {
        struct rect word = scene->words[i].box;
        if (rect_holds(box, rect_center(word)) && word.x + 4 < spot.x)
            spot = (struct point){word.x + 4, word.y + word.height / 2};
    }
    return spot;
}

static struct action type_action(struct stepper *s)
{
    if (!s->text.length)
        return stepping_key("Delete");
    return (struct action){.kind = ACTION_TYPE,
                           .text = buf_text(&s->text),
                           .shown = s->hidden ? s->plan.step.text : NULL};
}

/* What stood there was not replaced: "02" is the number that was meant, and all the same a "0" in
 * front of it. */
static bool field_adds(const struct stepper *s, const char *read)
{
    size_t n = s->old.length, shown = s->shown.length;
    const char *old = buf_text(&s->old), *meant = buf_text(&s->shown);
    return n && strlen(read) == n + shown &&
           ((strncmp(read, old, n) == 0 && strcmp(read + n, meant) == 0) ||
            (strncmp(read, meant, shown) == 0 && strcmp(read + shown, old) == 0));
}

static bool field_shows(struct stepper *s, const char *read, bool multiline)
{
    const char *meant = buf_text(&s->shown);
    if (field_adds(s, read))
        return false;
    if (s->hidden && (s->touched || reading_is_hidden(read) || alike_score(read, meant) > 0.5))
        return true;
    if (reading_shows(read, meant, s->pattern.length ? buf_text(&s->pattern) : NULL))
        return true;
    return *meant && (multiline || strlen(meant) > 20) && reading_shows_part(read, meant);
}

/* A field for passwords shows a mark for each letter. */
static bool field_masks(const struct stepper *s, const char *read)
{
    return reading_is_masked(read) && utf8_length(read) == utf8_length(buf_text(&s->shown));
}

/* A caret that touches the last letter was read as one more. */
static bool field_has_caret(struct stepper *s, const char *read, bool multiline)
{
    size_t n = strlen(read);
    if (n < 2 || !strchr("lI|", read[n - 1]))
        return false;
    char *without = mem_text_n(read, n - 1);
    bool shows = field_shows(s, without, multiline);
    free(without);
    return shows;
}

/* Plain text is no field: what was meant to be typed must not go astray. */
static enum stepped not_a_field(struct stepper *s, const struct match *match, struct err *e)
{
    return stepping_fail(s, e, "\"%s\" at %d,%d is %s%s, not a field to type into", match->text,
                         match->box.x, match->box.y, match->element ? "a " : "text on the screen",
                         match->element ? role_name(match->element->role) : "");
}

static bool takes_text(const struct match *match, const struct target *target)
{
    if (!match->element)
        return target->kind == TARGET_AT || target->kind == TARGET_IMAGE;
    enum role role = match->element->role;
    return role_is_field(role) || role == ROLE_CELL || target->kind != TARGET_TEXT;
}

static enum stepped field_click(struct stepper *s, const struct scene *scene,
                                const struct match *match, struct action *out)
{
    struct buf now = {0};
    if (match->element)
        reading_of(match->element, &now);
    field_take_pattern(s, buf_text(&now));
    s->leaves = match->element && match->element->role == ROLE_SPINBUTTON && !s->pattern.length;
    bool empty = !now.length || s->pattern.length;
    bool multiline = match->element && (match->element->states & STATE_MULTILINE);
    bool shown = !s->hidden && now.length && field_shows(s, buf_text(&now), false);
    buf_finish(&now);
    if (shown)
        return stepping_done(s);
    if (match->element && !s->pattern.length)
        reading_of(match->element, &s->old);
    struct point spot = field_spot(s, scene, match->box);
    s->field = match->box;
    s->list = (struct rect){0};
    if (s->plan.again || (multiline && !empty))
        return stepping_go(s, out, stepping_click(spot, 1), PHASE_CLEAR);
    /* Three clicks select what a single line holds, also what was not read: one gesture less than
     * the keys. */
    return stepping_go(s, out, stepping_click(spot, multiline || s->pattern.length ? 1 : 3),
                       PHASE_ACT);
}

static enum stepped field_find(struct stepper *s, const struct scene *scene, struct action *out,
                               struct err *e)
{
    if (!field_prepare(s, e)) {
        s->busy = false;
        return STEPPED_FAILED;
    }
    struct target target = s->plan.step.target; /* the step keeps what it points to */
    if (target.kind == TARGET_NONE && rect_empty(s->plan.place))
        return stepping_last(s, out, type_action(s));
    struct match match;
    if (target.role == ROLE_NONE)
        target.field = true;
    enum stepped found = stepping_find(s, scene, &target, &match, out, e);
    if (found != STEPPED_DONE)
        return found;
    if (!takes_text(&match, &target))
        return not_a_field(s, &match, e);
    found = stepping_enabled(s, match.element, out, e);
    if (found != STEPPED_DONE)
        return found;
    return field_click(s, scene, &match, out);
}

/* Selects what is in the field by keys that GTK, Qt, Tk and browsers share. */
static enum stepped field_clear(struct stepper *s, const struct scene *scene, struct action *out)
{
    static const char *const one_line[] = {"Home", "Shift+End"};
    static const char *const many_lines[] = {"Ctrl+Home", "Ctrl+Shift+End"};
    const struct element *control = stepping_control(s, scene);
    bool multiline =
        (control && (control->states & STATE_MULTILINE)) || strchr(buf_text(&s->text), '\n');
    const char *key = multiline ? many_lines[s->keys] : one_line[s->keys];
    s->keys++;
    return stepping_go(s, out, stepping_key(key), s->keys < 2 ? PHASE_CLEAR : PHASE_ACT);
}

static enum stepped field_retry(struct stepper *s, const struct scene *scene, struct action *out)
{
    s->tries++;
    s->keys = 0;
    if (!s->pattern.length && date_is_time(buf_text(&s->text)))
        field_use_pattern(s, BROWSER_TIME); /* it took the hour for one of twelve */
    return stepping_go(s, out, stepping_click(field_spot(s, scene, s->place), 1),
                       s->pattern.length ? PHASE_ACT : PHASE_CLEAR);
}

/* It stays wrong after the correction: a doubtful reading is told, a clear one ends the step. */
static enum stepped field_give_up(struct stepper *s, const char *read, float confidence,
                                  struct err *e)
{
    if (s->hidden)
        return stepping_fail(s, e, "the field shows nothing of the secret that was typed");
    const char *meant = buf_text(&s->shown);
    bool short_one = !*read && utf8_length(meant) <= UNREADABLE_LETTERS;
    bool unreadable = s->touched && (short_one || reading_is_foreign(meant));
    if (!*read && !unreadable)
        return stepping_fail(s, e, "the field stays empty after \"%s\" was typed", meant);
    if (!unreadable && (confidence >= DOUBTFUL || alike_score(read, meant) < DOUBTFUL_FIT))
        return stepping_fail(s, e, "reads \"%s\" after \"%s\" was typed", read, meant);
    stepping_note(s, "reads \"%s\", which could not be made out for sure", read);
    return stepping_done(s);
}

/* The suggestion that says what was typed, in a list that opened under the field. */
static bool field_suggestion(struct stepper *s, const struct scene *scene, struct rect *place)
{
    struct rect under = {s->field.x - SUGGESTION_ASIDE, s->field.y + s->field.height - 1,
                         s->field.width + 2 * SUGGESTION_ASIDE, SUGGESTIONS_HEIGHT};
    under = rect_common(under, s->list);
    struct buf option = {0};
    bool found =
        !rect_empty(under) && stepping_option(scene, under, buf_text(&s->text), place, &option) &&
        (s->plan.step.verb == STEP_CHOOSE || alike_equal(buf_text(&option), buf_text(&s->text)));
    if (found) {
        buf_reset(&s->shown);
        buf_add(&s->shown, buf_text(&option));
    }
    buf_finish(&option);
    return found;
}

/* A suggestion was clicked: its list must go. A browser's takes no click for half a second after it
 * opened. */
static enum stepped field_suggested(struct stepper *s, const struct scene *scene,
                                    struct action *out)
{
    struct rect place = {0};
    if (!field_suggestion(s, scene, &place) || s->keys >= SUGGESTION_CLICKS)
        return stepping_done(s);
    if (stepping_wait(s, out, STEPPER_TOUCH_MS) == STEPPED_ACT)
        return STEPPED_ACT;
    s->keys++;
    return stepping_go(s, out, stepping_click(rect_center(place), 1), PHASE_CLOSE);
}

/* The field shows what was typed. A list of suggestions is done with when one of them is taken;
 * `choose` waits for it. */
static enum stepped field_settled(struct stepper *s, const struct scene *scene, struct action *out)
{
    struct rect place;
    bool picks = s->plan.step.verb == STEP_SET || s->plan.step.verb == STEP_CHOOSE;
    if (!picks || s->hidden)
        return stepping_done(s);
    if (s->phase == PHASE_CLOSE)
        return field_suggested(s, scene, out);
    if (field_suggestion(s, scene, &place)) {
        s->keys = 0;
        s->list = rect_grow(place, SUGGESTION_MOVES);
        return stepping_go(s, out, stepping_click(rect_center(place), 1), PHASE_CLOSE);
    }
    bool must = s->plan.step.verb == STEP_CHOOSE;
    if (!s->leaves && stepping_wait(s, out, must ? STEPPER_SHOW_MS : SUGGESTIONS_MS) == STEPPED_ACT)
        return STEPPED_ACT;
    if (must)
        stepping_note(s, "it was typed; no list of suggestions with it opened");
    return stepping_done(s);
}

static enum stepped field_verify(struct stepper *s, const struct scene *scene, struct action *out,
                                 struct err *e)
{
    const struct element *control = stepping_control(s, scene);
    struct rect inside = rect_common(scene->changed, s->place);
    if (s->phase != PHASE_CLOSE)
        s->list = rect_union(s->list, scene->changed);
    s->touched = s->touched || inside.width >= TOUCHED_WIDTH;
    if (!control && s->plan.step.target.kind == TARGET_AT)
        return stepping_done(s); /* a bare place has no content of its own */
    struct buf read = {0}, words = {0};
    float confidence = reading_inside(scene, s->place, &words);
    if (control)
        reading_of(control, &read);
    else
        buf_add(&read, buf_text(&words));
    bool multiline = control && (control->states & STATE_MULTILINE);
    enum stepped answer = STEPPED_DONE;
    if (field_shows(s, buf_text(&read), multiline) || field_masks(s, buf_text(&read)) ||
        field_has_caret(s, buf_text(&read), multiline) ||
        (words.length && field_shows(s, buf_text(&words), multiline)))
        answer = field_settled(s, scene, out);
    else if (stepping_wait(s, out, STEPPER_SHOW_MS) == STEPPED_ACT)
        answer = STEPPED_ACT;
    else if (s->tries == 0 && s->phase != PHASE_CLOSE)
        answer = field_retry(s, scene, out);
    else
        answer = field_give_up(s, buf_text(&read), confidence, e);
    buf_finish(&read);
    buf_finish(&words);
    return answer;
}

enum stepped stepping_type(struct stepper *s, const struct scene *scene, struct action *out,
                           struct err *e)
{
    bool sets = s->plan.step.verb == STEP_SET || s->plan.step.verb == STEP_CHOOSE;
    bool clicked = s->phase == PHASE_CLEAR || s->phase == PHASE_ACT || s->phase == PHASE_VERIFY;
    if (sets && clicked && stepping_calendar_opened(s, scene, s->field))
        return stepping_calendar(s, scene, out, e);
    switch (s->phase) {
    case PHASE_CLEAR:
        return field_clear(s, scene, out);
    case PHASE_ACT:
        return stepping_go(s, out, type_action(s), s->leaves ? PHASE_LEAVE : PHASE_VERIFY);
    case PHASE_LEAVE: /* many a spin button takes a number only then, and says whether it does */
        return stepping_go(s, out, stepping_key("Tab"), PHASE_VERIFY);
    case PHASE_VERIFY:
    case PHASE_CLOSE: /* a suggestion was taken */
        return field_verify(s, scene, out, e);
    default:
        return field_find(s, scene, out, e);
    }
}
