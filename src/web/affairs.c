/*
 * Everything that can be done here, in one place (办事大厅): by area, each with a line of what it is for and, for who is signed in, how
 * many of its matters wait for him: what waits stands first.
 * Document: {"affairs": {groups: [{code, label, lines: [{href, label, about, waiting}]}]}}
 */
#include "web/matter.h"

#include "base/json.h"
#include "record/fact.h"
#include "web/finance.h"
#include "web/handlers.h"
#include "web/say.h"
#include "work/obstacle.h"
#include "work/steering.h"

enum { WAITING_MOST = 200 };

enum group {
    GROUP_TRANSFER, GROUP_NEED, GROUP_POLICY, GROUP_FINANCE, GROUP_PILOT, GROUP_SERVICE, GROUP_TALENT, GROUP_CONSULT, GROUP_STEER, GROUP_COUNT
};

static const struct {
    const char *code, *label, *label_en;
} groups[GROUP_COUNT] = {
    [GROUP_TRANSFER] = {"transfer", "成果转化", "Transfer"},
    [GROUP_NEED] = {"need", "需求与场景", "Needs and scenarios"},
    [GROUP_POLICY] = {"policy", "政策与自评", "Policies and self-assessment"},
    [GROUP_FINANCE] = {"finance", "科技金融", "Finance"},
    [GROUP_PILOT] = {"pilot", "中试、仪器与空间", "Pilot platforms, instruments and spaces"},
    [GROUP_SERVICE] = {"service", "服务", "Services"},
    [GROUP_TALENT] = {"talent", "人才与经理人", "People and technology managers"},
    [GROUP_CONSULT] = {"consult", "协商", "Consultation"},
    [GROUP_STEER] = {"steer", "协同推进", "Steering"},
};

/* --- to whom a door opens: one that stays shut is not shown --- */

static bool to_office(struct request *request)
{
    return may_beyond(&request->actor, ACT_IMPORT_ANY, &kind_fact);
}

static bool to_office_or_audit(struct request *request)
{
    return to_office(request) || actor_has(&request->actor, ROLE_AUDITOR);
}

static bool to_leaders(struct request *request)
{
    return obstacle_may_map(&request->actor);
}

static bool to_steer(struct request *request)
{
    return steering_who(&request->actor) != STEERING_NONE;
}

static bool to_member(struct request *request)
{
    return request->actor.person && actor_has(&request->actor, ROLE_COMMITTEE);
}

