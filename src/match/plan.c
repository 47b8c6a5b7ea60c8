#include "match/plan.h"

#include <stdlib.h>

#include "match/score.h"
#include "match/sort.h"
#include "match/term.h"

/* --- documents --- */

/* Is the public text of words more than of Chinese? */
static bool is_latin(const struct gist_level *level)
{
    int64_t words = 0;

    for (uint32_t i = 0; i < level->count; i++) {
        enum term_sort sort = term_sort(level->terms[i].term);

        words += sort == TERM_WORD ? level->terms[i].tf : sort == TERM_PAIR ? -level->terms[i].tf : 0;
    }
    return words > 0;
}

static struct doc_row row_of(const struct gist *gist)
{
    const struct match_facts *facts = &gist->facts;

    return (struct doc_row){
        .id = gist->id, .owner = gist->owner, .amount = facts->amount, .day = facts->day, .ways = facts->ways,
        .region = facts->region, .length = gist->levels[0].length, .code_count = gist->code_count,
        .titles = gist->titles, .level = (uint8_t)gist->level, .trl_from = (uint8_t)facts->trl_from,
        .trl_to = (uint8_t)facts->trl_to, .pays = facts->pays,
        .is_latin = is_latin(&gist->levels[0]),
    };
}

static int by_kind_and_id(const void *left, const void *right)
{
    const struct plan_doc *a = left, *b = right;

    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    return a->row.id < b->row.id ? -1 : a->row.id > b->row.id;
}

static void add_source_docs(struct plan *plan, uint32_t source)
{
    const struct plan_source *from = &plan->sources[source];

    for (uint32_t w = 0; w < from->segment->meta->windows; w++) {
        const struct window *window = &from->segment->windows[w];

        for (uint32_t d = window->first; d < window->first + window->count; d++)
            if (!bitmap_has(from->purge, d))
                plan->docs[plan->doc_count++] = (struct plan_doc){
                    .row = from->segment->rows[d], .kind = window->kind, .source = source, .doc = d};
    }
}

static void list_docs(struct plan *plan)
{
    size_t most = plan->gist_count;

    for (size_t s = 0; s < plan->source_count; s++)
        most += plan->sources[s].segment->meta->docs;
    plan->docs = arena_alloc(plan->arena, (most + 1) * sizeof *plan->docs);
    plan->doc_count = 0;
    for (size_t g = 0; g < plan->gist_count; g++)
        plan->docs[plan->doc_count++] = (struct plan_doc){
            .row = row_of(plan->gists[g]), .kind = plan->gists[g]->kind, .gist = plan->gists[g]};
    for (uint32_t s = 0; s < plan->source_count; s++)
        add_source_docs(plan, s);
    qsort(plan->docs, plan->doc_count, sizeof *plan->docs, by_kind_and_id);
}

/* --- counts that add up --- */

static void count_one(struct plan *plan, unsigned kind, const struct doc_row *row, int sign)
{
    plan->public_docs += sign;
    plan->latin_docs += row->is_latin ? sign : 0;
    plan->kind_docs[kind] += sign;
    plan->kind_length[kind] += sign * (int64_t)row->length;
}

static void count_docs(struct plan *plan)
{
    for (uint32_t d = 0; d < plan->doc_count; d++)
        if (plan->docs[d].gist && plan->docs[d].row.level == MATCH_PUBLIC)
            count_one(plan, plan->docs[d].kind, &plan->docs[d].row, 1);
    for (size_t g = 0; g < plan->gone_count; g++) {
        const struct segment *segment = plan->gone[g].segment;
        const struct doc_row *row = &segment->rows[plan->gone[g].doc];

        if (row->level == MATCH_PUBLIC)
            count_one(plan, segment_window(segment, plan->gone[g].doc)->kind, row, -1);
    }
    for (size_t s = 0; s < plan->source_count; s++) {
        const struct segment_meta *meta = plan->sources[s].segment->meta;

        plan->public_docs += meta->public_docs;
        plan->latin_docs += meta->latin_docs;
        for (unsigned k = 0; k < MATCH_KINDS; k++) {
            plan->kind_docs[k] += meta->kind_docs[k];
            plan->kind_length[k] += meta->kind_length[k];
        }
    }
}

