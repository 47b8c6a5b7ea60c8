/*
 * Organised research: a programme, its projects, the achievements that came of them, and the duty to transfer with its clock (R09,
 * 科学技术进步法 §32). A unit says that its project is one of a programme; whose programme it is confirms that, or sends it back. The law names no number of years: the clock runs by what the project's contract says, or not at all. A report is due
 * every year from the acceptance on.
 */
#include "work/board_int.h"

#include "base/clock.h"

/* --- programmes --- */

enum { FUNDER_OWN };
enum { PROGRAMME_RUNNING, PROGRAMME_ENDED };

static const struct matter_side programme_sides[] = {
    [FUNDER_OWN] = {"funder", "资助单位", "Funder", SIDE_OWNER},
};

static const struct matter_state programme_states[] = {
    [PROGRAMME_RUNNING] = {"running", "执行中", "Running", 0, 0, NULL, false},
    [PROGRAMME_ENDED] = {"ended", "已结束", "Ended", 0, 0, NULL, true},
};

static bool set_up(struct matter_draft *draft, struct err *err)
{
    (void)err;
    board_title(draft, "", matter_text(&draft->matter, PROGRAMME_NAME));
    return true;
}

#define PROGRAMME_FORM "name number about budget from_day until_day"

static const struct matter_step programme_steps[] = {
    {.name = "set_up", .label = "设立计划", .label_en = "Set up", .does = N_("由资助单位设立；项目由承担单位在它的页面上登记"), .from = MATTER_NEW, .to = PROGRAMME_RUNNING,
     .by = SIDE(FUNDER_OWN), .fields = PROGRAMME_FORM, .seldom = "number budget until_day", .check = set_up},
    {.name = "change", .label = "修改", .label_en = "Change", .does = N_("名称、经费、日期"), .from = STATE(PROGRAMME_RUNNING), .to = MATTER_SAME, .by = SIDE(FUNDER_OWN),
     .fields = PROGRAMME_FORM, .seldom = "number budget until_day", .check = set_up},
    {.name = "end", .label = "结束", .label_en = "End", .does = N_("项目的转化义务不因此结束"), .from = STATE(PROGRAMME_RUNNING), .to = PROGRAMME_ENDED, .by = SIDE(FUNDER_OWN),
     .fields = "end_why"},
};

static bool programme_open(const struct record *matter)
{
    (void)matter;
    return true;
}

const struct matter_sort sort_programme = {
    .kind = &kind_programme, .about = N_("有组织科研：计划、项目、成果、转化合同和到账，一级一级连起来"), .empty = N_("还没有计划。资助单位在这里设立。"),
    .sides = programme_sides, .side_count = COUNT(programme_sides), .states = programme_states, .state_count = COUNT(programme_states),
    .steps = programme_steps, .step_count = COUNT(programme_steps), .open = programme_open,
};

/* --- projects --- */

enum { UNIT, FUNDER, OFFICERS };

static const struct matter_side project_sides[] = {
    [UNIT] = {"unit", "承担单位", "Unit", SIDE_OWNER},
    [FUNDER] = {"funder", "资助单位", "Funder", PROJECT_FUNDER},
    [OFFICERS] = {"officers", "科技部门", "Officers", SIDE_OFFICERS},
};

static const struct matter_state project_states[] = {
    [PROJECT_PROPOSED] = {"proposed", "待确认", "To be confirmed by the funder", SIDE(FUNDER), 10, BOARD_HOUSE, false},
    [PROJECT_RETURNED] = {"returned", "已退回", "Sent back", SIDE(UNIT), 10, BOARD_HOUSE, false},
    [PROJECT_RUNNING] = {"running", "在研", "Under way", SIDE(UNIT), 0, N_("项目的结束日"), false},
    [PROJECT_OBLIGED] = {"obliged", "已验收，负有转化义务", "Accepted, to be transferred", SIDE(UNIT), 0, N_("年度报告：科学技术进步法第三十二条"), false},
    [PROJECT_FULFILLED] = {"fulfilled", "已实施转化", "Transferred", 0, 0, NULL, true},
    [PROJECT_LICENSED] = {"licensed", "逾期，已由资助单位许可他人实施", "Licensed to others by the funder", 0, 0, NULL, true},
    [PROJECT_STOPPED] = {"stopped", "已终止", "Stopped", 0, 0, NULL, true},
};

#define WRONG(field, ...) MATTER_WRONG(err, &kind_project, field, __VA_ARGS__)

