/* What policies give to a firm. */
#include "work/benefit.h"

#include <stdlib.h>

#include "base/clock.h"
#include "record/claim.h"

enum { POLICIES_MOST = 1000 };

bool fact_verified(const struct fact *fact)
{
    return fact->known && fact->source != FACT_DECLARED && fact->doubt != FACT_CONTRADICTED;
}

int32_t benefit_day(const struct rule *rule, const char *name)
{
    for (size_t i = 0; i < rule->parameter_count; i++)
        if (strcmp(rule->parameters[i].name, name) == 0 && rule->parameters[i].kind == FACT_DAY)
            return (int32_t)rule->parameters[i].value;
    return 0;
}

static bool in_window(const struct answer *answer)
{
    for (size_t i = 0; i < answer->rule->condition_count; i++)
        if (strcmp(answer->rule->conditions[i].name, "window") == 0)
            return answer->conditions[i] != TRUTH_NO;
    return true;
}

/* --- one --- */

static struct fact *verified_only(const struct fact *facts, size_t count, struct arena *arena)
{
    struct fact *kept = arena_alloc(arena, (count + 1) * sizeof *kept);

    for (size_t i = 0; i < count; i++) {
        kept[i] = facts[i];
        kept[i].known = fact_verified(&facts[i]);
    }
    return kept;
}

static const struct fact *fact_of(const struct fact *facts, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (facts[i].known && strcmp(facts[i].name, name) == 0)
            return &facts[i];
    return NULL;
}

static void rests_find(struct benefit *out, const struct fact *facts, size_t count, struct arena *arena)
{
    const struct fact *fact;

    out->rests = arena_alloc(arena, (out->rule->fact_count + 1) * sizeof *out->rests);
    for (size_t i = 0; i < out->rule->fact_count; i++)
        if ((fact = fact_of(facts, count, out->rule->facts[i].name)))
            out->rests[out->rest_count++] = fact;
}

/* Asked once more with what only the firm says, or offices contradict each other on, left out. */
static bool verify(const struct law *law, struct benefit *out, const struct fact *facts, size_t count, struct arena *arena, struct err *err)
{
    struct answer answer;
    int64_t amount;

    if (!rule_ask(law->book, out->rule, verified_only(facts, count, arena), count, arena, &answer, err))
        return false;
    out->automatic = answer.verdict == RULE_YES && answer_number(&answer, "amount", &amount) && amount == out->amount;
    out->unverified = answer.asks;
    out->unverified_count = answer.ask_count;
    return true;
}

bool benefit_ask(const struct law *law, const struct record *policy, int32_t region, int32_t day, const struct fact *facts, size_t count,
                 struct arena *arena, struct benefit *out, struct err *err)
{
    *out = (struct benefit){.policy = *policy, .claim_state = SLICE("")};
    out->rule = rule_find(law->book, arena_text(arena, policy->values[POLICY_RULE].text), region, day);
    if (!out->rule) {
        err_set(err, ERR_MISSING, "这项政策在这一天、这个地区没有生效的规则");
        return err_hint(err, "看政策页上的有效期和适用地区");
    }
    out->period = fact_last_year(day) + 1;
    out->from = benefit_day(out->rule, "from");
    out->until = benefit_day(out->rule, "until");
    rests_find(out, facts, count, arena);
    if (!rule_ask(law->book, out->rule, facts, count, arena, &out->answer, &out->why)) {
        out->answer = (struct answer){.rule = out->rule, .verdict = RULE_UNKNOWN};
        return out->wrong = true;
    }
    out->closed = !in_window(&out->answer);
    out->amount_known = answer_number(&out->answer, "amount", &out->amount);
    answer_number(&out->answer, "period", &out->period);
    return out->answer.verdict != RULE_YES || verify(law, out, facts, count, arena, err);
}

/* --- all --- */

