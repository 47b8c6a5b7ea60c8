/* The procedure: what each pier lets through, what each step refuses, and that nothing is skipped, lost or done twice. */
#include <pthread.h>

#include "deal_town.h"

#include "base/money.h"
#include "work/chain.h"
#include "work/deal_flag.h"
#include "work/title_line.h"

static const char gansu[] = "620102", zhejiang[] = "330106", nation[] = "500112";
static const char one_team[] = "曾某（示例） 60% 主要贡献\n彭某（示例） 40%";

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* --- no step is skipped --- */

/* Which steps may be taken where the deal stands, by reason: papers before the one they rest on are refused. */
static const struct {
    const char *at, *steps;
} open_steps[] = {
    {"title", "title notice state drop"},
    {"value", "title value state drop"},
    {"price", "title value price notice state drop"},
    {"notice", "title value price notice withdraw object state drop"},
    {"approve", "title value price notice withdraw object approve state drop"},
    {"sign", "title value price notice withdraw object sign state drop"},
    {"register", "notice withdraw object amend register plan receive cost allot file state"},
    {"receive", "notice withdraw object amend revoke plan receive cost allot file state"},
    {"allot", "notice withdraw object amend revoke plan receive cost allot file state"},
    {"tax", "notice withdraw object amend revoke plan receive cost allot file state"},
    {"close", "notice withdraw object amend revoke plan receive cost allot file state close"},
};

static bool listed(const char *words, const char *word)
{
    struct slice rest = slice_of(words), one;

    while (slice_cut(&rest, ' ', &one))
        if (slice_is(one, word))
            return true;
    return false;
}

static void try_all(struct campus *campus)
{
    const char *at = campus_at(campus), *steps = NULL;
    struct deal_file file;
    struct deal_bridge bridge;

    for (size_t i = 0; i < COUNT(open_steps); i++)
        if (strcmp(open_steps[i].at, at) == 0)
            steps = open_steps[i].steps;
    assert_non_null(steps);
    campus_look(campus, &file, &bridge);
    for (size_t i = 0; i < deal_step_count; i++) {
        const char *name = deal_steps[i].name;

        if (deal_step_fits(&deal_steps[i], &file, &bridge) != listed(steps, name))
            fail_msg("at %s %s is %s", at, name, listed(steps, name) ? "refused" : "open");
        if (!listed(steps, name))
            is_refused(campus, "", name, NULL);
    }
}

static void no_step_is_taken_before_its_pier(void **state)
{
    struct campus campus;

    campus_open(&campus, state, gansu, "");
    try_all(&campus);
    does(&campus, "title", NULL);
    try_all(&campus);
    does(&campus, "value", "technology", "成熟", "economy", "可观", "assessor", "示例评价人", "evidence", campus_evidence, NULL);
    try_all(&campus);
    does(&campus, "price", "way", "license", "price", "100万元", "buyer", "示例甲机械厂", "buyer_nature", "private", "ground", "集体决策", NULL);
    does(&campus, "notice", NULL);
    try_all(&campus);
    campus.today += 20;
    try_all(&campus);
    does(&campus, "approve", "minutes", "示例纪要", NULL);
    try_all(&campus);
    does(&campus, "sign", "number", "HT-1", NULL);
    try_all(&campus);
    does(&campus, "register", "point", "示例登记机构", NULL);
    does(&campus, "registered", "number", "2026620100000001", NULL);
    try_all(&campus);
    does(&campus, "plan", "sort", "lump", "due_on", "2026-12-31", "amount", "100万元", NULL);
    does(&campus, "receive", "voucher", "PZ-1", NULL);
    try_all(&campus);
    does(&campus, "allot", "team", one_team, NULL);
    campus_pay(&campus, "PZ-9");
    try_all(&campus);
    does(&campus, "file", "sort", "cash", NULL);
    try_all(&campus);
    campus_close(&campus);
}

/* --- notices --- */

/* The day after the first on which the way is free, by hand from the calendar of 2026. */
static const struct {
    const char *why;
    int month, day, last_month, last_day;
    bool provisional;
} periods[] = {
    {"fifteen days after the first, which does not count", 3, 2, 3, 17, false},
    {"a Saturday moves it to Monday", 3, 6, 3, 23, false},
    {"a Sunday moves it to Monday", 3, 7, 3, 23, false},
    {"the National Day holiday moves it to the first working day after", 9, 18, 10, 8, false},
    {"a last day just before the holiday stays", 9, 15, 9, 30, false},
    {"next year's holidays are not announced yet", 12, 20, 1, 4, true},
};

