#include "work/steering_int.h"

#include <stdlib.h>

#include "base/clock.h"
#include "record/choice.h"
#include "work/agenda.h"
#include "work/deal.h"
#include "work/steer.h"

enum { SLICE_ROWS = 100, OWN_ROWS = 200, DUES_PAST_DAYS = 366 };

#define STEERERS (ROLE_OFFICERS | STEER_LEADERS)

/* ?1 a day, ?2 ?3 behind this day and number, ?4 most: along the index of what is open by its day. */
static char *open_texts[KIND_END];

void steering_start(void)
{
    steering_promise_start();
    for (size_t i = 0; i < matter_sort_count; i++) {
        const struct kind *kind = matter_sorts[i]->kind;

        if (!open_texts[kind->id])
            open_texts[kind->id] = record_select(kind, "to_leaf IS NULL AND status = 0 AND due <= ?1 AND due >= ?2 AND (due > ?2 OR id > ?3) ORDER BY due, id LIMIT ?4");
    }
}

enum steering_who steering_who(const struct actor *actor)
{
    if (actor_is_officer(actor))
        return STEERING_BUREAU;
    if (actor_has_any(actor, STEER_LEADERS))
        return STEERING_LEADER;
    return actor->party && acts_for(actor, actor->party) ? STEERING_UNIT : STEERING_NONE;
}

/* --- one item --- */

struct looking {
    struct sql *sql;
    const struct actor *actor;
    int32_t today, soon;
    struct arena *arena;
    struct steering *to;
};

static bool same(const struct held *one, const struct held *other)
{
    return one->kind == other->kind && one->id == other->id && one->due_sort == other->due_sort && one->no == other->no;
}

static enum held_colour colour_of(const struct looking *looking, const struct held *held)
{
    if (held->due)
        return held->due < looking->today ? HELD_RED : held->due <= looking->soon ? HELD_AMBER : HELD_GREEN;
    return held->since && held->days >= HELD_STUCK_DAYS ? HELD_AMBER : HELD_GREEN;
}

/* What two grants reach is told once. */
static void held_add(struct looking *looking, const struct held *held)
{
    struct steering *to = looking->to;
    struct held *added;

    for (size_t i = 0; i < to->count; i++)
        if (same(&to->list[i], held))
            return;
    if (to->count == HELD_MOST) {
        to->more = true;
        return;
    }
    added = &to->list[to->count++];
    *added = *held;
    added->days = held->since ? looking->today - held->since : 0;
    added->late = held->due && held->due < looking->today ? looking->today - held->due : 0;
    added->colour = colour_of(looking, added);
    to->counts[added->colour]++;
}

static int by_day(int32_t a, int32_t b)
{
    return a == b ? 0 : !a ? 1 : !b ? -1 : a < b ? -1 : 1;
}

static int worst_first(const void *a, const void *b)
{
    const struct held *one = a, *other = b;
    int order = by_day(one->due, other->due);

    if (one->colour != other->colour)
        return one->colour < other->colour ? -1 : 1;
    if (!order && one->days != other->days)
        order = one->days > other->days ? -1 : 1;
    if (!order && one->kind != other->kind)
        order = one->kind->id < other->kind->id ? -1 : 1;
    return order ? order : one->id < other->id ? -1 : one->id > other->id;
}

/* --- deals --- */

static bool deal_seen(struct looking *looking, int64_t id, struct record *deal, struct object *object, bool *seen, struct err *err)
{
    struct err ignored;

    *seen = false;
    if (!record_get(looking->sql, &kind_deal, id, looking->arena, deal, &ignored))
        return ignored.code == ERR_MISSING || (*err = ignored, false);
    if (!object_of(looking->sql, deal, looking->actor, object, err))
        return false;
    *seen = deal->status == RECORD_OPEN && may(looking->actor, ACT_SEE, object, &ignored);
    return true;
}

static bool is_own_turn(enum turn turn)
{
    return turn == TURN_UNIT || turn == TURN_TEAM || turn == TURN_BODY;
}

