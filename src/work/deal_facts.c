/* The facts of a deal's file, by the names of rules/facts. What no paper holds is stated by people (kind "statement"). */
#include "work/deal_int.h"

#include <assert.h>

#include "record/achievement.h"
#include "record/party.h"
#include "record/right.h"
#include "work/contract_tree.h"
#include "work/deal_flag.h"

enum { FACTS_MOST = 512, FACTS_ROOM = 8 /* for whoever adds some */ };

struct facts {
    const struct law *law;
    const struct deal_file *file;
    struct arena *arena;
    struct fact *list;
    bool *assumed; /* of each: no paper says so, it is what is usual, and people may state otherwise */
    size_t count;
};

/* --- putting one --- */

/* Where it is, or would be next. */
static size_t find(const struct facts *facts, const char *name)
{
    size_t i = 0;

    while (i < facts->count && strcmp(facts->list[i].name, name) != 0)
        i++;
    return i;
}

static void put(struct facts *facts, struct fact fact)
{
    size_t at = find(facts, fact.name);

    assert(at < FACTS_MOST);
    fact.source = fact.source ? fact.source : FACT_CERTIFICATE;
    facts->list[at] = fact;
    facts->count += at == facts->count;
}

/* Of what papers say nothing else can be stated, and nothing before they do: the paper is to be put in, or mended. */
static bool held(const struct facts *facts, const char *name)
{
    size_t at = find(facts, name);

    return at < facts->count && !facts->assumed[at];
}

static void assume(struct facts *facts, const char *name)
{
    size_t at = find(facts, name);

    assert(at < facts->count);
    facts->assumed[at] = true;
}

static void put_yes(struct facts *facts, const char *name, bool yes)
{
    put(facts, (struct fact){.name = name, .kind = FACT_YES, .known = true, .value = yes});
}

/* Not known as yet, and people may state it until a paper says so. */
static void put_open(struct facts *facts, const char *name)
{
    put(facts, (struct fact){.name = name, .kind = FACT_YES});
    assume(facts, name);
}

static void put_code(struct facts *facts, const char *name, struct slice code)
{
    put(facts, (struct fact){.name = name, .kind = FACT_CODE, .known = code.len > 0, .code = code});
}

static void put_money(struct facts *facts, const char *name, bool known, int64_t fen)
{
    put(facts, (struct fact){.name = name, .kind = FACT_MONEY, .known = known, .value = fen});
}

static void put_day(struct facts *facts, const char *name, int32_t day)
{
    put(facts, (struct fact){.name = name, .kind = FACT_DAY, .known = day != 0, .value = day});
}

static void put_number(struct facts *facts, const char *name, bool known, int64_t number)
{
    put(facts, (struct fact){.name = name, .kind = FACT_NUMBER, .known = known, .value = number});
}

/* A box of a paper: known where the paper is there. */
static void put_box(struct facts *facts, const char *name, const struct record *paper, size_t field)
{
    if (paper)
        put_yes(facts, name, paper_yes(paper, field));
}

/* --- by paper --- */

/* What the achievement's rights say it is. */
static void right_facts(struct facts *facts)
{
    static const char *const listed[] = {"发明专利", "实用新型", "外观设计", "软件著作权", "植物新品种", "集成电路布图设计", "新药证书"};
    static const char *const patents[][2] = {{"发明专利", "invention"}, {"实用新型", "utility"}, {"外观设计", "design"}};
    struct slice lines = paper_text(&facts->file->achievement, ACHIEVEMENT_RIGHTS), line;
    const char *patent = NULL;
    bool is_listed = false;
    struct right right;
    struct err ignored;

    while (slice_cut(&lines, '\n', &line)) {
        if (!line.len || !right_read(line, &right, &ignored))
            continue;
        for (size_t i = 0; i < sizeof listed / sizeof *listed; i++)
            is_listed = is_listed || slice_is(right.sort, listed[i]);
        for (size_t i = 0; !patent && i < sizeof patents / sizeof *patents; i++)
            patent = slice_is(right.sort, patents[i][0]) ? patents[i][1] : NULL;
    }
    put_yes(facts, "listed_technology", is_listed);
    put_yes(facts, "is_patent", patent != NULL);
    put_code(facts, "patent_type", slice_of(patent ? patent : ""));
    put_yes(facts, "defence_patent", false);
}

