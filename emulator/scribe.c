#include "emulator/scribe.h"

#include "base/buf.h"
#include "base/clock.h"
#include "emulator/hotkey.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define CODES      256
#define HELD_MAX   8
#define SECRET_MIN 3 /* bytes: less is found everywhere */

/* An event that waits for the one before, or for a look. */
struct waiting {
    struct waiting *next;
    struct event event;
    char *note; /* owned; the event's */
    int span;   /* while which the focus was where it was */
};

struct scribe {
    pthread_mutex_t lock;
    struct events *events; /* owned */
    struct hotkey pause, stop;
    struct focuses focuses;
    struct waiting *first, **end; /* owned; in order */
    struct event held[HELD_MAX];  /* modifiers that may begin a hotkey */
    int held_count;
    bool swallowed[CODES]; /* keys of a hotkey: that they go up is not told either */
    bool hidden[CODES];    /* keys that went down in secret */
    struct data secrets;   /* what was typed in secret, by the name of its field */
    struct buf typing;     /* the same, of the span that is written */
    int typing_span, unsure_span;
    struct scribe_state state;
};

/* ---- what keys mean ---- */

static bool is_shortcut(const struct event *e)
{
    return event_is_chord(e) && !hotkey_modifier(e->keysym);
}

static bool is_one_of(const char *name, const char *const *names)
{
    for (; *names; names++)
        if (strcmp(name, *names) == 0)
            return true;
    return false;
}

/* Keys that type nothing and may lead elsewhere. */
static bool leads_away(const struct event *e)
{
    static const char *const keys[] = {"Tab", "ISO_Left_Tab", "Return", "KP_Enter", "Escape", NULL};
    bool function = e->keysym[0] == 'F' && e->keysym[1] >= '1' && e->keysym[1] <= '9';
    return is_one_of(e->keysym, keys) || function;
}

/* Shortcuts that stay in a field. */
static bool stays(const struct event *e)
{
    static const char *const keys[] = {"a",     "c",    "v",   "x",         "z",      "y", "Left",
                                       "Right", "Home", "End", "BackSpace", "Delete", NULL};
    return is_one_of(e->keysym, keys);
}

/* May the focus be elsewhere after it? */
static bool moves_focus(const struct event *e)
{
    if (e->kind == EVENT_BUTTON_DOWN)
        return !event_is_wheel(e);
    return e->kind == EVENT_KEY_DOWN &&
           (leads_away(e) || (is_shortcut(e) && !stays(e)) || strncmp(e->keysym, "Super_", 6) == 0);
}

/* Must it be known where it went before it is told? Shift tells of capitals. */
static bool may_be_secret(const struct event *e)
{
    unsigned modifier = hotkey_modifier(e->keysym);
    return e->kind == EVENT_KEY_DOWN && !leads_away(e) && !is_shortcut(e) &&
           (!modifier || modifier == HELD_SHIFT);
}

/* ---- secrets ---- */

static void typing_end(struct scribe *s)
{
    const struct focus_span *span = focuses_span(&s->focuses, s->typing_span);
    if (s->typing.length >= SECRET_MIN)
        data_add(&s->secrets, span && *span->name ? span->name : "typed", buf_text(&s->typing));
    if (s->typing.text) /* it is no longer needed, and memory outlives its use */
        memset(s->typing.text, 0, s->typing.length);
    buf_reset(&s->typing);
}

static void typing_add(struct scribe *s, const struct waiting *w)
{
    if (w->span != s->typing_span)
        typing_end(s);
    s->typing_span = w->span;
    buf_add(&s->typing, w->event.text);
    if (strcmp(w->event.keysym, "BackSpace") != 0)
        return;
    while (s->typing.length && (s->typing.text[--s->typing.length] & 0xC0) == 0x80)
        ;
    if (s->typing.text)
        s->typing.text[s->typing.length] = '\0';
}

/* ---- writing ---- */

