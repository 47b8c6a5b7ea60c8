/*
 * What is put out to many (揭榜挂帅), fairs (对接会、路演), alliances (产业技术创新联盟), organised research and the assessment before a patent
 * is filed: matters and their entries (record/matter.h). How they move: work/board.h; for people: docs/board.md. Money is fen.
 */
#ifndef TQ_RECORD_BOARD_H
#define TQ_RECORD_BOARD_H

#include "record/matter.h"

#define BOARD_MONEY_MOST INT64_C(10000000000000) /* fen: 100 billion yuan; times ten thousand it fits an int64 */

/* A problem with money behind it (榜单). The owner is whose problem it is. */
enum challenge_field {
    CHALLENGE_NEED = MATTER_OWN, CHALLENGE_TEST /* the expert's test of that need, if there was one */, CHALLENGE_SUBJECT, CHALLENGE_PROBLEM,
    CHALLENGE_FIGURES, CHALLENGE_AMOUNT, CHALLENGE_SHARE /* paid by the owner of the problem */, CHALLENGE_UNTIL /* the last day for bids */,
    CHALLENGE_FINISH, CHALLENGE_WHO, CHALLENGE_CONDITIONS, CHALLENGE_CRITERIA, CHALLENGE_NAME, CHALLENGE_PHONE, CHALLENGE_RETURN,
    CHALLENGE_PUBLISHED_ON, CHALLENGE_OPENED_ON, CHALLENGE_BIDS, CHALLENGE_BID, CHALLENGE_WINNER, CHALLENGE_PRICE, CHALLENGE_REASONS,
    CHALLENGE_NOTICE_FROM, CHALLENGE_DEAL, CHALLENGE_CONTRACT, CHALLENGE_TOTAL, CHALLENGE_SIGNED_ON, CHALLENGE_RELEASED /* so far */,
    CHALLENGE_DELIVERY, CHALLENGE_REJECT, CHALLENGE_ACCEPTED_ON, CHALLENGE_SCORE, CHALLENGE_REVIEW, CHALLENGE_END, CHALLENGE_FIELD_COUNT
};
enum milestone_field {
    MILESTONE_WHAT = ENTRY_OWN, MILESTONE_BY, MILESTONE_FIGURES, MILESTONE_SHARE, MILESTONE_EVIDENCE, MILESTONE_DIGEST, MILESTONE_OPINION,
    MILESTONE_OUTCOME, MILESTONE_JUDGED_ON, MILESTONE_RELEASED, MILESTONE_OF_OWNER, MILESTONE_OF_PUBLIC, MILESTONE_PAYMENT, MILESTONE_FIELD_COUNT
};
enum protest_field { PROTEST_BY = ENTRY_OWN, PROTEST_TEXT, PROTEST_VERDICT, PROTEST_RULING, PROTEST_RULED_ON,
    PROTEST_SETTLED_ON /* upheld, and selected again */, PROTEST_FIELD_COUNT };

/* A bid (揭榜书). The owner is the bidder; sealed until the bids of its challenge are opened. */
enum bid_field {
    BID_CHALLENGE = MATTER_OWN, BID_TO /* whose problem it is */, BID_APPROACH, BID_FIGURES, BID_PRICE, BID_MONTHS, BID_TEAM, BID_TRL, BID_EVIDENCE,
    BID_NAME, BID_PHONE, BID_SCORE, BID_REASON, BID_OBJECTION, BID_FIELD_COUNT
};
extern const struct kind kind_challenge, kind_milestone, kind_protest, kind_bid;

/* A fair or roadshow. The owner organises it. */
enum fair_field {
    FAIR_SORT = MATTER_OWN, FAIR_NAME, FAIR_DAY, FAIR_PLACE, FAIR_THEME, FAIR_ABOUT, FAIR_WITH, FAIR_CONTACT, FAIR_PHONE, FAIR_SUMMARY, FAIR_END,
    FAIR_FIELD_COUNT
};
enum fair_item_field { FAIR_ITEM_AT = ENTRY_OWN, FAIR_ITEM_WHAT, FAIR_ITEM_WHO, FAIR_ITEM_FIELD_COUNT };
/* A party that comes. The owner is that party. */
enum guest_field { GUEST_FAIR = MATTER_OWN, GUEST_ORGANISER, GUEST_NAME, GUEST_PHONE, GUEST_BRINGS, GUEST_FIELD_COUNT };
/* Who met whom. The owner is one of the two. */
enum meeting_field {
    MEETING_FAIR = MATTER_OWN, MEETING_ORGANISER, MEETING_ONE, MEETING_OTHER, MEETING_DAY, MEETING_ABOUT, MEETING_BY, MEETING_ONE_ON, MEETING_OTHER_ON,
    MEETING_DENIED, MEETING_FIELD_COUNT
};
/* What one of the two says came of it. */
enum meeting_answer_field {
    REPLY_BY = ENTRY_OWN, REPLY_AFTER /* days */, REPLY_STAND, REPLY_CONTRACT, REPLY_SIGNED, REPLY_RECEIVED, REPLY_NOTE, REPLY_FIELD_COUNT
};
extern const struct kind kind_fair, kind_fair_item, kind_fair_guest, kind_meeting, kind_meeting_answer;

