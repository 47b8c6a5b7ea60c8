/* From the terms to the money: who must approve, what a contract may hold, its registration, and what comes in under it. */
#include "deal_town.h"

#include "record/finance.h"
#include "work/deal_flag.h"

/* --- terms and approvals --- */

static void other_terms_begin_again(void **state)
{
    static const char *const changes[][2] = {{"price", "100.01万元"}, {"way", "assign"}, {"buyer", "示例乙厂"}, {"pricing", "auction"}};
    struct campus campus;

    campus_open(&campus, state, gansu, "");
    for (size_t i = 0; i < COUNT(changes); i++) {
        campus.today = campus_date(2026, 3, 2);
        campus_again(&campus);
        campus_to_sign(&campus, "100万元");
        does(&campus, "price", "ground", "另写了依据，条件没有变", NULL);
        assert_string_equal(campus_at(&campus), "sign");
        does(&campus, "price", changes[i][0], changes[i][1], NULL);
        assert_string_equal(campus_at(&campus), i == 3 ? "approve" : "notice");
        is_refused(&campus, "现在还不能", "sign", "number", "HT-1", NULL);
        does(&campus, "price", changes[i][0], i == 0 ? "100万元" : i == 1 ? "license" : i == 2 ? "示例甲机械厂" : "agreement", NULL);
        assert_string_equal(campus_at(&campus), "notice");
    }
    campus_close(&campus);
}

static const char three_bodies[] = "科研管理部门\n校长办公会 100万元以上\n党委会 500万元以上";

static const struct {
    const char *price;
    int bodies;
} thresholds[] = {{"999999.99元", 1}, {"100万元", 2}, {"4999999.99元", 2}, {"500万元", 3}};

static void the_chain_asks_whom_the_amount_asks(void **state)
{
    static const char *const bodies[] = {"科研管理部门", "校长办公会", "党委会"};
    struct campus campus;

    campus_open(&campus, state, gansu, three_bodies);
    for (size_t i = 0; i < COUNT(thresholds); i++) {
        campus.today = campus_date(2026, 3, 2);
        campus_again(&campus);
        campus_to_approve(&campus, thresholds[i].price);
        for (int b = 0; b < thresholds[i].bodies; b++) {
            assert_string_equal(campus_at(&campus), "approve");
            is_refused(&campus, "下一个审批机构是", "approve", "body", bodies[(b + 1) % 3], "minutes", "示例纪要", NULL);
            is_refused(&campus, "价格不同", "approve", "price", "1元", "minutes", "示例纪要", NULL);
            is_refused(&campus, "还没有到", "approve", "decided_on", "2026-12-31", "minutes", "示例纪要", NULL);
            does(&campus, "approve", "body", bodies[b], "minutes", "示例纪要", NULL);
            if (b + 1 < thresholds[i].bodies)
                is_refused(&campus, "早于上一级", "approve", "decided_on", "2026-03-20", "minutes", "示例纪要", NULL);
        }
        if (strcmp(campus_at(&campus), "sign") != 0)
            fail_msg("%s: at %s", thresholds[i].price, campus_at(&campus));
    }
    campus_close(&campus);
}

static void what_is_refused_begins_again(void **state)
{
    struct campus campus;

    campus_open(&campus, state, gansu, three_bodies);
    campus_to_approve(&campus, "100万元");
    does(&campus, "approve", "minutes", "示例纪要", NULL);
    does(&campus, "approve", "minutes", "示例纪要", "decision", "refused", NULL);
    assert_string_equal(campus_at(&campus), "approve");
    is_refused(&campus, "没有待办的审批", "approve", "minutes", "示例纪要", NULL);
    is_refused(&campus, "审批没有通过", "sign", "number", "HT-1", NULL);
    does(&campus, "price", "price", "90万元", NULL);
    does(&campus, "notice", "sort", "sale", "place", "unit", NULL);
    campus.today += 30;
    is_refused(&campus, "现在还不能", "sign", "number", "HT-1", NULL);
    does(&campus, "approve", "minutes", "示例纪要", NULL);
    assert_string_equal(campus_at(&campus), "sign");
    campus_close(&campus);
}

/* --- contract, registration, money --- */

