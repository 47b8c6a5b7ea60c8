/*
 * What a trial proves of an achievement's maturity, and how that is written back to it: one way for pilot jobs (record/pilot.h) and for
 * trials in scenarios (record/trial.h). The proof is an entry trl_evidence of the matter; whoever it was made for confirms it; then the
 * owner of the achievement may raise its TRL by it, never above what was proved. A failure stays as evidence too (科学技术进步法 §68).
 */
#ifndef TQ_WORK_MATURITY_H
#define TQ_WORK_MATURITY_H

#include "record/pilot.h"
#include "work/matter.h"

/* The newest entry of a kind in the draft's file; NULL. */
const struct record *entry_newest(const struct matter_draft *draft, const struct kind *kind);

/* The evidence about to be put in: reached needs a TRL that was proved, not reached has none; not below what there was (0: not known). */
bool evidence_fits(const struct matter_draft *draft, int64_t before, struct err *err);
/* Names the achievement (0: none) and its TRL before (0: not known) in the evidence about to be put in. */
void evidence_about(struct matter_draft *draft, int64_t achievement, int64_t before);
/* The newest evidence is confirmed today. */
bool evidence_confirm(struct matter_draft *draft, struct err *err);
/* Confirmed, with a TRL proved, of an achievement, and not yet written back. */
bool evidence_open(const struct record *entry);
/* The amended evidence raises the achievement, if it is still of this owner: a new version by the hand of whoever acts for him. */
bool evidence_write_back(struct matter_draft *draft, int64_t owner, struct err *err);

#endif
