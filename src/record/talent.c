/* Technology managers: what they are, which needs they answer, their cases, introductions and rewards. */
#include "record/talent.h"

#define MONEY_MOST INT64_C(100000000000000000)
#define IN_TOUCH N_("让需求方找得到负责人")

static const struct field need_care_fields[CARE_FIELD_COUNT] = {
    OF_MATTER,
    [CARE_NEED] = {"need", "需求", "Need", FIELD_ID, .required = true, .choices = "need", .level = LEVEL_SIGNED_IN},
    [CARE_MANAGER] = {"manager", "负责的技术经理人", "Technology manager", FIELD_PERSON, .required = true, .level = LEVEL_SIGNED_IN,
                      .purpose = IN_TOUCH},
    [CARE_PHONE] = {"phone", "经理人电话", "Manager's phone", FIELD_PHONE, .required = true, .level = LEVEL_SIGNED_IN, .purpose = IN_TOUCH,
                    .hint = "需求方打得通的号码"},
    [CARE_PUBLISHED] = {"published", "需求发布日", "Need published on", FIELD_DATE, .level = LEVEL_SIGNED_IN},
    [CARE_TAKEN] = {"taken_on", "领取或派单日", "Taken on", FIELD_DATE, .level = LEVEL_SIGNED_IN},
    [CARE_ANSWERED] = {"answered_on", "答复日", "Answered on", FIELD_DATE, .required = true, .level = LEVEL_SIGNED_IN,
                       .hint = "真人打电话、见面或书面答复的那一天"},
    [CARE_ANSWER] = {"answer", "答复了什么", "What was answered", FIELD_PROSE, .required = true, .min = 4, .max = 2000, .level = LEVEL_OWN},
    [CARE_NEXT] = {"next_step", "下一步", "Next step", FIELD_LINE, .required = true, .min = 2, .max = 300, .level = LEVEL_OWN,
                   .hint = "谁、什么时候、做什么"},
    [CARE_CONFIRMED] = {"confirmed", "需求方确认已答复", "Confirmed by the firm", FIELD_YES, .level = LEVEL_SIGNED_IN},
    [CARE_DENIAL] = {"denial", "没有得到答复的说明", "Why it was no answer", FIELD_LINE, .required = true, .min = 2, .max = 300,
                     .level = LEVEL_OWN},
    [CARE_LEFT_WHY] = {"left_why", "交出或转派的原因", "Why handed on", FIELD_LINE, .required = true, .min = 2, .max = 300,
                       .level = LEVEL_OWN},
    [CARE_OUTCOME] = {"outcome", "结果", "Outcome", FIELD_CHOICE, .required = true, .choices = "care_outcome", .level = LEVEL_OWN},
    [CARE_OUTCOME_WHY] = {"outcome_why", "结果说明", "In words", FIELD_LINE, .required = true, .min = 2, .max = 300, .level = LEVEL_OWN},
};
MATTER_KIND(KIND_NEED_CARE, "need_care", "need-cares", "需求派单", "Care of a need", need_care, CARE_FIELD_COUNT);

