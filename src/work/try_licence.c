/*
 * A licence that is tried first and paid later (先用后付, R14): free use with milestones, what makes it paid, and how one leaves. It must not
 * cross another right: while an exclusive or sole licence of the achievement stands, no other is free to be given, and a patent under an
 * open licence is not licensed exclusively (专利法 §51, R13-1). What becomes paid goes on as a deal, whose steps are the law's own.
 */
#include "work/first_use.h"

#include "base/said.h"
#include "record/achievement.h"
#include "work/licence.h"
#include "work/pilot.h"

enum { LICENSEE, OWNER };

static const struct matter_side sides[] = {
    [LICENSEE] = {"licensee", "被许可方", "Licensee", TRY_FROM},
    [OWNER] = {"owner", "许可方", "Licensor", SIDE_OWNER},
};

#define HOUSE N_("本平台约定")

static const struct matter_state states[] = {
    [TRY_ASKED] = {"asked", "待答复", "Asked for", SIDE(OWNER), 10, HOUSE, false},
    [TRY_OFFERED] = {"offered", "待签", "Offered", SIDE(LICENSEE), 10, HOUSE, false},
    [TRY_FREE] = {"free", "免费使用中", "Free use", 0, 0, N_("合同约定的免费期"), false},
    [TRY_DUE] = {"due", "已转付费，待付款", "To be paid", SIDE(LICENSEE), 20, HOUSE, false},
    [TRY_PAID] = {"paid", "已付款，待转入转化项目", "To become a deal", SIDE(OWNER), 10, HOUSE, false},
    [TRY_CLOSED] = {"closed", "已转入转化项目", "Became a deal", 0, 0, NULL, true},
    [TRY_REFUSED] = {"refused", "许可方没有同意", "Not granted", 0, 0, NULL, true},
    [TRY_WITHDRAWN] = {"withdrawn", "被许可方撤回", "Withdrawn", 0, 0, NULL, true},
    [TRY_LEFT] = {"left", "已退出", "Ended", 0, 0, NULL, true},
};

/* --- no two rights across each other --- */

static bool rights_clear(struct matter_draft *draft, struct err *err)
{
    struct licences licences = {.achievement = matter_number(&draft->matter, TRY_ACHIEVEMENT), .on = draft->today, .but_try = draft->matter.id,
                                .licensee_name = SLICE("")};

    if (!licences_standing(draft->sql, &licences, err))
        return false;
    if (licences.alone)
        return err_set(err, ERR_CONFLICT, "这项成果正在独占或排他许可期内，不能再许可他人") || err_hint(err, "等那份许可期满或者解除");
    return !licences.all || !licence_alone(matter_text(&draft->matter, TRY_LICENCE))
           || MATTER_WRONG(err, &kind_try_licence, TRY_LICENCE, "已有 %lld 份许可在期内，不能再给独占或排他许可", (long long)licences.all)
           || err_hint(err, "改为普通许可");
}

/* --- the steps --- */

static bool ask_check(struct matter_draft *draft, struct err *err)
{
    struct record *licence = &draft->matter, achievement;

    if (!record_get(draft->sql, &kind_achievement, matter_number(licence, TRY_ACHIEVEMENT), draft->arena, &achievement, err))
        return false;
    if (achievement.status == RECORD_CLOSED)
        return err_set(err, ERR_CONFLICT, "这项成果已经关闭");
    if (!achievement.owner || achievement.owner == draft->order->actor->party)
        return err_set(err, ERR_CONFLICT, achievement.owner ? "这是本单位自己的成果" : "这项成果没有所属单位，无法送达");
    licence->owner = achievement.owner;
    matter_set_number(licence, TRY_FROM, draft->order->actor->party);
    matter_set_text(licence, MATTER_TITLE, achievement.values[kind_achievement.title].text);
    return true;
}

static bool offer_check(struct matter_draft *draft, struct err *err)
{
    const struct record *licence = &draft->matter;

    if (matter_day(licence, TRY_FREE_UNTIL) < matter_day(licence, TRY_FREE_FROM))
        return MATTER_WRONG(err, &kind_try_licence, TRY_FREE_UNTIL, "免费期的止日不能早于起日");
    return rights_clear(draft, err);
}

static bool mark_open(const struct record *entry)
{
    return !matter_known(entry, MARK_REACHED_ON);
}