/* --- terms --- */

/* The terms of new and gone documents, ascending, each with what it adds to df, in value (as int32). */
struct loose {
    struct sort_item *items;
    size_t count;
};

/* While they are counted: open addressing by the upper bits, which are well mixed (term.h); key 0 is no term. */
struct tally {
    struct arena *arena;
    struct sort_item *slots;
    size_t room, count;
    unsigned shift;
};

enum { TALLY_LEAST = 6, TALLY_FIRST = 16 }; /* in bits */
enum { AHEAD = 8 }; /* terms, that the waits for memory overlap */

static void tally_start(struct tally *tally, unsigned bits)
{
    tally->shift = 64 - bits;
    tally->room = (size_t)1 << bits;
    tally->slots = arena_zero(tally->arena, tally->room, sizeof *tally->slots);
    tally->count = 0;
}

static struct sort_item *tally_slot(const struct tally *tally, uint64_t term)
{
    size_t at = term >> tally->shift;

    while (tally->slots[at].key && tally->slots[at].key != term)
        at = (at + 1) & (tally->room - 1);
    return &tally->slots[at];
}

static void tally_grow(struct tally *tally)
{
    struct tally old = *tally;

    tally_start(tally, 64 - old.shift + 1);
    tally->count = old.count;
    for (size_t i = 0; i < old.room; i++)
        if (old.slots[i].key)
            *tally_slot(tally, old.slots[i].key) = old.slots[i];
}

static void tally_add(struct tally *tally, uint64_t term, uint32_t df)
{
    struct sort_item *slot = tally_slot(tally, term);

    if (!slot->key && 2 * ++tally->count > tally->room) {
        tally_grow(tally);
        slot = tally_slot(tally, term);
    }
    slot->key = term;
    slot->value += df;
}

static void tally_gist(struct tally *tally, const struct gist *gist)
{
    for (unsigned l = 0; l < LEVELS; l++) {
        const struct gist_level *level = &gist->levels[l];

        for (uint32_t i = 0; i < level->count; i++) {
            if (i + AHEAD < level->count)
                __builtin_prefetch(&tally->slots[level->terms[i + AHEAD].term >> tally->shift], 1);
            tally_add(tally, level->terms[i].term, l == 0);
        }
    }
}

static void tally_gone(struct tally *tally, const struct plan_gone *gone)
{
    struct list list = segment_list(gone->segment, 0, gone->doc);
    uint32_t term = 0;
    uint8_t tf, class_;

    while (list.at < list.end) {
        list.at = list_next(list.at, &term, &tf, &class_);
        tally_add(tally, gone->segment->terms[term], (uint32_t)-1);
    }
}

static struct loose loose_terms(struct plan *plan)
{
    size_t docs = plan->gist_count + plan->gone_count;
    struct tally tally = {.arena = plan->arena};
    struct loose loose = {.count = 0};
    unsigned bits = TALLY_LEAST;

    while (bits < TALLY_FIRST && (size_t)1 << bits < docs << 8)
        bits++;
    tally_start(&tally, bits);
    for (size_t g = 0; g < plan->gist_count; g++)
        tally_gist(&tally, plan->gists[g]);
#ifndef TQ_TEETH_MATCH_GONE
    for (size_t g = 0; g < plan->gone_count; g++)
        tally_gone(&tally, &plan->gone[g]);
#endif
    loose.items = arena_alloc(plan->arena, (tally.count + 1) * sizeof *loose.items);
    for (size_t i = 0; i < tally.room; i++)
        if (tally.slots[i].key)
            loose.items[loose.count++] = tally.slots[i];
    sort_items(loose.items, loose.count, plan->arena);
    return loose;
}

/* A heap of runs of sources by their next term; the source after the last is the loose terms. */
struct head {
    uint64_t term;
    size_t source;
    uint32_t at, end;
};

struct heap {
    struct head *heads;
    size_t count;
};

static void heap_sink(struct heap *heap, size_t at)
{
    struct head moving = heap->heads[at];

    for (size_t child; (child = 2 * at + 1) < heap->count; at = child) {
        if (child + 1 < heap->count && heap->heads[child + 1].term < heap->heads[child].term)
            child++;
        if (heap->heads[child].term >= moving.term)
            break;
        heap->heads[at] = heap->heads[child];
    }
    heap->heads[at] = moving;
}

