/*
 * No table is written without a leaf. Every table of the schema must be either in ledger_exempt or in the list below, which
 * names the steps that write it; a run through all of them then shows that each row of those tables points at the very leaf
 * that was written for it, and that the steps which write no leaf touch exempt tables only.
 */
#include "deal_town.h"

#include "work/city_check.h"
#include "work/fact.h"
#include "work/feedback.h"
#include "work/sign_in.h"

/* leaf_of: how many rows have no leaf of their own kind behind them; must be 0. */
#define VERSIONS(kind) \
    {kind, "SELECT count(*) FROM " kind " t WHERE NOT EXISTS (SELECT 1 FROM ledger l WHERE l.leaf_index = t.from_leaf" \
           " AND l.kind = '" kind "' AND l.object = t.id AND l.version = t.ver)"}

static const struct leafed {
    const char *table, *leafless;
} leafed[] = {
    /* record_put, by submit_step and the import */
    VERSIONS("party"), VERSIONS("person"), VERSIONS("achievement"), VERSIONS("need"), VERSIONS("scenario"),
    VERSIONS("service"), VERSIONS("policy"),
    /* deal_step */
    VERSIONS("deal"), VERSIONS("title"), VERSIONS("valuation"), VERSIONS("notice"), VERSIONS("objection"),
    VERSIONS("approval"), VERSIONS("contract"), VERSIONS("registration"), VERSIONS("instalment"), VERSIONS("receipt"),
    VERSIONS("cost"), VERSIONS("profit"), VERSIONS("award"), VERSIONS("filing"), VERSIONS("statement"), VERSIONS("ruling"),
    /* past_put, by the import */
    VERSIONS("past_deal"), VERSIONS("past_receipt"), VERSIONS("past_award"),
    /* attachment_step */
    VERSIONS("attachment"),
    /* account_make, account_edit, account_disable, account_enable */
    VERSIONS("account"),
    /* feedback_say */
    VERSIONS("feedback"),
    /* audit_sample_step */
    {"audit_sample", "SELECT count(*) FROM audit_sample t WHERE NOT EXISTS (SELECT 1 FROM ledger l WHERE l.leaf_index = t.leaf"
                     " AND l.action = 'audit.sample' AND l.object = t.id)"},
    /* account_make, account_password */
    {"password", "SELECT count(*) FROM password t WHERE NOT EXISTS (SELECT 1 FROM ledger l WHERE l.leaf_index = t.leaf"
                 " AND l.action = 'account.password' AND l.object = t.account)"},
    /* role_grant, role_revoke */
    {"role_grant", "SELECT count(*) FROM role_grant t WHERE NOT EXISTS (SELECT 1 FROM ledger l WHERE l.leaf_index = t.leaf"
                   " AND l.action = 'account.grant' AND l.object = t.account) OR (t.ended_leaf IS NOT NULL AND NOT EXISTS"
                   " (SELECT 1 FROM ledger l WHERE l.leaf_index = t.ended_leaf AND l.action = 'account.revoke'))"},
    /* nda_grant, nda_end */
    {"nda", "SELECT count(*) FROM nda t WHERE NOT EXISTS (SELECT 1 FROM ledger l WHERE l.leaf_index = t.leaf"
            " AND l.action = 'nda.grant' AND l.object = t.object) OR (t.ended_leaf IS NOT NULL AND NOT EXISTS"
            " (SELECT 1 FROM ledger l WHERE l.leaf_index = t.ended_leaf AND l.action = 'nda.end'))"},
};

static bool is_exempt(struct slice table)
{
    for (size_t i = 0; i < ledger_exempt_count; i++)
        if (slice_is(table, ledger_exempt[i]))
            return true;
    return false;
}

/* Matters, their entries and the other records of the seven parties: record_put writes them all (work/matter_step.c). */
static const struct kind *party_kind(struct slice table)
{
    for (size_t k = KIND_ALL; k < KIND_END; k++)
        if (slice_is(table, kind_get((enum kind_id)k)->name))
            return kind_get((enum kind_id)k);
    return NULL;
}

