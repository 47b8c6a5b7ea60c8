/* Rows of feedback, and saying it. */
#include "work/feedback_int.h"

#include "base/clock.h"
#include "base/ident.h"
#include "base/utf8.h"
#include "record/choice.h"
#include "seal/seal.h"
#include "work/account_int.h"

static const char action[] = "feedback.say";

/* --- rows --- */

static const struct kind *kind_of(struct slice stored)
{
    char name[32];

    snprintf(name, sizeof name, "%.*s", (int)stored.len, stored.at);
    return kind_by_name(name);
}

bool feedback_take(struct feedback *feedback, const struct sql_rows *rows, struct arena *arena)
{
    struct slice office = sql_slice(rows, 12), salts = sql_slice(rows, 19);

    *feedback = (struct feedback){
        .id = sql_number(rows, 0), .ver = sql_number(rows, 1), .from_leaf = sql_number(rows, 2),
        .valid_from = sql_number(rows, 3), .asks_kind = kind_of(sql_slice(rows, 4)), .asks = sql_number(rows, 5),
        .answers_kind = kind_of(sql_slice(rows, 6)), .answers = sql_number(rows, 7), .asks_ver = sql_number(rows, 8),
        .answers_ver = sql_number(rows, 9), .outcome = arena_copy(arena, sql_slice(rows, 14)),
        .reason = arena_copy(arena, sql_slice(rows, 15)), .note = arena_copy(arena, sql_slice(rows, 16)),
        .shared = sql_number(rows, 17) != 0, .author = sql_number(rows, 18)};
    feedback->voice = (struct feedback_voice){.side = (enum feedback_side)sql_number(rows, 10),
                                              .party = sql_number(rows, 11), .scope = sql_number(rows, 13)};
    snprintf(feedback->voice.office, sizeof feedback->voice.office, "%.*s", (int)office.len, office.at);
    if (salts.len == sizeof feedback->salts)
        memcpy(feedback->salts, salts.at, salts.len);
    return salts.len == sizeof feedback->salts && feedback->asks_kind && feedback->answers_kind;
}

static bool spoilt(int64_t id, struct err *err)
{
    return err_set(err, ERR_CORRUPT, "反馈 %lld 的内容不完整", (long long)id) || err_hint(err, "请运行 tieqiao check");
}

/* Room for one more, which is mostly all there are. */
static void room_make(struct feedback **list, size_t count, struct arena *arena)
{
    struct feedback *more;

    if (count && (count & (count - 1)))
        return;
    more = arena_alloc(arena, (count ? 2 * count : 1) * sizeof *more);
    if (count)
        memcpy(more, *list, count * sizeof *more);
    *list = more;
}

static bool take_all(struct sql_rows *rows, struct arena *arena, struct feedback **list, size_t *count, struct err *err)
{
    struct err later;
    bool ok = true;

    *list = NULL;
    for (*count = 0; ok && sql_next(rows); *count += ok) {
        room_make(list, *count, arena);
        ok = feedback_take(&(*list)[*count], rows, arena) || spoilt((*list)[*count].id, err);
    }
    return sql_done(rows, ok ? err : &later) && ok;
}

bool feedback_of_record(struct sql *sql, int64_t record, struct arena *arena, struct feedback **list, size_t *count,
                        struct err *err)
{
    struct sql_rows rows;

    return sql_rows(sql, FEEDBACK_SELECT " WHERE (asks = ?1 OR answers = ?1) AND to_leaf IS NULL ORDER BY from_leaf DESC LIMIT ?2",
                    SQL_ARGS(sql_int(record), sql_int(FEEDBACK_MOST)), &rows, err)
           && take_all(&rows, arena, list, count, err);
}

bool feedback_versions(struct sql *sql, int64_t id, struct arena *arena, struct feedback **list, size_t *count,
                       struct err *err)
{
    struct sql_rows rows;

    return sql_rows(sql, FEEDBACK_SELECT " WHERE id = ?1 ORDER BY ver DESC LIMIT ?2",
                    SQL_ARGS(sql_int(id), sql_int(FEEDBACK_VERSIONS)), &rows, err)
           && take_all(&rows, arena, list, count, err);
}

