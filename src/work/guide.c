/*
 * A guide (办事指南): whose service, who may ask, what to bring, how long by law and by promise. Prepared by whoever gives the service,
 * then open for everybody to read; what is changed later is a new version that names who changed it.
 */
#include "work/hire.h"

#include "base/said.h"

enum { OFFICE };
enum { PREPARED, OPEN, WITHDRAWN };

static const struct matter_side sides[] = {[OFFICE] = {"office", "服务单位", "Office", SIDE_OWNER}};

static const struct matter_state states[] = {
    [PREPARED] = {"prepared", "拟稿", "Being prepared", SIDE(OFFICE), 0, NULL, false},
    [OPEN] = {"open", "已公布", "Published", 0, 0, NULL, false},
    [WITHDRAWN] = {"withdrawn", "已停用", "Withdrawn", 0, 0, NULL, true},
};

static bool text_fits(struct matter_draft *draft, struct err *err)
{
    const struct record *guide = &draft->matter;

    if (matter_known(guide, GUIDE_LAW_DAYS) && matter_number(guide, GUIDE_DAYS) > matter_number(guide, GUIDE_LAW_DAYS))
        return MATTER_WRONG(err, &kind_guide, GUIDE_DAYS, "承诺时限不能比法定时限长");
    if (matter_known(guide, GUIDE_FEE) && !matter_known(guide, GUIDE_FEE_GROUND))
        return MATTER_WRONG(err, &kind_guide, GUIDE_FEE_GROUND, "收费的要写明依据") || err_hint(err, "不收费的，收费一栏不填");
    if (slice_is(matter_text(guide, GUIDE_BEGINS), "order") && !matter_known(guide, GUIDE_SERVICE))
        return MATTER_WRONG(err, &kind_guide, GUIDE_BEGINS, "没有说是哪一项服务") || err_hint(err, "请从那项服务的页面上拟指南");
    matter_set_text(&draft->matter, MATTER_TITLE, matter_text(guide, GUIDE_NAME));
    return true;
}

static bool begin_check(struct matter_draft *draft, struct err *err)
{
    struct record service;

    if (!matter_known(&draft->matter, GUIDE_SERVICE))
        return text_fits(draft, err);
    if (!record_get(draft->sql, &kind_service, matter_number(&draft->matter, GUIDE_SERVICE), draft->arena, &service, err))
        return false;
    if (service.owner != draft->order->actor->party)
        return MATTER_WRONG(err, &kind_guide, GUIDE_SERVICE, "这项服务不是本单位的");
    return text_fits(draft, err);
}

#define TEXT_FIELDS                                                                                                                    \
    "name office who materials course law_days days fee fee_ground place phone document article source begins"
#define SELDOM "law_days fee_ground article begins"

static const struct matter_step steps[] = {
    {.name = "prepare", .label = "拟一份指南", .label_en = "Prepare a guide", .does = N_("写给第一次来办的人：带什么、几天、多少钱、凭哪一条"),
     .from = MATTER_NEW, .to = PREPARED, .by = SIDE(OFFICE), .fields = "service " TEXT_FIELDS, .seldom = SELDOM, .check = begin_check},
    {.name = "publish", .label = "公布", .label_en = "Publish", .does = N_("人人看得见；此后按承诺时限看是否超时"),
     .from = STATE(PREPARED), .to = OPEN, .by = SIDE(OFFICE)},
    {.name = "amend", .label = "修改", .label_en = "Change", .does = N_("改后是新的一版，旧版留着"),
     .from = STATE(PREPARED) | STATE(OPEN), .to = MATTER_SAME, .by = SIDE(OFFICE), .fields = TEXT_FIELDS, .seldom = SELDOM, .check = text_fits},
    {.name = "withdraw", .label = "停用", .label_en = "Withdraw", .does = N_("不再办，写明为什么"),
     .from = STATE(PREPARED) | STATE(OPEN), .to = WITHDRAWN, .by = SIDE(OFFICE), .fields = "why"},
};

static bool is_open(const struct record *matter)
{
    return slice_is(matter_text(matter, MATTER_STATE), "open");
}

#define COUNT(list) (sizeof(list) / sizeof *(list))

const struct matter_sort sort_guide = {
    .kind = &kind_guide,
    .about = N_("每项服务谁可以办、带什么、法定几天、承诺几天、收不收费、凭哪一条；能在这里办的有“开始办”"),
    .empty = N_("还没有公布的指南"),
    .sides = sides, .side_count = COUNT(sides), .states = states, .state_count = COUNT(states), .steps = steps, .step_count = COUNT(steps),
    .open = is_open,
};
