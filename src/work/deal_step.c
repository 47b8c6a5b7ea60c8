/* What people do with a deal: the table of steps, and how one is taken. */
#include "work/deal_int.h"

#include "base/clock.h"
#include "base/ident.h"
#include "seal/seal.h"
#include "work/account_int.h"

#define AT(pier) (1u << PIER_##pier)
#define BEFORE_SIGNING (AT(TITLE) | AT(VALUE) | AT(PRICE) | AT(NOTICE) | AT(APPROVE) | AT(SIGN))
#define PRICED (AT(PRICE) | AT(NOTICE) | AT(APPROVE) | AT(SIGN))
#define SIGNED (AT(REGISTER) | AT(RECEIVE) | AT(ALLOT) | AT(TAX) | AT(CLOSE))
#define ALWAYS (BEFORE_SIGNING | SIGNED)

const struct deal_step deal_steps[] = {
    {"title", "明确权属", "Settle the title", BEFORE_SIGNING, STEP_ADD, KIND_TITLE, NULL, "years clear prospect taker willing negative plan deputy", "title", ACT_STEP, check_title,
     N_("归单位，还是赋予完成人所有权或长期使用权")},
    {"value", "评价成果", "Assess it", BEFORE_SIGNING & ~AT(TITLE), STEP_ADD, KIND_VALUATION, NULL, "science society culture conflict", "value", ACT_STEP, check_value,
     N_("五元价值，成熟度逐级有证据")},
    {"price", "定价", "Set way and price", PRICED, STEP_TERMS, KIND_DEAL,
     "way pricing price buyer buyer_party buyer_nature abroad related relation appraisal fiscal_project ground", "buyer_party abroad related relation fiscal_project", "price", ACT_STEP, check_price,
     N_("转化方式、定价方式、受让方和价格；改了就要重新公示、报批")},
    {"notice", "发起公示", "Give notice", ALWAYS & ~AT(VALUE), STEP_ADD, KIND_NOTICE,
     "sort place first_day name price summary way related channel market number url snapshot", "related market number url snapshot", "notice", ACT_STEP, check_notice,
     N_("本单位公示满期才能签约；市场公示填外部市场的编号、网址和快照")},
    {"withdraw", "撤回公示", "Withdraw a notice", ALWAYS, STEP_AMEND, KIND_NOTICE, "ended_on ended_why", NULL, NULL, ACT_STEP,
     check_withdraw, N_("改正后重新公示，期间从头算")},
    {"object", "登记异议", "Enter an objection", ALWAYS & ~(AT(TITLE) | AT(VALUE) | AT(PRICE)), STEP_ADD, KIND_OBJECTION,
     "notice came_on objector text", NULL, NULL, ACT_STEP, check_object, N_("公示期内收到的异议")},
    {"rule", "处理异议", "Rule on an objection", ALWAYS, STEP_AMEND, KIND_OBJECTION, "ruled_on ruling upheld", NULL, NULL, ACT_STEP,
     check_rule, N_("核实后写明是否成立")},
    {"approve", "审批", "Approve", AT(APPROVE), STEP_ADD, KIND_APPROVAL, NULL, "digest", "approve", ACT_STEP, check_approve,
     N_("按单位的审批链逐级，附纪要")},
    {"sign", "签订合同", "Sign the contract", AT(SIGN), STEP_ADD, KIND_CONTRACT, NULL, "until open_licensed alliance alliance_terms results risk liability clauses forbids digest sort_why", "sign", ACT_STEP, check_sign,
     N_("价款与公示、审批的一致")},
    {"amend", "变更合同", "Amend the contract", SIGNED, STEP_AMEND, KIND_CONTRACT,
     "until amount goods technical income results risk liability clauses forbids digest", "forbids digest", "sign", ACT_STEP, check_amend,
     N_("登记之后变更的，要变更登记")},
    {"register", "提交登记", "Send to registration", SIGNED, STEP_ADD, KIND_REGISTRATION, "point local chinese sent_on", NULL, "register", ACT_STEP,
     check_register, N_("登记在国家系统办理，这里预审、留痕")},
    {"registered", "填登记结果", "Enter the result", SIGNED, STEP_AMEND, KIND_REGISTRATION,
     "decided_on result number amount technical", NULL, "registered", ACT_STEP, check_registered, N_("登记编号和认定的金额，照登记证明填"), .agency = true},
    {"correct", "登记补正", "To be mended", SIGNED, STEP_AMEND, KIND_REGISTRATION, "lacks asked_on disputed", "disputed", NULL, ACT_STEP, check_correct,
     N_("登记机构要求补正的内容；有争议的转全面审核"), .agency = true},
    {"mend", "提交补正材料", "Send what was lacking", SIGNED, STEP_AMEND, KIND_REGISTRATION, "mended_on", NULL, NULL, ACT_STEP, check_mend,
     N_("补正材料交给登记机构之日；时限从这一天起重新计算")},
    {"change", "变更登记", "Register the change", SIGNED, STEP_AMEND, KIND_REGISTRATION, "changed_on amount technical", NULL, NULL,
     ACT_STEP, check_change, N_("合同在登记之后改过的，向登记机构变更")},
    {"revoke", "登记被撤销", "Registration revoked", SIGNED, STEP_AMEND, KIND_REGISTRATION, "revoked_on revoked_why", NULL, NULL,
     ACT_STEP, check_revoke, N_("已享受的优惠逐项标出，待复核"), .agency = true},
    {"plan", "付款计划", "Plan of payment", SIGNED, STEP_ADD, KIND_INSTALMENT, NULL, "rate conditions", NULL, ACT_STEP, check_plan,
     N_("总付、分期、提成、入门费，每期一条")},
    {"receive", "登记到账", "Enter a payment", SIGNED, STEP_ADD, KIND_RECEIPT, NULL, NULL, "receive", ACT_STEP, check_receive,
     N_("每笔到账一条，附凭证号")},
    {"cost", "登记扣除", "Enter a deduction", SIGNED, STEP_ADD, KIND_COST, NULL, "public_research note", NULL, ACT_STEP, check_cost,
     N_("只有白名单内的直接成本可以扣")},
    {"profit", "登记年度利润", "Enter a year's profit", SIGNED, STEP_ADD, KIND_PROFIT, NULL, "note", NULL, ACT_STEP, check_profit,
     N_("自行或者合作实施的，每年一份；奖酬从营业利润中提取")},
    {"allot", "分配奖酬", "Allot the reward", SIGNED, STEP_ADD, KIND_AWARD, "rate team half decided_on", "rate", "allot", ACT_STEP, check_allot,
     N_("写团队份额，系统按法定下限算到每人每分")},
    {"pay", "发放奖酬", "Pay it out", SIGNED, STEP_AMEND, KIND_AWARD, "paid_on apart voucher", NULL, "pay", ACT_STEP, check_pay,
     N_("奖酬公示期满后发放")},
    {"file", "税务备案", "File with the tax office", SIGNED, STEP_ADD, KIND_FILING, NULL, "note", "file_tax", ACT_STEP, check_file,
     N_("现金奖励或技术入股的备案")},
    {"state", "补充事实", "State a fact", ALWAYS, STEP_ADD, KIND_STATEMENT, NULL, "until", NULL, ACT_STEP, check_state,
     N_("规则要问而卷内没有的")},
    {"close", "结项", "Close", AT(CLOSE), STEP_END, KIND_DEAL, "", NULL, "close", ACT_STEP, NULL, N_("各步办完，出证据包")},
    {"drop", "终止", "Drop", BEFORE_SIGNING, STEP_END, KIND_DEAL, "", NULL, NULL, ACT_STEP, NULL, N_("签约之前可以终止，卷宗保留")},
};

