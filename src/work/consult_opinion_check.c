/* Putting in, mending, co-signing, merging and splitting, and withdrawing an opinion. */
#include "work/consult_int.h"

#define WRONG(field, ...) MATTER_WRONG(err, &kind_opinion, field, __VA_ARGS__)
#define MERGE_WRONG(field, ...) MATTER_WRONG(err, &kind_opinion_merge, field, __VA_ARGS__)

/* --- putting in --- */

static const char topic_numbered[] = "SELECT id FROM consult_topic WHERE matter = ?1 AND no = ?2 AND to_leaf IS NULL";
static const char visit_numbered[] = "SELECT id FROM consult_visit WHERE matter = ?1 AND no = ?2 AND to_leaf IS NULL";

static bool entry_there(struct matter_draft *draft, const char *statement, int64_t session, int64_t number, bool *there, struct err *err)
{
    int64_t id;

    return sql_one(draft->sql, statement, SQL_ARGS(sql_int(session), sql_int(number)), &id, there, err);
}

/* Topic and visit are of the session; who speaks for many says who signed (R110). */
static bool content_fits(struct matter_draft *draft, int64_t session, struct err *err)
{
    const struct record *matter = &draft->matter;
    struct slice form = matter_text(matter, OPINION_FORM);
    bool there = true;

    if (!entry_there(draft, topic_numbered, session, matter_number(matter, OPINION_TOPIC), &there, err))
        return false;
    if (!there)
        return WRONG(OPINION_TOPIC, N_("没有这个序号的议题")) || err_hint(err, "议题和序号在协商座谈的页面上");
    if (matter_known(matter, OPINION_VISIT) && !entry_there(draft, visit_numbered, session, matter_number(matter, OPINION_VISIT), &there, err))
        return false;
    if (!there)
        return WRONG(OPINION_VISIT, N_("没有这个序号的走访记录"));
    if (form.len && !slice_is(form, "member") && !matter_known(matter, OPINION_SIGNERS))
        return WRONG(OPINION_SIGNERS, N_("以组织名义提出的，写明名称和签署的负责人"));
    matter_set_text(&draft->matter, MATTER_TITLE, matter_text(matter, OPINION_SUBJECT));
    return true;
}

static bool session_of(struct matter_draft *draft, struct record *session, struct err *err)
{
    return record_get(draft->sql, &kind_consultation, matter_number(&draft->matter, OPINION_SESSION), draft->arena, session, err);
}

static bool takes(const struct record *session, const struct matter_draft *draft, bool office, struct err *err)
{
    if (consultation_is(session, CONSULT_LIVE) || (office && consultation_is(session, CONSULT_FOLLOWING)))
        return true;
    if (!consultation_is(session, CONSULT_OPEN))
        return err_set(err, ERR_CONFLICT, "这场协商座谈现在不收意见") || err_hint(err, "它的状态是：%s", matter_state_of(&sort_consultation, session)->label);
    return office || draft->today <= matter_day(session, CONSULT_UNTIL)
           || err_set(err, ERR_CONFLICT, "意见截止日已经过去") || err_hint(err, "座谈当天现场仍可以提；着急的请联系政协办公室");
}

/* The number is given on the writer, where nobody else gives one. */
static bool number_set(struct matter_draft *draft, int64_t session, struct err *err)
{
    int64_t last = 0;
    bool found;

    if (!sql_one(draft->sql, "SELECT COALESCE(MAX(no), 0) FROM opinion WHERE consultation = ?1 AND to_leaf IS NULL", SQL_ARGS(sql_int(session)), &last, &found, err))
        return false;
    if (last >= CONSULT_OPINIONS)
        return err_set(err, ERR_CONFLICT, "这场座谈已有 %d 件意见，不能再加", CONSULT_OPINIONS);
    matter_set_number(&draft->matter, OPINION_NO, last + 1);
    return true;
}

static bool put(struct matter_draft *draft, bool office, struct err *err)
{
    int64_t person = matter_number(&draft->matter, OPINION_MEMBER);
    struct record session;
    bool seated;

    if (!session_of(draft, &session, err) || !consult_seated(draft->sql, session.id, person, &seated, err))
        return false;
    draft->matter.owner = session.owner;
    if (!seated)
        return office ? WRONG(OPINION_MEMBER, N_("这位委员不在参加名单里"))
                      : err_set(err, ERR_DENIED, "您不在这场座谈的参加名单里") || err_hint(err, "请联系政协办公室把您加进名单");
    return takes(&session, draft, office, err) && content_fits(draft, session.id, err) && number_set(draft, session.id, err);
}

