/*
 * A member's own desk: what waits, my records and who fits them, my drafts, my organisation.
 * Document: {"desk": {tasks, records: [{href, title, kind, status, at, fits}], drafts, party, may_import}}
 */
#include "base/json.h"
#include "web/draft.h"
#include "web/handlers.h"
#include "web/view.h"
#include "work/fit.h"

enum { RECORDS_SHOWN = 40, FITS_SHOWN = 2 };

static void fits_add(struct request *request, const struct record *record, json_t *line)
{
    enum column own = column_of(record);
    json_t *fits = json_array();

    for (unsigned c = 0; c < COLUMN_SHOWN; c++) {
        struct fit list[FITS_SHOWN];
        size_t n = c == own ? 0 : fit_list(request->sql, record, (enum column)c, request->arena, list, FITS_SHOWN);

        for (size_t i = 0; i < n; i++) {
            json_t *fit;

            if (list[i].rating < MATCH_FAIR)
                continue;
            fit = json_object();
            json_put(fit, "href", slice_of(arena_print(request->arena, "/%s/%lld", list[i].kind->plural,
                                                       (long long)list[i].other)));
            json_put(fit, "title", list[i].title);
            json_object_set_new_nocheck(fit, "level", json_integer(list[i].rating));
            json_object_set_new_nocheck(fit, "kind", label_json(list[i].kind->name, list[i].kind->label,
                                                                list[i].kind->label_en));
            json_array_append_new(fits, fit);
        }
    }
    json_object_set_new_nocheck(line, "fits", fits);
}

static json_t *record_line(struct request *request, const struct record *record)
{
    json_t *line = json_object();

    json_put(line, "href", slice_of(arena_print(request->arena, "/%s/%lld", record->kind->plural,
                                                (long long)record->id)));
    json_put(line, "title", record->values[record->kind->title].text);
    json_object_set_new_nocheck(line, "kind", label_json(record->kind->name, record->kind->label,
                                                         record->kind->label_en));
    if (record->status == RECORD_CLOSED)
        json_object_set_new_nocheck(line, "status", label_json("closed", "已关闭", "Closed"));
    json_object_set_new_nocheck(line, "at", json_integer(record->valid_from));
    fits_add(request, record, line);
    json_fill(line, "status");
    return line;
}

static const char *const own_texts[] = {
    "SELECT id FROM need WHERE owner = ?1 AND to_leaf IS NULL ORDER BY id DESC LIMIT 40",
    "SELECT id FROM achievement WHERE owner = ?1 AND to_leaf IS NULL ORDER BY id DESC LIMIT 40",
    "SELECT id FROM scenario WHERE owner = ?1 AND to_leaf IS NULL ORDER BY id DESC LIMIT 40",
    "SELECT id FROM service WHERE owner = ?1 AND to_leaf IS NULL ORDER BY id DESC LIMIT 40",
};
static const struct kind *const own_kinds[] = {&kind_need, &kind_achievement, &kind_scenario, &kind_service};

static size_t own_ids(struct request *request, size_t which, int64_t *ids)
{
    struct sql_rows rows;
    struct err ignored;
    size_t n = 0;

    if (!sql_rows(request->sql, own_texts[which], SQL_ARGS(sql_int(request->actor.party)), &rows, &ignored))
        return 0;
    while (n < RECORDS_SHOWN && sql_next(&rows))
        ids[n++] = sql_number(&rows, 0);
    sql_done(&rows, &ignored);
    return n;
}

static json_t *records_json(struct request *request)
{
    json_t *records = json_array();

    for (size_t k = 0; request->actor.party && k < sizeof own_kinds / sizeof *own_kinds; k++) {
        int64_t ids[RECORDS_SHOWN];
        size_t n = own_ids(request, k, ids);

        for (size_t i = 0; i < n && json_array_size(records) < RECORDS_SHOWN; i++) {
            struct record record;
            struct err ignored;

            if (record_get(request->sql, own_kinds[k], ids[i], request->arena, &record, &ignored))
                json_array_append_new(records, record_line(request, &record));
        }
    }
    return records;
}

static void party_add(struct request *request, json_t *desk)
{
    struct record party;
    struct err ignored;
    json_t *card;

    if (!request->actor.party
        || !record_get(request->sql, &kind_party, request->actor.party, request->arena, &party, &ignored))
        return;
    card = box_card(request->sql, &party, &request->actor, request->english, request->arena);
    json_put(card, "name", party.values[party.kind->title].text);
    json_object_set_new_nocheck(desk, "party", card);
}

bool desk_get(struct request *request, struct err *err)
{
    json_t *document = json_object(), *desk = json_object();
    struct object object = {.kind = &kind_achievement, .owner = request->actor.party};

    json_object_set_new_nocheck(desk, "tasks", json_array());
    json_object_set_new_nocheck(desk, "records", records_json(request));
    json_object_set_new_nocheck(desk, "drafts", draft_list(request));
    party_add(request, desk);
    json_fill(desk, "party");
    json_object_set_new_nocheck(desk, "may_import", json_boolean(may(&request->actor, ACT_IMPORT, &object, err)));
    json_object_set_new_nocheck(document, "desk", desk);
    return request_page(request, "desk", document);
}
