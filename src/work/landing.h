/*
 * Whom policies reach (政策落地): of each policy, which firms in an officer's scope are due and have not taken it, and the landing rate:
 * taken ÷ due, by count and by money. Every rule is asked of every firm at once (rules/bulk.h).
 *
 * Due is who is due by verified facts alone (work/benefit.h), whatever the day within the days of application, or has been granted it in this
 * period already. `could` are those who would be due if what they declare were confirmed, `unknown` those of whom a fact is missing.
 */
#ifndef TQ_WORK_LANDING_H
#define TQ_WORK_LANDING_H

#include "work/benefit.h"

struct landing_firm {
    int64_t party, amount, period;
    int64_t claim;        /* 0: none in the period */
    const char *state;    /* its state; "" */
    bool taken;           /* granted or paid */
};

struct landing {
    struct record policy;
    int32_t from, until;  /* days of application; 0 */
    size_t due, taken, told, open, refused, could, unknown; /* told: notified, not confirmed yet; open: applied for, not decided */
    int64_t due_amount, taken_amount; /* fen */
    struct landing_firm *firms; /* due, the largest amount first; of the policy that was asked for alone */
    size_t firm_count;
};

/* policy: whose firms are wanted; 0: none. Policies with the most that has not been taken come first. */
bool landing_find(struct sql *sql, const struct law *law, const struct actor *actor, int32_t today, int64_t policy, struct arena *arena,
                  struct landing **list, size_t *count, struct err *err);

#endif
