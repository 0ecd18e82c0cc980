/*
 * gesture: calls for the hands, as the dialects of models make them: places in the model's numbers,
 * keys and amounts in its words. What is out of range or unknown makes the call a CALL_BAD.
 */
#ifndef POLICY_GESTURE_H
#define POLICY_GESTURE_H

#include "base/shot.h"
#include "policy/reply.h"

#define GESTURE_NOTCHES 5 /* of the wheel, where a dialect tells no amount */
#define GESTURE_WAIT_MS 5000

/* A place as a dialect gives it. */
struct place {
    bool known; /* false: where the pointer is */
    double x, y;
};

/* Each adds a call, with ID and NAME as reply_add has them, and returns it (NULL: too many). */
struct call *gesture_click(struct reply *r, const char *id, const char *name,
                           const struct shot *shot, struct place at, enum button button, int count);
struct call *gesture_move(struct reply *r, const char *id, const char *name,
                          const struct shot *shot, struct place at);
struct call *gesture_button(struct reply *r, const char *id, const char *name,
                            const struct shot *shot, struct place at, enum button button,
                            bool down);

/* From the pointer when FROM is not known. */
struct call *gesture_drag(struct reply *r, const char *id, const char *name,
                          const struct shot *shot, struct place from, struct place to);
/* Through all COUNT places, two at least. */
struct call *gesture_path(struct reply *r, const char *id, const char *name,
                          const struct shot *shot, const struct place *path, int count);
struct call *gesture_scroll(struct reply *r, const char *id, const char *name,
                            const struct shot *shot, struct place at, double dx, double dy,
                            bool in_pixels);
struct call *gesture_type(struct reply *r, const char *id, const char *name, const char *text);

/* KEYS: a chord in any dialect's names; KIND: ACTION_KEY, ACTION_KEY_DOWN or ACTION_KEY_UP. */
struct call *gesture_keys(struct reply *r, const char *id, const char *name, enum action_kind kind,
                          const char *keys, double repeat);
struct call *gesture_hold(struct reply *r, const char *id, const char *name, const char *keys,
                          double seconds);
struct call *gesture_wait(struct reply *r, const char *id, const char *name, double seconds);

/* The picture between two corners, the second one just outside. */
struct call *gesture_zoom(struct reply *r, const char *id, const char *name,
                          const struct shot *shot, struct place from, struct place to);

/* KEYS are held while CALL (NULL: nothing) is done; NULL and "": none. */
void gesture_with_keys(struct call *call, const char *keys);

/*
 * A person has to confirm WORDS before the first thing that is done of the calls from FIRST on; RAW
 * is that as it has to be sent back. Where there is only a look, that is it: an action that does
 * nothing.
 */
void gesture_check(struct reply *r, int first, const char *words, const char *raw);

/* A call that is not for the hands; TEXT may be NULL. */
struct call *gesture_say(struct reply *r, const char *id, const char *name, enum call_kind kind,
                         const char *text);

#endif
