/* Rows of tables of past transfers, a field table each. Only what a row cannot do without is required: what is missing stays missing. */
#include "record/past.h"

#define FEN_MOST 100000000000000000

#define OF_PAST                                                                                                             \
    [PAPER_DEAL] = {"deal", "转化项目", "Deal", FIELD_ID, .choices = "deal", .level = LEVEL_SIGNED_IN},                          \
    [PAPER_NO] = {"no", "序号", "Number", FIELD_NUMBER, .min = 1, .max = 1000000, .level = LEVEL_SIGNED_IN},                     \
    [PAPER_TERMS] = {"terms", "条件版次", "Terms", FIELD_NUMBER, .max = 1000000, .level = LEVEL_SIGNED_IN},                      \
    [PAST_FILE] = {"source_file", "来源文件", "Source file", FIELD_LINE, .max = 200, .level = LEVEL_OWN},                        \
    [PAST_DIGEST] = {"source_digest", "来源文件的 SHA-256", "SHA-256 of the source", FIELD_DIGEST, .level = LEVEL_OWN},           \
    [PAST_ROW] = {"source_row", "来源行号", "Row of the source", FIELD_NUMBER, .min = 1, .max = INT32_MAX, .level = LEVEL_OWN},  \
    [PAST_REMARKS] = {"remarks", "补录时的提醒", "Remarks", FIELD_PROSE, .max = 4000, .level = LEVEL_OWN},                       \
    [PAST_NUMBER] = {"number", "合同编号", "Contract number", FIELD_LINE, .required = true, .max = 80, .level = LEVEL_OWN,       \
                     .headers = "合同号|编号|合同登记号|项目合同编号|contract no"}

#define PAST(kind_id, kind_plural, zh, en, table, fields_count, title_field)                                              \
    const struct kind kind_##table = {                                                                                       \
        .id = kind_id, .name = #table, .plural = kind_plural, .label = zh, .label_en = en, .fields = table##_fields,            \
        .count = fields_count, .title = title_field, .summary = title_field, .natural = table##_key,                            \
        .natural_count = sizeof table##_key / sizeof *table##_key, .owned = true}

