/* A plan as a table. */
#include "work/plan_sheet.h"

#include <stdio.h>

#include "base/ident.h"
#include "base/utf8.h"
#include "work/submit.h"

/* Whose column a header is. Of an action `code` is its own within the table, of a target the indicator's. */
enum column { SORT, CODE, UNDER, PARTY, NAME, YEAR, UNTIL, UNIT, AIM, NUMBER, MEASURE, MONEY, SHARE, SENSE, SOURCE, ARTICLE, NOTE, COLUMNS };

static const char *const headers[COLUMNS] = {
    [SORT] = "层级", [CODE] = "代码", [UNDER] = "上级", [PARTY] = "管理单位", [NAME] = "名称", [YEAR] = "年度", [UNTIL] = "完成期限", [UNIT] = "责任单位",
    [AIM] = "要做成什么", [NUMBER] = "目标数", [MEASURE] = "计量", [MONEY] = "目标金额", [SHARE] = "目标比例", [SENSE] = "怎样算达到", [SOURCE] = "来源",
    [ARTICLE] = "条款", [NOTE] = "说明",
};

/* Where a column goes; -1: nowhere. */
static const struct {
    enum column column;
    int action, target;
} places[] = {
    {SORT, ACTION_SORT, -1},       {CODE, -1, TARGET_INDICATOR}, {PARTY, ACTION_KEEPER, TARGET_KEEPER}, {NAME, ACTION_NAME, TARGET_NAME},
    {YEAR, ACTION_YEAR, TARGET_YEAR}, {UNTIL, ACTION_UNTIL, -1}, {UNIT, ACTION_UNIT, TARGET_UNIT},      {AIM, ACTION_AIM, -1},
    {NUMBER, -1, TARGET_NUMBER},   {MEASURE, -1, TARGET_MEASURE}, {MONEY, -1, TARGET_MONEY},            {SHARE, -1, TARGET_SHARE},
    {SENSE, -1, TARGET_SENSE},     {SOURCE, ACTION_SOURCE, TARGET_SOURCE}, {ARTICLE, ACTION_ARTICLE, TARGET_ARTICLE}, {NOTE, -1, TARGET_NOTE},
};

static bool row_wrong(long line, struct err *err)
{
    struct err said = *err;

    err_set(err, said.code, "第 %ld 行：%.300s", line, said.message);
    if (said.hint[0])
        err_hint(err, "%.200s", said.hint);
    return false;
}

/* --- read --- */

static bool columns_read(struct table *table, int at[COLUMNS], struct err *err)
{
    for (int c = 0; c < COLUMNS; c++)
        at[c] = -1;
    for (size_t i = 0; i < table_columns(table); i++) {
        struct slice name = slice_trim(table_column(table, i));
        int c = 0;

        while (c < COLUMNS && !slice_is(name, headers[c]))
            c++;
        if (c < COLUMNS)
            at[c] = (int)i;
        else if (name.len)
            return err_set(err, ERR_INVALID, "不认识这一列：%.*s", (int)(name.len < 60 ? name.len : 60), name.at)
                   || err_hint(err, "列名照 docs/steer.md 写：层级、代码、上级、管理单位、名称、年度、来源 等");
    }
    for (int c = 0; c < COLUMNS; c++)
        if (at[c] < 0 && (c == SORT || c == CODE || c == UNDER || c == NAME || c == SOURCE))
            return err_set(err, ERR_INVALID, "缺一列：%s", headers[c]);
    return true;
}

static struct slice cell(const struct table_row *row, const int at[COLUMNS], enum column column, struct arena *arena)
{
    size_t i = (size_t)at[column];

    return at[column] >= 0 && i < row->count ? arena_copy(arena, slice_trim(row->cells[i])) : SLICE("");
}

static bool row_take(struct plan_sheet *sheet, const struct table_row *row, const int at[COLUMNS], struct err *err)
{
    struct plan_row *to;
    const struct matter_sort *sort;
    char request[LEAF_REQUEST + 1];

    if (sheet->count == PLAN_ROWS)
        return err_set(err, ERR_TOO_LARGE, "一张表最多 %d 行", PLAN_ROWS);
    to = &sheet->rows[sheet->count++];
    to->line = row->line;
    to->target = slice_is(cell(row, at, SORT, sheet->arena), "目标");
    to->code = cell(row, at, CODE, sheet->arena);
    to->under = cell(row, at, UNDER, sheet->arena);
    to->party = cell(row, at, PARTY, sheet->arena);
    sort = to->target ? &sort_target : &sort_action;
    snprintf(request, sizeof request, "%.40s-%zu", sheet->request_id, sheet->count);
    matter_order_init(&to->order, sheet->law, sheet->actor, sort, matter_step_find(sort, to->target ? SLICE("set") : SLICE("set_up")), slice_of(request));
    to->order.time_ms = sheet->time_ms;
    to->order.arena = sheet->arena;
    for (size_t p = 0; p < sizeof places / sizeof *places; p++) {
        int field = to->target ? places[p].target : places[p].action;

        if (field >= 0)
            to->order.typed[field] = cell(row, at, places[p].column, sheet->arena);
    }
    return true;
}