/* The one of a voice as it stands; ver 0: it has said nothing yet. */
static bool now_of(struct sql *sql, const struct feedback *said, struct arena *arena, struct feedback *now, struct err *err)
{
    const struct feedback_voice *voice = &said->voice;
    struct feedback *list;
    struct sql_rows rows;
    size_t count;

    *now = (struct feedback){0};
    if (!sql_rows(sql, FEEDBACK_SELECT " WHERE asks = ?1 AND answers = ?2 AND party = ?3 AND office = ?4 AND scope = ?5"
                       " AND to_leaf IS NULL",
                  SQL_ARGS(sql_int(said->asks), sql_int(said->answers), sql_int(voice->party),
                           sql_text(slice_of(voice->office)), sql_int(voice->scope)),
                  &rows, err)
        || !take_all(&rows, arena, &list, &count, err))
        return false;
    if (count)
        *now = list[0];
    return true;
}

/* --- the leaf --- */

static void commit(unsigned char (*commitments)[LEAF_HASH], size_t *count, struct leaf_field field,
                   const struct feedback *feedback)
{
    field.known = true;
    memcpy(field.salt, feedback->salts[*count], LEAF_SALT);
    leaf_commit(&field, commitments[(*count)++]);
}

#define NUMBER(of, value) commit(commitments, &count, (struct leaf_field){.name = of, .is_number = true, .number = value}, feedback)
#define TEXT(of, value) commit(commitments, &count, (struct leaf_field){.name = of, .text = value}, feedback)

void feedback_root(const struct feedback *feedback, unsigned char root[LEAF_HASH])
{
    unsigned char commitments[FEEDBACK_FIELDS][LEAF_HASH];
    size_t count = 0;

    TEXT("asks_kind", slice_of(feedback->asks_kind->name));
    NUMBER("asks", feedback->asks);
    TEXT("answers_kind", slice_of(feedback->answers_kind->name));
    NUMBER("answers", feedback->answers);
    NUMBER("asks_ver", feedback->asks_ver);
    NUMBER("answers_ver", feedback->answers_ver);
    NUMBER("side", feedback->voice.side);
    NUMBER("party", feedback->voice.party);
    TEXT("office", slice_of(feedback->voice.office));
    NUMBER("scope", feedback->voice.scope);
    TEXT("outcome", feedback->outcome);
    TEXT("reason", feedback->reason);
    TEXT("note", feedback->note);
    NUMBER("shared", feedback->shared);
    leaf_root((const unsigned char(*)[LEAF_HASH])commitments, count, root);
}

/* --- what was typed --- */

static bool wrong(struct err *err, const char *field, const char *message, const char *hint)
{
    err_set(err, ERR_INVALID, "%s", message);
    err_hint(err, "%s", hint);
    return err_field(err, field);
}

static bool outcome_read(const struct feedback_order *order, struct feedback *said, struct err *err)
{
    const struct choice *outcome = choice_find(choice_list_get("outcome"), slice_trim(order->outcome));

    if (!outcome)
        return wrong(err, "outcome", N_("请选一项进展"), N_("可选：contacted 已联系、talks 在谈、signed 已签约、refused 不合适、withdrawn 收回"));
    said->outcome = slice_of(outcome->code);
    return true;
}

static bool reason_read(const struct feedback_order *order, struct feedback *said, struct err *err)
{
    struct slice typed = slice_trim(order->reason);
    const struct choice *reason = typed.len ? choice_find(choice_list_get("refusal"), typed) : NULL;

    said->reason = SLICE("");
    if (!feedback_refuses(said))
        return typed.len == 0 || wrong(err, "reason", N_("只有不合适才写理由"), N_("请去掉理由，或把进展改为不合适"));
    if (!reason)
        return wrong(err, "reason", N_("请写明为什么不合适"),
                     N_("可选：field 领域不符、spec 指标达不到、maturity 成熟度不够、price 价格、time 时间来不及、place 地域、solved 已解决、unwilling 对方不愿、other 其他"));
    said->reason = slice_of(reason->code);
    return !slice_is(said->reason, "other") || said->note.len
           || wrong(err, "note", N_("理由是其他时，请在说明里写一句"), N_("一句话就够，只有本单位看得到"));
}

