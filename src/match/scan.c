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
enum { EXTRAS_MOST = 64, DOTS_AT_ONCE = 256 };
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
};

/* --- the best k --- */

static bool is_better(const struct rival *a, const struct rival *b)
{
    return a->score != b->score ? a->score > b->score : a->id < b->id;
}

static void sink(struct top *top, size_t at)
{
    struct rival moving = top->heap[at];

    for (size_t child; (child = 2 * at + 1) < top->count; at = child) {
        if (child + 1 < top->count && is_better(&top->heap[child], &top->heap[child + 1]))
            child++;
        if (!is_better(&moving, &top->heap[child]))
            break;
        top->heap[at] = top->heap[child];
    }
    top->heap[at] = moving;
}

void top_offer(struct top *top, const struct rival *rival)
{
    size_t at = top->count;

    if (top->count == top->k) {
        if (is_better(rival, &top->heap[0])) {
            top->heap[0] = *rival;
            sink(top, 0);
        }
        return;
    }
    top->count++;
    for (; at && is_better(&top->heap[(at - 1) / 2], rival); at = (at - 1) / 2)
        top->heap[at] = top->heap[(at - 1) / 2];
    top->heap[at] = *rival;
}

void top_sort(struct top *top)
{
    size_t count = top->count;

    while (top->count > 1) {
        struct rival worst = top->heap[0];

        top->heap[0] = top->heap[--top->count];
        sink(top, 0);
        top->heap[top->count] = worst;
    }
    top->count = count;
}

/* The least sum that may still enter; two sums can round to one score, hence the slack. */
static uint32_t top_least(const struct top *top)
{
    uint32_t worst;

    if (top->count < top->k)
        return 1;
    worst = top->heap[0].sum;
    worst -= (worst >> 20) + (worst > 1);
    return worst ? worst : 1;
}

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

static void take_block(const struct kernel *kernel, uint32_t *sums, struct feed *feed, const struct window *window)
{
    uint16_t count = read_u16(feed->at + 2);

    feed->at += 4;
    if (count < 4) { /* most blocks of a small part: not worth a call */
        for (size_t i = 0; i < count; i++)
            sums[read_u16(feed->at + 2 * i)] += feed->weight * feed->at[2 * (size_t)count + i];
        feed->at += (3 * (size_t)count + 1) & ~(size_t)1;
    } else if (count & BLOCK_DENSE) {
        kernel->add_dense(sums, feed->at, window->count, feed->weight);
        feed->at += (window->count + 1u) & ~1u;
    } else {
        kernel->add_sparse(sums, (const uint16_t *)(const void *)feed->at, feed->at + 2 * (size_t)count, count,
                           feed->weight);
        feed->at += (3 * (size_t)count + 1) & ~(size_t)1;
    }
    feed_look(feed);
}

/* The block of a level that not everybody sees. */
static void take_guarded(uint32_t *sums, const uint8_t *sees, struct feed *feed, const struct window *window)
{
    uint16_t count = read_u16(feed->at + 2);
    const uint8_t *block = feed->at + 4;

    if (count & BLOCK_DENSE) {
        for (uint32_t i = 0; i < window->count; i++)
            if (sees[i] >= feed->level)
                sums[i] += feed->weight * block[i];
        return;
    }
    for (size_t i = 0; i < count; i++) {
        uint16_t offset = read_u16(block + 2 * i);

#ifndef TQ_TEETH_MATCH_GUARDED
        if (sees[offset] >= feed->level)
#endif
            sums[offset] += feed->weight * block[2 * (size_t)count + i];
    }
}

static void pass_block(struct feed *feed, const struct window *window)
{
    uint16_t count = read_u16(feed->at + 2);

    feed->at += 4 + (((count & BLOCK_DENSE ? (size_t)window->count : 3 * (size_t)count) + 1) & ~(size_t)1);
    feed_look(feed);
}

static bool is_wanted(const struct scan *scan, const struct window *window)
{
    return scan->search->asked->kinds >> window->kind & 1;
}