static void unit_facts(struct facts *facts)
{
    bool state = deal_is_state_unit(facts->file);

    put_yes(facts, "state_unit", state);
    put_yes(facts, "nonprofit_unit", state);
    put_yes(facts, "fiscal_unit", state);
    put_yes(facts, "payroll_unit", state);
    put_yes(facts, "public_hospital", false);
    put_day(facts, "today", facts->file->today);
}

/* The form takes in no state secret (record/check.h), so there is none. */
static void deal_terms_facts(struct facts *facts)
{
    const struct record *deal = &facts->file->deal;
    bool ground = paper_known(deal, DEAL_GROUND);

    put_code(facts, "way", paper_text(deal, DEAL_WAY));
    put_yes(facts, "way_described", ground);
    put_code(facts, "pricing", paper_is(deal, DEAL_WAY, "self") ? SLICE("other") : paper_text(deal, DEAL_PRICING)); /* nothing is sold: 转化法 §18 */
    put_yes(facts, "pricing_described", ground);
    put_yes(facts, "base_price_set", ground);
    put_money(facts, "price", paper_known(deal, DEAL_PRICE), paper_number(deal, DEAL_PRICE));
    put_yes(facts, "state_secret", false);
    put_yes(facts, "buyer_related", paper_yes(deal, DEAL_RELATED));
    put_yes(facts, "buyer_abroad", paper_yes(deal, DEAL_ABROAD));
    if (paper_known(deal, DEAL_BUYER_NATURE))
        put_yes(facts, "buyer_state_whole", paper_is(deal, DEAL_BUYER_NATURE, "state_owned"));
    put_yes(facts, "appraised", paper_is(deal, DEAL_APPRAISAL, "done"));
    put_yes(facts, "appraisal_waived", paper_is(deal, DEAL_APPRAISAL, "waived") && ground);
    put_yes(facts, "fiscal_project", paper_yes(deal, DEAL_FISCAL));
    put_yes(facts, "price_inquired", ground);
}

static void title_facts(struct facts *facts)
{
    const struct record *title = deal_newest(facts->file, KIND_TITLE), *notice = notice_of(facts->file, "title", "unit");

    if (!title)
        return;
    put_code(facts, "title_mode", paper_text(title, TITLE_MODE));
    put_box(facts, "title_clear", title, TITLE_SINGLE);
    put_box(facts, "prospect_clear", title, TITLE_PROSPECT);
    put_box(facts, "carrier_clear", title, TITLE_TAKER);
    put_box(facts, "will_strong", title, TITLE_WILLING);
    put_box(facts, "on_negative_list", title, TITLE_NEGATIVE);
    put_box(facts, "plan_submitted", title, TITLE_PLAN);
    put_yes(facts, "team_split_agreed", paper_known(title, TITLE_HOLDERS));
    put_yes(facts, "team_delegate", paper_known(title, TITLE_DEPUTY));
    put_yes(facts, "co_owned", paper_is(title, TITLE_MODE, "joint"));
    put(facts, (struct fact){.name = "title_shares", .kind = FACT_SHARE, .known = true,
                             .value = members_sum(paper_text(title, TITLE_HOLDERS))});
    put_number(facts, "use_years", paper_known(title, TITLE_YEARS), paper_number(title, TITLE_YEARS));
    put_day(facts, "grant_notice_first", paper_day(notice, NOTICE_FIRST_DAY));
}

static void market_facts(struct facts *facts)
{
    const struct record *market = notice_of(facts->file, "sale", "market");

    if (market)
        put_yes(facts, "listed_at_market", true);
    else
        put_open(facts, "listed_at_market"); /* the price is set before there is a notice of it */
    put_day(facts, "market_notice_first", paper_day(market, NOTICE_FIRST_DAY));
    put_yes(facts, "market_named", paper_known(market, NOTICE_MARKET));
    put_yes(facts, "market_numbered", paper_known(market, NOTICE_NUMBER));
    put_yes(facts, "market_addressed", paper_known(market, NOTICE_URL));
    put_yes(facts, "market_hashed", paper_known(market, NOTICE_SNAPSHOT));
    put_yes(facts, "market_is_ours", false);
}

