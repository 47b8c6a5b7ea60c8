/*
 * A score's parts. Neighbouring pairs that a document holds make one named part (离心 心泵 → 离心泵); a term counts
 * in the first part that it stands in, so the parts add up to the score.
 */
#include "match/code.h"
#include "match/hit.h"

struct run {
    uint32_t from, to;
    bool title;
    double by_class[MATCH_CLASSES], weight;
    const struct rendering *rendering; /* what it was looked for by, or NULL: as it stands */
};

size_t runs_size(const struct query *query)
{
    return (query->mention_count + query->count + 1) * sizeof(struct run);
}

struct runs {
    const struct search *search;
    struct run *list;
    size_t count;
    uint8_t *counted; /* a query term: it is in a part */
};

static void count_in(struct runs *runs, struct run *run, uint32_t term)
{
    const struct words *words = &runs->search->words;
    double weight;

    if (words->impact[term] == 0 || runs->counted[term])
        return;
    runs->counted[term] = 1;
    weight = (double)runs->search->query.terms[term].weight * words->impact[term] * runs->search->query.scale;
    run->weight += weight;
    run->by_class[words->class_[term]] += weight;
}

static struct run *add_run(struct runs *runs, const struct mention *mention)
{
    struct run *run = &runs->list[runs->count++];

    *run = (struct run){mention->from, mention->to, mention->title, {0}, 0, NULL};
    return run;
}

static bool joins(const struct run *open, const struct mention *mention)
{
    return open && open->title == mention->title && mention->from < open->to && mention->to - open->from < MATCH_WORD;
}

static struct run *take_pair(struct runs *runs, struct run *open, const struct mention *mention)
{
    if (joins(open, mention)) {
        open->to = mention->to;
    } else {
        open = add_run(runs, mention);
        if (mention > runs->search->query.mentions && mention[-1].from == mention->from)
            count_in(runs, open, mention[-1].term); /* the pair's first character, unless it is left out */
    }
    count_in(runs, open, mention->term);
    return open;
}

/* The run of the rendering that gives the term most. */
static struct run *translated_run(struct runs *runs, uint32_t term)
{
    const struct bridge *bridge = &runs->search->query.bridge;
    const struct rendering *rendering = &bridge->renderings[runs->search->query.terms[term].first];
    const struct crossing *crossing = &bridge->list[rendering->crossing];

    for (size_t r = 0; r < runs->count; r++)
        if (runs->list[r].rendering == rendering)
            return &runs->list[r];
    runs->list[runs->count] = (struct run){crossing->from, crossing->to, crossing->title, {0}, 0, rendering};
    return &runs->list[runs->count++];
}

static void make_runs(struct runs *runs)
{
    const struct query *query = &runs->search->query;
    const struct words *words = &runs->search->words;
    struct run *open = NULL;

    for (size_t i = 0; i < query->mention_count; i++) {
        const struct mention *mention = &query->mentions[i];

        if (mention->sort == TOKEN_PAIR) {
            open = words->impact[mention->term] ? take_pair(runs, open, mention) : NULL;
        } else if (words->impact[mention->term]) {
            if (mention->sort >= TOKEN_WORD)
                count_in(runs, add_run(runs, mention), mention->term);
            else if (joins(open, mention))
                count_in(runs, open, mention->term);
        }
    }
    for (uint32_t h = 0; h < words->held_count; h++) {
        uint32_t term = words->held[h];

        if (!runs->counted[term])
            count_in(runs, term_is_own(&query->terms[term]) ? add_run(runs, &query->mentions[query->terms[term].first])
                                                             : translated_run(runs, term), term);
    }
}

/* The heaviest `most` runs with any weight, heaviest first, the first named first among equals. */
static size_t choose(const struct runs *runs, const struct run **best, size_t most, size_t *all)
{
    size_t count = 0;

    *all = 0;
    for (size_t r = 0; r < runs->count; r++) {
        size_t at = count;

        if (runs->list[r].weight <= 0)
            continue;
        ++*all;
        while (at && best[at - 1]->weight < runs->list[r].weight)
            at--;
        if (at == most)
            continue;
        count += count < most;
        memmove(best + at + 1, best + at, (count - at - 1) * sizeof *best);
        best[at] = &runs->list[r];
    }
    return count;
}

