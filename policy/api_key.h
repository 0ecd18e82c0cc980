/*
 * api_key: where the key for a model's server comes from: the task, the environment, or the user's
 * file of keys. Never from a command line, which every user of the machine may read.
 *
 * A provider's key goes to that provider's host and nowhere else: which name it has is told by the
 * host of the address. HEM_API_KEY is for all other hosts.
 */
#ifndef POLICY_API_KEY_H
#define POLICY_API_KEY_H

#include "base/buf.h"
#include "base/err.h"
#include "policy/address.h"

#include <stdbool.h>

/*
 * Puts the key for ADDRESS into OUT: GIVEN (what the task says; NULL: nothing), else the variable
 * of the host's name, else that name in ~/.config/hem/keys: lines NAME=value, # for remarks,
 * readable by its owner only. "" for a local address without any.
 *
 * ERR_USAGE, and never with a value in it: no key (it says which variable), a file that others may
 * read or that has a bad line, a key with characters that none has, a key that would go over plain
 * http to a host that is not local.
 */
bool api_key_find(const struct address *address, const char *given, struct buf *out, struct err *e);

#endif
