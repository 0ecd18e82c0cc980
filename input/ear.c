#include "input/ear.h"

#include "base/buf.h"
#include "base/clock.h"
#include "base/thread.h"
#include "base/utf8.h"
#include "input/composer.h"
#include "input/keymap.h"

#include <X11/XKBlib.h>
#include <X11/Xproto.h>
#include <X11/extensions/record.h>
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#define KEYS 256

/* What is down as the events so far have it. */
struct holding {
    bool keys[KEYS];
    unsigned buttons; /* Button1Mask ... */
    unsigned locks;   /* modifiers that are locked, and the group */
    struct point at;
};

struct ear {
    Display *control, *data; /* borrowed; of its thread, once that runs */
    XRecordContext context;
    struct keymap *keymap;     /* owned */
    struct composer *composer; /* owned; NULL: none */
    struct holding holding;
    void (*heard)(void *self, const struct event *event);
    void *self;
    pthread_t thread;
    int stop;   /* an eventfd: to be written to */
    int begun;  /* the same, by the thread */
    bool ended; /* the server has told all */
    atomic_bool deaf;
};

/* ---- what an event says ---- */

/* Modifiers as the keys that are held and the locks have them. */
static unsigned holding_state(const struct ear *ear)
{
    const struct holding *h = &ear->holding;
    unsigned state = h->locks | h->buttons;
    for (unsigned code = 0; code < KEYS; code++) {
        bool locks = false;
        unsigned sets = h->keys[code] ? keymap_sets(ear->keymap, code, &locks) : 0;
        state |= locks ? 0 : sets;
    }
    return state;
}

/* A frozen device's events have no state, and its keys no place. */
static bool is_frozen(const struct ear *ear, const xEvent *x)
{
    bool key = x->u.u.type == KeyPress || x->u.u.type == KeyRelease;
    if (x->u.keyButtonPointer.state)
        return false;
    if (key)
        return (x->u.keyButtonPointer.rootX != ear->holding.at.x ||
                x->u.keyButtonPointer.rootY != ear->holding.at.y);
    return holding_state(ear) != 0;
}

/* After the event: what is held now. STATE: before it. */
static void holding_take(struct ear *ear, const struct event *event)
{
    struct holding *h = &ear->holding;
    bool locks = false;
    unsigned sets = event_is_key(event->kind) ? keymap_sets(ear->keymap, event->code, &locks) : 0;
    unsigned button = event->code >= 1 && event->code <= 5 ? Button1Mask << (event->code - 1) : 0;
    h->at = event->at;
    switch (event->kind) {
    case EVENT_KEY_DOWN:
        if (locks && !h->keys[event->code])
            h->locks ^= sets;
        h->keys[event->code] = true;
        break;
    case EVENT_KEY_UP:
        h->keys[event->code] = false;
        break;
    case EVENT_BUTTON_DOWN:
        h->buttons |= button;
        break;
    case EVENT_BUTTON_UP:
        h->buttons &= ~button;
        break;
    default:
        break;
    }
}

/* What is known for sure now: locks may change, and keys and buttons be held, without an event. */
static void holding_learn(struct ear *ear, unsigned state)
{
    struct holding *h = &ear->holding;
    h->locks = 0;
    h->buttons = state & (Button1Mask | Button2Mask | Button3Mask | Button4Mask | Button5Mask);
    h->locks = state & ~(holding_state(ear));
}

/* The layout may have been switched, or a key bound anew: RECORD does not tell, the server does. */
static void keymap_follow(struct ear *ear)
{
    bool changed = false;
    struct err e = {0};
    XEvent event;
    while (XPending(ear->control)) {
        XNextEvent(ear->control, &event);
        changed = true;
    }
    if (changed)
        keymap_refresh(ear->keymap, &e); /* else the display is gone, which shows by itself */
}

