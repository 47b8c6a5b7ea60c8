/* What the evidence pack says to people, out of the file and of the versions in the ledger. */
#include "work/deal_pack_int.h"

#include "base/clock.h"
#include "base/utf8.h"
#include "record/choice.h"
#include "record/party.h"

enum { ID_SHOWN = 16 };

/* --- small things --- */

static struct slice words(const struct deal_paper_work *paper, const struct record *of, size_t field)
{
    return paper_known(of, field) ? field_words(&of->kind->fields[field], &of->values[field], false, paper->arena) : SLICE("");
}

static void put_leaf(struct paper_values *row, const struct record *of)
{
    fill_print(row, "账本", "%lld", (long long)of->from_leaf);
}

static struct paper_values *row_of(struct deal_paper_work *paper, const char *list, const char *there)
{
    fill_put(&paper->fill.values, there, SLICE("1"));
    return fill_row(&paper->fill, list);
}

struct slice pack_where(const struct pack_work *work, const struct record *paper, const char *action)
{
    if (paper)
        return slice_of(arena_print(work->arena, "%s第 %lld 份，账本第 %lld 条", paper->kind->label,
                                    (long long)paper_number(paper, PAPER_NO), (long long)paper->from_leaf));
    for (size_t i = work->count; action && i-- > 0;)
        if (work->versions[i].kind->id == KIND_DEAL && strcmp(work->versions[i].leaf.action, action) == 0)
            return slice_of(arena_print(work->arena, "项目第 %u 版，账本第 %llu 条", work->versions[i].leaf.version,
                                        (unsigned long long)work->versions[i].leaf.index));
    return SLICE("");
}

void pack_fact_words(const struct pack_work *work, const struct record *statement, struct slice *label, struct slice *value)
{
    const struct rule_fact *fact = rulebook_fact(work->pack->law->book, paper_text(statement, STATEMENT_FACT));
    struct err ignored;
    struct fact read;

    *label = paper_text(statement, STATEMENT_FACT);
    *value = paper_text(statement, STATEMENT_VALUE);
    if (!fact)
        return;
    *label = slice_of(fact->label);
    if (rule_fact_read(fact, *value, &read, &ignored))
        *value = slice_of(rule_value_show(fact->kind, fact->choices, fact->choice_count,
                                          &(struct eval_value){.known = read.known, .is_text = fact->kind == FACT_CODE, .number = read.value, .text = read.code},
                                          work->arena));
}

/* --- how it went --- */

static const char *step_label(const char *action)
{
    static const char *const others[][2] = {{"deal.open", "发起"}, {"deal.due", "到期"}, {"deal.past", "历史补录"}};
    const char *name = strchr(action, '.');
    const struct deal_step *step = name ? deal_step_find(slice_of(name + 1)) : NULL;

    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (strcmp(others[i][0], action) == 0)
            return others[i][1];
    return step ? step->label : action;
}

/* The first paper that a step wrote, and how many it did; NULL: it changed the deal alone. */
static const struct pack_version *written_by(const struct pack_work *work, const struct pack_version *deal, size_t *count)
{
    const struct pack_version *first = NULL;

    *count = 0;
    for (size_t i = 0; i < work->count; i++) {
        const struct pack_version *version = &work->versions[i];

        if (version->kind->id == KIND_DEAL || version->kind->id == KIND_RULING || version->kind->id == KIND_ATTACHMENT)
            continue;
        if (strcmp(version->leaf.request_id, deal->leaf.request_id) != 0)
            continue;
        first = first ? first : version;
        ++*count;
    }
    return first;
}

static void step_row(struct pack_work *work, struct deal_paper_work *paper, const struct pack_version *deal)
{
    size_t papers;
    const struct pack_version *written = written_by(work, deal, &papers);
    struct paper_values *row = fill_row(&paper->fill, "经过");
    char when[CLOCK_TEXT];

    fill_put(row, "时间", slice_of(clock_show_minute(deal->leaf.time_ms, when)));
    fill_put(row, "步骤", slice_of(step_label(deal->leaf.action)));
    fill_put(row, "经办", deal->by.len ? deal->by : SLICE("系统"));
    fill_print(row, "账本", "%llu", (unsigned long long)deal->leaf.index);
    if (!written) {
        fill_put(row, "决定了什么", deal->says);
        return;
    }
    fill_print(row, "决定了什么", "%s第 %lld 份%s%s：%.*s", written->kind->label, (long long)written->no,
               written->leaf.version > 1 ? "（补写）" : "", papers > 1 ? arena_print(work->arena, "等 %zu 份", papers) : "",
               (int)written->says.len, written->says.at);
    fill_print(row, "账本", "%llu、%llu", (unsigned long long)deal->leaf.index, (unsigned long long)written->leaf.index);
}

