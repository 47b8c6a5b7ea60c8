/* What a model is learned from: the words that several public documents have, and each document's weights of them. */
#include <math.h>
#include <stdlib.h>

#include "match/checksum.h"
#include "match/learn_int.h"
#include "match/snapshot.h"
#include "match/sort.h"

enum { TERMS_MOST_LEARNED = 1 << 17 }; /* the commonest of those that at least LEARN_DF_LEAST documents have */

void *learn_room(size_t count, size_t size)
{
    void *at = calloc(count ? count : 1, size);

    if (!at)
        abort();
    return at;
}

/* --- the vocabulary --- */

static int by_term(const void *left, const void *right)
{
    const struct known *a = left, *b = right;

    return a->term < b->term ? -1 : a->term > b->term;
}

static int commonest_first(const void *left, const void *right)
{
    const struct known *a = left, *b = right;

    if (a->df != b->df)
        return a->df > b->df ? -1 : 1;
    return by_term(left, right);
}

/* The terms of all parts with how many public documents have them; counts of a part are signed (segment.h). */
static void take_vocabulary(struct learning *learning)
{
    const struct match_snapshot *snapshot = learning->snapshot;
    struct known *all;
    size_t count = 0, kept = 0;

    for (size_t p = 0; p < snapshot->count; p++)
        count += snapshot->parts[p].segment->meta->terms;
    all = learn_room(count, sizeof *all);
    count = 0;
    for (size_t p = 0; p < snapshot->count; p++) {
        const struct segment *segment = snapshot->parts[p].segment;

        for (uint32_t t = 0; t < segment->meta->terms; t++)
            all[count++] = (struct known){segment->terms[t], (uint32_t)segment->df[t], 0};
    }
    qsort(all, count, sizeof *all, by_term);
    for (size_t i = 0; i < count; i++) {
        if (kept && all[kept - 1].term == all[i].term)
            all[kept - 1].df += all[i].df; /* wraps where signed counts are below 0, and back */
        else
            all[kept++] = all[i];
    }
    count = kept;
    kept = 0;
    for (size_t i = 0; i < count; i++)
        if ((int32_t)all[i].df >= LEARN_DF_LEAST)
            all[kept++] = all[i];
    if (kept > TERMS_MOST_LEARNED) {
        qsort(all, kept, sizeof *all, commonest_first);
        kept = TERMS_MOST_LEARNED;
        qsort(all, kept, sizeof *all, by_term);
    }
    for (size_t i = 0; i < kept; i++)
        all[i].idf = logf((1 + (float)snapshot->public_docs) / (float)all[i].df);
    learning->vocabulary = all;
    learning->terms = (uint32_t)kept;
}

static uint32_t find_term(const struct learning *learning, uint64_t term)
{
    struct known wanted = {term, 0, 0};
    const struct known *found =
        bsearch(&wanted, learning->vocabulary, learning->terms, sizeof wanted, by_term);

    return found ? (uint32_t)(found - learning->vocabulary) : MODEL_NONE;
}

/* A part's numbers → the vocabulary's. */
static uint32_t *number_part(const struct learning *learning, const struct segment *segment)
{
    uint32_t *numbers = learn_room(segment->meta->terms, sizeof *numbers);

    for (uint32_t t = 0; t < segment->meta->terms; t++)
        numbers[t] = find_term(learning, segment->terms[t]);
    return numbers;
}

/* --- the documents --- */

static void add_weight(struct learning *learning, uint32_t term, float weight)
{
    if (learning->weight_count == learning->weight_room) {
        learning->weight_room = learning->weight_room * 2 + 4096;
        learning->weights = realloc(learning->weights, learning->weight_room * sizeof *learning->weights);
        if (!learning->weights)
            abort();
    }
    learning->weights[learning->weight_count++] = (struct weight){term, weight};
}

/* sort_items spreads by the top bits. */
enum { NUMBER_SHIFT = 64 - 17 };
_Static_assert(TERMS_MOST_LEARNED == 1 << 17, "NUMBER_SHIFT");

