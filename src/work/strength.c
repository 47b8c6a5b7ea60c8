/* The city's comparative advantages: counts in, ratios out. */
#include "work/strength.h"

#include <math.h>
#include <stdlib.h>

#include "base/ident.h"
#include "record/check.h"

const struct tree *strength_tree(struct slice measure)
{
    if (slice_is(measure, "paper"))
        return tree_get("discipline");
    return tree_get(slice_is(measure, "patent") ? "ipc" : "gbt4754");
}

bool strength_may(const struct actor *actor, struct err *err)
{
    if (actor_has(actor, ROLE_CITY_OFFICER) || actor_is_program(actor))
        return true;
    return err_set(err, ERR_DENIED, "对照数由市级科技部门导入") || err_hint(err, "请把表交给他们");
}

/* --- a table --- */

/* Which column of the table is which field; -1: none. ERR_INVALID names what is missing. */
static bool columns_find(const struct table *table, int columns[COUNT_FIELD_COUNT], struct err *err)
{
    for (size_t f = 0; f < COUNT_FIELD_COUNT; f++) {
        const struct field *field = &kind_field_count.fields[f];
        struct slice others = slice_of(field->headers ? field->headers : ""), one;

        columns[f] = -1;
        for (size_t c = 0; c < table_columns(table); c++)
            if (slice_is(slice_trim(table_column(table, c)), field->label))
                columns[f] = (int)c;
        while (columns[f] < 0 && others.len && slice_cut(&others, '|', &one))
            for (size_t c = 0; c < table_columns(table); c++)
                if (slice_same(slice_trim(table_column(table, c)), one))
                    columns[f] = (int)c;
        if (columns[f] < 0)
            return err_set(err, ERR_INVALID, "表里没有“%s”一列", field->label) || err_hint(err, "要有：口径、年份、方向、本市、全国、来源");
    }
    return true;
}

static void wrong_add(struct strength_sheet *sheet, long line, const struct err *why)
{
    struct err *to;

    if (sheet->wrong_count == STRENGTH_WRONG)
        return;
    to = &sheet->wrong[sheet->wrong_count++];
    err_set(to, ERR_INVALID, "第 %ld 行：%.300s", line, why->message);
    err_hint(to, "%.230s", why->hint);
}

/* What no single field says: the field is one of the measure's, and the nation's count holds the city's. */
static bool row_fits(struct record *record, struct arena *arena, struct err *err)
{
    const struct tree *tree = strength_tree(record->values[COUNT_MEASURE].text);
    const struct tree_node *node = tree ? tree_resolve(tree, record->values[COUNT_CODE].text) : NULL;

    if (!node)
        return err_set(err, ERR_INVALID, "没有方向“%.*s”", (int)record->values[COUNT_CODE].text.len, record->values[COUNT_CODE].text.at)
               || err_hint(err, "论文按学科、专利按 IPC、合同和成果按国民经济行业，写代码或名称");
    if (record->values[COUNT_HERE].number > record->values[COUNT_NATION].number)
        return err_set(err, ERR_INVALID, "本市的数比全国的还大") || err_hint(err, "全国的数要包括本市");
    record->values[COUNT_CODE].text = arena_copy(arena, slice_of(node->code));
    return true;
}

/* The keys of the rows so far, by hash: each row is asked once whether its key is there. */
enum { SLOTS = 16384 };
struct keys {
    struct slice slots[SLOTS]; /* at NULL: free */
};
_Static_assert(SLOTS >= 2 * STRENGTH_ROWS, "half of the slots stay free");

/* Takes it in where it is new. */
static bool is_twin(struct keys *keys, struct slice key)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    size_t slot;

    for (size_t i = 0; i < key.len; i++)
        hash = (hash ^ (unsigned char)key.at[i]) * UINT64_C(0x100000001b3);
    for (slot = (size_t)(hash ^ hash >> 29) % SLOTS; keys->slots[slot].at; slot = (slot + 1) % SLOTS)
        if (slice_same(keys->slots[slot], key))
            return true;
    keys->slots[slot] = key;
    return false;
}

static void row_read(struct strength_sheet *sheet, struct keys *keys, const struct table_row *row, const int columns[COUNT_FIELD_COUNT])
{
    struct record *record = &sheet->rows[sheet->count];
    struct slice typed[FIELDS_MAX] = {{0}};
    struct complaints complaints = {.count = 0};
    struct err why;

    *record = (struct record){.kind = &kind_field_count, .id = ident_next(sheet->time_ms)};
    record_salt(record);
    for (size_t f = 0; f < COUNT_FIELD_COUNT; f++)
        typed[f] = (size_t)columns[f] < row->count ? arena_copy(sheet->arena, slice_trim(row->cells[columns[f]])) : SLICE("");
    if (!record_check(record, typed, true, sheet->arena, &complaints)) {
        wrong_add(sheet, row->line, &complaints.list[0].err);
        return;
    }
    err_clear(&why);
    if (!row_fits(record, sheet->arena, &why)) {
        wrong_add(sheet, row->line, &why);
    } else if (is_twin(keys, record_key(record, sheet->arena))) {
        err_set(&why, ERR_INVALID, "同一口径、年份、方向写了两次");
        err_hint(&why, "删去一行");
        wrong_add(sheet, row->line, &why);
    } else {
        sheet->count++;
    }
}