static void the_sums_of_a_contract_fit(void **state)
{
    struct campus campus;

    campus_open(&campus, state, gansu, "");
    campus_to_sign(&campus, "100万元");
    is_refused(&campus, "不等于成交额", "sign", "number", "HT-1", "amount", "100.000001万元", NULL);
    is_refused(&campus, "不等于成交额", "sign", "number", "HT-1", "goods", "0.01元", NULL);
    is_refused(&campus, "价格不同", "sign", "number", "HT-1", "technical", "999999.99元", "goods", "0.01元", "income", "1元", NULL);
    is_refused(&campus, "高于技术交易额", "sign", "number", "HT-1", "income", "1000000.01元", NULL);
    is_refused(&campus, "早于审批日期", "sign", "number", "HT-1", "signed_on", "2026-03-20", NULL);
    does(&campus, "sign", "number", "HT-1", "amount", "120万元", "goods", "20万元", NULL);
    is_refused(&campus, "价格不同", "amend", "amount", "140万元", "technical", "120万元", NULL);
    is_refused(&campus, "什么也没有改", "amend", NULL);
    does(&campus, "amend", "amount", "130万元", "goods", "30万元", NULL);
    does(&campus, "register", "point", "示例登记机构", NULL);
    does(&campus, "registered", "number", "2026620100000001", NULL);
    does(&campus, "plan", "sort", "lump", "due_on", "2026-12-31", "amount", "130万元", NULL);
    does(&campus, "receive", "voucher", "PZ-1", NULL);
    is_refused(&campus, "低于已经到账", "amend", "amount", "120万元", "goods", "20万元", NULL);
    campus_close(&campus);
}

/* The licence of a patent needs no question; who says otherwise says why, and the paper keeps both. */
static void the_sort_of_a_contract_is_found_by_its_answers(void **state)
{
    struct campus campus;
    const struct record *contract;

    campus_open(&campus, state, gansu, "");
    campus_to_sign(&campus, "100万元");
    is_refused(&campus, "与问答得出的“技术许可”不同", "sign", "number", "HT-1", "sort", "serve", NULL);
    assert_string_equal(campus.err.field, "sort_why");
    is_refused(&campus, "还没有答完", "sign", "number", "HT-1", "tree", "rights.existing", NULL);
    is_refused(&campus, "没有“nonsense”这个回答", "sign", "number", "HT-1", "tree", "rights.nonsense", NULL);
    does(&campus, "sign", "number", "HT-1", "tree", "solve.yes", "sort", "serve", "sort_why", "加工只是附带", NULL);
    contract = campus_paper(&campus, KIND_CONTRACT, 1);
    assert_non_null(strstr(arena_text(&campus.arena, contract->values[CONTRACT_TREE].text), "约定的工作是不是承揽或者建设工程"));
    assert_non_null(strstr(arena_text(&campus.arena, contract->values[CONTRACT_TREE].text), "得出：不是技术合同"));
    campus_close(&campus);
}

static void to_sign_with(struct campus *campus, const char *buyer)
{
    campus_again(campus);
    campus_to_price(campus);
    does(campus, "price", "way", "license", "price", "100万元", "buyer", buyer, "buyer_nature", "private", "ground", "参照两份可比许可合同，学校集体决策", NULL);
    does(campus, "notice", "sort", "sale", "place", "unit", NULL);
    campus_market(campus);
    campus->today += 20;
    while (strcmp(campus_at(campus), "approve") == 0)
        does(campus, "approve", "minutes", "示例纪要", NULL);
}

