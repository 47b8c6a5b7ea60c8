/* How a step of a matter is taken. */
#include "work/matter_int.h"

#include "base/clock.h"
#include "base/ident.h"
#include "base/text.h"
#include "record/tree.h"
#include "seal/seal.h"
#include "work/account_int.h"
#include "work/submit.h"

/* The order's ids and salts: the matter's, its entry's, the finding's, and of what is written besides. */
enum { WRITE_MATTER, WRITE_ENTRY, WRITE_FINDING, WRITE_ALSO };

void matter_order_init(struct matter_order *order, const struct law *law, const struct actor *actor, const struct matter_sort *sort,
                       const struct matter_step *step, struct slice request_id)
{
    *order = (struct matter_order){.actor = actor, .law = law, .time_ms = clock_ms(), .sort = sort, .step = step};
    for (size_t i = 0; i < MATTER_WRITES; i++)
        order->new_ids[i] = ident_next(order->time_ms);
    seal_random(order->salts, sizeof order->salts);
    snprintf(order->request_id, sizeof order->request_id, "%.*s",
             (int)(request_id.len < LEAF_REQUEST ? request_id.len : LEAF_REQUEST), request_id.at ? request_id.at : "");
}

/* --- beginning --- */

void matter_state_set(const struct matter_sort *sort, struct record *matter, int state, int32_t today, int32_t due, struct arena *arena)
{
    const struct matter_state *into = &sort->states[state];

    matter_set_text(matter, MATTER_STATE, slice_of(into->code));
    matter_set_day(matter, MATTER_SINCE, today, arena);
    matter_set_day(matter, MATTER_DUE, due, arena);
    matter->values[MATTER_TOLD] = (struct value){.known = false};
    matter->status = into->over ? RECORD_CLOSED : RECORD_OPEN;
}

void matter_enter(struct matter_draft *draft, const struct matter_sort *sort, struct record *matter, int state)
{
    const struct calendar *calendar = draft->order->law->calendar;
    int days = sort->states[state].working_days;
    int32_t due = days ? calendar_after(calendar, draft->today, CALENDAR_WORKDAYS, days, &(bool){false}) : 0;

    matter_state_set(sort, matter, state, draft->today, due, draft->arena);
}

static void salt(const struct matter_order *order, size_t write, struct record *record)
{
    memcpy(record->salts, order->salts[write], sizeof record->salts);
    record->author = order->actor->account;
}

static void matter_begin(struct matter_draft *draft)
{
    const struct matter_order *order = draft->order;
    struct record *matter = &draft->matter;

    if (draft->file)
        *matter = draft->file->matter;
    else
        *matter = (struct record){.kind = draft->sort->kind, .id = order->new_ids[WRITE_MATTER],
                                  .owner = order->owner ? order->owner : order->actor->party};
    draft->was = draft->file ? draft->file->matter : (struct record){.kind = draft->sort->kind};
    salt(order, WRITE_MATTER, matter);
    matter_set_number(matter, MATTER_STEPS, matter_number(matter, MATTER_STEPS) + 1);
    if (order->step->to != MATTER_SAME)
        matter_enter(draft, draft->sort, matter, order->step->to);
}

static bool entry_head(struct matter_draft *draft, struct record *entry, int64_t matter, struct err *err)
{
    int64_t number = 0;

    if (!matter_next_number(draft->sql, entry->kind, matter, &number, err))
        return false;
    for (size_t i = 0; i < draft->also_count; i++) /* of the same step */
        if (draft->also[i].record.kind == entry->kind && !draft->also[i].prior && draft->also[i].record.values[ENTRY_MATTER].number == matter)
            number++;
    if (draft->entry.kind == entry->kind && entry != &draft->entry && !draft->entry_was && matter == draft->matter.id)
        number++;
    matter_set_number(entry, ENTRY_MATTER, matter);
    matter_set_number(entry, ENTRY_NO, number);
    matter_set_day(entry, ENTRY_ON, draft->today, draft->arena);
    return true;
}

