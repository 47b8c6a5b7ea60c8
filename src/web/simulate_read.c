#include "web/simulate_int.h"

#include "base/clock.h"
#include "base/json.h"
#include "base/money.h"
#include "base/utf8.h"
#include "record/tree.h"
#include "web/say.h"

enum { NAME_MOST = 40 };

const char *const simulate_fields[] = {
    "amount", "way", "region", "agreed", "local", "team", "earlier", "cost_tax", "cost_upkeep", "cost_appraisal",
    "cost_negotiation", "cost_broker", "cost_other", "cost_public", "region2", "agreed2", "local2",
};
const size_t simulate_field_count = sizeof simulate_fields / sizeof *simulate_fields;

void simulate_complain(struct simulate_sheet *sheet, const struct err *err)
{
    json_t *line = json_object();

    json_put(line, "field", slice_of(err->field));
    json_put(line, "text", say_all(sheet->request, err));
    json_array_append_new(sheet->errors, line);
    if (sheet->first.code == ERR_NONE)
        sheet->first = *err;
}

static void complain(struct simulate_sheet *sheet, const char *field, struct err *err)
{
    err_field(err, field);
    simulate_complain(sheet, err);
}

static bool given(const struct simulate_sheet *sheet, const char *field, struct slice *value)
{
    *value = slice_trim(request_value(sheet->request, field));
    return value->len > 0;
}

/* 0 where nothing was given. */
static int64_t money_of(struct simulate_sheet *sheet, const char *field)
{
    struct slice typed;
    struct err err;
    int64_t fen = 0;

    if (given(sheet, field, &typed) && !money_read(typed, &fen, &err))
        complain(sheet, field, &err);
    return fen;
}

/* --- costs --- */

static const struct {
    const char *name;
    enum allot_deduction sort;
    bool public_research;
} costs[] = {
    {"cost_tax", DEDUCT_TAX, false},
    {"cost_upkeep", DEDUCT_UPKEEP, false},
    {"cost_appraisal", DEDUCT_APPRAISAL, false},
    {"cost_negotiation", DEDUCT_NEGOTIATION, false},
    {"cost_broker", DEDUCT_BROKER, false},
    {"cost_other", DEDUCT_COST, false},
    {"cost_public", DEDUCT_COST, true},
};

const char *simulate_cost_name(enum allot_deduction sort)
{
    return costs[sort].name;
}

const char *simulate_cost_field(const struct simulate_sheet *sheet, size_t index)
{
    const struct allot_cost *cost = &sheet->question.costs[index];

    return cost->public_research ? "cost_public" : simulate_cost_name(cost->sort);
}

static void costs_read(struct simulate_sheet *sheet)
{
    for (size_t i = 0; i < sizeof costs / sizeof *costs; i++) {
        int64_t fen = money_of(sheet, costs[i].name);

        if (fen > 0)
            sheet->question.costs[sheet->question.cost_count++] = (struct allot_cost){costs[i].sort, fen,
                                                                                      costs[i].public_research};
    }
}

/* --- the team: one person a line, "甲 40% 主要 正职 收入20万元" --- */

struct member {
    struct allot_person person;
    int64_t income;
    struct text name;
    bool has_share;
};

static const struct {
    const char *word;
    bool main, agency, document;
    enum allot_leader leader;
} words[] = {
    {"主要", .main = true},         {"主要贡献", .main = true},     {"主要贡献人员", .main = true}, {"main", .main = true},
    {"转移机构", .agency = true},   {"管理人员", .agency = true},   {"agency", .agency = true},     {"正职", .leader = LEADER_CHIEF},
    {"正职领导", .leader = LEADER_CHIEF}, {"chief", .leader = LEADER_CHIEF}, {"领导", .leader = LEADER_OTHER},
    {"其他领导", .leader = LEADER_OTHER}, {"leader", .leader = LEADER_OTHER}, {"有文件", .document = true},
    {"document", .document = true},
};

