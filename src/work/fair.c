/* Fairs and roadshows, who comes, and who met whom there: what came of it is asked of each of the two after 30 and after 90 days. */
#include "work/board_int.h"
#include "work/matter_room.h"

enum { ORGANISER, OTHER_SIDE };

/* --- the fair --- */

enum { FAIR_ANNOUNCED, FAIR_HELD, FAIR_CLOSED, FAIR_CANCELLED };

static const struct matter_side fair_sides[] = {
    [ORGANISER] = {"organiser", "主办方", "Organiser", SIDE_OWNER},
};

static const struct matter_state fair_states[] = {
    [FAIR_ANNOUNCED] = {"announced", "报名中", "Announced", SIDE(ORGANISER), 0, N_("活动的日期"), false},
    [FAIR_HELD] = {"held", "已举办", "Held", SIDE(ORGANISER), 10, BOARD_HOUSE, false},
    [FAIR_CLOSED] = {"closed", "已总结", "Summed up", 0, 0, NULL, true},
    [FAIR_CANCELLED] = {"cancelled", "已取消", "Cancelled", 0, 0, NULL, true},
};

#define FAIR_WRONG(field, ...) MATTER_WRONG(err, &kind_fair, field, __VA_ARGS__)

static bool announce(struct matter_draft *draft, struct err *err)
{
    int32_t day = matter_day(&draft->matter, FAIR_DAY);

    board_title(draft, "", matter_text(&draft->matter, FAIR_NAME));
    if (draft->was.ver && day < draft->today)
        return FAIR_WRONG(FAIR_DAY, N_("活动的日期已经过去"));
    matter_set_due(&draft->matter, day, draft->arena);
    return true;
}

static bool hold(struct matter_draft *draft, struct err *err)
{
    return matter_day(&draft->matter, FAIR_DAY) <= draft->today || err_set(err, ERR_CONFLICT, "活动的日期还没有到");
}

#define FAIR_FORM "sort name day place theme about co_organisers contact phone"

static const struct matter_step fair_steps[] = {
    {.name = "announce", .label = "发布活动", .label_en = "Announce", .does = N_("日期、地点、主题；单位在它的页面上报名"), .from = MATTER_NEW, .to = FAIR_ANNOUNCED,
     .by = SIDE(ORGANISER), .fields = FAIR_FORM, .seldom = "about co_organisers", .check = announce},
    {.name = "change", .label = "修改", .label_en = "Change", .does = N_("改期、改地点"), .from = STATE(FAIR_ANNOUNCED), .to = FAIR_ANNOUNCED, .by = SIDE(ORGANISER),
     .fields = FAIR_FORM, .seldom = "about co_organisers", .check = announce},
    {.name = "item", .label = "加一项议程", .label_en = "Add an item", .does = N_("时间、内容、由谁"), .from = STATE(FAIR_ANNOUNCED), .to = MATTER_SAME,
     .by = SIDE(ORGANISER), .fields = "at_time what who", .how = MATTER_ADD, .entry = &kind_fair_item},
    {.name = "hold", .label = "已举办", .label_en = "Held", .does = N_("到了日期以后"), .from = STATE(FAIR_ANNOUNCED), .to = FAIR_HELD, .by = SIDE(ORGANISER), .check = hold},
    {.name = "close", .label = "写小结", .label_en = "Sum up", .does = N_("洽谈登记完以后；30 天、90 天的结果仍会向双方追问"), .from = STATE(FAIR_HELD), .to = FAIR_CLOSED,
     .by = SIDE(ORGANISER), .fields = "summary"},
    {.name = "cancel", .label = "取消", .label_en = "Cancel", .does = N_("写明原因，报了名的看得到"), .from = STATE(FAIR_ANNOUNCED), .to = FAIR_CANCELLED,
     .by = SIDE(ORGANISER), .fields = "end_why"},
};

static const struct kind *const fair_entries[] = {&kind_fair_item};

static bool fair_open(const struct record *matter)
{
    (void)matter;
    return true;
}

/* Who registers, and who meets whom. */
static const struct matter_room fair_rooms[] = {{&kind_fair_guest, GUEST_FAIR}, {&kind_meeting, MEETING_FAIR}};

