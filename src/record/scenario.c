/* Scenario (应用场景): a real place that lets a new product be tried or bought first. */
#include "record/scenario.h"

#include "record/kind.h"

enum { FRAME, PLACE, CODES };

static const struct section sections[] = {
    [FRAME] = {"frame", "形式、额度与日期", "Form, budget and dates"},
    [PLACE] = {"place", "地点与联系", "Place and contact"},
    [CODES] = {"codes", "关键词与行业", "Keywords and industries"},
};

const struct field scenario_fields[SCENARIO_FIELD_COUNT] = {
    [SCENARIO_TITLE] = {"title", "场景名称", "Title", FIELD_LINE, .required = true, .min = 4, .max = 200,
                        .weight = WEIGHT_TITLE, .headers = "名称|title"},
    [SCENARIO_ABOUT] = {"about", "场景说明", "About", FIELD_PROSE, .required = true, .min = 20, .max = 5000,
                        .weight = WEIGHT_TEXT, .headers = "简介|场景描述|abstract"},
    [SCENARIO_OFFERS] = {"offers", "提供什么", "What is offered", FIELD_PROSE, .max = 2000,
                         .weight = WEIGHT_TEXT, .headers = "开放条件|提供资源",
                         .hint = "场地、数据、工况、配合人员、试用经费"},
    [SCENARIO_ASKS] = {"asks", "对产品的要求", "What is asked", FIELD_PROSE, .max = 2000,
                       .weight = WEIGHT_TEXT, .headers = "准入要求|技术要求"},
    [SCENARIO_FORM] = {"form", "开放形式", "Form", FIELD_CHOICES, .max = 6, .choices = "scenario_form",
                       .headers = "类型", .section = &sections[FRAME]},
    [SCENARIO_KEYWORDS] = {"keywords", "关键词", "Keywords", FIELD_WORDS, .max = 20,
                           .weight = WEIGHT_KEYWORD, .section = &sections[CODES]},
    [SCENARIO_INDUSTRY] = {"industry", "行业", "Industries (GB/T 4754)", FIELD_CODES, .max = 5,
                           .choices = "gbt4754", .headers = "国民经济行业", .section = &sections[CODES]},
    [SCENARIO_TRL] = {"trl", "最低成熟度", "Least TRL", FIELD_NUMBER, .min = 1, .max = 9,
                      .headers = "TRL", .section = &sections[FRAME]},
    [SCENARIO_BUDGET] = {"budget", "试用或采购额度", "Budget", FIELD_MONEY, .max = 100000000000000000,
                         .headers = "预算|额度", .section = &sections[FRAME]},
    [SCENARIO_OPENS] = {"opens", "开放日期", "Opens", FIELD_DATE, .headers = "开始日期",
                        .section = &sections[FRAME]},
    [SCENARIO_CLOSES] = {"closes", "截止日期", "Closes", FIELD_DATE, .headers = "结束日期",
                         .section = &sections[FRAME]},
    [SCENARIO_REGION] = {"region", "所在地", "Region", FIELD_CODES, .max = 1, .choices = "division",
                         .headers = "地区", .section = &sections[PLACE]},
    [SCENARIO_CONTACT] = {"contact", "联系人", "Contact", FIELD_LINE, .max = 60, .level = LEVEL_SIGNED_IN,
                          .headers = "联系方式", .purpose = "对接洽谈", .section = &sections[PLACE]},
};

static const size_t natural[] = {SCENARIO_TITLE};
static const size_t facets[] = {SCENARIO_FORM, SCENARIO_INDUSTRY, SCENARIO_REGION};

const struct kind kind_scenario = {
    .id = KIND_SCENARIO, .name = "scenario", .plural = "scenarios", .label = "场景", .label_en = "Scenario",
    .fields = scenario_fields, .count = SCENARIO_FIELD_COUNT, .title = SCENARIO_TITLE,
    .summary = SCENARIO_ABOUT, .natural = natural, .natural_count = 1, .owned = true,
    .facets = facets, .facet_count = sizeof facets / sizeof *facets,
    .sections = sections, .section_count = sizeof sections / sizeof *sections,
};
