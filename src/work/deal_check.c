/* What no rule of the book says and yet must hold of a step: sums, the order of days, what belongs together. */
#include "work/deal_int.h"

#include "base/clock.h"
#include "base/money.h"
#include "work/contract_tree.h"

static bool wrong(struct err *err, const struct field *field, const char *message, const char *hint)
{
    err_set(err, ERR_INVALID, "%s", message);
    err_hint(err, "%s", hint);
    return err_field(err, field->name);
}

#define WRONG(kind, index, message, hint) wrong(err, &kind_##kind.fields[index], N_(message), N_(hint))

/* A day that has come, and not before another. */
static bool day_fits(const struct deal_draft *draft, size_t field, int32_t not_before, const char *before, struct err *err)
{
    const struct field *of = &draft->paper.kind->fields[field];
    int32_t day = paper_day(&draft->paper, field);

    if (!day)
        return true;
    if (day > draft->now->today)
        return wrong(err, of, N_("这一天还没有到"), N_("填今天或以前的日期"));
    return day >= not_before || wrong(err, of, before, N_("请核对两个日期的先后"));
}

static bool needs(const struct deal_draft *draft, size_t field, struct err *err)
{
    const struct field *of = &draft->paper.kind->fields[field];

    if (paper_known(&draft->paper, field))
        return true;
    err_set(err, ERR_INVALID, "请填%s", of->label);
    return err_field(err, of->name);
}

bool check_title(struct deal_draft *draft, struct err *err)
{
    struct slice holders = paper_text(&draft->paper, TITLE_HOLDERS);
    int64_t sum = members_sum(holders);
    struct slice shown = share_show((int32_t)(sum < 1000000 ? sum : 1000000), draft->arena);

    if (sum == SHARE_WHOLE)
        return true;
    err_set(err, ERR_INVALID, "份额合计 %.*s，不是 100%%", (int)shown.len, shown.at);
    err_hint(err, "改到合计正好 100%%");
    return err_field(err, kind_title.fields[TITLE_HOLDERS].name);
}

static size_t lines_of(struct slice text)
{
    struct slice line;
    size_t lines = 0;

    while (slice_cut(&text, '\n', &line))
        lines += slice_trim(line).len != 0;
    return lines;
}

bool check_value(struct deal_draft *draft, struct err *err)
{
    if (paper_yes(&draft->paper, VALUATION_CONFLICT))
        return WRONG(valuation, VALUATION_CONFLICT, "与成果有利害关系的人不能评价它", "请换一位评价人");
    if ((int64_t)lines_of(paper_text(&draft->paper, VALUATION_EVIDENCE)) < paper_number(&draft->paper, VALUATION_TRL))
        return WRONG(valuation, VALUATION_EVIDENCE, "证据少于级数，成熟度不能跳级", "从第 1 级起每级一行，写到所评的级");
    return day_fits(draft, VALUATION_DONE_ON, 0, "", err);
}

/* --- price and notice --- */

static bool same_terms(const struct record *a, const struct record *b)
{
    static const size_t terms[] = {DEAL_WAY, DEAL_PRICING, DEAL_PRICE, DEAL_BUYER, DEAL_RELATED};

    for (size_t i = 0; i < sizeof terms / sizeof *terms; i++)
        if (!value_same(&deal_fields[terms[i]], &a->values[terms[i]], &b->values[terms[i]]))
            return false;
    return true;
}

