/* Choices of applications for what policies give (record/claim.c). */
#include "record/choice_int.h"

static const struct choice claim_way[] = {
    {"notified", "免申即享", "Unasked"}, {"applied", "企业申请", "Applied for"},
};

const struct choice_list choices_policy[CHOICES_POLICY] = {
    LIST(claim_way, "claim_way"),
};
