/* What the files of the steering desk share. */
#ifndef TQ_WORK_STEERING_INT_H
#define TQ_WORK_STEERING_INT_H

#include "work/steering.h"

void steering_promise_start(void); /* steering_start calls it */

#endif
