/* What the tables of challenges, bids and the rest of the board share (board_check.c, challenge_check.c). */
#ifndef TQ_WORK_BOARD_INT_H
#define TQ_WORK_BOARD_INT_H

#include "work/board.h"
#include "work/pilot.h"

typedef bool board_check(struct matter_draft *draft, struct err *err);

#define BOARD_HOUSE N_("本平台约定")
#define COUNT(list) (sizeof(list) / sizeof *(list))

/* The sum of a FIELD_MEMBERS must be a whole. */
bool board_whole(const struct record *record, size_t field, struct err *err);
/* An achievement of the unit's by its number, its address or its title: sets the FIELD_ID `into`. */
bool board_achievement(struct matter_draft *draft, struct record *record, size_t named, size_t into, int64_t unit, struct err *err);
/* The draft's title out of one of its own fields, with a head before it. */
void board_title(struct matter_draft *draft, const char *head, struct slice name);

/* Bids of a challenge by state. */
struct bid_stand { int64_t submitted, proposed, declined, proposed_id; };
bool bid_stand(struct sql *sql, int64_t challenge, struct bid_stand *stand, struct err *err);
/* The challenge of a bid, as it stands. */
bool bid_challenge(struct sql *sql, const struct record *bid, struct arena *arena, struct record *challenge, struct err *err);
static inline bool challenge_is(const struct record *challenge, enum challenge_state state)
{
    return slice_is(matter_text(challenge, MATTER_STATE), sort_challenge.states[state].code);
}

/* challenge_check.c, challenge_money.c */
board_check challenge_put, challenge_revise, challenge_publish, challenge_withdraw, challenge_extend, challenge_open, challenge_fail, challenge_notice,
    challenge_none, challenge_rule, challenge_give_up, challenge_reselect, challenge_sign;
board_check challenge_plan, challenge_evidence, challenge_pass, challenge_miss, challenge_deliver, challenge_accept;
bool challenge_facts(struct matter_draft *draft, struct fact **list, size_t *count, struct err *err);

#endif
