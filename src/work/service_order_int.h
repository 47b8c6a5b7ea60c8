/* The checks of an order's steps (service_order_check.c), for its table in service_order.c. */
#ifndef TQ_WORK_SERVICE_ORDER_INT_H
#define TQ_WORK_SERVICE_ORDER_INT_H

#include "work/hire.h"

typedef bool order_check(struct matter_draft *draft, struct err *err);

order_check order_place, order_take, order_quote, order_refuse, order_accept, order_deliver, order_approve, order_send_back, order_pay, order_rate, order_answer,
    order_close, order_reserve, order_return, order_withdraw, order_break_off;
/* For the gate of a voucher. */
bool order_facts(struct matter_draft *draft, struct fact **list, size_t *count, struct err *err);

/* A handover that nobody has judged. */
bool handover_open(const struct record *entry);

#endif
