/* Beside a loan: how many days each stretch took, whether the consent stands, and what happened since (贷后信号). */
#include "base/clock.h"
#include "base/json.h"
#include "base/money.h"
#include "web/finance.h"
#include "web/fund.h"
#include "web/say.h"
#include "work/loan.h"

enum { NOTES = 2 /* of the sort's entries: kind_signal */ };

static void days_put(json_t *out, const struct loan_days *days)
{
    const struct {
        const char *name;
        int32_t days;
    } list[] = {{"pack", days->pack}, {"decision", days->decision}, {"drawdown", days->drawdown}};
    json_t *shown = json_object();

    for (size_t i = 0; i < sizeof list / sizeof *list; i++)
        if (list[i].days >= 0)
            json_put_id(shown, list[i].name, list[i].days); /* as text: none at all is said otherwise than 0 */
    json_fill(shown, "pack decision drawdown");
    json_object_set_new_nocheck(out, "days", shown);
}

static void money_put(const struct request *request, json_t *out, const char *name, int64_t fen)
{
    char text[MONEY_TEXT];

    json_put(out, name, slice_of(request->english ? money_show_english(fen, text) : money_show(fen, text)));
}

/* Where a signal can be looked at: a deal or a patent is not the bank's to open, the loan's own pages are. */
static json_t *signal_json(const struct matter_page *page, const struct loan_signal *signal, bool noting)
{
    json_t *out = json_object();

    json_object_set_new_nocheck(out, "label", code_label_json("loan_signal", slice_of(signal->sort)));
    json_put(out, "says", signal->says);
    json_put_day(out, "day", signal->day);
    json_object_set_new_nocheck(out, "record", label_json(signal->kind->name, signal->kind->label, signal->kind->label_en));
    json_object_set_new_nocheck(out, "noted", json_boolean(signal->noted));
    if (noting && !signal->noted)
        json_put(out, "note", slice_of(arena_print(page->request->arena, "/loans/%lld?step=note&sort=%s&about_kind=%s&about=%lld#step",
                                                   (long long)page->file.matter.id, signal->sort, signal->kind->name, (long long)signal->id)));
    json_fill(out, "note");
    return out;
}

static bool signals_put(const struct matter_page *page, json_t *out, struct err *err)
{
    struct loan_signal *list = arena_alloc(page->request->arena, LOAN_SIGNALS * sizeof *list);
    const struct matter_step *note = matter_step_find(&sort_loan, SLICE("note"));
    json_t *signals = json_array();
    size_t count = 0;

    json_object_set_new_nocheck(out, "signals", signals);
    if (!matter_known(&page->file.matter, LOAN_SIGNED_ON) || page->file.matter.status == RECORD_CLOSED)
        return true;
    if (!loan_signals(page->request->sql, &page->file.matter, page->file.entries[NOTES], page->file.counts[NOTES], page->file.today,
                      page->request->arena, list, &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        json_array_append_new(signals, signal_json(page, &list[i], matter_step_fits(&page->file, note)));
    return true;
}

static bool consent_put(const struct matter_page *page, json_t *out, struct err *err)
{
    struct record consent;
    json_t *shown = json_object();

    json_object_set_new_nocheck(out, "consent", shown);
    if (!record_get(page->request->sql, &kind_consent, matter_number(&page->file.matter, LOAN_CONSENT), page->request->arena, &consent, err))
        return false;
    json_put(shown, "href", slice_of(arena_print(page->request->arena, "/consents/%lld", (long long)consent.id)));
    json_object_set_new_nocheck(shown, "stands", json_boolean(consent_stands(&consent, page->file.today)));
    return true;
}

bool loan_panel(const struct matter_page *page, json_t *matter, struct err *err)
{
    const struct record *loan = &page->file.matter;
    struct loan_days days;
    json_t *out;

    if (page->file.sight != SIGHT_ALL || !loan->ver) {
        json_object_set_new_nocheck(matter, "loan", json_null());
        return true;
    }
    out = json_object();
    json_object_set_new_nocheck(matter, "loan", out);
    if (!loan_days(page->request->sql, loan, &days, err))
        return false;
    days_put(out, &days);
    if (matter_known(loan, LOAN_APPROVED)) {
        money_put(page->request, out, "open", loan_open(loan));
        money_put(page->request, out, "left", matter_number(loan, LOAN_APPROVED) - matter_number(loan, LOAN_DRAWN));
    }
    json_fill(out, "open left");
    return consent_put(page, out, err) && signals_put(page, out, err) && fund_loan_add(page, out, err);
}
