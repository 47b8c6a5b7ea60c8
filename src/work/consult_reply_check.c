/* Handing an opinion over, objecting, replying, rating, and publishing it (R110–R113). */
#include "work/consult_int.h"

#include "base/clock.h"
#include "work/pilot.h"

enum { RATE_DAYS = 30 };

/* --- handing over --- */

/* Both clocks begin today. §203: a last day that is a day of rest moves on. */
static void clocks_begin(struct matter_draft *draft, struct record *opinion)
{
    const struct calendar *calendar = draft->order->law->calendar;
    int32_t object = calendar_after(calendar, draft->today, CALENDAR_DAYS, OPINION_OBJECT_DAYS, NULL);
    int32_t reply = calendar_after(calendar, draft->today, CALENDAR_MONTHS, OPINION_MONTHS, NULL);

    matter_set_day(opinion, OPINION_HANDED_ON, draft->today, draft->arena);
    matter_set_day(opinion, OPINION_OBJECT_BY, calendar_rolled(calendar, object, NULL), draft->arena);
    matter_set_day(opinion, OPINION_REPLY_BY, calendar_rolled(calendar, reply, NULL), draft->arena);
    opinion->values[OPINION_EXTENDED_TO] = opinion->values[OPINION_EXTEND_WHY] = (struct value){0};
    matter_set_due(opinion, matter_day(opinion, OPINION_REPLY_BY), draft->arena);
}

static void goes_along(struct matter_draft *draft, struct record *one)
{
    static const size_t same[] = {OPINION_UNIT, OPINION_INSTRUCTION, OPINION_HANDED_ON, OPINION_OBJECT_BY, OPINION_REPLY_BY, OPINION_EXTENDED_TO,
                                  OPINION_EXTEND_WHY};

    for (size_t i = 0; i < COUNT(same); i++)
        one->values[same[i]] = draft->matter.values[same[i]];
    for (size_t state = 0; state < sort_opinion.state_count; state++)
        if (opinion_is(&draft->matter, (enum opinion_state)state) && !opinion_is(one, (enum opinion_state)state))
            matter_enter(draft, &sort_opinion, one, (int)state);
    matter_set_due(one, matter_day(&draft->matter, MATTER_DUE), draft->arena);
}

/* Of a group those that stand where the leading one stood, handed over with it: what was answered already, or handed over anew, is left. */
static bool goes_on(struct matter_draft *draft, struct record *one, const struct record *first)
{
    (void)first;
    if (!slice_same(matter_text(one, MATTER_STATE), matter_text(&draft->was, MATTER_STATE))
        || !slice_same(matter_text(one, OPINION_HANDED_ON), matter_text(&draft->was, OPINION_HANDED_ON)))
        return false;
    goes_along(draft, one);
    return true;
}

bool opinion_hand(struct matter_draft *draft, struct err *err)
{
    if (!opinion_leads(draft, err))
        return false;
    clocks_begin(draft, &draft->matter);
    return opinion_each(draft, goes_on, err);
}

bool opinion_object(struct matter_draft *draft, struct err *err)
{
    if (!opinion_leads(draft, err))
        return false;
    matter_set_number(&draft->entry, HANDING_UNIT, matter_number(&draft->was, OPINION_UNIT));
    return opinion_each(draft, goes_on, err);
}

static void rule(struct matter_draft *draft, const char *ruling)
{
    matter_set_text(&draft->entry, HANDING_RULING, slice_of(ruling));
    matter_set_day(&draft->entry, HANDING_RULED_ON, draft->today, draft->arena);
}

bool opinion_uphold(struct matter_draft *draft, struct err *err)
{
    int32_t extended = matter_day(&draft->was, OPINION_EXTENDED_TO);

    rule(draft, "upheld");
    matter_set_due(&draft->matter, extended ? extended : matter_day(&draft->was, OPINION_REPLY_BY), draft->arena);
    return opinion_each(draft, goes_on, err);
}

bool opinion_reassign(struct matter_draft *draft, struct err *err)
{
    int64_t to = matter_number(&draft->entry, HANDING_TO);

    if (to == matter_number(&draft->was, OPINION_UNIT))
        return MATTER_WRONG(err, &kind_opinion_object, HANDING_TO, N_("这就是提异议的单位")) || err_hint(err, "仍由它办的，用“维持交办”");
    rule(draft, "reassigned");
    matter_set_number(&draft->matter, OPINION_UNIT, to);
    clocks_begin(draft, &draft->matter);
    return opinion_each(draft, goes_on, err);
}

