/*
 * Figures of pilot platforms and spaces, as pages and as files.
 * GET /pilot/:id/report: {"pilot_report": {title, href, from, until, export, all: figures, lines: [{name, href, figures}]}}
 * GET /pilot/demand: {"pilot_demand": {days, export, lines: [{label, needs, achievements, waiting, waited, refused, capabilities, open_hours,
 *   booked_hours}]}}
 * GET /spaces/:id: {"space": {title, href, resident, graduated, left, waiting, services, hours, graduation: {months}, staff_gained}}
 */
#include "base/clock.h"
#include "base/json.h"
#include "base/money.h"
#include "record/service.h"
#include "record/tree.h"
#include "web/export.h"
#include "web/handlers.h"
#include "web/pilot.h"
#include "web/say.h"
#include "web/view.h"
#include "work/pilot_report.h"

enum { SPENT_MOST = 20000, CELLS = 20 };

#define COLUMN(text) {(text), sizeof(text) - 1}

/* --- who, of what --- */

/* The service of the path, for its owner, officers in whose scope it lies, and auditors. */
static bool service_load(struct request *request, const char *sort, struct record *service, struct err *err)
{
    struct object object;

    if (!record_get(request->sql, &kind_service, request->id, request->arena, service, err)
        || !object_of(request->sql, service, &request->actor, &object, err))
        return false;
    if (!slice_is(matter_text(service, SERVICE_SORT), sort))
        return record_missing(&kind_service, err);
    return may(&request->actor, ACT_EXPORT, &object, err);
}

/* From and until of the query; the year up to today where they are not given. */
static bool days_typed(struct request *request, int32_t *from, int32_t *until, struct err *err)
{
    struct slice first = request_value(request, "from"), last = request_value(request, "until");
    int year, month, day;

    *until = day_of_ms(request->now_ms);
    day_to_ymd(*until, &year, &month, &day);
    day_from_ymd(year, 1, 1, from);
    if ((first.len && !day_parse(first, from)) || (last.len && !day_parse(last, until)) || *until < *from || *until - *from > 3660)
        return err_set(err, ERR_INVALID, "起止日期不对") || err_hint(err, "写成 2027-06-30 的样子，起日不晚于止日，不超过十年") || err_field(err, "from");
    return true;
}

/* --- a platform --- */

static json_t *figures_json(const struct pilot_figures *figures)
{
    json_t *out = json_object();
    const struct {
        const char *name;
        int64_t number;
    } numbers[] = {{"available", figures->available}, {"used", figures->used},   {"maintained", figures->maintained}, {"asked", figures->asked},
                   {"quoted", figures->quoted},       {"refused", figures->refused}, {"cancelled", figures->cancelled}, {"done", figures->done},
                   {"reached", figures->reached},     {"failed", figures->failed}, {"written", figures->written}};

    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        json_object_set_new_nocheck(out, numbers[i].name, json_integer(numbers[i].number));
    if (figures->available)
        json_object_set_new_nocheck(out, "share", json_integer(figures->used * 10000 / figures->available));
    if (figures->quote_days >= 0)
        json_object_set_new_nocheck(out, "quote", json_pack("{s:I}", "days", (json_int_t)figures->quote_days));
    json_put_id(out, "income", figures->income);
    json_put_id(out, "by_voucher", figures->by_voucher);
    json_fill(out, "share quote");
    return out;
}

static struct pilot_report *report_read(struct request *request, struct record *service, int32_t *from, int32_t *until, struct err *err)
{
    struct pilot_report *report = arena_alloc(request->arena, sizeof *report);

    return service_load(request, "pilot", service, err) && days_typed(request, from, until, err)
                   && pilot_report(request->sql, request->web->city->law.calendar, service->id, *from, *until, request->arena, report, err)
               ? report : NULL;
}

bool pilot_report_get(struct request *request, struct err *err)
{
    char first[CLOCK_TEXT], last[CLOCK_TEXT];
    struct pilot_report *report;
    struct record service;
    json_t *document, *out, *lines;
    int32_t from, until;

    report = report_read(request, &service, &from, &until, err);
    if (!report)
        return false;
    document = json_object();
    out = json_object();
    lines = json_array();
    for (size_t i = 0; i < report->count; i++) {
        json_t *line = json_object();

        json_put(line, "name", report->lines[i].name);
        json_put(line, "href", slice_of(arena_print(request->arena, "/capabilities/%lld", (long long)report->lines[i].capability)));
        json_object_set_new_nocheck(line, "figures", figures_json(&report->lines[i].figures));
        json_array_append_new(lines, line);
    }
    json_put(out, "title", matter_text(&service, SERVICE_TITLE));
    json_put(out, "href", slice_of(arena_print(request->arena, "/services/%lld", (long long)service.id)));
    json_put_day(out, "from", from);
    json_put_day(out, "until", until);
    json_put(out, "export", slice_of(arena_print(request->arena, "/pilot/%lld/report/export?from=%s&until=%s", (long long)service.id,
                                                 day_show(from, first), day_show(until, last))));
    json_object_set_new_nocheck(out, "all", figures_json(&report->all));
    json_object_set_new_nocheck(out, "lines", lines);
    json_object_set_new_nocheck(document, "pilot_report", out);
    return request_page(request, "pilot_report", document);
}

