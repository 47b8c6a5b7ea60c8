#include "match/filter.h"
#include "match/score.h"
#include "match/search_int.h"

/* One term's postings while the windows go by. */
struct feed {
    const uint8_t *at, *end;
    uint32_t weight, window; /* window of the block at `at`; NO_WINDOW at the end */
    unsigned level;          /* counts only for documents that are seen so far; 0: for all */
};
#define NO_WINDOW UINT32_MAX

/*
 * What the levels above the base add to a document's sum. Where few documents are seen further than the base, each
 * is read by itself; where many are (an organisation's own), the hidden postings are gone through, each document
 * looked at.
 */
enum { EXTRAS_MOST = 64, DOTS_AT_ONCE = 256, AHEAD = 8, FEEDS_AHEAD = 3, CANDIDATES_FIRST = 256 };
struct extra {
    uint32_t doc, sum;
};

struct scan {
    struct search *search;
    uint32_t part;
    const struct segment *segment;
    const struct bitmap *deleted;
    struct filter filter;
    struct reach reach;
    struct feed *feeds;
    size_t feed_count;
    struct extra *extras; /* ascending by doc */
    size_t extra_count, next_extra;
    uint8_t *sees;    /* a document: how far it is seen; NULL: few are seen further than the base */
    uint32_t without; /* the document that is never a hit, or NO_DOC */
    uint32_t candidate_count, candidates_most; /* after so many they are compared: the best known, the fewer come */
    unsigned candidate_kind;
};

/* --- feeds --- */

static inline uint16_t read_u16(const uint8_t *at)
{
    uint16_t value;

    memcpy(&value, at, sizeof value);
    return value;
}

static void feed_look(struct feed *feed)
{
    feed->window = feed->at < feed->end ? read_u16(feed->at) : NO_WINDOW;
}

/* Asks for the beginning of a block that comes soon; the processor sees by itself how it goes on, but not across pages. */
static void feed_fetch(const struct feed *feed)
{
    for (size_t line = 0; line < 16; line++)
        __builtin_prefetch(feed->at + 64 * line);
}

static void add_feed(struct scan *scan, const uint8_t *postings, uint32_t from, uint32_t to, uint32_t weight,
                     unsigned level)
{
    struct feed *feed = &scan->feeds[scan->feed_count];

    if (from == to)
        return;
    *feed = (struct feed){postings + (size_t)from * 2, postings + (size_t)to * 2, weight, 0, level};
    __builtin_prefetch(feed->at);
    scan->feed_count++;
}

static void add_hidden(struct scan *scan, unsigned level, const struct lookup *lookup)
{
    const struct hidden *hidden = &scan->segment->hidden[level - 1];
    const struct query_term *terms = scan->search->query.terms;
    uint32_t h = 0;

    for (uint32_t i = 0; i < lookup->count; i++) {
        while (h < hidden->term_count && hidden->terms[h] < lookup->numbers[i])
            h++;
        if (h < hidden->term_count && hidden->terms[h] == lookup->numbers[i])
            add_feed(scan, hidden->postings, hidden->start[h], hidden->start[h + 1], terms[lookup->terms[i]].weight,
                     level > scan->reach.base ? level : 0);
    }
}

static void make_feeds(struct scan *scan)
{
    const struct lookup *lookup = &scan->search->lookups[scan->part];
    const struct segment *segment = scan->segment;

    scan->feeds = arena_alloc(scan->search->arena, ((size_t)lookup->count * LEVELS + 1) * sizeof *scan->feeds);
    for (uint32_t i = 0; i < lookup->count; i++) {
        uint32_t number = lookup->numbers[i];

        add_feed(scan, segment->postings, segment->start[number], segment->start[number + 1],
                 scan->search->query.terms[lookup->terms[i]].weight, 0);
    }
    for (unsigned l = 1; l < LEVELS && (l <= scan->reach.base || scan->sees); l++)
        add_hidden(scan, l, lookup);
    for (size_t f = 0; f < scan->feed_count; f++)
        feed_look(&scan->feeds[f]);
}

