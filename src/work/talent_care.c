/* A need's named manager (派单): taken or assigned, the need answered within three working days, and what came of it. */
#include "work/talent_int.h"

#include "base/clock.h"

enum { FIRM, MANAGER, OFFICERS };

static const struct matter_side sides[] = {
    [FIRM] = {"firm", "需求方", "The firm", SIDE_OWNER},
    [MANAGER] = {"manager", "技术经理人", "Technology manager", CARE_MANAGER},
    [OFFICERS] = {"officers", "科技部门", "Officers", SIDE_OFFICERS},
};

static const struct matter_state states[] = {
    [CARE_IS_TAKEN] = {"taken", "待答复", "To be answered", SIDE(MANAGER), CARE_DAYS, N_("本平台约定：需求发布后 3 个工作日内由真人答复"), false},
    [CARE_IS_ANSWERED] = {"answered", "已答复，待需求方确认", "Answered, to be confirmed", SIDE(FIRM), 3, HOUSE_TERM, false},
    [CARE_IS_WORKED_ON] = {"worked_on", "对接中", "Being worked on", SIDE(MANAGER), 0, NULL, false},
    [CARE_IS_RELEASED] = {"released", "已交出", "Handed back", 0, 0, NULL, true},
    [CARE_IS_DONE] = {"done", "已办结", "Done", 0, 0, NULL, true},
};

/* --- who and what --- */

struct published { int64_t owner; struct slice title; int32_t on; bool open, found; };

static bool need_published(struct matter_draft *draft, int64_t need, struct published *found, struct err *err)
{
    struct sql_rows rows;

    *found = (struct published){0};
    if (!sql_rows(draft->sql, "SELECT n.owner, n.title, n.status, f.valid_from FROM need n JOIN need f ON f.id = n.id AND f.ver = 1"
                              " WHERE n.id = ?1 AND n.to_leaf IS NULL", SQL_ARGS(sql_int(need)), &rows, err))
        return false;
    if (sql_next(&rows))
        *found = (struct published){.owner = sql_number(&rows, 0), .title = arena_copy(draft->arena, sql_slice(&rows, 1)),
                                    .open = sql_number(&rows, 2) == RECORD_OPEN, .on = day_of_ms(sql_number(&rows, 3)), .found = true};
    return sql_done(&rows, err);
}

/* Whoever answers needs is entered among the people as a technology manager, so that he can be found and counted. */
bool talent_manager(struct matter_draft *draft, size_t field, int64_t *party, struct err *err)
{
    int64_t person = matter_number(&draft->matter, field);
    struct sql_rows rows;
    bool good = false;

    if (!sql_rows(draft->sql, "SELECT calling, party FROM person WHERE id = ?1 AND to_leaf IS NULL AND status = 0", SQL_ARGS(sql_int(person)), &rows,
                  err))
        return false;
    if (party)
        *party = 0;
    if (sql_next(&rows)) {
        good = field_list_has(sql_slice(&rows, 0), SLICE("manager"));
        if (party)
            *party = sql_number(&rows, 1);
    }
    if (!sql_done(&rows, err))
        return false;
    return good || MATTER_WRONG(err, draft->matter.kind, field, "他没有登记为技术经理人；先在“专家与经理人”里登记身份");
}

static bool has_care(struct matter_draft *draft, int64_t need, bool *has, struct err *err)
{
    int64_t other;

    return sql_one(draft->sql, "SELECT id FROM need_care WHERE need = ?1 AND to_leaf IS NULL AND state IN ('taken', 'answered', 'worked_on')"
                               " ORDER BY id LIMIT 1", SQL_ARGS(sql_int(need)), &other, has, err);
}

/* --- steps --- */

/* The clock runs from the need's publication, however late it was taken. */
static void clock_set(struct matter_draft *draft)
{
    int32_t published = matter_day(&draft->matter, CARE_PUBLISHED);

    matter_set_due(&draft->matter, calendar_after(draft->order->law->calendar, published, CALENDAR_WORKDAYS, CARE_DAYS, NULL), draft->arena);
}