static void a_notice_ends_with_its_last_day(void **state)
{
    struct campus campus;

    campus_open(&campus, state, gansu, "");
    for (size_t i = 0; i < COUNT(periods); i++) {
        struct deal_file file;
        struct deal_bridge bridge;
        int32_t last = campus_date(periods[i].last_month < periods[i].month ? 2027 : 2026, periods[i].last_month, periods[i].last_day);

        campus.today = campus_date(2026, periods[i].month, periods[i].day);
        campus_again(&campus);
        campus_to_notice(&campus, "100万元");
        does(&campus, "notice", NULL);
        campus_look(&campus, &file, &bridge);
        if (bridge.piers[PIER_NOTICE].due != last || bridge.piers[PIER_NOTICE].provisional != periods[i].provisional)
            fail_msg("%s: last day is %s", periods[i].why, campus_text(&campus, bridge.piers[PIER_NOTICE].due));
        campus.today = last;
        assert_string_equal(campus_at(&campus), "notice");
        is_refused(&campus, "公示期未满", "approve", "minutes", "示例纪要", NULL);
        campus.today = last + 1;
        assert_string_equal(campus_at(&campus), "approve");
        does(&campus, "approve", "minutes", "示例纪要", NULL);
        is_refused(&campus, "公示期内", "sign", "number", "HT-1", "signed_on", campus_text(&campus, last), NULL);
        does(&campus, "sign", "number", "HT-1", NULL);
    }
    campus_close(&campus);
}

static void an_objection_is_one_within_the_period(void **state)
{
    struct campus campus;
    int32_t last;

    campus_open(&campus, state, gansu, "");
    campus_to_notice(&campus, "100万元");
    does(&campus, "notice", NULL);
    last = campus_date(2026, 3, 17);
    is_refused(&campus, "还没有到", "object", "notice", "1", "objector", "示例同事", "text", "名称写得不全", "came_on", campus_text(&campus, last - 1), NULL);
    campus.today = last + 3;
    is_refused(&campus, "公示期满以后", "object", "notice", "1", "objector", "示例同事", "text", "名称写得不全", "came_on", campus_text(&campus, last + 1), NULL);
    is_refused(&campus, "早于公示首日", "object", "notice", "1", "objector", "示例同事", "text", "名称写得不全", "came_on", "2026-03-01", NULL);
    is_refused(&campus, "没有这个序号", "object", "notice", "2", "objector", "示例同事", "text", "名称写得不全", "came_on", campus_text(&campus, last), NULL);
    does(&campus, "object", "notice", "1", "objector", "示例同事", "text", "名称写得不全", "came_on", campus_text(&campus, last), NULL);
    assert_string_equal(campus_at(&campus), "notice");
    is_refused(&campus, "异议还没有处理", "approve", "minutes", "示例纪要", NULL);
    is_refused(&campus, "早于收到日期", "rule", "ruling", "属实", "upheld", "yes", "ruled_on", campus_text(&campus, last - 1), NULL);
    does(&campus, "rule", "ruling", "属实", "upheld", "yes", NULL);
    is_refused(&campus, "现在还不能", "rule", "ruling", "不属实", "upheld", "no", NULL);
    is_refused(&campus, "异议成立", "approve", "minutes", "示例纪要", NULL);
    does(&campus, "withdraw", "ended_why", "改正名称", NULL);
    is_refused(&campus, "已经撤回", "object", "notice", "1", "objector", "示例同事", "text", "又一条", "came_on", campus_text(&campus, last), NULL);
    does(&campus, "notice", NULL);
    assert_string_equal(campus_at(&campus), "notice");
    campus.today += 30;
    assert_string_equal(campus_at(&campus), "approve");
    campus_close(&campus);
}

static void what_stood_at_the_signing_stands(void **state)
{
    static const char *const longer[] = {"approvals", "院系\n校长办公会\n党委会", NULL};
    struct submission submission;
    struct campus campus;

    campus_open(&campus, state, gansu, "院系");
    campus_to_sign(&campus, "100万元");
    does(&campus, "sign", "number", "HT-1", NULL);
    is_refused(&campus, "不能再撤回", "withdraw", "ended_why", "想改价格", NULL);
    is_refused(&campus, "现在还不能", "drop", NULL);
    town_submission(&campus.town, &submission, &kind_party, NULL);
    submission.record.id = campus.unit;
    submission.record.ver = 1;
    assert_done(town_submit(&campus.town, NULL, &submission, longer, &campus.err), campus.err);
    assert_string_equal(campus_at(&campus), "register");
    campus_close(&campus);
}

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

/* --- the reward --- */

/* Each region's least share of a million yuan, by its own text: 转化法 §45, Gansu, Zhejiang §37. */
static const struct {
    const char *region, *rate, *under, *team;
    int64_t reward;
} floors[] = {
    {gansu, "60%", "59.99%", one_team, 60000000},
    {nation, "50%", "49.99%", one_team, 50000000},
    {zhejiang, "70%", "69.99%", "曾某（示例） 95% 主要贡献\n办某（示例） 5% 转移机构", 70000000},
};