static bool entry_begin(struct matter_draft *draft, struct err *err)
{
    const struct matter_order *order = draft->order;
    const struct matter_step *step = order->step;

    if (!step->entry)
        return true;
    if (step->how == MATTER_AMEND) {
        draft->entry_was = draft->file ? matter_step_entry(draft->file, step, order->entry) : NULL;
        if (!draft->entry_was)
            return err_set(err, ERR_CONFLICT, "没有可以%s的%s", step->label, step->entry->label)
                   || err_hint(err, "请重新打开页面看最新的情况") || err_field(err, "entry");
        draft->entry = *draft->entry_was;
    } else {
        draft->entry = (struct record){.kind = step->entry, .id = order->new_ids[WRITE_ENTRY], .owner = draft->matter.owner};
        if (!entry_head(draft, &draft->entry, draft->matter.id, err))
            return false;
    }
    salt(order, WRITE_ENTRY, &draft->entry);
    return true;
}

/* --- what was typed --- */

/* A record that is named by its number must be there. */
static bool named_there(struct matter_draft *draft, const struct record *into, const bool *asked, struct err *err)
{
    for (size_t i = 0; i < into->kind->count; i++) {
        const struct field *field = &into->kind->fields[i];
        const struct kind *kind = field->type == FIELD_ID && field->choices ? kind_stored(field->choices) : NULL;

        if (!asked[i] || !kind || !into->values[i].known || record_title(draft->sql, kind, into->values[i].number, draft->arena).len
            || !kind_is_listed(kind))
            continue;
        return MATTER_WRONG(err, into->kind, i, "没有这条%s", kind->label) || err_hint(err, "请从它的页面上发起");
    }
    return true;
}

static bool typed_read(struct matter_draft *draft, struct err *err)
{
    struct matter_order *order = draft->order;
    struct record *into = draft->entry.kind ? &draft->entry : &draft->matter;
    struct slice resolved[FIELDS_MAX] = {{0}};
    bool asked[FIELDS_MAX] = {false};
    size_t before;

    for (size_t i = 0; i < into->kind->count; i++) {
        asked[i] = matter_step_field(draft->sort, order->step, i);
        if (!asked[i])
            order->typed[i] = (struct slice){0};
    }
    if (!links_resolve(draft->sql, into->kind, order->typed, resolved, draft->arena, &order->complaints, err))
        return false;
    before = order->complaints.count;
    for (size_t c = 0; c < before; c++) /* what was not found is complained of once */
        asked[order->complaints.list[c].field - into->kind->fields] = false;
    record_check_asked(into, resolved, asked, draft->arena, &order->complaints);
    if (!order->complaints.count)
        return named_there(draft, into, asked, err);
    *err = order->complaints.list[0].err;
    return err_field(err, order->complaints.list[0].field->name);
}

/* --- what is written besides --- */

struct record *matter_also(struct matter_draft *draft, const struct record *record, const struct record *prior, struct err *err)
{
    const struct matter_order *order = draft->order;
    struct matter_write *write = &draft->also[draft->also_count];

    if (WRITE_ALSO + draft->also_count == MATTER_WRITES) {
        err_set(err, ERR_CONFLICT, "一步里要改的记录太多");
        return NULL;
    }
    *write = (struct matter_write){.record = *record, .prior = prior};
    salt(order, WRITE_ALSO + draft->also_count, &write->record);
    if (!write->record.id)
        write->record.id = order->new_ids[WRITE_ALSO + draft->also_count];
    snprintf(write->action, sizeof write->action, "%.15s.%.16s", record->kind->name, order->step->name);
    draft->also_count++;
    return &write->record;
}

struct record *matter_other(struct matter_draft *draft, const struct kind *kind, int64_t id, struct err *err)
{
    struct record *both = arena_alloc(draft->arena, 2 * sizeof *both);

    if (!record_get(draft->sql, kind, id, draft->arena, &both[0], err))
        return NULL;
    both[1] = both[0];
    matter_set_number(&both[0], MATTER_STEPS, matter_number(&both[0], MATTER_STEPS) + 1);
    return both;
}

struct record *matter_also_entry(struct matter_draft *draft, struct record *entry, int64_t matter, struct err *err)
{
    return entry_head(draft, entry, matter ? matter : draft->matter.id, err) ? matter_also(draft, entry, NULL, err) : NULL;
}

