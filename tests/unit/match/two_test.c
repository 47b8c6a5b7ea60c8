/*
 * Several indexes in one process, each used from a thread of its own, from the first call on. Meant for ThreadSanitizer.
 * Nothing is called before the threads run: what the library prepares once must be ready for both.
 */
#include "kit.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { TWO = 2, DOCUMENTS = 300, QUERIES = 40, WORDS = 12 };

struct user {
    char *folder;
    struct match_options options;
    uint64_t seed;
    pthread_barrier_t *together; /* or NULL: alone */
    char *answers[QUERIES];
};

static void fill(struct match_index *index, uint64_t seed)
{
    char title[200], text[1000];

    for (int64_t id = 1; id <= DOCUMENTS; id++) {
        kit_random_text(&seed, 3, title, sizeof title);
        kit_random_text(&seed, WORDS, text, sizeof text);
        kit_put_line(index, id, (unsigned)id % 3, title, text);
        if (id % 10 == 0)
            kit_drop(index, id - (int64_t)kit_below(&seed, 9));
        if (id % 7 == 0)
            kit_commit(index, (uint64_t)id);
    }
    kit_commit(index, DOCUMENTS);
}

static char *answer(struct match_index *index, uint64_t *seed)
{
    struct match_query query;
    struct match_hits hits;
    char text[400];
    char *bytes;

    kit_random_text(seed, 6, text, sizeof text);
    match_query_init(&query);
    query.text = kit_str(text);
    kit_search(index, &query, &hits);
    bytes = kit_dump(&hits);
    match_hits_release(&hits);
    return bytes;
}

static void *use(void *arg)
{
    struct user *user = arg;
    struct match_index *index;
    uint64_t seed = user->seed + 1000;

    if (user->together)
        pthread_barrier_wait(user->together);
    index = kit_open(user->folder, &user->options);
    fill(index, user->seed);
    for (int q = 0; q < QUERIES; q++)
        user->answers[q] = answer(index, &seed);
    match_close(index);
    return NULL;
}

static void user_make(struct user *user, uint64_t seed, pthread_barrier_t *together)
{
    *user = (struct user){.folder = kit_folder(), .options = {.live_documents = 20, .merge_threads = 1}, .seed = seed,
                          .together = together};
}

static void user_end(struct user *user)
{
    for (int q = 0; q < QUERIES; q++)
        free(user->answers[q]);
    kit_folder_end(user->folder);
}

static void two_at_once_answer_as_each_alone(void **state)
{
    struct user users[TWO], alone;
    pthread_barrier_t together;
    pthread_t threads[TWO];

    (void)state;
    pthread_barrier_init(&together, NULL, TWO);
    for (unsigned u = 0; u < TWO; u++) {
        user_make(&users[u], u + 1, &together);
        assert_int_equal(pthread_create(&threads[u], NULL, use, &users[u]), 0);
    }
    for (unsigned u = 0; u < TWO; u++)
        pthread_join(threads[u], NULL);
    for (unsigned u = 0; u < TWO; u++) {
        user_make(&alone, u + 1, NULL);
        use(&alone);
        for (int q = 0; q < QUERIES; q++)
            assert_string_equal(users[u].answers[q], alone.answers[q]);
        user_end(&alone);
    }
    assert_string_not_equal(users[0].answers[0], users[1].answers[0]);
    for (unsigned u = 0; u < TWO; u++)
        user_end(&users[u]);
    pthread_barrier_destroy(&together);
}

/* A thread that has used one index uses another: what it keeps for itself belongs to none of them. */
static void one_thread_goes_between_two(void **state)
{
    struct match_options options = {.live_documents = 20};
    char *folders[TWO], ids[64];
    struct match_index *indexes[TWO];

    (void)state;
    for (int i = 0; i < TWO; i++) {
        folders[i] = kit_folder();
        indexes[i] = kit_open(folders[i], &options);
    }
    for (int64_t id = 1; id <= 60; id++)
        kit_put_line(indexes[id % 2], id, 0, id % 2 ? "odd pump" : "even pump", "轴承");
    kit_commit(indexes[0], 1);
    kit_commit(indexes[1], 1);
    kit_ids(indexes[1], "even pump", 0, ids, sizeof ids);
    assert_string_equal(ids, "1 3 5 7 9 11 13 15 17 19");
    match_close(indexes[1]);
    kit_ids(indexes[0], "even pump", 0, ids, sizeof ids);
    assert_string_equal(ids, "2 4 6 8 10 12 14 16 18 20");
    match_close(indexes[0]);
    for (int i = 0; i < TWO; i++)
        kit_folder_end(folders[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_at_once_answer_as_each_alone),
        cmocka_unit_test(one_thread_goes_between_two),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
