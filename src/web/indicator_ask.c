/* What a page of indicators was asked for, and who sees what of it. */
#include "base/clock.h"
#include "base/json.h"
#include "record/tree.h"
#include "web/indicator_int.h"
#include "work/steer.h"

enum { YEAR_FIRST = 2000, SPAN_MOST = 3660 /* days */ };

#define READERS \
    (ROLE_BIT(ROLE_READER_FINANCE) | ROLE_BIT(ROLE_READER_TAX) | ROLE_BIT(ROLE_READER_ASSETS) | ROLE_BIT(ROLE_READER_PERSONNEL) \
     | ROLE_BIT(ROLE_READER_DISCIPLINE))
#define WIDE (ROLE_OFFICERS | STEER_LEADERS | ROLE_BIT(ROLE_AUDITOR) | READERS)

/* --- who --- */

static bool is_city(int64_t division)
{
    return division % 100 == 0;
}

static bool grant_over(const struct role_grant *grant, int64_t region)
{
    if (!(WIDE & ROLE_BIT(grant->role)))
        return false;
    if (grant->scope_kind == SCOPE_DIVISION)
        return region ? division_holds(grant->scope, region) : is_city(grant->scope);
    return grant->scope_kind == SCOPE_ALL;
}

bool indicator_over(const struct actor *actor, int64_t region)
{
    for (size_t i = 0; i < actor->grant_count; i++)
        if (grant_over(&actor->grants[i], region))
            return true;
    return false;
}

/* The division to which he is confined; 0: to none, or he looks over none. */
static int64_t home_of(const struct actor *actor)
{
    if (indicator_over(actor, 0))
        return 0;
    for (size_t i = 0; i < actor->grant_count; i++)
        if ((WIDE & ROLE_BIT(actor->grants[i].role)) && actor->grants[i].scope_kind == SCOPE_DIVISION)
            return actor->grants[i].scope;
    return 0;
}

/* The organisation whose own figures he may see: that for which he acts, or of a park's officer the one that was given to him. */
static int64_t party_of(const struct actor *actor)
{
    if (actor->party && acts_for(actor, actor->party))
        return actor->party;
    for (size_t i = 0; i < actor->grant_count; i++)
        if (role_is_officer(actor->grants[i].role) && actor->grants[i].scope_kind == SCOPE_PARTY)
            return actor->grants[i].scope;
    return 0;
}

bool indicator_looks_over(const struct actor *actor)
{
    return indicator_over(actor, 0) || home_of(actor);
}

bool indicator_sees(const struct indicator_look *look, const struct indicator *indicator)
{
    return indicator->open || look->mine || indicator_over(&look->request->actor, look->region);
}

void indicator_keep(const struct actor *actor, int64_t region, const struct indicator *indicator, struct figure *figure)
{
    bool amounts = indicator->figure == FIGURE_MONEY || (indicator->figure == FIGURE_SHARE && figure->base > figure->lines);

    if (amounts && figure->lines > 0 && figure->lines < INDICATOR_FEW && !indicator_over(actor, region))
        *figure = (struct figure){.few = true};
}

bool indicator_look_figure(const struct indicator_look *look, const struct indicator *indicator, const struct figure_ask *ask, struct figure *figure, struct err *err)
{
    if (!indicator_figure(look->request->sql, indicator, ask, figure, err))
        return false;
    if (!look->mine)
        indicator_keep(&look->request->actor, look->region, indicator, figure);
    return true;
}

const struct indicator *indicator_counted(const struct indicator_look *look, const struct indicator *indicator)
{
    return indicator_on(look->set, slice_of(indicator->code), look->ask.to);
}

/* --- the period --- */

int indicator_year_of(int32_t day)
{
    int year, month, of_month;

    day_to_ymd(day, &year, &month, &of_month);
    return year;
}

void indicator_period_set(struct indicator_look *look, int32_t from, int32_t to)
{
    look->year = 0;
    look->ask.from = from;
    look->ask.to = to;
}

bool indicator_year_set(struct indicator_look *look, int year)
{
    int32_t from, to;

    if (!day_from_ymd(year, 1, 1, &from) || !day_from_ymd(year, 12, 31, &to) || from > look->limit)
        return false;
    indicator_period_set(look, from, to < look->limit ? to : look->limit);
    look->year = year;
    return true;
}

void indicator_region_set(struct indicator_look *look, int64_t region)
{
    look->region = region;
    look->ask.region = look->ask.region_to = 0;
    figure_ask_region(&look->ask, region);
}

static bool day_typed(struct request *request, const char *name, int32_t *day, bool *given, struct err *err)
{
    struct slice typed = slice_trim(request_value(request, name));

    *given = typed.len > 0;
    if (!*given || day_parse(typed, day))
        return true;
    err_set(err, ERR_INVALID, "日期不对：%.*s", typed.len < 40 ? (int)typed.len : 40, typed.at);
    err_hint(err, "写成 2026-03-31 的样子");
    return err_field(err, name);
}

static bool as_of_read(struct indicator_look *look, struct err *err)
{
    int32_t day;

    if (!day_typed(look->request, "as_of", &day, &look->past, err))
        return false;
    if (!look->past)
        return true;
    if (day > look->today)
        return err_set(err, ERR_INVALID, "这一天还没有到，没有“截至这一天知道的”") || err_hint(err, "写今天或者以前的一天") || err_field(err, "as_of");
    look->limit = day;
    if (day < look->today)
        look->ask.as_of = day;
    return true;
}

