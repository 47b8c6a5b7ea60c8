/* A certificate of work: what is counted, how it is kept, and how it is printed. */
#include "work/proof.h"

#include "base/clock.h"
#include "base/ident.h"
#include "base/money.h"
#include "base/text.h"
#include "record/person.h"
#include "seal/seal.h"
#include "work/account_int.h"

/* --- what is counted --- */

/* ?1 the person, ?2 and ?3 the first and the last day. Each answers one whole number. */
static const struct counted {
    const char *name, *label, *label_en;
    bool money;
    const char *statement;
} counts[] = {
    {"needs_answered", "领取并答复的需求", "Needs answered", false,
     "SELECT COUNT(*) FROM need_care WHERE manager = ?1 AND answered_on BETWEEN ?2 AND ?3 AND to_leaf IS NULL"},
    {"needs_confirmed", "其中需求方确认的", "Of them confirmed by the firm", false,
     "SELECT COUNT(*) FROM need_care WHERE manager = ?1 AND answered_on BETWEEN ?2 AND ?3 AND confirmed = 1 AND to_leaf IS NULL"},
    {"cases", "签订中介合同的案件", "Cases under a signed contract", false,
     "SELECT COUNT(*) FROM case_work WHERE manager = ?1 AND signed_on BETWEEN ?2 AND ?3 AND to_leaf IS NULL"},
    {"introductions", "双方都确认的引荐", "Introductions confirmed by both", false,
     "SELECT COUNT(*) FROM introduction WHERE manager = ?1 AND met_on BETWEEN ?2 AND ?3 AND state = 'confirmed' AND to_leaf IS NULL"},
    {"contracts", "促成的合同", "Contracts brought about", false,
     "SELECT COUNT(*) FROM case_work WHERE manager = ?1 AND deal_on BETWEEN ?2 AND ?3 AND state IN ('due', 'settled') AND to_leaf IS NULL"},
    {"contracts_here", "其中本平台的转化项目", "Of them deals of this platform", false,
     "SELECT COUNT(*) FROM case_work WHERE manager = ?1 AND deal_on BETWEEN ?2 AND ?3 AND state IN ('due', 'settled') AND deal IS NOT NULL"
     " AND to_leaf IS NULL"},
    {"contracts_amount", "促成的合同金额（元）", "Their amount", true,
     "SELECT CAST(COALESCE(SUM(deal_amount), 0) AS BIGINT) FROM case_work WHERE manager = ?1 AND deal_on BETWEEN ?2 AND ?3"
     " AND state IN ('due', 'settled') AND to_leaf IS NULL"},
    {"receipts", "所促成项目的到账（元）", "Receipts of those deals", true,
     "SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM receipt WHERE came_on BETWEEN ?2 AND ?3 AND to_leaf IS NULL AND deal IN"
     " (SELECT deal FROM case_work WHERE manager = ?1 AND state IN ('due', 'settled') AND deal IS NOT NULL AND to_leaf IS NULL)"},
    {"rewards", "兑付的财政奖励（笔）", "Public rewards paid", false,
     "SELECT COUNT(*) FROM reward_claim WHERE person = ?1 AND paid_on BETWEEN ?2 AND ?3 AND state = 'paid' AND to_leaf IS NULL"},
    {"rewards_amount", "兑付的财政奖励（元）", "Their amount", true,
     "SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM reward_claim WHERE person = ?1 AND paid_on BETWEEN ?2 AND ?3 AND state = 'paid'"
     " AND to_leaf IS NULL"},
    {"hours", "经确认的培训学时", "Hours of training, confirmed", false,
     "SELECT CAST(COALESCE(SUM(hours), 0) AS BIGINT) FROM career WHERE person = ?1 AND got_on BETWEEN ?2 AND ?3 AND sort = 'training'"
     " AND state = 'confirmed' AND to_leaf IS NULL"},
    {"certificates", "经确认的证书", "Certificates, confirmed", false,
     "SELECT COUNT(*) FROM career WHERE person = ?1 AND got_on BETWEEN ?2 AND ?3 AND sort = 'certificate' AND state = 'confirmed'"
     " AND to_leaf IS NULL"},
};
enum { COUNTS = sizeof counts / sizeof *counts };
_Static_assert((int)COUNTS <= (int)PROOF_LINES, "all that is counted is shown");

