/* A row of past transfers against itself, the rest of its file and what is there: what is wrong, and what is only odd. */
#include "base/clock.h"
#include "base/ident.h"
#include "base/money.h"
#include "base/utf8.h"
#include "record/achievement.h"
#include "record/person.h"
#include "record/right.h"
#include "work/deal_int.h"
#include "work/import_int.h"
#include "work/past.h"

enum { FROM_1980 = 3652, RECEIPTS_MOST = RECORD_PAPERS, FEN_ODD = 10000 };

/* What a contract that receipts and rewards name has come to, rows of this file included. */
struct contract {
    int64_t deal;   /* 0: there is none of the number */
    int64_t amount, received, receipts;
    int32_t signed_on;
    bool open_ended; /* a royalty: nobody knew the sum */
};

struct past_memory {
    struct arena arena;
    struct digest_map contracts;    /* natural key → index + 1 */
    struct contract **list;
    size_t count, room;
    struct digest_map registered;   /* number → line */
    struct digest_map achievements; /* patent's number, or natural key of the name → index + 1 of ids */
    int64_t *ids;
    size_t id_count, id_room;
    int64_t rights_of;              /* whose patents are in achievements */
};

struct judging {
    struct checker *checker;
    struct candidate *candidate;
    struct record *row;
    struct text remarks;
    int32_t today;
};

static struct past_memory *memory_of(struct checker *checker)
{
    struct past_memory *memory = checker->past;

    if (memory)
        return memory;
    memory = checker->past = calloc(1, sizeof *memory);
    if (!memory)
        abort();
    arena_init(&memory->arena);
    digest_map_init(&memory->contracts);
    digest_map_init(&memory->registered);
    digest_map_init(&memory->achievements);
    return memory;
}

void past_forget(struct checker *checker)
{
    struct past_memory *memory = checker->past;

    if (!memory)
        return;
    digest_map_release(&memory->contracts);
    digest_map_release(&memory->registered);
    digest_map_release(&memory->achievements);
    arena_release(&memory->arena);
    free(memory->list);
    free(memory->ids);
    free(memory);
    checker->past = NULL;
}

static void *grown(void *list, size_t count, size_t *room, size_t each)
{
    if (count < *room)
        return list;
    *room = *room ? *room * 2 : 64;
    list = reallocarray(list, *room, each);
    if (!list)
        abort();
    return list;
}

/* --- saying what is wrong, and what is odd --- */

static void wrong(struct judging *judging, size_t field, const struct err *err)
{
    const struct import_plan *plan = judging->candidate->plan;

    problem_add(judging->candidate->problems, plan, plan_column_of(plan, field), judging->candidate->typed.typed[field], err);
}

#define WRONG(judging, field, hint, ...)                \
    do {                                                \
        struct err said_;                               \
        err_set(&said_, ERR_INVALID, __VA_ARGS__);      \
        err_hint(&said_, hint);                         \
        wrong(judging, field, &said_);                  \
    } while (0)

static void odd(struct judging *judging, const char *what)
{
    text_print(&judging->remarks, "%s%s", judging->remarks.len ? "\n" : "", what);
}

static int32_t day_of(const struct judging *judging, size_t field)
{
    return paper_day(judging->row, field);
}

/* A day of the past: neither to come nor before there was anything to transfer. */
static void day_judge(struct judging *judging, size_t field)
{
    const char *label = judging->row->kind->fields[field].label;
    int32_t day = day_of(judging, field);

    if (day > judging->today)
        WRONG(judging, field, "填今天或以前的日期", "%s还没有到", label);
    else if (day && day < FROM_1980)
        WRONG(judging, field, "请核对年份", "%s早于 1980 年", label);
}

static void order_judge(struct judging *judging, size_t field, size_t not_before)
{
    const struct field *fields = judging->row->kind->fields;
    int32_t day = day_of(judging, field), before = day_of(judging, not_before);

    if (day && before && day < before)
        WRONG(judging, field, "请核对两个日期，改好这一行再导入", "%s早于%s", fields[field].label, fields[not_before].label);
}

static void span_judge(struct judging *judging, size_t span, size_t from, size_t to)
{
    day_judge(judging, from);
    day_judge(judging, to);
    order_judge(judging, to, from);
    if (paper_known(judging->row, span) && !day_of(judging, from))
        WRONG(judging, span, "写成“2019-03-05至2019-03-20”，或分成公示首日、公示末日两列", "公示起止看不出是哪天到哪天");
}