static bool stood_add(struct looking *looking, const struct stood *stood, size_t count, struct err *err)
{
    for (size_t i = 0; i < count; i++) {
        const struct choice *pier = choice_find(choice_list_get("pier"), slice_of(pier_code(stood[i].pier)));
        struct record deal;
        struct object object;
        bool seen;

        if (stood[i].turn == TURN_CLOCK || (looking->to->who == STEERING_UNIT && !is_own_turn(stood[i].turn)))
            continue;
        if (!deal_seen(looking, stood[i].deal, &deal, &object, &seen, err))
            return false;
        if (seen)
            held_add(looking, &(struct held){.kind = &kind_deal, .id = deal.id, .title = deal.values[DEAL_TITLE].text, .what = pier->label,
                                             .what_en = pier->label_en, .turn = turn_label(stood[i].turn), .outside = !is_own_turn(stood[i].turn), .region = object.region,
                                             .holder = record_title(looking->sql, &kind_party, deal.owner, looking->arena),
                                             .since = day_of_ms(stood[i].since_ms), .due = stood[i].due});
    }
    return true;
}

/* A deadline that is the pier's own day stands there already, as that of an instalment does. */
static bool is_piers(const struct looking *looking, const struct due_row *row)
{
    const struct steering *to = looking->to;

    for (size_t i = 0; i < to->count; i++)
        if (to->list[i].kind == &kind_deal && to->list[i].id == row->deal && !to->list[i].due_sort && to->list[i].due == row->day)
            return true;
    return strcmp(row->sort->name, "instalment") == 0;
}

/* What is waited for nobody holds, nor a contract that has come to its end. */
static bool is_held(const struct looking *looking, const struct due_row *row)
{
    if (row->sort->waits || is_piers(looking, row) || (strcmp(row->sort->name, "contract") == 0 && row->day < looking->today))
        return false;
    return looking->to->who != STEERING_UNIT || !(row->sort->tells & DUE_TELLS_REGISTRAR);
}

static bool dues_add(struct looking *looking, const struct law *law, const struct due_row *rows, size_t count, struct err *err)
{
    for (size_t i = 0; i < count && rows[i].day <= looking->today + HELD_AHEAD_DAYS; i++) {
        const struct due_sort *sort = rows[i].sort;
        bool agency = (sort->tells & DUE_TELLS_REGISTRAR) != 0;
        const struct rule *rule = sort->rule ? rule_find(law->book, sort->rule, REGION_NATION, looking->today) : NULL;
        struct record deal;
        struct object object;
        bool seen;

        if (!is_held(looking, &rows[i]))
            continue;
        if (!deal_seen(looking, rows[i].deal, &deal, &object, &seen, err))
            return false;
        if (seen)
            held_add(looking, &(struct held){.kind = &kind_deal, .id = deal.id, .due_sort = sort, .no = rows[i].no, .title = deal.values[DEAL_TITLE].text,
                                             .what = sort->label, .what_en = sort->label_en, .turn = turn_label(agency ? TURN_REGISTRAR : TURN_UNIT), .outside = agency, .region = object.region,
                                             .holder = record_title(looking->sql, &kind_party, deal.owner, looking->arena), .due = rows[i].day,
                                             .limit = due_article(sort, rule, looking->arena)});
    }
    return true;
}

/* owner 0: of divisions from..to. */
static bool deals_add(struct looking *looking, const struct law *law, int64_t owner, int64_t from, int64_t to, struct err *err)
{
    struct stood *stood = arena_alloc(looking->arena, HELD_LOOKED * sizeof *stood);
    struct due_row *rows = arena_alloc(looking->arena, HELD_LOOKED * sizeof *rows);
    size_t count;

    if (!(owner ? standing_of_unit(looking->sql, owner, stood, HELD_LOOKED, &count, err)
                : standing_of_region(looking->sql, from, to, stood, HELD_LOOKED, &count, err))
        || !stood_add(looking, stood, count, err))
        return false;
    looking->to->more = looking->to->more || count == HELD_LOOKED;
    if (!standing_dues(looking->sql, owner, from, to, looking->today - DUES_PAST_DAYS, rows, HELD_LOOKED, &count, err))
        return false;
    looking->to->more = looking->to->more || count == HELD_LOOKED;
    return dues_add(looking, law, rows, count, err);
}