bool check_price(struct deal_draft *draft, struct err *err)
{
    struct record *deal = &draft->deal;
    bool self = paper_is(deal, DEAL_WAY, "self"); /* there is no buyer, and no price that could be announced */

    if (!paper_known(deal, DEAL_WAY) || (!self && !paper_known(deal, DEAL_PRICING)) || !paper_known(deal, DEAL_PRICE))
        return WRONG(deal, DEAL_WAY, "转化方式、定价方式和价格都要填", "补上没有填的");
    if (paper_number(deal, DEAL_PRICE) <= 0)
        return WRONG(deal, DEAL_PRICE, "价格要大于 0", "填拟交易价格，单位元或万元");
    if (!self && paper_is(deal, DEAL_PRICING, "agreement") && !paper_known(deal, DEAL_BUYER))
        return WRONG(deal, DEAL_BUYER, "协议定价要写明受让方", "填受让方的全称");
    if (paper_yes(deal, DEAL_RELATED) && !paper_known(deal, DEAL_RELATION))
        return WRONG(deal, DEAL_RELATION, "有利害关系的要写明", "写清谁、与受让方是什么关系");
    if (!same_terms(deal, &draft->now->deal))
        deal->values[DEAL_TERMS] = (struct value){.known = true, .number = paper_number(deal, DEAL_TERMS) + 1};
    return true;
}

static bool market_named(struct deal_draft *draft, struct err *err)
{
    static const size_t named[] = {NOTICE_MARKET, NOTICE_NUMBER, NOTICE_URL, NOTICE_SNAPSHOT};

    for (size_t i = 0; i < sizeof named / sizeof *named; i++)
        if (!needs(draft, named[i], err))
            return err_hint(err, "市场公示要有市场名称、编号、网址和快照；本平台的页面不是技术交易市场");
    return true;
}

static bool sale_notice_fits(struct deal_draft *draft, struct err *err)
{
    const struct record *deal = &draft->now->deal, *notice = &draft->paper;

    if (!paper_known(deal, DEAL_PRICE))
        return WRONG(notice, NOTICE_SORT, "定价之后才能公示", "先填转化方式、定价方式和价格");
    if (paper_number(notice, NOTICE_PRICE) != paper_number(deal, DEAL_PRICE))
        return WRONG(notice, NOTICE_PRICE, "公示的价格与拟交易价格不同", "填同一个价格；要改价格请先改定价");
    if (!slice_same(paper_text(notice, NOTICE_WAY), paper_text(deal, DEAL_WAY)))
        return WRONG(notice, NOTICE_WAY, "公示的转化方式与定价时的不同", "填同一种方式；要改请先改定价");
    if (paper_yes(deal, DEAL_RELATED) && !paper_yes(notice, NOTICE_RELATED))
        return WRONG(notice, NOTICE_RELATED, "受让方为完成人或利害关系人，公示须标明", "在公示内容里写明，并勾上这一项");
    return true;
}

/* An award that waits to be paid out: there is one at most. */
static bool award_open(const struct deal_file *file)
{
    const struct record *award = deal_newest(file, KIND_AWARD);

    return award && !paper_known(award, AWARD_PAID_ON);
}

bool check_notice(struct deal_draft *draft, struct err *err)
{
    enum { AHEAD = 30 };

    if (paper_day(&draft->paper, NOTICE_FIRST_DAY) < draft->now->today)
        return WRONG(notice, NOTICE_FIRST_DAY, "公示首日早于今天", "从今天起公示；期间从登记之日算，不能补记");
    if (paper_day(&draft->paper, NOTICE_FIRST_DAY) > draft->now->today + AHEAD)
        return WRONG(notice, NOTICE_FIRST_DAY, "公示首日太远", "填今后 30 天以内的日期");
    if (paper_is(&draft->paper, NOTICE_PLACE, "market") && !market_named(draft, err))
        return false;
    draft->ungated = !paper_is(&draft->paper, NOTICE_SORT, "sale"); /* the gate's rules are about a sale */
    if (paper_is(&draft->paper, NOTICE_SORT, "reward") && !award_open(draft->now))
        return WRONG(notice, NOTICE_SORT, "还没有待公示的奖酬分配", "先分配奖酬，再公示分配结果");
    return !paper_is(&draft->paper, NOTICE_SORT, "sale") || sale_notice_fits(draft, err);
}

