/*
 * What a policy gives to a firm (政策找人): the policy's rule over the facts that are known of the firm (work/fact.h).
 *
 * A policy that can be had names a rule of the rulebook (its field `rule`) which has a result `amount`. Its days of application are the
 * rule's parameters `from` and `until`, held by its condition `window`; a result `period` of 0 says that it is given once, without it
 * there is one application a year.
 *
 * Unasked (免申即享) a policy is granted only where the answer is yes also by the verified facts alone: those of a department or a
 * confirmed certificate that no other department contradicts. The facts that are lacking then are those that somebody has to confirm.
 */
#ifndef TQ_WORK_BENEFIT_H
#define TQ_WORK_BENEFIT_H

#include "record/policy.h"
#include "work/fact.h"

struct benefit {
    struct record policy;
    const struct rule *rule;
    struct answer answer;
    bool wrong;                 /* nothing can be computed: why says what */
    struct err why;
    bool amount_known;
    int64_t amount;             /* fen */
    int64_t period;             /* year; 0: given once */
    int32_t from, until;        /* days of application; 0: the rule does not say */
    bool closed;                /* not within them on the day */
    bool automatic;             /* yes by verified facts alone */
    const struct rule_fact *const *unverified; /* of a yes that is not: on which it hangs */
    size_t unverified_count;
    const struct fact **rests;  /* the rule's facts that are known */
    size_t rest_count;
    int64_t claim;              /* the application of this period; 0: none */
    struct slice claim_state;   /* its code */
};

/* The policy's rule in force for the region on the day, over the facts. false: there is none (ERR_MISSING), or a fact of another kind. */
bool benefit_ask(const struct law *law, const struct record *policy, int32_t region, int32_t day, const struct fact *facts, size_t count,
                 struct arena *arena, struct benefit *out, struct err *err);

/* The rule's parameter of that name as a day; 0. */
int32_t benefit_day(const struct rule *rule, const char *name);
/* Is the fact good enough for money to be granted unasked? */
bool fact_verified(const struct fact *fact);

/* All policies that name a rule with an amount; those that are closed left out. */
bool policies_live(struct sql *sql, const struct law *law, struct arena *arena, struct record **list, size_t *count, struct err *err);

/* Each that is in force for the party's region on the day: what can be had first, then what a fact is missing for, then what cannot. */
bool benefits_of(struct sql *sql, const struct law *law, int64_t party, int32_t day, struct arena *arena, struct benefit **list, size_t *count,
                 struct err *err);

#endif