static bool grants_add(struct looking *looking, const struct law *law, struct err *err)
{
    for (size_t i = 0; i < looking->actor->grant_count; i++) {
        const struct role_grant *grant = &looking->actor->grants[i];
        int64_t from, to;

        if (!(STEERERS & ROLE_BIT(grant->role)))
            continue;
        if (!(scope_range(grant, &from, &to) ? deals_add(looking, law, 0, from, to, err) : deals_add(looking, law, grant->scope, 0, 0, err)))
            return false;
    }
    return true;
}

/* --- matters --- */

/* The party that takes the side; 0: a role, a person, or nobody. *taken: somebody does. */
static int64_t side_party(const struct matter_sort *sort, size_t at, const struct record *matter, bool *taken)
{
    const struct matter_side *side = &sort->sides[at];

    *taken = side->field == SIDE_OWNER || matter_side_roles(side) || (side->field >= 0 && matter_known(matter, (size_t)side->field));
    if (side->field == SIDE_OWNER)
        return matter->owner;
    return *taken && side->field >= 0 && sort->kind->fields[side->field].type == FIELD_PARTY ? matter_number(matter, (size_t)side->field) : 0;
}

/* Whose turn it is: an organisation before a role; of a unit's own desk itself alone. *side: SIZE_MAX: nobody's. */
static int64_t holder_of(const struct looking *looking, const struct matter_sort *sort, const struct record *matter, size_t *side)
{
    const struct matter_state *state = matter_state_of(sort, matter);
    bool own = looking->to->who == STEERING_UNIT, taken;
    int64_t holder = 0;

    *side = SIZE_MAX;
    for (size_t i = 0; state && i < sort->side_count; i++) {
        int64_t party = (state->turn & SIDE(i)) ? side_party(sort, i, matter, &taken) : 0;

        if (!(state->turn & SIDE(i)) || !taken || (own && party != looking->actor->party))
            continue;
        if (*side == SIZE_MAX || (!holder && party)) {
            *side = i;
            holder = party;
        }
    }
    return holder;
}

/* A firm that hides is not named, nor, to who sees the matter only because it is open, a side whose field is not for everybody. */
static bool holder_name(struct looking *looking, const struct matter_sort *sort, const struct record *matter, enum matter_sight sight, size_t side,
                        int64_t party, struct slice *name, struct err *err)
{
    int field = sort->sides[side].field;
    struct slice alias;
    int64_t veiled;

    *name = SLICE("");
    if (!party || (sight == SIGHT_OPEN && field >= 0 && sort->kind->fields[field].level != LEVEL_PUBLIC))
        return true;
    if (!matter_veils(looking->sql, sort, matter, looking->actor, looking->arena, &veiled, &alias, err))
        return false;
    *name = party == veiled ? alias : record_title(looking->sql, &kind_party, party, looking->arena);
    return true;
}

static bool in_scope(const struct looking *looking, const struct matter_look *look, unsigned sides)
{
    return looking->to->who == STEERING_UNIT ? sides != 0 : role_over(looking->actor, STEERERS, &look->object);
}

static bool matter_add(struct looking *looking, const struct matter_sort *sort, const struct record *matter, struct err *err)
{
    const struct matter_state *state = matter_state_of(sort, matter);
    struct matter_look look;
    enum matter_sight sight;
    struct held held;
    int64_t holder;
    unsigned sides;
    size_t side;

    holder = holder_of(looking, sort, matter, &side);
    if (side == SIZE_MAX)
        return true;
    if (!matter_look_at(looking->sql, sort, matter, &look, err) || !matter_look_sight(&look, looking->actor, &sides, &sight, err))
        return false;
    if (sight == SIGHT_NONE || !in_scope(looking, &look, sides))
        return true;
    held = (struct held){.kind = sort->kind, .id = matter->id, .title = matter_title_at(sort, matter, sight), .what = state->label,
                         .what_en = state->label_en, .turn = sort->sides[side].label, .region = look.object.region,
                         .since = matter_day(matter, MATTER_SINCE), .due = matter_day(matter, MATTER_DUE),
                         .limit = slice_of(state->limit ? state->limit : "")};
    if (!holder_name(looking, sort, matter, sight, side, holder, &held.holder, err))
        return false;
    held_add(looking, &held);
    return true;
}

