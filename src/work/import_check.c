/* Each row against the field table, the records that are there, the rest of the file, and the actor's rights. */
#include "base/ident.h"
#include "base/json.h"
#include "base/utf8.h"
#include "record/party.h"
#include "work/import_int.h"
#include "work/place.h"

static int column_of_role(const struct import_plan *plan, enum import_role role)
{
    for (size_t i = 0; i < plan->count; i++)
        if (plan->columns[i].role == role)
            return (int)i;
    return NO_COLUMN;
}

void candidate_complain(struct candidate *candidate, int column, struct slice value, const char *message, const char *hint)
{
    struct err err;

    err_set(&err, ERR_INVALID, "%s", message);
    err_hint(&err, "%s", hint);
    problem_add(candidate->problems, candidate->plan, column, value, &err);
}

/* --- whose it is --- */

static void no_party(struct candidate *candidate, int column, struct slice name)
{
    struct err err;

    err_set(&err, ERR_INVALID, "没有找到单位“%.*s”", (int)utf8_head(name, 40).len, name.at);
    err_hint(&err, "填已登记单位的全称或统一社会信用代码；没有的请先登记单位");
    problem_add(candidate->problems, candidate->plan, column, name, &err);
}

/* Parties typed by name become ids, as digits, before the field table reads them. */
static bool resolve_links(struct checker *checker, struct candidate *candidate, struct err *err)
{
    const struct kind *kind = candidate->plan->kind;

    for (size_t i = 0; i < kind->count; i++) {
        struct slice *typed = &candidate->typed.typed[i];
        struct party_entry *entry;

        if (kind->fields[i].type != FIELD_PARTY || !typed->at)
            continue;
        if (!party_find(checker, *typed, &entry, err))
            return false;
        if (entry->id) {
            *typed = slice_of(arena_print(&checker->arena, "%lld", (long long)entry->id));
            candidate->owner = entry;
            candidate->record.values[i] = (struct value){.known = true, .number = entry->id};
            continue;
        }
        no_party(candidate, plan_column_of(candidate->plan, i), *typed);
        *typed = (struct slice){0};
    }
    return true;
}

static struct slice owner_name(const struct checker *checker, const struct candidate *candidate)
{
    const struct import_request *request = checker->request;

    if (candidate->typed.owner.len)
        return candidate->typed.owner;
    if (request->options.owner[0])
        return slice_of(request->options.owner);
    if (request->actor->party)
        return slice_of(arena_print((struct arena *)&checker->arena, "%lld", (long long)request->actor->party));
    return SLICE("");
}

bool candidate_owner(struct checker *checker, struct candidate *candidate, struct err *err)
{
    struct slice name = owner_name(checker, candidate);
    int column = column_of_role(candidate->plan, IMPORT_OWNER);

    if (!candidate->plan->kind->owned || (candidate->prior.id && !candidate->typed.owner.len))
        return true;
    if (!name.len) {
        candidate_complain(candidate, column, SLICE(""), N_("没有说明属于哪个单位"),
                    N_("在“单位名称”一列填单位全称或统一社会信用代码"));
        return true;
    }
    if (!party_find(checker, name, &candidate->owner, err))
        return false;
    if (!candidate->owner->id)
        no_party(candidate, column, name);
    candidate->record.owner = candidate->owner->id;
    return true;
}

/* --- is it there already? --- */

static bool prior_by_id(struct checker *checker, struct candidate *candidate, struct err *err)
{
    const struct kind *kind = candidate->plan->kind;
    int column = column_of_role(candidate->plan, IMPORT_ID);
    int64_t id;

    if (!candidate->typed.id.len)
        return true;
    if (ident_parse(candidate->typed.id, &id)
        && record_get(checker->sql, kind, id, &checker->arena, &candidate->prior, err))
        return true;
    candidate->prior.id = 0;
    if (err->code != ERR_MISSING && err->code != ERR_NONE)
        return false;
    candidate_complain(candidate, column, candidate->typed.id, N_("没有这个平台编号的记录"), N_("新记录请把这一格留空"));
    return true;
}

