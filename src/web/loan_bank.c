/*
 * A bank's own page: its quarter, and the decision file that goes out empty and comes back filled in.
 * Document: {"loan_bank": {bank, year, quarter, years: [{value, selected}], report: {applied, decided, approved, refused, running, overdue,
 *   claimed, signals, asked, agreed, drawn, repaid, open, pack, decision, drawdown (days as text, null: none)}, sheet: href, blank: href,
 *   preview: null or {name, rows, request_id, can, good, bad, lines: [{line, loan, title, decision, amount, good, problem, hint}]}, problem, hint}}
 */
#include <unistd.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/money.h"
#include "record/party.h"
#include "web/export.h"
#include "web/finance.h"
#include "web/flash.h"
#include "web/handlers.h"
#include "web/say.h"
#include "work/loan_sheet.h"

enum { YEARS = 5 };

struct banking {
    struct decision_sheet sheet; /* first: the writer's step is given it */
    struct slice name;
    size_t good, bad;
    int year, quarter;
};

bool loan_bank_opens(struct request *request)
{
    struct record party;
    struct err ignored;

    return acts_for(&request->actor, request->actor.party)
           && record_get(request->sql, &kind_party, request->actor.party, request->arena, &party, &ignored)
           && slice_is(matter_text(&party, PARTY_SIDE), "finance");
}

static bool bank_read(struct request *request, struct err *err)
{
    if (!request_look(request, err))
        return false;
    return loan_bank_opens(request) || err_set(err, ERR_DENIED, "这一页是银行等金融机构的") || err_hint(err, "请用金融机构成员的账号登录");
}

/* --- the quarter --- */

static void quarter_read(const struct request *request, struct banking *banking)
{
    int year, month, day;

    day_to_ymd(day_of_ms(request->now_ms), &year, &month, &day);
    banking->year = (int)request_number(request, "year", year);
    banking->quarter = (int)request_number(request, "quarter", (month + 2) / 3);
}

static void money_put(const struct request *request, json_t *out, const char *name, int64_t fen)
{
    char text[MONEY_TEXT];

    if (request->api)
        json_put_id(out, name, fen);
    else
        json_put(out, name, slice_of(request->english ? money_show_english(fen, text) : money_show(fen, text)));
}

static json_t *report_json(const struct request *request, const struct loan_report *report)
{
    const struct {
        const char *name;
        int64_t count;
    } counts[] = {{"applied", report->applied}, {"decided", report->decided}, {"approved", report->approved}, {"refused", report->refused},
                  {"running", report->running}, {"overdue", report->overdue}, {"claimed", report->claimed},   {"signals", report->signals}},
      sums[] = {{"asked", report->asked}, {"agreed", report->agreed}, {"drawn", report->drawn}, {"repaid", report->repaid}, {"open", report->open}},
      days[] = {{"pack", report->pack_median}, {"decision", report->decision_median}, {"drawdown", report->drawdown_median}};
    json_t *out = json_object();

    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        json_object_set_new_nocheck(out, counts[i].name, json_integer(counts[i].count));
    for (size_t i = 0; i < sizeof sums / sizeof *sums; i++)
        money_put(request, out, sums[i].name, sums[i].count);
    for (size_t i = 0; i < sizeof days / sizeof *days; i++)
        if (days[i].count >= 0)
            json_put_id(out, days[i].name, days[i].count);
    json_fill(out, "pack decision drawdown");
    return out;
}

static json_t *options_json(int from, int count, int chosen)
{
    json_t *options = json_array();

    for (int i = 0; i < count; i++) {
        json_t *option = json_object();

        json_object_set_new_nocheck(option, "value", json_integer(from + i));
        json_object_set_new_nocheck(option, "selected", json_boolean(from + i == chosen));
        json_array_append_new(options, option);
    }
    return options;
}

static bool quarter_put(struct request *request, const struct banking *banking, json_t *out, struct err *err)
{
    struct loan_report report;
    int year, month, day;

    if (!loan_report(request->sql, request->actor.party, banking->year, banking->quarter, &report, err))
        return false;
    day_to_ymd(day_of_ms(request->now_ms), &year, &month, &day);
    json_object_set_new_nocheck(out, "year", json_integer(banking->year));
    json_object_set_new_nocheck(out, "quarter", json_integer(banking->quarter));
    json_object_set_new_nocheck(out, "years", options_json(year - YEARS + 1, YEARS, banking->year));
    json_object_set_new_nocheck(out, "quarters", options_json(1, 4, banking->quarter));
    json_object_set_new_nocheck(out, "report", report_json(request, &report));
    json_put(out, "sheet", slice_of(arena_print(request->arena, "/loans/report?year=%d&quarter=%d", banking->year, banking->quarter)));
    return true;
}

/* --- decisions --- */

static json_t *row_json(const struct request *request, const struct decision_row *row)
{
    json_t *line = json_object();

    json_object_set_new_nocheck(line, "line", json_integer(row->in.line));
    json_put(line, "loan", row->in.cells[DECISION_LOAN]);
    json_put(line, "title", row->title.at ? row->title : SLICE(""));
    json_put(line, "decision", row->in.cells[DECISION_SAYS]);
    json_put(line, "amount", row->in.cells[DECISION_AMOUNT]);
    json_object_set_new_nocheck(line, "good", json_boolean(!row->in.err.code));
    if (row->in.err.code) {
        json_put(line, "problem", say_message(request, &row->in.err));
        json_put(line, "hint", say_hint(request, &row->in.err));
    }
    json_fill(line, "problem hint");
    return line;
}

