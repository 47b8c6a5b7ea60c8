#include "store_engines.h"

#include <pthread.h>
#include <stdatomic.h>

static const char thing_add[] = "INSERT INTO thing (id, name) VALUES (?1, ?2)";
static const char request_add[] = "INSERT INTO request (id) VALUES (?1)";
static const char request_find[] = "SELECT 1 FROM request WHERE id = ?1";
static const char things[] = "SELECT count(*) FROM thing";

static int64_t number_of(struct store *store, const char *statement)
{
    int64_t number = -1;
    struct sql *sql;
    struct err err;
    bool found;

    if (!store_read(store, &sql, &err) || !sql_one(sql, statement, SQL_NO_ARGS, &number, &found, &err))
        fail_msg("%s", err.message);
    store_read_end(store, sql);
    return number;
}

/* What a step does: adds a thing, and its request id so that it can be asked for. */
struct work {
    struct store_job job;
    int64_t id;
    bool refuse;
    bool asks; /* reads something first, and so meets what earlier steps left in the pipeline */
    int runs;
    int order; /* of its answer */
    enum store_outcome outcome;
    struct err err;
};

static bool work_step(struct sql *sql, void *arg, struct err *err)
{
    struct work *work = arg;
    const char *request = work->job.request_id;

    int64_t count;
    bool found;

    work->runs++;
    if (work->asks && !sql_one(sql, things, SQL_NO_ARGS, &count, &found, err))
        return false;
    if (!sql_put(sql, thing_add, SQL_ARGS(sql_int(work->id), sql_null()), err))
        return false;
    if (*request && !sql_put(sql, request_add, SQL_ARGS(sql_text(slice_of(request))), err))
        return false;
    return !work->refuse || err_set(err, ERR_DENIED, "不行");
}

static bool request_seen(struct sql *sql, struct slice request_id, bool *seen, struct err *err)
{
    int64_t one;

    return sql_one(sql, request_find, SQL_ARGS(sql_text(request_id)), &one, seen, err);
}

static atomic_int answers;

static void work_done(struct store_job *job, enum store_outcome outcome, const struct err *err)
{
    struct work *work = job->owner;

    work->outcome = outcome;
    work->err = *err;
    work->order = atomic_load(&answers);
    atomic_fetch_add(&answers, 1); /* last: whoever waits for it looks at the rest */
}

static bool hold_up(struct sql *sql, void *arg, struct err *err)
{
    (void)sql, (void)arg, (void)err;
    usleep(60000);
    return true;
}

/* Queues all while the writer is held up, so that they make one batch; waits until all are answered. */
static void run_batch(struct store *store, struct work *works, size_t count)
{
    struct work hold = {.job = {.step = hold_up, .arg = &hold, .done = work_done, .owner = &hold}};
    struct err err;

    atomic_store(&answers, 0);
    assert_true(store_submit(store, &hold.job, &err));
    usleep(10000);
    for (size_t i = 0; i < count; i++) {
        works[i].job.step = work_step;
        works[i].job.arg = &works[i];
        works[i].job.done = work_done;
        works[i].job.owner = &works[i];
        if (!works[i].id)
            works[i].id = (int64_t)i + 1;
        snprintf(works[i].job.request_id, sizeof works[i].job.request_id, "request-%zu", i);
        if (!store_submit(store, &works[i].job, &err))
            fail_msg("%s", err.message);
    }
    for (int i = 0; i < 2000 && (size_t)atomic_load(&answers) < count + 1; i++)
        usleep(10000);
    assert_int_equal(atomic_load(&answers), count + 1);
}

static void answers_come_in_order(void **state)
{
    struct store *store = place_open(place_of(state), NULL);
    struct work works[50] = {0};

    for (int i = 0; i < 50; i++)
        works[i].refuse = i % 5 == 2;
    run_batch(store, works, 50);
    for (int i = 0; i < 50; i++) {
        assert_int_equal(works[i].order, i + 1);
        assert_int_equal(works[i].outcome, works[i].refuse ? STORE_REFUSED : STORE_DONE);
        assert_int_equal(works[i].err.code, works[i].refuse ? ERR_DENIED : ERR_NONE);
    }
    assert_int_equal(number_of(store, things), 40);
    store_close(store);
}

