/*
 * What is put out to many, fairs, alliances, organised research, assessments before filing: the sorts of matter (work/matter.h) over the
 * records of record/board.h, and what their pages count.
 *
 *   sort_challenge, sort_bid            揭榜挂帅 (R85): sealed bids are opened together by the one step that opens their challenge
 *   sort_fair, sort_fair_guest, sort_meeting
 *   sort_alliance, sort_membership      转化法 §26 (R53)
 *   sort_programme, sort_project        the duty to transfer (R09): 科学技术进步法 §32
 *   sort_prefiling                      申请前评估
 *
 * A bid is sealed by what its challenge is, not by anything in itself: from the step that opens the challenge on, all its bids are seen
 * by whose problem it is, at one moment and with no write of their own; until then by the bidder alone. Money goes out by cumulated
 * shares: after each milestone the sum released is total × shares passed, cut to the fen, so that with the last one it is the total.
 */
#ifndef TQ_WORK_BOARD_H
#define TQ_WORK_BOARD_H

#include "record/board.h"
#include "work/matter.h"

extern const struct matter_sort sort_challenge, sort_bid, sort_fair, sort_fair_guest, sort_meeting, sort_alliance, sort_membership,
    sort_programme, sort_project, sort_prefiling;

enum challenge_state {
    CHALLENGE_CHECKING, CHALLENGE_RETURNED, CHALLENGE_PUBLISHED, CHALLENGE_OPENED, CHALLENGE_NOTICED, CHALLENGE_RUNNING, CHALLENGE_DELIVERED,
    CHALLENGE_ACCEPTED, CHALLENGE_FAILED, CHALLENGE_WITHDRAWN, CHALLENGE_STOPPED
};
enum bid_state { BID_SUBMITTED, BID_PROPOSED, BID_DECLINED, BID_WON, BID_UNOPENED, BID_WITHDRAWN };
enum alliance_state { ALLIANCE_FORMING, ALLIANCE_ACTIVE, ALLIANCE_ENDED, ALLIANCE_DROPPED };
enum membership_state { MEMBERSHIP_INVITED, MEMBERSHIP_JOINED, MEMBERSHIP_DECLINED, MEMBERSHIP_LEFT };
enum meeting_state {
    MEETING_NOTED, MEETING_CLAIMED, MEETING_CONFIRMED, MEETING_THIRTY_A, MEETING_THIRTY_B, MEETING_ASKED_ONCE, MEETING_NINETY_A, MEETING_NINETY_B,
    MEETING_DONE, MEETING_DISPUTED
};
enum project_state { PROJECT_PROPOSED, PROJECT_RETURNED, PROJECT_RUNNING, PROJECT_OBLIGED, PROJECT_FULFILLED, PROJECT_LICENSED, PROJECT_STOPPED };

/* --- what a challenge pays at a milestone --- */

struct release { int64_t released, of_owner, of_public; /* fen */ };

/*
 * What goes out when shares of `passed` in ten thousand have passed in all, of which `before` had been released and `owner_before` of it
 * had come from the owner of the problem. owner_share: of all money, in ten thousand.
 */
struct release challenge_release(int64_t total, int64_t owner_share, int64_t passed, int64_t before, int64_t owner_before);

/* --- figures --- */

/*
 * Meetings of a fair, kept apart: said by the two, said by the organiser alone, and what came of them. An outcome counts where the newest
 * answers of both sides are the same, or where a contract of a deal of this house shows it (its sum and receipts); what one side alone says,
 * or the two differently, is said_…: the larger sum. Received is what both say. fen.
 */
struct fair_figures {
    int64_t guests, came, meetings, confirmed, agreed, signed_count, signed_fen, received_fen;
    int64_t said_agreed, said_signed, said_fen;
};
bool fair_figures(struct sql *sql, int64_t fair, struct fair_figures *figures, struct err *err);

/* Paid in, paid out, and what is left: of an alliance. fen. */
struct alliance_funds { int64_t in, out; };
bool alliance_funds(struct sql *sql, int64_t alliance, struct alliance_funds *funds, struct err *err);

/* The rules on a project's duty to transfer (R09), as they answer on the day. false: err. */
bool project_duty(struct sql *sql, const struct law *law, const struct record *project, int32_t today, struct arena *arena,
                  struct answer **answers, size_t *count, struct err *err);
/* Past the day that its contract names, not transferred and without good reason. */
bool project_overdue(const struct record *project, int32_t today);

#endif
