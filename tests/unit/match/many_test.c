/*
 * Windows full of documents: what a search finds is what asking for every document by itself gives. A search goes through
 * the postings, in blocks of every sort, and puts off comparing; a single document is read from its own list.
 */
#include "kit.h"

#include <stdlib.h>
#include <unistd.h>

#include "match/checksum.h"
#include "match/index_int.h"

enum { DOCS = 9000, QUERIES = 4, K = 20 }; /* more than a window */

struct found {
    float score;
    int64_t id;
};

/*
 * Words of all densities: w0 in nearly every document, w13 in one in 6,000. And three in four of the words of one of eight
 * themes and of one of its thirty subjects: so that many documents come near to the best.
 */
static void make_text(uint64_t *seed, char *out, size_t size)
{
    unsigned theme = kit_below(seed, 8), subject = kit_below(seed, 30);
    size_t len;

    kit_random_text(seed, 3 + kit_below(seed, 20), out, size / 2);
    len = strlen(out);
    for (unsigned w = 0; w < 14; w++)
        if (kit_below(seed, 8u << w) < 7)
            len += (size_t)snprintf(out + len, size - len, " w%ux", w);
    for (unsigned w = 0; w < 20; w++)
        if (kit_below(seed, 4))
            len += (size_t)snprintf(out + len, size - len, w < 14 ? " t%uq%ux" : " t%uq%us%ux", theme, w, subject);
}

static void put_all(struct match_index *index, int64_t batch)
{
    static const enum match_level levels[] = {MATCH_PUBLIC, MATCH_PUBLIC, MATCH_SIGNED_IN, MATCH_NDA};
    uint64_t seed = 11;

    for (int64_t id = 1; id <= DOCS; id++) {
        char title[64], text[2048], hidden[2048];
        struct kit_doc doc;

        kit_random_text(&seed, 2, title, sizeof title);
        make_text(&seed, text, sizeof text);
        make_text(&seed, hidden, sizeof hidden);
        kit_doc(&doc, id, 0, title, text);
        kit_text(&doc, MATCH_TEXT, levels[id % 4], hidden);
        doc.doc.owner = 1 + id % 3;
        kit_put(index, &doc);
        if (id % batch == 0)
            kit_commit(index, (uint64_t)id);
    }
    for (int64_t id = 7; id <= DOCS; id += 20)
        kit_drop(index, id);
    kit_commit(index, DOCS + 1);
}

static int best_first(const void *left, const void *right)
{
    const struct found *a = left, *b = right;

    if (a->score != b->score)
        return a->score > b->score ? -1 : 1;
    return a->id < b->id ? -1 : 1;
}

static size_t ask_each(struct match_index *index, struct match_query query, struct found *found)
{
    size_t count = 0;

    for (query.only = 1; query.only <= DOCS; query.only++) {
        struct match_hits hits;

        kit_search(index, &query, &hits);
        if (hits.lists[0].count)
            found[count++] = (struct found){hits.lists[0].hits[0].score, query.only};
        match_hits_release(&hits);
    }
    qsort(found, count, sizeof *found, best_first);
    return count;
}

static void compare(struct match_index *index, const struct match_query *query)
{
    static struct found found[DOCS];
    size_t count = ask_each(index, *query, found);
    struct match_hits hits;

    kit_search(index, query, &hits);
    assert_true(count >= K);
    assert_int_equal(hits.lists[0].count, K);
    for (size_t h = 0; h < K; h++) {
        assert_int_equal(hits.lists[0].hits[h].id, found[h].id);
        assert_memory_equal(&hits.lists[0].hits[h].score, &found[h].score, sizeof(float));
    }
    match_hits_release(&hits);
}

static void make_query(uint64_t *seed, unsigned q, char *text, size_t size, struct match_query *query)
{
    make_text(seed, text, size);
    match_query_init(query);
    query->text = kit_str(text);
    query->kinds = 1;
    query->k = K;
    query->asker.party = q == 3 ? 2 : 0; /* whose own documents are a third */
}

static void compare_some(struct match_index *index)
{
    uint64_t seed = 12;

    for (unsigned q = 0; q < QUERIES; q++) {
        struct match_query query;
        char text[2048];

        make_query(&seed, q, text, sizeof text, &query);
        compare(index, &query);
    }
}

