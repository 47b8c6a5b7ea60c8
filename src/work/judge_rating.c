#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "work/judge_int.h"

/* The judgements of all collections in a row; pairs, queries and documents numbered through them. */
struct row {
    struct match_rated *rated;
    struct match_rate_text *query_texts, *doc_texts; /* by which judged pairs are remembered */
    size_t count, pairs, queries, docs;
};

static void row_end(struct row *row)
{
    free(row->rated);
    free(row->query_texts);
    free(row->doc_texts);
}

static void row_start(struct row *row, const struct judged *lists, size_t count, size_t judgements)
{
    size_t queries = 0, docs = 0;

    for (size_t i = 0; i < count; i++) {
        queries += lists[i].query_count;
        docs += lists[i].doc_count;
    }
    *row = (struct row){.rated = calloc(judgements + 1, sizeof *row->rated),
                        .query_texts = calloc(queries + 1, sizeof *row->query_texts),
                        .doc_texts = calloc(docs + 1, sizeof *row->doc_texts)};
    if (!row->rated || !row->query_texts || !row->doc_texts)
        abort();
}

/* Likeness is of titles and texts; keywords are left to the other features. */
static void copy_text(struct match_rate_text *to, const struct judged_text *from)
{
    *to = (struct match_rate_text){{from->title.at, from->title.len}, {from->text.at, from->text.len}};
}

/* One pair, each of its judgements. */
static bool rate_pair(const struct judging *judging, const struct match_query *asked, size_t number, struct row *row,
                      struct err *err)
{
    const struct judged_pair *pair = &judging->judged->pairs[number];
    struct match_query query = *asked;
    struct match_rated one = {.pair = (uint32_t)(row->pairs + number), .query = (uint32_t)(row->queries + pair->query),
                              .doc = (uint32_t)(row->docs + pair->doc)};
    struct match_err why;

    query.only = (int64_t)pair->doc + 1;
    if (!match_rate_features(judging->snapshot, &query, one.features, &why))
        return judging_failed(&why, err);
    for (size_t s = pair->first; s < pair->first + pair->count; s++) {
        one.level = (int)judging->judged->scores[s];
        row->rated[row->count + s] = one;
    }
    return true;
}

static bool rate_all(const struct judging *judging, struct row *row, struct err *err)
{
    const struct judged *judged = judging->judged;

    for (size_t q = 0; q < judged->query_count; q++) {
        const struct judged_query *query = &judged->queries[q];
        struct match_query asked;

        judging_ask(query, &asked);
        if (!judging_told(judging, "看各对", q, judged->query_count, err))
            return false;
        for (size_t p = query->first; p < query->first + query->count; p++)
            if (!rate_pair(judging, &asked, p, row, err))
                return false;
    }
    for (size_t q = 0; q < judged->query_count; q++)
        copy_text(&row->query_texts[row->queries + q], &judged->queries[q].said);
    for (size_t d = 0; d < judged->doc_count; d++)
        copy_text(&row->doc_texts[row->docs + d], &judged->docs[d]);
    row->count += judged->score_count;
    row->pairs += judged->pair_count;
    row->queries += judged->query_count;
    row->docs += judged->doc_count;
    return true;
}

/* Each collection in an index of its own: how rare a word is, is of the collection. */
static bool rate_lists(const struct judged *lists, size_t count, const struct judge_options *options, struct row *row,
                       struct err *err)
{
    for (size_t i = 0; i < count; i++) {
        struct judging judging;
        bool ok;

        if (!judging_open(&judging, &lists[i], options, err))
            return false;
        ok = rate_all(&judging, row, err);
        judging_close(&judging);
        if (!ok)
            return false;
    }
    return true;
}

/* What the engine would refuse, in words for who brings the files. */
static bool is_enough(const struct judged *lists, size_t count, size_t judgements, struct err *err)
{
    static const char *const names[] = {"1(无)", "2(弱)", "3(较强)", "4(强)"};
    size_t of_level[MATCH_LEVELS] = {0};

    if (judgements < MATCH_RATED_LEAST)
        return err_set(err, ERR_INVALID, "评判只有 %zu 条，学评级至少要 %d 条", judgements, MATCH_RATED_LEAST)
               || err_hint(err, "请再请人评判一些，或者在推荐上多记几条结果（已联系、不合适、已签约），每个等级都要有");
    for (size_t i = 0; i < count; i++)
        for (size_t s = 0; s < lists[i].score_count; s++)
            of_level[(int)lists[i].scores[s] - 1]++;
    for (unsigned l = 0; l < MATCH_LEVELS; l++)
        if (of_level[l] == 0)
            return err_set(err, ERR_INVALID, "没有一条评判的等级是 %s", names[l])
                   || err_hint(err, "四个等级都要有人评过，才分得出界线");
    return true;
}

