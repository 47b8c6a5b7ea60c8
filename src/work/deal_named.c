/* What a paper names must be so: a registered number is one contract's, a person's number that person's. */
#include "record/person.h"
#include "work/deal_int.h"

/* Said in words before the index registration_number says it in none. */
static bool number_free(struct sql *sql, const struct deal_draft *draft, struct err *err)
{
    const struct record *paper = &draft->paper;
    int64_t other;
    bool taken;

    if (!paper->kind || paper->kind->id != KIND_REGISTRATION || !paper_known(paper, REGISTRATION_NUMBER)
        || paper_known(paper, REGISTRATION_REVOKED_ON))
        return true;
    if (!sql_one(sql, "SELECT id FROM registration WHERE number = ?1 AND id <> ?2 AND to_leaf IS NULL AND revoked_on IS NULL",
                 SQL_ARGS(sql_text(paper_text(paper, REGISTRATION_NUMBER)), sql_int(paper->id)), &other, &taken, err))
        return false;
    if (!taken)
        return true;
    err_set(err, ERR_CONFLICT, "这个登记编号已经用在另一份合同上");
    err_hint(err, "请照登记证明核对编号");
    return err_field(err, kind_registration.fields[REGISTRATION_NUMBER].name);
}

bool person_is(struct sql *sql, int64_t id, struct slice named, int64_t unit, struct arena *arena, struct err *err)
{
    struct record person;
    struct slice name;

    if (!record_get(sql, &kind_person, id, arena, &person, err))
        return err->code == ERR_MISSING && err_set(err, ERR_INVALID, "没有编号 %lld 的人员", (long long)id);
    if (unit && person.values[PERSON_PARTY].number != unit)
        return err_set(err, ERR_INVALID, "编号 %lld 的人员不是这个单位的", (long long)id);
    name = person.values[PERSON_NAME].text;
    return slice_same(name, named)
           || err_set(err, ERR_INVALID, "编号 %lld 是%.*s，不是%.*s", (long long)id, (int)name.len, name.at, (int)named.len, named.at);
}

static bool person_named(struct sql *sql, const struct deal_draft *draft, struct slice line, struct err *err)
{
    struct member member;

    return member_read(line, &member, err)
           && (!member.person || person_is(sql, member.person, member.name, 0, draft->arena, err));
}

static bool people_named(struct sql *sql, const struct deal_draft *draft, struct err *err)
{
    const struct record *paper = &draft->paper;

    for (size_t i = 0; paper->kind && i < paper->kind->count; i++) {
        struct slice lines = paper->kind->fields[i].type == FIELD_MEMBERS ? paper_text(paper, i) : SLICE(""), line;

        while (lines.len && slice_cut(&lines, '\n', &line))
            if (!person_named(sql, draft, line, err)) {
                err_hint(err, "人员编号在人员页的地址里；不在本平台的人不写编号");
                return err_field(err, paper->kind->fields[i].name);
            }
    }
    return true;
}

bool names_known(struct sql *sql, const struct deal_draft *draft, struct err *err)
{
    return number_free(sql, draft, err) && people_named(sql, draft, err);
}
