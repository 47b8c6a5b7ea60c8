/*
 * A unit with a deal, for the tests of the procedure: people, rules, a clock of its own. What a form would fill in by itself is
 * filled in; a test says what it types over that. The unit lies where the test wants it, so that each region's rules can be asked.
 */
#ifndef TQ_TESTS_DEAL_TOWN_H
#define TQ_TESTS_DEAL_TOWN_H

#include <stdarg.h>

#include "city_people.h"

#include "base/clock.h"
#include "work/deal.h"
#include "work/deal_int.h"

#ifndef TQ_SHARE
#error "define TQ_SHARE: the folder that holds rules/"
#endif

#define COUNT(array) (sizeof(array) / sizeof *(array))

struct campus {
    struct town town;
    struct law law;
    int64_t unit, account, achievement, deal;
    struct actor clerk;
    int32_t today;
    struct arena arena;      /* of everything that is typed and read; freed with the campus */
    struct deal_order order; /* the last step */
    bool zhejiang;           /* whose rules want the unit's way to object before the price */
    struct err err;
};

static const char campus_sha[] = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
/* Divisions with rules of their own, and one with the nation's alone. */
static const char gansu[] = "620102", zhejiang[] = "330106", nation[] = "500112";
static const char one_team[] = "曾某（示例） 60% 主要贡献\n彭某（示例） 40%";
static const char campus_evidence[] = "1 报告\n2 报告\n3 报告\n4 报告\n5 报告\n6 报告";

static inline int32_t campus_date(int year, int month, int day)
{
    int32_t number;

    assert_true(day_from_ymd(year, month, day, &number));
    return number;
}

/* Ten in the morning, over there. */
static inline int64_t campus_ms(const struct campus *campus)
{
    return campus->today * INT64_C(86400000) + 2 * INT64_C(3600000);
}

static inline const char *campus_text(struct campus *campus, int32_t date)
{
    int year, month, day;

    day_to_ymd(date, &year, &month, &day);
    return arena_print(&campus->arena, "%04d-%02d-%02d", year, month, day);
}

static inline int64_t campus_record(struct campus *campus, const struct kind *kind, int64_t owner, const char *const *fields)
{
    struct submission submission;

    town_submission(&campus->town, &submission, kind, NULL);
    submission.record.owner = owner;
    assert_done(town_submit(&campus->town, NULL, &submission, fields, &campus->err), campus->err);
    return submission.id;
}

static inline enum store_outcome campus_open_deal(struct campus *campus, const struct actor *actor, const char *title,
                                                  const char *request)
{
    struct deal_opening opening;
    enum store_outcome outcome;

    deal_opening_init(&opening, actor, slice_of(request));
    opening.time_ms = campus_ms(campus);
    opening.achievement = campus->achievement;
    opening.title = slice_of(title);
    err_clear(&campus->err);
    outcome = store_write(campus->town.store, opening.request_id, deal_open_step, &opening, &campus->err);
    if (outcome == STORE_DONE)
        campus->deal = opening.id;
    return outcome;
}

/* approvals: "" for the unit's leaders together. 2 March 2026 is a Monday. */
static inline void campus_open(struct campus *campus, void **state, const char *region, const char *approvals)
{
    const char *unit[] = {"name", "示例丙学院", "side", "university", "nature", "institution", "region", region,
                          "approvals", approvals, NULL};
    static const char *const achievement[] = {"title", "含沙介质耐磨轴承涂层", "abstract",
                                              "用于含沙介质的离心泵，轴承寿命由三千小时提高到八千小时。", "trl", "6",
                                              "rights", "发明专利 ZL202110123456.0 2021-01-29 有效", NULL};

    *campus = (struct campus){.today = campus_date(2026, 3, 2), .zhejiang = strncmp(region, "33", 2) == 0};
    arena_init(&campus->arena);
    town_open(&campus->town, state);
    if (!law_open(TQ_SHARE, &campus->law, &campus->err))
        fail_msg("%s", campus->err.message);
    campus->unit = campus_record(campus, &kind_party, 0, unit);
    campus->account = town_account(&campus->town, "clerk", campus->unit, town_password);
    town_grant(&campus->town, campus->account, ROLE_MEMBER, SCOPE_ALL, 0);
    town_actor(&campus->town, campus->account, &campus->clerk);
    campus->achievement = campus_record(campus, &kind_achievement, campus->unit, achievement);
    assert_done(campus_open_deal(campus, &campus->clerk, "", "open-1"), campus->err);
}

