#include "work/stake.h"

#include "base/money.h"

typedef __int128 wide;

enum { WHOLE = 10000, YEAR = 365 };

/* The valuation × WHOLE, discounted and held between floor and ceiling. */
static wide valuation_of(const struct stake_terms *terms, int64_t valuation)
{
    wide scaled = (wide)valuation * (WHOLE - terms->discount);

    if (terms->floor && scaled < (wide)terms->floor * WHOLE)
        scaled = (wide)terms->floor * WHOLE;
    if (terms->ceiling && scaled > (wide)terms->ceiling * WHOLE)
        scaled = (wide)terms->ceiling * WHOLE;
    return scaled;
}

static bool no_price(struct err *err)
{
    err_set(err, ERR_INVALID, "估值或总股数没有填，算不出每股价格");
    return err_hint(err, "在融资轮次里填投前估值和融资前总股数");
}

bool stake_convert(const struct stake_terms *terms, const struct stake_round *round, struct stake_trial *trial, struct err *err)
{
    wide scaled, issued, shares, most;

    if (round->valuation <= 0 || round->shares <= 0)
        return no_price(err);
    scaled = valuation_of(terms, round->valuation);
    issued = round->no ? (wide)round->raised * round->shares / round->valuation : 0;
    shares = (wide)terms->amount * round->shares * WHOLE / scaled;
    most = (round->shares + issued) * terms->most / (WHOLE - terms->most);
    *trial = (struct stake_trial){.valuation = (int64_t)(scaled / WHOLE), .capped = shares > most};
    if (trial->capped)
        shares = most;
    if (shares > STAKE_MOST_SHARES || issued > STAKE_MOST_SHARES)
        return err_set(err, ERR_INVALID, "算出的股数超过一万亿股") || err_hint(err, "核对估值和总股数");
    trial->shares = (int64_t)shares;
    trial->cost = (int64_t)((shares * scaled + (wide)round->shares * WHOLE - 1) / ((wide)round->shares * WHOLE));
    trial->rest = terms->amount - trial->cost;
    trial->after = round->shares + (int64_t)issued + trial->shares;
    return true;
}

/* --- which round --- */

static int64_t raised_on(const struct stake_round *rounds, size_t count, int32_t day)
{
    int64_t sum = 0;

    for (size_t i = 0; i < count; i++)
        if (rounds[i].market && rounds[i].day == day)
            sum = sum > MONEY_MAX - rounds[i].raised ? MONEY_MAX : sum + rounds[i].raised;
    return sum;
}

/* Is the price a share of `a` lower than of `b`? The same: the smaller number. */
static bool lower_price(const struct stake_round *a, const struct stake_round *b)
{
    wide x = (wide)a->valuation * b->shares, y = (wide)b->valuation * a->shares;

    return x < y || (x == y && a->no < b->no);
}

static bool better_day(const struct stake_round *a, int64_t raised, const struct stake_round *b, int64_t other, int64_t least)
{
    if ((raised >= least) != (other >= least))
        return raised >= least;
    return raised >= least ? a->day < b->day : raised > other;
}

void stake_pick(const struct stake_round *rounds, size_t count, int64_t least, bool lower, size_t *pick, int64_t *raised)
{
    *pick = count;
    *raised = 0;
    for (size_t i = 0; i < count; i++) {
        int64_t sum = raised_on(rounds, count, rounds[i].day);
        bool same = *pick < count && rounds[i].day == rounds[*pick].day;

        if (!rounds[i].market)
            continue;
        if (*pick == count || (same ? (lower ? lower_price(&rounds[i], &rounds[*pick]) : rounds[i].no < rounds[*pick].no)
                                    : better_day(&rounds[i], sum, &rounds[*pick], *raised, least))) {
            *pick = i;
            *raised = sum;
        }
    }
}

int64_t stake_due(int64_t amount, int64_t rate, int32_t from, int32_t to)
{
    wide interest = (wide)amount * rate * (to > from ? to - from : 0), year = (wide)WHOLE * YEAR;

    return amount + (int64_t)((2 * interest + year) / (2 * year));
}

/* --- of the records --- */

struct stake_terms stake_terms_of(const struct record *stake)
{
    return (struct stake_terms){matter_number(stake, STAKE_AMOUNT), matter_number(stake, STAKE_DISCOUNT), matter_number(stake, STAKE_FLOOR),
                                matter_number(stake, STAKE_CEILING), matter_number(stake, STAKE_MOST)};
}

struct stake_round stake_round_of(const struct record *round)
{
    return (struct stake_round){.no = matter_number(round, ENTRY_NO), .day = matter_day(round, STAKE_ROUND_ON),
                                .market = matter_number(round, STAKE_ROUND_MARKET) != 0,
                                .raised = matter_number(round, STAKE_ROUND_RAISED),
                                .valuation = matter_number(round, STAKE_ROUND_VALUATION),
                                .shares = matter_number(round, STAKE_ROUND_SHARES)};
}

bool stake_round_agreed(const struct record *round)
{
    return matter_known(round, STAKE_ROUND_AGREED_ON);
}

bool stake_stands_on(const struct matter_file *file, const struct record *stake, struct stake_round *round)
{
    int64_t no = matter_number(stake, STAKE_ROUND);

    for (size_t i = 0; no && i < file->counts[STAKE_ROUNDS]; i++)
        if (matter_number(&file->entries[STAKE_ROUNDS][i], ENTRY_NO) == no) {
            *round = stake_round_of(&file->entries[STAKE_ROUNDS][i]);
            return true;
        }
    *round = (struct stake_round){.valuation = matter_number(stake, STAKE_VALUATION), .shares = matter_number(stake, STAKE_SHARES_NOW)};
    return !no && round->valuation && round->shares;
}
