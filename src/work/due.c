#include "work/due.h"

#include "work/deal_int.h"

struct reckoning {
    const struct law *law;
    const struct deal_file *file;
    const struct deal_bridge *bridge;
    struct arena *arena;
    struct due *dues;
    size_t count;
};

/* --- is it still to be done? --- */

static bool reward_open(const struct deal_file *file, const struct deal_bridge *bridge)
{
    return file->count[KIND_RECEIPT] && !bridge->piers[PIER_ALLOT].passed
           && (!paper_known(deal_newest(file, KIND_AWARD), AWARD_PAID_ON) || income_open(file) > 0);
}

static bool registration_sent(const struct deal_file *file, const struct deal_bridge *bridge)
{
    const struct record *registration = deal_newest(file, KIND_REGISTRATION);

    return registration && !paper_known(registration, REGISTRATION_RESULT) && !registration_lacking(registration)
           && !bridge->piers[PIER_REGISTER].passed;
}

/* What people state of a filing elsewhere, its day, ends the deadline. */
static bool stated(const struct deal_file *file, const char *fact)
{
    for (size_t i = 0; i < file->count[KIND_STATEMENT]; i++)
        if (paper_is(&file->papers[KIND_STATEMENT][i], STATEMENT_FACT, fact))
            return true;
    return false;
}

static bool licence_open(const struct deal_file *file, const struct deal_bridge *bridge)
{
    (void)bridge;
    return file->count[KIND_CONTRACT] && !stated(file, "licence_filed");
}

static bool stamp_open(const struct deal_file *file, const struct deal_bridge *bridge)
{
    (void)bridge;
    return file->count[KIND_CONTRACT] && !stated(file, "stamp_filed");
}

enum { SORT_NOTICE, SORT_REWARD_NOTICE, SORT_INSTALMENT, SORT_CONTRACT };

const struct due_sort due_sorts[] = {
    [SORT_NOTICE] = {"notice", "公示期满", "End of the notice", NULL, NULL, N_("促进科技成果转化法 §18；国发〔2016〕16号（一）（十）"), true, 0, NULL},
    [SORT_REWARD_NOTICE] = {"reward_notice", "奖酬公示期满", "End of the notice of rewards", NULL, NULL, N_("国科发政〔2018〕103号"), true, 0, NULL},
    [SORT_INSTALMENT] = {"instalment", "一期款项到期", "An instalment is due", NULL, NULL, N_("民法典 §846"), false, 0, NULL},
    [SORT_CONTRACT] = {"contract", "合同到期", "The contract ends", NULL, NULL, "", false, 0, NULL},
    {"register", "登记机构应当完成认定登记", "The agency is to decide on the registration", "R61", "due", "", false, DUE_TELLS_REGISTRAR, registration_sent},
    {"register_local", "登记机构应当完成认定登记（本地规定）", "The agency is to decide on the registration (local rule)", "R61-1", "due", "", false, DUE_TELLS_REGISTRAR, registration_sent},
    {"pay", "发放奖酬", "Pay the rewards out", "R25", "pay_by", "", false, DUE_TELLS_TEAM, reward_open},
    {"half_tax", "奖酬减半计税的最迟发放日", "Last day for rewards at half tax", "R40", "pay_by", "", false, 0, reward_open},
    {"licence", "专利实施许可合同备案", "File the patent licence", "R13-2", "due", "", false, 0, licence_open},
    {"stamp", "申报印花税", "Declare the stamp duty", "R45", "stamp_by", "", false, 0, stamp_open},
};
const size_t due_sort_count = sizeof due_sorts / sizeof *due_sorts;

const struct due_sort *due_sort_find(struct slice name)
{
    for (size_t i = 0; i < due_sort_count; i++)
        if (slice_is(name, due_sorts[i].name))
            return &due_sorts[i];
    return NULL;
}

static void due_add(struct reckoning *to, size_t sort, int64_t no, int32_t day, bool provisional, const struct rule *rule)
{
    if (day && to->count < DUES_MOST)
        to->dues[to->count++] = (struct due){&due_sorts[sort], no, day, provisional, rule};
}

/* --- what papers say --- */

