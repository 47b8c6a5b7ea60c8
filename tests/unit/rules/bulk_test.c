/*
 * Many rules over many sets of facts say what is said one by one: over random rules whose expressions use everything that an
 * expression may hold, random facts of which some are not known, bases of 0, numbers at the edge, days of years not announced.
 */
#include "kit.h"

#include "rules/bulk.h"
#include "rules/bulk_int.h"

enum { ROWS = 520 /* a block and a piece of one */, FACTS = 8 };

static const char *const names[FACTS] = {"state_unit", "pricing", "notice_first", "today", "income", "reward", "people", "share"};
static const enum fact_kind kinds[FACTS] = {FACT_YES, FACT_CODE, FACT_DAY, FACT_DAY, FACT_MONEY, FACT_MONEY, FACT_NUMBER, FACT_SHARE};

/* --- random expressions --- */

struct wild {
    uint64_t seed;
    struct text out;
};

static unsigned draw(struct wild *wild, unsigned below)
{
    return (unsigned)(random_next(&wild->seed) % below);
}

static void number(struct wild *wild, unsigned depth);

static void join(struct wild *wild, void (*piece)(struct wild *, unsigned), const char *between, unsigned depth)
{
    piece(wild, depth);
    text_puts(&wild->out, between);
    piece(wild, depth);
}

static void truth(struct wild *wild, unsigned depth);

static void code_compared(struct wild *wild)
{
    static const char *const ways[] = {"pricing = 'agreement'", "pricing <> 'listing'", "pricing in ('listing', 'auction')",
                                       "'auction' == pricing", "pricing not in ('agreement', 'listing')", "pricing is null",
                                       "case pricing when 'agreement' then 1 when 'auction' then people else 0 end"};

    text_puts(&wild->out, ways[draw(wild, 7)]);
}

static void truth(struct wild *wild, unsigned depth)
{
    static const char *const compared[] = {" < ", " <= ", " > ", " >= ", " = ", " == ", " <> ", " != "};

    switch (depth ? draw(wild, 12) : draw(wild, 3)) {
    case 0:
        text_puts(&wild->out, "state_unit = 1");
        break;
    case 1:
        code_compared(wild);
        break;
    case 2:
    case 3:
    case 4:
        join(wild, number, compared[draw(wild, 8)], depth ? depth - 1 : 0);
        break;
    case 5:
        text_puts(&wild->out, "(");
        join(wild, truth, draw(wild, 2) ? " and " : " AND ", depth - 1);
        text_puts(&wild->out, ")");
        break;
    case 6:
        text_puts(&wild->out, "(");
        join(wild, truth, " or ", depth - 1);
        text_puts(&wild->out, ")");
        break;
    case 7:
        text_puts(&wild->out, "not ");
        truth(wild, depth - 1);
        break;
    case 8:
        number(wild, depth - 1);
        text_puts(&wild->out, draw(wild, 2) ? " between " : " not between ");
        join(wild, number, " and ", depth - 1);
        break;
    case 9:
        number(wild, depth - 1);
        text_puts(&wild->out, draw(wild, 2) ? " in (" : " not in (");
        join(wild, number, ", ", depth - 1);
        text_puts(&wild->out, ")");
        break;
    case 10:
        number(wild, depth - 1);
        text_puts(&wild->out, draw(wild, 2) ? " is null" : " is not null");
        break;
    default:
        text_puts(&wild->out, "iif(income > 0, share_ge(reward, income, share), ");
        truth(wild, depth - 1);
        text_puts(&wild->out, ")");
    }
}

static void called(struct wild *wild, unsigned depth)
{
    static const char *const two[] = {"part(", "part_up(", "part_near(", "least(", "most(", "coalesce(", "nullif("};
    static const char *const days[] = {"days_after(today, people)", "workdays_after(notice_first, 5)", "months_after(notice_first, 12)",
                                       "rolled(today)", "workdays(notice_first, today)", "day('2026-01-01')",
                                       "ratio(income, share, people)"};

    switch (draw(wild, 6)) {
    case 0:
        text_puts(&wild->out, days[draw(wild, 7)]);
        break;
    case 1:
        text_puts(&wild->out, "abs(");
        number(wild, depth);
        text_puts(&wild->out, ")");
        break;
    case 2:
        text_puts(&wild->out, "iif(");
        truth(wild, depth);
        text_puts(&wild->out, ", ");
        join(wild, number, ", ", depth);
        text_puts(&wild->out, ")");
        break;
    case 3:
        text_puts(&wild->out, "case when ");
        truth(wild, depth);
        text_puts(&wild->out, " then ");
        number(wild, depth);
        text_puts(&wild->out, draw(wild, 2) ? " end" : " else 7 end");
        break;
    default:
        text_puts(&wild->out, two[draw(wild, 7)]);
        join(wild, number, ", ", depth);
        text_puts(&wild->out, ")");
    }
}

