/*
 * What pilot platforms and spaces come to, in figures: hours used of those available, jobs, income; unmet demand by field against
 * capacity; tenants and how long they took to graduate. Read in a snapshot; nothing is written. Days are both included, money is fen.
 */
#ifndef TQ_WORK_PILOT_REPORT_H
#define TQ_WORK_PILOT_REPORT_H

#include "work/pilot.h"

enum { REPORT_LINES = 100, DEMAND_LINES = 128, DEMAND_DAYS = 90, SPACE_LINES = 500 };

/* --- a platform --- */

struct pilot_figures {
    int64_t available, used, maintained;   /* station hours within the opening hours */
    int64_t asked, quoted, refused, cancelled; /* jobs asked for in the days */
    int64_t done, reached, failed, written; /* results confirmed in the days: all, reached, not reached, with the TRL written back */
    int64_t income, by_voucher;            /* bills paid in the days */
    int64_t quote_days;                    /* median of the working days from a request to its first quote; -1: no quote */
};

struct pilot_line {
    int64_t capability;
    struct slice name;
    struct pilot_figures figures;
};

struct pilot_report {
    struct pilot_line lines[REPORT_LINES];
    size_t count;
    struct pilot_figures all;
};

/* Of the capabilities of a service. */
bool pilot_report(struct sql *sql, const struct calendar *calendar, int64_t service, int32_t from, int32_t until, struct arena *arena,
                  struct pilot_report *report, struct err *err);

/* --- where to build next --- */

/*
 * A class of GB/T 4754 of two digits. needs: open ones that ask for TRL 7 or more; achievements: open ones at TRL 4 to 6; waiting: jobs
 * for which no quote came yet, waited their days since the request, summed; refused: jobs that a platform did not take or cancelled,
 * and jobs withdrawn for want of a slot, of time or of reach. hours: of open capabilities over the coming DEMAND_DAYS.
 */
struct demand_line {
    char code[8];
    int64_t needs, achievements, waiting, waited, refused;
    int64_t capabilities, open_hours, booked_hours;
};

/* Those with any demand or capacity; what presses most on each capability first: (needs + achievements + waiting + refused) / (capabilities + 1). */
bool pilot_demand(struct sql *sql, const struct calendar *calendar, int32_t today, struct arena *arena, struct demand_line lines[DEMAND_LINES],
                  size_t *count, struct err *err);
static inline int64_t demand_of(const struct demand_line *line) { return line->needs + line->achievements + line->waiting + line->refused; }

/* --- a settlement, entry by entry --- */

struct spent_line {
    int64_t voucher, job;
    struct slice number, holder; /* 券号, 企业 */
    int32_t on, served_on;
    int64_t amount;
};
bool settlement_lines(struct sql *sql, const struct record *settlement, struct arena *arena, struct spent_line *list, size_t most, size_t *count,
                      struct err *err);

/* --- a space --- */

struct space_figures {
    int64_t resident, graduated, left, services, hours;
    int64_t waiting;         /* graduated or left as the space says, not confirmed by the firm: neither of the two above */
    int64_t graduation_days; /* median, from moving in to graduating; -1: nobody has */
    int64_t staff_gained;    /* of those that graduated and whose staff is known on both days */
};
bool space_figures(struct sql *sql, int64_t space, struct space_figures *figures, struct err *err);

/* The middle of the numbers, of an even count the lower; -1 of none. Sorts them. */
int64_t lower_median(int64_t *list, size_t count);

#endif
