/* What became of a pair: said by those who were part of it, seen by those who may, kept with its history, held against its leaves. */
#include "city_people.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/text.h"
#include "work/feedback_export.h"

struct fair {
    struct town town;
    int64_t ours, theirs, need, hidden, achievement, second, closed, policy;
    struct actor member, admin, institute, researcher, colleague, committee, third, officer, elsewhere, auditor;
    struct arena arena;
    struct feedback_order order;
    struct err err;
    char request[24];
};

static void actor_with(struct town *town, const char *login, int64_t party, enum role role, int64_t division, struct actor *actor)
{
    int64_t account = town_account(town, login, party, town_password);

    town_grant(town, account, role, division ? SCOPE_DIVISION : SCOPE_ALL, division);
    town_actor(town, account, actor);
}

static int64_t put(struct fair *fair, const struct actor *actor, const struct kind *kind, int64_t owner, const char *const *typed)
{
    struct submission submission;

    town_submission(&fair->town, &submission, kind, actor);
    submission.record.owner = owner;
    assert_done(town_submit(&fair->town, actor, &submission, typed, &fair->err), fair->err);
    return submission.id;
}

static int64_t need_put(struct fair *fair, const char *title, const char *hidden)
{
    const char *typed[] = {"title", title, "now", "含沙介质里轴承三千小时就坏,停机两天", "hidden", hidden, "alias", "某泵业企业", NULL};

    return put(fair, NULL, &kind_need, fair->ours, typed);
}

static int64_t achievement_put(struct fair *fair, const struct actor *actor, const char *title)
{
    const char *typed[] = {"title", title, "abstract", "用于含沙介质的离心泵,轴承寿命由三千小时提高到八千小时。", NULL};

    return put(fair, actor, &kind_achievement, fair->theirs, typed);
}

static void close_record(struct fair *fair, const struct kind *kind, int64_t id)
{
    struct submission submission;

    town_submission(&fair->town, &submission, kind, NULL);
    submission.verb = SUBMIT_CLOSE;
    submission.record.id = id;
    assert_done(store_write(fair->town.store, submission.request_id, submit_step, &submission, &fair->err), fair->err);
}

static void people_make(struct fair *fair)
{
    struct town *town = &fair->town;

    actor_with(town, "member", fair->ours, ROLE_MEMBER, 0, &fair->member);
    actor_with(town, "admin", fair->ours, ROLE_UNIT_ADMIN, 0, &fair->admin);
    actor_with(town, "institute", fair->theirs, ROLE_MEMBER, 0, &fair->institute);
    actor_with(town, "researcher", fair->theirs, ROLE_RESEARCHER, 0, &fair->researcher);
    actor_with(town, "colleague", fair->theirs, ROLE_RESEARCHER, 0, &fair->colleague);
    actor_with(town, "committee", fair->ours, ROLE_COMMITTEE, 0, &fair->committee);
    actor_with(town, "third", town_party(town, "兰州某学院", "620102"), ROLE_MEMBER, 0, &fair->third);
    actor_with(town, "officer", 0, ROLE_CITY_OFFICER, 620100, &fair->officer);
    actor_with(town, "elsewhere", 0, ROLE_COUNTY_OFFICER, 620502, &fair->elsewhere);
    actor_with(town, "auditor", 0, ROLE_AUDITOR, 0, &fair->auditor);
}

static struct fair *fair_open(void **state)
{
    static const char *const policy[] = {"title", "示例补助", "gives", "按技术交易额给予补助。", "basis", "示例〔2026〕1号", NULL};
    struct fair *fair = calloc(1, sizeof *fair);

    town_open(&fair->town, state);
    arena_init(&fair->arena);
    fair->ours = town_party(&fair->town, "兰州某泵业", "620102");
    fair->theirs = town_party(&fair->town, "合作某研究所", "623001");
    people_make(fair);
    fair->need = need_put(fair, "含沙介质泵轴承", "0");
    fair->hidden = need_put(fair, "含沙介质泵轴承，隐名", "1");
    fair->achievement = achievement_put(fair, &fair->researcher, "耐磨离心泵轴承");
    fair->second = achievement_put(fair, NULL, "自润滑轴承");
    fair->closed = achievement_put(fair, NULL, "撤下的轴承");
    fair->policy = put(fair, NULL, &kind_policy, 0, policy);
    close_record(fair, &kind_achievement, fair->closed);
    return fair;
}

