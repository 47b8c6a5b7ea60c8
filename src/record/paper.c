/* The papers in a deal's file, a field table each. */
#include "record/paper.h"

#define OF_DEAL                                                                                                              \
    [PAPER_DEAL] = {"deal", "转化项目", "Deal", FIELD_ID, .required = true, .choices = "deal", .level = LEVEL_SIGNED_IN},        \
    [PAPER_NO] = {"no", "序号", "Number", FIELD_NUMBER, .required = true, .min = 1, .max = 1000000, .level = LEVEL_SIGNED_IN},    \
    [PAPER_TERMS] = {"terms", "条件版次", "Terms", FIELD_NUMBER, .max = 1000000, .level = LEVEL_SIGNED_IN}

#define SHA256_HINT N_("文件的 SHA-256，64 位十六进制；在本页选了文件的自动算出")

static const size_t natural[] = {PAPER_DEAL, PAPER_NO};

#define PAPER(kind_id, kind_name, kind_plural, zh, en, table, fields_count)                                                 \
    const struct kind kind_##table = {                                                                                       \
        .id = kind_id, .name = kind_name, .plural = kind_plural, .label = zh, .label_en = en, .fields = table##_fields,        \
        .count = fields_count, .title = PAPER_NO, .summary = PAPER_NO, .natural = natural, .natural_count = 2, .owned = true}

/* 国科发区〔2020〕128 号 (赋权试点); 转化法 §19 */
static const struct field title_fields[TITLE_FIELD_COUNT] = {
    OF_DEAL,
    [TITLE_MODE] = {"mode", "权属安排", "Title", FIELD_CHOICE, .required = true, .choices = "title_mode", .level = LEVEL_OWN},
    [TITLE_HOLDERS] = {"holders", "权利人与份额", "Holders and shares", FIELD_MEMBERS, .required = true, .max = 60,
                       .level = LEVEL_OWN, .purpose = "权属与奖酬的依据(促进科技成果转化法 §19、§44)",
                       .hint = "每行一个：名称 份额，如：示例理工大学 40%；合计须为 100%"},
    [TITLE_YEARS] = {"years", "长期使用权年限", "Years of use", FIELD_NUMBER, .min = 1, .max = 50, .level = LEVEL_OWN,
                     .hint = "赋予长期使用权的，不少于 10 年"},
    [TITLE_AGREED_ON] = {"agreed_on", "约定生效日", "Holds from", FIELD_DATE, .required = true, .level = LEVEL_OWN},
    [TITLE_SINGLE] = {"clear", "权属清晰", "Title is clear", FIELD_YES, .level = LEVEL_OWN},
    [TITLE_PROSPECT] = {"prospect", "应用前景明朗", "Use is in sight", FIELD_YES, .level = LEVEL_OWN},
    [TITLE_TAKER] = {"taker", "承接对象明确", "A taker is known", FIELD_YES, .level = LEVEL_OWN},
    [TITLE_WILLING] = {"willing", "科研人员转化意愿强烈", "The team is willing", FIELD_YES, .level = LEVEL_OWN},
    [TITLE_NEGATIVE] = {"negative", "属于不得赋权的情形", "On the negative list", FIELD_YES, .level = LEVEL_OWN,
                        .hint = "国家安全、国防、公共安全、重大社会公共利益等"},
    [TITLE_PLAN] = {"plan", "已提交转化实施方案", "Plan handed in", FIELD_YES, .level = LEVEL_OWN},
    [TITLE_DEPUTY] = {"deputy", "团队代表", "Team's deputy", FIELD_LINE, .max = 60, .level = LEVEL_OWN,
                      .purpose = "代表团队与单位签约"},
};
PAPER(KIND_TITLE, "title", "titles", "权属约定", "Title", title, TITLE_FIELD_COUNT);