/* A step's last statement fails, and it comes out while the next step asks something: the next is not to blame. */
static void an_error_finds_its_own_step(void **state)
{
    struct store *store = place_open(place_of(state), NULL);
    struct work works[9] = {0};

    for (int i = 0; i < 9; i++)
        works[i].asks = i % 2 == 1;
    works[2].id = works[4].id = works[5].id = 1; /* as works[0] */
    run_batch(store, works, 9);
    for (int i = 0; i < 9; i++) {
        bool twice = i == 2 || i == 4 || i == 5;

        assert_int_equal(works[i].outcome, twice ? STORE_REFUSED : STORE_DONE);
        assert_int_equal(works[i].err.code, twice ? ERR_CONFLICT : ERR_NONE);
        assert_int_equal(works[i].order, i + 1);
    }
    assert_int_equal(number_of(store, things), 6);
    store_close(store);
}

static bool put_refused(struct sql *sql, void *arg, struct err *err)
{
    (void)arg;
    return sql_put(sql, thing_add, SQL_ARGS(sql_int(1), sql_text(SLICE("半"))), err)
        && sql_put(sql, thing_add, SQL_ARGS(sql_int(2), sql_text(SLICE("半"))), err);
}

static void a_refused_step_leaves_nothing(void **state)
{
    struct store *store = place_open(place_of(state), NULL);
    struct err err;

    assert_int_equal(store_write(store, "x", put_refused, NULL, &err), STORE_REFUSED);
    assert_int_equal(err.code, ERR_CONFLICT);
    assert_int_equal(number_of(store, things), 0);
    store_close(store);
}

static void closing_finishes_what_is_queued(void **state)
{
    struct place *place = place_of(state);
    struct store *store = place_open(place, NULL);
    struct work works[30] = {0};
    struct err err;

    atomic_store(&answers, 0);
    for (int i = 0; i < 30; i++) {
        works[i].job = (struct store_job){.step = work_step, .arg = &works[i], .done = work_done, .owner = &works[i]};
        works[i].id = i + 1;
        assert_true(store_submit(store, &works[i].job, &err));
    }
    store_close(store);
    assert_int_equal(atomic_load(&answers), 30);
    store = place_open(place, NULL);
    assert_int_equal(number_of(store, things), 30);
    store_close(store);
}

/* ---- faults ---- */

static struct {
    const char *point;
    int times; /* how often it fails from now on */
    int met;
} fault;

/* The first commit of run_batch is that of its holder; the batch's own is the second. */
static bool lose_second_commit;

static bool fault_fire(const char *point)
{
    if (lose_second_commit && strcmp(point, "answer") == 0) {
        lose_second_commit = fault.met++ == 0;
        return !lose_second_commit;
    }
    if (!fault.point || strcmp(point, fault.point) != 0)
        return false;
    fault.met++;
    return fault.times-- > 0;
}

static struct store *open_faulty(struct place *place)
{
    struct store_options options = place_options(NULL);

    options.hooks.seen = request_seen;
    options.fault = fault_fire;
    fault.point = NULL;
    fault.met = 0;
    return place_open_with(place, &options);
}

static void set_fault(const char *point, int times)
{
    fault.times = times;
    fault.met = 0;
    fault.point = point;
}

/* The commit went through but its answer is lost: asked by request id, it is found and not run again. */
static void a_lost_answer_is_resolved(void **state)
{
    struct store *store = open_faulty(place_of(state));
    struct work one = {.id = 1, .job = {.request_id = "one"}};
    struct err err;

    set_fault("answer", 1);
    assert_int_equal(store_write(store, "one", work_step, &one, &err), STORE_DONE);
    assert_int_equal(one.runs, 1);
    assert_true(fault.met > 0);
    assert_int_equal(number_of(store, things), 1);
    store_close(store);
}