static void add_term(struct plan *plan, uint64_t term, int32_t df)
{
    if (plan->term_count == 0 || plan->terms[plan->term_count - 1] != term) {
        plan->terms[plan->term_count] = term;
        plan->df[plan->term_count++] = 0;
    }
    plan->df[plan->term_count - 1] += df;
}

static uint64_t term_at(const struct plan *plan, const struct loose *loose, size_t source, uint32_t at)
{
    return source == plan->source_count ? loose->items[at].key : plan->sources[source].segment->terms[at];
}

/* Takes the least term off the heap. */
static void take_least(struct plan *plan, const struct loose *loose, struct heap *heap)
{
    struct head *head = &heap->heads[0];

    if (head->source == plan->source_count) {
        add_term(plan, head->term, (int32_t)loose->items[head->at].value);
    } else {
        struct plan_source *from = &plan->sources[head->source];

        add_term(plan, head->term, from->segment->df[head->at]);
        from->terms[head->at] = plan->term_count - 1;
    }
    if (++head->at == head->end)
        *head = heap->heads[--heap->count];
    else
        head->term = term_at(plan, loose, head->source, head->at);
    heap_sink(heap, 0);
}

static void add_head(const struct plan *plan, const struct loose *loose, struct heap *heap, size_t source, uint32_t at, uint32_t end)
{
    if (at < end)
        heap->heads[heap->count++] = (struct head){term_at(plan, loose, source, at), source, at, end};
}

static void unite_terms(struct plan *plan, const struct loose *loose)
{
    size_t most = loose->count;
    struct heap heap = {arena_alloc(plan->arena, (plan->source_count * RUNS + 1) * sizeof *heap.heads), 0};

    for (size_t s = 0; s < plan->source_count; s++) {
        const struct segment_meta *meta = plan->sources[s].segment->meta;

        most += meta->terms;
        plan->sources[s].terms = arena_alloc(plan->arena, ((size_t)meta->terms + 1) * sizeof(uint32_t));
        for (unsigned run = 0; run < RUNS; run++)
            add_head(plan, loose, &heap, s, run ? meta->run_ends[run - 1] : 0, meta->run_ends[run]);
    }
    add_head(plan, loose, &heap, plan->source_count, 0, (uint32_t)loose->count);
    plan->terms = arena_alloc(plan->arena, (most + 1) * sizeof *plan->terms);
    plan->df = arena_alloc(plan->arena, (most + 1) * sizeof *plan->df);
    for (size_t at = heap.count; at-- > 0;)
        heap_sink(&heap, at);
    while (heap.count)
        take_least(plan, loose, &heap);
}

/* --- leaving out terms that nothing mentions any more --- */

static void mark_list(struct list list, const uint32_t *map, uint8_t *used)
{
    uint32_t term = 0;
    uint8_t tf, class_;

    while (list.at < list.end) {
        list.at = list_next(list.at, &term, &tf, &class_);
        used[map[term]] = 1;
    }
}

static void mark_used(const struct plan *plan, const struct loose *loose, uint8_t *used)
{
    size_t at = 0;

    for (uint32_t t = 0; t < plan->term_count; t++) {
        bool is_loose = at < loose->count && loose->items[at].key == plan->terms[t];

        used[t] = plan->df[t] != 0 || is_loose;
        at += is_loose;
    }
    for (uint32_t d = 0; d < plan->doc_count; d++) {
        const struct plan_doc *doc = &plan->docs[d];

        for (unsigned l = 0; l < LEVELS && !doc->gist; l++)
            mark_list(segment_list(plan->sources[doc->source].segment, l, doc->doc),
                      plan->sources[doc->source].terms, used);
    }
}

/* to: a number so far → the new one. */
static void renumber_sources(struct plan *plan, const uint32_t *to)
{
    for (size_t s = 0; s < plan->source_count; s++)
        for (uint32_t t = 0; t < plan->sources[s].segment->meta->terms; t++)
            plan->sources[s].terms[t] = to[plan->sources[s].terms[t]];
}

