/*
 * The ranking on a judged collection: corpus.jsonl (_id, title, text), queries.jsonl (_id, text), qrels.tsv (query,
 * document, score, with a header line).
 *
 *   match_judge FOLDER
 *
 * Prints nDCG@10 (linear gain) and R@100 over the queries that have a judgement above 0. The built-in settings.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "judged.h"
#include "match/match.h"
#include "match/term.h"

enum { MOST = 100, IDS = 1 << 18, NAME = 64 };

struct names { /* document names by number, found by hash */
    char (*name)[NAME];
    int slots[IDS * 2];
    int count;
};

struct judgement {
    int query, doc;
    double gain;
};

struct bench {
    struct match_index *index;
    struct names docs, queries;
    char **texts;
    struct judgement *judgements;
    size_t judgement_count;
};

static int number_of(struct names *names, const char *name, bool add)
{
    size_t at = term_hash(name, strlen(name)) % (IDS * 2);

    while (names->slots[at] && strcmp(names->name[names->slots[at] - 1], name) != 0)
        at = (at + 1) % (IDS * 2);
    if (!names->slots[at] && add && names->count < IDS) {
        snprintf(names->name[names->count], NAME, "%s", name);
        names->slots[at] = ++names->count;
    }
    return names->slots[at];
}

static const char *string_of(json_t *object, const char *name)
{
    const char *text = json_string_value(json_object_get(object, name));

    return text ? text : "";
}

static void take_doc(void *arg, json_t *object)
{
    struct bench *bench = arg;
    const char *title = string_of(object, "title"), *text = string_of(object, "text");
    struct match_text texts[] = {{MATCH_TITLE, MATCH_PUBLIC, {title, strlen(title)}},
                                 {MATCH_TEXT, MATCH_PUBLIC, {text, strlen(text)}}};
    struct match_doc doc = {.id = number_of(&bench->docs, string_of(object, "_id"), true), .level = MATCH_PUBLIC,
                            .texts = texts, .text_count = 2, .facts = {.amount = -1, .day = INT32_MIN}};
    struct match_err err;

    if (!match_put(bench->index, &doc, 0, &err)
        || (doc.id % 1024 == 0 && !match_commit(bench->index, (uint64_t)doc.id, &err)))
        fprintf(stderr, "%s\n", err.message);
}

static void take_query(void *arg, json_t *object)
{
    struct bench *bench = arg;
    int number = number_of(&bench->queries, string_of(object, "_id"), true);

    bench->texts[number] = strdup(string_of(object, "text"));
}

static void read_qrels(struct bench *bench, const char *path)
{
    FILE *file = fopen(path, "r");
    char line[512], query[NAME], doc[NAME];
    double gain;

    while (file && fgets(line, sizeof line, file)) {
        struct judgement *grown;

        if (sscanf(line, "%63s %63s %lf", query, doc, &gain) != 3 || gain <= 0)
            continue;
        grown = realloc(bench->judgements, (bench->judgement_count + 1) * sizeof *grown);
        if (!grown)
            abort();
        bench->judgements = grown;
        grown[bench->judgement_count++] = (struct judgement){
            number_of(&bench->queries, query, false), number_of(&bench->docs, doc, false), gain};
    }
    if (file)
        fclose(file);
}

static double gain_of(const struct bench *bench, int query, int doc)
{
    for (size_t j = 0; j < bench->judgement_count; j++)
        if (bench->judgements[j].query == query && bench->judgements[j].doc == doc)
            return bench->judgements[j].gain;
    return 0;
}

static int descending(const void *left, const void *right)
{
    const double *a = left, *b = right;

    return *a > *b ? -1 : *a < *b;
}

/* The best possible dcg@10, and how many documents are relevant. */
static double ideal_of(const struct bench *bench, int query, size_t *relevant)
{
    double gains[1024], sum = 0;

    *relevant = 0;
    for (size_t j = 0; j < bench->judgement_count && *relevant < 1024; j++)
        if (bench->judgements[j].query == query)
            gains[(*relevant)++] = bench->judgements[j].gain;
    qsort(gains, *relevant, sizeof *gains, descending);
    for (size_t i = 0; i < *relevant && i < 10; i++)
        sum += gains[i] / log2((double)i + 2);
    return sum;
}

static bool judge(const struct bench *bench, const struct match_snapshot *snapshot, int query, double *ndcg,
                  double *recall)
{
    struct match_query asked;
    struct match_hits hits;
    struct match_err err;
    size_t relevant, found = 0;
    double ideal = ideal_of(bench, query, &relevant), sum = 0;

    if (relevant == 0)
        return false;
    match_query_init(&asked);
    asked.text = (struct match_str){bench->texts[query], strlen(bench->texts[query])};
    asked.k = MOST;
    if (!match_search(snapshot, &asked, &hits, &err))
        fprintf(stderr, "%s\n", err.message);
    for (size_t h = 0; h < hits.lists[0].count; h++) {
        double gain = gain_of(bench, query, (int)hits.lists[0].hits[h].id);

        found += gain > 0;
        sum += h < 10 ? gain / log2((double)h + 2) : 0;
    }
    match_hits_release(&hits);
    *ndcg += sum / ideal;
    *recall += (double)found / (double)relevant;
    return true;
}

static void read_all(struct bench *bench, const char *folder)
{
    char path[1024];
    struct match_err err;

    bench->docs.name = calloc(IDS, NAME);
    bench->queries.name = calloc(IDS, NAME);
    bench->texts = calloc(IDS, sizeof *bench->texts);
    if (!bench->docs.name || !bench->queries.name || !bench->texts)
        abort();
    snprintf(path, sizeof path, "%s/corpus.jsonl", folder);
    jsonl_each(path, take_doc, bench);
    if (!match_commit(bench->index, IDS, &err))
        fprintf(stderr, "%s\n", err.message);
    snprintf(path, sizeof path, "%s/queries.jsonl", folder);
    jsonl_each(path, take_query, bench);
    snprintf(path, sizeof path, "%s/qrels.tsv", folder);
    read_qrels(bench, path);
}

int main(int argc, char **argv)
{
    char folder[] = "/tmp/tq-judge-XXXXXX";
    struct bench *bench = calloc(1, sizeof *bench);
    struct match_snapshot *snapshot;
    struct match_err err;
    double ndcg = 0, recall = 0;
    int count = 0;

    if (argc != 2 || !bench || !mkdtemp(folder) || !match_open(folder, NULL, &bench->index, &err)) {
        fprintf(stderr, "usage: match_judge FOLDER\n");
        return 2;
    }
    read_all(bench, argv[1]);
    snapshot = match_snapshot(bench->index);
    for (int q = 1; q <= bench->queries.count; q++)
        count += judge(bench, snapshot, q, &ndcg, &recall);
    printf("%-50s nDCG@10 %.4f  R@100 %.4f  (%d queries)\n", argv[1], ndcg / count, recall / count, count);
    match_snapshot_end(snapshot);
    match_close(bench->index);
    return 0;
}
