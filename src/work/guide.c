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

/* --- what the house knows already --- */

/* Of three services of the city's offices: from the rules, with their source levels. What is not here the office fills in. */
static const struct known {
    const char *step, *name, *who, *document, *article, *source, *begins;
    const char *rule, *days; /* the limit by law: a parameter of a rule; NULL */
} known[] = {
    {"registration", "技术合同认定登记", "技术合同的卖方（让与人、许可人、研究开发人、受托人）；技术进口合同由境内的买方",
     "技术合同认定登记管理办法（工业和信息化部 2026-01-23 印发）", "第十一条、第十二条、第十四条（条次是征求意见稿的）", "unverified", "registration", "R61", "fast"},
    {"high_tech", "高新技术企业认定", "在中国境内（不含港澳台）注册、成立满 365 天的居民企业", "高新技术企业认定管理办法（国科发火〔2016〕32号）", "第十一条",
     "secondary", "self_check", NULL, NULL},
    {"voucher", "创新券", "持券的企业，向有关服务单位购买服务", "当地创新券办法（没有取得文本）", NULL, "unverified", "voucher", NULL, NULL},
};

static void put(struct slice typed[FIELDS_MAX], size_t field, const char *text)
{
    if (text && !typed[field].at)
        typed[field] = slice_of(text);
}

static const char *limit_of(const struct matter_draft *draft, const struct known *of)
{
    const struct rule *rule = of->rule ? rule_find(draft->order->law->book, of->rule, REGION_NATION, draft->today) : NULL;

    for (size_t i = 0; rule && i < rule->parameter_count; i++)
        if (strcmp(rule->parameters[i].name, of->days) == 0)
            return arena_print(draft->arena, "%lld", (long long)rule->parameters[i].value);
    return NULL;
}

static bool known_fill(struct matter_draft *draft, struct slice typed[FIELDS_MAX], struct err *err)
{
    (void)err;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strcmp(known[i].step, draft->order->step->name) != 0)
            continue;
        put(typed, GUIDE_NAME, known[i].name);
        put(typed, GUIDE_WHO, known[i].who);
        put(typed, GUIDE_DOCUMENT, known[i].document);
        put(typed, GUIDE_ARTICLE, known[i].article);
        put(typed, GUIDE_SOURCE, known[i].source);
        put(typed, GUIDE_BEGINS, known[i].begins);
        put(typed, GUIDE_LAW_DAYS, limit_of(draft, &known[i]));
    }
    return true;
}

#define TEXT_FIELDS                                                                                                                    \
    "name office who materials course law_days days fee fee_ground place phone document article source begins"
#define KNOWN N_("从规则里填好对象、依据和时限，其余由服务单位填写")
#define SELDOM "law_days fee_ground article begins"

static const struct matter_step steps[] = {
    {.name = "prepare", .label = "拟一份指南", .label_en = "Prepare a guide", .does = N_("写给第一次来办的人：带什么、几天、多少钱、凭哪一条"),
     .from = MATTER_NEW, .to = PREPARED, .by = SIDE(OFFICE), .fields = "service " TEXT_FIELDS, .seldom = SELDOM, .check = begin_check},
    {.name = "registration", .label = "拟“技术合同认定登记”指南", .label_en = "Guide to registering technology contracts", .does = KNOWN,
     .from = MATTER_NEW, .to = PREPARED, .by = SIDE(OFFICE), .fields = TEXT_FIELDS, .check = begin_check, .fill = known_fill},
    {.name = "high_tech", .label = "拟“高新技术企业认定”指南", .label_en = "Guide to high-tech enterprises", .does = KNOWN,
     .from = MATTER_NEW, .to = PREPARED, .by = SIDE(OFFICE), .fields = TEXT_FIELDS, .check = begin_check, .fill = known_fill},
    {.name = "voucher", .label = "拟“创新券”指南", .label_en = "Guide to innovation vouchers", .does = KNOWN,
     .from = MATTER_NEW, .to = PREPARED, .by = SIDE(OFFICE), .fields = TEXT_FIELDS, .check = begin_check, .fill = known_fill},
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