bool opinion_put(struct matter_draft *draft, struct err *err)
{
    if (draft->order->actor->person)
        matter_set_number(&draft->matter, OPINION_MEMBER, draft->order->actor->person);
    return put(draft, false, err);
}

bool opinion_enter(struct matter_draft *draft, struct err *err)
{
    return put(draft, true, err);
}

bool opinion_mend(struct matter_draft *draft, struct err *err)
{
    for (size_t i = 0; i < draft->file->counts[0]; i++)
        if (!matter_known(&draft->file->entries[0][i], COSIGN_LEFT_ON))
            return err_set(err, ERR_CONFLICT, "已有委员联名，不能再改他们签过的话") || err_hint(err, "要补充的写在联名里；要改的，请联名的委员先退出，或撤回以后重新提");
    return content_fits(draft, matter_number(&draft->matter, OPINION_SESSION), err);
}

/* --- co-signing --- */

bool opinion_cosign(struct matter_draft *draft, struct err *err)
{
    int64_t person = draft->order->actor->person;

    if (!person)
        return err_set(err, ERR_DENIED, "联名由委员本人来办") || err_hint(err, "请用委员的账号登录");
    for (size_t i = 0; i < draft->file->counts[0]; i++)
        if (matter_number(&draft->file->entries[0][i], COSIGN_PERSON) == person && !matter_known(&draft->file->entries[0][i], COSIGN_LEFT_ON))
            return err_set(err, ERR_CONFLICT, "您已经联名");
    matter_set_number(&draft->entry, COSIGN_PERSON, person);
    return true;
}

bool opinion_uncosign(struct matter_draft *draft, struct err *err)
{
    if (matter_number(&draft->entry, COSIGN_PERSON) != draft->order->actor->person)
        return err_set(err, ERR_DENIED, "只能退出自己的联名") || err_hint(err, "在自己的那一条联名上办");
    matter_set_day(&draft->entry, COSIGN_LEFT_ON, draft->today, draft->arena);
    return true;
}

/* --- a group --- */

