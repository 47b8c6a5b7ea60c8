/*
 * Reminders, as a server runs them, on two threads of their own: one follows the ledger (work/standing.h, work/notify.h) and is the
 * clock of deals; the other hands what waits to the gateway (a web hook) and to the mail server, one after the other.
 *
 *   reminder_start   from then on city->reminder
 *   reminder_known   how it stands, for the operator
 *
 * At least once, and as a rule once: a message is marked only after the gateway has answered 2xx, so a crash repeats at most the one
 * that was in flight, under the same id. Of several servers on one database one delivers (the lease "reminders"). What is refused
 * or finds nobody is tried again, later each time; after REMINDER_TRIES, or three days, it is given up, and the operator sees it.
 */
#ifndef TQ_WORK_REMINDER_H
#define TQ_WORK_REMINDER_H

#include "work/city.h"

enum { REMINDER_TRIES = 12, REMINDER_DAYS = 3 };

struct reminder_options {
    const char *site;         /* "https://jishu.example.gov.cn": what links begin with; NULL: they are paths */
    const char *hook_url;     /* NULL: no web hook */
    struct slice hook_secret;
    const char *smtp_url;     /* NULL: no e-mail */
    const char *smtp_user, *smtp_password, *smtp_from;
    int64_t retry_ms;         /* until the first repeat; doubled each time, up to an hour; 0: a minute */
};

struct reminder;

/* ERR_INVALID: an address is off. The options' texts must outlive it. */
bool reminder_start(struct city *city, const struct reminder_options *options, struct err *err);
/* Before city_close; NULL is nothing. */
void reminder_stop(struct reminder *reminder);

/* What can be wished for here; reminder may be NULL. */
bool reminder_hooks(const struct reminder *reminder);
bool reminder_mails(const struct reminder *reminder);
/* What links begin with; "". */
const char *reminder_site(const struct reminder *reminder);

/* What waits, what was given up in the last 30 days, and why the newest of them. */
struct reminder_known {
    int64_t waiting, failed, failed_ms;
    char why[200];
};
bool reminder_known(struct sql *sql, int64_t now_ms, struct reminder_known *known, struct err *err);

/* Inside a step: what was delivered, given up or read long ago goes. */
bool reminder_sweep(struct sql *sql, int64_t now_ms, struct err *err);

#endif
