/*
 * A bundle for a need: whoever puts it together picks a result, a place to try it, the money and the policy; each but the policy is asked
 * of whoever has it, as a matter of its own with three working days. With the last answer the firm's turn comes; whoever is silent is
 * seen by all of them.
 */
#include "work/matter_int.h"

#include "record/achievement.h"
#include "record/need.h"
#include "work/bundle.h"

enum bundle_side { FIRM, MAKER, OFFICE };
enum bundle_state { GATHERING, READY, ACCEPTED, REFUSED, ENDED };
enum part_side { ASKER, ASKED, LEADER };
enum part_state { WAITING, OFFERED, DECLINED, TAKEN, LEFT };
enum { PARTS_MOST = 8 };

static const char *parts_text;

void bundle_start(void)
{
    if (!parts_text)
        parts_text = record_select(&kind_bundle_part, "bundle = ?1 AND to_leaf IS NULL ORDER BY id LIMIT ?2");
}

bool bundle_parts(struct sql *sql, int64_t bundle, struct arena *arena, struct record **list, size_t *count, struct err *err)
{
    *list = arena_alloc(arena, PARTS_MOST * sizeof **list);
    return record_rows(sql, &kind_bundle_part, parts_text, SQL_ARGS(sql_int(bundle), sql_int(PARTS_MOST)), PARTS_MOST, arena, *list, count, err);
}

/* --- putting it together --- */

static const struct {
    size_t field;
    const char *sort, *wants;
    const struct kind *kind;
} asked[] = {
    {BUNDLE_ACHIEVEMENT, "result", N_("能不能把这项成果用到这条需求上，价格、怎样转让或许可、多久"), &kind_achievement},
    {BUNDLE_PLACE, "place", N_("能不能为这条需求做中试或验证，报价、机时、多久"), &kind_service},
    {BUNDLE_FINANCE, "money", N_("能不能为这条需求提供资金，额度、条件、多久"), &kind_service},
};

/* The three that are asked differ, and are there; the gap is read from the records. */
static bool picked_read(struct matter_draft *draft, size_t at, struct record *picked, struct err *err)
{
    if (!record_get(draft->sql, asked[at].kind, matter_number(&draft->matter, asked[at].field), draft->arena, picked, err))
        return false;
    if (picked->status == RECORD_CLOSED || !picked->owner)
        return MATTER_WRONG(err, &kind_bundle, asked[at].field, "“%.*s”已经关闭，或没有所属单位", (int)picked->values[picked->kind->title].text.len,
                            picked->values[picked->kind->title].text.at);
    if (asked[at].field == BUNDLE_ACHIEVEMENT && matter_known(picked, ACHIEVEMENT_TRL))
        matter_set_number(&draft->matter, BUNDLE_TRL_FROM, matter_number(picked, ACHIEVEMENT_TRL));
    return true;
}

static bool part_add(struct matter_draft *draft, size_t at, const struct record *need, const struct record *picked, struct err *err)
{
    bool hidden = matter_number(need, NEED_HIDDEN) != 0;
    struct record part = {.kind = &kind_bundle_part, .owner = picked->owner};

    matter_enter(draft, &sort_bundle_part, &part, WAITING);
    matter_set_text(&part, MATTER_TITLE, need->values[NEED_TITLE].text);
    matter_set_number(&part, MATTER_STEPS, 1);
    matter_set_number(&part, PART_BUNDLE, draft->matter.id);
    if (!hidden)
        matter_set_number(&part, PART_FIRM, need->owner);
    part.values[PART_MAKER] = draft->matter.values[BUNDLE_MAKER];
    if (hidden && matter_number(&part, PART_MAKER) == need->owner)
        part.values[PART_MAKER] = (struct value){.known = false};
    matter_set_text(&part, PART_SORT, slice_of(asked[at].sort));
    matter_set_text(&part, PART_KIND, slice_of(asked[at].kind->name));
    matter_set_number(&part, PART_ABOUT, picked->id);
    matter_set_text(&part, PART_WANTS, slice_of(asked[at].wants));
    return matter_also(draft, &part, NULL, err) != NULL;
}

static bool parts_add(struct matter_draft *draft, const struct record *need, struct err *err)
{
    size_t count = 0;

    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        struct record picked;

        if (!matter_known(&draft->matter, asked[i].field))
            continue;
        if (!picked_read(draft, i, &picked, err) || !part_add(draft, i, need, &picked, err))
            return false;
        count++;
    }
    return count || err_set(err, ERR_INVALID, "方案里至少要有成果、中试或资金中的一样") || err_hint(err, "在需求的“一揽子方案”页上挑选");
}

