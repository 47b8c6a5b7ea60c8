/* What is harvested: who is in it, when its stamp moves and when not, and that a page goes on behind the last one. */
#include "city_people.h"

#include "work/harvest.h"

enum { MANY = 150 };

struct field_of_work {
    struct town town;
    struct harvest_place place;
    struct arena arena;
    int64_t now_ms, owner;
    struct err err;
};

static const char abstract[] = "用于含沙介质的离心泵,轴承寿命由三千小时提高到八千小时。";

static int64_t told_ms;

static int64_t told(void)
{
    return told_ms;
}

static void follow_as(struct field_of_work *field, struct harvest_place *place)
{
    bool more = true;

    told_ms = field->now_ms;
    while (more)
        if (!harvest_follow(field->town.store, place, told, &more, &field->err))
            fail_msg("%s", field->err.message);
}

static void follow(struct field_of_work *field)
{
    follow_as(field, &field->place);
}

static int64_t submitted(struct field_of_work *field, const struct kind *kind, int64_t id, int64_t owner, const char *const *fields)
{
    struct submission made;

    town_submission(&field->town, &made, kind, NULL);
    made.record.owner = owner;
    made.record.id = id;
    if (id)
        made.record.ver = town_number(&field->town, arena_print(&field->arena, "SELECT ver FROM %s WHERE id = %lld AND to_leaf IS NULL", kind->name, (long long)id));
    assert_done(town_submit(&field->town, NULL, &made, fields, &field->err), field->err);
    return made.id;
}

static int64_t achievement(struct field_of_work *field, const char *title)
{
    const char *fields[] = {"title", title, "abstract", abstract, "ipc", "F04D 29/04", "industry", "3441", NULL};

    return submitted(field, &kind_achievement, 0, field->owner, fields);
}

static void turned(struct field_of_work *field, int64_t id, enum submit_verb verb)
{
    struct submission made;

    town_submission(&field->town, &made, &kind_achievement, NULL);
    made.verb = verb;
    made.record.id = id;
    made.record.ver = town_number(&field->town, arena_print(&field->arena, "SELECT ver FROM achievement WHERE id = %lld AND to_leaf IS NULL", (long long)id));
    assert_done(store_write(field->town.store, made.request_id, submit_step, &made, &field->err), field->err);
}

static void opened(struct field_of_work *field, void **state)
{
    *field = (struct field_of_work){.now_ms = clock_ms()};
    town_open(&field->town, state);
    arena_init(&field->arena);
    field->owner = town_party(&field->town, "示例兰州某泵业", "620102");
    follow(field);
}

static void closed(struct field_of_work *field)
{
    arena_release(&field->arena);
    town_close(&field->town);
}

static bool found(struct field_of_work *field, int64_t id, struct harvest_item *item)
{
    struct sql *sql = town_look(&field->town);
    bool is;

    if (!harvest_find(sql, id, &field->arena, item, &is, &field->err))
        fail_msg("%s", field->err.message);
    store_read_end(field->town.store, sql);
    return is;
}

static struct harvest_item item_of(struct field_of_work *field, int64_t id)
{
    struct harvest_item item;

    if (!found(field, id, &item))
        fail_msg("%lld is not there", (long long)id);
    return item;
}

static size_t page(struct field_of_work *field, struct harvest_range range, size_t most, struct harvest_item *items)
{
    struct sql *sql = town_look(&field->town);
    size_t count;

    if (!harvest_page(sql, &range, most, &field->arena, items, &count, &field->err))
        fail_msg("%s", field->err.message);
    store_read_end(field->town.store, sql);
    return count;
}

