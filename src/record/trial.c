/* Trials in a scenario, their indicators and readings; licences that are tried first and paid later. */
#include "record/trial.h"

#define MONEY_MOST 100000000000000

static const struct field trial_fields[TRIAL_FIELD_COUNT] = {
    OF_MATTER,
    [TRIAL_SCENARIO] = {"scenario", "场景", "Scenario", FIELD_ID, .required = true, .choices = "scenario", .level = LEVEL_OWN},
    [TRIAL_FROM] = {"from_party", "申请方", "Applicant", FIELD_PARTY, .required = true, .level = LEVEL_OWN},
    [TRIAL_ACHIEVEMENT] = {"achievement", "所试的成果", "Achievement", FIELD_ID, .choices = "achievement", .level = LEVEL_OWN,
                           .hint = "结果可以回写它的成熟度"},
    [TRIAL_RIGHTS] = {"rights_party", "成果权利方", "Whose achievement", FIELD_PARTY, .level = LEVEL_OWN},
    [TRIAL_PRODUCT] = {"product", "产品或服务", "Product", FIELD_LINE, .required = true, .min = 2, .max = 160, .level = LEVEL_OWN},
    [TRIAL_TRL] = {"trl", "现在 TRL", "TRL now", FIELD_NUMBER, .required = true, .min = 1, .max = 9, .level = LEVEL_OWN},
    [TRIAL_WANTS] = {"wants", "试什么、需要什么", "What is tried and needed", FIELD_PROSE, .required = true, .min = 10, .max = 3000, .level = LEVEL_OWN,
                     .hint = "数量、工况、接口、配合人员；不写未申请专利的技术要点"},
    [TRIAL_NAME] = {"name", "联系人", "Contact", FIELD_LINE, .required = true, .min = 2, .max = 40, .level = LEVEL_OWN, .purpose = "让场景方找得到您"},
    [TRIAL_PHONE] = {"phone", "联系电话", "Phone", FIELD_PHONE, .required = true, .level = LEVEL_OWN, .purpose = "让场景方找得到您"},
    [TRIAL_ANSWERER] = {"answerer", "场景方联系人", "Who answers", FIELD_LINE, .required = true, .min = 2, .max = 40, .level = LEVEL_OWN,
                        .purpose = "让申请方找得到负责人"},
    [TRIAL_ANSWER_PHONE] = {"answer_phone", "场景方电话", "Their phone", FIELD_PHONE, .required = true, .level = LEVEL_OWN,
                            .purpose = "让申请方找得到负责人"},
    [TRIAL_REFUSAL] = {"refusal", "不接受的理由", "Why not", FIELD_CHOICE, .required = true, .choices = "trial_refusal", .level = LEVEL_OWN},
    [TRIAL_REFUSAL_WHY] = {"refusal_why", "理由说明", "In words", FIELD_LINE, .required = true, .min = 2, .max = 300, .level = LEVEL_OWN},
    [TRIAL_BEGINS] = {"begins", "试用起日", "From", FIELD_DATE, .required = true, .level = LEVEL_OWN},
    [TRIAL_ENDS] = {"ends", "试用止日", "Until", FIELD_DATE, .required = true, .level = LEVEL_OWN},
    [TRIAL_SITE] = {"site", "场地、条件与费用", "Site, conditions and costs", FIELD_PROSE, .required = true, .min = 4, .max = 3000, .level = LEVEL_OWN},
    [TRIAL_OBJECTION] = {"objection", "对结果的异议", "Objection", FIELD_LINE, .required = true, .min = 4, .max = 300, .level = LEVEL_OWN},
    [TRIAL_OUTCOME] = {"outcome", "结果", "Outcome", FIELD_CHOICE, .choices = "trial_outcome", .level = LEVEL_OWN},
    [TRIAL_AIMS] = {"aims", "指标数", "Indicators", FIELD_NUMBER, .max = 400, .level = LEVEL_OWN},
    [TRIAL_MET] = {"met", "达到的指标数", "Indicators met", FIELD_NUMBER, .max = 400, .level = LEVEL_OWN},
    [TRIAL_PUBLIC] = {"public_buyer", "属于政府采购", "Government procurement", FIELD_YES, .required = true, .level = LEVEL_OWN},
    [TRIAL_FIRST] = {"first_market", "首次投放市场", "First put on the market", FIELD_YES, .required = true, .level = LEVEL_OWN},
    [TRIAL_RECORD_ASKED] = {"record_asked", "采购文件以业绩为资格条件", "Records asked as a qualification", FIELD_YES, .required = true, .level = LEVEL_OWN,
                            .hint = "拿不准的，先用“采购文件检查”看一遍"},
    [TRIAL_SCORED] = {"record_scored", "采购文件以业绩评分", "Records scored", FIELD_YES, .required = true, .level = LEVEL_OWN},
    [TRIAL_CONTRACT] = {"contract", "首购合同编号", "Contract of the first purchase", FIELD_LINE, .required = true, .min = 2, .max = 80, .level = LEVEL_OWN},
    [TRIAL_AMOUNT] = {"amount", "首购金额", "Amount", FIELD_MONEY, .required = true, .min = 1, .max = MONEY_MOST, .level = LEVEL_OWN},
    [TRIAL_UNITS] = {"units", "台（套）数", "Units", FIELD_NUMBER, .required = true, .min = 1, .max = 1000000, .level = LEVEL_OWN},
    [TRIAL_BOUGHT_ON] = {"bought_on", "首购日", "Bought on", FIELD_DATE, .required = true, .level = LEVEL_OWN},
    [TRIAL_END_WHY] = {"end_why", "原因", "Why", FIELD_LINE, .required = true, .min = 2, .max = 300, .level = LEVEL_OWN},
};
MATTER_KIND(KIND_TRIAL, "trial", "trials", "场景试用", "Trial", trial, TRIAL_FIELD_COUNT);

