#include "work/submit.h"

#include "base/clock.h"
#include "base/ident.h"
#include "base/utf8.h"
#include "record/party.h"
#include "record/person.h"
#include "work/account_int.h"
#include "work/chain.h"
#include "work/place.h"

void submit_init(struct submission *submission, const struct kind *kind, const struct actor *actor,
                 struct slice request_id)
{
    *submission = (struct submission){.actor = actor, .time_ms = clock_ms()};
    submission->record.kind = kind;
    submission->new_id = ident_next(submission->time_ms);
    record_salt(&submission->record);
    snprintf(submission->request_id, sizeof submission->request_id, "%.*s",
             (int)(request_id.len < LEAF_REQUEST ? request_id.len : LEAF_REQUEST), request_id.at ? request_id.at : "");
}

/* --- names --- */

static bool by_uscc(struct sql *sql, struct slice typed, int64_t *id, struct err *err)
{
    struct err not_a_code;
    char code[19];
    bool found;

    *id = 0;
    if (!ident_uscc(typed, code, &not_a_code))
        return true;
    if (!sql_one(sql, "SELECT id FROM party WHERE uscc = ?1 AND to_leaf IS NULL", SQL_ARGS(sql_text(slice_of(code))), id,
                 &found, err))
        return false;
    if (!found)
        *id = 0;
    return true;
}

static bool by_name(struct sql *sql, const struct kind *kind, struct slice typed, int64_t *id, struct err *err)
{
    struct record named = {.kind = kind};
    struct arena arena;
    bool ok;

    arena_init(&arena);
    named.values[kind->title] = (struct value){.known = true, .text = typed};
    ok = record_find(sql, kind, record_key(&named, &arena), id, err);
    arena_release(&arena);
    return ok;
}

static bool by_id(struct sql *sql, int64_t typed, int64_t *id, struct err *err)
{
    bool found;

    if (!sql_one(sql, "SELECT id FROM party WHERE id = ?1 AND to_leaf IS NULL", SQL_ARGS(sql_int(typed)), id, &found,
                 err))
        return false;
    if (!found)
        *id = 0;
    return true;
}

bool party_resolve(struct sql *sql, struct slice typed, int64_t *id, struct err *err)
{
    struct slice text = slice_trim(typed);
    int64_t number;

    *id = 0;
    if (text.len == 0)
        return true;
    if (ident_parse(text, &number))
        return by_id(sql, number, id, err);
    if (!by_uscc(sql, text, id, err) || *id)
        return *id != 0;
    return by_name(sql, &kind_party, text, id, err);
}

bool party_named(struct sql *sql, struct slice typed, int64_t *id, struct err *err)
{
    struct slice text = slice_trim(typed);

    if (!party_resolve(sql, text, id, err))
        return false;
    if (*id || text.len == 0)
        return true;
    err_set(err, ERR_INVALID, "没有找到单位“%.*s”", (int)utf8_head(text, 40).len, text.at);
    err_hint(err, "填已登记单位的全称或统一社会信用代码");
    return err_field(err, "party");
}

bool person_named(struct sql *sql, struct slice typed, int64_t party, int64_t *id, struct err *err)
{
    struct slice text = slice_trim(typed), digits = text;
    struct record named = {.kind = &kind_person};
    struct arena arena;
    bool ok;

    *id = 0;
    while (digits.len && (digits.at[0] < '0' || digits.at[0] > '9'))
        digits = (struct slice){digits.at + 1, digits.len - 1};
    if (text.len == 0 || ident_parse(digits, id))
        return true;
    named.values[PERSON_NAME] = (struct value){.known = true, .text = text};
    named.values[PERSON_PARTY] = (struct value){.known = party != 0, .number = party};
    arena_init(&arena);
    ok = record_find(sql, &kind_person, record_key(&named, &arena), id, err);
    arena_release(&arena);
    if (!ok || *id)
        return ok;
    err_set(err, ERR_INVALID, "本单位没有叫“%.*s”的人员记录", (int)utf8_head(text, 30).len, text.at);
    err_hint(err, "填人员记录的编号或姓名；没有的请先在“专家与经理人”里登记");
    return err_field(err, "person");
}

