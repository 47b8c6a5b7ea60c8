/* A pilot job from the request to the run: what no rule says. */
#include "work/pilot_job_int.h"

#include "base/money.h"
#include "base/text.h"
#include "record/achievement.h"

enum { OTHERS_LOOKED_AT = 200, OTHERS_TOLD = 3 };

bool job_capability(struct matter_draft *draft, struct record **capability, struct err *err)
{
    return pilot_record(draft, &kind_pilot_job, JOB_CAPABILITY, &kind_capability, matter_number(&draft->matter, JOB_CAPABILITY), capability, err);
}

const char *job_purpose(const struct record *capability)
{
    return slice_is(matter_text(capability, CAPABILITY_SORT), "instrument") ? "test" : "pilot";
}

/* --- the request --- */

static bool capability_open(struct matter_draft *draft, struct record **capability, struct err *err)
{
    if (!job_capability(draft, capability, err))
        return false;
    return slice_is(matter_text(*capability, MATTER_STATE), "open")
           || MATTER_WRONG(err, &kind_pilot_job, JOB_CAPABILITY, "该能力现在不接单");
}

/* What is closed to him is not there for him. */
static bool about_open(struct matter_draft *draft, size_t field, const struct kind *kind, struct record **about, struct err *err)
{
    if (!pilot_record(draft, &kind_pilot_job, field, kind, matter_number(&draft->matter, field), about, err))
        return false;
    return (*about)->status == RECORD_OPEN || (*about)->owner == draft->order->actor->party
           || MATTER_WRONG(err, &kind_pilot_job, field, "没有这个编号的%s", kind->label);
}

static bool achievement_fits(struct matter_draft *draft, struct err *err)
{
    struct record *job = &draft->matter, *achievement;

    if (!matter_known(job, JOB_ACHIEVEMENT))
        return true;
    if (!about_open(draft, JOB_ACHIEVEMENT, &kind_achievement, &achievement, err))
        return false;
    matter_set_number(job, JOB_RIGHTS, achievement->owner);
    if (!matter_known(job, JOB_TRL_NOW) && matter_known(achievement, ACHIEVEMENT_TRL))
        matter_set_number(job, JOB_TRL_NOW, matter_number(achievement, ACHIEVEMENT_TRL));
    return true;
}

static bool need_fits(struct matter_draft *draft, struct err *err)
{
    struct record *need;

    return !matter_known(&draft->matter, JOB_NEED) || about_open(draft, JOB_NEED, &kind_need, &need, err);
}

static bool wishes_fit(const struct record *job, struct err *err)
{
    struct slice hazards = matter_text(job, JOB_HAZARDS);

    if (codes_have(job, JOB_HAZARDS, "none") && !slice_is(hazards, "none"))
        return MATTER_WRONG(err, &kind_pilot_job, JOB_HAZARDS, "选了“不涉及”，就不能再选别的危险");
    if (matter_known(job, JOB_TRL_NOW) && matter_known(job, JOB_TRL_GOAL) && matter_number(job, JOB_TRL_GOAL) <= matter_number(job, JOB_TRL_NOW))
        return MATTER_WRONG(err, &kind_pilot_job, JOB_TRL_GOAL, "要到的 TRL 应当高于现在的 %lld", (long long)matter_number(job, JOB_TRL_NOW));
    return true;
}

/* The platform has so many working days as it says itself. */
static void quote_due(struct matter_draft *draft, const struct record *capability)
{
    int32_t days = (int32_t)matter_number(capability, CAPABILITY_QUOTE_DAYS);

    matter_set_due(&draft->matter, calendar_after(draft->order->law->calendar, draft->today, CALENDAR_WORKDAYS, days, NULL), draft->arena);
}

bool job_request(struct matter_draft *draft, struct err *err)
{
    struct record *job = &draft->matter, *capability;
    struct slice name;

    if (!capability_open(draft, &capability, err) || !achievement_fits(draft, err) || !need_fits(draft, err) || !wishes_fit(job, err))
        return false;
    if (capability->owner == draft->order->actor->party) /* its result and its rating would be its own word */
        return err_set(err, ERR_CONFLICT, "这是本单位自己的能力") || err_hint(err, "本单位自己用的时段，用“排检修”占上");
    name = matter_text(capability, CAPABILITY_NAME);
    job->owner = capability->owner;
    if (!matter_known(job, JOB_FROM))
        matter_set_number(job, JOB_FROM, draft->order->actor->party);
    matter_set_text(job, MATTER_TITLE, slice_of(arena_print(draft->arena, "%.*s：中试作业", (int)name.len, name.at)));
    matter_set_day(job, JOB_ASKED_ON, draft->today, draft->arena);
    quote_due(draft, capability);
    return true;
}

bool job_supply(struct matter_draft *draft, struct err *err)
{
    struct record *capability;

    if (!job_capability(draft, &capability, err) || !wishes_fit(&draft->matter, err))
        return false;
    quote_due(draft, capability);
    return true;
}

/* --- the quote and the contract --- */

bool job_quote(struct matter_draft *draft, struct err *err)
{
    struct record *job = &draft->matter;

    if (matter_day(job, JOB_QUOTE_UNTIL) < draft->today)
        return MATTER_WRONG(err, &kind_pilot_job, JOB_QUOTE_UNTIL, "报价的有效期已经过去");
    if (!matter_known(job, JOB_QUOTED_ON)) /* of several quotes the first ends the platform's clock */
        matter_set_day(job, JOB_QUOTED_ON, draft->today, draft->arena);
    matter_set_due(job, matter_day(job, JOB_QUOTE_UNTIL), draft->arena);
    return true;
}

