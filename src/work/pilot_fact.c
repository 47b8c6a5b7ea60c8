/* What the rules are told of a pilot job, and how its steps find what they are about. */
#include "work/pilot.h"

#include <assert.h>

static struct fact *fact_next(struct pilot_facts *facts, const char *name, enum fact_kind kind)
{
    struct fact *fact = &facts->list[facts->count++];

    assert(facts->count <= PILOT_FACTS);
    *fact = (struct fact){.name = name, .kind = kind, .known = true, .source = FACT_DECLARED};
    return fact;
}

void fact_yes(struct pilot_facts *facts, const char *name, bool yes)
{
    fact_next(facts, name, FACT_YES)->value = yes;
}

void fact_number(struct pilot_facts *facts, const char *name, enum fact_kind kind, bool known, int64_t value)
{
    struct fact *fact = fact_next(facts, name, kind);

    fact->known = known;
    fact->value = value;
}

void fact_code(struct pilot_facts *facts, const char *name, struct slice code)
{
    struct fact *fact = fact_next(facts, name, FACT_CODE);

    fact->known = code.len > 0;
    fact->code = code;
}

bool pilot_record(struct matter_draft *draft, const struct kind *of, size_t field, const struct kind *kind, int64_t id,
                  struct record **record, struct err *err)
{
    *record = arena_zero(draft->arena, 1, sizeof **record);
    if (record_get(draft->sql, kind, id, draft->arena, *record, err))
        return true;
    return err->code == ERR_MISSING ? MATTER_WRONG(err, of, field, "没有这个编号的%s", kind->label) : false;
}

bool codes_have(const struct record *record, size_t field, const char *code)
{
    return field_list_has(matter_text(record, field), slice_of(code));
}

bool codes_cover(const struct record *record, size_t field, struct slice wanted)
{
    for (struct slice code; wanted.len && slice_cut(&wanted, '\n', &code);)
        if (code.len && !field_list_has(matter_text(record, field), code))
            return false;
    return true;
}
