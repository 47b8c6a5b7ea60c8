/* Each paper of a deal: when it can be given, and what it says beyond what all of them do. */
#include "work/deal_paper_int.h"

#include "base/clock.h"
#include "base/money.h"
#include "record/party.h"

static struct paper_values *values_of(struct deal_paper_work *work)
{
    return &work->fill.values;
}

static bool not_yet(struct err *why, const char *what, const char *hint)
{
    err_set(why, ERR_CONFLICT, "%s", what);
    return err_hint(why, "%s", hint);
}

/* --- 公示 --- */

bool ready_notice(struct deal_paper_work *work, struct err *why)
{
    return notice_of(work->file, "sale", "unit") || not_yet(why, N_("还没有本单位的转化公示"), N_("先办“发起公示”这一步"));
}

static void notice_days(struct deal_paper_work *work, const struct record *notice)
{
    bool provisional = false;

    fill_day(values_of(work), "公示首日", paper_day(notice, NOTICE_FIRST_DAY));
    fill_day(values_of(work), "公示末日", notice ? notice_last(work->law, work->file, notice, &provisional) : 0);
    fill_put(values_of(work), "暂算说明", provisional ? SLICE("末日按尚未公布的放假安排暂算。") : SLICE(""));
    paper_words(work, "异议办法", notice, NOTICE_CHANNEL);
}

bool fill_notice(struct deal_paper_work *work, struct err *err)
{
    const struct record *notice = notice_of(work->file, "sale", "unit"), *market = notice_of(work->file, "sale", "market");

    (void)err;
    paper_words(work, "成果名称", notice, NOTICE_NAME);
    paper_words(work, "内容摘要", notice, NOTICE_SUMMARY);
    paper_words(work, "转化方式", notice, NOTICE_WAY);
    paper_sum(work, "公示价格", notice, NOTICE_PRICE);
    paper_words(work, "市场名称", market, NOTICE_MARKET);
    paper_words(work, "市场编号", market, NOTICE_NUMBER);
    paper_words(work, "市场网址", market, NOTICE_URL);
    notice_days(work, notice);
    return true;
}

/* --- the award --- */

static const struct record *award_of(const struct deal_paper_work *work)
{
    return deal_newest(work->file, KIND_AWARD);
}

static struct slice post(const struct member *member, struct arena *arena)
{
    static const char *const standings[] = {[STANDING_PLAIN] = "", [STANDING_LEADER] = "领导", [STANDING_CHIEF] = "正职领导"};
    const char *standing = standings[member->standing];

    return slice_of(arena_print(arena, "%s%s%s%s%s", member->main ? "主要贡献人员" : "", member->main && *standing ? "、" : "", standing,
                                member->agency && (member->main || *standing) ? "、" : "", member->agency ? "转移机构人员" : ""));
}

/* Of the first half: half of it, and where that is no whole fen, one more: never less is taxed than the law says. */
static int64_t taxed_of(const struct deal_paper_work *work, int64_t fen)
{
    int64_t half = SHARE_WHOLE;

    law_parameter(work->law, work->file, "R40", "half", &half);
    return money_share(fen, half, SHARE_WHOLE, MONEY_UP);
}

static void person_row(struct deal_paper_work *work, size_t number, const struct member *member, int64_t fen)
{
    struct paper_values *row = fill_row(&work->fill, "人员");

    fill_print(row, "序号", "%zu", number);
    fill_put(row, "姓名", member->name);
    fill_put(row, "份额", share_show(member->share, work->arena));
    fill_put(row, "岗位", post(member, work->arena));
    if (fen >= 0) {
        fill_money(row, "奖励金额", fen);
        fill_money(row, "计税金额", taxed_of(work, fen));
    }
}

/*
 * A row for each person; the lines of team and shares go in step, "" where nothing was allotted yet. Fills their count, the sums of
 * their shares and of what is taxed. A unit that holds a share itself is no person.
 */