enum { NAMESAKES = 4, NAMESAKES_BYTES = 190 /* what a hint has room for */ };

struct namesake { int64_t id; struct slice party; };

/* Who of them is meant is said by number; nobody has to look the numbers up. */
static bool namesakes_tell(const struct namesake *found, size_t count, struct slice name, struct err *unknown)
{
    struct text list;

    text_init(&list);
    for (size_t i = 0; i < count && list.len + name.len + found[i].party.len < NAMESAKES_BYTES; i++)
        text_print(&list, "%s%.*s #%lld（%.*s）", i ? "、" : "", (int)name.len, name.at, (long long)found[i].id, (int)found[i].party.len,
                   found[i].party.at);
    err_set(unknown, ERR_INVALID, N_("有几位同名的“%.*s”"), (int)utf8_head(name, 30).len, name.at);
    err_hint(unknown, N_("请写成“姓名 #编号”：%.*s"), (int)list.len, list.len ? list.at : "");
    text_release(&list);
    return true;
}

/* *id 0, with `unknown`: nobody, or several of that name. */
static bool person_resolve(struct sql *sql, struct slice typed, struct arena *arena, int64_t *id, struct err *unknown, struct err *err)
{
    struct slice text = slice_trim(typed), name = text, number = text;
    const char *mark = text.len ? memrchr(text.at, '#', text.len) : NULL;
    struct namesake found[NAMESAKES];
    struct sql_rows rows;
    int64_t there = 0;
    size_t count = 0;

    if (mark) {
        number = (struct slice){mark + 1, text.len - (size_t)(mark + 1 - text.at)};
        name = slice_trim((struct slice){text.at, (size_t)(mark - text.at)});
    }
    if (ident_parse(number, &there))
        name = mark ? name : SLICE("");
    if (!sql_rows(sql, "SELECT p.id, q.name FROM person p LEFT JOIN party q ON q.id = p.party AND q.to_leaf IS NULL"
                       " WHERE (p.id = ?1 OR (?1 = 0 AND p.name = ?2)) AND p.to_leaf IS NULL AND p.status = 0 ORDER BY p.id LIMIT ?3",
                  SQL_ARGS(sql_int(there), sql_text(name), sql_int(NAMESAKES)), &rows, err))
        return false;
    while (count < NAMESAKES && sql_next(&rows)) {
        found[count].id = sql_number(&rows, 0);
        found[count++].party = arena_copy(arena, sql_slice(&rows, 1));
    }
    if (!sql_done(&rows, err))
        return false;
    *id = count == 1 ? found[0].id : 0;
    if (count == 1)
        return true;
    if (count)
        return namesakes_tell(found, count, name, unknown);
    err_set(unknown, ERR_INVALID, N_("没有找到人员“%.*s”"), (int)utf8_head(text, 30).len, text.at);
    return err_hint(unknown, N_("填已登记人员的姓名；没有的请先登记人员")) || true;
}

/* *id 0, with `unknown`: there is none. */
static bool link_resolve(struct sql *sql, enum field_type type, struct slice typed, struct arena *arena, int64_t *id, struct err *unknown,
                         struct err *err)
{
    if (type == FIELD_PERSON)
        return person_resolve(sql, typed, arena, id, unknown, err);
    if (!party_resolve(sql, typed, id, err))
        return false;
    if (*id)
        return true;
    err_set(unknown, ERR_INVALID, "没有找到单位“%.*s”", (int)utf8_head(typed, 30).len, typed.at);
    return err_hint(unknown, "填已登记单位的全称或统一社会信用代码；没有的请先登记单位") || true;
}

bool links_resolve(struct sql *sql, const struct kind *kind, const struct slice *typed, struct slice *resolved, struct arena *arena,
                   struct complaints *complaints, struct err *err)
{
    for (size_t i = 0; i < kind->count; i++) {
        enum field_type type = kind->fields[i].type;
        struct err unknown;
        int64_t id;

        resolved[i] = typed[i];
        if ((type != FIELD_PARTY && type != FIELD_PERSON) || !typed[i].at || slice_trim(typed[i]).len == 0
            || utf8_valid(typed[i]) < typed[i].len)
            continue; /* bytes that are no text are the field table's to complain of */
        if (!link_resolve(sql, type, typed[i], arena, &id, &unknown, err))
            return false;
        resolved[i] = id ? slice_of(arena_print(arena, "%lld", (long long)id)) : (struct slice){0};
        if (!id)
            complain(complaints, &kind->fields[i], typed[i], &unknown);
    }
    return true;
}