static void its_stamp_moves_when_what_is_public_changes(void **state)
{
    static const char *const hidden[] = {"contact", "示例王某", NULL}, *const shown[] = {"wanted", "需要一家泵厂试装", NULL};
    struct field_of_work field;
    struct harvest_item first, then;
    int64_t id;

    opened(&field, state);
    id = achievement(&field, "耐磨离心泵轴承");
    follow(&field);
    first = item_of(&field, id);
    assert_true(first.stamp / HARVEST_SECOND == field.now_ms / 1000 + 1); /* the second after: who asked within this one asks again */
    assert_int_equal(first.gone, 0);
    field.now_ms += 60000;
    submitted(&field, &kind_achievement, id, field.owner, hidden);
    follow(&field);
    assert_true(item_of(&field, id).stamp == first.stamp);
    submitted(&field, &kind_achievement, id, field.owner, shown);
    follow(&field);
    then = item_of(&field, id);
    assert_true(then.stamp / HARVEST_SECOND == field.now_ms / 1000 + 1);
    closed(&field);
}

/* A clock for a write that waits: five seconds from one look at it to the next. */
static struct {
    const struct harvest_place *place;
    int64_t ms, until;
    unsigned looks;
} waiting;

static int64_t five_later(void)
{
    waiting.looks++;
    waiting.ms += 5000;
    waiting.until = harvest_until(waiting.place, waiting.ms);
    return waiting.ms;
}

/* The time is read when it may write; and who asks while it does is told a time from which he has to ask again. */
static void a_write_that_waits_is_stamped_late(void **state)
{
    struct field_of_work field;
    bool more;
    int64_t id, began;

    opened(&field, state);
    id = achievement(&field, "耐磨离心泵轴承");
    began = field.now_ms + 5000;
    waiting.place = &field.place;
    waiting.ms = field.now_ms;
    waiting.looks = 0;
    assert_true(harvest_follow(field.town.store, &field.place, five_later, &more, &field.err));
    assert_int_equal(waiting.looks, 2);
    assert_true(item_of(&field, id).stamp / HARVEST_SECOND == (began + 5000) / 1000 + 1);
    assert_true(waiting.until == began + 1000);
    assert_true(harvest_until(&field.place, waiting.ms) == waiting.ms);
    closed(&field);
}

static void what_is_closed_is_gone_and_comes_back(void **state)
{
    struct field_of_work field;
    struct harvest_item before, gone;
    int64_t id;

    opened(&field, state);
    id = achievement(&field, "耐磨离心泵轴承");
    follow(&field);
    before = item_of(&field, id);
    turned(&field, id, SUBMIT_CLOSE);
    follow(&field);
    gone = item_of(&field, id);
    assert_true(gone.gone);
    assert_true(gone.stamp > before.stamp);
    assert_true(slice_same(gone.sets, before.sets)); /* who harvests a set is told too */
    turned(&field, id, SUBMIT_REOPEN);
    follow(&field);
    assert_false(item_of(&field, id).gone);
    assert_true(item_of(&field, id).stamp > gone.stamp);
    closed(&field);
}

static bool store_closed(struct sql *sql, void *arg, struct err *err)
{
    struct record *record = arg;
    struct record_event event = {.action = "achievement.disclose", .request_id = "closed-1", .time_ms = clock_ms()};

    record->status = RECORD_CLOSED;
    return record_put(sql, record, NULL, &event, err);
}

/* As nothing makes one today: what never was open is not there, not even as gone. */
static void what_never_was_open_is_not_told(void **state)
{
    struct field_of_work field;
    struct harvest_item item;
    struct submission made;

    opened(&field, state);
    town_submission(&field.town, &made, &kind_achievement, NULL);
    made.record.id = made.new_id;
    made.record.owner = field.owner;
    made.record.values[0] = (struct value){.known = true, .text = SLICE("从未公开的成果")};
    assert_done(store_write(field.town.store, "closed-1", store_closed, &made.record, &field.err), field.err);
    follow(&field);
    assert_false(found(&field, made.record.id, &item));
    closed(&field);
}

