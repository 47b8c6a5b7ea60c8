/*
 * What says the same in other words is found; vectors come for all documents, whenever they came and whatever was merged; and
 * nothing of it tells what one may not see.
 */
#include "kit.h"

#include <fcntl.h>
#include <math.h>
#include <unistd.h>

#include "base/text.h"

enum { DOCS = 240, MORE = 60, OWNER = 7 };

struct place {
    char *folder, *path;
    struct match_options options;
    struct match_index *index;
    uint64_t applied;
};

static void begin(struct place *place, size_t live_documents)
{
    place->folder = kit_folder();
    place->path = kit_model_path(place->folder);
    place->options = (struct match_options){.live_documents = live_documents};
    place->index = kit_open(place->folder, &place->options);
    place->applied = 0;
}

static void end(struct place *place)
{
    match_close(place->index);
    unlink(place->path);
    free(place->path);
    kit_folder_end(place->folder);
}

static void open_again(struct place *place)
{
    match_close(place->index);
    place->index = kit_open(place->folder, &place->options);
}

static void put(struct place *place, int64_t from, int64_t to, int64_t a_commit)
{
    for (int64_t id = from; id <= to; id += a_commit) {
        kit_put_topics(place->index, id, id + a_commit - 1);
        kit_commit(place->index, ++place->applied);
    }
}

static void use(struct place *place, const char *model)
{
    struct match_err err;

    if (!match_model(place->index, model, &err))
        fail_msg("match_model: %s", err.message);
}

static char *answer_to(struct match_index *index, const struct match_asker *asker, const char *text)
{
    return kit_answer(index, text, asker, 400);
}

/* To some questions, one after the other. */
static char *answers(struct match_index *index, const struct match_asker *asker)
{
    static const char *const texts[] = {"r1n3", "r2n5", "c1w3 c1w4 r1n1", "c1w3 c2w4 r1n2 r2n2 p7", "krypton42 c1w9"};
    struct text all;

    text_init(&all);
    for (size_t t = 0; t < sizeof texts / sizeof *texts; t++) {
        char *one = answer_to(index, asker, texts[t]);

        text_puts(&all, one);
        free(one);
    }
    return text_detach(&all);
}

static const struct match_asker visitor = {.levels = MATCH_PUBLIC};

static void answers_alike(struct match_index *left, struct match_index *right, const struct match_asker *asker)
{
    char *one = answers(left, asker), *two = answers(right, asker);

    assert_string_equal(one, two);
    free(one);
    free(two);
}

/* --- other words --- */

struct tally {
    size_t by_word, by_meaning, astray;
};

/* "r1n3": documents that have it, those of its topic that do not, and all others. */
static struct tally ask_rare(struct match_index *index)
{
    struct match_query query;
    struct match_hits hits;
    struct tally tally = {0};

    match_query_init(&query);
    query.text = kit_str("r1n3");
    query.k = 1000;
    kit_search(index, &query, &hits);
    for (size_t h = 0; h < hits.lists[0].count; h++) {
        int64_t id = hits.lists[0].hits[h].id;

        tally.by_word += id % 4 == 1 && id / 4 % 15 == 3;
        tally.by_meaning += id % 4 == 1 && id / 4 % 15 != 3;
        tally.astray += id % 4 != 1;
    }
    match_hits_release(&hits);
    return tally;
}

static void other_words_for_the_same_are_found(void **state)
{
    struct place place;
    struct tally tally;

    (void)state;
    begin(&place, 0);
    put(&place, 1, DOCS, DOCS);
    tally = ask_rare(place.index);
    assert_int_equal(tally.by_word, 4);
    assert_int_equal(tally.by_meaning, 0);
    kit_learn(place.index, place.path);
    tally = ask_rare(place.index);
    assert_int_equal(tally.by_word, 4);
    assert_int_equal(tally.by_meaning, DOCS / 4 - 4);
    assert_int_equal(tally.astray, 0);
    end(&place);
}

/* --- histories --- */

static void documents_before_and_after_have_their_vector(void **state)
{
    static const size_t live[] = {100000, 16};

    (void)state;
    for (size_t l = 0; l < 2; l++) {
        struct place place;
        size_t before;

        begin(&place, live[l]);
        put(&place, 1, DOCS, 8);
        kit_learn(place.index, place.path);
        kit_meant(place.index);
        before = ask_rare(place.index).by_meaning;
        put(&place, DOCS + 1, DOCS + MORE, 1);
        kit_meant(place.index);
        assert_int_equal(ask_rare(place.index).by_meaning, before + MORE / 4 - 1);
        open_again(&place);
        kit_meant(place.index);
        assert_int_equal(ask_rare(place.index).by_meaning, before + MORE / 4 - 1);
        end(&place);
    }
}

