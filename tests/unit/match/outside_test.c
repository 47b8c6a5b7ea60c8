/* Vectors that the caller has from elsewhere: what they add, what they leave alone, and what is refused. */
#include "kit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DIMS = 70, DOCS = 60 }; /* no multiple of 64 */

struct world {
    char *folder;
    struct match_index *index;
};

/* Every document has words of its own and one that all have. */
static struct world world_new(void)
{
    struct world world = {kit_folder(), NULL};

    world.index = kit_open(world.folder, NULL);
    for (int64_t id = 1; id <= DOCS; id++) {
        char text[64];

        snprintf(text, sizeof text, "w%lldx common%d", (long long)id, (int)(id % 4));
        kit_put_line(world.index, id, (unsigned)id % 2, "示例", text);
    }
    kit_commit(world.index, DOCS);
    return world;
}

static void world_end(struct world *world)
{
    match_close(world->index);
    kit_folder_end(world->folder);
}

/* All texts look somewhat alike (the first number), and each id has a direction of its own. */
static void vector_of(int64_t id, float *numbers)
{
    memset(numbers, 0, DIMS * sizeof *numbers);
    numbers[0] = 3;
    numbers[1 + id % (DIMS - 1)] = 2;
}

static bool give(struct match_index *index, uint64_t model, int64_t id, bool there, struct match_err *err)
{
    float numbers[DIMS];
    const struct match_vector one = {id, there ? numbers : NULL};

    vector_of(id, numbers);
    return match_vectors(index, model, DIMS, &one, 1, err);
}

static void give_all(struct match_index *index)
{
    struct match_err err;

    for (int64_t id = 1; id <= DOCS; id++)
        assert_true(give(index, 7, id, true, &err));
}

static void ask(struct match_index *index, const char *text, const float *vector, int64_t of, struct match_hits *hits)
{
    struct match_query query;

    match_query_init(&query);
    query.text = kit_str(text);
    query.vector = vector;
    query.vector_dims = DIMS;
    query.vector_model = 7;
    query.vector_of = of;
    query.k = DOCS;
    kit_search(index, &query, hits);
}

static const struct match_hit *hit_of(const struct match_hits *hits, int64_t id)
{
    for (unsigned k = 0; k < 2; k++)
        for (size_t h = 0; h < hits->lists[k].count; h++)
            if (hits->lists[k].hits[h].id == id)
                return &hits->lists[k].hits[h];
    return NULL;
}

static double outside_of(const struct match_hit *hit)
{
    double sum = 0, outside = 0;

    for (size_t p = 0; p < hit->part_count; p++) {
        sum += (double)hit->parts[p].weight;
        if (hit->parts[p].outside) {
            outside += (double)hit->parts[p].weight;
            assert_string_equal(hit->parts[p].word, "");
            assert_false(hit->parts[p].idea);
        }
    }
    assert_true(fabs(sum - (double)hit->score) < 1e-4);
    return outside;
}

static void the_likest_document_gains_and_is_found_without_a_word(void **state)
{
    struct world world = world_new();
    struct match_hits hits;
    float vector[DIMS];

    (void)state;
    give_all(world.index);
    vector_of(17, vector);
    ask(world.index, "common0", vector, 0, &hits); /* 17 has common1 */
    assert_non_null(hit_of(&hits, 17));
    assert_true(outside_of(hit_of(&hits, 17)) > 1);
    assert_true(fabs(outside_of(hit_of(&hits, 17)) - (double)hit_of(&hits, 17)->score) < 1e-4);
    assert_non_null(hit_of(&hits, 16));
    assert_true(outside_of(hit_of(&hits, 16)) == 0); /* as like it as any: nothing is added */
    assert_null(hit_of(&hits, 18));                  /* has neither the word nor the direction */
    match_hits_release(&hits);
    ask(world.index, "common1", vector, 0, &hits);
    assert_int_equal(hits.lists[1].hits[0].id, 17); /* of fifteen with the word */
    match_hits_release(&hits);
    world_end(&world);
}

static void a_record_asks_by_its_own_vector(void **state)
{
    struct world world = world_new();
    struct match_hits by_vector, by_id;
    float vector[DIMS];
    char *a, *b;

    (void)state;
    give_all(world.index);
    vector_of(23, vector);
    ask(world.index, "common3 w9x", vector, 0, &by_vector);
    ask(world.index, "common3 w9x", NULL, 23, &by_id);
    a = kit_dump(&by_vector);
    b = kit_dump(&by_id);
    assert_string_equal(a, b);
    free(a);
    free(b);
    match_hits_release(&by_vector);
    match_hits_release(&by_id);
    world_end(&world);
}

static char *dump(struct match_index *index, const float *vector)
{
    struct match_hits hits;
    char *text;

    ask(index, "common1 w5x", vector, 0, &hits);
    text = kit_dump(&hits);
    match_hits_release(&hits);
    return text;
}