const struct matter_sort sort_fair = {
    .kind = &kind_fair, .about = N_("对接会、路演、成果发布会：谁来了、谁和谁谈了、30 天和 90 天后成了什么"),
    .empty = N_("还没有活动。主办的单位在这里发布。"),
    .sides = fair_sides, .side_count = COUNT(fair_sides), .states = fair_states, .state_count = COUNT(fair_states), .steps = fair_steps,
    .step_count = COUNT(fair_steps), .entries = fair_entries, .entry_count = COUNT(fair_entries), .open = fair_open,
    .rooms = fair_rooms, .room_count = COUNT(fair_rooms),
};

/* The fair that a guest or a meeting names. */
static bool fair_of(struct matter_draft *draft, size_t field, struct record **fair, struct err *err)
{
    return pilot_record(draft, draft->sort->kind, field, &kind_fair, matter_number(&draft->matter, field), fair, err);
}

static bool fair_is(const struct record *fair, int state)
{
    return slice_is(matter_text(fair, MATTER_STATE), fair_states[state].code);
}

/* --- who comes --- */

enum { GUEST, GUEST_HOST };
enum { GUEST_REGISTERED, GUEST_CAME, GUEST_ABSENT, GUEST_CANCELLED };

static const struct matter_side guest_sides[] = {
    [GUEST] = {"guest", "参加单位", "Guest", SIDE_OWNER},
    [GUEST_HOST] = {"organiser", "主办方", "Organiser", GUEST_ORGANISER},
};

static const struct matter_state guest_states[] = {
    [GUEST_REGISTERED] = {"registered", "已报名", "Registered", SIDE(GUEST_HOST), 0, N_("活动的日期"), false},
    [GUEST_CAME] = {"came", "到场", "Came", 0, 0, NULL, true},
    [GUEST_ABSENT] = {"absent", "没有到", "Did not come", 0, 0, NULL, true},
    [GUEST_CANCELLED] = {"cancelled", "不来了", "Cancelled", 0, 0, NULL, true},
};

static bool registers(struct matter_draft *draft, struct err *err)
{
    struct record *fair;
    int64_t other;
    bool found;

    if (!fair_of(draft, GUEST_FAIR, &fair, err))
        return false;
    if (!fair_is(fair, FAIR_ANNOUNCED))
        return err_set(err, ERR_CONFLICT, "这场活动不再接受报名");
    if (!sql_one(draft->sql, "SELECT id FROM fair_guest WHERE fair = ?1 AND owner = ?2 AND state = 'registered' AND to_leaf IS NULL LIMIT 1",
                 SQL_ARGS(sql_int(fair->id), sql_int(draft->matter.owner)), &other, &found, err))
        return false;
    if (found)
        return err_set(err, ERR_CONFLICT, "本单位已经报名") || err_hint(err, "一个单位报一次，参加的人写在一起");
    matter_set_number(&draft->matter, GUEST_ORGANISER, fair->owner);
    matter_set_due(&draft->matter, matter_day(fair, FAIR_DAY), draft->arena);
    board_title(draft, "报名：", matter_text(fair, FAIR_NAME));
    return true;
}

static bool on_the_day(struct matter_draft *draft, struct err *err)
{
    struct record *fair;

    return fair_of(draft, GUEST_FAIR, &fair, err) && (matter_day(fair, FAIR_DAY) <= draft->today || err_set(err, ERR_CONFLICT, "活动的日期还没有到"));
}

static const struct matter_step guest_steps[] = {
    {.name = "register", .label = "报名", .label_en = "Register", .does = N_("谁来、带来什么、想找什么"), .from = MATTER_NEW, .to = GUEST_REGISTERED, .by = SIDE(GUEST),
     .fields = "fair name phone brings", .check = registers},
    {.name = "came", .label = "到场", .label_en = "Came", .does = N_("活动当日起由主办方登记"), .from = STATE(GUEST_REGISTERED), .to = GUEST_CAME, .by = SIDE(GUEST_HOST),
     .check = on_the_day},
    {.name = "absent", .label = "没有到", .label_en = "Did not come", .does = N_("活动当日起由主办方登记"), .from = STATE(GUEST_REGISTERED), .to = GUEST_ABSENT,
     .by = SIDE(GUEST_HOST), .check = on_the_day},
    {.name = "cancel", .label = "不来了", .label_en = "Cancel", .does = N_("取消报名"), .from = STATE(GUEST_REGISTERED), .to = GUEST_CANCELLED, .by = SIDE(GUEST)},
};

