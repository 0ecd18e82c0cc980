/*
 * endpoint: one model's address. Posts a request and brings the final answer: asks again where that
 * may help, as the provider says when, and gives up where it can't.
 */
#ifndef POLICY_ENDPOINT_H
#define POLICY_ENDPOINT_H

#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"

#include <stdbool.h>

struct endpoint_options {
    const char *url; /* borrowed */
    /* Borrowed for the endpoint's life; each "Name: value", ended by NULL; may be NULL. May hold
     * the key. Content-Type is there without it. */
    const char *const *headers;
    double timeout_ms; /* for one try; 0: 10 minutes */
    double stall_ms;   /* see http.h; 0: its default */
    double backoff_ms; /* before the second try, doubled with each further one; 0: 500 */
    /* A try brought no reply, but may be billed: it was cut off, too late or too large. False: E
     * says why it may not be asked again. NULL: nobody minds. SELF is handed to it. */
    bool (*lost)(void *self, struct err *e);
    void *self;
};

struct endpoint_answer {
    int status;      /* 2xx, or 4xx: also when a 200 had an error inside */
    struct buf body; /* JSON when it is a 2xx. A key that the server gave back is blotted out */
    int tries;       /* how often was asked */
};

struct endpoint;

struct endpoint *endpoint_create(const struct endpoint_options *options);
void endpoint_destroy(struct endpoint *p); /* takes NULL */

/*
 * True: a final answer in OUT (zeroed or of before; refilled): a success, or a 4xx that its maker
 * may mend (endpoint_refused says it for people). False: ERR_IO with what the provider said when it
 * is down, has no money or does not take the key; ERR_LIMIT when DEADLINE comes first, ERR_STOPPED,
 * ERR_USAGE for an address that can't be one.
 */
bool endpoint_post(struct endpoint *p, const char *body, struct deadline deadline,
                   struct endpoint_answer *out, struct err *e);

/* The error of an answer that is no success and that nobody could mend: ERR_USAGE for a model that
 * is not there (404), else ERR_REPLY. Returns false. */
bool endpoint_refused(const struct endpoint *p, const struct endpoint_answer *answer,
                      struct err *e);

void endpoint_answer_finish(struct endpoint_answer *a);

#endif
