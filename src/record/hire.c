/* Orders of services, what was handed over and paid; guides to services. */
#include "record/hire.h"

#define MONEY_MOST 100000000000000

static const struct field service_order_fields[ORDER_FIELD_COUNT] = {
    OF_MATTER,
    [ORDER_SERVICE] = {"service", "服务", "Service", FIELD_ID, .required = true, .choices = "service", .level = LEVEL_OWN},
    [ORDER_FROM] = {"from_party", "委托方", "Client", FIELD_PARTY, .required = true, .level = LEVEL_OWN},
    [ORDER_WANTS] = {"wants", "要做什么", "What is to be done", FIELD_PROSE, .required = true, .min = 10, .max = 3000, .level = LEVEL_OWN,
                     .hint = "交付什么、达到什么要求；不写未申请专利的技术要点"},
    [ORDER_WANTED_BY] = {"wanted_by", "最迟交付", "Wanted by", FIELD_DATE, .required = true, .level = LEVEL_OWN},
    [ORDER_OFFER] = {"offer", "按公布的定价", "At the published price", FIELD_MONEY, .min = 1, .max = MONEY_MOST, .level = LEVEL_OWN,
                     .hint = "服务页上有定价、您也接受的填；要报价的不填"},
    [ORDER_NAME] = {"name", "联系人", "Contact", FIELD_LINE, .required = true, .min = 2, .max = 40, .level = LEVEL_OWN, .purpose = "让服务方找得到您"},
    [ORDER_PHONE] = {"phone", "联系电话", "Phone", FIELD_PHONE, .required = true, .level = LEVEL_OWN, .purpose = "让服务方找得到您"},
    [ORDER_PRICE] = {"price", "报价", "Price", FIELD_MONEY, .required = true, .min = 1, .max = MONEY_MOST, .level = LEVEL_OWN},
    [ORDER_DAYS] = {"days", "工期（天）", "Days", FIELD_NUMBER, .required = true, .min = 1, .max = 1000, .level = LEVEL_OWN,
                    .hint = "从订立合同之日起算的日历天"},
    [ORDER_TERMS] = {"terms", "报价说明与条件", "Terms", FIELD_PROSE, .required = true, .min = 4, .max = 3000, .level = LEVEL_OWN},
    [ORDER_QUOTE_UNTIL] = {"quote_until", "报价有效至", "Quote valid until", FIELD_DATE, .required = true, .level = LEVEL_OWN},
    [ORDER_CONTRACT] = {"contract", "合同编号", "Contract number", FIELD_LINE, .required = true, .min = 2, .max = 80, .level = LEVEL_OWN},
    [ORDER_AMOUNT] = {"amount", "合同金额", "Contract amount", FIELD_MONEY, .max = MONEY_MOST, .level = LEVEL_OWN},
    [ORDER_AGREED] = {"agreed_on", "约定交付日", "Agreed day", FIELD_DATE, .level = LEVEL_OWN},
    [ORDER_DELIVERED] = {"delivered_on", "验收通过的交付日", "Delivered on", FIELD_DATE, .level = LEVEL_OWN},
    [ORDER_LATE] = {"days_late", "晚交天数", "Days late", FIELD_NUMBER, .max = 100000, .level = LEVEL_OWN},
    [ORDER_SENT_BACK] = {"sent_back", "退回次数", "Times sent back", FIELD_NUMBER, .max = 400, .level = LEVEL_OWN},
    [ORDER_AT_FIRST] = {"at_first", "首次验收通过", "Accepted at first", FIELD_YES, .level = LEVEL_OWN},
    [ORDER_PAID] = {"paid", "已付", "Paid", FIELD_MONEY, .max = MONEY_MOST, .level = LEVEL_OWN},
    [ORDER_GRADE] = {"grade", "评价", "Rating", FIELD_CHOICE, .required = true, .choices = "five_grades", .level = LEVEL_OWN},
    [ORDER_GRADE_WHY] = {"grade_why", "为什么", "Why", FIELD_LINE, .max = 300, .level = LEVEL_OWN, .hint = "不满意的必须写明理由"},
    [ORDER_ANSWER] = {"answer", "服务方的答复", "Answer", FIELD_PROSE, .required = true, .min = 4, .max = 2000, .level = LEVEL_OWN},
    [ORDER_CORRECTION] = {"correction", "怎样改正", "Correction", FIELD_PROSE, .required = true, .min = 2, .max = 2000, .level = LEVEL_OWN,
                          .hint = "已经做了什么；没有改的写明为什么"},
    [ORDER_CORRECTED_ON] = {"corrected_on", "改正之日", "Corrected on", FIELD_DATE, .level = LEVEL_OWN, .hint = "没有改的不填"},
    [ORDER_REFUSAL] = {"refusal", "不接的理由", "Why not", FIELD_CHOICE, .required = true, .choices = "order_refusal", .level = LEVEL_OWN},
    [ORDER_REFUSAL_WHY] = {"refusal_why", "理由说明", "In words", FIELD_LINE, .required = true, .min = 2, .max = 300, .level = LEVEL_OWN},
    [ORDER_VOUCHER_NO] = {"voucher_no", "券号", "Voucher number", FIELD_LINE, .required = true, .max = 40, .level = LEVEL_OWN,
                        .hint = "本单位持有的创新券"},
    [ORDER_VOUCHER] = {"voucher", "创新券", "Voucher", FIELD_ID, .choices = "voucher", .level = LEVEL_OWN},
    [ORDER_VOUCHER_PART] = {"voucher_part", "用券金额", "Paid by voucher", FIELD_MONEY, .required = true, .max = 100000000000, .level = LEVEL_OWN},
    [ORDER_PURPOSE] = {"purpose", "服务属于", "Kind of service", FIELD_CHOICE, .required = true, .choices = "order_purpose", .level = LEVEL_OWN,
                       .hint = "要在券的用途之内；律师、代理、评估等不在其中"},
    [ORDER_END_WHY] = {"end_why", "终止的原因", "Why it ended", FIELD_LINE, .required = true, .min = 2, .max = 300, .level = LEVEL_OWN},
};
MATTER_KIND(KIND_SERVICE_ORDER, "service_order", "service_orders", "服务订单", "Service order", service_order, ORDER_FIELD_COUNT);

