#include "web/rate.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/ident.h"
#include "base/utf8.h"
#include "seal/seal.h"

/* --- limits --- */

enum { SECOND_US = 1000000, MINUTE_US = 60 * SECOND_US, LIMIT_MOST = 1000000 };
#define HOUR_US (60 * (int64_t)MINUTE_US)

static const char *const names[RATE_CLASSES] = {[RATE_READ] = "read", [RATE_BOX] = "box", [RATE_WRITE] = "write",
                                                [RATE_SIGN_IN] = "sign-in", [RATE_FILE] = "file"};

void rate_limits_usual(struct rate_limit limits[RATE_CLASSES])
{
    for (size_t i = 0; i < RATE_CLASSES; i++)
        limits[i] = (struct rate_limit){0};
    limits[RATE_SIGN_IN] = (struct rate_limit){30, MINUTE_US};
    limits[RATE_FILE] = (struct rate_limit){60, MINUTE_US};
    limits[RATE_BOX] = (struct rate_limit){600, MINUTE_US};
}

static bool class_of(struct slice name, enum rate_class *class)
{
    for (size_t i = RATE_READ; i < RATE_CLASSES; i++)
        if (slice_is(name, names[i])) {
            *class = (enum rate_class)i;
            return true;
        }
    return false;
}

/* "off", "10/min" */
static bool limit_of(struct slice text, struct rate_limit *limit)
{
    static const struct {
        const char *unit;
        int64_t us;
    } units[] = {{"s", SECOND_US}, {"min", MINUTE_US}, {"h", HOUR_US}};
    struct slice rest = text, number;

    *limit = (struct rate_limit){0};
    if (slice_is(text, "off"))
        return true;
    if (!slice_cut(&rest, '/', &number) || !ident_parse(number, &limit->requests) || limit->requests > LIMIT_MOST)
        return false;
    for (size_t i = 0; rest.at && i < sizeof units / sizeof *units; i++)
        if (slice_is(rest, units[i].unit))
            limit->every_us = units[i].us;
    return limit->every_us > 0;
}

static bool refuse(struct slice one, struct err *err)
{
    err_set(err, ERR_INVALID, "--rate 的“%.*s”写法不对", (int)utf8_head(one, 40).len, one.at);
    return err_hint(err, "写成 类别=次数/时间，如 sign-in=10/min；类别有 read、box、write、sign-in、file，时间有 s、min、h；不限写 off");
}

bool rate_limits_read(struct slice text, struct rate_limit limits[RATE_CLASSES], struct err *err)
{
    struct slice one;

    while (slice_cut(&text, ',', &one)) {
        struct slice value = one, name;
        enum rate_class class;

        if (slice_is(one, "off")) {
            for (size_t i = 0; i < RATE_CLASSES; i++)
                limits[i] = (struct rate_limit){0};
            continue;
        }
        if (!slice_cut(&value, '=', &name) || !value.at || !class_of(name, &class) || !limit_of(value, &limits[class]))
            return refuse(one, err);
    }
    return true;
}

/* --- buckets --- */

/* SETS of WAYS buckets; a caller's can only lie in one set, two lines of the processor's cache. */
enum { WAYS = 8, SETS = 2048, LOCKS = 64 };

/* One number holds a bucket: when it will be full again. Each request takes it a step further into the future. */
struct bucket {
    uint64_t key; /* 0: nobody's yet */
    int64_t full_us;
};

struct rate {
    struct rate_limit limits[RATE_CLASSES];
    uint64_t seed; /* nobody outside can choose callers that meet in one set */
    pthread_mutex_t locks[LOCKS];
    struct bucket buckets[SETS][WAYS];
};

bool rate_open(const struct rate_limit limits[RATE_CLASSES], struct rate **out, struct err *err)
{
    struct rate *rate = calloc(1, sizeof *rate);

    *out = rate;
    if (!rate)
        return err_set(err, ERR_MEMORY, "内存不足");
    for (size_t i = 0; i < RATE_CLASSES; i++)
        rate->limits[i] = limits[i];
    for (size_t i = 0; i < LOCKS; i++)
        pthread_mutex_init(&rate->locks[i], NULL);
    seal_random(&rate->seed, sizeof rate->seed);
    return true;
}

void rate_close(struct rate *rate)
{
    if (!rate)
        return;
    for (size_t i = 0; i < LOCKS; i++)
        pthread_mutex_destroy(&rate->locks[i]);
    free(rate);
}

/* The finalizer of SplitMix64: each bit of the input moves each bit of the output. */
static uint64_t mix(uint64_t x)
{
    x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
    return x ^ x >> 31;
}

static uint64_t key_of(const struct rate *rate, enum rate_class class, struct rate_caller caller)
{
    uint64_t key = mix(mix(rate->seed ^ (2 * (uint64_t)class + caller.account)) ^ caller.number);

    return key ? key : 1;
}

/* The caller's own; else the one that loses least by being given up. */
static struct bucket *find(struct bucket set[WAYS], uint64_t key, int64_t now_us)
{
    struct bucket *least = set;

    for (size_t i = 0; i < WAYS; i++) {
        if (set[i].key == key)
            return &set[i];
        if (set[i].full_us < least->full_us)
            least = &set[i];
    }
    *least = (struct bucket){key, now_us};
    return least;
}

static bool take(struct bucket *bucket, const struct rate_limit *limit, int64_t now_us, int64_t *wait_us)
{
    int64_t from = bucket->full_us > now_us ? bucket->full_us : now_us, then = from + limit->every_us / limit->requests;

    *wait_us = then - now_us - limit->every_us;
    if (*wait_us > 0)
        return false;
    bucket->full_us = then;
    return true;
}

bool rate_take(struct rate *rate, enum rate_class class, struct rate_caller caller, int64_t now_us, int64_t *wait_us)
{
    const struct rate_limit *limit = &rate->limits[class];
    uint64_t key;
    size_t set;
    bool taken;

    if (!limit->requests)
        return true;
    key = key_of(rate, class, caller);
    set = key % SETS;
    pthread_mutex_lock(&rate->locks[set % LOCKS]);
    taken = take(find(rate->buckets[set], key, now_us), limit, now_us, wait_us);
    pthread_mutex_unlock(&rate->locks[set % LOCKS]);
    return taken;
}