static bool prior_by_key(struct checker *checker, struct candidate *candidate, struct err *err)
{
    const struct kind *kind = candidate->plan->kind;
    struct slice title = candidate->typed.typed[kind->title];
    struct record named = candidate->record;
    int64_t id;

    if (candidate->prior.id || !title.at || candidate->problems->count)
        return true;
    named.values[kind->title] = (struct value){.known = true, .text = slice_trim(title)};
    if (!record_find(checker->sql, kind, record_key(&named, &checker->arena), &id, err))
        return false;
    return id == 0 || record_get(checker->sql, kind, id, &checker->arena, &candidate->prior, err);
}

static void owner_stays(struct candidate *candidate)
{
    if (!candidate->plan->kind->owned || !candidate->prior.id || !candidate->owner
        || candidate->owner->id == candidate->prior.owner)
        return;
    candidate_complain(candidate, column_of_role(candidate->plan, IMPORT_OWNER), candidate->typed.owner,
                N_("与这条记录在平台上的单位不同"), N_("导入不改变记录属于谁；请改回原单位，或把平台编号留空另建一条"));
}

/* --- the values --- */

static void take_complaints(struct candidate *candidate, const struct complaints *complaints)
{
    for (size_t i = 0; i < complaints->count; i++) {
        const struct complaint *complaint = &complaints->list[i];
        size_t index = complaint->field ? (size_t)(complaint->field - candidate->plan->kind->fields) : 0;
        int column = complaint->field ? plan_column_of(candidate->plan, index) : NO_COLUMN;
        struct import_problem *last;

        problem_add(candidate->problems, candidate->plan, column, complaint->typed, &complaint->err);
        if (column >= 0 || !complaint->field || !candidate->problems->count)
            continue;
        last = &candidate->problems->list[candidate->problems->count - 1];
        last->header = slice_of(complaint->field->label);
        last->lacking = complaint->field;
    }
}

bool candidate_values(struct checker *checker, struct candidate *candidate, struct err *err)
{
    struct complaints *complaints = arena_alloc(&checker->arena, sizeof *complaints);
    int64_t owner = candidate->record.owner, home = candidate->owner ? candidate->owner->id : candidate->prior.owner;

    complaints->count = 0;
    if (!place_settle(checker->sql, candidate->plan->kind, home, checker->request->actor, candidate->typed.typed, err))
        return false;
    if (candidate->prior.id)
        candidate->record = candidate->prior;
    else
        candidate->record.owner = owner;
    if (!record_check(&candidate->record, candidate->typed.typed, true, &checker->arena, complaints))
        take_complaints(candidate, complaints);
    submit_owner(&candidate->record, checker->request->actor);
    return true;
}

/* --- once only --- */

static void told_twice(struct candidate *candidate, const char *label, uint32_t line, int column, struct slice value)
{
    struct err err;

    err_set(&err, ERR_INVALID, "%s与第 %u 行相同", label, line);
    err_hint(&err, "同一份文件里每条只写一次；请删去一行，或把名称写得更具体");
    problem_add(candidate->problems, candidate->plan, column, value, &err);
    candidate->twice = true;
}

void candidate_once(struct checker *checker, struct candidate *candidate, struct slice key, const char *label)
{
    size_t field = candidate->plan->kind->natural[0];
    uint32_t line = (uint32_t)candidate->line;

    if (!digest_map_add(&checker->keys, key, &line))
        told_twice(candidate, label, line, plan_column_of(candidate->plan, field), candidate->typed.typed[field]);
}