const struct matter_sort sort_fair_guest = {
    .kind = &kind_fair_guest, .about = N_("本单位的报名，和本单位主办活动收到的报名"), .empty = N_("还没有。打开一场活动，按“报名”"),
    .sides = guest_sides, .side_count = COUNT(guest_sides), .states = guest_states, .state_count = COUNT(guest_states), .steps = guest_steps,
    .step_count = COUNT(guest_steps), .begins_at = "/fairs",
};

/* --- who met whom --- */

enum { MEETING_A, MEETING_HOST, MEETING_B };

static const struct matter_side meeting_sides[] = {
    [MEETING_A] = {"one", "一方", "One side", SIDE_OWNER},
    [MEETING_HOST] = {"organiser", "主办方", "Organiser", MEETING_ORGANISER},
    [MEETING_B] = {"other", "另一方", "The other side", MEETING_OTHER},
};

#define BOTH (SIDE(MEETING_A) | SIDE(MEETING_B))

static const struct matter_state meeting_states[] = {
    [MEETING_NOTED] = {"noted", "主办方登记，待双方确认", "Entered by the organiser", BOTH, 5, BOARD_HOUSE, false},
    [MEETING_CLAIMED] = {"claimed", "待对方确认", "To be confirmed by the other", SIDE(MEETING_B), 5, BOARD_HOUSE, false},
    [MEETING_CONFIRMED] = {"confirmed", "双方已确认，30 天后问结果", "Confirmed; asked after 30 days", BOTH, 0, N_("洽谈后 30 天"), false},
    [MEETING_THIRTY_A] = {"thirty_one", "另一方已答 30 天结果，待这一方", "The other answered after 30 days", SIDE(MEETING_A), 0, N_("洽谈后 30 天"), false},
    [MEETING_THIRTY_B] = {"thirty_other", "一方已答 30 天结果，待另一方", "One answered after 30 days", SIDE(MEETING_B), 0, N_("洽谈后 30 天"), false},
    [MEETING_ASKED_ONCE] = {"asked_once", "双方已答 30 天结果，90 天再问", "Both answered after 30 days", BOTH, 0, N_("洽谈后 90 天"), false},
    [MEETING_NINETY_A] = {"ninety_one", "另一方已答 90 天结果，待这一方", "The other answered after 90 days", SIDE(MEETING_A), 0, N_("洽谈后 90 天"), false},
    [MEETING_NINETY_B] = {"ninety_other", "一方已答 90 天结果，待另一方", "One answered after 90 days", SIDE(MEETING_B), 0, N_("洽谈后 90 天"), false},
    [MEETING_DONE] = {"done", "双方已答 90 天结果", "Both answered after 90 days", 0, 0, NULL, true},
    [MEETING_DISPUTED] = {"disputed", "一方否认", "Denied by one side", 0, 0, NULL, true},
};

#define MEETING_WRONG(field, ...) MATTER_WRONG(err, &kind_meeting, field, __VA_ARGS__)

static bool meeting_fits(struct matter_draft *draft, struct record **fair, struct err *err)
{
    struct record *matter = &draft->matter;

    if (!fair_of(draft, MEETING_FAIR, fair, err))
        return false;
    if (fair_is(*fair, FAIR_CANCELLED) || matter_day(*fair, FAIR_DAY) > draft->today)
        return err_set(err, ERR_CONFLICT, "这场活动还没有举办，或者已经取消");
    if (matter_day(matter, MEETING_DAY) > draft->today || matter_day(matter, MEETING_DAY) < matter_day(*fair, FAIR_DAY))
        return MEETING_WRONG(MEETING_DAY, N_("洽谈日要在活动当日或之后，不能晚于今天"));
    if (matter_number(matter, MEETING_ONE) == matter_number(matter, MEETING_OTHER))
        return MEETING_WRONG(MEETING_OTHER, N_("洽谈的双方是同一个单位"));
    matter->owner = matter_number(matter, MEETING_ONE);
    matter_set_number(matter, MEETING_ORGANISER, (*fair)->owner);
    board_title(draft, "洽谈：", matter_text(matter, MEETING_ABOUT));
    return true;
}

enum { ASKED_FIRST = 30, ASKED_AGAIN = 90 }; /* days after they met */

/* Asked so many days after they met: not a working period, the calendar's days. */
static void ask_after(struct matter_draft *draft, int32_t days)
{
    matter_set_due(&draft->matter, matter_day(&draft->matter, MEETING_DAY) + days, draft->arena);
}

