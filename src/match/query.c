#include "match/query.h"

#include <math.h>

#include "match/score.h"
#include "match/sort.h"
#include "match/subject.h"

/* Chosen on four fifths of the judged needs, and on English sets that they must not harm (docs/match-figures.md). */
static const double query_k3 = 8;
static const double rarity_power = 1.25; /* a rare word weighs a little more than its idf */

/* Adds a text's mentions, and its terms as (term, number of the mention); snapshot as for query_read. */
static void take_text(struct query *query, const struct match_snapshot *snapshot, struct match_str text, bool title,
                      struct sort_item **items, struct arena *arena)
{
    struct tokens *tokens = tokens_mine();
    const struct fold *fold = &tokens->fold;
    size_t had = query->mention_count, all;
    struct mention *mentions;
    struct sort_item *grown;

    tokens_read(tokens, text, true);
    subject_mark(tokens);
    if (snapshot && snapshot->lexicon)
        bridge_find(&query->bridge, snapshot, tokens, title, arena);
    subject_keep(tokens);
    all = had + tokens->count;
    mentions = arena_alloc(arena, (all + 1) * sizeof *mentions);
    grown = arena_alloc(arena, (all + 1) * sizeof *grown);
    if (had) {
        memcpy(mentions, query->mentions, had * sizeof *mentions);
        memcpy(grown, *items, had * sizeof *grown);
    }
    for (size_t i = had; i < all; i++) {
        const struct token *token = &tokens->list[i - had];

        mentions[i] = (struct mention){0, fold->from[token->at], fold->to[token->end - 1], title, token->sort};
        grown[i] = (struct sort_item){token->term, (uint32_t)i};
    }
    query->mentions = mentions;
    query->mention_count = all;
    *items = grown;
}

static enum token_sort sort_of(uint64_t term)
{
    enum term_sort sort = term_sort(term);

    return sort == TERM_CHAR ? TOKEN_CHAR : sort == TERM_PAIR ? TOKEN_PAIR : TOKEN_WORD;
}

/* The mentions' terms, and behind them those of translations, whose numbers go on from the mentions'. */
static struct sort_item *all_items(struct query *query, const struct match_snapshot *snapshot, const struct sort_item *items,
                                   size_t *count, struct arena *arena)
{
    size_t own = query->mention_count;
    const uint64_t *terms = bridge_render(&query->bridge, snapshot, arena);
    struct sort_item *all = arena_alloc(arena, (own + query->bridge.term_count + 1) * sizeof *all);

    *count = own + query->bridge.term_count;
    if (own)
        memcpy(all, items, own * sizeof *all);
    for (size_t t = 0; t < query->bridge.term_count; t++)
        all[own + t] = (struct sort_item){terms[t], (uint32_t)(own + t)};
    return all;
}

/* One term each; equal ones follow each other, the query's own first. */
static void unite_terms(struct query *query, const struct sort_item *items, size_t count)
{
    struct query_term *last = NULL;

    for (size_t i = 0; i < count; i++) {
        bool own = items[i].value < query->mention_count;
        struct mention *mention = own ? &query->mentions[items[i].value] : NULL;

        if (!last || last->term != items[i].key) {
            last = &query->terms[query->count++];
            *last = (struct query_term){.term = items[i].key, .sort = own ? mention->sort : sort_of(items[i].key),
                                        .first = own ? items[i].value : 0};
            query->own += own;
        }
        if (own) {
            mention->term = query->count - 1;
            last->in_title += mention->title;
            last->in_text += !mention->title;
        } else {
            query->bridge.terms[items[i].value - query->mention_count] = query->count - 1;
        }
    }
}

void query_read(struct query *query, const struct match_snapshot *snapshot, struct match_str title, struct match_str text,
                struct arena *arena)
{
    struct sort_item *items = NULL;
    size_t count;

    *query = (struct query){.title = title, .text = text};
    take_text(query, snapshot, title, true, &items, arena);
    take_text(query, snapshot, text, false, &items, arena);
    count = query->mention_count;
    if (query->bridge.count)
        items = all_items(query, snapshot, items, &count, arena);
    sort_items(items, count, arena);
    query->terms = arena_alloc(arena, (count + 1) * sizeof *query->terms);
    unite_terms(query, items, count);
}

static void take_number(struct lookup *lookup, const struct segment *segment, uint32_t number, uint32_t term)
{
    __builtin_prefetch(segment->df + number);
    __builtin_prefetch(segment->start + number);
    lookup->sieve[number % LOOKUP_SIEVE / 64] |= UINT64_C(1) << number % 64;
    lookup->numbers[lookup->count] = number;
    lookup->terms[lookup->count++] = term;
}

