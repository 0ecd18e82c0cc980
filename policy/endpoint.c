#include "policy/endpoint.h"

#include "base/log.h"
#include "base/stop.h"
#include "policy/address.h"
#include "policy/http.h"
#include "policy/retry.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/random.h>
#include <time.h>

#define TIMEOUT_MS    600000
#define BACKOFF_MS    500
#define LOOK_MS       100 /* how often a stop is asked for where none can be waited for */
#define KEY_MIN_BYTES 8

struct endpoint {
    char *url;                  /* owned */
    char host[256];             /* for people */
    const char *const *headers; /* borrowed */
    struct http *http;          /* owned */
    double timeout_ms, stall_ms, backoff_ms;
    bool (*lost)(void *self, struct err *e);
    void *self;
};

/* One endpoint_post. */
struct asking {
    struct endpoint *endpoint;
    struct deadline deadline;
    struct http_answer answer;
    struct retry_judgement judgement;
    int tries;
};

struct endpoint *endpoint_create(const struct endpoint_options *o)
{
    struct endpoint *p = mem_zero(1, sizeof *p);
    struct address address;
    p->url = mem_text(o->url);
    p->headers = o->headers;
    p->http = http_create();
    p->timeout_ms = o->timeout_ms > 0 ? o->timeout_ms : TIMEOUT_MS;
    p->stall_ms = o->stall_ms;
    p->lost = o->lost;
    p->self = o->self;
    p->backoff_ms = o->backoff_ms > 0 ? o->backoff_ms : BACKOFF_MS;
    if (address_read(o->url, &address, NULL))
        memcpy(p->host, address.host, sizeof p->host);
    return p;
}

void endpoint_destroy(struct endpoint *p)
{
    if (!p)
        return;
    http_destroy(p->http);
    free(p->url);
    free(p);
}

void endpoint_answer_finish(struct endpoint_answer *a)
{
    buf_finish(&a->body);
    *a = (struct endpoint_answer){0};
}

/* Servers have been seen to repeat the key that they don't like. */
static void key_blot(const char *const *headers, struct buf *body)
{
    for (; headers && *headers; headers++) {
        const char *value = strchr(*headers, ':');
        if (!value || (!strcasestr(*headers, "authorization:") && !strcasestr(*headers, "key:")))
            continue;
        const char *key = strrchr(value, ' ');
        key = key ? key + 1 : value + 1;
        size_t length = strlen(key);
        char *at = length >= KEY_MIN_BYTES ? body->text : NULL;
        while (at && (at = memmem(at, body->length - (size_t)(at - body->text), key, length)))
            memset(at, '*', length);
    }
}

/* False when stopped. */
static bool pause_for(double ms)
{
    struct deadline end = deadline_in(ms);
    while (!stop_requested() && !deadline_passed(end)) {
        struct pollfd stop = {.fd = stop_fd(), .events = POLLIN};
        int wait_ms = deadline_left_ms(end);
        poll(&stop, 1, wait_ms < LOOK_MS ? wait_ms : LOOK_MS);
    }
    return !stop_requested();
}

static double chance(void)
{
    unsigned char byte = 0;
    return getrandom(&byte, 1, GRND_NONBLOCK) == 1 ? byte / 255.0 : 0;
}

static enum http_end try_once(struct asking *a, const char *body)
{
    struct endpoint *p = a->endpoint;
    struct deadline end = deadline_in(p->timeout_ms);
    struct http_request request = {.url = p->url,
                                   .headers = p->headers,
                                   .body = body,
                                   .body_bytes = strlen(body),
                                   .stall_ms = p->stall_ms,
                                   .deadline = end.at_ms < a->deadline.at_ms ? end : a->deadline};
    double began_ms = clock_ms();
    enum http_end how = http_post(p->http, &request, &a->answer);
    a->tries++;
    key_blot(p->headers, &a->answer.headers);
    key_blot(p->headers, &a->answer.body);
    log_info("%s: %zu bytes asked, %d %s, %zu bytes in %.0f ms", p->host, request.body_bytes,
             a->answer.status, a->answer.why, a->answer.body.length, clock_ms() - began_ms);
    return how;
}

