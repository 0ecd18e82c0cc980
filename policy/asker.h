/*
 * asker: asks a model what to do on a screen: shows it the screen, makes the request, pays for the
 * answer, and asks again, or in another way, where an answer is of no use.
 */
#ifndef POLICY_ASKER_H
#define POLICY_ASKER_H

#include "policy/endpoint.h"
#include "policy/listing.h"
#include "policy/model.h"

#define ASKER_HEADERS_MAX 8

struct asker {
    const struct policy_context *context; /* borrowed, as are the next two */
    const struct model_task *task;
    const struct provider *provider;
    struct endpoint *endpoint; /* owned */
    struct buf headers;
    const char *header_lines[ASKER_HEADERS_MAX + 1]; /* of them, ended by NULL; the endpoint's */
    long tokens;                                     /* of the request being made, at most */
    struct conversation talk;
    struct listing listing; /* what the model was shown last */
    struct buf goal;
};

/* A is zeroed, and stays where it is. */
void asker_init(struct asker *a, const struct policy_context *context,
                const struct model_task *task);

/* Shows SCENE, with NOTE (a line that ends with '\n', or "") before it. NULL: ERR_REPLY for answers
 * that can't be used, or as wallet_allows and endpoint_post say. */
struct exchange *asker_ask(struct asker *a, const struct scene *scene, const char *note,
                           struct err *e);

void asker_finish(struct asker *a);

#endif
