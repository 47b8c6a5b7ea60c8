/* Rows of past transfers become a deal and its papers, row and papers in one step. */
#include "base/ident.h"
#include "base/money.h"
#include "base/text.h"
#include "base/utf8.h"
#include "record/achievement.h"
#include "record/member.h"
#include "record/party.h"
#include "work/deal_int.h"
#include "work/import_part.h"
#include "work/past.h"
#include "work/submit.h"

enum { TITLE_CHARS = 150 };

/* --- which cell goes into which paper --- */

struct route {
    enum kind_id row;
    size_t from;
    enum kind_id paper;
    size_t to;
};

static const struct route routes[] = {
    {KIND_PAST_DEAL, PAST_DEAL_WAY, KIND_DEAL, DEAL_WAY},
    {KIND_PAST_DEAL, PAST_DEAL_PRICING, KIND_DEAL, DEAL_PRICING},
    {KIND_PAST_DEAL, PAST_DEAL_AMOUNT, KIND_DEAL, DEAL_PRICE},
    {KIND_PAST_DEAL, PAST_DEAL_TECHNICAL, KIND_DEAL, DEAL_PRICE},
    {KIND_PAST_DEAL, PAST_DEAL_BUYER, KIND_DEAL, DEAL_BUYER},
    {KIND_PAST_DEAL, PAST_NUMBER, KIND_CONTRACT, CONTRACT_NUMBER},
    {KIND_PAST_DEAL, PAST_DEAL_NAME, KIND_CONTRACT, CONTRACT_NAME},
    {KIND_PAST_DEAL, PAST_DEAL_SORT, KIND_CONTRACT, CONTRACT_SORT},
    {KIND_PAST_DEAL, PAST_DEAL_SIGNED_ON, KIND_CONTRACT, CONTRACT_SIGNED_ON},
    {KIND_PAST_DEAL, PAST_DEAL_UNTIL, KIND_CONTRACT, CONTRACT_UNTIL},
    {KIND_PAST_DEAL, PAST_DEAL_AMOUNT, KIND_CONTRACT, CONTRACT_AMOUNT},
    {KIND_PAST_DEAL, PAST_DEAL_TECHNICAL, KIND_CONTRACT, CONTRACT_TECHNICAL},
    {KIND_PAST_DEAL, PAST_DEAL_PAYMENT, KIND_CONTRACT, CONTRACT_PAYMENT},
    {KIND_PAST_DEAL, PAST_DEAL_LICENCE, KIND_CONTRACT, CONTRACT_LICENCE},
    {KIND_PAST_DEAL, PAST_DEAL_REGISTERED, KIND_REGISTRATION, REGISTRATION_NUMBER},
    {KIND_PAST_DEAL, PAST_DEAL_REGISTERED_ON, KIND_REGISTRATION, REGISTRATION_DECIDED_ON},
    {KIND_PAST_DEAL, PAST_DEAL_POINT, KIND_REGISTRATION, REGISTRATION_POINT},
    {KIND_PAST_DEAL, PAST_DEAL_NOTICE_FROM, KIND_NOTICE, NOTICE_FIRST_DAY},
    {KIND_PAST_DEAL, PAST_DEAL_BODY, KIND_APPROVAL, APPROVAL_BODY},
    {KIND_PAST_DEAL, PAST_DEAL_MINUTES, KIND_APPROVAL, APPROVAL_MINUTES},
    {KIND_PAST_DEAL, PAST_DEAL_APPROVED_ON, KIND_APPROVAL, APPROVAL_DECIDED_ON},
    {KIND_PAST_RECEIPT, PAST_RECEIPT_CAME_ON, KIND_RECEIPT, RECEIPT_CAME_ON},
    {KIND_PAST_RECEIPT, PAST_RECEIPT_AMOUNT, KIND_RECEIPT, RECEIPT_AMOUNT},
    {KIND_PAST_RECEIPT, PAST_RECEIPT_PAYER, KIND_RECEIPT, RECEIPT_PAYER},
    {KIND_PAST_RECEIPT, PAST_RECEIPT_VOUCHER, KIND_RECEIPT, RECEIPT_VOUCHER},
    {KIND_PAST_AWARD, PAST_AWARD_NET, KIND_AWARD, AWARD_NET},
    {KIND_PAST_AWARD, PAST_AWARD_REWARD, KIND_AWARD, AWARD_REWARD},
    {KIND_PAST_AWARD, PAST_AWARD_HALF, KIND_AWARD, AWARD_HALF},
    {KIND_PAST_AWARD, PAST_AWARD_APART, KIND_AWARD, AWARD_APART},
    {KIND_PAST_AWARD, PAST_AWARD_NOTICE_FROM, KIND_NOTICE, NOTICE_FIRST_DAY},
    {KIND_PAST_AWARD, PAST_AWARD_CHANNEL, KIND_NOTICE, NOTICE_CHANNEL},
    {KIND_PAST_AWARD, PAST_AWARD_DECIDED_ON, KIND_AWARD, AWARD_DECIDED_ON},
    {KIND_PAST_AWARD, PAST_AWARD_PAID_ON, KIND_AWARD, AWARD_PAID_ON},
    {KIND_PAST_AWARD, PAST_AWARD_VOUCHER, KIND_AWARD, AWARD_VOUCHER},
};

