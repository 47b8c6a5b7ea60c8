#include "work/allot.h"

#include "base/money.h"

/* --- net income --- */

const char *allot_deduction_label(enum allot_deduction sort)
{
    static const char *const labels[DEDUCT_COUNT] = {
        [DEDUCT_TAX] = N_("税金"),
        [DEDUCT_UPKEEP] = N_("专利等维护费"),
        [DEDUCT_APPRAISAL] = N_("评估、鉴定费"),
        [DEDUCT_NEGOTIATION] = N_("谈判、合同、公证等直接费用"),
        [DEDUCT_BROKER] = N_("中介佣金"),
        [DEDUCT_COST] = N_("其他直接成本"),
    };

    return labels[sort];
}

static bool cost_check(const struct allot_cost *cost, const struct allot_terms *terms, struct err *err)
{
    if ((unsigned)cost->sort >= DEDUCT_COUNT) {
        err_set(err, ERR_INVALID, "这一项不在净收入可以扣除的项目里");
        return err_hint(err, "可以扣除的只有：税金、维护费、评估鉴定费、谈判合同公证费、中介佣金、其他直接成本");
    }
    if (cost->fen <= 0)
        return err_set(err, ERR_INVALID, "%s的金额要大于 0", allot_deduction_label(cost->sort));
    if (cost->public_research && terms->public_research_refused) {
        err_set(err, ERR_INVALID, "财政性资金投入的研发费用不得作为成本扣除");
        return err_hint(err, "去掉这一项，只留单位自己付的直接成本");
    }
    if (cost->sort == DEDUCT_COST && terms->other_refused) {
        err_set(err, ERR_INVALID, "本地的规定没有列明其他直接成本，不能扣除");
        return err_hint(err, "只留税金、维护费和评估、鉴定、谈判等交易的直接成本");
    }
    return true;
}

bool allot_net(int64_t income, const struct allot_cost *costs, size_t count, const struct allot_terms *terms, int64_t *net,
               struct err *err)
{
    int64_t left = income;

    if (income <= 0 || income > MONEY_MAX)
        return err_set(err, ERR_INVALID, "收入要大于 0，且不超过 1000 万亿元");
    if (count > ALLOT_DEDUCTIONS)
        return err_set(err, ERR_INVALID, "扣除项最多 %d 项", ALLOT_DEDUCTIONS);
    for (size_t i = 0; i < count; i++) {
        if (!cost_check(&costs[i], terms, err))
            return err_line(err, (long)i + 1);
        if (costs[i].fen > left) {
            err_set(err, ERR_INVALID, "扣除项合计超过了收入");
            return err_line(err, (long)i + 1);
        }
        left -= costs[i].fen;
    }
    *net = left;
    return true;
}

/* --- largest remainder --- */

/* Splits the amount by weight among the `count` people at chosen[]; those without any weight together get nothing. */
static void split(int64_t amount, const struct allot_person *people, const size_t *chosen, size_t count,
                  struct allot_share *shares)
{
    struct money_part parts[ALLOT_PEOPLE];

    for (size_t i = 0; i < count; i++)
        parts[i] = (struct money_part){.weight = people[chosen[i]].weight, .id = people[chosen[i]].id};
    money_split(amount, parts, count);
    for (size_t i = 0; i < count; i++)
        shares[chosen[i]] = (struct allot_share){parts[i].id, parts[i].fen};
}

/* --- the people's groups and their floors --- */

enum group { GROUP_MAIN, GROUP_AGENCY, GROUP_OTHER, GROUPS };

/* A group is held where it gets exactly its floor, and everybody else shares what is left. */
struct groups {
    int64_t weight[GROUPS], floor[GROUPS] /* 万分比 */, least[GROUPS], total[GROUPS];
    bool held[GROUPS];
};

static enum group group_of(const struct allot_person *person)
{
    return person->main ? GROUP_MAIN : person->agency ? GROUP_AGENCY : GROUP_OTHER;
}

/* Splits the amount among the people of those groups for which `of` is set. */
static void split_groups(int64_t amount, const bool of[GROUPS], const struct allot_person *people, size_t count,
                         struct allot_share *shares)
{
    size_t chosen[ALLOT_PEOPLE], n = 0;

