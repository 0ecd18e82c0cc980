/*
 * retry: what an answer of a model's provider means for the call: take it, ask again, or give up.
 *
 * Judged by status, headers and the codes in the body, never by the words of a message. Asking
 * again is safe: nothing has been done on the screen before a reply is taken.
 */
#ifndef POLICY_RETRY_H
#define POLICY_RETRY_H

#include <stddef.h>
#include <time.h>

enum retry_verdict {
    RETRY_TAKE,  /* a final answer: success, or a refusal of the request that its maker may mend */
    RETRY_AGAIN, /* may go well later */
    RETRY_NEVER, /* a key, money, a redirect: no other request will go better */
};

struct retry_judgement {
    enum retry_verdict verdict;
    int status;      /* the answer's, or what an error inside a 2xx amounts to */
    double after_ms; /* when to ask again, as the provider says; negative: it does not */
    int again_max;   /* how often at most such an answer is worth asking again */
    char text[600];  /* for people: "429 rate_limit_error: ..."; "" for a success */
};

/* STATUS and BODY (terminated) of a whole reply, HEADERS as http.h has them. NOW is the wall clock,
 * for dates in retry-after. */
void retry_judge(int status, const char *headers, const char *body, size_t body_bytes, time_t now,
                 struct retry_judgement *out);

/* How long to wait before asking again for the N-th time (from 0) when the provider does not say:
 * BASE_MS * 2^N, 8 s at most, less up to a quarter by CHANCE (0 to 1). */
double retry_backoff_ms(double base_ms, int n, double chance);

#endif