/* T/CASTEM 1007-2022: three grades. */
static const struct field career_fields[CAREER_FIELD_COUNT] = {
    OF_MATTER,
    [CAREER_PERSON] = {"person", "技术经理人", "Technology manager", FIELD_PERSON, .required = true, .level = LEVEL_SIGNED_IN,
                       .purpose = "培训、证书、聘任与职称的统计和证明"},
    [CAREER_SORT] = {"sort", "类别", "Sort", FIELD_CHOICE, .required = true, .choices = "career_sort", .level = LEVEL_SIGNED_IN},
    [CAREER_BODY] = {"body", "培训、发证、聘任或评审单位", "Body", FIELD_PARTY, .level = LEVEL_SIGNED_IN,
                     .hint = "在本平台有登记的选它，由它确认"},
    [CAREER_BODY_NAME] = {"body_name", "该单位名称", "Name of the body", FIELD_LINE, .max = 120, .level = LEVEL_SIGNED_IN,
                          .hint = "没有登记的写全称，由科技部门凭文件确认"},
    [CAREER_NAME] = {"name", "班次、证书、岗位或职称名称", "Name", FIELD_LINE, .required = true, .min = 2, .max = 120,
                     .level = LEVEL_SIGNED_IN},
    [CAREER_LEVEL] = {"level", "等级", "Level", FIELD_CHOICE, .choices = "career_level", .level = LEVEL_SIGNED_IN,
                      .hint = "证书写：初级、中级、高级（T/CASTEM 1007-2022）"},
    [CAREER_HOURS] = {"hours", "学时", "Hours", FIELD_NUMBER, .min = 1, .max = 2000, .level = LEVEL_SIGNED_IN, .hint = "培训写"},
    [CAREER_NUMBER] = {"number", "文号或证书编号", "Document number", FIELD_LINE, .required = true, .min = 2, .max = 80,
                       .level = LEVEL_SIGNED_IN},
    [CAREER_DAY] = {"got_on", "结业、发证、聘任或评定日", "Day", FIELD_DATE, .required = true, .level = LEVEL_SIGNED_IN},
    [CAREER_UNTIL] = {"until", "有效期或聘期至", "Until", FIELD_DATE, .level = LEVEL_SIGNED_IN},
    [CAREER_CONFIRMED] = {"confirmed_on", "确认日", "Confirmed on", FIELD_DATE, .level = LEVEL_SIGNED_IN},
    [CAREER_WHY] = {"why", "不予确认或撤销的原因", "Why not", FIELD_LINE, .required = true, .min = 2, .max = 300, .level = LEVEL_OWN},
};
MATTER_KIND(KIND_CAREER, "career", "careers", "经理人履历", "Career record", career, CAREER_FIELD_COUNT);

