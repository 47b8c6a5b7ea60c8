/*
 * Search against a scorer that goes through every document and knows no index: same ids, same scores to the last bit,
 * same totals, for askers of every level, with filters, after replacing, dropping, merging and reopening; by words alone,
 * and with a model.
 */
#include "kit.h"

#include <fcntl.h>
#include <math.h>
#include <unistd.h>

#include "base/arena.h"
#include "match/gist.h"
#include "match/meaning.h"
#include "match/score.h"
#include "match/snapshot.h"
#include "match/subject.h"
#include "match/token.h"

enum { DOCS = 500, KINDS = 3, QUERIES = 60, TERMS = 400 };

struct world {
    struct arena arena;
    struct gist docs[DOCS + 1]; /* by id */
    bool there[DOCS + 1];
    uint64_t seed;
    const struct model *model; /* NULL: by words alone */
};

static const enum match_level levels[] = {MATCH_PUBLIC, MATCH_SIGNED_IN, MATCH_NDA, MATCH_OWN};

static void random_doc(struct world *world, int64_t id, struct match_index *index)
{
    char title[512], text[4096], hidden[3][1024];
    struct kit_doc doc;
    struct match_err err;

    kit_random_text(&world->seed, 3 + kit_below(&world->seed, 10), title, sizeof title);
    kit_random_text(&world->seed, kit_below(&world->seed, 120), text, sizeof text);
    kit_doc(&doc, id, (unsigned)(id % KINDS), title, text);
    for (unsigned l = 0; l < 3; l++) {
        if (kit_below(&world->seed, 3))
            continue;
        kit_random_text(&world->seed, 1 + kit_below(&world->seed, 60), hidden[l], sizeof hidden[l]);
        kit_text(&doc, kit_below(&world->seed, 2) ? MATCH_TEXT : MATCH_KEYWORD, levels[l + 1], hidden[l]);
    }
    doc.doc.owner = (int64_t)kit_below(&world->seed, 3); /* so few that one has very many hidden texts */
    doc.doc.level = kit_below(&world->seed, 6) ? MATCH_PUBLIC : levels[kit_below(&world->seed, 4)];
    doc.doc.facts.region = kit_below(&world->seed, 2) ? 620100 + (uint32_t)(kit_below(&world->seed, 4)) : 0;
    doc.doc.facts.trl_from = doc.doc.facts.trl_to = (int)(kit_below(&world->seed, 10));
    doc.doc.facts.ways = (uint32_t)(kit_below(&world->seed, 8));
    if (kit_below(&world->seed, 2))
        kit_code(&doc, "gbt4754", kit_below(&world->seed, 2) ? "C/26/266" : "C/27");
    if (kit_below(&world->seed, 4) == 0)
        kit_code(&doc, "ipc", "A/61");
    assert_true(gist_make(&doc.doc, &world->arena, &world->docs[id], &err));
    world->there[id] = true;
    kit_put(index, &doc);
}

/* --- the naive scorer --- */

static const struct gist_term *find_term(const struct gist *gist, unsigned level, uint64_t term)
{
    for (uint32_t i = 0; i < gist->levels[level].count; i++)
        if (gist->levels[level].terms[i].term == term)
            return &gist->levels[level].terms[i];
    return NULL;
}

struct naive_query {
    uint64_t terms[TERMS];
    uint32_t in_title[TERMS], in_text[TERMS], weight[TERMS], count;
    bool number[TERMS];
    double scale;
};

/* Terms ascending, as the library has them: sums of floating point are the same only in the same order. */
static uint32_t place_of(struct naive_query *query, uint64_t term)
{
    uint32_t at = 0;

    while (at < query->count && query->terms[at] < term)
        at++;
    if (at < query->count && query->terms[at] == term)
        return at;
    assert_true(query->count < TERMS);
    for (uint32_t t = query->count++; t > at; t--) {
        query->terms[t] = query->terms[t - 1];
        query->in_title[t] = query->in_title[t - 1];
        query->in_text[t] = query->in_text[t - 1];
        query->number[t] = query->number[t - 1];
    }
    query->terms[at] = term;
    query->in_title[at] = query->in_text[at] = 0;
    return at;
}

