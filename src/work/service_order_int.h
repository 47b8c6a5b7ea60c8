/* The checks of an order's steps (service_order_check.c), for its table in service_order.c. */
#ifndef TQ_WORK_SERVICE_ORDER_INT_H
#define TQ_WORK_SERVICE_ORDER_INT_H

#include "work/hire.h"

typedef bool order_check(struct matter_draft *draft, struct err *err);

order_check order_place, order_take, order_quote, order_accept, order_approve, order_send_back, order_pay, order_rate, order_answer, order_close;

/* A handover that nobody has judged. */
bool handover_open(const struct record *entry);

#endif
