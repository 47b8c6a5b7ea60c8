#include "fill.h"

#include <assert.h>

#include "base/clock.h"
#include "base/ident.h"
#include "base/text.h"
#include "record/achievement.h"
#include "record/deal.h"
#include "record/paper.h"
#include "record/party.h"
#include "record/record.h"

enum { BATCH = 25, UNIT_DEALS = 60, UNITS_MOST = 400, POOL = 12, FIRMS = 8 };

static const int64_t epoch_ms = INT64_C(1767225600000); /* 2026-01-01 */
static const int32_t first_day = 19723;                 /* 2024-01-01 */

struct filling {
    struct sql *sql;
    struct arena arena; /* of one deal */
    struct arena kept;
    uint64_t random;
    int64_t time_ms;
    struct unit {
        int64_t id, achievements[POOL];
        const char *name, *region;
    } units[UNITS_MOST];
    size_t unit_count;
    /* the deal at work */
    struct record deal, stored; /* as it is to be, as it was written last */
    size_t number, papers[KIND_ALL];
    struct err *err;
    bool failed;
};

/* --- chance --- */

static uint64_t below(struct filling *f, uint64_t n)
{
    f->random = f->random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (f->random >> 33) % n;
}

static bool chance(struct filling *f, unsigned percent)
{
    return below(f, 100) < percent;
}

/* --- values --- */

static struct value text(struct filling *f, const char *string)
{
    return (struct value){.known = true, .text = slice_of(arena_text(&f->arena, slice_of(string)))};
}

static struct value number(int64_t n)
{
    return (struct value){.known = true, .number = n};
}

static struct value date(struct filling *f, int32_t day)
{
    char shown[CLOCK_TEXT];

    return text(f, day_show(day, shown));
}

/* --- records --- */

static void put(struct filling *f, struct record *record, const struct record *prior, const char *action)
{
    struct record_event event = {.action = action, .request_id = "", .time_ms = f->time_ms += 10};

    if (!prior) {
        record->id = ident_next(f->time_ms);
        record->author = 1;
    }
    record_salt(record);
    if (!f->failed && !record_put(f->sql, record, prior, &event, f->err))
        f->failed = true;
}

static void deal_moves(struct filling *f, const char *pier)
{
    f->deal.values[DEAL_PIER] = text(f, pier);
    f->deal.values[DEAL_PAPERS].number++;
    put(f, &f->deal, &f->stored, "deal.step");
    f->stored = f->deal;
}

static struct record paper(struct filling *f, const struct kind *kind)
{
    struct record record = {.kind = kind, .owner = f->deal.owner};

    record.values[PAPER_DEAL] = number(f->deal.id);
    record.values[PAPER_NO] = number((int64_t)++f->papers[kind->id]);
    record.values[PAPER_TERMS] = number(f->deal.values[DEAL_TERMS].number);
    return record;
}

static void add(struct filling *f, struct record *record, const char *pier)
{
    put(f, record, NULL, "deal.step");
    deal_moves(f, pier);
}

/* --- units --- */

static void unit_put(struct filling *f, size_t u)
{
    static const char *const regions[] = {"620102", "330106", "500112"};
    static const char *const chains[] = {"", "科研管理部门\n校长办公会 100万元以上", "院系\n国资部门 50万元以上\n校长办公会 300万元以上"};
    struct record party = {.kind = &kind_party}, achievement = {.kind = &kind_achievement};
    struct unit *unit = &f->units[u];
    bool state = u % 5 != 4;

    unit->name = arena_print(&f->kept, "示例第%zu%s", u, state ? "学院" : "制造有限公司");
    unit->region = regions[u % 3];
    party.values[PARTY_NAME] = text(f, unit->name);
    party.values[PARTY_SIDE] = text(f, state ? "university" : "enterprise");
    party.values[PARTY_NATURE] = text(f, state ? "institution" : "private");
    party.values[PARTY_REGION] = text(f, unit->region);
    if (*chains[u % 4 % 3])
        party.values[PARTY_APPROVALS] = text(f, chains[u % 4 % 3]);
    party.id = ident_next(f->time_ms);
    party.owner = party.id;
    put(f, &party, NULL, "party.register");
    unit->id = party.owner = party.id;
    for (size_t a = 0; a < POOL; a++) {
        achievement = (struct record){.kind = &kind_achievement, .owner = unit->id};
        achievement.values[ACHIEVEMENT_TITLE] = text(f, arena_print(&f->arena, "示例：第%zu号轴承涂层", a));
        achievement.values[ACHIEVEMENT_ABSTRACT] = text(f, "示例：用于含沙介质的离心泵，轴承寿命由三千小时提高到八千小时。");
        put(f, &achievement, NULL, "achievement.disclose");
        unit->achievements[a] = achievement.id;
    }
}