static bool count_all(struct sql *sql, const struct proof_order *order, struct text *out, struct err *err)
{
    char from[CLOCK_TEXT], until[CLOCK_TEXT];

    day_show(order->from, from);
    day_show(order->until, until);
    for (size_t i = 0; i < COUNTS; i++) {
        int64_t number = 0;
        bool found;

        if (!sql_one(sql, counts[i].statement, SQL_ARGS(sql_int(order->actor->person), sql_text(slice_of(from)), sql_text(slice_of(until))),
                     &number, &found, err))
            return false;
        text_print(out, "%s%s %lld", i ? "\n" : "", counts[i].name, (long long)number);
    }
    return true;
}

/* --- drawing one --- */

void proof_order_init(struct proof_order *order, const struct actor *actor, struct slice request_id)
{
    static const char letters[] = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"; /* none that is taken for another; 32, so that no letter is likelier */
    unsigned char random[PROOF_CODE_LEN];

    *order = (struct proof_order){.actor = actor, .time_ms = clock_ms()};
    order->new_id = ident_next(order->time_ms);
    seal_random(order->salts, sizeof order->salts);
    seal_random(random, sizeof random);
    for (size_t i = 0; i < PROOF_CODE_LEN; i++)
        order->code[i] = letters[random[i] % 32];
    snprintf(order->request_id, sizeof order->request_id, "%.*s", (int)(request_id.len < LEAF_REQUEST ? request_id.len : LEAF_REQUEST),
             request_id.at ? request_id.at : "");
}

static bool period_fits(const struct proof_order *order, struct err *err)
{
    if (order->until <= day_of_ms(order->time_ms) && order->from <= order->until)
        return true;
    err_set(err, ERR_INVALID, "期间不对");
    err_hint(err, "起日不晚于止日，止日不晚于今天");
    return err_field(err, "until");
}

static void set_text(struct record *proof, size_t field, struct slice text)
{
    proof->values[field] = (struct value){.known = text.len > 0, .text = text};
}

static void set_day(struct record *proof, size_t field, int32_t day, struct arena *arena)
{
    char text[CLOCK_TEXT];

    set_text(proof, field, arena_copy(arena, slice_of(day_show(day, text))));
}

static bool person_set(struct sql *sql, const struct proof_order *order, struct record *proof, struct arena *arena, struct err *err)
{
    struct record person;

    if (!order->actor->person || !record_get(sql, &kind_person, order->actor->person, arena, &person, err)
        || !field_list_has(person.values[PERSON_CALLING].text, SLICE("manager"))) {
        err_set(err, ERR_DENIED, "业绩证明由技术经理人本人开具");
        return err_hint(err, "请用与“专家与经理人”里的登记连起来的账号登录");
    }
    proof->owner = person.values[PERSON_PARTY].known ? person.values[PERSON_PARTY].number : order->actor->party;
    proof->values[PROOF_PERSON] = (struct value){.known = true, .number = person.id};
    set_text(proof, PROOF_NAME, person.values[PERSON_NAME].text);
    set_text(proof, PROOF_ORGANISATION, record_title(sql, &kind_party, proof->owner, arena));
    return true;
}

static void digest_of(const struct record *proof, char out[2 * SEAL_HASH + 1])
{
    const size_t fields[] = {PROOF_NAME, PROOF_ORGANISATION, PROOF_FROM, PROOF_UNTIL, PROOF_CONTENT};
    struct slice parts[2 * sizeof fields / sizeof *fields];
    unsigned char hash[SEAL_HASH];

    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        parts[2 * i] = proof->values[fields[i]].text;
        parts[2 * i + 1] = SLICE("\n");
    }
    seal_sha256(parts, sizeof parts / sizeof *parts, hash);
    seal_hex(hash, sizeof hash, out);
}