/* --- files --- */

struct cells {
    struct slice list[CELLS];
    size_t count;
    struct arena *arena;
};

static void cell(struct cells *cells, struct slice text)
{
    cells->list[cells->count++] = text;
}

static void cell_number(struct cells *cells, int64_t number)
{
    cell(cells, slice_of(arena_print(cells->arena, "%lld", (long long)number)));
}

static void cell_yuan(struct cells *cells, int64_t fen)
{
    char shown[MONEY_TEXT];

    cell(cells, slice_of(arena_text(cells->arena, slice_of(money_show_plain(fen, shown)))));
}

static void cell_day(struct cells *cells, int32_t day)
{
    char shown[CLOCK_TEXT];

    cell(cells, slice_of(arena_text(cells->arena, slice_of(day ? day_show(day, shown) : ""))));
}

static bool figures_write(struct table_writer *writer, struct arena *arena, struct slice name, const struct pilot_figures *figures, struct err *err)
{
    struct cells cells = {.arena = arena};

    cell(&cells, name);
    cell_number(&cells, figures->available);
    cell_number(&cells, figures->used);
    cell_number(&cells, figures->maintained);
    cell_number(&cells, figures->asked);
    cell_number(&cells, figures->quoted);
    cell_number(&cells, figures->refused);
    cell_number(&cells, figures->cancelled);
    cell_number(&cells, figures->done);
    cell_number(&cells, figures->reached);
    cell_number(&cells, figures->failed);
    cell_number(&cells, figures->written);
    cell_yuan(&cells, figures->income);
    cell_yuan(&cells, figures->by_voucher);
    cell(&cells, figures->quote_days < 0 ? SLICE("") : slice_of(arena_print(arena, "%lld", (long long)figures->quote_days)));
    return table_write(writer, cells.list, err);
}

bool pilot_report_export(struct request *request, struct err *err)
{
    static const struct slice columns[] = {COLUMN("能力"), COLUMN("可用机时"), COLUMN("已用机时"), COLUMN("检修机时"), COLUMN("请求"), COLUMN("已报价"), COLUMN("没有接"),
                                           COLUMN("取消"), COLUMN("结果已确认"), COLUMN("达到"), COLUMN("没有达到"), COLUMN("回写 TRL"), COLUMN("收入（元）"),
                                           COLUMN("其中用券（元）"), COLUMN("报价工作日（中位）")};
    const char *path = export_path(request, TABLE_XLSX);
    struct table_writer *writer;
    struct pilot_report *report;
    struct record service;
    int32_t from, until;
    bool ok = true;

    report = report_read(request, &service, &from, &until, err);
    if (!report || !table_create_named(path, TABLE_XLSX, "平台报表", columns, sizeof columns / sizeof *columns, &writer, err))
        return false;
    for (size_t i = 0; ok && i < report->count; i++)
        ok = figures_write(writer, request->arena, report->lines[i].name, &report->lines[i].figures, err);
    ok = ok && figures_write(writer, request->arena, SLICE("合计"), &report->all, err);
    return export_table(request, path, writer, ok, "中试平台报表", err);
}

/* --- where to build next --- */

static bool demand_read(struct request *request, struct demand_line **lines, size_t *count, struct err *err)
{
    *lines = arena_alloc(request->arena, DEMAND_LINES * sizeof **lines);
    return pilot_demand(request->sql, request->web->city->law.calendar, day_of_ms(request->now_ms), request->arena, *lines, count, err);
}

static json_t *demand_json(const struct request *request, const struct demand_line *line)
{
    json_t *out = json_object();
    const struct {
        const char *name;
        int64_t number;
    } numbers[] = {{"needs", line->needs},         {"achievements", line->achievements}, {"waiting", line->waiting},       {"waited", line->waited},
                   {"refused", line->refused},     {"capabilities", line->capabilities}, {"open_hours", line->open_hours}, {"booked_hours", line->booked_hours}};

    json_put(out, "label", slice_of(tree_label(tree_get("gbt4754"), slice_of(line->code), request->english, request->arena)));
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        json_object_set_new_nocheck(out, numbers[i].name, json_integer(numbers[i].number));
    return out;
}

bool pilot_demand_get(struct request *request, struct err *err)
{
    struct demand_line *lines;
    json_t *document, *out, *list;
    size_t count;

    if (!demand_read(request, &lines, &count, err))
        return false;
    document = json_object();
    out = json_object();
    list = json_array();
    for (size_t i = 0; i < count; i++)
        json_array_append_new(list, demand_json(request, &lines[i]));
    json_object_set_new_nocheck(out, "days", json_integer(DEMAND_DAYS));
    json_put(out, "export", SLICE("/pilot/demand/export"));
    json_object_set_new_nocheck(out, "lines", list);
    json_object_set_new_nocheck(document, "pilot_demand", out);
    return request_page(request, "pilot_demand", document);
}