static const struct field valuation_fields[VALUATION_FIELD_COUNT] = {
    OF_DEAL,
    [VALUATION_SCIENCE] = {"science", "科学价值", "Scientific value", FIELD_PROSE, .max = 2000, .level = LEVEL_OWN},
    [VALUATION_TECHNOLOGY] = {"technology", "技术价值", "Technical value", FIELD_PROSE, .required = true, .max = 2000,
                              .level = LEVEL_OWN},
    [VALUATION_ECONOMY] = {"economy", "经济价值", "Economic value", FIELD_PROSE, .required = true, .max = 2000,
                           .level = LEVEL_OWN},
    [VALUATION_SOCIETY] = {"society", "社会价值", "Social value", FIELD_PROSE, .max = 2000, .level = LEVEL_OWN},
    [VALUATION_CULTURE] = {"culture", "文化价值", "Cultural value", FIELD_PROSE, .max = 2000, .level = LEVEL_OWN},
    [VALUATION_TRL] = {"trl", "技术成熟度", "TRL", FIELD_NUMBER, .required = true, .min = 1, .max = 9, .level = LEVEL_OWN,
                       .hint = "GB/T 22900-2022，1 至 9 级"},
    [VALUATION_EVIDENCE] = {"evidence", "各级的证据", "Evidence of each level", FIELD_PROSE, .required = true, .max = 4000,
                            .level = LEVEL_OWN, .hint = "从第 1 级起每级一行，写明报告、样机或用户证明，不能跳级"},
    [VALUATION_BY] = {"assessor", "评价人", "Assessed by", FIELD_LINE, .required = true, .max = 120, .level = LEVEL_OWN,
                      .purpose = "评价责任与回避"},
    [VALUATION_CONFLICT] = {"conflict", "评价人与成果有利害关系", "Assessor has an interest", FIELD_YES, .level = LEVEL_OWN},
    [VALUATION_DONE_ON] = {"done_on", "评价日期", "Day", FIELD_DATE, .required = true, .level = LEVEL_OWN},
};
PAPER(KIND_VALUATION, "valuation", "valuations", "成果评价", "Valuation", valuation, VALUATION_FIELD_COUNT);

/* 转化法 §18; 国发〔2016〕16 号 (一)(十); 国科发政〔2018〕103 号 for rewards. What is announced is public. */
static const struct field notice_fields[NOTICE_FIELD_COUNT] = {
    OF_DEAL,
    [NOTICE_SORT] = {"sort", "公示事项", "About", FIELD_CHOICE, .required = true, .choices = "notice_sort"},
    [NOTICE_PLACE] = {"place", "公示地点", "Place", FIELD_CHOICE, .required = true, .choices = "notice_place",
                      .hint = "本平台的页面不是技术交易市场"},
    [NOTICE_FIRST_DAY] = {"first_day", "公示首日", "First day", FIELD_DATE, .required = true,
                          .hint = "首日不计入期间(民法典 §201)"},
    [NOTICE_NAME] = {"name", "公示的成果名称", "Achievement", FIELD_LINE, .required = true, .min = 4, .max = 200},
    [NOTICE_PRICE] = {"price", "公示的拟交易价格", "Price", FIELD_MONEY, .max = 100000000000000000},
    [NOTICE_SUMMARY] = {"summary", "公示的内容摘要", "Summary", FIELD_PROSE, .required = true, .max = 20000,
                        .hint = "奖酬公示写明人员、金额与技术合同登记信息"},
    [NOTICE_WAY] = {"way", "公示的转化方式", "Way of transfer", FIELD_CHOICE, .choices = "way"},
    [NOTICE_RELATED] = {"related", "已标明利害关系人", "Related party is named", FIELD_YES},
    [NOTICE_CHANNEL] = {"channel", "异议怎么提", "How to object", FIELD_LINE, .required = true, .max = 300,
                        .hint = "受理部门、电话或邮箱"},
    [NOTICE_MARKET] = {"market", "技术交易市场", "Market", FIELD_LINE, .max = 120, .hint = "市场公示填：市场全称"},
    [NOTICE_NUMBER] = {"number", "市场公示编号", "Number there", FIELD_LINE, .max = 80},
    [NOTICE_URL] = {"url", "市场公示网址", "Address there", FIELD_URL},
    [NOTICE_SNAPSHOT] = {"snapshot", "市场页面快照", "Snapshot", FIELD_DIGEST, .hint = SHA256_HINT},
    [NOTICE_ENDED_ON] = {"ended_on", "撤回日期", "Withdrawn on", FIELD_DATE},
    [NOTICE_ENDED_WHY] = {"ended_why", "撤回原因", "Why", FIELD_LINE, .max = 300},
};
PAPER(KIND_NOTICE, "notice", "notices", "公示", "Notice", notice, NOTICE_FIELD_COUNT);

