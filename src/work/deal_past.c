/* How a past deal stands: what its rows do not show is not seen, and stands in nobody's way. */
#include "work/deal_int.h"

#include "record/past.h"

bool deal_is_past(const struct deal_file *file)
{
    return paper_yes(&file->deal, DEAL_PAST);
}

bool deal_rests(const struct deal_file *file)
{
    return deal_is_past(file) && !receipts_here(file);
}

int64_t receipts_here(const struct deal_file *file)
{
    int64_t here = papers_sum(file, KIND_RECEIPT, RECEIPT_AMOUNT) - papers_sum(file, KIND_PAST_RECEIPT, PAST_RECEIPT_AMOUNT);

    return here > 0 ? here : 0;
}

int64_t awards_here(const struct deal_file *file, size_t field)
{
    int64_t sum = 0;

    for (size_t i = 0; i < file->count[KIND_AWARD]; i++)
        if (paper_known(&file->papers[KIND_AWARD][i], AWARD_INCOME))
            sum += paper_number(&file->papers[KIND_AWARD][i], field);
    return sum;
}

static void unseen(struct pier_state *state)
{
    state->passed = false;
    state->unseen = true;
    state->turn = TURN_UNIT;
    state->due = 0;
    err_set(&state->missing, ERR_MISSING, N_("未见材料"));
    err_hint(&state->missing, N_("历史补录的表里没有；找到的，补进表里再导入一次"));
}

/* By the paper that shows it. What goes on here, and what came back from the registrar, is looked at as any deal's. */
void past_pier(const struct deal_file *file, enum pier pier, struct pier_state *state)
{
    static const enum kind_id shows[PIER_COUNT] = {
        [PIER_TITLE] = KIND_TITLE, [PIER_VALUE] = KIND_VALUATION, [PIER_NOTICE] = KIND_NOTICE, [PIER_APPROVE] = KIND_APPROVAL,
        [PIER_SIGN] = KIND_CONTRACT, [PIER_REGISTER] = KIND_REGISTRATION, [PIER_ALLOT] = KIND_AWARD, [PIER_TAX] = KIND_FILING};
    bool seen = pier == PIER_PRICE ? state->passed : file->count[shows[pier]] > 0;

    if (state->skipped || pier == PIER_RECEIVE || pier == PIER_CLOSE || (pier == PIER_ALLOT && receipts_here(file))
        || (pier == PIER_REGISTER && seen))
        return;
    if (!seen) {
        unseen(state);
        return;
    }
    state->passed = true;
    err_clear(&state->missing);
}

enum pier past_at(const struct deal_file *file)
{
    const struct record *registration = deal_newest(file, KIND_REGISTRATION), *contract = deal_newest(file, KIND_CONTRACT),
                        *award = deal_newest(file, KIND_AWARD);

    if (registration && paper_known(registration, REGISTRATION_REVOKED_ON))
        return PIER_REGISTER;
    if (!paper_is(&file->deal, DEAL_WAY, "self") /* there is nobody who pays */
        && papers_sum(file, KIND_RECEIPT, RECEIPT_AMOUNT) < paper_number(contract, CONTRACT_AMOUNT))
        return PIER_RECEIVE;
    if ((income_open(file) > 0 && net_open(file) > 0) || (award && !paper_known(award, AWARD_PAID_ON)))
        return PIER_ALLOT;
    return PIER_CLOSE;
}