/* --- a contract --- */

static void notice_judge(struct judging *judging)
{
    enum { FROM_2016 = 16857 /* 2016-02-26: 国发〔2016〕16号 */, DAYS = 15 };
    int32_t from = day_of(judging, PAST_DEAL_NOTICE_FROM), to = day_of(judging, PAST_DEAL_NOTICE_TO),
            signed_on = day_of(judging, PAST_DEAL_SIGNED_ON);

    span_judge(judging, PAST_DEAL_NOTICE_SPAN, PAST_DEAL_NOTICE_FROM, PAST_DEAL_NOTICE_TO);
    if (from && signed_on && signed_on <= (to ? to : from))
        odd(judging, "签订日期在公示期内");
    if (from >= FROM_2016 && to > from && to - from < DAYS)
        odd(judging, "公示不足 15 日（国发〔2016〕16号）");
}

static void amounts_judge(struct judging *judging)
{
    int64_t amount = paper_number(judging->row, PAST_DEAL_AMOUNT);

    if (amount == 0)
        odd(judging, "成交额是 0");
    else if (amount < FEN_ODD)
        odd(judging, "成交额不足 100 元，表头是不是漏了“万元”");
    if (paper_number(judging->row, PAST_DEAL_TECHNICAL) > amount)
        odd(judging, "技术交易额高于成交额");
}

static bool registered_judge(struct judging *judging, struct err *err)
{
    struct slice number = paper_text(judging->row, PAST_DEAL_REGISTERED);
    uint32_t line = (uint32_t)judging->candidate->line;
    int64_t deal = 0;
    bool taken;

    if (!number.len) {
        if (paper_known(judging->row, PAST_DEAL_REGISTERED_ON) || paper_known(judging->row, PAST_DEAL_POINT))
            odd(judging, "写了登记机构或登记日期，没有登记编号，不算已登记");
        return true;
    }
    if (!digest_map_add(&memory_of(judging->checker)->registered, number, &line))
        WRONG(judging, PAST_DEAL_REGISTERED, "一个登记编号只登记一份合同；请照登记证明核对", "登记编号与第 %u 行相同", line);
    if (!sql_one(judging->checker->sql, "SELECT deal FROM registration WHERE number = ?1 AND to_leaf IS NULL AND revoked_on IS NULL",
                 SQL_ARGS(sql_text(number)), &deal, &taken, err))
        return false;
    if (taken && deal != paper_number(judging->row, PAPER_DEAL))
        WRONG(judging, PAST_DEAL_REGISTERED, "请照登记证明核对编号", "这个登记编号已经用在另一个项目的合同上");
    return true;
}

/* --- which achievement it is --- */

/* The digits of a patent's number, and X: "ZL 2019 1 0123456.7" and "201910123456.7" are one. */
static struct slice patent_key(struct slice number, struct arena *arena)
{
    struct slice folded = utf8_nfkc(number, arena);
    char *key = arena_alloc(arena, folded.len + 2);
    size_t len = 1;

    key[0] = '#';
    for (size_t i = 0; i < folded.len; i++)
        if ((folded.at[i] >= '0' && folded.at[i] <= '9') || folded.at[i] == 'X' || folded.at[i] == 'x')
            key[len++] = folded.at[i] == 'x' ? 'X' : folded.at[i];
    return (struct slice){key, len};
}

static void achievement_note(struct past_memory *memory, struct slice key, int64_t id)
{
    uint32_t number = (uint32_t)memory->id_count + 1;

    if (key.len < 2 || !digest_map_add(&memory->achievements, key, &number))
        return;
    memory->ids = grown(memory->ids, memory->id_count, &memory->id_room, sizeof *memory->ids);
    memory->ids[memory->id_count++] = id;
}

static int64_t achievement_met(const struct past_memory *memory, struct slice key)
{
    uint32_t number = digest_map_get(&memory->achievements, key);

    return number ? memory->ids[number - 1] : 0;
}

static void rights_note(struct past_memory *memory, int64_t id, struct slice lines, struct arena *arena)
{
    struct right right;
    struct slice line;
    struct err ignored;

    while (slice_cut(&lines, '\n', &line))
        if (right_read(line, &right, &ignored) && right.number.len)
            achievement_note(memory, patent_key(right.number, arena), id);
}

