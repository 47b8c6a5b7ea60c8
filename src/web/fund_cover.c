/*
 * Beside a loan: {pools: [{name, href}]: those of its bank, while it is decided and not drawn; covers: [lines of matters]; branches: [{name,
 * href, phone, delegated, tolerance}]}
 * Beside a loan under a pool's cover: what it takes of the cover now, the claim that can be made of it and those that were. Adds "cover":
 * {covered, begin: href or null, claims: [lines of matters]}
 */
#include "web/fund.h"

#include "base/clock.h"
#include "base/json.h"
#include "work/loan.h"
#include "work/pool.h"

enum { CLAIMS = 10, POOLS = 20 };

bool fund_cover_add(const struct matter_page *page, json_t *matter, struct err *err)
{
    struct request *request = page->request;
    const struct record *cover = &page->file.matter;
    struct record *list = arena_alloc(request->arena, CLAIMS * sizeof *list);
    json_t *out = json_object();
    struct pool_sums sums;
    size_t count = 0;

    json_object_set_new_nocheck(matter, "cover", out);
    if (!pool_cover_sums(request->sql, cover->id, &sums, err)
        || !matter_about(request->sql, &sort_claim_pool, CLAIM_COVER, cover->id, &request->actor, request->arena, list, CLAIMS, &count, err))
        return false;
    json_put_id(out, "covered", pool_covered(&sums));
    json_object_set_new_nocheck(out, "claims", matter_lines_json(request, &sort_claim_pool, list, count));
    if (acts_for(&request->actor, cover->owner) && !matter_known(cover, COVER_LOAN) && slice_is(matter_text(cover, MATTER_STATE), "lent"))
        json_put(out, "begin", slice_of(arena_print(request->arena, "/pool-claims/new?cover=%lld", (long long)cover->id)));
    json_fill(out, "begin");
    return true;
}

/* --- beside a loan --- */

static bool pools_add(const struct matter_page *page, json_t *out, struct err *err)
{
    struct request *request = page->request;
    const struct record *loan = &page->file.matter;
    json_t *pools = json_array();
    char today[CLOCK_TEXT];
    struct sql_rows rows;

    json_object_set_new_nocheck(out, "pools", pools);
    if (matter_known(loan, LOAN_POOL) || matter_known(loan, LOAN_DRAWN) || !matter_known(loan, LOAN_APPROVED)
        || !acts_for(&request->actor, matter_number(loan, LOAN_BANK)))
        return true;
    if (!sql_rows(request->sql,
                  "SELECT DISTINCT p.id, p.name FROM pool p JOIN pool_bank b ON b.matter = p.id AND b.to_leaf IS NULL WHERE b.bank = ?1"
                  " AND b.joined_on <= ?2 AND (b.left_on IS NULL OR b.left_on > ?2) AND p.state = 'open' AND p.to_leaf IS NULL ORDER BY p.id LIMIT ?3",
                  SQL_ARGS(sql_int(matter_number(loan, LOAN_BANK)), sql_text(slice_of(day_show(page->file.today, today))), sql_int(POOLS)), &rows, err))
        return false;
    while (sql_next(&rows)) {
        json_t *pool = json_object();

        json_put(pool, "name", arena_copy(request->arena, sql_slice(&rows, 1)));
        json_put(pool, "href", slice_of(arena_print(request->arena, "/covers/new?pool=%lld&loan=%lld", (long long)sql_number(&rows, 0), (long long)loan->id)));
        json_array_append_new(pools, pool);
    }
    return sql_done(&rows, err);
}

static bool branches_add(const struct matter_page *page, json_t *out, struct err *err)
{
    struct request *request = page->request;
    json_t *branches = json_array();
    struct sql_rows rows;

    json_object_set_new_nocheck(out, "branches", branches);
    if (!sql_rows(request->sql,
                  "SELECT id, name, phone, delegated, tolerance FROM branch WHERE owner = ?1 AND state = 'listed' AND to_leaf IS NULL ORDER BY id LIMIT ?2",
                  SQL_ARGS(sql_int(matter_number(&page->file.matter, LOAN_BANK)), sql_int(POOLS)), &rows, err))
        return false;
    while (sql_next(&rows)) {
        json_t *branch = json_object();

        json_put(branch, "name", arena_copy(request->arena, sql_slice(&rows, 1)));
        json_put(branch, "href", slice_of(arena_print(request->arena, "/branches/%lld", (long long)sql_number(&rows, 0))));
        json_put(branch, "phone", arena_copy(request->arena, sql_slice(&rows, 2)));
        json_put_id(branch, "delegated", sql_number(&rows, 3));
        json_object_set_new_nocheck(branch, "tolerance", json_integer(sql_number(&rows, 4)));
        json_array_append_new(branches, branch);
    }
    return sql_done(&rows, err);
}

bool fund_loan_add(const struct matter_page *page, json_t *out, struct err *err)
{
    struct request *request = page->request;
    struct record *list = arena_alloc(request->arena, CLAIMS * sizeof *list);
    size_t count = 0;

    if (!matter_about(request->sql, &sort_cover, COVER_LOAN, page->file.matter.id, &request->actor, request->arena, list, CLAIMS, &count, err))
        return false;
    json_object_set_new_nocheck(out, "covers", matter_lines_json(request, &sort_cover, list, count));
    return pools_add(page, out, err) && branches_add(page, out, err);
}
