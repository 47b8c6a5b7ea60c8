/* Whom policies reach. */
#include "work/landing.h"

#include <stdlib.h>

#include "record/claim.h"
#include "rules/bulk.h"

struct firm {
    int64_t party;
    size_t place; /* of its region */
};

struct surveying {
    struct sql *sql;
    const struct law *law;
    const struct actor *actor;
    int32_t today;
    int64_t wanted;
    struct arena *arena;
    struct landing *lines;
    size_t count;
    const struct rule **rules;    /* all versions that some region has */
    size_t rule_count;
    struct fact_table *known, *verified;
    struct firm *firms;           /* as the tables' rows */
    size_t firm_count, firm_room;
    int64_t *regions;             /* of the firms, each once */
    size_t region_count;
    const struct rule **in_force; /* [line][place]: the policy's rule there; NULL */
    bool by_verified;             /* which table is being asked */
    struct landing_firm **due;    /* of each line, as found */
    size_t *due_room;
};

/* --- rules --- */

static void rule_add(struct surveying *survey, const struct rule *rule)
{
    for (size_t i = 0; i < survey->rule_count; i++)
        if (survey->rules[i] == rule)
            return;
    survey->rules[survey->rule_count++] = rule;
}

/* Every version in force anywhere that could answer to a policy's id: which one is a firm's is asked of each firm. */
static void rules_find(struct surveying *survey)
{
    const struct rulebook *book = survey->law->book;

    survey->rules = arena_alloc(survey->arena, (rulebook_count(book) + 1) * sizeof *survey->rules);
    for (size_t i = 0; i < survey->count; i++) {
        const char *id = arena_text(survey->arena, survey->lines[i].policy.values[POLICY_RULE].text);

        for (size_t r = 0; r < rulebook_count(book); r++) {
            const struct rule *rule = rulebook_at(book, r);

            if (rule_find(book, id, rule->region, survey->today) == rule)
                rule_add(survey, rule);
        }
    }
}

/* --- firms --- */

static bool in_scope(const struct surveying *survey, int64_t party, int64_t region)
{
    struct object object = {.kind = &kind_claim, .owner = party, .region = region};

    return officer_of(survey->actor, &object);
}

static size_t place_of(struct surveying *survey, int64_t region)
{
    size_t i = 0;

    while (i < survey->region_count && survey->regions[i] != region)
        i++;
    if (i < survey->region_count)
        return i;
    survey->regions = realloc(survey->regions, (i + 1) * sizeof *survey->regions);
    if (!survey->regions)
        abort();
    survey->regions[survey->region_count++] = region;
    return i;
}

static void firm_keep(struct surveying *survey, int64_t party, int64_t region)
{
    if (survey->firm_count == survey->firm_room) {
        survey->firm_room = survey->firm_room ? 2 * survey->firm_room : 1024;
        survey->firms = realloc(survey->firms, survey->firm_room * sizeof *survey->firms);
        if (!survey->firms)
            abort();
    }
    survey->firms[survey->firm_count++] = (struct firm){party, place_of(survey, region)};
}

static bool firm_add(void *arg, int64_t party, int64_t region, const struct stated *list, size_t count, struct err *err)
{
    struct surveying *survey = arg;
    struct arena arena;
    struct fact *facts;
    size_t fact_count;
    bool ok;

    if (!in_scope(survey, party, region))
        return true;
    arena_init(&arena);
    facts_believed(survey->law, list, count, survey->today, fact_last_year(survey->today), &arena, &facts, &fact_count);
    ok = fact_table_add(survey->known, (int64_t)survey->firm_count, facts, fact_count, err);
    for (size_t i = 0; i < fact_count; i++)
        facts[i].known = fact_verified(&facts[i]);
    ok = ok && fact_table_add(survey->verified, (int64_t)survey->firm_count, facts, fact_count, err);
    arena_release(&arena);
    firm_keep(survey, party, region);
    return ok;
}

/* Which version of each policy's rule is in force in each region. */
static void versions_find(struct surveying *survey)
{
    survey->in_force = arena_alloc(survey->arena, (survey->count * survey->region_count + 1) * sizeof *survey->in_force);
    for (size_t line = 0; line < survey->count; line++) {
        const char *id = arena_text(survey->arena, survey->lines[line].policy.values[POLICY_RULE].text);

        for (size_t i = 0; i < survey->region_count; i++)
            survey->in_force[line * survey->region_count + i] =
                rule_find(survey->law->book, id, survey->regions[i] ? (int32_t)survey->regions[i] : REGION_NATION, survey->today);
    }
}

/* --- what the rules say --- */

