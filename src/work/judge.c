#include "work/judge_int.h"

#include <math.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/text.h"
#include "base/utf8.h"
#include "work/column.h"

enum { COMMIT_EVERY = 512, TOLD_EVERY = 64, NAME_SAID = 40 };

struct ranked {
    size_t doc;
    float score;
    uint64_t chance; /* parts ties */
    double gain;
};

bool judging_failed(const struct match_err *why, struct err *err)
{
    return err_set(err, why->code == MATCH_FULL ? ERR_FULL : ERR_IO, "匹配引擎：%s", why->message);
}

/* What the engine does not take is named. */
static bool text_refused(const struct judged_text *text, const struct match_err *why, struct err *err)
{
    struct slice name = utf8_head(text->name, NAME_SAID);

    if (why->code != MATCH_BAD_INPUT)
        return judging_failed(why, err);
    return err_set(err, ERR_INVALID, "匹配引擎不收“%.*s”：%s", (int)name.len, name.at, why->message);
}

bool judging_told(const struct judging *judging, const char *label, size_t done, size_t total, struct err *err)
{
    const struct judge_watch *watch = judging->options->watch;

    return !watch || done % TOLD_EVERY || watch->moved(watch->arg, label, (int64_t)done, (int64_t)total)
           || err_set(err, ERR_BUSY, "评测没有做完就停下了");
}

/* --- the index --- */

static struct match_str engine_text(struct slice text)
{
    return (struct match_str){text.at, text.len};
}

static bool put_doc(struct judging *judging, size_t number, struct match_err *why)
{
    const struct judged_text *said = &judging->judged->docs[number];
    struct match_text texts[] = {{MATCH_TITLE, MATCH_PUBLIC, engine_text(said->title)},
                                 {MATCH_TEXT, MATCH_PUBLIC, engine_text(said->text)},
                                 {MATCH_KEYWORD, MATCH_PUBLIC, engine_text(said->facts ? said->facts->keywords : SLICE(""))}};
    struct match_doc doc = {.id = (int64_t)number + 1, .level = MATCH_PUBLIC, .texts = texts,
                            .text_count = said->facts && said->facts->keywords.len ? 3 : 2,
                            .facts = {.amount = -1, .day = INT32_MIN}};

    if (said->facts) {
        doc.facts = said->facts->facts;
        doc.codes = said->facts->codes;
        doc.code_count = said->facts->code_count;
    }
    return match_put(judging->index, &doc, 0, why)
           && (number % COMMIT_EVERY != COMMIT_EVERY - 1 || match_commit(judging->index, number, why));
}

static bool build(struct judging *judging, struct err *err)
{
    size_t count = judging->judged->doc_count;
    struct match_err why;

    for (size_t d = 0; d < count; d++) {
        if (!judging_told(judging, "建索引", d, count, err))
            return false;
        if (!put_doc(judging, d, &why))
            return text_refused(&judging->judged->docs[d], &why, err);
    }
    return match_commit(judging->index, count, &why) || judging_failed(&why, err);
}

/* The model is learned from the collection itself, as a city's is from its own records. Too few documents: words alone. */
static bool learn(struct judging *judging, const char *folder, struct err *err)
{
    struct match_snapshot *snapshot = match_snapshot(judging->index);
    struct match_learn how = {.dims = judging->options->dims};
    struct match_err why;
    struct text file;
    bool ok;

    text_init(&file);
    text_print(&file, "%s/learned", folder);
    ok = match_learn(snapshot, &how, file.at, &why) ? match_model(judging->index, file.at, &why)
                                                    : why.code == MATCH_BAD_INPUT;
    unlink(file.at);
    text_release(&file);
    match_snapshot_end(snapshot);
    return ok || judging_failed(&why, err);
}

/* --- one query --- */

static uint64_t random_number(struct judging *judging)
{
    uint64_t x = judging->random += UINT64_C(0x9e3779b97f4a7c15); /* splitmix64 (Steele, Lea, Flood 2014) */

    x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
    return x ^ x >> 31;
}

void judging_ask(const struct judged_query *query, struct match_query *asked)
{
    match_query_init(asked);
    asked->title = engine_text(query->said.title);
    asked->text = engine_text(query->said.text);
    asked->k = JUDGE_DEPTH;
    if (query->said.facts)
        column_ask(&query->said.facts->facts, query->said.facts->codes, query->said.facts->code_count, &asked->ask);
}

