/* Submitting: made once a request, refused without a trace, never more than the actor may. */
#include "city_people.h"

static const char *const fields[] = {"title", "耐磨离心泵轴承", "abstract",
                                     "用于含沙介质的离心泵,轴承寿命由三千小时提高到八千小时。", NULL};

struct office {
    struct town town;
    int64_t ours, theirs;
    struct actor member, stranger, officer;
};

static void actor_with(struct town *town, const char *login, int64_t party, enum role role, enum scope_kind kind, int64_t scope,
                       struct actor *actor)
{
    int64_t account = town_account(town, login, party, town_password);

    town_grant(town, account, role, kind, scope);
    town_actor(town, account, actor);
}

static void office_open(struct office *office, void **state)
{
    town_open(&office->town, state);
    office->ours = town_party(&office->town, "兰州某泵业", "620102");
    office->theirs = town_party(&office->town, "兰州某石化", "620104");
    actor_with(&office->town, "member", office->ours, ROLE_MEMBER, SCOPE_ALL, 0, &office->member);
    actor_with(&office->town, "stranger", office->theirs, ROLE_MEMBER, SCOPE_ALL, 0, &office->stranger);
    actor_with(&office->town, "officer", 0, ROLE_COUNTY_OFFICER, SCOPE_DIVISION, 620102, &office->officer);
}

static enum store_outcome make(struct office *office, const struct actor *actor, const char *const *typed,
                               struct submission *made, struct err *err)
{
    town_submission(&office->town, made, &kind_achievement, actor);
    return town_submit(&office->town, actor, made, typed, err);
}

static enum store_outcome edit(struct office *office, const struct actor *actor, int64_t id, int64_t ver,
                               const char *const *typed, struct err *err)
{
    struct submission submission;

    town_submission(&office->town, &submission, &kind_achievement, actor);
    submission.record.id = id;
    submission.record.ver = ver;
    return town_submit(&office->town, actor, &submission, typed, err);
}

static int64_t leaves(struct office *office)
{
    return town_number(&office->town, "SELECT next FROM ledger_head");
}

/* The request id of the newest one is used once more. */
static void take_back_id(struct office *office)
{
    office->town.requests--;
}

static void a_request_is_done_once(void **state)
{
    struct submission first, again;
    struct office office;
    struct err err;
    int64_t before;

    office_open(&office, state);
    assert_done(make(&office, &office.member, fields, &first, &err), err);
    before = leaves(&office);
    take_back_id(&office);
    assert_done(make(&office, &office.member, fields, &again, &err), err);
    assert_string_equal(again.request_id, first.request_id);
    assert_true(again.new_id != first.new_id);
    assert_true(again.repeated);
    assert_int_equal(again.id, first.id);
    assert_int_equal(again.ver, 1);
    assert_int_equal(leaves(&office), before);
    again.actor = &office.stranger; /* somebody else's request is not his to ask after */
    assert_int_equal(store_write(office.town.store, again.request_id, submit_step, &again, &err), STORE_REFUSED);
    assert_int_equal(err.code, ERR_CONFLICT);
    take_back_id(&office); /* the same id on another record */
    assert_int_equal(edit(&office, &office.member, office.ours, 1, fields, &err), STORE_REFUSED);
    town_close(&office.town);
}

static void another_order_under_its_id_is_refused(void **state)
{
    static const char *const other[] = {"title", "耐磨离心泵轴承", "abstract",
                                        "用于含沙介质的离心泵,轴承寿命由三千小时提高到九千小时。", NULL};
    static const char *const one[] = {"wanted", "中试资金", NULL}, *const two[] = {"wanted", "场地", NULL};
    struct submission made, changed;
    struct office office;
    struct err err;

    office_open(&office, state);
    assert_done(make(&office, &office.member, fields, &made, &err), err);
    take_back_id(&office);
    assert_int_equal(make(&office, &office.member, other, &changed, &err), STORE_REFUSED);
    assert_int_equal(err.code, ERR_CONFLICT);
    take_back_id(&office);
    assert_done(make(&office, &office.member, fields, &changed, &err), err);
    assert_true(changed.repeated);
    assert_done(edit(&office, &office.member, made.id, 1, one, &err), err);
    take_back_id(&office);
    assert_done(edit(&office, &office.member, made.id, 1, one, &err), err);
    take_back_id(&office);
    assert_int_equal(edit(&office, &office.member, made.id, 1, two, &err), STORE_REFUSED);
    assert_int_equal(err.code, ERR_CONFLICT);
    assert_int_equal(town_number(&office.town, "SELECT ver FROM achievement WHERE to_leaf IS NULL"), 2);
    town_close(&office.town);
}