    for (size_t i = 0; i < count; i++)
        if (of[group_of(&people[i])])
            chosen[n++] = i;
    split(amount, people, chosen, n, shares);
}

static void share_out(struct groups *groups, const struct allot_person *people, struct allotment *out)
{
    int64_t left = out->reward;
    bool free[GROUPS];

    for (int g = 0; g < GROUPS; g++) {
        bool alone[GROUPS] = {false};

        free[g] = !groups->held[g];
        groups->total[g] = 0;
        if (free[g])
            continue;
        alone[g] = true;
        split_groups(groups->least[g], alone, people, out->count, out->shares);
        left -= groups->least[g];
    }
    split_groups(left, free, people, out->count, out->shares);
    for (size_t i = 0; i < out->count; i++)
        groups->total[group_of(&people[i])] += out->shares[i].fen;
}

/* The first group under its floor; GROUPS: none. */
static int group_short(const struct groups *groups)
{
    int g = 0;

    while (g < GROUPS && groups->total[g] >= groups->least[g])
        g++;
    return g;
}

static bool refuse_group(int group, const struct groups *groups, struct allotment *out, struct err *err)
{
    long long has = groups->total[group], least = groups->least[group];

    if (group == GROUP_MAIN) {
        out->refusal = ALLOT_MAIN_FLOOR;
        err_set(err, ERR_INVALID, "主要贡献人员合计 %lld.%02lld 元，低于奖励总额的法定份额 %lld.%02lld 元", has / 100, has % 100,
                least / 100, least % 100);
        return err_hint(err, groups->weight[group] ? N_("提高主要贡献人员的份额") : N_("标明谁是主要贡献人员"));
    }
    out->refusal = ALLOT_AGENCY_FLOOR;
    err_set(err, ERR_INVALID, "技术转移机构和管理人员合计 %lld.%02lld 元，低于奖励总额的法定份额 %lld.%02lld 元", has / 100, has % 100,
            least / 100, least % 100);
    return err_hint(err, groups->weight[group] ? N_("提高他们的份额") : N_("写上技术转移机构的工作人员和管理人员"));
}

/* Everybody's share. At most every group is held once, so the loop ends. */
static bool share_fairly(const struct allot_terms *terms, const struct allot_person *people, struct allotment *out,
                         struct err *err)
{
    struct groups groups = {.floor = {[GROUP_MAIN] = terms->main_floor, [GROUP_AGENCY] = terms->agency_floor}};
    int64_t held = 0;
    int low;

    for (size_t i = 0; i < out->count; i++)
        groups.weight[group_of(&people[i])] += people[i].weight;
    for (int g = 0; g < GROUPS; g++)
        groups.least[g] = money_share(out->reward, groups.floor[g], ALLOT_WHOLE, MONEY_UP);
    share_out(&groups, people, out);
    while ((low = group_short(&groups)) < GROUPS && groups.weight[low] >= groups.floor[low]
           && (held += groups.least[low]) <= out->reward) {
        groups.held[low] = true;
        share_out(&groups, people, out);
    }
    out->main_total = groups.total[GROUP_MAIN];
    out->main_least = groups.least[GROUP_MAIN];
    out->agency_total = groups.total[GROUP_AGENCY];
    out->agency_least = groups.least[GROUP_AGENCY];
    return low == GROUPS || refuse_group(low, &groups, out, err);
}

/* --- what is asked --- */

static bool is_share(int64_t share)
{
    return share >= 0 && share <= ALLOT_WHOLE;
}

static bool terms_check(const struct allot_terms *terms, struct allotment *out, struct err *err)
{
    out->refusal = ALLOT_TERMS;
    return (is_share(terms->reward_floor) && is_share(terms->reward_agreed) && is_share(terms->main_floor)
            && is_share(terms->agency_floor))
        || err_set(err, ERR_INVALID, "奖励比例要在 0 到 100%% 之间");
}