static bool make_check(struct matter_draft *draft, struct err *err)
{
    const struct actor *actor = draft->order->actor;
    struct record need;

    if (!record_get(draft->sql, &kind_need, matter_number(&draft->matter, BUNDLE_NEED), draft->arena, &need, err))
        return false;
    if (need.status == RECORD_CLOSED)
        return err_set(err, ERR_CONFLICT, "这条需求已经关闭");
    draft->matter.owner = need.owner;
    if (actor->party && acts_for(actor, actor->party))
        matter_set_number(&draft->matter, BUNDLE_MAKER, actor->party);
    matter_set_text(&draft->matter, MATTER_TITLE, need.values[NEED_TITLE].text);
    if (matter_known(&need, NEED_TRL))
        matter_set_number(&draft->matter, BUNDLE_TRL_TO, matter_number(&need, NEED_TRL));
    return parts_add(draft, &need, err);
}

/* Whose people put it together must be the firm's own, officers, or technology managers: to bring sides together is their calling. */
static bool maker_check(struct matter_draft *draft, struct err *err)
{
    const struct actor *actor = draft->order->actor;

    if (!make_check(draft, err))
        return false;
    if (acts_for(actor, draft->matter.owner) || actor_has(actor, ROLE_MANAGER) || !actor->party)
        return true;
    return err_set(err, ERR_DENIED, "方案由需求方自己、技术经理人或科技部门来拟") || err_hint(err, "贵单位有能解决它的成果的，请在需求页上提交短提案");
}

/* --- a part is answered --- */

