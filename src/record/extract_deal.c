/*
 * Old papers of a transfer: a contract, minutes, a publicity notice, a voucher, a sheet of who gets what. By the labels that such
 * papers use; where there is none, by the sentence that says it.
 */
#include "base/clock.h"
#include "base/money.h"
#include "base/text.h"
#include "base/utf8.h"
#include "record/deal.h"
#include "record/extract_int.h"
#include "record/member.h"
#include "record/past.h"

enum { TITLE_LINES = 10, TITLE_CHARS = 60, SIGN_LINES = 25, SENTENCE_CHARS = 300, HEAD_BYTES = 60 };

static const struct {
    enum kind_id kind;
    size_t field;
    const char *labels; /* parted by '|', beside the field's own */
} more_labels[] = {
    {KIND_CONTRACT, CONTRACT_NUMBER, "合同编号|合同号|协议编号|编号"},
    {KIND_CONTRACT, CONTRACT_NAME, "合同名称|项目名称|合同项目名称|协议名称"},
    {KIND_CONTRACT, CONTRACT_SIGNED_ON, "签订日期|签订时间|签约日期|签约时间|签署日期|合同签订日期|合同签订时间|订立日期"},
    {KIND_CONTRACT, CONTRACT_AMOUNT, "合同总金额|合同总额|合同金额|合同价款|成交金额|合同总价|技术转让费总额|使用费总额|许可使用费总额|研究开发经费和报酬总额|总金额"},
    {KIND_CONTRACT, CONTRACT_TECHNICAL, "其中技术交易额|技术交易金额"},
    {KIND_DEAL, DEAL_BUYER, "受让方|受让人|被许可方|买方|受让单位"},
    {KIND_DEAL, DEAL_PRICE, "拟交易价格|交易价格|转让价格|许可费|合同总金额|合同总额|合同金额|合同价款|成交金额|转让费"},
    {KIND_DEAL, DEAL_GROUND, "定价依据|价格依据"},
    {KIND_NOTICE, NOTICE_FIRST_DAY, "公示期|公示时间|公示起止时间|公示日期|公示期限|公示起止日期"},
    {KIND_NOTICE, NOTICE_NAME, "成果名称|科技成果名称|项目名称|专利名称"},
    {KIND_NOTICE, NOTICE_PRICE, "拟交易价格|交易价格|转让价格|拟转让价格|许可费用|成交价格|价格"},
    {KIND_NOTICE, NOTICE_SUMMARY, "成果简介|内容简介|成果概况|基本情况|成果内容"},
    {KIND_NOTICE, NOTICE_WAY, "转化方式|拟转化方式|交易方式"},
    {KIND_APPROVAL, APPROVAL_DECIDED_ON, "会议时间|会议日期|时间|批准日期|决定时间"},
    {KIND_APPROVAL, APPROVAL_MINUTES, "文号|纪要文号|会议纪要编号|发文字号"},
    {KIND_APPROVAL, APPROVAL_BODY, "会议名称|会议"},
    {KIND_RECEIPT, RECEIPT_CAME_ON, "到账日期|到款日期|收款日期|交易日期|入账日期|记账日期|到账时间|交易时间|日期"},
    {KIND_RECEIPT, RECEIPT_AMOUNT, "金额（小写）|小写金额|到款金额|交易金额|收款金额|金额|小写"},
    {KIND_RECEIPT, RECEIPT_PAYER, "付款人名称|付款人户名|付款人|付款单位|汇款人|汇款单位|对方户名|来款单位"},
    {KIND_RECEIPT, RECEIPT_VOUCHER, "凭证编号|记账凭证号|交易流水号|流水号|回单编号|凭证号码"},
    {KIND_AWARD, AWARD_DECIDED_ON, "分配日期|决定时间|日期"},
    {KIND_AWARD, AWARD_RATE, "奖励比例|奖酬比例|团队奖励比例"},
    {KIND_TITLE, TITLE_AGREED_ON, "约定日期|生效日期|签订日期|日期"},
    {KIND_VALUATION, VALUATION_BY, "评价机构|评价单位|评估机构"},
    {KIND_VALUATION, VALUATION_DONE_ON, "评价时间|评估日期|报告日期"},
    {KIND_PAST_DEAL, PAST_DEAL_AMOUNT, "技术转让费总额|使用费总额|许可使用费总额|研究开发经费和报酬总额"},
    {KIND_PAST_DEAL, PAST_DEAL_POINT, "技术合同登记机构"},
};

