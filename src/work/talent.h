/*
 * Technology managers at work: the sorts of matter of record/talent.h and record/need_work.h, and what is reckoned from them. All of it is
 * read from the records at each look; nothing is kept beside them. docs/talent.md.
 *
 *   care_queue     open needs that no manager has, longest waiting first
 *   care_of_need   who answers a need, or since when nobody does
 *   care_tally     how many needs were answered by a real person within three working days
 *   case_deals     deals between those introduced in a case that the case does not know of (民法典 §965)
 *   post_fits      people who fit a post of a firm, by shared industries
 *   manager_tally  technology managers by training, certificate, appointment and title, each counted by its records
 *   manager_work   what a manager brought about in a period: cases, introductions, contracts, receipts, rewards
 */
#ifndef TQ_WORK_TALENT_H
#define TQ_WORK_TALENT_H

#include "record/need_work.h"
#include "record/talent.h"
#include "work/matter.h"

/* A need is answered within so many working days of its publication: what this house promises (本平台约定). */
enum { CARE_DAYS = 3 };
#define HOUSE_TERM N_("本平台约定")

enum care_state { CARE_IS_TAKEN, CARE_IS_ANSWERED, CARE_IS_WORKED_ON, CARE_IS_RELEASED, CARE_IS_DONE };
enum case_state {
    CASE_IS_DRAFT, CASE_IS_OFFERED, CASE_IS_SIGNED, CASE_IS_STATED, CASE_IS_CONTESTED, CASE_IS_DUE, CASE_IS_SETTLED, CASE_IS_BYPASSED,
    CASE_IS_DISPUTED, CASE_IS_REFUSED, CASE_IS_ENDED
};
enum introduction_state {
    INTRODUCTION_IS_ASKED, INTRODUCTION_LACKS_FIRST, INTRODUCTION_LACKS_SECOND, INTRODUCTION_IS_CONFIRMED, INTRODUCTION_IS_DENIED,
    INTRODUCTION_IS_WITHDRAWN
};
enum claim_state {
    REWARD_IS_SHARING, REWARD_IS_FILED, REWARD_IS_PUBLIC, REWARD_IS_APPROVED, REWARD_IS_PAID, REWARD_IS_REFUSED, REWARD_IS_WITHDRAWN
};
enum career_state { CAREER_IS_CLAIMED, CAREER_IS_CLAIMED_OUTSIDE, CAREER_IS_CONFIRMED, CAREER_IS_REFUSED, CAREER_IS_REVOKED };

/* Is the person in this field entered as a technology manager? ERR_INVALID at the field. party: his organisation, 0: none; NULL: not asked. */
bool talent_manager(struct matter_draft *draft, size_t field, int64_t *party, struct err *err);

extern const struct matter_sort sort_need_care, sort_career, sort_case_work, sort_introduction, sort_reward_claim, sort_need_test,
    sort_proposal, sort_talent_post, sort_post_service;

/* --- needs that wait for a person --- */

struct care_line {
    int64_t need, owner;   /* owner: the firm; 0 where the need hides it */
    struct slice title;
    int32_t published, due; /* due: the last of the CARE_DAYS working days */
    int32_t waited;        /* working days since it was published */
};

/* Open needs without a manager, longest waiting first, at most `most`; texts from arena. *further: there are more. */
bool care_queue(struct sql *sql, const struct law *law, int32_t today, struct arena *arena, struct care_line *list, size_t most,
                size_t *count, bool *further, struct err *err);

struct need_answer {
    int64_t care, manager;       /* 0: nobody has taken it */
    struct slice name, phone;    /* of the manager */
    int32_t published, due, waited, taken, answered; /* 0: not yet; waited: working days without an answer */
    bool confirmed;
    bool tested;                 /* an expert tested it, and it was posted as he said */
};
bool care_of_need(struct sql *sql, const struct law *law, int64_t need, int32_t today, struct arena *arena, struct need_answer *answer,
                  struct err *err);

/* Of the needs published from..until (days): all, answered within CARE_DAYS, answered later, due and still not answered. */
struct care_tally { int64_t needs, in_time, later, overdue, confirmed; };
bool care_tally(struct sql *sql, const struct law *law, int32_t from, int32_t until, int32_t today, struct care_tally *tally,
                struct err *err);

/* --- cases --- */

/* The commission due by the contract, in fen: a fixed sum, a rate of the contract's amount, or of what came in so far (down to the fen). */
bool case_commission(struct sql *sql, const struct record *matter, int64_t *fen, struct err *err);

/*
 * Deals between two who were introduced in a case, begun after it, while the case names no deal. bypass: within the months of its clause
 * (§965): so far nobody has told the broker.
 */
struct case_deal {
    int64_t deal, other;
    int32_t introduced, begun;
    bool bypass;
    int64_t leaf; /* that made it show: the deal's that names the other, the introduction's that was confirmed, or the contract's, whichever came last */
};
bool case_deals(struct sql *sql, const struct law *law, const struct record *matter, struct case_deal *list, size_t most, size_t *count,
                struct err *err);

/* Is there such a deal that counts as a bypass, that this leaf made show, and that nobody has claimed yet? */
bool case_passed(struct sql *sql, const struct law *law, const struct record *matter, int64_t leaf, bool *passed, struct err *err);
/* The cases in which the two of a deal were introduced. */
bool case_of_deal(struct sql *sql, int64_t deal, int64_t *cases, size_t most, size_t *count, struct err *err);

/* --- posts --- */

/* Who fits a post: a person entered as a researcher or an expert who shares industries with it, most shared first. */
struct post_fit { int64_t person; int64_t shared; struct slice name, skills; };
bool post_fits(struct sql *sql, const struct record *post, struct arena *arena, struct post_fit *list, size_t most, size_t *count,
               struct err *err);

/* --- technology managers --- */

enum { CAREER_SORTS = 4, CAREER_LEVELS = 3 };

/* Persons, each once a cell; confirmed records alone, lapsed ones too: the city's target is cumulative. */
struct manager_tally {
    int64_t all, by_sort[CAREER_SORTS], by_level[CAREER_LEVELS];
};
struct manager_line {
    int64_t person, party;
    struct slice name, party_name, region;
    unsigned sorts;         /* bits, in the order of the choice list career_sort */
    int level;              /* the highest certificate: 0 to 2; -1 none */
};
/* All of them by name, at most `most`; the tally is of all. Texts from arena. */
bool manager_list(struct sql *sql, struct arena *arena, struct manager_line *list, size_t most, size_t *count, struct manager_tally *tally,
                  struct err *err);

#endif
