/* The piers of the bridge: what must stand before each counts as passed, whose turn it is, and by when. */
#include "work/deal_int.h"

#include "base/clock.h"
#include "record/party.h"
#include "work/chain.h"

struct looking {
    const struct law *law;
    const struct deal_file *file;
};

/* Sets *state; false with err: it cannot be told. */
typedef bool pier_look(const struct looking *looking, struct pier_state *state, struct err *err);

static bool lacks(struct pier_state *state, const char *what, const char *hint)
{
    state->passed = false;
    err_set(&state->missing, ERR_INVALID, "%s", what);
    err_hint(&state->missing, "%s", hint);
    return true;
}

bool pier_asks(struct slice fact)
{
    return slice_is(fact, "register_waived") || slice_is(fact, "no_tax_relief");
}

/* A statement of the file: "yes" said of this fact, the last word, and not run out. */
static bool stated(const struct deal_file *file, const char *fact)
{
    for (size_t i = file->count[KIND_STATEMENT]; i-- > 0;) {
        const struct record *statement = &file->papers[KIND_STATEMENT][i];

        int32_t until = paper_day(statement, STATEMENT_UNTIL);

        if (paper_is(statement, STATEMENT_FACT, fact))
            return (!until || until >= file->today) && (paper_is(statement, STATEMENT_VALUE, "yes") || paper_is(statement, STATEMENT_VALUE, "是"));
    }
    return false;
}

static bool look_title(const struct looking *looking, struct pier_state *state, struct err *err)
{
    (void)err;
    state->passed = deal_newest(looking->file, KIND_TITLE) != NULL;
    return state->passed || lacks(state, N_("还没有明确权属"), N_("写明归单位，还是赋予完成人所有权或长期使用权，以及各人份额"));
}

static bool look_value(const struct looking *looking, struct pier_state *state, struct err *err)
{
    (void)err;
    state->passed = deal_newest(looking->file, KIND_VALUATION) != NULL;
    return state->passed || lacks(state, N_("还没有评价"), N_("写五元价值和成熟度，每一级附上证据"));
}

static bool look_price(const struct looking *looking, struct pier_state *state, struct err *err)
{
    const struct record *deal = &looking->file->deal;
    bool agreement = paper_is(deal, DEAL_PRICING, "agreement"), self = paper_is(deal, DEAL_WAY, "self");

    (void)err;
    state->passed = paper_known(deal, DEAL_WAY) && (self || paper_known(deal, DEAL_PRICING)) && paper_known(deal, DEAL_PRICE)
                    && (!agreement || self || paper_known(deal, DEAL_BUYER));
    return state->passed || lacks(state, N_("还没有定价"), N_("选转化方式和定价方式，写受让方与价格"));
}

bool signed_as_agreed(const struct deal_file *file)
{
    const struct record *contract = deal_newest(file, KIND_CONTRACT);

    return contract && paper_number(contract, PAPER_TERMS) == paper_number(&file->deal, DEAL_TERMS);
}

static bool look_notice(const struct looking *looking, struct pier_state *state, struct err *err)
{
    const struct deal_file *file = looking->file;
    const struct record *notice = notice_of(file, "sale", "unit");
    bool upheld;

    (void)err;
    state->skipped = paper_is(&file->deal, DEAL_WAY, "self") /* nothing is sold: 转化法 §18 asks for a notice of a price agreed on */
                     || (paper_known(&file->deal, DEAL_PRICING) && !paper_is(&file->deal, DEAL_PRICING, "agreement"));
    state->passed = state->skipped || signed_as_agreed(file);
    if (state->passed)
        return true;
    if (!notice)
        return lacks(state, N_("还没有在本单位公示，或者公示后条件变了"), N_("发起本单位公示；要尽职免责的，在技术交易市场也公示"));
    state->due = notice_last(looking->law, file, notice, &state->provisional);
    if (!state->due)
        return lacks(state, N_("规则库里没有协议定价公示的规则"), N_("请系统管理员核对规则库"));
    if (notice_disputed(file, notice, &upheld)) {
        state->turn = TURN_UNIT;
        return upheld ? lacks(state, N_("有异议成立"), N_("撤回公示，改正后重新公示"))
                      : lacks(state, N_("有异议还没有处理"), N_("核实后写明处理意见"));
    }
    state->turn = TURN_CLOCK;
    state->passed = file->today > state->due;
    return state->passed || lacks(state, N_("公示期未满"), N_("期满后的第一天起可以往下办"));
}