/* All patents of the unit, once: to ask for each row would be to read them all each time. */
static bool rights_load(struct judging *judging, int64_t owner, struct err *err)
{
    struct past_memory *memory = memory_of(judging->checker);
    struct sql_rows rows;

    if (memory->rights_of == owner)
        return true;
    if (!sql_rows(judging->checker->sql, "SELECT id, rights FROM achievement WHERE owner = ?1 AND to_leaf IS NULL AND rights IS NOT NULL",
                  SQL_ARGS(sql_int(owner)), &rows, err))
        return false;
    while (sql_next(&rows))
        rights_note(memory, sql_number(&rows, 0), sql_slice(&rows, 1), &judging->checker->arena);
    memory->rights_of = owner;
    return sql_done(&rows, err);
}

static int64_t by_patent(const struct judging *judging)
{
    struct slice rest = paper_text(judging->row, PAST_DEAL_RIGHTS), number;
    int64_t id = 0;

    while (!id && slice_cut(&rest, '\n', &number))
        id = achievement_met(judging->checker->past, patent_key(number, &judging->checker->arena));
    return id;
}

static bool by_name(const struct judging *judging, struct slice key, int64_t *id, struct err *err)
{
    *id = achievement_met(judging->checker->past, key);
    return *id || record_find(judging->checker->sql, &kind_achievement, key, id, err);
}

/* By patent, else by name, else one to be made, of which later rows of the file may be too. */
static bool achievement_judge(struct judging *judging, struct err *err)
{
    struct record *row = judging->row, named = {.kind = &kind_achievement, .owner = row->owner};
    struct arena *arena = &judging->checker->arena;
    struct past_memory *memory = memory_of(judging->checker);
    struct slice key, rest, number;
    int64_t id;

    if (paper_known(row, PAST_DEAL_RECORD))
        return true;
    named.values[ACHIEVEMENT_TITLE] = row->values[paper_known(row, PAST_DEAL_ACHIEVEMENT) ? PAST_DEAL_ACHIEVEMENT : PAST_DEAL_NAME];
    key = record_key(&named, arena);
    if (!rights_load(judging, row->owner, err))
        return false;
    id = by_patent(judging);
    if (!id && !by_name(judging, key, &id, err))
        return false;
    if (!id && !paper_known(row, PAST_DEAL_ACHIEVEMENT))
        odd(judging, "没有写成果名称，以合同名称作成果名称");
    id = id ? id : ident_next(judging->checker->now_ms);
    achievement_note(memory, key, id);
    for (rest = paper_text(row, PAST_DEAL_RIGHTS); slice_cut(&rest, '\n', &number);)
        achievement_note(memory, patent_key(number, arena), id);
    row->values[PAST_DEAL_RECORD] = (struct value){.known = true, .number = id};
    judging->candidate->typed.typed[PAST_DEAL_RECORD] = SLICE("1"); /* it says something about the field */
    return true;
}

static bool deal_judge(struct judging *judging, struct err *err)
{
    static const size_t days[] = {PAST_DEAL_SIGNED_ON, PAST_DEAL_APPROVED_ON, PAST_DEAL_REGISTERED_ON};
    int32_t approved = day_of(judging, PAST_DEAL_APPROVED_ON);

    for (size_t i = 0; i < sizeof days / sizeof *days; i++)
        day_judge(judging, days[i]);
    order_judge(judging, PAST_DEAL_UNTIL, PAST_DEAL_SIGNED_ON);
    order_judge(judging, PAST_DEAL_REGISTERED_ON, PAST_DEAL_SIGNED_ON);
    notice_judge(judging);
    amounts_judge(judging);
    if (approved && approved > day_of(judging, PAST_DEAL_SIGNED_ON))
        odd(judging, "审批日期晚于签订日期");
    return registered_judge(judging, err) && achievement_judge(judging, err);
}

/* --- what receipts and rewards are of --- */

