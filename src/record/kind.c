#include "record/kind.h"

#include <string.h>

#include "record/board.h"
#include "record/bundle.h"
#include "record/claim.h"
#include "record/consult.h"
#include "record/deal.h"
#include "record/fact.h"
#include "record/finance.h"
#include "record/fund.h"
#include "record/field_count.h"
#include "record/matter.h"
#include "record/need_work.h"
#include "record/past.h"
#include "record/talent.h"
#include "record/hire.h"
#include "record/pilot.h"
#include "record/steer.h"
#include "record/trial.h"

static const struct kind *const kinds[KIND_END] = {
    [KIND_PARTY] = &kind_party,       [KIND_PERSON] = &kind_person,   [KIND_ACHIEVEMENT] = &kind_achievement,
    [KIND_NEED] = &kind_need,         [KIND_SCENARIO] = &kind_scenario, [KIND_SERVICE] = &kind_service,
    [KIND_POLICY] = &kind_policy,
    [KIND_DEAL] = &kind_deal,         [KIND_TITLE] = &kind_title,     [KIND_VALUATION] = &kind_valuation,
    [KIND_NOTICE] = &kind_notice,     [KIND_OBJECTION] = &kind_objection, [KIND_APPROVAL] = &kind_approval,
    [KIND_CONTRACT] = &kind_contract, [KIND_REGISTRATION] = &kind_registration,
    [KIND_INSTALMENT] = &kind_instalment, [KIND_RECEIPT] = &kind_receipt, [KIND_COST] = &kind_cost,
    [KIND_PROFIT] = &kind_profit,
    [KIND_AWARD] = &kind_award,       [KIND_FILING] = &kind_filing,   [KIND_STATEMENT] = &kind_statement,
    [KIND_RULING] = &kind_ruling,
    [KIND_PAST_DEAL] = &kind_past_deal, [KIND_PAST_RECEIPT] = &kind_past_receipt, [KIND_PAST_AWARD] = &kind_past_award,
    [KIND_ATTACHMENT] = &kind_attachment,
    [KIND_FINDING] = &kind_finding,
    [KIND_CONTACT] = &kind_contact,   [KIND_TALK] = &kind_talk,
    /* policy */
    [KIND_FACT] = &kind_fact,
    [KIND_CLAIM] = &kind_claim,
    /* finance */
    [KIND_PATENT] = &kind_patent,     [KIND_CONSENT] = &kind_consent, [KIND_PACK] = &kind_pack,
    [KIND_LOAN] = &kind_loan,         [KIND_DRAWDOWN] = &kind_drawdown, [KIND_REPAYMENT] = &kind_repayment,
    [KIND_SIGNAL] = &kind_signal,
    /* fund */
    [KIND_POOL] = &kind_pool, [KIND_POOL_BANK] = &kind_pool_bank, [KIND_POOL_PAYMENT] = &kind_pool_payment,
    [KIND_POOL_REVIEW] = &kind_pool_review, [KIND_POOL_ENTRY] = &kind_pool_entry, [KIND_COVER] = &kind_cover,
    [KIND_REPAID] = &kind_repaid, [KIND_CLAIM_POOL] = &kind_claim_pool, [KIND_DEMAND] = &kind_demand,
    [KIND_RECOVERY] = &kind_recovery, [KIND_STAKE] = &kind_stake, [KIND_STAKE_MARK] = &kind_stake_mark,
    [KIND_STAKE_CHECK] = &kind_stake_check, [KIND_STAKE_ROUND] = &kind_stake_round, [KIND_MONEY_FLOW] = &kind_money_flow,
    [KIND_MOVED] = &kind_moved, [KIND_BRANCH] = &kind_branch,
    /* talent */
    [KIND_NEED_CARE] = &kind_need_care,
    [KIND_CAREER] = &kind_career,
    [KIND_CASE_WORK] = &kind_case_work,
    [KIND_INTEREST] = &kind_interest,
    [KIND_COMMISSION] = &kind_commission,
    [KIND_INTRODUCTION] = &kind_introduction,
    [KIND_REWARD_CLAIM] = &kind_reward_claim,
    [KIND_COUNTED_RECEIPT] = &kind_counted_receipt,
    [KIND_WORK_PROOF] = &kind_work_proof,
    [KIND_NEED_TEST] = &kind_need_test,
    [KIND_TEST_ITEM] = &kind_test_item,
    [KIND_PROPOSAL] = &kind_proposal,
    [KIND_TALENT_POST] = &kind_talent_post,
    [KIND_POST_SERVICE] = &kind_post_service,
    /* pilot */
    [KIND_CAPABILITY] = &kind_capability,     [KIND_TARIFF] = &kind_tariff,
    [KIND_PERMIT] = &kind_permit,     [KIND_BOOKING] = &kind_booking,
    [KIND_PILOT_JOB] = &kind_pilot_job,     [KIND_CUSTODY] = &kind_custody,
    [KIND_TRIAL_RUN] = &kind_trial_run,     [KIND_TRL_EVIDENCE] = &kind_trl_evidence,
    [KIND_BILL] = &kind_bill,     [KIND_VOUCHER] = &kind_voucher,
    [KIND_VOUCHER_USE] = &kind_voucher_use,     [KIND_SETTLEMENT] = &kind_settlement,
    [KIND_INDUSTRIAL] = &kind_industrial,     [KIND_CLEARANCE] = &kind_clearance,
    [KIND_TENANCY] = &kind_tenancy,     [KIND_SPACE_SERVICE] = &kind_space_service,
    /* service */
    [KIND_SERVICE_ORDER] = &kind_service_order,
    [KIND_HANDOVER] = &kind_handover,
    [KIND_ORDER_PAYMENT] = &kind_order_payment,
    [KIND_GUIDE] = &kind_guide,
    [KIND_TRIAL] = &kind_trial,
    [KIND_TRIAL_AIM] = &kind_trial_aim,
    [KIND_TRIAL_READING] = &kind_trial_reading,
    [KIND_TRY_LICENCE] = &kind_try_licence,
    [KIND_TRY_MARK] = &kind_try_mark,
    /* board */
    [KIND_CHALLENGE] = &kind_challenge, [KIND_MILESTONE] = &kind_milestone, [KIND_PROTEST] = &kind_protest,
    [KIND_BID] = &kind_bid,
    [KIND_FAIR] = &kind_fair, [KIND_FAIR_ITEM] = &kind_fair_item, [KIND_FAIR_GUEST] = &kind_fair_guest,
    [KIND_MEETING] = &kind_meeting, [KIND_MEETING_ANSWER] = &kind_meeting_answer,
    [KIND_ALLIANCE] = &kind_alliance, [KIND_MEMBERSHIP] = &kind_membership, [KIND_JOINT_PROJECT] = &kind_joint_project,
    [KIND_SHARED_RIGHT] = &kind_shared_right, [KIND_ALLIANCE_MONEY] = &kind_alliance_money,
    [KIND_JOINT_RESULT] = &kind_joint_result,
    [KIND_PROGRAMME] = &kind_programme, [KIND_PROJECT] = &kind_project, [KIND_PROJECT_RESULT] = &kind_project_result,
    [KIND_DUTY_REPORT] = &kind_duty_report,
    [KIND_PREFILING] = &kind_prefiling,
    /* view */
    [KIND_BUNDLE] = &kind_bundle,     [KIND_BUNDLE_PART] = &kind_bundle_part,
    [KIND_FIELD_COUNT] = &kind_field_count,
    /* consult */
    [KIND_CONSULTATION] = &kind_consultation, [KIND_CONSULT_TOPIC] = &kind_consult_topic, [KIND_CONSULT_SEAT] = &kind_consult_seat,
    [KIND_CONSULT_VISIT] = &kind_consult_visit, [KIND_CONSULT_AGENDA] = &kind_consult_agenda,
    [KIND_OPINION] = &kind_opinion, [KIND_OPINION_COSIGN] = &kind_opinion_cosign, [KIND_OPINION_MERGE] = &kind_opinion_merge,
    [KIND_OPINION_OBJECT] = &kind_opinion_object, [KIND_OPINION_REPLY] = &kind_opinion_reply, [KIND_OPINION_URGE] = &kind_opinion_urge,
    [KIND_OPINION_ASSIST] = &kind_opinion_assist, [KIND_REMARK] = &kind_remark,
    /* steer */
    [KIND_TASK] = &kind_task, [KIND_TASK_PROGRESS] = &kind_task_progress, [KIND_TASK_URGE] = &kind_task_urge,
    [KIND_TASK_EXTENSION] = &kind_task_extension, [KIND_TASK_OBJECTION] = &kind_task_objection, [KIND_TASK_TRANSFER] = &kind_task_transfer,
    [KIND_TASK_REPORT] = &kind_task_report, [KIND_TASK_PART] = &kind_task_part, [KIND_ACTION] = &kind_action,
    [KIND_ACTION_CHANGE] = &kind_action_change, [KIND_TARGET] = &kind_target, [KIND_TARGET_CHANGE] = &kind_target_change,
    [KIND_MECHANISM] = &kind_mechanism, [KIND_MECH_MEMBER] = &kind_mech_member, [KIND_MECH_MEETING] = &kind_mech_meeting,
    [KIND_MECH_ROUND] = &kind_mech_round, [KIND_REFORM] = &kind_reform, [KIND_REFORM_REPORT] = &kind_reform_report,
    [KIND_REFORM_VERDICT] = &kind_reform_verdict,
};