/* The price is of the technology, where the row tells both apart: then a corrected amount is not its price. */
static bool priced_apart(const struct record *row, const struct route *route)
{
    return route->paper == KIND_DEAL && route->from == PAST_DEAL_AMOUNT && paper_known(row, PAST_DEAL_TECHNICAL);
}

/* Where the two rows differ, or there was none. true: something was set. */
static bool cells_take(const struct record *row, const struct record *prior, struct record *paper)
{
    bool any = false;

    for (size_t i = 0; i < sizeof routes / sizeof *routes; i++) {
        const struct route *route = &routes[i];
        const struct value *value = &row->values[route->from];

        if (route->row != row->kind->id || route->paper != paper->kind->id || !value->known || priced_apart(row, route)
            || (prior && value_same(&row->kind->fields[route->from], value, &prior->values[route->from])))
            continue;
        paper->values[route->to] = *value;
        any = true;
    }
    return any;
}

static struct value number_value(int64_t number)
{
    return (struct value){.known = true, .number = number};
}

static struct value text_value(const char *text)
{
    return (struct value){.known = true, .text = slice_of(text)};
}

/* --- writing --- */

static bool put(struct past_hand *hand, struct record *record, const struct record *prior, const char *action, uint8_t part,
                struct err *err)
{
    struct record_event event = {.action = action, .request_id = hand->request_id, .part = part, .time_ms = hand->time_ms,
                                 .actor = hand->actor};

    record->author = hand->account;
    record_salt(record);
    return record_put(hand->sql, record, prior, &event, err);
}

static bool put_paper(struct past_hand *hand, struct record *record, const struct record *prior, struct err *err)
{
    return put(hand, record, prior, "deal.past", hand->part++, err);
}

static void paper_start(const struct past_hand *hand, const struct kind *kind, const struct record *deal, size_t no, struct record *paper)
{
    *paper = (struct record){.kind = kind, .id = ident_next(hand->time_ms), .owner = deal->owner};
    paper->values[PAPER_DEAL] = number_value(deal->id);
    paper->values[PAPER_NO] = number_value((int64_t)no);
    paper->values[PAPER_TERMS] = number_value(0);
}

static bool load(const struct past_hand *hand, struct deal_file *file, enum kind_id kind, struct err *err)
{
    return record_of_deal(hand->sql, kind_get(kind), file->deal.id, RECORD_PAPERS, hand->arena, &file->papers[kind], &file->count[kind], err);
}