/* Whose the record will be, as far as what was typed says it: a person's is of the organisation named beside him. */
static int64_t owner_typed(const struct submission *submission, const struct slice *resolved)
{
    int party = submission->record.kind->id == KIND_PERSON ? kind_field(submission->record.kind, "party") : -1;
    int64_t id;

    return party >= 0 && resolved[party].at && ident_parse(resolved[party], &id) ? id : submission->record.owner;
}

static bool may_change(struct sql *sql, const struct submission *submission, const struct record *record,
                       const struct record *prior, struct err *err);

/* What is not for the actor to change is not for him to try values on. */
static bool load_seen(struct sql *sql, struct submission *submission, struct arena *arena, struct err *err)
{
    struct record *record = &submission->record;
    unsigned char salts[sizeof record->salts];
    int64_t ver = record->ver;
    struct record now;

    if (!record_get(sql, record->kind, record->id, arena, &now, err)
        || (!actor_is_program(submission->actor) && !may_change(sql, submission, NULL, &now, err)))
        return false;
    memcpy(salts, record->salts, sizeof salts);
    if (ver > now.ver)
        return err_set(err, ERR_CONFLICT, "这条记录还没有第 %lld 版", (long long)ver)
               || err_hint(err, "现在是第 %lld 版；请读出最新的一版，在它上面修改", (long long)now.ver);
    if (!record_version(sql, record->kind, record->id, ver, arena, record, err))
        return false;
    memcpy(record->salts, salts, sizeof salts);
    return true;
}

/* A chain that cannot be read would stop every deal of the unit. */
static bool chain_fits(const struct record *record, struct complaints *complaints)
{
    struct chain chain;
    struct err err;

    if (record->kind->id != KIND_PARTY || !record->values[PARTY_APPROVALS].known
        || chain_read(record->values[PARTY_APPROVALS].text, 0, &chain, &err))
        return true;
    complain(complaints, &record->kind->fields[PARTY_APPROVALS], record->values[PARTY_APPROVALS].text, &err);
    return false;
}

bool submit_check(struct sql *sql, struct submission *submission, const struct slice *typed, struct arena *arena,
                  struct complaints *complaints, struct err *err)
{
    const struct kind *kind = submission->record.kind;
    struct slice resolved[FIELDS_MAX];

    err_clear(err);
    if (submission->record.id && !load_seen(sql, submission, arena, err))
        return false;
    return links_resolve(sql, kind, typed, resolved, arena, complaints, err)
           && place_settle(sql, kind, owner_typed(submission, resolved), submission->actor, resolved, err)
           && record_check(&submission->record, resolved, true, arena, complaints)
           && chain_fits(&submission->record, complaints) && complaints->count == 0;
}

/* --- the step --- */

static const char *verb_word(const struct submission *submission)
{
    if (submission->verb == SUBMIT_CLOSE)
        return "close";
    if (submission->verb == SUBMIT_REOPEN)
        return "reopen";
    return submission->record.id ? "edit" : "disclose";
}

static void action_of(const struct submission *submission, char action[LEAF_WORD + 1])
{
    snprintf(action, LEAF_WORD + 1, "%s.%s", submission->record.kind->name, verb_word(submission));
}

/* Is what the leaf made what is submitted now? */
static bool same_values(struct sql *sql, const struct submission *submission, const struct leaf *leaf, bool *same,
                        struct err *err)
{
    const struct record *now = &submission->record;
    struct record done;
    struct arena arena;
    bool ok;

    if (submission->verb != SUBMIT_SAVE)
        return true;
    arena_init(&arena);
    ok = record_version(sql, now->kind, leaf->object, leaf->version, &arena, &done, err);
    if (ok && !now->id && now->kind->owned && now->owner)
        *same = now->owner == done.owner;
    for (size_t i = 0; ok && *same && i < now->kind->count; i++)
        *same = value_same(&now->kind->fields[i], &now->values[i], &done.values[i]);
    arena_release(&arena);
    return ok;
}

