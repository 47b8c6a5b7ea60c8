/* The decision file that a bank sends back. */
#include "work/loan_sheet.h"

#include "base/clock.h"
#include "base/ident.h"
#include "base/money.h"
#include "base/text.h"
#include "base/utf8.h"
#include "record/party.h"

static const struct {
    const char *names; /* parted by bars; the first is written */
    int field;         /* of the loan; -1: none */
    bool needed;       /* the table must have the column */
} columns[DECISION_COLUMNS] = {
    [DECISION_LOAN] = {"受理号|贷款编号|loan", -1, true},
    [DECISION_SAYS] = {"决定|审批结果|decision", -1, true},
    [DECISION_DAY] = {"决定日期|审批日期|decided_on", LOAN_DECIDED_ON, true},
    [DECISION_FILE] = {"银行案卷号|案卷号|业务编号|file_no", LOAN_FILE_NO, true},
    [DECISION_AMOUNT] = {"批准金额|批准金额（元）|approved", LOAN_APPROVED, false},
    [DECISION_RATE] = {"年利率|利率|rate", LOAN_RATE, false},
    [DECISION_MONTHS] = {"批准期限(月)|期限(月)|期限（月）|months", LOAN_MONTHS, false},
    [DECISION_GUARANTEE] = {"担保方式|担保|guarantee", LOAN_GUARANTEE, false},
    [DECISION_CONDITIONS] = {"放款前提|前提|conditions", LOAN_CONDITIONS, false},
    [DECISION_REASONS] = {"不同意的理由|理由|reasons", LOAN_REASONS, false},
    [DECISION_WHY] = {"理由说明|说明|reason_why", LOAN_REASON_WHY, false},
};
/* Beside them in the blank: for people, and passed over when it comes back. */
static const char beside[] = "企业|产品|申请金额（元）|申请期限(月)|申请日";

static bool is_among(const char *names, struct slice name)
{
    struct slice rest = slice_of(names), one;

    while (slice_cut(&rest, '|', &one))
        if (slice_same(one, name))
            return true;
    return false;
}

/* --- reading --- */

/* Column of the table for each of ours. Strictly: one that is not known may be a misspelt one that would be lost. */
static bool columns_find(const struct table *table, struct sheet_place at[DECISION_COLUMNS], struct err *err)
{
    memset(at, 0, DECISION_COLUMNS * sizeof *at);
    for (size_t i = 0; i < table_columns(table); i++) {
        struct slice name = slice_trim(table_column(table, i));
        size_t c = 0;

        while (c < DECISION_COLUMNS && !is_among(columns[c].names, name))
            c++;
        if (c < DECISION_COLUMNS && at[c].there)
            return err_set(err, ERR_INVALID, "“%.*s”有两列", (int)utf8_head(name, 40).len, name.at) || err_hint(err, "请删去一列");
        if (c < DECISION_COLUMNS)
            at[c] = (struct sheet_place){true, i, SLICE("")};
        else if (name.len && !is_among(beside, name))
            return err_set(err, ERR_INVALID, "不认识的列“%.*s”", (int)utf8_head(name, 40).len, name.at)
                   || err_hint(err, "列名照空白决定表写；多余的列请删去");
    }
    for (size_t c = 0; c < DECISION_COLUMNS; c++)
        if (columns[c].needed && !at[c].there)
            return err_set(err, ERR_INVALID, "表里没有“%.*s”", (int)strcspn(columns[c].names, "|"), columns[c].names)
                   || err_hint(err, "请用本页下载的空白决定表");
    return true;
}

/* A loan that is not decided yet is passed over. */
static bool row_says(struct sheet_row *row)
{
    return row->cells[DECISION_SAYS].len > 0;
}

const struct sheet_sort sheet_decisions = {DECISION_COLUMNS, sizeof(struct decision_row), DECISION_ROWS, row_says};

bool decision_sheet_read(struct table *table, struct decision_sheet *sheet, struct err *err)
{
    struct sheet_place at[DECISION_COLUMNS];

    sheet->count = 0;
    return columns_find(table, at, err) && sheet_read(&sheet_decisions, table, at, sheet->arena, sheet->rows, &sheet->count, err);
}

/* --- judging --- */