/* 民法典 §§961–966 */
static const struct field case_work_fields[CASE_FIELD_COUNT] = {
    OF_MATTER,
    [CASE_CLIENT] = {"client", "委托人", "Client", FIELD_PARTY, .required = true, .level = LEVEL_OWN},
    [CASE_MANAGER] = {"manager", "经办的技术经理人", "Technology manager", FIELD_PERSON, .required = true, .level = LEVEL_OWN,
                      .purpose = "让委托人知道谁经办"},
    [CASE_PHONE] = {"phone", "经办人电话", "Phone", FIELD_PHONE, .required = true, .level = LEVEL_OWN, .purpose = "让委托人找得到经办人"},
    [CASE_STANDS] = {"stands", "委托人是", "The client is", FIELD_CHOICE, .required = true, .choices = "case_side", .level = LEVEL_OWN},
    [CASE_NEED] = {"need", "所涉需求", "Need", FIELD_ID, .choices = "need", .level = LEVEL_OWN, .hint = "需求的编号，见其页面地址"},
    [CASE_ACHIEVEMENT] = {"achievement", "所涉成果", "Achievement", FIELD_ID, .choices = "achievement", .level = LEVEL_OWN,
                          .hint = "成果的编号，见其页面地址"},
    [CASE_NUMBER] = {"number", "中介合同编号", "Contract number", FIELD_LINE, .required = true, .max = 80, .level = LEVEL_OWN},
    [CASE_SCOPE] = {"scope", "委托事项", "Scope", FIELD_PROSE, .required = true, .min = 4, .max = 2000, .level = LEVEL_OWN,
                    .hint = "报告订约机会，还是提供媒介服务（民法典 §961）"},
    [CASE_BASIS] = {"basis", "报酬怎样算", "Commission by", FIELD_CHOICE, .required = true, .choices = "commission_basis",
                    .level = LEVEL_OWN},
    [CASE_RATE] = {"rate", "报酬比例", "Rate", FIELD_SHARE, .min = 1, .max = 10000, .level = LEVEL_OWN, .hint = "按比例的写，如 3%"},
    [CASE_AMOUNT] = {"amount", "固定报酬", "Fixed sum", FIELD_MONEY, .min = 1, .max = MONEY_MOST, .level = LEVEL_OWN,
                     .hint = "一口价的写"},
    [CASE_PAYER] = {"payer", "谁付报酬", "Who pays", FIELD_CHOICE, .required = true, .choices = "commission_payer", .level = LEVEL_OWN,
                    .hint = "媒介服务没有另外约定的，由合同当事人平均负担（民法典 §963）"},
    [CASE_DUE_WHEN] = {"due_when", "何时应付", "When it is due", FIELD_LINE, .required = true, .min = 2, .max = 300, .level = LEVEL_OWN,
                       .hint = "促成合同成立的，按照约定支付（民法典 §963）"},
    [CASE_PAY_DAYS] = {"pay_days", "应付之后几日内付清", "Days to pay", FIELD_NUMBER, .required = true, .min = 1, .max = 365,
                       .level = LEVEL_OWN},
    [CASE_EXPENSES] = {"expenses", "没有促成时的必要费用", "Expenses", FIELD_LINE, .max = 300, .level = LEVEL_OWN,
                       .hint = "没有约定的不得请求（民法典 §964）"},
    [CASE_MONTHS] = {"months", "跳单条款：引荐后几个月内", "Bypass clause, months", FIELD_NUMBER, .required = true, .min = 1, .max = 36,
                     .level = LEVEL_OWN, .hint = "委托人利用所提供的机会绕开中介人直接订约的，应当支付报酬（民法典 §965）"},
    [CASE_SIGNED] = {"signed_on", "签订日", "Signed on", FIELD_DATE, .required = true, .level = LEVEL_OWN},
    [CASE_REFUSAL] = {"refusal", "不委托的理由", "Why not", FIELD_CHOICE, .required = true, .choices = "refusal", .level = LEVEL_OWN},
    [CASE_REFUSAL_WHY] = {"refusal_why", "说明", "In words", FIELD_LINE, .required = true, .min = 2, .max = 300, .level = LEVEL_OWN},
    [CASE_OTHER] = {"other", "合同对方", "Other side", FIELD_PARTY, .required = true, .level = LEVEL_OWN},
    [CASE_DEAL] = {"deal", "本平台的转化项目", "Deal here", FIELD_ID, .choices = "deal", .level = LEVEL_OWN,
                   .hint = "项目的编号；不在本平台办的留空"},
    [CASE_OUTSIDE] = {"outside", "平台外的合同编号", "Contract elsewhere", FIELD_LINE, .max = 80, .level = LEVEL_OWN},
    [CASE_DEAL_ON] = {"deal_on", "合同签订日", "Contract signed on", FIELD_DATE, .level = LEVEL_OWN, .hint = "本平台的项目不用填"},
    [CASE_DEAL_AMOUNT] = {"deal_amount", "合同金额", "Contract amount", FIELD_MONEY, .max = MONEY_MOST, .level = LEVEL_OWN,
                          .hint = "本平台的项目不用填"},
    [CASE_COMMISSION] = {"commission", "应付报酬", "Commission due", FIELD_MONEY, .max = MONEY_MOST, .level = LEVEL_OWN},
    [CASE_PAID] = {"paid", "已收报酬", "Commission received", FIELD_MONEY, .max = MONEY_MOST, .level = LEVEL_OWN},
    [CASE_CONTEST] = {"contest", "异议", "Objection", FIELD_CHOICE, .required = true, .choices = "case_contest", .level = LEVEL_OWN},
    [CASE_CONTEST_WHY] = {"contest_why", "异议的理由", "Why", FIELD_PROSE, .required = true, .min = 2, .max = 2000, .level = LEVEL_OWN},
    [CASE_SHOWS] = {"shows", "凭什么", "What shows it", FIELD_PROSE, .required = true, .min = 2, .max = 2000, .level = LEVEL_OWN,
                    .hint = "合同、函件、到账凭证等，写明编号和日期，并逐条答复委托人的异议"},
    [CASE_BYPASS] = {"bypass", "绕开中介人的事实", "How it was bypassed", FIELD_PROSE, .required = true, .min = 4, .max = 2000,
                     .level = LEVEL_OWN},
    [CASE_BYPASS_ANSWER] = {"bypass_answer", "委托人的答复", "The client's answer", FIELD_PROSE, .required = true, .min = 2, .max = 2000,
                            .level = LEVEL_OWN},
    [CASE_ENDED_WHY] = {"ended_why", "结束的原因", "Why it ended", FIELD_LINE, .required = true, .min = 2, .max = 300, .level = LEVEL_OWN},
};
MATTER_KIND(KIND_CASE_WORK, "case_work", "cases", "中介案件", "Brokered case", case_work, CASE_FIELD_COUNT);

