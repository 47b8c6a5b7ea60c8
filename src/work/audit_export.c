#include "work/audit_export.h"

#include <errno.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/money.h"
#include "base/text.h"
#include "record/choice.h"
#include "record/record.h"

enum { COLUMNS = 16 };

struct exporting {
    struct sql *sql;
    const struct audit_sample *sample;
    const struct audit_drawn *drawn;
    struct table_writer *table;
    struct arena arena; /* of a row */
    struct slice cells[COLUMNS];
    size_t count;
    struct err *err;
    bool ok;
};

/* --- a row --- */

static void cell(struct exporting *out, struct slice text)
{
    out->cells[out->count++] = text;
}

static void cell_text(struct exporting *out, const char *text)
{
    cell(out, slice_of(arena_text(&out->arena, slice_of(text))));
}

static void cell_number(struct exporting *out, int64_t number)
{
    cell(out, slice_of(arena_print(&out->arena, "%lld", (long long)number)));
}

static void cell_yuan(struct exporting *out, bool known, int64_t fen)
{
    char shown[MONEY_TEXT];

    cell_text(out, known ? money_show_plain(fen, shown) : "");
}

static void cell_day(struct exporting *out, int32_t day)
{
    char shown[CLOCK_TEXT];

    cell_text(out, day ? day_show(day, shown) : "");
}

static void cell_choice(struct exporting *out, const char *list, struct slice code)
{
    const struct choice *choice = code.len ? choice_find(choice_list_get(list), code) : NULL;

    cell(out, choice ? slice_of(choice->label) : code);
}

static void row_end(struct exporting *out)
{
    out->ok = out->ok && table_write(out->table, out->cells, out->err);
    out->count = 0;
    arena_reset(&out->arena);
}

/* --- about --- */

static void pair(struct exporting *out, const char *name, const char *value)
{
    cell_text(out, name);
    cell_text(out, value);
    row_end(out);
}

static void pair_number(struct exporting *out, const char *name, int64_t number)
{
    pair(out, name, arena_print(&out->arena, "%lld", (long long)number));
}

static void pair_hash(struct exporting *out, const char *name, const unsigned char hash[SEAL_HASH])
{
    char hex[2 * SEAL_HASH + 1];

    seal_hex(hash, SEAL_HASH, hex);
    pair(out, name, hex);
}

static void about_rows(struct exporting *out)
{
    const struct audit_sample *sample = out->sample;
    unsigned char seed[SEAL_HASH];
    char shown[CLOCK_TEXT];

    audit_seed(slice_of(sample->origin), sample->until, sample->root, sample->number, seed);
    pair_number(out, "抽样编号", sample->number);
    pair(out, "抽样时间", clock_show_minute(sample->made_at, shown));
    pair_number(out, "账本条目", sample->leaf);
    pair(out, "条件", sample->filter);
    pair(out, "范围", sample->scope);
    pair(out, "方法", audit_method_label(sample->method));
    pair(out, "方法代码", audit_method_name(sample->method));
    pair_number(out, "样本量", sample->size);
    pair(out, "分层界限（分）", sample->bounds);
    pair(out, "检查点：账本", sample->origin);
    pair_number(out, "检查点：条数", (int64_t)sample->until);
    pair_hash(out, "检查点：根", sample->root);
    pair(out, "检查点：日期", day_show(sample->day, shown));
    pair_hash(out, "种子", seed);
    pair_number(out, "总体项数", sample->population);
    pair(out, "总体金额（分）", sample->total);
    pair_hash(out, "总体摘要", sample->digest);
    pair_number(out, "样本项数", (int64_t)out->drawn->picked_count);
    pair(out, "重抽核对", out->drawn->same              ? "一致"
                           : out->drawn->filter.flag[0] ? "不一致（条件里有疑点；规则或日历在抽样以后更新过，也会不一致）"
                                                        : "不一致");
    pair(out, "说明", "疑点是提示，不是结论；没有评分。金额各口径分开，不能相加。");
}

/* --- deals --- */

