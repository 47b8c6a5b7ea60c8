/* Finance for a firm: patents as the office has them, consents, packs, loans. */
#include "record/finance.h"

#include "base/utf8.h"

/* The largest sum that any field takes: 1,000 万亿元, far below where a sum of two would overflow. */
#define SUM_MAX 100000000000000000

static const struct field patent_fields[PATENT_FIELD_COUNT] = {
    [PATENT_NUMBER] = {"number", "专利号或申请号", "Patent or application number", FIELD_LINE, .required = true, .max = 40,
                       .level = LEVEL_OWN, .headers = "专利号|申请号|专利号/申请号|申请号/专利号|专利（申请）号"},
    [PATENT_NAME] = {"name", "名称", "Name", FIELD_LINE, .max = 200, .level = LEVEL_OWN, .headers = "专利名称|发明名称|发明创造名称"},
    [PATENT_STATUS] = {"state", "法律状态", "Legal status", FIELD_CHOICE, .required = true, .choices = "patent_status", .level = LEVEL_OWN,
                       .headers = "状态|案件状态|专利状态"},
    [PATENT_FEE_UNTIL] = {"fee_until", "年费缴至", "Fee paid until", FIELD_DATE, .level = LEVEL_OWN, .headers = "年费缴纳至|年费有效期至|缴费至"},
    [PATENT_PLEDGE] = {"pledge", "质押", "Pledge", FIELD_LINE, .max = 60, .level = LEVEL_OWN, .headers = "质押登记号|质押登记|质押情况"},
    [PATENT_LICENCE] = {"licence", "许可备案", "Filed licence", FIELD_LINE, .max = 120, .level = LEVEL_OWN, .headers = "许可备案号|许可合同备案|许可情况"},
    [PATENT_OPEN] = {"open_licence", "开放许可", "Open licence", FIELD_YES, .level = LEVEL_OWN, .headers = "是否开放许可"},
    [PATENT_ENDS] = {"ends", "期限届满日", "Term ends", FIELD_DATE, .level = LEVEL_OWN, .headers = "专利权届满日|届满日|有效期至"},
    [PATENT_CHECKED] = {"checked", "更新日期", "As of", FIELD_DATE, .required = true, .level = LEVEL_OWN, .headers = "数据日期|查询日期|截止日期"},
    [PATENT_FROM_FILE] = {"from_file", "经部门导入", "Brought in by an officer", FIELD_YES, .level = LEVEL_OWN},
    [PATENT_PLEDGE_LOAN] = {"pledge_loan", "质押所担保的贷款", "Loan it is pledged for", FIELD_ID, .choices = "loan", .level = LEVEL_OWN},
};
static const size_t patent_natural[] = {PATENT_NUMBER};
const struct kind kind_patent = {
    .id = KIND_PATENT, .name = "patent", .plural = "patents", .label = "专利状态", .label_en = "Status of a patent", .fields = patent_fields,
    .count = PATENT_FIELD_COUNT, .title = PATENT_NUMBER, .summary = PATENT_NAME, .natural = patent_natural, .natural_count = 1, .owned = true};

static const struct field consent_fields[CONSENT_FIELD_COUNT] = {
    OF_MATTER,
    [CONSENT_BANK] = {"bank", "授权给", "Given to", FIELD_PARTY, .required = true, .level = LEVEL_OWN, .hint = "银行或其他金融机构的全称"},
    [CONSENT_PARTS] = {"parts", "可以查看", "What they may see", FIELD_CHOICES, .required = true, .max = 7, .choices = "consent_part",
                       .level = LEVEL_OWN, .hint = "只勾选这次用得上的"},
    [CONSENT_PURPOSE] = {"purpose", "用途", "Purpose", FIELD_LINE, .required = true, .min = 4, .max = 200, .level = LEVEL_OWN,
                         .hint = "如：申请知识产权质押贷款的尽职调查"},
    [CONSENT_UNTIL] = {"until_day", "有效期至", "Until", FIELD_DATE, .required = true, .level = LEVEL_OWN, .hint = "含当日；到期自动失效，也可以随时撤回"},
    [CONSENT_REVOKED_ON] = {"revoked_on", "撤回日", "Withdrawn on", FIELD_DATE, .level = LEVEL_OWN},
    [CONSENT_WHY] = {"why", "撤回说明", "Why", FIELD_LINE, .max = 200, .level = LEVEL_OWN, .hint = "可以不写"},
};
MATTER_KIND(KIND_CONSENT, "consent", "consents", "资产包授权", "Consent to the asset pack", consent, CONSENT_FIELD_COUNT);