/* All conditions but that of the days of application. */
static enum truth apart_from_window(const struct rule_rows *rows, size_t row)
{
    enum truth all = rows->applies[row] == TRUTH_YES ? TRUTH_YES : rows->applies[row] == TRUTH_NO ? TRUTH_NO : TRUTH_UNKNOWN;

    for (size_t c = 0; c < rows->rule->condition_count && all != TRUTH_NO; c++) {
        if (strcmp(rows->rule->conditions[c].name, "window") == 0)
            continue;
        if (rows->conditions[c][row] == TRUTH_NO)
            all = TRUTH_NO;
        else if (rows->conditions[c][row] == TRUTH_UNKNOWN)
            all = TRUTH_UNKNOWN;
    }
    return rows->wrong[row] ? TRUTH_UNKNOWN : all;
}

static bool result_at(const struct rule_rows *rows, const char *name, size_t row, int64_t *value)
{
    for (size_t r = 0; r < rows->rule->result_count; r++)
        if (strcmp(rows->rule->results[r].name, name) == 0 && rows->known[r][row]) {
            *value = rows->results[r][row];
            return true;
        }
    return false;
}

static void due_add(struct surveying *survey, size_t line, const struct landing_firm *firm)
{
    struct landing *landing = &survey->lines[line];

    if (landing->firm_count == survey->due_room[line]) {
        survey->due_room[line] = survey->due_room[line] ? 2 * survey->due_room[line] : 64;
        survey->due[line] = realloc(survey->due[line], survey->due_room[line] * sizeof **survey->due);
        if (!survey->due[line])
            abort();
    }
    survey->due[line][landing->firm_count++] = *firm;
}

static void row_count(struct surveying *survey, size_t line, const struct rule_rows *rows, size_t row)
{
    struct landing *landing = &survey->lines[line];
    struct landing_firm firm = {.party = survey->firms[rows->ids[row]].party, .state = ""};
    enum truth holds = apart_from_window(rows, row);

    landing->from = benefit_day(rows->rule, "from");
    landing->until = benefit_day(rows->rule, "until");
    if (survey->by_verified && holds == TRUTH_YES && result_at(rows, "amount", row, &firm.amount)) {
        firm.period = fact_last_year(survey->today) + 1;
        result_at(rows, "period", row, &firm.period);
        due_add(survey, line, &firm);
    } else if (!survey->by_verified) {
        landing->could += holds == TRUTH_YES;
        landing->unknown += holds == TRUTH_UNKNOWN;
    }
}

static bool block_count(void *arg, const struct rule_rows *rows, struct err *err)
{
    struct surveying *survey = arg;

    (void)err;
    for (size_t line = 0; line < survey->count; line++) {
        const struct rule *const *in_force = &survey->in_force[line * survey->region_count];

        for (size_t row = 0; row < rows->count; row++)
            if (in_force[survey->firms[rows->ids[row]].place] == rows->rule)
                row_count(survey, line, rows, row);
    }
    return true;
}

/* --- what was taken --- */

static int by_party(const void *left, const void *right)
{
    const struct landing_firm *a = left, *b = right;

    return a->party < b->party ? -1 : a->party > b->party;
}

static struct landing_firm *due_find(struct surveying *survey, size_t line, int64_t party)
{
    struct landing_firm key = {.party = party};

    return survey->lines[line].firm_count
               ? bsearch(&key, survey->due[line], survey->lines[line].firm_count, sizeof key, by_party) : NULL;
}

static void claim_count(struct landing *landing, const char *state, bool taken)
{
    landing->told += strcmp(state, "notified") == 0;
    landing->refused += strcmp(state, "refused") == 0 || strcmp(state, "upheld") == 0;
    landing->open += !taken && strcmp(state, "notified") != 0 && strcmp(state, "refused") != 0 && strcmp(state, "upheld") != 0
                     && strcmp(state, "withdrawn") != 0;
}

/* One that was granted and is no longer due counts as due: it was. */
static void claim_take(struct surveying *survey, size_t line, const struct landing_firm *claim)
{
    struct landing *landing = &survey->lines[line];
    struct landing_firm *due = due_find(survey, line, claim->party);

    claim_count(landing, claim->state, claim->taken);
    if (due) {
        due->claim = claim->claim;
        due->state = claim->state;
        due->taken = claim->taken;
        due->amount = claim->taken ? claim->amount : due->amount;
    } else if (claim->taken) {
        landing->due++;
        landing->due_amount += claim->amount;
    }
    landing->taken += claim->taken;
    landing->taken_amount += claim->taken ? claim->amount : 0;
}

