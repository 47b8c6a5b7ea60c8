/* Files brought through the page: whose they are, how long they stay, and that nothing of them outlives its use. */
#include "import_place.h"

#include "work/upload.h"

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

static bool folder_is_empty(struct desk *desk)
{
    return place_shell("[ -z \"$(ls -A '%s/uploads')\" ]", desk->bench->folder);
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
        ON_BOTH(what_a_crash_left_in_the_folder_goes_at_the_start),
    };

    return run_places(tests);
}