static bool draw(struct sql *sql, struct proof_order *order, struct arena *arena, struct err *err)
{
    struct record proof = {.kind = &kind_work_proof, .id = order->new_id, .author = order->actor->account};
    struct record_event event = {.action = "work_proof.draw", .request_id = order->request_id, .time_ms = order->time_ms,
                                 .actor = order->actor->pseudonym};
    char digest[2 * SEAL_HASH + 1];
    struct text content;
    bool ok;

    if (!period_fits(order, err) || !person_set(sql, order, &proof, arena, err))
        return false;
    text_init(&content);
    ok = count_all(sql, order, &content, err);
    set_text(&proof, PROOF_CONTENT, arena_copy(arena, text_slice(&content)));
    text_release(&content);
    if (!ok)
        return false;
    set_text(&proof, PROOF_CODE, slice_of(order->code));
    set_day(&proof, PROOF_FROM, order->from, arena);
    set_day(&proof, PROOF_UNTIL, order->until, arena);
    digest_of(&proof, digest);
    set_text(&proof, PROOF_DIGEST, slice_of(digest));
    memcpy(proof.salts, order->salts, sizeof proof.salts);
    order->id = proof.id;
    return record_put(sql, &proof, NULL, &event, err);
}

bool proof_step(struct sql *sql, void *arg, struct err *err)
{
    struct proof_order *order = arg;
    struct arena arena;
    struct leaf leaf;
    bool done = false, ok;

    err_clear(err);
    if (order->request_id[0] && !ledger_request(sql, slice_of(order->request_id), &leaf, &done, err))
        return false;
    order->repeated = done;
    if (done) {
        order->id = leaf.object;
        return (strcmp(leaf.action, "work_proof.draw") == 0 && memcmp(leaf.actor, order->actor->pseudonym, LEAF_ACTOR) == 0)
               || order_taken(err);
    }
    arena_init(&arena);
    ok = draw(sql, order, &arena, err);
    arena_release(&arena);
    return ok;
}

/* --- reading --- */

bool proof_get(struct sql *sql, struct slice code, struct arena *arena, struct record *proof, struct err *err)
{
    int64_t id;
    bool found;

    if (!sql_one(sql, "SELECT id FROM work_proof WHERE code = ?1 AND to_leaf IS NULL", SQL_ARGS(sql_text(code)), &id, &found, err))
        return false;
    if (found)
        return record_get(sql, &kind_work_proof, id, arena, proof, err);
    err_set(err, ERR_MISSING, "没有这份业绩证明");
    return err_hint(err, "请照证明上的核验码输入，字母大写");
}

bool proof_list(struct sql *sql, int64_t person, struct arena *arena, struct record *list, size_t most, size_t *count, struct err *err)
{
    int64_t ids[PROOFS_SHOWN];
    struct sql_rows rows;
    size_t found = 0;

    *count = 0;
    if (!sql_rows(sql, "SELECT id FROM work_proof WHERE person = ?1 AND to_leaf IS NULL ORDER BY id DESC LIMIT ?2",
                  SQL_ARGS(sql_int(person), sql_int((int64_t)(most < PROOFS_SHOWN ? most : PROOFS_SHOWN))), &rows, err))
        return false;
    while (sql_next(&rows))
        ids[found++] = sql_number(&rows, 0);
    if (!sql_done(&rows, err))
        return false;
    for (; *count < found; (*count)++)
        if (!record_get(sql, &kind_work_proof, ids[*count], arena, &list[*count], err))
            return false;
    return true;
}

static const struct counted *counted_by(struct slice name)
{
    for (size_t i = 0; i < COUNTS; i++)
        if (slice_is(name, counts[i].name))
            return &counts[i];
    return NULL;
}

