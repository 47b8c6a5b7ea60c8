/* What happened since a loan was paid out, computed from the records; and how many days each stretch of a loan took. */
#include "work/loan.h"

#include "base/clock.h"
#include "work/deal_int.h"
#include "work/patent_sheet.h"

enum { DEALS_LOOKED = 100 };

struct looking {
    struct sql *sql;
    const struct record *loan, *notes;
    size_t note_count;
    int32_t today;
    struct arena *arena;
    struct loan_signal *list;
    size_t *count;
};

/* Noted by a note of the sort, about this record or about none in particular, put in no earlier than the day. */
static bool is_noted(const struct looking *looking, const struct loan_signal *signal)
{
    for (size_t i = 0; i < looking->note_count; i++) {
        const struct record *note = &looking->notes[i];

        if (slice_is(matter_text(note, SIGNAL_SORT), signal->sort) && matter_day(note, ENTRY_ON) >= signal->day
            && (!matter_known(note, SIGNAL_ABOUT) || matter_number(note, SIGNAL_ABOUT) == signal->id))
            return true;
    }
    return false;
}

static void put(struct looking *looking, const char *sort, const struct record *record, int32_t day, struct slice says)
{
    struct loan_signal *signal = &looking->list[*looking->count];

    if (*looking->count == LOAN_SIGNALS)
        return;
    *signal = (struct loan_signal){.sort = sort, .kind = record->kind, .id = record->id, .day = day, .says = says};
    signal->noted = is_noted(looking, signal);
    (*looking->count)++;
}

/* --- what is pledged --- */

static void patent_look(struct looking *looking, const struct record *patent)
{
    struct slice number = matter_text(patent, PATENT_NUMBER);
    int32_t checked = matter_day(patent, PATENT_CHECKED), ends = matter_day(patent, PATENT_ENDS);
    const char *why;

    if (!patent_in_force(patent, looking->today, &why))
        put(looking, why, patent,
            strcmp(why, "fee") == 0 ? matter_day(patent, PATENT_FEE_UNTIL) + 1 : ends && ends < looking->today ? ends + 1 : checked, number);
    if (matter_number(patent, PATENT_OPEN) && !matter_number(looking->loan, LOAN_OPEN_KNOWN)) /* 专利法实施细则 §86（四） */
        put(looking, "open", patent, checked, number);
    if (patent_age(patent, looking->today) > PATENT_STALE_DAYS)
        put(looking, "stale", patent, checked + PATENT_STALE_DAYS + 1, number);
}

static bool patents_look(struct looking *looking, struct err *err)
{
    struct slice lines = matter_text(looking->loan, LOAN_PATENTS), number;

    while (slice_cut(&lines, '\n', &number)) {
        struct record patent;

        if (patent_of(looking->sql, looking->loan->owner, number, looking->arena, &patent, err))
            patent_look(looking, &patent);
        else if (err->code != ERR_MISSING)
            return false;
    }
    err_clear(err);
    return true;
}

/* --- the firm's contracts: as far as the consent goes --- */

static void deal_look_at(struct looking *looking, const struct deal_file *deal)
{
    const struct record *open[RECORD_PAPERS], *registration = deal_newest(deal, KIND_REGISTRATION);
    bool receives = deal->deal.owner == looking->loan->owner;
    struct slice title = paper_text(&deal->deal, DEAL_TITLE);

    if (paper_known(registration, REGISTRATION_REVOKED_ON))
        put(looking, "revoked", &deal->deal, paper_day(registration, REGISTRATION_REVOKED_ON), title);
    if (instalments_open(deal, open) && paper_day(open[0], INSTALMENT_DUE_ON) && paper_day(open[0], INSTALMENT_DUE_ON) < looking->today)
        put(looking, receives && paper_is(&deal->deal, DEAL_WAY, "license") ? "income" : "milestone", &deal->deal,
            paper_day(open[0], INSTALMENT_DUE_ON) + 1, title);
}

