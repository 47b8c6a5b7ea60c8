/* A pilot job and what lies in its file; innovation vouchers and their settlement. */
#include "record/pilot.h"

static const struct field pilot_job_fields[JOB_FIELD_COUNT] = {
    OF_MATTER,
    [JOB_CAPABILITY] = {"capability", "中试能力", "Capability", FIELD_ID, .required = true, .choices = "capability", .level = LEVEL_OWN},
    [JOB_FROM] = {"from_party", "委托方", "Requested by", FIELD_PARTY, .required = true, .level = LEVEL_OWN},
    [JOB_ACHIEVEMENT] = {"achievement", "所验证的成果", "Achievement", FIELD_ID, .choices = "achievement", .level = LEVEL_OWN,
                         .hint = "结果可以回写它的成熟度"},
    [JOB_RIGHTS] = {"rights_party", "成果权利方", "Whose achievement", FIELD_PARTY, .level = LEVEL_OWN},
    [JOB_NEED] = {"need", "所对应的需求", "Need", FIELD_ID, .choices = "need", .level = LEVEL_OWN, .hint = "为哪条需求做"},
    [JOB_WANTS] = {"wants", "要验证什么", "What is to be verified", FIELD_PROSE, .required = true, .min = 10, .max = 3000, .level = LEVEL_OWN,
                   .hint = "样品、指标、批量；不写未申请专利的技术要点"},
    [JOB_TRIALS] = {"trials", "验证类别", "Kinds of trial", FIELD_CHOICES, .max = 5, .choices = "trial", .level = LEVEL_OWN},
    [JOB_TRL_NOW] = {"trl_now", "现在 TRL", "TRL now", FIELD_NUMBER, .min = 1, .max = 9, .level = LEVEL_OWN},
    [JOB_TRL_GOAL] = {"trl_goal", "要到 TRL", "TRL wanted", FIELD_NUMBER, .min = 1, .max = 9, .level = LEVEL_OWN},
    [JOB_HAZARDS] = {"hazards", "涉及的危险", "Hazards", FIELD_CHOICES, .required = true, .max = 9, .choices = "hazard", .level = LEVEL_OWN,
                     .hint = "都不涉及就选“不涉及”"},
    [JOB_REACTION] = {"reaction", "化学反应或工艺放大", "Chemical reaction or scale-up", FIELD_CHOICE, .required = true, .choices = "reaction", .level = LEVEL_OWN},
    [JOB_REACTION_REPORT] = {"reaction_report", "反应安全风险评估报告", "Reaction risk report", FIELD_LINE, .max = 80, .level = LEVEL_OWN,
                             .hint = "报告编号与出具单位；有化学反应的，报价前要有"},
    [JOB_CONFIDENCE] = {"confidence", "要求的保密", "Confidentiality", FIELD_CHOICE, .required = true, .choices = "confidence", .level = LEVEL_OWN},
    [JOB_WANTED_BY] = {"wanted_by", "最迟完成", "Wanted by", FIELD_DATE, .level = LEVEL_OWN},
    [JOB_NAME] = {"name", "联系人", "Contact", FIELD_LINE, .required = true, .min = 2, .max = 40, .level = LEVEL_OWN, .purpose = "让平台找得到您"},
    [JOB_PHONE] = {"phone", "联系电话", "Phone", FIELD_PHONE, .required = true, .level = LEVEL_OWN, .purpose = "让平台找得到您"},
    [JOB_LACKS] = {"lacks", "还缺什么", "What lacks", FIELD_LINE, .required = true, .min = 4, .max = 300, .level = LEVEL_OWN},
    [JOB_PRICE] = {"price", "报价金额", "Price", FIELD_MONEY, .required = true, .max = 100000000000000, .level = LEVEL_OWN},
    [JOB_DAYS] = {"days", "工期（天）", "Days", FIELD_NUMBER, .required = true, .min = 1, .max = 1000, .level = LEVEL_OWN},
    [JOB_TERMS] = {"terms", "报价说明与条件", "Terms", FIELD_PROSE, .required = true, .min = 4, .max = 3000, .level = LEVEL_OWN,
                   .hint = "按收费标准怎么算的；保密、样品、安全环保条件"},
    [JOB_QUOTE_UNTIL] = {"quote_until", "报价有效至", "Quote valid until", FIELD_DATE, .required = true, .level = LEVEL_OWN},
    [JOB_ASKED_ON] = {"asked_on", "请求日", "Asked on", FIELD_DATE, .level = LEVEL_OWN},
    [JOB_QUOTED_ON] = {"quoted_on", "报价日", "Quoted on", FIELD_DATE, .level = LEVEL_OWN},
    [JOB_CONTRACT] = {"contract", "合同编号", "Contract number", FIELD_LINE, .required = true, .min = 2, .max = 80, .level = LEVEL_OWN},
    [JOB_AMOUNT] = {"amount", "合同金额", "Contract amount", FIELD_MONEY, .required = true, .max = 100000000000000, .level = LEVEL_OWN},
    [JOB_VOUCHER_NO] = {"voucher_no", "券号", "Voucher number", FIELD_LINE, .required = true, .max = 40, .level = LEVEL_OWN,
                        .hint = "本单位持有的创新券"},
    [JOB_VOUCHER] = {"voucher", "创新券", "Voucher", FIELD_ID, .choices = "voucher", .level = LEVEL_OWN},
    [JOB_VOUCHER_PART] = {"voucher_part", "用券金额", "Paid by voucher", FIELD_MONEY, .required = true, .max = 100000000000, .level = LEVEL_OWN},
    [JOB_OBJECTION] = {"objection", "对结果的异议", "Objection", FIELD_LINE, .required = true, .min = 4, .max = 300, .level = LEVEL_OWN},
    [JOB_SCORE] = {"score", "评分（1–5）", "Score (1–5)", FIELD_NUMBER, .required = true, .min = 1, .max = 5, .level = LEVEL_OWN},
    [JOB_REVIEW] = {"review", "评价", "Review", FIELD_LINE, .max = 300, .level = LEVEL_OWN},
    [JOB_END] = {"ended_by", "未成或取消的原因", "Why it ended", FIELD_CHOICE, .required = true, .choices = "job_end", .level = LEVEL_OWN},
    [JOB_END_WHY] = {"end_why", "说明", "In words", FIELD_LINE, .required = true, .min = 2, .max = 300, .level = LEVEL_OWN},
    [JOB_OFFERED] = {"offered", "还可以找", "Others that fit", FIELD_PROSE, .max = 1000, .level = LEVEL_OWN},
};
MATTER_KIND(KIND_PILOT_JOB, "pilot_job", "pilot_jobs", "中试作业", "Pilot job", pilot_job, JOB_FIELD_COUNT);

