/* Choices of bundles for needs (record/bundle.c). */
#include "record/choice_int.h"

static const struct choice bundle_part[] = {
    {"result", "成果", "Result"},
    {"place", "中试与空间", "Pilot platform or space"},
    {"money", "资金", "Money"},
};

static const struct choice bundle_payer[] = {
    {"firm", "需求方自己出", "The firm itself"},
    {"voucher", "创新券", "Innovation voucher"},
    {"loan", "贷款", "Loan"},
    {"equity", "股权或先投后股", "Equity, or support that turns into equity"},
    {"public", "财政补助", "Public support"},
    {"provider", "本单位承担", "Whoever answers"},
};

static const struct choice count_measure[] = {
    {"paper", "论文", "Papers"},
    {"patent", "发明专利", "Invention patents"},
    {"contract", "技术合同", "Technology contracts"},
    {"achievement", "登记成果", "Registered achievements"},
};

const struct choice_list choices_bundle[CHOICES_BUNDLE] = {
    LIST(bundle_part, "bundle_part"),
    LIST(bundle_payer, "bundle_payer"),
    LIST(count_measure, "count_measure"),
};
