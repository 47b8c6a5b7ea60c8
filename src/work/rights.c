#include "work/rights.h"

#include "base/clock.h"
#include "work/deal_int.h"

struct reading {
    struct sql *sql;
    const struct law *law;
    const struct actor *actor;
    int32_t today;
    struct arena *arena;
    struct rights *rights;
};

static bool ids_read(const struct reading *reading, const char *statement, int64_t first, struct slice second, int64_t *ids,
                     size_t *count, struct err *err)
{
    struct sql_rows rows;

    *count = 0;
    if (!sql_rows(reading->sql, statement, SQL_ARGS(sql_int(first), sql_text(second), sql_int(RIGHTS_MOST)), &rows, err))
        return false;
    while (*count < RIGHTS_MOST && sql_next(&rows))
        ids[(*count)++] = sql_number(&rows, 0);
    return sql_done(&rows, err);
}

/* --- what he disclosed --- */

static const char disclosed[] =
    "SELECT id FROM achievement WHERE author = ?1 AND ver = 1 AND ?2 = '' ORDER BY id DESC LIMIT ?3";

/* As rules on a year without transfer ask for it; what only the unit knows stays unknown, and the answer says so. */
static bool ripens(const struct reading *reading, const struct deal_file *file, struct rights_achievement *line, struct err *err)
{
    struct fact *facts, more[2];
    size_t count;

    line->rule = rule_find(reading->law->book, "R08", file->region, reading->today);
    if (!line->rule)
        return true;
    if (!deal_facts(reading->law, file, reading->arena, &facts, &count, err))
        return false;
    more[0] = (struct fact){.name = "achievement_registered", .kind = FACT_DAY, .known = true, .value = line->registered};
    more[1] = (struct fact){.name = "implemented", .kind = FACT_YES, .known = true, .value = line->deal != 0};
    memcpy(&facts[count], more, sizeof more); /* deal_facts leaves room */
    return rule_ask(reading->law->book, line->rule, facts, count + 2, reading->arena, &line->answer, err);
}

static bool achievement_read(const struct reading *reading, int64_t id, struct err *err)
{
    struct rights_achievement *line = &reading->rights->achievements[reading->rights->achievement_count];
    struct deal_file file = {.today = reading->today};
    struct record first;
    size_t deals;

    *line = (struct rights_achievement){.pier = SLICE("")};
    if (!record_get(reading->sql, &kind_achievement, id, reading->arena, &line->record, err)
        || !record_version(reading->sql, &kind_achievement, id, 1, reading->arena, &first, err)
        || !deal_of_achievement(reading->sql, id, 0, &line->deal, 1, &deals, err))
        return false;
    if (line->record.owner != reading->actor->party || line->record.status == RECORD_CLOSED)
        return true;
    line->registered = day_of_ms(first.valid_from);
    line->deal = deals ? line->deal : 0;
    if (line->deal) {
        if (!record_get(reading->sql, &kind_deal, line->deal, reading->arena, &file.deal, err))
            return false;
        line->pier = paper_text(&file.deal, DEAL_PIER);
    }
    file.achievement = line->record;
    if (!record_get(reading->sql, &kind_party, line->record.owner, reading->arena, &file.unit, err))
        return false;
    file.region = deal_region(&file);
    reading->rights->achievement_count++;
    return ripens(reading, &file, line, err);
}

/* --- his lines in titles and teams --- */

static const char in_titles[] =
    "SELECT id FROM title WHERE owner = ?1 AND to_leaf IS NULL AND holders LIKE ?2 ORDER BY id DESC LIMIT ?3";
static const char in_teams[] =
    "SELECT id FROM award WHERE owner = ?1 AND to_leaf IS NULL AND team LIKE ?2 ORDER BY id DESC LIMIT ?3";

/* LIKE may find #12 in #123: the line is read. *at: which line. */
static bool line_of(struct slice lines, int64_t person, struct member *member, size_t *at)
{
    struct slice line;
    struct err ignored;

    for (*at = 0; slice_cut(&lines, '\n', &line); ++*at)
        if (member_read(line, member, &ignored) && member->person == person)
            return true;
    return false;
}

static struct slice line_at(struct slice lines, size_t at)
{
    struct slice line = SLICE("");

