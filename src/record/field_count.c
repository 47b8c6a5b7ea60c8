/* Counts by field to compare with the nation. */
#include "record/field_count.h"

static const struct field field_count_fields[COUNT_FIELD_COUNT] = {
    [COUNT_MEASURE] = {"measure", "口径", "Measure", FIELD_CHOICE, .required = true, .choices = "count_measure", .headers = "指标|类型"},
    [COUNT_YEAR] = {"year", "年份", "Year", FIELD_NUMBER, .required = true, .min = 1990, .max = 2199},
    [COUNT_CODE] = {"code", "方向", "Field", FIELD_LINE, .required = true, .max = 40, .headers = "代码|学科|分类"},
    [COUNT_HERE] = {"here", "本市", "In the city", FIELD_NUMBER, .required = true, .max = 100000000},
    [COUNT_NATION] = {"nation", "全国", "In the country", FIELD_NUMBER, .required = true, .max = 1000000000},
    [COUNT_SOURCE] = {"source", "来源", "Source", FIELD_LINE, .required = true, .min = 4, .max = 300},
};

static const size_t natural[] = {COUNT_MEASURE, COUNT_YEAR, COUNT_CODE};

const struct kind kind_field_count = {
    .id = KIND_FIELD_COUNT, .name = "field_count", .plural = "field_counts", .label = "对照数", .label_en = "Reference count",
    .fields = field_count_fields, .count = COUNT_FIELD_COUNT, .title = COUNT_CODE, .summary = COUNT_SOURCE,
    .natural = natural, .natural_count = 3, .owned = false,
};