/* From here the project counts as one of the programme's, and its own end is what is waited for. */
static void confirmed(struct matter_draft *draft)
{
    struct record *matter = &draft->matter;

    matter_enter(draft, &sort_project, matter, PROJECT_RUNNING);
    matter_set_day(matter, PROJECT_CONFIRMED, draft->today, draft->arena);
    matter_set_due(matter, matter_day(matter, PROJECT_UNTIL), draft->arena);
}

/* To be confirmed by whose programme it is; one's own programme needs nobody's word. */
static void propose(struct matter_draft *draft)
{
    struct record *matter = &draft->matter;

    if (matter_number(matter, PROJECT_FUNDER) == matter->owner) {
        confirmed(draft);
        return;
    }
    matter_enter(draft, &sort_project, matter, PROJECT_PROPOSED);
    matter->values[PROJECT_CONFIRMED] = matter->values[PROJECT_RETURN_WHY] = (struct value){0};
}

static bool project_fits(struct matter_draft *draft, struct err *err)
{
    struct record *matter = &draft->matter, *programme;

    if (!pilot_record(draft, &kind_project, PROJECT_PROGRAMME, &kind_programme, matter_number(matter, PROJECT_PROGRAMME), &programme, err))
        return false;
    if (programme->status == RECORD_CLOSED && matter_number(&draft->was, PROJECT_PROGRAMME) != programme->id)
        return err_set(err, ERR_CONFLICT, "这个计划已经结束");
    if (matter_day(matter, PROJECT_UNTIL) <= matter_day(matter, PROJECT_FROM))
        return WRONG(PROJECT_UNTIL, N_("结束日要在开始日之后"));
    matter_set_number(matter, PROJECT_FUNDER, programme->owner);
    board_title(draft, "", matter_text(matter, PROJECT_NAME));
    return true;
}

static bool begin(struct matter_draft *draft, struct err *err)
{
    if (!project_fits(draft, err))
        return false;
    propose(draft);
    return true;
}

/* What the funder confirmed is that it is his project, by its number, with so much of the public's money. */
static bool confirmed_as_it_was(const struct matter_draft *draft)
{
    const struct record *was = &draft->was, *now = &draft->matter;

    return matter_known(was, PROJECT_CONFIRMED) && matter_number(was, PROJECT_PROGRAMME) == matter_number(now, PROJECT_PROGRAMME)
           && matter_number(was, PROJECT_PUBLIC) == matter_number(now, PROJECT_PUBLIC)
           && slice_same(matter_text(was, PROJECT_NUMBER), matter_text(now, PROJECT_NUMBER));
}

static bool change(struct matter_draft *draft, struct err *err)
{
    if (!project_fits(draft, err))
        return false;
    if (confirmed_as_it_was(draft))
        matter_set_due(&draft->matter, matter_day(&draft->matter, PROJECT_UNTIL), draft->arena);
    else
        propose(draft);
    return true;
}

static bool confirm(struct matter_draft *draft, struct err *err)
{
    (void)err;
    confirmed(draft);
    return true;
}

/* The reports go on year by year; what was agreed comes on top. */
static void report_due(struct matter_draft *draft, int32_t from)
{
    int32_t by = calendar_after(draft->order->law->calendar, from, CALENDAR_MONTHS, 12, NULL);

    matter_set_day(&draft->matter, PROJECT_REPORT_BY, by, draft->arena);
    matter_set_due(&draft->matter, by, draft->arena);
}

static bool accepted(struct matter_draft *draft, struct err *err)
{
    const struct record *matter = &draft->matter;
    int32_t on = matter_day(matter, PROJECT_ACCEPTED_ON);

    if (on > draft->today || on < matter_day(matter, PROJECT_FROM))
        return WRONG(PROJECT_ACCEPTED_ON, N_("验收日要在项目开始之后，不能晚于今天"));
    if (matter_known(matter, PROJECT_IMPLEMENT_BY) && matter_day(matter, PROJECT_IMPLEMENT_BY) <= on)
        return WRONG(PROJECT_IMPLEMENT_BY, N_("约定的转化期限要在验收日之后"));
    report_due(draft, on);
    return true;
}

