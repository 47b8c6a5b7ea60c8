/*
 * What is said in the meeting, an item each, noted while people speak. What a member says the room sees at once. What a leader says stays
 * with the secretary, as a draft of which nobody else learns, until it was checked (核校): then the room sees it. A draft stands in the ledger
 * as a commitment alone. What was shown may be corrected, and how often that happened is counted.
 */
#include "work/consult_int.h"

enum { BY_SECRETARY, BY_THE_OFFICE, BY_ROOM };

#define SECRETARY_ROLES ROLE_BIT(ROLE_SECRETARY)

static const struct matter_side sides[] = {
    [BY_SECRETARY] = {"secretary", "领导秘书", "Leader's secretary", SIDE_ROLE, SECRETARY_ROLES},
    [BY_THE_OFFICE] = {"office", "政协办公室", "Committee's office", SIDE_ROLE, OFFICE_ROLES | ROLE_BIT(ROLE_LEADER)},
    [BY_ROOM] = {"room", "参加委员", "Members", SIDE_JOINED, 0},
};

static const struct matter_state states[] = {
    [REMARK_NOTED] = {"noted", "待核校", "To be checked", SIDE(BY_SECRETARY), 0, NULL, false},
    [REMARK_SHOWN] = {"shown", "已公布到会场", "Shown to the room", 0, 0, NULL, false}, /* corrections and tasks may come */
    [REMARK_DROPPED] = {"dropped", "不用", "Dropped", 0, 0, NULL, true},
};

#define WRONG(field, ...) MATTER_WRONG(err, &kind_remark, field, __VA_ARGS__)

static bool is_leaders(const struct record *remark)
{
    struct slice sort = matter_text(remark, REMARK_SORT);

    return slice_is(sort, "response") || slice_is(sort, "instruction");
}

static bool is_noted(const struct record *remark)
{
    return slice_is(matter_text(remark, MATTER_STATE), states[REMARK_NOTED].code);
}

/* Agenda item and opinion are of the session. */
static bool names_fit(struct matter_draft *draft, int64_t session, struct err *err)
{
    static const char item[] = "SELECT id FROM consult_agenda WHERE matter = ?1 AND no = ?2 AND to_leaf IS NULL";
    static const char opinion[] = "SELECT id FROM opinion WHERE consultation = ?1 AND no = ?2 AND to_leaf IS NULL";
    const struct record *remark = &draft->matter;
    bool there = true;
    int64_t id;

    if (matter_known(remark, REMARK_AGENDA)
        && !sql_one(draft->sql, item, SQL_ARGS(sql_int(session), sql_int(matter_number(remark, REMARK_AGENDA))), &id, &there, err))
        return false;
    if (!there)
        return WRONG(REMARK_AGENDA, N_("没有这一项议程"));
    if (matter_known(remark, REMARK_OPINION)
        && !sql_one(draft->sql, opinion, SQL_ARGS(sql_int(session), sql_int(matter_number(remark, REMARK_OPINION))), &id, &there, err))
        return false;
    return there || WRONG(REMARK_OPINION, N_("没有这个编号的意见"));
}

/* Its number is given when the room sees it: a gap would say that there is a draft. On the writer, where nobody else gives one. */
static bool show(struct matter_draft *draft, struct err *err)
{
    struct record *remark = &draft->matter;
    struct slice speaker = matter_text(remark, REMARK_SPEAKER);
    int64_t last = 0;
    bool found;

    if (!sql_one(draft->sql, "SELECT COALESCE(MAX(no), 0) FROM remark WHERE consultation = ?1 AND to_leaf IS NULL",
                 SQL_ARGS(sql_int(matter_number(remark, REMARK_SESSION))), &last, &found, err))
        return false;
    if (last >= CONSULT_REMARKS)
        return err_set(err, ERR_CONFLICT, "这场座谈已记 %d 条，不能再加", CONSULT_REMARKS);
    matter_set_number(remark, REMARK_NO, last + 1);
    matter_set_number(remark, REMARK_SHOWN_MS, draft->order->time_ms);
    matter_set_day(remark, REMARK_SHOWN_ON, draft->today, draft->arena);
    matter_set_text(remark, MATTER_TITLE, slice_of(arena_print(draft->arena, "第 %lld 条：%.*s", (long long)last + 1, (int)speaker.len, speaker.at)));
    return true;
}

static bool begin(struct matter_draft *draft, struct err *err)
{
    struct record session;
    struct slice state;

    if (!record_get(draft->sql, &kind_consultation, matter_number(&draft->matter, REMARK_SESSION), draft->arena, &session, err))
        return false;
    draft->matter.owner = session.owner;
    state = matter_text(&session, MATTER_STATE);
    if (!slice_is(state, "live") && !slice_is(state, "following"))
        return err_set(err, ERR_CONFLICT, "会还没有开") || err_hint(err, "由政协办公室按“开会”以后，才记现场");
    return names_fit(draft, session.id, err);
}

static bool enter(struct matter_draft *draft, struct err *err)
{
    if (is_leaders(&draft->matter))
        return WRONG(REMARK_SORT, N_("领导的话由秘书记，核校以后公布")) || err_hint(err, "这里记委员发言和互动");
    return begin(draft, err) && show(draft, err);
}

