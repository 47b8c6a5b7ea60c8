#include "work/inbox.h"

#include <stdio.h>

#include "base/clock.h"
#include "record/choice.h"
#include "record/deal.h"
#include "record/record.h"
#include "work/due.h"
#include "work/matter.h"

const struct message_sort message_sorts[] = {
    {"turn", "轮到您的单位：%s", "Your unit's turn: %s", ABOUT_PIER, LINK_DEAL},
    {"objection", "公示期内有异议，请核实处理", "There is an objection to the notice: please look into it", ABOUT_NOTHING, LINK_DEAL},
    {"mend", "登记机构要求补正", "The registration agency asks for corrections", ABOUT_NOTHING, LINK_DEAL},
    {"mended", "补正材料已提交，请接着审核", "What was lacking has been sent: please go on", ABOUT_NOTHING, LINK_REGISTRATION},
    {"registration", "有技术合同提交认定登记", "A contract was sent to registration", ABOUT_NOTHING, LINK_REGISTRATION},
    {"decide", "%s，期限将到", "%s: the day is near", ABOUT_DUE, LINK_REGISTRATION},
    {"undecided", "%s，期限已过", "%s: the day has passed", ABOUT_DUE, LINK_REGISTRATION},
    {"title", "权属约定里写了您的份额", "The title names your share", ABOUT_NOTHING, LINK_RIGHTS},
    {"award", "奖酬分配里有您的一份", "The allotment of rewards has a part of yours", ABOUT_NOTHING, LINK_RIGHTS},
    {"paid", "奖酬已登记发放", "The rewards are entered as paid out", ABOUT_NOTHING, LINK_RIGHTS},
    {"over", "%s，可以往下办", "%s: you can go on", ABOUT_DUE, LINK_DEAL},
    {"ahead", "%s，期限将到", "%s: the day is near", ABOUT_DUE, LINK_DEAL},
    {"late", "%s，期限已过", "%s: the day has passed", ABOUT_DUE, LINK_DEAL},
    {"unpaid", "您的奖酬过了应当发放的日期", "Your reward is past the day on which it was to be paid", ABOUT_NOTHING, LINK_RIGHTS},
    {"opened", "授权您的单位看保密内容", "Its confidential part was opened to your unit", ABOUT_KIND, LINK_RECORD},
    {"matter_turn", "轮到您：%s", "Your turn: %s", ABOUT_MATTER, LINK_MATTER},
    {"matter_moved", "有了进展：%s", "It has moved: %s", ABOUT_MATTER, LINK_MATTER},
    {"matter_late", "%s，已过应办的日期", "%s: past its day", ABOUT_MATTER, LINK_MATTER},
    {"bypass", "引荐的双方之间有案件没有登记的转化项目，疑似跳单：%s", "A deal between those introduced that the case does not name, perhaps a bypass: %s", ABOUT_MATTER,
     LINK_MATTER},
    {"fresh", "有 %s 条新登记的与您单位的记录合适", "Newly registered records that fit yours: %s", ABOUT_COUNT, LINK_DESK},
    {"heard", "有单位告知了对接进展", "Another side let you know what became of a pair", ABOUT_KIND, LINK_FEEDBACK},
};
const size_t message_sort_count = sizeof message_sorts / sizeof *message_sorts;

const struct message_sort *message_sort_find(struct slice name)
{
    for (size_t i = 0; i < message_sort_count; i++)
        if (slice_is(name, message_sorts[i].name))
            return &message_sorts[i];
    return NULL;
}

char *message_id(const struct message *message, char id[MESSAGE_ID])
{
    snprintf(id, MESSAGE_ID, "%llu-%lld", (unsigned long long)message->leaf, (long long)message->account);
    return id;
}

/* --- reading --- */

#define MESSAGES "SELECT leaf, account, object, made_ms, what, about, day, read_ms FROM inbox WHERE account = ?1"

static void message_take(const struct sql_rows *rows, struct arena *arena, struct message *message)
{
    *message = (struct message){.leaf = (uint64_t)sql_number(rows, 0), .account = sql_number(rows, 1), .object = sql_number(rows, 2),
                                .made_ms = sql_number(rows, 3), .sort = message_sort_find(sql_slice(rows, 4)),
                                .about = arena_copy(arena, sql_slice(rows, 5)), .day = (int32_t)sql_number(rows, 6),
                                .read = !sql_is_null(rows, 7)};
}

