#include "work/notify_int.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/log.h"
#include "ledger/ledger.h"
#include "record/member.h"
#include "work/deal_int.h"
#include "work/standing.h"

enum { FOLLOW_LEAVES = 400, ROUND_MESSAGES = 2000 /* a round ends behind the leaf that passes it */, PAGE = 200 };

static const char cursor_name[] = "notify";

/* A note about nothing at all says nothing. */
static void note_add(struct telling *telling, const char *sort, const char *about, unsigned to, int32_t day)
{
    if (telling->count < NOTES_MOST)
        telling->notes[telling->count++] = (struct note){sort, about, to, day};
}

/* --- to whom --- */

static bool row_room(struct round *round, struct err *err)
{
    size_t room = round->room ? 2 * round->room : PAGE;
    struct row *rows;

    if (round->count < round->room)
        return true;
    rows = realloc(round->rows, room * sizeof *rows);
    if (!rows)
        return err_set(err, ERR_MEMORY, "内存不足");
    round->rows = rows;
    round->room = room;
    return true;
}

static bool row_add(struct telling *telling, const struct note *note, int64_t account, struct err *err)
{
    struct round *round = telling->round;
    struct row *row;

    for (size_t i = round->count; i-- > 0 && round->rows[i].leaf == telling->leaf->index;)
        if (round->rows[i].account == account)
            return true; /* the first thing that a leaf means to him is told */
    if (!row_room(round, err))
        return false;
    row = &round->rows[round->count];
    *row = (struct row){.account = account, .object = telling->object, .made_ms = telling->leaf->time_ms, .leaf = telling->leaf->index,
                        .sort = message_sort_find(slice_of(note->sort)), .day = note->day};
    snprintf(row->about, sizeof row->about, "%s", note->about);
    round->count += row->sort != NULL;
    return true;
}

/* Accounts that `statement` finds for ?1, without who took the step, behind ?3 in the order of their numbers. */
struct crowd {
    const char *statement;
    struct sql_arg of;
    const enum action *action; /* may() decides for each; NULL: all */
    unsigned scoped;           /* holders of these roles in whose scope the matter lies; 0: not asked */
};

static bool page_read(const struct telling *telling, const struct crowd *crowd, int64_t behind, int64_t ids[PAGE], size_t *count,
                      struct err *err)
{
    struct sql_rows rows;

    *count = 0;
    if (!sql_rows(telling->round->sql, crowd->statement,
                  SQL_ARGS(crowd->of, sql_bytes(telling->leaf->actor, LEAF_ACTOR), sql_int(behind), sql_int(PAGE)), &rows, err))
        return false;
    while (*count < PAGE && sql_next(&rows))
        ids[(*count)++] = sql_number(&rows, 0);
    return sql_done(&rows, err);
}

static bool account_told(struct telling *telling, const struct note *note, const struct crowd *crowd, int64_t account, struct err *err)
{
    struct actor actor;
    struct object object;
    struct err ignored;

    if (crowd->action || crowd->scoped) {
        if (!actor_load(telling->round->sql, account, &actor, err)
            || !object_of(telling->round->sql, &telling->deal, &actor, &object, err))
            return false;
        if (crowd->scoped ? !role_over(&actor, crowd->scoped, &object) : !may(&actor, *crowd->action, &object, &ignored))
            return true;
    }
    return row_add(telling, note, account, err);
}

/* Page by page, until all were asked. */
static bool crowd_told(struct telling *telling, const struct note *note, const struct crowd *crowd, struct err *err)
{
    int64_t ids[PAGE], behind = INT64_MIN;
    size_t count;

    do {
        if (!page_read(telling, crowd, behind, ids, &count, err))
            return false;
        for (size_t i = 0; i < count; i++)
            if (!account_told(telling, note, crowd, ids[i], err))
                return false;
        behind = count ? ids[count - 1] : behind;
    } while (count == PAGE);
    return true;
}

#define PEOPLE(roles)                                                                                                               \
    "SELECT DISTINCT a.id FROM account a JOIN role_grant g ON g.account = a.id AND g.ended_leaf IS NULL"                            \
    " AND g.role IN (" roles ") WHERE a.party = ?1 AND a.to_leaf IS NULL AND a.disabled = 0"                                        \
    " AND a.pseudonym <> ?2 AND a.id > ?3 ORDER BY 1 LIMIT ?4"

