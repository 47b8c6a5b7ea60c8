/* A bank's quarter: counts, sums and days of its loans. */
#include <stdlib.h>

#include "base/clock.h"
#include "base/money.h"
#include "record/choice.h"
#include "record/party.h"
#include "work/loan_sheet.h"

enum { LOANS_MOST = 5000, LOAN_CELLS = 17 };

static char *bank_text;

void loan_report_start(void)
{
    if (!bank_text)
        bank_text = record_select(&kind_loan, "bank = ?1 AND to_leaf IS NULL ORDER BY id LIMIT ?2");
}

struct reporting {
    struct sql *sql;
    int32_t first, last; /* days of the quarter */
    struct record *loans;
    struct loan_days *days;
    size_t count;
    struct arena arena;
};

static bool quarter_days(int year, int quarter, int32_t *first, int32_t *last, struct err *err)
{
    int32_t next;

    if (quarter < 1 || quarter > 4 || !day_from_ymd(year, 3 * quarter - 2, 1, first)
        || !day_from_ymd(quarter == 4 ? year + 1 : year, quarter == 4 ? 1 : 3 * quarter + 1, 1, &next))
        return err_set(err, ERR_INVALID, "没有这个季度") || err_hint(err, "年份写四位，季度写 1 到 4");
    *last = next - 1;
    return true;
}

/* Applied for by the quarter's last day, and not over before its first. */
static bool is_of(const struct reporting *reporting, const struct record *loan, int32_t applied)
{
    return applied <= reporting->last && (loan->status == RECORD_OPEN || matter_day(loan, MATTER_SINCE) >= reporting->first);
}

static bool applied_on(struct sql *sql, int64_t loan, int32_t *day, struct err *err)
{
    int64_t ms;
    bool found;

    if (!sql_one(sql, "SELECT valid_from FROM loan WHERE id = ?1 AND ver = 1", SQL_ARGS(sql_int(loan)), &ms, &found, err))
        return false;
    *day = found ? day_of_ms(ms) : 0;
    return true;
}