/* Doors that are no list of matters. */
static const struct door {
    enum group group;
    const char *href, *label, *label_en, *about;
    bool (*opens)(struct request *request); /* to whom of those signed in; NULL: to all */
} doors[] = {
    {GROUP_TRANSFER, "/deals", "转化项目", "Deals", N_("从权属到结项，一步一步办，每步写明依据")},
    {GROUP_TRANSFER, "/simulate", "算一算：我能分多少", "What would I get?", N_("一笔转化收入按各地规则分到每人每分，税前税后")},
    {GROUP_TRANSFER, "/notices", "公示栏", "Notices", N_("正在公示的转让、许可和奖酬")},
    {GROUP_TRANSFER, "/registrations", "认定登记队列", "Registrations", N_("技术合同认定登记走到哪一步")},
    /* policy */
    {GROUP_POLICY, "/assess", "企业自评", "Self-assessment", N_("高新技术企业、科技型中小企业、加计扣除：够不够、差多少")},
    {GROUP_POLICY, "/benefits", "能享受的政策", "Benefits", N_("按已知的事实算出能享受哪些、多少钱、差哪一项")},
    {GROUP_POLICY, "/facts", "企业事实", "Facts", N_("填一次，政策、自评和金融产品都用它；每项有来源和期限")},
    {GROUP_POLICY, "/benefits/desk", "政策落地", "Landing of policies", N_("工作人员用：谁应享未享，成批通知，落地率"), to_office},
    {GROUP_POLICY, "/rd", "研发投入", "R&D spending", N_("工作人员用：按企业和年度看研发费用、规上无研发的企业、补助与增长"),
     to_office_or_audit},
    /* finance */
    {GROUP_FINANCE, "/funding", "资金：能用哪些产品", "Funding: which products", N_("按企业阶段列出金融产品，符合不符合、差哪一个事实")},
    {GROUP_FINANCE, "/asset-pack", "资产包", "Asset pack", N_("企业的权属、专利、合同、到账和负担，授权给谁看、谁看过")},
    {GROUP_FINANCE, "/patents/import", "导入专利状态", "Status of patents", N_("国家知识产权局的表：法律状态、年费、质押、许可")},
    {GROUP_FINANCE, "/loans/bank", "银行：贷款台账", "Bank: its loans", N_("空白决定表、回传决定、季度报送"), loan_bank_opens},
    /* fund */
    {GROUP_FINANCE, "/tolerance", "容亏台账", "Tolerance ledger", N_("先投后股核销的损失，每笔附尽职证据")},
    /* talent */
    {GROUP_NEED, "/needs-waiting", "待领需求", "Needs that wait for a manager", N_("还没有技术经理人领取的需求，等得最久的在前")},
    {GROUP_TALENT, "/managers", "技术经理人", "Technology managers", N_("按培训、证书、聘任、职称数出的人数和名单")},
    {GROUP_TALENT, "/verify-work", "核验业绩证明", "Verify a certificate of work", N_("手里有一张业绩证明的，输入核验码看真假")},
    {GROUP_TALENT, "/work-proofs", "业绩证明", "Certificates of work", N_("一页纸，人人扫码能核验")},
    /* pilot */
    {GROUP_PILOT, "/pilot/demand", "下一个中试平台建在哪", "Where to build next", N_("按行业，把等着中试的需求和成果同现有的能力放在一起")},
    /* service */
    {GROUP_NEED, "/tender-check", "采购文件检查", "Check a tender text", N_("采购文件里哪一句拿业绩把首次投放市场的产品挡在外面")},
    {GROUP_SERVICE, "/services?sort=professional", "专业服务", "Professional services", N_("律师、评估、检测、代理：看记录，下单")},
    /* board */
    {GROUP_NEED, "/fair_counts", "对接活动的数字", "Fairs in figures", N_("一年办了几场、谁和谁谈了、签约和到账")},
    {GROUP_TRANSFER, "/research", "项目成果谱系", "From programmes to receipts", N_("计划、项目、成果、合同、到账；转化义务逾期的")},
    /* consult */
    {GROUP_CONSULT, "/deeds", "我的履职记录", "My record as a member", N_("参加的协商、走访调研、意见和联名，可以导出"), to_member},
    /* view */
    {GROUP_TRANSFER, "/strengths", "比较优势", "Comparative advantages", N_("本市哪些方向比全国强，有多大把握")},
    {GROUP_TRANSFER, "/obstacles", "什么挡住了成果", "What blocks results", N_("科技部门和领导看：六个障碍乘方向的图，点开到成果和凭证"), to_leaders},
    /* steer */
    {GROUP_STEER, "/steering", "调度台", "Steering desk", N_("卡在谁手里、几天、哪天到期；红黄绿灯，每周一张调度单，催办函现成"), to_steer},
    {GROUP_STEER, "/indicators", "指标", "Indicators", N_("每个数由记录算出，点开是它数的每一条；四个金额分开，不相加")},
    {GROUP_STEER, "/annual", "年度报告", "Annual report", N_("成果转化年度报告：六种方式、合同、登记、到账、奖励，一键成 Excel、Word、PDF")},
    {GROUP_STEER, "/plans", "行动计划", "Action plans", N_("每个计划走到哪里、什么超期、哪项没有责任单位、哪个目标没有数")},
    {GROUP_STEER, "/watched", "重点督办清单", "Watched closely", N_("由领导领衔的任务：谁领衔、谁来办、办到哪里、哪天办完")},
};

/* Where each sort of matter stands; one that is not named stands with services. */
static const struct {
    const char *plural;
    enum group group;
} places[] = {
    {"contacts", GROUP_NEED},
    /* policy */
    {"claims", GROUP_POLICY},
    /* finance */
    {"consents", GROUP_FINANCE},
    {"loans", GROUP_FINANCE},
    /* fund */
    {"pools", GROUP_FINANCE}, {"covers", GROUP_FINANCE}, {"pool-claims", GROUP_FINANCE}, {"stakes", GROUP_FINANCE}, {"public-money", GROUP_FINANCE},
    {"branches", GROUP_FINANCE},
    /* talent */
    {"need-cares", GROUP_NEED}, {"need-tests", GROUP_NEED}, {"proposals", GROUP_NEED}, {"cases", GROUP_TALENT}, {"introductions", GROUP_TALENT},
    {"reward-claims", GROUP_TALENT}, {"careers", GROUP_TALENT}, {"posts", GROUP_TALENT}, {"post-services", GROUP_TALENT},
    /* pilot */
    {"capabilities", GROUP_PILOT}, {"pilot_jobs", GROUP_PILOT}, {"vouchers", GROUP_PILOT}, {"settlements", GROUP_PILOT}, {"industrials", GROUP_PILOT},
    {"tenancies", GROUP_PILOT},
    /* service */
    {"service_orders", GROUP_SERVICE}, {"guides", GROUP_SERVICE}, {"trials", GROUP_NEED}, {"try_licences", GROUP_TRANSFER},
    /* board */
    {"challenges", GROUP_NEED}, {"bids", GROUP_NEED}, {"fairs", GROUP_NEED}, {"fair_guests", GROUP_NEED}, {"meetings", GROUP_NEED},
    {"alliances", GROUP_NEED}, {"memberships", GROUP_NEED}, {"programmes", GROUP_TRANSFER}, {"projects", GROUP_TRANSFER},
    {"prefilings", GROUP_TRANSFER},
    /* view */
    {"bundles", GROUP_NEED},
    {"bundle-parts", GROUP_NEED},
    /* consult */
    {"consultations", GROUP_CONSULT}, {"opinions", GROUP_CONSULT}, {"opinion_assists", GROUP_CONSULT}, {"remarks", GROUP_CONSULT},
    /* steer */
    {"tasks", GROUP_STEER}, {"task-parts", GROUP_STEER}, {"mechanisms", GROUP_STEER}, {"actions", GROUP_STEER}, {"targets", GROUP_STEER},
    {"reforms", GROUP_STEER},
};