static bool party_told(struct telling *telling, const struct note *note, int64_t party, struct err *err)
{
    struct crowd crowd = {PEOPLE("'member', 'unit_admin'"), sql_int(party), NULL, false};

    return !party || crowd_told(telling, note, &crowd, err);
}

/* Of a matter everybody is told who stands for the side (stands_for in may.h), and so may take its step: a broker's people are managers. */
static bool standing_told(struct telling *telling, const struct note *note, int64_t party, struct err *err)
{
    struct crowd crowd = {PEOPLE("'member', 'unit_admin', 'manager', 'market'"), sql_int(party), NULL, false};

    return !party || crowd_told(telling, note, &crowd, err);
}

static bool person_told(struct telling *telling, const struct note *note, int64_t person, struct err *err)
{
    static const char accounts[] =
        "SELECT id FROM account WHERE person = ?1 AND person <> 0 AND to_leaf IS NULL AND disabled = 0 AND pseudonym <> ?2"
        " AND id > ?3 ORDER BY id LIMIT ?4";
    struct crowd crowd = {accounts, sql_int(person), NULL, false};

    return crowd_told(telling, note, &crowd, err);
}

/* The persons of the newest paper of the kind that names any. */
static bool team_told(struct telling *telling, const struct note *note, struct err *err)
{
    bool title = strcmp(note->sort, "title") == 0;
    const struct kind *kind = title ? &kind_title : &kind_award;
    struct slice lines, line;
    struct member member;
    struct record *papers;
    struct err ignored;
    size_t count;

    if (!record_of_deal(telling->round->sql, kind, telling->deal.id, RECORD_PAPERS, &telling->round->arena, &papers, &count, err))
        return false;
    lines = count ? paper_text(&papers[count - 1], title ? (size_t)TITLE_HOLDERS : (size_t)AWARD_TEAM) : SLICE("");
    while (slice_cut(&lines, '\n', &line))
        if (member_read(line, &member, &ignored) && member.person && !person_told(telling, note, member.person, err))
            return false;
    return true;
}

/* By role, and then may() decides for each, or, without an action, his scope. */
static bool role_asked(struct telling *telling, const struct note *note, enum role role, const enum action *action, struct err *err)
{
    static const char holders[] =
        "SELECT DISTINCT a.id FROM role_grant g JOIN account a ON a.id = g.account AND a.to_leaf IS NULL AND a.disabled = 0"
        " WHERE g.role = ?1 AND g.ended_leaf IS NULL AND a.pseudonym <> ?2 AND a.id > ?3 ORDER BY 1 LIMIT ?4";
    struct crowd crowd = {holders, sql_text(slice_of(role_name(role))), action, action ? 0 : ROLE_BIT(role)};

    return crowd_told(telling, note, &crowd, err);
}

static bool role_told(struct telling *telling, const struct note *note, enum role role, enum action action, struct err *err)
{
    return role_asked(telling, note, role, &action, err);
}

static bool officers_told(struct telling *telling, const struct note *note, struct err *err)
{
    return role_told(telling, note, ROLE_COUNTY_OFFICER, ACT_SEE, err) && role_told(telling, note, ROLE_PARK_OFFICER, ACT_SEE, err)
           && role_told(telling, note, ROLE_CITY_OFFICER, ACT_SEE, err);
}

static bool note_tell(struct telling *telling, const struct note *note, struct err *err)
{
    return (!(note->to & TO_UNIT) || party_told(telling, note, telling->deal.owner, err))
           && (!(note->to & TO_TEAM) || team_told(telling, note, err))
           && (!(note->to & TO_REGISTRAR) || role_told(telling, note, ROLE_REGISTRAR, ACT_REGISTER, err))
           && (!(note->to & TO_OFFICERS) || officers_told(telling, note, err))
           && (!(note->to & TO_PARTY) || party_told(telling, note, telling->party, err));
}

/* --- what a leaf means --- */

