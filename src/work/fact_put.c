/* Facts about an organisation, written: stated, confirmed, withdrawn. */
#include "work/fact.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/ident.h"
#include "work/account_int.h"

static const char *const verbs[] = {[FACT_STATE] = "fact.state", [FACT_CONFIRM] = "fact.confirm", [FACT_WITHDRAW] = "fact.withdraw"};

void fact_order_init(struct fact_order *order, enum fact_verb verb, const struct actor *actor, int64_t party, struct slice request_id)
{
    *order = (struct fact_order){.verb = verb, .actor = actor, .time_ms = clock_ms()};
    order->new_id = ident_next(order->time_ms);
    order->record = (struct record){.kind = &kind_fact, .owner = party, .author = actor->account};
    record_salt(&order->record);
    snprintf(order->request_id, sizeof order->request_id, "%.*s", (int)(request_id.len < LEAF_REQUEST ? request_id.len : LEAF_REQUEST),
             request_id.at ? request_id.at : "");
}

/* --- what was typed --- */

struct reading_fact {
    struct fact_order *order;
    const struct law *law;
    const struct slice *typed;
    struct complaints *complaints;
    struct arena *arena;
};

static bool complain_of(const struct reading_fact *reading, enum fact_field field, const char *message, const char *hint)
{
    struct err err;

    err_set(&err, ERR_INVALID, "%s", message);
    err_hint(&err, "%s", hint);
    err_field(&err, kind_fact.fields[field].name);
    complain(reading->complaints, &kind_fact.fields[field], reading->typed[field], &err);
    return false;
}

static const struct rule_fact *named(const struct law *law, struct slice typed)
{
    const struct rule_fact *fact = rulebook_fact(law->book, typed);

    for (size_t i = 0; !fact && i < rulebook_fact_count(law->book); i++)
        if (slice_is(typed, rulebook_fact_at(law->book, i)->label))
            fact = rulebook_fact_at(law->book, i);
    return fact;
}

static struct value known_text(const char *text)
{
    return (struct value){.known = true, .text = slice_of(text)};
}

static bool value_fits(const struct reading_fact *reading, const struct rule_fact *of)
{
    struct record *record = &reading->order->record;
    struct fact fact;
    struct err err;

    if (!rule_fact_read(of, record->values[FACT_VALUE].text, &fact, &err))
        return complain_of(reading, FACT_VALUE, err.message, N_("按这项事实的种类填写"));
    if (!fact.known)
        return complain_of(reading, FACT_VALUE, N_("没有写数值"), N_("不知道就不填这一项；收回已填的请用“收回”"));
    record->values[FACT_VALUE] = known_text(fact_text(of, &fact, reading->arena));
    return true;
}

static bool name_fits(const struct reading_fact *reading, const struct rule_fact **of)
{
    struct record *record = &reading->order->record;

    *of = named(reading->law, record->values[FACT_NAME].text);
    if (!*of || strcmp((*of)->name, "today") == 0)
        return complain_of(reading, FACT_NAME, N_("没有这项事实"), N_("请从列出的事实里选，写它的名称"));
    if ((*of)->of)
        return complain_of(reading, FACT_NAME, N_("往年的数按年度填写"), N_("选不带“前年”的那一项，并写上年度"));
    record->values[FACT_NAME] = known_text((*of)->name);
    if ((*of)->years_ago && !record->values[FACT_FOR_YEAR].known)
        return complain_of(reading, FACT_FOR_YEAR, N_("这项事实要写明是哪个年度的"), N_("写四位数的年份，如 2025"));
    if (!(*of)->years_ago && record->values[FACT_FOR_YEAR].known)
        return complain_of(reading, FACT_FOR_YEAR, N_("这项事实不分年度"), N_("年度请留空"));
    return true;
}

