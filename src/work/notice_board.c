#include "work/notice_board.h"

#include "record/party.h"
#include "work/deal_int.h"

enum { LOOKED_AT = 400 };

static bool ids_read(struct sql *sql, int64_t *ids, size_t *count, struct err *err)
{
    struct sql_rows rows;

    *count = 0;
    if (!sql_rows(sql, "SELECT id FROM notice WHERE to_leaf IS NULL AND ended_on IS NULL AND place = 'unit' ORDER BY id DESC LIMIT ?1",
                  SQL_ARGS(sql_int(LOOKED_AT)), &rows, err))
        return false;
    while (*count < LOOKED_AT && sql_next(&rows))
        ids[(*count)++] = sql_number(&rows, 0);
    return sql_done(&rows, err);
}

static bool for_actor(const struct actor *actor, const struct record *notice)
{
    return paper_is(notice, NOTICE_SORT, "sale") || (actor->party && actor->party == notice->owner) || actor_has(actor, ROLE_AUDITOR);
}

/* Is it of the terms that the deal has now? A change of terms leaves it behind. */
static bool of_now(const struct record *notice, const struct record *deal)
{
    return !paper_is(notice, NOTICE_SORT, "sale") || paper_number(notice, PAPER_TERMS) == paper_number(deal, DEAL_TERMS);
}

static bool look(struct sql *sql, const struct law *law, const struct actor *actor, int32_t today, struct arena *arena,
                 int64_t id, struct board_notice *out, bool *shown, struct err *err)
{
    struct deal_file file;
    struct record *notice = &out->notice;

    *shown = false;
    if (!record_get(sql, &kind_notice, id, arena, notice, err))
        return false;
    if (!for_actor(actor, notice))
        return true;
    if (!deal_load(sql, paper_number(notice, PAPER_DEAL), today, arena, &file, err))
        return false;
    out->first = paper_day(notice, NOTICE_FIRST_DAY);
    out->provisional = false;
    out->last = notice_last(law, &file, notice, &out->provisional);
    out->over = today > out->last;
    out->unit = paper_text(&file.unit, PARTY_NAME);
    *shown = of_now(notice, &file.deal) && out->first <= today && today <= out->last + BOARD_DAYS_AFTER
             && (!out->over || file.deal.status == RECORD_OPEN);
    return true;
}

bool notice_board(struct sql *sql, const struct law *law, const struct actor *actor, int32_t today, struct arena *arena,
                  struct board_notice *list, size_t *count, struct err *err)
{
    int64_t ids[LOOKED_AT];
    size_t found;

    *count = 0;
    if (!ids_read(sql, ids, &found, err))
        return false;
    for (size_t i = 0; i < found && *count < BOARD_MOST; i++) {
        bool shown;

        if (!look(sql, law, actor, today, arena, ids[i], &list[*count], &shown, err))
            return false;
        *count += shown;
    }
    return true;
}