static const struct field pack_fields[PACK_FIELD_COUNT] = {
    OF_ENTRY,
    [PACK_LOAN] = {"loan", "用于哪笔贷款", "For which loan", FIELD_ID, .choices = "loan", .level = LEVEL_OWN},
    [PACK_LEAF] = {"leaf", "截至账本第几条", "As of leaf", FIELD_NUMBER, .required = true, .min = 0, .max = INT64_MAX, .level = LEVEL_OWN},
    [PACK_DIGEST] = {"digest", "内容摘要", "Digest of its content", FIELD_DIGEST, .required = true, .level = LEVEL_OWN},
    [PACK_FACTS] = {"facts", "条目数", "Lines", FIELD_NUMBER, .max = 1000000, .level = LEVEL_OWN},
    [PACK_STALE] = {"stale", "超过 90 天未更新", "Older than 90 days", FIELD_NUMBER, .max = 1000000, .level = LEVEL_OWN},
    [PACK_CONTENT] = {"content", "内容", "Content", FIELD_PROSE, .max = 2000000, .level = LEVEL_OWN},
};
ENTRY_KIND(KIND_PACK, "pack", "packs", "尽调包", "Due diligence pack", pack, PACK_FIELD_COUNT);

static const struct field loan_fields[LOAN_FIELD_COUNT] = {
    OF_MATTER,
    [LOAN_BANK] = {"bank", "银行", "Bank", FIELD_PARTY, .required = true, .level = LEVEL_OWN},
    [LOAN_PRODUCT] = {"product", "产品", "Product", FIELD_ID, .required = true, .choices = "service", .level = LEVEL_OWN},
    [LOAN_SORT] = {"sort", "产品类别", "Sort of product", FIELD_CHOICE, .choices = "finance_product", .level = LEVEL_OWN},
    [LOAN_ASKED] = {"asked", "申请金额", "Amount applied for", FIELD_MONEY, .required = true, .min = 1, .max = SUM_MAX, .level = LEVEL_OWN},
    [LOAN_PURPOSE] = {"purpose", "用途", "Purpose", FIELD_PROSE, .required = true, .min = 4, .max = 2000, .level = LEVEL_OWN},
    [LOAN_MONTHS_ASKED] = {"months_asked", "申请期限(月)", "Months applied for", FIELD_NUMBER, .required = true, .min = 1, .max = 360, .level = LEVEL_OWN},
    [LOAN_PATENTS] = {"patents", "拟质押的专利号", "Patents offered as a pledge", FIELD_WORDS, .max = 8, .level = LEVEL_OWN,
                      .hint = "质押贷款才填，每行一件"},
    [LOAN_CONSENT] = {"consent", "授权", "Consent", FIELD_ID, .choices = "consent", .level = LEVEL_OWN},
    [LOAN_PACK] = {"pack", "尽调包", "Pack", FIELD_ID, .choices = "pack", .level = LEVEL_OWN},
    [LOAN_PACK_ON] = {"pack_on", "首次取包日", "Pack first taken on", FIELD_DATE, .level = LEVEL_OWN},
    [LOAN_APPROVED] = {"approved", "批准金额", "Amount approved", FIELD_MONEY, .max = SUM_MAX, .level = LEVEL_OWN, .hint = "同意的必填"},
    [LOAN_RATE] = {"rate", "年利率", "Rate a year", FIELD_SHARE, .max = 10000, .level = LEVEL_OWN, .hint = "如 3.65%"},
    [LOAN_MONTHS] = {"months", "批准期限(月)", "Months approved", FIELD_NUMBER, .min = 1, .max = 360, .level = LEVEL_OWN},
    [LOAN_GUARANTEE] = {"guarantee", "担保方式", "Guarantee", FIELD_CHOICE, .choices = "guarantee", .level = LEVEL_OWN},
    [LOAN_CONDITIONS] = {"conditions", "放款前提", "Conditions", FIELD_LINE, .max = 500, .level = LEVEL_OWN},
    [LOAN_REASONS] = {"reasons", "不同意的理由", "Reasons", FIELD_CHOICES, .max = 11, .choices = "loan_refusal", .level = LEVEL_OWN,
                      .hint = "不同意的必填，企业看得到"},
    [LOAN_REASON_WHY] = {"reason_why", "理由说明", "In words", FIELD_LINE, .max = 500, .level = LEVEL_OWN, .hint = "选“其他”的必须写"},
    [LOAN_DECIDED_ON] = {"decided_on", "决定日期", "Decided on", FIELD_DATE, .required = true, .level = LEVEL_OWN},
    [LOAN_FILE_NO] = {"file_no", "银行案卷号", "The bank's file number", FIELD_LINE, .required = true, .max = 60, .level = LEVEL_OWN},
    [LOAN_CONTRACT_NO] = {"contract_no", "借款合同号", "Contract number", FIELD_LINE, .required = true, .max = 60, .level = LEVEL_OWN},
    [LOAN_SIGNED_ON] = {"signed_on", "签约日期", "Signed on", FIELD_DATE, .required = true, .level = LEVEL_OWN},
    [LOAN_VALUATION] = {"valuation", "质物价值", "Worth of the pledge", FIELD_MONEY, .max = SUM_MAX, .level = LEVEL_OWN, .hint = "质押贷款必填"},
    [LOAN_VALUED] = {"valued", "怎样估价", "How it was valued", FIELD_CHOICE, .choices = "loan_valued", .level = LEVEL_OWN},
    [LOAN_OWNERS_AGREE] = {"owners_agree", "全体共有人同意质押", "All owners agree to the pledge", FIELD_YES, .level = LEVEL_OWN,
                           .hint = "质押贷款必填；不是共有的填“是”"},
    [LOAN_OPEN_KNOWN] = {"open_known", "已知悉开放许可在先", "Knows of the open licence", FIELD_YES, .level = LEVEL_OWN,
                         .hint = "拟质押的专利正在开放许可的才填"},
    [LOAN_PLEDGE_NO] = {"pledge_no", "质押登记号", "Registered number of the pledge", FIELD_LINE, .max = 60, .level = LEVEL_OWN,
                        .hint = "国家知识产权局登记的号码；质权自登记时设立，本平台只记录号码"},
    [LOAN_PLEDGED_ON] = {"pledged_on", "质押登记日", "Pledge registered on", FIELD_DATE, .level = LEVEL_OWN},
    [LOAN_MATURES] = {"matures", "到期日", "Matures", FIELD_DATE, .level = LEVEL_OWN},
    [LOAN_DRAWN] = {"drawn", "已提款", "Drawn", FIELD_MONEY, .max = SUM_MAX, .level = LEVEL_OWN},
    [LOAN_REPAID] = {"repaid", "已还本金", "Principal repaid", FIELD_MONEY, .max = SUM_MAX, .level = LEVEL_OWN},
    [LOAN_POOL] = {"pool", "风险补偿资金池", "Risk pool", FIELD_ID, .choices = "pool", .level = LEVEL_OWN},
    [LOAN_OVERDUE_ON] = {"overdue_on", "逾期日", "Overdue since", FIELD_DATE, .required = true, .level = LEVEL_OWN},
    [LOAN_CLAIMED] = {"claimed", "申请代偿的本金", "Principal claimed", FIELD_MONEY, .max = SUM_MAX, .level = LEVEL_OWN},
    [LOAN_ENDED] = {"ended", "怎样结束", "How it ended", FIELD_CHOICE, .choices = "loan_end", .level = LEVEL_OWN},
};
MATTER_KIND(KIND_LOAN, "loan", "loans", "贷款", "Loan", loan, LOAN_FIELD_COUNT);

