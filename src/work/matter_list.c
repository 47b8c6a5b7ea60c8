/* Which matters somebody sees, and which wait for him. */
#include "work/effect.h"
#include "work/bundle.h"
#include "work/consult_int.h"
#include "work/matter_int.h"
#include "work/matter_room.h"
#include "work/steer.h"

#include <stdlib.h>

#include "base/text.h"

/* WAIT_SCOPED: of those that wait for a role, how many are looked at for one holder's scope. */
enum { LIST_LOOKED = 1000, LIST_SLICE = 100, WAITING_EACH = 40, WAIT_SCOPED = 400 };

/* One a side, so that each runs along the index of its column; what several find is told once. NULL: the side is found another way. */
struct statements {
    char *mine[MATTER_SIDES];    /* ?1 party or person ?2 before ?3 state ?4 most */
    char *waiting[MATTER_SIDES]; /* ?1 party or person ?2 most */
    char *all;                   /* ?1 before ?2 state ?3 most */
    char *scoped[MATTER_SIDES];  /* ?1 most: what waits for a side that is found by scope; NULL: another side, or nothing waits for it */
    char *about[FIELDS_MAX];     /* ?1 id ?2 most */
};

static struct statements texts[KIND_END];

/* --- statements --- */

static const char *side_column(const struct matter_sort *sort, size_t side)
{
    return sort->sides[side].field == SIDE_OWNER ? "owner" : sort->kind->fields[sort->sides[side].field].name;
}

static bool has_column(const struct matter_side *side)
{
    return side->field != SIDE_JOINED && !matter_side_roles(side);
}

static bool is_persons(const struct matter_sort *sort, size_t side)
{
    return sort->sides[side].field >= 0 && sort->kind->fields[sort->sides[side].field].type == FIELD_PERSON;
}

static char *build_mine(const struct matter_sort *sort, size_t side)
{
    struct text where;
    char *made;

    if (!has_column(&sort->sides[side]))
        return NULL;
    text_init(&where);
    text_print(&where, "%s = ?1 AND to_leaf IS NULL AND id < ?2 AND (?3 = '' OR state = ?3) ORDER BY id DESC LIMIT ?4", side_column(sort, side));
    made = record_select(sort->kind, where.at);
    text_release(&where);
    return made;
}

/* ", "-parted codes of the states in which the side is waited for; how many. */
static size_t states_of(const struct matter_sort *sort, size_t side, struct text *out)
{
    size_t count = 0;

    for (size_t s = 0; s < sort->state_count; s++)
        if (sort->states[s].turn & SIDE(side))
            text_print(out, "%s'%s'", count++ ? ", " : "", sort->states[s].code);
    return count;
}

/* Behind `whose`, which ends in AND where it is not empty; `most` is the placeholder of how many. */
static char *build_turn(const struct matter_sort *sort, size_t side, const char *whose, const char *most)
{
    struct text where, states;
    char *made = NULL;

    text_init(&where);
    text_init(&states);
    if (states_of(sort, side, &states)) {
        text_print(&where, "%sto_leaf IS NULL AND status = 0 AND state IN (%s) ORDER BY CASE WHEN due IS NULL THEN 1 ELSE 0 END, due, id LIMIT %s",
                   whose, states.at, most);
        made = record_select(sort->kind, where.at);
    }
    text_release(&where);
    text_release(&states);
    return made;
}

static char *build_waiting(const struct matter_sort *sort, size_t side)
{
    struct text whose;
    char *made;

    if (!has_column(&sort->sides[side]))
        return NULL;
    text_init(&whose);
    text_print(&whose, "%s = ?1 AND ", side_column(sort, side));
    made = build_turn(sort, side, whose.at, "?2");
    text_release(&whose);
    return made;
}

static void about_start(const struct matter_sort *sort, struct statements *to)
{
    for (size_t f = MATTER_OWN; f < sort->kind->count; f++) {
        struct text where;

        if (sort->kind->fields[f].type != FIELD_ID)
            continue;
        text_init(&where);
        text_print(&where, "%s = ?1 AND to_leaf IS NULL ORDER BY id DESC LIMIT ?2", sort->kind->fields[f].name);
        to->about[f] = record_select(sort->kind, where.at);
        text_release(&where);
    }
}

void matter_start(void)
{
    matter_entries_start();
    matter_tick_start();
    matter_room_start();
    bundle_start();
    consult_start();
    steer_start();
    effect_start();
    for (size_t i = 0; i < matter_sort_count; i++) {
        struct statements *to = &texts[matter_sorts[i]->kind->id];

        if (to->all)
            continue;
        for (size_t side = 0; side < matter_sorts[i]->side_count; side++) {
            to->mine[side] = build_mine(matter_sorts[i], side);
            to->waiting[side] = build_waiting(matter_sorts[i], side);
            to->scoped[side] = matter_side_roles(&matter_sorts[i]->sides[side]) ? build_turn(matter_sorts[i], side, "", "?1") : NULL;
        }
        to->all = record_select(matter_sorts[i]->kind, "to_leaf IS NULL AND id < ?1 AND (?2 = '' OR state = ?2) ORDER BY id DESC LIMIT ?3");
        about_start(matter_sorts[i], to);
    }
}

