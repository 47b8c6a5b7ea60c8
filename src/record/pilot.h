/*
 * Pilot platforms and innovation spaces (中试平台与科创空间), as kinds of matters and entries (record/matter.h):
 *
 *   capability     中试能力 or 大型仪器, of a service: what it can verify, at which price, what it holds; entries tariff, permit, booking
 *   pilot_job      中试作业: one record from the request to the payment; entries booking, custody, trial_run, trl_evidence, bill
 *   voucher        创新券: an amount for purposes within days; every fen of it moves by an entry voucher_use
 *   settlement     创新券结算: what a platform is to get for the vouchers spent with it in half a year
 *   industrial     产业化: land, plant and permits after the pilot; entries clearance
 *   tenancy        入驻: a firm in an innovation space; entries space_service
 *
 * Money is fen. Hours are those of the clock at +08:00: "8" to "18" of a day; BOOKING_FIRST and BOOKING_LAST are whole hours since
 * 1970-01-01 00:00 +08:00, the first included and the last not.
 */
#ifndef TQ_RECORD_PILOT_H
#define TQ_RECORD_PILOT_H

#include "record/matter.h"

enum capability_field {
    CAPABILITY_SERVICE = MATTER_OWN, /* id of the service, of sort pilot */
    CAPABILITY_NAME, CAPABILITY_SORT, CAPABILITY_TRIALS, CAPABILITY_INDUSTRY, CAPABILITY_EQUIPMENT,
    CAPABILITY_STATIONS, CAPABILITY_OPENS, CAPABILITY_CLOSES, CAPABILITY_WEEKENDS,
    CAPABILITY_CONFIDENCE, CAPABILITY_TRL_FROM, CAPABILITY_TRL_TO,
    CAPABILITY_HAZARDS, CAPABILITY_IN_PARK, CAPABILITY_SHARING, CAPABILITY_QUOTE_DAYS,
    CAPABILITY_CONTACT, CAPABILITY_PHONE, CAPABILITY_PAUSED, CAPABILITY_FIELD_COUNT
};
enum tariff_field { TARIFF_ITEM = ENTRY_OWN, TARIFF_UNIT, TARIFF_PRICE, TARIFF_NOTE, TARIFF_ENDED, TARIFF_FIELD_COUNT };
enum permit_field {
    PERMIT_SORT = ENTRY_OWN, PERMIT_NUMBER, PERMIT_ISSUER, PERMIT_COVERS, PERMIT_FROM, PERMIT_UNTIL, PERMIT_DIGEST, PERMIT_FIELD_COUNT
};
/* Of a job, or of a capability itself: maintenance. */
enum booking_field {
    BOOKING_CAPABILITY = ENTRY_OWN, BOOKING_ON, BOOKING_FROM, BOOKING_UNTIL_ON, BOOKING_UNTIL, BOOKING_STATIONS, BOOKING_WHAT,
    BOOKING_FIRST, BOOKING_LAST, BOOKING_FREED, BOOKING_FREED_WHY, BOOKING_FIELD_COUNT
};

