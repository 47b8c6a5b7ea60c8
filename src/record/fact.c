/* A fact about an enterprise (企业事实). */
#include "record/fact.h"

static const struct field fact_fields[FACT_FIELD_COUNT] = {
    [FACT_NAME] = {"name", "事实", "Fact", FIELD_LINE, .required = true, .max = 60, .level = LEVEL_OWN,
                   .headers = "事实名称|指标", .hint = "从列出的事实里选一项"},
    [FACT_FOR_YEAR] = {"year", "年度", "Year", FIELD_NUMBER, .min = 1990, .max = 2100, .level = LEVEL_OWN,
                       .headers = "所属年度|统计年度", .hint = "按年度说的事实必填，如研发费用、营业收入"},
    [FACT_VALUE] = {"value", "数值", "Value", FIELD_LINE, .required = true, .max = 60, .level = LEVEL_OWN,
                    .headers = "值|内容", .hint = "金额如 500万元，日期如 2026-03-31，是否写“是”或“否”"},
    [FACT_FROM] = {"source", "来源", "Source", FIELD_CHOICE, .required = true, .choices = "fact_source", .level = LEVEL_OWN},
    [FACT_ISSUER] = {"issuer", "出具机关", "Issued by", FIELD_LINE, .max = 120, .level = LEVEL_OWN,
                     .headers = "提供部门|数据来源", .hint = "证照的发证机关，或提供名单的部门"},
    [FACT_NUMBER_OF] = {"number", "证照编号", "Certificate number", FIELD_LINE, .max = 80, .level = LEVEL_OWN, .headers = "证书编号"},
    [FACT_ISSUED_ON] = {"issued_on", "出具日期", "Issued on", FIELD_DATE, .level = LEVEL_OWN, .headers = "发证日期|名单日期"},
    [FACT_UNTIL] = {"until", "有效期至", "Valid until", FIELD_DATE, .level = LEVEL_OWN, .headers = "到期日",
                    .hint = "过了这一天就不再作数；没有期限的不填"},
    [FACT_LIST] = {"list", "名单文件", "List", FIELD_LINE, .max = 200, .level = LEVEL_OWN},
    [FACT_CONFIRMED_ON] = {"confirmed_on", "核对日", "Confirmed on", FIELD_DATE, .level = LEVEL_OWN},
    [FACT_NOTE] = {"note", "说明", "Note", FIELD_LINE, .max = 300, .level = LEVEL_OWN, .headers = "备注"},
};

static const size_t natural[] = {FACT_NAME, FACT_FOR_YEAR, FACT_FROM, FACT_ISSUER};

const struct kind kind_fact = {
    .id = KIND_FACT, .name = "fact", .plural = "facts", .label = "企业事实", .label_en = "Fact", .fields = fact_fields,
    .count = FACT_FIELD_COUNT, .title = FACT_NAME, .summary = FACT_VALUE, .natural = natural,
    .natural_count = sizeof natural / sizeof *natural, .owned = true,
};