static void make_sees(struct scan *scan)
{
    if (scan->reach.count <= EXTRAS_MOST)
        return;
    scan->sees = arena_zero(scan->search->arena, scan->segment->meta->docs, 1);
    for (size_t i = 0; i < scan->reach.count; i++)
        scan->sees[scan->reach.docs[i].doc] = (uint8_t)scan->reach.docs[i].level;
}

static void make_extras(struct scan *scan)
{
    struct search *search = scan->search;
    const struct lookup *lookup = &search->lookups[scan->part];

    if (scan->reach.count == 0 || scan->sees)
        return;
    scan->extras = arena_alloc(search->arena, scan->reach.count * sizeof *scan->extras);
    for (size_t i = 0; i < scan->reach.count; i++) {
        uint32_t doc = scan->reach.docs[i].doc;
        float pivot = search->snapshot->pivots[segment_window(scan->segment, doc)->kind];
        uint64_t base;

        words_read(&search->words, &search->query, lookup, scan->segment, doc, scan->reach.base, pivot);
        base = search->words.sum;
        words_read(&search->words, &search->query, lookup, scan->segment, doc, scan->reach.docs[i].level, pivot);
        scan->extras[scan->extra_count++] = (struct extra){doc, (uint32_t)(search->words.sum - base)};
    }
}

/* --- one window --- */

/* What a block takes behind its head. */
static size_t block_size(uint16_t count, const struct window *window)
{
    size_t bytes = count & BLOCK_DENSE ? window->count : count & BLOCK_GAPS ? 2 * (size_t)(count & ~BLOCK_GAPS) : 3 * (size_t)count;

    return (bytes + 1) & ~(size_t)1;
}

static void take_block(const struct kernel *kernel, uint32_t *sums, struct feed *feed, const struct window *window)
{
    uint16_t count = read_u16(feed->at + 2);
    const uint8_t *block = feed->at + 4;

    feed->at = block + block_size(count, window);
    if (count < 4) { /* most blocks of a small part: not worth a call */
        for (size_t i = 0; i < count; i++)
            sums[read_u16(block + 2 * i)] += feed->weight * block[2 * (size_t)count + i];
    } else if (count & BLOCK_DENSE) {
        kernel->add_dense(sums, block, window->count, feed->weight);
    } else if (count & BLOCK_GAPS) {
        kernel->add_gaps(sums, block, count & ~BLOCK_GAPS, feed->weight);
    } else {
        kernel->add_sparse(sums, (const uint16_t *)(const void *)block, block + 2 * (size_t)count, count, feed->weight);
    }
    feed_look(feed);
}

/* The block of a level that not everybody sees. */
static void take_guarded(uint32_t *sums, const uint8_t *sees, struct feed *feed, const struct window *window)
{
    uint16_t count = read_u16(feed->at + 2);
    const uint8_t *block = feed->at + 4, *impacts = block + 2 * (size_t)count;
    uint32_t offset = 0, all = count & BLOCK_DENSE ? window->count : count & ~BLOCK_GAPS;

    feed->at = block + block_size(count, window);
    for (uint32_t i = 0; i < all; i++) {
        uint8_t impact = count & BLOCK_DENSE ? block[i] : count & BLOCK_GAPS ? block[2 * i + 1] : impacts[i];

        offset = count & BLOCK_DENSE ? i : count & BLOCK_GAPS ? offset + block[2 * i] : read_u16(block + 2 * i);
#ifndef TQ_TEETH_MATCH_GUARDED
        if (sees[offset] >= feed->level)
#endif
            sums[offset] += feed->weight * impact;
    }
    feed_look(feed);
}

static void pass_block(struct feed *feed, const struct window *window)
{
    feed->at += 4 + block_size(read_u16(feed->at + 2), window);
    feed_look(feed);
}

static bool is_wanted(const struct scan *scan, const struct window *window)
{
    return scan->search->asked->kinds >> window->kind & 1;
}

static void add_block(const struct scan *scan, uint32_t *sums, struct feed *feed, const struct window *window)
{
    if (feed->level)
        take_guarded(sums, scan->sees + window->first, feed, window);
    else
        take_block(scan->search->kernel, sums, feed, window);
}

