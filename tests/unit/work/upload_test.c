/* Files brought through the page: whose they are, how long they stay, and that nothing of them outlives its use. */
#include "import_place.h"

#include "work/sweep.h"
#include "work/upload.h"

enum { HOUR_MS = 3600000 };

static const char table[] = "单位名称,所属方\n示例泵业有限公司,企业\n示例阀业有限公司,企业\n";

struct desk {
    struct bench *bench;
    struct city city;
    struct uploads *uploads;
    struct actor first, second;
};

static void desk_open(struct desk *desk, void **state)
{
    struct err err;

    *desk = (struct desk){.bench = bench_open(state)};
    desk->city.store = desk->bench->store;
    desk->city.data = desk->bench->folder;
    pthread_mutex_init(&desk->city.mutex, NULL);
    pthread_cond_init(&desk->city.changed, NULL);
    actor_program(&desk->first);
    desk->first.account = 1;
    desk->first.grants[0] = (struct role_grant){.role = ROLE_CITY_OFFICER};
    desk->first.grant_count = 1;
    desk->second = desk->first;
    desk->second.account = 2;
    if (!uploads_open(&desk->city, &desk->uploads, &err))
        fail_msg("%s", err.message);
}

static void desk_close(struct desk *desk)
{
    uploads_close(desk->uploads);
    pthread_cond_destroy(&desk->city.changed);
    pthread_mutex_destroy(&desk->city.mutex);
    bench_close(desk->bench);
}

static int64_t take(struct desk *desk, const struct actor *actor)
{
    struct err err;
    int64_t id;

    if (!upload_take(desk->uploads, actor, &kind_party, SLICE("t.csv"), slice_of(table), &id, &err))
        fail_msg("%s", err.message);
    return id;
}

/* Is it there for its account? Its state, once nobody works on it any more. */
static bool there(struct desk *desk, int64_t id, const struct actor *actor, enum upload_state *at)
{
    struct upload_look *look = arena_alloc(&desk->bench->arena, sizeof *look);
    struct err err;

    for (;;) {
        if (!upload_look(desk->uploads, id, actor->account, &desk->bench->arena, look, &err))
            return false;
        *at = look->state;
        if (*at != UPLOAD_CHECKING && *at != UPLOAD_RUNNING)
            return true;
        nanosleep(&(struct timespec){0, 2000000}, NULL);
    }
}

static int64_t taken(struct desk *desk, const struct actor *actor)
{
    int64_t id = take(desk, actor);
    enum upload_state state = UPLOAD_BROKEN;

    assert_true(there(desk, id, actor, &state));
    assert_int_equal(state, UPLOAD_CHECKED);
    return id;
}

static int64_t staged(struct desk *desk)
{
    return bench_count(desk->bench, "SELECT count(*) FROM staging");
}

/* The thread lets go in its own time. */
static void comes_to(struct desk *desk, int64_t rows)
{
    while (staged(desk) != rows)
        nanosleep(&(struct timespec){0, 2000000}, NULL);
}

static bool folder_is_empty(struct desk *desk)
{
    return place_shell("[ -z \"$(ls -A '%s/uploads')\" ]", desk->bench->folder);
}

static void the_newest_of_ones_own_are_kept_and_nobody_elses_go(void **state)
{
    enum upload_state at;
    struct desk desk;
    int64_t other, first, second;

    desk_open(&desk, state);
    other = taken(&desk, &desk.second);
    first = taken(&desk, &desk.first);
    second = taken(&desk, &desk.first);
    for (int i = 2; i < UPLOADS_OWN + 1; i++)
        taken(&desk, &desk.first);
    assert_false(there(&desk, first, &desk.first, &at));
    assert_true(there(&desk, second, &desk.first, &at));
    assert_true(there(&desk, other, &desk.second, &at));
    comes_to(&desk, 2 * (UPLOADS_OWN + 1)); /* what was staged for it has gone with it */
    assert_int_equal(bench_count(desk.bench, "SELECT count(*) FROM job WHERE state = 'dropped'"), 1);
    desk_close(&desk);
}

static void what_nobody_comes_back_to_goes_after_a_week(void **state)
{
    enum upload_state at;
    struct desk desk;
    int64_t id;

    desk_open(&desk, state);
    id = taken(&desk, &desk.first);
    uploads_tidy(desk.uploads, clock_ms() + (7 * 24 - 1) * HOUR_MS);
    assert_true(there(&desk, id, &desk.first, &at));
    uploads_tidy(desk.uploads, clock_ms() + (7 * 24 + 1) * HOUR_MS);
    assert_false(there(&desk, id, &desk.first, &at));
    comes_to(&desk, 0);
    desk_close(&desk);
}

static bool add_drafts(struct sql *sql, void *arg, struct err *err)
{
    const int64_t *now_ms = arg;

    return sql_put(sql,
                   "INSERT INTO draft (id, account, kind, record, title, form, changed_ms) VALUES (1, 1, 'need', 0, 't', '{}', ?1),"
                   " (2, 1, 'need', 0, 't', '{}', ?2)",
                   SQL_ARGS(sql_int(*now_ms - DRAFT_DAYS * 24LL * HOUR_MS - 1), sql_int(*now_ms - DRAFT_DAYS * 24LL * HOUR_MS)),
                   err);
}

static void a_draft_goes_half_a_year_after_it_was_saved(void **state)
{
    int64_t now = clock_ms();
    struct desk desk;

    desk_open(&desk, state);
    assert_int_equal(store_write(desk.bench->store, "", add_drafts, &now, &desk.bench->err), STORE_DONE);
    uploads_tidy(desk.uploads, now);
    assert_int_equal(bench_count(desk.bench, "SELECT count(*) FROM draft"), 1);
    assert_int_equal(bench_count(desk.bench, "SELECT max(id) FROM draft"), 2);
    desk_close(&desk);
}

static void what_a_crash_left_in_the_folder_goes_at_the_start(void **state)
{
    struct desk desk;

    desk_open(&desk, state);
    assert_true(folder_is_empty(&desk));
    uploads_close(desk.uploads);
    assert_true(place_shell("cd '%s/uploads' && touch 914170243616604160 export-0a1b.csv export-0a1b.xlsx.part-77",
                            desk.bench->folder));
    assert_true(uploads_open(&desk.city, &desk.uploads, &desk.bench->err));
    assert_true(folder_is_empty(&desk));
    taken(&desk, &desk.first);
    assert_false(folder_is_empty(&desk));
    desk_close(&desk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(the_newest_of_ones_own_are_kept_and_nobody_elses_go),
        ON_BOTH(what_nobody_comes_back_to_goes_after_a_week),
        ON_BOTH(a_draft_goes_half_a_year_after_it_was_saved),
        ON_BOTH(what_a_crash_left_in_the_folder_goes_at_the_start),
    };

    return run_places(tests);
}