static const struct field drawdown_fields[DRAWDOWN_FIELD_COUNT] = {
    OF_ENTRY,
    [DRAWDOWN_AMOUNT] = {"amount", "提款金额", "Amount drawn", FIELD_MONEY, .required = true, .min = 1, .max = SUM_MAX, .level = LEVEL_OWN},
    [DRAWDOWN_PAID_ON] = {"paid_on", "放款日期", "Paid on", FIELD_DATE, .required = true, .level = LEVEL_OWN},
    [DRAWDOWN_VOUCHER] = {"voucher", "凭证号", "Voucher", FIELD_LINE, .required = true, .max = 60, .level = LEVEL_OWN},
};
ENTRY_KIND(KIND_DRAWDOWN, "drawdown", "drawdowns", "提款", "Drawdown", drawdown, DRAWDOWN_FIELD_COUNT);

static const struct field repayment_fields[REPAYMENT_FIELD_COUNT] = {
    OF_ENTRY,
    [REPAYMENT_AMOUNT] = {"amount", "还本金额", "Principal repaid", FIELD_MONEY, .required = true, .max = SUM_MAX, .level = LEVEL_OWN},
    [REPAYMENT_INTEREST] = {"interest", "付息金额", "Interest paid", FIELD_MONEY, .max = SUM_MAX, .level = LEVEL_OWN},
    [REPAYMENT_PAID_ON] = {"paid_on", "还款日期", "Paid on", FIELD_DATE, .required = true, .level = LEVEL_OWN},
    [REPAYMENT_VOUCHER] = {"voucher", "凭证号", "Voucher", FIELD_LINE, .required = true, .max = 60, .level = LEVEL_OWN},
};
ENTRY_KIND(KIND_REPAYMENT, "repayment", "repayments", "还款", "Repayment", repayment, REPAYMENT_FIELD_COUNT);