/* --- labels --- */

static void line_take(struct extract *extract, size_t index, struct slice cell, size_t field, const char *labels)
{
    const struct extract_line *line = &extract->lines[index];
    struct slice rest = slice_of(labels), label, value;

    while (slice_cut(&rest, '|', &label)) {
        if (!label_match(cell, label.at, label.len, false, &value))
            continue;
        if (!value.len && index + 1 < extract->count && text_find(line->text, "\t") < 0)
            value = extract->lines[index + 1].text;
        extract_suggest(extract, (int)field, value, line->text, line->page);
    }
}

/* A label in a cell: its value stands in the next one. */
static void cells_take(struct extract *extract, size_t index, size_t field, const char *labels)
{
    struct slice rest = extract->lines[index].text, cell;

    while (slice_cut(&rest, '\t', &cell)) {
        struct slice labelled = slice_trim(cell), all = slice_of(labels), label, value;

        while (slice_cut(&all, '|', &label))
            if (label_match(labelled, label.at, label.len, false, &value) && !value.len) {
                struct slice next = rest, behind;

                if (slice_cut(&next, '\t', &behind))
                    extract_suggest(extract, (int)field, behind, extract->lines[index].text, extract->lines[index].page);
            }
        line_take(extract, index, labelled, field, labels);
    }
}

static void more_labels_take(struct extract *extract)
{
    for (size_t m = 0; m < sizeof more_labels / sizeof *more_labels; m++)
        for (size_t i = 0; more_labels[m].kind == extract->kind->id && i < extract->count; i++) {
            if (text_find(extract->lines[i].text, "\t") >= 0)
                cells_take(extract, i, more_labels[m].field, more_labels[m].labels);
            else
                line_take(extract, i, extract->lines[i].text, more_labels[m].field, more_labels[m].labels);
        }
}

/* --- sentences --- */

/* The first sentence that holds a word of each list ("违约|赔偿"); both may be NULL at the second. */
static bool holds(struct slice text, const char *list)
{
    struct slice rest = slice_of(list), one;

    while (slice_cut(&rest, '|', &one))
        if (text.len && memmem(text.at, text.len, one.at, one.len))
            return true;
    return false;
}

static bool sentence_find(const struct extract *extract, const char *first, const char *second, struct slice *sentence, int *page)
{
    for (size_t i = 0; i < extract->count; i++) {
        struct slice rest = extract->lines[i].text;

        while (sentence_cut(&rest, sentence))
            if (holds(*sentence, first) && (!second || holds(*sentence, second))) {
                *page = extract->lines[i].page;
                return true;
            }
    }
    return false;
}

static void sentence_suggest(struct extract *extract, size_t field, const char *first, const char *second)
{
    struct slice sentence;
    int page;

    if (sentence_find(extract, first, second, &sentence, &page))
        extract_suggest(extract, (int)field, utf8_head(sentence, SENTENCE_CHARS), sentence, page);
}

/* What a word of the paper means: the label of a choice. */
struct meaning {
    const char *words, *also, *means;
};

static void meaning_suggest(struct extract *extract, size_t field, const struct meaning *list, size_t count)
{
    struct slice sentence;
    int page;

    for (size_t i = 0; i < count; i++)
        if (sentence_find(extract, list[i].words, list[i].also, &sentence, &page)) {
            extract_suggest(extract, (int)field, slice_of(list[i].means), sentence, page);
            return;
        }
}

#define MEANING(extract, field, list) meaning_suggest(extract, field, list, sizeof list / sizeof *list)

/* A licence is one though the old word for it was a transfer (民法典 §862). */
static const struct meaning sorts[] = {
    {"实施许可|技术许可|使用许可|许可使用", "合同|协议", "技术许可"}, {"技术转让|专利权转让|专利申请权转让|专利转让", NULL, "技术转让"},
    {"技术开发|委托开发|合作开发", NULL, "技术开发"}, {"技术咨询", NULL, "技术咨询"}, {"技术服务", NULL, "技术服务"}};
static const struct meaning ways[] = {
    {"作价投资|作价入股|技术入股", NULL, "作价投资"}, {"实施许可|许可使用|许可方式", NULL, "许可"}, {"转让", "专利|成果|技术", "转让"}};