static bool year_read(struct indicator_look *look, struct slice typed, struct err *err)
{
    int year = 0;

    for (size_t i = 0; typed.len == 4 && i < 4 && typed.at[i] >= '0' && typed.at[i] <= '9'; i++)
        year = year * 10 + (typed.at[i] - '0');
    if (!typed.len)
        year = indicator_year_of(look->limit);
    if (year >= (typed.len ? YEAR_FIRST : 0) && indicator_year_set(look, year))
        return true;
    return err_set(err, ERR_INVALID, "没有这一年的数") || err_hint(err, "年份写四位数字，从 %d 到 %d", YEAR_FIRST, indicator_year_of(look->limit)) || err_field(err, "year");
}

static bool period_read(struct indicator_look *look, struct err *err)
{
    struct slice year = slice_trim(request_value(look->request, "year"));
    int32_t from, to;
    bool first, last;

    if (!day_typed(look->request, "from", &from, &first, err) || !day_typed(look->request, "to", &to, &last, err))
        return false;
    if (!first && !last)
        return year_read(look, year, err);
    if (year.len)
        return err_set(err, ERR_INVALID, "年份和起止日只能写一样") || err_hint(err, "去掉年份，或者去掉起止日") || err_field(err, "year");
    if (!first || !last)
        return err_set(err, ERR_INVALID, "起日和止日要一起写") || err_hint(err, "如 from=2026-01-01&to=2026-03-31") || err_field(err, first ? "to" : "from");
    if (from > to || to - from > SPAN_MOST)
        return err_set(err, ERR_INVALID, "起止日不对") || err_hint(err, "起日不晚于止日，不超过十年") || err_field(err, "from");
    if (from > look->limit)
        return err_set(err, ERR_INVALID, "这段时间还没有开始") || err_hint(err, "起日写今天或者截止日以前的一天") || err_field(err, "from");
    indicator_period_set(look, from, to < look->limit ? to : look->limit);
    return true;
}

/* --- the place, the organisation --- */

static bool region_read(struct indicator_look *look, struct err *err)
{
    struct slice typed = slice_trim(request_value(look->request, "region"));
    int64_t code = 0;
    bool digits = typed.len == 6;

    look->home = home_of(&look->request->actor);
    indicator_region_set(look, look->home);
    if (!typed.len)
        return true;
    for (size_t i = 0; digits && i < typed.len; i++) {
        digits = typed.at[i] >= '0' && typed.at[i] <= '9';
        code = code * 10 + (typed.at[i] - '0');
    }
    if (!digits || (code && !tree_find(tree_get("division"), typed)))
        return err_set(err, ERR_INVALID, "没有这个行政区划：%.*s", typed.len < 40 ? (int)typed.len : 40, typed.at)
               || err_hint(err, "写六位行政区划代码，如 620102；000000 是全部") || err_field(err, "region");
    indicator_region_set(look, code);
    return true;
}

/* To whom nothing else of a figure is open sees that of his own organisation. */
static bool mine_read(struct indicator_look *look, const struct indicator *opened, struct err *err)
{
    struct slice typed = slice_trim(request_value(look->request, "mine"));
    const struct actor *actor = &look->request->actor;

    look->party = party_of(actor);
    if (typed.len && !slice_is(typed, "1") && !slice_is(typed, "0"))
        return err_set(err, ERR_INVALID, "mine 写 1 或者 0") || err_field(err, "mine");
    look->mine = slice_is(typed, "1") || (opened && !opened->open && !indicator_looks_over(actor));
    if (!look->mine)
        return true;
    if (!actor->account)
        return err_set(err, ERR_SIGN_IN, "看本单位的数需要登录");
    if (!look->party)
        return err_set(err, ERR_DENIED, "您的账号不代表哪个单位办事，没有“只算本单位”");
    look->ask.party = look->party;
    look->unit = record_title(look->request->sql, &kind_party, look->party, look->request->arena);
    return true;
}

struct slice indicator_code_of(const struct request *request)
{
    static const struct slice prefix = {"/indicators/", sizeof "/indicators/" - 1};
    struct slice code = SLICE(""), path = request->path;

    if (path.len <= prefix.len)
        return code;
    code.at = path.at + prefix.len;
    while (prefix.len + code.len < path.len && code.at[code.len] != '/')
        code.len++;
    return code;
}

static bool open_find(const struct indicator_look *look, struct slice code, const struct indicator **opened, struct err *err)
{
    const struct actor *actor = &look->request->actor;

    *opened = indicator_find(look->set, code);
    return (*opened && ((*opened)->open || indicator_looks_over(actor) || party_of(actor)))
           || err_set(err, ERR_MISSING, "没有这个指标，或者它不对您公开") || err_hint(err, "指标页列出您能看的全部指标");
}

bool indicator_look_read(struct request *request, struct slice code, const struct indicator **opened, struct indicator_look *look, struct err *err)
{
    int32_t today = day_of_ms(request->now_ms);

    *look = (struct indicator_look){.request = request, .set = request->web->city->indicators, .today = today, .limit = today, .ask.as_of = INDICATOR_NOW};
    *opened = NULL;
    if ((code.len && !open_find(look, code, opened, err)) || !as_of_read(look, err) || !period_read(look, err) || !region_read(look, err)
        || !mine_read(look, *opened, err))
        return false;
    if (*opened && !indicator_sees(look, *opened))
        return err_set(err, ERR_DENIED, "这个指标您只能看自己管的地方的") || err_hint(err, "去掉区县，就是您管的地方") || err_field(err, "region");
    return true;
}
