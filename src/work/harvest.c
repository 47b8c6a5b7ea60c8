#include "work/harvest_int.h"

#include "ledger/ledger.h"
#include "record/party.h"

/* LEAVES read at once; PUTS achievements a slice, about 20 ms of writer time; KEEP leaves of other things before the place is written down. */
enum { LEAVES = 500, PUTS = 120, KEEP = 5000 };

static const char state_get[] = "SELECT ready, key FROM harvest_state WHERE id = 1";
static const char state_add[] = "INSERT INTO harvest_state (id, key, ready) VALUES (1, ?1, 0)";
static const char state_ready[] = "UPDATE harvest_state SET ready = 1 WHERE id = 1";
static const char last_stamp[] = "SELECT stamp FROM harvest_item ORDER BY stamp DESC LIMIT 1";
static const char first_stamp[] = "SELECT stamp FROM harvest_item ORDER BY stamp LIMIT 1";
static const char owned_page[] = "SELECT id FROM achievement WHERE owner = ?1 AND id > ?2 AND to_leaf IS NULL ORDER BY id LIMIT ?3";
static const char kind_put[] =
    "INSERT INTO harvest_kind (kind, changed_ms, leaf) VALUES (?1, ?2, ?3) ON CONFLICT (kind) DO UPDATE SET leaf = excluded.leaf,"
    " changed_ms = CASE WHEN excluded.changed_ms > harvest_kind.changed_ms THEN excluded.changed_ms ELSE harvest_kind.changed_ms END";
static const char kind_changed[] = "SELECT changed_ms, leaf FROM harvest_kind WHERE kind = ?1";

static const char all_page[] = "SELECT id, stamp, gone, sets FROM harvest_item WHERE stamp >= ?1 AND stamp < ?2 ORDER BY stamp LIMIT ?3";
static const char set_page[] =
    "SELECT i.id, i.stamp, i.gone, i.sets FROM harvest_set s JOIN harvest_item i ON i.id = s.id"
    " WHERE s.spec = ?4 AND s.stamp >= ?1 AND s.stamp < ?2 ORDER BY s.stamp LIMIT ?3";
static const char all_count[] = "SELECT count(*) FROM harvest_item WHERE stamp >= ?1 AND stamp < ?2";
static const char set_count[] = "SELECT count(*) FROM harvest_set WHERE spec = ?3 AND stamp >= ?1 AND stamp < ?2";
static const char item_find[] = "SELECT id, stamp, gone, sets FROM harvest_item WHERE id = ?1";
static const char set_next[] = "SELECT spec FROM harvest_set WHERE spec > ?1 ORDER BY spec LIMIT 1";

const char *harvest_statement(size_t i)
{
    static const char *const all[] = {all_page, set_page, all_count, set_count, item_find, set_next, last_stamp, first_stamp, owned_page};

    return i < sizeof all / sizeof *all ? all[i] : NULL;
}

/* --- following --- */

struct following {
    const unsigned char *fresh; /* a key, for who is the first */
    harvest_clock *clock;
    uint64_t kept, seen;        /* from the one to the other nothing public happened */
    /* the step's own */
    struct harvest_work work;
    uint64_t next;
    int64_t within;             /* of the party whose leaf is next: achievements up to this one are done */
    bool over;                  /* enough for one slice */
    bool end;                   /* nothing more in the ledger */
    size_t leaves;
    struct {
        int64_t ms, leaf;       /* ms 0: nothing happened to any */
    } changed[KIND_COUNT];
};

/* An organisation shows otherwise than before: so do its achievements, page by page. */
static bool party_follow(struct following *following, const struct leaf *leaf, struct err *err)
{
    struct harvest_work *work = &following->work;
    int64_t ids[PUTS];
    size_t count = 0;
    struct sql_rows rows;
    bool moved;

    if (!harvest_party_moved(work, leaf, &moved, err))
        return false;
    if (!moved) {
        following->within = 0;
        return true;
    }
    if (!sql_rows(work->sql, owned_page, SQL_ARGS(sql_int(leaf->object), sql_int(following->within), sql_int(PUTS)), &rows, err))
        return false;
    while (sql_next(&rows))
        ids[count++] = sql_number(&rows, 0);
    if (!sql_done(&rows, err))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!harvest_put(work, ids[i], -1, leaf->time_ms, err))
            return false;
    following->within = count == PUTS ? ids[count - 1] : 0;
    following->over = following->within != 0;
    return true;
}

static void change_note(struct following *following, const struct kind *kind, const struct leaf *leaf)
{
    if (leaf->time_ms > following->changed[kind->id].ms)
        following->changed[kind->id].ms = leaf->time_ms;
    following->changed[kind->id].leaf = (int64_t)leaf->index;
}

