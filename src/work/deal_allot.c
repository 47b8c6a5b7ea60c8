/* An award: what has come in and is not allotted yet, less what may be deducted, to each person's fen. */
#include "work/deal_int.h"

#include "base/text.h"
#include "work/allot.h"

enum { TEAM_MOST = ALLOT_PEOPLE };

/* One who has no number here is told apart by his name, so that the order of lines changes nothing. */
static int64_t id_of(const struct member *member)
{
    uint64_t hash = UINT64_C(14695981039346656037);

    if (member->person)
        return member->person;
    for (size_t i = 0; i < member->name.len; i++)
        hash = (hash ^ (unsigned char)member->name.at[i]) * UINT64_C(1099511628211);
    return -(int64_t)(hash >> 2) - 1;
}

static bool team_read(struct slice lines, struct allot_person *people, struct slice *names, size_t *count, struct err *err)
{
    static const enum allot_leader leaders[] = {
        [STANDING_PLAIN] = LEADER_NONE, [STANDING_LEADER] = LEADER_OTHER, [STANDING_CHIEF] = LEADER_CHIEF};
    struct member member;
    struct slice line;

    for (*count = 0; slice_cut(&lines, '\n', &line); ++*count) {
        if (*count == TEAM_MOST)
            return err_set(err, ERR_INVALID, "团队超过 %d 人", TEAM_MOST) || err_field(err, "team");
        if (!member_read(line, &member, err))
            return err_field(err, "team");
        names[*count] = member.name;
        people[*count] = (struct allot_person){.id = id_of(&member), .weight = member.share, .main = member.main,
                                               .agency = member.agency, .leader = leaders[member.standing],
                                               .equity_document = member.document};
    }
    return true;
}

static bool costs_read(const struct deal_file *file, struct allot_cost *costs, size_t *count, struct err *err)
{
    static const char *const sorts[DEDUCT_COUNT] = {
        [DEDUCT_TAX] = "tax", [DEDUCT_UPKEEP] = "upkeep", [DEDUCT_APPRAISAL] = "appraisal",
        [DEDUCT_NEGOTIATION] = "negotiation", [DEDUCT_BROKER] = "broker", [DEDUCT_COST] = "cost"};

    *count = file->count[KIND_COST];
    if (*count > ALLOT_DEDUCTIONS)
        return err_set(err, ERR_INVALID, "扣除超过 %d 项", ALLOT_DEDUCTIONS) || err_hint(err, "同类的合成一项");
    for (size_t i = 0; i < *count; i++) {
        const struct record *cost = &file->papers[KIND_COST][i];

        costs[i] = (struct allot_cost){.fen = paper_number(cost, COST_AMOUNT), .public_research = paper_yes(cost, COST_PUBLIC)};
        for (size_t s = 0; s < DEDUCT_COUNT; s++)
            if (paper_is(cost, COST_SORT, sorts[s]))
                costs[i].sort = (enum allot_deduction)s;
    }
    return true;
}

/* A result of a rule for this file; *known false: the rule is not there, does not apply or does not know. */
static bool law_result(const struct law *law, const struct deal_draft *draft, const struct fact *facts, size_t count,
                       const char *rule, const char *name, int64_t *value, bool *known, struct err *err)
{
    const struct deal_file *file = draft->now;
    const struct rule *found = rule_find(law->book, rule, file->region, file->today);
    struct answer answer;

    *known = false;
    if (!found)
        return true;
    if (!rule_ask(law->book, found, facts, count, draft->arena, &answer, err))
        return false;
    for (size_t i = 0; i < found->result_count && answer.verdict != RULE_NOT_APPLICABLE; i++)
        if (strcmp(found->results[i].name, name) == 0 && answer.results[i].value.known) {
            *known = true;
            *value = answer.results[i].value.number;
        }
    return true;
}

static bool fact_known(const struct fact *facts, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(facts[i].name, name) == 0)
            return facts[i].known;
    return false;
}

/* Of the rule's facts those that are unknown and that people can state. */
static void asks_fill(const struct law *law, struct deal_draft *draft, const struct fact *facts, size_t count, struct answer *answer)
{
    const struct rule *rule = answer->rule;
    const struct rule_fact **asks = arena_zero(draft->order->arena, rule->fact_count + 1, sizeof *asks);

    answer->ask_count = 0;
    for (size_t i = 0; i < rule->fact_count; i++)
        if (!fact_known(facts, count, rule->facts[i].name)
            && !deal_holds_fact(law, draft->now, rule->facts[i].name, draft->arena))
            asks[answer->ask_count++] = &rule->facts[i];
    answer->asks = asks;
    answer->verdict = RULE_UNKNOWN;
}

/* The floor hangs on what people are to state, before there is an award that the gate could judge. Always false. */
static bool floor_unknown(const struct law *law, struct deal_draft *draft, struct fact *facts, size_t count, struct err *err)
{
    const struct rule *rule = rule_find(law->book, "R20", draft->now->region, draft->now->today);
    struct deal_order *order = draft->order;
    struct answer *answer = arena_zero(order->arena, 1, sizeof *answer);

    if (rule && !rule_ask(law->book, rule, facts, count, order->arena, answer, err))
        return false;
    if (rule)
        asks_fill(law, draft, facts, count, answer);
    if (!answer->ask_count) {
        err_set(err, ERR_INVALID, "规则库没有给出这种转化方式的奖酬下限");
        return err_hint(err, "请核对转化方式和单位性质；规则 R20 与本省的规则");
    }
    order->refusal = (struct deal_refusal){.answers = answer, .count = 1};
    err_set(err, ERR_CONFLICT, "“%s”还缺事实：%s", rule->title, answer->asks[0]->label);
    return err_hint(err, "在“补充事实”里写上，再分配");
}