static bool result(struct matter_draft *draft, struct err *err)
{
    struct record *entry = &draft->entry;

    if (!board_achievement(draft, entry, LINEAGE_NAMED, LINEAGE_ACHIEVEMENT, draft->matter.owner, err))
        return false;
    for (size_t i = 0; i < draft->file->counts[0]; i++)
        if (matter_number(&draft->file->entries[0][i], LINEAGE_ACHIEVEMENT) == matter_number(entry, LINEAGE_ACHIEVEMENT))
            return MATTER_WRONG(err, &kind_project_result, LINEAGE_NAMED, "这条成果已经记在本项目下");
    return true;
}

static bool report(struct matter_draft *draft, struct err *err)
{
    struct record *matter = &draft->matter, *entry = &draft->entry;
    int year, month, day;

    day_to_ymd(draft->today, &year, &month, &day);
    if (matter_number(entry, DUTY_YEAR) > year)
        return MATTER_WRONG(err, &kind_duty_report, DUTY_YEAR, "还没有到这一年");
    for (size_t i = 0; i < draft->file->counts[1]; i++)
        if (matter_number(&draft->file->entries[1][i], DUTY_YEAR) == matter_number(entry, DUTY_YEAR))
            return MATTER_WRONG(err, &kind_duty_report, DUTY_YEAR, "这一年的已经报过");
    matter_set_number(matter, PROJECT_IMPLEMENTED, matter_number(entry, DUTY_IMPLEMENTED));
    matter_set_number(matter, PROJECT_PROTECTED, matter_number(entry, DUTY_PROTECTED));
    matter->values[PROJECT_IDLE] = entry->values[DUTY_IDLE];
    report_due(draft, matter_day(matter, PROJECT_REPORT_BY));
    return true;
}

bool project_overdue(const struct record *project, int32_t today)
{
    int32_t by = matter_day(project, PROJECT_IMPLEMENT_BY);

    return by && today > by && matter_known(project, PROJECT_ACCEPTED_ON) && !matter_number(project, PROJECT_IMPLEMENTED)
           && !matter_known(project, PROJECT_IDLE);
}

static bool fulfil(struct matter_draft *draft, struct err *err)
{
    return matter_number(&draft->matter, PROJECT_IMPLEMENTED) || err_set(err, ERR_CONFLICT, "年度报告还没有写已经实施转化")
           || err_hint(err, "承担单位先交年度报告");
}

static bool license(struct matter_draft *draft, struct err *err)
{
    if (!project_overdue(&draft->was, draft->today))
        return err_set(err, ERR_CONFLICT, "合同约定的转化期限还没有过，或者已经实施、有正当理由");
    return matter_number(&draft->matter, PROJECT_LICENCE) || err_set(err, ERR_CONFLICT, "项目合同没有写明可以许可他人的条件")
           || err_hint(err, "依约定许可他人：合同里要有条件和程序");
}

#define PROJECT_FORM                                                                                                           \
    "programme name number public_money other_money leader units from_day until_day expected term_duty term_licence implement_by"
#define PROJECT_SELDOM "other_money units term_duty term_licence implement_by"

