/* The card of one record: what it is, which stretch of it to read, what fits, the next step, why. */
#include "work/box_int.h"

#include "base/money.h"
#include "base/text.h"
#include "base/json.h"
#include "base/utf8.h"
#include "record/tree.h"

enum { SNIPPET_CHARS = 110, LOOKED_AT_CHARS = 600, MARKS_MOST = 64, STARTS_MOST = 12, CHECK_TEXT = 160, PARTS_SHOWN = 6 };

/* --- the card --- */

static const struct value *value_of(const struct record *record, const char *name)
{
    static const struct value unknown = {0};
    int field = kind_field(record->kind, name);

    return field < 0 ? &unknown : &record->values[field];
}

static void add_fact(json_t *facts, const char *text)
{
    json_array_append_new(facts, json_string_nocheck(text));
}

static void amount_add(const struct field *field, int64_t fen, bool english, json_t *facts)
{
    char text[64 + MONEY_TEXT], money[MONEY_TEXT];

    snprintf(text, sizeof text, "%s %s", english ? field->label_en : field->label,
             english ? money_show_english(fen, money) : money_show(fen, money));
    add_fact(facts, text);
}

static void facts_add(const struct record *record, bool english, struct arena *arena, json_t *facts)
{
    const struct value *trl = value_of(record, "trl"), *region = value_of(record, "region");
    static const char *const amounts[] = {"price", "budget", "amount"};

    if (trl->known)
        add_fact(facts, arena_print(arena, "TRL %lld", (long long)trl->number));
    for (size_t i = 0; i < sizeof amounts / sizeof *amounts; i++) {
        int field = kind_field(record->kind, amounts[i]);

        if (field >= 0 && record->kind->fields[field].type == FIELD_MONEY && record->values[field].known)
            amount_add(&record->kind->fields[field], record->values[field].number, english, facts);
    }
    if (region->known)
        add_fact(facts, tree_label(tree_get("division"), region->text, english, arena));
}

struct owner {
    struct slice name, side;
};

static struct owner owner_of(struct sql *sql, int64_t party, struct arena *arena)
{
    struct owner owner = {SLICE(""), SLICE("")};
    struct sql_rows rows;
    struct err ignored;

    if (!party
        || !sql_rows(sql, "SELECT name, side FROM party WHERE id = ?1 AND to_leaf IS NULL", SQL_ARGS(sql_int(party)),
                     &rows, &ignored))
        return owner;
    if (sql_next(&rows)) {
        owner.name = arena_copy(arena, sql_slice(&rows, 0));
        owner.side = arena_copy(arena, sql_slice(&rows, 1));
    }
    sql_done(&rows, &ignored);
    return owner;
}

/* Whose it is, as the actor may know it. */
static struct slice who_of(const struct record *record, const struct actor *actor, struct slice owner)
{
    const struct object object = {.kind = record->kind, .id = record->id, .owner = record->owner, .status = record->status};

#ifndef TQ_TEETH_HIDDEN_OWNER
    if (!may_see_owner(actor, &object, record))
        return value_of(record, "alias")->text;
#endif
    return owner;
}

static json_t *choice_json(const char *list, struct slice code)
{
    const struct field field = {.type = FIELD_CHOICE, .choices = list};
    const struct value value = {.known = code.len > 0, .text = code};

    return field_json(&field, &value);
}

/* Who issued a policy, and under which number; of one that does not say so, what it is based on. */
static struct slice issued_by(const struct record *record, struct arena *arena)
{
    const struct value *issuer = value_of(record, "issuer"), *number = value_of(record, "doc_number");
    struct slice basis = value_of(record, "basis")->text, under = number->known ? number->text : basis;

    return issuer->known ? slice_of(arena_print(arena, "%.*s %.*s", (int)issuer->text.len, issuer->text.at, (int)under.len,
                                                under.at))
                         : under;
}

static void who_add(struct sql *sql, const struct record *record, const struct actor *actor, struct arena *arena,
                    json_t *card)
{
    struct owner owner = owner_of(sql, record->owner, arena);

    if (record->kind->id == KIND_POLICY)
        owner.name = issued_by(record, arena);
    if (record->kind->id == KIND_PARTY)
        owner.name = SLICE("");
    if (record->kind->id == KIND_POLICY)
        owner.side = SLICE("government");
    json_object_set_new_nocheck(card, "side", choice_json("side", owner.side));
    json_put(card, "who", who_of(record, actor, owner.name));
}

