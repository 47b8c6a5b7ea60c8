#include "work/judged_facts.h"

#include "base/clock.h"
#include "base/json.h"
#include "base/text.h"
#include "record/choice.h"

/* member NULL: all of it. */
static bool wrong(const char *member, struct err *err)
{
    err_set(err, ERR_INVALID, member ? "facts 里的 %s 写法不对" : "facts 应是一个对象", member);
    return err_hint(err, "写法见 docs/matching.md 的 Learning from feedback；不知道的不写");
}

/* --- reading --- */

static bool number_read(const json_t *facts, const char *name, int64_t least, int64_t most, int64_t *number, struct err *err)
{
    const json_t *member = json_object_get(facts, name);

    if (!member)
        return true;
    *number = json_integer_value(member);
    return (json_is_integer(member) && *number >= least && *number <= most) || wrong(name, err);
}

static bool day_take(const json_t *facts, int32_t *day, struct err *err)
{
    const json_t *member = json_object_get(facts, "day");

    return !member || (json_is_string(member) && day_parse(json_member(facts, "day"), day)) || wrong("day", err);
}

static bool ways_read(const json_t *facts, uint32_t *ways, struct err *err)
{
    const struct choice_list *list = choice_list_get("way");
    const json_t *member = json_object_get(facts, "ways"), *one;
    size_t i;

    if (member && !json_is_array(member))
        return wrong("ways", err);
    json_array_foreach(member, i, one) {
        const struct choice *choice = json_is_string(one) ? choice_find(list, slice_of(json_string_value(one))) : NULL;

        if (!choice)
            return wrong("ways", err);
        *ways |= 1u << (choice - list->choices);
    }
    return true;
}

/* "gbt4754 C/C34/C344" */
static bool codes_read(const json_t *facts, struct arena *arena, struct judged_facts *to, struct err *err)
{
    const json_t *member = json_object_get(facts, "codes"), *one;
    size_t i;

    if (member && (!json_is_array(member) || json_array_size(member) > MATCH_CODES))
        return wrong("codes", err);
    to->codes = arena_zero(arena, MATCH_CODES, sizeof *to->codes);
    json_array_foreach(member, i, one) {
        struct slice rest = json_is_string(one) ? arena_copy(arena, slice_of(json_string_value(one))) : SLICE(""), tree = rest;

        slice_cut(&rest, ' ', &tree);
        if (!tree.len || !rest.len)
            return wrong("codes", err);
        to->codes[to->code_count++] = (struct match_code){{tree.at, tree.len}, {rest.at, rest.len}};
    }
    return true;
}

static bool facts_read(const json_t *facts, struct arena *arena, struct judged_facts *to, struct err *err)
{
    int64_t from = 0, until = 0, region = 0;
    bool ok = number_read(facts, "trl_from", 1, 9, &from, err) && number_read(facts, "trl_to", 1, 9, &until, err)
              && number_read(facts, "amount", 0, INT64_MAX, &to->facts.amount, err)
              && number_read(facts, "region", 100000, 999999, &region, err) && day_take(facts, &to->facts.day, err)
              && ways_read(facts, &to->facts.ways, err) && codes_read(facts, arena, to, err);

    to->facts.trl_from = (int)from;
    to->facts.trl_to = (int)until;
    to->facts.region = (uint32_t)region;
    to->facts.pays = json_is_true(json_object_get(facts, "pays"));
    return ok;
}

bool judged_facts_read(const json_t *line, struct arena *arena, const struct judged_facts **facts, struct err *err)
{
    const json_t *said = json_object_get(line, "facts");
    struct judged_facts *to;

    *facts = NULL;
    if (!said && !json_object_get(line, "keywords"))
        return true;
    to = arena_zero(arena, 1, sizeof *to);
    to->facts = (struct match_facts){.amount = -1, .day = INT32_MIN};
    to->keywords = arena_copy(arena, json_member(line, "keywords"));
    *facts = to;
    return !said || json_is_null(said) || (json_is_object(said) ? facts_read(said, arena, to, err) : wrong(NULL, err));
}

/* --- writing --- */

void judged_texts_add(const struct match_doc *doc, enum match_class class_, const char *name, json_t *line)
{
    struct text all;

    text_init(&all);
    for (size_t i = 0; i < doc->text_count; i++)
        if (doc->texts[i].class_ == class_ && doc->texts[i].level == MATCH_PUBLIC) {
            if (all.len)
                text_putc(&all, '\n');
            text_add(&all, doc->texts[i].text.at, doc->texts[i].text.len);
        }
    if (all.len)
        json_put(line, name, text_slice(&all));
    text_release(&all);
}

static void codes_add(const struct match_doc *doc, json_t *facts)
{
    json_t *codes = json_array();

    for (size_t i = 0; i < doc->code_count; i++) {
        const struct match_code *code = &doc->codes[i];

        json_array_append_new(codes, json_sprintf("%.*s %.*s", (int)code->tree.len, code->tree.at, (int)code->path.len,
                                                  code->path.at));
    }
    if (doc->code_count)
        json_object_set_nocheck(facts, "codes", codes);
    json_decref(codes);
}

static void ways_add(uint32_t ways, json_t *facts)
{
    const struct choice_list *list = choice_list_get("way");
    json_t *codes = json_array();

    for (size_t i = 0; i < list->count; i++)
        if (ways >> i & 1)
            json_array_append_new(codes, json_string_nocheck(list->choices[i].code));
    if (ways)
        json_object_set_nocheck(facts, "ways", codes);
    json_decref(codes);
}

static void number_add(json_t *facts, const char *name, int64_t number, bool known)
{
    if (known)
        json_object_set_new_nocheck(facts, name, json_integer(number));
}

void judged_facts_add(const struct match_doc *doc, json_t *line)
{
    const struct match_facts *said = &doc->facts;
    json_t *facts = json_object();
    int year, month, day;

    judged_texts_add(doc, MATCH_KEYWORD, "keywords", line);
    codes_add(doc, facts);
    number_add(facts, "trl_from", said->trl_from, said->trl_from > 0);
    number_add(facts, "trl_to", said->trl_to, said->trl_to > 0);
    number_add(facts, "amount", said->amount, said->amount >= 0);
    if (said->pays)
        json_object_set_new_nocheck(facts, "pays", json_true());
    if (said->day != INT32_MIN) {
        day_to_ymd(said->day, &year, &month, &day);
        json_object_set_new_nocheck(facts, "day", json_sprintf("%04d-%02d-%02d", year, month, day));
    }
    ways_add(said->ways, facts);
    number_add(facts, "region", said->region, said->region > 0);
    json_object_set_new_nocheck(line, "facts", facts);
}
