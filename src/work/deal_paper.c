/* Which papers a deal gives, and each as a file. */
#include "work/deal_paper_int.h"

#include <unistd.h>

#include "record/party.h"

const struct deal_paper deal_papers[] = {
    {&form_notice, "R03 R04", ready_notice, fill_notice},
    {&form_registration, "R61 R62 R63", ready_registration, fill_registration},
    {&form_allocation, "R20 R23 R24 R27", ready_allocation, fill_allocation},
    {&form_reward_notice, "R41", ready_reward_notice, fill_reward_notice},
    {&form_cash_tax, "R40 R41", ready_cash_tax, fill_cash_tax},
    {&form_equity_tax, "R42", ready_equity_tax, fill_equity_tax},
    {&form_annual_row, "R70", ready_registration, fill_annual_row},
};

const size_t deal_paper_count = sizeof deal_papers / sizeof *deal_papers;

const char *paper_ending(enum paper_format format)
{
    static const char *const endings[PAPER_FORMATS] = {[PAPER_PDF] = "pdf", [PAPER_DOCX] = "docx", [PAPER_XLSX] = "xlsx"};

    return endings[format];
}

const struct deal_paper *deal_paper_find(struct slice name)
{
    for (size_t i = 0; i < deal_paper_count; i++)
        if (slice_is(name, deal_papers[i].form->name))
            return &deal_papers[i];
    return NULL;
}

bool deal_paper_ready(const struct deal_paper *paper, struct deal_paper_work *work, struct err *why)
{
    return paper->ready(work, why);
}

/* The unit's own, the city's, or the one that comes with the program. */
static const char *template_of(const struct deal_paper_work *work, const struct paper_form *form, const char *data, const char *share)
{
    struct slice code = paper_text(&work->file->unit, PARTY_USCC);
    const char *own = arena_print(work->arena, "%s/papers/%.*s/%s.docx", data, (int)code.len, code.at, form->name);
    const char *city = arena_print(work->arena, "%s/papers/%s.docx", data, form->name);

    if (code.len && access(own, R_OK) == 0)
        return own;
    return access(city, R_OK) == 0 ? city : arena_print(work->arena, "%s/papers/%s.docx", share, form->name);
}

bool deal_paper_fill(const struct deal_paper *paper, struct deal_paper_work *work, struct err *err)
{
    fill_init(&work->fill, work->arena);
    if (!paper->ready(work, err) || !paper_common(work, err) || !paper->fill(work, err))
        return false;
    paper_basis(work, paper->rules);
    return true;
}

bool deal_paper_write(const struct deal_paper *paper, struct deal_paper_work *work, enum paper_format format, const char *data,
                      const char *share, const char *path, struct err *err)
{
    if (!deal_paper_fill(paper, work, err))
        return false;
    if (format == PAPER_PDF)
        return paper_pdf(paper->form, &work->fill, path, err);
    if (format == PAPER_XLSX)
        return paper_xlsx(paper->form, &work->fill, path, err);
    return paper_docx(template_of(work, paper->form, data, share), paper->form, &work->fill, path, err);
}