const struct kind *kind_get(enum kind_id id)
{
    return kinds[id];
}

static const struct kind *named_below(enum kind_id end, const char *name)
{
    for (size_t i = 0; i < (size_t)end; i++)
        if (strcmp(kinds[i]->name, name) == 0)
            return kinds[i];
    return NULL;
}

const struct kind *kind_by_name(const char *name)
{
    return named_below(KIND_COUNT, name);
}

const struct kind *kind_stored(const char *name)
{
    return named_below(KIND_END, name);
}

bool kind_is_paper(const struct kind *kind)
{
    return kind->id >= KIND_DEAL && kind->id < KIND_ALL;
}

bool kind_is_listed(const struct kind *kind)
{
    return kind->id < KIND_COUNT;
}

bool kind_is_past(const struct kind *kind)
{
    return kind->id == KIND_PAST_DEAL || kind->id == KIND_PAST_RECEIPT || kind->id == KIND_PAST_AWARD;
}

const struct kind *kind_imported(size_t i)
{
    static const enum kind_id past[] = {KIND_PAST_DEAL, KIND_PAST_RECEIPT, KIND_PAST_AWARD};

    if (i < KIND_COUNT)
        return kinds[i];
    return i < KIND_COUNT + sizeof past / sizeof *past ? kinds[past[i - KIND_COUNT]] : NULL;
}

const struct kind *kind_imported_by_name(const char *name)
{
    size_t i = 0;

    while (kind_imported(i) && strcmp(kind_imported(i)->name, name) != 0)
        i++;
    return kind_imported(i);
}

const struct kind *kind_imported_by_plural(const char *plural)
{
    size_t i = 0;

    while (kind_imported(i) && strcmp(kind_imported(i)->plural, plural) != 0)
        i++;
    return kind_imported(i);
}

bool kind_typed(const struct kind *kind, size_t field)
{
    return !kind_is_past(kind)
           || (field >= PAST_OWN && kind->fields[field].type != FIELD_ID && (kind->id != KIND_PAST_RECEIPT || field != PAST_RECEIPT_MARK));
}

const struct kind *kind_by_plural(const char *plural)
{
    for (size_t i = 0; i < KIND_COUNT; i++)
        if (strcmp(kinds[i]->plural, plural) == 0)
            return kinds[i];
    return NULL;
}

int kind_field(const struct kind *kind, const char *name)
{
    for (size_t i = 0; i < kind->count; i++)
        if (strcmp(kind->fields[i].name, name) == 0)
            return (int)i;
    return -1;
}