/* --- the gate --- */

static bool stops(const struct answer *answer)
{
    return answer->verdict == RULE_NO || answer->verdict == RULE_UNKNOWN;
}

/* A no is said before what is not known. */
static const struct answer *first_of(const struct matter_refusal *refusal)
{
    const struct answer *first = NULL;

    for (size_t i = 0; i < refusal->count; i++)
        if (!first || (first->verdict == RULE_UNKNOWN && refusal->answers[i].verdict == RULE_NO))
            first = &refusal->answers[i];
    return first;
}

static bool refused(struct matter_order *order, const struct answer *answers, size_t count, struct err *err)
{
    const struct answer *first;

    order->refusal = (struct matter_refusal){.answers = arena_alloc(order->arena, count * sizeof *answers)};
    for (size_t i = 0; i < count; i++)
        if (stops(&answers[i]))
            order->refusal.answers[order->refusal.count++] = answers[i];
    first = first_of(&order->refusal);
    if (!first)
        return false;
    if (first->verdict == RULE_NO)
        err_set(err, ERR_CONFLICT, "%.*s", (int)first->says.len, first->says.at);
    else
        err_set(err, ERR_CONFLICT, "“%.200s”还缺事实：%.120s", first->rule->title, first->ask_count ? first->asks[0]->label : "");
    if (first->rule->article_count)
        err_hint(err, "依据：%.120s %.60s（规则 %.40s）", first->rule->articles[0].document, first->rule->articles[0].number,
                 first->rule->id);
    return true;
}

static bool finding_fill(struct matter_draft *draft, const struct answer *answers, size_t count, struct record *finding, struct err *err)
{
    struct text lines;

    *finding = (struct record){.kind = &kind_finding, .id = draft->order->new_ids[WRITE_FINDING], .owner = draft->matter.owner};
    salt(draft->order, WRITE_FINDING, finding);
    if (!entry_head(draft, finding, draft->matter.id, err))
        return false;
    text_init(&lines);
    for (size_t i = 0; i < count; i++)
        answer_line(&answers[i], &lines);
    matter_set_text(finding, FINDING_STEP, slice_of(draft->order->step->name));
    matter_set_text(finding, FINDING_RULES, arena_copy(draft->arena, text_slice(&lines)));
    text_release(&lines);
    return true;
}

/* finding->kind stays NULL where no rule stands at the gate. */
static bool pass_gate(struct matter_draft *draft, struct record *finding, struct err *err)
{
    struct matter_order *order = draft->order;
    int32_t region = draft->region ? (int32_t)draft->region : REGION_NATION;
    struct answer *answers;
    struct fact *facts;
    size_t count, fact_count;

    if (!order->step->gate)
        return true;
    if (!draft->sort->facts(draft, &facts, &fact_count, err)
        || !rule_gate(order->law->book, order->step->gate, region, draft->today, facts, fact_count, order->arena, &answers, &count, err)
        || refused(order, answers, count, err))
        return false;
    return !count || finding_fill(draft, answers, count, finding, err);
}

/* --- may he, now? --- */

static bool not_now(const struct matter_file *file, const struct matter_step *step, struct err *err)
{
    const struct matter_state *state = matter_state_of(file->sort, &file->matter);

    if (step->from & MATTER_NEW)
        return err_set(err, ERR_CONFLICT, "这一步是新发起的，不在已有的%s上办", file->sort->kind->label);
    if (state && (step->from & STATE(state - file->sort->states)) && (step->by & file->sides) && (!step->when || step->when(&file->matter)))
        return err_set(err, ERR_CONFLICT, "没有可以%s的%s", step->label, step->entry->label) || err_hint(err, "请重新打开页面看最新的情况");
    err_set(err, ERR_CONFLICT, "现在还不能%s", step->label);
    return err_hint(err, "这件事的状态是：%s", state ? state->label : "");
}

