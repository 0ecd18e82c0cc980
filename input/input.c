#include "input/input.h"

#include "base/buf.h"
#include "base/log.h"
#include "base/stop.h"
#include "input/held.h"
#include "input/keyboard.h"
#include "input/paste.h"
#include "input/pause.h"
#include "input/pointer.h"

#include <X11/extensions/XTest.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define REPEAT_MAX    100
#define NOTCH_MAX     1000
#define HOLD_MAX_MS   300000
#define WHEEL_BUTTONS (0xfu << 4) /* 4 to 7 */

struct input {
    Display *display; /* borrowed */
    struct held held; /* what others would have to give back */
    struct pointer pointer;
    struct keyboard *keyboard; /* owned */
    struct paste paste;
    struct input *next; /* all that are open: what they hold is given back at exit */
};

static struct input *all_open;

/* Notes what is down now, if that is not what stands there. */
static void note_down(struct input *in)
{
    struct held_note *note = &in->held.note, before = *note;
    note->buttons = pointer_down(&in->pointer);
    keyboard_kept(in->keyboard, note->keys);
    if (note->buttons != before.buttons || memcmp(note->keys, before.keys, sizeof note->keys) != 0)
        held_write(&in->held);
}

/* Notes what may be down while it is done: any key, and the buttons of it. */
static void note_action(struct input *in, const struct action *a)
{
    struct held_note *note = &in->held.note;
    if (action_is_keys(a->kind) || a->keys[0])
        memset(note->keys, 0xff, sizeof note->keys);
    if (a->kind == ACTION_SCROLL)
        note->buttons |= WHEEL_BUTTONS;
    else if (!action_is_keys(a->kind) && a->kind != ACTION_MOVE)
        note->buttons |= 1u << a->button;
    held_write(&in->held);
}

static bool release(struct input *in, bool hurry, struct err *e)
{
    pointer_up(&in->pointer);
    bool ok = keyboard_release(in->keyboard, hurry, e);
    note_down(in);
    return ok;
}

/* What a dead hem has left. */
static void give_back(void *self, const struct held_note *left)
{
    struct input *in = self;
    log_info("giving back what an earlier hem has left held on %s", DisplayString(in->display));
    pointer_give_back(&in->pointer, left->buttons);
    keyboard_give_back(in->keyboard, left);
}

static void release_all(void)
{
    for (struct input *in = all_open; in; in = in->next) {
        release(in, true, NULL);
        held_close(&in->held);
    }
}

struct input *input_open(Display *display, struct err *e)
{
    static bool registered;
    int event, error, major, minor;
    if (!XTestQueryExtension(display, &event, &error, &major, &minor)) {
        err_set(e, ERR_DISPLAY, "the display %s has no XTEST extension: hem cannot act on it",
                DisplayString(display));
        return NULL;
    }
    struct input *in = mem_zero(1, sizeof *in);
    in->display = in->pointer.display = in->paste.display = display;
    in->keyboard = keyboard_create(display, &in->held, e);
    if (!in->keyboard || !held_open(&in->held, display, give_back, in, e)) {
        keyboard_destroy(in->keyboard);
        free(in);
        return NULL;
    }
    in->next = all_open;
    all_open = in;
    if (!registered)
        registered = atexit(release_all) == 0;
    return in;
}

void input_close(struct input *in)
{
    if (!in)
        return;
    input_release(in, NULL);
    paste_close(&in->paste);
    held_close(&in->held);
    for (struct input **at = &all_open; *at; at = &(*at)->next) {
        if (*at == in) {
            *at = in->next;
            break;
        }
    }
    keyboard_destroy(in->keyboard);
    free(in);
}

bool input_release(struct input *in, struct err *e)
{
    return release(in, stop_requested(), e);
}

struct point input_pointer(struct input *in)
{
    return pointer_where(&in->pointer);
}

bool input_allow_paste(struct input *in, const char *chord, struct err *e)
{
    if (chord && !keyboard_can_press(in->keyboard, chord, e))
        return false;
    snprintf(in->paste.keys, sizeof in->paste.keys, "%s", chord ? chord : "");
    return true;
}

/* ---- what is checked before anything is sent ---- */

/* The size of the screen now: it may have been changed since the display was opened. */
static bool screen_size(struct input *in, unsigned *width, unsigned *height, struct err *e)
{
    Window root;
    int x, y;
    unsigned border, depth;
    if (!XGetGeometry(in->display, DefaultRootWindow(in->display), &root, &x, &y, width, height,
                      &border, &depth))
        return err_set(e, ERR_DISPLAY, "the display is gone");
    return true;
}

static bool check_point(struct input *in, struct point at, struct err *e)
{
    unsigned width, height;
    if (!screen_size(in, &width, &height, e))
        return false;
    if (!rect_holds((struct rect){0, 0, (int)width, (int)height}, at))
        return err_set(e, ERR_USAGE, "the point %d,%d is outside the screen of %ux%u", at.x, at.y,
                       width, height);
    return true;
}

static bool check_button(enum button button, struct err *e)
{
    switch (button) {
    case BUTTON_LEFT:
    case BUTTON_MIDDLE:
    case BUTTON_RIGHT:
    case BUTTON_BACK:
    case BUTTON_FORWARD:
        return true;
    }
    return err_set(e, ERR_USAGE, "no such mouse button: %d", (int)button);
}

static bool check_range(const char *what, int number, int low, int high, struct err *e)
{
    if (number < low || number > high)
        return err_set(e, ERR_USAGE, "%s: %d is not between %d and %d", what, number, low, high);
    return true;
}