static json_t *card_start(struct sql *sql, const struct record *record, const struct actor *actor, bool english,
                          struct arena *arena)
{
    json_t *card = json_object(), *facts = json_array();
    char href[64];

    snprintf(href, sizeof href, "/%s/%lld", record->kind->plural, (long long)record->id);
    json_put_id(card, "id", record->id);
    json_put(card, "kind", slice_of(record->kind->name));
    json_put(card, "href", slice_of(href));
    json_put(card, "title", record->values[record->kind->title].text);
    who_add(sql, record, actor, arena, card);
    facts_add(record, english, arena, facts);
    json_object_set_new_nocheck(card, "facts", facts);
    json_fill(card, "level next why feedback");
    return card;
}

static void piece_add(json_t *pieces, struct slice text, bool mark)
{
    json_t *piece;

    if (text.len == 0)
        return;
    piece = json_object();
    json_put(piece, "text", text);
    json_object_set_new_nocheck(piece, "mark", json_boolean(mark));
    json_array_append_new(pieces, piece);
}

json_t *box_card(struct sql *sql, const struct record *record, const struct actor *actor, bool english, struct arena *arena)
{
    json_t *card = card_start(sql, record, actor, english, arena), *pieces = json_array();
    struct slice summary = record->values[record->kind->summary].text, head = utf8_head(summary, SNIPPET_CHARS);

    piece_add(pieces, head, false);
    if (head.len < summary.len)
        piece_add(pieces, SLICE("…"), false);
    json_object_set_new_nocheck(card, "snippet", pieces);
    json_object_set_new_nocheck(card, "fit", json_array());
    return card;
}

/* --- the snippet: the stretch of the summary with most of the question's words --- */

static size_t marked_within(const struct match_range *ranges, size_t count, size_t from, size_t to)
{
    size_t sum = 0;

    for (size_t i = 0; i < count; i++)
        if (ranges[i].from >= from && ranges[i].to <= to)
            sum += ranges[i].to - ranges[i].from;
    return sum;
}

static size_t back_to_sentence(struct slice text, size_t at)
{
    static const char *const ends[] = {"。", "；", "\n", ". "};
    size_t least = at > 90 ? at - 90 : 0;

    for (size_t i = at; i > least; i--)
        for (size_t e = 0; e < sizeof ends / sizeof *ends; e++) {
            size_t len = strlen(ends[e]);

            if (i >= len && memcmp(text.at + i - len, ends[e], len) == 0)
                return i;
        }
    return least == 0 ? 0 : at;
}

static size_t best_start(struct slice text, const struct match_range *ranges, size_t count)
{
    size_t best = 0, most = marked_within(ranges, count, 0, utf8_head(text, SNIPPET_CHARS).len);

    for (size_t i = 0; i < count && i < STARTS_MOST; i++) {
        size_t from = back_to_sentence(text, ranges[i].from);
        struct slice rest = {text.at + from, text.len - from};
        size_t sum = marked_within(ranges, count, from, from + utf8_head(rest, SNIPPET_CHARS).len);

        if (sum > most) {
            most = sum;
            best = from;
        }
    }
    return best;
}

/* Only the beginning of a long text is looked at: its abstract's first paragraphs say what it is. */
static json_t *snippet(const struct match_marks *marks, struct slice whole)
{
    struct slice text = utf8_head(whole, LOOKED_AT_CHARS);
    struct match_range ranges[MARKS_MOST];
    size_t count = match_mark(marks, (struct match_str){text.at, text.len}, ranges, MARKS_MOST);
    size_t at = best_start(text, ranges, count), end;
    json_t *pieces = json_array();

    end = at + utf8_head((struct slice){text.at + at, text.len - at}, SNIPPET_CHARS).len;
    if (at)
        piece_add(pieces, SLICE("…"), false);
    for (size_t i = 0; i < count; i++) {
        if (ranges[i].from < at || ranges[i].to > end)
            continue;
        piece_add(pieces, (struct slice){text.at + at, ranges[i].from - at}, false);
        piece_add(pieces, (struct slice){text.at + ranges[i].from, ranges[i].to - ranges[i].from}, true);
        at = ranges[i].to;
    }
    piece_add(pieces, (struct slice){text.at + at, end - at}, false);
    if (end < whole.len)
        piece_add(pieces, SLICE("…"), false);
    return pieces;
}

