/* The risk pool, the loans that it covers, and the claims of banks. */
#include "record/fund.h"

static const struct field pool_fields[POOL_FIELD_COUNT] = {
    OF_MATTER,
    [POOL_NAME] = {"name", "资金池名称", "Pool", FIELD_LINE, .required = true, .min = 4, .max = 80, .level = LEVEL_PUBLIC},
    [POOL_GUARANTOR] = {"guarantor", "担保机构", "Guarantor", FIELD_PARTY, .level = LEVEL_PUBLIC,
                        .hint = "不分担的不填，担保机构分担写 0%"},
    [POOL_LEVERAGE] = {"leverage", "放大倍数（倍）", "Leverage (times)", FIELD_NUMBER, .required = true, .min = 1, .max = 100,
                       .level = LEVEL_PUBLIC, .hint = "在保余额不超过池内资金的多少倍"},
    [POOL_SHARE] = {"pool_share", "资金池分担", "Borne by the pool", FIELD_SHARE, .required = true, .max = 10000, .level = LEVEL_PUBLIC},
    [POOL_BANK_SHARE] = {"bank_share", "银行分担", "Borne by the bank", FIELD_SHARE, .required = true, .max = 10000,
                         .level = LEVEL_PUBLIC},
    [POOL_GUARANTOR_SHARE] = {"guarantor_share", "担保机构分担", "Borne by the guarantor", FIELD_SHARE, .required = true, .max = 10000,
                              .level = LEVEL_PUBLIC, .hint = "三项合计 100%"},
    [POOL_LOAN_LIMIT] = {"loan_limit", "单笔限额", "Limit a loan", FIELD_MONEY, .required = true, .min = 1, .level = LEVEL_PUBLIC},
    [POOL_FIRM_LIMIT] = {"firm_limit", "单户限额", "Limit a firm", FIELD_MONEY, .required = true, .min = 1, .level = LEVEL_PUBLIC},
    [POOL_BREAKER] = {"breaker", "熔断线", "Breaker", FIELD_SHARE, .required = true, .min = 1, .max = 10000, .level = LEVEL_PUBLIC,
                      .hint = "代偿（含预留）达到基数的多少时暂停"},
    [POOL_BREAKER_OF] = {"breaker_of", "熔断基数", "Breaker reckoned on", FIELD_CHOICE, .required = true, .choices = "breaker_of",
                         .level = LEVEL_PUBLIC},
    [POOL_OVERDUE] = {"overdue", "代偿须逾期满（日）", "Days overdue for a claim", FIELD_NUMBER, .required = true, .min = 0, .max = 3650,
                      .level = LEVEL_PUBLIC},
    [POOL_DEMANDS] = {"demands", "代偿须催收（次）", "Demands for a claim", FIELD_NUMBER, .required = true, .min = 0, .max = 50,
                      .level = LEVEL_PUBLIC},
    [POOL_FROM] = {"runs_from", "运行自", "Runs from", FIELD_DATE, .required = true, .level = LEVEL_PUBLIC},
    [POOL_UNTIL] = {"runs_until", "运行至", "Runs until", FIELD_DATE, .required = true, .level = LEVEL_PUBLIC},
    [POOL_RULES] = {"rules", "依据的管理办法", "Its rules", FIELD_LINE, .required = true, .min = 4, .max = 200, .level = LEVEL_PUBLIC,
                    .hint = "文件名称与文号"},
    [POOL_PLACE] = {"place", "哪级的资金", "Whose money", FIELD_CODES, .max = 1, .choices = "division", .level = LEVEL_PUBLIC,
                    .hint = "市级的不填；区县、园区自己出资的写到区县：由所写的这一级或上级核准"},
    [POOL_REVIEWED_ON] = {"reviewed_on", "上次年审", "Last review", FIELD_DATE, .level = LEVEL_PUBLIC},
    [POOL_PAUSED_WHY] = {"paused_why", "暂停或退回的原因", "Why paused or sent back", FIELD_LINE, .required = true, .min = 4, .max = 300,
                         .level = LEVEL_PUBLIC},
};
MATTER_KIND(KIND_POOL, "pool", "pools", "风险补偿资金池", "Risk pool", pool, POOL_FIELD_COUNT);