/* An alliance. The owner leads it; its members are memberships that were confirmed. */
enum alliance_field {
    ALLIANCE_NAME = MATTER_OWN, ALLIANCE_PURPOSE, ALLIANCE_TERMS /* the seven of 转化法 §26 */, ALLIANCE_AGREEMENT, ALLIANCE_DIGEST, ALLIANCE_FROM,
    ALLIANCE_UNTIL, ALLIANCE_FOUNDED_ON, ALLIANCE_END, ALLIANCE_FIELD_COUNT
};
enum membership_field {
    MEMBERSHIP_ALLIANCE = MATTER_OWN, MEMBERSHIP_LEAD, MEMBERSHIP_PARTY, MEMBERSHIP_TASK, MEMBERSHIP_NAME, MEMBERSHIP_PHONE, MEMBERSHIP_WHY,
    MEMBERSHIP_FIELD_COUNT
};
enum joint_project_field { JOINT_TITLE = ENTRY_OWN, JOINT_TASKS, JOINT_LEAD, JOINT_BUDGET, JOINT_FROM, JOINT_UNTIL, JOINT_FIELD_COUNT };
enum shared_right_field { SHARED_WHAT = ENTRY_OWN, SHARED_HOLDERS, SHARED_TERMS, SHARED_FIELD_COUNT };
enum alliance_money_field {
    FUNDS_SORT = ENTRY_OWN, FUNDS_PARTY, FUNDS_AMOUNT, FUNDS_PURPOSE, FUNDS_DAY, FUNDS_NUMBER, FUNDS_BALANCE /* after it */, FUNDS_FIELD_COUNT
};
enum joint_result_field { RESULT_TITLE = ENTRY_OWN, RESULT_PROJECT, RESULT_WHAT, RESULT_HOLDERS, RESULT_BENEFIT, RESULT_FIELD_COUNT };
extern const struct kind kind_alliance, kind_membership, kind_joint_project, kind_shared_right, kind_alliance_money, kind_joint_result;

/* A programme of research; the owner pays. A project within it; the owner carries it out. */
enum programme_field {
    PROGRAMME_NAME = MATTER_OWN, PROGRAMME_NUMBER, PROGRAMME_ABOUT, PROGRAMME_BUDGET, PROGRAMME_FROM, PROGRAMME_UNTIL, PROGRAMME_END, PROGRAMME_FIELD_COUNT
};
enum project_field {
    PROJECT_PROGRAMME = MATTER_OWN, PROJECT_FUNDER, PROJECT_NAME, PROJECT_NUMBER, PROJECT_PUBLIC, PROJECT_OTHER, PROJECT_LEADER, PROJECT_UNITS, PROJECT_FROM,
    PROJECT_UNTIL, PROJECT_EXPECTED, PROJECT_DUTY, PROJECT_LICENCE, PROJECT_IMPLEMENT_BY /* 合同约定的转化期限 */, PROJECT_ACCEPTED_ON,
    PROJECT_IMPLEMENTED, PROJECT_PROTECTED, PROJECT_IDLE, PROJECT_REPORT_BY, PROJECT_END,
    PROJECT_CONFIRMED /* by the programme's owner; not known: it counts nowhere */, PROJECT_RETURN_WHY, PROJECT_FIELD_COUNT
};
enum project_result_field { LINEAGE_NAMED = ENTRY_OWN /* as typed */, LINEAGE_ACHIEVEMENT, LINEAGE_ROLE, LINEAGE_FIELD_COUNT };
enum duty_report_field { DUTY_YEAR = ENTRY_OWN, DUTY_IMPLEMENTED, DUTY_PROTECTED, DUTY_IDLE, DUTY_TEXT, DUTY_FIELD_COUNT };
extern const struct kind kind_programme, kind_project, kind_project_result, kind_duty_report;

/* The assessment before a patent is filed (申请前评估). The owner is the unit; nobody else sees what is in it. */
enum prefiling_field {
    PREFILING_INVENTOR = MATTER_OWN, PREFILING_SUBJECT, PREFILING_POINTS, PREFILING_SHOWN, PREFILING_NOVELTY, PREFILING_SEARCHER, PREFILING_SEARCHED_ON,
    PREFILING_MARKET, PREFILING_COST, PREFILING_DECISION, PREFILING_WHY, PREFILING_TERMS, PREFILING_NAMED, PREFILING_ACHIEVEMENT, PREFILING_NUMBER,
    PREFILING_FILED_ON, PREFILING_FIELD_COUNT
};
extern const struct kind kind_prefiling;

#endif