static const struct field objection_fields[OBJECTION_FIELD_COUNT] = {
    OF_DEAL,
    [OBJECTION_NOTICE] = {"notice", "公示序号", "Notice", FIELD_NUMBER, .required = true, .min = 1, .max = 1000000,
                          .level = LEVEL_OWN},
    [OBJECTION_CAME_ON] = {"came_on", "收到日期", "Came on", FIELD_DATE, .required = true, .level = LEVEL_OWN},
    [OBJECTION_BY] = {"objector", "异议人", "By", FIELD_LINE, .required = true, .max = 120, .level = LEVEL_OWN,
                      .purpose = "核实与答复异议"},
    [OBJECTION_TEXT] = {"text", "异议内容", "Objection", FIELD_PROSE, .required = true, .max = 3000, .level = LEVEL_OWN},
    [OBJECTION_RULED_ON] = {"ruled_on", "处理日期", "Ruled on", FIELD_DATE, .level = LEVEL_OWN},
    [OBJECTION_RULING] = {"ruling", "处理意见", "Ruling", FIELD_PROSE, .max = 3000, .level = LEVEL_OWN},
    [OBJECTION_UPHELD] = {"upheld", "异议成立", "Upheld", FIELD_YES, .level = LEVEL_OWN,
                          .hint = "成立的须撤回公示、改正后重新公示"},
};
PAPER(KIND_OBJECTION, "objection", "objections", "异议", "Objection", objection, OBJECTION_FIELD_COUNT);

static const struct field approval_fields[APPROVAL_FIELD_COUNT] = {
    OF_DEAL,
    [APPROVAL_BODY] = {"body", "审批机构", "Body", FIELD_LINE, .required = true, .max = 60, .level = LEVEL_OWN},
    [APPROVAL_DECISION] = {"decision", "决定", "Decision", FIELD_CHOICE, .required = true, .choices = "decision",
                           .level = LEVEL_OWN},
    [APPROVAL_DECIDED_ON] = {"decided_on", "决定日期", "Day", FIELD_DATE, .required = true, .level = LEVEL_OWN},
    [APPROVAL_PRICE] = {"price", "批准的价格", "Price agreed to", FIELD_MONEY, .max = 100000000000000000, .level = LEVEL_OWN},
    [APPROVAL_MINUTES] = {"minutes", "会议纪要文号", "Minutes", FIELD_LINE, .required = true, .max = 120, .level = LEVEL_OWN,
                          .hint = "纪要或批件的文号与名称"},
    [APPROVAL_DIGEST] = {"digest", "纪要的 SHA-256", "SHA-256 of the minutes", FIELD_DIGEST,
                         .level = LEVEL_OWN, .hint = SHA256_HINT},
    [APPROVAL_CONFLICTS] = {"conflicts", "回避与利益冲突声明", "Conflicts of interest", FIELD_LINE, .required = true,
                            .max = 300, .level = LEVEL_OWN, .hint = "谁回避了；没有的写“无”"},
};
PAPER(KIND_APPROVAL, "approval", "approvals", "审批", "Approval", approval, APPROVAL_FIELD_COUNT);

