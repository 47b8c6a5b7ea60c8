/* A session of consultation: prepared by the committee's office, open for opinions, held, followed up. */
#include "work/consult_int.h"

#include "base/clock.h"
#include "base/text.h"
#include "record/choice.h"
#include "work/matter_room.h"
#include "work/submit.h"

enum { OFFICE, LEADERS, MEMBERS };

static const struct matter_side sides[] = {
    [OFFICE] = {"office", "政协办公室", "Committee's office", SIDE_ROLE, OFFICE_ROLES},
    [LEADERS] = {"leaders", "领导与秘书", "Leader and secretary", SIDE_ROLE, LEADER_ROLES},
    [MEMBERS] = {"members", "参加委员", "Members", SIDE_JOINED, 0},
};

static const struct matter_state states[] = {
    [CONSULT_PREPARING] = {"preparing", "筹备", "In preparation", SIDE(OFFICE), 0, NULL, false},
    [CONSULT_OPEN] = {"open", "征集意见", "Open for opinions", SIDE(OFFICE), 0, N_("座谈日期"), false},
    [CONSULT_LIVE] = {"live", "正在开会", "In session", SIDE(OFFICE), 0, NULL, false},
    [CONSULT_FOLLOWING] = {"following", "会后办理", "Followed up", 0, 0, NULL, false},
    [CONSULT_CLOSED] = {"closed", "全部办结", "Closed", 0, 0, NULL, true},
    [CONSULT_CANCELLED] = {"cancelled", "已取消", "Called off", 0, 0, NULL, true},
};

#define WRONG(field, ...) MATTER_WRONG(err, &kind_consultation, field, __VA_ARGS__)

/* The seven topics of the listening session of 2024-12-02 (R114). */
static const char *const seven_topics[] = {"强化政策制度保障", "发挥高校科研院所作用", "提升企业创新能力", "深化体制机制改革", "加强人才队伍建设",
                                           "推进产学研深度融合", "完善转移转化平台"};

static bool days_fit(struct matter_draft *draft, struct err *err)
{
    const struct record *matter = &draft->matter;
    int32_t day = matter_day(matter, CONSULT_DAY), until = matter_day(matter, CONSULT_UNTIL);

    if (day < draft->today && day != matter_day(&draft->was, CONSULT_DAY))
        return WRONG(CONSULT_DAY, N_("座谈日期已经过去"));
    if (until < draft->today && until != matter_day(&draft->was, CONSULT_UNTIL))
        return WRONG(CONSULT_UNTIL, N_("意见截止日已经过去"));
    return until <= day || WRONG(CONSULT_UNTIL, N_("意见截止不能晚于座谈日期"));
}

static bool prepare(struct matter_draft *draft, struct err *err)
{
    if (!days_fit(draft, err))
        return false;
    matter_set_text(&draft->matter, MATTER_TITLE, matter_text(&draft->matter, CONSULT_NAME));
    for (size_t i = 0; matter_number(&draft->matter, CONSULT_SEVEN) && i < COUNT(seven_topics); i++) {
        struct record topic = {.kind = &kind_consult_topic, .owner = draft->matter.owner};

        matter_set_text(&topic, TOPIC_NAME, slice_of(seven_topics[i]));
        if (!matter_also_entry(draft, &topic, 0, err))
            return false;
    }
    return true;
}

static bool change(struct matter_draft *draft, struct err *err)
{
    if (!days_fit(draft, err))
        return false;
    matter_set_text(&draft->matter, MATTER_TITLE, matter_text(&draft->matter, CONSULT_NAME));
    if (consultation_is(&draft->matter, CONSULT_OPEN))
        matter_set_due(&draft->matter, matter_day(&draft->matter, CONSULT_DAY), draft->arena);
    return true;
}

/* --- members --- */

bool consult_seated(struct sql *sql, int64_t session, int64_t person, bool *seated, struct err *err)
{
    int64_t id;

    *seated = false;
    return !person || sql_one(sql, "SELECT id FROM consult_seat WHERE matter = ?1 AND person = ?2 AND left_on IS NULL AND to_leaf IS NULL LIMIT 1",
                              SQL_ARGS(sql_int(session), sql_int(person)), &id, seated, err);
}

static bool joined(struct sql *sql, const struct record *matter, size_t side, const struct actor *actor, bool *yes, struct err *err)
{
    (void)side;
    return consult_seated(sql, matter->id, actor->person, yes, err);
}

static bool is_parting(char at)
{
    return at == ',' || at == '\t' || at == ';';
}