const size_t deal_step_count = sizeof deal_steps / sizeof *deal_steps;

const struct deal_step *deal_step_find(struct slice name)
{
    for (size_t i = 0; i < deal_step_count; i++)
        if (slice_is(name, deal_steps[i].name))
            return &deal_steps[i];
    return NULL;
}

const struct kind *deal_step_kind(const struct deal_step *step)
{
    return kind_get(step->paper);
}

static bool has_word(const char *words, const char *word)
{
    struct slice rest = slice_of(words), one;

    while (slice_cut(&rest, ' ', &one))
        if (slice_is(one, word))
            return true;
    return false;
}

bool deal_step_field(const struct deal_step *step, size_t field)
{
    const struct kind *kind = deal_step_kind(step);

    if (step->fields)
        return has_word(step->fields, kind->fields[field].name);
    return field >= PAPER_OWN;
}

bool deal_step_seldom(const struct deal_step *step, size_t field)
{
    return step->seldom && has_word(step->seldom, deal_step_kind(step)->fields[field].name);
}

/* Something to amend must be there, and be of the present: a notice not withdrawn, an objection not ruled on. */
static bool amendable(const struct deal_step *step, const struct record *paper)
{
    if (step->paper == KIND_NOTICE)
        return !paper_known(paper, NOTICE_ENDED_ON);
    if (step->paper == KIND_OBJECTION)
        return !paper_known(paper, OBJECTION_RULED_ON);
    if (step->paper == KIND_AWARD)
        return !paper_known(paper, AWARD_PAID_ON);
    return true;
}

