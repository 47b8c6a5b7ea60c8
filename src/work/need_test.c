/*
 * A need is tested (测题) before it costs anybody time: an expert says of each item whether it is clear, measurable and feasible; the firm
 * revises and posts it. features.md, journey ④ step 2.
 */
#include "work/talent_int.h"

enum { FIRM, EXPERT, OFFICERS, MANAGER };
enum { ASKED, NAMED, TESTED, POSTED, DROPPED };

static const struct matter_side sides[] = {
    [FIRM] = {"firm", "需求方", "The firm", SIDE_OWNER},
    [EXPERT] = {"expert", "测题专家", "Expert", TEST_EXPERT},
    [OFFICERS] = {"officers", "科技部门", "Officers", SIDE_OFFICERS},
    [MANAGER] = {"manager", "负责的技术经理人", "Technology manager", TEST_MANAGER},
};

static const struct matter_state states[] = {
    [ASKED] = {"asked", "待指派专家", "An expert to be named", SIDE(OFFICERS) | SIDE(MANAGER), 3, HOUSE_TERM, false},
    [NAMED] = {"named", "测题中", "Being tested", SIDE(EXPERT), 5, HOUSE_TERM, false},
    [TESTED] = {"tested", "待需求方修改发布", "To be revised", SIDE(FIRM), 10, HOUSE_TERM, false},
    [POSTED] = {"posted", "已测题发布", "Tested and posted", 0, 0, NULL, true},
    [DROPPED] = {"dropped", "不测了", "Dropped", 0, 0, NULL, true},
};

#define WRONG(field, ...) MATTER_WRONG(err, &kind_need_test, field, __VA_ARGS__)

struct told_need { int64_t owner, ver, manager; struct slice title; bool open, found; };

static bool need_told(struct matter_draft *draft, struct told_need *told, struct err *err)
{
    struct sql_rows rows;

    *told = (struct told_need){0};
    if (!sql_rows(draft->sql, "SELECT n.owner, n.ver, n.title, n.status, c.manager FROM need n LEFT JOIN need_care c ON c.need = n.id"
                              " AND c.to_leaf IS NULL AND c.state IN ('taken', 'answered', 'worked_on')"
                              " WHERE n.id = ?1 AND n.to_leaf IS NULL ORDER BY c.id LIMIT 1",
                  SQL_ARGS(sql_int(matter_number(&draft->matter, TEST_NEED))), &rows, err))
        return false;
    if (sql_next(&rows))
        *told = (struct told_need){.owner = sql_number(&rows, 0), .ver = sql_number(&rows, 1), .manager = sql_number(&rows, 4),
                                   .title = arena_copy(draft->arena, sql_slice(&rows, 2)), .open = sql_number(&rows, 3) == RECORD_OPEN,
                                   .found = true};
    return sql_done(&rows, err);
}

static bool ask(struct matter_draft *draft, struct err *err)
{
    struct record *matter = &draft->matter;
    struct told_need told;

    if (!matter_known(matter, TEST_NEED)) {
        if (!matter_known(matter, TEST_NAME) || !matter_known(matter, TEST_TEXT))
            return WRONG(TEST_TEXT, N_("还没有发布的，写拟发布的名称和正文；已发布的，从需求页上发起"));
        matter_set_text(matter, MATTER_TITLE, matter_text(matter, TEST_NAME));
        return true;
    }
    if (!need_told(draft, &told, err))
        return false;
    if (!told.found || told.owner != matter->owner || !told.open)
        return WRONG(TEST_NEED, N_("没有这项需求，或者它不是贵单位的、已经关闭"));
    matter_set_text(matter, MATTER_TITLE, told.title);
    matter_set_number(matter, TEST_OLD_VER, told.ver);
    if (told.manager)
        matter_set_number(matter, TEST_MANAGER, told.manager);
    return true;
}

/* Who works for the firm does not test its need. */
static bool name(struct matter_draft *draft, struct err *err)
{
    struct sql_rows rows;
    bool expert = false, own = false;

    if (!sql_rows(draft->sql, "SELECT calling, party FROM person WHERE id = ?1 AND to_leaf IS NULL AND status = 0",
                  SQL_ARGS(sql_int(matter_number(&draft->matter, TEST_EXPERT))), &rows, err))
        return false;
    if (sql_next(&rows)) {
        struct slice calling = sql_slice(&rows, 0);

        expert = field_list_has(calling, SLICE("expert")) || field_list_has(calling, SLICE("researcher"));
        own = sql_number(&rows, 1) == draft->matter.owner;
    }
    if (!sql_done(&rows, err))
        return false;
    if (!expert)
        return WRONG(TEST_EXPERT, N_("测题的要是登记为行业专家或科研人员的人"));
    return !own || WRONG(TEST_EXPERT, N_("需求方自己的人不能测自己的题"));
}

static bool decline(struct matter_draft *draft, struct err *err)
{
    (void)err;
    draft->matter.values[TEST_EXPERT] = draft->matter.values[TEST_CONFLICT] = (struct value){0};
    return true;
}