/* 民法典 §§843–887; 技术合同司法解释 §§10, 14 */
static const struct field contract_fields[CONTRACT_FIELD_COUNT] = {
    OF_DEAL,
    [CONTRACT_SORT] = {"sort", "合同类别", "Sort", FIELD_CHOICE, .required = true, .choices = "contract_sort",
                       .level = LEVEL_OWN},
    [CONTRACT_NUMBER] = {"number", "合同编号", "Number", FIELD_LINE, .required = true, .max = 80, .level = LEVEL_OWN},
    [CONTRACT_NAME] = {"name", "合同名称", "Name", FIELD_LINE, .required = true, .max = 200, .level = LEVEL_OWN},
    [CONTRACT_SIGNED_ON] = {"signed_on", "签订日期", "Signed on", FIELD_DATE, .required = true, .level = LEVEL_OWN},
    [CONTRACT_UNTIL] = {"until", "有效期至", "Until", FIELD_DATE, .level = LEVEL_OWN},
    [CONTRACT_AMOUNT] = {"amount", "成交额", "Amount", FIELD_MONEY, .required = true, .max = 100000000000000000,
                         .level = LEVEL_OWN},
    [CONTRACT_GOODS] = {"goods", "其中非技术性款项", "Of it not for technology", FIELD_MONEY, .required = true,
                        .max = 100000000000000000, .level = LEVEL_OWN,
                        .hint = "购置设备、仪器、零部件、原材料等；没有的写 0"},
    [CONTRACT_TECHNICAL] = {"technical", "技术交易额", "Technical amount", FIELD_MONEY, .required = true,
                            .max = 100000000000000000, .level = LEVEL_OWN, .hint = "成交额减去非技术性款项"},
    [CONTRACT_INCOME] = {"income", "技术性收入", "Technical income", FIELD_MONEY, .required = true,
                         .max = 100000000000000000, .level = LEVEL_OWN, .hint = "价款、使用费、报酬，不高于技术交易额"},
    [CONTRACT_PAYMENT] = {"payment", "支付方式", "Payment", FIELD_CHOICE, .required = true, .choices = "payment",
                          .level = LEVEL_OWN, .hint = "民法典 §846"},
    [CONTRACT_LICENCE] = {"licence", "许可方式", "Sort of licence", FIELD_CHOICE, .choices = "licence", .level = LEVEL_OWN,
                          .hint = "许可合同填"},
    [CONTRACT_OPEN] = {"open_licensed", "该专利正实行开放许可", "Under an open licence", FIELD_YES, .level = LEVEL_OWN,
                       .hint = "开放许可期间只能普通许可（专利法 §51）"},
    [CONTRACT_ALLIANCE] = {"alliance", "属产学研合作或联盟协议", "A joint research agreement", FIELD_YES, .level = LEVEL_OWN},
    [CONTRACT_ALLIANCE_TERMS] = {"alliance_terms", "协议已约定", "It settles", FIELD_CHOICES, .max = 7,
                                 .choices = "alliance_term", .level = LEVEL_OWN, .hint = "促进科技成果转化法 §26 的七项"},
    [CONTRACT_RESULTS] = {"results", "后续成果归属", "Later results", FIELD_LINE, .max = 300, .level = LEVEL_OWN,
                          .hint = "成果和后续改进归谁、怎样分享"},
    [CONTRACT_RISK] = {"risk", "技术风险承担", "Technical risk", FIELD_LINE, .max = 300, .level = LEVEL_OWN,
                       .hint = "民法典 §858；没有约定的由当事人合理分担"},
    [CONTRACT_LIABILITY] = {"liability", "违约责任", "Liability", FIELD_LINE, .max = 300, .level = LEVEL_OWN},
    [CONTRACT_CLAUSES] = {"clauses", "其他约定", "Other terms", FIELD_PROSE, .max = 5000, .level = LEVEL_OWN},
    [CONTRACT_FORBIDS] = {"forbids", "合同含有的限制条款", "Restraints in it", FIELD_CHOICES, .max = 6, .choices = "restraint",
                          .level = LEVEL_OWN, .hint = "司法解释 §10 的六种情形，有哪种勾哪种；都没有的不勾"},
    [CONTRACT_DIGEST] = {"digest", "合同文本的 SHA-256", "SHA-256 of the text", FIELD_DIGEST,
                         .level = LEVEL_OWN, .hint = SHA256_HINT},
    [CONTRACT_TREE] = {"tree", "类别怎样得出", "How the sort was found", FIELD_PROSE, .max = 2000, .level = LEVEL_OWN,
                       .hint = "类别问答的回答，如 rights.existing.license"},
    [CONTRACT_SORT_WHY] = {"sort_why", "另选类别的理由", "Why another sort", FIELD_LINE, .max = 300, .level = LEVEL_OWN,
                           .hint = "与问答得出的类别不同时写；合同的类别按约定的权利义务认定，不按名称"},
};
PAPER(KIND_CONTRACT, "contract", "contracts", "技术合同", "Contract", contract, CONTRACT_FIELD_COUNT);

