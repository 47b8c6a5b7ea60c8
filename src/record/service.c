/* Service (服务): finance product, pilot platform, broker, innovation space, professional service. */
#include "record/service.h"

#include "record/kind.h"

enum { REACH, COST, PLACE, CODES };

static const struct section sections[] = {
    [REACH] = {"reach", "能力与阶段", "Reach and stages"},
    [COST] = {"cost", "费用、额度与时限", "Cost, amount and time"},
    [PLACE] = {"place", "地点与联系", "Place and contact"},
    [CODES] = {"codes", "关键词与行业", "Keywords and industries"},
};

const struct field service_fields[SERVICE_FIELD_COUNT] = {
    [SERVICE_TITLE] = {"title", "服务名称", "Title", FIELD_LINE, .required = true, .min = 4, .max = 200,
                       .weight = WEIGHT_TITLE, .headers = "名称|产品名称|平台名称|title"},
    [SERVICE_SORT] = {"sort", "服务类别", "Sort", FIELD_CHOICE, .required = true, .choices = "service_sort",
                      .headers = "类别|类型"},
    [SERVICE_ABOUT] = {"about", "服务内容", "About", FIELD_PROSE, .required = true, .min = 20, .max = 5000,
                       .weight = WEIGHT_TEXT, .headers = "简介|能力说明|产品介绍"},
    [SERVICE_TERMS] = {"terms", "条件与收费", "Terms", FIELD_PROSE, .max = 3000, .weight = WEIGHT_TEXT,
                       .headers = "申请条件|收费标准|准入条件"},
    [SERVICE_KEYWORDS] = {"keywords", "关键词", "Keywords", FIELD_WORDS, .max = 20,
                          .weight = WEIGHT_KEYWORD, .section = &sections[CODES]},
    [SERVICE_INDUSTRY] = {"industry", "服务行业", "Industries (GB/T 4754)", FIELD_CODES, .max = 8,
                          .choices = "gbt4754", .headers = "行业", .section = &sections[CODES]},
    [SERVICE_STAGE] = {"stage", "适用阶段", "Stages", FIELD_CHOICES, .max = 6, .choices = "stage",
                       .headers = "阶段", .section = &sections[REACH]},
    [SERVICE_TRIALS] = {"trials", "验证能力", "Kinds of trial", FIELD_CHOICES, .max = 5, .choices = "trial",
                        .headers = "中试能力", .hint = "五种验证：设计、功能性能、工艺、适配、生产",
                        .section = &sections[REACH]},
    [SERVICE_TRL_FROM] = {"trl_from", "服务起点 TRL", "From TRL", FIELD_NUMBER, .min = 1, .max = 9,
                          .section = &sections[REACH]},
    [SERVICE_TRL_TO] = {"trl_to", "服务终点 TRL", "To TRL", FIELD_NUMBER, .min = 1, .max = 9,
                        .section = &sections[REACH]},
    [SERVICE_AMOUNT] = {"amount", "最高额度", "Up to", FIELD_MONEY, .max = 100000000000000000,
                        .headers = "额度|最高金额", .hint = "贷款、投资或补助的上限", .section = &sections[COST]},
    [SERVICE_PRICE] = {"price", "收费", "Price", FIELD_LINE, .max = 120, .headers = "价格",
                       .section = &sections[COST]},
    [SERVICE_DAYS] = {"days", "办理时限(工作日)", "Working days", FIELD_NUMBER, .min = 0, .max = 400,
                      .headers = "时限|办理时限", .section = &sections[COST]},
    [SERVICE_REGION] = {"region", "所在地", "Region", FIELD_CODES, .max = 1, .choices = "division",
                        .headers = "地区", .section = &sections[PLACE]},
    [SERVICE_CONTACT] = {"contact", "联系人", "Contact", FIELD_LINE, .max = 60, .headers = "联系方式",
                         .purpose = "办理业务", .section = &sections[PLACE]},
    [SERVICE_PRODUCT] = {"product", "金融产品类别", "Sort of finance", FIELD_CHOICE, .choices = "finance_product",
                         .headers = "产品类别", .hint = "金融产品才填", .section = &sections[COST]},
    [SERVICE_RULE] = {"rule", "规则编号", "Rule id", FIELD_LINE, .max = 20, .headers = "规则",
                      .hint = "金融产品的准入规则在规则库中的编号，如 R90", .section = &sections[COST]},
};

static const size_t natural[] = {SERVICE_TITLE};
static const size_t facets[] = {SERVICE_SORT, SERVICE_STAGE, SERVICE_INDUSTRY, SERVICE_REGION};

const struct kind kind_service = {
    .id = KIND_SERVICE, .name = "service", .plural = "services", .label = "服务", .label_en = "Service",
    .fields = service_fields, .count = SERVICE_FIELD_COUNT, .title = SERVICE_TITLE, .summary = SERVICE_ABOUT,
    .natural = natural, .natural_count = 1, .owned = true,
    .facets = facets, .facet_count = sizeof facets / sizeof *facets,
    .sections = sections, .section_count = sizeof sections / sizeof *sections,
};
