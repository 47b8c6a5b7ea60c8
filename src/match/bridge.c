#include "match/bridge.h"

#include "match/sort.h"

enum { PHRASE_GAP = 8 }; /* folded characters between two words of a phrase: " of the " */

/* Words of a phrase may have function words between them, or a hyphen; characters stand side by side. */
static bool is_next(const struct tokens *tokens, const struct token *one, const struct token *two)
{
    const uint32_t *code = tokens->fold.code;

    if (one->sort == TOKEN_CHAR || two->sort == TOKEN_CHAR)
        return two->at == one->end;
    if (two->at - one->end > PHRASE_GAP)
        return false;
    for (uint32_t i = one->end; i < two->at; i++)
        if (code[i] != ' ' && code[i] != '-' && code[i] - 'a' >= 26u)
            return false;
    return true;
}

/* The tokens that phrases are made of. */
static size_t list_units(const struct tokens *tokens, const struct token **units)
{
    size_t count = 0;

    for (size_t i = 0; i < tokens->count; i++)
        if (tokens->list[i].sort != TOKEN_PAIR && !tokens->aside[tokens->list[i].at])
            units[count++] = &tokens->list[i];
    return count;
}

/* Do public documents have the word? */
static bool occurs(const struct match_snapshot *snapshot, uint64_t term)
{
    int64_t df = 0;

    for (size_t p = 0; p < snapshot->count; p++) {
        uint32_t number = segment_term(snapshot->parts[p].segment, term);

        df += number == NO_TERM ? 0 : snapshot->parts[p].segment->df[number];
    }
    return df > 0;
}

/* Has the phrase a sense all of whose words documents have? */
static bool is_known(const struct match_snapshot *snapshot, uint32_t key)
{
    const struct lexicon *lexicon = snapshot->lexicon;

    for (uint32_t s = lexicon->starts[key]; s < lexicon->starts[key + 1]; s++) {
        const struct sense *sense = &lexicon->senses[s];
        unsigned t = 0;

        while (t < sense->term_count && occurs(snapshot, lexicon->terms[sense->terms + t]))
            t++;
        if (t == sense->term_count)
            return true;
    }
    return false;
}

/*
 * How many units the longest phrase has that begins with the first of them and that documents know, or at least the first unit
 * by itself; 0: none. *key: its number. Of "ball bearing" in a city without 滚珠轴承 there is "ball", and then "bearing".
 */
static size_t longest(const struct match_snapshot *snapshot, const struct tokens *tokens, const struct token **units, size_t count,
                      uint32_t *key)
{
    const struct lexicon *lexicon = snapshot->lexicon;
    uint64_t chain = LEXICON_START;
    size_t found = 0;

    for (size_t u = 0; u < count && u < LEXICON_UNITS && (u == 0 || is_next(tokens, units[u - 1], units[u])); u++) {
        uint32_t number = lexicon_find(lexicon, chain = lexicon_key(chain, units[u]->term));

        if (number == LEXICON_NONE)
            break;
        if (lexicon->starts[number] < lexicon->starts[number + 1] && (u == 0 || is_known(snapshot, number))) {
            *key = number;
            found = u + 1;
        }
    }
    return found;
}

static void add(struct bridge *bridge, const struct crossing *crossing, struct arena *arena)
{
    if (bridge->count == bridge->room) {
        struct crossing *grown;

        bridge->room = bridge->room * 2 + 64;
        grown = arena_alloc(arena, bridge->room * sizeof *grown);
        if (bridge->count)
            memcpy(grown, bridge->list, bridge->count * sizeof *grown);
        bridge->list = grown;
    }
    bridge->list[bridge->count++] = *crossing;
}

void bridge_find(struct bridge *bridge, const struct match_snapshot *snapshot, const struct tokens *tokens, bool title,
                 struct arena *arena)
{
    const struct token **units = arena_alloc(arena, (tokens->count + 1) * sizeof *units);
    size_t count = list_units(tokens, units), reached = 0;

    for (size_t u = 0; u < count; u++) {
        uint32_t key;
        size_t len = longest(snapshot, tokens, units + u, count - u, &key);

        if (len == 0 || u + len <= reached)
            continue;
        reached = u + len;
        add(bridge, &(struct crossing){key, tokens->fold.from[units[u]->at], tokens->fold.to[units[u + len - 1]->end - 1], title},
            arena);
    }
}

/* --- what phrases mean --- */

/* Documents in the language that the sense is in. */
static int64_t docs_in(const struct match_snapshot *snapshot, const struct sense *sense)
{
    return sense->is_latin ? snapshot->latin_docs : snapshot->public_docs - snapshot->latin_docs;
}

static struct rendering *add_renderings(struct bridge *bridge, const struct match_snapshot *snapshot, const struct crossing *crossing)
{
    const struct lexicon *lexicon = snapshot->lexicon;
    struct rendering *first = &bridge->renderings[bridge->rendering_count];

    for (uint32_t s = lexicon->starts[crossing->key]; s < lexicon->starts[crossing->key + 1]; s++) {
        const struct sense *sense = &lexicon->senses[s];

        if (docs_in(snapshot, sense) <= 0)
            continue;
        bridge->renderings[bridge->rendering_count++] =
            (struct rendering){.sense = sense, .crossing = (uint32_t)(crossing - bridge->list), .first = (uint32_t)bridge->term_count};
        bridge->term_count += sense->term_count;
    }
    return first;
}

static uint64_t *list_terms(const struct bridge *bridge, const struct lexicon *lexicon, struct arena *arena)
{
    uint64_t *terms = arena_alloc(arena, (bridge->term_count + 1) * sizeof *terms);

    for (size_t r = 0; r < bridge->rendering_count; r++) {
        const struct rendering *rendering = &bridge->renderings[r];

        memcpy(terms + rendering->first, lexicon->terms + rendering->sense->terms, rendering->sense->term_count * sizeof *terms);
    }
    return terms;
}

/* Senses of all phrases, of each once: of a phrase that is there a thousand times, too. */
static size_t count_senses(const struct lexicon *lexicon, const struct sort_item *items, size_t count)
{
    size_t senses = 0;

    for (size_t i = 0; i < count; i++)
        if (i == 0 || items[i].key != items[i - 1].key)
            senses += lexicon->starts[items[i].key + 1] - lexicon->starts[items[i].key];
    return senses;
}

uint64_t *bridge_render(struct bridge *bridge, const struct match_snapshot *snapshot, struct arena *arena)
{
    struct sort_item *items = arena_alloc(arena, (bridge->count + 1) * sizeof *items);
    struct rendering *at = NULL;

    for (size_t c = 0; c < bridge->count; c++)
        items[c] = (struct sort_item){bridge->list[c].key, (uint32_t)c};
    sort_items(items, bridge->count, arena);
    bridge->renderings = arena_alloc(arena, (count_senses(snapshot->lexicon, items, bridge->count) + 1) * sizeof *bridge->renderings);
    for (size_t i = 0; i < bridge->count; i++) {
        struct crossing *crossing = &bridge->list[items[i].value];

        if (i == 0 || items[i].key != items[i - 1].key)
            at = add_renderings(bridge, snapshot, crossing);
        crossing->first = (uint32_t)(at - bridge->renderings);
        for (struct rendering *r = at; r < bridge->renderings + bridge->rendering_count; r++) {
            r->in_title += crossing->title;
            r->in_text += !crossing->title;
        }
    }
    bridge->terms = arena_alloc(arena, (bridge->term_count + 1) * sizeof *bridge->terms);
    return list_terms(bridge, snapshot->lexicon, arena);
}
