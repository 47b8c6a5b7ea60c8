#include "record/choice_int.h"

#include <string.h>
#include <strings.h>

/* 政产学研金介用 */
static const struct choice side[] = {
    {"government", "政府", "Government"}, {"enterprise", "企业", "Enterprise"},
    {"university", "高校", "University"}, {"institute", "院所", "Institute"},
    {"finance", "金融", "Finance"},       {"broker", "中介", "Broker"},
    {"user", "用户", "User"},
};

static const struct choice nature[] = {
    {"organ", "机关", "Public organ"},
    {"institution", "事业单位", "Public institution"},
    {"state_owned", "国有全资企业", "Wholly state-owned enterprise"},
    {"state_held", "国有控股企业", "State-held enterprise"},
    {"private", "民营企业", "Private enterprise"},
    {"foreign", "外资企业", "Foreign-invested enterprise"},
    {"social", "社会组织", "Social organisation"},
    {"other", "其他", "Other"},
};

static const struct choice calling[] = {
    {"researcher", "科研人员", "Researcher"},
    {"expert", "行业专家", "Expert"},
    {"manager", "技术经理人", "Technology manager"},
    {"member", "政协委员", "Committee member"},
};

/* 促进科技成果转化法 §16: the six ways */
static const struct choice way[] = {
    {"self", "自行投资实施", "Own investment"},
    {"assign", "转让", "Assignment"},
    {"license", "许可", "Licence"},
    {"joint", "合作实施", "Joint implementation"},
    {"equity", "作价投资", "Equity for technology"},
    {"other", "其他方式", "Other"},
};

static const struct choice secrecy[] = {
    {"public", "公开", "Public"},
    {"signed_in", "登录可见", "Signed-in"},
    {"nda", "签署保密协议可见", "Under NDA"},
    {"own", "仅本单位可见", "Own organisation"},
};

static const struct choice scenario_form[] = {
    {"trial", "试用验证", "Trial"},
    {"first_buy", "首购首用", "First purchase"},
    {"first_set", "首台(套)应用", "First set"},
    {"pay_later", "先用后付", "Use first, pay later"},
    {"data", "数据开放", "Open data"},
    {"joint", "联合攻关", "Joint work"},
};

/* What became of a pair (work/feedback.h). */
static const struct choice outcome[] = {
    {"contacted", "已联系", "Contacted"},
    {"talks", "在谈", "In talks"},
    {"signed", "已签约", "Signed"},
    {"refused", "不合适", "Does not fit"},
    {"withdrawn", "收回，还没有联系", "Taken back: not contacted yet"},
};

static const struct choice refusal[] = {
    {"field", "领域不符", "Another field"},
    {"spec", "指标达不到", "Falls short of the figures asked for"},
    {"maturity", "成熟度不够", "Not ripe enough"},
    {"price", "价格", "Price"},
    {"time", "时间来不及", "Too late"},
    {"place", "地域", "Place"},
    {"solved", "已解决", "Already solved"},
    {"unwilling", "对方不愿", "The other side is unwilling"},
    {"other", "其他", "Other"},
};

static const struct choice service_sort[] = {
    {"finance", "金融产品", "Finance product"},
    {"pilot", "中试平台", "Pilot platform", .within = "place"},
    {"broker", "技术经纪", "Brokerage"},
    {"space", "科创空间", "Innovation space", .within = "place"},
    {"professional", "专业服务", "Professional service"},
};

static const struct choice service_broader[] = {
    {"place", "中试与空间", "Pilot platforms and spaces"},
};

static const struct choice stage[] = {
    {"concept", "概念验证", "Proof of concept"}, {"pilot", "中试", "Pilot"},
    {"start", "初创", "Start-up"},               {"growth", "成长", "Growth"},
    {"mature", "成熟", "Mature"},                {"listing", "上市", "Listing"},
};

/* the five trials of a pilot platform: 工信厅科函〔2024〕346 号 (secondary source) */
static const struct choice trial[] = {
    {"design", "设计验证", "Design"},
    {"function", "功能性能验证", "Function and performance"},
    {"process", "工艺验证", "Process"},
    {"fit", "适配验证", "Fit"},
    {"production", "生产验证", "Production"},
};

static const struct choice source_level[] = {
    {"text", "原文核对", "Text checked"},
    {"secondary", "二手来源", "Secondary"},
    {"unverified", "未核", "Unverified"},
};