struct judging {
    struct sql *sql;
    const struct law *law;
    const struct actor *actor;
    int64_t now_ms;
    struct slice request_id;
    struct decision_sheet *sheet;
};

/* agree, refuse, or NULL with the row's err. */
static const struct matter_step *step_of(struct decision_row *row)
{
    struct slice says = row->in.cells[DECISION_SAYS];

    if (is_among("同意|批准|通过|agreed|approved", says))
        return matter_step_find(&sort_loan, SLICE("agree"));
    if (is_among("不同意|拒绝|不批准|否决|refused", says))
        return matter_step_find(&sort_loan, SLICE("refuse"));
    err_set(&row->in.err, ERR_INVALID, "“%.*s”不是一个决定", (int)utf8_head(says, 20).len, says.at);
    err_hint(&row->in.err, "写“同意”或“不同意”");
    return NULL;
}

/* What only the other decision has: a refusal with an amount is neither. */
static bool cells_fit(struct decision_row *row, const struct matter_step *step)
{
    for (size_t c = 0; c < DECISION_COLUMNS; c++)
        if (columns[c].field >= 0 && row->in.cells[c].len && !matter_step_field(&sort_loan, step, (size_t)columns[c].field)) {
            err_set(&row->in.err, ERR_INVALID, "决定是“%s”，却写了“%.*s”", step->label, (int)strcspn(columns[c].names, "|"), columns[c].names);
            err_hint(&row->in.err, "两样矛盾，请核对是哪一个决定");
            return false;
        }
    return true;
}

static bool loan_read(const struct judging *judging, struct decision_row *row, struct matter_file *file)
{
    int64_t id;

    if (!ident_parse(row->in.cells[DECISION_LOAN], &id)) {
        err_set(&row->in.err, ERR_INVALID, "受理号不是一个编号");
        err_hint(&row->in.err, "照空白决定表里的受理号填");
        return false;
    }
    if (matter_load(judging->sql, &sort_loan, id, judging->actor, day_of_ms(judging->now_ms), judging->sheet->arena, file, &row->in.err)
        && (file->sides & SIDE(LOAN_BY_BANK)))
        return true;
    err_set(&row->in.err, ERR_MISSING, "没有这个受理号，或者不是向本行申请的");
    return false;
}

static void order_fill(const struct judging *judging, struct decision_row *row, const struct matter_step *step, const struct matter_file *file, size_t at)
{
    struct arena *arena = judging->sheet->arena;
    struct slice id = at ? slice_of(arena_print(arena, "%.*s.%zu", (int)(judging->request_id.len < 56 ? judging->request_id.len : 56),
                                                judging->request_id.at, at))
                         : judging->request_id;

    matter_order_init(&row->order, judging->law, judging->actor, &sort_loan, step, id);
    row->order.time_ms = judging->now_ms;
    row->order.id = file->matter.id;
    row->order.ver = file->matter.ver;
    row->order.arena = arena;
    for (size_t c = 0; c < DECISION_COLUMNS; c++)
        if (columns[c].field >= 0 && matter_step_field(&sort_loan, step, (size_t)columns[c].field))
            row->order.typed[columns[c].field] = row->in.cells[c];
}

static bool fields_fit(struct decision_row *row, struct arena *arena)
{
    struct record read = {.kind = &kind_loan};
    struct complaints complaints = {.count = 0};

    if (record_check(&read, row->order.typed, false, arena, &complaints))
        return true;
    row->in.err = complaints.list[0].err;
    return false;
}

static bool is_twin(const struct decision_sheet *sheet, size_t at, struct err *err)
{
    for (size_t i = 0; i < at; i++)
        if (!sheet->rows[i].in.err.code && sheet->rows[i].order.id == sheet->rows[at].order.id) {
            err_set(err, ERR_CONFLICT, "与第 %ld 行是同一笔", sheet->rows[i].in.line);
            err_hint(err, "一笔只有一个决定，请删去一行");
            return true;
        }
    return false;
}

