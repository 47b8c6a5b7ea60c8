#include "work/desk.h"

/* --- whose --- */

/* May he change what his organisation has of this kind, whoever disclosed it? */
static bool acts_for_own(const struct actor *actor, const struct kind *kind)
{
    struct object object = {.kind = kind, .owner = actor->party};
    struct err ignored;

    return actor->party && may(actor, ACT_EDIT, &object, &ignored);
}

static bool acts_for_others(const struct actor *actor, const struct kind *kind)
{
    struct object object = {.kind = kind};
    struct err ignored;

    return may(actor, ACT_IMPORT_ANY, &object, &ignored);
}

/* A statement's two forms: along the owner, and along the account. */
struct by {
    const struct kind *kind;
    const char *owner, *author;
};

struct reading {
    struct sql *sql;
    const struct actor *actor;
    struct arena *arena;
    struct desk_tasks *tasks;
    const struct by *by;
};

static void task_add(struct desk_tasks *tasks, const struct desk_task *task)
{
    for (size_t i = 0; i < tasks->count; i++)
        if (tasks->list[i].id == task->id && tasks->list[i].other == task->other)
            return;
    if (tasks->count < DESK_TASKS)
        tasks->list[tasks->count++] = *task;
    else
        tasks->more = true;
}

/* A record as it is, if it is still his to change. */
static bool load_mine(const struct reading *reading, int64_t id, struct record *record, bool *mine, struct err *err)
{
    struct object object;
    struct err ignored;

    if (!record_get(reading->sql, reading->by->kind, id, reading->arena, record, err)
        || !object_of(reading->sql, record, reading->actor, &object, err))
        return false;
    *mine = may(reading->actor, ACT_EDIT, &object, &ignored);
    return true;
}

/* --- overdue --- */

#define OVERDUE(table, day, whose)                                                                                           \
    "SELECT id, title, " day " FROM " table " WHERE " whose " = ?1 AND to_leaf IS NULL AND status = 0 AND " day              \
    " IS NOT NULL AND " day " < ?2 ORDER BY " day ", id LIMIT ?3"

static const struct by overdue[] = {
    {&kind_need, OVERDUE("need", "due", "owner"), OVERDUE("need", "due", "author")},
    {&kind_scenario, OVERDUE("scenario", "closes", "owner"), OVERDUE("scenario", "closes", "author")},
};

enum { LOOKED_AT = 2 * DESK_TASKS };

static bool overdue_read(const struct reading *reading, const char *statement, int64_t whose, const char *today,
                         struct err *err)
{
    struct desk_task found[LOOKED_AT];
    struct sql_rows rows;
    size_t count = 0;

    if (!sql_rows(reading->sql, statement, SQL_ARGS(sql_int(whose), sql_text(slice_of(today)), sql_int(LOOKED_AT)), &rows,
                  err))
        return false;
    while (count < LOOKED_AT && sql_next(&rows))
        found[count++] = (struct desk_task){.kind = reading->by->kind, .id = sql_number(&rows, 0),
                                            .title = arena_copy(reading->arena, sql_slice(&rows, 1)),
                                            .day = arena_copy(reading->arena, sql_slice(&rows, 2))};
    if (!sql_done(&rows, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        struct record record;
        bool mine;

        if (!load_mine(reading, found[i].id, &record, &mine, err))
            return false;
        if (mine)
            task_add(reading->tasks, &found[i]);
    }
    return true;
}

static int longest_first(const void *a, const void *b)
{
    const struct desk_task *x = a, *y = b;
    int days = memcmp(x->day.at, y->day.at, x->day.len < y->day.len ? x->day.len : y->day.len);

    return days ? days : (x->id > y->id) - (x->id < y->id);
}

bool desk_overdue(struct sql *sql, const struct actor *actor, const char *today, struct arena *arena,
                  struct desk_tasks *tasks, struct err *err)
{
    *tasks = (struct desk_tasks){.count = 0};
    for (size_t i = 0; i < sizeof overdue / sizeof *overdue; i++) {
        const struct reading reading = {sql, actor, arena, tasks, &overdue[i]};
        bool own = acts_for_own(actor, overdue[i].kind);

        if (own && !overdue_read(&reading, overdue[i].owner, actor->party, today, err))
            return false;
        if ((!own || acts_for_others(actor, overdue[i].kind))
            && !overdue_read(&reading, overdue[i].author, actor->account, today, err))
            return false;
    }
    qsort(tasks->list, tasks->count, sizeof *tasks->list, longest_first);
    return true;
}

/* --- unfiled --- */

/* As the index has it: what surely holds no filing date. */
#define UNFILED(a)                                                                                                           \
    a "to_leaf IS NULL AND " a "status = 0 AND " a "detail IS NOT NULL AND " a "secrecy IS NULL"                              \
    " AND coalesce(length(" a "rights) - length(replace(" a "rights, '-', '')), 0) < 2"

static const struct by unfiled = {
    &kind_achievement, "SELECT id, title FROM achievement WHERE owner = ?1 AND " UNFILED("") " ORDER BY id DESC LIMIT ?2",
    "SELECT a.id, a.title FROM achievement e JOIN achievement a ON a.id = e.id WHERE e.author = ?1 AND e.ver = 1"
    " AND " UNFILED("a.") " ORDER BY a.id DESC LIMIT ?2"};

/* The statement proposes; who may see the details is record_level's to say. */
static bool hides_details(const struct record *record)
{
    int detail = kind_field(record->kind, "detail"), secrecy = kind_field(record->kind, "secrecy");

    return detail >= 0 && record->values[detail].known && !record->values[secrecy].known
           && record_level(record, (size_t)detail) == LEVEL_OWN;
}

bool desk_unfiled(struct sql *sql, const struct actor *actor, struct arena *arena, struct desk_tasks *tasks,
                  struct err *err)
{
    const struct reading reading = {sql, actor, arena, tasks, &unfiled};
    bool own = acts_for_own(actor, unfiled.kind), others = acts_for_others(actor, unfiled.kind);
    struct desk_task found[LOOKED_AT];
    struct sql_rows rows;
    size_t count = 0;

