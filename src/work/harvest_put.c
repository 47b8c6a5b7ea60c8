/* One achievement in the projection that is harvested: what a visitor sees of it, which sets it is in, whether it is gone. */
#include "record/achievement.h"
#include "record/facet.h"
#include "record/party.h"
#include "record/tree.h"
#include "work/harvest_int.h"
#include "work/may.h"

static const char item_get[] = "SELECT digest, sets FROM harvest_item WHERE id = ?1";
static const char item_put[] =
    "INSERT INTO harvest_item (id, stamp, gone, digest, sets) VALUES (?1, ?2, ?3, ?4, ?5)"
    " ON CONFLICT (id) DO UPDATE SET stamp = excluded.stamp, gone = excluded.gone, digest = excluded.digest, sets = excluded.sets";
static const char sets_drop[] = "DELETE FROM harvest_set WHERE id = ?1";
static const char set_add[] = "INSERT INTO harvest_set (spec, stamp, id) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING";
static const char was_open[] = "SELECT 1 FROM achievement WHERE id = ?1 AND status = 0 LIMIT 1";

/* What everybody sees of an achievement. */
struct face {
    struct record record, owner; /* owner.ver 0: there is none */
    bool gone;
    struct slice sets;
    unsigned char digest[SEAL_HASH];
};

/* --- sets --- */

static void set_line(struct text *sets, const char *name, struct slice path)
{
    text_puts(sets, name);
    text_putc(sets, ':');
    for (size_t i = 0; i < path.len; i++)
        text_putc(sets, path.at[i] == '/' ? ':' : path.at[i]);
    text_putc(sets, '\n');
}

static bool has_line(struct slice lines, struct slice wanted)
{
    struct slice line;

    while (slice_cut(&lines, '\n', &line))
        if (slice_same(line, wanted))
            return true;
    return false;
}

/* Industries and IPC down to their second level, places as deep as they go: what lists are narrowed by. */
static void codes_add(struct text *sets, const struct field *field, const struct value *value)
{
    const struct tree *tree = tree_get(field->choices);
    struct slice rest = value->text, item;

    while (value->known && slice_cut(&rest, '\n', &item)) {
        const struct tree_node *node = tree_find(tree, facet_code(field, item));
        struct text line;

        if (!node)
            continue;
        text_init(&line);
        set_line(&line, field->name, slice_of(node->path));
        if (!has_line(text_slice(sets), (struct slice){line.at, line.len - 1}))
            text_add_slice(sets, text_slice(&line));
        text_release(&line);
    }
}

static struct slice sets_of(struct face *face, struct arena *arena)
{
    const struct record *record = &face->record, *owner = &face->owner;
    struct text sets;
    struct slice made;

    text_init(&sets);
    codes_add(&sets, &achievement_fields[ACHIEVEMENT_INDUSTRY], &record->values[ACHIEVEMENT_INDUSTRY]);
    codes_add(&sets, &achievement_fields[ACHIEVEMENT_IPC], &record->values[ACHIEVEMENT_IPC]);
    if (record->values[ACHIEVEMENT_REGION].known)
        codes_add(&sets, &achievement_fields[ACHIEVEMENT_REGION], &record->values[ACHIEVEMENT_REGION]);
    else if (owner->ver)
        codes_add(&sets, &party_fields[PARTY_REGION], &owner->values[PARTY_REGION]);
    if (owner->ver && owner->values[PARTY_SIDE].known)
        set_line(&sets, "side", owner->values[PARTY_SIDE].text);
    made = arena_copy(arena, text_slice(&sets));
    text_release(&sets);
    return made;
}

/* --- the face --- */

static void hash_value(struct seal_sum *sum, const struct field *field, const struct value *value)
{
    seal_sum_add(sum, slice_of(field->name));
    seal_sum_add(sum, value->known ? SLICE("=") : SLICE("-"));
    seal_sum_add(sum, (struct slice){(const char *)&value->number, sizeof value->number});
    seal_sum_add(sum, value->text);
    seal_sum_add(sum, (struct slice){"", 1});
}

static const enum party_field owner_shows[] = {PARTY_NAME, PARTY_SIDE, PARTY_REGION, PARTY_USCC};

static void face_hash(struct face *face, const struct actor *visitor, const struct object *object)
{
    struct seal_sum *sum = seal_sum_begin();
    struct record *record = &face->record;

    for (size_t i = 0; !face->gone && i < record->kind->count; i++)
        if (may_see_field(visitor, object, record, i))
            hash_value(sum, &record->kind->fields[i], &record->values[i]);
    for (size_t i = 0; !face->gone && face->owner.ver && i < sizeof owner_shows / sizeof *owner_shows; i++)
        hash_value(sum, &party_fields[owner_shows[i]], &face->owner.values[owner_shows[i]]);
    if (!face->gone)
        seal_sum_add(sum, face->sets);
    seal_sum_end(sum, face->digest);
}