/* Each feed's blocks of the windows from `number` to before `end`, which share the sums. */
static void add_postings(struct scan *scan, uint32_t number, uint32_t end)
{
    const struct window *windows = scan->segment->windows;

    for (size_t f = 0; f < scan->feed_count; f++) {
        struct feed *feed = &scan->feeds[f];

        if (f + FEEDS_AHEAD < scan->feed_count)
            feed_fetch(&scan->feeds[f + FEEDS_AHEAD]);
        while (feed->window < end) {
            const struct window *window = &windows[feed->window];

            if (feed->window >= number && is_wanted(scan, window))
                add_block(scan, scan->search->sums + (window->first - windows[number].first), feed, window);
            else
                pass_block(feed, window);
        }
    }
}

static void add_extras(struct scan *scan, uint32_t first, uint32_t end)
{
    while (scan->next_extra < scan->extra_count && scan->extras[scan->next_extra].doc < first)
        scan->next_extra++;
    for (; scan->next_extra < scan->extra_count && scan->extras[scan->next_extra].doc < end; scan->next_extra++)
        scan->search->sums[scan->extras[scan->next_extra].doc - first] += scan->extras[scan->next_extra].sum;
}

static bool is_seen(const struct scan *scan, uint32_t doc)
{
    return reach_of(&scan->reach, doc) >= level_number(scan->segment->rows[doc].level);
}

static void mask_deleted(const struct scan *scan, const struct window *window, uint32_t *sums)
{
    uint32_t end = window->first + window->count;

    for (uint32_t d = window->first; d < end;) {
        uint64_t word = scan->deleted->words[d / 64] >> d % 64;

        if (word == 0) {
            d = (d | 63) + 1;
            continue;
        }
        d += (uint32_t)__builtin_ctzll(word);
        if (d < end)
            sums[d - window->first] = 0;
        d++;
    }
}

static void mask_closed(const struct scan *scan, const struct window *window, uint32_t *sums)
{
    const struct segment *segment = scan->segment;
    uint32_t low = 0, high = segment->closed_count;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (segment->closed[middle] < window->first)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < segment->closed_count && segment->closed[low] < window->first + window->count; low++)
        if (!is_seen(scan, segment->closed[low]))
            sums[segment->closed[low] - window->first] = 0;
}

static void mask_one(const struct scan *scan, const struct window *window, uint32_t *sums)
{
    uint32_t doc = scan->without;

    if (doc != NO_DOC && doc >= window->first && doc < window->first + window->count)
        sums[doc - window->first] = 0;
}

static void mask(const struct scan *scan, const struct window *window, uint32_t *sums)
{
    if (bitmap_count(scan->deleted))
        mask_deleted(scan, window, sums);
    if (scan->segment->closed_count)
        mask_closed(scan, window, sums); /* a second line: its texts stand at its level or above (gist.c), so it has no sum here */
    if (scan->filter.active)
        filter_mask(&scan->filter, scan->search->kernel, window->first, window->count, sums);
    mask_one(scan, window, sums);
}

/* --- who is among the best --- */

/* false: it is not among the best so far. */
static bool offer(const struct scan *scan, struct top *top, uint32_t doc, uint32_t sum, float meaning, float outside)
{
    struct rival rival = {search_score(scan->search, sum) + meaning + outside, meaning, outside, sum, scan->part, doc, 0};

    if (top->count == top->k && rival.score < top->heap[0].score)
        return false; /* its row need not be fetched */
    rival.id = scan->segment->rows[doc].id;
    return top_offer(top, &rival);
}

static float meaning_of(const struct scan *scan, unsigned kind, uint32_t doc)
{
    const struct meaning *meaning = &scan->search->meaning;
    int32_t dot;

    if (!meaning->is_on)
        return 0;
    scan->search->kernel->dots(&dot, scan->segment->vectors + (size_t)doc * meaning->dims, 1, meaning->query, meaning->off,
                               meaning->dims);
    return meaning_score(meaning, kind, dot, scan->segment->scales[doc]);
}

/*
 * The least sum that may still enter with the most that meaning can add. Words alone already make the scores of k documents
 * at least as large as the k-th largest sum does. What rounding may add is far below 0.001.
 */