static bool begin(struct matter_draft *draft, struct err *err)
{
    int64_t need = matter_number(&draft->matter, CARE_NEED);
    struct published found;
    bool has;

    if (!need_published(draft, need, &found, err) || !talent_manager(draft, CARE_MANAGER, NULL, err) || !has_care(draft, need, &has, err))
        return false;
    if (!found.found || !found.open)
        return MATTER_WRONG(err, &kind_need_care, CARE_NEED, "没有这项需求，或者它已经关闭");
    if (has) {
        err_set(err, ERR_CONFLICT, "这项需求已经有人负责");
        err_hint(err, "要换人的，由现在的经理人交出，或由科技部门转派");
        return err_field(err, "need");
    }
    draft->matter.owner = found.owner;
    matter_set_text(&draft->matter, MATTER_TITLE, found.title);
    matter_set_day(&draft->matter, CARE_PUBLISHED, found.on, draft->arena);
    matter_set_day(&draft->matter, CARE_TAKEN, draft->today, draft->arena);
    clock_set(draft);
    return true;
}

static bool take(struct matter_draft *draft, struct err *err)
{
    if (!draft->order->actor->person) {
        err_set(err, ERR_DENIED, "您的账号没有对应的人员");
        return err_hint(err, "请单位管理员把您的账号与“专家与经理人”里的登记连起来");
    }
    matter_set_number(&draft->matter, CARE_MANAGER, draft->order->actor->person);
    return begin(draft, err);
}

bool talent_fill_self(struct matter_draft *draft, int person, size_t phone, struct slice typed[FIELDS_MAX], struct err *err)
{
    struct sql_rows rows;

    if (!sql_rows(draft->sql, "SELECT name, phone FROM person WHERE id = ?1 AND to_leaf IS NULL", SQL_ARGS(sql_int(draft->order->actor->person)),
                  &rows, err))
        return false;
    if (sql_next(&rows)) {
        if (person >= 0)
            typed[person] = slice_of(arena_print(draft->arena, "%.*s #%lld", (int)sql_slice(&rows, 0).len, sql_slice(&rows, 0).at,
                                                 (long long)draft->order->actor->person));
        if (!sql_is_null(&rows, 1))
            typed[phone] = arena_copy(draft->arena, sql_slice(&rows, 1));
    }
    return sql_done(&rows, err);
}

static bool take_fill(struct matter_draft *draft, struct slice typed[FIELDS_MAX], struct err *err)
{
    return talent_fill_self(draft, -1, CARE_PHONE, typed, err);
}

static bool answer(struct matter_draft *draft, struct err *err)
{
    int32_t day = matter_day(&draft->matter, CARE_ANSWERED);

    if (day > draft->today || day < matter_day(&draft->matter, CARE_PUBLISHED))
        return MATTER_WRONG(err, &kind_need_care, CARE_ANSWERED, "答复日要在需求发布之后、今天或今天之前");
    draft->matter.values[CARE_CONFIRMED] = (struct value){0};
    return true;
}

/* A manager of the firm's own may act for it: that he answered is for somebody else of it to say. */
static bool confirm(struct matter_draft *draft, struct err *err)
{
    if (draft->sides & SIDE(MANAGER))
        return err_set(err, ERR_DENIED, "自己的答复不能自己确认") || err_hint(err, "请需求方的别人来确认");
    matter_set_number(&draft->matter, CARE_CONFIRMED, 1);
    return true;
}

/* What the firm says was no answer counts as none: the clock of the need's publication goes on. */
static bool deny(struct matter_draft *draft, struct err *err)
{
    (void)err;
    matter_set_number(&draft->matter, CARE_CONFIRMED, 0);
    draft->matter.values[CARE_ANSWERED] = (struct value){0};
    clock_set(draft);
    return true;
}

static bool reassign(struct matter_draft *draft, struct err *err)
{
    if (matter_number(&draft->matter, CARE_MANAGER) == matter_number(&draft->was, CARE_MANAGER))
        return MATTER_WRONG(err, &kind_need_care, CARE_MANAGER, "换成另一位经理人");
    matter_set_day(&draft->matter, CARE_TAKEN, draft->today, draft->arena);
    if (!matter_known(&draft->matter, CARE_ANSWERED))
        clock_set(draft);
    return talent_manager(draft, CARE_MANAGER, NULL, err);
}

