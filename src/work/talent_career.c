/* What a technology manager has: trainings, certificates, appointments, titles, each confirmed by who gave it (or an officer for it). */
#include "work/talent_int.h"

enum { PERSON, BODY, ORGANISATION, OFFICERS };

static const struct matter_side sides[] = {
    [PERSON] = {"person", "技术经理人", "Technology manager", CAREER_PERSON},
    [BODY] = {"body", "培训、发证、聘任或评审单位", "Body", CAREER_BODY},
    [ORGANISATION] = {"organisation", "所在单位", "His organisation", SIDE_OWNER},
    [OFFICERS] = {"officers", "科技部门", "Officers", SIDE_OFFICERS},
};

static const struct matter_state states[] = {
    [CAREER_IS_CLAIMED] = {"claimed", "待该单位确认", "To be confirmed by the body", SIDE(BODY), 10, HOUSE_TERM, false},
    [CAREER_IS_CLAIMED_OUTSIDE] = {"claimed_outside", "待科技部门凭文件确认", "To be confirmed by an officer", SIDE(OFFICERS), 10, HOUSE_TERM, false},
    [CAREER_IS_CONFIRMED] = {"confirmed", "已确认", "Confirmed", 0, 0, NULL, false},
    [CAREER_IS_REFUSED] = {"refused", "不予确认", "Not confirmed", 0, 0, NULL, true},
    [CAREER_IS_REVOKED] = {"revoked", "已撤销", "Revoked", 0, 0, NULL, true},
};

#define WRONG(field, ...) MATTER_WRONG(err, &kind_career, field, __VA_ARGS__)

static bool is_sort(const struct record *matter, const char *sort)
{
    return slice_is(matter_text(matter, CAREER_SORT), sort);
}

static bool told_well(const struct matter_draft *draft, struct err *err)
{
    const struct record *matter = &draft->matter;

    if (matter_known(matter, CAREER_BODY) == matter_known(matter, CAREER_BODY_NAME))
        return WRONG(CAREER_BODY_NAME, N_("选本平台登记的单位，或者写没有登记的单位名称，写一样"));
    if (is_sort(matter, "certificate") && !matter_known(matter, CAREER_LEVEL))
        return WRONG(CAREER_LEVEL, N_("证书写明初级、中级还是高级"));
    if (is_sort(matter, "training") != matter_known(matter, CAREER_HOURS))
        return WRONG(CAREER_HOURS, is_sort(matter, "training") ? N_("培训写明学时") : N_("只有培训写学时"));
    if (matter_day(matter, CAREER_DAY) > draft->today)
        return WRONG(CAREER_DAY, N_("这一天还没有到"));
    if (matter_known(matter, CAREER_UNTIL) && matter_day(matter, CAREER_UNTIL) < matter_day(matter, CAREER_DAY))
        return WRONG(CAREER_UNTIL, N_("到期日早于取得日"));
    return true;
}

/* One document is one record: it is counted once. */
static bool only_one(struct matter_draft *draft, struct err *err)
{
    const struct record *matter = &draft->matter;
    int64_t other;
    bool found;

    if (!sql_one(draft->sql, "SELECT id FROM career WHERE person = ?1 AND sort = ?2 AND number = ?3 AND id <> ?4 AND to_leaf IS NULL"
                             " AND state IN ('claimed', 'claimed_outside', 'confirmed') LIMIT 1",
                 SQL_ARGS(sql_int(matter_number(matter, CAREER_PERSON)), sql_text(matter_text(matter, CAREER_SORT)),
                          sql_text(matter_text(matter, CAREER_NUMBER)), sql_int(matter->id)), &other, &found, err))
        return false;
    return !found || WRONG(CAREER_NUMBER, N_("这份文件已经录过了"));
}

static bool owner_set(struct matter_draft *draft, struct err *err)
{
    struct record *matter = &draft->matter;
    int64_t party;

    if (!talent_manager(draft, CAREER_PERSON, &party, err))
        return false;
    if (!party)
        return WRONG(CAREER_PERSON, N_("他的登记里没有所在单位；先补上，才能按单位和区县计数"));
    matter->owner = party;
    matter_set_text(matter, MATTER_TITLE,
                    slice_of(arena_print(draft->arena, "%s：%.*s", record_title(draft->sql, &kind_person, matter_number(matter, CAREER_PERSON),
                                                                               draft->arena).at,
                                         (int)matter_text(matter, CAREER_NAME).len, matter_text(matter, CAREER_NAME).at)));
    return told_well(draft, err) && only_one(draft, err);
}

/* What an organisation says it taught or certified its own people an officer looks at; whom it appoints is its own to say. */
static bool gives_itself(const struct matter_draft *draft)
{
    return matter_known(&draft->matter, CAREER_BODY) && matter_number(&draft->matter, CAREER_BODY) == draft->matter.owner
           && (is_sort(&draft->matter, "training") || is_sort(&draft->matter, "certificate"));
}