static const struct field custody_fields[CUSTODY_FIELD_COUNT] = {
    OF_ENTRY,
    [CUSTODY_SAMPLE] = {"sample", "样品编号", "Sample", FIELD_LINE, .required = true, .max = 60, .level = LEVEL_OWN},
    [CUSTODY_WHAT] = {"what", "经手", "What happened", FIELD_CHOICE, .required = true, .choices = "custody", .level = LEVEL_OWN},
    [CUSTODY_DAY] = {"day", "日期", "Day", FIELD_DATE, .required = true, .level = LEVEL_OWN},
    [CUSTODY_SEAL] = {"seal", "封条号", "Seal", FIELD_LINE, .max = 60, .level = LEVEL_OWN, .hint = "接收、封存、退回时必填"},
    [CUSTODY_PLACE] = {"place", "存放处", "Place", FIELD_LINE, .max = 120, .level = LEVEL_OWN},
    [CUSTODY_BY] = {"handled_by", "经手人", "By whom", FIELD_LINE, .required = true, .min = 2, .max = 80, .level = LEVEL_OWN,
                    .purpose = "说明样品经过谁的手"},
};
ENTRY_KIND(KIND_CUSTODY, "custody", "custodies", "样品流转", "Sample custody", custody, CUSTODY_FIELD_COUNT);