static void read_text(struct naive_query *query, const char *text, bool title)
{
    struct tokens *tokens = tokens_mine();

    tokens_read(tokens, kit_str(text), false);
    subject_mark(tokens);
    subject_keep(tokens);
    for (size_t i = 0; i < tokens->count; i++) {
        uint32_t t = place_of(query, tokens->list[i].term);

        query->number[t] = tokens->list[i].sort == TOKEN_NUMBER;
        query->in_title[t] += title;
        query->in_text[t] += !title;
    }
}

static double rarity(const struct world *world, uint64_t term)
{
    int64_t docs = 0, df = 0;

    for (int64_t id = 1; id <= DOCS; id++) {
        docs += world->there[id] && world->docs[id].level == MATCH_PUBLIC;
        df += world->there[id] && find_term(&world->docs[id], 0, term);
    }
    return pow(log1p(((double)(docs - df) + 0.5) / ((double)df + 0.5)), 1.25);
}

static double said(double times)
{
    return times * 9 / (times + 8);
}

static void weigh(const struct world *world, struct naive_query *query)
{
    double title[TERMS], all[TERMS], title_square = 0, square = 0, sum = 0, whole = 0;

    for (uint32_t t = 0; t < query->count; t++) {
        double rare = rarity(world, query->terms[t]) * (query->number[t] ? 0.3 : 1);

        title[t] = rare * said(query->in_title[t]);
        all[t] = rare * said((double)query->in_title[t] + query->in_text[t]);
        title_square += title[t] * title[t];
        square += all[t] * all[t];
    }
    for (uint32_t t = 0; t < query->count; t++) {
        all[t] = all[t] / sqrt(square) + (title_square > 0 ? title[t] / sqrt(title_square) : 0);
        sum += all[t];
    }
    for (uint32_t t = 0; t < query->count; t++) {
        query->weight[t] = (uint32_t)fmax(1, round(all[t] / sum * 16000000));
        whole += query->weight[t];
    }
    query->scale = 100 / (255 * whole);
}

static unsigned seen_level(const struct gist *gist, const struct match_asker *asker)
{
    unsigned level = (asker->levels & MATCH_SIGNED_IN) || asker->party || asker->granted_count;

    for (size_t g = 0; g < asker->granted_count; g++)
        if (asker->granted[g] == gist->id)
            level = 2;
    if (asker->sees_all || (asker->party && asker->party == gist->owner))
        level = 3;
    return level;
}

/* --- the meaning: vectors one number after another --- */

struct naive_vector {
    uint8_t numbers[MODEL_DIMS_MOST];
    float scale;
};

static void add_term(struct blend *blend, uint64_t term, float weight)
{
    uint32_t number = model_term(blend->model, term);

    if (number != MODEL_NONE)
        blend_add(blend, number, weight);
}

static void query_vector(const struct model *model, const struct naive_query *query, struct naive_vector *vector)
{
    struct blend blend;

    blend_start(&blend, model);
    for (uint32_t t = 0; t < query->count; t++)
        add_term(&blend, query->terms[t],
                 blend_weight(4 * query->in_title[t] + 2 * query->in_text[t]) * (query->number[t] ? 0.3F : 1));
    vector->scale = blend_end(&blend, vector->numbers);
}

/* Of public texts alone, whoever asks. */
static float cosine(const struct model *model, const struct gist *gist, const struct naive_vector *query)
{
    struct naive_vector vector;
    struct blend blend;
    int32_t dot = 0;

    blend_start(&blend, model);
    for (uint32_t i = 0; i < gist->levels[0].count; i++)
        add_term(&blend, gist->levels[0].terms[i].term, blend_weight(gist->levels[0].terms[i].tf));
    vector.scale = blend_end(&blend, vector.numbers);
    for (unsigned d = 0; d < model->head->dims; d++)
        dot += (vector.numbers[d] - 128) * (query->numbers[d] - 128);
    return (float)dot * query->scale * vector.scale;
}