static const struct matter_step project_steps[] = {
    {.name = "begin", .label = "登记项目", .label_en = "Register", .does = N_("编号、财政资金、预期成果、合同约定的转化期限；由资助单位确认"), .from = MATTER_NEW,
     .to = MATTER_SAME, .by = SIDE(UNIT), .fields = PROJECT_FORM, .seldom = PROJECT_SELDOM, .check = begin},
    {.name = "confirm", .label = "确认", .label_en = "Confirm", .does = N_("是本计划的项目，编号和财政资金相符；此后才计入谱系"), .from = STATE(PROJECT_PROPOSED),
     .to = MATTER_SAME, .by = SIDE(FUNDER), .check = confirm},
    {.name = "send_back", .label = "退回", .label_en = "Send back", .does = N_("不是本计划的项目，或者内容不符：写明理由"), .from = STATE(PROJECT_PROPOSED),
     .to = PROJECT_RETURNED, .by = SIDE(FUNDER), .fields = "return_why"},
    {.name = "change", .label = "修改", .label_en = "Change", .does = N_("验收以前；改计划、编号或财政资金的，由资助单位重新确认"),
     .from = STATE(PROJECT_PROPOSED) | STATE(PROJECT_RETURNED) | STATE(PROJECT_RUNNING), .to = MATTER_SAME, .by = SIDE(UNIT), .fields = PROJECT_FORM,
     .seldom = PROJECT_SELDOM, .check = change},
    {.name = "result", .label = "关联成果", .label_en = "Link an achievement", .does = N_("成果出自这个项目：此后它的合同和到账都能连到项目"),
     .from = STATE(PROJECT_RUNNING) | STATE(PROJECT_OBLIGED), .to = MATTER_SAME, .by = SIDE(UNIT), .fields = "achievement_no role", .how = MATTER_ADD,
     .entry = &kind_project_result, .check = result},
    {.name = "accepted", .label = "已验收", .label_en = "Accepted", .does = N_("从这一日起，转化义务和年度报告的钟开始走"), .from = STATE(PROJECT_RUNNING), .to = PROJECT_OBLIGED,
     .by = SIDE(UNIT) | SIDE(FUNDER), .fields = "accepted_on implement_by", .check = accepted},
    {.name = "report", .label = "交年度报告", .label_en = "Yearly report", .does = N_("实施和保护的情况；没有实施的写正当理由"), .from = STATE(PROJECT_OBLIGED), .to = MATTER_SAME,
     .by = SIDE(UNIT), .fields = "year implemented protected idle_why text", .seldom = "idle_why", .how = MATTER_ADD, .entry = &kind_duty_report, .check = report},
    {.name = "fulfil", .label = "义务已履行", .label_en = "Fulfilled", .does = N_("资助单位确认已经实施转化"), .from = STATE(PROJECT_OBLIGED), .to = PROJECT_FULFILLED,
     .by = SIDE(FUNDER), .fields = "end_why", .check = fulfil},
    {.name = "license", .label = "许可他人实施", .label_en = "License to others", .does = N_("约定期限已过、无正当理由没有实施，依合同许可他人"), .from = STATE(PROJECT_OBLIGED),
     .to = PROJECT_LICENSED, .by = SIDE(FUNDER), .fields = "end_why", .check = license},
    {.name = "stop", .label = "终止", .label_en = "Stop", .does = N_("写明原因"),
     .from = STATE(PROJECT_PROPOSED) | STATE(PROJECT_RETURNED) | STATE(PROJECT_RUNNING), .to = PROJECT_STOPPED, .by = SIDE(UNIT) | SIDE(FUNDER), .fields = "end_why"},
};

static const struct kind *const project_entries[] = {&kind_project_result, &kind_duty_report};

const struct matter_sort sort_project = {
    .kind = &kind_project, .about = N_("财政资助的科研项目：出了哪些成果、转化义务到哪一日、年度报告交了没有"), .empty = N_("还没有。打开一个计划，按“登记项目”"),
    .sides = project_sides, .side_count = COUNT(project_sides), .states = project_states, .state_count = COUNT(project_states),
    .steps = project_steps, .step_count = COUNT(project_steps), .entries = project_entries, .entry_count = COUNT(project_entries), .begins_at = "/programmes",
};

/* --- what the rules say of the duty --- */

static void duty_facts(const struct record *project, int32_t today, struct pilot_facts *facts)
{
    int32_t by = matter_day(project, PROJECT_IMPLEMENT_BY), report_by = matter_day(project, PROJECT_REPORT_BY);

    fact_yes(facts, "fiscal_project", matter_number(project, PROJECT_PUBLIC) > 0);
    fact_yes(facts, "city_fiscal_project", matter_number(project, PROJECT_PUBLIC) > 0);
    fact_yes(facts, "term_duty", matter_number(project, PROJECT_DUTY));
    fact_yes(facts, "term_period", by != 0);
    fact_yes(facts, "term_licence", matter_number(project, PROJECT_LICENCE));
    fact_yes(facts, "implemented", matter_number(project, PROJECT_IMPLEMENTED));
    fact_yes(facts, "idle_reason", matter_known(project, PROJECT_IDLE));
    fact_number(facts, "implement_until", FACT_DAY, by != 0, by);
    fact_number(facts, "ip_protected", FACT_YES, matter_known(project, PROJECT_PROTECTED), matter_number(project, PROJECT_PROTECTED));
    fact_yes(facts, "ip_reported", !report_by || today <= report_by);
    fact_number(facts, "today", FACT_DAY, true, today);
}

bool project_duty(struct sql *sql, const struct law *law, const struct record *project, int32_t today, struct arena *arena, struct answer **answers,
                  size_t *count, struct err *err)
{
    struct pilot_facts facts = {.list = arena_zero(arena, PILOT_FACTS, sizeof *facts.list)};
    int64_t region;

    if (!party_region(sql, project->owner, &region, err))
        return false;
    duty_facts(project, today, &facts);
    return rule_gate(law->book, "project_duty", region ? (int32_t)region : REGION_NATION, today, facts.list, facts.count, arena, answers, count, err);
}