static const struct field trial_run_fields[RUN_FIELD_COUNT] = {
    OF_ENTRY,
    [RUN_DAY] = {"day", "日期", "Day", FIELD_DATE, .required = true, .level = LEVEL_OWN},
    [RUN_BATCH] = {"batch", "批次", "Batch", FIELD_LINE, .required = true, .max = 60, .level = LEVEL_OWN},
    [RUN_CONDITIONS] = {"conditions", "条件", "Conditions", FIELD_PROSE, .max = 3000, .level = LEVEL_OWN},
    [RUN_READING] = {"reading", "原始读数", "Readings", FIELD_PROSE, .required = true, .max = 10000, .level = LEVEL_OWN},
    [RUN_OUTCOME] = {"outcome", "这一批", "This batch", FIELD_CHOICE, .required = true, .choices = "trial_outcome", .level = LEVEL_OWN,
                     .hint = "没有成的也要记：原始记录证明已尽责（科学技术进步法第六十八条）"},
    [RUN_FILE] = {"file", "原始文件名", "File", FIELD_LINE, .required = true, .max = 120, .level = LEVEL_OWN, .hint = "附了文件的不用填"},
    [RUN_DIGEST] = {"digest", "原始文件 SHA-256", "SHA-256 of the file", FIELD_DIGEST, .required = true, .level = LEVEL_OWN, .hint = "附了文件的不用填，按文件算"},
    [RUN_BY] = {"run_by", "操作人", "By whom", FIELD_LINE, .required = true, .min = 2, .max = 80, .level = LEVEL_OWN, .purpose = "说明记录由谁作出"},
    [RUN_SIZE] = {"file_size", "原始文件字节数", "Bytes of the file", FIELD_NUMBER, .min = 1, .max = 1 << 30, .level = LEVEL_OWN},
    [RUN_MEDIA] = {"media", "原始文件格式", "Format of the file", FIELD_CHOICE, .choices = "media", .level = LEVEL_OWN},
};
ENTRY_KIND(KIND_TRIAL_RUN, "trial_run", "trial_runs", "原始记录", "Raw record", trial_run, RUN_FIELD_COUNT);

static const struct field trl_evidence_fields[EVIDENCE_FIELD_COUNT] = {
    OF_ENTRY,
    [EVIDENCE_ACHIEVEMENT] = {"achievement", "成果", "Achievement", FIELD_ID, .choices = "achievement", .level = LEVEL_OWN},
    [EVIDENCE_OUTCOME] = {"outcome", "结论", "Outcome", FIELD_CHOICE, .required = true, .choices = "trial_outcome", .level = LEVEL_OWN},
    [EVIDENCE_SUMMARY] = {"summary", "结果", "Result", FIELD_PROSE, .required = true, .min = 10, .max = 5000, .level = LEVEL_OWN},
    [EVIDENCE_BEFORE] = {"trl_before", "作业前 TRL", "TRL before", FIELD_NUMBER, .min = 1, .max = 9, .level = LEVEL_OWN},
    [EVIDENCE_PROVED] = {"trl_proved", "证明达到 TRL", "TRL proved", FIELD_NUMBER, .min = 1, .max = 9, .level = LEVEL_OWN,
                         .hint = "达到的必填；没有成的不填"},
    [EVIDENCE_DIGEST] = {"digest", "报告 SHA-256", "SHA-256 of the report", FIELD_DIGEST, .required = true, .level = LEVEL_OWN, .hint = "附了报告的不用填，按文件算"},
    [EVIDENCE_CONFIRMED_ON] = {"confirmed_on", "委托方确认日", "Confirmed on", FIELD_DATE, .level = LEVEL_OWN},
    [EVIDENCE_WRITTEN] = {"trl_written", "回写 TRL", "TRL written back", FIELD_NUMBER, .required = true, .min = 1, .max = 9, .level = LEVEL_OWN},
    [EVIDENCE_WRITTEN_ON] = {"written_on", "回写日", "Written on", FIELD_DATE, .level = LEVEL_OWN},
    [EVIDENCE_FILE] = {"file", "报告文件名", "File of the report", FIELD_LINE, .max = 120, .level = LEVEL_OWN},
    [EVIDENCE_SIZE] = {"file_size", "报告字节数", "Bytes of the file", FIELD_NUMBER, .min = 1, .max = 1 << 30, .level = LEVEL_OWN},
    [EVIDENCE_MEDIA] = {"media", "报告格式", "Format of the file", FIELD_CHOICE, .choices = "media", .level = LEVEL_OWN},
};
ENTRY_KIND(KIND_TRL_EVIDENCE, "trl_evidence", "trl_evidences", "成熟度证据", "TRL evidence", trl_evidence, EVIDENCE_FIELD_COUNT);

