/* An application for what a policy gives (政策兑现申请): one a policy, a firm and a period. How it moves is work/claim.c. */
#ifndef TQ_RECORD_CLAIM_H
#define TQ_RECORD_CLAIM_H

#include "record/matter.h"

enum benefit_field {
    BENEFIT_POLICY = MATTER_OWN,
    BENEFIT_PERIOD,   /* the year for which it is; 0: given once */
    BENEFIT_RULE,     /* id of the rule, as the policy named it on the day of application */
    BENEFIT_WAY,      /* notified, applied */
    BENEFIT_SENT_ON,  /* the day of application: the rule of that day decides */
    BENEFIT_EXPECTED, /* by the rule on that day; not known where a fact was missing */
    BENEFIT_NAME, BENEFIT_PHONE, BENEFIT_PAYEE, BENEFIT_WORDS,
    BENEFIT_DISPUTE,  /* why the firm applies although the facts that are known say no */
    BENEFIT_LACKS, BENEFIT_SUPPLIED,
    BENEFIT_AMOUNT,   /* granted */
    BENEFIT_REASON,   /* why it was refused: the condition, with its article */
    BENEFIT_RESTS_ON, /* how the facts of the decision are known */
    BENEFIT_DECIDED_ON,
    BENEFIT_PAID_ON, BENEFIT_VOUCHER,
    BENEFIT_OBJECTION, BENEFIT_REVIEW,
    BENEFIT_FIELD_COUNT
};

extern const struct kind kind_claim;

#endif
