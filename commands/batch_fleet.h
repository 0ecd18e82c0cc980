/*
 * batch_fleet: `hem batch` with an engine: a run that is divided among the machines of a fleet.
 * Each returns an exit status.
 */
#ifndef COMMANDS_BATCH_FLEET_H
#define COMMANDS_BATCH_FLEET_H

#include "commands/batch_arguments.h"

bool fleet_has(const char *run); /* is the run one of a fleet? */

int fleet_start(const struct batch_arguments *a);
int fleet_status(const struct batch_arguments *a);
int fleet_results(const struct batch_arguments *a);
int fleet_retry(const struct batch_arguments *a);

#endif