/* The deal's next version: where it stands now, with as many papers more. */
static bool deal_put(struct past_hand *hand, struct deal_file *file, const struct record *prior, int64_t papers, struct err *err)
{
    static const enum kind_id read[] = {KIND_CONTRACT, KIND_REGISTRATION, KIND_RECEIPT, KIND_COST, KIND_PROFIT, KIND_AWARD,
                                       KIND_PAST_RECEIPT};
    struct record *deal = &file->deal;
    size_t counts[KIND_ALL];

    if (!record_papers(hand->sql, deal->id, counts, err))
        return false;
    for (size_t i = 0; i < sizeof read / sizeof *read; i++)
        if (counts[read[i]] && !load(hand, file, read[i], err))
            return false;
    deal->values[DEAL_PAPERS] = number_value(paper_number(deal, DEAL_PAPERS) + papers);
    deal->values[DEAL_PIER] = text_value(deal->status == RECORD_CLOSED ? "closed" : pier_code(past_at(file)));
    return put_paper(hand, deal, prior, err);
}

static bool row_put(struct past_hand *hand, struct record *row, const struct record *prior, const struct record *deal, size_t no,
                    struct err *err)
{
    const char *action = arena_print(hand->arena, "%s.%s", row->kind->name, prior ? "edit" : "disclose");

    if (!prior) {
        row->values[PAPER_DEAL] = number_value(deal->id);
        row->values[PAPER_NO] = number_value((int64_t)no);
        row->values[PAPER_TERMS] = number_value(0);
    }
    return put(hand, row, prior, action, 0, err);
}

/* --- the achievement --- */

static struct slice achievement_title(const struct record *row)
{
    return paper_known(row, PAST_DEAL_ACHIEVEMENT) ? paper_text(row, PAST_DEAL_ACHIEVEMENT) : paper_text(row, PAST_DEAL_NAME);
}

/* Patents alone: their number says of which sort they are. */
static struct slice rights_lines(const struct record *row, struct arena *arena)
{
    struct slice rest = paper_text(row, PAST_DEAL_RIGHTS), number, made;
    struct text out;

    text_init(&out);
    while (slice_cut(&rest, '\n', &number)) {
        struct slice sort = part_right_sort(SLICE(""), utf8_nfkc(number, arena));

        if (sort.len)
            text_print(&out, "%s%.*s %.*s", out.len ? "\n" : "", (int)sort.len, sort.at, (int)number.len, number.at);
    }
    made = arena_copy(arena, text_slice(&out));
    text_release(&out);
    return made;
}

/* The unit's own to see: it is closed, for it was transferred, and nobody has said that it may be shown. */
static void achievement_fill(const struct past_hand *hand, const struct record *row, struct record *made)
{
    struct slice title = achievement_title(row), rights = rights_lines(row, hand->arena);

    made->owner = row->owner;
    made->status = RECORD_CLOSED;
    made->values[ACHIEVEMENT_TITLE] = (struct value){.known = true, .text = title};
    made->values[ACHIEVEMENT_ABSTRACT] = text_value(
        arena_print(hand->arena, "%.*s。随历史合同补录，原表没有摘要。", (int)title.len, title.at));
    made->values[ACHIEVEMENT_SECRECY] = text_value("own");
    if (rights.len)
        made->values[ACHIEVEMENT_RIGHTS] = (struct value){.known = true, .text = rights};
    made->values[ACHIEVEMENT_TEAM] = row->values[PAST_DEAL_TEAM];
}

