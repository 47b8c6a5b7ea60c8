/* Which definitions the database knows, and since when: held against those that the program has. */
#include "work/indicator_int.h"

enum { DEFINITIONS = 400 };

static const char defined[] = "SELECT id, code, since, hash FROM indicator WHERE known_to IS NULL ORDER BY id";
static const char next_id[] = "SELECT coalesce(max(id), 0) + 1 FROM indicator";
static const char ever[] = "SELECT count(*) FROM indicator WHERE code = ?1 AND since = ?2";
static const char define[] =
    "INSERT INTO indicator (id, code, since, hash, text, figure, held, known_from, next) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 0)";
static const char retire[] = "UPDATE indicator SET known_to = ?2 WHERE id = ?1";
static const char retire_sums[] = "DELETE FROM indicator_sum WHERE definition = ?1";

const struct definition *indicator_defined(const struct indicators *set, struct slice code, int64_t since, struct slice hash)
{
    for (size_t i = 0; i < set->count; i++) {
        const struct indicator *shown = &set->list[i].shown;

        if (slice_is(code, shown->code) && since == shown->since && slice_is(hash, shown->hash))
            return &set->list[i];
    }
    return NULL;
}

struct entering {
    const struct indicators *set;
    int32_t today;
};

/* Those whose text is another by now, or whose file is gone, are known no longer. */
static bool retire_all(struct sql *sql, const struct entering *entering, bool *stands, struct err *err)
{
    int64_t gone[DEFINITIONS];
    struct sql_rows rows;
    size_t count = 0;

    if (!sql_rows(sql, defined, SQL_NO_ARGS, &rows, err))
        return false;
    while (sql_next(&rows)) {
        const struct definition *found = indicator_defined(entering->set, sql_slice(&rows, 1), sql_number(&rows, 2), sql_slice(&rows, 3));

        if (found)
            stands[found - entering->set->list] = true;
        else if (count < DEFINITIONS)
            gone[count++] = sql_number(&rows, 0);
    }
    if (!sql_done(&rows, err))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!sql_put(sql, retire, SQL_ARGS(sql_int(gone[i]), sql_int(entering->today)), err) || !sql_put(sql, retire_sums, SQL_ARGS(sql_int(gone[i])), err))
            return false;
    return true;
}

static bool define_one(struct sql *sql, const struct indicator *shown, int32_t today, struct err *err)
{
    int64_t id, before;
    bool found;

    if (!sql_one(sql, next_id, SQL_NO_ARGS, &id, &found, err)
        || !sql_one(sql, ever, SQL_ARGS(sql_text(slice_of(shown->code)), sql_int(shown->since)), &before, &found, err))
        return false;
    return sql_put(sql, define, SQL_ARGS(sql_int(id), sql_text(slice_of(shown->code)), sql_int(shown->since), sql_text(slice_of(shown->hash)),
                                         sql_text(slice_of(shown->text)), sql_int(shown->figure), sql_int(shown->held),
                                         sql_int(before ? today : CALENDAR_FIRST)), err);
}

static bool enter_step(struct sql *sql, void *arg, struct err *err)
{
    const struct entering *entering = arg;
    bool stands[DEFINITIONS] = {false};

    if (!retire_all(sql, entering, stands, err))
        return false;
    for (size_t i = 0; i < entering->set->count; i++)
        if (!stands[i] && !define_one(sql, &entering->set->list[i].shown, entering->today, err))
            return false;
    return true;
}

bool indicator_enter(struct store *store, const struct indicators *set, int32_t today, struct err *err)
{
    struct entering entering = {set, today};

    return store_write(store, "", enter_step, &entering, err) == STORE_DONE;
}

bool indicator_history(struct sql *sql, struct slice code, size_t most, struct arena *arena, struct indicator_past *list, size_t *count, struct err *err)
{
    struct sql_rows rows;

    *count = 0;
    if (!sql_rows(sql, "SELECT since, known_from, known_to, hash, text FROM indicator WHERE code = ?1 ORDER BY known_to IS NULL DESC, known_to DESC, since DESC, id DESC",
                  SQL_ARGS(sql_text(code)), &rows, err))
        return false;
    while (*count < most && sql_next(&rows))
        list[(*count)++] = (struct indicator_past){.since = (int32_t)sql_number(&rows, 0), .known_from = (int32_t)sql_number(&rows, 1),
                                                   .known_to = (int32_t)sql_number(&rows, 2), .hash = arena_copy(arena, sql_slice(&rows, 3)),
                                                   .text = arena_copy(arena, sql_slice(&rows, 4))};
    return sql_done(&rows, err);
}
