#include "record/record.h"

#include <assert.h>

#include "base/ident.h"
#include "base/text.h"
#include "base/utf8.h"
#include "record/facet.h"
#include "record/right.h"
#include "seal/seal.h"

/* Columns before the fields, in every SELECT and INSERT here. */
enum { COLUMN_ID, COLUMN_VER, COLUMN_FROM, COLUMN_VALID, COLUMN_OWNER, COLUMN_AUTHOR, COLUMN_STATUS, COLUMN_KEY,
       COLUMN_SALTS, COLUMN_FIELDS };

struct statements {
    char *insert, *end, *current, *as_of, *version, *find, *title, *of_deal, *many;
};

static struct statements all[KIND_END];
static char *papers_of_deal; /* how many papers a deal has, a row a kind: one question where most kinds have none */

static void add_columns(struct text *sql, const struct kind *kind)
{
    text_puts(sql, "id, ver, from_leaf, valid_from, owner, author, status, natural_key, salts");
    for (size_t i = 0; i < kind->count; i++)
        text_print(sql, ", %s", kind->fields[i].name);
}

static char *build_insert(const struct kind *kind)
{
    struct text sql;

    text_init(&sql);
    text_print(&sql, "INSERT INTO %s (", kind->name);
    add_columns(&sql, kind);
    text_puts(&sql, ") VALUES (");
    for (size_t i = 0; i < COLUMN_FIELDS + kind->count; i++)
        text_print(&sql, "%s?%zu", i ? ", " : "", i + 1);
    text_putc(&sql, ')');
    return text_detach(&sql);
}

char *record_select(const struct kind *kind, const char *where)
{
    struct text sql;

    text_init(&sql);
    text_puts(&sql, "SELECT ");
    add_columns(&sql, kind);
    text_print(&sql, " FROM %s WHERE %s", kind->name, where);
    return text_detach(&sql);
}

static char *build(const char *format, const struct kind *kind)
{
    struct text sql;

    text_init(&sql);
    for (const char *at = format; *at; at++) {
        if (*at == '@')
            text_puts(&sql, kind->name);
        else if (*at == '%')
            text_puts(&sql, kind->fields[kind->title].name);
        else
            text_putc(&sql, *at);
    }
    return text_detach(&sql);
}

static bool is_of_deal(const struct kind *kind)
{
    return kind_is_paper(kind) && kind->id != KIND_DEAL;
}

static char *build_many(const struct kind *kind)
{
    struct text where;
    char *made;

    text_init(&where);
    text_puts(&where, "id IN (");
    for (size_t i = 0; i < RECORD_MANY; i++)
        text_print(&where, "%s?%zu", i ? ", " : "", i + 1);
    text_puts(&where, ") AND to_leaf IS NULL");
    made = record_select(kind, where.at);
    text_release(&where);
    return made;
}

static char *build_papers(void)
{
    struct text sql;

    text_init(&sql);
    for (size_t i = 0; i < KIND_ALL; i++)
        if (is_of_deal(kind_get((enum kind_id)i)))
            text_print(&sql, "%sSELECT %zu, COUNT(*) FROM %s WHERE deal = ?1 AND to_leaf IS NULL", sql.len ? " UNION ALL " : "", i,
                       kind_get((enum kind_id)i)->name);
    return text_detach(&sql);
}

void record_start(void)
{
    if (!papers_of_deal)
        papers_of_deal = build_papers();
    for (size_t i = 0; i < KIND_END; i++) {
        const struct kind *kind = kind_get((enum kind_id)i);

        assert(kind->count <= FIELDS_MAX);
        if (all[i].insert)
            continue;
        all[i] = (struct statements){
            .insert = build_insert(kind),
            .end = build("UPDATE @ SET to_leaf = ?2, valid_to = ?3 WHERE id = ?1 AND ver = ?4 AND to_leaf IS NULL", kind),
            .current = record_select(kind, "id = ?1 AND to_leaf IS NULL"),
            .as_of = record_select(kind, "id = ?1 AND from_leaf <= ?2 AND (to_leaf IS NULL OR to_leaf > ?2)"),
            .version = record_select(kind, "id = ?1 AND ver = ?2"),
            .find = build("SELECT id FROM @ WHERE natural_key = ?1 AND to_leaf IS NULL", kind),
            .title = build("SELECT % FROM @ WHERE id = ?1 AND to_leaf IS NULL", kind),
        };
        if (kind_is_listed(kind))
            all[i].many = build_many(kind);
        if (is_of_deal(kind))
            all[i].of_deal = record_select(kind, "deal = ?1 AND to_leaf IS NULL ORDER BY no LIMIT ?2");
    }
}