static bool contract_load(struct judging *judging, struct slice key, struct contract *contract, struct err *err)
{
    static const char received[] =
        "SELECT CAST(coalesce(sum(amount), 0) AS BIGINT), count(*) FROM receipt WHERE deal = ?1 AND to_leaf IS NULL";
    struct sql *sql = judging->checker->sql;
    struct record row;
    struct sql_rows rows;
    int64_t id;

    if (!record_find(sql, &kind_past_deal, key, &id, err))
        return false;
    if (!id)
        return true;
    if (!record_get(sql, &kind_past_deal, id, &judging->checker->arena, &row, err))
        return false;
    *contract = (struct contract){.deal = paper_number(&row, PAPER_DEAL), .amount = paper_number(&row, PAST_DEAL_AMOUNT),
                                  .signed_on = paper_day(&row, PAST_DEAL_SIGNED_ON)};
    contract->open_ended = paper_is(&row, PAST_DEAL_PAYMENT, "royalty") || paper_is(&row, PAST_DEAL_PAYMENT, "entry");
    if (!sql_rows(sql, received, SQL_ARGS(sql_int(contract->deal)), &rows, err))
        return false;
    if (sql_next(&rows)) {
        contract->received = sql_number(&rows, 0);
        contract->receipts = sql_number(&rows, 1);
    }
    return sql_done(&rows, err);
}

/* *contract NULL: there is none, and that is said. */
static bool contract_find(struct judging *judging, struct contract **contract, struct err *err)
{
    struct past_memory *memory = memory_of(judging->checker);
    struct record named = {.kind = &kind_past_deal, .owner = judging->row->owner};
    struct contract found = {0};
    struct slice key;
    uint32_t number;

    named.values[PAST_NUMBER] = judging->row->values[PAST_NUMBER];
    key = record_key(&named, &judging->checker->arena);
    number = digest_map_get(&memory->contracts, key);
    if (!number) {
        if (!contract_load(judging, key, &found, err))
            return false;
        memory->list = grown(memory->list, memory->count, &memory->room, sizeof *memory->list);
        memory->list[memory->count] = arena_alloc(&memory->arena, sizeof found);
        *memory->list[memory->count++] = found;
        number = (uint32_t)memory->count;
        digest_map_add(&memory->contracts, key, &number);
    }
    *contract = memory->list[number - 1]->deal ? memory->list[number - 1] : NULL;
    if (!*contract)
        WRONG(judging, PAST_NUMBER, "先导入写有这份合同的“历史合同”表，或核对编号", "没有这个编号的历史合同");
    return true;
}

/* --- a receipt --- */

static void sum_judge(struct judging *judging, struct contract *contract)
{
    const struct record *prior = &judging->candidate->prior;
    int64_t amount = paper_number(judging->row, PAST_RECEIPT_AMOUNT), before = prior->id ? paper_number(prior, PAST_RECEIPT_AMOUNT) : 0;
    int64_t sum = contract->received + amount - before;
    char received[MONEY_TEXT], agreed[MONEY_TEXT];

    if (amount <= 0)
        WRONG(judging, PAST_RECEIPT_AMOUNT, "按凭证填；退款请从那一笔里减", "到账金额要大于 0");
    else if (sum > MONEY_MAX || (!contract->open_ended && sum > contract->amount))
        WRONG(judging, PAST_RECEIPT_AMOUNT, "请核对金额和它的单位；合同有变更的，先改合同表再导入一次", "到这一笔为止到账 %s，高于合同成交额 %s",
              money_show(sum, received), money_show(contract->amount, agreed));
    else if (!prior->id && contract->receipts >= RECEIPTS_MOST)
        WRONG(judging, PAST_NUMBER, "请把同一年的几笔合成一行", "一份合同最多 %d 笔到账", RECEIPTS_MOST);
    else {
        contract->received = sum;
        contract->receipts += !prior->id;
    }
}

static bool receipt_judge(struct judging *judging, struct err *err)
{
    struct contract *contract;

    day_judge(judging, PAST_RECEIPT_CAME_ON);
    if (!contract_find(judging, &contract, err))
        return false;
    if (!contract || judging->candidate->problems->count)
        return true;
    if (day_of(judging, PAST_RECEIPT_CAME_ON) < contract->signed_on)
        odd(judging, "到账日期早于签订日期");
    if (!paper_known(judging->row, PAST_RECEIPT_VOUCHER))
        odd(judging, "没有写凭证号");
    sum_judge(judging, contract);
    return true;
}

