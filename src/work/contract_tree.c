#include "work/contract_tree.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>

#include "base/said.h"
#include "base/text.h"


const struct tree_question tree_questions[] = {
    {"start", N_("合同主要约定做什么"),
     {{"rights", N_("把已有的专利、专利申请、技术秘密让与对方，或者许可对方实施"), N_("民法典 §862"), "object", FORM_OPEN, ""},
      {"research", N_("就新技术、新产品、新工艺、新品种或者新材料及其系统进行研究开发"), N_("民法典 §851"), "novel", FORM_OPEN, ""},
      {"convert", N_("把有实用价值、还没有工业化应用的成果做到工业化应用"), N_("民法典 §851；技术合同司法解释 §18"), NULL, FORM_CONVERSION,
       "industrial_goal=1 new_technology=0"},
      {"advice", N_("就特定技术项目提供可行性论证、技术预测、专题技术调查、分析评价报告"), N_("民法典 §878"), NULL, FORM_CONSULT, "advice_given=1"},
      {"solve", N_("以技术知识为对方解决特定技术问题"), N_("民法典 §878"), "plain", FORM_OPEN, ""}},
     5},
    {"object", N_("要让与或者许可的是什么"),
     {{"existing", N_("现有的特定专利、专利申请或者技术秘密"), N_("民法典 §862"), "given", FORM_OPEN, "existing_technology=1 public_domain=0"},
      {"public", N_("已经进入公有领域的技术，由我方指导、传授、解决问题"), N_("技术合同司法解释 §34"), NULL, FORM_SERVE,
       "public_domain=1 problem_solved=1 plain_work=0"},
      {"pending", N_("尚待研究开发的技术成果"), N_("技术合同司法解释 §22"), "share", FORM_OPEN, "existing_technology=0 new_technology=1"},
      {"knowledge", N_("不涉及专利、专利申请、技术秘密的知识、经验和信息"), N_("技术合同司法解释 §22"), "plain", FORM_OPEN, "existing_technology=0"}},
     4},
    {"given", N_("权利归谁"),
     {{"assign", N_("权利让与对方"), N_("民法典 §862"), NULL, FORM_ASSIGN, "rights_assigned=1"},
      {"license", N_("权利不转移，许可对方实施、使用"), N_("民法典 §862"), NULL, FORM_LICENSE, "rights_assigned=0 use_permitted=1"}},
     2},
    {"novel", N_("订立合同时，双方是否已经掌握这项技术方案"),
     {{"new", N_("尚未掌握"), N_("技术合同司法解释 §17"), "share", FORM_OPEN, "new_technology=1"},
      {"known", N_("已经掌握，只是没有创新的改型、工艺变更、配方调整，或者验证、测试和使用"), N_("技术合同司法解释 §17"), "plain", FORM_OPEN,
       "new_technology=0"}},
     2},
    {"share", N_("双方是否分工参与研究开发"),
     {{"both", N_("按约定的计划和分工，共同或者分别承担设计、工艺、试验、试制"), N_("民法典 §855；技术合同司法解释 §19"), NULL, FORM_SHARED, "work_shared=1"},
      {"one", N_("一方研究开发，另一方只出资金、设备、材料或者辅助协作"), N_("民法典 §852；技术合同司法解释 §19"), NULL, FORM_COMMISSIONED,
       "work_shared=0"}},
     2},
    {"plain", N_("约定的工作是不是承揽或者建设工程"),
     {{"no", N_("不是，要运用专业技术知识、经验和信息解决技术问题"), N_("民法典 §878；技术合同司法解释 §33"), NULL, FORM_SERVE,
       "problem_solved=1 plain_work=0"},
      {"yes", N_("是，照要求加工、定作、修理、常规检验，或者施工"), N_("民法典 §878"), NULL, FORM_OTHER, "plain_work=1"}},
     2},
};
const size_t tree_question_count = sizeof tree_questions / sizeof *tree_questions;

