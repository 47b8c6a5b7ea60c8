/* Who takes part in a matter and who sees what of it; a matter with its entries. */
#include "work/matter_int.h"

#include "base/clock.h"
#include "base/text.h"
#include "record/need.h"

/* Of each kind of entry, by its id: the entries of one matter; how many there are and the last number among them. */
static struct {
    char *all, *numbers;
} entry_texts[KIND_END];

static void entry_start(const struct kind *kind)
{
    struct text numbers;

    if (entry_texts[kind->id].all)
        return;
    entry_texts[kind->id].all = record_select(kind, "matter = ?1 AND to_leaf IS NULL ORDER BY no LIMIT ?2");
    text_init(&numbers);
    text_print(&numbers, "SELECT COUNT(*), COALESCE(MAX(no), 0) FROM %s WHERE matter = ?1 AND to_leaf IS NULL", kind->name);
    entry_texts[kind->id].numbers = text_detach(&numbers);
}

void matter_entries_start(void)
{
    entry_start(&kind_finding);
    for (size_t s = 0; s < matter_sort_count; s++)
        for (size_t i = 0; i < matter_sorts[s]->entry_count; i++)
            entry_start(matter_sorts[s]->entries[i]);
}

/* --- who --- */

bool matter_object(struct sql *sql, const struct matter_sort *sort, const struct record *matter, struct object *object, struct err *err)
{
    *object = (struct object){.kind = sort->kind, .id = matter->id, .owner = matter->owner, .status = matter->status};
    return party_region(sql, matter->owner, &object->region, err);
}

/* Who is there as a researcher alone takes part where the sort lets him: his unit's contracts and money are not his to bind. */
bool matter_acts_for(const struct matter_sort *sort, size_t side, const struct actor *actor, int64_t party)
{
    return (sort->researchers & SIDE(side)) ? acts_for(actor, party) : stands_for(actor, party);
}

unsigned matter_side_roles(const struct matter_side *side)
{
    return side->field == SIDE_OFFICERS ? ROLE_OFFICERS : side->field == SIDE_ROLE ? side->roles : 0;
}

static bool is_side(const struct matter_sort *sort, size_t at, const struct record *matter, const struct actor *actor, const struct object *object)
{
    const struct matter_side *side = &sort->sides[at];

    if (side->field == SIDE_OWNER)
        return matter_acts_for(sort, at, actor, matter->owner);
    if (matter_side_roles(side))
        return role_over(actor, matter_side_roles(side), object);
    if (side->field == SIDE_JOINED)
        return false;
    if (!matter_known(matter, (size_t)side->field))
        return false;
    if (matter->kind->fields[side->field].type == FIELD_PERSON)
        return actor->person && actor->person == matter_number(matter, (size_t)side->field);
    return matter_acts_for(sort, at, actor, matter_number(matter, (size_t)side->field));
}

bool matter_sealed(struct sql *sql, const struct matter_sort *sort, const struct record *matter, bool *sealed, struct err *err)
{
    *sealed = false;
    return !sort->sealed || !matter->ver || sort->sealed(sql, matter, sealed, err);
}

/* Who takes part as one of those whose matter it is does not decide on it as its officer. */
static unsigned not_both(const struct matter_sort *sort, unsigned sides)
{
    unsigned officers = 0;

    for (size_t i = 0; i < sort->side_count; i++)
        officers |= sort->sides[i].field == SIDE_OFFICERS ? SIDE(i) : 0;
    return sides & ~officers ? sides & ~officers : sides;
}

/* Of one that is sealed. */
static bool keeps(const struct matter_sort *sort, size_t side)
{
    return sort->keepers ? (sort->keepers & SIDE(side)) != 0 : sort->sides[side].field == SIDE_OWNER;
}

/* What is sealed has its keepers' sides alone. */
static bool sides_of(const struct matter_look *look, const struct actor *actor, unsigned *sides, struct err *err)
{
    const struct matter_sort *sort = look->sort;

    *sides = 0;
    for (size_t i = 0; i < sort->side_count; i++) {
        const struct matter_side *side = &sort->sides[i];
        bool is = (actor_is_program(actor) || is_side(sort, i, look->matter, actor, &look->object)) && (!look->sealed || keeps(sort, i));

        if (!is && !look->sealed && side->field == SIDE_JOINED && !sort->joined(look->sql, look->matter, i, actor, &is, err))
            return false;
        *sides |= is ? SIDE(i) : 0;
    }
    if (!actor_is_program(actor))
        *sides = not_both(sort, *sides);
    return true;
}