static bool check_key(struct checker *checker, struct candidate *candidate, struct err *err)
{
    const struct kind *kind = candidate->plan->kind;
    int column = plan_column_of(candidate->plan, kind->title);
    struct slice key = record_key(&candidate->record, &checker->arena), title = candidate->record.values[kind->title].text;
    uint32_t line = (uint32_t)candidate->line;
    int64_t other;

    if (!digest_map_add(&checker->keys, key, &line))
        told_twice(candidate, kind->fields[kind->title].label, line, column, title);
    if (!candidate->typed.id.len || !candidate->prior.id)
        return true;
    if (!record_find(checker->sql, kind, key, &other, err))
        return false;
    if (other && other != candidate->prior.id)
        candidate_complain(candidate, column, title, N_("已经有另一条同名的记录"), N_("请把名称写得更具体"));
    return true;
}

/* A party's code belongs to it alone, in the file and on the platform. */
static bool check_uscc(struct checker *checker, struct candidate *candidate, struct err *err)
{
    static const char by_code[] = "SELECT id FROM party WHERE uscc = ?1 AND to_leaf IS NULL";
    const struct value *code = &candidate->record.values[PARTY_USCC];
    int column = plan_column_of(candidate->plan, PARTY_USCC);
    uint32_t line = (uint32_t)candidate->line;
    int64_t other = 0;
    bool found;

    if (candidate->plan->kind->id != KIND_PARTY || !code->known)
        return true;
    if (!digest_map_add(&checker->keys, slice_of(arena_print(&checker->arena, "\n%.*s", (int)code->text.len,
                                                             code->text.at)), &line))
        told_twice(candidate, party_fields[PARTY_USCC].label, line, column, code->text);
    if (!sql_one(checker->sql, by_code, SQL_ARGS(sql_text(code->text)), &other, &found, err))
        return false;
    if (found && other != candidate->prior.id)
        candidate_complain(candidate, column, code->text, N_("这个统一社会信用代码已经属于另一个单位"),
                    N_("请核对代码；单位改了名的，请在原来那条上改"));
    return true;
}

/* --- allowed --- */

/* Refused, not broken: the row is at fault and not the database. */
static bool refused(const struct err *err)
{
    return err->code == ERR_DENIED || err->code == ERR_MISSING || err->code == ERR_SIGN_IN;
}

/* A party that is to be made lies in no table yet. */
static bool may_import_fresh(const struct actor *actor, const struct candidate *candidate)
{
    const struct record *record = &candidate->record;
    int field = kind_field(record->kind, "region");
    struct object object = {.kind = record->kind, .owner = record->owner, .region = candidate->owner->region};
    struct err ignored;

    if (!may(actor, ACT_IMPORT_ANY, &object, &ignored))
        return false;
    if (field < 0 || !record->values[field].known)
        return true;
    object.region = strtoll(record->values[field].text.at, NULL, 10);
    return may(actor, ACT_IMPORT_ANY, &object, &ignored);
}

/* *allowed, or false where the database could not be asked. */
static bool may_import(struct checker *checker, const struct candidate *candidate, bool *allowed, struct err *err)
{
    const struct actor *actor = checker->request->actor;
    const struct record *record = &candidate->record;

    if (actor_is_program(actor) || (candidate->owner && candidate->owner->fresh)) {
        *allowed = actor_is_program(actor) || may_import_fresh(actor, candidate);
        return true;
    }
    *allowed = submit_may_place(checker->sql, actor, ACT_IMPORT_ANY, record, err);
    if (!*allowed && refused(err) && actor->party == record->owner)
        *allowed = submit_may_place(checker->sql, actor, ACT_IMPORT, record, err);
    return *allowed || refused(err);
}

static bool allowed_prior(struct checker *checker, struct candidate *candidate, struct err *err)
{
    struct err told;

    if (submit_may_save(checker->sql, checker->request->actor, &candidate->record, &candidate->prior, err))
        return true;
    if (!refused(err))
        return false;
    err_set(&told, ERR_INVALID, "这条记录已经有了，您不能这样改它");
    err_because(&told, err);
    problem_add(candidate->problems, candidate->plan, NO_COLUMN, SLICE(""), &told);
    return true;
}

