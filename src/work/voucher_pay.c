/* What is paid with an innovation voucher, a pilot job or an order of a service, from the reservation to the movement that spends it. */
#include "work/pilot.h"

static const char voucher_text[] = "SELECT id FROM voucher WHERE holder = ?1 AND number = ?2 AND to_leaf IS NULL ORDER BY id LIMIT 1";

bool voucher_named(struct matter_draft *draft, const struct voucher_payer *payer, struct record **voucher, struct err *err)
{
    struct record *matter = &draft->matter;
    int64_t id;
    bool found;

    if (!sql_one(draft->sql, voucher_text, SQL_ARGS(sql_int(matter_number(matter, payer->client)), sql_text(matter_text(matter, payer->number))), &id,
                 &found, err))
        return false;
    if (!found)
        return MATTER_WRONG(err, payer->kind, payer->number, "委托方没有这个券号的创新券");
    matter_set_number(matter, payer->voucher, id);
    return pilot_record(draft, payer->kind, payer->voucher, &kind_voucher, id, voucher, err);
}

static bool move_of(struct matter_draft *draft, const struct voucher_payer *payer, const struct record *matter, struct record *voucher,
                    struct voucher_move *move, struct err *err)
{
    *move = (struct voucher_move){.voucher = voucher, .payer_field = payer->use, .payer = draft->was.id, .platform = matter->owner,
                                  .amount = matter_number(matter, payer->part)};
    return payer->purpose(draft, &move->purpose, err);
}

/* The voucher that is held for it; NULL: none is. */
static bool held_of(struct matter_draft *draft, const struct voucher_payer *payer, struct record **voucher, struct voucher_move *move, struct err *err)
{
    *voucher = NULL;
    if (!matter_known(&draft->was, payer->voucher))
        return true;
    return pilot_record(draft, payer->kind, payer->voucher, &kind_voucher, matter_number(&draft->was, payer->voucher), voucher, err)
           && move_of(draft, payer, &draft->was, *voucher, move, err);
}

bool voucher_hold(struct matter_draft *draft, const struct voucher_payer *payer, struct err *err)
{
    struct voucher_move move;
    struct record *voucher;

    if (matter_known(&draft->was, payer->voucher))
        return err_set(err, ERR_INVALID, "这件%s已经用了一张券", payer->kind->label) || err_hint(err, "要换券的，先“不用券了”");
    return voucher_named(draft, payer, &voucher, err) && move_of(draft, payer, &draft->matter, voucher, &move, err)
           && voucher_move(draft, VOUCHER_RESERVE, &move, err);
}

static bool give_back(struct matter_draft *draft, const struct voucher_payer *payer, struct voucher_move *move, const char *note, struct err *err)
{
    struct value *values = draft->matter.values;

    move->note = note;
    values[payer->number] = values[payer->voucher] = values[payer->part] = (struct value){.known = false};
    return voucher_move(draft, VOUCHER_RELEASE, move, err);
}

bool voucher_back(struct matter_draft *draft, const struct voucher_payer *payer, const char *note, struct err *err)
{
    struct voucher_move move;
    struct record *voucher;

    return held_of(draft, payer, &voucher, &move, err) && (!voucher || give_back(draft, payer, &move, note, err));
}

bool voucher_return(struct matter_draft *draft, const struct voucher_payer *payer, struct err *err)
{
    if (!matter_known(&draft->was, payer->voucher))
        return err_set(err, ERR_INVALID, "这件%s没有用券", payer->kind->label);
    return voucher_back(draft, payer, "委托方不用券了", err);
}

bool voucher_in_time(struct matter_draft *draft, const struct voucher_payer *payer, struct err *err)
{
    struct voucher_move move;
    struct record *voucher;

    return held_of(draft, payer, &voucher, &move, err)
           && (!voucher || draft->today <= matter_day(voucher, VOUCHER_UNTIL) || give_back(draft, payer, &move, "服务完成时券已过期", err));
}

bool voucher_pays(struct matter_draft *draft, const struct voucher_payer *payer, int32_t served_on, struct err *err)
{
    struct voucher_move move;
    struct record *voucher;

    if (!held_of(draft, payer, &voucher, &move, err))
        return false;
    if (!voucher)
        return true;
    move.served_on = served_on;
    return voucher_move(draft, VOUCHER_SPEND, &move, err);
}

bool voucher_facts(struct matter_draft *draft, const struct voucher_payer *payer, int64_t amount, struct pilot_facts *facts, struct err *err)
{
    const struct record *matter = &draft->matter;
    struct voucher_stand stand;
    struct record *voucher;
    const char *purpose;

    if (!voucher_named(draft, payer, &voucher, err) || !voucher_stand(draft->sql, voucher, &stand, err) || !payer->purpose(draft, &purpose, err))
        return false;
    fact_yes(facts, "voucher_live", slice_is(matter_text(voucher, MATTER_STATE), "live"));
    fact_yes(facts, "voucher_purpose_fits", codes_have(voucher, VOUCHER_PURPOSES, purpose));
    fact_code(facts, "service_purpose", slice_of(purpose));
    fact_number(facts, "voucher_from", FACT_DAY, true, matter_day(voucher, VOUCHER_FROM));
    fact_number(facts, "voucher_until", FACT_DAY, true, matter_day(voucher, VOUCHER_UNTIL));
    fact_number(facts, "voucher_free", FACT_MONEY, true, voucher_free(&stand));
    fact_number(facts, "voucher_part", FACT_MONEY, true, matter_number(matter, payer->part));
    fact_number(facts, "voucher_share", FACT_SHARE, matter_known(voucher, VOUCHER_SHARE), matter_number(voucher, VOUCHER_SHARE));
    fact_number(facts, "service_amount", FACT_MONEY, true, amount);
    fact_yes(facts, "holder_platform_same", matter_number(voucher, VOUCHER_HOLDER) == matter->owner);
    fact_yes(facts, "place_limited", false); /* a voucher here has no field that could limit where it is used */
    return true;
}
