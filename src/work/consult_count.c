/* What the pages of consultations count: lists, the map, figures, a member's record. */
#include "work/consult_int.h"

#include "base/clock.h"
#include "record/choice.h"

static struct {
    char *session, *group, *remarks, *drafts;
} texts;

void consult_start(void)
{
    if (texts.session)
        return;
    texts.session = record_select(&kind_opinion, "consultation = ?1 AND to_leaf IS NULL ORDER BY no LIMIT ?2");
    texts.remarks = record_select(&kind_remark, "consultation = ?1 AND to_leaf IS NULL AND state = 'shown' ORDER BY no DESC LIMIT ?2");
    texts.drafts = record_select(&kind_remark, "consultation = ?1 AND to_leaf IS NULL AND state = 'noted' ORDER BY id DESC LIMIT ?2");
    texts.group = record_select(&kind_opinion, "lead = ?1 AND status = 0 AND to_leaf IS NULL ORDER BY no LIMIT ?2");
}

static bool one_count(struct sql *sql, const char *statement, int64_t session, int *out, struct err *err)
{
    int64_t number = 0;
    bool found;

    if (!sql_one(sql, statement, SQL_ARGS(sql_int(session)), &number, &found, err))
        return false;
    *out = (int)number;
    return true;
}

bool consult_opinions(struct sql *sql, int64_t session, struct arena *arena, struct record **list, size_t *count, struct err *err)
{
    *list = arena_alloc(arena, CONSULT_OPINIONS * sizeof **list);
    return record_rows(sql, &kind_opinion, texts.session, SQL_ARGS(sql_int(session), sql_int(CONSULT_OPINIONS)), CONSULT_OPINIONS, arena, *list, count, err);
}

bool opinion_group(struct matter_draft *draft, int64_t lead, struct record list[CONSULT_GROUP], size_t *count, struct err *err)
{
    return record_rows(draft->sql, &kind_opinion, texts.group, SQL_ARGS(sql_int(lead), sql_int(CONSULT_GROUP)), CONSULT_GROUP, draft->arena, list, count, err);
}

bool consult_remarks(struct sql *sql, int64_t session, bool drafts, size_t most, struct arena *arena, struct record **list, size_t *count, struct err *err)
{
    *list = arena_alloc(arena, most * sizeof **list);
    return record_rows(sql, &kind_remark, drafts ? texts.drafts : texts.remarks, SQL_ARGS(sql_int(session), sql_int((int64_t)most)), most, arena, *list, count,
                       err);
}

bool consult_opinion_numbered(struct sql *sql, int64_t session, int64_t no, struct arena *arena, int64_t *id, struct slice *subject, struct err *err)
{
    struct sql_rows rows;

    *id = 0;
    if (!sql_rows(sql, "SELECT id, subject FROM opinion WHERE consultation = ?1 AND no = ?2 AND to_leaf IS NULL", SQL_ARGS(sql_int(session), sql_int(no)), &rows,
                  err))
        return false;
    if (sql_next(&rows)) {
        *id = sql_number(&rows, 0);
        *subject = arena_copy(arena, sql_slice(&rows, 1));
    }
    return sql_done(&rows, err);
}

bool consult_opinion_count(struct sql *sql, int64_t session, int *count, struct err *err)
{
    return one_count(sql, "SELECT COUNT(*) FROM opinion WHERE consultation = ?1 AND state NOT IN ('declined', 'withdrawn') AND to_leaf IS NULL", session, count,
                     err);
}

/* --- the map --- */

static int index_of(const char *list, struct slice code)
{
    const struct choice_list *choices = choice_list_get(list);

    for (size_t i = 0; i < choices->count; i++)
        if (slice_is(code, choices->choices[i].code))
            return (int)i;
    return -1;
}

bool opinion_counts(const struct record *opinion)
{
    return !opinion_is(opinion, OPINION_DECLINED) && !opinion_is(opinion, OPINION_WITHDRAWN);
}

static bool visits_read(struct sql *sql, int64_t session, struct consult_map *map, struct err *err)
{
    struct sql_rows rows;

    if (!sql_rows(sql, "SELECT obstacle, pillar, COUNT(*) FROM consult_visit WHERE matter = ?1 AND to_leaf IS NULL GROUP BY obstacle, pillar",
                  SQL_ARGS(sql_int(session)), &rows, err))
        return false;
    while (sql_next(&rows)) {
        int obstacle = index_of("obstacle", sql_slice(&rows, 0)), pillar = index_of("pillar", sql_slice(&rows, 1));

        if (obstacle >= 0 && pillar >= 0)
            map->visits[obstacle][pillar] = (int)sql_number(&rows, 2);
    }
    return sql_done(&rows, err);
}