static const struct meaning pricings[] = {{"协议定价|协商定价|协议转让", NULL, "协议定价"}, {"挂牌", NULL, "挂牌交易"}, {"拍卖", NULL, "拍卖"}};
static const struct meaning payments[] = {
    {"入门费", "提成", "入门费加提成"}, {"提成", "支付|销售", "提成支付"}, {"分期|分两|分三|首付款|首期|尾款|第一期", NULL, "分期支付"},
    {"一次性|一次总付|一次付清", "支付|付|汇", "一次总付"}};
static const struct meaning licences[] = {{"独占", "许可", "独占许可"}, {"排他", "许可", "排他许可"}, {"普通", "许可", "普通许可"}};
static const struct meaning decisions[] = {{"不同意", NULL, "不同意"}, {"同意|通过|批准", NULL, "同意"}};

/* --- parties, titles, numbers --- */

/* Of "受让方（甲方）：示例泵业有限公司（以下简称甲方）": the name. */
static struct slice name_in(struct slice value)
{
    static const char *const ends[] = {"（以下", "(以下", "（盖章", "(盖章", "（签章", "\t", "\u2028", "法定代表人", "统一社会信用代码"};

    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        long at = text_find(value, ends[i]);

        if (at >= 0)
            value.len = (size_t)at;
    }
    return slice_trim(value);
}

static bool head_cut(struct slice line, struct slice *head, struct slice *value)
{
    static const char *const marks[] = {"：", ":", "\t"};
    size_t best = line.len, mark = 0;

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        long at = text_find(line, marks[i]);

        if (at > 0 && (size_t)at < best) {
            best = (size_t)at;
            mark = strlen(marks[i]);
        }
    }
    *head = (struct slice){line.at, best};
    *value = mark ? text_from(line, best + mark) : SLICE("");
    return mark && best <= HEAD_BYTES;
}

/* By the word for its part in the contract; where only 甲方 is said, he is the one who takes. */
static void buyer_suggest(struct extract *extract, size_t field)
{
    static const char *const parts[] = {"受让|被许可|买方|需方", "委托方|委托人", "甲方"};
    struct slice head, value;

    for (size_t p = 0; p < sizeof parts / sizeof *parts; p++)
        for (size_t i = 0; i < extract->count; i++)
            if (head_cut(extract->lines[i].text, &head, &value) && holds(head, parts[p]) && !holds(head, "代码|地址|代表|电话|账")
                && name_in(value).len)
                extract_suggest(extract, (int)field, name_in(value), extract->lines[i].text, extract->lines[i].page);
}

/* The line over it all that calls it a contract. */
static void title_suggest(struct extract *extract, size_t field)
{
    for (size_t i = 0; i < extract->count && i < TITLE_LINES; i++) {
        struct slice line = extract->lines[i].text;

        if (utf8_count(line) <= TITLE_CHARS && !holds(line, "：|:|\t")
            && (slice_ends(line, "合同") || slice_ends(line, "合同书") || slice_ends(line, "协议") || slice_ends(line, "协议书")))
            extract_suggest(extract, (int)field, line, line, extract->lines[i].page);
    }
}

/* The last day named among the signatures. */
static void signed_suggest(struct extract *extract, size_t field)
{
    char day[11];

    for (size_t i = extract->count; i-- > 0 && i + SIGN_LINES >= extract->count;)
        if (date_scan(extract->lines[i].text, day) && utf8_count(extract->lines[i].text) <= TITLE_CHARS)
            extract_suggest(extract, (int)field, slice_of(day), extract->lines[i].text, extract->lines[i].page);
}

/* "至 2021 年 5 月 8 日": the last day of the sentence on how long it holds. */
static void until_suggest(struct extract *extract, size_t field)
{
    struct slice sentence, rest;
    char day[11], last[11] = "";
    int page;

    if (!sentence_find(extract, "有效期|合同期限|许可期限|履行期限", "至|止|到", &sentence, &page))
        return;
    for (rest = sentence; rest.len; rest = text_from(rest, 1))
        if (rest.at[0] >= '0' && rest.at[0] <= '9' && (rest.at == sentence.at || rest.at[-1] < '0' || rest.at[-1] > '9')
            && date_scan(utf8_head(rest, 16), day))
            snprintf(last, sizeof last, "%s", day);
    extract_suggest(extract, (int)field, slice_of(last), sentence, page);
}