static bool loans_read(struct reporting *reporting, int64_t bank, struct err *err)
{
    struct record *all = arena_alloc(&reporting->arena, LOANS_MOST * sizeof *all);
    size_t count;

    reporting->days = arena_alloc(&reporting->arena, LOANS_MOST * sizeof *reporting->days);
    reporting->loans = all;
    if (!record_rows(reporting->sql, &kind_loan, bank_text, SQL_ARGS(sql_int(bank), sql_int(LOANS_MOST)), LOANS_MOST, &reporting->arena, all, &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        int32_t applied;

        if (!applied_on(reporting->sql, all[i].id, &applied, err))
            return false;
        if (!is_of(reporting, &all[i], applied))
            continue;
        all[reporting->count] = all[i];
        if (!loan_days(reporting->sql, &all[i], &reporting->days[reporting->count], err))
            return false;
        reporting->count++;
    }
    return true;
}

/* --- sums --- */

static bool is_within(const struct reporting *reporting, int32_t day)
{
    return day >= reporting->first && day <= reporting->last;
}

static bool entries_sum(const struct reporting *reporting, const char *statement, int64_t loan, int64_t *sum, struct err *err)
{
    char first[CLOCK_TEXT], last[CLOCK_TEXT];
    int64_t more;
    bool found;

    if (!sql_one(reporting->sql, statement,
                 SQL_ARGS(sql_int(loan), sql_text(slice_of(day_show(reporting->first, first))), sql_text(slice_of(day_show(reporting->last, last)))),
                 &more, &found, err))
        return false;
    *sum += found ? more : 0;
    return true;
}

static bool in_state(const struct record *loan, const char *state)
{
    return slice_is(matter_text(loan, MATTER_STATE), state);
}

static bool loan_add(const struct reporting *reporting, const struct record *loan, struct loan_report *report, struct err *err)
{
    bool decided = is_within(reporting, matter_day(loan, LOAN_DECIDED_ON));
    int32_t applied = 0;

    if (!applied_on(reporting->sql, loan->id, &applied, err))
        return false;
    report->applied += is_within(reporting, applied);
    report->asked += is_within(reporting, applied) ? matter_number(loan, LOAN_ASKED) : 0;
    report->decided += decided;
    report->approved += decided && matter_known(loan, LOAN_APPROVED);
    report->agreed += decided ? matter_number(loan, LOAN_APPROVED) : 0;
    report->refused += decided && in_state(loan, "refused");
    report->running += in_state(loan, "running");
    report->overdue += in_state(loan, "overdue");
    report->claimed += in_state(loan, "claimed") || in_state(loan, "compensated");
    report->open += loan_open(loan);
    return entries_sum(reporting, "SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM drawdown WHERE matter = ?1 AND to_leaf IS NULL AND paid_on BETWEEN ?2 AND ?3",
                       loan->id, &report->drawn, err)
           && entries_sum(reporting, "SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM repayment WHERE matter = ?1 AND to_leaf IS NULL AND paid_on BETWEEN ?2 AND ?3",
                          loan->id, &report->repaid, err)
           && entries_sum(reporting, "SELECT COUNT(*) FROM signal WHERE matter = ?1 AND to_leaf IS NULL AND entered_on BETWEEN ?2 AND ?3", loan->id,
                          &report->signals, err);
}

static int by_size(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;

    return (x > y) - (x < y);
}

/* The middle one of those that are known, of two the lower. */
static int32_t median(struct reporting *reporting, size_t offset)
{
    int32_t *list = arena_alloc(&reporting->arena, (reporting->count + 1) * sizeof *list);
    size_t count = 0;

    for (size_t i = 0; i < reporting->count; i++) {
        int32_t days = *(const int32_t *)((const char *)&reporting->days[i] + offset);

        if (days >= 0)
            list[count++] = days;
    }
    if (count)
        qsort(list, count, sizeof *list, by_size);
    return count ? list[(count - 1) / 2] : -1;
}

static bool report_fill(struct reporting *reporting, struct loan_report *report, struct err *err)
{
    *report = (struct loan_report){0};
    for (size_t i = 0; i < reporting->count; i++)
        if (!loan_add(reporting, &reporting->loans[i], report, err))
            return false;
    report->pack_median = median(reporting, offsetof(struct loan_days, pack));
    report->decision_median = median(reporting, offsetof(struct loan_days, decision));
    report->drawdown_median = median(reporting, offsetof(struct loan_days, drawdown));
    return true;
}

static bool reporting_begin(struct reporting *reporting, struct sql *sql, int64_t bank, int year, int quarter, struct err *err)
{
    *reporting = (struct reporting){.sql = sql};
    arena_init(&reporting->arena);
    return quarter_days(year, quarter, &reporting->first, &reporting->last, err) && loans_read(reporting, bank, err);
}

bool loan_report(struct sql *sql, int64_t bank, int year, int quarter, struct loan_report *report, struct err *err)
{
    struct reporting reporting;
    bool ok = reporting_begin(&reporting, sql, bank, year, quarter, err) && report_fill(&reporting, report, err);

    arena_release(&reporting.arena);
    return ok;
}

/* --- the workbook --- */

static bool pair(struct table_writer *writer, struct arena *arena, const char *name, const char *format, int64_t value, struct err *err)
{
    struct slice cells[2] = {slice_of(name), SLICE("")};
    char plain[MONEY_TEXT];

    if (strcmp(format, "yuan") == 0)
        cells[1] = arena_copy(arena, slice_of(money_show_plain(value, plain)));
    else if (value >= 0)
        cells[1] = slice_of(arena_print(arena, "%lld", (long long)value));
    return table_write(writer, cells, err);
}

static bool sums_write(struct table_writer *writer, const struct loan_report *report, struct arena *arena, struct err *err)
{
    const struct {
        const char *name, *format;
        int64_t value;
    } lines[] = {
        {"本季申请笔数", "", report->applied}, {"本季申请金额（元）", "yuan", report->asked}, {"本季决定笔数", "", report->decided},
        {"其中同意", "", report->approved}, {"其中不同意", "", report->refused}, {"本季批准金额（元）", "yuan", report->agreed},
        {"本季放款（元）", "yuan", report->drawn}, {"本季还本（元）", "yuan", report->repaid}, {"未还本金（元）", "yuan", report->open},
        {"用款中笔数", "", report->running}, {"逾期笔数", "", report->overdue}, {"代偿笔数", "", report->claimed}, {"本季处置信号", "", report->signals},
        {"申请到取包（天，中位）", "", report->pack_median}, {"取包到决定（天，中位）", "", report->decision_median},
        {"决定到放款（天，中位）", "", report->drawdown_median},
    };

    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        if (!pair(writer, arena, lines[i].name, lines[i].format, lines[i].value, err))
            return false;
    return true;
}

static struct slice yuan(const struct record *loan, size_t field, struct arena *arena)
{
    char plain[MONEY_TEXT];

    return matter_known(loan, field) ? arena_copy(arena, slice_of(money_show_plain(matter_number(loan, field), plain))) : SLICE("");
}

static struct slice days_text(int32_t days, struct arena *arena)
{
    return days < 0 ? SLICE("") : slice_of(arena_print(arena, "%d", days));
}

static bool loan_write(const struct reporting *reporting, size_t at, struct table_writer *writer, struct arena *arena, struct err *err)
{
    const struct record *loan = &reporting->loans[at];
    const struct matter_state *state = matter_state_of(&sort_loan, loan);
    const struct slice cells[LOAN_CELLS] = {
        slice_of(arena_print(arena, "%lld", (long long)loan->id)), record_title(reporting->sql, &kind_party, loan->owner, arena),
        matter_text(loan, MATTER_TITLE), field_words(&kind_loan.fields[LOAN_SORT], &loan->values[LOAN_SORT], false, arena),
        slice_of(state ? state->label : ""), matter_text(loan, LOAN_FILE_NO), yuan(loan, LOAN_ASKED, arena), yuan(loan, LOAN_APPROVED, arena),
        field_words(&kind_loan.fields[LOAN_RATE], &loan->values[LOAN_RATE], false, arena),
        field_words(&kind_loan.fields[LOAN_GUARANTEE], &loan->values[LOAN_GUARANTEE], false, arena), matter_text(loan, LOAN_PLEDGE_NO),
        yuan(loan, LOAN_DRAWN, arena), yuan(loan, LOAN_REPAID, arena), matter_text(loan, LOAN_MATURES),
        days_text(reporting->days[at].pack, arena), days_text(reporting->days[at].decision, arena), days_text(reporting->days[at].drawdown, arena),
    };

    return table_write(writer, cells, err);
}

static bool workbook_write(struct reporting *reporting, const struct loan_report *report, const char *path, struct err *err)
{
    static const struct slice sums[] = {{"项目", sizeof "项目" - 1}, {"数", sizeof "数" - 1}};
    static const char *const names[LOAN_CELLS] = {"受理号", "企业", "产品", "类别", "状态", "银行案卷号", "申请金额（元）", "批准金额（元）", "年利率", "担保方式",
                                                  "质押登记号", "已提款（元）", "已还本金（元）", "到期日", "申请到取包（天）", "取包到决定（天）", "决定到放款（天）"};
    struct slice head[LOAN_CELLS];
    struct table_writer *writer;
    struct err later;
    bool ok;

    for (size_t i = 0; i < LOAN_CELLS; i++)
        head[i] = slice_of(names[i]);
    if (!table_create_named(path, TABLE_XLSX, "汇总", sums, 2, &writer, err))
        return false;
    ok = sums_write(writer, report, &reporting->arena, err) && table_sheet(writer, "贷款", head, LOAN_CELLS, err);
    for (size_t i = 0; ok && i < reporting->count; i++)
        ok = loan_write(reporting, i, writer, &reporting->arena, err);
    return table_finish(writer, ok ? err : &later) && ok;
}

bool loan_report_sheet(struct sql *sql, int64_t bank, int year, int quarter, const char *path, struct err *err)
{
    struct reporting reporting;
    struct loan_report report;
    bool ok = reporting_begin(&reporting, sql, bank, year, quarter, err) && report_fill(&reporting, &report, err)
              && workbook_write(&reporting, &report, path, err);

    arena_release(&reporting.arena);
    return ok;
}