static void people_rows(struct deal_paper_work *work, struct slice team, struct slice shares)
{
    struct slice line, share, unit = paper_text(&work->file->unit, PARTY_NAME);
    int64_t taxed = 0, sum = 0;
    struct member member;
    struct err ignored;
    size_t count = 0;

    while (slice_cut(&team, '\n', &line)) {
        int64_t fen = slice_cut(&shares, '\n', &share) ? award_fen(share) : -1;

        if (!member_read(line, &member, &ignored) || slice_same(member.name, unit))
            continue;
        person_row(work, ++count, &member, fen);
        sum += member.share;
        taxed += fen >= 0 ? taxed_of(work, fen) : 0;
    }
    fill_print(values_of(work), "涉及人数", "%zu", count);
    fill_put(values_of(work), "份额合计", share_show((int32_t)sum, work->arena));
    fill_money(values_of(work), "计税合计", taxed);
}

/* Reports are due on the 15th of the month after it was paid (国家税务总局公告2018年第30号第二条). */
static int32_t report_day(int32_t paid)
{
    int year, month, day;
    int32_t due = 0;

    if (!paid)
        return 0;
    day_to_ymd(paid, &year, &month, &day);
    day_from_ymd(month == 12 ? year + 1 : year, month == 12 ? 1 : month + 1, 15, &due);
    return due;
}

static void award_values(struct deal_paper_work *work)
{
    const struct record *award = award_of(work);
    int64_t net = paper_number(award, AWARD_NET), reward = paper_number(award, AWARD_REWARD);

    people_rows(work, paper_text(award, AWARD_TEAM), paper_text(award, AWARD_SHARES));
    fill_money(values_of(work), "本次到账", paper_number(award, AWARD_INCOME));
    fill_money(values_of(work), "本次扣除", paper_number(award, AWARD_INCOME) - net);
    fill_money(values_of(work), "净收入", net);
    fill_money(values_of(work), "奖酬总额", reward);
    fill_money(values_of(work), "单位留存", net - reward);
    fill_put(values_of(work), "奖酬比例", share_show((int32_t)paper_number(award, AWARD_RATE), work->arena));
    fill_day(values_of(work), "决定日期", paper_day(award, AWARD_DECIDED_ON));
    fill_day(values_of(work), "发放日期", paper_day(award, AWARD_PAID_ON));
    paper_words(work, "发放凭证", award, AWARD_VOUCHER);
    fill_day(values_of(work), "报送期限", report_day(paper_day(award, AWARD_PAID_ON)));
}

static bool award_there(struct deal_paper_work *work, struct err *why)
{
    return award_of(work) || not_yet(why, N_("还没有奖酬分配"), N_("先办“分配奖酬”这一步"));
}

/* --- 奖酬分配表 --- */

bool ready_allocation(struct deal_paper_work *work, struct err *why)
{
    return award_there(work, why);
}

bool fill_allocation(struct deal_paper_work *work, struct err *err)
{
    const struct deal_file *file = work->file;

    (void)err;
    for (size_t i = 0; i < file->count[KIND_COST]; i++) {
        const struct record *cost = &file->papers[KIND_COST][i];
        struct paper_values *row = fill_row(&work->fill, "扣除");

        fill_print(row, "序号", "%zu", i + 1);
        fill_put(row, "扣除项", field_words(&cost->kind->fields[COST_SORT], &cost->values[COST_SORT], false, work->arena));
        fill_money(row, "扣除金额", paper_number(cost, COST_AMOUNT));
        fill_put(row, "凭证号", paper_text(cost, COST_VOUCHER));
        fill_put(row, "扣除说明", paper_text(cost, COST_NOTE));
    }
    fill_money(values_of(work), "扣除总额", papers_sum(file, KIND_COST, COST_AMOUNT));
    award_values(work);
    return true;
}

/* --- 现金奖励公示, 58号 --- */

static bool is_equity(const struct deal_paper_work *work)
{
    return paper_is(&work->file->deal, DEAL_WAY, "equity");
}

bool ready_reward_notice(struct deal_paper_work *work, struct err *why)
{
    if (!award_there(work, why))
        return false;
    return notice_of(work->file, "reward", "unit") || not_yet(why, N_("还没有本单位的奖酬公示"), N_("先办“发起公示”这一步，公示事项选奖酬分配"));
}

