/*
 * The auditor's desk: pages that read and write nothing but the auditor's own draws and the log of what he looked at.
 *
 * GET  /audit                 the population: {"audit": {checkpoint, form, figures, counts, flags, lines, next, draw, total}}
 * GET  /audit/deals/:id       one deal: its figures, red flags, every paper with its leaf: {"audit_deal": {…}}
 * GET  /audit/flags           the definitions and their parameters: {"audit_flags": {flags, parameters}}
 * GET  /audit/samples         the draws, newest first: {"audit_samples": {lines, next}}
 * POST /audit/samples         draws: filter, method, size or rate, bounds
 * GET  /audit/samples/:id     a draw, drawn once more: {"audit_sample": {…}}; …/export?format=&sheet= as a file
 * GET  /audit/views           what auditors looked at: {"audit_views": {lines, next, all}}
 *
 * docs/pages.md has the documents. All but the last two lines are set aside (web/aside.h): they read every deal there is.
 */
#ifndef TQ_WEB_AUDIT_H
#define TQ_WEB_AUDIT_H

#include "web/request.h"
#include "work/audit_sample.h"

/* May the actor audit? A book of the newest checkpoint with its flags; audit_look_end whatever comes back. */
struct audit_look {
    struct audit_signed now;
    struct audit_book book;
};
bool audit_look_begin(struct request *request, struct audit_look *look, struct err *err);
void audit_look_end(struct audit_look *look);

/* {origin, size, root (hex), day} */
json_t *audit_checkpoint_json(const char *origin, uint64_t until, const unsigned char root[TREE_HASH], int32_t day);

/* [{label, fen, hint}]: kept apart. */
json_t *audit_figures_json(const struct request *request, const struct audit_figures *figures);

/* A deal as a line: {href, title, unit, buyer, pier, way, amount, signed_on, leaf, flags: [{code, label}], picked} */
json_t *audit_line_json(struct request *request, const struct audit_book *book, const struct audit_deal *deal);

/* {code, label} with what it says, how it is computed, its ground … */
json_t *audit_flag_json(const struct request *request, const struct audit_flag *flag);

/*
 * Writes down what an auditor has been given, before he gets it (work/audit_view.h). SEEN_ON: answer now; SEEN_LATER: the line is
 * being written, the answer follows; SEEN_FAILED: it cannot be, so nothing is shown.
 */
enum audit_seen { SEEN_ON, SEEN_LATER, SEEN_FAILED };
enum audit_seen audit_seen(struct request *request, struct err *err);

#endif