static bool gives_amount(const struct law *law, struct slice rule)
{
    for (size_t i = 0; i < rulebook_count(law->book); i++) {
        const struct rule *one = rulebook_at(law->book, i);

        for (size_t r = 0; slice_is(rule, one->id) && r < one->result_count; r++)
            if (strcmp(one->results[r].name, "amount") == 0)
                return true;
    }
    return false;
}

bool policies_live(struct sql *sql, const struct law *law, struct arena *arena, struct record **list, size_t *count, struct err *err)
{
    int64_t ids[POLICIES_MOST];
    struct sql_rows rows;
    size_t found = 0;

    *count = 0;
    if (!sql_rows(sql, "SELECT id, rule FROM policy WHERE to_leaf IS NULL AND status = 0 AND rule IS NOT NULL ORDER BY id", SQL_NO_ARGS, &rows,
                  err))
        return false;
    while (found < POLICIES_MOST && sql_next(&rows))
        if (gives_amount(law, sql_slice(&rows, 1)))
            ids[found++] = sql_number(&rows, 0);
    if (!sql_done(&rows, err))
        return false;
    *list = arena_alloc(arena, (found + 1) * sizeof **list);
    for (; *count < found; ++*count)
        if (!record_get(sql, &kind_policy, ids[*count], arena, &(*list)[*count], err))
            return false;
    return true;
}

static int rank(const struct benefit *benefit)
{
    static const int ranks[] = {[RULE_YES] = 0, [RULE_UNKNOWN] = 1, [RULE_NO] = 2, [RULE_NOT_APPLICABLE] = 3};

    return ranks[benefit->answer.verdict];
}

static int by_use(const void *left, const void *right)
{
    const struct benefit *a = left, *b = right;

    if (rank(a) != rank(b))
        return rank(a) - rank(b);
    if (a->answer.ask_count != b->answer.ask_count)
        return a->answer.ask_count < b->answer.ask_count ? -1 : 1;
    if (a->amount != b->amount)
        return a->amount > b->amount ? -1 : 1;
    return a->policy.id < b->policy.id ? -1 : 1;
}

static bool claim_find(struct sql *sql, int64_t party, struct benefit *benefit, struct arena *arena, struct err *err)
{
    struct sql_rows rows;

    if (!sql_rows(sql, "SELECT id, state FROM claim WHERE policy = ?1 AND period = ?2 AND owner = ?3 AND to_leaf IS NULL",
                  SQL_ARGS(sql_int(benefit->policy.id), sql_int(benefit->period), sql_int(party)), &rows, err))
        return false;
    if (sql_next(&rows)) {
        benefit->claim = sql_number(&rows, 0);
        benefit->claim_state = arena_copy(arena, sql_slice(&rows, 1));
    }
    return sql_done(&rows, err);
}

bool benefits_of(struct sql *sql, const struct law *law, int64_t party, int32_t day, struct arena *arena, struct benefit **list, size_t *count,
                 struct err *err)
{
    struct record *policies;
    struct fact *facts;
    size_t policy_count, fact_count;
    int64_t region;

    *count = 0;
    if (!policies_live(sql, law, arena, &policies, &policy_count, err) || !party_region(sql, party, &region, err)
        || !facts_of_party(sql, law, party, day, arena, &facts, &fact_count, err))
        return false;
    *list = arena_alloc(arena, (policy_count + 1) * sizeof **list);
    for (size_t i = 0; i < policy_count; i++) {
        struct benefit *benefit = &(*list)[*count];

        if (benefit_ask(law, &policies[i], region ? (int32_t)region : REGION_NATION, day, facts, fact_count, arena, benefit, err)) {
            if (!claim_find(sql, party, benefit, arena, err))
                return false;
            ++*count;
        } else if (err->code != ERR_MISSING) {
            return false;
        }
    }
    err_clear(err);
    if (*count)
        qsort(*list, *count, sizeof **list, by_use);
    return true;
}