static uint32_t least_with_meaning(const struct search *search, unsigned kind, const struct top *top)
{
    double worst = top->count == top->k ? (double)top->heap[0].score : 0, rest;

    if (top->sum_count == top->k)
        worst = fmax(worst, (double)search_score(search, top->sums[0]));
    rest = worst - (double)search->meaning.most[kind] - 0.001;
    return rest > 0 ? (uint32_t)(rest / search->query.scale) : 0;
}

/* What the masks took out has no sum, like what shares no word: the latter may still be a hit by its meaning. */
static bool is_allowed(const struct scan *scan, uint32_t doc)
{
    return doc != scan->without && !(bitmap_count(scan->deleted) && bitmap_has(scan->deleted, doc))
        && is_seen(scan, doc) && (!scan->filter.active || filter_takes(&scan->filter, scan->search->kernel, doc));
}

/* What may still enter of a stretch whose likeness has been taken; the exact score decides. */
static void offer_stretch(const struct scan *scan, const struct window *window, uint32_t first, uint32_t count, const uint32_t *sums,
                          const int32_t *dots, struct top *top)
{
    const struct meaning *meaning = &scan->search->meaning;
    const float *scales = scan->segment->scales + first;
    float scores[DOTS_AT_ONCE];

    scan->search->kernel->mix(scores, sums, dots, scales, count, (float)scan->search->query.scale,
                              meaning->most[window->kind] * meaning->scale);
    for (uint32_t i = 0; i < count; i++) {
        float more;

        if (scores[i] <= 0 || (top->count == top->k && scores[i] < top->heap[0].score - 0.001F))
            continue;
        more = meaning_score(meaning, window->kind, dots[i], scales[i]);
        if (sums[i] || (meaning_alone(meaning, window->kind, more) && is_allowed(scan, first + i)))
            offer(scan, top, first + i, sums[i], more, 0);
    }
}

/* All documents of the window: the flat scan. */
static void collect_all(const struct scan *scan, const struct window *window, const uint32_t *sums, struct top *top)
{
    const struct meaning *meaning = &scan->search->meaning;
    int32_t dots[DOTS_AT_ONCE];

    for (uint32_t i = 0; i < window->count; i += DOTS_AT_ONCE) {
        uint32_t count = window->count - i < DOTS_AT_ONCE ? window->count - i : DOTS_AT_ONCE;
        uint32_t first = window->first + i;

        scan->search->kernel->dots(dots, scan->segment->vectors + (size_t)first * meaning->dims, count, meaning->query,
                                   meaning->off, meaning->dims);
        offer_stretch(scan, window, first, count, sums + i, dots, top);
    }
}

/* With vectors from outside: each document by itself. Whoever has the query's vector has waited for it a thousand times as long. */
static void collect_near(const struct scan *scan, const struct window *window, const uint32_t *sums, struct top *top)
{
    const struct search *search = scan->search;
    const struct nearness *nearness = &search->nearness;
    unsigned kind = window->kind;
    size_t from = 0;

    for (uint32_t i = 0; i < window->count; i++) {
        uint32_t doc = window->first + i;
        float outside = nearness_of(nearness, kind, scan->segment->rows[doc].id, &from), meaning;

        if (top->count == top->k && search_score(search, sums[i]) + outside + search->meaning.most[kind] < top->heap[0].score - 0.001F)
            continue;
        meaning = meaning_of(scan, kind, doc);
        if (sums[i] || ((nearness_alone(nearness, kind, outside) || meaning_alone(&search->meaning, kind, meaning)) && is_allowed(scan, doc)))
            offer(scan, top, doc, sums[i], meaning, outside);
    }
}

/* Compares one candidate; true: it is among the best so far. */
static bool weigh(const struct scan *scan, struct top *top, const struct candidate *candidate)
{
    return offer(scan, top, candidate->doc, candidate->sum, meaning_of(scan, scan->candidate_kind, candidate->doc), 0);
}