static bool is_leafed(struct slice table)
{
    if (party_kind(table))
        return true;
    for (size_t i = 0; i < sizeof leafed / sizeof *leafed; i++)
        if (slice_is(table, leafed[i].table))
            return true;
    return false;
}

static const char *tables_statement(struct place *place)
{
    return place->pg ? "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema() ORDER BY 1"
                     : "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY 1";
}

static void every_table_is_exempt_or_written_with_a_leaf(void **state)
{
    struct sql_rows rows;
    struct town town;
    struct sql *sql;
    struct err err;
    size_t seen = 0, leafed_seen = 0;

    town_open(&town, state);
    sql = town_look(&town);
    assert_true(sql_rows(sql, tables_statement(place_of(state)), SQL_NO_ARGS, &rows, &err));
    while (sql_next(&rows)) {
        struct slice table = sql_slice(&rows, 0);

        seen++;
        leafed_seen += is_leafed(table);
        if (is_exempt(table) == is_leafed(table))
            fail_msg("table %.*s: %s", (int)table.len, table.at,
                     is_exempt(table) ? "exempt, and written with a leaf?" : "neither exempt nor written with a leaf");
    }
    assert_true(sql_done(&rows, &err));
    store_read_end(town.store, sql);
    assert_true(seen > 15);
    assert_int_equal(leafed_seen, sizeof leafed / sizeof *leafed + (KIND_END - KIND_ALL));
    town_close(&town);
}

/* --- a run through all steps --- */

static int64_t leaves(struct town *town)
{
    return town_number(town, "SELECT next FROM ledger_head");
}

/* Each step moves the ledger by so many leaves. */
#define assert_leaves(town, before, more) assert_int_equal(leaves(town), (before) + (more))

static void run_records(struct town *town, const struct actor *actor, int64_t *id)
{
    static const char *const fields[] = {"title", "耐磨离心泵轴承", "abstract",
                                         "用于含沙介质的离心泵,轴承寿命由三千小时提高到八千小时。", NULL};
    static const char *const more[] = {"wanted", "中试资金", NULL};
    struct submission submission;
    int64_t before = leaves(town);
    struct err err;

    town_submission(town, &submission, &kind_achievement, actor);
    assert_done(town_submit(town, actor, &submission, fields, &err), err);
    *id = submission.id;
    assert_leaves(town, before, 1);
    town_submission(town, &submission, &kind_achievement, actor);
    submission.record.id = *id;
    submission.record.ver = 1;
    assert_done(town_submit(town, actor, &submission, more, &err), err);
    assert_leaves(town, before, 2);
    for (int i = 0; i < 2; i++) {
        town_submission(town, &submission, &kind_achievement, actor);
        submission.record.id = *id;
        submission.verb = i ? SUBMIT_REOPEN : SUBMIT_CLOSE;
        assert_done(store_write(town->store, submission.request_id, submit_step, &submission, &err), err);
        assert_leaves(town, before, 3 + i);
    }
}

static void run_order(struct town *town, store_step *step, int64_t account, int64_t object, int64_t party, int64_t more)
{
    struct order order;
    struct err err;
    int64_t before = leaves(town);

    town_order(town, &order, NULL);
    order.account.id = account;
    order.grant = (struct role_grant){.role = ROLE_MANAGER};
    order.kind = &kind_achievement;
    order.object = object;
    order.party = party;
    assert_true(order_account(&order, SLICE("li.si3"), SLICE("李四"), 0, &err));
    snprintf(order.hash, sizeof order.hash, "%s", town_hash(town_password));
    assert_done(town_do(town, step, &order, &err), err);
    assert_leaves(town, before, more);
}

