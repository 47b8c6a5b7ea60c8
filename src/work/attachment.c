/* Attachments as records: put into a deal's file, withdrawn from it. */
#include "work/attachment.h"

#include "base/clock.h"
#include "base/ident.h"
#include "base/utf8.h"
#include "record/check.h"
#include "record/deal.h"
#include "work/account_int.h"

const char *attachment_sort(struct slice paper)
{
    static const struct { const char *paper, *sort; } sorts[] = {
        {"approval", "minutes"}, {"contract", "contract"}, {"valuation", "report"}, {"notice", "market"},
        {"registration", "document"}, {"filing", "document"}, {"receipt", "voucher"}, {"cost", "voucher"}, {"award", "voucher"},
    };

    for (size_t i = 0; i < sizeof sorts / sizeof *sorts; i++)
        if (slice_is(paper, sorts[i].paper))
            return sorts[i].sort;
    return "other";
}

void attachment_set_init(struct attachment_set *set, int64_t now_ms)
{
    for (size_t i = 0; i < ATTACHMENT_FILES; i++)
        set->new_ids[i] = ident_next(now_ms);
    seal_random(set->salts, sizeof set->salts);
}

void attachment_order_init(struct attachment_order *order, const struct actor *actor, struct slice request_id)
{
    *order = (struct attachment_order){.actor = actor, .time_ms = clock_ms(), .paper = SLICE("deal")};
    attachment_set_init(&order->files, order->time_ms);
    snprintf(order->request_id, sizeof order->request_id, "%.*s",
             (int)(request_id.len < LEAF_REQUEST ? request_id.len : LEAF_REQUEST), request_id.at ? request_id.at : "");
}

/* --- putting in --- */

#ifdef TQ_TEETH_ATTACHMENT_WHOLE
static const char name_text[] = "UPDATE content SET state = 2 WHERE digest = ?1";
#else
static const char name_text[] = "UPDATE content SET state = 2 WHERE digest = ?1 AND state > 0";
#endif

static struct value text_value(const char *text)
{
    return (struct value){.known = true, .text = slice_of(text)};
}

static struct value number_value(int64_t number)
{
    return (struct value){.known = true, .number = number};
}

static struct record record_of(const struct attachment_place *place, const struct attachment_set *set, size_t at, int64_t no)
{
    const struct attachment_file *file = &set->files[at];
    struct record record = {.kind = &kind_attachment, .id = set->new_ids[at], .owner = place->deal->owner,
                            .author = place->actor->account};

    memcpy(record.salts, set->salts[at], sizeof record.salts);
    record.values[PAPER_DEAL] = number_value(place->deal->id);
    record.values[PAPER_NO] = number_value(no);
    record.values[PAPER_TERMS] = number_value(place->deal->values[DEAL_TERMS].number);
    record.values[ATTACHMENT_PAPER] = (struct value){.known = true, .text = place->paper};
    if (place->paper_no)
        record.values[ATTACHMENT_PAPER_NO] = number_value(place->paper_no);
    record.values[ATTACHMENT_SORT] = text_value(set->sorts[at]);
    record.values[ATTACHMENT_NAME] = (struct value){.known = true, .text = file->name};
    record.values[ATTACHMENT_SIZE] = number_value((int64_t)file->bytes.len);
    record.values[ATTACHMENT_MEDIA] = text_value(file->media);
    record.values[ATTACHMENT_DIGEST] = text_value(file->digest);
    return record;
}

static bool same_place(const struct record *there, const struct record *record)
{
    return !there->values[ATTACHMENT_WITHDRAWN_ON].known
           && slice_same(there->values[ATTACHMENT_DIGEST].text, record->values[ATTACHMENT_DIGEST].text)
           && slice_same(there->values[ATTACHMENT_PAPER].text, record->values[ATTACHMENT_PAPER].text)
           && there->values[ATTACHMENT_PAPER_NO].number == record->values[ATTACHMENT_PAPER_NO].number;
}