static void notice_facts(struct facts *facts)
{
    const struct deal_file *file = facts->file;
    const struct record *notice = notice_of(file, "sale", "unit"), *any = deal_newest(file, KIND_NOTICE), *says;
    bool upheld = false;

    if (any)
        put_yes(facts, "objection_rules_public", paper_known(any, NOTICE_CHANNEL));
    else
        put_open(facts, "objection_rules_public"); /* the unit's rules; a notice then says how to object */
    put_yes(facts, "notice_withdrawn", any && !notice && paper_known(any, NOTICE_ENDED_ON));
    put_day(facts, "notice_first", paper_day(notice, NOTICE_FIRST_DAY));
    put_day(facts, "notice_changed", 0);
    assume(facts, "notice_changed");
    says = notice ? notice : notice_of(file, "sale", "market"); /* the market's may come first */
    put_yes(facts, "notice_title", paper_known(says, NOTICE_NAME));
    put_yes(facts, "notice_abstract", paper_known(says, NOTICE_SUMMARY));
    put_yes(facts, "notice_way", paper_known(says, NOTICE_WAY));
    put_yes(facts, "notice_price", paper_known(says, NOTICE_PRICE));
    put_yes(facts, "notice_marks_related", paper_yes(says, NOTICE_RELATED));
    if (!notice)
        return;
    put_yes(facts, "notice_kept", file->today > notice_last(facts->law, file, notice, NULL));
    put_yes(facts, "objections_handled", !notice_disputed(file, notice, &upheld));
}

static void approval_facts(struct facts *facts)
{
    const struct deal_file *file = facts->file;
    bool minutes = file->count[KIND_APPROVAL] > 0, conflicts = minutes;

    for (size_t i = 0; i < file->count[KIND_APPROVAL]; i++) {
        minutes = minutes && paper_known(&file->papers[KIND_APPROVAL][i], APPROVAL_MINUTES);
        conflicts = conflicts && paper_known(&file->papers[KIND_APPROVAL][i], APPROVAL_CONFLICTS);
    }
    put_yes(facts, "minutes_kept", minutes);
    put_yes(facts, "conflict_declared", conflicts);
    put_yes(facts, "democratic_decision", minutes);
}

static void clause_facts(struct facts *facts, const struct record *contract)
{
    static const char *const bars[][2] = {
        {"improve", "bars_improvement"}, {"source", "bars_other_sources"}, {"exploit", "bars_full_use"},
        {"tied", "ties_extras"},         {"supplier", "limits_supply"},    {"contest", "bars_challenge"}};
    static const char *const terms[][2] = {
        {"form", "term_form"}, {"tasks", "term_tasks"}, {"funds", "term_funds"}, {"ip", "term_ip"},
        {"benefits", "term_benefits"}, {"risks", "term_risks"}, {"breach", "term_breach"}};

    for (size_t i = 0; i < sizeof bars / sizeof *bars; i++)
        put_yes(facts, bars[i][1], field_list_has(paper_text(contract, CONTRACT_FORBIDS), slice_of(bars[i][0])));
    put_yes(facts, "alliance", paper_yes(contract, CONTRACT_ALLIANCE));
    for (size_t i = 0; i < sizeof terms / sizeof *terms; i++)
        put_yes(facts, terms[i][1], field_list_has(paper_text(contract, CONTRACT_ALLIANCE_TERMS), slice_of(terms[i][0])));
}

/* The answers by which the contract's sort was found are facts of R60. */
static void tree_facts(struct facts *facts, const struct record *contract)
{
    struct tree_walk walk;
    struct err ignored;

    if (!paper_known(contract, CONTRACT_TREE) || !tree_walk(tree_codes(paper_text(contract, CONTRACT_TREE)), &walk, &ignored))
        return;
    for (size_t i = 0; i < walk.count; i++) {
        struct slice said = slice_of(walk.taken[i].answer->facts), one, name;

        while (said.len && slice_cut(&said, ' ', &one))
            if (slice_cut(&one, '=', &name))
                put_yes(facts, arena_text(facts->arena, name), slice_is(one, "1"));
    }
}