static bool same_order(struct sql *sql, const struct submission *submission, const struct leaf *leaf, bool *same,
                       struct err *err)
{
    char action[LEAF_WORD + 1];

    action_of(submission, action);
    *same = strcmp(leaf->action, action) == 0 && (!submission->record.id || leaf->object == submission->record.id)
            && memcmp(leaf->actor, submission->actor->pseudonym, LEAF_ACTOR) == 0;
#ifdef TQ_TEETH_SUBMIT_SAME
    return true;
#endif
    return !*same || same_values(sql, submission, leaf, same, err);
}

static bool done_before(struct sql *sql, struct submission *submission, bool *done, struct err *err)
{
    struct leaf leaf;
    bool same;

    *done = false;
#ifdef TQ_TEETH_REQUEST_TWICE
    return true;
#endif
    if (!submission->request_id[0] || submission->part)
        return true;
    if (!ledger_request(sql, slice_of(submission->request_id), &leaf, done, err))
        return false;
    if (!*done)
        return true;
    if (!same_order(sql, submission, &leaf, &same, err))
        return false;
    if (!same)
        return order_taken(err);
    submission->id = leaf.object;
    submission->ver = leaf.version;
    submission->repeated = true;
    return true;
}

void submit_owner(struct record *record, const struct actor *actor)
{
    int party = record->kind->id == KIND_PERSON ? kind_field(record->kind, "party") : -1;

    if (record->kind->id == KIND_PARTY)
        record->owner = record->id;
    else if (party >= 0)
        record->owner = record->values[party].number;
    else if (record->owner == 0)
        record->owner = actor->party;
}

/* Does any of the actor's roles reach only one region? */
static bool scoped_by_region(const struct actor *actor)
{
    for (size_t i = 0; i < actor->grant_count; i++)
        if (actor->grants[i].scope_kind == SCOPE_DIVISION)
            return true;
    return false;
}

/* A new record, or one that changes hands: both the new owner and the place it names must be within reach. */
bool submit_may_place(struct sql *sql, const struct actor *actor, enum action action, const struct record *record,
                      struct err *err)
{
    struct object object;
    struct record placed = {.kind = record->kind, .owner = record->kind->id == KIND_PARTY ? 0 : record->owner};
    int field = kind_field(record->kind, "region");
    int64_t region;

    if (field >= 0)
        placed.values[field] = record->values[field];
    if (!object_of(sql, &placed, actor, &object, err) || !may(actor, action, &object, err))
        return false;
    if (!scoped_by_region(actor)) /* most people: one query less on the writer */
        return true;
    if (!party_region(sql, placed.owner, &region, err))
        return false;
    if (!region || region == object.region)
        return true;
    object.region = region;
    return may(actor, action, &object, err);
}

/*
 * Who does not see everything of a record changes nothing he cannot see, opens nothing that was closed to others, and does not
 * give the record away: otherwise an officer's edit could show the world a firm's unfiled technique or its hidden name.
 */
static bool keeps_secrets(const struct record *record, const struct record *prior, enum level level, struct err *err)
{
    if (level >= LEVEL_OWN)
        return true;
    if (record->owner != prior->owner || record_owner_level(record) < record_owner_level(prior))
        return err_set(err, ERR_DENIED, "单位名称由单位自己决定是否公开或变更") || err_hint(err, "请让本单位的人来改");
    for (size_t i = 0; i < record->kind->count; i++) {
        const struct field *field = &record->kind->fields[i];
        enum level was = record_level(prior, i);
        bool same = value_same(field, &record->values[i], &prior->values[i]);

        if ((!same && (was > level || strcmp(field->name, "secrecy") == 0))
            || (prior->values[i].known && record_level(record, i) < was)) {
            err_set(err, ERR_DENIED, "%s只有本单位能改动或放开", field->label);
            err_hint(err, "请让本单位的人来改");
            return err_field(err, field->name);
        }
    }
    return true;
}