    *tasks = (struct desk_tasks){.count = 0};
    if (others && !own)
        return true; /* whose details an officer does not see, he does not open either */
    if (!sql_rows(sql, own ? unfiled.owner : unfiled.author,
                  SQL_ARGS(sql_int(own ? actor->party : actor->account), sql_int(LOOKED_AT)), &rows, err))
        return false;
    while (count < LOOKED_AT && sql_next(&rows))
        found[count++] = (struct desk_task){.kind = unfiled.kind, .id = sql_number(&rows, 0),
                                            .title = arena_copy(arena, sql_slice(&rows, 1))};
    if (!sql_done(&rows, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        struct record record;
        bool mine;

        if (!load_mine(&reading, found[i].id, &record, &mine, err))
            return false;
        if (mine && hides_details(&record))
            task_add(tasks, &found[i]);
    }
    return true;
}

/* --- fresh --- */

#define MINE_OWNED(table)                                                                                                    \
    "SELECT id, title FROM " table " WHERE owner = ?1 AND to_leaf IS NULL AND status = 0 ORDER BY id DESC LIMIT 40"
#define MINE_ENTERED(table)                                                                                                  \
    "SELECT c.id, c.title FROM " table " e JOIN " table " c ON c.id = e.id AND c.to_leaf IS NULL AND c.status = 0"           \
    " WHERE e.author = ?1 AND e.ver = 1 ORDER BY e.id DESC LIMIT 40"
/* Ids rise with time: a greater one came later. */
#define FRESH(mine, partner)                                                                                                 \
    "SELECT m.id, m.title, o.id, o.title, f.rating, b.valid_from FROM (" mine ") m JOIN fit f ON f.id = m.id AND f.col = ?2"  \
    " JOIN " partner " o ON o.id = f.other AND o.to_leaf IS NULL AND o.status = 0"                                           \
    " JOIN " partner " b ON b.id = f.other AND b.ver = 1"                                                                    \
    " WHERE f.rating >= ?3 AND f.other > f.id AND b.valid_from > ?4 AND o.owner <> ?5"                                       \
    " AND NOT EXISTS (SELECT 1 FROM feedback s WHERE s.party = ?5 AND s.to_leaf IS NULL"                                     \
    " AND ((s.asks = f.id AND s.answers = f.other) OR (s.asks = f.other AND s.answers = f.id)))"                             \
    " ORDER BY b.valid_from DESC, o.id DESC LIMIT ?6"

static const struct by fresh[] = {
    {&kind_need, FRESH(MINE_OWNED("need"), "achievement"), FRESH(MINE_ENTERED("need"), "achievement")},
    {&kind_achievement, FRESH(MINE_OWNED("achievement"), "need"), FRESH(MINE_ENTERED("achievement"), "need")},
};

static bool fresh_read(const struct reading *reading, bool own, int64_t from_ms, struct err *err)
{
    const struct kind *partner = reading->by->kind == &kind_need ? &kind_achievement : &kind_need;
    enum column column = partner == &kind_need ? COLUMN_NEED : COLUMN_ACHIEVEMENT;
    const struct actor *actor = reading->actor;
    struct sql_rows rows;

    if (!sql_rows(reading->sql, own ? reading->by->owner : reading->by->author,
                  SQL_ARGS(sql_int(own ? actor->party : actor->account), sql_int(column), sql_int(MATCH_FAIR),
                           sql_int(from_ms), sql_int(actor->party), sql_int(DESK_TASKS + 1)),
                  &rows, err))
        return false;
    while (sql_next(&rows)) {
        const struct desk_task task = {.kind = reading->by->kind, .id = sql_number(&rows, 0),
                                       .title = arena_copy(reading->arena, sql_slice(&rows, 1)), .partner = partner,
                                       .other = sql_number(&rows, 2),
                                       .other_title = arena_copy(reading->arena, sql_slice(&rows, 3)),
                                       .rating = (int)sql_number(&rows, 4), .since_ms = sql_number(&rows, 5)};

        task_add(reading->tasks, &task);
    }
    return sql_done(&rows, err);
}

static int newest_first(const void *a, const void *b)
{
    const struct desk_task *x = a, *y = b;

    return x->since_ms != y->since_ms ? (x->since_ms < y->since_ms ? 1 : -1) : (x->other < y->other) - (x->other > y->other);
}

bool desk_fresh(struct sql *sql, const struct actor *actor, int64_t now_ms, struct arena *arena, struct desk_tasks *tasks,
                struct err *err)
{
    *tasks = (struct desk_tasks){.count = 0};
    for (size_t i = 0; actor->party && i < sizeof fresh / sizeof *fresh; i++) {
        const struct reading reading = {sql, actor, arena, tasks, &fresh[i]};

        if (!fresh_read(&reading, acts_for_own(actor, fresh[i].kind), now_ms - DESK_FRESH_DAYS * INT64_C(86400000), err))
            return false;
    }
    qsort(tasks->list, tasks->count, sizeof *tasks->list, newest_first);
    return true;
}

/* --- what is his --- */

#define OWNED(table) "SELECT id FROM " table " WHERE owner = ?1 AND to_leaf IS NULL AND id < ?2 ORDER BY id DESC LIMIT ?3"
#define ENTERED(table) "SELECT id FROM " table " WHERE author = ?1 AND ver = 1 AND id < ?2 ORDER BY id DESC LIMIT ?3"

static const struct by his[KIND_COUNT] = {
    {&kind_party, NULL, ENTERED("party")},
    {&kind_person, NULL, ENTERED("person")},
    {&kind_achievement, OWNED("achievement"), ENTERED("achievement")},
    {&kind_need, OWNED("need"), ENTERED("need")},
    {&kind_scenario, OWNED("scenario"), ENTERED("scenario")},
    {&kind_service, OWNED("service"), ENTERED("service")},
    {&kind_policy, NULL, ENTERED("policy")},
};

struct heap {
    struct desk_record list[2 * KIND_COUNT * (DESK_PAGE + 1)];
    size_t count;
};

static bool records_read(struct sql *sql, const char *statement, int64_t whose, int64_t before, struct desk_record like,
                         struct heap *heap, struct err *err)
{
    struct sql_rows rows;