/* The documents with the k largest sums of all first: they raise what the others must have. */
static void weigh_best(struct scan *scan, struct top *top)
{
    struct candidate *list = scan->search->candidates;
    uint32_t kept = 0;

    for (uint32_t c = 0; c < scan->candidate_count; c++) {
        if (list[c].sum >= top->sums[0])
            weigh(scan, top, &list[c]);
        else
            list[kept++] = list[c];
    }
    scan->candidate_count = kept;
}

static void drop_small(struct scan *scan, uint32_t least)
{
    struct candidate *list = scan->search->candidates;
    uint32_t kept = 0;

    for (uint32_t c = 0; c < scan->candidate_count; c++) {
        list[kept] = list[c];
        kept += list[c].sum >= least;
    }
    scan->candidate_count = kept;
}

static void fetch_ahead(const struct scan *scan, uint32_t c)
{
    const struct candidate *candidate = &scan->search->candidates[c];
    unsigned dims = scan->search->meaning.dims;
    const uint8_t *vector = scan->segment->vectors + (size_t)candidate->doc * dims;

    __builtin_prefetch(&scan->segment->scales[candidate->doc]);
    for (unsigned d = 0; d < dims; d += 64)
        __builtin_prefetch(vector + d);
}

/* Compares the candidates that may still enter. */
static void weigh_candidates(struct scan *scan)
{
    struct top *top = &scan->search->tops[scan->candidate_kind];
    uint32_t least;

    if (scan->candidate_count == 0)
        return;
    weigh_best(scan, top);
    least = least_with_meaning(scan->search, scan->candidate_kind, top);
    drop_small(scan, least);
    for (uint32_t c = 0; c < scan->candidate_count; c++) {
        if (c + AHEAD < scan->candidate_count)
            fetch_ahead(scan, c + AHEAD);
        if (scan->search->candidates[c].sum >= least && weigh(scan, top, &scan->search->candidates[c]))
            least = least_with_meaning(scan->search, scan->candidate_kind, top);
    }
    scan->candidate_count = 0;
    scan->candidates_most = scan->candidates_most < CANDIDATES / 2 ? 2 * scan->candidates_most : CANDIDATES;
}

static void note_sums(const struct search *search, struct top *top, const uint32_t *sums, uint32_t count)
{
    for (size_t i = 0; (i = search->kernel->next_at_least(sums, count, i, top_least_sum(top))) < count; i++)
        top_note(top, sums[i]);
}

/* Puts the window's documents of at least so large a sum aside; noted: their sums are among top's already. */
static void put_aside(struct scan *scan, const struct window *window, const uint32_t *sums, struct top *top, uint32_t least, bool noted)
{
    const struct search *search = scan->search;
    struct candidate *to = search->candidates + scan->candidate_count;
    size_t count = search->kernel->all_at_least(search->offsets, sums, window->count, least);

    for (size_t i = 0; i < count; i++) {
        uint32_t sum = sums[search->offsets[i]];

        *to++ = (struct candidate){window->first + search->offsets[i], sum};
        if (!noted)
            top_note(top, sum);
    }
    scan->candidate_count += (uint32_t)count;
}

/*
 * By words and meaning. While documents that share no word may still enter, all are compared; from then on those whose words
 * leave room for it are put aside and compared later, when few of them may still enter.
 */
static void collect_meant(struct scan *scan, const struct window *window, const uint32_t *sums, struct top *top)
{
    const struct search *search = scan->search;
    uint32_t least = least_with_meaning(search, window->kind, top);
    bool noted = least == 0;

    if (noted) {
        note_sums(search, top, sums, window->count);
        least = least_with_meaning(search, window->kind, top);
    }
    if (least == 0) {
        collect_all(scan, window, sums, top);
        return;
    }
    if (scan->candidate_kind != window->kind || scan->candidate_count >= scan->candidates_most)
        weigh_candidates(scan);
    scan->candidate_kind = window->kind;
    put_aside(scan, window, sums, top, least, noted);
}

static void collect(struct scan *scan, const struct window *window, const uint32_t *sums)
{
    const struct kernel *kernel = scan->search->kernel;
    struct top *top = &scan->search->tops[window->kind];

    top->total += kernel->count_nonzero(sums, window->count);
    if (scan->search->nearness.is_on) {
        collect_near(scan, window, sums, top);
        return;
    }
    if (scan->search->meaning.is_on) {
        collect_meant(scan, window, sums, top);
        return;
    }
    for (size_t i = 0; (i = kernel->next_at_least(sums, window->count, i, top_least(top))) < window->count; i++)
        offer(scan, top, window->first + (uint32_t)i, sums[i], 0, 0);
}

