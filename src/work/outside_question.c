#include <stdlib.h>

#include "base/clock.h"
#include "base/utf8.h"
#include "work/outside_int.h"

enum { QUESTION_AWAY_S = 10 };

/* Under the mutex. */
static struct recent *find_recent(struct outside *outside, const unsigned char *hash)
{
    for (size_t r = 0; r < OUTSIDE_RECENT; r++)
        if (outside->recent[r].numbers && memcmp(outside->recent[r].hash, hash, EMBED_HASH) == 0)
            return &outside->recent[r];
    return NULL;
}

static void keep_recent(struct outside *outside, const unsigned char *hash, const float *numbers)
{
    struct recent *oldest = &outside->recent[0];

    for (size_t r = 1; r < OUTSIDE_RECENT; r++)
        if (outside->recent[r].used < oldest->used)
            oldest = &outside->recent[r];
    free(oldest->numbers);
    oldest->numbers = malloc(outside->dims * sizeof *oldest->numbers);
    if (!oldest->numbers)
        abort();
    memcpy(oldest->numbers, numbers, outside->dims * sizeof *oldest->numbers);
    memcpy(oldest->hash, hash, EMBED_HASH);
    oldest->used = ++outside->clock;
}

/* In arena; NULL: not among the last ones. */
static float *recall(struct outside *outside, const unsigned char *hash, struct arena *arena, unsigned *dims, bool *away)
{
    int64_t now = clock_steady_us();
    struct recent *recent;
    float *numbers = NULL;

    pthread_mutex_lock(&outside->mutex);
    recent = find_recent(outside, hash);
    if (recent) {
        recent->used = ++outside->clock;
        numbers = arena_alloc(arena, outside->dims * sizeof *numbers);
        memcpy(numbers, recent->numbers, outside->dims * sizeof *numbers);
    }
    *dims = outside->dims;
    *away = outside->dims == 0 || now < outside->away_until_us || now < outside->questions_away_until_us;
    pthread_mutex_unlock(&outside->mutex);
    return numbers;
}

static float *ask_now(struct outside *outside, struct slice text, const unsigned char *hash, unsigned dims, struct arena *arena)
{
    struct embed_answer answer;
    float *numbers = NULL;

    if (embed_ask(outside->client, &text, 1, outside->options.question_ms, &answer) == EMBED_DONE && answer.dims == dims) {
        numbers = arena_alloc(arena, answer.dims * sizeof *numbers);
        memcpy(numbers, answer.numbers, answer.dims * sizeof *numbers);
    }
    free(answer.numbers);
    pthread_mutex_lock(&outside->mutex);
    if (numbers && !find_recent(outside, hash))
        keep_recent(outside, hash, numbers);
    if (!numbers) /* the next ones do not wait for it */
        outside->questions_away_until_us = clock_steady_us() + QUESTION_AWAY_S * INT64_C(1000000);
    pthread_mutex_unlock(&outside->mutex);
    return numbers;
}

void outside_question(struct outside *outside, struct slice text, struct arena *arena, struct match_query *query)
{
    struct slice asked = utf8_head(slice_trim(text), OUTSIDE_CHARS);
    unsigned char hash[EMBED_HASH];
    float *numbers;
    unsigned dims;
    bool away;

    if (!outside || !outside->options.questions || asked.len == 0)
        return;
    outside_hash(outside, asked, hash);
    numbers = recall(outside, hash, arena, &dims, &away);
    if (!numbers && !away)
        numbers = ask_now(outside, asked, hash, dims, arena);
    query->vector = numbers;
    query->vector_dims = dims;
    query->vector_model = outside->number;
}
