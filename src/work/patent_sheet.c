/* The patent office's tables: read, judged, taken. */
#include "work/patent_sheet.h"

#include "base/clock.h"
#include "base/ident.h"
#include "base/text.h"
#include "base/utf8.h"
#include "record/choice.h"
#include "seal/seal.h"
#include "work/account_int.h"
#include "work/matter.h"
#include "work/submit.h"

/* --- the table --- */

static const char holder_names[] = "专利权人|申请人|权利人|持有单位|当前权利人|holder";

static const char *names_of(size_t cell)
{
    return cell == PATENT_HOLDER ? holder_names : kind_patent.fields[cell].headers;
}

static bool is_called(struct slice header, size_t cell)
{
    struct slice rest = slice_of(names_of(cell)), name;

    header = slice_trim(header);
    if (cell != PATENT_HOLDER && (slice_is(header, kind_patent.fields[cell].label) || slice_is(header, kind_patent.fields[cell].name)))
        return true;
    while (slice_cut(&rest, '|', &name))
        if (slice_same(header, name))
            return true;
    return false;
}

static bool columns_find(const struct table *table, bool holder, struct sheet_place at[PATENT_CELLS], struct err *err)
{
    memset(at, 0, PATENT_CELLS * sizeof *at);
    for (size_t c = 0; c < PATENT_CELLS; c++)
        for (size_t i = 0; i < table_columns(table) && !at[c].there; i++)
            if (is_called(table_column(table, i), c))
                at[c] = (struct sheet_place){true, i, SLICE("")};
    if (!at[PATENT_NUMBER].there)
        err_set(err, ERR_INVALID, "表里没有“专利号”，也没有“申请号”");
    else if (!at[PATENT_STATUS].there)
        err_set(err, ERR_INVALID, "表里没有“法律状态”");
    else if (!at[PATENT_CHECKED].there)
        err_set(err, ERR_INVALID, "表里没有“更新日期”，不知道是哪一天的状态");
    else if (holder && !at[PATENT_HOLDER].there)
        err_set(err, ERR_INVALID, "表里没有“专利权人”，不知道是谁的专利");
    else
        return true;
    return err_hint(err, "列名用：专利号、名称、法律状态、年费缴至、质押、许可备案、开放许可、期限届满日、更新日期、专利权人");
}

static bool row_says(struct sheet_row *row)
{
    return row->cells[PATENT_NUMBER].len > 0;
}

const struct sheet_sort sheet_patents = {PATENT_CELLS, sizeof(struct patent_row), PATENT_ROWS, row_says};

bool patent_sheet_read(struct table *table, struct patent_sheet *sheet, struct err *err)
{
    struct sheet_place at[PATENT_CELLS];

    sheet->count = 0;
    return columns_find(table, !sheet->owner, at, err) && sheet_read(&sheet_patents, table, at, sheet->arena, sheet->rows, &sheet->count, err);
}

/* --- what its words mean --- */

/* As the office's files and people say it; the first that the cell holds is taken, so the narrower stand first. */
static const struct {
    const char *words, *code;
} statuses[] = {
    {"未缴年费|年费终止|欠费终止|未缴费|欠费失效", "fee_lapsed"}, {"期限届满|届满终止|到期终止|有效期满", "expired"},
    {"宣告无效|全部无效|无效宣告", "invalid"},                  {"驳回|撤回|视撤|视为放弃|放弃", "withdrawn"},
    {"审查|实审|公开|受理|审中|待授权|未授权", "pending"},        {"有效|授权|维持|有权", "granted"},
};

static bool holds(struct slice text, struct slice words)
{
    struct slice word;

    while (slice_cut(&words, '|', &word))
        if (word.len && memmem(text.at, text.len, word.at, word.len))
            return true;
    return false;
}

/* One of the list's own codes and labels, or a word of the office's; the cell itself where neither: the field then complains. */
static struct slice status_code(struct slice cell)
{
    const struct choice *choice = choice_find(choice_list_get("patent_status"), cell);

    if (choice)
        return slice_of(choice->code);
    for (size_t i = 0; cell.len && i < sizeof statuses / sizeof *statuses; i++)
        if (holds(cell, slice_of(statuses[i].words)))
            return slice_of(statuses[i].code);
    return cell;
}

