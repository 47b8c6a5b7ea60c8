/*
 * GET /rd: R&D by firm and year, larger firms with none, subsidy against the growth of own R&D; ?year=, ?show=none. GET /rd/export: as a sheet.
 * Document: {"rd": {year, years: [{year, href, here}], all, districts, industries: [{label, firms, spending, none, spend, subsidy, growth,
 *   grown_subsidy}], none: show larger firms with none alone, firms: [{name, href, above, spend, sales, subsidy, deduction: {text, source,
 *   doubt} or null, growth}], more, tabs: [{label, href, here}], export}}
 */
#include <unistd.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/money.h"
#include "record/tree.h"
#include "web/export.h"
#include "web/fact.h"
#include "web/handlers.h"
#include "work/rd.h"

enum { FIRMS_SHOWN = 200, YEARS_SHOWN = 5 };

#define PUT(request, ...) slice_of(arena_print((request)->arena, __VA_ARGS__))

/* Growth may be below 0, which money_show does not write. */
static void signed_put(const struct request *request, json_t *out, const char *name, int64_t fen)
{
    fact_fen_put(request, out, name, fen < 0 ? -fen : fen);
    if (fen < 0) {
        struct slice text = json_member(out, name);

        json_put(out, name, PUT(request, "−%.*s", (int)text.len, text.at));
    }
}

static json_t *value_json(const struct request *request, const struct rd_value *value)
{
    json_t *out;

    if (!value->known)
        return json_null();
    out = json_object();
    fact_fen_put(request, out, "text", value->fen);
    json_object_set_new_nocheck(out, "source", fact_source_json(value->trust));
    json_object_set_new_nocheck(out, "doubt", json_boolean(value->doubt != FACT_AGREED));
    return out;
}

static json_t *firm_json(struct request *request, const struct rd_firm *firm)
{
    static const char *const names[RD_FIGURES] = {[RD_SPEND] = "spend", [RD_SALES] = "sales", [RD_SUBSIDY] = "subsidy", [RD_DEDUCTION] = "deduction"};
    json_t *out = json_object();

    json_put(out, "name", firm->name);
    json_put(out, "href", PUT(request, "/facts?party=%lld", (long long)firm->party));
    json_object_set_new_nocheck(out, "above", json_boolean(firm->above));
    for (size_t i = 0; i < RD_FIGURES; i++)
        json_object_set_new_nocheck(out, names[i], value_json(request, &firm->year[i]));
    if (firm->growth_known)
        signed_put(request, out, "growth", firm->growth);
    json_fill(out, "growth");
    return out;
}

static json_t *sum_json(const struct request *request, const struct rd_sum *sum, struct slice label)
{
    json_t *out = json_object();

    json_put(out, "label", label);
    json_object_set_new_nocheck(out, "firms", json_integer((json_int_t)sum->firms));
    json_object_set_new_nocheck(out, "spending", json_integer((json_int_t)sum->spending));
    json_object_set_new_nocheck(out, "none", json_integer((json_int_t)sum->none));
    fact_fen_put(request, out, "spend", sum->spend);
    fact_fen_put(request, out, "subsidy", sum->subsidy);
    signed_put(request, out, "growth", sum->growth);
    fact_fen_put(request, out, "grown_subsidy", sum->grown_subsidy);
    return out;
}

static struct slice place_name(struct request *request, const char *tree_name, struct slice code)
{
    const struct tree *tree = tree_get(tree_name);
    const struct tree_node *node = tree && code.len ? tree_find(tree, code) : NULL;

    if (!node)
        return code.len && !slice_is(code, "0") ? code : request->english ? SLICE("Not known") : SLICE("未知");
    return slice_of(request->english ? tree_english(tree, node, request->arena) : tree_chinese(tree, node, request->arena));
}

static json_t *sums_json(struct request *request, const struct rd_sum *sums, size_t count, const char *tree)
{
    json_t *list = json_array();

    for (size_t i = 0; i < count; i++)
        json_array_append_new(list, sum_json(request, &sums[i], place_name(request, tree, sums[i].code)));
    return list;
}

static json_t *tab_json(const char *label, const char *label_en, struct slice href, bool here)
{
    json_t *tab = json_object();

    json_object_set_new_nocheck(tab, "label", label_json(label_en, label, label_en));
    json_put(tab, "href", href);
    json_object_set_new_nocheck(tab, "here", json_boolean(here));
    return tab;
}

static void tabs_add(const struct request *request, const struct rd_report *report, bool none, json_t *out)
{
    int32_t last = fact_last_year(day_of_ms(request->now_ms));
    json_t *years = json_array(), *tabs = json_array();

    for (int32_t year = last; year > last - YEARS_SHOWN; year--)
        json_array_append_new(years, tab_json(arena_print(request->arena, "%d", year), arena_print(request->arena, "%d", year),
                                              PUT(request, "/rd?year=%d%s", year, none ? "&show=none" : ""), year == report->year));
    json_array_append_new(tabs, tab_json("全部", "All", PUT(request, "/rd?year=%d", report->year), !none));
    json_array_append_new(tabs, tab_json("规上无研发", "Larger firms with none", PUT(request, "/rd?year=%d&show=none", report->year), none));
    json_object_set_new_nocheck(out, "years", years);
    json_object_set_new_nocheck(out, "tabs", tabs);
    json_put(out, "export", PUT(request, "/rd/export?year=%d", report->year));
}