static bool word_take(struct slice word, struct member *member)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (slice_is(word, words[i].word)) {
            member->person.main |= words[i].main;
            member->person.agency |= words[i].agency;
            member->person.equity_document |= words[i].document;
            if (words[i].leader)
                member->person.leader = words[i].leader;
            return true;
        }
    return false;
}

static bool begins(struct slice word, const char *with, struct slice *rest)
{
    size_t len = strlen(with);

    if (word.len < len || memcmp(word.at, with, len) != 0)
        return false;
    *rest = (struct slice){word.at + len, word.len - len};
    return true;
}

/* 收入20万元: the year's other income. */
static bool income_take(struct slice word, struct member *member, bool *is_income, struct err *err)
{
    struct slice rest;

    *is_income = begins(word, "收入", &rest) || begins(word, "income=", &rest);
    return !*is_income || money_read(rest, &member->income, err);
}

static bool token_take(struct slice word, struct member *member, struct err *err)
{
    bool is_number = (word.at[0] >= '0' && word.at[0] <= '9') || word.at[0] == '-', is_income;

    if (!member->has_share && is_number) {
        member->has_share = true;
        return percent_read(word, &member->person.weight, err);
    }
    if (!member->has_share) {
        if (member->name.len)
            text_putc(&member->name, ' ');
        text_add_slice(&member->name, word);
        return true;
    }
    if (!income_take(word, member, &is_income, err))
        return false;
    if (is_income || word_take(word, member))
        return true;
    err_set(err, ERR_INVALID, "看不懂“%.*s”", word.len > 60 ? 60 : (int)word.len, word.at);
    return err_hint(err, "份额后面可以写：主要、转移机构、正职、其他领导、有文件、收入20万元");
}

/* The next word; they are parted by blanks, tabs and commas of both scripts. */
static bool token_next(struct slice *line, struct slice *word)
{
    static const char *const marks[] = {" ", "\t", "\r", ",", ";", "\u3000", "，", "；", "、"};
    size_t n = 0;
    struct slice rest;

    for (bool skipped = true; skipped;) {
        skipped = false;
        for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
            if (begins(*line, marks[i], &rest)) {
                *line = rest;
                skipped = true;
            }
    }
    for (bool parted = false; n < line->len && !parted; n += !parted)
        for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
            parted = parted || begins((struct slice){line->at + n, line->len - n}, marks[i], &rest);
    *word = (struct slice){line->at, n};
    *line = (struct slice){line->at + n, line->len - n};
    return n > 0;
}

static bool line_take(struct slice line, struct member *member, struct err *err)
{
    struct slice word;

    while (token_next(&line, &word))
        if (!token_take(word, member, err))
            return false;
    if (member->name.len == 0)
        return err_set(err, ERR_INVALID, "缺名字或代号") || err_hint(err, "一行一人，先写名字或代号，再写份额：甲 40%%");
    if (!utf8_check(text_slice(&member->name), true, err))
        return false;
    if (utf8_count(text_slice(&member->name)) > NAME_MOST)
        return err_set(err, ERR_INVALID, "名字最多 %d 个字", NAME_MOST);
    return member->has_share || err_set(err, ERR_INVALID, "缺份额")
        || err_hint(err, "一行一人，先写名字或代号，再写份额：甲 40%%");
}

/* Where in the team, and what is wrong there. */
static void complain_of_line(struct simulate_sheet *sheet, size_t number, const struct err *why)
{
    struct err err;

    err_set(&err, ERR_INVALID, "团队第 %zu 行写得不对", number);
    err_because(&err, why);
    complain(sheet, "team", &err);
}

static void member_read(struct simulate_sheet *sheet, struct slice line, size_t number)
{
    struct simulate_question *question = &sheet->question;
    struct member member = {.has_share = false};
    struct err err;

    text_init(&member.name);
    if (!line_take(line, &member, &err)) {
        complain_of_line(sheet, number, &err);
    } else {
        sheet->names[question->count] = arena_text(sheet->request->arena, text_slice(&member.name));
        question->people[question->count] = member.person;
        question->incomes[question->count++] = member.income;
    }
    text_release(&member.name);
}

