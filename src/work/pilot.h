/*
 * Pilot platforms at work (record/pilot.h): the sorts of matter, the calendar that never double-books, and innovation vouchers of which
 * no fen is spent twice.
 *
 *   slot_list, slot_peak    what holds a capability in some hours, and how many stations are held at once
 *   slot_take               a booking, checked and made ready, in the step that writes it
 *   voucher_stand           a voucher's amount by what became of it
 *   voucher_move            a movement, an entry of the step that does it: reserve, release, spend, expire
 *   voucher_hold, voucher_back, voucher_pays   the same for what is paid with it: a job, an order of a service
 *
 * A booking holds its stations as long as it is not freed and its job was neither withdrawn nor cancelled: nothing else need be written
 * when a job ends. Steps run one after another on the one writer (work/matter.h), so that what slot_take and voucher_move read stands
 * until their step is written.
 *
 * A voucher is valid by the day on which the service is finished (the report of the result): reserved within its days, spent only where
 * the report falls within them; what was reserved for a later service goes back to the voucher with the report.
 */
#ifndef TQ_WORK_PILOT_H
#define TQ_WORK_PILOT_H

#include "record/pilot.h"
#include "work/matter.h"

extern const struct matter_sort sort_capability, sort_pilot_job, sort_voucher, sort_settlement, sort_industrial, sort_tenancy;

/* States as numbers: of the sorts' tables, for matter_enter and STATE. */
enum capability_state { CAPABILITY_PREPARED, CAPABILITY_OPEN, CAPABILITY_PAUSE, CAPABILITY_CLOSED };
enum job_state {
    JOB_ASKED, JOB_LACKING, JOB_QUOTED, JOB_ACCEPTED, JOB_RUNNING, JOB_REPORTED, JOB_CONFIRMED, JOB_BILLED, JOB_PAID, JOB_CLOSED,
    JOB_REFUSED, JOB_WITHDRAWN, JOB_CANCELLED, JOB_LEFT /* a cancelled one, of which the client knows */
};
enum voucher_state_no { VOUCHER_LIVE, VOUCHER_USED, VOUCHER_LAPSED, VOUCHER_WITHDRAWN };

/* --- the calendar --- */

enum { SLOT_HOURS_MOST = 60 * 24 /* of one booking */, SLOTS_MOST = 4000 /* read at once */ };

struct slot {
    int64_t booking, matter; /* matter: the job, or the capability itself: maintenance */
    int64_t first, last;     /* hours since 1970 at +08:00; last is not in it */
    int64_t stations;
    struct slice what;
};

/* The hour at which a day begins. */
static inline int64_t slot_hour(int32_t day, int64_t hour) { return (int64_t)day * 24 + hour; }

/* Those that hold any hour of [first, last), by their first hour; at most `most`, *count is `most` where there may be more. */
bool slot_list(struct sql *sql, int64_t capability, int64_t first, int64_t last, struct arena *arena, struct slot *list, size_t most,
               size_t *count, struct err *err);
/* The most stations held at one moment of [first, last). */
int64_t slot_peak(const struct slot *list, size_t count, int64_t first, int64_t last);
/* Open hours of a capability in [from, until], days both included, times stations; and of a slot those within them. */
int64_t slot_open_hours(const struct record *capability, const struct calendar *calendar, int32_t from, int32_t until);
int64_t slot_used_hours(const struct record *capability, const struct calendar *calendar, const struct slot *slot, int32_t from, int32_t until);

/* Those hours of all slots in one read, by what holds them: jobs, maintenance. */
struct slot_hours { int64_t used, maintained; };
bool slot_hours_read(struct sql *sql, const struct record *capability, const struct calendar *calendar, int32_t from, int32_t until,
                     struct slot_hours *hours, struct err *err);

/*
 * The draft's entry as a booking of the capability: its days and hours checked against the opening hours and against what is booked;
 * sets capability, first, last, stations. maintenance: all stations where none are named. ERR_INVALID names the field and the next day
 * on which the same hours are free.
 */
bool slot_take(struct matter_draft *draft, const struct record *capability, bool maintenance, struct err *err);

/* A booking that can still be freed, and its freeing: steps of a job and of a capability. */
bool slot_stands(const struct record *entry);
bool slot_free(struct matter_draft *draft, struct err *err);
/* The hours as numbers are for reckoning, not for reading. */
bool slot_shown(const struct kind *kind, size_t field);

/* --- lists in one read, each at most `most` --- */