/* --- fit and next step --- */

/* Which checks say something about an answer of each column. */
#define CHECK(kind) (1u << MATCH_CHECK_##kind)

static const unsigned checks_of[COLUMN_SHOWN] = {
    [COLUMN_ACHIEVEMENT] = CHECK(FIELD) | CHECK(TRL) | CHECK(TIME) | CHECK(BUDGET) | CHECK(REGION) | CHECK(WAYS),
    [COLUMN_NEED] = CHECK(FIELD) | CHECK(TRL) | CHECK(TIME) | CHECK(REGION) | CHECK(WAYS),
    [COLUMN_PEOPLE] = CHECK(FIELD) | CHECK(REGION),
    [COLUMN_PLACE] = CHECK(FIELD) | CHECK(TRL) | CHECK(REGION),
    [COLUMN_SCENARIO] = CHECK(FIELD) | CHECK(TRL) | CHECK(TIME) | CHECK(REGION),
    [COLUMN_FINANCE] = CHECK(BUDGET) | CHECK(REGION),
    [COLUMN_POLICY] = CHECK(TIME) | CHECK(REGION),
};

/* What the asker did not ask for is no open point of the answer; nor is a day that a law or a policy does not end on. */
static bool asked(enum column column, const struct match_check *check)
{
    if (column == COLUMN_POLICY && check->kind == MATCH_CHECK_TIME && check->state == MATCH_OPEN)
        return false;
    if (check->kind == MATCH_CHECK_FIELD)
        return check->state != MATCH_OPEN;
    if (check->kind == MATCH_CHECK_TIME)
        return check->wanted != INT32_MIN;
    return check->kind == MATCH_CHECK_BUDGET ? check->wanted >= 0 : check->wanted > 0;
}

/* The engine knows codes, people the name of the field: "领域同属 专用化学产品制造". */
static void branch_words(const struct box_look *look, const struct match_check *check, char *out, size_t size)
{
    const struct tree *tree = tree_get(arena_print(look->arena, "%.*s", (int)check->tree.len, check->tree.at));
    const struct tree_node *node;
    struct slice path = {check->code.at, check->code.len}, last = SLICE("");

    while (path.len && slice_cut(&path, '/', &last))
        ;
    node = tree && last.len && check->state == MATCH_MET ? tree_find(tree, last) : NULL;
    if (!node)
        match_check_words(check, look->english ? "en" : "zh", out, size);
    else
        snprintf(out, size, look->english ? "same field: %s" : "领域同属 %s",
                 look->english ? tree_english(tree, node, look->arena) : tree_chinese(tree, node, look->arena));
}

static void check_words(const struct box_look *look, const struct match_check *check, char *out, size_t size)
{
    if (check->kind == MATCH_CHECK_FIELD)
        branch_words(look, check, out, size);
    else
        match_check_words(check, look->english ? "en" : "zh", out, size);
}

/* Where the one on the card asks, what its side leaves open is no news of it: the reader's own record is what answers. */
static bool worth_saying(enum column column, enum column answers, const struct match_check *check)
{
    return (checks_of[answers] >> check->kind & 1) && asked(answers, check)
           && (column == answers || check->state != MATCH_OPEN);
}

static json_t *fit_json(const struct box_look *look, enum column column, enum column answers, const struct match_hit *hit)
{
    static const char *const states[][3] = {{"met", "满足", "Met"}, {"open", "待确认", "Open"}, {"broken", "不满足", "Not met"}};
    json_t *fit = json_array();

    for (size_t i = 0; i < hit->check_count; i++) {
        const char *const *state = states[hit->checks[i].state];
        json_t *line, *code;
        char words[CHECK_TEXT];

        if (!worth_saying(column, answers, &hit->checks[i]))
            continue;
        line = json_object();
        code = json_object();
        check_words(look, &hit->checks[i], words, sizeof words);
        json_put(code, "code", slice_of(state[0]));
        json_put(code, "label", slice_of(state[1]));
        json_put(code, "label_en", slice_of(state[2]));
        json_object_set_new_nocheck(line, "state", code);
        json_put(line, "text", slice_of(words));
        json_array_append_new(fit, line);
    }
    return fit;
}