bool fill_reward_notice(struct deal_paper_work *work, struct err *err)
{
    int64_t days = 0;

    (void)err;
    award_values(work);
    notice_days(work, notice_of(work->file, "reward", "unit"));
    if (law_parameter(work->law, work->file, "R41", "workdays", &days))
        fill_print(values_of(work), "公示工作日", "%lld", (long long)days);
    return true;
}

static struct fact *fact_of(struct fact *facts, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(facts[i].name, name) == 0)
            return &facts[i];
    return NULL;
}

/* Does the rule say yes, `taken` (up to two yes-or-no facts, or NULL) taken for granted? */
static bool rule_says_yes(struct deal_paper_work *work, const char *id, const char *const taken[2], struct err *why)
{
    const struct rule *rule = rule_find(work->law->book, id, work->file->region, work->file->today);
    struct answer answer;
    struct fact *facts;
    size_t count;

    if (!rule)
        return true;
    if (!deal_facts(work->law, work->file, work->arena, &facts, &count, why))
        return false;
    for (size_t i = 0; i < 2 && taken && taken[i]; i++)
        if (fact_of(facts, count, taken[i]))
            *fact_of(facts, count, taken[i]) = (struct fact){.name = taken[i], .kind = FACT_YES, .known = true, .value = 1};
    if (!rule_ask(work->law->book, rule, facts, count, work->arena, &answer, why))
        return false;
    if (answer.verdict == RULE_NO) {
        err_set(why, ERR_CONFLICT, "%.*s", (int)answer.says.len, answer.says.at);
        return err_hint(why, "%s %s", rule->articles[0].document, rule->articles[0].number);
    }
    if (answer.verdict == RULE_UNKNOWN)
        return err_set(why, ERR_CONFLICT, "还不知道：%s", answer.asks[0]->label) || err_hint(why, "用“补充事实”这一步说明");
    return true;
}

bool ready_cash_tax(struct deal_paper_work *work, struct err *why)
{
    const struct record *award = award_of(work);

    if (is_equity(work))
        return not_yet(why, N_("作价投资没有转化收入的现金奖励"), N_("作价投资的用递延纳税备案表"));
    if (!ready_reward_notice(work, why))
        return false;
    if (!paper_yes(award, AWARD_HALF))
        return not_yet(why, N_("这次分配没有选按财税〔2018〕58号减按 50% 计税"), N_("全额计税的不用备案"));
    if (!paper_known(award, AWARD_PAID_ON))
        return not_yet(why, N_("奖励还没有发放"), N_("先办“发放奖酬”这一步；发放之日的次月 15 日内备案"));
    return rule_says_yes(work, "R40", NULL, why) && rule_says_yes(work, "R41", NULL, why);
}

bool fill_cash_tax(struct deal_paper_work *work, struct err *err)
{
    size_t rows;

    if (!fill_reward_notice(work, err))
        return false;
    rows = fill_list(&work->fill, SLICE("人员")) ? fill_list(&work->fill, SLICE("人员"))->count : 0;
    for (size_t i = 0; i < rows; i++)
        fill_day(fill_list(&work->fill, SLICE("人员"))->rows[i], "发放日期", paper_day(award_of(work), AWARD_PAID_ON));
    return true;
}

/* --- 101号 --- */

/* Those who get a part of the equity: the team that it was allotted to, or else the holders of the title. */
static struct slice investors(const struct deal_paper_work *work)
{
    const struct record *award = award_of(work), *title = deal_newest(work->file, KIND_TITLE);

    if (award)
        return paper_text(award, AWARD_TEAM);
    return paper_is(title, TITLE_MODE, "joint") ? paper_text(title, TITLE_HOLDERS) : SLICE("");
}

bool ready_equity_tax(struct deal_paper_work *work, struct err *why)
{
    static const char *const filed[2] = {"claim_deferral", "deferral_filed"};

    if (!is_equity(work))
        return not_yet(why, N_("转化方式不是作价投资"), N_("递延纳税只给技术成果投资入股"));
    if (!deal_newest(work->file, KIND_CONTRACT))
        return not_yet(why, N_("还没有签订合同"), N_("先办“签订合同”这一步"));
    if (!investors(work).len)
        return not_yet(why, N_("还不知道哪些人取得股权"), N_("先办“分配奖酬”这一步，或在权属约定里写明共同所有的份额"));
    return rule_says_yes(work, "R42", filed, why);
}