static bool note(struct matter_draft *draft, struct err *err)
{
    struct record *fair;

    if (!meeting_fits(draft, &fair, err))
        return false;
    if (fair->owner != draft->order->actor->party)
        return err_set(err, ERR_DENIED, "由活动的主办方登记") || err_hint(err, "洽谈的一方用“我们谈过”");
    matter_set_text(&draft->matter, MEETING_BY, SLICE("organiser"));
    return true;
}

static bool claim(struct matter_draft *draft, struct err *err)
{
    struct record *fair;

    matter_set_number(&draft->matter, MEETING_ONE, draft->order->actor->party);
    if (!meeting_fits(draft, &fair, err))
        return false;
    matter_set_text(&draft->matter, MEETING_BY, SLICE("party"));
    matter_set_day(&draft->matter, MEETING_ONE_ON, draft->today, draft->arena);
    return true;
}

/* With the second of the two it is confirmed; from then on it is no longer the organiser's word alone. */
static bool confirm(struct matter_draft *draft, struct err *err)
{
    struct record *matter = &draft->matter;

    if (draft->sides & SIDE(MEETING_A))
        matter_set_day(matter, MEETING_ONE_ON, draft->today, draft->arena);
    if (draft->sides & SIDE(MEETING_B))
        matter_set_day(matter, MEETING_OTHER_ON, draft->today, draft->arena);
    if (!matter_known(matter, MEETING_ONE_ON) || !matter_known(matter, MEETING_OTHER_ON))
        return !matter_known(&draft->was, draft->sides & SIDE(MEETING_A) ? MEETING_ONE_ON : MEETING_OTHER_ON)
               || err_set(err, ERR_CONFLICT, "本单位已经确认过，等对方确认");
    matter_set_text(matter, MEETING_BY, SLICE("party"));
    matter_enter(draft, &sort_meeting, matter, MEETING_CONFIRMED);
    ask_after(draft, ASKED_FIRST);
    return true;
}

/* --- what came of it --- */

#define REPLY_WRONG(field, ...) MATTER_WRONG(err, &kind_meeting_answer, field, __VA_ARGS__)

static bool stand_fits(const struct record *reply, struct err *err)
{
    bool is_signed = slice_is(matter_text(reply, REPLY_STAND), "signed");

    if (is_signed && (!matter_known(reply, REPLY_CONTRACT) || !matter_known(reply, REPLY_SIGNED)))
        return REPLY_WRONG(REPLY_CONTRACT, N_("签了合同的，写合同编号和金额"));
    if (!is_signed && (matter_known(reply, REPLY_SIGNED) || matter_known(reply, REPLY_RECEIVED)))
        return REPLY_WRONG(REPLY_SIGNED, N_("没有签合同，不能填合同金额和到账：意向不算成交"));
    return matter_number(reply, REPLY_RECEIVED) <= matter_number(reply, REPLY_SIGNED) || REPLY_WRONG(REPLY_RECEIVED, N_("到账不能超过合同金额"));
}

static bool answered(const struct matter_file *file, const char *side, int64_t after)
{
    for (size_t i = 0; i < file->counts[0]; i++)
        if (slice_is(matter_text(&file->entries[0][i], REPLY_BY), side) && matter_number(&file->entries[0][i], REPLY_AFTER) == after)
            return true;
    return false;
}

/* Each side speaks for itself alone: the other is waited for, and what both have answered is asked again or done. */
static bool answer(struct matter_draft *draft, int32_t after, const int into[3], struct err *err)
{
    bool is_one = (draft->sides & SIDE(MEETING_A)) != 0;
    const char *mine = is_one ? "one" : "other", *others = is_one ? "other" : "one";
    int state = answered(draft->file, others, after) ? into[2] : into[is_one];

    if (answered(draft->file, mine, after))
        return err_set(err, ERR_CONFLICT, "本单位已经答过 %d 天的结果，等对方答", (int)after);
    if (!stand_fits(&draft->entry, err))
        return false;
    matter_set_text(&draft->entry, REPLY_BY, slice_of(mine));
    matter_set_number(&draft->entry, REPLY_AFTER, after);
    matter_enter(draft, &sort_meeting, &draft->matter, state);
    if (state != MEETING_DONE)
        ask_after(draft, state == MEETING_ASKED_ONCE ? ASKED_AGAIN : after);
    return true;
}

static bool after_thirty(struct matter_draft *draft, struct err *err)
{
    static const int into[] = {MEETING_THIRTY_A, MEETING_THIRTY_B, MEETING_ASKED_ONCE};

    return answer(draft, ASKED_FIRST, into, err);
}