static void fair_close(struct fair *fair)
{
    arena_release(&fair->arena);
    town_close(&fair->town);
    free(fair);
}

/* --- saying --- */

static void begin(struct fair *fair, const struct actor *actor, int64_t need, int64_t achievement)
{
    feedback_order_init(&fair->order, actor, town_request(&fair->town, fair->request));
    fair->order.kind = &kind_need;
    fair->order.record = need;
    fair->order.other_kind = &kind_achievement;
    fair->order.other = achievement;
    fair->order.outcome = fair->order.reason = fair->order.note = SLICE("");
}

static bool send(struct fair *fair)
{
    err_clear(&fair->err);
    return store_write(fair->town.store, fair->order.request_id, feedback_say_step, &fair->order, &fair->err) == STORE_DONE;
}

static bool says(struct fair *fair, const struct actor *actor, int64_t need, const char *outcome, const char *reason)
{
    begin(fair, actor, need, fair->achievement);
    fair->order.outcome = slice_of(outcome);
    fair->order.reason = slice_of(reason);
    return send(fair);
}

#define assert_said(said) do { if (!(said)) fail_msg("refused: %s %s", fair->err.message, fair->err.hint); } while (0)
#define assert_refused(said, why) do { assert_false(said); assert_int_equal(fair->err.code, why); } while (0)

/* --- looking --- */

static size_t list_of(struct fair *fair, int64_t record, struct feedback **list)
{
    struct sql *sql = town_look(&fair->town);
    size_t count;

    if (!feedback_of_record(sql, record, &fair->arena, list, &count, &fair->err))
        fail_msg("%s", fair->err.message);
    store_read_end(fair->town.store, sql);
    return count;
}

/* What the actor sees of the only thing said about the need. */
static enum feedback_sight sees(struct fair *fair, const struct actor *actor, int64_t need)
{
    struct feedback *list;
    static struct feedback_pair pair;
    struct record asks, answers;
    enum feedback_sight sight;
    struct sql *sql;

    assert_int_equal(list_of(fair, need, &list), 1);
    sql = town_look(&fair->town);
    assert_true(record_get(sql, &kind_need, need, &fair->arena, &asks, &fair->err)
                && record_get(sql, &kind_achievement, fair->achievement, &fair->arena, &answers, &fair->err)
                && feedback_pair_of(sql, actor, &answers, &asks, &pair, &fair->err));
    sight = feedback_sight(actor, &pair, &list[0]);
    store_read_end(fair->town.store, sql);
    return sight;
}

static void who_is_part_of_the_pair_says_it_and_nobody_else(void **state)
{
    struct fair *fair = fair_open(state);
    const struct actor visitor = {0};

    assert_said(says(fair, &fair->member, fair->need, "contacted", ""));
    assert_said(says(fair, &fair->institute, fair->need, "talks", ""));
    assert_said(says(fair, &fair->researcher, fair->need, "signed", ""));
    assert_said(says(fair, &fair->officer, fair->need, "refused", "field"));
    assert_refused(says(fair, &fair->colleague, fair->need, "contacted", ""), ERR_DENIED);
    assert_refused(says(fair, &fair->committee, fair->need, "contacted", ""), ERR_DENIED);
    assert_refused(says(fair, &fair->third, fair->need, "contacted", ""), ERR_DENIED);
    assert_refused(says(fair, &fair->elsewhere, fair->need, "contacted", ""), ERR_DENIED);
    assert_refused(says(fair, &fair->auditor, fair->need, "contacted", ""), ERR_DENIED);
    assert_refused(says(fair, &fair->town.program, fair->need, "contacted", ""), ERR_DENIED);
    assert_refused(says(fair, &visitor, fair->need, "contacted", ""), ERR_SIGN_IN);
    fair_close(fair);
}

