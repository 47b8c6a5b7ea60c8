/* A release that has more in the facets: what an earlier one wrote is written again, and nothing is counted twice. */
#include "city_people.h"

#include "work/refacet.h"

static bool forget(struct sql *sql, void *arg, struct err *err)
{
    static const char *const statements[] = {
        "DELETE FROM facet WHERE facet = 'ipc'", "DELETE FROM facet_tally WHERE facet = 'ipc'",
        "UPDATE facet_set SET pairs = '=\n' WHERE kind = 'achievement'",
        "DELETE FROM facet WHERE kind = 'achievement' AND facet <> ''",
        "DELETE FROM facet_tally WHERE kind = 'achievement' AND facet <> ''",
        "INSERT INTO cursor (name, next) VALUES ('facet', 0)"};

    (void)arg;
    for (size_t i = 0; i < sizeof statements / sizeof *statements; i++)
        if (!sql_put(sql, statements[i], SQL_NO_ARGS, err))
            return false;
    return true;
}

static void rewrite(struct town *town)
{
    struct err err;
    bool more = true;

    while (more)
        if (!refacet(town->store, &more, &err))
            fail_msg("%s", err.message);
}

static void levels_that_were_not_there_are_filled_in(void **state)
{
    static const char *const fields[] = {"title", "耐磨离心泵轴承", "abstract", "用于含沙介质的离心泵,轴承寿命由三千小时提高到八千小时。",
                                         "ipc", "F04D 29/04", "region", "兰州市城关区", NULL};
    struct submission made;
    struct town town;
    struct err err;

    town_open(&town, state);
    town_submission(&town, &made, &kind_achievement, NULL);
    made.record.owner = town_party(&town, "兰州某泵业", "620102");
    assert_done(town_submit(&town, NULL, &made, fields, &err), err);
    assert_done(store_write(town.store, "", forget, NULL, &err), err);
    assert_int_equal(town_number(&town, "SELECT count(*) FROM facet WHERE facet = 'ipc'"), 0);
    rewrite(&town);
    assert_int_equal(town_number(&town, "SELECT count(*) FROM facet WHERE facet = 'ipc'"), 2);
    assert_int_equal(town_number(&town, "SELECT records FROM facet_tally WHERE facet = 'ipc' AND value = 'F04'"), 1);
    assert_int_equal(town_number(&town, "SELECT count(*) FROM facet WHERE kind = 'achievement' AND facet = 'region'"), 3);
    assert_int_equal(town_number(&town, "SELECT sum(records) FROM facet_tally WHERE kind = 'party'"),
                     town_number(&town, "SELECT count(*) FROM facet WHERE kind = 'party'"));
    town_close(&town);
}

int main(void)
{
    const struct CMUnitTest tests[] = {ON_BOTH(levels_that_were_not_there_are_filled_in)};

    return run_places(tests);
}
