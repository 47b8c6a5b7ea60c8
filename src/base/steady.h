/*
 * Waiting by the steady clock, as threads of our own rest until something happens or some time has gone by: setting the wall clock
 * moves nothing.
 */
#ifndef TQ_BASE_STEADY_H
#define TQ_BASE_STEADY_H

#include <pthread.h>
#include <stdint.h>
#include <time.h>

/* A condition whose pthread_cond_timedwait goes by the steady clock. */
void steady_cond(pthread_cond_t *condition);

/* So many microseconds from now, for that wait. */
struct timespec steady_after(int64_t us);

#endif
