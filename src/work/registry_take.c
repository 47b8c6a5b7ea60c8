/* Results that come back: each row finds its contract in the queue and is tried as the step "registered"; then all are taken. */
#include "work/registry.h"

#include "base/clock.h"
#include "base/ident.h"
#include "work/deal_int.h"

enum { QUEUE_MOST = 1000 };

struct judging {
    struct sql *sql;
    const struct law *law;
    const struct actor *actor;
    int64_t now_ms;
    struct slice request_id;
    struct arena *arena;
    struct registry_line *queue;
    size_t count;
};

static bool line_is(const struct registry_line *line, const struct registry_row *row, int64_t deal)
{
    if (!line->mine)
        return false;
    return deal ? line->file.deal.id == deal : slice_same(paper_text(line->contract, CONTRACT_NUMBER), row->in.cells[REGISTRY_CONTRACT]);
}

/* The one contract that the row means; NULL, with the row's err. */
static const struct registry_line *meant(const struct judging *judging, struct registry_row *row)
{
    struct slice typed = row->in.cells[REGISTRY_DEAL];
    const struct registry_line *found = NULL;
    int64_t deal = 0;
    size_t count = 0;

    if (typed.len && !ident_parse(typed, &deal)) {
        err_set(&row->in.err, ERR_INVALID, "项目编号不是一个编号");
        err_hint(&row->in.err, "照导出的表填，或者空着，只填合同编号");
        return NULL;
    }
    for (size_t i = 0; i < judging->count; i++)
        if ((deal || row->in.cells[REGISTRY_CONTRACT].len) && line_is(&judging->queue[i], row, deal)) {
            found = &judging->queue[i];
            count++;
        }
    if (count == 1)
        return found;
    if (count)
        err_set(&row->in.err, ERR_CONFLICT, "队列里有 %zu 份合同用这个合同编号", count);
    else
        err_set(&row->in.err, ERR_MISSING, "登记队列里没有这份合同");
    err_hint(&row->in.err, "%s", count ? N_("请在“项目编号”一栏写明是哪一份") : N_("已有结果的、不是本地区的，不能填"));
    return NULL;
}

/* Twice in one sheet is a slip: the same contract, or the same number. */
static bool is_twin(const struct registry_row *rows, size_t at, struct err *err)
{
    const struct registry_row *row = &rows[at];

    for (size_t i = 0; i < at; i++) {
        bool deal = rows[i].order.deal == row->order.deal;

        if (rows[i].in.err.code || (!deal && (!row->in.cells[REGISTRY_NUMBER].len
                                           || !slice_same(rows[i].in.cells[REGISTRY_NUMBER], row->in.cells[REGISTRY_NUMBER]))))
            continue;
        err_set(err, ERR_CONFLICT, "与第 %ld 行重复：%s", rows[i].in.line, deal ? N_("同一份合同") : N_("同一个登记编号"));
        err_hint(err, "同一合同只登记一次，一个编号只属于一份合同");
        return true;
    }
    return false;
}

static void typed_fill(struct registry_row *row, const struct registry_line *line, struct arena *arena)
{
    static const struct {
        enum registry_column column;
        size_t field;
    } fields[] = {{REGISTRY_NUMBER, REGISTRATION_NUMBER}, {REGISTRY_RESULT, REGISTRATION_RESULT}, {REGISTRY_DAY, REGISTRATION_DECIDED_ON},
                  {REGISTRY_AMOUNT, REGISTRATION_AMOUNT}, {REGISTRY_TECHNICAL, REGISTRATION_TECHNICAL}};
    bool refused = slice_is(row->in.cells[REGISTRY_RESULT], "refused") || slice_is(row->in.cells[REGISTRY_RESULT], "不予登记");

    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (row->in.cells[fields[i].column].len)
            row->order.typed[fields[i].field] = row->in.cells[fields[i].column];
        else if (refused && fields[i].column >= REGISTRY_AMOUNT)
            row->order.typed[fields[i].field] = SLICE("");
    deal_prefill(row->order.step, &line->file, line->registration, arena, row->order.typed);
}

static void row_judge(const struct judging *judging, struct registry_row *rows, size_t at)
{
    struct registry_row *row = &rows[at];
    const struct registry_line *line = row->in.err.code ? NULL : meant(judging, row);
    struct slice id;

    if (!line)
        return;
    id = at ? slice_of(arena_print(judging->arena, "%.*s.%zu", (int)(judging->request_id.len < 56 ? judging->request_id.len : 56),
                                   judging->request_id.at, at))
            : judging->request_id;
    deal_order_init(&row->order, judging->law, judging->actor, deal_step_find(SLICE("registered")), id);
    row->order.time_ms = judging->now_ms;
    row->order.deal = line->file.deal.id;
    row->order.ver = line->file.deal.ver;
    row->order.arena = judging->arena;
    row->title = line->file.deal.values[DEAL_TITLE].text;
    typed_fill(row, line, judging->arena);
    if (!is_twin(rows, at, &row->in.err) && !deal_step_try(judging->sql, &row->order, &row->in.err) && !row->in.err.code)
        err_set(&row->in.err, ERR_INVALID, "这一行不能办");
}

bool registry_judge(struct sql *sql, const struct law *law, const struct actor *actor, int64_t now_ms, struct slice request_id,
                    struct arena *arena, struct registry_row *rows, size_t count, struct err *err)
{
    struct judging judging = {sql, law, actor, now_ms, request_id, arena, arena_alloc(arena, QUEUE_MOST * sizeof *judging.queue), 0};

    if (!registry_list(sql, law, actor, day_of_ms(now_ms), 0, arena, judging.queue, QUEUE_MOST, &judging.count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        row_judge(&judging, rows, i);
    return true;
}

bool registry_take(struct sql *sql, void *arg, struct err *err)
{
    struct registry_batch *batch = arg;

    for (size_t i = 0; i < batch->count; i++) {
        struct registry_row *row = &batch->rows[i];
        struct err why = {0};

        if (row->in.err.code || deal_step_run(sql, &row->order, &why))
            continue;
        err_set(err, why.code, "第 %ld 行没有填成，全部没有填：%s", row->in.line, why.message);
        return err_hint(err, "%s", why.hint);
    }
    return true;
}
