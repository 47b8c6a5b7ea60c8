/* A department's list as facts. */
#include "work/fact_sheet.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "work/sheet_row.h"
#include "work/submit.h"

enum meaning { NOTHING, USCC, FIRM, ISSUER, ISSUED, UNTIL, YEAR, NAME, VALUE, NOTE, A_FACT };

struct column {
    enum meaning meaning;
    struct slice label, unit;
    struct slice year;            /* of the header; "" */
    const struct rule_fact *fact; /* A_FACT */
};

struct place {
    struct fact_sheet *sheet;
    struct column columns[FACT_SHEET_COLUMNS];
    size_t column_count;
    const struct table_row *row;
    int64_t party;
    uint8_t part;                 /* of the row's request */
};

/* --- columns --- */

static const struct {
    enum meaning meaning;
    const char *names; /* parted by bars */
} headers[] = {
    {USCC, "统一社会信用代码|信用代码|社会信用代码|uscc"}, {FIRM, "单位名称|企业名称|单位|企业|名称|party"},
    {ISSUER, "出具机关|提供部门|数据来源|issuer"},       {ISSUED, "出具日期|名单日期|issued_on"},
    {UNTIL, "有效期至|到期日|until"},                    {YEAR, "年度|所属年度|统计年度|year"},
    {NAME, "事实|指标|name"},                            {VALUE, "数值|值|value"},
    {NOTE, "说明|备注|note"},
};

static enum meaning meaning_of(struct slice label)
{
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++) {
        struct slice rest = slice_of(headers[i].names), name;

        while (slice_cut(&rest, '|', &name))
            if (slice_same(label, name))
                return headers[i].meaning;
    }
    return NOTHING;
}

static bool is_year(struct slice text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.at[i] < '0' || text.at[i] > '9')
            return false;
    return text.len == 4;
}

/* "研发费用（万元）", "研发费用（2024）", "研发费用(2024年，万元)": what stands in brackets at the end is year and unit. */
static struct slice without_brackets(struct slice label, struct column *column)
{
    static const char *const opens[] = {"（", "("};
    struct slice inside = {0};

    for (size_t o = 0; o < 2; o++)
        for (size_t at = label.len; at-- > 0;)
            if (label.len - at >= strlen(opens[o]) && memcmp(label.at + at, opens[o], strlen(opens[o])) == 0
                && (slice_ends(label, "）") || slice_ends(label, ")"))) {
                size_t from = at + strlen(opens[o]), end = label.len - (slice_ends(label, ")") ? 1 : strlen("）"));

                inside = (struct slice){label.at + from, end > from ? end - from : 0};
                label.len = at;
                break;
            }
    if (inside.len >= 4 && is_year((struct slice){inside.at, 4}))
        column->year = (struct slice){inside.at, 4};
    for (size_t i = 0; i + 6 <= inside.len + 3; i++)
        if (inside.len - i >= 6 && (memcmp(inside.at + i, "万元", 6) == 0 || memcmp(inside.at + i, "亿元", 6) == 0))
            column->unit = (struct slice){inside.at + i, 6};
    return slice_trim(label);
}

static const struct rule_fact *fact_named(const struct law *law, struct slice label)
{
    for (size_t i = 0; i < rulebook_fact_count(law->book); i++) {
        const struct rule_fact *fact = rulebook_fact_at(law->book, i);

        if (!fact->of && (slice_is(label, fact->label) || slice_is(label, fact->name)))
            return fact;
    }
    return NULL;
}

static void column_read(struct place *place, struct slice header)
{
    struct fact_sheet *sheet = place->sheet;
    struct column *column = &place->columns[place->column_count++];
    struct slice name;

    *column = (struct column){.label = arena_copy(sheet->arena, slice_trim(header)), .unit = SLICE(""), .year = SLICE("")};
    column->meaning = meaning_of(column->label);
    if (column->meaning != NOTHING || !column->label.len)
        return;
    name = without_brackets(column->label, column);
    column->fact = fact_named(sheet->law, name);
    if (column->fact)
        column->meaning = A_FACT;
    else
        sheet->passed[sheet->passed_count++] = column->label;
}

static bool has(const struct place *place, enum meaning meaning)
{
    for (size_t i = 0; i < place->column_count; i++)
        if (place->columns[i].meaning == meaning)
            return true;
    return false;
}

static bool columns_read(struct place *place, struct table *table, struct err *err)
{
    if (table_columns(table) > FACT_SHEET_COLUMNS)
        return err_set(err, ERR_INVALID, "表里的列超过 %d 个", FACT_SHEET_COLUMNS) || err_field(err, "file");
    for (size_t i = 0; i < table_columns(table); i++)
        column_read(place, table_column(table, i));
    if (!has(place, USCC) && !has(place, FIRM)) {
        err_set(err, ERR_INVALID, "表里没有企业这一列");
        err_hint(err, "要有“统一社会信用代码”或“单位名称”");
        return err_field(err, "file");
    }
    if (has(place, A_FACT) || (has(place, NAME) && has(place, VALUE)))
        return true;
    err_set(err, ERR_INVALID, "表里没有一列是已知的事实");
    err_hint(err, "列名写事实的名称，如“研发费用（万元）”；或者用“事实”“数值”两列");
    return err_field(err, "file");
}