static void row_judge(const struct judging *judging, size_t at)
{
    struct decision_row *row = &judging->sheet->rows[at];
    const struct matter_step *step = row->in.err.code ? NULL : step_of(row);
    struct matter_file file;

    if (!step || !cells_fit(row, step) || !loan_read(judging, row, &file))
        return;
    row->title = matter_text(&file.matter, MATTER_TITLE);
    order_fill(judging, row, step, &file, at);
    if (!matter_step_fits(&file, step)) {
        err_set(&row->in.err, ERR_CONFLICT, "这笔贷款现在不能%s：%s", step->label, matter_state_of(&sort_loan, &file.matter)->label);
        err_hint(&row->in.err, "先在本平台取尽调包，再回传决定");
    } else if (fields_fit(row, judging->sheet->arena)) {
        is_twin(judging->sheet, at, &row->in.err);
    }
}

bool decision_sheet_judge(struct sql *sql, const struct law *law, const struct actor *actor, int64_t now_ms, struct slice request_id,
                          struct decision_sheet *sheet, struct err *err)
{
    const struct judging judging = {sql, law, actor, now_ms, request_id, sheet};

    (void)err;
    for (size_t i = 0; i < sheet->count; i++)
        row_judge(&judging, i);
    return true;
}

bool decision_sheet_take(struct sql *sql, void *arg, struct err *err)
{
    struct decision_sheet *sheet = arg;

    for (size_t i = 0; i < sheet->count; i++) {
        struct decision_row *row = &sheet->rows[i];
        struct err why = {0};

        if (row->in.err.code || matter_step_run(sql, &row->order, &why))
            continue;
        err_set(err, why.code, "第 %ld 行没有办成，全部没有办：%s", row->in.line, why.message);
        return err_hint(err, "%s", why.hint);
    }
    return true;
}

/* --- the blank --- */

static char *waiting_text;

void loan_sheet_start(void)
{
    if (!waiting_text)
        waiting_text = record_select(&kind_loan, "bank = ?1 AND state IN ('applied', 'reviewed') AND to_leaf IS NULL ORDER BY id LIMIT ?2");
}

static size_t header(struct slice cells[DECISION_COLUMNS + 5])
{
    struct slice rest = slice_of(beside), one;
    size_t count = 0;

    cells[count++] = SLICE("受理号");
    while (slice_cut(&rest, '|', &one))
        cells[count++] = one;
    for (size_t c = DECISION_SAYS; c < DECISION_COLUMNS; c++)
        cells[count++] = (struct slice){columns[c].names, strcspn(columns[c].names, "|")};
    return count;
}

static bool blank_row(struct sql *sql, struct table_writer *writer, const struct record *loan, size_t count, struct arena *arena, struct err *err)
{
    struct slice cells[DECISION_COLUMNS + 5] = {{0}};
    char plain[MONEY_TEXT];

    for (size_t c = 0; c < count; c++)
        cells[c] = SLICE("");
    cells[0] = slice_of(arena_print(arena, "%lld", (long long)loan->id));
    cells[1] = record_title(sql, &kind_party, loan->owner, arena);
    cells[2] = matter_text(loan, MATTER_TITLE);
    cells[3] = arena_copy(arena, slice_of(money_show_plain(matter_number(loan, LOAN_ASKED), plain)));
    cells[4] = slice_of(arena_print(arena, "%lld", (long long)matter_number(loan, LOAN_MONTHS_ASKED)));
    cells[5] = matter_text(loan, MATTER_SINCE);
    return table_write(writer, cells, err);
}

bool decision_sheet_blank(struct sql *sql, int64_t bank, const char *path, struct err *err)
{
    struct slice head[DECISION_COLUMNS + 5];
    size_t columns_count = header(head), count = 0;
    struct table_writer *writer = NULL;
    struct arena arena;
    struct record *list;
    struct err later;
    bool ok;

    arena_init(&arena);
    list = arena_alloc(&arena, DECISION_ROWS * sizeof *list);
    ok = record_rows(sql, &kind_loan, waiting_text, SQL_ARGS(sql_int(bank), sql_int(DECISION_ROWS)), DECISION_ROWS, &arena, list, &count, err)
         && table_create_named(path, TABLE_XLSX, "决定", head, columns_count, &writer, err);
    for (size_t i = 0; ok && i < count; i++)
        ok = blank_row(sql, writer, &list[i], columns_count, &arena, err);
    if (writer)
        ok = table_finish(writer, ok ? err : &later) && ok;
    arena_release(&arena);
    return ok;
}