/* --- a deal --- */

struct course {
    const struct unit *unit;
    const char *buyer;
    int32_t signed_on;
    int64_t price, amount, goods;
    bool agreement, related, registered;
};

static int64_t price_draw(struct filling *f)
{
    static const int64_t lines[] = {50000000, 100000000, 300000000, 500000000};

    if (chance(f, 25)) { /* just below a line, on it, a fen off it */
        int64_t line = lines[below(f, 4)];

        return chance(f, 30) ? line - (int64_t)below(f, 2) : line * (int64_t)(78 + below(f, 22)) / 100;
    }
    return (int64_t)(1 + below(f, 900)) * 1000000 + (int64_t)below(f, 100);
}

static const char *buyer_draw(struct filling *f, const struct unit *unit)
{
    size_t neighbour = (size_t)(unit - f->units) ^ 1;

    if (chance(f, 7) && neighbour < f->unit_count)
        return f->units[neighbour].name;
    return arena_print(&f->arena, "示例甲%02u机械厂", (unsigned)below(f, FIRMS));
}

static struct course course_draw(struct filling *f)
{
    struct course course = {.unit = &f->units[below(f, f->unit_count)], .signed_on = first_day + (int32_t)below(f, 700)};

    course.buyer = buyer_draw(f, course.unit);
    course.price = price_draw(f);
    course.amount = chance(f, 4) ? course.price - 1 : course.price;
    course.goods = chance(f, 12) ? course.price / 5 : 0;
    course.agreement = chance(f, 80);
    course.related = chance(f, 6);
    return course;
}

static void deal_put(struct filling *f, const struct course *course)
{
    static const char *const ways[] = {"license", "assign", "equity", "joint"};
    struct record *deal = &f->deal;

    *deal = (struct record){.kind = &kind_deal, .owner = course->unit->id};
    memset(f->papers, 0, sizeof f->papers);
    deal->values[DEAL_TITLE] = text(f, arena_print(&f->arena, "示例转化项目第 %zu 号", f->number));
    deal->values[DEAL_ACHIEVEMENT] = number(course->unit->achievements[below(f, POOL)]);
    deal->values[DEAL_PIER] = text(f, "title");
    deal->values[DEAL_WAY] = text(f, ways[below(f, 4)]);
    deal->values[DEAL_PRICING] = text(f, course->agreement ? "agreement" : chance(f, 50) ? "listing" : "auction");
    deal->values[DEAL_PRICE] = number(course->price);
    deal->values[DEAL_BUYER] = text(f, course->buyer);
    deal->values[DEAL_RELATED] = number(course->related);
    if (chance(f, 60))
        deal->values[DEAL_APPRAISAL] = text(f, chance(f, 50) ? "done" : "waived");
    if (chance(f, 94))
        deal->values[DEAL_GROUND] = text(f, "示例：参照两份可比合同");
    deal->values[DEAL_REGION] = text(f, course->unit->region);
    deal->values[DEAL_TERMS] = number(0);
    deal->values[DEAL_PAPERS] = number(0);
    put(f, deal, NULL, "deal.open");
    f->stored = *deal;
}

static void notice_put(struct filling *f, const struct course *course, const char *sort, const char *place, int32_t first, int32_t ended)
{
    struct record notice = paper(f, &kind_notice);

    notice.values[NOTICE_SORT] = text(f, sort);
    notice.values[NOTICE_PLACE] = text(f, place);
    notice.values[NOTICE_FIRST_DAY] = date(f, first);
    notice.values[NOTICE_NAME] = text(f, "示例成果");
    notice.values[NOTICE_SUMMARY] = text(f, "示例摘要");
    notice.values[NOTICE_CHANNEL] = text(f, "示例渠道");
    if (strcmp(sort, "sale") == 0 && chance(f, 80))
        notice.values[NOTICE_PRICE] = number(course->price);
    if (course->related)
        notice.values[NOTICE_RELATED] = number(chance(f, 80));
    if (ended)
        notice.values[NOTICE_ENDED_ON] = date(f, ended);
    add(f, &notice, "notice");
}

