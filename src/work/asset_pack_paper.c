/* A taken pack as a file for the bank's own records: PDF and XLSX out of the content that was kept. */
#include "base/clock.h"
#include "base/json.h"
#include "paper/paper.h"
#include "record/choice.h"
#include "work/consent.h"

#define CELLS(list) .cells = (list), .count = sizeof(list) / sizeof *(list)

static const struct paper_cell head_cells[] = {
    {"企业", .width = 1}, {"信用代码", "统一社会信用代码"}, {"取包日"}, {"银行", .width = 1}, {"用途", "授权用途", .width = 1}, {"范围", "授权范围", .width = 1},
    {"有效期", "授权有效期至"}, {"账本", "截至账本条号"}, {"条目", "条目数"}, {"陈旧", "超过 90 天未更新"}, {"摘要", "内容的 SHA-256", .width = 1},
};
static const struct paper_cell line_columns[] = {
    {"部分", .width = 10}, {"事项", .width = 22}, {"编号", .width = 16}, {"内容", .width = 22}, {"金额", "金额（元）", .width = 13, .money = true},
    {"日期", .width = 10}, {"来源", .width = 18}, {"截至", .width = 10}, {"天数", "已过天数", .width = 7},
};
static const struct paper_cell opening_columns[] = {
    {"时间", .width = 16}, {"谁", "经办人", .width = 16}, {"怎样", .width = 16}, {"条", "账本条号", .width = 10},
};
static const struct paper_block blocks[] = {
    {PAPER_FACTS, "一、授权与取包", CELLS(head_cells)},
    {PAPER_TABLE, "二、资产包内容", .rows = "内容", .when = "有内容", CELLS(line_columns)},
    {PAPER_TEXT, "二、资产包内容：授权范围内没有记录。", .when = "无内容"},
    {PAPER_NOTE, "截至日距取包日超过 90 天的，天数后标“陈旧”。专利状态以国家知识产权局登记为准；合同与到账为本平台登记的，不含在别处办理的。个人信息不在包内。"},
    {PAPER_TABLE, "三、尽职过程：银行在本授权下何时看过", .rows = "查看", .when = "有查看", CELLS(opening_columns)},
    {PAPER_NOTE, "每次查看和取包都在账本里有一条，条号可用 tieqiao-verify 核对。审批由银行自己作出，本平台不作评价。"},
};
static const struct paper_form form = {"asset_pack", "企业资产包尽调包", "Due diligence pack", .wide = true,
                                       .blocks = blocks, .count = sizeof blocks / sizeof *blocks};

/* --- filling --- */

static void line_fill(struct paper_values *row, const char *label, const json_t *line)
{
    struct slice amount = json_member(line, "amount");
    const json_t *age = json_object_get(line, "age");

    fill_put(row, "部分", slice_of(label));
    fill_put(row, "事项", json_member(line, "what"));
    fill_put(row, "编号", json_member(line, "number"));
    fill_put(row, "内容", json_member(line, "says"));
    if (amount.len)
        fill_money(row, "金额", strtoll(amount.at, NULL, 10));
    fill_put(row, "日期", json_member(line, "day"));
    fill_put(row, "来源", json_member(line, "source"));
    fill_put(row, "截至", json_member(line, "as_of"));
    if (json_is_integer(age))
        fill_print(row, "天数", "%lld%s", (long long)json_integer_value(age), json_is_true(json_object_get(line, "stale")) ? " 陈旧" : "");
}

static void lines_fill(struct paper_fill *fill, const json_t *pack)
{
    const json_t *section, *line;
    size_t s, l, count = 0;

    json_array_foreach(json_object_get(pack, "sections"), s, section)
        json_array_foreach(json_object_get(section, "lines"), l, line) {
            line_fill(fill_row(fill, "内容"), json_string_value(json_object_get(section, "label")), line);
            count++;
        }
    fill_put(&fill->values, count ? "有内容" : "无内容", SLICE("是"));
}

static void openings_fill(struct paper_fill *fill, const struct pack_paper *paper)
{
    char shown[CLOCK_TEXT];

    for (size_t i = 0; i < paper->opening_count; i++) {
        struct paper_values *row = fill_row(fill, "查看");

        fill_put(row, "时间", slice_of(clock_show_minute(paper->openings[i].time_ms, shown)));
        fill_put(row, "谁", paper->openings[i].who);
        fill_put(row, "怎样", paper->openings[i].file ? SLICE("下载尽调包") : SLICE("打开资产包"));
        fill_print(row, "条", "%lld", (long long)paper->openings[i].leaf);
    }
    if (paper->opening_count)
        fill_put(&fill->values, "有查看", SLICE("是"));
}

static void head_fill(struct paper_fill *fill, const struct pack_paper *paper, const json_t *pack)
{
    struct paper_values *values = &fill->values;
    const json_t *firm = json_object_get(pack, "firm");

    fill_put(values, "企业", json_member(firm, "name"));
    fill_put(values, "信用代码", json_member(firm, "uscc"));
    fill_put(values, "银行", paper->bank);
    fill_put(values, "取包日", json_member(pack, "day"));
    fill_put(values, "用途", matter_text(paper->consent, CONSENT_PURPOSE));
    fill_put(values, "范围", field_words(&kind_consent.fields[CONSENT_PARTS], &paper->consent->values[CONSENT_PARTS], false, values->arena));
    fill_put(values, "有效期", matter_text(paper->consent, CONSENT_UNTIL));
    fill_print(values, "账本", "%lld", (long long)matter_number(paper->pack, PACK_LEAF));
    fill_print(values, "条目", "%lld", (long long)matter_number(paper->pack, PACK_FACTS));
    fill_print(values, "陈旧", "%lld", (long long)matter_number(paper->pack, PACK_STALE));
    fill_put(values, "摘要", matter_text(paper->pack, PACK_DIGEST));
}

bool asset_pack_paper(const struct pack_paper *paper, bool xlsx, const char *path, struct err *err)
{
    struct slice bytes = matter_text(paper->pack, PACK_CONTENT);
    struct paper_fill fill;
    struct arena arena;
    json_t *pack = NULL;
    bool ok;

    arena_init(&arena);
    ok = slice_same(asset_pack_digest(bytes, &arena), matter_text(paper->pack, PACK_DIGEST))
         || err_set(err, ERR_CORRUPT, "尽调包的内容与它的摘要不符");
    ok = ok && (pack = json_read(bytes, err)) != NULL;
    if (ok) {
        fill_init(&fill, &arena);
        head_fill(&fill, paper, pack);
        lines_fill(&fill, pack);
        openings_fill(&fill, paper);
        ok = xlsx ? paper_xlsx(&form, &fill, path, err) : paper_pdf(&form, &fill, path, err);
    }
    json_decref(pack);
    arena_release(&arena);
    return ok;
}