static bool side_denied(const struct matter_sort *sort, const struct matter_step *step, struct err *err)
{
    for (size_t i = 0; i < sort->side_count; i++)
        if (step->by & SIDE(i)) {
            err_set(err, ERR_DENIED, "“%s”由%s来办", step->label, sort->sides[i].label);
            return err_hint(err, "请用这一方的账号登录");
        }
    return err_set(err, ERR_DENIED, "您的账号没有这项权限");
}

static bool allowed(const struct matter_draft *draft, struct err *err)
{
    struct matter_order *order = draft->order;
    const struct matter_file *file = draft->file;

    if (!(order->step->by & file->sides))
        return side_denied(draft->sort, order->step, err);
    if (order->ver != file->matter.ver) {
        order->stands_ver = file->matter.ver;
        err_set(err, ERR_CONFLICT, "刚有人先办了一步");
        err_hint(err, "请重新打开页面，在最新的内容上办；ver 写所见的版次");
        return err_field(err, "ver");
    }
    return matter_step_fits(file, order->step) || not_now(file, order->step, err);
}

/* Who begins must be one of the sides that may, as the check has set them. */
static bool may_begin(struct matter_draft *draft, struct err *err)
{
    struct record *matter = &draft->matter;

    if (draft->file)
        return true;
    if (!matter->owner)
        return err_set(err, ERR_DENIED, "您的账号还没有关联单位，不能发起%s", draft->sort->kind->label) || err_hint(err, "请联系管理员");
    return matter_sides(draft->sql, draft->sort, matter, draft->order->actor, &draft->sides, err)
           && ((draft->order->step->by & draft->sides) || side_denied(draft->sort, draft->order->step, err));
}

static bool by_owner_alone(const struct matter_sort *sort, const struct matter_step *step)
{
    for (size_t i = 0; i < sort->side_count; i++)
        if ((step->by & SIDE(i)) && sort->sides[i].field != SIDE_OWNER)
            return false;
    return true;
}

/*
 * A check reads what is known of whose it is to be (a firm's facts, say) and says what stands in the way: who may not begin one for him
 * must not hear that. A check may still say that it is somebody else's: may_begin asks then.
 */
static bool may_name_owner(struct matter_draft *draft, struct err *err)
{
    const struct matter_order *order = draft->order;
    const struct actor *actor = order->actor;
    struct object object;

    if (draft->file || actor_is_program(actor) || !draft->matter.owner || acts_for(actor, draft->matter.owner))
        return true;
    if (!order->owner)
        return !by_owner_alone(draft->sort, order->step) || side_denied(draft->sort, order->step, err);
    return matter_object(draft->sql, draft->sort, &draft->matter, &object, err)
           && (officer_of(actor, &object) || side_denied(draft->sort, order->step, err));
}

/* --- whose it is to decide --- */

static int64_t place_of(const struct matter_draft *draft, struct slice of)
{
    int64_t place = 0, city = draft->region / 100 * 100;

    for (size_t i = 0; i < of.len && of.at[i] >= '0' && of.at[i] <= '9'; i++)
        place = place * 10 + (of.at[i] - '0');
    return !place || division_holds(place, city) ? city : place;
}

bool matter_decides(const struct matter_draft *draft, struct slice of, int64_t department, struct err *err)
{
    const struct actor *actor = draft->order->actor;
    int64_t place = place_of(draft, of);
    const char *name = N_("市级");

    if (actor_is_program(actor) || officer_over(actor, place) || (department && actor->party == department))
        return true;
    if (place)
        name = tree_label(tree_get("division"), slice_of(arena_print(draft->arena, "%lld", (long long)place)), false, draft->arena);
    err_set(err, ERR_DENIED, "这一件由%s的工作人员决定", name);
    return err_hint(err, "不是本级的政策和资金，本级看得到，不由本级决定；有意见请转给他们");
}

/* --- taking it --- */

static bool put(struct matter_draft *draft, struct record *record, const struct record *prior, const char *action, uint8_t part, struct err *err)
{
    const struct matter_order *order = draft->order;
    struct record_event event = {.action = action, .request_id = order->request_id, .part = part, .time_ms = order->time_ms,
                                 .actor = actor_is_program(order->actor) ? NULL : order->actor->pseudonym};

    return record_put(draft->sql, record, prior, &event, err);
}

