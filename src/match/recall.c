#include "match/recall.h"

#include <math.h>
#include <stdlib.h>

#include "match/gist.h"
#include "match/sort.h"
#include "match/term.h"

#define UNKNOWN UINT32_MAX
enum { READ_AHEAD = 64 };

/* --- the heaviest terms of a text --- */

struct heavy {
    struct { float weight; uint32_t number; } at[RECALL_TERMS]; /* a heap, the lightest at the root */
    uint32_t count;
};

static void heavy_swap(struct heavy *heavy, uint32_t i, uint32_t j)
{
    float weight = heavy->at[i].weight;
    uint32_t number = heavy->at[i].number;

    heavy->at[i] = heavy->at[j];
    heavy->at[j].weight = weight;
    heavy->at[j].number = number;
}

static void heavy_sink(struct heavy *heavy)
{
    uint32_t at = 0, child;

    while ((child = 2 * at + 1) < heavy->count) {
        child += child + 1 < heavy->count && heavy->at[child + 1].weight < heavy->at[child].weight;
        if (heavy->at[at].weight <= heavy->at[child].weight)
            return;
        heavy_swap(heavy, at, child);
        at = child;
    }
}

/* Terms come ascending, so that the same text leaves the same terms. */
static void heavy_add(struct heavy *heavy, uint32_t number, float weight)
{
    uint32_t at = heavy->count;

    if (at == RECALL_TERMS) {
        if (weight <= heavy->at[0].weight)
            return;
        heavy->at[0].weight = weight;
        heavy->at[0].number = number;
        heavy_sink(heavy);
        return;
    }
    heavy->at[heavy->count].weight = weight;
    heavy->at[heavy->count++].number = number;
    for (; at > 0 && heavy->at[(at - 1) / 2].weight > heavy->at[at].weight; at = (at - 1) / 2)
        heavy_swap(heavy, at, (at - 1) / 2);
}

static float heavy_scale(const struct heavy *heavy)
{
    double square = 0;

    for (uint32_t i = 0; i < heavy->count; i++)
        square += (double)heavy->at[i].weight * (double)heavy->at[i].weight;
    return square > 0 ? (float)(1 / sqrt(square)) : 0;
}

static struct recall_vector heavy_keep(const struct heavy *heavy, struct arena *arena)
{
    uint32_t *numbers = arena_alloc(arena, (heavy->count + 1) * sizeof *numbers);
    float *weights = arena_alloc(arena, (heavy->count + 1) * sizeof *weights), scale = heavy_scale(heavy);

    for (uint32_t i = 0; i < heavy->count; i++) {
        numbers[i] = heavy->at[i].number;
        weights[i] = heavy->at[i].weight * scale;
    }
    return (struct recall_vector){numbers, weights, heavy->count};
}

/* --- terms --- */

/* Its slot, or the empty one where it would stand. */
static struct recall_slot *find(const struct recall *recall, uint64_t term)
{
    uint32_t slot = (uint32_t)term & recall->slot_mask;

    while (recall->slots[slot].number && recall->slots[slot].term != term)
        slot = (slot + 1) & recall->slot_mask;
    return &recall->slots[slot];
}

static void take_term(const struct recall *recall, struct heavy *heavy, uint64_t term, float saturated)
{
    const struct recall_slot *slot = find(recall, term);

    heavy_add(heavy, slot->number ? slot->number - 1 : UNKNOWN,
              saturated * (slot->number ? slot->rarity : recall->rarity_unknown));
}

/* A text's terms, ascending, with 1 + ln of their occurrences. */
struct counted {
    uint64_t *terms;
    float *saturated;
    uint32_t count;
};

static struct counted counted_room(uint32_t count, struct arena *arena)
{
    return (struct counted){arena_alloc(arena, ((size_t)count + 1) * sizeof(uint64_t)),
                            arena_alloc(arena, ((size_t)count + 1) * sizeof(float)), count};
}

