/* Applications for what policies give (claim.c, a sort of matter): notices to many firms at once. */
#ifndef TQ_WORK_CLAIM_H
#define TQ_WORK_CLAIM_H

#include "work/matter.h"

enum { CLAIM_NOTICES = 100 };

struct claim_batch {
    struct matter_order *orders; /* of sort_claim's step "notify": owner set, policy typed, a request id each */
    size_t count;
    size_t sent, passed;         /* answered; passed: they have one already, or are no longer due */
};

/*
 * arg: struct claim_batch. All in one transaction, a leaf each. A check fails before its matter writes anything, so one that is no longer
 * due stops nobody else's.
 */
store_step claims_notify_step;

#endif