/* "李某某，市，3": up to three parts; Chinese commas and tabs too. */
static size_t parts_of(struct slice line, struct slice part[3], struct arena *arena)
{
    char *flat = arena_text(arena, line);
    size_t count = 0;

    for (char *at = flat; (at = strstr(at, "，"));)
        memcpy(at, ",  ", strlen("，"));
    for (size_t from = 0, i = 0; i <= line.len && count < 3; i++)
        if (i == line.len || is_parting(flat[i])) {
            part[count++] = slice_trim((struct slice){flat + from, i - from});
            from = i + 1;
        }
    return count;
}

static bool line_wrong(int number, struct slice line, const char *what, struct err *err)
{
    return WRONG(CONSULT_ROSTER, "第 %d 行“%.*s”：%s", number, (int)(line.len > 60 ? 60 : line.len), line.at, what);
}

static bool tier_read(struct slice typed, struct record *seat)
{
    static const struct {
        const char *word, *code;
    } words[] = {{"省", "province"}, {"市", "city"}, {"区县", "county"}, {"区", "county"}, {"县", "county"}, {"特邀", "guest"}};
    const struct choice *found = choice_find(choice_list_get("seat_tier"), typed);

    for (size_t i = 0; !found && i < COUNT(words); i++)
        if (slice_is(typed, words[i].word))
            found = choice_find(choice_list_get("seat_tier"), slice_of(words[i].code));
    if (found)
        matter_set_text(seat, SEAT_TIER, slice_of(found->code));
    return found != NULL;
}

/* Is he there already, in the records or in a line before? */
static bool seat_new(struct matter_draft *draft, int64_t person, bool *fresh, struct err *err)
{
    bool there;

    if (!consult_seated(draft->sql, draft->matter.id, person, &there, err))
        return false;
    *fresh = !there;
    for (size_t i = 0; i < draft->also_count; i++)
        if (matter_number(&draft->also[i].record, SEAT_PERSON) == person)
            *fresh = false;
    return true;
}

static bool seat_add(struct matter_draft *draft, int number, struct slice line, struct err *err)
{
    struct record seat = {.kind = &kind_consult_seat, .owner = draft->matter.owner};
    struct slice part[3] = {{0}}, typed[FIELDS_MAX] = {{0}}, resolved[FIELDS_MAX] = {{0}};
    struct complaints complaints = {0};
    size_t count = parts_of(line, part, draft->arena);
    struct value topic;
    struct err unread;
    bool fresh;

    typed[SEAT_PERSON] = part[0];
    if (!links_resolve(draft->sql, &kind_consult_seat, typed, resolved, draft->arena, &complaints, err))
        return false;
    if (complaints.count)
        return line_wrong(number, line, complaints.list[0].err.message, err) || err_hint(err, "先在“专家与经理人”里登记这位委员，身份选“政协委员”");
    if (count < 2 || !tier_read(part[1], &seat))
        return line_wrong(number, line, "逗号后面写层级：省、市、区县或特邀", err);
    if (!field_read(&kind_consult_seat.fields[SEAT_PERSON], resolved[SEAT_PERSON], draft->arena, &seat.values[SEAT_PERSON], &unread)
        || !field_read(&kind_consult_seat.fields[SEAT_TOPIC], part[2], draft->arena, &topic, &unread))
        return line_wrong(number, line, unread.message, err);
    if (topic.known && (size_t)topic.number > draft->file->counts[0])
        return line_wrong(number, line, "没有这个序号的议题", err);
    seat.values[SEAT_TOPIC] = topic;
    if (!seat_new(draft, matter_number(&seat, SEAT_PERSON), &fresh, err))
        return false;
    return fresh ? matter_also_entry(draft, &seat, 0, err) != NULL : line_wrong(number, line, "这位委员已经在名单里", err);
}

/* A line each; the text itself is not kept. */
static bool roster(struct matter_draft *draft, struct err *err)
{
    struct slice lines = matter_text(&draft->matter, CONSULT_ROSTER), line;
    int number = 0, added = 0;

    while (slice_cut(&lines, '\n', &line)) {
        number++;
        if (!slice_trim(line).len)
            continue;
        if (draft->file->counts[1] + (size_t)added == MATTER_ENTRY_ROWS)
            return WRONG(CONSULT_ROSTER, N_("一场座谈至多 400 位委员"));
        if (added++ == 20)
            return WRONG(CONSULT_ROSTER, N_("一次至多 20 行；这些先加，其余的再加一次"));
        if (!seat_add(draft, number, slice_trim(line), err))
            return false;
    }
    draft->matter.values[CONSULT_ROSTER] = (struct value){0};
    return true;
}

static bool is_seated(const struct record *seat)
{
    return !matter_known(seat, SEAT_LEFT_ON);
}

static bool unseat(struct matter_draft *draft, struct err *err)
{
    (void)err;
    matter_set_day(&draft->entry, SEAT_LEFT_ON, draft->today, draft->arena);
    return true;
}

/* --- on the way --- */