bool opinion_each(struct matter_draft *draft, opinion_change *change, struct err *err)
{
    struct record *list = arena_alloc(draft->arena, CONSULT_GROUP * sizeof *list);
    size_t count;

    if (!opinion_group(draft, draft->was.id, list, &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        struct record next = list[i];

        matter_set_number(&next, MATTER_STEPS, matter_number(&next, MATTER_STEPS) + 1);
        if (change(draft, &next, &list[0]) && !matter_also(draft, &next, &list[i], err))
            return false;
    }
    return true;
}

bool opinion_leads(struct matter_draft *draft, struct err *err)
{
    struct record lead;

    if (!matter_known(&draft->was, OPINION_LEAD))
        return true;
    if (!record_get(draft->sql, &kind_opinion, matter_number(&draft->was, OPINION_LEAD), draft->arena, &lead, err))
        return false;
    if (!slice_same(matter_text(&lead, MATTER_STATE), matter_text(&draft->was, MATTER_STATE)))
        return true; /* it has gone on: this one is left by itself */
    err_set(err, ERR_CONFLICT, "这件已并入 %lld 号，在那一件上办", (long long)matter_number(&lead, OPINION_NO));
    return err_hint(err, "两件一起办；办好以后分别答复");
}

static bool merging_add(struct matter_draft *draft, int64_t into, const char *sort, int64_t with, struct slice why, struct err *err)
{
    struct record entry = {.kind = &kind_opinion_merge, .owner = draft->matter.owner};

    matter_set_text(&entry, MERGING_SORT, slice_of(sort));
    matter_set_number(&entry, MERGING_WITH, with);
    matter_set_text(&entry, MERGING_WHY, why);
    return matter_also_entry(draft, &entry, into, err) != NULL;
}

/* Another one of the session that leads itself, and stands where this one does. */
static bool may_lead(struct matter_draft *draft, const struct record *lead, struct err *err)
{
    if (lead->id == draft->was.id)
        return MERGE_WRONG(MERGING_WITH, N_("不能并入自己"));
    if (matter_number(lead, OPINION_SESSION) != matter_number(&draft->was, OPINION_SESSION))
        return MERGE_WRONG(MERGING_WITH, N_("不是同一场座谈的意见"));
    if (!opinion_is(lead, OPINION_FILED))
        return MERGE_WRONG(MERGING_WITH, N_("要并入的那一件不在“已立案，待交办”"));
    return !matter_known(lead, OPINION_LEAD) || MERGE_WRONG(MERGING_WITH, N_("那一件自己也并入了别的意见，请并入牵头的那一件"));
}

bool opinion_merge(struct matter_draft *draft, struct err *err)
{
    struct record *list = arena_alloc(draft->arena, CONSULT_GROUP * sizeof *list), *lead;
    int64_t into = matter_number(&draft->entry, MERGING_WITH);
    size_t count;

    lead = matter_other(draft, &kind_opinion, into, err);
    if (!lead || !may_lead(draft, lead, err) || !opinion_group(draft, draft->was.id, list, &count, err))
        return false;
    if (count)
        return err_set(err, ERR_CONFLICT, "已有 %zu 件并入这一件", count) || err_hint(err, "先把它们拆出来，或者反过来把那一件并入这一件");
    if (!opinion_group(draft, into, list, &count, err))
        return false;
    if (count == CONSULT_GROUP)
        return MERGE_WRONG(MERGING_WITH, "那一件已并入 %d 件，不能再并", CONSULT_GROUP);
    matter_set_number(&draft->matter, OPINION_LEAD, into);
    matter_set_text(&draft->entry, MERGING_SORT, SLICE("joined"));
    return matter_also(draft, lead, &lead[1], err) && merging_add(draft, into, "took", draft->was.id, matter_text(&draft->entry, MERGING_WHY), err);
}

bool opinion_split(struct matter_draft *draft, struct err *err)
{
    int64_t from = matter_number(&draft->was, OPINION_LEAD);
    struct record *lead;

    if (!from)
        return err_set(err, ERR_CONFLICT, "这件没有并入别的意见");
    lead = matter_other(draft, &kind_opinion, from, err);
    if (!lead)
        return false;
    draft->matter.values[OPINION_LEAD] = (struct value){0};
    matter_set_text(&draft->entry, MERGING_SORT, SLICE("parted"));
    matter_set_number(&draft->entry, MERGING_WITH, from);
    return matter_also(draft, lead, &lead[1], err) && merging_add(draft, from, "lost", draft->was.id, matter_text(&draft->entry, MERGING_WHY), err);
}

/* --- withdrawing --- */

static bool is_led(struct matter_draft *draft, struct record *one, const struct record *first)
{
    (void)draft;
    one->values[OPINION_LEAD] = one->id == first->id ? (struct value){0} : (struct value){.known = true, .number = first->id};
    return true;
}

/* An objection that waits for its ruling goes over to who leads now. */
static bool objection_passes(struct matter_draft *draft, int64_t to, struct err *err)
{
    const struct matter_file *file = draft->file;

    for (size_t i = file->counts[2]; opinion_is(&draft->was, OPINION_OBJECTED) && i-- > 0;)
        if (!matter_known(&file->entries[2][i], HANDING_RULED_ON)) {
            struct record entry = file->entries[2][i];

            entry.id = 0;
            entry.ver = 0;
            return matter_also_entry(draft, &entry, to, err) != NULL;
        }
    return true;
}

/* The oldest that is left leads the others. */
static bool lead_passes(struct matter_draft *draft, struct err *err)
{
    struct record *list = arena_alloc(draft->arena, CONSULT_GROUP * sizeof *list);
    size_t count;

    if (!opinion_group(draft, draft->was.id, list, &count, err) || !opinion_each(draft, is_led, err))
        return false;
    return !count || (merging_add(draft, list[0].id, "led", draft->was.id, matter_text(&draft->matter, OPINION_END_WHY), err)
                      && objection_passes(draft, list[0].id, err));
}

bool opinion_withdraw(struct matter_draft *draft, struct err *err)
{
    int64_t lead = matter_number(&draft->was, OPINION_LEAD);

    draft->matter.values[OPINION_CLEARED_ON] = (struct value){0}; /* what its member takes back is not published on */
    if (!lead)
        return lead_passes(draft, err);
    draft->matter.values[OPINION_LEAD] = (struct value){0};
    return merging_add(draft, lead, "lost", draft->was.id, matter_text(&draft->matter, OPINION_END_WHY), err);
}
