/*
 * Consultation (协商): the sorts of matter (work/matter.h) over record/consult.h, and what their pages count.
 *
 *   sort_consultation     a session: prepared, open for opinions, live, followed up, closed
 *   sort_opinion          an opinion from its submission to its effect: examined, handed over, replied to, rated (R110–R113)
 *   sort_opinion_assist   what an assisting unit adds to the reply (协办)
 *   sort_remark           what was said in the meeting, an item each: members' at once, a leader's after it was checked (核校)
 *
 * Two clocks run from the day on which an opinion is handed over: a week in which the unit may object (and may not pass it on itself), and
 * three months for the written reply, six at the most with reasons given first (R111). Opinions that say the same are merged: they are
 * handed over together with the one that leads and go its way, and each is answered by itself. Merging and splitting stand in both files;
 * of a group whose leading opinion is withdrawn, the oldest that is left leads.
 *
 * Who sees an opinion: its member and who co-signs it, the other members of the session, the office, the leader and the secretary, the unit
 * in charge and those that assist; officers of the place see that it is there. Everybody sees the published text of one that was cleared
 * (公开审查); who cleared it and when stands with it. A rating is for the member and the office alone until the member shares it: whatever it is, the opinion
 * stands as rated until the office has settled it.
 */
#ifndef TQ_WORK_CONSULT_H
#define TQ_WORK_CONSULT_H

#include "record/consult.h"
#include "work/city.h"
#include "work/matter.h"

extern const struct matter_sort sort_consultation, sort_opinion, sort_opinion_assist, sort_remark;

/* The sides of an opinion, by which its bits are read. */
enum opinion_side { BY_OFFICE, BY_MEMBER, BY_UNIT, BY_LEADERS, BY_FELLOW, BY_ASSIST };

enum consultation_state { CONSULT_PREPARING, CONSULT_OPEN, CONSULT_LIVE, CONSULT_FOLLOWING, CONSULT_CLOSED, CONSULT_CANCELLED };
enum opinion_state {
    OPINION_SUBMITTED, OPINION_RETURNED, OPINION_FILED, OPINION_HANDED, OPINION_OBJECTED, OPINION_REPLIED, OPINION_PLANNED, OPINION_RATED,
    OPINION_CLOSED, OPINION_PROPOSED, OPINION_DECLINED, OPINION_WITHDRAWN
};

/* R111: 3 个月内书面答复；交办异议 1 周内提出. Whether a step comes in time, and how far one may extend, the rules say (gates opinion_object, opinion_extend). */
enum { OPINION_MONTHS = 3, OPINION_OBJECT_DAYS = 7 };

/* The opinions of one session: at most so many are read for its page, its map and its lists. */
enum { CONSULT_OPINIONS = 2000, CONSULT_GROUP = 16 /* that may be merged into one */ };

/* Has the person a seat in the session, which he has not left? */
bool consult_seated(struct sql *sql, int64_t session, int64_t person, bool *seated, struct err *err);

/* Opinions of the session in the order of their numbers; those that were declined or withdrawn too. */
bool consult_opinions(struct sql *sql, int64_t session, struct arena *arena, struct record **list, size_t *count, struct err *err);
static inline bool consultation_is(const struct record *session, enum consultation_state state)
{
    return slice_is(matter_text(session, MATTER_STATE), sort_consultation.states[state].code);
}

static inline bool opinion_is(const struct record *opinion, enum opinion_state state)
{
    return slice_is(matter_text(opinion, MATTER_STATE), sort_opinion.states[state].code);
}

/* Neither declined nor withdrawn. */
bool opinion_counts(const struct record *opinion);

/* --- the map: 6 obstacles × 5 pillars × 7 parties --- */

enum { CONSULT_OBSTACLES = 6, CONSULT_PILLARS = 5, CONSULT_SIDES = 7, CONSULT_CELLS = CONSULT_OBSTACLES * CONSULT_PILLARS * CONSULT_SIDES };

struct consult_map {
    int opinions[CONSULT_OBSTACLES][CONSULT_PILLARS][CONSULT_SIDES];
    int visits[CONSULT_OBSTACLES][CONSULT_PILLARS];
    int spoken; /* cells that somebody spoke to */
};
/* What was declined or withdrawn does not count. The indexes are those of the choice lists obstacle, pillar and side. */
bool consult_map(struct sql *sql, int64_t session, const struct record *opinions, size_t count, struct consult_map *map, struct err *err);

/* --- the meeting --- */

enum remark_state { REMARK_NOTED, REMARK_SHOWN, REMARK_DROPPED };
enum { CONSULT_REMARKS = 2000 };
/* What was said, the newest first, at most `most`: what the room sees, or, with `drafts`, what only the secretary has. */
bool consult_remarks(struct sql *sql, int64_t session, bool drafts, size_t most, struct arena *arena, struct record **list, size_t *count, struct err *err);
/* Of a session: the opinion of that number (*id 0: none), and how many stand. */
bool consult_opinion_numbered(struct sql *sql, int64_t session, int64_t no, struct arena *arena, int64_t *id, struct slice *subject, struct err *err);
bool consult_opinion_count(struct sql *sql, int64_t session, int *count, struct err *err);

/* --- similar opinions --- */

enum { CONSULT_SIMILAR = 6 };
struct consult_similar {
    struct record opinion;
    int share;  /* of its text that is the same, per cent */
    int chance; /* that people would call it the same matter, per cent: the engine's */
};
/* Found by the match engine among all opinions of the same office that the actor may see in full; most alike first. */
bool consult_similar(struct city *city, struct sql *sql, const struct record *opinion, const struct actor *actor, struct arena *arena,
                     struct consult_similar list[CONSULT_SIMILAR], size_t *count, struct err *err);

/* --- how it went --- */

struct consult_figures {
    int members, spoken_members; /* who has a seat; who has put in or co-signed an opinion */
    int opinions, merged, handed, replied, in_time, late;
    int done, planned, impossible;
    int satisfied, basically, unsatisfied; /* of the newest reply of each; the aggregate that everybody concerned sees */
};
bool consult_figures(struct sql *sql, int64_t session, const struct record *opinions, size_t count, int32_t today, struct consult_figures *figures,
                     struct err *err);

/* How members rated what a unit answered, in all sessions: the sums alone, which is what it sees of ratings that were not shared with it. */
struct consult_ratings { int satisfied, basically, unsatisfied; };
enum { CONSULT_RATINGS_LEAST = 5 /* of fewer no sum is told: it would say who */ };
bool consult_unit_ratings(struct sql *sql, int64_t unit, struct consult_ratings *ratings, struct err *err);

/* --- a member's record (履职记录) --- */

enum deed_sort { DEED_SEAT, DEED_VISIT, DEED_OPINION, DEED_COSIGN };
struct deed {
    enum deed_sort sort;
    char day[12];
    int64_t session, opinion; /* 0: none */
    struct slice title, what, state; /* what it is about, what was said, how it stands */
};
/* The oldest first; at most `most`. */
bool consult_deeds(struct sql *sql, int64_t person, struct arena *arena, struct deed *list, size_t most, size_t *count, struct err *err);

#endif