static bool deals_look(struct looking *looking, struct err *err)
{
    int64_t ids[DEALS_LOOKED];
    struct sql_rows rows;
    size_t count = 0;

    if (!sql_rows(looking->sql,
                  "SELECT id FROM deal WHERE to_leaf IS NULL AND (owner = ?1 OR buyer_party = ?1) ORDER BY id DESC LIMIT ?2",
                  SQL_ARGS(sql_int(looking->loan->owner), sql_int(DEALS_LOOKED)), &rows, err))
        return false;
    while (count < DEALS_LOOKED && sql_next(&rows))
        ids[count++] = sql_number(&rows, 0);
    if (!sql_done(&rows, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        struct deal_file deal;

        if (!deal_load(looking->sql, ids[i], looking->today, looking->arena, &deal, err))
            return false;
        deal_look_at(looking, &deal);
    }
    return true;
}

/* --- the whole --- */

static bool consent_look(struct looking *looking, bool *contracts, struct err *err)
{
    struct record consent;
    int32_t day;

    if (!record_get(looking->sql, &kind_consent, matter_number(looking->loan, LOAN_CONSENT), looking->arena, &consent, err))
        return false;
    *contracts = consent_stands(&consent, looking->today) && field_list_has(matter_text(&consent, CONSENT_PARTS), SLICE("contracts"));
    day = matter_day(&consent, CONSENT_REVOKED_ON);
    if (!consent_stands(&consent, looking->today))
        put(looking, "consent", &consent, day ? day : matter_day(&consent, CONSENT_UNTIL) + 1, SLICE(""));
    return true;
}

bool loan_signals(struct sql *sql, const struct record *loan, const struct record *notes, size_t note_count, int32_t today, struct arena *arena,
                  struct loan_signal *list, size_t *count, struct err *err)
{
    struct looking looking = {sql, loan, notes, note_count, today, arena, list, count};
    int32_t matures = matter_day(loan, LOAN_MATURES);
    bool contracts;

    *count = 0;
    if (!consent_look(&looking, &contracts, err))
        return false;
    if (matures && matures < today && loan_open(loan))
        put(&looking, "matured", loan, matures + 1, matter_text(loan, LOAN_CONTRACT_NO));
    return patents_look(&looking, err) && (!contracts || deals_look(&looking, err));
}

/* --- days --- */

static bool first_day(struct sql *sql, const char *statement, int64_t loan, struct arena *arena, struct slice *day, struct err *err)
{
    struct sql_rows rows;

    *day = SLICE("");
    if (!sql_rows(sql, statement, SQL_ARGS(sql_int(loan)), &rows, err))
        return false;
    if (sql_next(&rows) && !sql_is_null(&rows, 0))
        *day = arena_copy(arena, sql_slice(&rows, 0));
    return sql_done(&rows, err);
}

static int32_t days_between(int32_t from, int32_t to)
{
    return from && to ? (to > from ? to - from : 0) : -1;
}

bool loan_days(struct sql *sql, const struct record *loan, struct loan_days *days, struct err *err)
{
    int32_t applied = 0, drawn = 0, taken = matter_day(loan, LOAN_PACK_ON), decided = matter_day(loan, LOAN_DECIDED_ON);
    struct arena arena;
    struct slice begun, paid;
    bool ok;

    arena_init(&arena);
    ok = first_day(sql, "SELECT since FROM loan WHERE id = ?1 AND ver = 1", loan->id, &arena, &begun, err)
         && first_day(sql, "SELECT MIN(paid_on) FROM drawdown WHERE matter = ?1 AND to_leaf IS NULL", loan->id, &arena, &paid, err);
    if (ok) {
        day_parse(begun, &applied);
        day_parse(paid, &drawn);
        *days = (struct loan_days){days_between(applied, taken), days_between(taken, decided), days_between(decided, drawn)};
    }
    arena_release(&arena);
    return ok;
}
