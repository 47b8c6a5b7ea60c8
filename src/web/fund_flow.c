/*
 * The lineage of public money. Beside a payment it adds "flow": {from: {kind, title, href} or null, moved: [{sort, declared, proved}],
 * declared, proved, times, times_proved, loans: {count, fen, href} or null, edges: [{no, sort, who, on, amount, share, fen, proved_on, void_on, number, others: [{href, title,
 * share, fen}], prove, unmove}]}: declared and proved are apart (work/lineage.h); loans: of a payment into a pool, those drawn under it; forward what it moved, backward where it came from, and who else has a share of the same amount.
 * GET /public-money: {"money": {total, groups: [{label, lines: [{name, payments, paid, declared, proved, times, times_proved, moved}]}],
 * payments: [lines of matters], next, begin}}
 */
#include "web/fund.h"

#include "base/json.h"
#include "record/choice.h"
#include "web/handlers.h"
#include "web/say.h"
#include "work/lineage.h"

enum { GROUPS_MOST = 60, PAYMENTS = 40, OTHERS = 20 };

#define PUT(request, ...) slice_of(arena_print((request)->arena, __VA_ARGS__))

/* --- sums --- */

static json_t *moved_json(const struct lineage_line *line)
{
    json_t *moved = json_array();

    for (size_t i = 0; i < LINEAGE_SORTS; i++) {
        json_t *one = json_object();

        json_object_set_new_nocheck(one, "sort", code_label_json("moved_sort", slice_of(lineage_sorts[i])));
        json_put_id(one, "declared", line->declared[i]);
        json_put_id(one, "proved", line->proved[i]);
        json_array_append_new(moved, one);
    }
    return moved;
}

static void sums_put(const struct request *request, const struct lineage_line *line, json_t *out)
{
    int64_t declared = lineage_sum(line->declared), proved = lineage_sum(line->proved);

    json_put_id(out, "paid", line->paid);
    json_put_id(out, "declared", declared);
    json_put_id(out, "proved", proved);
    json_put(out, "times", lineage_multiplier(declared, line->paid, request->arena));
    json_put(out, "times_proved", lineage_multiplier(proved, line->paid, request->arena));
    json_object_set_new_nocheck(out, "moved", moved_json(line));
}

/* --- one payment --- */

/* What this payment alone moved, out of its file. */
static struct lineage_line of_file(const struct matter_file *file)
{
    struct lineage_line line = {.payments = 1, .paid = matter_number(&file->matter, FLOW_AMOUNT)};

    for (size_t i = 0; i < file->counts[0]; i++) {
        const struct record *edge = &file->entries[0][i];

        for (size_t s = 0; s < LINEAGE_SORTS && !matter_known(edge, MOVED_VOID_ON); s++)
            if (slice_is(matter_text(edge, MOVED_SORT), lineage_sorts[s])) {
                int64_t *sums = matter_known(edge, MOVED_PROVED_ON) ? line.proved : line.declared;

                sums[s] += matter_number(edge, MOVED_FEN);
            }
    }
    return line;
}

/* Other payments that have a share of the same amount. */
static bool others_add(const struct matter_page *page, const struct record *edge, json_t *out, struct err *err)
{
    struct request *request = page->request;
    json_t *others = json_array();
    struct sql_rows rows;

    json_object_set_new_nocheck(out, "others", others);
    if (!sql_rows(request->sql,
                  "SELECT f.id, f.title, m.share, m.attributed FROM moved m JOIN money_flow f ON f.id = m.matter AND f.to_leaf IS NULL"
                  " WHERE m.moved_key = ?1 AND m.id <> ?2 AND m.to_leaf IS NULL AND m.void_on IS NULL ORDER BY m.id LIMIT ?3",
                  SQL_ARGS(sql_text(matter_text(edge, MOVED_KEY)), sql_int(edge->id), sql_int(OTHERS)), &rows, err))
        return false;
    while (sql_next(&rows)) {
        json_t *other = json_object();

        json_put(other, "href", PUT(request, "/public-money/%lld", (long long)sql_number(&rows, 0)));
        json_put(other, "title", arena_copy(request->arena, sql_slice(&rows, 1)));
        json_object_set_new_nocheck(other, "share", json_integer(sql_number(&rows, 2)));
        json_put_id(other, "fen", sql_number(&rows, 3));
        json_array_append_new(others, other);
    }
    return sql_done(&rows, err);
}