/* "公示期：2019年3月1日至3月20日": its two days, where both are written out. */
static void span_suggest(struct extract *extract, size_t from, size_t to)
{
    struct slice sentence, rest;
    char day[11];
    int page, days = 0;

    if (!sentence_find(extract, "公示期|公示时间|公示起止|公示日期|公示期限", "年|-|.", &sentence, &page))
        return;
    for (rest = sentence; rest.len && days < 2; rest = text_from(rest, 1))
        if (rest.at[0] >= '0' && rest.at[0] <= '9' && (rest.at == sentence.at || rest.at[-1] < '0' || rest.at[-1] > '9')
            && date_scan(utf8_head(rest, 16), day))
            extract_suggest(extract, (int)(days++ ? to : from), slice_of(day), sentence, page);
}

/* "校科发〔2016〕3号": from behind the last mark to 号. */
static void document_number_suggest(struct extract *extract, size_t field)
{
    for (size_t i = 0; i < extract->count; i++) {
        struct slice line = extract->lines[i].text;
        long open = text_find(line, "〔"), end = open > 0 ? text_find(text_from(line, (size_t)open), "号") : -1;
        size_t from = open > 0 ? (size_t)open : 0;

        if (end < 0 || end > 30)
            continue;
        while (from >= 3 && !strchr(" \t:;(", line.at[from - 1]) && !text_starts(text_from(line, from - 3), "：")
               && !text_starts(text_from(line, from - 3), "（") && !text_starts(text_from(line, from - 3), "。")
               && !text_starts(text_from(line, from - 3), "，"))
            from -= (unsigned char)line.at[from - 1] < 0x80 ? 1 : 3;
        extract_suggest(extract, (int)field, (struct slice){line.at + from, (size_t)open - from + (size_t)end + 3}, line,
                        extract->lines[i].page);
    }
}

static void body_suggest(struct extract *extract, size_t field)
{
    static const char *const bodies[] = {"党委常委会", "校长办公会", "院长办公会", "所长办公会", "党政联席会", "校务会", "院务会", "所务会", "董事会", "办公会"};

    for (size_t i = 0; i < extract->count; i++)
        for (size_t b = 0; b < sizeof bodies / sizeof *bodies; b++)
            if (text_find(extract->lines[i].text, bodies[b]) >= 0)
                extract_suggest(extract, (int)field, slice_of(bodies[b]), extract->lines[i].text, extract->lines[i].page);
}

static void patents_suggest(struct extract *extract, size_t field)
{
    for (size_t i = 0; i < extract->count; i++) {
        struct slice line = extract->lines[i].text;
        long at = text_find(line, "ZL");
        size_t len = 2;

        if (at < 0)
            continue;
        line = text_from(line, (size_t)at);
        while (len < line.len && ((line.at[len] >= '0' && line.at[len] <= '9') || strchr(" .X", line.at[len])))
            len++;
        extract_suggest(extract, (int)field, slice_trim((struct slice){line.at, len}), extract->lines[i].text, extract->lines[i].page);
    }
}

/* --- amounts, twice said --- */

static bool fen_of(struct slice text, int64_t *fen)
{
    struct slice figure;
    struct err ignored;

    return amount_scan(text, &figure) && money_read(figure, fen, &ignored);
}

static void doubt(struct extract *extract, size_t field, struct slice line, int page, struct slice words, int64_t capital, int64_t fen)
{
    char a[MONEY_TEXT], b[MONEY_TEXT];

    extract->found[field] = (struct suggestion){
        .field = field, .typed = SLICE(""), .quote = arena_copy(extract->arena, utf8_head(line, 200)), .page = page,
        .capital = arena_copy(extract->arena, words),
        .capital_says = slice_of(arena_print(extract->arena, "%s", money_show(capital, a))),
        .figure_says = slice_of(arena_print(extract->arena, "%s", money_show(fen, b)))};
}

