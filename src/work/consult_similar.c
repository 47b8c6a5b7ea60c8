/* Opinions that say the same, found by the match engine. */
#include "work/consult_int.h"

#include "work/index.h"
#include "work/similar.h"

static struct slice text_of(const struct record *opinion, struct arena *arena)
{
    struct slice subject = matter_text(opinion, OPINION_SUBJECT), evidence = matter_text(opinion, OPINION_EVIDENCE), proposal = matter_text(opinion, OPINION_PROPOSAL);

    return slice_of(arena_print(arena, "%.*s\n%.*s\n%.*s", (int)subject.len, subject.at, (int)evidence.len, evidence.at, (int)proposal.len, proposal.at));
}

/* Of the hits those that he may see in full and that still stand. */
static bool hits_take(struct sql *sql, const struct record *opinion, const struct actor *actor, const struct match_list *hits, struct arena *arena,
                      struct consult_similar *list, size_t *count, struct err *err)
{
    struct slice text = text_of(opinion, arena);

    for (size_t i = 0; i < hits->count && *count < CONSULT_SIMILAR; i++) {
        struct consult_similar *found = &list[*count];
        enum matter_sight sight;
        unsigned as;

        if (!record_get(sql, &kind_opinion, hits->hits[i].id, arena, &found->opinion, err)
            || !matter_sight(sql, &sort_opinion, &found->opinion, actor, &as, &sight, err))
            return false;
        if (sight != SIGHT_ALL || !opinion_counts(&found->opinion))
            continue;
        found->share = (int)(similar_share(text, text_of(&found->opinion, arena), arena) / 100);
        found->chance = (int)(hits->hits[i].chance * 100 + 0.5f);
        ++*count;
    }
    return true;
}

bool consult_similar(struct city *city, struct sql *sql, const struct record *opinion, const struct actor *actor, struct arena *arena,
                     struct consult_similar list[CONSULT_SIMILAR], size_t *count, struct err *err)
{
    struct slice title = matter_text(opinion, OPINION_SUBJECT), text = text_of(opinion, arena);
    struct match_snapshot *snapshot = match_snapshot(city->index);
    struct match_query query;
    struct match_hits hits;
    struct match_err problem;
    bool ok;

    *count = 0;
    match_query_init(&query);
    query.title = (struct match_str){title.at, title.len};
    query.text = (struct match_str){text.at, text.len};
    query.asker.levels = MATCH_PUBLIC | MATCH_SIGNED_IN;
    query.asker.party = opinion->owner; /* an opinion is its office's own: who may see which is asked of each */
    query.kinds = 1u << INDEX_OPINION;
    query.k = 4 * CONSULT_SIMILAR;
    query.without = opinion->id;
    ok = match_search(snapshot, &query, &hits, &problem) ? hits_take(sql, opinion, actor, &hits.lists[INDEX_OPINION], arena, list, count, err)
                                                         : index_fails(&problem, err);
    match_hits_release(&hits);
    match_snapshot_end(snapshot);
    return ok;
}