static void without_a_vector_on_both_sides_nothing_changes(void **state)
{
    struct world world = world_new();
    float vector[DIMS], nan[DIMS];
    char *before = dump(world.index, NULL), *after;
    struct match_query query;
    struct match_hits hits;

    (void)state;
    vector_of(17, vector);
    after = dump(world.index, vector); /* documents have none */
    assert_string_equal(before, after);
    free(after);
    give_all(world.index);
    after = dump(world.index, NULL); /* the question has none */
    assert_string_equal(before, after);
    free(after);
    vector_of(17, nan);
    nan[3] = NAN;
    after = dump(world.index, nan); /* nor is this one */
    assert_string_equal(before, after);
    free(after);
    match_query_init(&query);
    query.text = kit_str("common1 w5x");
    query.vector = vector;
    query.vector_dims = DIMS;
    query.vector_model = 8; /* of another model */
    query.k = DOCS;
    kit_search(world.index, &query, &hits);
    after = kit_dump(&hits);
    assert_string_equal(before, after);
    free(after);
    free(before);
    match_hits_release(&hits);
    world_end(&world);
}

/* One by one, all at once, backwards, given twice, some taken away and given again: the same answers. */
static void the_order_of_giving_leaves_no_trace(void **state)
{
    struct world world = world_new(), other = world_new();
    static float numbers[DOCS][DIMS];
    struct match_vector all[DOCS];
    float vector[DIMS];
    struct match_err err;
    struct match_stats stats;
    char *a, *b;

    (void)state;
    give_all(world.index);
    for (int64_t id = 1; id <= DOCS; id++) {
        vector_of(id, numbers[id - 1]);
        all[DOCS - id] = (struct match_vector){id, numbers[id - 1]};
    }
    assert_true(match_vectors(other.index, 7, DIMS, all, DOCS, &err));
    for (int64_t id = DOCS; id > 10; id--)
        assert_true(give(other.index, 7, id, false, &err));
    match_stats(other.index, &stats);
    assert_int_equal(stats.vectors, 10);
    for (int64_t id = DOCS; id > 10; id -= 1)
        assert_true(give(other.index, 7, id, true, &err));
    match_stats(other.index, &stats);
    assert_int_equal(stats.vectors, DOCS);
    vector_of(17, vector);
    a = dump(world.index, vector);
    b = dump(other.index, vector);
    assert_string_equal(a, b);
    free(a);
    free(b);
    world_end(&world);
    world_end(&other);
}

static void another_model_takes_the_place_of_all(void **state)
{
    struct world world = world_new();
    struct match_stats stats;
    struct match_err err;

    (void)state;
    give_all(world.index);
    give_all(world.index); /* again: no more than before */
    assert_true(give(world.index, 7, 5, false, &err));
    assert_true(give(world.index, 7, 5, false, &err));
    match_stats(world.index, &stats);
    assert_int_equal(stats.vectors, DOCS - 1);
    assert_true(give(world.index, 9, 3, true, &err));
    match_stats(world.index, &stats);
    assert_int_equal(stats.vectors, 1);
    world_end(&world);
}

static void what_is_no_vector_is_refused_and_nothing_changes(void **state)
{
    struct world world = world_new();
    float good[DIMS], bad[DIMS] = {0};
    struct match_vector list[2] = {{1, good}, {2, bad}};
    struct match_stats stats;
    struct match_err err;

    (void)state;
    vector_of(1, good);
    assert_false(match_vectors(world.index, 7, DIMS, list, 2, &err)); /* zeros */
    assert_int_equal(err.code, MATCH_BAD_INPUT);
    bad[0] = INFINITY;
    assert_false(match_vectors(world.index, 7, DIMS, list, 2, &err));
    bad[0] = NAN;
    assert_false(match_vectors(world.index, 7, DIMS, list, 2, &err));
    assert_false(match_vectors(world.index, 7, 0, list, 1, &err));
    assert_false(match_vectors(world.index, 7, MATCH_VECTOR_DIMS + 1, list, 1, &err));
    match_stats(world.index, &stats);
    assert_int_equal(stats.vectors, 0);
    world_end(&world);
}

/* Ranked by itself a document scores as among all, and dropped ones are no hits. */
static void a_stored_pair_is_explained_as_it_was_ranked(void **state)
{
    struct world world = world_new();
    struct match_hits hits, one;
    struct match_query query;
    float vector[DIMS];

    (void)state;
    give_all(world.index);
    kit_drop(world.index, 17);
    kit_commit(world.index, DOCS + 1);
    vector_of(17, vector);
    vector[1 + 30 % (DIMS - 1)] = 1.5F;
    ask(world.index, "common2 w8x", vector, 0, &hits);
    assert_null(hit_of(&hits, 17));
    assert_non_null(hit_of(&hits, 30));
    for (unsigned k = 0; k < 2; k++)
        for (size_t h = 0; h < hits.lists[k].count; h++) {
            match_query_init(&query);
            query.text = kit_str("common2 w8x");
            query.vector = vector;
            query.vector_dims = DIMS;
            query.vector_model = 7;
            query.only = hits.lists[k].hits[h].id;
            kit_search(world.index, &query, &one);
            assert_int_equal(one.lists[k].count, 1);
            assert_true(one.lists[k].hits[0].score == hits.lists[k].hits[h].score);
            outside_of(&one.lists[k].hits[0]);
            match_hits_release(&one);
        }
    match_hits_release(&hits);
    world_end(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_likest_document_gains_and_is_found_without_a_word),
        cmocka_unit_test(a_record_asks_by_its_own_vector),
        cmocka_unit_test(without_a_vector_on_both_sides_nothing_changes),
        cmocka_unit_test(the_order_of_giving_leaves_no_trace),
        cmocka_unit_test(another_model_takes_the_place_of_all),
        cmocka_unit_test(what_is_no_vector_is_refused_and_nothing_changes),
        cmocka_unit_test(a_stored_pair_is_explained_as_it_was_ranked),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