/* The same for a whole batch: those that are there are told so, the refused one is tried again and refused again. */
static void a_batch_with_a_lost_answer_is_resolved(void **state)
{
    struct store *store = open_faulty(place_of(state));
    struct work works[10] = {0};

    works[4].refuse = true;
    lose_second_commit = true;
    run_batch(store, works, 10);
    for (int i = 0; i < 10; i++) {
        assert_int_equal(works[i].outcome, i == 4 ? STORE_REFUSED : STORE_DONE);
        assert_int_equal(works[i].runs, i == 4 ? 2 : 1);
    }
    assert_int_equal(number_of(store, things), 9);
    store_close(store);
}

/* The commit never happened: the steps are run again, once. */
static void a_lost_commit_is_made_again(void **state)
{
    struct store *store = open_faulty(place_of(state));
    struct work one = {.id = 1, .job = {.request_id = "one"}};
    struct err err;

    set_fault("commit", 1);
    assert_int_equal(store_write(store, "one", work_step, &one, &err), STORE_DONE);
    assert_int_equal(one.runs, 2);
    assert_int_equal(number_of(store, things), 1);
    store_close(store);
}

static void without_an_id_the_outcome_stays_unknown(void **state)
{
    struct store *store = open_faulty(place_of(state));
    struct work one = {.id = 1};
    struct err err;

    set_fault("answer", 1);
    assert_int_equal(store_write(store, "", work_step, &one, &err), STORE_UNKNOWN);
    assert_int_equal(err.code, ERR_UNKNOWN);
    assert_int_equal(one.runs, 1);
    assert_int_equal(number_of(store, things), 1);
    store_close(store);
}

/* Every commit's answer is lost, also that of the question: nobody guesses. Later the same id is accepted. */
static void a_question_without_answer_is_unknown(void **state)
{
    struct store *store = open_faulty(place_of(state));
    struct work one = {.id = 1, .job = {.request_id = "one"}};
    struct err err;

    set_fault("commit", 1000);
    assert_int_equal(store_write(store, "one", work_step, &one, &err), STORE_UNKNOWN);
    assert_int_equal(err.code, ERR_UNKNOWN);
    fault.point = NULL;
    assert_int_equal(store_write(store, "one", work_step, &one, &err), STORE_DONE);
    assert_int_equal(number_of(store, things), 1);
    store_close(store);
}

static void a_full_disk_refuses_and_resumes(void **state)
{
    struct store *store = open_faulty(place_of(state));
    struct work one = {.id = 1}, two = {.id = 2};
    struct err err;

    set_fault("full", 1000);
    assert_int_equal(store_write(store, "one", work_step, &one, &err), STORE_REFUSED);
    assert_int_equal(err.code, ERR_FULL);
    assert_false(store_state(store).writable);
    assert_int_equal(store_write(store, "two", work_step, &two, &err), STORE_REFUSED);
    assert_int_equal(err.code, ERR_FULL);
    assert_int_equal(number_of(store, things), 0);
    fault.point = NULL;
    for (int i = 0; i < 100 && !store_state(store).writable; i++)
        usleep(50000);
    assert_true(store_state(store).writable);
    assert_int_equal(store_write(store, "two", work_step, &two, &err), STORE_DONE);
    store_close(store);
}

static bool comes_to(struct store *store, bool connected)
{
    for (int i = 0; i < 400 && store_state(store).connected != connected; i++)
        usleep(50000);
    return store_state(store).connected == connected && store_state(store).writable == connected;
}

/* The server hangs up while nobody writes. */
static void a_lost_server_is_noticed_without_a_write(void **state)
{
    struct place *place = place_of(state);
    struct work one = {.id = 1};
    struct store *store;
    struct err err;

    assert_true(place_add(place, "application_name", place->schema));
    store = open_faulty(place);
    assert_true(store_state(store).connected);
    set_fault("connect", 100000);
    assert_true(place_shell("psql -qXAt '%s' -c \"SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                            " WHERE application_name = '%s'\" >/dev/null", getenv("TQ_TEST_PG"), place->schema));
    assert_true(comes_to(store, false));
    assert_int_equal(store_write(store, "one", work_step, &one, &err), STORE_REFUSED);
    assert_int_equal(err.code, ERR_IO);
    fault.point = NULL;
    assert_true(comes_to(store, true));
    assert_int_equal(store_write(store, "one", work_step, &one, &err), STORE_DONE);
    store_close(store);
}