static void one_row_a_voice_kept_as_versions(void **state)
{
    struct feedback *list;
    struct fair *fair = fair_open(state);
    struct sql *sql;
    size_t count;

    assert_said(says(fair, &fair->member, fair->need, "contacted", ""));
    assert_said(says(fair, &fair->admin, fair->need, "refused", "price"));
    assert_int_equal(fair->order.said_ver, 2);
    assert_said(says(fair, &fair->institute, fair->need, "talks", ""));
    assert_said(says(fair, &fair->officer, fair->need, "contacted", ""));
    assert_int_equal(list_of(fair, fair->need, &list), 3);
    assert_int_equal(list_of(fair, fair->achievement, &list), 3);
    assert_string_equal(list[0].voice.office, "city_officer");
    assert_int_equal(list[0].voice.scope, 620100);
    assert_int_equal(list[1].voice.side, FEEDBACK_ANSWERS);
    assert_int_equal(list[2].voice.party, fair->ours);
    assert_true(list[2].asks == fair->need && list[2].answers == fair->achievement && list[2].asks_ver == 1);
    sql = town_look(&fair->town);
    assert_true(feedback_versions(sql, list[2].id, &fair->arena, &list, &count, &fair->err));
    store_read_end(fair->town.store, sql);
    assert_int_equal(count, 2);
    assert_true(slice_is(list[0].reason, "price") && slice_is(list[1].outcome, "contacted"));
    assert_true(list[0].author == fair->admin.account && list[1].author == fair->member.account);
    fair_close(fair);
}

static void from_either_page_it_is_the_same_pair(void **state)
{
    struct feedback *list;
    struct fair *fair = fair_open(state);

    assert_said(says(fair, &fair->member, fair->need, "contacted", ""));
    begin(fair, &fair->member, fair->need, fair->achievement);
    fair->order.kind = &kind_achievement;
    fair->order.record = fair->achievement;
    fair->order.other_kind = &kind_need;
    fair->order.other = fair->need;
    fair->order.outcome = SLICE("signed");
    assert_said(send(fair));
    assert_int_equal(list_of(fair, fair->need, &list), 1);
    assert_true(slice_is(list[0].outcome, "signed") && list[0].ver == 2);
    fair_close(fair);
}

static void a_no_has_its_reason(void **state)
{
    struct fair *fair = fair_open(state);

    assert_refused(says(fair, &fair->member, fair->need, "refused", ""), ERR_INVALID);
    assert_string_equal(fair->err.field, "reason");
    assert_refused(says(fair, &fair->member, fair->need, "refused", "whim"), ERR_INVALID);
    assert_refused(says(fair, &fair->member, fair->need, "contacted", "price"), ERR_INVALID);
    assert_refused(says(fair, &fair->member, fair->need, "", ""), ERR_INVALID);
    assert_string_equal(fair->err.field, "outcome");
    assert_refused(says(fair, &fair->member, fair->need, "refused", "other"), ERR_INVALID);
    assert_string_equal(fair->err.field, "note");
    assert_refused(says(fair, &fair->member, fair->need, "withdrawn", ""), ERR_INVALID);
    assert_said(says(fair, &fair->member, fair->need, "不合适", "成熟度不够"));
    assert_said(says(fair, &fair->member, fair->need, "withdrawn", ""));
    fair_close(fair);
}

static void of_what_is_not_for_him_nothing_is_told(void **state)
{
    struct fair *fair = fair_open(state);

    begin(fair, &fair->member, fair->need, fair->closed);
    fair->order.outcome = SLICE("contacted");
    assert_refused(send(fair), ERR_MISSING);
    begin(fair, &fair->member, fair->need, 4711);
    fair->order.outcome = SLICE("contacted");
    assert_refused(send(fair), ERR_MISSING);
    begin(fair, &fair->member, fair->need, fair->hidden);
    fair->order.other_kind = &kind_need;
    fair->order.outcome = SLICE("contacted");
    assert_refused(send(fair), ERR_INVALID);
    close_record(fair, &kind_need, fair->need);
    assert_said(says(fair, &fair->member, fair->need, "signed", "")); /* a need that is met is closed, by whoever closes it */
    assert_refused(says(fair, &fair->institute, fair->need, "signed", ""), ERR_MISSING);
    fair_close(fair);
}