static void contract_facts(struct facts *facts)
{
    const struct record *contract = deal_newest(facts->file, KIND_CONTRACT);

    if (!contract)
        return;
    put_code(facts, "contract_sort", paper_text(contract, CONTRACT_SORT));
    put_yes(facts, "written_contract", true);
    put_yes(facts, "contract_in_force",
            !paper_known(contract, CONTRACT_UNTIL) || paper_day(contract, CONTRACT_UNTIL) >= facts->file->today);
    put_day(facts, "contract_signed", paper_day(contract, CONTRACT_SIGNED_ON));
    put_day(facts, "contract_effective", paper_day(contract, CONTRACT_SIGNED_ON));
    put_day(facts, "contract_from", paper_day(contract, CONTRACT_SIGNED_ON));
    put_day(facts, "contract_until", paper_day(contract, CONTRACT_UNTIL));
    put_money(facts, "deal_total", true, paper_number(contract, CONTRACT_AMOUNT));
    put_money(facts, "non_technology_amount", true, paper_number(contract, CONTRACT_GOODS));
    put_money(facts, "technology_amount", true, paper_number(contract, CONTRACT_TECHNICAL));
    put_money(facts, "technology_income", true, paper_number(contract, CONTRACT_INCOME));
    put_yes(facts, "amounts_itemised", true);
    put_code(facts, "payment", paper_text(contract, CONTRACT_PAYMENT));
    put_code(facts, "licence", paper_text(contract, CONTRACT_LICENCE));
    put_box(facts, "open_licensed", contract, CONTRACT_OPEN);
    put_yes(facts, "patent_licence", paper_is(contract, CONTRACT_SORT, "license"));
    put_yes(facts, "rights_agreed", paper_known(contract, CONTRACT_RESULTS));
    put_yes(facts, "improvement_agreed", paper_known(contract, CONTRACT_RESULTS));
    put_yes(facts, "new_result_agreed", paper_known(contract, CONTRACT_RESULTS));
    put_yes(facts, "risk_agreed", paper_known(contract, CONTRACT_RISK));
    put_money(facts, "stamp_base", true, paper_number(contract, CONTRACT_AMOUNT));
    clause_facts(facts, contract);
    tree_facts(facts, contract);
}

static bool registered_before(const struct deal_file *file)
{
    for (size_t i = 0; i + 1 < file->count[KIND_REGISTRATION]; i++) {
        const struct record *registration = &file->papers[KIND_REGISTRATION][i];

        if (paper_is(registration, REGISTRATION_RESULT, "registered") && !paper_known(registration, REGISTRATION_REVOKED_ON))
            return true;
    }
    return false;
}

/* A revocation flags by itself what rests on it (work/deal_flag.h): the page shows each, to be looked at again. */
static void registration_facts(struct facts *facts)
{
    const struct deal_file *file = facts->file;
    const struct record *registration = deal_newest(file, KIND_REGISTRATION);
    bool revoked = paper_known(registration, REGISTRATION_REVOKED_ON);
    struct deal_flag flags[FLAGS_MOST];
    int64_t flagged = (int64_t)deal_flags(file, flags);

    put_yes(facts, "contract_registered", paper_is(registration, REGISTRATION_RESULT, "registered") && !revoked);
    put_yes(facts, "registration_revoked", revoked);
    put_number(facts, "benefits_taken", true, revoked ? flagged : (int64_t)file->count[KIND_FILING]);
    put_number(facts, "benefits_flagged", true, flagged);
    put_yes(facts, "benefit_claimed", false);
    put_code(facts, "applicant", SLICE("seller"));
    put_yes(facts, "import_contract", false);
    if (!registration)
        return;
    put_box(facts, "registrar_local", registration, REGISTRATION_LOCAL);
    put_day(facts, "registration_accepted", paper_day(registration, REGISTRATION_SENT_ON));
    put_day(facts, "registration_corrected", paper_day(registration, REGISTRATION_MENDED_ON));
    put_box(facts, "registration_disputed", registration, REGISTRATION_DISPUTED);
    put_box(facts, "contract_chinese", registration, REGISTRATION_CHINESE);
    put_yes(facts, "registered_before", registered_before(file));
    put_number(facts, "registration_digits", paper_known(registration, REGISTRATION_NUMBER),
               (int64_t)paper_text(registration, REGISTRATION_NUMBER).len);
}

static void payment_facts(struct facts *facts)
{
    const struct deal_file *file = facts->file;
    const struct record *receipt = deal_newest(file, KIND_RECEIPT);
    bool rate = false;
    int64_t entry = 0;

    for (size_t i = 0; i < file->count[KIND_INSTALMENT]; i++) {
        const struct record *instalment = &file->papers[KIND_INSTALMENT][i];

        rate = rate || paper_known(instalment, INSTALMENT_RATE);
        entry += paper_is(instalment, INSTALMENT_SORT, "entry") ? paper_number(instalment, INSTALMENT_AMOUNT) : 0;
    }
    put_money(facts, "plan_sum", true, papers_sum(file, KIND_INSTALMENT, INSTALMENT_AMOUNT));
    put_number(facts, "plan_count", true, (int64_t)file->count[KIND_INSTALMENT]);
    put_yes(facts, "royalty_rate", rate);
    put_money(facts, "entry_fee", true, entry);
    put_money(facts, "income", receipt != NULL, papers_sum(file, KIND_RECEIPT, RECEIPT_AMOUNT));
    put_day(facts, "received", reward_received(file, false));
}