bool opinion_extend(struct matter_draft *draft, struct err *err)
{
    if (!opinion_leads(draft, err))
        return false;
    matter_set_due(&draft->matter, matter_day(&draft->matter, OPINION_EXTENDED_TO), draft->arena);
    return opinion_each(draft, goes_on, err);
}

bool opinion_facts(struct matter_draft *draft, struct fact **list, size_t *count, struct err *err)
{
    struct pilot_facts facts = {.list = arena_zero(draft->arena, PILOT_FACTS, sizeof *facts.list)};

    (void)err;
    fact_number(&facts, "today", FACT_DAY, true, draft->today);
    fact_number(&facts, "opinion_handed_on", FACT_DAY, matter_known(&draft->was, OPINION_HANDED_ON), matter_day(&draft->was, OPINION_HANDED_ON));
    fact_number(&facts, "opinion_due", FACT_DAY, matter_known(&draft->was, MATTER_DUE), matter_day(&draft->was, MATTER_DUE));
    fact_number(&facts, "opinion_extended_to", FACT_DAY, matter_known(&draft->matter, OPINION_EXTENDED_TO), matter_day(&draft->matter, OPINION_EXTENDED_TO));
    fact_yes(&facts, "opinion_reasons", matter_known(&draft->matter, OPINION_EXTEND_WHY));
    *list = facts.list;
    *count = facts.count;
    return true;
}

/* --- the reply --- */

#define REPLY_WRONG(field, ...) MATTER_WRONG(err, &kind_opinion_reply, field, __VA_ARGS__)

/* 主办答复、协办协商 (R111): who was asked to assist and still has time is waited for. */
static bool assists_done(struct matter_draft *draft, struct err *err)
{
    static const char asked[] = "SELECT COUNT(*) FROM opinion_assist WHERE opinion = ?1 AND lead = ?3 AND state = 'asked' AND (due IS NULL OR due >= ?2)"
                                " AND to_leaf IS NULL";
    char today[CLOCK_TEXT];
    int64_t open = 0;
    bool found;

    if (!sql_one(draft->sql, asked, SQL_ARGS(sql_int(draft->was.id), sql_text(slice_of(day_show(draft->today, today))), sql_int(matter_number(&draft->was, OPINION_UNIT))),
                 &open, &found, err))
        return false;
    return !open || err_set(err, ERR_CONFLICT, "还有 %lld 个协办单位没有回意见", (long long)open) || err_hint(err, "等他们答复，或过了他们的期限再答复");
}

bool opinion_answer(struct matter_draft *draft, struct err *err)
{
    const struct record *reply = &draft->entry;
    bool planned = slice_is(matter_text(reply, OPINION_REPLY_CONCLUSION), "planned");
    int32_t by = matter_day(reply, OPINION_REPLY_PLANNED_BY);

    if (planned && by <= draft->today)
        return REPLY_WRONG(OPINION_REPLY_PLANNED_BY, N_("结论是 B，写明计划哪天完成，要晚于今天"));
    if (!planned && by)
        return REPLY_WRONG(OPINION_REPLY_PLANNED_BY, N_("只有结论是 B 的写计划完成日"));
    if (!assists_done(draft, err))
        return false;
    matter_set_number(&draft->entry, OPINION_REPLY_UNIT, matter_number(&draft->was, OPINION_UNIT));
    draft->matter.values[OPINION_CONCLUSION] = reply->values[OPINION_REPLY_CONCLUSION];
    draft->matter.values[OPINION_PLANNED_BY] = reply->values[OPINION_REPLY_PLANNED_BY];
    matter_set_day(&draft->matter, OPINION_REPLIED_ON, draft->today, draft->arena);
    matter_set_due(&draft->matter, draft->today + RATE_DAYS, draft->arena);
    return true;
}

/* Of one that was merged: what was said to the one that leads, to be made this one's own. */
bool opinion_answer_fill(struct matter_draft *draft, struct slice typed[FIELDS_MAX], struct err *err)
{
    static const size_t same[] = {OPINION_REPLY_TEXT, OPINION_REPLY_CONCLUSION, OPINION_REPLY_REASONS, OPINION_REPLY_PLANNED_BY, OPINION_REPLY_INDICATOR,
                                  OPINION_REPLY_MEASURED, OPINION_REPLY_SIGNER, OPINION_REPLY_PHONE};
    int64_t lead = matter_number(&draft->was, OPINION_LEAD);
    struct record *list;
    size_t count;

    if (!lead)
        return true;
    if (!matter_entries(draft->sql, &kind_opinion_reply, lead, MATTER_ENTRY_ROWS, draft->arena, &list, &count, err))
        return false;
    for (size_t i = 0; count && i < COUNT(same); i++)
        typed[same[i]] = field_show(&kind_opinion_reply.fields[same[i]], &list[count - 1].values[same[i]], draft->arena);
    return true;
}