static bool check_allowed(struct checker *checker, struct candidate *candidate, struct err *err)
{
    bool allowed;

    if (candidate->prior.id)
        return allowed_prior(checker, candidate, err);
    if (!may_import(checker, candidate, &allowed, err))
        return false;
#ifndef TQ_TEETH_IMPORT_MAY
    if (!allowed)
        candidate_complain(candidate, column_of_role(candidate->plan, IMPORT_OWNER), candidate->typed.owner,
                    N_("您不能为这个单位导入"), N_("只能导入您管辖范围内的单位；请删去这一行或联系有权限的人"));
#endif
    return true;
}

/* --- the row as a whole --- */

static bool candidate_check(struct checker *checker, struct candidate *candidate, struct err *err)
{
    err_clear(err);
    if (kind_is_past(candidate->plan->kind))
        return past_check(checker, candidate, err);
    if (!resolve_links(checker, candidate, err) || !prior_by_id(checker, candidate, err)
        || !candidate_owner(checker, candidate, err) || !prior_by_key(checker, candidate, err))
        return false;
    owner_stays(candidate);
    if (!candidate_values(checker, candidate, err))
        return false;
    if (candidate->problems->count)
        return true;
    if (!check_key(checker, candidate, err) || !check_uscc(checker, candidate, err)
        || !check_allowed(checker, candidate, err))
        return false;
    if (candidate->prior.id && checker->request->options.exists == EXISTS_ERROR)
        candidate_complain(candidate, plan_column_of(candidate->plan, candidate->plan->kind->title), SLICE(""),
                    N_("这条记录已经有了"), N_("选择“更新已有的”或“跳过已有的”，或删去这一行"));
    return true;
}

static bool same_as_prior(const struct candidate *candidate)
{
    const struct kind *kind = candidate->plan->kind;

    /* where a row stands and what the program makes of it is no change of it */
    for (size_t i = 0; i < kind->count; i++)
        if (kind_typed(kind, i) && !value_same(&kind->fields[i], &candidate->record.values[i], &candidate->prior.values[i]))
            return false;
    return candidate->record.owner == candidate->prior.owner;
}

static enum import_verdict verdict_of(const struct checker *checker, const struct candidate *candidate)
{
    if (candidate->problems->count)
        return candidate->twice ? ROW_TWICE : ROW_BAD;
    if (!candidate->prior.id)
        return ROW_FRESH;
    if (checker->request->options.exists == EXISTS_SKIP)
        return ROW_SKIPPED;
    return same_as_prior(candidate) ? ROW_SAME : ROW_CHANGES;
}

static void count(struct import_tally *tally, enum import_verdict verdict)
{
    tally->good += verdict != ROW_BAD && verdict != ROW_TWICE;
    tally->fresh += verdict == ROW_FRESH;
    tally->changes += verdict == ROW_CHANGES;
    tally->same += verdict == ROW_SAME;
    tally->skipped += verdict == ROW_SKIPPED;
    tally->twice += verdict == ROW_TWICE;
}

static struct slice owner_shown(struct checker *checker, const struct candidate *candidate)
{
    const struct record *record = &candidate->record;

    if (!record->kind->owned || !record->owner || (candidate->owner && candidate->owner->fresh))
        return candidate->typed.owner;
    return record_title(checker->sql, &kind_party, record->owner, &checker->arena);
}

static void tell(struct checker *checker, const struct candidate *candidate, enum import_verdict verdict, const bool *given)
{
    const struct import_watch *watch = checker->watch;
    struct import_judged row = {.line = candidate->line, .verdict = verdict, .record = &candidate->record, .given = given,
                                .title = candidate->typed.typed[candidate->plan->kind->title]};

    if (!watch || !watch->judged || checker->shown == IMPORT_SHOWN)
        return;
    checker->shown++;
    row.owner = owner_shown(checker, candidate);
    watch->judged(watch->arg, &row);
}

