/*
 * address: of a model's server: what an http or https URL says about it.
 */
#ifndef POLICY_ADDRESS_H
#define POLICY_ADDRESS_H

#include "base/err.h"

#include <stdbool.h>

struct address {
    char host[256]; /* lower case, an IPv6 address without its brackets */
    bool secure;    /* https */
    bool local;     /* this machine, or one in its own network (private addresses, names without a
                       dot, .local ...): no provider who bills and wants a key */
};

/*
 * Reads URL: "http[s]://HOST[:PORT][/PATH]", strictly: no user, no spaces, no backslash, no query
 * (a key would stand in it), so that nobody can read another host out of it than we do. ERR_USAGE
 * for anything else.
 */
bool address_read(const char *url, struct address *out, struct err *e);

#endif