/* Its result is entered once; what is registered may be revoked, and is to be changed where the contract was amended after it. */
static bool registration_open(const struct deal_step *step, const struct deal_file *file, const struct record *paper)
{
    bool registered = paper_is(paper, REGISTRATION_RESULT, "registered");

    if (paper_known(paper, REGISTRATION_REVOKED_ON))
        return false;
    if (has_word(step->fields, "mended_on"))
        return registration_lacking(paper);
    if (has_word(step->fields, "changed_on"))
        return registered && registration_overtaken(file, paper);
    return has_word(step->fields, "revoked_on") ? registered : !paper_known(paper, REGISTRATION_RESULT);
}

static const struct record *to_amend(const struct deal_step *step, const struct deal_file *file, int64_t id)
{
    for (size_t i = file->count[step->paper]; i-- > 0;) {
        const struct record *paper = &file->papers[step->paper][i];

        if ((id == 0 || paper->id == id)
            && (step->paper == KIND_REGISTRATION ? registration_open(step, file, paper) : amendable(step, paper)))
            return paper;
    }
    return NULL;
}

const struct record *deal_step_paper(const struct deal_step *step, const struct deal_file *file, int64_t id)
{
    return step->how == STEP_AMEND ? to_amend(step, file, id) : NULL;
}

/* A contract is registered once; ERR_CONFLICT. */
static bool may_be_sent(const struct deal_step *step, const struct deal_file *file, struct err *err)
{
    const struct record *before = step->how == STEP_ADD ? deal_newest(file, KIND_REGISTRATION) : NULL;

    if (step->paper != KIND_REGISTRATION || !before || paper_known(before, REGISTRATION_REVOKED_ON))
        return true;
    if (!paper_known(before, REGISTRATION_RESULT))
        return err_set(err, ERR_CONFLICT, "上一次提交还没有结果") || err_hint(err, "先填上一次的登记结果");
    return !paper_is(before, REGISTRATION_RESULT, "registered")
           || err_set(err, ERR_CONFLICT, "这份合同已经登记过") || err_hint(err, "同一合同只登记一次；改过的申请变更登记");
}

bool deal_step_fits(const struct deal_step *step, const struct deal_file *file, const struct deal_bridge *bridge)
{
    struct err ignored;

    if (step->paper == KIND_PROFIT && !deal_by_profit(file))
        return false;
    return may_be_sent(step, file, &ignored) && file->deal.status == RECORD_OPEN && bridge->at < PIER_COUNT && (step->piers >> bridge->at & 1)
           && (step->how != STEP_AMEND || to_amend(step, file, 0));
}

