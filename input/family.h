/*
 * family: a process and all that descend from it. A browser's window belongs to one process, and
 * another of its family makes the page.
 */
#ifndef INPUT_FAMILY_H
#define INPUT_FAMILY_H

#include <sys/types.h>

#define FAMILY_MAX 64

/* Puts PROCESS and what descends from it now into MEMBERS, at most FAMILY_MAX of them; how many. */
int family_list(pid_t process, pid_t members[FAMILY_MAX]);

#endif
