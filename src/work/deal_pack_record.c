/* The records of a pack: every version with its salts, its leaf and the proof of it. */
#include "work/deal_pack_int.h"

#include "base/clock.h"
#include "base/json.h"
#include "base/utf8.h"
#include "work/account.h"

enum { SAYS_FIELD = 40, SAYS_ALL = 160 }; /* characters */

/* --- who, and what in a line --- */

/* "张三（单位成员）" */
static struct slice author_name(struct pack_work *work, int64_t id)
{
    struct account account;
    struct actor actor;
    struct err none;

    if (id == work->known_author && work->known_name.at)
        return work->known_name;
    work->known_author = id;
    work->known_name = SLICE("");
    if (!id || !account_get(work->pack->sql, id, &account, &none))
        return work->known_name;
    work->known_name = arena_copy(work->arena, slice_of(account.name));
    if (actor_load(work->pack->sql, id, &actor, &none) && actor.grant_count)
        work->known_name = slice_of(arena_print(work->arena, "%s（%s）", account.name, role_label(actor.grants[0].role)));
    return work->known_name;
}

/* Not told to people: the program's own counters. */
static bool is_counter(const struct kind *kind, size_t field)
{
    if (kind->id == KIND_DEAL)
        return field == DEAL_TERMS || field == DEAL_PAPERS || field == DEAL_PIER || field == DEAL_ACHIEVEMENT || field == DEAL_BUYER_PARTY;
    return field < PAPER_OWN;
}

/* Nothing to tell: it is as it was, or a box that nobody ticked. */
static bool is_silent(const struct record *now, const struct record *prior, size_t i)
{
    const struct field *field = &now->kind->fields[i];

    if (is_counter(now->kind, i))
        return true;
    if (prior)
        return value_same(field, &now->values[i], &prior->values[i]);
    return !now->values[i].known || (field->type == FIELD_YES && now->values[i].number == 0);
}

static struct slice value_words(struct pack_work *work, const struct record *record, size_t i)
{
    const struct field *field = &record->kind->fields[i];
    struct slice label, words;

    if (!record->values[i].known)
        return SLICE("（删去）");
    if (record->kind->id == KIND_STATEMENT && (i == STATEMENT_FACT || i == STATEMENT_VALUE)) {
        pack_fact_words(work, record, &label, &words);
        return i == STATEMENT_FACT ? label : words;
    }
    words = field_words(field, &record->values[i], false, work->arena);
    return field->type == FIELD_MONEY ? slice_of(arena_print(work->arena, "%.*s 元", (int)words.len, words.at)) : words;
}

/* "转化方式：许可；拟交易价格：1500000.00 元", cut where it gets long. */
static struct slice says_of(struct pack_work *work, const struct record *now, const struct record *prior)
{
    struct slice said;
    struct text text;

    text_init(&text);
    for (size_t i = 0; i < now->kind->count; i++) {
        struct slice words;

        if (is_silent(now, prior, i))
            continue;
        words = value_words(work, now, i);
        said = utf8_head(words, SAYS_FIELD);
        text_print(&text, "%s%s：%.*s%s", text.len ? "；" : "", now->kind->fields[i].label, (int)said.len, said.at, said.len < words.len ? "…" : "");
    }
    if (prior && prior->status == RECORD_OPEN && now->status == RECORD_CLOSED)
        text_puts(&text, "卷宗到此为止，以后只能看");
    said = utf8_head(text_slice(&text), SAYS_ALL);
    said = slice_of(arena_print(work->arena, "%.*s%s", (int)said.len, said.at, said.len < text.len ? "…" : ""));
    text_release(&text);
    return said;
}

/* --- one version --- */

