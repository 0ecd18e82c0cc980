/*
 * http: a POST of JSON over HTTP or HTTPS, and what came back of it. The one file that knows
 * libcurl.
 *
 * What is posted and its headers may hold keys: nothing of them gets into a log or an error. No
 * redirect is followed (a key would go with it). Certificates are trusted as the system does, or
 * as the file says that SSL_CERT_FILE names. Connections are kept between calls. One thread at
 * a time.
 */
#ifndef POLICY_HTTP_H
#define POLICY_HTTP_H

#include "base/buf.h"
#include "base/clock.h"

#include <stdbool.h>
#include <stddef.h>

#define HTTP_REPLY_MAX_BYTES (16 << 20)

struct http;

enum http_end {
    HTTP_ANSWERED,  /* a whole reply, whatever its status */
    HTTP_UNREACHED, /* no connection: no such host, nobody listens, no network */
    HTTP_CUT,       /* the connection ended or stalled before the reply was whole */
    HTTP_TIMEOUT,   /* the deadline came */
    HTTP_TOO_LARGE, /* a reply above HTTP_REPLY_MAX_BYTES */
    HTTP_UNFIT,     /* can't be asked like that: a bad address, a certificate that isn't trusted */
    HTTP_STOPPED,   /* stop_requested() */
};

struct http_request {
    const char *url;
    const char *const *headers; /* borrowed, each "Name: value", ended by NULL; may be NULL */
    const char *body;           /* borrowed, JSON */
    size_t body_bytes;
    double connect_ms; /* for the connection; 0: 15 s */
    /* No byte for so long while sending, or once the reply has begun; 0: 60 s. Before the first
     * byte of the reply the deadline alone counts: a model thinks in silence. */
    double stall_ms;
    struct deadline deadline; /* for all of it */
};

struct http_answer {
    int status;         /* 0 unless answered */
    struct buf headers; /* lines "name: value\n" of the last reply */
    struct buf body;    /* empty unless answered */
    char why[256];      /* what went wrong, for people; "" when answered */
};

struct http *http_create(void);
void http_destroy(struct http *h); /* takes NULL */

/* OUT is zeroed or an answer of before; it is refilled. */
enum http_end http_post(struct http *h, const struct http_request *request,
                        struct http_answer *out);

void http_answer_finish(struct http_answer *a);

/* The value of the header NAME (any case) among the lines of HEADERS, without spaces around it,
 * into OUT, cut to SIZE. False and "" for none. */
bool http_header(const char *headers, const char *name, char *out, size_t size_bytes);

#endif
