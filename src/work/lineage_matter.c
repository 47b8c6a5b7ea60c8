/* A public payment and what it moved: entered by whoever paid, declared by those concerned, proved by an officer who saw the document. */
#include "work/lineage.h"

#include "base/clock.h"
#include "base/money.h"
#include "record/party.h"
#include "work/pool.h"

enum side { PAYER, PAYEE, OFFICERS };
enum state { RECORDED, VOID };

static const struct matter_side sides[] = {
    [PAYER] = {"payer", "支付方", "Payer", SIDE_OWNER},
    [PAYEE] = {"payee", "受款方", "Paid to", FLOW_PAYEE},
    [OFFICERS] = {"officers", "主管部门", "Officers", SIDE_OFFICERS},
};

static const struct matter_state states[] = {
    [RECORDED] = {"recorded", "已支付", "Paid", 0, 0, NULL, false},
    [VOID] = {"void", "已作废", "Void", 0, 0, NULL, true},
};

bool public_payer(struct matter_draft *draft, struct err *err)
{
    struct record party;
    struct slice side;

    if (!record_get(draft->sql, &kind_party, draft->matter.owner, draft->arena, &party, err))
        return false;
    side = matter_text(&party, PARTY_SIDE);
    return slice_is(side, "government") || slice_is(side, "finance")
           || err_set(err, ERR_DENIED, "财政资金由政府部门或受托管理资金的金融机构来记")
           || err_hint(err, "本单位得到的由支付的单位记；带动的资金在那一笔上申报");
}

/* The same payment entered twice would count its yuan twice. */
static bool paid_once(struct matter_draft *draft, struct err *err)
{
    const struct record *flow = &draft->matter;
    struct sql_rows rows;
    bool twice;

    if (!sql_rows(draft->sql,
                  "SELECT 1 FROM money_flow WHERE payee = ?1 AND owner = ?2 AND voucher = ?3 AND state <> 'void' AND to_leaf IS NULL LIMIT 1",
                  SQL_ARGS(sql_int(matter_number(flow, FLOW_PAYEE)), sql_int(flow->owner), sql_text(matter_text(flow, FLOW_VOUCHER))), &rows, err))
        return false;
    twice = sql_next(&rows);
    if (!sql_done(&rows, err))
        return false;
    return !twice || MATTER_WRONG(err, &kind_money_flow, FLOW_VOUCHER, "这个凭证付给这家单位的已经记过")
           || err_hint(err, "打开已记的那一笔；同一凭证分几项的，合成一笔记，或者在凭证号后写分号");
}

static bool record_check_flow(struct matter_draft *draft, struct err *err)
{
    struct record *flow = &draft->matter;
    struct slice program = matter_text(flow, FLOW_PROGRAM);
    struct slice payee = record_title(draft->sql, &kind_party, matter_number(flow, FLOW_PAYEE), draft->arena);
    char amount[MONEY_TEXT];

    if (!public_payer(draft, err))
        return false;
    if (matter_number(flow, FLOW_PAYEE) == flow->owner)
        return MATTER_WRONG(err, &kind_money_flow, FLOW_PAYEE, "受款方不能是支付方自己");
    if (matter_day(flow, FLOW_PAID_ON) > draft->today)
        return MATTER_WRONG(err, &kind_money_flow, FLOW_PAID_ON, "支付日还没有到") || err_hint(err, "支付以后再记");
    matter_set_text(flow, MATTER_TITLE,
                    slice_of(arena_print(draft->arena, "%.*s：%.*s %s", (int)program.len, program.at, (int)payee.len, payee.at,
                                         money_show(matter_number(flow, FLOW_AMOUNT), amount))));
    return paid_once(draft, err);
}

/* --- what it moved --- */

static bool moved_check(struct matter_draft *draft, struct err *err)
{
    struct record *moved = &draft->entry;
    struct slice key = moved_key(moved, draft->arena);
    struct moved_taken taken;
    bool recorded;

    if (matter_day(moved, MOVED_ON) > draft->today)
        return MATTER_WRONG(err, &kind_moved, MOVED_ON, "发生日还没有到") || err_hint(err, "发生以后再记");
    if (!lineage_loan_recorded(draft->sql, moved, draft->arena, &recorded, err))
        return false;
    if (recorded)
        return MATTER_WRONG(err, &kind_moved, MOVED_NUMBER, "这笔贷款在本平台的资金池里，已经按它的记录计入")
               || err_hint(err, "不用再记：见资金池出资那一笔");
    if (!moved_taken_read(draft->sql, key, &taken, err))
        return false;
    matter_set_text(moved, MOVED_KEY, key);
    matter_set_number(moved, MOVED_FEN, moved_part(&taken, matter_number(moved, MOVED_AMOUNT), matter_number(moved, MOVED_SHARE)));
    return true;
}

static bool stands(const struct record *entry)
{
    return !matter_known(entry, MOVED_VOID_ON);
}

static bool unproved(const struct record *entry)
{
    return stands(entry) && !matter_known(entry, MOVED_PROVED_ON);
}

