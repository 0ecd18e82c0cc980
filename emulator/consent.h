/*
 * consent: may the emulator's action happen? The guard's word, a person's where it says ask or
 * where a model's provider wants to have it confirmed, and the line of the audit about it; for
 * emulator/ itself.
 */
#ifndef EMULATOR_CONSENT_H
#define EMULATOR_CONSENT_H

#include "emulator/turn.h"

/*
 * Judges what lies under the action now: where deciding took long, and after a person was asked,
 * the screen is looked at once more. ERR_DENIED when it must not happen; ERR_STOPPED when a stop
 * was asked for meanwhile; ERR_IO when the audit can't be written: then it must not happen either.
 */
bool consent_given(struct emulator *em, struct err *e);

#endif