static void sets_are_those_of_its_field_and_its_owner(void **state)
{
    struct field_of_work field;
    struct harvest_item items[4];
    int64_t id;

    opened(&field, state);
    id = achievement(&field, "耐磨离心泵轴承");
    follow(&field);
    assert_true(slice_is(item_of(&field, id).sets, "industry:C:34\nipc:F:F04\nregion:620000:620100:620102\nside:enterprise\n"));
    assert_int_equal(page(&field, (struct harvest_range){0, INT64_MAX, SLICE("ipc:F")}, 4, items), 1);
    assert_int_equal(page(&field, (struct harvest_range){0, INT64_MAX, SLICE("region")}, 4, items), 1);
    assert_int_equal(page(&field, (struct harvest_range){0, INT64_MAX, SLICE("ipc:F:F")}, 4, items), 0);
    assert_int_equal(page(&field, (struct harvest_range){0, INT64_MAX, SLICE("side:bank")}, 4, items), 0);
    closed(&field);
}

/* More than a slice takes: the place within the organisation is kept. Its name and its phone changed in one go before anybody looked. */
static void a_new_name_of_the_owner_moves_all_of_its_achievements(void **state)
{
    static const char *const phone[] = {"phone", "0931-0000101", NULL}, *const name[] = {"name", "示例兰州某泵业集团", NULL};
    struct field_of_work field;
    struct harvest_item *items;
    int64_t moved;

    opened(&field, state);
    for (int i = 0; i < MANY; i++)
        achievement(&field, arena_print(&field.arena, "耐磨离心泵轴承第%d型", i));
    follow(&field);
    items = arena_alloc(&field.arena, (MANY + 1) * sizeof *items);
    assert_int_equal(page(&field, (struct harvest_range){0, INT64_MAX, SLICE("")}, MANY + 1, items), MANY);
    for (int i = 1; i < MANY; i++)
        assert_true(items[i].stamp > items[i - 1].stamp);
    moved = items[MANY - 1].stamp;
    submitted(&field, &kind_party, field.owner, 0, phone);
    follow(&field);
    assert_int_equal(page(&field, (struct harvest_range){moved + 1, INT64_MAX, SLICE("")}, MANY + 1, items), 0);
    submitted(&field, &kind_party, field.owner, 0, name);
    submitted(&field, &kind_party, field.owner, 0, (const char *const[]){"phone", "0931-0000102", NULL});
    follow(&field);
    assert_int_equal(page(&field, (struct harvest_range){moved + 1, INT64_MAX, SLICE("")}, MANY + 1, items), MANY);
    closed(&field);
}

/* More than one question takes, one of another kind, one that nobody can have. */
static void many_records_are_had_at_once(void **state)
{
    enum { ASKED = RECORD_MANY + 13 };
    struct record list[ASKED];
    struct field_of_work field;
    int64_t ids[ASKED];
    struct sql *sql;
    size_t count;

    opened(&field, state);
    for (size_t i = 0; i < ASKED - 2; i++)
        ids[i] = achievement(&field, arena_print(&field.arena, "耐磨离心泵轴承第%zu型", i));
    ids[ASKED - 2] = field.owner;
    ids[ASKED - 1] = 0;
    sql = town_look(&field.town);
    assert_true(record_many(sql, &kind_achievement, ids, ASKED, &field.arena, list, &count, &field.err));
    assert_int_equal(count, ASKED - 2);
    for (size_t i = 0; i < count; i++)
        assert_true(list[i].owner == field.owner && list[i].ver == 1 && list[i].values[0].known);
    assert_true(record_many(sql, &kind_achievement, ids, 0, &field.arena, list, &count, &field.err));
    assert_int_equal(count, 0);
    store_read_end(field.town.store, sql);
    closed(&field);
}

/* Two servers on one database: each leaf is taken once. */
static void a_second_follower_does_nothing_twice(void **state)
{
    struct field_of_work field;
    struct harvest_place other = {0};
    int64_t id, stamp;

    opened(&field, state);
    id = achievement(&field, "耐磨离心泵轴承");
    follow(&field);
    stamp = item_of(&field, id).stamp;
    field.now_ms += 60000;
    follow_as(&field, &other);
    assert_true(item_of(&field, id).stamp == stamp);
    field.place.seen = 0;
    field.place.kept = 0;
    follow(&field);
    assert_true(item_of(&field, id).stamp == stamp);
    closed(&field);
}

