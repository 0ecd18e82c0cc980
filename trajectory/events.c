/* One event is one line, made without a tree of JSON: a moving pointer brings a thousand a second.
 */
#include "trajectory/events.h"

#include "base/clock.h"
#include "base/utf8.h"
#include "trajectory/disk.h"
#include "trajectory/journal.h"

#include <stdlib.h>

struct events {
    struct journal journal;
    const struct data *secrets; /* borrowed; NULL: none */
    long count;
    struct buf line, text; /* kept for the next */
};

static void text_put(const char *text, struct buf *out)
{
    buf_add_char(out, '"');
    for (uint32_t c = utf8_next(&text); c != 0; c = utf8_next(&text)) {
        if (c == '"' || c == '\\')
            buf_addf(out, "\\%c", (char)c);
        else if (c < ' ' || c == 0x7F)
            buf_addf(out, "\\u%04x", c);
        else
            utf8_put(c, out);
    }
    buf_add_char(out, '"');
}

/* A member with a text; nothing for none. */
static void text_add(struct events *s, const char *name, const char *text)
{
    if (!text || !*text)
        return;
    buf_reset(&s->text);
    data_redact(s->secrets, text, &s->text);
    buf_addf(&s->line, ",\"%s\":", name);
    text_put(buf_text(&s->text), &s->line);
}

static void argv_put(struct events *s, char *const *argv)
{
    if (!argv || !argv[0])
        return;
    buf_add(&s->line, ",\"argv\":[");
    for (int i = 0; argv[i]; i++) {
        buf_reset(&s->text);
        data_redact(s->secrets, argv[i], &s->text);
        buf_add(&s->line, i ? "," : "");
        text_put(buf_text(&s->text), &s->line);
    }
    buf_add_char(&s->line, ']');
}

static void head_put(struct events *s, const struct events_head *head)
{
    char now[EVENT_WALL_SIZE];
    clock_wall(now, sizeof now);
    buf_addf(&s->line, "{\"schema\":\"%s\",\"hem\":\"%s\",\"screen\":[%d,%d],\"started\":\"%s\"",
             EVENTS_SCHEMA, HEM_VERSION, head->width, head->height, now);
    text_add(s, "display", head->display);
    text_add(s, "layout", head->layout);
    text_add(s, "program", head->program);
    text_add(s, "directory", head->directory);
    argv_put(s, head->argv);
    buf_add(&s->line, "}\n");
}

/* What would tell which key it was is left out: the state tells of Shift. */
static void hands_put(struct events *s, const struct event *event)
{
    buf_addf(&s->line, ",\"server\":%u,\"x\":%d,\"y\":%d", event->server_ms, event->at.x,
             event->at.y);
    if (event->secret) {
        buf_add(&s->line, ",\"secret\":true");
        return;
    }
    buf_addf(&s->line, ",\"state\":%u", event->state);
    if (event->kind != EVENT_MOTION)
        buf_addf(&s->line, ",\"code\":%u", event->code);
    text_add(s, "keysym", event->keysym);
    text_add(s, "text", event->text);
}

static void noted_put(struct events *s, const struct event *event)
{
    text_add(s, event_note_name(event->kind), event->note);
    if (event->kind == EVENT_FRAME)
        buf_addf(&s->line, ",\"still\":%s", event->still ? "true" : "false");
    if (event->kind == EVENT_SECRET)
        buf_addf(&s->line, ",\"box\":[%d,%d,%d,%d]", event->box.x, event->box.y, event->box.width,
                 event->box.height);
}

struct events *events_create(const char *dir, const struct events_head *head,
                             const struct data *secrets, struct err *e)
{
    struct events *s = mem_zero(1, sizeof *s);
    char *path = disk_path(dir, EVENTS_FILE);
    s->secrets = secrets;
    s->journal.fd = -1;
    bool made = disk_make_directories(dir, e) && journal_open(&s->journal, path, e);
    free(path);
    if (made) {
        head_put(s, head);
        made = journal_append(&s->journal, &s->line, e);
    }
    if (made)
        return s;
    if (s->journal.path)
        journal_drop(&s->journal);
    buf_finish(&s->line);
    buf_finish(&s->text);
    free(s);
    return NULL;
}

bool events_append(struct events *s, struct event *event, struct err *e)
{
    event->number = s->count + 1;
    buf_reset(&s->line);
    buf_addf(&s->line, "{\"n\":%ld,\"kind\":\"%s\",\"mono\":%.6f,\"wall\":\"%s\"", event->number,
             event_name(event->kind), event->mono_ms / 1e3, event->wall);
    if (event_is_hands(event->kind))
        hands_put(s, event);
    else
        noted_put(s, event);
    buf_add(&s->line, "}\n");
    if (!journal_append(&s->journal, &s->line, e))
        return false;
    s->count++;
    return true;
}

bool events_close(struct events *s, struct err *e)
{
    if (!s)
        return true;
    bool kept = journal_close(&s->journal, e);
    buf_finish(&s->line);
    buf_finish(&s->text);
    free(s);
    return kept;
}