/* Adds to `apart` how far all twos of judgements of a pair lie apart; returns how many twos. */
static size_t compare_judges(const struct judged *judged, struct judge_rating *rating)
{
    size_t twos = 0;

    for (size_t p = 0; p < judged->pair_count; p++) {
        const struct judged_pair *pair = &judged->pairs[p];
        const double *scores = judged->scores + pair->first;

        rating->repeated += pair->count > 1;
        for (size_t i = 0; i < pair->count; i++)
            for (size_t j = 0; j < i; j++, twos++)
                rating->apart += fabs(scores[i] - scores[j]);
    }
    return twos;
}

static void count_all(const struct judged *lists, size_t count, struct judge_rating *rating)
{
    size_t twos = 0;

    *rating = (struct judge_rating){0};
    for (size_t i = 0; i < count; i++) {
        rating->judgements += lists[i].score_count;
        rating->pairs += lists[i].pair_count;
        rating->fed += lists[i].fed;
        if (lists[i].until > rating->until)
            rating->until = lists[i].until;
        for (size_t q = 0; q < lists[i].query_count; q++)
            rating->queries += lists[i].queries[q].count > 0;
        twos += compare_judges(&lists[i], rating);
    }
    if (twos)
        rating->apart /= (double)twos;
}

/* --- where the model came from, in its head --- */

static bool head_failed(const char *file, struct err *err)
{
    return err_set(err, ERR_IO, "写不了 %s：%s", file, strerror(errno)) || err_hint(err, "请检查目录是否可写、磁盘是否已满");
}

static bool whole_read(const char *file, struct text *text)
{
    FILE *from = fopen(file, "re");
    char part[4096];
    size_t len;
    bool ok;

    while (from && (len = fread(part, 1, sizeof part, from)) > 0)
        text_add(text, part, len);
    ok = from && !ferror(from);
    if (from)
        fclose(from);
    return ok;
}

static bool whole_write(const char *file, struct slice text)
{
    FILE *to = fopen(file, "we");
    bool ok = to && fwrite(text.at, 1, text.len, to) == text.len && fflush(to) == 0 && fsync(fileno(to)) == 0;

    return to && fclose(to) == 0 && ok;
}

static void source_say(const struct judge_rating *rating, struct text *out)
{
    text_print(out, "# learned from %zu judgements: %zu of judged files, %zu of the city's own feedback", rating->judgements,
               rating->judgements - rating->fed, rating->fed);
    if (rating->until)
        text_print(out, " (the ledger's leaves below %llu)", (unsigned long long)rating->until);
    text_putc(out, '\n');
}

/* A comment behind the first line: whoever reads the model passes it over. */
static bool head_add(const char *file, const struct judge_rating *rating, struct err *err)
{
    struct text whole, out, beside;
    const char *end;
    bool ok;

    text_init(&whole);
    text_init(&out);
    text_init(&beside);
    text_print(&beside, "%s.part", file);
    ok = whole_read(file, &whole) && (end = memchr(whole.at, '\n', whole.len)) != NULL;
    if (ok) {
        text_add(&out, whole.at, (size_t)(end + 1 - whole.at));
        source_say(rating, &out);
        text_add(&out, end + 1, whole.len - (size_t)(end + 1 - whole.at));
        ok = whole_write(beside.at, text_slice(&out)) && rename(beside.at, file) == 0;
    }
    ok = ok || head_failed(file, err);
    if (!ok)
        unlink(beside.at);
    text_release(&beside);
    text_release(&out);
    text_release(&whole);
    return ok;
}

/* --- the whole --- */

bool judge_rating(const struct judged *lists, size_t count, const struct judge_options *options, const char *file,
                  struct judge_rating *rating, struct err *err)
{
    struct match_rate_texts texts;
    struct match_err why;
    struct row row;
    bool ok;

    count_all(lists, count, rating);
    row_start(&row, lists, count, rating->judgements);
    ok = is_enough(lists, count, rating->judgements, err) && rate_lists(lists, count, options, &row, err);
    texts = (struct match_rate_texts){row.query_texts, row.doc_texts, row.queries, row.docs};
    ok = ok
         && (match_rate_learn(row.rated, rating->judgements, &texts, 0, file, &rating->report, &why)
             || judging_failed(&why, err))
         && (!file || head_add(file, rating, err));
    row_end(&row);
    return ok;
}