static void closing_is_not_opening_again(void **state)
{
    static const enum submit_verb verbs[] = {SUBMIT_REOPEN, SUBMIT_SAVE, SUBMIT_CLOSE};
    struct submission made, closed, next;
    struct office office;
    struct err err;

    office_open(&office, state);
    assert_done(make(&office, &office.member, fields, &made, &err), err);
    town_submission(&office.town, &closed, &kind_achievement, &office.member);
    closed.verb = SUBMIT_CLOSE;
    closed.record.id = made.id;
    assert_done(store_write(office.town.store, closed.request_id, submit_step, &closed, &err), err);
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        next = closed;
        next.verb = verbs[i];
        assert_int_equal(store_write(office.town.store, next.request_id, submit_step, &next, &err),
                         verbs[i] == SUBMIT_CLOSE ? STORE_DONE : STORE_REFUSED);
        assert_int_equal(err.code, verbs[i] == SUBMIT_CLOSE ? ERR_NONE : ERR_CONFLICT);
    }
    town_close(&office.town);
}

static void a_request_whose_leaf_is_damaged_is_not_called_done(void **state)
{
    struct submission made, again;
    struct office office;
    struct err err;

    office_open(&office, state);
    assert_done(make(&office, &office.member, fields, &made, &err), err);
    assert_int_equal(store_write(office.town.store, "", town_spoil_leaf, made.request_id, &err), STORE_DONE);
    take_back_id(&office);
    assert_int_equal(make(&office, &office.member, fields, &again, &err), STORE_REFUSED);
    assert_int_equal(err.code, ERR_CORRUPT);
    assert_int_equal(again.id, 0);
    town_close(&office.town);
}

static void the_first_leaf_of_a_ledger_is_a_leaf(void **state)
{
    struct town town;

    town_open(&town, state);
    assert_true(town_party(&town, "兰州某泵业", "620102") > 0); /* leaf 0 */
    assert_int_equal(town_number(&town, "SELECT from_leaf FROM party"), 0);
    town_close(&town);
}

static void an_edit_of_a_stale_version_is_told(void **state)
{
    static const char *const one[] = {"wanted", "中试资金", NULL}, *const two[] = {"wanted", "场地", NULL};
    struct submission made;
    struct office office;
    struct err err;

    office_open(&office, state);
    assert_done(make(&office, &office.member, fields, &made, &err), err);
    assert_done(edit(&office, &office.member, made.id, 1, one, &err), err);
    assert_int_equal(edit(&office, &office.member, made.id, 1, two, &err), STORE_REFUSED);
    assert_int_equal(err.code, ERR_CONFLICT);
    assert_done(edit(&office, &office.member, made.id, 2, two, &err), err);
    assert_int_equal(town_number(&office.town, "SELECT ver FROM achievement WHERE to_leaf IS NULL"), 3);
    town_close(&office.town);
}

static void a_refused_step_leaves_nothing(void **state)
{
    struct submission made;
    struct office office;
    struct err err;
    int64_t before, facets;

    office_open(&office, state);
    before = leaves(&office);
    facets = town_number(&office.town, "SELECT count(*) FROM facet");
    town_submission(&office.town, &made, &kind_achievement, &office.stranger);
    made.record.owner = office.ours; /* for another's organisation */
    assert_int_equal(town_submit(&office.town, &office.stranger, &made, fields, &err), STORE_REFUSED);
    assert_int_equal(err.code, ERR_DENIED);
    assert_int_equal(make(&office, &(struct actor){0}, fields, &made, &err), STORE_REFUSED);
    assert_int_equal(err.code, ERR_SIGN_IN);
    town_submission(&office.town, &made, &kind_achievement, NULL); /* for nobody */
    assert_int_equal(town_submit(&office.town, NULL, &made, fields, &err), STORE_REFUSED);
    assert_string_equal(err.field, "owner");
    assert_int_equal(leaves(&office), before);
    assert_int_equal(town_number(&office.town, "SELECT count(*) FROM achievement"), 0);
    assert_int_equal(town_number(&office.town, "SELECT count(*) FROM facet"), facets);
    town_close(&office.town);
}

static void marks_of_secrets_never_reach_the_store(void **state)
{
    static const char *const marked[] = {"title", "耐磨离心泵轴承", "abstract", "机密★10年 用于含沙介质的离心泵,轴承寿命提高到八千小时。", NULL};
    struct submission made;
    struct office office;
    struct err err;

    office_open(&office, state);
    assert_int_equal(make(&office, &office.member, marked, &made, &err), STORE_REFUSED);
    assert_string_equal(err.field, "abstract");
    assert_non_null(strstr(err.message, "密级标志"));
    assert_int_equal(town_number(&office.town, "SELECT count(*) FROM achievement"), 0);
    town_close(&office.town);
}

