#include "work/lineage.h"

#include "base/money.h"
#include "base/utf8.h"

enum { WHOLE = 10000 };

const char *const lineage_sorts[LINEAGE_SORTS] = {"rnd", "loan", "equity", "purchase", "contract"};

/* The document's number folded as natural keys are: full width, blanks and marks make no other document of it. */
struct slice moved_key(const struct record *moved, struct arena *arena)
{
    struct slice sort = matter_text(moved, MOVED_SORT), number = utf8_key(utf8_nfkc(matter_text(moved, MOVED_NUMBER), arena), arena);

    return slice_of(arena_print(arena, "%.*s %lld %.*s", (int)sort.len, sort.at, (long long)matter_number(moved, MOVED_WHO), (int)number.len,
                                number.at));
}

bool moved_taken_read(struct sql *sql, struct slice key, struct moved_taken *taken, struct err *err)
{
    struct sql_rows rows;

    *taken = (struct moved_taken){0};
    if (!sql_rows(sql,
                  "SELECT CAST(COALESCE(SUM(share), 0) AS BIGINT), CAST(COALESCE(SUM(attributed), 0) AS BIGINT), COALESCE(MIN(amount), 0)"
                  " FROM moved WHERE moved_key = ?1 AND void_on IS NULL AND to_leaf IS NULL",
                  SQL_ARGS(sql_text(key)), &rows, err))
        return false;
    if (sql_next(&rows))
        *taken = (struct moved_taken){sql_number(&rows, 0), sql_number(&rows, 1), sql_number(&rows, 2)};
    return sql_done(&rows, err);
}

int64_t moved_part(const struct moved_taken *taken, int64_t amount, int64_t share)
{
    int64_t all = (int64_t)((__int128)amount * (taken->share + share) / WHOLE);

    return all > taken->fen ? all - taken->fen : 0;
}

/* --- the multiplier --- */

int64_t lineage_sum(const int64_t sums[LINEAGE_SORTS])
{
    int64_t sum = 0;

    for (size_t i = 0; i < LINEAGE_SORTS; i++)
        sum += sums[i];
    return sum;
}

#define PAID_BY(group) \
    "SELECT " group ", COUNT(*), CAST(SUM(f.amount) AS BIGINT) FROM money_flow f WHERE f.to_leaf IS NULL AND f.state <> 'void'" \
    " GROUP BY " group " ORDER BY " group " LIMIT ?1"
#define MOVED_BY(group) \
    "SELECT " group ", m.sort, CAST(SUM(CASE WHEN m.proved_on IS NULL THEN m.attributed ELSE 0 END) AS BIGINT)," \
    " CAST(SUM(CASE WHEN m.proved_on IS NULL THEN 0 ELSE m.attributed END) AS BIGINT)" \
    " FROM moved m JOIN money_flow f ON f.id = m.matter AND f.to_leaf IS NULL AND f.state <> 'void'" \
    " WHERE m.to_leaf IS NULL AND m.void_on IS NULL GROUP BY " group ", m.sort ORDER BY " group ", m.sort"

static const char *const paid_texts[] = {
    [LINEAGE_ALL] = PAID_BY("CAST('' AS TEXT)"),
    [LINEAGE_BY_SORT] = PAID_BY("f.sort"),
    [LINEAGE_BY_PROGRAM] = PAID_BY("f.program"),
    [LINEAGE_BY_YEAR] = PAID_BY("substr(f.paid_on, 1, 4)"),
};
static const char *const moved_texts[] = {
    [LINEAGE_ALL] = MOVED_BY("CAST('' AS TEXT)"),
    [LINEAGE_BY_SORT] = MOVED_BY("f.sort"),
    [LINEAGE_BY_PROGRAM] = MOVED_BY("f.program"),
    [LINEAGE_BY_YEAR] = MOVED_BY("substr(f.paid_on, 1, 4)"),
};

static const char *const loan_texts[] = {
    [LINEAGE_ALL] = LINEAGE_LOANS("CAST('' AS TEXT)"),
    [LINEAGE_BY_SORT] = LINEAGE_LOANS("f.sort"),
    [LINEAGE_BY_PROGRAM] = LINEAGE_LOANS("f.program"),
    [LINEAGE_BY_YEAR] = LINEAGE_LOANS("substr(f.paid_on, 1, 4)"),
};

static bool paid_read(struct sql *sql, const char *text, struct arena *arena, struct lineage_line *lines, size_t most, size_t *count, bool *further,
                      struct err *err)
{
    struct sql_rows rows;

    *count = 0;
    *further = false;
    if (!sql_rows(sql, text, SQL_ARGS(sql_int((int64_t)most + 1)), &rows, err))
        return false;
    while (sql_next(&rows)) {
        *further = *count == most;
        if (!*further)
            lines[(*count)++] = (struct lineage_line){.name = arena_copy(arena, sql_slice(&rows, 0)), .payments = sql_number(&rows, 1),
                                                      .paid = sql_number(&rows, 2)};
    }
    return sql_done(&rows, err);
}

static struct lineage_line *line_of(struct lineage_line *lines, size_t count, struct slice name)
{
    for (size_t i = 0; i < count; i++)
        if (slice_same(lines[i].name, name))
            return &lines[i];
    return NULL;
}

static bool moved_read(struct sql *sql, const char *text, struct lineage_line *lines, size_t count, struct err *err)
{
    struct sql_rows rows;

    if (!sql_rows(sql, text, SQL_NO_ARGS, &rows, err))
        return false;
    while (sql_next(&rows)) {
        struct lineage_line *line = line_of(lines, count, sql_slice(&rows, 0));

        for (size_t i = 0; line && i < LINEAGE_SORTS; i++)
            if (slice_is(sql_slice(&rows, 1), lineage_sorts[i])) {
                line->declared[i] = sql_number(&rows, 2);
                line->proved[i] = sql_number(&rows, 3);
            }
    }
    return sql_done(&rows, err);
}

struct lines { struct lineage_line *list; size_t count; };

static void loan_seen(void *arg, struct slice group, int64_t fen)
{
    struct lines *lines = arg;
    struct lineage_line *line = line_of(lines->list, lines->count, group);

    if (line)
        line->proved[LINEAGE_LOAN] += fen;
}

bool lineage_read(struct sql *sql, enum lineage_by by, struct arena *arena, struct lineage_line *lines, size_t most, size_t *count, bool *further,
                  struct err *err)
{
    struct lines all;

    if (!paid_read(sql, paid_texts[by], arena, lines, most, count, further, err) || !moved_read(sql, moved_texts[by], lines, *count, err))
        return false;
    all = (struct lines){lines, *count};
    return lineage_loans_read(sql, loan_texts[by], 0, arena, loan_seen, &all, err);
}

static int64_t common(int64_t a, int64_t b)
{
    while (b) {
        int64_t rest = a % b;

        a = b;
        b = rest;
    }
    return a;
}

struct slice lineage_multiplier(int64_t moved, int64_t paid, struct arena *arena)
{
    int64_t by = common(moved, paid), hundredths;

    if (paid <= 0)
        return SLICE("");
    hundredths = (int64_t)((__int128)moved * 100 / paid);
    return slice_of(arena_print(arena, "%lld/%lld = %lld.%02lld", (long long)(moved / by), (long long)(paid / by), (long long)(hundredths / 100),
                                (long long)(hundredths % 100)));
}