static const struct field pool_bank_fields[POOL_BANK_FIELD_COUNT] = {
    OF_ENTRY,
    [POOL_BANK_PARTY] = {"bank", "合作银行", "Bank", FIELD_PARTY, .required = true, .level = LEVEL_PUBLIC},
    [POOL_BANK_SINCE] = {"joined_on", "合作自", "Since", FIELD_DATE, .required = true, .level = LEVEL_PUBLIC},
    [POOL_BANK_PAPER] = {"paper", "合作协议", "Agreement", FIELD_LINE, .required = true, .max = 200, .level = LEVEL_SIGNED_IN,
                         .hint = "协议名称与编号"},
    [POOL_BANK_UNTIL] = {"left_on", "退出日", "Left on", FIELD_DATE, .level = LEVEL_PUBLIC},
};
ENTRY_KIND(KIND_POOL_BANK, "pool_bank", "pool_banks", "合作银行", "Bank of the pool", pool_bank, POOL_BANK_FIELD_COUNT);

static const struct field pool_payment_fields[POOL_PAYMENT_FIELD_COUNT] = {
    OF_ENTRY,
    [POOL_PAYMENT_WAY] = {"way", "缴入或退回", "In or out", FIELD_CHOICE, .required = true, .choices = "pool_payment",
                          .level = LEVEL_PUBLIC},
    [POOL_PAYMENT_WHO] = {"who", "出资方", "Contributor", FIELD_PARTY, .required = true, .level = LEVEL_PUBLIC},
    [POOL_PAYMENT_AMOUNT] = {"amount", "金额", "Amount", FIELD_MONEY, .required = true, .min = 1, .level = LEVEL_PUBLIC},
    [POOL_PAYMENT_ON] = {"paid_on", "到账日", "Paid on", FIELD_DATE, .required = true, .level = LEVEL_PUBLIC},
    [POOL_PAYMENT_VOUCHER] = {"voucher", "凭证号", "Voucher", FIELD_LINE, .required = true, .max = 80, .level = LEVEL_OWN},
};
ENTRY_KIND(KIND_POOL_PAYMENT, "pool_payment", "pool_payments", "出资收付", "Contribution", pool_payment, POOL_PAYMENT_FIELD_COUNT);

static const struct field pool_review_fields[POOL_REVIEW_FIELD_COUNT] = {
    OF_ENTRY,
    [POOL_REVIEW_YEAR] = {"year", "年审年度", "Year", FIELD_NUMBER, .required = true, .min = 2000, .max = 2199, .level = LEVEL_PUBLIC},
    [POOL_REVIEW_SAYS] = {"says", "年审意见", "Findings", FIELD_PROSE, .required = true, .min = 10, .max = 4000, .level = LEVEL_PUBLIC},
    [POOL_REVIEW_DECISION] = {"decision", "结论", "Decision", FIELD_CHOICE, .required = true, .choices = "pool_decision",
                              .level = LEVEL_PUBLIC},
    [POOL_REVIEW_PAPER] = {"paper", "决定文件", "Document", FIELD_LINE, .required = true, .max = 200, .level = LEVEL_PUBLIC},
    [POOL_REVIEW_CAPITAL] = {"capital", "池内资金", "Capital", FIELD_MONEY, .level = LEVEL_PUBLIC},
    [POOL_REVIEW_COVERED] = {"covered", "在保余额", "Covered", FIELD_MONEY, .level = LEVEL_PUBLIC},
    [POOL_REVIEW_RESERVED] = {"reserved", "代偿预留", "Reserved", FIELD_MONEY, .level = LEVEL_PUBLIC},
    [POOL_REVIEW_COMPENSATED] = {"compensated", "累计代偿", "Compensated", FIELD_MONEY, .level = LEVEL_PUBLIC},
    [POOL_REVIEW_RECOVERED] = {"recovered", "累计追回", "Recovered", FIELD_MONEY, .level = LEVEL_PUBLIC},
    [POOL_REVIEW_RATE] = {"rate", "代偿率", "Rate of compensation", FIELD_LINE, .max = 40, .level = LEVEL_PUBLIC},
};
ENTRY_KIND(KIND_POOL_REVIEW, "pool_review", "pool_reviews", "年审", "Yearly review", pool_review, POOL_REVIEW_FIELD_COUNT);

static const struct field pool_entry_fields[POOL_ENTRY_FIELD_COUNT] = {
    OF_ENTRY,
    [POOL_ENTRY_SORT] = {"sort", "分录", "Entry", FIELD_CHOICE, .required = true, .choices = "pool_entry", .level = LEVEL_PUBLIC},
    [POOL_ENTRY_AMOUNT] = {"amount", "金额", "Amount", FIELD_MONEY, .required = true, .min = 1, .level = LEVEL_PUBLIC},
    [POOL_ENTRY_CAUSE] = {"cause", "起因类别", "Kind of its cause", FIELD_LINE, .required = true, .max = 32, .level = LEVEL_SIGNED_IN},
    [POOL_ENTRY_CAUSE_ID] = {"cause_id", "起因", "Cause", FIELD_ID, .required = true, .level = LEVEL_SIGNED_IN},
    [POOL_ENTRY_COVER] = {"cover", "入池备案", "Cover", FIELD_ID, .choices = "cover", .level = LEVEL_OWN},
    [POOL_ENTRY_FIRM] = {"firm", "企业", "Firm", FIELD_PARTY, .level = LEVEL_OWN},
    [POOL_ENTRY_BANK] = {"bank", "银行", "Bank", FIELD_PARTY, .level = LEVEL_OWN},
};
ENTRY_KIND(KIND_POOL_ENTRY, "pool_entry", "pool_entries", "资金池分录", "Pool entry", pool_entry, POOL_ENTRY_FIELD_COUNT);