static const struct choice policy_sort[] = {
    {"transfer", "成果处置", "Disposal"}, {"reward", "收益分配", "Reward"},
    {"tax", "税收", "Tax"},               {"finance", "金融", "Finance"},
    {"talent", "人才", "Talent"},         {"platform", "平台", "Platform"},
    {"scenario", "场景", "Scenario"},     {"enterprise", "企业培育", "Enterprise"},
    {"contract", "技术合同", "Contract"}, {"ip", "知识产权", "Intellectual property"},
};

/* --- of a transfer (record/deal.h, record/paper.h) --- */

static const struct choice pier[] = {
    {"title", "权属", "Title"},           {"value", "评价", "Valuation"},
    {"price", "定价", "Pricing"},         {"notice", "公示", "Notice"},
    {"approve", "审批", "Approval"},      {"sign", "签约", "Contract"},
    {"register", "登记", "Registration"}, {"receive", "到账", "Payment"},
    {"allot", "分配", "Reward"},          {"tax", "税务", "Tax"},
    {"close", "结项", "Closing"},         {"closed", "已结项", "Closed"},
    {"dropped", "已终止", "Dropped"},
};

/* 转化法 §18 */
static const struct choice pricing[] = {
    {"agreement", "协议定价", "Agreement"}, {"listing", "挂牌交易", "Listing"}, {"auction", "拍卖", "Auction"},
};

/* 财政部令第 100 号 */
static const struct choice appraisal[] = {
    {"done", "已评估", "Appraised"}, {"waived", "单位决定不评估，已写明定价依据", "Waived, with reasons"},
};

/* 技术合同司法解释 §25 */
static const struct choice licence[] = {
    {"exclusive", "独占许可", "Exclusive"}, {"sole", "排他许可", "Sole"}, {"plain", "普通许可", "Plain"},
};

/* 促进科技成果转化法 §26 */
static const struct choice alliance_term[] = {
    {"form", "组织形式", "Form"},          {"tasks", "任务分工", "Tasks"},       {"funds", "资金投入", "Funds"},
    {"ip", "知识产权归属", "Intellectual property"}, {"benefits", "权益分配", "Benefits"}, {"risks", "风险分担", "Risks"},
    {"breach", "违约责任", "Breach"},
};

static const struct choice title_mode[] = {
    {"unit", "单位所有", "The unit's"},
    {"joint", "赋予所有权，共同所有", "Owned together"},
    {"use", "赋予长期使用权", "Long-term right of use"},
};

static const struct choice notice_sort[] = {
    {"sale", "转化事项", "The transfer"}, {"reward", "奖酬分配", "The reward"}, {"title", "赋权", "The title"},
};

static const struct choice notice_place[] = {
    {"unit", "本单位", "At the unit"}, {"market", "技术交易市场", "At a technology market"},
};

static const struct choice decision[] = {
    {"agreed", "同意", "Agreed"}, {"refused", "不同意", "Refused"},
};

/* 民法典 §843 and §887 */
static const struct choice contract_sort[] = {
    {"develop", "技术开发", "Development"}, {"assign", "技术转让", "Assignment"}, {"license", "技术许可", "Licence"},
    {"consult", "技术咨询", "Consulting"},  {"serve", "技术服务", "Service"},
};

/* 民法典 §846 */
static const struct choice payment[] = {
    {"lump", "一次总付", "One sum"},
    {"instalments", "分期支付", "Instalments"},
    {"royalty", "提成支付", "Royalty"},
    {"entry", "入门费加提成", "Entry fee and royalty"},
    {"equity", "作价入股", "Equity"},
};

/* 最高人民法院关于审理技术合同纠纷案件适用法律若干问题的解释 §10 */
static const struct choice restraint[] = {
    {"improve", "限制改进或改进不对等", "Limits on improving"},
    {"source", "限制从他处取得技术", "Limits on other sources"},
    {"exploit", "阻碍充分实施", "Hinders exploitation"},
    {"tied", "搭售不必要的东西", "Tied purchases"},
    {"supplier", "限制购买渠道或来源", "Limits on suppliers"},
    {"contest", "禁止质疑权利有效性", "No contest of validity"},
};

static const struct choice registration[] = {
    {"registered", "已登记", "Registered"}, {"refused", "不予登记", "Refused"},
};

static const struct choice instalment[] = {
    {"lump", "总价款", "Whole price"}, {"part", "分期款", "Instalment"}, {"entry", "入门费", "Entry fee"}, {"royalty", "提成", "Royalty"},
};

static const struct choice deduction[] = {
    {"tax", "税金", "Taxes"},
    {"upkeep", "维护费", "Upkeep"},
    {"appraisal", "评估、鉴定费", "Appraisal"},
    {"negotiation", "谈判、公证等直接费用", "Negotiation"},
    {"broker", "中介佣金", "Commission"},
    {"cost", "其他直接成本", "Other direct cost"},
};