/* --- a row --- */

static void wrong(struct place *place, const struct column *column, struct slice typed, const struct err *why)
{
    struct fact_sheet *sheet = place->sheet;

    if (sheet->wrong_count < FACT_SHEET_WRONG)
        sheet->wrongs[sheet->wrong_count] = (struct fact_sheet_wrong){
            .line = place->row ? place->row->line : why->line, .column = column ? column->label : SLICE(""),
            .typed = arena_copy(sheet->arena, utf8_head(typed, 60)), .err = *why};
    sheet->wrong_count++;
}

static struct slice cell(const struct place *place, size_t at)
{
    return at < place->row->count ? slice_trim(place->row->cells[at]) : SLICE("");
}

static struct slice cell_of(const struct place *place, enum meaning meaning, struct slice otherwise)
{
    for (size_t i = 0; i < place->column_count; i++)
        if (place->columns[i].meaning == meaning && cell(place, i).len)
            return cell(place, i);
    return otherwise;
}

static bool firm_find(struct place *place, struct err *err)
{
    struct slice code = cell_of(place, USCC, SLICE("")), name = cell_of(place, FIRM, SLICE("")), typed = code.len ? code : name;
    const struct column none = {.label = SLICE("")};
    struct err why;

    if (!party_resolve(place->sheet->sql, typed, &place->party, err))
        return false;
    if (!place->party && code.len && name.len && !party_resolve(place->sheet->sql, name, &place->party, err))
        return false;
    if (place->party)
        return true;
    err_set(&why, ERR_INVALID, "%s", typed.len ? N_("没有登记这家企业") : N_("没有写是哪家企业"));
    err_hint(&why, "%s", N_("先登记单位，或核对统一社会信用代码"));
    wrong(place, &none, typed, &why);
    return true;
}

static bool in_scope(struct place *place, struct err *err)
{
    struct record any = {.kind = &kind_fact, .owner = place->party};
    struct object object;
    struct err why;

    if (!object_of(place->sheet->sql, &any, place->sheet->actor, &object, err))
        return false;
    if (may(place->sheet->actor, ACT_IMPORT_ANY, &object, &why))
        return true;
    err_set(&why, ERR_DENIED, "这家企业不在您的辖区");
    wrong(place, NULL, cell_of(place, FIRM, cell_of(place, USCC, SLICE(""))), &why);
    place->party = 0;
    return true;
}

static const struct column *column_wrong(const struct place *place, const struct column *column, const struct field *field)
{
    static const struct {
        enum fact_field field;
        enum meaning meaning;
    } of[] = {{FACT_FOR_YEAR, YEAR}, {FACT_ISSUER, ISSUER}, {FACT_ISSUED_ON, ISSUED}, {FACT_UNTIL, UNTIL}, {FACT_NAME, NAME}};

    for (size_t i = 0; field && i < sizeof of / sizeof *of; i++)
        if (field == &kind_fact.fields[of[i].field])
            for (size_t c = 0; c < place->column_count; c++)
                if (place->columns[c].meaning == of[i].meaning)
                    return &place->columns[c];
    return column;
}

static bool room(const struct fact_sheet *sheet, struct err *err)
{
    if (sheet->count < FACT_SHEET_MOST)
        return true;
    err_set(err, ERR_INVALID, "一次最多导入 %d 项事实", FACT_SHEET_MOST);
    err_hint(err, "把表分成几份");
    return err_field(err, "file");
}

/* The year of the row or of the sheet is for facts about a year alone. */
static struct slice year_of(const struct place *place, const struct column *column, const struct rule_fact *fact)
{
    if (column->year.len)
        return column->year;
    return fact && fact->years_ago ? cell_of(place, YEAR, place->sheet->year) : SLICE("");
}

static bool fact_add(struct place *place, const struct column *column, struct slice name, struct slice value, struct err *err)
{
    struct fact_sheet *sheet = place->sheet;
    struct complaints complaints = {.count = 0};
    struct fact_order *order = &sheet->orders[sheet->count];
    const struct rule_fact *fact = column->fact ? column->fact : fact_named(sheet->law, name);
    struct slice typed[FACT_FIELD_COUNT] = {
        [FACT_NAME] = name, [FACT_FOR_YEAR] = year_of(place, column, fact), [FACT_VALUE] = sheet_number(value, column->unit, sheet->arena),
        [FACT_FROM] = SLICE("department"), [FACT_ISSUER] = cell_of(place, ISSUER, sheet->issuer),
        [FACT_ISSUED_ON] = cell_of(place, ISSUED, sheet->issued_on), [FACT_UNTIL] = cell_of(place, UNTIL, sheet->until),
        [FACT_LIST] = sheet->list, [FACT_NOTE] = cell_of(place, NOTE, SLICE(""))};

    if (!room(sheet, err))
        return false;
    for (size_t i = 0; i < FACT_FIELD_COUNT; i++)
        typed[i] = arena_copy(sheet->arena, typed[i]);
    fact_order_init(order, FACT_STATE, sheet->actor, place->party,
                    slice_of(arena_print(sheet->arena, "%.40s.%ld", sheet->request_id, place->row->line)));
    order->time_ms = sheet->time_ms;
    order->part = place->part++;
    if (fact_check(order, sheet->law, typed, sheet->arena, &complaints))
        sheet->count++;
    for (size_t i = 0; i < complaints.count; i++)
        wrong(place, column_wrong(place, column, complaints.list[i].field), complaints.list[i].typed, &complaints.list[i].err);
    return true;
}

