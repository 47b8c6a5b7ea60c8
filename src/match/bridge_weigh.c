#include <math.h>

#include "match/query.h"

/* How many documents may have the sense, at most: as many as have its rarest word, or pair. */
static int64_t least_df(const struct query *query, const struct rendering *rendering)
{
    const uint32_t *terms = query->bridge.terms + rendering->first;
    int64_t least = INT64_MAX;

    for (unsigned t = 0; t < rendering->sense->term_count; t++)
        if (query->terms[terms[t]].df < least)
            least = query->terms[terms[t]].df;
    return least;
}

/* The shares of the senses of one phrase; returns where the next phrase's begin. */
static size_t share_senses(struct query *query, size_t from)
{
    struct rendering *list = query->bridge.renderings;
    size_t end = from;
    double sum = 0;

    for (; end < query->bridge.rendering_count && list[end].crossing == list[from].crossing; end++) {
        int64_t df = least_df(query, &list[end]);

        list[end].share = df > 0 ? list[end].sense->share * sqrt((double)df) : 0;
        sum += list[end].share;
    }
    for (size_t r = from; r < end && sum > 0; r++)
        list[r].share /= sum;
    return end;
}

/* --- what is translated --- */

static bool is_translated(const struct bridge *bridge, const struct crossing *crossing)
{
    const struct rendering *list = bridge->renderings;

    for (size_t r = crossing->first; r < bridge->rendering_count && list[r].crossing == list[crossing->first].crossing; r++)
        if (list[r].share > 0)
            return true;
    return false;
}

static bool is_before(const struct mention *mention, const struct crossing *crossing)
{
    return mention->title != crossing->title ? mention->title : mention->from < crossing->from;
}

/* What the query's own terms weigh that stand in a translated phrase. Both lists are in reading order. */
static double weigh_covered(const struct query *query, const double *weights, struct arena *arena)
{
    uint8_t *covered = arena_zero(arena, (size_t)query->count + 1, 1);
    size_t first = 0;
    double sum = 0;

    for (size_t c = 0; c < query->bridge.count; c++) {
        const struct crossing *crossing = &query->bridge.list[c];

        while (first < query->mention_count && is_before(&query->mentions[first], crossing))
            first++;
        if (!is_translated(&query->bridge, crossing))
            continue;
        for (size_t m = first; m < query->mention_count && query->mentions[m].title == crossing->title
                               && query->mentions[m].from < crossing->to; m++)
            if (query->mentions[m].to <= crossing->to)
                covered[query->mentions[m].term] = 1;
    }
    for (uint32_t t = 0; t < query->count; t++)
        sum += covered[t] ? weights[t] : 0;
    return sum;
}

/* --- weights --- */

struct views {
    double *title, *all, *most; /* a term of the query; most: what one rendering gave it at most */
};

static void add_rendering(struct query *query, uint32_t number, const struct views *views)
{
    const struct rendering *rendering = &query->bridge.renderings[number];
    const uint32_t *terms = query->bridge.terms + rendering->first;
    double title = rendering->share * query_saturated(rendering->in_title);
    double all = rendering->share * query_saturated((double)rendering->in_title + rendering->in_text);
    double said = rendering->share * (double)blend_weight(query_halves(rendering->in_title, rendering->in_text));

    for (unsigned t = 0; t < rendering->sense->term_count; t++) {
        struct query_term *term = &query->terms[terms[t]];

        if (term_is_own(term))
            continue;
        views->title[terms[t]] += title;
        views->all[terms[t]] += all;
        term->said += (float)said;
        if (all > views->most[terms[t]]) {
            views->most[terms[t]] = all;
            term->first = number;
        }
    }
}

static void view_rarities(const struct query *query, const struct match_snapshot *snapshot, const struct views *views,
                          double *title_square, double *square)
{
    *title_square = *square = 0;
    for (uint32_t t = 0; t < query->count; t++) {
        const struct query_term *term = &query->terms[t];
        double rarity;

        if (views->all[t] <= 0)
            continue;
        rarity = query_rarity(term->sort == TOKEN_WORD ? snapshot->latin_docs : snapshot->public_docs - snapshot->latin_docs, term);
        views->title[t] *= rarity;
        views->all[t] *= rarity;
        *title_square += views->title[t] * views->title[t];
        *square += views->all[t] * views->all[t];
    }
}

double bridge_weigh(struct query *query, const struct match_snapshot *snapshot, double *weights, struct arena *arena)
{
    size_t room = (size_t)query->count + 1;
    struct views views = {arena_zero(arena, room, sizeof(double)), arena_zero(arena, room, sizeof(double)),
                          arena_zero(arena, room, sizeof(double))};
    double title_square, square, sum = 0, whole;

    for (size_t r = 0; r < query->bridge.rendering_count;)
        r = share_senses(query, r);
    for (uint32_t r = 0; r < query->bridge.rendering_count; r++)
        add_rendering(query, r, &views);
    view_rarities(query, snapshot, &views, &title_square, &square);
    if (square <= 0)
        return 0;
    for (uint32_t t = 0; t < query->count; t++) {
        views.all[t] = views.all[t] / sqrt(square) + (title_square > 0 ? views.title[t] / sqrt(title_square) : 0);
        sum += views.all[t];
    }
    whole = weigh_covered(query, weights, arena);
    for (uint32_t t = 0; t < query->count; t++)
        weights[t] += views.all[t] * whole / sum;
    return whole;
}
