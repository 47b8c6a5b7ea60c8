/*
 * A record that an indicator counts, as its reader may know of it: by its title where it is open to him, else not at all. What lies in a file
 * leads to the file: a paper to its deal, an entry to its matter.
 */
#include "base/json.h"
#include "record/fact.h"
#include "web/indicator_int.h"
#include "web/matter.h"
#include "work/matter.h"

#define PUT(request, ...) slice_of(arena_print((request)->arena, __VA_ARGS__))

static bool matter_named(struct request *request, const struct matter_sort *sort, const struct record *matter, struct slice *title, struct err *err)
{
    enum matter_sight sight;
    unsigned sides;

    if (!matter_sight(request->sql, sort, matter, &request->actor, &sides, &sight, err))
        return false;
    *title = matter_title_at(sort, matter, sight);
    return true;
}

static bool record_named(struct request *request, const struct record *record, struct slice *title, struct err *err)
{
    const struct actor *actor = &request->actor;
    struct object object;
    struct err no;

    if (!object_of(request->sql, record, actor, &object, err))
        return false;
    if (may(actor, ACT_SEE, &object, &no) && may_see_field(actor, &object, record, record->kind->title))
        *title = record->values[record->kind->title].text;
    return true;
}

/* What is known about a firm is shown to those who may look into it, under the firm's name. */
static bool fact_named(struct request *request, const struct record *fact, struct slice *title, struct err *err)
{
    struct object object;
    struct err no;

    if (!object_of(request->sql, fact, &request->actor, &object, err))
        return false;
    if (may(&request->actor, ACT_HISTORY, &object, &no))
        *title = record_title(request->sql, &kind_party, fact->owner, request->arena);
    return true;
}

static bool holds_entry(const struct matter_sort *sort, const struct kind *kind)
{
    for (size_t i = 0; i < sort->entry_count; i++)
        if (sort->entries[i] == kind)
            return true;
    return false;
}

/* In whose file it lies: the kind, and the field that names the file. NULL: in none. */
static const struct kind *file_of(const struct kind *kind, int *field)
{
    *field = -1;
    if (kind_is_paper(kind) && kind->id != KIND_DEAL) {
        *field = kind_field(kind, "deal");
        return *field < 0 ? NULL : kind_stored("deal");
    }
    for (size_t i = 0; i < matter_sort_count; i++)
        if (holds_entry(matter_sorts[i], kind)) {
            *field = ENTRY_MATTER;
            return matter_sorts[i]->kind;
        }
    return NULL;
}

/* *there false: there is no such record any more. */
static bool read_there(struct request *request, const struct kind *kind, int64_t id, struct record *record, bool *there, struct err *err)
{
    *there = record_get(request->sql, kind, id, request->arena, record, err);
    return *there || err->code == ERR_MISSING;
}

static bool record_find_file(struct request *request, const struct kind *kind, int64_t id, struct record *record, bool *there, struct err *err)
{
    const struct kind *file;
    int field;

    if (!read_there(request, kind, id, record, there, err) || !*there)
        return *there || err->code == ERR_MISSING;
    file = file_of(kind, &field);
    if (!file)
        return true;
    if (!record->values[field].known) {
        *there = false;
        return true;
    }
    return read_there(request, file, record->values[field].number, record, there, err);
}

static bool title_of(struct request *request, const struct record *record, struct slice *title, struct err *err)
{
    const struct matter_sort *sort = matter_sort_of(record->kind);

    if (sort)
        return matter_named(request, sort, record, title, err);
    if (kind_is_listed(record->kind) || record->kind->id == KIND_DEAL)
        return record_named(request, record, title, err);
    return record->kind->id != KIND_FACT || fact_named(request, record, title, err);
}

bool indicator_record_put(struct request *request, struct slice kind_name, int64_t id, json_t *line, bool *hidden, struct err *err)
{
    const struct kind *kind = kind_stored(arena_text(request->arena, kind_name));
    struct slice title = SLICE("");
    struct record record;
    bool there = false;

    *hidden = true;
    json_object_set_new_nocheck(line, "kind", kind ? label_json(kind->name, kind->label, kind->label_en) : json_null());
    if (kind && (!record_find_file(request, kind, id, &record, &there, err) || (there && !title_of(request, &record, &title, err))))
        return false;
    *hidden = !title.len;
    if (title.len) {
        json_put(line, "title", title);
        json_put(line, "href", record.kind->id == KIND_FACT ? PUT(request, "/facts?party=%lld", (long long)record.owner)
                                                            : PUT(request, "/%s/%lld", record.kind->plural, (long long)record.id));
    }
    json_object_set_new_nocheck(line, "hidden", json_boolean(*hidden));
    json_fill(line, "title href");
    return true;
}