static void cost_facts(struct facts *facts)
{
    static const char *const names[][2] = {{"tax", "cost_tax"}, {"upkeep", "cost_upkeep"}, {"cost", "cost_other"}};
    const struct deal_file *file = facts->file;
    int64_t sums[3] = {0}, deal = 0, fiscal = 0;

    for (size_t i = 0; i < file->count[KIND_COST]; i++) {
        const struct record *cost = &file->papers[KIND_COST][i];
        int64_t fen = paper_number(cost, COST_AMOUNT);
        size_t n = 0;

        while (n < 3 && !paper_is(cost, COST_SORT, names[n][0]))
            n++;
        if (paper_yes(cost, COST_PUBLIC))
            fiscal += fen;
        else if (n < 3)
            sums[n] += fen;
        else
            deal += fen;
    }
    for (size_t n = 0; n < 3; n++)
        put_money(facts, names[n][1], true, sums[n]);
    put_money(facts, "cost_deal", true, deal);
    put_money(facts, "cost_public", true, fiscal);
    put_yes(facts, "cost_vouchers", true); /* the form takes in none without */
}

/* --- the award --- */

int64_t award_fen(struct slice line)
{
    struct slice rest = line, word;
    int64_t fen = 0;

    while (slice_cut(&rest, ' ', &word)) {
        int64_t number = 0;
        size_t i = 0;

        while (i < word.len && word.at[i] >= '0' && word.at[i] <= '9')
            number = number * 10 + (word.at[i++] - '0');
        if (i && i == word.len)
            fen = number;
    }
    return fen;
}

/* The lines of team and shares go in step. */
static void team_facts(struct facts *facts, const struct record *award)
{
    struct slice team = paper_text(award, AWARD_TEAM), shares = paper_text(award, AWARD_SHARES), line, share;
    int64_t main_fen = 0, agency_fen = 0;
    enum standing highest = STANDING_PLAIN;
    bool agency = false, leaders_main = true, document = true;
    struct member member;
    struct err ignored;

    while (slice_cut(&team, '\n', &line) && slice_cut(&shares, '\n', &share)) {
        if (!member_read(line, &member, &ignored))
            continue;
        main_fen += member.main ? award_fen(share) : 0;
        agency_fen += member.agency && !member.main ? award_fen(share) : 0;
        agency = agency || member.agency;
        highest = member.standing > highest ? member.standing : highest;
        leaders_main = leaders_main && (member.standing == STANDING_PLAIN || member.main);
        document = document && (member.standing != STANDING_CHIEF || member.document);
    }
    put_money(facts, "main_reward", true, main_fen);
    put_yes(facts, "office_helped", agency);
    put_money(facts, "office_reward", true, agency_fen);
    put_code(facts, "standing", slice_of(highest == STANDING_CHIEF    ? "chief"
                                         : highest == STANDING_LEADER ? "leader"
                                                                      : "plain"));
    put_yes(facts, "leader_contributed", leaders_main);
    put_yes(facts, "equity_document", document);
}

static void reward_notice_facts(struct facts *facts)
{
    const struct record *notice = notice_of(facts->file, "reward", "unit");
    bool upheld = false;

    put_day(facts, "reward_notice_first", paper_day(notice, NOTICE_FIRST_DAY));
    put_yes(facts, "reward_notice_complete", notice != NULL);
    put_yes(facts, "reward_objection_rule", paper_known(notice, NOTICE_CHANNEL));
    put_yes(facts, "reward_objection_open", notice && notice_disputed(facts->file, notice, &upheld));
    put_yes(facts, "leader_published", notice != NULL);
}

static void award_facts(struct facts *facts)
{
    const struct record *award = deal_newest(facts->file, KIND_AWARD);
    bool equity = paper_is(&facts->file->deal, DEAL_WAY, "equity");

    put_money(facts, "reward_base", false, 0);
    put_money(facts, "reward", false, 0);
    put_yes(facts, "reward_agreed", award && paper_known(award, AWARD_RATE));
    put_code(facts, "reward_form", slice_of(equity ? "equity" : "cash"));
    reward_notice_facts(facts);
    if (!award)
        return;
    put_money(facts, "reward_base", paper_known(award, AWARD_NET), paper_number(award, AWARD_NET));
    put_money(facts, "reward", paper_known(award, AWARD_REWARD), paper_number(award, AWARD_REWARD));
    put_money(facts, "cash_reward", !equity, paper_number(award, AWARD_REWARD));
    put_day(facts, "paid", paper_day(award, AWARD_PAID_ON));
    put_yes(facts, "reward_given", paper_known(award, AWARD_PAID_ON));
    put_yes(facts, "claim_half", paper_yes(award, AWARD_HALF));
    put_yes(facts, "ordinary_pay", !paper_yes(award, AWARD_APART));
    put_yes(facts, "contributor", true); /* who stands in the team is one */
    team_facts(facts, award);
}