static struct match_str from_query(const struct query *query, bool title, uint32_t from, uint32_t to)
{
    return (struct match_str){(title ? query->title.at : query->text.at) + from, to - from};
}

/* 纤维的 is called 纤维: function characters at either end carry next to nothing. */
static struct match_str without_function_ends(struct match_str word)
{
    size_t step;

    while (word.len && token_is_function(code_next(word.at, word.len, &step)) && word.len > step) {
        word.at += step;
        word.len -= step;
    }
    while (word.len > 3 && token_is_function(code_next(word.at + word.len - 3, 3, &step)))
        word.len -= 3;
    return word;
}

/* As many whole characters as `most` bytes hold; returns how many bytes they are. */
static size_t put_word(char *to, struct match_str word, size_t most)
{
    size_t len = word.len;

    if (len > most) {
        len = most;
        while (len && ((unsigned char)word.at[len] & 0xc0) == 0x80)
            len--;
    }
    memcpy(to, word.at, len);
    to[len] = '\0';
    return len;
}

/* perovskite → 钙钛矿; a long phrase is cut so that its translation has room. */
static void name_translated(const struct search *search, const struct run *run, struct match_str whole, char *word)
{
    const struct sense *sense = run->rendering->sense;
    struct match_str into = {search->snapshot->lexicon->bytes + sense->at, sense->len};
    size_t rest = into.len < MATCH_WORD / 2 ? into.len : MATCH_WORD / 2, len;

    len = put_word(word, whole, MATCH_WORD - 1 - strlen(MATCH_INTO) - rest);
    memcpy(word + len, MATCH_INTO, strlen(MATCH_INTO));
    len += strlen(MATCH_INTO);
    put_word(word + len, into, MATCH_WORD - 1 - len);
}

static void name_part(const struct search *search, const struct run *run, struct match_part *part)
{
    struct match_str whole = from_query(&search->query, run->title, run->from, run->to);

    if (run->rendering)
        name_translated(search, run, whole, part->word);
    else
        put_word(part->word, without_function_ends(whole), MATCH_WORD - 1);
    part->weight = (float)run->weight;
    for (unsigned c = 1; c < MATCH_CLASSES; c++)
        if (run->by_class[c] > run->by_class[part->class_])
            part->class_ = (enum match_class)c;
}

/* --- the idea --- */

enum { IDEA_WORDS = 3 };

/* How much each ingredient of the query's vector adds to the likeness of the two. */
static void likeness(const struct search *search, const struct rival *rival, int32_t *dots)
{
    const struct meaning *meaning = &search->meaning;
    const uint8_t *vector = search->snapshot->parts[rival->part].segment->vectors + (size_t)rival->doc * meaning->dims;
    int8_t numbers[MODEL_DIMS_MOST];

    for (unsigned d = 0; d < meaning->dims; d++)
        numbers[d] = (int8_t)(vector[d] - 128);
    search->kernel->dots(dots, meaning->directions, meaning->count, numbers, dots_off(numbers, meaning->dims),
                         meaning->dims);
}

struct likest { /* the query's words, the likest first */
    struct match_str best[IDEA_WORDS];
    float like[IDEA_WORDS];
    size_t count;
};

static void take_likest(struct likest *likest, struct match_str word, float like)
{
    size_t at = likest->count;

    for (size_t b = 0; b < likest->count; b++)
        if (likest->best[b].at == word.at) { /* another term of the same phrase's translation */
            if (likest->like[b] >= like)
                return;
            at = --likest->count;
            memmove(likest->best + b, likest->best + b + 1, (at - b) * sizeof *likest->best);
            memmove(likest->like + b, likest->like + b + 1, (at - b) * sizeof *likest->like);
            break;
        }
    while (at && likest->like[at - 1] < like)
        at--;
    if (at == IDEA_WORDS)
        return;
    likest->count += likest->count < IDEA_WORDS;
    memmove(likest->best + at + 1, likest->best + at, (likest->count - at - 1) * sizeof *likest->best);
    memmove(likest->like + at + 1, likest->like + at, (likest->count - at - 1) * sizeof *likest->like);
    likest->best[at] = word;
    likest->like[at] = like;
}

