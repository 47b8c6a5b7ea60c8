#include "web/route.h"

#include "base/ident.h"
#include "web/handlers.h"
#include "work/attachment.h"
#include "work/matter.h"

enum { FORM_BODY = 256 << 10, FILE_BODY = 20 << 20, ATTACHED_BODY = ATTACHMENT_MOST + (1 << 20) /* and the form around it */, SMALL_BODY = 16 << 10 };

const struct route routes[] = {
    {"GET", "/", home_get, WHO_ANY, 0, RATE_READ, false, NULL},
    {"GET", "/match", match_get, WHO_ANY, 0, RATE_BOX, true, "The box: one text, seven columns of answers"},
    {"POST", "/match", match_post, WHO_ANY, FILE_BODY, RATE_BOX, true, "The box, for long texts and files"},
    {"GET", "/simulate", simulate_any, WHO_ANY, 0, RATE_READ, true, "What a transfer would leave to each person and to the unit, before and after tax"},
    {"POST", "/simulate", simulate_any, WHO_ANY, FORM_BODY, RATE_READ, false, NULL},
    {"GET", "/desk", desk_get, WHO_SIGNED_IN, 0, RATE_READ, true, "What waits for me, my records and who fits them, my imports and drafts"},
    {"GET", "/sign-in", sign_in_get, WHO_ANY, 0, RATE_READ, false, NULL},
    {"POST", "/sign-in", sign_in_post, WHO_ANY, FORM_BODY, RATE_SIGN_IN, true, "A token for a program"}, /* a page's, with what stood in the box: web/carry.h */
    {"POST", "/sign-out", sign_out_post, WHO_SIGNED_IN, SMALL_BODY, RATE_WRITE, true, "End this token"},
    {"GET", "/account", own_account_get, WHO_SIGNED_IN, 0, RATE_READ, true, "My account and its sessions"},
    {"POST", "/account/password", password_post, WHO_SIGNED_IN, FORM_BODY, RATE_SIGN_IN, false, NULL},
    {"POST", "/account/sessions", sessions_post, WHO_SIGNED_IN, SMALL_BODY, RATE_WRITE, false, NULL},
    {"POST", "/account/reminders", wishes_post, WHO_SIGNED_IN, SMALL_BODY, RATE_SIGN_IN, false, NULL}, /* it may write to somebody whose address is not confirmed */
    {"POST", "/account/confirm", wish_confirm_post, WHO_SIGNED_IN, SMALL_BODY, RATE_SIGN_IN, false, NULL},
    {"POST", "/account/calendar", feed_post, WHO_SIGNED_IN, SMALL_BODY, RATE_WRITE, false, NULL},
    {"GET", "/inbox", inbox_page_get, WHO_SIGNED_IN, 0, RATE_READ, true, "What I was told, newest first"},
    {"POST", "/inbox/read", inbox_read_post, WHO_SIGNED_IN, SMALL_BODY, RATE_WRITE, true, "Mark a message read, or all up to it"},
    {"GET", "/calendar/:file", calendar_get, WHO_ANY, 0, RATE_READ, false, NULL}, /* for calendar programs: the address is the key */
    {"GET", "/accounts", accounts_get, WHO_SIGNED_IN, 0, RATE_READ, true, "The accounts that I keep or audit, by login name"},
    {"POST", "/accounts", account_make_post, WHO_SIGNED_IN, SMALL_BODY, RATE_WRITE, true, "Open an account; its first password is answered once"},
    {"GET", "/accounts/new", account_new, WHO_SIGNED_IN, 0, RATE_READ, false, NULL},
    {"GET", "/accounts/:id", account_view, WHO_SIGNED_IN, 0, RATE_READ, true, "An account, its roles and what happened to it"},
    {"POST", "/accounts/:id", account_edit_post, WHO_SIGNED_IN, SMALL_BODY, RATE_WRITE, true, "Change an account"},
    {"POST", "/accounts/:id/disable", account_disable_post, WHO_SIGNED_IN, SMALL_BODY, RATE_WRITE, true, "Disable an account and end its sessions"},
    {"POST", "/accounts/:id/enable", account_enable_post, WHO_SIGNED_IN, SMALL_BODY, RATE_WRITE, true, "Enable an account"},
    {"POST", "/accounts/:id/password", account_password_post, WHO_SIGNED_IN, SMALL_BODY, RATE_WRITE, true, "Reset a password; the new first one is answered once"},
    {"POST", "/accounts/:id/roles", account_roles_post, WHO_SIGNED_IN, SMALL_BODY, RATE_WRITE, true, "Give an account a role, or take it back"},
    {"GET", "/import", import_get, WHO_SIGNED_IN, 0, RATE_READ, false, NULL},
    {"POST", "/import", import_post, WHO_SIGNED_IN, FILE_BODY, RATE_FILE, false, NULL},
    {"GET", "/import/:id", import_look, WHO_SIGNED_IN, 0, RATE_READ, false, NULL},
    {"GET", "/import/:id/records", import_records_get, WHO_SIGNED_IN, 0, RATE_READ, false, NULL},
    {"GET", "/import/:id/bad", import_bad_get, WHO_SIGNED_IN, 0, RATE_FILE, false, NULL},
    {"POST", "/import/:id", import_run, WHO_SIGNED_IN, FORM_BODY, RATE_WRITE, false, NULL},
    {"GET", "/codes/*", codes_get, WHO_ANY, 0, RATE_READ, true, "Search a code tree: industries, IPC, divisions, disciplines"},
    {"GET", "/rules", rules_get, WHO_ANY, 0, RATE_READ, true, "The rulebook: the law as rules, by theme, narrowed by words, theme and region"},
    {"GET", "/rules/:rule", rule_get, WHO_ANY, 0, RATE_READ, true, "A rule, and its answer for the facts in the query: each under its own name"},
    {"GET", "/assess", assess_list_get, WHO_ANY, 0, RATE_READ, true, "Self-assessments of a firm, and how much of each is known"},
    {"GET", "/assess/:rule", assess_get, WHO_ANY, 0, RATE_READ, true, "A self-assessment (R50, R51, R52, R46), by facts in the query under their own names over those stored of the own organisation"},
    {"POST", "/assess/:rule", assess_post, WHO_ANY, FORM_BODY, RATE_WRITE, true, "The same; save=1 keeps what was answered as facts that the own organisation declares"},
    {"GET", "/docs/api", api_page_get, WHO_ANY, 0, RATE_READ, false, NULL},
    {"GET", "/docs/privacy", privacy_get, WHO_ANY, 0, RATE_READ, false, NULL},
    {"GET", "/openapi.json", openapi_get, WHO_ANY, 0, RATE_READ, true, "This description"},
    {"GET", "/assets/*", asset_get, WHO_NOBODY, 0, RATE_NONE, false, NULL},
    {"GET", "/healthz", healthz_get, WHO_NOBODY, 0, RATE_NONE, false, NULL},
    {"GET", "/readyz", readyz_get, WHO_NOBODY, 0, RATE_NONE, false, NULL},
    {"GET", "/log/checkpoint", log_checkpoint_get, WHO_NOBODY, 0, RATE_READ, false, NULL},
    {"GET", "/log/sm3/checkpoint", log_checkpoint_get, WHO_NOBODY, 0, RATE_READ, false, NULL},
    {"GET", "/log/tile/entries/*", log_entries_get, WHO_SIGNED_IN, 0, RATE_READ, false, NULL},
    {"GET", "/log/tile/*", log_tile_get, WHO_NOBODY, 0, RATE_READ, false, NULL},
    {"GET", "/log/sm3/tile/*", log_tile_get, WHO_NOBODY, 0, RATE_READ, false, NULL},
    {"GET", "/log/stamp/checkpoint", log_stamp_get, WHO_ANY, 0, RATE_READ, false, NULL},
    {"GET", "/log/stamp/reply", log_stamp_get, WHO_ANY, 0, RATE_READ, false, NULL},
    {"GET", "/log/key", log_key_get, WHO_NOBODY, 0, RATE_READ, false, NULL},
    {"GET", "/log/proof", log_proof_get, WHO_ANY, 0, RATE_READ, true, "That a line of the history is in the signed log"},
    {"GET", "/drafts/:id", draft_get, WHO_SIGNED_IN, 0, RATE_READ, false, NULL},
    {"POST", "/drafts/:id/delete", draft_delete, WHO_SIGNED_IN, SMALL_BODY, RATE_WRITE, false, NULL},
    {"GET", "/rights", rights_get, WHO_SIGNED_IN, 0, RATE_READ, true, "What is mine in the transfers of my unit"},
    {"GET", "/notices", notices_get, WHO_ANY, 0, RATE_READ, true, "The board of notices: transfers that units announce"},
    {"GET", "/needs-waiting", needs_waiting_get, WHO_SIGNED_IN, 0, RATE_READ, true, "Open needs that no technology manager has taken, longest waiting first, and how many were answered in time"},
    {"GET", "/managers", managers_get, WHO_ANY, 0, RATE_READ, true, "Technology managers, counted by their confirmed records, and the list behind each number"},
    {"GET", "/work-proofs", proofs_get, WHO_SIGNED_IN, 0, RATE_READ, true, "My certificates of work"},
    {"POST", "/work-proofs", proofs_post, WHO_SIGNED_IN, SMALL_BODY, RATE_FILE, true, NULL}, /* docs/talent.md */
    {"GET", "/work-proofs/:file", proof_pdf_get, WHO_SIGNED_IN, 0, RATE_FILE, false, NULL},
    {"GET", "/verify-work", proof_verify_get, WHO_ANY, 0, RATE_READ, false, NULL},
    {"GET", "/verify-work/:file", proof_verify_get, WHO_ANY, 0, RATE_READ, true, NULL}, /* docs/talent.md */
    {"GET", "/registrations", registrations_get, WHO_SIGNED_IN, 0, RATE_READ, true, "Contracts that wait for the registration agency, the longest waiting first"},
    {"POST", "/registrations", registrations_post, WHO_SIGNED_IN, FILE_BODY, RATE_FILE, false, NULL},
    {"GET", "/registrations/export", registrations_export_get, WHO_SIGNED_IN, 0, RATE_FILE, false, NULL},
    {"GET", "/registrations/:id", registration_get, WHO_SIGNED_IN, 0, RATE_READ, true, "One of them, by its deal: what the national system asks for, the pre-check, what can be done"},
    {"POST", "/registrations/:id", registration_post, WHO_SIGNED_IN, FORM_BODY, RATE_WRITE, true, "Ask for what is lacking, or give the result"},
    {"GET", "/audit", audit_get, WHO_SIGNED_IN, 0, RATE_READ, true, "The auditor's population as of the newest checkpoint: deals, figures, red flags"},
    {"GET", "/audit/deals/:id", audit_deal_get, WHO_SIGNED_IN, 0, RATE_READ, true, "A deal as an auditor sees it: red flags, figures, leaves"},
    {"GET", "/audit/flags", audit_flags_get, WHO_SIGNED_IN, 0, RATE_READ, true, "The red flags' definitions and parameters"},
    {"GET", "/audit/samples", audit_samples_get, WHO_SIGNED_IN, 0, RATE_READ, true, "The draws of auditors, newest first"},
    {"POST", "/audit/samples", audit_samples_post, WHO_SIGNED_IN, SMALL_BODY, RATE_WRITE, true, "Draw a sample out of the newest checkpoint"},
    {"GET", "/audit/samples/:id", audit_sample_page, WHO_SIGNED_IN, 0, RATE_READ, true, "A draw, drawn once more"},
    {"GET", "/audit/samples/:id/export", audit_export_get, WHO_SIGNED_IN, 0, RATE_FILE, true, "A draw as a file"},
    {"GET", "/audit/views", audit_views_get, WHO_SIGNED_IN, 0, RATE_READ, true, "What auditors looked at"},
    {"GET", "/deals", deals_get, WHO_SIGNED_IN, 0, RATE_READ, true, "The deals that I may see, newest first"},
    {"POST", "/deals", deals_post, WHO_SIGNED_IN, SMALL_BODY, RATE_WRITE, true, "Begin a deal for an achievement"},
    {"GET", "/deals/past", past_get, WHO_SIGNED_IN, 0, RATE_READ, false, NULL},
    {"POST", "/deals/past", past_post, WHO_SIGNED_IN, FILE_BODY, RATE_FILE, false, NULL}, /* programs import a table */
    {"GET", "/deals/:id", deal_get, WHO_SIGNED_IN, 0, RATE_READ, true, "A deal: its bridge, what is to be done, its papers"},
    {"POST", "/deals/:id", deal_post, WHO_SIGNED_IN, ATTACHED_BODY, RATE_WRITE, true, "Take a step of a deal"},
    {"POST", "/deals/:id/files", deal_files_post, WHO_SIGNED_IN, ATTACHED_BODY, RATE_FILE, true, NULL}, /* takes multipart/form-data: docs/procedure.md */
    {"GET", "/deals/:id/files/:file", deal_file_get, WHO_SIGNED_IN, 0, RATE_FILE, true, NULL},
    {"POST", "/deals/:id/files/:file/withdraw", deal_file_withdraw, WHO_SIGNED_IN, SMALL_BODY, RATE_WRITE, true, NULL},
    {"GET", "/deals/:id/papers/:file", deal_paper_get, WHO_SIGNED_IN, 0, RATE_FILE, true, "A paper of the deal as a file: PDF, Word or Excel"},
    {"GET", "/deals/:id/title", deal_title_get, WHO_SIGNED_IN, 0, RATE_READ, true, "Who held the right on a day, as known on another"},
    {"GET", "/deals/:id/pack.zip", deal_pack_get, WHO_SIGNED_IN, 0, RATE_FILE, true, NULL}, /* answers a file: docs/pack.md */
    {"GET", "/facts", facts_get, WHO_SIGNED_IN, 0, RATE_READ, true, "What is known about an organisation: each value, who says it, since when and until when"},
    {"POST", "/facts", facts_post, WHO_SIGNED_IN, FORM_BODY, RATE_WRITE, true, "State a fact, confirm a certificate, or take a fact back"},
    {"GET", "/facts/import", fact_sheet_get, WHO_SIGNED_IN, 0, RATE_READ, false, NULL},
    {"POST", "/facts/import", fact_sheet_post, WHO_SIGNED_IN, FILE_BODY, RATE_FILE, false, NULL},
    {"GET", "/rd", rd_get, WHO_SIGNED_IN, 0, RATE_READ, true, "R&D by firm and year: spending, subsidy, growth, larger firms with none"},
    {"GET", "/rd/export", rd_export_get, WHO_SIGNED_IN, 0, RATE_FILE, false, NULL},
    {"GET", "/benefits", benefits_get, WHO_SIGNED_IN, 0, RATE_READ, true, "What policies give to an organisation, which fact is missing, what stands in the way"},
    {"GET", "/benefits/desk", landing_get, WHO_SIGNED_IN, 0, RATE_READ, true, "Whom policies reach: due, taken, and the landing rate"},
    {"POST", "/benefits/desk", landing_post, WHO_SIGNED_IN, FORM_BODY, RATE_WRITE, true, "Tell firms that are due to take a policy"},
    {"GET", "/benefits/desk/export", landing_export_get, WHO_SIGNED_IN, 0, RATE_FILE, false, NULL},
    {"GET", "/funding", funding_get, WHO_ANY, 0, RATE_READ, true, "Finance products by stage; for a firm which it can have, and which fact decides"},
    {"GET", "/asset-pack", asset_pack_get, WHO_SIGNED_IN, 0, RATE_READ, true, "My firm's asset pack"},
    {"GET", "/consents/:id/pack", consent_pack_get, WHO_SIGNED_IN, 0, RATE_READ, true, "A firm's asset pack under its consent; a bank's look is written down"},
    {"GET", "/consents/:id/packs/:file", consent_file_get, WHO_SIGNED_IN, 0, RATE_FILE, true, NULL}, /* answers a file: docs/finance.md */
    {"GET", "/patents/import", patents_import_get, WHO_SIGNED_IN, 0, RATE_READ, false, NULL},
    {"POST", "/patents/import", patents_import_post, WHO_SIGNED_IN, FILE_BODY, RATE_FILE, false, NULL},
    {"GET", "/loans/bank", loan_bank_get, WHO_SIGNED_IN, 0, RATE_READ, true, "A bank's quarter: counts, sums and days of its loans"},
    {"POST", "/loans/bank", loan_bank_post, WHO_SIGNED_IN, FILE_BODY, RATE_FILE, false, NULL},
    {"GET", "/loans/blank", loan_blank_get, WHO_SIGNED_IN, 0, RATE_FILE, false, NULL},
    {"GET", "/loans/report", loan_report_get, WHO_SIGNED_IN, 0, RATE_FILE, false, NULL},
    {"GET", "/affairs", affairs_get, WHO_ANY, 0, RATE_READ, true, "Everything that can be done here, by area, and how much waits for me"},
    {"POST", "/pilot_jobs/:id/files", matter_bring_post, WHO_SIGNED_IN, ATTACHED_BODY, RATE_FILE, true, NULL}, /* takes multipart/form-data: docs/pilot.md */
    {"GET", "/pilot_jobs/:id/files/:file", matter_kept_get, WHO_SIGNED_IN, 0, RATE_FILE, true, NULL},
    {"GET", "/pilot/demand", pilot_demand_get, WHO_SIGNED_IN, 0, RATE_READ, true, "Where pilot capacity is missing: unmet demand by field against what there is"},
    {"GET", "/pilot/demand/export", pilot_demand_export, WHO_SIGNED_IN, 0, RATE_FILE, false, NULL},
    {"GET", "/pilot/:id/calendar", pilot_calendar_get, WHO_ANY, 0, RATE_READ, true, "The calendar of a pilot capability: what is held and what is free"},
    {"GET", "/pilot/:id/calendar.ics", pilot_calendar_ics, WHO_ANY, 0, RATE_READ, false, NULL},
    {"GET", "/pilot/:id/report", pilot_report_get, WHO_SIGNED_IN, 0, RATE_READ, true, "Figures of a pilot platform, by its service: hours, jobs, income"},
    {"GET", "/pilot/:id/report/export", pilot_report_export, WHO_SIGNED_IN, 0, RATE_FILE, false, NULL},
    {"GET", "/settlements/:id/export", settlement_export_get, WHO_SIGNED_IN, 0, RATE_FILE, false, NULL},
    {"GET", "/spaces/:id", space_get, WHO_SIGNED_IN, 0, RATE_READ, true, "Figures of an innovation space, by its service: tenants, services, graduates"},
    {"GET", "/strengths", strengths_get, WHO_ANY, 0, RATE_READ, true, NULL},
    {"POST", "/strengths", strengths_post, WHO_SIGNED_IN, FILE_BODY, RATE_FILE, true, NULL}, /* takes multipart/form-data */
    {"GET", "/research", research_get, WHO_SIGNED_IN, 0, RATE_READ, true, NULL},
    {"GET", "/fair_counts", fair_counts_get, WHO_ANY, 0, RATE_READ, true, NULL},
    {"GET", "/consultations/:id/map", consult_map_get, WHO_SIGNED_IN, 0, RATE_READ, true, "Where members of a session have spoken: obstacle by pillar by party, and its opinions"},
    {"GET", "/consultations/:id/live", consult_live_get, WHO_SIGNED_IN, 0, RATE_READ, true, "The meeting as it goes on: the running order and what is said"},
    {"GET", "/consultations/:id/minutes/:file", consult_minutes_get, WHO_SIGNED_IN, 0, RATE_FILE, true, NULL}, /* answers a file: docs/consult.md */
    {"GET", "/consultations/:id/export", consult_export_get, WHO_SIGNED_IN, 0, RATE_FILE, false, NULL},
    {"POST", "/consultations/:id/files", matter_bring_post, WHO_SIGNED_IN, ATTACHED_BODY, RATE_FILE, true, NULL}, /* takes multipart/form-data: docs/consult.md */
    {"GET", "/consultations/:id/files/:file", matter_kept_get, WHO_SIGNED_IN, 0, RATE_FILE, true, NULL},
    {"GET", "/deeds", deeds_get, WHO_SIGNED_IN, 0, RATE_READ, true, "What a committee member has done: sessions, visits, opinions, co-signatures"},
    {"GET", "/deeds/export", deeds_export_get, WHO_SIGNED_IN, 0, RATE_FILE, false, NULL},
    {"GET", "/obstacles", obstacles_get, WHO_SIGNED_IN, 0, RATE_READ, true, NULL},
    {"GET", "/needs/:id/bundle", bundle_form_get, WHO_SIGNED_IN, 0, RATE_READ, true, NULL},
    {"GET", "/annual", annual_get, WHO_SIGNED_IN, 0, RATE_READ, true, "The annual report of transfers (R70) of my organisation, or of the place I look over"},
    {"GET", "/annual/:file", annual_file_get, WHO_SIGNED_IN, 0, RATE_FILE, true, NULL}, /* answers a file: docs/indicators.md */
    {"GET", "/indicators", indicators_get, WHO_ANY, 0, RATE_READ, true, "The board of indicators: each figure computed from the records, with its target and the year before"},
    {"GET", "/indicators/:code", indicator_get, WHO_ANY, 0, RATE_READ, true, "An indicator: its wording, by month, year and district, its targets, how it was defined"},
    {"GET", "/indicators/:code/lines", indicator_lines_get, WHO_ANY, 0, RATE_READ, true, "What a figure counts: each record with its day, value and leaf, the latest day first"},
    {"GET", "/indicators/:code/lines.csv", indicator_table_get, WHO_ANY, 0, RATE_FILE, true, NULL}, /* answers a file: docs/indicators.md */
    {"GET", "/steering", steering_get, WHO_SIGNED_IN, 0, RATE_READ, true, "The steering desk: what is held by whom, for how long, how much time is left; the worst first"},
    {"GET", "/steering/:file", steering_file_get, WHO_SIGNED_IN, 0, RATE_FILE, true, NULL}, /* answers a file: docs/steer.md */
    {"GET", "/plans", plans_get, WHO_ANY, 0, RATE_READ, true, "Action plans, each with its figures: done, overdue, without a unit, without a figure"},
    {"GET", "/watched", watched_get, WHO_SIGNED_IN, 0, RATE_READ, true, "Tasks that are watched closely and that I may see, each with the leader who takes it (R113)"},
    {"GET", "/public-money", public_money_get, WHO_ANY, 0, RATE_READ, true, "Public money and what it moved: sums, multipliers, payments newest first"},
    {"GET", "/tolerance", tolerance_get, WHO_SIGNED_IN, 0, RATE_READ, true, "The tolerance ledger: losses of support that were written off, with their evidence"},
    {"GET", "/oai", oai_any, WHO_ANY, 0, RATE_READ, false, NULL}, /* docs/open-data.md */
    {"POST", "/oai", oai_any, WHO_ANY, SMALL_BODY, RATE_READ, false, NULL},
    {"GET", "/oai/tieqiao.xsd", oai_schema_get, WHO_ANY, 0, RATE_READ, false, NULL},
    {"GET", "/open-data", open_data_get, WHO_ANY, 0, RATE_READ, true, "What is given to everybody: kinds, counts, files"},
    {"GET", "/open-data/dictionary", open_dictionary_get, WHO_ANY, 0, RATE_READ, true, "The data dictionary: each public field, and the lists of its values"},
    {"GET", "/open-data/:file", open_file_get, WHO_ANY, 0, RATE_FILE, false, NULL},
    {"GET", "/open-data/codes/:file", open_codes_get, WHO_ANY, 0, RATE_FILE, false, NULL},
    {"GET", "/tender-check", tender_get, WHO_ANY, 0, RATE_READ, false, NULL},
    {"POST", "/tender-check", tender_post, WHO_ANY, FILE_BODY, RATE_BOX, true, "Which sentences of a tender text shut first products out (R84)"},
    {"GET", "/:matter", matters_get, WHO_ANY, 0, RATE_READ, true, "Matters of a sort that I may see, newest first"},
    {"POST", "/:matter", matter_begin_post, WHO_SIGNED_IN, FORM_BODY, RATE_WRITE, true, "Begin a matter: its first step"},
    {"GET", "/:matter/new", matter_new, WHO_SIGNED_IN, 0, RATE_READ, false, NULL},
    {"GET", "/:matter/:id", matter_get, WHO_ANY, 0, RATE_READ, true, "A matter: where it stands, its steps, its entries"},
    {"POST", "/:matter/:id", matter_step_post, WHO_SIGNED_IN, FORM_BODY, RATE_WRITE, true, "Take a step of a matter"},
    {"GET", "/:matter/:id/events", matter_events_get, WHO_ANY, 0, RATE_READ, true, NULL}, /* a stream: docs/api.md */
    {"GET", "/:kind", list_get, WHO_ANY, 0, RATE_READ, true, "A list, narrowed by facets, newest first"},
    {"POST", "/:kind", form_create, WHO_SIGNED_IN, FORM_BODY, RATE_WRITE, true, "Make a record"},
    {"GET", "/:kind/new", form_new, WHO_SIGNED_IN, 0, RATE_READ, false, NULL},
    {"POST", "/:kind/new", form_prefill, WHO_ANY, FILE_BODY, RATE_FILE, false, NULL}, /* saves nothing; a visitor signs in on the way */
    {"GET", "/:kind/export", export_get, WHO_SIGNED_IN, 0, RATE_FILE, false, NULL},
    {"GET", "/:kind/:id", view_get, WHO_ANY, 0, RATE_READ, true, "A record, its history and who fits it"},
    {"POST", "/:kind/:id", form_update, WHO_SIGNED_IN, FORM_BODY, RATE_WRITE, true, "Change a record"},
    {"GET", "/:kind/:id/edit", form_edit, WHO_SIGNED_IN, 0, RATE_READ, false, NULL},
    {"GET", "/:kind/:id/history", history_get, WHO_ANY, 0, RATE_READ, true, "Every version of a record"},
    {"POST", "/:kind/:id/close", close_post, WHO_SIGNED_IN, SMALL_BODY, RATE_WRITE, true, "Close a record"},
    {"POST", "/:kind/:id/reopen", reopen_post, WHO_SIGNED_IN, SMALL_BODY, RATE_WRITE, true, "Open a closed record again"},
    {"GET", "/:kind/:id/feedback", feedback_get, WHO_SIGNED_IN, 0, RATE_READ, true, "What became of the partners proposed for a record, as far as I may know it"},
    {"POST", "/:kind/:id/feedback", feedback_post, WHO_SIGNED_IN, SMALL_BODY, RATE_WRITE, true, "Say what became of a pair: contacted, in talks, signed, or does not fit and why"},
    {"POST", "/:kind/:id/nda", nda_post, WHO_SIGNED_IN, SMALL_BODY, RATE_WRITE, true, "Let a party see the NDA fields, or end it"},
};

