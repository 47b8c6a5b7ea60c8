/* The values that every paper of a deal may name. What is not known is "", so that a template that names it still holds. */
#include "work/deal_paper_int.h"

#include "base/clock.h"
#include "base/text.h"
#include "record/achievement.h"
#include "record/party.h"
#include "record/right.h"

static struct paper_values *values_of(struct deal_paper_work *work)
{
    return &work->fill.values;
}

void paper_words(struct deal_paper_work *work, const char *name, const struct record *paper, size_t field)
{
    fill_put(values_of(work), name,
             paper_known(paper, field) ? field_words(&paper->kind->fields[field], &paper->values[field], false, work->arena) : SLICE(""));
}

void paper_sum(struct deal_paper_work *work, const char *name, const struct record *paper, size_t field)
{
    if (paper_known(paper, field))
        fill_money(values_of(work), name, paper_number(paper, field));
    else
        fill_put(values_of(work), name, SLICE(""));
}

static void paper_date(struct deal_paper_work *work, const char *name, const struct record *paper, size_t field)
{
    fill_day(values_of(work), name, paper_day(paper, field));
}

/* --- the parties --- */

/* GB/T 2260: six digits, whatever the tree's code is. */
static struct slice division(const struct record *party)
{
    struct slice code = paper_text(party, PARTY_REGION);

    return code.len > 6 ? (struct slice){code.at, 6} : code;
}

static void unit_values(struct deal_paper_work *work)
{
    const struct record *unit = &work->file->unit;

    paper_words(work, "单位", unit, PARTY_NAME);
    paper_words(work, "单位代码", unit, PARTY_USCC);
    paper_words(work, "单位地区", unit, PARTY_REGION);
    paper_words(work, "单位性质", unit, PARTY_NATURE);
    fill_put(values_of(work), "单位地区代码", division(unit));
    fill_put(values_of(work), "单位国别代码", SLICE("156")); /* 中国 */
}

/* The buyer's own record says more where he has one here. */
static bool buyer_values(struct deal_paper_work *work, struct err *err)
{
    const struct record *deal = &work->file->deal;
    struct record party = {0}, *known = paper_known(deal, DEAL_BUYER_PARTY) ? &party : NULL;

    if (known && !record_get(work->sql, &kind_party, deal->values[DEAL_BUYER_PARTY].number, work->arena, known, err))
        return false;
    paper_words(work, "受让方", deal, DEAL_BUYER);
    paper_words(work, "受让方性质", deal, DEAL_BUYER_NATURE);
    paper_words(work, "受让方代码", known, PARTY_USCC);
    fill_put(values_of(work), "受让方地区代码", known ? division(known) : SLICE(""));
    fill_put(values_of(work), "受让方国别代码", paper_yes(deal, DEAL_ABROAD) ? SLICE("") : SLICE("156"));
    if (paper_yes(deal, DEAL_RELATED))
        fill_print(values_of(work), "利害关系", "受让方为完成人或利害关系人：%.*s", (int)paper_text(deal, DEAL_RELATION).len,
                   paper_text(deal, DEAL_RELATION).at);
    else
        fill_put(values_of(work), "利害关系", SLICE("受让方不是完成人，也不是利害关系人"));
    return true;
}

/* --- the achievement --- */

static void right_add(struct text *sorts, struct text *numbers, const struct right *right)
{
    if (sorts->len)
        text_puts(sorts, "；");
    text_add_slice(sorts, right->sort);
    if (numbers->len && right->number.len)
        text_puts(numbers, "；");
    text_add_slice(numbers, right->number);
}

static void right_values(struct deal_paper_work *work)
{
    struct slice lines = paper_text(&work->file->achievement, ACHIEVEMENT_RIGHTS), line;
    struct text sorts, numbers;
    struct right right;
    struct err ignored;

    text_init(&sorts);
    text_init(&numbers);
    while (slice_cut(&lines, '\n', &line))
        if (line.len && right_read(line, &right, &ignored))
            right_add(&sorts, &numbers, &right);
    fill_put(values_of(work), "成果类型", text_slice(&sorts));
    fill_put(values_of(work), "证书编号", text_slice(&numbers));
    text_release(&sorts);
    text_release(&numbers);
    paper_words(work, "知识产权", &work->file->achievement, ACHIEVEMENT_RIGHTS);
}