/* "无", "否", "--": there is none. */
static struct slice none_or(struct slice cell)
{
    static const char *const none[] = {"无", "否", "未质押", "未备案", "没有", "-", "--", "—", "/", "0"};

    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        if (slice_is(cell, none[i]))
            return SLICE("");
    return cell;
}

static bool row_read(struct patent_sheet *sheet, struct patent_row *row, struct err *err)
{
    struct slice typed[FIELDS_MAX] = {{0}};
    struct complaints complaints = {.count = 0};

    for (size_t c = 0; c < PATENT_HOLDER; c++)
        typed[c] = row->in.cells[c];
    typed[PATENT_STATUS] = status_code(typed[PATENT_STATUS]);
    typed[PATENT_PLEDGE] = none_or(typed[PATENT_PLEDGE]);
    typed[PATENT_LICENCE] = none_or(typed[PATENT_LICENCE]);
    typed[PATENT_OPEN] = none_or(typed[PATENT_OPEN]).len ? typed[PATENT_OPEN] : SLICE("否");
    if (!patent_number_read(typed[PATENT_NUMBER], sheet->arena, &typed[PATENT_NUMBER], err))
        return err_field(err, kind_patent.fields[PATENT_NUMBER].name);
    if (record_check(&row->record, typed, true, sheet->arena, &complaints))
        return true;
    *err = complaints.list[0].err;
    return err_field(err, complaints.list[0].field->name);
}

/* --- whose it is --- */

bool patent_sheet_may(struct sql *sql, const struct actor *actor, int64_t owner, struct err *err)
{
    struct object object = {.kind = &kind_patent, .owner = owner};

    if (owner && acts_for(actor, owner))
        return true;
    if (owner && !party_region(sql, owner, &object.region, err))
        return false;
    /* An officer of anywhere may begin; each row is asked again. */
    if ((owner ? officer_of(actor, &object) : actor_is_officer(actor)) || actor_is_program(actor))
        return true;
    err_set(err, ERR_DENIED, "专利状态由本企业或所在地的工作人员导入");
    return err_hint(err, "请用企业或工作人员的账号登录");
}

static bool holder_find(struct sql *sql, struct patent_sheet *sheet, struct patent_row *row, struct err *err)
{
    int64_t owner = sheet->owner;

    if (!owner && !row->in.cells[PATENT_HOLDER].len)
        return err_set(err, ERR_INVALID, "没有写专利权人");
    if (!owner && !party_resolve(sql, row->in.cells[PATENT_HOLDER], &owner, err))
        return false;
    if (!owner) {
        err_set(err, ERR_MISSING, "没有名为“%.*s”的单位", (int)utf8_head(row->in.cells[PATENT_HOLDER], 40).len, row->in.cells[PATENT_HOLDER].at);
        return err_hint(err, "写单位的全称或统一社会信用代码；没有登记的单位先登记");
    }
    row->record.owner = owner;
    return patent_sheet_may(sql, sheet->actor, owner, err);
}

/* --- against what is there --- */

static bool prior_find(struct sql *sql, const struct record *record, struct arena *arena, struct record *prior, struct err *err)
{
    int64_t id;

    prior->ver = 0;
    return record_find(sql, &kind_patent, record_key(record, arena), &id, err)
           && (!id || record_get(sql, &kind_patent, id, arena, prior, err));
}

static bool values_same(const struct record *a, const struct record *b)
{
    for (size_t i = 0; i < PATENT_PLEDGE_LOAN; i++)
        if (!value_same(&kind_patent.fields[i], &a->values[i], &b->values[i]))
            return false;
    return true;
}

static bool status_differs(const struct record *a, const struct record *b)
{
    return !slice_same(matter_text(a, PATENT_STATUS), matter_text(b, PATENT_STATUS));
}