bool approval_next(const struct deal_file *file, struct slice *body, bool *refused, struct err *err)
{
    int64_t terms = paper_number(&file->deal, DEAL_TERMS);
    struct chain chain;
    size_t agreed = 0;

    *refused = false;
    *body = (struct slice){0};
    if (!chain_read(paper_text(&file->unit, PARTY_APPROVALS), paper_number(&file->deal, DEAL_PRICE), &chain, err))
        return false;
    for (size_t i = 0; i < file->count[KIND_APPROVAL]; i++) {
        const struct record *approval = &file->papers[KIND_APPROVAL][i];

        if (paper_number(approval, PAPER_TERMS) != terms)
            continue;
        *refused = paper_is(approval, APPROVAL_DECISION, "refused");
        if (!*refused && agreed < chain.count && slice_same(chain.bodies[agreed], paper_text(approval, APPROVAL_BODY)))
            agreed++;
    }
    if (agreed < chain.count)
        *body = chain.bodies[agreed];
    return true;
}

static bool look_approve(const struct looking *looking, struct pier_state *state, struct err *err)
{
    struct slice body;
    bool refused;

    state->turn = TURN_BODY;
    state->passed = signed_as_agreed(looking->file); /* the unit's chain may have grown since */
    if (state->passed)
        return true;
    if (!approval_next(looking->file, &body, &refused, err))
        return false;
    state->passed = !body.at && !refused;
    if (refused) {
        state->turn = TURN_UNIT;
        return lacks(state, N_("审批没有通过"), N_("修改条件后重新公示、重新报批，或终止本项目"));
    }
    state->body = body;
    return state->passed || lacks(state, N_("审批链还没有走完"), N_("由下一个审批机构作出决定，附会议纪要"));
}

static bool look_sign(const struct looking *looking, struct pier_state *state, struct err *err)
{
    (void)err;
    state->passed = signed_as_agreed(looking->file);
    return state->passed || lacks(state, N_("还没有签约"), N_("签订书面技术合同"));
}

static bool look_register(const struct looking *looking, struct pier_state *state, struct err *err)
{
    const struct deal_file *file = looking->file;
    const struct record *registration = deal_newest(file, KIND_REGISTRATION);

    (void)err;
    state->passed = state->skipped = stated(file, "register_waived");
    if (state->skipped)
        return true;
    if (!registration)
        return lacks(state, N_("还没有提交认定登记"), N_("提交卖方所在地的登记机构；不登记的不能享受税收优惠"));
    if (paper_known(registration, REGISTRATION_REVOKED_ON))
        return lacks(state, N_("登记已被撤销"), N_("已享受的优惠要复核、补缴"));
    if (registration_overtaken(file, registration) && paper_is(registration, REGISTRATION_RESULT, "registered"))
        return lacks(state, N_("合同在登记之后改过"), N_("向登记机构申请变更登记，再填结果"));
    state->passed = paper_is(registration, REGISTRATION_RESULT, "registered");
    if (state->passed)
        return true;
    state->turn = registration_lacking(registration) ? TURN_UNIT : TURN_REGISTRAR;
    if (state->turn == TURN_UNIT)
        return lacks(state, N_("登记机构要求补正"), N_("补齐材料交给登记机构，再填“提交补正材料”"));
    return paper_is(registration, REGISTRATION_RESULT, "refused")
               ? lacks(state, N_("登记机构不予登记"), N_("按理由修改合同后重新提交"))
               : lacks(state, N_("登记结果还没有填回"), N_("在国家系统查到结果后，填回登记编号"));
}

static int32_t next_instalment(const struct deal_file *file)
{
    const struct record *open[RECORD_PAPERS];

    return instalments_open(file, open) ? paper_day(open[0], INSTALMENT_DUE_ON) : 0;
}

static bool look_receive(const struct looking *looking, struct pier_state *state, struct err *err)
{
    const struct deal_file *file = looking->file;
    int64_t received = papers_sum(file, KIND_RECEIPT, RECEIPT_AMOUNT);
    const struct record *contract = deal_newest(file, KIND_CONTRACT);

    (void)err;
    state->turn = TURN_BUYER;
    state->due = next_instalment(file);
    state->skipped = paper_is(&file->deal, DEAL_WAY, "self"); /* there is nobody who pays */
    if (state->skipped)
        return state->passed = true;
    state->passed = contract && received >= paper_number(contract, CONTRACT_AMOUNT);
    return state->passed || lacks(state, N_("款项还没有到齐"), N_("每笔到账都登记凭证"));
}

