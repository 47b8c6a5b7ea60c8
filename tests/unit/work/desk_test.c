/* What waits for a person, and what is his: as the records say now, for whoever can do something about it. */
#include "city_people.h"

#include "work/desk.h"

#define TODAY "2026-11-22"

struct office {
    struct town town;
    int64_t ours, theirs;
    struct actor member, researcher, colleague, stranger, officer, elsewhere;
    struct arena arena;
    struct desk_tasks tasks;
    struct err err;
};

static void actor_with(struct town *town, const char *login, int64_t party, enum role role, int64_t division,
                       struct actor *actor)
{
    int64_t account = town_account(town, login, party, town_password);

    town_grant(town, account, role, division ? SCOPE_DIVISION : SCOPE_ALL, division);
    town_actor(town, account, actor);
}

static struct office *office_open(void **state)
{
    struct office *office = calloc(1, sizeof *office);
    struct town *town = &office->town;

    town_open(town, state);
    arena_init(&office->arena);
    office->ours = town_party(town, "兰州某泵业", "620102");
    office->theirs = town_party(town, "兰州某石化", "620104");
    actor_with(town, "member", office->ours, ROLE_MEMBER, 0, &office->member);
    actor_with(town, "researcher", office->ours, ROLE_RESEARCHER, 0, &office->researcher);
    actor_with(town, "colleague", office->ours, ROLE_RESEARCHER, 0, &office->colleague);
    actor_with(town, "stranger", office->theirs, ROLE_MEMBER, 0, &office->stranger);
    actor_with(town, "officer", 0, ROLE_CITY_OFFICER, 620100, &office->officer);
    actor_with(town, "elsewhere", 0, ROLE_COUNTY_OFFICER, 620502, &office->elsewhere);
    return office;
}

static void office_close(struct office *office)
{
    arena_release(&office->arena);
    town_close(&office->town);
    free(office);
}

/* ver 0: a new one, of `owner` (0: the actor's own). Returns its id. */
static int64_t put(struct office *office, const struct actor *actor, const struct kind *kind, int64_t owner, int64_t id,
                   int64_t ver, const char *const *typed)
{
    struct submission submission;

    town_submission(&office->town, &submission, kind, actor);
    submission.record.id = id;
    submission.record.ver = ver;
    submission.record.owner = owner;
    assert_done(town_submit(&office->town, actor, &submission, typed, &office->err), office->err);
    return submission.id;
}

static int64_t need_put(struct office *office, const struct actor *actor, int64_t owner, const char *title, const char *due)
{
    const char *typed[] = {"title", title, "now", "含沙介质里轴承三千小时就坏,停机两天", "due", due, NULL};

    return put(office, actor, &kind_need, owner, 0, 0, typed);
}

static int64_t achievement_put_for(struct office *office, const struct actor *actor, int64_t owner, const char *title,
                                   const char *detail, const char *rights, const char *secrecy)
{
    const char *typed[] = {"title", title, "abstract", "用于含沙介质的离心泵,轴承寿命由三千小时提高到八千小时。", "detail", detail,
                           "rights", rights, "secrecy", secrecy, NULL};

    return put(office, actor, &kind_achievement, owner, 0, 0, typed);
}

static int64_t achievement_put(struct office *office, const struct actor *actor, const char *title, const char *detail,
                               const char *rights, const char *secrecy)
{
    return achievement_put_for(office, actor, 0, title, detail, rights, secrecy);
}

static void close_or_open(struct office *office, const struct actor *actor, const struct kind *kind, int64_t id,
                          enum submit_verb verb)
{
    struct submission submission;

    town_submission(&office->town, &submission, kind, actor);
    submission.verb = verb;
    submission.record.id = id;
    assert_done(store_write(office->town.store, submission.request_id, submit_step, &submission, &office->err), office->err);
}

/* --- overdue --- */

static size_t overdue(struct office *office, const struct actor *actor, const char *today)
{
    struct sql *sql = town_look(&office->town);

    if (!desk_overdue(sql, actor, today, &office->arena, &office->tasks, &office->err))
        fail_msg("%s", office->err.message);
    store_read_end(office->town.store, sql);
    return office->tasks.count;
}

#define assert_titles(office, ...) \
    do { \
        const char *const titles[] = {__VA_ARGS__}; \
        assert_int_equal((office)->tasks.count, sizeof titles / sizeof *titles); \
        for (size_t at_ = 0; at_ < sizeof titles / sizeof *titles; at_++) \
            if (!slice_is((office)->tasks.list[at_].title, titles[at_])) \
                fail_msg("task %zu is \"%.*s\", not \"%s\"", at_, (int)(office)->tasks.list[at_].title.len, \
                         (office)->tasks.list[at_].title.at, titles[at_]); \
    } while (0)

