/* Whom policies reach: due by verified facts, taken, and the rate; each firm as it is found one by one. */
#include "fact_hall.h"

#include "record/claim.h"
#include "work/landing.h"

static int64_t policy_put(struct hall *hall, const char *title, const char *rule)
{
    const char *typed[] = {"title", title, "gives", "按示例文件给予奖励或补助。", "basis", "示例〔2026〕1号", "rule", rule, NULL};
    struct submission submission;

    town_submission(&hall->town, &submission, &kind_policy, NULL);
    assert_done(town_submit(&hall->town, NULL, &submission, typed, &hall->err), hall->err);
    return submission.id;
}

static void fact_put(struct hall *hall, int64_t party, bool listed, const char *name, const char *year, const char *value)
{
    if (!say_under(hall, &hall->town.program, party, town_request(&hall->town, hall->request),
                   SAID("name", name, "year", year, "value", value, "source", listed ? "department" : "declared", "issuer", listed ? "示例局" : "",
                        "issued_on", listed ? "2026-06-01" : "")))
        fail_msg("%s %s", hall->err.message, hall->complaints.count ? hall->complaints.list[0].err.message : "");
}

/* What each firm is to the policy LZ03: 0 due, 1 declared only, 2 a fact missing, 3 too large. */
static int64_t firm_make(struct hall *hall, unsigned which, unsigned sort)
{
    const char *name = arena_print(&hall->arena, "兰州示例%u厂", which);
    int64_t party = town_party(&hall->town, name, which % 2 ? "620102" : "620103");

    fact_put(hall, party, sort != 1, "tech_sme", "2025", "是");
    fact_put(hall, party, true, "tech_sme_first", "", "是");
    if (sort != 2)
        fact_put(hall, party, true, "staff", "", sort == 3 ? "900" : "30");
    fact_put(hall, party, true, "dishonest", "", "否");
    fact_put(hall, party, true, "tax_arrears", "", "否");
    return party;
}

static struct landing *look(struct hall *hall, const struct actor *actor, const char *day, int64_t policy, size_t *count)
{
    struct sql *sql = town_look(&hall->town);
    struct landing *list;

    if (!landing_find(sql, &hall->law, actor, date(day), policy, &hall->arena, &list, count, &hall->err))
        fail_msg("%s", hall->err.message);
    store_read_end(hall->town.store, sql);
    return list;
}

static void due_taken_and_what_is_only_declared(void **state)
{
    struct hall *hall = hall_open(state);
    int64_t policy = policy_put(hall, "首次入库奖励（示例）", "LZ03");
    static const unsigned sorts[] = {0, 0, 0, 1, 1, 2, 3, 3};
    struct landing *line;
    size_t count;

    for (unsigned i = 0; i < 8; i++)
        firm_make(hall, i, sorts[i]);
    fact_put(hall, hall->other, true, "tech_sme", "2025", "是"); /* in Tianshui: the city's policy is not its own */
    for (size_t i = 0; i < 2; i++) {                             /* within the days of application, and after them */
        line = look(hall, &hall->officer, i ? "2026-12-15" : "2026-10-08", policy, &count);
        assert_int_equal(count, 1);
        assert_int_equal(line->due, 3);
        assert_int_equal(line->due_amount, 6000000);
        assert_int_equal(line->could, 2);
        assert_int_equal(line->unknown, 1);
        assert_int_equal(line->taken, 0);
        assert_int_equal(line->firm_count, 3);
        assert_int_equal(line->until, date("2026-11-30"));
    }
    assert_int_equal(look(hall, &hall->elsewhere, "2026-10-08", policy, &count)->due, 0); /* in nobody's scope but his city's */
    hall_close(hall);
}

static void each_firm_is_as_it_is_found_one_by_one(void **state)
{
    struct hall *hall = hall_open(state);
    int64_t policy = policy_put(hall, "首次入库奖励（示例）", "LZ03"), parties[12];
    struct landing *line;
    size_t count, due = 0;

    for (unsigned i = 0; i < 12; i++)
        parties[i] = firm_make(hall, i, i % 4);
    line = look(hall, &hall->officer, "2026-10-08", policy, &count);
    for (size_t i = 0; i < 12; i++) {
        struct sql *sql = town_look(&hall->town);
        struct benefit *benefits;
        bool found = false;

        assert_true(benefits_of(sql, &hall->law, parties[i], date("2026-10-08"), &hall->arena, &benefits, &count, &hall->err));
        store_read_end(hall->town.store, sql);
        for (size_t f = 0; f < line->firm_count; f++)
            if (line->firms[f].party == parties[i]) {
                found = true;
                assert_true(line->firms[f].amount == benefits[0].amount);
            }
        assert_int_equal(found, benefits[0].automatic);
        due += benefits[0].automatic;
    }
    assert_int_equal(due, 3);
    hall_close(hall);
}

int main(void)
{
    const struct CMUnitTest tests[] = {ON_BOTH(due_taken_and_what_is_only_declared), ON_BOTH(each_firm_is_as_it_is_found_one_by_one)};

    return run_places(tests);
}