bool check_withdraw(struct deal_draft *draft, struct err *err)
{
    if (paper_is(&draft->paper, NOTICE_SORT, "sale") && signed_as_agreed(draft->now)
        && paper_number(&draft->paper, PAPER_TERMS) == paper_number(&draft->now->deal, DEAL_TERMS))
        return WRONG(notice, NOTICE_ENDED_ON, "已经按这份公示签约，不能再撤回", "合同有变的登记合同变更");
    return needs(draft, NOTICE_ENDED_ON, err) && needs(draft, NOTICE_ENDED_WHY, err)
           && day_fits(draft, NOTICE_ENDED_ON, paper_day(&draft->paper, NOTICE_FIRST_DAY), N_("撤回日期早于公示首日"), err);
}

static const struct record *notice_numbered(const struct deal_file *file, int64_t number)
{
    for (size_t i = 0; i < file->count[KIND_NOTICE]; i++)
        if (paper_number(&file->papers[KIND_NOTICE][i], PAPER_NO) == number)
            return &file->papers[KIND_NOTICE][i];
    return NULL;
}

bool check_object(struct deal_draft *draft, struct err *err)
{
    const struct record *notice = notice_numbered(draft->now, paper_number(&draft->paper, OBJECTION_NOTICE));
    int32_t last;

    if (!notice)
        return WRONG(objection, OBJECTION_NOTICE, "没有这个序号的公示", "填所异议的公示的序号");
    if (paper_known(notice, NOTICE_ENDED_ON))
        return WRONG(objection, OBJECTION_NOTICE, "这份公示已经撤回", "填现在的公示的序号");
    last = notice_last(draft->order->law, draft->now, notice, NULL);
    if (last && paper_day(&draft->paper, OBJECTION_CAME_ON) > last)
        return WRONG(objection, OBJECTION_CAME_ON, "公示期满以后收到的，不是公示期内的异议", "填收到的日期；期满以后的按投诉另行处理");
    return day_fits(draft, OBJECTION_CAME_ON, paper_day(notice, NOTICE_FIRST_DAY), N_("异议早于公示首日"), err);
}

bool check_rule(struct deal_draft *draft, struct err *err)
{
    return needs(draft, OBJECTION_RULED_ON, err) && needs(draft, OBJECTION_RULING, err)
           && day_fits(draft, OBJECTION_RULED_ON, paper_day(&draft->paper, OBJECTION_CAME_ON), N_("处理日期早于收到日期"), err);
}

/* --- approval and contract --- */

static int32_t last_agreed(const struct deal_file *file)
{
    int32_t last = 0;

    for (size_t i = 0; i < file->count[KIND_APPROVAL]; i++) {
        const struct record *approval = &file->papers[KIND_APPROVAL][i];
        int32_t day = paper_day(approval, APPROVAL_DECIDED_ON);

        if (paper_number(approval, PAPER_TERMS) == paper_number(&file->deal, DEAL_TERMS) && day > last)
            last = day;
    }
    return last;
}

bool check_approve(struct deal_draft *draft, struct err *err)
{
    struct slice body;
    bool refused;

    if (!approval_next(draft->now, &body, &refused, err))
        return false;
    if (!body.at || refused)
        return WRONG(approval, APPROVAL_BODY, "没有待办的审批", "条件改过才重新报批");
    if (!slice_same(body, paper_text(&draft->paper, APPROVAL_BODY))) {
        err_set(err, ERR_INVALID, "下一个审批机构是%.*s", (int)body.len, body.at);
        err_hint(err, "审批链在单位资料里，按顺序走");
        return err_field(err, kind_approval.fields[APPROVAL_BODY].name);
    }
    if (paper_number(&draft->paper, APPROVAL_PRICE) != paper_number(&draft->now->deal, DEAL_PRICE))
        return WRONG(approval, APPROVAL_PRICE, "批准的价格与拟交易价格不同", "填会议批准的价格；不同的须先改定价、重新公示");
    return day_fits(draft, APPROVAL_DECIDED_ON, last_agreed(draft->now), N_("决定日期早于上一级审批的"), err);
}

