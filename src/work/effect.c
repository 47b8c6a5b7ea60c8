#include "work/effect.h"

#include "work/matter.h"
#include "work/steer.h"

enum { YEAR = 365, TASKS_MOST = 60, MEASURED_MOST = 100 };

static char *opinions_text;

void effect_start(void)
{
    if (!opinions_text)
        opinions_text = record_select(&kind_opinion, "id IN (SELECT matter FROM opinion_reply WHERE measured = ?1 AND to_leaf IS NULL) AND to_leaf IS NULL"
                                                     " ORDER BY id DESC LIMIT ?2");
}

bool effect_opinions(struct sql *sql, struct slice code, size_t most, struct arena *arena, struct record **list, size_t *count, struct err *err)
{
    *list = arena_alloc(arena, most * sizeof **list);
    return record_rows(sql, &kind_opinion, opinions_text, SQL_ARGS(sql_text(code), sql_int((int64_t)most)), most, arena, *list, count, err);
}

static bool figure_between(struct sql *sql, const struct indicator *indicator, int32_t from, int32_t to, struct figure *figure, struct err *err)
{
    struct figure_ask ask = {.from = from, .to = to, .as_of = INDICATOR_NOW};

    return indicator_figure(sql, indicator, &ask, figure, err);
}

static bool effect_weigh(struct sql *sql, const struct indicators *set, int32_t today, struct effect *effect, struct err *err)
{
    int64_t moved;

    effect->indicator = indicator_on(set, effect->code, today);
    if (!effect->indicator)
        return true;
    if (!figure_between(sql, effect->indicator, effect->before, effect->since - 1, &effect->was, err)
        || !figure_between(sql, effect->indicator, effect->until - (effect->since - effect->before) + 1, effect->until, &effect->is, err))
        return false;
    moved = effect->is.number - effect->was.number;
    effect->better = effect->is.known && effect->was.known && (effect->indicator->less ? moved < 0 : moved > 0);
    effect->worse = effect->is.known && effect->was.known && moved != 0 && !effect->better;
    return true;
}

static void code_add(struct effect list[EFFECTS_MOST], size_t *count, struct slice code)
{
    code = slice_trim(code);
    for (size_t i = 0; i < *count; i++)
        if (slice_same(list[i].code, code))
            return;
    if (code.len && *count < EFFECTS_MOST)
        list[(*count)++] = (struct effect){.code = code};
}

struct replies {
    struct record *list;
    size_t count;
};

static bool replies_read(struct sql *sql, int64_t opinion, struct arena *arena, struct replies *replies, struct err *err)
{
    return matter_entries(sql, &kind_opinion_reply, opinion, MATTER_ENTRY_ROWS, arena, &replies->list, &replies->count, err);
}

static bool task_codes(struct sql *sql, int64_t opinion, const struct actor *actor, struct arena *arena, struct effect list[EFFECTS_MOST], size_t *count,
                       struct err *err)
{
    struct record *tasks;
    size_t found;

    if (!tasks_of(sql, &kind_opinion, opinion, TASKS_MOST, arena, &tasks, &found, err))
        return false;
    for (size_t i = 0; i < found; i++) {
        enum matter_sight sight;
        unsigned sides;

        if (!matter_known(&tasks[i], TASK_INDICATOR))
            continue;
        if (!matter_sight(sql, &sort_task, &tasks[i], actor, &sides, &sight, err))
            return false;
        if (sight == SIGHT_ALL)
            code_add(list, count, matter_text(&tasks[i], TASK_INDICATOR));
    }
    return true;
}

/* Its last reply says what it is to be measured by. */
static bool effects_of(struct sql *sql, const struct indicators *set, const struct record *opinion, const struct replies *replies, const struct actor *actor,
                       int32_t today, struct arena *arena, struct effect list[EFFECTS_MOST], size_t *count, struct err *err)
{
    int32_t since, days;

    *count = 0;
    if (!matter_known(opinion, OPINION_HANDED_ON))
        return true;
    since = matter_day(opinion, OPINION_HANDED_ON);
    days = today - since + 1 < YEAR ? today - since + 1 : YEAR;
    if (days < 1)
        return true;
    if (replies->count)
        code_add(list, count, matter_text(&replies->list[replies->count - 1], OPINION_REPLY_MEASURED));
    if (!task_codes(sql, opinion->id, actor, arena, list, count, err))
        return false;
    for (size_t i = 0; i < *count; i++) {
        list[i].since = since;
        list[i].until = today;
        list[i].before = since - days;
        if (!effect_weigh(sql, set, today, &list[i], err))
            return false;
    }
    return true;
}

bool effects_find(struct sql *sql, const struct indicators *set, const struct record *opinion, const struct actor *actor, int32_t today, struct arena *arena,
                  struct effect list[EFFECTS_MOST], size_t *count, struct err *err)
{
    struct replies replies;

    *count = 0;
    return replies_read(sql, opinion->id, arena, &replies, err) && effects_of(sql, set, opinion, &replies, actor, today, arena, list, count, err);
}

/* By the newest rating that stands. */
static bool is_satisfied(const struct replies *replies)
{
    for (size_t i = replies->count; i-- > 0;)
        if (matter_known(&replies->list[i], OPINION_REPLY_RATING))
            return slice_is(matter_text(&replies->list[i], OPINION_REPLY_RATING), "satisfied");
    return false;
}

bool effects_count(struct sql *sql, const struct indicators *set, const struct record *opinions, size_t opinion_count, const struct actor *actor, int32_t today,
                   struct arena *arena, struct effect_tally *tally, struct err *err)
{
    *tally = (struct effect_tally){0};
    for (size_t i = 0; i < opinion_count && tally->measured < MEASURED_MOST; i++) {
        struct effect list[EFFECTS_MOST];
        struct replies replies;
        bool better = false;
        size_t count;

        if (!matter_known(&opinions[i], OPINION_HANDED_ON))
            continue;
        if (!replies_read(sql, opinions[i].id, arena, &replies, err)
            || !effects_of(sql, set, &opinions[i], &replies, actor, today, arena, list, &count, err))
            return false;
        for (size_t j = 0; j < count; j++)
            better |= list[j].better;
        tally->measured += count > 0;
        tally->better += better;
        tally->unmoved += count > 0 && !better && is_satisfied(&replies);
    }
    return true;
}
