/* The signs, and those of one achievement. */
#include "work/obstacle.h"

#include "base/clock.h"
#include "record/deal.h"
#include "record/matter.h"
#include "record/paper.h"
#include "record/pilot.h"

#define OPEN "FROM achievement a WHERE a.to_leaf IS NULL AND a.status = 0 AND (CAST(?1 AS BIGINT) = 0 OR a.id = CAST(?1 AS BIGINT))" \
             " AND CAST(?2 AS BIGINT) > 0 AND CAST(?3 AS TEXT) <> ''"
#define OPEN_WITH(more) "FROM achievement a " more " WHERE a.to_leaf IS NULL AND a.status = 0 AND (CAST(?1 AS BIGINT) = 0 OR a.id = CAST(?1 AS BIGINT))" \
                        " AND CAST(?2 AS BIGINT) > 0 AND CAST(?3 AS TEXT) <> ''"
#define DEAL "JOIN deal d ON d.achievement = a.id AND d.to_leaf IS NULL AND d.past IS NULL"
#define NO_DEAL " AND NOT EXISTS (SELECT 1 FROM deal d WHERE d.achievement = a.id AND d.to_leaf IS NULL)"
#define DAYS(since) "(CAST(?2 AS BIGINT) - " since ") / 86400000"
#define OLDER(since, days) " AND " since " < CAST(?2 AS BIGINT) - CAST(86400000 AS BIGINT) * " #days
#define STANDS_AT(piers) "SELECT a.id, " DAYS("d.valid_from") ", d.id " OPEN_WITH(DEAL) " AND d.status = 0 AND d.pier IN (" piers ")" OLDER("d.valid_from", 30)

const struct obstacle_sort obstacle_sorts[] = {
    {"approval", OBSTACLE_DARE, N_("公示或审批一步停了 %lld 天"), N_("看卡在谁手里，催办或补材料"), NULL, &kind_deal, STANDS_AT("'notice', 'approve'")},
    {"one_notice", OBSTACLE_DARE, N_("协议定价只在本单位公示，没有技术交易市场公示，免责的双公示还缺一处"), N_("补一处市场公示，或在证据包里说明"), NULL, &kind_deal,
     "SELECT a.id, CAST(1 AS BIGINT), d.id " OPEN_WITH(DEAL) " AND d.pricing = 'agreement' AND EXISTS (SELECT 1 FROM contract c WHERE c.deal = d.id AND c.to_leaf IS NULL)"
     " AND NOT EXISTS (SELECT 1 FROM notice n WHERE n.deal = d.id AND n.to_leaf IS NULL AND n.place = 'market')"},
    {"idle", OBSTACLE_WANT, N_("登记 %lld 天了，还没有发起转化"), N_("发起转化，或看团队能分多少"), NULL, &kind_achievement,
     "SELECT a.id, " DAYS("f.valid_from") ", a.id " OPEN_WITH("JOIN achievement f ON f.id = a.id AND f.ver = 1") OLDER("f.valid_from", 365) NO_DEAL},
    {"untitled", OBSTACLE_WANT, N_("权属还没有约定，已 %lld 天"), N_("明确归单位还是赋权，写清份额"), NULL, &kind_deal, STANDS_AT("'title'")},
    {"unpaid", OBSTACLE_WANT, N_("到账以后奖酬过了应发日期还没有发"), N_("到项目里发放奖酬"), NULL, &kind_deal,
     "SELECT a.id, CAST(1 AS BIGINT), d.id " OPEN_WITH(DEAL " JOIN deal_due u ON u.deal = d.id AND u.sort = 'pay'") " AND u.day < CAST(?2 AS BIGINT) / 86400000"},
    {"stuck", OBSTACLE_KNOW, N_("评价、定价、签约或登记一步停了 %lld 天"), N_("看下一步要什么材料"), NULL, &kind_deal, STANDS_AT("'value', 'price', 'sign', 'register'")},
    {"lacking", OBSTACLE_KNOW, N_("登记机构要求补正，还没有补"), N_("补正材料"), NULL, &kind_deal,
     "SELECT a.id, CAST(1 AS BIGINT), d.id " OPEN_WITH(DEAL " JOIN registration r ON r.deal = d.id AND r.to_leaf IS NULL")
     " AND r.lacks IS NOT NULL AND r.mended_on IS NULL AND r.result IS NULL"},
    {"silent", OBSTACLE_KNOW, N_("有人请求对接，过了答复日期还没有答复"), N_("答复对接请求"), "/contacts/%lld", &kind_contact,
     "SELECT a.id, CAST(1 AS BIGINT), c.id " OPEN_WITH("JOIN contact c ON c.about = a.id AND c.about_kind = 'achievement' AND c.to_leaf IS NULL")
     " AND c.state = 'sent' AND c.due < CAST(?3 AS TEXT)"},
    {"money", OBSTACLE_MONEY, N_("写明需要资金，成熟度 TRL %lld，还没有中试、也没有转化项目"), N_("看能用哪些资金"), "/funding", &kind_achievement,
     "SELECT a.id, a.trl, a.id " OPEN " AND a.trl BETWEEN 3 AND 7 AND (a.wanted LIKE '%资金%' OR a.wanted LIKE '%经费%' OR a.wanted LIKE '%融资%' OR a.wanted LIKE '%投资%')"
     NO_DEAL " AND NOT EXISTS (SELECT 1 FROM pilot_job j WHERE j.achievement = a.id AND j.to_leaf IS NULL AND j.amount IS NOT NULL)"},
    {"manager", OBSTACLE_TALENT, N_("登记 %lld 天了，没有技术经理人受托，也没有转化项目"), N_("找一位技术经理人"), "/managers", &kind_achievement,
     "SELECT a.id, " DAYS("f.valid_from") ", a.id " OPEN_WITH("JOIN achievement f ON f.id = a.id AND f.ver = 1") OLDER("f.valid_from", 90) NO_DEAL
     " AND NOT EXISTS (SELECT 1 FROM case_work w WHERE w.achievement = a.id AND w.to_leaf IS NULL AND w.status = 0)"},
    {"untried", OBSTACLE_SCENE, N_("成熟度 TRL %lld，还没有做过中试"), N_("找中试平台"), "/capabilities", &kind_achievement,
     "SELECT a.id, a.trl, a.id " OPEN " AND a.trl BETWEEN 4 AND 7 AND NOT EXISTS (SELECT 1 FROM pilot_job j WHERE j.achievement = a.id"
     " AND j.to_leaf IS NULL AND j.state NOT IN ('refused', 'withdrawn', 'left'))"},
    {"unquoted", OBSTACLE_SCENE, N_("请求了中试，平台过了报价日期还没有报价"), N_("看作业，催报价或另找平台"), "/pilot_jobs/%lld", &kind_pilot_job,
     "SELECT a.id, CAST(1 AS BIGINT), j.id " OPEN_WITH("JOIN pilot_job j ON j.achievement = a.id AND j.to_leaf IS NULL")
     " AND j.state = 'asked' AND j.due < CAST(?3 AS TEXT)"},
};
const size_t obstacle_sort_count = sizeof obstacle_sorts / sizeof *obstacle_sorts;