bool inbox_list(struct sql *sql, int64_t account, uint64_t before, struct arena *arena, struct message *list, size_t most,
                size_t *count, struct err *err)
{
    struct sql_rows rows;

    *count = 0;
    if (!sql_rows(sql, MESSAGES " AND leaf < ?2 ORDER BY leaf DESC LIMIT ?3",
                  SQL_ARGS(sql_int(account), sql_int(before ? (int64_t)before : INT64_MAX), sql_int((int64_t)most)), &rows, err))
        return false;
    while (*count < most && sql_next(&rows)) {
        message_take(&rows, arena, &list[*count]);
        *count += list[*count].sort != NULL;
    }
    return sql_done(&rows, err);
}

bool inbox_get(struct sql *sql, int64_t account, uint64_t leaf, struct arena *arena, struct message *message, struct err *err)
{
    struct sql_rows rows;

    *message = (struct message){.leaf = 0};
    if (!sql_rows(sql, MESSAGES " AND leaf = ?2", SQL_ARGS(sql_int(account), sql_int((int64_t)leaf)), &rows, err))
        return false;
    if (sql_next(&rows))
        message_take(&rows, arena, message);
    return sql_done(&rows, err) && (message->sort || err_set(err, ERR_MISSING, "没有这条提醒"));
}

bool inbox_unread(struct sql *sql, int64_t account, int64_t *count, struct err *err)
{
    bool found;

    return sql_one(sql,
                   "SELECT count(*) FROM (SELECT 1 FROM inbox WHERE account = ?1 AND read_ms IS NULL LIMIT ?2) unread",
                   SQL_ARGS(sql_int(account), sql_int(INBOX_UNREAD_MOST)), count, &found, err);
}

bool inbox_read_step(struct sql *sql, void *arg, struct err *err)
{
    const struct inbox_reading *reading = arg;

    return sql_put(sql,
                   reading->all ? "UPDATE inbox SET read_ms = ?3 WHERE account = ?1 AND leaf <= ?2 AND read_ms IS NULL"
                                : "UPDATE inbox SET read_ms = ?3 WHERE account = ?1 AND leaf = ?2 AND read_ms IS NULL",
                   SQL_ARGS(sql_int(reading->account), sql_int((int64_t)reading->leaf), sql_int(reading->now_ms)), err);
}

/* --- putting in --- */

#define DELIVER(channel)                                                                                                            \
    "INSERT INTO delivery (account, leaf, channel, state, tries, next_ms, made_ms, why)"                                            \
    " SELECT account, CAST(?2 AS BIGINT), '" channel "', 0, 0, CAST(?3 AS BIGINT), CAST(?3 AS BIGINT), '' FROM reminder"            \
    " WHERE account = ?1 AND " channel " = 1 ON CONFLICT (account, leaf, channel) DO NOTHING"

bool inbox_put(struct sql *sql, const struct inbox_line *line, struct err *err)
{
    return sql_put(sql,
                   "INSERT INTO inbox (account, leaf, what, about, object, day, made_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
                   " ON CONFLICT (account, leaf) DO NOTHING",
                   SQL_ARGS(sql_int(line->account), sql_int((int64_t)line->leaf), sql_text(slice_of(line->what)), sql_text(slice_of(line->about)),
                            sql_int(line->object), sql_int(line->day), sql_int(line->made_ms)),
                   err)
           && sql_put(sql, DELIVER("hook"), SQL_ARGS(sql_int(line->account), sql_int((int64_t)line->leaf), sql_int(line->made_ms)), err)
           && sql_put(sql, DELIVER("mail"), SQL_ARGS(sql_int(line->account), sql_int((int64_t)line->leaf), sql_int(line->made_ms)), err);
}

/* --- what it says --- */

static const struct kind *kind_of(const struct message *message)
{
    struct slice rest = message->about, part = message->about;
    char name[LEAF_WORD + 1];

    if (message->sort->about == ABOUT_COUNT)
        return NULL;
    if (message->sort->about != ABOUT_KIND && message->sort->about != ABOUT_MATTER)
        return &kind_deal;
    if (message->sort->about == ABOUT_MATTER)
        slice_cut(&rest, '.', &part);
    snprintf(name, sizeof name, "%.*s", (int)part.len, part.at);
    return message->sort->about == ABOUT_MATTER ? kind_stored(name) : kind_by_name(name);
}