/* Another deal for the same achievement. */
static inline void campus_again(struct campus *campus)
{
    char request[24];
    const char *title = arena_print(&campus->arena, "示例项目 %s", town_request(&campus->town, request).at);

    assert_done(campus_open_deal(campus, &campus->clerk, title, request), campus->err);
}

static inline void campus_close(struct campus *campus)
{
    law_close(&campus->law);
    arena_release(&campus->arena);
    town_close(&campus->town);
}

/* The file as it stands today. */
static inline void campus_look(struct campus *campus, struct deal_file *file, struct deal_bridge *bridge)
{
    struct sql *sql = town_look(&campus->town);

    if (!deal_load(sql, campus->deal, campus->today, &campus->arena, file, &campus->err)
        || !deal_look(&campus->law, file, bridge, &campus->err))
        fail_msg("%s", campus->err.message);
    store_read_end(campus->town.store, sql);
}

static inline const char *campus_at(struct campus *campus)
{
    struct deal_file file;
    struct deal_bridge bridge;

    campus_look(campus, &file, &bridge);
    return bridge.at < PIER_COUNT ? pier_code((enum pier)bridge.at) : "";
}

static inline const struct record *campus_paper(struct campus *campus, enum kind_id kind, size_t number)
{
    struct deal_file file;
    struct deal_bridge bridge;

    campus_look(campus, &file, &bridge);
    assert_true(number >= 1 && number <= file.count[kind]);
    return &file.papers[kind][number - 1];
}

/* What a person with the form before him would send: ver, what is filled in, and the fields given over it. */
static inline void campus_fill(struct campus *campus, const char *name, va_list fields)
{
    struct deal_file file;
    struct deal_bridge bridge;
    const struct deal_step *step = deal_step_find(slice_of(name));
    char request[24];
    const char *field;

    assert_non_null(step);
    campus_look(campus, &file, &bridge);
    deal_order_init(&campus->order, &campus->law, &campus->clerk, step, town_request(&campus->town, request));
    campus->order.time_ms = campus_ms(campus);
    campus->order.deal = campus->deal;
    campus->order.ver = file.deal.ver;
    campus->order.arena = &campus->arena;
    while ((field = va_arg(fields, const char *)) != NULL) {
        int index = kind_field(deal_step_kind(step), field);
        const char *value = va_arg(fields, const char *);

        if (index < 0)
            fail_msg("%s has no field %s", name, field);
        campus->order.typed[index] = value ? slice_of(value) : (struct slice){0};
    }
    deal_prefill(step, &file, deal_step_paper(step, &file, 0), &campus->arena, campus->order.typed);
}

static inline enum store_outcome campus_send(struct campus *campus)
{
    err_clear(&campus->err);
    return store_write(campus->town.store, campus->order.request_id, deal_step_run, &campus->order, &campus->err);
}

/* Where the deal stands is written with it; but what passes by time alone is seen only when somebody looks. */
static inline void campus_stands(struct campus *campus, const char *name)
{
    struct deal_file file;
    struct deal_bridge bridge;
    const char *at;

    campus_look(campus, &file, &bridge);
    at = bridge.at < PIER_COUNT ? pier_code((enum pier)bridge.at) : "close";
    if (file.deal.status == RECORD_OPEN && !slice_is(file.deal.values[DEAL_PIER].text, at))
        fail_msg("after %s the deal says it stands at %.*s, and stands at %s", name, (int)file.deal.values[DEAL_PIER].text.len,
                 file.deal.values[DEAL_PIER].text.at, at);
}

static inline void is_prepared(struct campus *campus, const char *name, ...)
{
    va_list fields;

    va_start(fields, name);
    campus_fill(campus, name, fields);
    va_end(fields);
}

static inline void does(struct campus *campus, const char *name, ...)
{
    va_list fields;

    va_start(fields, name);
    campus_fill(campus, name, fields);
    va_end(fields);
    if (campus_send(campus) != STORE_DONE)
        fail_msg("%s at %s: %s; %s [%s]", name, campus_at(campus), campus->err.message, campus->err.hint, campus->err.field);
    campus_stands(campus, name);
}

