/* The digest: once a day, from eight on, what newly fits an organisation, to whoever has not turned it down. */
#include "deal_town.h"

#include "work/inbox.h"
#include "work/news.h"
#include "work/wish.h"

struct pair {
    struct campus campus;
    int64_t works, asker, need;
};

static bool put_sql(struct sql *sql, void *arg, struct err *err)
{
    return sql_put(sql, arg, SQL_NO_ARGS, err);
}

static void does_sql(struct campus *campus, const char *statement)
{
    char *text = arena_print(&campus->arena, "%s", statement);

    assert_done(store_write(campus->town.store, "", put_sql, text, &campus->err), campus->err);
}

/* The campus has an achievement; the works' need is fitted by it, as the lists would say. */
static void pair_open(struct pair *pair, void **state)
{
    static const char *const works[] = {"name", "示例甲机械厂", "side", "enterprise", "region", "620102", NULL},
                             *const need[] = {"title", "含沙介质离心泵轴承寿命", "now", "含沙介质里轴承三千小时就坏，停机检修要两天。", "goal",
                                              "寿命到八千小时", "due", "2029-12-31", NULL};
    struct campus *campus = &pair->campus;

    campus_open(campus, state, "620102", "");
    pair->works = campus_record(campus, &kind_party, 0, works);
    pair->asker = town_account(&campus->town, "buyer", pair->works, town_password);
    town_grant(&campus->town, pair->asker, ROLE_MEMBER, SCOPE_ALL, 0);
    pair->need = campus_record(campus, &kind_need, pair->works, need);
    does_sql(campus, arena_print(&campus->arena, "INSERT INTO fit (id, col, other, chance, rating) VALUES (%lld, 0, %lld, 900000, 4)",
                                 (long long)pair->need, (long long)campus->achievement));
    does_sql(campus, "INSERT INTO cursor (name, next) SELECT 'fit', next FROM ledger_head WHERE id = 1");
}

static size_t tick(struct pair *pair, int hour)
{
    struct campus *campus = &pair->campus;
    int64_t midnight = campus->today * INT64_C(86400000) - INT64_C(8) * 3600000;
    size_t made;

    if (!news_tick(campus->town.store, midnight + hour * INT64_C(3600000), &made, &campus->err))
        fail_msg("%s", campus->err.message);
    return made;
}

static void once_a_day_from_eight_on(void **state)
{
    struct pair pair;
    struct message message;
    struct sql *sql;
    size_t count;

    pair_open(&pair, state);
    assert_int_equal(tick(&pair, 7), 0);
    assert_int_equal(tick(&pair, 8), 1);
    assert_int_equal(tick(&pair, 9), 0);
    sql = town_look(&pair.campus.town);
    assert_true(inbox_list(sql, pair.asker, 0, &pair.campus.arena, &message, 1, &count, &pair.campus.err));
    store_read_end(pair.campus.town.store, sql);
    assert_int_equal(count, 1);
    assert_string_equal(arena_text(&pair.campus.arena, message_say(&message, false, &pair.campus.arena)), "有 1 条新登记的与您单位的记录合适");
    assert_string_equal(message_path(&message, &pair.campus.arena), "/desk");
    pair.campus.today++;
    assert_int_equal(tick(&pair, 9), 0); /* nothing is new */
    campus_close(&pair.campus);
}

static void whoever_turned_it_down_is_not_told(void **state)
{
    struct pair pair;
    struct wish_saving saving;
    struct wish wish;
    struct sql *sql;

    pair_open(&pair, state);
    saving = (struct wish_saving){.account = pair.asker, .now_ms = campus_ms(&pair.campus), .digest = false};
    assert_true(wish_prepare(&saving, SLICE(""), &pair.campus.err));
    assert_done(store_write(pair.campus.town.store, "", wish_save_step, &saving, &pair.campus.err), pair.campus.err);
    sql = town_look(&pair.campus.town);
    assert_true(wish_get(sql, pair.asker, &wish, &pair.campus.err) && !wish.digest);
    assert_true(wish_get(sql, pair.campus.account, &wish, &pair.campus.err) && wish.digest);
    store_read_end(pair.campus.town.store, sql);
    assert_int_equal(tick(&pair, 9), 0);
    campus_close(&pair.campus);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(once_a_day_from_eight_on),
        ON_BOTH(whoever_turned_it_down_is_not_told),
    };

    return run_places(tests);
}