static json_t *preview_json(struct request *request, const struct banking *banking)
{
    json_t *preview = json_object(), *lines = json_array();

    for (size_t i = 0; i < banking->sheet.count; i++)
        json_array_append_new(lines, row_json(request, &banking->sheet.rows[i]));
    json_put(preview, "name", banking->name);
    json_object_set_new_nocheck(preview, "lines", lines);
    json_object_set_new_nocheck(preview, "good", json_integer((json_int_t)banking->good));
    json_object_set_new_nocheck(preview, "bad", json_integer((json_int_t)banking->bad));
    json_object_set_new_nocheck(preview, "can", json_boolean(banking->good > 0));
    json_put(preview, "rows", sheet_text(&sheet_decisions, banking->sheet.rows, banking->sheet.count, request->arena));
    json_put(preview, "request_id", request_fresh(request));
    return preview;
}

static bool bank_page(struct request *request, const struct banking *banking, const struct err *problem, struct err *err)
{
    json_t *document, *out = json_object();

    if (!quarter_put(request, banking, out, err)) {
        json_decref(out);
        return false;
    }
    json_put(out, "bank", record_title(request->sql, &kind_party, request->actor.party, request->arena));
    json_object_set_new_nocheck(out, "preview", banking->sheet.count ? preview_json(request, banking) : json_null());
    if (problem) {
        json_put(out, "problem", say_message(request, problem));
        json_put(out, "hint", say_hint(request, problem));
        request->status = problem->code == ERR_CONFLICT ? 409 : 422;
    }
    json_fill(out, "problem hint");
    document = json_object();
    json_object_set_new_nocheck(document, "loan_bank", out);
    return request_page(request, "loan_bank", document);
}

static struct banking *banking_begin(struct request *request)
{
    struct banking *banking = arena_zero(request->arena, 1, sizeof *banking);

    banking->sheet.arena = request->arena;
    banking->sheet.rows = arena_zero(request->arena, DECISION_ROWS + 1, sizeof *banking->sheet.rows);
    banking->name = SLICE("");
    quarter_read(request, banking);
    return banking;
}

bool loan_bank_get(struct request *request, struct err *err)
{
    return bank_read(request, err) && bank_page(request, banking_begin(request), NULL, err);
}

static bool judge(struct request *request, struct banking *banking, struct err *err)
{
    if (!request_look(request, err)
        || !decision_sheet_judge(request->sql, &request->web->city->law, &request->actor, request->now_ms, request_token(request), &banking->sheet, err))
        return false;
    banking->good = banking->bad = 0;
    for (size_t i = 0; i < banking->sheet.count; i++) {
        banking->bad += banking->sheet.rows[i].in.err.code != 0;
        banking->good += !banking->sheet.rows[i].in.err.code;
    }
    return true;
}

static bool rows_read(void *sheet, struct table *table, struct err *err)
{
    return decision_sheet_read(table, sheet, err);
}

static bool taken_then(struct request *request, void *arg, enum store_outcome outcome, struct err *err)
{
    struct banking *banking = arg;
    struct err problem = *err;

    if (outcome == STORE_DONE) {
        flash_set(request, FLASH_DECISIONS);
        return request_see(request, "/loans");
    }
    if (err->code != ERR_INVALID && err->code != ERR_CONFLICT)
        return false;
    return judge(request, banking, err) && bank_page(request, banking, &problem, err);
}

static bool commit(struct request *request, struct banking *banking, struct err *err)
{
    struct err problem;

    if (!sheet_text_read(&sheet_decisions, request_value(request, "rows"), request->arena, banking->sheet.rows, &banking->sheet.count, err) || !judge(request, banking, err))
        return false;
    if (!banking->bad && banking->good)
        return request_write(request, banking->sheet.rows[0].order.request_id, decision_sheet_take, banking, taken_then, err);
    err_set(&problem, ERR_CONFLICT, "有的行现在不能办了，一行也没有办");
    err_hint(&problem, "看清各行的问题，再确认其余的");
    return bank_page(request, banking, &problem, err);
}

bool loan_bank_post(struct request *request, struct err *err)
{
    struct banking *banking = banking_begin(request);
    struct err problem;

    if (!bank_read(request, err))
        return false;
    if (request_value(request, "rows").len)
        return commit(request, banking, err);
    if (table_brought(request, &banking->name, rows_read, &banking->sheet, err))
        return judge(request, banking, err) && bank_page(request, banking, NULL, err);
    if (err->code != ERR_INVALID)
        return false;
    problem = *err;
    err_clear(err);
    banking->sheet.count = 0;
    return request_look(request, err) && bank_page(request, banking, &problem, err);
}

/* --- files --- */

bool loan_blank_get(struct request *request, struct err *err)
{
    const char *path;

    if (!bank_read(request, err))
        return false;
    path = export_path(request, TABLE_XLSX);
    if (decision_sheet_blank(request->sql, request->actor.party, path, err))
        return export_send(request, path, TABLE_XLSX, SLICE("决定表"));
    unlink(path);
    return false;
}

bool loan_report_get(struct request *request, struct err *err)
{
    struct banking banking;
    const char *path;

    if (!bank_read(request, err))
        return false;
    quarter_read(request, &banking);
    path = export_path(request, TABLE_XLSX);
    if (loan_report_sheet(request->sql, request->actor.party, banking.year, banking.quarter, path, err))
        return export_send(request, path, TABLE_XLSX,
                           slice_of(arena_print(request->arena, "季度报送-%d-%d", banking.year, banking.quarter)));
    unlink(path);
    return false;
}
