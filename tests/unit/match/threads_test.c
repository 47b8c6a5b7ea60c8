/* Readers beside a writer and its merges: every snapshot is whole, nobody waits for ever. Meant for ThreadSanitizer. */
#include "kit.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

enum { READERS = 3, ROUNDS = 250, IDS = 40 };

struct shared {
    struct match_index *index;
    atomic_bool done;
    atomic_uint answers, wrong;
};

/* Document id always says "word<id>" and shares "common"; a commit leaves each of them in or out, never twice. */
static void look(struct shared *shared, uint64_t *seed)
{
    struct match_snapshot *snapshot = match_snapshot(shared->index);
    struct match_query query;
    struct match_hits hits;
    struct match_err err;
    char text[64];
    int64_t id = 1 + kit_below(seed, IDS);

    match_query_init(&query);
    snprintf(text, sizeof text, "word%lld common", (long long)id);
    query.text = kit_str(text);
    query.k = IDS;
    if (!match_search(snapshot, &query, &hits, &err) || hits.lists[0].count != hits.lists[0].total)
        atomic_fetch_add(&shared->wrong, 1);
    for (size_t h = 1; h < hits.lists[0].count; h++)
        for (size_t g = 0; g < h; g++)
            if (hits.lists[0].hits[g].id == hits.lists[0].hits[h].id)
                atomic_fetch_add(&shared->wrong, 1);
    match_hits_release(&hits);
    match_snapshot_end(snapshot);
    atomic_fetch_add(&shared->answers, 1);
}

static void *read_for_ever(void *arg)
{
    struct shared *shared = arg;
    uint64_t seed = (uint64_t)(uintptr_t)&seed;

    while (!atomic_load(&shared->done))
        look(shared, &seed);
    return NULL;
}

static void write_much(struct match_index *index)
{
    uint64_t seed = 1;

    for (uint64_t round = 1; round <= ROUNDS; round++) {
        for (int n = 0; n < 4; n++) {
            int64_t id = 1 + kit_below(&seed, IDS);
            char title[64];

            snprintf(title, sizeof title, "word%lld", (long long)id);
            if (kit_below(&seed, 5))
                kit_put_line(index, id, 0, title, "common 轴承寿命");
            else
                kit_drop(index, id);
        }
        kit_commit(index, round);
    }
}

static void readers_see_whole_snapshots(void **state)
{
    struct match_options options = {.live_documents = 15, .merge_threads = 1};
    char *folder = kit_folder();
    struct shared shared = {.index = kit_open(folder, &options)};
    pthread_t readers[READERS];

    (void)state;
    for (int r = 0; r < READERS; r++)
        assert_int_equal(pthread_create(&readers[r], NULL, read_for_ever, &shared), 0);
    while (!atomic_load(&shared.answers)) /* on a busy machine all would be written before a reader begins */
        sched_yield();
    write_much(shared.index);
    atomic_store(&shared.done, true);
    for (int r = 0; r < READERS; r++)
        pthread_join(readers[r], NULL);
    assert_int_equal(atomic_load(&shared.wrong), 0);
    assert_int_equal(match_applied(shared.index), ROUNDS);
    match_close(shared.index);
    kit_folder_end(folder);
}

/* --- who opens the folder beside the writer --- */

struct beside {
    const char *folder;
    atomic_bool done;
    atomic_uint whole, wrong;
};

/* Each commit brings one document, so a whole index has as many as it says it goes to. */
static void open_beside(struct beside *beside)
{
    const struct match_options reading = {.read_only = true};
    struct match_index *index;
    struct match_stats stats;
    struct match_err err;

    if (!match_open(beside->folder, &reading, &index, &err)) {
        atomic_fetch_add(&beside->wrong, err.code != MATCH_CORRUPT); /* look again */
        return;
    }
    match_stats(index, &stats);
    atomic_fetch_add(stats.documents == match_applied(index) ? &beside->whole : &beside->wrong, 1);
    match_close(index);
}

static void *open_for_ever(void *arg)
{
    struct beside *beside = arg;

    while (!atomic_load(&beside->done))
        open_beside(beside);
    return NULL;
}

static void who_opens_it_beside_the_writer_gets_it_whole_or_not(void **state)
{
    struct match_options options = {.live_documents = 3, .merge_threads = 1};
    char *folder = kit_folder();
    struct match_index *index = kit_open(folder, &options);
    struct beside beside = {.folder = folder};
    pthread_t reader;

    (void)state;
    assert_int_equal(pthread_create(&reader, NULL, open_for_ever, &beside), 0);
    for (uint64_t id = 1; id <= 600 || atomic_load(&beside.whole) < 20; id++) {
        kit_put_line(index, (int64_t)id, 0, "轴承", "寿命");
        kit_commit(index, id);
    }
    atomic_store(&beside.done, true);
    pthread_join(reader, NULL);
    assert_int_equal(atomic_load(&beside.wrong), 0);
    match_close(index);
    kit_folder_end(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(readers_see_whole_snapshots),
        cmocka_unit_test(who_opens_it_beside_the_writer_gets_it_whole_or_not),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