    if (!sql_rows(sql, statement,
                  SQL_ARGS(sql_int(whose), sql_int(before ? before : INT64_MAX), sql_int(DESK_PAGE + 1)), &rows, err))
        return false;
    while (sql_next(&rows)) {
        like.id = sql_number(&rows, 0);
        heap->list[heap->count++] = like;
    }
    return sql_done(&rows, err);
}

/* By id, and what is his organisation's before the same as entered by himself. */
static int by_age(const void *a, const void *b)
{
    const struct desk_record *x = a, *y = b;

    return x->id != y->id ? (x->id < y->id ? 1 : -1) : x->entered - y->entered;
}

bool desk_records(struct sql *sql, const struct actor *actor, int64_t before, struct desk_record *records, size_t *count,
                  bool *more, struct err *err)
{
    struct heap heap = {.count = 0};

    for (size_t i = 0; i < KIND_COUNT; i++) {
        bool others = !actor->party || acts_for_others(actor, his[i].kind);

        if (actor->party && his[i].owner
            && !records_read(sql, his[i].owner, actor->party, before, (struct desk_record){his[i].kind, 0, false}, &heap, err))
            return false;
        if (others
            && !records_read(sql, his[i].author, actor->account, before, (struct desk_record){his[i].kind, 0, true}, &heap, err))
            return false;
    }
    qsort(heap.list, heap.count, sizeof *heap.list, by_age);
    *count = 0;
    *more = false;
    for (size_t i = 0; i < heap.count && !*more; i++) {
        if (i && heap.list[i].id == heap.list[i - 1].id)
            continue;
        *more = *count == DESK_PAGE;
        if (!*more)
            records[(*count)++] = heap.list[i];
    }
    return true;
}
