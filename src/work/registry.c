/* The queue: which contracts wait, in which lane, since when, and for whom. */
#include "work/registry.h"

#include "work/deal_int.h"

enum { PAGE = 100 };

/* What was never sent waits for nobody: a registration of the past was put in with its deal. */
static const char waiting[] = "SELECT r.id, r.deal FROM registration r JOIN deal d ON d.id = r.deal AND d.to_leaf IS NULL "
                              "WHERE r.to_leaf IS NULL AND r.result IS NULL AND r.sent_on IS NOT NULL AND d.status = 0 AND r.id > ?1 ORDER BY r.id LIMIT ?2";

struct waiting {
    int64_t registration, deal;
};

static bool waiting_read(struct sql *sql, int64_t after, struct waiting *list, size_t *count, struct err *err)
{
    struct sql_rows rows;

    *count = 0;
    if (!sql_rows(sql, waiting, SQL_ARGS(sql_int(after), sql_int(PAGE)), &rows, err))
        return false;
    while (*count < PAGE && sql_next(&rows))
        list[(*count)++] = (struct waiting){sql_number(&rows, 0), sql_number(&rows, 1)};
    return sql_done(&rows, err);
}

/* --- the lane and its clock --- */

static int64_t result_of(const struct answer *answer, const char *name)
{
    int64_t number = 0;

    answer_number(answer, name, &number);
    return number;
}

/* What R61, as it is in force there, says of this contract. */
static bool lane_ask(const struct law *law, struct registry_line *line, struct arena *arena, struct err *err)
{
    const struct deal_file *file = &line->file;
    const struct rule *rule = rule_find(law->book, "R61", file->region, file->today);
    struct answer answer;
    struct fact *facts;
    size_t count;

    if (!rule)
        return true;
    if (!deal_facts(law, file, arena, &facts, &count, err) || !rule_ask(law->book, rule, facts, count, arena, &answer, err))
        return false;
    line->allowed = (int32_t)result_of(&answer, "allowed");
    line->due = (int32_t)result_of(&answer, "due");
    line->provisional = answer.provisional;
    if (!law_parameter(law, file, "R61", "large", &line->large))
        line->large = 0;
    return true;
}

static bool line_fill(const struct law *law, struct registry_line *line, struct arena *arena, struct err *err)
{
    const struct deal_file *file = &line->file;
    int32_t sent = paper_day(line->registration, REGISTRATION_SENT_ON), mended = paper_day(line->registration, REGISTRATION_MENDED_ON);

    if (!lane_ask(law, line, arena, err))
        return false;
    line->full = line->large && (paper_yes(line->registration, REGISTRATION_DISPUTED)
                                 || paper_number(line->contract, CONTRACT_TECHNICAL) >= line->large);
    line->with_unit = registration_lacking(line->registration);
    line->waited = calendar_workdays(law->calendar, mended > sent ? mended : sent, file->today, NULL);
    line->late = !line->with_unit && line->due && file->today > line->due;
    return true;
}

/* --- who sees it --- */

/* *seen false: it is not for this actor. */
static bool line_load(struct sql *sql, const struct law *law, const struct actor *actor, int32_t today, int64_t deal,
                      struct arena *arena, struct registry_line *line, bool *seen, struct err *err)
{
    struct object object;
    struct record head;
    struct err ignored;

    *line = (struct registry_line){.mine = false};
    *seen = false;
    if (!record_get(sql, &kind_deal, deal, arena, &head, err) || !object_of(sql, &head, actor, &object, err))
        return false;
    line->mine = may(actor, ACT_REGISTER, &object, &ignored);
    if (!line->mine && !may(actor, ACT_SEE, &object, &ignored))
        return true;
    line->sees_all = line->mine || may_level(actor, &object) == LEVEL_OWN;
    if (!deal_load(sql, deal, today, arena, &line->file, err))
        return false;
    line->contract = deal_newest(&line->file, KIND_CONTRACT);
    line->registration = deal_newest(&line->file, KIND_REGISTRATION);
    *seen = line->contract && line->registration && !paper_known(line->registration, REGISTRATION_RESULT)
            && paper_known(line->registration, REGISTRATION_SENT_ON) && line->file.deal.status == RECORD_OPEN;
    return !*seen || line_fill(law, line, arena, err);
}

bool registry_list(struct sql *sql, const struct law *law, const struct actor *actor, int32_t today, int64_t after,
                   struct arena *arena, struct registry_line *lines, size_t most, size_t *count, struct err *err)
{
    struct waiting list[PAGE];
    size_t read = PAGE;

    for (*count = 0; read == PAGE && *count < most;) {
        if (!waiting_read(sql, after, list, &read, err))
            return false;
        for (size_t i = 0; i < read && *count < most; i++) {
            bool seen;

            if (!line_load(sql, law, actor, today, list[i].deal, arena, &lines[*count], &seen, err))
                return false;
            *count += seen;
            after = list[i].registration;
        }
    }
    return true;
}

bool registry_find(struct sql *sql, const struct law *law, const struct actor *actor, int32_t today, int64_t deal,
                   struct arena *arena, struct registry_line *line, struct err *err)
{
    bool seen;

    if (!line_load(sql, law, actor, today, deal, arena, line, &seen, err))
        return false;
    if (seen)
        return true;
    err_set(err, ERR_MISSING, "登记队列里没有这份合同");
    return err_hint(err, "已经有结果的不在队列里；不是本地区的，由所在地的登记机构办");
}
