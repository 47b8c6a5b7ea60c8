/* What a trial's steps ask for beyond their fields. */
#include "work/trial_int.h"

#include "base/utf8.h"
#include "record/scenario.h"
#include "work/maturity.h"
#include "work/pilot.h"

enum { TITLE_CHARS = 200 };

/* --- the application --- */

static bool achievement_about(struct matter_draft *draft, struct err *err)
{
    struct record *trial = &draft->matter, achievement;

    if (!matter_known(trial, TRIAL_ACHIEVEMENT))
        return true;
    if (!record_get(draft->sql, &kind_achievement, matter_number(trial, TRIAL_ACHIEVEMENT), draft->arena, &achievement, err))
        return false;
    if (achievement.status == RECORD_CLOSED && achievement.owner != draft->order->actor->party) /* closed to him is not there for him */
        return record_missing(&kind_achievement, err);
    if (achievement.owner)
        matter_set_number(trial, TRIAL_RIGHTS, achievement.owner);
    return true;
}

/* Is it open on this day? A day that is not written limits nothing. */
static bool scenario_open(const struct matter_draft *draft, const struct record *scenario, struct err *err)
{
    int32_t opens = matter_day(scenario, SCENARIO_OPENS), closes = matter_day(scenario, SCENARIO_CLOSES);

    if (scenario->status == RECORD_CLOSED || (closes && closes < draft->today))
        return err_set(err, ERR_CONFLICT, "这个场景已经截止，不再接受申请");
    return !opens || opens <= draft->today || err_set(err, ERR_CONFLICT, "这个场景还没有开放");
}

/* "耐磨轴承 · 含沙泵站试用": the host has many of one scenario. At most as long as a title may be. */
static struct slice title_of(const struct matter_draft *draft, const struct record *scenario)
{
    struct slice product = matter_text(&draft->matter, TRIAL_PRODUCT), place = matter_text(scenario, SCENARIO_TITLE);

    return utf8_head(slice_of(arena_print(draft->arena, "%.*s · %.*s", (int)product.len, product.at, (int)place.len, place.at)), TITLE_CHARS);
}

bool trial_apply(struct matter_draft *draft, struct err *err)
{
    struct record *trial = &draft->matter, scenario;

    if (!record_get(draft->sql, &kind_scenario, matter_number(trial, TRIAL_SCENARIO), draft->arena, &scenario, err)
        || !scenario_open(draft, &scenario, err))
        return false;
    if (!scenario.owner || scenario.owner == draft->order->actor->party)
        return err_set(err, ERR_CONFLICT, scenario.owner ? "这是本单位自己的场景" : "这个场景没有所属单位，无法送达");
    if (matter_number(trial, TRIAL_TRL) < matter_number(&scenario, SCENARIO_TRL))
        return MATTER_WRONG(err, &kind_trial, TRIAL_TRL, "这个场景要求至少 TRL %lld", (long long)matter_number(&scenario, SCENARIO_TRL))
               || err_hint(err, "可以先做中试，再来申请");
    trial->owner = scenario.owner;
    matter_set_number(trial, TRIAL_FROM, draft->order->actor->party);
    matter_set_text(trial, MATTER_TITLE, title_of(draft, &scenario));
    return achievement_about(draft, err);
}

/* --- the plan --- */

bool trial_aim_put(struct matter_draft *draft, struct err *err)
{
    int64_t target;

    return measure_read(matter_text(&draft->entry, AIM_TARGET), &target)
           || MATTER_WRONG(err, &kind_trial_aim, AIM_TARGET, "目标值要写成一个数") || err_hint(err, "如 8000 或 0.35；单位写在下一栏");
}

bool trial_plan(struct matter_draft *draft, struct err *err)
{
    if (!draft->file->counts[0])
        return err_set(err, ERR_CONFLICT, "还没有指标") || err_hint(err, "先加至少一项：没有目标值就说不清达到没有");
    if (matter_day(&draft->matter, TRIAL_ENDS) < matter_day(&draft->matter, TRIAL_BEGINS))
        return MATTER_WRONG(err, &kind_trial, TRIAL_ENDS, "止日不能早于起日");
    return matter_day(&draft->matter, TRIAL_ENDS) >= draft->today || MATTER_WRONG(err, &kind_trial, TRIAL_ENDS, "这一天已经过去");
}

bool trial_agree(struct matter_draft *draft, struct err *err)
{
    (void)err;
    matter_set_due(&draft->matter, matter_day(&draft->was, TRIAL_ENDS), draft->arena);
    return true;
}

/* --- the run --- */