static const struct field interest_fields[INTEREST_FIELD_COUNT] = {
    OF_ENTRY,
    [INTEREST_SORT] = {"sort", "关系", "Relation", FIELD_CHOICE, .required = true, .choices = "interest_sort", .level = LEVEL_OWN},
    [INTEREST_PARTY] = {"party", "有关系的单位", "Organisation", FIELD_PARTY, .level = LEVEL_OWN, .hint = "在本平台有登记的，写它的全称"},
    [INTEREST_WHO] = {"who", "有关系的单位或人", "Who", FIELD_LINE, .max = 120, .level = LEVEL_OWN, .purpose = "利益关系的说明",
                      .hint = "没有登记的写名称"},
    [INTEREST_SHARE] = {"share", "持股比例", "Holding", FIELD_SHARE, .max = 10000, .level = LEVEL_OWN, .hint = "持股的写"},
    [INTEREST_WHAT] = {"what", "说明", "In words", FIELD_LINE, .required = true, .min = 1, .max = 300, .level = LEVEL_OWN,
                       .hint = "没有利益关系的写“无”"},
};
ENTRY_KIND(KIND_INTEREST, "interest", "interests", "利益关系声明", "Declared interest", interest, INTEREST_FIELD_COUNT);

static const struct field commission_fields[COMMISSION_FIELD_COUNT] = {
    OF_ENTRY,
    [COMMISSION_ON] = {"paid_on", "付款日", "Paid on", FIELD_DATE, .required = true, .level = LEVEL_OWN},
    [COMMISSION_AMOUNT] = {"amount", "金额", "Amount", FIELD_MONEY, .required = true, .min = 1, .max = MONEY_MOST, .level = LEVEL_OWN},
    [COMMISSION_VOUCHER] = {"voucher", "凭证号", "Voucher", FIELD_LINE, .required = true, .max = 80, .level = LEVEL_OWN},
    [COMMISSION_GOT] = {"got_on", "中介人确认收到日", "Received on", FIELD_DATE, .required = true, .level = LEVEL_OWN},
};
ENTRY_KIND(KIND_COMMISSION, "commission", "commissions", "报酬付款", "Commission paid", commission, COMMISSION_FIELD_COUNT);