static void deal_row(struct exporting *out, const struct audit_deal *deal)
{
    struct audit_figures figures = {0};
    size_t hits;

    audit_figures_add(deal, &figures);
    audit_hits_of(&out->drawn->book, deal, &hits);
    cell_number(out, deal->id);
    cell(out, deal->title);
    cell(out, deal->unit->name);
    cell(out, deal->buyer);
    cell_choice(out, "way", deal->way);
    cell_choice(out, "pricing", deal->pricing);
    cell_choice(out, "pier", deal->pier);
    cell_day(out, deal->signed_on);
    cell_yuan(out, deal->contract != NULL, figures.contracts);
    cell_yuan(out, true, figures.registered);
    cell_yuan(out, true, figures.technical);
    cell_yuan(out, true, figures.received);
    cell_yuan(out, true, figures.rewarded);
    cell_number(out, (int64_t)hits);
    cell_number(out, deal->ver);
    cell_number(out, deal->leaf);
    row_end(out);
}

static void deals_rows(struct exporting *out, bool all)
{
    const struct audit_drawn *drawn = out->drawn;

    for (size_t i = 0; out->ok && i < drawn->count; i++)
        if (all || drawn->picked[i])
            deal_row(out, &drawn->book.deals[drawn->population[i]]);
}

static void population_rows(struct exporting *out) { deals_rows(out, true); }
static void picks_rows(struct exporting *out) { deals_rows(out, false); }

/* --- flags --- */

static struct slice rests_text(struct exporting *out, const struct audit_hit *hit)
{
    struct slice kept;
    struct text text;

    text_init(&text);
    for (size_t i = 0; i < hit->count; i++) {
        const struct audit_rest *rest = &hit->rests[i];
        const struct kind *kind = rest->paper ? kind_get(rest->paper->kind) : &kind_deal;

        text_print(&text, "%s%s/%lld@%lld#%lld", i ? " " : "", kind->name, (long long)(rest->paper ? rest->paper->id : rest->deal->id),
                   (long long)(rest->paper ? rest->paper->ver : rest->deal->ver), (long long)(rest->paper ? rest->paper->leaf : rest->deal->leaf));
    }
    kept = arena_copy(&out->arena, text_slice(&text));
    text_release(&text);
    return kept;
}

static void hit_row(struct exporting *out, const struct audit_hit *hit)
{
    cell_number(out, hit->deal->id);
    cell(out, hit->deal->title);
    cell(out, hit->deal->unit->name);
    cell_text(out, hit->flag->code);
    cell_text(out, hit->flag->label);
    cell_text(out, hit->flag->weight);
    cell(out, rests_text(out, hit));
    row_end(out);
}

static void flags_rows(struct exporting *out)
{
    const struct audit_drawn *drawn = out->drawn;

    for (size_t i = 0; out->ok && i < drawn->count; i++) {
        size_t count;
        const struct audit_hit *hits = audit_hits_of(&drawn->book, &drawn->book.deals[drawn->population[i]], &count);

        for (size_t h = 0; h < count; h++)
            hit_row(out, &hits[h]);
    }
}

static void definitions_rows(struct exporting *out)
{
    for (size_t i = 0; i < audit_flag_count; i++) {
        const struct audit_flag *flag = &audit_flags[i];
        const char *const cells[] = {flag->code, flag->label, flag->says, flag->query, flag->ground, rule_source_label(flag->source),
                                     flag->weight, flag->alarm};

        for (size_t c = 0; c < sizeof cells / sizeof *cells; c++)
            cell_text(out, cells[c]);
        row_end(out);
    }
    for (size_t i = 0; i < audit_parameter_count; i++) {
        const struct audit_parameter *parameter = &audit_parameters[i];

        cell_text(out, parameter->name);
        cell_text(out, parameter->label);
        cell_number(out, parameter->value);
        cell_text(out, "");
        cell_text(out, parameter->source);
        cell_text(out, parameter->from);
        cell_text(out, "参数");
        cell_text(out, "");
        row_end(out);
    }
}

/* --- the sheets --- */

#define DEALS {"deal", "title", "unit", "buyer", "way", "pricing", "pier", "signed_on", "signed", "registered", "technical", "received", \
               "rewarded", "flags", "ver", "leaf"}