/* says: a part of the message or the hint. */
static inline void is_refused(struct campus *campus, const char *says, const char *name, ...)
{
    va_list fields;

    va_start(fields, name);
    campus_fill(campus, name, fields);
    va_end(fields);
    if (campus_send(campus) == STORE_DONE)
        fail_msg("%s was taken; wanted: %s", name, says);
    if (!strstr(campus->err.message, says) && !strstr(campus->err.hint, says))
        fail_msg("%s: wanted “%s”, told: %s; %s", name, says, campus->err.message, campus->err.hint);
    assert_true(campus->err.code == ERR_INVALID || campus->err.code == ERR_CONFLICT);
}

/* --- along the bridge --- */

static inline void campus_to_price(struct campus *campus)
{
    if (campus->zhejiang)
        does(campus, "state", "fact", "objection_rules_public", "value", "yes", "source", "declared", NULL);
    does(campus, "title", NULL);
    does(campus, "value", "technology", "成熟", "economy", "可观", "assessor", "示例评价人", "evidence", campus_evidence, NULL);
}

static inline void campus_to_notice(struct campus *campus, const char *price)
{
    campus_to_price(campus);
    does(campus, "price", "way", "license", "price", price, "buyer", "示例甲机械厂", "buyer_nature", "private",
         "ground", "参照两份可比许可合同，学校集体决策", NULL);
}

static inline void campus_market(struct campus *campus)
{
    does(campus, "notice", "sort", "sale", "place", "market", "market", "示例技术交易市场", "number", "2026-001", "url",
         "https://example.com/1", "snapshot", campus_sha, NULL);
}

static inline void campus_to_approve(struct campus *campus, const char *price)
{
    campus_to_notice(campus, price);
    does(campus, "notice", "sort", "sale", "place", "unit", NULL);
    campus_market(campus);
    campus->today += 20;
}

static inline void campus_to_sign(struct campus *campus, const char *price)
{
    campus_to_approve(campus, price);
    while (strcmp(campus_at(campus), "approve") == 0)
        does(campus, "approve", "minutes", "示例纪要", NULL);
}

static inline void campus_to_receive_with(struct campus *campus, const char *price, const char *number)
{
    campus_to_sign(campus, price);
    does(campus, "sign", "number", "HT-1", NULL);
    does(campus, "register", "point", "示例登记机构", NULL);
    does(campus, "registered", "number", number, NULL);
    does(campus, "plan", "sort", "lump", "due_on", "2026-12-31", "amount", price, NULL);
}

static inline void campus_to_receive(struct campus *campus, const char *price)
{
    campus_to_receive_with(campus, price, "2026620100000001");
}

static inline void campus_to_allot(struct campus *campus, const char *price)
{
    campus_to_receive(campus, price);
    does(campus, "receive", "voucher", "PZ-1", NULL);
}

static inline void campus_pay(struct campus *campus, const char *voucher)
{
    does(campus, "notice", "sort", "reward", "place", "unit", NULL);
    campus->today += 30;
    does(campus, "pay", "voucher", voucher, NULL);
}

/* --- files --- */

/* As the page does: looked at, kept, and added to what goes in. */
static inline const char *campus_brings(struct campus *campus, struct attachment_set *set, const char *name, const char *bytes,
                                        const char *sort)
{
    struct attachment_file *file = &set->files[set->count];

    *file = (struct attachment_file){.name = slice_of(name), .bytes = slice_of(bytes)};
    if (!attachment_look(file, &campus->err)
        || !attachment_keep(campus->town.store, slice_of(file->digest), file->bytes, campus_ms(campus), &campus->err))
        fail_msg("%s: %s", name, campus->err.message);
    set->sorts[set->count++] = sort;
    return file->digest;
}

static inline void campus_attachment(struct campus *campus, struct attachment_order *order, const struct actor *actor)
{
    char request[24];

    attachment_order_init(order, actor, town_request(&campus->town, request));
    order->time_ms = campus_ms(campus);
    order->deal = campus->deal;
}

static inline enum store_outcome campus_attaches(struct campus *campus, struct attachment_order *order, store_step *step)
{
    err_clear(&campus->err);
    return store_write(campus->town.store, order->request_id, step, order, &campus->err);
}

#endif