static const struct {
    const char *sort, *label;
} forms[] = {
    [FORM_COMMISSIONED] = {"develop", N_("委托开发")}, [FORM_SHARED] = {"develop", N_("合作开发")},
    [FORM_CONVERSION] = {"develop", N_("技术转化，参照技术开发")}, [FORM_ASSIGN] = {"assign", N_("技术转让")},
    [FORM_LICENSE] = {"license", N_("技术许可")}, [FORM_CONSULT] = {"consult", N_("技术咨询")},
    [FORM_SERVE] = {"serve", N_("技术服务")}, [FORM_OTHER] = {"", N_("不是技术合同")}, [FORM_OPEN] = {"", ""},
};

const char *form_sort(enum contract_form form)
{
    return forms[form].sort;
}

const char *form_label(enum contract_form form)
{
    return forms[form].label;
}

static const struct tree_question *question_named(const char *name)
{
    for (size_t i = 0; i < tree_question_count; i++)
        if (strcmp(tree_questions[i].name, name) == 0)
            return &tree_questions[i];
    assert(false); /* an answer leads nowhere */
    return NULL;
}

static bool answer_take(struct tree_walk *walk, struct slice code)
{
    const struct tree_question *question = walk->next;

    for (size_t i = 0; question && i < question->count; i++) {
        const struct tree_answer *answer = &question->answers[i];

        if (!slice_is(code, answer->code))
            continue;
        assert(walk->count < TREE_DEPTH);
        walk->taken[walk->count].question = question;
        walk->taken[walk->count++].answer = answer;
        walk->next = answer->next ? question_named(answer->next) : NULL;
        walk->form = answer->next ? FORM_OPEN : answer->form;
        return true;
    }
    return false;
}

bool tree_walk(struct slice codes, struct tree_walk *walk, struct err *err)
{
    struct slice code;

    *walk = (struct tree_walk){.next = tree_questions, .form = FORM_OPEN};
    while (codes.len && slice_cut(&codes, '.', &code))
        if (!answer_take(walk, code)) {
            err_set(err, ERR_INVALID, "合同类别的问答里没有“%.*s”这个回答", (int)(code.len < 40 ? code.len : 40), code.at);
            return err_hint(err, "从第一个问题起重新回答");
        }
    return true;
}

struct slice tree_of_deal(struct slice way, bool has_rights)
{
    if (has_rights && slice_is(way, "assign"))
        return SLICE("rights.existing.assign");
    return has_rights && slice_is(way, "license") ? SLICE("rights.existing.license") : SLICE("");
}

struct slice tree_trail(const struct tree_walk *walk, struct arena *arena)
{
    struct text out;
    struct slice trail;

    text_init(&out);
    for (size_t i = 0; i < walk->count; i++)
        text_print(&out, "%s%s", i ? "." : "", walk->taken[i].answer->code);
    for (size_t i = 0; i < walk->count; i++)
        text_print(&out, "\n%s？%s（%s）", walk->taken[i].question->asks, walk->taken[i].answer->says, walk->taken[i].answer->article);
    if (!walk->next)
        text_print(&out, "\n得出：%s", form_label(walk->form));
    trail = arena_copy(arena, text_slice(&out));
    text_release(&out);
    return trail;
}

struct slice tree_codes(struct slice trail)
{
    struct slice codes = {0};

    slice_cut(&trail, '\n', &codes);
    return slice_trim(codes);
}

unsigned forms_of(struct slice sort, struct slice trail)
{
    struct tree_walk walk;
    struct err ignored;
    unsigned bits = 0;

    if (trail.len && tree_walk(tree_codes(trail), &walk, &ignored) && !walk.next && slice_is(sort, form_sort(walk.form)))
        return 1u << walk.form;
    for (unsigned form = 0; form < FORM_OTHER; form++)
        bits |= slice_is(sort, forms[form].sort) ? 1u << form : 0;
    return bits;
}