/* Whoever waits for the other's first answer is not kept from giving his second. */
static bool after_ninety(struct matter_draft *draft, struct err *err)
{
    static const int into[] = {MEETING_NINETY_A, MEETING_NINETY_B, MEETING_DONE};
    const struct matter_state *state = matter_state_of(&sort_meeting, &draft->was);

    if (state < &meeting_states[MEETING_ASKED_ONCE] && draft->today < matter_day(&draft->was, MEETING_DAY) + ASKED_AGAIN)
        return err_set(err, ERR_CONFLICT, "现在问的是 30 天的结果") || err_hint(err, "双方都答了 30 天的结果，或者洽谈满 90 天以后，再答 90 天的");
    return answer(draft, ASKED_AGAIN, into, err);
}

#define CAME_OF_IT "stand contract signed received note"
#define FIRST_ASKED (STATE(MEETING_CONFIRMED) | STATE(MEETING_THIRTY_A) | STATE(MEETING_THIRTY_B))

static const struct matter_step meeting_steps[] = {
    {.name = "claim", .label = "我们谈过", .label_en = "We met", .does = N_("和谁、哪天、谈什么；请对方确认"), .from = MATTER_NEW, .to = MEETING_CLAIMED,
     .by = SIDE(MEETING_A), .fields = "fair other met_on about", .check = claim},
    {.name = "note", .label = "主办方登记洽谈", .label_en = "Enter a meeting", .does = N_("双方没有在本平台确认以前，标明是主办方登记的"), .from = MATTER_NEW, .to = MEETING_NOTED,
     .by = SIDE(MEETING_HOST), .fields = "fair one other met_on about", .check = note},
    {.name = "confirm", .label = "确认谈过", .label_en = "Confirm", .does = N_("双方都确认以后，算一次洽谈"), .from = STATE(MEETING_NOTED) | STATE(MEETING_CLAIMED),
     .to = MATTER_SAME, .by = BOTH, .check = confirm},
    {.name = "deny", .label = "没有谈过", .label_en = "Deny", .does = N_("写明原因；不计入洽谈数"), .from = STATE(MEETING_NOTED) | STATE(MEETING_CLAIMED), .to = MEETING_DISPUTED,
     .by = BOTH, .fields = "denied_why"},
    {.name = "after_thirty", .label = "答 30 天结果", .label_en = "After 30 days", .does = N_("双方各答各的；意向、签约、到账分开填"), .from = FIRST_ASKED, .to = MATTER_SAME,
     .by = BOTH, .fields = CAME_OF_IT, .seldom = "contract signed received note", .how = MATTER_ADD, .entry = &kind_meeting_answer, .check = after_thirty},
    {.name = "after_ninety", .label = "答 90 天结果", .label_en = "After 90 days", .does = N_("双方各答各的；意向、签约、到账分开填"),
     .from = FIRST_ASKED | STATE(MEETING_ASKED_ONCE) | STATE(MEETING_NINETY_A) | STATE(MEETING_NINETY_B), .to = MATTER_SAME, .by = BOTH, .fields = CAME_OF_IT,
     .seldom = "contract signed received note", .how = MATTER_ADD, .entry = &kind_meeting_answer, .check = after_ninety},
};

static const struct kind *const meeting_entries[] = {&kind_meeting_answer};

const struct matter_sort sort_meeting = {
    .kind = &kind_meeting, .about = N_("活动上谁和谁谈了什么，双方确认；30 天和 90 天后双方各答各的结果"), .empty = N_("还没有。打开一场已举办的活动，按“我们谈过”"),
    .sides = meeting_sides, .side_count = COUNT(meeting_sides), .states = meeting_states, .state_count = COUNT(meeting_states),
    .steps = meeting_steps, .step_count = COUNT(meeting_steps), .entries = meeting_entries, .entry_count = COUNT(meeting_entries), .begins_at = "/fairs",
};

/* --- figures --- */

/*
 * Each meeting with the newest answer of either side, and the contract of a deal of this house between the two that one of them names.
 * What a deal shows needs nobody's word.
 */
#define NEWEST(alias, side) \
    " LEFT JOIN meeting_answer " alias " ON " alias ".matter = m.id AND " alias ".to_leaf IS NULL AND " alias ".no = (SELECT max(x.no)" \
    " FROM meeting_answer x WHERE x.matter = m.id AND x.said_by = '" side "' AND x.to_leaf IS NULL)"