/* --- notices and objections --- */

static void notice_days(struct deal_paper_work *paper, const struct record *notice, struct paper_values *row)
{
    bool provisional = false, reward = paper_is(notice, NOTICE_SORT, "reward");
    int32_t last = notice_last(paper->law, paper->file, notice, &provisional);
    int64_t days = 0;

    fill_day(row, "首日", paper_day(notice, NOTICE_FIRST_DAY));
    fill_day(row, "末日", last);
    if (law_parameter(paper->law, paper->file, reward ? "R41" : "R03", reward ? "workdays" : "days", &days))
        fill_print(row, "天数", "%lld 个%s", (long long)days, reward ? "工作日" : "日历日");
    if (paper_known(notice, NOTICE_ENDED_ON))
        fill_print(row, "结果", "%.*s 撤回：%.*s", (int)paper_text(notice, NOTICE_ENDED_ON).len, paper_text(notice, NOTICE_ENDED_ON).at,
                   (int)paper_text(notice, NOTICE_ENDED_WHY).len, paper_text(notice, NOTICE_ENDED_WHY).at);
    else
        fill_put(row, "结果", slice_of(paper->file->today > last ? "期满" : "还在公示期"));
    if (provisional)
        fill_put(&paper->fill.values, "暂算说明", SLICE("有的末日按尚未公布的放假安排暂算。"));
}

static void notice_row(struct deal_paper_work *paper, const struct record *notice)
{
    struct paper_values *row = row_of(paper, "公示", "有公示");
    struct slice market = paper_text(notice, NOTICE_MARKET), number = paper_text(notice, NOTICE_NUMBER), url = paper_text(notice, NOTICE_URL),
                 snapshot = paper_text(notice, NOTICE_SNAPSHOT), sort = words(paper, notice, NOTICE_SORT), place = words(paper, notice, NOTICE_PLACE);

    fill_print(row, "序号", "%lld", (long long)paper_number(notice, PAPER_NO));
    fill_print(row, "事项", "%.*s，%.*s", (int)sort.len, sort.at, (int)place.len, place.at);
    notice_days(paper, notice, row);
    fill_print(row, "市场", "%.*s %.*s %.*s %.*s", (int)market.len, market.at, (int)number.len, number.at, (int)url.len, url.at,
               (int)snapshot.len, snapshot.at);
    put_leaf(row, notice);
}

static void objection_row(struct deal_paper_work *paper, const struct record *objection)
{
    struct paper_values *row = row_of(paper, "异议", "有异议");
    struct slice on = paper_text(objection, OBJECTION_RULED_ON), ruling = paper_text(objection, OBJECTION_RULING);

    fill_print(row, "序号", "%lld", (long long)paper_number(objection, PAPER_NO));
    fill_day(row, "收到", paper_day(objection, OBJECTION_CAME_ON));
    fill_put(row, "异议人", paper_text(objection, OBJECTION_BY));
    fill_print(row, "异议", "公示第 %lld 份：%.*s", (long long)paper_number(objection, OBJECTION_NOTICE),
               (int)paper_text(objection, OBJECTION_TEXT).len, paper_text(objection, OBJECTION_TEXT).at);
    fill_print(row, "处理", "%.*s %.*s", (int)on.len, on.at, (int)ruling.len, ruling.at);
    fill_put(row, "成立", slice_of(!on.len ? "未处理" : paper_yes(objection, OBJECTION_UPHELD) ? "成立" : "不成立"));
    put_leaf(row, objection);
}

/* --- decisions --- */

static void approval_row(struct deal_paper_work *paper, const struct record *approval)
{
    struct paper_values *row = row_of(paper, "审批", "有审批");
    struct slice minutes = paper_text(approval, APPROVAL_MINUTES), digest = paper_text(approval, APPROVAL_DIGEST);

    fill_put(row, "机构", paper_text(approval, APPROVAL_BODY));
    fill_put(row, "决定", words(paper, approval, APPROVAL_DECISION));
    fill_day(row, "日期", paper_day(approval, APPROVAL_DECIDED_ON));
    if (paper_known(approval, APPROVAL_PRICE))
        fill_money(row, "价格", paper_number(approval, APPROVAL_PRICE));
    fill_print(row, "纪要", "%.*s%s%.*s", (int)minutes.len, minutes.at, digest.len ? " " : "", (int)digest.len, digest.at);
    fill_put(row, "回避", paper_text(approval, APPROVAL_CONFLICTS));
    put_leaf(row, approval);
}