static void sale_notices_put(struct filling *f, const struct course *course)
{
    unsigned withdrawn = chance(f, 5) ? 1 + (unsigned)below(f, 3) : 0;

    for (unsigned i = 0; i < withdrawn; i++)
        notice_put(f, course, "sale", "unit", course->signed_on - 40 - (int32_t)i, course->signed_on - 38);
    if (chance(f, 95)) /* the fifteenth day and the days around it, at times */
        notice_put(f, course, "sale", "unit", course->signed_on - (chance(f, 15) ? 14 + (int32_t)below(f, 12) : 28),
                   chance(f, 2) ? course->signed_on + (int32_t)below(f, 2) : 0);
    if (chance(f, 70))
        notice_put(f, course, "sale", "market", course->signed_on - 26, 0);
}

static void objection_put(struct filling *f, const struct course *course)
{
    struct record objection = paper(f, &kind_objection);
    int32_t came = course->signed_on - 20;

    objection.values[OBJECTION_NOTICE] = number(1);
    objection.values[OBJECTION_CAME_ON] = date(f, came);
    objection.values[OBJECTION_BY] = text(f, "示例异议人");
    objection.values[OBJECTION_TEXT] = text(f, "示例异议");
    if (chance(f, 90))
        objection.values[OBJECTION_RULED_ON] = date(f, came + (int32_t)below(f, 3));
    add(f, &objection, "notice");
}

static void approval_put(struct filling *f, const struct course *course)
{
    struct record approval = paper(f, &kind_approval);

    approval.values[APPROVAL_BODY] = text(f, "校长办公会");
    approval.values[APPROVAL_DECISION] = text(f, chance(f, 97) ? "agreed" : "refused");
    approval.values[APPROVAL_DECIDED_ON] = date(f, course->signed_on + (chance(f, 6) ? (int32_t)below(f, 3) : -2));
    if (chance(f, 80))
        approval.values[APPROVAL_PRICE] = number(course->price);
    approval.values[APPROVAL_MINUTES] = text(f, "示例纪要");
    approval.values[APPROVAL_CONFLICTS] = text(f, "无");
    add(f, &approval, "approve");
}

static struct record contract_put(struct filling *f, const struct course *course)
{
    static const char *const payments[] = {"lump", "instalments", "lump", "royalty", "entry", "equity"};
    struct record contract = paper(f, &kind_contract);
    int64_t technical = course->amount - (chance(f, 80) ? course->goods : 0);

    contract.values[CONTRACT_SORT] = text(f, "license");
    contract.values[CONTRACT_NUMBER] = text(f, arena_print(&f->arena, "示例-%zu", f->number));
    contract.values[CONTRACT_NAME] = text(f, "示例许可合同");
    contract.values[CONTRACT_SIGNED_ON] = date(f, course->signed_on);
    contract.values[CONTRACT_AMOUNT] = number(course->amount);
    contract.values[CONTRACT_GOODS] = number(course->goods);
    contract.values[CONTRACT_TECHNICAL] = number(technical);
    contract.values[CONTRACT_INCOME] = number(technical);
    contract.values[CONTRACT_PAYMENT] = text(f, payments[below(f, 6)]);
    add(f, &contract, "register");
    return contract;
}

static void amend(struct filling *f, struct record *prior, size_t field, struct value value)
{
    struct record after = *prior;

    after.values[field] = value;
    put(f, &after, prior, "deal.step");
    deal_moves(f, "register");
    *prior = after;
}