static bool typed_read(const struct feedback_order *order, struct feedback *said, struct err *err)
{
    said->note = slice_trim(order->note);
    said->shared = order->shared;
    if (!utf8_check(said->note, false, err))
        return err_field(err, "note");
    if (utf8_count(said->note) > FEEDBACK_NOTE)
        return wrong(err, "note", N_("说明太长，最多 300 个字"), N_("请写短些"));
    return outcome_read(order, said, err) && reason_read(order, said, err);
}

/* --- the step --- */

void feedback_order_init(struct feedback_order *order, const struct actor *actor, struct slice request_id)
{
    *order = (struct feedback_order){.actor = actor, .time_ms = clock_ms(), .ver = -1};
    order->new_id = ident_next(order->time_ms);
    seal_random(order->salts, sizeof order->salts);
    snprintf(order->request_id, sizeof order->request_id, "%.*s",
             (int)(request_id.len < LEAF_REQUEST ? request_id.len : LEAF_REQUEST), request_id.at ? request_id.at : "");
}

/*
 * Of a pair of which one half is not for him to know there is nothing to say, and no more is told; but what his side has said already
 * he mends: an achievement that has been signed for is soon closed.
 */
static bool both_seen(const struct actor *actor, const struct feedback_pair *pair, const struct feedback *now, struct err *err)
{
    return now->ver || (may(actor, ACT_SEE, &pair->asks_object, err) && may(actor, ACT_SEE, &pair->answers_object, err));
}

static bool is_pair(const struct feedback_pair *pair, struct err *err)
{
    return (feedback_kind(pair->asks.kind) && feedback_kind(pair->answers.kind)
            && column_of(&pair->asks) != column_of(&pair->answers))
           || wrong(err, "other", N_("这两条不成一对"), N_("一对是一边要、一边有，如需求和成果"));
}

static bool sharing_fits(const struct feedback_pair *pair, const struct feedback *said, struct err *err)
{
    return !said->shared || feedback_sharable(pair, &said->voice)
           || wrong(err, "shared", N_("隐藏了单位的需求，反馈不能给对方看"), N_("对方会由联系的先后猜出是哪家；需要时先公开单位名称"));
}

static bool pair_load(struct sql *sql, const struct feedback_order *order, struct arena *arena, struct feedback_pair *pair,
                      struct err *err)
{
    struct record record, other;

    return record_get(sql, order->kind, order->record, arena, &record, err)
           && record_get(sql, order->other_kind, order->other, arena, &other, err)
           && feedback_pair_of(sql, order->actor, &record, &other, pair, err);
}

static void pair_put(const struct feedback_pair *pair, struct feedback *said)
{
    said->asks_kind = pair->asks.kind;
    said->asks = pair->asks.id;
    said->asks_ver = pair->asks.ver;
    said->answers_kind = pair->answers.kind;
    said->answers = pair->answers.id;
    said->answers_ver = pair->answers.ver;
}

/* What is to be said, and what that voice says now. */
static bool said_read(struct sql *sql, const struct feedback_order *order, struct arena *arena, struct feedback *said,
                      struct feedback *now, struct err *err)
{
    struct feedback_pair *pair = arena_alloc(arena, sizeof *pair);

    *said = (struct feedback){.author = order->actor->account};
    if (!pair_load(sql, order, arena, pair, err) || !feedback_voice(order->actor, pair, &said->voice, err))
        return false;
    pair_put(pair, said);
    memcpy(said->salts, order->salts, sizeof said->salts);
    return now_of(sql, said, arena, now, err) && both_seen(order->actor, pair, now, err) && is_pair(pair, err)
           && typed_read(order, said, err) && sharing_fits(pair, said, err);
}

/* What is said, and by whom; not of which versions. */
static bool same_saying(const struct feedback *a, const struct feedback *b)
{
    return a->asks == b->asks && a->answers == b->answers && feedback_voice_same(&a->voice, &b->voice)
           && slice_same(a->outcome, b->outcome) && slice_same(a->reason, b->reason) && slice_same(a->note, b->note)
           && a->shared == b->shared;
}

