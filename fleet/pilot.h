/*
 * pilot: the process of one emulator in a batch: it does row after row, each on a desktop of its
 * own, and tells its supervisor. It is a fork of the supervisor, so that all share the memory of
 * the eyes, the task and the skill.
 *
 * It dies with its supervisor, whatever ends that, and its desktop with it (keeper.h). Nothing that
 * may send a row away is done before the supervisor has said that this is on disk.
 */
#ifndef FLEET_PILOT_H
#define FLEET_PILOT_H

#include "emulator/emulator.h"
#include "fleet/message.h"

#include <sys/types.h>

struct pilot_place {
    const struct task *task; /* with its holes; borrowed */
    struct vision *vision;   /* that has read nothing yet; borrowed */
    const int *others;       /* descriptors of the supervisor that it must not keep open */
    int other_count;
};

/* The process and the supervisor's end of its socket. ERR_IO. */
bool pilot_start(const struct pilot_place *place, pid_t *pid, int *socket, struct err *e);

/* What MESSAGE_ENDED says. OUT is to be finished by emulator_report_finish; its policy is not told.
 */
struct pilot_end {
    struct emulator_report report;
    bool money_reached; /* the run's */
    double cpu_seconds; /* of the emulator and all that it started */
};
void pilot_end_read(const struct message *m, struct pilot_end *out);

/* The message that has a row done. DOLLARS: what may be spent of the run's money; negative: no
 * limit. */
struct message pilot_row(int number, const struct data *row, const char *directory, double dollars);

#endif