static void drop_unused(struct plan *plan, const uint8_t *used)
{
    uint32_t *to = arena_alloc(plan->arena, ((size_t)plan->term_count + 1) * sizeof *to), kept = 0;

    for (uint32_t t = 0; t < plan->term_count; t++) {
        to[t] = kept;
        plan->terms[kept] = plan->terms[t];
        plan->df[kept] = plan->df[t];
        kept += used[t];
    }
    plan->term_count = kept;
    renumber_sources(plan, to);
}

/* Worth a pass over all lists only when many terms may be dead. */
static void prune_terms(struct plan *plan, const struct loose *loose)
{
    uint32_t silent = 0;
    uint8_t *used;

    for (uint32_t t = 0; t < plan->term_count; t++)
        silent += plan->df[t] == 0;
    if (plan->source_count == 0 || silent <= plan->term_count / 16)
        return;
    used = arena_alloc(plan->arena, (size_t)plan->term_count + 1);
    mark_used(plan, loose, used);
    drop_unused(plan, used);
}

/* --- runs and their directories --- */

enum { RUNS_LEAST = 1024 }; /* documents from which on terms are parted */

/* In one document of 64, of 512, rarer. */
static unsigned run_of(int32_t df, uint32_t docs)
{
    return ((int64_t)df * 64 < docs) + ((int64_t)df * 512 < docs);
}

static void part_terms(struct plan *plan)
{
    uint32_t *to = arena_alloc(plan->arena, ((size_t)plan->term_count + 1) * sizeof *to), place[RUNS + 1] = {0};
    uint64_t *terms = arena_alloc(plan->arena, ((size_t)plan->term_count + 1) * sizeof *terms);
    int32_t *df = arena_alloc(plan->arena, ((size_t)plan->term_count + 1) * sizeof *df);

    for (uint32_t t = 0; t < plan->term_count; t++)
        place[run_of(plan->df[t], plan->doc_count) + 1]++;
    for (unsigned run = 0; run < RUNS; run++)
        plan->run_ends[run] = place[run + 1] += place[run];
    for (uint32_t t = 0; t < plan->term_count; t++) {
        to[t] = place[run_of(plan->df[t], plan->doc_count)]++;
        terms[to[t]] = plan->terms[t];
        df[to[t]] = plan->df[t];
    }
    plan->terms = terms;
    plan->df = df;
    renumber_sources(plan, to);
}

/* Lists of gists ascend by term, so new documents go into one run. */
static void make_runs(struct plan *plan)
{
    plan->run_ends[RUNS - 1] = plan->term_count;
    if (plan->gist_count == 0 && plan->doc_count >= RUNS_LEAST)
        part_terms(plan);
}

static uint32_t *make_buckets(const struct plan *plan, unsigned run, uint32_t *to)
{
    uint32_t t = run ? plan->run_ends[run - 1] : 0, end = plan->run_ends[run];
    uint64_t buckets = directory_buckets(plan->shifts[run]);

    for (uint64_t b = 0; b < buckets; b++) {
        while (t < end && plan->terms[t] >> plan->shifts[run] < b)
            t++;
        *to++ = t;
    }
    return to;
}

/* About four terms a bucket. */
static void make_directory(struct plan *plan)
{
    uint32_t *to, start = 0;

    for (unsigned run = 0; run < RUNS; run++) {
        unsigned bits = 1;

        while (bits < 28 && (UINT32_C(4) << bits) < plan->run_ends[run] - start)
            bits++;
        start = plan->run_ends[run];
        plan->shifts[run] = 64 - bits;
        plan->directory_size += (uint32_t)directory_buckets(plan->shifts[run]);
    }
    to = plan->directory = arena_alloc(plan->arena, plan->directory_size * sizeof *plan->directory);
    for (unsigned run = 0; run < RUNS; run++)
        to = make_buckets(plan, run, to);
}

static const uint32_t *last_directory(const struct plan *plan)
{
    return plan->directory + plan->directory_size - directory_buckets(plan->shifts[RUNS - 1]);
}

/* A gist's term: all are in the last run. */
static uint32_t find_term(const struct plan *plan, uint64_t term)
{
    uint32_t t = last_directory(plan)[term >> plan->shifts[RUNS - 1]];

    while (plan->terms[t] != term)
        t++;
    return t;
}