static void registration_put(struct filling *f, const struct course *course, struct record *contract)
{
    struct record registration = paper(f, &kind_registration);
    int64_t technical = contract->values[CONTRACT_TECHNICAL].number;

    registration.values[REGISTRATION_POINT] = text(f, "示例登记机构");
    registration.values[REGISTRATION_SENT_ON] = date(f, course->signed_on + 5);
    registration.values[REGISTRATION_DECIDED_ON] = date(f, course->signed_on + 20);
    registration.values[REGISTRATION_RESULT] = text(f, chance(f, 95) ? "registered" : "refused");
    registration.values[REGISTRATION_NUMBER] = text(f, arena_print(&f->arena, "示例%012zu", f->number));
    registration.values[REGISTRATION_AMOUNT] = number(course->amount);
    registration.values[REGISTRATION_TECHNICAL] = number(chance(f, 90) ? technical : course->amount);
    add(f, &registration, "receive");
    if (chance(f, 6)) {
        amend(f, contract, CONTRACT_CLAUSES, text(f, "示例：顺延一个月"));
        if (chance(f, 50))
            amend(f, &registration, REGISTRATION_CHANGED_ON, date(f, course->signed_on + 40));
    }
    if (chance(f, 4))
        amend(f, &registration, REGISTRATION_REVOKED_ON, date(f, course->signed_on + 90));
}

static const char *voucher_draw(struct filling *f, const char *sort, size_t n)
{
    if (chance(f, 4))
        return arena_print(&f->arena, "%s-共 %02u", "PZ", (unsigned)below(f, 12));
    return arena_print(&f->arena, "%s-%zu-%zu", sort, f->number, n);
}

static void receipts_put(struct filling *f, const struct course *course)
{
    size_t count = below(f, 4);

    for (size_t i = 0; i < count; i++) {
        struct record receipt = paper(f, &kind_receipt);

        receipt.values[RECEIPT_CAME_ON] = date(f, course->signed_on + 30 + 10 * (int32_t)i);
        receipt.values[RECEIPT_AMOUNT] = number(course->amount / (int64_t)count + (chance(f, 4) ? 1 + (int64_t)count : 0) + 1);
        if (chance(f, 10))
            receipt.values[RECEIPT_AMOUNT] = number(course->amount / 100 + 1);
        if (chance(f, 70))
            receipt.values[RECEIPT_PAYER] = text(f, chance(f, 93)   ? course->buyer
                                                    : chance(f, 40) ? course->unit->name
                                                    : chance(f, 50) ? arena_print(&f->arena, " %s（有限公司）", course->buyer)
                                                                    : arena_print(&f->arena, "%s ", course->buyer));
        receipt.values[RECEIPT_VOUCHER] = text(f, voucher_draw(f, "SK", i));
        add(f, &receipt, "allot");
    }
}

static void cost_put(struct filling *f, const struct course *course)
{
    struct record cost = paper(f, &kind_cost);

    cost.values[COST_SORT] = text(f, "cost");
    cost.values[COST_AMOUNT] = number(course->amount / 50 + 1);
    cost.values[COST_VOUCHER] = text(f, voucher_draw(f, "FK", 0));
    if (chance(f, 30))
        cost.values[COST_NOTE] = text(f, chance(f, 85) ? "示例：专利维护" : arena_print(&f->arena, "付%s试验费", course->buyer));
    add(f, &cost, "allot");
}

static void award_put(struct filling *f, const struct course *course)
{
    struct record award = paper(f, &kind_award);
    int64_t net = course->amount * 9 / 10;
    int32_t paid = course->signed_on + 120;

    award.values[AWARD_INCOME] = number(course->amount);
    award.values[AWARD_NET] = number(net);
    award.values[AWARD_REWARD] = number(chance(f, 80) ? net * 7 / 10 + 1 : net * (int64_t)(45 + below(f, 30)) / 100);
    if (chance(f, 50))
        award.values[AWARD_RATE] = number(7000);
    award.values[AWARD_TEAM] = text(f, "曾某（示例） 100% 主要贡献");
    award.values[AWARD_HALF] = number(chance(f, 30));
    award.values[AWARD_DECIDED_ON] = date(f, course->signed_on + 60);
    if (chance(f, 85))
        award.values[AWARD_PAID_ON] = date(f, paid);
    if (chance(f, 70))
        award.values[AWARD_VOUCHER] = text(f, voucher_draw(f, "JL", 0));
    if (chance(f, 90)) /* around the fifteenth working day, at times */
        notice_put(f, course, "reward", "unit", paid - (chance(f, 20) ? 17 + (int32_t)below(f, 12) : 45), 0);
    add(f, &award, "tax");
}