static bool row_read(struct place *place, struct err *err)
{
    struct fact_sheet *sheet = place->sheet;
    const struct column none = {.label = SLICE(""), .unit = SLICE(""), .year = SLICE("")};
    struct slice name = cell_of(place, NAME, SLICE(""));

    sheet->rows++;
    place->part = 0;
    if (!firm_find(place, err) || (place->party && !in_scope(place, err)))
        return false;
    if (!place->party)
        return true;
    if (name.len && !fact_add(place, &none, name, cell_of(place, VALUE, SLICE("")), err))
        return false;
    for (size_t i = 0; i < place->column_count; i++)
        if (place->columns[i].meaning == A_FACT && cell(place, i).len
            && !fact_add(place, &place->columns[i], slice_of(place->columns[i].fact->name), cell(place, i), err))
            return false;
    return true;
}

/* --- twice in one sheet --- */

static int bytes_compare(struct slice a, struct slice b)
{
    int order = a.len && b.len ? memcmp(a.at, b.at, a.len < b.len ? a.len : b.len) : 0;

    return order ? order : a.len < b.len ? -1 : a.len > b.len;
}

static int by_subject(const void *left, const void *right)
{
    const struct fact_order *const *a = left, *const *b = right;
    const struct record *x = &(*a)->record, *y = &(*b)->record;
    int names;

    if (x->owner != y->owner)
        return x->owner < y->owner ? -1 : 1;
    names = bytes_compare(x->values[FACT_NAME].text, y->values[FACT_NAME].text);
    if (names || x->values[FACT_FOR_YEAR].number != y->values[FACT_FOR_YEAR].number)
        return names ? names : x->values[FACT_FOR_YEAR].number < y->values[FACT_FOR_YEAR].number ? -1 : 1;
    return bytes_compare(x->values[FACT_ISSUER].text, y->values[FACT_ISSUER].text);
}

/* Two values of one fact in one list are a mistake of the list: which holds, the department has to say. */
static void twins_tell(struct place *place)
{
    struct fact_sheet *sheet = place->sheet;
    struct fact_order **sorted = arena_alloc(sheet->arena, (sheet->count + 1) * sizeof *sorted);

    for (size_t i = 0; i < sheet->count; i++)
        sorted[i] = &sheet->orders[i];
    qsort(sorted, sheet->count, sizeof *sorted, by_subject);
    for (size_t i = 0; i < sheet->count; i++)
        sheet->firms += !i || sorted[i]->record.owner != sorted[i - 1]->record.owner;
    place->row = NULL;
    for (size_t i = 1; i < sheet->count; i++) {
        const struct record *a = &sorted[i - 1]->record, *b = &sorted[i]->record;
        struct err why;

        if (by_subject(&sorted[i - 1], &sorted[i]) != 0 || slice_same(a->values[FACT_VALUE].text, b->values[FACT_VALUE].text))
            continue;
        err_set(&why, ERR_CONFLICT, "同一家企业的同一项写了两个数");
        err_hint(&why, "与提供名单的部门核对，只留一个");
        why.line = strtol(strrchr(sorted[i]->request_id, '.') + 1, NULL, 10);
        wrong(place, &(struct column){.label = slice_of(rulebook_fact(sheet->law->book, b->values[FACT_NAME].text)->label)},
              b->values[FACT_VALUE].text, &why);
    }
}

bool fact_sheet_read(struct fact_sheet *sheet, struct table *table, struct err *err)
{
    struct place *place = arena_zero(sheet->arena, 1, sizeof *place);
    struct table_row row;
    enum table_step step;

    place->sheet = sheet;
    if (!columns_read(place, table, err))
        return false;
    sheet->orders = arena_alloc(sheet->arena, (FACT_SHEET_MOST + 1) * sizeof *sheet->orders);
    while ((step = table_next(table, &row, err)) == TABLE_ROW || step == TABLE_BAD_ROW) {
        place->row = step == TABLE_ROW ? &row : NULL;
        if (step == TABLE_BAD_ROW)
            wrong(place, NULL, SLICE(""), err);
        else if (!row_read(place, err))
            return false;
        err_clear(err);
    }
    if (step != TABLE_END)
        return false;
    twins_tell(place);
    return true;
}