static const struct match_check *check_of(const struct match_hit *hit, enum match_check_kind kind)
{
    for (size_t i = 0; i < hit->check_count; i++)
        if (hit->checks[i].kind == kind)
            return &hit->checks[i];
    return NULL;
}

struct step {
    const char *zh, *en;
};

static const struct step steps[COLUMN_SHOWN] = {
    [COLUMN_ACHIEVEMENT] = {"看转化方式与联系人", "See the ways of transfer and whom to ask"},
    [COLUMN_NEED] = {"看条件与期限，和对方联系", "See the conditions and get in touch"},
    [COLUMN_PEOPLE] = {"看专长与联系方式", "See the field and how to get in touch"},
    [COLUMN_PLACE] = {"看能力、价格与联系方式", "See capabilities, prices and whom to ask"},
    [COLUMN_SCENARIO] = {"看准入条件与联系人", "See the terms of entry and whom to ask"},
    [COLUMN_FINANCE] = {"核对条件，准备材料", "Check the terms, gather the papers"},
    [COLUMN_POLICY] = {"核对适用条件与依据条款", "Check the conditions and the article"},
};

static json_t *next_json(enum column column, enum column answers, const struct match_hit *hit, const char *href, bool english)
{
    const struct match_check *trl = check_of(hit, MATCH_CHECK_TRL);
    json_t *next = json_object();
    char text[120];

    snprintf(text, sizeof text, "%s", english ? steps[column].en : steps[column].zh);
    if (answers == COLUMN_ACHIEVEMENT && trl && trl->state == MATCH_BROKEN && trl->has > 0) {
        snprintf(text, sizeof text, english ? "First a pilot trial: TRL %lld to %lld" : "先补中试验证：TRL %lld → %lld",
                 (long long)trl->has, (long long)trl->wanted);
        href = "/services?sort=pilot";
    }
    json_put(next, "href", slice_of(href));
    json_put(next, "text", slice_of(text));
    return next;
}

/* What is alike in meaning has its words in the question, not in the record: so it is said. */
static json_t *part_text(const struct match_part *part, bool english)
{
    if (part->outside)
        return json_string_nocheck(english ? "alike in meaning (outside model)" : "意思相近（外部模型）");
    if (part->idea)
        return json_sprintf(english ? "alike in meaning: %s" : "意思相近：%s", part->word);
    return json_string_nocheck(part->word);
}

static void parts_add(const struct match_hit *hit, size_t least_chars, bool english, json_t *parts)
{
    for (size_t i = 0; i < hit->part_count && json_array_size(parts) < PARTS_SHOWN; i++) {
        const struct match_part *of = &hit->parts[i];
        json_t *part;

        if (hit->score <= 0 || (!of->outside && (!of->word[0] || utf8_count(slice_of(of->word)) < least_chars)))
            continue;
        part = json_object();
        json_object_set_new_nocheck(part, "text", part_text(of, english));
        json_object_set_new_nocheck(part, "share",
                                    json_integer((json_int_t)(of->weight / hit->score * 10000)));
        json_array_append_new(parts, part);
    }
}

/* Words say why; single characters only where there is nothing else. */
static json_t *parts_json(const struct match_hit *hit, bool english)
{
    json_t *parts = json_array(), *why = json_object();

    parts_add(hit, 2, english, parts);
    if (json_array_size(parts) == 0)
        parts_add(hit, 1, english, parts);
    json_object_set_new_nocheck(why, "parts", parts);
    return why;
}

json_t *box_hit_card(const struct box_look *look, const struct record *record, enum column column, enum column answers,
                     const struct match_hit *hit)
{
    json_t *card = card_start(look->sql, record, look->actor, look->english, look->arena);

    json_object_set_new_nocheck(card, "level", json_integer(hit->rating));
    json_object_set_new_nocheck(card, "chance", json_integer((json_int_t)(hit->chance * 10000)));
    json_object_set_new_nocheck(card, "snippet", snippet(look->marks, record->values[record->kind->summary].text));
    json_object_set_new_nocheck(card, "fit", fit_json(look, column, answers, hit));
    json_object_set_new_nocheck(card, "next", next_json(column, answers, hit,
                                                        json_string_value(json_object_get(card, "href")), look->english));
    if (hit->part_count)
        json_object_set_new_nocheck(card, "why", parts_json(hit, look->english));
    return card;
}