/* The one that the check found, or told to be made; somebody may have made it of that name meanwhile. */
static bool achievement_of(struct past_hand *hand, const struct record *row, int64_t *id, struct err *err)
{
    struct record made = {.kind = &kind_achievement, .id = paper_number(row, PAST_DEAL_RECORD)}, there;
    int64_t named;

    *id = made.id;
    if (record_get(hand->sql, &kind_achievement, made.id, hand->arena, &there, err) && there.owner == row->owner)
        return true;
    if (err->code != ERR_MISSING && err->code != ERR_NONE)
        return false;
    achievement_fill(hand, row, &made);
    if (!record_find(hand->sql, &kind_achievement, record_key(&made, hand->arena), &named, err))
        return false;
    if (named) {
        *id = named;
        return true;
    }
    return put(hand, &made, NULL, "achievement.past", hand->part++, err);
}

/* --- a contract --- */

/* The contract's number tells deals of one name apart. */
static struct value deal_title(const struct record *row, struct arena *arena)
{
    struct slice name = utf8_head(paper_text(row, PAST_DEAL_NAME), TITLE_CHARS), number = paper_text(row, PAST_NUMBER);

    return text_value(arena_print(arena, "%.*s（%.*s）", (int)name.len, name.at, (int)number.len, number.at));
}

static bool deal_fill(struct past_hand *hand, const struct record *row, const struct record *prior, struct record *deal, struct err *err)
{
    struct slice code = paper_text(row, PAST_DEAL_USCC);
    int64_t party;

    cells_take(row, prior, deal);
    deal->values[DEAL_TITLE] = deal_title(row, hand->arena);
    if (!party_resolve(hand->sql, code.len ? code : paper_text(row, PAST_DEAL_BUYER), &party, err))
        return false;
    if (party)
        deal->values[DEAL_BUYER_PARTY] = number_value(party);
    return true;
}

static bool deal_start(struct past_hand *hand, const struct record *row, struct deal_file *file, struct err *err)
{
    struct record *deal = &file->deal;
    int64_t achievement;

    *deal = (struct record){.kind = &kind_deal, .id = ident_next(hand->time_ms), .owner = row->owner};
    if (!record_get(hand->sql, &kind_party, row->owner, hand->arena, &file->unit, err)
        || !achievement_of(hand, row, &achievement, err))
        return false;
    deal->values[DEAL_ACHIEVEMENT] = number_value(achievement);
    deal->values[DEAL_REGION] = file->unit.values[PARTY_REGION];
    deal->values[DEAL_TERMS] = deal->values[DEAL_PAPERS] = number_value(0);
    deal->values[DEAL_PAST] = number_value(1);
    return deal_fill(hand, row, NULL, deal, err);
}

/* What follows from the row without a cell of its own. */
static void paper_complete(const struct record *row, struct record *paper, struct arena *arena)
{
    struct slice to = paper_text(row, PAST_DEAL_NOTICE_TO), from = paper_text(row, PAST_DEAL_NOTICE_FROM);

    if (paper->kind->id == KIND_CONTRACT && paper_known(paper, CONTRACT_TECHNICAL)
        && paper_number(paper, CONTRACT_TECHNICAL) <= paper_number(paper, CONTRACT_AMOUNT))
        paper->values[CONTRACT_GOODS] = number_value(paper_number(paper, CONTRACT_AMOUNT) - paper_number(paper, CONTRACT_TECHNICAL));
    if (paper->kind->id == KIND_REGISTRATION && paper_known(paper, REGISTRATION_NUMBER))
        paper->values[REGISTRATION_RESULT] = text_value("registered");
    if (paper->kind->id == KIND_APPROVAL)
        paper->values[APPROVAL_DECISION] = text_value("agreed");
    if (paper->kind->id != KIND_NOTICE)
        return;
    paper->values[NOTICE_SORT] = text_value("sale");
    paper->values[NOTICE_PLACE] = text_value("unit");
    paper->values[NOTICE_NAME] = (struct value){.known = true, .text = achievement_title(row)};
    paper->values[NOTICE_SUMMARY] = text_value(arena_print(arena, "历史补录：公示 %.*s 至 %.*s", (int)from.len, from.at,
                                                           (int)to.len, to.len ? to.at : ""));
}