/* Who declared it cannot prove it. */
static bool prove_check(struct matter_draft *draft, struct err *err)
{
    if (draft->entry_was->author == draft->order->actor->account)
        return err_set(err, ERR_DENIED, "这一条是您自己记的，不能由您核实") || err_hint(err, "请另一位工作人员看过凭据以后核实");
    matter_set_day(&draft->entry, MOVED_PROVED_ON, draft->today, draft->arena);
    return true;
}

static bool unmove_check(struct matter_draft *draft, struct err *err)
{
    (void)err;
    matter_set_day(&draft->entry, MOVED_VOID_ON, draft->today, draft->arena);
    return true;
}

static bool void_check(struct matter_draft *draft, struct err *err)
{
    for (size_t i = 0; i < draft->file->counts[0]; i++)
        if (stands(&draft->file->entries[0][i]))
            return err_set(err, ERR_CONFLICT, "还有带动的资金记在这笔上，不能作废") || err_hint(err, "先逐条撤销带动资金");
    return true;
}

/* --- the table --- */

#define ALL (SIDE(PAYER) | SIDE(PAYEE) | SIDE(OFFICERS))

static const struct matter_step steps[] = {
    {.name = "record", .label = "记财政资金", .label_en = "Enter a payment", .does = N_("哪个专项、付给谁、多少、做什么用"), .from = MATTER_NEW,
     .to = RECORDED, .by = SIDE(PAYER), .fields = "sort program payee amount paid_on purpose voucher", .check = record_check_flow},
    {.name = "moved", .label = "记带动资金", .label_en = "Enter what it moved", .does = N_("研发、贷款、股权、采购、合同各记一条，附凭据和比例"),
     .from = STATE(RECORDED), .to = MATTER_SAME, .by = ALL, .fields = "sort who number moved_on amount share paper", .how = MATTER_ADD,
     .entry = &kind_moved, .gate = "flow_moved", .check = moved_check},
    {.name = "prove", .label = "核实", .label_en = "Prove", .does = N_("看过凭据的，写明看到什么"), .from = STATE(RECORDED), .to = MATTER_SAME,
     .by = SIDE(OFFICERS), .fields = "seen", .how = MATTER_AMEND, .entry = &kind_moved, .amendable = unproved, .check = prove_check},
    {.name = "unmove", .label = "撤销一条带动资金", .label_en = "Void an amount moved", .does = N_("记错的撤销，写明原因；比例随即让出"),
     .from = STATE(RECORDED), .to = MATTER_SAME, .by = ALL, .fields = "void_why", .how = MATTER_AMEND, .entry = &kind_moved, .amendable = stands,
     .check = unmove_check},
    {.name = "void", .label = "作废", .label_en = "Void", .does = N_("记错的作废，写明原因"), .from = STATE(RECORDED), .to = VOID, .by = SIDE(PAYER),
     .fields = "void_why", .check = void_check},
};

static bool facts_of(struct matter_draft *draft, struct fact **facts, size_t *count, struct err *err)
{
    const struct record *flow = &draft->matter, *moved = &draft->entry;
    struct moved_taken taken;
    struct fact *list = arena_alloc(draft->arena, 6 * sizeof *list);

    if (!moved_taken_read(draft->sql, matter_text(moved, MOVED_KEY), &taken, err))
        return false;
    list[0] = (struct fact){.name = "flow_sort", .kind = FACT_CODE, .known = true, .code = matter_text(flow, FLOW_SORT)};
    list[1] = fund_day("flow_paid_on", matter_day(flow, FLOW_PAID_ON));
    list[2] = fund_day("moved_on", matter_day(moved, MOVED_ON));
    list[3] = fund_share("moved_share", matter_number(moved, MOVED_SHARE));
#ifndef TQ_TEETH_MOVED_TWICE
    list[4] = fund_share("moved_taken", taken.share);
#else
    list[4] = fund_share("moved_taken", 0);
#endif
    list[5] = fund_yes("moved_same", !taken.amount || taken.amount == matter_number(moved, MOVED_AMOUNT));
    *facts = list;
    *count = 6;
    return true;
}

/* What public money was paid for is for everybody to see. */
static bool is_public(const struct record *flow)
{
    (void)flow;
    return true;
}

static const struct kind *const entries[] = {&kind_moved};

const struct matter_sort sort_money_flow = {
    .kind = &kind_money_flow,
    .about = N_("每一笔财政资金付给了谁、做什么用，带动了多少研发、贷款、股权、采购和合同；一元钱不算两次"),
    .empty = N_("还没有记过财政资金。支付的单位按“记财政资金”。"),
    .sides = sides, .side_count = sizeof sides / sizeof *sides,
    .states = states, .state_count = sizeof states / sizeof *states,
    .steps = steps, .step_count = sizeof steps / sizeof *steps,
    .entries = entries, .entry_count = sizeof entries / sizeof *entries,
    .open = is_public,
    .facts = facts_of,
};