static bool done_before(struct sql *sql, struct feedback_order *order, const struct feedback *said, struct arena *arena,
                        bool *done, struct err *err)
{
    struct feedback *then;
    struct sql_rows rows;
    struct leaf leaf;
    size_t count = 0;

    *done = false;
    if (!order->request_id[0])
        return wrong(err, "request_id", N_("缺少请求号"), N_("每次提交要带自己的 request_id，重复提交时用同一个"));
    if (!ledger_request(sql, slice_of(order->request_id), &leaf, done, err))
        return false;
    if (!*done)
        return true;
    if (strcmp(leaf.action, action) != 0 || memcmp(leaf.actor, order->actor->pseudonym, LEAF_ACTOR) != 0)
        return order_taken(err);
    if (!sql_rows(sql, FEEDBACK_SELECT " WHERE id = ?1 AND ver = ?2", SQL_ARGS(sql_int(leaf.object), sql_int(leaf.version)),
                  &rows, err)
        || !take_all(&rows, arena, &then, &count, err))
        return false;
    if (!count || !same_saying(then, said))
        return order_taken(err);
    order->id = then->id;
    order->said_ver = then->ver;
    return true;
}

static bool append(struct sql *sql, const struct feedback_order *order, struct feedback *said, struct err *err)
{
    struct leaf leaf = {.time_ms = order->time_ms, .object = said->id, .version = (uint32_t)said->ver};

    memcpy(leaf.actor, order->actor->pseudonym, LEAF_ACTOR);
    snprintf(leaf.action, sizeof leaf.action, "%s", action);
    snprintf(leaf.kind, sizeof leaf.kind, "feedback");
    snprintf(leaf.request_id, sizeof leaf.request_id, "%s", order->request_id);
    feedback_root(said, leaf.root);
    if (!ledger_append(sql, &leaf, err))
        return false;
    said->from_leaf = (int64_t)leaf.index;
    return true;
}

static bool insert(struct sql *sql, const struct feedback_order *order, const struct feedback *said, struct err *err)
{
    return sql_put(sql,
                   "INSERT INTO feedback (id, ver, from_leaf, valid_from, asks_kind, asks, answers_kind, answers, asks_ver,"
                   " answers_ver, side, party, office, scope, outcome, reason, note, shared, author, salts) VALUES (?1, ?2, ?3,"
                   " ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)",
                   SQL_ARGS(sql_int(said->id), sql_int(said->ver), sql_int(said->from_leaf), sql_int(order->time_ms),
                            sql_text(slice_of(said->asks_kind->name)), sql_int(said->asks),
                            sql_text(slice_of(said->answers_kind->name)), sql_int(said->answers), sql_int(said->asks_ver),
                            sql_int(said->answers_ver), sql_int(said->voice.side), sql_int(said->voice.party),
                            sql_text(slice_of(said->voice.office)), sql_int(said->voice.scope), sql_text(said->outcome),
                            sql_text(said->reason), sql_text(said->note), sql_int(said->shared), sql_int(said->author),
                            sql_bytes(said->salts, sizeof said->salts)),
                   err);
}

static bool put(struct sql *sql, struct feedback_order *order, struct feedback *said, const struct feedback *now,
                struct err *err)
{
    if (order->ver >= 0 && order->ver != now->ver)
        return err_set(err, ERR_CONFLICT, "这一对刚有同事反馈过") || err_hint(err, "请刷新页面，看过再改");
    if (!now->ver && slice_is(said->outcome, "withdrawn"))
        return wrong(err, "outcome", N_("还没有反馈过，没有可收回的"), N_("请选一项进展"));
    order->same = now->ver && same_saying(said, now);
    said->id = now->ver ? now->id : order->new_id;
    said->ver = order->same ? now->ver : now->ver + 1;
    order->id = said->id;
    order->said_ver = said->ver;
    if (order->same)
        return true;
    return append(sql, order, said, err)
           && (!now->ver || sql_put(sql, "UPDATE feedback SET to_leaf = ?3, valid_to = ?4 WHERE id = ?1 AND ver = ?2",
                                    SQL_ARGS(sql_int(now->id), sql_int(now->ver), sql_int(said->from_leaf),
                                             sql_int(order->time_ms)),
                                    err))
           && insert(sql, order, said, err);
}

bool feedback_say_step(struct sql *sql, void *arg, struct err *err)
{
    struct feedback_order *order = arg;
    struct feedback said, now;
    struct arena arena;
    bool done = false, ok;

    err_clear(err);
    order->same = false;
    arena_init(&arena);
    ok = said_read(sql, order, &arena, &said, &now, err) && done_before(sql, order, &said, &arena, &done, err)
         && (done || put(sql, order, &said, &now, err));
    arena_release(&arena);
    return ok;
}