static bool source_fits(const struct reading_fact *reading)
{
    const struct value *values = reading->order->record.values;
    struct slice source = values[FACT_FROM].text;
    int32_t issued, until;

    if (slice_is(source, "certificate") && !values[FACT_NUMBER_OF].known)
        return complain_of(reading, FACT_NUMBER_OF, N_("没有写证照编号"), N_("没有证照的，来源请选“自行填报”"));
    if (!slice_is(source, "declared") && !values[FACT_ISSUER].known)
        return complain_of(reading, FACT_ISSUER, N_("没有写出具机关"), N_("写发证机关或提供名单的部门"));
    if (slice_is(source, "department") && !values[FACT_ISSUED_ON].known)
        return complain_of(reading, FACT_ISSUED_ON, N_("没有写出具日期"), N_("写名单上的日期"));
    if (!values[FACT_ISSUED_ON].known || !day_parse(values[FACT_ISSUED_ON].text, &issued))
        return true;
    if (issued > day_of_ms(reading->order->time_ms))
        return complain_of(reading, FACT_ISSUED_ON, N_("出具日期在今天之后"), N_("请核对日期"));
    if (values[FACT_UNTIL].known && day_parse(values[FACT_UNTIL].text, &until) && until < issued)
        return complain_of(reading, FACT_UNTIL, N_("有效期在出具日期之前"), N_("请核对这两个日期"));
    return true;
}

bool fact_check(struct fact_order *order, const struct law *law, const struct slice typed[FACT_FIELD_COUNT], struct arena *arena,
                struct complaints *complaints)
{
    struct reading_fact reading = {order, law, typed, complaints, arena};
    const struct rule_fact *of;

    if (!record_check(&order->record, typed, true, arena, complaints))
        return false;
    if (slice_is(order->record.values[FACT_FROM].text, "declared"))
        order->record.values[FACT_ISSUER] = order->record.values[FACT_NUMBER_OF] = (struct value){.known = false};
    order->record.values[FACT_CONFIRMED_ON] = (struct value){.known = false};
    return name_fits(&reading, &of) && value_fits(&reading, of) && source_fits(&reading);
}

/* --- who --- */

/* Departments' facts and confirmations are the officers'; what a firm says of itself is its own people's. */
static bool allowed(struct sql *sql, const struct fact_order *order, const struct record *record, struct err *err)
{
    struct record any = {.kind = &kind_fact, .owner = record->owner};
    bool officers = order->verb == FACT_CONFIRM || slice_is(record->values[FACT_FROM].text, "department");
    struct object object;

    if (officers && acts_for(order->actor, record->owner)) /* whoever speaks for the firm does not vouch for it */
        return err_set(err, ERR_DENIED, "本单位的事实不能自己核对，也不能自己当部门数据录入") || err_hint(err, "请别的工作人员来办");
    return object_of(sql, &any, order->actor, &object, err) && may(order->actor, officers ? ACT_IMPORT_ANY : ACT_CREATE, &object, err);
}

/* --- the step --- */

static bool put(struct sql *sql, struct fact_order *order, struct record *record, const struct record *prior, struct err *err)
{
    struct record_event event = {.action = verbs[order->verb], .request_id = order->request_id, .part = order->part,
                                 .time_ms = order->time_ms};

    if (!actor_is_program(order->actor))
        event.actor = order->actor->pseudonym;
    if (!record_put(sql, record, prior, &event, err))
        return false;
    order->changed = !prior || record->ver != prior->ver;
    order->done_id = record->id;
    order->done_ver = record->ver;
    return true;
}

/* The same value, issuer and so on say nothing new; a confirmation stands as long as the certificate is the same. */
static void keep_confirmed(struct record *record, const struct record *prior)
{
    static const enum fact_field same[] = {FACT_VALUE, FACT_NUMBER_OF, FACT_ISSUED_ON, FACT_UNTIL};

    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        if (!value_same(&kind_fact.fields[same[i]], &record->values[same[i]], &prior->values[same[i]]))
            return;
    record->values[FACT_CONFIRMED_ON] = prior->values[FACT_CONFIRMED_ON];
}

/* A list that only names another file, or another remark, for the same values is no change worth a version. */
static bool state(struct sql *sql, struct fact_order *order, struct arena *arena, struct err *err)
{
    struct record record = order->record, prior;
    int64_t id;

    if (!record_find(sql, &kind_fact, record_key(&record, arena), &id, err))
        return false;
    record.id = id ? id : order->new_id;
    if (!id)
        return put(sql, order, &record, NULL, err);
    if (!record_get(sql, &kind_fact, id, arena, &prior, err))
        return false;
    keep_confirmed(&record, &prior);
    if (prior.status == RECORD_OPEN
        && value_same(&kind_fact.fields[FACT_ISSUED_ON], &record.values[FACT_ISSUED_ON], &prior.values[FACT_ISSUED_ON])
        && !record.values[FACT_LIST].known)
        record.values[FACT_LIST] = prior.values[FACT_LIST];
    return put(sql, order, &record, &prior, err);
}