static void a_reward_keeps_the_floor_of_its_region(void **state)
{
    for (size_t i = 0; i < COUNT(floors); i++) {
        const struct record *award;
        struct campus campus;

        campus_open(&campus, state, floors[i].region, "");
        campus_to_allot(&campus, "100万元");
        is_refused(&campus, "低于法定", "allot", "team", floors[i].team, "rate", floors[i].under, NULL);
        is_refused(&campus, "奖酬比例不能是 0", "allot", "team", floors[i].team, "rate", "0%", NULL);
        is_refused(&campus, "合计 100.01%", "allot", "team", "曾某（示例） 60% 主要贡献\n彭某（示例） 40.01%", NULL);
        is_refused(&campus, "主要贡献人员合计", "allot", "team", "曾某（示例） 49.99% 主要贡献\n彭某（示例） 50.01%", NULL);
        does(&campus, "allot", "team", floors[i].team, NULL);
        award = campus_paper(&campus, KIND_AWARD, 1);
        assert_int_equal(award->values[AWARD_REWARD].number, floors[i].reward);
        campus_close(&campus);
        if (i + 1 < COUNT(floors)) {
            bool pg = place_of(state)->pg;

            place_end(state);
            assert_int_equal(pg ? place_pg(state) : place_sqlite(state), 0);
        }
    }
}

static void awards_follow_the_money(void **state)
{
    struct campus campus;

    campus_open(&campus, state, gansu, "");
    campus_to_receive(&campus, "100万元");
    is_refused(&campus, "还没有待公示", "notice", "sort", "reward", "place", "unit", NULL);
    does(&campus, "receive", "amount", "40万元", "voucher", "PZ-1", NULL);
    does(&campus, "cost", "sort", "tax", "amount", "4万元", "voucher", "PZ-2", NULL);
    does(&campus, "allot", "team", one_team, NULL);
    assert_int_equal(campus_paper(&campus, KIND_AWARD, 1)->values[AWARD_NET].number, 36000000);
    is_refused(&campus, "公示", "pay", "voucher", "PZ-9", NULL);
    does(&campus, "notice", "sort", "reward", "place", "unit", NULL);
    does(&campus, "receive", "amount", "40万元", "voucher", "PZ-3", NULL);
    is_refused(&campus, "还没有发放", "allot", "team", one_team, NULL);
    campus.today += 30;
    is_refused(&campus, "15 个工作日", "pay", "voucher", "PZ-9", "paid_on", campus_text(&campus, campus.today - 20), NULL);
    does(&campus, "pay", "voucher", "PZ-9", NULL);
    is_refused(&campus, "现在还不能", "pay", "voucher", "PZ-9", NULL);
    does(&campus, "cost", "sort", "cost", "amount", "1万元", "voucher", "PZ-4", NULL);
    does(&campus, "allot", "team", one_team, NULL);
    assert_int_equal(campus_paper(&campus, KIND_AWARD, 2)->values[AWARD_INCOME].number, 40000000);
    assert_int_equal(campus_paper(&campus, KIND_AWARD, 2)->values[AWARD_NET].number, 39000000);
    is_refused(&campus, "公示", "pay", "voucher", "PZ-10", NULL);
    campus_pay(&campus, "PZ-10");
    is_refused(&campus, "没有待分配", "allot", "team", one_team, NULL);
    campus_close(&campus);
}

/* 转化法 §45 一（三）, Gansu's R21: a tenth of each year's profit, three years in a row; a loss is a year too. */
static void a_unit_that_works_it_itself_shares_its_profits(void **state)
{
    struct campus campus;

    campus_open(&campus, state, gansu, "");
    campus_to_price(&campus);
    does(&campus, "price", "way", "self", "pricing", "", "price", "100万元", "ground", "学校集体决策", NULL);
    while (strcmp(campus_at(&campus), "approve") == 0)
        does(&campus, "approve", "minutes", "示例纪要", NULL);
    does(&campus, "sign", "number", "HT-1", "sort", "develop", "tree", "convert", NULL);
    does(&campus, "state", "fact", "register_waived", "value", "yes", "source", "declared", NULL);
    does(&campus, "state", "fact", "reward_years", "value", "3", "source", "declared", NULL);
    assert_string_equal(campus_at(&campus), "allot");
    is_refused(&campus, "没有扣除项", "cost", "sort", "tax", "amount", "1元", "voucher", "PZ-0", NULL);
    is_refused(&campus, "还没有过完", "profit", "year", "2026", "amount", "100万元", "source", "示例审计报告", "voucher", "PZ-1", NULL);
    for (int year = 2026; year < 2029; year++) {
        const char *loss = year == 2027 ? "0" : "100.01元";

        campus.today = campus_date(year + 1, 2, 1);
        does(&campus, "profit", "amount", loss, "source", "示例审计报告", "voucher", "PZ-1", NULL);
        is_refused(&campus, "不接着上一份", "profit", "year", "2026", "amount", "1元", "source", "示例审计报告", "voucher", "PZ-1", NULL);
        if (year == 2027)
            continue;
        is_refused(&campus, "还没有过完", "profit", "amount", "1元", "source", "示例审计报告", "voucher", "PZ-1", NULL);
        is_refused(&campus, "低于法定", "allot", "team", one_team, "rate", "9.99%", NULL);
        does(&campus, "allot", "team", one_team, NULL);
        assert_int_equal(campus_paper(&campus, KIND_AWARD, year == 2026 ? 1 : 2)->values[AWARD_REWARD].number, 1001);
        does(&campus, "notice", "sort", "reward", "place", "unit", NULL);
        campus.today += 30;
        does(&campus, "pay", "voucher", "PZ-9", NULL);
        assert_string_equal(campus_at(&campus), year == 2028 ? "tax" : "allot");
    }
    campus_close(&campus);
}

