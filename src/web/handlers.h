/* What answers each route; the table is in route.c. Each file of pages says what its document holds. */
#ifndef TQ_WEB_HANDLERS_H
#define TQ_WEB_HANDLERS_H

#include "web/request.h"

request_handle home_get;                                          /* home.c */
request_handle match_get, match_post;                             /* match.c */
request_handle simulate_any;                                      /* simulate.c */
request_handle list_get;                                          /* list.c */
request_handle view_get, history_get, close_post, reopen_post, nda_post; /* view.c */
request_handle feedback_get, feedback_post;                       /* feedback.c */
request_handle past_get, past_post;                               /* past.c */
request_handle deals_get, deals_post, deal_get, deal_post;        /* deal.c */
request_handle deal_files_post, deal_file_get, deal_file_withdraw; /* deal_file.c */
request_handle deal_paper_get;                                    /* deal_paper.c */
request_handle deal_pack_get;                                     /* deal_pack.c */
request_handle deal_title_get;                                    /* deal_title.c */
request_handle strengths_get, strengths_post; /* strength.c */
request_handle research_get, fair_counts_get; /* board.c */
request_handle obstacles_get; /* obstacle.c */
request_handle bundle_form_get; /* bundle.c */
request_handle plans_get, watched_get; /* steer_list.c */
request_handle steering_get, steering_file_get;                    /* steering.c, steering_file.c */
request_handle annual_get, annual_file_get;                        /* annual.c */
request_handle indicators_get, indicator_get;                     /* indicator.c, indicator_page.c */
request_handle indicator_lines_get, indicator_table_get;          /* indicator_line.c */
request_handle affairs_get; /* affairs.c */
request_handle consult_map_get, consult_export_get, deeds_get, deeds_export_get; /* consult.c */
request_handle consult_live_get, consult_minutes_get; /* consult_live.c */
request_handle public_money_get, tolerance_get; /* fund_flow.c, fund_stake.c */
request_handle matters_get, matter_begin_post, matter_new, matter_get, matter_step_post; /* matter.c */
request_handle facts_get, facts_post;                             /* fact.c */
request_handle fact_sheet_get, fact_sheet_post;                   /* fact_sheet.c */
request_handle rd_get, rd_export_get;                             /* rd.c */
request_handle benefits_get;                                      /* benefit.c */
request_handle landing_get, landing_post, landing_export_get;     /* landing.c */
request_handle asset_pack_get, consent_pack_get, consent_file_get;  /* asset_pack.c */
request_handle funding_get;                                       /* funding.c */
request_handle patents_import_get, patents_import_post;           /* patents.c */
request_handle loan_bank_get, loan_bank_post, loan_blank_get, loan_report_get; /* loan_bank.c */
request_handle registrations_get, registrations_export_get, registration_get, registration_post; /* registry.c */
request_handle registrations_post;                                /* registry_results.c */
request_handle needs_waiting_get;                                 /* care.c */
request_handle managers_get;                                      /* managers.c */
request_handle proofs_get, proofs_post, proof_pdf_get, proof_verify_get; /* proof.c */
request_handle oai_any;                                           /* oai.c */
request_handle oai_schema_get;                                    /* oai_record.c */
request_handle open_data_get, open_file_get, open_codes_get;      /* open_data.c */
request_handle open_dictionary_get;                               /* open_dictionary.c */
request_handle notices_get;                                       /* notices.c */
request_handle inbox_page_get, inbox_read_post;                   /* inbox.c */
request_handle wishes_post, wish_confirm_post, feed_post;         /* wish.c */
request_handle calendar_get;                                      /* calendar.c */
request_handle rights_get;                                        /* rights.c */
request_handle form_new, form_prefill, form_create, form_edit, form_update; /* form.c */
request_handle draft_get, draft_delete;                           /* draft.c */
request_handle desk_get;                                          /* desk.c */
request_handle sign_in_get, sign_in_post, sign_out_post;          /* entry.c */
request_handle own_account_get, password_post, sessions_post;         /* account.c */
request_handle accounts_get, account_view, account_new;           /* accounts.c */
request_handle account_make_post, account_edit_post, account_disable_post, account_enable_post, account_password_post,
    account_roles_post;                                           /* account_order.c */
request_handle import_get, import_post, import_look, import_run;        /* import.c */
request_handle import_records_get, import_bad_get;                /* import_rows.c */
request_handle export_get;                                        /* export.c */
request_handle assess_list_get, assess_get, assess_post;          /* assess.c */
request_handle rules_get, rule_get;                               /* rules.c, rule.c */
request_handle codes_get;                                         /* codes.c */
request_handle openapi_get, api_page_get, privacy_get;            /* openapi_document.c */
request_handle audit_get, audit_deal_get, audit_flags_get;         /* audit.c */
request_handle audit_samples_get, audit_samples_post, audit_sample_page, audit_export_get; /* audit_sample.c */
request_handle audit_views_get;                                   /* audit_view.c */
request_handle matter_bring_post, matter_kept_get;                   /* matter_bring.c */
request_handle matter_events_get;                                 /* matter_events.c */
request_handle pilot_calendar_get, pilot_calendar_ics;              /* pilot_calendar.c */
request_handle pilot_report_get, pilot_report_export, pilot_demand_get, pilot_demand_export, settlement_export_get, space_get; /* pilot_report.c */
request_handle tender_get, tender_post;                               /* tender.c */
request_handle asset_get;                                         /* asset.c */
request_handle log_checkpoint_get, log_tile_get, log_entries_get, log_key_get, log_stamp_get, log_proof_get; /* log.c */
request_handle healthz_get, readyz_get;                           /* health.c */

#endif
