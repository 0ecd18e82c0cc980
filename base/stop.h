/*
 * stop: SIGINT, SIGTERM and SIGHUP ask for an orderly end. Whoever waits or loops asks
 * stop_requested() and returns with ERR_STOPPED, giving back what it holds on the way. A second
 * signal ends the program at once.
 */
#ifndef BASE_STOP_H
#define BASE_STOP_H

#include <stdbool.h>

void stop_install(void); /* once, from main */
bool stop_requested(void);
int stop_fd(void); /* becomes readable when a stop is asked for: for poll(); -1 if not installed */
void stop_request(void); /* as if a signal had come */

#endif