bool matter_look_at(struct sql *sql, const struct matter_sort *sort, const struct record *matter, struct matter_look *look, struct err *err)
{
    *look = (struct matter_look){.sql = sql, .sort = sort, .matter = matter};
    return matter_object(sql, sort, matter, &look->object, err) && matter_sealed(sql, sort, matter, &look->sealed, err);
}

bool matter_sides(struct sql *sql, const struct matter_sort *sort, const struct record *matter, const struct actor *actor,
                  unsigned *sides, struct err *err)
{
    struct matter_look look;

    return matter_look_at(sql, sort, matter, &look, err) && sides_of(&look, actor, sides, err);
}

bool matter_look_sight(const struct matter_look *look, const struct actor *actor, unsigned *sides, enum matter_sight *sight, struct err *err)
{
    const struct matter_sort *sort = look->sort;

    if (!sides_of(look, actor, sides, err))
        return false;
    if (*sides || (!look->sealed && auditor_of(actor, &look->object)))
        *sight = SIGHT_ALL;
    else if (look->sealed)
        *sight = SIGHT_NONE;
    else if (sort->open && sort->open(look->matter))
        *sight = SIGHT_OPEN;
    else
        *sight = officer_of(actor, &look->object) ? SIGHT_LINE : SIGHT_NONE;
    return true;
}

bool matter_sight(struct sql *sql, const struct matter_sort *sort, const struct record *matter, const struct actor *actor,
                  unsigned *sides, enum matter_sight *sight, struct err *err)
{
    struct matter_look look;

    return matter_look_at(sql, sort, matter, &look, err) && matter_look_sight(&look, actor, sides, sight, err);
}

/* The need that the matter is about, where its firm hides; *hides false: there is none, or it does not. */
static bool need_hides(struct sql *sql, const struct matter_sort *sort, const struct record *matter, struct arena *arena, struct record *need,
                       bool *hides, struct err *err)
{
    const struct matter_state *state = matter_state_of(sort, matter);
    size_t field = (size_t)sort->need;
    const struct kind *named = sort->need ? matter_id_kind(sort->kind, field, matter_text(matter, field - 1)) : NULL;
    const struct matter_sort *through = named ? matter_sort_of(named) : NULL;
    struct record about;
    struct err ignored;

    *hides = false;
    if (!named || (named != &kind_need && !through) || !matter_known(matter, field) || (state && (sort->unveils & STATE(state - sort->states))))
        return true;
    if (!record_get(sql, named, matter_number(matter, field), arena, &about, &ignored))
        return ignored.code == ERR_MISSING || (*err = ignored, false);
    if (through)
        return need_hides(sql, through, &about, arena, need, hides, err);
    *need = about;
    *hides = matter_number(need, NEED_HIDDEN) != 0;
    return true;
}

bool matter_veils(struct sql *sql, const struct matter_sort *sort, const struct record *matter, const struct actor *actor, struct arena *arena,
                  int64_t *party, struct slice *alias, struct err *err)
{
    struct object object;
    struct record need;
    bool hides;

    *party = 0;
    *alias = SLICE("");
    if (!need_hides(sql, sort, matter, arena, &need, &hides, err))
        return false;
    if (!hides || acts_for(actor, need.owner) || actor_is_program(actor))
        return true;
    if (!matter_object(sql, sort, matter, &object, err))
        return false;
    *party = auditor_of(actor, &object) ? 0 : need.owner;
    *alias = matter_text(&need, NEED_ALIAS);
    return true;
}

bool matter_sees(const struct matter_sort *sort, unsigned sides, enum matter_sight sight, const struct kind *kind, size_t field)
{
    bool leading = kind == sort->kind && field < MATTER_OWN;
    unsigned whose;

    switch (sight) {
    case SIGHT_ALL: /* what is no side's to read here, as the content of an asset pack, an auditor does not read here either */
        whose = sort->seen_by ? sort->seen_by(kind, field) : ~0u;
        return leading || (sides ? whose & sides : whose) != 0;
    case SIGHT_OPEN:
        return leading || kind->fields[field].level == LEVEL_PUBLIC;
    case SIGHT_LINE:
        return leading;
    case SIGHT_NONE:
        break;
    }
    return false;
}