/* The registration itself is made in the national system; here it is prepared, and its number and result come back. */
static const struct field registration_fields[REGISTRATION_FIELD_COUNT] = {
    OF_DEAL,
    [REGISTRATION_POINT] = {"point", "登记机构", "Registered at", FIELD_LINE, .required = true, .max = 120, .level = LEVEL_OWN},
    [REGISTRATION_LOCAL] = {"local", "登记机构在本单位所在地", "Local to the unit", FIELD_YES, .level = LEVEL_OWN,
                            .hint = "由卖方在所在地登记"},
    [REGISTRATION_CHINESE] = {"chinese", "提交中文书面合同和附件", "In writing and in Chinese", FIELD_YES, .level = LEVEL_OWN},
    [REGISTRATION_SENT_ON] = {"sent_on", "提交日期", "Sent on", FIELD_DATE, .required = true, .level = LEVEL_OWN},
    [REGISTRATION_LACKS] = {"lacks", "补正要求", "To be mended", FIELD_PROSE, .max = 2000, .level = LEVEL_OWN,
                            .hint = "登记机构要求补正的，逐条写；补正后时限重新计算"},
    [REGISTRATION_DECIDED_ON] = {"decided_on", "结果日期", "Decided on", FIELD_DATE, .level = LEVEL_OWN},
    [REGISTRATION_RESULT] = {"result", "结果", "Result", FIELD_CHOICE, .choices = "registration", .level = LEVEL_OWN},
    [REGISTRATION_NUMBER] = {"number", "登记编号", "Registered number", FIELD_LINE, .max = 40, .level = LEVEL_OWN,
                             .hint = "国家系统给出的编号"},
    [REGISTRATION_AMOUNT] = {"amount", "认定的成交额", "Amount found", FIELD_MONEY, .max = 100000000000000000,
                             .level = LEVEL_OWN},
    [REGISTRATION_TECHNICAL] = {"technical", "认定的技术交易额", "Technical amount found", FIELD_MONEY,
                                .max = 100000000000000000, .level = LEVEL_OWN},
    [REGISTRATION_CHANGED_ON] = {"changed_on", "变更登记日期", "Change registered on", FIELD_DATE, .level = LEVEL_OWN},
    [REGISTRATION_REVOKED_ON] = {"revoked_on", "撤销日期", "Revoked on", FIELD_DATE, .level = LEVEL_OWN},
    [REGISTRATION_REVOKED_WHY] = {"revoked_why", "撤销原因", "Why revoked", FIELD_LINE, .max = 300, .level = LEVEL_OWN},
    [REGISTRATION_ASKED_ON] = {"asked_on", "要求补正的日期", "Asked for on", FIELD_DATE, .level = LEVEL_OWN},
    [REGISTRATION_MENDED_ON] = {"mended_on", "补正材料提交日期", "Mended on", FIELD_DATE, .level = LEVEL_OWN},
    [REGISTRATION_DISPUTED] = {"disputed", "登记存在争议，全面审核", "In dispute, full check", FIELD_YES, .level = LEVEL_OWN},
};
PAPER(KIND_REGISTRATION, "registration", "registrations", "认定登记", "Registration", registration,
      REGISTRATION_FIELD_COUNT);

