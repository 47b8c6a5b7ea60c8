/* What happens in a room, out of the ledger. */
#include "work/matter_room.h"

#include <assert.h>
#include <stdlib.h>

#include "base/text.h"

enum { ROOMS_MOST = 64 };

/* All rooms there are, one line a sort that belongs to another's. */
static struct inside {
    const struct matter_sort *of;
    const struct matter_room *room;
    char *leaves; /* of all its matters in one room */
} insides[ROOMS_MOST];
static size_t inside_count;

void matter_room_start(void)
{
    struct text ids;

    if (inside_count)
        return;
    text_init(&ids);
    for (size_t s = 0; s < matter_sort_count; s++) {
        assert(matter_sorts[s]->room_count <= MATTER_ROOMS);
        for (size_t r = 0; r < matter_sorts[s]->room_count; r++) {
            const struct matter_room *room = &matter_sorts[s]->rooms[r];

            assert(inside_count < ROOMS_MOST && room->kind->fields[room->field].type == FIELD_ID);
            text_clear(&ids);
            text_print(&ids, "SELECT id FROM %s WHERE %s = ?2 AND to_leaf IS NULL", room->kind->name, room->kind->fields[room->field].name);
            insides[inside_count++] = (struct inside){matter_sorts[s], room, ledger_among(ids.at)};
        }
    }
    text_release(&ids);
}

static bool names_rooms(const struct kind *kind)
{
    for (size_t i = 0; i < inside_count; i++)
        if (insides[i].room->kind == kind)
            return true;
    return false;
}

bool matter_room_find(struct sql *sql, const struct leaf *leaf, struct arena *arena, struct matter_place places[MATTER_ROOMS], size_t *count, struct err *err)
{
    const struct kind *kind = kind_stored(leaf->kind);
    const struct matter_sort *sort = kind ? matter_sort_of(kind) : NULL;
    struct record *matter;

    *count = 0;
    if (!sort)
        return true;
    places[(*count)++] = (struct matter_place){sort, leaf->object};
    if (!names_rooms(kind))
        return true;
    matter = arena_alloc(arena, sizeof *matter);
    if (!record_get(sql, kind, leaf->object, arena, matter, err))
        return err->code == ERR_MISSING;
    for (size_t i = 0; i < inside_count && *count < MATTER_ROOMS; i++)
        if (insides[i].room->kind == kind && matter_known(matter, insides[i].room->field))
            places[(*count)++] = (struct matter_place){insides[i].of, matter_number(matter, insides[i].room->field)};
    return true;
}

static int by_index(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return x < y ? -1 : x > y;
}

/* The first of each, and the first of these. */
bool matter_room_leaves(struct sql *sql, const struct matter_place *place, uint64_t from, uint64_t before, size_t most, uint64_t *indexes, size_t *count,
                        struct err *err)
{
    uint64_t all[(1 + MATTER_ROOMS) * MATTER_LEAVES];
    size_t have, some;

    most = most < MATTER_LEAVES ? most : MATTER_LEAVES;
    if (!ledger_where(sql, NULL, place->sort->kind->name, place->id, from, before, most, all, &have, err))
        return false;
    for (size_t i = 0; i < inside_count; i++) {
        if (insides[i].of != place->sort)
            continue;
        if (!ledger_where(sql, insides[i].leaves, insides[i].room->kind->name, place->id, from, before, most, all + have, &some, err))
            return false;
        have += some;
    }
    qsort(all, have, sizeof *all, by_index);
    *count = have < most ? have : most;
    memcpy(indexes, all, *count * sizeof *all);
    return true;
}

bool matter_event_load(struct sql *sql, const struct leaf *leaf, struct arena *arena, struct matter_event *event, struct err *err)
{
    const struct kind *kind = kind_stored(leaf->kind);
    const struct matter_sort *sort = kind ? matter_sort_of(kind) : NULL;

    if (!sort)
        return err_set(err, ERR_MISSING, "账本第 %llu 条不是一件事项的", (unsigned long long)leaf->index);
    event->leaf = *leaf;
    event->sort = sort;
    if (!record_get(sql, kind, leaf->object, arena, &event->matter, err))
        return false;
    event->then = event->matter;
    return (event->matter.ver == leaf->version || record_version(sql, kind, leaf->object, leaf->version, arena, &event->then, err))
           && matter_look_at(sql, sort, &event->matter, &event->look, err);
}
