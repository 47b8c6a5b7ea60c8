/*
 * A matter (事项): something that several sides do with each other step by step: an application, a loan, a booking, an order. Each
 * sort of matter is a kind of its own, with a table of its own, of which the first fields are those of enum matter_field: the
 * program's to set, never typed. What is put into a matter's file is an entry (卷内条目), a kind whose first fields are those of
 * enum entry_field. How a matter moves is work/matter.h.
 */
#ifndef TQ_RECORD_MATTER_H
#define TQ_RECORD_MATTER_H

#include "record/kind.h"

enum matter_field {
    MATTER_TITLE,
    MATTER_STATE,  /* code of a state of its sort */
    MATTER_SINCE,  /* the day on which it came into that state */
    MATTER_DUE,    /* by which day the state is to end; not known: no limit */
    MATTER_TOLD,   /* the day on which those concerned were told that it is late */
    MATTER_STEPS,  /* how many steps were taken: each makes a new version, whatever else it changes */
    MATTER_OWN     /* the sort's own fields from here on */
};

enum entry_field {
    ENTRY_MATTER,  /* id of the matter */
    ENTRY_NO,      /* within the kind, from 1 */
    ENTRY_ON,      /* the day on which it was put in */
    ENTRY_OWN
};

#define OF_MATTER                                                                                                             \
    [MATTER_TITLE] = {"title", "事项", "Matter", FIELD_LINE, .required = true, .max = 200, .level = LEVEL_SIGNED_IN},             \
    [MATTER_STATE] = {"state", "状态", "State", FIELD_LINE, .required = true, .max = 32, .level = LEVEL_SIGNED_IN},               \
    [MATTER_SINCE] = {"since", "进入该状态", "Since", FIELD_DATE, .required = true, .level = LEVEL_SIGNED_IN},                    \
    [MATTER_DUE] = {"due", "应办结", "Due", FIELD_DATE, .level = LEVEL_SIGNED_IN},                                               \
    [MATTER_TOLD] = {"told", "催办日", "Told", FIELD_DATE, .level = LEVEL_SIGNED_IN},                                            \
    [MATTER_STEPS] = {"steps", "步数", "Steps", FIELD_NUMBER, .min = 1, .max = 1000000, .level = LEVEL_SIGNED_IN}

#define OF_ENTRY                                                                                                              \
    [ENTRY_MATTER] = {"matter", "事项", "Matter", FIELD_ID, .required = true, .level = LEVEL_SIGNED_IN},                         \
    [ENTRY_NO] = {"no", "序号", "Number", FIELD_NUMBER, .required = true, .min = 1, .max = 1000000, .level = LEVEL_SIGNED_IN},    \
    [ENTRY_ON] = {"entered_on", "录入日", "Entered on", FIELD_DATE, .required = true, .level = LEVEL_SIGNED_IN}

/*
 * The kind of a matter and of an entry. Neither has a natural key of its own: its key is its id (record_key). A sort of which there
 * may be only one (one application a policy, a firm and a year) names the fields of its key in the kind's `natural`.
 */
#define MATTER_KIND(kind_id, kind_name, kind_plural, zh, en, table, fields_count)                                             \
    const struct kind kind_##table = {                                                                                        \
        .id = kind_id, .name = kind_name, .plural = kind_plural, .label = zh, .label_en = en, .fields = table##_fields,          \
        .count = fields_count, .title = MATTER_TITLE, .summary = MATTER_STATE, .owned = true}

#define ENTRY_KIND(kind_id, kind_name, kind_plural, zh, en, table, fields_count)                                              \
    const struct kind kind_##table = {                                                                                        \
        .id = kind_id, .name = kind_name, .plural = kind_plural, .label = zh, .label_en = en, .fields = table##_fields,          \
        .count = fields_count, .title = ENTRY_NO, .summary = ENTRY_NO, .owned = true}

/* What the rulebook said at a step of a matter (规则裁定): the program's to write. */
enum finding_field { FINDING_STEP = ENTRY_OWN, FINDING_RULES, FINDING_FIELD_COUNT };
extern const struct kind kind_finding;

/* A request to get in touch (对接请求), from a party to whoever has a record: answered, met, and what came of it. */
enum contact_field {
    CONTACT_FROM = MATTER_OWN, /* the party that asks; the owner is the party that is asked */
    CONTACT_KIND,              /* name of the kind of what it is about: achievement, need, scenario, service, person */
    CONTACT_ABOUT,             /* its id */
    CONTACT_WANTS, CONTACT_NAME, CONTACT_PHONE,
    CONTACT_ANSWERER, CONTACT_ANSWER_PHONE, CONTACT_ANSWER, /* who answers, with a telephone number */
    CONTACT_REFUSAL, CONTACT_REFUSAL_WHY,
    CONTACT_OUTCOME, CONTACT_OUTCOME_WHY, CONTACT_FIELD_COUNT
};
enum talk_field { TALK_MET_ON = ENTRY_OWN, TALK_WHERE, TALK_WHO, TALK_WHAT, TALK_FIELD_COUNT };
extern const struct kind kind_contact, kind_talk;

#endif