static bool demand_write(struct table_writer *writer, struct arena *arena, const struct demand_line *line, struct err *err)
{
    struct cells cells = {.arena = arena};

    cell(&cells, slice_of(tree_label(tree_get("gbt4754"), slice_of(line->code), false, arena)));
    cell_number(&cells, line->needs);
    cell_number(&cells, line->achievements);
    cell_number(&cells, line->waiting);
    cell_number(&cells, line->waited);
    cell_number(&cells, line->refused);
    cell_number(&cells, line->capabilities);
    cell_number(&cells, line->open_hours);
    cell_number(&cells, line->booked_hours);
    return table_write(writer, cells.list, err);
}

bool pilot_demand_export(struct request *request, struct err *err)
{
    static const struct slice columns[] = {COLUMN("行业"), COLUMN("要求 TRL 7 以上的需求"), COLUMN("TRL 4 至 6 的成果"), COLUMN("等报价的请求"), COLUMN("已等天数合计"),
                                           COLUMN("没有接或取消"), COLUMN("接单中的能力"), COLUMN("90 天可用机时"), COLUMN("其中已排")};
    const char *path = export_path(request, TABLE_XLSX);
    struct table_writer *writer;
    struct demand_line *lines;
    size_t count;
    bool ok = true;

    if (!demand_read(request, &lines, &count, err)
        || !table_create_named(path, TABLE_XLSX, "中试缺口", columns, sizeof columns / sizeof *columns, &writer, err))
        return false;
    for (size_t i = 0; ok && i < count; i++)
        ok = demand_write(writer, request->arena, &lines[i], err);
    return export_table(request, path, writer, ok, "中试缺口", err);
}

/* --- a settlement as a file --- */

static bool spent_write(struct table_writer *writer, struct arena *arena, const struct spent_line *line, struct err *err)
{
    struct cells cells = {.arena = arena};

    cell(&cells, line->number);
    cell(&cells, line->holder);
    cell_number(&cells, line->job);
    cell_day(&cells, line->on);
    cell_day(&cells, line->served_on);
    cell_yuan(&cells, line->amount);
    return table_write(writer, cells.list, err);
}

bool settlement_export_get(struct request *request, struct err *err)
{
    static const struct slice columns[] = {COLUMN("券号"), COLUMN("持券企业"), COLUMN("中试作业或服务订单"), COLUMN("核销日"), COLUMN("服务完成日"), COLUMN("金额（元）")};
    struct spent_line *list = arena_alloc(request->arena, SPENT_MOST * sizeof *list), all = {.number = SLICE("合计")};
    const char *path = export_path(request, TABLE_XLSX);
    struct table_writer *writer;
    struct matter_file file;
    size_t count;
    bool ok = true;

    if (!matter_load(request->sql, matter_sort_of(&kind_settlement), request->id, &request->actor, day_of_ms(request->now_ms), request->arena, &file, err))
        return false;
    if (file.sight != SIGHT_ALL)
        return record_missing(&kind_settlement, err);
    if (!settlement_lines(request->sql, &file.matter, request->arena, list, SPENT_MOST, &count, err)
        || !table_create_named(path, TABLE_XLSX, "结算明细", columns, sizeof columns / sizeof *columns, &writer, err))
        return false;
    for (size_t i = 0; ok && i < count; i++) {
        ok = spent_write(writer, request->arena, &list[i], err);
        all.amount += list[i].amount;
    }
    ok = ok && spent_write(writer, request->arena, &all, err);
    return export_table(request, path, writer, ok, "创新券结算", err);
}

/* --- a space --- */

bool space_get(struct request *request, struct err *err)
{
    struct space_figures figures;
    struct record service;
    json_t *document, *out;

    if (!service_load(request, "space", &service, err) || !space_figures(request->sql, service.id, &figures, err))
        return false;
    document = json_object();
    out = json_object();
    json_put(out, "title", matter_text(&service, SERVICE_TITLE));
    json_put(out, "href", slice_of(arena_print(request->arena, "/services/%lld", (long long)service.id)));
    json_object_set_new_nocheck(out, "resident", json_integer(figures.resident));
    json_object_set_new_nocheck(out, "graduated", json_integer(figures.graduated));
    json_object_set_new_nocheck(out, "left", json_integer(figures.left));
    json_object_set_new_nocheck(out, "waiting", json_integer(figures.waiting));
    json_object_set_new_nocheck(out, "services", json_integer(figures.services));
    json_object_set_new_nocheck(out, "hours", json_integer(figures.hours));
    json_object_set_new_nocheck(out, "staff_gained", json_integer(figures.staff_gained));
    if (figures.graduation_days >= 0) /* months of 30.4 days: 12 make 365 */
        json_object_set_new_nocheck(out, "graduation", json_pack("{s:I}", "months", (json_int_t)(figures.graduation_days * 12 / 365)));
    json_fill(out, "graduation");
    json_object_set_new_nocheck(document, "space", out);
    return request_page(request, "space", document);
}