/* Before anybody can have harvested, the leaves' own times; and until all is in, it is not ready. */
static void the_first_time_the_leaves_say_when(void **state)
{
    struct field_of_work field = {.now_ms = clock_ms() + INT64_C(86400000)};
    unsigned char key[SEAL_HASH], again[SEAL_HASH];
    struct sql *sql;
    bool ready = true;
    int64_t id;

    town_open(&field.town, state);
    arena_init(&field.arena);
    field.owner = town_party(&field.town, "示例兰州某泵业", "620102");
    id = achievement(&field, "耐磨离心泵轴承");
    sql = town_look(&field.town);
    assert_true(harvest_state(sql, &ready, key, &field.err));
    store_read_end(field.town.store, sql);
    assert_false(ready);
    follow(&field);
    assert_true(item_of(&field, id).stamp / HARVEST_SECOND < field.now_ms / 1000);
    sql = town_look(&field.town);
    assert_true(harvest_state(sql, &ready, key, &field.err));
    assert_true(harvest_state(sql, &ready, again, &field.err));
    store_read_end(field.town.store, sql);
    assert_true(ready);
    assert_memory_equal(key, again, SEAL_HASH);
    closed(&field);
}

static void plan_of(struct field_of_work *field, const char *statement, struct text *plan)
{
    struct sql *sql = town_look(&field->town);
    const char *asked = arena_print(&field->arena, "EXPLAIN QUERY PLAN %s", statement);
    struct sql_arg numbers[] = {sql_int(1), sql_int(40), sql_int(40), sql_text(SLICE("ipc"))};
    struct sql_rows rows;
    size_t count = 0;

    for (size_t i = 1; i <= 4; i++)
        if (strstr(statement, arena_print(&field->arena, "?%zu", i)))
            count = i;
    text_clear(plan);
    assert_true(sql_rows(sql, asked, numbers, count, &rows, &field->err));
    while (sql_next(&rows)) {
        text_add_slice(plan, sql_slice(&rows, 3));
        text_puts(plan, "; ");
    }
    assert_true(sql_done(&rows, &field->err));
    store_read_end(field->town.store, sql);
}

/* Lists go along an index and are not put in order first: a page costs what is on it. */
static void lists_go_along_an_index(void **state)
{
    struct field_of_work field;
    struct text plan;

    opened(&field, state);
    text_init(&plan);
    for (size_t i = 0; harvest_statement(i); i++) {
        bool walks;

        plan_of(&field, harvest_statement(i), &plan);
        walks = strstr(plan.at, "TEMP B-TREE") || !(strstr(plan.at, "INDEX harvest") || strstr(plan.at, "PRIMARY KEY") || strstr(plan.at, "INDEX achievement_owner")
                                                     || strstr(plan.at, "autoindex_harvest"));
        if (walks)
            fail_msg("%s: %s", harvest_statement(i), plan.at);
    }
    text_release(&plan);
    closed(&field);
}

int main(void)
{
    const struct CMUnitTest tests[] = {ON_BOTH(its_stamp_moves_when_what_is_public_changes),
                                       ON_BOTH(a_write_that_waits_is_stamped_late),
                                       ON_BOTH(what_is_closed_is_gone_and_comes_back),
                                       ON_BOTH(what_never_was_open_is_not_told),
                                       ON_BOTH(sets_are_those_of_its_field_and_its_owner),
                                       ON_BOTH(a_new_name_of_the_owner_moves_all_of_its_achievements),
                                       ON_BOTH(many_records_are_had_at_once),
                                       ON_BOTH(a_second_follower_does_nothing_twice),
                                       ON_BOTH(the_first_time_the_leaves_say_when),
                                       ON_SQLITE(lists_go_along_an_index)};

    return run_places(tests);
}