static void due_notes(struct telling *telling)
{
    struct due_told told;

    if (!due_told_read(telling->leaf, &told))
        return;
    if (told.sort->waits) {
        note_add(telling, "over", told.sort->name, TO_UNIT, told.day);
        return;
    }
    note_add(telling, told.late ? "late" : "ahead", told.sort->name, TO_UNIT | (told.late ? TO_OFFICERS : 0), told.day);
    if (told.sort->tells & DUE_TELLS_REGISTRAR)
        note_add(telling, told.late ? "undecided" : "decide", told.sort->name, TO_REGISTRAR, told.day);
    if (told.late && (told.sort->tells & DUE_TELLS_TEAM))
        note_add(telling, "unpaid", told.sort->name, TO_TEAM, told.day);
}

/* Steps that ask somebody for something, whether or not the deal has moved to another pier. */
static const struct {
    const char *action, *sort;
    unsigned to;
} asking[] = {
    {"deal.object", "objection", TO_UNIT},    {"deal.register", "registration", TO_REGISTRAR}, {"deal.mend", "mended", TO_REGISTRAR},
    {"deal.title", "title", TO_TEAM},         {"deal.allot", "award", TO_TEAM},               {"deal.pay", "paid", TO_TEAM},
};

/*
 * The agency may only say that it is in dispute: then nothing is asked of the unit. Read as this leaf's step left the registration,
 * which is written right behind the deal.
 */
static bool correct_note(struct telling *telling, struct err *err)
{
    const struct leaf *leaf = telling->leaf;
    struct record registration;
    int64_t id;
    bool found;

    if (strcmp(leaf->action, "deal.correct") != 0)
        return true;
    if (!sql_one(telling->round->sql, "SELECT id FROM registration WHERE deal = ?1 AND from_leaf <= ?2 ORDER BY from_leaf DESC LIMIT 1",
                 SQL_ARGS(sql_int(leaf->object), sql_int((int64_t)leaf->index + 1)), &id, &found, err))
        return false;
    if (!found)
        return true;
    if (!record_as_of(telling->round->sql, &kind_registration, id, leaf->index + 1, &telling->round->arena, &registration, err))
        return false;
    if (registration_lacking(&registration))
        note_add(telling, "mend", "", TO_UNIT, 0);
    return true;
}

/* Piers at which the unit itself goes on; of the others it waits for time, or for the buyer. */
static bool is_units(struct slice pier)
{
    return !slice_is(pier, "receive") && !slice_is(pier, "closed") && !slice_is(pier, "dropped");
}

static bool turn_note(struct telling *telling, struct err *err)
{
    struct slice pier = paper_text(&telling->deal, DEAL_PIER);
    struct record before;

    if (telling->leaf->version < 2 || !is_units(pier) || strcmp(telling->leaf->action, "deal.past") == 0)
        return true; /* what is brought in of the past waits for nobody (deal_rests) */
    if (!record_version(telling->round->sql, &kind_deal, telling->deal.id, (int64_t)telling->leaf->version - 1, &telling->round->arena,
                        &before, err))
        return false;
    if (!slice_same(pier, paper_text(&before, DEAL_PIER)))
        note_add(telling, "turn", arena_text(&telling->round->arena, pier), TO_UNIT, 0);
    return true;
}

static bool deal_notes(struct telling *telling, struct err *err)
{
    const struct leaf *leaf = telling->leaf;

    if (!record_version(telling->round->sql, &kind_deal, leaf->object, leaf->version, &telling->round->arena, &telling->deal, err))
        return false;
    if (strcmp(leaf->action, "deal.due") == 0) {
        due_notes(telling);
        return true;
    }
    for (size_t i = 0; i < sizeof asking / sizeof *asking; i++)
        if (strcmp(leaf->action, asking[i].action) == 0)
            note_add(telling, asking[i].sort, "", asking[i].to, 0);
    return correct_note(telling, err) && turn_note(telling, err);
}

/* --- what other leaves mean --- */

static bool leave_notes(struct telling *telling, struct err *err)
{
    struct sql_rows rows;

    if (!sql_rows(telling->round->sql, "SELECT kind, party FROM nda WHERE object = ?1 AND leaf = ?2",
                  SQL_ARGS(sql_int(telling->leaf->object), sql_int((int64_t)telling->leaf->index)), &rows, err))
        return false;
    if (sql_next(&rows)) {
        note_add(telling, "opened", arena_text(&telling->round->arena, sql_slice(&rows, 0)), TO_PARTY, 0);
        telling->party = sql_number(&rows, 1);
    }
    return sql_done(&rows, err);
}

