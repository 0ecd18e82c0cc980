#include "trajectory/timeline.h"

#include "base/utf8.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define BEFORE_END_S 0.35 /* so long before the next picture hands act ... */
#define END_SHARE    0.4  /* ... or this share of the moment, when that is less */

/* ---- moments ---- */

static void moment_time(struct moment *m, double begin_s, double lasts_s, const struct pace *pace)
{
    lasts_s /= pace->speed;
    if (m->act)
        lasts_s = fmax(lasts_s, pace->least_s);
    m->begin_s = begin_s;
    m->end_s = begin_s + lasts_s;
    m->act_s = m->end_s - fmin(BEFORE_END_S, END_SHARE * lasts_s);
}

static void moments_make(const struct recording *r, const struct pace *pace, struct timeline *t)
{
    double was_s = 0, now_s = 0;
    const char *frame = "";
    int act = 0;
    t->moments = mem_zero((size_t)r->turn_count + 1, sizeof *t->moments);
    for (int i = 0; i < r->turn_count; i++) {
        struct moment *m = &t->moments[t->moment_count++];
        if (*r->turns[i].frame)
            frame = r->turns[i].frame;
        *m = (struct moment){.frame = frame};
        if (act < t->acts.count && t->acts.items[act].turn == i)
            m->act = &t->acts.items[act++];
        /* A clock that was set back, or a record from elsewhere: time never goes backwards. */
        moment_time(m, now_s, fmax(0, r->turns[i].seconds - was_s), pace);
        was_s = fmax(was_s, r->turns[i].seconds);
        now_s = m->end_s;
    }
    if (t->moment_count)
        now_s = t->moments[t->moment_count - 1].end_s += pace->ending_s;
    t->seconds = now_s;
}

/* ---- captions ---- */

/* On one line, as captions end with an empty one. */
static char *one_line(const char *text)
{
    struct buf out = {0};
    utf8_clean(text, &out);
    for (char *c = out.text; c && *c; c++)
        if (*c == '\n' || *c == '\r')
            *c = ' ';
    return buf_take(&out);
}

/* What the turn is about: its step, else what is done. "": nothing. */
static const char *subject_of(const struct recorded_turn *turn, const struct moment *m)
{
    return *turn->step ? turn->step : m->act ? turn->action : "";
}

/* Why the step of turn TURN could not be done: the look after it says so. */
static const char *failure_of(const struct recording *r, int turn, const char *line)
{
    const struct ended *after = turn + 1 < r->turn_count ? &r->turns[turn + 1].ended : NULL;
    for (int i = 0; after && i < after->count; i++)
        if (after->items[i].failed && strcmp(after->items[i].line, line) == 0)
            return after->items[i].failed;
    return NULL;
}

/* Had a step of this line ended when turn TURN began? Then the same words are another step. */
static bool has_ended(const struct recorded_turn *turn, const char *line)
{
    for (int i = 0; i < turn->ended.count; i++)
        if (strcmp(turn->ended.items[i].line, line) == 0)
            return true;
    return false;
}

static void captions_make(const struct recording *r, struct timeline *t)
{
    const char *last = "";
    t->captions = mem_zero((size_t)t->moment_count + 1, sizeof *t->captions);
    for (int i = 0; i < t->moment_count; i++) {
        const struct moment *m = &t->moments[i];
        const char *subject = subject_of(&r->turns[i], m);
        bool same = strcmp(subject, last) == 0 && !has_ended(&r->turns[i], subject);
        if (*subject && same && t->caption_count > 0)
            t->caption_count--; /* it goes on */
        else if (*subject)
            t->captions[t->caption_count] =
                (struct caption){.begin_s = m->begin_s, .text = one_line(subject)};
        if (*subject) {
            t->captions[t->caption_count].end_s = m->end_s;
            t->captions[t->caption_count++].fail = failure_of(r, i, subject);
        }
        last = subject;
    }
}

bool timeline_make(const struct recording *r, const struct pace *pace, struct timeline *out,
                   struct err *e)
{
    struct timeline t = {0};
    if (!acts_take(r, &t.acts, e))
        return false;
    moments_make(r, pace, &t);
    captions_make(r, &t);
    *out = t;
    return true;
}

static void time_add(double seconds, struct buf *out)
{
    long ms = lround(seconds * 1000);
    buf_addf(out, "%02ld:%02ld:%02ld.%03ld", ms / 3600000, ms / 60000 % 60, ms / 1000 % 60,
             ms % 1000);
}

static void text_add(const char *text, struct buf *out)
{
    for (const char *c = text; *c; c++) {
        if (*c == '&')
            buf_add(out, "&amp;");
        else if (*c == '<')
            buf_add(out, "&lt;");
        else if (*c == '>')
            buf_add(out, "&gt;");
        else
            buf_add_char(out, *c);
    }
}

void timeline_vtt(const struct timeline *t, struct buf *out)
{
    buf_add(out, "WEBVTT\n");
    for (int i = 0; i < t->caption_count; i++) {
        const struct caption *c = &t->captions[i];
        char *fail = c->fail ? one_line(c->fail) : NULL;
        buf_addf(out, "\n%d\n", i + 1);
        time_add(c->begin_s, out);
        buf_add(out, " --> ");
        time_add(c->end_s, out);
        buf_add_char(out, '\n');
        text_add(c->text, out);
        if (fail) {
            buf_add(out, "\nfailed: ");
            text_add(fail, out);
        }
        buf_add_char(out, '\n');
        free(fail);
    }
}

void timeline_finish(struct timeline *t)
{
    for (int i = 0; i < t->caption_count; i++)
        free(t->captions[i].text);
    free(t->captions);
    free(t->moments);
    acts_finish(&t->acts);
    *t = (struct timeline){0};
}