bool deal_step_may(const struct deal_step *step, const struct actor *actor, const struct object *object, struct err *err)
{
    struct err ignored;

    if (step->agency && may(actor, ACT_REGISTER, object, &ignored))
        return true;
    return may(actor, ACT_SEE, object, err) && may(actor, step->action, object, err);
}

/* --- taking one --- */

void deal_order_init(struct deal_order *order, const struct law *law, const struct actor *actor,
                     const struct deal_step *step, struct slice request_id)
{
    *order = (struct deal_order){.actor = actor, .law = law, .time_ms = clock_ms(), .step = step};
    for (size_t i = 0; i < 2; i++)
        order->new_ids[i] = ident_next(order->time_ms);
    seal_random(order->salts, sizeof order->salts);
    attachment_set_init(&order->files, order->time_ms);
    snprintf(order->request_id, sizeof order->request_id, "%.*s",
             (int)(request_id.len < LEAF_REQUEST ? request_id.len : LEAF_REQUEST), request_id.at ? request_id.at : "");
}

static bool not_there_yet(const struct deal_draft *draft, const struct deal_bridge *bridge, struct err *err)
{
    const struct deal_step *step = draft->order->step;
    const struct pier_state *state = bridge->at < PIER_COUNT ? &bridge->piers[bridge->at] : NULL;

    if (draft->now->deal.status == RECORD_CLOSED)
        return err_set(err, ERR_CONFLICT, "这个项目已经结项或终止") || err_hint(err, "卷宗只能看，不能再办");
    if (!may_be_sent(step, draft->now, err))
        return false;
    err_set(err, ERR_CONFLICT, "现在还不能%s", step->label);
    if (!state || !state->missing.code)
        return false;
    return state->article[0] ? err_hint(err, "%s；依据：%s", state->missing.message, state->article)
                             : err_because(err, &state->missing);
}

static void paper_begin(struct deal_draft *draft)
{
    const struct deal_order *order = draft->order;
    const struct deal_step *step = order->step;
    struct record *paper = &draft->paper;

    if (step->how == STEP_AMEND)
        *paper = *draft->prior;
    else
        *paper = (struct record){.kind = deal_step_kind(step), .id = order->new_ids[0], .owner = draft->now->deal.owner};
    paper->author = order->actor->account;
    memcpy(paper->salts, order->salts[1], sizeof paper->salts);
    if (step->how == STEP_AMEND)
        return;
    paper->values[PAPER_DEAL] = (struct value){.known = true, .number = draft->now->deal.id};
    paper->values[PAPER_NO] = (struct value){.known = true, .number = (int64_t)draft->now->count[step->paper] + 1};
    paper->values[PAPER_TERMS] = (struct value){.known = true, .number = paper_number(&draft->now->deal, DEAL_TERMS)};
}

/* What is the program's own to write nobody types. */
static bool fields_read(struct deal_draft *draft, struct err *err)
{
    struct deal_order *order = draft->order;
    struct record *into = order->step->how == STEP_TERMS ? &draft->deal : &draft->paper;
    struct slice typed[FIELDS_MAX] = {{0}};

    if (!into->kind)
        return true;
    for (size_t i = 0; i < into->kind->count; i++)
        if (deal_step_field(order->step, i))
            typed[i] = order->typed[i];
    if (record_check(into, typed, true, draft->arena, &order->complaints))
        return true;
    *err = order->complaints.list[0].err;
    return err_field(err, order->complaints.list[0].field->name);
}