static bool team_check(const struct allot_person *people, size_t count, struct allotment *out, struct err *err)
{
    out->refusal = ALLOT_TEAM;
    if (count == 0)
        return err_set(err, ERR_INVALID, "还没有写团队成员");
    if (count > ALLOT_PEOPLE)
        return err_set(err, ERR_INVALID, "团队成员最多 %d 人，这里有 %zu 人", ALLOT_PEOPLE, count);
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < i; j++)
            if (people[i].id == people[j].id) {
                err_set(err, ERR_INVALID, "第 %zu 位成员与第 %zu 位是同一人", i + 1, j + 1);
                return err_line(err, (long)i + 1);
            }
    return true;
}

static bool weights_check(const struct allot_person *people, size_t count, struct allotment *out, struct err *err)
{
    int64_t total = 0;

    out->refusal = ALLOT_WEIGHTS;
    for (size_t i = 0; i < count; i++) {
        if (!is_share(people[i].weight)) {
            err_set(err, ERR_INVALID, "第 %zu 位成员的份额不在 0 到 100%% 之间", i + 1);
            return err_line(err, (long)i + 1);
        }
        total += people[i].weight;
    }
    return total == ALLOT_WHOLE
        || err_set(err, ERR_INVALID, "份额合计 %lld.%02lld%%，应当正好是 100%%", (long long)total / 100,
                   (long long)total % 100);
}

static bool leaders_check(const struct allot_terms *terms, const struct allot_person *people, size_t count,
                          struct allotment *out, struct err *err)
{
    out->refusal = ALLOT_CHIEF_EQUITY;
    for (size_t i = 0; terms->equity && i < count; i++)
        if (people[i].leader == LEADER_CHIEF && people[i].weight > 0 && !people[i].equity_document) {
            err_set(err, ERR_INVALID, "第 %zu 位成员是正职领导，原则上不得获得股权激励", i + 1);
            err_hint(err, "改为现金奖励，或附上允许其获得股权的文件");
            return err_line(err, (long)i + 1);
        }
    return true;
}

/* --- the reward --- */

/* Agreed, by largest remainder between the people and the unit; the floor where nothing or, for rounding, less comes out. */
static int64_t reward_of(int64_t net, const struct allot_terms *terms, int64_t floor)
{
    const struct allot_person sides[] = {{.id = 0, .weight = (int32_t)terms->reward_agreed},
                                         {.id = 1, .weight = (int32_t)(ALLOT_WHOLE - terms->reward_agreed)}};
    struct allot_share parts[2];

    if (terms->reward_agreed == 0)
        return floor;
    split(net, sides, (const size_t[]){0, 1}, 2, parts);
    return parts[0].fen > floor ? parts[0].fen : floor;
}

static bool reward_reckon(int64_t net, const struct allot_terms *terms, struct allotment *out, struct err *err)
{
    if (net <= 0 || net > MONEY_MAX) {
        out->refusal = ALLOT_NO_INCOME;
        return err_set(err, ERR_INVALID, "扣除以后没有净收入可以分配");
    }
    out->net = net;
    out->floor = money_share(net, terms->reward_floor, ALLOT_WHOLE, MONEY_UP);
    if (terms->reward_agreed && terms->reward_agreed < terms->reward_floor) {
        out->refusal = ALLOT_BELOW_FLOOR;
        err_set(err, ERR_INVALID, "约定的奖励比例 %d.%02d%% 低于法定的 %d.%02d%%", (int)terms->reward_agreed / 100,
                (int)terms->reward_agreed % 100, (int)terms->reward_floor / 100, (int)terms->reward_floor % 100);
        return err_hint(err, "约定可以高于法定比例，不能低于它");
    }
    out->reward = reward_of(net, terms, out->floor);
    out->unit = net - out->reward;
    return true;
}

bool allot(int64_t net, const struct allot_terms *terms, const struct allot_person *people, size_t count,
           struct allotment *out, struct err *err)
{
    *out = (struct allotment){.count = 0};
    if (!terms_check(terms, out, err) || !team_check(people, count, out, err) || !weights_check(people, count, out, err)
        || !reward_reckon(net, terms, out, err) || !leaders_check(terms, people, count, out, err))
        return false;
    out->count = count;
    if (!share_fairly(terms, people, out, err))
        return false;
    out->refusal = ALLOT_FINE;
    return true;
}