/* A cost that eats a receipt whole leaves nothing to share, and the deal goes on. */
static void what_costs_eat_whole_is_not_waited_for(void **state)
{
    struct campus campus;

    campus_open(&campus, state, gansu, "");
    campus_to_allot(&campus, "100万元");
    does(&campus, "cost", "sort", "upkeep", "amount", "100万元", "voucher", "PZ-2", NULL);
    is_refused(&campus, "没有净收入", "allot", "team", one_team, NULL);
    assert_string_equal(campus_at(&campus), "tax");
    campus_close(&campus);
}

static void a_number_in_the_team_is_the_person_named(void **state)
{
    static const char *const person[] = {"name", "曾某（示例）", "calling", "科研人员", "skills", "轴承", NULL};
    struct campus campus;
    int64_t id;

    campus_open(&campus, state, gansu, "");
    campus_to_allot(&campus, "100万元");
    id = campus_record(&campus, &kind_person, campus.unit, person);
    is_refused(&campus, "没有编号 4611686018427387904 的人员", "allot", "team", "曾某（示例） 100% 主要贡献 #4611686018427387904", NULL);
    assert_string_equal(campus.err.field, "team");
    is_refused(&campus, "是曾某（示例），不是彭某（示例）", "allot", "team",
               arena_print(&campus.arena, "彭某（示例） 100%% 主要贡献 #%lld", (long long)id), NULL);
    does(&campus, "allot", "team", arena_print(&campus.arena, "曾某（示例） 100%% 主要贡献 #%lld", (long long)id), NULL);
    campus_close(&campus);
}

static void a_statement_that_has_run_out_says_nothing(void **state)
{
    struct campus campus;

    campus_open(&campus, state, gansu, "");
    campus_to_sign(&campus, "100万元");
    does(&campus, "sign", "number", "HT-1", NULL);
    does(&campus, "state", "fact", "register_waived", "value", "yes", "source", "declared", "until",
         campus_text(&campus, campus.today), NULL);
    assert_string_equal(campus_at(&campus), "receive");
    campus.today++;
    assert_string_equal(campus_at(&campus), "register");
    campus_close(&campus);
}

/* Zhejiang's and Beijing's R24 say what may not be deducted; the nation's does not. */
static const struct {
    const char *region, *sort, *public_research, *says;
} costs_refused[] = {
    {zhejiang, "cost", "yes", "财政性资金"}, {"110108", "cost", "yes", "财政性资金"}, {"110108", "cost", "no", "没有列明其他直接成本"}};

static void each_region_says_what_is_deducted(void **state)
{
    for (size_t i = 0; i < COUNT(costs_refused); i++) {
        struct campus campus;

        campus_open(&campus, state, costs_refused[i].region, "");
        if (i)
            does(&campus, "state", "fact", "local_standard", "value", "yes", "source", "declared", NULL);
        campus_to_allot(&campus, "100万元");
        does(&campus, "cost", "sort", costs_refused[i].sort, "amount", "1万元", "voucher", "PZ-2", "public_research",
             costs_refused[i].public_research, NULL);
        is_refused(&campus, costs_refused[i].says, "allot", "team", one_team, "rate", "75%", NULL);
        campus_close(&campus);
        if (i + 1 < COUNT(costs_refused)) {
            bool pg = place_of(state)->pg;

            place_end(state);
            assert_int_equal(pg ? place_pg(state) : place_sqlite(state), 0);
        }
    }
}

static void one_fen_among_three_goes_to_the_same_in_any_order(void **state)
{
    static const char *const teams[] = {"甲某（示例） 33.33% 主要贡献\n乙某（示例） 33.33% 主要贡献\n丙某（示例） 33.34% 主要贡献",
                                        "丙某（示例） 33.34% 主要贡献\n乙某（示例） 33.33% 主要贡献\n甲某（示例） 33.33% 主要贡献"};
    struct campus campus;
    int64_t even = 0;

    campus_open(&campus, state, gansu, "");
    for (size_t i = 0; i < COUNT(teams); i++) {
        struct slice shares;

        campus.today = campus_date(2026, 3, 2);
        campus_again(&campus);
        campus_to_receive_with(&campus, "100万元", arena_print(&campus.arena, "202662010000000%zu", i));
        does(&campus, "receive", "amount", "0.01元", "voucher", "PZ-1", NULL);
        does(&campus, "allot", "team", teams[i], NULL);
        shares = campus_paper(&campus, KIND_AWARD, 1)->values[AWARD_SHARES].text;
        assert_non_null(memmem(shares.at, shares.len, "丙某（示例） 1", strlen("丙某（示例） 1")));
        assert_non_null(memmem(shares.at, shares.len, "甲某（示例） 0", strlen("甲某（示例） 0")));
        even += (int64_t)shares.len;
    }
    assert_int_equal(even % 2, 0);
    campus_close(&campus);
}

