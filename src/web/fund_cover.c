/*
 * Beside a loan under a pool's cover: what it takes of the cover now, the claim that can be made of it and those that were. Adds "cover":
 * {covered, begin: href or null, claims: [lines of matters]}
 */
#include "web/fund.h"

#include "base/json.h"
#include "work/pool.h"

enum { CLAIMS = 10 };

bool fund_cover_add(const struct matter_page *page, json_t *matter, struct err *err)
{
    struct request *request = page->request;
    const struct record *cover = &page->file.matter;
    struct record *list = arena_alloc(request->arena, CLAIMS * sizeof *list);
    json_t *out = json_object(), *claims = json_array();
    struct pool_sums sums;
    size_t count = 0;

    json_object_set_new_nocheck(matter, "cover", out);
    json_object_set_new_nocheck(out, "claims", claims);
    if (!pool_cover_sums(request->sql, cover->id, &sums, err)
        || !matter_about(request->sql, &sort_claim_pool, CLAIM_COVER, cover->id, &request->actor, request->arena, list, CLAIMS, &count, err))
        return false;
    json_put_id(out, "covered", pool_covered(&sums));
    for (size_t i = 0; i < count; i++)
        json_array_append_new(claims, matter_line_json(request, &sort_claim_pool, &list[i]));
    if (acts_for(&request->actor, cover->owner) && slice_is(matter_text(cover, MATTER_STATE), "lent"))
        json_put(out, "begin", slice_of(arena_print(request->arena, "/claims/new?cover=%lld", (long long)cover->id)));
    json_fill(out, "begin");
    return true;
}