static bool topic_check(struct matter_draft *draft, struct err *err)
{
    for (size_t i = 0; i < draft->file->counts[0]; i++)
        if (slice_same(matter_text(&draft->file->entries[0][i], TOPIC_NAME), matter_text(&draft->entry, TOPIC_NAME)))
            return MATTER_WRONG(err, &kind_consult_topic, TOPIC_NAME, N_("已经有这个议题"));
    return true;
}

static bool topic_there(struct matter_draft *draft, const struct kind *kind, size_t field, struct err *err)
{
    int64_t topic = matter_number(&draft->entry, field);

    return topic <= (int64_t)draft->file->counts[0] || MATTER_WRONG(err, kind, field, N_("没有这个序号的议题"));
}

static bool visit(struct matter_draft *draft, struct err *err)
{
    if (matter_day(&draft->entry, VISIT_DAY) > draft->today)
        return MATTER_WRONG(err, &kind_consult_visit, VISIT_DAY, N_("调研日期还没有到"));
    if (draft->sides & SIDE(MEMBERS))
        matter_set_number(&draft->entry, VISIT_BY, draft->order->actor->person);
    return true;
}

static bool agenda(struct matter_draft *draft, struct err *err)
{
    bool there = true;

    if (!topic_there(draft, &kind_consult_agenda, AGENDA_TOPIC, err))
        return false;
    if (matter_known(&draft->entry, AGENDA_SPEAKER)
        && !consult_seated(draft->sql, draft->matter.id, matter_number(&draft->entry, AGENDA_SPEAKER), &there, err))
        return false;
    return there || MATTER_WRONG(err, &kind_consult_agenda, AGENDA_SPEAKER, N_("这位委员不在参加名单里")) || err_hint(err, "先用“加委员”加进名单");
}

static bool open_it(struct matter_draft *draft, struct err *err)
{
    size_t seats = 0;

    for (size_t i = 0; i < draft->file->counts[1]; i++)
        seats += is_seated(&draft->file->entries[1][i]);
    if (!draft->file->counts[0])
        return err_set(err, ERR_CONFLICT, "还没有议题") || err_hint(err, "先用“加议题”加上议题");
    if (!seats)
        return err_set(err, ERR_CONFLICT, "还没有参加的委员") || err_hint(err, "先用“加委员”把名单加进来，他们才能提意见");
    if (matter_day(&draft->matter, CONSULT_UNTIL) < draft->today)
        return err_set(err, ERR_CONFLICT, "意见截止日已经过去") || err_hint(err, "先用“修改”改日期");
    matter_set_day(&draft->matter, CONSULT_OPENED_ON, draft->today, draft->arena);
    matter_set_due(&draft->matter, matter_day(&draft->matter, CONSULT_DAY), draft->arena);
    return true;
}

static bool start(struct matter_draft *draft, struct err *err)
{
    if (matter_day(&draft->matter, CONSULT_DAY) > draft->today)
        return err_set(err, ERR_CONFLICT, "座谈日期还没有到") || err_hint(err, "提前开的，先用“修改”改日期");
    matter_set_day(&draft->matter, CONSULT_STARTED_ON, draft->today, draft->arena);
    return true;
}

static bool end(struct matter_draft *draft, struct err *err)
{
    (void)err;
    matter_set_day(&draft->matter, CONSULT_ENDED_ON, draft->today, draft->arena);
    return true;
}

static bool close_it(struct matter_draft *draft, struct err *err)
{
    int64_t number;
    bool found;

    if (!sql_one(draft->sql, "SELECT MIN(no) FROM opinion WHERE consultation = ?1 AND status = 0 AND to_leaf IS NULL HAVING COUNT(*) > 0",
                 SQL_ARGS(sql_int(draft->was.id)), &number, &found, err))
        return false;
    return !found || err_set(err, ERR_CONFLICT, "%lld 号意见还没有办结", (long long)number) || err_hint(err, "每件意见都有了结果，才能总结");
}

#define FORM "name question background host day place until_day contact phone"
#define BEFORE (STATE(CONSULT_PREPARING) | STATE(CONSULT_OPEN))
#define UNTIL_ENDED (BEFORE | STATE(CONSULT_LIVE))