/* The rule of that id whose file hashes to what the ruling says; NULL: the rule was changed since. */
static const struct rule *rule_as_then(const struct law *law, struct slice id, struct slice version)
{
    for (size_t i = 0; i < rulebook_count(law->book); i++) {
        const struct rule *rule = rulebook_at(law->book, i);
        char hex[2 * 8 + 1];

        seal_hex(rule->hash, 8, hex);
        if (slice_is(id, rule->id) && slice_is(version, hex))
            return rule;
    }
    return NULL;
}

static void ruling_rule(struct deal_paper_work *paper, const struct rule *rule, struct slice id, struct paper_values *row)
{
    const struct rule *now = rule_find(paper->law->book, arena_text(paper->arena, id), paper->file->region, paper->file->today);
    const struct rule *shown = rule ? rule : now;

    if (!shown) {
        fill_put(row, "规则", id);
        fill_put(row, "条文", SLICE("这条规则现在的规则库里没有"));
        return;
    }
    fill_print(row, "规则", "%s %s%s", shown->id, shown->title, rule ? "" : "（规则后来改过，这里是现在的题名）");
    if (shown->article_count)
        fill_print(row, "条文", "%s%s（%s）", shown->articles[0].document, shown->articles[0].number, rule_source_label(shown->articles[0].source));
}

/* "R02 yes 版本 997a098b8df44bf1 事实 edcd2941a3f76a08" */
static void ruling_line(struct deal_paper_work *paper, const struct record *ruling, struct slice line)
{
    static const char mark[] = " 版本 ";
    const char *at = memmem(line.at, line.len, mark, sizeof mark - 1);
    struct slice rest = line, id, version, verdict;
    const struct deal_step *step = deal_step_find(paper_text(ruling, RULING_STEP));
    struct paper_values *row;

    if (!at || !slice_cut(&rest, ' ', &id) || rest.at > at)
        return;
    verdict = (struct slice){rest.at, (size_t)(at - rest.at)};
    if (slice_is(verdict, rule_verdict_word(RULE_NOT_APPLICABLE)))
        return;
    version = (struct slice){at + sizeof mark - 1, (size_t)(line.at + line.len - at) - (sizeof mark - 1)};
    version.len = version.len < ID_SHOWN ? version.len : ID_SHOWN;
    row = row_of(paper, "裁定", "有裁定");
    fill_day(row, "日期", paper_day(ruling, RULING_ON));
    fill_put(row, "步骤", step ? slice_of(step->label) : paper_text(ruling, RULING_STEP));
    fill_put(row, "结论", slice_is(verdict, rule_verdict_word(RULE_YES)) ? slice_of(rule_verdict_label(RULE_YES)) : verdict);
    fill_put(row, "版本", version);
    ruling_rule(paper, rule_as_then(paper->law, id, version), id, row);
    put_leaf(row, ruling);
}

static void ruling_rows(struct deal_paper_work *paper, const struct record *ruling)
{
    struct slice rest = paper_text(ruling, RULING_RULES), line;

    while (slice_cut(&rest, '\n', &line))
        ruling_line(paper, ruling, line);
}

/* --- registration --- */

static void registration_row(struct deal_paper_work *paper, const struct record *of)
{
    struct paper_values *row = row_of(paper, "登记", "有登记");
    struct slice result = words(paper, of, REGISTRATION_RESULT), on = paper_text(of, REGISTRATION_DECIDED_ON),
                 changed = paper_text(of, REGISTRATION_CHANGED_ON), revoked = paper_text(of, REGISTRATION_REVOKED_ON),
                 why = paper_text(of, REGISTRATION_REVOKED_WHY);

    fill_print(row, "序号", "%lld", (long long)paper_number(of, PAPER_NO));
    fill_put(row, "机构", paper_text(of, REGISTRATION_POINT));
    fill_day(row, "提交", paper_day(of, REGISTRATION_SENT_ON));
    fill_print(row, "结果", "%.*s %.*s", (int)result.len, result.at, (int)on.len, on.at);
    fill_put(row, "编号", paper_text(of, REGISTRATION_NUMBER));
    fill_print(row, "变动", "%s%.*s%s%.*s %.*s", changed.len ? "变更 " : "", (int)changed.len, changed.at, revoked.len ? " 撤销 " : "",
               (int)revoked.len, revoked.at, (int)why.len, why.at);
    put_leaf(row, of);
}

/* --- money --- */

static struct paper_values *money_row(struct deal_paper_work *paper, const struct record *of, const char *what, int32_t day)
{
    struct paper_values *row = row_of(paper, "款项", "有款项");