static const struct field trial_aim_fields[AIM_FIELD_COUNT] = {
    OF_ENTRY,
    [AIM_NAME] = {"name", "指标", "Indicator", FIELD_LINE, .required = true, .min = 2, .max = 80, .level = LEVEL_OWN},
    [AIM_SENSE] = {"sense", "要求", "Wanted", FIELD_CHOICE, .required = true, .choices = "aim_sense", .level = LEVEL_OWN},
    [AIM_TARGET] = {"target", "目标值", "Target", FIELD_LINE, .required = true, .max = 20, .level = LEVEL_OWN, .hint = "只写数，如 8000 或 0.35"},
    [AIM_UNIT] = {"unit", "单位", "Unit", FIELD_LINE, .required = true, .max = 20, .level = LEVEL_OWN},
    [AIM_HOW] = {"how", "怎样测", "How it is measured", FIELD_LINE, .max = 200, .level = LEVEL_OWN},
};
ENTRY_KIND(KIND_TRIAL_AIM, "trial_aim", "trial_aims", "试用指标", "Indicator", trial_aim, AIM_FIELD_COUNT);

static const struct field trial_reading_fields[READING_FIELD_COUNT] = {
    OF_ENTRY,
    [READING_AIM] = {"aim", "指标序号", "Indicator number", FIELD_NUMBER, .required = true, .min = 1, .max = 400, .level = LEVEL_OWN},
    [READING_DAY] = {"day", "测得日", "Measured on", FIELD_DATE, .required = true, .level = LEVEL_OWN},
    [READING_VALUE] = {"value", "读数", "Reading", FIELD_LINE, .required = true, .max = 20, .level = LEVEL_OWN, .hint = "只写数；没有达到的也要记"},
    [READING_FILE] = {"file", "原始文件名", "File", FIELD_LINE, .max = 120, .level = LEVEL_OWN},
    [READING_DIGEST] = {"digest", "原始文件 SHA-256", "SHA-256 of the file", FIELD_DIGEST, .level = LEVEL_OWN},
    [READING_NOTE] = {"note", "说明", "Note", FIELD_LINE, .max = 300, .level = LEVEL_OWN},
};
ENTRY_KIND(KIND_TRIAL_READING, "trial_reading", "trial_readings", "试用读数", "Reading", trial_reading, READING_FIELD_COUNT);