/* Of one sort, what is due first, a slice at a time. */
static bool sort_add(struct looking *looking, const struct matter_sort *sort, struct record *rows, struct err *err)
{
    char last[CLOCK_TEXT], from[CLOCK_TEXT] = "";
    size_t looked = 0, count;
    int64_t behind = 0;

    day_show(looking->soon, last);
    do {
        if (!record_rows(looking->sql, sort->kind, open_texts[sort->kind->id],
                         SQL_ARGS(sql_text(slice_of(last)), sql_text(slice_of(from)), sql_int(behind), sql_int(SLICE_ROWS)), SLICE_ROWS, looking->arena,
                         rows, &count, err))
            return false;
        for (size_t i = 0; i < count; i++)
            if (!matter_add(looking, sort, &rows[i], err))
                return false;
        if (count) {
            day_show(matter_day(&rows[count - 1], MATTER_DUE), from);
            behind = rows[count - 1].id;
        }
        looked += count;
    } while (count == SLICE_ROWS && looked < HELD_LOOKED);
    looking->to->more = looking->to->more || looked == HELD_LOOKED;
    return true;
}

static bool sorts_add(struct looking *looking, struct err *err)
{
    struct record *rows = arena_alloc(looking->arena, SLICE_ROWS * sizeof *rows);

    for (size_t i = 0; i < matter_sort_count; i++)
        if (!sort_add(looking, matter_sorts[i], rows, err))
            return false;
    return true;
}

/* --- a unit's own --- */

static bool own_add(struct looking *looking, const struct law *law, struct err *err)
{
    struct object deals = {.kind = &kind_deal, .owner = looking->actor->party};
    struct record *list = arena_alloc(looking->arena, OWN_ROWS * sizeof *list);
    struct err ignored;
    size_t count;

    if (may(looking->actor, ACT_STEP, &deals, &ignored) && !deals_add(looking, law, looking->actor->party, 0, 0, err))
        return false;
    if (!matter_waiting(looking->sql, looking->actor, looking->arena, list, OWN_ROWS, &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!matter_add(looking, matter_sort_of(list[i].kind), &list[i], err))
            return false;
    looking->to->more = looking->to->more || count == OWN_ROWS;
    return true;
}

bool steering_look(struct sql *sql, const struct law *law, const struct actor *actor, int32_t today, struct arena *arena, struct steering *steering,
                   struct err *err)
{
    struct looking looking = {sql, actor, today, calendar_after(law->calendar, today, CALENDAR_WORKDAYS, HELD_SOON, NULL), arena, steering};

    *steering = (struct steering){.who = steering_who(actor), .list = arena_alloc(arena, HELD_MOST * sizeof *steering->list)};
    if (steering->who == STEERING_NONE)
        return err_set(err, ERR_DENIED, "调度台给科技部门、领导和秘书、政协办公室，和代表一个单位办事的人") || err_hint(err, "公开的数在“指标”里看");
    if (!(steering->who == STEERING_UNIT ? own_add(&looking, law, err) : grants_add(&looking, law, err) && sorts_add(&looking, err)))
        return false;
    if (steering->count)
        qsort(steering->list, steering->count, sizeof *steering->list, worst_first);
    return true;
}

bool steering_ground(struct sql *sql, const struct law *law, int32_t today, struct arena *arena, struct held *held, struct err *err)
{
    struct deal_bridge bridge;
    struct deal_file file;

    if (held->kind != &kind_deal || held->due_sort || held->limit.len)
        return true;
    if (!deal_load(sql, held->id, today, arena, &file, err) || !deal_look(law, &file, &bridge, err))
        return false;
    if (bridge.at < PIER_COUNT && bridge.piers[bridge.at].article)
        held->limit = slice_of(bridge.piers[bridge.at].article);
    return true;
}

struct held *steering_find(const struct steering *steering, struct slice kind, int64_t id, struct slice due_sort, int64_t no)
{
    for (size_t i = 0; i < steering->count; i++) {
        struct held *held = &steering->list[i];

        if (held->id == id && slice_is(kind, held->kind->name) && slice_is(due_sort, held->due_sort ? held->due_sort->name : "") && held->no == no)
            return held;
    }
    return NULL;
}