bool consult_map(struct sql *sql, int64_t session, const struct record *opinions, size_t count, struct consult_map *map, struct err *err)
{
    *map = (struct consult_map){0};
    for (size_t i = 0; i < count; i++) {
        int obstacle = index_of("obstacle", matter_text(&opinions[i], OPINION_OBSTACLE)), pillar = index_of("pillar", matter_text(&opinions[i], OPINION_PILLAR));
        int side = index_of("side", matter_text(&opinions[i], OPINION_CONCERNS));

        if (obstacle >= 0 && pillar >= 0 && side >= 0 && opinion_counts(&opinions[i]))
            map->spoken += map->opinions[obstacle][pillar][side]++ == 0;
    }
    return visits_read(sql, session, map, err);
}

/* --- how it went --- */

/* Of each opinion the newest reply that was rated, of a session or of a unit. */
#define NEWEST_RATED(of)                                                                                                             \
    "SELECT r.rating, COUNT(*) FROM opinion_reply r JOIN opinion o ON o.id = r.matter AND o.to_leaf IS NULL WHERE " of " = ?1"         \
    " AND r.to_leaf IS NULL AND r.rating IS NOT NULL AND r.no = (SELECT MAX(n.no) FROM opinion_reply n WHERE n.matter = r.matter AND n.to_leaf IS NULL" \
    " AND n.rating IS NOT NULL) GROUP BY r.rating"

static bool ratings_read(struct sql *sql, const char *statement, int64_t of, struct consult_ratings *ratings, struct err *err)
{
    struct sql_rows rows;

    *ratings = (struct consult_ratings){0};
    if (!sql_rows(sql, statement, SQL_ARGS(sql_int(of)), &rows, err))
        return false;
    while (sql_next(&rows)) {
        struct slice rating = sql_slice(&rows, 0);
        int *into = slice_is(rating, "satisfied") ? &ratings->satisfied : slice_is(rating, "basically") ? &ratings->basically : &ratings->unsatisfied;

        *into = (int)sql_number(&rows, 1);
    }
    return sql_done(&rows, err);
}

bool consult_unit_ratings(struct sql *sql, int64_t unit, struct consult_ratings *ratings, struct err *err)
{
    return ratings_read(sql, NEWEST_RATED("o.unit"), unit, ratings, err);
}

/* The day of the first reply since each was handed over: what is answered again when its plan falls due was in time all the same. */
struct first_reply { int64_t opinion; int32_t day; };

static bool replies_read(struct sql *sql, int64_t session, struct first_reply *list, size_t *count, struct err *err)
{
    static const char firsts[] =
        "SELECT r.matter, MIN(r.entered_on) FROM opinion_reply r JOIN opinion o ON o.id = r.matter AND o.to_leaf IS NULL WHERE o.consultation = ?1"
        " AND r.to_leaf IS NULL AND r.entered_on >= o.handed_on GROUP BY r.matter ORDER BY r.matter";
    struct sql_rows rows;

    *count = 0;
    if (!sql_rows(sql, firsts, SQL_ARGS(sql_int(session)), &rows, err))
        return false;
    while (*count < CONSULT_OPINIONS && sql_next(&rows)) {
        struct first_reply *first = &list[(*count)++];

        *first = (struct first_reply){.opinion = sql_number(&rows, 0)};
        if (!day_parse(sql_slice(&rows, 1), &first->day))
            first->day = 0;
    }
    return sql_done(&rows, err);
}

static int32_t replied_on(const struct first_reply *list, size_t count, int64_t opinion)
{
    size_t from = 0;

    while (count) {
        size_t half = count / 2;

        if (list[from + half].opinion < opinion) {
            from += half + 1;
            count -= half + 1;
        } else if (list[from + half].opinion == opinion)
            return list[from + half].day;
        else
            count = half;
    }
    return 0;
}

static void opinion_add(const struct record *opinion, int32_t replied, int32_t today, struct consult_figures *figures)
{
    int32_t extended = matter_day(opinion, OPINION_EXTENDED_TO), by = extended ? extended : matter_day(opinion, OPINION_REPLY_BY);
    struct slice conclusion = matter_text(opinion, OPINION_CONCLUSION);

    if (!opinion_counts(opinion))
        return;
    figures->opinions++;
    figures->merged += matter_known(opinion, OPINION_LEAD);
    figures->handed += matter_known(opinion, OPINION_HANDED_ON);
    figures->replied += replied != 0;
    figures->in_time += replied && by && replied <= by;
    figures->late += by && (replied ? replied > by : today > by);
    figures->done += slice_is(conclusion, "done");
    figures->planned += slice_is(conclusion, "planned");
    figures->impossible += slice_is(conclusion, "impossible");
}

