/*
 * program: running the programs that hem is measured against, and hem itself. They end with this
 * process.
 */
#ifndef BENCH_PROGRAM_H
#define BENCH_PROGRAM_H

#include <stdbool.h>
#include <sys/types.h>

bool program_is_there(const char *name); /* on PATH, or a path that is executable */

/*
 * Starts ARGV (ends with NULL) with standard output into the file OUT (NULL: nowhere) and standard
 * error nowhere. Returns the process, or -1.
 */
pid_t program_start(const char *const argv[], const char *out);

/* Waits for its end, at most TIMEOUT_MS, then kills it. True when it ended by itself with status 0.
 */
bool program_wait(pid_t process, int timeout_ms);

/* Asks it to end (SIGTERM) and waits for that. */
void program_stop(pid_t process);

/* Runs it to its end: the milliseconds it took, or -1 when it failed or took longer than
 * TIMEOUT_MS. */
double program_time(const char *const argv[], const char *out, int timeout_ms);

#endif
