#include "work/partner.h"

#include "work/box_int.h"

struct partners {
    struct match_snapshot *snapshot;
    struct match_marks *marks;
    struct match_query query; /* what the record asks */
    const struct record *record;
    struct box_look look;
};

struct partners *partners_open(struct city *city, struct sql *sql, const struct record *record, const struct actor *actor,
                               bool english, struct arena *arena)
{
    struct partners *partners = arena_zero(arena, 1, sizeof *partners);

    column_query(record, arena, &partners->query);
    partners->record = record;
    partners->snapshot = match_snapshot(city->index);
    partners->marks = match_marks(partners->snapshot, &partners->query);
    partners->look = (struct box_look){.sql = sql, .actor = actor, .english = english, .marks = partners->marks,
                                       .arena = arena};
    return partners;
}

void partners_close(struct partners *partners)
{
    match_marks_end(partners->marks);
    match_snapshot_end(partners->snapshot);
}

/*
 * Ranks the one document that answers. *hit lives as long as hits; what shares no word with the question any more has no reasons.
 */
static void explain(const struct partners *partners, struct match_query query, int64_t id, enum column column,
                    struct match_hits *hits, struct match_hit *hit)
{
    struct match_err ignored;

    query.only = id;
    query.kinds = 1u << column;
    query.k = 1;
    *hit = (struct match_hit){.id = id};
    if (match_search(partners->snapshot, &query, hits, &ignored) && hits->lists[column].count)
        *hit = hits->lists[column].hits[0];
}

/* asked: what the other one asks; NULL where the record does. */
static json_t *card_of(const struct partners *partners, enum column column, const struct record *other,
                       const struct match_query *asked, const struct fit *fit)
{
    enum column answers = asked ? column_of(partners->record) : column;
    struct match_hits hits;
    struct match_hit hit;
    json_t *card;

    explain(partners, asked ? *asked : partners->query, asked ? partners->record->id : other->id, answers, &hits, &hit);
    hit.rating = (enum match_rating)fit->rating;
    hit.chance = (float)fit->chance / 1e6f;
    card = box_hit_card(&partners->look, other, column, answers, &hit);
    match_hits_release(&hits);
    return card;
}

json_t *partner_card(const struct partners *partners, enum column column, const struct fit *fit)
{
    struct match_query asked;
    struct record other;
    struct err ignored;

    if (!record_get(partners->look.sql, fit->kind, fit->other, partners->look.arena, &other, &ignored)
        || other.status != RECORD_OPEN)
        return NULL;
    if (column_asks(other.kind) <= column_asks(partners->record->kind) || column_of(partners->record) >= COLUMN_SHOWN)
        return card_of(partners, column, &other, NULL, fit);
    column_query(&other, partners->look.arena, &asked);
    return card_of(partners, column, &other, &asked, fit);
}
