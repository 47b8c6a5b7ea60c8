/* The lists that facets make of open records: paged by key, narrowed, counted. */
#include "books.h"

#include "store/migration_int.h"

enum { NEEDS = 130 };

static void many_needs(struct books *books)
{
    for (int64_t i = 1; i <= NEEDS; i++) {
        struct record record;
        char title[64];

        snprintf(title, sizeof title, "第%lld项技术需求", (long long)i);
        a_need(books, &record, i, 1, title);
        set(books, &record, "region", i % 2 ? "620102" : "620104");
        set(books, &record, "trl", i % 3 ? "6" : "7");
        set(books, &record, "industry", i % 5 ? "266" : "2661");
        put_well(books, &record, NULL);
    }
}

/* Walks all pages; the ids must fall and none come twice. */
static size_t walk(struct books *books, struct facet_query *query)
{
    struct sql *sql = look(books);
    int64_t ids[FACET_PAGE], last = INT64_MAX, next = 0;
    size_t count, all = 0;
    struct err err;

    do {
        query->before = next;
        if (!facet_list(sql, query, ids, &count, &next, &err))
            fail_msg("%s", err.message);
        assert_true(!next || count == query->limit);
        for (size_t i = 0; i < count; i++) {
            assert_true(ids[i] < last);
            last = ids[i];
        }
        all += count;
    } while (next);
    query->before = 0;
    store_read_end(books->store, sql);
    return all;
}

static void view_of(struct books *books, const struct facet_query *query, struct facet_view *view)
{
    struct sql *sql = look(books);
    struct err err;

    if (!facet_look(sql, query, &books->arena, view, &err))
        fail_msg("%s", err.message);
    store_read_end(books->store, sql);
}

/* Page by page as a reader sees it: the same rows as facet_list gives, the same total on each page. */
static size_t look_through(struct books *books, struct facet_query *query)
{
    struct facet_view view = {.next = 0};
    int64_t total = -1;
    size_t all = 0;

    do {
        query->before = view.next;
        view_of(books, query, &view);
        assert_true(total < 0 || total == view.total);
        total = view.total;
        all += view.count;
    } while (view.next);
    query->before = 0;
    assert_true(view.beyond || view.total == (int64_t)all);
    return all;
}

static void lists_page_by_key_and_narrow(void **state)
{
    struct facet_query query = {.kind = &kind_need, .limit = 50};
    struct books books;

    books_open(&books, state);
    many_needs(&books);
    assert_int_equal(walk(&books, &query), NEEDS);
    query.limit = 13;
    assert_int_equal(walk(&books, &query), NEEDS);
    query.filters[query.count++] = (struct facet_filter){"region", SLICE("620102")};
    assert_int_equal(walk(&books, &query), 65);
    query.filters[query.count++] = (struct facet_filter){"trl", SLICE("7")};
    assert_int_equal(walk(&books, &query), 22);
    query.filters[query.count++] = (struct facet_filter){"industry", SLICE("26")};
    assert_int_equal(walk(&books, &query), 22);
    assert_int_equal(look_through(&books, &query), 22);
    query.filters[0].value = SLICE("620100"); /* the city holds its districts */
    assert_int_equal(walk(&books, &query), 43);
    query.filters[query.count++] = (struct facet_filter){"region", SLICE("' OR 1=1--")};
    assert_int_equal(walk(&books, &query), 0);
    books_close(&books);
}

static int64_t tally(struct books *books, const struct facet_query *query, const char *facet, const char *value)
{
    struct facet_view view;
    int64_t records = 0;

    view_of(books, query, &view);
    assert_true(view.counted);
    for (size_t i = 0; i < view.tally_count; i++)
        if (slice_is(view.tallies[i].facet, facet) && slice_is(view.tallies[i].value, value))
            records = view.tallies[i].records;
    return records;
}

static void counts_agree_with_lists(void **state)
{
    struct facet_query query = {.kind = &kind_need, .limit = 50};
    struct books books;

    books_open(&books, state);
    many_needs(&books);
    assert_int_equal(tally(&books, &query, "", ""), NEEDS);
    assert_int_equal(tally(&books, &query, "region", "620102"), 65);
    assert_int_equal(tally(&books, &query, "region", "620100"), NEEDS);
    query.filters[query.count++] = (struct facet_filter){"region", SLICE("620102")};
    assert_int_equal(tally(&books, &query, "", ""), 65);
    assert_int_equal(tally(&books, &query, "trl", "7"), 22);
    assert_int_equal(tally(&books, &query, "region", "620104"), 0);
    books_close(&books);
}