const char *record_insert_text(const struct kind *kind)
{
    return all[kind->id].insert;
}

void record_salt(struct record *record)
{
    seal_random(record->salts, (record->kind->count + 2) * LEAF_SALT);
}

/* --- natural key --- */

struct slice record_key(const struct record *record, struct arena *arena)
{
    const struct kind *kind = record->kind;
    struct slice made;
    struct text key;

    text_init(&key);
    if (!kind->natural_count) /* of matters and entries: each is one of its own */
        text_number(&key, record->id);
    for (size_t i = 0; i < kind->natural_count; i++) {
        size_t field = kind->natural[i];

        if (i)
            text_putc(&key, '|');
        if (field_is_number(kind->fields[field].type))
            text_number(&key, record->values[field].number);
        else
            text_add_slice(&key, utf8_key(utf8_nfkc(record->values[field].text, arena), arena));
    }
    if (kind->owned && kind->natural_count) {
        text_putc(&key, '|');
        text_number(&key, record->owner);
    }
    made = arena_copy(arena, text_slice(&key));
    text_release(&key);
    return made;
}

/* --- the leaf --- */

static void number_committed(struct leaf_field *field, const char *name, int64_t number, const unsigned char *salt)
{
    *field = (struct leaf_field){.name = name, .known = true, .is_number = true, .number = number};
    memcpy(field->salt, salt, LEAF_SALT);
}

static void value_committed(struct leaf_field *field, const struct field *of, const struct value *value, const unsigned char *salt)
{
    *field = (struct leaf_field){.name = of->name, .known = value->known, .is_number = field_is_number(of->type),
                                 .number = value->number, .text = value->text};
    memcpy(field->salt, salt, LEAF_SALT);
}

size_t record_committed(const struct record *record, const struct record *prior, struct leaf_field fields[RECORD_COMMITTED])
{
    size_t count = 0;

    if (!prior || prior->owner != record->owner)
        number_committed(&fields[count++], "owner", record->owner, record->salts[0]);
    if (!prior || prior->status != record->status)
        number_committed(&fields[count++], "status", record->status, record->salts[1]);
    for (size_t i = 0; i < record->kind->count; i++) {
        const struct field *field = &record->kind->fields[i];

        if (prior ? !value_same(field, &record->values[i], &prior->values[i]) : record->values[i].known)
            value_committed(&fields[count++], field, &record->values[i], record->salts[i + 2]);
    }
    return count;
}

/* Commitment root over what differs from prior; returns how many fields that is. */
static size_t changed_root(const struct record *record, const struct record *prior, unsigned char root[LEAF_HASH])
{
    unsigned char commitments[RECORD_COMMITTED][LEAF_HASH];
    struct leaf_field fields[RECORD_COMMITTED];
    size_t count = record_committed(record, prior, fields);

    for (size_t i = 0; i < count; i++)
        leaf_commit(&fields[i], commitments[i]);
    leaf_root((const unsigned char(*)[LEAF_HASH])commitments, count, root);
    return count;
}

/* A field that did not change keeps the salt of the version that set it. */
static void keep_salts(struct record *record, const struct record *prior)
{
    if (prior->owner == record->owner)
        memcpy(record->salts[0], prior->salts[0], LEAF_SALT);
    if (prior->status == record->status)
        memcpy(record->salts[1], prior->salts[1], LEAF_SALT);
    for (size_t i = 0; i < record->kind->count; i++)
        if (value_same(&record->kind->fields[i], &record->values[i], &prior->values[i]))
            memcpy(record->salts[i + 2], prior->salts[i + 2], LEAF_SALT);
}

/* --- writing --- */

static struct sql_arg value_arg(const struct field *field, const struct value *value)
{
    if (!value->known)
        return sql_null();
    return field_is_number(field->type) ? sql_int(value->number) : sql_text(value->text);
}

static bool insert_version(struct sql *sql, const struct record *record, struct slice key, struct err *err)
{
    const struct kind *kind = record->kind;
    struct sql_arg args[COLUMN_FIELDS + FIELDS_MAX] = {
        [COLUMN_ID] = sql_int(record->id),         [COLUMN_VER] = sql_int(record->ver),
        [COLUMN_FROM] = sql_int(record->from_leaf), [COLUMN_VALID] = sql_int(record->valid_from),
        [COLUMN_OWNER] = sql_int(record->owner),   [COLUMN_AUTHOR] = sql_int(record->author),
        [COLUMN_STATUS] = sql_int(record->status), [COLUMN_KEY] = sql_text(key),
        [COLUMN_SALTS] = sql_bytes(record->salts, (kind->count + 2) * LEAF_SALT),
    };

    for (size_t i = 0; i < kind->count; i++)
        args[COLUMN_FIELDS + i] = value_arg(&kind->fields[i], &record->values[i]);
    return sql_put(sql, all[kind->id].insert, args, COLUMN_FIELDS + kind->count, err);
}

