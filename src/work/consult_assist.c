/* What a unit adds that assists the one that replies (协办, R111: 主办答复、协办协商). */
#include "work/consult_int.h"

enum { ASSIST_BY_UNIT, ASSIST_BY_LEAD, ASSIST_BY_OFFICE };
enum { ASKED, ANSWERED, REFUSED, TAKEN_BACK };

static const struct matter_side sides[] = {
    [ASSIST_BY_UNIT] = {"unit", "协办单位", "Assisting unit", SIDE_OWNER, 0},
    [ASSIST_BY_LEAD] = {"lead", "主办单位", "Unit in charge", ASSIST_LEAD, 0},
    [ASSIST_BY_OFFICE] = {"office", "政协办公室", "Committee's office", SIDE_ROLE, OFFICE_ROLES},
};

static const struct matter_state states[] = {
    [ASKED] = {"asked", "等待协办意见", "Asked", SIDE(ASSIST_BY_UNIT), 10, CONSULT_HOUSE, false},
    [ANSWERED] = {"answered", "已回意见", "Answered", 0, 0, NULL, true},
    [REFUSED] = {"refused", "不归本单位", "Not for this unit", 0, 0, NULL, true},
    [TAKEN_BACK] = {"taken_back", "不再需要", "Taken back", 0, 0, NULL, true},
};

/* By the unit in charge; the opinion says which it is. */
static bool ask(struct matter_draft *draft, struct err *err)
{
    struct record opinion;
    int64_t unit = draft->matter.owner, there;
    bool found;

    if (!record_get(draft->sql, &kind_opinion, matter_number(&draft->matter, ASSIST_OPINION), draft->arena, &opinion, err))
        return false;
    draft->matter.owner = matter_number(&draft->matter, ASSIST_UNIT_ASKED);
    matter_set_number(&draft->matter, ASSIST_LEAD, matter_number(&opinion, OPINION_UNIT));
    if (unit != matter_number(&opinion, OPINION_UNIT))
        return err_set(err, ERR_DENIED, "协办由主办单位来请") || err_hint(err, "请用主办单位的账号登录");
    if (!opinion_is(&opinion, OPINION_HANDED) && !opinion_is(&opinion, OPINION_PLANNED))
        return err_set(err, ERR_CONFLICT, "这件意见不在办理中");
    if (draft->matter.owner == unit)
        return MATTER_WRONG(err, &kind_opinion_assist, ASSIST_UNIT_ASKED, N_("这就是主办单位"));
    if (!sql_one(draft->sql, "SELECT id FROM opinion_assist WHERE opinion = ?1 AND owner = ?2 AND state = 'asked' AND to_leaf IS NULL LIMIT 1",
                 SQL_ARGS(sql_int(opinion.id), sql_int(draft->matter.owner)), &there, &found, err))
        return false;
    if (found)
        return MATTER_WRONG(err, &kind_opinion_assist, ASSIST_UNIT_ASKED, N_("已经请过这个单位，正等它回意见"));
    matter_set_text(&draft->matter, MATTER_TITLE, slice_of(arena_print(draft->arena, "协办：%.*s", (int)matter_text(&opinion, OPINION_SUBJECT).len,
                                                                      matter_text(&opinion, OPINION_SUBJECT).at)));
    return true;
}

static const struct matter_step steps[] = {
    {.name = "ask", .label = "请协办", .label_en = "Ask for assistance", .does = N_("请另一个单位就它的事回意见，十个工作日"), .from = MATTER_NEW, .to = ASKED,
     .by = SIDE(ASSIST_BY_LEAD), .fields = "opinion asked_unit what", .check = ask, .given = "opinion"},
    {.name = "answer", .label = "回协办意见", .label_en = "Answer", .does = N_("主办单位写进答复里"), .from = STATE(ASKED), .to = ANSWERED, .by = SIDE(ASSIST_BY_UNIT),
     .fields = "text name phone"},
    {.name = "refuse", .label = "不归本单位", .label_en = "Not for us", .does = N_("写明原因，建议找谁"), .from = STATE(ASKED), .to = REFUSED, .by = SIDE(ASSIST_BY_UNIT),
     .fields = "why"},
    {.name = "take_back", .label = "不再需要", .label_en = "Take back", .does = N_("写明原因"), .from = STATE(ASKED), .to = TAKEN_BACK, .by = SIDE(ASSIST_BY_LEAD), .fields = "why"},
};

const struct matter_sort sort_opinion_assist = {
    .kind = &kind_opinion_assist, .about = N_("主办单位请别的单位就意见里的一部分回意见"), .empty = N_("还没有协办。主办单位在意见的页面上按“请协办”。"),
    .sides = sides, .side_count = COUNT(sides), .states = states, .state_count = COUNT(states), .steps = steps, .step_count = COUNT(steps),
    .begins_at = "/opinions",
};
