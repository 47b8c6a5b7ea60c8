#include <math.h>
#include <stdlib.h>

#include "work/judge_int.h"

/* One pair, each of its judgements. */
static bool rate_pair(const struct judging *judging, const struct match_query *asked, size_t number,
                      struct match_rated *rated, struct err *err)
{
    const struct judged_pair *pair = &judging->judged->pairs[number];
    struct match_query query = *asked;
    struct match_rated one = {.pair = (uint32_t)number, .query = (uint32_t)pair->query, .doc = (uint32_t)pair->doc};
    struct match_err why;

    query.only = (int64_t)pair->doc + 1;
    if (!match_rate_features(judging->snapshot, &query, one.features, &why))
        return judging_failed(&why, err);
    for (size_t s = pair->first; s < pair->first + pair->count; s++) {
        one.level = (int)judging->judged->scores[s];
        rated[s] = one;
    }
    return true;
}

static bool rate_all(const struct judging *judging, struct match_rated *rated, struct err *err)
{
    const struct judged *judged = judging->judged;

    for (size_t q = 0; q < judged->query_count; q++) {
        const struct judged_query *query = &judged->queries[q];
        struct match_query asked;

        judging_ask(query, &asked);
        if (!judging_told(judging, "看各对", q, judged->query_count, err))
            return false;
        for (size_t p = query->first; p < query->first + query->count; p++)
            if (!rate_pair(judging, &asked, p, rated, err))
                return false;
    }
    return true;
}

static void copy_text(struct match_rate_text *to, const struct judged_text *from)
{
    *to = (struct match_rate_text){{from->title.at, from->title.len}, {from->text.at, from->text.len}};
}

/* By these the judged pairs are remembered; texts_end frees them. */
static struct match_rate_texts texts_of(const struct judged *judged)
{
    struct match_rate_text *queries = calloc(judged->query_count + 1, sizeof *queries);
    struct match_rate_text *docs = calloc(judged->doc_count + 1, sizeof *docs);

    if (!queries || !docs)
        abort();
    for (size_t q = 0; q < judged->query_count; q++)
        copy_text(&queries[q], &judged->queries[q].said);
    for (size_t d = 0; d < judged->doc_count; d++)
        copy_text(&docs[d], &judged->docs[d]);
    return (struct match_rate_texts){queries, docs, judged->query_count, judged->doc_count};
}

static void texts_end(struct match_rate_texts *texts)
{
    free((void *)texts->queries);
    free((void *)texts->docs);
}

/* What the engine would refuse, in words for who brings the files. */
static bool is_enough(const struct judged *judged, struct err *err)
{
    static const char *const names[] = {"1(无)", "2(弱)", "3(较强)", "4(强)"};
    size_t of_level[MATCH_LEVELS] = {0};

    if (judged->score_count < MATCH_RATED_LEAST)
        return err_set(err, ERR_INVALID, "评判只有 %zu 条，学评级至少要 %d 条", judged->score_count, MATCH_RATED_LEAST)
               || err_hint(err, "请再请人评判一些，每个等级都要有");
    for (size_t s = 0; s < judged->score_count; s++)
        of_level[(int)judged->scores[s] - 1]++;
    for (unsigned l = 0; l < MATCH_LEVELS; l++)
        if (of_level[l] == 0)
            return err_set(err, ERR_INVALID, "没有一条评判的等级是 %s", names[l])
                   || err_hint(err, "四个等级都要有人评过，才分得出界线");
    return true;
}

static void compare_judges(const struct judged *judged, struct judge_rating *rating)
{
    double apart = 0;
    size_t twos = 0;

    for (size_t p = 0; p < judged->pair_count; p++) {
        const struct judged_pair *pair = &judged->pairs[p];
        const double *scores = judged->scores + pair->first;

        rating->repeated += pair->count > 1;
        for (size_t i = 0; i < pair->count; i++)
            for (size_t j = 0; j < i; j++, twos++)
                apart += fabs(scores[i] - scores[j]);
    }
    rating->apart = twos ? apart / (double)twos : 0;
}

bool judge_rating(const struct judged *judged, const struct judge_options *options, const char *file,
                  struct judge_rating *rating, struct err *err)
{
    struct match_rated *rated = calloc(judged->score_count + 1, sizeof *rated);
    struct match_rate_texts texts = texts_of(judged);
    struct judging judging;
    struct match_err why;
    bool ok;

    if (!rated)
        abort();
    *rating = (struct judge_rating){.judgements = judged->score_count, .pairs = judged->pair_count};
    for (size_t q = 0; q < judged->query_count; q++)
        rating->queries += judged->queries[q].count > 0;
    compare_judges(judged, rating);
    ok = is_enough(judged, err) && judging_open(&judging, judged, options, err);
    if (ok) {
        ok = rate_all(&judging, rated, err)
             && (match_rate_learn(rated, judged->score_count, &texts, 0, file, &rating->report, &why)
                 || judging_failed(&why, err));
        judging_close(&judging);
    }
    texts_end(&texts);
    free(rated);
    return ok;
}