static json_t *rd_json(struct request *request, const struct rd_report *report, bool none)
{
    json_t *out = json_object(), *firms = json_array();
    size_t shown = 0, found = 0;

    for (size_t i = 0; i < report->count; i++) {
        if (none && !rd_none(&report->firms[i]))
            continue;
        found++;
        if (shown < FIRMS_SHOWN) {
            json_array_append_new(firms, firm_json(request, &report->firms[i]));
            shown++;
        }
    }
    json_object_set_new_nocheck(out, "year", json_integer(report->year));
    json_object_set_new_nocheck(out, "all", sum_json(request, &report->all, SLICE("")));
    json_object_set_new_nocheck(out, "districts", sums_json(request, report->districts, report->district_count, "division"));
    json_object_set_new_nocheck(out, "industries", sums_json(request, report->industries, report->industry_count, "gbt4754"));
    json_object_set_new_nocheck(out, "firms", firms);
    json_object_set_new_nocheck(out, "more", json_integer((json_int_t)(found - shown)));
    tabs_add(request, report, none, out);
    return out;
}

static bool report_find(struct request *request, struct rd_report *report, struct err *err)
{
    int32_t today = day_of_ms(request->now_ms);
    int64_t year = request_number(request, "year", fact_last_year(today));

    if (!may_beyond(&request->actor, ACT_IMPORT_ANY, &kind_fact) && !actor_has(&request->actor, ROLE_AUDITOR))
        return err_set(err, ERR_DENIED, "这一页是市、区县和园区工作人员用的") || err_hint(err, "本单位的数在“企业事实”里");
    if (year < 1990 || year > 2100)
        return err_set(err, ERR_INVALID, "年度要写四位数的年份，如 2025") || err_field(err, "year");
    return request_look(request, err)
           && rd_find(request->sql, &request->web->city->law, &request->actor, today, (int32_t)year, request->arena, report, err);
}

bool rd_get(struct request *request, struct err *err)
{
    struct rd_report report;
    json_t *document;

    if (!report_find(request, &report, err))
        return false;
    document = json_object();
    json_object_set_new_nocheck(document, "rd", rd_json(request, &report, slice_is(request_value(request, "show"), "none")));
    return request_page(request, "rd", document);
}

/* --- as a sheet --- */

static struct slice yuan(struct request *request, bool known, int64_t fen)
{
    char text[MONEY_TEXT];

    return known ? PUT(request, "%s", money_show_plain(fen, text)) : SLICE("");
}

static bool row_write(struct request *request, struct table_writer *writer, const struct rd_firm *firm, struct err *err)
{
    static const char *const sources[] = {[FACT_SAID] = "自行填报", [FACT_NUMBERED] = "证照，未核对", [FACT_CONFIRMED] = "证照，已核对",
                                          [FACT_LISTED] = "部门名单"};
    const struct rd_value *of = firm->year;
    struct slice cells[] = {
        firm->name, place_name(request, "division", PUT(request, "%lld", (long long)firm->region)),
        firm->industry, !firm->above_known ? SLICE("") : firm->above ? SLICE("是") : SLICE("否"),
        yuan(request, of[RD_SPEND].known, of[RD_SPEND].fen), of[RD_SPEND].known ? slice_of(sources[of[RD_SPEND].trust]) : SLICE(""),
        yuan(request, of[RD_SALES].known, of[RD_SALES].fen), yuan(request, of[RD_SUBSIDY].known, of[RD_SUBSIDY].fen),
        yuan(request, of[RD_DEDUCTION].known, of[RD_DEDUCTION].fen), yuan(request, firm->growth_known, firm->growth)};

    return table_write(writer, cells, err);
}

bool rd_export_get(struct request *request, struct err *err)
{
    static const char *const heads[] = {"单位名称", "所在地", "行业代码", "规模以上", "研发费用（元）", "研发费用来源", "销售收入（元）",
                                        "财政研发补助（元）", "加计扣除额（元）", "次年自有研发增长（元）"};
    enum { COLUMNS = sizeof heads / sizeof *heads };
    struct slice columns[COLUMNS];
    const char *path = export_path(request, TABLE_XLSX);
    struct table_writer *writer;
    struct rd_report report;
    struct err later;
    bool ok = true;

    if (!report_find(request, &report, err))
        return false;
    for (size_t i = 0; i < COLUMNS; i++)
        columns[i] = slice_of(heads[i]);
    if (!table_create_named(path, TABLE_XLSX, arena_print(request->arena, "%d", report.year), columns, COLUMNS, &writer, err))
        return false;
    for (size_t i = 0; ok && i < report.count; i++)
        ok = row_write(request, writer, &report.firms[i], err);
    ok = table_finish(writer, ok ? err : &later) && ok;
    if (!ok) {
        unlink(path); /* nothing half is left */
        return false;
    }
    return export_send(request, path, TABLE_XLSX, SLICE("rd"));
}