struct slice matter_title_at(const struct matter_sort *sort, const struct record *matter, enum matter_sight sight)
{
    if (sight == SIGHT_NONE)
        return SLICE("");
    return matter_text(matter, sight == SIGHT_OPEN && sort->open_title ? (size_t)sort->open_title : MATTER_TITLE);
}

/* --- one with its entries --- */

bool matter_entries(struct sql *sql, const struct kind *kind, int64_t matter, size_t most, struct arena *arena, struct record **list,
                    size_t *count, struct err *err)
{
    *list = arena_alloc(arena, most * sizeof **list);
    return record_rows(sql, kind, entry_texts[kind->id].all, SQL_ARGS(sql_int(matter), sql_int((int64_t)most)), most, arena, *list, count, err);
}

bool matter_next_number(struct sql *sql, const struct kind *kind, int64_t matter, int64_t *number, struct err *err)
{
    struct sql_rows rows;
    int64_t count = 0;

    if (!sql_rows(sql, entry_texts[kind->id].numbers, SQL_ARGS(sql_int(matter)), &rows, err))
        return false;
    if (sql_next(&rows)) {
        count = sql_number(&rows, 0);
        *number = sql_number(&rows, 1) + 1;
    }
    if (!sql_done(&rows, err))
        return false;
    return count < MATTER_ENTRY_ROWS || err_set(err, ERR_CONFLICT, "%s已有 %d 条，不能再加", kind->label, MATTER_ENTRY_ROWS);
}

bool matter_load(struct sql *sql, const struct matter_sort *sort, int64_t id, const struct actor *actor, int32_t today, struct arena *arena,
                 struct matter_file *file, struct err *err)
{
    *file = (struct matter_file){.sort = sort, .today = today};
    if (!record_get(sql, sort->kind, id, arena, &file->matter, err)
        || !matter_sight(sql, sort, &file->matter, actor, &file->sides, &file->sight, err))
        return false;
    if (file->sight == SIGHT_NONE)
        return record_missing(sort->kind, err);
    for (size_t i = 0; i < sort->entry_count; i++)
        if (!matter_entries(sql, sort->entries[i], id, MATTER_ENTRY_ROWS, arena, &file->entries[i], &file->counts[i], err))
            return false;
    return true;
}

static size_t entry_at(const struct matter_sort *sort, const struct kind *kind)
{
    size_t i = 0;

    while (i < sort->entry_count && sort->entries[i] != kind)
        i++;
    return i;
}

const struct record *matter_step_entry(const struct matter_file *file, const struct matter_step *step, int64_t entry)
{
    size_t at = entry_at(file->sort, step->entry);

    for (size_t i = at < file->sort->entry_count ? file->counts[at] : 0; i-- > 0;) {
        const struct record *there = &file->entries[at][i];

        if ((!entry || there->id == entry) && (!step->amendable || step->amendable(there)))
            return there;
    }
    return NULL;
}

bool matter_step_fits(const struct matter_file *file, const struct matter_step *step)
{
    const struct matter_state *state = matter_state_of(file->sort, &file->matter);

    return state && !(step->from & MATTER_NEW) && (step->from & STATE(state - file->sort->states)) && (step->by & file->sides)
           && (!step->when || step->when(&file->matter)) && (step->how != MATTER_AMEND || matter_step_entry(file, step, 0));
}

bool matter_late(const struct record *matter, int32_t today)
{
    int32_t due = matter_day(matter, MATTER_DUE);

    return due && due < today;
}

/* --- values --- */

int32_t matter_day(const struct record *record, size_t field)
{
    int32_t day;

    return record->values[field].known && day_parse(record->values[field].text, &day) ? day : 0;
}

void matter_set_number(struct record *record, size_t field, int64_t number)
{
    record->values[field] = (struct value){.known = true, .number = number};
}

void matter_set_text(struct record *record, size_t field, struct slice text)
{
    record->values[field] = (struct value){.known = text.len > 0, .text = text};
}

void matter_set_day(struct record *record, size_t field, int32_t day, struct arena *arena)
{
    char shown[CLOCK_TEXT];

    matter_set_text(record, field, day ? arena_copy(arena, slice_of(day_show(day, shown))) : SLICE(""));
}

void matter_set_due(struct record *matter, int32_t day, struct arena *arena)
{
    if (day != matter_day(matter, MATTER_DUE))
        matter->values[MATTER_TOLD] = (struct value){0};
    matter_set_day(matter, MATTER_DUE, day, arena);
}