/* What was brought in by an officer stands against what a firm says of itself. */
static bool contradicts(const struct record *record, const struct record *prior, struct err *err)
{
    int32_t there = matter_day(prior, PATENT_CHECKED);
    char day[CLOCK_TEXT];

    if (matter_day(record, PATENT_CHECKED) < there) {
        err_set(err, ERR_CONFLICT, "已有 %s 的状态，比这一行新", day_show(there, day));
        err_hint(err, "请用更新的文件");
        return true;
    }
    if (matter_day(record, PATENT_CHECKED) == there && status_differs(record, prior)) {
        err_set(err, ERR_CONFLICT, "同一天（%s）的状态，已有的与这一行矛盾", day_show(there, day));
        err_hint(err, "请查明哪一个对，用更新日期较晚的文件再导入");
        return true;
    }
    if (matter_number(prior, PATENT_FROM_FILE) && !matter_number(record, PATENT_FROM_FILE) && status_differs(record, prior)) {
        err_set(err, ERR_CONFLICT, "与部门导入的状态不一致，企业自己不能改");
        err_hint(err, "请把新的文件交所在地的工作人员导入");
        return true;
    }
    return false;
}

/* A pledge that this house has locked stays: a file does not undo it. */
static bool pledge_keep(struct record *record, const struct record *prior, struct err *err)
{
    record->values[PATENT_PLEDGE_LOAN] = prior->values[PATENT_PLEDGE_LOAN];
    if (!matter_known(prior, PATENT_PLEDGE_LOAN) || slice_same(matter_text(record, PATENT_PLEDGE), matter_text(prior, PATENT_PLEDGE)))
        return true;
    if (!matter_known(record, PATENT_PLEDGE)) { /* files often lack the column */
        record->values[PATENT_PLEDGE] = prior->values[PATENT_PLEDGE];
        return true;
    }
    err_set(err, ERR_CONFLICT, "质押登记号与本平台上一笔未结清的贷款记下的不一致");
    return err_hint(err, "请与贷款银行核对；贷款结清后才会解除");
}

static bool news_of(struct sql *sql, struct patent_sheet *sheet, struct patent_row *row, struct record *prior, struct err *err)
{
    if (!prior_find(sql, &row->record, sheet->arena, prior, err))
        return false;
    row->news = PATENT_NEW;
    if (!prior->ver)
        return true;
    if (contradicts(&row->record, prior, err) || !pledge_keep(&row->record, prior, err))
        return false;
    for (size_t i = 0; i < PATENT_PLEDGE_LOAN; i++) /* what the file does not say stays */
        if (i != PATENT_PLEDGE && !row->record.values[i].known)
            row->record.values[i] = prior->values[i];
    row->record.id = prior->id;
    row->news = values_same(&row->record, prior) ? PATENT_SAME : PATENT_CHANGED;
    return true;
}

/* --- rows against each other --- */

static void both_refuse(struct patent_row *a, struct patent_row *b)
{
    struct patent_row *rows[2] = {a, b};

    for (size_t i = 0; i < 2; i++) {
        err_set(&rows[i]->in.err, ERR_CONFLICT, "与第 %ld 行说的是同一件专利，内容矛盾", rows[1 - i]->in.line);
        err_hint(&rows[i]->in.err, "请查明哪一行对，删去另一行");
    }
}

static bool same_patent(const struct patent_row *a, const struct patent_row *b)
{
    return a->record.owner == b->record.owner && slice_same(matter_text(&a->record, PATENT_NUMBER), matter_text(&b->record, PATENT_NUMBER));
}

/* Of two rows that say the same, the first is taken. Rows are few: each against each. */
static void twins_refuse(struct patent_sheet *sheet)
{
    for (size_t i = 0; i < sheet->count; i++)
        for (size_t k = 0; k < i; k++) {
            struct patent_row *first = &sheet->rows[k], *second = &sheet->rows[i];

            if (second->in.err.code || (first->in.err.code && first->in.err.code != ERR_CONFLICT) || !same_patent(first, second))
                continue;
            if (values_same(&first->record, &second->record))
                err_set(&second->in.err, ERR_CONFLICT, "与第 %ld 行重复", first->in.line);
            else
                both_refuse(first, second);
        }
}

/* --- all of them --- */

static void record_begin(const struct patent_sheet *sheet, struct patent_row *row)
{
    row->record = (struct record){.kind = &kind_patent, .id = ident_next(sheet->time_ms), .owner = sheet->owner, .author = sheet->actor->account};
    record_salt(&row->record);
    matter_set_number(&row->record, PATENT_FROM_FILE, !sheet->owner || !acts_for(sheet->actor, sheet->owner));
}