static bool amounts_fit(const struct record *contract, struct err *err)
{
    int64_t amount = paper_number(contract, CONTRACT_AMOUNT), goods = paper_number(contract, CONTRACT_GOODS);
    int64_t technical = paper_number(contract, CONTRACT_TECHNICAL);

    if (technical + goods != amount)
        return WRONG(contract, CONTRACT_TECHNICAL, "技术交易额加非技术性款项不等于成交额", "三个数要对上");
    return paper_number(contract, CONTRACT_INCOME) <= technical
           || WRONG(contract, CONTRACT_INCOME, "技术性收入高于技术交易额", "技术性收入是技术交易额里的价款、使用费和报酬");
}

/* The sort is what its answers come to, or the paper says why not. The answers go into the paper in words. */
static bool sort_fits(struct deal_draft *draft, struct err *err)
{
    struct value *tree = &draft->paper.values[CONTRACT_TREE];
    struct tree_walk walk;

    if (!tree->known)
        return true;
    if (!tree_walk(tree_codes(tree->text), &walk, err))
        return err_field(err, kind_contract.fields[CONTRACT_TREE].name);
    if (walk.next)
        return WRONG(contract, CONTRACT_TREE, "合同类别的问答还没有答完", "答完再签，或者不用问答，直接选类别");
    tree->text = tree_trail(&walk, draft->arena);
    if (slice_is(paper_text(&draft->paper, CONTRACT_SORT), form_sort(walk.form)) || paper_known(&draft->paper, CONTRACT_SORT_WHY))
        return true;
    err_set(err, ERR_INVALID, "所选的合同类别与问答得出的“%s”不同", form_label(walk.form));
    err_hint(err, "改选类别，或者写明另选的理由（技术合同司法解释 §42：按约定的权利义务内容，不按名称）");
    return err_field(err, kind_contract.fields[CONTRACT_SORT_WHY].name);
}

bool check_sign(struct deal_draft *draft, struct err *err)
{
    const struct deal_file *now = draft->now;
    const struct record *notice = notice_of(now, "sale", "unit");
    int32_t signed_on = paper_day(&draft->paper, CONTRACT_SIGNED_ON);

    if (!sort_fits(draft, err) || !amounts_fit(&draft->paper, err))
        return false;
    if (paper_number(&draft->paper, CONTRACT_TECHNICAL) != paper_number(&now->deal, DEAL_PRICE))
        return WRONG(contract, CONTRACT_TECHNICAL, "技术交易额与公示、审批的价格不同", "按公示的价格签；要改价须重新公示、报批");
    if (notice && signed_on <= notice_last(draft->order->law, now, notice, NULL))
        return WRONG(contract, CONTRACT_SIGNED_ON, "签订日期在公示期内", "公示期满后的第一天起才能签（促进科技成果转化法 §18）");
    return day_fits(draft, CONTRACT_SIGNED_ON, last_agreed(now), N_("签订日期早于审批日期"), err);
}

/* A royalty has no end that is known beforehand. */
static bool open_ended(const struct record *contract)
{
    return paper_is(contract, CONTRACT_PAYMENT, "royalty") || paper_is(contract, CONTRACT_PAYMENT, "entry");
}

/* The price was announced and agreed to: it is not changed behind that. */
bool check_amend(struct deal_draft *draft, struct err *err)
{
    if (!amounts_fit(&draft->paper, err))
        return false;
    if (paper_number(&draft->paper, CONTRACT_TECHNICAL) != paper_number(&draft->now->deal, DEAL_PRICE))
        return WRONG(contract, CONTRACT_TECHNICAL, "技术交易额与公示、审批的价格不同", "价格经公示、审批，变更合同不能改它");
    return open_ended(&draft->paper)
           || paper_number(&draft->paper, CONTRACT_AMOUNT) >= papers_sum(draft->now, KIND_RECEIPT, RECEIPT_AMOUNT)
           || WRONG(contract, CONTRACT_AMOUNT, "成交额低于已经到账的", "请核对到账与变更后的成交额");
}