static void achievement_values(struct deal_paper_work *work)
{
    const struct record *achievement = &work->file->achievement;

    paper_words(work, "成果名称", achievement, ACHIEVEMENT_TITLE);
    paper_words(work, "内容摘要", achievement, ACHIEVEMENT_ABSTRACT);
    paper_words(work, "完成人", achievement, ACHIEVEMENT_TEAM);
    paper_words(work, "应用行业", achievement, ACHIEVEMENT_INDUSTRY);
    right_values(work);
}

/* --- the deal and its contract --- */

static void deal_values(struct deal_paper_work *work)
{
    const struct record *deal = &work->file->deal;

    paper_words(work, "项目名称", deal, DEAL_TITLE);
    fill_print(values_of(work), "项目编号", "%lld", (long long)deal->id);
    paper_words(work, "转化方式", deal, DEAL_WAY);
    paper_words(work, "定价方式", deal, DEAL_PRICING);
    paper_sum(work, "拟交易价格", deal, DEAL_PRICE);
    paper_words(work, "资产评估", deal, DEAL_APPRAISAL);
    paper_words(work, "定价依据", deal, DEAL_GROUND);
    fill_day(values_of(work), "编制日期", work->file->today);
    fill_print(values_of(work), "核对码", "deal %lld ver %lld leaf %lld", (long long)deal->id, (long long)deal->ver, (long long)deal->from_leaf);
    work->fill.code = fill_find(&work->fill, NULL, SLICE("核对码"))->text;
}

static void contract_values(struct deal_paper_work *work)
{
    const struct record *contract = deal_newest(work->file, KIND_CONTRACT);

    paper_words(work, "合同名称", contract, CONTRACT_NAME);
    paper_words(work, "合同编号", contract, CONTRACT_NUMBER);
    paper_words(work, "合同类别", contract, CONTRACT_SORT);
    paper_words(work, "许可方式", contract, CONTRACT_LICENCE);
    paper_words(work, "支付方式", contract, CONTRACT_PAYMENT);
    paper_date(work, "签订日期", contract, CONTRACT_SIGNED_ON);
    paper_date(work, "有效期起", contract, CONTRACT_SIGNED_ON);
    paper_date(work, "有效期止", contract, CONTRACT_UNTIL);
    paper_sum(work, "成交额", contract, CONTRACT_AMOUNT);
    paper_sum(work, "技术交易额", contract, CONTRACT_TECHNICAL);
    paper_sum(work, "技术性收入", contract, CONTRACT_INCOME);
    paper_sum(work, "非技术性款项", contract, CONTRACT_GOODS);
}

static void registration_values(struct deal_paper_work *work)
{
    const struct record *registration = deal_newest(work->file, KIND_REGISTRATION), *receipt = deal_newest(work->file, KIND_RECEIPT);

    paper_words(work, "登记编号", registration, REGISTRATION_NUMBER);
    paper_words(work, "登记机构", registration, REGISTRATION_POINT);
    paper_date(work, "登记日期", registration, REGISTRATION_DECIDED_ON);
    fill_money(values_of(work), "到账合计", papers_sum(work->file, KIND_RECEIPT, RECEIPT_AMOUNT));
    paper_date(work, "最近到账日", receipt, RECEIPT_CAME_ON);
}

bool paper_common(struct deal_paper_work *work, struct err *err)
{
    unit_values(work);
    achievement_values(work);
    deal_values(work);
    contract_values(work);
    registration_values(work);
    return buyer_values(work, err);
}

/* --- the rules it rests on --- */

/* "促进科技成果转化法第十八条（原文已核对）", each text once. */
static void articles_add(struct deal_paper_work *work, const struct rule *rule, struct text *out)
{
    for (size_t i = 0; i < rule->article_count; i++) {
        const struct rule_article *article = &rule->articles[i];
        const char *said = arena_print(work->arena, "%s%s（%s）", article->document, article->number, rule_source_label(article->source));

        if (out->len && strstr(out->at, said))
            continue;
        text_puts(out, out->len ? "；" : "");
        text_puts(out, said);
    }
}

void paper_basis(struct deal_paper_work *work, const char *rules)
{
    struct slice rest = slice_of(rules), id;
    struct text out;

    text_init(&out);
    while (slice_cut(&rest, ' ', &id)) {
        const struct rule *rule = rule_find(work->law->book, arena_text(work->arena, id), work->file->region, work->file->today);

        if (rule)
            articles_add(work, rule, &out);
    }
    fill_put(values_of(work), "依据", text_slice(&out));
    text_release(&out);
}