static void live_through(struct match_options options, int64_t batch)
{
    char *folder = kit_folder(), *path = kit_model_path(folder);
    struct match_index *index = kit_open(folder, &options);

    put_all(index, batch);
    compare_some(index);
    kit_learn(index, path);
    kit_meant(index);
    compare_some(index);
    match_close(index);
    unlink(path);
    free(path);
    kit_folder_end(folder);
}

/* All that is new is one part, in memory: its terms stand in one run (segment.h). */
static void in_one_part(void **state)
{
    (void)state;
    live_through((struct match_options){.live_documents = 2 * DOCS}, DOCS);
}

/* Files of more than a thousand documents, some merged again: the terms stand in several runs, which the merges change. */
static void in_several_parts(void **state)
{
    (void)state;
    live_through((struct match_options){.live_documents = 1100}, 550);
}

/* --- every byte of an answer --- */

struct answers {
    char *dumps[QUERIES], *path;
    float scores[QUERIES][K];
    uint64_t model, vectors; /* checksums */
};

/* Of all documents' vectors, by id. */
static uint64_t sum_vectors(const struct match_snapshot *snapshot)
{
    uint64_t sum = 0;
    struct place place;

    for (int64_t id = 1; id <= DOCS; id++)
        if (snapshot_find(snapshot, id, &place)) {
            const struct segment *segment = snapshot->parts[place.part].segment;

            sum = term_mix(sum ^ checksum(segment->vectors + (size_t)place.doc * segment->meta->dims, segment->meta->dims));
        }
    return sum;
}

/* model: what there is from the start; NULL: one is learned from all, and its path kept in answers. */
static void all_answers(struct match_options options, int64_t batch, const char *model, struct answers *answers)
{
    char *folder = kit_folder(), *path = kit_model_path(folder);
    struct match_index *index = kit_open(folder, &options);
    uint64_t seed = 14;
    struct match_err err;

    if (model)
        assert_true(match_model(index, model, &err));
    put_all(index, batch);
    if (!model)
        kit_learn(index, path);
    kit_meant(index);
    answers->model = model_id(index->newest->model);
    answers->vectors = sum_vectors(index->newest);
    for (unsigned q = 0; q < QUERIES; q++) {
        struct match_query query;
        struct match_hits hits;
        char text[2048];

        make_query(&seed, q, text, sizeof text, &query);
        kit_search(index, &query, &hits);
        assert_int_equal(hits.lists[0].count, K);
        answers->dumps[q] = kit_dump(&hits);
        for (size_t h = 0; h < K; h++)
            answers->scores[q][h] = hits.lists[0].hits[h].score;
        match_hits_release(&hits);
    }
    match_close(index);
    answers->path = path;
    kit_folder_end(folder);
}

/* Parts in their order, ratings, and the model that was learned, too. */
static void an_answer_is_the_same_in_any_parts(void **state)
{
    static struct answers answers[3]; /* the last: vectors are made of the texts, before the terms are parted into runs */

    (void)state;
    all_answers((struct match_options){.live_documents = 2 * DOCS}, DOCS, NULL, &answers[0]);
    all_answers((struct match_options){.live_documents = 1100}, 550, NULL, &answers[1]);
    all_answers((struct match_options){.live_documents = 1100}, 550, answers[0].path, &answers[2]);
    for (unsigned a = 0; a < 3; a++) {
        assert_true(answers[a].model == answers[0].model && answers[a].vectors == answers[0].vectors);
        assert_memory_equal(answers[a].scores, answers[0].scores, sizeof answers[0].scores);
        for (unsigned q = 0; q < QUERIES; q++)
            assert_string_equal(answers[a].dumps[q], answers[0].dumps[q]);
    }
    for (unsigned a = 0; a < 3; a++) {
        for (unsigned q = 0; q < QUERIES; q++)
            free(answers[a].dumps[q]);
        unlink(answers[a].path);
        free(answers[a].path);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(in_one_part),
        cmocka_unit_test(in_several_parts),
        cmocka_unit_test(an_answer_is_the_same_in_any_parts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
