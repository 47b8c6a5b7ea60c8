/* The lists that facets make of open records: paged by key, narrowed, counted. */
#include "books.h"

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

/* Walks all pages; the ids must fall, each fit the filters, and none come twice. */
static size_t walk(struct books *books, struct facet_query *query)
{
    struct sql *sql = look(books);
    int64_t ids[FACET_PAGE], last = INT64_MAX;
    size_t count, all = 0;
    bool more = true;
    struct err err;

    query->before = 0;
    while (more) {
        if (!facet_list(sql, query, ids, &count, &more, &err))
            fail_msg("%s", err.message);
        assert_true(!more || count == query->limit);
        for (size_t i = 0; i < count; i++) {
            assert_true(ids[i] < last);
            last = ids[i];
        }
        all += count;
        query->before = count ? last : 1;
    }
    store_read_end(books->store, sql);
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
    query.filters[0].value = SLICE("620100"); /* the city holds its districts */
    assert_int_equal(walk(&books, &query), 43);
    query.filters[query.count++] = (struct facet_filter){"region", SLICE("' OR 1=1--")};
    assert_int_equal(walk(&books, &query), 0);
    books_close(&books);
}

static int64_t tally(struct books *books, const struct facet_query *query, const char *facet, const char *value)
{
    struct sql *sql = look(books);
    struct facet_tally *tallies;
    size_t count;
    int64_t records = 0;
    struct err err;

    if (!facet_count(sql, query, &books->arena, &tallies, &count, &err))
        fail_msg("%s", err.message);
    for (size_t i = 0; i < count; i++)
        if (slice_is(tallies[i].facet, facet) && slice_is(tallies[i].value, value))
            records = tallies[i].records;
    store_read_end(books->store, sql);
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(lists_page_by_key_and_narrow),
        ON_BOTH(counts_agree_with_lists),
        ON_BOTH(closing_takes_a_record_off_the_lists),
    };

    return run_places(tests);
}
