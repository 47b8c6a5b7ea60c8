#include "work/deal_flag.h"

#include "base/clock.h"
#include "base/said.h"
#include "work/deal_int.h"

/* What was done on that day rested on the registration that stood then: the last one decided by then. */
static bool rests_on_revoked(const struct deal_file *file, int32_t day)
{
    const struct record *on = NULL;

    for (size_t i = 0; i < file->count[KIND_REGISTRATION]; i++) {
        const struct record *registration = &file->papers[KIND_REGISTRATION][i];

        if (paper_is(registration, REGISTRATION_RESULT, "registered") && paper_day(registration, REGISTRATION_DECIDED_ON) <= day)
            on = registration;
    }
    return on && paper_known(on, REGISTRATION_REVOKED_ON);
}

struct flags {
    const struct deal_file *file;
    struct deal_flag *list;
    size_t count;
};

static void flag(struct flags *flags, struct deal_flag one)
{
    if (one.day && flags->count < FLAGS_MOST && rests_on_revoked(flags->file, one.day))
        flags->list[flags->count++] = one;
}

static void filings_flag(struct flags *flags)
{
    const struct deal_file *file = flags->file;

    for (size_t i = 0; i < file->count[KIND_FILING]; i++) {
        const struct record *filing = &file->papers[KIND_FILING][i];
        bool cash = paper_is(filing, FILING_SORT, "cash");

        flag(flags, (struct deal_flag){cash ? N_("现金奖励个人所得税备案") : N_("技术入股递延纳税备案"),
                                       cash ? N_("财税〔2018〕58号") : N_("财税〔2016〕101号"), paper_text(filing, FILING_NUMBER),
                                       paper_day(filing, FILING_FILED_ON)});
    }
}

static void awards_flag(struct flags *flags)
{
    const struct deal_file *file = flags->file;

    for (size_t i = 0; i < file->count[KIND_AWARD]; i++) {
        const struct record *award = &file->papers[KIND_AWARD][i];

        if (paper_yes(award, AWARD_HALF))
            flag(flags, (struct deal_flag){N_("现金奖励减按 50% 计税"), N_("财税〔2018〕58号"), paper_text(award, AWARD_VOUCHER),
                                           paper_day(award, AWARD_PAID_ON)});
    }
}

/* Reliefs of the unit itself that it said it claims. */
static void claims_flag(struct flags *flags)
{
    static const struct {
        const char *fact, *what, *article;
    } claims[] = {{"claim_vat", N_("增值税免税"), N_("财税〔2016〕36号附件3（二十六）")},
                  {"claim_gain", N_("技术转让所得减免企业所得税"), N_("企业所得税法实施条例 §90")},
                  {"benefit_claimed", N_("凭登记申报的政策优惠"), N_("技术合同认定登记管理办法")}};
    const struct deal_file *file = flags->file;

    for (size_t i = 0; i < file->count[KIND_STATEMENT]; i++) {
        const struct record *statement = &file->papers[KIND_STATEMENT][i];

        for (size_t c = 0; c < sizeof claims / sizeof *claims; c++)
            if (paper_is(statement, STATEMENT_FACT, claims[c].fact)
                && (paper_is(statement, STATEMENT_VALUE, "yes") || paper_is(statement, STATEMENT_VALUE, "是")))
                flag(flags, (struct deal_flag){claims[c].what, claims[c].article, SLICE(""), day_of_ms(statement->valid_from)});
    }
}

size_t deal_flags(const struct deal_file *file, struct deal_flag list[FLAGS_MOST])
{
    struct flags flags = {file, list, 0};

    filings_flag(&flags);
    awards_flag(&flags);
    claims_flag(&flags);
    return flags.count;
}