/* --- registration --- */

bool check_register(struct deal_draft *draft, struct err *err)
{
    return day_fits(draft, REGISTRATION_SENT_ON, paper_day(deal_newest(draft->now, KIND_CONTRACT), CONTRACT_SIGNED_ON),
                    N_("提交日期早于签订日期"), err);
}

/* What was asked for before and sent is settled: the unit's turn begins anew. */
bool check_correct(struct deal_draft *draft, struct err *err)
{
    struct value *values = draft->paper.values;

    if (!paper_yes(&draft->paper, REGISTRATION_DISPUTED) && !needs(draft, REGISTRATION_LACKS, err))
        return false;
    values[REGISTRATION_MENDED_ON] = (struct value){.known = false};
    return !paper_known(&draft->paper, REGISTRATION_LACKS)
           || (needs(draft, REGISTRATION_ASKED_ON, err)
               && day_fits(draft, REGISTRATION_ASKED_ON, paper_day(&draft->paper, REGISTRATION_SENT_ON), N_("要求补正的日期早于提交日期"), err));
}

bool check_mend(struct deal_draft *draft, struct err *err)
{
    return needs(draft, REGISTRATION_MENDED_ON, err)
           && day_fits(draft, REGISTRATION_MENDED_ON, paper_day(&draft->paper, REGISTRATION_ASKED_ON), N_("补正日期早于要求补正的日期"), err);
}

bool check_registered(struct deal_draft *draft, struct err *err)
{
    const struct record *contract = deal_newest(draft->now, KIND_CONTRACT), *registration = &draft->paper;

    if (!needs(draft, REGISTRATION_RESULT, err) || !needs(draft, REGISTRATION_DECIDED_ON, err))
        return false;
    draft->ungated = paper_is(registration, REGISTRATION_RESULT, "refused");
    if (paper_is(registration, REGISTRATION_RESULT, "registered")
        && (!needs(draft, REGISTRATION_NUMBER, err) || !needs(draft, REGISTRATION_AMOUNT, err)
            || !needs(draft, REGISTRATION_TECHNICAL, err)))
        return false;
    if (paper_number(registration, REGISTRATION_AMOUNT) > paper_number(contract, CONTRACT_AMOUNT)
        || paper_number(registration, REGISTRATION_TECHNICAL) > paper_number(registration, REGISTRATION_AMOUNT))
        return WRONG(registration, REGISTRATION_AMOUNT, "认定的金额高于合同的", "请对照登记证明");
    return day_fits(draft, REGISTRATION_DECIDED_ON, paper_day(registration, REGISTRATION_SENT_ON),
                    N_("结果日期早于提交日期"), err);
}

/* A leaf of its own is written even where no amount changed: the day did. */
bool check_change(struct deal_draft *draft, struct err *err)
{
    const struct record *contract = deal_newest(draft->now, KIND_CONTRACT);

    if (!needs(draft, REGISTRATION_CHANGED_ON, err) || !needs(draft, REGISTRATION_AMOUNT, err)
        || !needs(draft, REGISTRATION_TECHNICAL, err))
        return false;
    if (paper_number(&draft->paper, REGISTRATION_AMOUNT) > paper_number(contract, CONTRACT_AMOUNT)
        || paper_number(&draft->paper, REGISTRATION_TECHNICAL) > paper_number(&draft->paper, REGISTRATION_AMOUNT))
        return WRONG(registration, REGISTRATION_AMOUNT, "认定的金额高于合同的", "请对照变更后的登记证明");
    return day_fits(draft, REGISTRATION_CHANGED_ON, paper_day(&draft->paper, REGISTRATION_DECIDED_ON),
                    N_("变更日期早于登记日期"), err);
}

