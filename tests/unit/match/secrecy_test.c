/*
 * What one may not see changes no byte of the answer: the same documents with and without hidden texts, asked by a
 * visitor, by a member of another organisation, by the owner and by one who was granted.
 */
#include "kit.h"

enum { DOCS = 120, OWNER = 7, OTHER = 8, SECRET = 33 };

/* The same world twice; with hidden texts in every third document, or without. */
static struct match_index *build(const char *folder, bool hidden)
{
    struct match_options options = {.live_documents = 25};
    struct match_index *index = kit_open(folder, &options);
    uint64_t seed = 99;

    for (int64_t id = 1; id <= DOCS; id++) {
        char title[256], text[2048], secret[2048];
        struct kit_doc doc;

        kit_random_text(&seed, 6, title, sizeof title);
        kit_random_text(&seed, 60, text, sizeof text);
        kit_random_text(&seed, 90, secret, sizeof secret);
        kit_doc(&doc, id, (unsigned)id % 3, title, text);
        doc.doc.owner = id % 2 ? OWNER : OTHER;
        if (hidden && id % 3 == 0) {
            kit_text(&doc, MATCH_KEYWORD, MATCH_NDA, secret);
            kit_text(&doc, MATCH_TITLE, MATCH_OWN, "绝密配方 krypton42");
            kit_text(&doc, MATCH_TEXT, MATCH_SIGNED_IN, "登录可见 argon7");
        }
        if (hidden && id == SECRET)
            kit_text(&doc, MATCH_TEXT, MATCH_NDA, "保密参数 xenon9 离心");
        kit_put(index, &doc);
        if (id % 7 == 0)
            kit_commit(index, (uint64_t)id);
    }
    kit_commit(index, DOCS);
    return index;
}

/* A document that only its owner may know of; there or not. */
static void add_closed(struct match_index *index, uint64_t place)
{
    struct kit_doc doc;

    kit_doc(&doc, 1000, 1, "离心泵 krypton42", "绝密配方");
    doc.doc.owner = OWNER;
    doc.doc.level = MATCH_OWN;
    kit_put(index, &doc);
    kit_commit(index, place);
}

static char *answer(struct match_index *index, const char *text, const struct match_asker *asker)
{
    return kit_answer(index, text, asker, 50);
}

static void same_answer(struct match_index *a, struct match_index *b, const struct match_asker *asker, bool expected)
{
    static const char *const texts[] = {"krypton42", "argon7 xenon9", "绝密配方离心泵", "一丁七万丈三上下 zq1 zq2 zq3",
                                        "保密参数 zq5 一丁 krypton42 argon7"};
    bool same = true;

    for (size_t t = 0; t < sizeof texts / sizeof *texts; t++) {
        char *one = answer(a, texts[t], asker), *two = answer(b, texts[t], asker);

        same = same && strcmp(one, two) == 0;
        free(one);
        free(two);
    }
    assert_int_equal(same, expected);
}

struct pair {
    char *folders[2];
    struct match_index *with, *without;
};

static void open_pair(struct pair *pair)
{
    pair->folders[0] = kit_folder();
    pair->folders[1] = kit_folder();
    pair->with = build(pair->folders[0], true);
    pair->without = build(pair->folders[1], false);
    add_closed(pair->with, DOCS + 1);
    kit_commit(pair->without, DOCS + 1);
}

static void close_pair(struct pair *pair)
{
    match_close(pair->with);
    match_close(pair->without);
    kit_folder_end(pair->folders[0]);
    kit_folder_end(pair->folders[1]);
}

static void a_visitor_gets_the_same_bytes(void **state)
{
    struct match_asker visitor = {.levels = MATCH_PUBLIC};
    struct pair pair;

    (void)state;
    open_pair(&pair);
    same_answer(pair.with, pair.without, &visitor, true);
    close_pair(&pair);
}

static void a_member_sees_signed_in_texts_and_no_more(void **state)
{
    struct match_asker member = {.levels = MATCH_PUBLIC | MATCH_SIGNED_IN, .party = 12345};
    struct pair pair;
    char *dump;

    (void)state;
    open_pair(&pair);
    dump = answer(pair.with, "argon7", &member);
    assert_non_null(strstr(dump, "argon7"));
    free(dump);
    dump = answer(pair.with, "krypton42 xenon9", &member);
    assert_null(strstr(dump, "hit"));
    free(dump);
    close_pair(&pair);
}

