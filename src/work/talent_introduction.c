/* An introduction (引荐): logged by the broker, confirmed or denied by both who were introduced; silence shows. */
#include "work/talent_int.h"

#include "base/text.h"
#include "record/choice.h"

enum { BROKER, FIRST, SECOND };

static const struct matter_side sides[] = {
    [BROKER] = {"broker", "中介人", "Broker", SIDE_OWNER},
    [FIRST] = {"client", "委托人", "Client", INTRODUCTION_FIRST},
    [SECOND] = {"second", "被引荐方", "Introduced to", INTRODUCTION_SECOND},
};

static const struct matter_state states[] = {
    [INTRODUCTION_IS_ASKED] = {"asked", "待双方确认", "To be confirmed by both", SIDE(FIRST) | SIDE(SECOND), 5, HOUSE_TERM, false},
    [INTRODUCTION_LACKS_FIRST] = {"lacks_client", "待委托人确认", "To be confirmed by the client", SIDE(FIRST), 5, HOUSE_TERM, false},
    [INTRODUCTION_LACKS_SECOND] = {"lacks_second", "待被引荐方确认", "To be confirmed by the other side", SIDE(SECOND), 5, HOUSE_TERM, false},
    [INTRODUCTION_IS_CONFIRMED] = {"confirmed", "双方已确认", "Confirmed by both", 0, 0, NULL, true},
    [INTRODUCTION_IS_DENIED] = {"denied", "有一方否认", "Denied", 0, 0, NULL, true},
    [INTRODUCTION_IS_WITHDRAWN] = {"withdrawn", "已撤回", "Withdrawn", 0, 0, NULL, true},
};

/* --- what is known of the manager's interests --- */

static const char *relation(struct slice code)
{
    const struct choice *choice = choice_find(choice_list_get("interest_sort"), code);

    return choice ? choice->label : "";
}

/* As they were declared in the case, a line each: so the other side sees them too, and as they were on that day. */
static bool declared(struct matter_draft *draft, struct err *err)
{
    struct sql_rows rows;
    struct text out;

    if (!sql_rows(draft->sql, "SELECT i.sort, p.name, i.who, i.what FROM interest i LEFT JOIN party p ON p.id = i.party AND p.to_leaf IS NULL"
                              " WHERE i.matter = ?1 AND i.to_leaf IS NULL ORDER BY i.no LIMIT 40",
                  SQL_ARGS(sql_int(matter_number(&draft->matter, INTRODUCTION_CASE))), &rows, err))
        return false;
    text_init(&out);
    while (sql_next(&rows)) {
        struct slice sort = sql_slice(&rows, 0);

        text_print(&out, "%s%s", out.len ? "\n" : "", relation(sort));
        for (int i = 1; i < 4; i++)
            if (sql_slice(&rows, i).len)
                text_print(&out, "；%.*s", (int)sql_slice(&rows, i).len, sql_slice(&rows, i).at);
    }
    matter_set_text(&draft->matter, INTRODUCTION_INTERESTS, arena_copy(draft->arena, text_slice(&out)));
    text_release(&out);
    return sql_done(&rows, err);
}

/* Interests that the manager has declared in another case, or that his own entry shows, and that this case does not name. */
static bool undeclared(struct matter_draft *draft, const struct told_case *told, struct err *err)
{
    static const char statement[] =
        "SELECT p.name, i.sort FROM interest i JOIN case_work c ON c.id = i.matter AND c.to_leaf IS NULL AND c.manager = ?1 AND c.id <> ?2"
        " JOIN party p ON p.id = i.party AND p.to_leaf IS NULL WHERE i.to_leaf IS NULL AND i.sort <> 'none' AND i.party IN (?3, ?4)"
        " AND NOT EXISTS (SELECT 1 FROM interest h WHERE h.matter = ?2 AND h.party = i.party AND h.to_leaf IS NULL)"
        " UNION SELECT p.name, 'post' FROM person m JOIN party p ON p.id = m.party AND p.to_leaf IS NULL WHERE m.id = ?1 AND m.to_leaf IS NULL"
        " AND m.party IN (?3, ?4) AND NOT EXISTS (SELECT 1 FROM interest h WHERE h.matter = ?2 AND h.party = m.party AND h.to_leaf IS NULL)"
        " ORDER BY 1, 2 LIMIT 20";
    struct sql_rows rows;
    struct text out;

    if (!sql_rows(draft->sql, statement, SQL_ARGS(sql_int(told->manager), sql_int(matter_number(&draft->matter, INTRODUCTION_CASE)),
                                                  sql_int(told->client), sql_int(matter_number(&draft->matter, INTRODUCTION_SECOND))),
                  &rows, err))
        return false;
    text_init(&out);
    while (sql_next(&rows))
        text_print(&out, "%s%.*s：%s", out.len ? "\n" : "", (int)sql_slice(&rows, 0).len, sql_slice(&rows, 0).at,
                    relation(sql_slice(&rows, 1)));
    if (out.len)
        matter_set_text(&draft->matter, INTRODUCTION_FLAG, arena_copy(draft->arena, text_slice(&out)));
    text_release(&out);
    return sql_done(&rows, err);
}