static void put(struct scribe *s, struct event *event)
{
    struct err e = {0};
    if (s->state.failed.kind != ERR_NONE)
        return;
    if (!events_append(s->events, event, &e)) {
        s->state.failed = e;
        return;
    }
    s->state.events += event_is_hands(event->kind);
    s->state.secret += event->secret;
}

static void put_unsure(struct scribe *s, const struct waiting *w)
{
    struct event doubt = {.kind = EVENT_SECRET,
                          .mono_ms = w->event.mono_ms,
                          .note = "it can't be seen where the text goes"};
    if (s->unsure_span == w->span)
        return;
    s->unsure_span = w->span;
    s->state.unsure++;
    memcpy(doubt.wall, w->event.wall, sizeof doubt.wall);
    put(s, &doubt);
}

static void put_waiting(struct scribe *s, struct waiting *w, enum focus focus)
{
    struct event *e = &w->event;
    if (e->kind == EVENT_KEY_DOWN) {
        e->secret = focus != FOCUS_OPEN;
        s->hidden[e->code % CODES] = e->secret;
    } else if (e->kind == EVENT_KEY_UP)
        e->secret = s->hidden[e->code % CODES];
    if (e->kind == EVENT_KEY_DOWN && e->secret)
        typing_add(s, w);
    if (focus == FOCUS_UNSURE)
        put_unsure(s, w);
    put(s, e);
}

/* Writes from the first on what is decided. BEFORE_MS: what came before it is not waited for. */
static void write_on(struct scribe *s, double before_ms)
{
    for (struct waiting *w; (w = s->first);) {
        enum focus focus = FOCUS_OPEN;
        if (may_be_secret(&w->event) &&
            !focuses_tell(&s->focuses, w->span, w->event.mono_ms, &focus)) {
            if (w->event.mono_ms >= before_ms)
                break;
            focus = FOCUS_UNSURE;
        }
        put_waiting(s, w, focus);
        s->first = w->next;
        if (!s->first)
            s->end = &s->first;
        free(w->note);
        free(w);
    }
    s->state.waits_ms = s->first ? s->first->event.mono_ms : 0;
}

static void append(struct scribe *s, const struct event *event)
{
    struct waiting *w = mem_zero(1, sizeof *w);
    w->event = *event;
    w->note = mem_text(event->note);
    w->event.note = w->note;
    if (moves_focus(event))
        focuses_move(&s->focuses, event->mono_ms,
                     event->kind == EVENT_BUTTON_DOWN ? &event->at : NULL);
    w->span = s->focuses.now;
    *s->end = w;
    s->end = &w->next;
    write_on(s, 0);
}

/* ---- hotkeys ---- */

static void note(struct scribe *s, enum event_kind kind, double ms, const char *text)
{
    struct event event = {.kind = kind, .mono_ms = ms, .note = text};
    clock_wall(event.wall, sizeof event.wall);
    append(s, &event);
}

static void release_held(struct scribe *s)
{
    for (int i = 0; i < s->held_count; i++)
        append(s, &s->held[i]);
    s->held_count = 0;
}

static void swallow(struct scribe *s, const struct event *event)
{
    s->swallowed[event->code % CODES] = true;
    for (int i = 0; i < s->held_count; i++)
        s->swallowed[s->held[i].code % CODES] = true;
    s->held_count = 0;
}

/* Is it a hotkey's, or may it become one? */
static bool take_hotkey(struct scribe *s, const struct event *event)
{
    unsigned modifier = hotkey_modifier(event->keysym);
    bool *swallowed = &s->swallowed[event->code % CODES];
    if (event->kind == EVENT_KEY_UP && *swallowed)
        return !(*swallowed = false);
    if (hotkey_pressed(&s->stop, event)) {
        swallow(s, event);
        s->state.stopped = true;
        return true;
    }
    if (hotkey_pressed(&s->pause, event)) {
        swallow(s, event);
        note(s, s->state.paused ? EVENT_RESUME : EVENT_PAUSE, event->mono_ms, "hotkey");
        s->state.paused = !s->state.paused;
        if (!s->state.paused) /* nobody knows what was clicked meanwhile */
            focuses_move(&s->focuses, event->mono_ms, NULL);
        return true;
    }
    bool may_begin = event->kind == EVENT_KEY_DOWN &&
                     modifier & (s->pause.modifiers | s->stop.modifiers) & ~(unsigned)HELD_SHIFT;
    if (may_begin && s->held_count < HELD_MAX)
        s->held[s->held_count++] = *event;
    return may_begin;
}