bool job_accept(struct matter_draft *draft, struct err *err)
{
    const struct record *job = &draft->matter;
    char price[MONEY_TEXT];

    if (matter_day(job, JOB_QUOTE_UNTIL) < draft->today)
        return err_set(err, ERR_INVALID, "报价已经过期") || err_hint(err, "请平台重新报价");
    if (matter_number(job, JOB_AMOUNT) > matter_number(job, JOB_PRICE))
        return MATTER_WRONG(err, &kind_pilot_job, JOB_AMOUNT, "报价是 %s，合同金额不能更高；要加做的请平台重新报价",
                            money_show(matter_number(job, JOB_PRICE), price));
    return true;
}

/* --- the calendar --- */

bool job_book(struct matter_draft *draft, struct err *err)
{
    struct record *capability;

    return job_capability(draft, &capability, err) && slot_take(draft, capability, false, err);
}

static bool booked(const struct matter_file *file)
{
    for (size_t k = 0; k < file->sort->entry_count; k++)
        for (size_t i = 0; file->sort->entries[k] == &kind_booking && i < file->counts[k]; i++)
            if (slot_stands(&file->entries[k][i]))
                return true;
    return false;
}

bool job_start(struct matter_draft *draft, struct err *err)
{
    return booked(draft->file) || err_set(err, ERR_INVALID, "还没有排期") || err_hint(err, "先在“排期”里占一个时段");
}

/* --- samples --- */

bool custody_follows(struct slice last, struct slice next)
{
    bool here = slice_is(last, "received") || slice_is(last, "sealed") || slice_is(last, "opened") || slice_is(last, "stored");

    if (slice_is(next, "received"))
        return last.len == 0 || slice_is(last, "returned"); /* it may come again */
    return here;
}

static struct slice last_of(const struct matter_draft *draft, struct slice sample)
{
    const struct matter_file *file = draft->file;
    struct slice last = SLICE("");

    for (size_t k = 0; k < file->sort->entry_count; k++)
        for (size_t i = 0; file->sort->entries[k] == &kind_custody && i < file->counts[k]; i++)
            if (slice_same(matter_text(&file->entries[k][i], CUSTODY_SAMPLE), sample))
                last = matter_text(&file->entries[k][i], CUSTODY_WHAT);
    return last;
}

bool job_custody(struct matter_draft *draft, struct err *err)
{
    struct slice next = matter_text(&draft->entry, CUSTODY_WHAT), last = last_of(draft, matter_text(&draft->entry, CUSTODY_SAMPLE));
    bool sealed = slice_is(next, "received") || slice_is(next, "sealed") || slice_is(next, "returned");

    if (matter_day(&draft->entry, CUSTODY_DAY) > draft->today)
        return MATTER_WRONG(err, &kind_custody, CUSTODY_DAY, "日期还没有到");
    if (!custody_follows(last, next))
        return MATTER_WRONG(err, &kind_custody, CUSTODY_WHAT, last.len ? "这个样品不在平台手里，或者已经接收" : "这个样品还没有接收");
    return !sealed || matter_known(&draft->entry, CUSTODY_SEAL) || MATTER_WRONG(err, &kind_custody, CUSTODY_SEAL, "接收、封存、退回时写封条号");
}

/* --- others that fit --- */

static bool would_take(const struct record *job, const struct record *capability)
{
    bool safe = codes_have(job, JOB_HAZARDS, "none") || codes_cover(capability, CAPABILITY_HAZARDS, matter_text(job, JOB_HAZARDS));
    bool within = !matter_known(job, JOB_TRL_GOAL) || !matter_known(capability, CAPABILITY_TRL_TO)
                  || matter_number(job, JOB_TRL_GOAL) <= matter_number(capability, CAPABILITY_TRL_TO);

    return safe && within && codes_cover(capability, CAPABILITY_TRIALS, matter_text(job, JOB_TRIALS))
           && codes_cover(capability, CAPABILITY_CONFIDENCE, matter_text(job, JOB_CONFIDENCE));
}

static void other_add(struct matter_draft *draft, const struct record *capability, struct text *out)
{
    struct slice name = matter_text(capability, CAPABILITY_NAME), party = record_title(draft->sql, &kind_party, capability->owner, draft->arena);

    text_print(out, "%s%.*s（%.*s，/capabilities/%lld）", out->len ? "；" : "", (int)name.len, name.at, (int)party.len, party.at,
               (long long)capability->id);
}

bool job_offer(struct matter_draft *draft, struct err *err)
{
    struct record *list = arena_alloc(draft->arena, OTHERS_LOOKED_AT * sizeof *list);
    size_t count, told = 0;
    struct text out;

    if (!capabilities_open(draft->sql, draft->matter.owner, OTHERS_LOOKED_AT, draft->arena, list, &count, err))
        return false;
    text_init(&out);
    for (size_t i = 0; i < count && told < OTHERS_TOLD; i++)
        if (would_take(&draft->matter, &list[i])) {
            other_add(draft, &list[i], &out);
            told++;
        }
    matter_set_text(&draft->matter, JOB_OFFERED, told ? arena_copy(draft->arena, text_slice(&out)) : SLICE("眼下没有别的平台合适"));
    text_release(&out);
    return true;
}