bool consult_figures(struct sql *sql, int64_t session, const struct record *opinions, size_t count, int32_t today, struct consult_figures *figures,
                     struct err *err)
{
    struct consult_ratings ratings;
    struct first_reply *firsts;
    struct arena arena;
    size_t replied;
    bool ok;

    arena_init(&arena);
    firsts = arena_alloc(&arena, CONSULT_OPINIONS * sizeof *firsts);
    *figures = (struct consult_figures){0};
    ok = replies_read(sql, session, firsts, &replied, err) && ratings_read(sql, NEWEST_RATED("o.consultation"), session, &ratings, err);
    for (size_t i = 0; ok && i < count; i++)
        opinion_add(&opinions[i], replied_on(firsts, replied, opinions[i].id), today, figures);
    arena_release(&arena);
    if (!ok)
        return false;
    figures->satisfied = ratings.satisfied;
    figures->basically = ratings.basically;
    figures->unsatisfied = ratings.unsatisfied;
    return one_count(sql, "SELECT COUNT(DISTINCT person) FROM consult_seat WHERE matter = ?1 AND left_on IS NULL AND to_leaf IS NULL", session,
                     &figures->members, err)
           && one_count(sql,
                        "SELECT COUNT(DISTINCT s.person) FROM consult_seat s WHERE s.matter = ?1 AND s.to_leaf IS NULL AND (EXISTS (SELECT 1 FROM opinion o"
                        " WHERE o.consultation = s.matter AND o.member = s.person AND o.to_leaf IS NULL AND o.state NOT IN ('declined', 'withdrawn'))"
                        " OR EXISTS (SELECT 1 FROM opinion_cosign c JOIN opinion o ON o.id = c.matter AND o.to_leaf IS NULL WHERE o.consultation = s.matter"
                        " AND c.person = s.person AND c.left_on IS NULL AND c.to_leaf IS NULL))",
                        session, &figures->spoken_members, err);
}

/* --- a member's record --- */

/* sort, day, session, opinion, what it is about, what was said, how it stands. */
static const char deeds[] =
    "SELECT 0, s.entered_on, s.matter, 0, c.title, '', c.state FROM consult_seat s JOIN consultation c ON c.id = s.matter AND c.to_leaf IS NULL"
    " WHERE s.person = ?1 AND s.to_leaf IS NULL"
    " UNION ALL SELECT 1, v.day, v.matter, 0, v.place, v.found, '' FROM consult_visit v WHERE v.by_member = ?1 AND v.to_leaf IS NULL"
    " UNION ALL SELECT 2, (SELECT f.since FROM opinion f WHERE f.id = o.id AND f.ver = 1), o.consultation, o.id, o.subject, o.proposal, o.state"
    " FROM opinion o WHERE o.member = ?1 AND o.to_leaf IS NULL"
    " UNION ALL SELECT 3, k.entered_on, o.consultation, o.id, o.subject, COALESCE(k.note, ''), o.state FROM opinion_cosign k"
    " JOIN opinion o ON o.id = k.matter AND o.to_leaf IS NULL WHERE k.person = ?1 AND k.left_on IS NULL AND k.to_leaf IS NULL"
    " ORDER BY 2, 1, 4 LIMIT ?2";

bool consult_deeds(struct sql *sql, int64_t person, struct arena *arena, struct deed *list, size_t most, size_t *count, struct err *err)
{
    struct sql_rows rows;

    *count = 0;
    if (!sql_rows(sql, deeds, SQL_ARGS(sql_int(person), sql_int((int64_t)most)), &rows, err))
        return false;
    while (sql_next(&rows)) {
        struct deed *deed = &list[(*count)++];
        struct slice day = sql_slice(&rows, 1);

        *deed = (struct deed){.sort = (enum deed_sort)sql_number(&rows, 0), .session = sql_number(&rows, 2), .opinion = sql_number(&rows, 3)};
        snprintf(deed->day, sizeof deed->day, "%.*s", (int)day.len, day.at);
        deed->title = arena_copy(arena, sql_slice(&rows, 4));
        deed->what = arena_copy(arena, sql_slice(&rows, 5));
        deed->state = arena_copy(arena, sql_slice(&rows, 6));
    }
    return sql_done(&rows, err);
}