/* ---- long works ---- */

struct import {
    int64_t next, end;
    int slices;
    int64_t longest_us;
};

static bool import_slice(struct sql *sql, void *arg, bool *more, struct err *err)
{
    struct import *import = arg;
    int64_t start = clock_steady_us();

    import->slices++;
    while (import->next < import->end && !store_slice_over(sql)) {
        if (!sql_put(sql, thing_add, SQL_ARGS(sql_int(import->next), sql_null()), err))
            return false;
        import->next++;
    }
    *more = import->next < import->end;
    if (clock_steady_us() - start > import->longest_us)
        import->longest_us = clock_steady_us() - start;
    return true;
}

struct importer {
    struct store *store;
    struct import *import;
    atomic_bool ended;
    bool ok;
    struct err err;
};

static void *import_thread(void *arg)
{
    struct importer *importer = arg;

    importer->ok = store_long(importer->store, import_slice, importer->import, &importer->err);
    atomic_store(&importer->ended, true);
    return NULL;
}

static int by_size(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return (x > y) - (x < y);
}

/* Two imports at once, and a person who saves something every few milliseconds. */
static void writes_go_between_slices(void **state)
{
    enum { MOST = 4000 };
    struct store *store = place_open(place_of(state), NULL);
    struct import imports[2] = {{1000000, 1100000, 0, 0}, {2000000, 2100000, 0, 0}};
    struct importer importers[2] = {{store, &imports[0], false, false, {0}}, {store, &imports[1], false, false, {0}}};
    static int64_t took[MOST];
    pthread_t threads[2];
    size_t count = 0;

    for (int i = 0; i < 2; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, import_thread, &importers[i]), 0);
    while (count < MOST && !(atomic_load(&importers[0].ended) && atomic_load(&importers[1].ended))) {
        struct work one = {.id = (int64_t)count};
        int64_t start = clock_steady_us();
        struct err err;

        assert_int_equal(store_write(store, "", work_step, &one, &err), STORE_DONE);
        took[count++] = clock_steady_us() - start;
    }
    for (int i = 0; i < 2; i++) {
        pthread_join(threads[i], NULL);
        assert_true(importers[i].ok);
        assert_true(imports[i].slices > 1);
    }
    qsort(took, count, sizeof *took, by_size);
    fprintf(stderr, "# %zu writes beside two imports of 100,000: p50 %lld us, p99 %lld us\n", count,
            (long long)took[count / 2], (long long)took[count * 99 / 100]);
    assert_true(count > 5); /* how long they took is a figure of bench/, not a test: machines are shared */
    assert_int_equal(number_of(store, things), 200000 + (int64_t)count);
    store_close(store);
}

static void a_failed_slice_keeps_those_before(void **state)
{
    struct store *store = place_open(place_of(state), NULL);
    struct import import = {1, 50000, 0, 0};
    struct work in_the_way = {.id = 45000};
    struct err err;
    int64_t kept;

    assert_int_equal(store_write(store, "", work_step, &in_the_way, &err), STORE_DONE);
    assert_false(store_long(store, import_slice, &import, &err));
    assert_int_equal(err.code, ERR_CONFLICT);
    kept = number_of(store, things) - 1;
    assert_true(kept > 0 && kept < 45000);
    assert_int_equal(number_of(store, "SELECT max(id) FROM thing WHERE id < 45000"), kept);
    store_close(store);
}

/* ---- many threads ---- */

struct client {
    struct store *store;
    int64_t first;
    int done;
};

static void *client_thread(void *arg)
{
    struct client *client = arg;

    for (int i = 0; i < 50; i++) {
        struct work one = {.id = client->first + i};
        struct sql *sql;
        struct err err;
        int64_t number;
        bool found;

        client->done += store_write(client->store, "", work_step, &one, &err) == STORE_DONE;
        if (!store_read(client->store, &sql, &err))
            continue;
        /* What was acknowledged is seen by the next reader. */
        if (sql_one(sql, "SELECT id FROM thing WHERE id = ?1", SQL_ARGS(sql_int(one.id)), &number, &found, &err)
            && !found)
            client->done = -1000;
        store_read_end(client->store, sql);
    }
    return NULL;
}