static const struct field introduction_fields[INTRODUCTION_FIELD_COUNT] = {
    OF_MATTER,
    [INTRODUCTION_CASE] = {"case_id", "所属案件", "Case", FIELD_ID, .required = true, .choices = "case_work", .level = LEVEL_OWN,
                           .hint = "已签订中介合同的案件编号"},
    [INTRODUCTION_MANAGER] = {"manager", "技术经理人", "Technology manager", FIELD_PERSON, .level = LEVEL_OWN, .purpose = "证明谁做的引荐"},
    [INTRODUCTION_FIRST] = {"first", "委托人", "Client", FIELD_PARTY, .level = LEVEL_OWN},
    [INTRODUCTION_SECOND] = {"second", "引荐给", "Introduced to", FIELD_PARTY, .required = true, .level = LEVEL_OWN},
    [INTRODUCTION_ON] = {"met_on", "引荐日", "Introduced on", FIELD_DATE, .required = true, .level = LEVEL_OWN},
    [INTRODUCTION_HOW] = {"how", "怎样引荐", "How", FIELD_LINE, .required = true, .min = 2, .max = 200, .level = LEVEL_OWN,
                          .hint = "如：在贵公司当面介绍；电话会议"},
    [INTRODUCTION_WHAT] = {"what", "介绍了什么", "What was introduced", FIELD_PROSE, .required = true, .min = 4, .max = 2000,
                           .level = LEVEL_OWN},
    [INTRODUCTION_INTERESTS] = {"interests", "经理人声明的利益关系", "Declared interests", FIELD_PROSE, .max = 10000, .level = LEVEL_OWN},
    [INTRODUCTION_FLAG] = {"flag", "未声明而平台已知的关系", "Known, not declared", FIELD_PROSE, .max = 10000, .level = LEVEL_OWN},
    [INTRODUCTION_FIRST_ON] = {"first_on", "委托人确认日", "Client confirmed on", FIELD_DATE, .level = LEVEL_OWN},
    [INTRODUCTION_SECOND_ON] = {"second_on", "对方确认日", "Other side confirmed on", FIELD_DATE, .level = LEVEL_OWN},
    [INTRODUCTION_DENIAL] = {"denial", "否认的说明", "Why denied", FIELD_LINE, .required = true, .min = 2, .max = 300, .level = LEVEL_OWN},
};
MATTER_KIND(KIND_INTRODUCTION, "introduction", "introductions", "引荐", "Introduction", introduction, INTRODUCTION_FIELD_COUNT);

/* R94. What is announced is public. */
static const struct field reward_claim_fields[REWARD_FIELD_COUNT] = {
    OF_MATTER,
    [REWARD_PERSON] = {"person", "申领人", "Claimant", FIELD_PERSON, .required = true, .purpose = "奖励的公示和发放"},
    [REWARD_CASE] = {"case_id", "所依据的案件", "Case", FIELD_ID, .required = true, .choices = "case_work", .level = LEVEL_OWN,
                    .hint = "已促成本平台转化项目的案件编号"},
    [REWARD_DEAL] = {"deal", "转化项目", "Deal", FIELD_ID, .choices = "deal", .level = LEVEL_OWN},
    [REWARD_YEAR] = {"year", "到账年度", "Year of receipt", FIELD_NUMBER, .required = true, .min = 2025, .max = 2099,
                    .hint = "每人每年的上限按到账年度算"},
    [REWARD_SHARE] = {"share", "本人份额", "Own share", FIELD_SHARE, .required = true, .min = 1, .max = 10000,
                     .hint = "一人促成的写 100%；两人共同促成的各写各的，合计不得超过 100%"},
    [REWARD_PARTNER] = {"partner", "共同促成的经理人", "Shared with", FIELD_PERSON, .level = LEVEL_OWN, .purpose = "份额由他同意",
                       .hint = "份额不到 100% 的必须写"},
    [REWARD_CONTRACT] = {"contract", "技术合同登记编号", "Registered number", FIELD_LINE, .max = 40},
    [REWARD_BASIS] = {"basis_fen", "计奖的实际技术交易支付额", "Technical payments counted", FIELD_MONEY, .max = MONEY_MOST},
    [REWARD_BEFORE] = {"before_fen", "本人当年此前的奖励", "Own rewards of the year so far", FIELD_MONEY, .max = MONEY_MOST,
                      .level = LEVEL_OWN},
    [REWARD_FULL] = {"full_fen", "封顶前的数额", "Before the cap", FIELD_MONEY, .max = MONEY_MOST, .level = LEVEL_OWN},
    [REWARD_AMOUNT] = {"amount", "奖励金额", "Reward", FIELD_MONEY, .max = MONEY_MOST},
    [REWARD_RULE] = {"rule", "依据与比例", "By which rule", FIELD_LINE, .max = 300},
    [REWARD_NOTICE_TO] = {"notice_to", "公示到", "Announced until", FIELD_DATE},
    [REWARD_PUBLIC_ON] = {"public_on", "公示首日", "Announced from", FIELD_DATE},
    [REWARD_WHY] = {"why", "不予奖励、退回或撤回的原因", "Why not", FIELD_LINE, .required = true, .min = 2, .max = 300, .level = LEVEL_OWN},
    [REWARD_PAID_ON] = {"paid_on", "兑付日", "Paid on", FIELD_DATE, .required = true, .level = LEVEL_OWN},
    [REWARD_VOUCHER] = {"voucher", "拨付凭证号", "Voucher", FIELD_LINE, .required = true, .max = 80, .level = LEVEL_OWN},
};
MATTER_KIND(KIND_REWARD_CLAIM, "reward_claim", "reward-claims", "经理人奖励申领", "Reward claim", reward_claim, REWARD_FIELD_COUNT);