/* The statements; before any thread starts, behind record_start. */
void pilot_start(void);
/* Capabilities that take requests, without those of one party (0: nobody); those of a service. By id. */
bool capabilities_open(struct sql *sql, int64_t but, size_t most, struct arena *arena, struct record *list, size_t *count, struct err *err);
bool capabilities_of(struct sql *sql, int64_t service, size_t most, struct arena *arena, struct record *list, size_t *count, struct err *err);
/* Vouchers that a party may use, what lapses first coming first. */
bool vouchers_live(struct sql *sql, int64_t holder, size_t most, struct arena *arena, struct record *list, size_t *count, struct err *err);

/* --- vouchers --- */

struct voucher_stand {
    int64_t amount, reserved, released, spent, expired; /* fen; sums of the movements */
};
static inline int64_t voucher_free(const struct voucher_stand *stand)
{
    return stand->amount - stand->reserved + stand->released - stand->expired;
}
static inline int64_t voucher_held(const struct voucher_stand *stand) { return stand->reserved - stand->released - stand->spent; }

bool voucher_stand(struct sql *sql, const struct record *voucher, struct voucher_stand *stand, struct err *err);

/*
 * A movement of a voucher, an entry of the step that does it; the voucher's own state follows when nothing is left of it. More than is free
 * (reserve, expire) or held (release, spend) is refused: what is read stands until the step is written.
 */
enum voucher_way { VOUCHER_RESERVE, VOUCHER_RELEASE, VOUCHER_SPEND, VOUCHER_EXPIRE };
struct voucher_move {
    const struct record *voucher;
    size_t payer_field;    /* USE_JOB or USE_ORDER: what is paid; payer 0: nothing */
    int64_t payer, platform, amount;
    const char *purpose;   /* code of the list "voucher_purpose"; NULL */
    int32_t served_on;     /* 0: not yet */
    const char *note;      /* NULL */
};
bool voucher_move(struct matter_draft *draft, enum voucher_way way, const struct voucher_move *move, struct err *err);

/* Spent with a platform out of an issuer's vouchers, entered in [from, until]. */
bool voucher_spent(struct sql *sql, int64_t issuer, int64_t platform, int32_t from, int32_t until, int64_t *count, int64_t *sum,
                   struct err *err);
/* The days of half a year: 1 or 2. */
void half_year(int64_t year, int64_t half, int32_t *from, int32_t *until);

/* --- what the rules are told --- */

enum { PILOT_FACTS = 48 };
struct pilot_facts {
    struct fact *list;
    size_t count;
};
void fact_yes(struct pilot_facts *facts, const char *name, bool yes);
void fact_number(struct pilot_facts *facts, const char *name, enum fact_kind kind, bool known, int64_t value);
void fact_code(struct pilot_facts *facts, const char *name, struct slice code);

/* --- what is paid with a voucher (voucher_pay.c) --- */

/* A sort of matter that a voucher pays, by its fields. */
struct voucher_payer {
    const struct kind *kind;
    size_t client, number, voucher, part; /* whose the voucher must be, its number as typed, its id, how much of it */
    size_t use;                           /* of the movement, the field that names it */
    bool (*purpose)(struct matter_draft *draft, const char **purpose, struct err *err);
};
/* The voucher that the client names, if it is his: of another's nobody is told. */
bool voucher_named(struct matter_draft *draft, const struct voucher_payer *payer, struct record **voucher, struct err *err);
bool voucher_hold(struct matter_draft *draft, const struct voucher_payer *payer, struct err *err);
/* What is held goes back to the voucher; nothing where none is. voucher_return: where none is, that is a mistake. */
bool voucher_back(struct matter_draft *draft, const struct voucher_payer *payer, const char *note, struct err *err);
bool voucher_return(struct matter_draft *draft, const struct voucher_payer *payer, struct err *err);
/* The service is finished today: a voucher that is over by then is not spent. */
bool voucher_in_time(struct matter_draft *draft, const struct voucher_payer *payer, struct err *err);
bool voucher_pays(struct matter_draft *draft, const struct voucher_payer *payer, int32_t served_on, struct err *err);
/* For the gate voucher_reserve, of a service of that price. */
bool voucher_facts(struct matter_draft *draft, const struct voucher_payer *payer, int64_t amount, struct pilot_facts *facts, struct err *err);

/* A record that a step is about. ERR_INVALID beside the field where there is none, or none that the actor may see. */
bool pilot_record(struct matter_draft *draft, const struct kind *of, size_t field, const struct kind *kind, int64_t id,
                  struct record **record, struct err *err);
/* Has the list (one code a line) the code? Is every code of `wanted` in it? */
bool codes_have(const struct record *record, size_t field, const char *code);
bool codes_cover(const struct record *record, size_t field, struct slice wanted);

#endif
