/* What several checks of the board need. */
#include "work/board_int.h"

#include "base/ident.h"
#include "record/achievement.h"
#include "record/member.h"

bool board_whole(const struct record *record, size_t field, struct err *err)
{
    int64_t sum = members_sum(matter_text(record, field));

    return sum == SHARE_WHOLE
           || MATTER_WRONG(err, record->kind, field, "各方比例合计是 %lld.%02lld%%，应当是 100%%", (long long)(sum / 100), (long long)(sum % 100));
}

void board_title(struct matter_draft *draft, const char *head, struct slice name)
{
    matter_set_text(&draft->matter, MATTER_TITLE, slice_of(arena_print(draft->arena, "%s%.*s", head, (int)name.len, name.at ? name.at : "")));
}

/* The digits at the end of "/achievements/123" or of "123". */
static bool number_in(struct slice named, int64_t *id)
{
    size_t from = named.len;

    while (from && named.at[from - 1] != '/')
        from--;
    return ident_parse((struct slice){named.at + from, named.len - from}, id);
}

bool board_achievement(struct matter_draft *draft, struct record *record, size_t named, size_t into, int64_t unit, struct err *err)
{
    struct slice typed = slice_trim(matter_text(record, named));
    int64_t id = 0, found;
    bool there;

    if (!number_in(typed, &id))
        id = 0;
    if (!sql_one(draft->sql, "SELECT id FROM achievement WHERE to_leaf IS NULL AND owner = ?1 AND (id = ?2 OR title = ?3) ORDER BY id LIMIT 1",
                 SQL_ARGS(sql_int(unit), sql_int(id), sql_text(typed)), &found, &there, err))
        return false;
    if (!there)
        return MATTER_WRONG(err, record->kind, named, "本单位没有这条成果") || err_hint(err, "写成果的全名、编号，或者它页面的网址；没有的先登记成果");
    matter_set_number(record, into, found);
    return true;
}

bool bid_stand(struct sql *sql, int64_t challenge, struct bid_stand *stand, struct err *err)
{
    struct sql_rows rows;

    *stand = (struct bid_stand){0};
    if (!sql_rows(sql, "SELECT id, state FROM bid WHERE challenge = ?1 AND to_leaf IS NULL ORDER BY id", SQL_ARGS(sql_int(challenge)), &rows, err))
        return false;
    while (sql_next(&rows)) {
        struct slice state = sql_slice(&rows, 1);

        stand->submitted += slice_is(state, "submitted");
        stand->declined += slice_is(state, "declined");
        if (slice_is(state, "proposed")) {
            stand->proposed++;
            stand->proposed_id = sql_number(&rows, 0);
        }
    }
    return sql_done(&rows, err);
}

bool bid_challenge(struct sql *sql, const struct record *bid, struct arena *arena, struct record *challenge, struct err *err)
{
    return record_get(sql, &kind_challenge, matter_number(bid, BID_CHALLENGE), arena, challenge, err);
}
