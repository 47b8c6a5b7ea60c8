#include "work/box_int.h"
#include "work/outside.h"

#include "base/json.h"
#include "base/utf8.h"
#include "record/tree.h"
#include "work/place.h"

/* --- the answer --- */

static json_t *hit_card(const struct box_look *look, enum column column, const struct match_hit *hit)
{
    struct record record;
    struct err ignored;

    if (!record_get(look->sql, column_kind(look->sql, column, hit->id), hit->id, look->arena, &record, &ignored)
        || record.status != RECORD_OPEN)
        return NULL;
    return box_hit_card(look, &record, column, column, hit);
}

static json_t *column_json(const struct box_look *look, enum column column, const struct match_list *list)
{
    json_t *object = json_object(), *cards = json_array();

    for (size_t i = 0; i < list->count; i++) {
        json_t *card = list->hits[i].rating > MATCH_NONE ? hit_card(look, column, &list->hits[i]) : NULL;

        if (card)
            json_array_append_new(cards, card);
    }
    json_object_set_new_nocheck(object, "total", json_integer((json_int_t)list->total));
    json_object_set_new_nocheck(object, "cards", cards);
    json_fill(object, "more");
    return object;
}

static bool question_fits(struct slice text, struct err *err)
{
    size_t count;

    if (!utf8_check(text, false, err))
        return err_field(err, "q");
    count = utf8_count(text);
    if (slice_trim(text).len == 0) {
        err_set(err, ERR_INVALID, "请先写下难题或成果");
        err_hint(err, "一句话就够：要解决什么、做到多少、预算和期限");
        return err_field(err, "q");
    }
    if (count > MATCH_QUERY_CHARS) {
        err_set(err, ERR_INVALID, "文字有 %zu 个字，超过了 %d 个字", count, MATCH_QUERY_CHARS);
        err_hint(err, "请删到 %d 个字以内，保留难题、指标和条件", MATCH_QUERY_CHARS);
        return err_field(err, "q");
    }
    return true;
}

/* *node NULL: nothing was typed. What is wrong goes to the field it was typed in. */
static bool refine_node(const char *tree, struct slice typed, const struct tree_node *home, const char *label,
                        const char *field, const struct tree_node **node, struct err *err)
{
    *node = slice_trim(typed).len ? tree_read(tree_get(tree), typed, home, label, err) : NULL;
    return *node || !slice_trim(typed).len || err_field(err, field);
}

static bool filter_fill(struct sql *sql, const struct box_question *question, struct match_filter *filter, struct err *err)
{
    const struct tree_node *industry, *region, *home = NULL;

    if (question->region.len && !place_home(sql, 0, question->actor, &home, err))
        return false;
    if (!refine_node("gbt4754", question->industry, NULL, N_("行业"), "industry", &industry, err)
        || !refine_node("division", question->region, home, N_("地区"), "region", &region, err))
        return false;
    if (question->trl < 0 || question->trl > 9) {
        err_set(err, ERR_INVALID, "成熟度不是 1 到 9 的整数");
        err_hint(err, "填 1 到 9，或不填");
        return err_field(err, "trl");
    }
    if (region)
        filter->region = (uint32_t)strtoul(region->code, NULL, 10);
    filter->trl_from = (int)question->trl;
    filter->trl_to = question->trl ? 9 : 0;
    filter->ways = question->ways;
    if (industry)
        filter->code = (struct match_code){{"gbt4754", 7}, {industry->path, strlen(industry->path)}};
    return true;
}

/*
 * What the asker may search is what he may see: an administrator no more than a visitor, the fields of an organisation and what
 * it has leave for only by whoever acts for it.
 */
static void asker_fill(const struct actor *actor, struct match_asker *asker)
{
    const struct object own = {.kind = &kind_achievement, .owner = actor->party}, other = {.kind = &kind_achievement};

    asker->levels = may_level(actor, &other) >= LEVEL_SIGNED_IN ? MATCH_PUBLIC | MATCH_SIGNED_IN : MATCH_PUBLIC;
    asker->sees_all = may_level(actor, &other) == LEVEL_OWN;
    asker->party = may_level(actor, &own) == LEVEL_OWN ? actor->party : 0;
}

static bool query_fill(struct sql *sql, const struct box_question *question, struct match_query *query, struct err *err)
{
    match_query_init(query);
    query->text = (struct match_str){question->text.at, question->text.len};
    query->k = question->k;
    query->kinds = question->columns ? question->columns : (1u << COLUMN_SHOWN) - 1;
    asker_fill(question->actor, &query->asker);
    match_understand(query->text, question->today, &query->ask);
    return filter_fill(sql, question, &query->filter, err);
}

/* The ids whose NDA fields the actor's party may see, ascending. */
static bool granted(struct sql *sql, int64_t party, struct arena *arena, struct match_asker *asker, struct err *err)
{
    enum { GRANTS_MOST = 4096 };
    struct sql_rows rows;
    int64_t *ids;

    if (!party)
        return true;
    if (!sql_rows(sql, "SELECT object FROM nda WHERE party = ?1 AND ended_leaf IS NULL ORDER BY object LIMIT 4096",
                  SQL_ARGS(sql_int(party)), &rows, err))
        return false;
    ids = arena_alloc(arena, GRANTS_MOST * sizeof *ids);
    asker->granted = ids;
    while (asker->granted_count < GRANTS_MOST && sql_next(&rows))
        ids[asker->granted_count++] = sql_number(&rows, 0);
    return sql_done(&rows, err);
}

static json_t *document_of(const struct box_look *look, const struct match_hits *hits, unsigned columns)
{
    json_t *document = json_object(), *object = json_object();
    json_int_t total = 0;

    for (unsigned c = 0; c < COLUMN_SHOWN; c++) {
        if (!(columns >> c & 1))
            continue;
        total += (json_int_t)hits->lists[c].total;
        json_object_set_new_nocheck(object, column_text((enum column)c)->name,
                                    column_json(look, (enum column)c, &hits->lists[c]));
    }
    json_object_set_new_nocheck(document, "total", json_integer(total));
    json_object_set_new_nocheck(document, "columns", object);
    return document;
}

static bool search(const struct match_snapshot *snapshot, const struct match_query *query, struct match_hits *hits, struct err *err)
{
    struct match_err problem;

    return match_search(snapshot, query, hits, &problem)
           || err_set(err, problem.code == MATCH_BAD_INPUT ? ERR_INVALID : ERR_IO, "匹配没有完成：%s", problem.message)
           || err_hint(err, "每栏 1 到 %d 条；文字最多 %d 个字", BOX_MOST, MATCH_QUERY_CHARS);
}

bool box_answer(struct city *city, struct sql *sql, const struct box_question *question, struct arena *arena,
                json_t **document, struct err *err)
{
    struct box_look look = {.sql = sql, .actor = question->actor, .english = question->english, .arena = arena};
    struct match_query query;
    struct match_snapshot *snapshot;
    struct match_marks *marks;
    struct match_hits hits;
    bool ok;

    if (!question_fits(question->text, err) || !query_fill(sql, question, &query, err)
        || !granted(sql, query.asker.party, arena, &query.asker, err))
        return false;
    outside_question(city->outside, question->text, arena, &query);
    snapshot = match_snapshot(city->index);
    ok = search(snapshot, &query, &hits, err);
    if (ok) {
        look.marks = marks = match_marks(snapshot, &query);
        *document = document_of(&look, &hits, query.kinds);
        match_marks_end(marks);
    }
    match_hits_release(&hits);
    match_snapshot_end(snapshot);
    return ok;
}