/* --- item by item --- */

static const struct record *items_of(const struct matter_draft *draft, size_t i)
{
    return &draft->file->entries[0][i];
}

static bool item(struct matter_draft *draft, struct err *err)
{
    const struct record *entry = &draft->entry;
    bool all = matter_number(entry, ITEM_CLEAR) && matter_number(entry, ITEM_MEASURED) && matter_number(entry, ITEM_FEASIBLE);

    if (!matter_known(&draft->matter, TEST_CONFLICT))
        return err_set(err, ERR_CONFLICT, "先声明利益关系，再测题");
    if (!all && !matter_known(entry, ITEM_WORDS))
        return MATTER_WRONG(err, &kind_test_item, ITEM_WORDS, "有一项是“否”的，写明怎么改");
    for (size_t i = 0; i < draft->file->counts[0]; i++)
        if (slice_same(matter_text(items_of(draft, i), ITEM_SORT), matter_text(entry, ITEM_SORT)))
            return MATTER_WRONG(err, &kind_test_item, ITEM_SORT, "这一项已经答过了");
    return true;
}

static bool deliver(struct matter_draft *draft, struct err *err)
{
    if (draft->file->counts[0] == TEST_ITEMS)
        return true;
    err_set(err, ERR_CONFLICT, "六项还没有答完");
    return err_hint(err, "现状、目标、边界、预算、期限、成熟度，各答一次");
}

static bool revise(struct matter_draft *draft, struct err *err)
{
    struct told_need told;

    if (!matter_known(&draft->matter, TEST_NEED))
        return WRONG(TEST_NEED, N_("先把需求发布了，再从需求页上记下来"));
    if (!need_told(draft, &told, err))
        return false;
    if (!told.found || told.owner != draft->matter.owner || !told.open)
        return WRONG(TEST_NEED, N_("没有这项需求，或者它不是贵单位的、已经关闭"));
    matter_set_number(&draft->matter, TEST_NEW_VER, told.ver);
    return true;
}

static const struct matter_step steps[] = {
    {"ask", "请专家测题", "Ask for a test", N_("专家逐项看：说清楚了没有、量不量得出来、做不做得到"), MATTER_NEW, ASKED, SIDE(FIRM), "need name text", NULL, MATTER_MOVE,
     NULL, NULL, NULL, ask, NULL, NULL},
    {"name", "指派专家", "Name the expert", N_("需求方自己的人不能测"), STATE(ASKED), NAMED, SIDE(OFFICERS) | SIDE(MANAGER), "expert", NULL, MATTER_MOVE, NULL,
     NULL, NULL, name, NULL, NULL},
    {"declare", "声明利益关系", "Declare interests", N_("没有的写“无”；需求方看得见"), STATE(NAMED), MATTER_SAME, SIDE(EXPERT), "conflict", NULL, MATTER_MOVE,
     NULL, NULL, NULL, NULL, NULL, NULL},
    {"decline", "不测", "Decline", N_("没有时间，或者有利益关系"), STATE(NAMED), ASKED, SIDE(EXPERT), "why", NULL, MATTER_MOVE, NULL, NULL, NULL, decline, NULL,
     NULL},
    {"item", "答一项", "Answer an item", N_("现状、目标、边界、预算、期限、成熟度，各答一次"), STATE(NAMED), MATTER_SAME, SIDE(EXPERT),
     "sort clear measured feasible words", NULL, MATTER_ADD, &kind_test_item, NULL, NULL, item, NULL, NULL},
    {"deliver", "交给需求方", "Deliver", N_("六项都答了"), STATE(NAMED), TESTED, SIDE(EXPERT), "summary", NULL, MATTER_MOVE, NULL, NULL, NULL, deliver, NULL,
     NULL},
    {"revise", "改好并发布了", "Revised and posted", N_("需求带上“已测题”的标记；没有采纳的也写理由"), STATE(TESTED), POSTED, SIDE(FIRM), "need changed", NULL,
     MATTER_MOVE, NULL, NULL, NULL, revise, NULL, NULL},
    {"drop", "不测了", "Drop", N_("写明原因"), STATE(ASKED) | STATE(NAMED) | STATE(TESTED), DROPPED, SIDE(FIRM), "why", NULL, MATTER_MOVE, NULL, NULL, NULL, NULL,
     NULL, NULL},
};

static const struct kind *const entries[] = {&kind_test_item};

const struct matter_sort sort_need_test = {
    .kind = &kind_need_test, .about = N_("需求发布前后请同行专家测一遍：现状、目标、边界、预算、期限、成熟度，说清楚了没有"),
    .empty = N_("还没有。企业在自己的需求页上请专家测题，还没有发布的也可以"),
    .sides = sides, .side_count = sizeof sides / sizeof *sides, .states = states, .state_count = sizeof states / sizeof *states,
    .steps = steps, .step_count = sizeof steps / sizeof *steps, .entries = entries, .entry_count = 1, .need = TEST_NEED};
