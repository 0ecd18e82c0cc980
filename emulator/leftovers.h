/*
 * leftovers: what an X server that was killed leaves in /tmp: its lock and its socket.
 */
#ifndef EMULATOR_LEFTOVERS_H
#define EMULATOR_LEFTOVERS_H

#include <sys/types.h>

/* Removes those of the server that was process PID, which has ended; those of living ones stay. */
void leftovers_remove(pid_t pid);

#endif
