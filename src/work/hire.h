/*
 * Services for hire (record/hire.h): the sorts of matter, and a provider's credit, which is reckoned from the record of the orders and
 * from nothing else: nobody types a figure of it.
 */
#ifndef TQ_WORK_HIRE_H
#define TQ_WORK_HIRE_H

#include "record/hire.h"
#include "work/matter.h"

extern const struct matter_sort sort_service_order, sort_guide;

enum order_state {
    ORDER_ASKED, ORDER_QUOTED, ORDER_WORKING, ORDER_HANDED_OVER, ORDER_TO_PAY, ORDER_TO_RATE, ORDER_TO_ANSWER, ORDER_CLOSED,
    ORDER_REFUSED, ORDER_WITHDRAWN, ORDER_BROKEN_OFF
};

/* Is the grade a bad one (差评)? */
bool grade_bad(struct slice grade);

/* Counts over orders; parties are in none of them. */
struct credit {
    int64_t orders;      /* all that were ever placed */
    int64_t refused, withdrawn, broken_off;
    int64_t delivered;   /* accepted: the next three are of these */
    int64_t late, days_late, at_first;
    int64_t rated;       /* the next three are of these */
    int64_t good, bad, answered;
    int64_t working, overdue; /* under way now; of these behind the agreed day */
};

/* Of a provider's orders; service: of that one alone, 0: of all of his. */
bool credit_read(struct sql *sql, int64_t provider, int64_t service, int32_t today, struct credit *credit, struct err *err);

/* What a guide is about and the house has: how many are on their way now, and of these beyond the promised days. */
struct promise {
    bool counted; /* false: the house has none of them */
    int64_t open, late;
};
bool promise_read(struct sql *sql, const struct record *guide, const struct calendar *calendar, int32_t today, struct promise *promise, struct err *err);

#endif