static uint64_t score_doc(const struct gist *gist, const struct naive_query *query, unsigned level, float pivot)
{
    uint64_t sum = 0;

    for (uint32_t t = 0; t < query->count; t++) {
        uint64_t tf = 0, length = 0;
        unsigned most = 0;

        for (unsigned l = 0; l <= level; l++) {
            const struct gist_term *term = find_term(gist, l, query->terms[t]);
            float norm;
            unsigned impact;

            length += gist->levels[l].length;
            tf += term ? term->tf : 0;
            norm = 2 * 1.2F * (0.25F + 0.75F * (float)length / pivot);
            impact = (unsigned)(255 * (float)tf / ((float)tf + norm) + 0.5F);
            if (term && (impact ? impact : 1) > most)
                most = impact ? impact : 1;
        }
        sum += (uint64_t)query->weight[t] * most;
    }
    return sum;
}

static bool naive_filter(const struct gist *gist, const struct match_filter *filter)
{
    const struct match_facts *facts = &gist->facts;
    int best = 0;

    if (filter->owner && filter->owner != gist->owner)
        return false;
    if (filter->region && facts->region && facts->region / 100 != filter->region / 100)
        return false;
    if (filter->region && !facts->region && filter->strict)
        return false;
    if (filter->trl_from && facts->trl_from && facts->trl_from < filter->trl_from)
        return false;
    if (filter->trl_from && !facts->trl_from && filter->strict)
        return false;
    if (filter->ways && facts->ways ? !(facts->ways & filter->ways) : filter->ways && filter->strict)
        return false;
    if (filter->code.tree.len == 0)
        return true;
    for (unsigned c = 0; c < gist->code_count; c++)
        if (gist->codes[c].tree.len == filter->code.tree.len) {
            bool under = strncmp(gist->codes[c].path.at, filter->code.path.at, filter->code.path.len) == 0;

            best = under ? 2 : best ? best : 1;
        }
    return best == 2 || (best == 0 && !filter->strict);
}

struct found {
    float score;
    int64_t id;
};

static int best_first(const void *left, const void *right)
{
    const struct found *a = left, *b = right;

    if (a->score != b->score)
        return a->score > b->score ? -1 : 1;
    return a->id < b->id ? -1 : 1;
}

static int heaviest_first(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;

    return a > b ? -1 : a < b;
}

/* A tenth of the share of the heaviest words, as many as the public documents of the kind have on average. */
static float most_meaning(const struct world *world, const struct naive_query *query, unsigned kind)
{
    int64_t docs = 0, length = 0;
    uint64_t sum = 0, whole = 0;
    uint32_t weights[TERMS];

    for (int64_t id = 1; id <= DOCS; id++)
        if (world->there[id] && world->docs[id].kind == kind && world->docs[id].level == MATCH_PUBLIC) {
            docs++;
            length += world->docs[id].levels[0].length;
        }
    for (uint32_t t = 0; t < query->count; t++)
        whole += weights[t] = query->weight[t];
    qsort(weights, query->count, sizeof *weights, heaviest_first);
    for (int64_t t = 0; docs && t < length / docs / 4 && t < query->count; t++)
        sum += weights[t];
    return whole ? 100 * 0.1F * ((float)sum / (float)whole) : 0;
}

/* score = 0.9 words + most x cosine; what shares no word is found from a cosine of 0.35 on. */
static size_t naive_search(const struct world *world, const struct match_query *asked, const float *pivots, unsigned kind,
                           struct found *found, size_t *by_words, const char *title, const char *text)
{
    struct naive_query query = {.count = 0};
    struct naive_vector vector = {.scale = 0};
    size_t count = 0;
    float most;

    read_text(&query, title, true);
    read_text(&query, text, false);
    weigh(world, &query);
    if (world->model)
        query_vector(world->model, &query, &vector);
    if (vector.scale > 0)
        query.scale *= 1 - (double)0.1F;
    most = most_meaning(world, &query, kind);
    *by_words = 0;
    for (int64_t id = 1; id <= DOCS; id++) {
        const struct gist *gist = &world->docs[id];
        float meaning = 0;
        unsigned level;
        uint64_t sum;

        if (!world->there[id] || gist->kind != kind || id == asked->without)
            continue;
        level = seen_level(gist, &asked->asker);
        if (level < level_number(gist->level) || !naive_filter(gist, &asked->filter))
            continue;
        sum = score_doc(gist, &query, level, pivots[kind]);
        *by_words += sum > 0;
        if (vector.scale > 0)
            meaning = most * fmaxf(cosine(world->model, gist, &vector), 0);
        if (sum || (meaning > 0 && meaning >= most * 0.35F))
            found[count++] = (struct found){(float)((double)sum * query.scale) + meaning, id};
    }
    qsort(found, count, sizeof *found, best_first);
    return count;
}