    fill_put(row, "事项", slice_of(what));
    fill_day(row, "日期", day);
    put_leaf(row, of);
    return row;
}

static void receipt_row(struct deal_paper_work *paper, const struct record *of)
{
    struct paper_values *row = money_row(paper, of, "到账", paper_day(of, RECEIPT_CAME_ON));

    fill_money(row, "金额", paper_number(of, RECEIPT_AMOUNT));
    fill_put(row, "凭证", paper_text(of, RECEIPT_VOUCHER));
    fill_put(row, "说明", paper_text(of, RECEIPT_PAYER));
}

static void cost_row(struct deal_paper_work *paper, const struct record *of)
{
    struct paper_values *row = money_row(paper, of, "扣除", 0);
    struct slice sort = words(paper, of, COST_SORT), note = paper_text(of, COST_NOTE);

    fill_money(row, "金额", paper_number(of, COST_AMOUNT));
    fill_put(row, "凭证", paper_text(of, COST_VOUCHER));
    fill_print(row, "说明", "%.*s %.*s", (int)sort.len, sort.at, (int)note.len, note.at);
}

static void profit_row(struct deal_paper_work *paper, const struct record *of)
{
    struct paper_values *row = money_row(paper, of, "年度利润", 0);
    struct slice source = paper_text(of, PROFIT_SOURCE), note = paper_text(of, PROFIT_NOTE);

    fill_money(row, "金额", paper_number(of, PROFIT_AMOUNT));
    fill_put(row, "凭证", paper_text(of, PROFIT_VOUCHER));
    fill_print(row, "说明", "%lld 年度；%.*s %.*s", (long long)paper_number(of, PROFIT_YEAR), (int)source.len, source.at, (int)note.len, note.at);
}

static void filing_row(struct deal_paper_work *paper, const struct record *of)
{
    struct paper_values *row = money_row(paper, of, "税务备案", paper_day(of, FILING_FILED_ON));
    struct slice sort = words(paper, of, FILING_SORT), note = paper_text(of, FILING_NOTE);

    fill_put(row, "凭证", paper_text(of, FILING_NUMBER));
    fill_print(row, "说明", "%.*s %.*s", (int)sort.len, sort.at, (int)note.len, note.at);
}

static void person_row(struct deal_paper_work *paper, const struct record *award, const struct member *member, struct slice share)
{
    struct paper_values *row = row_of(paper, "人员", "有人员");
    struct slice paid = paper_text(award, AWARD_PAID_ON), voucher = paper_text(award, AWARD_VOUCHER);

    fill_print(row, "次", "%lld", (long long)paper_number(award, PAPER_NO));
    fill_put(row, "姓名", member->name);
    fill_put(row, "身份", slice_of(member->main ? "主要贡献人员" : member->agency ? "转移机构人员" : ""));
    fill_put(row, "份额", share_show(member->share, paper->arena));
    fill_money(row, "金额", award_fen(share));
    fill_print(row, "发放", "%.*s %.*s", (int)paid.len, paid.at, (int)voucher.len, voucher.at);
    put_leaf(row, award);
}

/* The lines of team and shares go in step. */
static void award_rows(struct deal_paper_work *paper, const struct record *award)
{
    struct slice team = paper_text(award, AWARD_TEAM), shares = paper_text(award, AWARD_SHARES), line, share;
    struct member member;
    struct err ignored;

    while (slice_cut(&team, '\n', &line) && slice_cut(&shares, '\n', &share))
        if (member_read(line, &member, &ignored))
            person_row(paper, award, &member, share);
}

static void statement_row(const struct pack_work *work, struct deal_paper_work *paper, const struct record *of)
{
    struct paper_values *row = row_of(paper, "事实", "有事实");
    struct slice label, value;

    pack_fact_words(work, of, &label, &value);
    fill_put(row, "事实", label);
    fill_put(row, "内容", value);
    fill_put(row, "来源", words(paper, of, STATEMENT_SOURCE));
    fill_day(row, "至", paper_day(of, STATEMENT_UNTIL));
    put_leaf(row, of);
}

/* --- files --- */