static void sent_twice_is_said_once(void **state)
{
    struct feedback *list;
    struct fair *fair = fair_open(state);
    int64_t leaves;

    assert_said(says(fair, &fair->member, fair->need, "contacted", ""));
    leaves = town_number(&fair->town, "SELECT next FROM ledger_head");
    assert_said(send(fair));
    assert_int_equal(fair->order.said_ver, 1);
    fair->order.outcome = SLICE("signed");
    assert_refused(send(fair), ERR_CONFLICT);
    assert_said(says(fair, &fair->admin, fair->need, "contacted", ""));
    assert_true(fair->order.same);
    assert_int_equal(town_number(&fair->town, "SELECT next FROM ledger_head"), leaves);
    begin(fair, &fair->member, fair->need, fair->achievement);
    fair->order.outcome = SLICE("talks");
    fair->order.ver = 0;
    assert_refused(send(fair), ERR_CONFLICT); /* a colleague was faster */
    fair->order.ver = 1;
    assert_said(send(fair));
    assert_int_equal(list_of(fair, fair->need, &list), 1);
    fair_close(fair);
}

static void who_sees_what_was_said(void **state)
{
    struct fair *fair = fair_open(state);

    assert_said(says(fair, &fair->member, fair->need, "contacted", ""));
    assert_int_equal(sees(fair, &fair->admin, fair->need), FEEDBACK_WHOLE);
    assert_int_equal(sees(fair, &fair->auditor, fair->need), FEEDBACK_WHOLE);
    assert_int_equal(sees(fair, &fair->officer, fair->need), FEEDBACK_OUTCOME);
    assert_int_equal(sees(fair, &fair->elsewhere, fair->need), FEEDBACK_NOTHING);
    assert_int_equal(sees(fair, &fair->institute, fair->need), FEEDBACK_NOTHING);
    assert_int_equal(sees(fair, &fair->third, fair->need), FEEDBACK_NOTHING);
    assert_int_equal(sees(fair, &fair->committee, fair->need), FEEDBACK_NOTHING);
    begin(fair, &fair->member, fair->need, fair->achievement);
    fair->order.outcome = SLICE("talks");
    fair->order.shared = true;
    assert_said(send(fair));
    assert_int_equal(sees(fair, &fair->institute, fair->need), FEEDBACK_OUTCOME);
    assert_int_equal(sees(fair, &fair->colleague, fair->need), FEEDBACK_OUTCOME);
    assert_int_equal(sees(fair, &fair->third, fair->need), FEEDBACK_NOTHING);
    fair_close(fair);
}

static void a_hidden_firms_feedback_is_its_own(void **state)
{
    struct fair *fair = fair_open(state);

    begin(fair, &fair->member, fair->hidden, fair->achievement);
    fair->order.outcome = SLICE("contacted");
    fair->order.shared = true;
    assert_refused(send(fair), ERR_INVALID);
    assert_string_equal(fair->err.field, "shared");
    assert_said(says(fair, &fair->member, fair->hidden, "contacted", ""));
    assert_int_equal(sees(fair, &fair->admin, fair->hidden), FEEDBACK_WHOLE);
    assert_int_equal(sees(fair, &fair->officer, fair->hidden), FEEDBACK_NOTHING);
    assert_int_equal(sees(fair, &fair->institute, fair->hidden), FEEDBACK_NOTHING);
    fair_close(fair);
}

static bool hide_step(struct sql *sql, void *arg, struct err *err)
{
    return sql_put(sql, "UPDATE need SET hidden = 1, alias = '某厂' WHERE id = ?1", SQL_ARGS(sql_int(*(int64_t *)arg)), err);
}

static void a_firm_that_hides_later_is_hidden_at_once(void **state)
{
    struct fair *fair = fair_open(state);

    begin(fair, &fair->member, fair->need, fair->achievement);
    fair->order.outcome = SLICE("contacted");
    fair->order.shared = true;
    assert_said(send(fair));
    assert_int_equal(sees(fair, &fair->institute, fair->need), FEEDBACK_OUTCOME);
    assert_done(store_write(fair->town.store, "", hide_step, &fair->need, &fair->err), fair->err);
    assert_int_equal(sees(fair, &fair->institute, fair->need), FEEDBACK_NOTHING);
    assert_int_equal(sees(fair, &fair->officer, fair->need), FEEDBACK_NOTHING);
    fair_close(fair);
}