bool check_revoke(struct deal_draft *draft, struct err *err)
{
    if (!paper_is(&draft->paper, REGISTRATION_RESULT, "registered"))
        return WRONG(registration, REGISTRATION_REVOKED_ON, "还没有登记，谈不上撤销", "请核对是哪一次登记");
    return needs(draft, REGISTRATION_REVOKED_ON, err) && needs(draft, REGISTRATION_REVOKED_WHY, err)
           && day_fits(draft, REGISTRATION_REVOKED_ON, paper_day(&draft->paper, REGISTRATION_DECIDED_ON),
                       N_("撤销日期早于登记日期"), err);
}

/* --- money --- */

bool check_plan(struct deal_draft *draft, struct err *err)
{
    const struct record *contract = deal_newest(draft->now, KIND_CONTRACT);
    int64_t planned = papers_sum(draft->now, KIND_INSTALMENT, INSTALMENT_AMOUNT)
                      + paper_number(&draft->paper, INSTALMENT_AMOUNT);

    if (!paper_known(&draft->paper, INSTALMENT_AMOUNT) && !paper_known(&draft->paper, INSTALMENT_RATE))
        return WRONG(instalment, INSTALMENT_AMOUNT, "请填金额，提成的填比例", "两项填一项");
    if (planned > MONEY_MAX)
        return WRONG(instalment, INSTALMENT_AMOUNT, "付款计划合计太大", "请核对各期金额");
    return open_ended(contract) || planned <= paper_number(contract, CONTRACT_AMOUNT)
           || WRONG(instalment, INSTALMENT_AMOUNT, "付款计划合计高于成交额", "请核对各期金额");
}

bool check_receive(struct deal_draft *draft, struct err *err)
{
    const struct record *contract = deal_newest(draft->now, KIND_CONTRACT);
    int64_t received = papers_sum(draft->now, KIND_RECEIPT, RECEIPT_AMOUNT) + paper_number(&draft->paper, RECEIPT_AMOUNT);

    if (paper_number(&draft->paper, RECEIPT_AMOUNT) <= 0)
        return WRONG(receipt, RECEIPT_AMOUNT, "到账金额要大于 0", "按凭证填");
    for (size_t i = 0; i < draft->now->count[KIND_RECEIPT]; i++)
        if (slice_same(paper_text(&draft->now->papers[KIND_RECEIPT][i], RECEIPT_VOUCHER),
                       paper_text(&draft->paper, RECEIPT_VOUCHER)))
            return WRONG(receipt, RECEIPT_VOUCHER, "这张凭证已经登记过", "每笔到账只登记一次");
    if (received > MONEY_MAX)
        return WRONG(receipt, RECEIPT_AMOUNT, "到账合计太大", "请核对金额的单位");
    if (!open_ended(contract) && received > paper_number(contract, CONTRACT_AMOUNT))
        return WRONG(receipt, RECEIPT_AMOUNT, "到账合计高于合同成交额", "多出的请核对；合同有变更的先改合同");
    return day_fits(draft, RECEIPT_CAME_ON, paper_day(contract, CONTRACT_SIGNED_ON), N_("到账日期早于签订日期"), err);
}

bool check_cost(struct deal_draft *draft, struct err *err)
{
    int64_t costs = papers_sum(draft->now, KIND_COST, COST_AMOUNT) + paper_number(&draft->paper, COST_AMOUNT);

    if (deal_by_profit(draft->now))
        return WRONG(cost, COST_AMOUNT, "自行或者合作实施的，奖酬从营业利润中提取，没有扣除项", "成本已经在营业利润里，登记年度利润即可");
    if (paper_number(&draft->paper, COST_AMOUNT) <= 0)
        return WRONG(cost, COST_AMOUNT, "扣除金额要大于 0", "按凭证填");
    return costs <= papers_sum(draft->now, KIND_RECEIPT, RECEIPT_AMOUNT)
           || WRONG(cost, COST_AMOUNT, "扣除合计高于到账收入", "请核对各项凭证");
}

