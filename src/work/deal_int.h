/* What the files of the procedure share. */
#ifndef TQ_WORK_DEAL_INT_H
#define TQ_WORK_DEAL_INT_H

#include "record/member.h"
#include "work/deal.h"

/* A step while it is taken. */
struct deal_draft {
    struct deal_order *order;
    const struct deal_file *now;   /* as the file stands */
    struct deal_file after;        /* as it would stand */
    struct record deal, paper;     /* their next versions; paper.kind NULL: the step writes none */
    const struct record *prior;    /* of the paper; NULL: it is new */
    bool ungated;                  /* set by a check: there is nothing for the gate to judge */
    struct arena *arena;
};

/* --- reading a paper --- */

static inline bool paper_known(const struct record *paper, size_t field) { return paper && paper->values[field].known; }
static inline bool paper_yes(const struct record *paper, size_t field)
{
    return paper_known(paper, field) && paper->values[field].number != 0;
}
static inline int64_t paper_number(const struct record *paper, size_t field)
{
    return paper_known(paper, field) ? paper->values[field].number : 0;
}
static inline struct slice paper_text(const struct record *paper, size_t field)
{
    return paper_known(paper, field) ? paper->values[field].text : SLICE("");
}
static inline bool paper_is(const struct record *paper, size_t field, const char *code)
{
    return paper_known(paper, field) && slice_is(paper->values[field].text, code);
}
/* 0: not known */
int32_t paper_day(const struct record *paper, size_t field);

/* The sum of a money field over all papers of a kind. */
int64_t papers_sum(const struct deal_file *file, enum kind_id kind, size_t field);

/* Instalments that what has come in does not cover, by their days: the earliest is paid first. */
size_t instalments_open(const struct deal_file *file, const struct record *open[RECORD_PAPERS]);

/* --- of the procedure --- */

/* Is a contract signed on the present terms? What had to stand before it stood then: nothing that comes later undoes it. */
bool signed_as_agreed(const struct deal_file *file);

/* Of the present terms (a reward's: of the newest award), not withdrawn; the newest. place "unit" or "market"; NULL. */
const struct record *notice_of(const struct deal_file *file, const char *sort, const char *place);

/*
 * The last day of a notice: as many days as the rules ask for (R03; R41 in working days for a reward), and to the next working
 * day where that is one of rest (民法典 §203). 0: no rule is there.
 */
int32_t notice_last(const struct law *law, const struct deal_file *file, const struct record *notice, bool *provisional);

/* Objections to a notice that were upheld, or not yet ruled on. */
bool notice_disputed(const struct deal_file *file, const struct record *notice, bool *upheld);

/* Has the agency asked for something that the unit has not sent yet? */
bool registration_lacking(const struct record *registration);

/* Was the contract amended after it? */
bool registration_overtaken(const struct deal_file *file, const struct record *registration);

/* The body that must decide next; .at NULL: all have agreed. *refused: the last word was no. */
bool approval_next(const struct deal_file *file, struct slice *body, bool *refused, struct err *err);

/* As the rules ask for it: the deal's own region, else the unit's. */
int32_t deal_region(const struct deal_file *file);

/* Is the reward drawn from yearly profits (自行实施、合作实施), and not from what comes in? */
bool deal_by_profit(const struct deal_file *file);
/* What has come in, or was earned, and is in no award yet; and what is left of it once all costs are taken off. May be below 0. */
int64_t income_open(const struct deal_file *file);
int64_t net_open(const struct deal_file *file);
/*
 * The day on which the earliest money came in of the newest award, or, where `next` or where there is none, of the money in no award
 * yet: the law counts from each receipt by itself (国家税务总局公告2018年第30号 §1), so the earliest decides for all. 0: nothing came.
 */
int32_t reward_received(const struct deal_file *file, bool next);

/* "曾某（示例） 50760000 #12": the fen of a line of AWARD_SHARES. */
int64_t award_fen(struct slice line);

bool deal_is_state_unit(const struct deal_file *file);