const char *matter_waiting_text(const struct matter_sort *sort, size_t side)
{
    return texts[sort->kind->id].waiting[side];
}

const char *matter_mine_text(const struct matter_sort *sort, size_t side)
{
    return texts[sort->kind->id].mine[side];
}

/* --- a list --- */

/* Sees more than what names him or his party: an officer or an auditor, a role or a member that takes part, or anybody where matters are open. */
static bool beyond(const struct matter_sort *sort, const struct actor *actor)
{
    unsigned roles = ROLE_OFFICERS | ROLE_BIT(ROLE_AUDITOR);

    for (size_t i = 0; i < sort->side_count; i++)
        roles |= matter_side_roles(&sort->sides[i]);
    return sort->open || actor_is_program(actor) || actor_has_any(actor, roles) || (sort->joined && (actor->person || actor->party));
}

static int newest_first(const void *a, const void *b)
{
    int64_t x = ((const struct record *)a)->id, y = ((const struct record *)b)->id;

    return x > y ? -1 : x < y;
}

/* Sorted lists of the sides as one: what stands there twice once, at most `most`. */
static size_t merged(struct record *list, size_t count, size_t most, int (*order)(const void *, const void *))
{
    size_t kept = 0;

    if (count)
        qsort(list, count, sizeof *list, order);
    for (size_t i = 0; i < count && kept < most; i++)
        if (!kept || list[kept - 1].id != list[i].id)
            list[kept++] = list[i];
    return kept;
}

/* By which number a side finds the actor's; 0: it finds none. */
static int64_t side_key(const struct matter_sort *sort, size_t side, const struct actor *actor)
{
    return is_persons(sort, side) ? actor->person : actor->party;
}

static bool mine_read(struct sql *sql, const struct matter_sort *sort, const struct actor *actor, struct slice state, int64_t before,
                      struct arena *arena, struct record *list, size_t most, size_t *count, struct err *err)
{
    struct record *found = arena_alloc(arena, MATTER_SIDES * most * sizeof *found);
    size_t all = 0;

    for (size_t side = 0; side < sort->side_count; side++) {
        const char *text = texts[sort->kind->id].mine[side];
        int64_t key = side_key(sort, side, actor);
        size_t read;

        if (!text || !key)
            continue;
        if (!record_rows(sql, sort->kind, text, SQL_ARGS(sql_int(key), sql_int(before), sql_text(state), sql_int((int64_t)most)), most, arena, found + all,
                         &read, err))
            return false;
        all += read;
    }
    *count = merged(found, all, most, newest_first);
    memcpy(list, found, *count * sizeof *list);
    return true;
}

static bool slice_read(struct sql *sql, const struct matter_sort *sort, const struct actor *actor, const struct matter_query *query, bool all,
                       int64_t before, struct arena *arena, struct record *list, size_t most, size_t *count, struct err *err)
{
    struct slice state = slice_of(query->state ? query->state : "");

    if (all)
        return record_rows(sql, sort->kind, texts[sort->kind->id].all, SQL_ARGS(sql_int(before), sql_text(state), sql_int((int64_t)most)), most, arena,
                           list, count, err);
    return mine_read(sql, sort, actor, state, before, arena, list, most, count, err);
}

/* Of `found`, those that he may know of, behind the list's *count. */
static bool seen_take(struct sql *sql, const struct matter_sort *sort, const struct actor *actor, const struct record *found, size_t found_count,
                      struct record *list, size_t most, size_t *count, int64_t *last, struct err *err)
{
    for (size_t i = 0; i < found_count && *count < most; i++) {
        enum matter_sight sight;
        unsigned sides;

        if (!matter_sight(sql, sort, &found[i], actor, &sides, &sight, err))
            return false;
        *last = found[i].id;
        if (sight != SIGHT_NONE)
            list[(*count)++] = found[i];
    }
    return true;
}

bool matter_list(struct sql *sql, const struct matter_sort *sort, const struct actor *actor, const struct matter_query *query, struct arena *arena,
                 struct record *list, size_t most, size_t *count, int64_t *further, struct err *err)
{
    bool all = !query->mine && beyond(sort, actor);
    int64_t before = query->before ? query->before : INT64_MAX;
    struct record *found = arena_alloc(arena, LIST_SLICE * sizeof *found);
    size_t looked = 0, read;