static const struct field bill_fields[BILL_FIELD_COUNT] = {
    OF_ENTRY,
    [BILL_INVOICE] = {"invoice", "发票号码", "Invoice", FIELD_LINE, .required = true, .min = 4, .max = 60, .level = LEVEL_OWN},
    [BILL_DAY] = {"day", "开票日", "Day", FIELD_DATE, .required = true, .level = LEVEL_OWN},
    [BILL_AMOUNT] = {"amount", "金额", "Amount", FIELD_MONEY, .required = true, .max = 100000000000000, .level = LEVEL_OWN},
    [BILL_VOUCHER] = {"by_voucher", "其中用券", "By voucher", FIELD_MONEY, .max = 100000000000000, .level = LEVEL_OWN},
    [BILL_PAID_ON] = {"paid_on", "付款日", "Paid on", FIELD_DATE, .required = true, .level = LEVEL_OWN},
    [BILL_PAYMENT] = {"payment", "付款凭证号", "Payment voucher", FIELD_LINE, .required = true, .min = 2, .max = 80, .level = LEVEL_OWN,
                      .hint = "全部用券抵付的写“全额用券”"},
};
ENTRY_KIND(KIND_BILL, "bill", "bills", "开票与付款", "Bill", bill, BILL_FIELD_COUNT);

/* --- vouchers --- */

static const struct field voucher_fields[VOUCHER_FIELD_COUNT] = {
    OF_MATTER,
    [VOUCHER_ISSUER] = {"issuer", "发券单位", "Issuer", FIELD_PARTY, .level = LEVEL_OWN, .hint = "不填就是本单位"},
    [VOUCHER_NUMBER] = {"number", "券号", "Number", FIELD_LINE, .required = true, .min = 2, .max = 40, .level = LEVEL_OWN},
    [VOUCHER_HOLDER] = {"holder", "持券企业", "Holder", FIELD_PARTY, .required = true, .level = LEVEL_OWN, .hint = "单位的全称或编号"},
    [VOUCHER_AMOUNT] = {"amount", "券面金额", "Amount", FIELD_MONEY, .required = true, .min = 1, .max = 100000000000, .level = LEVEL_OWN},
    [VOUCHER_PURPOSES] = {"purposes", "用途", "Purposes", FIELD_CHOICES, .required = true, .max = 4, .choices = "voucher_purpose", .level = LEVEL_OWN},
    [VOUCHER_FROM] = {"from_day", "有效期自", "Valid from", FIELD_DATE, .required = true, .level = LEVEL_OWN},
    [VOUCHER_UNTIL] = {"until_day", "有效期至", "Valid until", FIELD_DATE, .required = true, .level = LEVEL_OWN,
                       .hint = "按服务完成之日算：这一日及以前完成的服务可以用券"},
    [VOUCHER_SHARE] = {"share", "最高抵扣比例", "At most this share", FIELD_SHARE, .min = 1, .max = 10000, .level = LEVEL_OWN,
                       .hint = "合同金额的百分之几；不填就是没有限制"},
    [VOUCHER_BASIS] = {"basis", "发放依据", "Issued by", FIELD_LINE, .required = true, .min = 2, .max = 200, .level = LEVEL_OWN},
    [VOUCHER_END_WHY] = {"end_why", "收回原因", "Why taken back", FIELD_LINE, .required = true, .min = 2, .max = 200, .level = LEVEL_OWN},
};
static const size_t voucher_natural[] = {VOUCHER_NUMBER};
const struct kind kind_voucher = {
    .id = KIND_VOUCHER, .name = "voucher", .plural = "vouchers", .label = "创新券", .label_en = "Innovation voucher",
    .fields = voucher_fields, .count = VOUCHER_FIELD_COUNT, .title = MATTER_TITLE, .summary = MATTER_STATE, .owned = true,
    .natural = voucher_natural, .natural_count = 1,
};

