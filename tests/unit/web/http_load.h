/* A load tool in one thread: closed (each connection asks again when answered) or open (a fixed rate, come what may). */
#ifndef TQ_TESTS_HTTP_LOAD_H
#define TQ_TESTS_HTTP_LOAD_H

#include <stdint.h>

#include "base/slice.h"

struct load_plan {
    unsigned port, connections;
    int64_t us;   /* how long */
    double rate;  /* requests a second; 0: closed */
    struct slice request;
};

struct load_result {
    uint64_t good, busy, other, broken; /* 200, 503, further statuses, connections lost */
    double seconds;
    int64_t p50_us, p99_us, worst_us;   /* of the good ones; open: from when each was due */
};

void load_run(const struct load_plan *plan, struct load_result *result);

#endif