static void fields_not_typed_stay(void **state)
{
    static const char *const one[] = {"wanted", "中试资金", NULL}, *const none[] = {"wanted", "", NULL};
    struct submission made;
    struct office office;
    struct err err;

    office_open(&office, state);
    assert_done(make(&office, &office.member, fields, &made, &err), err);
    assert_done(edit(&office, &office.member, made.id, 1, one, &err), err);
    assert_int_equal(town_number(&office.town, "SELECT count(*) FROM achievement WHERE to_leaf IS NULL AND abstract IS NOT NULL"
                                               " AND wanted = '中试资金'"), 1);
    assert_done(edit(&office, &office.member, made.id, 2, none, &err), err); /* given and empty: gone */
    assert_int_equal(town_number(&office.town, "SELECT count(*) FROM achievement WHERE to_leaf IS NULL AND wanted IS NULL"), 1);
    town_close(&office.town);
}

static void act(struct office *office, const struct actor *actor, enum submit_verb verb, int64_t id, enum err_code expected)
{
    struct submission submission;
    struct err err = {0};
    enum store_outcome outcome;

    town_submission(&office->town, &submission, &kind_achievement, actor);
    submission.verb = verb;
    submission.record.id = id;
    outcome = store_write(office->town.store, submission.request_id, submit_step, &submission, &err);
    assert_int_equal(outcome, expected == ERR_NONE ? STORE_DONE : STORE_REFUSED);
    assert_int_equal(outcome == STORE_DONE ? ERR_NONE : err.code, expected);
}

static void closed_records_are_not_there_for_others(void **state)
{
    static const char *const one[] = {"wanted", "中试资金", NULL}, *const bad[] = {"trl", "99", NULL};
    struct submission made;
    struct office office;
    struct err err;

    office_open(&office, state);
    assert_done(make(&office, &office.member, fields, &made, &err), err);
    act(&office, &office.stranger, SUBMIT_CLOSE, made.id, ERR_DENIED);
    act(&office, &office.member, SUBMIT_CLOSE, made.id, ERR_NONE);
    act(&office, &office.stranger, SUBMIT_REOPEN, made.id, ERR_MISSING);
    act(&office, &office.stranger, SUBMIT_REOPEN, 4711, ERR_MISSING);
    assert_int_equal(edit(&office, &office.stranger, made.id, 2, bad, &err), STORE_REFUSED); /* no complaint tells of it */
    assert_int_equal(err.code, ERR_MISSING);
    assert_done(edit(&office, &office.member, made.id, 2, one, &err), err); /* saving does not open it */
    assert_int_equal(town_number(&office.town, "SELECT status FROM achievement WHERE to_leaf IS NULL"), RECORD_CLOSED);
    act(&office, &office.member, SUBMIT_REOPEN, made.id, ERR_NONE);
    town_close(&office.town);
}

/* --- what an officer may not do with what he may edit --- */

static void an_officer_edits_what_he_sees_and_opens_nothing(void **state)
{
    static const char *const secret[] = {"title", "未申请专利的轴承", "abstract", "用于含沙介质的离心泵,轴承寿命提高到八千小时。",
                                         "detail", "在滚道表面做渗硼处理。", NULL};
    static const char *const fine[] = {"wanted", "中试资金", NULL};
    static const char *const refused[][3] = {
        {"detail", "改写", NULL}, {"detail", "", NULL}, {"secrecy", "public", NULL}, {"secrecy", "own", NULL},
        {"rights", "发明专利 ZL202110123456.0 2021-01-29", NULL}, /* a filing date would lower the details to NDA */
    };
    struct submission made;
    struct office office;
    struct err err;

    office_open(&office, state);
    assert_done(make(&office, &office.member, secret, &made, &err), err);
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        assert_int_equal(edit(&office, &office.officer, made.id, 1, refused[i], &err), STORE_REFUSED);
        assert_int_equal(err.code, ERR_DENIED);
        assert_true(err.field[0]);
    }
    assert_done(edit(&office, &office.officer, made.id, 1, fine, &err), err);
    assert_done(edit(&office, &office.member, made.id, 2, refused[2], &err), err); /* the owner may */
    town_close(&office.town);
}

