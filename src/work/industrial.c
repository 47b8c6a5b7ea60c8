/*
 * After the pilot (产业化清单): land, plant and permits, each with its office and the law it comes from. The texts of those laws are not
 * at hand, so each stands as unverified; whoever has the text says so in the entry. R82-4 asks whether all are done.
 */
#include "base/said.h"
#include "work/pilot.h"

enum { FIRM, OFFICERS };
enum { UNDER_WAY, READY, DROPPED };

static const struct matter_side sides[] = {
    [FIRM] = {"firm", "项目单位", "Firm", SIDE_OWNER},
    [OFFICERS] = {"officers", "主管部门", "Officers", SIDE_OFFICERS},
};

static const struct matter_state states[] = {
    [UNDER_WAY] = {"under_way", "办理中", "Under way", SIDE(FIRM), 0, NULL, false},
    [READY] = {"ready", "可以投产", "Ready", 0, 0, NULL, true},
    [DROPPED] = {"dropped", "已终止", "Dropped", 0, 0, NULL, true},
};

static const struct item {
    const char *code, *office, *law, *fact;
} items[] = {
    {"land", "自然资源部门", "土地管理法", "land_done"},
    {"planning", "自然资源（规划）部门", "城乡规划法", "planning_done"},
    {"project", "发展改革或工业和信息化部门", "企业投资项目核准和备案管理条例", "project_done"},
    {"eia", "生态环境部门", "环境影响评价法", "eia_done"},
    {"energy", "发展改革（节能）部门", "节约能源法", "energy_done"},
    {"safety", "应急管理部门", "安全生产法", "safety_done"},
    {"construction", "住房城乡建设部门", "建筑法", "construction_done"},
    {"fire", "住房城乡建设（消防）部门", "消防法", "fire_done"},
    {"discharge", "生态环境部门", "排污许可管理条例", "discharge_done"},
    {"product", "行业主管部门、市场监督管理部门", "所属行业的许可规定", "product_done"},
};
enum { ITEMS = sizeof items / sizeof *items };

static bool item_put(struct matter_draft *draft, const struct item *item, struct err *err)
{
    struct record entry = {.kind = &kind_clearance, .owner = draft->matter.owner};

    matter_set_text(&entry, CLEARANCE_ITEM, slice_of(item->code));
    matter_set_text(&entry, CLEARANCE_OFFICE, slice_of(item->office));
    matter_set_text(&entry, CLEARANCE_LAW, slice_of(item->law));
    matter_set_text(&entry, CLEARANCE_SOURCE, SLICE("unverified"));
    matter_set_text(&entry, CLEARANCE_STATE, SLICE("open"));
    return matter_also_entry(draft, &entry, 0, err) != NULL;
}

static bool begin_check(struct matter_draft *draft, struct err *err)
{
    struct record *plan = &draft->matter, *job;
    bool ok = true;

    if (matter_known(plan, INDUSTRIAL_JOB)) {
        if (!pilot_record(draft, &kind_industrial, INDUSTRIAL_JOB, &kind_pilot_job, matter_number(plan, INDUSTRIAL_JOB), &job, err))
            return false;
        if (matter_number(job, JOB_FROM) != draft->order->actor->party)
            return MATTER_WRONG(err, &kind_industrial, INDUSTRIAL_JOB, "没有这个编号的%s", kind_pilot_job.label);
    }
    matter_set_text(plan, MATTER_TITLE, matter_text(plan, INDUSTRIAL_NAME));
    for (size_t i = 0; ok && i < ITEMS; i++)
        ok = item_put(draft, &items[i], err);
    return ok;
}

static bool progress_check(struct matter_draft *draft, struct err *err)
{
    const struct record *entry = &draft->entry;

    if (slice_is(matter_text(entry, CLEARANCE_STATE), "granted") && !matter_known(entry, CLEARANCE_NUMBER))
        return MATTER_WRONG(err, &kind_clearance, CLEARANCE_NUMBER, "已批准的写明编号");
    return !slice_is(matter_text(entry, CLEARANCE_STATE), "needless") || matter_known(entry, CLEARANCE_NOTE)
           || MATTER_WRONG(err, &kind_clearance, CLEARANCE_NOTE, "不需要办的写明为什么");
}

static bool item_done(const struct matter_file *file, const char *code)
{
    for (size_t i = 0; i < file->counts[0]; i++)
        if (slice_is(matter_text(&file->entries[0][i], CLEARANCE_ITEM), code)) {
            struct slice state = matter_text(&file->entries[0][i], CLEARANCE_STATE);

            return slice_is(state, "granted") || slice_is(state, "needless");
        }
    return false;
}

static bool finish_facts(struct matter_draft *draft, struct fact **list, size_t *count, struct err *err)
{
    struct pilot_facts facts = {.list = arena_zero(draft->arena, PILOT_FACTS, sizeof *facts.list)};

    (void)err;
    for (size_t i = 0; i < ITEMS; i++)
        fact_yes(&facts, items[i].fact, item_done(draft->file, items[i].code));
    *list = facts.list;
    *count = facts.count;
    return true;
}

static const struct matter_step steps[] = {
    {.name = "begin", .label = "列产业化清单", .label_en = "Begin", .does = N_("项目、地区、计划投产：十项手续自动列出"),
     .from = MATTER_NEW, .to = UNDER_WAY, .by = SIDE(FIRM), .fields = "name region site output wanted_by job", .seldom = "site output job",
     .check = begin_check},
    {.name = "progress", .label = "更新一项", .label_en = "Update an item", .does = N_("已受理、已批准（写编号）或不需要办（写为什么）"),
     .from = STATE(UNDER_WAY), .to = MATTER_SAME, .by = SIDE(FIRM) | SIDE(OFFICERS), .fields = "progress number day note law source",
     .seldom = "law source", .how = MATTER_AMEND, .entry = &kind_clearance, .check = progress_check},
    {.name = "finish", .label = "手续办齐", .label_en = "All done", .does = N_("十项都批准或者不需要办"),
     .from = STATE(UNDER_WAY), .to = READY, .by = SIDE(FIRM), .gate = "industrial_finish"},
    {.name = "drop", .label = "终止", .label_en = "Drop", .does = N_("写明原因"),
     .from = STATE(UNDER_WAY), .to = DROPPED, .by = SIDE(FIRM), .fields = "end_why"},
};

static const struct kind *const entries[] = {&kind_clearance};

#define COUNT(list) (sizeof(list) / sizeof *(list))

const struct matter_sort sort_industrial = {
    .kind = &kind_industrial,
    .about = N_("中试之后落地投产：用地、规划、立项、环评、节能、安全、施工、消防、排污、行业许可，逐项找哪个部门、办到哪一步"),
    .empty = N_("还没有。中试做完、要建产线时列一张清单"),
    .sides = sides, .side_count = COUNT(sides), .states = states, .state_count = COUNT(states), .steps = steps, .step_count = COUNT(steps),
    .entries = entries, .entry_count = COUNT(entries), .facts = finish_facts,
};