static enum group group_of(const struct matter_sort *sort)
{
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if (strcmp(places[i].plural, sort->kind->plural) == 0)
            return places[i].group;
    return GROUP_SERVICE;
}

static void line_add(const struct request *request, json_t *lines, const char *href, json_t *label, const char *about, int waiting)
{
    json_t *line = json_object();

    json_put(line, "href", slice_of(href));
    json_object_set_new_nocheck(line, "label", label);
    json_put(line, "about", say(request, about));
    if (waiting)
        json_object_set_new_nocheck(line, "waiting", json_integer(waiting));
    json_fill(line, "waiting");
    json_array_append_new(lines, line);
}

static int waiting_of(const struct matter_sort *sort, const struct record *list, size_t count)
{
    int waiting = 0;

    for (size_t i = 0; i < count; i++)
        waiting += list[i].kind == sort->kind;
    return waiting;
}

static void sorts_add(struct request *request, enum group group, const struct record *list, size_t count, bool waited_for, json_t *lines)
{
    for (size_t i = 0; i < matter_sort_count; i++) {
        const struct kind *kind = matter_sorts[i]->kind;
        int waiting;

        if (group_of(matter_sorts[i]) != group)
            continue;
        waiting = waiting_of(matter_sorts[i], list, count);
        if ((waiting > 0) == waited_for)
            line_add(request, lines, arena_print(request->arena, "/%s", kind->plural), label_json(kind->name, kind->label, kind->label_en),
                     matter_sorts[i]->about, waiting);
    }
}

/* What waits for him stands first, so that nobody on a phone looks for it. */
static json_t *group_json(struct request *request, enum group group, const struct record *list, size_t count, bool *waits)
{
    json_t *out = label_json(groups[group].code, groups[group].label, groups[group].label_en), *lines = json_array(), *made = json_object();

    sorts_add(request, group, list, count, true, lines);
    *waits = json_array_size(lines) > 0;
    for (size_t i = 0; i < sizeof doors / sizeof *doors; i++)
        if (doors[i].group == group && (!request->actor.account || !doors[i].opens || doors[i].opens(request)))
            line_add(request, lines, doors[i].href, label_json(doors[i].href + 1, doors[i].label, doors[i].label_en), doors[i].about, 0);
    sorts_add(request, group, list, count, false, lines);
    json_object_set_new_nocheck(made, "label", out);
    json_object_set_new_nocheck(made, "lines", lines);
    return made;
}

bool affairs_get(struct request *request, struct err *err)
{
    struct record *list = arena_alloc(request->arena, WAITING_MOST * sizeof *list);
    json_t *document, *affairs, *all;
    size_t count = 0, first = 0;

    if (request->actor.account && !matter_waiting(request->sql, &request->actor, request->arena, list, WAITING_MOST, &count, err))
        return false;
    document = json_object();
    affairs = json_object();
    all = json_array();
    for (int g = 0; g < GROUP_COUNT; g++) {
        bool waits;
        json_t *group = group_json(request, (enum group)g, list, count, &waits);

        if (json_array_size(json_object_get(group, "lines")))
            json_array_insert_new(all, waits ? first++ : json_array_size(all), group);
        else
            json_decref(group);
    }
    json_object_set_new_nocheck(affairs, "groups", all);
    json_object_set_new_nocheck(document, "affairs", affairs);
    return request_page(request, "affairs", document);
}