/* By voucher; one without is known by day, amount and payer. */
static void mark_set(struct judging *judging)
{
    struct record *row = judging->row;
    struct slice voucher = paper_text(row, PAST_RECEIPT_VOUCHER), day = paper_text(row, PAST_RECEIPT_CAME_ON),
                 payer = paper_text(row, PAST_RECEIPT_PAYER);

    row->values[PAST_RECEIPT_MARK] = (struct value){
        .known = true,
        .text = voucher.len ? voucher
                            : slice_of(arena_print(&judging->checker->arena, "%.*s %lld %.*s", (int)day.len, day.at,
                                                   (long long)paper_number(row, PAST_RECEIPT_AMOUNT), (int)payer.len,
                                                   payer.len ? payer.at : ""))};
    judging->candidate->typed.typed[PAST_RECEIPT_MARK] = SLICE("1");
}

/* --- a reward --- */

/* A number that was typed must be of the one named, and of the unit. */
static bool person_judge(struct judging *judging, const struct past_share *share, struct err *err)
{
    struct err said;

    if (person_is(judging->checker->sql, share->person, share->name, judging->row->owner, &judging->checker->arena, &said))
        return true;
    if (said.code != ERR_INVALID) {
        *err = said;
        return false;
    }
    err_hint(&said, "人员编号在人员页的地址里；不写编号的，按姓名找本单位的人");
    wrong(judging, PAST_AWARD_PEOPLE, &said);
    return true;
}

/* His number here, where the unit has one of the name alone. `kept`: as the row had it before, people move and change names. */
static bool person_find(struct judging *judging, struct past_share *share, bool kept, struct err *err)
{
    struct record named = {.kind = &kind_person, .owner = judging->row->owner};

    if (share->person)
        return kept || person_judge(judging, share, err);
    named.values[PERSON_NAME] = (struct value){.known = true, .text = share->name};
    named.values[PERSON_PARTY] = (struct value){.known = true, .number = judging->row->owner};
    return record_find(judging->checker->sql, &kind_person, record_key(&named, &judging->checker->arena), &share->person, err);
}

static bool people_judge(struct judging *judging, struct err *err)
{
    struct arena *arena = &judging->checker->arena;
    struct past_share *shares = arena_alloc(arena, PAST_PEOPLE * sizeof *shares);
    int column = plan_column_of(judging->candidate->plan, PAST_AWARD_PEOPLE);
    const char *unit = column >= 0 ? judging->candidate->plan->columns[column].unit : "";
    char sum[MONEY_TEXT], reward[MONEY_TEXT];
    bool kept = slice_same(paper_text(judging->row, PAST_AWARD_PEOPLE), paper_text(&judging->candidate->prior, PAST_AWARD_PEOPLE));
    struct err said;
    int64_t total = 0;
    size_t count;

    if (!past_people_read(paper_text(judging->row, PAST_AWARD_PEOPLE), unit ? unit : "", arena, shares, &count, &said)) {
        wrong(judging, PAST_AWARD_PEOPLE, &said);
        return true;
    }
    for (size_t i = 0; i < count; i++) {
        total += shares[i].fen < MONEY_MAX && total < MONEY_MAX ? shares[i].fen : 0;
        if (!person_find(judging, &shares[i], kept, err))
            return false;
    }
    if (total != paper_number(judging->row, PAST_AWARD_REWARD))
        WRONG(judging, PAST_AWARD_PEOPLE, "请核对各人金额和奖励总额的单位", "各人合计 %s，不等于奖励总额 %s", money_show(total, sum),
              money_show(paper_number(judging->row, PAST_AWARD_REWARD), reward));
    judging->row->values[PAST_AWARD_PEOPLE].text = past_people_show(shares, count, arena);
    return true;
}

static bool award_judge(struct judging *judging, struct err *err)
{
    const struct record *row = judging->row;
    struct contract *contract;

    day_judge(judging, PAST_AWARD_PAID_ON);
    day_judge(judging, PAST_AWARD_DECIDED_ON);
    span_judge(judging, PAST_AWARD_NOTICE_SPAN, PAST_AWARD_NOTICE_FROM, PAST_AWARD_NOTICE_TO);
    if (!contract_find(judging, &contract, err))
        return false;
    if (!contract)
        return true;
    if (day_of(judging, PAST_AWARD_PAID_ON) < contract->signed_on)
        odd(judging, "发放日期早于签订日期");
    if (paper_known(row, PAST_AWARD_NET) && paper_number(row, PAST_AWARD_REWARD) > paper_number(row, PAST_AWARD_NET))
        odd(judging, "奖励总额高于净收入");
    if (paper_number(row, PAST_AWARD_REWARD) > contract->received)
        odd(judging, "奖励总额高于已导入的到账");
    return people_judge(judging, err);
}