/* --- comparing --- */

static void random_asker(struct world *world, struct match_asker *asker, int64_t *granted)
{
    for (int g = 0; g < 5; g++)
        granted[g] = g * 90 + 1 + (int64_t)(kit_below(&world->seed, 80));
    switch (kit_below(&world->seed, 5)) {
    case 0:
        break;
    case 1:
        asker->levels |= MATCH_SIGNED_IN;
        break;
    case 2:
        asker->levels |= MATCH_SIGNED_IN;
        asker->party = 1 + (int64_t)(kit_below(&world->seed, 4));
        break;
    case 3:
        asker->granted = granted;
        asker->granted_count = 5;
        asker->party = (int64_t)(kit_below(&world->seed, 4));
        break;
    default:
        asker->sees_all = true;
        break;
    }
}

static void random_filter(struct world *world, struct match_filter *filter)
{
    filter->strict = kit_below(&world->seed, 2);
    switch (kit_below(&world->seed, 7)) {
    case 0:
        filter->region = 620100;
        break;
    case 1:
        filter->trl_from = 5;
        break;
    case 2:
        filter->ways = 3;
        break;
    case 3:
        filter->owner = 2;
        break;
    case 4:
        filter->code = (struct match_code){kit_str("gbt4754"), kit_str("C/26")};
        break;
    default:
        break;
    }
}

static void compare_kind(const struct world *world, const struct match_query *query, const struct match_list *list,
                         const float *pivots, unsigned kind, const char *title, const char *text)
{
    static struct found found[DOCS];
    size_t by_words, count = naive_search(world, query, pivots, kind, found, &by_words, title, text);

    assert_int_equal(list->count, count < query->k ? count : query->k);
    assert_int_equal(list->total, by_words > list->count ? by_words : list->count);
    for (size_t h = 0; h < list->count; h++) {
        assert_int_equal(list->hits[h].id, found[h].id);
        assert_memory_equal(&list->hits[h].score, &found[h].score, sizeof(float));
    }
}

/* One document by itself has the score that it has among all. */
static void compare_one(const struct match_snapshot *snapshot, struct match_query *query, const struct match_list *list,
                        unsigned kind)
{
    struct match_hits hits;
    struct match_err err;

    if (list->count == 0)
        return;
    query->only = list->hits[list->count - 1].id;
    assert_true(match_search(snapshot, query, &hits, &err));
    assert_int_equal(hits.lists[kind].count, 1);
    assert_memory_equal(&hits.lists[kind].hits[0].score, &list->hits[list->count - 1].score, sizeof(float));
    match_hits_release(&hits);
    query->only = 0;
}

static void compare(struct world *world, struct match_index *index)
{
    char title[128], text[1024];
    struct match_query query;
    struct match_hits hits;
    struct match_snapshot *snapshot = match_snapshot(index);
    int64_t granted[5];
    struct match_err err;

    for (int q = 0; q < QUERIES; q++) {
        match_query_init(&query);
        kit_random_text(&world->seed, kit_below(&world->seed, 5), title, sizeof title);
        kit_random_text(&world->seed, 1 + kit_below(&world->seed, 40), text, sizeof text);
        query.title = kit_str(title);
        query.text = kit_str(text);
        query.k = 1 + kit_below(&world->seed, 20);
        query.without = (int64_t)(kit_below(&world->seed, DOCS));
        random_asker(world, &query.asker, granted);
        random_filter(world, &query.filter);
        assert_true(match_search(snapshot, &query, &hits, &err));
        for (unsigned kind = 0; kind < KINDS; kind++) {
            compare_kind(world, &query, &hits.lists[kind], snapshot->pivots, kind, title, text);
            compare_one(snapshot, &query, &hits.lists[kind], kind);
        }
        match_hits_release(&hits);
    }
    match_snapshot_end(snapshot);
}