static bool can(const struct matter_page *page, const char *name)
{
    const struct matter_step *step = matter_step_find(page->sort, slice_of(name));

    return page->file.sides & step->by;
}

static void doors_put(const struct matter_page *page, const struct record *edge, json_t *out)
{
    int64_t flow = page->file.matter.id;

    if (matter_known(edge, MOVED_VOID_ON))
        return;
    if (!matter_known(edge, MOVED_PROVED_ON) && can(page, "prove"))
        json_put(out, "prove", PUT(page->request, "/public-money/%lld?step=prove&entry=%lld#step", (long long)flow, (long long)edge->id));
    if (can(page, "unmove"))
        json_put(out, "unmove", PUT(page->request, "/public-money/%lld?step=unmove&entry=%lld#step", (long long)flow, (long long)edge->id));
}

static bool edge_add(const struct matter_page *page, const struct record *edge, json_t *edges, struct err *err)
{
    struct request *request = page->request;
    json_t *out = json_object();

    json_array_append_new(edges, out);
    json_object_set_new_nocheck(out, "no", json_integer(matter_number(edge, ENTRY_NO)));
    json_object_set_new_nocheck(out, "sort", code_label_json("moved_sort", matter_text(edge, MOVED_SORT)));
    json_put(out, "who", record_title(request->sql, &kind_party, matter_number(edge, MOVED_WHO), request->arena));
    json_put(out, "on", matter_text(edge, MOVED_ON));
    json_put_id(out, "amount", matter_number(edge, MOVED_AMOUNT));
    json_object_set_new_nocheck(out, "share", json_integer(matter_number(edge, MOVED_SHARE)));
    json_put_id(out, "fen", matter_number(edge, MOVED_FEN));
    if (matter_known(edge, MOVED_PROVED_ON))
        json_put(out, "proved_on", matter_text(edge, MOVED_PROVED_ON));
    if (matter_known(edge, MOVED_VOID_ON))
        json_put(out, "void_on", matter_text(edge, MOVED_VOID_ON));
    if (page->file.sight == SIGHT_ALL)
        json_put(out, "number", matter_text(edge, MOVED_NUMBER));
    doors_put(page, edge, out);
    json_fill(out, "proved_on void_on number prove unmove");
    return others_add(page, edge, out, err);
}

/* The record here that paid it; null where it was entered by itself. */
static json_t *from_json(const struct matter_page *page)
{
    const struct record *flow = &page->file.matter;
    struct request *request = page->request;
    const struct kind *kind = matter_known(flow, FLOW_CAUSE) ? kind_stored(arena_text(request->arena, matter_text(flow, FLOW_CAUSE))) : NULL;
    json_t *from;

    if (!kind)
        return json_null();
    from = json_object();
    json_object_set_new_nocheck(from, "kind", label_json(kind->name, kind->label, kind->label_en));
    if (page->file.sight == SIGHT_ALL) {
        json_put(from, "title", record_title(request->sql, kind, matter_number(flow, FLOW_CAUSE_ID), request->arena));
        json_put(from, "href", PUT(request, "/%s/%lld", kind->plural, (long long)matter_number(flow, FLOW_CAUSE_ID)));
    }
    json_fill(from, "title href");
    return from;
}

/* Of a payment into a pool: its part of the loans drawn under it. */
static bool loans_add(const struct matter_page *page, struct lineage_line *line, json_t *out, struct err *err)
{
    const struct record *flow = &page->file.matter;
    struct lineage_loans loans;
    json_t *into;

    if (!slice_is(matter_text(flow, FLOW_CAUSE), kind_pool.name)) {
        json_object_set_new_nocheck(out, "loans", json_null());
        return true;
    }
    if (!lineage_loans_of(page->request->sql, flow->id, page->request->arena, &loans, err))
        return false;
    into = json_object();
    json_object_set_new_nocheck(out, "loans", into);
    json_object_set_new_nocheck(into, "count", json_integer(loans.count));
    json_put_id(into, "fen", loans.fen);
    json_put(into, "href", PUT(page->request, "/pools/%lld", (long long)matter_number(flow, FLOW_CAUSE_ID)));
    line->proved[LINEAGE_LOAN] += loans.fen;
    return true;
}

