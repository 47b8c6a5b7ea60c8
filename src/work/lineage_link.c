/*
 * What the lineage of public money reads from the records of this house, so that nobody types it: a payment that another matter entered,
 * and the loans that were drawn under a pool into which public money was paid.
 */
#include "work/lineage.h"

#include "base/money.h"
#include "record/party.h"

enum { WHOLE = 10000, LOANS_STEP = 256 };

/* --- payments --- */

bool public_body(struct sql *sql, int64_t party, struct arena *arena, bool *yes, struct err *err)
{
    struct record record;

    *yes = false;
    if (!party)
        return true;
    if (!record_get(sql, &kind_party, party, arena, &record, err))
        return false;
    *yes = slice_is(matter_text(&record, PARTY_SIDE), "government");
    return true;
}

/* The same payment, typed before by who paid; 0. */
static bool typed_before(struct matter_draft *draft, const struct record *flow, int64_t *id, struct err *err)
{
    bool found;

    *id = 0;
    return sql_one(draft->sql,
                   "SELECT id FROM money_flow WHERE payee = ?1 AND owner = ?2 AND voucher = ?3 AND amount = ?4 AND cause IS NULL"
                   " AND state <> 'void' AND to_leaf IS NULL LIMIT 1",
                   SQL_ARGS(sql_int(matter_number(flow, FLOW_PAYEE)), sql_int(flow->owner), sql_text(matter_text(flow, FLOW_VOUCHER)),
                            sql_int(matter_number(flow, FLOW_AMOUNT))), id, &found, err);
}

static bool link(struct matter_draft *draft, int64_t id, const struct record *flow, struct err *err)
{
    struct record *typed = matter_other(draft, &kind_money_flow, id, err);

    if (!typed)
        return false;
    typed->values[FLOW_CAUSE] = flow->values[FLOW_CAUSE];
    typed->values[FLOW_CAUSE_ID] = flow->values[FLOW_CAUSE_ID];
    return matter_also(draft, typed, &typed[1], err);
}

bool lineage_paid(struct matter_draft *draft, const struct lineage_payment *paid, struct err *err)
{
    struct record flow = {.kind = &kind_money_flow, .owner = paid->payer};
    int64_t before;

    matter_set_text(&flow, MATTER_TITLE, paid->title);
    matter_set_number(&flow, MATTER_STEPS, 1);
    matter_enter(draft, &sort_money_flow, &flow, 0);
    matter_set_text(&flow, FLOW_SORT, slice_of(paid->sort));
    matter_set_text(&flow, FLOW_PROGRAM, paid->program);
    matter_set_number(&flow, FLOW_PAYEE, paid->payee);
    matter_set_number(&flow, FLOW_AMOUNT, paid->amount);
    matter_set_text(&flow, FLOW_PAID_ON, paid->on);
    matter_set_text(&flow, FLOW_PURPOSE, paid->purpose);
    matter_set_text(&flow, FLOW_VOUCHER, paid->voucher);
    matter_set_text(&flow, FLOW_CAUSE, slice_of(draft->sort->kind->name));
    matter_set_number(&flow, FLOW_CAUSE_ID, draft->matter.id);
    if (!typed_before(draft, &flow, &before, err))
        return false;
    return before ? link(draft, before, &flow, err) : matter_also(draft, &flow, NULL, err) != NULL;
}

/* --- loans under a pool --- */

/* A loan's amount as somebody typed it besides and an officer saw it shown: so much of it is attributed there. */
struct typed_loan { struct slice key; int64_t share; };
struct typed_loans { struct typed_loan *list; size_t count, room; };