static const struct field instalment_fields[INSTALMENT_FIELD_COUNT] = {
    OF_DEAL,
    [INSTALMENT_SORT] = {"sort", "款项", "Sort", FIELD_CHOICE, .required = true, .choices = "instalment", .level = LEVEL_OWN},
    [INSTALMENT_DUE_ON] = {"due_on", "应付日期", "Due on", FIELD_DATE, .required = true, .level = LEVEL_OWN},
    [INSTALMENT_AMOUNT] = {"amount", "金额", "Amount", FIELD_MONEY, .max = 100000000000000000, .level = LEVEL_OWN,
                           .hint = "提成按销售额计的可不填"},
    [INSTALMENT_RATE] = {"rate", "提成比例", "Rate", FIELD_SHARE, .level = LEVEL_OWN},
    [INSTALMENT_TERMS] = {"conditions", "条件", "Terms", FIELD_LINE, .max = 300, .level = LEVEL_OWN},
};
PAPER(KIND_INSTALMENT, "instalment", "instalments", "付款计划", "Instalment", instalment, INSTALMENT_FIELD_COUNT);

static const struct field receipt_fields[RECEIPT_FIELD_COUNT] = {
    OF_DEAL,
    [RECEIPT_CAME_ON] = {"came_on", "到账日期", "Came on", FIELD_DATE, .required = true, .level = LEVEL_OWN},
    [RECEIPT_AMOUNT] = {"amount", "到账金额", "Amount", FIELD_MONEY, .required = true, .min = 1, .max = 100000000000000000,
                        .level = LEVEL_OWN},
    [RECEIPT_PAYER] = {"payer", "付款方", "Payer", FIELD_LINE, .max = 120, .level = LEVEL_OWN},
    [RECEIPT_VOUCHER] = {"voucher", "凭证号", "Voucher", FIELD_LINE, .required = true, .max = 80, .level = LEVEL_OWN},
};
PAPER(KIND_RECEIPT, "receipt", "receipts", "到账", "Receipt", receipt, RECEIPT_FIELD_COUNT);

static const struct field cost_fields[COST_FIELD_COUNT] = {
    OF_DEAL,
    [COST_SORT] = {"sort", "扣除项", "Sort", FIELD_CHOICE, .required = true, .choices = "deduction", .level = LEVEL_OWN},
    [COST_AMOUNT] = {"amount", "金额", "Amount", FIELD_MONEY, .required = true, .max = 100000000000000000, .level = LEVEL_OWN},
    [COST_VOUCHER] = {"voucher", "凭证号", "Voucher", FIELD_LINE, .required = true, .max = 80, .level = LEVEL_OWN},
    [COST_PUBLIC] = {"public_research", "属财政研发资金", "Public research money", FIELD_YES, .level = LEVEL_OWN},
    [COST_NOTE] = {"note", "说明", "Note", FIELD_LINE, .max = 300, .level = LEVEL_OWN},
};
PAPER(KIND_COST, "cost", "costs", "扣除", "Deduction", cost, COST_FIELD_COUNT);