bool fund_flow_add(const struct matter_page *page, json_t *matter, struct err *err)
{
    struct lineage_line line = of_file(&page->file);
    json_t *out = json_object(), *edges = json_array();

    json_object_set_new_nocheck(matter, "flow", out);
    json_object_set_new_nocheck(out, "edges", edges);
    json_object_set_new_nocheck(out, "from", from_json(page));
    if (!loans_add(page, &line, out, err))
        return false;
    sums_put(page->request, &line, out);
    for (size_t i = page->file.counts[0]; i-- > 0;)
        if (!edge_add(page, &page->file.entries[0][i], edges, err))
            return false;
    return true;
}

/* --- all of them --- */

static const struct {
    enum lineage_by by;
    const char *label, *label_en;
} groups[] = {
    {LINEAGE_BY_SORT, "按资金用途", "By sort"}, {LINEAGE_BY_PROGRAM, "按专项", "By program"}, {LINEAGE_BY_YEAR, "按支付年份", "By year"},
};

static json_t *line_json(const struct request *request, enum lineage_by by, const struct lineage_line *line)
{
    const struct choice *sort = by == LINEAGE_BY_SORT ? choice_find(choice_list_get("flow_sort"), line->name) : NULL;
    json_t *out = json_object();

    json_put(out, "name", sort ? slice_of(request->english ? sort->label_en : sort->label) : line->name);
    json_object_set_new_nocheck(out, "payments", json_integer(line->payments));
    sums_put(request, line, out);
    return out;
}

static bool group_add(struct request *request, enum lineage_by by, json_t *out, struct err *err)
{
    struct lineage_line *lines = arena_alloc(request->arena, GROUPS_MOST * sizeof *lines);
    json_t *list = json_array();
    size_t count;
    bool further;

    json_object_set_new_nocheck(out, "lines", list);
    if (!lineage_read(request->sql, by, request->arena, lines, GROUPS_MOST, &count, &further, err))
        return false;
    for (size_t i = 0; i < count; i++)
        json_array_append_new(list, line_json(request, by, &lines[i]));
    json_object_set_new_nocheck(out, "further", json_boolean(further));
    return true;
}

static bool groups_add(struct request *request, json_t *money, struct err *err)
{
    json_t *total = json_object(), *list = json_array();
    bool ok = group_add(request, LINEAGE_ALL, total, err);

    json_object_set_nocheck(money, "total", json_array_get(json_object_get(total, "lines"), 0));
    json_decref(total);
    json_fill(money, "total");
    json_object_set_new_nocheck(money, "groups", list);
    for (size_t i = 0; ok && i < sizeof groups / sizeof *groups; i++) {
        json_t *group = json_object();

        json_array_append_new(list, group);
        json_object_set_new_nocheck(group, "label", label_json("", groups[i].label, groups[i].label_en));
        ok = group_add(request, groups[i].by, group, err);
    }
    return ok;
}

static bool payments_add(struct request *request, json_t *money, struct err *err)
{
    struct record *list = arena_alloc(request->arena, (PAYMENTS + 1) * sizeof *list);
    struct matter_query query = {.before = request_number(request, "before", 0)};
    int64_t further;
    size_t count;

    if (!matter_list(request->sql, &sort_money_flow, &request->actor, &query, request->arena, list, PAYMENTS + 1, &count, &further, err))
        return false;
    json_object_set_new_nocheck(money, "payments", matter_lines_json(request, &sort_money_flow, list, count < PAYMENTS ? count : PAYMENTS));
    if (count > PAYMENTS || further)
        json_put(money, "next", PUT(request, "/public-money?before=%lld", (long long)(count > PAYMENTS ? list[PAYMENTS - 1].id : further)));
    if (request->actor.party)
        json_put(money, "begin", SLICE("/public-money/new"));
    json_fill(money, "next begin");
    return true;
}

bool public_money_get(struct request *request, struct err *err)
{
    json_t *document = json_object(), *money = json_object();

    json_object_set_new_nocheck(document, "money", money);
    if (groups_add(request, money, err) && payments_add(request, money, err))
        return request_page(request, "public_money", document);
    json_decref(document);
    return false;
}