enum job_field {
    JOB_CAPABILITY = MATTER_OWN, JOB_FROM,
    JOB_ACHIEVEMENT, JOB_RIGHTS, /* whose the achievement is */
    JOB_NEED, JOB_WANTS, JOB_TRIALS, JOB_TRL_NOW, JOB_TRL_GOAL,
    JOB_HAZARDS, JOB_REACTION, JOB_REACTION_REPORT, JOB_CONFIDENCE, JOB_WANTED_BY, JOB_NAME, JOB_PHONE, JOB_LACKS,
    JOB_PRICE, JOB_DAYS, JOB_TERMS, JOB_QUOTE_UNTIL, JOB_ASKED_ON, JOB_QUOTED_ON,
    JOB_CONTRACT, JOB_AMOUNT, JOB_VOUCHER_NO, JOB_VOUCHER, JOB_VOUCHER_PART, JOB_OBJECTION, JOB_SCORE, JOB_REVIEW,
    JOB_END, JOB_END_WHY, JOB_OFFERED, JOB_FIELD_COUNT
};
enum custody_field {
    CUSTODY_SAMPLE = ENTRY_OWN, CUSTODY_WHAT, CUSTODY_DAY, CUSTODY_SEAL, CUSTODY_PLACE, CUSTODY_BY, CUSTODY_FIELD_COUNT
};
enum run_field {
    RUN_DAY = ENTRY_OWN, RUN_BATCH, RUN_CONDITIONS, RUN_READING, RUN_OUTCOME, RUN_FILE, RUN_DIGEST, RUN_BY,
    RUN_SIZE, RUN_MEDIA, /* of the file, where it is kept here (work/attachment.h) */
    RUN_FIELD_COUNT
};
enum evidence_field {
    EVIDENCE_ACHIEVEMENT = ENTRY_OWN, EVIDENCE_OUTCOME, EVIDENCE_SUMMARY, EVIDENCE_BEFORE, EVIDENCE_PROVED, EVIDENCE_DIGEST,
    EVIDENCE_CONFIRMED_ON, EVIDENCE_WRITTEN, EVIDENCE_WRITTEN_ON,
    EVIDENCE_FILE, EVIDENCE_SIZE, EVIDENCE_MEDIA, /* of the report, where it is kept here */
    EVIDENCE_FIELD_COUNT
};
enum bill_field { BILL_INVOICE = ENTRY_OWN, BILL_DAY, BILL_AMOUNT, BILL_VOUCHER, BILL_PAID_ON, BILL_PAYMENT, BILL_FIELD_COUNT };

enum voucher_field {
    VOUCHER_ISSUER = MATTER_OWN, VOUCHER_NUMBER, VOUCHER_HOLDER, VOUCHER_AMOUNT, VOUCHER_PURPOSES, VOUCHER_FROM, VOUCHER_UNTIL, VOUCHER_SHARE,
    VOUCHER_BASIS, VOUCHER_END_WHY, VOUCHER_FIELD_COUNT
};
/* balance = amount - reserved + released - expired; what is spent was reserved before */
enum voucher_use_field {
    USE_SORT = ENTRY_OWN, USE_AMOUNT, USE_JOB, USE_PLATFORM, USE_PURPOSE, USE_SERVED_ON, USE_NOTE, USE_ORDER, USE_FIELD_COUNT
};
enum settlement_field {
    SETTLEMENT_ISSUER = MATTER_OWN, SETTLEMENT_PLATFORM, SETTLEMENT_YEAR, SETTLEMENT_HALF, SETTLEMENT_COUNT, SETTLEMENT_AMOUNT, SETTLEMENT_NOTE,
    SETTLEMENT_PAID_ON, SETTLEMENT_PAYMENT, SETTLEMENT_FIELD_COUNT
};

enum industrial_field {
    INDUSTRIAL_JOB = MATTER_OWN, INDUSTRIAL_NAME, INDUSTRIAL_REGION, INDUSTRIAL_SITE, INDUSTRIAL_OUTPUT, INDUSTRIAL_BY,
    INDUSTRIAL_END_WHY, INDUSTRIAL_FIELD_COUNT
};
enum clearance_field {
    CLEARANCE_ITEM = ENTRY_OWN, CLEARANCE_OFFICE, CLEARANCE_LAW, CLEARANCE_SOURCE, CLEARANCE_STATE, CLEARANCE_NUMBER, CLEARANCE_DAY,
    CLEARANCE_NOTE, CLEARANCE_FIELD_COUNT
};

enum tenancy_field {
    TENANCY_SPACE = MATTER_OWN, TENANCY_TENANT, TENANCY_FROM, TENANCY_UNTIL, TENANCY_AREA, TENANCY_DESKS, TENANCY_STAFF,
    TENANCY_GONE_ON, TENANCY_GRADUATION, TENANCY_STAFF_THEN, TENANCY_GONE_WHY, TENANCY_CONTEST, TENANCY_FIELD_COUNT
};
enum space_service_field { GIVEN_DAY = ENTRY_OWN, GIVEN_SORT, GIVEN_WHAT, GIVEN_HOURS, GIVEN_BY, GIVEN_FIELD_COUNT };

extern const struct kind kind_capability, kind_tariff, kind_permit, kind_booking;
extern const struct kind kind_pilot_job, kind_custody, kind_trial_run, kind_trl_evidence, kind_bill;
extern const struct kind kind_voucher, kind_voucher_use, kind_settlement;
extern const struct kind kind_industrial, kind_clearance, kind_tenancy, kind_space_service;

#endif
