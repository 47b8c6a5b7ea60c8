/*
 * First use (首用), as kinds of matters and entries (record/matter.h):
 *
 *   trial        场景试用, of a scenario: from the application to the first purchase; entries trial_aim, trial_reading, trl_evidence
 *   try_licence  先用后付许可, of an achievement: free use, milestones, what makes it paid, how one leaves; entries try_mark
 *
 * Money is fen. Targets and readings are decimals as people write them, kept in millionths (measure_read).
 */
#ifndef TQ_RECORD_TRIAL_H
#define TQ_RECORD_TRIAL_H

#include "record/matter.h"

enum trial_field {
    TRIAL_SCENARIO = MATTER_OWN, TRIAL_FROM,
    TRIAL_ACHIEVEMENT, TRIAL_RIGHTS, /* whose the achievement is */
    TRIAL_PRODUCT, TRIAL_TRL, TRIAL_WANTS, TRIAL_NAME, TRIAL_PHONE,
    TRIAL_ANSWERER, TRIAL_ANSWER_PHONE, TRIAL_REFUSAL, TRIAL_REFUSAL_WHY,
    TRIAL_BEGINS, TRIAL_ENDS, TRIAL_SITE, TRIAL_OBJECTION,
    TRIAL_OUTCOME, TRIAL_AIMS, TRIAL_MET, /* as confirmed: how many indicators there were, and how many were met */
    TRIAL_PUBLIC, TRIAL_FIRST, TRIAL_RECORD_ASKED, TRIAL_SCORED, /* 政府采购, 首次投放市场, 采购文件以业绩为资格, 以业绩评分 */
    TRIAL_CONTRACT, TRIAL_AMOUNT, TRIAL_UNITS, TRIAL_BOUGHT_ON,
    TRIAL_END_WHY, TRIAL_FIELD_COUNT
};
enum aim_field { AIM_NAME = ENTRY_OWN, AIM_SENSE, AIM_TARGET, AIM_UNIT, AIM_HOW, AIM_FIELD_COUNT };
enum reading_field { READING_AIM = ENTRY_OWN /* number of the indicator */, READING_DAY, READING_VALUE, READING_FILE, READING_DIGEST, READING_NOTE, READING_FIELD_COUNT };

enum try_field {
    TRY_ACHIEVEMENT = MATTER_OWN, TRY_FROM, TRY_USE, TRY_NAME, TRY_PHONE,
    TRY_FREE_FROM, TRY_FREE_UNTIL, TRY_TRIGGER, TRY_PRICE, TRY_EXIT, TRY_LICENCE, TRY_OPEN, /* 该专利正实行开放许可 */
    TRY_CONTRACT, TRY_TRIGGERED_ON, TRY_TRIGGERED_WHY, TRY_PAID_ON, TRY_PAYMENT, TRY_DEAL,
    TRY_REFUSAL, TRY_REFUSAL_WHY, TRY_LEFT_WHY, TRY_FIELD_COUNT
};
enum try_mark_field { MARK_NAME = ENTRY_OWN, MARK_BY, MARK_REACHED_ON, MARK_PROOF, MARK_DIGEST, MARK_FIELD_COUNT };

extern const struct kind kind_trial, kind_trial_aim, kind_trial_reading, kind_try_licence, kind_try_mark;

/* "8,000", "-0.35", "41.5": millionths. false: no such decimal, or beyond twelve digits before or six behind the point. */
bool measure_read(struct slice typed, int64_t *millionths);

#endif