size_t proof_values(const struct record *proof, struct proof_value list[PROOF_LINES])
{
    struct slice rest = proof->values[PROOF_CONTENT].text, line, name;
    size_t count = 0;

    while (count < PROOF_LINES && slice_cut(&rest, '\n', &line)) {
        const struct counted *counted = slice_cut(&line, ' ', &name) ? counted_by(name) : NULL;

        if (counted)
            list[count++] = (struct proof_value){.name = counted->name, .label = counted->label, .label_en = counted->label_en,
                                                 .money = counted->money, .number = strtoll(line.at, NULL, 10)};
    }
    return count;
}

bool proof_whole(const struct record *proof)
{
    char digest[2 * SEAL_HASH + 1];

    digest_of(proof, digest);
    return slice_is(proof->values[PROOF_DIGEST].text, digest);
}

/* --- on paper --- */

static const struct paper_cell cells[] = {{"姓名"}, {"期间"}, {"所在单位", .width = 1}};
static const struct paper_cell columns[] = {{"项目", .width = 40}, {"数", .width = 24}};
static const struct paper_block blocks[] = {
    {PAPER_TEXT, "下列各项由铁桥从登记的记录中数出：引荐由双方确认，本平台的合同和到账以转化项目的卷宗为准，奖励由科技部门兑付，培训和证书由给出的单位确认。需求的答复和平台外的合同由本人登记，需求方确认的、本平台的另列。"},
    {PAPER_FACTS, .cells = cells, .count = sizeof cells / sizeof *cells},
    {PAPER_TABLE, "业绩", .rows = "业绩", .cells = columns, .count = sizeof columns / sizeof *columns},
    {PAPER_NOTE, "截至账本第 {{账本行}} 条。"},
    {PAPER_NOTE, "内容的 SHA-256：{{摘要}}。"},
    {PAPER_NOTE, "核验：扫右上角的码，或在 {{网址}} 输入核验码 {{核验码}}。此后的变化不在本证明内。"},
    {PAPER_SIGN, "{{开具日}}"},
};
static const struct paper_form form = {"work_proof", "技术经理人业绩证明", "Certificate of work", .blocks = blocks,
                                       .count = sizeof blocks / sizeof *blocks};

static void fill(const struct record *proof, struct slice address, struct paper_fill *out)
{
    const struct value *values = proof->values;
    struct proof_value list[PROOF_LINES];
    size_t count = proof_values(proof, list);
    char money[MONEY_TEXT], drawn[CLOCK_TEXT];

    fill_put(&out->values, "姓名", values[PROOF_NAME].text);
    fill_put(&out->values, "所在单位", values[PROOF_ORGANISATION].text);
    fill_print(&out->values, "期间", "%.*s 至 %.*s", (int)values[PROOF_FROM].text.len, values[PROOF_FROM].text.at,
               (int)values[PROOF_UNTIL].text.len, values[PROOF_UNTIL].text.at);
    fill_print(&out->values, "账本行", "%lld", (long long)proof->from_leaf);
    fill_put(&out->values, "摘要", values[PROOF_DIGEST].text);
    fill_put(&out->values, "核验码", values[PROOF_CODE].text);
    fill_put(&out->values, "网址", address);
    fill_put(&out->values, "开具日", slice_of(clock_show_day(proof->valid_from, drawn)));
    for (size_t i = 0; i < count; i++) {
        struct paper_values *row = fill_row(out, "业绩");

        fill_put(row, "项目", slice_of(list[i].label));
        if (list[i].money)
            fill_put(row, "数", slice_of(money_show_plain(list[i].number, money)));
        else
            fill_print(row, "数", "%lld", (long long)list[i].number);
    }
    out->code = address;
}

bool proof_pdf(const struct record *proof, struct slice address, const char *path, struct err *err)
{
    struct paper_fill filled;
    struct arena arena;
    bool ok;

    arena_init(&arena);
    fill_init(&filled, &arena);
    fill(proof, address, &filled);
    ok = paper_pdf(&form, &filled, path, err);
    arena_release(&arena);
    return ok;
}