static const struct field past_deal_fields[PAST_DEAL_FIELD_COUNT] = {
    OF_PAST,
    [PAST_DEAL_NAME] = {"name", "合同名称", "Contract", FIELD_LINE, .required = true, .max = 200, .level = LEVEL_OWN,
                        .headers = "项目名称|合同项目名称|合同标题|技术合同名称"},
    [PAST_DEAL_SORT] = {"sort", "合同类别", "Sort", FIELD_CHOICE, .choices = "contract_sort", .level = LEVEL_OWN,
                        .headers = "类别|合同类型|合同种类|技术合同类别|技术合同类型|类型"},
    [PAST_DEAL_WAY] = {"way", "转化方式", "Way of transfer", FIELD_CHOICE, .choices = "way", .level = LEVEL_OWN,
                       .headers = "成果转化方式|方式"},
    [PAST_DEAL_PRICING] = {"pricing", "定价方式", "Pricing", FIELD_CHOICE, .choices = "pricing", .level = LEVEL_OWN,
                           .headers = "定价|价格确定方式|交易方式"},
    [PAST_DEAL_BUYER] = {"buyer", "受让方", "Buyer", FIELD_LINE, .max = 120, .level = LEVEL_OWN,
                         .headers = "受让方名称|受让单位|买方|买方名称|被许可方|受让人|委托方|甲方|甲方名称|合作方|合作单位|企业名称|"
                                    "受让方(被许可方)|受让企业|对方单位|需方"},
    [PAST_DEAL_USCC] = {"buyer_uscc", "受让方统一社会信用代码", "Buyer's credit code", FIELD_USCC, .level = LEVEL_OWN,
                        .headers = "统一社会信用代码|受让方代码|信用代码|买方代码|社会信用代码"},
    [PAST_DEAL_SIGNED_ON] = {"signed_on", "签订日期", "Signed on", FIELD_DATE, .required = true, .level = LEVEL_OWN,
                             .headers = "签订时间|签约日期|签约时间|合同签订日期|合同签订时间|签署日期|合同日期|订立日期"},
    [PAST_DEAL_UNTIL] = {"valid_until", "有效期至", "Until", FIELD_DATE, .level = LEVEL_OWN,
                         .headers = "截止日期|合同截止日期|终止日期|到期日|合同到期日|有效期止"},
    [PAST_DEAL_AMOUNT] = {"amount", "成交额", "Amount", FIELD_MONEY, .required = true, .max = FEN_MOST, .level = LEVEL_OWN,
                          .headers = "合同金额|合同额|合同总金额|合同总额|成交金额|合同成交额|合同成交金额|转化金额|合同价款|总金额"},
    [PAST_DEAL_TECHNICAL] = {"technical", "技术交易额", "Technical amount", FIELD_MONEY, .max = FEN_MOST, .level = LEVEL_OWN,
                             .headers = "技术交易金额|技术合同交易额"},
    [PAST_DEAL_PAYMENT] = {"payment", "支付方式", "Payment", FIELD_CHOICE, .choices = "payment", .level = LEVEL_OWN,
                           .headers = "付款方式|价款支付方式"},
    [PAST_DEAL_LICENCE] = {"licence", "许可方式", "Sort of licence", FIELD_CHOICE, .choices = "licence", .level = LEVEL_OWN,
                           .headers = "许可种类|许可类型"},
    [PAST_DEAL_NOTICE_SPAN] = {"notice_span", "公示起止", "Notice from and to", FIELD_LINE, .max = 80, .level = LEVEL_OWN,
                               .headers = "公示期|公示时间|公示起止日期|公示期间|公示日期|公示起止时间"},
    [PAST_DEAL_NOTICE_FROM] = {"notice_from", "公示首日", "Notice from", FIELD_DATE, .level = LEVEL_OWN,
                               .headers = "公示开始日期|公示起始日期|公示起|公示开始|公示开始时间"},
    [PAST_DEAL_NOTICE_TO] = {"notice_to", "公示末日", "Notice to", FIELD_DATE, .level = LEVEL_OWN,
                             .headers = "公示结束日期|公示截止日期|公示止|公示结束|公示结束时间"},
    [PAST_DEAL_BODY] = {"body", "审批机构", "Approved by", FIELD_LINE, .max = 60, .level = LEVEL_OWN,
                        .headers = "审批单位|批准机构|决策机构|决策会议|审批会议"},
    [PAST_DEAL_MINUTES] = {"minutes", "审批文号", "Approval's number", FIELD_LINE, .max = 120, .level = LEVEL_OWN,
                           .headers = "会议纪要文号|会议纪要|批准文号|批文号|纪要文号|审批文件"},
    [PAST_DEAL_APPROVED_ON] = {"approved_on", "审批日期", "Approved on", FIELD_DATE, .level = LEVEL_OWN,
                               .headers = "批准日期|决策日期|会议日期|审批时间"},
    [PAST_DEAL_REGISTERED] = {"registered", "登记编号", "Registered number", FIELD_LINE, .max = 40, .level = LEVEL_OWN,
                              .headers = "技术合同登记编号|认定登记编号|合同登记编号|登记号|技术合同登记号|认定登记号"},
    [PAST_DEAL_REGISTERED_ON] = {"registered_on", "登记日期", "Registered on", FIELD_DATE, .level = LEVEL_OWN,
                                 .headers = "认定登记日期|登记时间|认定日期|认定登记时间"},
    [PAST_DEAL_POINT] = {"point", "登记机构", "Registered at", FIELD_LINE, .max = 120, .level = LEVEL_OWN,
                         .headers = "登记点|认定登记机构|登记处"},
    [PAST_DEAL_ACHIEVEMENT] = {"achievement_name", "成果名称", "Achievement", FIELD_LINE, .max = 200, .level = LEVEL_OWN,
                               .headers = "成果|科技成果名称|转化成果|转化成果名称|专利名称|技术名称"},
    [PAST_DEAL_RIGHTS] = {"rights", "专利号", "Patent numbers", FIELD_WORDS, .max = 60, .level = LEVEL_OWN,
                          .headers = "专利号或申请号|专利(申请)号|申请号|知识产权编号|涉及专利|专利编号"},
    [PAST_DEAL_TEAM] = {"team", "完成人", "Team", FIELD_WORDS, .max = 60, .level = LEVEL_OWN, .purpose = "署名与奖酬的依据(促进科技成果转化法 §44)",
                        .headers = "发明人|成果完成人|负责人|项目负责人|完成人员|主要完成人|团队"},
    [PAST_DEAL_NOTE] = {"note", "备注", "Note", FIELD_PROSE, .max = 2000, .level = LEVEL_OWN, .headers = "说明|其他说明"},
    [PAST_DEAL_RECORD] = {"achievement", "成果", "Achievement's record", FIELD_ID, .choices = "achievement", .level = LEVEL_OWN},
};
static const size_t past_deal_key[] = {PAST_NUMBER};
PAST(KIND_PAST_DEAL, "past_deals", "历史合同", "Contract of the past", past_deal, PAST_DEAL_FIELD_COUNT, PAST_DEAL_NAME);