static void the_history_does_not_show(void **state)
{
    struct place grown, once;

    (void)state;
    begin(&grown, 16);
    begin(&once, 0);
    put(&once, 1, DOCS + MORE, DOCS + MORE);
    kit_learn(once.index, once.path);
    put(&grown, 1, DOCS, 1);
    use(&grown, once.path);
    put(&grown, DOCS + 1, DOCS + MORE, 1);
    for (int64_t id = 5; id < 40; id++) { /* gone, and there again */
        kit_drop(grown.index, id);
        kit_commit(grown.index, ++grown.applied);
        put(&grown, id, id, 1);
    }
    answers_alike(grown.index, once.index, &visitor);
    open_again(&grown);
    open_again(&once);
    answers_alike(grown.index, once.index, &visitor);
    end(&grown);
    end(&once);
}

static void without_a_model_words_alone_decide_again(void **state)
{
    struct place place, never;
    struct match_stats stats;

    (void)state;
    begin(&place, 16);
    begin(&never, 16);
    put(&place, 1, DOCS, 4);
    put(&never, 1, DOCS, 4);
    kit_learn(place.index, place.path);
    use(&place, NULL);
    answers_alike(place.index, never.index, &visitor);
    match_stats(place.index, &stats);
    assert_false(stats.has_model);
    assert_int_equal(stats.meant, 0);
    open_again(&place);
    answers_alike(place.index, never.index, &visitor);
    use(&place, NULL); /* where there is none */
    end(&place);
    end(&never);
}

static void a_second_model_takes_the_first_one_s_place(void **state)
{
    struct place twice, once;

    (void)state;
    begin(&twice, 16);
    begin(&once, 16);
    put(&twice, 1, 150, 1);
    kit_learn(twice.index, twice.path);
    put(&twice, 151, DOCS, 1);
    kit_learn(twice.index, twice.path);
    put(&once, 1, DOCS, 4);
    use(&once, twice.path);
    kit_meant(twice.index);
    answers_alike(twice.index, once.index, &visitor);
    open_again(&twice);
    answers_alike(twice.index, once.index, &visitor);
    end(&twice);
    end(&once);
}

/* A model put into the folder beside files that nobody makes vectors for. */
static void until_all_have_their_vector_words_alone_decide(void **state)
{
    const struct match_options reading = {.read_only = true};
    struct place place, never;
    struct match_stats stats;
    struct text name;

    (void)state;
    begin(&place, 16);
    begin(&never, 16);
    put(&place, 1, DOCS, 4);
    put(&never, 1, DOCS, 4);
    kit_learn(place.index, place.path);
    use(&place, NULL);
    match_close(place.index);
    text_init(&name);
    text_print(&name, "%s/model", place.folder);
    assert_int_equal(rename(place.path, name.at), 0);
    text_release(&name);
    place.index = kit_open(place.folder, &reading);
    match_stats(place.index, &stats);
    assert_true(stats.has_model && stats.meant < stats.documents);
    answers_alike(place.index, never.index, &visitor);
    open_again(&place); /* one who writes makes them */
    put(&place, 1, 1, 1);
    kit_meant(place.index);
    end(&place);
    end(&never);
}

static void clearing_and_removing_keep_the_model(void **state)
{
    struct place place, other;
    struct match_err err;

    (void)state;
    begin(&place, 16);
    begin(&other, 16);
    put(&place, 1, DOCS, 4);
    put(&other, 1, DOCS, 4);
    kit_learn(place.index, place.path);
    use(&other, place.path);
    assert_true(match_clear(place.index, &err));
    place.applied = 0;
    put(&place, 1, DOCS, 8);
    answers_alike(place.index, other.index, &visitor);
    match_close(place.index);
    assert_true(match_remove(place.folder, &err));
    place.index = kit_open(place.folder, &place.options);
    put(&place, 1, DOCS, 8);
    answers_alike(place.index, other.index, &visitor);
    end(&place);
    end(&other);
}

/* --- a model that is spoilt --- */

static void spoil(const char *folder)
{
    int at = open(folder, O_RDONLY | O_DIRECTORY), file = openat(at, "model", O_RDWR);

    assert_true(at >= 0 && file >= 0);
    assert_int_equal(pwrite(file, "spoilt", 6, 200), 6);
    close(file);
    close(at);
}

static void a_spoilt_model_leaves_the_words(void **state)
{
    struct place place, never;
    struct match_stats stats;

    (void)state;
    begin(&place, 16);
    begin(&never, 16);
    put(&place, 1, DOCS, 4);
    put(&never, 1, DOCS, 4);
    kit_learn(place.index, place.path);
    match_close(place.index);
    spoil(place.folder);
    place.index = kit_open(place.folder, &place.options);
    answers_alike(place.index, never.index, &visitor);
    match_stats(place.index, &stats);
    assert_false(stats.has_model);
    assert_int_equal(stats.model_failure.code, MATCH_CORRUPT);
    assert_non_null(strstr(stats.model_failure.message, "model"));
    put(&place, DOCS + 1, DOCS + 1, 1); /* it is written to and merged as ever */
    use(&place, place.path);
    kit_meant(place.index);
    match_stats(place.index, &stats);
    assert_int_equal(stats.model_failure.code, MATCH_OK);
    end(&place);
    end(&never);
}