/* As many windows from `number` on as share the room for sums: small parts are gone through once. */
static uint32_t span_end(const struct scan *scan, uint32_t number, uint32_t windows)
{
    const struct window *window = scan->segment->windows;
    uint32_t end = number + 1;

    while (end < windows && window[end].first + window[end].count - window[number].first <= WINDOW_DOCS)
        end++;
    return end;
}

static void scan_span(struct scan *scan, uint32_t number, uint32_t end)
{
    const struct window *windows = scan->segment->windows;
    uint32_t first = windows[number].first, last = windows[end - 1].first + windows[end - 1].count;

    memset(scan->search->sums, 0, ((size_t)last - first + 16) * sizeof(uint32_t)); /* next_at_least looks 15 further */
    add_postings(scan, number, end);
    add_extras(scan, first, last);
    for (uint32_t w = number; w < end; w++) {
        uint32_t *sums = scan->search->sums + (windows[w].first - first);

        if (is_wanted(scan, &windows[w])) {
            mask(scan, &windows[w], sums);
            collect(scan, &windows[w], sums);
        }
    }
}

/* The windows of kinds nobody asked for at the end need not even be passed over. */
void scan_part(struct search *search, uint32_t part)
{
    const struct part *from = &search->snapshot->parts[part];
    struct scan scan = {.search = search, .part = part, .segment = from->segment, .deleted = from->deleted,
                        .candidates_most = CANDIDATES_FIRST};
    uint32_t windows = from->segment->meta->windows;

    while (windows && !is_wanted(&scan, &from->segment->windows[windows - 1]))
        windows--;
    if (windows == 0)
        return;
    filter_ready(&scan.filter, &search->asked->filter, scan.segment, search->arena);
    reach_ready(&scan.reach, &search->asked->asker, scan.segment, search->arena);
    scan.without = search->asked->without ? segment_doc(scan.segment, search->asked->without) : NO_DOC;
    make_sees(&scan);
    make_feeds(&scan);
    make_extras(&scan);
    for (uint32_t w = 0, end; w < windows; w = end) {
        end = span_end(&scan, w, windows);
        if (end > w + 1 || is_wanted(&scan, &scan.segment->windows[w]))
            scan_span(&scan, w, end);
    }
    weigh_candidates(&scan);
}

void scan_only(struct search *search, int64_t id)
{
    const struct segment *segment;
    struct place place;
    struct scan scan = {.search = search};
    struct rival rival;
    float meaning, outside;
    unsigned kind;

    if (id == search->asked->without || !snapshot_find(search->snapshot, id, &place))
        return;
    segment = scan.segment = search->snapshot->parts[place.part].segment;
    kind = segment_window(segment, place.doc)->kind;
    filter_ready(&scan.filter, &search->asked->filter, segment, search->arena);
    reach_ready(&scan.reach, &search->asked->asker, segment, search->arena);
    if (!(search->asked->kinds >> kind & 1) || !is_seen(&scan, place.doc)
        || (scan.filter.active && !filter_takes(&scan.filter, search->kernel, place.doc)))
        return;
    words_read(&search->words, &search->query, &search->lookups[place.part], segment, place.doc,
               reach_of(&scan.reach, place.doc), search->snapshot->pivots[kind]);
    meaning = meaning_of(&scan, kind, place.doc);
    outside = nearness_of(&search->nearness, kind, id, &(size_t){0});
    if (search->words.sum == 0 && !meaning_alone(&search->meaning, kind, meaning) && !nearness_alone(&search->nearness, kind, outside))
        return;
    rival = (struct rival){search_score(search, (uint32_t)search->words.sum) + meaning + outside, meaning, outside,
                           (uint32_t)search->words.sum, (uint32_t)place.part, place.doc, id};
    search->tops[kind].total = 1;
    top_offer(&search->tops[kind], &rival);
}