static bool has_agency(const struct allot_person *people, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (people[i].agency && !people[i].main)
            return true;
    return false;
}

/* Zhejiang's share for the transfer office (§37) is due where the office took part. */
static bool terms_read(const struct law *law, struct deal_draft *draft, const struct allot_person *people, size_t count,
                       struct allot_terms *terms, struct err *err)
{
    const struct rule *costs;
    struct fact *facts;
    size_t fact_count;
    bool floor, main_floor;

    *terms = (struct allot_terms){.reward_agreed = paper_number(&draft->paper, AWARD_RATE),
                                  .equity = paper_is(&draft->now->deal, DEAL_WAY, "equity")};
    if (!deal_facts(law, draft->now, draft->arena, &facts, &fact_count, err)
        || !law_result(law, draft, facts, fact_count, "R20", "reward_floor", &terms->reward_floor, &floor, err)
        || !law_result(law, draft, facts, fact_count, "R23", "main_floor", &terms->main_floor, &main_floor, err))
        return false;
    if (has_agency(people, count))
        law_parameter(law, draft->now, "R23", "office", &terms->agency_floor);
    costs = rule_find(law->book, "R24", draft->now->region, draft->now->today);
    terms->public_research_refused = rule_bars(costs, "no_public"); /* 浙江条例 §37, 北京条例 §12 */
    terms->other_refused = rule_bars(costs, "no_other");            /* 北京条例 §12 */
    return floor || !deal_is_state_unit(draft->now) || floor_unknown(law, draft, facts, fact_count, err);
}

static struct slice shares_text(const struct allotment *made, const struct allot_person *people, const struct slice *names,
                                struct arena *arena)
{
    struct text out;
    struct slice text;

    text_init(&out);
    for (size_t i = 0; i < made->count; i++) {
        text_print(&out, "%s%.*s %lld", i ? "\n" : "", (int)names[i].len, names[i].at, (long long)made->shares[i].fen);
        if (people[i].id > 0)
            text_print(&out, " #%lld", (long long)people[i].id);
    }
    text = arena_copy(arena, text_slice(&out));
    text_release(&out);
    return text;
}

static struct value number_value(int64_t number)
{
    return (struct value){.known = true, .number = number};
}

/* Over all income and all costs together, less what earlier awards had: a cost that came late lowers the next award. */
static bool net_take(const struct deal_file *file, const struct allot_terms *terms, int64_t *income, int64_t *net, struct err *err)
{
    struct allot_cost costs[ALLOT_DEDUCTIONS];
    int64_t whole;
    size_t count;

    *income = income_open(file);
    if (*income <= 0)
        return err_set(err, ERR_INVALID, deal_by_profit(file) ? "没有待分配的年度利润" : "没有待分配的到账")
               || err_hint(err, deal_by_profit(file) ? "先登记年度利润" : "先登记到账");
    if (!deal_by_profit(file)
        && (!costs_read(file, costs, &count, err)
            || !allot_net(receipts_here(file), costs, count, terms, &whole, err)))
        return false;
    *net = net_open(file);
    return *net > 0 || err_set(err, ERR_INVALID, "扣除之后没有净收入") || err_hint(err, "没有可以分配的，这一步不用办；等下一笔到账，或核对扣除项");
}

bool deal_allot(const struct law *law, struct deal_draft *draft, struct err *err)
{
    struct allot_person *people = arena_zero(draft->arena, TEAM_MOST, sizeof *people);
    struct slice *names = arena_zero(draft->arena, TEAM_MOST, sizeof *names);
    struct allotment *made = arena_zero(draft->arena, 1, sizeof *made);
    struct value *values = draft->paper.values;
    struct allot_terms terms;
    int64_t income, net;
    size_t count;

    if (paper_known(&draft->paper, AWARD_RATE) && !paper_number(&draft->paper, AWARD_RATE)) {
        err_set(err, ERR_INVALID, "奖酬比例不能是 0");
        return err_hint(err, "不填的按法定下限") || err_field(err, kind_award.fields[AWARD_RATE].name);
    }
    if (!team_read(paper_text(&draft->paper, AWARD_TEAM), people, names, &count, err)
        || !terms_read(law, draft, people, count, &terms, err) || !net_take(draft->now, &terms, &income, &net, err)
        || !allot(net, &terms, people, count, made, err))
        return false;
    values[AWARD_INCOME] = number_value(income);
    values[AWARD_NET] = number_value(net);
    values[AWARD_RATE] = number_value(terms.reward_agreed ? terms.reward_agreed : terms.reward_floor);
    values[AWARD_REWARD] = number_value(made->reward);
    values[AWARD_SHARES] = (struct value){.known = true, .text = shares_text(made, people, names, draft->arena)};
    return true;
}