static const struct field handover_fields[HANDOVER_FIELD_COUNT] = {
    OF_ENTRY,
    [HANDOVER_WHAT] = {"what", "交付了什么", "What was delivered", FIELD_PROSE, .required = true, .min = 4, .max = 3000, .level = LEVEL_OWN},
    [HANDOVER_FILE] = {"file", "文件名", "File", FIELD_LINE, .required = true, .max = 120, .level = LEVEL_OWN},
    [HANDOVER_DIGEST] = {"digest", "文件 SHA-256", "SHA-256 of the file", FIELD_DIGEST, .required = true, .level = LEVEL_OWN},
    [HANDOVER_JUDGED_ON] = {"judged_on", "验收日", "Judged on", FIELD_DATE, .level = LEVEL_OWN},
    [HANDOVER_VERDICT] = {"verdict", "验收", "Verdict", FIELD_CHOICE, .choices = "handover_verdict", .level = LEVEL_OWN},
    [HANDOVER_REASONS] = {"reasons", "退回的理由", "Why it was sent back", FIELD_PROSE, .required = true, .min = 4, .max = 2000, .level = LEVEL_OWN,
                          .hint = "哪一条要求没有达到"},
};
ENTRY_KIND(KIND_HANDOVER, "handover", "handovers", "交付", "Handover", handover, HANDOVER_FIELD_COUNT);

static const struct field order_payment_fields[PAYMENT_FIELD_COUNT] = {
    OF_ENTRY,
    [PAYMENT_DAY] = {"day", "付款日", "Paid on", FIELD_DATE, .required = true, .level = LEVEL_OWN},
    [PAYMENT_AMOUNT] = {"amount", "金额", "Amount", FIELD_MONEY, .required = true, .min = 1, .max = MONEY_MOST, .level = LEVEL_OWN},
    [PAYMENT_NUMBER] = {"number", "付款凭证号", "Payment voucher", FIELD_LINE, .required = true, .min = 2, .max = 80, .level = LEVEL_OWN},
};
ENTRY_KIND(KIND_ORDER_PAYMENT, "order_payment", "order_payments", "付款", "Payment", order_payment, PAYMENT_FIELD_COUNT);

static const struct field guide_fields[GUIDE_FIELD_COUNT] = {
    OF_MATTER,
    [GUIDE_NAME] = {"name", "事项名称", "Name", FIELD_LINE, .required = true, .min = 4, .max = 120},
    [GUIDE_OFFICE] = {"office", "谁来办", "By whom", FIELD_LINE, .required = true, .min = 2, .max = 120},
    [GUIDE_SERVICE] = {"service", "所属服务", "Of the service", FIELD_ID, .choices = "service"},
    [GUIDE_WHO] = {"who", "谁可以办", "Who may ask", FIELD_PROSE, .required = true, .min = 2, .max = 2000},
    [GUIDE_MATERIALS] = {"materials", "要带什么", "What to bring", FIELD_PROSE, .required = true, .min = 2, .max = 3000, .hint = "一行一份"},
    [GUIDE_COURSE] = {"course", "怎样办", "Steps", FIELD_PROSE, .required = true, .min = 2, .max = 3000, .hint = "一行一步"},
    [GUIDE_LAW_DAYS] = {"law_days", "法定时限（工作日）", "Limit by law (working days)", FIELD_NUMBER, .min = 1, .max = 400, .hint = "法规没有规定的不填"},
    [GUIDE_DAYS] = {"days", "承诺时限（工作日）", "Promised (working days)", FIELD_NUMBER, .required = true, .min = 1, .max = 400},
    [GUIDE_FEE] = {"fee", "收费", "Fee", FIELD_LINE, .max = 120, .hint = "不收费的不填"},
    [GUIDE_FEE_GROUND] = {"fee_ground", "收费依据", "Ground of the fee", FIELD_LINE, .max = 200, .hint = "收费的必填"},
    [GUIDE_PLACE] = {"place", "在哪里办", "Where", FIELD_LINE, .required = true, .max = 200},
    [GUIDE_PHONE] = {"phone", "咨询电话", "Phone", FIELD_PHONE, .required = true},
    [GUIDE_DOCUMENT] = {"document", "依据的文件", "Document", FIELD_LINE, .required = true, .min = 2, .max = 120},
    [GUIDE_ARTICLE] = {"article", "条款", "Article", FIELD_LINE, .max = 80},
    [GUIDE_SOURCE] = {"source", "来源级别", "Source level", FIELD_CHOICE, .required = true, .choices = "source_level"},
    [GUIDE_BEGINS] = {"begins", "在这里办", "Begun here", FIELD_CHOICE, .choices = "guide_begins", .hint = "本平台能办的，页上有“开始办”"},
    [GUIDE_WHY] = {"why", "停用的原因", "Why withdrawn", FIELD_LINE, .required = true, .min = 2, .max = 200},
};
MATTER_KIND(KIND_GUIDE, "guide", "guides", "办事指南", "Guide", guide, GUIDE_FIELD_COUNT);