/* With the last answer it is the firm's turn. */
static bool part_answered(struct matter_draft *draft, struct err *err)
{
    struct record *list, *bundle = arena_alloc(draft->arena, 2 * sizeof *bundle);
    size_t count, waiting = 0;

    if (!record_get(draft->sql, &kind_bundle, matter_number(&draft->matter, PART_BUNDLE), draft->arena, &bundle[0], err)
        || !bundle_parts(draft->sql, bundle[0].id, draft->arena, &list, &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        waiting += list[i].id != draft->matter.id && slice_is(matter_text(&list[i], MATTER_STATE), "waiting");
    if (waiting || !slice_is(matter_text(&bundle[0], MATTER_STATE), "gathering"))
        return true;
    bundle[1] = bundle[0];
    matter_enter(draft, &sort_bundle, &bundle[1], READY);
    return matter_also(draft, &bundle[1], &bundle[0], err) != NULL;
}

static bool decline_check(struct matter_draft *draft, struct err *err)
{
    if (slice_is(matter_text(&draft->matter, PART_REFUSAL), "other") && !matter_known(&draft->matter, PART_REFUSAL_WHY))
        return MATTER_WRONG(err, &kind_bundle_part, PART_REFUSAL_WHY, "选了“其他”，请写明理由");
    return part_answered(draft, err);
}

/* --- the firm decides --- */

static bool parts_move(struct matter_draft *draft, int offered, int others, struct err *err)
{
    struct record *list;
    size_t count;

    if (!bundle_parts(draft->sql, draft->matter.id, draft->arena, &list, &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        bool was_offered = slice_is(matter_text(&list[i], MATTER_STATE), "offered"), waited = slice_is(matter_text(&list[i], MATTER_STATE), "waiting");
        struct record next = list[i];

        if (!was_offered && !waited)
            continue;
        matter_enter(draft, &sort_bundle_part, &next, was_offered ? offered : others);
        if (!matter_also(draft, &next, &list[i], err))
            return false;
    }
    return true;
}

static bool accept_check(struct matter_draft *draft, struct err *err)
{
    struct record *list;
    size_t count, offered = 0;

    if (!bundle_parts(draft->sql, draft->matter.id, draft->arena, &list, &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        offered += slice_is(matter_text(&list[i], MATTER_STATE), "offered");
    if (!offered)
        return err_set(err, ERR_CONFLICT, "没有一方答应，方案不成立") || err_hint(err, "写明理由不采用，再请人另拟一份");
    return parts_move(draft, TAKEN, LEFT, err);
}

static bool refuse_check(struct matter_draft *draft, struct err *err)
{
    if (slice_is(matter_text(&draft->matter, BUNDLE_REFUSAL), "other") && !matter_known(&draft->matter, BUNDLE_REFUSAL_WHY))
        return MATTER_WRONG(err, &kind_bundle, BUNDLE_REFUSAL_WHY, "选了“其他”，请写明理由");
    return parts_move(draft, LEFT, LEFT, err);
}

/* --- the tables --- */

#define HOUSE N_("本平台约定：3 个工作日内由具体的人答复")

static const struct matter_side bundle_sides[] = {
    [FIRM] = {"firm", "需求方", "The firm", SIDE_OWNER},
    [MAKER] = {"maker", "牵头单位", "Put together by", BUNDLE_MAKER},
    [OFFICE] = {"office", "科技部门", "Officers", SIDE_OFFICERS},
};

static const struct matter_state bundle_states[] = {
    [GATHERING] = {"gathering", "等各方答复", "Waiting for answers", 0, 3, HOUSE, false},
    [READY] = {"ready", "待需求方决定", "The firm decides", SIDE(FIRM), 5, N_("本平台约定：5 个工作日内决定"), false},
    [ACCEPTED] = {"accepted", "已采用，执行中", "Accepted", SIDE(MAKER), 0, NULL, false},
    [REFUSED] = {"refused", "未采用", "Not accepted", 0, 0, NULL, true},
    [ENDED] = {"ended", "已有结果", "With an outcome", 0, 0, NULL, true},
};

static const struct matter_step bundle_steps[] = {
    {.name = "make", .label = "拟一揽子方案", .label_en = "Put a bundle together", .does = N_("成果、中试、资金、政策各选一样；各方三个工作日内答复价格、谁出钱、谁来办"),
     .from = MATTER_NEW, .to = GATHERING, .by = SIDE(FIRM) | SIDE(MAKER) | SIDE(OFFICE), .fields = "need achievement place finance policy note",
     .check = maker_check},
    {.name = "present", .label = "先交需求方", .label_en = "Present as it stands", .does = N_("有的一方过了三个工作日还没有答复，也可以先交给需求方"),
     .from = STATE(GATHERING), .to = READY, .by = SIDE(MAKER) | SIDE(OFFICE)},
    {.name = "accept", .label = "采用", .label_en = "Accept", .does = N_("按各方答复的价格和条件往下办"), .from = STATE(READY), .to = ACCEPTED,
     .by = SIDE(FIRM), .check = accept_check},
    {.name = "refuse", .label = "不采用", .label_en = "Do not accept", .does = N_("写明理由，各方都看得到"), .from = STATE(GATHERING) | STATE(READY),
     .to = REFUSED, .by = SIDE(FIRM), .fields = "refusal refusal_why", .check = refuse_check},
    {.name = "outcome", .label = "填结果", .label_en = "Enter the outcome", .does = N_("签了什么、做了什么、差在哪里"), .from = STATE(ACCEPTED), .to = ENDED,
     .by = SIDE(FIRM) | SIDE(MAKER), .fields = "outcome"},
};

const struct matter_sort sort_bundle = {
    .kind = &kind_bundle,
    .about = N_("一条需求，一份方案：成果、中试、资金、政策，各方三个工作日内答复"),
    .empty = N_("还没有方案。打开一条需求，按“拟一揽子方案”。"),
    .sides = bundle_sides, .side_count = sizeof bundle_sides / sizeof *bundle_sides,
    .states = bundle_states, .state_count = sizeof bundle_states / sizeof *bundle_states,
    .steps = bundle_steps, .step_count = sizeof bundle_steps / sizeof *bundle_steps,
    .need = BUNDLE_NEED, .unveils = STATE(ACCEPTED) | STATE(ENDED),
    .begins_at = "/needs",
};

static const struct matter_side part_sides[] = {
    [ASKER] = {"firm", "需求方", "The firm", PART_FIRM},
    [ASKED] = {"asked", "被请求方", "Side asked", SIDE_OWNER},
    [LEADER] = {"maker", "牵头单位", "Put together by", PART_MAKER},
};

static const struct matter_state part_states[] = {
    [WAITING] = {"waiting", "等待答复", "Waiting for an answer", SIDE(ASKED), 3, HOUSE, false},
    [OFFERED] = {"offered", "已答应", "Offered", 0, 0, NULL, false},
    [DECLINED] = {"declined", "不参加", "Declined", 0, 0, NULL, true},
    [TAKEN] = {"taken", "已采用", "Accepted", 0, 0, NULL, true},
    [LEFT] = {"left", "未采用", "Not accepted", 0, 0, NULL, true},
};

static const struct matter_step part_steps[] = {
    {.name = "offer", .label = "答应，写价格和条件", .label_en = "Offer", .does = N_("多少钱、谁出、多久、谁来办"), .from = STATE(WAITING), .to = OFFERED,
     .by = SIDE(ASKED), .fields = "price payer days terms name phone", .check = part_answered},
    {.name = "decline", .label = "不参加", .label_en = "Decline", .does = N_("每个“不”都要有理由，对方看得到"), .from = STATE(WAITING), .to = DECLINED,
     .by = SIDE(ASKED), .fields = "refusal refusal_why", .check = decline_check},
};

const struct matter_sort sort_bundle_part = {
    .kind = &kind_bundle_part,
    .about = N_("别人的方案里请贵单位答复的一样：多少钱、谁出、多久"),
    .empty = N_("还没有。有人为一条需求拟方案、选到贵单位时，会出现在这里"),
    .sides = part_sides, .side_count = sizeof part_sides / sizeof *part_sides,
    .states = part_states, .state_count = sizeof part_states / sizeof *part_states,
    .steps = part_steps, .step_count = sizeof part_steps / sizeof *part_steps,
    .need = PART_BUNDLE,
    .begins_at = "/needs",
};