static bool check_path(struct input *in, const struct action *a, struct err *e)
{
    if (!check_range("points of a drag", a->path_count, 2, ACTION_PATH_MAX, e))
        return false;
    for (int i = 0; i < a->path_count; i++) {
        if (!check_point(in, a->path[i], e))
            return false;
    }
    return true;
}

static bool check_free(struct input *in, enum button button, struct err *e)
{
    if (in->pointer.down[button])
        return err_set(e, ERR_USAGE, "the mouse button is held down already: release it first");
    return true;
}

/* How far to turn the wheel for DISTANCE: what is not nothing moves something. */
static int notches(const struct action *a, int distance)
{
    if (!a->in_pixels || distance == 0)
        return distance;
    int n = (int)lround((double)distance / ACTION_NOTCH);
    return n ? n : distance > 0 ? 1 : -1;
}

static bool check_keys(const struct action *a, struct err *e)
{
    return a->keys[0] || err_set(e, ERR_USAGE, "no key to press");
}

static bool check_action(struct input *in, const struct action *a, struct err *e)
{
    if (a->has_at && !check_point(in, a->at, e))
        return false;
    if (a->keys[0] && a->kind != ACTION_TYPE && !keyboard_can_press(in->keyboard, a->keys, e))
        return false;
    switch (a->kind) {
    case ACTION_MOVE:
        return a->has_at || err_set(e, ERR_USAGE, "a move needs a place");
    case ACTION_CLICK:
        return check_button(a->button, e) && check_free(in, a->button, e) &&
               check_range("clicks", a->count, 1, 3, e);
    case ACTION_MOUSE_DOWN:
    case ACTION_MOUSE_UP:
        return check_button(a->button, e);
    case ACTION_DRAG:
        return check_button(a->button, e) && check_free(in, a->button, e) && check_path(in, a, e);
    case ACTION_SCROLL:
        return check_range("notches down", notches(a, a->dy), -NOTCH_MAX, NOTCH_MAX, e) &&
               check_range("notches to the right", notches(a, a->dx), -NOTCH_MAX, NOTCH_MAX, e);
    case ACTION_TYPE:
        return a->text ? keyboard_can_type(a->text, e) : err_set(e, ERR_USAGE, "no text to type");
    case ACTION_KEY:
        return check_keys(a, e) && check_range("times to press", a->repeat, 1, REPEAT_MAX, e);
    case ACTION_KEY_DOWN:
    case ACTION_KEY_UP:
        return check_keys(a, e);
    case ACTION_HOLD:
        return check_keys(a, e) && check_range("milliseconds", a->ms, 0, HOLD_MAX_MS, e);
    default:
        return err_set(e, ERR_USAGE, "%s is nothing that hands can do", action_name(a->kind));
    }
}

/* ---- doing it ---- */

static bool perform_mouse(struct input *in, const struct action *a, struct err *e)
{
    switch (a->kind) {
    case ACTION_CLICK:
        return pointer_click(&in->pointer, a->button, a->count, e);
    case ACTION_MOUSE_DOWN:
        pointer_press(&in->pointer, a->button);
        return true;
    case ACTION_MOUSE_UP:
        pointer_release(&in->pointer, a->button);
        return true;
    case ACTION_DRAG:
        return pointer_drag(&in->pointer, a->button, a->path, a->path_count, e);
    case ACTION_SCROLL:
        return pointer_scroll(&in->pointer, notches(a, a->dx), notches(a, a->dy), e);
    default: /* the way there was all */
        return true;
    }
}

static bool hold(struct input *in, const struct action *a, struct err *e)
{
    if (!keyboard_hold(in->keyboard, a->keys, e))
        return false;
    bool ok = pause_ms(a->ms);
    keyboard_up(in->keyboard);
    return ok || err_set(e, ERR_STOPPED, "interrupted while holding %s", a->keys);
}

static bool perform_type(struct input *in, const struct action *a, struct err *e)
{
    if (!a->shown && paste_is_better(&in->paste, in->keyboard, a->text)) {
        enum pasted pasted = paste_text(&in->paste, in->keyboard, a->text, e);
        if (pasted != PASTED_NOT)
            return pasted == PASTED;
    }
    return keyboard_type(in->keyboard, a->text, e);
}

static bool perform_keys(struct input *in, const struct action *a, struct err *e)
{
    switch (a->kind) {
    case ACTION_TYPE:
        return perform_type(in, a, e);
    case ACTION_KEY:
        return keyboard_press(in->keyboard, a->keys, a->repeat, e);
    case ACTION_KEY_DOWN:
        return keyboard_keep(in->keyboard, a->keys, e);
    case ACTION_KEY_UP:
        return keyboard_let_go(in->keyboard, a->keys, e);
    default:
        return hold(in, a, e);
    }
}

static bool perform(struct input *in, const struct action *a, struct err *e)
{
    if (action_is_keys(a->kind))
        return perform_keys(in, a, e);
    if (a->has_at && a->kind != ACTION_DRAG)
        pointer_move(&in->pointer, a->at);
    if (a->keys[0] && !keyboard_hold(in->keyboard, a->keys, e))
        return false;
    bool ok = perform_mouse(in, a, e);
    keyboard_up(in->keyboard);
    return ok;
}

bool input_perform(struct input *in, const struct action *a, struct err *e)
{
    unsigned width, height;
    if (stop_requested())
        return err_set(e, ERR_STOPPED, "interrupted");
    /* Asked again afterwards: events for a display that went away are lost without a word. */
    if (!check_action(in, a, e))
        return false;
    note_action(in, a);
    bool ok = perform(in, a, e);
    note_down(in);
    return ok && screen_size(in, &width, &height, e);
}
