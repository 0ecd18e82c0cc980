#include "base/thread.h"

#include <signal.h>
#include <stddef.h>

int thread_start(pthread_t *thread, void *(*main)(void *self), void *self)
{
    sigset_t all, before;
    sigfillset(&all); /* a thread begins with the mask of the one that makes it */
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int failure = pthread_create(thread, NULL, main, self);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return failure;
}