/* --- cover --- */

static const struct field cover_fields[COVER_FIELD_COUNT] = {
    OF_MATTER,
    [COVER_POOL] = {"pool", "资金池", "Pool", FIELD_ID, .required = true, .choices = "pool", .level = LEVEL_OWN},
    [COVER_MANAGER] = {"manager", "管理机构", "Manager", FIELD_PARTY, .required = true, .level = LEVEL_OWN},
    [COVER_LOAN] = {"loan", "贷款", "Loan", FIELD_ID, .choices = "loan", .level = LEVEL_OWN},
    [COVER_FIRM] = {"firm", "借款企业", "Borrower", FIELD_PARTY, .required = true, .level = LEVEL_OWN},
    [COVER_CONTRACT] = {"contract", "借款合同号", "Loan contract", FIELD_LINE, .required = true, .max = 80, .level = LEVEL_OWN},
    [COVER_ASKED] = {"asked", "拟贷本金", "Principal asked for", FIELD_MONEY, .required = true, .min = 1, .level = LEVEL_OWN},
    [COVER_PURPOSE] = {"purpose", "贷款用途", "Purpose", FIELD_LINE, .required = true, .min = 4, .max = 200, .level = LEVEL_OWN},
    [COVER_ENDS_ON] = {"ends_on", "贷款到期日", "Loan ends on", FIELD_DATE, .required = true, .level = LEVEL_OWN},
    [COVER_REFUSED_WHY] = {"refused_why", "不予入池的理由", "Why not", FIELD_LINE, .required = true, .min = 4, .max = 300,
                           .level = LEVEL_OWN},
    [COVER_DRAWN] = {"drawn", "放款金额", "Drawn", FIELD_MONEY, .required = true, .min = 1, .level = LEVEL_OWN},
    [COVER_DRAWN_ON] = {"drawn_on", "放款日", "Drawn on", FIELD_DATE, .required = true, .level = LEVEL_OWN},
    [COVER_VOUCHER] = {"voucher", "放款凭证号", "Voucher", FIELD_LINE, .required = true, .max = 80, .level = LEVEL_OWN},
    [COVER_LEFT] = {"principal_left", "本金余额", "Principal left", FIELD_MONEY, .level = LEVEL_OWN},
};
MATTER_KIND(KIND_COVER, "cover", "covers", "入池备案", "Cover of a loan", cover, COVER_FIELD_COUNT);

static const struct field repaid_fields[REPAID_FIELD_COUNT] = {
    OF_ENTRY,
    [REPAID_AMOUNT] = {"amount", "归还本金", "Principal repaid", FIELD_MONEY, .required = true, .min = 1, .level = LEVEL_OWN},
    [REPAID_ON] = {"repaid_on", "归还日", "On", FIELD_DATE, .required = true, .level = LEVEL_OWN},
    [REPAID_VOUCHER] = {"voucher", "凭证号", "Voucher", FIELD_LINE, .max = 80, .level = LEVEL_OWN},
};
ENTRY_KIND(KIND_REPAID, "repaid", "repaids", "还款", "Repayment", repaid, REPAID_FIELD_COUNT);

/* --- a claim --- */