static const struct field profit_fields[PROFIT_FIELD_COUNT] = {
    OF_DEAL,
    [PROFIT_YEAR] = {"year", "年度", "Year", FIELD_NUMBER, .required = true, .min = 2000, .max = 2199, .level = LEVEL_OWN},
    [PROFIT_AMOUNT] = {"amount", "当年营业利润", "Operating profit", FIELD_MONEY, .required = true, .max = 100000000000000000,
                       .level = LEVEL_OWN, .hint = "实施这项成果的营业利润；亏损的写 0"},
    [PROFIT_SOURCE] = {"source", "依据", "Source", FIELD_LINE, .required = true, .max = 120, .level = LEVEL_OWN,
                       .hint = "如：年度审计报告、分产品核算表"},
    [PROFIT_VOUCHER] = {"voucher", "凭证号", "Voucher", FIELD_LINE, .required = true, .max = 80, .level = LEVEL_OWN},
    [PROFIT_NOTE] = {"note", "说明", "Note", FIELD_LINE, .max = 300, .level = LEVEL_OWN},
};
PAPER(KIND_PROFIT, "profit", "profits", "年度利润", "Yearly profit", profit, PROFIT_FIELD_COUNT);

static const struct field award_fields[AWARD_FIELD_COUNT] = {
    OF_DEAL,
    [AWARD_INCOME] = {"income", "本次分配的到账或利润", "Income or profit", FIELD_MONEY, .max = 100000000000000000, .level = LEVEL_OWN},
    [AWARD_NET] = {"net", "净收入", "Net income", FIELD_MONEY, .max = 100000000000000000, .level = LEVEL_OWN},
    [AWARD_RATE] = {"rate", "奖酬比例", "Rate of the reward", FIELD_SHARE, .level = LEVEL_OWN,
                    .hint = "占净收入的比例；不填按法定下限"},
    [AWARD_REWARD] = {"reward", "奖酬总额", "Reward", FIELD_MONEY, .max = 100000000000000000, .level = LEVEL_OWN},
    [AWARD_TEAM] = {"team", "团队与份额", "Team and shares", FIELD_MEMBERS, .required = true, .max = 200, .level = LEVEL_OWN,
                    .purpose = "奖酬发放(促进科技成果转化法 §§44–45)",
                    .hint = "每行一人：姓名 份额 标记，如：曾某（示例） 60% 主要贡献；合计须为 100%"},
    [AWARD_SHARES] = {"shares", "每人所得", "Each person's part", FIELD_PROSE, .max = 20000, .level = LEVEL_OWN,
                      .purpose = "奖酬发放(促进科技成果转化法 §§44–45)"},
    [AWARD_HALF] = {"half", "按财税〔2018〕58号减按 50% 计税", "Half is taxed", FIELD_YES, .level = LEVEL_OWN,
                    .hint = "要有登记的技术合同、15 个工作日公示，36 个月内发放"},
    [AWARD_DECIDED_ON] = {"decided_on", "决定日期", "Decided on", FIELD_DATE, .required = true, .level = LEVEL_OWN},
    [AWARD_PAID_ON] = {"paid_on", "发放日期", "Paid on", FIELD_DATE, .level = LEVEL_OWN},
    [AWARD_APART] = {"apart", "单独发放，没有混入工资奖金", "Paid apart from wages", FIELD_YES, .level = LEVEL_OWN},
    [AWARD_VOUCHER] = {"voucher", "发放凭证号", "Voucher", FIELD_LINE, .max = 80, .level = LEVEL_OWN},
};
PAPER(KIND_AWARD, "award", "awards", "奖酬分配", "Reward", award, AWARD_FIELD_COUNT);

static const struct field filing_fields[FILING_FIELD_COUNT] = {
    OF_DEAL,
    [FILING_SORT] = {"sort", "备案事项", "Sort", FIELD_CHOICE, .required = true, .choices = "filing", .level = LEVEL_OWN},
    [FILING_FILED_ON] = {"filed_on", "备案日期", "Filed on", FIELD_DATE, .required = true, .level = LEVEL_OWN},
    [FILING_NUMBER] = {"number", "受理编号", "Number", FIELD_LINE, .max = 80, .level = LEVEL_OWN},
    [FILING_NOTE] = {"note", "说明", "Note", FIELD_LINE, .max = 300, .level = LEVEL_OWN},
};
PAPER(KIND_FILING, "filing", "filings", "税务备案", "Tax filing", filing, FILING_FIELD_COUNT);