/* A pilot is found among pilots and spaces; a full symbol of the IPC by its section and its class. */
static void a_value_counts_for_what_it_belongs_to(void **state)
{
    struct facet_query services = {.kind = &kind_service, .limit = 50}, results = {.kind = &kind_achievement, .limit = 50};
    static const char *const sorts[] = {"pilot", "space", "finance"};
    struct record record;
    struct books books;

    books_open(&books, state);
    for (int64_t i = 0; i < 3; i++) {
        begin(&record, &kind_service, i + 1, 1);
        set(&books, &record, "title", i == 0 ? "中试平台甲" : i == 1 ? "孵化空间乙" : "信用贷款丙");
        set(&books, &record, "sort", sorts[i]);
        put_well(&books, &record, NULL);
    }
    assert_int_equal(tally(&books, &services, "sort", "place"), 2);
    assert_int_equal(tally(&books, &services, "sort", "pilot"), 1);
    services.filters[services.count++] = (struct facet_filter){"sort", SLICE("place")};
    assert_int_equal(look_through(&books, &services), 2);
    begin(&record, &kind_achievement, 7, 1);
    set(&books, &record, "title", "多级离心泵叶轮");
    set(&books, &record, "ipc", "F04D 29/22；F16C 33/10；F04B");
    put_well(&books, &record, NULL);
    assert_int_equal(tally(&books, &results, "ipc", "F"), 1);
    assert_int_equal(tally(&books, &results, "ipc", "F04"), 1);
    assert_int_equal(tally(&books, &results, "ipc", "F16"), 1);
    assert_int_equal(tally(&books, &results, "ipc", "F04D"), 0);
    assert_true(slice_is(facet_above(&kind_service.fields[kind_field(&kind_service, "sort")], SLICE("space")), "place"));
    assert_true(slice_is(facet_above(&kind_achievement.fields[kind_field(&kind_achievement, "ipc")], SLICE("F16")), "F"));
    assert_true(slice_is(facet_above(&kind_need.fields[kind_field(&kind_need, "region")], SLICE("620000")), ""));
    books_close(&books);
}

static void closing_takes_a_record_off_the_lists(void **state)
{
    struct facet_query query = {.kind = &kind_need, .limit = 50};
    struct record first, second, third;
    struct books books;

    books_open(&books, state);
    a_need(&books, &first, 7, 1, "减少含沙介质磨损");
    set(&books, &first, "trl", "6");
    put_well(&books, &first, NULL);
    second = first;
    second.status = RECORD_CLOSED;
    put_well(&books, &second, &first);
    assert_int_equal(walk(&books, &query), 0);
    assert_int_equal(number_of(&books, "SELECT count(*) FROM facet"), 0);
    assert_int_equal(number_of(&books, "SELECT count(*) FROM facet_set"), 0);
    assert_int_equal(number_of(&books, "SELECT sum(records) FROM facet_tally"), 0);
    third = second;
    third.status = RECORD_OPEN;
    set(&books, &third, "trl", "8");
    put_well(&books, &third, &second);
    query.filters[query.count++] = (struct facet_filter){"trl", SLICE("6")};
    assert_int_equal(walk(&books, &query), 0);
    query.filters[0].value = SLICE("8");
    assert_int_equal(walk(&books, &query), 1);
    books_close(&books);
}

/* How many rows of the three tables do not say the same; the sets' lines are counted by their length. */
static int64_t disagreements(struct books *books)
{
    return number_of(books, "SELECT count(*) FROM facet_tally t WHERE t.records <>"
                            " (SELECT count(*) FROM facet f WHERE f.kind = t.kind AND f.facet = t.facet AND f.value = t.value)")
           + number_of(books, "SELECT count(*) FROM facet f WHERE NOT EXISTS"
                              " (SELECT 1 FROM facet_tally t WHERE t.kind = f.kind AND t.facet = f.facet AND t.value = f.value)")
           + number_of(books, "SELECT count(*) FROM facet_set s WHERE length(s.pairs) <> (SELECT"
                              " sum(length(f.facet) + length(f.value) + 2) FROM facet f WHERE f.kind = s.kind AND f.id = s.id)")
           + number_of(books, "SELECT count(*) FROM facet f WHERE NOT EXISTS"
                              " (SELECT 1 FROM facet_set s WHERE s.kind = f.kind AND s.id = f.id)");
}