/* Does it lie there already, or come twice in what is brought? */
static bool is_there(const struct attachment_place *place, const struct attachment_set *set, size_t at, const struct record *record)
{
    for (size_t i = 0; i < at; i++)
        if (strcmp(set->files[i].digest, set->files[at].digest) == 0)
            return true;
    for (size_t i = 0; i < place->there_count; i++)
        if (same_place(&place->there[i], record))
            return true;
    return false;
}

bool attachment_name(struct sql *sql, struct slice digest, struct err *err)
{
    int64_t named;

    if (!sql_count(sql, name_text, SQL_ARGS(sql_text(digest)), &named, err))
        return false;
    return named == 1 || err_set(err, ERR_CONFLICT, "文件没有传完") || err_hint(err, "请重新选文件再提交");
}

static bool put_one(struct sql *sql, const struct attachment_place *place, struct record *record, uint8_t part, struct err *err)
{
    struct record_event event = {.action = "deal.attach", .request_id = place->request_id, .part = part, .time_ms = place->time_ms,
                                 .actor = actor_is_program(place->actor) ? NULL : place->actor->pseudonym};

    return attachment_name(sql, record->values[ATTACHMENT_DIGEST].text, err) && record_put(sql, record, NULL, &event, err);
}

bool attachment_put(struct sql *sql, const struct attachment_place *place, const struct attachment_set *set, size_t *put,
                    struct err *err)
{
    *put = 0;
    for (size_t i = 0; i < set->count; i++) {
        struct record record = record_of(place, set, i, (int64_t)(place->there_count + *put + 1));

        if (is_there(place, set, i, &record))
            continue;
        if (place->there_count + *put >= RECORD_PAPERS)
            return err_set(err, ERR_CONFLICT, "%s已有 %d 份，不能再加", kind_attachment.label, RECORD_PAPERS);
        if (!put_one(sql, place, &record, (uint8_t)(place->part + *put), err))
            return false;
        ++*put;
    }
    return true;
}

/* --- the steps --- */

struct attaching {
    struct attachment_order *order;
    struct arena arena;
    struct record deal, *there;
    size_t there_count;
};

static bool attaching_load(struct sql *sql, struct attaching *attaching, struct err *err)
{
    const struct attachment_order *order = attaching->order;
    struct object object;

    if (!record_get(sql, &kind_deal, order->deal, &attaching->arena, &attaching->deal, err)
        || !object_of(sql, &attaching->deal, order->actor, &object, err) || !may(order->actor, ACT_SEE, &object, err)
        || !may(order->actor, ACT_STEP, &object, err)
        || !record_of_deal(sql, &kind_attachment, order->deal, RECORD_PAPERS, &attaching->arena, &attaching->there, &attaching->there_count, err))
        return false;
    return attaching->deal.status == RECORD_OPEN || err_set(err, ERR_CONFLICT, "这个项目已经结项或终止")
           || err_hint(err, "卷宗只能看，不能再办");
}

static bool no_paper(struct err *err)
{
    err_set(err, ERR_INVALID, "卷里没有这份文书");
    err_hint(err, "附件归在卷里的一份文书名下，或归项目本身");
    return err_field(err, "paper");
}