/* A figure of the law: parameter `name` of the rule in force for the file; false: there is none. */
bool law_parameter(const struct law *law, const struct deal_file *file, const char *rule, const char *name,
                   int64_t *value);

/* Does a paper of the file say it? Then nobody can state it. */
bool deal_holds_fact(const struct law *law, const struct deal_file *file, const char *name, struct arena *arena);

/* A statement that is asked by no rule and that a pier looks for: "register_waived", "no_tax_relief". */
bool pier_asks(struct slice fact);

/* Works out an award: income not yet allotted, net, reward, each person's part. ERR_INVALID says which limit stands in the way. */
bool deal_allot(const struct law *law, struct deal_draft *draft, struct err *err);

/* Are the registered number and the persons that the paper names what they are said to be? ERR_CONFLICT, ERR_INVALID (deal_named.c). */
bool names_known(struct sql *sql, const struct deal_draft *draft, struct err *err);

/*
 * A licence that is contracted for: none beside an exclusive or sole one that stands, none of these two beside any other (ERR_INVALID). A
 * patent that the patent office's table has under an open licence is under one, whatever the paper says: the gate then asks R13-1
 * (deal_named.c).
 */
bool licence_fits(struct sql *sql, struct deal_draft *draft, struct err *err);

/*
 * "#12" stands for a person here, and for the one who is named beside it: by it he sees what is his (work/rights.h). unit: whose
 * he must be; 0: anybody's. ERR_INVALID says what does not fit (deal_named.c).
 */
bool person_is(struct sql *sql, int64_t id, struct slice named, int64_t unit, struct arena *arena, struct err *err);

/* --- of a past deal (deal_past.c) --- */

bool deal_is_past(const struct deal_file *file);
/* Of the past, and nothing has come in here: it waits for nobody, and nobody is told of days that went by in its time. */
bool deal_rests(const struct deal_file *file);

/* What came in here, without what was imported: that was dealt with in its time. */
int64_t receipts_here(const struct deal_file *file);
/* The sum of a money field over the awards made here; an imported one has no AWARD_INCOME. */
int64_t awards_here(const struct deal_file *file, size_t field);

/* After the pier was looked at as any deal's. */
void past_pier(const struct deal_file *file, enum pier pier, struct pier_state *state);
/* Where it stands, read from the deal's way, contract, registration, receipts, awards and the rows they came of alone. */
enum pier past_at(const struct deal_file *file);

/* --- checks of steps (deal_check.c) --- */
bool check_title(struct deal_draft *draft, struct err *err);
bool check_value(struct deal_draft *draft, struct err *err);
bool check_price(struct deal_draft *draft, struct err *err);
bool check_notice(struct deal_draft *draft, struct err *err);
bool check_withdraw(struct deal_draft *draft, struct err *err);
bool check_object(struct deal_draft *draft, struct err *err);
bool check_rule(struct deal_draft *draft, struct err *err);
bool check_approve(struct deal_draft *draft, struct err *err);
bool check_sign(struct deal_draft *draft, struct err *err);
bool check_amend(struct deal_draft *draft, struct err *err);
bool check_register(struct deal_draft *draft, struct err *err);
bool check_correct(struct deal_draft *draft, struct err *err);
bool check_mend(struct deal_draft *draft, struct err *err);
bool check_registered(struct deal_draft *draft, struct err *err);
bool check_change(struct deal_draft *draft, struct err *err);
bool check_revoke(struct deal_draft *draft, struct err *err);
bool check_plan(struct deal_draft *draft, struct err *err);
bool check_receive(struct deal_draft *draft, struct err *err);
bool check_cost(struct deal_draft *draft, struct err *err);
bool check_profit(struct deal_draft *draft, struct err *err);
bool check_allot(struct deal_draft *draft, struct err *err);
bool check_pay(struct deal_draft *draft, struct err *err);
bool check_file(struct deal_draft *draft, struct err *err);
bool check_state(struct deal_draft *draft, struct err *err);

#endif
