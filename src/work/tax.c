#include "work/tax.h"

#include <assert.h>

#include "base/money.h"

/* Fen in parts of WHOLE × WHOLE: a part of an amount (万分比) at a rate (万分比), unrounded. */
typedef __int128 exact_fen;

static const exact_fen EXACT_FEN = (exact_fen)TAX_WHOLE * TAX_WHOLE;

static bool amount_check(int64_t fen, struct err *err)
{
    return (fen >= 0 && fen <= MONEY_MAX) || err_set(err, ERR_INVALID, "金额要在 0 到 1000 万亿元之间");
}

static bool rate_check(int32_t rate, struct err *err)
{
    return (rate >= 0 && rate <= TAX_WHOLE) || err_set(err, ERR_INVALID, "税率或比例要在 0 到 100%% 之间");
}

/* --- individual income tax --- */

bool tax_scale_check(const struct tax_scale *scale, struct err *err)
{
    if (scale->count == 0 || scale->count > TAX_BRACKETS || scale->brackets[0].above != 0)
        return err_set(err, ERR_INVALID, "税率表要从 0 起，有 1 到 %d 级", TAX_BRACKETS);
    for (size_t i = 0; i < scale->count; i++) {
        if (!amount_check(scale->brackets[i].above, err) || !rate_check(scale->brackets[i].rate, err))
            return false;
        if (i > 0 && scale->brackets[i].above <= scale->brackets[i - 1].above)
            return err_set(err, ERR_INVALID, "税率表第 %zu 级的起点没有比上一级高", i + 1);
    }
    return amount_check(scale->allowance, err);
}

/* taxable: in parts of TAX_WHOLE of a fen. */
static int64_t scale_tax(const struct tax_scale *scale, exact_fen taxable, int32_t *top)
{
    exact_fen tax = 0;

    *top = 0;
    for (size_t i = 0; i < scale->count; i++) {
        exact_fen from = (exact_fen)scale->brackets[i].above * TAX_WHOLE;
        exact_fen to = i + 1 < scale->count ? (exact_fen)scale->brackets[i + 1].above * TAX_WHOLE : taxable;

        if (taxable <= from)
            break;
        tax += ((taxable < to ? taxable : to) - from) * scale->brackets[i].rate;
        *top = scale->brackets[i].rate;
    }
    return (int64_t)((2 * tax + EXACT_FEN) / (2 * EXACT_FEN));
}

/* The year's tax where `more`, in parts of TAX_WHOLE of a fen, is counted beside the person's income. */
static int64_t year_tax(const struct tax_scale *scale, const struct tax_person *person, exact_fen more, int32_t *top)
{
    exact_fen off = (exact_fen)scale->allowance + person->deducted;

    return scale_tax(scale, ((exact_fen)person->income - off) * TAX_WHOLE + more, top);
}

static bool person_check(const struct tax_person *person, struct err *err)
{
    return amount_check(person->income, err) && amount_check(person->deducted, err);
}

bool tax_year(const struct tax_scale *scale, const struct tax_person *person, int64_t *tax, struct err *err)
{
    int32_t top;

    assert(scale->count > 0 && scale->count <= TAX_BRACKETS);
    if (!person_check(person, err))
        return false;
    *tax = year_tax(scale, person, 0, &top);
    return true;
}

bool tax_reward(const struct tax_scale *scale, const struct tax_person *person, int64_t reward, int32_t counted_share,
                struct tax_rewarded *out, struct err *err)
{
    if (!amount_check(reward, err) || !rate_check(counted_share, err) || !tax_year(scale, person, &out->before, err))
        return false;
    out->counted = money_share(reward, counted_share, TAX_WHOLE, MONEY_HALF_UP);
    out->year = year_tax(scale, person, (exact_fen)reward * counted_share, &out->top);
    out->tax = out->year - out->before;
    out->left = reward - out->tax;
    return true;
}

bool tax_equity(int64_t proceeds, int64_t basis, int64_t fees, int32_t rate, int64_t *tax, struct err *err)
{
    if (!amount_check(proceeds, err) || !amount_check(basis, err) || !amount_check(fees, err) || !rate_check(rate, err))
        return false;
    *tax = proceeds > basis + fees ? money_share(proceeds - basis - fees, rate, TAX_WHOLE, MONEY_HALF_UP) : 0;
    return true;
}

/* --- the unit's taxes --- */

static int64_t above(int64_t income, int64_t most)
{
    return income > most ? income - most : 0;
}

bool tax_transfer(int64_t income, int64_t earlier, const struct tax_transfer_law *law, struct tax_transferred *out,
                  struct err *err)
{
    if (!amount_check(income, err) || !amount_check(earlier, err) || !amount_check(law->exempt_most, err)
        || !rate_check(law->counted_share, err) || !rate_check(law->rate, err))
        return false;
    out->above = above(income + earlier, law->exempt_most) - above(earlier, law->exempt_most);
    out->exempt = income - out->above;
    out->tax = money_share(out->above, (int64_t)law->counted_share * law->rate, (int64_t)TAX_WHOLE * TAX_WHOLE, MONEY_HALF_UP);
    out->full = money_share(income, law->rate, TAX_WHOLE, MONEY_HALF_UP);
    return true;
}

bool tax_stamp(int64_t amount, int32_t rate, int64_t *tax, struct err *err)
{
    if (!amount_check(amount, err) || !rate_check(rate, err))
        return false;
    *tax = money_share(amount, rate, TAX_WHOLE, MONEY_HALF_UP);
    return true;
}

bool tax_vat(int64_t price, int32_t rate, int64_t *tax, struct err *err)
{
    if (!amount_check(price, err) || !rate_check(rate, err))
        return false;
    *tax = money_share(price, rate, TAX_WHOLE + rate, MONEY_HALF_UP);
    return true;
}
