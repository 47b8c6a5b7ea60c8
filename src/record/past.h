/*
 * Transfers of the past (历史补录): one row of a university's own table each, as it was read. A contract, a receipt, a reward paid:
 * the row is kept in the deal's file beside the papers made of it (work/past.h), with the file it came from and the file's SHA-256,
 * so that years later it can be told what was lived through here and what was only written down afterwards.
 *
 * The first three fields are those of every paper. Then follows what the program notes of the row; people's columns begin
 * at PAST_OWN. A row is known again by its natural key: the contract by its number within the unit, a receipt by contract and
 * voucher (without one by day, amount and payer), a reward by contract and day.
 */
#ifndef TQ_RECORD_PAST_H
#define TQ_RECORD_PAST_H

#include "record/paper.h"

enum past_field {
    PAST_FILE = PAPER_OWN, /* what people called it */
    PAST_DIGEST,           /* SHA-256 of it */
    PAST_ROW,              /* where the row begins in it, from 1 */
    PAST_REMARKS,          /* what is odd about it and yet may have been so, one a line */
    PAST_OWN,
    PAST_NUMBER = PAST_OWN /* 合同编号, of each of the three */
};

enum past_deal_field {
    PAST_DEAL_NAME = PAST_NUMBER + 1, PAST_DEAL_SORT, PAST_DEAL_WAY, PAST_DEAL_PRICING, PAST_DEAL_BUYER, PAST_DEAL_USCC,
    PAST_DEAL_SIGNED_ON, PAST_DEAL_UNTIL, PAST_DEAL_AMOUNT, PAST_DEAL_TECHNICAL, PAST_DEAL_PAYMENT, PAST_DEAL_LICENCE,
    PAST_DEAL_NOTICE_SPAN, /* 公示起止 in one cell: the program parts it into the two */
    PAST_DEAL_NOTICE_FROM, PAST_DEAL_NOTICE_TO, PAST_DEAL_BODY, PAST_DEAL_MINUTES, PAST_DEAL_APPROVED_ON,
    PAST_DEAL_REGISTERED, PAST_DEAL_REGISTERED_ON, PAST_DEAL_POINT, PAST_DEAL_ACHIEVEMENT, PAST_DEAL_RIGHTS, PAST_DEAL_TEAM,
    PAST_DEAL_NOTE, PAST_DEAL_RECORD, /* id of the achievement: there, or made along with the deal */ PAST_DEAL_FIELD_COUNT
};

enum past_receipt_field {
    PAST_RECEIPT_CAME_ON = PAST_NUMBER + 1, PAST_RECEIPT_AMOUNT, PAST_RECEIPT_PAYER, PAST_RECEIPT_VOUCHER, PAST_RECEIPT_NOTE,
    PAST_RECEIPT_MARK, /* by what it is known again: the program's */ PAST_RECEIPT_FIELD_COUNT
};

enum past_award_field {
    PAST_AWARD_PAID_ON = PAST_NUMBER + 1, PAST_AWARD_NET, PAST_AWARD_REWARD, PAST_AWARD_PEOPLE, /* who got how much, one a line */
    PAST_AWARD_NOTICE_SPAN, PAST_AWARD_NOTICE_FROM, PAST_AWARD_NOTICE_TO, PAST_AWARD_CHANNEL /* of objections */,
    PAST_AWARD_HALF, PAST_AWARD_APART, PAST_AWARD_DECIDED_ON, PAST_AWARD_VOUCHER, PAST_AWARD_NOTE, PAST_AWARD_FIELD_COUNT
};

extern const struct kind kind_past_deal, kind_past_receipt, kind_past_award;

#endif