static const struct choice filing[] = {
    {"cash", "现金奖励个税备案（财税〔2018〕58号）", "Cash reward"},
    {"equity", "技术入股递延备案（财税〔2016〕101号）", "Equity deferral"},
};

static const struct choice fact_source[] = {
    {"declared", "自行填报", "Declared"}, {"certificate", "证照文件", "Certificate"}, {"department", "部门名单", "Department's list"},
};

static const struct choice attachment_sort[] = {
    {"minutes", "会议纪要", "Minutes"},           {"contract", "合同文本", "Contract"},  {"report", "评价报告", "Report"},
    {"market", "市场公示页面", "Market's notice"}, {"document", "批准文件", "Document"},  {"voucher", "凭证", "Voucher"},
    {"other", "其他", "Other"},
};

/* What a file may be: work/attachment.h tells one from another. */
static const struct choice media[] = {
    {"pdf", "PDF", "PDF"},    {"docx", "DOCX", "DOCX"}, {"xlsx", "XLSX", "XLSX"}, {"png", "PNG", "PNG"},
    {"jpeg", "JPEG", "JPEG"}, {"ofd", "OFD", "OFD"},    {"text", "纯文本", "Plain text"}, {"zip", "ZIP", "ZIP"},
};

static const struct choice_list lists[] = {
    LIST(side, "side"),
    LIST(nature, "nature"),
    LIST(calling, "calling"),
    LIST(way, "way"),
    LIST(secrecy, "secrecy"),
    LIST(scenario_form, "scenario_form"),
    {"service_sort", service_sort, sizeof service_sort / sizeof *service_sort, service_broader,
     sizeof service_broader / sizeof *service_broader},
    LIST(stage, "stage"),
    LIST(trial, "trial"),
    LIST(source_level, "source_level"),
    LIST(policy_sort, "policy_sort"),
    LIST(outcome, "outcome"),
    LIST(refusal, "refusal"),
    LIST(pier, "pier"),
    LIST(pricing, "pricing"),
    LIST(title_mode, "title_mode"),
    LIST(appraisal, "appraisal"),
    LIST(licence, "licence"),
    LIST(alliance_term, "alliance_term"),
    LIST(notice_sort, "notice_sort"),
    LIST(notice_place, "notice_place"),
    LIST(decision, "decision"),
    LIST(contract_sort, "contract_sort"),
    LIST(payment, "payment"),
    LIST(restraint, "restraint"),
    LIST(registration, "registration"),
    LIST(instalment, "instalment"),
    LIST(deduction, "deduction"),
    LIST(filing, "filing"),
    LIST(fact_source, "fact_source"),
    LIST(attachment_sort, "attachment_sort"),
    LIST(media, "media"),
};

/* Those of an area of the seven parties stand in a file of its own. */
static const struct choice_area areas[] = {
    {lists, sizeof lists / sizeof *lists},
    {choices_matter, CHOICES_MATTER},
    /* policy */
    {choices_policy, CHOICES_POLICY},
    /* finance */
    {choices_finance, CHOICES_FINANCE},
    /* fund */
    {choices_fund, CHOICES_FUND},
    /* talent */
    {choices_talent, CHOICES_TALENT},
    /* pilot */
    {choices_pilot, CHOICES_PILOT},
    /* service */
    {choices_service, CHOICES_SERVICE},
    /* board */
    {choices_board, CHOICES_BOARD},
    /* view */
    {choices_bundle, CHOICES_BUNDLE},
    /* consult */
    {choices_consult, CHOICES_CONSULT},
    /* steer */
    {choices_steer, CHOICES_STEER},
};

const struct choice_list *choice_list_get(const char *name)
{
    for (size_t a = 0; a < sizeof areas / sizeof *areas; a++)
        for (size_t i = 0; i < areas[a].count; i++)
            if (strcmp(areas[a].lists[i].name, name) == 0)
                return &areas[a].lists[i];
    return NULL;
}

const struct choice *choice_broader(const struct choice_list *list, struct slice code)
{
    for (size_t i = 0; i < list->broader_count; i++)
        if (slice_is(code, list->broader[i].code))
            return &list->broader[i];
    return NULL;
}

static bool same(const char *text, struct slice typed)
{
    return strlen(text) == typed.len && strncasecmp(text, typed.at, typed.len) == 0;
}

const struct choice *choice_find(const struct choice_list *list, struct slice typed)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct choice *choice = &list->choices[i];

        if (same(choice->code, typed) || same(choice->label, typed) || same(choice->label_en, typed))
            return choice;
    }
    return NULL;
}