static const char meetings_text[] =
    "SELECT CASE WHEN m.one_on IS NOT NULL AND m.other_on IS NOT NULL THEN 1 ELSE 0 END, coalesce(a.stand, ''), coalesce(a.signed, 0),"
    " coalesce(a.received, 0), coalesce(b.stand, ''), coalesce(b.signed, 0), coalesce(b.received, 0), coalesce(c.amount, -1),"
    " (SELECT CAST(coalesce(sum(r.amount), 0) AS BIGINT) FROM receipt r WHERE r.deal = c.deal AND r.to_leaf IS NULL)"
    " FROM meeting m LEFT JOIN party p ON p.id = m.one AND p.to_leaf IS NULL LEFT JOIN party q ON q.id = m.other AND q.to_leaf IS NULL" NEWEST("a", "one") NEWEST("b", "other")
    " LEFT JOIN contract c ON c.to_leaf IS NULL AND c.id = (SELECT min(k.id) FROM deal d JOIN contract k ON k.deal = d.id AND k.to_leaf IS NULL"
    "   WHERE d.to_leaf IS NULL AND d.pier <> 'dropped' AND ((d.owner = m.one AND (d.buyer_party = m.other OR d.buyer = q.name))"
    "   OR (d.owner = m.other AND (d.buyer_party = m.one OR d.buyer = p.name)))"
    "   AND k.signed_on >= m.met_on AND ((a.stand = 'signed' AND k.number = a.contract) OR (b.stand = 'signed' AND k.number = b.contract)))"
    " WHERE m.fair = ?1 AND m.to_leaf IS NULL AND m.state <> 'disputed' ORDER BY m.id";

static const char guests_text[] =
    "SELECT count(*), coalesce(sum(CASE WHEN state = 'came' THEN 1 ELSE 0 END), 0) FROM fair_guest WHERE fair = ?1 AND to_leaf IS NULL AND state <> 'cancelled'";

struct reply { struct slice stand; int64_t signed_fen, received; };

static struct reply reply_at(const struct sql_rows *rows, int column)
{
    return (struct reply){sql_slice(rows, column), sql_number(rows, column + 1), sql_number(rows, column + 2)};
}

static int64_t claimed(const struct reply *reply)
{
    return slice_is(reply->stand, "signed") ? reply->signed_fen : 0;
}

/* What one says and the other does not. */
static void said_add(struct fair_figures *figures, const struct reply *one, const struct reply *other)
{
    bool is_signed = slice_is(one->stand, "signed") || slice_is(other->stand, "signed");

    figures->said_signed += is_signed;
    figures->said_fen += claimed(one) > claimed(other) ? claimed(one) : claimed(other);
    figures->said_agreed += !is_signed && (slice_is(one->stand, "agreed") || slice_is(other->stand, "agreed"));
}

static void meeting_add(struct fair_figures *figures, const struct sql_rows *rows)
{
    struct reply one = reply_at(rows, 1), other = reply_at(rows, 4);
    int64_t contract = sql_number(rows, 7);
    bool same = slice_same(one.stand, other.stand) && one.signed_fen == other.signed_fen;

    figures->meetings++;
    figures->confirmed += sql_number(rows, 0);
    if (contract >= 0 || (same && slice_is(one.stand, "signed"))) {
        figures->signed_count++;
        figures->signed_fen += contract >= 0 ? contract : one.signed_fen;
        figures->received_fen += contract >= 0 ? sql_number(rows, 8) : one.received < other.received ? one.received : other.received;
    } else if (same) {
        figures->agreed += slice_is(one.stand, "agreed");
    } else {
        said_add(figures, &one, &other);
    }
}

bool fair_figures(struct sql *sql, int64_t fair, struct fair_figures *figures, struct err *err)
{
    struct sql_rows rows;

    *figures = (struct fair_figures){0};
    if (!sql_rows(sql, guests_text, SQL_ARGS(sql_int(fair)), &rows, err))
        return false;
    if (sql_next(&rows)) {
        figures->guests = sql_number(&rows, 0);
        figures->came = sql_number(&rows, 1);
    }
    if (!sql_done(&rows, err) || !sql_rows(sql, meetings_text, SQL_ARGS(sql_int(fair)), &rows, err))
        return false;
    while (sql_next(&rows))
        meeting_add(figures, &rows);
    return sql_done(&rows, err);
}