/* Shared, so for the other side to know (work/feedback.h): whoever has the record that the speaker's own is not. */
static bool feedback_notes(struct telling *telling, struct err *err)
{
    struct arena *arena = &telling->round->arena;
    const struct kind *kind = NULL;
    struct record record;
    struct sql_rows rows;

    if (!sql_rows(telling->round->sql,
                  "SELECT asks_kind, asks, answers_kind, answers, side FROM feedback WHERE id = ?1 AND ver = ?2 AND shared = 1 AND side > 0",
                  SQL_ARGS(sql_int(telling->leaf->object), sql_int(telling->leaf->version)), &rows, err))
        return false;
    if (sql_next(&rows)) {
        int other = sql_number(&rows, 4) == 1 ? 2 : 0;

        kind = kind_by_name(arena_text(arena, sql_slice(&rows, other)));
        telling->object = sql_number(&rows, other + 1);
    }
    if (!sql_done(&rows, err) || !kind)
        return kind == NULL && err->code == ERR_NONE;
    if (!record_get(telling->round->sql, kind, telling->object, arena, &record, err))
        return false;
    telling->party = record.owner;
    note_add(telling, "heard", kind->name, TO_PARTY, 0);
    return true;
}

/* --- matters --- */

static bool roles_told(struct telling *telling, const struct note *note, unsigned roles, struct err *err)
{
    for (int role = 0; role < ROLE_COUNT; role++)
        if ((roles & ROLE_BIT(role)) && !role_asked(telling, note, (enum role)role, NULL, err))
            return false;
    return true;
}

bool scope_told(struct telling *telling, const struct note *note, struct err *err)
{
    return roles_told(telling, note, ROLE_OFFICERS, err);
}

bool side_told(struct telling *telling, const struct note *note, const struct matter_side *side, struct err *err)
{
    const struct record *matter = &telling->deal;

    if (side->field == SIDE_JOINED)
        return true;
    if (matter_side_roles(side))
        return roles_told(telling, note, matter_side_roles(side), err);
    if (side->field == SIDE_OWNER)
        return standing_told(telling, note, matter->owner, err);
    if (matter->kind->fields[side->field].type == FIELD_PERSON)
        return person_told(telling, note, matter_number(matter, (size_t)side->field), err);
    return standing_told(telling, note, matter_number(matter, (size_t)side->field), err);
}

/* Those whose turn it is are told first: a leaf says one thing to a person. Officers and other roles hear of what waits for them, and of what is late. */
static bool sides_told(struct telling *telling, const struct matter_sort *sort, const struct matter_state *state, const char *about, bool late,
                       struct err *err)
{
    struct note turn = {.sort = late ? "matter_late" : "matter_turn", .about = about}, moved = {.sort = "matter_moved", .about = about};
    bool sealed;

    if (!matter_sealed(telling->round->sql, sort, &telling->deal, &sealed, err))
        return false;
    if (sealed && sort->keepers) /* whose turn it is has it before him */
        return true;
    if (sealed) /* a message would say that it is there */
        return standing_told(telling, late ? &turn : &moved, telling->deal.owner, err);
    for (size_t i = 0; i < sort->side_count; i++)
        if ((state->turn & SIDE(i)) && !side_told(telling, &turn, &sort->sides[i], err))
            return false;
    for (size_t i = 0; i < sort->side_count; i++)
        if (!(state->turn & SIDE(i)) && late == (matter_side_roles(&sort->sides[i]) != 0) && !side_told(telling, late ? &turn : &moved, &sort->sides[i], err))
            return false;
    if (late)
        return scope_told(telling, &turn, err);
    return !sort->tells || crowd_told(telling, &moved, &(struct crowd){.statement = sort->tells, .of = sql_int(telling->deal.id)}, err);
}

bool matter_moved(const struct telling *telling, bool *moved, struct err *err)
{
    const struct leaf *leaf = telling->leaf;
    struct record before;

    *moved = leaf->version == 1;
    if (*moved)
        return true;
    if (!record_version(telling->round->sql, telling->deal.kind, leaf->object, (int64_t)leaf->version - 1, &telling->round->arena, &before, err))
        return false;
    *moved = !slice_same(matter_text(&before, MATTER_STATE), matter_text(&telling->deal, MATTER_STATE));
    return true;
}