/* What a key types by itself. */
static void key_text(uint32_t keysym, struct event *event)
{
    uint32_t character = keysym_text(keysym);
    struct buf text = {0};
    if (character < ' ' || character == 0x7F)
        return;
    utf8_put(character, &text);
    snprintf(event->text, sizeof event->text, "%s", buf_text(&text));
    buf_finish(&text);
}

static void key_name(struct ear *ear, struct event *event)
{
    uint32_t keysym = keymap_read(ear->keymap, event->code, event->state);
    keysym_name(keysym, event->keysym, sizeof event->keysym);
    if (event->kind == EVENT_KEY_DOWN && !event_is_chord(event) &&
        !composer_take(ear->composer, keysym, event->text, sizeof event->text))
        key_text(keysym, event);
}

static void device_event(struct ear *ear, const xEvent *x)
{
    static const enum event_kind kinds[] = {[KeyPress] = EVENT_KEY_DOWN,
                                            [KeyRelease] = EVENT_KEY_UP,
                                            [ButtonPress] = EVENT_BUTTON_DOWN,
                                            [ButtonRelease] = EVENT_BUTTON_UP,
                                            [MotionNotify] = EVENT_MOTION};
    struct event event = {.kind = kinds[x->u.u.type], .mono_ms = clock_ms()};
    bool frozen = is_frozen(ear, x), key = event_is_key(event.kind);
    clock_wall(event.wall, sizeof event.wall);
    event.server_ms = x->u.keyButtonPointer.time;
    event.code = event.kind == EVENT_MOTION ? 0 : x->u.u.detail;
    event.at = key && frozen
                   ? ear->holding.at
                   : (struct point){x->u.keyButtonPointer.rootX, x->u.keyButtonPointer.rootY};
    if (key)
        keymap_follow(ear);
    if (!frozen)
        holding_learn(ear, x->u.keyButtonPointer.state);
    event.state = frozen ? holding_state(ear) : x->u.keyButtonPointer.state;
    if (key)
        key_name(ear, &event);
    else if (event.kind == EVENT_BUTTON_DOWN)
        composer_forget(ear->composer);
    holding_take(ear, &event);
    ear->heard(ear->self, &event);
}

/* ---- the record ---- */

static void record_take(XPointer self, XRecordInterceptData *data)
{
    struct ear *ear = (struct ear *)self;
    xEvent x;
    uint64_t one = 1;
    switch (data->category) {
    case XRecordStartOfData:
        if (write(ear->begun, &one, sizeof one) != sizeof one)
            ear->ended = true;
        break;
    case XRecordEndOfData:
        ear->ended = true;
        break;
    case XRecordFromServer:
        if (data->data_len * 4 < sizeof x)
            break;
        memcpy(&x, data->data, sizeof x);
        if (x.u.u.type >= KeyPress && x.u.u.type <= MotionNotify)
            device_event(ear, &x);
        break;
    default:
        break;
    }
    XRecordFreeData(data);
}

static bool record_create(struct ear *ear, struct err *e)
{
    int major, minor;
    XRecordClientSpec all = XRecordAllClients;
    XRecordRange *range = NULL;
    if (!XRecordQueryVersion(ear->control, &major, &minor))
        return err_set(e, ERR_DISPLAY,
                       "the display has no RECORD extension: nobody can be watched");
    range = XRecordAllocRange();
    if (range) {
        range->device_events.first = KeyPress;
        range->device_events.last = MotionNotify;
        ear->context = XRecordCreateContext(ear->control, 0, &all, 1, &range, 1);
        XFree(range);
    }
    XSync(ear->control, False); /* the other connection must find it */
    return ear->context || err_set(e, ERR_DISPLAY, "the display does not let anybody be watched");
}

static bool is_gone(Display *display)
{
    struct pollfd fd = {ConnectionNumber(display), POLLIN, 0};
    return poll(&fd, 1, 0) > 0 && fd.revents & (POLLHUP | POLLERR | POLLNVAL);
}