/* The file as it would stand after the step. */
static void imagine(struct deal_draft *draft)
{
    enum kind_id kind = draft->order->step->paper;
    struct record *list;

    draft->after = *draft->now;
    draft->after.deal = draft->deal;
    if (!draft->paper.kind)
        return;
    list = arena_alloc(draft->arena, (draft->now->count[kind] + 1) * sizeof *list);
    if (draft->now->count[kind])
        memcpy(list, draft->now->papers[kind], draft->now->count[kind] * sizeof *list);
    draft->after.papers[kind] = list;
    if (!draft->prior) {
        list[draft->after.count[kind]++] = draft->paper;
        return;
    }
    for (size_t i = 0; i < draft->after.count[kind]; i++)
        if (list[i].id == draft->paper.id) {
            list[i] = draft->paper;
            list[i].from_leaf = INT64_MAX; /* newer than all that is there: a registration is overtaken by it, or no more */
        }
}

/* --- the gate --- */

static bool stops(const struct answer *answer)
{
    return answer->verdict == RULE_NO || answer->verdict == RULE_UNKNOWN;
}

static bool refuse(struct deal_order *order, const struct answer *answers, size_t count, struct err *err)
{
    const struct answer *first = NULL;

    order->refusal.answers = arena_alloc(order->arena, count * sizeof *answers);
    for (size_t i = 0; i < count; i++)
        if (stops(&answers[i]))
            order->refusal.answers[order->refusal.count++] = answers[i];
    for (size_t i = 0; i < order->refusal.count; i++)
        if (!first || (first->verdict == RULE_UNKNOWN && order->refusal.answers[i].verdict == RULE_NO))
            first = &order->refusal.answers[i];
    if (!first)
        return true;
    if (first->verdict == RULE_NO)
        err_set(err, ERR_CONFLICT, "%.*s", (int)first->says.len, first->says.at);
    else
        err_set(err, ERR_CONFLICT, "“%.200s”还缺事实：%.120s", first->rule->title, first->ask_count ? first->asks[0]->label : "");
    if (first->rule->article_count)
        err_hint(err, "依据：%.120s %.60s（规则 %.40s）", first->rule->articles[0].document, first->rule->articles[0].number,
                 first->rule->id);
    return false;
}

static void ruling_fill(struct deal_draft *draft, const struct answer *answers, size_t count, struct record *ruling)
{
    const struct deal_order *order = draft->order;
    char day[CLOCK_TEXT];
    struct text lines;

    *ruling = (struct record){.kind = &kind_ruling, .id = order->new_ids[1], .owner = draft->now->deal.owner,
                              .author = order->actor->account};
    memcpy(ruling->salts, order->salts[2], sizeof ruling->salts);
    text_init(&lines);
    for (size_t i = 0; i < count; i++)
        answer_line(&answers[i], &lines);
    ruling->values[PAPER_DEAL] = (struct value){.known = true, .number = draft->now->deal.id};
    ruling->values[PAPER_NO] = (struct value){.known = true, .number = (int64_t)draft->now->count[KIND_RULING] + 1};
    ruling->values[PAPER_TERMS] = (struct value){.known = true, .number = paper_number(&draft->deal, DEAL_TERMS)};
    ruling->values[RULING_STEP] = (struct value){.known = true, .text = slice_of(order->step->name)};
    ruling->values[RULING_ON] =
        (struct value){.known = true, .text = arena_copy(draft->arena, slice_of(clock_show_day(order->time_ms, day)))};
    ruling->values[RULING_RULES] = (struct value){.known = lines.len > 0, .text = arena_copy(draft->arena, text_slice(&lines))};
    text_release(&lines);
}

/* ruling->kind stays NULL where no rule stands at the gate. */
static bool pass_gate(struct deal_draft *draft, struct record *ruling, struct err *err)
{
    struct deal_order *order = draft->order;
    struct answer *answers;
    struct fact *facts;
    size_t count, fact_count;

    if (!order->step->gate || draft->ungated)
        return true;
    if (!deal_facts(order->law, &draft->after, draft->arena, &facts, &fact_count, err)
        || !rule_gate(order->law->book, order->step->gate, draft->now->region, draft->now->today, facts, fact_count,
                      order->arena, &answers, &count, err)
        || !refuse(order, answers, count, err))
        return false;
    if (count)
        ruling_fill(draft, answers, count, ruling);
    return true;
}