static bool matter_notes(struct telling *telling, const struct matter_sort *sort, struct err *err)
{
    const struct leaf *leaf = telling->leaf;
    const char *verb = strrchr(leaf->action, '.');
    bool late = verb && strcmp(verb, ".late") == 0, moved;
    const struct matter_state *state;

    if (!record_version(telling->round->sql, sort->kind, leaf->object, leaf->version, &telling->round->arena, &telling->deal, err)
        || !matter_moved(telling, &moved, err))
        return false;
    state = matter_state_of(sort, &telling->deal);
    if (!state || (!late && !moved))
        return true;
    return sides_told(telling, sort, state, arena_print(&telling->round->arena, "%s.%s", sort->kind->name, state->code), late, err);
}

static const struct matter_sort *matter_of(const struct leaf *leaf)
{
    const struct kind *kind = kind_stored(leaf->kind);

    return kind ? matter_sort_of(kind) : NULL;
}

static bool notes_of(struct telling *telling, struct err *err)
{
    const struct leaf *leaf = telling->leaf;
    const struct matter_sort *sort = matter_of(leaf);

    err_clear(err);
    if (strcmp(leaf->kind, kind_deal.name) == 0 || (strcmp(leaf->kind, "due") == 0 && strcmp(leaf->action, "deal.due") == 0))
        return deal_notes(telling, err);
    if (sort)
        return matter_notes(telling, sort, err);
    if (strcmp(leaf->action, "nda.grant") == 0)
        return leave_notes(telling, err);
    return strcmp(leaf->kind, "feedback") != 0 || feedback_notes(telling, err);
}

/* What cannot be read is no reason to tell nobody anything from then on. */
static bool take(const struct leaf *leaf, void *arg, struct err *err)
{
    struct round *round = arg;
    struct telling telling = {.round = round, .leaf = leaf, .object = leaf->object};
    bool ok;

    if (round->count >= ROUND_MESSAGES) {
        err_clear(err);
        return false; /* full: the next round goes on here */
    }
    ok = passing_told(&telling, err) && notes_of(&telling, err);
    for (size_t i = 0; ok && i < telling.count; i++)
        ok = note_tell(&telling, &telling.notes[i], err);
    arena_reset(&round->arena);
    if (!ok && err->code != ERR_MISSING && err->code != ERR_CORRUPT)
        return false;
    if (!ok)
        log_warn("notify: leaf %llu: %s", (unsigned long long)leaf->index, err->message);
    round->next = leaf->index + 1;
    return true;
}

/* --- writing --- */

static bool row_store(struct sql *sql, const struct row *row, struct err *err)
{
    const struct inbox_line line = {.account = row->account, .object = row->object, .made_ms = row->made_ms, .leaf = row->leaf,
                                    .what = row->sort->name, .about = row->about, .day = row->day};

    return inbox_put(sql, &line, err);
}

static bool round_store(struct sql *sql, void *arg, struct err *err)
{
    const struct round *round = arg;
    uint64_t stands;

    if (!ledger_cursor(sql, cursor_name, &stands, err))
        return false;
    if (stands != round->from)
        return true; /* another process went on */
    for (size_t i = 0; i < round->count; i++)
        if (!row_store(sql, &round->rows[i], err))
            return false;
    return ledger_cursor_set(sql, cursor_name, round->next, err);
}

static bool gather(struct store *store, struct round *round, uint64_t *size, struct err *err)
{
    bool ok;

    if (!store_read(store, &round->sql, err))
        return false;
    ok = ledger_size(round->sql, size, err) && ledger_cursor(round->sql, cursor_name, &round->from, err);
    round->next = round->from;
    if (ok && round->from < *size && !ledger_follow(round->sql, round->from, FOLLOW_LEAVES, take, round, err))
        ok = err->code == ERR_NONE;
    store_read_end(store, round->sql);
    return ok;
}

bool notify_follow(struct store *store, const struct law *law, size_t *made, bool *more, struct err *err)
{
    struct round round = {.law = law};
    uint64_t size = 0;
    bool ok;

    arena_init(&round.arena);
    ok = gather(store, &round, &size, err);
    if (ok && round.next > round.from)
        ok = store_write(store, "", round_store, &round, err) == STORE_DONE;
    *made = ok ? round.count : 0;
    *more = ok && round.next < size;
    arena_release(&round.arena);
    free(round.rows);
    return ok;
}