static void action_of(const struct matter_order *order, char action[LEAF_WORD + 1])
{
    snprintf(action, LEAF_WORD + 1, "%.15s.%.16s", order->sort->kind->name, order->step->name);
}

/* The matter's leaf is part 0: by it a repeated request is known. */
static bool write_all(struct matter_draft *draft, struct record *finding, struct err *err)
{
    struct matter_order *order = draft->order;
    char action[LEAF_WORD + 1];

    action_of(order, action);
    if (!matter_known(&draft->matter, MATTER_TITLE))
        matter_set_text(&draft->matter, MATTER_TITLE, slice_of(draft->sort->kind->label));
    if (!put(draft, &draft->matter, draft->was.ver ? &draft->was : NULL, action, WRITE_MATTER, err)
        || (draft->entry.kind && !put(draft, &draft->entry, draft->entry_was, action, WRITE_ENTRY, err))
        || (finding->kind && !put(draft, finding, NULL, action, WRITE_FINDING, err)))
        return false;
    for (size_t i = 0; i < draft->also_count; i++)
        if (!put(draft, &draft->also[i].record, draft->also[i].prior, draft->also[i].action, (uint8_t)(WRITE_ALSO + i), err))
            return false;
    order->done_id = draft->matter.id;
    order->done_ver = draft->matter.ver;
    order->done_within = order->sort->within ? matter_number(&draft->matter, (size_t)order->sort->within) : 0;
    return true;
}

/* The check may have said whose it is. */
static bool checked(struct matter_draft *draft, struct err *err)
{
    int64_t owner = draft->matter.owner;

    if (draft->order->step->check && !draft->order->step->check(draft, err))
        return false;
    return draft->matter.owner == owner || party_region(draft->sql, draft->matter.owner, &draft->region, err);
}

static bool take(struct matter_draft *draft, struct err *err)
{
    struct record finding = {0};

    matter_begin(draft);
    return party_region(draft->sql, draft->matter.owner, &draft->region, err) && may_name_owner(draft, err) && entry_begin(draft, err)
           && typed_read(draft, err) && matter_bring(draft, err) && checked(draft, err) && may_begin(draft, err) && pass_gate(draft, &finding, err)
           && write_all(draft, &finding, err);
}

static bool run(struct sql *sql, struct matter_order *order, struct arena *arena, struct err *err)
{
    struct matter_draft draft = {.order = order, .sql = sql, .sort = order->sort, .today = day_of_ms(order->time_ms), .arena = arena};
    struct matter_file file;

    if (!order->id)
        return (order->step->from & MATTER_NEW) ? take(&draft, err) : err_set(err, ERR_INVALID, "没有说明是哪一件%s", order->sort->kind->label);
    if (!matter_load(sql, order->sort, order->id, order->actor, draft.today, arena, &file, err))
        return false;
    draft.file = &file;
    draft.sides = file.sides;
    return allowed(&draft, err) && take(&draft, err);
}

static bool done_before(struct sql *sql, struct matter_order *order, struct err *err)
{
    char action[LEAF_WORD + 1];
    struct leaf leaf;
    bool done;

    if (!order->request_id[0])
        return true;
    if (!ledger_request(sql, slice_of(order->request_id), &leaf, &done, err))
        return false;
    if (!done)
        return true;
    action_of(order, action);
    if (strcmp(leaf.action, action) != 0 || (order->id && leaf.object != order->id)
        || memcmp(leaf.actor, order->actor->pseudonym, LEAF_ACTOR) != 0)
        return order_taken(err);
    order->repeated = true;
    order->done_id = leaf.object;
    order->done_ver = leaf.version;
    return true;
}

bool matter_step_run(struct sql *sql, void *arg, struct err *err)
{
    struct matter_order *order = arg;
    struct arena arena;
    bool ok;

    err_clear(err);
    order->repeated = false;
    order->stands_ver = 0;
    order->complaints.count = 0;
    order->refusal = (struct matter_refusal){0};
    if (!done_before(sql, order, err))
        return false;
    if (order->repeated)
        return true;
    arena_init(&arena);
    ok = run(sql, order, &arena, err);
    arena_release(&arena);
    return ok;
}