static bool enter(struct matter_draft *draft, struct err *err)
{
    if (!draft->order->actor->person)
        return err_set(err, ERR_DENIED, "您的账号没有对应的人员")
               || err_hint(err, "请单位管理员把您的账号与“专家与经理人”里的登记连起来");
    matter_set_number(&draft->matter, CAREER_PERSON, draft->order->actor->person);
    if (!owner_set(draft, err))
        return false;
    matter_enter(draft, draft->sort, &draft->matter, matter_known(&draft->matter, CAREER_BODY) && !gives_itself(draft) ? CAREER_IS_CLAIMED
                                                                                                              : CAREER_IS_CLAIMED_OUTSIDE);
    return true;
}

/* An account that acts for the body, or for its place, may be his whom it is about. */
static bool confirm(struct matter_draft *draft, struct err *err)
{
    if (draft->order->actor->person && draft->order->actor->person == matter_number(&draft->matter, CAREER_PERSON))
        return err_set(err, ERR_DENIED, "自己的履历不能自己确认") || err_hint(err, "请给出它的单位里的别人来确认");
    matter_set_day(&draft->matter, CAREER_CONFIRMED, draft->today, draft->arena);
    return true;
}

/* What a body gave it enters itself, and so it is confirmed. */
static bool give(struct matter_draft *draft, struct err *err)
{
    matter_set_number(&draft->matter, CAREER_BODY, draft->order->actor->party);
    if (!owner_set(draft, err))
        return false;
    if (!gives_itself(draft))
        return confirm(draft, err);
    err_set(err, ERR_CONFLICT, "本单位给本单位的人的培训、证书，不能自己确认");
    return err_hint(err, "由本人录入，科技部门凭文件确认");
}

static bool give_outside(struct matter_draft *draft, struct err *err)
{
    return owner_set(draft, err) && confirm(draft, err);
}

#define DOCUMENT "sort name level hours number got_on until"

static const struct matter_step steps[] = {
    {"enter", "录入我的履历", "Enter a record of mine", N_("培训、证书、聘任或职称；由给出它的单位确认后计数"), MATTER_NEW, MATTER_SAME, SIDE(PERSON),
     "sort body body_name name level hours number got_on until", NULL, MATTER_MOVE, NULL, NULL, NULL, enter, NULL, NULL},
    {"give", "登记本单位给出的", "Enter what we gave", N_("贵单位培训、发证、聘任或评定的，登记即确认"), MATTER_NEW, CAREER_IS_CONFIRMED, SIDE(BODY),
     "person " DOCUMENT, NULL, MATTER_MOVE, NULL, NULL, NULL, give, NULL, NULL},
    {"give_outside", "凭文件登记", "Enter by the document", N_("给出的单位没有登记，科技部门凭文件登记即确认"), MATTER_NEW, CAREER_IS_CONFIRMED, SIDE(OFFICERS),
     "person body_name " DOCUMENT, NULL, MATTER_MOVE, NULL, NULL, NULL, give_outside, NULL, NULL},
    {"confirm", "确认", "Confirm", N_("确实是贵单位给出的"), STATE(CAREER_IS_CLAIMED), CAREER_IS_CONFIRMED, SIDE(BODY), NULL, NULL, MATTER_MOVE, NULL, NULL,
     NULL, confirm, NULL, NULL},
    {"confirm_outside", "凭文件确认", "Confirm by the document", N_("看过文件原件"), STATE(CAREER_IS_CLAIMED_OUTSIDE), CAREER_IS_CONFIRMED, SIDE(OFFICERS),
     NULL, NULL, MATTER_MOVE, NULL, NULL, NULL, confirm, NULL, NULL},
    {"refuse", "不予确认", "Refuse", N_("写明原因"), STATE(CAREER_IS_CLAIMED), CAREER_IS_REFUSED, SIDE(BODY), "why", NULL, MATTER_MOVE, NULL, NULL, NULL,
     NULL, NULL, NULL},
    {"refuse_outside", "不予确认", "Refuse", N_("写明原因"), STATE(CAREER_IS_CLAIMED_OUTSIDE), CAREER_IS_REFUSED, SIDE(OFFICERS), "why", NULL, MATTER_MOVE,
     NULL, NULL, NULL, NULL, NULL, NULL},
    {"revoke", "撤销", "Revoke", N_("证书被撤销、聘任解除或登记有误"), STATE(CAREER_IS_CONFIRMED), CAREER_IS_REVOKED, SIDE(BODY) | SIDE(OFFICERS), "why", NULL,
     MATTER_MOVE, NULL, NULL, NULL, NULL, NULL, NULL},
};

const struct matter_sort sort_career = {
    .kind = &kind_career, .about = N_("技术经理人的培训、证书、聘任、职称，由给出它的单位确认；全市的人数由它数出，不是填的"),
    .empty = N_("还没有。技术经理人录入自己的，培训、发证单位也可以直接登记"),
    .sides = sides, .side_count = sizeof sides / sizeof *sides, .states = states, .state_count = sizeof states / sizeof *states,
    .steps = steps, .step_count = sizeof steps / sizeof *steps};