/* A fact that a rule asks for and no other paper holds. */
static const struct field statement_fields[STATEMENT_FIELD_COUNT] = {
    OF_DEAL,
    [STATEMENT_FACT] = {"fact", "事实", "Fact", FIELD_LINE, .required = true, .max = 60, .level = LEVEL_OWN},
    [STATEMENT_VALUE] = {"value", "内容", "Value", FIELD_LINE, .required = true, .max = 120, .level = LEVEL_OWN},
    [STATEMENT_SOURCE] = {"source", "来源", "Source", FIELD_CHOICE, .required = true, .choices = "fact_source",
                          .level = LEVEL_OWN},
    [STATEMENT_UNTIL] = {"until", "有效期至", "Until", FIELD_DATE, .level = LEVEL_OWN},
};
PAPER(KIND_STATEMENT, "statement", "statements", "申报事实", "Statement", statement, STATEMENT_FIELD_COUNT);

static const struct field ruling_fields[RULING_FIELD_COUNT] = {
    OF_DEAL,
    [RULING_STEP] = {"step", "步骤", "Step", FIELD_LINE, .required = true, .max = 40, .level = LEVEL_OWN},
    [RULING_ON] = {"ruled_on", "日期", "Day", FIELD_DATE, .required = true, .level = LEVEL_OWN},
    [RULING_RULES] = {"rules", "规则与结论", "Rules and verdicts", FIELD_PROSE, .max = 20000, .level = LEVEL_OWN},
};
PAPER(KIND_RULING, "ruling", "rulings", "规则裁定", "Ruling", ruling, RULING_FIELD_COUNT);

static const struct field attachment_fields[ATTACHMENT_FIELD_COUNT] = {
    OF_DEAL,
    [ATTACHMENT_PAPER] = {"paper", "所属文书", "Belongs to", FIELD_LINE, .required = true, .max = 40, .level = LEVEL_OWN},
    [ATTACHMENT_PAPER_NO] = {"paper_no", "所属文书序号", "Its number", FIELD_NUMBER, .min = 1, .max = 1000000, .level = LEVEL_OWN},
    [ATTACHMENT_SORT] = {"sort", "附件类别", "Sort", FIELD_CHOICE, .required = true, .choices = "attachment_sort", .level = LEVEL_OWN},
    [ATTACHMENT_NAME] = {"name", "文件名", "File", FIELD_LINE, .required = true, .max = 120, .level = LEVEL_OWN},
    [ATTACHMENT_SIZE] = {"size", "字节数", "Bytes", FIELD_NUMBER, .required = true, .min = 1, .max = 1 << 30, .level = LEVEL_OWN},
    [ATTACHMENT_MEDIA] = {"media", "文件格式", "Format", FIELD_CHOICE, .required = true, .choices = "media", .level = LEVEL_OWN},
    [ATTACHMENT_DIGEST] = {"digest", "文件的 SHA-256", "SHA-256", FIELD_DIGEST, .required = true, .level = LEVEL_OWN},
    [ATTACHMENT_WITHDRAWN_ON] = {"withdrawn_on", "撤回日期", "Withdrawn on", FIELD_DATE, .level = LEVEL_OWN},
    [ATTACHMENT_WITHDRAWN_WHY] = {"withdrawn_why", "撤回原因", "Why", FIELD_LINE, .min = 2, .max = 300, .level = LEVEL_OWN},
};
PAPER(KIND_ATTACHMENT, "attachment", "attachments", "附件", "Attachment", attachment, ATTACHMENT_FIELD_COUNT);