/* By name, so that the order of the lines changes nobody's share; the same name twice is the same person. */
static void ids_give(struct simulate_sheet *sheet)
{
    for (size_t i = 0; i < sheet->question.count; i++) {
        sheet->question.people[i].id = 1;
        for (size_t j = 0; j < sheet->question.count; j++)
            sheet->question.people[i].id += strcmp(sheet->names[j], sheet->names[i]) < 0;
    }
}

static void team_read(struct simulate_sheet *sheet)
{
    struct slice text = request_value(sheet->request, "team"), line;
    size_t number = 0, people = 0;

    while (text.len && slice_cut(&text, '\n', &line)) {
        number++;
        if (slice_trim(line).len && people++ < ALLOT_PEOPLE)
            member_read(sheet, slice_trim(line), number);
    }
    if (people > ALLOT_PEOPLE) {
        struct err err;

        err_set(&err, ERR_INVALID, "团队成员最多 %d 人，这里有 %zu 人", ALLOT_PEOPLE, people);
        complain(sheet, "team", &err);
    }
    ids_give(sheet);
}

/* --- whose law, and what was agreed --- */

static void region_read(struct simulate_sheet *sheet, const char *field, struct simulate_variant *variant)
{
    struct slice typed;
    struct err err;

    if (!given(sheet, field, &typed))
        return;
    variant->place.region = REGION_NATION;
    variant->region = NULL;
    if (slice_is(typed, "100000"))
        return;
    variant->region = tree_read(tree_get("division"), typed, NULL, N_("地区"), &err);
    if (!variant->region)
        complain(sheet, field, &err);
    else
        variant->place.region = (int32_t)strtol(variant->region->code, NULL, 10);
}

static void agreed_read(struct simulate_sheet *sheet, const char *field, struct simulate_variant *variant)
{
    struct slice typed;
    struct err err;

    if (!given(sheet, field, &typed))
        return;
    if (!percent_read(typed, &variant->agreed, &err)) {
        complain(sheet, field, &err);
    } else if (variant->agreed == 0 || variant->agreed > ALLOT_WHOLE) {
        err_set(&err, ERR_INVALID, "约定的奖励比例要大于 0，不超过 100%%");
        complain(sheet, field, &err);
    }
}

/* What is left empty stays as it is. */
static void variant_read(struct simulate_sheet *sheet, const char *region, const char *agreed, const char *local,
                         struct simulate_variant *variant)
{
    struct slice ignored;

    variant->place.local_standard = given(sheet, local, &ignored);
    region_read(sheet, region, variant);
    agreed_read(sheet, agreed, variant);
}

/* The second column is the first with another region, agreed share or standard; none where nothing of it was given. */
static void variants_read(struct simulate_sheet *sheet)
{
    static const char *const second[] = {"region2", "agreed2", "local2"};
    struct simulate_variant *variants = sheet->variants;
    struct slice ignored;

    variants[0].place = (struct simulate_place){REGION_NATION, day_of_ms(sheet->request->now_ms), false};
    variant_read(sheet, "region", "agreed", "local", &variants[0]);
    variants[1] = variants[0];
    variant_read(sheet, "region2", "agreed2", "local2", &variants[1]);
    sheet->variant_count = 1;
    for (size_t i = 0; i < sizeof second / sizeof *second; i++)
        if (given(sheet, second[i], &ignored))
            sheet->variant_count = 2;
}

void simulate_read(struct request *request, struct simulate_sheet *sheet)
{
    struct slice way;
    struct err err;

    *sheet = (struct simulate_sheet){.request = request, .errors = json_array()};
    sheet->question.amount = money_of(sheet, "amount");
    sheet->question.earlier = money_of(sheet, "earlier");
    if (given(sheet, "way", &way) && !simulate_way_read(way, &sheet->question.way)) {
        err_set(&err, ERR_INVALID, "没有这种转化方式");
        err_hint(&err, "可用：assign、license、equity、self、joint");
        complain(sheet, "way", &err);
    }
    variants_read(sheet);
    costs_read(sheet);
    team_read(sheet);
}