/* A paper that lies in the file, or the deal; no attachment hangs on another. */
static bool paper_there(struct sql *sql, struct attaching *attaching, struct err *err)
{
    const struct attachment_order *order = attaching->order;
    char name[LEAF_WORD + 1];
    const struct kind *kind;
    struct record *list;
    size_t count;

    snprintf(name, sizeof name, "%.*s", (int)(order->paper.len < LEAF_WORD ? order->paper.len : LEAF_WORD), order->paper.at);
    kind = kind_stored(name);
    if (!kind || !kind_is_paper(kind) || kind->id == KIND_ATTACHMENT)
        return no_paper(err);
    if (kind->id == KIND_DEAL)
        return order->paper_no == 0 || no_paper(err);
    if (!record_of_deal(sql, kind, order->deal, RECORD_PAPERS, &attaching->arena, &list, &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        if (list[i].values[PAPER_NO].number == order->paper_no)
            return true;
    return no_paper(err);
}

static bool attach(struct sql *sql, struct attaching *attaching, struct err *err)
{
    struct attachment_order *order = attaching->order;
    struct attachment_place place = {.actor = order->actor, .request_id = order->request_id, .time_ms = order->time_ms,
                                     .deal = &attaching->deal, .paper = order->paper, .paper_no = order->paper_no};
    size_t put;

    if (!attaching_load(sql, attaching, err) || !paper_there(sql, attaching, err))
        return false;
    place.there = attaching->there;
    place.there_count = attaching->there_count;
    if (!attachment_put(sql, &place, &order->files, &put, err))
        return false;
    if (put == 0)
        return err_set(err, ERR_CONFLICT, "同样的文件已经附在这里") || err_hint(err, "内容一字不差的，附一次就够");
    order->no = (int64_t)attaching->there_count + 1;
    return true;
}

static bool withdraw(struct sql *sql, struct attaching *attaching, struct err *err)
{
    struct attachment_order *order = attaching->order;
    struct record_event event = {.action = "deal.detach", .request_id = order->request_id, .time_ms = order->time_ms,
                                 .actor = actor_is_program(order->actor) ? NULL : order->actor->pseudonym};
    const struct field *why = &kind_attachment.fields[ATTACHMENT_WITHDRAWN_WHY];
    const struct record *prior;
    struct record record;
    char day[CLOCK_TEXT];

    if (!attaching_load(sql, attaching, err))
        return false;
    if (order->no < 1 || order->no > (int64_t)attaching->there_count)
        return err_set(err, ERR_MISSING, "卷里没有这份附件") || err_hint(err, "项目页列出了全部附件");
    prior = &attaching->there[order->no - 1];
    if (prior->values[ATTACHMENT_WITHDRAWN_ON].known)
        return err_set(err, ERR_CONFLICT, "这份附件已经撤回");
    record = *prior;
    record.author = order->actor->account;
    memcpy(record.salts, order->files.salts[0], sizeof record.salts);
    record.values[ATTACHMENT_WITHDRAWN_ON] = text_value(clock_show_day(order->time_ms, day));
    if (!field_read(why, order->why, &attaching->arena, &record.values[ATTACHMENT_WITHDRAWN_WHY], err))
        return false;
    if (!record.values[ATTACHMENT_WITHDRAWN_WHY].known)
        return err_set(err, ERR_INVALID, "没有写撤回原因") || err_hint(err, "写明哪里不对，如：传错了文件") || err_field(err, why->name);
    return record_put(sql, &record, prior, &event, err);
}

/* The very request again: answered as it was the first time. */
static bool done_before(struct sql *sql, struct attaching *attaching, const char *action, bool *done, struct err *err)
{
    struct attachment_order *order = attaching->order;
    struct record record;
    struct leaf leaf;

    *done = false;
    if (!order->request_id[0])
        return true;
    if (!ledger_request(sql, slice_of(order->request_id), &leaf, done, err) || !*done)
        return err->code == ERR_NONE;
    if (strcmp(leaf.action, action) != 0 || memcmp(leaf.actor, order->actor->pseudonym, LEAF_ACTOR) != 0)
        return order_taken(err);
    if (!record_get(sql, &kind_attachment, leaf.object, &attaching->arena, &record, err))
        return false;
    if (record.values[PAPER_DEAL].number != order->deal)
        return order_taken(err);
    order->no = record.values[PAPER_NO].number;
    return true;
}

static bool run(struct sql *sql, struct attachment_order *order, const char *action,
                bool (*verb)(struct sql *, struct attaching *, struct err *), struct err *err)
{
    struct attaching attaching = {.order = order};
    bool done, ok;

    err_clear(err);
    arena_init(&attaching.arena);
    ok = done_before(sql, &attaching, action, &done, err) && (done || verb(sql, &attaching, err));
    arena_release(&attaching.arena);
    return ok;
}

bool attachment_step(struct sql *sql, void *arg, struct err *err)
{
    return run(sql, arg, "deal.attach", attach, err);
}

bool attachment_withdraw_step(struct sql *sql, void *arg, struct err *err)
{
    return run(sql, arg, "deal.detach", withdraw, err);
}