static void what_is_overdue_waits_for_its_organisation(void **state)
{
    struct office *office = office_open(state);
    const char *later[] = {"due", "2027-01-31", NULL};
    int64_t late;

    need_put(office, &office->member, 0, "昨天到期的需求", "2026-11-21");
    need_put(office, &office->member, 0, "今天到期的需求", TODAY);
    need_put(office, &office->member, 0, "没有期限的需求", "");
    late = need_put(office, &office->member, 0, "早就到期的需求", "2025-12-31");
    need_put(office, &office->stranger, 0, "别人的到期需求", "2025-12-31");
    overdue(office, &office->member, TODAY);
    assert_titles(office, "早就到期的需求", "昨天到期的需求");
    assert_true(slice_is(office->tasks.list[0].day, "2025-12-31"));
    assert_int_equal(overdue(office, &office->researcher, TODAY), 0); /* he may not change them */
    put(office, &office->member, &kind_need, 0, late, 1, later);
    overdue(office, &office->member, TODAY);
    assert_titles(office, "昨天到期的需求");
    close_or_open(office, &office->member, &kind_need, office->tasks.list[0].id, SUBMIT_CLOSE);
    assert_int_equal(overdue(office, &office->member, TODAY), 0);
    overdue(office, &office->member, "2026-11-23");
    assert_titles(office, "今天到期的需求");
    office_close(office);
}

static void a_scenario_past_its_closing_day_too(void **state)
{
    struct office *office = office_open(state);
    const char *typed[] = {"title", "泵房试用场景", "about", "在石化泵房里试用一年,提供安装条件和运行数据。", "closes", "2026-11-01", NULL};

    need_put(office, &office->member, 0, "更早到期的需求", "2026-10-01");
    put(office, &office->member, &kind_scenario, 0, 0, 0, typed);
    overdue(office, &office->member, TODAY);
    assert_titles(office, "更早到期的需求", "泵房试用场景");
    assert_ptr_equal(office->tasks.list[1].kind, &kind_scenario);
    office_close(office);
}

static void an_officer_is_asked_about_what_he_wrote_last(void **state)
{
    struct office *office = office_open(state);
    const char *goal[] = {"goal", "寿命到八千小时", NULL};
    int64_t id = need_put(office, &office->officer, office->ours, "工作人员录入的需求", "2026-11-01");

    need_put(office, &office->member, 0, "企业自己的需求", "2026-11-01");
    overdue(office, &office->officer, TODAY);
    assert_titles(office, "工作人员录入的需求");
    assert_int_equal(overdue(office, &office->elsewhere, TODAY), 0);
    assert_int_equal(overdue(office, &office->member, TODAY), 2); /* the firm is asked as well */
    put(office, &office->member, &kind_need, 0, id, 1, goal);
    assert_int_equal(overdue(office, &office->officer, TODAY), 0); /* the firm has taken it over */
    office_close(office);
}

static void no_more_than_a_page_and_it_says_so(void **state)
{
    struct office *office = office_open(state);

    for (int i = 0; i < DESK_TASKS + 3; i++)
        need_put(office, &office->member, 0, arena_print(&office->arena, "到期需求第 %02d 号", i),
                 arena_print(&office->arena, "2026-10-%02d", 1 + i));
    assert_int_equal(overdue(office, &office->member, "2026-10-11"), DESK_TASKS);
    assert_false(office->tasks.more);
    assert_int_equal(overdue(office, &office->member, TODAY), DESK_TASKS);
    assert_true(office->tasks.more);
    assert_true(slice_is(office->tasks.list[0].title, "到期需求第 00 号"));
    office_close(office);
}

/* --- unfiled --- */

static size_t unfiled(struct office *office, const struct actor *actor)
{
    struct sql *sql = town_look(&office->town);

    if (!desk_unfiled(sql, actor, &office->arena, &office->tasks, &office->err))
        fail_msg("%s", office->err.message);
    store_read_end(office->town.store, sql);
    return office->tasks.count;
}