/* --- taking it out --- */

static void an_outcome_says_a_level_or_nothing(void **state)
{
    static const struct {
        const char *outcome, *reason;
        int level;
    } table[] = {
        {"signed", "", 4},          {"talks", "", 4},           {"contacted", "", 3},      {"refused", "maturity", 2},
        {"refused", "spec", 2},     {"refused", "field", 1},    {"refused", "price", 0},   {"refused", "time", 0},
        {"refused", "place", 0},    {"refused", "solved", 0},   {"refused", "unwilling", 0}, {"refused", "other", 0},
        {"withdrawn", "", 0},
    };

    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct feedback feedback = {.outcome = slice_of(table[i].outcome), .reason = slice_of(table[i].reason)};

        assert_int_equal(feedback_level(&feedback), table[i].level);
    }
}

static const char *const out_files[] = {"corpus.jsonl", "queries.jsonl", "qrels.tsv", "about.json"};
enum { OUT_FILES = sizeof out_files / sizeof *out_files };

static void whole_file(const char *path, struct text *all)
{
    FILE *file = fopen(path, "re");
    char part[4096];
    size_t len;

    assert_non_null(file);
    while ((len = fread(part, 1, sizeof part, file)) > 0)
        text_add(all, part, len);
    fclose(file);
}

/* All that was taken out, one file behind the other; the folder is gone again. */
static void take_out(struct fair *fair, struct feedback_tally *tally, struct text *all)
{
    char folder[] = "/tmp/tq-feedback-XXXXXX";
    struct feedback_export request = {.folder = folder};
    struct sql *sql = town_look(&fair->town);

    assert_non_null(mkdtemp(folder));
    if (!feedback_export(sql, &request, tally, &fair->err))
        fail_msg("%s", fair->err.message);
    store_read_end(fair->town.store, sql);
    for (size_t i = 0; i < OUT_FILES; i++) {
        const char *path = arena_print(&fair->arena, "%s/%s", folder, out_files[i]);

        whole_file(path, all);
        unlink(path);
    }
    assert_int_equal(rmdir(folder), 0);
}

static void edit(struct fair *fair, const struct kind *kind, int64_t id, const char *const *typed)
{
    struct submission submission;

    town_submission(&fair->town, &submission, kind, NULL);
    submission.record.id = id;
    submission.record.ver = 1;
    assert_done(town_submit(&fair->town, NULL, &submission, typed, &fair->err), fair->err);
}

static void texts_are_those_of_then_as_far_as_they_are_public_still(void **state)
{
    static const char *const open[] = {"title", "碳化硅耐磨轴承", "abstract", "从前的摘要，轴承寿命由三千小时提高到八千小时。", "detail",
                                       "从前公开的配方", "secrecy", "public", "rights", "发明专利 ZL202110123456.0 2021-01-29 有效", NULL};
    static const char *const closed[] = {"abstract", "后来的摘要，已经是另一回事了，与轴承没有关系。", "secrecy", "own", NULL};
    struct fair *fair = fair_open(state);
    struct feedback_tally tally;
    struct text all;
    int64_t achievement = put(fair, NULL, &kind_achievement, fair->theirs, open);

    text_init(&all);
    begin(fair, &fair->member, fair->hidden, achievement);
    fair->order.outcome = SLICE("contacted");
    fair->order.note = SLICE("只给自己看的话");
    assert_said(send(fair));
    edit(fair, &kind_achievement, achievement, closed);
    close_record(fair, &kind_achievement, achievement);
    take_out(fair, &tally, &all);
    assert_int_equal(tally.judgements, 1);
    assert_non_null(strstr(all.at, "从前的摘要"));
    assert_null(strstr(all.at, "后来的摘要"));   /* it is closed, and nobody said anything of it */
    assert_null(strstr(all.at, "从前公开的配方")); /* closed to the public since */
    assert_null(strstr(all.at, "只给自己看的话"));
    assert_null(strstr(all.at, "兰州某泵业"));     /* whose need it is, is hidden */
    text_release(&all);
    fair_close(fair);
}

