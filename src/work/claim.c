/*
 * An application for what a policy gives (政策兑现). It is begun by the firm, or by an officer's notice where verified facts say that the
 * firm is due (免申即享); the rule decides, in the version and over the facts of the day of application: what was sent in time counts
 * although the days of application are over or the policy has changed when it is decided. What the rule said is kept as a finding.
 */
#include "work/claim.h"

#include "base/clock.h"
#include "base/money.h"
#include "base/text.h"
#include "base/utf8.h"
#include "record/claim.h"
#include "work/benefit.h"
#include "work/lineage.h"
#include "work/matter_int.h"
#include "work/submit.h"

enum { PROGRAM_MOST = 120 /* characters */ };
enum side { FIRM, OFFICE };
enum state { NOTIFIED, APPLIED, LACKING, ACCEPTED, GRANTED, REFUSED, OBJECTED, PAID, UPHELD, WITHDRAWN };

#define OURS N_("本平台约定")

static const struct matter_side sides[] = {
    [FIRM] = {"firm", "企业", "Firm", SIDE_OWNER},
    [OFFICE] = {"office", "主管部门", "Office", SIDE_OFFICERS},
};

static const struct matter_state states[] = {
    [NOTIFIED] = {"notified", "已通知，待确认领取", "Notified", SIDE(FIRM), 20, OURS, false},
    [APPLIED] = {"applied", "已申请，待受理", "Applied", SIDE(OFFICE), 5, OURS, false},
    [LACKING] = {"lacking", "待补正", "To be mended", SIDE(FIRM), 10, OURS, false},
    [ACCEPTED] = {"accepted", "已受理，待决定", "Under decision", SIDE(OFFICE), 20, OURS, false},
    [GRANTED] = {"granted", "已核定，待兑付", "Granted", SIDE(OFFICE), 15, OURS, false},
    [REFUSED] = {"refused", "不予兑现", "Refused", 0, 0, NULL, true},
    [OBJECTED] = {"objected", "有异议，复核中", "Objected, under review", SIDE(OFFICE), 15, OURS, false},
    [PAID] = {"paid", "已兑付", "Paid", 0, 0, NULL, true},
    [UPHELD] = {"upheld", "复核维持不予兑现", "Refusal upheld", 0, 0, NULL, true},
    [WITHDRAWN] = {"withdrawn", "已撤回", "Withdrawn", 0, 0, NULL, true},
};

/* --- what the rule says --- */

/* The benefit as of a day: its policy's rule then, over the facts as they stood then as far as they are known now. */
static bool benefit_on(struct matter_draft *draft, int32_t day, struct benefit *benefit, struct err *err)
{
    const struct law *law = draft->order->law;
    struct record policy;
    struct fact *facts;
    size_t count;

    if (!record_get(draft->sql, &kind_policy, matter_number(&draft->matter, BENEFIT_POLICY), draft->arena, &policy, err))
        return false;
    if (!policy.values[POLICY_RULE].known)
        return err_set(err, ERR_CONFLICT, "这项政策还没有写成规则，不能在线申请") || err_hint(err, "照政策页上的“怎么办”去办");
    /* An application made before keeps to the rule that it was made under, though the policy names another by now. */
    if (matter_known(&draft->matter, BENEFIT_RULE) && matter_known(&draft->was, BENEFIT_SENT_ON))
        policy.values[POLICY_RULE] = draft->matter.values[BENEFIT_RULE];
    return facts_of_party(draft->sql, law, draft->matter.owner, day, draft->arena, &facts, &count, err)
           && benefit_ask(law, &policy, draft->region ? (int32_t)draft->region : REGION_NATION, day, facts, count, draft->arena, benefit, err);
}

/* The one of this policy, firm and period that there is already; 0. */
static bool claim_there(struct matter_draft *draft, int64_t *id, struct err *err)
{
    return record_find(draft->sql, &kind_claim, record_key(&draft->matter, draft->arena), id, err);
}

static bool begin_fill(struct matter_draft *draft, const struct benefit *benefit, const char *way, struct err *err)
{
    struct record *matter = &draft->matter;
    int64_t there;

    matter_set_number(matter, BENEFIT_PERIOD, benefit->period);
    matter_set_text(matter, BENEFIT_RULE, benefit->policy.values[POLICY_RULE].text);
    matter_set_text(matter, BENEFIT_WAY, slice_of(way));
    matter_set_day(matter, BENEFIT_SENT_ON, draft->today, draft->arena);
    matter->values[BENEFIT_EXPECTED] = (struct value){.known = benefit->amount_known && benefit->answer.verdict == RULE_YES,
                                                    .number = benefit->amount};
    matter_set_text(matter, MATTER_TITLE, arena_copy(draft->arena, benefit->policy.values[POLICY_TITLE].text));
    if (!claim_there(draft, &there, err))
        return false;
    if (!there || there == matter->id)
        return true;
    err_set(err, ERR_CONFLICT, "这项政策本期已经有一件");
    return err_hint(err, "编号 %lld，在“政策兑现”里接着办；一家企业一项政策一个年度只有一件", (long long)there);
}