static bool may_change(struct sql *sql, const struct submission *submission, const struct record *record,
                       const struct record *prior, struct err *err)
{
    struct object object;

    if (!object_of(sql, prior, submission->actor, &object, err) || !may(submission->actor, ACT_SEE, &object, err)
        || !may(submission->actor, submission->verb == SUBMIT_SAVE ? ACT_EDIT : ACT_CLOSE, &object, err))
        return false;
    return !record || keeps_secrets(record, prior, may_level(submission->actor, &object), err);
}

static bool allowed(struct sql *sql, const struct submission *submission, const struct record *record,
                    const struct record *prior, struct err *err)
{
    if (actor_is_program(submission->actor))
        return true;
    if (!prior)
        return submit_may_place(sql, submission->actor, ACT_CREATE, record, err);
    return may_change(sql, submission, record, prior, err)
           && (record->owner == prior->owner || submit_may_place(sql, submission->actor, ACT_EDIT, record, err));
}

bool submit_may_save(struct sql *sql, const struct actor *actor, const struct record *record, const struct record *prior,
                     struct err *err)
{
    struct submission submission = {.verb = SUBMIT_SAVE, .actor = actor};

    return allowed(sql, &submission, record, prior, err);
}

static bool owner_there(struct sql *sql, const struct record *record, const struct actor *actor, struct err *err)
{
    int64_t id;

    if (!record->kind->owned || (actor->party && record->owner == actor->party))
        return true; /* an account's own organisation was there when the account was made, and parties are never deleted */
    if (!by_id(sql, record->owner, &id, err))
        return false;
    if (id)
        return true;
    err_set(err, ERR_INVALID, "请说明这条%s属于哪个单位", record->kind->label);
    err_hint(err, "您的账号还没有关联单位；请联系管理员，或在导入文件中加“单位名称”一列");
    return err_field(err, "owner");
}

static bool put(struct sql *sql, struct submission *submission, struct record *record, const struct record *prior,
                struct err *err)
{
    char action[LEAF_WORD + 1];
    struct record_event event = {.action = action, .request_id = submission->request_id, .part = submission->part,
                                 .time_ms = submission->time_ms};

    action_of(submission, action);
    if (!actor_is_program(submission->actor))
        event.actor = submission->actor->pseudonym;
    if (!allowed(sql, submission, record, prior, err) || !owner_there(sql, record, submission->actor, err)
        || !record_put(sql, record, prior, &event, err))
        return false;
    submission->id = record->id;
    submission->ver = record->ver;
    return true;
}

static bool change(struct sql *sql, struct submission *submission, struct record *record, struct err *err)
{
    struct arena arena;
    struct record prior;
    bool ok;

    arena_init(&arena);
    ok = record_get(sql, record->kind, record->id, &arena, &prior, err);
    if (ok && submission->verb != SUBMIT_SAVE) {
        memcpy(record->values, prior.values, sizeof prior.values);
        record->owner = prior.owner;
        record->status = submission->verb == SUBMIT_CLOSE ? RECORD_CLOSED : RECORD_OPEN;
    } else if (ok && prior.ver != record->ver) {
        ok = err_set(err, ERR_CONFLICT, "这条记录刚被别人改过");
        err_hint(err, "请重新打开页面，在最新的内容上修改");
    } else if (ok) {
        record->status = prior.status; /* saving opens nothing that is closed */
        record->owner = record->owner ? record->owner : prior.owner;
    }
    record->author = submission->actor->account;
    submit_owner(record, submission->actor);
    ok = ok && put(sql, submission, record, &prior, err);
    arena_release(&arena);
    return ok;
}

bool submit_step(struct sql *sql, void *arg, struct err *err)
{
    struct submission *submission = arg;
    struct record record = submission->record; /* a step may run twice: the argument stays as it was */
    bool done;

    err_clear(err);
    submission->repeated = false;
    if (!done_before(sql, submission, &done, err))
        return false;
    if (done)
        return true;
    if (record.id)
        return change(sql, submission, &record, err);
    record.id = submission->new_id;
    record.author = submission->actor->account;
    submit_owner(&record, submission->actor);
    return put(sql, submission, &record, NULL, err);
}