/* Years in a row, each when it is over, and each shared before the next: the floor is a year's (转化法 §45 一（三）). */
bool check_profit(struct deal_draft *draft, struct err *err)
{
    const struct record *before = deal_newest(draft->now, KIND_PROFIT);
    int64_t year = paper_number(&draft->paper, PROFIT_YEAR);
    int now, month, of_month;

    day_to_ymd(draft->now->today, &now, &month, &of_month);
    if (year >= now)
        return WRONG(profit, PROFIT_YEAR, "这一年还没有过完", "年度结束、利润核算之后再登记");
    if (before && year != paper_number(before, PROFIT_YEAR) + 1)
        return WRONG(profit, PROFIT_YEAR, "年度不接着上一份", "投产后连续各年都要登记，一年一份，亏损的写 0");
    if (income_open(draft->now) > 0)
        return WRONG(profit, PROFIT_YEAR, "上一年度的利润还没有分配", "逐年分配：先分配上一年度的，再登记这一年的");
    return papers_sum(draft->now, KIND_PROFIT, PROFIT_AMOUNT) + paper_number(&draft->paper, PROFIT_AMOUNT) <= MONEY_MAX
           || WRONG(profit, PROFIT_AMOUNT, "利润合计太大", "请核对金额的单位");
}

bool check_allot(struct deal_draft *draft, struct err *err)
{
    if (award_open(draft->now))
        return WRONG(award, AWARD_TEAM, "上一次分配的奖酬还没有发放", "先公示、发放上一次的，再分配新的到账");
    return day_fits(draft, AWARD_DECIDED_ON, paper_day(deal_newest(draft->now, KIND_CONTRACT), CONTRACT_SIGNED_ON),
                    N_("决定日期早于签订日期"), err)
           && deal_allot(draft->order->law, draft, err);
}

bool check_pay(struct deal_draft *draft, struct err *err)
{
    return needs(draft, AWARD_PAID_ON, err) && needs(draft, AWARD_VOUCHER, err)
           && day_fits(draft, AWARD_PAID_ON, paper_day(&draft->paper, AWARD_DECIDED_ON), N_("发放日期早于决定日期"), err);
}

bool check_file(struct deal_draft *draft, struct err *err)
{
    return day_fits(draft, FILING_FILED_ON, paper_day(deal_newest(draft->now, KIND_CONTRACT), CONTRACT_SIGNED_ON),
                    N_("备案日期早于签订日期"), err);
}

static bool is_yes_or_no(struct slice value)
{
    return slice_is(value, "yes") || slice_is(value, "是") || slice_is(value, "no") || slice_is(value, "否");
}

bool check_state(struct deal_draft *draft, struct err *err)
{
    struct slice name = paper_text(&draft->paper, STATEMENT_FACT), value = paper_text(&draft->paper, STATEMENT_VALUE);
    const struct rule_fact *of = rulebook_fact(draft->order->law->book, name);
    struct fact fact;

    if (pier_asks(name))
        return is_yes_or_no(value) || WRONG(statement, STATEMENT_VALUE, "这里只能写是或者否", "写“是”或“否”");
    if (!of)
        return WRONG(statement, STATEMENT_FACT, "没有这个事实", "从页面上列出的事实里选");
    if (deal_holds_fact(draft->order->law, draft->now, of->name, draft->arena))
        return WRONG(statement, STATEMENT_FACT, "这个事实由卷内的文书写明，不能另行申报", "办相应的那一步；写错的改那一份文书");
    return rule_fact_read(of, value, &fact, err) || err_field(err, kind_statement.fields[STATEMENT_VALUE].name);
}