static bool paper_of(struct past_hand *hand, const struct record *row, const struct record *prior, struct deal_file *file,
                     enum kind_id kind, int64_t *papers, struct err *err)
{
    struct record paper, *there = NULL;

    if (prior && !load(hand, file, kind, err))
        return false;
    if (kind == KIND_REGISTRATION && !paper_known(row, PAST_DEAL_REGISTERED))
        return true; /* where and when alone are not a registration: without a number nothing shows its result */
    if (file->count[kind])
        there = &file->papers[kind][0];
    if (there)
        paper = *there;
    else
        paper_start(hand, kind_get(kind), &file->deal, 1, &paper);
    if (!cells_take(row, there ? prior : NULL, &paper))
        return true;
    paper_complete(row, &paper, hand->arena);
    *papers += !there;
    return put_paper(hand, &paper, there, err);
}

static bool put_contract(struct past_hand *hand, struct record *row, const struct record *prior, struct err *err)
{
    /* the registration behind the contract: it is of it */
    static const enum kind_id kinds[] = {KIND_NOTICE, KIND_APPROVAL, KIND_CONTRACT, KIND_REGISTRATION};
    struct deal_file file = {0};
    struct record before;
    int64_t papers = 1;

    if (prior ? !record_get(hand->sql, &kind_deal, paper_number(prior, PAPER_DEAL), hand->arena, &file.deal, err)
              : !deal_start(hand, row, &file, err))
        return false;
    before = file.deal;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (!paper_of(hand, row, prior, &file, kinds[i], &papers, err))
            return false;
    return row_put(hand, row, prior, &file.deal, 1, err) && (!prior || deal_fill(hand, row, prior, &file.deal, err))
           && deal_put(hand, &file, prior ? &before : NULL, papers, err);
}

/* --- receipts and rewards --- */

static bool deal_of_row(const struct past_hand *hand, const struct record *row, struct record *deal, struct err *err)
{
    struct record named = {.kind = &kind_past_deal, .owner = row->owner}, contract;
    int64_t id;

    named.values[PAST_NUMBER] = row->values[PAST_NUMBER];
    if (!record_find(hand->sql, &kind_past_deal, record_key(&named, hand->arena), &id, err))
        return false;
    return id ? record_get(hand->sql, &kind_past_deal, id, hand->arena, &contract, err)
                    && record_get(hand->sql, &kind_deal, paper_number(&contract, PAPER_DEAL), hand->arena, deal, err)
              : err_set(err, ERR_MISSING, "没有这个编号的历史合同");
}

static void member_put(const struct past_share *share, int64_t part, struct arena *arena, struct text *team, struct text *parts)
{
    struct member member = {.name = share->name, .person = share->person, .share = (int32_t)part};
    struct slice line = member_show(&member, arena);

    text_print(team, "%s%.*s", team->len ? "\n" : "", (int)line.len, line.at);
    text_print(parts, "%s%.*s %lld", parts->len ? "\n" : "", (int)share->name.len, share->name.at, (long long)share->fen);
    if (share->person)
        text_print(parts, " #%lld", (long long)share->person);
}

/* Each one's share in parts of ten thousand that sum to the whole, and what he got. */
static void team_fill(const struct record *row, struct record *award, struct arena *arena)
{
    struct past_share *shares = arena_alloc(arena, PAST_PEOPLE * sizeof *shares);
    struct money_part split[PAST_PEOPLE];
    struct text team, parts;
    struct err ignored;
    int64_t total = 0;
    size_t count;

    if (!past_people_read(paper_text(row, PAST_AWARD_PEOPLE), "", arena, shares, &count, &ignored))
        return;
    for (size_t i = 0; i < count; i++) {
        split[i] = (struct money_part){.weight = shares[i].fen, .name = shares[i].name, .id = shares[i].person};
        total += shares[i].fen;
    }
    money_split(SHARE_WHOLE, split, count);
    text_init(&team);
    text_init(&parts);
    for (size_t i = 0; total && i < count; i++)
        member_put(&shares[i], split[i].fen, arena, &team, &parts);
    award->values[AWARD_TEAM] = (struct value){.known = team.len > 0, .text = arena_copy(arena, text_slice(&team))};
    award->values[AWARD_SHARES] = (struct value){.known = parts.len > 0, .text = arena_copy(arena, text_slice(&parts))};
    text_release(&team);
    text_release(&parts);
}