/* The document's known terms, ascending by their numbers in the vocabulary: those in the segment have an order of their own. */
static struct sort_item *known_terms(const struct segment *segment, const uint32_t *numbers, uint32_t doc, struct arena *arena, size_t *count)
{
    struct list list = segment_list(segment, 0, doc);
    struct sort_item *items = arena_alloc(arena, ((size_t)(list.end - list.at) + 1) * sizeof *items);
    uint32_t term = 0;
    uint8_t tf, class_;

    *count = 0;
    while (list.at < list.end) {
        list.at = list_next(list.at, &term, &tf, &class_);
        if (numbers[term] != MODEL_NONE)
            items[(*count)++] = (struct sort_item){(uint64_t)numbers[term] << NUMBER_SHIFT, tf};
    }
    sort_items(items, *count, arena);
    return items;
}

static void take_document(struct learning *learning, const struct segment *segment, const uint32_t *numbers,
                          uint32_t doc, struct arena *arena)
{
    struct row *row = &learning->rows[learning->row_count];
    size_t count;
    const struct sort_item *items = known_terms(segment, numbers, doc, arena, &count);
    double squares = 0;

    row->from = learning->weight_count;
    for (size_t i = 0; i < count; i++) {
        uint32_t number = (uint32_t)(items[i].key >> NUMBER_SHIFT);
        float weight = blend_weight(items[i].value) * learning->vocabulary[number].idf;

        add_weight(learning, number, weight);
        squares += (double)weight * weight;
    }
    row->to = learning->weight_count;
    for (size_t w = row->from; w < row->to; w++)
        learning->weights[w].weight /= (float)sqrt(squares);
    learning->row_count += row->to > row->from;
    arena_reset(arena);
}

/* --- which documents --- */

struct chosen {
    int64_t id;
    uint32_t part, doc;
};

static int by_id(const void *left, const void *right)
{
    const struct chosen *a = left, *b = right;

    return a->id < b->id ? -1 : a->id > b->id;
}

/* All public ones, ascending by id. To be freed. */
static struct chosen *list_documents(const struct match_snapshot *snapshot, size_t *count)
{
    struct chosen *list = learn_room(snapshot->documents, sizeof *list);

    *count = 0;
    for (size_t p = 0; p < snapshot->count; p++) {
        const struct part *part = &snapshot->parts[p];

        for (uint32_t d = 0; d < part->segment->meta->docs; d++)
            if (!bitmap_has(part->deleted, d) && part->segment->rows[d].level == MATCH_PUBLIC)
                list[(*count)++] = (struct chosen){part->segment->rows[d].id, (uint32_t)p, d};
    }
    qsort(list, *count, sizeof *list, by_id);
    return list;
}

/* Evenly: of n documents every n / wanted-th. */
static void take_documents(struct learning *learning)
{
    const struct match_snapshot *snapshot = learning->snapshot;
    uint32_t **numbers = learn_room(snapshot->count, sizeof *numbers);
    size_t count;
    struct chosen *list = list_documents(snapshot, &count);
    struct arena arena;
    size_t wanted = learning->documents < count ? learning->documents : count;

    for (size_t p = 0; p < snapshot->count; p++)
        numbers[p] = number_part(learning, snapshot->parts[p].segment);
    arena_init(&arena);
    learning->rows = learn_room(wanted, sizeof *learning->rows);
    for (size_t w = 0; w < wanted; w++) {
        const struct chosen *chosen = &list[w * count / wanted];

        take_document(learning, snapshot->parts[chosen->part].segment, numbers[chosen->part], chosen->doc, &arena);
    }
    arena_release(&arena);
    for (size_t p = 0; p < snapshot->count; p++)
        free(numbers[p]);
    free(numbers);
    free(list);
}

void learn_read(struct learning *learning)
{
    take_vocabulary(learning);
    take_documents(learning);
}

uint64_t learn_mark(const struct learning *learning)
{
    uint64_t mark = checksum(learning->vocabulary, learning->terms * sizeof *learning->vocabulary);

    mark = term_mix(mark ^ checksum(learning->weights, learning->weight_count * sizeof *learning->weights));
    return term_mix(mark ^ checksum(learning->rows, learning->row_count * sizeof *learning->rows));
}