static enum store_outcome edit_need(struct office *office, const struct actor *actor, int64_t id, int64_t owner,
                                    const char *const *typed, struct err *err)
{
    struct submission submission;
    struct slice slices[FIELDS_MAX] = {{0}};
    struct complaints complaints = {.count = 0};
    struct sql *sql = town_look(&office->town);
    struct arena arena;
    enum store_outcome outcome;
    bool ok;

    arena_init(&arena);
    town_submission(&office->town, &submission, &kind_need, actor);
    submission.record.id = id;
    submission.record.ver = 1;
    for (size_t i = 0; typed[i]; i += 2)
        slices[kind_field(&kind_need, typed[i])] = slice_of(typed[i + 1]);
    ok = submit_check(sql, &submission, slices, &arena, &complaints, err);
    store_read_end(office->town.store, sql);
    if (!ok)
        fail_msg("%s", err->message);
    if (owner)
        submission.record.owner = owner;
    outcome = store_write(office->town.store, submission.request_id, submit_step, &submission, err);
    arena_release(&arena);
    return outcome;
}

static void a_hidden_firm_opens_itself(void **state)
{
    static const char *const hidden[] = {"title", "减少含沙介质磨损", "now", "轴承寿命只有三千小时,停机频繁。", "hidden", "是",
                                         "alias", "某石化企业", NULL};
    static const char *const open[] = {"hidden", "否", NULL}, *const nothing[] = {NULL};
    struct submission made;
    struct office office;
    struct err err;

    office_open(&office, state);
    town_submission(&office.town, &made, &kind_need, &office.member);
    assert_done(town_submit(&office.town, &office.member, &made, hidden, &err), err);
    assert_int_equal(edit_need(&office, &office.officer, made.id, 0, open, &err), STORE_REFUSED);
    assert_int_equal(err.code, ERR_DENIED);
    assert_int_equal(edit_need(&office, &office.officer, made.id, office.theirs, nothing, &err), STORE_REFUSED);
    assert_int_equal(err.code, ERR_DENIED);
    assert_int_equal(edit_need(&office, &office.member, made.id, office.theirs, nothing, &err), STORE_REFUSED);
    assert_done(edit_need(&office, &office.member, made.id, 0, open, &err), err);
    town_close(&office.town);
}

static void an_officer_places_records_in_his_scope_only(void **state)
{
    static const char *const here[] = {"name", "城关某公司", "side", "企业", "region", "620102", NULL};
    static const char *const there[] = {"name", "西固某公司", "side", "企业", "region", "620104", NULL};
    static const char *const elsewhere[] = {"title", "异地试验的轴承", "abstract",
                                            "用于含沙介质的离心泵,轴承寿命由三千小时提高到八千小时。", "region", "620104", NULL};
    struct submission made;
    struct office office;
    struct err err;

    office_open(&office, state);
    town_submission(&office.town, &made, &kind_party, &office.officer);
    assert_done(town_submit(&office.town, &office.officer, &made, here, &err), err);
    town_submission(&office.town, &made, &kind_party, &office.officer);
    assert_int_equal(town_submit(&office.town, &office.officer, &made, there, &err), STORE_REFUSED);
    town_submission(&office.town, &made, &kind_achievement, &office.officer);
    made.record.owner = office.ours;
    assert_done(town_submit(&office.town, &office.officer, &made, fields, &err), err);
    town_submission(&office.town, &made, &kind_achievement, &office.officer);
    made.record.owner = office.theirs;
    assert_int_equal(town_submit(&office.town, &office.officer, &made, fields, &err), STORE_REFUSED);
    town_submission(&office.town, &made, &kind_achievement, &office.officer);
    made.record.owner = office.ours;
    assert_int_equal(town_submit(&office.town, &office.officer, &made, elsewhere, &err), STORE_REFUSED);
    town_close(&office.town);
}

/* --- names --- */

static void parties_are_found_by_id_code_and_name(void **state)
{
    static const char *const coded[] = {"name", "福建某公司", "side", "企业", "uscc", "91350100M000100Y43", NULL};
    struct submission made;
    struct office office;
    struct sql *sql;
    char digits[24];
    struct err err;
    int64_t id;

    office_open(&office, state);
    town_submission(&office.town, &made, &kind_party, NULL);
    assert_done(town_submit(&office.town, NULL, &made, coded, &err), err);
    snprintf(digits, sizeof digits, "%lld", (long long)made.id);
    sql = town_look(&office.town);
    assert_true(party_resolve(sql, slice_of(digits), &id, &err) && id == made.id);
    assert_true(party_resolve(sql, SLICE("91350100m000100y43"), &id, &err) && id == made.id);
    assert_true(party_resolve(sql, SLICE(" 福建 某公司 "), &id, &err) && id == made.id);
    assert_true(party_resolve(sql, SLICE("没有的公司"), &id, &err) && id == 0);
    assert_true(party_resolve(sql, SLICE("4711"), &id, &err) && id == 0);
    assert_true(party_resolve(sql, SLICE(""), &id, &err) && id == 0);
    store_read_end(office.town.store, sql);
    town_close(&office.town);
}