/* What is to be thought of a call that brought no reply. */
static void end_judge(enum http_end how, const char *why, struct retry_judgement *out)
{
    static const int again[] = {
        [HTTP_UNREACHED] = 2, [HTTP_CUT] = 6, [HTTP_TIMEOUT] = 1, [HTTP_UNFIT] = 0};
    *out = (struct retry_judgement){.after_ms = -1};
    if (how != HTTP_STOPPED && how != HTTP_TOO_LARGE)
        out->again_max = again[how];
    out->verdict = out->again_max > 0 ? RETRY_AGAIN : RETRY_NEVER;
    snprintf(out->text, sizeof out->text, "%s", why);
}

static bool give_up(const struct asking *a, enum err_kind kind, struct err *e)
{
    err_set(e, kind, "%s: %s", a->endpoint->host, a->judgement.text);
    if (a->tries > 1)
        err_append(e, " (asked %d times)", a->tries);
    return false;
}

static bool is_late(const struct asking *a, double wait_ms)
{
    return clock_ms() + wait_ms >= a->deadline.at_ms;
}

/* Has the provider seen the request, though no reply came? */
static bool may_be_billed(enum http_end how)
{
    return how == HTTP_CUT || how == HTTP_TIMEOUT || how == HTTP_TOO_LARGE || how == HTTP_STOPPED;
}

/* After a try that was no final answer: waits until it is worth asking again. False: it is not. */
static bool wait_for_next(struct asking *a, enum http_end how, struct err *e)
{
    const struct retry_judgement *j = &a->judgement;
    struct endpoint *p = a->endpoint;
    bool affordable = !may_be_billed(how) || !p->lost || p->lost(p->self, e);
    if (how == HTTP_STOPPED || stop_requested())
        return err_set(e, ERR_STOPPED, "interrupted while asking the model");
    if (is_late(a, 0))
        return give_up(a, ERR_LIMIT, e);
    if (how == HTTP_TOO_LARGE)
        return give_up(a, ERR_REPLY, e);
    if (how == HTTP_UNFIT)
        return give_up(a, ERR_USAGE, e);
    if (j->verdict == RETRY_NEVER || a->tries > j->again_max)
        return give_up(a, ERR_IO, e);
    double wait_ms = j->after_ms;
    if (wait_ms < 0)
        wait_ms = retry_backoff_ms(a->endpoint->backoff_ms, a->tries - 1, chance());
    if (is_late(a, wait_ms)) {
        give_up(a, ERR_LIMIT, e);
        return err_append(e, "; asking again in %.1f s is past the time that is left",
                          wait_ms / 1000);
    }
    if (!affordable)
        return false;
    log_info("%s: %s; again in %.0f ms", a->endpoint->host, j->text, wait_ms);
    return pause_for(wait_ms) || err_set(e, ERR_STOPPED, "interrupted while asking the model");
}

bool endpoint_post(struct endpoint *p, const char *body, struct deadline deadline,
                   struct endpoint_answer *out, struct err *e)
{
    struct asking a = {.endpoint = p, .deadline = deadline};
    bool taken = false, more = true;
    while (!taken && more) {
        enum http_end how = try_once(&a, body);
        const struct buf *reply = &a.answer.body;
        if (how == HTTP_ANSWERED)
            retry_judge(a.answer.status, buf_text(&a.answer.headers), buf_text(reply),
                        reply->length, time(NULL), &a.judgement);
        else
            end_judge(how, a.answer.why, &a.judgement);
        taken = how == HTTP_ANSWERED && a.judgement.verdict == RETRY_TAKE;
        more = taken || wait_for_next(&a, how, e);
    }
    if (taken) {
        buf_finish(&out->body);
        out->body = a.answer.body;
        a.answer.body = (struct buf){0};
        out->status = a.judgement.status;
        out->tries = a.tries;
    }
    http_answer_finish(&a.answer);
    return taken;
}

bool endpoint_refused(const struct endpoint *p, const struct endpoint_answer *answer, struct err *e)
{
    struct retry_judgement judgement;
    retry_judge(answer->status, "", buf_text(&answer->body), answer->body.length, 0, &judgement);
    return err_set(e, answer->status == 404 ? ERR_USAGE : ERR_REPLY, "%s: %s", p->host,
                   judgement.text);
}
