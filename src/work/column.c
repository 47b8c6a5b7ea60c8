#include "work/column.h"

#include "base/clock.h"
#include "base/text.h"
#include "base/utf8.h"
#include "record/choice.h"
#include "record/tree.h"

static const struct column_text texts[COLUMN_COUNT] = {
    [COLUMN_ACHIEVEMENT] = {"achievement", "成果", "谁有", "university"},
    [COLUMN_NEED] = {"need", "需求", "谁要", "enterprise"},
    [COLUMN_PEOPLE] = {"people", "专家与经理人", "谁来办", "broker"},
    [COLUMN_PLACE] = {"place", "中试与空间", "在哪试", "institute"},
    [COLUMN_SCENARIO] = {"scenario", "场景", "谁先用", "user"},
    [COLUMN_FINANCE] = {"finance", "资金", "钱从哪来", "finance"},
    [COLUMN_POLICY] = {"policy", "政策", "能享什么", "government"},
    [COLUMN_PARTY] = {"party", "单位", "是谁", "enterprise"},
};

const struct column_text *column_text(enum column column)
{
    return &texts[column];
}

bool column_by_name(struct slice name, enum column *column)
{
    for (size_t i = 0; i < COLUMN_COUNT; i++)
        if (slice_is(name, texts[i].name)) {
            *column = (enum column)i;
            return true;
        }
    return false;
}

static const struct value *value_of(const struct record *record, const char *name)
{
    static const struct value unknown = {0};
    int field = kind_field(record->kind, name);

    return field < 0 ? &unknown : &record->values[field];
}

enum column column_of(const struct record *record)
{
    static const enum column by_kind[KIND_COUNT] = {
        [KIND_PARTY] = COLUMN_PARTY, [KIND_PERSON] = COLUMN_PEOPLE, [KIND_ACHIEVEMENT] = COLUMN_ACHIEVEMENT,
        [KIND_NEED] = COLUMN_NEED, [KIND_SCENARIO] = COLUMN_SCENARIO, [KIND_POLICY] = COLUMN_POLICY,
    };
    struct slice sort;

    if (record->kind->id != KIND_SERVICE)
        return by_kind[record->kind->id];
    sort = value_of(record, "sort")->text;
    return slice_is(sort, "finance")                            ? COLUMN_FINANCE
           : slice_is(sort, "pilot") || slice_is(sort, "space") ? COLUMN_PLACE
                                                                : COLUMN_PEOPLE;
}

int column_asks(const struct kind *kind)
{
    static const int order[KIND_COUNT] = {[KIND_NEED] = 3, [KIND_SCENARIO] = 2, [KIND_ACHIEVEMENT] = 1};

    return order[kind->id];
}

const struct kind *column_kind(struct sql *sql, enum column column, int64_t id)
{
    static const enum kind_id by_column[COLUMN_COUNT] = {
        [COLUMN_ACHIEVEMENT] = KIND_ACHIEVEMENT, [COLUMN_NEED] = KIND_NEED,       [COLUMN_PLACE] = KIND_SERVICE,
        [COLUMN_SCENARIO] = KIND_SCENARIO,       [COLUMN_FINANCE] = KIND_SERVICE, [COLUMN_POLICY] = KIND_POLICY,
        [COLUMN_PARTY] = KIND_PARTY,
    };
    struct err ignored;
    int64_t one;
    bool found = false;

    if (column != COLUMN_PEOPLE)
        return kind_get(by_column[column]);
    if (!sql_one(sql, "SELECT 1 FROM person WHERE id = ?1 AND to_leaf IS NULL", SQL_ARGS(sql_int(id)), &one, &found,
                 &ignored))
        found = false;
    return found ? &kind_person : &kind_service;
}

/* --- the document --- */

static struct match_str str(struct slice text)
{
    return (struct match_str){text.at, text.len};
}

static int32_t day_value(const struct value *value)
{
    int32_t day;

    return value->known && day_parse(value->text, &day) ? day : INT32_MIN;
}

static uint32_t ways_value(const struct value *value)
{
    const struct choice_list *list = choice_list_get("way");
    struct slice rest = value->text, item;
    uint32_t ways = 0;

    while (value->known && slice_cut(&rest, '\n', &item)) {
        const struct choice *choice = choice_find(list, item);

        if (choice)
            ways |= 1u << (choice - list->choices);
    }
    return ways;
}

static int64_t amount_value(const struct record *record)
{
    static const char *const names[] = {"price", "budget", "amount"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        int field = kind_field(record->kind, names[i]);

        if (field >= 0 && record->kind->fields[field].type == FIELD_MONEY && record->values[field].known)
            return record->values[field].number;
    }
    return -1;
}

