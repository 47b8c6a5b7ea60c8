/* What is in an asset pack. */
#include "work/asset_pack.h"

#include "base/clock.h"
#include "base/json.h"
#include "record/achievement.h"
#include "record/choice.h"
#include "record/party.h"
#include "record/right.h"
#include "seal/seal.h"
#include "work/deal_int.h"
#include "work/fact.h"
#include "work/matter.h"
#include "work/patent_sheet.h"

enum { DEALS_MOST = 200, ACHIEVEMENTS_MOST = 300, LOANS_MOST = 100 };

static char *achievements_text, *loans_text;

void asset_pack_start(void)
{
    if (achievements_text)
        return;
    achievements_text = record_select(&kind_achievement, "owner = ?1 AND to_leaf IS NULL AND status = 0 ORDER BY id DESC LIMIT ?2");
    loans_text = record_select(&kind_loan, "owner = ?1 AND to_leaf IS NULL ORDER BY id DESC LIMIT ?2");
}

struct building {
    struct sql *sql;
    const struct law *law;
    const struct pack_want *want;
    struct arena *arena;
    json_t *lines;               /* of the section at hand */
    int64_t line_count, stale_count;
    struct deal_file *deals;     /* the firm's as unit or as buyer */
    size_t deal_count;
    struct record *patents;
    size_t patent_count;
};

/* --- a line --- */

struct pack_line {
    struct slice what, number, says, source;
    int64_t amount;  /* fen */
    bool has_amount;
    int32_t day, as_of;
};

static void line_put(struct building *building, const struct pack_line *line)
{
    json_t *out = json_object();
    int32_t age = line->as_of ? building->want->today - line->as_of : 0;
    bool stale = line->as_of && age > PATENT_STALE_DAYS;

    json_put(out, "what", line->what);
    json_put(out, "number", line->number.at ? line->number : SLICE(""));
    json_put(out, "says", line->says.at ? line->says : SLICE(""));
    if (line->has_amount)
        json_put_id(out, "amount", line->amount);
    if (line->day)
        json_put_day(out, "day", line->day);
    json_put(out, "source", line->source.at ? line->source : SLICE(""));
    if (line->as_of) {
        json_put_day(out, "as_of", line->as_of);
        json_object_set_new_nocheck(out, "age", json_integer(age));
    }
    json_object_set_new_nocheck(out, "stale", json_boolean(stale));
    json_fill(out, "amount day as_of age");
    json_array_append_new(building->lines, out);
    building->line_count++;
    building->stale_count += stale;
}

static struct slice said(const struct building *building, const char *chinese, const char *english)
{
    return slice_of(building->want->english ? english : chinese);
}

static struct slice label(const struct building *building, const char *list, struct slice code)
{
    const struct choice *choice = code.len ? choice_find(choice_list_get(list), code) : NULL;

    return choice ? said(building, choice->label, choice->label_en) : code;
}

/* --- titles --- */

static const struct record *patent_by(const struct building *building, struct slice number)
{
    struct slice kept;
    struct err ignored;

    if (!number.len || !patent_number_read(number, building->arena, &kept, &ignored))
        return NULL;
    for (size_t i = 0; i < building->patent_count; i++)
        if (slice_same(matter_text(&building->patents[i], PATENT_NUMBER), kept))
            return &building->patents[i];
    return NULL;
}

/* The status as the office's file has it, else as the achievement says. */
static void right_line(struct building *building, const struct record *achievement, struct slice text)
{
    struct pack_line line = {.what = achievement->values[ACHIEVEMENT_TITLE].text, .source = said(building, "成果登记", "Achievement")};
    const struct record *patent;
    struct right right;
    struct err ignored;

    if (!text.len || !right_read(text, &right, &ignored))
        return;
    patent = patent_by(building, right.number);
    line.number = slice_of(arena_print(building->arena, "%.*s %.*s", (int)right.sort.len, right.sort.at, (int)right.number.len, right.number.at));
    line.says = patent ? label(building, "patent_status", matter_text(patent, PATENT_STATUS)) : right.status;
    if (right.filed[0])
        day_parse(slice_of(right.filed), &line.day);
    if (patent) {
        line.as_of = matter_day(patent, PATENT_CHECKED);
        line.source = said(building, "国家知识产权局文件", "Patent office's file");
    }
    line_put(building, &line);
}