static void facts_put(struct filling *f, const struct course *course)
{
    struct record statement = paper(f, &kind_statement), ruling = paper(f, &kind_ruling);

    statement.values[STATEMENT_FACT] = text(f, "used_mainly");
    statement.values[STATEMENT_VALUE] = text(f, "yes");
    statement.values[STATEMENT_SOURCE] = text(f, chance(f, 50) ? "declared" : "certificate");
    ruling.values[RULING_STEP] = text(f, "sign");
    ruling.values[RULING_ON] = date(f, course->signed_on);
    ruling.values[RULING_RULES] = text(f, "示例：R01 符合");
    if (chance(f, 20))
        add(f, &statement, "sign");
    add(f, &ruling, "sign");
}

static void filing_put(struct filling *f, const struct course *course)
{
    struct record filing = paper(f, &kind_filing);

    filing.values[FILING_SORT] = text(f, "cash");
    filing.values[FILING_FILED_ON] = date(f, course->signed_on + 130);
    add(f, &filing, "close");
}

static void before_signing(struct filling *f, const struct course *course, bool late)
{
    sale_notices_put(f, course);
    if (chance(f, 5))
        objection_put(f, course);
    if (chance(f, 10)) { /* the terms change: what was there is left behind */
        f->deal.values[DEAL_TERMS].number++;
        if (chance(f, 80))
            sale_notices_put(f, course);
    }
    if (!late && chance(f, 97))
        approval_put(f, course);
    if (chance(f, 40))
        approval_put(f, course);
}

static void deal_run(struct filling *f)
{
    struct course course = course_draw(f);
    bool late = chance(f, 4);
    struct record contract;

    deal_put(f, &course);
    before_signing(f, &course, late);
    facts_put(f, &course);
    if (chance(f, 8))
        return;
    contract = contract_put(f, &course);
    if (late)
        approval_put(f, &course);
    if (chance(f, 85))
        registration_put(f, &course, &contract);
    receipts_put(f, &course);
    if (chance(f, 50))
        cost_put(f, &course);
    if (chance(f, 60))
        award_put(f, &course);
    if (chance(f, 30))
        filing_put(f, &course);
    if (chance(f, 50)) {
        f->deal.status = RECORD_CLOSED;
        f->deal.values[DEAL_PIER] = text(f, "closed");
        put(f, &f->deal, &f->stored, "deal.close");
    }
}

/* --- batches --- */

struct batch {
    struct filling *f;
    size_t from, to;
};

static bool units_step(struct sql *sql, void *arg, struct err *err)
{
    struct batch *batch = arg;
    struct filling *f = batch->f;

    f->sql = sql;
    f->err = err;
    for (size_t u = batch->from; u < batch->to; u++)
        unit_put(f, u);
    return !f->failed;
}

static bool deals_step(struct sql *sql, void *arg, struct err *err)
{
    struct batch *batch = arg;
    struct filling *f = batch->f;

    f->sql = sql;
    f->err = err;
    for (size_t d = batch->from; d < batch->to && !f->failed; d++) {
        arena_reset(&f->arena);
        f->number = d;
        deal_run(f);
    }
    return !f->failed;
}

static bool batches(struct store *store, struct filling *f, store_step *step, size_t count, struct err *err)
{
    for (size_t from = 0; from < count; from += BATCH) {
        struct batch batch = {f, from, from + BATCH < count ? from + BATCH : count};

        if (store_write(store, "", step, &batch, err) != STORE_DONE)
            return false;
    }
    return true;
}

bool audit_fill(struct store *store, uint64_t seed, size_t deals, struct err *err)
{
    struct filling *f = calloc(1, sizeof *f);
    bool ok;

    if (!f)
        return err_set(err, ERR_MEMORY, "内存不足");
    f->random = seed;
    f->time_ms = epoch_ms;
    f->unit_count = deals / UNIT_DEALS + 6 < UNITS_MOST ? deals / UNIT_DEALS + 6 : UNITS_MOST;
    arena_init(&f->arena);
    arena_init(&f->kept);
    ok = batches(store, f, units_step, f->unit_count, err) && batches(store, f, deals_step, deals, err);
    arena_release(&f->arena);
    arena_release(&f->kept);
    free(f);
    return ok;
}
