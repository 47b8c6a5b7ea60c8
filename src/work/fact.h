/*
 * What is known about an organisation, by the names of the rulebook's dictionary: each value with who says it, since when and until
 * when. The store of all assessments, policies and products: whoever asks a rule about a firm takes its facts from here.
 *
 *   facts_of_party   the best known value of each name on a day, ready for rule_ask
 *   facts_stated     all that was stated, what is believed marked, and what contradicts it
 *   fact_check       reads what was typed for one fact
 *   fact_step        writes it: stated, confirmed or withdrawn
 *
 * Believed is what the one nearest to its source says: a department's list before a certificate that an officer has confirmed, that
 * before a certificate of which the firm gave the number, that before what the firm declares; among equals the newer. What expired
 * is unknown. Only a department's and a confirmed certificate's count as verified (struct fact says FACT_DECLARED of all else):
 * what the firm says of itself, with a number or without, never has money granted unasked (免申即享).
 *
 * A fact about a year (struct rule_fact.years_ago) is kept under its own name with its year; "rd_spend" of an answer given in 2026 is
 * that of 2025, and "rd_spend_2" (of: rd_spend) that of 2024.
 */
#ifndef TQ_WORK_FACT_H
#define TQ_WORK_FACT_H

#include "record/check.h"
#include "record/fact.h"
#include "work/law.h"
#include "work/may.h"

/* How near to its source; from FACT_CONFIRMED on it counts as verified. */
enum fact_trust { FACT_SAID, FACT_NUMBERED /* a certificate, not confirmed */, FACT_CONFIRMED, FACT_LISTED };

struct stated {
    int64_t id, ver, owner;
    const struct rule_fact *of; /* NULL: the dictionary no longer has the name */
    const char *name;
    int32_t year;               /* 0: about none */
    struct fact fact;           /* its value; not known where of is NULL or it cannot be read any more */
    enum fact_trust trust;
    struct slice issuer, number, list, note;
    int32_t issued_on, until, confirmed_on; /* 0: none */
    bool over;                  /* expired on the day */
    bool best;                  /* it is what is believed */
    enum fact_doubt doubt;      /* of all that is stated under its name and year */
};

/* By name, then year, what is believed first. */
bool facts_stated(struct sql *sql, const struct law *law, int64_t party, int32_t as_of, struct arena *arena, struct stated **list,
                  size_t *count, struct err *err);

/* Each name once, and `today`; facts about a year are those of the years before as_of's. */
bool facts_of_party(struct sql *sql, const struct law *law, int64_t party, int32_t as_of, struct arena *arena, struct fact **facts,
                    size_t *count, struct err *err);
/* The same as if `year` were the last one: to ask again about a year of the past. */
bool facts_of_year(struct sql *sql, const struct law *law, int64_t party, int32_t as_of, int32_t year, struct arena *arena,
                   struct fact **facts, size_t *count, struct err *err);
/* The year before the day's. */
int32_t fact_last_year(int32_t day);
/* Out of what facts_stated gave. */
void facts_believed(const struct law *law, const struct stated *list, size_t stated, int32_t as_of, int32_t year, struct arena *arena,
                    struct fact **facts, size_t *count);

/*
 * All parties of which anything is known, one after another, with all that is stated of each; `each` returning false ends it. The list
 * lives until it returns. region: of the party; 0: not known.
 */
typedef bool facts_each_fn(void *arg, int64_t party, int64_t region, const struct stated *list, size_t count, struct err *err);
bool facts_each(struct sql *sql, const struct law *law, int32_t as_of, facts_each_fn *each, void *arg, struct err *err);

/* May the actor see what is known about the party: its own people, officers in whose scope it lies, auditors? ERR_DENIED. */
bool facts_seen(struct sql *sql, const struct actor *actor, int64_t party, struct err *err);

/* --- stating one --- */

enum fact_verb { FACT_STATE, FACT_CONFIRM, FACT_WITHDRAW };

struct fact_order {
    /* given */
    enum fact_verb verb;
    const struct actor *actor;
    char request_id[LEAF_REQUEST + 1];
    uint8_t part;            /* of several under one request id */
    int64_t time_ms, new_id;
    int64_t id, ver;         /* CONFIRM, WITHDRAW: which, and the version that the person saw */
    struct record record;    /* STATE: owner and values, read by fact_check */
    /* answered */
    int64_t done_id, done_ver;
    bool repeated, changed;  /* changed: a version was written */
};

/* party: whose; 0 where it is confirmed or withdrawn. Draws id, time and salts. */
void fact_order_init(struct fact_order *order, enum fact_verb verb, const struct actor *actor, int64_t party, struct slice request_id);

/*
 * typed: by enum fact_field, at NULL: not given; the name as the dictionary has it or its label. Values are kept in one spelling, so
 * that the same said otherwise is no change. false: complaints. Certificates want number and issuer, a department's fact its issuer
 * and day; a fact about a year its year, another none.
 */
bool fact_check(struct fact_order *order, const struct law *law, const struct slice typed[FACT_FIELD_COUNT], struct arena *arena,
                struct complaints *complaints);

/*
 * arg: struct fact_order. A firm's own people declare and give certificates, officers in whose scope it lies bring department's facts
 * and confirm certificates; each withdraws its own. Writes leaves "fact.state", "fact.confirm", "fact.withdraw".
 */
store_step fact_step;

struct fact_batch {
    struct fact_order *orders;
    size_t count;
    size_t written;          /* answered: the others said nothing new */
};
/* arg: struct fact_batch, all FACT_STATE. All or none; the first that is refused ends it. */
store_step facts_step;

/* A value in the one spelling in which it is kept: "1250000.00", "12.5%", "2026-03-31", "yes", a code. */
const char *fact_text(const struct rule_fact *of, const struct fact *fact, struct arena *arena);
/* And as people read it. */
const char *fact_show(const struct rule_fact *of, const struct fact *fact, struct arena *arena);

#endif