static bool end_version(struct sql *sql, const struct record *prior, int64_t leaf, int64_t time_ms, struct err *err)
{
    int64_t changed;

    if (!sql_count(sql, all[prior->kind->id].end,
                   SQL_ARGS(sql_int(prior->id), sql_int(leaf), sql_int(time_ms), sql_int(prior->ver)), &changed, err))
        return false;
    if (changed == 1)
        return true;
    err_set(err, ERR_CONFLICT, "这条记录刚被别人改过");
    return err_hint(err, "请重新打开页面，在最新的内容上修改");
}

/* A key that the version before had is this record's; a paper's is its number, which was counted under the ledger's lock. */
static bool key_is_ours(const struct record *record, const struct record *prior, struct slice key, struct arena *arena)
{
    return is_of_deal(record->kind) || (prior && slice_same(record_key(prior, arena), key));
}

static bool key_free(struct sql *sql, const struct record *record, struct slice key, struct err *err)
{
    int64_t taken;

    if (!record_find(sql, record->kind, key, &taken, err))
        return false;
    if (taken == 0 || taken == record->id)
        return true;
    err_set(err, ERR_CONFLICT, "已经有同名的%s", record->kind->label);
    err_hint(err, "编号 %lld；若是同一项，请修改原来那条；若不是，请把名称写得更具体", (long long)taken);
    return err_field(err, record->kind->fields[record->kind->title].name);
}

/* A unified social credit code names one party. */
static bool code_free(struct sql *sql, const struct record *record, struct err *err)
{
    int field = record->kind->id == KIND_PARTY ? kind_field(record->kind, "uscc") : -1;
    int64_t taken;
    bool found;

    if (field < 0 || !record->values[field].known)
        return true;
    if (!sql_one(sql, "SELECT id FROM party WHERE uscc = ?1 AND to_leaf IS NULL",
                 SQL_ARGS(sql_text(record->values[field].text)), &taken, &found, err))
        return false;
    if (!found || taken == record->id)
        return true;
    err_set(err, ERR_CONFLICT, "这个统一社会信用代码已经登记在别的单位名下");
    err_hint(err, "编号 %lld；若是同一单位，请修改原来那条", (long long)taken);
    return err_field(err, "uscc");
}

static void leaf_fill(struct leaf *leaf, const struct record *record, const struct record_event *event)
{
    *leaf = (struct leaf){.time_ms = event->time_ms, .object = record->id, .version = (uint32_t)record->ver,
                          .part = event->part};
    if (event->actor)
        memcpy(leaf->actor, event->actor, LEAF_ACTOR);
    snprintf(leaf->action, sizeof leaf->action, "%s", event->action);
    snprintf(leaf->kind, sizeof leaf->kind, "%s", record->kind->name);
    snprintf(leaf->request_id, sizeof leaf->request_id, "%s", event->request_id);
}

static bool append(struct sql *sql, struct record *record, const struct record *prior,
                   const struct record_event *event, bool *changed, struct err *err)
{
    struct leaf leaf;

    record->ver = prior ? prior->ver + 1 : 1;
    if (prior)
        keep_salts(record, prior);
    leaf_fill(&leaf, record, event);
    *changed = changed_root(record, prior, leaf.root) > 0;
    if (!*changed) {
        record->ver = prior->ver;
        record->from_leaf = prior->from_leaf;
        record->valid_from = prior->valid_from;
        return true;
    }
    if (!ledger_append(sql, &leaf, err))
        return false;
    record->from_leaf = (int64_t)leaf.index;
    record->valid_from = event->time_ms;
    return true;
}

bool record_put(struct sql *sql, struct record *record, const struct record *prior, const struct record_event *event,
                struct err *err)
{
    struct arena arena;
    struct slice key;
    bool changed, ok;

    arena_init(&arena);
    key = record_key(record, &arena);
    ok = (key_is_ours(record, prior, key, &arena) || key_free(sql, record, key, err)) && code_free(sql, record, err)
         && append(sql, record, prior, event, &changed, err);
    if (ok && changed)
        ok = (!prior || end_version(sql, prior, record->from_leaf, event->time_ms, err))
             && insert_version(sql, record, key, err)
             && (!kind_is_listed(record->kind) || facet_put(sql, record, prior != NULL, err));
    arena_release(&arena);
    return ok;
}