static bool titles_owned(struct building *building, struct err *err)
{
    struct record *list = arena_alloc(building->arena, ACHIEVEMENTS_MOST * sizeof *list);
    struct slice rights, right;
    size_t count;

    if (!record_rows(building->sql, &kind_achievement, achievements_text, SQL_ARGS(sql_int(building->want->firm), sql_int(ACHIEVEMENTS_MOST)),
                     ACHIEVEMENTS_MOST, building->arena, list, &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        for (rights = matter_text(&list[i], ACHIEVEMENT_RIGHTS); slice_cut(&rights, '\n', &right);)
            right_line(building, &list[i], right);
    return true;
}

static bool is_buyer(const struct building *building, const struct deal_file *deal)
{
    return paper_number(&deal->deal, DEAL_BUYER_PARTY) == building->want->firm;
}

/* What it bought or was licensed: from the contract on. */
static void titles_taken(struct building *building)
{
    for (size_t i = 0; i < building->deal_count; i++) {
        const struct deal_file *deal = &building->deals[i];
        const struct record *contract = deal_newest(deal, KIND_CONTRACT);
        struct slice way = paper_text(&deal->deal, DEAL_WAY), licence = paper_text(contract, CONTRACT_LICENCE);
        struct pack_line line = {.what = paper_text(&deal->deal, DEAL_TITLE), .number = paper_text(contract, CONTRACT_NUMBER),
                                 .says = licence.len ? label(building, "licence", licence) : label(building, "way", way),
                                 .day = paper_day(contract, CONTRACT_SIGNED_ON), .source = said(building, "转化项目", "Deal")};

        if (contract && is_buyer(building, deal))
            line_put(building, &line);
    }
}

static bool put_titles(struct building *building, struct err *err)
{
    titles_taken(building);
    return titles_owned(building, err);
}

/* --- patents and what lies on them --- */

static struct slice patent_source(const struct building *building, const struct record *patent)
{
    return matter_number(patent, PATENT_FROM_FILE) ? said(building, "国家知识产权局文件，工作人员导入", "Patent office's file, brought in by an officer")
                                                   : said(building, "国家知识产权局文件，企业自己导入", "Patent office's file, brought in by the firm");
}

static struct pack_line patent_line(const struct building *building, const struct record *patent)
{
    return (struct pack_line){.what = matter_text(patent, PATENT_NAME), .number = matter_text(patent, PATENT_NUMBER),
                              .as_of = matter_day(patent, PATENT_CHECKED), .source = patent_source(building, patent)};
}

static bool put_patents(struct building *building, struct err *err)
{
    (void)err;
    for (size_t i = 0; i < building->patent_count; i++) {
        const struct record *patent = &building->patents[i];
        struct pack_line line = patent_line(building, patent);
        const char *why;
        bool in_force = patent_in_force(patent, building->want->today, &why);
        struct slice status = label(building, "patent_status", matter_text(patent, PATENT_STATUS));
        struct slice fee = matter_text(patent, PATENT_FEE_UNTIL);

        line.day = matter_day(patent, PATENT_ENDS);
        line.says = slice_of(arena_print(building->arena, "%.*s%s%.*s%s", (int)status.len, status.at,
                                         fee.len ? (building->want->english ? "; fee paid until " : "；年费缴至 ") : "", (int)fee.len, fee.at,
                                         !in_force && strcmp(why, "fee") == 0 ? (building->want->english ? " (overdue)" : "（已欠费）") : ""));
        line_put(building, &line);
    }
    return true;
}

static void burden(struct building *building, const struct record *patent, const char *chinese, const char *english, struct slice number)
{
    struct pack_line line = patent_line(building, patent);

    line.says = slice_of(arena_print(building->arena, "%s%s%.*s", building->want->english ? english : chinese, number.len ? " " : "",
                                     (int)number.len, number.at));
    line_put(building, &line);
}

/* A licence that the firm itself gave, from its deals as the unit. */
static void licence_given(struct building *building, const struct deal_file *deal)
{
    const struct record *contract = deal_newest(deal, KIND_CONTRACT);
    struct slice licence = paper_text(contract, CONTRACT_LICENCE);
    struct pack_line line = {.what = paper_text(&deal->deal, DEAL_TITLE), .number = paper_text(contract, CONTRACT_NUMBER),
                             .says = label(building, "licence", licence), .day = paper_day(contract, CONTRACT_SIGNED_ON),
                             .source = said(building, "转化项目", "Deal")};

    if (licence.len && deal->deal.owner == building->want->firm)
        line_put(building, &line);
}

static bool put_burdens(struct building *building, struct err *err)
{
    (void)err;
    for (size_t i = 0; i < building->patent_count; i++) {
        const struct record *patent = &building->patents[i];

        if (matter_known(patent, PATENT_PLEDGE))
            burden(building, patent, "质押，未经质权人同意不得开放许可", "Pledged; no open licence without the pledgee", matter_text(patent, PATENT_PLEDGE));
        if (matter_known(patent, PATENT_LICENCE))
            burden(building, patent, "许可备案", "Filed licence", matter_text(patent, PATENT_LICENCE));
        if (matter_number(patent, PATENT_OPEN))
            burden(building, patent, "正实行开放许可", "Under an open licence", SLICE(""));
    }
    for (size_t i = 0; i < building->deal_count; i++)
        licence_given(building, &building->deals[i]);
    return true;
}

/* --- contracts and money --- */

static struct slice side_of(const struct building *building, const struct deal_file *deal)
{
    return is_buyer(building, deal) ? said(building, "作为受让方", "As the buyer") : said(building, "作为出让方", "As the seller");
}

static void contract_line(struct building *building, const struct deal_file *deal)
{
    const struct record *contract = deal_newest(deal, KIND_CONTRACT), *registration = deal_newest(deal, KIND_REGISTRATION);
    bool revoked = paper_known(registration, REGISTRATION_REVOKED_ON);
    struct slice side = side_of(building, deal);
    struct pack_line line = {.what = paper_text(&deal->deal, DEAL_TITLE), .number = paper_text(registration, REGISTRATION_NUMBER),
                             .amount = paper_number(contract, CONTRACT_AMOUNT), .has_amount = paper_known(contract, CONTRACT_AMOUNT),
                             .day = paper_day(registration, REGISTRATION_DECIDED_ON), .source = said(building, "技术合同认定登记", "Registration")};

    if (!contract || !paper_is(registration, REGISTRATION_RESULT, "registered"))
        return;
    line.says = slice_of(arena_print(building->arena, "%.*s%s", (int)side.len, side.at,
                                     !revoked ? "" : building->want->english ? "; registration revoked" : "；登记已撤销"));
    line_put(building, &line);
}

static bool put_contracts(struct building *building, struct err *err)
{
    (void)err;
    for (size_t i = 0; i < building->deal_count; i++)
        contract_line(building, &building->deals[i]);
    return true;
}

static bool put_receipts(struct building *building, struct err *err)
{
    (void)err;
    for (size_t i = 0; i < building->deal_count; i++) {
        const struct deal_file *deal = &building->deals[i];
        bool paid = is_buyer(building, deal);

        for (size_t r = 0; r < deal->count[KIND_RECEIPT]; r++) {
            const struct record *receipt = &deal->papers[KIND_RECEIPT][r];
            struct pack_line line = {.what = paper_text(&deal->deal, DEAL_TITLE), .number = paper_text(receipt, RECEIPT_VOUCHER),
                                     .says = paid ? said(building, "付出", "Paid") : said(building, "收到", "Received"),
                                     .amount = paper_number(receipt, RECEIPT_AMOUNT), .has_amount = true,
                                     .day = paper_day(receipt, RECEIPT_CAME_ON), .source = said(building, "到账登记", "Receipt")};

            line_put(building, &line);
        }
    }
    return true;
}

/* --- facts, loans --- */

/* Who says so, and where two contradict each other, that they do: the reader is to ask. */
static struct slice fact_source(const struct building *building, const struct stated *stated)
{
    static const char *const trusts[][2] = {{"企业自报", "Declared by the firm"}, {"证照号未核", "Certificate, not confirmed"},
                                            {"证照已核", "Certificate, confirmed"}, {"部门名单", "Department's list"}};
    static const char *const doubts[][2] = {{"", ""}, {"；企业自己另有说法", "; the firm says otherwise"}, {"；两个部门说法矛盾", "; two departments contradict each other"}};
    bool english = building->want->english;

    return slice_of(arena_print(building->arena, "%s%s%.*s%s", trusts[stated->trust][english], stated->issuer.len ? (english ? ", " : "，") : "",
                                (int)stated->issuer.len, stated->issuer.at ? stated->issuer.at : "", doubts[stated->doubt][english]));
}

/* What is believed of each name; of the same name about several years, each year. */
static bool facts_put(struct building *building, struct err *err)
{
    struct stated *list;
    size_t count;

    if (!facts_stated(building->sql, building->law, building->want->firm, building->want->today, building->arena, &list, &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        const struct stated *stated = &list[i];
        struct pack_line line = {.as_of = stated->issued_on ? stated->issued_on : stated->confirmed_on};

        if (!stated->of || !stated->best || stated->over)
            continue;
        line.what = stated->year ? slice_of(arena_print(building->arena, "%s（%d）", stated->of->label, stated->year)) : slice_of(stated->of->label);
        line.says = slice_of(fact_show(stated->of, &stated->fact, building->arena));
        line.source = fact_source(building, stated);
        line_put(building, &line);
    }
    return true;
}

static bool put_facts(struct building *building, struct err *err)
{
    struct record firm;
    struct pack_line line = {.source = said(building, "单位登记", "Organisation's entry")};

    if (!facts_put(building, err) || !record_get(building->sql, &kind_party, building->want->firm, building->arena, &firm, err))
        return false;
    if (matter_known(&firm, PARTY_FOUNDED)) {
        line.what = said(building, "成立日期", "Founded");
        line.day = matter_day(&firm, PARTY_FOUNDED);
        line_put(building, &line);
    }
    return true;
}

static bool put_loans(struct building *building, struct err *err)
{
    struct record *list = arena_alloc(building->arena, LOANS_MOST * sizeof *list);
    size_t count;

    if (!record_rows(building->sql, &kind_loan, loans_text, SQL_ARGS(sql_int(building->want->firm), sql_int(LOANS_MOST)), LOANS_MOST,
                     building->arena, list, &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        int64_t open = matter_number(&list[i], LOAN_DRAWN) - matter_number(&list[i], LOAN_REPAID);
        struct pack_line line = {.what = record_title(building->sql, &kind_party, matter_number(&list[i], LOAN_BANK), building->arena),
                                 .number = matter_text(&list[i], LOAN_CONTRACT_NO), .says = label(building, "finance_product", matter_text(&list[i], LOAN_SORT)),
                                 .amount = open, .has_amount = true, .day = matter_day(&list[i], LOAN_MATURES),
                                 .source = said(building, "本平台的贷款，未还本金", "Loan here, principal open")};

        if (matter_number(&list[i], LOAN_DRAWN))
            line_put(building, &line);
    }
    return true;
}

/* --- the whole --- */

static const struct section_of {
    const char *part;
    bool (*put)(struct building *building, struct err *err);
} sections[] = {
    {"titles", put_titles}, {"patents", put_patents}, {"burdens", put_burdens}, {"contracts", put_contracts},
    {"receipts", put_receipts}, {"facts", put_facts}, {"loans", put_loans},
};

static bool deals_read(struct building *building, struct err *err)
{
    int64_t ids[DEALS_MOST];
    struct sql_rows rows;
    size_t count = 0;

    if (!sql_rows(building->sql,
                  "SELECT id FROM deal WHERE to_leaf IS NULL AND (owner = ?1 OR buyer_party = ?1) ORDER BY id DESC LIMIT ?2",
                  SQL_ARGS(sql_int(building->want->firm), sql_int(DEALS_MOST)), &rows, err))
        return false;
    while (count < DEALS_MOST && sql_next(&rows))
        ids[count++] = sql_number(&rows, 0);
    if (!sql_done(&rows, err))
        return false;
    building->deals = arena_alloc(building->arena, (count + 1) * sizeof *building->deals);
    for (building->deal_count = 0; building->deal_count < count; building->deal_count++)
        if (!deal_load(building->sql, ids[building->deal_count], building->want->today, building->arena,
                       &building->deals[building->deal_count], err))
            return false;
    return true;
}

static bool is_wanted(const struct pack_want *want, const char *part)
{
    return !want->parts.len || field_list_has(want->parts, slice_of(part));
}

static bool sections_put(struct building *building, json_t *parts, json_t *out, struct err *err)
{
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++) {
        json_t *section;

        if (!is_wanted(building->want, sections[i].part))
            continue;
        building->lines = json_array();
        section = json_object();
        json_put(section, "part", slice_of(sections[i].part));
        json_put(section, "label", label(building, "consent_part", slice_of(sections[i].part)));
        json_object_set_new_nocheck(section, "lines", building->lines);
        json_array_append_new(out, section);
        json_array_append_new(parts, json_string(sections[i].part));
        if (!sections[i].put(building, err))
            return false;
    }
    return true;
}

static bool firm_put(struct building *building, json_t *pack, struct err *err)
{
    json_t *out = json_object();
    struct record firm;

    json_object_set_new_nocheck(pack, "firm", out);
    if (!record_get(building->sql, &kind_party, building->want->firm, building->arena, &firm, err))
        return false;
    json_put_id(out, "id", firm.id);
    json_put(out, "name", matter_text(&firm, PARTY_NAME));
    json_put(out, "uscc", matter_text(&firm, PARTY_USCC));
    return true;
}

bool asset_pack_build(struct sql *sql, const struct law *law, const struct pack_want *want, struct arena *arena, json_t **pack, struct err *err)
{
    struct building building = {.sql = sql, .law = law, .want = want, .arena = arena};
    json_t *out = json_object(), *parts = json_array(), *made = json_array();
    bool ok = firm_put(&building, out, err) && deals_read(&building, err)
              && patents_of(sql, want->firm, arena, &building.patents, &building.patent_count, err);

    json_put_day(out, "day", want->today);
    json_object_set_new_nocheck(out, "parts", parts);
    ok = ok && sections_put(&building, parts, made, err);
    json_object_set_new_nocheck(out, "lines", json_integer(building.line_count));
    json_object_set_new_nocheck(out, "stale", json_integer(building.stale_count));
    json_object_set_new_nocheck(out, "sections", made);
    if (!ok)
        json_decref(out);
    *pack = ok ? out : NULL;
    return ok;
}

struct slice asset_pack_bytes(const json_t *pack, struct arena *arena)
{
    struct text out;
    struct slice made;

    text_init(&out);
    json_write(pack, &out);
    made = arena_copy(arena, text_slice(&out));
    text_release(&out);
    return made;
}

struct slice asset_pack_digest(struct slice bytes, struct arena *arena)
{
    unsigned char hash[SEAL_HASH];
    char hex[2 * SEAL_HASH + 1];

    seal_sha256(&bytes, 1, hash);
    seal_hex(hash, sizeof hash, hex);
    return arena_copy(arena, slice_of(hex));
}
