/*
 * How often one caller may ask. Each route has a class; each class may have a limit, so many requests in so long. A caller
 * may spend them all at once and gets them back evenly (a token bucket).
 *
 *   rate_limits_usual, rate_limits_read   the limits: as they are meant for the open net, and as the command line says
 *   rate_take                             takes one; false: too many, and how long to wait
 *
 * A caller is the account of the session, else the client's address (of IPv6 its /64: a household or a firm has that many).
 * The memory is fixed: 16,384 buckets of 16 bytes. Where a caller finds no place, the bucket that is nearest to full again is
 * given up; who had it gets at most a fresh one. A class without a limit costs one comparison, the others a short lock that
 * few share.
 */
#ifndef TQ_WEB_RATE_H
#define TQ_WEB_RATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/slice.h"

enum rate_class { RATE_NONE, RATE_READ, RATE_BOX, RATE_WRITE, RATE_SIGN_IN, RATE_FILE, RATE_CLASSES };

struct rate_limit {
    int64_t requests; /* 0: as many as one likes */
    int64_t every_us;
};

struct rate_caller {
    bool account;  /* the number is an account's, else an address's (http_address_block) */
    uint64_t number;
};

struct rate;

/* sign-in 30, file 60, box 600 a minute; reading and writing without a limit. */
void rate_limits_usual(struct rate_limit limits[RATE_CLASSES]);

/*
 * Changes limits: "sign-in=10/min", "box=off", several parted by commas; "off" takes all away. Classes: read, box, write,
 * sign-in, file; in a second (s), minute (min) or hour (h). ERR_INVALID.
 */
bool rate_limits_read(struct slice text, struct rate_limit limits[RATE_CLASSES], struct err *err);

bool rate_open(const struct rate_limit limits[RATE_CLASSES], struct rate **rate, struct err *err);
void rate_close(struct rate *rate);

/* From any thread. now_us: clock_steady_us. false: *wait_us until there is one again. */
bool rate_take(struct rate *rate, enum rate_class class, struct rate_caller caller, int64_t now_us, int64_t *wait_us);

#endif