static bool claims_count(struct surveying *survey, size_t line, struct err *err)
{
    static const char text[] = "SELECT c.id, c.owner, c.state, c.amount, c.period, p.region FROM claim c JOIN party p ON p.id = c.owner"
                               " AND p.to_leaf IS NULL WHERE c.policy = ?1 AND c.period IN (0, ?2) AND c.to_leaf IS NULL";
    struct sql_rows rows;

    if (survey->lines[line].firm_count)
        qsort(survey->due[line], survey->lines[line].firm_count, sizeof **survey->due, by_party);
    if (!sql_rows(survey->sql, text, SQL_ARGS(sql_int(survey->lines[line].policy.id), sql_int(fact_last_year(survey->today) + 1)), &rows, err))
        return false;
    while (sql_next(&rows)) {
        struct landing_firm claim = {.claim = sql_number(&rows, 0), .party = sql_number(&rows, 1), .amount = sql_number(&rows, 3),
                                     .state = arena_text(survey->arena, sql_slice(&rows, 2)), .period = sql_number(&rows, 4)};
        struct slice code = sql_is_null(&rows, 5) ? SLICE("") : sql_slice(&rows, 5);

        claim.taken = strcmp(claim.state, "granted") == 0 || strcmp(claim.state, "paid") == 0;
        if (in_scope(survey, claim.party, strtoll(arena_text(survey->arena, code), NULL, 10)))
            claim_take(survey, line, &claim);
    }
    return sql_done(&rows, err);
}

static int by_amount(const void *left, const void *right)
{
    const struct landing_firm *a = left, *b = right;

    if ((a->claim != 0) != (b->claim != 0))
        return a->claim ? 1 : -1;
    return a->amount != b->amount ? (a->amount > b->amount ? -1 : 1) : by_party(a, b);
}

static bool line_finish(struct surveying *survey, size_t line, struct err *err)
{
    struct landing *landing = &survey->lines[line];

    if (!claims_count(survey, line, err))
        return false;
    landing->due += landing->firm_count;
    for (size_t i = 0; i < landing->firm_count; i++)
        landing->due_amount += survey->due[line][i].amount;
    landing->could = landing->could > landing->firm_count ? landing->could - landing->firm_count : 0;
    if (landing->policy.id == survey->wanted) {
        landing->firms = arena_alloc(survey->arena, (landing->firm_count + 1) * sizeof *landing->firms);
        if (landing->firm_count) {
            qsort(survey->due[line], landing->firm_count, sizeof **survey->due, by_amount);
            memcpy(landing->firms, survey->due[line], landing->firm_count * sizeof *landing->firms);
        }
    } else {
        landing->firm_count = 0;
    }
    return true;
}

/* --- all --- */

static int by_missing(const void *left, const void *right)
{
    const struct landing *a = left, *b = right;
    int64_t x = a->due_amount - a->taken_amount, y = b->due_amount - b->taken_amount;

    return x != y ? (x > y ? -1 : 1) : a->policy.id < b->policy.id ? -1 : 1;
}

static bool survey_run(struct surveying *survey, struct err *err)
{
    bool ok;

    rules_find(survey);
    survey->known = fact_table_new(survey->rules, survey->rule_count);
    survey->verified = fact_table_new(survey->rules, survey->rule_count);
    ok = facts_each(survey->sql, survey->law, survey->today, firm_add, survey, err);
    versions_find(survey);
    ok = ok && rule_ask_all(survey->law->book, survey->rules, survey->rule_count, survey->known, block_count, survey, err);
    survey->by_verified = true;
    ok = ok && rule_ask_all(survey->law->book, survey->rules, survey->rule_count, survey->verified, block_count, survey, err);
    for (size_t i = 0; ok && i < survey->count; i++)
        ok = line_finish(survey, i, err);
    fact_table_free(survey->known);
    fact_table_free(survey->verified);
    return ok;
}

bool landing_find(struct sql *sql, const struct law *law, const struct actor *actor, int32_t today, int64_t policy, struct arena *arena,
                  struct landing **list, size_t *count, struct err *err)
{
    struct surveying survey = {.sql = sql, .law = law, .actor = actor, .today = today, .wanted = policy, .arena = arena};
    struct record *policies;
    bool ok;

    if (!policies_live(sql, law, arena, &policies, &survey.count, err))
        return false;
    survey.lines = arena_zero(arena, survey.count + 1, sizeof *survey.lines);
    survey.due = arena_zero(arena, survey.count + 1, sizeof *survey.due);
    survey.due_room = arena_zero(arena, survey.count + 1, sizeof *survey.due_room);
    for (size_t i = 0; i < survey.count; i++)
        survey.lines[i].policy = policies[i];
    ok = survey_run(&survey, err);
    for (size_t i = 0; i < survey.count; i++)
        free(survey.due[i]);
    free(survey.firms);
    free(survey.regions);
    if (survey.count)
        qsort(survey.lines, survey.count, sizeof *survey.lines, by_missing);
    *list = survey.lines;
    *count = survey.count;
    return ok;
}
