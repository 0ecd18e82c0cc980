/*
 * config: where the user's own files of hem lie: $XDG_CONFIG_HOME/hem, or ~/.config/hem.
 */
#ifndef POLICY_CONFIG_H
#define POLICY_CONFIG_H

#include "base/buf.h"

#include <stdbool.h>

/* Appends the path of NAME; whether it is there is not asked. False: the user has no home. */
bool config_path(const char *name, struct buf *out);

#endif