/* Without signed-in texts in the way: NDA and own texts alone change nothing for another organisation's member. */
static void another_organisation_gets_the_same_bytes(void **state)
{
    struct match_asker member = {.levels = MATCH_PUBLIC | MATCH_SIGNED_IN, .party = 12345};
    char *folders[2] = {kit_folder(), kit_folder()};
    struct match_index *indexes[2] = {build(folders[0], false), build(folders[1], false)};
    struct kit_doc doc;

    (void)state;
    for (int64_t id = 201; id <= 230; id++)
        for (int i = 0; i < 2; i++) {
            kit_doc(&doc, id, 1, "离心泵 zq1", "一丁七万丈三上下");
            doc.doc.owner = OWNER;
            if (i == 0)
                kit_text(&doc, MATCH_TEXT, id % 2 ? MATCH_NDA : MATCH_OWN, "krypton42 xenon9 绝密配方 zq2 七万");
            kit_put(indexes[i], &doc);
            kit_commit(indexes[i], (uint64_t)id);
        }
    same_answer(indexes[0], indexes[1], &member, true);
    member.party = OWNER;
    same_answer(indexes[0], indexes[1], &member, false);
    for (int i = 0; i < 2; i++) {
        match_close(indexes[i]);
        kit_folder_end(folders[i]);
    }
}

static void the_owner_and_the_granted_see_what_is_theirs(void **state)
{
    int64_t granted[] = {SECRET};
    struct match_asker owner = {.levels = MATCH_PUBLIC | MATCH_SIGNED_IN, .party = OWNER};
    struct match_asker partner = {.levels = MATCH_PUBLIC | MATCH_SIGNED_IN, .party = 555, .granted = granted,
                                  .granted_count = 1};
    struct match_asker auditor = {.sees_all = true};
    struct pair pair;
    char *dump;

    (void)state;
    open_pair(&pair);
    dump = answer(pair.with, "krypton42", &owner);
    assert_non_null(strstr(dump, "hit 1000 "));
    assert_non_null(strstr(dump, "hit 33 "));
    assert_null(strstr(dump, "hit 36 ")); /* the other organisation's */
    free(dump);
    dump = answer(pair.with, "xenon9 krypton42", &partner);
    assert_non_null(strstr(dump, "hit 33 "));
    assert_non_null(strstr(dump, "total 1"));
    assert_null(strstr(dump, "krypton42")); /* an agreement opens NDA texts, not own ones */
    free(dump);
    dump = answer(pair.with, "krypton42", &auditor);
    assert_non_null(strstr(dump, "hit 36 "));
    assert_non_null(strstr(dump, "hit 1000 "));
    free(dump);
    close_pair(&pair);
}

/* Nor does one stored pair, explained by itself, say more. */
static void explaining_one_document_keeps_the_secret(void **state)
{
    struct match_query query;
    struct match_hits hits;
    struct pair pair;

    (void)state;
    open_pair(&pair);
    match_query_init(&query);
    query.text = kit_str("krypton42 xenon9");
    query.only = SECRET;
    kit_search(pair.with, &query, &hits);
    assert_int_equal(hits.lists[0].count, 0);
    match_hits_release(&hits);
    query.asker.party = OWNER;
    kit_search(pair.with, &query, &hits);
    assert_int_equal(hits.lists[0].count, 1);
    match_hits_release(&hits);
    query.only = 1000;
    query.asker.party = OTHER;
    kit_search(pair.with, &query, &hits);
    assert_int_equal(hits.lists[1].total, 0);
    match_hits_release(&hits);
    close_pair(&pair);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_visitor_gets_the_same_bytes),
        cmocka_unit_test(a_member_sees_signed_in_texts_and_no_more),
        cmocka_unit_test(another_organisation_gets_the_same_bytes),
        cmocka_unit_test(the_owner_and_the_granted_see_what_is_theirs),
        cmocka_unit_test(explaining_one_document_keeps_the_secret),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