static const struct field voucher_use_fields[USE_FIELD_COUNT] = {
    OF_ENTRY,
    [USE_SORT] = {"sort", "变动", "Movement", FIELD_CHOICE, .required = true, .choices = "voucher_use", .level = LEVEL_OWN},
    [USE_AMOUNT] = {"amount", "金额", "Amount", FIELD_MONEY, .required = true, .max = 100000000000, .level = LEVEL_OWN},
    [USE_JOB] = {"job", "中试作业", "Pilot job", FIELD_ID, .choices = "pilot_job", .level = LEVEL_OWN},
    [USE_PLATFORM] = {"platform", "服务单位", "Platform", FIELD_PARTY, .level = LEVEL_OWN},
    [USE_PURPOSE] = {"purpose", "用途", "Purpose", FIELD_CHOICE, .choices = "voucher_purpose", .level = LEVEL_OWN},
    [USE_SERVED_ON] = {"served_on", "服务完成日", "Served on", FIELD_DATE, .level = LEVEL_OWN},
    [USE_NOTE] = {"note", "说明", "Note", FIELD_LINE, .max = 200, .level = LEVEL_OWN},
    [USE_ORDER] = {"service_order", "服务订单", "Service order", FIELD_ID, .choices = "service_order", .level = LEVEL_OWN},
};
ENTRY_KIND(KIND_VOUCHER_USE, "voucher_use", "voucher_uses", "券的变动", "Movement of a voucher", voucher_use, USE_FIELD_COUNT);

static const struct field settlement_fields[SETTLEMENT_FIELD_COUNT] = {
    OF_MATTER,
    [SETTLEMENT_ISSUER] = {"issuer", "发券单位", "Issuer", FIELD_PARTY, .level = LEVEL_OWN, .hint = "不填就是本单位"},
    [SETTLEMENT_PLATFORM] = {"platform", "服务单位", "Platform", FIELD_PARTY, .required = true, .level = LEVEL_OWN, .hint = "单位的全称或编号"},
    [SETTLEMENT_YEAR] = {"year", "年份", "Year", FIELD_NUMBER, .required = true, .min = 2020, .max = 2199, .level = LEVEL_OWN},
    [SETTLEMENT_HALF] = {"half", "半年", "Half", FIELD_CHOICE, .required = true, .choices = "half_year", .level = LEVEL_OWN},
    [SETTLEMENT_COUNT] = {"count", "笔数", "Count", FIELD_NUMBER, .max = 1000000, .level = LEVEL_OWN},
    [SETTLEMENT_AMOUNT] = {"amount", "应结算", "To settle", FIELD_MONEY, .max = 100000000000000, .level = LEVEL_OWN},
    [SETTLEMENT_NOTE] = {"note", "核对意见", "Checked", FIELD_LINE, .required = true, .min = 2, .max = 200, .level = LEVEL_OWN},
    [SETTLEMENT_PAID_ON] = {"paid_on", "拨付日", "Paid on", FIELD_DATE, .required = true, .level = LEVEL_OWN},
    [SETTLEMENT_PAYMENT] = {"payment", "拨付凭证号", "Payment voucher", FIELD_LINE, .required = true, .min = 2, .max = 80, .level = LEVEL_OWN},
};
static const size_t settlement_natural[] = {SETTLEMENT_PLATFORM, SETTLEMENT_YEAR, SETTLEMENT_HALF};
const struct kind kind_settlement = {
    .id = KIND_SETTLEMENT, .name = "settlement", .plural = "settlements", .label = "创新券结算", .label_en = "Voucher settlement",
    .fields = settlement_fields, .count = SETTLEMENT_FIELD_COUNT, .title = MATTER_TITLE, .summary = MATTER_STATE, .owned = true,
    .natural = settlement_natural, .natural_count = 3,
};