const char *message_path(const struct message *message, struct arena *arena)
{
    const struct kind *kind = kind_of(message);

    if (message->sort->link == LINK_DESK)
        return "/desk";
    if (message->sort->link == LINK_RIGHTS || !kind)
        return "/rights";
    if (message->sort->link == LINK_REGISTRATION)
        return arena_print(arena, "/registrations/%lld", (long long)message->object);
    return arena_print(arena, "/%s/%lld%s", kind->plural, (long long)message->object, message->sort->link == LINK_FEEDBACK ? "/feedback" : "");
}

/* Who has a share in a deal knows its name from his rights, an agency from its queue. */
static bool knows_title(const struct actor *actor, const struct message *message, const struct object *object, const struct record *record)
{
    struct err ignored;

    if (message->sort->link == LINK_RIGHTS)
        return true;
    if (message->sort->link == LINK_REGISTRATION)
        return may(actor, ACT_REGISTER, object, &ignored);
    return may(actor, ACT_SEE, object, &ignored) && may_see_field(actor, object, record, record->kind->title);
}

static bool matter_title(struct sql *sql, const struct actor *actor, const struct record *matter, struct slice *title, struct err *err)
{
    const struct matter_sort *sort = matter_sort_of(matter->kind);
    enum matter_sight sight;
    unsigned sides;

    if (!sort || !matter_sight(sql, sort, matter, actor, &sides, &sight, err))
        return sort == NULL;
    if (sight != SIGHT_NONE)
        *title = matter_text(matter, MATTER_TITLE);
    return true;
}

bool message_title(struct sql *sql, const struct actor *actor, const struct message *message, struct arena *arena,
                   struct slice *title, struct err *err)
{
    const struct kind *kind = kind_of(message);
    struct record record;
    struct object object;

    *title = SLICE("");
    if (!kind)
        return true;
    if (!record_get(sql, kind, message->object, arena, &record, err))
        return err->code == ERR_MISSING;
    if (message->sort->about == ABOUT_MATTER)
        return matter_title(sql, actor, &record, title, err);
    if (!object_of(sql, &record, actor, &object, err))
        return false;
    if (knows_title(actor, message, &object, &record))
        *title = record.values[kind->title].text;
    return true;
}

static const char *about_label(const struct message *message, bool english)
{
    const struct due_sort *due = message->sort->about == ABOUT_DUE ? due_sort_find(message->about) : NULL;
    const struct choice *pier = message->sort->about == ABOUT_PIER ? choice_find(choice_list_get("pier"), message->about) : NULL;

    if (due)
        return english ? due->label_en : due->label;
    return pier ? english ? pier->label_en : pier->label : "";
}

/* "对接请求 · 等待答复" */
static const char *matter_label(const struct message *message, bool english, struct arena *arena)
{
    const struct kind *kind = kind_of(message);
    const struct matter_sort *sort = kind ? matter_sort_of(kind) : NULL;
    struct slice state = message->about, part;
    const struct matter_state *stands;

    slice_cut(&state, '.', &part);
    stands = sort ? matter_state_find(sort, state) : NULL;
    if (!stands)
        return kind ? english ? kind->label_en : kind->label : "";
    return english ? arena_print(arena, "%s, %s", kind->label_en, stands->label_en) : arena_print(arena, "%s · %s", kind->label, stands->label);
}

struct slice message_say(const struct message *message, bool english, struct arena *arena)
{
    const char *text = english ? message->sort->text_en : message->sort->text,
               *about = message->sort->about == ABOUT_MATTER  ? matter_label(message, english, arena)
                        : message->sort->about == ABOUT_COUNT ? arena_text(arena, message->about)
                                                              : about_label(message, english);
    const char *at = strstr(text, "%s");
    char day[CLOCK_TEXT];
    struct text out;
    struct slice said;

    text_init(&out);
    text_add(&out, text, at ? (size_t)(at - text) : strlen(text));
    if (at)
        text_print(&out, "%s%s", about, at + 2);
    if (message->day)
        text_print(&out, english ? " (%s)" : "（%s）", day_show(message->day, day));
    said = arena_copy(arena, text_slice(&out));
    text_release(&out);
    return said;
}
