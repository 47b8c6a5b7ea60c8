/*
 * What moves things between departments (协同推进): tasks with who answers for them, joint meetings and task forces on which they hang,
 * action plans as trees with their targets, and reforms on trial. Matters and their entries (record/matter.h). How they move: work/steer.h;
 * for people: docs/steer.md. Money is fen.
 */
#ifndef TQ_RECORD_STEER_H
#define TQ_RECORD_STEER_H

#include "record/matter.h"

#define STEER_MONEY_MOST INT64_C(10000000000000) /* fen: 100 billion yuan */

/* A task (协同任务). The owner has assigned it. */
enum task_field {
    TASK_KIND = MATTER_OWN,  /* name of the kind of what it comes from */
    TASK_ABOUT,              /* its id */
    TASK_ASSIGNER, TASK_WHAT, TASK_DELIVER, TASK_UNIT, TASK_BY, TASK_LEVEL, TASK_LEADER, TASK_MONEY, TASK_POLICY, TASK_PROGRAM, TASK_INDICATOR,
    TASK_GOAL, TASK_SPENT /* sum of the reports' */, TASK_PERCENT /* of the newest report */, TASK_LATE_ON /* the day on which it was told that its own day had passed */, TASK_HANDLER, TASK_PHONE, TASK_PLAN, TASK_DROP, TASK_FIELD_COUNT
};
enum task_progress_field { PROGRESS_PERCENT = ENTRY_OWN, PROGRESS_DONE, PROGRESS_STUCK, PROGRESS_SPENT, PROGRESS_FIELD_COUNT };
enum task_urge_field { URGING_WHO = ENTRY_OWN, URGING_WHY, URGING_BY, URGING_ANSWER, URGING_ANSWERED_ON, URGING_FIELD_COUNT };
enum task_extension_field {
    EXTENSION_FROM = ENTRY_OWN /* the day that stood */, EXTENSION_UNTIL, EXTENSION_WHY, EXTENSION_VERDICT, EXTENSION_WORDS, EXTENSION_RULED_ON,
    EXTENSION_FIELD_COUNT
};
enum task_objection_field {
    REFUSED_UNIT = ENTRY_OWN, REFUSED_WHY, REFUSED_SUGGEST, REFUSED_VERDICT, REFUSED_WORDS, REFUSED_RULED_ON, REFUSED_FROM /* the day that stood */, REFUSED_BY,
    REFUSED_FIELD_COUNT
};
enum task_transfer_field {
    TRANSFER_FROM = ENTRY_OWN, TRANSFER_UNIT, TRANSFER_WHY, TRANSFER_FROM_DAY /* the day that stood */, TRANSFER_BY, TRANSFER_FIELD_COUNT
};
enum task_report_field {
    REPORT_DONE = ENTRY_OWN, REPORT_EVIDENCE, REPORT_DIGEST, REPORT_REACHED, REPORT_VERDICT, REPORT_WORDS, REPORT_JUDGED_ON, REPORT_FIELD_COUNT
};
extern const struct kind kind_task, kind_task_progress, kind_task_urge, kind_task_extension, kind_task_objection, kind_task_transfer, kind_task_report;

/* What another unit is asked to do for a task (协办). The owner is that unit. */
enum task_part_field {
    PART_OF_TASK = MATTER_OWN, PART_OF_UNIT /* that leads the task */, PART_OF_ASSIGNER, PART_OF_PARTY, PART_OF_ASK, PART_OF_BY, PART_OF_HANDLER, PART_OF_PHONE, PART_OF_REFUSAL,
    PART_OF_RESULT, PART_OF_FIELD_COUNT
};
extern const struct kind kind_task_part;

/* A plan, and the actions of which it is made (行动). The owner keeps it. */
enum action_field {
    ACTION_PARENT = MATTER_OWN, ACTION_SORT, ACTION_KEEPER, ACTION_NAME, ACTION_AIM, ACTION_YEAR, ACTION_UNTIL, ACTION_UNIT, ACTION_SOURCE, ACTION_ARTICLE,
    ACTION_OUTCOME, ACTION_FIELD_COUNT
};
enum action_change_field { RETIMED_FROM_UNIT = ENTRY_OWN, RETIMED_UNIT, RETIMED_FROM, RETIMED_UNTIL, RETIMED_WHY, RETIMED_FIELD_COUNT };
extern const struct kind kind_action, kind_action_change;

/* What an action is to reach (目标). What was reached is computed, never typed. The owner set it. */
enum target_field {
    TARGET_ACTION = MATTER_OWN, TARGET_KEEPER, TARGET_INDICATOR, TARGET_NAME, TARGET_YEAR, TARGET_NUMBER, TARGET_MEASURE, TARGET_MONEY, TARGET_SHARE,
    TARGET_SENSE, TARGET_UNIT, TARGET_SOURCE, TARGET_ARTICLE, TARGET_NOTE, TARGET_DROP, TARGET_FIELD_COUNT
};
enum target_change_field { RESET_FROM = ENTRY_OWN /* as it read before */, RESET_TO, RESET_NUMBER, RESET_MONEY, RESET_SHARE, RESET_WHY, RESET_SOURCE, RESET_FIELD_COUNT };
extern const struct kind kind_target, kind_target_change;

/* A joint meeting or a task force (联席会议、专班). The owner leads it. */
enum mechanism_field {
    MECHANISM_SORT = MATTER_OWN, MECHANISM_LEAD, MECHANISM_NAME, MECHANISM_PURPOSE, MECHANISM_CONVENER, MECHANISM_BASIS, MECHANISM_CONTACT, MECHANISM_PHONE,
    MECHANISM_END, MECHANISM_FIELD_COUNT
};
enum mech_member_field { CHAIR_PARTY = ENTRY_OWN, CHAIR_NAME, CHAIR_POST, CHAIR_PHONE, CHAIR_LEFT_ON, CHAIR_LEFT_WHY, CHAIR_FIELD_COUNT };
enum mech_meeting_field { SITTING_DAY = ENTRY_OWN, SITTING_PLACE, SITTING_WHO, SITTING_DECIDED, SITTING_FIELD_COUNT };
enum mech_round_field { ROUND_OPEN = ENTRY_OWN, ROUND_DONE, ROUND_LATE, ROUND_MOVED, ROUND_STUCK, ROUND_NEXT, ROUND_FIELD_COUNT };
extern const struct kind kind_mechanism, kind_mech_member, kind_mech_meeting, kind_mech_round;

/* A reform on trial (改革事项): which rule it relaxes, where, until when, what came of it. The owner answers for the list. */
enum reform_field {
    REFORM_KEEPER = MATTER_OWN, REFORM_NAME, REFORM_MEASURE, REFORM_UNIT, REFORM_RULE, REFORM_RELAXES, REFORM_BASIS, REFORM_FROM, REFORM_UNTIL,
    REFORM_REASON, REFORM_FIELD_COUNT
};
enum reform_report_field { TRIED_WHAT = ENTRY_OWN, TRIED_FIGURES, TRIED_RISKS, TRIED_FIELD_COUNT };
enum reform_verdict_field { PROLONG_FROM = ENTRY_OWN /* the day that stood */, PROLONG_UNTIL, PROLONG_WHY, PROLONG_FIELD_COUNT };
extern const struct kind kind_reform, kind_reform_report, kind_reform_verdict;

#endif