static const struct matter_step steps[] = {
    {.name = "prepare", .label = "筹备一场协商座谈", .label_en = "Prepare a session", .does = N_("写明问题、日期、截止；议题和委员随后加"), .from = MATTER_NEW,
     .to = CONSULT_PREPARING, .by = SIDE(OFFICE), .fields = FORM " seven", .seldom = "background", .check = prepare},
    {.name = "change", .aside = true, .label = "修改", .label_en = "Change", .does = N_("改题目、日期、地点"), .from = BEFORE, .to = MATTER_SAME, .by = SIDE(OFFICE), .fields = FORM,
     .seldom = "background", .check = change},
    {.name = "topic", .aside = true, .label = "加议题", .label_en = "Add a topic", .does = N_("意见按议题收"), .from = UNTIL_ENDED, .to = MATTER_SAME, .by = SIDE(OFFICE),
     .fields = "name points lead", .seldom = "points lead", .how = MATTER_ADD, .entry = &kind_consult_topic, .check = topic_check},
    {.name = "roster", .label = "加委员", .label_en = "Add members", .does = N_("一行一位，省、市两级"), .from = UNTIL_ENDED, .to = MATTER_SAME, .by = SIDE(OFFICE),
     .fields = "roster", .check = roster},
    {.name = "unseat", .aside = true, .label = "委员退出", .label_en = "A member leaves", .does = N_("他提过的意见照样办"), .from = UNTIL_ENDED, .to = MATTER_SAME, .by = SIDE(OFFICE),
     .fields = "left_why", .how = MATTER_AMEND, .entry = &kind_consult_seat, .amendable = is_seated, .check = unseat},
    {.name = "open", .label = "开始征集意见", .label_en = "Open for opinions", .does = N_("从这时起委员能提意见，问题和议题公开"), .from = STATE(CONSULT_PREPARING),
     .to = CONSULT_OPEN, .by = SIDE(OFFICE), .check = open_it},
    {.name = "visit", .aside = true, .label = "记一次走访调研", .label_en = "Enter a visit", .does = N_("挂到障碍和支柱上，意见可以引它作依据"), .from = UNTIL_ENDED, .to = MATTER_SAME,
     .by = SIDE(OFFICE) | SIDE(MEMBERS), .fields = "day place who obstacle pillar found", .seldom = "who", .how = MATTER_ADD, .entry = &kind_consult_visit,
     .check = visit, .brings = true},
    {.name = "agenda", .aside = true, .label = "加议程", .label_en = "Add to the running order", .does = N_("谁、第几个、讲多久"), .from = UNTIL_ENDED, .to = MATTER_SAME,
     .by = SIDE(OFFICE) | SIDE(LEADERS), .fields = "what speaker topic minutes", .seldom = "topic minutes", .how = MATTER_ADD, .entry = &kind_consult_agenda, .check = agenda},
    {.name = "start", .label = "开会", .label_en = "Begin", .does = N_("座谈当天"), .from = STATE(CONSULT_OPEN), .to = CONSULT_LIVE, .by = SIDE(OFFICE) | SIDE(LEADERS), .check = start},
    {.name = "end", .label = "散会", .label_en = "End", .does = N_("转入会后办理；意见逐件交办"), .from = STATE(CONSULT_LIVE), .to = CONSULT_FOLLOWING, .by = SIDE(OFFICE) | SIDE(LEADERS),
     .check = end},
    {.name = "close", .label = "写办理小结", .label_en = "Sum up", .does = N_("每件意见都有结果以后"), .from = STATE(CONSULT_FOLLOWING), .to = CONSULT_CLOSED,
     .by = SIDE(OFFICE), .fields = "summary", .check = close_it},
    {.name = "cancel", .aside = true, .label = "取消", .label_en = "Call off", .does = N_("写明原因"), .from = BEFORE, .to = CONSULT_CANCELLED, .by = SIDE(OFFICE), .fields = "end_why"},
};

static const struct kind *const entries[] = {&kind_consult_topic, &kind_consult_seat, &kind_consult_visit, &kind_consult_agenda};

static bool is_open(const struct record *matter)
{
    return matter_known(matter, CONSULT_OPENED_ON);
}

/* The meeting's page shows what is said and what is put in, as it comes. */
static const struct matter_room rooms[] = {{&kind_remark, REMARK_SESSION}, {&kind_opinion, OPINION_SESSION}};

/* Who has a seat hears that it is open, that it begins, how it ends. */
static const char tells[] =
    "SELECT DISTINCT a.id FROM consult_seat c JOIN account a ON a.person = c.person AND a.to_leaf IS NULL AND a.disabled = 0 WHERE c.matter = ?1"
    " AND c.left_on IS NULL AND c.to_leaf IS NULL AND a.pseudonym <> ?2 AND a.id > ?3 ORDER BY 1 LIMIT ?4";

const struct matter_sort sort_consultation = {
    .kind = &kind_consultation, .about = N_("带着问题听委员的意见：议题、名单、走访、意见、答复，一直到办结"),
    .empty = N_("还没有协商座谈。由政协办公室发起。"),
    .sides = sides, .side_count = COUNT(sides), .states = states, .state_count = COUNT(states), .steps = steps, .step_count = COUNT(steps),
    .entries = entries, .entry_count = COUNT(entries), .open = is_open, .joined = joined, .tells = tells, .rooms = rooms, .room_count = COUNT(rooms),
};
