/* An application for what a policy gives (政策兑现申请): one a policy, a firm and a period. How it moves is work/claim.c. */
#ifndef TQ_RECORD_CLAIM_H
#define TQ_RECORD_CLAIM_H

#include "record/matter.h"

enum claim_field {
    CLAIM_POLICY = MATTER_OWN,
    CLAIM_PERIOD,   /* the year for which it is; 0: given once */
    CLAIM_RULE,     /* id of the rule, as the policy named it on the day of application */
    CLAIM_WAY,      /* notified, applied */
    CLAIM_SENT_ON,  /* the day of application: the rule of that day decides */
    CLAIM_EXPECTED, /* by the rule on that day; not known where a fact was missing */
    CLAIM_NAME, CLAIM_PHONE, CLAIM_PAYEE, CLAIM_WORDS,
    CLAIM_DISPUTE,  /* why the firm applies although the facts that are known say no */
    CLAIM_LACKS, CLAIM_SUPPLIED,
    CLAIM_AMOUNT,   /* granted */
    CLAIM_REASON,   /* why it was refused: the condition, with its article */
    CLAIM_RESTS_ON, /* how the facts of the decision are known */
    CLAIM_DECIDED_ON,
    CLAIM_PAID_ON, CLAIM_VOUCHER,
    CLAIM_OBJECTION, CLAIM_REVIEW,
    CLAIM_FIELD_COUNT
};

extern const struct kind kind_claim;

#endif
