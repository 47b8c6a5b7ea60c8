/* What a paper names must be so: a registered number is one contract's, a person's number that person's, a licence is free to be given. */
#include "record/achievement.h"
#include "record/person.h"
#include "work/deal_int.h"
#include "work/licence.h"

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

static bool licence_wrong(struct err *err, const char *hint)
{
    err_hint(err, "%s；依据：技术合同司法解释 §25", hint);
    return err_field(err, kind_contract.fields[CONTRACT_LICENCE].name);
}

bool licence_fits(struct sql *sql, struct deal_draft *draft, struct err *err)
{
    struct record *contract = &draft->paper;
    const struct record *deal = &draft->now->deal;
    struct licences licences = {.achievement = paper_number(deal, DEAL_ACHIEVEMENT), .on = draft->now->today, .but_deal = deal->id,
                                .licensee = paper_number(deal, DEAL_BUYER_PARTY), .licensee_name = paper_text(deal, DEAL_BUYER)};
    bool open;

    if (!contract->kind || contract->kind->id != KIND_CONTRACT || draft->prior || !paper_is(deal, DEAL_WAY, "license"))
        return true;
    if (!licence_is_open(sql, paper_text(&draft->now->achievement, ACHIEVEMENT_RIGHTS), draft->arena, &open, err)
        || !licences_standing(sql, &licences, err))
        return false;
    if (open)
        contract->values[CONTRACT_OPEN] = (struct value){.known = true, .number = 1};
    if (licences.alone) {
        err_set(err, ERR_INVALID, "这项成果正在独占或排他许可期内，不能再许可他人");
        return licence_wrong(err, N_("等那份许可期满或者解除"));
    }
    if (licences.all && licence_alone(paper_text(contract, CONTRACT_LICENCE))) {
        err_set(err, ERR_INVALID, "已有 %lld 份许可在期内，不能再给独占或排他许可", (long long)licences.all);
        return licence_wrong(err, N_("改为普通许可，或者等那些许可期满、解除"));
    }
    return true;
}