static void details_without_a_filing_date_wait_for_one(void **state)
{
    struct office *office = office_open(state);
    const char *dated[] = {"rights", "发明专利 ZL202110123456.0 2021/1/29 有效", NULL};
    int64_t bare;

    bare = achievement_put(office, &office->researcher, "没有专利的轴承", "碳化硅涂层配方", "", "");
    achievement_put(office, &office->researcher, "在写申请的轴承", "碳化硅涂层配方", "发明专利\n技术秘密", "");
    achievement_put(office, &office->researcher, "有申请日的轴承", "碳化硅涂层配方", "技术秘密\n发明专利 ZL202110123456.0 2021.01.29", "");
    achievement_put(office, &office->researcher, "定了范围的轴承", "碳化硅涂层配方", "", "own");
    achievement_put(office, &office->researcher, "没有要点的轴承", "", "", "");
    unfiled(office, &office->researcher);
    assert_titles(office, "在写申请的轴承", "没有专利的轴承");
    unfiled(office, &office->member);
    assert_titles(office, "在写申请的轴承", "没有专利的轴承");
    assert_int_equal(unfiled(office, &office->colleague), 0); /* he may not change what another disclosed */
    assert_int_equal(unfiled(office, &office->stranger), 0);
    achievement_put_for(office, &office->officer, office->theirs, "代录的轴承技术", "碳化硅涂层配方", "", "");
    assert_int_equal(unfiled(office, &office->officer), 0); /* he sees no details, and so opens none */
    assert_int_equal(unfiled(office, &office->stranger), 1);
    put(office, &office->researcher, &kind_achievement, 0, bare, 1, dated);
    unfiled(office, &office->researcher);
    assert_titles(office, "在写申请的轴承");
    close_or_open(office, &office->researcher, &kind_achievement, office->tasks.list[0].id, SUBMIT_CLOSE);
    assert_int_equal(unfiled(office, &office->researcher), 0);
    office_close(office);
}

/* --- fresh --- */

struct fit_row {
    int64_t id, column, other, rating;
};

static bool fit_add(struct sql *sql, void *arg, struct err *err)
{
    const struct fit_row *row = arg;

    return sql_put(sql, "INSERT INTO fit (id, col, other, chance, rating) VALUES (?1, ?2, ?3, 500000, ?4)",
                   SQL_ARGS(sql_int(row->id), sql_int(row->column), sql_int(row->other), sql_int(row->rating)), err);
}

static void fits(struct office *office, int64_t id, enum column column, int64_t other, int rating)
{
    struct fit_row row = {id, column, other, rating};

    assert_done(store_write(office->town.store, "", fit_add, &row, &office->err), office->err);
}

static size_t fresh(struct office *office, const struct actor *actor, int64_t days_on)
{
    struct sql *sql = town_look(&office->town);

    if (!desk_fresh(sql, actor, clock_ms() + days_on * 86400000, &office->arena, &office->tasks, &office->err))
        fail_msg("%s", office->err.message);
    store_read_end(office->town.store, sql);
    return office->tasks.count;
}

static void a_partner_that_has_come_is_told_for_a_week(void **state)
{
    struct office *office = office_open(state);
    int64_t before = achievement_put(office, &office->stranger, "先来的轴承技术", "", "", "");
    int64_t need = need_put(office, &office->member, 0, "轴承寿命的需求", "");
    int64_t good = achievement_put(office, &office->stranger, "后来的轴承技术", "", "", "");
    int64_t weak = achievement_put(office, &office->stranger, "不大合适的技术", "", "", "");
    int64_t own = achievement_put(office, &office->researcher, "自家的轴承技术", "", "", "");

    fits(office, need, COLUMN_ACHIEVEMENT, before, MATCH_STRONG);
    fits(office, need, COLUMN_ACHIEVEMENT, good, MATCH_FAIR);
    fits(office, need, COLUMN_ACHIEVEMENT, weak, MATCH_WEAK);
    fits(office, need, COLUMN_ACHIEVEMENT, own, MATCH_STRONG);
    assert_int_equal(fresh(office, &office->member, 0), 1);
    assert_int_equal(office->tasks.list[0].id, need);
    assert_int_equal(office->tasks.list[0].other, good);
    assert_int_equal(office->tasks.list[0].rating, MATCH_FAIR);
    assert_true(slice_is(office->tasks.list[0].other_title, "后来的轴承技术"));
    assert_int_equal(fresh(office, &office->researcher, 0), 0); /* it is not his need */
    assert_int_equal(fresh(office, &office->officer, 0), 0);
    assert_int_equal(fresh(office, &office->member, DESK_FRESH_DAYS - 1), 1);
    assert_int_equal(fresh(office, &office->member, DESK_FRESH_DAYS + 1), 0);
    close_or_open(office, &office->stranger, &kind_achievement, good, SUBMIT_CLOSE);
    assert_int_equal(fresh(office, &office->member, 0), 0);
    office_close(office);
}