static void the_three_tables_agree_whatever_happens_to_a_record(void **state)
{
    static const char *const regions[] = {"620102", "620104", "620000", "150000"};
    static const char *const industries[] = {"266;2661", "A", "266;358;A;B;D"};
    static const char *const ways[] = {"license", "self;assign;license;joint;equity;other"};
    struct record versions[24];
    struct books books;

    books_open(&books, state);
    a_need(&books, &versions[0], 7, 1, "减少含沙介质磨损");
    put_well(&books, &versions[0], NULL);
    for (size_t i = 1; i < sizeof versions / sizeof *versions; i++) {
        char trl[2] = {(char)('1' + i % 9), '\0'};

        versions[i] = versions[i - 1];
        versions[i].status = i % 5 == 4 ? RECORD_CLOSED : RECORD_OPEN;
        set(&books, &versions[i], "trl", trl);
        set(&books, &versions[i], "region", regions[i % 4]);
        set(&books, &versions[i], "industry", industries[i % 3]);
        set(&books, &versions[i], "ways", ways[i % 2]);
        put_well(&books, &versions[i], &versions[i - 1]);
        assert_int_equal(disagreements(&books), 0);
        assert_int_equal(number_of(&books, "SELECT count(*) FROM facet WHERE facet = ''"), i % 5 != 4);
    }
    books_close(&books);
}

/* ---- lists too long to count in ---- */

static bool fill(struct sql *sql, void *arg, struct err *err)
{
    for (const char *const *statement = arg; *statement; statement++)
        if (!sql_put(sql, *statement, SQL_NO_ARGS, err))
            return false;
    return true;
}

static void fill_well(struct books *books, const char *const *statements)
{
    struct err err;

    if (store_write(books->store, "", fill, (void *)(uintptr_t)statements, &err) != STORE_DONE)
        fail_msg("%s", err.message);
}

#define NUMBERED(most) "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " most ")"
#define PAIR(facet, value, of) \
    NUMBERED("18001") " INSERT INTO facet (kind, facet, value, id) SELECT 'need', '" facet "', '" value "', i FROM n WHERE " of

/* The newest 9,000 are of one region, the 9,000 before of one TRL, and the very first is of both. */
static const char *const far_apart[] = {
    PAIR("", "", "i > 0"), PAIR("region", "620102", "i > 9001 OR i = 1"), PAIR("trl", "6", "i <= 9001"),
    NUMBERED("18001") " INSERT INTO facet_set (kind, id, pairs) SELECT 'need', i, '=\n' || CASE WHEN i = 1 THEN"
                      " 'region=620102\ntrl=6\n' WHEN i > 9001 THEN 'region=620102\n' ELSE 'trl=6\n' END FROM n",
    "INSERT INTO facet_tally (kind, facet, value, records) SELECT kind, facet, value, count(*) FROM facet"
    " GROUP BY kind, facet, value",
    NULL};

static void a_long_list_has_its_total_and_says_which_values_there_are(void **state)
{
    struct facet_query query = {.kind = &kind_need, .limit = 20};
    struct facet_view view;
    struct books books;

    books_open(&books, state);
    fill_well(&books, far_apart);
    view_of(&books, &query, &view);
    assert_int_equal(view.total, 18001);
    assert_true(view.counted && !view.beyond);
    assert_int_equal(view.tally_count, 3);
    query.filters[query.count++] = (struct facet_filter){"trl", SLICE("6")};
    view_of(&books, &query, &view);
    assert_int_equal(view.count, 20);
    assert_int_equal(view.ids[0], 9001);
    assert_int_equal(view.next, 8982);
    assert_int_equal(view.total, 9001);
    assert_true(!view.counted && !view.beyond);
    assert_int_equal(view.tally_count, 3);
    assert_string_equal(arena_text(&books.arena, view.tallies[1].value), "620102");
    assert_int_equal(view.tallies[1].records, 0);
    query.before = view.next;
    view_of(&books, &query, &view);
    assert_int_equal(view.ids[0], 8981);
    assert_int_equal(view.total, 9001);
    books_close(&books);
}