/* A relief that nobody files for is not claimed. */
static void filing_facts(struct facts *facts)
{
    const struct record *filing = deal_newest(facts->file, KIND_FILING);

    put_yes(facts, "claim_deferral", paper_is(filing, FILING_SORT, "equity"));
    put_yes(facts, "deferral_filed", paper_is(filing, FILING_SORT, "equity"));
    put_yes(facts, "claim_gain", false);
    put_yes(facts, "claim_vat", false);
}

/* --- what people state --- */

/* The last word counts; what has run out says nothing any more. */
static void statement_facts(struct facts *facts)
{
    static const enum fact_source sources[] = {FACT_DECLARED, FACT_CERTIFICATE, FACT_DEPARTMENT};
    static const char *const names[] = {"declared", "certificate", "department"};

    for (size_t i = 0; i < facts->file->count[KIND_STATEMENT]; i++) {
        const struct record *statement = &facts->file->papers[KIND_STATEMENT][i];
        const struct rule_fact *of = rulebook_fact(facts->law->book, paper_text(statement, STATEMENT_FACT));
        int32_t until = paper_day(statement, STATEMENT_UNTIL);
        struct fact fact;
        struct err ignored;

        if (!of || held(facts, of->name) || (until && until < facts->file->today)
            || !rule_fact_read(of, paper_text(statement, STATEMENT_VALUE), &fact, &ignored))
            continue;
        fact.until = until;
        fact.source_leaf = (uint64_t)statement->from_leaf;
        for (size_t s = 0; s < 3; s++)
            if (paper_is(statement, STATEMENT_SOURCE, names[s]))
                fact.source = sources[s];
        put(facts, fact);
        assume(facts, fact.name); /* a later statement may say otherwise */
    }
}

/* What no paper says of itself. */
static void assumptions(struct facts *facts)
{
    static const char *const usual[] = {"nonprofit_unit", "fiscal_unit", "payroll_unit", "public_hospital", "defence_patent",
                                        "benefit_claimed", "applicant", "patent_type", "import_contract", "claim_gain", "claim_vat"};
    static const char *const of_contracts[] = {"written_contract", "contract_effective", "contract_from", "amounts_itemised",
                                               "patent_licence", "stamp_base"};

    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
        assume(facts, usual[i]);
    for (size_t i = 0; facts->file->count[KIND_CONTRACT] && i < sizeof of_contracts / sizeof *of_contracts; i++)
        assume(facts, of_contracts[i]);
}

static void facts_of_papers(struct facts *facts)
{
    unit_facts(facts);
    right_facts(facts);
    deal_terms_facts(facts);
    title_facts(facts);
    notice_facts(facts);
    market_facts(facts);
    approval_facts(facts);
    contract_facts(facts);
    registration_facts(facts);
    payment_facts(facts);
    cost_facts(facts);
    award_facts(facts);
    filing_facts(facts);
    assumptions(facts);
}

static struct facts facts_begin(const struct law *law, const struct deal_file *file, struct arena *arena)
{
    return (struct facts){.law = law, .file = file, .arena = arena,
                          .list = arena_zero(arena, FACTS_MOST + FACTS_ROOM, sizeof(struct fact)),
                          .assumed = arena_zero(arena, FACTS_MOST, sizeof(bool))};
}

bool deal_holds_fact(const struct law *law, const struct deal_file *file, const char *name, struct arena *arena)
{
    struct facts facts = facts_begin(law, file, arena);

    facts_of_papers(&facts);
    return held(&facts, name);
}

bool deal_facts(const struct law *law, const struct deal_file *file, struct arena *arena, struct fact **list,
                size_t *count, struct err *err)
{
    struct facts facts = facts_begin(law, file, arena);

    (void)err;
    facts_of_papers(&facts);
    statement_facts(&facts);
    *list = facts.list;
    *count = facts.count;
    return true;
}