    for (size_t i = 0; i <= at; i++)
        if (!slice_cut(&lines, '\n', &line))
            return SLICE("");
    return line;
}

static bool title_read(const struct reading *reading, int64_t id, struct err *err)
{
    struct rights_share *share = &reading->rights->titles[reading->rights->title_count];
    struct member member;
    struct record title, deal;
    size_t at;

    if (!record_get(reading->sql, &kind_title, id, reading->arena, &title, err)
        || !record_get(reading->sql, &kind_deal, paper_number(&title, PAPER_DEAL), reading->arena, &deal, err))
        return false;
    if (!line_of(paper_text(&title, TITLE_HOLDERS), reading->actor->person, &member, &at))
        return true;
    *share = (struct rights_share){.deal = deal.id, .title = paper_text(&deal, DEAL_TITLE), .share = member.share,
                                   .decided = paper_day(&title, TITLE_AGREED_ON)};
    reading->rights->title_count++;
    return true;
}

/* The earliest day that a rule in force for the deal gives for paying out. */
static bool due_read(const struct reading *reading, const struct deal_file *file, struct rights_share *share, struct err *err)
{
    static const char *const rules[] = {"R25", "R40"};
    struct fact *facts;
    size_t count;

    if (!deal_facts(reading->law, file, reading->arena, &facts, &count, err))
        return false;
    for (size_t r = 0; r < sizeof rules / sizeof *rules; r++) {
        const struct rule *rule = rule_find(reading->law->book, rules[r], file->region, reading->today);
        struct answer answer;

        if (!rule)
            continue;
        if (!rule_ask(reading->law->book, rule, facts, count, reading->arena, &answer, err))
            return false;
        for (size_t i = 0; answer.verdict != RULE_NOT_APPLICABLE && i < rule->result_count; i++)
            if (strcmp(rule->results[i].name, "pay_by") == 0 && answer.results[i].value.known
                && (!share->due || answer.results[i].value.number < share->due)) {
                share->due = (int32_t)answer.results[i].value.number;
                share->due_rule = rule;
            }
    }
    return true;
}

static bool award_read(const struct reading *reading, int64_t id, struct err *err)
{
    struct rights_share *share = &reading->rights->awards[reading->rights->award_count];
    struct deal_file file;
    struct member member;
    struct record award;
    size_t at;

    if (!record_get(reading->sql, &kind_award, id, reading->arena, &award, err))
        return false;
    if (!line_of(paper_text(&award, AWARD_TEAM), reading->actor->person, &member, &at))
        return true;
    if (!deal_load(reading->sql, paper_number(&award, PAPER_DEAL), reading->today, reading->arena, &file, err))
        return false;
    *share = (struct rights_share){.deal = file.deal.id, .title = paper_text(&file.deal, DEAL_TITLE), .share = member.share,
                                   .fen = award_fen(line_at(paper_text(&award, AWARD_SHARES), at)),
                                   .decided = paper_day(&award, AWARD_DECIDED_ON), .paid = paper_day(&award, AWARD_PAID_ON)};
    *(share->paid ? &reading->rights->paid : &reading->rights->open) += share->fen;
    reading->rights->award_count++;
    return share->paid || due_read(reading, &file, share, err);
}

static bool each(const struct reading *reading, const char *statement, int64_t first, struct slice second,
                 bool (*read)(const struct reading *reading, int64_t id, struct err *err), struct err *err)
{
    int64_t ids[RIGHTS_MOST];
    size_t count;
    bool ok = ids_read(reading, statement, first, second, ids, &count, err);

    for (size_t i = 0; ok && i < count; i++)
        ok = read(reading, ids[i], err);
    return ok;
}

bool rights_of(struct sql *sql, const struct law *law, const struct actor *actor, int32_t today, struct arena *arena,
               struct rights *rights, struct err *err)
{
    const struct reading reading = {sql, law, actor, today, arena, rights};
    struct slice mark = slice_of(arena_print(arena, "%%#%lld%%", (long long)actor->person));

    memset(rights, 0, sizeof *rights);
    if (!each(&reading, disclosed, actor->account, SLICE(""), achievement_read, err))
        return false;
    return !actor->person
           || (each(&reading, in_titles, actor->party, mark, title_read, err)
               && each(&reading, in_teams, actor->party, mark, award_read, err));
}