static struct counted count_query(const struct recall *recall, const struct query *query, struct arena *arena)
{
    struct counted counted = counted_room(query->count, arena);

    counted.count = 0;
    for (uint32_t t = 0; t < query->count; t++) {
        uint32_t halves = 4 * query->terms[t].in_title + 2 * query->terms[t].in_text;

        if (!term_is_own(&query->terms[t]))
            continue;
        counted.terms[counted.count] = query->terms[t].term;
        counted.saturated[counted.count++] = recall->saturated[halves < 255 ? halves : 255];
    }
    return counted;
}

static bool count_doc(const struct recall *recall, const struct match_rate_text *text, struct arena *arena,
                      struct counted *counted, struct match_err *err)
{
    struct match_text texts[] = {{MATCH_TITLE, MATCH_PUBLIC, text->title}, {MATCH_TEXT, MATCH_PUBLIC, text->text}};
    struct match_doc doc = {.id = 1, .level = MATCH_PUBLIC, .texts = texts, .text_count = 2,
                            .facts = {.amount = -1, .day = INT32_MIN}};
    struct gist gist;

    if (!gist_make(&doc, arena, &gist, err))
        return false;
    *counted = counted_room(gist.levels[0].count, arena);
    for (uint32_t t = 0; t < counted->count; t++) {
        counted->terms[t] = gist.levels[0].terms[t].term;
        counted->saturated[t] = recall->saturated[gist.levels[0].terms[t].tf];
    }
    return true;
}

/* --- the remembered texts --- */

static struct match_str without_breaks(struct match_str text, struct arena *arena)
{
    char *copy = arena_alloc(arena, text.len + 1);

    for (size_t i = 0; i < text.len; i++)
        copy[i] = (unsigned char)text.at[i] < ' ' ? ' ' : text.at[i];
    copy[text.len] = '\0';
    return (struct match_str){copy, text.len};
}

static struct match_rate_text *copy_texts(const struct match_rate_text *texts, size_t count, struct arena *arena)
{
    struct match_rate_text *copies = arena_zero(arena, count + 1, sizeof *copies);

    for (size_t i = 0; i < count; i++)
        copies[i] = (struct match_rate_text){without_breaks(texts[i].title, arena), without_breaks(texts[i].text, arena)};
    return copies;
}

static bool count_all(const struct recall *recall, struct counted *all, struct arena *arena, struct match_err *err)
{
    for (size_t q = 0; q < recall->query_count; q++) {
        struct query query;

        query_read(&query, NULL, recall->query_texts[q].title, recall->query_texts[q].text, arena);
        all[q] = count_query(recall, &query, arena);
    }
    for (size_t d = 0; d < recall->doc_count; d++)
        if (!count_doc(recall, &recall->doc_texts[d], arena, &all[recall->query_count + d], err))
            return false;
    return true;
}

/* Half of the slots stay empty at least. */
static void make_slots(struct recall *recall, const struct sort_item *items, size_t count)
{
    size_t different = 0, room = 16;

    for (size_t i = 0; i < count; i++)
        different += i == 0 || items[i].key != items[i - 1].key;
    while (room < 2 * different)
        room *= 2;
    recall->slot_mask = (uint32_t)(room - 1);
    recall->slots = arena_zero(&recall->arena, room, sizeof *recall->slots);
}

/* Numbers the terms of all texts and says how rare each is. */
static void number_terms(struct recall *recall, const struct counted *all, size_t texts, struct arena *arena)
{
    struct sort_item *items;
    size_t count = 0, n = 0;

    for (size_t i = 0; i < texts; i++)
        count += all[i].count;
    items = arena_alloc(arena, (count + 1) * sizeof *items);
    for (size_t i = 0; i < texts; i++)
        for (uint32_t t = 0; t < all[i].count; t++)
            items[n++] = (struct sort_item){all[i].terms[t], 0};
    sort_items(items, count, arena);
    make_slots(recall, items, count);
    recall->rarity_unknown = logf((float)(texts + 1) / 0.5F);
    for (size_t i = 0, next; i < count; i = next) {
        for (next = i + 1; next < count && items[next].key == items[i].key;)
            next++;
        *find(recall, items[i].key) = (struct recall_slot){items[i].key, ++recall->term_count,
                                                           logf((float)(texts + 1) / ((float)(next - i) + 0.5F))};
    }
}