static void run_fact(struct town *town, const struct actor *member)
{
    struct fact_order order;
    char request[24];
    int64_t before = leaves(town);
    struct err err;

    fact_order_init(&order, FACT_STATE, member, member->party, town_request(town, request));
    order.record.values[FACT_NAME] = (struct value){.known = true, .text = SLICE("state_unit")};
    order.record.values[FACT_VALUE] = (struct value){.known = true, .text = SLICE("yes")};
    order.record.values[FACT_FROM] = (struct value){.known = true, .text = SLICE("declared")};
    assert_done(store_write(town->store, order.request_id, fact_step, &order, &err), err);
    assert_leaves(town, before, 1);
}

static void run_feedback(struct town *town, const struct actor *member, const char *outcome, int64_t achievement, int64_t need)
{
    struct feedback_order order;
    char request[24];
    int64_t before = leaves(town);
    struct err err;

    feedback_order_init(&order, member, town_request(town, request));
    order.kind = &kind_achievement;
    order.record = achievement;
    order.other_kind = &kind_need;
    order.other = need;
    order.outcome = slice_of(outcome);
    assert_done(store_write(town->store, order.request_id, feedback_say_step, &order, &err), err);
    assert_leaves(town, before, 1);
}

static int64_t run_need(struct town *town, int64_t owner)
{
    static const char *const fields[] = {"title", "含沙介质泵轴承", "now", "含沙介质里轴承三千小时就坏,停机两天", NULL};
    struct submission submission;
    struct err err;

    town_submission(town, &submission, &kind_need, NULL);
    submission.record.owner = owner;
    assert_done(town_submit(town, NULL, &submission, fields, &err), err);
    return submission.id;
}

static bool session_step(struct sql *sql, void *arg, struct err *err)
{
    return session_make(sql, arg, err);
}

/* What people do without a leaf: sessions. */
static void run_sessions(struct town *town, int64_t account)
{
    struct session_ending ending = {.account = account};
    struct session_new made;
    int64_t before = leaves(town);
    struct err err;

    session_prepare(&made, SLICE(""), SLICE("192.0.2.7"), SLICE("test"), clock_ms());
    made.account = account;
    assert_done(store_write(town->store, "", session_step, &made, &err), err);
    session_hash(slice_of(made.token), ending.hash);
    assert_done(store_write(town->store, "", session_end_step, &ending, &err), err);
    assert_leaves(town, before, 0);
}

static void after_all_steps_each_row_has_its_leaf(void **state)
{
    int64_t ours, theirs, owner, account, object, need;
    struct actor member;
    struct town town;

    town_open(&town, state);
    ours = town_party(&town, "兰州某泵业", "620102");
    theirs = town_party(&town, "兰州某石化", "620104");
    owner = town_account(&town, "member", ours, town_password);
    town_grant(&town, owner, ROLE_MEMBER, SCOPE_ALL, 0);
    town_actor(&town, owner, &member);
    run_records(&town, &member, &object);
    account = town_account(&town, "li.si", 0, town_password);
    run_order(&town, account_edit_step, account, 0, 0, 1);
    run_order(&town, account_disable_step, account, 0, 0, 1);
    run_order(&town, account_enable_step, account, 0, 0, 1);
    run_order(&town, account_password_step, account, 0, 0, 1);
    run_order(&town, role_grant_step, account, 0, 0, 1);
    run_order(&town, role_revoke_step, account, 0, 0, 1);
    run_order(&town, nda_grant_step, 0, object, theirs, 1);
    run_order(&town, nda_end_step, 0, object, theirs, 1);
    need = run_need(&town, theirs);
    run_feedback(&town, &member, "contacted", object, need);
    run_feedback(&town, &member, "talks", object, need);
    run_fact(&town, &member);
    run_sessions(&town, account);
    for (size_t i = 0; i < sizeof leafed / sizeof *leafed; i++)
        if (town_number(&town, leafed[i].leafless) != 0)
            fail_msg("%s has rows without a leaf of their own", leafed[i].table);
    town_close(&town);
}