bool plan_sheet_read(struct plan_sheet *sheet, struct table *table, struct err *err)
{
    int at[COLUMNS];
    struct table_row row;
    enum table_step step;

    sheet->rows = arena_zero(sheet->arena, PLAN_ROWS, sizeof *sheet->rows);
    sheet->count = 0;
    snprintf(sheet->request_id, sizeof sheet->request_id, "plan-%lld", (long long)ident_next(sheet->time_ms));
    if (!columns_read(table, at, err))
        return false;
    while ((step = table_next(table, &row, err)) == TABLE_ROW)
        if (!row_take(sheet, &row, at, err))
            return false;
    return step == TABLE_END;
}

/* --- written --- */

/* An action of the table by its code: what it has become. */
static const struct plan_row *above_of(const struct plan_sheet *sheet, const struct plan_row *row)
{
    for (const struct plan_row *above = sheet->rows; above < row; above++)
        if (!above->target && slice_same(above->code, row->under))
            return above;
    return NULL;
}

/* Whose a plan is: named as in a form, by its name, its code or its number; where nothing stands, the actor's own. 0: not found, of which the step tells. */
static bool keeper_find(struct sql *sql, const struct plan_row *row, int64_t *id, struct err *err)
{
    *id = row->party.len ? 0 : row->order.actor->party;
    return !row->party.len || utf8_valid(row->party) < row->party.len || party_resolve(sql, row->party, id, err);
}

/* *id: of the one that is there already; 0: none. */
static bool there_already(struct sql *sql, const struct plan_row *row, int64_t above, int64_t *id, struct err *err)
{
    static const char same_plan[] = "SELECT id FROM action WHERE owner = ?1 AND parent IS NULL AND name = ?2 AND to_leaf IS NULL ORDER BY id LIMIT 1";
    static const char same_action[] = "SELECT id FROM action WHERE parent = ?1 AND name = ?2 AND to_leaf IS NULL ORDER BY id LIMIT 1";
    static const char same_target[] =
        "SELECT id FROM target WHERE action = ?1 AND indicator = ?2 AND year = ?3 AND to_leaf IS NULL ORDER BY id LIMIT 1";
    const struct slice *typed = row->order.typed;
    int64_t year = 0, keeper;
    bool there;

    *id = 0;
    for (size_t i = 0; row->target && i < typed[TARGET_YEAR].len && i < 4; i++)
        year = year * 10 + (typed[TARGET_YEAR].at[i] - '0');
    if (row->target)
        return sql_one(sql, same_target, SQL_ARGS(sql_int(above), sql_text(row->code), sql_int(year)), id, &there, err);
    if (above) /* kept by whoever keeps the plan, whatever stands in its own row */
        return sql_one(sql, same_action, SQL_ARGS(sql_int(above), sql_text(typed[ACTION_NAME])), id, &there, err);
    return keeper_find(sql, row, &keeper, err)
           && (!keeper || sql_one(sql, same_plan, SQL_ARGS(sql_int(keeper), sql_text(typed[ACTION_NAME])), id, &there, err));
}

static bool row_write(struct sql *sql, struct plan_sheet *sheet, struct plan_row *row, struct err *err)
{
    const struct plan_row *above = row->under.len ? above_of(sheet, row) : NULL;

    if (row->under.len && !above)
        return err_set(err, ERR_INVALID, "上级没有写在它前面：%.*s", (int)(row->under.len < 60 ? row->under.len : 60), row->under.at);
    if (row->target && !above)
        return err_set(err, ERR_INVALID, "目标要写明上级：哪项行动的代码");
    if (!row->target && row->code.len == 0)
        return err_set(err, ERR_INVALID, "行动要有代码，下面的行才能指到它");
    if (!there_already(sql, row, above ? above->id : 0, &row->id, err))
        return false;
    if (row->id) {
        sheet->kept++;
        return true;
    }
    if (above)
        row->order.typed[row->target ? (int)TARGET_ACTION : (int)ACTION_PARENT] = slice_of(arena_print(sheet->arena, "%lld", (long long)above->id));
    if (row->target)
        row->order.typed[TARGET_KEEPER] = SLICE(""); /* whoever keeps the action */
    if (!matter_step_run(sql, &row->order, err))
        return false;
    row->id = row->order.done_id;
    sheet->actions += !row->target;
    sheet->targets += row->target;
    return true;
}

bool plan_sheet_step(struct sql *sql, void *arg, struct err *err)
{
    struct plan_sheet *sheet = arg;

    err_clear(err);
    sheet->actions = sheet->targets = sheet->kept = 0;
    for (size_t i = 0; i < sheet->count; i++)
        if (!row_write(sql, sheet, &sheet->rows[i], err))
            return row_wrong(sheet->rows[i].line, err);
    return true;
}
