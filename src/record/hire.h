/*
 * Services for hire (服务) at work, as kinds of matters and entries (record/matter.h):
 *
 *   service_order  服务订单, of a service of sort professional or broker: from the order to the rating; entries handover, order_payment
 *   guide          办事指南: whose service, who may ask, what to bring, how long by law and by promise, what it costs; open for everybody
 *
 * Money is fen. The days of an order's record are the program's: a handover counts on the day on which it was put in.
 */
#ifndef TQ_RECORD_HIRE_H
#define TQ_RECORD_HIRE_H

#include "record/matter.h"

enum order_field {
    ORDER_SERVICE = MATTER_OWN, ORDER_FROM, ORDER_WANTS, ORDER_WANTED_BY,
    ORDER_OFFER, /* the price as published, by which it is ordered; not known: a quote is asked for */
    ORDER_NAME, ORDER_PHONE,
    ORDER_PRICE, ORDER_DAYS, ORDER_TERMS, ORDER_QUOTE_UNTIL,
    ORDER_CONTRACT, ORDER_AMOUNT,
    ORDER_AGREED,    /* 约定交付日 */
    ORDER_DELIVERED, /* the day of the handover that was accepted */
    ORDER_LATE,      /* days behind the agreed one; 0: in time */
    ORDER_SENT_BACK, /* how often */
    ORDER_AT_FIRST,  /* 首次验收通过 */
    ORDER_PAID,      /* sum of the payments */
    ORDER_GRADE, ORDER_GRADE_WHY, ORDER_ANSWER, ORDER_CORRECTION, ORDER_CORRECTED_ON, /* 好差评 */
    ORDER_REFUSAL, ORDER_REFUSAL_WHY, ORDER_END_WHY,
    ORDER_VOUCHER_NO, ORDER_VOUCHER, ORDER_VOUCHER_PART, ORDER_PURPOSE, /* paid with an innovation voucher (work/pilot.h) */
    ORDER_FIELD_COUNT
};
enum handover_field {
    HANDOVER_WHAT = ENTRY_OWN, HANDOVER_FILE, HANDOVER_DIGEST, HANDOVER_JUDGED_ON, HANDOVER_VERDICT, HANDOVER_REASONS, HANDOVER_FIELD_COUNT
};
enum order_payment_field { PAYMENT_DAY = ENTRY_OWN, PAYMENT_AMOUNT, PAYMENT_NUMBER, PAYMENT_FIELD_COUNT };

enum guide_field {
    GUIDE_NAME = MATTER_OWN, GUIDE_OFFICE, GUIDE_SERVICE, /* the service it is of, where it is one of the house's */
    GUIDE_WHO, GUIDE_MATERIALS, GUIDE_COURSE,
    GUIDE_LAW_DAYS, GUIDE_DAYS, /* working days: 法定时限, 承诺时限 */
    GUIDE_FEE, GUIDE_FEE_GROUND, GUIDE_PLACE, GUIDE_PHONE,
    GUIDE_DOCUMENT, GUIDE_ARTICLE, GUIDE_SOURCE,
    GUIDE_BEGINS,    /* where it is begun here: list "guide_begins" */
    GUIDE_WHY, GUIDE_FIELD_COUNT
};

extern const struct kind kind_service_order, kind_handover, kind_order_payment, kind_guide;

#endif