static void number(struct wild *wild, unsigned depth)
{
    static const char *const plain[] = {"income", "reward", "people", "share", "today", "notice_first", "$days", "$least", "0", "1", "15",
                                        "100000000000000000", "null"};

    switch (depth ? draw(wild, 6) : 0) {
    case 1:
        text_puts(&wild->out, "(");
        join(wild, number, draw(wild, 2) ? " + " : " - ", depth - 1);
        text_puts(&wild->out, ")");
        break;
    case 2:
        text_puts(&wild->out, "(- ");
        number(wild, depth - 1);
        text_puts(&wild->out, ")");
        break;
    case 3:
    case 4:
        called(wild, depth - 1);
        break;
    default:
        text_puts(&wild->out, plain[draw(wild, 13)]);
    }
}

static void expression(struct wild *wild, const char *before, void (*piece)(struct wild *, unsigned))
{
    text_puts(&wild->out, before);
    piece(wild, 3);
    text_puts(&wild->out, "\"\n");
}

static char *random_rule(struct wild *wild, unsigned serial)
{
    text_init(&wild->out);
    text_print(&wild->out, "rule: W%u\ntitle: 随机\nsummary: 随机\nregion: 100000\nvalid_from: 2015-10-01\nsource: unverified\n"
               "articles:\n  - {document: 无, source: unverified}\nparameters:\n  days: {label: 甲, value: 15, source: unverified}\n"
               "  least: {label: 乙, value: 50%%, source: unverified}\nfacts: [state_unit, pricing, notice_first, today, income, reward,"
               " people, share]\n", serial);
    expression(wild, "applies: \"", truth);
    text_puts(&wild->out, "conditions:\n");
    for (unsigned i = 0; i < 4; i++) {
        text_print(&wild->out, "  - name: c%u\n    says: 不行\n    holds: \"", i);
        expression(wild, "", truth);
    }
    /* Every fact and parameter is used somewhere. */
    text_puts(&wild->out, "  - name: all\n    says: 不行\n    holds: coalesce(state_unit, notice_first, today, income, reward, people,"
                          " share, $days, $least) is not null or pricing is null\n");
    text_puts(&wild->out, "results:\n");
    for (unsigned i = 0; i < 2; i++) {
        text_print(&wild->out, "  r%u:\n    kind: number\n    label: 丙\n    value: \"", i);
        expression(wild, "", number);
    }
    text_puts(&wild->out, "examples:\n  - name: 空\n    answer: unknown\n    why: 随机\n");
    return text_detach(&wild->out);
}

/* --- random facts --- */

static struct fact random_fact(struct wild *wild, size_t i)
{
    static const int64_t edges[] = {0, 1, -1, 2, 15, 99, 10000, 1000000, EVAL_MOST, -EVAL_MOST};
    static const char *const codes[] = {"agreement", "listing", "auction"};
    struct fact fact = {.name = names[i], .kind = kinds[i], .known = draw(wild, 100) >= 12};

    if (kinds[i] == FACT_CODE)
        fact.code = slice_of(codes[draw(wild, 3)]);
    else if (kinds[i] == FACT_YES)
        fact.value = draw(wild, 2);
    else if (kinds[i] == FACT_DAY)
        fact.value = 20000 + (int64_t)draw(wild, 800) + (draw(wild, 5) ? 0 : 27000);
    else
        fact.value = draw(wild, 3) ? (int64_t)draw(wild, 400) : edges[draw(wild, 10)];
    return fact;
}

/* --- side by side --- */

struct many {
    struct kit *kit;
    const struct fact (*facts)[FACTS];
    size_t seen, wrong, yes;
};

static void same_row(struct many *many, const struct rule_rows *rows, size_t i)
{
    struct kit *kit = many->kit;
    struct answer one;
    bool ok = rule_ask(kit->book, rows->rule, many->facts[rows->from + i], FACTS, &kit->arena, &one, &kit->err);

    assert_int_equal(rows->wrong[i], !ok);
    many->wrong += !ok;
    if (!ok)
        return;
    assert_int_equal(rows->verdicts[i], one.verdict);
    assert_int_equal(rows->applies[i], one.applies);
    assert_int_equal(rows->provisional[i], one.provisional);
    for (size_t c = 0; c < rows->rule->condition_count; c++)
        assert_int_equal(rows->conditions[c][i], one.conditions[c]);
    for (size_t r = 0; r < rows->rule->result_count; r++) {
        assert_int_equal(rows->known[r][i], one.results[r].value.known);
        assert_true(rows->results[r][i] == (one.results[r].value.known ? one.results[r].value.number : 0));
    }
    many->yes += one.verdict == RULE_YES;
}

