/*
 * The papers that a deal gives: what is published, registered, filed and reported, filled from its file so that nothing is typed
 * twice. What stands in no paper of the file (numbers of identity cards, what only a registration point asks) is left empty, to
 * be written by hand. A paper says by itself which rules it rests on, and which texts of them were checked.
 *
 *   deal_paper_find    by its name: notice, reward_notice, registration, allocation, cash_tax, equity_tax, annual_row
 *   deal_paper_ready   can it be given now? If not, what is missing
 *   deal_paper_write   as PDF, XLSX or DOCX
 *
 * Templates of the Word files are looked for in DATA/papers/CODE/NAME.docx (CODE: the unit's 统一社会信用代码), then
 * DATA/papers/NAME.docx, then SHARE/papers/NAME.docx, which comes with the program.
 */
#ifndef TQ_WORK_DEAL_PAPER_H
#define TQ_WORK_DEAL_PAPER_H

#include "paper/paper.h"
#include "work/deal.h"

enum paper_format { PAPER_PDF, PAPER_DOCX, PAPER_XLSX, PAPER_FORMATS };
const char *paper_ending(enum paper_format format); /* "pdf" */

/* A paper while it is asked for and made. */
struct deal_paper_work {
    struct sql *sql;
    const struct law *law;
    const struct deal_file *file;
    struct arena *arena;
    struct paper_fill fill;
};

struct deal_paper {
    const struct paper_form *form;
    const char *rules; /* that it rests on, by id, parted by blanks */
    bool (*ready)(struct deal_paper_work *work, struct err *why);
    bool (*fill)(struct deal_paper_work *work, struct err *err);
};

extern const struct deal_paper deal_papers[];
extern const size_t deal_paper_count;

const struct deal_paper *deal_paper_find(struct slice name);
/* false: err says what is missing and which step brings it (ERR_CONFLICT). Reads the file alone; sql may be NULL. */
bool deal_paper_ready(const struct deal_paper *paper, struct deal_paper_work *work, struct err *why);
/* Its values, in work->fill. ERR_CONFLICT: not ready. */
bool deal_paper_fill(const struct deal_paper *paper, struct deal_paper_work *work, struct err *err);
/* At path. ERR_CONFLICT: not ready. data, share: folders in which the templates lie. */
bool deal_paper_write(const struct deal_paper *paper, struct deal_paper_work *work, enum paper_format format, const char *data,
                      const char *share, const char *path, struct err *err);

#endif