    *count = 0;
    *further = 0;
    do {
        if (!slice_read(sql, sort, actor, query, all, before, arena, found, LIST_SLICE, &read, err)
            || !seen_take(sql, sort, actor, found, read, list, most, count, &before, err))
            return false;
        looked += read;
    } while (read == LIST_SLICE && *count < most && looked < LIST_LOOKED);
    if (read == LIST_SLICE || (*count == most && read && found[read - 1].id < before))
        *further = before;
    return true;
}

bool matter_about(struct sql *sql, const struct matter_sort *sort, size_t field, int64_t id, const struct actor *actor, struct arena *arena,
                  struct record *list, size_t most, size_t *count, struct err *err)
{
    struct record *found = arena_alloc(arena, LIST_SLICE * sizeof *found);
    int64_t last;
    size_t read;

    *count = 0;
    return record_rows(sql, sort->kind, texts[sort->kind->id].about[field], SQL_ARGS(sql_int(id), sql_int(LIST_SLICE)), LIST_SLICE, arena, found,
                       &read, err)
           && seen_take(sql, sort, actor, found, read, list, most, count, &last, err);
}

/* --- what waits --- */

struct waiting {
    struct record *list;
    size_t count;
};

static bool side_scoped(struct sql *sql, const struct matter_sort *sort, size_t side, const struct actor *actor, struct arena *arena,
                        struct waiting *to, struct err *err)
{
    unsigned roles = matter_side_roles(&sort->sides[side]);
    struct record *found;
    size_t count, taken = 0;

    if (!texts[sort->kind->id].scoped[side] || !actor_has_any(actor, roles))
        return true;
    found = arena_alloc(arena, WAIT_SCOPED * sizeof *found);
    if (!record_rows(sql, sort->kind, texts[sort->kind->id].scoped[side], SQL_ARGS(sql_int(WAIT_SCOPED)), WAIT_SCOPED, arena, found, &count, err))
        return false;
    for (size_t i = 0; i < count && taken < WAITING_EACH; i++) {
        struct object object;

        if (!matter_object(sql, sort, &found[i], &object, err))
            return false;
        if (role_over(actor, roles, &object)) {
            to->list[to->count++] = found[i];
            taken++;
        }
    }
    return true;
}

/* By day, what has none last; then the older. */
static int by_due(const void *a, const void *b)
{
    const struct record *one = a, *other = b;
    int32_t x = matter_day(one, MATTER_DUE), y = matter_day(other, MATTER_DUE);

    if (x != y)
        return !x ? 1 : !y ? -1 : x < y ? -1 : 1;
    return one->id < other->id ? -1 : one->id > other->id;
}

/* Who only belongs to a party does not act for it. */
static bool parties_add(struct sql *sql, const struct matter_sort *sort, const struct actor *actor, struct arena *arena, struct waiting *to,
                        struct err *err)
{
    for (size_t side = 0; side < sort->side_count; side++) {
        const char *text = texts[sort->kind->id].waiting[side];
        int64_t key = is_persons(sort, side) || matter_acts_for(sort, side, actor, actor->party) ? side_key(sort, side, actor) : 0;
        size_t read;

        if (!text || !key)
            continue;
        if (!record_rows(sql, sort->kind, text, SQL_ARGS(sql_int(key), sql_int(WAITING_EACH)), WAITING_EACH, arena, to->list + to->count, &read, err))
            return false;
        to->count += read;
    }
    return true;
}

/* What waits for several of his sides stands there once. */
static bool sort_waiting(struct sql *sql, const struct matter_sort *sort, const struct actor *actor, struct arena *arena, struct waiting *to,
                         struct err *err)
{
    size_t begun = to->count;

    for (size_t side = 0; side < sort->side_count; side++)
        if (!side_scoped(sql, sort, side, actor, arena, to, err))
            return false;
    if (!parties_add(sql, sort, actor, arena, to, err))
        return false;
    to->count = begun + merged(to->list + begun, to->count - begun, 2 * WAITING_EACH, by_due);
    return true;
}

bool matter_waiting(struct sql *sql, const struct actor *actor, struct arena *arena, struct record *list, size_t most, size_t *count,
                    struct err *err)
{
    struct waiting all = {arena_alloc(arena, (2 * matter_sort_count + 2 * MATTER_SIDES) * WAITING_EACH * sizeof *all.list), 0};

    *count = 0;
    for (size_t i = 0; i < matter_sort_count; i++)
        if (!sort_waiting(sql, matter_sorts[i], actor, arena, &all, err))
            return false;
    if (all.count)
        qsort(all.list, all.count, sizeof *all.list, by_due);
    *count = all.count < most ? all.count : most;
    if (*count)
        memcpy(list, all.list, *count * sizeof *list);
    return true;
}