static bool stands(const struct fact_order *order, const struct record *prior, struct err *err)
{
    if (prior->ver == order->ver && prior->status == RECORD_OPEN)
        return true;
    err_set(err, ERR_CONFLICT, "这项事实刚被改过");
    return err_hint(err, "请重新打开页面再办");
}

static bool alter(struct sql *sql, struct fact_order *order, struct arena *arena, struct err *err)
{
    struct record prior, record;
    char day[CLOCK_TEXT];

    if (!record_get(sql, &kind_fact, order->id, arena, &prior, err) || !allowed(sql, order, &prior, err) || !stands(order, &prior, err))
        return false;
    record = prior;
    memcpy(record.salts, order->record.salts, sizeof record.salts);
    record.author = order->actor->account;
    if (order->verb == FACT_WITHDRAW) {
        record.status = RECORD_CLOSED;
    } else if (!slice_is(prior.values[FACT_FROM].text, "certificate")) {
        err_set(err, ERR_INVALID, "只有证照才要核对");
        return err_hint(err, "自行填报的请企业补证照编号，或由部门名单导入");
    } else {
        record.values[FACT_CONFIRMED_ON] = known_text(day_show(day_of_ms(order->time_ms), day));
    }
    return put(sql, order, &record, &prior, err);
}

/* Is it what the leaf of the same request wrote? */
static bool same_order(struct sql *sql, const struct fact_order *order, const struct leaf *leaf, struct arena *arena, bool *same,
                       struct err *err)
{
    struct record done;

    *same = strcmp(leaf->action, verbs[order->verb]) == 0 && memcmp(leaf->actor, order->actor->pseudonym, LEAF_ACTOR) == 0;
    if (!*same || order->verb != FACT_STATE) {
        *same = *same && leaf->object == order->id;
        return true;
    }
    if (!record_version(sql, &kind_fact, leaf->object, leaf->version, arena, &done, err))
        return false;
    *same = done.owner == order->record.owner;
    for (size_t i = 0; *same && i < FACT_FIELD_COUNT; i++)
        *same = i == FACT_CONFIRMED_ON || value_same(&kind_fact.fields[i], &order->record.values[i], &done.values[i]);
    return true;
}

static bool done_before(struct sql *sql, struct fact_order *order, struct arena *arena, bool *done, struct err *err)
{
    struct leaf leaf;
    bool same;

    *done = false;
    if (!order->request_id[0])
        return err_set(err, ERR_INVALID, "缺少请求号") || err_hint(err, "每次提交要带自己的 request_id，重复提交时用同一个");
    if (!ledger_request(sql, slice_of(order->request_id), &leaf, done, err) || (*done && !same_order(sql, order, &leaf, arena, &same, err)))
        return false;
    if (!*done)
        return true;
    if (!same)
        return order_taken(err);
    order->done_id = leaf.object;
    order->done_ver = leaf.version;
    return order->repeated = true;
}

static bool run(struct sql *sql, struct fact_order *order, struct arena *arena, struct err *err)
{
    if (order->verb != FACT_STATE)
        return alter(sql, order, arena, err);
    return allowed(sql, order, &order->record, err) && state(sql, order, arena, err);
}

bool fact_step(struct sql *sql, void *arg, struct err *err)
{
    struct fact_order *order = arg;
    struct arena arena;
    bool done, ok;

    order->repeated = order->changed = false;
    arena_init(&arena);
    ok = done_before(sql, order, &arena, &done, err) && (done || run(sql, order, &arena, err));
    arena_release(&arena);
    return ok;
}

bool facts_step(struct sql *sql, void *arg, struct err *err)
{
    struct fact_batch *batch = arg;
    struct arena arena;
    bool ok = true;

    batch->written = 0;
    arena_init(&arena);
    for (size_t i = 0; ok && i < batch->count; i++) {
        ok = run(sql, &batch->orders[i], &arena, err);
        batch->written += ok && batch->orders[i].changed;
        arena_reset(&arena);
    }
    arena_release(&arena);
    return ok;
}