static void of_a_list_by_two_values_more_than_a_thousand_is_all_that_is_said(void **state)
{
    struct facet_query query = {.kind = &kind_need, .limit = 20};
    struct facet_view view;
    struct books books;

    books_open(&books, state);
    fill_well(&books, far_apart);
    query.filters[0] = query.filters[1] = (struct facet_filter){"trl", SLICE("6")};
    query.count = 2;
    view_of(&books, &query, &view);
    assert_int_equal(view.count, 20);
    assert_int_equal(view.total, FACET_TALLIED);
    assert_true(view.beyond && !view.counted);
    books_close(&books);
}

/* Nobody waits while nine thousand records are looked at in vain; nor is the one that fits given up. */
static void a_page_may_be_short_and_the_list_go_on(void **state)
{
    struct facet_query query = {.kind = &kind_need, .limit = 20};
    struct facet_view view;
    struct books books;

    books_open(&books, state);
    fill_well(&books, far_apart);
    query.filters[query.count++] = (struct facet_filter){"region", SLICE("620102")};
    query.filters[query.count++] = (struct facet_filter){"trl", SLICE("6")};
    view_of(&books, &query, &view);
    assert_int_equal(view.count, 0);
    assert_true(view.next > 0 && view.beyond);
    assert_int_equal(look_through(&books, &query), 1);
    query.filters[1].value = SLICE("9");
    view_of(&books, &query, &view);
    assert_int_equal(view.count, 0);
    assert_true(view.next == 0 && !view.beyond && view.counted);
    books_close(&books);
}

/* A migration once more, whatever came after it. */
static bool migrate_again(struct sql *sql, void *arg, struct err *err)
{
    const struct migration *file = arg;
    struct slice rest = text_slice(&file->body);
    struct text statement;
    bool ok = true;

    text_init(&statement);
    while (ok && migration_statement(&rest, sql->engine, &statement, err))
        ok = sql->engine->run(sql, statement.at, err);
    text_release(&statement);
    return ok && err->code == ERR_NONE;
}

static void migrate_well(struct books *books, int number)
{
    struct migrations files;
    struct err err;

    if (!migrations_read(TQ_SCHEMA, &files, &err)
        || store_write(books->store, "", migrate_again, &files.list[number - 1], &err) != STORE_DONE)
        fail_msg("%s", err.message);
    migrations_release(&files);
}

enum { FACET_TALLIES = 7 }; /* schema/0007-facet-tallies.sql */

/* As a store of before the three tables finds them. */
static void an_older_store_is_read_and_written_before_it_has_sets(void **state)
{
    static const char *const back[] = {"DROP TABLE facet_set", "DROP TABLE facet_tally", NULL};
    struct facet_query query = {.kind = &kind_need, .limit = 50};
    struct record before, after;
    struct books books;
    struct sql *sql;
    struct err err;

    books_open(&books, state);
    many_needs(&books);
    fill_well(&books, back);
    migrate_well(&books, FACET_TALLIES);
    assert_int_equal(number_of(&books, "SELECT count(*) FROM facet_set"), 0);
    assert_int_equal(number_of(&books, "SELECT records FROM facet_tally WHERE kind = 'need' AND facet = ''"), NEEDS);
    query.filters[query.count++] = (struct facet_filter){"region", SLICE("620102")};
    query.filters[query.count++] = (struct facet_filter){"trl", SLICE("7")};
    assert_int_equal(walk(&books, &query), 22);
    assert_int_equal(look_through(&books, &query), 22);
    sql = look(&books);
    assert_true(record_get(sql, &kind_need, 3, &books.arena, &before, &err));
    store_read_end(books.store, sql);
    after = before;
    set(&books, &after, "trl", "1");
    put_well(&books, &after, &before);
    assert_int_equal(walk(&books, &query), 21);
    assert_int_equal(number_of(&books, "SELECT records FROM facet_tally WHERE facet = 'trl' AND value = '7'"), 42);
    books_close(&books);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(lists_page_by_key_and_narrow),
        ON_BOTH(counts_agree_with_lists),
        ON_BOTH(a_value_counts_for_what_it_belongs_to),
        ON_BOTH(closing_takes_a_record_off_the_lists),
        ON_BOTH(the_three_tables_agree_whatever_happens_to_a_record),
        ON_BOTH(a_long_list_has_its_total_and_says_which_values_there_are),
        ON_BOTH(of_a_list_by_two_values_more_than_a_thousand_is_all_that_is_said),
        ON_BOTH(a_page_may_be_short_and_the_list_go_on),
        ON_BOTH(an_older_store_is_read_and_written_before_it_has_sets),
    };

    return run_places(tests);
}