static const struct field past_receipt_fields[PAST_RECEIPT_FIELD_COUNT] = {
    OF_PAST,
    [PAST_RECEIPT_CAME_ON] = {"came_on", "到账日期", "Came on", FIELD_DATE, .required = true, .level = LEVEL_OWN,
                              .headers = "到账时间|收款日期|到款日期|入账日期|来款日期|到款时间|日期"},
    [PAST_RECEIPT_AMOUNT] = {"amount", "到账金额", "Amount", FIELD_MONEY, .required = true, .min = 1, .max = FEN_MOST,
                             .level = LEVEL_OWN, .headers = "金额|到款金额|收款金额|到账额|来款金额|入账金额"},
    [PAST_RECEIPT_PAYER] = {"payer", "付款方", "Payer", FIELD_LINE, .max = 120, .level = LEVEL_OWN,
                            .headers = "付款单位|来款单位|汇款单位|付款人|付款方名称"},
    [PAST_RECEIPT_VOUCHER] = {"voucher", "凭证号", "Voucher", FIELD_LINE, .max = 80, .level = LEVEL_OWN,
                              .headers = "凭证编号|记账凭证号|会计凭证号|票据号|到款凭证|发票号"},
    [PAST_RECEIPT_NOTE] = {"note", "备注", "Note", FIELD_PROSE, .max = 2000, .level = LEVEL_OWN, .headers = "说明|摘要"},
    [PAST_RECEIPT_MARK] = {"mark", "识别", "Known by", FIELD_LINE, .max = 300, .level = LEVEL_OWN},
};
static const size_t past_receipt_key[] = {PAST_NUMBER, PAST_RECEIPT_MARK};
PAST(KIND_PAST_RECEIPT, "past_receipts", "历史到账", "Receipt of the past", past_receipt, PAST_RECEIPT_FIELD_COUNT, PAST_NUMBER);

static const struct field past_award_fields[PAST_AWARD_FIELD_COUNT] = {
    OF_PAST,
    [PAST_AWARD_PAID_ON] = {"paid_on", "发放日期", "Paid on", FIELD_DATE, .required = true, .level = LEVEL_OWN,
                            .headers = "分配日期|奖励日期|发放时间|分配时间|奖励时间|日期"},
    [PAST_AWARD_NET] = {"net", "净收入", "Net income", FIELD_MONEY, .max = FEN_MOST, .level = LEVEL_OWN,
                        .headers = "转化净收入|净收益|成果转化净收入"},
    [PAST_AWARD_REWARD] = {"reward", "奖励总额", "Reward", FIELD_MONEY, .required = true, .min = 1, .max = FEN_MOST,
                           .level = LEVEL_OWN, .headers = "奖酬总额|奖励金额|奖酬金额|奖励合计|现金奖励|分配总额|发放总额"},
    [PAST_AWARD_PEOPLE] = {"people", "人员与金额", "Who got how much", FIELD_PROSE, .required = true, .max = 8000, .level = LEVEL_OWN,
                           .purpose = "奖酬发放(促进科技成果转化法 §§44–45)",
                           .headers = "人员及金额|人员金额|分配明细|奖励人员及金额|奖励明细|发放明细|人员、金额",
                           .hint = "如：曾某（示例） 60000；贺某（示例） 40000"},
    [PAST_AWARD_NOTICE_SPAN] = {"notice_span", "奖酬公示起止", "Notice from and to", FIELD_LINE, .max = 80, .level = LEVEL_OWN,
                                .headers = "公示起止|公示期|公示时间|奖励公示期|奖酬公示期|奖励公示时间"},
    [PAST_AWARD_NOTICE_FROM] = {"notice_from", "公示首日", "Notice from", FIELD_DATE, .level = LEVEL_OWN,
                                .headers = "公示开始日期|公示起始日期|奖励公示首日"},
    [PAST_AWARD_NOTICE_TO] = {"notice_to", "公示末日", "Notice to", FIELD_DATE, .level = LEVEL_OWN,
                              .headers = "公示结束日期|公示截止日期|奖励公示末日"},
    [PAST_AWARD_CHANNEL] = {"channel", "异议怎么提", "How to object", FIELD_LINE, .max = 300, .level = LEVEL_OWN,
                            .headers = "异议受理|异议渠道|异议受理方式|异议受理部门"},
    [PAST_AWARD_HALF] = {"half", "减半计税", "Half is taxed", FIELD_YES, .level = LEVEL_OWN,
                         .headers = "是否减半计税|减按50%计税|是否享受减半|58号文减半"},
    [PAST_AWARD_APART] = {"apart", "单独发放", "Paid apart from wages", FIELD_YES, .level = LEVEL_OWN,
                          .headers = "是否单独发放|单独发放，没有混入工资奖金"},
    [PAST_AWARD_DECIDED_ON] = {"decided_on", "决定日期", "Decided on", FIELD_DATE, .level = LEVEL_OWN,
                               .headers = "分配决定日期|审批日期"},
    [PAST_AWARD_VOUCHER] = {"voucher", "发放凭证号", "Voucher", FIELD_LINE, .max = 80, .level = LEVEL_OWN,
                            .headers = "凭证号|凭证编号|会计凭证号"},
    [PAST_AWARD_NOTE] = {"note", "备注", "Note", FIELD_PROSE, .max = 2000, .level = LEVEL_OWN, .headers = "说明"},
};
static const size_t past_award_key[] = {PAST_NUMBER, PAST_AWARD_PAID_ON};
PAST(KIND_PAST_AWARD, "past_awards", "历史奖酬", "Reward of the past", past_award, PAST_AWARD_FIELD_COUNT, PAST_NUMBER);
