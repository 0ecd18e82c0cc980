/*
 * report: what `hem run` and `hem do` tell while they work and at the end: lines for people, or
 * JSON for machines.
 */
#ifndef COMMANDS_REPORT_H
#define COMMANDS_REPORT_H

#include "emulator/emulator.h"

#include <stdbool.h>

/* One step that ended; as a line or, with JSON, {"event":"step",...}. */
void report_step(bool json, int number, const char *line, double ms, const struct err *failed);

/* The end of an episode; TRAJECTORY: its folder, NULL for none. JSON: {"event":"end",...}. */
void report_end(bool json, const struct task *task, const struct emulator_report *r,
                const char *trajectory);

/* One row that ended. JSON: {"event":"row",...}. */
void report_row(bool json, int row, const char *outcome, double seconds, const char *error);

#endif