static bool compare(void *arg, const struct rule_rows *rows, struct err *err)
{
    struct many *many = arg;

    (void)err;
    for (size_t i = 0; i < rows->count; i++) {
        assert_int_equal(rows->ids[i], (int64_t)(rows->from + i) * 3);
        same_row(many, rows, i);
    }
    many->seen += rows->count;
    arena_reset(&many->kit->arena);
    return true;
}

static struct fact_table *table_of(struct kit *kit, const struct rule *const *rules, size_t count, const struct fact (*facts)[FACTS])
{
    struct fact_table *table = fact_table_new(rules, count);

    for (size_t i = 0; i < ROWS; i++)
        assert_true(fact_table_add(table, (int64_t)i * 3, facts[i], FACTS, &kit->err));
    return table;
}

enum { RULES = 60 };

static void random_rules_say_what_they_say_one_by_one(void **state)
{
    static struct fact facts[ROWS][FACTS];
    struct kit *kit = *state;
    struct wild wild = {.seed = 20261128};
    const struct rule *rules[RULES];
    struct many many = {.kit = kit, .facts = (const struct fact(*)[FACTS])facts};
    struct fact_table *table;
    struct plan plan;
    size_t compiled = 0;

    for (unsigned i = 0; i < RULES; i++) {
        char name[40], *text = random_rule(&wild, i);

        snprintf(name, sizeof name, "national/W%u.yaml", i);
        kit_write(kit, name, text);
        free(text);
    }
    if (!kit_load(kit))
        fail_msg("%s", kit->err.message);
    for (size_t i = 0; i < RULES; i++)
        compiled += steps_make(rules[i] = rulebook_at(kit->book, i), &kit->arena, &plan);
    for (size_t i = 0; i < ROWS; i++)
        for (size_t f = 0; f < FACTS; f++)
            facts[i][f] = random_fact(&wild, f);
    table = table_of(kit, rules, RULES, many.facts);
    assert_int_equal(fact_table_rows(table), ROWS);
    if (!rule_ask_all(kit->book, rules, RULES, table, compare, &many, &kit->err))
        fail_msg("%s", kit->err.message);
    fact_table_free(table);
    assert_int_equal(many.seen, ROWS * RULES);
    /* The draw is worth its while: many rules are compiled and not all, some rows are wrong, some are right. */
    assert_true(compiled > RULES / 3 && compiled < RULES);
    assert_true(many.wrong > 100 && many.yes > 100);
}

/* --- what does not fit --- */

static bool stop(void *arg, const struct rule_rows *rows, struct err *err)
{
    (void)rows;
    ++*(int *)arg;
    return err_set(err, ERR_BUSY, "stop");
}

static void an_emit_that_fails_ends_it(void **state)
{
    struct kit *kit = *state;
    const struct rule *rule;
    struct fact_table *table;
    int calls = 0;

    kit_write(kit, "national/R.yaml", kit_rule);
    assert_true(kit_load(kit));
    rule = rulebook_at(kit->book, 0);
    table = fact_table_new(&rule, 1);
    assert_true(rule_ask_all(kit->book, &rule, 1, table, stop, &calls, &kit->err)); /* no rows, nothing told */
    assert_int_equal(calls, 0);
    assert_true(fact_table_add(table, 1, NULL, 0, &kit->err));
    assert_false(rule_ask_all(kit->book, &rule, 1, table, stop, &calls, &kit->err));
    assert_int_equal(kit->err.code, ERR_BUSY);
    assert_int_equal(calls, 1);
    fact_table_free(table);
}

static void a_fact_that_does_not_fit_its_column_is_refused(void **state)
{
    static const struct fact wrong[] = {{.name = "pricing", .kind = FACT_NUMBER, .known = true, .value = 1},
                                        {.name = "pricing", .kind = FACT_CODE, .known = true, .code = {"gift", 4}},
                                        {.name = "notice_first", .kind = FACT_DAY, .known = true, .value = EVAL_MOST + 1}};
    static const struct fact fine[] = {{.name = "unheard", .kind = FACT_NUMBER, .known = true, .value = 1},
                                       {.name = "pricing", .kind = FACT_CODE}, {.name = "today", .kind = FACT_DAY, .known = true, .value = 1}};
    struct kit *kit = *state;
    const struct rule *rule;
    struct fact_table *table;

    kit_write(kit, "national/R.yaml", kit_rule);
    assert_true(kit_load(kit));
    rule = rulebook_at(kit->book, 0);
    table = fact_table_new(&rule, 1);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_false(fact_table_add(table, 1, &wrong[i], 1, &kit->err));
        assert_string_equal(kit->err.field, wrong[i].name);
    }
    assert_true(fact_table_add(table, 1, fine, 3, &kit->err));
    assert_int_equal(fact_table_rows(table), 1);
    fact_table_free(table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_KIT(random_rules_say_what_they_say_one_by_one),
        WITH_KIT(an_emit_that_fails_ends_it),
        WITH_KIT(a_fact_that_does_not_fit_its_column_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