/* 专利法 §51, whatever the paper's box says; and no exclusive licence beside another's. A licensee's own is in nobody's way. */
static void a_licence_crosses_no_other(void **state)
{
    static const char *const patented[] = {"title", "可逆式水泵机组密封", "abstract", "用于可逆式机组的主轴密封，漏水量降低六成，已在电站试用一年。", "trl", "6",
                                           "rights", "发明专利 ZL202110123456.7 2021-01-29 有效", NULL};
    static const char *const patent[] = {"number", "202110123456.7", "state", "granted", "open_licence", "yes", "checked", "2026-03-02", NULL};
    struct campus campus;

    campus_open(&campus, state, gansu, "");
    campus.achievement = campus_record(&campus, &kind_achievement, campus.unit, patented);
    campus_record(&campus, &kind_patent, campus.unit, patent);
    to_sign_with(&campus, "示例甲机械厂");
    is_refused(&campus, "不得给予独占或者排他许可", "sign", "number", "HT-1", "licence", "exclusive", NULL);
    assert_int_equal(campus.order.refusal.count, 1);
    assert_string_equal(campus.order.refusal.answers[0].rule->id, "R13-1");
    assert_non_null(strstr(campus.err.hint, "专利法 第五十一条"));
    does(&campus, "sign", "number", "HT-1", "licence", "plain", NULL);
    assert_int_equal(campus_paper(&campus, KIND_CONTRACT, 1)->values[CONTRACT_OPEN].number, 1);
    to_sign_with(&campus, "示例乙厂");
    is_refused(&campus, "已有 1 份许可在期内", "sign", "number", "HT-2", "licence", "sole", NULL);
    assert_string_equal(campus.err.field, "licence");
    does(&campus, "sign", "number", "HT-2", "licence", "plain", NULL);
    campus_close(&campus);
}

/* 技术合同司法解释 §10, in its order, and 促进科技成果转化法 §26: each by itself keeps a contract from being signed, and is named. */
static const struct {
    const char *code, *says;
} restraints[] = {{"improve", "非法垄断技术（一）"}, {"source", "非法垄断技术（二）"}, {"exploit", "非法垄断技术（三）"},
                  {"tied", "非法垄断技术（四）"}, {"supplier", "非法垄断技术（五）"}, {"contest", "非法垄断技术（六）"}},
  alliance[] = {{"form", "组织形式"}, {"tasks", "任务分工"}, {"funds", "资金投入"}, {"ip", "知识产权归属"},
                {"benefits", "权益分配"}, {"risks", "风险分担"}, {"breach", "违约责任"}};

static const char *all_terms_but(struct campus *campus, size_t left_out)
{
    const char *terms = "";

    for (size_t i = 0; i < COUNT(alliance); i++)
        if (i != left_out)
            terms = arena_print(&campus->arena, "%s%s%s", terms, *terms ? "\n" : "", alliance[i].code);
    return terms;
}

static void what_a_contract_may_not_hold_and_must_settle_is_named(void **state)
{
    struct campus campus;

    campus_open(&campus, state, gansu, "");
    campus_to_sign(&campus, "100万元");
    for (size_t i = 0; i < COUNT(restraints); i++)
        is_refused(&campus, restraints[i].says, "sign", "number", "HT-1", "forbids", restraints[i].code, NULL);
    does(&campus, "price", "way", "joint", "price", "100万元", NULL);
    does(&campus, "notice", "sort", "sale", "place", "unit", NULL);
    campus_market(&campus);
    campus.today += 20;
    does(&campus, "approve", "minutes", "示例纪要", NULL);
    for (size_t i = 0; i < COUNT(alliance); i++)
        is_refused(&campus, alliance[i].says, "sign", "number", "HT-1", "tree", "research.new.both", "sort", "develop", "alliance", "yes",
                   "alliance_terms", all_terms_but(&campus, i), NULL);
    does(&campus, "sign", "number", "HT-1", "tree", "research.new.both", "sort", "develop", "alliance", "yes", "alliance_terms",
         all_terms_but(&campus, COUNT(alliance)), NULL);
    campus_close(&campus);
}

/* From the agency's asking to the unit's sending it is the unit's turn; asked again, again. */
static void what_the_agency_lacks_is_the_units_turn(void **state)
{
    struct campus campus;
    struct deal_file file;
    struct deal_bridge bridge;

    campus_open(&campus, state, gansu, "");
    campus_to_sign(&campus, "100万元");
    does(&campus, "sign", "number", "HT-1", NULL);
    does(&campus, "register", "point", "示例登记机构", NULL);
    for (int round = 0; round < 2; round++) {
        campus_look(&campus, &file, &bridge);
        assert_true(bridge.piers[PIER_REGISTER].turn == TURN_REGISTRAR);
        assert_string_equal(deal_next_step(&file, &bridge)->name, "registered");
        is_refused(&campus, "现在还不能提交补正材料", "mend", NULL);
        is_refused(&campus, "早于提交日期", "correct", "lacks", "缺双方资质", "asked_on", "2026-03-02", NULL);
        does(&campus, "correct", "lacks", round ? "缺授权书" : "缺双方资质", NULL);
        campus_look(&campus, &file, &bridge);
        assert_true(bridge.piers[PIER_REGISTER].turn == TURN_UNIT);
        assert_string_equal(deal_next_step(&file, &bridge)->name, "mend");
        campus.today += 3;
        is_refused(&campus, "早于要求补正的日期", "mend", "mended_on", "2026-03-02", NULL);
        does(&campus, "mend", NULL);
    }
    does(&campus, "registered", "number", "2026620100000001", NULL);
    campus_close(&campus);
}

