/*
 * Posts that firms offer to engineers and science deputies (科技副总), and who takes them: the firm agrees, then his own unit by a document
 * (rule R29: consent, own duties first), he serves, and what came of it is written down.
 */
#include "record/facet.h"
#include "record/person.h"
#include "work/talent_int.h"

/* --- a post --- */

enum { FIRM };
enum { OPEN, FILLED, CLOSED };

static const struct matter_side post_sides[] = {
    [FIRM] = {"firm", "企业", "The firm", SIDE_OWNER},
};

static const struct matter_state post_states[] = {
    [OPEN] = {"open", "招人中", "Open", 0, 0, NULL, false},
    [FILLED] = {"filled", "已有人任职", "Filled", 0, 0, NULL, false},
    [CLOSED] = {"closed", "已关闭", "Closed", 0, 0, NULL, true},
};

static bool offer(struct matter_draft *draft, struct err *err)
{
    struct record *matter = &draft->matter;

    if (matter_number(matter, POST_LOW) > matter_number(matter, POST_HIGH))
        return MATTER_WRONG(err, &kind_talent_post, POST_HIGH, "报酬上限低于下限");
    matter_set_text(matter, MATTER_TITLE, matter_text(matter, POST_NAME));
    return true;
}

#define POST_FIELDS "sort name industry skills task start_on months pay_low pay_high phone"

static const struct matter_step post_steps[] = {
    {"offer", "发布岗位", "Offer a post", N_("写明要解决什么、多久、多少钱；人人看得见"), MATTER_NEW, OPEN, SIDE(FIRM), POST_FIELDS, "pay_low", MATTER_MOVE, NULL,
     NULL, NULL, offer, NULL, NULL},
    {"amend", "修改", "Amend", N_("改岗位的内容"), STATE(OPEN), OPEN, SIDE(FIRM), POST_FIELDS, "pay_low", MATTER_MOVE, NULL, NULL, NULL, offer, NULL, NULL},
    {"close", "关闭", "Close", N_("不再招人"), STATE(OPEN) | STATE(FILLED), CLOSED, SIDE(FIRM), "why", NULL, MATTER_MOVE, NULL, NULL, NULL, NULL, NULL, NULL},
};

static bool post_open(const struct record *matter)
{
    return slice_is(matter_text(matter, MATTER_STATE), "open");
}

const struct matter_sort sort_talent_post = {
    .kind = &kind_talent_post, .about = N_("企业给工程师和科技副总的岗位：要解决什么、多久、多少钱"),
    .empty = N_("还没有岗位。企业在“发布岗位”里写"),
    .sides = post_sides, .side_count = sizeof post_sides / sizeof *post_sides, .states = post_states,
    .state_count = sizeof post_states / sizeof *post_states, .steps = post_steps, .step_count = sizeof post_steps / sizeof *post_steps,
    .open = post_open};

/* --- who takes it --- */

enum { EMPLOYER, PERSON, UNIT };
enum { APPLIED, AGREED, SERVING, DONE, REFUSED, WITHDRAWN };

static const struct matter_side sides[] = {
    [EMPLOYER] = {"firm", "企业", "The firm", SIDE_OWNER},
    [PERSON] = {"person", "应聘人", "Person", SERVING_PERSON},
    [UNIT] = {"unit", "所在单位", "His unit", SERVING_UNIT},
};

static const struct matter_state states[] = {
    [APPLIED] = {"applied", "待企业答复", "To be answered by the firm", SIDE(EMPLOYER), 5, HOUSE_TERM, false},
    [AGREED] = {"agreed", "待所在单位同意", "To be agreed to by the unit", SIDE(UNIT), 10, HOUSE_TERM, false},
    [SERVING] = {"serving", "任职中", "Serving", SIDE(EMPLOYER), 0, NULL, false},
    [DONE] = {"done", "已结束，有结果", "Done, with a result", 0, 0, NULL, true},
    [REFUSED] = {"refused", "没有成", "Declined", 0, 0, NULL, true},
    [WITHDRAWN] = {"withdrawn", "已撤回", "Withdrawn", 0, 0, NULL, true},
};

#define WRONG(field, ...) MATTER_WRONG(err, &kind_post_service, field, __VA_ARGS__)

