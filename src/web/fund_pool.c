/*
 * The account of a pool beside its matter. Adds "account": {figures: [{code, label, fen, href, here}], leverage: {times, used, room, share},
 * breaker: {share, of, base, counted, room, reached}, lines: [{no, on, sort, fen, cause: {label, href}, firm, leaf}] or null for who sees
 * the sums alone, next, all, claims: {href, count}, covers: {href, count}, ask: href or null, review_due}
 */
#include "web/fund.h"

#include "base/clock.h"
#include "base/json.h"
#include "record/choice.h"
#include "web/say.h"
#include "work/pool.h"

enum { LINES = 40 };

#define PUT(request, ...) slice_of(arena_print((request)->arena, __VA_ARGS__))

/* --- the entries --- */

/* The matter that an entry came of: its own page, or, of what lies in a pool's own file, that. */
static json_t *cause_json(struct request *request, int64_t pool, const struct pool_line *line)
{
    const struct kind *kind = kind_stored(arena_text(request->arena, line->cause));
    json_t *cause = json_object();

    if (kind)
        json_object_set_new_nocheck(cause, "label", label_json(kind->name, kind->label, kind->label_en));
    if (kind && matter_sort_of(kind))
        json_put(cause, "href", PUT(request, "/%s/%lld", kind->plural, (long long)line->cause_id));
    else if (line->cover) /* a repayment, a recovery: an entry of the loan's file */
        json_put(cause, "href", PUT(request, "/covers/%lld", (long long)line->cover));
    else if (kind == &kind_pool_payment)
        json_put(cause, "href", PUT(request, "/pools/%lld#e-pool_payment", (long long)pool));
    json_fill(cause, "label href");
    return cause;
}

static json_t *line_json(struct request *request, int64_t pool, const struct pool_line *line)
{
    const struct choice *sort = choice_find(choice_list_get("pool_entry"), line->sort);
    json_t *out = json_object();

    json_object_set_new_nocheck(out, "no", json_integer(line->no));
    json_put(out, "on", line->on);
    json_object_set_new_nocheck(out, "sort", label_json(sort->code, sort->label, sort->label_en));
    json_put_id(out, "fen", line->amount);
    json_object_set_new_nocheck(out, "cause", cause_json(request, pool, line));
    if (line->firm)
        json_put(out, "firm", record_title(request->sql, &kind_party, line->firm, request->arena));
    json_object_set_new_nocheck(out, "leaf", json_integer(line->from_leaf));
    json_fill(out, "firm");
    return out;
}

static const struct pool_figure *figure_asked(const struct request *request)
{
    struct slice asked = request_value(request, "entries");

    for (size_t i = 0; i < POOL_FIGURES; i++)
        if (slice_is(asked, pool_figures[i].code))
            return &pool_figures[i];
    return NULL;
}

static bool lines_add(const struct matter_page *page, json_t *account, struct err *err)
{
    struct request *request = page->request;
    const struct pool_figure *figure = figure_asked(request);
    struct pool_line *lines = arena_alloc(request->arena, (LINES + 1) * sizeof *lines);
    int64_t pool = page->file.matter.id;
    json_t *out = json_array();
    size_t count;

    json_object_set_new_nocheck(account, "lines", out);
    if (!pool_lines_read(request->sql, pool, figure, request_number(request, "below", 0), request->arena, lines, LINES + 1, &count, err))
        return false;
    for (size_t i = 0; i < count && i < LINES; i++)
        json_array_append_new(out, line_json(request, pool, &lines[i]));
    if (count > LINES)
        json_put(account, "next", PUT(request, "/pools/%lld?entries=%s&below=%lld#entries", (long long)pool, figure ? figure->code : "all",
                                      (long long)lines[LINES - 1].no));
    if (figure)
        json_put(account, "all", PUT(request, "/pools/%lld?entries=all#entries", (long long)pool));
    return true;
}

/* --- the figures --- */

static json_t *figures_json(const struct matter_page *page, const struct pool_sums *sums, bool links)
{
    const struct pool_figure *asked = figure_asked(page->request);
    json_t *figures = json_array();

    for (size_t i = 0; i < POOL_FIGURES; i++) {
        json_t *figure = json_object();

        json_put(figure, "code", slice_of(pool_figures[i].code));
        json_object_set_new_nocheck(figure, "label", label_json(pool_figures[i].code, pool_figures[i].label, pool_figures[i].label_en));
        json_put_id(figure, "fen", pool_figures[i].of(sums));
        if (links)
            json_put(figure, "href", PUT(page->request, "/pools/%lld?entries=%s#entries", (long long)page->file.matter.id, pool_figures[i].code));
        json_object_set_new_nocheck(figure, "here", json_boolean(&pool_figures[i] == asked));
        json_fill(figure, "href");
        json_array_append_new(figures, figure);
    }
    return figures;
}