/* Whatever the rating is, it stands as rated: who sees the state alone does not see what was said. */
bool opinion_rate(struct matter_draft *draft, struct err *err)
{
    struct record *reply = &draft->entry;

    (void)err;
    matter_set_day(reply, OPINION_REPLY_RATED_ON, draft->today, draft->arena);
    if (matter_number(reply, OPINION_REPLY_SHARE)) {
        reply->values[OPINION_REPLY_TOLD] = reply->values[OPINION_REPLY_RATING];
        reply->values[OPINION_REPLY_TOLD_WHY] = reply->values[OPINION_REPLY_RATING_WHY];
    }
    return true;
}

/* Over, or, where the answer was a plan whose day is still ahead, waited for until that day (R112). */
static void ends(struct matter_draft *draft)
{
    int32_t by = matter_day(&draft->was, OPINION_PLANNED_BY);
    bool planned = slice_is(matter_text(&draft->was, OPINION_CONCLUSION), "planned") && by > draft->today;

    matter_enter(draft, &sort_opinion, &draft->matter, planned ? OPINION_PLANNED : OPINION_CLOSED);
    if (planned)
        matter_set_due(&draft->matter, by, draft->arena);
}

static bool is_unsatisfied(const struct matter_draft *draft)
{
    size_t replies = draft->file->counts[3];

    return replies && slice_is(matter_text(&draft->file->entries[3][replies - 1], OPINION_REPLY_RATING), "unsatisfied");
}

bool opinion_settle(struct matter_draft *draft, struct err *err)
{
    if (is_unsatisfied(draft))
        return err_set(err, ERR_CONFLICT, "委员不满意，不能这样办结") || err_hint(err, "用“重新办理”交回原单位；不再办的，用“写明理由办结”");
    ends(draft);
    return true;
}

bool opinion_again(struct matter_draft *draft, struct err *err)
{
    (void)err;
    clocks_begin(draft, &draft->matter);
    draft->matter.values[OPINION_REPLIED_ON] = draft->matter.values[OPINION_CONCLUSION] = draft->matter.values[OPINION_PLANNED_BY] = (struct value){0};
    return true;
}

bool opinion_close(struct matter_draft *draft, struct err *err)
{
    if (opinion_is(&draft->was, OPINION_REPLIED) && draft->today <= matter_day(&draft->was, MATTER_DUE))
        return err_set(err, ERR_CONFLICT, "委员还可以评价到 %.*s", (int)matter_text(&draft->was, MATTER_DUE).len, matter_text(&draft->was, MATTER_DUE).at)
               || err_hint(err, "过了这一天没有评价的，才由办公室办结");
    ends(draft);
    return true;
}

bool opinion_key(struct matter_draft *draft, struct err *err)
{
    (void)err;
    matter_set_number(&draft->matter, OPINION_KEY, 1);
    return true;
}

/* --- publishing --- */

bool opinion_clear(struct matter_draft *draft, struct err *err)
{
    (void)err;
    matter_set_day(&draft->matter, OPINION_CLEARED_ON, draft->today, draft->arena);
    return true;
}

bool opinion_clear_fill(struct matter_draft *draft, struct slice typed[FIELDS_MAX], struct err *err)
{
    const struct record *opinion = &draft->was;
    size_t replies = draft->file->counts[3];
    struct slice evidence = matter_text(opinion, OPINION_EVIDENCE), proposal = matter_text(opinion, OPINION_PROPOSAL);

    (void)err;
    if (matter_known(opinion, OPINION_PUBLIC_TEXT))
        return true;
    typed[OPINION_PUBLIC_TITLE] = matter_text(opinion, OPINION_SUBJECT);
    typed[OPINION_PUBLIC_TEXT] = slice_of(arena_print(draft->arena, "%.*s\n%.*s", (int)evidence.len, evidence.at, (int)proposal.len, proposal.at));
    if (replies)
        typed[OPINION_PUBLIC_REPLY] = matter_text(&draft->file->entries[3][replies - 1], OPINION_REPLY_TEXT);
    return true;
}

bool opinion_conceal(struct matter_draft *draft, struct err *err)
{
    if (!matter_known(&draft->was, OPINION_CLEARED_ON))
        return err_set(err, ERR_CONFLICT, "这件没有公开");
    draft->matter.values[OPINION_CLEARED_ON] = (struct value){0};
    return true;
}