/* --- writing --- */

static bool put_paper(struct sql *sql, const struct deal_order *order, struct record *record, const struct record *prior,
                      uint8_t part, struct err *err)
{
    char action[LEAF_WORD + 1];
    struct record_event event = {.action = action, .request_id = order->request_id, .part = part, .time_ms = order->time_ms,
                                 .actor = actor_is_program(order->actor) ? NULL : order->actor->pseudonym};

    snprintf(action, sizeof action, "deal.%s", order->step->name);
    return record_put(sql, record, prior, &event, err);
}

static bool pier_write(struct deal_draft *draft, struct err *err)
{
    static const char *const ends[] = {"closed", "dropped"};
    struct deal_bridge bridge;
    bool ended = draft->order->step->how == STEP_END, dropped = strcmp(draft->order->step->name, "drop") == 0;
    const char *code;

    draft->after.deal = draft->deal;
    if (!deal_look(draft->order->law, &draft->after, &bridge, err))
        return false;
    code = ended ? ends[dropped] : bridge.at < PIER_COUNT ? pier_code((enum pier)bridge.at) : "close";
    draft->deal.values[DEAL_PIER] = (struct value){.known = true, .text = slice_of(code)};
    return true;
}

/* Behind the ruling: with the paper that the step writes, or else with the deal. */
static bool files_put(struct sql *sql, const struct deal_draft *draft, struct err *err)
{
    const struct deal_order *order = draft->order;
    const struct record *paper = draft->paper.kind ? &draft->paper : &draft->deal;
    struct attachment_place place = {.actor = order->actor, .request_id = order->request_id, .part = 3,
                                     .time_ms = order->time_ms, .deal = &draft->deal, .paper = slice_of(paper->kind->name),
                                     .paper_no = draft->paper.kind ? paper_number(paper, PAPER_NO) : 0,
                                     .there = draft->now->papers[KIND_ATTACHMENT],
                                     .there_count = draft->now->count[KIND_ATTACHMENT]};
    size_t put;

    return attachment_put(sql, &place, &order->files, &put, err);
}

/* The deal's leaf is part 0: by it a repeated request is known. */
static bool write_all(struct sql *sql, struct deal_draft *draft, struct record *ruling, struct err *err)
{
    struct deal_order *order = draft->order;
    struct record *deal = &draft->deal;

    deal->values[DEAL_PAPERS] = (struct value){.known = true, .number = paper_number(deal, DEAL_PAPERS) + 1};
    deal->author = order->actor->account;
    memcpy(deal->salts, order->salts[0], sizeof deal->salts);
    if (!pier_write(draft, err) || !put_paper(sql, order, deal, &draft->now->deal, 0, err)
        || (draft->paper.kind && !put_paper(sql, order, &draft->paper, draft->prior, 1, err))
        || (ruling->kind && !put_paper(sql, order, ruling, NULL, 2, err)) || !files_put(sql, draft, err))
        return false;
    order->done_ver = deal->ver;
    return true;
}

/* A paper is not written again as it was. */
static bool amends(const struct deal_draft *draft, struct err *err)
{
    const struct record *paper = &draft->paper;

    if (!draft->prior)
        return true;
    for (size_t i = 0; i < paper->kind->count; i++)
        if (!value_same(&paper->kind->fields[i], &paper->values[i], &draft->prior->values[i]))
            return true;
    return err_set(err, ERR_INVALID, "什么也没有改") || err_hint(err, "改了再提交");
}