static void many_clients_read_and_write(void **state)
{
    enum { CLIENTS = 24 };
    struct store *store = place_open(place_of(state), NULL);
    struct client clients[CLIENTS];
    pthread_t threads[CLIENTS];

    for (int i = 0; i < CLIENTS; i++) {
        clients[i] = (struct client){store, i * 1000, 0};
        assert_int_equal(pthread_create(&threads[i], NULL, client_thread, &clients[i]), 0);
    }
    for (int i = 0; i < CLIENTS; i++) {
        pthread_join(threads[i], NULL);
        assert_int_equal(clients[i].done, 50);
    }
    assert_int_equal(number_of(store, things), 50 * CLIENTS);
    store_close(store);
}

/* ---- the folder ---- */

static void a_second_process_is_kept_out(void **state)
{
    struct place *place = place_of(state);
    struct store *store = place_open(place, NULL), *second;
    struct store_options options = place_options(NULL);
    char expected[200];
    struct err err;

    /* flock is by open file, so a second opening in this process stands for another process. */
    assert_false(store_open(place->url, &options, &second, &err));
    snprintf(expected, sizeof expected, "数据目录 %s 正被另一个进程(进程号 %ld)使用", place->dir, (long)getpid());
    assert_string_equal(err.message, expected);
    store_close(store);
    store = place_open(place, NULL);
    store_close(store);
}

static void what_is_no_address_is_refused(void **state)
{
    static const char *const addresses[] = {"", "foo", "mysql://x", "mysql://x?a=b", "data/city", "postgres:/x", "postgresql://%zz"};
    struct store_options options = place_options(NULL);
    struct store *store;
    struct err err;

    (void)state;
    for (size_t i = 0; i < sizeof addresses / sizeof *addresses; i++) {
        assert_false(store_open(addresses[i], &options, &store, &err));
        assert_int_equal(err.code, ERR_INVALID);
        assert_non_null(strstr(err.message, "不是 PostgreSQL 的地址"));
        assert_non_null(strstr(err.hint, "postgresql://"));
    }
}

/* The password is in the address; it is in no sentence. */
static void who_cannot_be_reached_is_named_without_his_password(void **state)
{
    struct store_options options = place_options(NULL);
    struct store *store;
    struct err err;

    (void)state;
    assert_false(store_open("postgresql://tieqiao:geheim@127.0.0.1:1/x", &options, &store, &err));
    assert_int_equal(err.code, ERR_IO);
    assert_non_null(strstr(err.message, "连不上数据库 127.0.0.1:1(Connection refused)"));
    assert_non_null(strstr(err.hint, "请确认 PostgreSQL 在运行"));
    assert_null(strstr(err.message, "geheim"));
    assert_null(strstr(err.hint, "geheim"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(answers_come_in_order),
        ON_BOTH(an_error_finds_its_own_step),
        ON_BOTH(a_refused_step_leaves_nothing),
        ON_BOTH(closing_finishes_what_is_queued),
        ON_BOTH(a_lost_answer_is_resolved),
        ON_BOTH(a_batch_with_a_lost_answer_is_resolved),
        ON_BOTH(a_lost_commit_is_made_again),
        ON_BOTH(without_an_id_the_outcome_stays_unknown),
        ON_BOTH(a_question_without_answer_is_unknown),
        ON_BOTH(a_full_disk_refuses_and_resumes),
        ON_PG(a_lost_server_is_noticed_without_a_write),
        ON_BOTH(writes_go_between_slices),
        ON_BOTH(a_failed_slice_keeps_those_before),
        ON_BOTH(many_clients_read_and_write),
        ON_SQLITE(a_second_process_is_kept_out),
        cmocka_unit_test(what_is_no_address_is_refused),
        cmocka_unit_test(who_cannot_be_reached_is_named_without_his_password),
    };

    return run_places(tests);
}