static void attachment_row(struct deal_paper_work *paper, const struct record *of)
{
    const struct kind *kind = kind_stored(arena_text(paper->arena, paper_text(of, ATTACHMENT_PAPER)));
    struct paper_values *row = row_of(paper, "附件", "有附件");
    struct slice sort = words(paper, of, ATTACHMENT_SORT), on = paper_text(of, ATTACHMENT_WITHDRAWN_ON), why = paper_text(of, ATTACHMENT_WITHDRAWN_WHY);

    fill_print(row, "序号", "%lld", (long long)paper_number(of, PAPER_NO));
    fill_put(row, "名", paper_text(of, ATTACHMENT_NAME));
    fill_print(row, "类", "%.*s；%s", (int)sort.len, sort.at, kind ? kind->label : "");
    if (paper_known(of, ATTACHMENT_PAPER_NO))
        fill_print(row, "类", "%.*s；%s第 %lld 份", (int)sort.len, sort.at, kind ? kind->label : "", (long long)paper_number(of, ATTACHMENT_PAPER_NO));
    fill_print(row, "字节", "%lld", (long long)paper_number(of, ATTACHMENT_SIZE));
    fill_put(row, "散列", paper_text(of, ATTACHMENT_DIGEST));
    fill_print(row, "撤回", "%.*s %.*s", (int)on.len, on.at, (int)why.len, why.at);
    put_leaf(row, of);
}

/* --- all of it --- */

typedef void paper_row(struct deal_paper_work *paper, const struct record *of);

static const struct {
    enum kind_id kind;
    paper_row *row;
} rows[] = {{KIND_NOTICE, notice_row}, {KIND_OBJECTION, objection_row}, {KIND_APPROVAL, approval_row}, {KIND_RULING, ruling_rows},
            {KIND_REGISTRATION, registration_row}, {KIND_RECEIPT, receipt_row}, {KIND_COST, cost_row}, {KIND_PROFIT, profit_row},
            {KIND_FILING, filing_row}, {KIND_AWARD, award_rows}, {KIND_ATTACHMENT, attachment_row}};

static void file_rows(const struct pack_work *work, struct deal_paper_work *paper)
{
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++)
        for (size_t i = 0; i < paper->file->count[rows[r].kind]; i++)
            rows[r].row(paper, &paper->file->papers[rows[r].kind][i]);
    for (size_t i = 0; i < paper->file->count[KIND_STATEMENT]; i++)
        statement_row(work, paper, &paper->file->papers[KIND_STATEMENT][i]);
    if (!paper->file->count[KIND_OBJECTION])
        fill_put(&paper->fill.values, "无异议", SLICE("1"));
}

static void checkpoint_values(struct pack_work *work, struct paper_fill *fill)
{
    const struct checkpoint *checkpoint = &work->checkpoint;
    struct slice name = utf8_head(slice_of(checkpoint->origin), 40);
    char root[2 * TREE_HASH + 1];

    seal_hex(checkpoint->root, TREE_HASH, root);
    fill_put(&fill->values, "账本名", slice_of(checkpoint->origin));
    fill_print(&fill->values, "账本条数", "%llu", (unsigned long long)checkpoint->size);
    fill_put(&fill->values, "账本根", (struct slice){root, ID_SHOWN});
    fill_print(&fill->values, "检查点", "到第 %llu 条，根 %.16s", (unsigned long long)checkpoint->size, root);
    fill->code = slice_of(arena_print(work->arena, "checkpoint %.*s %llu %.16s", (int)name.len, name.at,
                                      (unsigned long long)checkpoint->size, root));
}

static void deal_values(struct deal_paper_work *paper)
{
    const struct deal_file *file = paper->file;
    const struct choice *pier = choice_find(choice_list_get("pier"), paper_text(&file->deal, DEAL_PIER));

    if (paper_yes(&file->deal, DEAL_PAST))
        fill_put(&paper->fill.values, "历史补录", SLICE("1"));
    fill_print(&paper->fill.values, "卷宗版次", "%lld", (long long)file->deal.ver);
    fill_put(&paper->fill.values, "现在进度", pier ? slice_of(pier->label) : paper_text(&file->deal, DEAL_PIER));
    fill_money(&paper->fill.values, "奖酬合计", papers_sum(file, KIND_AWARD, AWARD_REWARD));
}

bool pack_pdf(struct pack_work *work, const char *path, struct err *err)
{
    struct deal_pack *pack = work->pack;
    struct deal_paper_work paper = {.sql = pack->sql, .law = pack->law, .file = pack->file, .arena = work->arena};

    fill_init(&paper.fill, work->arena);
    if (!paper_common(&paper, err) || !pack_duties(work, &paper, err))
        return false;
    deal_values(&paper);
    checkpoint_values(work, &paper.fill);
    for (size_t i = 0; i < work->count; i++)
        if (work->versions[i].kind->id == KIND_DEAL)
            step_row(work, &paper, &work->versions[i]);
    file_rows(work, &paper);
    return paper_pdf(&form_pack, &paper.fill, path, err);
}