static bool leaf_follow(const struct leaf *leaf, void *arg, struct err *err)
{
    struct following *following = arg;
    const struct kind *kind = kind_by_name(leaf->kind);

    following->leaves++;
    if (following->over)
        return true;
    if (kind)
        change_note(following, kind, leaf);
    if (kind && kind->id == KIND_ACHIEVEMENT && !harvest_put(&following->work, leaf->object, (int64_t)leaf->index, leaf->time_ms, err))
        return false;
    if (kind && kind->id == KIND_PARTY && !party_follow(following, leaf, err))
        return false;
    arena_reset(&following->work.arena);
    if (following->within)
        return true; /* the same leaf again, in the next slice */
    following->next = leaf->index + 1;
    following->over = following->work.put >= PUTS;
    return true;
}

static bool changed_put(struct following *following, struct err *err)
{
    for (size_t i = 0; i < KIND_COUNT; i++)
        if (following->changed[i].ms
            && !sql_put(following->work.sql, kind_put, SQL_ARGS(sql_text(slice_of(kind_get((enum kind_id)i)->name)), sql_int(following->changed[i].ms),
                                                                sql_int(following->changed[i].leaf)), err))
            return false;
    return true;
}

static bool begin(struct following *following, struct err *err)
{
    struct harvest_work *work = &following->work;
    struct sql *sql = work->sql;
    uint64_t within;
    int64_t ready;
    bool found;

    if (!sql_one(sql, state_get, SQL_NO_ARGS, &ready, &found, err))
        return false;
    if (!found && !sql_put(sql, state_add, SQL_ARGS(sql_bytes(following->fresh, SEAL_HASH)), err))
        return false;
    work->ready = found && ready;
    if (!sql_one(sql, last_stamp, SQL_NO_ARGS, &work->last, &found, err) || !ledger_cursor(sql, "harvest", &following->next, err)
        || !ledger_cursor(sql, "harvest_party", &within, err))
        return false;
    if (!found)
        work->last = 0;
    if (following->next == following->kept)
        following->next = following->seen;
    following->within = (int64_t)within;
    return true;
}

static bool end(struct following *following, struct err *err)
{
    struct sql *sql = following->work.sql;

    following->end = !following->over && following->leaves < LEAVES;
    if (following->end && !following->work.ready && !sql_put(sql, state_ready, SQL_NO_ARGS, err))
        return false;
    following->work.ready = following->work.ready || following->end;
    return changed_put(following, err) && ledger_cursor_set(sql, "harvest", following->next, err)
           && ledger_cursor_set(sql, "harvest_party", (uint64_t)following->within, err);
}

static bool step(struct sql *sql, void *arg, struct err *err)
{
    struct following *following = arg;
    bool ok;

    *following = (struct following){.fresh = following->fresh, .clock = following->clock, .kept = following->kept, .seen = following->seen,
                                    .work = {.sql = sql}};
    if (!begin(following, err))
        return false;
    following->work.now_ms = following->clock(); /* it is its turn to write now */
    arena_init(&following->work.arena);
    ok = ledger_follow(sql, following->next, LEAVES, leaf_follow, following, err);
    arena_release(&following->work.arena);
    return ok && end(following, err);
}

/* --- whether there is anything to do --- */

struct looking {
    struct harvest_place *place;
    size_t leaves;
    bool listed; /* something happened to a record of the seven kinds */
};

static bool leaf_look(const struct leaf *leaf, void *arg, struct err *err)
{
    struct looking *looking = arg;

    (void)err;
    looking->leaves++;
    looking->listed = looking->listed || kind_by_name(leaf->kind);
    if (!looking->listed)
        looking->place->seen = leaf->index + 1;
    return true;
}

static bool place_load(struct sql *sql, struct harvest_place *place, struct err *err)
{
    int64_t ready = 0;
    bool found;

    if (place->loaded)
        return true;
    if (!sql_one(sql, state_get, SQL_NO_ARGS, &ready, &found, err) || !ledger_cursor(sql, "harvest", &place->kept, err))
        return false;
    place->seen = place->kept;
    place->ready = found && ready;
    return place->loaded = true;
}

static bool look(struct store *store, struct looking *looking, struct err *err)
{
    struct sql *sql;
    bool ok;

    if (!store_read(store, &sql, err))
        return false;
    ok = place_load(sql, looking->place, err) && ledger_follow(sql, looking->place->seen, LEAVES, leaf_look, looking, err);
    store_read_end(store, sql);
    return ok;
}