/* df in the index is what counting the documents gives, whatever was merged or deleted. */
static void statistics_are_exact(const struct world *world, struct match_index *index)
{
    struct match_snapshot *snapshot = match_snapshot(index);
    int64_t docs = 0, sum = 0, counted = 0;

    for (int64_t id = 1; id <= DOCS; id++)
        if (world->there[id]) {
            docs += world->docs[id].level == MATCH_PUBLIC;
            counted += world->docs[id].levels[0].count;
        }
    assert_int_equal(snapshot->public_docs, docs);
    for (size_t p = 0; p < snapshot->count; p++)
        for (uint32_t t = 0; t < snapshot->parts[p].segment->meta->terms; t++)
            sum += snapshot->parts[p].segment->df[t];
    assert_int_equal(sum, counted);
    match_snapshot_end(snapshot);
}

static void change(struct world *world, struct match_index *index, uint64_t *place)
{
    for (int round = 0; round < 40; round++) {
        for (int n = 0; n < 12; n++) {
            int64_t id = 1 + (int64_t)(kit_below(&world->seed, DOCS));

            if (kit_below(&world->seed, 4)) {
                random_doc(world, id, index);
            } else {
                kit_drop(index, id);
                world->there[id] = false;
            }
        }
        kit_commit(index, ++*place);
    }
}

/* A model of what is there now; the scorer reads the same file. */
static void learn(struct world *world, struct match_index *index, const char *path)
{
    struct match_err err;

    kit_learn(index, path);
    model_let_go((struct model *)world->model);
    world->model = model_map(AT_FDCWD, path, &err);
    assert_non_null(world->model);
}

static void live_through(struct match_options options, bool means, uint64_t seed)
{
    static struct world world;
    char *folder = kit_folder(), *path = kit_model_path(folder);
    struct match_index *index = kit_open(folder, &options);
    uint64_t place = 0;

    memset(&world, 0, sizeof world);
    arena_init(&world.arena);
    world.seed = seed;
    for (int round = 0; round < 3; round++) {
        change(&world, index, &place);
        if (means && round < 2)
            learn(&world, index, path);
        if (means)
            kit_meant(index);
        compare(&world, index);
        statistics_are_exact(&world, index);
        match_close(index);
        index = kit_open(folder, &options);
        if (means)
            kit_meant(index);
        compare(&world, index);
        statistics_are_exact(&world, index);
    }
    match_close(index);
    model_let_go((struct model *)world.model);
    arena_release(&world.arena);
    unlink(path);
    free(path);
    kit_folder_end(folder);
}

static void in_memory_alone(void **state)
{
    (void)state;
    live_through((struct match_options){.live_documents = 100000}, false, 1);
}

static void with_files_and_merges_in_the_commit(void **state)
{
    (void)state;
    live_through((struct match_options){.live_documents = 16}, false, 2);
}

static void with_larger_files(void **state)
{
    (void)state;
    live_through((struct match_options){.live_documents = 150}, false, 3);
}

static void with_merges_in_the_background(void **state)
{
    (void)state;
    live_through((struct match_options){.live_documents = 20, .merge_threads = 1}, false, 4);
}

static void by_meaning_too_in_memory(void **state)
{
    (void)state;
    live_through((struct match_options){.live_documents = 100000}, true, 5);
}

static void by_meaning_too_with_files(void **state)
{
    (void)state;
    live_through((struct match_options){.live_documents = 16}, true, 6);
}

static void by_meaning_too_in_the_background(void **state)
{
    (void)state;
    live_through((struct match_options){.live_documents = 20, .merge_threads = 1}, true, 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(in_memory_alone),
        cmocka_unit_test(with_files_and_merges_in_the_commit),
        cmocka_unit_test(with_larger_files),
        cmocka_unit_test(with_merges_in_the_background),
        cmocka_unit_test(by_meaning_too_in_memory),
        cmocka_unit_test(by_meaning_too_with_files),
        cmocka_unit_test(by_meaning_too_in_the_background),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