#define DEALS_ZH {"项目编号", "项目名称", "单位", "受让方", "转化方式", "定价方式", "进度", "签订日期", "签约额（元）", "登记成交额（元）", \
                  "登记技术交易额（元）", "到账（元）", "已发放奖酬（元）", "疑点数", "版次", "账本条目"}

static const struct sheet {
    const char *code, *name;
    const char *columns[COLUMNS], *labels[COLUMNS]; /* of JSON Lines; of the others */
    void (*rows)(struct exporting *out);
} sheets[AUDIT_SHEETS] = {
    [AUDIT_ABOUT] = {"about", "说明", {"name", "value"}, {"事项", "内容"}, about_rows},
    [AUDIT_POPULATION] = {"population", "总体", DEALS, DEALS_ZH, population_rows},
    [AUDIT_PICKS] = {"sample", "样本", DEALS, DEALS_ZH, picks_rows},
    [AUDIT_FLAGS] = {"flags", "疑点", {"deal", "title", "unit", "flag", "label", "weight", "rests"},
                     {"项目编号", "项目名称", "单位", "疑点代码", "疑点", "轻重", "依据（文书/编号@版次#账本条目）"}, flags_rows},
    [AUDIT_DEFINITIONS] = {"definitions", "疑点定义", {"flag", "label", "says", "query", "ground", "source", "weight", "alarm"},
                           {"代码", "名称", "定义（参数为数值）", "算法", "依据", "依据核对（参数为起用日）", "轻重", "可能的正当解释"}, definitions_rows},
    [AUDIT_PAPERS] = {"papers", "文书", {0}, {0}, NULL},
};

enum audit_sheet audit_sheet_by_name(struct slice name)
{
    enum audit_sheet sheet = AUDIT_ABOUT;

    while (sheet < AUDIT_SHEETS && !slice_is(name, sheets[sheet].code))
        sheet++;
    return sheet;
}

static size_t columns_of(const struct sheet *sheet, enum table_form form, struct slice columns[COLUMNS])
{
    size_t count = 0;

    while (count < COLUMNS && sheet->columns[count]) {
        columns[count] = slice_of(form == TABLE_JSONL ? sheet->columns[count] : sheet->labels[count]);
        count++;
    }
    return count;
}

static void sheet_write(struct exporting *out, const struct sheet *sheet, enum table_form form, const char *path)
{
    struct slice columns[COLUMNS];
    size_t count = columns_of(sheet, form, columns);

    out->ok = out->table ? table_sheet(out->table, sheet->name, columns, count, out->err)
                         : table_create_named(path, form, sheet->name, columns, count, &out->table, out->err);
    if (out->ok)
        sheet->rows(out);
}

/* --- papers --- */

static bool in_population(const struct audit_drawn *drawn, int64_t deal)
{
    size_t low = 0, high = drawn->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (drawn->book.deals[drawn->population[middle]].id < deal)
            low = middle + 1;
        else
            high = middle;
    }
    return low < drawn->count && drawn->book.deals[drawn->population[low]].id == deal;
}

static void record_line(const struct record *record, struct text *text)
{
    json_t *line = json_object(), *values = json_object();

    json_put(line, "kind", slice_of(record->kind->name));
    json_put_id(line, "id", record->id);
    json_object_set_new_nocheck(line, "ver", json_integer(record->ver));
    json_object_set_new_nocheck(line, "leaf", json_integer(record->from_leaf));
    json_put_id(line, "owner", record->owner);
    json_object_set_new_nocheck(line, "closed", json_boolean(record->status == RECORD_CLOSED));
    for (size_t i = 0; i < record->kind->count; i++)
        json_object_set_new_nocheck(values, record->kind->fields[i].name, field_json(&record->kind->fields[i], &record->values[i]));
    json_object_set_new_nocheck(line, "values", values);
    text_clear(text);
    json_write(line, text);
    text_putc(text, '\n');
    json_decref(line);
}

struct lines {
    struct exporting *out;
    FILE *file;
    struct text text;
};