static void a_researcher_hears_of_needs_for_his_own(void **state)
{
    struct office *office = office_open(state);
    int64_t mine = achievement_put(office, &office->researcher, "自己的轴承技术", "", "", "");
    int64_t need = need_put(office, &office->stranger, 0, "轴承寿命的需求", "");

    fits(office, mine, COLUMN_NEED, need, MATCH_STRONG);
    assert_int_equal(fresh(office, &office->researcher, 0), 1);
    assert_ptr_equal(office->tasks.list[0].partner, &kind_need);
    assert_int_equal(fresh(office, &office->colleague, 0), 0);
    assert_int_equal(fresh(office, &office->member, 0), 1);
    office_close(office);
}

/* --- what is his --- */

static size_t records(struct office *office, const struct actor *actor, int64_t before, struct desk_record *list, bool *more)
{
    struct sql *sql = town_look(&office->town);
    size_t count;

    if (!desk_records(sql, actor, before, list, &count, more, &office->err))
        fail_msg("%s", office->err.message);
    store_read_end(office->town.store, sql);
    return count;
}

static void a_member_has_what_his_organisation_has(void **state)
{
    struct office *office = office_open(state);
    struct desk_record list[DESK_PAGE];
    int64_t first = need_put(office, &office->member, 0, "第一个需求", "");
    int64_t second = achievement_put(office, &office->researcher, "第二个是成果", "", "", "");
    int64_t third = need_put(office, &office->officer, office->ours, "第三个是代录的", "");
    bool more;

    need_put(office, &office->stranger, 0, "别人的需求", "");
    close_or_open(office, &office->member, &kind_need, first, SUBMIT_CLOSE);
    assert_int_equal(records(office, &office->member, 0, list, &more), 3);
    assert_int_equal(list[0].id, third);
    assert_int_equal(list[1].id, second);
    assert_ptr_equal(list[1].kind, &kind_achievement);
    assert_int_equal(list[2].id, first); /* closed, it is his still */
    assert_false(more || list[0].entered);
    assert_int_equal(records(office, &office->member, second, list, &more), 1);
    assert_int_equal(list[0].id, first);
    office_close(office);
}

static void an_officer_has_what_he_entered_a_page_at_a_time(void **state)
{
    struct office *office = office_open(state);
    const char *party[] = {"name", "兰州又一家泵业", "side", "enterprise", "region", "620102", NULL};
    const char *goal[] = {"goal", "寿命到八千小时", NULL};
    struct desk_record list[DESK_PAGE];
    int64_t newest = 0, last;
    bool more;

    put(office, &office->officer, &kind_party, 0, 0, 0, party);
    for (int i = 0; i < 2 * DESK_PAGE; i++)
        newest = need_put(office, &office->officer, i % 2 ? office->ours : office->theirs,
                          arena_print(&office->arena, "代录需求第 %02d 号", i), "");
    put(office, &office->member, &kind_need, 0, newest, 1, goal); /* changed by another, it is what he entered still */
    need_put(office, &office->member, 0, "企业自己的需求", "");
    assert_int_equal(records(office, &office->officer, 0, list, &more), DESK_PAGE);
    assert_true(more && list[0].entered);
    assert_int_equal(list[0].id, newest);
    last = list[DESK_PAGE - 1].id;
    assert_int_equal(records(office, &office->officer, last, list, &more), DESK_PAGE);
    assert_true(more);
    assert_true(list[0].id < last);
    last = list[DESK_PAGE - 1].id;
    assert_int_equal(records(office, &office->officer, last, list, &more), 1);
    assert_ptr_equal(list[0].kind, &kind_party);
    assert_false(more);
    assert_int_equal(records(office, &office->elsewhere, 0, list, &more), 0);
    office_close(office);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(what_is_overdue_waits_for_its_organisation), ON_BOTH(a_scenario_past_its_closing_day_too),
        ON_BOTH(an_officer_is_asked_about_what_he_wrote_last), ON_BOTH(no_more_than_a_page_and_it_says_so),
        ON_BOTH(details_without_a_filing_date_wait_for_one), ON_BOTH(a_partner_that_has_come_is_told_for_a_week),
        ON_BOTH(a_researcher_hears_of_needs_for_his_own), ON_BOTH(a_member_has_what_his_organisation_has),
        ON_BOTH(an_officer_has_what_he_entered_a_page_at_a_time),
    };

    return run_places(tests);
}