static void each_voice_is_a_judgement_of_the_pair(void **state)
{
    struct fair *fair = fair_open(state);
    struct feedback_tally tally;
    struct text all;

    text_init(&all);
    assert_said(says(fair, &fair->member, fair->need, "refused", "field"));
    assert_said(says(fair, &fair->member, fair->need, "contacted", "")); /* corrected: this counts alone */
    assert_said(says(fair, &fair->institute, fair->need, "signed", ""));
    assert_said(says(fair, &fair->officer, fair->need, "refused", "price"));
    take_out(fair, &tally, &all);
    assert_int_equal(tally.judgements, 2);
    assert_int_equal(tally.pairs, 1);
    assert_int_equal(tally.left_out, 1);
    assert_non_null(strstr(all.at, "\t3\tfeedback\tasks enterprise\t"));
    assert_non_null(strstr(all.at, "\t4\tfeedback\tanswers enterprise\t"));
    assert_null(strstr(all.at, "\trefused\t"));
    assert_non_null(strstr(all.at, "\"left_out\":{\"price\":1}"));
    text_release(&all);
    fair_close(fair);
}

/* --- fsck --- */

static const struct tampering {
    const char *statement, *complaint;
} tamperings[] = {
    {"UPDATE feedback SET outcome = 'signed' WHERE ver = 2", "不符"},
    {"UPDATE feedback SET reason = '' WHERE ver = 2", "不符"},
    {"UPDATE feedback SET note = '没有的话' WHERE ver = 1", "不符"},
    {"UPDATE feedback SET party = party + 1", "不符"},
    {"UPDATE feedback SET answers = answers + 1", "不符"},
    {"UPDATE feedback SET answers_ver = 7", "不符"},
    {"UPDATE feedback SET office = 'leader'", "不符"},
    {"UPDATE feedback SET shared = 1 - shared", "不符"},
    {"UPDATE feedback SET valid_from = valid_from + 1", "不符"},
    {"UPDATE feedback SET asks_kind = 'nothing'", "不完整"},
    {"DELETE FROM feedback WHERE ver = 1", "库里有 1 版"},
};

static bool tamper_step(struct sql *sql, void *arg, struct err *err)
{
    const struct tampering *tampering = arg;
    int64_t count;

    return sql_put(sql, tampering->statement, SQL_NO_ARGS, err) && feedback_check(sql, &count, err);
}

static void each_tampering_is_named(void **state)
{
    struct fair *fair = fair_open(state);
    struct sql *sql;
    int64_t count;

    assert_said(says(fair, &fair->member, fair->need, "contacted", ""));
    assert_said(says(fair, &fair->member, fair->need, "refused", "price"));
    for (size_t i = 0; i < sizeof tamperings / sizeof *tamperings; i++) {
        enum store_outcome outcome = store_write(fair->town.store, "", tamper_step, (void *)&tamperings[i], &fair->err);

        if (outcome != STORE_REFUSED || fair->err.code != ERR_CORRUPT || !strstr(fair->err.message, tamperings[i].complaint))
            fail_msg("%s: %s", tamperings[i].statement, outcome == STORE_DONE ? "not noticed" : fair->err.message);
    }
    sql = town_look(&fair->town);
    assert_true(feedback_check(sql, &count, &fair->err));
    assert_int_equal(count, 2);
    store_read_end(fair->town.store, sql);
    fair_close(fair);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(who_is_part_of_the_pair_says_it_and_nobody_else), ON_BOTH(one_row_a_voice_kept_as_versions),
        ON_BOTH(from_either_page_it_is_the_same_pair), ON_BOTH(a_no_has_its_reason),
        ON_BOTH(of_what_is_not_for_him_nothing_is_told), ON_BOTH(sent_twice_is_said_once), ON_BOTH(who_sees_what_was_said),
        ON_BOTH(a_hidden_firms_feedback_is_its_own), ON_BOTH(a_firm_that_hides_later_is_hidden_at_once),
        cmocka_unit_test(an_outcome_says_a_level_or_nothing),
        ON_BOTH(texts_are_those_of_then_as_far_as_they_are_public_still), ON_BOTH(each_voice_is_a_judgement_of_the_pair),
        ON_BOTH(each_tampering_is_named),
    };

    return run_places(tests);
}