static const struct field signal_fields[SIGNAL_FIELD_COUNT] = {
    OF_ENTRY,
    [SIGNAL_SORT] = {"sort", "信号", "Signal", FIELD_CHOICE, .required = true, .choices = "loan_signal", .level = LEVEL_OWN},
    [SIGNAL_ABOUT_KIND] = {"about_kind", "依据的记录", "Kind of record", FIELD_LINE, .max = 32, .level = LEVEL_OWN},
    [SIGNAL_ABOUT] = {"about", "记录编号", "Record", FIELD_ID, .level = LEVEL_OWN},
    [SIGNAL_DAY] = {"day", "自何日起", "Since", FIELD_DATE, .level = LEVEL_OWN},
    [SIGNAL_DONE] = {"done", "处置", "What was done", FIELD_LINE, .required = true, .min = 2, .max = 300, .level = LEVEL_OWN},
};
ENTRY_KIND(KIND_SIGNAL, "signal", "signals", "贷后信号处置", "Signal noted", signal, SIGNAL_FIELD_COUNT);

/* --- numbers of patents --- */

/* Digits and X of what was typed, folded; NULL at anything else but blanks, points and the letters before it. */
static char *number_digits(struct slice typed, struct arena *arena, size_t *count)
{
    struct slice folded = slice_trim(utf8_nfkc(typed, arena));
    char *digits = arena_alloc(arena, folded.len + 1);

    *count = 0;
    if (folded.len > 2 && (memcmp(folded.at, "ZL", 2) == 0 || memcmp(folded.at, "zl", 2) == 0 || memcmp(folded.at, "CN", 2) == 0))
        folded = (struct slice){folded.at + 2, folded.len - 2};
    for (size_t i = 0; i < folded.len; i++) {
        char c = folded.at[i] == 'x' ? 'X' : folded.at[i];

        if ((c >= '0' && c <= '9') || c == 'X')
            digits[(*count)++] = c;
        else if (c != ' ' && c != '.')
            return NULL;
    }
    return digits;
}

static char check_digit(const char *digits, size_t count)
{
    unsigned sum = 0;

    for (size_t i = 0; i < count; i++)
        sum += (unsigned)(digits[i] - '0') * (unsigned)(2 + i % 8);
    return sum % 11 == 10 ? 'X' : (char)('0' + sum % 11);
}

bool patent_number_read(struct slice typed, struct arena *arena, struct slice *number, struct err *err)
{
    size_t count;
    const char *digits = number_digits(typed, arena, &count);

    if (!digits || (count != 9 && count != 13) || memchr(digits, 'X', count - 1)) {
        err_set(err, ERR_INVALID, "“%.*s”不是专利号或申请号", (int)utf8_head(typed, 24).len, typed.at);
        return err_hint(err, "写成 ZL202110123456.7 或 202110123456.7，末位是校验位");
    }
    if (digits[count - 1] != check_digit(digits, count - 1)) {
        err_set(err, ERR_INVALID, "“%.*s”的校验位不对，有一位或几位写错了", (int)utf8_head(typed, 24).len, typed.at);
        return err_hint(err, "请照专利证书或受理通知书核对");
    }
    *number = slice_of(arena_print(arena, "%.*s.%c", (int)(count - 1), digits, digits[count - 1]));
    return true;
}