static void a_contract_is_registered_once(void **state)
{
    struct campus campus;

    campus_open(&campus, state, gansu, "");
    campus_to_sign(&campus, "100万元");
    does(&campus, "sign", "number", "HT-1", NULL);
    is_refused(&campus, "早于签订日期", "register", "point", "示例登记机构", "sent_on", "2026-03-01", NULL);
    does(&campus, "register", "point", "示例登记机构", NULL);
    is_refused(&campus, "还没有结果", "register", "point", "示例登记机构二", NULL);
    is_refused(&campus, "请填登记编号", "registered", NULL);
    is_refused(&campus, "高于合同", "registered", "number", "2026620100000001", "amount", "1000000.01元", NULL);
    does(&campus, "registered", "result", "refused", "decided_on", "2026-03-22", NULL);
    is_refused(&campus, "现在还不能", "registered", "number", "2026620100000001", NULL);
    does(&campus, "register", "point", "示例登记机构", NULL);
    does(&campus, "registered", "number", "2026620100000001", NULL);
    is_refused(&campus, "已经登记过", "register", "point", "示例登记机构", NULL);
    is_refused(&campus, "现在还不能", "registered", "number", "2026620100000002", NULL);
    is_refused(&campus, "现在还不能", "change", NULL);
    does(&campus, "amend", "clauses", "交付期顺延一个月", NULL);
    assert_string_equal(campus_at(&campus), "register");
    is_refused(&campus, "请填认定的成交额", "change", "amount", "", NULL);
    is_refused(&campus, "高于合同", "change", "technical", "1000000.01元", NULL);
    does(&campus, "change", NULL);
    assert_string_equal(campus_at(&campus), "receive");
    does(&campus, "revoke", "revoked_why", "示例：不真实", NULL);
    assert_string_equal(campus_at(&campus), "register");
    is_refused(&campus, "现在还不能", "revoke", "revoked_why", "再来", NULL);
    does(&campus, "register", "point", "示例登记机构", NULL);
    does(&campus, "registered", "number", "2026620100000001", NULL);
    campus.today = campus_date(2026, 3, 2);
    campus_again(&campus);
    campus_to_sign(&campus, "100万元");
    does(&campus, "sign", "number", "HT-2", NULL);
    does(&campus, "register", "point", "示例登记机构", NULL);
    is_refused(&campus, "登记编号已经用在另一份合同上", "registered", "number", "2026620100000001", NULL);
    assert_string_equal(campus.err.field, "number");
    does(&campus, "registered", "number", "2026620100000009", NULL);
    campus_close(&campus);
}

static void money_comes_in_to_the_fen(void **state)
{
    struct campus campus;

    campus_open(&campus, state, gansu, "");
    campus_to_receive(&campus, "100万元");
    is_refused(&campus, "高于成交额", "plan", "sort", "part", "due_on", "2026-12-31", "amount", "0.01元", NULL);
    is_refused(&campus, "高于合同成交额", "receive", "amount", "1000000.01元", "voucher", "PZ-1", NULL);
    is_refused(&campus, "早于签订", "receive", "came_on", "2026-03-01", "voucher", "PZ-1", NULL);
    does(&campus, "receive", "amount", "999999.99元", "voucher", "PZ-1", NULL);
    assert_string_equal(campus_at(&campus), "receive");
    is_refused(&campus, "已经登记过", "receive", "amount", "0.01元", "voucher", "PZ-1", NULL);
    is_refused(&campus, "高于合同成交额", "receive", "amount", "0.02元", "voucher", "PZ-2", NULL);
    does(&campus, "receive", "amount", "0.01元", "voucher", "PZ-2", NULL);
    assert_string_equal(campus_at(&campus), "allot");
    does(&campus, "cost", "sort", "tax", "amount", "999999.99元", "voucher", "PZ-3", NULL);
    is_refused(&campus, "高于到账", "cost", "sort", "cost", "amount", "0.02元", "voucher", "PZ-4", NULL);
    does(&campus, "cost", "sort", "cost", "amount", "0.01元", "voucher", "PZ-4", NULL);
    is_refused(&campus, "没有净收入", "allot", "team", one_team, NULL);
    campus_close(&campus);
}