/* As it stands in the query; of a translation, the phrase that was translated. */
static struct match_str word_of(const struct query *query, const struct query_term *term)
{
    const struct mention *mention = &query->mentions[term->first];
    const struct crossing *crossing;

    if (term_is_own(term))
        return from_query(query, mention->title, mention->from, mention->to);
    crossing = &query->bridge.list[query->bridge.renderings[term->first].crossing];
    return from_query(query, crossing->title, crossing->from, crossing->to);
}

/* Single characters, or all the rest. */
static void find_likest(const struct search *search, const int32_t *dots, bool chars, struct likest *likest)
{
    const struct query *query = &search->query;

    for (uint32_t i = 0; i < search->meaning.count; i++) {
        const struct ingredient *ingredient = &search->meaning.ingredients[i];
        const struct query_term *term = &query->terms[ingredient->term];
        float like = (term->sort == TOKEN_CHAR) == chars ? (float)dots[i] * ingredient->weight : 0;

        if (like > 0)
            take_likest(likest, word_of(query, term), like);
    }
}

/* The words of the query that are likest to the document, the likest first: "轴承 磨损"; characters where no word is. */
static void name_idea(const struct search *search, const struct rival *rival, struct match_part *part)
{
    int32_t *dots = arena_alloc(search->arena, ((size_t)search->meaning.count + 1) * sizeof *dots);
    struct likest likest = {.count = 0};
    size_t len = 0;

    likeness(search, rival, dots);
    find_likest(search, dots, false, &likest);
    if (likest.count == 0)
        find_likest(search, dots, true, &likest);
    for (size_t b = 0; b < likest.count; b++) {
        struct match_str word = likest.best[b];

        if (len + word.len + 2 > MATCH_WORD)
            break;
        if (len)
            part->word[len++] = ' ';
        memcpy(part->word + len, word.at, word.len);
        len += word.len;
    }
    part->word[len] = '\0';
}

/* Where it stands by its weight. */
static void add_part(struct match_hit *hit, const struct match_part *part)
{
    size_t at = hit->part_count++;

    while (at && hit->parts[at - 1].weight < part->weight) {
        hit->parts[at] = hit->parts[at - 1];
        at--;
    }
    hit->parts[at] = *part;
}

static void add_meanings(const struct search *search, const struct rival *rival, struct match_hit *hit)
{
    struct match_part idea = {.idea = true, .class_ = MATCH_TEXT, .weight = rival->meaning};

    if (rival->meaning > 0) {
        name_idea(search, rival, &idea);
        add_part(hit, &idea);
    }
    if (rival->outside > 0)
        add_part(hit, &(struct match_part){.outside = true, .class_ = MATCH_TEXT, .weight = rival->outside});
}

void parts_fill(struct search *search, const struct rival *rival, struct match_hit *hit)
{
    size_t most = MATCH_PARTS - (rival->meaning > 0) - (rival->outside > 0);
    const struct query *query = &search->query;
    struct runs runs = {search};
    const struct run *best[MATCH_PARTS];
    size_t all, named;
    double rest = (double)search->words.sum * query->scale;

    runs.list = search->runs;
    runs.counted = search->counted;
    make_runs(&runs);
    named = choose(&runs, best, most, &all);
    if (all > most)
        named = most - 1;
    for (size_t p = 0; p < named; p++) {
        name_part(search, best[p], &hit->parts[p]);
        rest -= best[p]->weight;
    }
    hit->part_count = named;
    if (all > named) {
        hit->parts[named].weight = (float)rest;
        hit->parts[named].class_ = MATCH_TEXT;
        hit->part_count++;
    }
    add_meanings(search, rival, hit);
    for (uint32_t h = 0; h < search->words.held_count; h++)
        search->counted[search->words.held[h]] = 0;
}