/* How many years at least (转化法 §45 一（三）: 连续三至五年); of a region whose own standard binds only who adopts it, the nation's. */
static int64_t profit_years(const struct law *law, const struct deal_file *file)
{
    int64_t years = 0;

    if (!law_parameter(law, file, "R20", "nation_years", &years) && !law_parameter(law, file, "R20", "years", &years))
        years = 1;
    return years;
}

static bool look_allot(const struct looking *looking, struct pier_state *state, struct err *err)
{
    const struct deal_file *file = looking->file;
    bool paid = true;

    (void)err;
    for (size_t i = 0; i < file->count[KIND_AWARD]; i++)
        paid = paid && paper_known(&file->papers[KIND_AWARD][i], AWARD_PAID_ON);
    if (income_open(file) > 0 && net_open(file) > 0) /* costs may eat a receipt whole: then there is nothing to share */
        return lacks(state, N_("到账的收入还没有分配"), N_("列出扣除项，写团队份额，系统算到每人每分"));
    if (deal_by_profit(file) && (int64_t)file->count[KIND_PROFIT] < profit_years(looking->law, file))
        return lacks(state, N_("营业利润还没有提满法定的年数"), N_("投产后每年登记一次营业利润，按法定比例提取奖酬，连续三至五年"));
    state->passed = paid;
    return paid || lacks(state, N_("奖酬还没有发放"), N_("公示期满后发放，填发放日期和凭证"));
}

static bool look_tax(const struct looking *looking, struct pier_state *state, struct err *err)
{
    (void)err;
    state->skipped = stated(looking->file, "no_tax_relief");
    state->passed = state->skipped || deal_newest(looking->file, KIND_FILING) != NULL;
    return state->passed || lacks(state, N_("税务备案还没有办"), N_("现金奖励按财税〔2018〕58号、技术入股按财税〔2016〕101号备案；不享受优惠的写明"));
}

static bool look_close(const struct looking *looking, struct pier_state *state, struct err *err)
{
    (void)err;
    state->passed = looking->file->deal.status == RECORD_CLOSED;
    return state->passed || lacks(state, N_("还没有结项"), N_("各步办完后结项，出证据包"));
}

static const struct {
    const char *code;
    pier_look *look;
    enum turn turn;
    const char *article;
} deal_piers[PIER_COUNT] = {
    [PIER_TITLE] = {"title", look_title, TURN_UNIT, N_("促进科技成果转化法 §19；国科发区〔2020〕128号")},
    [PIER_VALUE] = {"value", look_value, TURN_UNIT, N_("国办发〔2021〕26号；GB/T 22900-2022")},
    [PIER_PRICE] = {"price", look_price, TURN_UNIT, N_("促进科技成果转化法 §§16、18")},
    [PIER_NOTICE] = {"notice", look_notice, TURN_UNIT, N_("促进科技成果转化法 §18；国发〔2016〕16号（一）（十）")},
    [PIER_APPROVE] = {"approve", look_approve, TURN_BODY, N_("国发〔2016〕16号（十）")},
    [PIER_SIGN] = {"sign", look_sign, TURN_UNIT, N_("民法典 §§843–887")},
    [PIER_REGISTER] = {"register", look_register, TURN_UNIT, N_("技术合同认定登记管理办法")},
    [PIER_RECEIVE] = {"receive", look_receive, TURN_BUYER, N_("民法典 §846")},
    [PIER_ALLOT] = {"allot", look_allot, TURN_UNIT, N_("促进科技成果转化法 §§43–45")},
    [PIER_TAX] = {"tax", look_tax, TURN_UNIT, N_("财税〔2018〕58号；财税〔2016〕101号")},
    [PIER_CLOSE] = {"close", look_close, TURN_UNIT, ""},
};

const char *pier_code(enum pier pier)
{
    return deal_piers[pier].code;
}

bool deal_look(const struct law *law, const struct deal_file *file, struct deal_bridge *bridge, struct err *err)
{
    struct looking looking = {law, file};

    bridge->at = PIER_COUNT;
    for (int p = 0; p < PIER_COUNT; p++) {
        struct pier_state *state = &bridge->piers[p];

        *state = (struct pier_state){.turn = deal_piers[p].turn, .article = deal_piers[p].article};
        if (!deal_piers[p].look(&looking, state, err))
            return false;
        if (deal_is_past(file))
            past_pier(file, (enum pier)p, state);
        if (!state->passed && !state->unseen && bridge->at == PIER_COUNT)
            bridge->at = p;
    }
    return true;
}