bool trial_read(struct matter_draft *draft, struct err *err)
{
    const struct record *reading = &draft->entry;
    int64_t value;

    if (matter_number(reading, READING_AIM) > (int64_t)draft->file->counts[0])
        return MATTER_WRONG(err, &kind_trial_reading, READING_AIM, "方案里只有 %zu 项指标", draft->file->counts[0]);
    if (matter_day(reading, READING_DAY) > draft->today)
        return MATTER_WRONG(err, &kind_trial_reading, READING_DAY, "测得日还没有到");
    return measure_read(matter_text(reading, READING_VALUE), &value)
           || MATTER_WRONG(err, &kind_trial_reading, READING_VALUE, "读数要写成一个数") || err_hint(err, "如 8120 或 0.31");
}

/* What is said of the whole must be what the readings say: all, some or none of the indicators. */
static bool outcome_agrees(const struct matter_draft *draft, struct err *err)
{
    struct aim_stand *list = arena_alloc(draft->arena, (draft->file->counts[0] + 1) * sizeof *list);
    size_t met, count = trial_stand(draft->file, list, &met);
    const char *stands = met == count ? "reached" : met ? "part" : "failed";

    for (size_t i = 0; i < count; i++)
        if (!list[i].reading)
            return err_set(err, ERR_CONFLICT, "第 %lld 项指标还没有读数", (long long)matter_number(list[i].aim, ENTRY_NO))
                   || err_hint(err, "每项指标至少一个读数，没有达到的也记");
    return slice_is(matter_text(&draft->entry, EVIDENCE_OUTCOME), stands)
           || MATTER_WRONG(err, &kind_trl_evidence, EVIDENCE_OUTCOME, "按最近的读数，%zu 项指标达到 %zu 项", count, met)
           || err_hint(err, "全部达到才是“达到”，一项也没有的是“没有达到”，其余是“部分达到”");
}

bool trial_report(struct matter_draft *draft, struct err *err)
{
    if (!outcome_agrees(draft, err) || !evidence_fits(draft, matter_number(&draft->was, TRIAL_TRL), err))
        return false;
    evidence_about(draft, matter_number(&draft->was, TRIAL_ACHIEVEMENT), matter_number(&draft->was, TRIAL_TRL));
    return true;
}

bool trial_confirm(struct matter_draft *draft, struct err *err)
{
    const struct record *evidence = entry_newest(draft, &kind_trl_evidence);
    struct aim_stand *list = arena_alloc(draft->arena, (draft->file->counts[0] + 1) * sizeof *list);
    size_t met, count = trial_stand(draft->file, list, &met);

    if (!evidence_confirm(draft, err))
        return false;
    matter_set_text(&draft->matter, TRIAL_OUTCOME, matter_text(evidence, EVIDENCE_OUTCOME));
    matter_set_number(&draft->matter, TRIAL_AIMS, (int64_t)count);
    matter_set_number(&draft->matter, TRIAL_MET, (int64_t)met);
    matter_enter(draft, &sort_trial, &draft->matter, met ? TRIAL_DECIDING : TRIAL_CLOSED);
    return true;
}

bool trial_write_back(struct matter_draft *draft, struct err *err)
{
    return evidence_write_back(draft, matter_number(&draft->matter, TRIAL_RIGHTS), err);
}

/* --- the first purchase --- */

bool trial_buy(struct matter_draft *draft, struct err *err)
{
    return matter_day(&draft->matter, TRIAL_BOUGHT_ON) <= draft->today || MATTER_WRONG(err, &kind_trial, TRIAL_BOUGHT_ON, "首购日还没有到");
}

/* R84 (科学技术进步法 §91). What was tried and met is what the buyer needs; the applicant is of this country, as all parties here are. */
bool trial_facts(struct matter_draft *draft, struct fact **list, size_t *count, struct err *err)
{
    struct pilot_facts facts = {.list = arena_zero(draft->arena, PILOT_FACTS, sizeof *facts.list)};
    const struct record *trial = &draft->matter;

    (void)err;
    fact_yes(&facts, "public_buyer", matter_number(trial, TRIAL_PUBLIC));
    fact_yes(&facts, "domestic_supplier", true);
    fact_yes(&facts, "innovative", true);
    fact_yes(&facts, "need_met", slice_is(matter_text(&draft->was, TRIAL_OUTCOME), "reached"));
    fact_yes(&facts, "first_market", matter_number(trial, TRIAL_FIRST));
    fact_yes(&facts, "record_asked", matter_number(trial, TRIAL_RECORD_ASKED));
    fact_yes(&facts, "record_scored", matter_number(trial, TRIAL_SCORED));
    *list = facts.list;
    *count = facts.count;
    return true;
}
