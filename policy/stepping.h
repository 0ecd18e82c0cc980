/*
 * stepping: what the files of the stepper share; nobody else includes it.
 */
#ifndef POLICY_STEPPING_H
#define POLICY_STEPPING_H

#include "policy/stepper.h"

/* Gives out an action after which the step is over, with nothing left to be seen. */
enum stepped stepping_last(struct stepper *s, struct action *out, struct action action);

/* Gives out an action and goes on in PHASE. */
enum stepped stepping_go(struct stepper *s, struct action *out, struct action action,
                         enum stepper_phase phase);

/* Looks again once something changes, until LIMIT_MS after the phase began; then fails with what E
 * says. */
enum stepped stepping_wait(struct stepper *s, struct action *out, int limit_ms);

enum stepped stepping_done(struct stepper *s);
enum stepped stepping_fail(struct stepper *s, struct err *e, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Tells a person something about this step though it did not fail. */
void stepping_note(struct stepper *s, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/*
 * Finds the step's target: where the decider saw it, else by the finder. STEPPED_DONE: it is in
 * OUT. Else it waits for it to appear, or fails with the finder's words.
 */
enum stepped stepping_find(struct stepper *s, const struct scene *scene,
                           const struct target *target, struct match *match, struct action *out,
                           struct err *e);

/* The dialog over a dimmed page that keeps BOX from being reached; NULL: none does. */
const struct element *stepping_barrier(const struct scene *scene, struct rect box);

/*
 * May ELEMENT (NULL: it is none) be used? STEPPED_DONE: yes. One that is disabled is waited for,
 * as a target that has not appeared; then the step fails and names it.
 */
enum stepped stepping_enabled(struct stepper *s, const struct element *element, struct action *out,
                              struct err *e);

/* The control at the place that was acted on, if it is still there; else the finder's; else NULL.
 */
const struct element *stepping_control(struct stepper *s, const struct scene *scene);

/* The line inside AREA that says TEXT best: its place and its words. False when none is good
 * enough.
 */
bool stepping_option(const struct scene *scene, struct rect area, const char *text,
                     struct rect *place, struct buf *option);

/* One page further in the list, or back to the other end when nothing moves any more; fails when
 * both ends were seen. */
enum stepped stepping_search(struct stepper *s, const struct scene *scene, struct action *out);

/* The button or field that the words of MATCH name: behind them, in their row; what was matched,
 * when there is none. */
struct rect stepping_behind(const struct scene *scene, const struct match *match);

/*
 * Is the date to be picked from a calendar? From one that has just opened, for FIELD; from one that
 * stands on the page, beside its name; or from one that what stands behind its name will open.
 * True: that is how the step goes on.
 */
bool stepping_calendar_opened(struct stepper *s, const struct scene *scene, struct rect field);
bool stepping_calendar_stands(struct stepper *s, const struct scene *scene,
                              const struct match *match);
bool stepping_calendar_opener(struct stepper *s, const struct scene *scene,
                              const struct match *match);

struct action stepping_click(struct point at, int count);
struct action stepping_key(const char *keys);

/* Each drives one kind of step (and, but for the last three, one way to set a control). */
enum stepped stepping_type(struct stepper *s, const struct scene *scene, struct action *out,
                           struct err *e);
enum stepped stepping_choose(struct stepper *s, const struct scene *scene, struct action *out,
                             struct err *e);
enum stepped stepping_lines(struct stepper *s, const struct scene *scene, struct action *out,
                            struct err *e);
enum stepped stepping_date(struct stepper *s, const struct scene *scene, struct action *out,
                           struct err *e);
enum stepped stepping_calendar(struct stepper *s, const struct scene *scene, struct action *out,
                               struct err *e);
enum stepped stepping_menu(struct stepper *s, const struct scene *scene, struct action *out,
                           struct err *e);
enum stepped stepping_slide(struct stepper *s, const struct scene *scene, struct action *out,
                            struct err *e);
enum stepped stepping_toggle(struct stepper *s, const struct scene *scene, bool on,
                             struct action *out, struct err *e);
enum stepped stepping_scroll(struct stepper *s, const struct scene *scene, struct action *out,
                             struct err *e);
enum stepped stepping_copy(struct stepper *s, const struct scene *scene, struct action *out,
                           struct err *e);
enum stepped stepping_expand(struct stepper *s, const struct scene *scene, struct action *out,
                             struct err *e);
enum stepped stepping_file(struct stepper *s, const struct scene *scene, struct action *out,
                           struct err *e);
enum stepped stepping_set(struct stepper *s, const struct scene *scene, struct action *out,
                          struct err *e);
enum stepped stepping_expect(struct stepper *s, const struct scene *scene, struct action *out,
                             struct err *e);
enum stepped stepping_read(struct stepper *s, const struct scene *scene, struct action *out,
                           struct err *e);

#endif
