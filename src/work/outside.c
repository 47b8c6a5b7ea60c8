#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/clock.h"
#include "base/steady.h"
#include "seal/seal.h"
#include "work/outside_int.h"

enum { BATCH = 32, TIMEOUT_MS = 30000, QUESTION_MS = 300 };

void outside_hash(const struct outside *outside, struct slice text, unsigned char hash[EMBED_HASH])
{
    const struct slice parts[] = {slice_of(outside->model), {"\n", 1}, text};

    seal_sha256(parts, sizeof parts / sizeof *parts, hash);
}

/* --- what there is --- */

const char *outside_asks(const struct outside *outside)
{
    return outside && outside->options.questions ? outside->model : NULL;
}

static void take_why(struct outside *outside, struct outside_known *known)
{
    int64_t rest = outside->away_until_us - clock_steady_us();

    snprintf(known->why, sizeof known->why, "%s", outside->why);
    known->wait_s = known->why[0] && rest > 0 ? (rest + 999999) / 1000000 : 0;
}

void outside_known(struct outside *outside, struct outside_known *known)
{
    *known = (struct outside_known){.questions = outside->options.questions};
    snprintf(known->model, sizeof known->model, "%s", outside->model);
    pthread_mutex_lock(&outside->mutex);
    known->vectors = outside->vectors;
    known->waiting = (int64_t)(outside->size - outside->next);
    known->refused = outside->refused;
    take_why(outside, known);
    pthread_mutex_unlock(&outside->mutex);
}

/* --- beginning and end --- */

/* DATA/embeddings/<the model's number>, which the model and the address make. */
static bool open_cache(struct outside *outside, struct err *err)
{
    char path[PATH_MAX];
    size_t len = (size_t)snprintf(path, sizeof path, "%s/embeddings", outside->city->data);

    if (mkdir(path, 0700) != 0 && errno != EEXIST)
        return err_set(err, ERR_IO, "%s：%s", path, strerror(errno));
    snprintf(path + len, sizeof path - len, "/%016llx", (unsigned long long)outside->number);
    return embed_cache_open(path, &outside->cache, err);
}

static uint64_t number_of(const struct outside_options *options)
{
    const struct slice parts[] = {slice_of(options->url), {"\n", 1}, slice_of(options->model)};
    unsigned char hash[SEAL_HASH];
    uint64_t number;

    seal_sha256(parts, sizeof parts / sizeof *parts, hash);
    memcpy(&number, hash, sizeof number);
    return number | 1;
}

static struct outside *outside_new(struct city *city, const struct outside_options *options)
{
    struct outside *outside = calloc(1, sizeof *outside);

    if (!outside || !(outside->model = strdup(options->model)))
        abort();
    outside->city = city;
    outside->options = *options;
    outside->options.timeout_ms = options->timeout_ms ? options->timeout_ms : TIMEOUT_MS;
    outside->options.question_ms = options->question_ms ? options->question_ms : QUESTION_MS;
    outside->options.batch = options->batch ? options->batch : BATCH;
    outside->number = number_of(options);
    pthread_mutex_init(&outside->mutex, NULL);
    steady_cond(&outside->ended);
    return outside;
}

static void outside_free(struct outside *outside)
{
    for (size_t r = 0; r < OUTSIDE_RECENT; r++)
        free(outside->recent[r].numbers);
    embed_cache_close(outside->cache);
    embed_client_free(outside->client);
    pthread_cond_destroy(&outside->ended);
    pthread_mutex_destroy(&outside->mutex);
    free(outside->model);
    free(outside);
}

bool outside_start(struct city *city, const struct outside_options *options, struct err *err)
{
    const struct embed_options with = {.url = options->url, .model = options->model, .key = options->key};
    struct outside *outside = outside_new(city, options);

    if (!embed_client_new(&with, &outside->client, err) || !open_cache(outside, err)) {
        outside_free(outside);
        return false;
    }
    outside->dims = embed_cache_dims(outside->cache);
    if (pthread_create(&outside->thread, NULL, outside_follow, outside) != 0) {
        outside_free(outside);
        return err_set(err, ERR_MEMORY, "开不了向量服务的线程");
    }
    city->outside = outside;
    return true;
}

void outside_stop(struct outside *outside)
{
    if (!outside)
        return;
    pthread_mutex_lock(&outside->mutex);
    outside->stopping = true;
    pthread_cond_broadcast(&outside->ended);
    pthread_mutex_unlock(&outside->mutex);
    embed_client_stop(outside->client);
    pthread_join(outside->thread, NULL);
    outside->city->outside = NULL;
    outside_free(outside);
}