/* Parts of ten thousand, cut down; of nothing: null. */
static json_t *share_json(__int128 part, __int128 whole)
{
    return whole > 0 ? json_integer((json_int_t)(part * 10000 / whole)) : json_null();
}

static json_t *leverage_json(const struct record *pool, const struct pool_sums *sums)
{
    json_t *out = json_object();
    int64_t times = matter_number(pool, POOL_LEVERAGE);

    json_object_set_new_nocheck(out, "times", json_integer(times));
    json_object_set_new_nocheck(out, "share", share_json(pool_covered(sums), (__int128)pool_capital(sums) * times));
    json_put_id(out, "room", pool_cover_room(pool, sums));
    return out;
}

static json_t *breaker_json(const struct record *pool, const struct pool_sums *sums)
{
    const struct choice *of = choice_find(choice_list_get("breaker_of"), matter_text(pool, POOL_BREAKER_OF));
    int64_t base = pool_breaker_base(pool, sums), counted = sums->of[POOL_COMPENSATED] + pool_reserved(sums);
    json_t *out = json_object();

    json_object_set_new_nocheck(out, "line", json_integer(matter_number(pool, POOL_BREAKER)));
    json_object_set_new_nocheck(out, "of", of ? label_json(of->code, of->label, of->label_en) : json_null());
    json_put_id(out, "base", base);
    json_put_id(out, "counted", counted);
    json_object_set_new_nocheck(out, "share", share_json(counted, base));
    json_put_id(out, "room", pool_breaker_room(pool, sums));
    json_object_set_new_nocheck(out, "reached", json_boolean(pool_breaker_reached(pool, sums)));
    return out;
}

/* --- what belongs to it --- */

static bool count_put(struct request *request, const char *statement, int64_t pool, const char *name, json_t *out, struct err *err)
{
    int64_t count = 0;
    bool found;

    if (!sql_one(request->sql, statement, SQL_ARGS(sql_int(pool)), &count, &found, err))
        return false;
    json_object_set_new_nocheck(out, name, json_integer(count));
    return true;
}

static bool counts_add(const struct matter_page *page, json_t *account, struct err *err)
{
    int64_t pool = page->file.matter.id;

    return count_put(page->request, "SELECT COUNT(*) FROM cover WHERE pool = ?1 AND to_leaf IS NULL AND state IN ('lent', 'claimed')", pool, "covers",
                     account, err)
           && count_put(page->request,
                        "SELECT COUNT(*) FROM claim_pool WHERE pool = ?1 AND to_leaf IS NULL AND state IN ('filed', 'returned', 'accepted', 'decided')",
                        pool, "claims", account, err);
}

static void review_put(const struct matter_page *page, json_t *account)
{
    const struct record *pool = &page->file.matter;
    int32_t from = matter_day(pool, matter_known(pool, POOL_REVIEWED_ON) ? POOL_REVIEWED_ON : POOL_FROM);
    int32_t due = calendar_after(page->request->web->city->law.calendar, from, CALENDAR_MONTHS, 12, NULL);

    json_put_day(account, "review_due", due);
    json_object_set_new_nocheck(account, "review_late", json_boolean(due < page->file.today));
}

bool fund_pool_add(const struct matter_page *page, json_t *matter, struct err *err)
{
    struct request *request = page->request;
    const struct record *pool = &page->file.matter;
    bool all = page->file.sight == SIGHT_ALL;
    json_t *account = json_object();
    struct pool_sums sums;
    bool bank;

    json_object_set_new_nocheck(matter, "account", account);
    if (!pool_sums_read(request->sql, pool->id, &sums, err))
        return false;
    json_object_set_new_nocheck(account, "figures", figures_json(page, &sums, all));
    json_object_set_new_nocheck(account, "leverage", leverage_json(pool, &sums));
    json_object_set_new_nocheck(account, "breaker", breaker_json(pool, &sums));
    if ((all && !lines_add(page, account, err)) || !counts_add(page, account, err))
        return false;
    review_put(page, account);
    if (!pool_bank_joined(request->sql, pool->id, request->actor.party, page->file.today, &bank, err))
        return false;
    if (bank && slice_is(matter_text(pool, MATTER_STATE), "open")) /* nobody else's application would be taken */
        json_put(account, "ask", PUT(request, "/covers/new?pool=%lld", (long long)pool->id));
    json_fill(account, "lines next all ask");
    return true;
}