/* --- the firm applies --- */

static bool window_open(const struct benefit *benefit, struct err *err)
{
    if (!benefit->closed)
        return true;
    return err_set(err, ERR_CONFLICT, "不在申报期内") || err_hint(err, "期内提交的，期后办理也算；错过的等下一期");
}

/* To ask is open to everybody: who is told no by the facts that are known says why these are wrong. */
static bool worth_asking(const struct matter_draft *draft, const struct benefit *benefit, struct err *err)
{
    bool no = benefit->answer.verdict == RULE_NO || benefit->answer.verdict == RULE_NOT_APPLICABLE;
    struct slice says = benefit->answer.says;

    if (!no || matter_known(&draft->matter, BENEFIT_DISPUTE))
        return true;
    if (benefit->answer.verdict == RULE_NO)
        MATTER_WRONG(err, &kind_claim, BENEFIT_DISPUTE, "按现有事实不符合：%.*s", (int)says.len, says.at);
    else
        MATTER_WRONG(err, &kind_claim, BENEFIT_DISPUTE, "按现有事实，这项政策不适用于本单位");
    return err_hint(err, "认为事实有误的，写明哪一项、为什么，再提交");
}

static bool apply_check(struct matter_draft *draft, struct err *err)
{
    struct benefit benefit;

    return benefit_on(draft, draft->today, &benefit, err) && window_open(&benefit, err)
           && worth_asking(draft, &benefit, err) && begin_fill(draft, &benefit, "applied", err);
}

/* As new, by the rule and the facts of today. */
static bool again_check(struct matter_draft *draft, struct err *err)
{
    int64_t period = matter_number(&draft->was, BENEFIT_PERIOD);

    draft->matter.values[BENEFIT_RULE].known = false;
    for (size_t field = BENEFIT_LACKS; field <= BENEFIT_DECIDED_ON; field++)
        draft->matter.values[field] = (struct value){.known = false};
    if (!apply_check(draft, err))
        return false;
    return matter_number(&draft->matter, BENEFIT_PERIOD) == period
           || err_set(err, ERR_CONFLICT, "这件是 %lld 年度的，已经过期", (long long)period) || err_hint(err, "请从政策页重新申请本年度的");
}

/* --- an officer tells a firm that it is due --- */

static bool notify_check(struct matter_draft *draft, struct err *err)
{
    struct benefit benefit;

    if (!benefit_on(draft, draft->today, &benefit, err))
        return false;
    if (benefit.automatic)
        return begin_fill(draft, &benefit, "notified", err);
    if (benefit.answer.verdict != RULE_YES)
        return err_set(err, ERR_CONFLICT, "按现有事实，这家企业不符合这项政策");
    err_set(err, ERR_CONFLICT, "只有自行填报的事实，不能免申即享");
    return err_hint(err, "先由部门名单或证照核实：%s", benefit.unverified_count ? benefit.unverified[0]->label : "");
}

/* --- the office decides --- */

static const char *source_word(const struct fact *fact)
{
    static const char *const words[] = {[FACT_DECLARED] = N_("自行填报"), [FACT_CERTIFICATE] = N_("证照"), [FACT_DEPARTMENT] = N_("部门名单")};

    return words[fact->source];
}

/* "研发费用 300 万元（部门名单）", a line each. */
static void rests_fill(struct matter_draft *draft, const struct benefit *benefit)
{
    struct text lines;

    text_init(&lines);
    for (size_t i = 0; i < benefit->rest_count; i++) {
        const struct rule_fact *of = rulebook_fact(draft->order->law->book, slice_of(benefit->rests[i]->name));

        if (strcmp(of->name, "today") != 0)
            text_print(&lines, "%s%s %s（%s）", lines.len ? "\n" : "", of->label, fact_show(of, benefit->rests[i], draft->arena),
                       source_word(benefit->rests[i]));
    }
    matter_set_text(&draft->matter, BENEFIT_RESTS_ON, arena_copy(draft->arena, text_slice(&lines)));
    text_release(&lines);
}

