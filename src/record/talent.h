/*
 * Talent and the care of needs: technology managers (技术经理人), their cases, introductions and rewards; who answers a need, who tests it,
 * who proposes to solve it. All but work_proof are matters (work/matter.h) or entries in a matter's file; docs/talent.md.
 */
#ifndef TQ_RECORD_TALENT_H
#define TQ_RECORD_TALENT_H

#include "record/matter.h"

/* A need's named manager (派单): taken by himself or assigned; the owner is the firm whose need it is. */
enum care_field {
    CARE_NEED = MATTER_OWN, CARE_MANAGER, CARE_PHONE,
    CARE_PUBLISHED,   /* the day the need was published: from it three working days run */
    CARE_TAKEN, CARE_ANSWERED, CARE_ANSWER, CARE_NEXT,
    CARE_CONFIRMED,   /* does the firm say that it was answered? */
    CARE_DENIAL, CARE_LEFT_WHY, CARE_OUTCOME, CARE_OUTCOME_WHY, CARE_FIELD_COUNT
};

/* One credential of a technology manager: a training, a certificate, an appointment or a title (职称). The owner is his organisation. */
enum career_field {
    CAREER_PERSON = MATTER_OWN, CAREER_SORT,
    CAREER_BODY,      /* who trained, issued, appointed, where it is here: it confirms */
    CAREER_BODY_NAME, /* else its name: an officer confirms by the document */
    CAREER_NAME, CAREER_LEVEL, CAREER_HOURS, CAREER_NUMBER, CAREER_DAY, CAREER_UNTIL, CAREER_CONFIRMED, CAREER_WHY, CAREER_FIELD_COUNT
};

/* A case (案件) under an intermediary contract, 民法典 §§961–966. The owner is the broker. */
enum case_field {
    CASE_CLIENT = MATTER_OWN, CASE_MANAGER, CASE_PHONE, CASE_STANDS, /* for which side the client stands */
    CASE_NEED, CASE_ACHIEVEMENT,
    CASE_NUMBER, CASE_SCOPE, CASE_BASIS, CASE_RATE, CASE_AMOUNT, CASE_PAYER, CASE_DUE_WHEN, CASE_PAY_DAYS, CASE_EXPENSES,
    CASE_MONTHS,      /* of the bypass clause: how long an introduction counts; §965 */
    CASE_SIGNED, CASE_REFUSAL, CASE_REFUSAL_WHY,
    CASE_OTHER, CASE_DEAL, CASE_OUTSIDE, CASE_DEAL_ON, CASE_DEAL_AMOUNT, /* what was brought about */
    CASE_COMMISSION,  /* fen due by the contract; of one by receipts so far */
    CASE_PAID,        /* fen that the broker has confirmed */
    CASE_CONTEST, CASE_CONTEST_WHY, /* what the client says against it */
    CASE_SHOWS,       /* what the broker says shows it all the same */
    CASE_BYPASS, CASE_BYPASS_ANSWER, CASE_ENDED_WHY, CASE_FIELD_COUNT
};
/* What a manager declares of his interests before he asks to be engaged (利益关系). */
enum interest_field { INTEREST_SORT = ENTRY_OWN, INTEREST_PARTY, INTEREST_WHO, INTEREST_SHARE, INTEREST_WHAT, INTEREST_FIELD_COUNT };
/* A payment of commission (佣金), confirmed by the broker. */
enum commission_field { COMMISSION_ON = ENTRY_OWN, COMMISSION_AMOUNT, COMMISSION_VOUCHER, COMMISSION_GOT, COMMISSION_FIELD_COUNT };

/* An introduction (引荐) within a case, which both sides confirm or deny. The owner is the broker. */
enum introduction_field {
    INTRODUCTION_CASE = MATTER_OWN, INTRODUCTION_MANAGER,
    INTRODUCTION_FIRST,  /* the client */
    INTRODUCTION_SECOND, /* whom he was introduced to */
    INTRODUCTION_ON, INTRODUCTION_HOW, INTRODUCTION_WHAT,
    INTRODUCTION_INTERESTS, /* as they were declared in the case on that day */
    INTRODUCTION_FLAG,      /* what was not declared and yet is known here */
    INTRODUCTION_FIRST_ON, INTRODUCTION_SECOND_ON, /* confirmed */
    INTRODUCTION_DENIAL, INTRODUCTION_FIELD_COUNT
};

/* A claim for the city's reward (财政奖励, R94): apart from any commission. The owner is the broker. */
enum reward_field {
    REWARD_PERSON = MATTER_OWN, REWARD_CASE, REWARD_DEAL, REWARD_YEAR, REWARD_SHARE, REWARD_PARTNER,
    REWARD_CONTRACT, REWARD_BASIS, REWARD_BEFORE, REWARD_FULL, REWARD_AMOUNT, REWARD_RULE, REWARD_NOTICE_TO,
    REWARD_PUBLIC_ON, REWARD_WHY, REWARD_PAID_ON, REWARD_VOUCHER, REWARD_FIELD_COUNT
};
/* A receipt of the deal as far as a claim counts it. */
enum counted_field {
    COUNTED_DEAL = ENTRY_OWN, COUNTED_RECEIPT, COUNTED_RECEIPT_NO, COUNTED_CAME_ON, COUNTED_AMOUNT, COUNTED_TECHNICAL, COUNTED_SHARE,
    COUNTED_FEN, COUNTED_FIELD_COUNT
};

/*
 * A certificate of work (业绩证明): what stood in the ledger of a manager's work in a period when it was drawn. Never changed; found by
 * its code. No matter.
 */
enum proof_field {
    PROOF_CODE, PROOF_PERSON, PROOF_NAME, PROOF_ORGANISATION, PROOF_FROM, PROOF_UNTIL,
    PROOF_CONTENT,    /* what it certifies: "NAME VALUE", a line each */
    PROOF_DIGEST,     /* SHA-256 of the content */
    PROOF_FIELD_COUNT
};

extern const struct kind kind_need_care, kind_career, kind_case_work, kind_interest, kind_commission, kind_introduction,
    kind_reward_claim, kind_counted_receipt, kind_work_proof;

#endif
