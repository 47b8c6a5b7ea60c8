#include "work/import_part.h"

#include <ctype.h>

const struct import_part import_parts[] = {
    {KIND_ACHIEVEMENT, PART_NUMBER, "rights", "rights.number", "专利号或申请号", "Patent or application number",
     "专利号|申请号|专利号/申请号|申请号/专利号|申请(专利)号|专利申请号|专利(申请)号|专利号(申请号)|专利号码|patent number"},
    {KIND_ACHIEVEMENT, PART_SORT, "rights", "rights.sort", "专利类型", "Kind of patent",
     "专利类型|专利类别|专利种类|知识产权类型"},
    {KIND_ACHIEVEMENT, PART_FILED, "rights", "rights.filed", "申请日", "Filing date",
     "申请日|申请日期|专利申请日|申请时间|filing date"},
    {KIND_ACHIEVEMENT, PART_STATUS, "rights", "rights.status", "法律状态", "Legal status",
     "法律状态|专利状态|当前法律状态|专利法律状态|专利权状态"},
    {KIND_ACHIEVEMENT, PART_NOTE, "evidence", "evidence.granted", "授权日", "Date of grant",
     "授权日|授权公告日|授权日期|授权时间"},
    {KIND_ACHIEVEMENT, PART_NOTE, "evidence", "evidence.department", "所属院系", "Department",
     "所属院系|院系|学院|所在院系|所属部门|二级单位|所在部门"},
    {KIND_ACHIEVEMENT, PART_NOTE, "evidence", "evidence.prospect", "产业化前景", "Prospects",
     "是否有产业化前景|产业化前景|有无产业化前景|是否具有产业化前景"},
    {KIND_ACHIEVEMENT, PART_NOTE, "evidence", "evidence.tier", "产业化前景分层", "Tier of prospects",
     "产业化前景分层|前景分层|分层|分级|专利分级|价值分级|分级分类"},
    {KIND_ACHIEVEMENT, PART_NOTE, "evidence", "evidence.state", "转化情况", "How far transferred",
     "转化情况|是否已转化|转化状态|转化运用情况|实施情况|是否实施"},
    {KIND_ACHIEVEMENT, PART_ALIAS, "ipc", NULL, NULL, NULL, "IPC主分类号|IPC主分类|主IPC|国际分类号|IPC号"},
    {KIND_ACHIEVEMENT, PART_ALIAS, "team", NULL, NULL, NULL, "第一发明人|其他发明人|全部发明人|发明(设计)人|发明人(设计人)"},
    {KIND_ACHIEVEMENT, PART_ALIAS, "contact", NULL, NULL, NULL, "联系电话|联系人电话|电话|手机|手机号|联系人及电话"},
    {KIND_ACHIEVEMENT, PART_ALIAS, "uses", NULL, NULL, NULL, "产业领域|应用场景|适用领域"},
    {KIND_ACHIEVEMENT, PART_ALIAS, "ways", NULL, NULL, NULL, "拟转化运用方式|意向转化方式|拟采取的转化方式"},
    {KIND_ACHIEVEMENT, PART_ALIAS, "title", NULL, NULL, NULL, "技术名称|发明创造名称|专利(成果)名称|成果标题|标题"},
    {KIND_ACHIEVEMENT, PART_ALIAS, "abstract", NULL, NULL, NULL, "成果介绍|成果概述|技术简介|内容简介|主要内容|摘要(公开)"},
    {KIND_ACHIEVEMENT, PART_ALIAS, "price", NULL, NULL, NULL, "意向价格|转让价格|许可价格|转化价格"},
    {KIND_NEED, PART_ALIAS, "title", NULL, NULL, NULL, "难题|技术难题|需求题目|需求标题|榜单名称|标题"},
    {KIND_NEED, PART_ALIAS, "now", NULL, NULL, NULL, "难题描述|拟解决的问题|主要问题|需求背景|需求简介|需求说明"},
    {KIND_NEED, PART_ALIAS, "goal", NULL, NULL, NULL, "预期指标|考核指标|预期效果|期望目标"},
    {KIND_NEED, PART_ALIAS, "budget", NULL, NULL, NULL, "资金预算|经费预算|榜单金额|悬赏金额|拟投入经费|意向投入"},
    {KIND_NEED, PART_ALIAS, "due", NULL, NULL, NULL, "截止时间|需求期限|解决期限|交付时间"},
    {KIND_NEED, PART_ALIAS, "contact", NULL, NULL, NULL, "联系电话|联系人电话|电话|手机|手机号|联系人及电话"},
    {KIND_SCENARIO, PART_ALIAS, "contact", NULL, NULL, NULL, "联系电话|联系人电话|电话|手机|手机号"},
    {KIND_SERVICE, PART_ALIAS, "contact", NULL, NULL, NULL, "联系电话|联系人电话|电话|手机|手机号"},
};
const size_t import_part_count = sizeof import_parts / sizeof *import_parts;

struct synonym {
    const char *words; /* parted by '|' */
    const char *means;
};

static struct slice synonym_find(const struct synonym *list, size_t count, struct slice word)
{
    struct slice wanted = slice_trim(word), words, one;

    for (size_t i = 0; i < count; i++)
        for (words = slice_of(list[i].words); slice_cut(&words, '|', &one);)
            if (slice_same(one, wanted))
                return slice_of(list[i].means);
    return SLICE("");
}

static const struct synonym right_sorts[] = {
    {"发明|发明专利|发明授权|发明公布|发明公开|中国发明|发明专利申请|invention", "发明专利"},
    {"实用新型|新型|实用新型专利|实用|utility model", "实用新型"},
    {"外观设计|外观|外观设计专利|外观专利|design", "外观设计"},
    {"PCT|PCT申请|国际申请|国际专利|国外专利", "国际申请"},
    {"软著|软件著作权|计算机软件著作权", "软件著作权"},
    {"植物新品种|植物新品种权", "植物新品种"},
    {"集成电路布图设计|布图设计", "集成电路布图设计"},
};

/* ZC 0006-2003: four digits of the year, then one of the sort. */
static struct slice sort_by_number(struct slice number)
{
    size_t i = 0;

    while (i < number.len && isalpha((unsigned char)number.at[i]))
        i++;
    if (number.len < i + 12 || (number.at[i] != '1' && number.at[i] != '2') || !isdigit((unsigned char)number.at[i + 3]))
        return SLICE("");
    switch (number.at[i + 4]) {
    case '1':
    case '8':
        return SLICE("发明专利");
    case '2':
    case '9':
        return SLICE("实用新型");
    case '3':
        return SLICE("外观设计");
    default:
        return SLICE("");
    }
}

struct slice part_right_sort(struct slice typed, struct slice number)
{
    struct slice found = synonym_find(right_sorts, sizeof right_sorts / sizeof *right_sorts, typed);

    return found.len ? found : sort_by_number(number);
}

static const struct synonym ways[] = {
    {"许可|专利许可|普通许可|独占许可|排他许可|开放许可|实施许可|许可使用", "许可"},
    {"转让|专利转让|出让|专利权转让", "转让"},
    {"作价投资|作价入股|作价出资|入股|技术入股|专利作价入股", "作价投资"},
    {"合作实施|合作|合作开发|合作转化|联合实施|联合开发|共同实施|产学研合作", "合作实施"},
    {"自行投资实施|自行实施|自主实施|自行转化|自主转化|自用", "自行投资实施"},
    {"其他|其它|其他方式|质押融资|专利质押", "其他方式"},
};

struct slice part_way(struct slice word)
{
    struct slice found = synonym_find(ways, sizeof ways / sizeof *ways, word);

    return found.len ? found : word;
}