const struct obstacle_text *obstacle_text(enum obstacle obstacle)
{
    static const struct obstacle_text texts[OBSTACLE_COUNT] = {
        [OBSTACLE_DARE] = {"dare", "不敢转", "Do not dare"},       [OBSTACLE_WANT] = {"want", "不愿转", "Do not want to"},
        [OBSTACLE_KNOW] = {"know", "不会转", "Do not know how"},   [OBSTACLE_MONEY] = {"money", "缺资金", "Lack money"},
        [OBSTACLE_TALENT] = {"talent", "缺人才", "Lack talent"},   [OBSTACLE_SCENE] = {"scene", "缺场景", "Lack places to use it"},
    };

    return &texts[obstacle];
}

bool obstacle_by_code(struct slice code, enum obstacle *obstacle)
{
    for (int i = 0; i < OBSTACLE_COUNT; i++)
        if (slice_is(code, obstacle_text((enum obstacle)i)->code)) {
            *obstacle = (enum obstacle)i;
            return true;
        }
    return false;
}

bool obstacle_may(struct sql *sql, const struct actor *actor, const struct record *achievement, bool *let, struct err *err)
{
    struct object object;

    if (!object_of(sql, achievement, actor, &object, err))
        return false;
    if (!object.region && !party_region(sql, achievement->owner, &object.region, err))
        return false;
    *let = acts_for(actor, achievement->owner) || officer_of(actor, &object) || auditor_of(actor, &object);
    return true;
}

bool obstacle_may_map(const struct actor *actor)
{
    return actor_is_officer(actor) || actor_has(actor, ROLE_LEADER) || actor_has(actor, ROLE_SECRETARY) || actor_has(actor, ROLE_AUDITOR);
}

bool obstacle_signs(struct sql *sql, int64_t achievement, int64_t now_ms, struct obstacle_sign list[OBSTACLE_SIGNS], size_t *count, struct err *err)
{
    char today[CLOCK_TEXT];

    *count = 0;
    clock_show_day(now_ms, today);
    for (size_t i = 0; i < obstacle_sort_count; i++) {
        struct sql_rows rows;

        if (!sql_rows(sql, obstacle_sorts[i].statement, SQL_ARGS(sql_int(achievement), sql_int(now_ms), sql_text(slice_of(today))), &rows, err))
            return false;
        while (*count < OBSTACLE_SIGNS && sql_next(&rows))
            list[(*count)++] = (struct obstacle_sign){&obstacle_sorts[i], sql_number(&rows, 0), sql_number(&rows, 1), sql_number(&rows, 2)};
        if (!sql_done(&rows, err))
            return false;
    }
    return true;
}