static double gain_of(const struct judging *judging, const struct judged_pair *pair)
{
    return fmax(judged_median(judging->judged, pair), 0);
}

/* Of a document that nobody judged: 0. */
static double gain_of_doc(const struct judging *judging, const struct judged_query *query, size_t doc)
{
    const struct judged_pair *pairs = judging->judged->pairs + query->first;
    size_t low = 0, high = query->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (pairs[middle].doc < doc)
            low = middle + 1;
        else
            high = middle;
    }
    return low < query->count && pairs[low].doc == doc ? gain_of(judging, &pairs[low]) : 0;
}

/* The whole collection: the first JUDGE_DEPTH, in the engine's order. */
static bool rank_all(const struct judging *judging, const struct judged_query *query, struct ranked *ranked,
                     size_t *count, struct err *err)
{
    struct match_query asked;
    struct match_hits hits;
    struct match_err why;
    bool ok;

    judging_ask(query, &asked);
    ok = match_search(judging->snapshot, &asked, &hits, &why) || text_refused(&query->said, &why, err);
    *count = ok ? hits.lists[0].count : 0;
    for (size_t h = 0; h < *count; h++) {
        size_t doc = (size_t)hits.lists[0].hits[h].id - 1;

        ranked[h] = (struct ranked){doc, hits.lists[0].hits[h].score, h, gain_of_doc(judging, query, doc)};
    }
    match_hits_release(&hits);
    return ok;
}

/* The judged documents alone, each with its score; one that shares no word has 0. */
static bool score_pool(const struct judging *judging, const struct judged_query *query, struct ranked *ranked,
                       struct err *err)
{
    struct match_query asked;
    struct match_err why;

    judging_ask(query, &asked);
    for (size_t p = 0; p < query->count; p++) {
        const struct judged_pair *pair = &judging->judged->pairs[query->first + p];
        struct match_hits hits;
        bool ok;

        asked.only = (int64_t)pair->doc + 1;
        ok = match_search(judging->snapshot, &asked, &hits, &why);
        ranked[p] = (struct ranked){pair->doc, ok && hits.lists[0].count ? hits.lists[0].hits[0].score : 0, 0,
                                    gain_of(judging, pair)};
        match_hits_release(&hits);
        if (!ok)
            return text_refused(&query->said, &why, err);
    }
    return true;
}

static int by_score(const void *left, const void *right)
{
    const struct ranked *a = left, *b = right;

    if (a->score != b->score)
        return a->score > b->score ? -1 : 1;
    return a->chance < b->chance ? -1 : a->chance > b->chance;
}

/* --- the measures --- */

static int descending(const void *left, const void *right)
{
    const double *a = left, *b = right;

    return (*a < *b) - (*a > *b);
}

static double discounted(double gain, size_t rank)
{
    return gain / log2((double)rank + 2);
}

/* The best that could be had, and how many documents are relevant. */
static double ideal_of(const struct judging *judging, const struct judged_query *query, size_t *relevant)
{
    double *gains = malloc((query->count + 1) * sizeof *gains), sum = 0;

    if (!gains)
        abort();
    *relevant = 0;
    for (size_t p = 0; p < query->count; p++) {
        gains[p] = gain_of(judging, &judging->judged->pairs[query->first + p]);
        *relevant += gains[p] > 0;
    }
    qsort(gains, query->count, sizeof *gains, descending);
    for (size_t i = 0; i < *relevant && i < judging->options->k; i++)
        sum += discounted(gains[i], i);
    free(gains);
    return sum;
}

/* Adds `share` of one order's figures. */
static void add_order(const struct ranked *ranked, size_t count, size_t k, double ideal, double share,
                      struct judge_result *result)
{
    size_t found = 0, first = 0;
    double sum = 0;

    for (size_t i = 0; i < count && i < JUDGE_DEPTH; i++) {
        found += ranked[i].gain > 0;
        if (i < k) {
            sum += discounted(ranked[i].gain, i);
            first = !first && ranked[i].gain > 0 ? i + 1 : first;
        }
    }
    result->ndcg += share * sum / ideal;
    result->mrr += first ? share / (double)first : 0;
    result->recall += share * (double)found / (double)result->relevant;
}