/* --- secrets --- */

static void put_secrets(struct place *place)
{
    for (int64_t id = 1; id <= DOCS; id += 3) {
        struct kit_doc doc;
        char text[512];

        kit_topic(&doc, id, text, sizeof text);
        doc.doc.owner = OWNER;
        kit_text(&doc, MATCH_TEXT, MATCH_OWN, "r1n3 r2n5 krypton42 c1w9 c2w4");
        kit_put(place->index, &doc);
        kit_topic(&doc, 1000 + id, text, sizeof text);
        doc.doc.owner = OWNER;
        doc.doc.level = MATCH_OWN;
        kit_put(place->index, &doc);
        kit_commit(place->index, ++place->applied);
    }
}

static void put_owners(struct place *place)
{
    for (int64_t id = 1; id <= DOCS; id += 3) {
        struct kit_doc doc;
        char text[512];

        kit_topic(&doc, id, text, sizeof text);
        doc.doc.owner = OWNER;
        kit_put(place->index, &doc);
        kit_commit(place->index, ++place->applied);
    }
}

static void what_one_may_not_see_changes_no_byte(void **state)
{
    const struct match_asker member = {.levels = MATCH_PUBLIC | MATCH_SIGNED_IN, .party = 12345};
    const struct match_asker owner = {.levels = MATCH_PUBLIC | MATCH_SIGNED_IN, .party = OWNER};
    struct place with, without;
    char *own;

    (void)state;
    begin(&with, 16);
    begin(&without, 16);
    put(&with, 1, DOCS, 7);
    put(&without, 1, DOCS, 7);
    put_secrets(&with);
    put_owners(&without);
    kit_learn(with.index, with.path);
    kit_learn(without.index, without.path);
    answers_alike(with.index, without.index, &visitor);
    answers_alike(with.index, without.index, &member);
    own = answer_to(with.index, &owner, "krypton42 c1w9");
    assert_non_null(strstr(own, "krypton42"));
    assert_non_null(strstr(own, "hit 1001 "));
    free(own);
    end(&with);
    end(&without);
}

/* --- why --- */

static void check_parts(const struct match_hit *hit, size_t *ideas)
{
    double sum = 0;

    for (size_t p = 0; p < hit->part_count; p++) {
        sum += (double)hit->parts[p].weight;
        *ideas += hit->parts[p].idea;
        assert_true(!hit->parts[p].idea || hit->parts[p].weight <= 10.001F);
    }
    assert_true(hit->part_count <= MATCH_PARTS);
    assert_true(fabs(sum - (double)hit->score) < 1e-4);
}

static void the_parts_add_up_to_the_score(void **state)
{
    uint64_t seed = 3;
    struct place place;
    size_t ideas = 0, named = 0;

    (void)state;
    begin(&place, 100);
    put(&place, 1, DOCS, 40);
    kit_learn(place.index, place.path);
    for (int q = 0; q < 40; q++) {
        struct match_query query;
        struct match_hits hits;
        char text[512];
        size_t len = 0;

        for (unsigned w = kit_below(&seed, 30) + 1; w; w--)
            len += (size_t)snprintf(text + len, sizeof text - len, "c%uw%u ", 1 + kit_below(&seed, 2), kit_below(&seed, 12));
        match_query_init(&query);
        query.text = kit_str(text);
        query.k = 50;
        kit_search(place.index, &query, &hits);
        for (size_t h = 0; h < hits.lists[0].count; h++) {
            check_parts(&hits.lists[0].hits[h], &ideas);
            for (size_t p = 0; p < hits.lists[0].hits[h].part_count; p++)
                named += hits.lists[0].hits[h].parts[p].idea && hits.lists[0].hits[h].parts[p].word[0] == 'c';
        }
        match_hits_release(&hits);
    }
    assert_true(ideas > 500);
    assert_int_equal(named, ideas);
    end(&place);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(other_words_for_the_same_are_found),
        cmocka_unit_test(documents_before_and_after_have_their_vector),
        cmocka_unit_test(the_history_does_not_show),
        cmocka_unit_test(without_a_model_words_alone_decide_again),
        cmocka_unit_test(a_second_model_takes_the_first_one_s_place),
        cmocka_unit_test(until_all_have_their_vector_words_alone_decide),
        cmocka_unit_test(clearing_and_removing_keep_the_model),
        cmocka_unit_test(a_spoilt_model_leaves_the_words),
        cmocka_unit_test(what_one_may_not_see_changes_no_byte),
        cmocka_unit_test(the_parts_add_up_to_the_score),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