static const struct field counted_receipt_fields[COUNTED_FIELD_COUNT] = {
    OF_ENTRY,
    [COUNTED_DEAL] = {"deal", "转化项目", "Deal", FIELD_ID, .required = true, .choices = "deal", .level = LEVEL_OWN},
    [COUNTED_RECEIPT] = {"receipt", "到账", "Receipt", FIELD_ID, .required = true, .choices = "receipt", .level = LEVEL_OWN},
    [COUNTED_RECEIPT_NO] = {"receipt_no", "到账序号", "Receipt number", FIELD_NUMBER, .required = true, .min = 1, .max = 1000000,
                            .level = LEVEL_OWN},
    [COUNTED_CAME_ON] = {"came_on", "到账日", "Came on", FIELD_DATE, .required = true, .level = LEVEL_OWN},
    [COUNTED_AMOUNT] = {"amount", "到账金额", "Amount", FIELD_MONEY, .required = true, .max = MONEY_MOST, .level = LEVEL_OWN},
    [COUNTED_TECHNICAL] = {"technical", "其中技术交易支付额", "Of it for technology", FIELD_MONEY, .required = true, .max = MONEY_MOST,
                           .level = LEVEL_OWN},
    [COUNTED_SHARE] = {"share", "计入份额", "Share counted", FIELD_SHARE, .required = true, .max = 10000, .level = LEVEL_OWN},
    [COUNTED_FEN] = {"counted", "计入金额", "Counted", FIELD_MONEY, .required = true, .max = MONEY_MOST, .level = LEVEL_OWN},
};
ENTRY_KIND(KIND_COUNTED_RECEIPT, "counted_receipt", "counted-receipts", "计入的到账", "Receipt counted", counted_receipt,
           COUNTED_FIELD_COUNT);

static const struct field work_proof_fields[PROOF_FIELD_COUNT] = {
    [PROOF_CODE] = {"code", "核验码", "Code", FIELD_LINE, .required = true, .max = 32},
    [PROOF_PERSON] = {"person", "技术经理人", "Technology manager", FIELD_PERSON, .required = true, .purpose = "业绩证明的对象"},
    [PROOF_NAME] = {"name", "姓名", "Name", FIELD_LINE, .required = true, .max = 60, .purpose = "业绩证明的对象"},
    [PROOF_ORGANISATION] = {"organisation", "所在单位", "Organisation", FIELD_LINE, .max = 200},
    [PROOF_FROM] = {"since", "期间自", "From", FIELD_DATE, .required = true},
    [PROOF_UNTIL] = {"until", "期间至", "Until", FIELD_DATE, .required = true},
    [PROOF_CONTENT] = {"content", "证明内容", "What it certifies", FIELD_PROSE, .required = true, .max = 20000},
    [PROOF_DIGEST] = {"digest", "内容的 SHA-256", "SHA-256 of the content", FIELD_DIGEST, .required = true},
};
static const size_t proof_natural[] = {PROOF_CODE};

const struct kind kind_work_proof = {
    .id = KIND_WORK_PROOF, .name = "work_proof", .plural = "work-proofs", .label = "业绩证明", .label_en = "Certificate of work",
    .fields = work_proof_fields, .count = PROOF_FIELD_COUNT, .title = PROOF_CODE, .summary = PROOF_CODE,
    .natural = proof_natural, .natural_count = 1, .owned = true};