const size_t route_count = sizeof routes / sizeof *routes;

/* The next segment of a path after its '/'. */
static bool segment(struct slice *path, struct slice *out)
{
    size_t n = 0;

    if (path->len == 0 || path->at[0] != '/')
        return false;
    while (1 + n < path->len && path->at[1 + n] != '/')
        n++;
    *out = (struct slice){path->at + 1, n};
    path->at += 1 + n;
    path->len -= 1 + n;
    return true;
}

static const struct kind *kind_of(struct slice plural)
{
    char name[32];

    if (plural.len >= sizeof name)
        return NULL;
    snprintf(name, sizeof name, "%.*s", (int)plural.len, plural.at);
    return kind_by_plural(name);
}

static bool part_fits(struct slice pattern, struct slice part, const struct kind **kind, int64_t *id)
{
    if (slice_is(pattern, ":kind"))
        return (*kind = kind_of(part)) != NULL;
    if (slice_is(pattern, ":matter")) {
        const struct matter_sort *sort = matter_sort_by_plural(part);

        return sort && (*kind = sort->kind) != NULL;
    }
    if (slice_is(pattern, ":id"))
        return ident_parse(part, id);
    if (slice_is(pattern, ":rule") || slice_is(pattern, ":file") || slice_is(pattern, ":code"))
        return part.len > 0;
    return slice_same(pattern, part);
}

static bool path_fits(const char *pattern, struct slice path, const struct kind **kind, int64_t *id)
{
    struct slice rest = slice_of(pattern), want, have;

    *kind = NULL;
    *id = 0;
    while (segment(&rest, &want)) {
        if (slice_is(want, "*"))
            return path.len > 1;
        if (!segment(&path, &have) || !part_fits(want, have, kind, id))
            return false;
    }
    return path.len == 0;
}

const struct route *route_find(const char *method, struct slice path, const struct kind **kind, int64_t *id,
                               const char **allowed)
{
    bool head = strcmp(method, "HEAD") == 0;

    *allowed = NULL;
    for (size_t i = 0; i < route_count; i++) {
        if (!path_fits(routes[i].path, path, kind, id))
            continue;
        if (strcmp(routes[i].method, head ? "GET" : method) == 0)
            return &routes[i];
        *allowed = *allowed && strcmp(*allowed, routes[i].method) != 0 ? "GET, POST" : routes[i].method;
    }
    return NULL;
}