static json_t *field_committed(const struct leaf_field *field)
{
    json_t *out = json_object();
    char salt[2 * LEAF_SALT + 1];

    seal_hex(field->salt, LEAF_SALT, salt);
    json_put(out, "name", slice_of(field->name));
    json_put(out, "salt", slice_of(salt));
    if (!field->known)
        json_object_set_new_nocheck(out, "value", json_null());
    else if (field->is_number)
        json_put_id(out, "number", field->number);
    else
        json_put(out, "value", field->text);
    return out;
}

static json_t *fields_committed(const struct record *now, const struct record *prior)
{
    struct leaf_field fields[RECORD_COMMITTED];
    size_t count = record_committed(now, prior, fields);
    json_t *out = json_array();

    for (size_t i = 0; i < count; i++)
        json_array_append_new(out, field_committed(&fields[i]));
    return out;
}

static void base64_put(json_t *object, const char *name, const void *bytes, size_t len)
{
    struct text text;

    text_init(&text);
    seal_base64(bytes, len, &text);
    json_put(object, name, text_slice(&text));
    text_release(&text);
}

static json_t *proof_json(const struct tree_proof *proof)
{
    json_t *out = json_array();
    struct text text;

    text_init(&text);
    for (size_t i = 0; i < proof->count; i++) {
        text_clear(&text);
        seal_base64(proof->hashes[i], TREE_HASH, &text);
        json_array_append_new(out, json_stringn_nocheck(text.at, text.len));
    }
    text_release(&text);
    return out;
}

struct leaf_seen {
    unsigned char bytes[LEAF_MAX];
    size_t len;
};

static bool leaf_see(uint64_t index, struct slice bytes, const unsigned char hash[LEAF_HASH], void *arg, struct err *err)
{
    struct leaf_seen *seen = arg;

    (void)index, (void)hash;
    if (bytes.len > LEAF_MAX)
        return err_set(err, ERR_CORRUPT, "账本条目的内容不完整或多出字节");
    memcpy(seen->bytes, bytes.at, seen->len = bytes.len);
    return true;
}

static struct pack_version *version_new(struct pack_work *work)
{
    if (work->count == work->room) {
        size_t room = work->room ? work->room * 2 : 64;
        struct pack_version *list = arena_alloc(work->arena, room * sizeof *list);

        if (work->count)
            memcpy(list, work->versions, work->count * sizeof *list);
        work->versions = list;
        work->room = room;
    }
    return &work->versions[work->count++];
}

/* {ver, index, time, by, leaf, fields, proof}: what docs/pack.md says. */
static json_t *version_json(struct pack_work *work, const struct record *now, const struct record *prior, struct err *err)
{
    struct pack_version *version = version_new(work);
    uint64_t index = (uint64_t)now->from_leaf;
    struct leaf_seen seen = {.len = 0};
    struct tree_proof proof;
    char when[CLOCK_TEXT];
    json_t *out;

    *version = (struct pack_version){.kind = now->kind, .id = now->id, .by = author_name(work, now->author), .says = says_of(work, now, prior)};
    version->no = now->kind->id == KIND_DEAL ? 0 : now->values[PAPER_NO].number;
    if (!ledger_bytes(work->pack->sql, index, 1, leaf_see, &seen, err)
        || !leaf_read((struct slice){(const char *)seen.bytes, seen.len}, &version->leaf, err)
        || !tree_include(&work->source, index, work->checkpoint.size, &proof, err))
        return NULL;
    out = json_object();
    json_object_set_new_nocheck(out, "ver", json_integer(now->ver));
    json_object_set_new_nocheck(out, "index", json_integer((json_int_t)index));
    json_put(out, "time", slice_of(clock_show_iso(version->leaf.time_ms, when)));
    json_put(out, "by", version->by);
    base64_put(out, "leaf", seen.bytes, seen.len);
    json_object_set_new_nocheck(out, "fields", fields_committed(now, prior));
    json_object_set_new_nocheck(out, "proof", proof_json(&proof));
    return out;
}

/* --- a record with all its versions --- */