static bool typed_read(struct sql *sql, struct arena *arena, struct typed_loans *typed, struct err *err)
{
    struct sql_rows rows;

    *typed = (struct typed_loans){0};
    if (!sql_rows(sql,
                  "SELECT moved_key, CAST(SUM(share) AS BIGINT) FROM moved WHERE sort = 'loan' AND proved_on IS NOT NULL AND void_on IS NULL AND to_leaf IS NULL"
                  " GROUP BY moved_key", SQL_NO_ARGS, &rows, err))
        return false;
    while (sql_next(&rows)) {
        if (typed->count == typed->room) {
            struct typed_loan *more = arena_alloc(arena, (typed->room + LOANS_STEP) * 2 * sizeof *more);

            if (typed->count)
                memcpy(more, typed->list, typed->count * sizeof *more);
            typed->list = more;
            typed->room = (typed->room + LOANS_STEP) * 2;
        }
        typed->list[typed->count++] = (struct typed_loan){arena_copy(arena, sql_slice(&rows, 0)), sql_number(&rows, 1)};
    }
    return sql_done(&rows, err);
}

static int64_t typed_share(const struct typed_loans *typed, struct slice key)
{
    for (size_t i = 0; i < typed->count; i++)
        if (slice_same(typed->list[i].key, key))
            return typed->list[i].share;
    return 0;
}

/* The key that the same loan would have if it were typed. */
static struct slice loan_key(int64_t firm, struct slice contract, struct arena *arena)
{
    struct record moved = {.kind = &kind_moved};

    matter_set_text(&moved, MOVED_SORT, SLICE("loan"));
    matter_set_number(&moved, MOVED_WHO, firm);
    matter_set_text(&moved, MOVED_NUMBER, contract);
    return moved_key(&moved, arena);
}

bool lineage_loan_recorded(struct sql *sql, const struct record *moved, struct arena *arena, bool *recorded, struct err *err)
{
    struct slice key = moved_key(moved, arena);
    int64_t firm = matter_number(moved, MOVED_WHO);
    struct sql_rows rows;

    *recorded = false;
    if (!slice_is(matter_text(moved, MOVED_SORT), "loan"))
        return true;
    if (!sql_rows(sql,
                  "SELECT v.contract FROM cover v WHERE v.firm = ?1 AND v.drawn > 0 AND v.to_leaf IS NULL AND EXISTS (SELECT 1 FROM money_flow f"
                  " WHERE f.cause = 'pool' AND f.cause_id = v.pool AND f.state <> 'void' AND f.to_leaf IS NULL)",
                  SQL_ARGS(sql_int(firm)), &rows, err))
        return false;
    while (sql_next(&rows))
        *recorded = *recorded || slice_same(loan_key(firm, sql_slice(&rows, 0), arena), key);
    return sql_done(&rows, err);
}

int64_t lineage_loan_part(int64_t drawn, int64_t typed, int64_t paid, int64_t all)
{
    __int128 left = (__int128)drawn * (typed < WHOLE ? WHOLE - typed : 0) / WHOLE;

    return all > 0 ? (int64_t)(left * paid / all) : 0;
}

bool lineage_loans_read(struct sql *sql, const char *text, int64_t flow, struct arena *arena, lineage_loan_seen *seen, void *arg, struct err *err)
{
    struct typed_loans typed;
    struct sql_rows rows;

    if (!typed_read(sql, arena, &typed, err) || !sql_rows(sql, text, SQL_ARGS(sql_int(flow)), &rows, err))
        return false;
    while (sql_next(&rows)) {
        struct slice key = loan_key(sql_number(&rows, 2), sql_slice(&rows, 3), arena);

        seen(arg, sql_slice(&rows, 0), lineage_loan_part(sql_number(&rows, 4), typed_share(&typed, key), sql_number(&rows, 1), sql_number(&rows, 5)));
    }
    return sql_done(&rows, err);
}

static void count_one(void *arg, struct slice group, int64_t fen)
{
    struct lineage_loans *loans = arg;

    (void)group;
    loans->count++;
    loans->fen += fen;
}

bool lineage_loans_of(struct sql *sql, int64_t flow, struct arena *arena, struct lineage_loans *loans, struct err *err)
{
    *loans = (struct lineage_loans){0};
    return lineage_loans_read(sql, LINEAGE_LOANS("CAST('' AS TEXT)"), flow, arena, count_one, loans, err);
}