static void notice_hands(struct scribe *s, const struct event *event)
{
    s->state.hands_ms = event->mono_ms;
    if (event_is_key(event->kind) || event_is_wheel(event))
        s->state.busy_ms = event->mono_ms;
    else
        s->state.moved_ms = event->mono_ms;
}

void scribe_hear(void *self, const struct event *event)
{
    struct scribe *s = self;
    pthread_mutex_lock(&s->lock);
    if (!s->state.stopped) {
        notice_hands(s, event);
        if (!event_is_key(event->kind) || !take_hotkey(s, event)) {
            if (s->state.paused)
                s->held_count = 0;
            else {
                release_held(s);
                append(s, event);
            }
        }
    }
    pthread_mutex_unlock(&s->lock);
}

/* ---- the others ---- */

void scribe_note(struct scribe *s, const struct event *event)
{
    pthread_mutex_lock(&s->lock);
    append(s, event);
    pthread_mutex_unlock(&s->lock);
}

void scribe_look(struct scribe *s, const struct focus_look *look)
{
    pthread_mutex_lock(&s->lock);
    focuses_look(&s->focuses, look);
    write_on(s, 0);
    pthread_mutex_unlock(&s->lock);
}

bool scribe_clicked(struct scribe *s, double ms, struct point *out)
{
    pthread_mutex_lock(&s->lock);
    const struct focus_span *span = focuses_at(&s->focuses, ms);
    bool clicked = span && span->clicked;
    if (clicked)
        *out = span->at;
    pthread_mutex_unlock(&s->lock);
    return clicked;
}

void scribe_give_up(struct scribe *s, double ms)
{
    pthread_mutex_lock(&s->lock);
    write_on(s, ms);
    pthread_mutex_unlock(&s->lock);
}

void scribe_secrets(struct scribe *s, struct data *out)
{
    pthread_mutex_lock(&s->lock);
    for (int i = 0; i < s->secrets.count; i++)
        data_add(out, s->secrets.items[i].name, s->secrets.items[i].value);
    if (s->typing.length >= SECRET_MIN)
        data_add(out, "typed", buf_text(&s->typing));
    pthread_mutex_unlock(&s->lock);
}

void scribe_state(struct scribe *s, struct scribe_state *out)
{
    pthread_mutex_lock(&s->lock);
    *out = s->state;
    pthread_mutex_unlock(&s->lock);
}

struct scribe *scribe_create(const struct scribe_options *o, struct err *e)
{
    struct scribe *s = mem_zero(1, sizeof *s);
    pthread_mutex_init(&s->lock, NULL);
    s->end = &s->first;
    focuses_move(&s->focuses, clock_ms(), NULL);
    if (hotkey_parse(o->pause_key, &s->pause, e) && hotkey_parse(o->stop_key, &s->stop, e))
        s->events = events_create(o->directory, &o->head, &s->secrets, e);
    if (s->events)
        return s;
    pthread_mutex_destroy(&s->lock);
    free(s);
    return NULL;
}

bool scribe_close(struct scribe *s, const char *why, struct err *e)
{
    if (!s)
        return true;
    release_held(s);
    note(s, EVENT_STOP, clock_ms(), why);
    write_on(s, clock_ms() + 1);
    bool written = s->state.failed.kind == ERR_NONE;
    if (!written)
        *e = s->state.failed;
    written = events_close(s->events, written ? e : NULL) && written;
    typing_end(s);
    for (int i = 0; i < s->secrets.count; i++)
        memset(s->secrets.items[i].value, 0, strlen(s->secrets.items[i].value));
    data_finish(&s->secrets);
    buf_finish(&s->typing);
    pthread_mutex_destroy(&s->lock);
    free(s);
    return written;
}