static bool versions_add(struct pack_work *work, const struct record *current, struct arena *arena, json_t *versions, struct err *err)
{
    struct record *now = arena_zero(arena, 1, sizeof *now), *prior = arena_zero(arena, 1, sizeof *prior), *swap;

    for (int64_t ver = 1; ver <= current->ver; ver++) {
        json_t *version;

        if (!record_version(work->pack->sql, current->kind, current->id, ver, arena, now, err))
            return false;
        version = version_json(work, now, ver == 1 ? NULL : prior, err);
        if (!version)
            return false;
        json_array_append_new(versions, version);
        swap = prior, prior = now, now = swap;
    }
    return true;
}

static bool record_add(struct pack_work *work, const struct record *current, json_t *records, struct err *err)
{
    json_t *record = json_object(), *versions = json_array();
    struct arena arena; /* a deal of many steps has many versions */
    bool ok;

    arena_init(&arena);
    json_put_id(record, "id", current->id);
    if (current->kind->id != KIND_DEAL)
        json_object_set_new_nocheck(record, "no", json_integer(current->values[PAPER_NO].number));
    json_object_set_new_nocheck(record, "versions", versions);
    json_array_append_new(records, record);
    ok = versions_add(work, current, &arena, versions, err);
    arena_release(&arena);
    return ok;
}

/* --- a kind --- */

static json_t *pair_json(const char *zh, const char *en)
{
    json_t *pair = json_array();

    json_array_append_new(pair, json_string_nocheck(zh));
    json_array_append_new(pair, json_string_nocheck(en));
    return pair;
}

/* What the fields are called, for who reads the file. */
static json_t *labels_json(const struct kind *kind)
{
    json_t *labels = json_object();

    json_object_set_new_nocheck(labels, "owner", pair_json("所属单位", "Organisation"));
    json_object_set_new_nocheck(labels, "status", pair_json("状态", "Status"));
    for (size_t i = 0; i < kind->count; i++)
        json_object_set_new_nocheck(labels, kind->fields[i].name, pair_json(kind->fields[i].label, kind->fields[i].label_en));
    return labels;
}

bool pack_part(struct pack_work *work, const char *name, struct slice bytes, struct err *err)
{
    work->bytes += bytes.len;
    if (work->bytes > PACK_MOST)
        return err_set(err, ERR_TOO_LARGE, "这个项目的卷宗太大，一个证据包装不下");
    work->parts.list[work->parts.count++] =
        (struct part){.name = arena_text(work->arena, slice_of(name)), .bytes = arena_copy(work->arena, bytes)};
    return true;
}

static bool kind_add(struct pack_work *work, const struct kind *kind, const struct record *list, size_t count, struct err *err)
{
    json_t *document = json_object(), *records = json_array();
    struct text text;
    bool ok = true;

    text_init(&text);
    json_put(document, "format", SLICE("tieqiao-records/1"));
    json_put(document, "kind", slice_of(kind->name));
    json_object_set_new_nocheck(document, "label", pair_json(kind->label, kind->label_en));
    json_object_set_new_nocheck(document, "labels", labels_json(kind));
    json_object_set_new_nocheck(document, "records", records);
    for (size_t i = 0; ok && i < count; i++)
        ok = record_add(work, &list[i], records, err);
    if (ok) {
        json_write(document, &text);
        text_putc(&text, '\n');
        ok = pack_part(work, arena_print(work->arena, "records/%s.json", kind->name), text_slice(&text), err);
    }
    json_decref(document);
    text_release(&text);
    return ok;
}

bool pack_records(struct pack_work *work, struct err *err)
{
    const struct deal_file *file = work->pack->file;

    if (!kind_add(work, &kind_deal, &file->deal, 1, err))
        return false;
    for (size_t k = KIND_DEAL + 1; k < KIND_ALL; k++)
        if (file->count[k] && !kind_add(work, kind_get((enum kind_id)k), file->papers[k], file->count[k], err))
            return false;
    return true;
}