static void two_of_equal_share_get_the_same_in_any_order(void **state)
{
    static const char *const teams[] = {"甲某（示例） 50% 主要贡献\n乙某（示例） 50% 主要贡献", "乙某（示例） 50% 主要贡献\n甲某（示例） 50% 主要贡献"};
    struct campus campus;
    bool first[2];

    campus_open(&campus, state, gansu, "");
    for (size_t i = 0; i < COUNT(teams); i++) {
        struct slice shares;

        campus.today = campus_date(2026, 3, 2);
        campus_again(&campus);
        campus_to_receive_with(&campus, "100万元", arena_print(&campus.arena, "202662010000000%zu", i));
        does(&campus, "receive", "amount", "0.01元", "voucher", "PZ-1", NULL);
        does(&campus, "allot", "team", teams[i], NULL);
        shares = campus_paper(&campus, KIND_AWARD, 1)->values[AWARD_SHARES].text;
        first[i] = memmem(shares.at, shares.len, "甲某（示例） 1", strlen("甲某（示例） 1")) != NULL;
    }
    assert_int_equal(first[0], first[1]);
    campus_close(&campus);
}

static void a_chief_leader_takes_equity_with_a_document_alone(void **state)
{
    struct campus campus;

    campus_open(&campus, state, gansu, "");
    campus_to_price(&campus);
    does(&campus, "price", "way", "equity", "price", "100万元", "buyer", "示例甲机械厂", "buyer_nature", "private", "ground", "集体决策", NULL);
    does(&campus, "notice", "sort", "sale", "place", "unit", NULL);
    campus_market(&campus);
    campus.today += 20;
    does(&campus, "approve", "minutes", "示例纪要", NULL);
    does(&campus, "sign", "number", "HT-1", NULL);
    does(&campus, "register", "point", "示例登记机构", NULL);
    does(&campus, "registered", "number", "2026620100000001", NULL);
    does(&campus, "plan", "sort", "lump", "due_on", "2026-12-31", "amount", "100万元", NULL);
    does(&campus, "receive", "voucher", "PZ-1", NULL);
    is_refused(&campus, "正职领导", "allot", "team", "曾某（示例） 60% 主要贡献\n校某（示例） 40% 主要贡献 正职领导", NULL);
    does(&campus, "allot", "team", "曾某（示例） 60% 主要贡献\n校某（示例） 40% 主要贡献 正职领导 有文件", NULL);
    campus_close(&campus);
}

/* --- what people state --- */

static const struct {
    const char *fact, *value, *says;
} statements[] = {
    {"reward_notice_first", "2020-01-01", "文书写明"}, /* no notice says it yet, and none but a notice may */
    {"market_notice_first", "2020-01-01", "文书写明"},
    {"pricing", "listing", "文书写明"},
    {"today", "2030-01-01", "文书写明"},
    {"appraised", "yes", "文书写明"},
    {"state_unit", "no", "文书写明"},
    {"no_such_fact", "yes", "没有这个事实"},
    {"NOT A NAME", "yes", "没有这个事实"},
    {"used_mainly", "maybe", ""},
    {"reward_years", "three", ""},
    {"gain", "-1", ""},
    {"register_waived", "maybe", "是或者否"},
    {"used_mainly", "yes", NULL},
    {"nonprofit_unit", "no", NULL},
};

static void what_a_paper_says_is_not_stated_otherwise(void **state)
{
    struct campus campus;

    campus_open(&campus, state, gansu, "");
    campus_to_notice(&campus, "100万元");
    for (size_t i = 0; i < COUNT(statements); i++)
        if (statements[i].says)
            is_refused(&campus, statements[i].says, "state", "fact", statements[i].fact, "value", statements[i].value, "source", "declared", NULL);
        else
            does(&campus, "state", "fact", statements[i].fact, "value", statements[i].value, "source", "declared", NULL);
    campus_close(&campus);
}

static void each_notice_is_given_where_it_is_due(void **state)
{
    struct campus campus;

    campus_open(&campus, state, gansu, "");
    does(&campus, "notice", "sort", "title", "place", "unit", NULL);
    is_refused(&campus, "定价之后", "notice", "sort", "sale", "place", "unit", NULL);
    campus_to_notice(&campus, "100万元");
    campus_market(&campus);
    assert_string_equal(campus_at(&campus), "notice");
    does(&campus, "notice", "sort", "sale", "place", "unit", NULL);
    campus_close(&campus);
}

/* A value of the kind, for a fact that a rule asks for. */
static const char *some_value(struct campus *campus, const struct rule_fact *fact)
{
    switch (fact->kind) {
    case FACT_YES:
        return "yes";
    case FACT_DAY:
        return campus_text(campus, campus->today);
    case FACT_MONEY:
        return "1元";
    case FACT_SHARE:
        return "10%";
    case FACT_NUMBER:
    case FACT_POINTS:
        return "1";
    case FACT_CODE:
        break;
    }
    return fact->choices[0].code;
}

