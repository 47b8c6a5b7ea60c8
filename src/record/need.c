/* Need (技术需求): what an enterprise or another user wants solved. */
#include "record/need.h"

#include "record/kind.h"

enum { TERMS, PRIVATE, CODES };

static const struct section sections[] = {
    [TERMS] = {"terms", "条件与合作方式", "Conditions and ways of working"},
    [PRIVATE] = {"private", "保密与联系", "What stays private, and contact"},
    [CODES] = {"codes", "关键词与行业", "Keywords and industries"},
};

const struct field need_fields[NEED_FIELD_COUNT] = {
    [NEED_TITLE] = {"title", "需求名称", "Title", FIELD_LINE, .required = true, .min = 4, .max = 200,
                    .weight = WEIGHT_TITLE, .headers = "名称|技术需求名称|难题名称|项目名称|title"},
    [NEED_NOW] = {"now", "现状", "Where it stands", FIELD_PROSE, .required = true, .min = 10, .max = 4000,
                  .weight = WEIGHT_TEXT, .headers = "现状描述|存在问题|需求描述|需求内容|技术需求|abstract",
                  .hint = "今天怎么做、指标是多少、卡在哪里"},
    [NEED_GOAL] = {"goal", "目标", "Goal", FIELD_PROSE, .min = 4, .max = 4000, .weight = WEIGHT_TEXT,
                   .headers = "预期目标|技术指标|目标要求", .hint = "要达到的数字，如：轴承寿命 3000 h → 8000 h"},
    [NEED_LIMITS] = {"limits", "边界条件", "Limits", FIELD_PROSE, .max = 2000, .weight = WEIGHT_TEXT,
                     .headers = "约束条件|限制条件", .hint = "介质、温度、尺寸、法规、现场等不能变的条件",
                     .section = &sections[TERMS]},
    [NEED_KEYWORDS] = {"keywords", "关键词", "Keywords", FIELD_WORDS, .max = 20, .weight = WEIGHT_KEYWORD,
                       .headers = "keywords|主题词", .section = &sections[CODES]},
    [NEED_INDUSTRY] = {"industry", "所属行业", "Industries (GB/T 4754)", FIELD_CODES, .max = 5,
                       .choices = "gbt4754", .headers = "行业|国民经济行业", .section = &sections[CODES]},
    [NEED_TRL] = {"trl", "要求成熟度", "TRL wanted", FIELD_NUMBER, .min = 1, .max = 9,
                  .headers = "TRL|TRL要求", .hint = "至少要到几级才能用", .section = &sections[TERMS]},
    [NEED_BUDGET] = {"budget", "预算", "Budget", FIELD_MONEY, .max = 100000000000000000,
                     .headers = "拟投入资金|投入预算|金额", .hint = "如：200 万元"},
    [NEED_DUE] = {"due", "期限", "Deadline", FIELD_DATE, .headers = "截止日期|完成时间|期限要求"},
    [NEED_WAYS] = {"ways", "合作方式", "Ways of working together", FIELD_CHOICES, .max = 6, .choices = "way",
                   .headers = "合作模式|拟合作方式", .section = &sections[TERMS]},
    [NEED_REGION] = {"region", "所在地", "Region", FIELD_CODES, .max = 1, .choices = "division",
                     .headers = "地区", .section = &sections[TERMS]},
    [NEED_HIDDEN] = {"hidden", "隐去单位名称", "Hide the firm", FIELD_YES, .headers = "是否匿名",
                     .hint = "公开页只显示对外称呼，直到贵单位同意公开", .section = &sections[PRIVATE]},
    [NEED_ALIAS] = {"alias", "对外称呼", "Shown instead", FIELD_LINE, .max = 40, .headers = "匿名称呼",
                    .hint = "如：某石化企业", .section = &sections[PRIVATE]},
    [NEED_DETAIL] = {"detail", "保密细节", "Confidential details", FIELD_PROSE, .max = 20000,
                     .level = LEVEL_NDA, .weight = WEIGHT_TEXT, .headers = "内部说明",
                     .section = &sections[PRIVATE]},
    [NEED_CONTACT] = {"contact", "联系人", "Contact", FIELD_LINE, .max = 60, .level = LEVEL_OWN,
                      .headers = "联系方式", .purpose = "由指派的经理人联系企业",
                      .section = &sections[PRIVATE]},
};

static const size_t natural[] = {NEED_TITLE};
static const size_t facets[] = {NEED_INDUSTRY, NEED_TRL, NEED_WAYS, NEED_REGION};

const struct kind kind_need = {
    .id = KIND_NEED, .name = "need", .plural = "needs", .label = "需求", .label_en = "Need",
    .fields = need_fields, .count = NEED_FIELD_COUNT, .title = NEED_TITLE, .summary = NEED_NOW,
    .natural = natural, .natural_count = 1, .owned = true,
    .facets = facets, .facet_count = sizeof facets / sizeof *facets,
    .sections = sections, .section_count = sizeof sections / sizeof *sections,
};