static bool owner_load(struct harvest_work *work, struct face *face, struct err *err)
{
    face->owner = (struct record){.ver = 0};
    if (!face->record.owner || record_get(work->sql, &kind_party, face->record.owner, &work->arena, &face->owner, err))
        return true;
    face->owner.ver = 0;
    return err->code == ERR_MISSING;
}

static bool face_load(struct harvest_work *work, struct face *face, struct err *err)
{
    static const struct actor visitor;
    struct object object;
    struct err ignored;

    if (!owner_load(work, face, err) || !object_of(work->sql, &face->record, &visitor, &object, err))
        return false;
    face->gone = !may(&visitor, ACT_SEE, &object, &ignored);
    face->sets = sets_of(face, &work->arena);
    face_hash(face, &visitor, &object);
    return true;
}

/* --- writing --- */

/* A set and those above it: "ipc:F:F04" is in "ipc:F" and "ipc". */
static bool set_put(struct harvest_work *work, int64_t id, struct slice set, struct err *err)
{
    for (size_t len = set.len; len; len--)
        if ((len == set.len || set.at[len] == ':')
            && !sql_put(work->sql, set_add, SQL_ARGS(sql_text((struct slice){set.at, len}), sql_int(work->last), sql_int(id)), err))
            return false;
    return true;
}

static bool face_put(struct harvest_work *work, const struct face *face, int64_t leaf_ms, struct err *err)
{
    int64_t second = work->ready ? work->now_ms / 1000 + 1 : leaf_ms / 1000, id = face->record.id;
    struct slice rest = face->sets, set;

    work->last = second * HARVEST_SECOND > work->last ? second * HARVEST_SECOND : work->last + 1;
    if (!sql_put(work->sql, item_put, SQL_ARGS(sql_int(id), sql_int(work->last), sql_int(face->gone), sql_bytes(face->digest, SEAL_HASH),
                                               sql_text(face->sets)), err)
        || !sql_put(work->sql, sets_drop, SQL_ARGS(sql_int(id)), err))
        return false;
    while (slice_cut(&rest, '\n', &set))
        if (set.len && !set_put(work, id, set, err))
            return false;
    return true;
}

/* *same: it is there as it is. What is gone keeps the sets that it was known in. */
static bool compare(struct harvest_work *work, struct face *face, bool *known, bool *same, struct err *err)
{
    struct sql_rows rows;

    if (!sql_rows(work->sql, item_get, SQL_ARGS(sql_int(face->record.id)), &rows, err))
        return false;
    *known = sql_next(&rows);
    *same = *known && slice_same(sql_slice(&rows, 0), (struct slice){(const char *)face->digest, SEAL_HASH});
    if (*known && face->gone)
        face->sets = arena_copy(&work->arena, sql_slice(&rows, 1));
    return sql_done(&rows, err);
}

bool harvest_put(struct harvest_work *work, int64_t id, int64_t leaf, int64_t leaf_ms, struct err *err)
{
    struct face face;
    bool known, same, once = true;
    int64_t one;

    work->put++;
    if (!record_get(work->sql, &kind_achievement, id, &work->arena, &face.record, err))
        return err->code == ERR_MISSING;
    if (leaf >= 0 && face.record.from_leaf != leaf)
        return true; /* a later leaf brings it, or an earlier one did */
    if (!face_load(work, &face, err) || !compare(work, &face, &known, &same, err))
        return false;
    if (face.gone && !known && !sql_one(work->sql, was_open, SQL_ARGS(sql_int(id)), &one, &once, err))
        return false;
    return same || !once || face_put(work, &face, leaf_ms, err);
}

bool harvest_party_moved(struct harvest_work *work, const struct leaf *leaf, bool *moved, struct err *err)
{
    struct record now, before;

    *moved = false;
    if (leaf->version < 2)
        return true;
    if (!record_version(work->sql, &kind_party, leaf->object, leaf->version, &work->arena, &now, err)
        || !record_version(work->sql, &kind_party, leaf->object, leaf->version - 1, &work->arena, &before, err))
        return err->code == ERR_MISSING;
    for (size_t i = 0; i < sizeof owner_shows / sizeof *owner_shows; i++) {
        size_t field = owner_shows[i];

        *moved = *moved || !value_same(&party_fields[field], &now.values[field], &before.values[field]);
    }
    return true;
}
