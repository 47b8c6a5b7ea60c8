/* Policy (政策): what a rule of the nation, the province or the city gives, to whom, by which article. */
#include "record/policy.h"

#include "record/kind.h"

enum { SCOPE, SORTED, ORIGIN };

static const struct section sections[] = {
    [SCOPE] = {"scope", "地区、期限与金额", "Region, dates and amount"},
    [SORTED] = {"sorted", "类别与关键词", "Sorts and keywords"},
    [ORIGIN] = {"origin", "规则与来源", "Rule and source"},
};

const struct field policy_fields[POLICY_FIELD_COUNT] = {
    [POLICY_TITLE] = {"title", "政策名称", "Title", FIELD_LINE, .required = true, .min = 4, .max = 200,
                      .weight = WEIGHT_TITLE, .headers = "名称|文件名称|title"},
    [POLICY_GIVES] = {"gives", "能享受什么", "What it gives", FIELD_PROSE, .required = true, .min = 10,
                      .max = 3000, .weight = WEIGHT_TEXT, .headers = "支持内容|优惠内容|政策内容"},
    [POLICY_WHO] = {"who", "适用对象与条件", "Who and on which conditions", FIELD_PROSE, .max = 3000,
                    .weight = WEIGHT_TEXT, .headers = "申报条件|适用对象"},
    [POLICY_HOW] = {"how", "怎么办", "How to get it", FIELD_PROSE, .max = 3000, .weight = WEIGHT_TEXT,
                    .headers = "办理流程|申报方式"},
    [POLICY_BASIS] = {"basis", "依据", "Basis", FIELD_LINE, .required = true, .max = 300,
                      .headers = "依据条款|政策依据", .hint = "文件、文号与条款，如：促进科技成果转化法 §45"},
    [POLICY_RULE] = {"rule", "规则编号", "Rule id", FIELD_LINE, .max = 20, .headers = "规则",
                     .hint = "规则库中的编号，如 R40", .section = &sections[ORIGIN]},
    [POLICY_SOURCE] = {"source", "来源级别", "Source level", FIELD_CHOICE, .choices = "source_level",
                       .hint = "原文核对、二手来源或未核",
                       .section = &sections[ORIGIN]},
    [POLICY_SORT] = {"sort", "政策类别", "Sort", FIELD_CHOICES, .max = 4, .choices = "policy_sort",
                     .headers = "类别", .section = &sections[SORTED]},
    [POLICY_SIDES] = {"sides", "受益方", "Sides", FIELD_CHOICES, .max = 7, .choices = "side",
                      .section = &sections[SORTED]},
    [POLICY_KEYWORDS] = {"keywords", "关键词", "Keywords", FIELD_WORDS, .max = 20,
                         .weight = WEIGHT_KEYWORD, .section = &sections[SORTED]},
    [POLICY_REGION] = {"region", "适用地区", "Region", FIELD_CODES, .max = 1, .choices = "division",
                       .headers = "地区", .hint = "全国性政策不填", .section = &sections[SCOPE]},
    [POLICY_FROM] = {"valid_since", "施行日期", "In force from", FIELD_DATE, .headers = "生效日期|实施日期",
                     .section = &sections[SCOPE]},
    [POLICY_UNTIL] = {"valid_until", "有效期至", "In force until", FIELD_DATE, .headers = "失效日期",
                      .section = &sections[SCOPE]},
    [POLICY_AMOUNT] = {"amount", "最高金额", "Up to", FIELD_MONEY, .max = 100000000000000000,
                       .headers = "金额|补助上限", .section = &sections[SCOPE]},
    [POLICY_ISSUER] = {"issuer", "发文机关", "Issued by", FIELD_LINE, .max = 120,
                       .headers = "发文单位|制定机关|印发机关|发布机关", .hint = "发布这份文件的机关，如：国务院",
                       .section = &sections[ORIGIN]},
    [POLICY_NUMBER] = {"doc_number", "文号", "Document number", FIELD_LINE, .max = 80,
                       .headers = "发文字号|文件编号", .hint = "如：国发〔2016〕16 号", .section = &sections[ORIGIN]},
};

static const size_t natural[] = {POLICY_TITLE};
static const size_t facets[] = {POLICY_SORT, POLICY_SIDES, POLICY_ISSUER, POLICY_REGION, POLICY_SOURCE};

const struct kind kind_policy = {
    .id = KIND_POLICY, .name = "policy", .plural = "policies", .label = "政策", .label_en = "Policy",
    .fields = policy_fields, .count = POLICY_FIELD_COUNT, .title = POLICY_TITLE, .summary = POLICY_GIVES,
    .natural = natural, .natural_count = 1, .owned = false,
    .facets = facets, .facet_count = sizeof facets / sizeof *facets,
    .sections = sections, .section_count = sizeof sections / sizeof *sections,
};