static bool finding_keep(struct matter_draft *draft, const struct benefit *benefit, struct err *err)
{
    struct record finding = {.kind = &kind_finding, .owner = draft->matter.owner};
    struct text line;

    text_init(&line);
    answer_line(&benefit->answer, &line);
    matter_set_text(&finding, FINDING_STEP, slice_of(draft->order->step->name));
    matter_set_text(&finding, FINDING_RULES, arena_copy(draft->arena, text_slice(&line)));
    text_release(&line);
    return matter_also_entry(draft, &finding, 0, err) != NULL;
}

static void refuse(struct matter_draft *draft, const struct benefit *benefit, int into)
{
    const struct rule_article *article = benefit->rule->article_count ? &benefit->rule->articles[0] : NULL;
    struct slice says = benefit->answer.verdict == RULE_NO ? benefit->answer.says : SLICE("这项政策不适用于本单位");

    matter_set_text(&draft->matter, BENEFIT_REASON,
                    slice_of(arena_print(draft->arena, "%.*s（%s %s；规则 %s）", (int)says.len, says.at, article ? article->document : "",
                                         article ? article->number : "", benefit->rule->id)));
    draft->matter.values[BENEFIT_AMOUNT] = (struct value){.known = false};
    matter_enter(draft, draft->sort, &draft->matter, into);
}

static void grant(struct matter_draft *draft, const struct benefit *benefit)
{
    matter_set_number(&draft->matter, BENEFIT_AMOUNT, benefit->amount);
    draft->matter.values[BENEFIT_REASON] = (struct value){.known = false};
    matter_enter(draft, draft->sort, &draft->matter, GRANTED);
}

/* What is not known, or two offices say differently, is cleared up first: nobody decides over it. */
static bool decidable(struct matter_draft *draft, const struct benefit *benefit, struct err *err)
{
    if (benefit->wrong)
        return err_set(err, ERR_CONFLICT, "按现有事实算不出来：%s", benefit->why.message) || err_hint(err, "请先更正有关的事实");
    for (size_t i = 0; i < benefit->rest_count; i++)
        if (benefit->rests[i]->doubt == FACT_CONTRADICTED) {
            err_set(err, ERR_CONFLICT, "两个部门给的“%s”不一致", rulebook_fact(draft->order->law->book, slice_of(benefit->rests[i]->name))->label);
            return err_hint(err, "先与两个部门核实，重新导入正确的名单，再决定");
        }
    if (benefit->answer.verdict == RULE_UNKNOWN || (benefit->answer.verdict == RULE_YES && !benefit->amount_known)) {
        err_set(err, ERR_CONFLICT, "还缺事实，不能决定：%s", benefit->answer.ask_count ? benefit->answer.asks[0]->label : "");
        return err_hint(err, "请企业在“企业事实”里补报，或由部门名单导入");
    }
    if (benefit->answer.verdict == RULE_YES && !benefit->automatic && slice_is(matter_text(&draft->matter, BENEFIT_WAY), "notified")) {
        err_set(err, ERR_CONFLICT, "依据的事实变了，已不能免申即享：%s", benefit->unverified_count ? benefit->unverified[0]->label : "");
        return err_hint(err, "先核实这项事实，再决定");
    }
    return true;
}

/* Taken in is a claim by any officer of its place; what the policy gives is granted by those whose policy it is. */
static bool policy_read(struct matter_draft *draft, struct record *policy, int64_t *department, struct err *err)
{
    struct slice issuer;

    *department = 0;
    if (!record_get(draft->sql, &kind_policy, matter_number(&draft->matter, BENEFIT_POLICY), draft->arena, policy, err))
        return false;
    issuer = matter_text(policy, POLICY_ISSUER);
    return !issuer.len || party_resolve(draft->sql, issuer, department, err);
}

static bool office_decides(struct matter_draft *draft, struct err *err)
{
    struct record policy;
    int64_t department;

    return policy_read(draft, &policy, &department, err) && matter_decides(draft, matter_text(&policy, POLICY_REGION), department, err);
}

static bool decide(struct matter_draft *draft, int refused, struct err *err)
{
    struct benefit benefit;

    if (!office_decides(draft, err) || !benefit_on(draft, matter_day(&draft->matter, BENEFIT_SENT_ON), &benefit, err) || !decidable(draft, &benefit, err))
        return false;
    matter_set_day(&draft->matter, BENEFIT_DECIDED_ON, draft->today, draft->arena);
    rests_fill(draft, &benefit);
    if (benefit.answer.verdict == RULE_YES)
        grant(draft, &benefit);
    else
        refuse(draft, &benefit, refused);
    return finding_keep(draft, &benefit, err);
}

