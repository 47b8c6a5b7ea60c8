/* The patents that a loan is secured by: what the rulebook is told of them, and the lock on each. */
#include "work/loan.h"

#include <assert.h>

#include "work/patent_sheet.h"

/* What R90 is asked over all of them at once: counts, and the earliest days. */
struct pledge {
    int64_t count, unknown, dead, held, open;
    int32_t fee_until, ends; /* 0: of one it is not known; of none */
    bool fee_missing;
};

static void pledge_add(struct pledge *pledge, const struct record *patent, const struct record *loan, int32_t today)
{
    int32_t fee = matter_day(patent, PATENT_FEE_UNTIL), ends = matter_day(patent, PATENT_ENDS);
    bool same_number = slice_same(matter_text(patent, PATENT_PLEDGE), matter_text(loan, LOAN_PLEDGE_NO));

    pledge->dead += !slice_is(matter_text(patent, PATENT_STATUS), "granted") || (ends && ends < today);
    pledge->held += (matter_known(patent, PATENT_PLEDGE_LOAN) && matter_number(patent, PATENT_PLEDGE_LOAN) != loan->id)
                    || (matter_known(patent, PATENT_PLEDGE) && !same_number);
    pledge->open += matter_number(patent, PATENT_OPEN) != 0;
    pledge->fee_missing = pledge->fee_missing || !fee;
    if (fee && (!pledge->fee_until || fee < pledge->fee_until))
        pledge->fee_until = fee;
    if (ends && (!pledge->ends || ends < pledge->ends))
        pledge->ends = ends;
}

static bool pledge_read(struct matter_draft *draft, struct pledge *pledge, struct err *err)
{
    struct slice lines = matter_text(&draft->matter, LOAN_PATENTS), number;
    struct record patent;

    *pledge = (struct pledge){0};
    while (slice_cut(&lines, '\n', &number)) {
        pledge->count++;
        if (patent_of(draft->sql, draft->matter.owner, number, draft->arena, &patent, err))
            pledge_add(pledge, &patent, &draft->matter, draft->today);
        else if (err->code == ERR_MISSING)
            pledge->unknown++;
        else
            return false;
    }
    err_clear(err);
    return true;
}

static void put(struct fact facts[LOAN_FACTS], size_t *count, const char *name, enum fact_kind kind, bool known, int64_t value)
{
    assert(*count < LOAN_FACTS);
    facts[(*count)++] = (struct fact){.name = name, .kind = kind, .known = known, .value = known ? value : 0, .source = FACT_DEPARTMENT};
}

bool loan_pledge_facts(struct matter_draft *draft, struct fact facts[LOAN_FACTS], size_t *count, struct err *err)
{
    const struct record *loan = &draft->matter;
    int32_t until = calendar_after(draft->order->law->calendar, matter_day(loan, LOAN_SIGNED_ON), CALENDAR_MONTHS,
                                   (int32_t)matter_number(loan, LOAN_MONTHS), NULL);
    struct pledge pledge;

    if (!pledge_read(draft, &pledge, err))
        return false;
    put(facts, count, "pledge_count", FACT_NUMBER, true, pledge.count);
    put(facts, count, "pledge_unknown", FACT_NUMBER, true, pledge.unknown);
    put(facts, count, "pledge_dead", FACT_NUMBER, true, pledge.dead);
    put(facts, count, "pledge_held", FACT_NUMBER, true, pledge.held);
    put(facts, count, "pledge_open", FACT_NUMBER, true, pledge.open);
    put(facts, count, "pledge_fee_until", FACT_DAY, pledge.fee_until && (!pledge.fee_missing || pledge.fee_until < draft->today), pledge.fee_until);
    put(facts, count, "pledge_ends", FACT_DAY, pledge.ends != 0, pledge.ends);
    put(facts, count, "pledge_open_known", FACT_YES, true, matter_number(loan, LOAN_OPEN_KNOWN)); /* what is not written is not known of */
    put(facts, count, "pledge_owners_agree", FACT_YES, matter_known(loan, LOAN_OWNERS_AGREE), matter_number(loan, LOAN_OWNERS_AGREE));
    put(facts, count, "loan_until", FACT_DAY, true, until);
    put(facts, count, "today", FACT_DAY, true, draft->today);
    return true;
}

/* --- the lock --- */

/* Each patent's next version; the prior one must live until the step is written. */
static bool each_pledged(struct matter_draft *draft, void (*change)(struct record *patent, const struct record *loan), bool needed, struct err *err)
{
    struct slice lines = matter_text(&draft->matter, LOAN_PATENTS), number;

    while (slice_cut(&lines, '\n', &number)) {
        struct record *prior = arena_alloc(draft->arena, sizeof *prior), next;

        if (!patent_of(draft->sql, draft->matter.owner, number, draft->arena, prior, err)) {
            if (needed || err->code != ERR_MISSING)
                return err->code != ERR_MISSING ? false
                       : err_set(err, ERR_CONFLICT, "没有专利 %.*s 的状态，不能质押", (int)number.len, number.at)
                         || err_hint(err, "先导入国家知识产权局的专利状态");
            continue;
        }
        if (!needed && matter_number(prior, PATENT_PLEDGE_LOAN) != draft->matter.id)
            continue;
        next = *prior;
        change(&next, &draft->matter);
        if (!matter_also(draft, &next, prior, err))
            return false;
    }
    err_clear(err);
    return true;
}

static void lock(struct record *patent, const struct record *loan)
{
    patent->values[PATENT_PLEDGE] = loan->values[LOAN_PLEDGE_NO];
    matter_set_number(patent, PATENT_PLEDGE_LOAN, loan->id);
}

static void unlock(struct record *patent, const struct record *loan)
{
    (void)loan;
    patent->values[PATENT_PLEDGE] = patent->values[PATENT_PLEDGE_LOAN] = (struct value){.known = false};
}

bool loan_pledge_set(struct matter_draft *draft, struct err *err)
{
    return each_pledged(draft, lock, true, err);
}

bool loan_pledge_clear(struct matter_draft *draft, struct err *err)
{
    return each_pledged(draft, unlock, false, err);
}
