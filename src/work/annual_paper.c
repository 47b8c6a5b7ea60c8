/* The annual report as a file. */
#include "base/clock.h"
#include "paper/paper.h"
#include "work/annual.h"

#define CELLS(list) .cells = list, .count = sizeof(list) / sizeof *(list)

static const struct paper_cell head[] = {{"单位", .width = 1}, {"年度"}, {"编制日期"}};
static const struct paper_cell ways[] = {{"方式", "转化方式", .width = 14, .total = "合计"}, {"项数", .width = 8, .total = "项数合计"},
                                         {"金额", "合同金额（元）", .width = 20, .money = true, .total = "金额合计"}, {"代码", "指标代码", .width = 18}};
static const struct paper_cell figures[] = {{"名称", "项目", .width = 24}, {"项数", .width = 8}, {"金额", "金额（元）", .width = 20, .money = true}, {"代码", "指标代码", .width = 18}};
static const struct paper_cell hand[] = {{"名称", "项目", .width = 40}, {"数", "填写", .width = 20}};
static const struct paper_cell units[] = {{"名称", "单位", .width = 22}, {"合同项数", .width = 8}, {"合同金额", "合同金额（元）", .width = 16, .money = true},
                                          {"登记金额", "登记成交额（元）", .width = 16, .money = true}, {"到账", "当年到账（元）", .width = 16, .money = true},
                                          {"现金奖励", "现金奖励（元）", .width = 14, .money = true}, {"股权奖励", "股权奖励（元）", .width = 14, .money = true}};

static const struct paper_block blocks[] = {
    {PAPER_FACTS, CELLS(head)},
    {PAPER_HEADING, "一、转化方式"},
    {PAPER_TABLE, .rows = "方式", CELLS(ways)},
    {PAPER_HEADING, "二、合同、登记和到账"},
    {PAPER_TABLE, .rows = "金额", CELLS(figures)},
    {PAPER_HEADING, "三、奖励"},
    {PAPER_TABLE, .rows = "奖励", CELLS(figures)},
    {PAPER_HEADING, "四、本系统没有记录、请手填的"},
    {PAPER_TABLE, .rows = "手填", CELLS(hand)},
    {PAPER_HEADING, "五、各单位", .when = "有单位"},
    {PAPER_TABLE, .rows = "各单位", .when = "有单位", CELLS(units)},
    {PAPER_NOTE, "各数由程序按指标定义从记录里算出，谁也不能填写；合同金额、登记成交额、技术交易额、到账额口径不同，不能相加。每个数的明细在 {{网址}}/indicators/指标代码/lines?{{期间}}。"},
    {PAPER_NOTE, "{{未完}}", .when = "未完"},
    {PAPER_NOTE, "依据：促进科技成果转化法第二十一条；国发〔2016〕16号（五）：单位于次年 3 月 30 日前报主管部门，主管部门于 4 月 30 日前报送。"},
    {PAPER_SIGN, "单位（签章）：\n　　年　　月　　日"},
};

static const struct paper_form form = {"annual", "科技成果转化年度报告", "Annual report of transfers", .wide = true, .blocks = blocks, .count = sizeof blocks / sizeof *blocks};

static void row_fill(struct paper_fill *fill, const struct annual_row *row)
{
    static const char *const lists[] = {[ANNUAL_WAYS] = "方式", [ANNUAL_MONEY] = "金额", [ANNUAL_REWARDS] = "奖励"};
    struct paper_values *values = fill_row(fill, lists[row->part]);

    fill_put(values, row->part == ANNUAL_WAYS ? "方式" : "名称", slice_of(row->indicator->title));
    fill_print(values, "项数", "%lld", (long long)row->figure.lines);
    fill_money(values, "金额", row->figure.number);
    fill_put(values, "代码", slice_of(row->indicator->code));
}

static void unit_fill(struct paper_fill *fill, const struct annual_unit *unit)
{
    struct paper_values *values = fill_row(fill, "各单位");

    fill_put(values, "名称", unit->name);
    fill_print(values, "合同项数", "%lld", (long long)unit->lines[0]);
    fill_money(values, "合同金额", unit->fen[0]);
    fill_money(values, "登记金额", unit->fen[1]);
    fill_money(values, "到账", unit->fen[2]);
    fill_money(values, "现金奖励", unit->fen[3]);
    fill_money(values, "股权奖励", unit->fen[4]);
}

static void all_fill(struct paper_fill *fill, const struct annual *annual, const char *site)
{
    static const char *const by_hand[] = {"与企业共建研发、转移机构和平台数", "兼职从事转化和离岗创业人数", "创设和参股的公司数", "专门的技术转移机构和人数"};
    char day[CLOCK_TEXT];

    fill_put(&fill->values, "单位", annual->of);
    fill_print(&fill->values, "年度", annual->over ? "%d 年" : "%d 年（未完）", annual->year);
    fill_day(&fill->values, "编制日期", annual->today);
    fill_put(&fill->values, "网址", slice_of(site));
    if (annual->ask.region)
        fill_print(&fill->values, "期间", "year=%d&region=%06lld", annual->year, (long long)annual->ask.region);
    else
        fill_print(&fill->values, "期间", annual->ask.party ? "year=%d&mine=1" : "year=%d", annual->year);
    if (!annual->over)
        fill_print(&fill->values, "未完", "这一年还没有完，各数到 %s 为止，不是全年的数。", day_show(annual->ask.to, day));
    fill_print(&fill->values, "项数合计", "%lld", (long long)annual->ways_lines);
    fill_money(&fill->values, "金额合计", annual->ways_fen);
    for (size_t i = 0; i < annual->row_count; i++)
        row_fill(fill, &annual->rows[i]);
    for (size_t i = 0; i < sizeof by_hand / sizeof *by_hand; i++)
        fill_put(fill_row(fill, "手填"), "名称", slice_of(by_hand[i]));
    if (annual->unit_count)
        fill_put(&fill->values, "有单位", SLICE("是"));
    for (size_t i = 0; i < annual->unit_count; i++)
        unit_fill(fill, &annual->units[i]);
}

bool annual_paper(const struct annual *annual, enum annual_file file, const char *site, const char *path, struct err *err)
{
    struct paper_fill fill;
    struct arena arena;
    bool ok;

    arena_init(&arena);
    fill_init(&fill, &arena);
    all_fill(&fill, annual, site);
    ok = file == ANNUAL_XLSX ? paper_xlsx(&form, &fill, path, err) : file == ANNUAL_DOCX ? paper_word(&form, &fill, path, err) : paper_pdf(&form, &fill, path, err);
    arena_release(&arena);
    return ok;
}