static bool post_read(struct matter_draft *draft, struct record *post, struct err *err)
{
    return record_get(draft->sql, &kind_talent_post, matter_number(&draft->matter, SERVING_POST), draft->arena, post, err);
}

static bool only_one(struct matter_draft *draft, struct err *err)
{
    int64_t other;
    bool found;

    if (!sql_one(draft->sql, "SELECT id FROM post_service WHERE post = ?1 AND person = ?2 AND to_leaf IS NULL"
                             " AND state IN ('applied', 'agreed', 'serving') LIMIT 1",
                 SQL_ARGS(sql_int(matter_number(&draft->matter, SERVING_POST)), sql_int(matter_number(&draft->matter, SERVING_PERSON))), &other,
                 &found, err))
        return false;
    return !found || err_set(err, ERR_CONFLICT, "您已经应聘过这个岗位");
}

static bool apply(struct matter_draft *draft, struct err *err)
{
    struct record post, person;

    if (!draft->order->actor->person)
        return err_set(err, ERR_DENIED, "您的账号没有对应的人员")
               || err_hint(err, "请单位管理员把您的账号与“专家与经理人”里的登记连起来");
    if (!post_read(draft, &post, err) || !record_get(draft->sql, &kind_person, draft->order->actor->person, draft->arena, &person, err))
        return false;
    if (!post_open(&post))
        return WRONG(SERVING_POST, N_("这个岗位不在招人"));
    if (!matter_known(&person, PERSON_PARTY) || matter_number(&person, PERSON_PARTY) == post.owner)
        return WRONG(SERVING_POST, N_("应聘的要是别的单位的人，登记里写明所在单位"));
    draft->matter.owner = post.owner;
    matter_set_number(&draft->matter, SERVING_PERSON, person.id);
    matter_set_number(&draft->matter, SERVING_UNIT, matter_number(&person, PERSON_PARTY));
    matter_set_text(&draft->matter, MATTER_TITLE,
                    slice_of(arena_print(draft->arena, "%s：%.*s", arena_text(draft->arena, matter_text(&person, PERSON_NAME)),
                                         (int)matter_text(&post, MATTER_TITLE).len, matter_text(&post, MATTER_TITLE).at)));
    return only_one(draft, err);
}

static bool agree(struct matter_draft *draft, struct err *err)
{
    return matter_day(&draft->matter, SERVING_SINCE) < matter_day(&draft->matter, SERVING_UNTIL)
           || WRONG(SERVING_UNTIL, N_("任职至要晚于任职起"));
}

/* The post goes with him: of two who were agreed to the second finds it filled. */
static bool post_moves(struct matter_draft *draft, int from, int to, struct err *err)
{
    struct record *post = matter_other(draft, &kind_talent_post, matter_number(&draft->matter, SERVING_POST), err);

    if (!post)
        return false;
    if (matter_state_of(&sort_talent_post, post) != &post_states[from])
        return from == FILLED || WRONG(SERVING_POST, N_("这个岗位已经有人任职，或者关闭了"));
    matter_enter(draft, &sort_talent_post, post, to);
    return matter_also(draft, post, &post[1], err) != NULL;
}

/* He may act for his unit too: its consent is another's to give (R29). */
static bool consent(struct matter_draft *draft, struct err *err)
{
    if (draft->sides & SIDE(PERSON))
        return err_set(err, ERR_DENIED, "自己的任职不能自己同意") || err_hint(err, "请所在单位的别人来办");
    return post_moves(draft, OPEN, FILLED, err);
}

static bool finish(struct matter_draft *draft, struct err *err)
{
    return post_moves(draft, FILLED, CLOSED, err);
}