/* A sum written both ways on one line, or on this and the next; where they differ neither is taken. */
static void sum_suggest(struct extract *extract, size_t field)
{
    for (size_t i = 0; i < extract->count; i++) {
        struct slice line = extract->lines[i].text, next = i + 1 < extract->count ? extract->lines[i + 1].text : SLICE(""), words;
        int64_t capital, fen;
        bool figured;

        if (!capitals_scan(line, &capital, &words))
            continue;
        figured = fen_of(line, &fen) || (i && holds(extract->lines[i - 1].text, "小写|￥|¥|金额") && fen_of(extract->lines[i - 1].text, &fen))
                  || (holds(next, "小写|￥|¥") && fen_of(next, &fen));
        if (figured && fen != capital) {
            doubt(extract, field, line, extract->lines[i].page, words, capital, fen);
            return;
        }
        extract_suggest(extract, (int)field, slice_of(arena_print(extract->arena, "%lld.%02lld元", (long long)(capital / 100), (long long)(capital % 100))),
                        line, extract->lines[i].page);
        return;
    }
}

static void amount_suggest(struct extract *extract, size_t field, const char *about)
{
    struct slice sentence;
    int page;

    if (sentence_find(extract, about, "元", &sentence, &page))
        extract_suggest(extract, (int)field, sentence, sentence, page);
}

/* --- who gets what --- */

struct people_table {
    int name, share, sum; /* columns; -1: none */
};

static bool header_read(struct slice line, struct people_table *table)
{
    struct slice cell;

    *table = (struct people_table){-1, -1, -1};
    for (int i = 0; slice_cut(&line, '\t', &cell); i++) {
        if (table->name < 0 && holds(cell, "姓名|人员|权利人|完成人|获奖人"))
            table->name = i;
        else if (table->share < 0 && holds(cell, "比例|份额|占比"))
            table->share = i;
        else if (table->sum < 0 && holds(cell, "金额|奖励|所得"))
            table->sum = i;
    }
    return table->name >= 0 && (table->share >= 0 || table->sum >= 0);
}

static struct slice cell_at(struct slice line, int column)
{
    struct slice cell = SLICE("");

    for (int i = 0; i <= column; i++)
        if (!slice_cut(&line, '\t', &cell))
            return SLICE("");
    return slice_trim(cell);
}

static int64_t sum_at(struct slice line, const struct people_table *table)
{
    struct slice cell = table->sum < 0 ? SLICE("") : cell_at(line, table->sum);
    struct err ignored;
    int64_t fen;

    return cell.len && money_read(cell, &fen, &ignored) ? fen : 0;
}

static bool is_person_row(struct slice line, const struct people_table *table)
{
    struct slice name = cell_at(line, table->name);

    return name.len && !holds(name, "合计|总计|小计") && utf8_count(name) <= 40;
}

/* What each sum is of all, 万分比, by the lines from `start` to before `end`. NULL: there are none to reckon with. */
static struct money_part *sums_split(const struct extract *extract, size_t start, size_t end, const struct people_table *table)
{
    struct money_part *parts = arena_zero(extract->arena, end - start + 1, sizeof *parts);
    bool any = false;

    for (size_t i = start; i < end; i++) {
        parts[i - start] = (struct money_part){.weight = sum_at(extract->lines[i].text, table), .name = cell_at(extract->lines[i].text, table->name)};
        any = any || parts[i - start].weight > 0;
    }
    money_split(SHARE_WHOLE, parts, end - start);
    return any ? parts : NULL;
}

/* A share as written; of a table of sums alone what each sum is of all. */
static void people_suggest(struct extract *extract, size_t field, size_t at, const struct people_table *table)
{
    struct money_part *parts;
    size_t end = at + 1;
    struct text lines;

    while (end < extract->count && is_person_row(extract->lines[end].text, table))
        end++;
    parts = table->share < 0 ? sums_split(extract, at + 1, end, table) : NULL;
    text_init(&lines);
    for (size_t i = at + 1; i < end; i++) {
        struct slice line = extract->lines[i].text, name = cell_at(line, table->name), shown = SLICE("");

        if (table->share >= 0)
            shown = cell_at(line, table->share);
        else if (parts)
            shown = share_show((int32_t)parts[i - at - 1].fen, extract->arena);
        text_print(&lines, "%s%.*s %.*s%s", i > at + 1 ? "\n" : "", (int)name.len, name.at, (int)shown.len, shown.len ? shown.at : "",
                   slice_ends(shown, "%") || slice_ends(shown, "％") ? "" : "%");
    }
    extract_suggest(extract, (int)field, text_slice(&lines), extract->lines[at + 1 < extract->count ? at + 1 : at].text, extract->lines[at].page);
    text_release(&lines);
}