/* --- steps --- */

static bool introduce(struct matter_draft *draft, struct err *err)
{
    struct record *matter = &draft->matter;
    struct told_case told;

    if (!case_read(draft, matter_number(matter, INTRODUCTION_CASE), &told, err))
        return false;
    if (!told.found || told.owner != matter->owner || !slice_is(told.state, "signed"))
        return MATTER_WRONG(err, &kind_introduction, INTRODUCTION_CASE, "没有这件案件，或者它的中介合同不在履行中");
    if (matter_number(matter, INTRODUCTION_SECOND) == told.client || matter_number(matter, INTRODUCTION_SECOND) == told.owner)
        return MATTER_WRONG(err, &kind_introduction, INTRODUCTION_SECOND, "引荐给的是另一方，不是委托人或中介机构自己");
    if (matter_day(matter, INTRODUCTION_ON) > draft->today)
        return MATTER_WRONG(err, &kind_introduction, INTRODUCTION_ON, "引荐日还没有到");
    matter_set_number(matter, INTRODUCTION_FIRST, told.client);
    matter_set_number(matter, INTRODUCTION_MANAGER, told.manager);
    matter_set_text(matter, MATTER_TITLE, slice_of(arena_print(draft->arena, "%s → %s", talent_party(draft, told.client).at,
                                                               talent_party(draft, matter_number(matter, INTRODUCTION_SECOND)).at)));
    return declared(draft, err) && undeclared(draft, &told, err);
}

static bool confirm(struct matter_draft *draft, size_t own, size_t other, int lacks, struct err *err)
{
    (void)err;
    matter_set_day(&draft->matter, own, draft->today, draft->arena);
    matter_enter(draft, draft->sort, &draft->matter, matter_known(&draft->matter, other) ? INTRODUCTION_IS_CONFIRMED : lacks);
    return true;
}

static bool confirm_first(struct matter_draft *draft, struct err *err)
{
    return confirm(draft, INTRODUCTION_FIRST_ON, INTRODUCTION_SECOND_ON, INTRODUCTION_LACKS_SECOND, err);
}

static bool confirm_second(struct matter_draft *draft, struct err *err)
{
    return confirm(draft, INTRODUCTION_SECOND_ON, INTRODUCTION_FIRST_ON, INTRODUCTION_LACKS_FIRST, err);
}

#define ASKED STATE(INTRODUCTION_IS_ASKED)
#define LACKS_FIRST STATE(INTRODUCTION_LACKS_FIRST)
#define LACKS_SECOND STATE(INTRODUCTION_LACKS_SECOND)

static const struct matter_step steps[] = {
    {"introduce", "记一次引荐", "Record an introduction", N_("您把委托人介绍给了另一方；双方确认后，才算促成合同的依据"), MATTER_NEW, INTRODUCTION_IS_ASKED,
     SIDE(BROKER), "case_id second met_on how what", NULL, MATTER_MOVE, NULL, NULL, NULL, introduce, NULL},
    {"confirm_client", "确认有这次引荐", "Confirm", N_("中介人确实把对方介绍给了贵方"), ASKED | LACKS_FIRST, MATTER_SAME, SIDE(FIRST), NULL, NULL,
     MATTER_MOVE, NULL, NULL, NULL, confirm_first, NULL},
    {"confirm_second", "确认有这次引荐", "Confirm", N_("中介人确实把委托人介绍给了贵方"), ASKED | LACKS_SECOND, MATTER_SAME, SIDE(SECOND), NULL, NULL,
     MATTER_MOVE, NULL, NULL, NULL, confirm_second, NULL},
    {"deny", "否认", "Deny", N_("没有这次引荐，或者早已认识对方；写明"), ASKED | LACKS_FIRST | LACKS_SECOND, INTRODUCTION_IS_DENIED,
     SIDE(FIRST) | SIDE(SECOND), "denial", NULL, MATTER_MOVE, NULL, NULL, NULL, NULL, NULL},
    {"withdraw", "撤回", "Withdraw", N_("记错了"), ASKED | LACKS_FIRST | LACKS_SECOND, INTRODUCTION_IS_WITHDRAWN, SIDE(BROKER), NULL, NULL,
     MATTER_MOVE, NULL, NULL, NULL, NULL, NULL},
};

const struct matter_sort sort_introduction = {
    .kind = &kind_introduction, .about = N_("技术经理人的每次引荐，由双方确认或否认；不答复的看得见"),
    .empty = N_("还没有引荐。签了中介合同的案件里可以记"),
    .sides = sides, .side_count = sizeof sides / sizeof *sides, .states = states, .state_count = sizeof states / sizeof *states,
    .steps = steps, .step_count = sizeof steps / sizeof *steps, .begins_at = "/cases"};