/* --- reading --- */

static void row_read(const struct sql_rows *rows, const struct kind *kind, struct arena *arena, struct record *record)
{
    struct slice salts = sql_slice(rows, COLUMN_SALTS);

    record->kind = kind;
    record->id = sql_number(rows, COLUMN_ID);
    record->ver = sql_number(rows, COLUMN_VER);
    record->from_leaf = sql_number(rows, COLUMN_FROM);
    record->valid_from = sql_number(rows, COLUMN_VALID);
    record->owner = sql_number(rows, COLUMN_OWNER);
    record->author = sql_number(rows, COLUMN_AUTHOR);
    record->status = sql_number(rows, COLUMN_STATUS) == RECORD_OPEN ? RECORD_OPEN : RECORD_CLOSED;
    memset(record->salts, 0, sizeof record->salts);
    if (salts.len <= sizeof record->salts)
        memcpy(record->salts, salts.at, salts.len);
    for (size_t i = 0; i < kind->count; i++) {
        struct value *value = &record->values[i];
        int column = (int)(COLUMN_FIELDS + i);

        *value = (struct value){.known = !sql_is_null(rows, column)};
        if (value->known && field_is_number(kind->fields[i].type))
            value->number = sql_number(rows, column);
        else if (value->known)
            value->text = arena_copy(arena, sql_slice(rows, column));
    }
}

bool record_missing(const struct kind *kind, struct err *err)
{
    err_set(err, ERR_MISSING, "没有这条%s，或者您无权知道", kind->label);
    return err_hint(err, "请检查编号；要看不公开的内容，请用所属单位的账号登录");
}

static bool select_one(struct sql *sql, const struct kind *kind, const char *statement, const struct sql_arg *args,
                       size_t count, struct arena *arena, struct record *record, struct err *err)
{
    struct sql_rows rows;
    bool found;

    if (!sql_rows(sql, statement, args, count, &rows, err))
        return false;
    found = sql_next(&rows);
    if (found)
        row_read(&rows, kind, arena, record);
    return sql_done(&rows, err) && (found || record_missing(kind, err));
}

bool record_get(struct sql *sql, const struct kind *kind, int64_t id, struct arena *arena, struct record *record,
                struct err *err)
{
    return select_one(sql, kind, all[kind->id].current, SQL_ARGS(sql_int(id)), arena, record, err);
}

bool record_as_of(struct sql *sql, const struct kind *kind, int64_t id, uint64_t leaf, struct arena *arena,
                  struct record *record, struct err *err)
{
    return select_one(sql, kind, all[kind->id].as_of, SQL_ARGS(sql_int(id), sql_int((int64_t)leaf)), arena, record,
                      err);
}

bool record_version(struct sql *sql, const struct kind *kind, int64_t id, int64_t ver, struct arena *arena,
                    struct record *record, struct err *err)
{
    return select_one(sql, kind, all[kind->id].version, SQL_ARGS(sql_int(id), sql_int(ver)), arena, record, err);
}

bool record_papers(struct sql *sql, int64_t deal, size_t counts[KIND_ALL], struct err *err)
{
    struct sql_rows rows;

    memset(counts, 0, KIND_ALL * sizeof *counts);
    if (!sql_rows(sql, papers_of_deal, SQL_ARGS(sql_int(deal)), &rows, err))
        return false;
    while (sql_next(&rows)) {
        size_t count = (size_t)sql_number(&rows, 1);

        counts[sql_number(&rows, 0)] = count < RECORD_PAPERS ? count : RECORD_PAPERS;
    }
    return sql_done(&rows, err);
}

bool record_rows(struct sql *sql, const struct kind *kind, const char *statement, const struct sql_arg *args, size_t arg_count, size_t most,
                 struct arena *arena, struct record *list, size_t *count, struct err *err)
{
    struct sql_rows rows;

    *count = 0;
    if (!sql_rows(sql, statement, args, arg_count, &rows, err))
        return false;
    while (*count < most && sql_next(&rows))
        row_read(&rows, kind, arena, &list[(*count)++]);
    return sql_done(&rows, err);
}