bool patent_sheet_judge(struct sql *sql, struct patent_sheet *sheet, struct err *err)
{
    struct record prior;

    for (size_t i = 0; i < sheet->count; i++) {
        struct patent_row *row = &sheet->rows[i];

        if (row->in.err.code)
            continue;
        record_begin(sheet, row);
        if (!row_read(sheet, row, &row->in.err) || !holder_find(sql, sheet, row, &row->in.err) || !news_of(sql, sheet, row, &prior, &row->in.err))
            if (row->in.err.code == ERR_BUSY || row->in.err.code == ERR_IO || row->in.err.code == ERR_CORRUPT) {
                *err = row->in.err;
                return false;
            }
    }
    twins_refuse(sheet);
    return true;
}

/* Each row has a request id of its own: a leaf's parts are few. The first row's is the whole's. */
static void row_request(const struct patent_sheet *sheet, size_t row, char id[LEAF_REQUEST + 1])
{
    if (row)
        snprintf(id, LEAF_REQUEST + 1, "%.50s.%u", sheet->request_id, (unsigned)row);
    else
        snprintf(id, LEAF_REQUEST + 1, "%s", sheet->request_id);
}

static bool row_put(struct sql *sql, struct patent_sheet *sheet, size_t at, struct err *err)
{
    struct patent_row row = sheet->rows[at];
    char request[LEAF_REQUEST + 1];
    struct record_event event = {.action = "patent.import", .request_id = request, .time_ms = sheet->time_ms,
                                 .actor = actor_is_program(sheet->actor) ? NULL : sheet->actor->pseudonym};
    struct record prior;

    row_request(sheet, sheet->written, request);
    if (!news_of(sql, sheet, &row, &prior, err))
        return false;
    if (row.news == PATENT_SAME)
        return true;
    sheet->written++;
    return record_put(sql, &row.record, prior.ver ? &prior : NULL, &event, err);
}

bool patent_sheet_take(struct sql *sql, void *arg, struct err *err)
{
    struct patent_sheet *sheet = arg;
    struct leaf leaf;

    sheet->written = 0;
    if (!ledger_request(sql, slice_of(sheet->request_id), &leaf, &sheet->repeated, err))
        return false;
    if (sheet->repeated)
        return strcmp(leaf.action, "patent.import") == 0 || order_taken(err);
    for (size_t i = 0; i < sheet->count; i++) {
        struct err why = {0};

        if (sheet->rows[i].in.err.code || row_put(sql, sheet, i, &why))
            continue;
        err_set(err, why.code, "第 %ld 行没有导入，全部没有导入：%s", sheet->rows[i].in.line, why.message);
        return err_hint(err, "%s", why.hint);
    }
    return true;
}

/* --- reading them back --- */

static char *owner_text;

void patent_start(void)
{
    if (!owner_text)
        owner_text = record_select(&kind_patent, "owner = ?1 AND to_leaf IS NULL ORDER BY number, id LIMIT ?2");
}

bool patents_of(struct sql *sql, int64_t owner, struct arena *arena, struct record **list, size_t *count, struct err *err)
{
    *list = arena_alloc(arena, PATENTS_MOST * sizeof **list);
    return record_rows(sql, &kind_patent, owner_text, SQL_ARGS(sql_int(owner), sql_int(PATENTS_MOST)), PATENTS_MOST, arena, *list, count, err);
}

bool patent_of(struct sql *sql, int64_t owner, struct slice number, struct arena *arena, struct record *patent, struct err *err)
{
    struct record wanted = {.kind = &kind_patent, .owner = owner};

    matter_set_text(&wanted, PATENT_NUMBER, number);
    if (!prior_find(sql, &wanted, arena, patent, err))
        return false;
    return patent->ver || record_missing(&kind_patent, err);
}

bool patent_in_force(const struct record *patent, int32_t today, const char **why)
{
    int32_t ends = matter_day(patent, PATENT_ENDS), fee = matter_day(patent, PATENT_FEE_UNTIL);

    *why = NULL;
    if (!slice_is(matter_text(patent, PATENT_STATUS), "granted") || (ends && ends < today))
        *why = "status";
    else if (fee && fee < today)
        *why = "fee";
    return !*why;
}

int32_t patent_age(const struct record *patent, int32_t today)
{
    return today - matter_day(patent, PATENT_CHECKED);
}
