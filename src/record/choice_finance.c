/* Choices of finance for firms (record/finance.c). */
#include "record/choice_int.h"

/* By the stages of a firm's life (features.md: 全生命周期资金图). */
static const struct choice finance_product[] = {
    {"proof_of_concept", "概念验证", "Proof of concept"},
    {"invest_then_equity", "先投后股", "Invest first, equity later"},
    {"risk_loan", "风险补偿贷款", "Risk-compensated loan"},
    {"ip_pledge", "知识产权质押", "Pledge of intellectual property"},
    {"equity", "股权投资", "Equity"},
    {"insurance", "科技保险", "Insurance"},
    {"guidance_fund", "引导基金", "Guidance fund"},
};

/* The words of the patent office's own files, in short. */
static const struct choice patent_status[] = {
    {"pending", "审查中", "Pending"},
    {"granted", "有效", "In force"},
    {"fee_lapsed", "未缴年费终止", "Lapsed: fee not paid"},
    {"expired", "期限届满", "Expired"},
    {"invalid", "宣告无效", "Declared invalid"},
    {"withdrawn", "撤回或驳回", "Withdrawn or refused"},
};

static const struct choice consent_part[] = {
    {"titles", "权属", "Titles"},
    {"patents", "专利状态与年费", "Patents and fees"},
    {"burdens", "许可与质押", "Licences and pledges"},
    {"contracts", "已登记的技术合同", "Registered contracts"},
    {"receipts", "收付款", "Receipts and payments"},
    {"facts", "企业事实", "Facts of the firm"},
    {"loans", "在本平台的贷款", "Loans here"},
};

static const struct choice guarantee[] = {
    {"credit", "信用", "None: credit"},
    {"ip_pledge", "知识产权质押", "Pledge of intellectual property"},
    {"guarantor", "保证", "Guarantor"},
    {"mortgage", "抵押", "Mortgage"},
    {"pool", "风险补偿资金池", "Risk pool"},
    {"mixed", "组合担保", "Several"},
};

static const struct choice loan_refusal[] = {
    {"title", "权属不清或有争议", "Title unclear or disputed"},
    {"patent", "专利失效或欠费", "Patent lapsed or fee owed"},
    {"burden", "已有质押或许可负担", "Pledged or licensed already"},
    {"worth", "评估价值不足", "Worth too little"},
    {"income", "还款来源不足", "Income too small"},
    {"credit", "信用记录", "Credit record"},
    {"stage", "不在产品适用阶段", "Not the product's stage"},
    {"limit", "超出额度或比例", "Beyond the limits"},
    {"papers", "材料不全或过期", "Papers missing or stale"},
    {"consent", "授权已撤回或到期", "Consent withdrawn or ended"},
    {"other", "其他", "Other"},
};

static const struct choice loan_valued[] = {
    {"internal", "银行内部评估", "By the bank"},
    {"agreed", "银企协商", "Agreed between them"},
    {"appraised", "评估机构评估", "By an appraiser"},
};

static const struct choice loan_signal[] = {
    {"fee", "年费到期未续", "Fee not paid on"},
    {"status", "专利失效", "Patent no longer in force"},
    {"milestone", "合同款到期未到", "Instalment due and not in"},
    {"income", "许可收入中断", "Licence income stopped"},
    {"revoked", "登记被撤销", "Registration revoked"},
    {"open", "质押专利实行开放许可", "Pledged patent under an open licence"},
    {"stale", "专利状态过期未更新", "Status of patents out of date"},
    {"consent", "授权已撤回或到期", "Consent withdrawn or ended"},
    {"matured", "贷款到期未还清", "Matured and not repaid"},
};

static const struct choice loan_end[] = {
    {"repaid", "还清", "Repaid"},
    {"withdrawn", "企业撤回申请", "Withdrawn by the firm"},
    {"lapsed", "批而未用", "Approved and not used"},
    {"compensated", "已代偿", "Compensated"},
    {"written_off", "核销", "Written off"},
};

const struct choice_list choices_finance[CHOICES_FINANCE] = {
    LIST(finance_product, "finance_product"),
    LIST(patent_status, "patent_status"),
    LIST(consent_part, "consent_part"),
    LIST(guarantee, "guarantee"),
    LIST(loan_refusal, "loan_refusal"),
    LIST(loan_valued, "loan_valued"),
    LIST(loan_signal, "loan_signal"),
    LIST(loan_end, "loan_end"),
};