bool record_many(struct sql *sql, const struct kind *kind, const int64_t *ids, size_t count, struct arena *arena, struct record *list,
                 size_t *found, struct err *err)
{
    *found = 0;
    for (size_t from = 0; from < count; from += RECORD_MANY) {
        struct sql_arg args[RECORD_MANY];
        size_t some, last = count - from < RECORD_MANY ? count - from : RECORD_MANY;

        for (size_t i = 0; i < RECORD_MANY; i++)
            args[i] = sql_int(i < last ? ids[from + i] : 0); /* no record is 0 */
        if (!record_rows(sql, kind, all[kind->id].many, args, RECORD_MANY, last, arena, list + *found, &some, err))
            return false;
        *found += some;
    }
    return true;
}

bool record_of_deal(struct sql *sql, const struct kind *kind, int64_t deal, size_t most, struct arena *arena, struct record **list,
                    size_t *count, struct err *err)
{
    *list = arena_alloc(arena, most * sizeof **list);
    return record_rows(sql, kind, all[kind->id].of_deal, SQL_ARGS(sql_int(deal), sql_int((int64_t)most)), most, arena, *list, count, err);
}

bool record_find(struct sql *sql, const struct kind *kind, struct slice natural_key, int64_t *id, struct err *err)
{
    bool found;

    if (!sql_one(sql, all[kind->id].find, SQL_ARGS(sql_text(natural_key)), id, &found, err))
        return false;
    if (!found)
        *id = 0;
    return true;
}

struct slice record_title(struct sql *sql, const struct kind *kind, int64_t id, struct arena *arena)
{
    struct slice title = SLICE("");
    struct sql_rows rows;
    struct err ignored;

    if (!sql_rows(sql, all[kind->id].title, SQL_ARGS(sql_int(id)), &rows, &ignored))
        return title;
    if (sql_next(&rows))
        title = field_is_number(kind->fields[kind->title].type)
                    ? slice_of(arena_print(arena, "%s %lld", kind->label, (long long)sql_number(&rows, 0)))
                    : arena_copy(arena, sql_slice(&rows, 0));
    sql_done(&rows, &ignored);
    return title;
}

/* --- levels --- */

static enum level detail_level(const struct record *record, size_t secrecy, size_t rights)
{
    static const struct {
        const char *code;
        enum level level;
    } codes[] = {{"public", LEVEL_PUBLIC}, {"signed_in", LEVEL_SIGNED_IN}, {"nda", LEVEL_NDA}, {"own", LEVEL_OWN}};
    struct slice chosen = record->values[secrecy].text;

    for (size_t i = 0; record->values[secrecy].known && i < sizeof codes / sizeof *codes; i++)
        if (slice_is(chosen, codes[i].code))
            return codes[i].level;
#ifdef TQ_TEETH_FILING_DATE
    return LEVEL_PUBLIC;
#endif
    return rights_filed(record->values[rights].text) ? LEVEL_NDA : LEVEL_OWN;
}

/* Who sees it is said by the record itself. */
static bool is_detail(const struct kind *kind, const struct field *field)
{
    return kind->id == KIND_ACHIEVEMENT && strcmp(field->name, "detail") == 0;
}

bool record_may_open(const struct kind *kind, size_t field)
{
    if (kind->fields[field].purpose) /* about people: read one by one, not taken out in bulk */
        return false;
    return kind->fields[field].level == LEVEL_PUBLIC || is_detail(kind, &kind->fields[field]);
}

enum level record_level(const struct record *record, size_t field)
{
    const struct field *of = &record->kind->fields[field];

    if (is_detail(record->kind, of))
        return detail_level(record, (size_t)kind_field(record->kind, "secrecy"),
                            (size_t)kind_field(record->kind, "rights"));
    return of->level;
}

enum level record_owner_level(const struct record *record)
{
    int hidden = record->kind->id == KIND_NEED ? kind_field(record->kind, "hidden") : -1;

    return hidden >= 0 && record->values[hidden].known && record->values[hidden].number ? LEVEL_OWN : LEVEL_PUBLIC;
}

bool record_verify(struct sql *sql, const struct record *record, const struct record *prior, struct err *err)
{
    unsigned char root[LEAF_HASH];
    struct leaf leaf;

    if (!ledger_get(sql, (uint64_t)record->from_leaf, &leaf, err))
        return false;
    changed_root(record, prior, root);
    if (memcmp(root, leaf.root, LEAF_HASH) != 0 || leaf.object != record->id || leaf.version != record->ver)
        return err_set(err, ERR_CORRUPT, "%s %lld 第 %lld 版与账本第 %lld 条不符", record->kind->label,
                       (long long)record->id, (long long)record->ver, (long long)record->from_leaf);
    return true;
}