static void *ear_listen(void *self)
{
    struct ear *ear = self;
    struct pollfd fds[2] = {{ConnectionNumber(ear->data), POLLIN, 0}, {ear->stop, POLLIN, 0}};
    uint64_t one = 1;
    bool gone = !XRecordEnableContextAsync(ear->data, ear->context, record_take, self);
    while (!gone && !ear->ended) {
        XRecordProcessReplies(ear->data);
        if (ear->ended || (poll(fds, 2, -1) < 0 && errno != EINTR))
            break;
        gone = is_gone(ear->data);
        if (!gone && fds[1].revents & POLLIN) {
            XRecordDisableContext(ear->control, ear->context);
            XSync(ear->control, False);
            fds[1].fd = -1; /* what is still on its way comes, and then the end */
        }
    }
    atomic_store(&ear->deaf, gone || fds[1].fd >= 0);
    if (write(ear->begun, &one, sizeof one) != sizeof one)
        return NULL; /* nobody waits for it any more */
    return NULL;
}

/* ---- opening and closing ---- */

static void ear_free(struct ear *ear)
{
    if (ear->context && !is_gone(ear->control)) {
        XRecordFreeContext(ear->control, ear->context);
        XSync(ear->control, False);
    }
    composer_destroy(ear->composer);
    keymap_destroy(ear->keymap);
    if (ear->stop >= 0)
        close(ear->stop);
    if (ear->begun >= 0)
        close(ear->begun);
    free(ear);
}

/* Where the pointer is and what is locked before anything is heard; news of the keyboard from then
 * on. */
static void ear_look_around(struct ear *ear)
{
    unsigned mapping = XkbNewKeyboardNotifyMask | XkbMapNotifyMask;
    XkbSelectEvents(ear->control, XkbUseCoreKbd, mapping, mapping);
    Window root, child;
    int x, y;
    unsigned state;
    XkbStateRec keyboard = {0};
    if (!XQueryPointer(ear->control, DefaultRootWindow(ear->control), &root, &child,
                       &ear->holding.at.x, &ear->holding.at.y, &x, &y, &state))
        return;
    XkbGetState(ear->control, XkbUseCoreKbd, &keyboard);
    ear->holding.buttons = state & ~0xFFu;
    ear->holding.locks =
        keyboard.locked_mods | (unsigned)XkbBuildCoreState(0, keyboard.locked_group);
}

static bool ear_begin(struct ear *ear, struct err *e)
{
    uint64_t begun;
    ear->keymap = keymap_create(ear->control, e);
    if (!ear->keymap || !record_create(ear, e))
        return false;
    ear->composer = composer_create();
    ear_look_around(ear);
    ear->stop = eventfd(0, EFD_CLOEXEC);
    ear->begun = eventfd(0, EFD_CLOEXEC);
    int failure =
        ear->stop < 0 || ear->begun < 0 ? errno : thread_start(&ear->thread, ear_listen, ear);
    if (failure)
        return err_set(e, ERR_IO, "cannot start to listen: %s", strerror(failure));
    while (read(ear->begun, &begun, sizeof begun) < 0 && errno == EINTR)
        ;
    return true;
}

struct ear *ear_open(Display *control, Display *data,
                     void (*heard)(void *self, const struct event *event), void *self,
                     struct err *e)
{
    struct ear *ear = mem_zero(1, sizeof *ear);
    *ear = (struct ear){
        .control = control, .data = data, .heard = heard, .self = self, .stop = -1, .begun = -1};
    if (ear_begin(ear, e))
        return ear;
    ear_free(ear);
    return NULL;
}

bool ear_close(struct ear *ear, struct err *e)
{
    uint64_t one = 1;
    if (!ear)
        return true;
    ssize_t told = write(ear->stop, &one, sizeof one);
    (void)told; /* an eventfd takes it */
    pthread_join(ear->thread, NULL);
    bool deaf = ear_is_deaf(ear);
    ear_free(ear);
    return !deaf || err_set(e, ERR_DISPLAY, "the display went away");
}

bool ear_is_deaf(struct ear *ear)
{
    return atomic_load(&ear->deaf);
}
