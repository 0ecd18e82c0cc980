/*
 * model_name: which model, as tasks say it: PROVIDER[+WAY]/NAME[@ADDRESS], for example
 * anthropic/claude-opus-5-5, chat+json/qwen3-vl@http://127.0.0.1:8080/v1.
 */
#ifndef POLICY_MODEL_NAME_H
#define POLICY_MODEL_NAME_H

#include "policy/provider.h"

struct model_name {
    const struct provider *provider;
    int way;    /* of the provider's ways */
    bool blind; /* +blind: it gets no pictures */
    char *name; /* owned */
    char *base; /* owned: the address */
};

/* ERR_USAGE with what would be right. */
bool model_name_parse(const char *text, struct model_name *out, struct err *e);
void model_name_finish(struct model_name *n);

#endif