/* false: a rule asks for nothing more, and says no. What it asks for is stated, and must be what can be stated. */
static bool give_what_is_asked(struct campus *campus)
{
    struct deal_refusal refusal = campus->order.refusal;
    bool asked = false;

    for (size_t i = 0; i < refusal.count; i++)
        for (size_t a = 0; refusal.answers[i].verdict == RULE_UNKNOWN && a < refusal.answers[i].ask_count; a++) {
            const struct rule_fact *fact = refusal.answers[i].asks[a];

            does(campus, "state", "fact", fact->name, "value", some_value(campus, fact), "source", "declared", NULL);
            asked = true;
        }
    return asked;
}

static void does_asked(struct campus *campus, const char *name, ...)
{
    enum { ROUNDS = 20 };

    for (int i = 0; i < ROUNDS; i++) {
        va_list fields;

        va_start(fields, name);
        campus_fill(campus, name, fields);
        va_end(fields);
        if (campus_send(campus) == STORE_DONE)
            return;
        if (!give_what_is_asked(campus))
            break;
    }
    fail_msg("%s at %s: %s; %s", name, campus_at(campus), campus->err.message, campus->err.hint);
}

static const struct {
    const char *region, *way;
} ways[] = {{gansu, "license"}, {gansu, "assign"}, {gansu, "equity"}, {nation, "license"}, {nation, "equity"}, {zhejiang, "license"},
            {zhejiang, "assign"}, {zhejiang, "equity"}, {"110108", "license"}, {"110108", "assign"}, {"440106", "assign"}, {"320102", "license"}};

static void go_the_way(struct campus *campus, const char *way)
{
    does_asked(campus, "title", NULL);
    does_asked(campus, "value", "technology", "成熟", "economy", "可观", "assessor", "示例评价人", "evidence", campus_evidence, NULL);
    does_asked(campus, "price", "way", way, "price", "100万元", "buyer", "示例甲机械厂", "buyer_nature", "private", "ground", "集体决策", NULL);
    does_asked(campus, "notice", "sort", "sale", "place", "unit", NULL);
    campus_market(campus);
    campus->today += 20;
    does_asked(campus, "approve", "minutes", "示例纪要", NULL);
    does_asked(campus, "sign", "number", "HT-1", "results", "各归完成方", "risk", "合理分担", NULL);
    does_asked(campus, "register", "point", "示例登记机构", NULL);
    does_asked(campus, "registered", "number", "2026620100000001", NULL);
    does_asked(campus, "plan", "sort", "lump", "due_on", "2026-12-31", "amount", "100万元", NULL);
    does_asked(campus, "receive", "voucher", "PZ-1", NULL);
    does_asked(campus, "allot", "team", "曾某（示例） 95% 主要贡献\n办某（示例） 5% 转移机构", NULL);
    does_asked(campus, "notice", "sort", "reward", "place", "unit", NULL);
    campus->today += 30;
    does_asked(campus, "pay", "voucher", "PZ-9", NULL);
    if (strcmp(way, "equity") == 0)
        does(campus, "state", "fact", "no_tax_relief", "value", "yes", "source", "declared", NULL);
    else
        does_asked(campus, "file", "sort", "cash", NULL);
    does_asked(campus, "close", NULL);
}

static void whatever_a_gate_asks_for_can_be_given(void **state)
{
    for (size_t i = 0; i < COUNT(ways); i++) {
        struct campus campus;
        bool pg = place_of(state)->pg;

        campus_open(&campus, state, ways[i].region, "");
        go_the_way(&campus, ways[i].way);
        campus_close(&campus);
        if (i + 1 == COUNT(ways))
            break;
        place_end(state);
        assert_int_equal(pg ? place_pg(state) : place_sqlite(state), 0);
    }
}

/* --- once, and one alone --- */

static void a_request_is_done_once(void **state)
{
    struct campus campus;
    struct deal_order first;
    int64_t leaves;

    campus_open(&campus, state, gansu, "");
    does(&campus, "title", NULL);
    first = campus.order;
    leaves = town_number(&campus.town, "SELECT next FROM ledger_head");
    for (int i = 0; i < 3; i++) {
        assert_done(campus_send(&campus), campus.err);
        assert_true(campus.order.repeated);
        assert_int_equal(campus.order.done_ver, first.done_ver);
    }
    assert_int_equal(town_number(&campus.town, "SELECT next FROM ledger_head"), leaves);
    campus.order.step = deal_step_find(SLICE("value"));
    assert_int_not_equal(campus_send(&campus), STORE_DONE);
    assert_int_equal(campus_open_deal(&campus, &campus.clerk, "", "open-1"), STORE_DONE);
    assert_int_equal(town_number(&campus.town, "SELECT next FROM ledger_head"), leaves);
    assert_int_not_equal(campus_open_deal(&campus, &campus.clerk, "", "open-2"), STORE_DONE);
    assert_int_equal(campus.err.code, ERR_CONFLICT);
    campus_close(&campus);
}