bool strength_sheet_read(struct table *table, struct strength_sheet *sheet, struct err *err)
{
    struct keys *keys = arena_zero(sheet->arena, 1, sizeof *keys);
    int columns[COUNT_FIELD_COUNT];
    struct table_row row;
    enum table_step step;

    if (!columns_find(table, columns, err))
        return false;
    while ((step = table_next(table, &row, err)) != TABLE_END) {
        if (step == TABLE_BROKEN)
            return false;
        if (step == TABLE_BAD_ROW)
            wrong_add(sheet, row.line, err);
        else if (sheet->count == STRENGTH_ROWS)
            return err_set(err, ERR_INVALID, "一次最多导入 %d 行", STRENGTH_ROWS) || err_hint(err, "分几次导入");
        else
            row_read(sheet, keys, &row, columns);
    }
    if (!sheet->wrong_count && sheet->count)
        return true;
    return sheet->wrong_count ? err_set(err, ERR_INVALID, "有的行不对，一行也没有导入") || err_hint(err, "改正列出的各行，再导入整个表")
                              : err_set(err, ERR_INVALID, "表里没有数据行");
}

static bool row_take(struct sql *sql, struct strength_sheet *sheet, size_t at, struct arena *arena, struct err *err)
{
    struct record record = sheet->rows[at], prior;
    char request_id[LEAF_REQUEST + 1];
    struct record_event event = {.action = "field_count.import", .request_id = request_id, .time_ms = sheet->time_ms,
                                 .actor = actor_is_program(sheet->actor) ? NULL : sheet->actor->pseudonym};
    int64_t there;

    if (at)
        snprintf(request_id, sizeof request_id, "%.50s.%u", sheet->request_id, (unsigned)at);
    else
        snprintf(request_id, sizeof request_id, "%s", sheet->request_id);
    record.author = sheet->actor->account;
    if (!record_find(sql, &kind_field_count, record_key(&record, arena), &there, err))
        return false;
    if (there) {
        if (!record_get(sql, &kind_field_count, there, arena, &prior, err))
            return false;
        record.id = there;
    }
    if (!record_put(sql, &record, there ? &prior : NULL, &event, err))
        return false;
    sheet->written += !there || record.ver != prior.ver;
    return true;
}

bool strength_sheet_take(struct sql *sql, void *arg, struct err *err)
{
    struct strength_sheet *sheet = arg;
    struct arena arena;
    bool ok = true, seen;

    err_clear(err);
    sheet->written = 0;
    if (!ledger_seen(sql, slice_of(sheet->request_id), &seen, err) || seen)
        return seen && err->code == ERR_NONE;
    arena_init(&arena);
    for (size_t i = 0; ok && i < sheet->count; i++)
        ok = row_take(sql, sheet, i, &arena, err);
    arena_release(&arena);
    return ok;
}

/* --- ratios --- */

static int64_t hundredths(double ratio)
{
    return ratio < 1e9 ? llround(ratio * 100) : INT64_C(100000000000);
}

static void judge(struct strength *of, int64_t here, int64_t nation)
{
    double x = (double)of->here, n = (double)of->nation, all = (double)here, whole = (double)nation, ratio, spread;

    of->verdict = STRENGTH_FEW;
    if (of->here < STRENGTH_LEAST)
        return;
    ratio = (x / all) / (n / whole);
    spread = exp(1.96 * sqrt(1 / x - 1 / all + 1 / n - 1 / whole));
    of->ratio = hundredths(ratio);
    of->low = hundredths(ratio / spread);
    of->high = hundredths(ratio * spread);
    of->verdict = of->low > 100 ? STRENGTH_AHEAD : of->high < 100 ? STRENGTH_BEHIND : STRENGTH_OPEN;
}

static int by_low(const void *a, const void *b)
{
    const struct strength *x = a, *y = b;

    if (x->low != y->low)
        return x->low > y->low ? -1 : 1;
    return x->here != y->here ? (x->here > y->here ? -1 : 1) : strcmp(x->code.at, y->code.at);
}

bool strength_list(struct sql *sql, struct slice measure, int64_t year, struct arena *arena, struct strength **list, size_t *count, int64_t *here,
                   int64_t *nation, struct err *err)
{
    struct sql_rows rows;

    *list = arena_zero(arena, STRENGTH_ROWS, sizeof **list);
    *count = 0;
    *here = *nation = 0;
    if (!sql_rows(sql, "SELECT code, here, nation, source FROM field_count WHERE measure = ?1 AND year = ?2 AND to_leaf IS NULL ORDER BY code LIMIT 5000",
                  SQL_ARGS(sql_text(measure), sql_int(year)), &rows, err))
        return false;
    while (sql_next(&rows)) {
        struct strength *of = &(*list)[(*count)++];

        *of = (struct strength){.code = arena_copy(arena, sql_slice(&rows, 0)), .here = sql_number(&rows, 1), .nation = sql_number(&rows, 2),
                                .source = arena_copy(arena, sql_slice(&rows, 3))};
        *here += of->here;
        *nation += of->nation;
    }
    if (!sql_done(&rows, err))
        return false;
    for (size_t i = 0; i < *count; i++)
        judge(&(*list)[i], *here, *nation);
    if (*count)
        qsort(*list, *count, sizeof **list, by_low);
    return true;
}

bool strength_years(struct sql *sql, struct slice measure, int64_t *years, size_t most, size_t *count, struct err *err)
{
    struct sql_rows rows;

    *count = 0;
    if (!sql_rows(sql, "SELECT DISTINCT year FROM field_count WHERE measure = ?1 AND to_leaf IS NULL ORDER BY year DESC LIMIT ?2",
                  SQL_ARGS(sql_text(measure), sql_int((int64_t)most)), &rows, err))
        return false;
    while (*count < most && sql_next(&rows))
        years[(*count)++] = sql_number(&rows, 0);
    return sql_done(&rows, err);
}
