/*
 * Settlement of vouchers (创新券结算), once for each half year, platform and issuer: what was spent with the platform in it. It is drawn up
 * when the half is over, so that nothing more can fall into it, and its key lets none be drawn up twice. Who drew it up does not approve
 * its payment: two people of the issuer or of the department see it.
 */
#include "base/said.h"
#include "work/lineage.h"
#include "work/pilot.h"

enum { ISSUER, PLATFORM, OFFICERS };
enum { DRAWN, DISPUTED, CHECKED, PAID };

static const struct matter_side sides[] = {
    [ISSUER] = {"issuer", "发券单位", "Issuer", SIDE_OWNER},
    [PLATFORM] = {"platform", "服务单位", "Platform", SETTLEMENT_PLATFORM},
    [OFFICERS] = {"officers", "主管部门", "Officers", SIDE_OFFICERS},
};

static const struct matter_state states[] = {
    [DRAWN] = {"drawn", "待核对", "To be checked", SIDE(PLATFORM), 10, N_("本平台约定"), false},
    [DISPUTED] = {"disputed", "有出入", "Disputed", SIDE(ISSUER) | SIDE(OFFICERS), 10, N_("本平台约定"), false},
    [CHECKED] = {"checked", "待拨付", "To be paid", SIDE(ISSUER) | SIDE(OFFICERS), 20, N_("本平台约定"), false},
    [PAID] = {"paid", "已拨付", "Paid", 0, 0, NULL, true},
};

static bool reckon(struct matter_draft *draft, int64_t *count, int64_t *sum, struct err *err)
{
    const struct record *batch = &draft->matter;
    int32_t from, until;

    half_year(matter_number(batch, SETTLEMENT_YEAR), slice_is(matter_text(batch, SETTLEMENT_HALF), "1") ? 1 : 2, &from, &until);
    if (draft->today <= until)
        return MATTER_WRONG(err, &kind_settlement, SETTLEMENT_HALF, "这半年还没有过完");
    return voucher_spent(draft->sql, batch->owner, matter_number(batch, SETTLEMENT_PLATFORM), from, until, count, sum, err);
}

static bool draw_check(struct matter_draft *draft, struct err *err)
{
    struct record *batch = &draft->matter;
    struct slice platform;
    int64_t count, sum;

    if (matter_known(batch, SETTLEMENT_ISSUER))
        batch->owner = matter_number(batch, SETTLEMENT_ISSUER);
    if (!reckon(draft, &count, &sum, err))
        return false;
    if (count == 0)
        return MATTER_WRONG(err, &kind_settlement, SETTLEMENT_PLATFORM, "这半年里没有在这家单位核销的券");
    platform = record_title(draft->sql, &kind_party, matter_number(batch, SETTLEMENT_PLATFORM), draft->arena);
    matter_set_number(batch, SETTLEMENT_COUNT, count);
    matter_set_number(batch, SETTLEMENT_AMOUNT, sum);
    matter_set_text(batch, MATTER_TITLE,
                    slice_of(arena_print(draft->arena, "%lld 年%s创新券结算：%.*s", (long long)matter_number(batch, SETTLEMENT_YEAR),
                                         slice_is(matter_text(batch, SETTLEMENT_HALF), "1") ? "上半年" : "下半年", (int)platform.len, platform.at)));
    return true;
}

/* Drawn from the entries once more: what is confirmed and paid is what they add up to. */
static bool same_check(struct matter_draft *draft, struct err *err)
{
    int64_t count, sum;

    if (!reckon(draft, &count, &sum, err))
        return false;
    return (count == matter_number(&draft->was, SETTLEMENT_COUNT) && sum == matter_number(&draft->was, SETTLEMENT_AMOUNT))
           || err_set(err, ERR_CORRUPT, "结算单与券上的核销对不上") || err_hint(err, "请发券单位重新开结算单");
}

/* The newest version in which it was drawn up is that of who drew it; a version without an author says only that it is late. */
static bool drawn_by_another(struct matter_draft *draft, struct err *err)
{
    int64_t author;
    bool found;

    if (!sql_one(draft->sql, "SELECT author FROM settlement WHERE id = ?1 AND state = 'drawn' AND author <> 0 ORDER BY ver DESC LIMIT 1",
                 SQL_ARGS(sql_int(draft->matter.id)), &author, &found, err))
        return false;
    if (!found || author != draft->order->actor->account)
        return true;
    err_set(err, ERR_DENIED, "这张结算单是您自己开的，不能由您核准拨付");
    return err_hint(err, "请本部门的另一位工作人员核对以后拨付");
}

/* What a public body settles is public money and stands in its lineage. */
static bool flow_write(struct matter_draft *draft, struct err *err)
{
    const struct record *batch = &draft->matter;
    struct lineage_payment paid = {
        .payer = batch->owner, .payee = matter_number(batch, SETTLEMENT_PLATFORM), .amount = matter_number(batch, SETTLEMENT_AMOUNT),
        .sort = "grant", .title = matter_text(batch, MATTER_TITLE), .program = SLICE("创新券"), .on = matter_text(batch, SETTLEMENT_PAID_ON),
        .purpose = SLICE("创新券结算"), .voucher = matter_text(batch, SETTLEMENT_PAYMENT)};
    bool public;

    return public_body(draft->sql, paid.payer, draft->arena, &public, err) && (!public || lineage_paid(draft, &paid, err));
}

static bool pay_check(struct matter_draft *draft, struct err *err)
{
    if (!drawn_by_another(draft, err))
        return false;
    if (matter_day(&draft->matter, SETTLEMENT_PAID_ON) > draft->today)
        return MATTER_WRONG(err, &kind_settlement, SETTLEMENT_PAID_ON, "拨付日还没有到");
    return same_check(draft, err) && flow_write(draft, err);
}

#define PAYERS (SIDE(ISSUER) | SIDE(OFFICERS))

static const struct matter_step steps[] = {
    {.name = "draw", .label = "开结算单", .label_en = "Draw up", .does = N_("哪家单位、哪一年、上下半年：笔数和金额由券上的核销算出"),
     .from = MATTER_NEW, .to = DRAWN, .by = PAYERS, .fields = "issuer platform year half", .seldom = "issuer", .check = draw_check},
    {.name = "agree", .label = "核对无误", .label_en = "Agree", .does = N_("与自己的账一致"),
     .from = STATE(DRAWN), .to = CHECKED, .by = SIDE(PLATFORM), .fields = "note", .check = same_check},
    {.name = "dispute", .label = "有出入", .label_en = "Dispute", .does = N_("写明差在哪里"),
     .from = STATE(DRAWN), .to = DISPUTED, .by = SIDE(PLATFORM), .fields = "note"},
    {.name = "redraw", .label = "重新开", .label_en = "Draw up again", .does = N_("按券上的核销重算"),
     .from = STATE(DISPUTED), .to = DRAWN, .by = PAYERS, .check = draw_check},
    {.name = "pay", .label = "已拨付", .label_en = "Paid", .does = N_("由开单人以外的一位核对以后拨付：拨付日和凭证号"),
     .from = STATE(CHECKED), .to = PAID, .by = PAYERS, .fields = "paid_on payment", .check = pay_check},
};

#define COUNT(list) (sizeof(list) / sizeof *(list))

const struct matter_sort sort_settlement = {
    .kind = &kind_settlement,
    .about = N_("每半年一次，把在一家单位核销的券结算给它"),
    .empty = N_("还没有。半年过完后由发券单位开结算单"),
    .sides = sides, .side_count = COUNT(sides), .states = states, .state_count = COUNT(states), .steps = steps, .step_count = COUNT(steps),
};