/* --- the steps of a deal --- */

/* Each step writes a leaf for the deal, one for its paper and one for what the rules said. */
static void step_leaves(struct campus *campus, int64_t before, int64_t more, const char *step)
{
    if (leaves(&campus->town) != before + more)
        fail_msg("%s wrote %lld leaves", step, (long long)(leaves(&campus->town) - before));
}

#define run_step(campus, more, step, ...) \
    do { \
        int64_t before_ = leaves(&(campus)->town); \
        does(campus, step, __VA_ARGS__); \
        step_leaves(campus, before_, more, step); \
    } while (0)

static void run_to_signing(struct campus *campus)
{
    run_step(campus, 3, "title", NULL);
    does(campus, "value", "technology", "成熟", "economy", "可观", "assessor", "示例评价人", "evidence", campus_evidence, NULL);
    run_step(campus, 2, "price", "way", "license", "price", "100万元", "buyer", "示例甲机械厂", "buyer_nature", "private", "ground", "集体决策", NULL);
    run_step(campus, 3, "notice", NULL);
    run_step(campus, 2, "withdraw", "ended_why", "改正名称", NULL);
    run_step(campus, 3, "notice", NULL);
    run_step(campus, 2, "object", "notice", "2", "objector", "示例同事", "text", "名称写得不全", NULL);
    run_step(campus, 2, "rule", "ruling", "名称与专利一致", "upheld", "no", NULL);
    campus->today += 20;
    does(campus, "approve", "minutes", "示例纪要", NULL);
    run_step(campus, 3, "sign", "number", "HT-1", NULL);
}

static void run_attaching(struct campus *campus)
{
    struct attachment_order order;
    int64_t before = leaves(&campus->town);

    campus_attachment(campus, &order, &campus->clerk);
    campus_brings(campus, &order.files, "示例合同.pdf", "%PDF-1.7 示例合同", "contract");
    campus_brings(campus, &order.files, "示例说明.txt", "示例说明", "other");
    assert_done(campus_attaches(campus, &order, attachment_step), campus->err);
    assert_leaves(&campus->town, before, 2);
    campus_attachment(campus, &order, &campus->clerk);
    order.no = 2;
    order.why = SLICE("传错了文件");
    assert_done(campus_attaches(campus, &order, attachment_withdraw_step), campus->err);
    assert_leaves(&campus->town, before, 3);
}

static void run_to_the_end(struct campus *campus)
{
    run_attaching(campus);
    run_step(campus, 3, "register", "point", "示例登记机构", NULL);
    run_step(campus, 2, "correct", "lacks", "缺少双方资质", NULL);
    run_step(campus, 3, "registered", "number", "2026620100000001", NULL);
    run_step(campus, 3, "amend", "clauses", "交付期顺延一个月", NULL);
    run_step(campus, 2, "change", NULL);
    run_step(campus, 2, "plan", "sort", "lump", "due_on", "2026-12-31", "amount", "100万元", NULL);
    run_step(campus, 3, "receive", "voucher", "PZ-1", NULL);
    run_step(campus, 2, "cost", "sort", "tax", "amount", "6万元", "voucher", "PZ-2", NULL);
    run_step(campus, 3, "allot", "team", "曾某（示例） 60% 主要贡献\n彭某（示例） 40%", NULL);
    run_step(campus, 2, "notice", "sort", "reward", "place", "unit", NULL);
    campus->today += 30;
    run_step(campus, 3, "pay", "voucher", "PZ-9", NULL);
    run_step(campus, 3, "file", "sort", "cash", NULL);
    run_step(campus, 2, "revoke", "revoked_why", "示例：不真实", NULL);
    does(campus, "register", "point", "示例登记机构", NULL);
    does(campus, "registered", "number", "2026620100000002", NULL);
    run_step(campus, 2, "state", "fact", "income_kept", "value", "yes", "source", "declared", NULL);
    does(campus, "state", "fact", "used_mainly", "value", "yes", "source", "declared", NULL);
    does(campus, "state", "fact", "licence_filed", "value", "2026-04-01", "source", "declared", NULL);
    run_step(campus, 2, "close", NULL);
}