static void a_party_that_is_not_there_is_complained_of(void **state)
{
    static const char *const names[] = {"没有的公司", "\xff\xfe", "\xed\xa0\x80公司"};
    struct office office;

    office_open(&office, state);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *person[] = {"name", "李四", "calling", "researcher", "skills", "轴承", "party", names[i], NULL};
        struct submission made;
        struct err err;

        town_submission(&office.town, &made, &kind_person, NULL);
        assert_int_equal(town_submit(&office.town, NULL, &made, person, &err), STORE_REFUSED);
        assert_int_equal(err.code, ERR_INVALID);
        assert_string_equal(err.field, "party");
    }
    town_close(&office.town);
}

static int64_t placed(struct office *office, const struct actor *actor, const struct kind *kind, const char *const *typed,
                      struct err *err)
{
    struct submission made;
    struct record record;
    struct arena arena;
    struct sql *sql;
    int64_t code;

    town_submission(&office->town, &made, kind, actor);
    if (town_submit(&office->town, actor, &made, typed, err) != STORE_DONE)
        return 0;
    arena_init(&arena);
    sql = town_look(&office->town);
    assert_true(record_get(sql, kind, made.id, &arena, &record, err));
    store_read_end(office->town.store, sql);
    code = strtoll(record.values[kind_field(kind, "region")].text.at, NULL, 10);
    arena_release(&arena);
    return code;
}

/* 城关区 and 朝阳区 are in several cities: a record's is its organisation's, a new organisation's the officer's. */
static void a_place_is_the_one_near_home(void **state)
{
    static const char *const ours[] = {"title", "耐磨离心泵轴承", "abstract", "用于含沙介质的离心泵,轴承寿命由三千小时提高到八千小时。",
                                       "region", "城关", NULL};
    static const char *const far[] = {"title", "耐磨离心泵导叶", "abstract", "用于含沙介质的离心泵,轴承寿命由三千小时提高到八千小时。",
                                      "region", "朝阳区", NULL};
    static const char *const party[] = {"name", "兰州某阀业", "side", "企业", "region", "城关区", NULL};
    static const char *const theirs[] = {"name", "王五", "calling", "researcher", "skills", "轴承", "party", "兰州某泵业", "region",
                                         "城关区", NULL};
    struct office office;
    struct err err;

    office_open(&office, state);
    assert_int_equal(placed(&office, &office.member, &kind_achievement, ours, &err), 620102);
    assert_int_equal(placed(&office, &office.officer, &kind_party, party, &err), 620102);
    assert_int_equal(placed(&office, NULL, &kind_person, theirs, &err), 620102);
    assert_int_equal(placed(&office, NULL, &kind_party, party, &err), 0); /* the program is at home nowhere */
    assert_string_equal(err.field, "region");
    assert_int_equal(placed(&office, &office.member, &kind_achievement, far, &err), 0);
    assert_string_equal(err.message, "所在地里叫“朝阳区”的不止一个");
    town_close(&office.town);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(a_request_is_done_once),
        ON_BOTH(another_order_under_its_id_is_refused),
        ON_BOTH(closing_is_not_opening_again),
        ON_BOTH(a_request_whose_leaf_is_damaged_is_not_called_done),
        ON_BOTH(the_first_leaf_of_a_ledger_is_a_leaf),
        ON_BOTH(an_edit_of_a_stale_version_is_told),
        ON_BOTH(a_refused_step_leaves_nothing),
        ON_BOTH(marks_of_secrets_never_reach_the_store),
        ON_BOTH(fields_not_typed_stay),
        ON_BOTH(closed_records_are_not_there_for_others),
        ON_BOTH(an_officer_edits_what_he_sees_and_opens_nothing),
        ON_BOTH(a_hidden_firm_opens_itself),
        ON_BOTH(an_officer_places_records_in_his_scope_only),
        ON_BOTH(parties_are_found_by_id_code_and_name),
        ON_BOTH(a_party_that_is_not_there_is_complained_of),
        ON_BOTH(a_place_is_the_one_near_home),
    };

    return run_places(tests);
}
