/* A record's history out of the ledger: what was done, when, by whom where that may be known, and what changed. */
#include "base/json.h"
#include "web/view.h"

enum { HISTORY_SHOWN = 8, HISTORY_PAGE = 200 };

const char *action_label(const char *action, bool english)
{
    static const struct {
        const char *verb, *zh, *en;
    } labels[] = {{".disclose", "发布", "published"}, {".edit", "修改", "changed"}, {".close", "关闭", "closed"},
                  {".reopen", "重新开放", "opened again"}, {".due", "到期", "came due"}, {".late", "超期提醒", "told that it is late"},
                  {".write_back", "凭验证结果回写成熟度", "TRL written back with its evidence"}, {".past", "历史补录", "entered afterwards"}};
    const char *verb = strrchr(action, '.');

    for (size_t i = 0; verb && i < sizeof labels / sizeof *labels; i++)
        if (strcmp(labels[i].verb, verb) == 0)
            return english ? labels[i].en : labels[i].zh;
    return action;
}

struct slice actor_name(struct sql *sql, const unsigned char *pseudonym, struct arena *arena)
{
    struct slice name = SLICE("");
    struct sql_rows rows;
    struct err ignored;

    if (!sql_rows(sql, "SELECT name FROM account WHERE pseudonym = ?1 AND to_leaf IS NULL",
                  SQL_ARGS(sql_bytes(pseudonym, LEAF_ACTOR)), &rows, &ignored))
        return name;
    if (sql_next(&rows))
        name = arena_copy(arena, sql_slice(&rows, 0));
    sql_done(&rows, &ignored);
    return name;
}

struct history {
    struct request *request;
    const struct record *record;
    json_t *lines;
    uint64_t oldest; /* leaf of the last line */
    bool whole;      /* that is the first version: nothing is older */
    bool past;       /* the actor may see past versions */
    bool names;      /* and who made them */
    bool changes;    /* each line says what changed */
    enum level sees;
    struct record older; /* the version before the one of the last line, if `changes`; ver 0: none */
};

static bool version_load(const struct history *history, int64_t ver, struct record *record)
{
    struct request *request = history->request;
    struct err ignored;

    return record_version(request->sql, history->record->kind, history->record->id, ver, request->arena, record, &ignored);
}

static json_t *changed_json(struct history *history, const struct leaf *leaf)
{
    const struct kind *kind = history->record->kind;
    struct record now = history->older;
    json_t *changed = json_array();
    bool known = now.ver == leaf->version || version_load(history, leaf->version, &now);

    history->older.ver = 0;
    if (!known || leaf->version == 1 || !version_load(history, (int64_t)leaf->version - 1, &history->older))
        return changed;
    for (size_t i = 0; i < kind->count; i++)
        if (!value_same(&kind->fields[i], &now.values[i], &history->older.values[i])
            && record_level(&now, i) <= history->sees && record_level(history->record, i) <= history->sees)
            json_array_append_new(changed, label_json(kind->fields[i].name, kind->fields[i].label,
                                                      kind->fields[i].label_en));
    return changed;
}

static bool history_line(const struct leaf *leaf, void *arg, struct err *err)
{
    struct history *history = arg;
    struct request *request = history->request;
    json_t *line = json_object();
    const char *label = action_label(leaf->action, false);

    (void)err;
    json_object_set_new_nocheck(line, "action", label_json(leaf->action, label, action_label(leaf->action, true)));
    json_object_set_new_nocheck(line, "ver", json_integer(leaf->version));
    json_object_set_new_nocheck(line, "at", json_integer(leaf->time_ms));
    json_object_set_new_nocheck(line, "leaf", json_integer((json_int_t)leaf->index));
    if (history->past)
        json_put(line, "href", slice_of(arena_print(request->arena, "/%s/%lld?ver=%u", history->record->kind->plural,
                                                    (long long)leaf->object, leaf->version)));
    if (history->names)
        json_put(line, "who", actor_name(request->sql, leaf->actor, request->arena));
    if (history->changes)
        json_object_set_new_nocheck(line, "changed", changed_json(history, leaf));
    json_fill(line, "who changed href");
    json_array_append_new(history->lines, line);
    history->oldest = leaf->index;
    history->whole = leaf->version == 1;
    return true;
}

static struct history history_of(struct request *request, const struct record *record, const struct object *object)
{
    struct history history = {.request = request, .record = record, .lines = json_array(),
                              .sees = may_level(&request->actor, object)};
    struct err ignored;

    history.past = may(&request->actor, ACT_HISTORY, object, &ignored);
    history.names = history.past && may_see_owner(&request->actor, object, record); /* a person's name tells the firm */
    return history;
}

json_t *history_json(struct request *request, const struct record *record, const struct object *object)
{
    struct history history = history_of(request, record, object);
    struct err ignored;

    ledger_history(request->sql, record->kind->name, record->id, LEDGER_END, HISTORY_SHOWN, history_line, &history,
                   &ignored);
    return history.lines;
}

void history_page(struct request *request, const struct record *record, const struct object *object, json_t *out)
{
    struct history history = history_of(request, record, object);
    int64_t before = request_number(request, "before", 0);
    struct err ignored;
    json_t *older;

    history.changes = true;
    ledger_history(request->sql, record->kind->name, record->id, before > 0 ? (uint64_t)before : LEDGER_END, HISTORY_PAGE,
                   history_line, &history, &ignored);
    json_object_set_new_nocheck(out, "history", history.lines);
    if (history.whole || json_array_size(history.lines) == 0)
        return;
    older = label_json("older", "更早的历史", "Earlier history");
    json_put(older, "href", slice_of(arena_print(request->arena, "/%s/%lld/history?before=%llu", record->kind->plural,
                                                 (long long)record->id, (unsigned long long)history.oldest)));
    json_object_set_new_nocheck(out, "history_older", older);
}