/* What was filed while a registration stood is flagged with its revocation; what rests on the next one is not. */
static void a_revocation_flags_what_rested_on_it(void **state)
{
    struct deal_flag flags[FLAGS_MOST];
    struct campus campus;
    struct deal_file file;
    struct deal_bridge bridge;

    campus_open(&campus, state, gansu, "");
    campus_to_allot(&campus, "100万元");
    does(&campus, "allot", "team", one_team, NULL);
    campus_pay(&campus, "PZ-9");
    does(&campus, "file", "sort", "cash", "number", "示例-58-1", NULL);
    does(&campus, "state", "fact", "claim_vat", "value", "yes", "source", "declared", NULL);
    campus_look(&campus, &file, &bridge);
    assert_int_equal(deal_flags(&file, flags), 0);
    campus.today++;
    does(&campus, "revoke", "revoked_why", "示例：查实合同不真实", NULL);
    campus_look(&campus, &file, &bridge);
    assert_int_equal(deal_flags(&file, flags), 3);
    assert_string_equal(flags[0].article, "财税〔2018〕58号");
    assert_true(slice_is(flags[0].number, "示例-58-1"));
    assert_string_equal(flags[1].what, "现金奖励减按 50% 计税");
    assert_string_equal(flags[2].what, "增值税免税");
    does(&campus, "register", "point", "示例登记机构", NULL);
    does(&campus, "registered", "number", "2026620100000002", NULL);
    does(&campus, "state", "fact", "claim_vat", "value", "no", "source", "declared", NULL);
    does(&campus, "file", "sort", "cash", "number", "示例-58-2", NULL);
    campus_look(&campus, &file, &bridge);
    assert_int_equal(deal_flags(&file, flags), 3);
    campus_close(&campus);
}

static void a_royalty_is_open_ended(void **state)
{
    struct campus campus;

    campus_open(&campus, state, gansu, "");
    campus_to_sign(&campus, "100万元");
    does(&campus, "sign", "number", "HT-1", "payment", "royalty", NULL);
    does(&campus, "register", "point", "示例登记机构", NULL);
    does(&campus, "registered", "number", "2026620100000001", NULL);
    does(&campus, "plan", "sort", "royalty", "due_on", "2026-12-31", "rate", "3.5%", "amount", "", NULL);
    does(&campus, "state", "fact", "royalty_base", "value", "yes", "source", "declared", NULL);
    does(&campus, "state", "fact", "audit_right", "value", "yes", "source", "declared", NULL);
    does(&campus, "receive", "amount", "100万元", "voucher", "PZ-1", NULL);
    does(&campus, "receive", "amount", "80万元", "voucher", "PZ-2", NULL);
    does(&campus, "receive", "amount", "900000000000000元", "voucher", "PZ-3", NULL);
    is_refused(&campus, "合计太大", "receive", "amount", "900000000000000元", "voucher", "PZ-4", NULL);
    campus_close(&campus);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(other_terms_begin_again),
        ON_BOTH(the_chain_asks_whom_the_amount_asks),
        ON_BOTH(what_is_refused_begins_again),
        ON_BOTH(the_sums_of_a_contract_fit),
        ON_BOTH(the_sort_of_a_contract_is_found_by_its_answers),
        ON_BOTH(a_licence_crosses_no_other),
        ON_BOTH(what_a_contract_may_not_hold_and_must_settle_is_named),
        ON_BOTH(what_the_agency_lacks_is_the_units_turn),
        ON_BOTH(a_contract_is_registered_once),
        ON_BOTH(money_comes_in_to_the_fen),
        ON_BOTH(a_revocation_flags_what_rested_on_it),
        ON_BOTH(a_royalty_is_open_ended),
    };

    return run_places(tests);
}