bool fill_equity_tax(struct deal_paper_work *work, struct err *err)
{
    const struct fact *cost;
    struct fact *facts;
    size_t count;

    if (!deal_facts(work->law, work->file, work->arena, &facts, &count, err))
        return false;
    people_rows(work, investors(work), SLICE(""));
    cost = fact_of(facts, count, "technology_cost");
    if (cost && cost->known)
        fill_money(values_of(work), "技术成果原值", cost->value);
    return true;
}

/* --- 技术合同登记表, 年度报告 --- */

bool ready_registration(struct deal_paper_work *work, struct err *why)
{
    return deal_newest(work->file, KIND_CONTRACT) || not_yet(why, N_("还没有签订合同"), N_("先办“签订合同”这一步"));
}

bool fill_registration(struct deal_paper_work *work, struct err *err)
{
    (void)work, (void)err;
    return true;
}

static int year_of(int32_t day)
{
    int year = 0, month, of_month;

    if (day)
        day_to_ymd(day, &year, &month, &of_month);
    return year;
}

struct year_sums {
    int64_t signed_fen, received, cash, equity, people;
};

static size_t lines_in(struct slice text)
{
    struct slice line;
    size_t count = 0;

    while (slice_cut(&text, '\n', &line))
        count += line.len > 0;
    return count;
}

/* year 0: of all years. */
static struct year_sums sums_of(const struct deal_paper_work *work, int year)
{
    const struct deal_file *file = work->file;
    const struct record *contract = deal_newest(file, KIND_CONTRACT);
    struct year_sums sums = {0};

    if (!year || year_of(paper_day(contract, CONTRACT_SIGNED_ON)) == year)
        sums.signed_fen = paper_number(contract, CONTRACT_AMOUNT);
    for (size_t i = 0; i < file->count[KIND_RECEIPT]; i++)
        if (!year || year_of(paper_day(&file->papers[KIND_RECEIPT][i], RECEIPT_CAME_ON)) == year)
            sums.received += paper_number(&file->papers[KIND_RECEIPT][i], RECEIPT_AMOUNT);
    for (size_t i = 0; i < file->count[KIND_AWARD]; i++) {
        const struct record *award = &file->papers[KIND_AWARD][i];
        int paid = year_of(paper_day(award, AWARD_PAID_ON));

        if (!paid || (year && paid != year))
            continue;
        *(is_equity(work) ? &sums.equity : &sums.cash) += paper_number(award, AWARD_REWARD);
        sums.people += (int64_t)lines_in(paper_text(award, AWARD_TEAM));
    }
    return sums;
}

static void year_row(struct deal_paper_work *work, int year)
{
    struct year_sums sums = sums_of(work, year);
    struct paper_values *row;

    if (!sums.signed_fen && !sums.received && !sums.cash && !sums.equity)
        return;
    row = fill_row(&work->fill, "年度");
    fill_print(row, "年度", "%d", year);
    fill_money(row, "合同金额", sums.signed_fen);
    fill_money(row, "当年到账", sums.received);
    fill_money(row, "现金奖励", sums.cash);
    fill_money(row, "股权奖励", sums.equity);
    fill_print(row, "受奖人次", "%lld", (long long)sums.people);
}

/* From the year of the contract to this one; those in which nothing happened have no row. */
bool fill_annual_row(struct deal_paper_work *work, struct err *err)
{
    struct year_sums all = sums_of(work, 0);

    (void)err;
    for (int year = year_of(paper_day(deal_newest(work->file, KIND_CONTRACT), CONTRACT_SIGNED_ON)); year <= year_of(work->file->today); year++)
        year_row(work, year);
    fill_money(values_of(work), "合同金额合计", all.signed_fen);
    fill_money(values_of(work), "现金奖励合计", all.cash);
    fill_money(values_of(work), "股权奖励合计", all.equity);
    fill_print(values_of(work), "受奖人次合计", "%lld", (long long)all.people);
    return true;
}