static bool line_write(struct lines *lines, const struct kind *kind, int64_t id, struct err *err)
{
    struct exporting *out = lines->out;
    struct record record;

    arena_reset(&out->arena);
    if (!record_as_of(out->sql, kind, id, out->sample->until - 1, &out->arena, &record, err))
        return false;
    record_line(&record, &lines->text);
    return fwrite(lines->text.at, 1, lines->text.len, lines->file) == lines->text.len
           || err_set(err, errno == ENOSPC ? ERR_FULL : ERR_IO, "写文件时出错：%s", strerrordesc_np(errno));
}

static bool kind_lines(struct lines *lines, enum kind_id kind, struct err *err)
{
    const struct audit_book *book = &lines->out->drawn->book;

    for (size_t i = 0; i < book->all_count[kind]; i++)
        if (in_population(lines->out->drawn, book->all[kind][i].deal) && !line_write(lines, kind_get(kind), book->all[kind][i].id, err))
            return false;
    return true;
}

/* Does a deal of the population belong to the unit? */
static bool sells(const struct audit_drawn *drawn, const struct audit_unit *unit)
{
    size_t i = 0;

    while (i < drawn->count && drawn->book.deals[drawn->population[i]].unit != unit)
        i++;
    return i < drawn->count;
}

static bool all_lines(struct lines *lines, struct err *err)
{
    const struct audit_drawn *drawn = lines->out->drawn;

    for (size_t u = 0; u < drawn->book.unit_count; u++)
        if (sells(drawn, &drawn->book.units[u]) && !line_write(lines, &kind_party, drawn->book.units[u].id, err))
            return false;
    for (size_t i = 0; i < drawn->count; i++)
        if (!line_write(lines, &kind_deal, drawn->book.deals[drawn->population[i]].id, err))
            return false;
    for (size_t k = KIND_DEAL + 1; k < KIND_ALL; k++)
        if (!kind_lines(lines, (enum kind_id)k, err))
            return false;
    return true;
}

static bool papers_write(struct exporting *out, const char *path, struct err *err)
{
    struct lines lines = {.out = out, .file = fopen(path, "wbe")};
    bool ok;

    if (!lines.file)
        return err_set(err, ERR_IO, "写文件时出错：%s", strerrordesc_np(errno));
    text_init(&lines.text);
    ok = all_lines(&lines, err);
    text_release(&lines.text);
    if (fclose(lines.file) != 0 && ok)
        return err_set(err, ERR_FULL, "磁盘已满，文件没有写完") || err_hint(err, "请腾出空间后重新导出");
    return ok;
}

/* --- the whole --- */

static bool tables_write(struct exporting *out, const char *path, enum table_form form, enum audit_sheet sheet, struct err *err)
{
    bool finished;

    if (form != TABLE_XLSX)
        sheet_write(out, &sheets[sheet], form, path);
    for (int s = AUDIT_ABOUT; form == TABLE_XLSX && out->ok && s < AUDIT_PAPERS; s++)
        sheet_write(out, &sheets[s], form, path);
    if (!out->table)
        return false;
    if (out->ok)
        return table_finish(out->table, err);
    finished = table_finish(out->table, &(struct err){0});
    (void)finished; /* what was refused before is told; the file is the answer's alone and goes with it */
    return false;
}

bool audit_export(struct sql *sql, const struct audit_sample *sample, const struct audit_drawn *drawn, const char *path, enum table_form form,
                  enum audit_sheet sheet, struct err *err)
{
    struct exporting out = {.sql = sql, .sample = sample, .drawn = drawn, .err = err, .ok = true};
    bool ok;

    if (sheet >= AUDIT_SHEETS || (sheet == AUDIT_PAPERS && form != TABLE_JSONL)) {
        err_set(err, ERR_INVALID, "没有这张表，或者它没有这种格式");
        return err_hint(err, "可用：about、population、sample、flags、definitions；papers 只有 jsonl");
    }
    arena_init(&out.arena);
    ok = sheet == AUDIT_PAPERS ? papers_write(&out, path, err) : tables_write(&out, path, form, sheet, err);
    arena_release(&out.arena);
    return ok;
}