bool harvest_follow(struct store *store, struct harvest_place *place, harvest_clock *clock, bool *more, struct err *err)
{
    struct looking looking = {.place = place};
    unsigned char fresh[SEAL_HASH];
    struct following following = {.fresh = fresh, .clock = clock};
    bool done;

    if (!look(store, &looking, err))
        return false;
    *more = looking.leaves == LEAVES;
    if (place->ready && !looking.listed && place->seen - place->kept < KEEP)
        return true;
    seal_random(fresh, sizeof fresh);
    following.kept = place->kept;
    following.seen = place->seen;
    place->writing_ms = clock();
    done = store_write(store, "", step, &following, err) == STORE_DONE;
    place->writing_ms = 0;
    if (!done)
        return false;
    place->seen = following.next;
    place->kept = following.next;
    place->ready = following.work.ready;
    *more = !following.end;
    return true;
}

/* Stamps are given later than the write begins, and are the second after. */
int64_t harvest_until(const struct harvest_place *place, int64_t now_ms)
{
    int64_t since = place->writing_ms;

    return since && since + 1000 < now_ms ? since + 1000 : now_ms;
}

/* --- reading --- */

static void item_read(const struct sql_rows *rows, struct arena *arena, struct harvest_item *item)
{
    *item = (struct harvest_item){.id = sql_number(rows, 0), .stamp = sql_number(rows, 1), .gone = sql_number(rows, 2) != 0,
                                  .sets = arena_copy(arena, sql_slice(rows, 3))};
}

bool harvest_page(struct sql *sql, const struct harvest_range *range, size_t most, struct arena *arena, struct harvest_item *items,
                  size_t *count, struct err *err)
{
    struct sql_arg args[] = {sql_int(range->from), sql_int(range->before), sql_int((int64_t)most), sql_text(range->set)};
    struct sql_rows rows;

    *count = 0;
    if (!sql_rows(sql, range->set.len ? set_page : all_page, args, range->set.len ? 4 : 3, &rows, err))
        return false;
    while (*count < most && sql_next(&rows))
        item_read(&rows, arena, &items[(*count)++]);
    return sql_done(&rows, err);
}

bool harvest_count(struct sql *sql, const struct harvest_range *range, int64_t *count, struct err *err)
{
    struct sql_arg args[] = {sql_int(range->from), sql_int(range->before), sql_text(range->set)};
    bool found;

    return sql_one(sql, range->set.len ? set_count : all_count, args, range->set.len ? 3 : 2, count, &found, err);
}

bool harvest_find(struct sql *sql, int64_t id, struct arena *arena, struct harvest_item *item, bool *found, struct err *err)
{
    struct sql_rows rows;

    if (!sql_rows(sql, item_find, SQL_ARGS(sql_int(id)), &rows, err))
        return false;
    *found = sql_next(&rows);
    if (*found)
        item_read(&rows, arena, item);
    return sql_done(&rows, err);
}

bool harvest_next_set(struct sql *sql, struct slice after, struct arena *arena, struct slice *set, struct err *err)
{
    struct sql_rows rows;

    if (!sql_rows(sql, set_next, SQL_ARGS(sql_text(after)), &rows, err))
        return false;
    *set = sql_next(&rows) ? arena_copy(arena, sql_slice(&rows, 0)) : SLICE("");
    return sql_done(&rows, err);
}

bool harvest_earliest(struct sql *sql, int64_t *stamp, struct err *err)
{
    bool found;

    if (!sql_one(sql, first_stamp, SQL_NO_ARGS, stamp, &found, err))
        return false;
    if (!found)
        *stamp = 0;
    return true;
}

bool harvest_state(struct sql *sql, bool *ready, unsigned char key[SEAL_HASH], struct err *err)
{
    struct sql_rows rows;

    memset(key, 0, SEAL_HASH);
    if (!sql_rows(sql, state_get, SQL_NO_ARGS, &rows, err))
        return false;
    *ready = sql_next(&rows) && sql_number(&rows, 0) && sql_slice(&rows, 1).len == SEAL_HASH;
    if (*ready)
        memcpy(key, sql_slice(&rows, 1).at, SEAL_HASH);
    return sql_done(&rows, err);
}

bool harvest_changed(struct sql *sql, const struct kind *kind, int64_t *at_ms, int64_t *leaf, struct err *err)
{
    struct sql_rows rows;
    bool found;

    if (!sql_rows(sql, kind_changed, SQL_ARGS(sql_text(slice_of(kind->name))), &rows, err))
        return false;
    found = sql_next(&rows);
    *at_ms = found ? sql_number(&rows, 0) : 0;
    *leaf = found ? sql_number(&rows, 1) : -1;
    return sql_done(&rows, err);
}