static bool note(struct matter_draft *draft, struct err *err)
{
    if (!is_leaders(&draft->matter))
        return WRONG(REMARK_SORT, N_("这里记领导的回应和交办")) || err_hint(err, "委员发言用“记发言”");
    if (!begin(draft, err))
        return false;
    matter_set_text(&draft->matter, MATTER_TITLE, SLICE("领导的话（草稿）")); /* what it says is no title while nobody may read it */
    return true;
}

static bool mend(struct matter_draft *draft, struct err *err)
{
    return names_fit(draft, matter_number(&draft->matter, REMARK_SESSION), err);
}

static bool check(struct matter_draft *draft, struct err *err)
{
    return show(draft, err);
}

static bool correct(struct matter_draft *draft, struct err *err)
{
    (void)err;
    matter_set_number(&draft->matter, REMARK_FIXES, matter_number(&draft->was, REMARK_FIXES) + 1);
    return true;
}

static bool is_members(const struct record *remark)
{
    return !is_leaders(remark);
}

static bool stands_fill(struct matter_draft *draft, struct slice typed[FIELDS_MAX], struct err *err)
{
    (void)err;
    typed[REMARK_TEXT] = matter_text(&draft->was, REMARK_TEXT);
    return true;
}

static const struct matter_step steps[] = {
    {.name = "enter", .label = "记发言", .label_en = "Note a speech", .does = N_("委员说的，会场立刻看得到"), .from = MATTER_NEW, .to = REMARK_SHOWN,
     .by = SIDE(BY_SECRETARY) | SIDE(BY_THE_OFFICE), .fields = "consultation sort speaker text agenda opinion", .seldom = "agenda opinion", .check = enter,
     .given = "consultation"},
    {.name = "note", .label = "记领导的话", .label_en = "Note the leader", .does = N_("核校以前只有秘书看得到"), .from = MATTER_NEW, .to = REMARK_NOTED, .by = SIDE(BY_SECRETARY),
     .fields = "consultation sort speaker text agenda opinion", .seldom = "agenda opinion", .check = note, .given = "consultation"},
    {.name = "check", .label = "核校并公布", .label_en = "Check and show", .does = N_("对照原话改定；从这时起会场看得到"), .from = STATE(REMARK_NOTED), .to = REMARK_SHOWN,
     .by = SIDE(BY_SECRETARY), .fields = "text checked_by", .check = check, .fill = stands_fill},
    {.name = "mend", .aside = true, .label = "改草稿", .label_en = "Mend the draft", .does = N_("核校以前"), .from = STATE(REMARK_NOTED), .to = MATTER_SAME,
     .by = SIDE(BY_SECRETARY), .fields = "sort speaker text agenda opinion", .seldom = "agenda opinion", .check = mend},
    {.name = "drop", .aside = true, .label = "不用这一条", .label_en = "Drop", .does = N_("写明原因；留在历史里"), .from = STATE(REMARK_NOTED), .to = REMARK_DROPPED,
     .by = SIDE(BY_SECRETARY), .fields = "drop_why"},
    {.name = "correct", .aside = true, .label = "更正", .label_en = "Correct", .does = N_("公布以后的更正，写明原因，次数记下来"), .from = STATE(REMARK_SHOWN), .to = MATTER_SAME,
     .by = SIDE(BY_SECRETARY), .fields = "text fix_why", .check = correct, .fill = stands_fill},
    {.name = "amend", .aside = true, .label = "更正发言", .label_en = "Correct a speech", .does = N_("公布以后的更正，写明原因，次数记下来"), .from = STATE(REMARK_SHOWN),
     .to = MATTER_SAME, .by = SIDE(BY_THE_OFFICE), .fields = "text fix_why", .check = correct, .fill = stands_fill, .when = is_members},
};

static bool joined(struct sql *sql, const struct record *matter, size_t side, const struct actor *actor, bool *yes, struct err *err)
{
    (void)side;
    return consult_seated(sql, matter_number(matter, REMARK_SESSION), actor->person, yes, err);
}

static bool sealed(struct sql *sql, const struct record *matter, bool *yes, struct err *err)
{
    (void)sql;
    (void)err;
    *yes = is_noted(matter) || slice_is(matter_text(matter, MATTER_STATE), states[REMARK_DROPPED].code);
    return true;
}

/* When it was shown stands on the meeting's page, as a time of day. */
static unsigned seen_by(const struct kind *kind, size_t field)
{
    return kind == &kind_remark && field == REMARK_SHOWN_MS ? 0 : ~0u;
}

const struct matter_sort sort_remark = {
    .kind = &kind_remark, .about = N_("座谈现场逐条的记录：委员发言、互动、领导回应和交办"), .empty = N_("还没有。开会以后，在座谈的现场页上记。"),
    .sides = sides, .side_count = COUNT(sides), .states = states, .state_count = COUNT(states), .steps = steps, .step_count = COUNT(steps),
    .joined = joined, .seen_by = seen_by, .sealed = sealed, .keepers = SIDE(BY_SECRETARY), .within = REMARK_SESSION, .within_path = "/live",
    .begins_at = "/consultations",
};