static void notice_add(struct reckoning *to, size_t sort, const char *of, bool waited_for)
{
    const struct record *notice = notice_of(to->file, of, "unit");
    bool provisional = false, upheld;

    if (notice && waited_for && !notice_disputed(to->file, notice, &upheld))
        due_add(to, sort, paper_number(notice, PAPER_NO), notice_last(to->law, to->file, notice, &provisional), provisional, NULL);
}

/* There may be more than there is room for: they come last, the next ones first. */
static void instalments_add(struct reckoning *to)
{
    const struct record *open[RECORD_PAPERS];
    size_t count = to->bridge->piers[PIER_RECEIVE].passed ? 0 : instalments_open(to->file, open);

    for (size_t i = 0; i < count; i++)
        due_add(to, SORT_INSTALMENT, paper_number(open[i], PAPER_NO), paper_day(open[i], INSTALMENT_DUE_ON), false, NULL);
}

static void papers_add(struct reckoning *to)
{
    notice_add(to, SORT_NOTICE, "sale", !signed_as_agreed(to->file));
    notice_add(to, SORT_REWARD_NOTICE, "reward", !to->bridge->piers[PIER_ALLOT].passed);
    due_add(to, SORT_CONTRACT, 0, paper_day(deal_newest(to->file, KIND_CONTRACT), CONTRACT_UNTIL), false, NULL);
}

/* --- what rules say --- */

static bool rule_day(struct reckoning *to, size_t sort, const struct rule *rule, const struct fact *facts, size_t count,
                     struct err *err)
{
    struct answer answer;

    if (!rule_ask(to->law->book, rule, facts, count, to->arena, &answer, err))
        return false;
    for (size_t i = 0; answer.verdict != RULE_NOT_APPLICABLE && i < rule->result_count; i++)
        if (strcmp(rule->results[i].name, due_sorts[sort].result) == 0 && answer.results[i].value.known)
            due_add(to, sort, 0, (int32_t)answer.results[i].value.number, answer.provisional, rule);
    return true;
}

/* Once an award is paid out, the days are of the next one's money. */
static bool facts_read(const struct reckoning *to, struct fact **facts, size_t *count, struct err *err)
{
    if (!deal_facts(to->law, to->file, to->arena, facts, count, err))
        return false;
    for (size_t i = 0; paper_known(deal_newest(to->file, KIND_AWARD), AWARD_PAID_ON) && i < *count; i++)
        if (strcmp((*facts)[i].name, "received") == 0 && (*facts)[i].known)
            (*facts)[i].value = reward_received(to->file, true);
    return true;
}

static bool rules_add(struct reckoning *to, struct err *err)
{
    struct fact *facts = NULL;
    size_t count = 0;

    for (size_t s = 0; s < due_sort_count; s++) {
        const struct rule *rule;

        if (!due_sorts[s].rule || !due_sorts[s].open(to->file, to->bridge))
            continue;
        rule = rule_find(to->law->book, due_sorts[s].rule, to->file->region, to->file->today);
        if (rule && !facts && !facts_read(to, &facts, &count, err))
            return false;
        if (rule && !rule_day(to, s, rule, facts, count, err))
            return false;
    }
    return true;
}

bool deal_dues(const struct law *law, const struct deal_file *file, const struct deal_bridge *bridge, struct arena *arena,
               struct due dues[DUES_MOST], size_t *count, struct err *err)
{
    struct reckoning to = {law, file, bridge, arena, dues, 0};
    bool ok = true;

    if (file->deal.status == RECORD_OPEN && !deal_rests(file)) {
        papers_add(&to);
        ok = rules_add(&to, err);
        instalments_add(&to);
    }
    *count = to.count;
    return ok;
}

/* --- when to tell --- */

int32_t due_wake(const struct due_sort *sort, int32_t day, int32_t told, int32_t today)
{
    if (told > day || (!sort->waits && !told && day + DUE_STALE < today))
        return 0;
    if (sort->waits || told || day - DUE_AHEAD < today)
        return day + 1;
    return day - DUE_AHEAD;
}

struct slice due_article(const struct due_sort *sort, const struct rule *rule, struct arena *arena)
{
    if (rule && rule->article_count)
        return slice_of(arena_print(arena, "%s %s", rule->articles[0].document, rule->articles[0].number));
    return slice_of(sort->article);
}