static bool whole(struct town *town, struct err *err)
{
    struct sql *sql = town_look(town);
    struct city_counts counts;
    bool ok = city_check(sql, NULL, &counts, err);

    store_read_end(town->store, sql);
    return ok;
}

static bool run_text(struct sql *sql, void *arg, struct err *err)
{
    return sql_put(sql, arg, SQL_NO_ARGS, err);
}

/* One row of each table, changed to and back again: what was done behind the ledger's back, and its undoing. */
static const char *const tampered[][2] = {
    {"UPDATE deal SET price = price + 1 WHERE to_leaf IS NULL", "UPDATE deal SET price = price - 1 WHERE to_leaf IS NULL"},
    {"UPDATE deal SET owner = owner + 1 WHERE ver = 1", "UPDATE deal SET owner = owner - 1 WHERE ver = 1"},
    {"UPDATE deal SET status = 1 - status WHERE to_leaf IS NULL", "UPDATE deal SET status = 1 - status WHERE to_leaf IS NULL"},
    {"UPDATE title SET years = 10", "UPDATE title SET years = NULL"},
    {"UPDATE valuation SET trl = trl + 1", "UPDATE valuation SET trl = trl - 1"},
    {"UPDATE notice SET price = price + 1 WHERE no = 2", "UPDATE notice SET price = price - 1 WHERE no = 2"},
    {"UPDATE objection SET upheld = 1 WHERE ver = 2", "UPDATE objection SET upheld = 0 WHERE ver = 2"},
    {"UPDATE approval SET price = price + 1", "UPDATE approval SET price = price - 1"},
    {"UPDATE contract SET amount = amount + 1 WHERE ver = 1", "UPDATE contract SET amount = amount - 1 WHERE ver = 1"},
    {"UPDATE registration SET number = '2026620100000003' WHERE number = '2026620100000002'",
     "UPDATE registration SET number = '2026620100000002' WHERE number = '2026620100000003'"},
    {"UPDATE instalment SET amount = amount + 1", "UPDATE instalment SET amount = amount - 1"},
    {"UPDATE receipt SET amount = amount + 1", "UPDATE receipt SET amount = amount - 1"},
    {"UPDATE cost SET amount = amount + 1", "UPDATE cost SET amount = amount - 1"},
    {"UPDATE award SET reward = reward + 1 WHERE ver = 1", "UPDATE award SET reward = reward - 1 WHERE ver = 1"},
    {"UPDATE filing SET sort = 'equity'", "UPDATE filing SET sort = 'cash'"},
    {"UPDATE statement SET value = 'no' WHERE fact = 'used_mainly'", "UPDATE statement SET value = 'yes' WHERE fact = 'used_mainly'"},
    {"UPDATE attachment SET digest = replace(digest, '0', '1') WHERE no = 1", "UPDATE attachment SET digest = (SELECT digest FROM content"
     " WHERE digest NOT IN (SELECT digest FROM attachment)) WHERE no = 1"},
    {"UPDATE attachment SET name = 'x.pdf' WHERE no = 1", "UPDATE attachment SET name = '示例合同.pdf' WHERE no = 1"},
    {"UPDATE attachment SET withdrawn_why = '别的' WHERE ver = 2", "UPDATE attachment SET withdrawn_why = '传错了文件' WHERE ver = 2"},
    {"UPDATE content SET size = size + 1", "UPDATE content SET size = size - 1"},
    {"UPDATE content_part SET no = no + 1", "UPDATE content_part SET no = no - 1"},
    {"UPDATE ruling SET step = 'drop' WHERE step = 'close'", "UPDATE ruling SET step = 'close' WHERE step = 'drop'"},
};