#define OPEN (STATE(CARE_IS_TAKEN) | STATE(CARE_IS_ANSWERED) | STATE(CARE_IS_WORKED_ON))

static const struct matter_step steps[] = {
    {"take", "领取需求", "Take the need", N_("以后由您负责：3 个工作日内答复，需求方看得到您的姓名和电话"), MATTER_NEW, CARE_IS_TAKEN, SIDE(MANAGER),
     "need phone", NULL, MATTER_MOVE, NULL, NULL, NULL, take, take_fill},
    {"assign", "派单", "Assign", N_("给没有人领的需求指定一位技术经理人"), MATTER_NEW, CARE_IS_TAKEN, SIDE(OFFICERS), "need manager phone", NULL,
     MATTER_MOVE, NULL, NULL, NULL, begin, NULL},
    {"answer", "记下答复", "Record the answer", N_("您已经打电话、见面或书面答复需求方"), STATE(CARE_IS_TAKEN), CARE_IS_ANSWERED, SIDE(MANAGER),
     "answered_on answer next_step", NULL, MATTER_MOVE, NULL, NULL, NULL, answer, NULL},
    {"confirm", "确认得到答复", "Confirm the answer", N_("确实有人答复了；需求里隐去名称的，从此负责的经理人看得到贵单位"), STATE(CARE_IS_ANSWERED), CARE_IS_WORKED_ON, SIDE(FIRM), NULL, NULL,
     MATTER_MOVE, NULL, NULL, NULL, confirm, NULL},
    {"deny", "没有得到答复", "It was no answer", N_("没有人联系过，或者没有答到要点；期限不重新起算"), STATE(CARE_IS_ANSWERED), CARE_IS_TAKEN, SIDE(FIRM),
     "denial", NULL, MATTER_MOVE, NULL, NULL, NULL, deny, NULL},
    {"talk", "记一次会谈", "Record a talk", N_("谁和谁谈了什么，各方都看得见"), OPEN, MATTER_SAME, SIDE(MANAGER) | SIDE(FIRM),
     "met_on place who what", NULL, MATTER_ADD, &kind_talk, NULL, NULL, talent_talk, NULL},
    {"hand_on", "转派", "Hand on", N_("换一位经理人负责"), OPEN, CARE_IS_TAKEN, SIDE(OFFICERS), "manager phone left_why", NULL, MATTER_MOVE, NULL,
     NULL, NULL, reassign, NULL},
    {"give_back", "交出", "Give back", N_("您不能继续负责；需求回到没有人领的清单，等待天数从发布日算起"), OPEN, CARE_IS_RELEASED, SIDE(MANAGER), "left_why",
     NULL, MATTER_MOVE, NULL, NULL, NULL, NULL, NULL},
    {"finish", "办结", "Finish", N_("写明结果；没有合适供方的也写理由"), STATE(CARE_IS_ANSWERED) | STATE(CARE_IS_WORKED_ON), CARE_IS_DONE,
     SIDE(MANAGER) | SIDE(FIRM), "outcome outcome_why", NULL, MATTER_MOVE, NULL, NULL, NULL, NULL, NULL},
};

static const struct kind *const entries[] = {&kind_talk};

const struct matter_sort sort_need_care = {
    .kind = &kind_need_care, .about = N_("每项需求都有一位有名有电话的技术经理人，发布后 3 个工作日内由真人答复"),
    .empty = N_("还没有。没有人领的需求在“待领需求”里，技术经理人领取，或由科技部门派单"),
    .sides = sides, .side_count = sizeof sides / sizeof *sides, .states = states, .state_count = sizeof states / sizeof *states,
    .steps = steps, .step_count = sizeof steps / sizeof *steps, .entries = entries, .entry_count = 1, .begins_at = "/needs-waiting", .need = CARE_NEED,
    .unveils = STATE(CARE_IS_WORKED_ON) /* the firm itself said so; done may be the manager's word alone */};