static bool judge_pool(struct judging *judging, const struct judged_query *query, struct ranked *ranked, double ideal,
                       struct judge_result *result, struct err *err)
{
    if (!score_pool(judging, query, ranked, err))
        return false;
    for (int s = 0; s < JUDGE_SHUFFLES; s++) {
        for (size_t p = 0; p < query->count; p++)
            ranked[p].chance = random_number(judging);
        qsort(ranked, query->count, sizeof *ranked, by_score);
        add_order(ranked, query->count, judging->options->k, ideal, 1.0 / JUDGE_SHUFFLES, result);
    }
    return true;
}

static bool judge_query(struct judging *judging, const struct judged_query *query, struct judge_result *result,
                        struct err *err)
{
    size_t count = query->count > JUDGE_DEPTH ? query->count : JUDGE_DEPTH;
    struct ranked *ranked;
    double ideal;
    bool ok;

    *result = (struct judge_result){0};
    ideal = ideal_of(judging, query, &result->relevant);
    if (result->relevant == 0)
        return true;
    if (!(ranked = malloc(count * sizeof *ranked)))
        abort();
    if (judging->options->pool) {
        ok = judge_pool(judging, query, ranked, ideal, result, err);
    } else {
        ok = rank_all(judging, query, ranked, &count, err);
        if (ok)
            add_order(ranked, count, judging->options->k, ideal, 1, result);
    }
    free(ranked);
    return ok;
}

static bool judge_all(struct judging *judging, struct judge_result *results, struct err *err)
{
    size_t count = judging->judged->query_count;

    for (size_t q = 0; q < count; q++)
        if (!judging_told(judging, "排序", q, count, err)
            || !judge_query(judging, &judging->judged->queries[q], &results[q], err))
            return false;
    return true;
}

static void folder_remove(struct text *place)
{
    static const char *const names[] = {"/LOCK", "/model", "/lexicon"};
    size_t len = place->len;
    struct match_err ignored;

    match_remove(place->at, &ignored);
    for (size_t n = 0; n < sizeof names / sizeof *names; n++) {
        text_puts(place, names[n]);
        unlink(place->at);
        place->at[len] = '\0';
        place->len = len;
    }
    rmdir(place->at);
}

static bool bring_lexicon(struct judging *judging, struct err *err)
{
    const char *file = judging->options->lexicon;
    struct match_err why;

    return !file || match_lexicon(judging->index, &file, 1, &why)
           || err_set(err, why.code == MATCH_CORRUPT ? ERR_INVALID : ERR_IO, "词典没有装上：%s", why.message)
           || err_hint(err, "词典是什么样子，见 docs/matching.md");
}

bool judging_open(struct judging *judging, const struct judged *judged, const struct judge_options *options, struct err *err)
{
    const char *folder = getenv("TMPDIR");
    struct match_err why;

    *judging = (struct judging){.judged = judged, .options = options, .random = 42};
    text_init(&judging->place);
    text_print(&judging->place, "%s/tieqiao-eval-XXXXXX", folder && *folder ? folder : "/tmp");
    if (!mkdtemp(judging->place.at)) {
        err_set(err, ERR_IO, "建不了临时目录 %s", judging->place.at);
        err_hint(err, "用 TMPDIR 指一个可写的目录");
        text_release(&judging->place);
        return false;
    }
    if ((match_open(judging->place.at, NULL, &judging->index, &why) || judging_failed(&why, err)) && bring_lexicon(judging, err)
        && build(judging, err)
        && (options->words || learn(judging, judging->place.at, err))) {
        judging->snapshot = match_snapshot(judging->index);
        return true;
    }
    judging_close(judging);
    return false;
}

void judging_close(struct judging *judging)
{
    match_snapshot_end(judging->snapshot);
    match_close(judging->index);
    folder_remove(&judging->place);
    text_release(&judging->place);
}

bool judge_ranking(const struct judged *judged, const struct judge_options *options, struct judge_result *results,
                   struct err *err)
{
    struct judging judging;
    bool ok = judging_open(&judging, judged, options, err);

    if (ok) {
        ok = judge_all(&judging, results, err);
        judging_close(&judging);
    }
    return ok;
}

struct judge_result judge_mean(const struct judge_result *results, size_t count)
{
    struct judge_result mean = {0};

    for (size_t q = 0; q < count; q++) {
        mean.ndcg += results[q].ndcg;
        mean.mrr += results[q].mrr;
        mean.recall += results[q].recall;
        mean.relevant += results[q].relevant > 0;
    }
    if (mean.relevant) {
        mean.ndcg /= (double)mean.relevant;
        mean.mrr /= (double)mean.relevant;
        mean.recall /= (double)mean.relevant;
    }
    return mean;
}