static void tamper_all(struct town *town)
{
    struct err err;

    for (size_t i = 0; i < sizeof tampered / sizeof *tampered; i++) {
        assert_done(store_write(town->store, "", run_text, (void *)tampered[i][0], &err), err);
        if (whole(town, &err))
            fail_msg("nobody noticed: %s", tampered[i][0]);
        assert_int_equal(err.code, ERR_CORRUPT);
        assert_done(store_write(town->store, "", run_text, (void *)tampered[i][1], &err), err);
        if (!whole(town, &err))
            fail_msg("after %s: %s", tampered[i][1], err.message);
    }
}

#define LOST(table) "DELETE FROM " table " WHERE id = (SELECT max(id) FROM " table ")"

struct loss {
    const char *statement;
    bool noticed;
};

/* Always refused, so that what is lost is there again. */
static bool lose(struct sql *sql, void *arg, struct err *err)
{
    struct loss *loss = arg;
    struct city_counts counts;
    struct err told;

    assert_true(sql_put(sql, loss->statement, SQL_NO_ARGS, err));
    loss->noticed = !city_check(sql, NULL, &counts, &told) && told.code == ERR_CORRUPT;
    return err_set(err, ERR_BUSY, "back again");
}

static void lose_each(struct town *town)
{
    static const char *const lost[] = {LOST("title"), LOST("valuation"), LOST("notice"), LOST("objection"), LOST("approval"),
                                       LOST("contract"), LOST("registration"), LOST("instalment"), LOST("receipt"), LOST("cost"),
                                       LOST("award"), LOST("filing"), LOST("statement"), LOST("ruling"), LOST("attachment"),
                                       LOST("deal"), "DELETE FROM content", "DELETE FROM content_part"};
    struct err err;

    for (size_t i = 0; i < sizeof lost / sizeof *lost; i++) {
        struct loss loss = {.statement = lost[i]};

        assert_int_not_equal(store_write(town->store, "", lose, &loss, &err), STORE_DONE);
        if (!loss.noticed)
            fail_msg("nobody noticed: %s", lost[i]);
    }
    if (!whole(town, &err))
        fail_msg("%s", err.message);
}

static void each_paper_of_a_deal_stands_by_its_leaf(void **state)
{
    struct campus campus;
    struct err err;

    campus_open(&campus, state, "620102", "");
    run_to_signing(&campus);
    run_to_the_end(&campus);
    for (size_t i = 0; i < sizeof leafed / sizeof *leafed; i++)
        if (town_number(&campus.town, leafed[i].leafless) != 0)
            fail_msg("%s has rows without a leaf of their own", leafed[i].table);
    if (!whole(&campus.town, &err))
        fail_msg("%s", err.message);
    tamper_all(&campus.town);
    lose_each(&campus.town);
    campus_close(&campus);
}

static size_t leafed_as(const char *table)
{
    size_t i = 0;

    while (strcmp(leafed[i].table, table) != 0)
        i++;
    return i;
}

static bool sneak(struct sql *sql, void *arg, struct err *err)
{
    (void)arg;
    return sql_put(sql, "UPDATE account SET ver = ver + 1", SQL_NO_ARGS, err);
}

static void a_row_changed_behind_the_ledgers_back_is_seen(void **state)
{
    struct town town;
    struct err err;

    town_open(&town, state);
    town_account(&town, "li.si", 0, town_password);
    assert_int_equal(town_number(&town, leafed[leafed_as("account")].leafless), 0);
    assert_done(store_write(town.store, "", sneak, NULL, &err), err);
    assert_int_equal(town_number(&town, leafed[leafed_as("account")].leafless), 1);
    town_close(&town);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(every_table_is_exempt_or_written_with_a_leaf),
        ON_BOTH(after_all_steps_each_row_has_its_leaf),
        ON_BOTH(each_paper_of_a_deal_stands_by_its_leaf),
        ON_BOTH(a_row_changed_behind_the_ledgers_back_is_seen),
    };

    return run_places(tests);
}