/* A row that changes nothing leaves which record it found, one that does its values. */
static bool candidate_stage(struct checker *checker, struct candidate *candidate, enum import_verdict verdict,
                            const bool *given, struct err *err)
{
    struct staged row = {.sort = STAGED_ROW, .line = candidate->line, .owner = candidate->record.owner, .body = SLICE("")};

    if (checker->hopeless)
        return true;
    row.object = candidate->prior.id ? candidate->prior.id : ident_next(checker->now_ms);
    row.ver = candidate->prior.id ? candidate->prior.ver : 0;
    if (verdict == ROW_SAME || verdict == ROW_SKIPPED) {
        row.sort = STAGED_SAME;
        return stager_add(checker->stager, &row, err);
    }
    if (candidate->owner && !party_stage(checker, candidate->owner, candidate->line, err))
        return false;
    row.body = values_pack(&candidate->record, given, &checker->arena);
    return stager_add(checker->stager, &row, err);
}

bool checker_row(struct checker *checker, const struct table_row *row, struct err *err)
{
    struct candidate *candidate;
    struct problems *problems;
    enum import_verdict verdict;
    bool given[FIELDS_MAX] = {false};

    arena_reset(&checker->arena);
    candidate = arena_zero(&checker->arena, 1, sizeof *candidate);
    problems = arena_alloc(&checker->arena, sizeof *problems);
    problems->count = 0;
    candidate->plan = checker->request->plan;
    candidate->line = row->line;
    candidate->problems = problems;
    candidate->record.kind = candidate->plan->kind;
    row_type(candidate->plan, row, &checker->arena, &candidate->typed, problems);
    if (!candidate_check(checker, candidate, err))
        return false;
    for (size_t i = 0; i < candidate->plan->kind->count; i++)
        given[i] = candidate->typed.typed[i].at != NULL;
    verdict = verdict_of(checker, candidate);
    count(checker->tally, verdict);
    tell(checker, candidate, verdict, given);
    if (problems->count)
        return checker_bad(checker, row, problems, verdict == ROW_TWICE ? STAGED_TWICE : STAGED_BAD, err);
    return candidate_stage(checker, candidate, verdict, given, err);
}

/* --- bad rows --- */

static json_t *problem_json(const struct import_problem *problem)
{
    json_t *json = json_object();

    json_object_set_new(json, "column", json_integer(problem->column));
    json_put(json, "header", problem->header);
    json_put(json, "value", problem->value);
    json_put(json, "message", slice_of(problem->err.message));
    json_put(json, "hint", slice_of(problem->err.hint));
    return json;
}

static struct slice bad_body(const struct table_row *row, const struct problems *problems, struct arena *arena)
{
    json_t *json = json_object(), *cells = json_array(), *list = json_array();
    struct slice made;
    struct text out;

    for (size_t i = 0; i < row->count; i++)
        json_array_append_new(cells, json_stringn_nocheck(row->cells[i].at, row->cells[i].len));
    for (size_t i = 0; i < problems->count; i++)
        json_array_append_new(list, problem_json(&problems->list[i]));
    json_object_set_new(json, "cells", cells);
    json_object_set_new(json, "problems", list);
    text_init(&out);
    json_write(json, &out);
    json_decref(json);
    made = arena_copy(arena, text_slice(&out));
    text_release(&out);
    return made;
}

bool checker_bad(struct checker *checker, const struct table_row *row, const struct problems *problems,
                 enum staged_sort sort, struct err *err)
{
    struct staged staged = {.sort = sort, .line = row->line};

    checker->tally->bad++;
    if (checker->watch && checker->watch->bad)
        checker->watch->bad(checker->watch->arg, row->line, problems->list, problems->count);
    if (checker->tally->bad > IMPORT_BAD_KEPT)
        return true;
    staged.body = bad_body(row, problems, &checker->arena);
    return stager_add(checker->stager, &staged, err);
}