static void add_block(const struct scan *scan, uint32_t *sums, struct feed *feed, const struct window *window)
{
    if (feed->level) {
        take_guarded(sums, scan->sees + window->first, feed, window);
        pass_block(feed, window);
    } else {
        take_block(scan->search->kernel, sums, feed, window);
    }
}

/* Each feed's blocks of the windows from `number` to before `end`, which share the sums. */
static void add_postings(struct scan *scan, uint32_t number, uint32_t end)
{
    const struct window *windows = scan->segment->windows;

    for (size_t f = 0; f < scan->feed_count; f++) {
        struct feed *feed = &scan->feeds[f];

        if (f + 8 < scan->feed_count)
            __builtin_prefetch(scan->feeds[f + 8].at + 64);

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

static void mask_filtered(const struct scan *scan, const struct window *window, uint32_t *sums)
{
    for (uint32_t i = 0; i < window->count; i++)
        if (sums[i] && !filter_takes(&scan->filter, &scan->segment->rows[window->first + i]))
            sums[i] = 0;
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
        mask_filtered(scan, window, sums);
    mask_one(scan, window, sums);
}

static void offer(const struct scan *scan, struct top *top, uint32_t doc, uint32_t sum, float meaning, float outside)
{
    struct rival rival = {search_score(scan->search, sum) + meaning + outside, meaning, outside, sum, scan->part, doc,
                          scan->segment->rows[doc].id};

    top_offer(top, &rival);
}

static float meaning_of(const struct scan *scan, unsigned kind, uint32_t doc)
{
    const struct meaning *meaning = &scan->search->meaning;
    int32_t dot;

    if (!meaning->is_on)
        return 0;
    scan->search->kernel->dots(&dot, scan->segment->vectors + (size_t)doc * meaning->dims, 1, meaning->query,
                               meaning->dims);
    return meaning_score(meaning, kind, dot, scan->segment->scales[doc]);
}

/* The least sum that may still enter with the most that meaning can add; what rounding may add is far below 0.001. */
static uint32_t least_with_meaning(const struct search *search, unsigned kind, const struct top *top)
{
    double rest = top->count < top->k ? 0 : (double)top->heap[0].score - (double)search->meaning.most[kind] - 0.001;

    return rest > 0 ? (uint32_t)(rest / search->query.scale) : 0;
}

/* What the masks took out has no sum, like what shares no word: the latter may still be a hit by its meaning. */
static bool is_allowed(const struct scan *scan, uint32_t doc)
{
    return doc != scan->without && !(bitmap_count(scan->deleted) && bitmap_has(scan->deleted, doc))
        && is_seen(scan, doc) && (!scan->filter.active || filter_takes(&scan->filter, &scan->segment->rows[doc]));
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
                                   meaning->dims);
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

static void collect(const struct scan *scan, const struct window *window, const uint32_t *sums)
{
    const struct search *search = scan->search;
    struct top *top = &scan->search->tops[window->kind];
    const struct kernel *kernel = search->kernel;
    bool means = search->meaning.is_on;
    size_t i = 0;

    top->total += kernel->count_nonzero(sums, window->count);
    if (search->nearness.is_on) {
        collect_near(scan, window, sums, top);
        return;
    }
    if (means && least_with_meaning(search, window->kind, top) == 0) {
        collect_all(scan, window, sums, top);
        return;
    }
    while ((i = kernel->next_at_least(sums, window->count, i, means ? least_with_meaning(search, window->kind, top) : top_least(top)))
           < window->count) {
        offer(scan, top, window->first + (uint32_t)i, sums[i], meaning_of(scan, window->kind, window->first + (uint32_t)i), 0);
        i++;
    }
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
    struct scan scan = {.search = search, .part = part, .segment = from->segment, .deleted = from->deleted};
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
        || (scan.filter.active && !filter_takes(&scan.filter, &segment->rows[place.doc])))
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