static void facts_fill(const struct record *record, struct match_facts *facts)
{
    const struct value *trl = value_of(record, "trl"), *from = value_of(record, "trl_from"),
                       *to = value_of(record, "trl_to"), *region = value_of(record, "region");

    *facts = (struct match_facts){.amount = amount_value(record), .day = INT32_MIN};
    facts->trl_from = (int)(trl->known ? trl->number : from->known ? from->number : 0);
    facts->trl_to = (int)(trl->known ? trl->number : to->known ? to->number : 0);
    facts->pays = record->kind->id != KIND_ACHIEVEMENT;
    facts->ways = ways_value(value_of(record, "ways"));
    facts->region = region->known ? (uint32_t)strtoul(region->text.at, NULL, 10) : 0;
    facts->day = day_value(value_of(record, "due"));
    if (facts->day == INT32_MIN)
        facts->day = day_value(value_of(record, "closes"));
    if (facts->day == INT32_MIN)
        facts->day = day_value(value_of(record, "valid_until"));
}

static size_t codes_fill(const struct record *record, struct match_code *codes)
{
    size_t n = 0;

    for (size_t i = 0; i < record->kind->count; i++) {
        const struct field *field = &record->kind->fields[i];
        struct slice rest = record->values[i].text, item;

        if (field->type != FIELD_CODES || !record->values[i].known || strcmp(field->choices, "division") == 0
            || record_level(record, i) != LEVEL_PUBLIC)
            continue;
        while (n < MATCH_CODES && slice_cut(&rest, '\n', &item)) {
            const struct tree_node *node = tree_resolve(tree_get(field->choices), item);

            if (node)
                codes[n++] = (struct match_code){str(slice_of(field->choices)), str(slice_of(node->path))};
        }
    }
    return n;
}

static enum match_class class_of(enum field_weight weight)
{
    return weight == WEIGHT_TITLE ? MATCH_TITLE : weight == WEIGHT_KEYWORD ? MATCH_KEYWORD : MATCH_TEXT;
}

void column_doc(const struct record *record, struct arena *arena, struct match_doc *doc)
{
    static const enum match_level levels[LEVEL_COUNT] = {MATCH_PUBLIC, MATCH_SIGNED_IN, MATCH_NDA, MATCH_OWN};
    struct match_text *document_texts = arena_zero(arena, MATCH_TEXTS, sizeof *document_texts);
    struct match_code *codes = arena_zero(arena, MATCH_CODES, sizeof *codes);
    size_t n = 0;

    for (size_t i = 0; i < record->kind->count && n < MATCH_TEXTS; i++) {
        const struct field *field = &record->kind->fields[i];

        if (field->weight != WEIGHT_NONE && record->values[i].known)
            document_texts[n++] = (struct match_text){.class_ = class_of(field->weight),
                                                      .level = levels[record_level(record, i)],
                                                      .text = str(record->values[i].text)};
    }
    *doc = (struct match_doc){.id = record->id, .kind = column_of(record), .owner = record->owner,
                              .level = MATCH_PUBLIC, .texts = document_texts, .text_count = n, .codes = codes};
    doc->code_count = codes_fill(record, codes);
    facts_fill(record, &doc->facts);
}

void column_ask(const struct match_facts *facts, const struct match_code *codes, size_t count, struct match_ask *ask)
{
    *ask = (struct match_ask){.trl_least = facts->trl_from, .budget = facts->amount, .due = facts->day, .ways = facts->ways,
                              .region = facts->region, .codes = codes, .code_count = count};
}

void column_query(const struct record *record, struct arena *arena, struct match_query *query)
{
    const struct kind *kind = record->kind;
    struct match_code *codes = arena_zero(arena, MATCH_CODES, sizeof *codes);
    struct match_facts facts;
    struct text text;

    match_query_init(query);
    text_init(&text);
    for (size_t i = 0; i < kind->count; i++)
        if (i != kind->title && kind->fields[i].weight != WEIGHT_NONE && record->values[i].known
            && record_level(record, i) == LEVEL_PUBLIC) {
            text_add_slice(&text, record->values[i].text);
            text_putc(&text, '\n');
        }
    query->title = str(record->values[kind->title].text);
    query->text = str(utf8_head(arena_copy(arena, text_slice(&text)), 4000));
    text_release(&text);
    facts_fill(record, &facts);
    column_ask(&facts, codes, codes_fill(record, codes), &query->ask);
    query->without = query->vector_of = record->id;
}
