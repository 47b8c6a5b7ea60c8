/*
 * A room: a matter, and those of other sorts that name it (a fair, and its meetings and guests; a challenge and its bids). Who watches
 * the matter is told what happens in all of the room, as far as he may know each of them. What happened is read from the ledger, and from
 * nowhere else: each step of a matter is a leaf, and the leaf's index is the event's number.
 *
 *   matter_room_find    in which rooms is it that a leaf tells of
 *   matter_room_leaves  what happened in a room within an interval of the ledger
 *   matter_event_load   what one leaf tells; who may know of it is asked with matter_look_sight
 */
#ifndef TQ_WORK_MATTER_ROOM_H
#define TQ_WORK_MATTER_ROOM_H

#include "work/matter.h"

/* In a sort's table: the matters of that kind belong to the room of the one that their field, a FIELD_ID, names. */
struct matter_room {
    const struct kind *kind;
    size_t field;
};

enum { MATTER_ROOMS = 8 /* rooms that one matter may be in: its own, and those it names; sorts in one room */ };

struct matter_place {
    const struct matter_sort *sort;
    int64_t id;
};

/* Builds the statements; matter_start calls it. */
void matter_room_start(void);

/* count 0: it tells of no matter. */
bool matter_room_find(struct sql *sql, const struct leaf *leaf, struct arena *arena, struct matter_place places[MATTER_ROOMS], size_t *count, struct err *err);

/* Indexes from `from` on and below `before`, ascending, the first `most` (at most 64). */
enum { MATTER_LEAVES = 64 };
bool matter_room_leaves(struct sql *sql, const struct matter_place *place, uint64_t from, uint64_t before, size_t most, uint64_t *indexes, size_t *count,
                        struct err *err);

struct matter_event {
    struct leaf leaf;
    const struct matter_sort *sort;
    struct record matter, then; /* as it stands, and as the leaf made it */
    struct matter_look look;    /* of `matter` */
};

/* Memory from the arena, where the event must lie too. ERR_MISSING: it tells of no matter. */
bool matter_event_load(struct sql *sql, const struct leaf *leaf, struct arena *arena, struct matter_event *event, struct err *err);

#endif