static uint32_t *number_level(const struct plan *plan, const struct gist_level *level)
{
    const uint32_t *last = last_directory(plan);
    uint32_t *numbers = arena_alloc(plan->arena, (size_t)level->count * sizeof *numbers + 1);

    for (uint32_t i = 0; i < level->count; i++) {
        if (i + 2 * AHEAD < level->count)
            __builtin_prefetch(&last[level->terms[i + 2 * AHEAD].term >> plan->shifts[RUNS - 1]]);
        if (i + AHEAD < level->count)
            __builtin_prefetch(&plan->terms[last[level->terms[i + AHEAD].term >> plan->shifts[RUNS - 1]]]);
        numbers[i] = find_term(plan, level->terms[i].term);
    }
    return numbers;
}

static void number_gists(struct plan *plan)
{
    for (uint32_t d = 0; d < plan->doc_count; d++)
        for (unsigned l = 0; l < LEVELS && plan->docs[d].gist; l++)
            plan->docs[d].numbers[l] = number_level(plan, &plan->docs[d].gist->levels[l]);
}

/* --- codes --- */

static int compare_str(struct match_str a, struct match_str b)
{
    size_t least = a.len < b.len ? a.len : b.len;
    int order = least ? memcmp(a.at, b.at, least) : 0;

    return order ? order : a.len < b.len ? -1 : a.len > b.len;
}

static int by_tree_and_path(const void *left, const void *right)
{
    const struct match_code *a = left, *b = right;
    int order = compare_str(a->tree, b->tree);

    return order ? order : compare_str(a->path, b->path);
}

static void unite_codes(struct plan *plan)
{
    size_t most = 0, all = 0;

    for (size_t g = 0; g < plan->gist_count; g++)
        most += plan->gists[g]->code_count;
    for (size_t s = 0; s < plan->source_count; s++)
        most += plan->sources[s].segment->meta->codes;
    plan->codes = arena_alloc(plan->arena, (most + 1) * sizeof *plan->codes);
    for (size_t g = 0; g < plan->gist_count; g++)
        for (unsigned c = 0; c < plan->gists[g]->code_count; c++)
            plan->codes[all++] = plan->gists[g]->codes[c];
    for (size_t s = 0; s < plan->source_count; s++)
        for (uint32_t c = 0; c < plan->sources[s].segment->meta->codes; c++)
            plan->codes[all++] = segment_code(plan->sources[s].segment, c);
    qsort(plan->codes, all, sizeof *plan->codes, by_tree_and_path);
    plan->code_count = 0;
    for (size_t i = 0; i < all; i++)
        if (i == 0 || by_tree_and_path(&plan->codes[i], &plan->codes[i - 1]) != 0)
            plan->codes[plan->code_count++] = plan->codes[i];
}

static uint32_t find_code(const struct plan *plan, const struct match_code *code)
{
    const struct match_code *found =
        bsearch(code, plan->codes, plan->code_count, sizeof *plan->codes, by_tree_and_path);

    return (uint32_t)(found - plan->codes);
}

static void number_codes(struct plan *plan)
{
    for (size_t s = 0; s < plan->source_count; s++) {
        struct plan_source *source = &plan->sources[s];

        source->codes = arena_alloc(plan->arena, ((size_t)source->segment->meta->codes + 1) * sizeof(uint32_t));
        for (uint32_t c = 0; c < source->segment->meta->codes; c++) {
            struct match_code code = segment_code(source->segment, c);

            source->codes[c] = find_code(plan, &code);
        }
    }
}

uint32_t plan_code(const struct plan *plan, const struct plan_doc *doc, unsigned i)
{
    const struct plan_source *source;

    if (doc->gist)
        return find_code(plan, &doc->gist->codes[i]);
    source = &plan->sources[doc->source];
    return source->codes[source->segment->doc_codes[doc->row.codes + i]];
}

void plan_make(struct plan *plan)
{
    struct loose loose;

    list_docs(plan);
    count_docs(plan);
    loose = loose_terms(plan);
    unite_terms(plan, &loose);
    prune_terms(plan, &loose);
    make_runs(plan);
    make_directory(plan);
    number_gists(plan);
    unite_codes(plan);
    number_codes(plan);
}