static bool decide_check(struct matter_draft *draft, struct err *err)
{
    return decide(draft, REFUSED, err);
}

static bool review_check(struct matter_draft *draft, struct err *err)
{
    return decide(draft, UPHELD, err);
}

/*
 * The objection does not hold: what was decided stands. Needed where the refusal was for a reason beyond the rule, which the rule would
 * overturn, and where the facts cannot be cleared up.
 */
static bool uphold_check(struct matter_draft *draft, struct err *err)
{
    matter_enter(draft, draft->sort, &draft->matter, matter_known(&draft->was, BENEFIT_AMOUNT) ? GRANTED : UPHELD);
    return office_decides(draft, err);
}

static bool dismiss_check(struct matter_draft *draft, struct err *err)
{
    if (!office_decides(draft, err))
        return false;
    if (!matter_known(&draft->matter, BENEFIT_REASON))
        return MATTER_WRONG(err, &kind_claim, BENEFIT_REASON, "请写明理由和依据");
    draft->matter.values[BENEFIT_AMOUNT] = (struct value){.known = false};
    matter_set_day(&draft->matter, BENEFIT_DECIDED_ON, draft->today, draft->arena);
    return true;
}

/*
 * What is paid is public money and stands in its lineage: as paid by the department that issued the policy, or that of the officer, where
 * it is entered here. Where neither is, nobody can be named as its payer.
 */
static bool flow_write(struct matter_draft *draft, struct err *err)
{
    const struct record *claim = &draft->matter;
    struct lineage_payment paid = {
        .payee = claim->owner, .amount = matter_number(claim, BENEFIT_AMOUNT), .sort = "grant", .on = matter_text(claim, BENEFIT_PAID_ON),
        .purpose = SLICE("政策兑现"), .voucher = matter_text(claim, BENEFIT_VOUCHER)};
    struct record policy;
    bool public;

    if (!policy_read(draft, &policy, &paid.payer, err) || !public_body(draft->sql, paid.payer, draft->arena, &public, err))
        return false;
    if (!public) {
        paid.payer = draft->order->actor->party;
        if (!public_body(draft->sql, paid.payer, draft->arena, &public, err))
            return false;
    }
    if (!public || !paid.amount)
        return true;
    paid.program = utf8_head(matter_text(&policy, POLICY_TITLE), PROGRAM_MOST);
    paid.title = matter_text(claim, MATTER_TITLE);
    return lineage_paid(draft, &paid, err);
}

static bool pay_check(struct matter_draft *draft, struct err *err)
{
    int32_t paid = matter_day(&draft->matter, BENEFIT_PAID_ON);

    if (!office_decides(draft, err))
        return false;
    if (paid > draft->today)
        return MATTER_WRONG(err, &kind_claim, BENEFIT_PAID_ON, "兑付日在今天之后") || err_hint(err, "付出去之后再记");
    if (paid < matter_day(&draft->matter, BENEFIT_DECIDED_ON))
        return MATTER_WRONG(err, &kind_claim, BENEFIT_PAID_ON, "兑付日在决定日之前") || err_hint(err, "请核对日期");
    return flow_write(draft, err);
}

#define ASKED "name phone payee words dispute"

