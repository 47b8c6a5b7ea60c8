/*
 * Consultation (协商): a session with its topics, members, visits and running order; opinions as structured items; the share of an
 * assisting unit. Matters and their entries (record/matter.h). How they move: work/consult.h; for people: docs/consult.md.
 */
#ifndef TQ_RECORD_CONSULT_H
#define TQ_RECORD_CONSULT_H

#include "record/matter.h"

/* A session (协商座谈会). The owner is the organisation of the committee's office that opened it. */
enum consultation_field {
    CONSULT_NAME = MATTER_OWN, CONSULT_QUESTION, CONSULT_BACKGROUND, CONSULT_HOST, CONSULT_DAY, CONSULT_PLACE,
    CONSULT_UNTIL /* the last day for opinions */, CONSULT_CONTACT, CONSULT_PHONE, CONSULT_SEVEN /* begins with the seven topics (R114) */,
    CONSULT_ROSTER /* typed and turned into seats; never kept */, CONSULT_OPENED_ON, CONSULT_STARTED_ON, CONSULT_ENDED_ON, CONSULT_SUMMARY,
    CONSULT_END, CONSULT_FIELD_COUNT
};
enum topic_field { TOPIC_NAME = ENTRY_OWN, TOPIC_POINTS, TOPIC_LEAD, TOPIC_FIELD_COUNT };
enum seat_field { SEAT_PERSON = ENTRY_OWN, SEAT_TIER, SEAT_TOPIC /* its number; not known: all */, SEAT_LEFT_ON, SEAT_LEFT_WHY, SEAT_FIELD_COUNT };
enum visit_field {
    VISIT_DAY = ENTRY_OWN, VISIT_WHERE, VISIT_WHO, VISIT_OBSTACLE, VISIT_PILLAR, VISIT_FOUND, VISIT_BY /* a person; not known: the office */,
    VISIT_FILE, VISIT_DIGEST, VISIT_SIZE, VISIT_MEDIA, VISIT_FIELD_COUNT
};
enum agenda_field { AGENDA_WHAT = ENTRY_OWN, AGENDA_SPEAKER, AGENDA_TOPIC, AGENDA_MINUTES, AGENDA_FIELD_COUNT };
extern const struct kind kind_consultation, kind_consult_topic, kind_consult_seat, kind_consult_visit, kind_consult_agenda;

/*
 * An opinion (意见建议): one obstacle × one pillar × one party, with what it rests on and what is proposed. The owner is the session's.
 * One that was merged into another names it (LEAD) and goes its way, with an answer of its own.
 */
enum opinion_field {
    OPINION_SESSION = MATTER_OWN, OPINION_NO /* within the session */, OPINION_MEMBER, OPINION_FORM, OPINION_SIGNERS, OPINION_TOPIC, OPINION_SUBJECT,
    OPINION_OBSTACLE, OPINION_PILLAR, OPINION_CONCERNS, OPINION_EVIDENCE, OPINION_PROPOSAL, OPINION_VISIT /* its number */,
    OPINION_RETURN_WHY, OPINION_LEAD, OPINION_UNIT, OPINION_INSTRUCTION, OPINION_HANDED_ON, OPINION_OBJECT_BY, OPINION_REPLY_BY,
    OPINION_EXTEND_WHY, OPINION_EXTENDED_TO, OPINION_KEY /* 重点督办 */, OPINION_KEY_LEADER, OPINION_CONCLUSION, OPINION_PLANNED_BY, OPINION_REPLIED_ON,
    OPINION_END_WHY, OPINION_PUBLIC_TITLE, OPINION_PUBLIC_TEXT, OPINION_PUBLIC_REPLY, OPINION_CLEARED_BY, OPINION_CLEARED_BASIS, OPINION_CLEARED_ON,
    OPINION_FIELD_COUNT
};
enum cosign_field { COSIGN_PERSON = ENTRY_OWN, COSIGN_NOTE, COSIGN_LEFT_ON, COSIGN_FIELD_COUNT };
enum merging_field { MERGING_SORT = ENTRY_OWN, MERGING_WITH, MERGING_WHY, MERGING_FIELD_COUNT };
enum handing_field { HANDING_UNIT = ENTRY_OWN, HANDING_TEXT, HANDING_RULING, HANDING_RULING_WHY, HANDING_TO, HANDING_RULED_ON, HANDING_FIELD_COUNT };
/* RATING is for the member and the office; TOLD is what the member lets the unit know of it. */
enum reply_field {
    OPINION_REPLY_TEXT = ENTRY_OWN, OPINION_REPLY_CONCLUSION, OPINION_REPLY_REASONS, OPINION_REPLY_PLANNED_BY, OPINION_REPLY_INDICATOR,
    OPINION_REPLY_MEASURED /* by which indicator, its code */,
    OPINION_REPLY_SIGNER, OPINION_REPLY_PHONE, OPINION_REPLY_UNIT, OPINION_REPLY_RATING, OPINION_REPLY_RATING_WHY, OPINION_REPLY_SHARE,
    OPINION_REPLY_RATED_ON, OPINION_REPLY_TOLD, OPINION_REPLY_TOLD_WHY, OPINION_REPLY_FIELD_COUNT
};
enum urge_field { URGE_BY = ENTRY_OWN, URGE_TEXT, URGE_FIELD_COUNT };
extern const struct kind kind_opinion, kind_opinion_cosign, kind_opinion_merge, kind_opinion_object, kind_opinion_reply, kind_opinion_urge;

/* What a unit adds that assists the one that answers (协办). The owner is that unit. */
enum assist_field {
    ASSIST_OPINION = MATTER_OWN, ASSIST_LEAD, ASSIST_UNIT_ASKED, ASSIST_WHAT, ASSIST_TEXT, ASSIST_NAME, ASSIST_PHONE, ASSIST_WHY, ASSIST_FIELD_COUNT
};
extern const struct kind kind_opinion_assist;

/* What was said in the meeting, an item each (现场记录). The owner is the session's. What a leader says is the secretary's alone until checked (核校). */
enum remark_field {
    REMARK_SESSION = MATTER_OWN, REMARK_NO /* given when it is shown */, REMARK_SORT, REMARK_AGENDA /* its number */, REMARK_SPEAKER, REMARK_TEXT, REMARK_OPINION /* that it speaks to */,
    REMARK_CHECKED_BY, REMARK_SHOWN_ON, REMARK_SHOWN_MS, REMARK_DROP_WHY, REMARK_FIX_WHY, REMARK_FIXES /* since it was shown */, REMARK_FIELD_COUNT
};
extern const struct kind kind_remark;

#endif