static struct recall_vector *make_vectors(struct recall *recall, const struct counted *all, size_t count)
{
    struct recall_vector *vectors = arena_zero(&recall->arena, count + 1, sizeof *vectors);

    for (size_t i = 0; i < count; i++) {
        struct heavy heavy = {.count = 0};

        for (uint32_t t = 0; t < all[i].count; t++)
            take_term(recall, &heavy, all[i].terms[t], all[i].saturated[t]);
        vectors[i] = heavy_keep(&heavy, &recall->arena);
    }
    return vectors;
}

struct recall *recall_new(const struct match_rate_texts *texts, struct match_err *err)
{
    struct recall *recall = calloc(1, sizeof *recall);
    struct arena scratch;
    struct counted *all;

    if (!recall)
        abort();
    atomic_init(&recall->holders, 1);
    arena_init(&recall->arena);
    arena_init(&scratch);
    for (unsigned halves = 1; halves < 256; halves++)
        recall->saturated[halves] = 1 + logf((float)halves / 2);
    recall->query_count = texts->query_count;
    recall->doc_count = texts->doc_count;
    recall->query_texts = copy_texts(texts->queries, texts->query_count, &recall->arena);
    recall->doc_texts = copy_texts(texts->docs, texts->doc_count, &recall->arena);
    all = arena_zero(&scratch, recall->query_count + recall->doc_count + 1, sizeof *all);
    if (count_all(recall, all, &scratch, err)) {
        number_terms(recall, all, recall->query_count + recall->doc_count, &scratch);
        recall->queries = make_vectors(recall, all, recall->query_count);
        recall->docs = make_vectors(recall, all + recall->query_count, recall->doc_count);
    } else {
        recall_let_go(recall);
        recall = NULL;
    }
    arena_release(&scratch);
    return recall;
}

struct recall *recall_hold(struct recall *recall)
{
    if (recall)
        atomic_fetch_add_explicit(&recall->holders, 1, memory_order_relaxed);
    return recall;
}

void recall_let_go(struct recall *recall)
{
    if (!recall || atomic_fetch_sub_explicit(&recall->holders, 1, memory_order_acq_rel) != 1)
        return;
    arena_release(&recall->arena);
    free(recall);
}

static uint64_t texts_id(const struct match_rate_text *texts, size_t count, uint64_t id)
{
    for (size_t i = 0; i < count; i++) {
        id = term_mix(id ^ term_hash(texts[i].title.at, texts[i].title.len));
        id = term_mix(id ^ term_hash(texts[i].text.at, texts[i].text.len));
    }
    return id;
}

void recall_pairs(struct recall *recall, const struct recall_pair *pairs, size_t count)
{
    recall->pairs = arena_alloc(&recall->arena, (count + 1) * sizeof *pairs);
    memcpy(recall->pairs, pairs, count * sizeof *pairs);
    recall->pair_count = count;
    recall->id = texts_id(recall->query_texts, recall->query_count, term_hash(pairs, count * sizeof *pairs));
    recall->id = texts_id(recall->doc_texts, recall->doc_count, recall->id);
}

void recall_pull(struct recall *recall, const float *pulls)
{
    for (size_t p = 0; p < recall->pair_count; p++)
        recall->pairs[p].pull = pulls[p];
}

uint64_t recall_id(const struct recall *recall)
{
    return recall ? recall->id : 0;
}

/* --- asking --- */