static const struct field claim_pool_fields[CLAIM_FIELD_COUNT] = {
    OF_MATTER,
    [CLAIM_POOL] = {"pool", "资金池", "Pool", FIELD_ID, .required = true, .choices = "pool", .level = LEVEL_OWN},
    [CLAIM_MANAGER] = {"manager", "管理机构", "Manager", FIELD_PARTY, .required = true, .level = LEVEL_OWN},
    [CLAIM_GUARANTOR] = {"guarantor", "担保机构", "Guarantor", FIELD_PARTY, .level = LEVEL_OWN},
    [CLAIM_FIRM] = {"firm", "借款企业", "Borrower", FIELD_PARTY, .required = true, .level = LEVEL_OWN},
    [CLAIM_COVER] = {"cover", "入池备案", "Cover", FIELD_ID, .required = true, .choices = "cover", .level = LEVEL_OWN},
    [CLAIM_AMOUNT] = {"amount", "申请代偿的本金", "Principal claimed", FIELD_MONEY, .required = true, .min = 1, .level = LEVEL_OWN},
    [CLAIM_OVERDUE_SINCE] = {"overdue_since", "逾期自", "Overdue since", FIELD_DATE, .required = true, .level = LEVEL_OWN},
    [CLAIM_SHOWS] = {"shows", "贷款档案所载", "What the bank's file shows", FIELD_PROSE, .required = true, .min = 10, .max = 4000,
                     .level = LEVEL_OWN, .hint = "贷前调查、用途核查、贷后检查各在何时、由谁、看到什么"},
    [CLAIM_CHECKED] = {"checked", "审核所见", "What was checked", FIELD_PROSE, .required = true, .min = 10, .max = 4000,
                       .level = LEVEL_OWN},
    [CLAIM_POOL_PART] = {"pool_part", "资金池承担", "Borne by the pool", FIELD_MONEY, .level = LEVEL_OWN},
    [CLAIM_BANK_PART] = {"bank_part", "银行承担", "Borne by the bank", FIELD_MONEY, .level = LEVEL_OWN},
    [CLAIM_GUARANTOR_PART] = {"guarantor_part", "担保机构承担", "Borne by the guarantor", FIELD_MONEY, .level = LEVEL_OWN},
    [CLAIM_DECIDED_PAPER] = {"decided_paper", "决定文件", "Decision", FIELD_LINE, .required = true, .max = 200, .level = LEVEL_OWN},
    [CLAIM_PAID_ON] = {"paid_on", "支付日", "Paid on", FIELD_DATE, .required = true, .level = LEVEL_OWN},
    [CLAIM_VOUCHER] = {"voucher", "支付凭证号", "Voucher", FIELD_LINE, .required = true, .max = 80, .level = LEVEL_OWN},
    [CLAIM_REFUSED_WHY] = {"refused_why", "不予代偿或者终结追偿的理由", "Why not, or why it is closed", FIELD_LINE, .required = true, .min = 4, .max = 300,
                           .level = LEVEL_OWN},
    [CLAIM_RECOVERED] = {"recovered", "累计追回", "Recovered", FIELD_MONEY, .level = LEVEL_OWN},
};
MATTER_KIND(KIND_CLAIM_POOL, "claim_pool", "pool-claims", "代偿申请", "Claim", claim_pool, CLAIM_FIELD_COUNT);

static const struct field demand_fields[DEMAND_FIELD_COUNT] = {
    OF_ENTRY,
    [DEMAND_ON] = {"demanded_on", "催收日", "On", FIELD_DATE, .required = true, .level = LEVEL_OWN},
    [DEMAND_HOW] = {"how", "方式", "How", FIELD_CHOICE, .required = true, .choices = "demand_how", .level = LEVEL_OWN},
    [DEMAND_SAID] = {"said", "文号与对方答复", "Reference and answer", FIELD_LINE, .required = true, .max = 300, .level = LEVEL_OWN},
};
ENTRY_KIND(KIND_DEMAND, "demand", "demands", "催收", "Demand for payment", demand, DEMAND_FIELD_COUNT);

static const struct field recovery_fields[RECOVERY_FIELD_COUNT] = {
    OF_ENTRY,
    [RECOVERY_AMOUNT] = {"amount", "追回金额", "Recovered", FIELD_MONEY, .required = true, .min = 1, .level = LEVEL_OWN,
                         .hint = "扣除追偿费用后的净额"},
    [RECOVERY_ON] = {"recovered_on", "到账日", "On", FIELD_DATE, .required = true, .level = LEVEL_OWN},
    [RECOVERY_FROM] = {"source", "来自", "From", FIELD_LINE, .required = true, .max = 120, .level = LEVEL_OWN,
                       .hint = "借款人、担保人、拍卖所得等"},
    [RECOVERY_VOUCHER] = {"voucher", "凭证号", "Voucher", FIELD_LINE, .required = true, .max = 80, .level = LEVEL_OWN},
    [RECOVERY_POOL] = {"pool_part", "返还资金池", "To the pool", FIELD_MONEY, .level = LEVEL_OWN},
    [RECOVERY_BANK] = {"bank_part", "返还银行", "To the bank", FIELD_MONEY, .level = LEVEL_OWN},
    [RECOVERY_GUARANTOR] = {"guarantor_part", "返还担保机构", "To the guarantor", FIELD_MONEY, .level = LEVEL_OWN},
};
ENTRY_KIND(KIND_RECOVERY, "recovery", "recoveries", "追偿", "Recovery", recovery, RECOVERY_FIELD_COUNT);
