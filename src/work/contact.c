/*
 * A request to get in touch: whoever finds something here asks its owner for a talk; the answer comes with a name and a telephone
 * number, a no with its reason, a talk with its outcome. Three working days are the platform's own promise (features.md §3).
 */
#include "work/matter_int.h"

enum side { ASKER, ASKED };
enum state { SENT, ACCEPTED, REFUSED, DONE, WITHDRAWN };

static const struct matter_side sides[] = {
    [ASKER] = {"asker", "提出方", "Asking side", CONTACT_FROM},
    [ASKED] = {"asked", "被请求方", "Side asked", SIDE_OWNER},
};

static const struct matter_state states[] = {
    [SENT] = {"sent", "等待答复", "Waiting for an answer", SIDE(ASKED), 3, N_("本平台约定：3 个工作日内由具体的人答复"), false},
    [ACCEPTED] = {"accepted", "已约谈", "Talk agreed", SIDE(ASKER) | SIDE(ASKED), 0, NULL, false},
    [REFUSED] = {"refused", "未接受", "Declined", 0, 0, NULL, true},
    [DONE] = {"done", "已有结果", "With an outcome", 0, 0, NULL, true},
    [WITHDRAWN] = {"withdrawn", "已撤回", "Withdrawn", 0, 0, NULL, true},
};

/* What it may be about: what an organisation has, and people. */
static const struct kind *about_kind(struct slice name, struct arena *arena)
{
    const struct kind *kind = kind_by_name(arena_text(arena, name));

    return kind && kind->id != KIND_PARTY && kind->id != KIND_POLICY ? kind : NULL;
}

/* A firm that hides its name in a need is asked all the same, and stays hidden until it answers. */
static bool ask_check(struct matter_draft *draft, struct err *err)
{
    const struct record *matter = &draft->matter;
    const struct kind *kind = about_kind(matter_text(matter, CONTACT_KIND), draft->arena);
    struct record about;

    if (!kind)
        return MATTER_WRONG(err, &kind_contact, CONTACT_KIND, "没有说明要谈的是什么") || err_hint(err, "请从成果、需求、场景、服务或人员的页面上发起");
    if (!record_get(draft->sql, kind, matter_number(matter, CONTACT_ABOUT), draft->arena, &about, err))
        return false;
    if (about.status == RECORD_CLOSED)
        return err_set(err, ERR_CONFLICT, "这条%s已经关闭，不再接受对接", kind->label);
    if (!about.owner)
        return err_set(err, ERR_CONFLICT, "这条%s没有所属单位，无法送达", kind->label);
    if (about.owner == draft->order->actor->party)
        return err_set(err, ERR_CONFLICT, "这是本单位自己的%s", kind->label);
    draft->matter.owner = about.owner;
    matter_set_number(&draft->matter, CONTACT_FROM, draft->order->actor->party);
    matter_set_text(&draft->matter, MATTER_TITLE, about.values[kind->title].text);
    return true;
}

static bool refuse_check(struct matter_draft *draft, struct err *err)
{
    const struct record *matter = &draft->matter;

    if (slice_is(matter_text(matter, CONTACT_REFUSAL), "other") && !matter_known(matter, CONTACT_REFUSAL_WHY))
        return MATTER_WRONG(err, &kind_contact, CONTACT_REFUSAL_WHY, "选了“其他”，请写明理由");
    return true;
}

static bool talk_check(struct matter_draft *draft, struct err *err)
{
    if (matter_day(&draft->entry, TALK_MET_ON) > draft->today)
        return MATTER_WRONG(err, &kind_talk, TALK_MET_ON, "会谈日期还没有到") || err_hint(err, "谈过之后再记");
    return true;
}

static bool outcome_check(struct matter_draft *draft, struct err *err)
{
    if (!draft->file->counts[0])
        return err_set(err, ERR_CONFLICT, "还没有记过会谈，不能填结果") || err_hint(err, "先用“记会谈”写明谁和谁在哪天谈过");
    return true;
}

static const struct matter_step steps[] = {
    {"ask", "请求对接", "Ask for a talk", N_("对方三个工作日内答复：谈，或者不谈的理由"), MATTER_NEW, SENT, SIDE(ASKER), "about_kind about wants name phone",
     NULL, MATTER_MOVE, NULL, NULL, NULL, ask_check, NULL, "about_kind about"},
    {"accept", "接受", "Accept", N_("写明谁来谈、电话和时间"), STATE(SENT), ACCEPTED, SIDE(ASKED), "answerer answer_phone answer", NULL, MATTER_MOVE, NULL, NULL,
     NULL, NULL, NULL},
    {"refuse", "不谈", "Decline", N_("每个“不”都要有理由，对方看得到"), STATE(SENT), REFUSED, SIDE(ASKED), "answerer refusal refusal_why", NULL, MATTER_MOVE, NULL,
     NULL, NULL, refuse_check, NULL},
    {"talk", "记会谈", "Enter a talk", N_("谁和谁，哪天，谈了什么"), STATE(ACCEPTED), MATTER_SAME, SIDE(ASKER) | SIDE(ASKED), "met_on place who what", NULL,
     MATTER_ADD, &kind_talk, NULL, NULL, talk_check, NULL},
    {"outcome", "填结果", "Enter the outcome", N_("谈成、继续谈或没有谈成，写明为什么"), STATE(ACCEPTED), DONE, SIDE(ASKER) | SIDE(ASKED), "outcome outcome_why",
     NULL, MATTER_MOVE, NULL, NULL, NULL, outcome_check, NULL},
    {"withdraw", "撤回", "Withdraw", N_("不再需要答复"), STATE(SENT), WITHDRAWN, SIDE(ASKER), NULL, NULL, MATTER_MOVE, NULL, NULL, NULL, NULL, NULL},
};

static const struct kind *const entries[] = {&kind_talk};

const struct matter_sort sort_contact = {
    .kind = &kind_contact,
    .about = N_("向成果、需求、服务的单位请求对接；谁在哪天答复、谈成没有，都记在这一条里"),
    .empty = N_("还没有对接请求。打开一条成果、需求或服务，按“请求对接”。"),
    .sides = sides, .side_count = sizeof sides / sizeof *sides,
    .states = states, .state_count = sizeof states / sizeof *states,
    .steps = steps, .step_count = sizeof steps / sizeof *steps,
    .entries = entries, .entry_count = sizeof entries / sizeof *entries,
    .researchers = SIDE(ASKER) | SIDE(ASKED),
    .need = CONTACT_ABOUT, .unveils = STATE(ACCEPTED) | STATE(DONE),
    .begins_at = "/achievements",
};