float recall_dot(const struct recall_vector *vector, const float *row)
{
    float sum = 0;

    for (uint32_t i = 0; i < vector->count; i++)
        sum += vector->weights[i] * row[vector->numbers[i]];
    return sum;
}

/* likeness: a remembered query. */
static void like_queries(const struct recall *recall, const struct query *query, float *likeness, struct arena *arena)
{
    float *row = arena_zero(arena, recall->term_count + 1, sizeof *row), scale;
    struct counted counted = count_query(recall, query, arena);
    struct heavy heavy = {.count = 0};

    for (uint32_t t = 0; t < counted.count; t++)
        take_term(recall, &heavy, counted.terms[t], counted.saturated[t]);
    scale = heavy_scale(&heavy);
    for (uint32_t i = 0; i < heavy.count; i++)
        if (heavy.at[i].number != UNKNOWN)
            row[heavy.at[i].number] = heavy.at[i].weight * scale;
    for (size_t q = 0; q < recall->query_count; q++)
        likeness[q] = recall_dot(&recall->queries[q], row);
}

void recall_ask(struct recalled *recalled, const struct recall *recall, const struct query *query, struct arena *arena)
{
    float *likeness, *docs;

    *recalled = (struct recalled){.recall = recall};
    if (!recall)
        return;
    likeness = arena_alloc(arena, (recall->query_count + 1) * sizeof *likeness);
    docs = arena_zero(arena, recall->doc_count + 1, sizeof *docs);
    recalled->terms = arena_zero(arena, recall->term_count + 1, sizeof *recalled->terms);
    like_queries(recall, query, likeness, arena);
    for (size_t p = 0; p < recall->pair_count; p++) {
        const struct recall_pair *pair = &recall->pairs[p];
        float s = likeness[pair->query];

        recalled->all += (double)(pair->pull * (RECALL_STRICT * s * s * s * s + RECALL_NEAR * s));
        docs[pair->doc] += pair->pull * RECALL_BOTH * s;
    }
    for (size_t d = 0; d < recall->doc_count; d++)
        for (uint32_t i = 0; i < recall->docs[d].count; i++)
            recalled->terms[recall->docs[d].numbers[i]] += docs[d] * recall->docs[d].weights[i];
}

/* The next terms of a document's list; the waits for memory overlap. Returns how many there were. */
static uint32_t read_some(const struct recall *recall, const struct segment *segment, struct list *list, uint32_t *term,
                          uint64_t terms[READ_AHEAD], uint8_t tfs[READ_AHEAD])
{
    uint32_t numbers[READ_AHEAD], count = 0;
    uint8_t class_;

    for (; list->at < list->end && count < READ_AHEAD; count++) {
        list->at = list_next(list->at, term, &tfs[count], &class_);
        numbers[count] = *term;
        __builtin_prefetch(segment->terms + *term);
    }
    for (uint32_t i = 0; i < count; i++) {
        terms[i] = segment->terms[numbers[i]];
        __builtin_prefetch(recall->slots + ((uint32_t)terms[i] & recall->slot_mask));
    }
    return count;
}

double recall_of(const struct recalled *recalled, const struct segment *segment, uint32_t doc)
{
    struct heavy heavy;
    struct list list;
    uint32_t term = 0, count;
    uint64_t terms[READ_AHEAD];
    uint8_t tfs[READ_AHEAD];
    double sum = 0;

    if (!recalled->recall)
        return 0;
    heavy.count = 0;
    list = segment_list(segment, 0, doc);
    while ((count = read_some(recalled->recall, segment, &list, &term, terms, tfs)) > 0)
        for (uint32_t i = 0; i < count; i++)
            take_term(recalled->recall, &heavy, terms[i], recalled->recall->saturated[tfs[i]]);
    for (uint32_t i = 0; i < heavy.count; i++)
        if (heavy.at[i].number != UNKNOWN)
            sum += (double)(heavy.at[i].weight * recalled->terms[heavy.at[i].number]);
    return recalled->all + sum * (double)heavy_scale(&heavy);
}