static const struct field try_licence_fields[TRY_FIELD_COUNT] = {
    OF_MATTER,
    [TRY_ACHIEVEMENT] = {"achievement", "成果", "Achievement", FIELD_ID, .required = true, .choices = "achievement", .level = LEVEL_OWN},
    [TRY_FROM] = {"from_party", "被许可方", "Licensee", FIELD_PARTY, .required = true, .level = LEVEL_OWN},
    [TRY_USE] = {"used_for", "用在哪里", "Use", FIELD_PROSE, .required = true, .min = 10, .max = 3000, .level = LEVEL_OWN},
    [TRY_NAME] = {"name", "联系人", "Contact", FIELD_LINE, .required = true, .min = 2, .max = 40, .level = LEVEL_OWN, .purpose = "让许可方找得到您"},
    [TRY_PHONE] = {"phone", "联系电话", "Phone", FIELD_PHONE, .required = true, .level = LEVEL_OWN, .purpose = "让许可方找得到您"},
    [TRY_FREE_FROM] = {"free_from", "免费使用自", "Free from", FIELD_DATE, .required = true, .level = LEVEL_OWN},
    [TRY_FREE_UNTIL] = {"free_until", "免费使用至", "Free until", FIELD_DATE, .required = true, .level = LEVEL_OWN},
    [TRY_TRIGGER] = {"pays_when", "什么时候转为付费", "What makes it paid", FIELD_PROSE, .max = 2000, .level = LEVEL_OWN,
                     .hint = "如：累计销售满一百台，或免费期满仍在使用"},
    [TRY_PRICE] = {"price", "转为付费后的价款", "Price then", FIELD_MONEY, .required = true, .min = 1, .max = MONEY_MOST, .level = LEVEL_OWN},
    [TRY_EXIT] = {"exit_terms", "怎样退出", "How to leave", FIELD_PROSE, .max = 2000, .level = LEVEL_OWN, .hint = "不转付费的，何时停用、资料和样品怎么处理"},
    [TRY_LICENCE] = {"licence", "许可方式", "Kind of licence", FIELD_CHOICE, .required = true, .choices = "licence", .level = LEVEL_OWN},
    [TRY_OPEN] = {"open_licensed", "该专利正实行开放许可", "Under an open licence now", FIELD_YES, .required = true, .level = LEVEL_OWN},
    [TRY_CONTRACT] = {"contract", "合同编号", "Contract number", FIELD_LINE, .required = true, .min = 2, .max = 80, .level = LEVEL_OWN},
    [TRY_TRIGGERED_ON] = {"triggered_on", "条件成就之日", "Triggered on", FIELD_DATE, .required = true, .level = LEVEL_OWN},
    [TRY_TRIGGERED_WHY] = {"triggered_why", "怎样成就的", "How", FIELD_LINE, .required = true, .min = 4, .max = 300, .level = LEVEL_OWN},
    [TRY_PAID_ON] = {"paid_on", "付款日", "Paid on", FIELD_DATE, .required = true, .level = LEVEL_OWN},
    [TRY_PAYMENT] = {"payment", "付款凭证号", "Payment voucher", FIELD_LINE, .required = true, .min = 2, .max = 80, .level = LEVEL_OWN},
    [TRY_DEAL] = {"deal", "转化项目", "Deal", FIELD_ID, .choices = "deal", .level = LEVEL_OWN},
    [TRY_REFUSAL] = {"refusal", "不许可的理由", "Why not", FIELD_CHOICE, .required = true, .choices = "try_refusal", .level = LEVEL_OWN},
    [TRY_REFUSAL_WHY] = {"refusal_why", "理由说明", "In words", FIELD_LINE, .required = true, .min = 2, .max = 300, .level = LEVEL_OWN},
    [TRY_LEFT_WHY] = {"left_why", "退出的原因", "Why it ended", FIELD_LINE, .required = true, .min = 2, .max = 300, .level = LEVEL_OWN},
};
MATTER_KIND(KIND_TRY_LICENCE, "try_licence", "try_licences", "先用后付许可", "Try-first licence", try_licence, TRY_FIELD_COUNT);

static const struct field try_mark_fields[MARK_FIELD_COUNT] = {
    OF_ENTRY,
    [MARK_NAME] = {"name", "里程碑", "Milestone", FIELD_LINE, .required = true, .min = 2, .max = 120, .level = LEVEL_OWN},
    [MARK_BY] = {"by_day", "应在", "By", FIELD_DATE, .required = true, .level = LEVEL_OWN},
    [MARK_REACHED_ON] = {"reached_on", "达到之日", "Reached on", FIELD_DATE, .required = true, .level = LEVEL_OWN},
    [MARK_PROOF] = {"proof", "凭什么", "Proof", FIELD_LINE, .required = true, .min = 2, .max = 200, .level = LEVEL_OWN},
    [MARK_DIGEST] = {"digest", "证明文件 SHA-256", "SHA-256 of the proof", FIELD_DIGEST, .level = LEVEL_OWN},
};
ENTRY_KIND(KIND_TRY_MARK, "try_mark", "try_marks", "里程碑", "Milestone", try_mark, MARK_FIELD_COUNT);

enum { MILLION = 1000000, WHOLE_DIGITS = 12, PART_DIGITS = 6 };

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The digits behind the point, filled up to six. */
static bool part_read(struct slice typed, int64_t *part)
{
    size_t count = 0;

    *part = 0;
    for (; count < typed.len && digit(typed.at[count]); count++)
        *part = count < PART_DIGITS ? *part * 10 + (typed.at[count] - '0') : *part;
    for (size_t i = count; i < PART_DIGITS; i++)
        *part *= 10;
    return count && count == typed.len && count <= PART_DIGITS;
}

bool measure_read(struct slice typed, int64_t *millionths)
{
    struct slice rest = slice_trim(typed);
    bool minus = rest.len && rest.at[0] == '-';
    int64_t whole = 0, part = 0;
    size_t i = minus, digits = 0;

    for (; i < rest.len && (digit(rest.at[i]) || (rest.at[i] == ',' && digits)); i++)
        if (digit(rest.at[i])) {
            if (++digits > WHOLE_DIGITS)
                return false;
            whole = whole * 10 + (rest.at[i] - '0');
        }
    if (!digits)
        return false;
    if (i < rest.len && (rest.at[i] != '.' || !part_read((struct slice){rest.at + i + 1, rest.len - i - 1}, &part)))
        return false;
    *millionths = (whole * MILLION + part) * (minus ? -1 : 1);
    return true;
}