struct racer {
    struct store *store;
    struct deal_order order;
    enum store_outcome outcome;
    struct err err;
};

static void *race(void *arg)
{
    struct racer *racer = arg;

    racer->outcome = store_write(racer->store, racer->order.request_id, deal_step_run, &racer->order, &racer->err);
    return NULL;
}

static void of_eight_at_once_one_wins(void **state)
{
    enum { RACERS = 8 };
    static struct racer racers[RACERS];
    struct arena arenas[RACERS];
    pthread_t threads[RACERS];
    struct campus campus;
    int done = 0;

    campus_open(&campus, state, gansu, "");
    for (int i = 0; i < RACERS; i++) {
        is_prepared(&campus, "title", NULL);
        arena_init(&arenas[i]);
        racers[i] = (struct racer){.store = campus.town.store, .order = campus.order};
        racers[i].order.arena = &arenas[i];
    }
    for (int i = 0; i < RACERS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, race, &racers[i]), 0);
    for (int i = 0; i < RACERS; i++) {
        pthread_join(threads[i], NULL);
        done += racers[i].outcome == STORE_DONE;
        if (racers[i].outcome != STORE_DONE && racers[i].err.code != ERR_CONFLICT)
            fail_msg("the loser is told %d %s", racers[i].err.code, racers[i].err.message);
        arena_release(&arenas[i]);
    }
    assert_int_equal(done, 1);
    assert_int_equal(town_number(&campus.town, "SELECT count(*) FROM title"), 1);
    campus_close(&campus);
}

/* More deals than are looked at in one go; an officer who works at the unit sees its region's beside its own. */
static void everybody_lists_all_that_he_may_see(void **state)
{
    enum { DEALS = 120, PAGE = 50 };
    static const char *const elsewhere[] = {"name", "示例丁学院", "side", "university", "nature", "institution", "region", "620105", NULL};
    struct record *list;
    struct campus campus;
    struct actor officer;
    int64_t account, before = 0, further;
    size_t count = 0, all = 0;
    struct sql *sql;

    campus_open(&campus, state, gansu, "");
    for (int i = 1; i < DEALS; i++)
        campus_again(&campus);
    account = town_account(&campus.town, "officer", campus_record(&campus, &kind_party, 0, elsewhere), town_password);
    town_grant(&campus.town, account, ROLE_COUNTY_OFFICER, SCOPE_DIVISION, 620102);
    town_grant(&campus.town, account, ROLE_MEMBER, SCOPE_ALL, 0);
    town_actor(&campus.town, account, &officer);
    list = arena_alloc(&campus.arena, PAGE * sizeof *list);
    sql = town_look(&campus.town);
    do {
        assert_true(deal_list(sql, &officer, &(struct deal_query){.before = before}, &campus.arena, list, PAGE, &count, &further, &campus.err));
        all += count;
        before = count ? list[count - 1].id : 0;
    } while (count == PAGE);
    assert_int_equal(all, DEALS);
    assert_true(deal_list(sql, &officer, &(struct deal_query){.owner = officer.party}, &campus.arena, list, PAGE, &count, &further, &campus.err));
    assert_int_equal(count, 0);
    store_read_end(campus.town.store, sql);
    campus_close(&campus);
}

static bool run_statement(struct sql *sql, void *arg, struct err *err)
{
    return sql_put(sql, arg, SQL_NO_ARGS, err);
}

/* More deals that he may not see than are looked at for a page; his own is behind them. */
static void a_list_gives_up_and_says_from_where_to_go_on(void **state)
{
    enum { OTHERS = DEAL_LOOKED + 100, PAGE = 50 };
    static const char *const abroad[] = {"name", "示例戊学院", "side", "university", "nature", "institution", "region", "330106", NULL};
    struct record *list;
    struct campus campus;
    struct actor officer;
    int64_t account, unit, further;
    struct sql *sql;
    size_t count;

    campus_open(&campus, state, gansu, "");
    unit = campus_record(&campus, &kind_party, 0, abroad);
    assert_done(store_write(campus.town.store, "", run_statement,
                            arena_print(&campus.arena,
                                        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d) "
                                        "INSERT INTO deal (id, ver, from_leaf, valid_from, owner, author, status, natural_key, salts, title,"
                                        " achievement, pier, region, terms, papers) SELECT id + i, ver, from_leaf, valid_from, %lld, author,"
                                        " status, natural_key || i, salts, title, achievement, pier, '330106', terms, papers FROM deal, n",
                                        OTHERS, (long long)unit),
                            &campus.err), campus.err);
    account = town_account(&campus.town, "officer", campus.unit, town_password);
    town_grant(&campus.town, account, ROLE_COUNTY_OFFICER, SCOPE_DIVISION, 620102);
    town_actor(&campus.town, account, &officer);
    list = arena_alloc(&campus.arena, PAGE * sizeof *list);
    sql = town_look(&campus.town);
    assert_true(deal_list(sql, &officer, &(struct deal_query){0}, &campus.arena, list, PAGE, &count, &further, &campus.err));
    assert_int_equal(count, 0);
    assert_int_equal(further, campus.deal + OTHERS - DEAL_LOOKED + 1);
    assert_true(deal_list(sql, &officer, &(struct deal_query){.before = further}, &campus.arena, list, PAGE, &count, &further, &campus.err));
    assert_int_equal(count, 1);
    assert_int_equal(list[0].id, campus.deal);
    assert_int_equal(further, 0);
    store_read_end(campus.town.store, sql);
    campus_close(&campus);
}

