/* What the files of consultations share. */
#ifndef TQ_WORK_CONSULT_INT_H
#define TQ_WORK_CONSULT_INT_H

#include "work/consult.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))
#define CONSULT_HOUSE N_("本平台约定")
#define CONSULT_LAW N_("提案办理规定：一般 3 个月，最迟 6 个月，先说明理由")
#define OFFICE_ROLES ROLE_BIT(ROLE_CPPCC_OFFICE)
#define LEADER_ROLES (ROLE_BIT(ROLE_LEADER) | ROLE_BIT(ROLE_SECRETARY))

typedef bool consult_check(struct matter_draft *draft, struct err *err);

/* consult_opinion_check.c: putting in, co-signing, examining, merging */
consult_check opinion_put, opinion_enter, opinion_mend, opinion_cosign, opinion_uncosign, opinion_merge, opinion_split, opinion_withdraw;
/* consult_reply_check.c: handing over and what comes of it */
consult_check opinion_hand, opinion_object, opinion_uphold, opinion_reassign, opinion_extend, opinion_answer, opinion_rate, opinion_again,
    opinion_settle, opinion_close, opinion_key, opinion_clear, opinion_conceal;
bool opinion_facts(struct matter_draft *draft, struct fact **list, size_t *count, struct err *err);
bool opinion_answer_fill(struct matter_draft *draft, struct slice typed[FIELDS_MAX], struct err *err);
bool opinion_clear_fill(struct matter_draft *draft, struct slice typed[FIELDS_MAX], struct err *err);

/* The statements of consult_count.c; matter_start calls it. */
void consult_start(void);

/* Those merged into it that go its way, oldest first: in no state that is over. */
bool opinion_group(struct matter_draft *draft, int64_t lead, struct record list[CONSULT_GROUP], size_t *count, struct err *err);
/* Does the step on the leading opinion to each of them: another version of it, changed out of the draft's own; false: it is left
 * as it is. first: the oldest of them. */
typedef bool opinion_change(struct matter_draft *draft, struct record *one, const struct record *first);
bool opinion_each(struct matter_draft *draft, opinion_change *change, struct err *err);
/* One that was merged is moved by the one that leads it. ERR_CONFLICT, which names that. */
bool opinion_leads(struct matter_draft *draft, struct err *err);

#endif