static bool prepare(struct deal_draft *draft, struct err *err)
{
    const struct deal_step *step = draft->order->step;

    draft->deal = draft->now->deal;
    if (step->how == STEP_AMEND) {
        draft->prior = to_amend(step, draft->now, draft->order->paper);
        if (!draft->prior)
            return err_set(err, ERR_CONFLICT, "没有可以%s的文书", step->label)
                   || err_hint(err, "请重新打开页面看最新的卷宗") || err_field(err, "paper");
    }
    if (step->gate && draft->now->count[KIND_RULING] >= RECORD_PAPERS)
        return err_set(err, ERR_CONFLICT, "%s已有 %d 份，不能再加", kind_ruling.label, RECORD_PAPERS);
    if (step->how == STEP_ADD && draft->now->count[step->paper] >= RECORD_PAPERS)
        return err_set(err, ERR_CONFLICT, "%s已有 %d 份，不能再加", deal_step_kind(step)->label, RECORD_PAPERS);
    if (step->how == STEP_ADD || step->how == STEP_AMEND)
        paper_begin(draft);
    if (step->how == STEP_END)
        draft->deal.status = RECORD_CLOSED;
    return fields_read(draft, err) && amends(draft, err) && (!step->check || step->check(draft, err));
}

static bool allowed(struct sql *sql, const struct deal_draft *draft, const struct deal_bridge *bridge, struct err *err)
{
    const struct deal_order *order = draft->order;
    struct object object;

    if (!object_of(sql, &draft->now->deal, order->actor, &object, err) || !deal_step_may(order->step, order->actor, &object, err))
        return false;
    if (order->ver != draft->now->deal.ver) {
        draft->order->stands_ver = draft->now->deal.ver;
        err_set(err, ERR_CONFLICT, "刚有人先办了一步");
        err_hint(err, "请重新打开页面，在最新的卷宗上办；ver 写所见的版次");
        return err_field(err, "ver");
    }
    return deal_step_fits(order->step, draft->now, bridge) || not_there_yet(draft, bridge, err);
}

/* With write false everything but the writing: it reads alone. */
static bool take(struct sql *sql, struct deal_order *order, bool write, struct arena *arena, struct err *err)
{
    struct deal_file now;
    struct deal_bridge bridge;
    struct deal_draft draft = {.order = order, .now = &now, .arena = arena};
    struct record ruling = {0};

    if (!deal_load(sql, order->deal, day_of_ms(order->time_ms), arena, &now, err)
        || !deal_look(order->law, &now, &bridge, err) || !allowed(sql, &draft, &bridge, err) || !prepare(&draft, err)
        || !licence_fits(sql, &draft, err))
        return false;
    imagine(&draft);
    return names_known(sql, &draft, err) && pass_gate(&draft, &ruling, err)
           && (!write || write_all(sql, &draft, &ruling, err));
}

static bool done_before(struct sql *sql, struct deal_order *order, struct err *err)
{
    char action[LEAF_WORD + 1];
    struct leaf leaf;
    bool done;

    if (!order->request_id[0])
        return true;
    if (!ledger_request(sql, slice_of(order->request_id), &leaf, &done, err))
        return false;
    if (!done)
        return true;
    snprintf(action, sizeof action, "deal.%s", order->step->name);
    if (strcmp(leaf.action, action) != 0 || leaf.object != order->deal
        || memcmp(leaf.actor, order->actor->pseudonym, LEAF_ACTOR) != 0)
        return order_taken(err);
    order->repeated = true;
    order->done_ver = leaf.version;
    return true;
}

bool deal_step_run(struct sql *sql, void *arg, struct err *err)
{
    struct deal_order *order = arg;
    struct arena arena;
    bool ok;

    err_clear(err);
    order->repeated = false;
    order->stands_ver = 0;
    order->complaints.count = 0;
    order->refusal = (struct deal_refusal){0};
    if (!done_before(sql, order, err))
        return false;
    if (order->repeated)
        return true;
    arena_init(&arena);
    ok = take(sql, order, true, &arena, err);
    arena_release(&arena);
    return ok;
}

bool deal_step_try(struct sql *sql, struct deal_order *order, struct err *err)
{
    struct arena arena;
    bool ok;

    arena_init(&arena);
    ok = take(sql, order, false, &arena, err);
    arena_release(&arena);
    return ok;
}
