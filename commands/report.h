/*
 * report: what `hem run` and `hem do` tell while they work and at the end: lines for people, or
 * JSON for machines.
 */
#ifndef COMMANDS_REPORT_H
#define COMMANDS_REPORT_H

#include "emulator/emulator.h"

#include <stdbool.h>

/* A line of JSON, at once; what is not UTF-8 in it is replaced. JSON is malloc's and taken; NULL:
 * no line. */
void report_json(char *json);

/* One step that ended; as a line or, with JSON, {"event":"step",...}. */
void report_step(bool json, int number, const char *line, double ms, const struct err *failed);

/*
 * What came of a step of `hem do`, as a line of JSON:
 *
 *   {"event":"step","number":1,"step":"click \"Save\"","ok":true,"outcome":"done",
 *    "actions":["click left at 412,300"],"at":[412,300],"values":{},"notes":null,"error":null,
 *    "ms":231.4}
 *
 * "at": the last action that has a place. TURNS: what was done; NULL: nothing.
 */
void report_answer(int number, const char *line, const struct emulator_report *r,
                   const struct history *turns, double ms);

/* What is on the screen (scene_json.h); SCENE NULL: FAILED says why. JSON:
 * {"event":"scene","number":2,"ok":true,"scene":{...},"error":null,"ms":41.0} */
void report_scene(int number, const struct scene *scene, const struct err *failed, double ms);

/* The end of an episode; TRAJECTORY: its folder, NULL for none. JSON: {"event":"end",...}. */
void report_end(bool json, const struct task *task, const struct emulator_report *r,
                const char *trajectory);

/* One row that ended. JSON: {"event":"row",...}. */
void report_row(bool json, int row, const char *outcome, double seconds, const char *error);

#endif