static const struct matter_step steps[] = {
    {"apply", "应聘", "Apply", N_("写明您能做什么；企业同意后由您所在单位同意"), MATTER_NEW, APPLIED, SIDE(PERSON), "post offers phone", NULL, MATTER_MOVE, NULL, NULL,
     NULL, apply, NULL, NULL},
    {"accept", "录用", "Accept", N_("写明起止和报酬，等所在单位同意"), STATE(APPLIED), AGREED, SIDE(EMPLOYER), "pay start_on until", NULL, MATTER_MOVE, NULL, NULL, NULL,
     agree, NULL, NULL},
    {"refuse", "不录用", "Refuse", N_("每个“不”都要有理由，对方看得到"), STATE(APPLIED), REFUSED, SIDE(EMPLOYER), "refusal refusal_why", NULL, MATTER_MOVE, NULL, NULL,
     NULL, NULL, NULL, NULL},
    {"consent", "同意任职", "Consent", N_("写明同意的文号；本职工作照做"), STATE(AGREED), SERVING, SIDE(UNIT), "document", NULL, MATTER_MOVE, NULL, NULL, NULL, consent,
     NULL, NULL},
    {"object", "不同意", "Object", N_("写明理由"), STATE(AGREED), REFUSED, SIDE(UNIT), "refusal refusal_why", NULL, MATTER_MOVE, NULL, NULL, NULL, NULL, NULL,
     NULL},
    {"report", "记一次工作", "Report", N_("做了什么，谈了什么"), STATE(SERVING), MATTER_SAME, SIDE(EMPLOYER) | SIDE(PERSON), "met_on place who what", NULL, MATTER_ADD,
     &kind_talk, NULL, NULL, talent_talk, NULL, NULL},
    {"finish", "结束并写结果", "Finish", N_("对照岗位要解决的问题写"), STATE(SERVING), DONE, SIDE(EMPLOYER), "result", NULL, MATTER_MOVE, NULL, NULL, NULL, finish, NULL,
     NULL},
    {"withdraw", "撤回", "Withdraw", N_("不应聘了"), STATE(APPLIED) | STATE(AGREED), WITHDRAWN, SIDE(PERSON), NULL, NULL, MATTER_MOVE, NULL, NULL, NULL, NULL, NULL,
     NULL},
};

static const struct kind *const entries[] = {&kind_talk};

const struct matter_sort sort_post_service = {
    .kind = &kind_post_service, .about = N_("谁去企业任职：企业和所在单位都同意，做成了什么"),
    .empty = N_("还没有。打开一个岗位应聘"),
    .sides = sides, .side_count = sizeof sides / sizeof *sides, .states = states, .state_count = sizeof states / sizeof *states,
    .steps = steps, .step_count = sizeof steps / sizeof *steps, .entries = entries, .entry_count = 1, .begins_at = "/posts"};

/* --- who fits --- */

/* Industries as lists are narrowed by them: the facets hold them as deep as a group (3441 is looked for as its group). */
bool post_fits(struct sql *sql, const struct record *post, struct arena *arena, struct post_fit *list, size_t most, size_t *count,
               struct err *err)
{
    static const char statement[] =
        "SELECT f.id, COUNT(*), p.name, p.skills FROM facet f JOIN person p ON p.id = f.id AND p.to_leaf IS NULL AND p.status = 0"
        " WHERE f.kind = 'person' AND f.facet = 'industry' AND f.value IN (?1, ?2, ?3, ?4, ?5)"
        " AND EXISTS (SELECT 1 FROM facet c WHERE c.kind = 'person' AND c.facet = 'calling' AND c.value IN ('researcher', 'expert') AND c.id = f.id)"
        " GROUP BY f.id, p.name, p.skills ORDER BY 2 DESC, f.id LIMIT ?6";
    struct slice rest = matter_text(post, POST_INDUSTRY), code, codes[5];
    struct sql_rows rows;

    *count = 0;
    for (size_t i = 0; i < 5; i++)
        codes[i] = slice_cut(&rest, '\n', &code) ? facet_code(&kind_talent_post.fields[POST_INDUSTRY], code) : SLICE("");
    if (!sql_rows(sql, statement, SQL_ARGS(sql_text(codes[0]), sql_text(codes[1]), sql_text(codes[2]), sql_text(codes[3]), sql_text(codes[4]),
                                           sql_int((int64_t)most)), &rows, err))
        return false;
    while (*count < most && sql_next(&rows))
        list[(*count)++] = (struct post_fit){.person = sql_number(&rows, 0), .shared = sql_number(&rows, 1),
                                             .name = arena_copy(arena, sql_slice(&rows, 2)), .skills = arena_copy(arena, sql_slice(&rows, 3))};
    return sql_done(&rows, err);
}