/* The terms of the query that stand in one run; rest: those looked for, ascending, of which the others are left. */
static uint32_t look_up_run(const struct query *query, const struct segment *segment, unsigned run, struct lookup *lookup, uint32_t *rest,
                            uint32_t count)
{
    uint32_t left = 0;

    for (uint32_t i = 0; i < count; i++) /* three rounds, so that the waits for memory overlap */
        __builtin_prefetch(segment_bucket(segment, run, query->terms[rest[i]].term));
    for (uint32_t i = 0; i < count; i++)
        __builtin_prefetch(segment->terms + *segment_bucket(segment, run, query->terms[rest[i]].term));
    for (uint32_t i = 0; i < count; i++) {
        uint32_t number = segment_term_in(segment, run, query->terms[rest[i]].term);

        if (number == NO_TERM)
            rest[left++] = rest[i];
        else
            take_number(lookup, segment, number, rest[i]);
    }
    return left;
}

static void look_up(struct query *query, const struct segment *segment, struct lookup *lookup, struct arena *arena)
{
    uint32_t *rest = arena_alloc(arena, ((size_t)query->count + 1) * sizeof *rest), left = query->count;

    lookup->numbers = arena_alloc(arena, ((size_t)query->count + 1) * sizeof(uint32_t));
    lookup->terms = arena_alloc(arena, ((size_t)query->count + 1) * sizeof(uint32_t));
    lookup->count = 0;
    for (uint32_t t = 0; t < query->count; t++)
        rest[t] = t;
    for (unsigned run = 0; run < RUNS; run++)
        if (segment->meta->run_ends[run] > (run ? segment->meta->run_ends[run - 1] : 0))
            left = look_up_run(query, segment, run, lookup, rest, left);
    for (uint32_t i = 0; i < lookup->count; i++)
        query->terms[lookup->terms[i]].df += segment->df[lookup->numbers[i]];
}

double query_saturated(double times)
{
    return times * (query_k3 + 1) / (times + query_k3);
}

double query_rarity(int64_t docs, const struct query_term *term)
{
    return pow(score_idf(docs, term->df), rarity_power) * (term->sort == TOKEN_NUMBER ? QUERY_NUMBER_SHARE : 1);
}

/*
 * The title is looked at by itself and with the text; each view is brought to length 1, so that a long text does
 * not drown its title.
 */
static double weigh_views(struct query *query, int64_t docs, double *weights, struct arena *arena)
{
    double *title = arena_zero(arena, (size_t)query->count + 1, sizeof *title), title_square = 0, square = 0;
    double sum = 0;

    for (uint32_t t = 0; t < query->count; t++) {
        struct query_term *term = &query->terms[t];
        double rarity;

        if (!term_is_own(term))
            continue;
        term->said = blend_weight(query_halves(term->in_title, term->in_text)) * (term->sort == TOKEN_NUMBER ? QUERY_NUMBER_SHARE : 1);
        rarity = query_rarity(docs, term);
        title[t] = rarity * query_saturated(term->in_title);
        weights[t] = rarity * query_saturated((double)term->in_title + term->in_text);
        title_square += title[t] * title[t];
        square += weights[t] * weights[t];
    }
    for (uint32_t t = 0; t < query->count; t++) {
        weights[t] = weights[t] / sqrt(square) + (title_square > 0 ? title[t] / sqrt(title_square) : 0);
        sum += weights[t];
    }
    return sum;
}

/* Translations that weigh nothing are looked for in no document. */
static void leave_out(const struct query *query, struct lookup *lookup)
{
    uint32_t kept = 0;

    memset(lookup->sieve, 0, sizeof lookup->sieve);
    for (uint32_t i = 0; i < lookup->count; i++) {
        uint32_t number = lookup->numbers[i];

        if (query->terms[lookup->terms[i]].weight == 0)
            continue;
        lookup->sieve[number % LOOKUP_SIEVE / 64] |= UINT64_C(1) << number % 64;
        lookup->numbers[kept] = number;
        lookup->terms[kept++] = lookup->terms[i];
    }
    lookup->count = kept;
}

void query_weigh(struct query *query, const struct match_snapshot *snapshot, struct lookup *lookups,
                 struct arena *arena)
{
    double *weights = arena_zero(arena, (size_t)query->count + 1, sizeof *weights), sum;

    for (size_t p = 0; p < snapshot->count; p++)
        look_up(query, snapshot->parts[p].segment, &lookups[p], arena);
    sum = weigh_views(query, snapshot->public_docs, weights, arena);
    if (query->bridge.rendering_count)
        sum += bridge_weigh(query, snapshot, weights, arena);
    for (uint32_t t = 0; t < query->count; t++) {
        double share = round(weights[t] / sum * WEIGHT_SUM);
        bool own = term_is_own(&query->terms[t]);

        query->terms[t].weight = share < 1 ? weights[t] > 0 : (uint32_t)share;
        query->whole += own ? query->terms[t].weight : 0;
    }
    for (size_t p = 0; p < snapshot->count && query->own < query->count; p++)
        leave_out(query, &lookups[p]);
    query->scale = query->whole ? 100.0 / (255.0 * (double)query->whole) : 0;
}
