/*
 * thread: a thread that no signal reaches: they are the main thread's business.
 */
#ifndef BASE_THREAD_H
#define BASE_THREAD_H

#include <pthread.h>

/* As pthread_create: 0, or what the matter is as errno has it. */
int thread_start(pthread_t *thread, void *(*main)(void *self), void *self);

#endif