/* --- the row --- */

static void provenance_set(struct checker *checker, struct candidate *candidate)
{
    struct slice *typed = candidate->typed.typed;

    typed[PAST_FILE] = utf8_head(slice_of(checker->request->file), 200);
    if (checker->request->digest)
        typed[PAST_DIGEST] = slice_of(checker->request->digest);
    typed[PAST_ROW] = slice_of(arena_print(&checker->arena, "%ld", candidate->line));
}

/* The unit's own officer, or the program. */
static void allowed_judge(struct judging *judging)
{
    const struct actor *actor = judging->checker->request->actor;
    struct object object = {.kind = judging->row->kind, .owner = judging->row->owner};
    struct err ignored;

    if (!actor_is_program(actor) && !may(actor, ACT_IMPORT, &object, &ignored))
        candidate_complain(judging->candidate, NO_COLUMN, judging->candidate->typed.owner, N_("您不能为这个单位导入"),
                           N_("只能导入本单位的；请删去这一行或联系有权限的人"));
}

static void remarks_keep(struct judging *judging)
{
    const struct import_watch *watch = judging->checker->watch;
    struct slice remarks = arena_copy(&judging->checker->arena, text_slice(&judging->remarks));

    if (!remarks.len && !paper_known(&judging->candidate->prior, PAST_REMARKS))
        return;
    judging->row->values[PAST_REMARKS] = (struct value){.known = true, .text = remarks.len ? remarks : SLICE("无")};
    judging->candidate->typed.typed[PAST_REMARKS] = SLICE("1");
    if (!remarks.len || judging->candidate->problems->count)
        return;
    judging->checker->tally->remarked++;
    if (watch && watch->remarked)
        watch->remarked(watch->arg, judging->candidate->line, remarks);
}

/* What rows of one file are told apart by. */
static const char *key_label(const struct kind *kind)
{
    return kind->id == KIND_PAST_DEAL      ? N_("合同编号")
           : kind->id == KIND_PAST_RECEIPT ? N_("合同编号、凭证号")
                                           : N_("合同编号、发放日期");
}

/* The same row as before: its cells go over what it said then. */
static bool prior_find(struct judging *judging, struct err *err)
{
    struct candidate *candidate = judging->candidate;
    struct slice key = record_key(judging->row, &judging->checker->arena);
    int64_t id;

    candidate_once(judging->checker, candidate, key, key_label(judging->row->kind));
    if (!record_find(judging->checker->sql, judging->row->kind, key, &id, err))
        return false;
    if (!id)
        return true;
    return record_get(judging->checker->sql, judging->row->kind, id, &judging->checker->arena, &candidate->prior, err)
           && candidate_values(judging->checker, candidate, err);
}

static bool judge(struct judging *judging, struct err *err)
{
    if (judging->row->kind->id == KIND_PAST_RECEIPT)
        mark_set(judging);
    if (!prior_find(judging, err))
        return false;
    if (judging->row->kind->id == KIND_PAST_RECEIPT)
        mark_set(judging);
    switch (judging->row->kind->id) {
    case KIND_PAST_DEAL:
        return deal_judge(judging, err);
    case KIND_PAST_RECEIPT:
        return receipt_judge(judging, err);
    default:
        return award_judge(judging, err);
    }
}

bool past_check(struct checker *checker, struct candidate *candidate, struct err *err)
{
    struct judging judging = {.checker = checker, .candidate = candidate, .row = &candidate->record,
                              .today = day_of_ms(checker->now_ms)};
    bool ok;

    provenance_set(checker, candidate);
    past_words(candidate->plan->kind, candidate->typed.typed, &checker->arena);
    if (!candidate_owner(checker, candidate, err) || !candidate_values(checker, candidate, err))
        return false;
    if (candidate->problems->count)
        return true;
    text_init(&judging.remarks);
    ok = judge(&judging, err);
    if (ok) {
        allowed_judge(&judging);
        remarks_keep(&judging);
        if (candidate->prior.id && checker->request->options.exists == EXISTS_ERROR)
            candidate_complain(candidate, plan_column_of(candidate->plan, PAST_NUMBER), SLICE(""), N_("这条记录已经有了"),
                               N_("选择“更新已有的”或“跳过已有的”，或删去这一行"));
    }
    text_release(&judging.remarks);
    return ok;
}