/* A row has the number of the paper made of it. */
static struct record *paper_there(const struct deal_file *file, enum kind_id paper, const struct record *prior)
{
    for (size_t i = 0; prior && i < file->count[paper]; i++)
        if (paper_number(&file->papers[paper][i], PAPER_NO) == paper_number(prior, PAPER_NO))
            return &file->papers[paper][i];
    return NULL;
}

/* What was announced of it: behind the award, for it is of it. Days that were corrected are another notice. */
static bool reward_notice_put(struct past_hand *hand, const struct record *row, const struct record *prior, struct deal_file *file,
                              int64_t *papers, struct err *err)
{
    struct slice from, to;
    struct record notice;

    if (row->kind->id != KIND_PAST_AWARD) /* a receipt has no such fields to look at */
        return true;
    from = paper_text(row, PAST_AWARD_NOTICE_FROM);
    to = paper_text(row, PAST_AWARD_NOTICE_TO);
    if (!from.len || (prior && slice_same(from, paper_text(prior, PAST_AWARD_NOTICE_FROM))))
        return true;
    if (!load(hand, file, KIND_NOTICE, err))
        return false;
    paper_start(hand, &kind_notice, &file->deal, file->count[KIND_NOTICE] + 1, &notice);
    cells_take(row, NULL, &notice);
    notice.values[NOTICE_SORT] = text_value("reward");
    notice.values[NOTICE_PLACE] = text_value("unit");
    notice.values[NOTICE_NAME] = file->deal.values[DEAL_TITLE];
    notice.values[NOTICE_SUMMARY] = text_value(arena_print(hand->arena, "历史补录：奖酬公示 %.*s 至 %.*s", (int)from.len, from.at, (int)to.len,
                                                           to.len ? to.at : ""));
    ++*papers;
    return put_paper(hand, &notice, NULL, err);
}

static bool put_money(struct past_hand *hand, struct record *row, const struct record *prior, struct err *err)
{
    enum kind_id kind = row->kind->id == KIND_PAST_RECEIPT ? KIND_RECEIPT : KIND_AWARD;
    struct deal_file file = {0};
    struct record before, paper, *there;
    int64_t papers = prior ? 0 : 2;

    if (!deal_of_row(hand, row, &file.deal, err) || !load(hand, &file, kind, err))
        return false;
    before = file.deal;
    there = paper_there(&file, kind, prior);
    if (!there && file.count[kind] >= RECORD_PAPERS)
        return err_set(err, ERR_CONFLICT, "%s已有 %d 份，不能再加", kind_get(kind)->label, RECORD_PAPERS);
    if (there)
        paper = *there;
    else
        paper_start(hand, kind_get(kind), &file.deal, file.count[kind] + 1, &paper);
    cells_take(row, there ? prior : NULL, &paper);
    if (kind == KIND_AWARD)
        team_fill(row, &paper, hand->arena);
    return put_paper(hand, &paper, there, err) && reward_notice_put(hand, row, prior, &file, &papers, err)
           && row_put(hand, row, prior, &file.deal, file.count[kind] + 1, err) && deal_put(hand, &file, &before, papers, err);
}

bool past_put(struct past_hand *hand, struct record *row, const struct record *prior, struct err *err)
{
    return row->kind->id == KIND_PAST_DEAL ? put_contract(hand, row, prior, err) : put_money(hand, row, prior, err);
}
