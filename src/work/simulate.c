#include "work/simulate.h"

#include "base/money.h"

bool simulate_way_read(struct slice code, enum simulate_way *way)
{
    static const char *const codes[SIMULATE_WAYS] = {"assign", "license", "equity", "self", "joint"};

    for (int i = 0; i < SIMULATE_WAYS; i++)
        if (slice_is(code, codes[i])) {
            *way = (enum simulate_way)i;
            return true;
        }
    return false;
}

static int64_t figure(const struct simulate_law *law, enum law_part part)
{
    return law->figures[part].value;
}

static bool has_agency(const struct simulate_question *question)
{
    for (size_t i = 0; i < question->count; i++)
        if (question->people[i].agency)
            return true;
    return false;
}

static struct allot_terms terms_of(const struct simulate_question *question, const struct simulate_law *law)
{
    return (struct allot_terms){
        .reward_floor = figure(law, LAW_REWARD),
        .reward_agreed = question->agreed,
        .main_floor = figure(law, LAW_MAIN),
        .agency_floor = has_agency(question) ? figure(law, LAW_AGENCY) : 0,
        .equity = question->way == SIMULATE_EQUITY,
        .public_research_refused = (figure(law, LAW_COSTS) & COSTS_NO_PUBLIC) != 0,
        .other_refused = (figure(law, LAW_COSTS) & COSTS_NO_OTHER) != 0,
    };
}

/* What the law forbids, and the text that does; LAW_PARTS: a slip of whoever asks. */
static enum law_part part_against(enum allot_refusal refusal)
{
    switch (refusal) {
    case ALLOT_BELOW_FLOOR:
        return LAW_REWARD;
    case ALLOT_MAIN_FLOOR:
        return LAW_MAIN;
    case ALLOT_AGENCY_FLOOR:
        return LAW_AGENCY;
    case ALLOT_CHIEF_EQUITY:
        return LAW_CHIEF;
    default:
        return LAW_PARTS;
    }
}

static const char *field_of(enum allot_refusal refusal)
{
    return refusal == ALLOT_TERMS ? "agreed" : refusal == ALLOT_NO_INCOME ? "amount" : "team";
}

static bool forbidden(const struct simulate_law *law, struct simulated *out, struct err *err)
{
    enum law_part part = part_against(out->allotment.refusal);

    if (part == LAW_PARTS)
        return err_field(err, field_of(out->allotment.refusal));
    out->why = *err;
    out->against = law->figures[part];
    return true;
}

/* --- taxes --- */

static bool cash_tax(const struct simulate_question *question, const struct simulate_law *law, struct simulated *out, size_t i,
                     struct err *err)
{
    struct tax_person person = {.income = question->incomes[i]};
    int64_t reward = out->allotment.shares[i].fen;
    int32_t counted = (int32_t)figure(law, LAW_COUNTED);

    return tax_reward(&law->scale, &person, reward, TAX_WHOLE, &out->whole[i], err)
        && tax_reward(&law->scale, &person, reward, counted ? counted : TAX_WHOLE, &out->relieved[i], err);
}

static bool people_tax(const struct simulate_question *question, const struct simulate_law *law, struct simulated *out,
                       struct err *err)
{
    for (size_t i = 0; i < out->allotment.count; i++) {
        int64_t worth = out->allotment.shares[i].fen;
        bool ok = question->way == SIMULATE_EQUITY
                    ? tax_equity(worth, 0, 0, (int32_t)figure(law, LAW_EQUITY), &out->later[i], err)
                    : cash_tax(question, law, out, i, err);

        if (!ok)
            return err_field(err, "team");
    }
    return true;
}

static bool unit_tax(const struct simulate_question *question, const struct simulate_law *law, struct simulated *out,
                     struct err *err)
{
    struct tax_transfer_law transfer = {figure(law, LAW_EXEMPT), (int32_t)figure(law, LAW_HALVED),
                                        (int32_t)figure(law, LAW_CORPORATE)};

    return (tax_transfer(out->allotment.net, question->earlier, &transfer, &out->corporate, err)
            && tax_stamp(question->amount, (int32_t)figure(law, LAW_STAMP), &out->stamp, err)
            && tax_vat(question->amount, (int32_t)figure(law, LAW_VAT), &out->vat, err))
        || err_field(err, "amount");
}

bool simulate(const struct simulate_question *question, const struct simulate_law *law, struct simulated *out, struct err *err)
{
    int64_t net;

    out->terms = terms_of(question, law);
    out->lawful = false;
    if (!tax_scale_check(&law->scale, err))
        return false;
    if (!allot_net(question->amount, question->costs, question->cost_count, &out->terms, &net, err))
        return err_field(err, err->line ? "costs" : "amount");
    out->deducted = question->amount - net;
    if (!allot(net, &out->terms, question->people, question->count, &out->allotment, err))
        return forbidden(law, out, err);
    out->lawful = true;
    return people_tax(question, law, out, err) && unit_tax(question, law, out, err);
}