static bool reached_check(struct matter_draft *draft, struct err *err)
{
    return matter_day(&draft->entry, MARK_REACHED_ON) <= draft->today
           || MATTER_WRONG(err, &kind_try_mark, MARK_REACHED_ON, "这一天还没有到");
}

static bool sign_check(struct matter_draft *draft, struct err *err)
{
    if (matter_day(&draft->was, TRY_FREE_UNTIL) < draft->today)
        return err_set(err, ERR_CONFLICT, "所提的免费期已经过去，不能再签") || err_hint(err, "撤回后重新请求，请许可方另定免费期");
    matter_set_due(&draft->matter, matter_day(&draft->was, TRY_FREE_UNTIL), draft->arena);
    return rights_clear(draft, err);
}

static bool trigger_check(struct matter_draft *draft, struct err *err)
{
    return matter_day(&draft->matter, TRY_TRIGGERED_ON) <= draft->today
           || MATTER_WRONG(err, &kind_try_licence, TRY_TRIGGERED_ON, "这一天还没有到");
}

/* An unpaid licence must not keep the achievement from others for good; but who is still in time is not cut off. */
static bool rescind_check(struct matter_draft *draft, struct err *err)
{
    return matter_late(&draft->was, draft->today) || err_set(err, ERR_CONFLICT, "付款期限还没有过") || err_hint(err, "期限过后仍没有付的，再解除");
}

static bool pay_check(struct matter_draft *draft, struct err *err)
{
    return matter_day(&draft->matter, TRY_PAID_ON) <= draft->today || MATTER_WRONG(err, &kind_try_licence, TRY_PAID_ON, "付款日还没有到");
}

/* The other party of a deal stands there by its id, or by its name alone. */
static const char deal_text[] =
    "SELECT id FROM deal WHERE achievement = ?1 AND (buyer_party = ?2 OR buyer = ?4) AND owner = ?3 AND to_leaf IS NULL ORDER BY id DESC LIMIT 1";

static bool link_check(struct matter_draft *draft, struct err *err)
{
    const struct record *was = &draft->was;
    int64_t deal, licensee = matter_number(was, TRY_FROM);
    bool found;

    if (!sql_one(draft->sql, deal_text,
                 SQL_ARGS(sql_int(matter_number(was, TRY_ACHIEVEMENT)), sql_int(licensee), sql_int(was->owner),
                          sql_text(record_title(draft->sql, &kind_party, licensee, draft->arena))), &deal, &found, err))
        return false;
    if (!found)
        return err_set(err, ERR_CONFLICT, "这项成果还没有以被许可方为受让方的转化项目") || err_hint(err, "先在成果的页面上发起转化，受让方写被许可方");
    matter_set_number(&draft->matter, TRY_DEAL, deal);
    return true;
}

/* --- what the rules are told --- */

/* As the licensor says, or as the patent office's table has it. */
static bool open_known(struct matter_draft *draft, bool *open, struct err *err)
{
    struct record achievement;

    *open = matter_number(&draft->matter, TRY_OPEN) != 0;
    if (*open)
        return true;
    if (!record_get(draft->sql, &kind_achievement, matter_number(&draft->matter, TRY_ACHIEVEMENT), draft->arena, &achievement, err))
        return false;
    return !achievement.values[ACHIEVEMENT_RIGHTS].known
           || licence_is_open(draft->sql, achievement.values[ACHIEVEMENT_RIGHTS].text, draft->arena, open, err);
}

static bool licence_facts(struct matter_draft *draft, struct fact **list, size_t *count, struct err *err)
{
    struct pilot_facts facts = {.list = arena_zero(draft->arena, PILOT_FACTS, sizeof *facts.list)};
    const struct record *licence = &draft->matter;
    bool open;

    if (!open_known(draft, &open, err))
        return false;
    fact_yes(&facts, "try_first", true);
    fact_yes(&facts, "term_free", matter_known(licence, TRY_FREE_UNTIL));
    fact_yes(&facts, "term_milestones", draft->file->counts[0] > 0);
    fact_yes(&facts, "term_trigger", matter_known(licence, TRY_TRIGGER));
    fact_yes(&facts, "term_exit", matter_known(licence, TRY_EXIT));
    fact_yes(&facts, "open_licensed", open);
    fact_code(&facts, "way", SLICE("license"));
    fact_code(&facts, "licence", matter_text(licence, TRY_LICENCE));
    *list = facts.list;
    *count = facts.count;
    return true;
}