static void members_suggest(struct extract *extract, size_t field)
{
    struct people_table table;

    for (size_t i = 0; i < extract->count; i++)
        if (header_read(extract->lines[i].text, &table))
            people_suggest(extract, field, i, &table);
}

/* --- by kind of paper --- */

static void contract_extract(struct extract *extract)
{
    title_suggest(extract, CONTRACT_NAME);
    signed_suggest(extract, CONTRACT_SIGNED_ON);
    until_suggest(extract, CONTRACT_UNTIL);
    amount_suggest(extract, CONTRACT_AMOUNT, "总额|总价|合同价款|转让费|使用费|报酬");
    MEANING(extract, CONTRACT_SORT, sorts);
    MEANING(extract, CONTRACT_PAYMENT, payments);
    MEANING(extract, CONTRACT_LICENCE, licences);
    sentence_suggest(extract, CONTRACT_RESULTS, "后续改进|后续成果|改进成果", NULL);
    sentence_suggest(extract, CONTRACT_RISK, "风险", "承担|分担");
    sentence_suggest(extract, CONTRACT_LIABILITY, "违约", "赔偿|违约金|承担");
}

static void terms_extract(struct extract *extract)
{
    amount_suggest(extract, DEAL_PRICE, "价格|总额|转让费|使用费");
    MEANING(extract, DEAL_WAY, ways);
    MEANING(extract, DEAL_PRICING, pricings);
}

static void notice_extract(struct extract *extract)
{
    amount_suggest(extract, NOTICE_PRICE, "价格|金额");
    MEANING(extract, NOTICE_WAY, ways);
    sentence_suggest(extract, NOTICE_CHANNEL, "异议", "联系|电话|反映|提出|邮箱");
}

static void approval_extract(struct extract *extract)
{
    document_number_suggest(extract, APPROVAL_MINUTES);
    body_suggest(extract, APPROVAL_BODY);
    amount_suggest(extract, APPROVAL_PRICE, "同意|转让|许可|价格");
    sentence_suggest(extract, APPROVAL_CONFLICTS, "回避", NULL);
    MEANING(extract, APPROVAL_DECISION, decisions);
}

static void past_extract(struct extract *extract)
{
    title_suggest(extract, PAST_DEAL_NAME);
    signed_suggest(extract, PAST_DEAL_SIGNED_ON);
    until_suggest(extract, PAST_DEAL_UNTIL);
    amount_suggest(extract, PAST_DEAL_AMOUNT, "总额|总价|合同价款|转让费|使用费|报酬");
    patents_suggest(extract, PAST_DEAL_RIGHTS);
    span_suggest(extract, PAST_DEAL_NOTICE_FROM, PAST_DEAL_NOTICE_TO);
    MEANING(extract, PAST_DEAL_SORT, sorts);
    MEANING(extract, PAST_DEAL_WAY, ways);
    MEANING(extract, PAST_DEAL_PAYMENT, payments);
    MEANING(extract, PAST_DEAL_LICENCE, licences);
}

/* Before any label: the sum that is written both ways, and who takes, whose line says more than his name. */
static void firsts_take(struct extract *extract)
{
    switch (extract->kind->id) {
    case KIND_CONTRACT:
        sum_suggest(extract, CONTRACT_AMOUNT);
        break;
    case KIND_PAST_DEAL:
        sum_suggest(extract, PAST_DEAL_AMOUNT);
        buyer_suggest(extract, PAST_DEAL_BUYER);
        break;
    case KIND_DEAL:
        buyer_suggest(extract, DEAL_BUYER);
        break;
    case KIND_RECEIPT:
        sum_suggest(extract, RECEIPT_AMOUNT);
        break;
    default:
        break;
    }
}

void extract_deal(struct extract *extract)
{
    firsts_take(extract);
    more_labels_take(extract);
    extract_labels(extract);
    switch (extract->kind->id) {
    case KIND_CONTRACT:
        contract_extract(extract);
        break;
    case KIND_DEAL:
        terms_extract(extract);
        break;
    case KIND_NOTICE:
        notice_extract(extract);
        break;
    case KIND_APPROVAL:
        approval_extract(extract);
        break;
    case KIND_PAST_DEAL:
        past_extract(extract);
        break;
    case KIND_AWARD:
        members_suggest(extract, AWARD_TEAM);
        break;
    case KIND_TITLE:
        members_suggest(extract, TITLE_HOLDERS);
        break;
    default:
        break;
    }
}