/* The achievement may have been another unit's, which agreed on titles in deals of its own. */
static void a_unit_reads_the_titles_of_its_own_deals(void **state)
{
    const struct record **titles;
    struct campus campus;
    struct sql *sql;
    size_t count;

    campus_open(&campus, state, gansu, "");
    campus_to_price(&campus);
    sql = town_look(&campus.town);
    assert_true(title_all(sql, campus.achievement, campus.unit, &campus.arena, &titles, &count, &campus.err));
    assert_int_equal(count, 1);
    assert_true(title_all(sql, campus.achievement, campus.unit + 1, &campus.arena, &titles, &count, &campus.err));
    assert_int_equal(count, 0);
    store_read_end(campus.town.store, sql);
    campus_close(&campus);
}

static void a_full_file_says_so(void **state)
{
    struct campus campus;

    campus_open(&campus, state, gansu, "");
    campus_to_price(&campus);
    for (int i = 0; town_number(&campus.town, "SELECT count(*) FROM ruling") < RECORD_PAPERS; i++)
        does(&campus, "price", "way", "license", "price", i % 2 ? "1万元" : "2万元", "buyer", "示例甲机械厂", "buyer_nature", "private",
             "ground", "集体决策", NULL);
    is_refused(&campus, "200 份", "price", "price", "3万元", NULL);
    campus_close(&campus);
}

static void a_title_is_held_to_its_bounds(void **state)
{
    static const char *const titles[] = {"短", "带控制符\x01的名称", "带双向符\u202e的名称", "机密★ 某项目名称"};
    char *long_one = calloc(1, 1 << 20);
    struct campus campus;

    campus_open(&campus, state, gansu, "");
    memset(long_one, 'a', (1 << 20) - 1);
    for (size_t i = 0; i <= COUNT(titles); i++) {
        if (campus_open_deal(&campus, &campus.clerk, i < COUNT(titles) ? titles[i] : long_one, "") == STORE_DONE)
            fail_msg("title %zu is taken", i);
        assert_int_equal(campus.err.code, ERR_INVALID);
        assert_string_equal(campus.err.field, "title");
    }
    free(long_one);
    campus_close(&campus);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(no_step_is_taken_before_its_pier),
        ON_BOTH(a_notice_ends_with_its_last_day),
        ON_BOTH(an_objection_is_one_within_the_period),
        ON_BOTH(what_stood_at_the_signing_stands),
        ON_BOTH(other_terms_begin_again),
        ON_BOTH(the_chain_asks_whom_the_amount_asks),
        ON_BOTH(what_is_refused_begins_again),
        ON_BOTH(the_sums_of_a_contract_fit),
        ON_BOTH(the_sort_of_a_contract_is_found_by_its_answers),
        ON_BOTH(what_a_contract_may_not_hold_and_must_settle_is_named),
        ON_BOTH(what_the_agency_lacks_is_the_units_turn),
        ON_BOTH(a_contract_is_registered_once),
        ON_BOTH(money_comes_in_to_the_fen),
        ON_BOTH(a_revocation_flags_what_rested_on_it),
        ON_BOTH(a_royalty_is_open_ended),
        ON_BOTH(a_reward_keeps_the_floor_of_its_region),
        ON_BOTH(awards_follow_the_money),
        ON_BOTH(a_unit_that_works_it_itself_shares_its_profits),
        ON_BOTH(what_costs_eat_whole_is_not_waited_for),
        ON_BOTH(a_number_in_the_team_is_the_person_named),
        ON_BOTH(a_statement_that_has_run_out_says_nothing),
        ON_BOTH(each_region_says_what_is_deducted),
        ON_BOTH(one_fen_among_three_goes_to_the_same_in_any_order),
        ON_BOTH(two_of_equal_share_get_the_same_in_any_order),
        ON_BOTH(a_chief_leader_takes_equity_with_a_document_alone),
        ON_BOTH(what_a_paper_says_is_not_stated_otherwise),
        ON_BOTH(each_notice_is_given_where_it_is_due),
        ON_SQLITE(whatever_a_gate_asks_for_can_be_given),
        ON_BOTH(a_request_is_done_once),
        ON_BOTH(of_eight_at_once_one_wins),
        ON_BOTH(everybody_lists_all_that_he_may_see),
        ON_BOTH(a_list_gives_up_and_says_from_where_to_go_on),
        ON_BOTH(a_unit_reads_the_titles_of_its_own_deals),
        ON_BOTH(a_full_file_says_so),
        ON_BOTH(a_title_is_held_to_its_bounds),
    };

    return run_places(tests);
}