static const struct matter_step steps[] = {
    {"apply", "申请", "Apply", N_("按已有的事实申请，已知的不用再填；期内提交就算数"), MATTER_NEW, APPLIED, SIDE(FIRM), "policy " ASKED, "words dispute", MATTER_MOVE, NULL, NULL,
     NULL, apply_check, NULL, NULL},
    {"notify", "通知领取", "Notify", N_("免申即享：核实过的事实都符合，通知企业确认领取"), MATTER_NEW, NOTIFIED, SIDE(OFFICE), "policy", NULL, MATTER_MOVE, NULL, NULL, NULL, notify_check,
     NULL, NULL},
    {"take", "确认领取", "Take it", N_("写明收款账号，不用再交材料"), STATE(NOTIFIED), ACCEPTED, SIDE(FIRM), "name phone payee", NULL, MATTER_MOVE, NULL, NULL, NULL, NULL,
     NULL, NULL},
    {"accept", "受理", "Accept", N_("材料齐了，进入审核"), STATE(APPLIED), ACCEPTED, SIDE(OFFICE), NULL, NULL, MATTER_MOVE, NULL, NULL, NULL, NULL, NULL, NULL},
    {"return", "退回补正", "Ask to mend", N_("一次写全缺什么"), STATE(APPLIED) | STATE(ACCEPTED), LACKING, SIDE(OFFICE), "lacks", NULL, MATTER_MOVE, NULL, NULL, NULL, NULL,
     NULL, NULL},
    {"supply", "补正", "Mend", N_("补上所缺的，申请日不变"), STATE(LACKING), APPLIED, SIDE(FIRM), "supplied", NULL, MATTER_MOVE, NULL, NULL, NULL, NULL, NULL, NULL},
    {"decide", "按规则决定", "Decide by the rule", N_("按申请日的规则和事实算出给不给、给多少，并留下依据"), STATE(ACCEPTED), MATTER_SAME, SIDE(OFFICE), NULL, NULL, MATTER_MOVE, NULL, NULL, NULL,
     decide_check, NULL, NULL},
    {"dismiss", "不予兑现", "Refuse", N_("材料不实等规则以外的理由，必须写明；已核定还没有兑付的也随之撤销"), STATE(ACCEPTED) | STATE(GRANTED), REFUSED, SIDE(OFFICE), "reason", NULL, MATTER_MOVE, NULL, NULL, NULL, dismiss_check, NULL,
     NULL},
    {"pay", "记兑付", "Enter the payment", N_("付出去的日期和凭证号"), STATE(GRANTED), PAID, SIDE(OFFICE), "paid_on voucher", NULL, MATTER_MOVE, NULL, NULL, NULL, pay_check, NULL, NULL},
    {"object", "提出异议", "Object", N_("对核定金额或不予兑现有异议"), STATE(GRANTED) | STATE(REFUSED), OBJECTED, SIDE(FIRM), "objection", NULL, MATTER_MOVE, NULL, NULL, NULL, NULL,
     NULL, NULL},
    {"review", "复核", "Review", N_("按更正后的事实重新算一遍，写明意见"), STATE(OBJECTED), MATTER_SAME, SIDE(OFFICE), "review", NULL, MATTER_MOVE, NULL, NULL, NULL, review_check, NULL, NULL},
    {"uphold", "异议不成立，维持原决定", "Uphold", N_("写明意见：核定的金额或者不予兑现不变"), STATE(OBJECTED), MATTER_SAME, SIDE(OFFICE), "review", NULL, MATTER_MOVE, NULL, NULL, NULL,
     uphold_check, NULL, NULL},
    {"withdraw", "撤回", "Withdraw", N_("不再申请；期内可以再提出"), STATE(NOTIFIED) | STATE(APPLIED) | STATE(LACKING) | STATE(ACCEPTED), WITHDRAWN, SIDE(FIRM), NULL, NULL, MATTER_MOVE, NULL,
     NULL, NULL, NULL, NULL, NULL},
    {"again", "重新申请", "Apply again", N_("事实更正后，在申报期内重新提出"), STATE(WITHDRAWN) | STATE(REFUSED) | STATE(UPHELD), APPLIED, SIDE(FIRM), ASKED, "words dispute", MATTER_MOVE, NULL, NULL,
     NULL, again_check, NULL, NULL},
};

static const struct kind *const entries[] = {&kind_finding};

const struct matter_sort sort_claim = {
    .kind = &kind_claim,
    .about = N_("申请政策给的钱：规则定给不给、给多少，每一步有依据；免申即享的由部门先通知"),
    .empty = N_("还没有政策兑现。企业从“能享受的政策”里申请，部门从“政策落地”里通知。"),
    .sides = sides, .side_count = sizeof sides / sizeof *sides,
    .states = states, .state_count = sizeof states / sizeof *states,
    .steps = steps, .step_count = sizeof steps / sizeof *steps,
    .entries = entries, .entry_count = sizeof entries / sizeof *entries,
    .begins_at = "/benefits",
};

/* --- many notices at once --- */

bool claims_notify_step(struct sql *sql, void *arg, struct err *err)
{
    struct claim_batch *batch = arg;

    batch->sent = batch->passed = 0;
    for (size_t i = 0; i < batch->count; i++) {
        struct matter_order *order = &batch->orders[i];

        if (!matter_step_run(sql, order, err)) {
            /* One that applied meanwhile, or whose facts changed, is passed over: nothing of its notice was written. */
            if (err->code != ERR_CONFLICT)
                return false;
            err_clear(err);
            batch->passed++;
            continue;
        }
        batch->sent += !order->repeated;
    }
    return true;
}