static const struct matter_step steps[] = {
    {.name = "ask", .label = "请求先用后付", .label_en = "Ask for it", .does = N_("用在哪里、由谁用"),
     .from = MATTER_NEW, .to = TRY_ASKED, .by = SIDE(LICENSEE), .fields = "achievement used_for name phone", .check = ask_check},
    {.name = "mark", .label = "加一个里程碑", .label_en = "Add a milestone", .does = N_("免费期里要做到什么、到哪天"),
     .from = STATE(TRY_ASKED), .to = MATTER_SAME, .by = SIDE(OWNER), .fields = "name by_day", .how = MATTER_ADD, .entry = &kind_try_mark},
    {.name = "offer", .label = "提出条件", .label_en = "Offer terms", .does = N_("免费期、什么时候转为付费、价款、怎样退出；先列里程碑"),
     .from = STATE(TRY_ASKED), .to = TRY_OFFERED, .by = SIDE(OWNER), .fields = "free_from free_until pays_when price exit_terms licence open_licensed",
     .gate = "try_licence", .check = offer_check},
    {.name = "refuse", .label = "不许可", .label_en = "Refuse", .does = N_("每个“不”都要有理由，对方看得到"),
     .from = STATE(TRY_ASKED) | STATE(TRY_OFFERED), .to = TRY_REFUSED, .by = SIDE(OWNER), .fields = "refusal refusal_why"},
    {.name = "sign", .label = "签约，开始免费使用", .label_en = "Sign", .does = N_("写合同编号；到免费期满"),
     .from = STATE(TRY_OFFERED), .to = TRY_FREE, .by = SIDE(LICENSEE), .fields = "contract", .check = sign_check},
    {.name = "reached", .label = "里程碑达到", .label_en = "Milestone reached", .does = N_("哪天、凭什么"),
     .from = STATE(TRY_FREE), .to = MATTER_SAME, .by = SIDE(LICENSEE), .fields = "reached_on proof digest", .seldom = "digest", .how = MATTER_AMEND,
     .entry = &kind_try_mark, .amendable = mark_open, .check = reached_check},
    {.name = "convert", .label = "转为付费", .label_en = "It becomes paid", .does = N_("条件已经成就：哪天、怎样成就的"),
     .from = STATE(TRY_FREE), .to = TRY_DUE, .by = SIDE(LICENSEE) | SIDE(OWNER), .fields = "triggered_on triggered_why", .check = trigger_check},
    {.name = "pay", .label = "付款", .label_en = "Pay", .does = N_("按约定的价款；付款凭证号"),
     .from = STATE(TRY_DUE), .to = TRY_PAID, .by = SIDE(LICENSEE), .fields = "paid_on payment", .check = pay_check},
    {.name = "link", .label = "转入转化项目", .label_en = "Link the deal", .does = N_("收益分配、登记、税都在转化项目里办"),
     .from = STATE(TRY_PAID), .to = TRY_CLOSED, .by = SIDE(OWNER), .check = link_check},
    {.name = "leave", .label = "退出", .label_en = "Leave", .does = N_("按约定的办法退出，写明为什么"),
     .from = STATE(TRY_FREE), .to = TRY_LEFT, .by = SIDE(LICENSEE) | SIDE(OWNER), .fields = "left_why"},
    {.name = "rescind", .label = "没有付款，解除", .label_en = "Rescind", .does = N_("过了付款期限仍没有付：解除许可，成果可以再许可他人"),
     .from = STATE(TRY_DUE), .to = TRY_LEFT, .by = SIDE(OWNER), .fields = "left_why", .check = rescind_check},
    {.name = "withdraw", .label = "撤回", .label_en = "Withdraw", .does = N_("不再需要"),
     .from = STATE(TRY_ASKED) | STATE(TRY_OFFERED), .to = TRY_WITHDRAWN, .by = SIDE(LICENSEE)},
};

static const struct kind *const entries[] = {&kind_try_mark};

#define COUNT(list) (sizeof(list) / sizeof *(list))

const struct matter_sort sort_try_licence = {
    .kind = &kind_try_licence,
    .about = N_("先免费用、用成了再付费：免费期、里程碑、付费的触发条件和退出办法写在一处"),
    .empty = N_("还没有。在一项成果的页面上请求先用后付"),
    .sides = sides, .side_count = COUNT(sides), .states = states, .state_count = COUNT(states), .steps = steps, .step_count = COUNT(steps),
    .entries = entries, .entry_count = COUNT(entries), .facts = licence_facts, .begins_at = "/achievements",
};
